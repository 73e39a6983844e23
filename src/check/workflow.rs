//! Every way through the procedure ends in a decision that one can contest.

use crate::both;
use crate::diagnostic::{Bilingual, Code, Diagnostic, Diagnostics, Severity};
use crate::model::expression::Expression;
use crate::model::norm::{Norm, cite};
use crate::model::procedure::{Consequence, DeadlineKind, Regime};
use crate::model::workflow::{Step, StepKind};
use crate::source::Span;

use super::conditions::{Verdict, within};
use super::subject::Subject;

/// Each path issues a notice.
pub(super) fn every_path_ends_in_a_notice(subject: &Subject<'_>, out: &mut Diagnostics) {
    let procedure = subject.procedure;
    let Some(first) = procedure.workflow.first() else { return };
    if procedure.notices.is_empty() {
        let last = procedure.workflow.last().unwrap_or(first);
        let mut diagnostic = Diagnostic::new(
            &NO_OUTCOME,
            last.span,
            both!("Der Ablauf endet ohne Bescheid.", "The workflow ends without a notice."),
        )
        .help(both!("Ergänzen Sie „erlasse …“ und den Bescheid dazu.", "Add “erlasse …” and the notice to it."));
        diagnostic.severity = Severity::Warning;
        out.push(diagnostic);
        return;
    }
    if let Some(span) = path_without_notice(&procedure.workflow) {
        let span = span.unwrap_or_else(|| procedure.workflow.last().map_or(first.span, |last| last.span));
        out.push(
            Diagnostic::new(
                &NO_OUTCOME,
                span,
                both!("Auf diesem Weg endet der Ablauf ohne Bescheid.", "On this path the workflow ends without a notice."),
            )
            .help(both!(
                "Ergänzen Sie „erlasse …“ auf jedem Weg, auch für die Ablehnung (sonst).",
                "Add “erlasse …” on every path, also for the refusal (sonst)."
            )),
        );
    }
}

/// Where a path ends without a notice: `None` if none does, `Some(None)` if the steps have no branch that tells where.
fn path_without_notice(steps: &[Step]) -> Option<Option<Span>> {
    let mut place = None;
    for step in steps {
        match &step.kind {
            StepKind::Issue(_) => return None,
            StepKind::Branch { then, otherwise, .. } => {
                let open_then = path_without_notice(then);
                let open_otherwise = path_without_notice(otherwise);
                if open_then.is_none() && open_otherwise.is_none() {
                    return None;
                }
                if open_then.is_none() || open_otherwise.is_none() {
                    let ending = open_then.or(open_otherwise).flatten();
                    place = place.or(ending).or_else(|| {
                        let open = if path_without_notice(then).is_some() { then } else { otherwise };
                        open.last().map(|last| last.span).or(Some(step.span))
                    });
                }
            }
            StepKind::Parallel(branches)
                if branches.iter().any(|branch| path_without_notice(std::slice::from_ref(branch)).is_none()) =>
            {
                return None;
            }
            _ => {}
        }
    }
    Some(place)
}

/// No step stands behind a condition that is never true, and each notice is issued by some step.
pub(super) fn every_step_can_be_reached(subject: &Subject<'_>, out: &mut Diagnostics) {
    let mut known: Vec<(&Expression, bool)> = Vec::new();
    reachable(subject, &subject.procedure.workflow, &mut known, out);
    if subject.procedure.workflow.is_empty() {
        return;
    }
    let mut issued = Vec::new();
    subject.steps(&mut |step| {
        if let StepKind::Issue(notice) = step.kind {
            issued.push(notice);
        }
    });
    for (id, notice) in subject.procedure.notices.iter() {
        if !issued.contains(&id) {
            let name = &notice.name;
            out.push(
                Diagnostic::new(
                    &UNREACHABLE_STEP,
                    notice.span,
                    both!("Kein Schritt erlässt den Bescheid „{name}“.", "No step issues the notice “{name}”."),
                )
                .help(both!(
                    "Ergänzen Sie im Ablauf „erlasse {name}“, oder streichen Sie den Bescheid.",
                    "Add “erlasse {name}” to the workflow, or drop the notice."
                )),
            );
        }
    }
}

