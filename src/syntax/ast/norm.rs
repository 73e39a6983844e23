//! Norms as cited: `§ 1 Abs. 1 Nr. 1, Abs. 1a UhVorschG`, `Art. 12 Abs. 1 Nr. 4 BY.AGVwGO`, `§§ 187 bis 193 BGB`.

use super::Name;
use crate::source::{Span, Text};

/// One or more citations after `nach`, in order.
#[derive(Debug, Clone, PartialEq)]
pub struct Citation {
    /// At least one, one a law.
    pub norms: Vec<Norm>,
    /// Without the `nach`.
    pub span: Span,
}

/// All provisions of one law cited together, up to and with the law's name.
#[derive(Debug, Clone, PartialEq)]
pub struct Norm {
    /// As written, white space normalised, with the law's name: `§ 68 Abs. 1 Satz 2, § 70 VwGO`.
    pub text: Text,
    /// How it is joined to the norm before it.
    pub joiner: Joiner,
    /// The provisions; empty where a whole law is cited.
    pub provisions: Vec<Provision>,
    /// The law.
    pub law: Law,
    /// Where it stands.
    pub span: Span,
}

/// The law of a [`Norm`]: `UhVorschG`, `SGB I`, `BY.AGVwGO`, `VO (EU) 2018/1724`.
#[derive(Debug, Clone, PartialEq)]
pub struct Law {
    /// The Land before the dot, if any: `BY`.
    pub land: Option<Name>,
    /// The law's short name, one space between its words.
    pub name: Name,
}

/// How a [`Norm`] is joined to the one before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Joiner {
    /// It is the first.
    First,
    /// `,`
    Comma,
    /// `und`
    And,
    /// `i. V. m.`
    InConjunction,
}

/// One provision: its parts from the greatest to the smallest.
#[derive(Debug, Clone, PartialEq)]
pub struct Provision {
    /// `§ 1`, `Abs. 1`, `Nr. 2`; a continuation such as `Abs. 1a` alone has no `§` of its own.
    pub parts: Vec<(Unit, Text)>,
}

/// The unit of a part of a [`Provision`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// `§`, `§§`
    Section,
    /// `Art.`
    Article,
    /// `Anlage`
    Annex,
    /// `Abs.`
    Paragraph,
    /// `Satz`
    Sentence,
    /// `Halbsatz`, `Hs.`
    HalfSentence,
    /// `Nr.`
    Number,
    /// `Buchst.`
    Letter,
    /// Another, such as `Kap.` or `Alt.`
    Other,
}
