//! Conditions as questions that JSON Schema can ask about a submission.
//!
//! JSON Schema knows neither the day nor arithmetic. What it cannot say is never guessed: a condition comes as two [`Test`]s, one
//! that holds whenever the condition surely holds and one that holds whenever it possibly holds. Where both are the same, the
//! condition is carried exactly.

use crate::formats::tree::Node;
use crate::model::expression::{BinaryOperator, Expression, ExpressionKind, Literal, SetMember};
use crate::model::ids::DatumId;
use crate::model::{Library, Procedure, Type, machine_key};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::test::{Check, Path, Test};

/// How many nodes of expressions one condition may unfold to before it counts as inexpressible.
const MOST_NODES: u32 = 2_000;

/// What JSON Schema can say about a condition being true, or being false.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bounds<'a> {
    /// Passes only where the condition surely is so.
    pub surely: Test<'a>,
    /// Passes wherever the condition possibly is so.
    pub possibly: Test<'a>,
}

impl<'a> Bounds<'a> {
    fn exactly(test: Test<'a>) -> Bounds<'a> {
        Bounds { possibly: test.clone(), surely: test }
    }

    /// Nothing can be said.
    fn unknown() -> Bounds<'a> {
        Bounds { surely: Test::Never, possibly: Test::Always }
    }

    /// Whether the condition is carried exactly.
    pub fn is_exact(&self) -> bool {
        self.surely == self.possibly
    }

    /// All of these.
    pub fn all(bounds: Vec<Bounds<'a>>) -> Bounds<'a> {
        let (surely, possibly) = bounds.into_iter().map(|bounds| (bounds.surely, bounds.possibly)).unzip();
        Bounds { surely: Test::all(surely), possibly: Test::all(possibly) }
    }

    fn any(bounds: Vec<Bounds<'a>>) -> Bounds<'a> {
        let (surely, possibly) = bounds.into_iter().map(|bounds| (bounds.surely, bounds.possibly)).unzip();
        Bounds { surely: Test::any(surely), possibly: Test::any(possibly) }
    }

    fn negate(self) -> Bounds<'a> {
        Bounds { surely: Test::negate(self.possibly), possibly: Test::negate(self.surely) }
    }
}

/// Where the data stand that a condition speaks of.
pub struct Scope<'s, 'a> {
    /// What procedures share.
    pub library: &'a Library,
    /// The procedure.
    pub procedure: &'a Procedure,
    /// The place of each datum in the submission, seen from where the condition stands; `None` where it isn't part of it.
    pub place: &'s dyn Fn(DatumId) -> Option<Path<'a>>,
}

/// What can be said about a condition being true. What is missing is not true.
pub fn holds<'a>(scope: &Scope<'_, 'a>, condition: &'a Expression) -> Bounds<'a> {
    Reader { scope, nodes: 0 }.truth(condition, true)
}

struct Reader<'s, 'a> {
    scope: &'s Scope<'s, 'a>,
    nodes: u32,
}

