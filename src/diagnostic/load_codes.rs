//! The rules of a project as a whole: can it be read, for which day, with which settings.
//!
//! An example that begins with `# blaupause.yaml` is a manifest and not a definition; rules about files that can't be
//! written down as a text have none.

use crate::diagnostic::{Code, Severity};

/// All rules of this file.
pub static CODES: &[&Code] = &[
    &MISSING_DAY,
    &CONFLICTING_DAYS,
    &NO_DEFINITIONS,
    &UNREADABLE_FILE,
    &INVALID_UTF8,
    &FILE_TOO_LARGE,
    &OUTSIDE_PROJECT,
    &INCLUDE_CYCLE,
    &UNKNOWN_SETTING,
    &INVALID_SETTING,
];

/// Nothing is built without a day.
pub static MISSING_DAY: Code = Code {
    slug: "missing-day",
    severity: Severity::Error,
    title_de: "Ohne Stichtag wird nicht gebaut",
    title_en: "Nothing is built without a day",
    norm: None,
    explain_de: "Was ein Verfahren verlangt, hängt vom Tag ab: Beträge gelten ab einem Tag, Gesetze treten in Kraft, Parameter sind bis zu einem Tag geprüft. Blaupause fragt nie die Uhr, damit dieselbe Eingabe immer dasselbe ergibt. Schreiben Sie den Tag als „stichtag: 2026-06-01“ in die blaupause.yaml des Projekts, oder geben Sie ihn mit --stichtag an.",
    explain_en: "What a procedure demands depends on the day: amounts apply from a day on, laws come into force, parameters are verified up to a day. Blaupause never asks the clock, so that the same input always gives the same output. Write the day as “stichtag: 2026-06-01” into the project's blaupause.yaml, or give it with --stichtag.",
    example: "# blaupause.yaml\nsprache: de\n",
};

/// Two days contradict each other.
pub static CONFLICTING_DAYS: Code = Code {
    slug: "conflicting-days",
    severity: Severity::Error,
    title_de: "Zwei Stichtage widersprechen sich",
    title_en: "Two days contradict each other",
    norm: None,
    explain_de: "Ein Aufruf baut für genau einen Tag. Nennen zwei blaupause.yaml desselben Projekts verschiedene Tage, wüsste niemand, welcher gilt. Lassen Sie nur den im obersten Ordner stehen, oder bauen Sie die Ordner einzeln.",
    explain_en: "One call builds for exactly one day. If two blaupause.yaml of the same project name different days, nobody could tell which one counts. Keep only the one in the topmost folder, or build the folders one by one.",
    example: "",
};

/// The folder holds no definition.
pub static NO_DEFINITIONS: Code = Code {
    slug: "no-definitions",
    severity: Severity::Error,
    title_de: "Der Ordner enthält keine Definition",
    title_en: "The folder holds no definition",
    norm: None,
    explain_de: "Gelesen werden alle Dateien mit der Endung .blau unter dem angegebenen Ordner. Versteckte Ordner sowie „out“, „target“ und „node_modules“ werden übergangen. Prüfen Sie den Pfad.",
    explain_en: "All files ending in .blau below the given folder are read. Hidden folders and “out”, “target” and “node_modules” are passed over. Check the path.",
    example: "",
};

/// A file can't be read.
pub static UNREADABLE_FILE: Code = Code {
    slug: "unreadable-file",
    severity: Severity::Error,
    title_de: "Eine Datei lässt sich nicht lesen",
    title_en: "A file can't be read",
    norm: None,
    explain_de: "Die Datei gibt es nicht, oder dem Programm fehlt das Recht, sie zu lesen. Eine Definition mit fehlenden Teilen wird nicht gebaut.",
    explain_en: "The file does not exist, or the program lacks the right to read it. A definition with missing parts is not built.",
    example: "",
};

/// A file is no UTF-8 text.
pub static INVALID_UTF8: Code = Code {
    slug: "invalid-utf8",
    severity: Severity::Error,
    title_de: "Eine Datei ist kein UTF-8-Text",
    title_en: "A file is no UTF-8 text",
    norm: None,
    explain_de: "Definitionen sind UTF-8-Texte. Eine Datei in einer älteren Kodierung (Windows-1252, ISO 8859-1) enthielte an Stelle der Umlaute andere Zeichen. Speichern Sie sie im Editor als „UTF-8“.",
    explain_en: "Definitions are UTF-8 texts. A file in an older encoding (Windows-1252, ISO 8859-1) would hold other characters in place of umlauts. Save it as “UTF-8” in your editor.",
    example: "",
};

