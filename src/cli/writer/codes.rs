//! The rules of the output folder: nothing foreign is touched, and what can't be done is said.

use std::io;
use std::path::Path;

use crate::both;
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::source::Span;

/// Why nothing can be written here.
pub type Refusal = Box<Diagnostic>;

/// All rules of the output folder.
pub static CODES: &[&Code] =
    &[&OUTPUT_UNWRITABLE, &OUTPUT_FOREIGN, &OUTPUT_EDITED, &OUTPUT_COLLISION, &OUTPUT_BUSY, &OUTPUT_KEPT];

/// Whether a finding of this rule means that nothing could be written.
pub fn is_refusal(code: &Code) -> bool {
    [&OUTPUT_UNWRITABLE, &OUTPUT_FOREIGN, &OUTPUT_EDITED, &OUTPUT_BUSY].contains(&code)
}

static OUTPUT_UNWRITABLE: Code = Code {
    slug: "output-unwritable",
    severity: Severity::Error,
    title_de: "Die Ausgabe lässt sich nicht schreiben",
    title_en: "The output can't be written",
    norm: None,
    explain_de: "Der Ausgabeordner ist eine Datei, oder es fehlen Rechte oder Platz. Geschrieben wurde nichts. Wählen Sie mit -o einen anderen Ordner, oder ändern Sie die Rechte.",
    explain_en: "The output folder is a file, or permissions or space are missing. Nothing was written. Choose another folder with -o, or change the permissions.",
    example: "",
};

static OUTPUT_FOREIGN: Code = Code {
    slug: "output-foreign",
    severity: Severity::Error,
    title_de: "Eine fremde Datei ist im Weg",
    title_en: "A file of someone else is in the way",
    norm: None,
    explain_de: "Wo eine Ausgabe stehen soll, liegt etwas, das Blaupause nicht geschrieben hat. Es wird nie überschrieben oder gelöscht; geschrieben wurde nichts. Räumen Sie es selbst weg, oder wählen Sie mit -o einen anderen Ordner.",
    explain_en: "Where an output should stand lies something that Blaupause did not write. It is never overwritten or deleted; nothing was written. Move it away yourself, or choose another folder with -o.",
    example: "",
};

static OUTPUT_EDITED: Code = Code {
    slug: "output-edited",
    severity: Severity::Error,
    title_de: "Eine Ausgabe wurde von Hand geändert",
    title_en: "An output was changed by hand",
    norm: None,
    explain_de: "Eine Datei, die Blaupause geschrieben hat, sieht anders aus als damals und als jetzt. Damit keine Arbeit verloren geht, wird sie nicht überschrieben; geschrieben wurde nichts. Übernehmen Sie die Änderung in die Definition, und löschen Sie die Datei dann, oder verschieben Sie sie.",
    explain_en: "A file that Blaupause wrote looks different from then and from now. So that no work is lost it is not overwritten; nothing was written. Take the change over into the definition and then delete the file, or move it away.",
    example: "",
};

static OUTPUT_COLLISION: Code = Code {
    slug: "output-collision",
    severity: Severity::Error,
    title_de: "Zwei Ausgaben hätten denselben Namen",
    title_en: "Two outputs would have the same name",
    norm: None,
    explain_de: "Dateinamen enthalten keine Umlaute und unterscheiden nicht zwischen Groß und Klein. Zwei Verfahren, die danach gleich heißen, würden einander überschreiben. Benennen Sie eines um.",
    explain_en: "File names hold no umlauts and do not tell upper from lower case. Two procedures that have the same name then would overwrite each other. Rename one.",
    example: "",
};

static OUTPUT_BUSY: Code = Code {
    slug: "output-busy",
    severity: Severity::Error,
    title_de: "In denselben Ordner wird gerade schon gebaut",
    title_en: "Another build into the same folder is running",
    norm: None,
    explain_de: "Zwei Läufe, die zugleich in einen Ordner schreiben, ergäben eine Mischung. Warten Sie, bis der andere fertig ist, oder wählen Sie mit -o einen anderen Ordner.",
    explain_en: "Two runs that write into one folder at the same time would give a mixture. Wait until the other one is done, or choose another folder with -o.",
    example: "",
};

static OUTPUT_KEPT: Code = Code {
    slug: "output-kept",
    severity: Severity::Warning,
    title_de: "Eine überholte, von Hand geänderte Ausgabe bleibt liegen",
    title_en: "A stale output that was changed by hand stays",
    norm: None,
    explain_de: "Eine Datei eines früheren Baus wird nicht mehr erzeugt, ist aber seither von Hand geändert worden. Sie wird nicht gelöscht. Löschen Sie sie selbst, wenn Sie sie nicht mehr brauchen.",
    explain_en: "A file of an earlier build is no longer made, but has been changed by hand since. It is not deleted. Delete it yourself if you no longer need it.",
    example: "",
};

