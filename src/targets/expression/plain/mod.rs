//! Conditions and values with two truth values only: the tree from which FEEL, JUEL and Python are printed.
//!
//! Engines differ in what they make of a missing value: one raises an error, one takes it for 0, one goes on with null. So the
//! [`lowering`] asks two questions of each condition, when it is surely true and when it is surely false, and what remains is neither.
//! In a [`Plain`] tree every condition is `ja` or `nein`: what may be missing is only ever compared for equality, or stands behind a
//! guard that says it is known.
//!
//! Variables have flat names ([`machine_name`](crate::model::machine_name) of the address: `kind_geburtsdatum`). Amounts are whole
//! cents, days are texts such as `2026-01-01`, options are their machine names, `JaNein` is a truth value, what is missing is null.
//! Numbers are whole: a fraction is a whole number with a denominator that is known beforehand. So quotients are as
//! exact as in [`rules`](crate::rules).

mod definitions;
pub mod known;
pub mod lowering;
pub mod numbers;
mod print;

pub use known::Lowered;
pub use lowering::{Holder, Lowering, References, Refused};
pub(super) use print::{Dialect, Level, write};

/// An expression with two truth values and whole numbers.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Plain {
    /// Missing.
    Null,
    /// `ja`, `nein`.
    Truth(bool),
    /// A whole number.
    Integer(i64),
    /// A text, an option or a day.
    Text(String),
    /// A variable by its flat name.
    Variable(String),
    /// Whether something is there.
    IsKnown(Box<Plain>),
    /// The opposite of a condition.
    Not(Box<Plain>),
    /// All conditions hold; read from the left up to the first that does not.
    All(Vec<Plain>),
    /// At least one condition holds; read from the left up to the first that does.
    Any(Vec<Plain>),
    /// Both sides are the same. What is missing is the same as nothing else.
    Equal(Box<Plain>, Box<Plain>),
    /// The sides differ.
    NotEqual(Box<Plain>, Box<Plain>),
    /// Both sides are known and stand in this order.
    Order(Order, Sort, Box<Plain>, Box<Plain>),
    /// A sum.
    Add(Box<Plain>, Box<Plain>),
    /// A difference.
    Subtract(Box<Plain>, Box<Plain>),
    /// A product.
    Multiply(Box<Plain>, Box<Plain>),
    /// A quotient that is known to be whole; the divisor is greater than 0.
    Divide(Box<Plain>, i64),
    /// The greatest multiple of a step (greater than 0) that is not greater.
    Floor(Box<Plain>, i64),
    /// The least multiple of a step (greater than 0) that is not less.
    Ceiling(Box<Plain>, i64),
    /// The greatest of several numbers.
    Greatest(Vec<Plain>),
    /// The least of several numbers.
    Least(Vec<Plain>),
    /// The second where the first holds, otherwise the third.
    Choose(Box<Plain>, Box<Plain>, Box<Plain>),
    /// The completed years from one day to another that is not earlier.
    Years(Box<Plain>, Box<Plain>),
    /// The completed months from one day to another that is not earlier.
    Months(Box<Plain>, Box<Plain>),
    /// The year of a day.
    Year(Box<Plain>),
    /// The first day of a day's month.
    MonthStart(Box<Plain>),
}

/// How two values stand to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Order {
    /// `<`
    Less,
    /// `<=`
    AtMost,
    /// `>`
    Greater,
    /// `>=`
    AtLeast,
}

/// What is put in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sort {
    /// Whole numbers.
    Numbers,
    /// Days as texts.
    Days,
}

impl Order {
    /// Whether two values in this relation stand in this order.
    pub fn admits(self, ordering: std::cmp::Ordering) -> bool {
        match self {
            Order::Less => ordering.is_lt(),
            Order::AtMost => ordering.is_le(),
            Order::Greater => ordering.is_gt(),
            Order::AtLeast => ordering.is_ge(),
        }
    }
}

impl Order {
    /// The order that holds exactly where this one does not.
    pub fn opposite(self) -> Order {
        match self {
            Order::Less => Order::AtLeast,
            Order::AtMost => Order::Greater,
            Order::Greater => Order::AtMost,
            Order::AtLeast => Order::Less,
        }
    }
}

/// Makes trees that are already simplified: what is constant is computed, what is said twice is said once.
impl Plain {
    /// A text.
    pub fn text(text: impl Into<String>) -> Plain {
        Plain::Text(text.into())
    }

    /// A variable.
    pub fn variable(name: impl Into<String>) -> Plain {
        Plain::Variable(name.into())
    }

    /// Whether it is a value as written down.
    pub fn is_constant(&self) -> bool {
        matches!(self, Plain::Null | Plain::Truth(_) | Plain::Integer(_) | Plain::Text(_))
    }

    /// Whether it is there.
    pub fn known(value: Plain) -> Plain {
        match value {
            Plain::Null => Plain::Truth(false),
            value if value.is_constant() => Plain::Truth(true),
            value => Plain::IsKnown(Box::new(value)),
        }
    }

