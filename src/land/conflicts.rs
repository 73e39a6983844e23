//! Two changes of one level must not touch the same place: order must never decide.

use crate::both;
use crate::diagnostic::{Bilingual, Code, Diagnostic, Diagnostics, Severity};
use crate::source::Span;
use crate::syntax::ast::address;
use crate::syntax::ast::{Payload, Verb};

use super::edit::{Edit, address_of, has_order};
use super::targets::Target;

/// The edits in an order that does not depend on where they are written; of two that contradict each other the later one is reported
/// and left out.
pub(super) fn settle<'t>(mut edits: Vec<Edit<'t>>, out: &mut Diagnostics) -> Vec<Edit<'t>> {
    edits.sort_by_cached_key(|edit| (address_of(edit), edit.operation.span));
    let mut settled: Vec<Edit<'t>> = Vec::with_capacity(edits.len());
    for edit in edits {
        match settled.iter().find_map(|first| Some((first, conflict(first, &edit)?))) {
            Some((first, why)) => out.push(contradiction(first, &edit, why)),
            None => settled.push(edit),
        }
    }
    settled
}

/// In what two edits contradict each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Conflict {
    /// Both change the same place.
    Same,
    /// One changes something in what the other replaces or strikes.
    Within,
    /// Both add the same.
    Twice,
    /// Both add something at the same place, and it is open which comes first.
    Order,
}

fn conflict(first: &Edit<'_>, second: &Edit<'_>) -> Option<Conflict> {
    let adds = |edit: &Edit<'_>| edit.operation.verb == Verb::Add && matches!(edit.operation.payload, Payload::Statement(_));
    let address = address_of(first);
    if adds(first) && adds(second) && address.name.is_some() && address == address_of(second) {
        return Some(Conflict::Twice);
    }
    let (one, other) = (first.place.target, second.place.target);
    match (changed(one), changed(other)) {
        (Some(one), Some(other)) if one == other => return Some(Conflict::Same),
        (Some(one), Some(other)) if encloses(one, other) || encloses(other, one) => return Some(Conflict::Within),
        _ => {}
    }
    if loses(first, second) || loses(second, first) {
        return Some(Conflict::Within);
    }
    if let (Target::Parameter(one), Target::Parameter(other)) = (one, other)
        && one == other
    {
        return Some(Conflict::Same);
    }
    let side_by_side = one == other && matches!(one, Target::Behind(_) | Target::Last(_));
    (side_by_side && has_order(first) && has_order(second)).then_some(Conflict::Order)
}

/// The place that an edit changes, not only adds to.
fn changed(target: Target) -> Option<Span> {
    match target {
        Target::Item(span) | Target::Attribute(_, span) | Target::Rows(span) => Some(span),
        Target::Behind(_) | Target::Last(_) | Target::Parameter(_) => None,
    }
}

/// Whether what one edit adds would vanish with what the other replaces or strikes.
fn loses(replaced: &Edit<'_>, added: &Edit<'_>) -> bool {
    let Target::Item(gone) = replaced.place.target else { return false };
    match added.place.target {
        Target::Behind(anchor) => anchor != gone && encloses(gone, anchor),
        Target::Last(Some(owner)) => encloses(gone, owner),
        _ => false,
    }
}

fn encloses(outer: Span, inner: Span) -> bool {
    outer.file == inner.file && outer.start <= inner.start && inner.end <= outer.end
}

fn contradiction(first: &Edit<'_>, second: &Edit<'_>, why: Conflict) -> Diagnostic {
    let what = address::title(second.operation);
    let other = address::title(first.operation);
    let (message, help): (Bilingual, Bilingual) = match why {
        Conflict::Same => (
            both!("„{what}“ ändert, was schon geändert ist.", "“{what}” changes what is changed already."),
            both!("Lassen Sie nur eine der beiden Änderungen stehen.", "Keep only one of the two changes."),
        ),
        Conflict::Within => (
            both!("„{what}“ und „{other}“ ändern ineinander.", "“{what}” and “{other}” change one inside the other."),
            both!("Fassen Sie beide zu einer Änderung zusammen.", "Make one change of the two."),
        ),
        Conflict::Twice => (
            both!("„{what}“ steht zweimal da.", "“{what}” stands there twice."),
            both!("Lassen Sie nur eine der beiden Ergänzungen stehen.", "Keep only one of the two additions."),
        ),
        Conflict::Order => (
            both!(
                "„{other}“ und „{what}“ stehen an derselben Stelle; welches zuerst kommt, ist offen.",
                "“{other}” and “{what}” stand at the same place; which comes first is open."
            ),
            {
                let behind = address_of(first).word().clone();
                both!(
                    "Die Reihenfolge der Änderungen zählt nicht. Sagen Sie beim zweiten, wohinter es steht: hinter {behind}",
                    "The order of changes does not count. Say what the second one stands behind: hinter {behind}"
                )
            },
        ),
    };
    let already = if why == Conflict::Order || why == Conflict::Twice {
        both!("das andere", "the other one")
    } else {
        both!("hier schon geändert", "changed here already")
    };
    Diagnostic::new(&CONFLICTING_VARIANTS, second.operation.span, message)
        .label(first.operation.span, already)
        .label(second.place.applied, both!("die Stelle im Grundverfahren", "the place in the base"))
        .help(help)
}

/// Two changes of one statement by the same level.
pub static CONFLICTING_VARIANTS: Code = Code {
    slug: "conflicting-variants",
    severity: Severity::Error,
    title_de: "Widersprechende Varianten",
    title_en: "Conflicting variants",
    norm: None,
    explain_de: "Zwei Änderungen desselben Landes treffen dieselbe Stelle, oder sie ergänzen etwas, und welches zuerst kommt, ist offen. Die \
        Reihenfolge, in der sie geschrieben sind, soll nie entscheiden. Lassen Sie eine weg, oder sagen Sie mit „hinter“, was worauf folgt.",
    explain_en: "Two changes of the same Land touch the same place, or they add something and which comes first is open. The order in \
        which they are written must never decide. Drop one, or say with “hinter” what follows what.",
    example: "modul beispiel\n\ngesetz BY.BeispielG \"Bayerisches Beispielgesetz\" ebene BY\n\nverfahren Antrag \"Antrag stellen\" {\n  \
        leistung 99000000000000\n  rechtsbehelf Widerspruch binnen 1 Monat\n}\n\nvariante Antrag für Bayern {\n  \
        setze rechtsbehelf Klage binnen 1 Monat nach Art. 1 BY.BeispielG\n  \
        setze rechtsbehelf Widerspruch oder Klage binnen 1 Monat nach Art. 2 BY.BeispielG\n}\n",
};
