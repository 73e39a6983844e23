//! The example from definition to output folder: the same bytes each time, hostile words stay words, interruption does no harm.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use sha2::{Digest, Sha256};

use super::bad_input::{refused, tree};
use super::cli::{blaupause, folder, write};

const SERVICE: &str = "unterhaltsvorschuss/unterhaltsvorschuss.blau";

/// A copy of the examples in a folder of its own, under `examples/`.
fn examples() -> tempfile::TempDir {
    let here = folder(&[]);
    for (path, bytes) in tree(&Path::new(env!("CARGO_MANIFEST_DIR")).join("examples")) {
        write(&here.path().join("examples"), &path, &bytes);
    }
    here
}

/// Changes the definition of the example.
fn change(here: &Path, from: &str, to: &str) {
    let path = here.join("examples").join(SERVICE);
    let text = fs::read_to_string(&path).unwrap();
    assert!(text.contains(from), "the example no longer says {from:?}");
    fs::write(path, text.replace(from, to)).unwrap();
}

#[track_caller]
fn build(here: &Path, arguments: &[&str]) -> String {
    let ended = blaupause(here, &[&["build", "examples", "-o", "out"], arguments].concat());
    assert_eq!(ended.code, 0, "{}", ended.err);
    ended.err
}

#[test]
fn the_examples_are_clean_even_strictly() {
    let ended = blaupause(examples().path(), &["check", "examples", "--streng"]);
    assert_eq!(ended.code, 0, "{}", ended.err);
    assert!(ended.err.contains("16 Länder"), "{}", ended.err);
}

#[test]
fn the_same_input_gives_the_same_bytes_anywhere() {
    let (one, other) = (examples(), examples());
    build(one.path(), &[]);
    build(other.path(), &[]);
    let first = tree(&one.path().join("out"));
    assert!(first.len() > 16 * 5, "{} files", first.len());
    assert_eq!(first, tree(&other.path().join("out")));
    let again = build(one.path(), &[]);
    assert!(again.contains(&format!("0 geschrieben, {} unverändert", first.len())), "{again}");
    assert_eq!(first, tree(&one.path().join("out")));
}

#[test]
fn a_build_of_some_completes_to_the_whole() {
    let (one, other) = (examples(), examples());
    build(one.path(), &[]);
    build(other.path(), &["--land", "th,by"]);
    let some = tree(&other.path().join("out"));
    assert!(some.iter().all(|(path, _)| !path.contains('/') || path.starts_with("th/") || path.starts_with("by/")));
    build(other.path(), &["--land", "th", "--ziel", "formular"]);
    assert_eq!(tree(&other.path().join("out")), some, "what was not asked for stays as it is");
    build(other.path(), &[]);
    assert_eq!(tree(&other.path().join("out")), tree(&one.path().join("out")));
}

#[test]
fn the_manifest_knows_each_file_and_the_pages_lead_to_them() {
    let here = examples();
    build(here.path(), &[]);
    let out = here.path().join("out");
    let manifest: serde_json::Value = serde_json::from_slice(&fs::read(out.join("manifest.json")).unwrap()).unwrap();
    let mut pages = String::new();
    for (path, bytes) in tree(&out).into_iter().filter(|(path, _)| path != "manifest.json") {
        let parts: Vec<&str> = path.splitn(3, '/').collect();
        let record = match parts[..] {
            [land, procedure, file] => &manifest["laender"][land][procedure]["dateien"][file],
            _ => &manifest["dateien"][&path],
        };
        let hash: String = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(record["sha256"], hash, "{path}");
        assert_eq!(record["bytes"], bytes.len(), "{path}");
        if parts.len() < 3 {
            pages.push_str(&String::from_utf8(bytes).unwrap());
        }
    }
    for (path, _) in tree(&out).iter().filter(|(path, _)| path.matches('/').count() > 1) {
        let link = path.split_once('/').map_or("", |(_, rest)| rest);
        assert!(pages.contains(&format!("href=\"{link}\"")), "{link}");
    }
    let thuringia = &manifest["laender"]["th"]["unterhaltsvorschuss"];
    assert_eq!(thuringia["titel"]["de"], "Unterhaltsvorschuss beantragen");
    let origin = thuringia["herkunft"].as_array().unwrap();
    assert!(origin.iter().any(|path| path == "unterhaltsvorschuss.blau" || path == SERVICE), "{origin:?}");
    assert_eq!(manifest["stichtag"], "2026-06-01");
}

