//! `Checked`, connections and a day to a [`Plan`]: the source of each datum, the evidence, the pages.
//!
//! The first plan is the simplest honest one: what the account delivers is not asked, all else is asked, evidence is uploaded.

pub mod minimal;
mod pages;
pub mod set;
mod sources;

use crate::check::Checked;
use crate::model::ids::{DatumId, EvidenceId, ParticipantId};
use crate::model::text::machine_name;
use crate::model::{Expression, Label};

/// Plans a checked procedure.
pub fn plan(checked: &Checked) -> Plan {
    let data = sources::roads(checked);
    let evidence = evidence(checked);
    let pages = pages::arrange(checked, &data, &evidence);
    Plan { data, pages, evidence }
}

/// The evidence to hand in: one entry a kind and person.
fn evidence(checked: &Checked) -> Vec<PlannedEvidence> {
    let procedure = checked.procedure();
    let mut planned: Vec<PlannedEvidence> = Vec::new();
    for (needed, need) in procedure.evidence.iter().enumerate() {
        for (way, kinds) in need.alternatives.ways.iter().enumerate() {
            for &evidence in kinds {
                let Some(kind) = checked.library().evidence.get(evidence) else { continue };
                let whom: Vec<Option<ParticipantId>> =
                    if need.of.is_empty() { vec![None] } else { need.of.iter().copied().map(Some).collect() };
                for of in whom {
                    let person = of.and_then(|of| procedure.participants.get(of)).map(|participant| participant.name.as_ref());
                    let mut key = machine_name(&kind.name);
                    if let Some(person) = person {
                        key.push('_');
                        key.push_str(&machine_name(person));
                    }
                    while planned.iter().any(|other| other.key == key) {
                        key.push('_');
                    }
                    planned.push(PlannedEvidence { key, evidence, of, needed, way });
                }
            }
        }
    }
    planned
}

/// How a procedure gets what it needs.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Plan {
    /// Every datum that is needed or shown, in the order of the form.
    pub data: Vec<PlannedDatum>,
    /// The pages of the form, in order. Each question stands on exactly one.
    pub pages: Vec<PlannedPage>,
    /// The evidence to hand in, in order.
    pub evidence: Vec<PlannedEvidence>,
}

/// A datum and its roads.
#[derive(Debug, Clone, PartialEq)]
pub struct PlannedDatum {
    /// Which.
    pub datum: DatumId,
    /// The roads in the order of preference; never empty.
    pub roads: Vec<Road>,
}

/// Where a datum comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Road {
    /// The account delivers it for the person logged in.
    Account,
    /// A register delivers it with an evidence.
    Register,
    /// It is computed.
    Computed,
    /// The authority finds it out.
    Investigated,
    /// It is asked.
    Asked,
}

/// A page of the form.
#[derive(Debug, Clone, PartialEq)]
pub struct PlannedPage {
    /// Its machine-readable name, unique among the pages.
    pub name: String,
    /// Its title.
    pub title: Label,
    /// When it is shown at all.
    pub condition: Option<Expression>,
    /// What stands on it.
    pub entries: Vec<PlannedEntry>,
}

/// What stands on a page.
#[derive(Debug, Clone, PartialEq)]
pub enum PlannedEntry {
    /// A question (or, from the account, a prefilled answer to be seen).
    Question {
        /// Which datum.
        datum: DatumId,
        /// The account delivers it: shown, not asked, where the account is used; asked otherwise.
        from_account: bool,
    },
    /// A note with its condition.
    Hint(Label, Option<Expression>),
    /// A wording to confirm: index in the procedure's declarations.
    Declaration(usize),
    /// An evidence to hand in: index in [`Plan::evidence`].
    Evidence(usize),
}

/// One evidence to hand in.
#[derive(Debug, Clone, PartialEq)]
pub struct PlannedEvidence {
    /// Its key in the submission's `nachweise`: `Geburtsurkunde_kind`.
    pub key: String,
    /// Its kind.
    pub evidence: EvidenceId,
    /// About whom.
    pub of: Option<ParticipantId>,
    /// Index in the procedure's needed evidence.
    pub needed: usize,
    /// Which alternative way of that need it belongs to.
    pub way: usize,
}
