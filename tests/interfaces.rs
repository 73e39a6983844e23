//! Schemas and API description, before validators that others wrote: what can be filed, what can be decided, what is hidden.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::{Arc, Mutex};

use blaupause::compiler::{self, Compilation, Request};
use blaupause::formats::{json, yaml};
use blaupause::model::ids::DatumId;
use blaupause::model::{Library, Procedure};
use blaupause::plan::{AskedWhen, Plan, PlannedDatum, Road};
use blaupause::source::DiskLoader;
use blaupause::targets::json_schema::submission::Submission;
use blaupause::targets::openapi::example::example_of;
use blaupause::targets::{Output, json_schema, openapi};
use jiff::civil::date;
use jsonschema::Validator;
use serde_json::{Value, json};

use crate::{corpus, form};

const HASH: &str = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";

struct World {
    library: Library,
    procedure: Procedure,
    plan: Plan,
}

/// The small model of the form's tests, with a plan that asks for everything.
fn world(title: &str) -> World {
    let procedure = form::procedure(title);
    let mut plan = form::plan();
    let count = u32::try_from(procedure.data.len()).expect("few data");
    plan.data = (0..count)
        .map(|index| PlannedDatum {
            datum: DatumId(index),
            roads: vec![Road::Asked],
            asked: vec![AskedWhen::default()],
            needed: true,
        })
        .collect();
    World { library: form::library(), procedure, plan }
}

impl World {
    fn schemas(&self) -> Output {
        json_schema::schemas(&self.library, &self.procedure, &self.plan, HASH)
    }

    fn api(&self) -> Output {
        openapi::describe(&self.library, &self.procedure, &self.plan, date(2026, 3, 1), HASH)
    }
}

fn text(output: &Output, path: &str) -> String {
    let artifact = output.artifacts.iter().find(|artifact| artifact.path == path).expect(path);
    if let Ok(folder) = std::env::var("INTERFACES_OUT") {
        let target = std::path::Path::new(&folder).join(path);
        std::fs::create_dir_all(target.parent().expect("a folder")).expect("INTERFACES_OUT is writable");
        std::fs::write(target, &artifact.bytes).expect("INTERFACES_OUT is writable");
    }
    String::from_utf8(artifact.bytes.to_vec()).expect("UTF-8")
}

fn validator(output: &Output, path: &str) -> Validator {
    let schema: Value = serde_json::from_str(&text(output, path)).expect("JSON");
    jsonschema::draft202012::meta::validate(&schema).expect("a schema of 2020-12");
    jsonschema::options().should_validate_formats(true).build(&schema).expect("compiles")
}

fn api(output: &Output) -> Value {
    serde_yaml::from_str(&text(output, "api/openapi.yaml")).expect("YAML")
}

/// The example of a whole application in the API description.
fn example(api: &Value) -> Value {
    let example = "/paths/~1antraege/post/requestBody/content/application~1json/examples/vollstaendig/value/daten";
    api.pointer(example).expect("an example").clone()
}

#[test]
fn the_example_can_be_filed_and_decided() {
    let world = world("Unterhaltsvorschuss beantragen");
    let schemas = world.schemas();
    let example = example(&api(&world.api()));
    for path in ["formular/schema.json", "formular/vollstaendig.schema.json"] {
        let validator = validator(&schemas, path);
        let errors: Vec<String> =
            validator.iter_errors(&example).map(|error| format!("{} {error}", error.instance_path())).collect();
        assert!(errors.is_empty(), "{path}: {errors:#?}\n{example:#}");
    }
}

#[test]
fn what_is_missing_can_be_filed_but_not_decided() {
    let schemas = world("Unterhaltsvorschuss beantragen").schemas();
    let fileable = validator(&schemas, "formular/schema.json");
    let decidable = validator(&schemas, "formular/vollstaendig.schema.json");
    for incomplete in [json!({}), json!({ "zahlt": true }), json!({ "kind": { "vornamen": "Mia" } })] {
        assert!(fileable.is_valid(&incomplete), "{incomplete}");
        assert!(!decidable.is_valid(&incomplete), "{incomplete}");
    }
}

#[test]
fn hidden_answers_are_refused() {
    let schemas = world("Unterhaltsvorschuss beantragen").schemas();
    let fileable = validator(&schemas, "formular/schema.json");
    assert!(fileable.is_valid(&json!({ "zahlt": true, "gezahlt": 20_000 })));
    assert!(!fileable.is_valid(&json!({ "zahlt": false, "gezahlt": 20_000 })));
    assert!(!fileable.is_valid(&json!({ "gezahlt": 20_000 })), "what is not known is not true");
    assert!(!fileable.is_valid(&json!({ "getrennt": true, "elternteil": { "familienstand": "ledig" } })));
    assert!(fileable.is_valid(&json!({ "getrennt": true, "elternteil": { "familienstand": "verheiratet" } })));
    let evidence = json!({ "Unterhaltstitel": { "weg": "nachreichen" } });
    assert!(!fileable.is_valid(&json!({ "zahlt": false, "nachweise": evidence })));
    assert!(fileable.is_valid(&json!({ "zahlt": true, "nachweise": evidence })));
}