#[test]
fn hostile_words_stay_words() {
    let here = examples();
    let words = "</script><img src=x onerror=alert(1)> ]]> {{x}} ${y} <!-- &amp; ' \\\" --";
    let marker = "onerror=alert(1)";
    change(
        here.path(),
        "\"Lebt das Kind bei Ihnen?\"",
        &format!("\"{}\"", words.replace("{{x}}", "{{{{x}}").replace("${y}", "$")),
    );
    let ended = blaupause(here.path(), &["build", "examples", "-o", "out", "--land", "th"]);
    assert_eq!(ended.code, 0, "{}", ended.err);
    let mut seen = 0;
    for (path, bytes) in tree(&here.path().join("out")) {
        let text = String::from_utf8(bytes).unwrap();
        if !text.contains(marker) {
            continue;
        }
        seen += 1;
        if path.ends_with(".html") {
            assert!(!text.contains("</script><img") && !text.contains("<img src=x"), "{path}");
        } else if path.ends_with("mn") {
            assert!(!text.contains("<img"), "{path}");
        }
    }
    assert!(seen > 0, "no output carries the label");
}

#[test]
fn two_procedures_of_one_name() {
    let here = examples();
    let text = fs::read(here.path().join("examples").join(SERVICE)).unwrap();
    write(here.path(), "examples/unterhaltsvorschuss/zweite.blau", &text);
    refused(&blaupause(here.path(), &["check", "examples"]), 1, "duplicate-name", "Unterhaltsvorschuss");
}

#[test]
fn modules_that_use_each_other() {
    let here = folder(&[
        ("blaupause.yaml", "stichtag: 2026-06-01\n"),
        ("a.blau", "modul probe.a\n\nnutze probe.b.Farbe\n\nauswahl Form \"Form\" {\n  rund \"rund\"\n}\n"),
        ("b.blau", "modul probe.b\n\nnutze probe.a.Form\n\nauswahl Farbe \"Farbe\" {\n  rot \"rot\"\n}\n"),
    ]);
    let ended = blaupause(here.path(), &["check"]);
    assert!(ended.code <= 1, "{}", ended.err);
}

#[test]
fn a_parameter_past_its_horizon() {
    let here = examples();
    let day = ["check", "examples", "--stichtag", "2027-03-01"];
    refused(&blaupause(here.path(), &day), 1, "outdated-parameter", "2026-12-31");
    let allowed = blaupause(here.path(), &[&day[..], &["--veraltet-erlauben"]].concat());
    assert!(!allowed.err.contains("Fehler outdated-parameter"), "{}", allowed.err);
    assert!(allowed.err.contains("Warnung outdated-parameter"), "{}", allowed.err);
}

#[test]
fn a_finding_prevents_every_output() {
    let here = examples();
    change(here.path(), "voraussetzung lohnt:\n    höhe >= Mindestzahlung", "voraussetzung lohnt:\n    hoehee >= Mindestzahlung");
    let ended = blaupause(here.path(), &["build", "examples", "-o", "out"]);
    refused(&ended, 1, "unknown-name", "hoehee");
    assert!(ended.err.contains("Geschrieben wurde nichts."), "{}", ended.err);
    assert!(!here.path().join("out").exists());
}

#[test]
fn a_build_that_is_killed_does_no_harm() {
    let (here, other) = (examples(), examples());
    build(here.path(), &["--stichtag", "2026-06-01"]);
    build(other.path(), &["--stichtag", "2026-06-02"]);
    let (before, after) = (tree(&here.path().join("out")), tree(&other.path().join("out")));
    for wait in [1, 5, 20, 60, 120, 200, 300] {
        let mut child = Command::new(env!("CARGO_BIN_EXE_blaupause"))
            .args(["build", "examples", "-o", "out", "--stichtag", "2026-06-02"])
            .current_dir(here.path())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_millis(wait));
        child.kill().unwrap();
        child.wait().unwrap();
        for (path, bytes) in tree(&here.path().join("out")).into_iter().filter(|(path, _)| !path.starts_with('.')) {
            let whole =
                [&before, &after].iter().any(|tree| tree.iter().any(|(other, content)| *other == path && *content == bytes));
            assert!(whole, "after {wait} ms {path} is neither the old nor the new file");
        }
    }
    build(here.path(), &["--stichtag", "2026-06-02"]);
    assert_eq!(tree(&here.path().join("out")), after);
}
