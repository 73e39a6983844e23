//! Conditions and values as FEEL, the language of DMN and of Camunda 8.
//!
//! Only what all FEEL engines agree on: literals, comparisons, arithmetic on whole numbers, `if`, `date(…)` and its parts, `floor`,
//! `ceiling`, `max`, `min`, `substring`.

use std::fmt::Write as _;

use super::plain::{Dialect, Level, Plain, write};

/// Prints an expression as FEEL.
pub fn print(plain: &Plain) -> String {
    write::<Feel>(plain, Level::Choice)
}

/// A text as a FEEL literal.
pub fn text(text: &str) -> String {
    Feel::text(text)
}

struct Feel;

impl Dialect for Feel {
    const AND: &'static str = "and";
    const OR: &'static str = "or";
    const EQUAL: &'static str = "=";
    const NULL: &'static str = "null";

    fn truth(truth: bool) -> &'static str {
        if truth { "true" } else { "false" }
    }

    fn text(text: &str) -> String {
        let mut literal = String::from("\"");
        for letter in text.chars() {
            match letter {
                '"' => literal.push_str("\\\""),
                '\\' => literal.push_str("\\\\"),
                '\n' => literal.push_str("\\n"),
                '\r' => literal.push_str("\\r"),
                '\t' => literal.push_str("\\t"),
                letter if letter.is_control() => {
                    // INVARIANT: writing to a String never fails; control characters have four digits at most.
                    let _ = write!(literal, "\\u{:04X}", u32::from(letter));
                }
                letter => literal.push(letter),
            }
        }
        literal.push('"');
        literal
    }

    fn days(order: &str, left: &Plain, right: &Plain) -> String {
        format!("{} {order} {}", day(left), day(right))
    }

    fn choice(condition: &Plain, then: &Plain, otherwise: &Plain) -> String {
        let (condition, then) = (write::<Feel>(condition, Level::Or), write::<Feel>(then, Level::Or));
        format!("if {condition} then {then} else {}", write::<Feel>(otherwise, Level::Choice))
    }

    fn other(plain: &Plain) -> (String, Level) {
        let loose = |plain: &Plain| write::<Feel>(plain, Level::Choice);
        let product = |plain: &Plain| write::<Feel>(plain, Level::Product);
        let list = |items: &[Plain]| items.iter().map(loose).collect::<Vec<_>>().join(", ");
        match plain {
            Plain::IsKnown(inner) => (format!("{} != null", write::<Feel>(inner, Level::Sum)), Level::Comparison),
            Plain::Not(inner) => match &**inner {
                Plain::IsKnown(inner) => (format!("{} = null", write::<Feel>(inner, Level::Sum)), Level::Comparison),
                inner => (format!("not({})", loose(inner)), Level::Atom),
            },
            Plain::Equal(left, right) => {
                (format!("{} = {}", write::<Feel>(left, Level::Sum), write::<Feel>(right, Level::Sum)), Level::Comparison)
            }
            Plain::NotEqual(left, right) => {
                (format!("{} != {}", write::<Feel>(left, Level::Sum), write::<Feel>(right, Level::Sum)), Level::Comparison)
            }
            Plain::Divide(inner, divisor) => match &**inner {
                // A multiple of a step in larger units is a multiple of the smaller step.
                Plain::Floor(inner, step) if step % divisor == 0 => to_multiple("floor", inner, *step, step / divisor),
                Plain::Ceiling(inner, step) if step % divisor == 0 => to_multiple("ceiling", inner, *step, step / divisor),
                inner => (format!("{} / {divisor}", product(inner)), Level::Product),
            },
            Plain::Floor(inner, step) => to_multiple("floor", inner, *step, *step),
            Plain::Ceiling(inner, step) => to_multiple("ceiling", inner, *step, *step),
            Plain::Greatest(items) => (format!("max({})", list(items)), Level::Atom),
            Plain::Least(items) => (format!("min({})", list(items)), Level::Atom),
            Plain::Years(from, to) => {
                let (from, to) = (day(from), day(to));
                let before = format!("{to}.month * 100 + {to}.day < {from}.month * 100 + {from}.day");
                (format!("{to}.year - {from}.year - (if {before} then 1 else 0)"), Level::Sum)
            }
            Plain::Months(from, to) => {
                let (from, to) = (day(from), day(to));
                let months = format!("({to}.year - {from}.year) * 12 + {to}.month - {from}.month");
                (format!("{months} - (if {to}.day < {from}.day then 1 else 0)"), Level::Sum)
            }
            Plain::Year(inner) => (format!("{}.year", day(inner)), Level::Atom),
            Plain::MonthStart(inner) => (format!("substring({}, 1, 8) + \"01\"", loose(inner)), Level::Sum),
            // INVARIANT: all other forms are shared.
            _ => (String::from("null"), Level::Atom),
        }
    }
}

/// A day that is a text, as a date.
fn day(plain: &Plain) -> String {
    format!("date({})", write::<Feel>(plain, Level::Choice))
}

fn to_multiple(function: &str, inner: &Plain, step: i64, unit: i64) -> (String, Level) {
    let quotient = format!("{function}({} / {step})", write::<Feel>(inner, Level::Product));
    if unit == 1 { (quotient, Level::Atom) } else { (format!("{quotient} * {unit}"), Level::Product) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::targets::expression::plain::{Order, Sort};

    #[test]
    fn brackets_stand_where_they_are_needed() {
        let a = || Plain::equal(Plain::variable("a"), Plain::text("x"));
        let b = || Plain::order(Order::Less, Sort::Numbers, Plain::variable("b"), Plain::Integer(-3));
        let c = || Plain::known(Plain::variable("c"));
        assert_eq!(print(&Plain::all([Plain::any([a(), b()]), c()])), "(a = \"x\" or b < -3) and c != null");
        assert_eq!(print(&Plain::any([Plain::all([a(), b()]), c()])), "a = \"x\" and b < -3 or c != null");
        assert_eq!(print(&Plain::negated(Plain::all([a(), c()]))), "not(a = \"x\" and c != null)");
    }

    #[test]
    fn texts_never_become_code() {
        assert_eq!(text("\" or true or \"\\\n\u{1}"), "\"\\\" or true or \\\"\\\\\\n\\u0001\"");
    }
}
