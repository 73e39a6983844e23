//! The result of cases for a person: how many come true, and of each that does not what came instead, beside its text.

use std::fmt::Write;

use crate::both;
use crate::check::cases::CASE_FAILS;
use crate::compiler::Compilation;
use crate::diagnostic::render::{self, Style, harmless};
use crate::diagnostic::{Bilingual, Diagnostic, Diagnostics};
use crate::model::case::Case;
use crate::model::{LandId, Library};

use super::trial::Tried;
use super::{coverage, mutants};

/// The whole report.
pub fn report(compilation: &Compilation, tried: &[Tried<'_>], style: &Style) -> String {
    let mut out = String::new();
    let with_cases = tried.iter().filter(|procedure| !procedure.cases.is_empty());
    for procedure in with_cases {
        // INVARIANT: writing to a String never fails.
        let _ = writeln!(out, "{}", bold(&harmless(&title(procedure, style)), style));
        let _ = writeln!(out, "  {}\n", outcome(procedure, style));
        let failures = failures(compilation, procedure);
        out.push_str(&render::text(&failures, &compilation.sources, style));
        out.push_str(&coverage::text(compilation, procedure, style));
        out.push_str(&mutants::text(compilation, procedure, style));
    }
    let without: Vec<String> =
        tried.iter().filter(|procedure| procedure.cases.is_empty()).map(|procedure| title(procedure, style)).collect();
    if !without.is_empty() {
        let names = harmless(&without.join(", "));
        let sentence = both!("Ohne Fälle: {names}.", "Without cases: {names}.");
        let _ = writeln!(out, "{}", sentence.get(style.language));
    }
    let (cases, runs, failing) = tried.iter().fold((0, 0, 0), |(cases, runs, failing), procedure| {
        (cases + procedure.cases.len(), runs + procedure.runs().count(), failing + procedure.failing_cases())
    });
    if tried.iter().filter(|procedure| !procedure.cases.is_empty()).count() > 1 {
        let (case_de, case_en) = plural(cases, ("Fall", "Fälle"), ("case", "cases"));
        let sentence = if failing == 0 {
            both!("Zusammen {case_de}, {runs} Läufe: alle treffen zu.", "In all {case_en}, {runs} runs: all come true.")
        } else {
            both!(
                "Zusammen {case_de}, {runs} Läufe: {failing} Fälle treffen nicht zu.",
                "In all {case_en}, {runs} runs: {failing} cases do not come true."
            )
        };
        let _ = writeln!(out, "{}", sentence.get(style.language));
    }
    if cases == 0 && without.is_empty() {
        let sentence = both!("Es gibt keine Fälle.", "There are no cases.");
        let _ = writeln!(out, "{}", sentence.get(style.language));
    }
    out
}

/// The title of a procedure for people.
pub fn title(procedure: &Tried<'_>, style: &Style) -> String {
    let title = procedure.lands.first().map(|land| &land.service.checked.procedure().title);
    let title = title.map(|title| match style.language {
        crate::diagnostic::Language::De => title.de.to_string(),
        crate::diagnostic::Language::En => title.english().to_owned(),
    });
    title.unwrap_or_else(|| procedure.name.to_string())
}

fn outcome(procedure: &Tried<'_>, style: &Style) -> String {
    let (cases, lands, runs) = (procedure.cases.len(), procedure.lands.len(), procedure.runs().count());
    let (failing, failing_runs) = (procedure.failing_cases(), procedure.failing_runs());
    let (case_de, case_en) = plural(cases, ("Fall", "Fälle"), ("case", "cases"));
    let (land_de, land_en) = plural(lands, ("Land", "Ländern"), ("Land", "Länder"));
    let (run_de, run_en) = plural(runs, ("Lauf", "Läufe"), ("run", "runs"));
    let (of_case_de, of_run_de) = (plural(cases, ("Fall", "Fällen"), ("", "")).0, plural(runs, ("Lauf", "Läufen"), ("", "")).0);
    let (verb_de, verb_en) = if failing == 1 { ("trifft", "does") } else { ("treffen", "do") };
    let text = if failing == 0 {
        both!("✓ {case_de} in {land_de}, {run_de}: alle treffen zu.", "✓ {case_en} in {land_en}, {run_en}: all come true.")
    } else {
        both!(
            "✗ {failing} von {of_case_de} {verb_de} nicht zu ({failing_runs} von {of_run_de} in {land_de}).",
            "✗ {failing} of {case_en} {verb_en} not come true ({failing_runs} of {run_en} in {land_en})."
        )
    };
    coloured(text.get(style.language), if failing == 0 { "32" } else { "31" }, style)
}

/// Each failure as a finding: the expectation and, as a second place, its case.
fn failures(compilation: &Compilation, procedure: &Tried<'_>) -> Diagnostics {
    let mut found = Diagnostics::default();
    for case in &procedure.cases {
        let all: Vec<LandId> = procedure.runs_of(case).map(|(land, _)| land).collect();
        for (failure, lands) in procedure.failures_of(case) {
            let (title, Bilingual { de, en }) = (&case.title, which_lands(&compilation.model.library, case, &all, &lands));
            found.push(
                Diagnostic::new(&CASE_FAILS, failure.span, failure.message.clone())
                    .label(case.span, both!("im Fall „{title}“, {de}", "in the case “{title}”, {en}")),
            );
        }
    }
    found
}

/// In which of its Länder a case fails.
fn which_lands(library: &Library, case: &Case, all: &[LandId], failing: &[LandId]) -> Bilingual {
    let name = |land: &LandId| library.lands.get(*land).map(|land| land.short.to_string()).unwrap_or_default();
    match failing {
        [only] => {
            let name = name(only);
            both!("in {name}", "in {name}")
        }
        _ if failing.len() == all.len() && case.land.is_none() => {
            let count = all.len();
            both!("in allen {count} Ländern", "in all {count} Länder")
        }
        _ => {
            let keys = failing.iter().map(|land| library.lands.get(*land).map(|land| land.key.to_string()).unwrap_or_default());
            let keys = keys.collect::<Vec<_>>().join(", ");
            both!("in {keys}", "in {keys}")
        }
    }
}

/// `1 Fall`, `63 Fälle`, in both languages.
pub fn plural(count: usize, german: (&str, &str), english: (&str, &str)) -> (String, String) {
    let of = |(one, many): (&str, &str)| format!("{count} {}", if count == 1 { one } else { many });
    (of(german), of(english))
}

/// A heading.
pub fn bold(text: &str, style: &Style) -> String {
    coloured(text, "1", style)
}

/// A text in a colour of the terminal, where it shows colours.
pub fn coloured(text: &str, code: &str, style: &Style) -> String {
    if style.colour { format!("\u{1b}[{code}m{text}\u{1b}[0m") } else { text.to_owned() }
}
