//! A valid submission as an example: an official's own case where there is one, the examples of the fields, short texts that
//! match otherwise. What has no place under the conditions is left out. The same definition gives the same example.

use jiff::civil::{Date, date};
use rust_decimal::Decimal;

use crate::formats::tree::{Map, Node};
use crate::model::expression::{Duration, DurationUnit, Literal};
use crate::model::person::Constraints;
use crate::model::procedure::{Case, Expectation, Role};
use crate::model::{LandId, Library, ParticipantId, Procedure, Type, machine_key};
use crate::rules::cases::given;
use crate::rules::value::Value;
use crate::rules::{Answers, Origin, Situation};
use crate::targets::expression::json_schema::cents;
use crate::targets::json_schema::submission::{DECLARATIONS, EVIDENCE, Field, Part, Submission};

use super::pattern::Pattern;

/// How often answers are completed: each round may bring questions that rest on the answers of the round before.
const ROUNDS: u32 = 6;

/// An example of a submission.
pub fn example<'a>(submission: &Submission<'a>, day: Date) -> Node<'a> {
    example_of(submission, typical(submission.procedure), day)
}

/// The submission that a case describes, completed where the case doesn't care.
pub fn example_of<'a>(submission: &Submission<'a>, case: Option<&Case>, day: Date) -> Node<'a> {
    let library = submission.library;
    let procedure = submission.procedure;
    let day = case.and_then(|case| case.day).unwrap_or(day);
    let land = case.and_then(|case| case.land);
    let answers = match case {
        Some(case) => given(library, procedure, case, land, day),
        None => Answers::default(),
    };
    let answers = completed(submission, answers, day, land);
    let situation = Situation::new(library, procedure, answers.clone(), day, land);

    let mut root = Map::new();
    for part in &submission.parts {
        match part {
            Part::Field(field) => {
                if situation.exists(field.id) {
                    put(&mut root, library, field, Some(&situation.datum(field.id)));
                }
            }
            Part::Person(person) => {
                let several = person.participant.repeat.is_some();
                let mut object = Map::new();
                for field in &person.fields {
                    let exists = if several { field.datum.condition.is_none() } else { situation.exists(field.id) };
                    if exists {
                        put(&mut object, library, field, answers.get(field.id, u32::from(several), false));
                    }
                }
                if !object.is_empty() {
                    let value: Node<'a> = if several { vec![object.into()].into() } else { object.into() };
                    root.put(person.key.clone(), value);
                }
            }
        }
    }
    let evidence = evidence(submission, &situation);
    if !evidence.is_empty() {
        root.put(EVIDENCE, evidence);
    }
    let mut declarations = Map::new();
    for declaration in &procedure.declarations {
        if declaration.condition.as_ref().is_none_or(|condition| situation.value(condition) == Value::Truth(true)) {
            declarations.put(machine_key(&declaration.name), true);
        }
    }
    if !declarations.is_empty() {
        root.put(DECLARATIONS, declarations);
    }
    root.into()
}

/// The case to start from: the first that is fulfilled, or the first at all.
fn typical(procedure: &Procedure) -> Option<&Case> {
    let fulfilled = |case: &&Case| case.expected.iter().any(|(expectation, _)| *expectation == Expectation::Fulfilled);
    let cases = || procedure.cases.iter().map(|case| &**case);
    cases().find(fulfilled).or_else(|| cases().next())
}

/// The answers with everything that exists and has none yet.
fn completed(submission: &Submission<'_>, mut answers: Answers, day: Date, land: Option<LandId>) -> Answers {
    let library = submission.library;
    let procedure = submission.procedure;
    for _ in 0..ROUNDS {
        let mut added = false;
        let situation = Situation::new(library, procedure, answers.clone(), day, land);
        for part in &submission.parts {
            let (fields, index) = match part {
                Part::Field(field) => (std::slice::from_ref(field), 0),
                Part::Person(person) => (person.fields.as_slice(), u32::from(person.participant.repeat.is_some())),
            };
            for field in fields {
                let given = match index {
                    0 => situation.datum(field.id),
                    index => answers.get(field.id, index, false).cloned().unwrap_or_default(),
                };
                let known = is_whole(&given, &field.datum.typ, library);
                if known || field.datum.optional || (index == 0 && !situation.exists(field.id)) {
                    continue;
                }
                let maker = Maker { library, adult: is_adult(procedure, field.datum.of.map(|(of, _)| of)) };
                let made = maker.of(&field.datum.typ, &[&field.datum.constraints], field.datum.example.as_deref(), 0);
                answers.give_at(field.id, index, Origin::Stated, merged(&given, made));
                added = true;
            }
        }
        if !added {
            break;
        }
    }
    answers
}

/// Whether nothing is missing in a value that a case gave.
fn is_whole(value: &Value, typ: &Type, library: &Library) -> bool {
    let (parts, group) = match (value, typ.base(library)) {
        (Value::Group(parts), Type::Group(group)) => (parts, group),
        (Value::List(items), Type::List(item)) => return items.iter().all(|value| is_whole(value, item, library)),
        _ => return !value.is_missing(),
    };
    let Some(group) = library.groups.get(*group) else { return true };
    group.attributes.iter().enumerate().all(|(index, attribute)| {
        attribute.optional || parts.get(index).is_some_and(|part| is_whole(part, &attribute.typ, library))
    })
}

