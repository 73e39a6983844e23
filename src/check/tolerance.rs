//! What the designer tolerates, until a day, for a reason (`dulde`).

use crate::both;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Severity, suggest};
use crate::model::Procedure;

use super::Context;

/// Rules that nobody can tolerate: what breaks them has no meaning to build from.
const NEVER_TOLERATED: &[&str] = &["cyclic-definition", "parameter-gap", "case-fails", "tolerates-nothing"];

/// Drops the findings that are tolerated today, and reports a `dulde` that silences nothing.
pub(super) fn silence(procedure: &Procedure, context: &Context<'_>, out: &mut Diagnostics) {
    let day = context.day;
    for (slug, until, _reason, span) in &procedure.tolerated {
        let slug = slug.as_ref();
        if !super::CODES.iter().any(|code| code.slug == slug) || NEVER_TOLERATED.contains(&slug) {
            let known = super::CODES.iter().map(|code| code.slug).filter(|slug| !NEVER_TOLERATED.contains(slug));
            let mut diagnostic = Diagnostic::new(
                &TOLERATES_NOTHING,
                *span,
                both!("„{slug}“ kann man nicht dulden.", "“{slug}” can't be tolerated."),
            );
            if let Some(near) = suggest::nearest(slug, known) {
                diagnostic = diagnostic.help(both!("Meinten Sie „{near}“?", "Did you mean “{near}”?"));
            }
            out.push(diagnostic);
            continue;
        }
        if *until < day {
            out.push(
                Diagnostic::new(
                    &TOLERATES_NOTHING,
                    *span,
                    both!("Geduldet war „{slug}“ nur bis {until}.", "“{slug}” was tolerated only until {until}."),
                )
                .help(both!(
                    "Beheben Sie die Ursache und streichen Sie die Zeile, oder begründen Sie eine neue Frist.",
                    "Mend the cause and drop the line, or give reasons for a new date."
                )),
            );
            continue;
        }
        let before = out.len();
        out.retain_mut(|found| found.code.slug != slug);
        // A Land's change may have settled what the base tolerates; only the base itself is judged.
        if out.len() == before && procedure.changes.is_empty() {
            out.push(
                Diagnostic::new(
                    &TOLERATES_NOTHING,
                    *span,
                    both!(
                        "Hier gibt es nichts zu dulden: „{slug}“ tritt nicht auf.",
                        "There is nothing to tolerate: “{slug}” does not occur."
                    ),
                )
                .help(both!("Streichen Sie die Zeile.", "Drop the line.")),
            );
        }
    }
}

/// A `dulde` that silences nothing.
pub static TOLERATES_NOTHING: Code = Code {
    slug: "tolerates-nothing",
    severity: Severity::Error,
    title_de: "Duldung ohne Gegenstand",
    title_en: "Tolerance of nothing",
    norm: None,
    explain_de: "„dulde“ stellt eine Meldung bis zu einem Tag still und sagt, warum. Hier ist nichts (mehr) stillzustellen: die Meldung tritt \
        nicht auf, ihr Name ist falsch, der Tag ist vorbei, oder sie lässt sich nicht dulden. Streichen Sie die Zeile, damit sie nicht später \
        einen neuen Fehler verdeckt.",
    explain_en: "“dulde” silences a finding until a day and says why. Here nothing is (any longer) to be silenced: the finding does not \
        occur, its name is wrong, the day is past, or it can't be tolerated. Drop the line, lest it hide a new error later.",
    example: "modul beispiel\n\ngesetz PflSchG \"Pflanzenschutzgesetz\" ebene Bund\n\nverfahren Antrag \"Antrag stellen\" nach § 1 PflSchG {\n  \
        leistung 99000000000000\n  verfahrensrecht Bundesrecht\n  dulde unused-datum bis 2099-12-31 weil \"Wird noch gebraucht.\"\n}\n",
};
