//! What the cases of a procedure show, and what no case shows: rows, conditions, preconditions, outcomes.

use crate::model::expression::Expression;
use crate::model::workflow::{Step, StepKind, stop_after};
use crate::model::{DecisionId, NoticeId, PreconditionId, Procedure};
use crate::source::{Span, Text};

use super::cases::{CaseResult, Setting};
use super::conditions::conditions;
use super::evaluate::Standing;
use super::satisfy::{Demand, Space};
use super::value::Value;

/// Something that a case can show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Point {
    /// What.
    pub what: Aspect,
    /// Where it stands.
    pub span: Span,
    /// The cases that show it, by their place in the procedure.
    pub shown_by: Vec<usize>,
    /// Whether it can come about at all. What is proved to be impossible needs no case.
    pub possible: bool,
}

impl Point {
    /// Whether a case is missing.
    pub fn is_missing(&self) -> bool {
        self.possible && self.shown_by.is_empty()
    }
}

/// The kinds of what a case can show.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Aspect {
    /// A row of a table applies.
    Row(DecisionId, usize),
    /// A condition is true, or false.
    Condition(bool),
    /// A precondition stands so.
    Precondition(PreconditionId, Standing),
    /// A notice is issued.
    Notice(NoticeId),
    /// The procedure ends because a deadline passed, in this state.
    Lapse(Text),
}

/// What some cases of a procedure show.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Coverage {
    /// The rows of all tables.
    pub rows: Vec<Point>,
    /// All conditions, each as true and as false.
    pub conditions: Vec<Point>,
    /// All preconditions: erfüllt, nicht erfüllt, offen.
    pub preconditions: Vec<Point>,
    /// All notices, and the ends that follow from deadlines.
    pub outcomes: Vec<Point>,
}

impl Coverage {
    /// What these cases show, each named by its place in the procedure.
    pub fn of(setting: &Setting<'_>, results: &[(usize, CaseResult<'_>)]) -> Coverage {
        let procedure = setting.procedure;
        let mut outcomes = notices(procedure, results);
        outcomes.extend(lapses(procedure, results));
        Coverage {
            rows: rows(procedure, results),
            conditions: of_conditions(setting, results),
            preconditions: of_preconditions(procedure, results),
            outcomes,
        }
    }

    /// The four kinds in order.
    pub fn kinds(&self) -> [&[Point]; 4] {
        [&self.rows, &self.conditions, &self.preconditions, &self.outcomes]
    }
}

/// How many points are shown, and of how many that can come about.
pub fn count(points: &[Point]) -> (usize, usize) {
    let possible = points.iter().filter(|point| point.possible);
    possible.fold((0, 0), |(shown, all), point| (shown + usize::from(!point.shown_by.is_empty()), all + 1))
}

fn shown_by(results: &[(usize, CaseResult<'_>)], shows: impl Fn(&CaseResult<'_>) -> bool) -> Vec<usize> {
    results.iter().filter(|(_, result)| shows(result)).map(|(index, _)| *index).collect()
}

fn point(what: Aspect, span: Span, shown_by: Vec<usize>) -> Point {
    Point { what, span, shown_by, possible: true }
}

/// The rows of all tables. What a Land leaves of a row may be several rows; here they are one, as written.
pub fn rows(procedure: &Procedure, results: &[(usize, CaseResult<'_>)]) -> Vec<Point> {
    let mut points = Vec::new();
    for (id, table) in procedure.decisions.iter() {
        for (index, row) in table.rows.iter().enumerate() {
            if table.rows.iter().take(index).any(|before| before.span == row.span) {
                continue;
            }
            let pieces = table.rows.iter().enumerate().skip(index).filter(|(_, piece)| piece.span == row.span);
            let pieces: Vec<(DecisionId, usize)> = pieces.map(|(piece, _)| (id, piece)).collect();
            let shown = shown_by(results, |result| pieces.iter().any(|piece| result.rows.contains(piece)));
            points.push(point(Aspect::Row(id, index), row.span, shown));
        }
    }
    points
}

/// The notices, if there is a workflow that issues them.
pub fn notices(procedure: &Procedure, results: &[(usize, CaseResult<'_>)]) -> Vec<Point> {
    let notices = procedure.notices.iter().filter(|_| !procedure.workflow.is_empty());
    notices
        .map(|(id, notice)| point(Aspect::Notice(id), notice.span, shown_by(results, |result| result.way.notices.contains(&id))))
        .collect()
}

/// The ends that follow when a deadline passes.
fn lapses(procedure: &Procedure, results: &[(usize, CaseResult<'_>)]) -> Vec<Point> {
    let mut ends: Vec<(Text, Span)> = Vec::new();
    Step::walk(&procedure.workflow, &mut |step| {
        if let StepKind::CheckComplete { missing: Some(request), .. } = &step.kind {
            ends.extend(stop_after(request.consequence.as_ref()).map(|stop| (stop, request.span)));
        }
    });
    ends.extend(
        procedure.deadlines.values().filter_map(|deadline| Some((stop_after(deadline.consequence.as_ref())?, deadline.span))),
    );
    ends.into_iter()
        .map(|(stop, span)| {
            let shown = shown_by(results, |result| result.way.lapsed && result.way.stops.last() == Some(&stop));
            point(Aspect::Lapse(stop), span, shown)
        })
        .collect()
}

fn of_conditions(setting: &Setting<'_>, results: &[(usize, CaseResult<'_>)]) -> Vec<Point> {
    let mut points = Vec::new();
    for condition in conditions(setting.procedure) {
        for truth in [true, false] {
            // A condition for each of several persons is shown by one of them.
            let shows = |value: &Value| *value == Value::Truth(truth);
            let shown = shown_by(results, |result| match result.situation.value(condition) {
                Value::List(values) => values.iter().any(shows),
                value => shows(&value),
            });
            let possible = !shown.is_empty() || is_possible(setting, condition, truth);
            points.push(Point { possible, ..point(Aspect::Condition(truth), condition.span, shown) });
        }
    }
    points
}

/// Whether a condition can be so; only what is proved to be impossible is not.
fn is_possible(setting: &Setting<'_>, condition: &Expression, truth: bool) -> bool {
    let space = Space::new(setting.library, setting.procedure, setting.day, [condition]);
    let demand = if truth { Demand::True(condition) } else { Demand::False(condition) };
    space.possible(&[demand]).is_some()
}

fn of_preconditions(procedure: &Procedure, results: &[(usize, CaseResult<'_>)]) -> Vec<Point> {
    let mut points = Vec::new();
    for (id, precondition) in procedure.preconditions.iter() {
        for standing in [Standing::Fulfilled, Standing::Failed, Standing::Open] {
            let shown = shown_by(results, |result| result.standings.contains(&(id, standing)));
            points.push(point(Aspect::Precondition(id, standing), precondition.span, shown));
        }
    }
    points
}
