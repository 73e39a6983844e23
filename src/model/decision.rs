//! Decision tables: questions, rows, outputs.

use crate::source::{Span, Text};

use super::data_type::Type;
use super::expression::{Expression, Literal};
use super::norm::Norm;

/// A decision table (`entscheidung`), also of fees.
#[derive(Debug, Clone, PartialEq)]
pub struct Decision {
    /// Its name, which is also its first output unless the header names it otherwise.
    pub name: Text,
    /// Its norm.
    pub norms: Vec<Norm>,
    /// The questions of the input columns.
    pub inputs: Vec<Expression>,
    /// The output columns.
    pub outputs: Vec<Output>,
    /// The rows in order.
    pub rows: Vec<Row>,
    /// Where it stands.
    pub span: Span,
}

/// An output column.
#[derive(Debug, Clone, PartialEq)]
pub struct Output {
    /// Its name.
    pub name: Text,
    /// Its type; [`Type::Text`] for a column of norms.
    pub typ: Type,
    /// Whether the column holds the norm of the row.
    pub is_norm: bool,
}

/// One row of a [`Decision`].
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// One cell an input.
    pub cells: Vec<Cell>,
    /// One value an output.
    pub results: Vec<Expression>,
    /// Where it stands.
    pub span: Span,
}

/// A condition on one input.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// `-`: any value.
    Any,
    /// One of these.
    OneOf(Vec<Literal>),
    /// At least (`ab 18`), if bounded below; the truth value says whether the bound itself belongs to it.
    Interval {
        /// The lower bound and whether it belongs to it.
        from: Option<(Literal, bool)>,
        /// The upper bound and whether it belongs to it.
        to: Option<(Literal, bool)>,
    },
    /// Broken and reported, or not a constant.
    Error,
}
