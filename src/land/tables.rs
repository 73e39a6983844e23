//! A table of which a Land decides some cases itself: its rows, and of the base's rows what they leave.
//!
//! The result is a plain table again: no case has two rows, none lost its row. Columns are cut at every value that either table
//! names, the Land's boxes are taken out of the base's (see [`boxes`](crate::rules::boxes)), and what remains is written as cells.

use jiff::civil::Date;

use crate::both;
use crate::diagnostic::Diagnostics;
use crate::model::expression::{Expression, Literal};
use crate::model::from_syntax::{Exceptions, not_yet};
use crate::model::procedure::{Cell, Decision, Row};
use crate::model::{Library, Procedure};
use crate::rules::boxes::{CellSet, Region, uncovered};
use crate::rules::matching::holds;
use crate::rules::satisfy::{Demand, Space};
use crate::rules::value::Value;
use crate::source::Span;

/// A row of a Land and a row of the base of which it decides cases.
#[derive(Debug, Clone)]
pub(super) struct Overruled {
    /// The row of the Land.
    pub(super) written: Span,
    /// The row of the base.
    pub(super) applied: Span,
}

/// Puts the rows of Länder and municipalities into their tables, those of the widest level first.
pub(super) fn combine(
    library: &Library,
    procedure: &mut Procedure,
    exceptions: Vec<Exceptions>,
    day: Date,
    out: &mut Diagnostics,
) -> Vec<Overruled> {
    let mut overruled = Vec::new();
    for Exceptions { decision: id, rows: mut own } in exceptions {
        let Some(decision) = procedure.decisions.get(id) else { continue };
        let width = decision.inputs.len();
        own.iter_mut().for_each(|row| row.cells.resize(width, Cell::Any));
        let is_broken = |row: &Row| row.cells.contains(&Cell::Error);
        if own.iter().chain(&decision.rows).any(is_broken) {
            continue; // reported
        }
        let combined = Table::cut(library, procedure, decision, &own, day).and_then(|table| table.combined(&own, &mut overruled));
        match combined {
            Some(rows) => {
                if let Some(decision) = procedure.decisions.get_mut(id) {
                    decision.rows = rows;
                }
            }
            None => {
                let name = &decision.name;
                let span = own.first().map_or(decision.span, |row| row.span);
                let what = both!(
                    "Eine Ausnahme, die sich aus der Tabelle „{name}“ nicht herauslösen lässt,",
                    "An exception that can't be taken out of the table “{name}”"
                );
                out.push(
                    not_yet(span, &what).label(decision.span, both!("die Tabelle des Grundverfahrens", "the table of the base")),
                );
            }
        }
    }
    overruled
}

/// A table of the base, its columns cut at every value that it or the Land names.
struct Table<'a> {
    decision: &'a Decision,
    space: Space<'a>,
    columns: Vec<Column>,
    own: Vec<Region>,
}

struct Column {
    samples: Vec<Value>,
    /// The values named in this column, as written.
    named: Vec<(Value, Literal)>,
}

