//! A mutant to the model that it stands for.

use std::borrow::Cow;

use crate::model::expression::{Expression, ExpressionKind, Literal};
use crate::model::person::Parameter;
use crate::model::places::Place;
use crate::model::workflow::{Step, StepKind};
use crate::model::{Library, ParameterId, Procedure};
use crate::source::Span;

use super::{Change, Mutant};
use crate::model::expression::Duration;

/// The library and the procedure with the change in them.
pub(super) fn apply<'a>(mutant: &Mutant, library: &'a Library, procedure: &Procedure) -> (Cow<'a, Library>, Procedure) {
    let mut library = Cow::Borrowed(library);
    let mut procedure = procedure.clone();
    match &mutant.change {
        Change::Expression { was, becomes } => procedure.change_expressions(&mut |_, whole| replace(whole, was, becomes)),
        Change::Drop(id) => procedure.change_expressions(&mut |place, whole| {
            if place == Place::Precondition(*id) {
                whole.kind = ExpressionKind::Literal(Literal::Truth(true));
            }
        }),
        Change::Cell(table, row, column, cell) => {
            let rows = procedure.decisions.get_mut(*table).map(|table| &mut table.rows);
            if let Some(place) = rows.and_then(|rows| rows.get_mut(*row)).and_then(|row| row.cells.get_mut(*column)) {
                *place = cell.clone();
            }
        }
        Change::Results(table, row) => {
            if let Some(table) = procedure.decisions.get_mut(*table)
                && let Some([first, second]) = table.rows.get_mut(*row..row + 2)
            {
                std::mem::swap(&mut first.results, &mut second.results);
            }
        }
        Change::Value(id, period, option, value) => change_parameter(library.to_mut(), *id, |parameter| {
            let values = parameter.periods.get_mut(*period).map(|period| &mut period.values);
            if let Some(place) = values.and_then(|values| values.get_mut(*option)) {
                *place = Some(value.clone());
            }
        }),
        Change::From(id, period, day) => change_parameter(library.to_mut(), *id, |parameter| {
            if let Some(period) = parameter.periods.get_mut(*period) {
                period.from = *day;
            }
        }),
        Change::Duration(duration) => change_duration(&mut procedure, mutant.span, *duration),
    }
    (library, procedure)
}

/// Replaces an expression in another one, wherever it is the one of its place.
pub(super) fn replace(whole: &mut Expression, was: &Expression, becomes: &Expression) {
    if whole.span == was.span && whole == was {
        *whole = becomes.clone();
        return;
    }
    for child in whole.children_mut() {
        replace(child, was, becomes);
    }
}

fn change_parameter(library: &mut Library, id: ParameterId, change: impl FnOnce(&mut Parameter)) {
    if let Some(parameter) = library.parameters.get_mut(id) {
        change(parameter);
    }
}

/// Changes the duration of whatever stands at a place: a deadline, a request, a step, a remedy.
fn change_duration(procedure: &mut Procedure, span: Span, duration: Duration) {
    for deadline in (&mut procedure.deadlines).into_iter().filter(|deadline| deadline.span == span) {
        deadline.duration = duration;
    }
    let remedies = (&mut procedure.notices).into_iter().filter_map(|notice| notice.remedy.as_mut()).chain(&mut procedure.remedy);
    for remedy in remedies.filter(|remedy| remedy.span == span) {
        remedy.within = Some(duration);
    }
    change_steps(&mut procedure.workflow, span, duration);
}

fn change_steps(steps: &mut [Step], span: Span, duration: Duration) {
    for step in steps {
        let at_place = step.span == span;
        match &mut step.kind {
            StepKind::CheckComplete { within, missing } => {
                if let Some(request) = missing.as_mut().filter(|request| request.span == span) {
                    request.within = duration;
                }
                within.iter_mut().filter(|_| at_place).for_each(|(own, _)| *own = duration);
            }
            StepKind::Consult { within, .. } | StepKind::Hear { within, .. } => {
                within.iter_mut().filter(|_| at_place).for_each(|(own, _)| *own = duration);
            }
            StepKind::Branch { then, otherwise, .. } => {
                change_steps(then, span, duration);
                change_steps(otherwise, span, duration);
            }
            StepKind::Parallel(branches) => change_steps(branches, span, duration),
            _ => {}
        }
    }
}
