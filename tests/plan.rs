//! The plan of a procedure: who is asked what, what is fetched in which order, where each question stands.

use std::fmt::Write;

use blaupause::compiler::{self, Compilation, Request, Service};
use blaupause::land::connections::Profile;
use blaupause::plan::{AskedWhen, PlannedEntry, Road};

use blaupause::source::DiskLoader;
use jiff::civil::date;
use serde_json::Value;

use crate::cli::blaupause;
use crate::corpus::root;

/// A plan as people can read it: the evidence, the roads, the pages.
fn told(service: &Service) -> String {
    let (plan, procedure, library) = (&service.plan, service.checked.procedure(), service.checked.library());
    let name = |id: blaupause::model::DatumId| procedure.data.get(id).map_or("", |datum| &datum.name);
    let names = |ids: &[blaupause::model::DatumId]| ids.iter().map(|id| name(*id)).collect::<Vec<_>>().join(", ");
    let key = |number: usize| plan.evidence.get(number).map_or("", |planned| planned.key.as_str());
    let mut out = String::new();
    for planned in &plan.evidence {
        match &planned.retrieval {
            Some(retrieval) => {
                let register = library.registers.get(retrieval.search.register).map_or("", |register| &register.name);
                let sent: Vec<&str> = retrieval.search.sent.iter().map(|(_, path)| path.as_ref()).collect();
                let number = retrieval.search.identification.as_ref().map(|identification| {
                    let sent: Vec<&str> = identification.sent.iter().map(|(_, path)| path.as_ref()).collect();
                    format!(" mit IDNr aus ({})", sent.join(", "))
                });
                let _ = writeln!(
                    out,
                    "{}: Stufe {}, vor Seite {}, aus {register} mit ({}){} liefert ({})",
                    planned.key,
                    retrieval.stage,
                    retrieval.before_page,
                    sent.join(", "),
                    number.unwrap_or_default(),
                    names(&retrieval.search.delivers)
                );
            }
            None => {
                let _ = writeln!(out, "{}: {:?}", planned.key, planned.obstacle);
            }
        }
    }
    let guard = |when: &AskedWhen| {
        let fetching = when.fetching.map(|number| format!("wenn {} abgerufen wird", key(number)));
        let unless: Vec<&str> = when.unless.iter().map(|number| key(*number)).collect();
        let unless = (!unless.is_empty()).then(|| format!("wenn {} nicht da ist", unless.join(" und ")));
        fetching.into_iter().chain(unless).collect::<Vec<_>>().join(" und ")
    };
    out.push('\n');
    for planned in &plan.data {
        let roads: Vec<String> = planned
            .roads
            .iter()
            .map(|road| match road {
                Road::Account => "konto".to_owned(),
                Road::Register(number) => format!("register {}", key(*number)),
                Road::Investigated(_) => "ermittelt".to_owned(),
                Road::Asked => {
                    let guards: Vec<String> = planned.asked.iter().map(guard).collect();
                    format!("gefragt {}", guards.join(" oder ")).trim_end().to_owned()
                }
            })
            .collect();
        let _ =
            writeln!(out, "{}: {}{}", name(planned.datum), roads.join("; "), if planned.needed { "" } else { " (nur Suche)" });
    }
    out.push('\n');
    for page in &plan.pages {
        let entries: Vec<String> = page
            .entries
            .iter()
            .map(|entry| match entry {
                PlannedEntry::Question { datum, .. } => name(*datum).to_owned(),
                PlannedEntry::Hint(..) => "(Hinweis)".to_owned(),
                PlannedEntry::Declaration(_) => "(Erklärung)".to_owned(),
                PlannedEntry::Choice(number) => format!("Wahl {}", key(*number)),
                PlannedEntry::Preview(number) => format!("Vorschau {}", key(*number)),
                PlannedEntry::Evidence(number) => format!("Beleg {}", key(*number)),
            })
            .collect();
        let _ = writeln!(out, "{} „{}“: {}", page.name, page.title.de, entries.join(", "));
    }
    let _ = writeln!(out, "\ngefragt: {}; gilt von {} bis {:?}", plan.asked().count(), plan.from, plan.until);
    out
}

