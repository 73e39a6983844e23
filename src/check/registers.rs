//! Registers and connections by themselves: searched as the law allows, logged, of use to somebody.

use crate::both;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::evidence::{IDNR, NOOTS};
use crate::model::{Library, Model, RegisterId};

use super::once_only_codes::{CONNECTION_WITHOUT_NEED, IDNR_NOT_ALLOWED, UNLOGGED_RETRIEVAL};

/// Registers outside of the annex of the IDNrG are not searched by the identification number; what is fetched is logged.
pub(super) fn registers_are_searched_lawfully(library: &Library, out: &mut Diagnostics) {
    for register in library.registers.values().filter(|register| register.idnr.is_none()) {
        if !register.searches.iter().any(|(attributes, _)| attributes.iter().any(|attribute| attribute.as_ref() == IDNR)) {
            continue;
        }
        let name = &register.name;
        out.push(
            Diagnostic::new(
                &IDNR_NOT_ALLOWED,
                register.span,
                both!(
                    "„{name}“ steht nicht in der Anlage zum IDNrG und darf nicht mit der Identifikationsnummer durchsucht werden.",
                    "“{name}” is not in the annex of the IDNrG and may not be searched by the identification number."
                ),
            )
            .help(both!(
                "Nennen Sie die Nummer der Anlage (idnr nach Anlage Nr. … IDNrG), oder streichen Sie „idnr“ aus „suche“.",
                "Name the number in the annex (idnr nach Anlage Nr. … IDNrG), or drop “idnr” from “suche”."
            )),
        );
    }
    for line in library.connections.iter().filter(|line| line.via.is_empty()) {
        let register = library.registers.get(line.register).map_or("", |register| &register.name);
        out.push(
            Diagnostic::new(
                &UNLOGGED_RETRIEVAL,
                line.span,
                both!(
                    "Worüber „{register}“ antwortet, steht hier nicht: Offen ist, wer die Abrufe protokolliert.",
                    "It is not said over what “{register}” answers: it is open who logs the retrievals."
                ),
            )
            .help(both!(
                "Schreiben Sie zum Beispiel: {register} per {NOOTS} sofort",
                "Write for instance: {register} per {NOOTS} sofort"
            )),
        );
    }
}

/// A connection serves some procedure, if there is any.
pub(super) fn every_connection_serves(model: &Model, out: &mut Diagnostics) {
    if model.procedures.is_empty() {
        return;
    }
    let library = &model.library;
    let needs = model.procedures.iter().flat_map(|procedure| &procedure.evidence);
    let kinds = needs.flat_map(|need| need.alternatives.ways.iter().flatten()).filter_map(|kind| library.evidence.get(*kind));
    let used: Vec<RegisterId> = kinds.flat_map(|kind| kind.registers.iter().copied()).collect();
    for line in &library.connections {
        let Some(register) = library.registers.get(line.register) else { continue };
        if used.contains(&line.register) || register.identifies.is_some() {
            continue;
        }
        let (name, place) = (&register.name, &line.place);
        out.push(Diagnostic::new(
            &CONNECTION_WITHOUT_NEED,
            line.span,
            both!(
                "„{name}“ ist in {place} angeschlossen, aber kein Verfahren braucht einen Nachweis daraus.",
                "“{name}” is connected in {place}, but no procedure needs evidence from it."
            ),
        ));
    }
}
