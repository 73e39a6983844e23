//! The words of one text, each kept once: names, numbers and citations come again and again.

use std::cell::RefCell;

use indexmap::IndexSet;

use crate::source::Text;

/// The words met so far.
#[derive(Default)]
pub(super) struct Words {
    known: RefCell<IndexSet<Text>>,
}

impl Words {
    /// A word, shared with all others like it.
    pub(super) fn word(&self, written: &str) -> Text {
        let mut known = self.known.borrow_mut();
        if let Some(word) = known.get(written) {
            return word.clone();
        }
        let word = Text::from(written);
        known.insert(word.clone());
        word
    }

    /// Words as one line: white space between them becomes one space.
    pub(super) fn line(&self, written: &str) -> Text {
        let written = written.trim();
        let mut before = ' ';
        let is_line = written.chars().all(|letter| {
            let fits = if letter == ' ' { before != ' ' } else { !letter.is_whitespace() };
            before = letter;
            fits
        });
        if is_line { self.word(written) } else { self.word(&written.split_whitespace().collect::<Vec<_>>().join(" ")) }
    }
}
