//! The mutants of an expression: comparisons, conditions, sets, arithmetic, amounts.

use crate::model::expression::{BinaryOperator, Expression, ExpressionKind, Function, Literal, SetMember};
use crate::model::{Library, Type};
use crate::rules::conditions::is_inherited;

use super::quantities::{neighbours, show};
use super::{Change, Mutant, Piece, Wording};

/// Adds the mutants of an expression and of all below it.
pub(super) fn mutate(library: &Library, expression: &Expression, found: &mut Vec<Mutant>) {
    let mut parts: Vec<&Expression> = Vec::new();
    expression.walk(&mut |part| parts.push(part));
    let decided_above: Vec<&Expression> = parts.iter().flat_map(|part| decided_by(part)).collect();
    for part in parts {
        let mutants = Mutants { library, of: part, found };
        mutants.of_kind(decided_above.iter().any(|other| std::ptr::eq(*other, part)));
    }
}

/// The operands whose own mutants would repeat those of the expression around them.
fn decided_by(expression: &Expression) -> Vec<&Expression> {
    match &expression.kind {
        // `nicht x`: dropping the `nicht` turns x around.
        ExpressionKind::Not(inner) => vec![inner],
        // A literal that a value is compared with moves with the comparison.
        ExpressionKind::Binary(operator, _, right) if operator.is_order() => vec![right],
        // Neither the value that may be missing nor what is merely asked for is a condition by itself.
        ExpressionKind::Default(value, _) | ExpressionKind::Known(value) => vec![value],
        ExpressionKind::Binary(BinaryOperator::Equal | BinaryOperator::NotEqual, left, right) if left.typ == Type::Truth => {
            vec![left, right]
        }
        _ => Vec::new(),
    }
}

struct Mutants<'m, 'e> {
    library: &'m Library,
    of: &'e Expression,
    found: &'m mut Vec<Mutant>,
}

impl Mutants<'_, '_> {
    /// `decided`: whether the expression around it already stands for turning it around or moving it.
    fn of_kind(mut self, decided: bool) {
        let whole = self.of;
        match &whole.kind {
            ExpressionKind::Binary(BinaryOperator::And | BinaryOperator::Or, _, right) if is_inherited(whole, right) => {}
            ExpressionKind::Binary(operator @ (BinaryOperator::And | BinaryOperator::Or), left, right) => {
                let other = if *operator == BinaryOperator::And { BinaryOperator::Or } else { BinaryOperator::And };
                self.operator(other, left, right);
            }
            ExpressionKind::Binary(operator, left, right) => {
                for other in others(*operator) {
                    self.operator(*other, left, right);
                }
                if operator.is_order() {
                    self.bound(*operator, left, right);
                }
            }
            ExpressionKind::In(value, members) => self.set(value, members),
            ExpressionKind::Not(inner) => self.becomes((**inner).clone(), vec![Piece::Quote(inner.span)]),
            ExpressionKind::Literal(literal) if !decided => self.literal(literal),
            ExpressionKind::Call(function, arguments) => self.function(*function, arguments),
            _ if whole.typ == Type::Truth && !decided && is_atom(whole) => {
                let words = vec![Piece::Words("nicht ".to_owned()), Piece::Quote(whole.span)];
                self.becomes(negated(whole), words);
            }
            _ => {}
        }
    }

    fn becomes(&mut self, becomes: Expression, is: Wording) {
        let was = self.of.clone();
        let mutant =
            Mutant { span: was.span, was: vec![Piece::Quote(was.span)], is, change: Change::Expression { was, becomes } };
        self.found.push(mutant);
    }

    fn operator(&mut self, operator: BinaryOperator, left: &Expression, right: &Expression) {
        let kind = ExpressionKind::Binary(operator, Box::new(left.clone()), Box::new(right.clone()));
        self.becomes(Expression { kind, ..self.of.clone() }, joined(operator, left, right));
    }

