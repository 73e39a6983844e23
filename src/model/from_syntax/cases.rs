//! Executable examples (`fall`) of one procedure.

use std::sync::Arc;

use crate::both;
use crate::model::case::{Case, Expectation, GivenTarget};
use crate::model::expression::{Expression, ExpressionKind};
use crate::model::ids::{LandId, PreconditionId};
use crate::model::{Library, Type};
use crate::source::Span;
use crate::syntax::ast;

use super::bodies::{Body, Local};
use super::expressions::Missing;
use super::names::unknown;

impl Body<'_> {
    pub(super) fn cases(&mut self, cases: &[(&ast::Case, Span)]) {
        for (case, span) in cases {
            let case = self.case(case, *span);
            self.procedure.cases.push(Arc::new(case));
        }
    }

    fn case(&mut self, case: &ast::Case, span: Span) -> Case {
        let land = case.place.as_ref().and_then(|place| match land_named(self.library, &place.text) {
            Some(land) => Some(land),
            None => {
                let known = self.library.lands.values().map(|land| land.short.as_ref());
                self.out.push(unknown(place, known, &both!("unter den Ländern", "among the Länder")));
                None
            }
        });
        let mut lowered = Case { title: case.title.plain(), land, day: case.day, given: Vec::new(), expected: Vec::new(), span };
        for statement in &case.statements {
            match statement {
                ast::CaseStatement::Given(values) => {
                    for (target, value) in values {
                        let Some((datum, component, index, typ)) = self.datum_at(target, false) else { continue };
                        let typ = match (typ, index) {
                            (Type::List(item), Some(_)) => *item,
                            (typ, _) => typ,
                        };
                        let value = self.expression(value, &typ, Missing::Allowed);
                        lowered.given.push((GivenTarget { datum, component, index }, value, target.span));
                    }
                }
                ast::CaseStatement::With { span, .. } => {
                    let what = both!("Der Weg eines Nachweises in einem Fall", "The road of an evidence in a case");
                    self.out.push(super::not_yet(*span, &what));
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
            Kind::Notice(name) => match self.locals.get(&name.text).copied() {
                Some(Local::Notice(id)) => Expectation::Notice(id),
                _ => {
                    let known = self.procedure.notices.values().map(|notice| notice.name.as_ref());
                    self.out.push(unknown(name, known, &both!("unter den Bescheiden", "among the notices")));
                    return None;
                }
            },
            Kind::Asked(references) => Expectation::Asked(
                references.iter().filter_map(|reference| self.datum_at(reference, false)).map(|(id, ..)| id).collect(),
            ),
            Kind::Fetched(names) => Expectation::Fetched(names.iter().map(|name| name.text.clone()).collect()),
            Kind::Deadline(name, day) => Expectation::Deadline(name.text.clone(), *day),
            Kind::Path(_) => {
                let what = both!("Der Weg durch den Ablauf in einem Fall", "The path through the workflow in a case");
                self.out.push(super::not_yet(expectation.span, &what));
                return None;
            }
        })
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

/// A Land by its short name or its two letters.
pub(super) fn land_named(library: &Library, name: &str) -> Option<LandId> {
    library.lands.iter().find(|(_, land)| land.short.as_ref() == name || land.key.as_ref() == name).map(|(id, _)| id)
}
