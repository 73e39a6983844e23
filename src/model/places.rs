//! Where a procedure holds expressions: one list of all places, to read them and to change them. Cases are not among them.

use super::expression::Expression;
use super::ids::{DatumId, DeadlineId, DecisionId, Id, NoticeId, PageId, ParticipantId, PreconditionId, RuleId};
use super::procedure::{PageEntry, Procedure};
use super::text::{Template, TemplatePart};
use super::workflow::{Step, StepKind};

/// Of what an expression is a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// When a participant takes part.
    Participant(ParticipantId),
    /// When a datum exists.
    Datum(DatumId),
    /// When a page exists, or a hint on it.
    Page(PageId),
    /// When the evidence of this number is needed.
    Evidence(usize),
    /// When the attachment of this number is needed.
    Attachment(usize),
    /// When the declaration of this number must be confirmed.
    Declaration(usize),
    /// When a deadline applies, and from which day on.
    Deadline(DeadlineId),
    /// How a rule is computed.
    Rule(RuleId),
    /// What a precondition demands.
    Precondition(PreconditionId),
    /// An input of a table.
    Input(DecisionId),
    /// A result of a table.
    Result(DecisionId),
    /// How the fee of this number is computed.
    Fee(usize),
    /// What a notice says.
    Notice(NoticeId),
    /// Which way the workflow takes.
    Step,
}

/// The walk over all places; with `mut` it hands them out to be changed.
macro_rules! places {
    ($places:ident, $templates:ident, $steps:ident $(, $mut:tt)?) => {
        fn $places<'p>(procedure: &'p $($mut)? Procedure, visit: &mut impl FnMut(Place, &'p $($mut)? Expression)) {
            for (index, participant) in (&$($mut)? procedure.participants).into_iter().enumerate() {
                let place = Place::Participant(Id::from_index(index));
                (&$($mut)? participant.condition).into_iter().for_each(|condition| visit(place, condition));
            }
            for (index, datum) in (&$($mut)? procedure.data).into_iter().enumerate() {
                let place = Place::Datum(Id::from_index(index));
                (&$($mut)? datum.condition).into_iter().for_each(|condition| visit(place, condition));
            }
            for (index, page) in (&$($mut)? procedure.pages).into_iter().enumerate() {
                let place = Place::Page(Id::from_index(index));
                (&$($mut)? page.condition).into_iter().for_each(|condition| visit(place, condition));
                for entry in &$($mut)? page.entries {
                    if let PageEntry::Hint(_, Some(condition)) = entry {
                        visit(place, condition);
                    }
                }
            }
            for (number, need) in (&$($mut)? procedure.evidence).into_iter().enumerate() {
                (&$($mut)? need.condition).into_iter().for_each(|condition| visit(Place::Evidence(number), condition));
            }
            for (number, attachment) in (&$($mut)? procedure.attachments).into_iter().enumerate() {
                (&$($mut)? attachment.condition).into_iter().for_each(|condition| visit(Place::Attachment(number), condition));
            }
            for (number, declaration) in (&$($mut)? procedure.declarations).into_iter().enumerate() {
                (&$($mut)? declaration.condition).into_iter().for_each(|condition| visit(Place::Declaration(number), condition));
            }
            for (index, deadline) in (&$($mut)? procedure.deadlines).into_iter().enumerate() {
                let place = Place::Deadline(Id::from_index(index));
                visit(place, &$($mut)? deadline.from);
                (&$($mut)? deadline.condition).into_iter().for_each(|condition| visit(place, condition));
            }
            for (index, rule) in (&$($mut)? procedure.rules).into_iter().enumerate() {
                visit(Place::Rule(Id::from_index(index)), &$($mut)? rule.expression);
            }
            for (index, precondition) in (&$($mut)? procedure.preconditions).into_iter().enumerate() {
                visit(Place::Precondition(Id::from_index(index)), &$($mut)? precondition.condition);
            }
            for (index, decision) in (&$($mut)? procedure.decisions).into_iter().enumerate() {
                let id = DecisionId::from_index(index);
                (&$($mut)? decision.inputs).into_iter().for_each(|input| visit(Place::Input(id), input));
                for row in &$($mut)? decision.rows {
                    (&$($mut)? row.results).into_iter().for_each(|result| visit(Place::Result(id), result));
                }
            }
            for (number, fee) in (&$($mut)? procedure.fees).into_iter().enumerate() {
                (&$($mut)? fee.formula).into_iter().for_each(|formula| visit(Place::Fee(number), formula));
            }
            for (index, notice) in (&$($mut)? procedure.notices).into_iter().enumerate() {
                let place = Place::Notice(Id::from_index(index));
                for text in &$($mut)? notice.texts {
                    $templates(place, text, visit);
                }
                for (_, text, _) in &$($mut)? notice.clauses {
                    $templates(place, text, visit);
                }
            }
            $steps(&$($mut)? procedure.workflow, visit);
        }

        fn $templates<'p>(
            place: Place,
            template: &'p $($mut)? Template,
            visit: &mut impl FnMut(Place, &'p $($mut)? Expression),
        ) {
            for part in &$($mut)? template.parts {
                if let TemplatePart::Value(value) = part {
                    visit(place, value);
                }
            }
        }

        fn $steps<'p>(steps: &'p $($mut)? [Step], visit: &mut impl FnMut(Place, &'p $($mut)? Expression)) {
            for step in steps {
                match &$($mut)? step.kind {
                    StepKind::Branch { condition, then, otherwise } => {
                        visit(Place::Step, condition);
                        $steps(then, visit);
                        $steps(otherwise, visit);
                    }
                    StepKind::Parallel(branches) => $steps(branches, visit),
                    _ => {}
                }
            }
        }
    };
}

places!(read, read_template, read_steps);
places!(change, change_template, change_steps, mut);

impl Procedure {
    /// Every expression as a whole, with its place.
    pub fn expressions(&self) -> Vec<(Place, &Expression)> {
        let mut found = Vec::new();
        read(self, &mut |place, expression| found.push((place, expression)));
        found
    }

    /// Calls `change_one` on every expression as a whole, in the same order.
    pub fn change_expressions(&mut self, change_one: &mut impl FnMut(Place, &mut Expression)) {
        change(self, &mut |place, expression| change_one(place, expression));
    }
}
