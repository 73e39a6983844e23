//! The answers of an application, and what is known besides, by origin.

use std::collections::BTreeMap;

use crate::model::DatumId;
pub use crate::model::case::Origin;

use super::value::Value;

/// What is known of an application.
#[derive(Debug, Clone, Default)]
pub struct Answers {
    values: BTreeMap<(DatumId, u32, Origin), Value>,
}

impl Answers {
    /// Gives a datum its value, as stated.
    pub fn give(&mut self, datum: DatumId, value: Value) {
        self.give_at(datum, 0, Origin::Stated, value);
    }

    /// Gives a value of some origin for one of several, counted from 1; 0 for the only one.
    pub fn give_at(&mut self, datum: DatumId, index: u32, origin: Origin, value: Value) {
        self.values.insert((datum, index, origin), value);
    }

    /// The value that counts, whether or not the datum exists in this situation; one established only if it already is.
    pub fn get(&self, datum: DatumId, index: u32, established: bool) -> Option<&Value> {
        self.latest(datum, index, established).map(|(_, value)| value)
    }

    /// Where the value that counts comes from.
    pub fn origin(&self, datum: DatumId, index: u32, established: bool) -> Option<Origin> {
        self.latest(datum, index, established).map(|(origin, _)| origin)
    }

    /// The value of one origin.
    pub fn get_as(&self, datum: DatumId, index: u32, origin: Origin) -> Option<&Value> {
        self.values.get(&(datum, index, origin))
    }

    fn latest(&self, datum: DatumId, index: u32, established: bool) -> Option<(Origin, &Value)> {
        let last = if established { Origin::Established } else { Origin::Proved };
        let all = self.values.range((datum, index, Origin::Stated)..=(datum, index, last));
        all.rev().find(|(_, value)| !value.is_missing()).map(|((.., origin), value)| (*origin, value))
    }

    /// The highest index given for a datum; 0 if only one or none was given.
    pub(super) fn highest(&self, datum: DatumId) -> u32 {
        let mut all = self.values.range((datum, 0, Origin::Stated)..=(datum, u32::MAX, Origin::Established));
        all.next_back().map_or(0, |((_, index, _), _)| *index)
    }
}
