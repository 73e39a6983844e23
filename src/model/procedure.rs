//! One administrative procedure, resolved: who, what, by which norm.

use std::sync::Arc;

use jiff::civil::Date;

use crate::source::{Span, Text};

pub use super::case::{Case, Event, Expectation, GivenTarget, Occurrence, Proof};
use super::data_type::Type;
pub use super::deadline::{Consequence, Deadline, DeadlineKind};
pub use super::decision::{Cell, Decision, Output, Row};
use super::evidence::{Alternatives, Trust};
use super::expression::{Duration, Expression};
use super::ids::{
    Arena, AuthorityId, DatumId, DeadlineId, DecisionId, NoticeId, PageId, ParameterId, ParticipantId, PreconditionId, RuleId,
};
use super::norm::Norm;
use super::overlay::{Change, Opening};
pub use super::participant::{Participant, Repeat, Role};
use super::person::{Constraints, Fee};
use super::text::{Label, Template};
use super::unverified::Unverified;
use super::workflow::Step;

/// A procedure (`verfahren`, `rahmen`).
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Procedure {
    /// Its name.
    pub name: Text,
    /// Its title for people.
    pub title: Label,
    /// The module that declares it.
    pub module: Text,
    /// Whether it is a frame of pure Land law without a federal base (`rahmen`).
    pub frame: bool,
    /// The norm that founds it.
    pub norms: Vec<Norm>,
    /// The Leistungsschlüssel (LeiKa), 14 digits.
    pub service_key: Option<Text>,
    /// The procedural law.
    pub regime: Option<Regime>,
    /// The version (`1.0.0`) and from when it applies.
    pub version: Option<(Text, Date)>,
    /// The ways in.
    pub channels: Vec<Channel>,
    /// Who decides.
    pub authority: Option<Competence>,
    /// What one can do against the decision.
    pub remedy: Option<Remedy>,
    /// Who takes part.
    pub participants: Arena<ParticipantId, Participant>,
    /// All data that pages, rules, evidence or the workflow speak of, in order of appearance.
    pub data: Arena<DatumId, Datum>,
    /// The pages, which only arrange.
    pub pages: Arena<PageId, Page>,
    /// What must be proved.
    pub evidence: Vec<NeededEvidence>,
    /// What the authority finds out itself about others.
    pub investigations: Vec<Investigation>,
    /// Data that must be asked though another road exists (`erfrage`), with the reason.
    pub asked: Vec<(DatumId, Text)>,
    /// Documents of the applicant's own making (`anlage`).
    pub attachments: Vec<Attachment>,
    /// What Länder or municipalities may change (`offen nach …`, `länder dürfen …`).
    pub openings: Vec<Opening>,
    /// Computed values.
    pub rules: Arena<RuleId, Rule>,
    /// Decision tables.
    pub decisions: Arena<DecisionId, Decision>,
    /// Preconditions of the benefit or permit.
    pub preconditions: Arena<PreconditionId, Precondition>,
    /// Fees.
    pub fees: Vec<Fee>,
    /// Notices that can be issued.
    pub notices: Arena<NoticeId, Notice>,
    /// Wordings that the applicant confirms.
    pub declarations: Vec<Declaration>,
    /// Deadlines of the authority's decision and others that stand alone, and periods.
    pub deadlines: Arena<DeadlineId, Deadline>,
    /// What the authority does, in order.
    pub workflow: Vec<Step>,
    /// The cases that speak of it.
    pub cases: Vec<Arc<Case>>,
    /// Findings tolerated until a day: slug, last day, reason, place.
    pub tolerated: Vec<(Text, Date, Text, Span)>,
    /// What of it nobody has verified.
    pub unverified: Vec<Unverified>,
    /// What was changed for this Land and municipality: where written, where applied, by which norm.
    pub changes: Vec<Change>,
    /// Where it is declared.
    pub span: Span,
}

impl Procedure {
    /// The datum of an attribute of a participant, if anything speaks of it.
    pub fn datum_of(&self, participant: ParticipantId, attribute: &str) -> Option<DatumId> {
        let is_it = |datum: &Datum| {
            datum.of.is_some_and(|(of, _)| of == participant)
                && datum.name.rsplit_once('.').is_some_and(|(_, own)| own == attribute)
        };
        self.data.iter().find(|(_, datum)| is_it(datum)).map(|(id, _)| id)
    }
}

/// The procedural law of a procedure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Regime {
    /// SGB I and X.
    Social,
    /// Federal law carried out by Länder or Bund: VwVfG.
    Federal,
    /// The Land's own acts.
    Land,
}

/// A way in.
#[derive(Debug, Clone, PartialEq)]
pub struct Channel {
    /// Which.
    pub kind: ChannelKind,
    /// The trust level an account needs, online.
    pub trust: Option<Trust>,
    /// The norm, for instance for appearing in person.
    pub norms: Vec<Norm>,
    /// Where it stands.
    pub span: Span,
}

/// The kinds of [`Channel`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChannelKind {
    /// `online`
    Online,
    /// `amt`
    Office,
    /// `papier`
    Paper,
}

/// Who is competent, and by which datum of place.
#[derive(Debug, Clone, PartialEq)]
pub struct Competence {
    /// The authority.
    pub authority: Option<AuthorityId>,
    /// The datum that decides Land and municipality.
    pub place: Option<DatumId>,
    /// The norm.
    pub norms: Vec<Norm>,
    /// Where it stands.
    pub span: Span,
}

/// What one can do against a decision.
#[derive(Debug, Clone, PartialEq)]
pub struct Remedy {
    /// `Widerspruch`, `Klage`, in the order offered; empty in the base where the Land says which.
    pub kinds: Vec<Text>,
    /// `Landesrecht`: the law of the Land says which.
    pub of_land: bool,
    /// Within what.
    pub within: Option<Duration>,
    /// The norm.
    pub norms: Vec<Norm>,
    /// Where it stands.
    pub span: Span,
}

