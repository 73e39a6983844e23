//! The types of data. Money and numbers are exact, dates are calendar dates.

use super::Library;
use super::ids::{ChoiceId, GroupId, ScalarId};

/// What kind of value something has.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Type {
    /// `JaNein`.
    Truth,
    /// `Ganzzahl`.
    Integer,
    /// `Zahl`: an exact decimal.
    Decimal,
    /// `Betrag`: euro and cent.
    Amount,
    /// `Datum`: a calendar date.
    Date,
    /// `Dauer`: calendar years, months, weeks, days.
    Duration,
    /// `Text`.
    Text,
    /// `Datei`: an uploaded document.
    File,
    /// A number with a unit that the language knows (`m²`, `km`, `%`).
    Quantity(crate::source::Text),
    /// An option of a closed list.
    Choice(ChoiceId),
    /// A constrained simple type; [`Type::base`] says of what.
    Scalar(ScalarId),
    /// A compound of fields.
    Group(GroupId),
    /// Several of one type.
    List(Box<Type>),
    /// Not known, because something broken was reported already.
    Unknown,
}

impl Type {
    /// The built-in type below a constrained one.
    pub fn base<'a>(&'a self, library: &'a Library) -> &'a Type {
        let mut current = self;
        // INVARIANT: a scalar's base was declared before it or is Unknown; the bound guards broken input.
        for _ in 0..16 {
            match current {
                Type::Scalar(id) => match library.scalars.get(*id) {
                    Some(scalar) => current = &scalar.base,
                    None => return &Type::Unknown,
                },
                other => return other,
            }
        }
        &Type::Unknown
    }

    /// Whether values of this type have an order.
    pub fn is_ordered(&self) -> bool {
        matches!(
            self,
            Type::Integer | Type::Decimal | Type::Amount | Type::Date | Type::Duration | Type::Quantity(_) | Type::Unknown
        )
    }
}
