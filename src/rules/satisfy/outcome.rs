//! What an expression may come to, as far as the choices made so far tell.

use crate::model::Type;
use crate::model::expression::{BinaryOperator, Expression, ExpressionKind, Literal, SetMember};
use crate::rules::functions;
use crate::rules::value::Value;
use crate::source::Span;

use super::terms::Term;
use super::{DEEPEST, Space};

/// What an expression may come to, as far as is known.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Outcome {
    /// This, or any value of the same piece of the domain.
    Exactly(Value),
    /// Some of true, false and missing.
    Truths { yes: bool, no: bool, missing: bool },
    /// Some value, perhaps none.
    Some { missing: bool },
}

use Outcome::{Exactly, Truths};

impl Space<'_> {
    pub(super) fn outcome(&self, expression: &Expression) -> Outcome {
        if self.depth.get() > DEEPEST {
            return Outcome::Some { missing: true };
        }
        self.depth.set(self.depth.get() + 1);
        let outcome = self.look(expression);
        self.depth.set(self.depth.get() - 1);
        outcome
    }

    fn look(&self, expression: &Expression) -> Outcome {
        if let Some(term) = self.term(expression) {
            return self.of_term(&term, &expression.typ);
        }
        match &expression.kind {
            ExpressionKind::Literal(literal) => Exactly(Value::of(literal)),
            ExpressionKind::Parameter(_, None) => Exactly(self.constants.value(expression)),
            ExpressionKind::Rule(id) => match self.procedure.rules.get(*id) {
                Some(rule) => self.outcome(&rule.expression),
                None => Outcome::Some { missing: true },
            },
            ExpressionKind::Precondition(id) => match self.procedure.preconditions.get(*id) {
                Some(precondition) => self.outcome(&precondition.condition),
                None => Outcome::Some { missing: true },
            },
            ExpressionKind::Not(inner) => {
                let (yes, no, missing) = self.truths(inner);
                settled(no, yes, missing)
            }
            ExpressionKind::Binary(BinaryOperator::And, left, right) => self.junction(left, right, false),
            ExpressionKind::Binary(BinaryOperator::Or, left, right) => self.junction(left, right, true),
            ExpressionKind::Binary(operator, left, right) => self.operation(*operator, left, right, expression),
            ExpressionKind::In(value, members) => self.membership(value, members),
            ExpressionKind::Default(value, instead) => {
                let value = self.outcome(value);
                match value {
                    Exactly(value) if value.is_missing() => self.outcome(instead),
                    value if self.can_miss(&value) => either(present(value), self.outcome(instead)),
                    value => value,
                }
            }
            ExpressionKind::If(condition, then, otherwise) => {
                let (yes, no, missing) = self.truths(condition);
                let mut outcome = missing.then_some(Exactly(Value::Missing));
                for (possible, branch) in [(yes, then), (no, otherwise)] {
                    if possible {
                        let branch = self.outcome(branch);
                        outcome = Some(outcome.map_or(branch.clone(), |known| either(known, branch)));
                    }
                }
                outcome.unwrap_or(Exactly(Value::Missing))
            }
            ExpressionKind::Known(inner) => {
                let outcome = self.outcome(inner);
                settled(!matches!(&outcome, Exactly(value) if value.is_missing()), self.can_miss(&outcome), false)
            }
            ExpressionKind::Negate(inner) => match self.constant(inner) {
                Some(_) => Exactly(self.constants.value(expression)),
                None => unknown(&expression.typ, self.can_miss(&self.outcome(inner))),
            },
            ExpressionKind::Component(inner, _) => unknown(&expression.typ, self.can_miss(&self.outcome(inner))),
            ExpressionKind::Parameter(_, Some(option)) => unknown(&expression.typ, self.can_miss(&self.outcome(option))),
            ExpressionKind::Call(_, arguments) => {
                if arguments.iter().all(|argument| self.constant(argument).is_some()) {
                    return Exactly(self.constants.value(expression));
                }
                let missing = arguments.iter().any(|argument| self.can_miss(&self.outcome(argument)));
                unknown(&expression.typ, missing)
            }
            ExpressionKind::Error => unknown(&expression.typ, true),
            _ => unknown(&expression.typ, false),
        }
    }

    /// What a term may come to: its choice, if made, and only if the datum exists.
    fn of_term(&self, term: &Term, typ: &Type) -> Outcome {
        let (mut missing, mut present) = (false, true);
        if let Term::Datum(id, _) = term {
            let Some(datum) = self.procedure.data.get(*id) else { return Outcome::Some { missing: true } };
            if let Some(condition) = &datum.condition {
                let (yes, no, unknown) = self.truths(condition);
                present &= yes;
                missing |= no || unknown;
            }
            if !present {
                return Exactly(Value::Missing);
            }
        }
        match self.chosen.borrow().get(term) {
            Some(value) if !missing => return Exactly(value.clone()),
            // Whether it exists is still open.
            Some(value) => return either(Exactly(value.clone()), Exactly(Value::Missing)),
            None => {}
        }
        if self.wanted.borrow().is_none() && self.has_domain(term, typ) {
            self.wanted.replace(Some(term.clone()));
        }
        unknown(typ.base(self.library), missing || self.is_optional(term))
    }

    fn truths(&self, expression: &Expression) -> (bool, bool, bool) {
        match self.outcome(expression) {
            Exactly(Value::Truth(truth)) => (truth, !truth, false),
            Exactly(_) => (false, false, true),
            Truths { yes, no, missing } => (yes, no, missing),
            Outcome::Some { missing } => (true, true, missing),
        }
    }

    /// Kleene's `und` and `oder`, on what may be.
    fn junction(&self, left: &Expression, right: &Expression, absorbing: bool) -> Outcome {
        let turn = |(yes, no, missing): (bool, bool, bool)| if absorbing { (yes, no, missing) } else { (no, yes, missing) };
        // From here on as `oder`: `yes` absorbs.
        let (left_yes, left_no, left_missing) = turn(self.truths(left));
        if left_yes && !left_no && !left_missing {
            return Exactly(Value::Truth(absorbing));
        }
        let (right_yes, right_no, right_missing) = turn(self.truths(right));
        let yes = left_yes || right_yes;
        let no = left_no && right_no;
        let missing = (left_missing && (right_no || right_missing)) || (right_missing && (left_no || left_missing));
        // Where one side is true for certain, the other does not matter.
        let certain = (left_yes && !left_no && !left_missing) || (right_yes && !right_no && !right_missing);
        let (no, missing) = (no && !certain, missing && !certain);
        if absorbing { settled(yes, no, missing) } else { settled(no, yes, missing) }
    }

    fn operation(&self, operator: BinaryOperator, left: &Expression, right: &Expression, whole: &Expression) -> Outcome {
        let (first, second) = (self.outcome(left), self.outcome(right));
        if is_missing(&first) || is_missing(&second) {
            return Exactly(Value::Missing);
        }
        let missing = self.can_miss(&first) || self.can_miss(&second);
        let comparable = self.constant(left).is_some() || self.constant(right).is_some();
        if let (Exactly(first), Exactly(second)) = (&first, &second) {
            let discrete = matches!(first, Value::Truth(_) | Value::Option(..));
            match operator {
                BinaryOperator::Equal | BinaryOperator::NotEqual if comparable || discrete => {
                    return match first.equals(second) {
                        Some(same) => Exactly(Value::Truth(same == (operator == BinaryOperator::Equal))),
                        None => Exactly(Value::Missing),
                    };
                }
                BinaryOperator::Less | BinaryOperator::LessOrEqual | BinaryOperator::Greater | BinaryOperator::GreaterOrEqual
                    if comparable =>
                {
                    return Exactly(functions::ordered(operator, first, second));
                }
                _ if self.constant(left).is_some() && self.constant(right).is_some() => {
                    return Exactly(self.constants.value(whole));
                }
                _ => {}
            }
        }
        unknown(&whole.typ, missing)
    }

    fn membership(&self, value: &Expression, members: &[SetMember]) -> Outcome {
        let outcome = self.outcome(value);
        if is_missing(&outcome) {
            return Exactly(Value::Missing);
        }
        let all_constant = members.iter().all(|member| match member {
            SetMember::Value(member) => self.constant(member).is_some(),
            SetMember::Range { from, to, .. } => self.constant(from).is_some() && self.constant(to).is_some(),
        });
        match outcome {
            Exactly(known) if all_constant => {
                let value = Expression { kind: literal_kind(&known), ..value.clone() };
                let probe = Expression {
                    kind: ExpressionKind::In(Box::new(value), members.to_vec()),
                    typ: Type::Truth,
                    maybe_missing: false,
                    span: Span::DETACHED,
                };
                Exactly(self.constants.value(&probe))
            }
            outcome => settled(true, true, self.can_miss(&outcome)),
        }
    }

    pub(super) fn can_miss(&self, outcome: &Outcome) -> bool {
        match outcome {
            Exactly(value) => value.is_missing(),
            Truths { missing, .. } | Outcome::Some { missing } => *missing,
        }
    }
}

