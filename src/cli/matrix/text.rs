//! The matrix for people, as text.

use std::fmt::Write as _;

use crate::both;
use crate::diagnostic::Language;

use super::gather::{By, Clause, Matrix, OfProcedure};

/// All procedures, one after the other.
pub fn report(matrix: &Matrix, language: Language) -> String {
    let mut out = String::new();
    for procedure in &matrix.procedures {
        if !out.is_empty() {
            out.push('\n');
        }
        one(procedure, language, &mut out);
    }
    out
}

fn one(procedure: &OfProcedure, language: Language, out: &mut String) {
    let say = |german: &'static str, english: &'static str| if language == Language::De { german } else { english };
    let title = if language == Language::De { &procedure.title.de } else { &procedure.title.en };
    let frame = if procedure.frame { say(", Rahmen", ", frame") } else { "" };
    // INVARIANT: writing to a String never fails.
    let _ = writeln!(out, "{} ({title}{frame})", procedure.name);
    let _ = writeln!(out, "  {}", say("Gleiches Recht haben:", "The same law holds in:"));
    for group in &procedure.groups {
        let lands = group.lands.join(" ");
        let how = match (group.changes, procedure.frame) {
            (0, false) => both!("wie das Grundverfahren", "as the base"),
            (0, true) => both!("wie der Rahmen", "as the frame"),
            (1, _) => both!("eine Abweichung", "one change"),
            (more, _) => both!("{more} Abweichungen", "{more} changes"),
        };
        let _ = writeln!(out, "    {lands}: {}", how.get(language));
    }
    if !procedure.not_offered.is_empty() {
        let _ = writeln!(out, "    {}: {}", procedure.not_offered.join(" "), say("nicht angeboten", "not offered"));
    }
    for row in &procedure.changes {
        let _ = writeln!(out, "\n  {} ({} {})", row.what, say("zu", "on"), row.applied);
        let width = row.by.iter().map(|by| who(by).chars().count()).max().unwrap_or_default();
        for by in &row.by {
            let mut details = vec![by.norms.clone(), by.written.clone()];
            details.extend(by.rows.map(|rows| match rows {
                1 => say("in Teilen: eine Zeile", "in part: one row").to_owned(),
                more => format!("{} {more} {}", say("in Teilen:", "in part:"), say("Zeilen", "rows")),
            }));
            details.extend(by.clause.as_ref().map(|clause| format!("{} {clause}", say("erlaubt durch", "allowed by"))));
            details.retain(|detail| !detail.is_empty());
            let _ = writeln!(out, "    {:width$}  {}", who(by), details.join("; "));
        }
    }
    let unused: Vec<&Clause> = procedure.clauses.iter().filter(|clause| clause.is_unused()).collect();
    if !unused.is_empty() {
        let _ = writeln!(out, "\n  {}", say("Klauseln, die niemand nutzt:", "Clauses that nobody uses:"));
        for clause in unused {
            let details = [clause.norms.as_str(), clause.place.as_str()];
            let details: Vec<&str> = details.into_iter().filter(|detail| !detail.is_empty()).collect();
            let _ = writeln!(out, "    {} ({})", clause.what, details.join("; "));
        }
    }
}

/// A Land, or a municipality of it.
pub fn who(by: &By) -> String {
    match &by.municipality {
        Some(municipality) => format!("{} {municipality}", by.land),
        None => by.land.clone(),
    }
}
