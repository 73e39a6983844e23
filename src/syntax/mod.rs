//! Text to [`ast::File`] with its comments. Never fails: broken parts become error nodes and a finding each.
//!
//! In order: `comments` looks for comments and for brackets that nest too deep, `grammar` parses, the builders (one file an area)
//! make the tree, `recovery` says what was expected where something could not be read. [`format`](format()) is the way back to text.

pub mod ast;
mod comments;
mod declarations;
mod expected;
mod expressions;
mod findings;
mod format;
mod grammar;
pub mod keywords;
mod marks;
mod norms;
mod pairs;
mod procedures;
mod recovery;
mod variants;
mod words;
mod workflow;

use pest::Parser;
use pest::error::InputLocation;

use crate::diagnostic::Diagnostics;
use crate::source::{FileId, Span};

pub use findings::CODES;
pub use format::format;

use grammar::{Grammar, Rule};
use pairs::{Builder, too_deep};
use words::Words;

/// Reads a text.
pub fn parse(file: FileId, text: &str, out: &mut Diagnostics) -> ast::File {
    let survey = comments::survey(file, text);
    let mut tree = ast::File { id: file, module: None, uses: Vec::new(), declarations: Vec::new(), comments: Vec::new() };
    if let Some(place) = survey.too_deep {
        out.push(too_deep(place));
        tree.comments = survey.comments;
        return tree;
    }
    match Grammar::parse(Rule::file, text) {
        Ok(pairs) => {
            let mut builder = Builder { file, text, comments: &survey.comments, words: Words::default(), depth: 0, out };
            for node in pairs.flat_map(pest::iterators::Pair::into_inner) {
                match node.as_rule() {
                    Rule::module => {
                        let path = node.into_inner().find(|child| child.as_rule() == Rule::path);
                        tree.module = path.map(|path| builder.path(path));
                    }
                    Rule::import => tree.uses.extend(builder.import(node)),
                    _ => tree.declarations.extend(builder.declaration(node)),
                }
            }
        }
        // The grammar takes every text; all that can fail is the stack, where something nests too deep without brackets.
        Err(error) => {
            let (InputLocation::Pos(at) | InputLocation::Span((at, _))) = error.location;
            out.push(too_deep(Span::new(file, at, at)));
        }
    }
    tree.comments = survey.comments;
    tree
}
