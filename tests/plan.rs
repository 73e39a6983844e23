//! The plan of a procedure: who is asked what, what is fetched in which order, where each question stands.

use std::fmt::Write;

use blaupause::compiler::{self, Compilation, Request, Service};
use blaupause::land::connections::Profile;
use blaupause::plan::{AskedWhen, PlannedEntry, Road};

use blaupause::source::DiskLoader;
use jiff::civil::date;

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
