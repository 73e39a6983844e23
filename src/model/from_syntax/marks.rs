//! What is marked `ungeprüft`, gathered from the trees.

use crate::diagnostic::Diagnostics;
use crate::model::unverified::{Part, Unverified};
use crate::source::{Span, Text};
use crate::syntax::ast::{self, DeclarationKind, StatementKind, address};

use super::texts::without_holes;

/// The marks on what procedures share.
pub(super) fn of_files(files: &[ast::File], out: &mut Diagnostics) -> Vec<Unverified> {
    let mut marks = Vec::new();
    for declaration in files.iter().flat_map(|file| &file.declarations) {
        let of = name_of(&declaration.kind);
        for marked in &declaration.unverified {
            let of = marked.name.as_ref().map_or_else(|| of.clone(), |name| name.text.clone());
            marks.push(mark(of, marked.part, marked.span, &marked.mark, out));
        }
        if let DeclarationKind::Group(group) = &declaration.kind {
            for field in &group.attributes {
                let name = address::of(field).1.unwrap_or_else(|| "".into());
                of_clauses(format!("{of}.{name}").into(), &field.clauses, field.span, &mut marks, out);
            }
        }
    }
    marks
}

/// The marks on the statements of a procedure, its pages, notices and steps.
pub(super) fn of_procedure(tree: &ast::Procedure, span: Span, out: &mut Diagnostics) -> Vec<Unverified> {
    let mut marks = Vec::new();
    let whole = tree.clauses.unverified.as_ref();
    marks.extend(whole.map(|whole| mark(tree.name.text.clone(), Part::Whole, span, whole, out)));
    of_statements(&tree.statements, &mut marks, out);
    marks
}

fn of_statements(statements: &[ast::Statement], marks: &mut Vec<Unverified>, out: &mut Diagnostics) {
    for statement in statements {
        match &statement.kind {
            StatementKind::Page { statements, .. } | StatementKind::Notice { statements, .. } => {
                of_statements(statements, marks, out);
            }
            StatementKind::Workflow(block) => of_steps(block, marks, out),
            _ => {}
        }
        let name = match address::of(statement) {
            (kind, Some(name)) => format!("{kind} {name}").into(),
            (kind, None) => kind.into(),
        };
        of_clauses(name, &statement.clauses, statement.span, marks, out);
    }
}

fn of_steps(block: &ast::Block, marks: &mut Vec<Unverified>, out: &mut Diagnostics) {
    for step in &block.steps {
        match &step.kind {
            ast::StepKind::Branch { then, otherwise, .. } => {
                of_steps(then, marks, out);
                otherwise.iter().for_each(|otherwise| of_steps(otherwise, marks, out));
            }
            ast::StepKind::Parallel(block) => of_steps(block, marks, out),
            _ => {}
        }
        let name = address::of_step(step).unwrap_or_else(|| "ablauf".into());
        of_clauses(name, &step.clauses, step.span, marks, out);
    }
}

fn of_clauses(of: Text, clauses: &ast::Clauses, span: Span, marks: &mut Vec<Unverified>, out: &mut Diagnostics) {
    let found = clauses.unverified.as_ref();
    marks.extend(found.map(|found| mark(of, Part::Whole, span, found, out)));
}

fn mark(of: Text, part: Part, marked: Span, written: &ast::Unverified, out: &mut Diagnostics) -> Unverified {
    without_holes(&written.reason, out);
    Unverified { of, part, reason: written.reason.plain(), marked, span: written.span }
}

fn name_of(kind: &DeclarationKind) -> Text {
    match kind {
        DeclarationKind::Authority(item) => item.name.text.clone(),
        DeclarationKind::Choice(item) => item.name.text.clone(),
        DeclarationKind::Scalar(item) => item.name.text.clone(),
        DeclarationKind::Group(item) => item.name.text.clone(),
        DeclarationKind::Account(item) => item.name.text.clone(),
        DeclarationKind::Register(item) => item.name.text.clone(),
        DeclarationKind::Evidence(item) => item.name.text.clone(),
        DeclarationKind::Parameter(item) => item.name.text.clone(),
        DeclarationKind::Land(item) => item.key.text.clone(),
        DeclarationKind::Connection(item) => match &item.place {
            ast::Place::Named(name) => name.text.clone(),
            ast::Place::Municipality(municipality) => municipality.key.text.clone(),
        },
        _ => "".into(),
    }
}
