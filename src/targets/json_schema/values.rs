//! The schema of one value: its shape, its bounds, its options.

use std::borrow::Cow;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::formats::tree::{Map, Node};
use crate::model::expression::Literal;
use crate::model::person::Constraints;
use crate::model::procedure::{Datum, Repeat};
use crate::model::{ChoiceId, GroupId, Label, Library, Type, machine_key};
use crate::targets::expression::json_schema::cents;

/// What a schema asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Demand {
    /// What can be filed: shapes only.
    Fileable,
    /// What can be decided: nothing may be missing.
    Decidable,
}

/// For whom a schema is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    /// A schema of its own: definitions under `$defs`, options with their titles.
    Alone,
    /// A part of an API description: definitions among its components, options as a plain enumeration.
    Api,
}

/// Writes the schemas of values, and remembers which shared ones they refer to.
pub struct Values<'a> {
    library: &'a Library,
    /// What is asked for.
    pub demand: Demand,
    dialect: Dialect,
    groups: Vec<GroupId>,
    choices: Vec<ChoiceId>,
    /// What the schemas don't say, and of which datum: a check digit, the order of dates.
    pub unsaid: Vec<(String, Unsaid)>,
    noted: Vec<Unsaid>,
    depth: u32,
}

/// The components that every API description has; the types of a definition step aside.
const RESERVED: [&str; 7] = [
    "Antrag",
    "Einreichung",
    "Definitionsverweis",
    "Eingangsbestaetigung",
    "Verfahrensstand",
    "Hochladebestaetigung",
    "Bescheid",
];

/// A constraint that JSON Schema does not know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unsaid {
    /// The check digit of a text.
    CheckDigit,
    /// The least or greatest of a date, a duration or an exact decimal.
    Order,
}

/// All constraints on one value: its own before those of its type.
type Chain<'c> = [Option<&'c Constraints>; 4];

impl<'a> Values<'a> {
    /// A writer for one document.
    pub fn new(library: &'a Library, demand: Demand, dialect: Dialect) -> Values<'a> {
        Values {
            library,
            demand,
            dialect,
            groups: Vec::new(),
            choices: Vec::new(),
            unsaid: Vec::new(),
            noted: Vec::new(),
            depth: 0,
        }
    }

    /// The schema of a value without title.
    pub fn value(&mut self, typ: &'a Type, constraints: &'a Constraints) -> Map<'a> {
        let mut chain: Chain<'a> = [Some(constraints), None, None, None];
        let mut next = 1;
        let mut base = typ;
        while let Type::Scalar(id) = base {
            let Some(scalar) = self.library.scalars.get(*id).filter(|_| next < 4) else { break };
            if let Some(slot) = chain.get_mut(next) {
                *slot = Some(&scalar.constraints);
            }
            base = &scalar.base;
            next += 1;
        }
        self.base(base, &chain)
    }

    /// The schema of a list.
    pub fn list(&self, items: Map<'a>, repeat: Repeat) -> Map<'a> {
        let mut map = Map::new().with("type", "array").with("items", items);
        if self.demand == Demand::Decidable && repeat.minimum > 0 {
            map.put("minItems", repeat.minimum);
        }
        if let Some(maximum) = repeat.maximum {
            map.put("maxItems", maximum);
        }
        map
    }

    fn base(&mut self, base: &'a Type, chain: &Chain<'a>) -> Map<'a> {
        match base {
            Type::Truth => Map::new().with("type", "boolean"),
            Type::Integer => self.whole(chain, |literal| match literal {
                Literal::Integer(number) => Some(*number),
                Literal::Decimal(number) => whole(*number),
                _ => None,
            }),
            Type::Amount => self.whole(chain, |literal| match literal {
                Literal::Amount(amount) => cents(*amount),
                _ => None,
            }),
            Type::Decimal | Type::Quantity(_) => {
                self.note_order(chain);
                Map::new().with("type", "string").with("pattern", "^-?[0-9]+(\\.[0-9]+)?$")
            }
            Type::Date => {
                self.note_order(chain);
                let day = "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$";
                Map::new().with("type", "string").with("format", "date").with("pattern", day)
            }
            Type::Duration => {
                self.note_order(chain);
                Map::new().with("type", "string").with("format", "duration").with("pattern", "^P[0-9]+[DWMY]$")
            }
            Type::Text | Type::Scalar(_) | Type::Unknown => self.text(chain),
            Type::File => file(),
            Type::Choice(id) => self.shared_choice(*id),
            Type::Group(id) => self.shared_group(*id),
            Type::List(item) => {
                let items = self.item(item, chain);
                self.list(items, Repeat { minimum: 1, maximum: None })
            }
        }
    }

