//! Expressions to values, as the header of [`model::expression`](crate::model::expression) says: three-valued, with hidden answers.
//!
//! A [`Situation`] is one application on one day. It computes each rule, table and precondition once. It is total: arithmetic that
//! would overflow, a division by zero, a definition that rests on itself and a nesting beyond [`DEEPEST`] all come to
//! [`Value::Missing`].

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::model::expression::{BinaryOperator, Context, Edge, Expression, ExpressionKind, SetMember, Several};
use crate::model::procedure::{Datum, Procedure};
use crate::model::{DatumId, DeadlineId, DecisionId, LandId, Library, ParameterId, PreconditionId, RuleId, Type};

use super::answers::Answers;
use super::calendar::{Holidays, deemed_known};
use super::deadline::TimeLimit;
use super::functions;
use super::matching::{Match, and, matching, or};
use super::number::Number;
use super::value::Value;

mod data;
mod standing;

/// How deep expressions may rest on one another.
pub const DEEPEST: u32 = 600;

/// How a precondition stands in a situation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// erfüllt
    Fulfilled,
    /// nicht erfüllt
    Failed,
    /// offen: data are missing, a person decides.
    Open,
    /// nicht anwendbar: it rests on another one that failed.
    NotApplicable,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    Datum(DatumId, u32),
    Rule(RuleId),
    Table(DecisionId),
    Precondition(PreconditionId),
}

#[derive(Debug, Clone)]
enum Known {
    Value(Value),
    Row(Match),
    /// Being computed: who asks now rests on itself.
    Pending,
}

/// One application on one day in one Land.
#[derive(Debug)]
pub struct Situation<'a> {
    /// What procedures share.
    pub library: &'a Library,
    /// The procedure.
    pub procedure: &'a Procedure,
    /// The day the application arrives.
    pub application: Date,
    /// The day on which all documents are there.
    pub complete: Date,
    /// The day of the decision, which also picks the dated parameters.
    pub decision: Date,
    /// The day on which the decision is made known.
    pub notified: Date,
    /// The deadlines that the authority has extended.
    pub extended: BTreeSet<DeadlineId>,
    /// The holidays that count.
    pub holidays: Holidays<'a>,
    answers: Answers,
    /// The data that tasks have established by now.
    established: RefCell<BTreeSet<DatumId>>,
    known: RefCell<BTreeMap<Key, Known>>,
    /// Which of several is meant just now, counted from 1.
    at_hand: RefCell<BTreeMap<Several, u32>>,
    depth: Cell<u32>,
}