/// The output path is a file.
pub fn not_a_folder(out: &Path) -> Refusal {
    let shown = out.display();
    let refusal = Diagnostic::new(
        &OUTPUT_UNWRITABLE,
        Span::DETACHED,
        both!(
            "„{shown}“ ist kein Ordner; dorthin kann nichts geschrieben werden.",
            "“{shown}” is no folder; nothing can be written there."
        ),
    )
    .help(both!("Nennen Sie mit -o einen Ordner.", "Name a folder with -o."));
    Box::new(refusal)
}

/// The system refuses.
pub fn unwritable(path: &Path, error: &io::Error) -> Refusal {
    let shown = path.display();
    let refusal = Diagnostic::new(
        &OUTPUT_UNWRITABLE,
        Span::DETACHED,
        both!("„{shown}“ lässt sich nicht schreiben: {error}.", "“{shown}” can't be written: {error}."),
    )
    .help(both!(
        "Prüfen Sie Rechte und Platz, oder wählen Sie mit -o einen anderen Ordner.",
        "Check permissions and space, or choose another folder with -o."
    ));
    Box::new(refusal)
}

/// Something is in the way that Blaupause did not write.
pub fn foreign(path: &Path) -> Refusal {
    let shown = path.display();
    let refusal = Diagnostic::new(
        &OUTPUT_FOREIGN,
        Span::DETACHED,
        both!(
            "„{shown}“ ist im Weg: Blaupause hat es nicht geschrieben und überschreibt es deshalb nicht.",
            "“{shown}” is in the way: Blaupause did not write it and therefore does not overwrite it."
        ),
    )
    .help(both!(
        "Räumen Sie es weg, oder wählen Sie mit -o einen anderen Ordner.",
        "Move it away, or choose another folder with -o."
    ));
    Box::new(refusal)
}

/// One of our files was changed by hand.
pub fn edited(path: &Path) -> Refusal {
    let shown = path.display();
    let refusal = Diagnostic::new(
        &OUTPUT_EDITED,
        Span::DETACHED,
        both!(
            "„{shown}“ wurde seit dem letzten Bau von Hand geändert und wird deshalb nicht überschrieben.",
            "“{shown}” was changed by hand since the last build and therefore is not overwritten."
        ),
    )
    .help(both!(
        "Übernehmen Sie die Änderung in die Definition, und löschen oder verschieben Sie die Datei dann.",
        "Take the change over into the definition, then delete the file or move it away."
    ));
    Box::new(refusal)
}

/// A stale file that was changed by hand stays.
pub fn kept(path: &Path) -> Diagnostic {
    let shown = path.display();
    Diagnostic::new(
        &OUTPUT_KEPT,
        Span::DETACHED,
        both!(
            "„{shown}“ wird nicht mehr erzeugt, wurde aber von Hand geändert und bleibt deshalb liegen.",
            "“{shown}” is no longer made, but was changed by hand and therefore stays."
        ),
    )
    .help(both!("Löschen Sie die Datei, wenn Sie sie nicht mehr brauchen.", "Delete the file if you no longer need it."))
}

/// Two outputs have one path.
pub fn collision(first: &str, second: &str) -> Refusal {
    let refusal = Diagnostic::new(
        &OUTPUT_COLLISION,
        Span::DETACHED,
        both!(
            "Zwei Ausgaben hätten denselben Namen: „{first}“ und „{second}“.",
            "Two outputs would have the same name: “{first}” and “{second}”."
        ),
    )
    .help(both!("Benennen Sie eines der beiden Verfahren um.", "Rename one of the two procedures."));
    Box::new(refusal)
}

/// A path that would leave the folder.
pub fn unsound_path(path: &str) -> Refusal {
    let refusal = Diagnostic::new(
        &OUTPUT_UNWRITABLE,
        Span::DETACHED,
        both!("„{path}“ ist kein Name für eine Ausgabe.", "“{path}” is no name for an output."),
    );
    Box::new(refusal)
}

/// Another build holds the folder.
pub fn busy(out: &Path) -> Refusal {
    let shown = out.display();
    let refusal = Diagnostic::new(
        &OUTPUT_BUSY,
        Span::DETACHED,
        both!("In „{shown}“ wird gerade schon gebaut.", "Another build into “{shown}” is running."),
    )
    .help(both!("Warten Sie, bis der andere Lauf fertig ist.", "Wait until the other run is done."));
    Box::new(refusal)
}
