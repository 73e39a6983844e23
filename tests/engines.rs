//! Every case of the example, executed by an engine that others wrote: the same decision and the same notice as ours.

use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::sync::Mutex;

use blaupause::compiler::{self, Request};
use blaupause::model::machine_name;
use blaupause::rules::cases;
use blaupause::source::DiskLoader;
use serde_json::{Value, json};

use crate::corpus::root;
use crate::decisions::vectors::{Vector, fulfilled, variables};

/// The interpreter with SpiffWorkflow, where the judges are installed.
fn python() -> Option<PathBuf> {
    let python = root().join("tests/judges/.venv/bin/python");
    if python.exists() {
        return Some(python);
    }
    eprintln!("skipped: SpiffWorkflow is not installed; run tests/judges/install");
    None
}

#[test]
fn spiffworkflow_comes_to_the_same_end_as_every_case() {
    let Some(python) = python() else { return };
    let loader = DiskLoader::open(&root().join("examples")).expect("the examples");
    let request = Request { targets: vec!["ablauf".into()], ..Request::default() };
    let compilation = compiler::compile(&loader, &request);
    let folder = tempfile::tempdir().expect("a folder");
    let files = Mutex::new(Vec::new());
    compiler::emit(&compilation, &request, &|emitted| {
        if emitted.path.contains("spiff") {
            files.lock().expect("no panic").push((emitted.path, emitted.bytes));
        }
    });
    for (path, bytes) in files.into_inner().expect("no panic") {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("writable");
        fs::write(path, bytes).expect("writable");
    }

    let library = &compilation.model.library;
    let day = compilation.day.expect("a day");
    let mut compared = 0;
    for world in &compilation.lands {
        let key = library.lands.get(world.land).expect("a Land").key.to_lowercase();
        if !matches!(key.as_str(), "by" | "he" | "th" | "be") {
            continue;
        }
        for service in &world.services {
            let procedure = service.checked.procedure();
            let mut expected: Vec<Value> = Vec::new();
            for case in procedure.cases.iter().filter(|case| case.land.is_none_or(|land| land == world.land)) {
                let answers = cases::given(library, procedure, case, Some(world.land), day);
                let vector =
                    Vector { title: case.title.to_string(), answers, day: case.day.unwrap_or(day), land: Some(world.land) };
                let situation = vector.situation(library, procedure);
                let mut variables = variables(library, procedure, &situation);
                variables.insert("erfuellt".to_owned(), Value::Null);
                let result = cases::run(library, procedure, case, Some(world.land), day);
                let notice = result.notices.last().filter(|_| !result.open);
                let notice = notice.and_then(|notice| procedure.notices.get(*notice));
                expected.push(json!({
                    "name": vector.title,
                    "variables": variables,
                    "erfuellt": fulfilled(&situation),
                    "bescheid": notice.map(|notice| machine_name(&notice.name).to_lowercase()),
                }));
            }
            let name = machine_name(&procedure.name).to_lowercase();
            let cases_file = folder.path().join(format!("{key}-{name}.json"));
            fs::write(&cases_file, Value::from(expected.clone()).to_string()).expect("writable");
            let process = folder.path().join(&key).join(&name).join("ablauf/prozess.spiff.bpmn");
            let ended = Command::new(&python)
                .arg(root().join("tests/judges/spiff_run.py"))
                .arg("--cases")
                .args([&cases_file, &process])
                .env("PYTHONDONTWRITEBYTECODE", "1")
                .output()
                .expect("python runs");
            let said = String::from_utf8_lossy(&ended.stderr);
            assert!(ended.status.success(), "{key}: {said}");
            compared += expected.len();
        }
    }
    assert!(compared > 200, "{compared} cases were compared");
}
