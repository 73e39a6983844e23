//! What could not be read of a project, as findings.

use crate::source::Span;
use crate::source::project::Problem;

use super::{Code, Diagnostic, Diagnostics, Severity};

/// The rules about reading a project.
pub static CODES: &[&Code] = &[&UNREADABLE];

/// A file or folder of the project can't be read.
pub static UNREADABLE: Code = Code {
    slug: "unreadable-source",
    severity: Severity::Error,
    title_de: "Quelle nicht lesbar",
    title_en: "Source can't be read",
    norm: None,
    explain_de: "Eine Datei oder ein Ordner des Projekts kann nicht gelesen werden.",
    explain_en: "A file or folder of the project can't be read.",
    example: "",
};

/// Says what is wrong.
pub fn report(problems: Vec<Problem>, out: &mut Diagnostics) {
    for problem in problems {
        let message = match problem {
            Problem::Load(error) => both!("{error}", "{error}"),
            Problem::NotUtf8 { path, offset } => {
                both!("{path}: ab Byte {offset} kein UTF-8-Text", "{path}: not UTF-8 from byte {offset} on")
            }
            Problem::Manifest { path, reason } => both!("{path}: {reason}", "{path}: {reason}"),
            Problem::Empty => both!("Der Ordner enthält keine Definition (.blau)", "The folder holds no definition (.blau)"),
        };
        out.push(Diagnostic::new(&UNREADABLE, Span::DETACHED, message));
    }
}
