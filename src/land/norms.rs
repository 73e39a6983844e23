//! A variant rests on the law of its own Land or municipality.

use crate::both;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Severity};
use crate::model::norm::{Law, Level, cite};
use crate::model::{Library, Norm};
use crate::source::{Span, Text};
use crate::syntax::ast::address;
use crate::syntax::ast::{self, Operation, Payload, Statement, StatementKind};

/// The norm that an operation cites itself.
pub(super) fn citation(operation: &Operation) -> Option<&ast::Citation> {
    match &operation.payload {
        Payload::Statement(statement) => statement.clauses.norms.as_ref(),
        Payload::Step(step) => step.clauses.norms.as_ref(),
        Payload::Parameter(parameter) => parameter.norms.as_ref(),
        Payload::Target(target) => target.norms.as_ref(),
    }
}

/// Whether an operation only speaks to the compiler, so that it needs no norm.
fn is_no_law(operation: &Operation) -> bool {
    let tolerates = |statement: &Statement| matches!(statement.kind, StatementKind::Tolerate { .. });
    matches!(&operation.payload, Payload::Statement(statement) if tolerates(statement))
}

/// Each operation cites a norm of its own Land or municipality.
pub(super) fn check(
    library: &Library,
    level: Level,
    operation: &Operation,
    norms: &[Norm],
    applied: Span,
    out: &mut Diagnostics,
) {
    if is_no_law(operation) {
        return;
    }
    let what = address::title(operation);
    let (place, of) = (name(library, level), if matches!(level, Level::Land(_)) { ("des Landes", "of") } else { ("von", "of") });
    let (of_de, of_en) = of;
    if norms.is_empty() {
        out.push(
            Diagnostic::new(
                &LAND_NORM_MISSING,
                operation.span,
                both!("„{what}“ nennt keine Norm {of_de} {place}.", "“{what}” cites no norm {of_en} {place}."),
            )
            .label(applied, both!("ändert diese Stelle", "changes this place"))
            .help(both!(
                "Schreiben Sie, welches Recht das bestimmt: nach Art. … XX.Gesetz",
                "Say which law orders this: nach Art. … XX.Gesetz"
            )),
        );
        return;
    }
    let laws: Vec<&Law> = norms.iter().filter_map(|norm| norm.law).filter_map(|law| library.laws.get(law)).collect();
    if laws.is_empty() || laws.iter().any(|law| is_own(library, level, law.level)) {
        return;
    }
    let cited = cite(norms);
    out.push(
        Diagnostic::new(
            &NORM_OF_WRONG_LEVEL,
            operation.span,
            both!("„{cited}“ ist kein Recht {of_de} {place}.", "“{cited}” is no law {of_en} {place}."),
        )
        .label(applied, both!("ändert diese Stelle", "changes this place"))
        .help(both!(
            "Eine Variante ruht auf dem Recht ihres Landes oder ihrer Gemeinde; Bundesrecht gehört in das Grundverfahren.",
            "A variant rests on the law of its Land or municipality; federal law belongs into the base."
        )),
    );
}

/// Whether law of this level is that of a Land or municipality, or binds it.
fn is_own(library: &Library, level: Level, law: Level) -> bool {
    match (level, law) {
        (_, Level::EachLand) => true,
        (Level::Land(land), Level::Land(of)) => land == of,
        (Level::Municipality(_), Level::Kommune) => true,
        (Level::Municipality(place), Level::Land(of)) => library.municipalities.get(place).is_some_and(|place| place.land == of),
        (Level::Municipality(place), Level::Municipality(of)) => {
            let (place, wider) = (library.municipalities.get(place), library.municipalities.get(of));
            place.zip(wider).is_some_and(|(place, wider)| place.is_at(&wider.key) || place.lies_in(wider))
        }
        _ => false,
    }
}

/// A Land or municipality by its name.
pub(super) fn name(library: &Library, level: Level) -> Text {
    match level {
        Level::Land(land) => library.lands.get(land).map_or_else(|| "".into(), |land| land.short.clone()),
        Level::Municipality(place) => library.municipalities.get(place).map_or_else(|| "".into(), |place| place.name.clone()),
        _ => "".into(),
    }
}

/// A change by a Land without a norm.
pub static LAND_NORM_MISSING: Code = Code {
    slug: "land-norm-missing",
    severity: Severity::Error,
    title_de: "Norm des Landes fehlt",
    title_en: "Norm of the Land is missing",
    norm: None,
    explain_de: "Ein Land weicht nur ab, wo sein Recht es sagt. Jede Änderung einer Variante nennt deshalb ihre Norm.",
    explain_en: "A Land only differs where its law says so. So each change of a variant cites its norm.",
    example: "modul beispiel\n\nverfahren Antrag \"Antrag stellen\" {\n  leistung 99000000000000\n  \
        rechtsbehelf Widerspruch binnen 1 Monat\n}\n\nvariante Antrag für Bayern {\n  setze rechtsbehelf Klage binnen 1 Monat\n}\n",
};

/// A change by a Land that rests on somebody else's law.
pub static NORM_OF_WRONG_LEVEL: Code = Code {
    slug: "norm-of-wrong-level",
    severity: Severity::Error,
    title_de: "Norm der falschen Ebene",
    title_en: "Norm of the wrong level",
    norm: None,
    explain_de: "Eine Variante beruft sich auf Recht, das nicht das ihres Landes ist. Bundesrecht gilt überall und gehört in das \
        Grundverfahren; das Recht eines anderen Landes gilt hier nicht.",
    explain_en: "A variant rests on law that is not its Land's. Federal law holds everywhere and belongs into the base; the law of \
        another Land does not hold here.",
    example: "modul beispiel\n\ngesetz HE.BeispielG \"Hessisches Beispielgesetz\" ebene HE\n\nverfahren Antrag \"Antrag stellen\" {\n  \
        leistung 99000000000000\n  rechtsbehelf Widerspruch binnen 1 Monat\n}\n\nvariante Antrag für Bayern {\n  \
        setze rechtsbehelf Klage binnen 1 Monat nach § 1 HE.BeispielG\n}\n",
};
