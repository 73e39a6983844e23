//! The things that procedures speak of: persons and other groups of data, choices, parameters, Länder, authorities.

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::source::{Span, Text};

use super::data_type::Type;
use super::expression::{Expression, Literal};
use super::ids::ChoiceId;
use super::norm::{Level, Norm};
use super::overlay::Opening;
use super::procedure::Remedy;
use super::text::Label;

/// A closed list of options (`auswahl`).
#[derive(Debug, Clone, PartialEq)]
pub struct Choice {
    /// Its name.
    pub name: Text,
    /// Its text for people.
    pub label: Label,
    /// The options in order.
    pub options: Vec<ChoiceOption>,
    /// Where it is declared.
    pub span: Span,
}

/// One option of a [`Choice`].
#[derive(Debug, Clone, PartialEq)]
pub struct ChoiceOption {
    /// Its name in definitions.
    pub name: Text,
    /// Its text for people.
    pub label: Label,
    /// Its code in an official list, if any.
    pub code: Option<Text>,
    /// Where it is declared.
    pub span: Span,
}

/// A constrained simple type (`typ Postleitzahl: Text format /[0-9]{5}/`).
#[derive(Debug, Clone, PartialEq)]
pub struct ScalarType {
    /// Its name.
    pub name: Text,
    /// What it constrains.
    pub base: Type,
    /// How.
    pub constraints: Constraints,
    /// Where it is declared.
    pub span: Span,
}

/// What a value must satisfy beyond its type.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Constraints {
    /// A regular expression (the portable subset) that the whole text matches.
    pub pattern: Option<Text>,
    /// Fewest and most characters.
    pub length: Option<(u32, u32)>,
    /// The least value allowed.
    pub minimum: Option<Literal>,
    /// The greatest value allowed.
    pub maximum: Option<Literal>,
    /// Whether the maximum itself is excluded (`bis unter`).
    pub below_maximum: bool,
    /// The check digit procedure (`iban`).
    pub check_digit: Option<Text>,
    /// The FIM id of the field or group (`F60000000246`), with version if given.
    pub fim: Option<Text>,
}

/// A compound type (`gruppe`), among them kinds of persons.
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    /// Its name.
    pub name: Text,
    /// Its text for people.
    pub label: Label,
    /// Its fields in order.
    pub attributes: Vec<Attribute>,
    /// Its FIM id.
    pub fim: Option<Text>,
    /// Its norm.
    pub norms: Vec<Norm>,
    /// Where it is declared.
    pub span: Span,
}

impl Group {
    /// The attribute of this name, with its index.
    pub fn attribute(&self, name: &str) -> Option<(usize, &Attribute)> {
        self.attributes.iter().enumerate().find(|(_, attribute)| attribute.name.as_ref() == name)
    }
}

/// One field of a [`Group`].
#[derive(Debug, Clone, PartialEq)]
pub struct Attribute {
    /// Its name.
    pub name: Text,
    /// Its text for people.
    pub label: Label,
    /// A hint for people.
    pub hint: Option<Label>,
    /// An example for people.
    pub example: Option<Text>,
    /// Its type; `List` where it repeats.
    pub typ: Type,
    /// Constraints beyond the type's own.
    pub constraints: Constraints,
    /// Whether it may be left out.
    pub optional: bool,
    /// Where it is declared.
    pub span: Span,
}

/// A dated parameter: never a constant.
#[derive(Debug, Clone, PartialEq)]
pub struct Parameter {
    /// Its name.
    pub name: Text,
    /// The choice by which it differs (`je Altersstufe`).
    pub by: Option<ChoiceId>,
    /// The type of its values.
    pub typ: Type,
    /// The norm that sets it.
    pub norms: Vec<Norm>,
    /// Whether it is left to Länder (`offen nach …`, `geschlossen nach …`).
    pub opening: Option<Opening>,
    /// Its values by first day, ascending.
    pub periods: Vec<ParameterPeriod>,
    /// The day up to which somebody has checked it.
    pub checked_until: Option<(Date, Span)>,
    /// Where it is declared.
    pub span: Span,
}

/// The values of a [`Parameter`] from one day on.
#[derive(Debug, Clone, PartialEq)]
pub struct ParameterPeriod {
    /// The first day.
    pub from: Date,
    /// One value, or one an option in the order of the choice (`None`: missing, reported).
    pub values: Vec<Option<Literal>>,
    /// Where it stands.
    pub span: Span,
}

/// A Land.
#[derive(Debug, Clone, PartialEq)]
pub struct Land {
    /// Two letters: `TH` (the end of ISO 3166-2:DE).
    pub key: Text,
    /// The official name: `Freistaat Thüringen`.
    pub name: Text,
    /// The short name by which definitions call it: `Thüringen`.
    pub short: Text,
    /// The first two digits of the ARS: `16`.
    pub ars: Text,
    /// The capital.
    pub capital: Option<Text>,
    /// Its holidays besides those of all Länder.
    pub holidays: Vec<Holiday>,
    /// What one can do against its decisions, where that is not as in all Länder.
    pub remedy: Option<Remedy>,
    /// Where it is declared.
    pub span: Span,
}

/// A public holiday.
#[derive(Debug, Clone, PartialEq)]
pub struct Holiday {
    /// When.
    pub day: HolidayRule,
    /// Its name.
    pub name: Text,
    /// A limit in place (`nur in …`) that the calendar can't decide; such days don't move deadlines.
    pub only_partly: bool,
}

/// When a holiday falls.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HolidayRule {
    /// The same date each year.
    Fixed {
        /// 1 to 12.
        month: i8,
        /// 1 to 31.
        day: i8,
    },
    /// So many days after Easter Sunday.
    AfterEaster(i16),
    /// Buß- und Bettag: the Wednesday before 23 November.
    RepentanceDay,
}

/// An authority (`stelle`).
#[derive(Debug, Clone, PartialEq)]
pub struct Authority {
    /// Its name.
    pub name: Text,
    /// Its text for people.
    pub label: Label,
    /// Where it stands in the state.
    pub level: Level,
    /// Where it is declared.
    pub span: Span,
}

/// A fee or amount that follows from a table or formula.
#[derive(Debug, Clone, PartialEq)]
pub struct Fee {
    /// Its name.
    pub name: Text,
    /// The formula, if it is one.
    pub formula: Option<Expression>,
    /// The least and greatest amount.
    pub bounds: (Option<Decimal>, Option<Decimal>),
    /// The norm that sets it.
    pub norms: Vec<Norm>,
    /// Where it is declared.
    pub span: Span,
}
