//! Cases through the whole front: standings, hidden answers, dated parameters, deadlines, what a failure says; gaps that are no
//! gaps because a precondition or a condition excludes them, and examples that come true when pasted.

use blaupause::diagnostic::{Diagnostic, Language};

use super::corpus::{compile, findings};

const HEAD: &str = "modul probe\n\nnutze std.person.NatürlichePerson\n\ngesetz ProbeG \"Probegesetz\" ebene Bund\n\n";

/// A procedure with these statements, and these declarations behind it.
fn world(statements: &str, behind: &str) -> String {
    format!(
        "{HEAD}auswahl Art {{\n  klein \"klein\"\n  groß \"groß\"\n}}\n\n\
         verfahren Probe \"Probe\" nach § 1 ProbeG {{\n  leistung 99000000000000\n  verfahrensrecht Bundesrecht\n  \
         rechtsbehelf Widerspruch binnen 1 Monat nach § 1 ProbeG\n  beteiligt kind \"Kind\": NatürlichePerson antragstellend\n\
         {statements}\n}}\n\n{behind}"
    )
}

fn slugs(text: &str) -> Vec<&'static str> {
    compile(text).diagnostics.iter().map(|finding: &Diagnostic| finding.code.slug).collect()
}

fn clean(text: &str) {
    let compilation = compile(text);
    assert!(compilation.diagnostics.is_empty(), "{text}\n{}", findings(&compilation).join("\n"));
}

const AGE: &str = "  seite s \"Kind\" {\n    kind: geburtsdatum\n    feld hilfe_nötig \"Braucht das Kind Hilfe?\": JaNein wenn alter >= 12\n    \
    feld lohn \"Lohn?\": Betrag wenn hilfe_nötig\n  }\n  regel alter: Ganzzahl = vollendete_jahre(kind.geburtsdatum, antragsdatum)\n  \
    voraussetzung jung: alter < 12 oder (alter < 18 und (nicht hilfe_nötig oder lohn >= 600 EUR)) sonst \"Zu alt.\" nach § 1 ProbeG\n";

#[test]
fn standings_follow_from_what_is_given() {
    clean(&world(
        AGE,
        "fall \"Elf Jahre\" am 2026-03-01 {\n  gegeben kind.geburtsdatum = 2014-03-02\n  erwarte alter = 11, erfüllt\n}\n\
         fall \"Zwölf, Hilfe offen\" am 2026-03-02 {\n  gegeben kind.geburtsdatum = 2014-03-02\n  erwarte offen jung\n}\n\
         fall \"Zwölf, genug Lohn\" am 2026-03-02 {\n  gegeben kind.geburtsdatum = 2014-03-02, hilfe_nötig = ja, lohn = 600 EUR\n  erwarte erfüllt\n}\n\
         fall \"Zwölf, ein Cent zu wenig\" am 2026-03-02 {\n  gegeben kind.geburtsdatum = 2014-03-02, hilfe_nötig = ja, lohn = 599,99 EUR\n  erwarte nicht erfüllt jung\n}\n\
         fall \"Am 29. Februar geboren\" am 2026-02-28 {\n  gegeben kind.geburtsdatum = 2008-02-29, hilfe_nötig = nein\n  erwarte alter = 17, erfüllt\n}\n\
         fall \"Am 1. März achtzehn\" am 2026-03-01 {\n  gegeben kind.geburtsdatum = 2008-02-29, hilfe_nötig = nein\n  erwarte alter = 18, nicht erfüllt jung\n}\n",
    ));
}

#[test]
fn a_hidden_answer_has_no_value() {
    let text = world(
        AGE,
        "fall \"Unter zwölf zählt die Antwort nicht\" am 2026-03-01 {\n  gegeben kind.geburtsdatum = 2020-01-01, hilfe_nötig = ja, lohn = 0 EUR\n  \
         erwarte erfüllt\n  erwarte nicht bekannt(lohn)\n}\n",
    );
    clean(&text);
}

#[test]
fn a_failure_says_what_was_expected_and_what_came() {
    let text = world(
        AGE,
        "fall \"Falsch gerechnet\" am 2026-03-01 {\n  gegeben kind.geburtsdatum = 2020-01-01\n  erwarte alter = 7, nicht erfüllt jung\n}\n",
    );
    let compilation = compile(&text);
    let messages: Vec<&str> = compilation.diagnostics.iter().map(|finding| finding.message.get(Language::De)).collect();
    assert_eq!(messages, ["erwartet: alter = 7; tatsächlich: 6", "erwartet: jung nicht erfüllt; tatsächlich: erfüllt"]);
}

