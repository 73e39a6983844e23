//! The matrix and the comparison as pages, in the look of the catalogue.

use crate::diagnostic::Language;
use crate::formats::html::{Element, element};
use crate::targets::index;

use super::super::writer::ledger::Words;
use super::base::Difference;
use super::comparison::{Compared, Comparison, Effect, Problem};
use super::effects;
use super::gather::{Clause, Matrix, OfProcedure, Row};
use super::text::who;

/// A page with one section for each procedure.
pub fn matrix(matrix: &Matrix, language: Language) -> String {
    let say = Say(language);
    let mut main = element("main")
        .child(element("h1").text(say.one("Abweichungen der Länder", "What Länder do differently")))
        .child(element("p").text(format!("{} {}.", say.one("Stand", "As of"), matrix.day)));
    for procedure in &matrix.procedures {
        main = main.child(of_procedure(procedure, say));
    }
    index::document(say.one("Abweichungen der Länder", "What Länder do differently"), say.tag(), main).document()
}

/// A page on what a new version does.
pub fn comparison(comparison: &Comparison, language: Language) -> String {
    let say = Say(language);
    let title = say.one("Wirkung auf die Länder", "Effect on the Länder");
    let mut main = element("main").child(element("h1").text(title)).child(element("p").text(format!(
        "{} {}, {} {}.",
        say.one("Gegenüber", "Against"),
        comparison.against,
        say.one("Stichtag", "day"),
        comparison.day
    )));
    if !comparison.shared.is_empty() {
        let section = element("section").child(element("h2").text(say.one("Gemeinsame Angaben", "Shared declarations")));
        main = main.child(section.child(differences(&comparison.shared, say)));
    }
    for procedure in &comparison.procedures {
        main = main.child(compared(procedure, say));
    }
    if comparison.procedures.is_empty() {
        main = main.child(element("p").text(say.one("Für kein Land ändert sich etwas.", "Nothing changes for any Land.")));
    }
    index::document(title, say.tag(), main).document()
}

/// The language of a page.
#[derive(Clone, Copy)]
struct Say(Language);

impl Say {
    fn one(self, german: &'static str, english: &'static str) -> &'static str {
        if self.0 == Language::De { german } else { english }
    }

    fn words(self, words: &Words) -> &str {
        if self.0 == Language::De { &words.de } else { &words.en }
    }

    fn tag(self) -> &'static str {
        self.one("de", "en")
    }
}

fn of_procedure(procedure: &OfProcedure, say: Say) -> Element {
    let mut section = element("section").child(element("h2").text(say.words(&procedure.title)));
    if procedure.frame {
        section =
            section.child(element("p").text(say.one("Ein Rahmen: reines Landesrecht.", "A frame: pure law of the Länder.")));
    }
    let mut groups = element("ul");
    for group in &procedure.groups {
        let changes = match group.changes {
            0 => say.one("wie im Grundverfahren", "as in the base").to_owned(),
            1 => say.one("eine Abweichung", "one change").to_owned(),
            more => format!("{more} {}", say.one("Abweichungen", "changes")),
        };
        groups = groups.child(element("li").text(format!("{}: {changes}", group.lands.join(", "))));
    }
    if !procedure.not_offered.is_empty() {
        let text = format!("{}: {}", procedure.not_offered.join(", "), say.one("nicht angeboten", "not offered"));
        groups = groups.child(element("li").text(text));
    }
    section = section.child(element("h3").text(say.one("Gleiches Recht", "The same law"))).child(groups);
    if !procedure.changes.is_empty() {
        section = section.child(changes(&procedure.changes, say));
    }
    if !procedure.clauses.is_empty() {
        section = section.child(clauses(&procedure.clauses, say));
    }
    section
}

fn head(columns: &[&'static str]) -> Element {
    let row = columns.iter().fold(element("tr"), |row, column| row.child(element("th").attribute("scope", "col").text(*column)));
    element("thead").child(row)
}

/// A table that scrolls by itself where it is wider than the page.
fn table(caption: &'static str, columns: &[&'static str], body: Element) -> Element {
    let table = element("table").child(element("caption").text(caption)).child(head(columns)).child(body);
    element("section").attribute("class", "weit").attribute("tabindex", "0").attribute("aria-label", caption).child(table)
}

fn code(text: &str) -> Element {
    element("td").child(element("code").text(text))
}

