//! Expressions as JavaScript: the rulebook of one procedure, with the exact meaning of [`crate::model::expression`].
//!
//! The printed functions only call the fixed runtime ([`RUNTIME`]): numbers are fractions of `BigInt`, dates are texts, missing is `null`.
//! A definition's texts enter the program only as string literals made by [`script_json`], which cannot leave a `<script>` element.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use rust_decimal::Decimal;

use crate::both;
use crate::diagnostic::Bilingual;
use crate::formats::html::script_json;
use crate::model::expression::{BinaryOperator, Context, Duration, DurationUnit, Function, SetMember, Several};
use crate::model::ids::Id;
use crate::model::procedure::{Cell, Decision, Row};
use crate::model::{Expression, ExpressionKind, Library, Literal, Parameter, Procedure, Type, machine_name};
use crate::rules::evaluate::conditions;
use crate::rules::foundations::Foundations;

/// The values, operators and the evaluator that every rulebook rests on.
pub const RUNTIME: &str = include_str!("javascript_runtime.js");

/// The rules of one procedure as a program.
#[derive(Debug, Clone, Default)]
pub struct Rulebook {
    /// `const rulebook = {…};`
    pub source: String,
    /// What has no exact form in JavaScript: it counts as missing there.
    pub refused: Vec<(String, Bilingual)>,
}

/// Prints the rules of a procedure, and further conditions that the caller refers to by their position.
pub fn rulebook(library: &Library, procedure: &Procedure, further: &[&Expression]) -> Rulebook {
    let mut printer = Printer { library, what: String::new(), refused: Vec::new() };
    let mut source = String::from("const rulebook={\npersons:[");
    for participant in procedure.participants.values() {
        printer.what = participant.name.to_string();
        let least = participant.repeat.map_or(1, |repeat| repeat.minimum);
        let name = name(&participant.name);
        // INVARIANT: writing to a String never fails.
        let _ = write!(source, "\n{{name:{name},several:{},least:{least}}},", participant.repeat.is_some());
    }
    source.push_str("\n],\ndata:[");
    for datum in procedure.data.values() {
        printer.what = datum.name.to_string();
        let (person, own) = match datum.of {
            Some((participant, _)) => {
                (participant.index().to_string(), datum.name.split_once('.').map_or(&*datum.name, |(_, own)| own))
            }
            None => (String::from("null"), &*datum.name),
        };
        let address = script_json(&address(&datum.name));
        let typ = printer.type_tag(&datum.typ);
        let when = printer.conditions(conditions(procedure, datum));
        let none = if datum.of.is_none() && datum.repeat.is_some_and(|repeat| repeat.minimum == 0) { ",none:true" } else { "" };
        let _ = write!(source, "\n{{address:{address},person:{person},name:{},type:{typ},when:{when}{none}}},", name(own));
    }
    source.push_str("\n],\nrules:[");
    for rule in procedure.rules.values() {
        printer.what = rule.name.to_string();
        let value = printer.expression(&rule.expression);
        let typ = printer.type_tag(&rule.typ);
        let _ = write!(source, "\n{{name:{},type:{typ},value:k=>{value}}},", name(&rule.name));
    }
    source.push_str("\n],\ndecisions:[");
    for decision in procedure.decisions.values() {
        printer.what = decision.name.to_string();
        printer.decision(decision, &mut source);
    }
    source.push_str("\n],\npreconditions:[");
    for (id, precondition) in procedure.preconditions.iter() {
        printer.what = precondition.name.to_string();
        let holds = printer.expression(&precondition.condition);
        let mut rests = Foundations::of(procedure, &precondition.condition);
        rests.preconditions.remove(&id);
        let _ = write!(
            source,
            "\n{{name:{},rests:{},tables:{},holds:k=>{holds}}},",
            name(&precondition.name),
            indices(&rests.preconditions),
            indices(&rests.tables)
        );
    }
    source.push_str("\n],\nparameters:[");
    for parameter in library.parameters.values() {
        printer.what = parameter.name.to_string();
        printer.parameter(parameter, &mut source);
    }
    source.push_str("\n],\nconditions:[");
    for condition in further {
        printer.what = String::from("wenn");
        let condition = printer.expression(condition);
        let _ = write!(source, "\nk=>{condition},");
    }
    source.push_str("\n]};\n");
    Rulebook { source, refused: printer.refused }
}

/// The address of a datum for machines: `kind.geburtsdatum`, each part a machine name.
pub fn address(name: &str) -> String {
    name.split('.').map(machine_name).collect::<Vec<_>>().join(".")
}

