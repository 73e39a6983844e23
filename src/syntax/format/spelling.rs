//! Keywords and units of time in one of the two spellings. Names, texts and comments are never touched.

use std::borrow::Cow;

use crate::syntax::ast::Spelling;
use crate::syntax::grammar::Rule;
use crate::syntax::keywords;
use crate::syntax::pairs::Node as Pair;

/// A word in German, in English.
type Twins = (&'static str, &'static str);

/// A unit of time: `1 Monat`, `2 Monate`, `binnen 2 Monaten`, `1 month`, `2 months`.
struct Unit {
    one: &'static str,
    several: &'static str,
    /// After `binnen` and `in`.
    several_dative: &'static str,
    english: &'static str,
    english_several: &'static str,
}

const UNITS: &[Unit] = &[
    Unit { one: "Werktag", several: "Werktage", several_dative: "Werktagen", english: "weekday", english_several: "weekdays" },
    Unit {
        one: "Arbeitstag",
        several: "Arbeitstage",
        several_dative: "Arbeitstagen",
        english: "workday",
        english_several: "workdays",
    },
    Unit { one: "Tag", several: "Tage", several_dative: "Tagen", english: "day", english_several: "days" },
    Unit { one: "Woche", several: "Wochen", several_dative: "Wochen", english: "week", english_several: "weeks" },
    Unit { one: "Monat", several: "Monate", several_dative: "Monaten", english: "month", english_several: "months" },
    Unit { one: "Jahr", several: "Jahre", several_dative: "Jahren", english: "year", english_several: "years" },
];

/// A word as it will stand there, and the length of its longer twin.
pub(super) fn spell<'t>(pair: Pair<'t>, written: &'t str, above: Rule, spelling: Option<Spelling>) -> (Cow<'t, str>, usize) {
    match pair.as_rule() {
        Rule::string => text(pair, written, spelling),
        Rule::duration_unit => either(written, unit(written, above), spelling),
        Rule::in_conjunction => tidy("i. V. m.".to_owned(), written),
        Rule::law => tidy(written.split_whitespace().collect::<Vec<_>>().join(" "), written),
        Rule::numbers => tidy(numbers(written), written),
        rule => either(written, keyword(rule), spelling),
    }
}

/// A text, of which only the holes have keywords.
fn text<'t>(pair: Pair<'t>, written: &'t str, spelling: Option<Spelling>) -> (Cow<'t, str>, usize) {
    let start = pair.as_span().start();
    let (mut result, mut width, mut at) = (String::new(), 0, 0);
    let mut words = Vec::new();
    for part in pair.into_inner().flatten() {
        let written = part.as_str();
        let twins = if part.as_rule() == Rule::duration_unit { unit(written, Rule::hole) } else { keyword(part.as_rule()) };
        words.extend(twins.map(|twins| (part.as_span().start() - start, written.len(), twins)));
    }
    for (place, length, twins) in words {
        let before = written.get(at..place).unwrap_or_default();
        let (word, longer) = either(written.get(place..place + length).unwrap_or_default(), Some(twins), spelling);
        result.push_str(before);
        result.push_str(&word);
        width += before.chars().count() + longer;
        at = place + length;
    }
    let rest = written.get(at..).unwrap_or_default();
    result.push_str(rest);
    (Cow::Owned(result), width + rest.chars().count())
}

/// A word in one of its spellings.
fn either(written: &str, twins: Option<Twins>, spelling: Option<Spelling>) -> (Cow<'_, str>, usize) {
    let length = written.chars().count();
    let Some((german, english)) = twins else { return (Cow::Borrowed(written), length) };
    let text = match spelling {
        None => Cow::Borrowed(written),
        Some(Spelling::De) => Cow::Borrowed(german),
        Some(Spelling::En) => Cow::Borrowed(english),
    };
    (text, german.chars().count().max(english.chars().count()))
}

fn keyword(rule: Rule) -> Option<Twins> {
    let name = format!("{rule:?}");
    let keyword = name.starts_with("k_").then(|| keywords::of_rule(&name)).flatten()?;
    Some((keyword.de, keyword.en))
}

/// Both spellings of a unit.
fn unit(written: &str, above: Rule) -> Option<Twins> {
    let dative = matches!(above, Rule::within | Rule::remedy_within | Rule::request_within | Rule::follow_up);
    UNITS.iter().find_map(|unit| {
        let one = [unit.one, unit.english].contains(&written);
        let several = [unit.several, unit.several_dative, unit.english_several].contains(&written);
        match (one, several, dative) {
            (true, ..) => Some((unit.one, unit.english)),
            (_, true, true) => Some((unit.several_dative, unit.english_several)),
            (_, true, false) => Some((unit.several, unit.english_several)),
            _ => None,
        }
    })
}

/// `1 ,2  und 3` is `1, 2 und 3`.
fn numbers(written: &str) -> String {
    let words = |part: &str| part.split_whitespace().collect::<Vec<_>>().join(" ");
    written.split(',').map(words).collect::<Vec<_>>().join(", ")
}

fn tidy(tidied: String, written: &str) -> (Cow<'_, str>, usize) {
    let length = tidied.chars().count();
    if tidied == written { (Cow::Borrowed(written), length) } else { (Cow::Owned(tidied), length) }
}
