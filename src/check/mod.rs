//! `Model` to [`Checked`] plus findings: derives facts, edits nothing. One page of calls that reads like the law.

pub mod cases;
mod conditions;
mod cycles;
mod minimisation;
pub mod needs;
mod parameters;
mod subject;
mod tables;
mod texts;
mod tolerance;
mod witness;
mod workflow;

use std::sync::Arc;

use jiff::civil::Date;

use crate::diagnostic::{Code, Diagnostics, Severity};
use crate::model::{DatumId, LandId, Library, MunicipalityId, Procedure};

use needs::Reason;
use subject::Subject;

/// The rules that this stage speaks for.
pub static CODES: &[&Code] = &[
    &cycles::CYCLIC_DEFINITION,
    &minimisation::UNUSED_DATUM,
    &minimisation::NO_LEGAL_BASIS,
    &minimisation::EVIDENCE_PROVES_NOTHING,
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
}

/// A procedure in one Land that has passed every check. Constructible only here: emitters check nothing again.
#[derive(Debug, Clone)]
pub struct Checked {
    library: Arc<Library>,
    procedure: Arc<Procedure>,
    needs: Arc<[Vec<Reason>]>,
    examples_hold: bool,
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

    /// Whether all its cases come true. Where one does not, nothing is emitted, but the cases can still be looked at.
    pub fn examples_hold(&self) -> bool {
        self.examples_hold
    }
}

/// Checks what procedures share.
pub fn library(library: &Library, _context: &Context<'_>, out: &mut Diagnostics) {
    parameters::complete(library, out);
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

        // The examples come true, and they show everything that can come out.
        let results = cases::results(&subject);
        cases::every_case_comes_true(&subject, &results, &mut found);
        cases::cases_show_every_outcome(&subject, &results, &mut found);
    }
    tolerance::silence(&subject, &mut found);

    let examples_hold = !found.has_errors();
    let sound = !found.iter().any(|finding| finding.severity == Severity::Error && finding.code != &cases::CASE_FAILS);
    out.append(found);
    let needs = subject.needs.into();
    sound.then(|| Checked { library: library.clone(), procedure: procedure.clone(), needs, examples_hold })
}
