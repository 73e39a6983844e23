//! What one can do against a decision: said by the procedure, or left to the law of the Land.

use crate::both;
use crate::diagnostic::Diagnostics;
use crate::model::procedure::Remedy;
use crate::source::{Span, Text};
use crate::syntax::ast;

use super::literals::duration;
use super::names::{Names, word};
use super::norms::norms;

/// The word that leaves the kind of remedy to the Land.
const LAND_LAW: &str = "Landesrecht";

/// A remedy as a procedure or a notice says it.
pub(super) fn remedy(
    kinds: &[ast::Name],
    within: Option<&ast::DurationLiteral>,
    clauses: &ast::Clauses,
    span: Span,
    names: &Names,
    out: &mut Diagnostics,
) -> Remedy {
    let of_land = matches!(kinds, [only] if only.text.as_ref() == LAND_LAW);
    let mut remedy = Remedy { kinds: Vec::new(), of_land, within: within.map(duration), norms: Vec::new(), span };
    if !of_land {
        let known = [("Widerspruch", "Widerspruch"), ("Klage", "Klage"), ("Einspruch", "Einspruch")];
        let place = both!("als Rechtsbehelf", "as a remedy");
        remedy.kinds = kinds.iter().filter_map(|kind| word(kind, &known, &place, out)).map(Text::from).collect();
    }
    remedy.norms = norms(clauses.norms.as_ref(), names, out);
    if let Some(openness) = &clauses.openness {
        for norm in norms(openness.norms.as_ref(), names, out) {
            if !remedy.norms.iter().any(|known| known.citation == norm.citation) {
                remedy.norms.push(norm);
            }
        }
    }
    remedy
}

/// A remedy as the library says it for a Land.
pub(super) fn of_land(statement: &ast::Statement, names: &Names, out: &mut Diagnostics) -> Option<Remedy> {
    let ast::StatementKind::Remedy { kinds, within } = &statement.kind else { return None };
    let remedy = remedy(kinds, within.as_ref(), &statement.clauses, statement.span, names, out);
    if remedy.of_land {
        // Only a procedure can leave it to the Land; the Land itself must say which.
        let place = both!("als Rechtsbehelf eines Landes", "as a remedy of a Land");
        kinds.iter().for_each(|kind| {
            word(kind, &[("Widerspruch", ()), ("Klage", ())], &place, out);
        });
        return None;
    }
    Some(remedy)
}
