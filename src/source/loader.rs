//! Where texts come from: disk or memory, behind one trait. The only stage that reads a disk.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use super::{Text, manifest};

/// The largest file that is read. The largest real definition is a hundredth of it.
pub const LARGEST: u64 = 4 * 1024 * 1024;

/// Gives the compiler its texts. The command line reads a disk, tests and the language server read memory.
pub trait Loader: Sync {
    /// The definition files (`.blau`) and manifests (`blaupause.yaml`) to compile, sorted by path.
    /// Paths are relative to the root of the project, with `/` on every system.
    fn files(&self) -> Result<Vec<Text>, LoadError>;

    /// The same for one more folder or file of the project.
    fn below(&self, path: &str) -> Result<Vec<Text>, LoadError>;

    /// The bytes of one of these files.
    fn read(&self, path: &str) -> Result<Vec<u8>, LoadError>;
}

/// Why a text could not be had.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LoadError {
    /// Nothing is there.
    #[error("{path}: nicht gefunden")]
    NotFound {
        /// The path as asked for.
        path: String,
    },
    /// Something is there, but it can't be read.
    #[error("{path}: nicht lesbar ({reason})")]
    Unreadable {
        /// The path as asked for.
        path: String,
        /// What the system said.
        reason: String,
    },
    /// The path leads out of the project.
    #[error("{path}: liegt außerhalb des Projekts")]
    Outside {
        /// The path as asked for.
        path: String,
    },
    /// The file is larger than [`LARGEST`].
    #[error("{path}: zu groß ({bytes} Bytes)")]
    TooLarge {
        /// The path as asked for.
        path: String,
        /// Its size.
        bytes: u64,
    },
}

impl LoadError {
    fn from_system(path: &str, error: &std::io::Error) -> LoadError {
        match error.kind() {
            std::io::ErrorKind::NotFound => LoadError::NotFound { path: path.to_owned() },
            _ => LoadError::Unreadable { path: path.to_owned(), reason: error.to_string() },
        }
    }
}

/// Texts on a disk.
///
/// The root of the project is the uppermost folder, from the given path upwards, that still holds a `blaupause.yaml`
/// (without one: the path itself); the search ends at the folder of a repository. Nothing outside the root is ever
/// read, also not through links.
#[derive(Debug, Clone)]
pub struct DiskLoader {
    root: PathBuf,
    /// What was asked for, relative to the root; empty: all of it.
    start: String,
}

impl DiskLoader {
    /// A loader for one folder or file.
    pub fn open(path: &Path) -> Result<DiskLoader, LoadError> {
        let shown = path.to_string_lossy().into_owned();
        let full = fs::canonicalize(path).map_err(|error| LoadError::from_system(&shown, &error))?;
        let folder = if full.is_dir() { full.as_path() } else { full.parent().unwrap_or(&full) };
        let mut root = folder;
        for above in folder.ancestors() {
            if above.join(manifest::FILE_NAME).is_file() {
                root = above;
            }
            if above.join(".git").exists() {
                break;
            }
        }
        let start = full.strip_prefix(root).map(slashed).unwrap_or_default();
        Ok(DiskLoader { root: root.to_owned(), start })
    }

    /// The root of the project.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// What was asked for, relative to the root; empty: all of it.
    pub fn start(&self) -> &str {
        &self.start
    }

    fn walk(&self, start: &str) -> Result<Vec<Text>, LoadError> {
        let top = self.root.join(start);
        if top.is_file() {
            return Ok(vec![Text::from(start)]);
        }
        let mut found = Vec::new();
        let visible = |entry: &walkdir::DirEntry| entry.depth() == 0 || !is_skipped(entry);
        for entry in WalkDir::new(&top).sort_by_file_name().into_iter().filter_entry(visible) {
            let entry = entry.map_err(|error| match error.io_error() {
                Some(reason) => LoadError::from_system(start, reason),
                None => LoadError::Unreadable { path: start.to_owned(), reason: error.to_string() },
            })?;
            if is_wanted(&entry.file_name().to_string_lossy())
                && !entry.file_type().is_dir()
                && let Ok(relative) = entry.path().strip_prefix(&self.root)
            {
                found.push(Text::from(slashed(relative)));
            }
        }
        found.sort();
        Ok(found)
    }
}

