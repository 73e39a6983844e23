//! A procedure as written. Each statement has its clauses (`wenn`, `nach`, `offen nach` …), which govern the whole of it.

use jiff::civil::Date;

use super::declaration::Verb;
use super::expression::{DurationLiteral, Expression, Reference, Table};
use super::library::{Constraint, TypeUse};
use super::mark::Unverified;
use super::norm::Citation;
use super::workflow::Block;
use super::{Name, Path, Template};
use crate::source::{Span, Text};

/// `verfahren` or `rahmen`.
#[derive(Debug, Clone, PartialEq)]
pub struct Procedure {
    /// Whether it is a `rahmen`.
    pub frame: bool,
    /// Its name.
    pub name: Name,
    /// Its title.
    pub title: Option<Template>,
    /// Its norm.
    pub clauses: Clauses,
    /// What it says.
    pub statements: Vec<Statement>,
}

/// One statement of a procedure, page or notice.
#[derive(Debug, Clone, PartialEq)]
pub struct Statement {
    /// What it says.
    pub kind: StatementKind,
    /// Its clauses.
    pub clauses: Clauses,
    /// Its documentation (`///`).
    pub documentation: Vec<Text>,
    /// Where it stands.
    pub span: Span,
}

/// The clauses that any statement may carry.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Clauses {
    /// `wenn …`
    pub condition: Option<Box<Expression>>,
    /// `nach …`
    pub norms: Option<Citation>,
    /// `erhoben nach …`
    pub collected_under: Option<Box<Citation>>,
    /// `offen nach …`, `geschlossen nach …`
    pub openness: Option<Box<Openness>>,
    /// `weil "…"`
    pub because: Option<Box<Template>>,
    /// `gilt ab 2026-01-01`: from when it holds.
    pub from: Option<Date>,
    /// `ungeprüft "…"`
    pub unverified: Option<Box<Unverified>>,
}

/// Whether Länder may change a statement.
#[derive(Debug, Clone, PartialEq)]
pub struct Openness {
    /// `offen`; otherwise `geschlossen`.
    pub open: bool,
    /// By which norm; `offen` alone leaves it to the statement's own norm.
    pub norms: Option<Citation>,
    /// Where it stands.
    pub span: Span,
}

/// The kinds of [`Statement`].
#[derive(Debug, Clone, PartialEq)]
pub enum StatementKind {
    /// `leistung 99107021017000`
    ServiceKey(Name),
    /// `verfahrensrecht Sozialrecht`
    Regime(Name),
    /// `version 1.0.0 ab 2026-01-01`
    Version {
        /// `1.0.0`
        number: Name,
        /// From when.
        from: Option<Date>,
    },
    /// `kanal online vertrauen substanziell`
    Channel {
        /// `online`, `amt`, `papier`
        kind: Name,
        /// `niedrig`, `substanziell`, `hoch`
        trust: Option<Name>,
    },
    /// `zuständig Stelle örtlich kind.anschrift`
    Competence {
        /// The authority.
        authority: Name,
        /// The datum of place.
        place: Option<Reference>,
    },
    /// `rechtsbehelf Widerspruch oder Klage binnen 1 Monat`
    Remedy {
        /// `Widerspruch`, `Klage`
        kinds: Vec<Name>,
        /// Within what.
        within: Option<DurationLiteral>,
    },
    /// `beteiligt kind "Ihr Kind": NatürlichePerson vertreten durch elternteil`
    Participant(Participant),
    /// `benötigt A oder B und C von kind je bauherr`
    Need {
        /// An OR of ANDs.
        alternatives: Vec<Vec<Name>>,
        /// `von …`
        of: Vec<Name>,
        /// `je …`
        each: Option<Name>,
        /// `mehrfach …`
        repeat: Option<Repeat>,
    },
    /// `anlage lageplan "…" format PDF von Entwurfsverfasser`
    Attachment {
        /// Its name.
        name: Name,
        /// Its text.
        label: Option<Template>,
        /// Allowed formats.
        formats: Vec<Name>,
        /// Who must have made it.
        author: Option<Name>,
    },
    /// `ermittle anschrift von anderer`
    Investigate {
        /// The attributes.
        attributes: Vec<Name>,
        /// Of whom.
        of: Option<Name>,
    },
    /// `erfrage x weil "…"`
    Ask(Reference),
    /// `seite name "Titel" { … }`
    Page {
        /// Its name.
        name: Name,
        /// Its title.
        title: Option<Template>,
        /// What stands on it.
        statements: Vec<Statement>,
    },
    /// `kind: vornamen, familienname optional` on a page.
    Attributes {
        /// The participant.
        participant: Name,
        /// Its attributes.
        attributes: Vec<Name>,
        /// `optional`
        optional: bool,
    },
    /// `feld name "…": Typ`
    Field(Field),
    /// `hinweis "…"`, `hinweis kosten "…"`
    Hint {
        /// Its name, by which a variant or a translation finds it.
        name: Option<Name>,
        /// Its words.
        text: Template,
    },
    /// `erklärung name "…"`
    Declaration {
        /// Its name.
        name: Name,
        /// The wording.
        wording: Option<Template>,
    },
    /// `regel name: Typ = …`
    Rule {
        /// Its name.
        name: Name,
        /// Its type.
        typ: Option<TypeUse>,
        /// `je monat`
        each: Option<Name>,
        /// How it is computed.
        expression: Expression,
    },
    /// `entscheidung name: Typ { | … | }`
    Decision {
        /// Its name.
        name: Name,
        /// The type of its first output.
        typ: Option<TypeUse>,
        /// The table.
        table: Table,
    },
    /// `voraussetzung name: … sonst "…"`
    Precondition {
        /// Its name.
        name: Name,
        /// What must be true.
        condition: Expression,
        /// `sonst "…"`
        otherwise: Option<Template>,
        /// `abbruch nach …`
        abort: Option<Citation>,
    },
    /// `gebühr Name { | … | }` or `gebühr Name = …`
    Fee {
        /// Its name.
        name: Name,
        /// Its text.
        label: Option<Template>,
        /// The table, if it is one.
        table: Option<Box<Table>>,
        /// The formula, if it is one.
        formula: Option<Box<Expression>>,
        /// `mindestens 50 EUR`
        minimum: Option<Box<Expression>>,
        /// `höchstens 500 EUR`
        maximum: Option<Box<Expression>>,
        /// `fällig vor einreichung`: due before filing.
        before_filing: bool,
    },
    /// `frist name 3 Monate ab vollständig verlängerbar um 2 Monate danach gilt genehmigt`, `zeitraum name 12 Monate ab beginn`
    Deadline {
        /// Its name.
        name: Name,
        /// Whether it is a period for which something is granted (`zeitraum`).
        period: bool,
        /// The rest.
        within: Within,
    },
    /// `ablauf { … }`
    Workflow(Block),
    /// `bescheid Name "Titel" { … }`
    Notice {
        /// Its name.
        name: Name,
        /// Its title.
        title: Option<Template>,
        /// What it says.
        statements: Vec<Statement>,
    },
    /// `text "…"`, `text betrag "…"` in a notice.
    NoticeText {
        /// Its name, by which a variant finds it.
        name: Option<Name>,
        /// Its words.
        text: Template,
    },
    /// `angerechnet Kindergeld, gezahlt` in a notice.
    SetOff(Vec<Name>),
    /// `gründe voraussetzungen` in a notice.
    Reasons,
    /// `nebenbestimmung name "…"` in a notice.
    Clause {
        /// Its name.
        name: Name,
        /// Its wording.
        wording: Option<Template>,
    },
    /// `länder dürfen nachweise ergänzen nach …`, `gemeinden dürfen …`, `länder müssen entscheidung setzen`
    Opening {
        /// Whom it opens to.
        who: Who,
        /// `müssen`: what a frame leaves to them must be said.
        must: bool,
        /// What: kinds of statement (`nachweise`, `gebühren`, `fristen` …) or names.
        what: Vec<Name>,
        /// `setzen`, `ergänzen`, `streichen`
        verbs: Vec<Verb>,
    },
    /// `übergang nach …`: pending cases change the version too.
    Transition,
    /// `dulde slug bis 2026-12-31 weil "…"`
    Tolerate {
        /// The finding.
        slug: Name,
        /// The last day.
        until: Option<Date>,
    },
    /// Broken and reported.
    Error,
}

