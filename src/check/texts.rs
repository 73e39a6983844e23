//! People understand what is asked of them: everything shown has a text, translations are whole, help helps.

use crate::both;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Severity};
use crate::model::Label;
use crate::model::workflow::StepKind;
use crate::source::Span;

use super::subject::Subject;

/// Every text of the procedure's own that people see, with its name and place.
fn shown<'a>(subject: &Subject<'a>) -> Vec<(String, &'a Label, Span)> {
    let procedure = subject.procedure;
    let mut found = vec![("titel".to_owned(), &procedure.title, procedure.span)];
    found.extend(procedure.participants.values().map(|item| (item.name.to_string(), &item.label, item.span)));
    found.extend(procedure.pages.values().map(|item| (item.name.to_string(), &item.title, item.span)));
    let own = procedure.data.values().filter(|datum| datum.of.is_none());
    found.extend(own.map(|item| (item.name.to_string(), &item.label, item.span)));
    found.extend(procedure.notices.values().map(|item| (item.name.to_string(), &item.title, item.span)));
    found.extend(procedure.declarations.iter().map(|item| (item.name.to_string(), &item.wording, item.span)));
    found.extend(procedure.preconditions.values().map(|item| (item.name.to_string(), &item.otherwise, item.span)));
    subject.steps(&mut |step| match &step.kind {
        StepKind::Task { name, label, .. }
        | StepKind::CheckExternal { name, label, .. }
        | StepKind::Appointment { name, label } => {
            found.push((name.to_string(), label, step.span));
        }
        _ => {}
    });
    found
}

/// Nothing is shown without a text.
pub(super) fn everything_shown_has_a_label(subject: &Subject<'_>, out: &mut Diagnostics) {
    let attributes = subject.procedure.data.values().filter(|datum| datum.of.is_some() && datum.page.is_some());
    let attributes = attributes.map(|datum| (datum.name.to_string(), &datum.label, datum.span));
    for (name, label, span) in shown(subject).into_iter().chain(attributes) {
        if label.de.trim().is_empty() {
            out.push(
                Diagnostic::new(
                    &MISSING_LABEL,
                    span,
                    both!(
                        "„{name}“ hat keinen Text für die Menschen, die es lesen.",
                        "“{name}” has no text for the people who read it."
                    ),
                )
                .help(both!(
                    "Ergänzen Sie hinter dem Namen einen Text: {name} \"…\"",
                    "Add a text behind the name: {name} \"…\""
                )),
            );
        }
    }
}

/// Who begins to translate, translates everything.
pub(super) fn translations_are_whole(subject: &Subject<'_>, out: &mut Diagnostics) {
    let shown = shown(subject);
    if !shown.iter().any(|(_, label, _)| label.en.is_some()) {
        return;
    }
    for (name, label, span) in shown {
        if label.en.is_some() || label.de.trim().is_empty() {
            continue;
        }
        let procedure = &subject.procedure.name;
        out.push(
            Diagnostic::new(
                &MISSING_TRANSLATION,
                span,
                both!("„{name}“ ist nicht ins Englische übersetzt.", "“{name}” is not translated to English."),
            )
            .help(both!(
                "Ergänzen Sie in „texte en für {procedure}“: {name} \"…\"",
                "Add to “texte en für {procedure}”: {name} \"…\""
            )),
        );
    }
}

/// Words that stand where a text was meant to come.
const FILLERS: &[&str] = &[
    "",
    "todo",
    "tbd",
    "xxx",
    "text",
    "hilfe",
    "hilfetext",
    "platzhalter",
    "folgt",
    "lorem ipsum",
    "bitte ausfüllen",
    "bitte eingeben",
    "bitte angeben",
];