impl<'a> Reader<'_, 'a> {
    /// What can be said about an expression being `want`.
    fn truth(&mut self, expression: &'a Expression, want: bool) -> Bounds<'a> {
        self.nodes += 1;
        if self.nodes > MOST_NODES {
            return Bounds::unknown();
        }
        let procedure = self.scope.procedure;
        match &expression.kind {
            ExpressionKind::Literal(Literal::Truth(value)) => constant(*value == want),
            ExpressionKind::Datum(_) | ExpressionKind::Component(..) => match self.place(expression) {
                Some(path) => Bounds::exactly(Test::At(path, Check::OneOf(vec![want.into()]))),
                None => Bounds::unknown(),
            },
            ExpressionKind::Rule(rule) => match procedure.rules.get(*rule) {
                Some(rule) => self.truth(&rule.expression, want),
                None => Bounds::unknown(),
            },
            ExpressionKind::Precondition(precondition) => match procedure.preconditions.get(*precondition) {
                Some(precondition) if want => self.truth(&precondition.condition, want),
                // What rests on another precondition that failed is not fulfilled either.
                Some(precondition) => Bounds { possibly: Test::Always, ..self.truth(&precondition.condition, want) },
                None => Bounds::unknown(),
            },
            ExpressionKind::Not(inner) => self.truth(inner, !want),
            ExpressionKind::Binary(operator @ (BinaryOperator::And | BinaryOperator::Or), left, right) => {
                let both = vec![self.truth(left, want), self.truth(right, want)];
                if (*operator == BinaryOperator::And) == want { Bounds::all(both) } else { Bounds::any(both) }
            }
            ExpressionKind::Binary(operator, left, right) => self.compare(*operator, left, right, want),
            ExpressionKind::In(value, members) => self.member(value, members, want),
            ExpressionKind::Default(value, fallback) => {
                let given = self.truth(value, want);
                let fallback = self.truth(fallback, want);
                Bounds::any(vec![given, Bounds::all(vec![self.missing(value), fallback])])
            }
            ExpressionKind::If(condition, then, otherwise) => {
                let yes = vec![self.truth(condition, true), self.truth(then, want)];
                let no = vec![self.truth(condition, false), self.truth(otherwise, want)];
                Bounds::any(vec![Bounds::all(yes), Bounds::all(no)])
            }
            ExpressionKind::Known(value) if want => self.missing(value).negate(),
            ExpressionKind::Known(value) => self.missing(value),
            _ => Bounds::unknown(),
        }
    }

    /// What can be said about a value being missing.
    fn missing(&mut self, expression: &'a Expression) -> Bounds<'a> {
        if let Some(path) = self.place(expression) {
            return Bounds::exactly(Test::At(path, Check::Absent));
        }
        match &expression.kind {
            ExpressionKind::Literal(_) => constant(false),
            ExpressionKind::Datum(_) | ExpressionKind::Component(..) => Bounds::unknown(),
            _ if expression.typ == Type::Truth => {
                let known = vec![self.truth(expression, true), self.truth(expression, false)];
                Bounds::any(known).negate()
            }
            _ => Bounds::unknown(),
        }
    }

    fn compare(&mut self, operator: BinaryOperator, left: &'a Expression, right: &'a Expression, want: bool) -> Bounds<'a> {
        self.nodes += 1;
        if self.nodes > MOST_NODES {
            return Bounds::unknown();
        }
        match (&left.kind, &right.kind) {
            (ExpressionKind::Literal(one), ExpressionKind::Literal(other)) => fold(operator, one, other, want),
            (ExpressionKind::Literal(_), _) => match mirrored(operator) {
                Some(operator) => self.compare(operator, right, left, want),
                None => Bounds::unknown(),
            },
            (ExpressionKind::Default(value, fallback), ExpressionKind::Literal(_)) => {
                let given = self.compare(operator, value, right, want);
                let fallback = self.compare(operator, fallback, right, want);
                Bounds::any(vec![given, Bounds::all(vec![self.missing(value), fallback])])
            }
            (ExpressionKind::If(condition, then, otherwise), ExpressionKind::Literal(_)) => {
                let yes = vec![self.truth(condition, true), self.compare(operator, then, right, want)];
                let no = vec![self.truth(condition, false), self.compare(operator, otherwise, right, want)];
                Bounds::any(vec![Bounds::all(yes), Bounds::all(no)])
            }
            (ExpressionKind::Rule(rule), ExpressionKind::Literal(_)) => {
                let procedure = self.scope.procedure;
                match procedure.rules.get(*rule) {
                    Some(rule) => self.compare(operator, &rule.expression, right, want),
                    None => Bounds::unknown(),
                }
            }
            (ExpressionKind::Datum(_) | ExpressionKind::Component(..), ExpressionKind::Literal(literal)) => {
                let Some(path) = self.place(left) else { return Bounds::unknown() };
                match self.comparison(operator, left, literal, want) {
                    Some(check) => Bounds::exactly(Test::At(path, check)),
                    None => self.unequal(operator, path, left, literal, want),
                }
            }
            _ => Bounds::unknown(),
        }
    }

    /// The check of one value that answers a comparison with a constant.
    fn comparison(&self, operator: BinaryOperator, value: &Expression, literal: &'a Literal, want: bool) -> Option<Check<'a>> {
        let operator = if want { operator } else { opposite(operator)? };
        match operator {
            BinaryOperator::Equal => Some(Check::OneOf(vec![self.constant_of(value, literal)?])),
            BinaryOperator::NotEqual => self.others(value, &[literal]),
            BinaryOperator::Less => Some(Check::Within(None, Some(self.number(value, literal)?.checked_sub(1)?))),
            BinaryOperator::LessOrEqual => Some(Check::Within(None, Some(self.number(value, literal)?))),
            BinaryOperator::Greater => Some(Check::Within(Some(self.number(value, literal)?.checked_add(1)?), None)),
            BinaryOperator::GreaterOrEqual => Some(Check::Within(Some(self.number(value, literal)?), None)),
            _ => None,
        }
    }

    /// Something that is there but is not this one value, where the other values can't be listed.
    fn unequal(
        &self,
        operator: BinaryOperator,
        path: Path<'a>,
        value: &Expression,
        literal: &'a Literal,
        want: bool,
    ) -> Bounds<'a> {
        let differs = matches!((operator, want), (BinaryOperator::NotEqual, true) | (BinaryOperator::Equal, false));
        match self.constant_of(value, literal) {
            Some(constant) if differs => {
                let same = Test::At(path.clone(), Check::OneOf(vec![constant]));
                Bounds::exactly(Test::all(vec![Test::At(path, Check::Present), Test::negate(same)]))
            }
            _ => Bounds::unknown(),
        }
    }

    fn member(&mut self, value: &'a Expression, members: &'a [SetMember], want: bool) -> Bounds<'a> {
        let Some(path) = self.place(value) else { return Bounds::unknown() };
        let mut tests = Vec::with_capacity(members.len());
        let mut literals = Vec::with_capacity(members.len());
        for member in members {
            let check = match member {
                SetMember::Value(Expression { kind: ExpressionKind::Literal(literal), .. }) => {
                    literals.push(literal);
                    self.constant_of(value, literal).map(|constant| Check::OneOf(vec![constant]))
                }
                SetMember::Range {
                    from: Expression { kind: ExpressionKind::Literal(from), .. },
                    to: Expression { kind: ExpressionKind::Literal(to), .. },
                    below,
                } => self.range(value, from, to, *below),
                _ => None,
            };
            match check {
                Some(check) => tests.push(Test::At(path.clone(), check)),
                None => return Bounds::unknown(),
            }
        }
        if want {
            return Bounds::exactly(Test::any(tests));
        }
        match self.others(value, &literals) {
            Some(check) if literals.len() == members.len() => Bounds::exactly(Test::At(path, check)),
            _ => Bounds::exactly(Test::all(vec![Test::At(path, Check::Present), Test::negate(Test::any(tests))])),
        }
    }

    fn range(&self, value: &Expression, from: &Literal, to: &Literal, below: bool) -> Option<Check<'a>> {
        let to = self.number(value, to)?;
        let to = if below { to.checked_sub(1)? } else { to };
        Some(Check::Within(Some(self.number(value, from)?), Some(to)))
    }

    /// All values of a choice or truth value but these.
    fn others(&self, value: &Expression, without: &[&Literal]) -> Option<Check<'a>> {
        let library = self.scope.library;
        let others: Vec<Node<'a>> = match value.typ.base(library) {
            Type::Truth => {
                [true, false].into_iter().filter(|truth| !without.contains(&&Literal::Truth(*truth))).map(Node::from).collect()
            }
            Type::Choice(choice) => library
                .choices
                .get(*choice)?
                .options
                .iter()
                .enumerate()
                .filter(|(index, _)| {
                    !without.iter().any(|literal| matches!(literal, Literal::Option(_, option) if *option as usize == *index))
                })
                .map(|(_, option)| machine_key(&option.name).into())
                .collect(),
            _ => return None,
        };
        Some(Check::OneOf(others))
    }

    /// A constant as it stands in a submission in the place of `value`, where equal values are written alike.
    fn constant_of(&self, value: &Expression, literal: &'a Literal) -> Option<Node<'a>> {
        let library = self.scope.library;
        match (value.typ.base(library), literal) {
            (Type::Truth, Literal::Truth(truth)) => Some((*truth).into()),
            (Type::Integer | Type::Amount, _) => self.number(value, literal).map(Node::from),
            (Type::Text, Literal::Text(text)) => Some(text.into()),
            (Type::Date, Literal::Date(date)) => Some(date.to_string().into()),
            (Type::Choice(choice), Literal::Option(of, option)) if choice == of => {
                let option = library.choices.get(*choice)?.options.get(*option as usize)?;
                Some(machine_key(&option.name).into())
            }
            _ => None,
        }
    }

    /// A constant as a whole number in a submission: an integer, or an amount in cent.
    fn number(&self, value: &Expression, literal: &Literal) -> Option<i64> {
        match (value.typ.base(self.scope.library), literal) {
            (Type::Integer, Literal::Integer(number)) => Some(*number),
            (Type::Amount, Literal::Amount(amount)) => cents(*amount),
            _ => None,
        }
    }

    /// The place of a datum or of a part of it.
    fn place(&self, expression: &'a Expression) -> Option<Path<'a>> {
        match &expression.kind {
            ExpressionKind::Datum(datum) => {
                let datum_of = self.scope.procedure.data.get(*datum)?;
                if datum_of.repeat.is_some() {
                    return None;
                }
                (self.scope.place)(*datum)
            }
            ExpressionKind::Component(whole, attribute) => {
                let library = self.scope.library;
                let mut path = self.place(whole)?;
                let Type::Group(group) = whole.typ.base(library) else { return None };
                let attribute = library.groups.get(*group)?.attributes.get(*attribute as usize)?;
                if matches!(attribute.typ, Type::List(_)) {
                    return None;
                }
                path.push(machine_key(&attribute.name));
                Some(path)
            }
            _ => None,
        }
    }
}

/// An amount in cent, if it is a whole number of them.
pub fn cents(amount: Decimal) -> Option<i64> {
    let cents = amount.checked_mul(Decimal::ONE_HUNDRED)?;
    if cents.fract().is_zero() { cents.to_i64() } else { None }
}

fn constant<'a>(truth: bool) -> Bounds<'a> {
    Bounds::exactly(if truth { Test::Always } else { Test::Never })
}

/// The operator with the operands in the other order.
fn mirrored(operator: BinaryOperator) -> Option<BinaryOperator> {
    Some(match operator {
        BinaryOperator::Equal => BinaryOperator::Equal,
        BinaryOperator::NotEqual => BinaryOperator::NotEqual,
        BinaryOperator::Less => BinaryOperator::Greater,
        BinaryOperator::LessOrEqual => BinaryOperator::GreaterOrEqual,
        BinaryOperator::Greater => BinaryOperator::Less,
        BinaryOperator::GreaterOrEqual => BinaryOperator::LessOrEqual,
        _ => return None,
    })
}

/// The operator that is true where the first is false.
fn opposite(operator: BinaryOperator) -> Option<BinaryOperator> {
    Some(match operator {
        BinaryOperator::Equal => BinaryOperator::NotEqual,
        BinaryOperator::NotEqual => BinaryOperator::Equal,
        BinaryOperator::Less => BinaryOperator::GreaterOrEqual,
        BinaryOperator::LessOrEqual => BinaryOperator::Greater,
        BinaryOperator::Greater => BinaryOperator::LessOrEqual,
        BinaryOperator::GreaterOrEqual => BinaryOperator::Less,
        _ => return None,
    })
}

/// A comparison of two constants.
fn fold<'a>(operator: BinaryOperator, left: &Literal, right: &Literal, want: bool) -> Bounds<'a> {
    let order = match (left, right) {
        (Literal::Integer(left), Literal::Integer(right)) => Some(left.cmp(right)),
        (Literal::Amount(left), Literal::Amount(right)) => Some(left.cmp(right)),
        (Literal::Date(left), Literal::Date(right)) => Some(left.cmp(right)),
        _ => None,
    };
    let equal = match (left, right, order) {
        (_, _, Some(order)) => Some(order.is_eq()),
        (Literal::Truth(left), Literal::Truth(right), _) => Some(left == right),
        (Literal::Option(..), Literal::Option(..), _) => Some(left == right),
        _ => None,
    };
    let truth = match operator {
        BinaryOperator::Equal => equal,
        BinaryOperator::NotEqual => equal.map(|equal| !equal),
        BinaryOperator::Less => order.map(|order| order.is_lt()),
        BinaryOperator::LessOrEqual => order.map(|order| order.is_le()),
        BinaryOperator::Greater => order.map(|order| order.is_gt()),
        BinaryOperator::GreaterOrEqual => order.map(|order| order.is_ge()),
        _ => None,
    };
    truth.map_or_else(Bounds::unknown, |truth| constant(truth == want))
}
