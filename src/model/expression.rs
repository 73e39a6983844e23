//! Typed expressions: one tree, from which every target prints its own dialect.
//!
//! Meaning (binding for all targets): a datum whose condition is false, or that was not answered, is *missing*. Arithmetic and
//! comparisons with a missing operand are missing. `und`/`oder`/`nicht` are three-valued (Kleene): `nein und <fehlt>` is `nein`.
//! `x ersatzweise y` is `y` where `x` is missing; `bekannt(x)` is never missing; `wenn c dann a sonst b` is missing where `c` is.

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::source::{Span, Text};

use super::data_type::Type;
use super::ids::{ChoiceId, DatumId, DeadlineId, DecisionId, ParameterId, ParticipantId, PreconditionId, RuleId};

/// A value written down in a definition.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Literal {
    /// `ja`, `nein`.
    Truth(bool),
    /// `12`.
    Integer(i64),
    /// `0,5`.
    Decimal(Decimal),
    /// `27,60 EUR`, in euro.
    Amount(Decimal),
    /// `3 km`, `5 %`.
    Quantity(Decimal, Text),
    /// `2026-01-01`.
    Date(Date),
    /// `3 Monate`.
    Duration(Duration),
    /// `"…"` without holes.
    Text(Text),
    /// An option of a choice, by its index.
    Option(ChoiceId, u32),
}

/// A calendar duration.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Duration {
    /// How many.
    pub count: u32,
    /// Of what.
    pub unit: DurationUnit,
}

/// The unit of a [`Duration`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum DurationUnit {
    /// Calendar days.
    Day,
    /// Arbeitstage: Monday to Friday, no holidays.
    Workday,
    /// Werktage: Monday to Saturday, no holidays (as § 3 Abs. 2 BUrlG says; so the Saturday is one).
    Weekday,
    /// Weeks.
    Week,
    /// Calendar months.
    Month,
    /// Calendar years.
    Year,
}

/// An expression with its type.
#[derive(Debug, Clone, PartialEq)]
pub struct Expression {
    /// What it is.
    pub kind: ExpressionKind,
    /// Its type; [`Type::Unknown`] where broken.
    pub typ: Type,
    /// Whether it may be missing.
    pub maybe_missing: bool,
    /// Where it stands.
    pub span: Span,
}

/// The forms of expressions.
#[derive(Debug, Clone, PartialEq)]
pub enum ExpressionKind {
    /// A value.
    Literal(Literal),
    /// A datum of the procedure: an answer, or an attribute of a participant.
    Datum(DatumId),
    /// A field of a compound value: `kind.anschrift.plz`; the index of the attribute in its group.
    Component(Box<Expression>, u32),
    /// A computed value.
    Rule(RuleId),
    /// The output column of a decision table.
    Decision(DecisionId, u32),
    /// Whether a precondition holds (erfüllt; missing while offen).
    Precondition(PreconditionId),
    /// A dated parameter on the procedure's day; the index picks the option.
    Parameter(ParameterId, Option<Box<Expression>>),
    /// The first or last day of a deadline or period; missing where it does not run.
    Deadline(DeadlineId, Edge),
    /// A day or state that the procedure itself knows.
    Context(Context),
    /// `nicht x`.
    Not(Box<Expression>),
    /// `-x`.
    Negate(Box<Expression>),
    /// Two operands.
    Binary(BinaryOperator, Box<Expression>, Box<Expression>),
    /// `x in (a, b, 6 bis unter 12)`.
    In(Box<Expression>, Vec<SetMember>),
    /// `x ersatzweise y`.
    Default(Box<Expression>, Box<Expression>),
    /// `wenn c dann a sonst b`.
    If(Box<Expression>, Box<Expression>, Box<Expression>),
    /// `bekannt(x)`.
    Known(Box<Expression>),
    /// A built-in function.
    Call(Function, Vec<Expression>),
    /// A list `[a, b]`.
    List(Vec<Expression>),
    /// A value for each of several, in order; without one, `ja` for each of them. Within it, their data mean the one at hand.
    Each(Several, Option<Box<Expression>>),
    /// One of several values, counted from 1: `kinder[1].geburtsdatum`.
    Item(Box<Expression>, u32),
    /// Broken and reported.
    Error,
}

/// The first or last day of something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Edge {
    /// The first day that counts.
    First,
    /// The last day.
    Last,
}

/// What there can be several of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Several {
    /// The persons of a repeating participant.
    Persons(ParticipantId),
    /// The values of a datum that holds several.
    Values(DatumId),
}

/// What a procedure knows without asking.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Context {
    /// The day the application arrives.
    ApplicationDate,
    /// The day on which all documents are there.
    CompletionDate,
    /// The day of the decision, on which the notice is sent.
    DecisionDate,
    /// The day on which the notice is made known, or counts as made known.
    NotificationDate,
    /// All preconditions hold (`erfüllt`).
    AllFulfilled,
}

