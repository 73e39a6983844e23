//! What an expression rests on, through rules, tables and preconditions.

use std::collections::BTreeSet;

use crate::model::expression::Several;
use crate::model::{DatumId, DecisionId, Expression, ExpressionKind, PreconditionId, Procedure, RuleId};

use super::evaluate::DEEPEST;

/// The preconditions, rules and tables below an expression.
#[derive(Debug, Clone, Default)]
pub struct Foundations {
    /// Preconditions named by it or by what it rests on.
    pub preconditions: BTreeSet<PreconditionId>,
    /// Decision tables whose outputs it uses.
    pub tables: BTreeSet<DecisionId>,
    /// Data that it names or rests on.
    pub data: BTreeSet<DatumId>,
    rules: BTreeSet<RuleId>,
}

impl Foundations {
    /// What an expression of a procedure rests on. What lies deeper than any value is computed is left out.
    pub fn of(procedure: &Procedure, expression: &Expression) -> Foundations {
        let mut found = Foundations::default();
        found.below(procedure, expression, 0);
        found
    }

    fn below(&mut self, procedure: &Procedure, expression: &Expression, depth: u32) {
        if depth > DEEPEST {
            return;
        }
        expression.walk(&mut |part| match &part.kind {
            ExpressionKind::Precondition(id) if self.preconditions.insert(*id) => {
                if let Some(other) = procedure.preconditions.get(*id) {
                    self.below(procedure, &other.condition, depth + 1);
                }
            }
            ExpressionKind::Rule(id) if self.rules.insert(*id) => {
                if let Some(rule) = procedure.rules.get(*id) {
                    self.below(procedure, &rule.expression, depth + 1);
                }
            }
            ExpressionKind::Decision(id, _) if self.tables.insert(*id) => {
                let table = procedure.decisions.get(*id).into_iter();
                let parts = table.flat_map(|table| table.inputs.iter().chain(table.rows.iter().flat_map(|row| &row.results)));
                parts.for_each(|part| self.below(procedure, part, depth + 1));
            }
            ExpressionKind::Deadline(id, _) => {
                if let Some(deadline) = procedure.deadlines.get(*id) {
                    self.below(procedure, &deadline.from, depth + 1);
                    deadline.condition.iter().for_each(|condition| self.below(procedure, condition, depth + 1));
                }
            }
            _ => named(procedure, part, &mut |id| {
                self.data.insert(id);
            }),
        });
    }
}

/// The data that expressions rest on, and those on which it rests whether these exist.
pub fn data<'e>(procedure: &Procedure, expressions: impl IntoIterator<Item = &'e Expression>) -> BTreeSet<DatumId> {
    let mut known: BTreeSet<DatumId> = BTreeSet::new();
    let mut open: Vec<DatumId> =
        expressions.into_iter().flat_map(|expression| Foundations::of(procedure, expression).data).collect();
    while let Some(id) = open.pop() {
        let condition = procedure.data.get(id).and_then(|datum| datum.condition.as_ref());
        if let (true, Some(condition)) = (known.insert(id), condition) {
            open.extend(Foundations::of(procedure, condition).data);
        }
    }
    known
}

/// Calls `visit` on each datum that a part of an expression itself names.
pub fn named(procedure: &Procedure, part: &Expression, visit: &mut dyn FnMut(DatumId)) {
    match &part.kind {
        ExpressionKind::Datum(id) => visit(*id),
        ExpressionKind::Each(Several::Persons(persons), None) => {
            let own = procedure.data.iter().filter(|(_, datum)| datum.of.is_some_and(|(of, _)| of == *persons));
            own.for_each(|(id, _)| visit(id));
        }
        _ => {}
    }
}
