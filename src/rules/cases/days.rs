//! The days of a case: when it is complete, decided and made known, and which deadlines the authority extends.

use jiff::civil::Date;

use crate::both;
use crate::diagnostic::Bilingual;
use crate::model::case::{Event, Origin};
use crate::model::expression::Context;
use crate::model::procedure::Case;
use crate::rules::calendar::deemed_known;
use crate::rules::evaluate::Situation;

use super::Failure;

/// Gives a situation the days that a case names. What is decided is decided when all is there, and counts as made known when the law
/// says so, unless the case says otherwise.
pub(super) fn set(situation: &mut Situation<'_>, case: &Case, failures: &mut Vec<Failure>) {
    let named = |wanted: Context| {
        case.events.iter().find_map(|(event, _)| match event {
            Event::DayOf(context, day) if *context == wanted => Some(*day),
            _ => None,
        })
    };
    situation.complete = named(Context::CompletionDate).unwrap_or(situation.application);
    situation.decision = named(Context::DecisionDate).unwrap_or(situation.complete.max(situation.application));
    let known = deemed_known(situation.decision).unwrap_or(situation.decision);
    situation.notified = named(Context::NotificationDate).unwrap_or(known);
    for (event, span) in &case.events {
        let message = match event {
            Event::DayOf(Context::CompletionDate, day) => not_before(*day, situation.application, ("vollständig", "complete")),
            Event::DayOf(Context::DecisionDate, day) => not_before(*day, situation.application, ("entscheidung", "decision")),
            Event::DayOf(Context::NotificationDate, day) => not_before(*day, situation.decision, ("bekanntgabe", "notification")),
            Event::Extended(id) => {
                situation.extended.insert(*id);
                let deadline = situation.procedure.deadlines.get(*id).filter(|deadline| deadline.extension.is_none());
                deadline.map(|deadline| {
                    let name = &deadline.name;
                    both!(
                        "angegeben: {name} verlängert; tatsächlich ist diese Frist nicht verlängerbar",
                        "stated: {name} extended; actually this deadline can't be extended"
                    )
                })
            }
            _ => None,
        };
        failures.extend(message.map(|message| Failure { span: *span, message }));
    }
}

/// Whether the case says when it is decided or made known; otherwise it is in time.
pub(super) fn are_named(events: &[(Event, crate::source::Span)]) -> bool {
    let decided = |event: &Event| matches!(event, Event::DayOf(Context::DecisionDate | Context::NotificationDate, _));
    events.iter().any(|(event, _)| decided(event))
}

/// What the authority is said to have established though no step on the way does.
pub(super) fn not_established(situation: &Situation<'_>, case: &Case, failures: &mut Vec<Failure>) {
    for (target, _, span) in &case.given {
        if target.origin != Origin::Established || situation.is_established(target.datum) {
            continue;
        }
        let name = situation.procedure.data.get(target.datum).map(|datum| datum.name.to_string()).unwrap_or_default();
        let message = both!(
            "angegeben: {name} festgestellt; tatsächlich stellt kein Schritt auf diesem Weg das fest",
            "stated: {name} established; actually no step on this way establishes it"
        );
        failures.push(Failure { span: *span, message });
    }
}

fn not_before(day: Date, earliest: Date, (de, en): (&str, &str)) -> Option<Bilingual> {
    (day < earliest).then(|| {
        both!(
            "angegeben: {de} am {day}; das liegt vor dem {earliest}, an dem es frühestens so weit ist",
            "stated: {en} on {day}; that lies before {earliest}, the first day on which it can be"
        )
    })
}
