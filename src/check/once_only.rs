//! Once-Only is lawful: nobody's data are fetched without choice, need, ground, preview; nobody is asked what is held already.

use crate::both;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::land::connections::Answering;
use crate::model::evidence::{IDNR, Register};
use crate::model::norm::{Level, cite};
use crate::model::procedure::{NeededEvidence, Regime};
use crate::model::{DatumId, EvidenceType, Library, RegisterId};
use crate::rules::foundations;
use crate::source::Span;

use super::needs::proved;
use super::offers::{Access, Obstacle, Offer, offers};
use super::once_only_codes::{
    ASKED_THOUGH_HELD, CHOICE_EXCLUDED, FETCH_WITHOUT_DELAY_NEEDED, NO_GROUND_FOR_RETRIEVAL, PREVIEW_MISSING,
    SEARCH_DATA_MISSING, THIRD_PERSON_FETCH, UNOBTAINABLE_DATUM, WRONG_REGIME,
};
use super::subject::Subject;

/// What can be fetched in the Länder that share the procedure: the offers by what is connected.
pub(super) fn all_offers(subject: &Subject<'_>) -> Vec<Vec<Offer>> {
    let profiles = subject.context.profiles.iter();
    profiles.map(|profile| offers(subject.library, subject.procedure, &profile.connections.answering)).collect()
}

/// The procedural law is that of the statute which founds the procedure.
pub(super) fn the_regime_is_that_of_the_law(subject: &Subject<'_>, out: &mut Diagnostics) {
    let procedure = subject.procedure;
    let Some(regime) = procedure.regime else { return };
    for norm in &procedure.norms {
        let Some(law) = norm.law.and_then(|law| subject.library.laws.get(law)) else { continue };
        let name = &law.name;
        let cited = law.regime.as_ref().map(|(_, norms)| cite(norms)).unwrap_or_default();
        let expected = match (&law.regime, law.level, regime) {
            (Some((of_law, _)), _, regime) if *of_law != regime => *of_law,
            (None, Level::Land(_) | Level::EachLand, Regime::Federal | Regime::Social) => Regime::Land,
            (None, Level::Bund | Level::Union, Regime::Land) => Regime::Federal,
            _ => continue,
        };
        let (is, should) = (word(regime), word(expected));
        out.push(
            Diagnostic::new(
                &WRONG_REGIME,
                norm.span,
                both!(
                    "Für {name} gilt {should}, das Verfahren nennt {is}.",
                    "{name} goes with {should}, the procedure names {is}."
                ),
            )
            .label(law.span, both!("hier steht das Gesetz", "here is the law"))
            .norm(cited)
            .help(both!("Schreiben Sie: verfahrensrecht {should}", "Write: verfahrensrecht {should}")),
        );
    }
}

fn word(regime: Regime) -> &'static str {
    match regime {
        Regime::Social => "Sozialrecht",
        Regime::Federal => "Bundesrecht",
        Regime::Land => "Landesrecht",
    }
}

/// What stands in the way of a retrieval that a connection would allow is said, with the norm.
pub(super) fn every_retrieval_is_lawful(subject: &Subject<'_>, offers: &[Vec<Offer>], out: &mut Diagnostics) {
    for offer in offers.iter().flatten() {
        let (Some(need), Some(kind)) =
            (subject.procedure.evidence.get(offer.needed), subject.library.evidence.get(offer.evidence))
        else {
            continue;
        };
        if let Access::Closed(obstacle) = &offer.access
            && let Some(found) = closed(subject, need, kind, offer, obstacle)
        {
            out.push(found);
        }
    }
}

