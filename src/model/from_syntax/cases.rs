//! Executable examples (`fall`) of one procedure.

use std::sync::Arc;

use crate::both;
use crate::diagnostic::Bilingual;
use crate::model::Type;
use crate::model::case::{Case, Event, Expectation, GivenTarget, Occurrence, Origin, Proof, Source};
use crate::model::expression::{Context, Expression, ExpressionKind};
use crate::model::ids::{DatumId, ParticipantId, PreconditionId};
use crate::model::norm::Level;
use crate::model::workflow::{self, Step, StepKind};
use crate::source::Text;
use crate::syntax::ast::{self, Handing};
use crate::syntax::keywords;

use super::WrittenCase;
use super::bodies::{Body, Local};
use super::expressions::Missing;
use super::names::unknown;

impl Body<'_> {
    pub(super) fn cases(&mut self, cases: &[WrittenCase<'_>]) {
        for case in cases {
            if case.elsewhere {
                // What it names may be that Land's own. Where all of it exists here too, it still shows something of this procedure.
                let heard = std::mem::take(self.out);
                let lowered = self.case(case);
                let unheard = std::mem::replace(self.out, heard);
                if unheard.is_empty() {
                    self.procedure.cases.push(Arc::new(lowered));
                }
            } else {
                let lowered = self.case(case);
                self.procedure.cases.push(Arc::new(lowered));
            }
        }
    }

    fn case(&mut self, written: &WrittenCase<'_>) -> Case {
        let WrittenCase { tree: case, span, place, .. } = *written;
        let municipality = if let Some(Level::Municipality(id)) = place { Some(id) } else { None };
        let land = match place {
            Some(Level::Land(land)) => Some(land),
            Some(Level::Municipality(id)) => self.library.municipalities.get(id).map(|place| place.land),
            _ => None,
        };
        let (given, events, expected) = (Vec::new(), Vec::new(), Vec::new());
        let title = case.title.plain();
        let mut lowered = Case { title, land, municipality, day: case.day, given, events, expected, span };
        for statement in &case.statements {
            match statement {
                ast::CaseStatement::Given(known, values) => {
                    let origin = match known {
                        ast::Known::Stated => Origin::Stated,
                        ast::Known::Proved => Origin::Proved,
                        ast::Known::Established => Origin::Established,
                    };
                    for (target, value) in values {
                        let Some((datum, component, index, typ)) = self.datum_at(target, false) else { continue };
                        let value = self.expression(value, &typ, Missing::Allowed);
                        lowered.given.push((GivenTarget { origin, datum, component, index }, value, target.span));
                    }
                }
                ast::CaseStatement::With(how, proofs) => {
                    for written in proofs {
                        let Some(proof) = self.proof(written) else { continue };
                        let event = match how {
                            Handing::HandedIn => Event::HandedIn(proof),
                            Handing::Fetched => Event::Fetched(proof),
                            Handing::Later => Event::HandedInLater(proof),
                            Handing::Never => Event::Lacking(proof),
                        };
                        lowered.events.push((event, written.evidence.span));
                    }
                }
                ast::CaseStatement::Missed(names) => {
                    let known = self.limited();
                    for name in names {
                        if let Some(missed) = self.stop(name, &known, &both!("unter den Fristen", "among the deadlines")) {
                            lowered.events.push((Event::Missed(missed), name.span));
                        }
                    }
                }
                ast::CaseStatement::Extended(names) => {
                    for name in names {
                        match self.locals.get(&name.text) {
                            Some(Local::Deadline(id)) => lowered.events.push((Event::Extended(*id), name.span)),
                            _ => {
                                let known = self.procedure.deadlines.values().map(|deadline| deadline.name.as_ref());
                                self.out.push(unknown(name, known, &both!("unter den Fristen", "among the deadlines")));
                            }
                        }
                    }
                }
                ast::CaseStatement::DayOf(milestone, day) => {
                    let context = match milestone {
                        ast::Milestone::Complete => Context::CompletionDate,
                        ast::Milestone::Decision => Context::DecisionDate,
                        ast::Milestone::Notification => Context::NotificationDate,
                    };
                    lowered.events.push((Event::DayOf(context, *day), span));
                }
                ast::CaseStatement::Expect(expectations) => {
                    for expectation in expectations {
                        if let Some(expected) = self.expectation(expectation) {
                            lowered.expected.push((expected, expectation.span));
                        }
                    }
                }
                ast::CaseStatement::Error => {}
            }
        }
        lowered.given.shrink_to_fit();
        lowered
    }

    fn expectation(&mut self, expectation: &ast::Expectation) -> Option<Expectation> {
        use ast::ExpectationKind as Kind;
        Some(match &expectation.kind {
            Kind::True(condition) => Expectation::True(self.condition(condition, Missing::Allowed)),
            Kind::Fulfilled(None) => Expectation::Fulfilled,
            Kind::Fulfilled(Some(name)) => {
                let id = self.precondition(name)?;
                let kind = ExpressionKind::Precondition(id);
                Expectation::True(Expression { kind, typ: Type::Truth, maybe_missing: false, span: name.span })
            }
            Kind::NotFulfilled(name) => Expectation::NotFulfilled(match name {
                Some(name) => Some(self.precondition(name)?),
                None => None,
            }),
            Kind::Open(name) => Expectation::Open(match name {
                Some(name) => Some(self.precondition(name)?),
                None => None,
            }),
            Kind::Occurs(occurrence) => Expectation::Occurs(self.occurrence(occurrence)?),
            Kind::Never(occurrence) => Expectation::Never(self.occurrence(occurrence)?),
            Kind::Source(reference, register) => {
                let (datum, ..) = self.datum_at(reference, false)?;
                Expectation::Source(
                    datum,
                    match register {
                        None => Source::Account,
                        Some(name) => {
                            let registers = &self.library.registers;
                            let Some((id, _)) = registers.iter().find(|(_, register)| register.name == name.text) else {
                                let known = registers.values().map(|register| register.name.as_ref());
                                self.out.push(unknown(name, known, &both!("unter den Registern", "among the registers")));
                                return None;
                            };
                            Source::Register(id)
                        }
                    },
                )
            }
            Kind::Deadline(name, day) => Expectation::Deadline(name.text.clone(), *day),
        })
    }

    fn occurrence(&mut self, occurrence: &ast::Occurrence) -> Option<Occurrence> {
        Some(match occurrence {
            ast::Occurrence::Notice(name) => match self.locals.get(&name.text).copied() {
                Some(Local::Notice(id)) => Occurrence::Notice(id),
                _ => {
                    let known = self.procedure.notices.values().map(|notice| notice.name.as_ref());
                    self.out.push(unknown(name, known, &both!("unter den Bescheiden", "among the notices")));
                    return None;
                }
            },
            ast::Occurrence::Asked(references) => Occurrence::Asked(self.data(references)),
            ast::Occurrence::FoundOut(references) => Occurrence::Investigated(self.data(references)),
            ast::Occurrence::Fetched(proofs) => Occurrence::Fetched(self.proofs(proofs)),
            ast::Occurrence::Needed(proofs) => Occurrence::Needed(self.proofs(proofs)),
            ast::Occurrence::Path(names) => {
                let known = workflow::stops(&self.procedure);
                let place = both!("unter den Schritten des Ablaufs", "among the steps of the workflow");
                Occurrence::Path(names.iter().filter_map(|name| self.stop(name, &known, &place)).collect())
            }
        })
    }

    fn data(&mut self, references: &[ast::Reference]) -> Vec<DatumId> {
        references.iter().filter_map(|reference| self.datum_at(reference, false)).map(|(id, ..)| id).collect()
    }

    fn proofs(&mut self, proofs: &[ast::Proof]) -> Vec<Proof> {
        proofs.iter().filter_map(|proof| self.proof(proof)).collect()
    }

    /// An evidence that the procedure needs.
    fn proof(&mut self, written: &ast::Proof) -> Option<Proof> {
        let name = &written.evidence;
        let of = match &written.of {
            Some(of) => Some(self.participant(of)?),
            None => None,
        };
        let kinds = || {
            self.procedure.evidence.iter().flat_map(|need| {
                let kinds = need.alternatives.ways.iter().flatten();
                kinds.filter_map(|id| Some((*id, self.library.evidence.get(*id)?.name.as_ref(), &need.of)))
            })
        };
        let of_person = |persons: &[ParticipantId]| of.is_none_or(|of| persons.contains(&of));
        match kinds().find(|(_, kind, persons)| *kind == name.text.as_ref() && of_person(persons)) {
            Some((evidence, ..)) => Some(Proof { evidence, of }),
            None => {
                let place = match &written.of {
                    Some(of) => {
                        let of = &of.text;
                        both!("unter den Nachweisen über „{of}“", "among the evidence about “{of}”")
                    }
                    None => both!("unter den Nachweisen des Verfahrens", "among the evidence of the procedure"),
                };
                let known: Vec<&str> = kinds().filter(|(_, _, persons)| of_person(persons)).map(|(_, kind, _)| kind).collect();
                let finding = unknown(name, known, &place);
                self.out.push(finding);
                None
            }
        }
    }

    /// A step or what follows from one, by its name; the fixed names also by their English twins.
    fn stop(&mut self, name: &ast::Name, known: &[Text], place: &Bilingual) -> Option<Text> {
        let german = keywords::all().iter().find(|keyword| keyword.en == name.text.as_ref()).map(|keyword| keyword.de);
        let called = |word: &str| known.iter().find(|stop| stop.as_ref() == word).cloned();
        let found = called(&name.text).or_else(|| called(german?));
        if found.is_none() {
            self.out.push(unknown(name, known.iter().map(AsRef::as_ref), place));
        }
        found
    }

    /// The names of everything that has a deadline.
    fn limited(&self) -> Vec<Text> {
        let mut named: Vec<Text> = self.procedure.deadlines.values().map(|deadline| deadline.name.clone()).collect();
        Step::walk(&self.procedure.workflow, &mut |step| {
            let limited = match &step.kind {
                StepKind::CheckComplete { within, missing } => {
                    named.extend(missing.as_ref().map(|_| workflow::REQUEST.into()));
                    within.is_some()
                }
                StepKind::Consult { within, .. } | StepKind::Hear { within, .. } => within.is_some(),
                _ => false,
            };
            named.extend(step.name(&self.procedure).filter(|_| limited));
        });
        named
    }

    fn precondition(&mut self, name: &ast::Name) -> Option<PreconditionId> {
        if let Some(Local::Precondition(id)) = self.locals.get(&name.text) {
            return Some(*id);
        }
        let known = self.procedure.preconditions.values().map(|precondition| precondition.name.as_ref());
        self.out.push(unknown(name, known, &both!("unter den Voraussetzungen", "among the preconditions")));
        None
    }
}
