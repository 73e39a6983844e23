//! `Model` to [`Checked`] plus findings: derives facts, edits nothing. One page of calls that reads like the law.

pub mod cases;
mod conditions;
mod cycles;
mod filing;
mod minimisation;
pub mod needs;
pub mod offers;
mod once_only;
mod once_only_codes;
mod parameters;
mod registers;
mod subject;
mod tables;
mod texts;
mod tolerance;
mod trust;
mod witness;
mod workflow;

use std::sync::Arc;

use jiff::civil::Date;

use crate::diagnostic::{Code, Diagnostics, Severity};
use crate::land::connections::{Connections, Place};
use crate::model::{DatumId, LandId, Library, Model, MunicipalityId, Procedure};
use crate::rules::cases::Roads;

use needs::Reason;
use subject::Subject;

/// The rules that this stage speaks for.
pub static CODES: &[&Code] = &[
    &cycles::CYCLIC_DEFINITION,
    &minimisation::UNUSED_DATUM,
    &minimisation::NO_LEGAL_BASIS,
    &minimisation::EVIDENCE_PROVES_NOTHING,
    &once_only_codes::WRONG_REGIME,
    &once_only_codes::THIRD_PERSON_FETCH,
    &once_only_codes::NO_GROUND_FOR_RETRIEVAL,
    &once_only_codes::PREVIEW_MISSING,
    &once_only_codes::FETCH_WITHOUT_DELAY_NEEDED,
    &once_only_codes::SEARCH_DATA_MISSING,
    &once_only_codes::ASKED_THOUGH_HELD,
    &once_only_codes::UNOBTAINABLE_DATUM,
    &once_only_codes::CHOICE_EXCLUDED,
    &once_only_codes::IDNR_NOT_ALLOWED,
    &once_only_codes::UNLOGGED_RETRIEVAL,
    &once_only_codes::CONNECTION_WITHOUT_NEED,
    &filing::FILING_BLOCKED,
    &trust::TRUST_TOO_LOW,
    &trust::TRUST_NEEDLESSLY_HIGH,
    &tables::TABLE_GAP,
    &tables::TABLE_OVERLAP,
    &tables::DEAD_ROW,
    &conditions::NEVER_TRUE,
    &conditions::ALWAYS_TRUE,
    &conditions::NEVER_VISIBLE,
    &parameters::OUTDATED_PARAMETER,
    &parameters::PARAMETER_GAP,
    &workflow::UNREACHABLE_STEP,
    &workflow::NO_OUTCOME,
    &workflow::AUTOMATIC_WITHOUT_NORM,
    &workflow::DEADLINE_WITHOUT_CONSEQUENCE,
    &workflow::NOTICE_WITHOUT_REMEDY,
    &texts::MISSING_LABEL,
    &texts::MISSING_TRANSLATION,
    &texts::PLACEHOLDER_ONLY_HELP,
    &cases::CASE_FAILS,
    &cases::UNCOVERED_ROW,
    &cases::UNCOVERED_OUTCOME,
    &tolerance::TOLERATES_NOTHING,
];

/// For which day and Länder a procedure is checked.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// The day of the compilation.
    pub day: Date,
    /// Whether a parameter past its horizon is only a warning.
    pub allow_outdated: bool,
    /// The Länder that share this very procedure; cases for other Länder are passed over.
    pub lands: &'a [LandId],
    /// The municipalities whose very own it is; empty where it is that of whole Länder. Only their own cases run then.
    pub municipalities: &'a [MunicipalityId],
    /// What is connected in these places.
    pub profiles: &'a [Connected],
}

/// Places in which the same registers answer.
#[derive(Debug, Clone)]
pub struct Connected {
    /// The Länder and municipalities.
    pub places: Vec<Place>,
    /// What is connected there.
    pub connections: Connections,
}

/// A procedure in one Land that has passed every check. Constructible only here: emitters check nothing again.
#[derive(Debug, Clone)]
pub struct Checked {
    library: Arc<Library>,
    procedure: Arc<Procedure>,
    needs: Arc<[Vec<Reason>]>,
}

impl Checked {
    /// What procedures share.
    pub fn library(&self) -> &Library {
        &self.library
    }

    /// The procedure.
    pub fn procedure(&self) -> &Procedure {
        &self.procedure
    }

