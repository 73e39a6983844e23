//! The decisions that a procedure rests on, each under its own name, in FEEL.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use crate::both;
use crate::model::norm::cite;
use crate::model::procedure::{Cell, Decision as DecisionTable};
use crate::model::text::in_words;
use crate::model::{
    DecisionId, Expression, ExpressionKind, Library, Literal, ParameterId, PreconditionId, Procedure, RuleId, Type, machine_name,
};
use crate::targets::expression::feel;
use crate::targets::expression::plain::known::{too_fine, unit};
use crate::targets::expression::plain::{Holder, Lowered, Lowering, Plain, References, Refused};
use crate::targets::{Degree, Loss};

use super::columns::{Answers, answers, asked};
use super::document::{Column, Decision, Document, InputData, Logic, Row, Table};

/// How many definitions may be followed at once; they are taken in order, so that few ever are.
const DEEPEST: usize = 24;

/// The decisions made so far.
pub struct Graph<'a> {
    library: &'a Library,
    procedure: &'a Procedure,
    /// The tables that the workflow asks: their answers become its variables.
    asked: &'a [DecisionId],
    state: RefCell<State>,
}

#[derive(Default)]
struct State {
    decisions: Vec<Decision>,
    holders: BTreeMap<Key, Option<Holder>>,
    names: BTreeSet<String>,
    depth: usize,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    Rule(RuleId),
    Output(DecisionId, u32),
    Parameter(ParameterId, Option<Plain>),
}

impl References for Graph<'_> {
    fn rule(&self, id: RuleId) -> Option<Holder> {
        self.once(Key::Rule(id), || self.make_rule(id))
    }

    fn output(&self, id: DecisionId, column: u32) -> Option<Holder> {
        let table = self.procedure.decisions.get(id)?;
        let name = self.name_of_output(table, column)?;
        self.once(Key::Output(id, column), || self.make_table(table, column, name))
    }

    fn parameter(&self, id: ParameterId, option: Option<&Plain>) -> Option<Holder> {
        self.once(Key::Parameter(id, option.cloned()), || self.make_parameter(id, option))
    }
}

