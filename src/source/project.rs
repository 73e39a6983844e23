//! A project as the loader gives it: all definitions as texts, the settings, and what could not be read.

use unicode_normalization::UnicodeNormalization;

use super::{LoadError, Loader, Manifest, SourceFile, Sources};

/// Something of the project that could not be read. [`diagnostic::load`](crate::diagnostic::load) makes a finding of it.
#[derive(Debug, Clone)]
pub enum Problem {
    /// The loader could not give a file.
    Load(LoadError),
    /// A file is not UTF-8 from this byte on.
    NotUtf8 {
        /// The file.
        path: String,
        /// The first byte that is not text.
        offset: usize,
    },
    /// A setting is not understood.
    Manifest {
        /// The manifest.
        path: String,
        /// What is wrong with it.
        reason: String,
    },
    /// There is no definition.
    Empty,
}

/// Adds all definitions of the project to the sources.
pub fn load(loader: &dyn Loader, sources: &mut Sources, problems: &mut Vec<Problem>) -> Manifest {
    let mut manifest = Manifest::default();
    let files = match loader.files() {
        Ok(files) => files,
        Err(error) => {
            problems.push(Problem::Load(error));
            return manifest;
        }
    };
    let mut definitions = 0_usize;
    for path in files {
        let bytes = match loader.read(&path) {
            Ok(bytes) => bytes,
            Err(error) => {
                problems.push(Problem::Load(error));
                continue;
            }
        };
        let text = match String::from_utf8(bytes) {
            Ok(text) => text,
            Err(error) => {
                problems.push(Problem::NotUtf8 { path: path.to_string(), offset: error.utf8_error().valid_up_to() });
                continue;
            }
        };
        if path.ends_with(".blau") {
            definitions += 1;
            sources.add(SourceFile { path, text: text.nfc().collect::<String>().into(), built_in: false });
        } else {
            for line in text.lines() {
                if let Some(day) = line.strip_prefix("stichtag:") {
                    manifest.stichtag = day.trim().parse().ok();
                }
                if let Some(language) = line.strip_prefix("sprache:") {
                    manifest.sprache = Some(language.trim().to_owned());
                }
            }
        }
    }
    if definitions == 0 {
        problems.push(Problem::Empty);
    }
    manifest
}