/// A file is too large.
pub static FILE_TOO_LARGE: Code = Code {
    slug: "file-too-large",
    severity: Severity::Error,
    title_de: "Eine Datei ist zu groß",
    title_en: "A file is too large",
    norm: None,
    explain_de: "Gelesen werden Dateien bis 4 MB; ein ganzes Verfahren hat etwa ein Hundertstel davon. Eine größere Datei ist meist ein Versehen. Teilen Sie sie sonst auf: Dateien eines Ordners sehen einander.",
    explain_en: "Files of up to 4 MB are read; a whole procedure has about a hundredth of that. A larger file mostly is a mistake. Otherwise split it: the files of a folder see each other.",
    example: "",
};

/// A path leads out of the project.
pub static OUTSIDE_PROJECT: Code = Code {
    slug: "outside-project",
    severity: Severity::Error,
    title_de: "Ein Pfad führt aus dem Projekt hinaus",
    title_en: "A path leads out of the project",
    norm: None,
    explain_de: "Ein Projekt liest nur, was in seinem Ordner liegt, auch nicht über Verknüpfungen; sonst ergäbe es anderswo etwas anderes. Der oberste Ordner ist der oberste, der noch eine blaupause.yaml enthält.",
    explain_en: "A project reads only what lies in its folder, also not through links; else it would mean something different elsewhere. The topmost folder is the uppermost one that still holds a blaupause.yaml.",
    example: "# blaupause.yaml\nstichtag: 2026-06-01\neinbinden: [../../anderswo]\n",
};

/// Folders include each other.
pub static INCLUDE_CYCLE: Code = Code {
    slug: "include-cycle",
    severity: Severity::Error,
    title_de: "Ordner binden sich gegenseitig ein",
    title_en: "Folders include each other",
    norm: None,
    explain_de: "Wenn Ordner sich im Kreis einbinden, ist nicht zu sagen, was worauf aufbaut. Legen Sie das Gemeinsame in einen dritten Ordner, den beide einbinden.",
    explain_en: "When folders include each other in a circle, nobody can say what builds on what. Put what they share into a third folder which both include.",
    example: "# blaupause.yaml\nstichtag: 2026-06-01\neinbinden: [.]\n",
};

/// blaupause.yaml does not know the setting.
pub static UNKNOWN_SETTING: Code = Code {
    slug: "unknown-setting",
    severity: Severity::Error,
    title_de: "blaupause.yaml kennt die Einstellung nicht",
    title_en: "blaupause.yaml does not know the setting",
    norm: None,
    explain_de: "Es gibt drei Einstellungen: „stichtag“ (für welchen Tag gebaut wird), „sprache“ (der Meldungen: de oder en) und „einbinden“ (weitere Ordner des Projekts). Auf Englisch heißen sie day, language, include. Eine unbekannte würde sonst still nichts bewirken.",
    explain_en: "There are three settings: “stichtag” (the day for which is built), “sprache” (of messages: de or en) and “einbinden” (further folders of the project). Their English names are day, language, include. An unknown one would silently do nothing.",
    example: "# blaupause.yaml\nstichtga: 2026-06-01\n",
};

/// The value of a setting can't be understood.
pub static INVALID_SETTING: Code = Code {
    slug: "invalid-setting",
    severity: Severity::Error,
    title_de: "Der Wert einer Einstellung ist nicht zu verstehen",
    title_en: "The value of a setting can't be understood",
    norm: None,
    explain_de: "„stichtag“ ist ein Kalendertag (2026-06-01), „sprache“ ist de oder en, „einbinden“ ist eine Liste von Ordnern. Jede Einstellung steht einmal.",
    explain_en: "“stichtag” is a calendar day (2026-06-01), “sprache” is de or en, “einbinden” is a list of folders. Each setting stands once.",
    example: "# blaupause.yaml\nstichtag: 1.6.2026\n",
};
