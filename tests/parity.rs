//! One meaning everywhere: every case of the example and of the corpus through our own evaluator and through the JavaScript of the
//! form, compared value by value. Needs `node`; without it the test says so and passes.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use blaupause::compiler::{self, Compilation, Request};
use blaupause::model::case::Case;
use blaupause::model::expression::Context;
use blaupause::model::{Expression, ExpressionKind, LandId, Library, Procedure, Type, machine_name};
use blaupause::rules::cases::given;
use blaupause::rules::evaluate::{Situation, Standing};
use blaupause::rules::{Number, Value};
use blaupause::source::DiskLoader;
use blaupause::targets::expression::javascript::{RUNTIME, rulebook};
use serde_json::{Map, Value as Json, json};

use super::corpus::{compile, definitions, root};

/// A value as the submission and the runtime write it.
fn written(value: &Value, typ: &Type, library: &Library) -> Json {
    match (value, typ.base(library)) {
        (Value::Missing, _) => Json::Null,
        (Value::Truth(truth), _) => json!(truth),
        (Value::Number(number), Type::Amount) => units(*number, Number::HUNDREDTH),
        (Value::Number(number), Type::Integer) => units(*number, Number::ONE),
        (Value::Number(number), _) => json!(exactly(*number)),
        (Value::Date(date), _) => json!(date.to_string()),
        (Value::Text(text), _) => json!(text.as_ref()),
        (Value::Option(choice, index), _) => {
            let option = library.choices.get(*choice).and_then(|choice| choice.options.get(*index as usize));
            option.map_or(Json::Null, |option| json!(machine_name(&option.name)))
        }
        (Value::List(items), Type::List(item)) => items.iter().map(|value| written(value, item, library)).collect(),
        (other, typ) => panic!("no parity for {other:?} of {typ:?}"),
    }
}

/// A number as a count of units, or as it is where it is none.
fn units(number: Number, unit: Number) -> Json {
    match number.over(unit).and_then(Number::to_i64) {
        Some(count) => json!(count),
        None => json!(exactly(number)),
    }
}

/// A number as the runtime writes it: in decimals, or as a quotient where these would not end.
fn exactly(number: Number) -> String {
    match number.decimal() {
        Some(decimal) => decimal.normalize().to_string(),
        None => format!("{}/{}", number.numerator(), number.denominator()),
    }
}

/// The answers of a case as a submission.
fn submission(library: &Library, procedure: &Procedure, case: &Case, situation: &Situation<'_>) -> Json {
    let mut root = Map::new();
    for (target, expression, _) in &case.given {
        let datum = procedure.data.get(target.datum).unwrap();
        let mut typ = datum.typ.clone();
        let mut place = &mut root;
        let mut index = target.index;
        let mut steps: Vec<String> = datum.name.split('.').map(machine_name).collect();
        let of_persons = datum.of.is_some_and(|(person, _)| procedure.participants[person].repeat.is_some());
        if let (Type::List(item), Some(_), false) = (&typ, index, of_persons) {
            typ = (**item).clone();
        }
        for part in &target.component {
            let Type::Group(group) = typ.base(library) else { panic!("{}: no group", case.title) };
            let attribute = &library.groups[*group].attributes[*part as usize];
            steps.push(machine_name(&attribute.name));
            typ = attribute.typ.clone();
        }
        // The number belongs to the persons, or to the field.
        let numbered = usize::from(datum.of.is_some() && !of_persons);
        for (at, step) in steps.iter().enumerate() {
            let last = at + 1 == steps.len();
            let slot = place.entry(step.clone()).or_insert(Json::Null);
            let slot = match index.filter(|_| at == numbered) {
                None => slot,
                Some(number) => {
                    index = None;
                    if slot.is_null() {
                        *slot = json!([]);
                    }
                    let items = slot.as_array_mut().unwrap();
                    while items.len() < number as usize {
                        items.push(Json::Null);
                    }
                    &mut items[number as usize - 1]
                }
            };
            if last {
                *slot = written(&situation.value(expression), &typ, library);
                break;
            }
            if slot.is_null() {
                *slot = json!({});
            }
            place = slot.as_object_mut().unwrap();
        }
    }
    Json::Object(root)
}

