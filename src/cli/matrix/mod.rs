//! `blaupause matrix`: who deviates from what, by which norm; and what a change to the base does to each Land before it is published.

mod base;
mod compare;
mod comparison;
mod earlier;
mod effects;
mod gather;
mod page;
mod text;

use crate::diagnostic::Language;

use super::arguments::{CheckOptions, Format, MatrixFormat, MatrixOptions};
use super::report::Reporter;
use super::surroundings::Surroundings;
use super::{Outcome, check, complain, say};

/// Runs the command.
pub fn run(options: &MatrixOptions, surroundings: &Surroundings, language: Option<Language>) -> Outcome {
    let compiling = CheckOptions {
        path: options.path.clone(),
        lands: options.lands.clone(),
        connections: Vec::new(),
        day: options.day.clone(),
        allow_outdated: options.allow_outdated,
        strict: false,
        format: Format::Text,
    };
    let mut reporter = Reporter::new(&compiling, surroundings, language);
    let (compilation, request, loader) = match check::compile(&compiling, &[], surroundings, language, &mut reporter) {
        Ok(compiled) => compiled,
        Err(outcome) => return outcome,
    };
    if !compilation.diagnostics.is_empty() {
        reporter.tell(&compilation.diagnostics, &compilation.sources);
        reporter.conclude(&compilation.diagnostics, "");
    }
    let outcome = reporter.outcome(&compilation.diagnostics);
    if outcome == Outcome::Unusable {
        return outcome;
    }
    let language = reporter.style.language;
    let Some(against) = &options.against else {
        let matrix = gather::gather(&compilation);
        say(&match options.format {
            MatrixFormat::Text => text::report(&matrix, language),
            MatrixFormat::Json => super::json(&matrix),
            MatrixFormat::Html => page::matrix(&matrix, language),
        });
        return outcome;
    };
    let earlier = match earlier::open(against, &loader) {
        Ok(earlier) => earlier,
        Err(message) => {
            complain(&format!("{}\n", message.get(language)));
            return Outcome::Unusable;
        }
    };
    let comparison = compare::compare(earlier.as_ref(), against, &compilation, &request);
    say(&match options.format {
        MatrixFormat::Text => effects::report(&comparison, language),
        MatrixFormat::Json => super::json(&comparison),
        MatrixFormat::Html => page::comparison(&comparison, language),
    });
    if comparison.breaks_something() { Outcome::Findings } else { outcome }
}