impl<'a> Graph<'a> {
    /// No decisions yet. The names of all variables of the process are taken.
    pub fn new(library: &'a Library, procedure: &'a Procedure, asked: &'a [DecisionId]) -> Graph<'a> {
        let mut names: BTreeSet<String> = procedure.data.values().map(|datum| machine_name(&datum.name)).collect();
        names.extend(["antragsdatum", "entscheidungsdatum", "erfuellt", "voraussetzungen"].map(str::to_owned));
        Graph { library, procedure, asked, state: RefCell::new(State { names, ..State::default() }) }
    }

    /// Makes a name for each rule and table that an expression rests on, in the order of their declaration.
    pub fn follow(&self, roots: &[&Expression]) {
        let mut found: BTreeMap<(crate::source::FileId, u32), Key> = BTreeMap::new();
        let mut open: Vec<&Expression> = roots.to_vec();
        let mut seen: BTreeSet<PreconditionId> = BTreeSet::new();
        while let Some(expression) = open.pop() {
            expression.walk(&mut |part| match &part.kind {
                ExpressionKind::Rule(id) => {
                    if let Some(rule) = self.procedure.rules.get(*id)
                        && found.insert((rule.span.file, rule.span.start), Key::Rule(*id)).is_none()
                    {
                        open.push(&rule.expression);
                    }
                }
                ExpressionKind::Decision(id, column) => {
                    if let Some(table) = self.procedure.decisions.get(*id)
                        && found.insert((table.span.file, table.span.start + *column), Key::Output(*id, *column)).is_none()
                    {
                        open.extend(table.inputs.iter().chain(table.rows.iter().flat_map(|row| &row.results)));
                    }
                }
                ExpressionKind::Precondition(id) if seen.insert(*id) => {
                    open.extend(self.procedure.preconditions.get(*id).map(|other| &other.condition));
                }
                _ => {}
            });
        }
        for key in found.into_values() {
            match key {
                Key::Rule(id) => self.rule(id),
                Key::Output(id, column) => self.output(id, column),
                Key::Parameter(..) => None,
            };
        }
    }

    /// A table that the workflow asks.
    pub fn table(&self, id: DecisionId, losses: &mut Vec<Loss>, path: &str) {
        let Some(table) = self.procedure.decisions.get(id) else { return };
        let columns = table.outputs.iter().enumerate().filter(|(_, output)| !output.is_norm);
        let columns: Vec<u32> = columns.filter_map(|(column, _)| u32::try_from(column).ok()).collect();
        let Some(first) = columns.first() else { return };
        self.follow(&table.inputs.iter().chain(table.rows.iter().flat_map(|row| &row.results)).collect::<Vec<_>>());
        let id_of = machine_name(&table.name);
        let made = self.output(id, *first).is_some() && self.state.borrow().decisions.iter().any(|other| other.id == id_of);
        if !made {
            let why = match self.written_table(table, *first) {
                Err(why) => why,
                // A datum is called like the table, so the table stands for itself only.
                Ok((decision, _)) => {
                    self.state.borrow_mut().decisions.push(Decision { id: id_of, ..decision });
                    return;
                }
            };
            losses.push(Loss { path: path.to_owned(), degree: Degree::Dropped, what: table.name.to_string(), why });
            self.state.borrow_mut().decisions.push(Decision {
                id: id_of.clone(),
                name: in_words(&table.name),
                description: cite(&table.norms),
                variable: id_of,
                typ: "string",
                uses: Vec::new(),
                logic: Logic::Expression(String::from("null")),
            });
        } else if columns.len() > 1 {
            losses.push(Loss {
                path: path.to_owned(),
                degree: Degree::Approximated,
                what: table.name.to_string(),
                why: both!(
                    "Das Verfahren übernimmt nur die erste Spalte der Antworten als Variable.",
                    "The procedure takes over only the first column of answers as a variable."
                ),
            });
        }
    }

    /// All preconditions, and the decision over them.
    pub fn preconditions(&self, losses: &mut Vec<Loss>, path: &str) {
        let conditions: Vec<&Expression> = self.procedure.preconditions.values().map(|it| &it.condition).collect();
        self.follow(&conditions);
        let mut columns = Vec::new();
        for precondition in self.procedure.preconditions.values() {
            let lowering = Lowering::with(self.library, self.procedure, self);
            let condition = &precondition.condition;
            let both = lowering.true_when(condition).and_then(|yes| Ok((yes, lowering.false_when(condition)?)));
            let (logic, uses) = match both {
                Ok((yes, no)) => {
                    let otherwise = Plain::choose(no, Plain::text(FAILED), Plain::text(OPEN));
                    let standing = Plain::choose(yes, Plain::text(FULFILLED), otherwise);
                    (feel::print(&standing), uses([&standing]))
                }
                Err(why) => {
                    let what = precondition.name.to_string();
                    losses.push(Loss { path: path.to_owned(), degree: Degree::Dropped, what, why });
                    (feel::text(OPEN), Vec::new())
                }
            };
            let id = self.named(&format!("voraussetzung_{}", machine_name(&precondition.name)));
            columns.push((id.clone(), precondition));
            self.state.borrow_mut().decisions.push(Decision {
                variable: id.clone(),
                id,
                name: in_words(&precondition.name),
                description: cite(&precondition.norms),
                typ: "string",
                uses,
                logic: Logic::Expression(logic),
            });
        }
        let any = || vec![String::from("-"); columns.len()];
        let mut rows = Vec::with_capacity(columns.len() + 2);
        for (number, (_, precondition)) in columns.iter().enumerate() {
            let mut cells = any();
            if let Some(cell) = cells.get_mut(number) {
                *cell = feel::text(FAILED);
            }
            rows.push(Row { cells, result: feel::text("nein"), note: reason(precondition) });
        }
        rows.push(Row {
            cells: vec![feel::text(FULFILLED); columns.len()],
            result: feel::text("ja"),
            note: String::from("Alle Voraussetzungen sind erfüllt."),
        });
        rows.push(Row { cells: any(), result: feel::text(OPEN), note: String::from(LEFT_OPEN) });
        let asked = columns.iter().map(|(id, precondition)| Column {
            label: in_words(&precondition.name),
            expression: id.clone(),
            typ: "string",
        });
        self.state.borrow_mut().decisions.push(Decision {
            id: String::from("voraussetzungen"),
            name: String::from("Voraussetzungen"),
            description: cite(&self.procedure.norms),
            variable: String::from("erfuellt"),
            typ: "string",
            uses: columns.iter().map(|(id, _)| id.clone()).collect(),
            logic: Logic::Table(Table { policy: "FIRST", columns: asked.collect(), rows }),
        });
    }

    /// The decisions with what they rest on.
    pub fn document(self) -> Document {
        let decisions = self.state.into_inner().decisions;
        let used: BTreeSet<&str> = decisions.iter().flat_map(|decision| decision.uses.iter().map(String::as_str)).collect();
        let mut inputs = Vec::new();
        let days = [("antragsdatum", "Der Tag, an dem der Antrag eingeht."), ("entscheidungsdatum", "Der Tag der Entscheidung.")];
        for (variable, description) in days {
            if used.contains(variable) {
                inputs.push(input(variable.to_owned(), "string", format!("{description} Als Text: 2026-01-31.")));
            }
        }
        for datum in self.procedure.data.values() {
            let variable = machine_name(&datum.name);
            if used.contains(variable.as_str()) && inputs.iter().all(|input: &InputData| input.variable != variable) {
                let (typ, how) = match datum.typ.base(self.library) {
                    Type::Truth => ("boolean", ""),
                    Type::Amount => ("number", " In ganzen Cent."),
                    Type::Integer => ("number", ""),
                    Type::Date => ("string", " Als Text: 2026-01-31."),
                    _ => ("string", ""),
                };
                let label = if datum.label.de.is_empty() { in_words(&datum.name) } else { datum.label.de.to_string() };
                inputs.push(input(variable, typ, format!("{label}{how}")));
            }
        }
        Document {
            id: machine_name(&self.procedure.name),
            title: self.procedure.title.de.to_string(),
            language: Some("feel"),
            inputs,
            decisions,
            drawn: true,
        }
    }

    fn lowering(&self) -> Lowering<'_> {
        Lowering::with(self.library, self.procedure, self)
    }

