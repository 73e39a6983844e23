//! What a Land may change: substance only where a norm opens it, authority and procedure unless a norm closes it (Art. 84 GG).

use crate::both;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Severity};
use crate::model::from_syntax::World;
use crate::model::norm::Level;
use crate::model::{LandId, Norm};
use crate::syntax::ast::{self, Operation, Payload, Procedure, Statement, StatementKind, Verb, Who};

use super::address;

/// The norm of an operation: that of what it writes, or of what it strikes.
pub(super) fn citation(operation: &Operation) -> Option<&ast::Citation> {
    match &operation.payload {
        Payload::Statement(statement) => statement.clauses.norms.as_ref(),
        Payload::Step(step) => step.clauses.norms.as_ref(),
        Payload::Target { norms, .. } => norms.as_ref(),
    }
}

/// A variant cites a norm of its own Land.
pub(super) fn own_norm(world: &World<'_>, land: LandId, operation: &Operation, norms: &[Norm], out: &mut Diagnostics) {
    let what = address::title(operation);
    let library = &world.model.library;
    let Some(name) = library.lands.get(land).map(|land| land.short.clone()) else { return };
    if norms.is_empty() {
        out.push(
            Diagnostic::new(
                &LAND_NORM_MISSING,
                operation.span,
                both!("„{what}“ nennt keine Norm des Landes {name}.", "“{what}” cites no norm of {name}."),
            )
            .help(both!(
                "Schreiben Sie, welches Landesrecht das bestimmt: nach Art. … XX.Gesetz",
                "Say which law of the Land orders this: nach Art. … XX.Gesetz"
            )),
        );
        return;
    }
    let laws: Vec<_> = norms.iter().filter_map(|norm| norm.law).filter_map(|law| library.laws.get(law)).collect();
    let own = laws.iter().any(|law| matches!(law.level, Level::Land(of) if of == land) || law.level == Level::EachLand);
    if !own && !laws.is_empty() {
        let cited = crate::model::norm::cite(norms);
        out.push(
            Diagnostic::new(
                &NORM_OF_WRONG_LEVEL,
                operation.span,
                both!("„{cited}“ ist kein Recht des Landes {name}.", "“{cited}” is no law of {name}."),
            )
            .help(both!(
                "Eine Variante ruht auf dem Recht ihres Landes; Bundesrecht gehört in das Grundverfahren.",
                "A variant rests on the law of its Land; federal law belongs into the base."
            )),
        );
    }
}

/// Whether a Land may change or strike a statement of the base.
pub(super) fn check(base: &Procedure, statement: &Statement, operation: &Operation, out: &mut Diagnostics) {
    let open = match &statement.clauses.openness {
        Some(openness) => openness.open,
        None => base.frame || !is_substance(statement) || opened(base, statement, operation.verb),
    };
    if !open {
        closed(base, statement, operation, out);
    }
}

/// Whether a Land may add a statement.
pub(super) fn check_new(base: &Procedure, statement: &Statement, operation: &Operation, out: &mut Diagnostics) {
    if !base.frame && is_substance(statement) && !opened(base, statement, operation.verb) {
        closed(base, statement, operation, out);
    }
}

fn closed(base: &Procedure, statement: &Statement, operation: &Operation, out: &mut Diagnostics) {
    let what = address::title(operation);
    let mut diagnostic = Diagnostic::new(
        &CLOSED_TO_LAND,
        operation.span,
        both!("„{what}“ steht den Ländern nicht zu.", "“{what}” is not for the Länder to say."),
    );
    if statement.span.file == base.name.span.file {
        diagnostic = diagnostic.label(statement.span, both!("im Grundverfahren abschließend geregelt", "settled in the base"));
    }
    out.push(diagnostic.help(both!(
        "Das Grundverfahren muss es öffnen, mit „offen nach <Norm>“ oder „länder dürfen … nach <Norm>“.",
        "The base must open it, with “offen nach <norm>” or “länder dürfen … nach <norm>”."
    )));
}

/// Substance: who is entitled to what, data, evidence, amounts.
fn is_substance(statement: &Statement) -> bool {
    matches!(
        statement.kind,
        StatementKind::Participant(_)
            | StatementKind::Need { .. }
            | StatementKind::Attributes { .. }
            | StatementKind::Field(_)
            | StatementKind::Rule { .. }
            | StatementKind::Decision { .. }
            | StatementKind::Precondition { .. }
            | StatementKind::Fee { .. }
            | StatementKind::Declaration { .. }
            | StatementKind::Investigate { .. }
            | StatementKind::Ask(_)
            | StatementKind::ServiceKey(_)
            | StatementKind::Regime(_)
    )
}

/// Whether a clause `länder dürfen <what> <verb>` of the procedure speaks of this statement.
fn opened(base: &Procedure, statement: &Statement, verb: Verb) -> bool {
    let what: &[&str] = match &statement.kind {
        StatementKind::Need { .. } | StatementKind::Attachment { .. } => &["nachweise", "evidence"],
        StatementKind::Field(_) | StatementKind::Attributes { .. } | StatementKind::Participant(_) => {
            &["daten", "felder", "angaben", "data"]
        }
        StatementKind::Fee { .. } => &["gebühren", "fees"],
        StatementKind::Deadline { .. } => &["fristen", "deadlines"],
        StatementKind::Precondition { .. } => &["voraussetzungen", "preconditions"],
        StatementKind::Rule { .. } | StatementKind::Decision { .. } => &["regeln", "beträge", "rules"],
        StatementKind::Declaration { .. } => &["erklärungen", "declarations"],
        _ => &[],
    };
    let verbs: &[&str] = match verb {
        Verb::Set => &["setzen", "ändern", "set"],
        Verb::Add => &["ergänzen", "add"],
        Verb::Remove => &["streichen", "remove"],
    };
    base.statements.iter().any(|clause| match &clause.kind {
        StatementKind::Opening { who: Who::Lands, what: of, verbs: allowed } => {
            of.iter().any(|name| what.contains(&name.text.as_ref()))
                && allowed.iter().any(|name| verbs.contains(&name.text.as_ref()))
        }
        _ => false,
    })
}

/// A change that the base does not leave to Länder.
pub static CLOSED_TO_LAND: Code = Code {
    slug: "closed-to-land",
    severity: Severity::Error,
    title_de: "Den Ländern verschlossen",
    title_en: "Closed to the Länder",
    norm: Some("Art. 72 Abs. 1, Art. 84 Abs. 1 GG"),
    explain_de: "Wer Anspruch worauf hat, welche Daten und Nachweise nötig sind und welche Beträge gelten, bestimmt das Bundesrecht \
        abschließend, solange das Grundverfahren es nicht öffnet („offen nach …“, „länder dürfen …“). Behörden und Verfahren regeln die \
        Länder selbst, solange keine Norm es schließt.",
    explain_en: "Who is entitled to what, which data and evidence are needed and which amounts hold is settled by federal law, unless \
        the base opens it (“offen nach …”, “länder dürfen …”). Authorities and procedure are for the Länder unless a norm closes it.",
    example: "modul beispiel\n\ngesetz BY.BeispielG \"Bayerisches Beispielgesetz\" ebene BY\n\nverfahren Antrag \"Antrag stellen\" {\n  \
        leistung 99000000000000\n}\n\nvariante Antrag für Bayern {\n  \
        ergänze feld beruf \"Was arbeiten Sie?\": Text nach Art. 1 BY.BeispielG\n}\n",
};

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
