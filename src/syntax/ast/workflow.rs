//! What the authority does (`ablauf`), as written.

use super::expression::{DurationLiteral, Expression};
use super::norm::Citation;
use super::procedure::{Clauses, Consequence, Within};
use super::{Name, Template};
use crate::source::{Span, Text};

/// A block of steps.
#[derive(Debug, Clone, PartialEq)]
pub struct Block {
    /// In order.
    pub steps: Vec<Step>,
    /// With its braces.
    pub span: Span,
}

/// One step.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// What is done.
    pub kind: StepKind,
    /// `nach …`, `offen nach …`.
    pub clauses: Clauses,
    /// Its documentation (`///`).
    pub documentation: Vec<Text>,
    /// Where it stands.
    pub span: Span,
}

/// The kinds of [`Step`].
#[derive(Debug, Clone, PartialEq)]
pub enum StepKind {
    /// `eingang`
    Receipt,
    /// `prüfe vollständig binnen … danach … { fehlt: nachfordern … }`, `prüfe extern …`
    Check {
        /// What is checked.
        what: Check,
        /// Within what.
        within: Option<Box<Within>>,
        /// `{ fehlt: nachfordern binnen … danach … }`
        missing: Option<Box<Request>>,
    },
    /// `aufgabe name "…" durch Rolle …`
    Task {
        /// Its name.
        name: Name,
        /// Its text.
        label: Option<Template>,
        /// `durch Sachbearbeitung`
        role: Option<Name>,
        /// `vier_augen`
        four_eyes: bool,
        /// `binnen …`
        within: Option<Box<Within>>,
        /// `stellt fest a, b`
        establishes: Vec<Name>,
    },
    /// `entscheide voraussetzungen`, `entscheide genehmigung automatisch nach …`, `… Ermessen`
    Decide {
        /// What.
        what: DecideWhat,
        /// `automatisch nach …`
        automatic: Option<Citation>,
        /// `Ermessen`
        discretion: bool,
        /// `binnen …`
        within: Option<Box<Within>>,
    },
    /// `wenn … { … } sonst { … }`
    Branch {
        /// The question.
        condition: Expression,
        /// Where it is true.
        then: Block,
        /// `sonst`
        otherwise: Option<Block>,
    },
    /// `gleichzeitig { … }`
    Parallel(Block),
    /// `beteilige Gemeinde "Einvernehmen" binnen …`
    Consult {
        /// Whom.
        body: Name,
        /// What for.
        label: Option<Template>,
        /// Within what.
        within: Option<Box<Within>>,
    },
    /// `höre nachbarn binnen …`
    Hear {
        /// Whom.
        who: Name,
        /// What about.
        label: Option<Template>,
        /// Within what.
        within: Option<Box<Within>>,
    },
    /// `erlasse Bewilligung`
    Issue(Name),
    /// `wiedervorlage in 1 Jahr`
    FollowUp(DurationLiteral),
    /// `termin name "…"`
    Appointment {
        /// Its name.
        name: Name,
        /// Its text.
        label: Option<Template>,
    },
    /// `erhebe gebühr vor …`: a fee is due here.
    Collect(Name),
    /// `abgabe an Stelle`
    HandOver(Name),
    /// `ende`
    End,
    /// Broken and reported.
    Error,
}

/// What `prüfe` checks.
#[derive(Debug, Clone, PartialEq)]
pub enum Check {
    /// `vollständig`
    Complete,
    /// `extern name "…" bei Stelle`
    External {
        /// Its name.
        name: Name,
        /// Its text.
        label: Option<Template>,
        /// With whose system.
        body: Option<Name>,
    },
}

/// What `entscheide` decides.
#[derive(Debug, Clone, PartialEq)]
pub enum DecideWhat {
    /// `voraussetzungen`
    Preconditions,
    /// A table, or a decision by a person.
    Named(Name),
}

/// `fehlt: nachfordern binnen 4 Wochen danach versagen nach …`
#[derive(Debug, Clone, PartialEq)]
pub struct Request {
    /// Within what.
    pub within: Option<DurationLiteral>,
    /// `höchstens 2 mal`: limited attempts.
    pub attempts: Option<u32>,
    /// What follows.
    pub consequence: Option<Consequence>,
    /// By which norm.
    pub norms: Option<Citation>,
    /// Where it stands.
    pub span: Span,
}
