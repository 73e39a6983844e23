//! Decision tables: columns, cells and results with their types.

use crate::both;
use crate::diagnostic::Diagnostic;
use crate::model::Type;
use crate::model::expression::{Expression, Literal};
use crate::model::procedure::{Cell, Decision, Output, Row};
use crate::source::{Span, Text};
use crate::syntax::ast;

use super::bodies::{Body, Local};
use super::expressions::Missing;
use super::literals::{TYPE_MISMATCH, constant};

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
                let (cells, inputs) = (row.cells.len() + row.results.len(), decision.inputs.len() + decision.outputs.len());
                self.out.push(
                    Diagnostic::new(
                        &TYPE_MISMATCH,
                        row.span,
                        both!(
                            "Diese Zeile hat {cells} Zellen, die Tabelle hat {inputs} Spalten.",
                            "This row has {cells} cells, the table has {inputs} columns."
                        ),
                    )
                    .help(both!(
                        "Jede Spalte braucht eine Zelle; „-“ heißt: beliebig.",
                        "Each column needs a cell; “-” means: any."
                    )),
                );
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
