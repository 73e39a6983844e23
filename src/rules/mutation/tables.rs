//! The mutants of decision tables: bounds of cells, members of lists, results of neighbouring rows.

use crate::model::expression::Literal;
use crate::model::procedure::{Cell, Decision};
use crate::model::{DecisionId, Library, Procedure};
use crate::rules::naming::name_of;

use super::quantities::{neighbours, show};
use super::{Change, Mutant, Piece};

/// A bound of a cell: the value, and whether it belongs to the cell.
type Bound = Option<(Literal, bool)>;

/// Adds the mutants of all tables.
pub(super) fn mutate(library: &Library, procedure: &Procedure, found: &mut Vec<Mutant>) {
    for (id, table) in procedure.decisions.iter() {
        for (index, row) in table.rows.iter().enumerate() {
            for (column, cell) in row.cells.iter().enumerate() {
                let name = table.inputs.get(column).and_then(|input| name_of(library, procedure, input)).unwrap_or_default();
                let words = |cell: &Cell| vec![Piece::Words(format!("{name}: {}", show_cell(cell, library)))];
                for other in others(cell) {
                    let (was, is) = (words(cell), words(&other));
                    found.push(Mutant { span: row.span, was, is, change: Change::Cell(id, index, column, other) });
                }
            }
        }
        exchange(id, table, found);
    }
}

/// Exchanges the results of neighbouring rows, where they differ.
fn exchange(id: DecisionId, table: &Decision, found: &mut Vec<Mutant>) {
    for (index, pair) in table.rows.windows(2).enumerate() {
        let [first, second] = pair else { continue };
        if first.results.iter().zip(&second.results).all(|(first, second)| first.means(second)) {
            continue;
        }
        let quotes = |row: &crate::model::procedure::Row| {
            let mut words = Vec::new();
            for (index, result) in row.results.iter().enumerate() {
                if index > 0 {
                    words.push(Piece::Words(" | ".to_owned()));
                }
                words.push(Piece::Quote(result.span));
            }
            words
        };
        let mut is = quotes(second);
        is.push(Piece::Words(", und umgekehrt in der nächsten Zeile".to_owned()));
        found.push(Mutant { span: first.span, was: quotes(first), is, change: Change::Results(id, index) });
    }
}

fn others(cell: &Cell) -> Vec<Cell> {
    match cell {
        Cell::Any | Cell::Error => Vec::new(),
        Cell::OneOf(literals) if literals.len() < 2 => vec![Cell::Any],
        Cell::OneOf(literals) => {
            let without = |index: usize| {
                literals.iter().enumerate().filter(|(other, _)| *other != index).map(|(_, literal)| literal.clone()).collect()
            };
            (0..literals.len()).map(|index| Cell::OneOf(without(index))).collect()
        }
        Cell::Interval { from, to } => {
            let mut found = Vec::new();
            for from in bounds(from, true) {
                found.push(Cell::Interval { from, to: to.clone() });
            }
            for to in bounds(to, false) {
                found.push(Cell::Interval { from: from.clone(), to });
            }
            found
        }
    }
}

/// The bound a step nearer and a step farther: once by including or excluding it, once by its value.
fn bounds(bound: &Bound, lower: bool) -> Vec<Bound> {
    let Some((literal, included)) = bound else { return Vec::new() };
    let (less, more) = neighbours(literal);
    // To exclude a lower bound is the same as a step up; to include an upper one likewise.
    let moved = if lower == *included { less } else { more };
    let mut found = vec![Some((literal.clone(), !included))];
    found.extend(moved.map(|literal| Some((literal, *included))));
    found
}

/// A cell as one reads it aloud.
fn show_cell(cell: &Cell, library: &Library) -> String {
    match cell {
        Cell::Any | Cell::Error => "-".to_owned(),
        Cell::OneOf(literals) => literals.iter().map(|literal| show(literal, library)).collect::<Vec<_>>().join(", "),
        Cell::Interval { from, to } => {
            let below = |(literal, included): &(Literal, bool)| {
                format!("{} {}", if *included { "bis" } else { "bis unter" }, show(literal, library))
            };
            match (from, to) {
                (None, None) => "-".to_owned(),
                (Some((from, true)), None) => format!("ab {}", show(from, library)),
                (Some((from, false)), None) => format!("mehr als {}", show(from, library)),
                (None, Some((to, true))) => format!("bis {}", show(to, library)),
                (None, Some((to, false))) => format!("unter {}", show(to, library)),
                (Some((from, true)), Some(to)) => format!("{} {}", show(from, library), below(to)),
                (Some((from, false)), Some(to)) => format!("mehr als {} {}", show(from, library), below(to)),
            }
        }
    }
}
