//! Which row of a decision table applies; three-valued `und` and `oder`.

use std::cmp::Ordering;

use crate::model::procedure::{Cell, Decision};

use super::value::Value;

/// Which row of a table applies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Match {
    /// This one.
    Row(usize),
    /// None, though all inputs are known.
    NoRow,
    /// Not known, because an input is missing.
    Unknown,
}

/// The row that applies to these inputs: the first whose cells all hold.
pub fn matching(decision: &Decision, inputs: &[Value]) -> Match {
    let mut unknown = false;
    for (index, row) in decision.rows.iter().enumerate() {
        let cells = row.cells.iter().zip(inputs).map(|(cell, input)| holds(cell, input));
        match cells.fold(Some(true), and) {
            Some(true) => return Match::Row(index),
            Some(false) => {}
            None => unknown = true,
        }
    }
    if unknown { Match::Unknown } else { Match::NoRow }
}

/// Whether a cell holds for an input; `None` where the input is missing.
pub fn holds(cell: &Cell, input: &Value) -> Option<bool> {
    match cell {
        Cell::Any => Some(true),
        Cell::Error => None,
        Cell::OneOf(literals) => literals.iter().map(|literal| input.equals(&Value::of(literal))).fold(Some(false), or),
        Cell::Interval { from, to } => {
            let bound = |bound: &Option<(_, bool)>, inside: Ordering| match bound {
                None if input.is_missing() => None,
                None => Some(true),
                Some((literal, included)) => {
                    let order = input.compare(&Value::of(literal))?;
                    Some(order == inside || (order.is_eq() && *included))
                }
            };
            and(bound(from, Ordering::Greater), bound(to, Ordering::Less))
        }
    }
}

/// Three-valued `und`.
pub fn and(left: Option<bool>, right: Option<bool>) -> Option<bool> {
    match (left, right) {
        (Some(false), _) | (_, Some(false)) => Some(false),
        (Some(true), Some(true)) => Some(true),
        _ => None,
    }
}

/// Three-valued `oder`.
pub fn or(left: Option<bool>, right: Option<bool>) -> Option<bool> {
    match (left, right) {
        (Some(true), _) | (_, Some(true)) => Some(true),
        (Some(false), Some(false)) => Some(false),
        _ => None,
    }
}
