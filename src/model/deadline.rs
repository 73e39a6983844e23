//! Deadlines and periods: how long, from which day on, and what follows.

use crate::source::{Span, Text};

use super::expression::{Duration, Expression};
use super::norm::Norm;

/// The deadline of the authority's decision bears this name. It is kept where the decision is made known before it passes.
pub const DECISION: &str = "entscheidung";

/// A deadline and what follows when it passes (`frist`), or a period for which something is granted (`zeitraum`).
#[derive(Debug, Clone, PartialEq)]
pub struct Deadline {
    /// Its name.
    pub name: Text,
    /// Which of the two.
    pub kind: DeadlineKind,
    /// How long.
    pub duration: Duration,
    /// The day from which it runs; of a deadline the day of the event, which does not count, of a period its first day.
    pub from: Expression,
    /// How far it can be extended, once.
    pub extension: Option<Duration>,
    /// What follows when it passes.
    pub consequence: Option<Consequence>,
    /// Its norm.
    pub norms: Vec<Norm>,
    /// When it applies.
    pub condition: Option<Expression>,
    /// Where it stands.
    pub span: Span,
}

/// What kind of time runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeadlineKind {
    /// `frist`: something must happen before it passes; it ends on a working day (§ 193 BGB, § 31 Abs. 3 VwVfG, § 26 Abs. 3 SGB X).
    Limit,
    /// `zeitraum`: something is granted for it; its first day counts (§ 187 Abs. 2 BGB), and its last day may be any day (§ 31 Abs. 4
    /// VwVfG, § 26 Abs. 4 SGB X).
    Period,
}

/// What follows when a deadline passes (`danach …`).
#[derive(Debug, Clone, PartialEq)]
pub enum Consequence {
    /// `danach versagen`: the authority refuses.
    Refuse,
    /// `danach gilt <name>`: something is deemed.
    Deemed(Text),
    /// `danach weiter`: the procedure goes on.
    Continue,
    /// Another named consequence.
    Named(Text),
}
