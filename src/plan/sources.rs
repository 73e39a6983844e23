//! The roads of each datum: what the account or a register delivers is not asked, nor what the authority finds out; all else is.

use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::check::Checked;
use crate::check::needs::{Reason, reason};
use crate::check::offers::Search;
use crate::model::evidence::{IDNR, Trust};
use crate::model::ids::{DatumId, Id};
use crate::model::procedure::{ChannelKind, Datum, Procedure};
use crate::model::{Library, Type};
use crate::rules::foundations;

use super::guards::{AskedWhen, simplified};
use super::minimal::{Problem, Retrieval as Fetch, Way, solve};
use super::set::Set;
use super::{PlannedDatum, PlannedEvidence, Retrieval, Road};

/// The data with their roads, the evidence with the chosen retrievals, and whether no plan is better.
pub(super) fn fewest_questions(
    checked: &Checked,
    mut evidence: Vec<PlannedEvidence>,
    ways: &[Vec<Search>],
    day: Date,
) -> (Vec<PlannedDatum>, Vec<PlannedEvidence>, bool) {
    let facts = Facts::of(checked, day);
    let problem = facts.problem(&evidence, ways);
    let solution = solve(&problem);
    for ((planned, ways), chosen) in evidence.iter_mut().zip(ways).zip(&solution.ways) {
        let search = chosen.and_then(|way| ways.get(way)).cloned();
        planned.retrieval = search.map(|search| Retrieval { search, stage: 0, before_page: 0 });
    }
    number_stages(&mut evidence, &problem.known.union(&solution.asked));
    let data = facts.roads(&evidence);
    (data, evidence, solution.proved)
}

/// What is known of the data before anything is planned.
struct Facts<'a> {
    checked: &'a Checked,
    place: Option<DatumId>,
    account: BTreeSet<DatumId>,
    forced: BTreeSet<DatumId>,
    early: BTreeSet<DatumId>,
}

impl<'a> Facts<'a> {
    fn of(checked: &'a Checked, day: Date) -> Facts<'a> {
        let procedure = checked.procedure();
        let place = procedure.authority.as_ref().and_then(|competence| competence.place);
        let forced: BTreeSet<DatumId> = procedure.asked.iter().map(|(id, _)| *id).collect();
        let delivered = procedure.data.iter().filter(|(_, datum)| account_delivers(checked, datum, day)).map(|(id, _)| id);
        let account = delivered.filter(|id| !forced.contains(id)).collect();
        let shown = procedure
            .expressions()
            .into_iter()
            .filter(|(place, _)| matches!(reason(*place), Reason::Condition | Reason::Evidence(_)))
            .map(|(_, expression)| expression);
        let early = foundations::data(procedure, shown);
        Facts { checked, place, account, forced, early }
    }

    fn procedure(&self) -> &'a Procedure {
        self.checked.procedure()
    }

    fn is_needed(&self, id: DatumId) -> bool {
        !self.checked.reasons(id).is_empty()
    }

    fn investigation(&self, id: DatumId) -> Option<usize> {
        self.procedure().investigations.iter().position(|investigation| investigation.data.contains(&id))
    }

    /// Whether people can be asked for it: not for what the authority finds out, never for the identification number.
    fn is_askable(&self, id: DatumId) -> bool {
        let name = self.procedure().data.get(id).map_or("", |datum| &datum.name);
        self.investigation(id).is_none() && name.rsplit_once('.').is_none_or(|(_, own)| own != IDNR)
    }

    fn problem(&self, evidence: &[PlannedEvidence], ways: &[Vec<Search>]) -> Problem {
        let procedure = self.procedure();
        let all = || procedure.data.iter().map(|(id, _)| id);
        let set = |ids: &mut dyn Iterator<Item = DatumId>| ids.map(Id::index).collect::<Set>();
        let known = set(&mut self.account.iter().copied().chain(self.place.filter(|place| !self.forced.contains(place))));
        let needed = |id: &DatumId| self.is_needed(*id) && self.is_askable(*id);
        Problem {
            known,
            needed: set(&mut all().filter(needed)),
            early: set(&mut self.early.iter().copied()),
            forced: set(&mut self.forced.iter().copied()),
            askable: set(&mut all().filter(|id| self.is_askable(*id))),
            weights: procedure.data.values().map(|datum| leaves(self.checked.library(), &datum.typ, 0)).collect(),
            retrievals: evidence.iter().zip(ways).map(|(planned, ways)| fetch(planned, ways)).collect(),
        }
    }

    fn roads(&self, evidence: &[PlannedEvidence]) -> Vec<PlannedDatum> {
        let mut planned = Vec::new();
        for (id, _) in self.procedure().data.iter() {
            let needed = self.is_needed(id);
            let asked = if self.is_askable(id) { self.guards(id, needed, evidence) } else { Vec::new() };
            let mut roads = Vec::new();
            if self.account.contains(&id) {
                roads.push(Road::Account);
            }
            if needed && !asked.contains(&AskedWhen::default()) {
                roads.extend(providers(id, evidence).map(|(number, _)| Road::Register(number)));
            }
            if needed {
                roads.extend(self.investigation(id).map(Road::Investigated));
            }
            if !asked.is_empty() {
                roads.push(Road::Asked);
            }
            if !roads.is_empty() && (needed || !asked.is_empty()) {
                planned.push(PlannedDatum { datum: id, roads, asked, needed });
            }
        }
        planned
    }