fn reachable<'e>(subject: &Subject<'_>, steps: &'e [Step], known: &mut Vec<(&'e Expression, bool)>, out: &mut Diagnostics) {
    for step in steps {
        match &step.kind {
            StepKind::Branch { condition, then, otherwise } => {
                let dead = match within(subject, condition, known) {
                    Verdict::Never => then.first().map(|first| (first.span, both!("nie wahr", "never true"))),
                    Verdict::Always => otherwise.first().map(|first| (first.span, both!("immer wahr", "always true"))),
                    Verdict::Depends => None,
                };
                if let Some((span, why)) = dead {
                    let Bilingual { de, en } = why;
                    out.push(
                        Diagnostic::new(
                            &UNREACHABLE_STEP,
                            span,
                            both!("Dieser Schritt wird nie erreicht.", "This step is never reached."),
                        )
                        .label(condition.span, both!("diese Bedingung ist hier {de}", "this condition is {en} here"))
                        .help(both!(
                            "Berichtigen Sie die Bedingung, oder streichen Sie den Zweig.",
                            "Correct the condition, or drop the branch."
                        )),
                    );
                    continue;
                }
                for (branch, truth) in [(then, true), (otherwise, false)] {
                    known.push((condition, truth));
                    reachable(subject, branch, known, out);
                    known.pop();
                }
            }
            StepKind::Parallel(branches) => reachable(subject, branches, known, out),
            _ => {}
        }
    }
}

/// What is decided without a person rests on a norm, and leaves no discretion (§ 35a VwVfG, § 31a SGB X).
pub(super) fn automation_rests_on_a_norm(subject: &Subject<'_>, out: &mut Diagnostics) {
    subject.steps(&mut |step| {
        let StepKind::Decide { automatic, discretion: true, .. } = &step.kind else { return };
        if automatic.is_empty() {
            return;
        }
        let norm = if subject.procedure.regime == Some(Regime::Social) { "§ 31a SGB X" } else { "§ 35a VwVfG" };
        out.push(
            Diagnostic::new(
                &AUTOMATIC_WITHOUT_NORM,
                step.span,
                both!(
                    "Wo die Behörde Ermessen hat, darf nicht automatisch entschieden werden.",
                    "Where the authority has discretion, nothing may be decided automatically."
                ),
            )
            .norm(norm)
            .help(both!("Streichen Sie „automatisch“; ein Mensch entscheidet.", "Drop “automatisch”; a person decides.")),
        );
    });
}

/// Whoever sets a deadline says what follows when it passes.
pub(super) fn every_deadline_has_a_consequence(subject: &Subject<'_>, out: &mut Diagnostics) {
    let mut report = |span: Span, what: Bilingual, norms: &[Norm]| {
        let Bilingual { de, en } = what;
        let found = Diagnostic::new(
            &DEADLINE_WITHOUT_CONSEQUENCE,
            span,
            both!("{de} läuft ab, ohne dass etwas folgt.", "{en} passes without a consequence."),
        )
        .help(both!(
            "Sagen Sie, was dann gilt: danach versagen | danach gilt … | danach weiter",
            "Say what follows: danach versagen | danach gilt … | danach weiter"
        ));
        out.push(if norms.is_empty() { found } else { found.norm(cite(norms)) });
    };
    for deadline in subject.procedure.deadlines.values() {
        if deadline.consequence.is_none() && deadline.kind == DeadlineKind::Limit {
            let name = &deadline.name;
            report(deadline.span, both!("Die Frist „{name}“", "The deadline “{name}”"), &deadline.norms);
        }
    }
    let without = |within: &Option<(_, Option<Consequence>)>| matches!(within, Some((_, None)));
    subject.steps(&mut |step| match &step.kind {
        StepKind::CheckComplete { within, missing } => {
            if without(within) {
                report(step.span, both!("Die Frist für die Prüfung", "The deadline for the check"), &step.norms);
            }
            if let Some(request) = missing
                && request.consequence.is_none()
            {
                report(
                    request.span,
                    both!("Die Frist zum Nachreichen", "The deadline to hand in what is missing"),
                    &request.norms,
                );
            }
        }
        StepKind::Consult { within, body, .. } if without(within) => {
            report(step.span, both!("Die Frist für {body}", "The deadline for {body}"), &step.norms);
        }
        StepKind::Hear { within, who } if without(within) => {
            report(step.span, both!("Die Frist zur Anhörung ({who})", "The deadline for the hearing ({who})"), &step.norms);
        }
        _ => {}
    });
}

