//! The values that matter: a domain, cut at every value that a definition names, with one sample for each piece.
//!
//! Two values of one piece can't be told apart by any comparison with a named value, so trying the samples is trying everything.

use std::collections::BTreeSet;

use jiff::ToSpan;
use jiff::civil::Date;

use crate::model::expression::Literal;
use crate::model::person::Constraints;
use crate::model::{Library, Type};
use crate::source::Text;

use super::number::Number;
use super::value::Value;

/// The values that definitions compare with, by kind.
#[derive(Debug, Clone, Default)]
pub struct Landmarks {
    numbers: BTreeSet<Number>,
    dates: BTreeSet<Date>,
    texts: BTreeSet<Text>,
}

impl Landmarks {
    /// Adds a value that something is compared with.
    pub fn add(&mut self, value: &Value) {
        match value {
            Value::Number(number) => {
                self.numbers.insert(*number);
            }
            Value::Date(date) => {
                self.dates.insert(*date);
            }
            Value::Text(text) => {
                self.texts.insert(text.clone());
            }
            Value::List(items) => items.iter().for_each(|item| self.add(item)),
            _ => {}
        }
    }
}

/// How finely a number can vary, and between what.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Grain {
    /// The distance between neighbours; `None`: any decimal in between.
    pub step: Option<Number>,
    /// The least value.
    pub least: Option<Number>,
    /// The greatest value.
    pub greatest: Option<Number>,
}

impl Grain {
    /// Whole numbers.
    pub fn whole() -> Grain {
        Grain { step: Some(Number::ONE), ..Grain::default() }
    }

    /// Narrows by declared bounds.
    pub fn within(mut self, constraints: &Constraints) -> Grain {
        let number = |literal: &Option<Literal>| literal.as_ref().and_then(|literal| Value::of(literal).number());
        if let Some(least) = number(&constraints.minimum) {
            self.least = Some(self.least.map_or(least, |known| known.max(least)));
        }
        if let Some(greatest) = number(&constraints.maximum) {
            self.greatest = Some(self.greatest.map_or(greatest, |known| known.min(greatest)));
        }
        self
    }

    fn allows(&self, number: Number) -> bool {
        self.least.is_none_or(|least| least <= number) && self.greatest.is_none_or(|greatest| number <= greatest)
    }
}

/// One sample for each piece of a type's domain; `None` where the type has no domain that can be cut.
pub fn samples(typ: &Type, grain: Grain, landmarks: &Landmarks, library: &Library) -> Option<Vec<Value>> {
    match typ.base(library) {
        Type::Truth => Some(vec![Value::Truth(true), Value::Truth(false)]),
        Type::Choice(choice) => {
            let count = library.choices.get(*choice).map_or(0, |choice| choice.options.len());
            let count = u32::try_from(count).unwrap_or(u32::MAX);
            Some((0..count).map(|option| Value::Option(*choice, option)).collect())
        }
        Type::Integer | Type::Decimal | Type::Amount | Type::Quantity(_) => {
            let mut marks = landmarks.numbers.clone();
            marks.extend(grain.least);
            marks.extend(grain.greatest);
            Some(numbers(&marks, grain).into_iter().map(Value::Number).collect())
        }
        Type::Date => Some(dates(&landmarks.dates).into_iter().map(Value::Date).collect()),
        Type::Text => {
            let mut other = String::from("anderes");
            while landmarks.texts.contains(other.as_str()) {
                other.push('_');
            }
            let named = landmarks.texts.iter().cloned().map(Value::Text);
            Some(named.chain([Value::Text(other.into())]).collect())
        }
        _ => None,
    }
}

fn numbers(marks: &BTreeSet<Number>, grain: Grain) -> Vec<Number> {
    let on_grid = |number: Number| match grain.step {
        Some(step) => number.is_multiple_of(step),
        None => true,
    };
    let unit = grain.step.unwrap_or(Number::ONE);
    let (Some(first), Some(last)) = (marks.first().copied(), marks.last().copied()) else {
        return vec![Number::ZERO];
    };
    // The grid's neighbour, for landmarks that lie off the grid (17,5 years of age).
    let up = |number: Number| match grain.step {
        Some(step) => {
            let up = number.up_to(step)?;
            if up == number { number.plus(step) } else { Some(up) }
        }
        None => number.plus(unit),
    };
    let down = |number: Number| match grain.step {
        Some(step) => {
            let down = number.down_to(step)?;
            if down == number { number.minus(step) } else { Some(down) }
        }
        None => number.minus(unit),
    };
    let mut found: Vec<Number> = down(first).into_iter().collect();
    let mut before: Option<Number> = None;
    for &mark in marks {
        if let Some(before) = before {
            let between = match grain.step {
                Some(_) => up(before).filter(|next| *next < mark),
                None => before.plus(mark).and_then(|sum| sum.over(Number::from(2_i64))),
            };
            found.extend(between);
        }
        if on_grid(mark) {
            found.push(mark);
        }
        before = Some(mark);
    }
    found.extend(up(last));
    found.retain(|number| grain.allows(*number));
    found
}

fn dates(marks: &BTreeSet<Date>) -> Vec<Date> {
    let (Some(first), Some(last)) = (marks.first().copied(), marks.last().copied()) else {
        return Date::new(2000, 1, 1).into_iter().collect();
    };
    let mut found: Vec<Date> = first.checked_sub(1.day()).into_iter().collect();
    let mut before: Option<Date> = None;
    for &mark in marks {
        let next = before.and_then(|before| before.tomorrow().ok());
        found.extend(next.filter(|next| *next < mark));
        found.push(mark);
        before = Some(mark);
    }
    found.extend(last.tomorrow());
    found
}
