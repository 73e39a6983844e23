//! A text cut into words and signs, and which of them belong together.

use std::borrow::Cow;

use pest::iterators::Pairs;

use crate::syntax::ast::Spelling;
use crate::syntax::grammar::Rule;
use crate::syntax::pairs::Node as Pair;

use super::spelling;

/// What a token is to the layout.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A word, a number, a text.
    Word,
    /// A sign.
    Sign,
    /// `(` or `[`, and `.{` of an import.
    Opening,
    /// `)` or `]`, and `}` of an import.
    Closing,
    /// `{` of a block.
    BlockStart,
    /// `}` of a block.
    BlockEnd,
    /// `// …`
    Comment,
}

/// A word or sign.
#[derive(Debug)]
pub(super) struct Token<'t> {
    /// As it will stand there.
    pub(super) text: Cow<'t, str>,
    /// The length of its longer twin.
    pub(super) width: usize,
    pub(super) kind: Kind,
    /// The grammar rule of a word; that of the node around it for a sign.
    pub(super) rule: Rule,
    /// The innermost node around it.
    pub(super) node: usize,
    /// How many lines ended between the one before and this one.
    pub(super) lines_before: usize,
    /// How many letters of white space stand before it.
    pub(super) space_before: usize,
    /// How many blocks are open around it.
    pub(super) depth: usize,
}

/// A grammatical whole of more than one word.
#[derive(Debug)]
pub(super) struct Node {
    pub(super) rule: Rule,
    /// The node around it; the file is around itself.
    pub(super) parent: usize,
    /// Its first token.
    pub(super) first: usize,
    /// The token after its last.
    pub(super) end: usize,
    /// Whether it stands in a block, or in the file, as one of its statements.
    pub(super) statement: bool,
}

/// A whole text.
#[derive(Debug, Default)]
pub(super) struct Shape<'t> {
    pub(super) tokens: Vec<Token<'t>>,
    pub(super) nodes: Vec<Node>,
}

impl Shape<'_> {
    /// The nodes around a token, from the inside.
    pub(super) fn around(&self, token: usize) -> impl Iterator<Item = usize> {
        let mut next = self.tokens.get(token).map(|token| token.node);
        std::iter::from_fn(move || {
            let this = next?;
            next = self.nodes.get(this).map(|node| node.parent).filter(|parent| *parent != this);
            Some(this)
        })
    }

    /// The statement around a token, without those around that one.
    pub(super) fn statement(&self, token: usize) -> Option<usize> {
        self.around(token).find(|node| self.nodes[*node].statement)
    }

    /// Whether a statement begins with this token.
    pub(super) fn begins_statement(&self, token: usize) -> bool {
        self.statement(token).is_some_and(|statement| self.nodes[statement].first == token)
    }

    /// The child of a node in which a token stands, with its rule; the token itself where it stands there directly.
    pub(super) fn child_of(&self, node: usize, token: usize) -> (Rule, usize) {
        match self.around(token).take_while(|around| *around != node).last() {
            Some(child) => (self.nodes[child].rule, self.nodes[child].first),
            None => (self.tokens[token].rule, token),
        }
    }

    /// The first token from here on that is no comment.
    pub(super) fn past_comments(&self, token: usize) -> usize {
        let rest = self.tokens.get(token..).unwrap_or_default();
        token + rest.iter().take_while(|token| token.kind == Kind::Comment).count()
    }
}

/// Cuts a text that could be read without mistakes.
pub(super) fn cut<'t>(text: &'t str, pairs: Pairs<'t, Rule>, spelling: Option<Spelling>) -> Shape<'t> {
    let mut cutter = Cutter { text, spelling, at: 0, depth: 0, shape: Shape::default() };
    cutter.file(pairs);
    cutter.between(text.len(), 0, &mut false);
    cutter.shape
}

struct Cutter<'t> {
    text: &'t str,
    spelling: Option<Spelling>,
    /// Up to where the text is cut.
    at: usize,
    depth: usize,
    shape: Shape<'t>,
}

/// A node whose children are being cut.
struct Open<'t> {
    children: Pairs<'t, Rule>,
    node: usize,
    /// Where it ends in the text.
    end: usize,
    /// Whether its children are statements.
    in_block: bool,
    /// Its rule; for a duration, which takes its case from what is around it, the rule around.
    rule: Rule,
}

