//! What may be missing, and where a condition proves that it is there.
//!
//! A datum with a condition of its own exists where that condition holds. Inside `sgb2 und …` the field that is only asked
//! `wenn sgb2` is there; so it is right of `nicht sgb2 oder …`.

use crate::model::expression::{BinaryOperator, Expression, ExpressionKind, SetMember};
use crate::model::ids::{Arena, DatumId};
use crate::model::procedure::Datum;

/// Conditions known to be true (or false) at some place.
#[derive(Debug, Clone, Default)]
pub(super) struct Facts {
    known: Vec<(Expression, bool)>,
}

impl Facts {
    /// These facts and what follows from a condition being true or false.
    pub(super) fn with(&self, condition: &Expression, truth: bool, data: &Arena<DatumId, Datum>) -> Facts {
        let mut facts = self.clone();
        facts.learn(condition, truth, data, 0);
        facts
    }

    fn learn(&mut self, condition: &Expression, truth: bool, data: &Arena<DatumId, Datum>, depth: u8) {
        if depth > 32 || self.holds(condition, truth) {
            return;
        }
        match (&condition.kind, truth) {
            (ExpressionKind::Not(inner), _) => return self.learn(inner, !truth, data, depth + 1),
            (ExpressionKind::Binary(BinaryOperator::And, left, right), true)
            | (ExpressionKind::Binary(BinaryOperator::Or, left, right), false) => {
                self.learn(left, truth, data, depth + 1);
                self.learn(right, truth, data, depth + 1);
            }
            _ => {}
        }
        self.known.push((condition.clone(), truth));
        // Whatever was needed to say so exists: its own condition holds too.
        let mut conditions = Vec::new();
        condition.walk(&mut |part| {
            if let ExpressionKind::Datum(id) = part.kind
                && let Some(own) = data.get(id).and_then(|datum| datum.condition.clone())
            {
                conditions.push(own);
            }
        });
        if let ExpressionKind::Binary(BinaryOperator::And | BinaryOperator::Or, ..) | ExpressionKind::Default(..) = condition.kind
        {
            return;
        }
        for own in conditions {
            self.learn(&own, true, data, depth + 1);
        }
    }

    /// Whether a condition is known to have this truth.
    fn holds(&self, condition: &Expression, truth: bool) -> bool {
        self.known.iter().any(|(known, value)| *value == truth && same(known, condition))
            || negated(condition).is_some_and(|(operator, left, right)| {
                self.known.iter().any(|(known, value)| {
                    *value != truth
                        && matches!(&known.kind, ExpressionKind::Binary(found, a, b)
                            if *found == operator && same(a, left) && same(b, right))
                })
            })
    }

    /// Whether a condition follows from the facts.
    pub(super) fn implies(&self, condition: &Expression) -> bool {
        if self.holds(condition, true) {
            return true;
        }
        match &condition.kind {
            ExpressionKind::Binary(BinaryOperator::And, left, right) => self.implies(left) && self.implies(right),
            ExpressionKind::Binary(BinaryOperator::Or, left, right) => self.implies(left) || self.implies(right),
            ExpressionKind::Not(inner) => self.holds(inner, false),
            _ => false,
        }
    }

    /// Whether somebody asked if a value is known, and it is.
    pub(super) fn known(&self, value: &Expression) -> bool {
        self.known
            .iter()
            .any(|(known, truth)| *truth && matches!(&known.kind, ExpressionKind::Known(inner) if same(inner, value)))
    }

    /// Whether a datum is there: its own condition follows, or somebody asked whether it is known.
    pub(super) fn present(&self, id: DatumId, datum: &Datum) -> bool {
        let asked = self.known.iter().any(|(known, truth)| {
            *truth && matches!(&known.kind, ExpressionKind::Known(inner) if inner.kind == ExpressionKind::Datum(id))
        });
        asked || (!datum.optional && datum.condition.as_ref().is_none_or(|condition| self.implies(condition)))
    }
}

/// `a < b` is the negation of `a >= b`: the operator whose falsehood says the same.
fn negated(condition: &Expression) -> Option<(BinaryOperator, &Expression, &Expression)> {
    let ExpressionKind::Binary(operator, left, right) = &condition.kind else { return None };
    let operator = match operator {
        BinaryOperator::Less => BinaryOperator::GreaterOrEqual,
        BinaryOperator::GreaterOrEqual => BinaryOperator::Less,
        BinaryOperator::Greater => BinaryOperator::LessOrEqual,
        BinaryOperator::LessOrEqual => BinaryOperator::Greater,
        BinaryOperator::Equal => BinaryOperator::NotEqual,
        BinaryOperator::NotEqual => BinaryOperator::Equal,
        _ => return None,
    };
    Some((operator, left, right))
}

/// Whether two expressions say the same, wherever they stand.
fn same(a: &Expression, b: &Expression) -> bool {
    use ExpressionKind as Kind;
    match (&a.kind, &b.kind) {
        (Kind::Binary(first, a, b), Kind::Binary(second, c, d)) => first == second && same(a, c) && same(b, d),
        (Kind::Not(a), Kind::Not(b)) | (Kind::Negate(a), Kind::Negate(b)) | (Kind::Known(a), Kind::Known(b)) => same(a, b),
        (Kind::Component(a, first), Kind::Component(b, second)) | (Kind::Item(a, first), Kind::Item(b, second)) => {
            first == second && same(a, b)
        }
        (Kind::Each(first, Some(a)), Kind::Each(second, Some(b))) => first == second && same(a, b),
        (Kind::Default(a, b), Kind::Default(c, d)) => same(a, c) && same(b, d),
        (Kind::If(a, b, c), Kind::If(d, e, f)) => same(a, d) && same(b, e) && same(c, f),
        (Kind::Parameter(first, Some(a)), Kind::Parameter(second, Some(b))) => first == second && same(a, b),
        (Kind::Call(first, a), Kind::Call(second, b)) => {
            first == second && a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b))
        }
        (Kind::List(a), Kind::List(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b)),
        (Kind::In(a, first), Kind::In(b, second)) => {
            same(a, b)
                && first.len() == second.len()
                && first.iter().zip(second).all(|(a, b)| match (a, b) {
                    (SetMember::Value(a), SetMember::Value(b)) => same(a, b),
                    (
                        SetMember::Range { from, to, below },
                        SetMember::Range { from: other_from, to: other_to, below: other_below },
                    ) => below == other_below && same(from, other_from) && same(to, other_to),
                    _ => false,
                })
        }
        // The rest has no parts with places: literals, names, errors.
        (a, b) => a == b,
    }
}