/// The example in Thüringen, once all that its town states is connected.
fn compiled(connections: Profile) -> Compilation {
    compiler::compile(
        &DiskLoader::open(std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("examples").as_path()).unwrap(),
        &Request { lands: vec!["th".into()], day: Some(date(2026, 11, 1)), connections, ..Request::default() },
    )
}

/// The plan of the example in Thüringen, with what is connected chosen.
fn example(connections: Profile) -> String {
    let compilation = compiled(connections);
    told(compilation.lands.first().and_then(|world| world.services.first()).expect("the example compiles"))
}

#[test]
fn the_example_with_every_register() {
    insta::assert_snapshot!(example(Profile::Everything));
}

#[test]
fn the_example_without_any_register() {
    insta::assert_snapshot!(example(Profile::Nothing));
}

/// One line in an `anschluss` shortens the form.
#[test]
fn one_more_register_asks_less() {
    let asked = |connections: Profile| {
        let compilation = compiled(connections);
        compilation.lands[0].services[0].plan.asked().count()
    };
    let (without, with) = (asked(Profile::Nothing), asked(Profile::Stated(vec!["Erfurt".into()])));
    assert!(with < without, "{with} questions instead of {without}");
    assert!(asked(Profile::Everything) <= with);
}

fn report(arguments: &[&str]) -> crate::cli::Ended {
    blaupause(&root(), &[&["bericht", "examples"], arguments].concat())
}

#[test]
fn the_report_says_where_everything_comes_from() {
    let text = report(&["--land", "th", "--anschluss", "alle"]);
    assert_eq!(text.code, 0, "{}", text.err);
    for expected in
        ["das Nutzerkonto liefert es", "aus „Melderegister“", "die Behörde ermittelt es", "nötig für", "kein Register führt ihn"]
    {
        assert!(text.out.contains(expected), "{expected}\n{}", text.out);
    }
    let english = report(&["--land", "th", "--sprache", "en"]);
    assert!(
        english.out.contains("the account delivers it") && english.out.contains("Which connection saves most"),
        "{}",
        english.out
    );
    let page = report(&["--land", "th", "--format", "html"]);
    assert!(page.out.starts_with("<!DOCTYPE html>") && page.out.contains("<caption>Angaben</caption>"), "{}", page.out);
    let wrong = report(&["--verfahren", "Unterhaltsvorschus"]);
    assert!(wrong.code == 2 && wrong.err.contains("Meinten Sie „Unterhaltsvorschuss“?"), "{}", wrong.err);
}

/// The figures of the report are those of plans made anew, and its document is of the form that is published.
#[test]
fn the_report_counts_what_plans_ask() {
    let json = report(&["--land", "th", "--stichtag", "2026-11-01", "--format", "json"]);
    let document: Value = serde_json::from_str(&json.out).unwrap();
    let schema: Value = serde_json::from_str(include_str!("../src/cli/once_only/bericht.schema.json")).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let errors: Vec<String> = validator.iter_errors(&document).map(|error| error.to_string()).collect();
    assert!(errors.is_empty(), "{errors:?}");

    let asked = |connections: Profile| compiled(connections).lands[0].services[0].plan.asked().count();
    let of = &document["verfahren"][0];
    assert_eq!(of["heute"]["fragen"], asked(Profile::default()));
    assert_eq!(of["alles_angeschlossen"]["fragen"], asked(Profile::Everything));
    let data = of["angaben"].as_array().unwrap();
    assert_eq!(data.iter().filter(|datum| datum["gefragt"] == true).count(), asked(Profile::default()));
    assert!(!document["register"].as_array().unwrap().is_empty());
}