/// Operators with two operands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BinaryOperator {
    /// `und`
    And,
    /// `oder`
    Or,
    /// `=`
    Equal,
    /// `!=`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
    /// `+` (also date + duration)
    Add,
    /// `-` (also date - duration)
    Subtract,
    /// `*`
    Multiply,
    /// `/`
    Divide,
}

impl BinaryOperator {
    /// As it is written.
    pub fn sign(self) -> &'static str {
        match self {
            BinaryOperator::And => "und",
            BinaryOperator::Or => "oder",
            BinaryOperator::Equal => "=",
            BinaryOperator::NotEqual => "!=",
            BinaryOperator::Less => "<",
            BinaryOperator::LessOrEqual => "<=",
            BinaryOperator::Greater => ">",
            BinaryOperator::GreaterOrEqual => ">=",
            BinaryOperator::Add => "+",
            BinaryOperator::Subtract => "-",
            BinaryOperator::Multiply => "*",
            BinaryOperator::Divide => "/",
        }
    }

    /// Whether it compares by order.
    pub fn is_order(self) -> bool {
        use BinaryOperator::{Greater, GreaterOrEqual, Less, LessOrEqual};
        matches!(self, Less | LessOrEqual | Greater | GreaterOrEqual)
    }

    /// Whether it compares.
    pub fn is_comparison(self) -> bool {
        self.is_order() || matches!(self, BinaryOperator::Equal | BinaryOperator::NotEqual)
    }
}

/// A member of a set after `in`.
#[derive(Debug, Clone, PartialEq)]
pub enum SetMember {
    /// One value.
    Value(Expression),
    /// `a bis b` (`bis unter b` where `below`).
    Range {
        /// The least value.
        from: Expression,
        /// The greatest value.
        to: Expression,
        /// Whether the greatest value is excluded.
        below: bool,
    },
}

/// Built-in functions. The names in definitions are German words: [`Function::NAMES`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Function {
    /// `vollendete_jahre(geburt, tag)`: completed years of life, § 187 Abs. 2, § 188 Abs. 2 BGB.
    CompletedYears,
    /// `vollendete_monate(von, bis)`.
    CompletedMonths,
    /// `tage(von, bis)`: days between.
    DaysBetween,
    /// `aufrunden(x, schritt)`: up to a multiple of the step.
    RoundUp,
    /// `abrunden(x, schritt)`: down to a multiple of the step.
    RoundDown,
    /// `runden(x, schritt)`: commercially, halves away from zero.
    Round,
    /// `mindestens(a, b, …)`: the greatest.
    AtLeast,
    /// `höchstens(a, b, …)`: the least.
    AtMost,
    /// `summe(liste)`: 0 where there are none.
    Sum,
    /// `anzahl(liste)`: how many there are.
    Count,
    /// `anzahl(bedingung)`: for how many the condition holds.
    CountTrue,
    /// `alle(liste)`: every one is `ja`.
    All,
    /// `irgendein(liste)`: at least one is `ja`.
    Any,
    /// `jahr(datum)`.
    Year,
    /// `monatsanfang(datum)`.
    MonthStart,
}

impl Function {
    /// The words for the functions in definitions.
    pub const NAMES: &'static [(&'static str, Function)] = &[
        ("vollendete_jahre", Function::CompletedYears),
        ("vollendete_monate", Function::CompletedMonths),
        ("tage", Function::DaysBetween),
        ("aufrunden", Function::RoundUp),
        ("abrunden", Function::RoundDown),
        ("runden", Function::Round),
        ("mindestens", Function::AtLeast),
        ("höchstens", Function::AtMost),
        ("summe", Function::Sum),
        ("anzahl", Function::Count),
        ("anzahl", Function::CountTrue),
        ("alle", Function::All),
        ("irgendein", Function::Any),
        ("jahr", Function::Year),
        ("monatsanfang", Function::MonthStart),
    ];

    /// The function of this name.
    pub fn named(name: &str) -> Option<Function> {
        Self::NAMES.iter().find(|(word, _)| *word == name).map(|(_, function)| *function)
    }
}

impl Expression {
    /// A broken expression, already reported.
    pub fn error(span: Span) -> Expression {
        Expression { kind: ExpressionKind::Error, typ: Type::Unknown, maybe_missing: false, span }
    }

    /// A literal of a type.
    pub fn literal(literal: Literal, typ: Type, span: Span) -> Expression {
        Expression { kind: ExpressionKind::Literal(literal), typ, maybe_missing: false, span }
    }

    /// Calls `visit` on this expression and all below it, parents first.
    pub fn walk<'a>(&'a self, visit: &mut impl FnMut(&'a Expression)) {
        visit(self);
        self.each_child(&mut |child| child.walk(visit));
    }

