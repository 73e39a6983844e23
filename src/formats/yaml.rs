//! Writes a document as YAML that every reader, of YAML 1.1 or 1.2, understands alike.
//!
//! A text stands plain only where no reader could take it for something else: `no`, `1.0`, `2026-01-01`, `~` and their like are
//! quoted. Texts of several lines stand as literal blocks.

use super::json::{find_byte, is_special, may_be_special, put_plain, put_text};
use super::tree::{Map, Node};

/// The document as YAML text.
pub fn write(node: &Node<'_>) -> Vec<u8> {
    let mut out = Vec::with_capacity(32 * 1024);
    match node.itself() {
        Node::Map(map) if !map.is_empty() => put_map(&mut out, map, 0, true),
        Node::List(items) if !items.is_empty() => put_list(&mut out, items, 0),
        other => {
            put_value(&mut out, other, 0);
            return out;
        }
    }
    out
}

/// Writes the entries of a map, a line each. The first may continue a line (`- key: value`).
fn put_map(out: &mut Vec<u8>, map: &Map<'_>, depth: usize, at_line_start: bool) {
    for (index, (key, value)) in map.iter().enumerate() {
        if index > 0 || at_line_start {
            indent(out, depth);
        }
        put_scalar(out, key);
        out.push(b':');
        match value.itself() {
            Node::Map(inner) if !inner.is_empty() => {
                out.push(b'\n');
                put_map(out, inner, depth + 1, true);
            }
            Node::List(items) if !items.is_empty() => {
                out.push(b'\n');
                put_list(out, items, depth + 1);
            }
            other => {
                out.push(b' ');
                put_value(out, other, depth + 1);
            }
        }
    }
}

fn put_list(out: &mut Vec<u8>, items: &[Node<'_>], depth: usize) {
    for item in items {
        indent(out, depth);
        out.extend_from_slice(b"- ");
        match item.itself() {
            Node::Map(map) if !map.is_empty() => put_map(out, map, depth + 1, false),
            Node::List(inner) if !inner.is_empty() => {
                out.pop();
                out.push(b'\n');
                put_list(out, inner, depth + 1);
            }
            other => put_value(out, other, depth + 1),
        }
    }
}

/// Writes a value that stands on the line of its key, with the line's end.
fn put_value(out: &mut Vec<u8>, node: &Node<'_>, depth: usize) {
    match node {
        Node::Text(text) if is_block(text) => {
            out.extend_from_slice(if text.ends_with('\n') { b"|\n" } else { b"|-\n" });
            for line in text.lines() {
                if !line.is_empty() {
                    indent(out, depth);
                    out.extend_from_slice(line.as_bytes());
                }
                out.push(b'\n');
            }
            return;
        }
        Node::Text(text) => put_scalar(out, text),
        Node::List(_) => out.extend_from_slice(b"[]"),
        Node::Map(_) => out.extend_from_slice(b"{}"),
        plain => put_plain(out, plain),
    }
    out.push(b'\n');
}

fn put_scalar(out: &mut Vec<u8>, text: &str) {
    if is_plain(text) {
        out.extend_from_slice(text.as_bytes());
    } else {
        put_text(out, text);
    }
}

fn indent(out: &mut Vec<u8>, depth: usize) {
    out.resize(out.len() + 2 * depth, b' ');
}

/// Whether a text of several lines can stand as a literal block without an indentation mark.
fn is_block(text: &str) -> bool {
    text.contains('\n')
        && !text.starts_with([' ', '\n'])
        && !text.ends_with("\n\n")
        && !text.chars().any(|letter| letter != '\n' && is_special(letter))
}

/// Whether a text can stand without quotes: it starts with a letter, holds nothing that YAML reads as its own, and is no word
/// that some reader takes for a truth value or nothing.
fn is_plain(text: &str) -> bool {
    let Some(first) = text.chars().next() else { return false };
    if !(first.is_alphabetic() || matches!(first, '§' | '/' | '_' | '$')) || text.ends_with([' ', ':']) || is_word_of_yaml(text)
    {
        return false;
    }
    let mut from = first.len_utf8();
    while let Some(at) = find_byte(text, from, may_need_quotes) {
        let Some(letter) = text.get(at..).and_then(|rest| rest.chars().next()) else { break };
        let unsafe_here = match letter {
            '#' => text.get(..at).is_some_and(|before| before.ends_with(' ')),
            ':' => text.get(at..).is_some_and(|rest| rest.starts_with(": ")),
            '{' | '}' | '[' | ']' | '"' | '`' => true,
            letter => is_special(letter),
        };
        if unsafe_here {
            return false;
        }
        from = at + letter.len_utf8();
    }
    true
}

/// Whether a byte begins a letter that may call for quotes.
fn may_need_quotes(byte: u8) -> bool {
    matches!(byte, b'#' | b':' | b'{' | b'}' | b'[' | b']' | b'"' | b'`') || may_be_special(byte)
}

/// The words that YAML 1.1 or 1.2 takes for `true`, `false` or nothing.
fn is_word_of_yaml(text: &str) -> bool {
    const WORDS: [&str; 9] = ["y", "n", "yes", "no", "on", "off", "true", "false", "null"];
    text.len() <= 5 && WORDS.iter().any(|word| word.eq_ignore_ascii_case(text))
}
