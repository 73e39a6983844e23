//! What stands at the top level of a file: library facts, procedures, variants, texts, cases.

use jiff::civil::Date;

use super::expression::{Expression, Reference};
use super::library::{Account, Authority, Choice, Connection, Evidence, Group, Land, Law, Parameter, Place, Register, Scalar};
use super::mark::MarkedPart;
use super::norm::Citation;
use super::procedure::{Procedure, Statement};
use super::workflow::Step;
use super::{Name, Path, Template};
use crate::source::{Span, Text};

/// One declaration.
#[derive(Debug, Clone, PartialEq)]
pub struct Declaration {
    /// What it declares.
    pub kind: DeclarationKind,
    /// Its documentation (`///`).
    pub documentation: Vec<Text>,
    /// What of it is `ungeprüft`; statements (of a procedure, the fields of a group) say it in their clauses.
    pub unverified: Vec<MarkedPart>,
    /// Where it stands.
    pub span: Span,
}

/// The kinds of [`Declaration`].
#[derive(Debug, Clone, PartialEq)]
pub enum DeclarationKind {
    /// `gesetz`
    Law(Law),
    /// `land`
    Land(Land),
    /// `stelle`
    Authority(Authority),
    /// `auswahl`
    Choice(Choice),
    /// `typ`
    Scalar(Scalar),
    /// `gruppe`
    Group(Group),
    /// `konto`
    Account(Account),
    /// `register`
    Register(Register),
    /// `nachweis`
    Evidence(Evidence),
    /// `anschluss`
    Connection(Connection),
    /// `parameter`
    Parameter(Parameter),
    /// `verfahren`, `rahmen`
    Procedure(Box<Procedure>),
    /// A statement of a procedure that stands alone and belongs to the library: `gebühr`.
    Statement(Box<Statement>),
    /// `variante`
    Variant(Variant),
    /// `texte`
    Texts(Texts),
    /// `fall`
    Case(Case),
    /// Broken and reported.
    Error,
}

/// `variante Unterhaltsvorschuss für Bayern { … }`
#[derive(Debug, Clone, PartialEq)]
pub struct Variant {
    /// The procedure.
    pub procedure: Name,
    /// Where.
    pub places: Vec<Place>,
    /// By which norm, for all of it.
    pub norms: Option<Citation>,
    /// What it changes.
    pub operations: Vec<Operation>,
}

/// One change.
#[derive(Debug, Clone, PartialEq)]
pub struct Operation {
    /// How.
    pub verb: Verb,
    /// `in Bewilligung`: within which page, notice or block.
    pub scope: Option<Name>,
    /// What.
    pub payload: Payload,
    /// `hinter x`
    pub behind: Option<Name>,
    /// Where it stands.
    pub span: Span,
}

/// The verb of an [`Operation`]; what an opening clause allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verb {
    /// `setze`
    Set,
    /// `ergänze`
    Add,
    /// `streiche`
    Remove,
}

/// What an [`Operation`] speaks of.
#[derive(Debug, Clone, PartialEq)]
pub enum Payload {
    /// A base statement.
    Statement(Box<Statement>),
    /// A step of the workflow.
    Step(Box<Step>),
    /// A dated parameter with the Land's own values.
    Parameter(Box<Parameter>),
    /// What to strike.
    Target(Target),
}

/// What `streiche` speaks of: `streiche titel nach …`, `streiche benötigt Meldedatensatz von kind nach …`.
#[derive(Debug, Clone, PartialEq)]
pub struct Target {
    /// The kind by its German keyword, if said: `benötigt`.
    pub kind: Option<Name>,
    /// The name, perhaps with dots: `titel`, `kind.anschrift`; empty where only the kind is said.
    pub name: Vec<Name>,
    /// `von kind`
    pub of: Vec<Name>,
    /// By which norm.
    pub norms: Option<Citation>,
}

/// `texte en für Unterhaltsvorschuss { zahlt "…" }`
#[derive(Debug, Clone, PartialEq)]
pub struct Texts {
    /// `en`
    pub language: Name,
    /// Of what: a procedure or another declaration.
    pub of: Name,
    /// The texts.
    pub entries: Vec<TextEntry>,
}

