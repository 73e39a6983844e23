//! The formatter: the same form again from its own form, nothing lost, both spellings of the keywords mean the same.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::sync::Mutex;

use blaupause::compiler::{self, Request};
use blaupause::diagnostic::Diagnostics;
use blaupause::source::{FileId, MemoryLoader};
use blaupause::syntax::ast::{Comment, Spelling};
use blaupause::syntax::{self, format};

use super::bad_input::tree;
use super::cli::{blaupause, folder};
use super::corpus::{definitions, root};

/// All definitions that are right: library, examples, corpus.
fn all() -> Vec<(PathBuf, String)> {
    let folders = ["stdlib", "examples", "tests/corpus/valid", "tests/robust"];
    let paths = folders.iter().flat_map(|folder| definitions(&root().join(folder)));
    paths.map(|path| (path.clone(), fs::read_to_string(path).unwrap())).collect()
}

#[track_caller]
fn formatted(text: &str, spelling: Option<Spelling>) -> String {
    format(text, spelling).unwrap_or_else(|found| panic!("{:?}", found.iter().map(|found| &found.message.de).collect::<Vec<_>>()))
}

fn comments(text: &str) -> Vec<String> {
    let file = syntax::parse(FileId(0), text, &mut Diagnostics::default());
    file.comments.iter().map(|comment: &Comment| comment.text.to_string()).collect()
}

fn without_space(text: &str) -> String {
    text.chars().filter(|letter| !letter.is_whitespace()).collect()
}

#[test]
fn the_same_form_again_and_nothing_lost() {
    let files = all();
    assert!(files.len() > 30);
    for (path, text) in files {
        let once = formatted(&text, None);
        assert_eq!(formatted(&once, None), once, "{}", path.display());
        assert_eq!(without_space(&once), without_space(&text), "{}", path.display());
        assert_eq!(comments(&once), comments(&text), "{}", path.display());
        assert!(once.lines().all(|line| line.trim_end() == line), "{}: white space at the end of a line", path.display());
    }
}

#[test]
fn library_and_examples_are_in_the_usual_form() {
    let ended = blaupause(&root(), &["fmt", "--check", "stdlib", "examples", "tests/corpus/valid"]);
    assert_eq!(ended.code, 0, "{}", ended.err);
}

#[test]
fn indentation_does_not_matter() {
    for (path, text) in all() {
        let usual = formatted(&text, None);
        let flush: Vec<&str> = usual.lines().map(str::trim_start).collect();
        let deep: Vec<String> = usual.lines().map(|line| format!("\t   {line}   ")).collect();
        assert_eq!(formatted(&flush.join("\n"), None), usual, "{}", path.display());
        assert_eq!(formatted(&deep.join("\r\n"), None), usual, "{}", path.display());
    }
}

#[test]
fn to_english_and_back() {
    for (path, text) in all() {
        let german = formatted(&text, Some(Spelling::De));
        let english = formatted(&german, Some(Spelling::En));
        assert_eq!(formatted(&english, Some(Spelling::En)), english, "{}", path.display());
        assert_eq!(formatted(&english, Some(Spelling::De)), german, "{}", path.display());
        assert_eq!(comments(&english), comments(&text), "{}", path.display());
    }
}

/// All outputs of the examples. The hash of a definition is one of its letters, so it is blanked, whole and shortened.
fn outputs(spelling: Spelling) -> BTreeMap<String, String> {
    let mut loader = MemoryLoader::new([]);
    for (path, bytes) in tree(&root().join("examples")) {
        let text = String::from_utf8(bytes).unwrap();
        let text = if path.ends_with(".blau") { formatted(&text, Some(spelling)) } else { text };
        loader.insert(&path, text.into_bytes());
    }
    let request = Request { lands: ["th", "by", "he", "sn"].map(Into::into).to_vec(), ..Request::default() };
    let compilation = compiler::compile(&loader, &request);
    assert!(compilation.diagnostics.is_empty(), "{:?}", compilation.diagnostics.iter().next());
    let hashes: Vec<String> = compilation
        .lands
        .iter()
        .flat_map(|land| land.services.iter().map(|service| service.definition_hash.to_string()))
        .collect();
    let files = Mutex::new(BTreeMap::new());
    compiler::emit(&compilation, &request, &|file| {
        let mut text = String::from_utf8(file.bytes.to_vec()).unwrap();
        for hash in &hashes {
            // YAML puts quotes around what begins like a number.
            text = text.replace(&format!("\"{hash}\""), hash).replace(hash, "").replace(&hash[..16], "");
        }
        files.lock().unwrap().insert(file.path, text);
    });
    files.into_inner().unwrap()
}

