//! Text to [`ast::File`] with its comments. Never fails: broken parts become error nodes and a finding each.

pub mod ast;
