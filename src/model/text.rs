//! Texts for people in several languages, and the names that machines read.

use std::borrow::Cow;

use crate::source::{Span, Text};

use super::expression::Expression;

/// A text for people: German always, English where a `texte en` gives it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Label {
    /// German.
    pub de: Text,
    /// English, if translated.
    pub en: Option<Text>,
}

impl Label {
    /// A German text without translation.
    pub fn german(text: impl Into<Text>) -> Label {
        Label { de: text.into(), en: None }
    }

    /// The English text, or the German one where it is not translated.
    pub fn english(&self) -> &str {
        self.en.as_deref().unwrap_or(&self.de)
    }
}

/// A text with holes: notices, explanations.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Template {
    /// The parts in order.
    pub parts: Vec<TemplatePart>,
}

/// A part of a [`Template`].
#[derive(Debug, Clone, PartialEq)]
pub enum TemplatePart {
    /// Words.
    Words(Text),
    /// A value to fill in.
    Value(Expression),
}

/// The name under which machines know something: umlauts spelt out, only `[A-Za-z0-9_]`, never a leading digit.
///
/// `höhe` gives `hoehe`, `kind.geburtsdatum` gives `kind_geburtsdatum`.
pub fn machine_name(name: &str) -> String {
    let mut machine = String::with_capacity(name.len());
    for letter in name.chars() {
        match letter {
            'ä' => machine.push_str("ae"),
            'ö' => machine.push_str("oe"),
            'ü' => machine.push_str("ue"),
            'Ä' => machine.push_str("Ae"),
            'Ö' => machine.push_str("Oe"),
            'Ü' => machine.push_str("Ue"),
            'ß' => machine.push_str("ss"),
            letter if letter.is_ascii_alphanumeric() => machine.push(letter),
            _ => machine.push('_'),
        }
    }
    if machine.is_empty() || machine.starts_with(|first: char| first.is_ascii_digit()) {
        machine.insert(0, '_');
    }
    machine
}

/// The [`machine_name`], borrowed where the name is one already.
pub fn machine_key(name: &str) -> Cow<'_, str> {
    let is_machine = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    if is_machine && name.bytes().next().is_some_and(|first| !first.is_ascii_digit()) {
        Cow::Borrowed(name)
    } else {
        Cow::Owned(machine_name(name))
    }
}

/// A name as words for people, beginning with a capital: `nicht_vorausgezahlt` gives `Nicht vorausgezahlt`.
pub fn in_words(name: &str) -> String {
    let words = name.replace(['_', '.'], " ");
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// A name with the place where it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Named {
    /// As written.
    pub text: Text,
    /// Where.
    pub span: Span,
}
