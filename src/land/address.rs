//! How a variant speaks of a base statement: by its kind and its name.

use crate::source::Text;
use crate::syntax::ast::{Operation, Payload, Verb};

pub(super) use crate::syntax::ast::address::{of, of_step};

/// What an operation does, for people: `setze rechtsbehelf`.
pub(super) fn title(operation: &Operation) -> Text {
    let verb = match operation.verb {
        Verb::Set => "setze",
        Verb::Add => "ergänze",
        Verb::Remove => "streiche",
    };
    let what = match &operation.payload {
        Payload::Statement(statement) => match of(statement) {
            (kind, Some(name)) => format!("{kind} {name}"),
            (kind, None) => kind.to_owned(),
        },
        Payload::Step(step) => of_step(step).map_or_else(|| "ablauf".to_owned(), |name| name.to_string()),
        Payload::Target { name, .. } => name.text.to_string(),
    };
    format!("{verb} {what}").into()
}