fn literal_kind(value: &Value) -> ExpressionKind {
    let literal = match value {
        Value::Truth(truth) => Literal::Truth(*truth),
        Value::Number(number) => match number.decimal() {
            Some(decimal) => Literal::Decimal(decimal),
            None => return ExpressionKind::Error,
        },
        Value::Date(date) => Literal::Date(*date),
        Value::Duration(duration) => Literal::Duration(*duration),
        Value::Text(text) => Literal::Text(text.clone()),
        Value::Option(choice, option) => Literal::Option(*choice, *option),
        Value::Missing | Value::List(_) | Value::Group(_) => return ExpressionKind::Error,
    };
    ExpressionKind::Literal(literal)
}

fn is_missing(outcome: &Outcome) -> bool {
    matches!(outcome, Exactly(value) if value.is_missing())
}

fn settled(yes: bool, no: bool, missing: bool) -> Outcome {
    match (yes, no, missing) {
        (true, false, false) => Exactly(Value::Truth(true)),
        (false, true, false) => Exactly(Value::Truth(false)),
        (false, false, true) => Exactly(Value::Missing),
        (yes, no, missing) => Truths { yes, no, missing },
    }
}

fn unknown(typ: &Type, missing: bool) -> Outcome {
    if *typ == Type::Truth { Truths { yes: true, no: true, missing } } else { Outcome::Some { missing } }
}

/// The same outcome, known to be present.
fn present(outcome: Outcome) -> Outcome {
    match outcome {
        Truths { yes, no, .. } => settled(yes, no, false),
        Outcome::Some { .. } => Outcome::Some { missing: false },
        exactly => exactly,
    }
}

/// One or the other.
fn either(left: Outcome, right: Outcome) -> Outcome {
    if left == right {
        return left;
    }
    let split = |outcome: &Outcome| match outcome {
        Exactly(Value::Truth(truth)) => Some((*truth, !truth, false)),
        Exactly(value) if value.is_missing() => Some((false, false, true)),
        Truths { yes, no, missing } => Some((*yes, *no, *missing)),
        _ => None,
    };
    match (split(&left), split(&right)) {
        (Some((false, false, true)), None) | (None, Some((false, false, true))) => Outcome::Some { missing: true },
        (Some(left), Some(right)) => settled(left.0 || right.0, left.1 || right.1, left.2 || right.2),
        _ => {
            let misses = |outcome: &Outcome| matches!(outcome, Outcome::Some { missing: true }) || is_missing(outcome);
            Outcome::Some { missing: misses(&left) || misses(&right) }
        }
    }
}
