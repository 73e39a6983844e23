//! The examples come true, and together they show everything that can come out.

use std::collections::BTreeSet;

use crate::both;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Severity};
use crate::model::LandId;
use crate::model::case::{Case, Expectation};
use crate::model::expression::{DurationUnit, Expression, ExpressionKind, Literal};
use crate::rules::cases::{CaseResult, Roads, Setting, run};
use crate::rules::coverage::{self, Aspect, Point};
use crate::source::Span;

use super::subject::Subject;

/// The surroundings of the cases in one of the Länder that share the procedure.
fn setting<'a>(subject: &Subject<'a>, land: Option<LandId>, roads: &'a dyn Roads) -> Setting<'a> {
    let Subject { library, procedure, context, .. } = *subject;
    Setting { library, procedure, land, day: context.day, roads }
}

/// What came of each case, in their order; of one for other Länder what would come of it here.
pub(super) fn results<'a>(subject: &Subject<'a>, roads: &'a dyn Roads) -> Vec<(usize, CaseResult<'a>)> {
    let setting = setting(subject, subject.context.lands.first().copied(), roads);
    subject.procedure.cases.iter().map(|case| run(&setting, case)).enumerate().collect()
}

/// Each case comes true in the Länder it speaks of.
pub(super) fn every_case_comes_true(
    subject: &Subject<'_>,
    results: &[(usize, CaseResult<'_>)],
    roads: &dyn Roads,
    out: &mut Diagnostics,
) {
    for (case, (_, result)) in subject.procedure.cases.iter().zip(results) {
        let lands = subject.context.lands;
        let municipalities = subject.context.municipalities;
        let of_municipality = match case.municipality {
            Some(municipality) => municipalities.contains(&municipality),
            None => municipalities.is_empty(),
        };
        if case.land.is_some_and(|land| !lands.contains(&land)) || !of_municipality {
            continue;
        }
        let mut failures = result.failures.clone();
        // Where neither holidays nor what is connected matter, a Land that shares the procedure shares the result.
        if case.land.is_none() && depends_on_land(subject, case) {
            for land in lands.iter().skip(1) {
                failures.extend(run(&setting(subject, Some(*land), roads), case).failures);
            }
        }
        let mut told: BTreeSet<(Span, String)> = BTreeSet::new();
        for failure in failures {
            if !told.insert((failure.span, failure.message.de.clone())) {
                continue;
            }
            let title = &case.title;
            out.push(
                Diagnostic::new(&CASE_FAILS, failure.span, failure.message)
                    .label(case.span, both!("im Fall „{title}“", "in the case “{title}”"))
                    .help(both!(
                        "Entweder stimmt die Erwartung nicht oder die Regel. Prüfen Sie beide an der Vorschrift.",
                        "Either the expectation is wrong or the rule. Check both against the provision."
                    )),
            );
        }
    }
}

/// Whether holidays of the Land, or what is connected there, could change the result.
fn depends_on_land(subject: &Subject<'_>, case: &Case) -> bool {
    let of_values = |expected: &Expectation| {
        matches!(expected, Expectation::True(_) | Expectation::Fulfilled | Expectation::NotFulfilled(_) | Expectation::Open(_))
    };
    !case.events.is_empty()
        || !case.expected.iter().all(|(expected, _)| of_values(expected))
        || subject.expressions().into_iter().chain(case.given.iter().map(|(_, value, _)| value)).any(counts_by_holidays)
}

fn counts_by_holidays(expression: &Expression) -> bool {
    let mut found = false;
    expression.walk(&mut |part| {
        found |= match &part.kind {
            ExpressionKind::Literal(Literal::Duration(duration)) => {
                matches!(duration.unit, DurationUnit::Workday | DurationUnit::Weekday)
            }
            ExpressionKind::Deadline(..) => true,
            _ => false,
        };
    });
    found
}

/// If there are cases, each row of a table and each notice is shown by one.
pub(super) fn cases_show_every_outcome(subject: &Subject<'_>, results: &[(usize, CaseResult<'_>)], out: &mut Diagnostics) {
    let procedure = subject.procedure;
    if procedure.cases.is_empty() {
        return;
    }
    let points = coverage::rows(procedure, results).into_iter().chain(coverage::notices(procedure, results));
    for point in points.filter(Point::is_missing) {
        let found = match point.what {
            Aspect::Row(table, _) => {
                let name = procedure.decisions.get(table).map(|table| table.name.clone()).unwrap_or_else(|| "".into());
                Diagnostic::new(
                    &UNCOVERED_ROW,
                    point.span,
                    both!("Kein Fall zeigt diese Zeile der Tabelle „{name}“.", "No case shows this row of the table “{name}”."),
                )
                .help(both!("Ergänzen Sie einen „fall“, in dem sie gilt.", "Add a “fall” to which it applies."))
            }
            Aspect::Notice(notice) => {
                let name = procedure.notices.get(notice).map(|notice| notice.name.clone()).unwrap_or_else(|| "".into());
                Diagnostic::new(
                    &UNCOVERED_OUTCOME,
                    point.span,
                    both!("Kein Fall endet mit dem Bescheid „{name}“.", "No case ends with the notice “{name}”."),
                )
                .help(both!(
                    "Ergänzen Sie einen „fall“ mit „erwarte bescheid {name}“.",
                    "Add a “fall” with “erwarte bescheid {name}”."
                ))
            }
            Aspect::Condition(_) | Aspect::Precondition(..) | Aspect::Lapse(_) => continue,
        };
        out.push(found);
    }
}

