//! Small changes of a definition: which there are, which the cases notice, which are proved to change nothing.

use std::collections::BTreeSet;

use blaupause::compiler::{Compilation, Service};
use blaupause::rules::mutation::{Group, Piece, examine, mutants};
use blaupause::source::FileId;

use super::cli::{blaupause, folder};
use super::corpus::compile;
use super::trial::{CASES, SERVICE};

/// A service that uses each kind of expression that can be changed.
const RICH: &str = "modul probe

gesetz ProbeG \"Probegesetz\" ebene Bund

auswahl Art {
  klein \"klein\"
  mittel \"mittel\"
  groß \"groß\"
}

parameter Satz je Art: Betrag nach § 1 ProbeG {
  ab 2025-01-01: klein 10 EUR, mittel 20 EUR, groß 30 EUR
  ab 2026-01-01: klein 11 EUR, mittel 21 EUR, groß 31 EUR
  geprüft bis 2026-12-31
}

verfahren Probe \"Probe\" nach § 1 ProbeG {
  leistung 99000000000000
  verfahrensrecht Bundesrecht
  rechtsbehelf Widerspruch binnen 1 Monat nach § 1 ProbeG
  seite s \"Seite\" {
    feld art \"Art?\": Art nach § 1 ProbeG
    feld zahl \"Zahl?\": Ganzzahl von 0 bis 100 nach § 1 ProbeG
    feld tag \"Tag?\": Datum nach § 1 ProbeG
    feld mehr \"Mehr?\": JaNein wenn art in (klein, mittel) und zahl > 5 nach § 1 ProbeG
  }
  entscheidung stufe: Ganzzahl nach § 2 ProbeG {
    | zahl            || stufe |
    | unter 10        || 1     |
    | 10 bis unter 20 || 2     |
    | ab 20           || 3     |
  }
  regel betrag: Betrag = aufrunden(mindestens(5 EUR, Satz[art] * 2 - 3 EUR), 1 EUR) nach § 3 ProbeG
  voraussetzung passt: (zahl <= 50 oder nicht (mehr ersatzweise nein)) und tag >= 2026-01-01 sonst \"Nein.\" nach § 4 ProbeG
}

fall \"eins\" am 2026-03-02 {
  gegeben art = klein, zahl = 12, tag = 2026-02-01, mehr = ja
  erwarte stufe = 2, betrag = 19 EUR, erfüllt
}
";

fn own(compilation: &Compilation) -> impl Fn(FileId) -> bool + Sync + '_ {
    |file| compilation.sources.get(file).is_some_and(|source| !source.built_in)
}

/// The first service, for the first Land.
fn first(compilation: &Compilation) -> (&Service, Group<'_>) {
    let world = &compilation.lands[0];
    let service = &world.services[0];
    let setting = service.setting(world.land, compilation.day.unwrap());
    (service, Group { setting, lands: vec![world.land], municipality: None })
}

/// A wording with its quotes filled in.
fn spell(compilation: &Compilation, wording: &[Piece]) -> String {
    let spelt = wording.iter().map(|piece| match piece {
        Piece::Words(words) => words.clone(),
        Piece::Quote(span) => compilation.sources.get(span.file).unwrap().text[span.start as usize..span.end as usize].to_owned(),
    });
    spelt.collect()
}

#[test]
fn each_kind_of_change_is_tried() {
    let compilation = compile(RICH);
    let (service, _) = first(&compilation);
    let found = mutants(service.checked.library(), service.checked.procedure(), &own(&compilation));
    let spelt: Vec<String> = found
        .iter()
        .map(|mutant| format!("{} -> {}", spell(&compilation, &mutant.was), spell(&compilation, &mutant.is)))
        .collect();
    insta::assert_snapshot!("aenderungen", spelt.join("\n"));
    let distinct: BTreeSet<(u32, &String)> = found.iter().map(|mutant| mutant.span.start).zip(&spelt).collect();
    assert_eq!(distinct.len(), spelt.len(), "no change is tried twice");
}

