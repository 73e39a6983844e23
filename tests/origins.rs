//! Values by origin in cases: what an evidence proves counts over what was stated, what a task establishes over both, once it is done.

use blaupause::diagnostic::Language;

use super::corpus::{compile, findings};

const WORLD: &str = "modul probe\n\ngesetz ProbeG \"Probegesetz\" ebene Bund\n\n\
    verfahren Probe \"Probe\" nach § 1 ProbeG {\n  leistung 99000000000000\n  verfahrensrecht Bundesrecht\n  \
    rechtsbehelf Widerspruch binnen 1 Monat nach § 1 ProbeG\n  \
    seite s \"Seite\" {\n    feld lohn \"Lohn?\": Betrag nach § 1 ProbeG\n    \
    feld kinder \"Wie viele Kinder?\": Ganzzahl nach § 1 ProbeG\n  }\n  \
    voraussetzung arm: lohn < 1000 EUR sonst \"Zu viel.\" nach § 1 ProbeG\n  \
    regel doppelt: Betrag = lohn * 2\n  \
    ablauf {\n    eingang\n    wenn kinder > 0 {\n      \
    aufgabe prüfung \"Prüfen\" durch Sachbearbeitung stellt fest lohn, kinder\n    }\n    \
    wenn kinder > 5 {\n      aufgabe groß \"Große Familie\" durch Sachbearbeitung\n    }\n    \
    entscheide voraussetzungen\n    wenn erfüllt {\n      erlasse Ja\n    } sonst {\n      erlasse Nein\n    }\n  }\n  \
    bescheid Ja \"Ja\" nach § 1 ProbeG {\n    text \"Ja: {doppelt}\"\n  }\n  \
    bescheid Nein \"Nein\" nach § 1 ProbeG {\n    gründe voraussetzungen\n  }\n}\n\n";

fn says(case: &str, expected: &[&str]) {
    let others = "fall \"Ja\" {\n  gegeben lohn = 1 EUR, kinder = 0\n  erwarte bescheid Ja\n}\n\
        fall \"Nein\" {\n  gegeben lohn = 1000 EUR, kinder = 0\n  erwarte bescheid Nein\n}\n";
    let compilation = compile(&format!("{WORLD}fall \"Fall\" {{\n  {case}\n}}\n{others}"));
    let said: Vec<&str> = compilation.diagnostics.iter().map(|finding| finding.message.get(Language::De)).collect();
    assert_eq!(said, expected, "{case}\n{}", findings(&compilation).join("\n"));
}

#[test]
fn the_last_origin_wins() {
    says("gegeben lohn = 2000 EUR, kinder = 1\n  erwarte doppelt = 4000 EUR, bescheid Nein", &[]);
    says("gegeben lohn = 2000 EUR, kinder = 1\n  belegt lohn = 900 EUR\n  erwarte doppelt = 1800 EUR, bescheid Ja", &[]);
    says(
        "belegt lohn = 900 EUR\n  festgestellt lohn = 1000 EUR\n  gegeben lohn = 1 EUR, kinder = 1\n  \
         erwarte doppelt = 2000 EUR, bescheid Nein",
        &[],
    );
}

#[test]
fn what_is_established_counts_from_then_on() {
    // Whether there are children is asked before anybody has established it, how many afterwards.
    says("gegeben lohn = 1 EUR, kinder = 1\n  festgestellt kinder = 6\n  erwarte weg prüfung und groß und Ja", &[]);
    says(
        "gegeben lohn = 1 EUR, kinder = 0\n  festgestellt kinder = 6\n  erwarte nicht weg prüfung, nicht weg groß",
        &["angegeben: kinder festgestellt; tatsächlich stellt kein Schritt auf diesem Weg das fest"],
    );
}

#[test]
fn days_and_extensions_must_be_possible() {
    says(
        "gegeben lohn = 1 EUR, kinder = 0\n  vollständig am 2026-05-01\n  erwarte bescheid Ja",
        &["angegeben: vollständig am 2026-05-01; das liegt vor dem 2026-06-01, an dem es frühestens so weit ist"],
    );
    says(
        "gegeben lohn = 1 EUR, kinder = 0\n  entscheidung am 2026-07-01\n  bekanntgabe am 2026-06-30\n  erwarte bescheid Ja",
        &["angegeben: bekanntgabe am 2026-06-30; das liegt vor dem 2026-07-01, an dem es frühestens so weit ist"],
    );
    says(
        "gegeben lohn = 1 EUR, kinder = 0\n  verlängert frist_der_nachbarn\n  erwarte bescheid Ja",
        &["Der Name „frist_der_nachbarn“ ist nicht bekannt unter den Fristen."],
    );
}