/// The machine name as a JavaScript literal.
fn name(name: &str) -> String {
    script_json(&machine_name(name))
}

struct Printer<'a> {
    library: &'a Library,
    what: String,
    refused: Vec<(String, Bilingual)>,
}

impl Printer<'_> {
    /// Conditions that must all be true, as a function of the case; `null` where there are none.
    fn conditions<'e>(&mut self, conditions: impl Iterator<Item = &'e Expression>) -> String {
        let all = conditions.map(|condition| self.expression(condition)).reduce(|all, next| format!("op.and({all},{next})"));
        all.map_or_else(|| String::from("null"), |all| format!("k=>{all}"))
    }

    /// How the values of a type stand in JSON.
    fn type_tag(&self, typ: &Type) -> String {
        let tag = match typ.base(self.library) {
            Type::List(item) => return format!("{{list:{}}}", self.type_tag(item)),
            Type::Truth => "truth",
            Type::Integer => "integer",
            Type::Decimal | Type::Quantity(_) => "decimal",
            Type::Amount => "amount",
            Type::Date => "date",
            Type::Duration => "duration",
            Type::Group(_) => "group",
            Type::File => "file",
            Type::Choice(_) => "choice",
            Type::Text | Type::Scalar(_) | Type::Unknown => "text",
        };
        format!("\"{tag}\"")
    }

    fn refuse(&mut self, why: Bilingual) -> String {
        self.refused.push((self.what.clone(), why));
        String::from("null")
    }

    fn expression(&mut self, expression: &Expression) -> String {
        match &expression.kind {
            ExpressionKind::Literal(literal) => self.literal(literal),
            ExpressionKind::Datum(datum) => format!("k.datum({})", datum.index()),
            ExpressionKind::Component(whole, attribute) => self.component(whole, *attribute),
            ExpressionKind::Rule(rule) => format!("k.rule({})", rule.index()),
            ExpressionKind::Decision(decision, output) => format!("k.decision({},{output})", decision.index()),
            ExpressionKind::Precondition(precondition) => format!("k.precondition({})", precondition.index()),
            ExpressionKind::Parameter(parameter, None) => format!("k.parameter({})", parameter.index()),
            ExpressionKind::Parameter(parameter, Some(option)) => {
                format!("k.parameter({},{})", parameter.index(), self.expression(option))
            }
            ExpressionKind::Context(Context::ApplicationDate) => String::from("k.day"),
            // The form shows how the law stands on the day it is filled in.
            ExpressionKind::Context(Context::DecisionDate | Context::CompletionDate) => String::from("k.day"),
            ExpressionKind::Deadline(..) | ExpressionKind::Context(Context::NotificationDate) => self.refuse(both!(
                "Wann eine Frist endet, rechnet die Behörde aus; das Formular kennt die Feiertage nicht.",
                "When a deadline ends is computed by the authority; the form does not know the holidays."
            )),
            ExpressionKind::Context(Context::AllFulfilled) => String::from("k.fulfilled()"),
            ExpressionKind::Not(inner) => self.call("not", &[inner]),
            ExpressionKind::Negate(inner) => self.call("negate", &[inner]),
            ExpressionKind::Binary(operator, left, right) => self.binary(*operator, left, right),
            ExpressionKind::In(value, members) => self.membership(value, members),
            ExpressionKind::Default(value, fallback) => self.call("otherwise", &[value, fallback]),
            ExpressionKind::If(condition, then, otherwise) => self.call("choose", &[condition, then, otherwise]),
            ExpressionKind::Known(inner) => self.call("known", &[inner]),
            ExpressionKind::Call(function, arguments) => self.function(*function, arguments),
            ExpressionKind::List(items) => {
                let items: Vec<String> = items.iter().map(|item| self.expression(item)).collect();
                format!("[{}]", items.join(","))
            }
            ExpressionKind::Each(several, value) => {
                let value = value.as_ref().map_or_else(|| String::from("true"), |value| self.expression(value));
                match several {
                    Several::Persons(persons) => format!("k.each({},k=>{value})", persons.index()),
                    Several::Values(datum) => format!("k.among({},k=>{value})", datum.index()),
                }
            }
            ExpressionKind::Item(several, index) => format!("op.item({},{index})", self.expression(several)),
            ExpressionKind::Error => String::from("null"),
        }
    }

    fn literal(&mut self, literal: &Literal) -> String {
        match literal {
            Literal::Truth(truth) => truth.to_string(),
            Literal::Integer(integer) => format!("op.n(\"{integer}\")"),
            Literal::Decimal(number) | Literal::Amount(number) | Literal::Quantity(number, _) => number_literal(*number),
            Literal::Date(date) => format!("\"{date}\""),
            Literal::Duration(duration) => match iso_duration(*duration) {
                Some(text) => format!("\"{text}\""),
                None => self.refuse(both!(
                    "Das Formular rechnet nicht in Werktagen oder Arbeitstagen; die Behörde rechnet nach.",
                    "The form does not count in weekdays or workdays; the authority computes it."
                )),
            },
            Literal::Text(text) => script_json(text),
            Literal::Option(choice, option) => {
                let option = self.library.choices.get(*choice).and_then(|choice| choice.options.get(*option as usize));
                option.map_or_else(|| String::from("null"), |option| name(&option.name))
            }
        }
    }

    fn call(&mut self, function: &str, operands: &[&Expression]) -> String {
        let operands: Vec<String> = operands.iter().map(|operand| self.expression(operand)).collect();
        format!("op.{function}({})", operands.join(","))
    }

    fn component(&mut self, whole: &Expression, attribute: u32) -> String {
        let group = match whole.typ.base(self.library) {
            Type::Group(group) => self.library.groups.get(*group),
            _ => None,
        };
        let Some(attribute) = group.and_then(|group| group.attributes.get(attribute as usize)) else {
            return String::from("null");
        };
        let typ = self.type_tag(&attribute.typ);
        format!("Case.component({},{},{typ})", self.expression(whole), name(&attribute.name))
    }

    fn binary(&mut self, operator: BinaryOperator, left: &Expression, right: &Expression) -> String {
        let is = |side: &Expression, typ: &Type| side.typ.base(self.library) == typ;
        let with_date = is(left, &Type::Date) || is(right, &Type::Date);
        let with_duration = is(left, &Type::Duration) || is(right, &Type::Duration);
        let function = match operator {
            BinaryOperator::And => "and",
            BinaryOperator::Or => "or",
            BinaryOperator::Equal => "equal",
            BinaryOperator::NotEqual => "unequal",
            BinaryOperator::Less => "less",
            BinaryOperator::LessOrEqual => "atMost",
            BinaryOperator::Greater => "greater",
            BinaryOperator::GreaterOrEqual => "atLeast",
            BinaryOperator::Add if with_date && is(right, &Type::Duration) => "later",
            BinaryOperator::Add if with_date && with_duration => return self.call("later", &[right, left]),
            BinaryOperator::Subtract if is(left, &Type::Date) && with_duration => "earlier",
            BinaryOperator::Subtract if is(left, &Type::Date) && is(right, &Type::Date) => "between",
            BinaryOperator::Multiply if is_share(left) != is_share(right) => "share",
            BinaryOperator::Add | BinaryOperator::Subtract | BinaryOperator::Multiply | BinaryOperator::Divide
                if with_date || with_duration =>
            {
                return self.refuse(both!(
                    "Diese Rechnung mit Tagen oder Dauern macht erst die Behörde.",
                    "This computation with days or durations is left to the authority."
                ));
            }
            BinaryOperator::Add => "add",
            BinaryOperator::Subtract => "subtract",
            BinaryOperator::Multiply => "multiply",
            BinaryOperator::Divide => "divide",
        };
        self.call(function, &[left, right])
    }

    fn membership(&mut self, value: &Expression, members: &[SetMember]) -> String {
        let value = self.expression(value);
        let members: Vec<String> = members
            .iter()
            .map(|member| match member {
                SetMember::Value(member) => format!("op.member({value},{})", self.expression(member)),
                SetMember::Range { from, to, below } => {
                    let (from, to) = (self.expression(from), self.expression(to));
                    let upper = if *below { "less" } else { "atMost" };
                    format!("op.and(op.atLeast({value},{from}),op.{upper}({value},{to}))")
                }
            })
            .collect();
        format!("op.any({})", members.join(","))
    }

    fn function(&mut self, function: Function, arguments: &[Expression]) -> String {
        let runtime = match function {
            Function::CompletedYears => "completedYears",
            Function::CompletedMonths => "completedMonths",
            Function::DaysBetween => "daysBetween",
            Function::RoundUp => "roundUp",
            Function::RoundDown => "roundDown",
            Function::Round => "round",
            Function::AtLeast => "greatest",
            Function::AtMost => "least",
            Function::Sum => "sum",
            Function::Count => "count",
            Function::CountTrue => "countTrue",
            Function::All => "all",
            Function::Any => "some",
            Function::Year => "year",
            Function::MonthStart => "monthStart",
        };
        let arguments: Vec<&Expression> = arguments.iter().collect();
        self.call(runtime, &arguments)
    }

    /// A table: which row applies, and the outputs of each row as functions of the case.
    fn decision(&mut self, decision: &Decision, source: &mut String) {
        let outputs: Vec<String> = decision
            .outputs
            .iter()
            .map(|output| format!("{{name:{},type:{}}}", name(&output.name), self.type_tag(&output.typ)))
            .collect();
        let inputs: Vec<String> = decision.inputs.iter().map(|input| self.expression(input)).collect();
        let tests: Vec<String> = decision.rows.iter().map(|row| self.row(row)).collect();
        let rows = decision.rows.iter().map(|row| {
            let results: Vec<String> = row.results.iter().map(|result| format!("k=>{}", self.expression(result))).collect();
            format!("[{}]", results.join(","))
        });
        let results: Vec<String> = rows.collect();
        let _ = write!(
            source,
            "\n{{name:{},outputs:[{}],row:k=>{{const q=[{}];return op.row([\n{}]);}},\nresults:[\n{}]}},",
            name(&decision.name),
            outputs.join(","),
            inputs.join(","),
            tests.join(",\n"),
            results.join(",\n")
        );
    }

    fn row(&mut self, row: &Row) -> String {
        let mut test = String::from("true");
        for (column, cell) in row.cells.iter().enumerate() {
            let input = format!("q[{column}]");
            let cell = match cell {
                Cell::Any => continue,
                Cell::Error => String::from("null"),
                Cell::OneOf(literals) => {
                    let members: Vec<String> =
                        literals.iter().map(|literal| format!("op.equal({input},{})", self.literal(literal))).collect();
                    format!("op.any({})", members.join(","))
                }
                Cell::Interval { from, to } => {
                    let mut bounds = Vec::with_capacity(2);
                    if let Some((literal, inclusive)) = from {
                        let operator = if *inclusive { "atLeast" } else { "greater" };
                        bounds.push(format!("op.{operator}({input},{})", self.literal(literal)));
                    }
                    if let Some((literal, inclusive)) = to {
                        let operator = if *inclusive { "atMost" } else { "less" };
                        bounds.push(format!("op.{operator}({input},{})", self.literal(literal)));
                    }
                    match bounds.as_slice() {
                        [] => continue,
                        [one] => one.clone(),
                        _ => format!("op.and({})", bounds.join(",")),
                    }
                }
            };
            test = if test == "true" { cell } else { format!("op.and({test},{cell})") };
        }
        test
    }

    fn parameter(&mut self, parameter: &Parameter, source: &mut String) {
        let options = parameter.by.and_then(|choice| self.library.choices.get(choice));
        let _ = write!(source, "\n{{name:{},periods:[", name(&parameter.name));
        for period in &parameter.periods {
            let mut values = period
                .values
                .iter()
                .map(|value| value.as_ref().map_or_else(|| String::from("null"), |value| self.literal(value)));
            let value = match options {
                None => values.next().unwrap_or_else(|| String::from("null")),
                Some(choice) => {
                    let entries: Vec<String> = choice
                        .options
                        .iter()
                        .zip(values)
                        .map(|(option, value)| format!("{}:{value}", name(&option.name)))
                        .collect();
                    format!("{{{}}}", entries.join(","))
                }
            };
            let _ = write!(source, "[\"{}\",{value}],", period.from);
        }
        source.push_str("]},");
    }
}

fn number_literal(number: Decimal) -> String {
    format!("op.n(\"{}\")", number.normalize())
}

/// A duration as ISO 8601; working days have no form there.
fn iso_duration(duration: Duration) -> Option<String> {
    let unit = match duration.unit {
        DurationUnit::Day => 'D',
        DurationUnit::Workday | DurationUnit::Weekday => return None,
        DurationUnit::Week => 'W',
        DurationUnit::Month => 'M',
        DurationUnit::Year => 'Y',
    };
    Some(format!("P{}{unit}", duration.count))
}

/// Per cent: a product with one share of a hundred is that share.
fn is_share(expression: &Expression) -> bool {
    matches!(&expression.typ, Type::Quantity(unit) if unit.as_ref() == "%")
}

/// Ids as a list of positions.
fn indices<I: Id>(ids: &BTreeSet<I>) -> String {
    format!("[{}]", ids.iter().map(|id| id.index().to_string()).collect::<Vec<_>>().join(","))
}
