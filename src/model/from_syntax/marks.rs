//! What is marked `ungeprüft`, gathered from the trees.

use std::sync::Arc;

use crate::diagnostic::Diagnostics;
use crate::model::unverified::{Part, Unverified};
use crate::source::{Span, Text};
use crate::syntax::ast::{self, DeclarationKind, address};

use super::texts::without_holes;

/// The marks on what procedures share.
pub(super) fn of_files(files: &[Arc<ast::File>], out: &mut Diagnostics) -> Vec<Unverified> {
    let mut marks = Vec::new();
    for declaration in files.iter().flat_map(|file| &file.declarations) {
        let of = name_of(&declaration.kind);
        for marked in &declaration.unverified {
            let of = marked.name.as_ref().map_or_else(|| of.clone(), |name| name.text.clone());
            marks.push(mark(of, marked.part, marked.span, &marked.mark, out));
        }
        if let DeclarationKind::Group(group) = &declaration.kind {
            for field in &group.attributes {
                let name = address::of_statement(field).word().clone();
                of_clauses(|| format!("{of}.{name}").into(), &field.clauses, field.span, &mut marks, out);
            }
        }
    }
    marks
}

/// The marks on the statements of a procedure, its pages, notices and steps.
pub(super) fn of_procedure(tree: &ast::Procedure, span: Span, out: &mut Diagnostics) -> Vec<Unverified> {
    let mut marks = Vec::new();
    let whole = tree.clauses.unverified.as_deref();
    marks.extend(whole.map(|whole| mark(tree.name.text.clone(), Part::Whole, span, whole, out)));
    for item in address::items(tree) {
        of_clauses(|| item.address().to_string().into(), item.clauses(), item.span(), &mut marks, out);
    }
    marks
}

fn of_clauses(of: impl FnOnce() -> Text, clauses: &ast::Clauses, span: Span, marks: &mut Vec<Unverified>, out: &mut Diagnostics) {
    let found = clauses.unverified.as_deref();
    marks.extend(found.map(|found| mark(of(), Part::Whole, span, found, out)));
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
