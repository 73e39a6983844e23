//! Nothing rests on itself.

use std::collections::BTreeSet;

use crate::both;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Severity};
use crate::model::expression::{Context, Expression, ExpressionKind};
use crate::model::{DatumId, DeadlineId, DecisionId, PreconditionId, Procedure, RuleId};
use crate::source::Span;

use super::subject::Subject;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Node {
    Datum(DatumId),
    Rule(RuleId),
    Table(DecisionId),
    Precondition(PreconditionId),
    Deadline(DeadlineId),
}

/// A definition that needs its own result.
pub(super) fn no_definition_rests_on_itself(subject: &Subject<'_>, out: &mut Diagnostics) {
    let procedure = subject.procedure;
    let data = procedure.data.iter().map(|(id, _)| Node::Datum(id));
    let rules = procedure.rules.iter().map(|(id, _)| Node::Rule(id));
    let tables = procedure.decisions.iter().map(|(id, _)| Node::Table(id));
    let preconditions = procedure.preconditions.iter().map(|(id, _)| Node::Precondition(id));
    let mut done = BTreeSet::new();
    let deadlines = procedure.deadlines.iter().map(|(id, _)| Node::Deadline(id));
    for start in data.chain(rules).chain(tables).chain(preconditions).chain(deadlines) {
        if let Some(cycle) = cycle_from(procedure, start, &mut done) {
            out.push(report(procedure, &cycle));
        }
    }
}

/// The first cycle found from a node on. Walks with a list of its own: a chain of a thousand rules must not fill the stack.
fn cycle_from(procedure: &Procedure, start: Node, done: &mut BTreeSet<Node>) -> Option<Vec<Node>> {
    if done.contains(&start) {
        return None;
    }
    let mut path: Vec<(Node, Vec<Node>)> = vec![(start, rests_on(procedure, start))];
    let mut found = None;
    while let Some((node, rest)) = path.last_mut() {
        let Some(next) = rest.pop() else {
            done.insert(*node);
            path.pop();
            continue;
        };
        if let Some(at) = path.iter().position(|(node, _)| *node == next) {
            found = found.or_else(|| Some(path.iter().skip(at).map(|(node, _)| *node).collect()));
        } else if !done.contains(&next) {
            path.push((next, rests_on(procedure, next)));
        }
    }
    found
}

/// What a definition rests on directly, the first named last.
fn rests_on(procedure: &Procedure, node: Node) -> Vec<Node> {
    let mut found = Vec::new();
    let mut add = |expression: &Expression| {
        expression.walk(&mut |part| match part.kind {
            ExpressionKind::Datum(id) => found.push(Node::Datum(id)),
            ExpressionKind::Rule(id) => found.push(Node::Rule(id)),
            ExpressionKind::Decision(id, _) => found.push(Node::Table(id)),
            ExpressionKind::Precondition(id) => found.push(Node::Precondition(id)),
            ExpressionKind::Deadline(id, _) => found.push(Node::Deadline(id)),
            ExpressionKind::Context(Context::AllFulfilled) => {
                found.extend(procedure.preconditions.iter().map(|(id, _)| Node::Precondition(id)));
            }
            _ => {}
        });
    };
    match node {
        Node::Datum(id) => {
            procedure.data.get(id).and_then(|datum| datum.condition.as_ref()).into_iter().for_each(&mut add);
        }
        Node::Rule(id) => procedure.rules.get(id).into_iter().for_each(|rule| add(&rule.expression)),
        Node::Table(id) => {
            if let Some(table) = procedure.decisions.get(id) {
                table.inputs.iter().for_each(&mut add);
                table.rows.iter().flat_map(|row| &row.results).for_each(&mut add);
            }
        }
        Node::Precondition(id) => {
            procedure.preconditions.get(id).into_iter().for_each(|precondition| add(&precondition.condition));
        }
        Node::Deadline(id) => {
            if let Some(deadline) = procedure.deadlines.get(id) {
                add(&deadline.from);
                deadline.condition.iter().for_each(&mut add);
            }
        }
    }
    found.reverse();
    found
}

fn describe(procedure: &Procedure, node: Node) -> Option<(&str, Span)> {
    match node {
        Node::Datum(id) => procedure.data.get(id).map(|datum| (datum.name.as_ref(), datum.span)),
        Node::Rule(id) => procedure.rules.get(id).map(|rule| (rule.name.as_ref(), rule.span)),
        Node::Table(id) => procedure.decisions.get(id).map(|table| (table.name.as_ref(), table.span)),
        Node::Deadline(id) => procedure.deadlines.get(id).map(|deadline| (deadline.name.as_ref(), deadline.span)),
        Node::Precondition(id) => {
            procedure.preconditions.get(id).map(|precondition| (precondition.name.as_ref(), precondition.span))
        }
    }
}

fn report(procedure: &Procedure, cycle: &[Node]) -> Diagnostic {
    let mut members: Vec<(&str, Span)> = cycle.iter().filter_map(|node| describe(procedure, *node)).collect();
    // The same cycle is told from the same place, wherever it was entered.
    if let Some(first) = members.iter().enumerate().min_by_key(|(_, (_, span))| *span).map(|(index, _)| index) {
        members.rotate_left(first);
    }
    let (name, span) = members.first().copied().unwrap_or(("", Span::DETACHED));
    let mut path: Vec<&str> = members.iter().map(|(name, _)| *name).collect();
    path.push(name);
    let path = path.join(" → ");
    let mut diagnostic = Diagnostic::new(
        &CYCLIC_DEFINITION,
        span,
        both!("„{name}“ setzt sich selbst voraus: {path}", "“{name}” rests on itself: {path}"),
    )
    .help(both!(
        "Lösen Sie eine der Abhängigkeiten, zum Beispiel durch eine eigene Frage oder eine eigene Regel.",
        "Undo one of the dependencies, for instance by a question or rule of its own."
    ));
    for (name, span) in members.iter().skip(1) {
        diagnostic = diagnostic.label(*span, both!("„{name}“ gehört dazu", "“{name}” is part of it"));
    }
    diagnostic
}

/// A definition rests on itself.
pub static CYCLIC_DEFINITION: Code = Code {
    slug: "cyclic-definition",
    severity: Severity::Error,
    title_de: "Zirkelschluss",
    title_en: "Circular definition",
    norm: None,
    explain_de: "Eine Regel, Tabelle, Voraussetzung oder Bedingung braucht, direkt oder über andere, ihr eigenes Ergebnis. Dann lässt \
        sich keines davon je berechnen: Wer das eine wissen will, muss das andere schon wissen. Die Meldung zeigt den Kreis; lösen Sie \
        eine der Abhängigkeiten auf.",
    explain_en: "A rule, table, precondition or condition needs its own result, directly or through others. Then none of them can ever \
        be computed. The message shows the circle; undo one of the dependencies.",
    example: "modul beispiel\n\ngesetz PflSchG \"Pflanzenschutzgesetz\" ebene Bund\n\nverfahren Antrag \"Antrag stellen\" nach § 1 PflSchG {\n  \
        leistung 99000000000000\n  verfahrensrecht Bundesrecht\n  regel brutto: Betrag = netto + 10 EUR\n  \
        regel netto: Betrag = brutto - 10 EUR\n}\n",
};
