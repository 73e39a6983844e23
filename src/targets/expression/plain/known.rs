//! Values that may be missing, in plain terms: when they are known, and what they are then.

use crate::both;
use crate::model::{ChoiceId, Library, Type};

use super::lowering::Refused;
use super::numbers::{Number, alike, common_scale, greatest_divisor};
use super::{Order, Plain, Sort};

/// A condition: when it is surely true, when it is surely false. In between it is not known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pair {
    /// Surely true.
    pub yes: Plain,
    /// Surely false.
    pub no: Plain,
}

/// A value other than a truth value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// When it is known.
    pub known: Plain,
    /// What it is, where it is known.
    pub content: Content,
    /// Whether it is null wherever it is not known.
    pub nullable: bool,
}

/// What kind of value it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// A number.
    Number(Number),
    /// A day, an option or a text; both are compared as texts.
    Text(Plain, Kind),
}

/// What a text stands for. Different kinds are never compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Words.
    Words,
    /// A day.
    Day,
    /// An option, of this choice.
    Option(ChoiceId),
}

/// An expression in plain terms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lowered {
    /// A condition.
    Truth(Pair),
    /// Another value.
    Value(Known),
}

impl Pair {
    /// What is never missing.
    pub fn certain(condition: Plain) -> Pair {
        Pair { no: Plain::negated(condition.clone()), yes: condition }
    }

    pub(super) fn negated(self) -> Pair {
        Pair { yes: self.no, no: self.yes }
    }

    pub(super) fn and(self, other: Pair) -> Pair {
        Pair { yes: Plain::all([self.yes, other.yes]), no: Plain::any([self.no, other.no]) }
    }
}

impl Lowered {
    pub(super) fn number(known: Plain, number: Number) -> Lowered {
        Lowered::Value(Known { known, content: Content::Number(number), nullable: false })
    }

    /// A day that the process always knows.
    pub(super) fn day(variable: Plain) -> Lowered {
        Lowered::Value(Known { known: Plain::Truth(true), content: Content::Text(variable, Kind::Day), nullable: true })
    }

    /// When it is known.
    pub fn known(&self) -> Plain {
        match self {
            Lowered::Truth(pair) => match &pair.yes {
                // `x = ja` or `x = nein`: x is known.
                Plain::Equal(left, right) if matches!(**right, Plain::Truth(_)) => Plain::known((**left).clone()),
                yes if Plain::negated(yes.clone()) == pair.no => Plain::Truth(true),
                yes => Plain::any([yes.clone(), pair.no.clone()]),
            },
            Lowered::Value(value) => value.known.clone(),
        }
    }

    /// As one value, null where it is missing; numbers as whole units.
    pub fn into_value(self, unit: Option<i64>) -> Result<Plain, Refused> {
        match self {
            Lowered::Truth(pair) => {
                if let Plain::Equal(left, right) = &pair.yes
                    && **right == Plain::Truth(true)
                    && matches!(**left, Plain::Variable(_))
                {
                    return Ok((**left).clone());
                }
                let otherwise = Plain::choose(pair.no, Plain::Truth(false), Plain::Null);
                Ok(Plain::choose(pair.yes, Plain::Truth(true), otherwise))
            }
            Lowered::Value(value) => {
                let plain = match value.content {
                    Content::Number(number) => unit.and_then(|unit| number.in_units(unit)).ok_or_else(too_fine)?,
                    Content::Text(text, _) => text,
                };
                Ok(if value.nullable { plain } else { Plain::choose(value.known, plain, Plain::Null) })
            }
        }
    }

    /// As one value, null where it is missing. A number is counted in units of its type, or in finer ones where only those are
    /// certainly whole; then with how many of them make one.
    pub fn held(self, unit: Option<i64>) -> Result<(Plain, Option<i64>), Refused> {
        let scale = match &self {
            Lowered::Value(Known { content: Content::Number(number), .. }) => {
                let unit = unit.unwrap_or(1);
                if number.clone().in_units(unit).is_some() { Some(unit) } else { Some(common_scale(unit, number.scale)?) }
            }
            _ => None,
        };
        self.into_value(scale).map(|value| (value, scale))
    }

    pub(super) fn weight(&self) -> usize {
        match self {
            Lowered::Truth(pair) => pair.yes.weight().saturating_add(pair.no.weight()),
            Lowered::Value(value) => {
                let content = match &value.content {
                    Content::Number(number) => number.whole.weight(),
                    Content::Text(text, _) => text.weight(),
                };
                value.known.weight().saturating_add(content)
            }
        }
    }
}

/// How many of the process's whole units make one of a type: 100 cents a euro.
pub fn unit(library: &Library, typ: &Type) -> Option<i64> {
    match typ.base(library) {
        Type::Integer => Some(1),
        Type::Amount => Some(100),
        _ => None,
    }
}

