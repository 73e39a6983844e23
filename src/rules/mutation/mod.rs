//! Small changes of a definition, to find out whether its cases would notice them.
//!
//! A [`Mutant`] says what stood at a place and what stands there now. It is applied to the model, not to the text: conditions are
//! turned around, bounds and amounts move by the least step, a precondition is dropped, results of a table are exchanged. A mutant
//! that is proved to change nothing is set aside; one that no case notices shows what the cases leave open.

mod apply;
mod equivalence;
mod expressions;
mod quantities;
mod tables;

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use crate::model::expression::{Duration, Expression, Literal};
use crate::model::places::Place;
use crate::model::procedure::Cell;
use crate::model::{DecisionId, LandId, Library, MunicipalityId, ParameterId, PreconditionId, Procedure};
use crate::source::{FileId, Span};

use super::cases::{Setting, run};

/// A change of a definition.
#[derive(Debug, Clone, PartialEq)]
pub struct Mutant {
    /// Where.
    pub span: Span,
    /// What stood there.
    pub was: Wording,
    /// What stands there now; empty if it was dropped.
    pub is: Wording,
    change: Change,
}

/// Words of a definition: quoted from its text, or new ones.
pub type Wording = Vec<Piece>;

/// A piece of a [`Wording`].
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Piece {
    /// The text at a place.
    Quote(Span),
    /// These words.
    Words(String),
}

/// What is changed in the model.
#[derive(Debug, Clone, PartialEq)]
enum Change {
    /// An expression becomes another one, wherever the model holds what was written at its place.
    Expression { was: Expression, becomes: Expression },
    /// A precondition is no longer demanded.
    Drop(PreconditionId),
    /// A cell of a table: row, column.
    Cell(DecisionId, usize, usize, Cell),
    /// The results of a row and of the one behind it are exchanged.
    Results(DecisionId, usize),
    /// A value of a parameter: its period, its option.
    Value(ParameterId, usize, usize, Literal),
    /// The first day of a period of a parameter.
    From(ParameterId, usize, jiff::civil::Date),
    /// A duration: the one that stands at the place of the mutant.
    Duration(Duration),
}

/// One procedure with the Länder that share it.
#[derive(Debug, Clone)]
pub struct Group<'a> {
    /// The surroundings of its cases in the first of the Länder.
    pub setting: Setting<'a>,
    /// The Länder.
    pub lands: Vec<LandId>,
    /// The municipality whose own version it is; only its cases run on it.
    pub municipality: Option<MunicipalityId>,
}

/// What came of all mutants of a procedure, in whichever Land.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Examination {
    /// How many there are.
    pub possible: usize,
    /// How many were tried: all, or evenly chosen ones.
    pub tried: usize,
    /// How many some case notices.
    pub noticed: usize,
    /// How many are proved to change nothing.
    pub without_effect: usize,
    /// Those that no case notices, by place.
    pub unnoticed: Vec<Mutant>,
}

impl Examination {
    /// Of a hundred mutants that have an effect, how many are noticed, rounded down; `None` if there are none.
    pub fn score(&self) -> Option<usize> {
        (self.noticed * 100).checked_div(self.tried - self.without_effect)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verdict {
    Noticed,
    WithoutEffect,
    Unnoticed,
}

/// The same change of the same text, with each procedure that it changes.
type Shared<'g, 'a> = Vec<(&'g Group<'a>, Mutant)>;

/// Tries the mutants of a procedure, at most so many. `own` says which files are the project's.
pub fn examine(groups: &[Group<'_>], own: &(dyn Fn(FileId) -> bool + Sync), most: usize) -> Examination {
    // The same change of the same text is one mutant, in however many Länder it has a procedure of its own.
    let mut merged: BTreeMap<(Span, Wording, Wording), Shared<'_, '_>> = BTreeMap::new();
    for group in groups {
        for mutant in mutants(group.setting.library, group.setting.procedure, own) {
            let key = (mutant.span, mutant.was.clone(), mutant.is.clone());
            merged.entry(key).or_default().push((group, mutant));
        }
    }
    let all: Vec<Shared<'_, '_>> = merged.into_values().collect();
    let possible = all.len();
    let step = possible.div_ceil(most.max(1)).max(1);
    let chosen: Vec<&Shared<'_, '_>> = all.iter().step_by(step).collect();
    let verdicts: Vec<Verdict> = chosen.par_iter().map(|mutant| verdict(mutant)).collect();
    let count = |wanted: Verdict| verdicts.iter().filter(|verdict| **verdict == wanted).count();
    let unnoticed = chosen.iter().zip(&verdicts).filter(|(_, verdict)| **verdict == Verdict::Unnoticed);
    Examination {
        possible,
        tried: chosen.len(),
        noticed: count(Verdict::Noticed),
        without_effect: count(Verdict::WithoutEffect),
        unnoticed: unnoticed.filter_map(|(mutant, _)| mutant.first().map(|(_, mutant)| mutant.clone())).collect(),
    }
}

/// All mutants of a procedure, by place.
pub fn mutants(library: &Library, procedure: &Procedure, own: &dyn Fn(FileId) -> bool) -> Vec<Mutant> {
    let mut found = Vec::new();
    for (place, expression) in procedure.expressions() {
        // What a notice says, no case expects yet.
        if !matches!(place, Place::Notice(_)) {
            expressions::mutate(library, expression, &mut found);
        }
    }
    for (id, precondition) in procedure.preconditions.iter() {
        let was = vec![Piece::Words(format!("voraussetzung {}", precondition.name))];
        found.push(Mutant { span: precondition.span, was, is: Vec::new(), change: Change::Drop(id) });
    }
    tables::mutate(library, procedure, &mut found);
    quantities::mutate(library, procedure, &mut found);
    found.retain(|mutant| !mutant.span.is_detached() && own(mutant.span.file));
    found.sort_by(|a, b| (a.span, &a.was, &a.is).cmp(&(b.span, &b.was, &b.is)));
    found.dedup_by(|a, b| (a.span, &a.was, &a.is) == (b.span, &b.was, &b.is));
    found
}

fn verdict(mutant: &[(&Group<'_>, Mutant)]) -> Verdict {
    if mutant.iter().any(|(group, mutant)| is_noticed(group, mutant)) {
        Verdict::Noticed
    } else if mutant.iter().all(|(group, mutant)| equivalence::is_proved(&group.setting, mutant)) {
        Verdict::WithoutEffect
    } else {
        Verdict::Unnoticed
    }
}

/// Whether some case fails with a mutant: first in one Land, and only then in all others that share the procedure.
fn is_noticed(group: &Group<'_>, mutant: &Mutant) -> bool {
    let (library, procedure) = apply::apply(mutant, group.setting.library, group.setting.procedure);
    let fails_in = |land: LandId, with_land: bool| {
        let setting = Setting { library: &library, procedure: &procedure, land: Some(land), ..group.setting };
        let here = procedure.cases.iter().filter(|case| case.municipality == group.municipality);
        let cases = here.filter(|case| case.land.is_none_or(|of| with_land && of == land));
        cases.map(Arc::as_ref).any(|case| !run(&setting, case).failures.is_empty())
    };
    let Some((first, others)) = group.lands.split_first() else { return false };
    fails_in(*first, true) || others.iter().any(|land| fails_in(*land, true))
}
