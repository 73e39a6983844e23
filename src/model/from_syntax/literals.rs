//! Constants and the types they fit: in parameters, table cells, constraints and expressions.

use crate::both;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Severity, suggest};
use crate::model::expression::{Duration, DurationUnit, Literal};
use crate::model::{Library, Type};
use crate::source::Span;
use crate::syntax::ast::{self, ExpressionKind};

/// A constant of the type expected; `None` where it is none (reported).
pub(super) fn constant(
    expression: &ast::Expression,
    expected: &Type,
    library: &Library,
    out: &mut Diagnostics,
) -> Option<Literal> {
    match &expression.kind {
        ExpressionKind::Parenthesised(inner) => constant(inner, expected, library, out),
        ExpressionKind::Negate(inner) => match constant(inner, expected, library, out)? {
            Literal::Integer(value) => value.checked_neg().map(Literal::Integer),
            Literal::Decimal(value) => Some(Literal::Decimal(-value)),
            Literal::Amount(value) => Some(Literal::Amount(-value)),
            Literal::Quantity(value, unit) => Some(Literal::Quantity(-value, unit)),
            other => Some(other),
        },
        ExpressionKind::Literal(literal) => {
            let (literal, typ) = written(literal);
            let literal = widen(literal, expected, library);
            let found = if type_of(&literal) == Type::Unknown { typ } else { type_of(&literal) };
            if !fits(&found, expected, library) {
                out.push(mismatch(expression.span, expected, &found, library));
                return None;
            }
            Some(literal)
        }
        ExpressionKind::Reference(reference) => {
            if let Some(option) = option(reference, expected, library) {
                return Some(option);
            }
            if let (Type::Choice(choice), [segment]) = (expected.base(library), reference.segments.as_slice()) {
                let options = library.choices.get(*choice)?.options.iter().map(|option| option.name.as_ref());
                let place = both!("in der Auswahl", "in the choice");
                out.push(super::names::unknown(&segment.name, options, &place));
            } else if *expected != Type::Unknown {
                let typ = describe(expected, library);
                out.push(Diagnostic::new(
                    &TYPE_MISMATCH,
                    expression.span,
                    both!("Hier muss ein fester Wert stehen ({typ}).", "A constant is needed here ({typ})."),
                ));
            }
            None
        }
        ExpressionKind::Error => None,
        _ => {
            let typ = describe(expected, library);
            out.push(Diagnostic::new(
                &TYPE_MISMATCH,
                expression.span,
                both!("Hier muss ein fester Wert stehen ({typ}).", "A constant is needed here ({typ})."),
            ));
            None
        }
    }
}

/// The option of the expected choice that a bare word names.
pub(super) fn option(reference: &ast::Reference, expected: &Type, library: &Library) -> Option<Literal> {
    let (Type::Choice(choice), [segment]) = (expected.base(library), reference.segments.as_slice()) else { return None };
    if segment.index.is_some() {
        return None;
    }
    let options = &library.choices.get(*choice)?.options;
    let index = options.iter().position(|option| option.name == segment.name.text)?;
    Some(Literal::Option(*choice, u32::try_from(index).ok()?))
}

/// A literal as written, with its type.
pub(super) fn written(literal: &ast::Literal) -> (Literal, Type) {
    match literal {
        ast::Literal::Truth(value) => (Literal::Truth(*value), Type::Truth),
        ast::Literal::Integer(value) => (Literal::Integer(*value), Type::Integer),
        ast::Literal::Decimal(value) => (Literal::Decimal(*value), Type::Decimal),
        ast::Literal::Amount(value) => (Literal::Amount(*value), Type::Amount),
        ast::Literal::Quantity(value, unit) => (Literal::Quantity(*value, unit.clone()), Type::Quantity(unit.clone())),
        ast::Literal::Date(value) => (Literal::Date(*value), Type::Date),
        ast::Literal::Duration(value) => (Literal::Duration(duration(value)), Type::Duration),
        ast::Literal::Text(value) => (Literal::Text(value.plain()), Type::Text),
    }
}