    /// Whether another expression says the same, wherever it stands.
    pub fn means(&self, other: &Expression) -> bool {
        let alike = match (&self.kind, &other.kind) {
            (ExpressionKind::Literal(left), ExpressionKind::Literal(right)) => left == right,
            (ExpressionKind::Component(_, left), ExpressionKind::Component(_, right)) => left == right,
            (ExpressionKind::Parameter(left, _), ExpressionKind::Parameter(right, _)) => left == right,
            (ExpressionKind::Item(_, left), ExpressionKind::Item(_, right)) => left == right,
            (ExpressionKind::Each(left, _), ExpressionKind::Each(right, _)) => left == right,
            (ExpressionKind::Binary(left, ..), ExpressionKind::Binary(right, ..)) => left == right,
            (ExpressionKind::Call(left, _), ExpressionKind::Call(right, _)) => left == right,
            (ExpressionKind::In(_, left), ExpressionKind::In(_, right)) => {
                let form = |member: &SetMember| match member {
                    SetMember::Value(_) => None,
                    SetMember::Range { below, .. } => Some(*below),
                };
                left.iter().map(form).eq(right.iter().map(form))
            }
            (left, right) if self.children().is_empty() => left == right,
            (left, right) => std::mem::discriminant(left) == std::mem::discriminant(right),
        };
        let (own, others) = (self.children(), other.children());
        alike && own.len() == others.len() && own.iter().zip(others).all(|(own, other)| own.means(other))
    }

    /// The direct operands.
    pub fn children(&self) -> Vec<&Expression> {
        let mut children = Vec::new();
        self.each_child(&mut |child| children.push(child));
        children
    }

    /// Calls `visit` on each direct operand.
    fn each_child<'a>(&'a self, visit: &mut impl FnMut(&'a Expression)) {
        match &self.kind {
            ExpressionKind::Component(inner, _)
            | ExpressionKind::Item(inner, _)
            | ExpressionKind::Each(_, Some(inner))
            | ExpressionKind::Not(inner)
            | ExpressionKind::Negate(inner)
            | ExpressionKind::Known(inner)
            | ExpressionKind::Parameter(_, Some(inner)) => visit(inner),
            ExpressionKind::Binary(_, left, right) | ExpressionKind::Default(left, right) => {
                visit(left);
                visit(right);
            }
            ExpressionKind::If(condition, then, otherwise) => {
                visit(condition);
                visit(then);
                visit(otherwise);
            }
            ExpressionKind::In(value, members) => {
                visit(value);
                for member in members {
                    match member {
                        SetMember::Value(value) => visit(value),
                        SetMember::Range { from, to, .. } => {
                            visit(from);
                            visit(to);
                        }
                    }
                }
            }
            ExpressionKind::Call(_, arguments) | ExpressionKind::List(arguments) => arguments.iter().for_each(visit),
            ExpressionKind::Literal(_)
            | ExpressionKind::Datum(_)
            | ExpressionKind::Rule(_)
            | ExpressionKind::Decision(..)
            | ExpressionKind::Precondition(_)
            | ExpressionKind::Parameter(_, None)
            | ExpressionKind::Deadline(..)
            | ExpressionKind::Context(_)
            | ExpressionKind::Each(_, None)
            | ExpressionKind::Error => {}
        }
    }

    /// The direct operands, to be changed, in the same order.
    pub fn children_mut(&mut self) -> Vec<&mut Expression> {
        match &mut self.kind {
            ExpressionKind::Component(inner, _)
            | ExpressionKind::Item(inner, _)
            | ExpressionKind::Each(_, Some(inner))
            | ExpressionKind::Not(inner)
            | ExpressionKind::Negate(inner)
            | ExpressionKind::Known(inner)
            | ExpressionKind::Parameter(_, Some(inner)) => vec![inner],
            ExpressionKind::Binary(_, left, right) | ExpressionKind::Default(left, right) => vec![left, right],
            ExpressionKind::If(condition, then, otherwise) => vec![condition, then, otherwise],
            ExpressionKind::In(value, members) => {
                let mut children: Vec<&mut Expression> = vec![value];
                for member in members {
                    match member {
                        SetMember::Value(value) => children.push(value),
                        SetMember::Range { from, to, .. } => children.extend([from, to]),
                    }
                }
                children
            }
            ExpressionKind::Call(_, arguments) | ExpressionKind::List(arguments) => arguments.iter_mut().collect(),
            ExpressionKind::Literal(_)
            | ExpressionKind::Datum(_)
            | ExpressionKind::Rule(_)
            | ExpressionKind::Decision(..)
            | ExpressionKind::Precondition(_)
            | ExpressionKind::Parameter(_, None)
            | ExpressionKind::Context(_)
            | ExpressionKind::Deadline(..)
            | ExpressionKind::Each(_, None)
            | ExpressionKind::Error => Vec::new(),
        }
    }
}
