//! What the authority does: steps with their names, conditions and deadlines resolved.

use crate::both;
use crate::model::expression::Duration;
use crate::model::procedure::Consequence;
use crate::model::workflow::{DecisionTarget, Request, Step, StepKind};
use crate::syntax::ast;

use super::bodies::{Body, Local};
use super::deadlines::consequence;
use super::expressions::Missing;
use super::literals::duration;
use super::names::unknown;

impl Body<'_> {
    /// Gives every named step its name.
    pub(super) fn name_steps(&mut self, steps: &[ast::Step]) {
        for step in steps {
            match &step.kind {
                ast::StepKind::Task { name, .. } | ast::StepKind::Appointment { name, .. } => self.name(name, Local::Address),
                ast::StepKind::Check { what: ast::Check::External { name, .. }, .. } => self.name(name, Local::Address),
                ast::StepKind::Branch { then, otherwise, .. } => {
                    self.name_steps(&then.steps);
                    if let Some(otherwise) = otherwise {
                        self.name_steps(&otherwise.steps);
                    }
                }
                ast::StepKind::Parallel(block) => self.name_steps(&block.steps),
                _ => {}
            }
        }
    }

    pub(super) fn steps(&mut self, steps: &[ast::Step]) -> Vec<Step> {
        steps.iter().map(|step| self.step(step)).collect()
    }

    fn step(&mut self, step: &ast::Step) -> Step {
        let span = step.span;
        let norms = self.norms(step.clauses.norms.as_ref());
        let kind = match &step.kind {
            ast::StepKind::Receipt => StepKind::Receipt,
            ast::StepKind::Check { what: ast::Check::Complete, within, missing } => StepKind::CheckComplete {
                within: self.limit(within.as_deref()),
                missing: missing.as_ref().and_then(|request| self.request(request)),
            },
            ast::StepKind::Check { what: ast::Check::External { name, label, body }, .. } => StepKind::CheckExternal {
                name: name.text.clone(),
                label: self.label(&name.text, label.as_ref()),
                body: body.as_ref().map_or_else(|| "".into(), |body| body.text.clone()),
            },
            ast::StepKind::Task { name, label, role, four_eyes, within, establishes } => StepKind::Task {
                name: name.text.clone(),
                label: self.label(&name.text, label.as_ref()),
                role: role.as_ref().map_or_else(|| "Sachbearbeitung".into(), |role| role.text.clone()),
                four_eyes: *four_eyes,
                within: within.as_ref().map(|within| duration(&within.duration)),
                establishes: establishes.iter().filter_map(|name| self.own_datum(name)).collect(),
            },
            ast::StepKind::Decide { what, automatic, discretion, .. } => StepKind::Decide {
                what: match what {
                    ast::DecideWhat::Preconditions => DecisionTarget::Preconditions,
                    ast::DecideWhat::Named(name) => match self.locals.get(&name.text).copied() {
                        Some(Local::Decision(id, _)) => DecisionTarget::Table(id),
                        _ => DecisionTarget::Person,
                    },
                },
                automatic: self.norms(automatic.as_ref()),
                discretion: *discretion,
            },
            ast::StepKind::Branch { condition, then, otherwise } => StepKind::Branch {
                condition: self.condition(condition, Missing::Reported),
                then: self.steps(&then.steps),
                otherwise: otherwise.as_ref().map_or_else(Vec::new, |otherwise| self.steps(&otherwise.steps)),
            },
            ast::StepKind::Parallel(block) => StepKind::Parallel(self.steps(&block.steps)),
            ast::StepKind::Consult { body, label, within } => StepKind::Consult {
                body: body.text.clone(),
                label: self.label(&body.text, label.as_ref()),
                within: self.limit(within.as_deref()),
            },
            ast::StepKind::Hear { who, within, .. } => {
                self.participant(who);
                StepKind::Hear { who: who.text.clone(), within: self.limit(within.as_deref()) }
            }
            ast::StepKind::Issue(name) => match self.locals.get(&name.text).copied() {
                Some(Local::Notice(id)) => StepKind::Issue(id),
                _ => {
                    let known = self.procedure.notices.values().map(|notice| notice.name.as_ref());
                    self.out.push(unknown(name, known, &both!("unter den Bescheiden", "among the notices")));
                    StepKind::Unsupported
                }
            },
            ast::StepKind::FollowUp(after) => StepKind::FollowUp(duration(after)),
            ast::StepKind::Appointment { name, label } => {
                StepKind::Appointment { name: name.text.clone(), label: self.label(&name.text, label.as_ref()) }
            }
            ast::StepKind::Collect(_) => self.unsupported(span, "Eine Gebühr im Ablauf", "A fee within the workflow"),
            ast::StepKind::HandOver(_) => self.unsupported(span, "Eine Abgabe im Ablauf", "A hand-over within the workflow"),
            ast::StepKind::End => self.unsupported(span, "Ein Ende mitten im Ablauf", "An end within the workflow"),
            ast::StepKind::Error => StepKind::Unsupported,
        };
        Step { kind, norms, span }
    }

    fn unsupported(&mut self, span: crate::source::Span, de: &str, en: &str) -> StepKind {
        self.out.push(super::not_yet(span, &both!("{de}", "{en}")));
        StepKind::Unsupported
    }

    fn request(&mut self, request: &ast::Request) -> Option<Request> {
        let norms = self.norms(request.norms.as_ref());
        Some(Request {
            within: duration(request.within.as_ref()?),
            consequence: request.consequence.as_ref().map(consequence),
            norms,
            span: request.span,
        })
    }

    /// A deadline of a step. It runs from the step on.
    fn limit(&mut self, within: Option<&ast::Within>) -> Option<(Duration, Option<Consequence>)> {
        let within = within?;
        if let Some(from) = &within.from {
            let what = both!("Eine Frist, die nicht mit ihrem Schritt beginnt,", "A deadline that does not begin with its step");
            self.out.push(super::not_yet(from.span, &what));
        }
        if within.extension.is_some() {
            let what = both!("Eine verlängerbare Frist eines Schrittes", "A deadline of a step that can be extended");
            self.out.push(super::not_yet(within.span, &what));
        }
        Some((duration(&within.duration), within.consequence.as_ref().map(consequence)))
    }
}
