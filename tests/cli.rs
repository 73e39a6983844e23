//! The command as a person meets it: help, languages, exit codes, the forms of a report.

use std::path::Path;
use std::process::{Command, Stdio};

/// A call that ended.
pub struct Ended {
    /// The exit code.
    pub code: i32,
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub err: String,
}

/// Runs the command in a folder, in an environment that says nothing.
pub fn blaupause(folder: &Path, arguments: &[&str]) -> Ended {
    blaupause_with(folder, arguments, &[])
}

/// The same with some variables of the environment.
pub fn blaupause_with(folder: &Path, arguments: &[&str], environment: &[(&str, &str)]) -> Ended {
    let output = Command::new(env!("CARGO_BIN_EXE_blaupause"))
        .args(arguments)
        .current_dir(folder)
        .env_clear()
        .envs(environment.iter().copied())
        .stdin(Stdio::null())
        .output()
        .unwrap();
    Ended {
        code: output.status.code().unwrap_or(-1),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

/// A folder of its own with these files.
pub fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in files {
        write(folder.path(), path, text.as_bytes());
    }
    folder
}

/// Writes a file, and the folders on the way to it.
pub fn write(folder: &Path, path: &str, bytes: &[u8]) {
    let full = folder.join(path);
    std::fs::create_dir_all(full.parent().unwrap()).unwrap();
    std::fs::write(full, bytes).unwrap();
}

#[test]
fn help_teaches_in_german_and_on_request_in_english() {
    let here = folder(&[]);
    let german = blaupause(here.path(), &["--help"]);
    assert_eq!(german.code, 0);
    assert!(german.out.contains("So fangen Sie an") && german.out.contains("blaupause build examples -o out"), "{}", german.out);
    let english = blaupause(here.path(), &["build", "--help", "--sprache", "en"]);
    assert!(english.out.starts_with("Checks the definitions"), "{}", english.out);
    let english = blaupause_with(here.path(), &["fmt", "-h"], &[("LANG", "en_GB.UTF-8")]);
    assert!(english.out.starts_with("Brings definitions"), "{}", english.out);
    let german = blaupause_with(here.path(), &["check", "--help"], &[("LC_ALL", "C"), ("LANG", "en_GB.UTF-8")]);
    assert!(german.out.starts_with("Prüft"), "{}", german.out);
}

#[test]
fn without_a_command_it_shows_the_way() {
    let ended = blaupause(folder(&[]).path(), &[]);
    assert_eq!((ended.code, ended.out.as_str()), (2, ""));
    assert!(ended.err.contains("Aufruf: blaupause BEFEHL"));
}

#[test]
fn wrong_calls_are_answered_in_words() {
    let here = folder(&[]);
    for (arguments, words) in [
        (&["buil"][..], "Den Befehl „buil“ gibt es nicht. Meinten Sie „build“?"),
        (&["build", "--lnad", "th"], "Die Angabe „--lnad“ gibt es hier nicht. Meinten Sie „--land“?"),
        (&["check", "--format", "xml"], "„xml“ ist kein Wert für"),
        (&["check", "--stichtag", "1.6.2026"], "„1.6.2026“ ist kein Kalendertag"),
        (&["build", "--ziel", "fomular"], "Ein Ziel „fomular“ gibt es nicht"),
        (&["build", "--sprache", "en", "--nonsense"], "There is no argument “--nonsense” here."),
        (&["explain", "missing-dya"], "Meinten Sie „missing-day“?"),
        (&["fmt"], "Aufruf: blaupause fmt"),
    ] {
        let ended = blaupause(here.path(), arguments);
        assert_eq!(ended.code, 2, "{arguments:?}: {}", ended.err);
        assert!(ended.err.contains(words), "{arguments:?}: {}", ended.err);
        assert!(!ended.err.contains("error:"), "{arguments:?}: {}", ended.err);
    }
}

#[test]
fn explain_knows_every_rule() {
    let here = folder(&[]);
    let all = blaupause(here.path(), &["explain"]);
    assert_eq!(all.code, 0);
    for code in blaupause::cli::codes() {
        assert!(all.out.contains(code.slug), "{}", code.slug);
    }
    let one = blaupause(here.path(), &["explain", "missing-day", "--sprache", "en"]);
    assert!(one.out.starts_with("missing-day (error)\nNothing is built without a day"), "{}", one.out);
}

#[test]
fn the_language_is_the_flags_then_the_projects_then_the_locales() {
    let here = folder(&[("blaupause.yaml", "sprache: en\n"), ("a.blau", "")]);
    let locale = [("LANG", "de_DE.UTF-8")];
    let project = blaupause_with(here.path(), &["check"], &locale);
    assert!(project.err.contains("The day is missing"), "{}", project.err);
    let flag = blaupause_with(here.path(), &["check", "--sprache", "de"], &locale);
    assert!(flag.err.contains("Es fehlt der Stichtag"), "{}", flag.err);
    let nothing = folder(&[("a.blau", "")]);
    let locale = blaupause_with(nothing.path(), &["check"], &[("LANG", "en_US.UTF-8")]);
    assert!(locale.err.contains("The day is missing"), "{}", locale.err);
    let german = blaupause_with(nothing.path(), &["check"], &[("LANG", "C.UTF-8")]);
    assert!(german.err.contains("Es fehlt der Stichtag"), "{}", german.err);
}

#[test]
fn findings_come_as_text_lines_or_json() {
    let here = folder(&[("p/blaupause.yaml", "# Projekt\nstichtga: 2026-06-01\n"), ("p/a.blau", "")]);
    let text = blaupause(here.path(), &["check", "p"]);
    assert!(text.err.contains("Fehler unknown-setting") && text.err.contains("╭─[p/blaupause.yaml:2:1]"), "{}", text.err);
    assert!(text.err.contains("Hilfe: Meinten Sie „stichtag“?") && text.err.contains("1 Fehler."), "{}", text.err);
    assert!(!text.err.contains('\u{1b}'), "no colours where there is no terminal");

    let lines = blaupause(here.path(), &["check", "p", "--format", "zeile"]);
    let first = lines.err.lines().next().unwrap_or_default();
    assert_eq!(first, "p/blaupause.yaml:2:1: Fehler[unknown-setting]: blaupause.yaml kennt keine Einstellung „stichtga“.");

    let json = blaupause(here.path(), &["check", "p", "--format", "json"]);
    assert_eq!(json.err, "");
    let report: serde_json::Value = serde_json::from_str(&json.out).unwrap();
    assert_eq!(report["befunde"][0]["slug"], "unknown-setting");
    assert_eq!(report["befunde"][0]["ort"]["von"]["zeile"], 2);
    assert_eq!(report["befunde"][0]["änderung"]["ersatz"], "stichtag");
    assert_eq!(report["zusammenfassung"]["fehler"], 1);
}
