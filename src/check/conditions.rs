//! A condition that is always the same decides nothing.

use crate::both;
use crate::diagnostic::{Bilingual, Code, Diagnostic, Diagnostics, Severity};
use crate::model::expression::{Expression, ExpressionKind};
use crate::model::norm::{Norm, cite};
use crate::model::procedure::PageEntry;
use crate::rules::satisfy::{Demand, Space};
use crate::rules::value::Value;
use crate::source::Span;

use super::subject::Subject;

/// Preconditions, and the conditions of what is shown or demanded, can be true and can be otherwise.
pub(super) fn every_condition_decides_something(subject: &Subject<'_>, out: &mut Diagnostics) {
    let procedure = subject.procedure;
    for precondition in procedure.preconditions.values() {
        let name = &precondition.name;
        match verdict(subject, &precondition.condition) {
            Verdict::Never => out.push(
                Diagnostic::new(
                    &NEVER_TRUE,
                    precondition.condition.span,
                    both!("Die Voraussetzung „{name}“ ist nie erfüllt.", "The precondition “{name}” is never met."),
                )
                .norm(cite(&precondition.norms))
                .help(both!(
                    "Niemand bekäme je eine Bewilligung. Prüfen Sie, welche Teile einander ausschließen.",
                    "Nobody would ever be granted anything. Check which parts exclude one another."
                )),
            ),
            Verdict::Always => out.push(
                Diagnostic::new(
                    &ALWAYS_TRUE,
                    precondition.condition.span,
                    both!("Die Voraussetzung „{name}“ ist immer erfüllt.", "The precondition “{name}” is always met."),
                )
                .norm(cite(&precondition.norms))
                .help(both!(
                    "Sie schließt niemanden aus: streichen oder berichtigen.",
                    "It excludes nobody: drop or correct it."
                )),
            ),
            Verdict::Depends => {}
        }
    }
    let mut told: Vec<Span> = Vec::new();
    let mut shown = |what: Bilingual, condition: &Option<Expression>, norms: &[Norm], visible: bool| {
        let Some(condition) = condition else { return };
        if told.contains(&condition.span) {
            return;
        }
        let (de, en) = (what.de, what.en);
        let found = match verdict(subject, condition) {
            Verdict::Never if visible => {
                Diagnostic::new(&NEVER_VISIBLE, condition.span, both!("{de} erscheint nie.", "{en} never appears."))
                    .help(both!("Ihre Bedingung kann nie wahr sein.", "Its condition can never be true."))
            }
            Verdict::Never => Diagnostic::new(
                &NEVER_TRUE,
                condition.span,
                both!("{de}: Diese Bedingung ist nie erfüllt.", "{en}: this condition is never true."),
            ),
            Verdict::Always => Diagnostic::new(
                &ALWAYS_TRUE,
                condition.span,
                both!("{de}: Diese Bedingung ist immer erfüllt.", "{en}: this condition is always true."),
            )
            .help(both!("Streichen Sie die Bedingung.", "Drop the condition.")),
            Verdict::Depends => return,
        };
        told.push(condition.span);
        out.push(if norms.is_empty() { found } else { found.norm(cite(norms)) });
    };
    for page in procedure.pages.values() {
        let name = &page.name;
        shown(both!("Die Seite „{name}“", "The page “{name}”"), &page.condition, &[], true);
        for entry in &page.entries {
            if let PageEntry::Hint(_, condition) = entry {
                shown(both!("Der Hinweis", "The hint"), condition, &[], true);
            }
        }
    }
    for participant in procedure.participants.values() {
        let name = &participant.name;
        shown(both!("„{name}“", "“{name}”"), &participant.condition, &[], true);
    }
    for datum in procedure.data.values() {
        let name = &datum.name;
        shown(both!("Die Frage „{name}“", "The question “{name}”"), &datum.condition, &datum.norms, true);
    }
    for declaration in &procedure.declarations {
        let name = &declaration.name;
        shown(both!("Die Erklärung „{name}“", "The declaration “{name}”"), &declaration.condition, &declaration.norms, true);
    }
    for need in &procedure.evidence {
        let kinds = need.alternatives.ways.iter().flatten().filter_map(|id| subject.library.evidence.get(*id));
        let names = kinds.map(|kind| kind.name.as_ref()).collect::<Vec<_>>().join(", ");
        shown(both!("Der Nachweis {names}", "The evidence {names}"), &need.condition, &need.norms, false);
    }
    for deadline in procedure.deadlines.values() {
        let name = &deadline.name;
        shown(both!("Die Frist „{name}“", "The deadline “{name}”"), &deadline.condition, &deadline.norms, false);
    }
}

/// What a condition can come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// Proved to be never true.
    Never,
    /// Proved to be always true.
    Always,
    /// Either, as far as is known.
    Depends,
}

/// What a condition can come to by itself.
pub(super) fn verdict(subject: &Subject<'_>, condition: &Expression) -> Verdict {
    within(subject, condition, &[])
}

