//! How others speak of a statement: variants that change it, notes that name it.

use super::Name;
use super::procedure::{Statement, StatementKind};
use super::workflow::{Check, DecideWhat, Step, StepKind};
use crate::source::Text;

/// The kind of a statement in the words of the language, and the name under which others speak of it. What exists only once in a
/// procedure has no name.
pub fn of(statement: &Statement) -> (&'static str, Option<Text>) {
    let named = |kind: &'static str, name: &Name| (kind, Some(name.text.clone()));
    match &statement.kind {
        StatementKind::ServiceKey(_) => ("leistung", None),
        StatementKind::Regime(_) => ("verfahrensrecht", None),
        StatementKind::Version { .. } => ("version", None),
        StatementKind::Channel { kind, .. } => named("kanal", kind),
        StatementKind::Competence { .. } => ("zuständig", None),
        StatementKind::Remedy { .. } => ("rechtsbehelf", None),
        StatementKind::Participant(participant) => named("beteiligt", &participant.name),
        StatementKind::Need { alternatives, .. } => {
            ("benötigt", alternatives.iter().flatten().next().map(|name| name.text.clone()))
        }
        StatementKind::Attachment { name, .. } => named("anlage", name),
        StatementKind::Investigate { attributes, of } => {
            let name = attributes.first().map(|attribute| match of {
                Some(of) => format!("{}.{}", of.text, attribute.text).into(),
                None => attribute.text.clone(),
            });
            ("ermittle", name)
        }
        StatementKind::Ask(reference) => ("erfrage", reference.segments.last().map(|segment| segment.name.text.clone())),
        StatementKind::Page { name, .. } => named("seite", name),
        StatementKind::Attributes { participant, .. } => named("angaben", participant),
        StatementKind::Field(field) => named("feld", &field.name),
        StatementKind::Hint(_) => ("hinweis", None),
        StatementKind::Declaration { name, .. } => named("erklärung", name),
        StatementKind::Rule { name, .. } => named("regel", name),
        StatementKind::Decision { name, .. } => named("entscheidung", name),
        StatementKind::Precondition { name, .. } => named("voraussetzung", name),
        StatementKind::Fee { name, .. } => named("gebühr", name),
        StatementKind::Deadline { name, .. } => named("frist", name),
        StatementKind::Workflow(_) => ("ablauf", None),
        StatementKind::Notice { name, .. } => named("bescheid", name),
        StatementKind::NoticeText(_) => ("text", None),
        StatementKind::SetOff(_) => ("angerechnet", None),
        StatementKind::Reasons => ("gründe", None),
        StatementKind::Clause { name, .. } => named("nebenbestimmung", name),
        StatementKind::Opening { .. } => ("öffnung", None),
        StatementKind::Transition => ("übergang", None),
        StatementKind::Tolerate { slug, .. } => named("dulde", slug),
        StatementKind::Error => ("?", None),
    }
}

/// The name under which others speak of a step.
pub fn of_step(step: &Step) -> Option<Text> {
    match &step.kind {
        StepKind::Task { name, .. }
        | StepKind::Appointment { name, .. }
        | StepKind::Issue(name)
        | StepKind::Collect(name)
        | StepKind::HandOver(name)
        | StepKind::Consult { body: name, .. }
        | StepKind::Hear { who: name, .. }
        | StepKind::Check { what: Check::External { name, .. }, .. } => Some(name.text.clone()),
        StepKind::Check { what: Check::Complete, .. } => Some("vollständig".into()),
        StepKind::Receipt => Some("eingang".into()),
        StepKind::Decide { what: DecideWhat::Named(name), .. } => Some(name.text.clone()),
        StepKind::Decide { .. } => Some("voraussetzungen".into()),
        StepKind::FollowUp(_) => Some("wiedervorlage".into()),
        StepKind::Branch { .. } | StepKind::Parallel(_) | StepKind::End | StepKind::Error => None,
    }
}
