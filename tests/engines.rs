//! Every case of the example, executed by engines that others wrote: the same decision and the same notice as ours.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Mutex;

use blaupause::compiler::{self, Compilation, Request};
use blaupause::model::{LandId, Procedure, machine_name};
use blaupause::rules::cases;
use blaupause::source::DiskLoader;
use serde_json::{Value, json};

use crate::corpus::root;
use crate::decisions::vectors::{Vector, fulfilled, variables};

/// The Länder whose processes differ: the three pilot states and one that changes nothing.
const LANDS: [&str; 4] = ["by", "he", "th", "be"];

/// Writes the processes and, for each Land, its cases; the folder of each process and the file with its cases.
fn written(folder: &Path) -> (Vec<(PathBuf, PathBuf)>, usize) {
    let loader = DiskLoader::open(&root().join("examples")).expect("the examples");
    let request = Request { targets: vec!["ablauf".into()], ..Request::default() };
    let compilation = compiler::compile(&loader, &request);
    let files = Mutex::new(Vec::new());
    compiler::emit(&compilation, &request, &|emitted| files.lock().expect("no panic").push((emitted.path, emitted.bytes)));
    for (path, bytes) in files.into_inner().expect("no panic") {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("writable");
        fs::write(path, bytes).expect("writable");
    }
    let mut found = Vec::new();
    let mut count = 0;
    for world in &compilation.lands {
        let key = compilation.model.library.lands.get(world.land).expect("a Land").key.to_lowercase();
        for service in world.services.iter().filter(|_| LANDS.contains(&key.as_str())) {
            let procedure = service.checked.procedure();
            let name = machine_name(&procedure.name).to_lowercase();
            let expected = expected(&compilation, procedure, world.land);
            count += expected.len();
            let file = folder.join(format!("{key}-{name}.json"));
            fs::write(&file, Value::from(expected).to_string()).expect("writable");
            found.push((folder.join(&key).join(&name).join("ablauf"), file));
        }
    }
    (found, count)
}

/// The cases of a Land as an engine needs them: variables, and what must come of them.
fn expected(compilation: &Compilation, procedure: &Procedure, land: LandId) -> Vec<Value> {
    let library = &compilation.model.library;
    let today = compilation.day.expect("a day");
    let mut expected = Vec::new();
    // What is missing and which deadlines pass, an engine learns from its surroundings, which here are always in time.
    let usual = procedure.cases.iter().filter(|case| case.events.is_empty());
    for case in usual.filter(|case| case.land.is_none_or(|other| other == land)) {
        let answers = cases::given(library, procedure, case, Some(land), today);
        let vector = Vector { title: case.title.to_string(), answers, day: case.day.unwrap_or(today), land: Some(land) };
        let situation = vector.situation(library, procedure);
        let mut variables = variables(library, procedure, &situation);
        // What the engine is to find out.
        variables.insert("erfuellt".to_owned(), Value::Null);
        let setting = cases::Setting { library, procedure, land: Some(land), day: today, roads: &cases::Unplanned };
        let way = cases::run(&setting, case).way;
        let notice = way.notices.last().filter(|_| !way.open).and_then(|notice| procedure.notices.get(*notice));
        expected.push(json!({
            "name": vector.title,
            "variables": variables,
            "erfuellt": fulfilled(&situation),
            "bescheid": notice.map(|notice| machine_name(&notice.name).to_lowercase()),
        }));
    }
    expected
}

#[test]
fn spiffworkflow_comes_to_the_same_end_as_every_case() {
    let python = root().join("tests/judges/.venv/bin/python");
    if !python.exists() {
        crate::skipped("SpiffWorkflow is not installed; run tests/judges/install");
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let (processes, count) = written(folder.path());
    assert!(count > 200, "{count} cases");
    for (process, cases) in processes {
        let script = root().join("tests/judges/spiff_run.py");
        let arguments: Vec<OsString> =
            vec![script.into(), "--cases".into(), cases.into(), process.join("prozess.spiff.bpmn").into()];
        runs(Command::new(&python).args(arguments).env("PYTHONDONTWRITEBYTECODE", "1"));
    }
}

#[test]
fn operaton_and_flowable_come_to_the_same_end_as_every_case() {
    let target = root().join("tests/engines/target");
    let Ok(classpath) = fs::read_to_string(target.join("classpath.txt")) else {
        crate::skipped("Operaton and Flowable are not installed; run tests/judges/install");
        return;
    };
    let folder = tempfile::tempdir().expect("a folder");
    let (processes, count) = written(folder.path());
    assert!(count > 200, "{count} cases");
    let classpath = format!("{}:{}", target.join("classes").display(), classpath.trim());
    let mut java = Command::new("java");
    java.args(["-cp", &classpath, "de.blaupause.engines.Cases"]);
    for (process, cases) in processes {
        java.args([process, cases]);
    }
    runs(&mut java);
}

fn runs(command: &mut Command) {
    let ended = command.output().expect("the engine starts");
    let said = format!("{}{}", String::from_utf8_lossy(&ended.stdout), String::from_utf8_lossy(&ended.stderr));
    assert!(ended.status.success(), "{said}");
    eprint!("{said}");
}
