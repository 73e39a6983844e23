//! Decision tables: columns, cells and results with their types.

use crate::both;
use crate::diagnostic::Diagnostic;
use crate::model::DecisionId;
use crate::model::Type;
use crate::model::expression::{Expression, Literal};
use crate::model::norm::cite;
use crate::model::procedure::{Cell, Decision, Output, Row};
use crate::source::{Span, Text};
use crate::syntax::ast;

use super::bodies::{Body, Local};
use super::expressions::Missing;
use super::literals::{TYPE_MISMATCH, constant};
use super::names::unknown;

/// The rows by which a Land decides some cases of a table; the base decides the rest.
#[derive(Debug, Clone)]
pub struct Exceptions {
    /// The table.
    pub decision: DecisionId,
    /// The rows. They may have fewer cells than the table has inputs by now: the others take any value.
    pub rows: Vec<Row>,
}

impl Body<'_> {
    /// Gives a table and its result columns their names.
    pub(super) fn name_decision(&mut self, name: &ast::Name, typ: Type, table: &ast::Table, span: Span) {
        let mut typ = Some(typ);
        let outputs: Vec<Output> = table
            .outputs
            .iter()
            .map(|column| {
                let is_norm = matches!(column.text.as_ref(), "nach" | "under");
                let typ = if is_norm { Type::Text } else { typ.take().unwrap_or(Type::Unknown) };
                Output { name: column.text.clone(), typ, is_norm }
            })
            .collect();
        let id = self.procedure.decisions.add(Decision {
            name: name.text.clone(),
            norms: Vec::new(),
            inputs: Vec::new(),
            outputs,
            rows: Vec::new(),
            span,
        });
        self.name(name, Local::Decision(id, 0));
        for (index, column) in table.outputs.iter().enumerate() {
            let free = column.text != name.text && !matches!(column.text.as_ref(), "nach" | "under");
            if free {
                self.name(column, Local::Decision(id, u32::try_from(index).unwrap_or(u32::MAX)));
            }
        }
    }

    /// The rows of a table.
    pub(super) fn decision(&mut self, name: &ast::Name, table: &ast::Table, clauses: &ast::Clauses) {
        let Some(Local::Decision(id, _)) = self.locals.get(&name.text).copied() else { return };
        let Some(mut decision) = self.procedure.decisions.get(id).cloned() else { return };
        decision.norms = self.norms(clauses.norms.as_ref());
        decision.inputs = table.inputs.iter().map(|input| self.expression(input, &Type::Unknown, Missing::Reported)).collect();
        for (index, output) in decision.outputs.iter_mut().enumerate() {
            if output.typ != Type::Unknown || output.is_norm {
                continue;
            }
            let first = table.rows.iter().find_map(|row| row.results.get(index));
            if let Some(ast::ResultCell::Value(first)) = first {
                output.typ = self.expression(first, &Type::Unknown, Missing::Reported).typ;
            }
        }
        for row in &table.rows {
            if row.cells.len() != decision.inputs.len() || row.results.len() != decision.outputs.len() {
                self.out.push(wrong_width(row, decision.inputs.len() + decision.outputs.len()));
                continue;
            }
            let cells = row.cells.iter().zip(&decision.inputs).map(|(cell, input)| self.cell(cell, &input.typ));
            let cells = cells.collect();
            let results = row.results.iter().zip(&decision.outputs).map(|(result, output)| self.result_cell(result, output));
            let results = results.collect();
            decision.rows.push(Row { cells, results, span: row.span });
        }
        if let Some(slot) = self.procedure.decisions.get_mut(id) {
            *slot = decision;
        }
    }

    /// The cases of a table that a Land decides itself. A column that the base does not have is added to it: there any value does.
    pub(super) fn exceptions(&mut self, statement: &ast::Statement) -> Option<Exceptions> {
        let (name, table) = match &statement.kind {
            ast::StatementKind::Decision { name, table, .. } => (name, table),
            ast::StatementKind::Fee { name, table: Some(table), .. } => (name, table.as_ref()),
            _ => return None,
        };
        let Some(Local::Decision(id, _)) = self.locals.get(&name.text).copied() else { return None };
        let mut decision = self.procedure.decisions.get(id).cloned()?;
        let norms = self.norms(statement.clauses.norms.as_ref());
        let mut columns = Vec::with_capacity(table.inputs.len());
        for input in &table.inputs {
            let input = self.expression(input, &Type::Unknown, Missing::Reported);
            columns.push(decision.inputs.iter().position(|known| known.means(&input)).unwrap_or(decision.inputs.len()));
            if columns.last() == Some(&decision.inputs.len()) {
                decision.inputs.push(input);
                decision.rows.iter_mut().for_each(|row| row.cells.push(Cell::Any));
            }
        }
        let results = self.result_columns(&decision, table, statement.span)?;
        let mut rows = Vec::with_capacity(table.rows.len());
        for row in &table.rows {
            if row.cells.len() != columns.len() || row.results.len() != table.outputs.len() {
                self.out.push(wrong_width(row, columns.len() + table.outputs.len()));
                continue;
            }
            let mut cells = vec![Cell::Any; decision.inputs.len()];
            for (cell, column) in row.cells.iter().zip(&columns) {
                let typ = decision.inputs.get(*column).map_or(Type::Unknown, |input| input.typ.clone());
                if let Some(slot) = cells.get_mut(*column) {
                    *slot = self.cell(cell, &typ);
                }
            }
            let of_row = decision.outputs.iter().zip(&results).map(|(output, at)| match at.and_then(|at| row.results.get(at)) {
                Some(result) => self.result_cell(result, output),
                None => Expression::literal(Literal::Text(cite(&norms).into()), Type::Text, row.span),
            });
            let results = of_row.collect();
            rows.push(Row { cells, results, span: row.span });
        }
        decision.norms.extend(norms);
        if let Some(slot) = self.procedure.decisions.get_mut(id) {
            *slot = decision;
        }
        Some(Exceptions { decision: id, rows })
    }

    /// For each result column of the base, that of the Land's table; only that of norms may be left out.
    fn result_columns(&mut self, decision: &Decision, table: &ast::Table, span: Span) -> Option<Vec<Option<usize>>> {
        let is_norm = |name: &ast::Name| matches!(name.text.as_ref(), "nach" | "under");
        for column in &table.outputs {
            if !decision.outputs.iter().any(|output| output.name == column.text || (output.is_norm && is_norm(column))) {
                let known = decision.outputs.iter().map(|output| output.name.as_ref());
                self.out.push(unknown(column, known, &both!("als Ergebnis der Tabelle", "as a result of the table")));
                return None;
            }
        }
        let mut columns = Vec::with_capacity(decision.outputs.len());
        for output in &decision.outputs {
            let at = table.outputs.iter().position(|column| output.name == column.text || (output.is_norm && is_norm(column)));
            if at.is_none() && !output.is_norm {
                let (name, table) = (&output.name, &decision.name);
                self.out.push(
                    Diagnostic::new(
                        &TYPE_MISMATCH,
                        span,
                        both!("Der Tabelle fehlt die Spalte „{name}“.", "The table lacks the column “{name}”."),
                    )
                    .label(decision.span, both!("so steht „{table}“ im Grundverfahren", "“{table}” as it stands in the base"))
                    .help(both!(
                        "Die Tabelle des Landes hat dieselben Ergebnisse wie die des Grundverfahrens.",
                        "The table of the Land has the same results as that of the base."
                    )),
                );
                return None;
            }
            columns.push(at);
        }
        Some(columns)
    }

    fn result_cell(&mut self, cell: &ast::ResultCell, output: &Output) -> Expression {
        match cell {
            ast::ResultCell::Value(value) => self.expression(value, &output.typ, Missing::Reported),
            ast::ResultCell::Norms(citation) => {
                let norms = self.norms(Some(citation));
                let text: Text = crate::model::norm::cite(&norms).into();
                Expression::literal(Literal::Text(text), Type::Text, citation.span)
            }
            ast::ResultCell::Error(span) => Expression::error(*span),
        }
    }

    fn cell(&mut self, cell: &ast::Cell, typ: &Type) -> Cell {
        use ast::CellKind as Kind;
        let mut value = |expression: &ast::Expression| constant(expression, typ, self.library, self.out);
        let interval = |from: Option<(Option<Literal>, bool)>, to: Option<(Option<Literal>, bool)>| {
            let side = |bound: Option<(Option<Literal>, bool)>| match bound {
                None => Some(None),
                Some((Some(literal), closed)) => Some(Some((literal, closed))),
                Some((None, _)) => None,
            };
            match (side(from), side(to)) {
                (Some(from), Some(to)) => Cell::Interval { from, to },
                _ => Cell::Error,
            }
        };
        let ordered = typ.base(self.library).is_ordered();
        let found = match &cell.kind {
            Kind::Any => return Cell::Any,
            Kind::Error => return Cell::Error,
            Kind::Values(values) => {
                let literals: Option<Vec<Literal>> = values.iter().map(&mut value).collect();
                return literals.map_or(Cell::Error, Cell::OneOf);
            }
            Kind::Below(to) => interval(None, Some((value(to), false))),
            Kind::UpTo(to) => interval(None, Some((value(to), true))),
            Kind::From(from) => interval(Some((value(from), true)), None),
            Kind::MoreThan(from) => interval(Some((value(from), false)), None),
            Kind::Range { from, to, below } => interval(Some((value(from), true)), Some((value(to), !below))),
        };
        if !ordered {
            let typ = super::literals::describe(typ, self.library);
            self.out.push(Diagnostic::new(
                &TYPE_MISMATCH,
                cell.span,
                both!(
                    "{typ} hat keine Reihenfolge; hier passen nur einzelne Werte.",
                    "{typ} has no order; only single values fit here."
                ),
            ));
            return Cell::Error;
        }
        found
    }
}

/// "This row has too few or too many cells".
fn wrong_width(row: &ast::Row, columns: usize) -> Diagnostic {
    let cells = row.cells.len() + row.results.len();
    Diagnostic::new(
        &TYPE_MISMATCH,
        row.span,
        both!(
            "Diese Zeile hat {cells} Zellen, die Tabelle hat {columns} Spalten.",
            "This row has {cells} cells, the table has {columns} columns."
        ),
    )
    .help(both!("Jede Spalte braucht eine Zelle; „-“ heißt: beliebig.", "Each column needs a cell; “-” means: any."))
}
