//! A table that a Land decides in part: exactly its cases are decided by it, all others as in the base, each by one row.

use std::fmt::Write as _;

use blaupause::compiler::Request;
use blaupause::model::expression::{ExpressionKind, Literal};
use blaupause::model::procedure::Decision;
use blaupause::model::{Arena, DecisionId};
use blaupause::rules::matching::{Match, holds, matching};
use blaupause::rules::value::Value;
use proptest::prelude::*;
use rust_decimal::Decimal;

use super::corpus::{compile, findings};

const ARTS: [&str; 3] = ["neu", "alt", "weg"];
const MOST: i64 = 12;

/// A row of the Land: which kinds, which numbers, which truth value; absent is any.
#[derive(Debug, Clone)]
struct Box {
    arts: Vec<usize>,
    numbers: Option<(i64, i64)>,
    truth: Option<bool>,
}

impl Box {
    fn contains(&self, art: usize, number: i64, truth: bool) -> bool {
        (self.arts.is_empty() || self.arts.contains(&art))
            && self.numbers.is_none_or(|(from, to)| from <= number && number <= to)
            && self.truth.is_none_or(|wanted| wanted == truth)
    }

    fn row(&self, result: usize) -> String {
        let arts = self.arts.iter().map(|art| ARTS[*art]).collect::<Vec<_>>().join(", ");
        let numbers = match self.numbers {
            None => "-".to_owned(),
            Some((0, to)) => format!("bis {to}"),
            Some((from, MOST)) => format!("ab {from}"),
            Some((from, to)) => format!("{from} bis unter {}", to + 1),
        };
        let truth = self.truth.map_or("-", |truth| if truth { "ja" } else { "nein" });
        let arts = if arts.is_empty() { "-".to_owned() } else { arts };
        format!("    | {truth} | {arts} | {numbers} || {result} |\n")
    }
}

fn a_box() -> impl Strategy<Value = Box> {
    let arts = proptest::sample::subsequence(vec![0, 1, 2], 0..3);
    let numbers = proptest::option::of((0..=MOST, 0..=MOST).prop_map(|(one, other)| (one.min(other), one.max(other))));
    (arts, numbers, proptest::option::of(any::<bool>())).prop_map(|(arts, numbers, truth)| Box { arts, numbers, truth })
}

/// Boxes none of which touches another: each gives way to those before it.
fn apart(boxes: Vec<Box>) -> Vec<Box> {
    let mut kept: Vec<Box> = Vec::new();
    for candidate in boxes {
        let meets = |other: &Box| {
            cases().any(|(art, number, truth)| candidate.contains(art, number, truth) && other.contains(art, number, truth))
        };
        if !kept.iter().any(meets) {
            kept.push(candidate);
        }
    }
    kept
}

fn cases() -> impl Iterator<Item = (usize, i64, bool)> {
    (0..3).flat_map(|art| (0..=MOST).flat_map(move |number| [true, false].map(|truth| (art, number, truth))))
}

fn definition(cut: i64, own: &[Box]) -> String {
    let mut rows = String::new();
    for (index, own) in own.iter().enumerate() {
        rows.push_str(&own.row(100 + index));
    }
    let mut text = String::from(
        "modul probe\n\ngesetz HE.ProbeG \"Hessisches Probengesetz\" ebene HE\n\nauswahl Art \"Art\" {\n  neu \"Neu\"\n  alt \"Alt\"\n  weg \"Weg\"\n}\n\n\
         verfahren Probe \"Probe\" nach § 1 VwVfG {\n  leistung 99000000000000\n  verfahrensrecht Bundesrecht\n  seite angaben \"Angaben\" {\n    \
         feld art \"Welche?\": Art nach § 1 VwVfG\n    feld zahl \"Wie viele?\": Ganzzahl von 0 bis 12 nach § 1 VwVfG\n    \
         feld gut \"Ist es gut?\": JaNein nach § 1 VwVfG\n  }\n",
    );
    write!(
        text,
        "  entscheidung weg: Ganzzahl offen nach § 1 VwVfG {{\n    | art | zahl | gut || weg |\n    | neu, alt | unter {cut} | - || 1 |\n    \
         | neu, alt | ab {cut} | ja || 2 |\n    | neu, alt | ab {cut} | nein || 3 |\n    | weg | - | - || 4 |\n  }}\n}}\n\n\
         variante Probe für Hessen {{\n  setze entscheidung weg nach § 1 HE.ProbeG {{\n    | gut | art | zahl || weg |\n{rows}  }}\n}}\n"
    )
    .unwrap();
    text
}

fn only(decisions: &Arena<DecisionId, Decision>) -> &Decision {
    decisions.iter().next().unwrap().1
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_land_decides_its_cases_and_the_base_all_others(cut in 1..MOST, boxes in proptest::collection::vec(a_box(), 1..4)) {
        let own = apart(boxes);
        let text = definition(cut, &own);
        let compilation = compile(&text);
        prop_assert!(compilation.diagnostics.is_empty(), "{}\n{text}", findings(&compilation).join("\n"));
        let hessen = compilation.model.library.land("HE").unwrap();
        let world = compilation.lands.iter().find(|world| world.land == hessen).unwrap();
        let (base, joined) = (only(&compilation.model.procedures.last().unwrap().decisions), only(&world.services[0].checked.procedure().decisions));
        let choice = compilation.model.library.choices.iter().find(|(_, choice)| choice.name.as_ref() == "Art").unwrap().0;
        for (art, number, truth) in cases() {
            let inputs = [Value::Option(choice, u32::try_from(art).unwrap()), Value::Number(Decimal::from(number).into()), Value::Truth(truth)];
            let result = |decision: &Decision| {
                let Match::Row(row) = matching(decision, &inputs) else { return None };
                match &decision.rows[row].results[0].kind {
                    ExpressionKind::Literal(Literal::Integer(result)) => Some(*result),
                    _ => None,
                }
            };
            let expected = own.iter().position(|own| own.contains(art, number, truth)).map(|own| 100 + i64::try_from(own).unwrap());
            prop_assert_eq!(result(joined), expected.or(result(base)), "{}, {}, {}\n{}", ARTS[art], number, truth, &text);
            let rows = joined.rows.iter().filter(|row| row.cells.iter().zip(&inputs).all(|(cell, input)| holds(cell, input) == Some(true)));
            prop_assert_eq!(rows.count(), 1, "{}, {}, {}\n{}", ARTS[art], number, truth, &text);
        }
    }
}

#[test]
fn only_the_lands_asked_for_are_looked_at() {
    let text = definition(5, &[Box { arts: vec![0], numbers: None, truth: None }]);
    let loader = blaupause::source::MemoryLoader::new([("blaupause.yaml", "stichtag: 2026-06-01\n"), ("a.blau", text.as_str())]);
    let compilation = blaupause::compiler::compile(&loader, &Request { lands: vec!["BY".into()], ..Request::default() });
    assert!(compilation.diagnostics.is_empty(), "{}", findings(&compilation).join("\n"));
    assert_eq!(compilation.lands.len(), 1);
    assert_eq!(only(&compilation.lands[0].services[0].checked.procedure().decisions).rows.len(), 4);
}
