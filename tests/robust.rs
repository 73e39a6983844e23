//! Hostile texts: whatever is read, resolved and formatted ends in a finding, never in a crash.

use std::fs;

use blaupause::compiler;
use blaupause::source::MemoryLoader;
use blaupause::syntax::{format, keywords};

use super::corpus::root;

/// Reads and formats a text; gives the rules that spoke. What can be read without a mistake has a form that stays.
fn survive(text: &str) -> Vec<&'static str> {
    match format(text, None) {
        Ok(formatted) => {
            if text.len() < 10_000 {
                assert_eq!(format(&formatted, None).ok().as_ref(), Some(&formatted), "{text}");
            }
            Vec::new()
        }
        Err(found) => found.iter().map(|finding| finding.code.slug).collect(),
    }
}

/// The same through the whole compiler.
fn compile(text: &str) {
    let loader = MemoryLoader::new([("blaupause.yaml", "stichtag: 2026-06-01\n"), ("probe.blau", text)]);
    let _compilation =
        compiler::compile(&loader, &compiler::Request { lands: vec!["th".into()], ..compiler::Request::default() });
}

fn rule(expression: &str) -> String {
    format!("verfahren P \"P\" {{\n  regel x = {expression}\n}}\n")
}

fn step(step: &str) -> String {
    format!("verfahren P \"P\" {{\n  ablauf {{\n{step}\n  }}\n}}\n")
}

/// Everything in the language that can stand in its own kind, as deep as asked for.
fn nested(depth: usize) -> Vec<(&'static str, String)> {
    let around = |open: &str, middle: &str, close: &str| format!("{}{middle}{}", open.repeat(depth), close.repeat(depth));
    vec![
        ("parentheses", rule(&around("(", "1", ")"))),
        ("open parentheses", rule(&around("(", "", ""))),
        ("lists", rule(&around("[", "1", "]"))),
        ("calls", rule(&around("f(", "1", ")"))),
        ("indexes", rule(&around("a[", "1", "]"))),
        ("holes", rule(&around("\"{", "1", "}\""))),
        ("conditions", rule(&around("wenn a dann ", "1", " sonst 2"))),
        ("otherwise", rule(&around("wenn a dann 1 sonst ", "2", ""))),
        ("not", rule(&around("nicht ", "a", ""))),
        ("minus", rule(&around("- ", "1", ""))),
        ("shares", rule(&around("1 % von ", "1", ""))),
        ("sums", rule(&around("1 + ", "1", ""))),
        ("alternatives", rule(&around("a oder ", "a", ""))),
        ("members", rule(&around("a.", "a", ""))),
        ("blocks", step(&around("wenn a {", "eingang", "}"))),
        ("parallel", step(&around("gleichzeitig {", "eingang", "}"))),
        ("branches", step(&around("wenn a { ende } sonst ", "wenn a { ende }", ""))),
        ("open blocks", step(&around("wenn a {", "", ""))),
        ("braces", around("{", "", "}")),
        ("closing braces", around("", "", "}")),
        ("open pages", format!("verfahren P \"P\" {{\n{}", "seite a {\n".repeat(depth))),
        ("provisions", rule(&format!("1 nach {}§ 2 BGB", "§ 1 zu ".repeat(depth)))),
        ("norms", rule(&format!("1 nach {}§ 2 BGB", "§ 1, ".repeat(depth)))),
        ("quotes", "\"".repeat(depth)),
        ("escapes", rule(&format!("\"{}\"", "\\".repeat(depth)))),
        ("bars", format!("verfahren P \"P\" {{\n  entscheidung x {{\n{}\n  }}\n}}\n", "|".repeat(depth))),
        ("slashes", "/".repeat(depth)),
        ("strings with holes", rule(&format!("\"{}\"", "{a}".repeat(depth)))),
        ("words", "wenn ".repeat(depth)),
        ("declarations", "auswahl A {\n".repeat(depth)),
        ("strays", "verfahren P \"P\" {\n  ablauf {\n    }\n".repeat(depth / 10)),
    ]
}

/// What is told of a text that nests too deep.
const REFUSED: [&str; 4] = ["too-deep", "syntax", "missing-brace", "unknown-keyword"];

/// Kinds that stand beside each other, not within each other, and may be long.
const FLAT: [&str; 7] = ["members", "provisions", "norms", "slashes", "escapes", "strings with holes", "strays"];

#[test]
fn what_nests_deep_is_refused_or_read() {
    for depth in [5, 63, 64, 65, 250, 3_000] {
        for (name, text) in nested(depth) {
            let found = survive(&text);
            if depth > 250 && !FLAT.contains(&name) && name != "closing braces" {
                assert!(found.iter().any(|slug| REFUSED.contains(slug)), "{name}, {depth} deep: {found:?}");
            }
        }
    }
}

