//! Where signs touch their neighbours. Everything else has one space between.

use crate::syntax::grammar::Rule;

use super::tokens::{Kind, Shape};

/// Whether nothing stands between a token and the one before, on one line.
pub(super) fn touches(shape: &Shape<'_>, token: usize) -> bool {
    let Some(before) = token.checked_sub(1).and_then(|before| shape.tokens.get(before)) else { return true };
    let Some(this) = shape.tokens.get(token) else { return true };
    let after = match before.kind {
        Kind::Opening => true,
        Kind::BlockStart => this.kind == Kind::BlockEnd,
        Kind::Sign => before.text == ".",
        Kind::Word => before.rule == Rule::minus,
        _ => false,
    };
    let ahead = match this.kind {
        Kind::Closing => true,
        Kind::Sign | Kind::Word => matches!(this.text.as_ref(), "," | "." | ":"),
        Kind::Opening => matches!(this.rule, Rule::call | Rule::index | Rule::import_members),
        _ => false,
    };
    (after || ahead) && this.kind != Kind::Comment
}

/// How many letters stand from one token up to another if they are on one line; with `longest`, those of the longer twins.
pub(super) fn length(shape: &Shape<'_>, from: usize, to: usize, longest: bool) -> usize {
    let tokens = shape.tokens.get(from..to).unwrap_or_default();
    let gaps = (from + 1..to).filter(|token| !touches(shape, *token)).count();
    gaps + tokens.iter().map(|token| if longest { token.width } else { token.text.chars().count() }).sum::<usize>()
}
