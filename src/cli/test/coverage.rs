//! What the cases show, Land by Land, and the places of what none of them shows.

use std::fmt::Write;

use crate::both;
use crate::compiler::Compilation;
use crate::diagnostic::Bilingual;
use crate::diagnostic::render::{Style, harmless, place};
use crate::model::{LandId, Procedure};
use crate::rules::Standing;
use crate::rules::coverage::{Aspect, Coverage, Point, count};
use crate::source::{Sources, Span};

use super::text::bold;
use super::trial::{InLand, Tried};

/// How much of a text is quoted.
const LONGEST_QUOTE: usize = 90;

/// The four kinds of what a case can show, as columns.
pub fn kinds() -> [Bilingual; 4] {
    [
        both!("Zeilen", "Rows"),
        both!("Bedingungen", "Conditions"),
        both!("Voraussetzungen", "Preconditions"),
        both!("Ausgänge", "Outcomes"),
    ]
}

/// Whether the cases show everything, as far as that was asked.
pub fn is_whole(procedure: &Tried<'_>) -> bool {
    let coverages = procedure.lands.iter().filter_map(|land| land.coverage.as_ref());
    coverages.flat_map(Coverage::kinds).flatten().all(|point| !point.is_missing())
}

/// Länder whose cases show the same.
pub struct Group<'t> {
    /// The Länder.
    pub lands: Vec<LandId>,
    /// What is shown in each of them.
    pub coverage: &'t Coverage,
    /// The procedure of the first of them.
    pub procedure: &'t Procedure,
}

/// The Länder of a procedure by what its cases show there.
pub fn groups<'t>(procedure: &'t Tried<'_>) -> Vec<Group<'t>> {
    let mut groups: Vec<Group<'t>> = Vec::new();
    for InLand { land, service, coverage, .. } in &procedure.lands {
        let Some(coverage) = coverage else { continue };
        match groups.iter_mut().find(|group| same(group.coverage, coverage)) {
            Some(group) => group.lands.push(*land),
            None => groups.push(Group { lands: vec![*land], coverage, procedure: service.checked.procedure() }),
        }
    }
    groups
}

fn same(left: &Coverage, right: &Coverage) -> bool {
    let facts = |coverage: &Coverage| -> Vec<(Span, Aspect, bool, bool)> {
        let points = coverage.kinds().into_iter().flatten();
        points.map(|point| (point.span, point.what.clone(), point.possible, point.shown_by.is_empty())).collect()
    };
    facts(left) == facts(right)
}

/// Something that no case shows in some Länder.
pub struct Gap<'t> {
    /// What.
    pub point: &'t Point,
    /// In words.
    pub words: Bilingual,
    /// In which Länder.
    pub lands: Vec<LandId>,
}

/// What no case shows, by place.
pub fn gaps<'t>(groups: &[Group<'t>], sources: &Sources) -> Vec<Gap<'t>> {
    let mut gaps: Vec<Gap<'t>> = Vec::new();
    for group in groups {
        for point in group.coverage.kinds().into_iter().flatten().filter(|point| point.is_missing()) {
            let words = words(point, group.procedure, sources);
            match gaps.iter_mut().find(|gap| gap.point.span == point.span && gap.words == words) {
                Some(gap) => gap.lands.extend(&group.lands),
                None => gaps.push(Gap { point, words, lands: group.lands.clone() }),
            }
        }
    }
    gaps.sort_by(|a, b| (a.point.span, &a.words).cmp(&(b.point.span, &b.words)));
    gaps
}

fn words(point: &Point, procedure: &Procedure, sources: &Sources) -> Bilingual {
    let text = quote(sources, point.span);
    match &point.what {
        Aspect::Row(table, _) => {
            let name = procedure.decisions.get(*table).map(|table| table.name.to_string()).unwrap_or_default();
            both!("Tabelle {name}, nie diese Zeile: {text}", "table {name}, never this row: {text}")
        }
        Aspect::Condition(true) => both!("nie ja: {text}", "never yes: {text}"),
        Aspect::Condition(false) => both!("nie nein: {text}", "never no: {text}"),
        Aspect::Precondition(id, standing) => {
            let name = procedure.preconditions.get(*id).map(|precondition| precondition.name.to_string()).unwrap_or_default();
            let (de, en) = match standing {
                Standing::Fulfilled => ("erfüllt", "fulfilled"),
                Standing::Failed => ("nicht erfüllt", "failed"),
                Standing::Open => ("offen", "open"),
                Standing::NotApplicable => ("nicht anwendbar", "not applicable"),
            };
            both!("Voraussetzung {name}, nie {de}", "precondition {name}, never {en}")
        }
        Aspect::Notice(id) => {
            let name = procedure.notices.get(*id).map(|notice| notice.name.to_string()).unwrap_or_default();
            both!("nie der Bescheid {name}", "never the notice {name}")
        }
        Aspect::Lapse(state) => both!("nie, weil eine Frist verstreicht: {state}", "never because a deadline passes: {state}"),
    }
}

