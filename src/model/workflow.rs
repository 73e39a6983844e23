//! What the authority does, as a tree of steps: every split is closed by its own join, so it is sound by construction.

use crate::source::{Span, Text};

use super::expression::{Duration, Expression};
use super::ids::{DatumId, DecisionId, NoticeId};
use super::norm::Norm;
use super::procedure::{Consequence, Procedure};
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

impl Step {
    /// The name by which a case calls the step; `None` for what only splits the way.
    pub fn name(&self, procedure: &Procedure) -> Option<Text> {
        Some(match &self.kind {
            StepKind::Receipt => "eingang".into(),
            StepKind::CheckComplete { .. } => CHECK.into(),
            StepKind::CheckExternal { name, .. } | StepKind::Task { name, .. } | StepKind::Appointment { name, .. } => {
                name.clone()
            }
            StepKind::Decide { what: DecisionTarget::Preconditions, .. } => "voraussetzungen".into(),
            StepKind::Decide { what: DecisionTarget::Table(table), .. } => procedure.decisions.get(*table)?.name.clone(),
            StepKind::Decide { what: DecisionTarget::Person, .. } => "entscheidung".into(),
            StepKind::Consult { body, .. } => body.clone(),
            StepKind::Hear { who, .. } => who.clone(),
            StepKind::Issue(notice) => procedure.notices.get(*notice)?.name.clone(),
            StepKind::FollowUp(_) => "wiedervorlage".into(),
            StepKind::Branch { .. } | StepKind::Parallel(_) | StepKind::Unsupported => return None,
        })
    }

    /// Calls `visit` on each of the steps, outer ones first.
    pub fn walk<'s>(steps: &'s [Step], visit: &mut impl FnMut(&'s Step)) {
        for step in steps {
            visit(step);
            match &step.kind {
                StepKind::Branch { then, otherwise, .. } => {
                    Step::walk(then, visit);
                    Step::walk(otherwise, visit);
                }
                StepKind::Parallel(branches) => Step::walk(branches, visit),
                _ => {}
            }
        }
    }
}

/// What a case calls the check whether everything is there.
pub const CHECK: &str = "vollständig";
/// What a case calls the request for what is missing.
pub const REQUEST: &str = "nachfordern";
/// What a case calls the arrival of what was requested.
pub const HANDED_IN_LATER: &str = "nachgereicht";
/// What a case calls the refusal that follows from a deadline.
pub const REFUSAL: &str = "versagen";

/// Everything that a case can name on its way through the workflow: the steps, and what follows when deadlines pass.
pub fn stops(procedure: &Procedure) -> Vec<Text> {
    let mut stops: Vec<Text> = Vec::new();
    let mut add = |stop: Text| {
        if !stops.contains(&stop) {
            stops.push(stop);
        }
    };
    Step::walk(&procedure.workflow, &mut |step| {
        step.name(procedure).into_iter().for_each(&mut add);
        match &step.kind {
            StepKind::CheckComplete { within, missing } => {
                if let Some(request) = missing {
                    [REQUEST.into(), HANDED_IN_LATER.into()].into_iter().for_each(&mut add);
                    stop_after(request.consequence.as_ref()).into_iter().for_each(&mut add);
                }
                within.iter().filter_map(|(_, then)| stop_after(then.as_ref())).for_each(&mut add);
            }
            StepKind::Consult { within, .. } | StepKind::Hear { within, .. } => {
                within.iter().filter_map(|(_, then)| stop_after(then.as_ref())).for_each(&mut add);
            }
            _ => {}
        }
    });
    procedure.deadlines.values().filter_map(|deadline| stop_after(deadline.consequence.as_ref())).for_each(&mut add);
    stops
}

/// What a case calls that which follows when a deadline passes; `None` where things simply go on.
pub fn stop_after(consequence: Option<&Consequence>) -> Option<Text> {
    match consequence {
        Some(Consequence::Deemed(state) | Consequence::Named(state)) => Some(state.clone()),
        Some(Consequence::Refuse) => Some(REFUSAL.into()),
        Some(Consequence::Continue) | None => None,
    }
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
