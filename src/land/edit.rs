//! The three verbs of a variant on the tree of the base: `setze`, `ergänze … hinter`, `streiche`.

use crate::both;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Severity, suggest};
use crate::model::from_syntax::not_yet;
use crate::model::procedure::Change;
use crate::source::{Span, Text};
use crate::syntax::ast::{Block, Operation, Payload, Procedure, Statement, StatementKind, Step, StepKind, Verb};

use super::{address, openings};

/// Applies one operation; gives the place in the base that it touches, or `None` where it can't be applied (reported).
pub(super) fn apply(
    tree: &mut Procedure,
    base: &Procedure,
    operation: &Operation,
    before: &[Change],
    out: &mut Diagnostics,
) -> Option<Span> {
    let applied = match (&operation.verb, &operation.payload) {
        (Verb::Set, Payload::Statement(statement)) => set(tree, base, operation, statement, out),
        (Verb::Add, Payload::Statement(statement)) => add(tree, base, operation, statement, out),
        (Verb::Remove, Payload::Statement(statement)) => {
            let (_, name) = address::of(statement);
            let name = name.unwrap_or_else(|| address::of(statement).0.into());
            remove(tree, base, operation, &name, out)
        }
        (Verb::Remove, Payload::Target { name, .. }) => remove(tree, base, operation, &name.text, out),
        (Verb::Remove, Payload::Step(step)) => {
            let name = address::of_step(step)?;
            remove(tree, base, operation, &name, out)
        }
        (Verb::Set | Verb::Add, Payload::Step(step)) => place_step(tree, base, operation, step, out),
        (Verb::Set | Verb::Add, Payload::Target { name, .. }) => {
            out.push(nothing(operation.span, &name.text, tree));
            None
        }
    }?;
    // What an earlier change put there has its place in the variant.
    let touches = |change: &&Change| change.applied == applied || encloses(change.written, applied);
    let twice = before.iter().filter(|_| operation.verb != Verb::Add && applied != base.name.span).find(touches);
    if let Some(first) = twice {
        let what = address::title(operation);
        out.push(
            Diagnostic::new(
                &CONFLICTING_VARIANTS,
                operation.span,
                both!("„{what}“ ändert, was schon geändert ist.", "“{what}” changes what is changed already."),
            )
            .label(first.written, both!("hier schon geändert", "changed here already"))
            .label(applied, both!("die Stelle im Grundverfahren", "the place in the base"))
            .help(both!("Lassen Sie nur eine der beiden Änderungen stehen.", "Keep only one of the two changes.")),
        );
        return None;
    }
    Some(applied)
}

fn encloses(outer: Span, inner: Span) -> bool {
    outer.file == inner.file && outer.start <= inner.start && inner.end <= outer.end
}

fn set(
    tree: &mut Procedure,
    base: &Procedure,
    operation: &Operation,
    statement: &Statement,
    out: &mut Diagnostics,
) -> Option<Span> {
    if let (StatementKind::Decision { .. }, Verb::Set) = (&statement.kind, operation.verb) {
        let what = both!("Das Ersetzen einzelner Zeilen einer Tabelle", "Replacing single rows of a table");
        out.push(not_yet(operation.span, &what));
        return None;
    }
    let frame = tree.frame;
    let wanted = address::of(statement);
    let statements = scope(tree, operation, out)?;
    let Some(slot) = find(statements, &wanted) else {
        if frame && operation.scope.is_none() {
            // A frame has no federal base: what it leaves out, the Land says.
            tree.statements.push(statement.clone());
            return Some(base.name.span);
        }
        let name = wanted.1.unwrap_or_else(|| wanted.0.into());
        out.push(nothing(operation.span, &name, tree));
        return None;
    };
    let applied = slot.span;
    openings::check(base, slot, operation, out);
    *slot = statement.clone();
    Some(applied)
}

