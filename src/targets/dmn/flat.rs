//! Decisions for engines that know one table at a time: every condition is written out in the engine's own language.

use crate::both;
use crate::model::norm::cite;
use crate::model::text::in_words;
use crate::model::{DecisionId, Library, Procedure, machine_name};
use crate::rules::naming::name_of;
use crate::targets::expression::plain::known::unit;
use crate::targets::expression::plain::{Lowering, Plain, Refused};
use crate::targets::expression::{juel, python};
use crate::targets::{Degree, Loss};

use super::document::{Column, Decision, Document, Logic, Row, Table};
use super::graph::{LEFT_OPEN, reason};

/// An engine that takes one table at a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// Flowable: JUEL, one file.
    Flowable,
    /// SpiffWorkflow: Python, a file a table.
    Spiff,
}

impl Engine {
    /// A condition as a cell that needs no question.
    fn cell(self, condition: &Plain) -> String {
        match (self, condition) {
            (_, Plain::Truth(true)) => String::from("-"),
            (Engine::Flowable, condition) => format!("#{{{}}}", juel::print(condition)),
            (Engine::Spiff, condition) => python::print(condition),
        }
    }

    /// A value as an answer.
    fn answer(self, value: &Plain) -> String {
        match (self, value) {
            (Engine::Flowable, Plain::Text(text)) if is_simple(text) => format!("\"{text}\""),
            (Engine::Flowable, value) => format!("#{{{}}}", juel::print(value)),
            (Engine::Spiff, value) => python::print(value),
        }
    }

    /// What the engine is asked where the cells say it all: something that is always there, or the truth they are compared with.
    fn question(self) -> (String, &'static str) {
        match self {
            Engine::Flowable => (String::from("antragsdatum"), "string"),
            Engine::Spiff => (String::from("True"), "boolean"),
        }
    }
}

fn is_simple(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

/// The document of one decision or several.
pub fn document(procedure: &Procedure, decisions: Vec<Decision>) -> Document {
    Document { id: machine_name(&procedure.name), title: procedure.title.de.to_string(), decisions, ..Document::default() }
}

/// All preconditions in one table: the first that fails says no.
pub fn preconditions(engine: Engine, library: &Library, procedure: &Procedure, path: &str, losses: &mut Vec<Loss>) -> Decision {
    let lowering = Lowering::new(library, procedure);
    let (mut rows, mut all) = (Vec::new(), Vec::new());
    let mut complete = true;
    for precondition in procedure.preconditions.values() {
        let condition = &precondition.condition;
        match lowering.true_when(condition).and_then(|yes| Ok((yes, lowering.false_when(condition)?))) {
            Ok((yes, no)) => {
                if no != Plain::Truth(false) {
                    let cells = vec![engine.cell(&no)];
                    rows.push(Row { cells, result: engine.answer(&Plain::text("nein")), note: reason(precondition) });
                }
                all.push(yes);
            }
            Err(why) => {
                complete = false;
                let what = precondition.name.to_string();
                losses.push(Loss { path: path.to_owned(), degree: Degree::Dropped, what, why });
            }
        }
    }
    if complete {
        let note = String::from("Alle Voraussetzungen sind erfüllt.");
        rows.push(Row { cells: vec![engine.cell(&Plain::all(all))], result: engine.answer(&Plain::text("ja")), note });
    }
    rows.push(Row {
        cells: vec![String::from("-")],
        result: engine.answer(&Plain::text("offen")),
        note: String::from(LEFT_OPEN),
    });
    let (expression, typ) = engine.question();
    let columns = vec![Column { label: String::from("Trifft zu"), expression, typ }];
    Decision {
        id: String::from("voraussetzungen"),
        name: String::from("Voraussetzungen"),
        description: cite(&procedure.norms),
        variable: String::from("erfuellt"),
        typ: "string",
        uses: Vec::new(),
        logic: Logic::Table(Table { policy: "FIRST", columns, rows }),
    }
}

/// One table. Where nothing follows, its answer is missing.
pub fn table(
    engine: Engine,
    library: &Library,
    procedure: &Procedure,
    id: DecisionId,
    path: &str,
    losses: &mut Vec<Loss>,
) -> Option<Decision> {
    let table = procedure.decisions.get(id)?;
    let first = table.outputs.iter().position(|output| !output.is_norm)?;
    let output = table.outputs.get(first)?;
    let (question, typ) = engine.question();
    let columns = table.inputs.iter().map(|input| Column {
        label: name_of(library, procedure, input).unwrap_or_default(),
        expression: question.clone(),
        typ,
    });
    let mut columns: Vec<Column> = columns.collect();
    if columns.is_empty() {
        columns.push(Column { label: String::from("Trifft zu"), expression: question, typ });
    }
    let mut rows = match rows(engine, library, procedure, id, first) {
        Ok(rows) => rows,
        Err(why) => {
            losses.push(Loss { path: path.to_owned(), degree: Degree::Dropped, what: table.name.to_string(), why });
            Vec::new()
        }
    };
    let cells = vec![String::from("-"); columns.len()];
    rows.push(Row { cells, result: engine.answer(&Plain::Null), note: String::from(LEFT_OPEN) });
    Some(Decision {
        id: machine_name(&table.name),
        name: in_words(&table.name),
        description: cite(&table.norms),
        variable: machine_name(&output.name),
        typ: match output.typ.base(library) {
            crate::model::Type::Truth => "boolean",
            base if unit(library, base).is_some() => "number",
            _ => "string",
        },
        uses: Vec::new(),
        logic: Logic::Table(Table { policy: "FIRST", columns, rows }),
    })
}

fn rows(engine: Engine, library: &Library, procedure: &Procedure, id: DecisionId, column: usize) -> Result<Vec<Row>, Refused> {
    let lowering = Lowering::new(library, procedure);
    let Some(table) = procedure.decisions.get(id) else { return Ok(Vec::new()) };
    let mut inputs = Vec::with_capacity(table.inputs.len());
    for input in &table.inputs {
        inputs.push(lowering.lower(input)?);
    }
    let mut rows = Vec::with_capacity(table.rows.len());
    for row in &table.rows {
        let mut cells = Vec::with_capacity(row.cells.len());
        for (cell, input) in row.cells.iter().zip(&inputs) {
            cells.push(engine.cell(&lowering.cell(cell, input)?.yes));
        }
        let Some(result) = row.results.get(column) else {
            return Err(both!("Eine Zeile hat keine Antwort.", "A row has no answer."));
        };
        rows.push(Row { cells, result: engine.answer(&lowering.value(result)?), note: String::new() });
    }
    Ok(rows)
}
