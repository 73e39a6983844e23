//! Definitions as files: what is valid compiles without a finding, and the examples of all rules break just their rule.

use std::fs;
use std::path::{Path, PathBuf};

use blaupause::compiler::{self, Compilation, Request};
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
