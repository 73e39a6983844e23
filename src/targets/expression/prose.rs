//! Expressions as sentences for people, in German and English: in the words of the labels, with the norms.
//!
//! A condition is a clause that can follow »wenn« or "if". What has no label is called by its name. The sentences say what the
//! expression says, no more: rules that are conditions themselves are spelt out, other rules are named with their norm.

use crate::diagnostic::{Bilingual, Language};
use crate::model::expression::{
    BinaryOperator, Context, Edge, Expression, ExpressionKind, Function, Literal, SetMember, Several,
};
use crate::model::norm::{Norm, cite};
use crate::model::procedure::DeadlineKind;
use crate::model::{DatumId, Label, Library, Procedure, Type};
use crate::rules::value::{Value, show_duration};

/// How deep rules are spelt out; below that they are named.
const DEEPEST: u32 = 12;

/// A condition as a clause in both languages.
pub fn condition(library: &Library, procedure: &Procedure, condition: &Expression) -> Bilingual {
    let clause = |language| Speaker { library, procedure, language }.clause(condition, true, Place::Alone, 0);
    Bilingual { de: clause(Language::De), en: clause(Language::En) }
}

/// A value as a noun phrase in both languages.
pub fn value(library: &Library, procedure: &Procedure, value: &Expression) -> Bilingual {
    let phrase = |language| Speaker { library, procedure, language }.phrase(value, 0);
    Bilingual { de: phrase(Language::De), en: phrase(Language::En) }
}

/// Within which connective a clause stands: another one needs brackets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Alone,
    And,
    Or,
}

struct Speaker<'a> {
    library: &'a Library,
    procedure: &'a Procedure,
    language: Language,
}

