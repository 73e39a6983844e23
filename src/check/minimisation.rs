//! Only what is necessary is asked, and by a norm (Art. 5 Abs. 1 Buchst. c, Art. 6 DSGVO).

use crate::both;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Severity};

use super::needs;
use super::subject::Subject;

/// A datum on a page is used by something, or a norm says why it is necessary.
pub(super) fn every_datum_is_used(subject: &Subject<'_>, out: &mut Diagnostics) {
    if subject.has_broken_expressions() {
        return; // what is broken and reported might have used anything
    }
    for (id, datum) in subject.procedure.data.iter() {
        if datum.page.is_none() || subject.is_needed(id) {
            continue;
        }
        let name = &datum.name;
        out.push(
            Diagnostic::new(
                &UNUSED_DATUM,
                datum.span,
                both!(
                    "„{name}“ steht auf einer Seite, aber nichts hängt davon ab: keine Regel, kein Nachweis, kein Bescheid. Deshalb wird es nicht gefragt.",
                    "“{name}” stands on a page, but nothing rests on it: no rule, no evidence, no notice. So it is not asked."
                ),
            )
            .help(both!(
                "Streichen Sie die Frage, oder sagen Sie mit „nach …“, welche Vorschrift die Angabe verlangt.",
                "Drop the question, or say with “nach …” which provision demands it."
            )),
        );
    }
}

/// The regime allows to collect what is necessary; without one, each datum needs its own norm.
pub(super) fn every_datum_has_a_legal_basis(subject: &Subject<'_>, out: &mut Diagnostics) {
    let procedure = subject.procedure;
    if procedure.regime.is_some() || procedure.frame {
        return;
    }
    for datum in procedure.data.values() {
        if datum.page.is_none() || !datum.norms.is_empty() || !datum.collected_under.is_empty() {
            continue;
        }
        let name = &datum.name;
        out.push(
            Diagnostic::new(
                &NO_LEGAL_BASIS,
                datum.span,
                both!("„{name}“ wird ohne Rechtsgrundlage erhoben.", "“{name}” is collected without a legal basis."),
            )
            .help(both!(
                "Nennen Sie das Verfahrensrecht (verfahrensrecht Sozialrecht | Bundesrecht | Landesrecht), oder die Vorschrift: \
                 erhoben nach …",
                "Name the procedural law (verfahrensrecht Sozialrecht | Bundesrecht | Landesrecht), or the provision: erhoben nach …"
            )),
        );
    }
}

/// A needed evidence proves a datum of the procedure, or is needed under a condition or by a norm of its own.
pub(super) fn every_evidence_proves_something(subject: &Subject<'_>, out: &mut Diagnostics) {
    for need in &subject.procedure.evidence {
        for kind in need.alternatives.ways.iter().flatten().filter_map(|id| subject.library.evidence.get(*id)) {
            let mut proved = kind.proves.iter().flat_map(|name| needs::proved(subject.procedure, need, name));
            let proves = proved.any(|datum| subject.is_needed(datum));
            let justified = kind.proves.is_empty() && (need.condition.is_some() || !need.norms.is_empty());
            if proves || justified {
                continue;
            }
            let name = &kind.name;
            let list = kind.proves.join(", ");
            let diagnostic = if list.is_empty() {
                Diagnostic::new(
                    &EVIDENCE_PROVES_NOTHING,
                    need.span,
                    both!(
                        "„{name}“ belegt nichts, was dieses Verfahren braucht.",
                        "“{name}” proves nothing that this procedure needs."
                    ),
                )
            } else {
                Diagnostic::new(
                    &EVIDENCE_PROVES_NOTHING,
                    need.span,
                    both!(
                        "„{name}“ belegt {list}; nichts davon braucht dieses Verfahren.",
                        "“{name}” proves {list}; this procedure needs none of it."
                    ),
                )
            };
            out.push(diagnostic.label(kind.span, both!("hier steht, was er belegt", "here is what it proves")).help(both!(
                "Streichen Sie den Nachweis, oder nehmen Sie auf, was er belegen soll.",
                "Drop the evidence, or add what it is to prove."
            )));
        }
    }
}