    /// The opposite.
    pub fn negated(condition: Plain) -> Plain {
        match condition {
            Plain::Truth(truth) => Plain::Truth(!truth),
            Plain::Not(inner) => *inner,
            Plain::Equal(left, right) => Plain::NotEqual(left, right),
            Plain::NotEqual(left, right) => Plain::Equal(left, right),
            Plain::Order(order, sort, left, right) => Plain::Order(order.opposite(), sort, left, right),
            condition => Plain::Not(Box::new(condition)),
        }
    }

    /// All of these.
    pub fn all(conditions: impl IntoIterator<Item = Plain>) -> Plain {
        Plain::joined(conditions, true)
    }

    /// At least one of these. What all of them begin with stands before them once.
    pub fn any(conditions: impl IntoIterator<Item = Plain>) -> Plain {
        let joined = Plain::joined(conditions, false);
        let Plain::Any(mut alternatives) = joined else { return joined };
        let mut shared = Vec::new();
        while let Some(first) = alternatives.first().and_then(Plain::first_of_all).cloned() {
            if !alternatives.iter().all(|alternative| alternative.first_of_all() == Some(&first)) {
                break;
            }
            for alternative in &mut alternatives {
                if let Plain::All(conditions) = alternative {
                    conditions.remove(0);
                    *alternative = Plain::all(std::mem::take(conditions));
                }
            }
            shared.push(first);
        }
        if shared.is_empty() {
            return Plain::Any(alternatives);
        }
        shared.push(Plain::any(alternatives));
        Plain::all(shared)
    }

    fn first_of_all(&self) -> Option<&Plain> {
        if let Plain::All(conditions) = self { conditions.first() } else { None }
    }

    fn joined(conditions: impl IntoIterator<Item = Plain>, all: bool) -> Plain {
        let mut flat: Vec<Plain> = Vec::new();
        for condition in conditions {
            match condition {
                Plain::Truth(truth) if truth == all => {}
                Plain::Truth(truth) => return Plain::Truth(truth),
                Plain::All(inner) if all => inner.into_iter().for_each(|condition| add_once(&mut flat, condition)),
                Plain::Any(inner) if !all => inner.into_iter().for_each(|condition| add_once(&mut flat, condition)),
                condition => add_once(&mut flat, condition),
            }
        }
        if all {
            drop_guards(&mut flat);
        }
        if let Some(decided) = Plain::absorbed(&mut flat, all) {
            return decided;
        }
        if flat.len() > 1 {
            return if all { Plain::All(flat) } else { Plain::Any(flat) };
        }
        flat.pop().unwrap_or(Plain::Truth(all))
    }

    /// Leaves out what an earlier part already says: of `a or (not a and b)` remains `a or b`, of `a or (a and b)` remains `a`.
    fn absorbed(flat: &mut Vec<Plain>, all: bool) -> Option<Plain> {
        let mut at = 1;
        while at < flat.len() {
            let (before, rest) = flat.split_at_mut(at);
            let Some(part) = rest.first_mut() else { break };
            if before.iter().any(|earlier| earlier.is_opposite(part)) {
                return Some(Plain::Truth(!all));
            }
            let mut implied = before.contains(part);
            let mut smaller = None;
            if let (Plain::All(inner), false) | (Plain::Any(inner), true) = (&mut *part, all) {
                implied |= inner.iter().any(|condition| before.contains(condition));
                let count = inner.len();
                inner.retain(|condition| !before.iter().any(|earlier| earlier.is_opposite(condition)));
                if inner.len() < count {
                    smaller = Some(Plain::joined(std::mem::take(inner), !all));
                }
            }
            match smaller {
                _ if implied => {
                    flat.remove(at);
                }
                // What is left may be absorbed in turn.
                Some(Plain::Truth(truth)) if truth == all => {
                    flat.remove(at);
                }
                Some(Plain::Truth(truth)) => return Some(Plain::Truth(truth)),
                Some(smaller) => *part = smaller,
                None => at += 1,
            }
        }
        None
    }

    /// Whether one condition holds exactly where the other does not, seen without computing.
    fn is_opposite(&self, other: &Plain) -> bool {
        match (self, other) {
            (Plain::Not(inner), other) | (other, Plain::Not(inner)) => **inner == *other,
            (Plain::Equal(left, right), Plain::NotEqual(first, second))
            | (Plain::NotEqual(left, right), Plain::Equal(first, second)) => left == first && right == second,
            (Plain::Order(order, sort, left, right), Plain::Order(other, kind, first, second)) => {
                order.opposite() == *other && sort == kind && left == first && right == second
            }
            _ => false,
        }
    }

    /// Both are the same. A choice among constants is asked for its conditions instead.
    pub fn equal(left: Plain, right: Plain) -> Plain {
        match (left, right) {
            (Plain::Null, Plain::Null) => Plain::Truth(false),
            (left, right) if left.is_constant() && right.is_constant() => Plain::Truth(left == right),
            (left, right) if left.is_constant() => Plain::equal(right, left),
            (Plain::Choose(condition, then, otherwise), right)
                if right.is_constant() && (then.is_constant() || otherwise.is_constant()) =>
            {
                Plain::choose(*condition, Plain::equal(*then, right.clone()), Plain::equal(*otherwise, right))
            }
            (left, right) => Plain::Equal(Box::new(left), Box::new(right)),
        }
    }

