//! What expressions name: data, rules, tables, parameters and preconditions, written out or by the variable that holds them.

use crate::both;
use crate::model::Expression;
use crate::model::procedure::{Cell, Decision};
use crate::model::{DatumId, DecisionId, Library, Literal, ParameterId, PreconditionId, RuleId, Type, machine_name};
use crate::rules::foundations::Foundations;

use super::known::{Content, Kind, Known, Lowered, Pair, choice, lists, no_form, ordered, same, too_long, unit};
use super::lowering::{DECISION_DAY, Holder, Lowering, Refused, Remembered};
use super::numbers::{Number, alike};
use super::{Order, Plain, Sort};

/// The most rows of a table, or values of a parameter, that are written out.
const MOST_ROWS: usize = 250;

/// Words that one of the dialects keeps for itself, so that no variable can be called so.
const RESERVED: &[&str] = &[
    "False",
    "None",
    "True",
    "and",
    "as",
    "assert",
    "async",
    "await",
    "between",
    "break",
    "class",
    "continue",
    "date",
    "def",
    "del",
    "div",
    "duration",
    "elif",
    "else",
    "empty",
    "eq",
    "every",
    "except",
    "external",
    "false",
    "finally",
    "for",
    "from",
    "function",
    "ge",
    "global",
    "gt",
    "if",
    "import",
    "in",
    "instance",
    "instanceof",
    "int",
    "is",
    "item",
    "lambda",
    "le",
    "lt",
    "max",
    "min",
    "mod",
    "ne",
    "nonlocal",
    "not",
    "null",
    "of",
    "or",
    "pass",
    "raise",
    "return",
    "satisfies",
    "some",
    "string",
    "substring",
    "then",
    "time",
    "true",
    "try",
    "while",
    "with",
    "yield",
];

