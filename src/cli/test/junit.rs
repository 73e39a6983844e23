//! The result of cases as JUnit XML: a suite for each procedure and Land, a test case for each case.
//!
//! It keeps to the stricter of the two schemas in use (that of Ant's reports) and thereby to the other one (Jenkins'). Time is not
//! measured, and the timestamp is the day for which the cases ran: the same input gives the same bytes.

use crate::compiler::Compilation;
use crate::diagnostic::render::{Style, place};
use crate::formats::xml::{Element, element};
use crate::rules::Failure;

use super::trial::{InLand, Tried};

/// The whole report.
pub fn report(compilation: &Compilation, tried: &[Tried<'_>], style: &Style) -> String {
    let mut suites = element("testsuites");
    let in_lands = tried.iter().flat_map(|procedure| procedure.lands.iter().map(move |land| (procedure, land)));
    for (id, (procedure, land)) in in_lands.filter(|(_, land)| !land.runs.is_empty()).enumerate() {
        suites = suites.child(suite(compilation, id, procedure, land, style));
    }
    suites.document()
}

fn suite(compilation: &Compilation, id: usize, procedure: &Tried<'_>, in_land: &InLand<'_>, style: &Style) -> Element {
    let land = compilation.model.library.lands.get(in_land.land);
    let (key, land) = land.map(|land| (land.key.to_lowercase(), land.short.to_string())).unwrap_or_default();
    let module = &in_land.service.checked.procedure().module;
    let package = if module.is_empty() { procedure.name.to_string() } else { module.to_string() };
    let day = compilation.day.map(|day| day.to_string()).unwrap_or_default();
    let failing = in_land.runs.iter().filter(|run| !run.comes_true()).count();
    let class = format!("{package}.{}.{key}", procedure.name);
    let cases = in_land.runs.iter().map(|run| {
        let title = procedure.cases.iter().find(|case| case.span == run.case).map_or("", |case| &case.title);
        let case = element("testcase").attribute("name", title).attribute("classname", class.as_str()).attribute("time", "0");
        if run.comes_true() { case } else { case.child(failure(compilation, &run.failures, style)) }
    });
    let property = |name: &str, value: &str| element("property").attribute("name", name).attribute("value", value);
    let properties = element("properties")
        .child(property("land", &key))
        .child(property("verfahren", &procedure.name))
        .child(property("stichtag", &day));
    element("testsuite")
        .attribute("id", id.to_string())
        .attribute("package", package.as_str())
        .attribute("name", format!("{}: {land}", procedure.name))
        .attribute("timestamp", format!("{day}T00:00:00"))
        .attribute("hostname", "localhost")
        .attribute("tests", in_land.runs.len().to_string())
        .attribute("failures", failing.to_string())
        .attribute("errors", "0")
        .attribute("skipped", "0")
        .attribute("time", "0")
        .child(properties)
        .children(cases)
        .child(element("system-out"))
        .child(element("system-err"))
}

/// All that is not as expected in one case: the schema allows one element for it.
fn failure(compilation: &Compilation, failures: &[Failure], style: &Style) -> Element {
    let line = |failure: &Failure| {
        let place = place(failure.span, &compilation.sources, style);
        let place = place.map(|(path, line, column)| format!("{path}:{line}:{column}: ")).unwrap_or_default();
        format!("{place}{}", failure.message.get(style.language))
    };
    let message = failures.first().map(|failure| failure.message.get(style.language)).unwrap_or_default();
    element("failure")
        .attribute("type", "case-fails")
        .attribute("message", message)
        .text(failures.iter().map(line).collect::<Vec<_>>().join("\n"))
}
