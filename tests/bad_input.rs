//! Input that is wrong before a definition is: each gives a sentence and a code, never a crash, and never half an output.

use std::fs;
use std::path::Path;

use super::cli::{Ended, blaupause, folder, write};

const DAY: (&str, &str) = ("blaupause.yaml", "stichtag: 2026-06-01\n");

/// The call fails with this code, names this rule, and says these words.
#[track_caller]
pub fn refused(ended: &Ended, code: i32, slug: &str, words: &str) {
    assert_eq!(ended.code, code, "{}", ended.err);
    assert!(ended.err.contains(&format!("Fehler {slug}\n")), "{slug}: {}", ended.err);
    let joined = ended.err.replace("\n  │ ", " ");
    assert!(joined.contains(words), "{words}: {}", ended.err);
}

#[test]
fn a_missing_file() {
    let ended = blaupause(folder(&[]).path(), &["check", "nirgends.blau"]);
    refused(&ended, 2, "unreadable-file", "„nirgends.blau“ gibt es nicht.");
}

#[test]
fn a_folder_without_definitions() {
    let here = folder(&[DAY, ("notizen.txt", "keine Definition"), (".versteckt/a.blau", ""), ("out/b.blau", "")]);
    refused(&blaupause(here.path(), &["check"]), 2, "no-definitions", "Hier liegt keine Definition");
}

#[test]
fn no_day_anywhere() {
    let ended = blaupause(folder(&[("a.blau", "")]).path(), &["build"]);
    refused(&ended, 2, "missing-day", "Es fehlt der Stichtag");
    assert!(ended.err.contains("stichtag: 2026-06-01"), "it says what to write: {}", ended.err);
}

#[test]
fn two_days() {
    let here = folder(&[DAY, ("a/blaupause.yaml", "stichtag: 2027-01-01\n"), ("a/a.blau", "")]);
    refused(
        &blaupause(here.path(), &["check"]),
        1,
        "conflicting-days",
        "Zwei Stichtage in einem Projekt: 2027-01-01 und 2026-06-01",
    );
}

#[test]
fn an_include_outside_the_project() {
    for path in ["../anderswo", "/etc", "a/../../b"] {
        let here = folder(&[
            ("p/blaupause.yaml", &format!("stichtag: 2026-06-01\neinbinden: [{path}]\n")),
            ("p/a.blau", ""),
            ("anderswo/b.blau", ""),
        ]);
        let ended = blaupause(here.path(), &["check", "p"]);
        refused(&ended, 2, "outside-project", &format!("„{path}“ liegt außerhalb des Projekts"));
        assert!(ended.err.contains("p/blaupause.yaml:2:"), "{}", ended.err);
    }
}

#[test]
fn an_include_that_is_not_there() {
    let here = folder(&[("blaupause.yaml", "stichtag: 2026-06-01\neinbinden: [gemeinsam]\n"), ("a.blau", "")]);
    refused(&blaupause(here.path(), &["check"]), 2, "unreadable-file", "„gemeinsam“ gibt es nicht.");
}

#[test]
fn includes_in_a_circle() {
    let here = folder(&[
        DAY,
        ("a/blaupause.yaml", "einbinden: [../b]\n"),
        ("b/blaupause.yaml", "einbinden: [../c]\n"),
        ("c/blaupause.yaml", "einbinden: [../a]\n"),
        ("a/a.blau", ""),
        ("b/b.blau", ""),
        ("c/c.blau", ""),
    ]);
    refused(&blaupause(here.path(), &["check", "a"]), 1, "include-cycle", "bindet sich über „einbinden“ selbst wieder ein");
}

#[test]
fn a_wrong_manifest() {
    for (text, slug, words) in [
        ("stichtag: 2026-13-01\n", "invalid-setting", "„2026-13-01“ ist kein Kalendertag."),
        ("sprache: fr\n", "invalid-setting", "Meldungen gibt es nicht in der Sprache „fr“."),
        ("farbe: rot\n", "unknown-setting", "blaupause.yaml kennt keine Einstellung „farbe“."),
        ("- eins\n- zwei\n", "invalid-setting", "Das ist keine Einstellung"),
        ("stichtag: [2026-06-01\n", "invalid-setting", "Das ist keine Einstellung"),
    ] {
        let here = folder(&[("blaupause.yaml", text), ("a.blau", "")]);
        refused(&blaupause(here.path(), &["check"]), 1, slug, words);
    }
}

#[test]
fn text_that_is_not_utf8() {
    let here = folder(&[DAY]);
    write(here.path(), "a.blau", b"modul b\xfcrgerb\xfcro\n");
    let ended = blaupause(here.path(), &["check"]);
    refused(&ended, 2, "invalid-utf8", "„a.blau“ ist kein UTF-8-Text: Byte 7 (0xFC) gehört zu keinem Zeichen.");
    assert!(ended.err.contains("a.blau:1:8"), "{}", ended.err);
    refused(&blaupause(here.path(), &["fmt", "."]), 2, "unreadable-file", "kein UTF-8");
}

#[test]
fn a_file_of_ten_megabytes() {
    let here = folder(&[DAY]);
    write(here.path(), "a.blau", &vec![b'x'; 10 * 1024 * 1024]);
    refused(&blaupause(here.path(), &["check"]), 2, "file-too-large", "„a.blau“ ist 10 MB groß; gelesen werden höchstens 4 MB.");
}

#[cfg(unix)]
#[test]
fn a_link_that_leads_out() {
    let here = folder(&[("p/blaupause.yaml", "stichtag: 2026-06-01\n"), ("geheim.blau", "modul geheim\n")]);
    std::os::unix::fs::symlink(here.path().join("geheim.blau"), here.path().join("p/a.blau")).unwrap();
    refused(&blaupause(here.path(), &["check", "p"]), 2, "outside-project", "„a.blau“ liegt außerhalb des Projekts");
}

#[test]
fn an_output_that_is_a_file() {
    let here = folder(&[DAY, ("a.blau", ""), ("aus", "wichtig")]);
    let ended = blaupause(here.path(), &["build", "-o", "aus"]);
    refused(&ended, 2, "output-unwritable", "„aus“ ist kein Ordner");
    assert_eq!(fs::read_to_string(here.path().join("aus")).unwrap(), "wichtig");
    refused(&blaupause(here.path(), &["build", "-o", "aus/tiefer"]), 2, "output-unwritable", "lässt sich nicht schreiben");
}

#[cfg(unix)]
#[test]
fn an_output_that_is_not_writable() {
    use std::os::unix::fs::PermissionsExt;
    let here = folder(&[DAY, ("a.blau", ""), ("zu/da.txt", "")]);
    let locked = here.path().join("zu");
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o555)).unwrap();
    if fs::write(locked.join("probe"), "").is_ok() {
        crate::skipped("whoever runs this test may write everywhere");
        return;
    }
    refused(&blaupause(here.path(), &["build", "-o", "zu"]), 2, "output-unwritable", "„zu“ lässt sich nicht schreiben");
    refused(&blaupause(here.path(), &["build", "-o", "zu/neu"]), 2, "output-unwritable", "lässt sich nicht schreiben");
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o755)).unwrap();
}

/// All files below a folder with their content, sorted.
pub fn tree(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut found: Vec<(String, Vec<u8>)> = walkdir::WalkDir::new(folder)
        .into_iter()
        .map(Result::unwrap)
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            let path = entry.path().strip_prefix(folder).unwrap().to_string_lossy().replace('\\', "/");
            (path, fs::read(entry.path()).unwrap())
        })
        .collect();
    found.sort();
    found
}
