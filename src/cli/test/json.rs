//! The result of cases as JSON; `report.schema.json` beside this file says what stands where.

use serde::Serialize;

use crate::compiler::Compilation;
use crate::diagnostic::Bilingual;
use crate::diagnostic::render::{Place, Style, place_of};
use crate::model::LandId;
use crate::rules::coverage::{Point, count};
use crate::rules::mutation::{Examination, Mutant};
use crate::source::{Span, Text};

use super::coverage::{gaps, groups};
use super::mutants;
use super::trial::{Run, Tried};

/// The version of the report's form; it changes when a reader would have to.
const FORM: &str = "blaupause-test/1";

/// The whole report.
pub fn report(compilation: &Compilation, tried: &[Tried<'_>], style: &Style) -> String {
    let writer = Writer { compilation, style };
    let total = |of: fn(&Tried<'_>) -> usize| tried.iter().map(of).sum();
    let report = Report {
        form: FORM,
        day: compilation.day.map(|day| day.to_string()),
        procedures: tried.iter().map(|procedure| writer.procedure(procedure)).collect(),
        summary: Summary {
            cases: total(|procedure| procedure.cases.len()),
            failing_cases: total(|procedure| procedure.failing_cases()),
            runs: total(|procedure| procedure.runs().count()),
            failing_runs: total(|procedure| procedure.failing_runs()),
        },
    };
    let mut text = serde_json::to_string_pretty(&report).unwrap_or_default();
    text.push('\n');
    text
}

#[derive(Serialize)]
struct Report<'a> {
    form: &'static str,
    #[serde(rename = "stichtag", skip_serializing_if = "Option::is_none")]
    day: Option<String>,
    #[serde(rename = "zusammenfassung")]
    summary: Summary,
    #[serde(rename = "verfahren")]
    procedures: Vec<Procedure<'a>>,
}

#[derive(Serialize)]
struct Summary {
    #[serde(rename = "faelle")]
    cases: usize,
    #[serde(rename = "faelle_gescheitert")]
    failing_cases: usize,
    #[serde(rename = "laeufe")]
    runs: usize,
    #[serde(rename = "laeufe_gescheitert")]
    failing_runs: usize,
}

#[derive(Serialize)]
struct Procedure<'a> {
    name: &'a str,
    #[serde(rename = "titel")]
    title: Texts<'a>,
    #[serde(rename = "laender")]
    lands: Vec<String>,
    #[serde(rename = "faelle")]
    cases: Vec<Case<'a>>,
    #[serde(rename = "abdeckung", skip_serializing_if = "Option::is_none")]
    coverage: Option<Coverage>,
    #[serde(rename = "mutationen", skip_serializing_if = "Option::is_none")]
    mutations: Option<Mutations>,
}

#[derive(Serialize)]
struct Case<'a> {
    #[serde(rename = "titel")]
    title: &'a str,
    #[serde(rename = "ort", skip_serializing_if = "Option::is_none")]
    place: Option<Place>,
    #[serde(rename = "laender")]
    lands: Vec<String>,
    #[serde(rename = "gescheitert_in")]
    failing_in: Vec<String>,
    #[serde(rename = "befunde")]
    failures: Vec<Finding>,
    #[serde(rename = "wege")]
    ways: Vec<Way<'a>>,
}

#[derive(Serialize)]
struct Finding {
    #[serde(rename = "ort", skip_serializing_if = "Option::is_none")]
    place: Option<Place>,
    #[serde(rename = "meldung")]
    message: Words,
    #[serde(rename = "laender")]
    lands: Vec<String>,
}

#[derive(Serialize)]
struct Way<'a> {
    #[serde(rename = "laender")]
    lands: Vec<String>,
    #[serde(rename = "schritte")]
    stops: Vec<&'a str>,
    #[serde(rename = "bescheide")]
    notices: Vec<&'a str>,
}

#[derive(Serialize)]
struct Coverage {
    #[serde(rename = "gruppen")]
    groups: Vec<Group>,
    #[serde(rename = "luecken")]
    gaps: Vec<Finding>,
}

#[derive(Serialize)]
struct Group {
    #[serde(rename = "laender")]
    lands: Vec<String>,
    #[serde(rename = "zeilen")]
    rows: Share,
    #[serde(rename = "bedingungen")]
    conditions: Share,
    #[serde(rename = "voraussetzungen")]
    preconditions: Share,
    #[serde(rename = "ausgaenge")]
    outcomes: Share,
}

#[derive(Serialize)]
struct Share {
    #[serde(rename = "gezeigt")]
    shown: usize,
    #[serde(rename = "moeglich")]
    possible: usize,
}

#[derive(Serialize)]
struct Mutations {
    #[serde(rename = "moeglich")]
    possible: usize,
    #[serde(rename = "versucht")]
    tried: usize,
    #[serde(rename = "bemerkt")]
    noticed: usize,
    #[serde(rename = "ohne_wirkung")]
    without_effect: usize,
    #[serde(rename = "prozent", skip_serializing_if = "Option::is_none")]
    score: Option<usize>,
    #[serde(rename = "unbemerkt")]
    unnoticed: Vec<Change>,
}

