//! Why each datum is needed: what rests on it, which provision demands it. What nothing needs is not asked.

use std::collections::BTreeSet;

use crate::model::expression::{Expression, ExpressionKind, Several};
use crate::model::places::Place;
use crate::model::procedure::{NeededEvidence, Role, SetOff};
use crate::model::workflow::{Step, StepKind};
use crate::model::{DatumId, DeadlineId, DecisionId, Library, NoticeId, PreconditionId, Procedure, RuleId};

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
        data_of(procedure, expression, &mut |id| add(id, reason(place)));
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
fn reason(place: Place) -> Reason {
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

/// The data of an attribute that an evidence proves: of the persons it is about, or of whoever has it.
pub(super) fn proved(procedure: &Procedure, need: &NeededEvidence, attribute: &str) -> Vec<DatumId> {
    if !need.of.is_empty() {
        return need.of.iter().filter_map(|of| procedure.datum_of(*of, attribute)).collect();
    }
    let is_it = |name: &str| name == attribute || name.rsplit_once('.').is_some_and(|(_, own)| own == attribute);
    procedure.data.iter().filter(|(_, datum)| is_it(&datum.name)).map(|(id, _)| id).collect()
}

/// Calls `visit` on each datum that an expression names.
pub(super) fn data_of(procedure: &Procedure, expression: &Expression, visit: &mut dyn FnMut(DatumId)) {
    expression.walk(&mut |part| match &part.kind {
        ExpressionKind::Datum(id) => visit(*id),
        ExpressionKind::Each(Several::Persons(persons), None) => {
            let own = procedure.data.iter().filter(|(_, datum)| datum.of.is_some_and(|(of, _)| of == *persons));
            own.for_each(|(id, _)| visit(id));
        }
        _ => {}
    });
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
