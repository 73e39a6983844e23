//! What each engine wants beyond the common standard, and nothing it would not read.
//!
//! Camunda 7, CIB seven and Operaton read the `camunda:` namespace; Camunda 8 (Zeebe) reads `zeebe:`; Flowable `flowable:`;
//! SpiffWorkflow `spiffworkflow:`. Conditions are JUEL, FEEL, JUEL, Python.

use crate::formats::xml::{Element, element};
use crate::targets::expression::plain::Plain;
use crate::targets::expression::{feel, juel, python};

use super::document::{Node, NodeKind, Process};

/// A family of engines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    /// Camunda 7, CIB seven, Operaton.
    C7,
    /// Camunda 8.
    C8,
    /// Flowable.
    Flowable,
    /// SpiffWorkflow.
    Spiff,
}

/// How long finished cases stay readable in the engine.
const HISTORY: &str = "P3650D";

/// The variable by which messages find their case.
const CASE: &str = "aktenzeichen";

impl Dialect {
    /// All, in the order of their files.
    pub const ALL: [Dialect; 4] = [Dialect::C7, Dialect::C8, Dialect::Flowable, Dialect::Spiff];

    /// The name in `prozess.<name>.bpmn`.
    pub fn name(self) -> &'static str {
        match self {
            Dialect::C7 => "c7",
            Dialect::C8 => "c8",
            Dialect::Flowable => "flowable",
            Dialect::Spiff => "spiff",
        }
    }

    /// The namespace of its extensions: attribute and address.
    pub fn namespace(self) -> (&'static str, &'static str) {
        match self {
            Dialect::C7 => ("xmlns:camunda", "http://camunda.org/schema/1.0/bpmn"),
            Dialect::C8 => ("xmlns:zeebe", "http://camunda.org/schema/zeebe/1.0"),
            Dialect::Flowable => ("xmlns:flowable", "http://flowable.org/bpmn"),
            Dialect::Spiff => ("xmlns:spiffworkflow", "http://spiffworkflow.org/bpmn/schema/1.0/core"),
        }
    }

    /// The `process` element without its content.
    pub fn process(self, process: &Process) -> Element {
        let begun = element("bpmn:process")
            .attribute("id", process.id.as_str())
            .attribute("name", process.name.as_str())
            .attribute("isExecutable", "true");
        match (self, &process.version) {
            (Dialect::C7, version) => {
                begun.attribute("camunda:historyTimeToLive", HISTORY).maybe("camunda:versionTag", version.as_deref())
            }
            (Dialect::C8, Some(version)) => {
                let tag = element("zeebe:versionTag").attribute("value", version.as_str());
                begun.child(element("bpmn:extensionElements").child(tag))
            }
            _ => begun,
        }
    }

    /// The element of a node with the attributes of the dialect, without name and content.
    pub fn node(self, node: &Node) -> Element {
        let name = match &node.kind {
            NodeKind::Start { .. } => "bpmn:startEvent",
            NodeKind::End => "bpmn:endEvent",
            NodeKind::UserTask => "bpmn:userTask",
            NodeKind::ServiceTask { .. } => "bpmn:serviceTask",
            NodeKind::Decision { .. } if self == Dialect::Flowable => "bpmn:serviceTask",
            NodeKind::Decision { .. } => "bpmn:businessRuleTask",
            NodeKind::Exclusive => "bpmn:exclusiveGateway",
            NodeKind::Parallel => "bpmn:parallelGateway",
            NodeKind::EventBased => "bpmn:eventBasedGateway",
            NodeKind::Message { .. } | NodeKind::Timer { .. } => "bpmn:intermediateCatchEvent",
            NodeKind::BoundaryTimer { .. } => "bpmn:boundaryEvent",
        };
        element(name).attribute("id", node.id.as_str())
    }

    /// The attributes of a task.
    pub fn attributes(self, begun: Element, node: &Node, role: &str) -> Element {
        match (self, &node.kind) {
            (Dialect::C7, NodeKind::UserTask) => {
                begun.attribute("camunda:formKey", node.id.as_str()).attribute("camunda:candidateGroups", role)
            }
            (Dialect::Flowable, NodeKind::UserTask) => {
                begun.attribute("flowable:formKey", node.id.as_str()).attribute("flowable:candidateGroups", role)
            }
            (Dialect::C7, NodeKind::ServiceTask { topic }) => {
                begun.attribute("camunda:type", "external").attribute("camunda:topic", topic.as_str())
            }
            (Dialect::Flowable, NodeKind::ServiceTask { topic }) => {
                begun.attribute("flowable:type", "external-worker").attribute("flowable:topic", topic.as_str())
            }
            (Dialect::C7, NodeKind::Decision { decision, result }) => begun
                .attribute("camunda:decisionRef", decision.as_str())
                .attribute("camunda:resultVariable", result.as_str())
                .attribute("camunda:mapDecisionResult", "singleEntry"),
            (Dialect::Flowable, NodeKind::Decision { .. }) => begun.attribute("flowable:type", "dmn"),
            _ => begun,
        }
    }

    /// The extension elements of a node.
    pub fn extensions(self, node: &Node, role: &str) -> Vec<Element> {
        match (self, &node.kind) {
            (Dialect::C8, NodeKind::UserTask) => vec![
                element("zeebe:userTask"),
                element("zeebe:formDefinition").attribute("externalReference", node.id.as_str()),
                element("zeebe:assignmentDefinition").attribute("candidateGroups", role),
            ],
            (Dialect::C8, NodeKind::ServiceTask { topic }) => {
                vec![element("zeebe:taskDefinition").attribute("type", topic.as_str()).attribute("retries", "3")]
            }
            (Dialect::C8, NodeKind::Decision { decision, result }) => vec![
                element("zeebe:calledDecision")
                    .attribute("decisionId", decision.as_str())
                    .attribute("resultVariable", result.as_str()),
            ],
            (Dialect::Flowable, NodeKind::Decision { decision, .. }) => {
                let field = |name: &str, value: &str| {
                    element("flowable:field").attribute("name", name).child(element("flowable:string").text(value))
                };
                vec![field("decisionTableReferenceKey", decision), field("decisionTaskThrowErrorOnNoHits", "true")]
            }
            (Dialect::Spiff, NodeKind::ServiceTask { topic }) => vec![
                element("spiffworkflow:serviceTaskOperator")
                    // With a slash it is no NCName: SpiffWorkflow looks nodes up by any `id` in the file.
                    .attribute("id", format!("verwaltung/{topic}"))
                    .attribute("resultVariable", format!("{}_ergebnis", node.id))
                    .child(element("spiffworkflow:parameters")),
            ],
            (Dialect::Spiff, NodeKind::Decision { decision, .. }) => {
                vec![element("spiffworkflow:calledDecisionId").text(decision.as_str())]
            }
            _ => Vec::new(),
        }
    }

    /// The extension elements of a message for which a case waits.
    pub fn waited_message(self) -> Vec<Element> {
        match self {
            Dialect::C8 => vec![element("zeebe:subscription").attribute("correlationKey", format!("={CASE}"))],
            _ => Vec::new(),
        }
    }

    /// A duration as this engine reads it.
    pub fn duration(self, iso: &str) -> String {
        match self {
            Dialect::Spiff => format!("\"{iso}\""),
            _ => iso.to_owned(),
        }
    }

    /// A condition as this engine reads it.
    pub fn condition(self, condition: &Plain) -> String {
        match self {
            Dialect::C7 | Dialect::Flowable => format!("${{{}}}", juel::print(condition)),
            Dialect::C8 => format!("={}", feel::print(condition)),
            Dialect::Spiff => python::print(condition),
        }
    }
}
