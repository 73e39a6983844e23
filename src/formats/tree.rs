//! A document of maps, lists and plain values that borrows its texts: built once, encoded as JSON or YAML.

use std::borrow::Cow;
use std::sync::Arc;

/// A part of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Node<'a> {
    /// `true`, `false`.
    Truth(bool),
    /// A whole number; there are no others.
    Integer(i64),
    /// A text.
    Text(Cow<'a, str>),
    /// Several parts in order.
    List(Vec<Node<'a>>),
    /// Named parts in order.
    Map(Map<'a>),
    /// A part that stands alike in many documents and is built once for all.
    Shared(&'a Node<'a>),
}

impl<'a> Node<'a> {
    /// The named part, if this is a map that has it.
    pub fn get(&self, key: &str) -> Option<&Node<'a>> {
        match self.itself() {
            Node::Map(map) => map.get(key),
            _ => None,
        }
    }

    /// Whether it has no parts of its own.
    pub fn is_plain(&self) -> bool {
        !matches!(self.itself(), Node::List(_) | Node::Map(_))
    }

    /// The part itself, also where it is shared.
    pub fn itself(&self) -> &Node<'a> {
        match self {
            Node::Shared(node) => node,
            own => own,
        }
    }
}

/// Named parts of a document, in the order in which they were put there. A name must be put only once.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Map<'a> {
    entries: Vec<(Cow<'a, str>, Node<'a>)>,
}

impl<'a> Map<'a> {
    /// An empty map.
    pub fn new() -> Map<'a> {
        Map::default()
    }

    /// Adds a part.
    pub fn put(&mut self, key: impl Into<Cow<'a, str>>, value: impl Into<Node<'a>>) {
        self.entries.push((key.into(), value.into()));
    }

    /// Adds a part and gives the map back.
    pub fn with(mut self, key: impl Into<Cow<'a, str>>, value: impl Into<Node<'a>>) -> Map<'a> {
        self.put(key, value);
        self
    }

    /// The named part.
    pub fn get(&self, key: &str) -> Option<&Node<'a>> {
        self.entries.iter().find(|(name, _)| name == key).map(|(_, node)| node)
    }

    /// The named part, to be changed; an empty map is put there where it is missing.
    pub fn entry(&mut self, key: impl Into<Cow<'a, str>>) -> &mut Node<'a> {
        let key = key.into();
        let at = match self.entries.iter().position(|(name, _)| *name == key) {
            Some(at) => at,
            None => {
                self.entries.push((key, Node::Map(Map::new())));
                self.entries.len() - 1
            }
        };
        // INVARIANT: `at` was found or pushed just now.
        &mut self.entries[at].1
    }

    /// All parts in order.
    pub fn iter(&self) -> std::slice::Iter<'_, (Cow<'a, str>, Node<'a>)> {
        self.entries.iter()
    }

    /// How many parts there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }
}

impl<'a> IntoIterator for Map<'a> {
    type Item = (Cow<'a, str>, Node<'a>);
    type IntoIter = std::vec::IntoIter<Self::Item>;

    fn into_iter(self) -> Self::IntoIter {
        self.entries.into_iter()
    }
}

impl<'a> From<Map<'a>> for Node<'a> {
    fn from(map: Map<'a>) -> Self {
        Node::Map(map)
    }
}

impl<'a> From<Vec<Node<'a>>> for Node<'a> {
    fn from(list: Vec<Node<'a>>) -> Self {
        Node::List(list)
    }
}

impl<'a> From<&'a Node<'a>> for Node<'a> {
    fn from(shared: &'a Node<'a>) -> Self {
        Node::Shared(shared)
    }
}

impl<'a> From<&'a str> for Node<'a> {
    fn from(text: &'a str) -> Self {
        Node::Text(Cow::Borrowed(text))
    }
}

impl<'a> From<&'a String> for Node<'a> {
    fn from(text: &'a String) -> Self {
        Node::Text(Cow::Borrowed(text))
    }
}

impl<'a> From<&'a Arc<str>> for Node<'a> {
    fn from(text: &'a Arc<str>) -> Self {
        Node::Text(Cow::Borrowed(text))
    }
}

impl From<String> for Node<'_> {
    fn from(text: String) -> Self {
        Node::Text(Cow::Owned(text))
    }
}

impl<'a> From<Cow<'a, str>> for Node<'a> {
    fn from(text: Cow<'a, str>) -> Self {
        Node::Text(text)
    }
}

impl From<bool> for Node<'_> {
    fn from(truth: bool) -> Self {
        Node::Truth(truth)
    }
}

impl From<i64> for Node<'_> {
    fn from(number: i64) -> Self {
        Node::Integer(number)
    }
}

impl From<u32> for Node<'_> {
    fn from(number: u32) -> Self {
        Node::Integer(i64::from(number))
    }
}

impl<'a, const N: usize> From<[&'a str; N]> for Node<'a> {
    fn from(texts: [&'a str; N]) -> Self {
        Node::List(texts.into_iter().map(Node::from).collect())
    }
}