#[test]
fn parameters_have_the_value_of_the_day() {
    let text = world(
        "  seite s \"Seite\" {\n    feld art \"Art?\": Art\n  }\n  regel satz: Betrag = Satz[art] nach § 1 ProbeG\n",
        "parameter Satz je Art: Betrag nach § 1 ProbeG {\n  ab 2025-01-01: klein 10 EUR, groß 20 EUR\n  ab 2026-01-01: klein 11 EUR, groß 22 EUR\n  \
         geprüft bis 2026-12-31\n}\n\n\
         fall \"Silvester\" am 2025-12-31 {\n  gegeben art = groß\n  erwarte satz = 20 EUR\n}\n\
         fall \"Neujahr\" am 2026-01-01 {\n  gegeben art = groß\n  erwarte satz = 22 EUR\n}\n\
         fall \"Vor der Zeit\" am 2024-12-31 {\n  gegeben art = groß\n  erwarte nicht bekannt(satz)\n}\n",
    );
    clean(&text);
}

#[test]
fn deadlines_respect_the_holidays_of_the_land() {
    // Fifteen days after 20 May 2026 is Thursday, 4 June: Fronleichnam, a holiday in Bayern and not in Berlin.
    let text = |land: &str, day: &str| {
        world(
            "  frist entscheidung 15 Tage ab eingang danach gilt genehmigt nach § 1 ProbeG\n",
            &format!("fall \"Fronleichnam\" für {land} am 2026-05-20 {{\n  erwarte frist entscheidung endet {day}\n}}\n"),
        )
    };
    let (bavaria, berlin) = (text("Bayern", "2026-06-05"), text("Berlin", "2026-06-04"));
    clean(&bavaria);
    clean(&berlin);
}

#[test]
fn what_a_precondition_excludes_is_no_gap() {
    let table = "  entscheidung stufe: Art nach § 1 ProbeG {\n    | alter           || stufe |\n    | unter 12        || klein |\n    \
        | 12 bis unter 18 || groß  |\n  }\n";
    clean(&world(&format!("{AGE}{table}"), ""));
    let open = AGE.replace("alter < 18", "alter < 19");
    assert_eq!(slugs(&world(&format!("{open}{table}"), "")), ["table-gap"]);
}

#[test]
fn the_example_of_a_gap_can_be_pasted_and_meets_the_gap() {
    let table = "  entscheidung stufe: Art nach § 1 ProbeG {\n    | alter           || stufe |\n    | unter 12        || klein |\n    \
        | 13 bis unter 18 || groß  |\n  }\n";
    let text = world(&format!("{AGE}{table}"), "");
    let compilation = compile(&text);
    let gap = compilation.diagnostics.iter().find(|finding| finding.code.slug == "table-gap").unwrap();
    let help = gap.help.as_ref().unwrap().get(Language::De);
    let (_, case) = help.split_once('\n').unwrap();
    let pasted = compile(&format!("{text}\n{case}\n"));
    let failed = pasted.diagnostics.iter().find(|finding| finding.code.slug == "case-fails").unwrap();
    assert_eq!(failed.message.get(Language::De), "erwartet: stufe = klein; tatsächlich: unbekannt", "{case}");
}

#[test]
fn a_missing_input_needs_a_row_of_its_own() {
    let table = |row: &str| {
        format!(
            "  entscheidung weg: Art nach § 1 ProbeG {{\n    | alter    | hilfe_nötig ersatzweise nein || weg   |\n    \
             | unter 12 | -                            || klein |\n    {row}| ab 12    | nein                         || groß  |\n  }}\n"
        )
    };
    clean(&world(&format!("{AGE}{}", table("| ab 12    | ja                           || klein |\n    ")), ""));
    assert_eq!(slugs(&world(&format!("{AGE}{}", table("")), "")), ["table-gap"]);
}

#[test]
fn conditions_are_proved_through_rules_and_hidden_answers() {
    let fields = |condition: &str| {
        format!(
            "  seite s \"Seite\" {{\n    feld zahl \"Zahl?\": Ganzzahl von 0 bis 100\n    feld art \"Art?\": Art wenn zahl > 50 nach § 1 ProbeG\n    \
             feld mehr \"Mehr?\": Text wenn {condition} nach § 1 ProbeG\n  }}\n  regel viel: JaNein = zahl > 70 nach § 1 ProbeG\n"
        )
    };
    for (condition, expected) in [
        ("zahl > 100", Some("never-visible")),
        ("viel und zahl < 60", Some("never-visible")),
        ("art = groß und zahl <= 50", Some("never-visible")),
        ("viel oder zahl <= 70", Some("always-true")),
        ("art = groß", None),
        ("viel und zahl < 80", None),
        ("bekannt(art) und zahl < 20", Some("never-visible")),
    ] {
        let found = slugs(&world(&fields(condition), ""));
        assert_eq!(found, expected.into_iter().collect::<Vec<_>>(), "{condition}");
    }
}

#[test]
fn what_is_tolerated_is_silent_until_its_day() {
    let field = "  seite s \"Seite\" {\n    feld zahl \"Zahl?\": Ganzzahl\n  }\n";
    assert_eq!(slugs(&world(field, "")), ["unused-datum"]);
    clean(&world(&format!("{field}  dulde unused-datum bis 2026-12-31 weil \"Folgt.\"\n"), ""));
    let late = slugs(&world(&format!("{field}  dulde unused-datum bis 2026-01-31 weil \"Folgt.\"\n"), ""));
    assert_eq!(late, ["unused-datum", "tolerates-nothing"]);
}
