//! What to call an expression when speaking of it.

use crate::model::expression::{Edge, ExpressionKind};
use crate::model::{Expression, Library, Procedure, Type};

/// The name of what an expression stands for; `None` for what has no name of its own.
pub fn name_of(library: &Library, procedure: &Procedure, expression: &Expression) -> Option<String> {
    match &expression.kind {
        ExpressionKind::Datum(id) => procedure.data.get(*id).map(|datum| datum.name.to_string()),
        ExpressionKind::Rule(id) => procedure.rules.get(*id).map(|rule| rule.name.to_string()),
        ExpressionKind::Decision(id, output) => {
            let table = procedure.decisions.get(*id)?;
            table.outputs.get(*output as usize).map(|output| output.name.to_string())
        }
        ExpressionKind::Deadline(id, edge) => procedure.deadlines.get(*id).map(|deadline| match edge {
            Edge::First => format!("{}.beginn", deadline.name),
            Edge::Last => deadline.name.to_string(),
        }),
        ExpressionKind::Precondition(id) => procedure.preconditions.get(*id).map(|precondition| precondition.name.to_string()),
        ExpressionKind::Parameter(id, _) => library.parameters.get(*id).map(|parameter| parameter.name.to_string()),
        ExpressionKind::Component(inner, index) => {
            let Type::Group(group) = inner.typ.base(library) else { return None };
            let attribute = library.groups.get(*group)?.attributes.get(*index as usize)?;
            Some(format!("{}.{}", name_of(library, procedure, inner)?, attribute.name))
        }
        ExpressionKind::Default(inner, _) => name_of(library, procedure, inner),
        _ => None,
    }
}