impl Speaker<'_> {
    fn say<'t>(&self, de: &'t str, en: &'t str) -> &'t str {
        match self.language {
            Language::De => de,
            Language::En => en,
        }
    }

    fn quote(&self, text: &str) -> String {
        match self.language {
            Language::De => format!("„{text}“"),
            Language::En => format!("“{text}”"),
        }
    }

    fn label(&self, label: &Label) -> String {
        self.quote(match self.language {
            Language::De => &label.de,
            Language::En => label.english(),
        })
    }

    fn with_norm(&self, text: String, norms: &[Norm]) -> String {
        if norms.is_empty() { text } else { format!("{text} ({})", cite(norms)) }
    }

    /// A clause that says that a condition is `want`.
    fn clause(&self, expression: &Expression, want: bool, place: Place, depth: u32) -> String {
        if depth > DEEPEST {
            return self.say("eine weitere Bedingung gilt", "a further condition holds").to_owned();
        }
        let depth = depth + 1;
        match &expression.kind {
            ExpressionKind::Literal(Literal::Truth(truth)) if *truth == want => self.say("immer", "always").to_owned(),
            ExpressionKind::Literal(Literal::Truth(_)) => self.say("nie", "never").to_owned(),
            ExpressionKind::Datum(datum) => self.answered(*datum, want),
            ExpressionKind::Not(inner) => self.clause(inner, !want, place, depth),
            ExpressionKind::Binary(BinaryOperator::And, left, right) => {
                self.joined(left, right, want, if want { Place::And } else { Place::Or }, place, depth)
            }
            ExpressionKind::Binary(BinaryOperator::Or, left, right) => {
                self.joined(left, right, want, if want { Place::Or } else { Place::And }, place, depth)
            }
            ExpressionKind::Binary(operator, left, right) => self.comparison(*operator, left, right, want, depth),
            ExpressionKind::In(value, members) => self.member(value, members, want, depth),
            ExpressionKind::Default(value, fallback) => {
                let clause = self.clause(value, want, Place::And, depth);
                let fallback = self.phrase(fallback, depth);
                format!("{clause} ({}: {fallback})", self.say("ohne Angabe gilt", "if not stated"))
            }
            ExpressionKind::If(test, then, otherwise) => {
                let test = self.clause(test, true, Place::Alone, depth);
                let then = self.clause(then, want, Place::Alone, depth);
                let otherwise = self.clause(otherwise, want, Place::Alone, depth);
                match self.language {
                    Language::De => format!("(sofern {test}: {then}, sonst: {otherwise})"),
                    Language::En => format!("(provided that {test}: {then}; otherwise: {otherwise})"),
                }
            }
            ExpressionKind::Known(value) => {
                let value = self.phrase(value, depth);
                match (self.language, want) {
                    (Language::De, true) => format!("{value} bekannt ist"),
                    (Language::De, false) => format!("{value} nicht bekannt ist"),
                    (Language::En, true) => format!("{value} is known"),
                    (Language::En, false) => format!("{value} is not known"),
                }
            }
            ExpressionKind::Rule(rule) => match self.procedure.rules.get(*rule) {
                Some(rule) => self.clause(&rule.expression, want, place, depth),
                None => String::new(),
            },
            ExpressionKind::Precondition(precondition) => {
                let Some(precondition) = self.procedure.preconditions.get(*precondition) else { return String::new() };
                let name = self.with_norm(self.quote(&precondition.name), &precondition.norms);
                match (self.language, want) {
                    (Language::De, true) => format!("die Voraussetzung {name} erfüllt ist"),
                    (Language::De, false) => format!("die Voraussetzung {name} nicht erfüllt ist"),
                    (Language::En, true) => format!("the precondition {name} is fulfilled"),
                    (Language::En, false) => format!("the precondition {name} is not fulfilled"),
                }
            }
            ExpressionKind::Context(Context::AllFulfilled) => match want {
                true => self.say("alle Voraussetzungen erfüllt sind", "all preconditions are fulfilled").to_owned(),
                false => self.say("nicht alle Voraussetzungen erfüllt sind", "not all preconditions are fulfilled").to_owned(),
            },
            ExpressionKind::Call(function @ (Function::All | Function::Any), arguments) => {
                if let [Expression { kind: ExpressionKind::Each(several, Some(condition)), .. }] = arguments.as_slice() {
                    // Of all: for each it holds, or for one it does not. Of any: for one it holds, or for each it does not.
                    let condition = self.clause(condition, want, Place::Alone, depth);
                    let (several, each) = (self.several(*several), (*function == Function::All) == want);
                    return match (self.language, each) {
                        (Language::De, true) => format!("für alle ({several}) gilt, dass {condition}"),
                        (Language::De, false) => format!("für mindestens eines ({several}) gilt, dass {condition}"),
                        (Language::En, true) => format!("for each of them ({several}) {condition}"),
                        (Language::En, false) => format!("for at least one of them ({several}) {condition}"),
                    };
                }
                let list = self.phrases(arguments, depth);
                match (self.language, function, want) {
                    (Language::De, Function::All, true) => format!("alle zutreffen: {list}"),
                    (Language::De, Function::All, false) => format!("nicht alle zutreffen: {list}"),
                    (Language::De, _, true) => format!("mindestens eines zutrifft: {list}"),
                    (Language::De, _, false) => format!("keines zutrifft: {list}"),
                    (Language::En, Function::All, true) => format!("all of these hold: {list}"),
                    (Language::En, Function::All, false) => format!("not all of these hold: {list}"),
                    (Language::En, _, true) => format!("at least one of these holds: {list}"),
                    (Language::En, _, false) => format!("none of these holds: {list}"),
                }
            }
            _ => {
                let value = self.phrase(expression, depth);
                match (self.language, want) {
                    (Language::De, true) => format!("{value} zutrifft"),
                    (Language::De, false) => format!("{value} nicht zutrifft"),
                    (Language::En, true) => format!("{value} holds"),
                    (Language::En, false) => format!("{value} does not hold"),
                }
            }
        }
    }

    fn joined(&self, left: &Expression, right: &Expression, want: bool, own: Place, place: Place, depth: u32) -> String {
        let left = self.clause(left, want, own, depth);
        let right = self.clause(right, want, own, depth);
        let word = if own == Place::And { self.say("und", "and") } else { self.say("oder", "or") };
        let both = format!("{left} {word} {right}");
        if place == Place::Alone || place == own { both } else { format!("({both})") }
    }

    /// That a yes-or-no question was answered so.
    fn answered(&self, datum: DatumId, want: bool) -> String {
        let question = self.datum(datum);
        match (self.language, want) {
            (Language::De, true) => format!("{question} mit Ja beantwortet ist"),
            (Language::De, false) => format!("{question} mit Nein beantwortet ist"),
            (Language::En, true) => format!("{question} is answered with yes"),
            (Language::En, false) => format!("{question} is answered with no"),
        }
    }

    fn comparison(&self, operator: BinaryOperator, left: &Expression, right: &Expression, want: bool, depth: u32) -> String {
        if let ExpressionKind::Literal(Literal::Truth(truth)) = &right.kind {
            let equal = (operator == BinaryOperator::Equal) == want;
            return self.clause(left, *truth == equal, Place::And, depth);
        }
        let operator = if want { operator } else { opposite(operator) };
        if let (Some(person), ExpressionKind::Literal(Literal::Integer(years))) = (self.person_of_age(left, 0), &right.kind) {
            return self.age(&person, operator, *years);
        }
        let is_day = *left.typ.base(self.library) == Type::Date;
        let value = self.phrase(left, depth);
        let other = self.phrase(right, depth);
        let german = |how: &str| format!("{value} {how} {other} ist");
        let english = |how: &str| format!("{value} is {how} {other}");
        match (self.language, operator) {
            (Language::De, BinaryOperator::Equal) => format!("{value} {other} ist"),
            (Language::De, BinaryOperator::NotEqual) => format!("{value} nicht {other} ist"),
            (Language::De, BinaryOperator::Less) => german(if is_day { "vor dem" } else { "kleiner als" }),
            (Language::De, BinaryOperator::LessOrEqual) => german(if is_day { "spätestens der" } else { "höchstens" }),
            (Language::De, BinaryOperator::Greater) => german(if is_day { "nach dem" } else { "größer als" }),
            (Language::De, _) => german(if is_day { "frühestens der" } else { "mindestens" }),
            (Language::En, BinaryOperator::Equal) => format!("{value} is {other}"),
            (Language::En, BinaryOperator::NotEqual) => format!("{value} is not {other}"),
            (Language::En, BinaryOperator::Less) => english(if is_day { "before" } else { "less than" }),
            (Language::En, BinaryOperator::LessOrEqual) => english(if is_day { "not after" } else { "at most" }),
            (Language::En, BinaryOperator::Greater) => english(if is_day { "after" } else { "more than" }),
            (Language::En, _) => english(if is_day { "not before" } else { "at least" }),
        }
    }

    /// Whose completed years of life on the day of the application an expression counts.
    fn person_of_age(&self, expression: &Expression, depth: u32) -> Option<String> {
        match &expression.kind {
            ExpressionKind::Rule(rule) if depth < DEEPEST => {
                self.person_of_age(&self.procedure.rules.get(*rule)?.expression, depth + 1)
            }
            ExpressionKind::Call(Function::CompletedYears, arguments) => match arguments.as_slice() {
                [
                    Expression { kind: ExpressionKind::Datum(birth), .. },
                    Expression { kind: ExpressionKind::Context(Context::ApplicationDate), .. },
                ] => {
                    let (person, _) = self.procedure.data.get(*birth)?.of?;
                    Some(self.label(&self.procedure.participants.get(person)?.label))
                }
                _ => None,
            },
            _ => None,
        }
    }

    fn age(&self, person: &str, operator: BinaryOperator, years: i64) -> String {
        let (german, english) = match operator {
            BinaryOperator::Equal => (format!("{years} Jahre alt ist"), format!("is {years} years old")),
            BinaryOperator::NotEqual => (format!("nicht {years} Jahre alt ist"), format!("is not {years} years old")),
            BinaryOperator::Less => (format!("noch nicht {years} Jahre alt ist"), format!("is not yet {years} years old")),
            BinaryOperator::LessOrEqual => (format!("höchstens {years} Jahre alt ist"), format!("is at most {years} years old")),
            BinaryOperator::Greater => (format!("mehr als {years} Jahre alt ist"), format!("is more than {years} years old")),
            _ => (format!("{years} Jahre oder älter ist"), format!("is {years} years or older")),
        };
        match self.language {
            Language::De => format!("{person} am Tag des Antrags {german}"),
            Language::En => format!("{person} {english} on the day of the application"),
        }
    }

    fn member(&self, value: &Expression, members: &[SetMember], want: bool, depth: u32) -> String {
        let value = self.phrase(value, depth);
        let members = members.iter().map(|member| match member {
            SetMember::Value(member) => self.phrase(member, depth),
            SetMember::Range { from, to, below } => {
                let to = self.phrase(to, depth);
                let from = self.phrase(from, depth);
                let until = if *below { self.say("bis unter", "up to but not including") } else { self.say("bis", "to") };
                format!("{from} {until} {to}")
            }
        });
        let list = self.list(members.collect(), self.say("oder", "or"));
        match (self.language, want) {
            (Language::De, true) => format!("{value} {list} ist"),
            (Language::De, false) => format!("{value} weder eines noch das andere ist: {list}"),
            (Language::En, true) => format!("{value} is {list}"),
            (Language::En, false) => format!("{value} is none of these: {list}"),
        }
    }

    /// A value as a noun phrase.
    fn phrase(&self, expression: &Expression, depth: u32) -> String {
        if depth > DEEPEST {
            return self.say("ein weiterer Wert", "a further value").to_owned();
        }
        let depth = depth + 1;
        match &expression.kind {
            ExpressionKind::Literal(literal) => self.literal(literal, &expression.typ),
            ExpressionKind::Datum(datum) => self.datum(*datum),
            ExpressionKind::Component(whole, attribute) => {
                let part = match whole.typ.base(self.library) {
                    Type::Group(group) => {
                        let group = self.library.groups.get(*group);
                        group.and_then(|group| group.attributes.get(*attribute as usize)).map(|part| self.label(&part.label))
                    }
                    _ => None,
                };
                let whole = self.phrase(whole, depth);
                part.map_or_else(|| whole.clone(), |part| format!("{part} {} {whole}", self.say("in", "in")))
            }
            ExpressionKind::Rule(rule) => match self.procedure.rules.get(*rule) {
                Some(rule) => match self.person_of_age(&rule.expression, 0) {
                    Some(person) => self.age_of(&person),
                    None => self.with_norm(self.quote(&rule.name), &rule.norms),
                },
                None => String::new(),
            },
            ExpressionKind::Decision(decision, output) => {
                let Some(decision) = self.procedure.decisions.get(*decision) else { return String::new() };
                let name = decision.outputs.get(*output as usize).map_or(&decision.name, |output| &output.name);
                self.with_norm(self.quote(name), &decision.norms)
            }
            ExpressionKind::Parameter(parameter, option) => {
                let Some(parameter) = self.library.parameters.get(*parameter) else { return String::new() };
                let name = self.with_norm(self.quote(&parameter.name), &parameter.norms);
                match option {
                    Some(option) => format!("{name} {} {}", self.say("für", "for"), self.phrase(option, depth)),
                    None => name,
                }
            }
            ExpressionKind::Context(Context::ApplicationDate) => {
                self.say("der Tag des Antrags", "the day of the application").to_owned()
            }
            ExpressionKind::Context(Context::DecisionDate) => {
                self.say("der Tag der Entscheidung", "the day of the decision").to_owned()
            }
            ExpressionKind::Context(Context::CompletionDate) => {
                self.say("der Tag, an dem alle Unterlagen vorliegen", "the day on which all documents are there").to_owned()
            }
            ExpressionKind::Context(Context::NotificationDate) => {
                self.say("der Tag der Bekanntgabe", "the day of the notification").to_owned()
            }
            ExpressionKind::Deadline(id, edge) => {
                let Some(deadline) = self.procedure.deadlines.get(*id) else { return String::new() };
                let name = self.with_norm(self.quote(&deadline.name), &deadline.norms);
                match (edge, deadline.kind, self.language) {
                    (Edge::First, DeadlineKind::Limit, Language::De) => format!("der Beginn der Frist {name}"),
                    (Edge::Last, DeadlineKind::Limit, Language::De) => format!("das Ende der Frist {name}"),
                    (Edge::First, DeadlineKind::Period, Language::De) => format!("der Beginn des Zeitraums {name}"),
                    (Edge::Last, DeadlineKind::Period, Language::De) => format!("das Ende des Zeitraums {name}"),
                    (Edge::First, _, Language::En) => format!("the first day of {name}"),
                    (Edge::Last, _, Language::En) => format!("the last day of {name}"),
                }
            }
            ExpressionKind::Negate(inner) => format!("minus {}", self.phrase(inner, depth)),
            ExpressionKind::Binary(operator, left, right) => match self.arithmetic(*operator) {
                Some(word) => format!("{} {word} {}", self.phrase(left, depth), self.phrase(right, depth)),
                None => self.clause(expression, true, Place::And, depth),
            },
            ExpressionKind::Default(value, fallback) => {
                let (value, fallback) = (self.phrase(value, depth), self.phrase(fallback, depth));
                format!("{value} ({}: {fallback})", self.say("ohne Angabe", "if not stated"))
            }
            ExpressionKind::If(test, then, otherwise) => {
                let test = self.clause(test, true, Place::Alone, depth);
                let (then, otherwise) = (self.phrase(then, depth), self.phrase(otherwise, depth));
                match self.language {
                    Language::De => format!("({then}, wenn {test}, sonst {otherwise})"),
                    Language::En => format!("({then} if {test}, otherwise {otherwise})"),
                }
            }
            ExpressionKind::Call(function, arguments) => self.call(*function, arguments, depth),
            ExpressionKind::List(items) => self.phrases(items, depth),
            ExpressionKind::Each(several, None) => self.several(*several),
            ExpressionKind::Each(_, Some(value)) if matches!(value.kind, ExpressionKind::Datum(_)) => self.phrase(value, depth),
            ExpressionKind::Each(several, Some(value)) => {
                let (value, several) = (self.phrase(value, depth), self.several(*several));
                format!("{value} ({} {several})", self.say("je", "for each of"))
            }
            ExpressionKind::Item(several, index) => format!("{} Nr. {index}", self.phrase(several, depth)),
            ExpressionKind::Error => String::new(),
            _ => self.clause(expression, true, Place::And, depth),
        }
    }

    fn arithmetic(&self, operator: BinaryOperator) -> Option<&'static str> {
        match (operator, self.language) {
            (BinaryOperator::Add, _) => Some("plus"),
            (BinaryOperator::Subtract, _) => Some("minus"),
            (BinaryOperator::Multiply, Language::De) => Some("mal"),
            (BinaryOperator::Multiply, Language::En) => Some("times"),
            (BinaryOperator::Divide, Language::De) => Some("geteilt durch"),
            (BinaryOperator::Divide, Language::En) => Some("divided by"),
            _ => None,
        }
    }

    fn age_of(&self, person: &str) -> String {
        match self.language {
            Language::De => format!("das Alter von {person} am Tag des Antrags"),
            Language::En => format!("the age of {person} on the day of the application"),
        }
    }

    fn call(&self, function: Function, arguments: &[Expression], depth: u32) -> String {
        let of = |de: &str, en: &str| format!("{} {}", self.say(de, en), self.phrases(arguments, depth));
        let stepped = |de: &str, en: &str| match arguments {
            [value, step] => {
                let (value, step) = (self.phrase(value, depth), self.phrase(step, depth));
                format!("({value}, {} {step})", self.say(de, en))
            }
            _ => self.phrases(arguments, depth),
        };
        match function {
            Function::CompletedYears => match arguments {
                [from, to] => {
                    let (from, to) = (self.phrase(from, depth), self.phrase(to, depth));
                    match self.language {
                        Language::De => format!("die vollendeten Jahre von {from} bis {to}"),
                        Language::En => format!("the completed years from {from} to {to}"),
                    }
                }
                _ => self.phrases(arguments, depth),
            },
            Function::CompletedMonths => of("die vollendeten Monate zwischen", "the completed months between"),
            Function::DaysBetween => of("die Tage zwischen", "the days between"),
            Function::RoundUp => stepped("aufgerundet auf ein Vielfaches von", "rounded up to a multiple of"),
            Function::RoundDown => stepped("abgerundet auf ein Vielfaches von", "rounded down to a multiple of"),
            Function::Round => stepped("gerundet auf ein Vielfaches von", "rounded to a multiple of"),
            Function::AtLeast => of("der größte Wert von", "the greatest of"),
            Function::AtMost => of("der kleinste Wert von", "the least of"),
            Function::Sum => of("die Summe von", "the sum of"),
            Function::Count => of("die Anzahl von", "the number of"),
            Function::CountTrue => of("die Anzahl der Fälle, in denen gilt:", "the number for which holds:"),
            Function::All => of("alle von", "all of"),
            Function::Any => of("eines von", "any of"),
            Function::Year => of("das Jahr von", "the year of"),
            Function::MonthStart => of("der Monatsanfang von", "the start of the month of"),
        }
    }

    fn phrases(&self, expressions: &[Expression], depth: u32) -> String {
        let phrases = expressions.iter().map(|expression| self.phrase(expression, depth)).collect();
        self.list(phrases, self.say("und", "and"))
    }

    fn list(&self, mut phrases: Vec<String>, word: &str) -> String {
        match (phrases.pop(), phrases.is_empty()) {
            (None, _) => String::new(),
            (Some(only), true) => only,
            (Some(last), false) => format!("{} {word} {last}", phrases.join(", ")),
        }
    }

    fn several(&self, several: Several) -> String {
        match several {
            Several::Persons(id) => {
                self.procedure.participants.get(id).map(|persons| self.label(&persons.label)).unwrap_or_default()
            }
            Several::Values(id) => self.datum(id),
        }
    }

    /// A datum by its label, with the person it belongs to.
    fn datum(&self, datum: DatumId) -> String {
        let Some(datum) = self.procedure.data.get(datum) else { return String::new() };
        let label = self.label(&datum.label);
        match datum.of.and_then(|(person, _)| self.procedure.participants.get(person)) {
            Some(person) => format!("{label} ({})", self.label(&person.label)),
            None => label,
        }
    }

    fn literal(&self, literal: &Literal, typ: &Type) -> String {
        match (literal, self.language) {
            (Literal::Option(choice, option), _) => {
                let options = self.library.choices.get(*choice).map(|choice| choice.options.as_slice()).unwrap_or_default();
                options.get(*option as usize).map(|option| self.label(&option.label)).unwrap_or_default()
            }
            (Literal::Text(text), _) => self.quote(text),
            (Literal::Truth(true), language) => if language == Language::De { "ja" } else { "yes" }.to_owned(),
            (Literal::Truth(false), language) => if language == Language::De { "nein" } else { "no" }.to_owned(),
            (Literal::Date(day), Language::De) => format!("{:02}.{:02}.{}", day.day(), day.month(), day.year()),
            (Literal::Duration(duration), Language::De) => show_duration(*duration),
            (Literal::Amount(amount), Language::En) => format!("EUR {amount}"),
            (Literal::Decimal(number), Language::En) => number.to_string(),
            (Literal::Quantity(number, unit), Language::En) => format!("{number} {unit}"),
            (Literal::Amount(_), Language::De) => Value::of(literal).show(&Type::Amount, self.library),
            (literal, _) => Value::of(literal).show(typ, self.library),
        }
    }
}

fn opposite(operator: BinaryOperator) -> BinaryOperator {
    match operator {
        BinaryOperator::Equal => BinaryOperator::NotEqual,
        BinaryOperator::NotEqual => BinaryOperator::Equal,
        BinaryOperator::Less => BinaryOperator::GreaterOrEqual,
        BinaryOperator::LessOrEqual => BinaryOperator::Greater,
        BinaryOperator::Greater => BinaryOperator::LessOrEqual,
        BinaryOperator::GreaterOrEqual => BinaryOperator::Less,
        other => other,
    }
}