#[derive(Serialize)]
struct Change {
    #[serde(rename = "ort", skip_serializing_if = "Option::is_none")]
    place: Option<Place>,
    #[serde(rename = "meldung")]
    message: Words,
}

#[derive(Serialize)]
struct Texts<'a> {
    de: &'a str,
    en: &'a str,
}

#[derive(Serialize)]
struct Words {
    de: String,
    en: String,
}

impl From<Bilingual> for Words {
    fn from(text: Bilingual) -> Words {
        Words { de: text.de, en: text.en }
    }
}

struct Writer<'w> {
    compilation: &'w Compilation,
    style: &'w Style,
}

impl Writer<'_> {
    fn key(&self, land: LandId) -> String {
        self.compilation.model.library.lands.get(land).map(|land| land.key.to_lowercase()).unwrap_or_default()
    }

    fn keys(&self, lands: impl IntoIterator<Item = LandId>) -> Vec<String> {
        lands.into_iter().map(|land| self.key(land)).collect()
    }

    fn place(&self, span: Span) -> Option<Place> {
        place_of(span, &self.compilation.sources, self.style)
    }

    fn procedure<'a>(&self, tried: &'a Tried<'_>) -> Procedure<'a> {
        let title = tried.lands.first().map(|land| &land.service.checked.procedure().title);
        let title =
            title.map_or(Texts { de: &tried.name, en: &tried.name }, |title| Texts { de: &title.de, en: title.english() });
        let groups = groups(tried);
        let coverage = (!groups.is_empty()).then(|| {
            let shares = groups.iter().map(|group| {
                let [rows, conditions, preconditions, outcomes] = group.coverage.kinds().map(share);
                Group { lands: self.keys(group.lands.iter().copied()), rows, conditions, preconditions, outcomes }
            });
            let gaps = gaps(&groups, &self.compilation.sources).into_iter().map(|gap| Finding {
                place: self.place(gap.point.span),
                message: gap.words.into(),
                lands: self.keys(gap.lands),
            });
            Coverage { groups: shares.collect(), gaps: gaps.collect() }
        });
        let lands = self.keys(tried.lands.iter().map(|land| land.land));
        let mutations = tried.mutants.as_ref().and_then(Option::as_ref).map(|examination| self.mutations(examination));
        Procedure { name: &tried.name, title, lands, cases: self.cases(tried), coverage, mutations }
    }

    fn mutations(&self, examination: &Examination) -> Mutations {
        let change = |mutant: &Mutant| Change {
            place: self.place(mutant.span),
            message: mutants::words(mutant, &self.compilation.sources).into(),
        };
        Mutations {
            possible: examination.possible,
            tried: examination.tried,
            noticed: examination.noticed,
            without_effect: examination.without_effect,
            score: examination.score(),
            unnoticed: examination.unnoticed.iter().map(change).collect(),
        }
    }

    fn cases<'a>(&self, tried: &'a Tried<'_>) -> Vec<Case<'a>> {
        let cases = tried.cases.iter().map(|case| {
            let failing = tried.runs_of(case).filter(|(_, run)| !run.comes_true()).map(|(land, _)| land);
            let failures = tried.failures_of(case).into_iter().map(|(failure, lands)| Finding {
                place: self.place(failure.span),
                message: failure.message.clone().into(),
                lands: self.keys(lands),
            });
            Case {
                title: &case.title,
                place: self.place(case.span),
                lands: self.keys(tried.runs_of(case).map(|(land, _)| land)),
                failing_in: self.keys(failing),
                failures: failures.collect(),
                ways: self.ways(tried, case.span),
            }
        });
        cases.collect()
    }

    /// The ways of a case, each once with its Länder.
    fn ways<'a>(&self, tried: &'a Tried<'_>, case: Span) -> Vec<Way<'a>> {
        let mut ways: Vec<Way<'a>> = Vec::new();
        for in_land in &tried.lands {
            let Some(run) = in_land.runs.iter().find(|run| run.case == case) else { continue };
            let notices = &in_land.service.checked.procedure().notices;
            let Run { way, notices: issued, .. } = run;
            let stops: Vec<&str> = way.iter().map(Text::as_ref).collect();
            let notices: Vec<&str> = issued.iter().filter_map(|id| Some(notices.get(*id)?.name.as_ref())).collect();
            let key = self.key(in_land.land);
            match ways.iter_mut().find(|way| way.stops == stops && way.notices == notices) {
                Some(way) => way.lands.push(key),
                None => ways.push(Way { lands: vec![key], stops, notices }),
            }
        }
        ways
    }
}

fn share(points: &[Point]) -> Share {
    let (shown, possible) = count(points);
    Share { shown, possible }
}
