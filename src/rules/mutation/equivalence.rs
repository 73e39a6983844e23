//! Whether a mutant provably decides like the definition whenever everything is answered.

use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::model::expression::{Expression, ExpressionKind, Literal};
use crate::model::places::Place;
use crate::model::procedure::{Cell, Decision};
use crate::model::{DecisionId, Type};
use crate::rules::cases::Setting;
use crate::rules::matching::matching;
use crate::rules::satisfy::{Demand, Space};
use crate::rules::value::Value;

use super::apply::replace;
use super::{Change, Mutant};

/// More combinations of inputs than these are not compared.
const MOST_COMBINATIONS: usize = 50_000;

/// Whether a mutant is proved to be without effect; where that can't be found out, it is not.
pub(super) fn is_proved(setting: &Setting<'_>, mutant: &Mutant) -> bool {
    match &mutant.change {
        Change::Expression { was, becomes } => {
            let mut proved = true;
            for (place, whole) in setting.procedure.expressions() {
                let mut changed = whole.clone();
                replace(&mut changed, was, becomes);
                proved = proved && (changed == *whole || decides_alike(setting, place, whole, &changed));
            }
            proved
        }
        Change::Drop(id) => setting.procedure.preconditions.get(*id).is_some_and(|precondition| {
            let condition = &precondition.condition;
            let always = Expression { kind: ExpressionKind::Literal(Literal::Truth(true)), ..condition.clone() };
            same(setting, condition, &always, false)
        }),
        Change::Cell(table, row, column, cell) => takes_the_same_rows(setting, *table, *row, *column, cell),
        Change::Results(..) | Change::Value(..) | Change::From(..) | Change::Duration(_) => false,
    }
}

/// Compares the outermost conditions that differ; a difference outside of conditions is a difference.
fn decides_alike(setting: &Setting<'_>, place: Place, whole: &Expression, changed: &Expression) -> bool {
    if whole.typ == Type::Truth && changed.typ == Type::Truth {
        // Whether something exists or is needed: "not known" is as good as "no".
        let only_truth_counts = matches!(
            place,
            Place::Participant(_)
                | Place::Datum(_)
                | Place::Page(_)
                | Place::Evidence(_)
                | Place::Attachment(_)
                | Place::Declaration(_)
                | Place::Deadline(_)
        );
        return same(setting, whole, changed, only_truth_counts);
    }
    let (parts, others) = (whole.children(), changed.children());
    let differing: Vec<(&Expression, &Expression)> =
        parts.iter().copied().zip(others.iter().copied()).filter(|(part, other)| part != other).collect();
    let same_form = parts.len() == others.len() && !differing.is_empty() && {
        // The expression itself is the same if only its operands differ.
        let mut like = changed.clone();
        for (place, part) in like.children_mut().into_iter().zip(&parts) {
            *place = (*part).clone();
        }
        like == *whole
    };
    same_form && differing.into_iter().all(|(part, other)| decides_alike(setting, Place::Step, part, other))
}

/// Whether no answers tell two conditions apart, with the parameters of any time.
fn same(setting: &Setting<'_>, first: &Expression, second: &Expression, only_truth_counts: bool) -> bool {
    let not_true = || vec![Value::Truth(false), Value::Missing];
    days(setting, [first, second]).into_iter().all(|day| {
        let space = Space::new(setting.library, setting.procedure, day, [first, second]);
        let apart = |demands: [Demand<'_>; 2]| space.possible(&demands).is_some();
        !apart([Demand::True(first), Demand::OneOf(second, not_true())])
            && !apart([Demand::OneOf(first, not_true()), Demand::True(second)])
            && (only_truth_counts
                || !apart([Demand::False(first), Demand::Missing(second)])
                    && !apart([Demand::Missing(first), Demand::False(second)]))
    })
}

/// The first day of each period of the parameters in some expressions.
fn days<'e>(setting: &Setting<'_>, expressions: impl IntoIterator<Item = &'e Expression>) -> BTreeSet<Date> {
    let mut days = BTreeSet::from([setting.day]);
    for expression in expressions {
        expression.walk(&mut |part| {
            if let ExpressionKind::Parameter(id, _) = &part.kind
                && let Some(parameter) = setting.library.parameters.get(*id)
            {
                days.extend(parameter.periods.iter().map(|period| period.from));
            }
        });
    }
    days
}

/// Whether a table with another cell takes the same row for every combination of inputs.
fn takes_the_same_rows(setting: &Setting<'_>, id: DecisionId, row: usize, column: usize, cell: &Cell) -> bool {
    let Some(table) = setting.procedure.decisions.get(id) else { return false };
    let mut other = table.clone();
    if let Some(place) = other.rows.get_mut(row).and_then(|row| row.cells.get_mut(column)) {
        *place = cell.clone();
    }
    let Some(samples) = samples(setting, table, &other) else { return false };
    let combinations = samples.iter().try_fold(1_usize, |product, values| product.checked_mul(values.len()));
    if combinations.is_none_or(|combinations| combinations > MOST_COMBINATIONS) {
        return false;
    }
    (0..combinations.unwrap_or(0)).all(|number| {
        let mut rest = number;
        let inputs: Vec<Value> = samples
            .iter()
            .map(|values| {
                let value = values.get(rest % values.len().max(1)).cloned().unwrap_or_default();
                rest /= values.len().max(1);
                value
            })
            .collect();
        matching(table, &inputs) == matching(&other, &inputs)
    })
}

/// One value a piece of each column's domain, cut at the bounds of both tables.
fn samples(setting: &Setting<'_>, table: &Decision, other: &Decision) -> Option<Vec<Vec<Value>>> {
    let mut space = Space::new(setting.library, setting.procedure, setting.day, &table.inputs);
    for cell in table.rows.iter().chain(&other.rows).flat_map(|row| &row.cells) {
        match cell {
            Cell::OneOf(literals) => literals.iter().for_each(|literal| space.mark(&Value::of(literal))),
            Cell::Interval { from, to } => {
                from.iter().chain(to).for_each(|(literal, _)| space.mark(&Value::of(literal)));
            }
            Cell::Any | Cell::Error => {}
        }
    }
    table.inputs.iter().map(|input| space.samples(input)).collect()
}
