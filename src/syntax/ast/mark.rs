//! Marks of what nobody has verified yet: `standard XSozial ungeprüft "…"`.

use super::{Name, Template};
use crate::source::Span;

/// `ungeprüft "…"` behind a fact: what stands there is not verified, with the reason.
#[derive(Debug, Clone, PartialEq)]
pub struct Unverified {
    /// The reason.
    pub reason: Template,
    /// Where the mark stands.
    pub span: Span,
}

/// A fact of a declaration that is marked.
#[derive(Debug, Clone, PartialEq)]
pub struct MarkedPart {
    /// Which part of the declaration.
    pub part: Part,
    /// The name with which the part begins, where it is one of several: the register of a connection.
    pub name: Option<Name>,
    /// Where the part stands.
    pub span: Span,
    /// The mark.
    pub mark: Unverified,
}

/// The parts of a declaration that can be marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// All that its first line says: the thing itself and its norm.
    Whole,
    /// `führt`
    Holds,
    /// `stelle`
    Keeper,
    /// `idnr`
    Idnr,
    /// `suche`
    Search,
    /// `standard`
    Standard,
    /// `liefert`
    Delivers,
    /// `belegt`
    Proves,
    /// `aus`
    From,
    /// `oots`
    Oots,
    /// One line of a connection.
    Connection,
    /// The values of a parameter from one day on.
    Values,
    /// One holiday.
    Holiday,
    /// What one can do against the decisions of a Land.
    Remedy,
}