fn closed(
    subject: &Subject<'_>,
    need: &NeededEvidence,
    kind: &EvidenceType,
    offer: &Offer,
    obstacle: &Obstacle,
) -> Option<Diagnostic> {
    let name = &kind.name;
    let whom = offer.of.and_then(|of| subject.procedure.participants.get(of)).map_or("", |person| &person.name);
    let found = match obstacle {
        Obstacle::NoRegister | Obstacle::NotConnected(_) | Obstacle::SeveralPersons(_) | Obstacle::OtherAlternative => return None,
        Obstacle::OtherPerson(registers) => {
            let register = names(subject.library, registers);
            Diagnostic::new(
                &THIRD_PERSON_FETCH,
                need.span,
                both!(
                    "{register} könnte „{name}“ über „{whom}“ liefern. Das darf nur wählen, um wen es geht; deshalb wird gefragt.",
                    "{register} could deliver “{name}” about “{whom}”. Only whoever it is about may choose that; so it is asked."
                ),
            )
            .help(both!(
                "Darf die Behörde die Angaben selbst einholen, schreiben Sie: ermittle … von {whom} nach …",
                "If the authority may find the data out itself, write: ermittle … von {whom} nach …"
            ))
        }
        Obstacle::NoticeOnly(_) => Diagnostic::new(
            &NO_GROUND_FOR_RETRIEVAL,
            need.span,
            both!(
                "„{name}“ wird nicht abgerufen: Eine Anzeige ist kein Antrag.",
                "“{name}” is not fetched: a notice is no application."
            ),
        )
        .norm("§ 5 Abs. 1 Satz 1 EGovG"),
        Obstacle::NoPreview(_) => Diagnostic::new(
            &PREVIEW_MISSING,
            need.span,
            both!(
                "„{name}“ wird nicht abgerufen: Ohne „kanal online“ kann niemand den Nachweis vorher ansehen.",
                "“{name}” is not fetched: without “kanal online” nobody can look at the evidence before."
            ),
        )
        .norm(preview_norm(subject.procedure.regime)),
        Obstacle::TrustTooLow(_) => Diagnostic::new(
            &super::trust::TRUST_TOO_LOW,
            need.span,
            both!(
                "„{name}“ wird nicht abgerufen: Wer angemeldet ist, ist dafür nicht sicher genug erkannt.",
                "“{name}” is not fetched: whoever is logged in is not identified well enough for it."
            ),
        )
        .help(both!("Schreiben Sie: kanal online vertrauen substanziell", "Write: kanal online vertrauen substanziell")),
        Obstacle::OnlyDelayed(registers) => {
            let register = names(subject.library, registers);
            Diagnostic::new(
                &FETCH_WITHOUT_DELAY_NEEDED,
                need.span,
                both!(
                    "„{name}“ wird nicht abgerufen: {register} antwortet nur verzögert, Sozialdaten werden nur sofort abgerufen.",
                    "“{name}” is not fetched: {register} answers only with delay, social data are only fetched at once."
                ),
            )
        }
        Obstacle::NoGround(_) if need.norms.is_empty() => Diagnostic::new(
            &NO_GROUND_FOR_RETRIEVAL,
            need.span,
            both!(
                "„{name}“ wird nicht abgerufen: Keine Norm sagt, wozu der Nachweis nötig ist.",
                "“{name}” is not fetched: no norm says what the evidence is necessary for."
            ),
        )
        .help(both!("Ergänzen Sie: benötigt {name} … nach …", "Add: benötigt {name} … nach …")),
        Obstacle::NoGround(_) => Diagnostic::new(
            &NO_GROUND_FOR_RETRIEVAL,
            need.span,
            both!(
                "„{name}“ wird nicht abgerufen: § 5 EGovG gilt nicht für reines Landesrecht, und der Anschluss nennt keine Norm des Landes.",
                "“{name}” is not fetched: § 5 EGovG does not hold for pure Land law, and the connection names no norm of the Land."
            ),
        )
        .help(both!(
            "Nennen Sie sie beim Anschluss: {name} per NOOTS sofort ab … nach …",
            "Name it with the connection: {name} per NOOTS sofort ab … nach …"
        )),
        Obstacle::NoSearch(registers) => {
            let register = registers.first().and_then(|register| subject.library.registers.get(*register));
            let (title, place) = register.map_or(("", Span::DETACHED), |register| (&register.name, register.span));
            Diagnostic::new(
                &SEARCH_DATA_MISSING,
                need.span,
                both!(
                    "„{name}“ wird nicht abgerufen: „{title}“ lässt sich mit dem, was über „{whom}“ zu erfahren ist, nicht durchsuchen.",
                    "“{name}” is not fetched: “{title}” can't be searched by what can be known of “{whom}”."
                ),
            )
            .label(place, both!("hier steht, wonach gesucht werden darf", "here is what may be searched by"))
        }
    };
    Some(found)
}