#[test]
fn both_spellings_give_the_same_outputs() {
    let (german, english) = (outputs(Spelling::De), outputs(Spelling::En));
    assert!(german.len() >= 16, "{} files", german.len());
    assert!(german.keys().eq(english.keys()));
    for (path, text) in german {
        assert!(english.get(&path) == Some(&text), "{path} differs");
    }
}

#[test]
fn keywords_are_exchanged_only_where_they_are_keywords() {
    let german = "\
auswahl Art {
  text \"wenn nicht, dann nach\" // wenn
  seite \"sonst\"
}

verfahren Probe \"wenn {a und nicht b} dann {wenn a dann 1 sonst 2}\" {
  frist entscheidung 1 Monat ab eingang verlängerbar um 2 Monate danach weiter
  frist anhörung 2 Werktage ab eingang danach weiter
  rechtsbehelf Widerspruch binnen 2 Monaten nach § 70 VwGO
  ablauf {
    prüfe vollständig {
      fehlt: nachfordern binnen 10 Tagen danach gilt feld
    }
    wiedervorlage in 5 Jahren
  }
}
";
    let english = "\
choice Art {
  text  \"wenn nicht, dann nach\" // wenn
  seite \"sonst\"
}

procedure Probe \"wenn {a and not b} dann {if a then 1 else 2}\" {
  deadline entscheidung 1 month from eingang extendable plus 2 months thereafter continue
  deadline anhörung 2 weekdays from eingang thereafter continue
  remedy Widerspruch within 2 months under § 70 VwGO
  workflow {
    check complete {
      missing: request within 10 days thereafter deemed feld
    }
    follow_up in 5 years
  }
}
";
    let german = german.replace("  text \"", "  text  \"");
    assert_eq!(formatted(&german, None), german);
    assert_eq!(formatted(&german, Some(Spelling::En)), english);
    assert_eq!(formatted(english, Some(Spelling::De)), german);
}

