//! How a variant speaks of a base statement: by its kind and its name.

use crate::source::Text;
use crate::syntax::ast::{self, Operation, Payload, Statement, StatementKind, Step, StepKind, Verb};

/// The kind of a statement in the words of the language, and the name under which a variant finds it. What exists only once in a
/// procedure has no name.
pub(super) fn of(statement: &Statement) -> (&'static str, Option<Text>) {
    let named = |kind: &'static str, name: &ast::Name| (kind, Some(name.text.clone()));
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

/// The name under which a variant finds a step.
pub(super) fn of_step(step: &Step) -> Option<Text> {
    match &step.kind {
        StepKind::Task { name, .. }
        | StepKind::Appointment { name, .. }
        | StepKind::Issue(name)
        | StepKind::Collect(name)
        | StepKind::HandOver(name)
        | StepKind::Consult { body: name, .. }
        | StepKind::Hear { who: name, .. }
        | StepKind::Check { what: ast::Check::External { name, .. }, .. } => Some(name.text.clone()),
        StepKind::Check { what: ast::Check::Complete, .. } => Some("vollständig".into()),
        StepKind::Receipt => Some("eingang".into()),
        StepKind::Decide { what: ast::DecideWhat::Named(name), .. } => Some(name.text.clone()),
        StepKind::Decide { .. } => Some("voraussetzungen".into()),
        StepKind::FollowUp(_) => Some("wiedervorlage".into()),
        StepKind::Branch { .. } | StepKind::Parallel(_) | StepKind::End | StepKind::Error => None,
    }
}

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
