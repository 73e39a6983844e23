//! Runs a `fall`: gives its answers, walks the workflow to its end, compares with what it expects.

mod days;
mod expectation;
mod given;
mod roads;
mod way;

use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::both;
use crate::diagnostic::Bilingual;
use crate::model::case::Event;
use crate::model::procedure::{Case, Procedure};
use crate::model::{DecisionId, LandId, Library, PreconditionId};
use crate::source::Span;

use super::evaluate::{Situation, Standing};
use super::matching::Match;

pub use given::given;
pub use roads::{Journey, Roads, Taken, Unplanned};
pub use way::{Way, needed};

/// What surrounds a case: the same for all cases of a procedure in a Land.
#[derive(Debug, Clone, Copy)]
pub struct Setting<'a> {
    /// What procedures share.
    pub library: &'a Library,
    /// The procedure.
    pub procedure: &'a Procedure,
    /// The Land, for cases that name none.
    pub land: Option<LandId>,
    /// The day, for cases that name none.
    pub day: Date,
    /// Which roads its data take.
    pub roads: &'a dyn Roads,
}

/// What came of a case.
#[derive(Debug)]
pub struct CaseResult<'a> {
    /// The case's answers and all that follows from them.
    pub situation: Situation<'a>,
    /// What is not as expected.
    pub failures: Vec<Failure>,
    /// Its way through the workflow.
    pub way: Way,
    /// Which roads its data take.
    pub taken: Taken,
    /// How each precondition stands.
    pub standings: Vec<(PreconditionId, Standing)>,
    /// The rows that applied.
    pub rows: BTreeSet<(DecisionId, usize)>,
}

/// An expectation that was not met, or a statement that does not come about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Failure {
    /// The expectation.
    pub span: Span,
    /// What was expected and what came instead.
    pub message: Bilingual,
}

/// Runs a case. Its day and its Land are its own where it names them.
pub fn run<'a>(setting: &Setting<'a>, case: &Case) -> CaseResult<'a> {
    let Setting { library, procedure, .. } = *setting;
    let day = case.day.unwrap_or(setting.day);
    let land = case.land.or(setting.land);
    let mut situation = Situation::new(library, procedure, given(library, procedure, case, land, day), day, land);
    let mut failures = Vec::new();
    days::set(&mut situation, case, &mut failures);
    let way = way::walk(&situation, &case.events, &mut failures);
    days::not_established(&situation, case, &mut failures);
    // In the order of their declaration, so that a long chain of rules need not be followed at once.
    for (id, _) in procedure.rules.iter() {
        situation.rule(id);
    }
    let standings = procedure.preconditions.iter().map(|(id, _)| (id, situation.standing(id))).collect();
    let rows = procedure.decisions.iter().filter_map(|(id, _)| match situation.row(id) {
        Match::Row(row) => Some((id, row)),
        Match::NoRow | Match::Unknown => None,
    });
    let rows = rows.collect();
    let taken = setting.roads.taken(&Journey { situation: &situation, land, events: &case.events });
    let mut result = CaseResult { situation, failures, way, taken, standings, rows };
    for (event, span) in &case.events {
        if let Event::Fetched(proof) = event
            && !expectation::is_fetched(&result, proof)
        {
            let name = way::name_of(&result.situation, proof);
            let message = both!(
                "angegeben: {name} abgerufen; tatsächlich wird das hier nicht abgerufen",
                "stated: {name} retrieved; actually it is not retrieved here"
            );
            result.failures.push(Failure { span: *span, message });
        }
    }
    for (expectation, span) in &case.expected {
        if let Some(message) = expectation::unmet(&result, expectation) {
            result.failures.push(Failure { span: *span, message });
        }
    }
    result
}
