//! The decisions that the workflow asks, as DMN 1.3: all preconditions, and tables.
//!
//! `entscheidungen.dmn` says everything in FEEL, each rule, table and parameter as a decision of its own, with a diagram. Flowable and
//! SpiffWorkflow know neither FEEL nor decisions that rest on others: for them everything is written out in one table.
//!
//! `erfuellt` is `ja`, `nein` or `offen`. What an engine can't decide exactly is `offen` there, so that a person decides.

mod columns;
mod document;
mod flat;
mod graph;
mod layout;

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::model::workflow::{DecisionTarget, Step, StepKind};
use crate::model::{DecisionId, machine_name};

use super::{Artifact, Input, Loss, Output};

use document::Document;
use flat::Engine;
use graph::Graph;

/// Where the decisions stand below the procedure's folder.
const FOLDER: &str = "ablauf";

/// The files of decisions of a procedure; none where its workflow asks for none.
pub fn artifacts(input: Input<'_>) -> Output {
    let (library, procedure) = (input.checked.library(), input.checked.procedure());
    let mut roots = Roots::default();
    roots.find(&procedure.workflow);
    let preconditions = roots.preconditions && !procedure.preconditions.is_empty();
    let named = |id: &DecisionId| procedure.decisions.get(*id).map(|table| machine_name(&table.name));
    // Two tables that machines know by one name can't be told apart, nor can a table called like all preconditions.
    let mut names: BTreeSet<String> = preconditions.then(|| String::from("voraussetzungen")).into_iter().collect();
    let tables: Vec<DecisionId> =
        roots.tables.into_iter().filter(|id| named(id).is_some_and(|name| names.insert(name))).collect();
    let mut output = Output::default();
    if !preconditions && tables.is_empty() {
        return output;
    }

    let path = format!("{FOLDER}/entscheidungen.dmn");
    let graph = Graph::new(library, procedure, &tables);
    for id in &tables {
        graph.table(*id, &mut output.losses, &path);
    }
    if preconditions {
        graph.preconditions(&mut output.losses, &path);
    }
    add(&mut output, path, &graph.document());

    let path = format!("{FOLDER}/entscheidungen.flowable.dmn");
    let mut decisions = Vec::new();
    if preconditions {
        decisions.push(flat::preconditions(Engine::Flowable, library, procedure, &path, &mut output.losses));
    }
    for id in &tables {
        decisions.extend(flat::table(Engine::Flowable, library, procedure, *id, &path, &mut output.losses));
    }
    add(&mut output, path, &flat::document(procedure, decisions));

    if preconditions {
        let path = format!("{FOLDER}/entscheidungen.spiff.dmn");
        let decision = flat::preconditions(Engine::Spiff, library, procedure, &path, &mut output.losses);
        add(&mut output, path, &flat::document(procedure, vec![decision]));
    }
    for id in &tables {
        let path = format!("{FOLDER}/entscheidungen.spiff.{}.dmn", named(id).unwrap_or_default());
        let mut losses: Vec<Loss> = Vec::new();
        if let Some(decision) = flat::table(Engine::Spiff, library, procedure, *id, &path, &mut losses) {
            add(&mut output, path, &flat::document(procedure, vec![decision]));
        }
        output.losses.extend(losses);
    }
    output
}

fn add(output: &mut Output, path: String, document: &Document) {
    output.artifacts.push(Artifact { path, bytes: Arc::from(document.encode().into_bytes()) });
}

/// What the workflow asks for.
#[derive(Debug, Default)]
struct Roots {
    preconditions: bool,
    tables: Vec<DecisionId>,
}

impl Roots {
    fn find(&mut self, steps: &[Step]) {
        for step in steps {
            match &step.kind {
                StepKind::Decide { what: DecisionTarget::Preconditions, .. } => self.preconditions = true,
                StepKind::Decide { what: DecisionTarget::Table(id), .. } if !self.tables.contains(id) => self.tables.push(*id),
                StepKind::Branch { then, otherwise, .. } => {
                    self.find(then);
                    self.find(otherwise);
                }
                StepKind::Parallel(branches) => self.find(branches),
                _ => {}
            }
        }
    }
}
