//! What an expression rests on, through rules, tables and preconditions.

use std::collections::BTreeSet;

use crate::model::{DecisionId, Expression, ExpressionKind, PreconditionId, Procedure, RuleId};

use super::evaluate::DEEPEST;

/// The preconditions, rules and tables below an expression.
#[derive(Debug, Clone, Default)]
pub struct Foundations {
    /// Preconditions named by it or by what it rests on.
    pub preconditions: BTreeSet<PreconditionId>,
    /// Decision tables whose outputs it uses.
    pub tables: BTreeSet<DecisionId>,
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
                for input in procedure.decisions.get(*id).iter().flat_map(|table| &table.inputs) {
                    self.below(procedure, input, depth + 1);
                }
            }
            ExpressionKind::Deadline(id, _) => {
                if let Some(deadline) = procedure.deadlines.get(*id) {
                    self.below(procedure, &deadline.from, depth + 1);
                    deadline.condition.iter().for_each(|condition| self.below(procedure, condition, depth + 1));
                }
            }
            _ => {}
        });
    }
}
