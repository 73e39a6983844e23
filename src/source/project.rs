//! A project as the loader gives it: all definitions as texts, the settings of its manifests, what they include,
//! and what could not be read. Reading goes on past every problem.

use std::collections::BTreeSet;

use jiff::civil::Date;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use super::manifest::{self, Manifest, Placed};
use super::{LoadError, Loader, SourceFile, Sources, Span, Text};

/// Something of the project that could not be read. [`diagnostic::load`](crate::diagnostic::load) makes a finding of it.
#[derive(Debug, Clone)]
pub enum Problem {
    /// The loader could not give a file or folder; the place is where a manifest names it.
    Load(LoadError, Span),
    /// A file is not UTF-8.
    NotUtf8 {
        /// The file.
        path: Text,
        /// The first byte that is not text, and its place.
        offset: usize,
        /// What it is.
        byte: u8,
        /// Its place in the readable form of the file.
        span: Span,
    },
    /// A setting is not understood.
    Setting(manifest::Problem),
    /// Folders include each other; the place is where the circle closes.
    Cycle(String, Span),
    /// Two manifests name different days.
    TwoDays(Placed<Date>, Placed<Date>),
    /// There is no definition.
    Empty,
}

/// Adds all definitions of the project to the sources; manifests and broken texts stand aside, after them.
pub fn load(loader: &dyn Loader, sources: &mut Sources, problems: &mut Vec<Problem>) -> Manifest {
    let mut reader = Reader { loader, sources, problems, manifests: Vec::new(), pending: BTreeSet::new() };
    match loader.files() {
        Ok(paths) => reader.pending.extend(paths),
        Err(error) => {
            reader.problems.push(Problem::Load(error, Span::DETACHED));
            return Manifest::default();
        }
    }
    reader.read_all();
    reader.find_cycle();
    reader.join_settings()
}

/// A manifest, its folder, and the folders it includes.
struct Governed {
    folder: String,
    manifest: Manifest,
    includes: Vec<(String, Span)>,
}

struct Reader<'a> {
    loader: &'a dyn Loader,
    sources: &'a mut Sources,
    problems: &'a mut Vec<Problem>,
    manifests: Vec<Governed>,
    pending: BTreeSet<Text>,
}

impl Reader<'_> {
    /// Reads manifests first, for they may include more; then every definition in the order of the paths.
    fn read_all(&mut self) {
        let mut known: BTreeSet<Text> = BTreeSet::new();
        let mut definitions: BTreeSet<Text> = BTreeSet::new();
        while let Some(path) = self.pending.pop_first() {
            if !known.insert(path.clone()) {
                continue;
            }
            if is_manifest(&path) {
                self.read_manifest(&path);
            } else {
                definitions.insert(path);
            }
        }
        if definitions.is_empty() {
            self.problems.push(Problem::Empty);
        }
        for path in definitions {
            if let Some(text) = self.read(&path) {
                self.sources.add(SourceFile { path, text, built_in: false });
            }
        }
    }

    /// One text, in the form every stage expects.
    fn read(&mut self, path: &Text) -> Option<Text> {
        let bytes = match self.loader.read(path) {
            Ok(bytes) => bytes,
            Err(error) => {
                self.problems.push(Problem::Load(error, Span::DETACHED));
                return None;
            }
        };
        match String::from_utf8(bytes) {
            Ok(text) => Some(Text::from(usual_letters(text))),
            Err(error) => {
                self.refuse_broken(path, &error);
                None
            }
        }
    }

    /// The readable form of the file stands aside, so that the place can be shown.
    fn refuse_broken(&mut self, path: &Text, error: &std::string::FromUtf8Error) {
        let offset = error.utf8_error().valid_up_to();
        let bytes = error.as_bytes();
        let byte = bytes.get(offset).copied().unwrap_or_default();
        let text = Text::from(String::from_utf8_lossy(bytes));
        let file = self.sources.add_aside(SourceFile { path: path.clone(), text, built_in: false });
        let span = Span::new(file, offset, offset + char::REPLACEMENT_CHARACTER.len_utf8());
        self.problems.push(Problem::NotUtf8 { path: path.clone(), offset, byte, span });
    }

    fn read_manifest(&mut self, path: &Text) {
        let Some(text) = self.read(path) else { return };
        let file = self.sources.add_aside(SourceFile { path: path.clone(), text: text.clone(), built_in: false });
        let (manifest, wrong) = Manifest::read(&text, file);
        self.problems.extend(wrong.into_iter().map(Problem::Setting));
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
        let mut includes = Vec::new();
        for include in &manifest.includes {
            let outside = LoadError::Outside { path: include.value.clone() };
            let found = match join(&folder, &include.value) {
                Some(target) => self.loader.below(&target).map(|paths| (target, paths)),
                None => Err(outside),
            };
            match found {
                Ok((target, paths)) => {
                    self.pending.extend(paths);
                    includes.push((target, include.span));
                }
                Err(error) => self.problems.push(Problem::Load(error, include.span)),
            }
        }
        self.manifests.push(Governed { folder, manifest, includes });
    }

    /// A folder that includes itself over others: whoever reads it can't say what stands on what.
    fn find_cycle(&mut self) {
        for (start, first) in self.manifests.iter().enumerate() {
            let mut seen = BTreeSet::new();
            let mut open = vec![start];
            while let Some(governed) = open.pop().and_then(|at| self.manifests.get(at)) {
                for (target, span) in &governed.includes {
                    if *target == first.folder {
                        self.problems.push(Problem::Cycle(target.clone(), *span));
                        return;
                    }
                    let next = self.manifests.iter().position(|other| other.folder == *target);
                    open.extend(next.filter(|next| seen.insert(*next)));
                }
            }
        }
    }

    /// The outermost manifest speaks first; two days within one compilation contradict each other.
    fn join_settings(&mut self) -> Manifest {
        let depth = |folder: &str| folder.split('/').filter(|part| !part.is_empty()).count();
        self.manifests.sort_by_key(|one| (depth(&one.folder), one.folder.clone()));
        let mut joined = Manifest::default();
        for Governed { manifest, .. } in &self.manifests {
            match (&joined.day, &manifest.day) {
                (Some(first), Some(second)) if first.value != second.value => {
                    self.problems.push(Problem::TwoDays(first.clone(), second.clone()));
                }
                (None, Some(day)) => joined.day = Some(day.clone()),
                _ => {}
            }
            if joined.language.is_none() {
                joined.language.clone_from(&manifest.language);
            }
            joined.includes.extend(manifest.includes.iter().cloned());
        }
        joined
    }
}

/// A text as every stage expects it: in normal form C, with `\n` at the end of lines, without a byte order mark.
pub fn usual_letters(mut text: String) -> String {
    if text.starts_with('\u{feff}') {
        text = text.split_off('\u{feff}'.len_utf8());
    }
    if text.contains('\r') {
        text = text.replace("\r\n", "\n");
    }
    // Below U+0300, the first combining letter, all is in normal form: the byte 0xCC begins the letters from there on.
    if text.bytes().any(|byte| byte >= 0xcc) && is_nfc_quick(text.chars()) != IsNormalized::Yes {
        text = text.nfc().collect();
    }
    text
}

fn is_manifest(path: &str) -> bool {
    path.rsplit('/').next() == Some(manifest::FILE_NAME)
}

/// The path from a folder of the project to another place in it; `None` where it leads out.
fn join(folder: &str, path: &str) -> Option<String> {
    if path.starts_with('/') || path.contains(['\\', ':', '\0']) {
        return None;
    }
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            name => parts.push(name),
        }
    }
    Some(parts.join("/"))
}