/// Everything that follows, as our evaluator sees it, in the form of the runtime's `evaluate`.
fn expected(library: &Library, procedure: &Procedure, situation: &Situation<'_>) -> Json {
    let visible: Vec<String> =
        procedure.data.iter().filter(|(id, _)| situation.exists(*id)).map(|(_, datum)| address(&datum.name)).collect();
    let rules: Map<String, Json> = procedure
        .rules
        .iter()
        .map(|(id, rule)| (machine_name(&rule.name), written(&situation.rule(id), &rule.typ, library)))
        .collect();
    let decisions: Map<String, Json> = procedure
        .decisions
        .iter()
        .map(|(id, decision)| {
            let outputs = decision.outputs.iter().enumerate().map(|(column, output)| {
                let value = situation.decision(id, u32::try_from(column).unwrap());
                (machine_name(&output.name), written(&value, &output.typ, library))
            });
            (machine_name(&decision.name), Json::Object(outputs.collect()))
        })
        .collect();
    let preconditions: Map<String, Json> = procedure
        .preconditions
        .iter()
        .map(|(id, precondition)| {
            let standing = match situation.standing(id) {
                Standing::Fulfilled => "erfuellt",
                Standing::Failed => "nicht_erfuellt",
                Standing::Open => "offen",
                Standing::NotApplicable => "nicht_anwendbar",
            };
            (machine_name(&precondition.name), json!(standing))
        })
        .collect();
    let all = Expression {
        kind: ExpressionKind::Context(Context::AllFulfilled),
        typ: Type::Truth,
        maybe_missing: true,
        span: procedure.span,
    };
    json!({
        "sichtbar": visible,
        "regeln": rules,
        "entscheidungen": decisions,
        "voraussetzungen": preconditions,
        "erfuellt": written(&situation.value(&all), &Type::Truth, library),
    })
}

fn address(name: &str) -> String {
    name.split('.').map(machine_name).collect::<Vec<_>>().join(".")
}

/// One procedure's program with its questions: data and day in, everything that follows out, a line each.
fn ask_node(program: &str, questions: &Json) -> Vec<Json> {
    let script = format!(
        "{RUNTIME}\n{program}\nfor (const [data, day] of {questions}) console.log(JSON.stringify(evaluate(rulebook, data, day)));\n"
    );
    let mut node =
        Command::new("node").arg("-").stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    node.stdin.take().unwrap().write_all(script.as_bytes()).unwrap();
    let ended = node.wait_with_output().unwrap();
    assert!(ended.status.success(), "{}", String::from_utf8_lossy(&ended.stderr));
    String::from_utf8(ended.stdout).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// Compares all cases of all procedures of one Land; gives how many there were.
fn compare(compilation: &Compilation, key: &str, wrong: &mut Vec<String>) -> usize {
    let library = compilation.model.library.as_ref();
    let land: Option<LandId> = library.land(key);
    let world = compilation.lands.iter().find(|world| Some(world.land) == land).unwrap();
    let mut count = 0;
    for service in &world.services {
        let procedure = service.checked.procedure();
        let program = rulebook(library, procedure, &[]);
        let refused: Vec<String> = program.refused.iter().map(|(name, _)| machine_name(name)).collect();
        assert!(refused.is_empty() || *procedure.name == *"Erlaubnis", "{}: {:?}", procedure.name, program.refused);
        let mut titles = Vec::new();
        let mut questions = Vec::new();
        let mut answers = Vec::new();
        for case in &procedure.cases {
            let day = case.day.or(compilation.day).unwrap();
            let situation = Situation::new(library, procedure, given(library, procedure, case, land, day), day, land);
            titles.push(case.title.clone());
            questions.push(json!([submission(library, procedure, case, &situation), day.to_string()]));
            answers.push(expected(library, procedure, &situation));
        }
        let found = ask_node(&program.source, &Json::Array(questions));
        assert_eq!(found.len(), answers.len(), "{}: one answer a case", procedure.name);
        for ((title, ours), theirs) in titles.iter().zip(&mut answers).zip(&found) {
            count += 1;
            // What the form is said not to compute, it does not guess either.
            for name in &refused {
                ours["regeln"][name] = Json::Null;
            }
            if *ours != *theirs {
                wrong.push(format!("{} „{title}“\n  evaluator:  {ours}\n  JavaScript: {theirs}", procedure.name));
            }
        }
    }
    count
}

#[test]
fn the_form_computes_what_the_evaluator_computes() {
    if Command::new("node").arg("--version").output().is_err() {
        crate::skipped("there is no node to run the form's program");
        return;
    }
    let mut wrong = Vec::new();
    let loader = DiskLoader::open(Path::new(&root().join("examples"))).unwrap();
    let examples = compiler::compile(&loader, &Request::default());
    let mut count = compare(&examples, "BY", &mut wrong) + compare(&examples, "TH", &mut wrong);
    for path in definitions(&root().join("tests/corpus/valid")) {
        count += compare(&compile(&fs::read_to_string(&path).unwrap()), "HE", &mut wrong);
    }
    assert!(count > 100, "only {count} cases");
    assert!(wrong.is_empty(), "{} of {count} differ\n{}", wrong.len(), wrong.join("\n"));
}