/// Each notice tells what one can do against it (§ 37 Abs. 6 VwVfG, § 36 SGB X).
pub(super) fn every_notice_names_a_remedy(subject: &Subject<'_>, out: &mut Diagnostics) {
    let procedure = subject.procedure;
    if procedure.remedy.as_ref().is_some_and(|remedy| !remedy.kinds.is_empty()) || procedure.frame {
        return;
    }
    for notice in procedure.notices.values().filter(|notice| notice.remedy.is_none()) {
        let name = &notice.name;
        let norm = if procedure.regime == Some(Regime::Social) { "§ 36 SGB X" } else { "§ 37 Abs. 6 VwVfG" };
        out.push(
            Diagnostic::new(
                &NOTICE_WITHOUT_REMEDY,
                notice.span,
                both!(
                    "Der Bescheid „{name}“ sagt nicht, was man gegen ihn tun kann.",
                    "The notice “{name}” does not say what one can do against it."
                ),
            )
            .norm(norm)
            .help(both!(
                "Nennen Sie im Verfahren oder im Bescheid: rechtsbehelf Widerspruch binnen 1 Monat nach …",
                "Name in the procedure or the notice: rechtsbehelf Widerspruch binnen 1 Monat nach …"
            )),
        );
    }
}

/// A step that is never reached.
pub static UNREACHABLE_STEP: Code = Code {
    slug: "unreachable-step",
    severity: Severity::Error,
    title_de: "Unerreichbarer Schritt",
    title_en: "Unreachable step",
    norm: None,
    explain_de: "Ein Schritt des Ablaufs steht hinter einer Bedingung, die dort nie wahr wird, oder kein Schritt erlässt einen Bescheid. Was \
        die Behörde tun soll, geschähe nie.",
    explain_en: "A step of the workflow stands behind a condition that never becomes true there, or no step issues a notice. What the \
        authority is to do would never happen.",
    example: "modul beispiel\n\ngesetz PflSchG \"Pflanzenschutzgesetz\" ebene Bund\n\nverfahren Antrag \"Antrag stellen\" nach § 1 PflSchG {\n  \
        leistung 99000000000000\n  verfahrensrecht Bundesrecht\n  rechtsbehelf Widerspruch binnen 1 Monat nach § 1 PflSchG\n  \
        seite angaben \"Angaben\" {\n    feld hektar \"Wie viele Hektar?\": Ganzzahl von 0 bis 1000\n  }\n  ablauf {\n    eingang\n    \
        wenn hektar > 10 {\n      wenn hektar < 5 {\n        \
        aufgabe ortstermin \"Ort besichtigen\" durch Sachbearbeitung\n      }\n    }\n    erlasse Erlaubnis\n  }\n  \
        bescheid Erlaubnis \"Erlaubnis\" nach § 1 PflSchG {\n    text \"Wir erlauben es.\"\n  }\n}\n",
};

/// A path that ends without a notice.
pub static NO_OUTCOME: Code = Code {
    slug: "no-outcome",
    severity: Severity::Error,
    title_de: "Ablauf ohne Ergebnis",
    title_en: "Workflow without an outcome",
    norm: Some("§ 9 VwVfG, § 8 SGB X"),
    explain_de: "Ein Verwaltungsverfahren zielt auf eine Entscheidung. Auf einem Weg durch den Ablauf wird kein Bescheid erlassen; wer den \
        Antrag gestellt hat, erführe nie, wie er ausgeht. Oft fehlt die Ablehnung.",
    explain_en: "An administrative procedure aims at a decision. On one path through the workflow no notice is issued; whoever applied \
        would never learn the outcome. Often the refusal is missing.",
    example: "modul beispiel\n\ngesetz PflSchG \"Pflanzenschutzgesetz\" ebene Bund\n\nverfahren Antrag \"Antrag stellen\" nach § 1 PflSchG {\n  \
        leistung 99000000000000\n  verfahrensrecht Bundesrecht\n  rechtsbehelf Widerspruch binnen 1 Monat nach § 1 PflSchG\n  \
        seite angaben \"Angaben\" {\n    feld hektar \"Wie viele Hektar?\": Ganzzahl von 0 bis 1000\n  }\n  ablauf {\n    eingang\n    \
        wenn hektar > 10 {\n      erlasse Erlaubnis\n    }\n  }\n  \
        bescheid Erlaubnis \"Erlaubnis\" nach § 1 PflSchG {\n    text \"Wir erlauben es.\"\n  }\n}\n",
};

