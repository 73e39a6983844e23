//! Expressions to values, as the header of [`model::expression`](crate::model::expression) says: three-valued, with hidden answers.
//!
//! A [`Situation`] is one application on one day. It computes each rule, table and precondition once. It is total: arithmetic that
//! would overflow, a division by zero, a definition that rests on itself and a nesting beyond [`DEEPEST`] all come to
//! [`Value::Missing`].

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::model::expression::{BinaryOperator, Context, Expression, ExpressionKind, SetMember, Several};
use crate::model::procedure::{Datum, Procedure};
use crate::model::{DatumId, DecisionId, LandId, Library, ParameterId, ParticipantId, PreconditionId, RuleId, data_type};

use super::answers::Answers;
use super::calendar::Holidays;
use super::foundations::Foundations;
use super::functions;
use super::matching::{Match, and, matching, or};
use super::number::Number;
use super::value::Value;

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
    /// The day of the decision, which also picks the dated parameters.
    pub decision: Date,
    /// The holidays that count.
    pub holidays: Holidays<'a>,
    answers: Answers,
    known: RefCell<BTreeMap<Key, Known>>,
    /// Which of several is meant just now, counted from 1.
    at_hand: RefCell<BTreeMap<Several, u32>>,
    depth: Cell<u32>,
}

impl<'a> Situation<'a> {
    /// An application that arrives and is decided on one day.
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
            decision: day,
            holidays,
            answers,
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
            ExpressionKind::Context(Context::DecisionDate) => Value::Date(self.decision),
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

    /// The value of a datum: its answer, if it exists at all; of several persons, that of the one at hand or of each.
    pub fn datum(&self, id: DatumId) -> Value {
        let Some(datum) = self.procedure.data.get(id) else { return Value::Missing };
        if let Some(index) = self.at_hand.borrow().get(&Several::Values(id)) {
            return self.item(id, *index);
        }
        match self.repeating(datum) {
            None => self.datum_at(id, 0),
            Some(persons) => match self.person_at_hand(persons) {
                Some(index) => self.datum_at(id, index),
                None => self.each_person(persons, |index| self.datum_at(id, index)),
            },
        }
    }

    /// The value of a datum of one of several persons, counted from 1; 0 for the only one.
    fn datum_at(&self, id: DatumId, index: u32) -> Value {
        self.once(Key::Datum(id, index), || {
            let Some(datum) = self.procedure.data.get(id) else { return Value::Missing };
            if !self.exists_for(datum, index) {
                return Value::Missing;
            }
            if let Some(value) = self.answers.get(id, index) {
                return value.clone();
            }
            if index > 0 {
                // All persons may have been given at once, as a list.
                return match self.answers.get(id, 0) {
                    Some(Value::List(items)) => items.get((index as usize).wrapping_sub(1)).cloned().unwrap_or_default(),
                    _ => Value::Missing,
                };
            }
            if matches!(datum.typ, data_type::Type::List(_)) {
                let count = self.answers.highest(id);
                let values = (1..=count).map(|index| self.answers.get(id, index).cloned().unwrap_or_default());
                let none_needed = datum.repeat.is_some_and(|repeat| repeat.minimum == 0);
                return if count == 0 && !none_needed { Value::Missing } else { Value::List(values.collect()) };
            }
            Value::Missing
        })
    }

    /// One of the values of a datum, counted from 1.
    fn item(&self, id: DatumId, index: u32) -> Value {
        match self.datum_at(id, 0) {
            Value::List(items) => items.get((index as usize).wrapping_sub(1)).cloned().unwrap_or_default(),
            _ => Value::Missing,
        }
    }

    /// Whether a datum exists here. Its condition includes those of its page and its participant; of several persons, whether it
    /// exists for one of them.
    pub fn exists(&self, id: DatumId) -> bool {
        let Some(datum) = self.procedure.data.get(id) else { return false };
        match self.repeating(datum) {
            Some(persons) if self.person_at_hand(persons).is_none() => {
                let count = self.persons(persons);
                if count == 0 { self.exists_for(datum, 0) } else { (1..=count).any(|index| self.exists_for(datum, index)) }
            }
            _ => self.exists_for(datum, 0),
        }
    }

    /// The repeating participant whose attribute a datum is.
    fn repeating(&self, datum: &Datum) -> Option<ParticipantId> {
        let (persons, _) = datum.of?;
        self.procedure.participants.get(persons)?.repeat.map(|_| persons)
    }