    /// The schema of each value of a list: what constrains the list constrains them.
    fn item(&mut self, item: &'a Type, chain: &Chain<'a>) -> Map<'a> {
        self.depth += 1;
        let schema = match chain.first().copied().flatten() {
            Some(constraints) if self.depth <= 8 => self.value(item, constraints),
            _ => Map::new(),
        };
        self.depth -= 1;
        schema
    }

    fn whole(&mut self, chain: &Chain<'a>, number: fn(&Literal) -> Option<i64>) -> Map<'a> {
        let mut map = Map::new().with("type", "integer").with("format", "int64");
        let minimum = chain.iter().flatten().find_map(|constraint| constraint.minimum.as_ref());
        let maximum = chain.iter().flatten().find(|constraint| constraint.maximum.is_some());
        if let Some(minimum) = minimum.and_then(number) {
            map.put("minimum", minimum);
        }
        if let Some(constraint) = maximum
            && let Some(limit) = constraint.maximum.as_ref().and_then(number)
        {
            map.put(if constraint.below_maximum { "exclusiveMaximum" } else { "maximum" }, limit);
        }
        map
    }

    fn text(&mut self, chain: &Chain<'a>) -> Map<'a> {
        let mut map = Map::new().with("type", "string");
        let length = chain.iter().flatten().find_map(|constraint| constraint.length);
        let (shortest, longest) = length.unwrap_or((1, u32::MAX));
        map.put("minLength", shortest.max(1));
        if longest < u32::MAX {
            map.put("maxLength", longest);
        }
        if let Some(pattern) = chain.iter().flatten().find_map(|constraint| constraint.pattern.as_ref()) {
            map.put("pattern", anchored(pattern));
        }
        if chain.iter().flatten().any(|constraint| constraint.check_digit.is_some()) {
            self.note(Unsaid::CheckDigit);
        }
        map
    }

    fn note_order(&mut self, chain: &Chain<'a>) {
        if chain.iter().flatten().any(|constraint| constraint.minimum.is_some() || constraint.maximum.is_some()) {
            self.note(Unsaid::Order);
        }
    }

    fn note(&mut self, unsaid: Unsaid) {
        if !self.noted.contains(&unsaid) {
            self.noted.push(unsaid);
        }
    }

    /// Remembers of which datum the schema written last doesn't say something.
    fn attribute_unsaid(&mut self, what: impl Fn() -> String) {
        for unsaid in std::mem::take(&mut self.noted) {
            self.unsaid.push((what(), unsaid));
        }
    }

    /// The schema of a datum with its words.
    pub fn datum(&mut self, datum: &'a Datum, norm: &str) -> Map<'a> {
        let mut schema = titled(&datum.label, datum.hint.as_ref(), norm);
        let value = match (datum.repeat, &datum.typ) {
            (Some(repeat), Type::List(item)) => {
                let items = self.value(item, &datum.constraints);
                self.list(items, repeat)
            }
            _ => self.value(&datum.typ, &datum.constraints),
        };
        extend(&mut schema, value);
        if datum.secret {
            schema.put("writeOnly", true);
        }
        self.attribute_unsaid(|| datum.name.to_string());
        schema
    }

    fn shared_choice(&mut self, id: ChoiceId) -> Map<'a> {
        if !self.choices.contains(&id) {
            self.choices.push(id);
        }
        let name = self.library.choices.get(id).map_or("Auswahl", |choice| &choice.name);
        Map::new().with("$ref", self.reference(name))
    }

    fn shared_group(&mut self, id: GroupId) -> Map<'a> {
        if !self.groups.contains(&id) {
            self.groups.push(id);
        }
        let name = self.library.groups.get(id).map_or("Gruppe", |group| &group.name);
        Map::new().with("$ref", self.reference(name))
    }

    /// Whether the schemas are a part of an API description.
    pub fn is_for_api(&self) -> bool {
        self.dialect == Dialect::Api
    }

    /// The reference to a shared schema of this document.
    pub fn reference(&self, name: &str) -> String {
        let place = match self.dialect {
            Dialect::Alone => "#/$defs/",
            Dialect::Api => "#/components/schemas/",
        };
        format!("{place}{}", self.shared_key(name))
    }

    /// The name of a shared schema: in an API description it steps aside for the components that every description has.
    fn shared_key<'k>(&self, name: &'k str) -> Cow<'k, str> {
        let key = machine_key(name);
        match self.dialect {
            Dialect::Api if RESERVED.contains(&key.as_ref()) || key.starts_with("Problem") => Cow::Owned(format!("{key}_")),
            _ => key,
        }
    }

    /// Writes the shared schemas that were referred to, and those they refer to.
    pub fn shared(&mut self, into: &mut Map<'a>) {
        let mut written = 0;
        while let Some(&id) = self.groups.get(written) {
            written += 1;
            let Some(group) = self.library.groups.get(id) else { continue };
            let mut properties = Map::new();
            let mut required: Vec<Node<'a>> = Vec::new();
            for attribute in &group.attributes {
                let key = machine_key(&attribute.name);
                let mut schema = titled(&attribute.label, attribute.hint.as_ref(), "");
                extend(&mut schema, self.value(&attribute.typ, &attribute.constraints));
                self.attribute_unsaid(|| format!("{}.{}", group.name, attribute.name));
                if !attribute.optional {
                    required.push(key.clone().into());
                }
                properties.put(key, schema);
            }
            let mut schema = titled(&group.label, None, "")
                .with("type", "object")
                .with("properties", properties)
                .with("additionalProperties", false);
            if self.demand == Demand::Decidable && !required.is_empty() {
                schema.put("required", required);
            }
            into.put(self.shared_key(&group.name), schema);
        }
        for &id in &self.choices {
            let Some(choice) = self.library.choices.get(id) else { continue };
            let mut schema = Map::new().with("type", "string");
            match self.dialect {
                Dialect::Alone => {
                    let options = choice.options.iter().map(|option| {
                        let mut one = Map::new().with("const", machine_key(&option.name)).with("title", &option.label.de);
                        if let Some(english) = &option.label.en {
                            one.put("description", english);
                        }
                        Node::from(one)
                    });
                    schema.put("oneOf", options.collect::<Vec<_>>());
                }
                Dialect::Api => {
                    let options = choice.options.iter();
                    schema.put("enum", options.map(|option| machine_key(&option.name).into()).collect::<Vec<Node<'a>>>());
                    let words = choice.options.iter().map(|option| format!("{}: {}", machine_key(&option.name), option.label.de));
                    schema.put("description", words.collect::<Vec<_>>().join("\n"));
                }
            }
            into.put(self.shared_key(&choice.name), schema);
        }
    }
}