fn add(
    tree: &mut Procedure,
    base: &Procedure,
    operation: &Operation,
    statement: &Statement,
    out: &mut Diagnostics,
) -> Option<Span> {
    openings::check_new(base, statement, operation, out);
    let Some(behind) = &operation.behind else {
        let statements = scope(tree, operation, out)?;
        statements.push(statement.clone());
        return Some(base.name.span);
    };
    let named = |candidate: &Statement| address::of(candidate).1.as_ref() == Some(&behind.text);
    if let Some(statements) = scope(tree, operation, out) {
        if let Some(at) = statements.iter().position(named) {
            let applied = statements.get(at)?.span;
            statements.insert(at + 1, statement.clone());
            return Some(applied);
        }
        for page in statements.iter_mut() {
            let inner = match &mut page.kind {
                StatementKind::Page { statements, .. } | StatementKind::Notice { statements, .. } => statements,
                _ => continue,
            };
            if let Some(at) = inner.iter().position(named) {
                let applied = inner.get(at)?.span;
                inner.insert(at + 1, statement.clone());
                return Some(applied);
            }
        }
    }
    out.push(nothing(behind.span, &behind.text, tree));
    None
}

/// The statements that an operation speaks of: the procedure's, or those of the page or notice after `in`.
fn scope<'a>(tree: &'a mut Procedure, operation: &Operation, out: &mut Diagnostics) -> Option<&'a mut Vec<Statement>> {
    let Some(wanted) = &operation.scope else { return Some(&mut tree.statements) };
    let at = tree.statements.iter().position(|statement| match &statement.kind {
        StatementKind::Page { name, .. } | StatementKind::Notice { name, .. } => name.text == wanted.text,
        _ => false,
    });
    let Some(at) = at else {
        out.push(nothing(wanted.span, &wanted.text, tree));
        return None;
    };
    match &mut tree.statements.get_mut(at)?.kind {
        StatementKind::Page { statements, .. } | StatementKind::Notice { statements, .. } => Some(statements),
        _ => None,
    }
}

