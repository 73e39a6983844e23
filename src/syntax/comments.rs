//! A first look at a text before it is parsed: its comments, and how deep its brackets nest.

use crate::source::{FileId, Span};

use super::ast::Comment;
use super::pairs::DEPTH_LIMIT;

/// What the first look finds.
pub(super) struct Survey {
    /// All comments, in order.
    pub(super) comments: Vec<Comment>,
    /// The first bracket that nests too deep.
    pub(super) too_deep: Option<Span>,
}

/// Looks through a text, past its strings.
pub(super) fn survey(file: FileId, text: &str) -> Survey {
    let bytes = text.as_bytes();
    let mut survey = Survey { comments: Vec::new(), too_deep: None };
    let (mut at, mut depth, mut in_string) = (0, 0_usize, false);
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'\n' => in_string = false,
            b'\\' if in_string => at += 1,
            b'"' => in_string = !in_string,
            b'/' if !in_string
                && bytes.get(at + 1) == Some(&b'/')
                && at.checked_sub(1).and_then(|before| bytes.get(before)) != Some(&b'\\') =>
            {
                let end = text.get(at..).and_then(|rest| rest.find('\n')).map_or(text.len(), |length| at + length);
                let written = text.get(at..end).unwrap_or("").trim_end();
                survey.comments.push(Comment {
                    text: written.into(),
                    documentation: written.starts_with("///"),
                    span: Span::new(file, at, at + written.len()),
                });
                at = end;
                continue;
            }
            b'(' | b'[' | b'{' => {
                depth += 1;
                if depth > DEPTH_LIMIT && survey.too_deep.is_none() {
                    survey.too_deep = Some(Span::new(file, at, at + 1));
                }
            }
            b')' | b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        at += 1;
    }
    survey
}
