//! Registers, evidence, accounts and connections: what is known somewhere already.

use jiff::civil::Date;

use crate::source::{Span, Text};

use super::ids::{AuthorityId, EvidenceId, GroupId, RegisterId};
use super::norm::{Level, Norm};
use super::text::Label;

/// The attribute by which the identification number under § 139b AO is known in searches.
pub const IDNR: &str = "idnr";
/// The network over which the identification number may travel between areas of administration (§ 7 Abs. 2 IDNrG).
pub const NOOTS: &str = "NOOTS";

/// A register and what it holds.
#[derive(Debug, Clone, PartialEq)]
pub struct Register {
    /// Its name.
    pub name: Text,
    /// Its text for people.
    pub label: Label,
    /// The norm that founds it.
    pub norms: Vec<Norm>,
    /// What it holds: of which group which attributes.
    pub holds: Vec<(GroupId, Vec<Text>)>,
    /// Who keeps it, and at which level.
    pub keeper: Option<(AuthorityId, Level)>,
    /// The attribute of place that says which of several offices keeps somebody's entry (`örtlich`).
    pub located: Option<Text>,
    /// The entry of the IDNrG annex that allows to search by IDNr.
    pub idnr: Option<Norm>,
    /// Of which group it gives out the identification number to authorities (`identifiziert`), and by which norm.
    pub identifies: Option<(GroupId, Vec<Norm>)>,
    /// The sets of attributes, or of parts of attributes (`anschrift.plz`), that suffice for a search.
    pub searches: Vec<(Vec<Text>, Vec<Norm>)>,
    /// The exchange standard, and by which norm.
    pub standard: Option<(Text, Vec<Norm>)>,
    /// Where it is declared.
    pub span: Span,
}

/// The attribute that a path of a search begins with: `anschrift` of `anschrift.plz`.
pub fn whole_attribute(path: &str) -> &str {
    path.split_once('.').map_or(path, |(attribute, _)| attribute)
}

/// A kind of evidence and what it proves.
#[derive(Debug, Clone, PartialEq)]
pub struct EvidenceType {
    /// Its name.
    pub name: Text,
    /// Its text for people.
    pub label: Label,
    /// What it speaks about.
    pub about: Option<GroupId>,
    /// Its norm.
    pub norms: Vec<Norm>,
    /// The attributes it proves.
    pub proves: Vec<Text>,
    /// The registers that deliver it.
    pub registers: Vec<RegisterId>,
    /// By which norm nobody may hand it in (`nur abruf`), and where that stands.
    pub only_retrieval: Option<(Vec<Norm>, Span)>,
    /// A hint for people: where one gets it.
    pub hint: Option<Label>,
    /// The requirements of the EU OOTS that it meets, by their id.
    pub oots: Vec<Text>,
    /// Where it is declared.
    pub span: Span,
}

/// How sure one must be who somebody is (eIDAS levels).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Trust {
    /// niedrig.
    Low,
    /// substanziell.
    Substantial,
    /// hoch.
    High,
}

/// A user account and what it delivers of the person logged in.
#[derive(Debug, Clone, PartialEq)]
pub struct Account {
    /// Its name.
    pub name: Text,
    /// Its text for people.
    pub label: Label,
    /// What it delivers: of which group which attributes, from which level on.
    pub delivers: Vec<(GroupId, Vec<Text>, Trust)>,
    /// Its norm.
    pub norms: Vec<Norm>,
    /// From when it exists, where that is known and not long past.
    pub from: Option<Date>,
    /// Where it is declared.
    pub span: Span,
}

/// One line of an `anschluss`.
#[derive(Debug, Clone, PartialEq)]
pub struct Connection {
    /// The place as written: a Land, a municipality, `Bund`.
    pub place: Text,
    /// Which register answers.
    pub register: RegisterId,
    /// Over what (`NOOTS`).
    pub via: Text,
    /// Whether it answers at once.
    pub immediate: bool,
    /// From when.
    pub from: Date,
    /// What allows the retrieval, where neither § 5 EGovG nor § 67f SGB X does.
    pub norms: Vec<Norm>,
    /// Where it is stated.
    pub span: Span,
}

/// One evidence a procedure needs: an OR of ANDs of kinds.
#[derive(Debug, Clone, PartialEq)]
pub struct Alternatives {
    /// The ways to satisfy it; each is a list of kinds needed together.
    pub ways: Vec<Vec<EvidenceId>>,
}
