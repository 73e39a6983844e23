//! Executable examples of a procedure: what is given, what must follow.

use jiff::civil::Date;

use crate::source::{Span, Text};

use super::expression::Expression;
use super::ids::{DatumId, LandId, NoticeId, PreconditionId};

/// An executable example (`fall`).
#[derive(Debug, Clone, PartialEq)]
pub struct Case {
    /// Its title.
    pub title: Text,
    /// The Land it names; `None`: all sixteen.
    pub land: Option<LandId>,
    /// The day it names.
    pub day: Option<Date>,
    /// The answers given.
    pub given: Vec<(GivenTarget, Expression, Span)>,
    /// What it expects.
    pub expected: Vec<(Expectation, Span)>,
    /// Where it stands.
    pub span: Span,
}

/// What a case gives a value to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GivenTarget {
    /// The datum.
    pub datum: DatumId,
    /// The component path within a compound datum, as attribute indices.
    pub component: Vec<u32>,
    /// Which of several, from 1.
    pub index: Option<u32>,
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
    /// This notice is issued.
    Notice(NoticeId),
    /// These data are asked of the applicant.
    Asked(Vec<DatumId>),
    /// These evidences or registers are fetched (for the Once-Only plan).
    Fetched(Vec<Text>),
    /// A named deadline ends on a day.
    Deadline(Text, Date),
}