/// What a condition can come to where others hold (or don't).
pub(super) fn within(subject: &Subject<'_>, condition: &Expression, known: &[(&Expression, bool)]) -> Verdict {
    // A bare question with two answers needs no search.
    if let (ExpressionKind::Datum(id), true) = (&condition.kind, known.is_empty())
        && subject.procedure.data.get(*id).is_some_and(|datum| datum.condition.is_none())
    {
        return Verdict::Depends;
    }
    let about = known.iter().map(|(expression, _)| *expression).chain([condition]);
    let space = Space::new(subject.library, subject.procedure, subject.context.day, about);
    let mut demands: Vec<Demand<'_>> = known
        .iter()
        .map(|(expression, truth)| if *truth { Demand::True(expression) } else { Demand::False(expression) })
        .collect();
    demands.push(Demand::True(condition));
    if space.possible(&demands).is_none() {
        return Verdict::Never;
    }
    demands.pop();
    demands.push(Demand::OneOf(condition, vec![Value::Truth(false), Value::Missing]));
    if space.possible(&demands).is_none() { Verdict::Always } else { Verdict::Depends }
}

/// A condition that can't be met.
pub static NEVER_TRUE: Code = Code {
    slug: "never-true",
    severity: Severity::Error,
    title_de: "Unerfüllbare Bedingung",
    title_en: "Condition that can't be met",
    norm: None,
    explain_de: "Eine Voraussetzung oder Bedingung kann bei keiner Antwort wahr werden, weil ihre Teile einander ausschließen. Eine solche \
        Voraussetzung lehnt jeden Antrag ab. Prüfen Sie „und“ und „oder“ und die Grenzen.",
    explain_en: "A precondition or condition can become true by no answer, because its parts exclude one another. Such a precondition \
        refuses every application. Check “und” and “oder” and the bounds.",
    example: "modul beispiel\n\ngesetz PflSchG \"Pflanzenschutzgesetz\" ebene Bund\n\nverfahren Antrag \"Antrag stellen\" nach § 1 PflSchG {\n  \
        leistung 99000000000000\n  verfahrensrecht Bundesrecht\n  seite angaben \"Angaben\" {\n    \
        feld hektar \"Wie viele Hektar?\": Ganzzahl von 0 bis 1000\n  }\n  voraussetzung größe: hektar < 5 und hektar > 10\n    \
        sonst \"Die Fläche passt nicht.\" nach § 1 PflSchG\n}\n",
};

/// A condition that is always met.
pub static ALWAYS_TRUE: Code = Code {
    slug: "always-true",
    severity: Severity::Warning,
    title_de: "Bedingung ohne Wirkung",
    title_en: "Condition without effect",
    norm: None,
    explain_de: "Eine Voraussetzung oder Bedingung ist bei jeder Antwort wahr; sie entscheidet nichts. Oft ist ein „oder“ gemeint, wo „und“ \
        stehen müsste. Streichen oder berichtigen Sie sie.",
    explain_en: "A precondition or condition is true whatever is answered; it decides nothing. Often “oder” stands where “und” was meant. \
        Drop or correct it.",
    example: "modul beispiel\n\ngesetz PflSchG \"Pflanzenschutzgesetz\" ebene Bund\n\nverfahren Antrag \"Antrag stellen\" nach § 1 PflSchG {\n  \
        leistung 99000000000000\n  verfahrensrecht Bundesrecht\n  seite angaben \"Angaben\" {\n    \
        feld hektar \"Wie viele Hektar?\": Ganzzahl von 0 bis 1000\n  }\n  voraussetzung größe: hektar < 10 oder hektar > 5\n    \
        sonst \"Die Fläche passt nicht.\" nach § 1 PflSchG\n}\n",
};

/// A question, page or hint that nobody ever sees.
pub static NEVER_VISIBLE: Code = Code {
    slug: "never-visible",
    severity: Severity::Error,
    title_de: "Nie sichtbar",
    title_en: "Never visible",
    norm: None,
    explain_de: "Eine Frage, Seite oder Erklärung hängt von einer Bedingung ab, die bei keiner Antwort wahr wird. Niemand sieht sie je, und \
        was von ihr abhängt, bleibt offen.",
    explain_en: "A question, page or declaration depends on a condition that becomes true by no answer. Nobody ever sees it, and what \
        rests on it stays open.",
    example: "modul beispiel\n\ngesetz PflSchG \"Pflanzenschutzgesetz\" ebene Bund\n\nverfahren Antrag \"Antrag stellen\" nach § 1 PflSchG {\n  \
        leistung 99000000000000\n  verfahrensrecht Bundesrecht\n  seite angaben \"Angaben\" {\n    \
        feld hektar \"Wie viele Hektar?\": Ganzzahl von 0 bis 1000\n    \
        feld grund \"Warum so wenig?\": Text wenn hektar < 1 und hektar > 1 nach § 1 PflSchG\n  }\n}\n",
};
