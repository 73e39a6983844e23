//! One of several: within `summe(…)`, `alle(…)` and their like, a repeating participant or field stands for the one at hand, so that
//! `alle(kinder.geburtsdatum >= 2010-01-01)` asks it of each child.

use crate::model::Type;
use crate::model::expression::{Expression, ExpressionKind, Function, Several};
use crate::model::ids::ParticipantId;
use crate::source::Span;
use crate::syntax::ast;

use super::bodies::Body;
use super::literals::{fits, mismatch};
use super::narrowing::Facts;

/// What is at hand where an expression stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum AtHand {
    /// Nothing: several are several.
    #[default]
    Nothing,
    /// The first of which there are several, one after the other.
    First,
    /// One of these.
    OneOf(Several),
}

impl Body<'_> {
    /// The argument of a function over several: a list, or what is said of each of several.
    pub(super) fn over_several(&mut self, argument: &ast::Expression, item: &Type, facts: &Facts) -> Expression {
        let outer = std::mem::replace(&mut self.at_hand, AtHand::First);
        let body = self.lower(argument, item, facts);
        let AtHand::OneOf(several) = std::mem::replace(&mut self.at_hand, outer) else { return body };
        let (typ, maybe_missing, span) = (Type::List(Box::new(body.typ.clone())), body.maybe_missing, body.span);
        Expression { kind: ExpressionKind::Each(several, Some(Box::new(body))), typ, maybe_missing, span }
    }

    /// Lowers something that is said of one of several persons.
    pub(super) fn of_each<T>(&mut self, person: ParticipantId, lower: impl FnOnce(&mut Self) -> T) -> T {
        let repeats = self.procedure.participants.get(person).is_some_and(|participant| participant.repeat.is_some());
        let inner = if repeats { AtHand::OneOf(Several::Persons(person)) } else { self.at_hand };
        let outer = std::mem::replace(&mut self.at_hand, inner);
        let lowered = lower(self);
        self.at_hand = outer;
        lowered
    }

    /// Whether one of these is at hand, as it is from now on where the first of several was waited for.
    pub(super) fn is_at_hand(&mut self, several: Several) -> bool {
        if self.at_hand == AtHand::First {
            self.at_hand = AtHand::OneOf(several);
        }
        self.at_hand == AtHand::OneOf(several)
    }

    /// The value at hand, where a datum holds several.
    pub(super) fn one_at_hand(&mut self, several: Several, value: Expression) -> Expression {
        let Type::List(item) = value.typ.base(self.library) else { return value };
        let item = (**item).clone();
        if self.is_at_hand(several) { Expression { typ: item, ..value } } else { value }
    }

    /// A function over several values.
    pub(super) fn of_several(&mut self, function: Function, several: Expression, span: Span) -> Expression {
        let item = match several.typ.base(self.library) {
            Type::List(item) => (**item).clone(),
            Type::Unknown => return Expression::error(span),
            other if matches!(function, Function::AtLeast | Function::AtMost) => other.clone(),
            other => {
                let wanted = Type::List(Box::new(other.clone()));
                self.out.push(mismatch(several.span, &wanted, &several.typ, self.library));
                return Expression::error(span);
            }
        };
        let fitting = match function {
            Function::All | Function::Any => fits(&item, &Type::Truth, self.library),
            Function::Sum => matches!(item.base(self.library), Type::Integer | Type::Decimal | Type::Amount | Type::Quantity(_)),
            Function::AtLeast | Function::AtMost => item.base(self.library).is_ordered(),
            _ => true,
        };
        if !fitting {
            let wanted = if matches!(function, Function::All | Function::Any) { Type::Truth } else { Type::Decimal };
            self.out.push(mismatch(several.span, &wanted, &item, self.library));
            return Expression::error(span);
        }
        // Of none there is no greatest and no least.
        let none = matches!(function, Function::AtLeast | Function::AtMost) && self.may_be_none(&several);
        let (function, typ) = match function {
            Function::All | Function::Any => (function, Type::Truth),
            Function::Count if *item.base(self.library) == Type::Truth => (Function::CountTrue, Type::Integer),
            Function::Count => (function, Type::Integer),
            _ => (function, item),
        };
        let maybe_missing = several.maybe_missing || none;
        Expression { kind: ExpressionKind::Call(function, vec![several]), typ, maybe_missing, span }
    }

    /// Whether there may be none of several.
    fn may_be_none(&self, several: &Expression) -> bool {
        let repeat = match &several.kind {
            ExpressionKind::List(items) => return items.is_empty(),
            ExpressionKind::Each(Several::Persons(id), _) => {
                self.procedure.participants.get(*id).and_then(|participant| participant.repeat)
            }
            ExpressionKind::Each(Several::Values(id), _) | ExpressionKind::Datum(id) => {
                self.procedure.data.get(*id).and_then(|datum| datum.repeat)
            }
            _ => None,
        };
        repeat.is_none_or(|repeat| repeat.minimum == 0)
    }
}