#[test]
fn brackets_nest_as_deep_as_told() {
    for (name, text) in nested(60) {
        if ["parentheses", "lists", "calls", "conditions", "blocks", "parallel", "branches"].contains(&name) {
            assert_eq!(survive(&text), [""; 0], "{name}");
        }
    }
}

#[test]
fn a_hundred_thousand_brackets_are_one_finding() {
    for depth in [10_000, 100_000] {
        for (name, text) in nested(depth) {
            let brackets = ["parentheses", "lists", "calls", "indexes", "holes", "blocks", "braces", "declarations"];
            if brackets.iter().any(|kind| name.ends_with(kind)) && !name.starts_with("closing") && name != "strings with holes" {
                assert_eq!(survive(&text), ["too-deep"], "{name}, {depth} deep");
            }
        }
    }
}

#[test]
fn the_whole_compiler_follows_what_is_just_deep_enough() {
    for (_, text) in nested(60) {
        compile(&text);
    }
}

/// Numbers that look random and are the same each time.
struct Dice(u64);

impl Dice {
    fn throw(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % sides
    }
}

fn example() -> String {
    fs::read_to_string(root().join("examples/unterhaltsvorschuss/unterhaltsvorschuss.blau")).unwrap()
}

#[test]
fn each_beginning_of_a_file_survives() {
    let text = example();
    let cuts = (0..200).map(|part| text.len() * part / 200);
    for cut in cuts.map(|cut| (cut..).find(|cut| text.is_char_boundary(*cut)).unwrap()) {
        survive(&text[..cut]);
    }
    for part in 1..8 {
        let cut = (text.len() * part / 8..).find(|cut| text.is_char_boundary(*cut)).unwrap();
        compile(&text[..cut]);
    }
}

#[test]
fn a_file_with_a_letter_lost_or_doubled_survives() {
    let text = example();
    let mut dice = Dice(2);
    let letters: Vec<char> = text.chars().collect();
    for _ in 0..25 {
        let at = dice.throw(letters.len());
        let lost: String = letters[..at].iter().chain(&letters[at + 1..]).collect();
        survive(&lost);
        let doubled: String = letters[..=at].iter().chain(&letters[at..]).collect();
        survive(&doubled);
    }
}

#[test]
fn random_bytes_survive() {
    let mut dice = Dice(3);
    for length in 0..300 {
        let bytes: Vec<u8> = (0..length).map(|_| dice.throw(256) as u8).collect();
        survive(&String::from_utf8_lossy(&bytes));
        let printable: String = (0..length).map(|_| char::from(32 + dice.throw(95) as u8)).collect();
        survive(&printable);
    }
}

/// Words and signs of the language in any order.
fn soup(dice: &mut Dice, length: usize) -> String {
    let signs =
        "{ } ( ) [ ] | || : = , . .{ + - * / < >= % \" \"x\" \"{a}\" // \n § §§ Abs. Nr. BGB 1 2,5 EUR 2026-01-01 3 Monate a b";
    let mut vocabulary: Vec<&str> = signs.split(' ').collect();
    vocabulary.extend(keywords::all().iter().flat_map(|keyword| [keyword.de, keyword.en]));
    let mut text = String::new();
    for _ in 0..length {
        text.push_str(vocabulary[dice.throw(vocabulary.len())].replace("\\n", "\n").as_str());
        text.push_str([" ", " ", " ", "\n", ""][dice.throw(5)]);
    }
    text
}

#[test]
fn words_in_any_order_survive() {
    let mut dice = Dice(4);
    for round in 0..400 {
        let text = soup(&mut dice, 1 + round % 60);
        survive(&text);
        survive(&format!("verfahren P \"P\" {{\n{text}\n}}\n"));
    }
}

/// Lines of the example in any order: most of them can be read, few make sense.
#[test]
fn statements_in_any_order_survive_the_whole_compiler() {
    let text = example();
    let lines: Vec<&str> = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
    let mut dice = Dice(5);
    for _ in 0..12 {
        let mixed: Vec<&str> = (0..lines.len()).map(|_| lines[dice.throw(lines.len())]).collect();
        survive(&mixed.join("\n"));
        compile(&mixed.join("\n"));
    }
    for _ in 0..12 {
        let start = dice.throw(lines.len() - 60);
        let left_out: Vec<&str> = [&lines[..start], &lines[start + 1 + dice.throw(50)..]].concat();
        compile(&left_out.join("\n"));
    }
}
