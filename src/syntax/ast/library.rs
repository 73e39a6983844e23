//! The facts of the library as written: laws, Länder, authorities, types, registers, evidence, parameters.

use jiff::civil::Date;

use super::expression::Expression;
use super::norm::Citation;
use super::procedure::{Openness, Repeat, Statement};
use super::{Name, Template};
use crate::source::{Span, Text};

/// `gesetz BY.AGVwGO "…" ebene BY fundstelle "…" stand 2026-01-01`
#[derive(Debug, Clone, PartialEq)]
pub struct Law {
    /// `BY` in `BY.AGVwGO`.
    pub land: Option<Name>,
    /// `AGVwGO`, `SGB I`.
    pub name: Name,
    /// The full title.
    pub title: Option<Template>,
    /// The rest, in any order.
    pub items: Vec<LawItem>,
}

/// What is said of a law.
#[derive(Debug, Clone, PartialEq)]
pub enum LawItem {
    /// `ebene Bund`, `ebene BY`, `ebene EU`, `ebene Länder`, `ebene kommune`, `ebene gemeinde 16051000 "Erfurt"`
    Level(Place),
    /// `fundstelle "https://…"`
    Source(Template),
    /// `stand 2026-01-01`
    AsOf(Date),
    /// `verfahrensrecht Sozialrecht nach § 68 Nr. 14 SGB I`: what procedural law goes with it.
    Regime {
        /// Which.
        name: Name,
        /// By which norm.
        norms: Option<Citation>,
    },
}

/// `land TH "Freistaat Thüringen" { schlüssel 16 hauptstadt "Erfurt" feiertag 09-20 "Weltkindertag" }`;
/// the key `DE` declares what holds in all Länder.
#[derive(Debug, Clone, PartialEq)]
pub struct Land {
    /// Two letters.
    pub key: Name,
    /// The official name.
    pub label: Option<Template>,
    /// The rest.
    pub items: Vec<LandItem>,
}

/// What is said of a Land.
#[derive(Debug, Clone, PartialEq)]
pub enum LandItem {
    /// `schlüssel 16`
    Key(Name),
    /// `name Thüringen`: the short name by which variants and cases call it.
    ShortName(Name),
    /// `hauptstadt "Erfurt"`
    Capital(Template),
    /// `feiertag 09-20 "…" nur in "…" nach …`
    Holiday {
        /// When.
        day: HolidayDay,
        /// Its name.
        name: Option<Template>,
        /// `nur in "…"`: not in the whole Land.
        only_in: Option<Template>,
        /// By which norm.
        norms: Option<Citation>,
        /// Where it stands.
        span: Span,
    },
    /// `rechtsbehelf Klage binnen 1 Monat nach …`: what one can do against a decision of this Land where nothing else is said.
    Remedy(Box<Statement>),
}

/// When a holiday falls.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HolidayDay {
    /// `09-20`
    Fixed {
        /// 1 to 12.
        month: i8,
        /// 1 to 31.
        day: i8,
    },
    /// `ostern + 60`
    Easter(i16),
    /// `bußtag`
    Repentance,
}

/// `stelle Unterhaltsvorschussstelle "…" ebene kommune`
#[derive(Debug, Clone, PartialEq)]
pub struct Authority {
    /// Its name.
    pub name: Name,
    /// Its text.
    pub label: Option<Template>,
    /// `kommune`, `land`, `bund`
    pub level: Option<Name>,
    /// By which norm.
    pub norms: Option<Citation>,
}

/// `auswahl Altersstufe { erste "0 bis 5 Jahre" code "1" }`
#[derive(Debug, Clone, PartialEq)]
pub struct Choice {
    /// Its name.
    pub name: Name,
    /// Its text.
    pub label: Option<Template>,
    /// The official list: `liste "urn:…"`.
    pub list: Option<Template>,
    /// The options.
    pub options: Vec<ChoiceOption>,
}

/// One option.
#[derive(Debug, Clone, PartialEq)]
pub struct ChoiceOption {
    /// Its name.
    pub name: Name,
    /// Its text.
    pub label: Option<Template>,
    /// Its code in the official list.
    pub code: Option<Template>,
    /// Where it stands.
    pub span: Span,
}

