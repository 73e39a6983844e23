//! Types as the fields of a form: what an input accepts and how it is asked.

use serde_json::{Map, Value, json};

use crate::model::expression::Literal;
use crate::model::person::Constraints;
use crate::model::procedure::Repeat;
use crate::model::{Label, Library, Type, machine_name};

/// How deep groups may nest in a form; a definition that nests deeper contains itself.
const DEEPEST: usize = 8;

/// A text for people as data: German alone, or German and English.
pub(super) fn label(label: &Label) -> Value {
    match &label.en {
        Some(english) => json!([&*label.de, &**english]),
        None => json!(&*label.de),
    }
}

/// The field for values of a type. `autofill` is the purpose that browsers know (WCAG 1.3.5), for data of the applicant.
pub(super) fn field(
    library: &Library,
    typ: &Type,
    constraints: &Constraints,
    example: Option<&str>,
    autofill: Option<&str>,
) -> Value {
    Fields { library }.of(typ, &[constraints], example, autofill, 0)
}

/// The field that holds several of another.
pub(super) fn repeated(field: Value, repeat: Repeat) -> Value {
    let mut several = Map::new();
    several.insert("t".into(), "list".into());
    several.insert("of".into(), field);
    several.insert("min".into(), repeat.minimum.into());
    if let Some(maximum) = repeat.maximum {
        several.insert("max".into(), maximum.into());
    }
    Value::Object(several)
}

/// The purposes of inputs that browsers fill in, by the names of the standard library.
pub(super) fn autofill(attribute: &str) -> Option<&'static str> {
    let purpose = match attribute {
        "familienname" | "nachname" => "family-name",
        "vornamen" | "vorname" => "given-name",
        "geburtsdatum" => "bday",
        "straße" | "strasse" => "address-line1",
        "plz" | "postleitzahl" => "postal-code",
        "ort" | "wohnort" => "address-level2",
        "email" | "e_mail" => "email",
        "telefon" | "telefonnummer" => "tel",
        "firma" | "unternehmensname" => "organization",
        _ => return None,
    };
    Some(purpose)
}

struct Fields<'a> {
    library: &'a Library,
}

impl Fields<'_> {
    /// `constraints` are the outermost first; where two speak of the same thing the outer one counts.
    fn of(
        &self,
        typ: &Type,
        constraints: &[&Constraints],
        example: Option<&str>,
        autofill_as: Option<&str>,
        depth: usize,
    ) -> Value {
        let mut field = Map::new();
        let kind = match typ {
            Type::Scalar(id) => {
                let Some(scalar) = self.library.scalars.get(*id).filter(|_| depth < DEEPEST) else {
                    return json!({ "t": "text" });
                };
                let mut all = constraints.to_vec();
                all.push(&scalar.constraints);
                return self.of(&scalar.base, &all, example, autofill_as, depth + 1);
            }
            Type::Group(id) => {
                let Some(group) = self.library.groups.get(*id).filter(|_| depth < DEEPEST) else { return json!({ "t": "text" }) };
                let parts: Vec<Value> = group
                    .attributes
                    .iter()
                    .map(|attribute| {
                        let purpose = autofill_as.and_then(|_| autofill(&attribute.name));
                        let purpose = purpose.or(autofill_as.filter(|_| self.is_group(&attribute.typ)));
                        let inner =
                            self.of(&attribute.typ, &[&attribute.constraints], attribute.example.as_deref(), purpose, depth + 1);
                        let mut part = Map::new();
                        part.insert("n".into(), machine_name(&attribute.name).into());
                        part.insert("label".into(), label(&attribute.label));
                        insert(&mut part, "hint", attribute.hint.as_ref().map(label));
                        insert(&mut part, "example", attribute.example.as_deref().map(Value::from));
                        if attribute.optional {
                            part.insert("optional".into(), true.into());
                        }
                        part.insert("f".into(), inner);
                        Value::Object(part)
                    })
                    .collect();
                return json!({ "t": "group", "fields": parts });
            }
            Type::List(item) => {
                let inner = self.of(item, constraints, example, None, depth + 1);
                return repeated(inner, Repeat { minimum: 1, maximum: None });
            }
            Type::Choice(id) => {
                let options = self.library.choices.get(*id).map(|choice| choice.options.as_slice()).unwrap_or_default();
                let options: Vec<Value> =
                    options.iter().map(|option| json!([machine_name(&option.name), label(&option.label)])).collect();
                return json!({ "t": "choice", "options": options });
            }
            Type::Quantity(unit) => {
                field.insert("unit".into(), (&**unit).into());
                "decimal"
            }
            Type::Truth => "truth",
            Type::Integer => "integer",
            Type::Decimal => "decimal",
            Type::Amount => "amount",
            Type::Date => "date",
            Type::Duration => "duration",
            Type::File => "file",
            Type::Text | Type::Unknown => "text",
        };
        field.insert("t".into(), kind.into());
        insert(&mut field, "auto", autofill_as.map(Value::from));
        constrain(&mut field, kind, constraints, example);
        Value::Object(field)
    }

    fn is_group(&self, typ: &Type) -> bool {
        matches!(typ.base(self.library), Type::Group(_))
    }
}

fn constrain(field: &mut Map<String, Value>, kind: &str, constraints: &[&Constraints], example: Option<&str>) {
    if kind == "text" {
        if let Some(pattern) = constraints.iter().find_map(|constraint| constraint.pattern.as_ref()) {
            field.insert("pattern".into(), (&**pattern).into());
            if pattern.chars().all(|letter| letter.is_ascii_digit() || "[]{}-,".contains(letter)) {
                field.insert("digits".into(), true.into());
            }
            insert(field, "example", example.map(Value::from));
        }
        if let Some((shortest, longest)) = constraints.iter().find_map(|constraint| constraint.length) {
            field.insert("length".into(), json!([shortest, longest]));
        }
        let check = constraints.iter().find_map(|constraint| constraint.check_digit.as_ref());
        insert(field, "check", check.map(|check| Value::from(check.to_lowercase())));
    }
    let least = constraints.iter().find_map(|constraint| constraint.minimum.as_ref());
    insert(field, "least", least.and_then(limit));
    if let Some(constraint) = constraints.iter().find(|constraint| constraint.maximum.is_some()) {
        insert(field, "most", constraint.maximum.as_ref().and_then(limit));
        if constraint.below_maximum {
            field.insert("below".into(), true.into());
        }
    }
}

/// A bound as the form's program reads it: exact decimals as text, dates in ISO 8601.
fn limit(literal: &Literal) -> Option<Value> {
    match literal {
        Literal::Integer(integer) => Some(integer.to_string().into()),
        Literal::Decimal(number) | Literal::Amount(number) | Literal::Quantity(number, _) => {
            Some(number.normalize().to_string().into())
        }
        Literal::Date(date) => Some(date.to_string().into()),
        Literal::Truth(_) | Literal::Duration(_) | Literal::Text(_) | Literal::Option(..) => None,
    }
}

/// Adds an entry, where there is something to say.
pub(super) fn insert(map: &mut Map<String, Value>, key: &str, value: Option<Value>) {
    if let Some(value) = value {
        map.insert(key.into(), value);
    }
}
