//! A finding for a person: the text with marks under it, drawn by miette; then what to do and by which norm.

use std::collections::BTreeMap;
use std::fmt::{self, Display, Write};

use miette::{GraphicalReportHandler, GraphicalTheme, LabeledSpan, NamedSource, SourceSpan};

use crate::diagnostic::{Diagnostic, Language, Severity};
use crate::source::{FileId, Sources, Span, Text};

use super::{Style, harmless, severity};

/// A longer line is no text that a person wrote; it is not shown.
const LONGEST_LINE: usize = 500;

/// The files as they may be shown, each prepared once.
pub struct ShownTexts<'a> {
    sources: &'a Sources,
    style: &'a Style,
    files: BTreeMap<FileId, (String, Text)>,
}

impl<'a> ShownTexts<'a> {
    /// Nothing prepared yet.
    pub fn new(sources: &'a Sources, style: &'a Style) -> ShownTexts<'a> {
        ShownTexts { sources, style, files: BTreeMap::new() }
    }

    /// The path and the harmless text of a file.
    fn get(&mut self, file: FileId) -> Option<&(String, Text)> {
        let source = self.sources.get(file)?;
        let style = self.style;
        Some(self.files.entry(file).or_insert_with(|| (style.path(source), Text::from(harmless(&source.text)))))
    }
}

/// Writes one finding.
pub fn write(out: &mut String, diagnostic: &Diagnostic, shown: &mut ShownTexts<'_>, style: &Style) {
    let language = style.language;
    let here = diagnostic.here.as_ref().map(|text| harmless(text.get(language)));
    let mut marks = vec![(diagnostic.span, here)];
    marks.extend(diagnostic.labels.iter().map(|label| (label.span, Some(harmless(label.text.get(language))))));

    let drawing = draw_with(style);
    let header = format!("{} {}", severity(diagnostic.severity).get(language), diagnostic.code.slug);
    let message = harmless(diagnostic.message.get(language));
    let view = View::new(message, Some(header), diagnostic.severity, diagnostic.span.file, &marks, shown);
    let _ = drawing.render_report(out, &view);

    // What stands in another file gets a picture of its own.
    let mut elsewhere: Vec<FileId> = Vec::new();
    for label in &diagnostic.labels {
        if label.span.file != diagnostic.span.file && !elsewhere.contains(&label.span.file) {
            elsewhere.push(label.span.file);
            let text = match language {
                Language::De => "siehe auch",
                Language::En => "see also",
            };
            let view = View::new(text.to_owned(), None, Severity::Note, label.span.file, &marks, shown);
            let _ = drawing.render_report(out, &view);
        }
    }
    let (help, norm) = match language {
        Language::De => ("Hilfe: ", "Norm:  "),
        Language::En => ("Help: ", "Norm: "),
    };
    if let Some(text) = &diagnostic.help {
        write_advice(out, help, text.get(language), style);
    }
    if let Some(text) = &diagnostic.norm {
        write_advice(out, norm, text, style);
    }
}

fn draw_with(style: &Style) -> GraphicalReportHandler {
    let theme = if style.colour { GraphicalTheme::unicode() } else { GraphicalTheme::unicode_nocolor() };
    GraphicalReportHandler::new_themed(theme).with_links(false).with_width(style.width).without_syntax_highlighting()
}

/// A paragraph that hangs below its first word. Lines of their own, such as an example to be pasted, stay lines.
fn write_advice(out: &mut String, label: &str, text: &str, style: &Style) {
    let (on, off) = if style.colour { ("\u{1b}[36m", "\u{1b}[0m") } else { ("", "") };
    let _ = write!(out, "  {on}{label}{off}");
    let indent = label.chars().count() + 2;
    for (number, line) in text.lines().enumerate() {
        let line = harmless(line);
        let own_indent = line.chars().take_while(|letter| *letter == ' ').count();
        if number > 0 {
            let _ = write!(out, "\n{}", " ".repeat(indent + own_indent));
        }
        let mut column = indent + own_indent;
        for (index, word) in line.split_whitespace().enumerate() {
            let length = word.chars().count();
            if index > 0 && column + length + 1 > style.width {
                let _ = write!(out, "\n{}", " ".repeat(indent + own_indent));
                column = indent + own_indent;
            } else if index > 0 {
                out.push(' ');
                column += 1;
            }
            out.push_str(word);
            column += length;
        }
    }
    out.push('\n');
}

/// What miette draws: one file of a finding.
#[derive(Debug)]
struct View {
    message: String,
    header: Option<String>,
    severity: Severity,
    source: Option<NamedSource<Text>>,
    marks: Vec<LabeledSpan>,
}

impl View {
    fn new(
        message: String,
        header: Option<String>,
        severity: Severity,
        file: FileId,
        marks: &[(Span, Option<String>)],
        shown: &mut ShownTexts<'_>,
    ) -> View {
        let mut view = View { message, header, severity, source: None, marks: Vec::new() };
        let Some((path, source)) = shown.get(file) else { return view };
        for (span, text) in marks.iter().filter(|(span, _)| span.file == file) {
            let start = (span.start as usize).min(source.len());
            let end = (span.end as usize).clamp(start, source.len());
            if lines_are_long(source, start, end) {
                view.message = format!("{path}: {}", view.message);
                view.marks.clear();
                return view;
            }
            view.marks.push(LabeledSpan::new_with_span(text.clone(), SourceSpan::from(start..end)));
        }
        view.source = Some(NamedSource::new(path, source.clone()));
        view
    }
}

/// Whether the lines from one above the place to one below it are too long to be shown.
fn lines_are_long(text: &str, start: usize, end: usize) -> bool {
    let before = text.get(..start).unwrap_or("").rsplit('\n').take(2).any(|line| line.len() > LONGEST_LINE);
    let within = text.get(start..end).unwrap_or("").split('\n').any(|line| line.len() > LONGEST_LINE);
    before || within || text.get(end..).unwrap_or("").split('\n').take(2).any(|line| line.len() > LONGEST_LINE)
}

impl Display for View {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.message)
    }
}

impl std::error::Error for View {}

impl miette::Diagnostic for View {
    fn code<'a>(&'a self) -> Option<Box<dyn Display + 'a>> {
        self.header.as_ref().map(|header| Box::new(header) as Box<dyn Display + 'a>)
    }

    fn severity(&self) -> Option<miette::Severity> {
        Some(match self.severity {
            Severity::Error => miette::Severity::Error,
            Severity::Warning => miette::Severity::Warning,
            Severity::Note => miette::Severity::Advice,
        })
    }

    fn source_code(&self) -> Option<&dyn miette::SourceCode> {
        self.source.as_ref().map(|source| source as &dyn miette::SourceCode)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        if self.marks.is_empty() { None } else { Some(Box::new(self.marks.iter().cloned())) }
    }
}
