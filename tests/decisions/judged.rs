//! The emitted decisions, decided by engines that others wrote: feelin for FEEL, SpiffWorkflow for Python. Where they are not installed
//! (`tests/judges/install`), the test says so and passes.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

use blaupause::model::{Library, Procedure, Type, machine_name};
use blaupause::rules::evaluate::{Situation, Standing};
use blaupause::rules::{Number, Value};
use blaupause::targets::{Degree, Input, Output, dmn};
use serde_json::{Map, Value as Json, json};

use super::vectors::{Vector, fulfilled, held, services, variables, vectors, worlds};
use crate::corpus::root;

/// The files of decisions of one service, with the cases to be decided.
struct Service {
    files: Vec<(String, PathBuf)>,
    cases: Vec<Case>,
}

/// A case with everything that may be compared.
struct Case {
    title: String,
    inputs: Map<String, Json>,
    /// By the id of the decision in FEEL.
    decisions: Map<String, Json>,
    /// By the variable: what the flat tables give.
    outputs: Map<String, Json>,
}

/// Writes the decisions of all worlds to a folder.
fn written(folder: &Path) -> Vec<Service> {
    let mut all = Vec::new();
    for (number, world) in worlds().into_iter().enumerate() {
        let library = &world.model.library;
        for service in services(&world) {
            let procedure = service.checked.procedure();
            let Output { artifacts, losses } = dmn::artifacts(Input {
                checked: &service.checked,
                plan: &service.plan,
                land: world.lands[0].land,
                municipality: None,
                day: world.day.unwrap(),
                definition_hash: &service.definition_hash,
            });
            // What an engine can't decide exactly is left open there, and said to be.
            let left_open: BTreeSet<String> =
                losses.into_iter().filter(|loss| loss.degree == Degree::Dropped).map(|loss| loss.what).collect();
            let mut files = Vec::new();
            let mut feel = String::new();
            for artifact in artifacts {
                let name = artifact.path.rsplit('/').next().unwrap().to_owned();
                let path = folder.join(format!("{number}.{}.{name}", machine_name(&procedure.name)));
                std::fs::write(&path, &artifact.bytes).unwrap();
                if name == "entscheidungen.dmn" {
                    feel = String::from_utf8(artifact.bytes.to_vec()).unwrap();
                }
                files.push((name, path));
            }
            let cases = vectors(&world, procedure);
            // A part of them, spread over all: an engine takes its time.
            let cases = cases.iter().step_by(4).map(|vector| case(library, procedure, vector, &feel, &left_open)).collect();
            all.push(Service { files, cases });
        }
    }
    all
}

fn case(library: &Library, procedure: &Procedure, vector: &Vector, feel: &str, left_open: &BTreeSet<String>) -> Case {
    let situation = vector.situation(library, procedure);
    let ids: BTreeSet<&str> = feel.split("<decision id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    let mut decisions = Map::new();
    let mut expect = |id: String, value: &Value, typ: &Type| {
        if ids.contains(id.as_str()) {
            let value = in_units(value, typ, library, description(feel, &id));
            decisions.insert(id, value);
        }
    };
    for (id, rule) in procedure.rules.iter() {
        expect(format!("regel_{}", machine_name(&rule.name)), &situation.rule(id), &rule.typ);
    }
    let mut outputs = Map::new();
    for (id, table) in procedure.decisions.iter() {
        if let Some(output) = table.outputs.first() {
            let value = situation.decision(id, 0);
            expect(machine_name(&table.name), &value, &output.typ);
            outputs.insert(machine_name(&output.name), held(&value, &output.typ, library));
        }
    }
    for (id, precondition) in procedure.preconditions.iter() {
        let name = format!("voraussetzung_{}", machine_name(&precondition.name));
        if ids.contains(name.as_str()) {
            let is_open = left_open.contains(precondition.name.as_ref());
            decisions.insert(name, json!(if is_open { "offen" } else { standing(&situation, id) }));
        }
    }
    let mut others = procedure.preconditions.iter().filter(|(_, other)| !left_open.contains(other.name.as_ref()));
    let all = match others.any(|(id, _)| standing(&situation, id) == "nicht_erfuellt") {
        true => "nein",
        false if procedure.preconditions.values().any(|it| left_open.contains(it.name.as_ref())) => "offen",
        false => fulfilled(&situation),
    };
    if ids.contains("voraussetzungen") {
        decisions.insert("voraussetzungen".to_owned(), json!(all));
    }
    outputs.insert("erfuellt".to_owned(), json!(all));
    let mut inputs = variables(library, procedure, &situation);
    inputs.remove("erfuellt");
    Case { title: vector.title.clone(), inputs, decisions, outputs }
}

/// How a precondition stands by itself: what rests on a failed one is not told apart in an engine.
fn standing(situation: &Situation<'_>, id: blaupause::model::PreconditionId) -> &'static str {
    match (situation.precondition(id).truth(), situation.standing(id)) {
        (Some(true), _) => "erfuellt",
        (Some(false), _) => "nicht_erfuellt",
        (None, Standing::NotApplicable | Standing::Open | Standing::Failed | Standing::Fulfilled) => "offen",
    }
}

/// What stands between a decision's id and its variable.
fn description<'t>(feel: &'t str, id: &str) -> &'t str {
    let rest = feel.split(&format!("<decision id=\"{id}\"")).nth(1).unwrap_or_default();
    rest.split("<variable").next().unwrap_or_default()
}

