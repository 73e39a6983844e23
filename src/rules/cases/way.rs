//! The way of a case through the workflow: which steps it passes, which notices are issued, where it ends.
//!
//! It goes as the definition says: what is missing is requested and comes, or the deadline passes and its consequence is drawn;
//! whoever is consulted answers in time, unless the case says that the deadline is missed; what can't be decided goes to a person,
//! and there the way ends. Steps at once are passed in the order in which they are written.

use jiff::civil::Date;

use crate::both;
use crate::diagnostic::Bilingual;
use crate::model::case::{Event, Proof};
use crate::model::deadline::DECISION;
use crate::model::expression::{Duration, Edge};
use crate::model::procedure::Consequence;
use crate::model::workflow::{self, Request, Step, StepKind, stop_after};
use crate::model::{EvidenceId, Expression, NoticeId, ParticipantId};
use crate::rules::calendar::deemed_known;
use crate::rules::deadline::TimeLimit;
use crate::rules::evaluate::Situation;
use crate::rules::value::Value;
use crate::source::{Span, Text};

use super::{Failure, days};

/// What a case passes on its way.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Way {
    /// The names of the steps in order, and of what followed from deadlines.
    pub stops: Vec<Text>,
    /// The notices issued, in order.
    pub notices: Vec<NoticeId>,
    /// The deadlines of the steps that were passed, with their last days.
    pub deadlines: Vec<(Text, Option<Date>)>,
    /// Whether a step could not be decided, so that a person goes on from there.
    pub open: bool,
    /// Whether a deadline passed with which all ended; the last stop says how.
    pub lapsed: bool,
}

/// Walks the workflow. What the case says of evidence and deadlines, but does not come about on this way, is a failure.
pub(super) fn walk(situation: &Situation<'_>, events: &[(Event, Span)], failures: &mut Vec<Failure>) -> Way {
    let mut walker = Walker { situation, events, came_about: vec![false; events.len()], way: Way::default() };
    walker.steps(&situation.procedure.workflow);
    for ((event, span), came_about) in events.iter().zip(&walker.came_about) {
        let message = match event {
            Event::Lacking(proof) | Event::HandedInLater(proof) | Event::HandedIn(proof) if !is_needed(situation, proof) => {
                let name = name_of(situation, proof);
                both!(
                    "angegeben: {name}; tatsächlich ist das in diesem Fall kein nötiger Nachweis",
                    "stated: {name}; actually it is not needed in this case"
                )
            }
            Event::Lacking(proof) | Event::HandedInLater(proof) if !came_about => {
                let name = name_of(situation, proof);
                both!(
                    "angegeben: {name} fehlt; tatsächlich prüft der Ablauf auf diesem Weg nicht, ob etwas fehlt",
                    "stated: {name} is missing; actually the workflow does not check on this way whether something is missing"
                )
            }
            Event::Missed(name) if !came_about => both!(
                "angegeben: {name} versäumt; tatsächlich läuft auf diesem Weg keine Frist dieses Namens",
                "stated: {name} missed; actually no deadline of this name runs on this way"
            ),
            _ => continue,
        };
        failures.push(Failure { span: *span, message });
    }
    walker.way
}

/// The evidence that a case needs, and about whom.
pub fn needed<'a>(situation: &'a Situation<'_>) -> impl Iterator<Item = (EvidenceId, Option<ParticipantId>)> + 'a {
    let holds = |condition: &Expression| situation.value(condition) == Value::Truth(true);
    let needs = situation.procedure.evidence.iter().filter(move |need| need.condition.as_ref().is_none_or(holds));
    needs.flat_map(|need| {
        let persons: Vec<Option<ParticipantId>> =
            if need.of.is_empty() { vec![None] } else { need.of.iter().copied().map(Some).collect() };
        let kinds = need.alternatives.ways.iter().flatten();
        kinds.flat_map(move |kind| persons.clone().into_iter().map(|of| (*kind, of))).collect::<Vec<_>>()
    })
}

pub(super) fn is_needed(situation: &Situation<'_>, proof: &Proof) -> bool {
    needed(situation).any(|(kind, of)| proof.covers(kind, of))
}

/// `Meldedatensatz von kind`.
pub(super) fn name_of(situation: &Situation<'_>, proof: &Proof) -> String {
    let kind = situation.library.evidence.get(proof.evidence).map(|kind| kind.name.to_string()).unwrap_or_default();
    match proof.of.and_then(|of| situation.procedure.participants.get(of)) {
        Some(person) => format!("{kind} von {}", person.name),
        None => kind,
    }
}

struct Walker<'s, 'a> {
    situation: &'s Situation<'a>,
    events: &'s [(Event, Span)],
    /// Which of the events have had their effect.
    came_about: Vec<bool>,
    way: Way,
}

impl Walker<'_, '_> {
    /// Walks the steps in order; `false` where the way ends among them.
    fn steps(&mut self, steps: &[Step]) -> bool {
        steps.iter().all(|step| self.step(step))
    }