/// Whether two values are the same.
pub(super) fn same(left: Lowered, right: Lowered) -> Result<Pair, Refused> {
    let (left, right) = match (left, right) {
        (Lowered::Truth(left), Lowered::Truth(right)) => {
            let yes =
                Plain::any([Plain::all([left.yes.clone(), right.yes.clone()]), Plain::all([left.no.clone(), right.no.clone()])]);
            let no = Plain::any([Plain::all([left.yes, right.no]), Plain::all([left.no, right.yes])]);
            return Ok(Pair { yes, no });
        }
        (Lowered::Value(left), Lowered::Value(right)) => (left, right),
        _ => return Err(no_form()),
    };
    let guards = Plain::all([left.known, right.known]);
    let (first, second) = match (left.content, right.content) {
        (Content::Number(first), Content::Number(second)) => {
            let (first, second) = alike(first, second)?;
            (first.whole, second.whole)
        }
        (Content::Text(first, kind), Content::Text(second, other)) if kind == other => (first, second),
        (Content::Text(_, Kind::Option(_)), Content::Text(_, Kind::Option(_))) => {
            return Ok(Pair { yes: Plain::Truth(false), no: guards });
        }
        _ => return Err(no_form()),
    };
    // What is missing equals no constant, so only the opposite needs the guard.
    let is_plain = |side: &Plain| !matches!(side, Plain::Multiply(..));
    let needs_none = (left.nullable && second.is_constant() && is_plain(&first))
        || (right.nullable && first.is_constant() && is_plain(&second));
    let equal = Plain::equal(first, second);
    let no = Plain::all([guards.clone(), Plain::negated(equal.clone())]);
    Ok(Pair { yes: if needs_none { equal } else { Plain::all([guards, equal]) }, no })
}

/// Whether two values stand in an order.
pub(super) fn ordered(order: Order, left: Known, right: Known) -> Result<Pair, Refused> {
    let guards = Plain::all([left.known, right.known]);
    let compared = match (left.content, right.content) {
        (Content::Number(first), Content::Number(second)) => {
            let (first, second) = alike(first, second)?;
            Plain::order(order, Sort::Numbers, first.whole, second.whole)
        }
        (Content::Text(first, Kind::Day), Content::Text(second, Kind::Day)) => Plain::order(order, Sort::Days, first, second),
        _ => return Err(no_form()),
    };
    let opposite = Plain::negated(compared.clone());
    Ok(Pair { yes: Plain::all([guards.clone(), compared]), no: Plain::all([guards, opposite]) })
}

/// One of two, by a condition.
pub(super) fn choice(condition: Pair, then: Lowered, otherwise: Lowered) -> Result<Lowered, Refused> {
    match (then, otherwise) {
        (Lowered::Truth(then), Lowered::Truth(otherwise)) => {
            let side = |then: Plain, otherwise: Plain| {
                Plain::any([Plain::all([condition.yes.clone(), then]), Plain::all([condition.no.clone(), otherwise])])
            };
            Ok(Lowered::Truth(Pair { yes: side(then.yes, otherwise.yes), no: side(then.no, otherwise.no) }))
        }
        (Lowered::Value(then), Lowered::Value(otherwise)) => {
            let known = if then.known == otherwise.known && Plain::negated(condition.yes.clone()) == condition.no {
                then.known
            } else {
                Plain::any([Plain::all([condition.yes.clone(), then.known]), Plain::all([condition.no, otherwise.known])])
            };
            let content = match (then.content, otherwise.content) {
                (Content::Number(then), Content::Number(otherwise)) => {
                    let (then, otherwise) = alike(then, otherwise)?;
                    let multiple = greatest_divisor(then.multiple, otherwise.multiple);
                    let whole = Plain::choose(condition.yes, then.whole, otherwise.whole);
                    Content::Number(Number { whole, scale: then.scale, multiple })
                }
                (Content::Text(then, kind), Content::Text(otherwise, other)) if kind == other => {
                    Content::Text(Plain::choose(condition.yes, then, otherwise), kind)
                }
                _ => return Err(no_form()),
            };
            Ok(Lowered::Value(Known { known, content, nullable: false }))
        }
        _ => Err(no_form()),
    }
}

pub(super) fn too_long() -> Refused {
    both!(
        "Der Ausdruck wird ausgeschrieben zu lang, als dass ihn jemand prüfen könnte. Teilen Sie ihn auf.",
        "Written out, the expression gets too long for anybody to check. Divide it."
    )
}

/// Why a fraction is refused.
pub fn too_fine() -> Refused {
    both!(
        "Das Ergebnis kann Bruchteile von Cent oder von Ganzen haben; im Verfahren stehen nur ganze. Runden Sie es.",
        "The result may have fractions of a cent or of a whole; the procedure holds whole ones only. Round it."
    )
}

pub(super) fn lists() -> Refused {
    both!(
        "Angaben, die sich wiederholen, kann das Werkzeug nicht auswerten; das entscheidet ein Mensch.",
        "The engine can't evaluate data that repeat; a person decides this."
    )
}

pub(super) fn durations() -> Refused {
    both!(
        "Mit Tagen und Dauern rechnet das Werkzeug nicht nach den gesetzlichen Regeln; das entscheidet ein Mensch.",
        "The engine does not compute with days and durations by the rules of the law; a person decides this."
    )
}

pub(super) fn no_form() -> Refused {
    both!(
        "Dafür haben die Werkzeuge keine genaue Entsprechung; das entscheidet ein Mensch.",
        "The engines have no exact counterpart of this; a person decides this."
    )
}
