//! Filing is never blocked: an authority takes every application and then decides (§ 20 Abs. 3 SGB X, § 24 Abs. 3 VwVfG).

use crate::both;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Severity};
use crate::model::norm::cite;
use crate::model::procedure::Regime;

use super::subject::Subject;

/// Where the online way ends early, a norm says that it ends, not merely that nothing would be granted.
pub(super) fn filing_is_never_blocked(subject: &Subject<'_>, out: &mut Diagnostics) {
    let procedure = subject.procedure;
    for precondition in procedure.preconditions.values().filter(|precondition| !precondition.abort.is_empty()) {
        let substance = || precondition.norms.iter().chain(&procedure.norms);
        if !precondition.abort.iter().all(|norm| substance().any(|own| own.citation == norm.citation)) {
            continue;
        }
        let (name, cited) = (&precondition.name, cite(&precondition.abort));
        let rule = if procedure.regime == Some(Regime::Social) { "§ 20 Abs. 3 SGB X" } else { "§ 24 Abs. 3 VwVfG" };
        out.push(
            Diagnostic::new(
                &FILING_BLOCKED,
                precondition.span,
                both!(
                    "„{name}“ beendet den Antrag nach {cited}. Diese Norm sagt, wem etwas zusteht, nicht, dass kein Antrag angenommen wird.",
                    "“{name}” ends the application under {cited}. This norm says who is entitled, not that no application is taken."
                ),
            )
            .norm(rule)
            .help(both!(
                "Streichen Sie „abbruch“: Das Formular weist auf die Voraussetzung hin, die Behörde entscheidet. Oder nennen Sie die Norm, \
                 die den elektronischen Weg ausschließt.",
                "Drop “abbruch”: the form points to the precondition, the authority decides. Or name the norm that excludes the \
                 electronic way."
            )),
        );
    }
}

/// An application is refused before it is filed.
pub static FILING_BLOCKED: Code = Code {
    slug: "filing-blocked",
    severity: Severity::Error,
    title_de: "Antrag versperrt",
    title_en: "Filing blocked",
    norm: Some("§ 20 Abs. 3 SGB X, § 24 Abs. 3 VwVfG"),
    explain_de: "Eine Behörde darf die Entgegennahme eines Antrags nicht verweigern, weil sie ihn für unbegründet hält. Wer eine \
        Voraussetzung nicht erfüllt, wird darauf hingewiesen und kann trotzdem einreichen. Nur wo eine Norm den elektronischen Weg selbst \
        ausschließt, endet er: abbruch nach ….",
    explain_en: "An authority may not refuse to take an application because it thinks it unfounded. Whoever does not meet a precondition \
        is told so and can file all the same. Only where a norm excludes the electronic way itself does it end: abbruch nach ….",
    example: r#"modul beispiel

gesetz PflSchG "Pflanzenschutzgesetz" ebene Bund

verfahren Antrag "Antrag stellen" nach § 1 PflSchG {
  leistung 99000000000000
  verfahrensrecht Bundesrecht
  seite angaben "Angaben" {
    feld hektar "Wie viele Hektar?": Ganzzahl von 0 bis 1000
  }
  voraussetzung klein: hektar < 10 sonst "Nur für kleine Flächen." abbruch nach § 1 PflSchG nach § 1 PflSchG
}
"#,
};