#[test]
fn shapes_are_checked() {
    let schemas = world("Unterhaltsvorschuss beantragen").schemas();
    let fileable = validator(&schemas, "formular/schema.json");
    let wrong = [
        json!({ "kind": { "geburtsdatum": "15.01.2022" } }),
        json!({ "kind": { "geburtsdatum": "2022-02-30" } }),
        json!({ "kind": { "anschrift": { "plz": "9908" } } }),
        json!({ "elternteil": { "familienstand": "getrennt" } }),
        json!({ "zahlt": true, "gezahlt": 200.5 }),
        json!({ "zahlt": "ja" }),
        json!({ "unbekannt": 1 }),
        json!({ "nachweise": { "Geburtsurkunde_kind": { "weg": "faxen" } } }),
        json!({ "erklaerungen": { "wahrheit": false } }),
    ];
    for submission in wrong {
        assert!(!fileable.is_valid(&submission), "{submission}");
    }
}

#[test]
fn what_json_schema_cannot_say_is_a_loss() {
    let schemas = world("Unterhaltsvorschuss beantragen").schemas();
    let fileable = validator(&schemas, "formular/schema.json");
    assert!(fileable.is_valid(&json!({ "sgb2": true })), "an age is never guessed");
    let lost: Vec<(&str, &str)> = schemas.losses.iter().map(|loss| (loss.path.as_str(), loss.what.as_str())).collect();
    assert!(lost.contains(&("formular/schema.json", "sgb2")), "{lost:?}");
    assert!(lost.contains(&("formular/schema.json", "Bankverbindung.iban")), "{lost:?}");
    assert!(!lost.iter().any(|(_, what)| *what == "gezahlt"), "{lost:?}");
    let age = schemas.losses.iter().find(|loss| loss.what == "sgb2").expect("the age is lost");
    assert!(
        age.why.de.ends_with("Gefragt wird nur, wenn „Ihr Kind“ am Tag des Antrags 12 Jahre oder älter ist."),
        "{}",
        age.why.de
    );
    assert!(age.why.en.ends_with("only if “Your child” is 12 years or older on the day of the application."), "{}", age.why.en);
}

#[test]
fn the_layout_points_at_what_is_there() {
    let schemas = world("Unterhaltsvorschuss beantragen").schemas();
    let schema: Value = serde_json::from_str(&text(&schemas, "formular/schema.json")).expect("JSON");
    let layout: Value = serde_json::from_str(&text(&schemas, "formular/uischema.json")).expect("JSON");
    let mut scopes = Vec::new();
    collect_scopes(&layout, &mut scopes);
    assert!(scopes.len() > 16);
    for scope in scopes.iter().filter(|scope| scope.as_str() != "#") {
        assert!(schema.pointer(scope.trim_start_matches('#')).is_some(), "{scope}");
    }
}

fn collect_scopes(node: &Value, scopes: &mut Vec<String>) {
    match node {
        Value::Object(map) => {
            scopes.extend(map.get("scope").and_then(Value::as_str).map(str::to_owned));
            map.values().for_each(|value| collect_scopes(value, scopes));
        }
        Value::Array(items) => items.iter().for_each(|item| collect_scopes(item, scopes)),
        _ => {}
    }
}

#[test]
fn references_of_the_api_lead_somewhere() {
    let api = api(&world("Unterhaltsvorschuss beantragen").api());
    let mut references = Vec::new();
    collect_references(&api, &mut references);
    assert!(references.len() > 20);
    for reference in references {
        assert!(api.pointer(reference.trim_start_matches('#')).is_some(), "{reference}");
    }
}

fn collect_references(node: &Value, references: &mut Vec<String>) {
    match node {
        Value::Object(map) => {
            references.extend(map.get("$ref").and_then(Value::as_str).map(str::to_owned));
            map.values().for_each(|value| collect_references(value, references));
        }
        Value::Array(items) => items.iter().for_each(|item| collect_references(item, references)),
        _ => {}
    }
}

