//! Situations to compare in: every case of the example and of the corpus, and each of them with one answer missing or taken from
//! another case.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use blaupause::compiler::{self, Compilation, Request, Service};
use blaupause::model::{LandId, Library, Procedure, Type, machine_name};
use blaupause::rules::cases::given;
use blaupause::rules::{Answers, Situation};
use blaupause::rules::{Number, Value};
use blaupause::source::DiskLoader;
use jiff::civil::Date;
use serde_json::{Map, Value as Json, json};

use crate::corpus::{compile, definitions, root};

/// Answers of an application on a day.
pub struct Vector {
    /// What it is called in a report.
    pub title: String,
    /// The answers.
    pub answers: Answers,
    /// The day.
    pub day: Date,
    /// The Land.
    pub land: Option<LandId>,
}

impl Vector {
    pub fn situation<'a>(&self, library: &'a Library, procedure: &'a Procedure) -> Situation<'a> {
        Situation::new(library, procedure, self.answers.clone(), self.day, self.land)
    }
}

/// The compiled example and every valid definition of the corpus.
pub fn worlds() -> Vec<Compilation> {
    let loader = DiskLoader::open(Path::new(&root().join("examples"))).unwrap();
    let mut worlds = vec![compiler::compile(&loader, &Request::default())];
    for path in definitions(&root().join("tests/corpus/valid")) {
        worlds.push(compile(&fs::read_to_string(&path).unwrap()));
    }
    worlds
}

/// The services of the first Land of a world.
pub fn services(world: &Compilation) -> impl Iterator<Item = &Service> {
    world.lands.first().into_iter().flat_map(|land| land.services.iter().map(|service| &**service))
}

/// The cases of a procedure and their variations.
pub fn vectors(compilation: &Compilation, procedure: &Procedure) -> Vec<Vector> {
    let library = &compilation.model.library;
    let land = compilation.lands.first().map(|world| world.land);
    let mut vectors = Vec::new();
    let mut seen: BTreeMap<usize, Vec<Value>> = BTreeMap::new();
    let mut bases = Vec::new();
    for case in &procedure.cases {
        let day = case.day.or(compilation.day).unwrap();
        let land = case.land.or(land);
        let answers = given(library, procedure, case, land, day);
        for (target, ..) in &case.given {
            let value = answers.get(target.datum, 0, true).cloned().unwrap_or_default();
            let values = seen.entry(target.datum.0 as usize).or_default();
            if !values.contains(&value) {
                values.push(value);
            }
        }
        bases.push((case, answers.clone(), day, land));
        vectors.push(Vector { title: case.title.to_string(), answers, day, land });
    }
    for (number, (case, answers, day, land)) in bases.iter().enumerate() {
        for (target, ..) in &case.given {
            let name = &procedure.data[target.datum].name;
            let mut vary = |how: &str, value: Value| {
                let mut answers = answers.clone();
                answers.give(target.datum, value);
                let title = format!("{}, {how} {name}", case.title);
                vectors.push(Vector { title, answers, day: *day, land: *land });
            };
            vary("ohne", Value::Missing);
            // Another value for each in turn, so that all are tried without trying all combinations.
            if let Some(values) = seen.get(&(target.datum.0 as usize)) {
                vary("anderes", values[number % values.len()].clone());
            }
        }
    }
    vectors
}

/// The variables of the process: flat names, whole cents, texts, null where something is missing.
pub fn variables(library: &Library, procedure: &Procedure, situation: &Situation<'_>) -> Map<String, Json> {
    let mut variables = Map::new();
    variables.insert("antragsdatum".to_owned(), json!(situation.application.to_string()));
    variables.insert("entscheidungsdatum".to_owned(), json!(situation.decision.to_string()));
    variables.insert("erfuellt".to_owned(), json!(fulfilled(situation)));
    for (id, datum) in procedure.data.iter() {
        let several = datum.of.is_some_and(|(person, _)| procedure.participants[person].repeat.is_some());
        let value = if several { Json::Null } else { held(&situation.datum(id), &datum.typ, library) };
        variables.insert(machine_name(&datum.name), value);
    }
    variables
}

/// How the preconditions stand together.
pub fn fulfilled(situation: &Situation<'_>) -> &'static str {
    match situation.fulfilled() {
        Some(true) => "ja",
        Some(false) => "nein",
        None => "offen",
    }
}

/// A value as the process holds it.
pub fn held(value: &Value, typ: &Type, library: &Library) -> Json {
    match (value, typ.base(library)) {
        (Value::Truth(truth), _) => json!(truth),
        (Value::Number(number), Type::Amount) => units(*number, Number::HUNDREDTH),
        (Value::Number(number), Type::Integer) => units(*number, Number::ONE),
        (Value::Number(number), _) => json!(number.decimal().unwrap().normalize().to_string()),
        (Value::Date(date), _) => json!(date.to_string()),
        (Value::Text(text), _) => json!(text.as_ref()),
        (Value::Option(choice, index), _) => {
            json!(machine_name(&library.choices[*choice].options[*index as usize].name))
        }
        _ => Json::Null,
    }
}

fn units(number: Number, unit: Number) -> Json {
    match number.over(unit).and_then(Number::to_i64) {
        Some(count) => json!(count),
        None => json!(number.decimal().unwrap().normalize().to_string()),
    }
}
