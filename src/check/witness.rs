//! A counter-example in the words of the language, to be pasted as a `fall`.

use crate::model::Type;
use crate::model::expression::{Context, Duration, DurationUnit, Expression, ExpressionKind, Function};
use crate::rules::calendar::shift;
use crate::rules::naming::name_of;
use crate::rules::satisfy::{Term, Witness};
use crate::rules::value::Value;

use super::subject::Subject;

/// The case that shows a finding: what is given, and what one would expect.
pub(super) fn as_case(subject: &Subject<'_>, title: &str, witness: &Witness, expected: &str) -> String {
    let procedure = &subject.procedure.name;
    let mut given: Vec<String> = Vec::new();
    let mut remarks: Vec<String> = Vec::new();
    for (term, value) in witness {
        if value.is_missing() {
            continue;
        }
        match answer(subject, term, value) {
            Some(answer) if !given.contains(&answer) => given.push(answer),
            Some(_) => {}
            None => remarks.extend(remark(subject, term, value)),
        }
    }
    let day = subject.context.day;
    let mut lines = vec![format!("fall \"{title}\" von {procedure} am {day} {{")];
    let mut line = "  gegeben ".to_owned();
    for (index, answer) in given.iter().enumerate() {
        if index > 0 {
            line.push(',');
            if line.chars().count() + answer.chars().count() > 90 {
                lines.push(std::mem::replace(&mut line, " ".repeat(10)));
            } else {
                line.push(' ');
            }
        }
        line.push_str(answer);
    }
    if !given.is_empty() {
        lines.push(line);
    }
    lines.extend(remarks.into_iter().map(|remark| format!("  // mit {remark}")));
    lines.push(format!("  erwarte {expected}"));
    lines.push("}".to_owned());
    lines.join("\n")
}

/// The same in a line: `alter_kind = 18, sgb2 = ja`.
pub(super) fn in_words(subject: &Subject<'_>, values: &[(&Expression, Value)]) -> String {
    let words = values.iter().map(|(expression, value)| {
        let name = name_of(subject.library, subject.procedure, expression).unwrap_or_else(|| "Eingabe".to_owned());
        match value {
            Value::Missing => format!("{name} fehlt"),
            value => format!("{name} = {}", value.show(&expression.typ, subject.library)),
        }
    });
    words.collect::<Vec<_>>().join(", ")
}

/// `kind.geburtsdatum = 2008-01-01`: what an applicant would answer; a rule of age becomes a date of birth.
fn answer(subject: &Subject<'_>, term: &Term, value: &Value) -> Option<String> {
    match term {
        Term::Datum(id, path) => {
            let datum = subject.procedure.data.get(*id)?;
            let (mut name, mut typ) = (datum.name.to_string(), datum.typ.clone());
            for step in path {
                let Type::Group(group) = typ.base(subject.library) else { return None };
                let attribute = subject.library.groups.get(*group)?.attributes.get(*step as usize)?;
                name = format!("{name}.{}", attribute.name);
                typ = attribute.typ.clone();
            }
            Some(format!("{name} = {}", value.show(&typ, subject.library)))
        }
        Term::Rule(id) => {
            let rule = subject.procedure.rules.get(*id)?;
            let ExpressionKind::Call(function, arguments) = &rule.expression.kind else { return None };
            let [from, to] = arguments.as_slice() else { return None };
            let unit = match function {
                Function::CompletedYears => DurationUnit::Year,
                Function::CompletedMonths => DurationUnit::Month,
                Function::DaysBetween => DurationUnit::Day,
                _ => return None,
            };
            let (ExpressionKind::Datum(datum), ExpressionKind::Context(Context::ApplicationDate | Context::DecisionDate)) =
                (&from.kind, &to.kind)
            else {
                return None;
            };
            let count = u32::try_from(value.number()?.to_i64()?).ok()?;
            let first = shift(subject.context.day, Duration { count, unit }, true)?;
            Some(format!("{} = {first}", subject.procedure.data.get(*datum)?.name))
        }
        Term::Output(..) | Term::ApplicationDate | Term::DecisionDate | Term::AllFulfilled => None,
    }
}

fn remark(subject: &Subject<'_>, term: &Term, value: &Value) -> Option<String> {
    match term {
        Term::Rule(id) => {
            let rule = subject.procedure.rules.get(*id)?;
            Some(format!("{} = {}", rule.name, value.show(&rule.typ, subject.library)))
        }
        Term::Output(id, output) => {
            let output = subject.procedure.decisions.get(*id)?.outputs.get(*output as usize)?;
            Some(format!("{} = {}", output.name, value.show(&output.typ, subject.library)))
        }
        Term::ApplicationDate | Term::DecisionDate => Some(format!("Antrag am {}", value.show(&Type::Date, subject.library))),
        Term::Datum(..) | Term::AllFulfilled => None,
    }
}