impl Lowering<'_> {
    /// The variable of a datum: null where it is not answered or hidden.
    pub(super) fn datum(&self, id: DatumId) -> Result<Lowered, Refused> {
        let Some(datum) = self.procedure.data.get(id) else { return Err(no_form()) };
        let persons = datum.of.and_then(|(person, _)| self.procedure.participants.get(person));
        if persons.is_some_and(|person| person.repeat.is_some()) || matches!(datum.typ, Type::List(_)) {
            return Err(lists());
        }
        let name = machine_name(&datum.name);
        let own = ["antragsdatum", DECISION_DAY, "erfuellt"];
        let taken = self.procedure.data.values().filter(|other| machine_name(&other.name) == name).count();
        if taken > 1 || own.contains(&name.as_str()) || RESERVED.contains(&name.as_str()) {
            let datum = &datum.name;
            return Err(both!(
                "Die Angabe „{datum}“ heißt für Maschinen „{name}“; so heißt dort schon etwas anderes. Benennen Sie sie um.",
                "Machines call the datum \"{datum}\" \"{name}\"; something else is called so there. Rename it."
            ));
        }
        held(self.library, &datum.typ, Holder { variable: name, scale: None })
    }

    /// The value of a rule.
    pub(super) fn rule(&self, id: RuleId) -> Result<Lowered, Refused> {
        let Some(rule) = self.procedure.rules.get(id) else { return Err(no_form()) };
        match self.references.rule(id) {
            Some(name) => held(self.library, &rule.typ, name),
            None => self.remembered(Remembered::Rule(id), || self.lower(&rule.expression)),
        }
    }

    /// The output of the first row whose cells all hold.
    pub(super) fn output(&self, id: DecisionId, column: u32) -> Result<Lowered, Refused> {
        let Some(decision) = self.procedure.decisions.get(id) else { return Err(no_form()) };
        let Some(output) = decision.outputs.get(column as usize).filter(|output| !output.is_norm) else { return Err(no_form()) };
        match self.references.output(id, column) {
            Some(name) => held(self.library, &output.typ, name),
            None => self.remembered(Remembered::Output(id, column), || self.written_out(decision, column)),
        }
    }

    fn written_out(&self, decision: &Decision, column: u32) -> Result<Lowered, Refused> {
        if decision.rows.len() > MOST_ROWS {
            return Err(too_long());
        }
        let rows = self.rows(decision)?;
        let mut chain: Option<Lowered> = None;
        for (row, applies) in decision.rows.iter().zip(rows).rev() {
            let Some(result) = row.results.get(column as usize) else { return Err(no_form()) };
            let result = self.lower(result)?;
            chain = Some(match chain {
                None => nothing_unless(applies.yes, result),
                Some(rest) => first_of(applies.yes, result, rest)?,
            });
        }
        chain.ok_or_else(no_form)
    }

    /// For each row of a table, when all its cells hold, and when one of them does not.
    pub fn rows(&self, decision: &Decision) -> Result<Vec<Pair>, Refused> {
        let mut inputs = Vec::with_capacity(decision.inputs.len());
        for input in &decision.inputs {
            inputs.push(self.lower(input)?);
        }
        let mut rows = Vec::with_capacity(decision.rows.len());
        for row in &decision.rows {
            let (mut all, mut none) = (Vec::new(), Vec::new());
            for (cell, input) in row.cells.iter().zip(&inputs) {
                let pair = self.cell(cell, input)?;
                all.push(pair.yes);
                none.push(pair.no);
            }
            rows.push(Pair { yes: Plain::all(all), no: Plain::any(none) });
        }
        Ok(rows)
    }

    /// When a cell holds for an input.
    pub fn cell(&self, cell: &Cell, input: &Lowered) -> Result<Pair, Refused> {
        match cell {
            Cell::Any => Ok(Pair::certain(Plain::Truth(true))),
            Cell::Error => Err(no_form()),
            Cell::OneOf(literals) => {
                let (mut found, mut absent) = (Vec::new(), vec![input.known()]);
                for literal in literals {
                    let pair = same(input.clone(), self.literal(literal)?)?;
                    found.push(pair.yes);
                    absent.push(pair.no);
                }
                Ok(Pair { yes: Plain::any(found), no: Plain::all(absent) })
            }
            Cell::Interval { from, to } => {
                let Lowered::Value(input) = input else { return Err(no_form()) };
                let (mut inside, mut outside) = (vec![input.known.clone()], Vec::new());
                let bounds = [(from, Order::AtLeast, Order::Greater), (to, Order::AtMost, Order::Less)];
                for (bound, including, excluding) in bounds {
                    let Some((literal, included)) = bound else { continue };
                    let Lowered::Value(bound) = self.literal(literal)? else { return Err(no_form()) };
                    let pair = ordered(if *included { including } else { excluding }, input.clone(), bound)?;
                    inside.push(pair.yes);
                    outside.push(pair.no);
                }
                Ok(Pair { yes: Plain::all(inside), no: Plain::any(outside) })
            }
        }
    }

    /// A precondition as a condition: one that rests on a failed one does not hold.
    pub(super) fn precondition(&self, id: PreconditionId) -> Result<Pair, Refused> {
        let Some(precondition) = self.procedure.preconditions.get(id) else { return Err(no_form()) };
        let lowered = self.remembered(Remembered::Precondition(id), || {
            let pair = self.truth(&precondition.condition)?;
            let rests = Foundations::of(self.procedure, &precondition.condition);
            let mut inapplicable = Vec::new();
            for other in rests.preconditions.iter().filter(|other| **other != id) {
                inapplicable.push(self.fails(*other)?);
            }
            let mut no_row = Vec::new();
            for table in &rests.tables {
                let Some(decision) = self.procedure.decisions.get(*table) else { continue };
                no_row.push(Plain::all(self.rows(decision)?.into_iter().map(|row| row.no)));
            }
            let no_row = Plain::any(no_row);
            if no_row != Plain::Truth(false) {
                let mut failed = Vec::new();
                for (other, _) in self.procedure.preconditions.iter().filter(|(other, _)| *other != id) {
                    failed.push(self.fails(other)?);
                }
                inapplicable.push(Plain::all([no_row, Plain::any(failed)]));
            }
            let open = Plain::negated(Plain::any([pair.yes.clone(), pair.no.clone()]));
            let no = Plain::any([pair.no, Plain::all([open, Plain::any(inapplicable)])]);
            Ok(Lowered::Truth(Pair { yes: pair.yes, no }))
        })?;
        if let Lowered::Truth(pair) = lowered { Ok(pair) } else { Err(no_form()) }
    }

    fn fails(&self, id: PreconditionId) -> Result<Plain, Refused> {
        match self.procedure.preconditions.get(id) {
            Some(other) => self.false_when(&other.condition),
            None => Err(no_form()),
        }
    }

    /// A parameter on the day of the decision.
    pub(super) fn parameter(&self, id: ParameterId, option: Option<&Expression>, typ: &Type) -> Result<Lowered, Refused> {
        let Some(parameter) = self.library.parameters.get(id) else { return Err(no_form()) };
        let option = option.map(|option| self.lower(option)).transpose()?;
        let chosen = match &option {
            None => None,
            Some(Lowered::Value(Known { known, content: Content::Text(option, Kind::Option(_)), nullable })) => {
                Some(match nullable {
                    true => option.clone(),
                    false => Plain::choose(known.clone(), option.clone(), Plain::Null),
                })
            }
            Some(_) => return Err(no_form()),
        };
        if let Some(name) = self.references.parameter(id, chosen.as_ref()) {
            return held(self.library, typ, name);
        }
        if parameter.periods.len() > MOST_ROWS {
            return Err(too_long());
        }
        let mut chain: Option<Lowered> = None;
        for period in &parameter.periods {
            let values: Option<Vec<&Literal>> = period.values.iter().map(Option::as_ref).collect();
            let Some(values) = values else { return Err(no_form()) };
            let value = self.of_period(parameter.by, &values, option.as_ref())?;
            let begun =
                Plain::order(Order::AtLeast, Sort::Days, Plain::variable(DECISION_DAY), Plain::text(period.from.to_string()));
            chain = Some(match chain {
                None => only_if(begun, value),
                // The days of the earlier periods include those of the later ones.
                Some(Lowered::Value(earlier)) => {
                    let known = earlier.known.clone();
                    match choice(Pair::certain(begun), value, Lowered::Value(earlier))? {
                        Lowered::Value(chain) => Lowered::Value(Known { known, ..chain }),
                        truth => truth,
                    }
                }
                Some(Lowered::Truth(_)) => return Err(no_form()),
            });
        }
        chain.ok_or_else(no_form)
    }

    /// The value of one period: of the only option, or of the one chosen.
    fn of_period(
        &self,
        by: Option<crate::model::ChoiceId>,
        values: &[&Literal],
        option: Option<&Lowered>,
    ) -> Result<Lowered, Refused> {
        let Some(Lowered::Value(option)) = option else {
            return values.first().map_or_else(|| Err(no_form()), |value| self.literal(value));
        };
        let (Some(by), Content::Text(chosen, _)) = (by, &option.content) else { return Err(no_form()) };
        let mut names = Vec::with_capacity(values.len());
        let mut numbers: Vec<Number> = Vec::with_capacity(values.len());
        for (index, value) in values.iter().enumerate() {
            let index = u32::try_from(index).map_err(|_| too_long())?;
            let name = match self.literal(&Literal::Option(by, index))? {
                Lowered::Value(Known { content: Content::Text(Plain::Text(name), _), .. }) => name,
                _ => return Err(no_form()),
            };
            let Lowered::Value(Known { content: Content::Number(mut number), .. }) = self.literal(value)? else {
                return Err(no_form());
            };
            for other in &mut numbers {
                (*other, number) = alike(other.clone(), number)?;
            }
            names.push(name);
            numbers.push(number);
        }
        let scale = numbers.iter().map(|number| number.scale).max().unwrap_or(1);
        let table: Vec<(String, Plain)> = names.into_iter().zip(numbers.into_iter().map(|number| number.whole)).collect();
        let whole = looked_up(chosen, &table).unwrap_or_else(|| {
            table.iter().rev().fold(Plain::Null, |rest, (name, value)| {
                Plain::choose(Plain::equal(chosen.clone(), Plain::text(name.clone())), value.clone(), rest)
            })
        });
        Ok(Lowered::Value(Known {
            known: option.known.clone(),
            content: Content::Number(Number::of(whole, scale)),
            nullable: option.nullable,
        }))
    }

    /// Computes something once; what rests on itself is refused.
    fn remembered(&self, key: Remembered, compute: impl FnOnce() -> Result<Lowered, Refused>) -> Result<Lowered, Refused> {
        if let Some(known) = self.memory.borrow().get(&key) {
            return known.clone().ok_or_else(no_form);
        }
        self.memory.borrow_mut().insert(key, None);
        let computed = compute();
        match &computed {
            Ok(lowered) => self.memory.borrow_mut().insert(key, Some(lowered.clone())),
            Err(_) => self.memory.borrow_mut().remove(&key),
        };
        computed
    }
}

