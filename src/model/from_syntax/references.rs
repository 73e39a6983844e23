//! Names within expressions: options, data, rules, parameters, days.

use crate::both;
use crate::diagnostic::Diagnostic;
use crate::model::expression::{Context, Expression, ExpressionKind};
use crate::model::{ParameterId, Type};
use crate::source::Span;
use crate::syntax::ast;

use super::bodies::Body;
use super::literals::{self, TYPE_MISMATCH, describe};
use super::names::{Entity, unknown};
use super::narrowing::Facts;

impl Body<'_> {
    pub(super) fn reference(&mut self, reference: &ast::Reference, expected: &Type, facts: &Facts) -> Expression {
        let span = reference.span;
        if let Some(option) = literals::option(reference, expected, self.library) {
            let typ = literals::type_of(&option);
            return Expression::literal(option, typ, span);
        }
        let Some((first, rest)) = reference.segments.split_first() else { return Expression::error(span) };
        let context = match first.name.text.as_ref() {
            "antragsdatum" => Some((Context::ApplicationDate, Type::Date)),
            "entscheidungsdatum" => Some((Context::DecisionDate, Type::Date)),
            "vollständigkeitsdatum" => Some((Context::CompletionDate, Type::Date)),
            "bekanntgabedatum" => Some((Context::NotificationDate, Type::Date)),
            "erfüllt" => Some((Context::AllFulfilled, Type::Truth)),
            _ => None,
        };
        if let (Some((context, typ)), true) = (context, rest.is_empty()) {
            return Expression { kind: ExpressionKind::Context(context), typ, maybe_missing: false, span };
        }
        if let Some(local) = self.locals.get(&first.name.text).copied() {
            return self.local(local, reference, facts);
        }
        if let Some(Entity::Parameter(id)) = self.entity(&first.name) {
            return self.parameter(id, first, rest, facts, span);
        }
        let mut known: Vec<&str> = self.locals.keys().map(AsRef::as_ref).collect();
        if let Type::Choice(choice) = expected.base(self.library)
            && let Some(choice) = self.library.choices.get(*choice)
        {
            known.extend(choice.options.iter().map(|option| option.name.as_ref()));
        }
        let parameters = self.names.all(|entity| matches!(entity, Entity::Parameter(_)));
        known.extend(["antragsdatum", "entscheidungsdatum", "vollständigkeitsdatum", "bekanntgabedatum", "erfüllt"]);
        known.extend(parameters);
        let place = match expected.base(self.library) {
            Type::Choice(_) => {
                let choice = describe(expected, self.library);
                both!("in der Auswahl {choice}", "in the choice {choice}")
            }
            _ => both!("in diesem Verfahren", "in this procedure"),
        };
        self.out.push(unknown(&first.name, known, &place));
        Expression::error(span)
    }

    fn parameter(
        &mut self,
        id: ParameterId,
        first: &ast::Segment,
        rest: &[ast::Segment],
        facts: &Facts,
        span: Span,
    ) -> Expression {
        let Some(parameter) = self.library.parameters.get(id) else { return Expression::error(span) };
        let (typ, by, name) = (parameter.typ.clone(), parameter.by, parameter.name.clone());
        if let Some(extra) = rest.first() {
            self.out.push(unknown(&extra.name, [], &both!("an einem Parameter", "on a parameter")));
            return Expression::error(span);
        }
        let index = match (by, &first.index) {
            (Some(choice), Some(index)) => {
                let index = self.lower(index, &Type::Choice(choice), facts);
                Some(Box::new(self.expect(index, &Type::Choice(choice))))
            }
            (None, None) => None,
            (Some(choice), None) => {
                let choice = describe(&Type::Choice(choice), self.library);
                self.out.push(
                    Diagnostic::new(&TYPE_MISMATCH, span, both!("„{name}“ gilt je {choice}.", "“{name}” differs by {choice}."))
                        .help(both!("Schreiben Sie {name}[…] mit der {choice}.", "Write {name}[…] with the {choice}.")),
                );
                return Expression::error(span);
            }
            (None, Some(index)) => {
                self.out.push(Diagnostic::new(
                    &TYPE_MISMATCH,
                    index.span,
                    both!("„{name}“ hat nur einen Wert.", "“{name}” has only one value."),
                ));
                None
            }
        };
        let maybe_missing = index.as_ref().is_some_and(|index| index.maybe_missing);
        Expression { kind: ExpressionKind::Parameter(id, index), typ, maybe_missing, span }
    }
}