    /// When a datum is asked: because it is needed and nothing else delivered it, or because a register is searched by it that is
    /// asked before anything delivers it.
    fn guards(&self, id: DatumId, needed: bool, evidence: &[PlannedEvidence]) -> Vec<AskedWhen> {
        let mut guards = Vec::new();
        if needed {
            let in_time = providers(id, evidence).filter(|(_, search)| search.immediate || !self.early.contains(&id));
            let unless = if self.forced.contains(&id) || self.place == Some(id) {
                Vec::new()
            } else {
                in_time.map(|(number, _)| number).collect()
            };
            guards.push(AskedWhen { fetching: None, unless });
        }
        for (number, planned) in evidence.iter().enumerate() {
            let Some(retrieval) = planned.retrieval.as_ref().filter(|retrieval| retrieval.search.requires().any(|of| of == id))
            else {
                continue;
            };
            let before = |other: usize| {
                let stage = evidence.get(other).and_then(|other| other.retrieval.as_ref()).map(|other| other.stage);
                stage.is_some_and(|stage| stage < retrieval.stage)
            };
            let earlier = providers(id, evidence).filter(|(other, search)| search.immediate && before(*other));
            guards.push(AskedWhen { fetching: Some(number), unless: earlier.map(|(other, _)| other).collect() });
        }
        simplified(guards)
    }
}

/// The evidences whose retrieval delivers a datum.
fn providers(id: DatumId, evidence: &[PlannedEvidence]) -> impl Iterator<Item = (usize, &Search)> {
    evidence.iter().enumerate().filter_map(move |(number, planned)| {
        let search = &planned.retrieval.as_ref()?.search;
        search.delivers.contains(&id).then_some((number, search))
    })
}

/// An evidence as the search for the fewest questions sees it.
fn fetch(planned: &PlannedEvidence, ways: &[Search]) -> Fetch {
    let options = ways.iter().map(|search| Way {
        requires: search.requires().chain(planned.awaits.iter().copied()).map(Id::index).collect(),
        delivers: search.delivers.iter().copied().map(Id::index).collect(),
        immediate: search.immediate,
        sent: u32::try_from(search.attributes()).unwrap_or(u32::MAX),
    });
    Fetch { options: options.collect() }
}

/// Numbers the stages: each retrieval in the first in which all it needs is known.
fn number_stages(evidence: &mut [PlannedEvidence], known: &Set) {
    let mut known = known.clone();
    for stage in 1..=evidence.len() {
        let ready: Vec<usize> = evidence
            .iter()
            .enumerate()
            .filter(|(_, planned)| {
                let fetch = planned.retrieval.as_ref().filter(|retrieval| retrieval.stage == 0);
                fetch.is_some_and(|retrieval| {
                    let mut needs = retrieval.search.requires().chain(planned.awaits.iter().copied());
                    needs.all(|id| known.contains(id.index()))
                })
            })
            .map(|(number, _)| number)
            .collect();
        for number in ready {
            let Some(retrieval) = evidence.get_mut(number).and_then(|planned| planned.retrieval.as_mut()) else { continue };
            retrieval.stage = stage;
            if retrieval.search.immediate {
                retrieval.search.delivers.iter().for_each(|id| known.insert(id.index()));
            }
        }
    }
}

/// Whether an account delivers this datum: for the person logged in, at a trust level that the procedure asks for.
fn account_delivers(checked: &Checked, datum: &Datum, day: Date) -> bool {
    let procedure = checked.procedure();
    let (Some((participant, number)), Some(trust)) = (datum.of, online_trust(procedure)) else { return false };
    let Some(participant) = procedure.participants.get(participant) else { return false };
    if !participant.role.is_logged_in() || participant.repeat.is_some() {
        return false;
    }
    let library = checked.library();
    let Some((_, group, attribute)) = participant.attributes(library).find(|(of, ..)| *of == number) else { return false };
    library.accounts.values().filter(|account| account.from.is_none_or(|from| from <= day)).any(|account| {
        let lines = account.delivers.iter();
        lines.into_iter().any(|(of, attributes, from)| *of == group && *from <= trust && attributes.contains(&attribute.name))
    })
}

/// The trust level of the online channel; `None` where there is no account.
fn online_trust(procedure: &Procedure) -> Option<Trust> {
    procedure.channels.iter().find(|channel| channel.kind == ChannelKind::Online).and_then(|channel| channel.trust)
}

/// How many single values a type has.
fn leaves(library: &Library, typ: &Type, depth: u32) -> u32 {
    match typ.base(library) {
        Type::Group(group) if depth < 8 => {
            let attributes = library.groups.get(*group).map_or(&[][..], |group| &group.attributes);
            attributes.iter().map(|attribute| leaves(library, &attribute.typ, depth + 1)).fold(0, u32::saturating_add).max(1)
        }
        Type::List(item) if depth < 8 => leaves(library, item, depth + 1),
        _ => 1,
    }
}
