//! Decisions as a document: what is decided, from what, by which logic. Written as DMN 1.3.

use crate::formats::xml::{Element, element};

use super::layout::{self, Box};

/// The days for which engines keep what was decided.
const KEPT: &str = "P3650D";

/// A file of decisions.
#[derive(Debug, Clone, Default)]
pub struct Document {
    /// The procedure's machine name.
    pub id: String,
    /// The procedure's title.
    pub title: String,
    /// The language of all expressions, where it is not to be guessed.
    pub language: Option<&'static str>,
    /// What is known.
    pub inputs: Vec<InputData>,
    /// What is decided; what a decision rests on stands before it.
    pub decisions: Vec<Decision>,
    /// Whether it has a diagram.
    pub drawn: bool,
}

/// Something known.
#[derive(Debug, Clone)]
pub struct InputData {
    /// Its id in the document.
    pub id: String,
    /// The variable that holds it.
    pub variable: String,
    /// Its type in FEEL.
    pub typ: &'static str,
    /// What it is, for people.
    pub description: String,
}

/// Something decided.
#[derive(Debug, Clone)]
pub struct Decision {
    /// Its id, and the name under which others find its value.
    pub id: String,
    /// Its name for people.
    pub name: String,
    /// Its norm, and what else is to be said.
    pub description: String,
    /// The name of its value.
    pub variable: String,
    /// The type of its value.
    pub typ: &'static str,
    /// The variables it rests on.
    pub uses: Vec<String>,
    /// How it is decided.
    pub logic: Logic,
}

/// How something is decided.
#[derive(Debug, Clone)]
pub enum Logic {
    /// By an expression.
    Expression(String),
    /// By a table.
    Table(Table),
}

/// A table with one output.
#[derive(Debug, Clone)]
pub struct Table {
    /// `UNIQUE` or `FIRST`.
    pub policy: &'static str,
    /// The columns that are asked.
    pub columns: Vec<Column>,
    /// The rows in order.
    pub rows: Vec<Row>,
}

/// A column that is asked.
#[derive(Debug, Clone)]
pub struct Column {
    /// Its heading.
    pub label: String,
    /// What is asked.
    pub expression: String,
    /// Its type.
    pub typ: &'static str,
}

/// A row.
#[derive(Debug, Clone)]
pub struct Row {
    /// A test a column.
    pub cells: Vec<String>,
    /// What follows.
    pub result: String,
    /// Why, for people.
    pub note: String,
}

impl Document {
    /// The whole file.
    pub fn encode(&self) -> String {
        let mut root = element("definitions")
            .attribute("xmlns", "https://www.omg.org/spec/DMN/20191111/MODEL/")
            .attribute("xmlns:dmndi", "https://www.omg.org/spec/DMN/20191111/DMNDI/")
            .attribute("xmlns:dc", "http://www.omg.org/spec/DMN/20180521/DC/")
            .attribute("xmlns:di", "http://www.omg.org/spec/DMN/20180521/DI/")
            .attribute("xmlns:camunda", "http://camunda.org/schema/1.0/dmn")
            .attribute("id", format!("{}.entscheidungen", self.id))
            .attribute("name", format!("{}: Entscheidungen", self.title))
            .attribute("namespace", format!("urn:blaupause:{}", self.id))
            .attribute("exporter", "Blaupause");
        for input in &self.inputs {
            root = root.child(
                element("inputData")
                    .attribute("id", input.id.as_str())
                    .attribute("name", input.variable.as_str())
                    .child(element("description").text(input.description.as_str()))
                    .child(
                        element("variable")
                            .attribute("id", format!("{}.wert", input.id))
                            .attribute("name", input.variable.as_str())
                            .attribute("typeRef", input.typ),
                    ),
            );
        }
        for decision in &self.decisions {
            root = root.child(self.decision(decision));
        }
        if self.drawn { root.child(self.diagram()) } else { root }.document()
    }

    fn decision(&self, decision: &Decision) -> Element {
        let id = decision.id.as_str();
        let mut written = element("decision")
            .attribute("id", id)
            .attribute("name", decision.name.as_str())
            .attribute("camunda:historyTimeToLive", KEPT);
        if !decision.description.is_empty() {
            written = written.child(element("description").text(decision.description.as_str()));
        }
        written = written.child(
            element("variable")
                .attribute("id", format!("{id}.wert"))
                .attribute("name", decision.variable.as_str())
                .attribute("typeRef", decision.typ),
        );
        for (required, is_input) in self.required(decision) {
            let what = if is_input { "requiredInput" } else { "requiredDecision" };
            written = written.child(
                element("informationRequirement")
                    .attribute("id", format!("{required}.{id}"))
                    .child(element(what).attribute("href", format!("#{required}"))),
            );
        }
        written.child(match &decision.logic {
            Logic::Expression(text) => element("literalExpression")
                .attribute("id", format!("{id}.ausdruck"))
                .attribute("typeRef", decision.typ)
                .maybe("expressionLanguage", self.language)
                .child(element("text").text(text.as_str())),
            Logic::Table(table) => self.table(decision, table),
        })
    }

