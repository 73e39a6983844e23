//! The text again, token for token, with the indentation of each line.

use crate::syntax::grammar::Rule;

use super::breaks::Break;
use super::spacing::touches;
use super::tokens::{Kind, Shape};

/// Writes all tokens.
pub(super) fn write(shape: &Shape<'_>, breaks: &[Break], padding: &[usize]) -> String {
    let mut writer = Writer { shape, text: String::new(), column: 0, indent: 0, places: Vec::new() };
    for (token, what) in breaks.iter().enumerate() {
        match what {
            Break::Same if token == 0 => {}
            Break::Same => {
                let gap = usize::from(!touches(shape, token)) + padding.get(token).copied().unwrap_or_default();
                writer.spaces(gap);
            }
            Break::Line | Break::Blank => {
                let indent = writer.indentation(token);
                writer.text.push_str(if *what == Break::Blank { "\n\n" } else { "\n" });
                (writer.column, writer.indent) = (0, indent);
                writer.spaces(indent);
            }
        }
        writer.places.push(Place { column: writer.column, indent: writer.indent });
        if let Some(token) = shape.tokens.get(token) {
            writer.text.push_str(&token.text);
            writer.column += token.text.chars().count();
        }
    }
    if !writer.text.is_empty() {
        writer.text.push('\n');
    }
    writer.text
}

/// Where a token was written.
#[derive(Debug, Clone, Copy, Default)]
struct Place {
    column: usize,
    /// How far its line is indented.
    indent: usize,
}

struct Writer<'s> {
    shape: &'s Shape<'s>,
    text: String,
    column: usize,
    indent: usize,
    places: Vec<Place>,
}

impl Writer<'_> {
    fn spaces(&mut self, count: usize) {
        self.text.extend(std::iter::repeat_n(' ', count));
        self.column += count;
    }

    fn place(&self, token: usize) -> Place {
        self.places.get(token).copied().unwrap_or_default()
    }

    /// How far a line is indented that begins with this token.
    fn indentation(&self, token: usize) -> usize {
        let next = self.shape.past_comments(token);
        let Some(first) = self.shape.tokens.get(next) else { return 0 };
        if first.kind == Kind::BlockEnd && next > token {
            return 2 * first.depth + 2;
        }
        if first.kind == Kind::BlockEnd || self.shape.begins_statement(next) {
            return 2 * first.depth;
        }
        let Some(around) = self.shape.around(next).find(|node| self.shape.nodes[*node].first < token) else {
            return 2 * first.depth;
        };
        let node = &self.shape.nodes[around];
        if first.kind == Kind::Closing && next == token {
            return self.place(self.opening(node.first, next)).indent;
        }
        match self.hanging(around, next) {
            Some(column) => column,
            None => self.place(node.first).indent + 2,
        }
    }

    /// The bracket that a closing one closes.
    fn opening(&self, first: usize, closing: usize) -> usize {
        let mut open = 0_usize;
        for token in (first..closing).rev() {
            match self.shape.tokens[token].kind {
                Kind::Closing => open += 1,
                Kind::Opening if open == 0 => return token,
                Kind::Opening => open -= 1,
                _ => {}
            }
        }
        first
    }

    /// Where the first item of a list stands, below which those on further lines stand.
    fn hanging(&self, node: usize, token: usize) -> Option<usize> {
        let first = self.shape.nodes[node].first;
        let item = match self.shape.nodes[node].rule {
            Rule::names => first,
            Rule::given | Rule::expect => first + 1,
            Rule::parameter_row => (first..token).find(|token| self.shape.tokens[*token].text == ":")? + 1,
            _ => return None,
        };
        let before = (item..token).rev().find(|before| self.shape.tokens[*before].kind != Kind::Comment)?;
        (self.shape.tokens[before].text == ",").then(|| self.place(item).column)
    }
}