/// The statement of a kind and name, also on pages.
fn find<'a>(statements: &'a mut [Statement], wanted: &(&'static str, Option<Text>)) -> Option<&'a mut Statement> {
    for statement in statements {
        if address::of(statement) == *wanted {
            return Some(statement);
        }
        if let StatementKind::Page { statements, .. } = &mut statement.kind
            && let Some(found) = statements.iter_mut().find(|statement| address::of(statement) == *wanted)
        {
            return Some(found);
        }
    }
    None
}

fn remove(tree: &mut Procedure, base: &Procedure, operation: &Operation, name: &Text, out: &mut Diagnostics) -> Option<Span> {
    let kind = match &operation.payload {
        Payload::Statement(statement) => Some(address::of(statement).0),
        _ => None,
    };
    let wanted = |statement: &Statement| {
        let (of_kind, of_name) = address::of(statement);
        kind.is_none_or(|kind| kind == of_kind)
            && (of_name.as_ref() == Some(name) || (of_name.is_none() && of_kind == name.as_ref()))
    };
    if let Some(at) = tree.statements.iter().position(wanted) {
        let removed = tree.statements.remove(at);
        openings::check(base, &removed, operation, out);
        return Some(removed.span);
    }
    for page in &mut tree.statements {
        match &mut page.kind {
            StatementKind::Page { statements, .. } | StatementKind::Notice { statements, .. } => {
                if let Some(at) = statements.iter().position(wanted) {
                    let removed = statements.remove(at);
                    openings::check(base, &removed, operation, out);
                    return Some(removed.span);
                }
            }
            StatementKind::Workflow(block) => {
                if let Some(span) = edit_steps(block, name, &mut |steps, at| {
                    steps.remove(at);
                }) {
                    return Some(span);
                }
            }
            _ => {}
        }
    }
    out.push(nothing(operation.span, name, tree));
    None
}

fn place_step(tree: &mut Procedure, base: &Procedure, operation: &Operation, step: &Step, out: &mut Diagnostics) -> Option<Span> {
    let target = match operation.verb {
        Verb::Set => address::of_step(step),
        _ => operation.behind.as_ref().map(|behind| behind.text.clone()),
    };
    for statement in &mut tree.statements {
        let StatementKind::Workflow(block) = &mut statement.kind else { continue };
        let Some(name) = &target else {
            block.steps.push(step.clone());
            return Some(base.name.span);
        };
        let set = operation.verb == Verb::Set;
        let found = edit_steps(block, name, &mut |steps, at| match steps.get_mut(at) {
            Some(slot) if set => *slot = step.clone(),
            _ => steps.insert(at + 1, step.clone()),
        });
        if found.is_some() {
            return found;
        }
    }
    let name = target.unwrap_or_else(|| "ablauf".into());
    out.push(nothing(operation.span, &name, tree));
    None
}

/// Edits the block that holds the step of this name; gives the step's place.
fn edit_steps(block: &mut Block, name: &Text, edit: &mut dyn FnMut(&mut Vec<Step>, usize)) -> Option<Span> {
    if let Some(at) = block.steps.iter().position(|step| address::of_step(step).as_ref() == Some(name)) {
        let span = block.steps.get(at)?.span;
        edit(&mut block.steps, at);
        return Some(span);
    }
    block.steps.iter_mut().find_map(|step| match &mut step.kind {
        StepKind::Branch { then, otherwise, .. } => {
            edit_steps(then, name, edit).or_else(|| otherwise.as_mut().and_then(|block| edit_steps(block, name, edit)))
        }
        StepKind::Parallel(block) => edit_steps(block, name, edit),
        _ => None,
    })
}

/// "The base has nothing of this name."
fn nothing(span: Span, name: &str, tree: &Procedure) -> Diagnostic {
    let of = &tree.name.text;
    let diagnostic = Diagnostic::new(
        &VARIANT_MATCHES_NOTHING,
        span,
        both!("Im Verfahren „{of}“ gibt es „{name}“ nicht.", "The procedure “{of}” has no “{name}”."),
    )
    .label(tree.name.span, both!("das Grundverfahren", "the base"));
    let known: Vec<Text> = names(&tree.statements);
    match suggest::nearest(name, known.iter().map(AsRef::as_ref)) {
        Some(near) => diagnostic.help(both!("Gemeint ist vielleicht „{near}“.", "Perhaps “{near}” is meant.")),
        None => diagnostic.help(both!(
            "Nennen Sie eine Angabe des Grundverfahrens, oder ergänzen Sie eine neue mit „ergänze“.",
            "Name a statement of the base, or add a new one with “ergänze”."
        )),
    }
}

fn names(statements: &[Statement]) -> Vec<Text> {
    let mut found = Vec::new();
    for statement in statements {
        found.extend(address::of(statement).1);
        if let StatementKind::Page { statements, .. } | StatementKind::Notice { statements, .. } = &statement.kind {
            found.extend(names(statements));
        }
    }
    found
}

/// A change of what does not exist.
pub static VARIANT_MATCHES_NOTHING: Code = Code {
    slug: "variant-matches-nothing",
    severity: Severity::Error,
    title_de: "Variante trifft nichts",
    title_en: "Variant matches nothing",
    norm: None,
    explain_de: "Eine Variante ändert etwas, das es im Grundverfahren nicht gibt, etwa weil es dort umbenannt wurde. Sie würde \
        sonst still wirkungslos.",
    explain_en: "A variant changes something that the base does not have, for instance because it was renamed there. It would silently \
        do nothing otherwise.",
    example: "modul beispiel\n\ngesetz BY.BeispielG \"Bayerisches Beispielgesetz\" ebene BY\n\nverfahren Antrag \"Antrag stellen\" {\n  \
        leistung 99000000000000\n}\n\nvariante Antrag für Bayern {\n  streiche termin nach Art. 1 BY.BeispielG\n}\n",
};

/// Two changes of one statement by the same level.
pub static CONFLICTING_VARIANTS: Code = Code {
    slug: "conflicting-variants",
    severity: Severity::Error,
    title_de: "Widersprechende Varianten",
    title_en: "Conflicting variants",
    norm: None,
    explain_de: "Zwei Änderungen desselben Landes treffen dieselbe Stelle. Die Reihenfolge soll nie entscheiden, also muss eine weichen.",
    explain_en: "Two changes of the same Land touch the same place. Order must never decide, so one of them has to go.",
    example: "modul beispiel\n\ngesetz BY.BeispielG \"Bayerisches Beispielgesetz\" ebene BY\n\nverfahren Antrag \"Antrag stellen\" {\n  \
        leistung 99000000000000\n  rechtsbehelf Widerspruch binnen 1 Monat\n}\n\nvariante Antrag für Bayern {\n  \
        setze rechtsbehelf Klage binnen 1 Monat nach Art. 1 BY.BeispielG\n  \
        setze rechtsbehelf Widerspruch oder Klage binnen 1 Monat nach Art. 2 BY.BeispielG\n}\n",
};
