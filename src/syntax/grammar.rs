//! The parser that pest makes of the grammar files.
#![allow(missing_docs)]

/// The rules of `grammar/keywords.pest` and `grammar/blaupause.pest`.
#[derive(pest_derive::Parser)]
#[grammar = "../grammar/keywords.pest"]
#[grammar = "../grammar/blaupause.pest"]
pub struct Grammar;