    fn make_rule(&self, id: RuleId) -> Option<Holder> {
        let rule = self.procedure.rules.get(id)?;
        let lowered = self.lowering().lower(&rule.expression).ok()?;
        let Answers { values, scale, typ } = answers(self.library, vec![lowered], &rule.typ).ok()?;
        let value = values.first()?;
        let name = self.named(&format!("regel_{}", machine_name(&rule.name)));
        self.state.borrow_mut().decisions.push(Decision {
            id: name.clone(),
            name: in_words(&rule.name),
            description: described(&cite(&rule.norms), unit_in_words(self.library, &rule.typ, scale)),
            variable: name.clone(),
            typ,
            uses: uses([value]),
            logic: Logic::Expression(feel::print(value)),
        });
        Some(Holder { variable: name, scale })
    }

    /// The name of a table's output: that of the table for the first, which the workflow asks.
    fn name_of_output(&self, table: &DecisionTable, column: u32) -> Option<String> {
        let first = table.outputs.iter().position(|output| !output.is_norm)?;
        let output = table.outputs.get(column as usize).filter(|output| !output.is_norm)?;
        let own = machine_name(&table.name);
        Some(if first == column as usize { own } else { format!("tabelle_{own}_{}", machine_name(&output.name)) })
    }

    fn make_table(&self, table: &DecisionTable, column: u32, name: String) -> Option<Holder> {
        if self.state.borrow().names.contains(&name) {
            return None;
        }
        let (decision, scale) = self.written_table(table, column).ok()?;
        if !self.state.borrow_mut().names.insert(name.clone()) {
            return None;
        }
        self.state.borrow_mut().decisions.push(Decision { id: name.clone(), variable: name.clone(), ..decision });
        Some(Holder { variable: name, scale })
    }