/// A duration as written.
pub(super) fn duration(literal: &ast::DurationLiteral) -> Duration {
    let unit = match literal.unit {
        ast::DurationUnit::Day => DurationUnit::Day,
        ast::DurationUnit::Workday => DurationUnit::Workday,
        ast::DurationUnit::Weekday => DurationUnit::Weekday,
        ast::DurationUnit::Week => DurationUnit::Week,
        ast::DurationUnit::Month => DurationUnit::Month,
        ast::DurationUnit::Year => DurationUnit::Year,
    };
    Duration { count: literal.count, unit }
}

/// The type of a literal; unknown for options, whose choice says it.
pub(super) fn type_of(literal: &Literal) -> Type {
    match literal {
        Literal::Truth(_) => Type::Truth,
        Literal::Integer(_) => Type::Integer,
        Literal::Decimal(_) => Type::Decimal,
        Literal::Amount(_) => Type::Amount,
        Literal::Quantity(_, unit) => Type::Quantity(unit.clone()),
        Literal::Date(_) => Type::Date,
        Literal::Duration(_) => Type::Duration,
        Literal::Text(_) => Type::Text,
        Literal::Option(choice, _) => Type::Choice(*choice),
    }
}

/// An integer where a decimal is expected is that decimal.
pub(super) fn widen(literal: Literal, expected: &Type, library: &Library) -> Literal {
    match (literal, expected.base(library)) {
        (Literal::Integer(value), Type::Decimal) => Literal::Decimal(value.into()),
        (literal, _) => literal,
    }
}

/// Whether a value of the found type can stand where the other is expected.
pub(super) fn fits(found: &Type, expected: &Type, library: &Library) -> bool {
    match (found.base(library), expected.base(library)) {
        (Type::Unknown, _) | (_, Type::Unknown) => true,
        (Type::Integer, Type::Decimal) => true,
        (Type::List(found), Type::List(expected)) => fits(found, expected, library),
        (found, expected) => found == expected,
    }
}

/// "Expected this, found that".
pub(super) fn mismatch(span: Span, expected: &Type, found: &Type, library: &Library) -> Diagnostic {
    let (wanted, had) = (describe(expected, library), describe(found, library));
    let units = matches!(
        (found.base(library), expected.base(library)),
        (Type::Quantity(_), Type::Quantity(_) | Type::Amount | Type::Decimal | Type::Integer)
            | (Type::Amount | Type::Decimal | Type::Integer, Type::Quantity(_))
            | (Type::Decimal | Type::Integer, Type::Amount)
            | (Type::Amount, Type::Decimal | Type::Integer)
    );
    if units {
        let mut diagnostic = Diagnostic::new(
            &UNIT_MISMATCH,
            span,
            both!("Die Einheit passt nicht: erwartet {wanted}, gefunden {had}.", "Wrong unit: expected {wanted}, found {had}."),
        );
        if *expected.base(library) == Type::Amount {
            diagnostic = diagnostic.help(both!("Beträge tragen ihre Währung: 600 EUR", "Amounts bear their currency: 600 EUR"));
        }
        return diagnostic;
    }
    match (found.base(library), expected.base(library)) {
        (Type::List(_), Type::List(_)) => {}
        (Type::List(item), _) => {
            let item = describe(item, library);
            return Diagnostic::new(
                &TYPE_MISMATCH,
                span,
                both!(
                    "Hier stehen mehrere Werte ({item}), gebraucht wird einer.",
                    "Here are several values ({item}) where one is needed."
                ),
            )
            .help(both!(
                "Sagen Sie, was für sie zusammen gilt: alle(…), irgendein(…), anzahl(…), summe(…), oder nennen Sie einen: kinder[1].",
                "Say what holds of them together: alle(…), irgendein(…), anzahl(…), summe(…), or name one: kinder[1]."
            ));
        }
        (_, Type::List(_)) => {
            return Diagnostic::new(
                &TYPE_MISMATCH,
                span,
                both!(
                    "Hier steht ein einzelner Wert ({had}), gebraucht werden mehrere.",
                    "Here is a single value ({had}) where several are needed."
                ),
            );
        }
        _ => {}
    }
    Diagnostic::new(
        &TYPE_MISMATCH,
        span,
        both!("Hier wird {wanted} erwartet, gefunden ist {had}.", "Expected {wanted} here, found {had}."),
    )
}