impl<'t> Cutter<'t> {
    /// Cuts the tree without recursion, so that its depth does not matter.
    fn file(&mut self, pairs: Pairs<'t, Rule>) {
        let mut open: Vec<Open<'t>> = pairs.map(|file| self.open(file, 0, false, Rule::file)).collect();
        while let Some(top) = open.last_mut() {
            let next = top.children.find(|child| child.as_rule() != Rule::EOI);
            let end = next.as_ref().map_or(top.end, |child| child.as_span().start());
            self.between(end, top.node, &mut top.in_block);
            match next {
                Some(child) if is_word(&child) => self.word(child, top.node, top.in_block, top.rule),
                Some(child) => {
                    let below = self.open(child, top.node, top.in_block, top.rule);
                    open.push(below);
                }
                None => {
                    let end = self.shape.tokens.len();
                    if let Some(node) = self.shape.nodes.get_mut(top.node) {
                        node.end = end;
                    }
                    open.pop();
                }
            }
        }
    }

    fn open(&mut self, pair: Pair<'t>, parent: usize, statement: bool, above: Rule) -> Open<'t> {
        let (rule, end, node) = (pair.as_rule(), pair.as_span().end(), self.shape.nodes.len());
        let first = self.shape.tokens.len();
        self.shape.nodes.push(Node { rule, parent, first, end: first, statement });
        let rule = if rule == Rule::duration { above } else { rule };
        Open { children: pair.into_inner(), node, end, in_block: rule == Rule::file, rule }
    }

    fn word(&mut self, pair: Pair<'t>, parent: usize, statement: bool, above: Rule) {
        let (rule, span) = (pair.as_rule(), pair.as_span());
        let mut node = parent;
        if statement {
            node = self.shape.nodes.len();
            let first = self.shape.tokens.len();
            self.shape.nodes.push(Node { rule, parent, first, end: first + 1, statement });
        }
        let written = self.text.get(span.start()..span.end()).unwrap_or_default();
        let (text, width) = spelling::spell(pair, written, above, self.spelling);
        self.push(text, width, Kind::Word, rule, node, span.start());
        self.at = span.end();
    }

    /// The signs and comments up to a place.
    fn between(&mut self, end: usize, node: usize, in_block: &mut bool) {
        let rule = self.shape.nodes.get(node).map_or(Rule::file, |node| node.rule);
        let mut from = self.at;
        while let Some(rest) = self.text.get(from..end).filter(|rest| !rest.is_empty()) {
            let trimmed = rest.trim_start();
            let start = end - trimmed.len();
            if trimmed.is_empty() {
                break;
            }
            let (length, kind) = sign(trimmed, rule);
            if kind == Kind::BlockEnd {
                self.depth = self.depth.saturating_sub(1);
                *in_block = false;
            }
            let written = trimmed.get(..length).unwrap_or_default();
            let width = written.chars().count();
            self.push(Cow::Borrowed(written.trim_end()), width, kind, rule, node, start);
            if kind == Kind::BlockStart {
                self.depth += 1;
                *in_block = true;
            }
            from = start + length.max(1);
            self.at = from;
        }
    }

    fn push(&mut self, text: Cow<'t, str>, width: usize, kind: Kind, rule: Rule, node: usize, start: usize) {
        let before = self.text.get(self.at..start).unwrap_or_default();
        let lines_before = before.matches('\n').count();
        let space_before = before.len();
        self.shape.tokens.push(Token { text, width, kind, rule, node, lines_before, space_before, depth: self.depth });
    }
}

/// The words that hold others: their inside is left alone.
fn is_word(pair: &Pair<'_>) -> bool {
    match pair.as_rule() {
        Rule::string | Rule::path | Rule::text_path | Rule::law => true,
        Rule::cell_any | Rule::list | Rule::file => false,
        _ => pair.clone().into_inner().next().is_none(),
    }
}

/// The length of the sign or comment with which a text begins, and what it is.
fn sign(text: &str, rule: Rule) -> (usize, Kind) {
    let import = rule == Rule::import_members;
    match text.chars().next() {
        Some('/') if text.starts_with("//") => (text.find(['\n', '\r']).unwrap_or(text.len()), Kind::Comment),
        Some('|') if text.starts_with("||") => (2, Kind::Sign),
        Some('.') if text.starts_with(".{") => (2, Kind::Opening),
        Some('(' | '[') => (1, Kind::Opening),
        Some(')' | ']') => (1, Kind::Closing),
        Some('{') => (1, Kind::BlockStart),
        Some('}') => (1, if import { Kind::Closing } else { Kind::BlockEnd }),
        Some(letter) => (letter.len_utf8(), Kind::Sign),
        None => (0, Kind::Sign),
    }
}
