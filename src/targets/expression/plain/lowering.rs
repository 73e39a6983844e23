//! From expressions, which may be missing, to [`Plain`] trees, which say when they are known.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

use crate::both;
use crate::diagnostic::Bilingual;
use crate::model::expression::{BinaryOperator, Context, Expression, ExpressionKind, Function, SetMember};
use crate::model::{DecisionId, Library, Literal, ParameterId, PreconditionId, Procedure, RuleId, Type, machine_name};

use super::known::{Content, Kind, Known, Lowered, Pair, choice, durations, lists, no_form, ordered, same, too_long, unit};
use super::numbers::{Number, Rounding, alike, greatest_divisor};
use super::{Order, Plain, Sort};

/// Why an expression can't be said exactly.
pub type Refused = Bilingual;

/// How many nodes one expression may grow to; what is larger nobody could read or trust.
const MOST_NODES: usize = 20_000;

/// How deep expressions may rest on one another.
const DEEPEST: u32 = 150;

/// A variable that holds a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holder {
    /// Its name.
    pub variable: String,
    /// Of a number: how many of what it counts make one; 100 for cents. Otherwise that of the type counts.
    pub scale: Option<i64>,
}

/// What is known under a name of its own, and need not be written out.
pub trait References {
    /// The variable that holds a rule's value.
    fn rule(&self, _rule: RuleId) -> Option<Holder> {
        None
    }

    /// The variable that holds an output of a table.
    fn output(&self, _decision: DecisionId, _output: u32) -> Option<Holder> {
        None
    }

    /// The variable that holds a parameter's value, of the option given.
    fn parameter(&self, _parameter: ParameterId, _option: Option<&Plain>) -> Option<Holder> {
        None
    }
}

/// Everything is written out.
#[derive(Debug, Clone, Copy)]
pub struct WrittenOut;

impl References for WrittenOut {}

/// Lowers the expressions of one procedure.
pub struct Lowering<'a> {
    /// What procedures share.
    pub library: &'a Library,
    /// The procedure.
    pub procedure: &'a Procedure,
    pub(super) references: &'a dyn References,
    pub(super) memory: RefCell<BTreeMap<Remembered, Option<Lowered>>>,
    depth: Cell<u32>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Remembered {
    Rule(RuleId),
    Output(DecisionId, u32),
    Precondition(PreconditionId),
}

