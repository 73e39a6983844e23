//! What the compiler has to say, as data: code, place, both languages, the norm, a way out.
//!
//! A message says what is wrong, why, and what to do. It speaks to a lawyer, never of internals.
//! Stages push into [`Diagnostics`] and go on; only [`render`] knows how a finding looks.

/// Formats a German and an English text at once: `both!("Unbekannt: {name}", "Unknown: {name}")`.
#[macro_export]
macro_rules! both {
    ($de:literal, $en:literal $(, $($argument:tt)*)?) => {
        $crate::diagnostic::Bilingual { de: format!($de $(, $($argument)*)?), en: format!($en $(, $($argument)*)?) }
    };
}

pub mod code;
pub mod load;
mod load_codes;
pub mod render;
pub mod suggest;

use crate::source::Span;

pub use code::{Code, Severity};

/// The language in which the compiler speaks to its user.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Language {
    /// German, the default.
    #[default]
    De,
    /// English.
    En,
}

/// A text in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Bilingual {
    /// German.
    pub de: String,
    /// English.
    pub en: String,
}

impl Bilingual {
    /// The text in the language asked for.
    pub fn get(&self, language: Language) -> &str {
        match language {
            Language::De => &self.de,
            Language::En => &self.en,
        }
    }
}

/// A second place that explains a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// Where.
    pub span: Span,
    /// What is to be seen there.
    pub text: Bilingual,
}

/// A change to the text that settles the finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// The text to replace; empty to insert.
    pub span: Span,
    /// What to write there.
    pub replacement: String,
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// Which rule speaks.
    pub code: &'static Code,
    /// How grave it is; the code's own severity unless a switch changed it.
    pub severity: Severity,
    /// The place.
    pub span: Span,
    /// What is wrong and why.
    pub message: Bilingual,
    /// What to see at the place itself; empty if the message says it all.
    pub here: Option<Bilingual>,
    /// Further places.
    pub labels: Vec<Label>,
    /// The norm it rests on, as cited (`§ 5 Abs. 1 EGovG`).
    pub norm: Option<String>,
    /// What to do.
    pub help: Option<Bilingual>,
    /// The same as data.
    pub fix: Option<Fix>,
}

impl Diagnostic {
    /// A finding of `code` at `span`.
    pub fn new(code: &'static Code, span: Span, message: Bilingual) -> Diagnostic {
        Diagnostic {
            code,
            severity: code.severity,
            span,
            message,
            here: None,
            labels: Vec::new(),
            norm: code.norm.map(str::to_owned),
            help: None,
            fix: None,
        }
    }

    /// Says what to see at the place itself.
    pub fn here(mut self, text: Bilingual) -> Diagnostic {
        self.here = Some(text);
        self
    }

    /// Adds a second place; a detached span is passed over.
    pub fn label(mut self, span: Span, text: Bilingual) -> Diagnostic {
        if !span.is_detached() {
            self.labels.push(Label { span, text });
        }
        self
    }

    /// Names the norm on which the finding rests; an empty one leaves the rule's own.
    pub fn norm(mut self, norm: impl Into<String>) -> Diagnostic {
        let norm = norm.into();
        if !norm.is_empty() {
            self.norm = Some(norm);
        }
        self
    }

    /// Says what to do.
    pub fn help(mut self, text: Bilingual) -> Diagnostic {
        self.help = Some(text);
        self
    }

    /// Adds the change that settles it.
    pub fn fix(mut self, span: Span, replacement: impl Into<String>) -> Diagnostic {
        self.fix = Some(Fix { span, replacement: replacement.into() });
        self
    }
}

/// The findings of a run, in the order of their places once [`sorted`](Diagnostics::sorted).
#[derive(Debug, Clone, Default)]
pub struct Diagnostics {
    found: Vec<Diagnostic>,
}

impl Diagnostics {
    /// Adds a finding.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.found.push(diagnostic);
    }

    /// Adds all findings of another run.
    pub fn append(&mut self, other: Diagnostics) {
        self.found.extend(other.found);
    }

    /// All findings.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.found.iter()
    }

    /// All findings, to change severities or drop some.
    pub fn retain_mut(&mut self, keep: impl FnMut(&mut Diagnostic) -> bool) {
        self.found.retain_mut(keep);
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.found.len()
    }

    /// Whether nothing was found.
    pub fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// Whether anything found forbids to go on.
    pub fn has_errors(&self) -> bool {
        self.found.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
    }

    /// The findings by place, each only once.
    pub fn sorted(mut self) -> Diagnostics {
        self.found.sort_by(|a, b| (a.span, a.code.slug, &a.message).cmp(&(b.span, b.code.slug, &b.message)));
        self.found.dedup();
        self
    }
}
