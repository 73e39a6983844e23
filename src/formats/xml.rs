//! XML as a small typed tree in stable order, and the one place that escapes it.
//!
//! Names are ours and fixed at compile time; texts and attribute values may hold anything. What XML 1.0 does not admit at all
//! (control characters, U+FFFE, U+FFFF) becomes the replacement character.

use std::fmt::Write as _;

/// An element with its attributes and children in the order they are written.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Element {
    name: &'static str,
    attributes: Vec<(&'static str, String)>,
    children: Vec<Node>,
}

/// A piece of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Node {
    /// An element.
    Element(Element),
    /// Words.
    Text(String),
}

/// An element of this name (with its prefix, as in `dc:Bounds`).
pub fn element(name: &'static str) -> Element {
    Element { name, ..Element::default() }
}

impl Element {
    /// Adds an attribute.
    pub fn attribute(mut self, name: &'static str, value: impl Into<String>) -> Element {
        self.attributes.push((name, value.into()));
        self
    }

    /// Adds an attribute where there is a value.
    pub fn maybe(self, name: &'static str, value: Option<impl Into<String>>) -> Element {
        match value {
            Some(value) => self.attribute(name, value),
            None => self,
        }
    }

    /// Adds a child.
    pub fn child(mut self, child: impl Into<Node>) -> Element {
        self.children.push(child.into());
        self
    }

    /// Adds several children.
    pub fn children(mut self, children: impl IntoIterator<Item = Element>) -> Element {
        self.children.extend(children.into_iter().map(Node::Element));
        self
    }

    /// Adds words. An element holds either words or elements.
    pub fn text(mut self, text: impl Into<String>) -> Element {
        self.children.push(Node::Text(text.into()));
        self
    }

    /// Whether nothing stands in it.
    pub fn is_empty(&self) -> bool {
        self.children.is_empty()
    }

    /// The whole document: UTF-8, two spaces a level.
    pub fn document(&self) -> String {
        let mut out = String::with_capacity(16 * 1024);
        out.push_str("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        self.write(&mut out, 0);
        out
    }

    fn write(&self, out: &mut String, depth: usize) {
        indent(out, depth);
        // INVARIANT: writing to a String never fails.
        let _ = write!(out, "<{}", self.name);
        for (name, value) in &self.attributes {
            let _ = write!(out, " {name}=\"");
            escape(value, true, out);
            out.push('"');
        }
        if self.children.is_empty() {
            out.push_str(" />\n");
            return;
        }
        out.push('>');
        let has_words = self.children.iter().any(|child| matches!(child, Node::Text(_)));
        if !has_words {
            out.push('\n');
        }
        for child in &self.children {
            match child {
                Node::Element(element) => element.write(out, depth + 1),
                Node::Text(text) => escape(text, false, out),
            }
        }
        if !has_words {
            indent(out, depth);
        }
        let _ = writeln!(out, "</{}>", self.name);
    }
}

impl From<Element> for Node {
    fn from(element: Element) -> Node {
        Node::Element(element)
    }
}

fn indent(out: &mut String, depth: usize) {
    for _ in 0..depth {
        out.push_str("  ");
    }
}

fn escape(text: &str, in_attribute: bool, out: &mut String) {
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' if in_attribute => out.push_str("&quot;"),
            '\n' | '\t' | '\r' if in_attribute => {
                let _ = write!(out, "&#{};", u32::from(letter));
            }
            '\r' => out.push_str("&#13;"),
            '\n' | '\t' => out.push(letter),
            forbidden if forbidden.is_control() || matches!(forbidden, '\u{FFFE}' | '\u{FFFF}') => out.push('\u{FFFD}'),
            other => out.push(other),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::element;

    #[test]
    fn words_never_become_markup() {
        let written = element("a").attribute("b", "\"<&\n").text("]]> </a> \u{1}\r").document();
        assert_eq!(
            written,
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<a b=\"&quot;&lt;&amp;&#10;\">]]&gt; &lt;/a&gt; \u{FFFD}&#13;</a>\n"
        );
    }

    #[test]
    fn elements_stand_on_lines_of_their_own() {
        let written = element("a").child(element("b")).child(element("c").text("d")).document();
        assert_eq!(written, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<a>\n  <b />\n  <c>d</c>\n</a>\n");
    }
}
