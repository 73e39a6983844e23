//! Texts with ids and spans. Takes paths and the manifest, gives [`Sources`]: the sole owner of text.
//!
//! Nothing below this stage reads a disk: every text comes through a [`Loader`].

pub mod loader;
pub mod manifest;
pub mod project;
pub mod span;
pub mod standard;

use std::sync::Arc;

pub use loader::{DiskLoader, LoadError, Loader, MemoryLoader};
pub use manifest::Manifest;
pub use span::{FileId, Span};

/// A text that many stages share without copying it.
pub type Text = Arc<str>;

/// One source file: where it came from and what it says.
#[derive(Debug, Clone)]
pub struct SourceFile {
    /// The path as shown to people, with `/` on every system.
    pub path: Text,
    /// The whole text, UTF-8, in Unicode normal form C.
    pub text: Text,
    /// Whether the file belongs to the built-in standard library.
    pub built_in: bool,
}

impl SourceFile {
    /// Line and column (both from 1, the column in characters) of a byte offset.
    pub fn position(&self, offset: u32) -> (usize, usize) {
        let mut offset = (offset as usize).min(self.text.len());
        while !self.text.is_char_boundary(offset) {
            offset -= 1;
        }
        let before = &self.text[..offset];
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().map_or(0, |last| last.chars().count()) + 1;
        (line, column)
    }
}

/// The ids of files that are no definitions count from here.
const FIRST_ASIDE: u32 = 1 << 31;

/// All texts of one compilation, in the order in which they were loaded.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    files: Vec<SourceFile>,
    aside: Vec<SourceFile>,
}

impl Sources {
    /// Adds a file and gives its id.
    pub fn add(&mut self, file: SourceFile) -> FileId {
        let id = FileId(u32::try_from(self.files.len()).unwrap_or(u32::MAX));
        self.files.push(file);
        id
    }

    /// Adds a file that findings may show, but that is no definition: a manifest, a broken text.
    pub fn add_aside(&mut self, file: SourceFile) -> FileId {
        let id = FileId(u32::try_from(self.aside.len()).map_or(u32::MAX, |index| index.saturating_add(FIRST_ASIDE)));
        self.aside.push(file);
        id
    }

    /// The file of this id; `None` for the detached one.
    pub fn get(&self, id: FileId) -> Option<&SourceFile> {
        match id.0.checked_sub(FIRST_ASIDE) {
            Some(index) => self.aside.get(index as usize),
            None => self.files.get(id.0 as usize),
        }
    }

    /// All definitions with their ids, in order.
    pub fn iter(&self) -> impl Iterator<Item = (FileId, &SourceFile)> {
        self.files.iter().enumerate().map(|(index, file)| (FileId(index as u32), file))
    }

    /// How many definitions there are.
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Whether there is no definition at all.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// The text a span covers; empty for the detached span.
    pub fn text(&self, span: Span) -> &str {
        self.get(span.file).and_then(|file| file.text.get(span.range())).unwrap_or("")
    }
}