impl<'a> Table<'a> {
    /// `None` where the type of a column has no domain that can be cut.
    fn cut(library: &'a Library, procedure: &'a Procedure, decision: &'a Decision, own: &[Row], day: Date) -> Option<Table<'a>> {
        let mut space = Space::new(library, procedure, day, &decision.inputs);
        let mut named: Vec<Vec<(Value, Literal)>> = vec![Vec::new(); decision.inputs.len()];
        for row in own.iter().chain(&decision.rows) {
            for (cell, named) in row.cells.iter().zip(&mut named) {
                for literal in literals(cell) {
                    let value = Value::of(literal);
                    space.mark(&value);
                    if !named.iter().any(|(known, _)| *known == value) {
                        named.push((value, literal.clone()));
                    }
                }
            }
        }
        let columns: Option<Vec<Column>> = decision
            .inputs
            .iter()
            .zip(named)
            .map(|(input, named)| Some(Column { samples: space.samples(input)?, named }))
            .collect();
        let columns = columns?;
        let own = own.iter().map(|row| region(row, &columns)).collect();
        Some(Table { decision, space, columns, own })
    }

    /// All rows; `None` where what the Land leaves of a row can't be written as cells.
    fn combined(&self, own: &[Row], overruled: &mut Vec<Overruled>) -> Option<Vec<Row>> {
        let mut rows: Vec<Row> = own.to_vec();
        for base in &self.decision.rows {
            let region = region(base, &self.columns);
            let taking: Vec<&Row> =
                own.iter().zip(&self.own).filter(|(_, taken)| taken.meet(&region).is_some()).map(|(row, _)| row).collect();
            if taking.is_empty() {
                rows.push(base.clone());
                continue;
            }
            let place = |row: &&Row| Overruled { written: row.span, applied: base.span };
            overruled.extend(taking.iter().map(place));
            for piece in uncovered(region, &self.own).ok()? {
                if self.can_occur(&piece) {
                    rows.extend(self.rows_of(base, &piece)?);
                }
            }
        }
        Some(rows)
    }

    /// Whether the values of a box occur together at all.
    fn can_occur(&self, region: &Region) -> bool {
        let demand = |((input, cells), column): ((&'a Expression, &CellSet), &Column)| {
            Demand::OneOf(input, cells.cells().filter_map(|cell| column.samples.get(cell).cloned()).collect())
        };
        let demands: Vec<Demand<'_>> = self.decision.inputs.iter().zip(&region.columns).zip(&self.columns).map(demand).collect();
        self.space.possible(&demands).is_some()
    }

    /// A box as rows with the results of a row of the base.
    fn rows_of(&self, base: &Row, piece: &Region) -> Option<Vec<Row>> {
        let mut rows = vec![Row { cells: Vec::new(), ..base.clone() }];
        for (index, (set, column)) in piece.columns.iter().zip(&self.columns).enumerate() {
            let cells = match base.cells.get(index) {
                // Nothing was taken out of this column.
                Some(cell) if *set == set_of(cell, column) => vec![cell.clone()],
                _ => {
                    let missing = column.samples.iter().position(Value::is_missing).filter(|missing| set.contains(*missing));
                    if let Some(missing) = missing {
                        let mut only_missing = piece.clone();
                        *only_missing.columns.get_mut(index)? = CellSet::filled(column.samples.len(), |cell| cell == missing);
                        if self.can_occur(&only_missing) {
                            return None; // no cell says "these, or not known"
                        }
                    }
                    column.cells(set)?
                }
            };
            let with = |row: &Row, cell: &Cell| {
                let cells = row.cells.iter().chain([cell]).cloned().collect();
                Row { cells, ..row.clone() }
            };
            rows = rows.iter().flat_map(|row| cells.iter().map(|cell| with(row, cell))).collect();
        }
        Some(rows)
    }
}

fn region(row: &Row, columns: &[Column]) -> Region {
    Region { columns: row.cells.iter().zip(columns).map(|(cell, column)| set_of(cell, column)).collect() }
}

fn set_of(cell: &Cell, column: &Column) -> CellSet {
    let samples = &column.samples;
    CellSet::filled(samples.len(), |at| samples.get(at).is_some_and(|sample| holds(cell, sample) == Some(true)))
}

fn literals(cell: &Cell) -> Vec<&Literal> {
    match cell {
        Cell::OneOf(literals) => literals.iter().collect(),
        Cell::Interval { from, to } => from.iter().chain(to).map(|(literal, _)| literal).collect(),
        Cell::Any | Cell::Error => Vec::new(),
    }
}

impl Column {
    /// A set of values as cells, each a row of its own: single values together, and one for each unbroken run.
    fn cells(&self, set: &CellSet) -> Option<Vec<Cell>> {
        let values: Vec<(usize, &Value)> =
            self.samples.iter().enumerate().filter(|(at, value)| set.contains(*at) && !value.is_missing()).collect();
        let is_ordered = values.iter().any(|(_, value)| matches!(value, Value::Number(_) | Value::Date(_)));
        if !is_ordered {
            let literals: Option<Vec<Literal>> = values.iter().map(|(_, value)| self.literal(value)).collect();
            return Some(vec![Cell::OneOf(literals?)]);
        }
        let mut cells = Vec::new();
        let mut single = Vec::new();
        let mut start = 0;
        while let Some((first, value)) = values.get(start) {
            let mut end = start;
            while values.get(end + 1).is_some_and(|(at, _)| *at == first + (end + 1 - start)) {
                end += 1;
            }
            let (last, _) = values.get(end)?;
            match self.named.iter().find(|(known, _)| known == *value) {
                Some((_, literal)) if first == last => single.push(literal.clone()),
                _ => cells.push(Cell::Interval { from: self.bound(*first, true), to: self.bound(*last, false) }),
            }
            start = end + 1;
        }
        if !single.is_empty() {
            cells.push(Cell::OneOf(single));
        }
        Some(cells)
    }

    /// The named value at the edge of a run, and whether it belongs to it; none where the run is open to that side.
    fn bound(&self, edge: usize, lower: bool) -> Option<(Literal, bool)> {
        let inside = self.samples.get(edge)?;
        let outside = if lower { self.samples.get(edge.checked_sub(1)?)? } else { self.samples.get(edge + 1)? };
        let find = |value: &Value| self.named.iter().find(|(known, _)| known == value).map(|(_, literal)| literal.clone());
        if outside.is_missing() {
            return None;
        }
        if let Some(literal) = find(inside) {
            return Some((literal, true));
        }
        if let Some(literal) = find(outside) {
            return Some((literal, false));
        }
        // A value between two that can occur, such as half a year between whole ones: on which side it falls does not matter.
        let (low, high) = if lower { (outside, inside) } else { (inside, outside) };
        let between = |known: &Value| {
            low.compare(known).is_some_and(std::cmp::Ordering::is_lt)
                && known.compare(high).is_some_and(std::cmp::Ordering::is_lt)
        };
        self.named.iter().find(|(known, _)| between(known)).map(|(_, literal)| (literal.clone(), true))
    }

    /// A value of a type without order as a literal; a text that nobody names stands for all others and is none.
    fn literal(&self, value: &Value) -> Option<Literal> {
        match value {
            Value::Truth(truth) => Some(Literal::Truth(*truth)),
            Value::Option(choice, option) => Some(Literal::Option(*choice, *option)),
            other => self.named.iter().find(|(known, _)| known == other).map(|(_, literal)| literal.clone()),
        }
    }
}
