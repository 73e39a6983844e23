//! What printers share: operators between operands, and brackets exactly where they are needed.

use super::{Order, Plain};

/// How tightly an expression holds together, from the loosest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// A choice.
    Choice,
    /// `oder`
    Or,
    /// `und`
    And,
    /// A negation in words.
    Not,
    /// A comparison.
    Comparison,
    /// A sum.
    Sum,
    /// A product.
    Product,
    /// A sign.
    Sign,
    /// Nothing can come between.
    Atom,
}

/// How one dialect writes what dialects write differently.
pub trait Dialect {
    /// The word between conditions that all hold.
    const AND: &'static str;
    /// The word between conditions of which one holds.
    const OR: &'static str;
    /// The sign of equality.
    const EQUAL: &'static str;
    /// The word for missing.
    const NULL: &'static str;

    /// A truth value.
    fn truth(truth: bool) -> &'static str;
    /// A text as a literal.
    fn text(text: &str) -> String;
    /// A comparison of days.
    fn days(order: &str, left: &Plain, right: &Plain) -> String;
    /// A choice.
    fn choice(condition: &Plain, then: &Plain, otherwise: &Plain) -> String;
    /// Everything that is not shared.
    fn other(plain: &Plain) -> (String, Level);
}

/// Prints an expression, in brackets if it holds together less tightly than its place needs.
pub fn write<D: Dialect>(plain: &Plain, at_least: Level) -> String {
    let (text, level) = parts::<D>(plain);
    if level < at_least { format!("({text})") } else { text }
}

fn parts<D: Dialect>(plain: &Plain) -> (String, Level) {
    let infix = |sign: &str, left: &Plain, right: &Plain, level: Level, tighter: Level| {
        (format!("{} {sign} {}", write::<D>(left, level), write::<D>(right, tighter)), level)
    };
    let compared = |sign: &str, left: &Plain, right: &Plain| {
        (format!("{} {sign} {}", write::<D>(left, Level::Sum), write::<D>(right, Level::Sum)), Level::Comparison)
    };
    let joined = |items: &[Plain], word: &str, level: Level, tighter: Level| {
        let items: Vec<String> = items.iter().map(|item| write::<D>(item, tighter)).collect();
        (items.join(&format!(" {word} ")), level)
    };
    match plain {
        Plain::Null => (D::NULL.to_owned(), Level::Atom),
        Plain::Truth(truth) => (D::truth(*truth).to_owned(), Level::Atom),
        Plain::Integer(whole) => (whole.to_string(), if *whole < 0 { Level::Sign } else { Level::Atom }),
        Plain::Text(text) => (D::text(text), Level::Atom),
        Plain::Variable(name) => (name.clone(), Level::Atom),
        Plain::All(items) => joined(items, D::AND, Level::And, Level::Not),
        Plain::Any(items) => joined(items, D::OR, Level::Or, Level::And),
        Plain::Equal(left, right) if !matches!(**right, Plain::Truth(_)) => compared(D::EQUAL, left, right),
        Plain::NotEqual(left, right) if !matches!(**right, Plain::Truth(_)) => compared("!=", left, right),
        Plain::Order(order, super::Sort::Numbers, left, right) => compared(order.sign(), left, right),
        Plain::Order(order, super::Sort::Days, left, right) => (D::days(order.sign(), left, right), Level::Comparison),
        Plain::Add(left, right) => infix("+", left, right, Level::Sum, Level::Product),
        Plain::Subtract(left, right) => infix("-", left, right, Level::Sum, Level::Product),
        Plain::Multiply(left, right) => infix("*", left, right, Level::Product, Level::Atom),
        Plain::Choose(condition, then, otherwise) => (D::choice(condition, then, otherwise), Level::Choice),
        other => D::other(other),
    }
}

impl Order {
    fn sign(self) -> &'static str {
        match self {
            Order::Less => "<",
            Order::AtMost => "<=",
            Order::Greater => ">",
            Order::AtLeast => ">=",
        }
    }
}