    /// Moves the literal that a value is compared with. One of the two directions is the same as to include or exclude the bound.
    fn bound(&mut self, operator: BinaryOperator, left: &Expression, right: &Expression) {
        let ExpressionKind::Literal(literal) = &right.kind else { return };
        let (less, more) = neighbours(literal);
        let other = match operator {
            BinaryOperator::Less | BinaryOperator::GreaterOrEqual => less,
            _ => more,
        };
        let Some(other) = other else { return };
        let words = vec![
            Piece::Quote(left.span),
            Piece::Words(format!(" {} ", operator.sign())),
            Piece::Words(show(&other, self.library)),
        ];
        let moved = Expression { kind: ExpressionKind::Literal(other), ..right.clone() };
        let kind = ExpressionKind::Binary(operator, Box::new(left.clone()), Box::new(moved));
        self.becomes(Expression { kind, ..self.of.clone() }, words);
    }

    fn literal(&mut self, literal: &Literal) {
        let (less, more) = neighbours(literal);
        let turned = match literal {
            Literal::Truth(truth) => Some(Literal::Truth(!truth)),
            _ => None,
        };
        for other in less.into_iter().chain(more).chain(turned) {
            let words = vec![Piece::Words(show(&other, self.library))];
            self.becomes(Expression { kind: ExpressionKind::Literal(other), ..self.of.clone() }, words);
        }
    }

    fn function(&mut self, function: Function, arguments: &[Expression]) {
        let other = match function {
            Function::RoundUp => Function::RoundDown,
            Function::RoundDown | Function::Round => Function::RoundUp,
            Function::AtLeast => Function::AtMost,
            Function::AtMost => Function::AtLeast,
            Function::All => Function::Any,
            Function::Any => Function::All,
            _ => return,
        };
        let name = |function: Function| Function::NAMES.iter().find(|(_, of)| *of == function).map_or("", |(name, _)| *name);
        let mut words = vec![Piece::Words(format!("{}(", name(other)))];
        for (index, argument) in arguments.iter().enumerate() {
            if index > 0 {
                words.push(Piece::Words(", ".to_owned()));
            }
            words.push(Piece::Quote(argument.span));
        }
        words.push(Piece::Words(")".to_owned()));
        self.becomes(Expression { kind: ExpressionKind::Call(other, arguments.to_vec()), ..self.of.clone() }, words);
    }

    /// Drops each member, moves bounds of ranges, and turns the whole around.
    fn set(&mut self, value: &Expression, members: &[SetMember]) {
        let whole = self.of.clone();
        let with =
            |members: Vec<SetMember>| Expression { kind: ExpressionKind::In(Box::new(value.clone()), members), ..whole.clone() };
        for (index, member) in members.iter().enumerate() {
            if members.len() > 1 {
                let rest: Vec<SetMember> = without(members, index);
                let words = set_words(value, &rest, None);
                self.becomes(with(rest), words);
            }
            if let SetMember::Range { from, to, below } = member {
                let turned = SetMember::Range { from: from.clone(), to: to.clone(), below: !below };
                let mut changed = members.to_vec();
                if let Some(place) = changed.get_mut(index) {
                    *place = turned;
                }
                let words = set_words(value, &changed, None);
                self.becomes(with(changed), words);
            }
        }
        for added in not_among(self.library, members) {
            let ExpressionKind::Literal(literal) = &added.kind else { continue };
            let words = set_words(value, members, Some(&show(literal, self.library)));
            let mut changed = members.to_vec();
            changed.push(SetMember::Value(added));
            self.becomes(with(changed), words);
        }
        let words = vec![Piece::Words("nicht ".to_owned()), Piece::Quote(whole.span)];
        self.becomes(negated(&whole), words);
    }
}

fn without(members: &[SetMember], index: usize) -> Vec<SetMember> {
    members.iter().enumerate().filter(|(other, _)| *other != index).map(|(_, member)| member.clone()).collect()
}

