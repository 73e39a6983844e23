//! `blaupause matrix`: who differs in what, and what a change to the base does to each Land before it is published.

use std::path::Path;
use std::process::Command;

use super::cli::{blaupause, blaupause_with, folder, write};
use super::skipped;

const BASE: &str = r#"modul probe

gesetz TH.ProbeG "Thüringer Probengesetz" ebene TH
gesetz HE.ProbeG "Hessisches Probengesetz" ebene HE
gesetz ErfurtS "Satzung der Stadt Erfurt" ebene gemeinde 16051000 "Erfurt"

parameter Satz: Betrag nach § 1 VwVfG offen nach § 2 VwVfG {
  ab 2020-01-01: 10 EUR
  geprüft bis 2099-12-31
}

verfahren Probe "Probe </h2>" nach § 1 VwVfG {
  leistung        99000000000000
  verfahrensrecht Bundesrecht
  rechtsbehelf    Widerspruch binnen 1 Monat offen nach § 68 Abs. 1 Satz 2 VwGO
  länder dürfen nachweise ergänzen nach § 26 VwVfG
  gemeinden dürfen gebühren setzen nach § 3 VwVfG
  seite angaben "Angaben" {
    feld größe "Wie groß ist es?": Ganzzahl von 1 bis 1000 nach § 1 VwVfG
  }
  regel doppelt: Ganzzahl = größe + größe nach § 1 VwVfG
  voraussetzung klein: doppelt < 100 sonst "Zu groß." nach § 1 VwVfG
  gebühr Grundgebühr = Satz nach § 3 VwVfG
  ablauf {
    eingang
    aufgabe prüfung "Prüfen" durch Sachbearbeitung
    entscheide voraussetzungen
    wenn erfüllt {
      erlasse Ja
    } sonst {
      erlasse Nein
    }
  }
  bescheid Ja "Ja" nach § 41 VwVfG {
    text "Ja. Gebühr: {Grundgebühr}."
  }
  bescheid Nein "Nein" nach § 41 VwVfG {
    gründe voraussetzungen
  }
}

fall "Klein" am 2026-06-01 {
  gegeben größe = 30
  erwarte bescheid Ja
}
fall "Groß" am 2026-06-01 {
  gegeben größe = 60
  erwarte bescheid Nein
}
"#;

const LANDS: &str = r#"modul probe

variante Probe für Thüringen {
  setze rechtsbehelf Klage binnen 1 Monat nach § 1 TH.ProbeG
  ergänze aufgabe ablage "Ablegen" durch Kasse nach § 2 TH.ProbeG hinter prüfung
}

variante Probe für Hessen {
  setze aufgabe prüfung "Genau prüfen" durch Leitung nach § 1 HE.ProbeG
}

variante Probe für gemeinde 16051000 "Erfurt" {
  setze gebühr Grundgebühr = 2 EUR + Satz nach § 1 ErfurtS
}
"#;

/// A project and, beside it, one that differs in the base.
fn versions() -> tempfile::TempDir {
    let changed = BASE
        .replace("Widerspruch binnen 1 Monat offen", "Widerspruch binnen 2 Monaten offen")
        .replace("doppelt < 100", "doppelt < 50")
        .replace(
            "    aufgabe prüfung \"Prüfen\" durch Sachbearbeitung\n",
            "    aufgabe sichtung \"Sichten\" durch Sachbearbeitung\n",
        )
        .replace("// Kommentar", "");
    folder(&[
        ("alt/blaupause.yaml", "stichtag: 2026-06-01\n"),
        ("alt/probe.blau", BASE),
        ("alt/laender.blau", LANDS),
        ("neu/blaupause.yaml", "stichtag: 2026-06-01\n"),
        ("neu/probe.blau", &changed),
        ("neu/laender.blau", LANDS),
    ])
}

#[test]
fn it_tells_who_differs_in_what_and_what_nobody_uses() {
    let here = versions();
    let german = blaupause(here.path(), &["matrix", "alt"]);
    assert_eq!(german.code, 0, "{}", german.err);
    insta::assert_snapshot!("matrix", german.out);
    let english = blaupause(here.path(), &["matrix", "alt", "--sprache", "en"]);
    assert!(
        english.out.contains("The same law holds in:") && english.out.contains("Clauses that nobody uses:"),
        "{}",
        english.out
    );
}

