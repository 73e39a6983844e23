//! Runs a `fall`: gives its answers, walks the workflow to the notice, compares with what it expects.

use jiff::civil::Date;

use crate::both;
use crate::diagnostic::Bilingual;
use crate::model::expression::{BinaryOperator, Expression, ExpressionKind};
use crate::model::procedure::{Case, Deadline, Expectation, GivenTarget, Procedure};
use crate::model::workflow::{Step, StepKind};
use crate::model::{DecisionId, LandId, Library, NoticeId, PreconditionId};
use crate::source::Span;

use super::evaluate::{Answers, Situation, Standing};
use super::matching::Match;
use super::naming::name_of;
use super::value::Value;

/// What came of a case.
#[derive(Debug, Clone, Default)]
pub struct CaseResult {
    /// What is not as expected.
    pub failures: Vec<Failure>,
    /// The notices issued, in order.
    pub notices: Vec<NoticeId>,
    /// How each precondition stands.
    pub standings: Vec<(PreconditionId, Standing)>,
    /// The rows that applied.
    pub rows: Vec<(DecisionId, usize)>,
    /// Whether a step could not be decided, so that a person goes on from there.
    pub open: bool,
}

/// An expectation that was not met.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// The expectation.
    pub span: Span,
    /// What was expected and what came instead.
    pub message: Bilingual,
}

/// Runs a case in one Land. The day is that of the case, or `day`.
pub fn run(library: &Library, procedure: &Procedure, case: &Case, land: Option<LandId>, day: Date) -> CaseResult {
    let day = case.day.unwrap_or(day);
    let land = case.land.or(land);
    let situation = Situation::new(library, procedure, given(library, procedure, case, land, day), day, land);
    // In the order of their declaration, so that a long chain of rules need not be followed at once.
    for (id, _) in procedure.rules.iter() {
        situation.rule(id);
    }
    let mut result = CaseResult {
        standings: procedure.preconditions.iter().map(|(id, _)| (id, situation.standing(id))).collect(),
        ..CaseResult::default()
    };
    for (id, _) in procedure.decisions.iter() {
        if let Match::Row(row) = situation.row(id) {
            result.rows.push((id, row));
        }
    }
    walk(&situation, &procedure.workflow, &mut result);
    for (expectation, span) in &case.expected {
        if let Some(message) = unmet(&situation, expectation, &result) {
            result.failures.push(Failure { span: *span, message });
        }
    }
    result
}

/// The answers that a case gives. A later one for the same datum completes or replaces the earlier one.
pub fn given(library: &Library, procedure: &Procedure, case: &Case, land: Option<LandId>, day: Date) -> Answers {
    let mut answers = Answers::default();
    for (target, expression, _) in &case.given {
        let value = {
            // Answers may refer to the day (`antragsdatum`), never to other answers.
            let situation = Situation::new(library, procedure, Answers::default(), day, land);
            situation.value(expression)
        };
        give(&mut answers, target, value);
    }
    answers
}

fn give(answers: &mut Answers, target: &GivenTarget, value: Value) {
    let index = target.index.unwrap_or(0);
    if target.component.is_empty() {
        answers.give_at(target.datum, index, value);
        return;
    }
    let mut whole = answers.get(target.datum, index).cloned().unwrap_or_default();
    if let Some(part) = part_mut(&mut whole, &target.component) {
        *part = value;
    }
    answers.give_at(target.datum, index, whole);
}

/// The place of a component, made where it isn't yet.
fn part_mut<'v>(value: &'v mut Value, path: &[u32]) -> Option<&'v mut Value> {
    let Some((first, rest)) = path.split_first() else { return Some(value) };
    if !matches!(value, Value::Group(_)) {
        *value = Value::Group(Vec::new());
    }
    let Value::Group(parts) = value else { return None };
    let index = usize::try_from(*first).ok().filter(|index| *index < 10_000)?;
    if parts.len() <= index {
        parts.resize(index + 1, Value::Missing);
    }
    part_mut(parts.get_mut(index)?, rest)
}