#[test]
fn an_untidy_text_becomes_tidy() {
    let untidy = "\n\n\nmodul  probe . form\nnutze std.recht.{ BGB,SGB  I , }
nutze std.person.NatürlichePerson // Menschen
auswahl Art{a \"A\" b
\"Zwei\"   code \"2\"}
auswahl Kurz { x \"X\" }
// Leer.
auswahl Leer {

}


/// Etwas
verfahren Probe
\"Probe\"
nach § 1 Abs. 1,2 BGB i.V.m. § 3  SGB  I{ leistung 99000000000000
verfahrensrecht Sozialrecht


rechtsbehelf Klage binnen 1 Monat
// Davor.

beteiligt a \"Sie\":NatürlichePerson antragstellend
// Dazwischen.
beteiligt anderer \"Der andere\"   :   NatürlichePerson
regel x:Ganzzahl=
( -1+2 )*f( 3,[ 4 ] )
und nicht (a
oder b) // am Ende
nach § 1 BGB
entscheidung y:Art{|x||y|
|unter 6||a|
|-||b|
// Schluss.
}
bescheid Ja \"Ja\"{text \"Ja.\"}
}
fall \"Eins\" am 2026-01-01{gegeben a=1,
b = 2
erwarte erfüllt}
";
    let tidy = "\
modul probe.form

nutze std.recht.{BGB, SGB I,}
nutze std.person.NatürlichePerson // Menschen

auswahl Art {
  a \"A\"
  b \"Zwei\" code \"2\"
}

auswahl Kurz { x \"X\" }
// Leer.
auswahl Leer {}

/// Etwas
verfahren Probe
  \"Probe\"
  nach § 1 Abs. 1, 2 BGB i. V. m. § 3 SGB I {
  leistung        99000000000000
  verfahrensrecht Sozialrecht

  rechtsbehelf    Klage binnen 1 Monat
  // Davor.

  beteiligt a       \"Sie\"       : NatürlichePerson antragstellend
  // Dazwischen.
  beteiligt anderer \"Der andere\": NatürlichePerson
  regel x: Ganzzahl =
    (-1 + 2) * f(3, [4])
      und nicht (a
        oder b) // am Ende
    nach § 1 BGB
  entscheidung y: Art {
    | x       || y |
    | unter 6 || a |
    | -       || b |
    // Schluss.
  }
  bescheid Ja \"Ja\" { text \"Ja.\" }
}

fall \"Eins\" am 2026-01-01 {
  gegeben a = 1,
          b = 2
  erwarte erfüllt
}
";
    let untidy = untidy.replace("probe . form", "probe.form");
    assert_eq!(formatted(&untidy, None), tidy);
    assert_eq!(formatted(tidy, None), tidy);
}

#[test]
fn check_tells_and_changes_nothing() {
    let usual = "auswahl Art {\n  a \"A\"\n}\n";
    let here = folder(&[("gut.blau", usual), ("a/schlecht.blau", "auswahl Art {\na \"A\"\n}")]);
    let ended = blaupause(here.path(), &["fmt", "--check", "."]);
    assert_eq!(ended.code, 1, "{}", ended.err);
    assert!(ended.err.contains("a/schlecht.blau") && !ended.err.contains("gut.blau"), "{}", ended.err);
    assert!(ended.err.contains("1 weichen ab, 1 in Ordnung."), "{}", ended.err);
    assert_eq!(fs::read_to_string(here.path().join("a/schlecht.blau")).unwrap(), "auswahl Art {\na \"A\"\n}");

    assert_eq!(blaupause(here.path(), &["fmt", "--check", "gut.blau"]).code, 0);
    assert_eq!(blaupause(here.path(), &["fmt", "."]).code, 0);
    assert_eq!(fs::read_to_string(here.path().join("a/schlecht.blau")).unwrap(), usual);
    assert_eq!(blaupause(here.path(), &["fmt", "--check", "."]).code, 0);

    assert_eq!(blaupause(here.path(), &["fmt", "--check", "--schreibweise", "en", "gut.blau"]).code, 1);
    assert_eq!(blaupause(here.path(), &["fmt", "--schreibweise", "en", "gut.blau"]).code, 0);
    assert_eq!(fs::read_to_string(here.path().join("gut.blau")).unwrap(), "choice Art {\n  a \"A\"\n}\n");
}

#[test]
fn a_broken_file_is_diagnosed_and_stays() {
    let broken = "auswahl Art {\na \"A\"\n= 3\n}\n";
    let here = folder(&[("kaputt.blau", broken), ("gut.blau", "auswahl Art {\na \"A\"\n}\n")]);
    let ended = blaupause(here.path(), &["fmt", "."]);
    assert_eq!(ended.code, 1, "{}", ended.err);
    assert!(ended.err.contains("Fehler syntax") && ended.err.contains("kaputt.blau:3"), "{}", ended.err);
    assert_eq!(fs::read_to_string(here.path().join("kaputt.blau")).unwrap(), broken);
    assert_eq!(fs::read_to_string(here.path().join("gut.blau")).unwrap(), "auswahl Art {\n  a \"A\"\n}\n");
}

#[test]
fn marks_and_letters_of_other_systems_are_put_right() {
    let here = folder(&[("a.blau", "\u{feff}auswahl Art {\r\n  a \"A\u{308}\" // gut\r\n}\r\n")]);
    assert_eq!(blaupause(here.path(), &["fmt", "a.blau"]).code, 0);
    assert_eq!(fs::read_to_string(here.path().join("a.blau")).unwrap(), "auswahl Art {\n  a \"Ä\" // gut\n}\n");
}