#[test]
fn what_no_case_notices_is_listed_in_words() {
    let here = folder(&[("p/blaupause.yaml", "stichtag: 2026-06-01\n"), ("p/hund.blau", SERVICE), ("p/faelle.blau", CASES)]);
    let ended = blaupause(here.path(), &["test", "p", "--mutationen"]);
    assert_eq!(ended.code, 0, "{}", ended.err);
    insta::assert_snapshot!("mutationen", ended.out);
    assert_eq!(blaupause(here.path(), &["test", "p", "--mutationen", "--streng"]).code, 1);
    assert_eq!(blaupause(here.path(), &["test", "p", "--mutationen"]).out, ended.out);
    let json = blaupause(here.path(), &["test", "p", "--mutationen", "--format", "json"]);
    let report: serde_json::Value = serde_json::from_str(&json.out).unwrap();
    let schema = serde_json::from_str(include_str!("../src/cli/test/report.schema.json")).unwrap();
    assert!(jsonschema::draft202012::new(&schema).unwrap().is_valid(&report), "{}", json.out);
    let mutations = &report["verfahren"][0]["mutationen"];
    assert_eq!(mutations["unbemerkt"].as_array().unwrap().len(), ended.out.matches(" wurde ").count());
    for wrong in [&["--mutationen", "--fall", "Dackel"][..], &["--mutationen", "--format", "junit"]] {
        assert_eq!(blaupause(here.path(), &[&["test", "p"], wrong].concat()).code, 2, "{wrong:?}");
    }
}

#[test]
fn cases_that_fail_can_notice_nothing() {
    let cases = CASES.replace("\"klein\", bescheid", "\"groß\", bescheid");
    let here = folder(&[("p/blaupause.yaml", "stichtag: 2026-06-01\n"), ("p/hund.blau", SERVICE), ("p/faelle.blau", &cases)]);
    let ended = blaupause(here.path(), &["test", "p", "--mutationen"]);
    assert_eq!(ended.code, 1);
    assert!(ended.out.contains("Keine Mutationen: Erst müssen alle Fälle zutreffen."), "{}", ended.out);
}

#[test]
fn what_is_proved_to_change_nothing_does_not_count() {
    // In the second row a lower bound less by one changes nothing, for the first row takes the case; `zahl > 5` decides nothing of its
    // own beside `zahl > 9`.
    let text = RICH.replace("art in (klein, mittel) und zahl > 5", "zahl > 9 und zahl > 5");
    let compilation = compile(&text);
    assert!(!compilation.diagnostics.has_errors(), "{:?}", super::corpus::findings(&compilation));
    let (_, group) = first(&compilation);
    let examination = examine(&[group], &own(&compilation), usize::MAX);
    let unnoticed: Vec<String> = examination.unnoticed.iter().map(|mutant| spell(&compilation, &mutant.is)).collect();
    for proved in ["zahl: 9 bis unter 20", "zahl > 6", "zahl >= 5"] {
        assert!(!unnoticed.iter().any(|words| words == proved), "{proved} is no gap of the cases: {unnoticed:?}");
    }
    assert!(examination.without_effect >= 3, "{examination:?}");
    assert_eq!(examination.noticed + examination.without_effect + unnoticed.len(), examination.tried);
}

#[test]
fn of_too_many_changes_an_even_part_is_tried() {
    let compilation = compile(RICH);
    let whole = examine(&[first(&compilation).1], &own(&compilation), usize::MAX);
    assert_eq!(whole.possible, whole.tried);
    let part = examine(&[first(&compilation).1], &own(&compilation), 10);
    assert_eq!(part.possible, whole.possible);
    assert!(part.tried <= 10 && part.tried >= 5, "{}", part.tried);
    assert!(part.unnoticed.iter().all(|mutant| whole.unnoticed.contains(mutant)));
    assert_eq!(part, examine(&[first(&compilation).1], &own(&compilation), 10));
}
