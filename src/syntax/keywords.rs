//! The glossary: every keyword with its English twin, out of `grammar/keywords.pest`.

use std::collections::BTreeMap;
use std::sync::LazyLock;

/// One line of the glossary.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Keyword {
    /// The name of its grammar rule: `k_verfahren`.
    pub rule: &'static str,
    /// German.
    pub de: &'static str,
    /// English.
    pub en: &'static str,
}

/// All keywords, in the order of the glossary.
pub fn all() -> &'static [Keyword] {
    &KEYWORDS
}

/// The keyword of a grammar rule.
pub fn of_rule(rule: &str) -> Option<&'static Keyword> {
    BY_RULE.get(rule).copied()
}

static KEYWORDS: LazyLock<Vec<Keyword>> =
    LazyLock::new(|| include_str!("../../grammar/keywords.pest").lines().filter_map(line).collect());

static BY_RULE: LazyLock<BTreeMap<&'static str, &'static Keyword>> =
    LazyLock::new(|| KEYWORDS.iter().map(|keyword| (keyword.rule, keyword)).collect());

/// `k_verfahren = @{ ("verfahren" | "procedure") ~ !word_char }`
fn line(line: &'static str) -> Option<Keyword> {
    let rule = line.split_whitespace().next().filter(|rule| rule.starts_with("k_"))?;
    let mut quoted = line.split('"').skip(1).step_by(2);
    Some(Keyword { rule, de: quoted.next()?, en: quoted.next()? })
}
