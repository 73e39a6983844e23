//! How findings look: for people with the text beside them, a line each for tools, as JSON for machines.

mod json;
mod snippet;

use std::fmt::Write;

use crate::source::{SourceFile, Sources, Span};

use super::{Bilingual, Diagnostics, Language, Severity};

pub use json::{Place, json, place as place_of};

/// How findings are to be shown.
#[derive(Debug, Clone)]
pub struct Style {
    /// In which language.
    pub language: Language,
    /// Whether the reader's terminal shows colours.
    pub colour: bool,
    /// How many characters fit on a line.
    pub width: usize,
    /// What to put before the path of each file, so that it leads there from where the reader stands; empty or ending in `/`.
    pub prefix: String,
}

impl Style {
    /// The path of a file as the reader sees it.
    pub fn path(&self, file: &SourceFile) -> String {
        let prefix = if file.built_in { "" } else { self.prefix.as_str() };
        harmless(&format!("{prefix}{}", file.path))
    }
}

/// How many findings of each severity there are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Nothing is built from it.
    pub errors: usize,
    /// A person should look.
    pub warnings: usize,
    /// Worth knowing.
    pub notes: usize,
}

impl Counts {
    /// Counts the findings.
    pub fn of(diagnostics: &Diagnostics) -> Counts {
        let mut counts = Counts::default();
        for diagnostic in diagnostics.iter() {
            match diagnostic.severity {
                Severity::Error => counts.errors += 1,
                Severity::Warning => counts.warnings += 1,
                Severity::Note => counts.notes += 1,
            }
        }
        counts
    }

    /// The counts in words: `2 Fehler, 1 Warnung`; empty if there is nothing to count.
    pub fn sentence(self, language: Language) -> String {
        let words = match language {
            Language::De => [("Fehler", "Fehler"), ("Warnung", "Warnungen"), ("Hinweis", "Hinweise")],
            Language::En => [("error", "errors"), ("warning", "warnings"), ("note", "notes")],
        };
        let parts: Vec<String> = [self.errors, self.warnings, self.notes]
            .into_iter()
            .zip(words)
            .filter(|(count, _)| *count > 0)
            .map(|(count, (one, many))| format!("{count} {}", if count == 1 { one } else { many }))
            .collect();
        parts.join(", ")
    }
}

/// How many findings a person is shown at once; the rest is counted.
const MOST: usize = 200;

/// All findings for a person, each with its place in the text.
pub fn text(diagnostics: &Diagnostics, sources: &Sources, style: &Style) -> String {
    let mut out = String::new();
    let mut shown = snippet::ShownTexts::new(sources, style);
    for diagnostic in diagnostics.iter().take(MOST) {
        snippet::write(&mut out, diagnostic, &mut shown, style);
        out.push('\n');
    }
    let rest = diagnostics.len().saturating_sub(MOST);
    if rest > 0 {
        let more = both!(
            "… und {rest} weitere Befunde; --format zeile zeigt alle.",
            "… and {rest} more findings; --format zeile shows all."
        );
        let _ = writeln!(out, "{}", more.get(style.language));
    }
    out
}

/// All findings, one a line: `path:line:column: Fehler[slug]: message`.
pub fn lines(diagnostics: &Diagnostics, sources: &Sources, style: &Style) -> String {
    let mut out = String::new();
    for diagnostic in diagnostics.iter() {
        if let Some((path, line, column)) = place(diagnostic.span, sources, style) {
            let _ = write!(out, "{path}:{line}:{column}: ");
        }
        let severity = severity(diagnostic.severity).get(style.language).to_owned();
        let message = harmless(diagnostic.message.get(style.language)).replace('\n', " ");
        let _ = writeln!(out, "{severity}[{}]: {message}", diagnostic.code.slug);
    }
    out
}

/// The path of a place as the reader sees it, its line and column.
pub fn place(span: Span, sources: &Sources, style: &Style) -> Option<(String, usize, usize)> {
    let file = sources.get(span.file)?;
    let (line, column) = file.position(span.start);
    Some((style.path(file), line, column))
}

/// The word for a severity.
pub fn severity(severity: Severity) -> Bilingual {
    match severity {
        Severity::Error => both!("Fehler", "error"),
        Severity::Warning => both!("Warnung", "warning"),
        Severity::Note => both!("Hinweis", "note"),
    }
}

/// A text that can't steer the terminal that shows it: control characters and marks that reverse the reading direction are
/// replaced, each by a character of the same length in bytes, so that places stay where they are.
pub fn harmless(text: &str) -> String {
    text.chars().map(visible).collect()
}

fn visible(letter: char) -> char {
    match letter {
        '\n' | '\t' => letter,
        '\u{0}'..='\u{1f}' | '\u{7f}' => '?',
        '\u{80}'..='\u{9f}' => '¿',
        '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => char::REPLACEMENT_CHARACTER,
        _ => letter,
    }
}

#[cfg(test)]
mod tests {
    use super::harmless;

    #[test]
    fn keeps_lengths_while_taming_control_characters() {
        let wild = "a\u{1b}[31m\u{9b}x\u{202e}ü\n";
        let tame = harmless(wild);
        assert_eq!(tame, "a?[31m¿x\u{fffd}ü\n");
        assert_eq!(tame.len(), wild.len());
    }
}
