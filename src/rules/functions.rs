//! Arithmetic, comparison and the built-in functions, on values. Exact; what can't be computed is missing.

use std::cmp::Ordering;

use jiff::civil::Date;

use crate::model::expression::{BinaryOperator, Duration, DurationUnit, Function};

use super::calendar::{self, Holidays};
use super::matching::{and, or};
use super::number::Number;
use super::value::Value;

/// `<`, `<=`, `>`, `>=`.
pub(super) fn ordered(operator: BinaryOperator, left: &Value, right: &Value) -> Value {
    let Some(order) = left.compare(right) else { return Value::Missing };
    Value::Truth(match operator {
        BinaryOperator::Less => order.is_lt(),
        BinaryOperator::LessOrEqual => order.is_le(),
        BinaryOperator::Greater => order.is_gt(),
        BinaryOperator::GreaterOrEqual => order.is_ge(),
        _ => return Value::Missing,
    })
}

/// `+`, `-`, `*`, `/` on numbers, and days plus or minus durations.
pub(super) fn arithmetic(operator: BinaryOperator, left: &Value, right: &Value, holidays: &Holidays<'_>) -> Value {
    match (left, right) {
        (Value::Number(left), Value::Number(right)) => {
            let result = match operator {
                BinaryOperator::Add => left.plus(*right),
                BinaryOperator::Subtract => left.minus(*right),
                BinaryOperator::Multiply => left.times(*right),
                BinaryOperator::Divide => left.over(*right),
                _ => None,
            };
            result.map_or(Value::Missing, Value::Number)
        }
        (Value::Date(day), Value::Duration(duration)) | (Value::Duration(duration), Value::Date(day)) => {
            let shifted = match operator {
                BinaryOperator::Add => holidays.shift(*day, *duration, false),
                BinaryOperator::Subtract if matches!(left, Value::Date(_)) => holidays.shift(*day, *duration, true),
                _ => None,
            };
            shifted.map_or(Value::Missing, Value::Date)
        }
        (Value::Date(later), Value::Date(earlier)) if operator == BinaryOperator::Subtract => {
            match u32::try_from(calendar::days_between(*earlier, *later)) {
                Ok(count) => Value::Duration(Duration { count, unit: DurationUnit::Day }),
                Err(_) => Value::Missing,
            }
        }
        _ => Value::Missing,
    }
}

/// A built-in function on values.
pub(super) fn call(function: Function, arguments: &[Value]) -> Value {
    let number = |value: Option<i64>| value.map_or(Value::Missing, |value| Value::Number(Number::from(value)));
    match function {
        Function::CompletedYears => number(two_dates(arguments).and_then(|(from, to)| calendar::completed_years(from, to))),
        Function::CompletedMonths => number(two_dates(arguments).and_then(|(from, to)| calendar::completed_months(from, to))),
        Function::DaysBetween => number(two_dates(arguments).map(|(from, to)| calendar::days_between(from, to))),
        Function::RoundUp | Function::RoundDown | Function::Round => {
            round(function, arguments).map_or(Value::Missing, Value::Number)
        }
        Function::AtLeast => extreme(&spread(arguments), Ordering::Greater),
        Function::AtMost => extreme(&spread(arguments), Ordering::Less),
        Function::Sum => sum(&spread(arguments)),
        Function::Count => match arguments.first() {
            Some(Value::List(items)) => number(i64::try_from(items.len()).ok()),
            _ => Value::Missing,
        },
        Function::CountTrue => match arguments.first() {
            Some(Value::List(items)) => {
                let truths: Option<Vec<bool>> = items.iter().map(Value::truth).collect();
                number(truths.and_then(|truths| i64::try_from(truths.into_iter().filter(|truth| *truth).count()).ok()))
            }
            _ => Value::Missing,
        },
        Function::All => quantified(arguments, Some(true), and),
        Function::Any => quantified(arguments, Some(false), or),
        Function::Year => number(arguments.first().and_then(Value::date).map(|day| i64::from(day.year()))),
        Function::MonthStart => {
            arguments.first().and_then(Value::date).map_or(Value::Missing, |day| Value::Date(day.first_of_month()))
        }
    }
}

fn two_dates(arguments: &[Value]) -> Option<(Date, Date)> {
    match arguments {
        [Value::Date(from), Value::Date(to)] => Some((*from, *to)),
        _ => None,
    }
}

/// To a multiple of the step, exactly.
fn round(function: Function, arguments: &[Value]) -> Option<Number> {
    let number = arguments.first()?.number()?;
    let step = match arguments.get(1) {
        Some(step) => step.number()?,
        None => Number::ONE,
    };
    match function {
        Function::RoundUp => number.up_to(step),
        Function::RoundDown => number.down_to(step),
        _ => number.nearest(step),
    }
}

/// The arguments, with lists spread out.
fn spread(arguments: &[Value]) -> Vec<Value> {
    let mut values = Vec::with_capacity(arguments.len());
    for argument in arguments {
        match argument {
            Value::List(items) => values.extend(items.iter().cloned()),
            value => values.push(value.clone()),
        }
    }
    values
}

fn extreme(values: &[Value], wanted: Ordering) -> Value {
    let mut best: Option<&Value> = None;
    for value in values {
        match best {
            _ if value.is_missing() => return Value::Missing,
            None => best = Some(value),
            Some(current) => match value.compare(current) {
                Some(order) if order == wanted => best = Some(value),
                Some(_) => {}
                None => return Value::Missing,
            },
        }
    }
    best.cloned().unwrap_or_default()
}

fn sum(values: &[Value]) -> Value {
    let total = values.iter().try_fold(Number::ZERO, |total, value| total.plus(value.number()?));
    total.map_or(Value::Missing, Value::Number)
}

type Combine = fn(Option<bool>, Option<bool>) -> Option<bool>;

fn quantified(arguments: &[Value], start: Option<bool>, combine: Combine) -> Value {
    if arguments.iter().any(Value::is_missing) && !arguments.iter().any(|argument| matches!(argument, Value::List(_))) {
        return Value::Missing;
    }
    let truths = spread(arguments).into_iter().map(|value| value.truth());
    truths.fold(start, combine).map_or(Value::Missing, Value::Truth)
}
