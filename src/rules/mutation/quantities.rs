//! Amounts, days and durations that move by the least step: literals, dated parameters, deadlines.

use jiff::ToSpan;
use rust_decimal::Decimal;

use crate::model::expression::{Duration, ExpressionKind, Literal};
use crate::model::procedure::Remedy;
use crate::model::workflow::{Step, StepKind};
use crate::model::{Library, ParameterId, Procedure, Type};
use crate::rules::value::{Value, show_duration};
use crate::source::Span;

use super::{Change, Mutant, Piece};

/// A literal a step less and a step more: a unit, a cent, a day; the last digit of a decimal.
pub(super) fn neighbours(literal: &Literal) -> (Option<Literal>, Option<Literal>) {
    let step = |number: Decimal, least: Decimal, wrap: &dyn Fn(Decimal) -> Literal| {
        (number.checked_sub(least).map(wrap), number.checked_add(least).map(wrap))
    };
    match literal {
        Literal::Integer(number) => (number.checked_sub(1).map(Literal::Integer), number.checked_add(1).map(Literal::Integer)),
        Literal::Decimal(number) => step(*number, last_digit(*number), &Literal::Decimal),
        Literal::Amount(number) => step(*number, Decimal::new(1, 2), &Literal::Amount),
        Literal::Quantity(number, unit) => step(*number, last_digit(*number), &|number| Literal::Quantity(number, unit.clone())),
        Literal::Date(day) => {
            (day.checked_sub(1.day()).ok().map(Literal::Date), day.checked_add(1.day()).ok().map(Literal::Date))
        }
        Literal::Duration(duration) => {
            let (less, more) = durations(*duration);
            (less.map(Literal::Duration), more.map(Literal::Duration))
        }
        Literal::Truth(_) | Literal::Text(_) | Literal::Option(..) => (None, None),
    }
}

fn last_digit(number: Decimal) -> Decimal {
    Decimal::new(1, number.scale())
}

fn durations(duration: Duration) -> (Option<Duration>, Option<Duration>) {
    let with = |count: u32| Duration { count, ..duration };
    (duration.count.checked_sub(1).filter(|count| *count > 0).map(with), duration.count.checked_add(1).map(with))
}

/// A literal in the words of the language.
pub(super) fn show(literal: &Literal, library: &Library) -> String {
    let typ = match literal {
        Literal::Amount(_) => Type::Amount,
        Literal::Quantity(_, unit) => Type::Quantity(unit.clone()),
        _ => Type::Unknown,
    };
    Value::of(literal).show(&typ, library)
}

/// The mutants of parameters and deadlines.
pub(super) fn mutate(library: &Library, procedure: &Procedure, found: &mut Vec<Mutant>) {
    let mut used: Vec<ParameterId> = Vec::new();
    for (_, expression) in procedure.expressions() {
        expression.walk(&mut |part| {
            if let ExpressionKind::Parameter(id, _) = part.kind
                && !used.contains(&id)
            {
                used.push(id);
            }
        });
    }
    used.into_iter().for_each(|id| parameter(library, id, found));
    for deadline in &procedure.deadlines {
        duration(&format!("frist {}", deadline.name), deadline.duration, deadline.span, found);
    }
    let own = procedure.notices.values().filter_map(|notice| notice.remedy.as_ref());
    for Remedy { kinds, within, span, .. } in own.chain(&procedure.remedy) {
        if let Some(within) = within {
            duration(&kinds.join(" oder "), *within, *span, found);
        }
    }
    Step::walk(&procedure.workflow, &mut |step| {
        let name = step.name(procedure).unwrap_or_default();
        match &step.kind {
            StepKind::CheckComplete { within, missing } => {
                if let Some(request) = missing {
                    duration("nachfordern", request.within, request.span, found);
                }
                within.iter().for_each(|(within, _)| duration(&name, *within, step.span, found));
            }
            StepKind::Consult { within, .. } | StepKind::Hear { within, .. } => {
                within.iter().for_each(|(within, _)| duration(&name, *within, step.span, found));
            }
            _ => {}
        }
    });
}

fn duration(what: &str, own: Duration, span: Span, found: &mut Vec<Mutant>) {
    let words = |duration: Duration| vec![Piece::Words(format!("{what}: {}", show_duration(duration)))];
    let (less, more) = durations(own);
    for other in less.into_iter().chain(more) {
        found.push(Mutant { span, was: words(own), is: words(other), change: Change::Duration(other) });
    }
}

fn parameter(library: &Library, id: ParameterId, found: &mut Vec<Mutant>) {
    let Some(parameter) = library.parameters.get(id) else { return };
    let options = parameter.by.and_then(|choice| library.choices.get(choice)).map(|choice| choice.options.as_slice());
    for (index, period) in parameter.periods.iter().enumerate() {
        for (option, value) in period.values.iter().enumerate() {
            let Some(value) = value else { continue };
            let name = match options.and_then(|options| options.get(option)) {
                Some(option) => format!("{}[{}]", parameter.name, option.name),
                None => parameter.name.to_string(),
            };
            let words = |value: &Literal| vec![Piece::Words(format!("{name} ab {}: {}", period.from, show(value, library)))];
            let (less, more) = neighbours(value);
            for other in less.into_iter().chain(more) {
                let (was, is) = (words(value), words(&other));
                found.push(Mutant { span: period.span, was, is, change: Change::Value(id, index, option, other) });
            }
        }
        // Before the first day there is nothing to be confused with.
        if index == 0 {
            continue;
        }
        for other in period.from.yesterday().into_iter().chain(period.from.tomorrow()) {
            let words = |day| vec![Piece::Words(format!("{} ab {day}", parameter.name))];
            let (was, is) = (words(period.from), words(other));
            found.push(Mutant { span: period.span, was, is, change: Change::From(id, index, other) });
        }
    }
}
