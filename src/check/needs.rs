//! Why each datum is needed: what rests on it, which provision demands it. What nothing needs is not asked.

use std::collections::BTreeSet;

use crate::model::expression::ExpressionKind;
use crate::model::places::Place;
use crate::model::procedure::{NeededEvidence, Role, SetOff};
use crate::model::workflow::{Step, StepKind};
use crate::model::{DatumId, DeadlineId, DecisionId, Library, NoticeId, ParameterId, PreconditionId, Procedure, RuleId};
use crate::rules::foundations::named;

/// What needs a datum.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// It says where the procedure belongs (`örtlich`).
    Place,
    /// A provision demands it (`nach`).
    Norm,
    /// It says who takes part (§ 22 VwVfG, § 18 SGB X).
    Identity,
    /// A computed value rests on it.
    Rule(RuleId),
    /// A decision table rests on it.
    Table(DecisionId),
    /// A precondition rests on it.
    Precondition(PreconditionId),
    /// Something is shown or asked only where it has a certain value.
    Condition,
    /// Whether the evidence of this number is needed rests on it.
    Evidence(usize),
    /// The evidence of this number proves it.
    Proof(usize),
    /// The fee of this number rests on it.
    Fee(usize),
    /// A deadline rests on it.
    Deadline(DeadlineId),
    /// A notice names it.
    Notice(NoticeId),
    /// A step of the procedure rests on it or establishes it.
    Step,
    /// The definition asks it though another road exists (`erfrage`).
    Forced,
}

/// The reasons for each datum, in the order of the data; a datum without reasons is not needed.
pub(super) fn needs(library: &Library, procedure: &Procedure) -> Vec<Vec<Reason>> {
    let mut reasons: Vec<BTreeSet<Reason>> = vec![BTreeSet::new(); procedure.data.len()];
    let mut add = |id: DatumId, reason: Reason| {
        if let Some(of_datum) = reasons.get_mut(id.0 as usize) {
            of_datum.insert(reason);
        }
    };
    for (place, expression) in procedure.expressions() {
        expression.walk(&mut |part| named(procedure, part, &mut |id| add(id, reason(place))));
    }
    for id in procedure.authority.iter().filter_map(|competence| competence.place) {
        add(id, Reason::Place);
    }
    for (id, _) in &procedure.asked {
        add(*id, Reason::Forced);
    }
    for (notice, of) in procedure.notices.iter() {
        for set_off in &of.set_off {
            if let SetOff::Datum(id) = set_off {
                add(*id, Reason::Notice(notice));
            }
        }
    }
    Step::walk(&procedure.workflow, &mut |step| {
        if let StepKind::Task { establishes, .. } = &step.kind {
            establishes.iter().for_each(|id| add(*id, Reason::Step));
        }
    });
    procedure.investigations.iter().flat_map(|investigation| &investigation.data).for_each(|id| add(*id, Reason::Step));
    for (number, need) in procedure.evidence.iter().enumerate() {
        for kind in need.alternatives.ways.iter().flatten().filter_map(|id| library.evidence.get(*id)) {
            for datum in kind.proves.iter().flat_map(|attribute| proved(procedure, need, attribute)) {
                if procedure.data.get(datum).is_some_and(|datum| datum.page.is_some()) {
                    add(datum, Reason::Proof(number));
                }
            }
        }
    }
    for (id, datum) in procedure.data.iter() {
        if !datum.norms.is_empty() {
            add(id, Reason::Norm);
        }
        if datum.page.is_some() && is_identity(procedure, id) {
            add(id, Reason::Identity);
        }
    }
    reasons.into_iter().map(|of_datum| of_datum.into_iter().collect()).collect()
}

/// What an expression at a place is for.
pub fn reason(place: Place) -> Reason {
    match place {
        Place::Participant(_) | Place::Datum(_) | Place::Page(_) | Place::Attachment(_) | Place::Declaration(_) => {
            Reason::Condition
        }
        Place::Evidence(number) => Reason::Evidence(number),
        Place::Deadline(id) => Reason::Deadline(id),
        Place::Rule(id) => Reason::Rule(id),
        Place::Precondition(id) => Reason::Precondition(id),
        Place::Input(id) | Place::Result(id) => Reason::Table(id),
        Place::Fee(number) => Reason::Fee(number),
        Place::Notice(id) => Reason::Notice(id),
        Place::Step => Reason::Step,
    }
}

/// The dated parameters that a procedure rests on.
pub fn parameters(procedure: &Procedure) -> BTreeSet<ParameterId> {
    let mut used = BTreeSet::new();
    for (_, expression) in procedure.expressions() {
        expression.walk(&mut |part| {
            if let ExpressionKind::Parameter(id, _) = part.kind {
                used.insert(id);
            }
        });
    }
    let set_off = procedure.notices.values().flat_map(|notice| &notice.set_off);
    used.extend(set_off.filter_map(|set_off| match set_off {
        SetOff::Parameter(id) => Some(*id),
        SetOff::Datum(_) | SetOff::Rule(_) => None,
    }));
    used
}

/// The data of an attribute that an evidence proves: of the persons it is about, or of whoever has it.
pub(super) fn proved(procedure: &Procedure, need: &NeededEvidence, attribute: &str) -> Vec<DatumId> {
    if !need.of.is_empty() {
        return need.of.iter().filter_map(|of| procedure.datum_of(*of, attribute)).collect();
    }
    let is_it = |name: &str| name == attribute || name.rsplit_once('.').is_some_and(|(_, own)| own == attribute);
    procedure.data.iter().filter(|(_, datum)| is_it(&datum.name)).map(|(id, _)| id).collect()
}

/// Whether a datum says who somebody is: names and address are part of every application (§ 22 VwVfG, § 18 SGB X); of others, the
/// name.
fn is_identity(procedure: &Procedure, id: DatumId) -> bool {
    let Some(datum) = procedure.data.get(id) else { return false };
    let Some((participant, _)) = datum.of else { return false };
    let role = procedure.participants.get(participant).map(|participant| participant.role);
    let attribute = datum.name.rsplit('.').next().unwrap_or_default();
    let names = ["familienname", "vornamen", "geburtsdatum", "anschrift", "name", "firma", "sitz", "mail", "telefon"];
    match role {
        Some(Role::Applicant | Role::Notifier | Role::CoApplicant | Role::RepresentedBy(_) | Role::Proxy | Role::Consenting) => {
            names.contains(&attribute)
        }
        Some(Role::Other) => names.iter().take(2).any(|name| *name == attribute),
        None => false,
    }
}
