//! The conditions within a procedure: each whole one, and the atomic ones of which it is made.

use crate::model::expression::{BinaryOperator, Expression, ExpressionKind};
use crate::model::{Procedure, Type};

/// Every condition of a procedure that its author wrote, by place and each place once: conditions as wholes where several are joined
/// by `und` and `oder`, and all atomic ones (comparisons, questions answered with yes or no).
pub fn conditions(procedure: &Procedure) -> Vec<&Expression> {
    let mut found = Vec::new();
    for (_, expression) in procedure.expressions() {
        if expression.typ == Type::Truth {
            within_condition(expression, true, &mut found);
        } else {
            within_value(expression, &mut found);
        }
    }
    found.sort_by_key(|condition| condition.span);
    found.dedup_by_key(|condition| condition.span);
    found.retain(|condition| !condition.span.is_detached());
    found
}

/// Whether the author wrote only the right side here: the left one comes from the page or the person that it stands on.
pub fn is_inherited(whole: &Expression, right: &Expression) -> bool {
    whole.span == right.span
}

fn within_condition<'e>(condition: &'e Expression, whole: bool, found: &mut Vec<&'e Expression>) {
    match &condition.kind {
        ExpressionKind::Binary(BinaryOperator::And | BinaryOperator::Or, left, right) => {
            let inherited = is_inherited(condition, right);
            if whole && !inherited {
                found.push(condition);
            }
            within_condition(left, whole && inherited, found);
            within_condition(right, whole && inherited, found);
        }
        ExpressionKind::Not(inner) => within_condition(inner, whole, found),
        ExpressionKind::If(test, then, otherwise) => {
            within_condition(test, true, found);
            within_condition(then, false, found);
            within_condition(otherwise, false, found);
        }
        ExpressionKind::Literal(_) | ExpressionKind::Error => {}
        _ => {
            found.push(condition);
            condition.children().into_iter().for_each(|child| within_value(child, found));
        }
    }
}

fn within_value<'e>(value: &'e Expression, found: &mut Vec<&'e Expression>) {
    match &value.kind {
        ExpressionKind::If(test, then, otherwise) => {
            within_condition(test, true, found);
            within_value(then, found);
            within_value(otherwise, found);
        }
        ExpressionKind::Binary(BinaryOperator::And | BinaryOperator::Or, ..) | ExpressionKind::Not(_) => {
            within_condition(value, true, found);
        }
        // What is asked of each of several has no truth value of its own.
        ExpressionKind::Each(..) => {}
        _ => value.children().into_iter().for_each(|child| within_value(child, found)),
    }
}