/// One translated text.
#[derive(Debug, Clone, PartialEq)]
pub struct TextEntry {
    /// The address: `zahlt`, `zahlt.hilfe`, `Bewilligung.text.1`, `titel`.
    pub address: Path,
    /// The text.
    pub text: Template,
    /// Where it stands.
    pub span: Span,
}

/// `fall "…" für Thüringen am 2026-03-01 { … }`
#[derive(Debug, Clone, PartialEq)]
pub struct Case {
    /// Its title.
    pub title: Template,
    /// The procedure, where the file has several: `von Unterhaltsvorschuss`.
    pub procedure: Option<Name>,
    /// `für …`
    pub place: Option<Place>,
    /// `am …`
    pub day: Option<Date>,
    /// What it says.
    pub statements: Vec<CaseStatement>,
}

/// A statement of a case.
#[derive(Debug, Clone, PartialEq)]
pub enum CaseStatement {
    /// `gegeben a = 1, b = ja`, `belegt …`, `festgestellt …`
    Given(Known, Vec<(Reference, Expression)>),
    /// `bei eingereicht Geburtsurkunde`, `bei abgerufen …`, `bei nachgereicht …`, `fehlt …`
    With(Handing, Vec<Proof>),
    /// `versäumt Gemeinde, entscheidung`: deadlines that pass unused
    Missed(Vec<Name>),
    /// `verlängert entscheidung`: deadlines that the authority extends
    Extended(Vec<Name>),
    /// `vollständig am 2026-03-10`
    DayOf(Milestone, Date),
    /// `erwarte …`
    Expect(Vec<Expectation>),
    /// Broken and reported.
    Error,
}

/// How a case knows a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Known {
    /// `gegeben`: the applicant states it.
    Stated,
    /// `belegt`: an evidence proves it.
    Proved,
    /// `festgestellt`: a task of the authority establishes it.
    Established,
}

/// A day of a case besides that of the application.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Milestone {
    /// `vollständig`: all documents are there.
    Complete,
    /// `entscheidung`: it is decided, and the notice is sent.
    Decision,
    /// `bekanntgabe`: the notice is made known.
    Notification,
}

/// What happens to an evidence in a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Handing {
    /// `eingereicht`
    HandedIn,
    /// `abgerufen`
    Fetched,
    /// `nachgereicht`
    Later,
    /// `fehlt`
    Never,
}

/// An evidence as a case names it: `Meldedatensatz von kind`.
#[derive(Debug, Clone, PartialEq)]
pub struct Proof {
    /// Which.
    pub evidence: Name,
    /// `von kind`
    pub of: Option<Name>,
}

/// One expectation.
#[derive(Debug, Clone, PartialEq)]
pub struct Expectation {
    /// What.
    pub kind: ExpectationKind,
    /// Where it stands.
    pub span: Span,
}

/// The kinds of [`Expectation`].
#[derive(Debug, Clone, PartialEq)]
pub enum ExpectationKind {
    /// `höhe = 227 EUR`, or any condition.
    True(Expression),
    /// `erfüllt`, `erfüllt im_alter`
    Fulfilled(Option<Name>),
    /// `nicht erfüllt`, `nicht erfüllt im_alter`
    NotFulfilled(Option<Name>),
    /// `offen`, `offen im_alter`
    Open(Option<Name>),
    /// Something comes about.
    Occurs(Occurrence),
    /// `nicht …`: it does not.
    Never(Occurrence),
    /// `kind.anschrift aus Melderegister`, `aus konto` (`None`)
    Source(Reference, Option<Name>),
    /// `frist name endet 2026-04-01`
    Deadline(Name, Date),
}

/// What a case can bring about.
#[derive(Debug, Clone, PartialEq)]
pub enum Occurrence {
    /// `bescheid Bewilligung`
    Notice(Name),
    /// `gefragt a und b.c`
    Asked(Vec<Reference>),
    /// `ermittelt a und b.c`
    FoundOut(Vec<Reference>),
    /// `abgerufen Geburtsurkunde von kind`
    Fetched(Vec<Proof>),
    /// `benötigt Geburtsurkunde von kind`
    Needed(Vec<Proof>),
    /// `weg a und b`: the steps passed, in order.
    Path(Vec<Name>),
}
