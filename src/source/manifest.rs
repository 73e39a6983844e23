//! `blaupause.yaml`: the few settings of a project folder. They govern the files below that folder.
//!
//! Reading never fails: what can't be understood becomes a [`Problem`] with its place, the rest is kept.

use jiff::civil::Date;
use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_yaml::{Location, Spanned};

use super::{FileId, Span};

/// The name of the file.
pub const FILE_NAME: &str = "blaupause.yaml";

/// The settings there are: German, and the English twin of each.
pub const SETTINGS: [(&str, &str); 3] = [("stichtag", "day"), ("sprache", "language"), ("einbinden", "include")];

/// A value and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placed<T> {
    /// What is set.
    pub value: T,
    /// Where.
    pub span: Span,
}

/// The settings of one project folder.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Manifest {
    /// The day for which the project is compiled (`stichtag: 2026-06-01`); the compiler never asks a clock.
    pub day: Option<Placed<Date>>,
    /// The language of messages, `de` or `en` (`sprache: de`).
    pub language: Option<Placed<String>>,
    /// Further folders of the project to read (`einbinden: [../gemeinsam]`), relative to this manifest.
    pub includes: Vec<Placed<String>>,
}

/// Something in a manifest that can't be understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Where it stands.
    pub span: Span,
    /// What is wrong.
    pub kind: ProblemKind,
}

/// What can be wrong with a manifest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ProblemKind {
    /// No such setting.
    UnknownSetting(String),
    /// The setting is there twice.
    Repeated(String),
    /// Not a calendar day of the form `2026-06-01`.
    NotADay(String),
    /// Neither `de` nor `en`.
    NotALanguage(String),
    /// Not a list of paths, or not a mapping of settings at all.
    Malformed,
}

impl Manifest {
    /// Reads the text of one manifest.
    pub fn read(text: &str, file: FileId) -> (Manifest, Vec<Problem>) {
        let mut manifest = Manifest::default();
        let mut problems = Vec::new();
        if text.lines().all(|line| line.trim().is_empty() || line.trim_start().starts_with('#')) {
            return (manifest, problems);
        }
        let place = Place { text, file };
        let entries = match serde_yaml::from_str::<Entries>(text) {
            Ok(entries) => entries.0,
            Err(error) => {
                let span = error.location().map_or(Span::new(file, 0, 0), |location| place.line(location));
                problems.push(Problem { span, kind: ProblemKind::Malformed });
                return (manifest, problems);
            }
        };
        let mut seen: Vec<&'static str> = Vec::new();
        for (key, value) in entries {
            let span = place.word(key.referenced, &key.value);
            let Some((name, _)) = SETTINGS.iter().find(|(german, english)| key.value == *german || key.value == *english) else {
                problems.push(Problem { span, kind: ProblemKind::UnknownSetting(key.value) });
                continue;
            };
            if seen.contains(name) {
                problems.push(Problem { span, kind: ProblemKind::Repeated(key.value) });
                continue;
            }
            seen.push(name);
            manifest.set(name, value, span, place, &mut problems);
        }
        (manifest, problems)
    }

    fn set(&mut self, name: &str, value: Value, key: Span, place: Place<'_>, problems: &mut Vec<Problem>) {
        match (name, value) {
            ("stichtag", Value::One(day)) => {
                let span = place.word(day.referenced, &day.value);
                match day_of(&day.value) {
                    Some(value) => self.day = Some(Placed { value, span }),
                    None => problems.push(Problem { span, kind: ProblemKind::NotADay(day.value) }),
                }
            }
            ("sprache", Value::One(language)) => {
                let span = place.word(language.referenced, &language.value);
                if matches!(language.value.as_str(), "de" | "en") {
                    self.language = Some(Placed { value: language.value, span });
                } else {
                    problems.push(Problem { span, kind: ProblemKind::NotALanguage(language.value) });
                }
            }
            ("einbinden", Value::Many(paths)) => {
                self.includes = paths
                    .into_iter()
                    .map(|path| Placed { span: place.word(path.referenced, &path.value), value: path.value })
                    .collect();
            }
            _ => problems.push(Problem { span: key, kind: ProblemKind::Malformed }),
        }
    }
}

/// A calendar day as written in the project: `2026-06-01` and nothing else.
pub fn day_of(text: &str) -> Option<Date> {
    let shape = text.len() == 10
        && text.bytes().enumerate().all(|(at, byte)| match at {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        });
    shape.then(|| text.parse().ok()).flatten()
}