/// Whom an opening clause speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    /// `länder`
    Lands,
    /// `gemeinden`
    Municipalities,
}

/// `beteiligt …`
#[derive(Debug, Clone, PartialEq)]
pub struct Participant {
    /// Its name.
    pub name: Name,
    /// How the form speaks of it.
    pub label: Option<Template>,
    /// `NatürlichePerson oder Unternehmen`
    pub groups: Vec<Name>,
    /// Its role.
    pub role: Option<Role>,
    /// `mehrfach …`
    pub repeat: Option<Repeat>,
}

/// The role of a participant.
#[derive(Debug, Clone, PartialEq)]
pub enum Role {
    /// `antragstellend`
    Applicant(Span),
    /// `anzeigend`
    Notifier(Span),
    /// `mitantragstellend`
    CoApplicant(Span),
    /// `vertreten durch …`
    RepresentedBy(Name),
    /// `bevollmächtigt`
    Proxy(Span),
    /// `zustimmend`
    Consenting(Span),
}

/// `mehrfach`, `mehrfach 1 bis 10`
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Repeat {
    /// At least.
    pub minimum: Option<u32>,
    /// At most.
    pub maximum: Option<u32>,
    /// Where it stands.
    pub span: Span,
}

/// `feld …`
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// Its name.
    pub name: Name,
    /// The question.
    pub label: Option<Template>,
    /// Its type.
    pub typ: TypeUse,
    /// `optional`
    pub optional: bool,
    /// `geheim`
    pub secret: bool,
    /// `mehrfach …`
    pub repeat: Option<Repeat>,
    /// `hilfe "…"`
    pub help: Option<Box<Template>>,
    /// `beispiel "…"`
    pub example: Option<Box<Template>>,
    /// `länge …`, `fim …`, `von … bis …`
    pub constraints: Vec<Constraint>,
}

/// `binnen 3 Wochen ab vollständig verlängerbar um 2 Monate danach …`
#[derive(Debug, Clone, PartialEq)]
pub struct Within {
    /// How long.
    pub duration: DurationLiteral,
    /// `ab vollständig`
    pub from: Option<Path>,
    /// `verlängerbar um …`
    pub extension: Option<DurationLiteral>,
    /// `danach …`
    pub consequence: Option<Consequence>,
    /// Where it stands.
    pub span: Span,
}

/// `danach …`
#[derive(Debug, Clone, PartialEq)]
pub struct Consequence {
    /// What follows.
    pub kind: ConsequenceKind,
    /// Where it stands.
    pub span: Span,
}

/// The kinds of [`Consequence`].
#[derive(Debug, Clone, PartialEq)]
pub enum ConsequenceKind {
    /// `versagen`
    Refuse,
    /// `gilt genehmigt`
    Deemed(Name),
    /// `weiter`
    Continue,
    /// Another word.
    Named(Name),
}