/// A type in the words of the language.
pub(super) fn describe(typ: &Type, library: &Library) -> String {
    match typ {
        Type::Truth => "JaNein".to_owned(),
        Type::Integer => "Ganzzahl".to_owned(),
        Type::Decimal => "Zahl".to_owned(),
        Type::Amount => "Betrag".to_owned(),
        Type::Date => "Datum".to_owned(),
        Type::Duration => "Dauer".to_owned(),
        Type::Text => "Text".to_owned(),
        Type::File => "Datei".to_owned(),
        Type::Quantity(unit) => format!("Zahl in {unit}"),
        Type::Choice(id) => library.choices.get(*id).map_or_else(String::new, |choice| choice.name.to_string()),
        Type::Scalar(id) => library.scalars.get(*id).map_or_else(String::new, |scalar| scalar.name.to_string()),
        Type::Group(id) => library.groups.get(*id).map_or_else(String::new, |group| group.name.to_string()),
        Type::List(item) => format!("mehrere: {}", describe(item, library)),
        Type::Unknown => "?".to_owned(),
    }
}

/// The built-in types by their names.
pub(super) const BUILT_IN: &[(&str, Type)] = &[
    ("JaNein", Type::Truth),
    ("Ganzzahl", Type::Integer),
    ("Zahl", Type::Decimal),
    ("Betrag", Type::Amount),
    ("Datum", Type::Date),
    ("Dauer", Type::Duration),
    ("Text", Type::Text),
    ("Datei", Type::File),
];

/// The built-in type nearest to a word, for suggestions.
pub(super) fn nearest_built_in(word: &str) -> Option<&'static str> {
    suggest::nearest(word, BUILT_IN.iter().map(|(name, _)| *name))
}

/// Two types that don't go together.
pub static TYPE_MISMATCH: Code = Code {
    slug: "type-mismatch",
    severity: Severity::Error,
    title_de: "Falsche Art von Wert",
    title_en: "Wrong kind of value",
    norm: None,
    explain_de: "Ein Wert hat nicht die Art, die hier gebraucht wird, etwa ein Datum, wo eine Zahl stehen muss. So fällt der Fehler \
        beim Schreiben auf und nicht erst im Bescheid.",
    explain_en: "A value is not of the kind needed here, for instance a date where a number must stand. So the mistake shows while \
        writing, not in the notice.",
    example: "modul beispiel\n\nverfahren Antrag \"Antrag stellen\" {\n  leistung 99000000000000\n  verfahrensrecht Landesrecht\n  seite angaben \"Angaben\" {\n    \
        feld beginn \"Wann beginnt es?\": Datum\n  }\n  regel zuviel: Ganzzahl = beginn\n}\n",
};

/// Two units that don't go together.
pub static UNIT_MISMATCH: Code = Code {
    slug: "unit-mismatch",
    severity: Severity::Error,
    title_de: "Falsche Einheit",
    title_en: "Wrong unit",
    norm: None,
    explain_de: "Beträge, Zahlen und Größen mit Einheit werden nie vermischt: 600 ist kein Betrag, 600 EUR ist einer.",
    explain_en: "Amounts, numbers and quantities with a unit are never mixed: 600 is no amount, 600 EUR is one.",
    example: "modul beispiel\n\nverfahren Antrag \"Antrag stellen\" {\n  leistung 99000000000000\n  verfahrensrecht Landesrecht\n  seite angaben \"Angaben\" {\n    \
        feld einkommen \"Wie hoch ist Ihr Einkommen?\": Betrag\n  }\n  regel arm: JaNein = einkommen < 600\n}\n",
};
