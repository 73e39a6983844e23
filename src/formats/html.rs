//! HTML as a small typed tree, and the one place that escapes it.
//!
//! Text and attribute values may hold anything. Program text enters only as [`Node::Script`] and [`Node::Style`], whose authors are
//! ours; a definition's words reach a program only through [`script_json`].

use std::fmt::Write as _;

use sha2::{Digest, Sha256};

/// A piece of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Node {
    /// An element.
    Element(Element),
    /// Words, escaped when written.
    Text(String),
    /// A program. INVARIANT: holds no `</script` and no `<!--`; [`script_is_closed`] says so.
    Script(String),
    /// A style sheet. INVARIANT: holds no `</style`.
    Style(String),
    /// Data beside the program, under an id.
    Data {
        /// The element's id.
        id: String,
        /// JSON text, made by serde; escaped when written.
        json: String,
    },
}

/// An element with its attributes in the order they are written.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Element {
    name: &'static str,
    attributes: Vec<(&'static str, Option<String>)>,
    children: Vec<Node>,
}

/// An element of this name.
pub fn element(name: &'static str) -> Element {
    Element { name, ..Element::default() }
}

impl Element {
    /// Adds an attribute.
    pub fn attribute(mut self, name: &'static str, value: impl Into<String>) -> Element {
        self.attributes.push((name, Some(value.into())));
        self
    }

    /// Adds an attribute that has no value.
    pub fn flag(mut self, name: &'static str) -> Element {
        self.attributes.push((name, None));
        self
    }

    /// Adds a child.
    pub fn child(mut self, child: impl Into<Node>) -> Element {
        self.children.push(child.into());
        self
    }

    /// Adds words.
    pub fn text(self, text: impl Into<String>) -> Element {
        self.child(Node::Text(text.into()))
    }

    /// The whole page with its doctype.
    pub fn document(&self) -> String {
        let mut out = String::with_capacity(96 * 1024);
        out.push_str("<!DOCTYPE html>\n");
        self.write(&mut out);
        out.push('\n');
        out
    }

    fn write(&self, out: &mut String) {
        // INVARIANT: writing to a String never fails.
        let _ = write!(out, "<{}", self.name);
        for (name, value) in &self.attributes {
            let _ = write!(out, " {name}");
            if let Some(value) = value {
                out.push_str("=\"");
                escape(value, out);
                out.push('"');
            }
        }
        out.push('>');
        if VOID.contains(&self.name) {
            return;
        }
        for child in &self.children {
            child.write(out);
        }
        let _ = write!(out, "</{}>", self.name);
    }
}

impl Node {
    fn write(&self, out: &mut String) {
        match self {
            Node::Element(element) => element.write(out),
            Node::Text(text) => escape(text, out),
            Node::Script(program) => {
                let _ = write!(out, "<script>{program}</script>");
            }
            Node::Style(rules) => {
                let _ = write!(out, "<style>{rules}</style>");
            }
            Node::Data { id, json } => {
                out.push_str("<script type=\"application/json\" id=\"");
                escape(id, out);
                out.push_str("\">");
                script_safe(json, out);
                out.push_str("</script>");
            }
        }
    }
}

impl From<Element> for Node {
    fn from(element: Element) -> Node {
        Node::Element(element)
    }
}

/// Elements that have no content and no end tag.
const VOID: &[&str] = &["br", "hr", "img", "input", "link", "meta", "wbr"];

/// A text as a string literal of JSON and JavaScript that can stand inside a `<script>` element.
pub fn script_json(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    script_safe(&serde_json::Value::from(text).to_string(), &mut out);
    out
}

/// Whether a program can stand between `<script>` and `</script>` without ending or hiding it.
pub fn script_is_closed(program: &str) -> bool {
    let lower = program.to_ascii_lowercase();
    !lower.contains("</script") && !lower.contains("<!--") && !lower.contains("<script")
}

/// The source expression for a Content-Security-Policy that admits exactly this inline text.
pub fn content_hash(text: &str) -> String {
    format!("'sha256-{}'", base64(&Sha256::digest(text.as_bytes())))
}

/// JSON text whose strings can neither end the element nor the line.
fn script_safe(json: &str, out: &mut String) {
    for letter in json.chars() {
        match letter {
            '<' => out.push_str("\\u003c"),
            '>' => out.push_str("\\u003e"),
            '&' => out.push_str("\\u0026"),
            '\u{2028}' => out.push_str("\\u2028"),
            '\u{2029}' => out.push_str("\\u2029"),
            other => out.push(other),
        }
    }
}

/// Text and attribute values. Characters that HTML forbids become the replacement character.
fn escape(text: &str, out: &mut String) {
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\u{2028}' => out.push_str("&#8232;"),
            '\u{2029}' => out.push_str("&#8233;"),
            '\n' | '\t' => out.push(letter),
            control if control.is_control() => out.push('\u{FFFD}'),
            other => out.push(other),
        }
    }
}

fn base64(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let group = chunk.iter().fold(0u32, |group, byte| group << 8 | u32::from(*byte)) << (8 * (3 - chunk.len()));
        for place in 0..4 {
            let symbol = (group >> (18 - 6 * place)) as usize & 63;
            let symbol = ALPHABET.get(symbol).copied().unwrap_or(b'=');
            out.push(if place <= chunk.len() { char::from(symbol) } else { '=' });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{Node, base64, content_hash, element, script_is_closed, script_json};

    #[test]
    fn words_never_become_markup() {
        let page = element("p").attribute("title", "\"><script>").text("</p>&'").document();
        assert_eq!(page, "<!DOCTYPE html>\n<p title=\"&quot;&gt;&lt;script&gt;\">&lt;/p&gt;&amp;&#39;</p>\n");
    }

    #[test]
    fn data_cannot_leave_its_script() {
        let hostile = "</script><!-- ]]> {{x}} \u{2028}\u{2029} \" \\";
        let literal = script_json(hostile);
        assert!(script_is_closed(&literal) && !literal.contains('\u{2028}'));
        assert_eq!(serde_json::from_str::<String>(&literal).ok().as_deref(), Some(hostile));
        let data = Node::Data { id: "x".into(), json: serde_json::Value::from(hostile).to_string() };
        let page = element("body").child(data).document();
        assert_eq!(page.matches("</script>").count(), 1);
    }

    #[test]
    fn base64_pads() {
        assert_eq!(["", "f", "fo", "foo", "foob"].map(|text| base64(text.as_bytes())), ["", "Zg==", "Zm8=", "Zm9v", "Zm9vYg=="]);
        assert_eq!(content_hash(""), "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='");
    }
}
