//! The answers that a case gives.

use jiff::civil::Date;

use crate::model::procedure::{Case, GivenTarget, Procedure};
use crate::model::{LandId, Library};
use crate::rules::answers::Answers;
use crate::rules::evaluate::Situation;
use crate::rules::value::Value;

/// The answers that a case gives. A later one for the same datum completes or replaces the earlier one.
pub fn given(library: &Library, procedure: &Procedure, case: &Case, land: Option<LandId>, day: Date) -> Answers {
    let mut answers = Answers::default();
    for (target, expression, _) in &case.given {
        let value = {
            // Answers may refer to the day (`antragsdatum`), never to other answers.
            let situation = Situation::new(library, procedure, Answers::default(), day, land);
            situation.value(expression)
        };
        give(&mut answers, target, value);
    }
    answers
}

fn give(answers: &mut Answers, target: &GivenTarget, value: Value) {
    let (index, origin) = (target.index.unwrap_or(0), target.origin);
    if target.component.is_empty() {
        answers.give_at(target.datum, index, origin, value);
        return;
    }
    // What one source says of a part leaves the other parts as they were known before.
    let known = answers.get_as(target.datum, index, origin).or_else(|| answers.get(target.datum, index, false));
    let mut whole = known.cloned().unwrap_or_default();
    if let Some(part) = part_mut(&mut whole, &target.component) {
        *part = value;
    }
    answers.give_at(target.datum, index, origin, whole);
}

/// The place of a component, made where it isn't yet.
fn part_mut<'v>(value: &'v mut Value, path: &[u32]) -> Option<&'v mut Value> {
    let Some((first, rest)) = path.split_first() else { return Some(value) };
    if !matches!(value, Value::Group(_)) {
        *value = Value::Group(Vec::new());
    }
    let Value::Group(parts) = value else { return None };
    let index = usize::try_from(*first).ok().filter(|index| *index < 10_000)?;
    if parts.len() <= index {
        parts.resize(index + 1, Value::Missing);
    }
    part_mut(parts.get_mut(index)?, rest)
}