    fn step(&mut self, step: &Step) -> bool {
        if matches!(step.kind, StepKind::Decide { .. } | StepKind::Issue(_)) && !self.decision_in_time() {
            return false;
        }
        let name = step.name(self.situation.procedure);
        self.way.stops.extend(name.clone());
        let name = name.unwrap_or_default();
        match &step.kind {
            StepKind::CheckComplete { within, missing } => self.check_complete(&name, within.as_ref(), missing.as_ref()),
            // Another body is asked once all is there. Who is heard learns of it when the letter counts as made known.
            StepKind::Consult { within, .. } => self.limited(&name, within.as_ref(), Some(self.situation.complete)),
            StepKind::Hear { within, .. } => self.limited(&name, within.as_ref(), deemed_known(self.situation.complete)),
            StepKind::Branch { condition, then, otherwise } => match self.situation.value(condition).truth() {
                Some(true) => self.steps(then),
                Some(false) => self.steps(otherwise),
                None => {
                    self.way.open = true;
                    false
                }
            },
            StepKind::Parallel(branches) => self.steps(branches),
            StepKind::Issue(notice) => {
                self.way.notices.push(*notice);
                true
            }
            StepKind::Task { establishes, .. } => {
                self.situation.establish(establishes);
                true
            }
            StepKind::Receipt
            | StepKind::CheckExternal { .. }
            | StepKind::Decide { .. }
            | StepKind::FollowUp(_)
            | StepKind::Appointment { .. }
            | StepKind::Unsupported => true,
        }
    }

    /// A step with a deadline, set off on a day; whether the way goes on behind it.
    fn limited(&mut self, name: &Text, within: Option<&(Duration, Option<Consequence>)>, from: Option<Date>) -> bool {
        let Some((duration, consequence)) = within else { return true };
        self.runs(name.clone(), *duration, from);
        if !self.happens(|event| matches!(event, Event::Missed(missed) if missed == name)) {
            return true;
        }
        self.way.stops.extend(stop_after(consequence.as_ref()));
        self.way.lapsed = consequence == &Some(Consequence::Refuse);
        !self.way.lapsed
    }

    fn check_complete(
        &mut self,
        name: &Text,
        within: Option<&(Duration, Option<Consequence>)>,
        missing: Option<&Request>,
    ) -> bool {
        if !self.limited(name, within, Some(self.situation.application)) {
            return false;
        }
        let situation = self.situation;
        let comes_later = self.happens(|event| matches!(event, Event::HandedInLater(proof) if is_needed(situation, proof)));
        let never_comes = self.happens(|event| matches!(event, Event::Lacking(proof) if is_needed(situation, proof)));
        let Some(request) = missing.filter(|_| comes_later || never_comes) else { return true };
        self.way.stops.push(workflow::REQUEST.into());
        // A deadline that the authority sets begins with the day after it was made known (§ 31 Abs. 2 VwVfG, § 26 Abs. 2 SGB X).
        self.runs(workflow::REQUEST.into(), request.within, deemed_known(situation.application));
        let late = self.happens(|event| matches!(event, Event::Missed(missed) if missed.as_ref() == workflow::REQUEST));
        if !never_comes && !late {
            self.way.stops.extend([workflow::HANDED_IN_LATER.into(), name.clone()]);
            return true;
        }
        // Who says nothing of what follows lets the authority refuse.
        let consequence = request.consequence.as_ref().unwrap_or(&Consequence::Refuse);
        self.way.stops.extend(stop_after(Some(consequence)));
        self.way.lapsed = *consequence != Consequence::Continue;
        !self.way.lapsed
    }

    fn runs(&mut self, name: Text, duration: Duration, from: Option<Date>) {
        let last = from.and_then(|from| TimeLimit::within(duration, self.situation.holidays).last_day(from, false));
        self.way.deadlines.push((name, last));
    }

    /// Whether the deadlines of the decision are kept; where one is missed, its consequence stands for the decision. The day on which
    /// the decision is made known counts, not that on which it is sent.
    fn decision_in_time(&mut self) -> bool {
        let situation = self.situation;
        let days_are_named = days::are_named(self.events);
        for (id, deadline) in situation.procedure.deadlines.iter() {
            let Some(last) = situation.deadline(id, Edge::Last) else { continue };
            let late = days_are_named && deadline.name.as_ref() == DECISION && situation.notified > last;
            if !self.happens(|event| matches!(event, Event::Missed(missed) if *missed == deadline.name)) && !late {
                continue;
            }
            self.way.stops.extend(stop_after(deadline.consequence.as_ref()).filter(|stop| !self.way.stops.contains(stop)));
            if !matches!(deadline.consequence, Some(Consequence::Continue) | None) {
                self.way.lapsed = true;
                return false;
            }
        }
        true
    }

    /// Whether the case says so; what it says has then come about.
    fn happens(&mut self, is: impl Fn(&Event) -> bool) -> bool {
        let mut happens = false;
        for ((event, _), came_about) in self.events.iter().zip(&mut self.came_about) {
            if is(event) {
                *came_about = true;
                happens = true;
            }
        }
        happens
    }
}

/// Where a way differs from the steps expected, in words; `None` where it passes all of them in order.
pub(super) fn passes(way: &Way, expected: &[Text]) -> Option<Bilingual> {
    let mut rest = way.stops.iter();
    let missing = expected.iter().find(|stop| !rest.any(|passed| passed == *stop))?;
    let (wanted, passed) = (expected.join(", "), way.stops.join(", "));
    let out_of_order = way.stops.contains(missing);
    Some(if out_of_order {
        both!(
            "erwartet: Weg {wanted}; tatsächlich: {passed}; „{missing}“ kommt nicht an dieser Stelle",
            "expected: way {wanted}; actually: {passed}; “{missing}” does not come at this place"
        )
    } else {
        both!(
            "erwartet: Weg {wanted}; tatsächlich: {passed}; „{missing}“ kommt nicht vor",
            "expected: way {wanted}; actually: {passed}; “{missing}” does not occur"
        )
    })
}
