//! Whether a case brings about what it expects, and in words what came instead.

use jiff::civil::Date;

use crate::both;
use crate::diagnostic::Bilingual;
use crate::model::case::{Expectation, Occurrence, Proof, Source};
use crate::model::expression::{BinaryOperator, Edge, Expression, ExpressionKind};
use crate::model::procedure::Procedure;
use crate::model::{DatumId, NoticeId, PreconditionId};
use crate::rules::deadline::TimeLimit;
use crate::rules::evaluate::{Situation, Standing};
use crate::rules::naming::name_of;
use crate::rules::value::Value;

use super::CaseResult;
use super::way::{self, passes};

/// What is wrong with an expectation, if anything.
pub(super) fn unmet(result: &CaseResult<'_>, expectation: &Expectation) -> Option<Bilingual> {
    let situation = &result.situation;
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
        Expectation::Occurs(occurrence) => absent(result, occurrence),
        Expectation::Never(occurrence) => present(result, occurrence),
        Expectation::Source(datum, expected) => {
            let found = result.taken.sources.get(datum);
            (found != Some(expected)).then(|| {
                let (name, wanted, actual) = (data(result, &[*datum]), source(result, Some(expected)), source(result, found));
                Bilingual {
                    de: format!("erwartet: {name} {}; tatsächlich: {}", wanted.de, actual.de),
                    en: format!("expected: {name} {}; actually: {}", wanted.en, actual.en),
                }
            })
        }
        Expectation::Deadline(name, expected) => deadline(result, name, *expected),
    }
}

/// What of an expected occurrence does not come about.
fn absent(result: &CaseResult<'_>, occurrence: &Occurrence) -> Option<Bilingual> {
    match occurrence {
        Occurrence::Notice(notice) => (!result.way.notices.contains(notice)).then(|| no_notice(result, *notice)),
        Occurrence::Asked(wanted) => {
            let others = except(wanted, |id| result.taken.sources.get(id) != Some(&Source::Asked));
            (!others.is_empty()).then(|| {
                let names = data(result, &others);
                both!(
                    "erwartet: gefragt {names}; tatsächlich wird danach nicht gefragt",
                    "expected: asked {names}; actually not asked"
                )
            })
        }
        Occurrence::Investigated(wanted) => {
            let others = except(wanted, |id| result.taken.sources.get(id) != Some(&Source::Investigated));
            (!others.is_empty()).then(|| {
                let names = data(result, &others);
                both!(
                    "erwartet: ermittelt {names}; tatsächlich ermittelt die Behörde das nicht selbst",
                    "expected: investigated {names}; actually the authority does not find that out itself"
                )
            })
        }
        Occurrence::Fetched(wanted) => {
            let others = except(wanted, |proof| !is_fetched(result, proof));
            (!others.is_empty()).then(|| {
                let names = proofs(result, &others);
                both!(
                    "erwartet: abgerufen {names}; tatsächlich wird das nicht abgerufen",
                    "expected: retrieved {names}; actually not retrieved"
                )
            })
        }
        Occurrence::Needed(wanted) => {
            let others = except(wanted, |proof| !way::is_needed(&result.situation, proof));
            (!others.is_empty()).then(|| {
                let names = proofs(result, &others);
                both!(
                    "erwartet: benötigt {names}; tatsächlich wird das nicht benötigt",
                    "expected: required {names}; actually not required"
                )
            })
        }
        Occurrence::Path(wanted) => passes(&result.way, wanted),
    }
}

/// What of an occurrence comes about though it must not.
fn present(result: &CaseResult<'_>, occurrence: &Occurrence) -> Option<Bilingual> {
    match occurrence {
        Occurrence::Notice(notice) => result.way.notices.contains(notice).then(|| {
            let title = title(result, *notice);
            both!("erwartet: nicht Bescheid {title}; tatsächlich ergeht er", "expected: no notice {title}; actually it is issued")
        }),
        Occurrence::Asked(denied) => {
            let asked = except(denied, |id| result.taken.sources.get(id) == Some(&Source::Asked));
            (!asked.is_empty()).then(|| {
                let names = data(result, &asked);
                both!(
                    "erwartet: nicht gefragt {names}; tatsächlich wird danach gefragt",
                    "expected: {names} not asked; actually asked"
                )
            })
        }
        Occurrence::Investigated(denied) => {
            let found_out = except(denied, |id| result.taken.sources.get(id) == Some(&Source::Investigated));
            (!found_out.is_empty()).then(|| {
                let names = data(result, &found_out);
                both!(
                    "erwartet: nicht ermittelt {names}; tatsächlich ermittelt die Behörde das",
                    "expected: {names} not investigated; actually the authority finds that out"
                )
            })
        }
        Occurrence::Fetched(denied) => {
            let fetched = except(denied, |proof| is_fetched(result, proof));
            (!fetched.is_empty()).then(|| {
                let names = proofs(result, &fetched);
                both!(
                    "erwartet: nicht abgerufen {names}; tatsächlich wird das abgerufen",
                    "expected: {names} not retrieved; actually retrieved"
                )
            })
        }
        Occurrence::Needed(denied) => {
            let needed = except(denied, |proof| way::is_needed(&result.situation, proof));
            (!needed.is_empty()).then(|| {
                let names = proofs(result, &needed);
                both!(
                    "erwartet: nicht benötigt {names}; tatsächlich wird das benötigt",
                    "expected: {names} not required; actually required"
                )
            })
        }
        Occurrence::Path(denied) => {
            let passed = except(denied, |stop| result.way.stops.contains(stop));
            (!passed.is_empty()).then(|| {
                let (denied, way) = (passed.join(", "), result.way.stops.join(", "));
                both!("erwartet: nicht Weg {denied}; tatsächlich: {way}", "expected: not the way {denied}; actually: {way}")
            })
        }
    }
}