/// A question that nothing rests on.
pub static UNUSED_DATUM: Code = Code {
    slug: "unused-datum",
    severity: Severity::Warning,
    title_de: "Unnötige Frage",
    title_en: "Needless question",
    norm: Some("Art. 5 Abs. 1 Buchst. c DSGVO"),
    explain_de: "Eine Angabe steht auf einer Seite, aber keine Regel, kein Nachweis, keine Frist und kein Bescheid braucht sie, und keine \
        Vorschrift ist genannt, die sie verlangt. Seiten ordnen nur; gefragt wird allein, was nötig ist. Daten dürfen nur erhoben werden, soweit sie notwendig sind (Datenminimierung). Streichen Sie die \
        Frage oder nennen Sie mit „nach …“ die Vorschrift.",
    explain_en: "A datum stands on a page, but no rule, evidence, deadline or notice needs it, and no provision is named that demands \
        it. Pages only arrange; only what is necessary is asked. Data may only be collected as far as necessary (data minimisation). Drop the question or name the provision with “nach …”.",
    example: "modul beispiel\n\ngesetz PflSchG \"Pflanzenschutzgesetz\" ebene Bund\n\nverfahren Antrag \"Antrag stellen\" nach § 1 PflSchG {\n  \
        leistung 99000000000000\n  verfahrensrecht Bundesrecht\n  seite angaben \"Angaben\" {\n    \
        feld lieblingsfarbe \"Was ist Ihre Lieblingsfarbe?\": Text\n  }\n}\n",
};

/// A datum is collected without a norm.
pub static NO_LEGAL_BASIS: Code = Code {
    slug: "no-legal-basis",
    severity: Severity::Error,
    title_de: "Erhebung ohne Rechtsgrundlage",
    title_en: "Collection without a legal basis",
    norm: Some("Art. 6 Abs. 1, 3 DSGVO"),
    explain_de: "Eine Behörde darf Daten nur erheben, wenn eine Vorschrift es erlaubt. Das Verfahrensrecht liefert sie für alles \
        Erforderliche (§ 60 SGB I, § 26 Abs. 2 VwVfG); nennen Sie es mit „verfahrensrecht …“. Ohne Verfahrensrecht braucht jede Angabe ihre \
        eigene Vorschrift („nach …“ oder „erhoben nach …“).",
    explain_en: "An authority may only collect data where a provision allows it. The procedural law supplies one for all that is \
        necessary (§ 60 SGB I, § 26 Abs. 2 VwVfG); name it with “verfahrensrecht …”. Without it, each datum needs a provision of its own.",
    example: "modul beispiel\n\ngesetz PflSchG \"Pflanzenschutzgesetz\" ebene Bund\n\nverfahren Antrag \"Antrag stellen\" nach § 1 PflSchG {\n  \
        leistung 99000000000000\n  seite angaben \"Angaben\" {\n    feld mittel \"Welches Mittel verwenden Sie?\": Text\n  }\n  regel genannt: JaNein = bekannt(mittel)\n}\n",
};

/// An evidence is demanded that proves nothing needed.
pub static EVIDENCE_PROVES_NOTHING: Code = Code {
    slug: "evidence-proves-nothing",
    severity: Severity::Warning,
    title_de: "Nachweis ohne Beweiswert",
    title_en: "Evidence that proves nothing",
    norm: Some("Art. 5 Abs. 1 Buchst. c DSGVO"),
    explain_de: "Ein Nachweis wird verlangt, belegt aber keine Angabe, die das Verfahren braucht. Er belastet die Antragstellenden und \
        bringt der Behörde Daten, die sie nicht haben darf. Streichen Sie ihn, oder nehmen Sie die Angabe auf, die er belegen soll.",
    explain_en: "An evidence is demanded but proves no datum that the procedure needs. It burdens applicants and gives the authority \
        data it may not have. Drop it, or add the datum that it is to prove.",
    example: "modul beispiel\n\nnutze std.person.NatürlichePerson\nnutze std.nachweis.Geburtsurkunde\n\n\
        gesetz PflSchG \"Pflanzenschutzgesetz\" ebene Bund\n\nverfahren Antrag \"Antrag stellen\" nach § 1 PflSchG {\n  \
        leistung 99000000000000\n  verfahrensrecht Bundesrecht\n  beteiligt person \"Sie\": NatürlichePerson antragstellend\n  \
        benötigt Geburtsurkunde von person nach § 1 PflSchG\n  seite angaben \"Angaben\" {\n    person: mail\n  }\n}\n",
};
