//! Built-in functions: how many arguments of what type they take, and what they give.

use crate::both;
use crate::diagnostic::Diagnostic;
use crate::model::Type;
use crate::model::expression::{Expression, ExpressionKind, Function};
use crate::source::Span;
use crate::syntax::ast;

use super::bodies::Body;
use super::literals::TYPE_MISMATCH;
use super::names::unknown;
use super::narrowing::Facts;

impl Body<'_> {
    pub(super) fn call(
        &mut self,
        name: &ast::Name,
        arguments: &[ast::Expression],
        expected: &Type,
        facts: &Facts,
        span: Span,
    ) -> Expression {
        if matches!(name.text.as_ref(), "bekannt" | "known") {
            let [argument] = arguments else { return self.wrong_count(name, 1, arguments.len(), span) };
            let inner = self.lower(argument, &Type::Unknown, facts);
            return Expression { kind: ExpressionKind::Known(Box::new(inner)), typ: Type::Truth, maybe_missing: false, span };
        }
        let Some(function) = Function::named(&name.text) else {
            let known = Function::NAMES.iter().map(|(word, _)| *word).chain(["bekannt"]);
            self.out.push(unknown(name, known, &both!("als Funktion", "as a function")));
            return Expression::error(span);
        };
        use Function as F;
        let (count, wanted): (Option<usize>, Type) = match function {
            F::CompletedYears | F::CompletedMonths | F::DaysBetween => (Some(2), Type::Date),
            F::RoundUp | F::RoundDown | F::Round => (Some(2), expected.clone()),
            F::AtLeast | F::AtMost => (None, expected.clone()),
            F::Sum => (Some(1), expected.clone()),
            F::Count | F::CountTrue => (Some(1), Type::Unknown),
            F::All | F::Any => (Some(1), Type::Truth),
            F::Year | F::MonthStart => (Some(1), Type::Date),
        };
        if let Some(count) = count
            && arguments.len() != count
        {
            return self.wrong_count(name, count, arguments.len(), span);
        }
        if let ([several], F::Sum | F::Count | F::CountTrue | F::All | F::Any | F::AtLeast | F::AtMost) = (arguments, function) {
            let several = self.over_several(several, &wanted, facts);
            return self.of_several(function, several, span);
        }
        let mut lowered: Vec<Expression> = Vec::with_capacity(arguments.len());
        for argument in arguments {
            let wanted = match (function, lowered.first()) {
                (F::RoundUp | F::RoundDown | F::Round | F::AtLeast | F::AtMost, Some(first)) => first.typ.clone(),
                _ => wanted.clone(),
            };
            let argument = self.lower(argument, &wanted, facts);
            let same_kind = matches!(function, F::AtLeast | F::AtMost | F::RoundUp | F::RoundDown | F::Round);
            let argument = if lowered.is_empty() && same_kind { argument } else { self.expect(argument, &wanted) };
            lowered.push(argument);
        }
        let first = lowered.first().map_or(Type::Unknown, |first| first.typ.clone());
        let typ = match function {
            F::RoundUp | F::RoundDown | F::Round | F::AtLeast | F::AtMost => first,
            F::MonthStart => Type::Date,
            _ => Type::Integer,
        };
        let maybe_missing = lowered.iter().any(|argument| argument.maybe_missing);
        Expression { kind: ExpressionKind::Call(function, lowered), typ, maybe_missing, span }
    }

    fn wrong_count(&mut self, name: &ast::Name, wanted: usize, found: usize, span: Span) -> Expression {
        let function = &name.text;
        self.out.push(Diagnostic::new(
            &TYPE_MISMATCH,
            name.span,
            both!(
                "„{function}“ braucht {wanted} Angaben in der Klammer, hier sind es {found}.",
                "“{function}” takes {wanted} values in brackets, here are {found}."
            ),
        ));
        Expression::error(span)
    }
}
