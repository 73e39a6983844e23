//! Citations to norms: each points to a declared law.

use crate::both;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Severity, suggest};
use crate::model::ids::LawId;
use crate::model::norm::Norm;
use crate::source::Text;
use crate::syntax::ast;

use super::names::{Entity, Names};

/// The norms of a citation; an unknown law is reported, the norm stays without it.
pub(super) fn norms(citation: Option<&ast::Citation>, names: &Names, out: &mut Diagnostics) -> Vec<Norm> {
    citation.map_or_else(Vec::new, |citation| citation.norms.iter().map(|norm| one(norm, names, out)).collect())
}

fn one(norm: &ast::Norm, names: &Names, out: &mut Diagnostics) -> Norm {
    let section = norm.provisions.first().and_then(|provision| provision.parts.first()).map(|(_, number)| number.clone());
    Norm { citation: norm.text.clone(), law: law(&norm.law, names, out), section, span: norm.span }
}

/// The key of a law in the tables of names: `BY.AGVwGO`, `SGB I`.
pub(super) fn law_key(land: Option<&ast::Name>, name: &ast::Name) -> Text {
    match land {
        Some(land) => format!("{}.{}", land.text, name.text).into(),
        None => name.text.clone(),
    }
}

fn law(law: &ast::LawName, names: &Names, out: &mut Diagnostics) -> Option<LawId> {
    let key = law_key(law.land.as_ref(), &law.name);
    let pick = |entity: Entity| match entity {
        Entity::Law(id) => Some(id),
        _ => None,
    };
    if let Some(found) = names.find(law.name.span.file, &key).and_then(pick) {
        return Some(found);
    }
    // A law of a Land is named with its Land wherever it is cited, so it needs no import; neither do federal laws that nobody doubles.
    let mut elsewhere = names.everywhere(&key).filter_map(pick);
    if let (Some(found), None) = (elsewhere.next(), elsewhere.next()) {
        return Some(found);
    }
    let span = law.land.as_ref().map_or(law.name.span, |land| land.span.to(law.name.span));
    let mut diagnostic =
        Diagnostic::new(&UNKNOWN_NORM, span, both!("Das Gesetz „{key}“ ist nicht bekannt.", "The law “{key}” is not known."));
    let laws = names.all(|entity| matches!(entity, Entity::Law(_)));
    diagnostic = match suggest::nearest(&key, laws) {
        Some(near) => diagnostic.help(both!("Gemeint ist vielleicht „{near}“.", "Perhaps “{near}” is meant.")).fix(span, near),
        None => diagnostic.help(both!(
            "Prüfen Sie die Abkürzung, oder erklären Sie das Gesetz: gesetz {key} \"…\" ebene Bund",
            "Check the abbreviation, or declare the law: gesetz {key} \"…\" ebene Bund"
        )),
    };
    out.push(diagnostic);
    None
}

/// A citation of a law that nobody declared.
pub static UNKNOWN_NORM: Code = Code {
    slug: "unknown-norm",
    severity: Severity::Error,
    title_de: "Unbekanntes Gesetz",
    title_en: "Unknown law",
    norm: None,
    explain_de: "Jede Norm wird auf ein erklärtes Gesetz aufgelöst. Gesetze stehen in der Bibliothek (std.recht) oder werden mit \
        „gesetz“ erklärt; Landesrecht trägt das Kürzel des Landes: „BY.AGVwGO“. So gibt es keine Fundstelle, die niemand prüfen kann.",
    explain_en: "Each norm is resolved to a declared law. Laws stand in the library (std.recht) or are declared by “gesetz”; law of a \
        Land bears the Land's letters: “BY.AGVwGO”. So there is no citation that nobody could verify.",
    example: "modul beispiel\n\nverfahren Antrag \"Antrag stellen\" nach § 1 ErfundenG {\n  leistung 99000000000000\n}\n",
};
