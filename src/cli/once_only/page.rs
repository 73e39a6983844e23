//! The report as a page, in the look of the catalogue.

use crate::diagnostic::Language;
use crate::formats::html::{Element, element};
use crate::targets::index;

use super::gather::{OfDatum, OfEvidence, OfProcedure, Report};
use super::text::Say;

/// A page with a section for each procedure and one for the registers.
pub fn report(report: &Report, language: Language) -> String {
    let say = Say(language);
    let title = say.one("Woher die Angaben kommen", "Where the data come from");
    let mut main = element("main").child(element("h1").text(title)).child(element("p").text(format!(
        "{} {}.",
        say.one("Stand", "As of"),
        report.day
    )));
    for procedure in &report.procedures {
        main = main.child(of_procedure(procedure, say));
    }
    main = main.child(registers(report, say));
    index::document(title, say.one("de", "en"), main).document()
}

fn of_procedure(procedure: &OfProcedure, say: Say) -> Element {
    let lands = procedure.lands.join(", ").to_uppercase();
    let mut facts = element("ul");
    let time = say.time(procedure);
    if !time.is_empty() {
        facts = facts.child(element("li").text(format!("{}: {time}", say.one("Gilt", "Holds"))));
    }
    facts = facts.child(element("li").text(format!("{}: {}", say.one("Heute", "Today"), say.load(procedure.today)))).child(
        element("li").text(format!(
            "{}: {}",
            say.one("Mit allen Registern", "With all registers"),
            say.load(procedure.everything)
        )),
    );
    let heads = [say.one("Angabe", "Datum"), say.one("Weg", "Road"), say.one("Nötig für", "Needed for")];
    let data = table(say.one("Angaben", "Data"), &heads, procedure.data.iter().map(|datum| of_datum(datum, say)));
    let heads = [say.one("Nachweis", "Evidence"), say.one("Weg", "Road"), say.one("Norm", "Norm")];
    let evidence = table(say.one("Nachweise", "Evidence"), &heads, procedure.evidence.iter().map(|one| of_evidence(one, say)));
    element("section")
        .child(element("h2").text(format!("{} ({lands})", say.words(&procedure.title))))
        .child(facts)
        .child(data)
        .child(evidence)
}

fn of_datum(datum: &OfDatum, say: Say) -> [String; 3] {
    let roads: Vec<&str> = datum.roads.iter().map(|road| say.words(&road.text)).collect();
    let mut why: Vec<&str> = datum.reasons.iter().map(|reason| say.words(reason)).collect();
    if !datum.norms.is_empty() {
        why.insert(0, &datum.norms);
    }
    [say.words(&datum.text).to_owned(), roads.join(say.one("; sonst: ", "; otherwise: ")), why.join("; ")]
}

fn of_evidence(evidence: &OfEvidence, say: Say) -> [String; 3] {
    let how = match (&evidence.register, &evidence.obstacle) {
        (Some(register), _) => format!("{} {register}", say.one("abrufbar aus", "can be fetched from")),
        (None, Some(obstacle)) => format!("{}: {}", say.one("einzureichen", "to be handed in"), say.words(obstacle)),
        (None, None) => say.one("einzureichen", "to be handed in").to_owned(),
    };
    [say.words(&evidence.text).to_owned(), how, evidence.norms.clone()]
}

fn registers(report: &Report, say: Say) -> Element {
    let section = element("section")
        .child(element("h2").text(say.one("Welcher Anschluss am meisten spart", "Which connection saves most")));
    if report.registers.is_empty() {
        let nothing = say.one("Kein weiterer Anschluss spart etwas.", "No further connection saves anything.");
        return section.child(element("p").text(nothing));
    }
    let heads = [say.one("Register", "Register"), say.one("Spart", "Saves"), say.one("Wo", "Where")];
    let rows = report.registers.iter().map(|register| {
        let scope = format!("{} {}, {} {}", register.procedures, say.one("Verfahren", "procedures"), register.lands, "Länder");
        [say.words(&register.text).to_owned(), say.load(register.saves), scope]
    });
    section.child(table(say.one("Register", "Registers"), &heads, rows))
}

/// A table whose first column names the row.
fn table(caption: &'static str, heads: &[&'static str; 3], rows: impl Iterator<Item = [String; 3]>) -> Element {
    let head = heads.iter().fold(element("tr"), |row, head| row.child(element("th").attribute("scope", "col").text(*head)));
    let body = rows.fold(element("tbody"), |body, [first, second, third]| {
        let row = element("tr")
            .child(element("th").attribute("scope", "row").text(first))
            .child(element("td").text(second))
            .child(element("td").text(third));
        body.child(row)
    });
    let table = element("table").child(element("caption").text(caption)).child(element("thead").child(head)).child(body);
    element("div")
        .attribute("class", "weit")
        .attribute("tabindex", "0")
        .attribute("role", "region")
        .attribute("aria-label", caption)
        .child(table)
}
