//! What the authority does, as a tree of steps: every split is closed by its own join, so it is sound by construction.

use crate::source::{Span, Text};

use super::expression::{Duration, Expression};
use super::ids::{DatumId, DecisionId, NoticeId};
use super::norm::Norm;
use super::procedure::Consequence;
use super::text::Label;

/// One step of the workflow.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// What is done.
    pub kind: StepKind,
    /// By which norm.
    pub norms: Vec<Norm>,
    /// Where it stands.
    pub span: Span,
}

/// The kinds of [`Step`].
#[derive(Debug, Clone, PartialEq)]
pub enum StepKind {
    /// `eingang`: the application arrives.
    Receipt,
    /// `prüfe vollständig`: formal check, with what is done where something is missing.
    CheckComplete {
        /// The authority's own deadline for the check, and what follows when it passes.
        within: Option<(Duration, Option<Consequence>)>,
        /// `fehlt: nachfordern binnen … danach …`
        missing: Option<Request>,
    },
    /// `prüfe extern`: a check with another body's system.
    CheckExternal {
        /// Its name.
        name: Text,
        /// Its text for people.
        label: Label,
        /// Whose system.
        body: Text,
    },
    /// `aufgabe`: somebody does something.
    Task {
        /// Its name.
        name: Text,
        /// Its text for people.
        label: Label,
        /// The role that does it: a lane.
        role: Text,
        /// Whether a second person must confirm.
        four_eyes: bool,
        /// Within what.
        within: Option<Duration>,
        /// The data it establishes (`stellt fest`).
        establishes: Vec<DatumId>,
    },
    /// `entscheide voraussetzungen` or `entscheide <tabelle>`.
    Decide {
        /// What is decided.
        what: DecisionTarget,
        /// `automatisch nach …`: without a person, by this norm.
        automatic: Vec<Norm>,
        /// Whether the authority has discretion (`Ermessen`).
        discretion: bool,
    },
    /// `wenn … { … } sonst { … }`
    Branch {
        /// The question.
        condition: Expression,
        /// Where it is true.
        then: Vec<Step>,
        /// Where it is false.
        otherwise: Vec<Step>,
    },
    /// `gleichzeitig { … }`: each step or block runs at once with the others.
    Parallel(Vec<Step>),
    /// `beteilige`: another body has its say.
    Consult {
        /// The body's name.
        body: Text,
        /// What is asked.
        label: Label,
        /// Within what, and what follows when it passes.
        within: Option<(Duration, Option<Consequence>)>,
    },
    /// `höre`: participants have their say.
    Hear {
        /// Who.
        who: Text,
        /// Within what, and what follows when it passes.
        within: Option<(Duration, Option<Consequence>)>,
    },
    /// `erlasse <bescheid>`
    Issue(NoticeId),
    /// `wiedervorlage in …`
    FollowUp(Duration),
    /// `termin`: somebody appears in person.
    Appointment {
        /// Its name.
        name: Text,
        /// Its text for people.
        label: Label,
    },
    /// Known to the language, not yet to the workflow; reported.
    Unsupported,
}

/// What `entscheide` decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DecisionTarget {
    /// All preconditions, in the order of their dependencies.
    Preconditions,
    /// One decision table.
    Table(DecisionId),
    /// A decision by a person without a table.
    Person,
}

/// A request for what is missing (`nachfordern`).
#[derive(Debug, Clone, PartialEq)]
pub struct Request {
    /// Within what.
    pub within: Duration,
    /// What follows when it passes.
    pub consequence: Option<Consequence>,
    /// By which norm.
    pub norms: Vec<Norm>,
    /// Where it stands.
    pub span: Span,
}
