//! A process and its diagram as BPMN 2.0 XML. The order of elements is that of the schema; engines insist on it.

use crate::formats::xml::{Element, element};
use crate::model::text::machine_name;

use super::dialect::Dialect;
use super::document::{MessageFlow, Node, NodeKind, Process};
use super::layout::{Bounds, Diagram, Edge};

/// The id of the authority's pool. Ids that a definition names hold no full stop, so those made here never meet them.
const POOL: &str = "zustaendige_stelle.pool";

/// The whole file.
pub fn encode(process: &Process, authority: &str, diagram: &Diagram, dialect: Dialect) -> String {
    let (prefix, address) = dialect.namespace();
    let mut definitions = element("bpmn:definitions")
        .attribute("xmlns:bpmn", "http://www.omg.org/spec/BPMN/20100524/MODEL")
        .attribute("xmlns:bpmndi", "http://www.omg.org/spec/BPMN/20100524/DI")
        .attribute("xmlns:dc", "http://www.omg.org/spec/DD/20100524/DC")
        .attribute("xmlns:di", "http://www.omg.org/spec/DD/20100524/DI")
        .attribute("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance")
        .attribute(prefix, address)
        .attribute("id", format!("{}.definitionen", process.id))
        .attribute("targetNamespace", format!("urn:blaupause:{}", process.id))
        .attribute("exporter", "Blaupause");
    definitions = definitions.child(collaboration(process, authority)).children(messages(process, dialect));
    definitions.child(body(process, dialect)).child(picture(process, diagram)).document()
}

fn collaboration(process: &Process, authority: &str) -> Element {
    let pool = element("bpmn:participant")
        .attribute("id", POOL)
        .attribute("name", authority)
        .attribute("processRef", process.id.as_str());
    let partners = process
        .partners
        .iter()
        .map(|partner| element("bpmn:participant").attribute("id", partner.id.as_str()).attribute("name", partner.name.as_str()));
    let flows = process.messages.iter().map(|message| {
        let (source, target) = message_ends(process, message);
        element("bpmn:messageFlow")
            .attribute("id", message.id.as_str())
            .attribute("name", message.name.as_str())
            .attribute("sourceRef", source)
            .attribute("targetRef", target)
    });
    element("bpmn:collaboration")
        .attribute("id", format!("{}.zusammenarbeit", process.id))
        .child(pool)
        .children(partners)
        .children(flows)
}

fn message_ends<'p>(process: &'p Process, message: &MessageFlow) -> (&'p str, &'p str) {
    let node = process.nodes.get(message.node).map_or("", |node| node.id.as_str());
    let partner = process.partners.get(message.partner).map_or("", |partner| partner.id.as_str());
    if message.incoming { (partner, node) } else { (node, partner) }
}

/// The messages for which a case begins or waits.
fn messages(process: &Process, dialect: Dialect) -> Vec<Element> {
    let mut known: Vec<&str> = Vec::new();
    let mut found = Vec::new();
    for node in &process.nodes {
        let (message, waited) = match &node.kind {
            NodeKind::Start { message } => (message, false),
            NodeKind::Message { message } => (message, true),
            _ => continue,
        };
        if known.contains(&message.as_str()) {
            continue;
        }
        known.push(message);
        let extensions = if waited { dialect.waited_message() } else { Vec::new() };
        let begun = element("bpmn:message").attribute("id", message_id(message)).attribute("name", message.as_str());
        found.push(with_extensions(begun, extensions));
    }
    found
}

fn message_id(message: &str) -> String {
    format!("{message}.meldung")
}

fn with_extensions(begun: Element, extensions: Vec<Element>) -> Element {
    if extensions.is_empty() { begun } else { begun.child(element("bpmn:extensionElements").children(extensions)) }
}

fn body(process: &Process, dialect: Dialect) -> Element {
    let lanes = process.lanes.iter().enumerate().map(|(index, lane)| {
        let within = process.nodes.iter().filter(|node| node.cell.lane == index);
        element("bpmn:lane")
            .attribute("id", lane.id.as_str())
            .attribute("name", lane.name.as_str())
            .children(within.map(|node| element("bpmn:flowNodeRef").text(node.id.as_str())))
    });
    let lanes = element("bpmn:laneSet").attribute("id", format!("{}.rollen", process.id)).children(lanes);
    let nodes = process.nodes.iter().enumerate().map(|(index, node)| node_element(process, index, node, dialect));
    let flows = process.flows.iter().map(|flow| {
        let id = |node: usize| process.nodes.get(node).map_or("", |node| node.id.as_str());
        let begun = element("bpmn:sequenceFlow")
            .attribute("id", flow.id.as_str())
            .maybe("name", (!flow.name.is_empty()).then_some(flow.name.as_str()))
            .attribute("sourceRef", id(flow.source))
            .attribute("targetRef", id(flow.target));
        match &flow.condition {
            Some(gate) => begun.child(
                element("bpmn:conditionExpression").attribute("xsi:type", "bpmn:tFormalExpression").text(dialect.condition(gate)),
            ),
            None => begun,
        }
    });
    dialect.process(process).child(lanes).children(nodes).children(flows)
}

