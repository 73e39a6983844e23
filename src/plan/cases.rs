//! The roads that a case takes: what is on offer is fetched unless the case hands it in; what nobody delivers is asked.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::check::Checked;
use crate::land::connections::Place;
use crate::model::case::{Event, Source};
use crate::rules::cases::{Journey, Roads, Taken};
use crate::rules::evaluate::Situation;
use crate::rules::value::Value;

use super::{Plan, PlannedDatum, PlannedEvidence, Road};

/// The plans of a procedure in the Länder that share it.
#[derive(Debug)]
pub struct Planned {
    /// Each plan with its places.
    pub plans: Vec<(Vec<Place>, Arc<Plan>)>,
    /// The procedure.
    pub checked: Checked,
}

impl Roads for Planned {
    fn taken(&self, journey: &Journey<'_>) -> Taken {
        let here = self.plans.iter().find(|(places, _)| places.iter().any(|(land, _)| Some(*land) == journey.land));
        let Some((_, plan)) = here.or(self.plans.first()) else { return Taken::default() };
        let fetched: BTreeSet<usize> = plan
            .retrievals()
            .filter(|(_, planned, _)| self.is_needed(journey.situation, planned) && !is_handed_in(journey, planned))
            .map(|(number, ..)| number)
            .collect();
        let existing = plan.data.iter().filter(|planned| journey.situation.exists(planned.datum));
        let sources: BTreeMap<_, _> =
            existing.filter_map(|planned| Some((planned.datum, source(plan, planned, &fetched)?))).collect();
        let evidence = plan.evidence.iter().enumerate().filter(|(number, _)| fetched.contains(number));
        Taken { sources, fetched: evidence.map(|(_, planned)| (planned.evidence, planned.of)).collect() }
    }
}

impl Planned {
    /// Whether the case is known to need an evidence.
    fn is_needed(&self, situation: &Situation<'_>, planned: &PlannedEvidence) -> bool {
        let procedure = self.checked.procedure();
        let need = procedure.evidence.get(planned.needed).and_then(|need| need.condition.as_ref());
        let of = planned.of.and_then(|of| procedure.participants.get(of)).and_then(|of| of.condition.as_ref());
        need.into_iter().chain(of).all(|condition| situation.value(condition) == Value::Truth(true))
    }
}

fn is_handed_in(journey: &Journey<'_>, planned: &PlannedEvidence) -> bool {
    journey.events.iter().any(|(event, _)| match event {
        Event::HandedIn(proof) | Event::HandedInLater(proof) | Event::Lacking(proof) => {
            proof.covers(planned.evidence, planned.of)
        }
        Event::Fetched(_) | Event::Missed(_) | Event::Extended(_) | Event::DayOf(..) => false,
    })
}

/// The first road that is open; `None` for search data of which no search is made.
fn source(plan: &Plan, planned: &PlannedDatum, fetched: &BTreeSet<usize>) -> Option<Source> {
    let is_fetched = |number: usize| fetched.contains(&number);
    let is_asked = planned.asked.iter().any(|when| when.holds(is_fetched, is_fetched));
    planned.roads.iter().find_map(|road| match road {
        Road::Account => Some(Source::Account),
        // What a search needs is asked before anything delivers it.
        Road::Register(number) if is_fetched(*number) && !is_asked => {
            let retrieval = plan.evidence.get(*number)?.retrieval.as_ref()?;
            Some(Source::Register(retrieval.search.register))
        }
        Road::Register(_) => None,
        Road::Investigated(_) => Some(Source::Investigated),
        Road::Asked => is_asked.then_some(Source::Asked),
    })
}
