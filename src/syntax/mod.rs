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
    read(Rule::file, file, text, out)
}

fn read(entry: Rule, file: FileId, text: &str, out: &mut Diagnostics) -> ast::File {
    let survey = comments::survey(file, text);
    let mut tree = ast::File { id: file, module: None, uses: Vec::new(), declarations: Vec::new(), comments: Vec::new() };
    if let Some(place) = survey.too_deep {
        out.push(too_deep(place));
        tree.comments = survey.comments;
        return tree;
    }
    match Grammar::parse(entry, text) {
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

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::*;

    fn texts(below: &str) -> Vec<String> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(below);
        let files = walkdir::WalkDir::new(root).sort_by_file_name().into_iter().flatten();
        let files = files.filter(|entry| entry.path().extension().is_some_and(|extension| extension == "blau"));
        files.map(|entry| fs::read_to_string(entry.path()).unwrap()).collect()
    }

    fn both_ways(text: &str) {
        let [quick, patient] = [Rule::file, Rule::patient_file].map(|entry| {
            let mut found = Diagnostics::default();
            let tree = read(entry, FileId(0), text, &mut found);
            (tree, found.iter().map(|finding| (finding.span, finding.message.clone())).collect::<Vec<_>>())
        });
        assert_eq!(quick, patient, "{text}");
    }

    #[test]
    fn short_cuts_change_nothing_in_sound_texts() {
        let texts = ["examples", "stdlib", "tests/corpus/valid"].map(texts).concat();
        assert!(texts.len() > 20);
        for text in texts {
            both_ways(&text);
            both_ways(&format(&text, Some(ast::Spelling::En)).unwrap());
        }
    }

    #[test]
    fn short_cuts_change_nothing_in_broken_texts() {
        for text in texts("tests/corpus") {
            both_ways(&text);
            let lines: Vec<&str> = text.lines().collect();
            for (turn, missing) in (0..lines.len()).step_by(8).enumerate() {
                let instead: &[&str] = if turn % 2 == 0 { &[] } else { &["("] };
                both_ways(&[&lines[..missing], instead, &lines[missing + 1..]].concat().join("\n"));
            }
        }
    }

    #[test]
    fn the_words_that_are_no_names_are_the_reserved_keywords() {
        let words = || keywords::all().iter().flat_map(|keyword| [keyword.de, keyword.en]);
        let reserved = words().filter(|word| Grammar::parse(Rule::reserved_word, word).is_ok());
        let no_names = words().filter(|word| Grammar::parse(Rule::name, word).is_err());
        assert_eq!(reserved.collect::<Vec<_>>(), no_names.collect::<Vec<_>>());
    }
}