/// A variable that holds a value of a type, null where it is missing.
fn held(library: &Library, typ: &Type, holder: Holder) -> Result<Lowered, Refused> {
    let variable = Plain::Variable(holder.variable);
    let value = |content| Lowered::Value(Known { known: Plain::known(variable.clone()), content, nullable: true });
    Ok(match typ.base(library) {
        Type::Truth => Lowered::Truth(Pair {
            yes: Plain::equal(variable.clone(), Plain::Truth(true)),
            no: Plain::equal(variable, Plain::Truth(false)),
        }),
        Type::Date => value(Content::Text(variable.clone(), Kind::Day)),
        Type::Text => value(Content::Text(variable.clone(), Kind::Words)),
        Type::Choice(choice) => value(Content::Text(variable.clone(), Kind::Option(*choice))),
        base => match unit(library, base).map(|unit| holder.scale.unwrap_or(unit)).or(number_scale(base, holder.scale)) {
            Some(unit) => value(Content::Number(Number::of(variable.clone(), unit))),
            None => {
                return Err(both!(
                    "Das Verfahren hält Dezimalzahlen, Mengen, Dauern und Dateien als Texte; damit rechnen die Werkzeuge nicht genau.",
                    "The procedure holds decimals, quantities, durations and files as texts; the engines don't compute with them exactly."
                ));
            }
        },
    })
}

