//! Deadlines and periods: which event sets them off.

use crate::both;
use crate::model::Type;
use crate::model::expression::{Context, Edge, Expression, ExpressionKind};
use crate::model::ids::DeadlineId;
use crate::model::procedure::{Consequence, Deadline, DeadlineKind};
use crate::source::Span;
use crate::syntax::ast::{self, StatementKind};

use super::bodies::{Body, Local};
use super::expressions::Missing;
use super::literals::duration;
use super::names::unknown;
use super::narrowing::Facts;

/// The events that every procedure knows, in both spellings.
const EVENTS: &[(&str, &str, Context)] = &[
    ("eingang", "receipt", Context::ApplicationDate),
    ("vollständig", "complete", Context::CompletionDate),
    ("entscheidung", "decision", Context::DecisionDate),
    ("bekanntgabe", "notification", Context::NotificationDate),
];

impl Body<'_> {
    /// First pass: the name, with what needs no other name.
    pub(super) fn name_deadline(&mut self, name: &ast::Name, statement: &ast::Statement) {
        let StatementKind::Deadline { period, within, .. } = &statement.kind else { return };
        let id = self.procedure.deadlines.add(Deadline {
            name: name.text.clone(),
            kind: if *period { DeadlineKind::Period } else { DeadlineKind::Limit },
            duration: duration(&within.duration),
            from: event(Context::ApplicationDate, statement.span),
            extension: within.extension.as_ref().map(duration),
            consequence: within.consequence.as_ref().map(consequence),
            norms: Vec::new(),
            condition: None,
            span: statement.span,
        });
        self.name(name, Local::Deadline(id));
    }

    /// After the conditions of the data: when deadlines run, and from which day on.
    pub(super) fn deadlines(&mut self, tree: &ast::Procedure) {
        for statement in &tree.statements {
            let StatementKind::Deadline { name, within, .. } = &statement.kind else { continue };
            let Some(Local::Deadline(id)) = self.locals.get(&name.text).copied() else { continue };
            let from = within.from.as_ref().map(|path| self.event(path));
            let condition = self.clause_condition(&statement.clauses);
            let norms = self.norms(statement.clauses.norms.as_ref());
            if let Some(deadline) = self.procedure.deadlines.get_mut(id) {
                if let Some(from) = from {
                    deadline.from = from;
                }
                deadline.condition = condition;
                deadline.norms = norms;
            }
        }
    }

    /// `ab vollständig`, `ab beginn`: an event, or a date that the procedure knows.
    fn event(&mut self, path: &ast::Path) -> Expression {
        if let [word] = path.parts.as_slice()
            && let Some((.., context)) = EVENTS.iter().find(|(german, english, _)| [*german, *english].contains(&&*word.text))
        {
            return event(*context, path.span);
        }
        let segments = path.parts.iter().map(|name| ast::Segment { name: name.clone(), index: None }).collect();
        let reference = ast::Reference { segments, span: path.span };
        let written = ast::Expression { kind: ast::ExpressionKind::Reference(reference), span: path.span };
        self.expression(&written, &Type::Date, Missing::Allowed)
    }

    /// `frist`, `frist.beginn`, `frist.ende`: the days of a deadline as values.
    pub(super) fn day_of(&mut self, id: DeadlineId, rest: &[ast::Segment], facts: &Facts, span: Span) -> Expression {
        let edge = match rest {
            [] => Edge::Last,
            [only] if only.name.text.as_ref() == "beginn" => Edge::First,
            [only] if only.name.text.as_ref() == "ende" => Edge::Last,
            [other, ..] => {
                self.out.push(unknown(&other.name, ["beginn", "ende"], &both!("an einer Frist", "on a deadline")));
                return Expression::error(span);
            }
        };
        let deadline = self.procedure.deadlines.get(id);
        let maybe_missing = deadline.is_none_or(|deadline| {
            deadline.from.maybe_missing || deadline.condition.as_ref().is_some_and(|condition| !facts.implies(condition))
        });
        Expression { kind: ExpressionKind::Deadline(id, edge), typ: Type::Date, maybe_missing, span }
    }
}

fn event(context: Context, span: Span) -> Expression {
    Expression { kind: ExpressionKind::Context(context), typ: Type::Date, maybe_missing: false, span }
}

/// What follows when a deadline passes.
pub(super) fn consequence(written: &ast::Consequence) -> Consequence {
    match &written.kind {
        ast::ConsequenceKind::Refuse => Consequence::Refuse,
        ast::ConsequenceKind::Deemed(name) => Consequence::Deemed(name.text.clone()),
        ast::ConsequenceKind::Continue => Consequence::Continue,
        ast::ConsequenceKind::Named(name) => Consequence::Named(name.text.clone()),
    }
}