fn names(library: &Library, registers: &[RegisterId]) -> String {
    let registers = registers.iter().filter_map(|register| library.registers.get(*register));
    registers.map(|register| format!("„{}“", register.label.de)).collect::<Vec<_>>().join(", ")
}

fn preview_norm(regime: Option<Regime>) -> &'static str {
    match regime {
        Some(Regime::Social) => "§ 67f Abs. 4 SGB X",
        _ => "§ 5 Abs. 5 EGovG",
    }
}

/// What a connected register holds of somebody is not asked for want of the evidence that proves it; a question in spite of another
/// road has a reason.
pub(super) fn nobody_is_asked_what_is_held(subject: &Subject<'_>, offers: &[Vec<Offer>], out: &mut Diagnostics) {
    let procedure = subject.procedure;
    for (profile, offers) in subject.context.profiles.iter().zip(offers) {
        let fetched: Vec<RegisterId> = offers
            .iter()
            .flat_map(|offer| match &offer.access {
                Access::Open(searches) => searches.iter().map(|search| search.register).collect::<Vec<_>>(),
                Access::Closed(_) => Vec::new(),
            })
            .collect();
        for (id, datum) in procedure.data.iter() {
            let asked = datum.page.is_some() && subject.is_needed(id);
            let proved = procedure.evidence.iter().any(|need| proves(subject, need, id));
            let Some(register) = held_by(subject, id, &profile.connections.answering, &fetched).filter(|_| asked && !proved)
            else {
                continue;
            };
            let (name, register) = (&datum.name, &register.label.de);
            out.push(
                Diagnostic::new(
                    &ASKED_THOUGH_HELD,
                    datum.span,
                    both!(
                        "„{name}“ wird gefragt, obwohl „{register}“ die Angabe führt und hier ohnehin abgefragt wird.",
                        "“{name}” is asked although “{register}” holds it and is fetched from here anyway."
                    ),
                )
                .help(both!(
                    "Verlangt das Gesetz einen Nachweis darüber, schreiben Sie: benötigt … von … nach …. Sonst: erfrage {name} weil \"…\"",
                    "If the law demands evidence of it, write: benötigt … von … nach …. Otherwise: erfrage {name} weil \"…\""
                )),
            );
        }
    }
}

fn proves(subject: &Subject<'_>, need: &NeededEvidence, id: DatumId) -> bool {
    let kinds = need.alternatives.ways.iter().flatten().filter_map(|kind| subject.library.evidence.get(*kind));
    kinds.flat_map(|kind| &kind.proves).any(|attribute| proved(subject.procedure, need, attribute).contains(&id))
        || subject.procedure.asked.iter().any(|(asked, _)| *asked == id)
}

/// A register that is fetched from about this very person and holds the datum, which no account delivers.
fn held_by<'s>(subject: &Subject<'s>, id: DatumId, answering: &[Answering], fetched: &[RegisterId]) -> Option<&'s Register> {
    let datum = subject.procedure.data.get(id)?;
    let (of, _) = datum.of?;
    let person = subject.procedure.participants.get(of)?;
    let own = datum.name.rsplit_once('.').map(|(_, own)| own)?;
    if person.role.is_logged_in() {
        return None; // the account delivers what it can; the rest is the applicant's own to say
    }
    let about = subject.procedure.evidence.iter().any(|need| need.of.contains(&of));
    answering.iter().filter(|line| about && fetched.contains(&line.register)).find_map(|line| {
        let register = subject.library.registers.get(line.register)?;
        let holds = register
            .holds
            .iter()
            .any(|(group, held)| person.groups.contains(group) && held.iter().any(|name| name.as_ref() == own));
        holds.then_some(register)
    })
}

