//! Expressions: names resolved, types inferred, missing values found.

use rust_decimal::Decimal;

use crate::both;
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::model::Type;
use crate::model::expression::{BinaryOperator, Expression, ExpressionKind, Function, Literal, SetMember};
use crate::source::Span;
use crate::syntax::ast;

use super::bodies::Body;
use super::literals::{self, fits, mismatch};
use super::narrowing::Facts;

/// What an expression must satisfy where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Missing {
    /// Missing means "not so" here: `wenn` of fields, pages, evidence.
    Allowed,
    /// A missing value would leave the result open: rules, preconditions, tables.
    Reported,
}

impl Body<'_> {
    /// A condition: `JaNein`.
    pub(super) fn condition(&mut self, expression: &ast::Expression, missing: Missing) -> Expression {
        self.expression(expression, &Type::Truth, missing)
    }

    /// An expression of the type expected (`Unknown`: any).
    pub(super) fn expression(&mut self, written: &ast::Expression, expected: &Type, missing: Missing) -> Expression {
        let found = self.lower(written, expected, &Facts::default());
        if missing == Missing::Reported {
            self.report_missing(&found);
        }
        self.expect(found, expected)
    }

    /// Reports each value that may be missing and leaves the whole missing.
    fn report_missing(&mut self, expression: &Expression) {
        if !expression.maybe_missing {
            return;
        }
        let mut deepest: Vec<&Expression> = Vec::new();
        culprits(expression, &mut deepest);
        for culprit in deepest {
            let Some(name) = self.spoken(culprit) else { continue };
            let datum = match culprit.kind {
                ExpressionKind::Datum(id) => self.procedure.data.get(id),
                _ => None,
            };
            let (place, reason) = match (datum, &culprit.kind) {
                (Some(datum), _) => match &datum.condition {
                    Some(condition) => {
                        (condition.span, both!("nur unter dieser Bedingung gefragt", "asked only under this condition"))
                    }
                    None => (datum.span, both!("freiwillig", "optional")),
                },
                (None, ExpressionKind::Component(..)) => (culprit.span, both!("freiwilliger Teil", "optional part")),
                (None, _) => (culprit.span, both!("so viele müssen es nicht sein", "there need not be so many")),
            };
            self.out.push(
                Diagnostic::new(
                    &MAYBE_MISSING,
                    culprit.span,
                    both!("„{name}“ kann hier fehlen.", "“{name}” may be missing here."),
                )
                .label(place, reason)
                .help(both!(
                    "Sagen Sie, was dann gilt: {name} ersatzweise …, oder stellen Sie die Bedingung voran.",
                    "Say what holds then: {name} ersatzweise …, or put the condition before it."
                )),
            );
        }
    }

    /// A value as the definition names it.
    fn spoken(&self, expression: &Expression) -> Option<String> {
        match &expression.kind {
            ExpressionKind::Datum(id) => self.procedure.data.get(*id).map(|datum| datum.name.to_string()),
            ExpressionKind::Component(whole, index) => {
                let group = match whole.typ.base(self.library) {
                    Type::Group(group) => self.library.groups.get(*group),
                    _ => None,
                };
                let attribute = group?.attributes.get(*index as usize)?;
                Some(format!("{}.{}", self.spoken(whole)?, attribute.name))
            }
            ExpressionKind::Item(several, index) => {
                let several = self.spoken(several)?;
                // The number stands behind the persons: `kinder[1].geburtsdatum`.
                Some(match several.split_once('.') {
                    Some((persons, rest)) => format!("{persons}[{index}].{rest}"),
                    None => format!("{several}[{index}]"),
                })
            }
            ExpressionKind::Each(_, Some(value)) => self.spoken(value),
            ExpressionKind::Call(function, arguments) => {
                let name = Function::NAMES.iter().find(|(_, known)| known == function).map(|(name, _)| *name)?;
                let of = arguments.first().and_then(|argument| self.spoken(argument))?;
                Some(format!("{name}({of})"))
            }
            _ => None,
        }
    }

    pub(super) fn expect(&mut self, found: Expression, expected: &Type) -> Expression {
        if fits(&found.typ, expected, self.library) {
            return found;
        }
        self.out.push(mismatch(found.span, expected, &found.typ, self.library));
        Expression::error(found.span)
    }

    pub(super) fn lower(&mut self, written: &ast::Expression, expected: &Type, facts: &Facts) -> Expression {
        let span = written.span;
        match &written.kind {
            ast::ExpressionKind::Parenthesised(inner) => Expression { span, ..self.lower(inner, expected, facts) },
            ast::ExpressionKind::Literal(literal) => {
                let (literal, _) = literals::written(literal);
                let literal = literals::widen(literal, expected, self.library);
                let typ = literals::type_of(&literal);
                Expression::literal(literal, typ, span)
            }
            ast::ExpressionKind::Reference(reference) => self.reference(reference, expected, facts),
            ast::ExpressionKind::Not(inner) => {
                let inner = self.lower(inner, &Type::Truth, facts);
                let inner = self.expect(inner, &Type::Truth);
                let missing = inner.maybe_missing;
                Expression { kind: ExpressionKind::Not(Box::new(inner)), typ: Type::Truth, maybe_missing: missing, span }
            }
            ast::ExpressionKind::Negate(inner) => {
                let inner = self.lower(inner, expected, facts);
                let (typ, missing) = (inner.typ.clone(), inner.maybe_missing);
                Expression { kind: ExpressionKind::Negate(Box::new(inner)), typ, maybe_missing: missing, span }
            }
            ast::ExpressionKind::Binary(operator, left, right) => self.binary(*operator, left, right, expected, facts, span),
            ast::ExpressionKind::In(value, members) => self.membership(value, members, facts, span),
            ast::ExpressionKind::Default(value, otherwise) => {
                let value = self.lower(value, expected, facts);
                let otherwise = self.lower(otherwise, &value.typ.clone(), facts);
                let otherwise = self.expect(otherwise, &value.typ);
                let (typ, missing) = (value.typ.clone(), otherwise.maybe_missing);
                let kind = ExpressionKind::Default(Box::new(value), Box::new(otherwise));
                Expression { kind, typ, maybe_missing: missing, span }
            }
            ast::ExpressionKind::If(condition, then, otherwise) => {
                let condition = self.lower(condition, &Type::Truth, facts);
                let condition = self.expect(condition, &Type::Truth);
                let then = self.lower(then, expected, &facts.with(&condition, true, &self.procedure.data));
                let wanted = if *expected == Type::Unknown { then.typ.clone() } else { expected.clone() };
                let otherwise = self.lower(otherwise, &wanted, &facts.with(&condition, false, &self.procedure.data));
                let otherwise = self.expect(otherwise, &wanted);
                let typ = then.typ.clone();
                let maybe_missing = condition.maybe_missing || then.maybe_missing || otherwise.maybe_missing;
                let kind = ExpressionKind::If(Box::new(condition), Box::new(then), Box::new(otherwise));
                Expression { kind, typ, maybe_missing, span }
            }
            ast::ExpressionKind::Call(name, arguments) => self.call(name, arguments, expected, facts, span),
            ast::ExpressionKind::List(items) => {
                let inner = match expected {
                    Type::List(inner) => (**inner).clone(),
                    _ => Type::Unknown,
                };
                let items: Vec<Expression> = items.iter().map(|item| self.lower(item, &inner, facts)).collect();
                let typ = items.first().map_or(inner, |first| first.typ.clone());
                let maybe_missing = items.iter().any(|item| item.maybe_missing);
                Expression { kind: ExpressionKind::List(items), typ: Type::List(Box::new(typ)), maybe_missing, span }
            }
            ast::ExpressionKind::PerStep { amount, begun, step, of } => {
                let amount = self.lower(amount, &Type::Amount, facts);
                let of = self.lower(of, &Type::Unknown, facts);
                let step = self.lower(step, &of.typ.clone(), facts);
                let step = self.expect(step, &of.typ);
                let missing = of.maybe_missing || amount.maybe_missing;
                let steps = combine(BinaryOperator::Divide, of, step, Type::Decimal, missing, span);
                let one = Expression::literal(Literal::Decimal(Decimal::ONE), Type::Decimal, span);
                let round = if *begun { Function::RoundUp } else { Function::RoundDown };
                let kind = ExpressionKind::Call(round, vec![steps, one]);
                let whole = Expression { kind, typ: Type::Decimal, maybe_missing: missing, span };
                combine(BinaryOperator::Multiply, amount, whole, Type::Amount, missing, span)
            }
            ast::ExpressionKind::ShareOf(share, of) => {
                let of = self.lower(of, expected, facts);
                let share = self.lower(share, &Type::Unknown, facts);
                let factor = match &share.kind {
                    ExpressionKind::Literal(Literal::Quantity(percent, unit)) if unit.as_ref() == "%" => {
                        percent.checked_div(Decimal::ONE_HUNDRED)
                    }
                    _ => None,
                };
                let Some(factor) = factor else {
                    let percent = Type::Quantity("%".into());
                    self.out.push(mismatch(share.span, &percent, &share.typ, self.library));
                    return Expression::error(span);
                };
                let factor = Expression::literal(Literal::Decimal(factor), Type::Decimal, share.span);
                let (typ, missing) = (of.typ.clone(), of.maybe_missing);
                combine(BinaryOperator::Multiply, of, factor, typ, missing, span)
            }
            ast::ExpressionKind::Error => Expression::error(span),
        }
    }

    fn binary(
        &mut self,
        operator: ast::BinaryOperator,
        left: &ast::Expression,
        right: &ast::Expression,
        expected: &Type,
        facts: &Facts,
        span: Span,
    ) -> Expression {
        use ast::BinaryOperator as Written;
        let operator = match operator {
            Written::And | Written::Or => {
                let and = operator == Written::And;
                let left = self.lower(left, &Type::Truth, facts);
                let left = self.expect(left, &Type::Truth);
                let right = self.lower(right, &Type::Truth, &facts.with(&left, and, &self.procedure.data));
                let right = self.expect(right, &Type::Truth);
                let missing = left.maybe_missing || right.maybe_missing;
                let operator = if and { BinaryOperator::And } else { BinaryOperator::Or };
                return combine(operator, left, right, Type::Truth, missing, span);
            }
            Written::Equal => BinaryOperator::Equal,
            Written::NotEqual => BinaryOperator::NotEqual,
            Written::Less => BinaryOperator::Less,
            Written::LessOrEqual => BinaryOperator::LessOrEqual,
            Written::Greater => BinaryOperator::Greater,
            Written::GreaterOrEqual => BinaryOperator::GreaterOrEqual,
            Written::Add => BinaryOperator::Add,
            Written::Subtract => BinaryOperator::Subtract,
            Written::Multiply => BinaryOperator::Multiply,
            Written::Divide => BinaryOperator::Divide,
        };
        let (left, right) = match operator {
            BinaryOperator::Add | BinaryOperator::Subtract => {
                let left = self.lower(left, expected, facts);
                let wanted = if left.typ == Type::Date { Type::Duration } else { left.typ.clone() };
                let right = self.lower(right, &wanted, facts);
                (left, right)
            }
            BinaryOperator::Multiply | BinaryOperator::Divide => {
                (self.lower(left, &Type::Unknown, facts), self.lower(right, &Type::Unknown, facts))
            }
            _ => self.pair(left, right, facts),
        };
        let missing = left.maybe_missing || right.maybe_missing;
        match self.result(operator, &left, &right) {
            Some(typ) => combine(operator, left, right, typ, missing, span),
            None => {
                self.out.push(mismatch(right.span, &left.typ, &right.typ, self.library));
                Expression::error(span)
            }
        }
    }

    /// Two operands of a comparison: a bare word on one side may be an option of the other side's choice.
    fn pair(&mut self, left: &ast::Expression, right: &ast::Expression, facts: &Facts) -> (Expression, Expression) {
        if self.is_free_word(left) {
            let right = self.lower(right, &Type::Unknown, facts);
            let left = self.lower(left, &right.typ.clone(), facts);
            return (left, right);
        }
        let left = self.lower(left, &Type::Unknown, facts);
        let right = self.lower(right, &left.typ.clone(), facts);
        (left, right)
    }

    /// Whether an expression is a word that nothing here is called by.
    fn is_free_word(&self, expression: &ast::Expression) -> bool {
        match &expression.kind {
            ast::ExpressionKind::Reference(reference) => match reference.segments.as_slice() {
                [only] => !self.locals.contains_key(&only.name.text) && self.entity(&only.name).is_none(),
                _ => false,
            },
            ast::ExpressionKind::Parenthesised(inner) => self.is_free_word(inner),
            _ => false,
        }
    }

    /// The type of `left operator right`; `None` where they don't go together.
    fn result(&self, operator: BinaryOperator, left: &Expression, right: &Expression) -> Option<Type> {
        use BinaryOperator as Op;
        let (a, b) = (left.typ.base(self.library), right.typ.base(self.library));
        let number = |typ: &Type| matches!(typ, Type::Integer | Type::Decimal);
        let unknown = *a == Type::Unknown || *b == Type::Unknown;
        match operator {
            Op::And | Op::Or => Some(Type::Truth),
            Op::Equal | Op::NotEqual => (unknown || a == b || (number(a) && number(b))).then_some(Type::Truth),
            Op::Less | Op::LessOrEqual | Op::Greater | Op::GreaterOrEqual => {
                let comparable = a.is_ordered() && (a == b || (number(a) && number(b)));
                (unknown || comparable).then_some(Type::Truth)
            }
            _ if unknown => Some(if *a == Type::Unknown { b.clone() } else { a.clone() }),
            Op::Add | Op::Subtract => match (a, b) {
                (Type::Integer, Type::Integer) => Some(Type::Integer),
                (a, b) if number(a) && number(b) => Some(Type::Decimal),
                (Type::Amount, Type::Amount) => Some(Type::Amount),
                (Type::Date, Type::Duration) => Some(Type::Date),
                (Type::Quantity(first), Type::Quantity(second)) if first == second => Some(a.clone()),
                _ => None,
            },
            Op::Multiply => match (a, b) {
                (Type::Integer, Type::Integer) => Some(Type::Integer),
                (a, b) if number(a) && number(b) => Some(Type::Decimal),
                (Type::Amount | Type::Quantity(_), b) if number(b) => Some(a.clone()),
                (a, Type::Amount | Type::Quantity(_)) if number(a) => Some(b.clone()),
                _ => None,
            },
            Op::Divide => match (a, b) {
                (a, b) if number(a) && number(b) => Some(Type::Decimal),
                (Type::Amount, Type::Amount) => Some(Type::Decimal),
                (Type::Quantity(first), Type::Quantity(second)) if first == second => Some(Type::Decimal),
                (Type::Amount | Type::Quantity(_), b) if number(b) => Some(a.clone()),
                _ => None,
            },
        }
    }

    fn membership(&mut self, value: &ast::Expression, members: &[ast::SetMember], facts: &Facts, span: Span) -> Expression {
        let value = self.lower(value, &Type::Unknown, facts);
        let typ = value.typ.clone();
        let mut lowered = Vec::with_capacity(members.len());
        let mut missing = value.maybe_missing;
        for member in members {
            let member = match member {
                ast::SetMember::Value(member) => {
                    let member = self.lower(member, &typ, facts);
                    missing |= member.maybe_missing;
                    SetMember::Value(self.expect(member, &typ))
                }
                ast::SetMember::Range { from, to, below } => {
                    let from = self.lower(from, &typ, facts);
                    let to = self.lower(to, &typ, facts);
                    missing |= from.maybe_missing || to.maybe_missing;
                    SetMember::Range { from: self.expect(from, &typ), to: self.expect(to, &typ), below: *below }
                }
            };
            lowered.push(member);
        }
        Expression { kind: ExpressionKind::In(Box::new(value), lowered), typ: Type::Truth, maybe_missing: missing, span }
    }
}