    fn written_table(&self, table: &DecisionTable, column: u32) -> Result<(Decision, Option<i64>), Refused> {
        let lowering = self.lowering();
        let Some(output) = table.outputs.get(column as usize) else { return Err(refused()) };
        let broken = table.rows.iter().flat_map(|row| &row.cells).any(|cell| matches!(cell, Cell::Error));
        if broken || table.rows.iter().any(|row| row.cells.len() != table.inputs.len()) {
            return Err(refused());
        }
        let mut questions = Vec::with_capacity(table.inputs.len());
        for (number, question) in table.inputs.iter().enumerate() {
            let cells: Vec<&Cell> = table.rows.iter().filter_map(|row| row.cells.get(number)).collect();
            questions.push(asked(&lowering, question, &cells)?);
        }
        let mut results = Vec::with_capacity(table.rows.len());
        for row in &table.rows {
            let Some(result) = row.results.get(column as usize) else { return Err(refused()) };
            results.push(lowering.lower(result)?);
        }
        let Answers { values, scale, typ } = answers(self.library, results, &output.typ)?;
        let is_asked = self.asked.iter().any(|id| self.procedure.decisions.get(*id) == Some(table));
        if is_asked && scale.is_some() && scale != unit(self.library, &output.typ) {
            return Err(too_fine());
        }
        let norm = table.outputs.iter().position(|output| output.is_norm);
        let rows = table.rows.iter().zip(&values).enumerate().map(|(number, (row, value))| Row {
            cells: questions.iter().filter_map(|question| question.tests.get(number).cloned()).collect(),
            result: feel::print(value),
            note: norm.and_then(|norm| row.results.get(norm)).map(text_of).unwrap_or_default(),
        });
        let rows = rows.collect();
        let columns = table.inputs.iter().zip(&questions).map(|(input, question)| Column {
            label: crate::rules::naming::name_of(self.library, self.procedure, input).unwrap_or_default(),
            expression: question.expression.clone(),
            typ: question.typ,
        });
        let decision = Decision {
            id: String::new(),
            name: in_words(&output.name),
            description: described(&cite(&table.norms), unit_in_words(self.library, &output.typ, scale)),
            variable: machine_name(&table.name),
            typ,
            uses: uses(questions.iter().map(|question| &question.value).chain(&values)),
            logic: Logic::Table(Table { policy: "UNIQUE", columns: columns.collect(), rows }),
        };
        Ok((decision, scale))
    }

    fn make_parameter(&self, id: ParameterId, option: Option<&Plain>) -> Option<Holder> {
        let parameter = self.library.parameters.get(id)?;
        let lowering = self.lowering();
        let options = match parameter.by {
            Some(choice) => self.library.choices.get(choice)?.options.as_slice(),
            None => &[],
        };
        if parameter.by.is_some() != option.is_some() {
            return None;
        }
        let (mut tests, mut lowered): (Vec<Vec<String>>, Vec<Lowered>) = (Vec::new(), Vec::new());
        for (number, period) in parameter.periods.iter().enumerate() {
            let from = format!("date({})", feel::text(&period.from.to_string()));
            let days = match parameter.periods.get(number + 1) {
                Some(next) => format!("[{from}..date({}))", feel::text(&next.from.to_string())),
                None => format!(">= {from}"),
            };
            for (place, value) in period.values.iter().enumerate() {
                lowered.push(lowering.literal(value.as_ref()?).ok()?);
                let mut cells = vec![days.clone()];
                if option.is_some() {
                    let place = u32::try_from(place).ok()?;
                    let named = lowering.literal(&Literal::Option(parameter.by?, place)).ok()?.into_value(None).ok()?;
                    options.get(place as usize)?;
                    cells.push(feel::print(&named));
                }
                tests.push(cells);
            }
        }
        let Answers { values, scale, typ } = answers(self.library, lowered, &parameter.typ).ok()?;
        let rows =
            tests.into_iter().zip(&values).map(|(cells, value)| Row { cells, result: feel::print(value), note: String::new() });
        let rows = rows.collect();
        let day = Plain::variable("entscheidungsdatum");
        let mut columns = vec![Column {
            label: String::from("Tag der Entscheidung"),
            expression: String::from("date(entscheidungsdatum)"),
            typ: "date",
        }];
        if let Some(option) = option {
            let choice = self.library.choices.get(parameter.by?)?;
            columns.push(Column { label: choice.label.de.to_string(), expression: feel::print(option), typ: "string" });
        }
        let name = self.named(&format!("parameter_{}", machine_name(&parameter.name).to_lowercase()));
        self.state.borrow_mut().decisions.push(Decision {
            id: name.clone(),
            name: in_words(&parameter.name),
            description: described(&cite(&parameter.norms), unit_in_words(self.library, &parameter.typ, scale)),
            variable: name.clone(),
            typ,
            uses: uses([&day].into_iter().chain(option)),
            logic: Logic::Table(Table { policy: "UNIQUE", columns, rows }),
        });
        Some(Holder { variable: name, scale })
    }