/// The options of the choice at hand that are not in the set.
fn not_among(library: &Library, members: &[SetMember]) -> Vec<Expression> {
    let mut taken: Vec<u32> = Vec::new();
    let mut of = None;
    for member in members {
        let SetMember::Value(value) = member else { return Vec::new() };
        let ExpressionKind::Literal(Literal::Option(choice, option)) = &value.kind else { return Vec::new() };
        of = Some((*choice, value));
        taken.push(*option);
    }
    let Some((choice, like)) = of else { return Vec::new() };
    let count = library.choices.get(choice).map_or(0, |choice| choice.options.len());
    let free = (0..u32::try_from(count).unwrap_or(0)).filter(|option| !taken.contains(option));
    free.map(|option| Expression { kind: ExpressionKind::Literal(Literal::Option(choice, option)), ..like.clone() }).collect()
}

fn set_words(value: &Expression, members: &[SetMember], more: Option<&str>) -> Wording {
    let mut words = vec![Piece::Quote(value.span), Piece::Words(" in (".to_owned())];
    for (index, member) in members.iter().enumerate() {
        if index > 0 {
            words.push(Piece::Words(", ".to_owned()));
        }
        match member {
            SetMember::Value(value) => words.push(Piece::Quote(value.span)),
            SetMember::Range { from, to, below } => {
                let until = if *below { " bis unter " } else { " bis " };
                words.extend([Piece::Quote(from.span), Piece::Words(until.to_owned()), Piece::Quote(to.span)]);
            }
        }
    }
    words.push(Piece::Words(more.map_or_else(|| ")".to_owned(), |more| format!(", {more})"))));
    words
}

/// `a und b`, with brackets around what would otherwise belong together differently.
fn joined(operator: BinaryOperator, left: &Expression, right: &Expression) -> Wording {
    let mut words = Vec::new();
    for (index, operand) in [left, right].into_iter().enumerate() {
        if index > 0 {
            words.push(Piece::Words(format!(" {} ", operator.sign())));
        }
        if operator == BinaryOperator::And && is_bare_choice(operand) {
            words.extend([Piece::Words("(".to_owned()), Piece::Quote(operand.span), Piece::Words(")".to_owned())]);
        } else {
            words.push(Piece::Quote(operand.span));
        }
    }
    words
}

/// Whether an expression is joined by `oder` and stands without brackets.
fn is_bare_choice(expression: &Expression) -> bool {
    match &expression.kind {
        ExpressionKind::Binary(BinaryOperator::Or, left, _) => left.span.start == expression.span.start,
        _ => false,
    }
}

fn negated(expression: &Expression) -> Expression {
    Expression { kind: ExpressionKind::Not(Box::new(expression.clone())), ..expression.clone() }
}

/// Whether a truth value is not made of others.
fn is_atom(expression: &Expression) -> bool {
    matches!(
        expression.kind,
        ExpressionKind::Datum(_)
            | ExpressionKind::Component(..)
            | ExpressionKind::Rule(_)
            | ExpressionKind::Decision(..)
            | ExpressionKind::Precondition(_)
            | ExpressionKind::Context(_)
            | ExpressionKind::Known(_)
            | ExpressionKind::Default(..)
    )
}

/// What an operator is mistaken for: the bound included or not, the other side, the other sign.
fn others(operator: BinaryOperator) -> &'static [BinaryOperator] {
    use BinaryOperator as Op;
    match operator {
        Op::Less => &[Op::LessOrEqual, Op::GreaterOrEqual],
        Op::LessOrEqual => &[Op::Less, Op::Greater],
        Op::Greater => &[Op::GreaterOrEqual, Op::LessOrEqual],
        Op::GreaterOrEqual => &[Op::Greater, Op::Less],
        Op::Equal => &[Op::NotEqual],
        Op::NotEqual => &[Op::Equal],
        Op::Add => &[Op::Subtract],
        Op::Subtract => &[Op::Add],
        Op::Multiply => &[Op::Divide],
        Op::Divide => &[Op::Multiply],
        Op::And | Op::Or => &[],
    }
}