/// A case does not come true.
pub static CASE_FAILS: Code = Code {
    slug: "case-fails",
    severity: Severity::Error,
    title_de: "Fall trifft nicht zu",
    title_en: "Case does not come true",
    norm: None,
    explain_de: "Ein „fall“ ist ein ausführbares Beispiel: Aus dem Gegebenen muss das Erwartete folgen. Hier folgt etwas anderes; die Meldung \
        nennt beides. Entweder stimmt die Erwartung nicht oder die Regel; prüfen Sie beide an der Vorschrift.",
    explain_en: "A “fall” is an executable example: what is expected must follow from what is given. Here something else follows; the \
        message names both. Either the expectation is wrong or the rule; check both against the provision.",
    example: "modul beispiel\n\ngesetz PflSchG \"Pflanzenschutzgesetz\" ebene Bund\n\nverfahren Antrag \"Antrag stellen\" nach § 1 PflSchG {\n  \
        leistung 99000000000000\n  verfahrensrecht Bundesrecht\n  seite angaben \"Angaben\" {\n    \
        feld hektar \"Wie viele Hektar?\": Ganzzahl von 0 bis 1000\n  }\n  regel doppelt: Ganzzahl = hektar + hektar nach § 1 PflSchG\n}\n\n\
        fall \"Sieben Hektar\" {\n  gegeben hektar = 7\n  erwarte doppelt = 15\n}\n",
};

/// A row that no case shows.
pub static UNCOVERED_ROW: Code = Code {
    slug: "uncovered-row",
    severity: Severity::Warning,
    title_de: "Zeile ohne Beispiel",
    title_en: "Row without an example",
    norm: None,
    explain_de: "Kein Fall zeigt, dass diese Zeile einer Entscheidungstabelle das Richtige tut. Ein Tippfehler in ihr fiele nicht auf. \
        Ergänzen Sie einen „fall“.",
    explain_en: "No case shows that this row of a decision table does the right thing. A slip in it would go unnoticed. Add a “fall”.",
    example: "modul beispiel\n\ngesetz PflSchG \"Pflanzenschutzgesetz\" ebene Bund\n\nverfahren Antrag \"Antrag stellen\" nach § 1 PflSchG {\n  \
        leistung 99000000000000\n  verfahrensrecht Bundesrecht\n  seite angaben \"Angaben\" {\n    \
        feld hektar \"Wie viele Hektar?\": Ganzzahl von 0 bis 1000\n  }\n  entscheidung gebühr: Betrag {\n    \
        | hektar    || gebühr |\n    | unter 10  || 20 EUR |\n    | ab 10     || 50 EUR |\n  }\n}\n\n\
        fall \"Sieben Hektar\" {\n  gegeben hektar = 7\n  erwarte gebühr = 20 EUR\n}\n",
};

/// A notice that no case shows.
pub static UNCOVERED_OUTCOME: Code = Code {
    slug: "uncovered-outcome",
    severity: Severity::Warning,
    title_de: "Ergebnis ohne Beispiel",
    title_en: "Outcome without an example",
    norm: None,
    explain_de: "Kein Fall endet mit diesem Bescheid. Ob der Weg zu ihm stimmt, hat niemand gezeigt. Ergänzen Sie einen „fall“ mit \
        „erwarte bescheid …“.",
    explain_en: "No case ends with this notice. Nobody has shown that the way to it is right. Add a “fall” with “erwarte bescheid …”.",
    example: "modul beispiel\n\ngesetz PflSchG \"Pflanzenschutzgesetz\" ebene Bund\n\nverfahren Antrag \"Antrag stellen\" nach § 1 PflSchG {\n  \
        leistung 99000000000000\n  verfahrensrecht Bundesrecht\n  rechtsbehelf Widerspruch binnen 1 Monat nach § 1 PflSchG\n  \
        seite angaben \"Angaben\" {\n    feld hektar \"Wie viele Hektar?\": Ganzzahl von 0 bis 1000\n  }\n  ablauf {\n    eingang\n    \
        wenn hektar > 10 {\n      erlasse Erlaubnis\n    } sonst {\n      erlasse Ablehnung\n    }\n  }\n  \
        bescheid Erlaubnis \"Erlaubnis\" nach § 1 PflSchG {\n    text \"Wir erlauben es.\"\n  }\n  \
        bescheid Ablehnung \"Ablehnung\" nach § 1 PflSchG {\n    text \"Wir erlauben es nicht.\"\n  }\n}\n\n\
        fall \"Elf Hektar\" {\n  gegeben hektar = 11\n  erwarte bescheid Erlaubnis\n}\n",
};
