//! Expressions and decision tables as written.

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::norm::Citation;
use super::{Name, Template};
use crate::source::{Span, Text};

/// An expression with its place.
#[derive(Debug, Clone, PartialEq)]
pub struct Expression {
    /// What it is.
    pub kind: ExpressionKind,
    /// Where it stands.
    pub span: Span,
}

/// The forms of expressions.
#[derive(Debug, Clone, PartialEq)]
pub enum ExpressionKind {
    /// A value.
    Literal(Literal),
    /// A name, perhaps with dots and indices.
    Reference(Reference),
    /// `nicht x`
    Not(Box<Expression>),
    /// `-x`
    Negate(Box<Expression>),
    /// Two operands.
    Binary(BinaryOperator, Box<Expression>, Box<Expression>),
    /// `x in (a, b, 6 bis unter 12)`
    In(Box<Expression>, Vec<SetMember>),
    /// `x ersatzweise y`
    Default(Box<Expression>, Box<Expression>),
    /// `wenn c dann a sonst b`
    If(Box<Expression>, Box<Expression>, Box<Expression>),
    /// `name(a, b)`, also `bekannt(x)`.
    Call(Name, Vec<Expression>),
    /// `[a, b]`
    List(Vec<Expression>),
    /// `(x)`, kept so that it prints back as written.
    Parenthesised(Box<Expression>),
    /// `5 EUR je angefangene 1000 EUR von x`
    PerStep {
        /// What each step costs.
        amount: Box<Expression>,
        /// Whether a begun step counts whole (`angefangene`).
        begun: bool,
        /// The size of a step.
        step: Box<Expression>,
        /// Of what.
        of: Box<Expression>,
    },
    /// `0,5 % von x`
    ShareOf(Box<Expression>, Box<Expression>),
    /// Broken and reported.
    Error,
}

/// A value written down.
#[derive(Debug, Clone, PartialEq)]
pub enum Literal {
    /// `ja`, `nein`
    Truth(bool),
    /// `12`
    Integer(i64),
    /// `0,5` where a unit allows it is a quantity; this is a decimal without a unit.
    Decimal(Decimal),
    /// `27,60 EUR`, in euro, with the scale as written.
    Amount(Decimal),
    /// `3 km`, `0,5 %`
    Quantity(Decimal, Text),
    /// `2026-01-01`
    Date(Date),
    /// `3 Monate`
    Duration(DurationLiteral),
    /// `"…"`
    Text(Template),
}

/// A duration as written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DurationLiteral {
    /// How many.
    pub count: u32,
    /// Of what.
    pub unit: DurationUnit,
    /// Where it stands.
    pub span: Span,
}

/// The unit of a duration.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DurationUnit {
    /// `Tag`, `Tage`, `Tagen`
    Day,
    /// `Arbeitstag` …
    Workday,
    /// `Werktag` …
    Weekday,
    /// `Woche` …
    Week,
    /// `Monat` …
    Month,
    /// `Jahr` …
    Year,
}

/// A reference: `kind.geburtsdatum`, `kinder[1].geburtsdatum`, `Mindestunterhalt[stufe]`.
#[derive(Debug, Clone, PartialEq)]
pub struct Reference {
    /// At least one.
    pub segments: Vec<Segment>,
    /// Where it stands.
    pub span: Span,
}

/// One name of a [`Reference`] with its index.
#[derive(Debug, Clone, PartialEq)]
pub struct Segment {
    /// The name.
    pub name: Name,
    /// What stands in brackets behind it.
    pub index: Option<Box<Expression>>,
}

/// Operators with two operands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BinaryOperator {
    /// `oder`
    Or,
    /// `und`
    And,
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
    /// `+`
    Add,
    /// `-`
    Subtract,
    /// `*`
    Multiply,
    /// `/`
    Divide,
}

/// A member after `in`.
#[derive(Debug, Clone, PartialEq)]
pub enum SetMember {
    /// One value.
    Value(Expression),
    /// `a bis b`, `a bis unter b`
    Range {
        /// The least.
        from: Expression,
        /// The greatest.
        to: Expression,
        /// Whether the greatest is excluded.
        below: bool,
    },
}

/// A decision table: inputs before `||`, outputs behind it.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// The questions of the columns.
    pub inputs: Vec<Expression>,
    /// The names of the output columns; `nach` is the column of norms.
    pub outputs: Vec<Name>,
    /// The rows.
    pub rows: Vec<Row>,
    /// Where it stands.
    pub span: Span,
}

/// One row.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Before `||`.
    pub cells: Vec<Cell>,
    /// Behind it.
    pub results: Vec<ResultCell>,
    /// Where it stands.
    pub span: Span,
}

/// A condition on one column.
#[derive(Debug, Clone, PartialEq)]
pub struct Cell {
    /// What it says.
    pub kind: CellKind,
    /// Where it stands.
    pub span: Span,
}

/// The forms of a [`Cell`].
#[derive(Debug, Clone, PartialEq)]
pub enum CellKind {
    /// `-`
    Any,
    /// `ledig, verwitwet`: one of them.
    Values(Vec<Expression>),
    /// `unter 6`
    Below(Expression),
    /// `bis 17`
    UpTo(Expression),
    /// `ab 18`
    From(Expression),
    /// `mehr als 60`
    MoreThan(Expression),
    /// `6 bis unter 12`, `6 bis 12`
    Range {
        /// The least.
        from: Expression,
        /// The greatest.
        to: Expression,
        /// Whether the greatest is excluded.
        below: bool,
    },
    /// Broken and reported.
    Error,
}

/// A result of a row.
#[derive(Debug, Clone, PartialEq)]
pub enum ResultCell {
    /// A value.
    Value(Expression),
    /// A norm, in the column `nach`.
    Norms(Citation),
    /// Broken and reported.
    Error(Span),
}