/// Something is decided without a person though nothing allows it.
pub static AUTOMATIC_WITHOUT_NORM: Code = Code {
    slug: "automatic-without-norm",
    severity: Severity::Error,
    title_de: "Automatische Entscheidung ohne Grundlage",
    title_en: "Automatic decision without a basis",
    norm: Some("§ 35a VwVfG, § 31a SGB X"),
    explain_de: "Vollautomatisch darf nur entschieden werden, wo eine Vorschrift es zulässt und weder Ermessen noch ein \
        Beurteilungsspielraum besteht. Streichen Sie „automatisch“ oder das Ermessen.",
    explain_en: "Nothing may be decided fully automatically except where a provision allows it and there is neither discretion nor a \
        margin of judgement. Drop “automatisch” or the discretion.",
    example: "modul beispiel\n\ngesetz PflSchG \"Pflanzenschutzgesetz\" ebene Bund\n\nverfahren Antrag \"Antrag stellen\" nach § 1 PflSchG {\n  \
        leistung 99000000000000\n  verfahrensrecht Bundesrecht\n  rechtsbehelf Widerspruch binnen 1 Monat nach § 1 PflSchG\n  ablauf {\n    \
        eingang\n    entscheide voraussetzungen Ermessen automatisch nach § 1 PflSchG\n    erlasse Erlaubnis\n  }\n  \
        bescheid Erlaubnis \"Erlaubnis\" nach § 1 PflSchG {\n    text \"Wir erlauben es.\"\n  }\n}\n",
};

/// A deadline without a consequence.
pub static DEADLINE_WITHOUT_CONSEQUENCE: Code = Code {
    slug: "deadline-without-consequence",
    severity: Severity::Error,
    title_de: "Frist ohne Folge",
    title_en: "Deadline without a consequence",
    norm: None,
    explain_de: "Eine Frist sagt nicht, was geschieht, wenn sie verstreicht. Der Ablauf bliebe an dieser Stelle stehen. Ergänzen Sie \
        „danach …“: die Behörde versagt, etwas gilt als erteilt, oder es geht weiter.",
    explain_en: "A deadline does not say what happens when it passes. The workflow would stop there. Add “danach …”: the authority \
        refuses, something is deemed granted, or things go on.",
    example: "modul beispiel\n\ngesetz PflSchG \"Pflanzenschutzgesetz\" ebene Bund\n\nverfahren Antrag \"Antrag stellen\" nach § 1 PflSchG {\n  \
        leistung 99000000000000\n  verfahrensrecht Bundesrecht\n  rechtsbehelf Widerspruch binnen 1 Monat nach § 1 PflSchG\n  ablauf {\n    \
        eingang\n    prüfe vollständig {\n      fehlt: nachfordern binnen 4 Wochen\n    }\n    erlasse Erlaubnis\n  }\n  \
        bescheid Erlaubnis \"Erlaubnis\" nach § 1 PflSchG {\n    text \"Wir erlauben es.\"\n  }\n}\n",
};

/// A notice without a remedy.
pub static NOTICE_WITHOUT_REMEDY: Code = Code {
    slug: "notice-without-remedy",
    severity: Severity::Error,
    title_de: "Bescheid ohne Rechtsbehelf",
    title_en: "Notice without a remedy",
    norm: Some("§ 37 Abs. 6 VwVfG, § 36 SGB X"),
    explain_de: "Ein Bescheid muss über den Rechtsbehelf belehren: welcher, bei wem, binnen welcher Frist. Fehlt die Belehrung, läuft statt \
        eines Monats ein Jahr (§ 58 Abs. 2 VwGO). Nennen Sie „rechtsbehelf …“ im Verfahren oder im Bescheid.",
    explain_en: "A notice must instruct about the remedy: which, with whom, within what. Without it, a year runs instead of a month (§ 58 \
        Abs. 2 VwGO). Name “rechtsbehelf …” in the procedure or the notice.",
    example: "modul beispiel\n\ngesetz PflSchG \"Pflanzenschutzgesetz\" ebene Bund\n\nverfahren Antrag \"Antrag stellen\" nach § 1 PflSchG {\n  \
        leistung 99000000000000\n  verfahrensrecht Bundesrecht\n  ablauf {\n    eingang\n    erlasse Erlaubnis\n  }\n  \
        bescheid Erlaubnis \"Erlaubnis\" nach § 1 PflSchG {\n    text \"Wir erlauben es.\"\n  }\n}\n",
};