/// A help says more than the question itself.
pub(super) fn help_helps(subject: &Subject<'_>, out: &mut Diagnostics) {
    for datum in subject.procedure.data.values() {
        let Some(hint) = &datum.hint else { continue };
        let plain = |text: &str| {
            let letters: String =
                text.to_lowercase().chars().filter(|letter| letter.is_alphanumeric() || *letter == ' ').collect();
            letters.trim().to_owned()
        };
        let help = plain(&hint.de);
        let example = datum.example.as_deref().map(plain);
        if help != plain(&datum.label.de) && Some(&help) != example.as_ref() && !FILLERS.contains(&help.as_str()) {
            continue;
        }
        let name = &datum.name;
        out.push(
            Diagnostic::new(
                &PLACEHOLDER_ONLY_HELP,
                datum.span,
                both!("Die Hilfe zu „{name}“ ist nur ein Platzhalter.", "The help for “{name}” is a mere placeholder."),
            )
            .help(both!(
                "Sagen Sie, was gemeint ist und wo man es findet, oder streichen Sie die Hilfe.",
                "Say what is meant and where one finds it, or drop the help."
            )),
        );
    }
}

/// Something is shown without a text.
pub static MISSING_LABEL: Code = Code {
    slug: "missing-label",
    severity: Severity::Error,
    title_de: "Text fehlt",
    title_en: "Text is missing",
    norm: Some("§ 3 BITV 2.0"),
    explain_de: "Eine Frage, Seite oder Aufgabe hat keinen Text. Im Formular stünde dort nichts, und eine Vorlesehilfe fände keinen Namen. \
        Ergänzen Sie den Text in Anführungszeichen hinter dem Namen.",
    explain_en: "A question, page or task has no text. The form would show nothing there, and a screen reader would find no name. Add the \
        text in quotation marks behind the name.",
    example: "modul beispiel\n\ngesetz PflSchG \"Pflanzenschutzgesetz\" ebene Bund\n\nverfahren Antrag \"Antrag stellen\" nach § 1 PflSchG {\n  \
        leistung 99000000000000\n  verfahrensrecht Bundesrecht\n  seite angaben \"Angaben\" {\n    \
        feld mittel: Text nach § 1 PflSchG\n  }\n}\n",
};

/// A text is translated, another of the same procedure is not.
pub static MISSING_TRANSLATION: Code = Code {
    slug: "missing-translation",
    severity: Severity::Warning,
    title_de: "Übersetzung fehlt",
    title_en: "Translation is missing",
    norm: None,
    explain_de: "Das Verfahren ist zum Teil übersetzt, dieser Text nicht. Wer die andere Sprache wählt, sähe hier Deutsch.",
    explain_en: "The procedure is translated in part, this text is not. Who chooses the other language would see German here.",
    example: "modul beispiel\n\ngesetz PflSchG \"Pflanzenschutzgesetz\" ebene Bund\n\nverfahren Antrag \"Antrag stellen\" nach § 1 PflSchG {\n  \
        leistung 99000000000000\n  verfahrensrecht Bundesrecht\n  seite angaben \"Angaben\" {\n    \
        feld mittel \"Welches Mittel?\": Text nach § 1 PflSchG\n  }\n}\n\ntexte en für Antrag {\n  angaben \"Details\"\n}\n",
};

/// A help that says nothing.
pub static PLACEHOLDER_ONLY_HELP: Code = Code {
    slug: "placeholder-only-help",
    severity: Severity::Warning,
    title_de: "Hilfe ohne Inhalt",
    title_en: "Help without content",
    norm: None,
    explain_de: "Die Hilfe wiederholt nur die Frage oder das Beispiel, oder es steht ein Platzhalter da. Sie kostet Zeit und hilft nicht.",
    explain_en: "The help only repeats the question or the example, or is a placeholder. It costs time and does not help.",
    example: "modul beispiel\n\ngesetz PflSchG \"Pflanzenschutzgesetz\" ebene Bund\n\nverfahren Antrag \"Antrag stellen\" nach § 1 PflSchG {\n  \
        leistung 99000000000000\n  verfahrensrecht Bundesrecht\n  seite angaben \"Angaben\" {\n    \
        feld mittel \"Welches Mittel?\": Text hilfe \"TODO\" nach § 1 PflSchG\n  }\n}\n",
};
