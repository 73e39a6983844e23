//! Writes a document as JSON: two spaces a level, short things on one line, straight into bytes.

use std::io::Write;

use super::tree::{Map, Node};

/// The document as JSON text with a line end.
pub fn write(node: &Node<'_>) -> Vec<u8> {
    let mut out = Vec::with_capacity(16 * 1024);
    put(&mut out, node, 0);
    out.push(b'\n');
    out
}

/// Writes a text as a JSON string. Control characters, `<` after a `\u2028`-like separator and the like are escaped where a
/// reader of JSON, JavaScript or YAML could stumble.
pub(super) fn put_text(out: &mut Vec<u8>, text: &str) {
    out.push(b'"');
    let (mut start, mut from) = (0, 0);
    while let Some(at) = find_byte(text, from, may_be_escaped) {
        let Some(letter) = text.get(at..).and_then(|rest| rest.chars().next()) else { break };
        from = at + letter.len_utf8();
        let escape: &[u8] = match letter {
            '"' => b"\\\"",
            '\\' => b"\\\\",
            '\n' => b"\\n",
            '\r' => b"\\r",
            '\t' => b"\\t",
            letter if is_special(letter) => b"",
            _ => continue,
        };
        out.extend_from_slice(text.get(start..at).unwrap_or_default().as_bytes());
        start = from;
        if escape.is_empty() {
            for unit in letter.encode_utf16(&mut [0; 2]) {
                // INVARIANT: writing to a vector does not fail.
                let _ = write!(out, "\\u{unit:04x}");
            }
        } else {
            out.extend_from_slice(escape);
        }
    }
    out.extend_from_slice(text.get(start..).unwrap_or_default().as_bytes());
    out.push(b'"');
}

/// The first byte from a place on that fits: most texts have none, and are told so in one quick look.
pub(super) fn find_byte(text: &str, from: usize, fits: impl Fn(u8) -> bool) -> Option<usize> {
    text.as_bytes().get(from..)?.iter().position(|byte| fits(*byte)).map(|at| from + at)
}

/// Whether a byte begins a letter that is escaped, or one of a row in which some are special.
fn may_be_escaped(byte: u8) -> bool {
    matches!(byte, b'"' | b'\\') || may_be_special(byte)
}

/// Whether a byte begins a special letter, or one of a row in which some are.
pub(super) fn may_be_special(byte: u8) -> bool {
    matches!(byte, 0..=0x1f | 0x7f | 0xc2 | 0xe2 | 0xef)
}

/// Whether a letter is unfit to stand as it is: controls, line separators, byte order marks, non-characters.
pub(super) fn is_special(letter: char) -> bool {
    matches!(letter, '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
}

fn put(out: &mut Vec<u8>, node: &Node<'_>, depth: usize) {
    match node.itself() {
        Node::List(items) if items.is_empty() => out.extend_from_slice(b"[]"),
        Node::List(items) if items.iter().all(Node::is_plain) => {
            out.push(b'[');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    out.extend_from_slice(b", ");
                }
                put_plain(out, item);
            }
            out.push(b']');
        }
        Node::List(items) => {
            out.push(b'[');
            for (index, item) in items.iter().enumerate() {
                next_line(out, index > 0, depth + 1);
                put(out, item, depth + 1);
            }
            next_line(out, false, depth);
            out.push(b']');
        }
        Node::Map(map) if is_short(map) => {
            out.push(b'{');
            for (index, (key, value)) in map.iter().enumerate() {
                if index > 0 {
                    out.extend_from_slice(b", ");
                }
                put_text(out, key);
                out.extend_from_slice(b": ");
                put_plain(out, value);
            }
            out.push(b'}');
        }
        Node::Map(map) => {
            out.push(b'{');
            for (index, (key, value)) in map.iter().enumerate() {
                next_line(out, index > 0, depth + 1);
                put_text(out, key);
                out.extend_from_slice(b": ");
                put(out, value, depth + 1);
            }
            next_line(out, false, depth);
            out.push(b'}');
        }
        plain => put_plain(out, plain),
    }
}

/// Whether a map fits on a line with what surrounds it.
fn is_short(map: &Map<'_>) -> bool {
    let mut length = 0;
    for (key, value) in map.iter() {
        length += key.len() + 6;
        length += match value.itself() {
            Node::Truth(_) => 5,
            Node::Integer(_) => 8,
            Node::Text(text) => text.len(),
            _ => return false,
        };
    }
    length <= 72
}

/// Writes a part without parts of its own.
pub(super) fn put_plain(out: &mut Vec<u8>, node: &Node<'_>) {
    match node.itself() {
        Node::Truth(true) => out.extend_from_slice(b"true"),
        Node::Truth(false) => out.extend_from_slice(b"false"),
        Node::Integer(number) => {
            // INVARIANT: writing to a vector does not fail.
            let _ = write!(out, "{number}");
        }
        Node::Text(text) => put_text(out, text),
        Node::List(_) | Node::Map(_) | Node::Shared(_) => {}
    }
}

fn next_line(out: &mut Vec<u8>, comma: bool, depth: usize) {
    if comma {
        out.push(b',');
    }
    out.push(b'\n');
    out.resize(out.len() + 2 * depth, b' ');
}