/// A file that is described in a submission; its content is uploaded.
pub fn file<'a>() -> Map<'a> {
    let properties = Map::new()
        .with("name", Map::new().with("type", "string").with("minLength", 1_u32).with("maxLength", 255_u32))
        .with("typ", Map::new().with("type", "string").with("pattern", "^[a-z]+/[a-z0-9.+-]+$"))
        .with("groesse", Map::new().with("type", "integer").with("format", "int64").with("minimum", 0_u32));
    Map::new()
        .with("type", "object")
        .with("properties", properties)
        .with("required", ["name", "typ", "groesse"])
        .with("additionalProperties", false)
}

/// A schema that starts with its words: German first, the norm, English beside.
pub fn titled<'a>(label: &'a Label, hint: Option<&'a Label>, norm: &str) -> Map<'a> {
    let mut map = Map::new();
    if !label.de.is_empty() {
        map.put("title", &label.de);
    }
    let mut words = String::new();
    let mut sentence = |text: &str| {
        if !text.is_empty() {
            words.push_str(if words.is_empty() { "" } else { "\n" });
            words.push_str(text);
        }
    };
    if let Some(hint) = hint {
        sentence(&hint.de);
    }
    if !norm.is_empty() {
        sentence(&format!("Nach {norm}."));
    }
    if let Some(english) = &label.en {
        sentence(&format!("English: {english}"));
        if let Some(english) = hint.and_then(|hint| hint.en.as_ref()) {
            sentence(english);
        }
    }
    if !words.is_empty() {
        map.put("description", words);
    }
    map
}

/// Adds all parts of another map.
pub fn extend<'a>(map: &mut Map<'a>, other: Map<'a>) {
    for (key, node) in other {
        map.put(key, node);
    }
}

/// The pattern for the whole text.
fn anchored(pattern: &str) -> Cow<'_, str> {
    if pattern.contains('|') { Cow::Owned(format!("^(?:{pattern})$")) } else { Cow::Owned(format!("^{pattern}$")) }
}

/// A decimal without fraction as a whole number.
fn whole(number: Decimal) -> Option<i64> {
    if number.fract().is_zero() { number.to_i64() } else { None }
}
