//! Definitions as files: what is valid compiles without a finding, what is wrong gives exactly the findings it announces, and the
//! examples of all rules break their rule.
//!
//! `tests/corpus/invalid/<slug>/*.blau` announce at the end of the line: `// fehler: [slug]`, or `[a] [b]`. `beispiel.blau` of each
//! slug is shown whole, as a person sees it, in a snapshot.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use blaupause::compiler::{self, Compilation, Request};
use blaupause::diagnostic::render::{self, Style};
use blaupause::diagnostic::{Diagnostic, Language};
use blaupause::source::MemoryLoader;

const MANIFEST: &str = "stichtag: 2026-06-01\n";

pub(super) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

/// All definitions below a folder, sorted.
pub(super) fn definitions(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|extension| extension == "blau") {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

pub(super) fn compile(text: &str) -> Compilation {
    let loader = MemoryLoader::new([("blaupause.yaml", MANIFEST), ("probe.blau", text)]);
    compiler::compile(&loader, &Request::default())
}

/// Each finding as one line: where, how bad, which rule, what it says.
pub(super) fn findings(compilation: &Compilation) -> Vec<String> {
    let line = |finding: &Diagnostic| {
        let file = compilation.sources.get(finding.span.file);
        let place = file.map(|file| format!("{}:{}", file.path, file.position(finding.span.start).0)).unwrap_or_default();
        let help = finding.help.as_ref().map(|help| help.get(Language::De)).unwrap_or_default();
        format!("{place} [{}] {} {help}", finding.code.slug, finding.message.get(Language::De))
    };
    compilation.diagnostics.iter().map(line).collect()
}

#[test]
fn what_is_valid_compiles_without_a_finding() {
    let files = definitions(&root().join("tests/corpus/valid"));
    assert!(files.len() >= 10, "the corpus is there");
    let mut wrong = Vec::new();
    for path in files {
        let compilation = compile(&fs::read_to_string(&path).unwrap());
        let name = path.strip_prefix(root()).unwrap().display().to_string();
        if !compilation.diagnostics.is_empty() {
            wrong.push(format!("{name}\n  {}", findings(&compilation).join("\n  ")));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_example_of_each_rule_breaks_that_rule() {
    let mut wrong = Vec::new();
    for code in compiler::codes() {
        // A manifest as an example is tried in `bad_input`, where there is a folder to put it.
        if code.example.is_empty() || code.example.starts_with("# blaupause.yaml") {
            continue;
        }
        let compilation = compile(code.example);
        if !compilation.diagnostics.iter().any(|finding| finding.code.slug == code.slug) {
            wrong.push(format!("{}: {:?}", code.slug, findings(&compilation)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The findings as `(line, slug)`; line 0 is outside of the definition.
fn found(compilation: &Compilation) -> Vec<(usize, String)> {
    let place = |finding: &Diagnostic| {
        let source = compilation.sources.get(finding.span.file).filter(|source| !source.built_in);
        (source.map_or(0, |source| source.position(finding.span.start).0), finding.code.slug.to_owned())
    };
    let mut found: Vec<(usize, String)> = compilation.diagnostics.iter().map(place).collect();
    found.sort();
    found
}

fn announced(text: &str) -> Vec<(usize, String)> {
    let mut announced = Vec::new();
    for (number, line) in text.lines().enumerate() {
        let Some((_, slugs)) = line.split_once("// fehler:") else { continue };
        for slug in slugs.split('[').skip(1).filter_map(|rest| rest.split(']').next()) {
            announced.push((number + 1, slug.to_owned()));
        }
    }
    announced.sort();
    announced
}

fn shown(compilation: &Compilation) -> String {
    let style = Style { language: Language::De, colour: false, width: 110, prefix: String::new() };
    render::text(&compilation.diagnostics, &compilation.sources, &style)
}

#[test]
fn what_is_wrong_gives_exactly_the_findings_it_announces() {
    let mut wrong = Vec::new();
    let mut pictured: BTreeSet<String> = BTreeSet::new();
    for path in definitions(&root().join("tests/corpus/invalid")) {
        let text = fs::read_to_string(&path).unwrap();
        let name = path.strip_prefix(root()).unwrap().display().to_string();
        let slug = path.parent().unwrap().file_name().unwrap().to_string_lossy().into_owned();
        let compilation = compile(&text);
        let (expected, actual) = (announced(&text), found(&compilation));
        if expected != actual {
            wrong.push(format!("{name}\n announced {expected:?}\n found     {actual:?}\n{}", shown(&compilation)));
        }
        if !expected.iter().any(|(_, found)| *found == slug) {
            wrong.push(format!("{name} announces nothing of its own slug"));
        }
        if path.ends_with("beispiel.blau") && pictured.insert(slug.clone()) {
            let picture = format!("{}\n{}\n{}", text.trim_end(), "=".repeat(110), shown(&compilation));
            insta::with_settings!({ snapshot_path => "snapshots/corpus", prepend_module_to_snapshot => false, omit_expression => true }, {
                insta::assert_snapshot!(slug, picture);
            });
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn each_rule_has_a_case_in_the_corpus() {
    let invalid = fs::read_dir(root().join("tests/corpus/invalid")).unwrap();
    let folders: BTreeSet<String> = invalid.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
    let codes = compiler::codes();
    let slugs: BTreeSet<&str> = codes.iter().map(|code| code.slug).collect();
    assert_eq!(slugs.len(), codes.len(), "two rules of one name");
    let about_text = codes.iter().filter(|code| !code.example.is_empty() && !code.example.starts_with("# blaupause.yaml"));
    let missing: Vec<&str> = about_text.map(|code| code.slug).filter(|slug| !folders.contains(*slug)).collect();
    assert!(missing.is_empty(), "no tests/corpus/invalid folder for: {}", missing.join(", "));
    let strangers: Vec<&String> = folders.iter().filter(|folder| !slugs.contains(folder.as_str())).collect();
    assert!(strangers.is_empty(), "no such rule: {strangers:?}");
}
