//! Counties and municipalities, by the Amtlicher Regionalschlüssel.
//!
//! The key of a municipality has twelve digits: Land 2, Regierungsbezirk 1, county 2, association 4, municipality 3. Its first five
//! are the county, its first nine the association. Without the four of the association it is the Gemeindeschlüssel of eight digits.

use crate::source::{Span, Text};

use super::ids::LandId;

/// A county, association or municipality with law of its own.
#[derive(Debug, Clone, PartialEq)]
pub struct Municipality {
    /// Its key as written.
    pub key: Text,
    /// Its name for people.
    pub name: Text,
    /// The Land it lies in.
    pub land: LandId,
    /// Where it is first named.
    pub span: Span,
}

/// The numbers of digits that a key may have.
pub const LENGTHS: [usize; 4] = [5, 8, 9, 12];

impl Municipality {
    /// Whether both keys stand for the same place.
    pub fn is_at(&self, key: &str) -> bool {
        short(&self.key) == short(key)
    }

    /// Whether it lies in a wider place. The association of a municipality shows only in a key of twelve digits.
    pub fn lies_in(&self, wider: &Municipality) -> bool {
        self.key.len() > wider.key.len() && matches!(wider.key.len(), 5 | 9) && self.key.starts_with(wider.key.as_ref())
    }
}

/// The key of a municipality without its association, so that both ways to write it are the same.
fn short(key: &str) -> String {
    match (key.get(..5), key.get(9..12)) {
        (Some(county), Some(municipality)) if key.len() == 12 => format!("{county}{municipality}"),
        _ => key.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::Municipality;
    use crate::model::LandId;
    use crate::source::Span;

    fn place(key: &str) -> Municipality {
        Municipality { key: key.into(), name: "".into(), land: LandId(0), span: Span::DETACHED }
    }

    #[test]
    fn one_place_has_two_keys_and_lies_in_its_county() {
        assert!(place("160510000000").is_at("16051000") && place("16051000").is_at("160510000000"));
        assert!(!place("16051").is_at("16051000"));
        assert!(place("16051000").lies_in(&place("16051")) && place("160510000000").lies_in(&place("16051")));
        assert!(place("073355013033").lies_in(&place("073355013")) && !place("07335033").lies_in(&place("073355013")));
        assert!(!place("073355013").lies_in(&place("07335033")), "nine digits do not lie in eight");
        assert!(!place("16051").lies_in(&place("16051")));
    }
}