/// A value in the unit that the decision says it counts in.
fn in_units(value: &Value, typ: &Type, library: &Library, description: &str) -> Json {
    match (value, description.split(" in Teilen zu 1/").nth(1)) {
        (Value::Number(number), Some(rest)) => {
            let parts: String = rest.chars().take_while(char::is_ascii_digit).collect();
            let parts = Number::from(parts.parse::<i64>().unwrap());
            json!(number.times(parts).and_then(Number::to_i64))
        }
        _ => held(value, typ, library),
    }
}

fn judge(program: &str, script: &str, groups: &[Json], folder: &Path) {
    let count: usize = groups.iter().map(|group| group["vectors"].as_array().unwrap().len()).sum();
    assert!(count > 300, "only {count} cases");
    let path = folder.join(format!("{}.json", script.replace('/', ".")));
    std::fs::write(&path, serde_json::to_vec(groups).unwrap()).unwrap();
    let ended = Command::new(program).arg(root().join("tests/judges").join(script)).arg(&path).output().unwrap();
    let (said, wrong) = (String::from_utf8_lossy(&ended.stdout), String::from_utf8_lossy(&ended.stderr));
    eprintln!("{script}: {}", said.trim());
    assert!(ended.status.success(), "{script}:\n{wrong}");
}

#[test]
fn feelin_decides_what_the_evaluator_decides() {
    if !root().join("tests/judges/ablauf/node_modules/feelin").is_dir() {
        crate::skipped("feelin is not installed; run tests/judges/install");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let mut groups = Vec::new();
    for service in written(folder.path()) {
        let vector = |case: &Case| json!({ "title": case.title, "inputs": case.inputs, "expected": case.decisions });
        let vectors: Vec<Json> = service.cases.iter().filter(|case| !case.decisions.is_empty()).map(vector).collect();
        for (name, path) in &service.files {
            if name == "entscheidungen.dmn" {
                groups.push(json!({ "file": path, "vectors": vectors }));
            }
        }
    }
    judge("node", "ablauf/feel.mjs", &groups, folder.path());
}

#[test]
fn spiffworkflow_decides_what_the_evaluator_decides() {
    let python = root().join("tests/judges/.venv/bin/python");
    if !python.is_file() {
        crate::skipped("SpiffWorkflow is not installed; run tests/judges/install");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let mut groups = Vec::new();
    for service in written(folder.path()) {
        for (name, path) in service.files.iter().filter(|(name, _)| name.contains(".spiff.")) {
            let output = match name.strip_prefix("entscheidungen.spiff.").and_then(|rest| rest.strip_suffix(".dmn")) {
                Some(table) => table.to_owned(),
                None => "erfuellt".to_owned(),
            };
            let vector = |case: &Case| json!({ "title": case.title, "inputs": case.inputs, "expected": { output.as_str(): case.outputs[&output] } });
            groups.push(json!({ "file": path, "vectors": service.cases.iter().map(vector).collect::<Vec<_>>() }));
        }
    }
    judge(&python.to_string_lossy(), "spiff_decide.py", &groups, folder.path());
}