#[test]
fn hostile_words_stay_words_in_yaml_and_json() {
    let hostile = [
        "no",
        "2026-01-01",
        "1.0",
        "~",
        "null",
        "- a",
        "a: b",
        "a #b",
        "a:",
        "[x]",
        "{{x}}",
        "</script>]]>",
        "\u{2028}\"'\\",
        "eins\nzwei",
        "eins\n\n  zwei: drei\n",
        " führend",
        "nachlaufend ",
        "\u{0}\u{7f}\u{feff}",
        "\tTab",
        "Ja, § 1 Abs. 2",
        "",
        "\n",
        "😀",
        "!!js x",
        "&a *b",
        "%x",
        "@x",
        "`x`",
        "=",
        "<<",
        "1_000",
        "0x1f",
        "12:30:45",
    ];
    for words in hostile {
        let world = world(words);
        let api = api(&world.api());
        assert_eq!(api.pointer("/info/title").and_then(Value::as_str), Some(words), "{words:?}");
        let schema: Value = serde_json::from_str(&text(&world.schemas(), "formular/schema.json")).expect("JSON");
        assert_eq!(schema.pointer("/title").and_then(Value::as_str), Some(words), "{words:?}");
    }
}

#[test]
fn documents_read_back_as_they_were_built() {
    use blaupause::formats::tree::{Map, Node};
    let node: Node<'_> = Map::new()
        .with("no", "yes")
        .with("leer", Map::new())
        .with("liste", vec![Node::List(vec![]), Node::List(vec![1_i64.into(), "x".into()]), Map::new().with("a", "1").into()])
        .with("tief", vec![Node::List(vec![Node::List(vec![true.into()]), Map::new().with("b", "c\nd").with("e", 2_i64).into()])])
        .with("block", "a\n\nb")
        .into();
    let from_json: Value = serde_json::from_slice(&json::write(&node)).expect("JSON");
    let written = String::from_utf8(yaml::write(&node)).expect("UTF-8");
    let from_yaml: Value = serde_yaml::from_str(&written).expect("YAML");
    assert_eq!(from_json, from_yaml, "{written}");
}

#[test]
fn the_same_definition_gives_the_same_bytes() {
    let (one, other) = (world("Antrag"), world("Antrag"));
    assert_eq!(text(&one.api(), "api/openapi.yaml"), text(&other.api(), "api/openapi.yaml"));
    assert_eq!(text(&one.schemas(), "formular/uischema.json"), text(&other.schemas(), "formular/uischema.json"));
}

/// Each distinct service of a compilation with its schemas; every case's submission, completed, can be filed and decided.
fn every_case_can_be_filed(compilation: &Compilation, name: &str) -> usize {
    let mut seen = BTreeSet::new();
    let mut count = 0;
    for service in compilation.lands.iter().flat_map(|world| &world.services) {
        if !seen.insert(Arc::as_ptr(service) as usize) {
            continue;
        }
        let (library, procedure) = (service.checked.library(), service.checked.procedure());
        let output = json_schema::schemas(library, procedure, &service.plan, &service.definition_hash);
        let fileable = validator(&output, "formular/schema.json");
        let decidable = validator(&output, "formular/vollstaendig.schema.json");
        let submission = Submission::new(library, procedure, &service.plan);
        let day = compilation.day.expect("a day");
        for case in procedure.cases.iter().map(|case| Some(&**case)).chain([None]) {
            let example: Value = serde_json::from_slice(&json::write(&example_of(&submission, case, day))).expect("JSON");
            let title = case.map_or("", |case| &case.title);
            for (kind, validator) in [("fileable", &fileable), ("decidable", &decidable)] {
                let errors: Vec<String> =
                    validator.iter_errors(&example).map(|error| format!("{} {error}", error.instance_path())).collect();
                assert!(errors.is_empty(), "{name} {} »{title}« {kind}: {errors:#?}\n{example:#}", procedure.name);
            }
            count += 1;
        }
    }
    count
}

#[test]
fn every_case_of_the_example_can_be_filed_and_decided() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/unterhaltsvorschuss");
    let loader = DiskLoader::open(&folder).expect("the example");
    let compilation = compiler::compile(&loader, &Request::default());
    assert!(every_case_can_be_filed(&compilation, "unterhaltsvorschuss") > 20);
}

#[test]
fn the_whole_language_has_schemas_and_an_api() {
    for path in corpus::definitions(&corpus::root().join("tests/corpus/valid")) {
        let compilation = corpus::compile(&std::fs::read_to_string(&path).expect("a definition"));
        every_case_can_be_filed(&compilation, &path.display().to_string());
        let emitted = Mutex::new(Vec::new());
        let request = Request { targets: vec!["api".into()], ..Request::default() };
        compiler::emit(&compilation, &request, &|file| emitted.lock().expect("no panic").push(file.bytes));
        for bytes in emitted.into_inner().expect("no panic") {
            let text = std::str::from_utf8(&bytes).expect("UTF-8");
            let api: Value = serde_yaml::from_str(text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            let mut references = Vec::new();
            collect_references(&api, &mut references);
            for reference in references {
                assert!(api.pointer(reference.trim_start_matches('#')).is_some(), "{}: {reference}", path.display());
            }
        }
    }
}
