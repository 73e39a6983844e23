//! `blaupause test`: runs the cases and tells what comes of them.

mod coverage;
mod json;
mod junit;
mod mutants;
mod text;
mod trial;

use crate::both;
use crate::check::cases::{CASE_FAILS, UNCOVERED_OUTCOME, UNCOVERED_ROW};
use crate::compiler::Compilation;
use crate::diagnostic::suggest::nearest;
use crate::diagnostic::{Bilingual, Diagnostics, Language, Severity};

use super::arguments::{CheckOptions, Format, TestFormat, TestOptions};
use super::report::Reporter;
use super::surroundings::Surroundings;
use super::{Outcome, check, complain, say};

use trial::{Selection, Tried};

/// Runs the command.
pub fn run(options: &TestOptions, surroundings: &Surroundings, language: Option<Language>) -> Outcome {
    let compiling = CheckOptions {
        path: options.path.clone(),
        lands: options.lands.clone(),
        day: options.day.clone(),
        connections: options.connections.clone(),
        allow_outdated: options.allow_outdated,
        strict: false,
        format: Format::Text,
    };
    let mut reporter = Reporter::new(&compiling, surroundings, language);
    if options.format == TestFormat::Junit && (options.coverage || options.mutations) {
        let message = both!(
            "JUnit-XML kennt nur Fälle. Abdeckung und Mutationen gibt es als Text und mit --format json.",
            "JUnit XML knows only cases. Coverage and mutations come as text and with --format json."
        );
        complain(&format!("{}\n", message.get(reporter.style.language)));
        return Outcome::Unusable;
    }
    let mut compilation = match check::compile(&compiling, &[], surroundings, language, &mut reporter) {
        Ok((compilation, ..)) => compilation,
        Err(outcome) => return outcome,
    };
    let others = set_apart(&mut compilation);
    if !others.is_empty() {
        reporter.tell(&others, &compilation.sources);
        reporter.conclude(&others, "");
    }
    let compiled = reporter.outcome(&others);
    if compiled == Outcome::Unusable {
        return compiled;
    }
    let selection = Selection { titles: &options.cases, coverage: options.coverage };
    let mut tried = trial::run_all(&compilation, selection);
    if let Some(message) = nothing_chosen(&compilation, options, &tried) {
        complain(&format!("{}\n", message.get(reporter.style.language)));
        return Outcome::Unusable;
    }
    if options.mutations {
        mutants::add(&compilation, &mut tried);
    }
    let mut style = reporter.style.clone();
    style.colour = surroundings.colour_of_results;
    match options.format {
        TestFormat::Text => say(&text::report(&compilation, &tried, &style)),
        TestFormat::Json => say(&json::report(&compilation, &tried, &style)),
        TestFormat::Junit => say(&junit::report(&compilation, &tried, &style)),
    }
    let failing = tried.iter().any(|procedure| procedure.failing_cases() > 0);
    let shown = tried.iter().all(|procedure| coverage::is_whole(procedure) && mutants::are_noticed(procedure));
    let outcome =
        if compiled == Outcome::Findings || failing || (options.strict && !shown) { Outcome::Findings } else { Outcome::Clean };
    // The process ends now and gives everything back at once, faster than part by part.
    drop(tried);
    std::mem::forget(compilation);
    outcome
}

/// Takes what the cases themselves will tell, and what is no error, out of the findings of the compilation; gives the rest.
fn set_apart(compilation: &mut Compilation) -> Diagnostics {
    let mut others = std::mem::take(&mut compilation.diagnostics);
    let own = [&CASE_FAILS, &UNCOVERED_ROW, &UNCOVERED_OUTCOME];
    others.retain_mut(|finding| finding.severity == Severity::Error && !own.contains(&finding.code));
    others
}

/// A filter that takes no case is a slip.
fn nothing_chosen(compilation: &Compilation, options: &TestOptions, tried: &[Tried<'_>]) -> Option<Bilingual> {
    if options.cases.is_empty() || tried.iter().any(|procedure| !procedure.cases.is_empty()) {
        return None;
    }
    let titles: Vec<&str> = compilation
        .lands
        .iter()
        .flat_map(|world| &world.services)
        .flat_map(|service| service.checked.procedure().cases.iter().map(|case| case.title.as_ref()))
        .collect();
    let wanted = options.cases.join(", ");
    let meant = options.cases.iter().find_map(|part| nearest(part, titles.iter().copied()));
    Some(match meant {
        Some(meant) => both!(
            "Kein Fall trägt „{wanted}“ im Titel. Meinten Sie „{meant}“?",
            "No case has “{wanted}” in its title. Did you mean “{meant}”?"
        ),
        None => both!("Kein Fall trägt „{wanted}“ im Titel.", "No case has “{wanted}” in its title."),
    })
}
