//! Conditions and values as JUEL, the expression language of Camunda 7, Operaton, CIB seven and Flowable; without the `${…}` around.
//!
//! JUEL takes what is missing for 0 or for an empty text as soon as it computes; the trees printed here never let it. Its quotients
//! are floating-point numbers, so multiples come from remainders. Days are texts, which JUEL compares letter by letter.

use super::plain::{Dialect, Level, Order, Plain, Sort, write};

/// Prints an expression as JUEL, without `${…}`.
pub fn print(plain: &Plain) -> String {
    write::<Juel>(plain, Level::Choice)
}

struct Juel;

impl Dialect for Juel {
    const AND: &'static str = "&&";
    const OR: &'static str = "||";
    const EQUAL: &'static str = "==";
    const NULL: &'static str = "null";

    fn truth(truth: bool) -> &'static str {
        if truth { "true" } else { "false" }
    }

    fn text(text: &str) -> String {
        format!("'{}'", text.replace('\\', "\\\\").replace('\'', "\\'"))
    }

    fn days(order: &str, left: &Plain, right: &Plain) -> String {
        format!("{} {order} {}", write::<Juel>(left, Level::Sum), write::<Juel>(right, Level::Sum))
    }

    fn choice(condition: &Plain, then: &Plain, otherwise: &Plain) -> String {
        let (condition, then) = (write::<Juel>(condition, Level::Or), write::<Juel>(then, Level::Or));
        format!("{condition} ? {then} : {}", write::<Juel>(otherwise, Level::Choice))
    }

    fn other(plain: &Plain) -> (String, Level) {
        let atom = |plain: &Plain| write::<Juel>(plain, Level::Atom);
        let sum = |plain: &Plain| write::<Juel>(plain, Level::Sum);
        let compared =
            |sign: &str, left: &Plain, right: &Plain| (format!("{} {sign} {}", sum(left), sum(right)), Level::Comparison);
        match plain {
            Plain::IsKnown(inner) => (format!("{} != null", sum(inner)), Level::Comparison),
            Plain::Not(inner) => match &**inner {
                Plain::IsKnown(inner) => (format!("{} == null", sum(inner)), Level::Comparison),
                inner => (format!("!{}", atom(inner)), Level::Sign),
            },
            Plain::Equal(left, right) => compared("==", left, right),
            Plain::NotEqual(left, right) => compared("!=", left, right),
            Plain::Divide(inner, divisor) => (format!("{} / {divisor}", write::<Juel>(inner, Level::Product)), Level::Product),
            Plain::Floor(inner, step) => (format!("{} - ({} % {step} + {step}) % {step}", sum(inner), atom(inner)), Level::Sum),
            Plain::Ceiling(inner, step) => (format!("{} + ({step} - {} % {step}) % {step}", sum(inner), atom(inner)), Level::Sum),
            Plain::Greatest(items) => extreme(items, Order::AtLeast),
            Plain::Least(items) => extreme(items, Order::AtMost),
            Plain::Years(from, to) => {
                let (from, to) = (atom(from), atom(to));
                let before = format!("{to}.substring(5) < {from}.substring(5)");
                (format!("{to}.substring(0, 4) - {from}.substring(0, 4) - ({before} ? 1 : 0)"), Level::Sum)
            }
            Plain::Months(from, to) => {
                let (from, to) = (atom(from), atom(to));
                let years = format!("({to}.substring(0, 4) - {from}.substring(0, 4)) * 12");
                let months = format!("{to}.substring(5, 7) - {from}.substring(5, 7)");
                (format!("{years} + ({months}) - ({to}.substring(8) < {from}.substring(8) ? 1 : 0)"), Level::Sum)
            }
            Plain::Year(inner) => (format!("{}.substring(0, 4) + 0", atom(inner)), Level::Sum),
            Plain::MonthStart(inner) => (format!("{}.substring(0, 8).concat('01')", atom(inner)), Level::Atom),
            // INVARIANT: all other forms are shared.
            _ => (String::from("null"), Level::Atom),
        }
    }
}

/// The greatest or least of several, two by two.
fn extreme(items: &[Plain], order: Order) -> (String, Level) {
    let chosen = items
        .iter()
        .cloned()
        .reduce(|best, item| Plain::choose(Plain::order(order, Sort::Numbers, best.clone(), item.clone()), best, item));
    (write::<Juel>(&chosen.unwrap_or(Plain::Null), Level::Choice), Level::Choice)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn remainders_replace_quotients() {
        let rounded = Plain::Ceiling(Box::new(Plain::Add(Box::new(Plain::variable("a")), Box::new(Plain::Integer(1)))), 100);
        assert_eq!(print(&rounded), "a + 1 + (100 - (a + 1) % 100) % 100");
        let down = Plain::Floor(Box::new(Plain::variable("a")), 100);
        assert_eq!(print(&down), "a - (a % 100 + 100) % 100");
    }

    #[test]
    fn texts_never_become_code() {
        assert_eq!(print(&Plain::text("' || true || '\\")), "'\\' || true || \\'\\\\'");
        assert_eq!(print(&Plain::negated(Plain::known(Plain::variable("a")))), "a == null");
    }
}
