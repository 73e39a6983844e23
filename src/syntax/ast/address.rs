//! How people speak of a statement or step: by its kind and its name. Variants, clauses and reports use it.
//!
//! [`items`] lists everything of a procedure that can be spoken of, flat, each with what it stands in.

use std::fmt;

use super::{
    Check, Clauses, DecideWhat, Name, Operation, Payload, Procedure, Statement, StatementKind, Step, StepKind, Target, Verb, Who,
};
use crate::source::{Span, Text};

/// The kind of a statement by its German keyword, and its name, if it has one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Address {
    /// `feld`
    pub kind: Text,
    /// `zahlt`; `None` for what exists only once, and for what nobody gave a name.
    pub name: Option<Text>,
}

impl fmt::Display for Address {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.name {
            Some(name) => write!(out, "{} {name}", self.kind),
            None => out.write_str(&self.kind),
        }
    }
}

impl Address {
    /// The word by which a clause or a variant speaks of it: its name, or its kind where it has none.
    pub fn word(&self) -> &Text {
        self.name.as_ref().unwrap_or(&self.kind)
    }
}

/// A statement or step of a procedure.
#[derive(Debug, Clone, Copy)]
pub struct Item<'t> {
    /// Which.
    pub what: What<'t>,
    /// The item it stands in: a page, a notice, the workflow, a branch.
    pub within: Option<usize>,
}

/// What an [`Item`] is.
#[derive(Debug, Clone, Copy)]
pub enum What<'t> {
    /// A statement of the procedure, a page or a notice.
    Statement(&'t Statement),
    /// A step of the workflow.
    Step(&'t Step),
}

impl<'t> Item<'t> {
    /// Its address.
    pub fn address(&self) -> Address {
        match self.what {
            What::Statement(statement) => of_statement(statement),
            What::Step(step) => of_step(step),
        }
    }

    /// Where it stands.
    pub fn span(&self) -> Span {
        match self.what {
            What::Statement(statement) => statement.span,
            What::Step(step) => step.span,
        }
    }

    /// Its clauses.
    pub fn clauses(&self) -> &'t Clauses {
        match self.what {
            What::Statement(statement) => &statement.clauses,
            What::Step(step) => &step.clauses,
        }
    }
}

/// Everything of a procedure that can be spoken of: each item before what stands in it.
pub fn items(tree: &Procedure) -> Vec<Item<'_>> {
    let mut items = Vec::new();
    add_statements(&tree.statements, None, &mut items);
    items
}

/// Everything that an operation brings along.
pub fn items_of(payload: &Payload) -> Vec<Item<'_>> {
    let mut items = Vec::new();
    match payload {
        Payload::Statement(statement) => add_statements(std::slice::from_ref(statement.as_ref()), None, &mut items),
        Payload::Step(step) => add_steps(std::slice::from_ref(step.as_ref()), None, &mut items),
        Payload::Parameter(_) | Payload::Target(_) => {}
    }
    items
}

fn add_statements<'t>(statements: &'t [Statement], within: Option<usize>, items: &mut Vec<Item<'t>>) {
    for statement in statements {
        let own = items.len();
        items.push(Item { what: What::Statement(statement), within });
        match &statement.kind {
            StatementKind::Page { statements, .. } | StatementKind::Notice { statements, .. } => {
                add_statements(statements, Some(own), items);
            }
            StatementKind::Workflow(block) => add_steps(&block.steps, Some(own), items),
            _ => {}
        }
    }
}

fn add_steps<'t>(steps: &'t [Step], within: Option<usize>, items: &mut Vec<Item<'t>>) {
    for step in steps {
        let own = items.len();
        items.push(Item { what: What::Step(step), within });
        match &step.kind {
            StepKind::Branch { then, otherwise, .. } => {
                add_steps(&then.steps, Some(own), items);
                otherwise.iter().for_each(|block| add_steps(&block.steps, Some(own), items));
            }
            StepKind::Parallel(block) => add_steps(&block.steps, Some(own), items),
            _ => {}
        }
    }
}

fn named(kind: &str, name: &Name) -> Address {
    Address { kind: kind.into(), name: Some(name.text.clone()) }
}

fn nameless(kind: &str) -> Address {
    Address { kind: kind.into(), name: None }
}

