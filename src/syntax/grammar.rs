//! The parser that pest makes of the grammar files.
#![allow(missing_docs)]

/// The rules of `grammar/keywords.pest`, `grammar/blaupause.pest`, `grammar/recovery.pest` and `grammar/quick.pest`.
#[derive(pest_derive::Parser)]
#[grammar = "../grammar/keywords.pest"]
#[grammar = "../grammar/blaupause.pest"]
#[grammar = "../grammar/recovery.pest"]
#[grammar = "../grammar/quick.pest"]
pub struct Grammar;
