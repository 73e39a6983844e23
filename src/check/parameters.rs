//! Amounts change: a parameter has a value for every day and option it is used on, and somebody has checked it for today.

use crate::both;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Severity};
use crate::model::Library;
use crate::model::norm::cite;

use super::needs;
use super::subject::Subject;

/// Within a parameter: every period has a value for every option, and no two begin on one day.
pub(super) fn complete(library: &Library, out: &mut Diagnostics) {
    for parameter in library.parameters.values() {
        let name = &parameter.name;
        let choice = parameter.by.and_then(|choice| library.choices.get(choice));
        for period in &parameter.periods {
            let from = period.from;
            let missing: Vec<&str> = match choice {
                Some(choice) => {
                    let options = choice.options.iter().enumerate();
                    let absent = options.filter(|(index, _)| period.values.get(*index).is_none_or(Option::is_none));
                    absent.map(|(_, option)| option.name.as_ref()).collect()
                }
                None if period.values.first().is_none_or(Option::is_none) => vec![name.as_ref()],
                None => Vec::new(),
            };
            if !missing.is_empty() {
                let list = missing.join(", ");
                out.push(
                    Diagnostic::new(
                        &PARAMETER_GAP,
                        period.span,
                        both!(
                            "„{name}“ hat ab {from} keinen Wert für: {list}",
                            "“{name}” has no value from {from} on for: {list}"
                        ),
                    )
                    .norm(cite(&parameter.norms))
                    .help(both!("Ergänzen Sie den Wert in dieser Zeile.", "Add the value in this line.")),
                );
            }
        }
        for (earlier, later) in parameter.periods.iter().zip(parameter.periods.iter().skip(1)) {
            if earlier.from == later.from {
                let from = later.from;
                out.push(
                    Diagnostic::new(
                        &PARAMETER_GAP,
                        later.span,
                        both!(
                            "„{name}“ hat zwei Zeilen, die ab {from} gelten.",
                            "“{name}” has two lines that apply from {from} on."
                        ),
                    )
                    .label(earlier.span, both!("die erste", "the first"))
                    .norm(cite(&parameter.norms)),
                );
            }
        }
    }
}

/// On the day of the compilation every parameter used has a value, and its horizon is not past.
pub(super) fn every_parameter_is_of_today(subject: &Subject<'_>, out: &mut Diagnostics) {
    let day = subject.context.day;
    for parameter in needs::parameters(subject.procedure).into_iter().filter_map(|id| subject.library.parameters.get(id)) {
        let name = &parameter.name;
        if !parameter.periods.iter().any(|period| period.from <= day) {
            let first = parameter.periods.iter().map(|period| period.from).min();
            let since = first
                .map_or_else(|| both!("", ""), |from| both!("; der erste gilt ab {from}", "; the first applies from {from} on"));
            let (de, en) = (since.de, since.en);
            out.push(
                Diagnostic::new(
                    &PARAMETER_GAP,
                    parameter.span,
                    both!("„{name}“ hat am {day} keinen Wert{de}.", "“{name}” has no value on {day}{en}."),
                )
                .norm(cite(&parameter.norms))
                .help(both!("Ergänzen Sie eine Zeile „ab …“ für die Zeit davor.", "Add a line “ab …” for the time before.")),
            );
        }
        let Some((until, span)) = parameter.checked_until else {
            let mut diagnostic = Diagnostic::new(
                &OUTDATED_PARAMETER,
                parameter.span,
                both!("Niemand sagt, bis wann „{name}“ geprüft ist.", "Nobody says until when “{name}” is checked."),
            )
            .help(both!("Ergänzen Sie: geprüft bis <Tag>", "Add: geprüft bis <day>"));
            diagnostic.severity = Severity::Warning;
            out.push(diagnostic);
            continue;
        };
        if until < day {
            let mut diagnostic = Diagnostic::new(
                &OUTDATED_PARAMETER,
                span,
                both!(
                    "„{name}“ ist nur bis {until} geprüft, übersetzt wird für den {day}.",
                    "“{name}” is checked only until {until}; this is compiled for {day}."
                ),
            )
            .norm(cite(&parameter.norms))
            .help(both!(
                "Prüfen Sie den Wert am Gesetz, ergänzen Sie ihn und setzen Sie das Datum neu. Zum Ausprobieren: --veraltet-erlauben",
                "Check the value against the law, add it and set the date anew. To try things out: --veraltet-erlauben"
            ));
            if subject.context.allow_outdated {
                diagnostic.severity = Severity::Warning;
            }
            out.push(diagnostic);
        }
    }
}

/// A parameter is past the day up to which somebody has checked it.
pub static OUTDATED_PARAMETER: Code = Code {
    slug: "outdated-parameter",
    severity: Severity::Error,
    title_de: "Veralteter Parameter",
    title_en: "Outdated parameter",
    norm: None,
    explain_de: "Beträge und Grenzen ändern sich, oft zum Jahreswechsel. „geprüft bis“ sagt, bis zu welchem Tag jemand den Wert am \
        Gesetz geprüft hat. Liegt der Stichtag danach, könnte der Bescheid falsch rechnen; deshalb wird nichts gebaut. Prüfen Sie den \
        Wert, ergänzen Sie eine Zeile „ab …“, wenn er sich geändert hat, und setzen Sie „geprüft bis“ neu.",
    explain_en: "Amounts and limits change, often at the turn of the year. “geprüft bis” says until which day somebody has checked the \
        value against the law. If the day of the compilation lies beyond it, the notice might be computed wrongly; so nothing is \
        built. Check the value, add a line “ab …” if it has changed, and set “geprüft bis” anew.",
    example: "modul beispiel\n\ngesetz PflSchG \"Pflanzenschutzgesetz\" ebene Bund\n\nparameter Satz: Betrag nach § 1 PflSchG {\n  \
        ab 2019-01-01: 10 EUR\n  geprüft bis 2019-12-31\n}\n\nverfahren Antrag \"Antrag stellen\" nach § 1 PflSchG {\n  \
        leistung 99000000000000\n  verfahrensrecht Bundesrecht\n  regel doppelt: Betrag = Satz + Satz nach § 1 PflSchG\n}\n",
};

/// A parameter has no value where it needs one.
pub static PARAMETER_GAP: Code = Code {
    slug: "parameter-gap",
    severity: Severity::Error,
    title_de: "Lücke in einem Parameter",
    title_en: "Gap in a parameter",
    norm: None,
    explain_de: "Ein Parameter hat für einen Zeitraum oder eine Option keinen Wert oder zwei. Was mit ihm rechnet, käme dort zu keinem \
        Ergebnis. Ergänzen Sie den fehlenden Wert.",
    explain_en: "A parameter has no value, or two, for some time or option. What computes with it would come to no result there. Add \
        the missing value.",
    example: "modul beispiel\n\ngesetz PflSchG \"Pflanzenschutzgesetz\" ebene Bund\n\nauswahl Größe {\n  klein \"klein\"\n  groß \"groß\"\n}\n\n\
        parameter Satz je Größe: Betrag nach § 1 PflSchG {\n  ab 2019-01-01: klein 10 EUR\n  geprüft bis 2099-12-31\n}\n\n\
        verfahren Antrag \"Antrag stellen\" nach § 1 PflSchG {\n  leistung 99000000000000\n  verfahrensrecht Bundesrecht\n}\n",
};
