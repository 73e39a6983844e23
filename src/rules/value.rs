//! Values: what an expression comes to. Numbers are exact; what has no value is [`Value::Missing`].

use std::cmp::Ordering;

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::model::data_type::Type;
use crate::model::expression::{Duration, DurationUnit, Literal};
use crate::model::{ChoiceId, Library};
use crate::source::Text;

use super::number::Number;

/// What an expression comes to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Value {
    /// Not answered, hidden, or not computable.
    #[default]
    Missing,
    /// `ja`, `nein`.
    Truth(bool),
    /// A number, an amount in euro, or a quantity: the type says which.
    Number(Number),
    /// A calendar date.
    Date(Date),
    /// A calendar duration.
    Duration(Duration),
    /// A text.
    Text(Text),
    /// An option of a choice.
    Option(ChoiceId, u32),
    /// Several values.
    List(Vec<Value>),
    /// A compound, by attribute; absent attributes are missing.
    Group(Vec<Value>),
}

impl Value {
    /// The value of a literal.
    pub fn of(literal: &Literal) -> Value {
        match literal {
            Literal::Truth(truth) => Value::Truth(*truth),
            Literal::Integer(number) => Value::Number(Number::from(*number)),
            Literal::Decimal(number) | Literal::Amount(number) | Literal::Quantity(number, _) => {
                Value::Number(Number::from(*number))
            }
            Literal::Date(date) => Value::Date(*date),
            Literal::Duration(duration) => Value::Duration(*duration),
            Literal::Text(text) => Value::Text(text.clone()),
            Literal::Option(choice, option) => Value::Option(*choice, *option),
        }
    }

    /// Whether there is no value. A compound without a single known part is no value either.
    pub fn is_missing(&self) -> bool {
        match self {
            Value::Missing => true,
            Value::Group(parts) => parts.iter().all(Value::is_missing),
            _ => false,
        }
    }

    /// The truth value, if it is one.
    pub fn truth(&self) -> Option<bool> {
        match self {
            Value::Truth(truth) => Some(*truth),
            _ => None,
        }
    }

    /// The number, if it is one.
    pub fn number(&self) -> Option<Number> {
        match self {
            Value::Number(number) => Some(*number),
            _ => None,
        }
    }

    /// The date, if it is one.
    pub fn date(&self) -> Option<Date> {
        match self {
            Value::Date(date) => Some(*date),
            _ => None,
        }
    }

    /// How two values are ordered; `None` where one is missing or they have no order.
    pub fn compare(&self, other: &Value) -> Option<Ordering> {
        match (self, other) {
            (Value::Number(left), Value::Number(right)) => Some(left.cmp(right)),
            (Value::Date(left), Value::Date(right)) => Some(left.cmp(right)),
            (Value::Duration(left), Value::Duration(right)) => compare_durations(*left, *right),
            _ => None,
        }
    }

    /// Whether two values are the same; `None` where one is missing or they can't be compared.
    pub fn equals(&self, other: &Value) -> Option<bool> {
        if self.is_missing() || other.is_missing() {
            return None;
        }
        match (self, other) {
            (Value::Duration(left), Value::Duration(right)) => compare_durations(*left, *right).map(Ordering::is_eq),
            (left, right) if std::mem::discriminant(left) == std::mem::discriminant(right) => Some(left == right),
            _ => None,
        }
    }

    /// The value in the words of the language, so that it can be pasted into a definition.
    pub fn show(&self, typ: &Type, library: &Library) -> String {
        match self {
            Value::Missing => "unbekannt".to_owned(),
            Value::Truth(true) => "ja".to_owned(),
            Value::Truth(false) => "nein".to_owned(),
            Value::Number(number) => show_number(*number, typ.base(library)),
            Value::Date(date) => date.to_string(),
            Value::Duration(duration) => show_duration(*duration),
            Value::Text(text) => format!("\"{}\"", text.replace('{', "{{").replace('"', "\\\"")),
            Value::Option(choice, option) => library
                .choices
                .get(*choice)
                .and_then(|choice| choice.options.get(*option as usize))
                .map(|option| option.name.to_string())
                .unwrap_or_default(),
            Value::List(values) => {
                let inner = if let Type::List(inner) = typ { inner } else { &Type::Unknown };
                let shown: Vec<String> = values.iter().map(|value| value.show(inner, library)).collect();
                format!("[{}]", shown.join(", "))
            }
            Value::Group(parts) => {
                let group = if let Type::Group(group) = typ.base(library) { library.groups.get(*group) } else { None };
                let shown = parts.iter().enumerate().filter(|(_, part)| !part.is_missing()).map(|(index, part)| {
                    match group.and_then(|group| group.attributes.get(index)) {
                        Some(attribute) => format!("{} = {}", attribute.name, part.show(&attribute.typ, library)),
                        None => part.show(&Type::Unknown, library),
                    }
                });
                shown.collect::<Vec<_>>().join(", ")
            }
        }
    }
}

/// Years with months, weeks with days; months and days have no order between them.
fn compare_durations(left: Duration, right: Duration) -> Option<Ordering> {
    let scale = |duration: Duration| {
        let count = u64::from(duration.count);
        match duration.unit {
            DurationUnit::Day => (0, count),
            DurationUnit::Week => (0, count * 7),
            DurationUnit::Month => (1, count),
            DurationUnit::Year => (1, count * 12),
            DurationUnit::Workday => (2, count),
            DurationUnit::Weekday => (3, count),
        }
    };
    let ((kind, left), (other, right)) = (scale(left), scale(right));
    (kind == other).then(|| left.cmp(&right))
}

/// A number as one writes it; one without an end as the quotient that it is.
fn show_number(number: Number, typ: &Type) -> String {
    let (shown, divisor) = match number.decimal() {
        Some(decimal) => (decimal.normalize(), None),
        None => match Decimal::try_from_i128_with_scale(number.numerator(), 0) {
            Ok(numerator) => (numerator, Some(number.denominator())),
            Err(_) => return "…".to_owned(),
        },
    };
    let comma = |number: Decimal| number.to_string().replace('.', ",");
    let shown = match typ {
        Type::Amount if shown.scale() == 0 => format!("{shown} EUR"),
        Type::Amount if shown.scale() == 1 => format!("{}0 EUR", comma(shown)),
        Type::Amount => format!("{} EUR", comma(shown)),
        Type::Quantity(unit) => format!("{} {unit}", comma(shown)),
        _ => comma(shown),
    };
    match divisor {
        Some(divisor) => format!("{shown} / {divisor}"),
        None => shown,
    }
}

/// A duration in words: `1 Monat`, `4 Wochen`.
pub fn show_duration(duration: Duration) -> String {
    let (one, many) = match duration.unit {
        DurationUnit::Day => ("Tag", "Tage"),
        DurationUnit::Workday => ("Arbeitstag", "Arbeitstage"),
        DurationUnit::Weekday => ("Werktag", "Werktage"),
        DurationUnit::Week => ("Woche", "Wochen"),
        DurationUnit::Month => ("Monat", "Monate"),
        DurationUnit::Year => ("Jahr", "Jahre"),
    };
    format!("{} {}", duration.count, if duration.count == 1 { one } else { many })
}
