//! `uischema.json`: the pages as steps for JSON Forms, each control with its place and the rule that shows it.

use std::borrow::Cow;

use crate::both;
use crate::diagnostic::Bilingual;
use crate::formats::tree::{Map, Node};
use crate::model::{Expression, Label, machine_key};
use crate::plan::PlannedEntry;
use crate::targets::expression::json_schema::Bounds;
use crate::targets::expression::test::{EACH, Test};

use super::submission::{DECLARATIONS, EVIDENCE, Submission};

/// The layout, and which conditions it shows too much for.
pub fn layout<'a>(submission: &Submission<'a>) -> (Node<'a>, Vec<(String, Bilingual)>) {
    let mut writer = Writer { submission, losses: Vec::new() };
    let plan = submission.plan;
    let mut steps = Vec::with_capacity(plan.pages.len());
    for page in &plan.pages {
        let elements = page.entries.iter().filter_map(|entry| writer.entry(entry)).collect::<Vec<_>>();
        let mut step = words(Map::new().with("type", "Category"), "label", &page.title);
        if let Some(condition) = &page.condition {
            writer.rule(&mut step, submission.holds(condition), &page.name);
        }
        step.put("elements", unlisted(elements));
        steps.push(step.into());
    }
    let options = Map::new().with("variant", "stepper").with("showNavButtons", true);
    let root = Map::new().with("type", "Categorization").with("elements", steps).with("options", options);
    (root.into(), writer.losses)
}

struct Writer<'s, 'a> {
    submission: &'s Submission<'a>,
    losses: Vec<(String, Bilingual)>,
}

impl<'a> Writer<'_, 'a> {
    fn entry(&mut self, entry: &'a PlannedEntry) -> Option<Map<'a>> {
        let procedure = self.submission.procedure;
        match entry {
            PlannedEntry::Question { datum, .. } => {
                let path = self.submission.place(*datum)?;
                // INVARIANT: a place of one of several persons has three steps. The list as a whole is one control.
                if path.iter().any(|step| step == EACH) {
                    let (participant, _) = procedure.data.get(*datum)?.of?;
                    let participant = procedure.participants.get(participant)?;
                    let mut control = control(&participant.label, scope(path.get(..1)?));
                    if let Some(condition) = &participant.condition {
                        self.rule(&mut control, self.submission.holds(condition), &participant.name);
                    }
                    return Some(control);
                }
                let datum = procedure.data.get(*datum)?;
                let mut control = control(&datum.label, scope(path));
                self.rule(&mut control, self.submission.exists(datum), &datum.name);
                Some(control)
            }
            PlannedEntry::Hint(text, condition) => {
                let mut label = words(Map::new().with("type", "Label"), "text", text);
                if let Some(condition) = condition {
                    self.condition(&mut label, condition, "hinweis");
                }
                Some(label)
            }
            PlannedEntry::Declaration(index) => {
                let declaration = procedure.declarations.get(*index)?;
                let place = [Cow::Borrowed(DECLARATIONS), machine_key(&declaration.name)];
                let mut control = control(&declaration.wording, scope(&place));
                if let Some(condition) = &declaration.condition {
                    self.condition(&mut control, condition, &declaration.name);
                }
                Some(control)
            }
            PlannedEntry::Choice(_) | PlannedEntry::Preview(_) => None,
            PlannedEntry::Evidence(index) => {
                let planned = self.submission.plan.evidence.get(*index)?;
                let kind = self.submission.evidence(planned)?;
                let place = |own: &'static str| [Cow::Borrowed(EVIDENCE), Cow::Borrowed(planned.key.as_str()), own.into()];
                let way = Label { de: "Wie geben Sie den Nachweis ab?".into(), en: Some("How do you hand it in?".into()) };
                let files = Label { de: "Dateien".into(), en: Some("Files".into()) };
                let elements: Vec<Node<'a>> =
                    vec![fixed(&way, scope(&place("weg"))).into(), fixed(&files, scope(&place("dateien"))).into()];
                let mut group = Map::new().with("type", "Group");
                match planned.of.and_then(|of| procedure.participants.get(of)) {
                    Some(person) => group.put("label", format!("{} ({})", kind.label.de, person.label.de)),
                    None => group.put("label", &kind.label.de),
                }
                self.rule(&mut group, self.submission.needed(planned), &planned.key);
                group.put("elements", elements);
                Some(group)
            }
        }
    }

    fn condition(&mut self, element: &mut Map<'a>, condition: &'a Expression, what: &str) {
        self.rule(element, self.submission.holds(condition), what);
    }

    /// The rule that shows an element. Where the condition can't be said exactly it is shown whenever it may be asked.
    fn rule(&mut self, element: &mut Map<'a>, condition: Bounds<'a>, what: &str) {
        if !condition.is_exact() {
            let why = both!(
                "JSON Forms kennt weder den Tag noch Rechnungen: das Feld ist zu sehen, wo es gefragt sein kann.",
                "JSON Forms knows neither the day nor arithmetic: the field is visible wherever it may be asked."
            );
            self.losses.push((what.to_owned(), why));
        }
        if condition.possibly != Test::Always {
            let question = Map::new().with("scope", "#").with("schema", condition.possibly.encode());
            element.put("rule", Map::new().with("effect", "SHOW").with("condition", question));
        }
    }
}

fn control<'a>(label: &'a Label, scope: String) -> Map<'a> {
    words(Map::new().with("type", "Control").with("scope", scope), "label", label)
}

fn fixed<'a>(label: &Label, scope: String) -> Map<'a> {
    let mut control = Map::new().with("type", "Control").with("scope", scope).with("label", label.de.to_string());
    if let Some(english) = &label.en {
        control.put("options", Map::new().with("en", english.to_string()));
    }
    control
}

/// Adds the words: German where JSON Forms looks, English beside.
fn words<'a>(element: Map<'a>, key: &'static str, label: &'a Label) -> Map<'a> {
    let element = element.with(key, &label.de);
    match &label.en {
        Some(english) => element.with("options", Map::new().with("en", english)),
        None => element,
    }
}

/// The same elements, a list of persons only once.
fn unlisted(elements: Vec<Map<'_>>) -> Vec<Node<'_>> {
    let mut once: Vec<Node<'_>> = Vec::with_capacity(elements.len());
    for element in elements {
        let node = Node::Map(element);
        if !once.contains(&node) {
            once.push(node);
        }
    }
    once
}

/// The place of a value in the schema, as JSON Forms addresses it.
fn scope(path: &[Cow<'_, str>]) -> String {
    let mut scope = String::from("#");
    for step in path {
        scope.push_str("/properties/");
        scope.push_str(step);
    }
    scope
}