/// A value completed by another.
fn merged(value: &Value, made: Value) -> Value {
    match (value, made) {
        (Value::Group(parts), Value::Group(others)) => {
            let parts = others.into_iter().enumerate().map(|(index, other)| match parts.get(index) {
                Some(part) => merged(part, other),
                None => other,
            });
            Value::Group(parts.collect())
        }
        (Value::List(items), Value::List(others)) => match others.as_slice() {
            [other] if !items.is_empty() => Value::List(items.iter().map(|item| merged(item, other.clone())).collect()),
            _ => Value::List(others),
        },
        (value, made) if value.is_missing() => made,
        (value, _) => value.clone(),
    }
}

fn is_adult(procedure: &Procedure, of: Option<ParticipantId>) -> bool {
    let participant = of.and_then(|of| procedure.participants.get(of));
    participant.is_none_or(|participant| !matches!(participant.role, Role::RepresentedBy(_)))
}

fn evidence<'a>(submission: &Submission<'a>, situation: &Situation<'_>) -> Map<'a> {
    let mut map = Map::new();
    for planned in &submission.plan.evidence {
        let condition = submission.need(planned).and_then(|need| need.condition.as_ref());
        let needed = condition.is_none_or(|condition| situation.value(condition) == Value::Truth(true));
        if needed && planned.way == 0 {
            let name = format!("{}.pdf", planned.key.to_lowercase());
            let file = Map::new().with("name", name).with("typ", "application/pdf").with("groesse", 184_320_u32);
            let files: Vec<Node<'a>> = vec![file.into()];
            map.put(planned.key.clone(), Map::new().with("weg", "hochladen").with("dateien", files));
        }
    }
    map
}

fn put<'a>(map: &mut Map<'a>, library: &'a Library, field: &Field<'a>, value: Option<&Value>) {
    let typ = &field.datum.typ;
    let node = match value {
        Some(value) => encode(library, typ, value),
        None => None,
    };
    if let Some(node) = node {
        map.put(field.key.clone(), node);
    }
}

/// A value as it stands in a submission.
fn encode<'a>(library: &'a Library, typ: &'a Type, value: &Value) -> Option<Node<'a>> {
    Some(match (typ.base(library), value) {
        (_, Value::Missing) => return None,
        (_, Value::Truth(truth)) => (*truth).into(),
        (Type::Amount, Value::Number(amount)) => cents(amount.decimal()?)?.into(),
        (Type::Integer, Value::Number(number)) => number.to_i64()?.into(),
        (_, Value::Number(number)) => number.decimal()?.normalize().to_string().into(),
        (_, Value::Date(day)) => day.to_string().into(),
        (_, Value::Duration(duration)) => iso(*duration)?.into(),
        (_, Value::Text(text)) => text.to_string().into(),
        (_, Value::Option(choice, option)) => {
            machine_key(&library.choices.get(*choice)?.options.get(*option as usize)?.name).into()
        }
        (Type::List(item), Value::List(items)) => {
            items.iter().filter_map(|value| encode(library, item, value)).collect::<Vec<_>>().into()
        }
        (Type::File, Value::Group(parts)) => {
            let [Value::Text(name), ..] = parts.as_slice() else { return None };
            let file = Map::new().with("name", name.to_string()).with("typ", "application/pdf").with("groesse", 184_320_u32);
            file.into()
        }
        (Type::Group(group), Value::Group(parts)) => {
            let mut map = Map::new();
            for (attribute, part) in library.groups.get(*group)?.attributes.iter().zip(parts) {
                if let Some(node) = encode(library, &attribute.typ, part) {
                    map.put(machine_key(&attribute.name), node);
                }
            }
            map.into()
        }
        _ => return None,
    })
}

/// A duration as ISO 8601 writes it, which knows neither Arbeitstage nor Werktage.
pub fn iso(duration: Duration) -> Option<String> {
    let unit = match duration.unit {
        DurationUnit::Day => 'D',
        DurationUnit::Week => 'W',
        DurationUnit::Month => 'M',
        DurationUnit::Year => 'Y',
        DurationUnit::Workday | DurationUnit::Weekday => return None,
    };
    Some(format!("P{}{unit}", duration.count))
}

/// Makes values that satisfy their types.
struct Maker<'a> {
    library: &'a Library,
    adult: bool,
}

