//! Which road each datum of a case takes: asked, fetched, delivered, found out.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::case::{Event, Source};
use crate::model::{DatumId, EvidenceId, LandId, ParticipantId};
use crate::rules::evaluate::Situation;
use crate::source::Span;

/// Answers which roads a case takes. The plan of a procedure does; where there is none, [`Unplanned`] does.
pub trait Roads: std::fmt::Debug + Sync {
    /// The roads of one case.
    fn taken(&self, journey: &Journey<'_>) -> Taken;
}

/// A case as far as its roads depend on it.
#[derive(Debug, Clone, Copy)]
pub struct Journey<'a> {
    /// Its answers, on its day.
    pub situation: &'a Situation<'a>,
    /// Its Land, which decides what is connected.
    pub land: Option<LandId>,
    /// What it says of evidence: handed in although it could be fetched, fetched, missing.
    pub events: &'a [(Event, Span)],
}

/// The roads that a case takes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Taken {
    /// Where each datum comes from that exists in the case.
    pub sources: BTreeMap<DatumId, Source>,
    /// The evidence that is fetched, and about whom.
    pub fetched: BTreeSet<(EvidenceId, Option<ParticipantId>)>,
}

/// Without a plan, what the authority does not find out is asked, and nothing is fetched.
#[derive(Debug, Clone, Copy)]
pub struct Unplanned;

impl Roads for Unplanned {
    fn taken(&self, journey: &Journey<'_>) -> Taken {
        let situation = journey.situation;
        let investigations = &situation.procedure.investigations;
        let source = |id: DatumId| {
            let found_out = investigations.iter().any(|investigation| investigation.data.contains(&id));
            if found_out { Source::Investigated } else { Source::Asked }
        };
        let existing = situation.procedure.data.iter().map(|(id, _)| id).filter(|id| situation.exists(*id));
        Taken { sources: existing.map(|id| (id, source(id))).collect(), fetched: BTreeSet::new() }
    }
}