/// Everything that is needed can be had: nobody is asked for an identification number, and what nobody may hand in has a register.
pub(super) fn everything_needed_can_be_had(subject: &Subject<'_>, out: &mut Diagnostics) {
    let procedure = subject.procedure;
    for (id, datum) in procedure.data.iter() {
        let own = datum.name.rsplit_once('.').map(|(_, own)| own);
        if own != Some(IDNR) || !subject.is_needed(id) || procedure.evidence.iter().any(|need| proves(subject, need, id)) {
            continue;
        }
        let name = &datum.name;
        out.push(
            Diagnostic::new(
                &UNOBTAINABLE_DATUM,
                datum.span,
                both!(
                    "„{name}“ ist nicht zu bekommen: Nach der Identifikationsnummer wird niemand gefragt, und kein Nachweis belegt sie.",
                    "“{name}” can't be had: nobody is asked for the identification number, and no evidence proves it."
                ),
            )
            .norm("§ 6 Abs. 2 IDNrG")
            .help(both!(
                "Verwenden Sie sie nicht. Register werden mit ihr durchsucht, ohne dass die Definition sie nennt.",
                "Don't use it. Registers are searched by it without a word from the definition."
            )),
        );
    }
    for need in &procedure.evidence {
        for kind in need.alternatives.ways.iter().flatten().filter_map(|kind| subject.library.evidence.get(*kind)) {
            let Some((norms, place)) = &kind.only_retrieval else { continue };
            let name = &kind.name;
            if kind.registers.is_empty() {
                out.push(
                    Diagnostic::new(
                        &UNOBTAINABLE_DATUM,
                        need.span,
                        both!(
                            "„{name}“ ist nicht zu bekommen: Niemand darf den Nachweis einreichen, und kein Register liefert ihn.",
                            "“{name}” can't be had: nobody may hand it in, and no register delivers it."
                        ),
                    )
                    .label(*place, both!("hier wird das Einreichen ausgeschlossen", "here handing in is excluded"))
                    .help(both!("Nennen Sie ein Register: aus …", "Name a register: aus …")),
                );
            } else if norms.is_empty() {
                out.push(
                    Diagnostic::new(
                        &CHOICE_EXCLUDED,
                        *place,
                        both!(
                            "„nur abruf“ nimmt die Wahl, „{name}“ selbst einzureichen, und nennt keine Norm dafür.",
                            "“nur abruf” takes away the choice to hand in “{name}” and names no norm for it."
                        ),
                    )
                    .help(both!("Schreiben Sie: nur abruf nach …", "Write: nur abruf nach …")),
                );
            }
        }
    }
}

/// An evidence that a register delivers is not needed only if that very register has said so.
pub(super) fn no_retrieval_awaits_itself(subject: &Subject<'_>, out: &mut Diagnostics) {
    for need in &subject.procedure.evidence {
        let Some(condition) = &need.condition else { continue };
        let rests_on = foundations::data(subject.procedure, [condition]);
        for kind in need.alternatives.ways.iter().flatten().filter_map(|kind| subject.library.evidence.get(*kind)) {
            let own = kind.proves.iter().flat_map(|attribute| proved(subject.procedure, need, attribute));
            let own: Vec<DatumId> = own.filter(|id| rests_on.contains(id)).collect();
            let others = |id: &DatumId| {
                let others = subject.procedure.evidence.iter().filter(|other| *other != need);
                let page = subject.procedure.data.get(*id).is_some_and(|datum| datum.page.is_some());
                page || others.into_iter().any(|other| proves(subject, other, *id))
            };
            let Some(datum) = own.iter().find(|id| !others(id)).and_then(|id| subject.procedure.data.get(*id)) else { continue };
            if kind.registers.is_empty() {
                continue;
            }
            let (name, datum) = (&kind.name, &datum.name);
            out.push(
                Diagnostic::new(
                    &super::cycles::CYCLIC_DEFINITION,
                    condition.span,
                    both!(
                        "Ob „{name}“ nötig ist, hängt von „{datum}“ ab, und das weiß nur „{name}“ selbst.",
                        "Whether “{name}” is needed rests on “{datum}”, which only “{name}” itself can tell."
                    ),
                )
                .help(both!(
                    "Nehmen Sie „{datum}“ auf einer Seite auf, damit danach gefragt werden kann.",
                    "Put “{datum}” on a page, so that it can be asked."
                )),
            );
        }
    }
}