    /// Makes something once; what rests on itself, or too deep, gets no name and is written out or refused.
    fn once(&self, key: Key, make: impl FnOnce() -> Option<Holder>) -> Option<Holder> {
        if let Some(known) = self.state.borrow().holders.get(&key) {
            return known.clone();
        }
        if self.state.borrow().depth >= DEEPEST {
            return None;
        }
        self.state.borrow_mut().holders.insert(key.clone(), None);
        self.state.borrow_mut().depth += 1;
        let made = make();
        self.state.borrow_mut().depth -= 1;
        self.state.borrow_mut().holders.insert(key, made.clone());
        made
    }

    /// A name that nothing else has.
    fn named(&self, wanted: &str) -> String {
        let names = &mut self.state.borrow_mut().names;
        let mut name = wanted.to_owned();
        let mut number = 2;
        while !names.insert(name.clone()) {
            name = format!("{wanted}_{number}");
            number += 1;
        }
        name
    }
}

/// How a precondition stands.
const FULFILLED: &str = "erfuellt";
const FAILED: &str = "nicht_erfuellt";
const OPEN: &str = "offen";

/// Why a person decides.
pub const LEFT_OPEN: &str = "Es fehlen Angaben: ein Mensch entscheidet.";

/// The reason for a refusal, with its norm.
pub fn reason(precondition: &crate::model::procedure::Precondition) -> String {
    let norm = cite(&precondition.norms);
    match (precondition.otherwise.de.as_ref(), norm.as_str()) {
        (text, "") => text.to_owned(),
        (text, norm) => format!("{text} ({norm})"),
    }
}

/// The text of a cell that holds a norm.
fn text_of(result: &Expression) -> String {
    if let ExpressionKind::Literal(Literal::Text(text)) = &result.kind { text.to_string() } else { String::new() }
}

fn uses<'p>(values: impl IntoIterator<Item = &'p Plain>) -> Vec<String> {
    let mut found = Vec::new();
    for value in values {
        value.variables(&mut found);
    }
    found.into_iter().map(str::to_owned).collect()
}

fn described(norm: &str, unit: String) -> String {
    [norm, unit.as_str()].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(". ")
}

/// What a number counts, where that is not obvious.
fn unit_in_words(library: &Library, typ: &Type, scale: Option<i64>) -> String {
    match (scale, unit(library, typ)) {
        (Some(100), Some(100)) => String::from("In ganzen Cent"),
        (Some(scale), Some(100)) => format!("Genau, in Teilen zu 1/{scale} Euro"),
        (Some(scale), _) if scale > 1 => format!("Genau, in Teilen zu 1/{scale}"),
        _ => String::new(),
    }
}

fn input(variable: String, typ: &'static str, description: String) -> InputData {
    InputData { id: format!("eingabe_{variable}"), variable, typ, description }
}

fn refused() -> Refused {
    both!("Die Tabelle ist nicht vollständig lesbar.", "The table can't be read completely.")
}