/// The address of a statement.
pub fn of_statement(statement: &Statement) -> Address {
    match &statement.kind {
        StatementKind::ServiceKey(_) => nameless("leistung"),
        StatementKind::Regime(_) => nameless("verfahrensrecht"),
        StatementKind::Version { .. } => nameless("version"),
        StatementKind::Channel { kind, .. } => named("kanal", kind),
        StatementKind::Competence { .. } => nameless("zuständig"),
        StatementKind::Remedy { .. } => nameless("rechtsbehelf"),
        StatementKind::Participant(participant) => named("beteiligt", &participant.name),
        StatementKind::Need { alternatives, .. } => {
            let ways = alternatives.iter().map(|way| joined(way, " und "));
            Address { kind: "benötigt".into(), name: Some(ways.collect::<Vec<_>>().join(" oder ").into()) }
        }
        StatementKind::Attachment { name, .. } => named("anlage", name),
        StatementKind::Investigate { attributes, of } => {
            let of = of.as_ref().map(|of| format!("{}.", of.text)).unwrap_or_default();
            let name = attributes.iter().map(|name| format!("{of}{}", name.text)).collect::<Vec<_>>().join(", ");
            Address { kind: "ermittle".into(), name: Some(name.into()) }
        }
        StatementKind::Ask(reference) => {
            let path: Vec<&str> = reference.segments.iter().map(|segment| segment.name.text.as_ref()).collect();
            Address { kind: "erfrage".into(), name: Some(path.join(".").into()) }
        }
        StatementKind::Page { name, .. } => named("seite", name),
        StatementKind::Attributes { participant, .. } => named("angaben", participant),
        StatementKind::Field(field) => named("feld", &field.name),
        StatementKind::Hint { name, .. } => Address { kind: "hinweis".into(), name: name.as_ref().map(|name| name.text.clone()) },
        StatementKind::Declaration { name, .. } => named("erklärung", name),
        StatementKind::Rule { name, .. } => named("regel", name),
        StatementKind::Decision { name, .. } => named("entscheidung", name),
        StatementKind::Precondition { name, .. } => named("voraussetzung", name),
        StatementKind::Fee { name, .. } => named("gebühr", name),
        StatementKind::Deadline { name, period: true, .. } => named("zeitraum", name),
        StatementKind::Deadline { name, .. } => named("frist", name),
        StatementKind::Workflow(_) => nameless("ablauf"),
        StatementKind::Notice { name, .. } => named("bescheid", name),
        StatementKind::NoticeText { name, .. } => {
            Address { kind: "text".into(), name: name.as_ref().map(|name| name.text.clone()) }
        }
        StatementKind::SetOff(_) => nameless("angerechnet"),
        StatementKind::Reasons => nameless("gründe"),
        StatementKind::Clause { name, .. } => named("nebenbestimmung", name),
        StatementKind::Opening { who, must, what, .. } => {
            let kind = match (who, must) {
                (Who::Lands, false) => "länder dürfen",
                (Who::Lands, true) => "länder müssen",
                (Who::Municipalities, false) => "gemeinden dürfen",
                (Who::Municipalities, true) => "gemeinden müssen",
            };
            Address { kind: kind.into(), name: Some(joined(what, ", ").into()) }
        }
        StatementKind::Transition => nameless("übergang"),
        StatementKind::Tolerate { slug, .. } => named("dulde", slug),
        StatementKind::Error => nameless("?"),
    }
}

/// The address of a step.
pub fn of_step(step: &Step) -> Address {
    let other = |kind: &str, name: &str| Address { kind: kind.into(), name: Some(name.into()) };
    match &step.kind {
        StepKind::Receipt => nameless("eingang"),
        StepKind::Check { what: Check::Complete, .. } => other("prüfe", "vollständig"),
        StepKind::Check { what: Check::External { name, .. }, .. } => named("prüfe", name),
        StepKind::Task { name, .. } => named("aufgabe", name),
        StepKind::Decide { what: DecideWhat::Named(name), .. } => named("entscheide", name),
        StepKind::Decide { .. } => other("entscheide", "voraussetzungen"),
        StepKind::Branch { .. } => nameless("wenn"),
        StepKind::Parallel(_) => nameless("gleichzeitig"),
        StepKind::Consult { body, .. } => named("beteilige", body),
        StepKind::Hear { who, .. } => named("höre", who),
        StepKind::Issue(name) => named("erlasse", name),
        StepKind::FollowUp(_) => nameless("wiedervorlage"),
        StepKind::Appointment { name, .. } => named("termin", name),
        StepKind::Collect(name) => named("erhebe", name),
        StepKind::HandOver(name) => named("abgabe", name),
        StepKind::End => nameless("ende"),
        StepKind::Error => nameless("?"),
    }
}

/// What an operation speaks of.
pub fn of_payload(payload: &Payload) -> Address {
    match payload {
        Payload::Statement(statement) => of_statement(statement),
        Payload::Step(step) => of_step(step),
        Payload::Parameter(parameter) => named("parameter", &parameter.name),
        Payload::Target(Target { kind, name, .. }) => {
            let name = if name.is_empty() { None } else { Some(joined(name, ".").into()) };
            Address { kind: kind.as_ref().map_or_else(|| "".into(), |kind| kind.text.clone()), name }
        }
    }
}

/// What an operation does, for people: `setze rechtsbehelf`.
pub fn title(operation: &Operation) -> String {
    let address = of_payload(&operation.payload);
    let what = if address.kind.is_empty() { address.name.unwrap_or_default().to_string() } else { address.to_string() };
    format!("{} {what}", verb(operation.verb))
}

/// The word for a verb.
pub fn verb(verb: Verb) -> &'static str {
    match verb {
        Verb::Set => "setze",
        Verb::Add => "ergänze",
        Verb::Remove => "streiche",
    }
}

fn joined(names: &[Name], between: &str) -> String {
    names.iter().map(|name| name.text.as_ref()).collect::<Vec<_>>().join(between)
}