impl<'a> Lowering<'a> {
    /// Writes out everything down to the variables of the process.
    pub fn new(library: &'a Library, procedure: &'a Procedure) -> Lowering<'a> {
        Lowering::with(library, procedure, &WrittenOut)
    }

    /// Writes out what has no name of its own.
    pub fn with(library: &'a Library, procedure: &'a Procedure, references: &'a dyn References) -> Lowering<'a> {
        Lowering { library, procedure, references, memory: RefCell::default(), depth: Cell::new(0) }
    }

    /// When a condition is surely true.
    pub fn true_when(&self, condition: &Expression) -> Result<Plain, Refused> {
        self.truth(condition).map(|pair| pair.yes)
    }

    /// When a condition is surely false.
    pub fn false_when(&self, condition: &Expression) -> Result<Plain, Refused> {
        self.truth(condition).map(|pair| pair.no)
    }

    /// When a condition is neither, because data are missing.
    pub fn open_when(&self, condition: &Expression) -> Result<Plain, Refused> {
        self.truth(condition).map(|pair| Plain::negated(Plain::any([pair.yes, pair.no])))
    }

    /// A value as the process holds it (whole cents, whole numbers, texts, truth values), null where it is missing.
    pub fn value(&self, expression: &Expression) -> Result<Plain, Refused> {
        self.lower(expression)?.into_value(unit(self.library, &expression.typ))
    }

    /// An expression in plain terms.
    pub fn lower(&self, expression: &Expression) -> Result<Lowered, Refused> {
        if self.depth.get() >= DEEPEST {
            return Err(too_long());
        }
        self.depth.set(self.depth.get() + 1);
        let lowered = self.expression(expression);
        self.depth.set(self.depth.get() - 1);
        let lowered = lowered?;
        if lowered.weight() > MOST_NODES { Err(too_long()) } else { Ok(lowered) }
    }

    /// A condition in plain terms.
    pub fn truth(&self, expression: &Expression) -> Result<Pair, Refused> {
        match self.lower(expression)? {
            Lowered::Truth(pair) => Ok(pair),
            Lowered::Value(_) => Err(no_form()),
        }
    }

    fn known(&self, expression: &Expression) -> Result<Known, Refused> {
        match self.lower(expression)? {
            Lowered::Value(known) => Ok(known),
            Lowered::Truth(_) => Err(no_form()),
        }
    }

    /// A number with the condition under which it is known.
    fn number(&self, expression: &Expression) -> Result<(Plain, Number), Refused> {
        let known = self.known(expression)?;
        match known.content {
            Content::Number(number) => Ok((known.known, number)),
            Content::Text(..) => Err(no_form()),
        }
    }

    /// A day with the condition under which it is known.
    fn day(&self, expression: &Expression) -> Result<(Plain, Plain), Refused> {
        let known = self.known(expression)?;
        match known.content {
            Content::Text(day, Kind::Day) => Ok((known.known, day)),
            _ => Err(no_form()),
        }
    }

    fn expression(&self, expression: &Expression) -> Result<Lowered, Refused> {
        match &expression.kind {
            ExpressionKind::Literal(literal) => self.literal(literal),
            ExpressionKind::Datum(datum) => self.datum(*datum),
            ExpressionKind::Rule(rule) => self.rule(*rule),
            ExpressionKind::Decision(decision, output) => self.output(*decision, *output),
            ExpressionKind::Precondition(precondition) => self.precondition(*precondition).map(Lowered::Truth),
            ExpressionKind::Parameter(parameter, option) => self.parameter(*parameter, option.as_deref(), &expression.typ),
            ExpressionKind::Context(Context::ApplicationDate) => Ok(Lowered::day(Plain::variable("antragsdatum"))),
            ExpressionKind::Context(Context::DecisionDate) => Ok(Lowered::day(Plain::variable(DECISION_DAY))),
            ExpressionKind::Deadline(..) | ExpressionKind::Context(Context::CompletionDate | Context::NotificationDate) => {
                Err(durations())
            }
            ExpressionKind::Context(Context::AllFulfilled) => Ok(Lowered::Truth(Pair {
                yes: Plain::equal(Plain::variable("erfuellt"), Plain::text("ja")),
                no: Plain::equal(Plain::variable("erfuellt"), Plain::text("nein")),
            })),
            ExpressionKind::Not(inner) => self.truth(inner).map(|pair| Lowered::Truth(pair.negated())),
            ExpressionKind::Negate(inner) => {
                let (known, number) = self.number(inner)?;
                Ok(Lowered::number(known, number.negated()?))
            }
            ExpressionKind::Binary(operator, left, right) => self.binary(*operator, left, right),
            ExpressionKind::In(value, members) => self.membership(value, members),
            ExpressionKind::Default(value, instead) => {
                let (value, instead) = (self.lower(value)?, self.lower(instead)?);
                let known = value.known();
                choice(Pair { no: Plain::negated(known.clone()), yes: known }, value, instead)
            }
            ExpressionKind::If(condition, then, otherwise) => {
                choice(self.truth(condition)?, self.lower(then)?, self.lower(otherwise)?)
            }
            ExpressionKind::Known(inner) => Ok(Lowered::Truth(Pair::certain(self.lower(inner)?.known()))),
            ExpressionKind::Call(function, arguments) => self.call(*function, arguments),
            ExpressionKind::Component(..) => Err(both!(
                "Teile zusammengesetzter Angaben sind im Verfahren keine eigenen Variablen.",
                "Parts of compound data are no variables of their own in the procedure."
            )),
            ExpressionKind::List(_) | ExpressionKind::Each(..) | ExpressionKind::Item(..) => Err(lists()),
            ExpressionKind::Error => Err(no_form()),
        }
    }

    /// A value as written down.
    pub fn literal(&self, literal: &Literal) -> Result<Lowered, Refused> {
        let certain = |content| Lowered::Value(Known { known: Plain::Truth(true), content, nullable: true });
        Ok(match literal {
            Literal::Truth(truth) => Lowered::Truth(Pair::certain(Plain::Truth(*truth))),
            Literal::Integer(whole) => certain(Content::Number(Number::constant(*whole, 1))),
            Literal::Decimal(number) | Literal::Amount(number) | Literal::Quantity(number, _) => {
                certain(Content::Number(Number::decimal(*number)?))
            }
            Literal::Date(day) => certain(Content::Text(Plain::text(day.to_string()), Kind::Day)),
            Literal::Text(text) => certain(Content::Text(Plain::text(text.as_ref()), Kind::Words)),
            Literal::Option(choice, index) => {
                let options = self.library.choices.get(*choice).map(|choice| choice.options.as_slice()).unwrap_or_default();
                let Some(option) = options.get(*index as usize) else { return Err(no_form()) };
                let name = machine_name(&option.name);
                if options.iter().filter(|other| machine_name(&other.name) == name).count() > 1 {
                    return Err(both!(
                        "Mehrere Auswahlwerte heißen für Maschinen „{name}“. Benennen Sie einen davon um.",
                        "Several options are called \"{name}\" by machines. Rename one of them."
                    ));
                }
                certain(Content::Text(Plain::text(name), Kind::Option(*choice)))
            }
            Literal::Duration(_) => return Err(durations()),
        })
    }

    fn binary(&self, operator: BinaryOperator, left: &Expression, right: &Expression) -> Result<Lowered, Refused> {
        let order = match operator {
            BinaryOperator::And => return Ok(Lowered::Truth(self.truth(left)?.and(self.truth(right)?))),
            BinaryOperator::Or => {
                return Ok(Lowered::Truth(self.truth(left)?.negated().and(self.truth(right)?.negated()).negated()));
            }
            BinaryOperator::Equal => return Ok(Lowered::Truth(same(self.lower(left)?, self.lower(right)?)?)),
            BinaryOperator::NotEqual => return Ok(Lowered::Truth(same(self.lower(left)?, self.lower(right)?)?.negated())),
            BinaryOperator::Less => Order::Less,
            BinaryOperator::LessOrEqual => Order::AtMost,
            BinaryOperator::Greater => Order::Greater,
            BinaryOperator::GreaterOrEqual => Order::AtLeast,
            BinaryOperator::Add | BinaryOperator::Subtract | BinaryOperator::Multiply | BinaryOperator::Divide => {
                return self.arithmetic(operator, left, right);
            }
        };
        Ok(Lowered::Truth(ordered(order, self.known(left)?, self.known(right)?)?))
    }

    fn arithmetic(&self, operator: BinaryOperator, left: &Expression, right: &Expression) -> Result<Lowered, Refused> {
        let is_of_time = |side: &Expression| matches!(side.typ.base(self.library), Type::Date | Type::Duration);
        if is_of_time(left) || is_of_time(right) {
            return Err(durations());
        }
        let ((left_known, first), (right_known, second)) = (self.number(left)?, self.number(right)?);
        let known = Plain::all([left_known, right_known]);
        let number = match operator {
            BinaryOperator::Add => first.plus(second, false)?,
            BinaryOperator::Subtract => first.plus(second, true)?,
            BinaryOperator::Multiply => {
                let product = first.times(second)?;
                if is_share(left) == is_share(right) { product } else { product.times(Number::constant(1, 100))? }
            }
            _ => match first.over(&second)? {
                Some(number) => number,
                None => return Ok(Lowered::number(Plain::Truth(false), Number::constant(0, 1))),
            },
        };
        Ok(Lowered::number(known, number))
    }

    fn membership(&self, value: &Expression, members: &[SetMember]) -> Result<Lowered, Refused> {
        let value = self.lower(value)?;
        let known = value.known();
        let mut found = Vec::with_capacity(members.len());
        let mut absent = vec![known.clone()];
        for member in members {
            let pair = match member {
                SetMember::Value(member) => same(value.clone(), self.lower(member)?)?,
                SetMember::Range { from, to, below } => {
                    let Lowered::Value(value) = value.clone() else { return Err(no_form()) };
                    let upper = if *below { Order::Less } else { Order::AtMost };
                    let above = ordered(Order::AtLeast, value.clone(), self.known(from)?)?;
                    above.and(ordered(upper, value, self.known(to)?)?)
                }
            };
            found.push(pair.yes);
            absent.push(pair.no);
        }
        Ok(Lowered::Truth(Pair { yes: Plain::any(found), no: Plain::all(absent) }))
    }

    fn call(&self, function: Function, arguments: &[Expression]) -> Result<Lowered, Refused> {
        match (function, arguments) {
            (Function::CompletedYears | Function::CompletedMonths, [from, to]) => {
                let ((from_known, from), (to_known, to)) = (self.day(from)?, self.day(to)?);
                // Before the birth there is no age.
                let begun = Plain::order(Order::AtMost, Sort::Days, from.clone(), to.clone());
                let (from, to) = (Box::new(from), Box::new(to));
                let count = if function == Function::CompletedYears { Plain::Years(from, to) } else { Plain::Months(from, to) };
                Ok(Lowered::number(Plain::all([from_known, to_known, begun]), Number::of(count, 1)))
            }
            (Function::Year, [day]) => {
                let (known, day) = self.day(day)?;
                Ok(Lowered::number(known, Number::of(Plain::Year(Box::new(day)), 1)))
            }
            (Function::MonthStart, [day]) => {
                let (known, day) = self.day(day)?;
                let content = Content::Text(Plain::MonthStart(Box::new(day)), Kind::Day);
                Ok(Lowered::Value(Known { known, content, nullable: false }))
            }
            (Function::RoundUp | Function::RoundDown | Function::Round, [number, step @ ..]) => {
                let rounding = match function {
                    Function::RoundUp => Rounding::Up,
                    Function::RoundDown => Rounding::Down,
                    _ => Rounding::Commercial,
                };
                let (known, number) = self.number(number)?;
                let step = match step.first() {
                    Some(step) => self.number(step)?.1,
                    None => Number::constant(1, 1),
                };
                Ok(Lowered::number(known, number.rounded(&step, rounding)?))
            }
            (Function::AtLeast | Function::AtMost, values) => self.extreme(function == Function::AtLeast, values),
            (Function::DaysBetween, _) => Err(durations()),
            _ => Err(lists()),
        }
    }

    fn extreme(&self, greatest: bool, values: &[Expression]) -> Result<Lowered, Refused> {
        let mut guards = Vec::with_capacity(values.len());
        let mut numbers: Vec<Number> = Vec::with_capacity(values.len());
        for value in values {
            if matches!(value.typ.base(self.library), Type::List(_)) {
                return Err(lists());
            }
            let (known, mut number) = self.number(value)?;
            guards.push(known);
            for other in &mut numbers {
                let (left, right) = alike(other.clone(), number)?;
                *other = left;
                number = right;
            }
            numbers.push(number);
        }
        // With each further number the earlier ones may have got a greater denominator.
        let Some(scale) = numbers.iter().map(|number| number.scale).max() else { return Err(no_form()) };
        let multiple = numbers.iter().fold(0, |divisor, number| greatest_divisor(divisor, number.multiple));
        let mut items = Vec::with_capacity(numbers.len());
        for number in numbers {
            items.push(number.with_scale(scale)?.whole);
        }
        let whole = match items.len() {
            1 => items.remove(0),
            _ if greatest => Plain::Greatest(items),
            _ => Plain::Least(items),
        };
        Ok(Lowered::number(Plain::all(guards), Number { whole, scale, multiple }))
    }
}

/// The variable that holds the day of the decision.
pub(super) const DECISION_DAY: &str = "entscheidungsdatum";

/// Per cent: a product with one share of a hundred is that share.
fn is_share(expression: &Expression) -> bool {
    matches!(&expression.typ, Type::Quantity(unit) if unit.as_ref() == "%")
}