/// `typ Postleitzahl "…": Text format /[0-9]{5}/ länge 5 bis 5 fim "F6…"`
#[derive(Debug, Clone, PartialEq)]
pub struct Scalar {
    /// Its name.
    pub name: Name,
    /// Its text.
    pub label: Option<Template>,
    /// What it constrains, with the constraints.
    pub typ: TypeUse,
}

/// A type as used: a name with constraints.
#[derive(Debug, Clone, PartialEq)]
pub struct TypeUse {
    /// `Betrag`, `NatürlichePerson`.
    pub name: Name,
    /// The constraints behind it.
    pub constraints: Vec<Constraint>,
    /// Where it stands.
    pub span: Span,
}

/// One constraint.
#[derive(Debug, Clone, PartialEq)]
pub struct Constraint {
    /// What it demands.
    pub kind: ConstraintKind,
    /// Where it stands.
    pub span: Span,
}

/// The kinds of [`Constraint`].
#[derive(Debug, Clone, PartialEq)]
pub enum ConstraintKind {
    /// `format /[0-9]{5}/`
    Pattern(Text),
    /// `länge 1 bis 120`
    Length(u32, u32),
    /// `von 0 EUR bis 100 EUR`, either side may be absent
    Between(Option<Expression>, Option<Expression>),
    /// `prüfziffer iban`
    CheckDigit(Name),
    /// `fim "F60000000246"`
    Fim(Template),
}

/// `gruppe Anschrift "Anschrift" fim "G6…" nach … { feld … }`
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    /// Its name.
    pub name: Name,
    /// Its text.
    pub label: Option<Template>,
    /// Its FIM id.
    pub fim: Option<Template>,
    /// Its norm.
    pub norms: Option<Citation>,
    /// Its fields (`feld` statements).
    pub attributes: Vec<Attribute>,
}

/// One field of a group: a `feld` statement.
pub type Attribute = Statement;

/// `konto BundID "…" nach … gilt ab … { liefert NatürlichePerson: vornamen ab vertrauen niedrig }`
#[derive(Debug, Clone, PartialEq)]
pub struct Account {
    /// Its name.
    pub name: Name,
    /// Its text.
    pub label: Option<Template>,
    /// Its norm.
    pub norms: Option<Citation>,
    /// `gilt ab …`: from when it exists.
    pub from: Option<Date>,
    /// What it delivers.
    pub items: Vec<AccountItem>,
}

/// `liefert NatürlichePerson: vornamen, familienname ab vertrauen niedrig`
#[derive(Debug, Clone, PartialEq)]
pub struct AccountItem {
    /// Of which group.
    pub group: Name,
    /// Which attributes.
    pub attributes: Vec<Name>,
    /// From which level.
    pub trust: Option<Name>,
    /// Where it stands.
    pub span: Span,
}

/// `register Melderegister "…" nach … { … }`
#[derive(Debug, Clone, PartialEq)]
pub struct Register {
    /// Its name.
    pub name: Name,
    /// Its text.
    pub label: Option<Template>,
    /// Its norm.
    pub norms: Option<Citation>,
    /// What is said of it.
    pub items: Vec<RegisterItem>,
}

/// What is said of a register.
#[derive(Debug, Clone, PartialEq)]
pub enum RegisterItem {
    /// `führt NatürlichePerson: a, b` or `führt kinder: NatürlichePerson mehrfach`
    Holds {
        /// The name before the colon where a group stands behind it (`kinder`).
        alias: Option<Name>,
        /// The group.
        group: Name,
        /// The attributes; empty for an alias.
        attributes: Vec<Name>,
        /// `mehrfach`
        repeat: Option<Repeat>,
        /// By which norm.
        norms: Option<Citation>,
        /// Where it stands.
        span: Span,
    },
    /// `stelle Meldebehörde ebene kommune örtlich anschrift`
    Keeper {
        /// The authority.
        authority: Name,
        /// `kommune`, `land`, `bund`
        level: Option<Name>,
        /// The datum of place.
        place: Option<Name>,
        /// Where it stands.
        span: Span,
    },
    /// `idnr nach Anlage Nr. 1 IDNrG`
    Idnr(Citation),
    /// `identifiziert NatürlichePerson nach § 6 IDNrG`: gives out the identification number of such persons.
    Identifies {
        /// The group.
        group: Name,
        /// By which norm.
        norms: Option<Citation>,
    },
    /// `suche a, b nach …`
    Search {
        /// The attributes that suffice; a part of a compound one by its path (`anschrift.plz`).
        attributes: Vec<Name>,
        /// By which norm.
        norms: Option<Citation>,
        /// Where it stands.
        span: Span,
    },
    /// `standard XMeld nach …`
    Standard {
        /// Which.
        name: Name,
        /// By which norm.
        norms: Option<Citation>,
        /// Where it stands.
        span: Span,
    },
}

