//! What nobody has verified yet (`ungeprüft "…"`): part of the definition, shown by outputs, without influence on what they do.
//!
//! The reason is a note for those who complete the definition; like the reason of a `dulde` it has one language.

use crate::both;
use crate::diagnostic::Bilingual;
use crate::source::{Span, Text};

pub use crate::syntax::ast::Part;

/// One mark.
#[derive(Debug, Clone, PartialEq)]
pub struct Unverified {
    /// What is marked, as definitions speak of it: `Melderegister`, `regel höhe`, the place of a connection.
    pub of: Text,
    /// Which part of it.
    pub part: Part,
    /// Why it counts as not verified.
    pub reason: Text,
    /// Where the marked part stands.
    pub marked: Span,
    /// Where the mark stands.
    pub span: Span,
}

/// The marks on a fact and its parts, by its place: that of a register gives all of its marks, that of a search only its own.
pub fn marks_within(marks: &[Unverified], place: Span) -> impl Iterator<Item = &Unverified> {
    marks
        .iter()
        .filter(move |mark| place.file == mark.marked.file && place.start <= mark.marked.start && mark.marked.end <= place.end)
}

/// What a part is, in words; empty for the whole.
pub fn part_in_words(part: Part) -> Bilingual {
    match part {
        Part::Whole => both!("", ""),
        Part::Holds => both!("Inhalt", "content"),
        Part::Keeper => both!("Stelle", "authority"),
        Part::Idnr => both!("Identifikationsnummer", "identification number"),
        Part::Search => both!("Suchdaten", "search data"),
        Part::Standard => both!("Austauschstandard", "exchange standard"),
        Part::Delivers => both!("Angaben des Kontos", "data of the account"),
        Part::Proves => both!("Beweis", "proof"),
        Part::From => both!("Herkunft", "source"),
        Part::Oots => both!("Kennung der EU", "identifier of the EU"),
        Part::Connection => both!("Anschluss", "connection"),
        Part::Values => both!("Werte", "values"),
        Part::Holiday => both!("Feiertag", "holiday"),
        Part::Remedy => both!("Rechtsbehelf", "remedy"),
    }
}
