//! Conditions and values as Python expressions, for SpiffWorkflow: no imports, no statements, built-in functions only.
//!
//! Python raises an error where something missing is put in order or computed with; the trees printed here never do.

use std::fmt::Write as _;

use super::plain::{Dialect, Level, Plain, write};

/// Prints an expression as Python.
pub fn print(plain: &Plain) -> String {
    write::<Python>(plain, Level::Choice)
}

/// A text as a Python literal.
pub fn text(text: &str) -> String {
    Python::text(text)
}

struct Python;

impl Dialect for Python {
    const AND: &'static str = "and";
    const OR: &'static str = "or";
    const EQUAL: &'static str = "==";
    const NULL: &'static str = "None";

    fn truth(truth: bool) -> &'static str {
        if truth { "True" } else { "False" }
    }

    fn text(text: &str) -> String {
        let mut literal = String::from("\"");
        for letter in text.chars() {
            match letter {
                '"' => literal.push_str("\\\""),
                '\\' => literal.push_str("\\\\"),
                '\n' => literal.push_str("\\n"),
                '\r' => literal.push_str("\\r"),
                letter if letter.is_control() => {
                    // INVARIANT: writing to a String never fails; control characters have four digits at most.
                    let _ = write!(literal, "\\u{:04x}", u32::from(letter));
                }
                letter => literal.push(letter),
            }
        }
        literal.push('"');
        literal
    }

    fn days(order: &str, left: &Plain, right: &Plain) -> String {
        format!("{} {order} {}", write::<Python>(left, Level::Sum), write::<Python>(right, Level::Sum))
    }

    fn choice(condition: &Plain, then: &Plain, otherwise: &Plain) -> String {
        let (condition, then) = (write::<Python>(condition, Level::Or), write::<Python>(then, Level::Or));
        format!("{then} if {condition} else {}", write::<Python>(otherwise, Level::Choice))
    }

    fn other(plain: &Plain) -> (String, Level) {
        let loose = |plain: &Plain| write::<Python>(plain, Level::Choice);
        let atom = |plain: &Plain| write::<Python>(plain, Level::Atom);
        let sum = |plain: &Plain| write::<Python>(plain, Level::Sum);
        let product = |plain: &Plain| write::<Python>(plain, Level::Product);
        let list = |items: &[Plain]| items.iter().map(loose).collect::<Vec<_>>().join(", ");
        match plain {
            Plain::IsKnown(inner) => (format!("{} is not None", sum(inner)), Level::Comparison),
            Plain::Not(inner) => match &**inner {
                Plain::IsKnown(inner) => (format!("{} is None", sum(inner)), Level::Comparison),
                inner => (format!("not {}", write::<Python>(inner, Level::Not)), Level::Not),
            },
            Plain::Equal(left, right) => (format!("{} is {}", sum(left), sum(right)), Level::Comparison),
            Plain::NotEqual(left, right) => (format!("{} is not {}", sum(left), sum(right)), Level::Comparison),
            Plain::Divide(inner, divisor) => (format!("{} // {divisor}", product(inner)), Level::Product),
            Plain::Floor(inner, step) => (format!("{} // {step} * {step}", product(inner)), Level::Product),
            Plain::Ceiling(inner, step) => (format!("-(-{} // {step}) * {step}", atom(inner)), Level::Product),
            Plain::Greatest(items) => (format!("max({})", list(items)), Level::Atom),
            Plain::Least(items) => (format!("min({})", list(items)), Level::Atom),
            Plain::Years(from, to) => {
                let (from, to) = (atom(from), atom(to));
                let before = format!("{to}[5:10] < {from}[5:10]");
                (format!("int({to}[0:4]) - int({from}[0:4]) - (1 if {before} else 0)"), Level::Sum)
            }
            Plain::Months(from, to) => {
                let (from, to) = (atom(from), atom(to));
                let years = format!("(int({to}[0:4]) - int({from}[0:4])) * 12");
                let months = format!("int({to}[5:7]) - int({from}[5:7])");
                (format!("{years} + {months} - (1 if {to}[8:10] < {from}[8:10] else 0)"), Level::Sum)
            }
            Plain::Year(inner) => (format!("int({}[0:4])", atom(inner)), Level::Atom),
            Plain::MonthStart(inner) => (format!("{}[0:8] + \"01\"", atom(inner)), Level::Sum),
            // INVARIANT: all other forms are shared.
            _ => (String::from("None"), Level::Atom),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn truth_values_are_asked_for_what_they_are() {
        let yes = Plain::equal(Plain::variable("a"), Plain::Truth(true));
        assert_eq!(print(&yes), "a is True");
        assert_eq!(
            print(&Plain::negated(Plain::all([yes, Plain::known(Plain::variable("b"))]))),
            "not (a is True and b is not None)"
        );
    }

    #[test]
    fn texts_never_become_code() {
        assert_eq!(text("\" or True or \"\\\n\u{1}"), "\"\\\" or True or \\\"\\\\\\n\\u0001\"");
    }
}
