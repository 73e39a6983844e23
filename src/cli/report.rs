//! Tells the findings of a run and decides what they mean for the exit code.

use crate::diagnostic::render::{self, Counts, Style};
use crate::diagnostic::{Diagnostic, Diagnostics, Language, load};
use crate::source::project::Problem;
use crate::source::{DiskLoader, LoadError, Sources, Span};

use super::arguments::{CheckOptions, Format};
use super::surroundings::Surroundings;
use super::{Outcome, complain, say, writer};

/// How this run tells its findings.
#[derive(Debug, Clone)]
pub struct Reporter {
    format: Format,
    strict: bool,
    /// How they look.
    pub style: Style,
}

impl Reporter {
    /// As the options and the surroundings ask.
    pub fn new(options: &CheckOptions, surroundings: &Surroundings, language: Option<Language>) -> Reporter {
        let style = Style {
            language: language.or(surroundings.language).unwrap_or_default(),
            colour: surroundings.colour,
            width: surroundings.width,
            prefix: String::new(),
        };
        Reporter { format: options.format, strict: options.strict, style }
    }

    /// The language asked for on the command line, else the project's, else the locale's, else German.
    pub fn settle_language(&mut self, explicit: Option<Language>, project: Option<Language>) {
        if let Some(language) = explicit.or(project) {
            self.style.language = language;
        }
    }

    /// The loader for the path given, or the end of the run.
    pub fn open(&mut self, options: &CheckOptions, surroundings: &Surroundings) -> Result<DiskLoader, Outcome> {
        DiskLoader::open(&options.path).inspect(|loader| self.style.prefix = surroundings.way_to(loader.root())).map_err(
            |error| {
                self.refuse(error);
                Outcome::Unusable
            },
        )
    }

    /// Tells that the input could not be had at all.
    pub fn refuse(&self, error: LoadError) {
        let mut diagnostics = Diagnostics::default();
        load::report(vec![Problem::Load(error, Span::DETACHED)], &mut diagnostics);
        self.tell(&diagnostics, &Sources::default());
    }

    /// Tells all findings: for people and tools that read lines on standard error, JSON on standard output.
    pub fn tell(&self, diagnostics: &Diagnostics, sources: &Sources) {
        match self.format {
            Format::Text => complain(&render::text(diagnostics, sources, &self.style)),
            Format::Zeile => complain(&render::lines(diagnostics, sources, &self.style)),
            Format::Json => say(&render::json(diagnostics, sources, &self.style)),
        }
    }

    /// A sentence for people; machines have the JSON.
    pub fn conclude(&self, diagnostics: &Diagnostics, sentence: &str) {
        if self.format == Format::Json {
            return;
        }
        let counts = Counts::of(diagnostics).sentence(self.style.language);
        match (counts.is_empty(), sentence.is_empty()) {
            (true, _) => complain(&format!("{sentence}\n")),
            (false, true) => complain(&format!("{counts}.\n")),
            (false, false) => complain(&format!("{counts}. {sentence}\n")),
        }
    }

    /// What the findings mean.
    pub fn outcome(&self, diagnostics: &Diagnostics) -> Outcome {
        let counts = Counts::of(diagnostics);
        let unusable = |diagnostic: &Diagnostic| load::is_unreadable(diagnostic.code) || writer::is_refusal(diagnostic.code);
        if diagnostics.iter().any(unusable) {
            Outcome::Unusable
        } else if counts.errors > 0 || (self.strict && counts.warnings > 0) {
            Outcome::Findings
        } else {
            Outcome::Clean
        }
    }
}