    fn table(&self, decision: &Decision, table: &Table) -> Element {
        let id = decision.id.as_str();
        let mut written = element("decisionTable").attribute("id", format!("{id}.tabelle")).attribute("hitPolicy", table.policy);
        for (number, column) in table.columns.iter().enumerate() {
            written = written.child(
                element("input").attribute("id", format!("{id}.frage{number}")).attribute("label", column.label.as_str()).child(
                    element("inputExpression")
                        .attribute("id", format!("{id}.frage{number}.ausdruck"))
                        // Operaton and CIB seven take a day only as their own type: without a type they leave FEEL's alone.
                        .maybe("typeRef", (column.typ != "date").then_some(column.typ))
                        .maybe("expressionLanguage", self.language)
                        .child(element("text").text(column.expression.as_str())),
                ),
            );
        }
        written = written.child(
            element("output")
                .attribute("id", format!("{id}.antwort"))
                .attribute("label", decision.name.as_str())
                .attribute("name", decision.variable.as_str())
                .attribute("typeRef", decision.typ),
        );
        for (number, row) in table.rows.iter().enumerate() {
            let mut rule = element("rule").attribute("id", format!("{id}.zeile{number}"));
            if !row.note.is_empty() {
                rule = rule.child(element("description").text(row.note.as_str()));
            }
            for (column, cell) in row.cells.iter().enumerate() {
                rule = rule.child(
                    element("inputEntry")
                        .attribute("id", format!("{id}.zeile{number}.frage{column}"))
                        .maybe("expressionLanguage", self.language)
                        .child(element("text").text(cell.as_str())),
                );
            }
            written = written.child(
                rule.child(
                    element("outputEntry")
                        .attribute("id", format!("{id}.zeile{number}.antwort"))
                        .maybe("expressionLanguage", self.language)
                        .child(element("text").text(row.result.as_str())),
                ),
            );
        }
        written
    }

    /// What a decision rests on: ids, and whether they are inputs.
    fn required(&self, decision: &Decision) -> Vec<(&str, bool)> {
        let inputs = self.inputs.iter().map(|input| (input.variable.as_str(), input.id.as_str(), true));
        let decisions = self.decisions.iter().map(|other| (other.variable.as_str(), other.id.as_str(), false));
        inputs
            .chain(decisions)
            .filter(|(variable, id, _)| *id != decision.id && decision.uses.iter().any(|used| used == variable))
            .map(|(_, id, is_input)| (id, is_input))
            .collect()
    }

    fn diagram(&self) -> Element {
        let mut boxes: Vec<Box<'_>> = self.inputs.iter().map(|input| Box { id: &input.id, rests_on: Vec::new() }).collect();
        for decision in &self.decisions {
            let rests_on = self.required(decision).into_iter().map(|(id, _)| id).collect();
            boxes.push(Box { id: &decision.id, rests_on });
        }
        let drawing = layout::lay_out(&boxes);
        let number = |number: i32| number.to_string();
        let mut diagram = element("dmndi:DMNDiagram").attribute("id", format!("{}.diagramm", self.id));
        for shape in &drawing.shapes {
            diagram = diagram.child(
                element("dmndi:DMNShape")
                    .attribute("id", format!("{}.form", shape.id))
                    .attribute("dmnElementRef", shape.id)
                    .child(
                        element("dc:Bounds")
                            .attribute("height", number(layout::HEIGHT))
                            .attribute("width", number(layout::WIDTH))
                            .attribute("x", number(shape.x))
                            .attribute("y", number(shape.y)),
                    ),
            );
        }
        for edge in &drawing.edges {
            let id = format!("{}.{}", edge.from, edge.to);
            let points =
                edge.points.iter().map(|(x, y)| element("di:waypoint").attribute("x", number(*x)).attribute("y", number(*y)));
            diagram = diagram.child(
                element("dmndi:DMNEdge")
                    .attribute("id", format!("{id}.linie"))
                    .attribute("dmnElementRef", id)
                    .children(points.collect::<Vec<_>>()),
            );
        }
        element("dmndi:DMNDI").child(diagram)
    }
}