/// Decimals and quantities are numbers only where their holder says in which unit.
fn number_scale(base: &Type, scale: Option<i64>) -> Option<i64> {
    scale.filter(|_| matches!(base, Type::Decimal | Type::Quantity(_)))
}

/// A value where a row applies; otherwise missing.
fn nothing_unless(applies: Plain, result: Lowered) -> Lowered {
    match result {
        Lowered::Truth(pair) => {
            Lowered::Truth(Pair { yes: Plain::all([applies.clone(), pair.yes]), no: Plain::all([applies, pair.no]) })
        }
        Lowered::Value(value) => {
            let nullable = value.nullable;
            let content = match value.content {
                Content::Number(number) => {
                    let whole = Plain::choose(applies.clone(), number.whole, Plain::Null);
                    Content::Number(Number { whole, ..number })
                }
                Content::Text(text, kind) => Content::Text(Plain::choose(applies.clone(), text, Plain::Null), kind),
            };
            Lowered::Value(Known { known: Plain::all([applies, value.known]), content, nullable })
        }
    }
}

/// The value of a row where it applies, otherwise that of the rows after it. Null stays null.
fn first_of(applies: Plain, result: Lowered, rest: Lowered) -> Result<Lowered, Refused> {
    let nullable = match (&result, &rest) {
        (Lowered::Value(result), Lowered::Value(rest)) => result.nullable && rest.nullable,
        _ => false,
    };
    Ok(match choice(Pair::certain(applies), result, rest)? {
        Lowered::Value(chain) => Lowered::Value(Known { nullable, ..chain }),
        truth => truth,
    })
}

fn only_if(condition: Plain, value: Lowered) -> Lowered {
    match value {
        Lowered::Value(value) => {
            Lowered::Value(Known { known: Plain::all([condition, value.known.clone()]), nullable: false, ..value })
        }
        Lowered::Truth(pair) => {
            Lowered::Truth(Pair { yes: Plain::all([condition.clone(), pair.yes]), no: Plain::all([condition, pair.no]) })
        }
    }
}

/// A choice among options as a choice among their values.
fn looked_up(chosen: &Plain, table: &[(String, Plain)]) -> Option<Plain> {
    match chosen {
        Plain::Null => Some(Plain::Null),
        Plain::Text(name) => table.iter().find(|(option, _)| option == name).map(|(_, value)| value.clone()),
        Plain::Choose(condition, then, otherwise) => {
            Some(Plain::choose((**condition).clone(), looked_up(then, table)?, looked_up(otherwise, table)?))
        }
        _ => None,
    }
}
