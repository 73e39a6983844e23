//! What is checked: a procedure with its surroundings, and where it uses what.

use std::collections::BTreeSet;

use crate::model::expression::{Expression, ExpressionKind};
use crate::model::procedure::{Deadline, NeededEvidence, PageEntry, SetOff};
use crate::model::text::{Template, TemplatePart};
use crate::model::workflow::{Step, StepKind};
use crate::model::{DatumId, Library, ParameterId, Procedure};

use super::Context;

/// A procedure under check.
#[derive(Debug)]
pub(super) struct Subject<'a> {
    pub library: &'a Library,
    pub procedure: &'a Procedure,
    pub context: Context<'a>,
}

impl<'a> Subject<'a> {
    pub(super) fn new(library: &'a Library, procedure: &'a Procedure, context: Context<'a>) -> Subject<'a> {
        Subject { library, procedure, context }
    }

    /// Every expression of the procedure but those of cases.
    pub(super) fn expressions(&self) -> Vec<&'a Expression> {
        let procedure = self.procedure;
        let mut found: Vec<&Expression> = Vec::new();
        found.extend(procedure.participants.values().filter_map(|participant| participant.condition.as_ref()));
        found.extend(procedure.data.values().filter_map(|datum| datum.condition.as_ref()));
        for page in procedure.pages.values() {
            found.extend(&page.condition);
            for entry in &page.entries {
                if let PageEntry::Hint(_, Some(condition)) = entry {
                    found.push(condition);
                }
            }
        }
        found.extend(procedure.evidence.iter().filter_map(|need: &NeededEvidence| need.condition.as_ref()));
        found.extend(procedure.attachments.iter().filter_map(|attachment| attachment.condition.as_ref()));
        found.extend(procedure.declarations.iter().filter_map(|declaration| declaration.condition.as_ref()));
        found.extend(procedure.deadlines.iter().filter_map(|deadline: &Deadline| deadline.condition.as_ref()));
        found.extend(procedure.rules.values().map(|rule| &rule.expression));
        found.extend(procedure.preconditions.values().map(|precondition| &precondition.condition));
        for decision in procedure.decisions.values() {
            found.extend(&decision.inputs);
            found.extend(decision.rows.iter().flat_map(|row| &row.results));
        }
        found.extend(procedure.fees.iter().filter_map(|fee| fee.formula.as_ref()));
        for notice in procedure.notices.values() {
            notice.texts.iter().for_each(|template| values(template, &mut found));
            notice.clauses.iter().for_each(|(_, template, _)| values(template, &mut found));
        }
        self.steps(&mut |step| {
            if let StepKind::Branch { condition, .. } = &step.kind {
                found.push(condition);
            }
        });
        found
    }

    /// Whether a part of the procedure could not be understood (and was reported).
    pub(super) fn has_broken_expressions(&self) -> bool {
        let mut broken = false;
        for expression in self.expressions() {
            expression.walk(&mut |part| broken |= part.kind == ExpressionKind::Error);
        }
        broken
    }

    /// Calls `visit` on each step of the workflow, outer ones first.
    pub(super) fn steps(&self, visit: &mut impl FnMut(&'a Step)) {
        Step::walk(&self.procedure.workflow, visit);
    }

    /// The data that something rests on: expressions, evidence and its search, place, tasks, notices.
    pub(super) fn used_data(&self) -> BTreeSet<DatumId> {
        let mut used = BTreeSet::new();
        let procedure = self.procedure;
        for expression in self.expressions() {
            expression.walk(&mut |part| match &part.kind {
                ExpressionKind::Datum(id) => {
                    used.insert(*id);
                }
                ExpressionKind::Each(participant, attribute) => {
                    let own = procedure.data.iter().filter(|(_, datum)| {
                        datum
                            .of
                            .is_some_and(|(of, index)| of == *participant && attribute.is_none_or(|attribute| attribute == index))
                    });
                    used.extend(own.map(|(id, _)| id));
                }
                _ => {}
            });
        }
        used.extend(procedure.authority.iter().filter_map(|competence| competence.place));
        used.extend(procedure.investigations.iter().flat_map(|investigation| investigation.data.iter().copied()));
        used.extend(procedure.asked.iter().map(|(id, _)| *id));
        used.extend(procedure.notices.values().flat_map(|notice| &notice.set_off).filter_map(|set_off| match set_off {
            SetOff::Datum(id) => Some(*id),
            SetOff::Rule(_) | SetOff::Parameter(_) => None,
        }));
        self.steps(&mut |step| {
            if let StepKind::Task { establishes, .. } = &step.kind {
                used.extend(establishes.iter().copied());
            }
        });
        used.extend(self.data_of_evidence());
        used
    }

    /// The data that a needed evidence proves or is found by.
    fn data_of_evidence(&self) -> BTreeSet<DatumId> {
        let mut used = BTreeSet::new();
        for need in &self.procedure.evidence {
            for kind in need.alternatives.ways.iter().flatten().filter_map(|id| self.library.evidence.get(*id)) {
                let searches = kind.registers.iter().filter_map(|id| self.library.registers.get(*id));
                let search = searches.flat_map(|register| register.searches.iter().flat_map(|(attributes, _)| attributes));
                for name in kind.proves.iter().chain(search) {
                    used.extend(self.data_named(name, need));
                }
            }
        }
        used
    }

    /// The data of this attribute of the persons that a need is about.
    pub(super) fn data_named(&self, name: &str, need: &NeededEvidence) -> Vec<DatumId> {
        let of_need = self.procedure.data.iter().filter(|(_, datum)| {
            let Some((participant, attribute)) = datum.of else { return datum.name.as_ref() == name };
            if !need.of.contains(&participant) && !need.of.is_empty() {
                return false;
            }
            let groups = self.procedure.participants.get(participant).into_iter().flat_map(|participant| &participant.groups);
            groups
                .filter_map(|group| self.library.groups.get(*group)?.attributes.get(attribute as usize))
                .any(|attribute| attribute.name.as_ref() == name)
        });
        of_need.map(|(id, _)| id).collect()
    }

    /// The dated parameters that the procedure rests on.
    pub(super) fn used_parameters(&self) -> BTreeSet<ParameterId> {
        let mut used = BTreeSet::new();
        for expression in self.expressions() {
            expression.walk(&mut |part| {
                if let ExpressionKind::Parameter(id, _) = part.kind {
                    used.insert(id);
                }
            });
        }
        let set_off = self.procedure.notices.values().flat_map(|notice| &notice.set_off);
        used.extend(set_off.filter_map(|set_off| match set_off {
            SetOff::Parameter(id) => Some(*id),
            SetOff::Datum(_) | SetOff::Rule(_) => None,
        }));
        used
    }
}

fn values<'e>(template: &'e Template, found: &mut Vec<&'e Expression>) {
    found.extend(template.parts.iter().filter_map(|part| match part {
        TemplatePart::Value(expression) => Some(expression),
        TemplatePart::Words(_) => None,
    }));
}