#[test]
fn machines_and_browsers_read_it_too() {
    let here = versions();
    let json = blaupause(here.path(), &["matrix", "alt", "--format", "json"]);
    let matrix: serde_json::Value = serde_json::from_str(&json.out).unwrap();
    assert_eq!(matrix["format"], "blaupause-matrix/1");
    let procedure = &matrix["verfahren"][0];
    assert_eq!(procedure["gruppen"].as_array().unwrap().len(), 3);
    assert_eq!(procedure["abweichungen"][0]["wer"][0]["land"], "TH");
    let municipal =
        procedure["abweichungen"].as_array().unwrap().iter().find(|row| row["was"] == "setze gebühr Grundgebühr").unwrap();
    assert_eq!(municipal["wer"][0]["gemeinde"], "Erfurt");
    assert_eq!(municipal["wer"][0]["erlaubt"], "probe.blau:17");
    let page = blaupause(here.path(), &["matrix", "alt", "--format", "html"]);
    assert!(page.out.starts_with("<!DOCTYPE html>") && page.out.contains("Probe &lt;/h2&gt;"), "{}", page.out);
    assert_eq!(page.out.matches("</h2>").count(), 1);
    let english = blaupause(here.path(), &["matrix", "alt", "--format", "html", "--sprache", "en"]);
    assert!(english.out.contains("<html lang=\"en\">") && english.out.contains("What Länder do differently"));
}

#[test]
fn a_change_is_followed_into_each_land_before_it_is_published() {
    let here = versions();
    let told = blaupause(here.path(), &["matrix", "neu", "--gegen", "alt"]);
    assert_eq!(told.code, 1, "{}", told.err);
    insta::assert_snapshot!("comparison", told.out);
    let json = blaupause(here.path(), &["matrix", "neu", "--gegen", "alt", "--format", "json"]);
    let comparison: serde_json::Value = serde_json::from_str(&json.out).unwrap();
    let effects = comparison["verfahren"][0]["wirkungen"].as_array().unwrap();
    assert_eq!(effects.len(), 17, "sixteen Länder and Erfurt");
    let page = blaupause(here.path(), &["matrix", "neu", "--gegen", "alt", "--format", "html"]);
    assert!(page.out.contains("Wirkung auf die Länder") && page.out.contains("Fall scheitert:"), "{}", page.out);
}

#[test]
fn the_same_again_changes_nothing_even_with_another_layout() {
    let here = versions();
    let loose = BASE
        .replace("  regel doppelt: Ganzzahl = größe + größe", "  // Zweimal.\n  regel doppelt:   Ganzzahl =\n    größe + größe");
    write(here.path(), "neu/probe.blau", loose.as_bytes());
    let told = blaupause(here.path(), &["matrix", "neu", "--gegen", "alt"]);
    assert_eq!((told.code, told.out.contains("Für kein Land ändert sich etwas.")), (0, true), "{}", told.out);
}

/// Runs git in a folder, as nobody in particular.
fn git(folder: &Path, arguments: &[&str]) {
    let identity = ["-c", "user.name=Probe", "-c", "user.email=probe@example.org", "-c", "commit.gpgsign=false"];
    let output = Command::new("git").arg("-C").arg(folder).args(identity).args(arguments).output().unwrap();
    assert!(output.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn a_commit_of_the_repository_is_another_version() {
    if Command::new("git").arg("--version").output().is_err() {
        skipped("git is not installed");
        return;
    }
    let path = std::env::var("PATH").unwrap();
    let environment: &[(&str, &str)] = &[("PATH", &path), ("HOME", "/nonexistent"), ("GIT_CONFIG_NOSYSTEM", "1")];
    let here = versions();
    git(here.path(), &["init", "-q", "."]);
    std::fs::remove_dir_all(here.path().join("neu")).unwrap();
    git(here.path(), &["add", "."]);
    git(here.path(), &["commit", "-q", "-m", "Anfang"]);
    let same = blaupause_with(here.path(), &["matrix", "alt", "--gegen", "HEAD"], environment);
    assert_eq!((same.code, same.out.contains("Für kein Land ändert sich etwas.")), (0, true), "{}{}", same.out, same.err);
    write(here.path(), "alt/probe.blau", BASE.replace("doppelt < 100", "doppelt < 50").as_bytes());
    let changed = blaupause_with(here.path(), &["matrix", "alt/probe.blau", "--gegen", "HEAD", "--land", "by"], environment);
    assert_eq!(changed.code, 1, "{}", changed.err);
    assert!(changed.out.contains("geändert   voraussetzung klein (probe.blau:22)"), "{}", changed.out);
    assert!(changed.out.contains("Fall scheitert: „Klein“"), "{}", changed.out);

    for wrong in ["nirgends", "--help", "HEAD:alt", "a b; rm -rf ."] {
        let refused = blaupause_with(here.path(), &["matrix", "alt", &format!("--gegen={wrong}")], environment);
        assert_eq!(refused.code, 2, "{wrong}: {}", refused.err);
        assert!(refused.err.contains("ist weder ein Ordner noch ein Stand"), "{wrong}: {}", refused.err);
    }
    let without = blaupause_with(here.path(), &["matrix", "alt", "--gegen", "HEAD"], &[("PATH", "/nonexistent")]);
    assert_eq!(without.code, 2);
    assert!(without.err.contains("Das Programm „git“ ist nicht da."), "{}", without.err);
}
