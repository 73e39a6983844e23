//! The tree of a definition as written: every word's place is kept, nothing is resolved, broken parts are error nodes.
//!
//! [`format`](crate::syntax) prints a tree back, so the tree holds all that the text says (comments in a side list), in one
//! spelling-neutral form: keywords of both spellings give the same tree.

pub mod address;
mod declaration;
mod expression;
mod library;
mod mark;
mod norm;
mod procedure;
mod workflow;

use crate::source::{FileId, Span, Text};

pub use declaration::{
    Case, CaseStatement, Declaration, DeclarationKind, Expectation, ExpectationKind, Handing, Known, Milestone, Occurrence,
    Operation, Payload, Proof, Target, TextEntry, Texts, Variant, Verb,
};
pub use expression::{
    BinaryOperator, Cell, CellKind, DurationLiteral, DurationUnit, Expression, ExpressionKind, Literal, Reference, ResultCell,
    Row, Segment, SetMember, Table,
};
pub use library::{
    Account, AccountItem, Attribute, Authority, Choice, ChoiceOption, Connection, ConnectionLine, Constraint, ConstraintKind,
    Evidence, EvidenceItem, Group, HolidayDay, Land, LandItem, Law, LawItem, Municipality, Parameter, ParameterItem, Place,
    Register, RegisterItem, Scalar, TypeUse,
};
pub use mark::{MarkedPart, Part, Unverified};
pub use norm::{Citation, Joiner, Law as LawName, Norm, Provision, Unit};
pub use procedure::{
    Clauses, Consequence, ConsequenceKind, Field, Openness, Participant, Procedure, Repeat, Role, Statement, StatementKind, Who,
    Within,
};
pub use workflow::{Block, Check, DecideWhat, Request, Step, StepKind};

/// One parsed file.
#[derive(Debug, Clone, PartialEq)]
pub struct File {
    /// Which source it is.
    pub id: FileId,
    /// `modul a.b`
    pub module: Option<Path>,
    /// `nutze a.b.{C, D}`
    pub uses: Vec<Use>,
    /// Everything declared, in order.
    pub declarations: Vec<Declaration>,
    /// All comments (`// …`, `/// …`), in order.
    pub comments: Vec<Comment>,
}

/// The spelling of the keywords.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Spelling {
    /// German keywords.
    #[default]
    De,
    /// Their English twins.
    En,
}

/// A comment.
#[derive(Debug, Clone, PartialEq)]
pub struct Comment {
    /// With its slashes, without the line's end.
    pub text: Text,
    /// Whether it is documentation (`///`).
    pub documentation: bool,
    /// Where it stands.
    pub span: Span,
}

/// A name with its place. Two-word names of laws (`SGB I`) have one space.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Name {
    /// The name in Unicode normal form C.
    pub text: Text,
    /// Where it stands.
    pub span: Span,
}

/// A dotted name: `std.person`, `kind.geburtsdatum`.
#[derive(Debug, Clone, PartialEq)]
pub struct Path {
    /// At least one.
    pub parts: Vec<Name>,
    /// The whole.
    pub span: Span,
}

/// `nutze path.Name` or `nutze path.{A, B}`.
#[derive(Debug, Clone, PartialEq)]
pub struct Use {
    /// The module, without the members.
    pub module: Path,
    /// The names taken from it.
    pub members: Vec<Name>,
    /// Whether the members stand in braces.
    pub braced: bool,
    /// Where it stands.
    pub span: Span,
}

/// A string: words with holes.
#[derive(Debug, Clone, PartialEq)]
pub struct Template {
    /// In order; words are unescaped.
    pub parts: Vec<TemplatePart>,
    /// With its quotes.
    pub span: Span,
}

/// A part of a [`Template`].
#[derive(Debug, Clone, PartialEq)]
pub enum TemplatePart {
    /// Words, `{{` already read as `{`.
    Words(Text),
    /// `{höhe}`
    Hole(Box<Expression>),
}

impl Template {
    /// The words without the holes; the whole text where there are no holes.
    pub fn plain(&self) -> Text {
        match self.parts.as_slice() {
            [TemplatePart::Words(words)] => words.clone(),
            parts => {
                let words: String = parts
                    .iter()
                    .map(|part| match part {
                        TemplatePart::Words(words) => words.as_ref(),
                        TemplatePart::Hole(_) => "",
                    })
                    .collect();
                words.into()
            }
        }
    }
}

impl Path {
    /// The parts joined by dots.
    pub fn joined(&self) -> String {
        self.parts.iter().map(|part| part.text.as_ref()).collect::<Vec<_>>().join(".")
    }
}
