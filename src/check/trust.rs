//! Whoever applies is identified as well as the procedure needs, and not better (§ 3 Abs. 4 OZG).

use crate::both;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Severity};
use crate::model::evidence::Trust;
use crate::model::procedure::ChannelKind;

use super::subject::Subject;

/// A channel asks for no higher level than something rests on: a norm, evidence that registers deliver, data of the account.
pub(super) fn nobody_is_identified_for_nothing(subject: &Subject<'_>, out: &mut Diagnostics) {
    let procedure = subject.procedure;
    for channel in procedure.channels.iter().filter(|channel| channel.kind == ChannelKind::Online && channel.norms.is_empty()) {
        let Some(trust) = channel.trust.filter(|trust| *trust > Trust::Low) else { continue };
        let kinds = procedure.evidence.iter().flat_map(|need| need.alternatives.ways.iter().flatten());
        let fetched = kinds.filter_map(|kind| subject.library.evidence.get(*kind)).any(|kind| !kind.registers.is_empty());
        let for_retrieval = if fetched { Trust::Substantial } else { Trust::Low };
        let needed = for_account(subject, trust).max(for_retrieval);
        if needed >= trust {
            continue;
        }
        let (is, enough) = (word(trust), word(needed));
        out.push(
            Diagnostic::new(
                &TRUST_NEEDLESSLY_HIGH,
                channel.span,
                both!(
                    "Das Vertrauensniveau „{is}“ ist höher als nötig: Für alles, was hier geschieht, genügt „{enough}“.",
                    "The trust level “{is}” is higher than necessary: “{enough}” is enough for all that happens here."
                ),
            )
            .help(both!(
                "Senken Sie es auf „{enough}“, oder nennen Sie die Vorschrift, die „{is}“ verlangt: vertrauen {is} nach …",
                "Lower it to “{enough}”, or name the provision that demands “{is}”: vertrauen {is} nach …"
            )),
        );
    }
}

/// The lowest level at which the account delivers all that it delivers at this one.
fn for_account(subject: &Subject<'_>, trust: Trust) -> Trust {
    let procedure = subject.procedure;
    let mut lowest = Trust::Low;
    for (id, datum) in procedure.data.iter().filter(|(id, _)| subject.is_needed(*id)) {
        let Some((of, number)) = datum.of else { continue };
        let person = procedure.participants.get(of).filter(|person| person.role.is_logged_in());
        let attribute = person.and_then(|person| person.attributes(subject.library).find(|(of, ..)| *of == number));
        let Some((_, group, attribute)) = attribute else { continue };
        if procedure.asked.iter().any(|(asked, _)| *asked == id) {
            continue;
        }
        let lines = subject.library.accounts.values().flat_map(|account| &account.delivers);
        let from = lines.filter(|(of, names, from)| *of == group && *from <= trust && names.contains(&attribute.name));
        lowest = lowest.max(from.map(|(.., from)| *from).min().unwrap_or(Trust::Low));
    }
    lowest
}

fn word(trust: Trust) -> &'static str {
    match trust {
        Trust::Low => "niedrig",
        Trust::Substantial => "substanziell",
        Trust::High => "hoch",
    }
}

/// Trust level too low for a retrieval.
pub static TRUST_TOO_LOW: Code = Code {
    slug: "trust-too-low",
    severity: Severity::Warning,
    title_de: "Vertrauensniveau zu niedrig",
    title_en: "Trust level too low",
    norm: Some("§ 3 Abs. 4 OZG"),
    explain_de: "Ein abgerufener Nachweis wird der angemeldeten Person gezeigt. Dafür muss feststehen, wer sie ist: Verlangt wird \
        mindestens das Vertrauensniveau „substanziell“. Darunter wird nichts abgerufen, sondern gefragt und eingereicht.",
    explain_en: "Fetched evidence is shown to whoever is logged in. It must be certain who that is: at least the trust level \
        “substanziell” is demanded. Below that nothing is fetched; one is asked and hands in.",
    example: r#"modul beispiel

nutze std.person.NatürlichePerson
nutze std.nachweis.Geburtsurkunde
nutze std.register.Personenstandsregister

gesetz PflSchG "Pflanzenschutzgesetz" ebene Bund

verfahren Antrag "Antrag stellen" nach § 1 PflSchG {
  leistung 99000000000000
  verfahrensrecht Bundesrecht
  kanal online vertrauen niedrig
  beteiligt person "Sie": NatürlichePerson antragstellend
  benötigt Geburtsurkunde von person nach § 2 PflSchG
  seite angaben "Angaben" {
    person: familienname, vornamen, geburtsdatum
  }
}

anschluss Bund {
  Personenstandsregister per NOOTS sofort ab 2025-01-01
}
"#,
};

/// Trust level higher than anything rests on.
pub static TRUST_NEEDLESSLY_HIGH: Code = Code {
    slug: "trust-needlessly-high",
    severity: Severity::Warning,
    title_de: "Vertrauensniveau unnötig hoch",
    title_en: "Trust level needlessly high",
    norm: Some("§ 3 Abs. 4 OZG"),
    explain_de: "Ein hohes Vertrauensniveau schließt viele aus: Sie brauchen einen Ausweis mit Online-Funktion oder ein Zertifikat. Es ist \
        nur gerechtfertigt, wenn eine Vorschrift es verlangt, ein Register abgefragt wird oder das Konto erst dann liefert, was nötig ist.",
    explain_en: "A high trust level shuts many out: they need an identity card with its online function or a certificate. It is only \
        justified where a provision demands it, a register is asked, or the account only then delivers what is needed.",
    example: r#"modul beispiel

gesetz PflSchG "Pflanzenschutzgesetz" ebene Bund

verfahren Antrag "Antrag stellen" nach § 1 PflSchG {
  leistung 99000000000000
  verfahrensrecht Bundesrecht
  kanal online vertrauen hoch
  seite angaben "Angaben" {
    feld hektar "Wie viele Hektar?": Ganzzahl nach § 2 PflSchG
  }
}
"#,
};