/// The text of a place in one line, shortened in the middle.
pub fn quote(sources: &Sources, span: Span) -> String {
    let text = sources.get(span.file).and_then(|file| file.text.get(span.start as usize..span.end as usize));
    shorten(&text.unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" "))
}

/// A line without its middle, if it is long.
pub fn shorten(line: &str) -> String {
    let letters: Vec<char> = line.chars().collect();
    if letters.len() <= LONGEST_QUOTE {
        return harmless(line);
    }
    let half = (LONGEST_QUOTE - 3) / 2;
    let (start, end) = (letters.iter().take(half), letters.iter().skip(letters.len() - half));
    harmless(&start.copied().chain(" … ".chars()).chain(end.copied()).collect::<String>())
}

/// The table and the list for a person; empty if nobody asked.
pub fn text(compilation: &Compilation, procedure: &Tried<'_>, style: &Style) -> String {
    let groups = groups(procedure);
    if groups.is_empty() {
        return String::new();
    }
    let key = |land: &LandId| compilation.model.library.lands.get(*land).map(|land| land.key.to_string()).unwrap_or_default();
    let names = |lands: &[LandId]| match lands {
        [only] => compilation.model.library.lands.get(*only).map(|land| land.short.to_string()).unwrap_or_default(),
        _ if lands.len() == procedure.lands.len() => both!("alle Länder", "all Länder").get(style.language).to_owned(),
        _ if lands.len() * 2 > procedure.lands.len() => {
            let others = procedure.lands.iter().map(|land| land.land).filter(|land| !lands.contains(land));
            let others = others.map(|land| key(&land)).collect::<Vec<_>>().join(", ");
            both!("alle außer {others}", "all but {others}").get(style.language).to_owned()
        }
        _ => lands.iter().map(key).collect::<Vec<_>>().join(" "),
    };
    let heading = both!("Abdeckung", "Coverage");
    let width = groups.iter().map(|group| names(&group.lands).chars().count()).chain([heading.get(style.language).len()]).max();
    let width = width.unwrap_or_default();
    let mut out = String::new();
    let mut line = format!("  {:width$}", heading.get(style.language));
    for kind in kinds() {
        let _ = write!(line, "  {:>15}", kind.get(style.language));
    }
    // INVARIANT: writing to a String never fails.
    let _ = writeln!(out, "{}", bold(&line, style));
    for group in &groups {
        let _ = write!(out, "  {:width$}", names(&group.lands));
        for points in group.coverage.kinds() {
            let (shown, all) = count(points);
            let share = if all == 0 { "–".to_owned() } else { format!("{shown}/{all}") };
            let _ = write!(out, "  {share:>15}");
        }
        out.push('\n');
    }
    out.push('\n');
    let gaps = gaps(&groups, &compilation.sources);
    if gaps.is_empty() {
        let sentence =
            both!("  Die Fälle zeigen alles, was eintreten kann.\n\n", "  The cases show everything that can come about.\n\n");
        out.push_str(sentence.get(style.language));
        return out;
    }
    let count = gaps.len();
    let heading = both!("  Kein Fall zeigt ({count}):", "  No case shows ({count}):");
    let _ = writeln!(out, "{}", bold(heading.get(style.language), style));
    let mut path_before = String::new();
    for gap in gaps {
        let Some((path, line, column)) = place(gap.point.span, &compilation.sources, style) else { continue };
        if path != path_before {
            let _ = writeln!(out, "  {path}");
            path_before = path;
        }
        let only = if gap.lands.len() == procedure.lands.len() { String::new() } else { format!(" ({})", names(&gap.lands)) };
        let _ = writeln!(out, "    {:>8}  {}{only}", format!("{line}:{column}"), gap.words.get(style.language));
    }
    out.push('\n');
    out
}