    fn exists_for(&self, datum: &Datum, index: u32) -> bool {
        let Some(condition) = &datum.condition else { return true };
        let value = match datum.of {
            Some((persons, _)) if index > 0 => self.with(Several::Persons(persons), index, || self.value(condition)),
            _ => self.value(condition),
        };
        value == Value::Truth(true)
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

    /// Whether what a precondition demands is true.
    pub fn precondition(&self, id: PreconditionId) -> Value {
        let Some(precondition) = self.procedure.preconditions.get(id) else { return Value::Missing };
        self.once(Key::Precondition(id), || self.value(&precondition.condition))
    }

    /// How a precondition stands: what rests on a failed one is not applicable, be it named or be it that a table which holds only
    /// under it has no row.
    pub fn standing(&self, id: PreconditionId) -> Standing {
        let Some(precondition) = self.procedure.preconditions.get(id) else { return Standing::Open };
        let rests = Foundations::of(self.procedure, &precondition.condition);
        if rests.preconditions.iter().any(|other| *other != id && self.precondition(*other) == Value::Truth(false)) {
            return Standing::NotApplicable;
        }
        match self.precondition(id).truth() {
            Some(true) => Standing::Fulfilled,
            Some(false) => Standing::Failed,
            None if rests.tables.iter().any(|table| self.row(*table) == Match::NoRow) && self.any_failed() => {
                Standing::NotApplicable
            }
            None => Standing::Open,
        }
    }

    fn any_failed(&self) -> bool {
        self.procedure.preconditions.iter().any(|(id, _)| self.precondition(id) == Value::Truth(false))
    }

    /// Whether all preconditions hold: `nein` as soon as one failed, missing while one is open.
    pub fn fulfilled(&self) -> Option<bool> {
        let standings = self.procedure.preconditions.iter().map(|(id, _)| self.standing(id));
        standings
            .map(|standing| match standing {
                Standing::Fulfilled => Some(true),
                Standing::Failed | Standing::NotApplicable => Some(false),
                Standing::Open => None,
            })
            .fold(Some(true), and)
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

    /// What is said of each of several; without it, a `ja` for each.
    fn each(&self, several: Several, value: Option<&Expression>) -> Value {
        let of = |index| match value {
            Some(value) => self.with(several, index, || self.value(value)),
            None => Value::Truth(true),
        };
        match several {
            Several::Persons(persons) => self.each_person(persons, of),
            Several::Values(datum) => match self.datum(datum) {
                Value::List(items) => Value::List((1..).zip(items).map(|(index, _)| of(index)).collect()),
                _ => Value::Missing,
            },
        }
    }

    /// Missing where there must be persons and none is known.
    fn each_person(&self, persons: ParticipantId, of: impl Fn(u32) -> Value) -> Value {
        let Some(declared) = self.procedure.participants.get(persons) else { return Value::Missing };
        let count = self.persons(persons);
        let least = declared.repeat.map_or(1, |repeat| repeat.minimum);
        if count == 0 && least > 0 { Value::Missing } else { Value::List((1..=count).map(of).collect()) }
    }

    /// How many persons of a repeating participant are known.
    fn persons(&self, persons: ParticipantId) -> u32 {
        let own = self.procedure.data.iter().filter(|(_, datum)| datum.of.is_some_and(|(whose, _)| whose == persons));
        let count = |id: DatumId| match self.answers.get(id, 0) {
            Some(Value::List(items)) => u32::try_from(items.len()).unwrap_or(u32::MAX),
            _ => self.answers.highest(id),
        };
        own.map(|(id, _)| count(id)).max().unwrap_or(0)
    }

    fn person_at_hand(&self, persons: ParticipantId) -> Option<u32> {
        self.at_hand.borrow().get(&Several::Persons(persons)).copied()
    }

    /// Computes with one of several at hand.
    fn with(&self, several: Several, index: u32, compute: impl FnOnce() -> Value) -> Value {
        let before = self.at_hand.borrow_mut().insert(several, index);
        let value = compute();
        match before {
            Some(before) => self.at_hand.borrow_mut().insert(several, before),
            None => self.at_hand.borrow_mut().remove(&several),
        };
        value
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
    matches!(&expression.typ, data_type::Type::Quantity(unit) if unit.as_ref() == "%")
}
