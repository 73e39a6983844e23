//! The changes of one level, made at once: one walk over the tree, and the order in which they are written does not matter.

use crate::source::Span;
use crate::syntax::ast::address;
use crate::syntax::ast::{
    Block, Citation, Clauses, Operation, Payload, Procedure, Statement, StatementKind, Step, StepKind, Verb,
};

use super::targets::{Place, Target, span_of};

/// An operation that has found its place.
#[derive(Debug, Clone, Copy)]
pub(super) struct Edit<'t> {
    pub(super) operation: &'t Operation,
    /// Its norm: its own, or that of its variant.
    pub(super) citation: Option<&'t Citation>,
    pub(super) place: Place,
    /// The clause that leaves it to those who do it.
    pub(super) clause: Option<Span>,
}

/// The tree with all edits. INVARIANT: they are free of conflicts and in the order of [`settle`](super::conflicts::settle).
pub(super) fn apply(tree: &Procedure, edits: &[Edit<'_>]) -> Procedure {
    let mut statements = statements(&tree.statements, edits);
    add(Target::Last(None), edits, &mut statements);
    Procedure { statements, ..tree.clone() }
}

/// The statement that an edit writes, with the norm of its variant where it has none of its own.
pub(super) fn written(edit: &Edit<'_>) -> Option<Statement> {
    let Payload::Statement(statement) = &edit.operation.payload else { return None };
    Some(Statement { clauses: cited(&statement.clauses, edit), ..statement.as_ref().clone() })
}

fn cited(clauses: &Clauses, edit: &Edit<'_>) -> Clauses {
    Clauses { norms: clauses.norms.as_ref().or(edit.citation).cloned(), ..clauses.clone() }
}

fn statements(list: &[Statement], edits: &[Edit<'_>]) -> Vec<Statement> {
    let mut result = Vec::with_capacity(list.len());
    for statement in list {
        match touching(statement.span, edits) {
            Some(edit) if edit.operation.verb == Verb::Remove => {}
            Some(edit) => result.extend(written(edit)),
            None => result.extend(inside(statement, edits)),
        }
        add(Target::Behind(statement.span), edits, &mut result);
    }
    result
}

/// The edit that replaces or strikes a whole statement or step.
fn touching<'e, 't>(span: Span, edits: &'e [Edit<'t>]) -> Option<&'e Edit<'t>> {
    edits.iter().find(|edit| edit.place.target == Target::Item(span))
}

/// A statement with what is changed inside it; `None` where nothing of it is left.
fn inside(statement: &Statement, edits: &[Edit<'_>]) -> Option<Statement> {
    let mut statement = statement.clone();
    let span = statement.span;
    match &mut statement.kind {
        StatementKind::Page { statements: list, .. } | StatementKind::Notice { statements: list, .. } => {
            *list = statements(list, edits);
            add(Target::Last(Some(span)), edits, list);
        }
        StatementKind::Workflow(block) => {
            block.steps = steps(&block.steps, edits);
            add_steps(Target::Last(Some(span)), edits, &mut block.steps);
        }
        StatementKind::Attributes { attributes, .. } => {
            attributes.retain(|name| !edits.iter().any(|edit| edit.place.target == Target::Attribute(span, name.span)));
            if attributes.is_empty() {
                return None;
            }
        }
        _ => {}
    }
    Some(statement)
}

fn add(at: Target, edits: &[Edit<'_>], list: &mut Vec<Statement>) {
    for edit in edits.iter().filter(|edit| edit.place.target == at) {
        if let Some(statement) = written(edit) {
            list.push(statement);
            add(Target::Behind(span_of(&edit.operation.payload)), edits, list);
        }
    }
}

fn steps(list: &[Step], edits: &[Edit<'_>]) -> Vec<Step> {
    let mut result = Vec::with_capacity(list.len());
    for step in list {
        match touching(step.span, edits) {
            Some(edit) if edit.operation.verb == Verb::Remove => {}
            Some(edit) => result.extend(written_step(edit)),
            None => result.push(inside_step(step, edits)),
        }
        add_steps(Target::Behind(step.span), edits, &mut result);
    }
    result
}

fn written_step(edit: &Edit<'_>) -> Option<Step> {
    let Payload::Step(step) = &edit.operation.payload else { return None };
    Some(Step { clauses: cited(&step.clauses, edit), ..step.as_ref().clone() })
}

fn inside_step(step: &Step, edits: &[Edit<'_>]) -> Step {
    let within = |block: &Block| Block { steps: steps(&block.steps, edits), span: block.span };
    let mut step = step.clone();
    match &mut step.kind {
        StepKind::Branch { then, otherwise, .. } => {
            *then = within(then);
            if let Some(otherwise) = otherwise {
                *otherwise = within(otherwise);
            }
        }
        StepKind::Parallel(block) => *block = within(block),
        _ => {}
    }
    step
}

fn add_steps(at: Target, edits: &[Edit<'_>], list: &mut Vec<Step>) {
    for edit in edits.iter().filter(|edit| edit.place.target == at) {
        if let Some(step) = written_step(edit) {
            list.push(step);
            add_steps(Target::Behind(span_of(&edit.operation.payload)), edits, list);
        }
    }
}

/// Whether people see the order in which something stands: steps, what is on a page, what is in a notice.
pub(super) fn has_order(edit: &Edit<'_>) -> bool {
    match &edit.operation.payload {
        Payload::Step(_) => true,
        Payload::Statement(statement) => {
            edit.place.item.is_some() || matches!(statement.kind, StatementKind::Page { .. } | StatementKind::Attributes { .. })
        }
        Payload::Parameter(_) | Payload::Target(_) => false,
    }
}

/// What an edit speaks of, for the order of those that have none.
pub(super) fn address_of(edit: &Edit<'_>) -> address::Address {
    address::of_payload(&edit.operation.payload)
}
