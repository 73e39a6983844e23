//! The identity of a rule: its slug, how grave a breach is, its texts, its norm.
//!
//! Each rule's `static` stands in the file of the rule; [`compiler`](crate::compiler) lists them all.

/// How grave a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Nothing is built from it.
    Error,
    /// Built, but a person should look.
    Warning,
    /// Worth knowing.
    Note,
}

/// One rule of the language.
#[derive(Debug)]
pub struct Code {
    /// Stable kebab-case name: `unknown-name`.
    pub slug: &'static str,
    /// How grave a breach is.
    pub severity: Severity,
    /// The rule in a few words, German.
    pub title_de: &'static str,
    /// The rule in a few words, English.
    pub title_en: &'static str,
    /// The norm on which the rule itself rests, as cited.
    pub norm: Option<&'static str>,
    /// What it means, why it matters, what to do: whole sentences, German.
    pub explain_de: &'static str,
    /// The same in English.
    pub explain_en: &'static str,
    /// A whole small definition that breaks the rule; a test runs it.
    pub example: &'static str,
}

impl PartialEq for Code {
    fn eq(&self, other: &Code) -> bool {
        self.slug == other.slug
    }
}

impl Eq for Code {}
