//! Findings as JSON: every text in both languages, every place as line, column and byte.

use serde::Serialize;

use crate::diagnostic::{Bilingual, Diagnostic, Diagnostics, Severity};
use crate::source::{Sources, Span};

use super::{Counts, Style};

/// The whole report as one JSON document.
pub fn json(diagnostics: &Diagnostics, sources: &Sources, style: &Style) -> String {
    let counts = Counts::of(diagnostics);
    let report = Report {
        findings: diagnostics.iter().map(|diagnostic| finding(diagnostic, sources, style)).collect(),
        summary: Summary { errors: counts.errors, warnings: counts.warnings, notes: counts.notes },
    };
    let mut text = serde_json::to_string_pretty(&report).unwrap_or_default();
    text.push('\n');
    text
}

#[derive(Serialize)]
struct Report<'a> {
    #[serde(rename = "befunde")]
    findings: Vec<Finding<'a>>,
    #[serde(rename = "zusammenfassung")]
    summary: Summary,
}

#[derive(Serialize)]
struct Summary {
    #[serde(rename = "fehler")]
    errors: usize,
    #[serde(rename = "warnungen")]
    warnings: usize,
    #[serde(rename = "hinweise")]
    notes: usize,
}

#[derive(Serialize)]
struct Finding<'a> {
    slug: &'static str,
    #[serde(rename = "schwere")]
    severity: &'static str,
    #[serde(rename = "ort", skip_serializing_if = "Option::is_none")]
    place: Option<Place>,
    #[serde(rename = "meldung")]
    message: Texts<'a>,
    #[serde(rename = "hier", skip_serializing_if = "Option::is_none")]
    here: Option<Texts<'a>>,
    #[serde(rename = "weitere_orte", skip_serializing_if = "Vec::is_empty")]
    labels: Vec<Label<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    norm: Option<&'a str>,
    #[serde(rename = "hilfe", skip_serializing_if = "Option::is_none")]
    help: Option<Texts<'a>>,
    #[serde(rename = "änderung", skip_serializing_if = "Option::is_none")]
    fix: Option<Fix<'a>>,
}

#[derive(Serialize)]
struct Texts<'a> {
    de: &'a str,
    en: &'a str,
}

#[derive(Serialize)]
struct Label<'a> {
    #[serde(rename = "ort")]
    place: Place,
    text: Texts<'a>,
}

#[derive(Serialize)]
struct Fix<'a> {
    #[serde(rename = "ort", skip_serializing_if = "Option::is_none")]
    place: Option<Place>,
    #[serde(rename = "ersatz")]
    replacement: &'a str,
}

/// A place in a text.
#[derive(Serialize)]
pub struct Place {
    #[serde(rename = "datei")]
    path: String,
    #[serde(rename = "von")]
    from: Position,
    #[serde(rename = "bis")]
    to: Position,
}

#[derive(Serialize)]
struct Position {
    #[serde(rename = "zeile")]
    line: usize,
    #[serde(rename = "spalte")]
    column: usize,
    byte: u32,
}

fn finding<'a>(diagnostic: &'a Diagnostic, sources: &Sources, style: &Style) -> Finding<'a> {
    let place = |span: Span| place(span, sources, style);
    Finding {
        slug: diagnostic.code.slug,
        severity: match diagnostic.severity {
            Severity::Error => "fehler",
            Severity::Warning => "warnung",
            Severity::Note => "hinweis",
        },
        place: place(diagnostic.span),
        message: texts(&diagnostic.message),
        here: diagnostic.here.as_ref().map(texts),
        labels: diagnostic
            .labels
            .iter()
            .filter_map(|label| Some(Label { place: place(label.span)?, text: texts(&label.text) }))
            .collect(),
        norm: diagnostic.norm.as_deref(),
        help: diagnostic.help.as_ref().map(texts),
        fix: diagnostic.fix.as_ref().map(|fix| Fix { place: place(fix.span), replacement: &fix.replacement }),
    }
}

fn texts(text: &Bilingual) -> Texts<'_> {
    Texts { de: &text.de, en: &text.en }
}

/// A place as line, column and byte; `None` where it is in no text.
pub fn place(span: Span, sources: &Sources, style: &Style) -> Option<Place> {
    let file = sources.get(span.file)?;
    let position = |byte: u32| {
        let (line, column) = file.position(byte);
        Position { line, column, byte }
    };
    Some(Place { path: style.path(file), from: position(span.start), to: position(span.end) })
}