/// Turns the reader's lines and columns into spans.
#[derive(Clone, Copy)]
struct Place<'a> {
    text: &'a str,
    file: FileId,
}

impl Place<'_> {
    fn offset(self, location: Location) -> usize {
        let line = (location.line() as usize).saturating_sub(1);
        let start: usize = self.text.split_inclusive('\n').take(line).map(str::len).sum();
        let column = (location.column() as usize).saturating_sub(1);
        let rest = self.text.get(start..).unwrap_or("");
        start + rest.chars().take(column).map(char::len_utf8).sum::<usize>()
    }

    fn word(self, location: Location, word: &str) -> Span {
        let start = self.offset(location);
        let rest = self.text.get(start..).unwrap_or("");
        let quote = usize::from(rest.starts_with(['"', '\'']));
        let start = start + quote;
        Span::new(self.file, start, (start + word.len()).min(self.text.len()))
    }

    fn line(self, location: Location) -> Span {
        let line = (location.line() as usize).saturating_sub(1);
        let start: usize = self.text.split_inclusive('\n').take(line).map(str::len).sum();
        let length = self.text.get(start..).and_then(|rest| rest.lines().next()).map_or(0, str::len);
        Span::new(self.file, start, start + length)
    }
}

/// The settings as they stand, in order.
struct Entries(Vec<(Spanned<String>, Value)>);

enum Value {
    One(Spanned<String>),
    Many(Vec<Spanned<String>>),
    Other,
}

impl<'de> Deserialize<'de> for Entries {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Entries, D::Error> {
        struct Settings;

        impl<'de> Visitor<'de> for Settings {
            type Value = Entries;

            fn expecting(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                out.write_str("settings")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Entries, A::Error> {
                let mut entries = Vec::new();
                while let Some(key) = map.next_key::<Spanned<String>>()? {
                    let value = match key.value.as_str() {
                        "stichtag" | "day" | "sprache" | "language" => Value::One(map.next_value()?),
                        "einbinden" | "include" => Value::Many(map.next_value()?),
                        _ => {
                            map.next_value::<IgnoredAny>()?;
                            Value::Other
                        }
                    };
                    entries.push((key, value));
                }
                Ok(Entries(entries))
            }
        }

        deserializer.deserialize_map(Settings)
    }
}

#[cfg(test)]
mod tests {
    use super::{FileId, Manifest, ProblemKind};

    fn read(text: &str) -> (Manifest, Vec<(String, ProblemKind)>) {
        let (manifest, problems) = Manifest::read(text, FileId(0));
        let at = |problem: super::Problem| (text[problem.span.range()].to_owned(), problem.kind);
        (manifest, problems.into_iter().map(at).collect())
    }

    #[test]
    fn reads_german_and_english_settings() {
        let (german, none) = read("# Projekt\nstichtag: 2026-06-01\nsprache: de\neinbinden:\n  - ../gemeinsam\n");
        assert_eq!(none, []);
        assert_eq!(german.day.map(|day| day.value.to_string()).as_deref(), Some("2026-06-01"));
        assert_eq!(german.includes[0].value, "../gemeinsam");
        let (english, none) = read("day: \"2026-06-01\"\nlanguage: en\ninclude: [a, b]\n");
        assert_eq!(none, []);
        assert_eq!(english.includes.len(), 2);
        assert_eq!(read("# nichts\n"), (Manifest::default(), vec![]));
    }

    #[test]
    fn says_where_it_is_wrong() {
        let one = |text| read(text).1.remove(0);
        assert_eq!(
            one("sprache: de\nstichtga: 2026-06-01\n"),
            ("stichtga".into(), ProblemKind::UnknownSetting("stichtga".into()))
        );
        assert_eq!(one("stichtag: 1.6.2026\n"), ("1.6.2026".into(), ProblemKind::NotADay("1.6.2026".into())));
        assert_eq!(one("sprache: 'fr'\n"), ("fr".into(), ProblemKind::NotALanguage("fr".into())));
        assert_eq!(one("stichtag: 2026-02-30\n").1, ProblemKind::NotADay("2026-02-30".into()));
        assert_eq!(one("einbinden: {a: b}\n").1, ProblemKind::Malformed);
        assert_eq!(one("nur ein Satz\n").1, ProblemKind::Malformed);
        assert_eq!(one("sprache: de\nsprache: en\n").1, ProblemKind::Malformed);
    }
}
