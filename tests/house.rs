//! The rules of the house, as tests: who may use whom, how long a file may be, what the core never touches.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// The stages from left to right; each may use what stands to its left. Those on one line don't use each other.
const STAGES: &[&[&str]] = &[
    &["source"],
    &["diagnostic"],
    &["syntax"],
    &["model"],
    &["rules"],
    &["land"],
    &["check"],
    &["plan"],
    &["targets"],
    &["compiler"],
    &["ide", "preview"],
    &["lsp", "cli"],
];

/// What each dependency is for. A new one needs a line here, and a reason.
const DEPENDENCIES: &[(&str, &str)] = &[
    ("clap", "the command line"),
    ("include_dir", "the standard library, compiled in"),
    ("indexmap", "documents that keep their order"),
    ("jiff", "calendar dates"),
    ("miette", "findings beside the text"),
    ("pest", "the grammar"),
    ("pest_derive", "the grammar"),
    ("quick-xml", "XML"),
    ("rayon", "several cores"),
    ("rust_decimal", "exact money"),
    ("serde", "documents"),
    ("serde_json", "JSON"),
    ("serde_yaml", "YAML"),
    ("sha2", "hashes of outputs"),
    ("thiserror", "errors as types"),
    ("unicode-normalization", "one spelling of each letter"),
    ("walkdir", "folders"),
    ("insta", "tests: snapshots"),
    ("jsonschema", "tests: a judge of schemas"),
    ("proptest", "tests: random worlds"),
    ("tempfile", "tests: folders that go away"),
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// All Rust files below a folder, as `(path from the root, text)`.
fn files(below: &str) -> Vec<(String, String)> {
    let mut open: Vec<PathBuf> = vec![root().join(below)];
    let mut found = Vec::new();
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let name = path.strip_prefix(root()).unwrap().to_string_lossy().replace('\\', "/");
                found.push((name, fs::read_to_string(&path).unwrap()));
            }
        }
    }
    found.sort();
    found
}

/// The program of a file: without comments and without its unit tests, line by line.
fn program(text: &str) -> Vec<(usize, &str)> {
    let mut lines = Vec::new();
    for (number, line) in text.lines().enumerate() {
        if line.trim_start().starts_with("#[cfg(test)]") {
            break;
        }
        if !line.trim_start().starts_with("//") {
            lines.push((number + 1, line.split(" // ").next().unwrap_or(line)));
        }
    }
    lines
}

/// The stages a line names as `crate::stage`.
fn stages_named(line: &str) -> Vec<&str> {
    let word = |text: &'_ str| text.find(|letter: char| !(letter.is_ascii_alphanumeric() || letter == '_')).unwrap_or(text.len());
    line.match_indices("crate::").map(|(at, found)| &line[at + found.len()..]).map(|rest| &rest[..word(rest)]).collect()
}

fn all_of(found: Vec<String>) {
    assert!(found.is_empty(), "\n{}\n", found.join("\n"));
}

#[test]
fn stages_use_only_what_stands_to_their_left() {
    let place = |stage: &str| STAGES.iter().position(|line| line.contains(&stage));
    let mut wrong = Vec::new();
    for (path, text) in files("src") {
        let stage = path.trim_start_matches("src/").split(['/', '.']).next().unwrap_or_default().to_owned();
        for (number, line) in program(&text) {
            for named in stages_named(line) {
                let allowed = match stage.as_str() {
                    "lib" | "main" => true,
                    _ if named == stage => true,
                    "formats" => place(named).is_none() && named != "import",
                    "import" => matches!(named, "source" | "diagnostic" | "syntax" | "formats"),
                    _ if named == "formats" => matches!(stage.as_str(), "targets" | "cli" | "compiler"),
                    _ => match (place(named), place(&stage)) {
                        (Some(named), Some(own)) => named < own,
                        (None, Some(_)) => !matches!(named, "import"),
                        _ => false,
                    },
                };
                if !allowed {
                    wrong.push(format!("{path}:{number}: {stage} may not use {named}"));
                }
            }
        }
    }
    all_of(wrong);
}

#[test]
fn every_file_says_what_it_is() {
    let mut wrong = Vec::new();
    for (path, text) in ["src", "tests", "benches"].iter().flat_map(|folder| files(folder)) {
        if !text.starts_with("//! ") {
            wrong.push(format!("{path}: begins without a `//!` header"));
        }
    }
    all_of(wrong);
}