/// Hidden folders and those of builds hold no definitions.
fn is_skipped(entry: &walkdir::DirEntry) -> bool {
    let name = entry.file_name().to_string_lossy();
    if entry.file_type().is_dir() { is_skipped_folder(&name) } else { name.starts_with('.') }
}

fn is_skipped_folder(name: &str) -> bool {
    name.starts_with('.') || matches!(name, "out" | "target" | "node_modules")
}

fn is_wanted(name: &str) -> bool {
    name.ends_with(".blau") || name == manifest::FILE_NAME
}

/// Whether a path from the root of a project, with `/`, is one that a project reads.
pub fn is_definition(path: &str) -> bool {
    let (folders, name) = path.rsplit_once('/').unwrap_or(("", path));
    is_wanted(name) && !name.starts_with('.') && !folders.split('/').any(is_skipped_folder)
}

fn slashed(path: &Path) -> String {
    let parts: Vec<_> = path.components().map(|part| part.as_os_str().to_string_lossy()).collect();
    parts.join("/")
}

impl Loader for DiskLoader {
    fn files(&self) -> Result<Vec<Text>, LoadError> {
        let mut found = self.walk(&self.start)?;
        // The manifests on the way down from the root govern as well.
        let mut folder = String::new();
        for part in self.start.split('/').chain([""]) {
            let manifest = format!("{folder}{}", manifest::FILE_NAME);
            if self.root.join(&manifest).is_file() && !found.iter().any(|path| **path == *manifest) {
                found.push(Text::from(manifest));
            }
            folder.push_str(part);
            folder.push('/');
        }
        found.sort();
        Ok(found)
    }

    fn below(&self, path: &str) -> Result<Vec<Text>, LoadError> {
        let full = fs::canonicalize(self.root.join(path)).map_err(|error| LoadError::from_system(path, &error))?;
        if !full.starts_with(&self.root) {
            return Err(LoadError::Outside { path: path.to_owned() });
        }
        self.walk(path)
    }

    fn read(&self, path: &str) -> Result<Vec<u8>, LoadError> {
        let failed = |error: std::io::Error| LoadError::from_system(path, &error);
        let mut full = self.root.join(path);
        if fs::symlink_metadata(&full).map_err(failed)?.is_symlink() {
            full = fs::canonicalize(&full).map_err(failed)?;
            if !full.starts_with(&self.root) {
                return Err(LoadError::Outside { path: path.to_owned() });
            }
        }
        let known = fs::metadata(&full).map_err(failed)?;
        if known.len() > LARGEST {
            return Err(LoadError::TooLarge { path: path.to_owned(), bytes: known.len() });
        }
        if !known.is_file() {
            return Err(LoadError::Unreadable { path: path.to_owned(), reason: "keine Datei".to_owned() });
        }
        fs::read(&full).map_err(failed)
    }
}

/// Texts held in memory, for tests and tools.
#[derive(Debug, Clone, Default)]
pub struct MemoryLoader {
    files: BTreeMap<String, Vec<u8>>,
}

impl MemoryLoader {
    /// A loader over `(path, text)` pairs.
    pub fn new<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> MemoryLoader {
        let files = files.into_iter().map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec())).collect();
        MemoryLoader { files }
    }

    /// Adds or replaces one file, as bytes.
    pub fn insert(&mut self, path: &str, bytes: Vec<u8>) {
        self.files.insert(path.to_owned(), bytes);
    }
}

impl Loader for MemoryLoader {
    fn files(&self) -> Result<Vec<Text>, LoadError> {
        Ok(self.files.keys().map(|path| Text::from(path.as_str())).collect())
    }

    fn below(&self, path: &str) -> Result<Vec<Text>, LoadError> {
        let inside = |file: &&String| path.is_empty() || *file == path || file.starts_with(&format!("{path}/"));
        let found: Vec<Text> = self.files.keys().filter(inside).map(|path| Text::from(path.as_str())).collect();
        if found.is_empty() { Err(LoadError::NotFound { path: path.to_owned() }) } else { Ok(found) }
    }

    fn read(&self, path: &str) -> Result<Vec<u8>, LoadError> {
        let bytes = self.files.get(path).ok_or_else(|| LoadError::NotFound { path: path.to_owned() })?;
        if bytes.len() as u64 > LARGEST {
            return Err(LoadError::TooLarge { path: path.to_owned(), bytes: bytes.len() as u64 });
        }
        Ok(bytes.clone())
    }
}