    /// The two stand in this order. Both must be known.
    pub fn order(order: Order, sort: Sort, left: Plain, right: Plain) -> Plain {
        match (&left, &right) {
            (Plain::Integer(left), Plain::Integer(right)) => Plain::Truth(order.admits(left.cmp(right))),
            (Plain::Text(left), Plain::Text(right)) => Plain::Truth(order.admits(left.cmp(right))),
            _ => Plain::Order(order, sort, Box::new(left), Box::new(right)),
        }
    }

    /// One or the other. Among truth values it is a condition itself.
    pub fn choose(condition: Plain, then: Plain, otherwise: Plain) -> Plain {
        match (condition, then, otherwise) {
            (Plain::Truth(true), then, _) => then,
            (Plain::Truth(false), _, otherwise) => otherwise,
            (_, then, otherwise) if then == otherwise => then,
            (condition, Plain::Truth(true), otherwise) if otherwise.is_condition() => Plain::any([condition, otherwise]),
            (condition, Plain::Truth(false), otherwise) if otherwise.is_condition() => {
                Plain::all([Plain::negated(condition), otherwise])
            }
            (condition, then, Plain::Truth(false)) if then.is_condition() => Plain::all([condition, then]),
            (condition, then, otherwise) => Plain::Choose(Box::new(condition), Box::new(then), Box::new(otherwise)),
        }
    }

    /// Whether it is `ja` or `nein` and nothing else.
    pub fn is_condition(&self) -> bool {
        match self {
            Plain::Truth(_)
            | Plain::IsKnown(_)
            | Plain::Not(_)
            | Plain::All(_)
            | Plain::Any(_)
            | Plain::Equal(..)
            | Plain::NotEqual(..)
            | Plain::Order(..) => true,
            Plain::Choose(_, then, otherwise) => then.is_condition() && otherwise.is_condition(),
            _ => false,
        }
    }

    /// The operands in the order they are written.
    pub fn children(&self) -> Vec<&Plain> {
        match self {
            Plain::Null | Plain::Truth(_) | Plain::Integer(_) | Plain::Text(_) | Plain::Variable(_) => Vec::new(),
            Plain::IsKnown(inner)
            | Plain::Not(inner)
            | Plain::Divide(inner, _)
            | Plain::Floor(inner, _)
            | Plain::Ceiling(inner, _)
            | Plain::Year(inner)
            | Plain::MonthStart(inner) => vec![inner],
            Plain::Equal(left, right)
            | Plain::NotEqual(left, right)
            | Plain::Order(_, _, left, right)
            | Plain::Add(left, right)
            | Plain::Subtract(left, right)
            | Plain::Multiply(left, right)
            | Plain::Years(left, right)
            | Plain::Months(left, right) => vec![left, right],
            Plain::Choose(condition, then, otherwise) => vec![condition, then, otherwise],
            Plain::All(items) | Plain::Any(items) | Plain::Greatest(items) | Plain::Least(items) => items.iter().collect(),
        }
    }

    /// The variables it rests on, each once, in order of appearance.
    pub fn variables<'a>(&'a self, found: &mut Vec<&'a str>) {
        if let Plain::Variable(name) = self
            && !found.contains(&name.as_str())
        {
            found.push(name);
        }
        for child in self.children() {
            child.variables(found);
        }
    }

    /// About how long it is when printed: operands that a dialect writes more than once count so often.
    pub fn weight(&self) -> usize {
        let times = match self {
            Plain::Floor(..) | Plain::Ceiling(..) => 2,
            Plain::Years(..) => 3,
            Plain::Months(..) => 4,
            Plain::Greatest(items) | Plain::Least(items) => {
                1_usize.checked_shl(u32::try_from(items.len()).unwrap_or(64)).unwrap_or(usize::MAX)
            }
            _ => 1,
        };
        let below = self.children().into_iter().fold(0_usize, |sum, child| sum.saturating_add(child.weight()));
        below.saturating_mul(times).saturating_add(1)
    }
}

/// What equals a constant is known: a guard right before such a comparison says nothing more.
fn drop_guards(conditions: &mut Vec<Plain>) {
    let mut at = 0;
    while let (Some(guard), Some(next)) = (conditions.get(at), conditions.get(at + 1)) {
        let says_more = match (guard, next) {
            (Plain::IsKnown(guarded), Plain::Equal(left, right)) => !(right.is_constant() && guarded == left),
            _ => true,
        };
        if says_more {
            at += 1;
        } else {
            conditions.remove(at);
            at = at.saturating_sub(1);
        }
    }
}

fn add_once(conditions: &mut Vec<Plain>, condition: Plain) {
    if !conditions.contains(&condition) {
        conditions.push(condition);
    }
}