/// `nachweis Meldedatensatz "…" über NatürlichePerson nach … { … }`
#[derive(Debug, Clone, PartialEq)]
pub struct Evidence {
    /// Its name.
    pub name: Name,
    /// Its text.
    pub label: Option<Template>,
    /// `über …`
    pub about: Option<Name>,
    /// Its norm.
    pub norms: Option<Citation>,
    /// What is said of it.
    pub items: Vec<EvidenceItem>,
}

/// What is said of an evidence.
#[derive(Debug, Clone, PartialEq)]
pub enum EvidenceItem {
    /// `belegt a, b`
    Proves(Vec<Name>),
    /// `aus Melderegister`
    From(Vec<Name>),
    /// `nur abruf nach …`: nobody can hand it in.
    OnlyRetrieval {
        /// By which norm.
        norms: Option<Citation>,
        /// Where it stands.
        span: Span,
    },
    /// `oots "…"`
    Oots(Template),
    /// `hilfe "…"`
    Help(Template),
}

/// `anschluss Erfurt { Melderegister per NOOTS sofort ab 2026-07-01 }`
#[derive(Debug, Clone, PartialEq)]
pub struct Connection {
    /// A Land, a municipality, `Bund`.
    pub place: Place,
    /// One line a register.
    pub lines: Vec<ConnectionLine>,
}

/// One register answers.
#[derive(Debug, Clone, PartialEq)]
pub struct ConnectionLine {
    /// Which.
    pub register: Name,
    /// `per NOOTS`
    pub via: Option<Name>,
    /// `sofort`; otherwise `verzögert`
    pub immediate: bool,
    /// `ab …`
    pub from: Option<Date>,
    /// What allows the retrieval, where neither federal nor social law does.
    pub norms: Option<Citation>,
    /// Where it stands.
    pub span: Span,
}

/// Where something holds.
#[derive(Debug, Clone, PartialEq)]
pub enum Place {
    /// A Land, `Bund` or a town by its name.
    Named(Name),
    /// `gemeinde 09162000 "München"`
    Municipality(Municipality),
}

/// A municipality by its ARS.
#[derive(Debug, Clone, PartialEq)]
pub struct Municipality {
    /// The Amtlicher Regionalschlüssel.
    pub key: Name,
    /// Its name for people.
    pub label: Option<Template>,
}

/// `parameter Mindestunterhalt je Altersstufe: Betrag nach § 1 MinUhV { … }`
#[derive(Debug, Clone, PartialEq)]
pub struct Parameter {
    /// Its name.
    pub name: Name,
    /// Its text.
    pub label: Option<Template>,
    /// `je Altersstufe`
    pub each: Option<Name>,
    /// Its type.
    pub typ: TypeUse,
    /// Its norm.
    pub norms: Option<Citation>,
    /// `offen nach …`: whether Länder may set their own values.
    pub openness: Option<Box<Openness>>,
    /// Its periods.
    pub items: Vec<ParameterItem>,
}

/// A line of a parameter.
#[derive(Debug, Clone, PartialEq)]
pub enum ParameterItem {
    /// `ab 2025-01-01: erste 482 EUR, zweite 554 EUR` or `ab 2025-01-01: 255 EUR`
    From {
        /// The first day.
        from: Date,
        /// The option (if `je`) and its value.
        values: Vec<(Option<Name>, Expression)>,
        /// By which norm, if its own.
        norms: Option<Citation>,
        /// Where it stands.
        span: Span,
    },
    /// `geprüft bis 2026-12-31`
    CheckedUntil(Date, Span),
}
