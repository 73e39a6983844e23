//! Executable examples of a procedure: what is given, what must follow.

use jiff::civil::Date;

use crate::source::{Span, Text};

use super::expression::{Context, Expression};
use super::ids::{DatumId, DeadlineId, EvidenceId, LandId, MunicipalityId, NoticeId, ParticipantId, PreconditionId, RegisterId};

/// An executable example (`fall`).
#[derive(Debug, Clone, PartialEq)]
pub struct Case {
    /// Its title.
    pub title: Text,
    /// The Land it names, or that of its municipality; `None`: all sixteen.
    pub land: Option<LandId>,
    /// The municipality it names. Only there it runs.
    pub municipality: Option<MunicipalityId>,
    /// The day it names.
    pub day: Option<Date>,
    /// The answers given.
    pub given: Vec<(GivenTarget, Expression, Span)>,
    /// What happens to evidence and deadlines; what is not named goes its usual way.
    pub events: Vec<(Event, Span)>,
    /// What it expects.
    pub expected: Vec<(Expectation, Span)>,
    /// Where it stands.
    pub span: Span,
}

/// What a case gives a value to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GivenTarget {
    /// How the value is known.
    pub origin: Origin,
    /// The datum.
    pub datum: DatumId,
    /// The component path within a compound datum, as attribute indices.
    pub component: Vec<u32>,
    /// Which of several, from 1.
    pub index: Option<u32>,
}

/// Where a value comes from. The later origin wins: what an evidence proves over what was stated, what the authority has established
/// over both.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Origin {
    /// angegeben: the applicant says so.
    Stated,
    /// belegt: an evidence or a register says so.
    Proved,
    /// festgestellt: a task of the authority came to it (`stellt fest`).
    Established,
}

/// An evidence that a procedure needs, perhaps about one person only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Proof {
    /// Which.
    pub evidence: EvidenceId,
    /// About whom; `None`: about everybody of whom it is needed.
    pub of: Option<ParticipantId>,
}

impl Proof {
    /// Whether it speaks of this evidence about this person.
    pub fn covers(&self, evidence: EvidenceId, of: Option<ParticipantId>) -> bool {
        self.evidence == evidence && (self.of.is_none() || self.of == of)
    }
}

/// Something that happens in a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// `bei eingereicht …`: whoever could have it fetched hands it in.
    HandedIn(Proof),
    /// `bei abgerufen …`: it is fetched.
    Fetched(Proof),
    /// `bei nachgereicht …`: it is missing at first and comes in time when asked for.
    HandedInLater(Proof),
    /// `fehlt …`: it is missing and never comes.
    Lacking(Proof),
    /// `versäumt …`: the deadline of this step, or of this name, passes unused.
    Missed(Text),
    /// `verlängert …`: the authority extends this deadline.
    Extended(DeadlineId),
    /// `vollständig am …`, `entscheidung am …`, `bekanntgabe am …`: the day of something that is not that of the application.
    DayOf(Context, Date),
}

/// Where a datum comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Source {
    /// The account of whoever is logged in.
    Account,
    /// A register, with an evidence.
    Register(RegisterId),
    /// The authority finds it out.
    Investigated,
    /// The applicant is asked.
    Asked,
}

/// What a case expects.
#[derive(Debug, Clone, PartialEq)]
pub enum Expectation {
    /// A condition over data, rules and decisions that is true: `höhe = 227 EUR`.
    True(Expression),
    /// All preconditions hold.
    Fulfilled,
    /// Some precondition fails; if named, this one.
    NotFulfilled(Option<PreconditionId>),
    /// Some precondition can't be decided; if named, this one.
    Open(Option<PreconditionId>),
    /// All of this comes about.
    Occurs(Occurrence),
    /// None of this comes about.
    Never(Occurrence),
    /// A datum comes from here.
    Source(DatumId, Source),
    /// A named deadline ends on a day.
    Deadline(Text, Date),
}

/// What a case can bring about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Occurrence {
    /// This notice is issued.
    Notice(NoticeId),
    /// These data are asked of the applicant.
    Asked(Vec<DatumId>),
    /// These data are found out by the authority.
    Investigated(Vec<DatumId>),
    /// These evidences are fetched.
    Fetched(Vec<Proof>),
    /// These evidences are needed.
    Needed(Vec<Proof>),
    /// These steps are passed, in this order.
    Path(Vec<Text>),
}
