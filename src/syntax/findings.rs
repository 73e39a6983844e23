//! The rules of spelling.

use crate::diagnostic::{Code, Severity};

/// The rules that this stage speaks for.
pub static CODES: &[&Code] = &[&SYNTAX, &UNKNOWN_KEYWORD, &MISSING_BRACE, &SURPLUS_BRACE, &DATE_FORM, &NUMBER_FORM, &TOO_DEEP];

/// A statement that can't be read.
pub static SYNTAX: Code = Code {
    slug: "syntax",
    severity: Severity::Error,
    title_de: "Satzbau",
    title_en: "Syntax",
    norm: None,
    explain_de: "Eine Angabe ist nicht so gebaut, wie die Sprache es vorsieht. Die Meldung sagt, was an dieser Stelle erwartet wird; der \
        Rest der Datei wird trotzdem gelesen.",
    explain_en: "A statement is not built as the language has it. The message says what is expected in its place; the rest of the file is \
        read all the same.",
    example: "modul beispiel\n\nauswahl Ampel {\n  rot \"Rot\"\n  = \"Grün\"\n}\n",
};

/// A word that begins no statement.
pub static UNKNOWN_KEYWORD: Code = Code {
    slug: "unknown-keyword",
    severity: Severity::Error,
    title_de: "Unbekanntes Schlüsselwort",
    title_en: "Unknown keyword",
    norm: None,
    explain_de: "Am Anfang einer Angabe steht ein Schlüsselwort, das die Sprache an dieser Stelle nicht kennt. Meist ist es ein \
        Schreibfehler; gibt es ein ähnliches Wort, wird es vorgeschlagen.",
    explain_en: "A statement begins with a word that the language does not know in this place. Mostly it is a slip of the pen; a similar \
        word is suggested where there is one.",
    example: "modul beispiel\n\nverfaren Antrag \"Antrag stellen\" {\n  leistung 99000000000000\n}\n",
};

/// A block without its end.
pub static MISSING_BRACE: Code = Code {
    slug: "missing-brace",
    severity: Severity::Error,
    title_de: "Schließende Klammer fehlt",
    title_en: "Closing brace is missing",
    norm: None,
    explain_de: "Ein Block wurde mit „{“ geöffnet und nicht wieder geschlossen. Gemeldet wird die Stelle, an der das nächste große Stück \
        beginnt: spätestens davor gehört „}“.",
    explain_en: "A block was opened with “{” and never closed. The place reported is where the next large piece begins: “}” belongs \
        before it at the latest.",
    example: "modul beispiel\n\nauswahl Ampel {\n  rot \"Rot\"\n\nauswahl Farbe {\n  blau \"Blau\"\n}\n",
};

/// An end without its block.
pub static SURPLUS_BRACE: Code = Code {
    slug: "surplus-brace",
    severity: Severity::Error,
    title_de: "Klammer zu viel",
    title_en: "Surplus brace",
    norm: None,
    explain_de: "Hier steht „}“, aber kein Block ist offen. Streichen Sie die Klammer, oder ergänzen Sie weiter oben das fehlende „{“.",
    explain_en: "Here stands “}”, but no block is open. Remove the brace, or add the missing “{” further up.",
    example: "modul beispiel\n\nauswahl Ampel {\n  rot \"Rot\"\n}\n}\n",
};

/// A day in another form.
pub static DATE_FORM: Code = Code {
    slug: "date-form",
    severity: Severity::Error,
    title_de: "Form eines Tages",
    title_en: "Form of a day",
    norm: None,
    explain_de: "Ein Tag heißt immer Jahr-Monat-Tag (2026-01-31). Eine einzige Form schützt vor vertauschtem Tag und Monat.",
    explain_en: "A day is always year-month-day (2026-01-31). One form alone protects from swapping day and month.",
    example: "modul beispiel\n\nparameter Satz: Betrag {\n  ab 1.1.2026: 5 EUR\n}\n",
};

/// A number in another form.
pub static NUMBER_FORM: Code = Code {
    slug: "number-form",
    severity: Severity::Error,
    title_de: "Form einer Zahl",
    title_en: "Form of a number",
    norm: None,
    explain_de: "Zahlen stehen ohne Tausenderpunkt; ein Komma haben nur Zahlen mit Einheit (27,60 EUR). So ist 1,2 nie zugleich eine Zahl \
        und eine Liste.",
    explain_en: "Numbers bear no dot between thousands; a comma only with a unit (27,60 EUR). So 1,2 is never a number and a list at once.",
    example: "modul beispiel\n\nparameter Satz: Betrag {\n  ab 2026-01-01: 1.000 EUR\n}\n",
};

/// An expression or block that nests too deep.
pub static TOO_DEEP: Code = Code {
    slug: "too-deep",
    severity: Severity::Error,
    title_de: "Zu tief geschachtelt",
    title_en: "Nested too deep",
    norm: None,
    explain_de: "Mehr als 64 Klammern oder Blöcke ineinander liest niemand mehr, auch keine Kette von Hunderten Gliedern; der Übersetzer \
        liest sie auch nicht.",
    explain_en: "Nobody reads more than 64 brackets or blocks within each other, nor a chain of hundreds of links; neither does the \
        compiler.",
    example: "",
};