/// Something that may have to be known: an attribute of a participant or a field of the procedure.
#[derive(Debug, Clone, PartialEq)]
pub struct Datum {
    /// Its address: `kind.geburtsdatum`, `zahlt`.
    pub name: Text,
    /// Of whom, and which of its [attributes](Participant::attributes); `None` for the procedure's own fields.
    pub of: Option<(ParticipantId, u32)>,
    /// The question or name for people.
    pub label: Label,
    /// A hint for people.
    pub hint: Option<Label>,
    /// An example for people.
    pub example: Option<Text>,
    /// Its type.
    pub typ: Type,
    /// Constraints beyond the type's own.
    pub constraints: Constraints,
    /// Whether it may be left out.
    pub optional: bool,
    /// When it exists at all (`wenn`).
    pub condition: Option<Expression>,
    /// Why it is necessary (`nach`).
    pub norms: Vec<Norm>,
    /// What allows to collect it, where not the regime's own norm (`erhoben nach`).
    pub collected_under: Vec<Norm>,
    /// How many values a field holds, if several; its type is a list then. That its person repeats is the person's.
    pub repeat: Option<Repeat>,
    /// Whether it must not be shown back (`geheim`).
    pub secret: bool,
    /// The page that shows it, if any.
    pub page: Option<PageId>,
    /// Where it stands.
    pub span: Span,
}

/// A page of the form, which only arranges.
#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    /// Its name.
    pub name: Text,
    /// Its title.
    pub title: Label,
    /// When it exists.
    pub condition: Option<Expression>,
    /// What stands on it, in order.
    pub entries: Vec<PageEntry>,
    /// Where it stands.
    pub span: Span,
}

/// What can stand on a [`Page`].
#[derive(Debug, Clone, PartialEq)]
pub enum PageEntry {
    /// A datum to be asked or shown.
    Datum(DatumId),
    /// A note for people, with its condition.
    Hint(Label, Option<Expression>),
    /// A wording to confirm: the index in [`Procedure::declarations`].
    Declaration(usize),
}

/// An evidence the procedure needs.
#[derive(Debug, Clone, PartialEq)]
pub struct NeededEvidence {
    /// The ways to satisfy it.
    pub alternatives: Alternatives,
    /// About whom; empty: about the case.
    pub of: Vec<ParticipantId>,
    /// When it is needed.
    pub condition: Option<Expression>,
    /// By which norm.
    pub norms: Vec<Norm>,
    /// Where it stands.
    pub span: Span,
}

/// A document of the applicant's own making (`anlage`).
#[derive(Debug, Clone, PartialEq)]
pub struct Attachment {
    /// Its name.
    pub name: Text,
    /// Its text for people.
    pub label: Label,
    /// The formats allowed; empty: any.
    pub formats: Vec<Text>,
    /// Who must have made it.
    pub author: Option<Text>,
    /// When it is needed.
    pub condition: Option<Expression>,
    /// By which norm.
    pub norms: Vec<Norm>,
    /// Where it stands.
    pub span: Span,
}

/// Data about others that the authority finds out itself (`ermittle`).
#[derive(Debug, Clone, PartialEq)]
pub struct Investigation {
    /// Which.
    pub data: Vec<DatumId>,
    /// By which norm.
    pub norms: Vec<Norm>,
    /// Where it stands.
    pub span: Span,
}

/// A computed value (`regel`).
#[derive(Debug, Clone, PartialEq)]
pub struct Rule {
    /// Its name.
    pub name: Text,
    /// Its type.
    pub typ: Type,
    /// How it is computed.
    pub expression: Expression,
    /// Its norm.
    pub norms: Vec<Norm>,
    /// Where it stands.
    pub span: Span,
}

/// A precondition (`voraussetzung`).
#[derive(Debug, Clone, PartialEq)]
pub struct Precondition {
    /// Its name.
    pub name: Text,
    /// What must be true.
    pub condition: Expression,
    /// What to say where it is not.
    pub otherwise: Label,
    /// The norm that ends the online way where it fails (`abbruch nach`), if any.
    pub abort: Vec<Norm>,
    /// Its norm.
    pub norms: Vec<Norm>,
    /// Where it stands.
    pub span: Span,
}

/// A notice (`bescheid`).
#[derive(Debug, Clone, PartialEq)]
pub struct Notice {
    /// Its name.
    pub name: Text,
    /// Its title.
    pub title: Label,
    /// Its norm.
    pub norms: Vec<Norm>,
    /// Its paragraphs.
    pub texts: Vec<Template>,
    /// Amounts that it must show as set off.
    pub set_off: Vec<SetOff>,
    /// Whether it gives the failed preconditions as reasons.
    pub gives_reasons: bool,
    /// A remedy of its own.
    pub remedy: Option<Remedy>,
    /// Ancillary clauses (`nebenbestimmung`).
    pub clauses: Vec<(Text, Template, Vec<Norm>)>,
    /// Where it stands.
    pub span: Span,
}

/// An amount shown as set off in a notice (`angerechnet`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SetOff {
    /// A datum.
    Datum(DatumId),
    /// A rule's value.
    Rule(RuleId),
    /// A parameter.
    Parameter(ParameterId),
}

/// A wording to confirm (`erklärung`).
#[derive(Debug, Clone, PartialEq)]
pub struct Declaration {
    /// Its name.
    pub name: Text,
    /// The exact wording.
    pub wording: Label,
    /// When it must be confirmed.
    pub condition: Option<Expression>,
    /// Its norm.
    pub norms: Vec<Norm>,
    /// Where it stands.
    pub span: Span,
}
