//! The standard library, compiled in: facts every project may name, written in our own language.

use include_dir::{Dir, include_dir};

static LIBRARY: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/stdlib");

/// The files of the standard library as `(path, text)`, sorted by path; shown to people under `std/`.
pub fn files() -> Vec<(String, &'static str)> {
    let mut files = Vec::new();
    collect(&LIBRARY, &mut files);
    files.sort();
    files
}

fn collect(directory: &'static Dir<'static>, files: &mut Vec<(String, &'static str)>) {
    for file in directory.files() {
        let path = file.path().to_string_lossy().replace('\\', "/");
        if let (true, Some(text)) = (path.ends_with(".blau"), file.contents_utf8()) {
            files.push((format!("std/{path}"), text));
        }
    }
    for below in directory.dirs() {
        collect(below, files);
    }
}
