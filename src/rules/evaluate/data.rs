//! The values of data: whether they exist, which answer counts, one of several or each.

use crate::model::expression::{Expression, Several};
use crate::model::procedure::Datum;
use crate::model::{DatumId, ParticipantId, Type};
use crate::rules::answers::Origin;
use crate::rules::value::Value;

use super::{Key, Situation};

impl Situation<'_> {
    /// The value of a datum: its answer, if it exists at all; of several persons, that of the one at hand or of each.
    pub fn datum(&self, id: DatumId) -> Value {
        let Some(datum) = self.procedure.data.get(id) else { return Value::Missing };
        let at_hand = self.at_hand.borrow().get(&Several::Values(id)).copied();
        if let Some(index) = at_hand {
            return self.item(id, index);
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
            if let Some(value) = self.answer(id, index) {
                return value.clone();
            }
            if index > 0 {
                // All persons may have been given at once, as a list.
                return match self.answer(id, 0) {
                    Some(Value::List(items)) => items.get((index as usize).wrapping_sub(1)).cloned().unwrap_or_default(),
                    _ => Value::Missing,
                };
            }
            if matches!(datum.typ, Type::List(_)) {
                let count = self.answers.highest(id);
                let values = (1..=count).map(|index| self.answer(id, index).cloned().unwrap_or_default());
                let none_needed = datum.repeat.is_some_and(|repeat| repeat.minimum == 0);
                return if count == 0 && !none_needed { Value::Missing } else { Value::List(values.collect()) };
            }
            Value::Missing
        })
    }

    /// The answer that counts by now, and where it comes from: what a task establishes counts once the task is done.
    fn answer(&self, id: DatumId, index: u32) -> Option<&Value> {
        self.answers.get(id, index, self.is_established(id))
    }

    /// Where the value of a datum comes from.
    pub fn origin(&self, id: DatumId) -> Option<Origin> {
        self.answers.origin(id, 0, self.is_established(id))
    }

    /// A task of the authority has established these data (`stellt fest`): what it came to counts from now on.
    pub fn establish(&self, data: &[DatumId]) {
        self.established.borrow_mut().extend(data);
        self.known.borrow_mut().clear();
    }

    /// Whether a task has established a datum by now.
    pub fn is_established(&self, id: DatumId) -> bool {
        self.established.borrow().contains(&id)
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

    /// What is said of each of several; without it, a `ja` for each.
    pub(super) fn each(&self, several: Several, value: Option<&Expression>) -> Value {
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
        let count = |id: DatumId| match self.answer(id, 0) {
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
}