#[test]
fn no_file_has_two_jobs() {
    let mut wrong = Vec::new();
    for (path, text) in ["src", "tests", "benches"].iter().flat_map(|folder| files(folder)) {
        let lines = text.lines().count();
        if lines > 500 {
            wrong.push(format!("{path}: {lines} lines; at 500 a file has two jobs"));
        }
        let name = path.rsplit('/').next().unwrap_or_default().trim_end_matches(".rs");
        if ["utils", "util", "common", "helpers", "helper", "misc"].contains(&name) {
            wrong.push(format!("{path}: `{name}` names no idea"));
        }
    }
    all_of(wrong);
}

#[test]
fn the_core_touches_neither_clock_nor_disk_nor_chance() {
    const FORBIDDEN: &[&str] = &[
        "std::fs",
        "std::env",
        "std::net",
        "std::process",
        "std::time",
        "SystemTime",
        "Instant::now",
        "Zoned::now",
        "Timestamp::now",
        "HashMap",
        "HashSet",
        "f32",
        "f64",
    ];
    let at_the_edge = |path: &str| path.starts_with("src/cli/") || path == "src/main.rs" || path == "src/source/loader.rs";
    let mut wrong = Vec::new();
    for (path, text) in files("src").into_iter().filter(|(path, _)| !at_the_edge(path)) {
        for (number, line) in program(&text) {
            for word in FORBIDDEN.iter().filter(|word| has_word(line, word)) {
                wrong.push(format!("{path}:{number}: {word}"));
            }
        }
    }
    all_of(wrong);
}

#[test]
fn nothing_in_the_program_gives_up() {
    const FORBIDDEN: &[&str] = &[".unwrap()", ".expect(\"", "panic!(", "todo!(", "unimplemented!(", "unreachable!("];
    let mut wrong = Vec::new();
    for (path, text) in files("src") {
        for (number, line) in program(&text) {
            for word in FORBIDDEN.iter().filter(|word| line.contains(**word)) {
                wrong.push(format!("{path}:{number}: {word}"));
            }
        }
    }
    all_of(wrong);
}

/// Whether the word stands in the line as a word of its own, outside strings.
fn has_word(line: &str, word: &str) -> bool {
    line.split('"').step_by(2).any(|code| {
        code.match_indices(word).any(|(at, _)| {
            let joined = |letter: Option<char>| letter.is_some_and(|letter| letter.is_alphanumeric() || letter == '_');
            !joined(code[..at].chars().next_back()) && !joined(code[at + word.len()..].chars().next())
        })
    })
}

#[test]
fn every_rule_is_explained_in_both_languages() {
    let mut seen = BTreeSet::new();
    let mut wrong = Vec::new();
    for code in blaupause::cli::codes() {
        let slug = code.slug;
        if !seen.insert(slug) {
            wrong.push(format!("{slug}: stands twice"));
        }
        if slug.is_empty() || !slug.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-') {
            wrong.push(format!("{slug}: is no kebab-case name"));
        }
        for (what, text, least) in [
            ("German title", code.title_de, 5),
            ("English title", code.title_en, 5),
            ("German explanation", code.explain_de, 60),
            ("English explanation", code.explain_en, 60),
        ] {
            if text.chars().count() < least {
                wrong.push(format!("{slug}: the {what} says too little: {text:?}"));
            }
        }
    }
    all_of(wrong);
}

#[test]
fn dependencies_are_listed_with_their_reason() {
    let text = fs::read_to_string(root().join("Cargo.toml")).unwrap();
    let mut listed: BTreeMap<&str, &str> = DEPENDENCIES.iter().copied().collect();
    let mut within = false;
    let mut wrong = Vec::new();
    for line in text.lines() {
        if line.starts_with('[') {
            within = line.ends_with("dependencies]");
        } else if let Some((name, _)) = line.split_once('=').filter(|_| within)
            && listed.remove(name.trim()).is_none()
        {
            wrong.push(format!("{}: has no reason in tests/house.rs", name.trim()));
        }
    }
    wrong.extend(listed.keys().map(|name| format!("{name}: is listed, but not used")));
    all_of(wrong);
}

#[test]
fn the_top_level_holds_only_its_rooms() {
    const ROOMS: &[&str] = &[
        "Cargo.toml",
        "Cargo.lock",
        "README.md",
        "LICENSE",
        "src",
        "grammar",
        "stdlib",
        "examples",
        "tests",
        "benches",
        "editors",
        ".ci",
        ".git",
        ".gitignore",
        ".rustfmt.toml",
        ".clippy.toml",
        "target",
        "out",
        "node_modules",
    ];
    let mut wrong = Vec::new();
    for entry in fs::read_dir(root()).unwrap() {
        let name = entry.unwrap().file_name().to_string_lossy().into_owned();
        if !ROOMS.contains(&name.as_str()) {
            wrong.push(name);
        }
    }
    all_of(wrong);
}
