//! What could not be read of a project, as findings with a reason and a way out.

use jiff::civil::Date;

use crate::source::loader::LARGEST;
use crate::source::manifest::{self, Manifest, Placed, ProblemKind};
use crate::source::project::Problem;
use crate::source::{LoadError, Span};

pub use super::load_codes::CODES;
use super::load_codes::{
    CONFLICTING_DAYS, FILE_TOO_LARGE, INCLUDE_CYCLE, INVALID_SETTING, INVALID_UTF8, MISSING_DAY, NO_DEFINITIONS, OUTSIDE_PROJECT,
    UNKNOWN_SETTING, UNREADABLE_FILE,
};
use super::suggest::nearest;
use super::{Code, Diagnostic, Diagnostics, Language};

/// Says what is wrong.
pub fn report(problems: Vec<Problem>, out: &mut Diagnostics) {
    for problem in problems {
        out.push(match problem {
            Problem::Load(error, span) => refusal(&error, span),
            Problem::NotUtf8 { path, offset, byte, span } => broken_text(&path, offset, byte, span),
            Problem::Setting(problem) => wrong_setting(problem),
            Problem::Cycle(folder, span) => cycle(&folder, span),
            Problem::TwoDays(first, second) => contradiction(&first, &second),
            Problem::Empty => no_definitions(),
        });
    }
}

/// The day of the compilation: the one asked for, else the project's. Without one nothing can be compiled.
pub fn day(requested: Option<Date>, manifest: &Manifest, out: &mut Diagnostics) -> Option<Date> {
    let day = requested.or(manifest.day.as_ref().map(|day| day.value));
    // A day that could not be read has been told already.
    let told = [&UNKNOWN_SETTING, &INVALID_SETTING, &NO_DEFINITIONS, &UNREADABLE_FILE];
    if day.is_none() && !out.iter().any(|found| told.contains(&found.code)) {
        let message = both!(
            "Es fehlt der Stichtag: Beträge, Fristen und Rechtslage hängen vom Tag ab, und die Uhr wird nie gefragt.",
            "The day is missing: amounts, deadlines and the law depend on it, and the clock is never asked."
        );
        let help = both!(
            "Schreiben Sie in blaupause.yaml eine Zeile wie „stichtag: 2026-06-01“, oder rufen Sie mit --stichtag 2026-06-01 auf.",
            "Write a line such as “stichtag: 2026-06-01” into blaupause.yaml, or call with --stichtag 2026-06-01."
        );
        out.push(Diagnostic::new(&MISSING_DAY, Span::DETACHED, message).help(help));
    }
    day
}

/// The language of messages that the project asks for.
pub fn language(manifest: &Manifest) -> Option<Language> {
    manifest.language.as_ref().map(|language| if language.value == "en" { Language::En } else { Language::De })
}

/// Whether a finding of this rule means that the input could not be read at all (and not that it is wrong).
pub fn is_unreadable(code: &Code) -> bool {
    [&UNREADABLE_FILE, &INVALID_UTF8, &FILE_TOO_LARGE, &NO_DEFINITIONS, &OUTSIDE_PROJECT, &MISSING_DAY].contains(&code)
}

fn refusal(error: &LoadError, span: Span) -> Diagnostic {
    match error {
        LoadError::NotFound { path } => {
            Diagnostic::new(&UNREADABLE_FILE, span, both!("„{path}“ gibt es nicht.", "“{path}” does not exist."))
                .help(both!("Prüfen Sie den Pfad auf Tippfehler.", "Check the path for a slip."))
        }
        LoadError::Unreadable { path, reason } => Diagnostic::new(
            &UNREADABLE_FILE,
            span,
            both!("„{path}“ lässt sich nicht lesen: {reason}.", "“{path}” can't be read: {reason}."),
        )
        .help(both!("Prüfen Sie die Rechte an Datei und Ordner.", "Check the permissions of the file and its folder.")),
        LoadError::Outside { path } => Diagnostic::new(
            &OUTSIDE_PROJECT,
            span,
            both!(
                "„{path}“ liegt außerhalb des Projekts; von dort wird nichts gelesen.",
                "“{path}” lies outside the project; nothing is read from there."
            ),
        )
        .help(both!(
            "Nehmen Sie die Datei in das Projekt auf, oder legen Sie eine blaupause.yaml in den Ordner, der beides umfasst.",
            "Take the file into the project, or put a blaupause.yaml into the folder that holds both."
        )),
        LoadError::TooLarge { path, bytes } => {
            let (size, most) = (megabytes(*bytes), megabytes(LARGEST));
            Diagnostic::new(
                &FILE_TOO_LARGE,
                span,
                both!(
                    "„{path}“ ist {size} MB groß; gelesen werden höchstens {most} MB.",
                    "“{path}” has {size} MB; at most {most} MB are read."
                ),
            )
            .help(both!(
                "Teilen Sie die Definition auf mehrere Dateien auf; Dateien eines Ordners sehen einander.",
                "Split the definition into several files; the files of a folder see each other."
            ))
        }
    }
}

fn megabytes(bytes: u64) -> u64 {
    bytes.div_ceil(1024 * 1024)
}

