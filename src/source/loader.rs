//! Where texts come from: disk, memory or the embedded standard library, behind one trait.

use super::Text;

/// Gives the compiler its texts. The command line reads a disk, tests and the language server read memory.
pub trait Loader: Sync {
    /// All definition files (`.blau`) and manifests (`blaupause.yaml`) below the root, sorted by path.
    fn files(&self) -> Result<Vec<Text>, LoadError>;
    /// The bytes of one of these files.
    fn read(&self, path: &str) -> Result<Vec<u8>, LoadError>;
}

/// Why a text could not be had.
#[derive(Debug, Clone, thiserror::Error)]
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
}

/// Texts held in memory, for tests and tools.
#[derive(Debug, Clone, Default)]
pub struct MemoryLoader {
    files: std::collections::BTreeMap<String, Vec<u8>>,
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

    fn read(&self, path: &str) -> Result<Vec<u8>, LoadError> {
        self.files.get(path).cloned().ok_or_else(|| LoadError::NotFound { path: path.to_owned() })
    }
}