/// Goes through the steps as the workflow would. What can't be decided goes to a person: the walk ends there.
fn walk(situation: &Situation<'_>, steps: &[Step], result: &mut CaseResult) {
    for step in steps {
        if result.open {
            return;
        }
        match &step.kind {
            StepKind::Issue(notice) => result.notices.push(*notice),
            StepKind::Branch { condition, then, otherwise } => match situation.value(condition).truth() {
                Some(true) => walk(situation, then, result),
                Some(false) => walk(situation, otherwise, result),
                None => result.open = true,
            },
            StepKind::Parallel(branches) => walk(situation, branches, result),
            _ => {}
        }
    }
}

/// What is wrong with an expectation, if anything.
fn unmet(situation: &Situation<'_>, expectation: &Expectation, result: &CaseResult) -> Option<Bilingual> {
    let procedure = situation.procedure;
    let standing = |id: PreconditionId| result.standings.iter().find(|(other, _)| *other == id).map(|(_, standing)| *standing);
    match expectation {
        Expectation::True(expression) => match situation.value(expression) {
            Value::Truth(true) => None,
            other => Some(actual(situation, expression, &other)),
        },
        Expectation::Fulfilled => (situation.fulfilled() != Some(true)).then(|| {
            let standings = describe(procedure, result, |standing| standing != Standing::Fulfilled);
            both!("erwartet: erfüllt; tatsächlich: {}", "expected: fulfilled; actually: {}", standings)
        }),
        Expectation::NotFulfilled(None) => (situation.fulfilled() != Some(false)).then(|| {
            let standings = describe(procedure, result, |_| true);
            both!("erwartet: nicht erfüllt; tatsächlich: {}", "expected: not fulfilled; actually: {}", standings)
        }),
        Expectation::NotFulfilled(Some(id)) => (standing(*id) != Some(Standing::Failed)).then(|| {
            let (name, actual) = (name(procedure, *id), word(standing(*id)));
            both!("erwartet: {name} nicht erfüllt; tatsächlich: {actual}", "expected: {name} not fulfilled; actually: {actual}")
        }),
        Expectation::Open(None) => {
            let open = result.standings.iter().any(|(_, standing)| *standing == Standing::Open);
            (!open).then(|| {
                let standings = describe(procedure, result, |_| true);
                both!("erwartet: offen; tatsächlich: {}", "expected: open; actually: {}", standings)
            })
        }
        Expectation::Open(Some(id)) => (standing(*id) != Some(Standing::Open)).then(|| {
            let (name, actual) = (name(procedure, *id), word(standing(*id)));
            both!("erwartet: {name} offen; tatsächlich: {actual}", "expected: {name} open; actually: {actual}")
        }),
        Expectation::Notice(notice) => (!result.notices.contains(notice)).then(|| {
            let title = |id: NoticeId| procedure.notices.get(id).map(|notice| notice.name.to_string()).unwrap_or_default();
            let expected = title(*notice);
            let issued = result.notices.iter().map(|id| title(*id)).collect::<Vec<_>>().join(", ");
            match (issued.is_empty(), result.open) {
                (false, _) => both!(
                    "erwartet: Bescheid {expected}; tatsächlich: {issued}",
                    "expected: notice {expected}; actually: {issued}"
                ),
                (true, true) => {
                    let open = describe(procedure, result, |standing| standing == Standing::Open);
                    both!(
                        "erwartet: Bescheid {expected}; tatsächlich ist noch kein Bescheid möglich, ein Mensch entscheidet ({open})",
                        "expected: notice {expected}; actually no notice is possible yet, a person decides ({open})"
                    )
                }
                (true, false) => both!(
                    "erwartet: Bescheid {expected}; tatsächlich erlässt der Ablauf keinen Bescheid",
                    "expected: notice {expected}; actually the workflow issues none"
                ),
            }
        }),
        Expectation::Asked(data) => {
            let investigated = |id| procedure.investigations.iter().any(|investigation| investigation.data.contains(&id));
            let not_asked = data.iter().filter(|id| !situation.exists(**id) || investigated(**id));
            let names: Vec<&str> = not_asked.filter_map(|id| Some(procedure.data.get(*id)?.name.as_ref())).collect();
            let names = names.join(", ");
            (!names.is_empty()).then(|| {
                both!("erwartet: gefragt {names}; tatsächlich wird danach nicht gefragt", "expected: asked {names}; actually not asked")
            })
        }
        Expectation::Fetched(what) => {
            let what = what.join(", ");
            Some(both!(
                "erwartet: abgerufen {what}; tatsächlich wird nichts abgerufen, denn es ist kein Register angeschlossen",
                "expected: fetched {what}; actually nothing is fetched, for no register is connected"
            ))
        }
        Expectation::Deadline(name, expected) => deadline(situation, name, *expected),
    }
}