fn wrong_setting(problem: manifest::Problem) -> Diagnostic {
    let span = problem.span;
    match problem.kind {
        ProblemKind::UnknownSetting(key) => {
            let known = manifest::SETTINGS.iter().flat_map(|(german, english)| [*german, *english]);
            let finding = Diagnostic::new(
                &UNKNOWN_SETTING,
                span,
                both!("blaupause.yaml kennt keine Einstellung „{key}“.", "blaupause.yaml knows no setting “{key}”."),
            );
            match nearest(&key, known) {
                Some(meant) => finding.help(both!("Meinten Sie „{meant}“?", "Did you mean “{meant}”?")).fix(span, meant),
                None => finding.help(both!(
                    "Es gibt: stichtag, sprache, einbinden.",
                    "There are: stichtag (day), sprache (language), einbinden (include)."
                )),
            }
        }
        ProblemKind::Repeated(key) => Diagnostic::new(
            &INVALID_SETTING,
            span,
            both!("„{key}“ ist schon gesetzt.", "“{key}” is already set."),
        )
        .help(both!("Streichen Sie eine der beiden Zeilen.", "Remove one of the two lines.")),
        ProblemKind::NotADay(value) => Diagnostic::new(
            &INVALID_SETTING,
            span,
            both!("„{value}“ ist kein Kalendertag.", "“{value}” is no calendar day."),
        )
        .help(both!("Schreiben Sie Jahr, Monat, Tag: 2026-06-01.", "Write year, month, day: 2026-06-01.")),
        ProblemKind::NotALanguage(value) => Diagnostic::new(
            &INVALID_SETTING,
            span,
            both!("Meldungen gibt es nicht in der Sprache „{value}“.", "There are no messages in the language “{value}”."),
        )
        .help(both!("Schreiben Sie „de“ oder „en“.", "Write “de” or “en”.")),
        ProblemKind::Malformed => Diagnostic::new(
            &INVALID_SETTING,
            span,
            both!(
                "Das ist keine Einstellung, wie blaupause.yaml sie versteht.",
                "This is no setting as blaupause.yaml understands it."
            ),
        )
        .help(both!(
            "Eine Einstellung ist eine Zeile wie „stichtag: 2026-06-01“; „einbinden“ ist eine Liste: einbinden: [../gemeinsam]. Jede steht nur einmal.",
            "A setting is a line such as “stichtag: 2026-06-01”; “einbinden” is a list: einbinden: [../shared]. Each stands only once."
        )),
    }
}

fn contradiction(first: &Placed<Date>, second: &Placed<Date>) -> Diagnostic {
    let (one, other) = (first.value, second.value);
    Diagnostic::new(
        &CONFLICTING_DAYS,
        second.span,
        both!(
            "Zwei Stichtage in einem Projekt: {other} und {one}. Gebaut wird immer für einen Tag.",
            "Two days in one project: {other} and {one}. Whatever is built is built for one day."
        ),
    )
    .label(first.span, both!("hier steht der andere", "the other one stands here"))
    .help(both!(
        "Lassen Sie nur den im obersten Ordner stehen, oder bauen Sie die Ordner einzeln.",
        "Keep only the one in the topmost folder, or build the folders one by one."
    ))
}

fn broken_text(path: &str, offset: usize, byte: u8, span: Span) -> Diagnostic {
    Diagnostic::new(
        &INVALID_UTF8,
        span,
        both!(
            "„{path}“ ist kein UTF-8-Text: Byte {offset} (0x{byte:02X}) gehört zu keinem Zeichen.",
            "“{path}” is no UTF-8 text: byte {offset} (0x{byte:02X}) belongs to no character."
        ),
    )
    .here(both!("hier", "here"))
    .help(both!(
        "Speichern Sie die Datei im Editor als „UTF-8“; oft ist sie noch als „Windows-1252“ oder „ISO 8859-1“ gespeichert.",
        "Save the file as “UTF-8” in your editor; often it still is “Windows-1252” or “ISO 8859-1”."
    ))
}

fn cycle(folder: &str, span: Span) -> Diagnostic {
    let folder = if folder.is_empty() { "." } else { folder };
    Diagnostic::new(
        &INCLUDE_CYCLE,
        span,
        both!(
            "Der Ordner „{folder}“ bindet sich über „einbinden“ selbst wieder ein.",
            "The folder “{folder}” includes itself again through “einbinden”."
        ),
    )
    .here(both!("hier schließt sich der Kreis", "the circle closes here"))
    .help(both!(
        "Legen Sie das Gemeinsame in einen dritten Ordner, den beide einbinden.",
        "Put what they share into a third folder which both include."
    ))
}

fn no_definitions() -> Diagnostic {
    Diagnostic::new(
        &NO_DEFINITIONS,
        Span::DETACHED,
        both!(
            "Hier liegt keine Definition (keine Datei mit der Endung .blau).",
            "There is no definition here (no file ending in .blau)."
        ),
    )
    .help(both!(
        "Geben Sie den Ordner des Projekts an, etwa: blaupause check examples",
        "Name the folder of the project, for instance: blaupause check examples"
    ))
}
