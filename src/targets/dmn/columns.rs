//! The columns of decision tables as FEEL: what is asked, and one test a row.

use crate::model::procedure::Cell;
use crate::model::{Expression, Library, Literal};
use crate::targets::expression::feel;
use crate::targets::expression::plain::known::{Content, Kind, Known, unit};
use crate::targets::expression::plain::numbers::{Number, common_scale};
use crate::targets::expression::plain::{Lowered, Lowering, Plain, Refused};

/// A column that is asked, with a test for each row.
#[derive(Debug, Clone)]
pub struct Asked {
    /// What is asked, null where it is missing.
    pub value: Plain,
    /// What is asked, in FEEL.
    pub expression: String,
    /// Its type in FEEL.
    pub typ: &'static str,
    /// A test a row.
    pub tests: Vec<String>,
}

/// Several values of one kind: what follows in each row.
#[derive(Debug, Clone)]
pub struct Answers {
    /// The values, null where they are missing.
    pub values: Vec<Plain>,
    /// Of numbers: how many of what they count make one.
    pub scale: Option<i64>,
    /// Their type in FEEL.
    pub typ: &'static str,
}

/// A column of a table.
pub fn asked(lowering: &Lowering<'_>, input: &Expression, cells: &[&Cell]) -> Result<Asked, Refused> {
    match lowering.lower(input)? {
        truth @ Lowered::Truth(_) => {
            let value = truth.into_value(None)?;
            texts(lowering, value, "boolean", cells, |plain| feel::print(&plain))
        }
        Lowered::Value(Known { known, content: Content::Text(text, kind), nullable }) => {
            let value = if nullable { text } else { Plain::choose(known.clone(), text, Plain::Null) };
            if kind != Kind::Day {
                return texts(lowering, value, "string", cells, |plain| feel::print(&plain));
            }
            let mut asked = texts(lowering, value, "date", cells, |plain| format!("date({})", feel::print(&plain)))?;
            asked.expression = format!("date({})", asked.expression);
            if known != Plain::Truth(true) {
                asked.expression = format!("if {} then {} else null", feel::print(&known), asked.expression);
            }
            Ok(asked)
        }
        Lowered::Value(Known { known, content: Content::Number(number), nullable }) => {
            let mut scale = number.scale;
            for literal in cells.iter().flat_map(|cell| literals(cell)) {
                scale = common_scale(scale, constant(literal)?.scale)?;
            }
            let bare = number.scale == scale && nullable;
            let whole = number.with_scale(scale)?.whole;
            let value = if bare { whole } else { Plain::choose(known, whole, Plain::Null) };
            let count = |literal: &Literal| Ok(feel::print(&constant(literal)?.with_scale(scale)?.whole));
            let tests = cells.iter().map(|cell| test(cell, &count)).collect::<Result<_, Refused>>()?;
            Ok(Asked { expression: feel::print(&value), value, typ: "number", tests })
        }
    }
}

fn texts(
    lowering: &Lowering<'_>,
    value: Plain,
    typ: &'static str,
    cells: &[&Cell],
    written: impl Fn(Plain) -> String,
) -> Result<Asked, Refused> {
    let literal = |literal: &Literal| Ok(written(lowering.literal(literal)?.into_value(None)?));
    let tests = cells.iter().map(|cell| test(cell, &literal)).collect::<Result<_, Refused>>()?;
    Ok(Asked { expression: feel::print(&value), value, typ, tests })
}

/// A test in FEEL. What is missing passes none but `-`.
fn test(cell: &Cell, written: &dyn Fn(&Literal) -> Result<String, Refused>) -> Result<String, Refused> {
    Ok(match cell {
        Cell::Any | Cell::Error | Cell::Interval { from: None, to: None } => String::from("-"),
        Cell::OneOf(literals) => literals.iter().map(written).collect::<Result<Vec<_>, _>>()?.join(","),
        Cell::Interval { from: Some((from, included)), to: None } => {
            format!("{} {}", if *included { ">=" } else { ">" }, written(from)?)
        }
        Cell::Interval { from: None, to: Some((to, included)) } => {
            format!("{} {}", if *included { "<=" } else { "<" }, written(to)?)
        }
        Cell::Interval { from: Some((from, begins)), to: Some((to, ends)) } => {
            let (left, right) = (if *begins { '[' } else { '(' }, if *ends { ']' } else { ')' });
            format!("{left}{}..{}{right}", written(from)?, written(to)?)
        }
    })
}

fn literals(cell: &Cell) -> Vec<&Literal> {
    match cell {
        Cell::Any | Cell::Error => Vec::new(),
        Cell::OneOf(literals) => literals.iter().collect(),
        Cell::Interval { from, to } => from.iter().chain(to).map(|(literal, _)| literal).collect(),
    }
}

fn constant(literal: &Literal) -> Result<Number, Refused> {
    match literal {
        Literal::Integer(whole) => Ok(Number::constant(*whole, 1)),
        Literal::Decimal(number) | Literal::Amount(number) | Literal::Quantity(number, _) => Number::decimal(*number),
        // INVARIANT: the types of a column agree; another literal equals no number.
        _ => Ok(Number::constant(0, 1)),
    }
}

/// Values of one type, as the process holds them; numbers in one unit.
pub fn answers(library: &Library, values: Vec<Lowered>, typ: &crate::model::Type) -> Result<Answers, Refused> {
    let mut scale = unit(library, typ);
    let mut kind = "string";
    for value in &values {
        match value.clone().held(scale)? {
            (_, None) if matches!(value, Lowered::Truth(_)) => kind = "boolean",
            (_, None) => {}
            (_, finer) => {
                kind = "number";
                scale = finer;
            }
        }
    }
    let mut written = Vec::with_capacity(values.len());
    for value in values {
        written.push(value.held(scale)?.0);
    }
    Ok(Answers { values: written, scale: scale.filter(|_| kind == "number"), typ: kind })
}