impl<'a> Situation<'a> {
    /// An application that arrives complete and is decided on one day, and whose decision is sent by post or electronically.
    pub fn new(
        library: &'a Library,
        procedure: &'a Procedure,
        answers: Answers,
        day: Date,
        land: Option<LandId>,
    ) -> Situation<'a> {
        let holidays = Holidays::of(library, land);
        let known = RefCell::default();
        Situation {
            library,
            procedure,
            application: day,
            complete: day,
            decision: day,
            notified: deemed_known(day).unwrap_or(day),
            extended: BTreeSet::new(),
            holidays,
            answers,
            established: RefCell::default(),
            known,
            at_hand: RefCell::default(),
            depth: Cell::new(0),
        }
    }

    /// The value of an expression.
    pub fn value(&self, expression: &Expression) -> Value {
        if self.depth.get() >= DEEPEST {
            return Value::Missing;
        }
        self.depth.set(self.depth.get() + 1);
        let value = self.compute(expression);
        self.depth.set(self.depth.get() - 1);
        value
    }

    fn compute(&self, expression: &Expression) -> Value {
        match &expression.kind {
            ExpressionKind::Literal(literal) => Value::of(literal),
            ExpressionKind::Datum(datum) => self.datum(*datum),
            ExpressionKind::Component(inner, index) => component(self.value(inner), *index),
            ExpressionKind::Rule(rule) => self.rule(*rule),
            ExpressionKind::Decision(decision, output) => self.decision(*decision, *output),
            ExpressionKind::Precondition(precondition) => match self.precondition(*precondition) {
                Value::Missing if self.standing(*precondition) == Standing::NotApplicable => Value::Truth(false),
                value => value,
            },
            ExpressionKind::Parameter(parameter, option) => self.parameter(*parameter, option.as_deref()),
            ExpressionKind::Context(Context::ApplicationDate) => Value::Date(self.application),
            ExpressionKind::Context(Context::CompletionDate) => Value::Date(self.complete),
            ExpressionKind::Context(Context::DecisionDate) => Value::Date(self.decision),
            ExpressionKind::Context(Context::NotificationDate) => Value::Date(self.notified),
            ExpressionKind::Deadline(deadline, edge) => self.deadline(*deadline, *edge).map_or(Value::Missing, Value::Date),
            ExpressionKind::Context(Context::AllFulfilled) => self.fulfilled().map_or(Value::Missing, Value::Truth),
            ExpressionKind::Not(inner) => self.value(inner).truth().map_or(Value::Missing, |truth| Value::Truth(!truth)),
            ExpressionKind::Negate(inner) => {
                self.value(inner).number().and_then(Number::negated).map_or(Value::Missing, Value::Number)
            }
            ExpressionKind::Binary(operator, left, right) => self.binary(*operator, left, right),
            ExpressionKind::In(value, members) => self.is_in(value, members),
            ExpressionKind::Default(value, instead) => {
                let value = self.value(value);
                if value.is_missing() { self.value(instead) } else { value }
            }
            ExpressionKind::If(condition, then, otherwise) => match self.value(condition).truth() {
                Some(true) => self.value(then),
                Some(false) => self.value(otherwise),
                None => Value::Missing,
            },
            ExpressionKind::Known(inner) => Value::Truth(!self.value(inner).is_missing()),
            ExpressionKind::Call(function, arguments) => {
                let values: Vec<Value> = arguments.iter().map(|argument| self.value(argument)).collect();
                functions::call(*function, &values)
            }
            ExpressionKind::List(items) => Value::List(items.iter().map(|item| self.value(item)).collect()),
            ExpressionKind::Each(several, value) => self.each(*several, value.as_deref()),
            ExpressionKind::Item(several, index) => match self.value(several) {
                Value::List(mut items) if *index >= 1 && *index as usize <= items.len() => items.swap_remove(*index as usize - 1),
                _ => Value::Missing,
            },
            ExpressionKind::Error => Value::Missing,
        }
    }

    fn binary(&self, operator: BinaryOperator, left: &Expression, right: &Expression) -> Value {
        match operator {
            BinaryOperator::And | BinaryOperator::Or => {
                // Kleene: the absorbing value decides, whatever the other is.
                let absorbing = operator == BinaryOperator::Or;
                let first = self.value(left).truth();
                if first == Some(absorbing) {
                    return Value::Truth(absorbing);
                }
                match (first, self.value(right).truth()) {
                    (_, Some(second)) if second == absorbing => Value::Truth(absorbing),
                    (Some(_), Some(_)) => Value::Truth(!absorbing),
                    _ => Value::Missing,
                }
            }
            BinaryOperator::Equal | BinaryOperator::NotEqual => match self.value(left).equals(&self.value(right)) {
                Some(same) => Value::Truth(same == (operator == BinaryOperator::Equal)),
                None => Value::Missing,
            },
            BinaryOperator::Less | BinaryOperator::LessOrEqual | BinaryOperator::Greater | BinaryOperator::GreaterOrEqual => {
                functions::ordered(operator, &self.value(left), &self.value(right))
            }
            BinaryOperator::Add | BinaryOperator::Subtract | BinaryOperator::Multiply | BinaryOperator::Divide => {
                let value = functions::arithmetic(operator, &self.value(left), &self.value(right), &self.holidays);
                match (operator, value) {
                    (BinaryOperator::Multiply, Value::Number(number)) if is_share(left) != is_share(right) => {
                        number.times(Number::HUNDREDTH).map_or(Value::Missing, Value::Number)
                    }
                    (_, value) => value,
                }
            }
        }
    }

    fn is_in(&self, value: &Expression, members: &[SetMember]) -> Value {
        let value = self.value(value);
        if value.is_missing() {
            return Value::Missing;
        }
        let mut unknown = false;
        for member in members {
            let found = match member {
                SetMember::Value(member) => match self.value(member) {
                    Value::List(items) => items.iter().map(|item| value.equals(item)).fold(Some(false), or),
                    member => value.equals(&member),
                },
                SetMember::Range { from, to, below } => {
                    let upper = if *below { BinaryOperator::Less } else { BinaryOperator::LessOrEqual };
                    let above = functions::ordered(BinaryOperator::GreaterOrEqual, &value, &self.value(from)).truth();
                    let under = functions::ordered(upper, &value, &self.value(to)).truth();
                    and(above, under)
                }
            };
            match found {
                Some(true) => return Value::Truth(true),
                Some(false) => {}
                None => unknown = true,
            }
        }
        if unknown { Value::Missing } else { Value::Truth(false) }
    }

    /// The value of a rule.
    pub fn rule(&self, id: RuleId) -> Value {
        let Some(rule) = self.procedure.rules.get(id) else { return Value::Missing };
        self.once(Key::Rule(id), || self.value(&rule.expression))
    }

    /// The value of an output column of a table.
    pub fn decision(&self, id: DecisionId, output: u32) -> Value {
        let Match::Row(row) = self.row(id) else { return Value::Missing };
        let Some(decision) = self.procedure.decisions.get(id) else { return Value::Missing };
        let result = decision.rows.get(row).and_then(|row| row.results.get(output as usize));
        result.map(|result| self.value(result)).unwrap_or_default()
    }

    /// The row of a table that applies.
    pub fn row(&self, id: DecisionId) -> Match {
        let key = Key::Table(id);
        if let Some(known) = self.known.borrow().get(&key) {
            return if let Known::Row(row) = known { *row } else { Match::Unknown };
        }
        let Some(decision) = self.procedure.decisions.get(id) else { return Match::Unknown };
        self.known.borrow_mut().insert(key, Known::Pending);
        let inputs: Vec<Value> = decision.inputs.iter().map(|input| self.value(input)).collect();
        let row = matching(decision, &inputs);
        self.known.borrow_mut().insert(key, Known::Row(row));
        row
    }

    /// The first or last day of a deadline or period; `None` where it does not run.
    pub fn deadline(&self, id: DeadlineId, edge: Edge) -> Option<Date> {
        let deadline = self.procedure.deadlines.get(id)?;
        if deadline.condition.as_ref().is_some_and(|condition| self.value(condition) != Value::Truth(true)) {
            return None;
        }
        let from = self.value(&deadline.from).date()?;
        let limit = TimeLimit::of(deadline, self.holidays);
        match edge {
            Edge::First => limit.first_day(from),
            Edge::Last => limit.last_day(from, self.extended.contains(&id)),
        }
    }

    fn parameter(&self, id: ParameterId, option: Option<&Expression>) -> Value {
        let index = match option {
            None => 0,
            Some(option) => match self.value(option) {
                Value::Option(_, index) => index as usize,
                _ => return Value::Missing,
            },
        };
        let Some(parameter) = self.library.parameters.get(id) else { return Value::Missing };
        let period = parameter.periods.iter().rev().find(|period| period.from <= self.decision);
        period.and_then(|period| period.values.get(index)?.as_ref()).map_or(Value::Missing, Value::of)
    }

    /// Computes something once; what rests on itself is missing.
    fn once(&self, key: Key, compute: impl FnOnce() -> Value) -> Value {
        if let Some(known) = self.known.borrow().get(&key) {
            return if let Known::Value(value) = known { value.clone() } else { Value::Missing };
        }
        self.known.borrow_mut().insert(key, Known::Pending);
        let value = compute();
        self.known.borrow_mut().insert(key, Known::Value(value.clone()));
        value
    }
}

/// The condition under which a datum exists; those of its page and its participant are already part of it.
pub fn conditions<'p>(_procedure: &'p Procedure, datum: &'p Datum) -> impl Iterator<Item = &'p Expression> {
    datum.condition.iter()
}

fn component(value: Value, index: u32) -> Value {
    match value {
        Value::Group(mut parts) if (index as usize) < parts.len() => parts.swap_remove(index as usize),
        Value::List(items) => Value::List(items.into_iter().map(|item| component(item, index)).collect()),
        _ => Value::Missing,
    }
}

fn is_share(expression: &Expression) -> bool {
    matches!(&expression.typ, Type::Quantity(unit) if unit.as_ref() == "%")
}