    /// Why a datum is needed; empty where nothing needs it.
    pub fn reasons(&self, datum: DatumId) -> &[Reason] {
        self.needs.get(datum.0 as usize).map_or(&[], Vec::as_slice)
    }
}

/// Checks what procedures share.
pub fn shared(model: &Model, out: &mut Diagnostics) {
    parameters::complete(&model.library, out);
    registers::registers_are_searched_lawfully(&model.library, out);
    registers::every_connection_serves(model, out);
}

/// Checks one procedure; `None` where an error other than a case that fails forbids to build from it.
pub fn check(
    library: &Arc<Library>,
    procedure: &Arc<Procedure>,
    context: &Context<'_>,
    out: &mut Diagnostics,
) -> Option<Checked> {
    let mut found = Diagnostics::default();
    let subject = Subject::new(library, procedure, *context);

    // Nothing rests on itself. What does has no meaning, so nothing else could be said of it.
    cycles::no_definition_rests_on_itself(&subject, &mut found);
    if !found.has_errors() {
        // Data are asked only where they are necessary, and by a norm (Art. 5 Abs. 1 Buchst. c, Art. 6 DSGVO).
        minimisation::every_datum_is_used(&subject, &mut found);
        minimisation::every_datum_has_a_legal_basis(&subject, &mut found);
        minimisation::every_evidence_proves_something(&subject, &mut found);

        // What registers know is fetched, not asked: by choice, on two grounds, with a preview (§ 5 EGovG, § 67f SGB X).
        let offers = once_only::all_offers(&subject);
        once_only::the_regime_is_that_of_the_law(&subject, &mut found);
        once_only::every_retrieval_is_lawful(&subject, &offers, &mut found);
        once_only::nobody_is_asked_what_is_held(&subject, &offers, &mut found);
        once_only::everything_needed_can_be_had(&subject, &mut found);
        once_only::no_retrieval_awaits_itself(&subject, &mut found);
        filing::filing_is_never_blocked(&subject, &mut found);
        trust::nobody_is_identified_for_nothing(&subject, &mut found);

        // Decisions are complete, free of contradiction, and made on today's amounts.
        tables::every_case_has_exactly_one_row(&subject, &mut found);
        conditions::every_condition_decides_something(&subject, &mut found);
        parameters::every_parameter_is_of_today(&subject, &mut found);

        // Every way through the procedure ends in a decision that one can contest.
        workflow::every_path_ends_in_a_notice(&subject, &mut found);
        workflow::every_step_can_be_reached(&subject, &mut found);
        workflow::automation_rests_on_a_norm(&subject, &mut found);
        workflow::every_deadline_has_a_consequence(&subject, &mut found);
        workflow::every_notice_names_a_remedy(&subject, &mut found);

        // People understand what is asked of them.
        texts::everything_shown_has_a_label(&subject, &mut found);
        texts::translations_are_whole(&subject, &mut found);
        texts::help_helps(&subject, &mut found);
    }
    let sound = !found.has_errors();
    out.append(found);
    let needs = subject.needs.into();
    sound.then(|| Checked { library: library.clone(), procedure: procedure.clone(), needs })
}

/// The examples come true, on the roads that a plan found, and they show everything that can come out.
pub fn examples(library: &Library, procedure: &Procedure, context: &Context<'_>, roads: &dyn Roads, out: &mut Diagnostics) {
    if out.iter().any(|finding| finding.code == &cycles::CYCLIC_DEFINITION) {
        return; // what rests on itself has no meaning, so no example has a result
    }
    let subject = Subject::new(library, procedure, *context);
    let results = cases::results(&subject, roads);
    cases::every_case_comes_true(&subject, &results, roads, out);
    cases::cases_show_every_outcome(&subject, &results, out);
}

/// Silences what the procedure tolerates, and reports what it tolerates in vain. To be called with all findings at hand.
pub fn tolerate(procedure: &Procedure, context: &Context<'_>, out: &mut Diagnostics) {
    tolerance::silence(procedure, context, out);
}

/// Whether nothing worse was found than a case that does not come true. Then nothing is emitted, but the cases can be looked at.
pub fn only_cases_fail(found: &Diagnostics) -> bool {
    found.iter().all(|finding| finding.severity != Severity::Error || finding.code == &cases::CASE_FAILS)
}