/// Two operands as one expression.
fn combine(
    operator: BinaryOperator,
    left: Expression,
    right: Expression,
    typ: Type,
    maybe_missing: bool,
    span: Span,
) -> Expression {
    Expression { kind: ExpressionKind::Binary(operator, Box::new(left), Box::new(right)), typ, maybe_missing, span }
}

/// What makes an expression maybe missing: data, parts of them, one of several.
fn culprits<'a>(expression: &'a Expression, found: &mut Vec<&'a Expression>) {
    if !expression.maybe_missing {
        return;
    }
    let by_itself = || !expression.children().into_iter().any(|child| child.maybe_missing);
    match &expression.kind {
        ExpressionKind::Datum(_) => found.push(expression),
        ExpressionKind::Component(..) | ExpressionKind::Item(..) | ExpressionKind::Call(..) if by_itself() => {
            found.push(expression)
        }
        ExpressionKind::Default(_, otherwise) => culprits(otherwise, found),
        _ => expression.children().into_iter().for_each(|child| culprits(child, found)),
    }
}

/// A value that may be missing, used as if it were there.
pub static MAYBE_MISSING: Code = Code {
    slug: "maybe-missing",
    severity: Severity::Error,
    title_de: "Angabe kann fehlen",
    title_en: "Value may be missing",
    norm: None,
    explain_de: "Eine Angabe, die nur unter einer Bedingung gefragt wird oder freiwillig ist, kann fehlen. Wer mit ihr rechnet, sagt, \
        was dann gilt: „x ersatzweise 0 EUR“, oder stellt die Bedingung voran: „nicht sgb2 oder einkommen >= 600 EUR“. So hängt kein \
        Bescheid an einer Lücke.",
    explain_en: "A value that is only asked under a condition or is optional may be missing. Whoever uses it says what holds then: \
        “x ersatzweise 0 EUR”, or puts the condition before it: “nicht sgb2 oder einkommen >= 600 EUR”. So no notice hangs on a gap.",
    example: "modul beispiel\n\nverfahren Antrag \"Antrag stellen\" {\n  leistung 99000000000000\n  verfahrensrecht Landesrecht\n  seite angaben \"Angaben\" {\n    \
        feld arbeit \"Arbeiten Sie?\": JaNein\n    feld lohn \"Wie hoch ist Ihr Lohn?\": Betrag wenn arbeit\n  }\n  \
        regel doppelt: Betrag = lohn * 2\n}\n",
};