fn node_element(process: &Process, index: usize, node: &Node, dialect: Dialect) -> Element {
    let lane = process.lanes.get(node.cell.lane).map_or("", |lane| lane.name.as_str());
    let role = machine_name(lane).to_lowercase();
    let default = process.flows.iter().find(|flow| flow.source == index && flow.default);
    let mut begun = dialect
        .node(node)
        .maybe("name", (!node.name.is_empty()).then_some(node.name.as_str()))
        .maybe("default", default.map(|flow| flow.id.as_str()));
    if let NodeKind::BoundaryTimer { host, .. } = node.kind {
        begun = begun.maybe("attachedToRef", process.nodes.get(host).map(|host| host.id.as_str()));
    }
    begun = dialect.attributes(begun, node, &role);
    if !node.documentation.is_empty() {
        begun = begun.child(element("bpmn:documentation").text(node.documentation.as_str()));
    }
    begun = with_extensions(begun, dialect.extensions(node, &role));
    let incoming = process.flows.iter().filter(|flow| flow.target == index);
    let outgoing = process.flows.iter().filter(|flow| flow.source == index);
    begun = begun
        .children(incoming.map(|flow| element("bpmn:incoming").text(flow.id.as_str())))
        .children(outgoing.map(|flow| element("bpmn:outgoing").text(flow.id.as_str())));
    match &node.kind {
        NodeKind::Start { message } | NodeKind::Message { message } => begun.child(
            element("bpmn:messageEventDefinition")
                .attribute("id", format!("{}.ereignis", node.id))
                .attribute("messageRef", message_id(message)),
        ),
        NodeKind::Timer { duration } | NodeKind::BoundaryTimer { duration, .. } => {
            let time =
                element("bpmn:timeDuration").attribute("xsi:type", "bpmn:tFormalExpression").text(dialect.duration(duration));
            begun.child(element("bpmn:timerEventDefinition").attribute("id", format!("{}.ereignis", node.id)).child(time))
        }
        _ => begun,
    }
}

fn picture(process: &Process, diagram: &Diagram) -> Element {
    let plane = element("bpmndi:BPMNPlane")
        .attribute("id", format!("{}.ebene", process.id))
        .attribute("bpmnElement", format!("{}.zusammenarbeit", process.id));
    let band = |id: &str, place: Bounds| shape(id).attribute("isHorizontal", "true").child(rectangle(place));
    let partners = process.partners.iter().zip(&diagram.partners);
    let lanes = process.lanes.iter().zip(&diagram.lanes);
    let nodes = process.nodes.iter().zip(&diagram.shapes).map(|(node, place)| {
        let begun = shape(&node.id);
        let begun = if node.kind == NodeKind::Exclusive { begun.attribute("isMarkerVisible", "true") } else { begun };
        let begun = begun.child(rectangle(place.bounds));
        match place.label {
            Some(label) => begun.child(element("bpmndi:BPMNLabel").child(rectangle(label))),
            None => begun,
        }
    });
    let flows = process.flows.iter().zip(&diagram.edges).map(|(flow, line)| edge(&flow.id, line));
    let messages = process.messages.iter().zip(&diagram.messages).map(|(message, line)| edge(&message.id, line));
    let plane = plane
        .child(band(POOL, diagram.pool))
        .children(partners.map(|(partner, place)| band(&partner.id, *place)))
        .children(lanes.map(|(lane, place)| band(&lane.id, *place)))
        .children(nodes)
        .children(flows)
        .children(messages);
    element("bpmndi:BPMNDiagram").attribute("id", format!("{}.diagramm", process.id)).child(plane)
}

fn shape(id: &str) -> Element {
    element("bpmndi:BPMNShape").attribute("id", format!("{id}.bild")).attribute("bpmnElement", id)
}

fn rectangle(place: Bounds) -> Element {
    element("dc:Bounds")
        .attribute("x", place.x.to_string())
        .attribute("y", place.y.to_string())
        .attribute("width", place.width.to_string())
        .attribute("height", place.height.to_string())
}

fn edge(id: &str, line: &Edge) -> Element {
    let begun = element("bpmndi:BPMNEdge").attribute("id", format!("{id}.bild")).attribute("bpmnElement", id);
    let begun = begun.children(
        line.points
            .iter()
            .map(|point| element("di:waypoint").attribute("x", point.x.to_string()).attribute("y", point.y.to_string())),
    );
    match line.label {
        Some(label) => begun.child(element("bpmndi:BPMNLabel").child(rectangle(label))),
        None => begun,
    }
}
