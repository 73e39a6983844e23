//! Plain trees mean what expressions mean: both are evaluated side by side. The evaluator here is as strict as the strictest engine:
//! it fails where something missing is computed with or put in order.

use std::cmp::Ordering;

use blaupause::model::workflow::{Step, StepKind};
use blaupause::model::{Expression, Library, Procedure, Type};
use blaupause::rules::calendar;
use blaupause::rules::value::Value;
use blaupause::targets::expression::plain::{Lowering, Plain, Refused};
use jiff::civil::Date;
use serde_json::{Map, Value as Json, json};

use super::vectors::{held, services, variables, vectors, worlds};

fn evaluate(plain: &Plain, variables: &Map<String, Json>) -> Json {
    let value = |plain: &Plain| evaluate(plain, variables);
    let truth = |plain: &Plain| evaluate(plain, variables).as_bool().expect("a truth value");
    let number = |plain: &Plain| evaluate(plain, variables).as_i64().expect("a number");
    let day = |plain: &Plain| -> Date { evaluate(plain, variables).as_str().expect("a day").parse().unwrap() };
    match plain {
        Plain::Null => Json::Null,
        Plain::Truth(truth) => json!(truth),
        Plain::Integer(number) => json!(number),
        Plain::Text(text) => json!(text),
        Plain::Variable(name) => variables.get(name).unwrap_or_else(|| panic!("no variable {name}")).clone(),
        Plain::IsKnown(inner) => json!(!value(inner).is_null()),
        Plain::Not(inner) => json!(!truth(inner)),
        Plain::All(items) => json!(items.iter().all(truth)),
        Plain::Any(items) => json!(items.iter().any(truth)),
        Plain::Equal(left, right) => json!(value(left) == value(right)),
        Plain::NotEqual(left, right) => json!(value(left) != value(right)),
        Plain::Order(order, _, left, right) => {
            let ordering: Ordering = match (value(left), value(right)) {
                (Json::Number(left), Json::Number(right)) => left.as_i64().unwrap().cmp(&right.as_i64().unwrap()),
                (Json::String(left), Json::String(right)) => left.cmp(&right),
                (left, right) => panic!("{left} and {right} have no order"),
            };
            json!(order.admits(ordering))
        }
        Plain::Add(left, right) => json!(number(left) + number(right)),
        Plain::Subtract(left, right) => json!(number(left) - number(right)),
        Plain::Multiply(left, right) => json!(number(left) * number(right)),
        Plain::Divide(inner, divisor) => {
            assert_eq!(number(inner) % divisor, 0, "a whole quotient");
            json!(number(inner) / divisor)
        }
        Plain::Floor(inner, step) => json!(number(inner).div_euclid(*step) * step),
        Plain::Ceiling(inner, step) => json!(-(-number(inner)).div_euclid(*step) * step),
        Plain::Greatest(items) => json!(items.iter().map(number).max()),
        Plain::Least(items) => json!(items.iter().map(number).min()),
        Plain::Choose(condition, then, otherwise) => value(if truth(condition) { then } else { otherwise }),
        Plain::Years(from, to) => json!(calendar::completed_years(day(from), day(to)).expect("not before")),
        Plain::Months(from, to) => json!(calendar::completed_months(day(from), day(to)).expect("not before")),
        Plain::Year(inner) => json!(day(inner).year()),
        Plain::MonthStart(inner) => json!(day(inner).first_of_month().to_string()),
    }
}

fn conditions<'a>(steps: &'a [Step], found: &mut Vec<&'a Expression>) {
    for step in steps {
        match &step.kind {
            StepKind::Branch { condition, then, otherwise } => {
                found.push(condition);
                conditions(then, found);
                conditions(otherwise, found);
            }
            StepKind::Parallel(steps) => conditions(steps, found),
            _ => {}
        }
    }
}

/// All expressions of a procedure with a name for the report.
fn expressions(procedure: &Procedure) -> Vec<(String, &Expression)> {
    let mut branches = Vec::new();
    conditions(&procedure.workflow, &mut branches);
    let branches = branches.into_iter().map(|condition| ("ablauf".to_owned(), condition));
    let preconditions = procedure.preconditions.values().map(|it| (it.name.to_string(), &it.condition));
    let rules = procedure.rules.values().map(|it| (it.name.to_string(), &it.expression));
    let data = procedure.data.values().filter_map(|it| Some((format!("wenn von {}", it.name), it.condition.as_ref()?)));
    let results = procedure
        .decisions
        .values()
        .flat_map(|it| it.rows.iter().flat_map(|row| &row.results).chain(&it.inputs).map(|result| (it.name.to_string(), result)));
    branches.chain(preconditions).chain(rules).chain(data).chain(results).collect()
}

/// An expression in plain terms: a condition as what is surely true, surely false, open; or a value.
enum Carried {
    Condition([Plain; 3]),
    Value(Plain),
}

fn carry(library: &Library, lowering: &Lowering<'_>, expression: &Expression) -> Result<Carried, Refused> {
    if *expression.typ.base(library) == Type::Truth {
        let (yes, no) = (lowering.true_when(expression)?, lowering.false_when(expression)?);
        return Ok(Carried::Condition([yes, no, lowering.open_when(expression)?]));
    }
    lowering.value(expression).map(Carried::Value)
}

fn difference(library: &Library, carried: &Carried, typ: &Type, ours: &Value, variables: &Map<String, Json>) -> Option<String> {
    match carried {
        Carried::Condition(conditions) => {
            let truth = ours.truth();
            let expected = [truth == Some(true), truth == Some(false), truth.is_none()];
            let found = conditions.each_ref().map(|condition| evaluate(condition, variables) == json!(true));
            (found != expected).then(|| format!("{truth:?}, but surely true, surely false, open: {found:?}"))
        }
        Carried::Value(value) => {
            let (ours, theirs) = (held(ours, typ, library), evaluate(value, variables));
            (ours != theirs).then(|| format!("{ours}, but {theirs}"))
        }
    }
}

#[test]
fn plain_trees_mean_what_expressions_mean() {
    let (mut count, mut carried, mut refused, mut wrong) = (0, 0, Vec::new(), Vec::new());
    for world in worlds() {
        let library = &world.model.library;
        for service in services(&world) {
            let procedure = service.checked.procedure();
            let lowering = Lowering::new(library, procedure);
            let expressions = expressions(procedure)
                .into_iter()
                .filter_map(|(name, expression)| match carry(library, &lowering, expression) {
                    Ok(carried) => Some((name, expression, carried)),
                    Err(why) => {
                        refused.push(format!("{} {name}: {}", procedure.name, why.de));
                        None
                    }
                })
                .collect::<Vec<_>>();
            carried += expressions.len();
            for vector in vectors(&world, procedure) {
                let situation = vector.situation(library, procedure);
                let variables = variables(library, procedure, &situation);
                for (name, expression, carried) in &expressions {
                    count += 1;
                    let ours = situation.value(expression);
                    if let Some(difference) = difference(library, carried, &expression.typ, &ours, &variables) {
                        wrong.push(format!("{} {name} „{}“: {difference}", procedure.name, vector.title));
                    }
                }
            }
        }
    }
    eprintln!("{carried} expressions carried, {} refused, {count} comparisons\n{}", refused.len(), refused.join("\n"));
    assert!(carried >= 90 && count > 10_000, "{carried} expressions, {count} comparisons");
    let shown = &wrong[..wrong.len().min(20)];
    assert!(wrong.is_empty(), "{} of {count} differ\n{}", wrong.len(), shown.join("\n"));
}
