//! Places in the text: small, `Copy`, and always present. What has no text carries the detached span.

/// The number of a source file within [`Sources`](super::Sources).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub u32);

impl FileId {
    /// The file of everything that was never written down (imported or synthesised).
    pub const DETACHED: FileId = FileId(u32::MAX);
}

/// A byte range within one source file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The file that holds the text.
    pub file: FileId,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Default for Span {
    fn default() -> Span {
        Span::DETACHED
    }
}

impl Span {
    /// The span of what has no text.
    pub const DETACHED: Span = Span { file: FileId::DETACHED, start: 0, end: 0 };

    /// The bytes `start..end` of `file`.
    pub fn new(file: FileId, start: usize, end: usize) -> Span {
        let narrow = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
        Span { file, start: narrow(start), end: narrow(end) }
    }

    /// Whether this span points at no text.
    pub fn is_detached(self) -> bool {
        self.file == FileId::DETACHED
    }

    /// The smallest span that covers both; a detached side gives way to the other.
    pub fn to(self, other: Span) -> Span {
        if self.is_detached() {
            return other;
        }
        if other.is_detached() || other.file != self.file {
            return self;
        }
        Span { file: self.file, start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// The byte range, for slicing the file's text.
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }
}