fn deadline(situation: &Situation<'_>, name: &str, expected: Date) -> Option<Bilingual> {
    let named = |deadline: &&Deadline| deadline.name.as_ref() == name;
    let applies = |deadline: &&Deadline| {
        deadline.condition.as_ref().is_none_or(|condition| situation.value(condition) == Value::Truth(true))
    };
    let Some(deadline) = situation.procedure.deadlines.iter().filter(named).find(applies) else {
        return Some(both!(
            "erwartet: Frist {name} endet am {expected}; tatsächlich läuft hier keine Frist dieses Namens",
            "expected: deadline {name} ends on {expected}; actually no deadline of this name runs here"
        ));
    };
    let ends = situation.holidays.deadline(situation.application, deadline.duration);
    (ends != Some(expected)).then(|| {
        let actual = ends.map(|day| day.to_string()).unwrap_or_default();
        both!(
            "erwartet: Frist {name} endet am {expected}; tatsächlich am {actual}",
            "expected: deadline {name} ends on {expected}; actually on {actual}"
        )
    })
}

/// What an expression comes to instead of `ja`: of a comparison, its left side.
fn actual(situation: &Situation<'_>, expression: &Expression, value: &Value) -> Bilingual {
    if let ExpressionKind::Binary(BinaryOperator::And, left, right) = &expression.kind {
        let first = situation.value(left);
        return if first == Value::Truth(true) {
            actual(situation, right, &situation.value(right))
        } else {
            actual(situation, left, &first)
        };
    }
    let show = |expression: &Expression, value: &Value| value.show(&expression.typ, situation.library);
    match &expression.kind {
        ExpressionKind::Binary(operator, left, right) if is_comparison(*operator) => {
            let sign = match operator {
                BinaryOperator::NotEqual => "!=",
                BinaryOperator::Less => "<",
                BinaryOperator::LessOrEqual => "<=",
                BinaryOperator::Greater => ">",
                BinaryOperator::GreaterOrEqual => ">=",
                _ => "=",
            };
            let name = name_of(situation.library, situation.procedure, left).unwrap_or_else(|| "…".to_owned());
            let (left, right) = (show(left, &situation.value(left)), show(right, &situation.value(right)));
            both!("erwartet: {name} {sign} {right}; tatsächlich: {left}", "expected: {name} {sign} {right}; actually: {left}")
        }
        _ => {
            let value = show(expression, value);
            let name =
                name_of(situation.library, situation.procedure, expression).map_or_else(String::new, |name| format!("{name} = "));
            both!("erwartet: {name}ja; tatsächlich: {value}", "expected: {name}ja; actually: {value}")
        }
    }
}

fn is_comparison(operator: BinaryOperator) -> bool {
    use BinaryOperator::{Equal, Greater, GreaterOrEqual, Less, LessOrEqual, NotEqual};
    matches!(operator, Equal | NotEqual | Less | LessOrEqual | Greater | GreaterOrEqual)
}

fn name(procedure: &Procedure, id: PreconditionId) -> String {
    procedure.preconditions.get(id).map(|precondition| precondition.name.to_string()).unwrap_or_default()
}

fn word(standing: Option<Standing>) -> &'static str {
    match standing {
        Some(Standing::Fulfilled) => "erfüllt",
        Some(Standing::Failed) => "nicht erfüllt",
        Some(Standing::NotApplicable) => "nicht anwendbar",
        Some(Standing::Open) | None => "offen",
    }
}

/// The preconditions of some standings in words.
fn describe(procedure: &Procedure, result: &CaseResult, which: impl Fn(Standing) -> bool) -> String {
    let chosen = result.standings.iter().filter(|(_, standing)| which(*standing));
    let words: Vec<String> = chosen.map(|(id, standing)| format!("{} {}", name(procedure, *id), word(Some(*standing)))).collect();
    if words.is_empty() { "erfüllt".to_owned() } else { words.join(", ") }
}