impl Maker<'_> {
    fn of(&self, typ: &Type, constraints: &[&Constraints], example: Option<&str>, depth: u32) -> Value {
        if depth > 8 {
            return Value::Missing;
        }
        match typ {
            Type::Scalar(id) => match self.library.scalars.get(*id) {
                Some(scalar) => {
                    let mut all = constraints.to_vec();
                    all.push(&scalar.constraints);
                    self.of(&scalar.base, &all, example, depth + 1)
                }
                None => Value::Missing,
            },
            Type::Truth => Value::Truth(true),
            Type::Integer => Value::Number(within(constraints, Decimal::ONE).into()),
            Type::Decimal | Type::Quantity(_) => Value::Number(within(constraints, Decimal::ONE).into()),
            Type::Amount => Value::Number(within(constraints, Decimal::ONE_THOUSAND).into()),
            Type::Date => Value::Date(self.day(constraints, example)),
            Type::Duration => Value::Duration(Duration { count: 1, unit: DurationUnit::Month }),
            Type::Text | Type::Unknown => Value::Text(text(constraints, example).into()),
            Type::File => Value::Group(vec![Value::Text("dokument.pdf".into())]),
            Type::Choice(id) => Value::Option(*id, 0),
            Type::List(item) => Value::List(vec![self.of(item, constraints, example, depth + 1)]),
            Type::Group(id) => match self.library.groups.get(*id) {
                Some(group) => {
                    let parts = group.attributes.iter().map(|attribute| {
                        if attribute.optional {
                            return Value::Missing;
                        }
                        self.of(&attribute.typ, &[&attribute.constraints], attribute.example.as_deref(), depth + 1)
                    });
                    Value::Group(parts.collect())
                }
                None => Value::Missing,
            },
        }
    }

    fn day(&self, constraints: &[&Constraints], example: Option<&str>) -> Date {
        let limit = |literal: Option<&Literal>| match literal {
            Some(Literal::Date(day)) => Some(*day),
            _ => None,
        };
        let earliest = constraints.iter().find_map(|constraint| limit(constraint.minimum.as_ref()));
        let latest = constraints.iter().find_map(|constraint| limit(constraint.maximum.as_ref()));
        let usual = if self.adult { date(1990, 5, 17) } else { example.and_then(german_day).unwrap_or(date(2022, 1, 15)) };
        let day = earliest.map_or(usual, |earliest| usual.max(earliest));
        latest.map_or(day, |latest| day.min(latest))
    }
}

/// `15.01.2022` as a day.
fn german_day(text: &str) -> Option<Date> {
    let mut parts = text.split('.');
    let day = parts.next()?.parse().ok()?;
    let month = parts.next()?.parse().ok()?;
    let year = parts.next()?.parse().ok()?;
    Date::new(year, month, day).ok()
}

/// A number within the bounds, near the usual one.
fn within(constraints: &[&Constraints], usual: Decimal) -> Decimal {
    let limit = |literal: Option<&Literal>| match literal {
        Some(Literal::Integer(number)) => Some(Decimal::from(*number)),
        Some(Literal::Decimal(number) | Literal::Amount(number) | Literal::Quantity(number, _)) => Some(*number),
        _ => None,
    };
    let least = constraints.iter().find_map(|constraint| limit(constraint.minimum.as_ref()));
    let most = constraints.iter().find_map(|constraint| limit(constraint.maximum.as_ref()));
    let number = most.map_or(usual, |most| usual.min(most));
    // The least value belongs to every range that isn't empty, also to one whose greatest is excluded.
    match least {
        Some(least) if number < least || most == Some(number) => least,
        _ => number,
    }
}

/// A text that satisfies its constraints: the given example, if it does.
fn text(constraints: &[&Constraints], example: Option<&str>) -> String {
    let pattern = constraints.iter().find_map(|constraint| constraint.pattern.as_deref()).map(Pattern::read);
    let (shortest, longest) = constraints.iter().find_map(|constraint| constraint.length).unwrap_or((1, u32::MAX));
    let digits = constraints.iter().find_map(|constraint| constraint.check_digit.as_deref());
    let fits = |text: &str| {
        let count = u32::try_from(text.chars().count()).unwrap_or(u32::MAX);
        (shortest..=longest).contains(&count)
            && pattern.as_ref().is_none_or(|pattern| pattern.as_ref().is_none_or(|pattern| pattern.matches(text)))
            && (!digits.is_some_and(|name| name.eq_ignore_ascii_case("iban")) || iban_rest(text) == Some(1))
    };
    if let Some(example) = example.filter(|example| fits(example)) {
        return example.to_owned();
    }
    if digits.is_some_and(|name| name.eq_ignore_ascii_case("iban")) {
        return "DE89370400440532013000".to_owned();
    }
    match pattern.flatten() {
        Some(pattern) => pattern.example(shortest as usize).unwrap_or_default(),
        None => {
            let words: String = "Beispiel ".chars().cycle().take((shortest as usize).clamp(8, 4096)).collect();
            let words: String = words.chars().take(longest as usize).collect();
            words.trim_end().to_owned()
        }
    }
}

/// The rest of an IBAN modulo 97 after its first four characters were put last; 1 where the check digits are right.
fn iban_rest(iban: &str) -> Option<u32> {
    let (front, back) = iban.split_at_checked(4)?;
    back.chars().chain(front.chars()).try_fold(0, |rest, letter| {
        let digit = letter.to_digit(36)?;
        Some((rest * if digit > 9 { 100 } else { 10 } + digit) % 97)
    })
}