fn except<T: Clone>(all: &[T], which: impl Fn(&T) -> bool) -> Vec<T> {
    all.iter().filter(|item| which(item)).cloned().collect()
}

pub(super) fn is_fetched(result: &CaseResult<'_>, proof: &Proof) -> bool {
    result.taken.fetched.iter().any(|(kind, of)| proof.covers(*kind, *of))
}

fn data(result: &CaseResult<'_>, ids: &[DatumId]) -> String {
    let data = &result.situation.procedure.data;
    ids.iter().filter_map(|id| Some(data.get(*id)?.name.as_ref())).collect::<Vec<_>>().join(", ")
}

fn proofs(result: &CaseResult<'_>, proofs: &[Proof]) -> String {
    proofs.iter().map(|proof| way::name_of(&result.situation, proof)).collect::<Vec<_>>().join(", ")
}

fn source(result: &CaseResult<'_>, source: Option<&Source>) -> Bilingual {
    match source {
        Some(Source::Account) => both!("aus konto", "out_of account"),
        Some(Source::Register(id)) => {
            let name = result.situation.library.registers.get(*id).map(|register| register.name.to_string()).unwrap_or_default();
            both!("aus {name}", "out_of {name}")
        }
        Some(Source::Investigated) => both!("ermittelt", "investigated"),
        Some(Source::Asked) => both!("gefragt", "asked"),
        None => both!("nicht nötig", "not needed"),
    }
}

fn title(result: &CaseResult<'_>, notice: NoticeId) -> String {
    result.situation.procedure.notices.get(notice).map(|notice| notice.name.to_string()).unwrap_or_default()
}

fn no_notice(result: &CaseResult<'_>, notice: NoticeId) -> Bilingual {
    let expected = title(result, notice);
    let issued = result.way.notices.iter().map(|id| title(result, *id)).collect::<Vec<_>>().join(", ");
    match (issued.is_empty(), result.way.open) {
        (false, _) => {
            both!("erwartet: Bescheid {expected}; tatsächlich: {issued}", "expected: notice {expected}; actually: {issued}")
        }
        (true, true) => {
            let open = describe(result.situation.procedure, result, |standing| standing == Standing::Open);
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
}

fn deadline(result: &CaseResult<'_>, name: &str, expected: Date) -> Option<Bilingual> {
    let Some(ends) = ends(result, name) else {
        return Some(both!(
            "erwartet: Frist {name} endet am {expected}; tatsächlich läuft hier keine Frist dieses Namens",
            "expected: deadline {name} ends on {expected}; actually no deadline of this name runs here"
        ));
    };
    (ends != Some(expected)).then(|| {
        let actual = ends.map(|day| day.to_string()).unwrap_or_default();
        both!(
            "erwartet: Frist {name} endet am {expected}; tatsächlich am {actual}",
            "expected: deadline {name} ends on {expected}; actually on {actual}"
        )
    })
}

/// The last day of the deadline of this name that runs in a case: one of the procedure's own, of a step that is passed, or of a remedy
/// against a notice that is issued. `None` where none runs; within, `None` where it has no last day.
fn ends(result: &CaseResult<'_>, name: &str) -> Option<Option<Date>> {
    let situation = &result.situation;
    let procedure = situation.procedure;
    if let Some((own, _)) = procedure.deadlines.iter().find(|(_, deadline)| deadline.name.as_ref() == name) {
        return situation.deadline(own, Edge::Last).map(Some);
    }
    if let Some((_, last)) = result.way.deadlines.iter().find(|(step, _)| step.as_ref() == name) {
        return Some(*last);
    }
    let notices = result.way.notices.iter().filter_map(|id| procedure.notices.get(*id));
    let remedies = notices.filter_map(|notice| notice.remedy.as_ref().or(procedure.remedy.as_ref()));
    remedies
        .filter(|remedy| remedy.kinds.iter().any(|kind| kind.as_ref() == name))
        .find_map(|remedy| remedy.within)
        .map(|within| TimeLimit::within(within, situation.holidays).last_day(situation.notified, false))
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
        ExpressionKind::Binary(operator, left, right) if operator.is_comparison() => {
            let sign = operator.sign();
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
fn describe(procedure: &Procedure, result: &CaseResult<'_>, which: impl Fn(Standing) -> bool) -> String {
    let chosen = result.standings.iter().filter(|(_, standing)| which(*standing));
    let words: Vec<String> = chosen.map(|(id, standing)| format!("{} {}", name(procedure, *id), word(Some(*standing)))).collect();
    if words.is_empty() { "erfüllt".to_owned() } else { words.join(", ") }
}