fn changes(rows: &[Row], say: Say) -> Element {
    let mut body = element("tbody");
    for row in rows {
        for by in &row.by {
            let what = element("th").attribute("scope", "row").child(element("code").text(&row.what));
            let what = match by.rows {
                Some(rows) => what.text(format!(" ({} {rows})", say.one("Zeilen:", "rows:"))),
                None => what,
            };
            body = body.child(
                element("tr")
                    .child(what)
                    .child(element("td").text(who(by)))
                    .child(element("td").text(&by.norms))
                    .child(code(&by.written))
                    .child(code(&row.applied))
                    .child(code(by.clause.as_deref().unwrap_or("–"))),
            );
        }
    }
    let columns = [
        say.one("Was", "What"),
        say.one("Wer", "Who"),
        say.one("Nach", "Under"),
        say.one("Geschrieben", "Written"),
        say.one("Grundverfahren", "Base"),
        say.one("Erlaubt durch", "Allowed by"),
    ];
    table(say.one("Abweichungen", "Changes"), &columns, body)
}

fn clauses(clauses: &[Clause], say: Say) -> Element {
    let mut body = element("tbody");
    for clause in clauses {
        let used = match (clause.is_unused(), clause.leave) {
            (true, _) => say.one("niemand", "nobody").to_owned(),
            (_, "geschlossen") => "–".to_owned(),
            _ => clause.used.join(", "),
        };
        body = body.child(
            element("tr")
                .child(element("th").attribute("scope", "row").child(element("code").text(&clause.what)))
                .child(element("td").text(&clause.norms))
                .child(code(&clause.place))
                .child(element("td").text(used)),
        );
    }
    let columns =
        [say.one("Klausel", "Clause"), say.one("Nach", "Under"), say.one("Ort", "Place"), say.one("Genutzt von", "Used by")];
    table(say.one("Was Länder und Gemeinden dürfen", "What Länder and municipalities may do"), &columns, body)
}

fn differences(all: &[Difference], say: Say) -> Element {
    all.iter().fold(element("ul"), |list, difference| {
        let place = difference.now.as_ref().or(difference.before.as_ref()).map_or("", String::as_str);
        let kind = effects::kind(difference.kind).get(say.0).to_owned();
        let item = element("li").text(format!("{kind}: ")).child(element("code").text(&difference.what));
        list.child(item.text(format!(" ({place})")))
    })
}

fn compared(procedure: &Compared, say: Say) -> Element {
    let mut section = element("section")
        .child(element("h2").text(say.words(&procedure.title)))
        .child(element("h3").text(say.one("Im Grundverfahren", "In the base")));
    section = if procedure.base.is_empty() {
        section.child(element("p").text(say.one("Nichts ist anders.", "Nothing is different.")))
    } else {
        section.child(differences(&procedure.base, say))
    };
    for (places, effect) in effects::alike(&procedure.effects) {
        section = section.child(element("h3").text(places.join(", "))).child(element("p").text(effects::summary(effect, say.0)));
        section = section.child(details(effect, say));
    }
    section
}

fn details(effect: &Effect, say: Say) -> Element {
    let mut list = element("ul");
    for own in &effect.overrides {
        let part = if own.in_part { say.one(" (in Teilen)", " (in part)") } else { "" };
        let item =
            element("li").text(format!("{} ", say.one("überschreibt", "overrides"))).child(element("code").text(&own.what));
        list = list.child(item.text(format!("{part} ({})", own.written)));
    }
    let problem = |word: &'static str, problem: &Problem| {
        let item = element("li").child(element("strong").text(word));
        item.text(format!(" {} ({})", say.words(&problem.what), problem.place))
    };
    for broken in &effect.broken {
        list = list.child(problem(say.one("Variante scheitert:", "Variant fails:"), broken));
    }
    for failing in &effect.failing {
        list = list.child(problem(say.one("Fall scheitert:", "Case fails:"), failing));
    }
    let outputs = &effect.outputs;
    for (word, paths) in [
        (say.one("ändert sich", "changes"), &outputs.changed),
        (say.one("neu", "new"), &outputs.added),
        (say.one("entfällt", "goes"), &outputs.removed),
    ] {
        for path in paths {
            list = list.child(element("li").text(format!("{word}: ")).child(element("code").text(path)));
        }
    }
    list
}
