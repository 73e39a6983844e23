//! `blaupause bericht`: where each datum comes from and why, what is asked today and what would be, which register saves most.

mod gather;
mod page;
mod text;

use crate::diagnostic::Language;

use super::arguments::{CheckOptions, Format, MatrixFormat, ReportOptions};
use super::report::Reporter;
use super::surroundings::Surroundings;
use super::{Outcome, check, complain, say};

/// Runs the command.
pub fn run(options: &ReportOptions, surroundings: &Surroundings, language: Option<Language>) -> Outcome {
    let compiling = CheckOptions {
        path: options.path.clone(),
        lands: options.lands.clone(),
        connections: options.connections.clone(),
        day: options.day.clone(),
        allow_outdated: options.allow_outdated,
        strict: false,
        format: Format::Text,
    };
    let mut reporter = Reporter::new(&compiling, surroundings, language);
    let (compilation, ..) = match check::compile(&compiling, &[], surroundings, language, &mut reporter) {
        Ok(compiled) => compiled,
        Err(outcome) => return outcome,
    };
    let outcome = reporter.outcome(&compilation.diagnostics);
    if outcome != Outcome::Clean {
        reporter.tell(&compilation.diagnostics, &compilation.sources);
        reporter.conclude(&compilation.diagnostics, "");
        return outcome;
    }
    let language = reporter.style.language;
    let report = match gather::gather(&compilation, &options.procedures) {
        Ok(report) => report,
        Err(message) => {
            complain(&format!("{}\n", message.get(language)));
            return Outcome::Unusable;
        }
    };
    say(&match options.format {
        MatrixFormat::Text => text::report(&report, language),
        MatrixFormat::Json => super::json(&report),
        MatrixFormat::Html => page::report(&report, language),
    });
    outcome
}
