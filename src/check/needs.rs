//! Why each datum is needed: what rests on it, which provision demands it. What nothing needs is not asked.

use std::collections::BTreeSet;

use crate::model::expression::{Expression, ExpressionKind, Several};
use crate::model::procedure::{NeededEvidence, PageEntry, Role, SetOff};
use crate::model::text::{Template, TemplatePart};
use crate::model::workflow::{Step, StepKind};
use crate::model::{DatumId, DecisionId, Library, NoticeId, PreconditionId, Procedure, RuleId};

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
    /// The deadline of this number rests on it.
    Deadline(usize),
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
    for (reason, expression) in expressions(procedure) {
        data_of(procedure, expression, &mut |id| add(id, reason));
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

/// Every expression of the procedure but those of cases, with what it is for.
pub(super) fn expressions<'a>(procedure: &'a Procedure) -> Vec<(Reason, &'a Expression)> {
    let mut found: Vec<(Reason, &'a Expression)> = Vec::new();
    let mut add = |reason: Reason, expression: &mut dyn Iterator<Item = &'a Expression>| {
        found.extend(expression.map(|expression| (reason, expression)));
    };
    add(Reason::Condition, &mut procedure.participants.values().filter_map(|participant| participant.condition.as_ref()));
    add(Reason::Condition, &mut procedure.data.values().filter_map(|datum| datum.condition.as_ref()));
    for page in procedure.pages.values() {
        add(Reason::Condition, &mut page.condition.iter());
        let hints = page.entries.iter().filter_map(|entry| match entry {
            PageEntry::Hint(_, condition) => condition.as_ref(),
            PageEntry::Datum(_) | PageEntry::Declaration(_) => None,
        });
        add(Reason::Condition, &mut hints.into_iter());
    }
    for (number, need) in procedure.evidence.iter().enumerate() {
        add(Reason::Evidence(number), &mut need.condition.iter());
    }
    add(Reason::Condition, &mut procedure.attachments.iter().filter_map(|attachment| attachment.condition.as_ref()));
    add(Reason::Condition, &mut procedure.declarations.iter().filter_map(|declaration| declaration.condition.as_ref()));
    for (number, deadline) in procedure.deadlines.iter().enumerate() {
        add(Reason::Deadline(number), &mut deadline.condition.iter());
    }
    for (id, rule) in procedure.rules.iter() {
        add(Reason::Rule(id), &mut std::iter::once(&rule.expression));
    }
    for (id, precondition) in procedure.preconditions.iter() {
        add(Reason::Precondition(id), &mut std::iter::once(&precondition.condition));
    }
    for (id, decision) in procedure.decisions.iter() {
        add(Reason::Table(id), &mut decision.inputs.iter());
        add(Reason::Table(id), &mut decision.rows.iter().flat_map(|row| &row.results));
    }
    for (number, fee) in procedure.fees.iter().enumerate() {
        add(Reason::Fee(number), &mut fee.formula.iter());
    }
    for (id, notice) in procedure.notices.iter() {
        add(Reason::Notice(id), &mut notice.texts.iter().flat_map(values));
        add(Reason::Notice(id), &mut notice.clauses.iter().flat_map(|(_, template, _)| values(template)));
    }
    Step::walk(&procedure.workflow, &mut |step| {
        if let StepKind::Branch { condition, .. } = &step.kind {
            found.push((Reason::Step, condition));
        }
    });
    found
}

fn values(template: &Template) -> impl Iterator<Item = &Expression> {
    template.parts.iter().filter_map(|part| match part {
        TemplatePart::Value(expression) => Some(expression),
        TemplatePart::Words(_) => None,
    })
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
