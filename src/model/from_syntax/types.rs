//! Types as used, with what they demand.

use crate::both;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::evidence::Trust;
use crate::model::person::Constraints;
use crate::model::{Library, Type};
use crate::syntax::ast;

use super::literals::{BUILT_IN, constant, nearest_built_in};
use super::names::{Entity, Kind, Names, UNKNOWN_NAME};

const TYPE: Kind = Kind { de: "Der Typ", en: "The type" };

/// A type as used, with the constraints behind it.
pub(super) fn type_use(usage: &ast::TypeUse, names: &Names, library: &Library, out: &mut Diagnostics) -> (Type, Constraints) {
    let built_in = BUILT_IN.iter().find(|(name, _)| *name == usage.name.text.as_ref()).map(|(_, typ)| typ.clone());
    let typ = built_in.unwrap_or_else(|| {
        if names.find(usage.name.span.file, &usage.name.text).is_none()
            && let Some(near) = nearest_built_in(&usage.name.text)
        {
            out.push(super::names::unknown(&usage.name, [near], &both!("als Typ", "as a type")));
            return Type::Unknown;
        }
        let found = names.resolve(
            &usage.name,
            &TYPE,
            |entity| match entity {
                Entity::Choice(id) => Some(Type::Choice(id)),
                Entity::Scalar(id) => Some(Type::Scalar(id)),
                Entity::Group(id) => Some(Type::Group(id)),
                _ => None,
            },
            out,
        );
        found.unwrap_or(Type::Unknown)
    });
    let mut constraints = Constraints::default();
    constrain(&usage.constraints, &typ, library, &mut constraints, out);
    (typ, constraints)
}

/// Adds what is demanded beyond the type.
pub(super) fn constrain(
    written: &[ast::Constraint],
    typ: &Type,
    library: &Library,
    constraints: &mut Constraints,
    out: &mut Diagnostics,
) {
    for constraint in written {
        match &constraint.kind {
            ast::ConstraintKind::Pattern(pattern) => constraints.pattern = Some(pattern.clone()),
            ast::ConstraintKind::Length(least, most) => constraints.length = Some((*least, *most)),
            ast::ConstraintKind::Between(from, to) => {
                if let Some(from) = from {
                    constraints.minimum = constant(from, typ, library, out);
                }
                if let Some(to) = to {
                    constraints.maximum = constant(to, typ, library, out);
                }
            }
            ast::ConstraintKind::CheckDigit(name) => constraints.check_digit = Some(name.text.clone()),
            ast::ConstraintKind::Fim(text) => constraints.fim = Some(text.plain()),
        }
    }
}

/// A level of trust by its name.
pub(super) fn trust(name: &ast::Name, out: &mut Diagnostics) -> Trust {
    match name.text.as_ref() {
        "niedrig" | "low" => Trust::Low,
        "substanziell" | "substantial" => Trust::Substantial,
        "hoch" | "high" => Trust::High,
        text => {
            let (known, hint) = (["niedrig", "substanziell", "hoch"], "niedrig, substanziell, hoch");
            let mut diagnostic = Diagnostic::new(
                &UNKNOWN_NAME,
                name.span,
                both!("Das Vertrauensniveau „{text}“ gibt es nicht.", "There is no trust level “{text}”."),
            )
            .help(both!("Es gibt: {hint}.", "There are: {hint}."));
            if let Some(near) = crate::diagnostic::suggest::nearest(text, known) {
                diagnostic = diagnostic.fix(name.span, near);
            }
            out.push(diagnostic);
            Trust::Low
        }
    }
}
