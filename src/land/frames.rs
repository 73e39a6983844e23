//! A frame (`rahmen`) has no law of its own: it holds in a Land once a variant of that Land takes it up and says all that the frame
//! leaves to the Länder (`länder müssen … setzen`).

use crate::both;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Severity};
use crate::model::from_syntax::{World, WrittenVariant};
use crate::model::norm::Level;
use crate::model::overlay::{Leave, speaks_of_kind};
use crate::model::{LandId, Procedure};
use crate::source::{Span, Text};
use crate::syntax::ast::{Verb, Who};

use super::edit::{Edit, address_of};
use super::norms;

/// Whether a Land has the procedure at all. Reports cases for a Land that has not.
pub(super) fn is_offered(
    world: &World<'_>,
    index: usize,
    procedure: &Procedure,
    land: LandId,
    variants: &[&WrittenVariant<'_>],
    out: &mut Diagnostics,
) -> bool {
    if !procedure.frame || !variants.is_empty() {
        return true;
    }
    for case in procedure.cases.iter().filter(|case| case.land == Some(land)) {
        let (title, name) = (&case.title, norms::name(&world.model.library, Level::Land(land)));
        let of = &procedure.name;
        out.push(
            Diagnostic::new(
                &FRAME_UNFILLED,
                case.span,
                both!(
                    "Der Fall „{title}“ läuft nie: {name} hat kein Recht, das den Rahmen „{of}“ ausfüllt.",
                    "The case “{title}” never runs: {name} has no law that fills the frame “{of}”."
                ),
            )
            .label(world.name_of(index), both!("der Rahmen", "the frame"))
            .help(both!("Schreiben Sie eine Variante: variante {of} für {name}", "Write a variant: variante {of} für {name}")),
        );
    }
    false
}

/// Says of a frame that nobody takes up that it holds nowhere.
pub(super) fn is_taken_up(world: &World<'_>, index: usize, procedure: &Procedure, out: &mut Diagnostics) {
    let of_land = |variant: &&WrittenVariant<'_>| {
        variant.procedure == index && variant.places.iter().any(|place| matches!(place, Level::Land(_)))
    };
    if !procedure.frame || world.variants.iter().any(|variant| of_land(&variant)) {
        return;
    }
    let of = &procedure.name;
    let mut diagnostic = Diagnostic::new(
        &FRAME_UNFILLED,
        world.name_of(index),
        both!("Kein Land füllt den Rahmen „{of}“ aus; er gilt nirgends.", "No Land fills the frame “{of}”; it holds nowhere."),
    )
    .help(both!("Schreiben Sie eine Variante: variante {of} für …", "Write a variant: variante {of} für …"));
    diagnostic.severity = Severity::Warning;
    out.push(diagnostic);
}

/// Reports what a procedure demands of a Land and the Land does not say.
pub(super) fn is_filled(
    world: &World<'_>,
    index: usize,
    procedure: &Procedure,
    land: LandId,
    variants: &[&WrittenVariant<'_>],
    edits: &[Edit<'_>],
    out: &mut Diagnostics,
) {
    if procedure.frame && variants.is_empty() {
        return; // it does not hold there at all
    }
    let demands = procedure.openings.iter().filter(|opening| opening.leave == Leave::Must && opening.who == Who::Lands);
    for (opening, word) in demands.flat_map(|opening| opening.what.iter().map(move |word| (opening, word))) {
        if edits.iter().any(|edit| opening.verbs.contains(&edit.operation.verb) && speaks_of(edit, word)) {
            continue;
        }
        let name = norms::name(&world.model.library, Level::Land(land));
        let of = &procedure.name;
        let written: Span = variants.first().map_or(world.name_of(index), |variant| variant.tree.procedure.span);
        out.push(
            Diagnostic::new(
                &FRAME_UNFILLED,
                written,
                both!(
                    "{name} sagt für „{of}“ nicht, was für „{word}“ gilt.",
                    "{name} does not say what holds for “{word}” in “{of}”."
                ),
            )
            .label(opening.span, both!("das müssen die Länder sagen", "this is for the Länder to say"))
            .norm(crate::model::norm::cite(&opening.norms))
            .help(both!("Ergänzen Sie in der Variante: setze {word} … nach …", "Add to the variant: setze {word} … nach …")),
        );
    }
}

fn speaks_of(edit: &Edit<'_>, word: &Text) -> bool {
    let address = address_of(edit);
    edit.operation.verb != Verb::Remove && (address.word() == word || speaks_of_kind(word, &address.kind))
}

/// A frame that a Land does not fill.
pub static FRAME_UNFILLED: Code = Code {
    slug: "frame-unfilled",
    severity: Severity::Error,
    title_de: "Rahmen nicht ausgefüllt",
    title_en: "Frame not filled",
    norm: Some("Art. 70 Abs. 1 GG"),
    explain_de: "Ein Rahmen beschreibt ein Verfahren, das allein Landesrecht regelt. Er gilt in einem Land erst, wenn eine Variante dieses \
        Landes ihn aufnimmt und alles sagt, was der Rahmen den Ländern aufgibt („länder müssen … setzen“). In den anderen Ländern wird \
        er nicht angeboten.",
    explain_en: "A frame describes a procedure that is for the law of the Länder alone. It holds in a Land once a variant of that Land takes \
        it up and says all that the frame demands of the Länder (“länder müssen … setzen”). In the other Länder it is not offered.",
    example: "modul beispiel\n\ngesetz BY.BeispielG \"Bayerisches Beispielgesetz\" ebene BY\n\nrahmen Antrag \"Antrag stellen\" {\n  \
        leistung 99000000000000\n  länder müssen entscheidung setzen\n}\n\nvariante Antrag für Bayern nach Art. 1 BY.BeispielG {\n}\n",
};
