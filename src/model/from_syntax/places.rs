//! Länder by their names, counties and municipalities by their keys.

use std::sync::Arc;

use crate::both;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::ids::LandId;
use crate::model::municipality::{LENGTHS, Municipality};
use crate::model::norm::Level;
use crate::model::{Library, MunicipalityId};
use crate::source::Text;
use crate::syntax::ast::{self, DeclarationKind};

use super::names::{UNKNOWN_NAME, unknown};

/// Adds every county and municipality that variants, laws and cases name, in the order of the files.
pub(super) fn gather(files: &[Arc<ast::File>], library: &mut Library, out: &mut Diagnostics) {
    for declaration in files.iter().flat_map(|file| &file.declarations) {
        match &declaration.kind {
            DeclarationKind::Variant(variant) => variant.places.iter().for_each(|place| add(place, library, out)),
            DeclarationKind::Case(case) => case.place.iter().for_each(|place| add(place, library, out)),
            DeclarationKind::Law(law) => {
                for item in &law.items {
                    if let ast::LawItem::Level(place) = item {
                        add(place, library, out);
                    }
                }
            }
            _ => {}
        }
    }
}

fn add(place: &ast::Place, library: &mut Library, out: &mut Diagnostics) {
    let ast::Place::Municipality(place) = place else { return };
    let (key, span) = (&place.key.text, place.key.span);
    let name = place.label.as_ref().map_or_else(|| key.clone(), ast::Template::plain);
    if let Some(known) = library.municipalities.find_mut(|known| known.is_at(key)) {
        if known.name == known.key {
            known.name = name;
        }
        return;
    }
    if !LENGTHS.contains(&key.len()) {
        out.push(
            Diagnostic::new(
                &UNKNOWN_NAME,
                span,
                both!("„{key}“ ist kein Regionalschlüssel.", "“{key}” is no Regionalschlüssel."),
            )
            .help(both!(
                "Ein Kreis hat 5 Ziffern, ein Gemeindeverband 9, eine Gemeinde 12 (oder 8 ohne die des Verbands).",
                "A county has 5 digits, an association 9, a municipality 12 (or 8 without those of the association)."
            )),
        );
        return;
    }
    let of_land = library.lands.iter().find(|(_, land)| !land.ars.is_empty() && key.starts_with(land.ars.as_ref()));
    let Some(land) = of_land.map(|(id, _)| id) else {
        out.push(Diagnostic::new(&UNKNOWN_NAME, span, both!("„{key}“ liegt in keinem Land.", "“{key}” lies in no Land.")).help(
            both!(
                "Die ersten zwei Ziffern sind die des Landes, in Thüringen 16.",
                "The first two digits are those of the Land, 16 in Thüringen."
            ),
        ));
        return;
    };
    library.municipalities.add(Municipality { key: key.clone(), name, land, span });
}

/// The county or municipality with this key, if it was gathered.
pub(super) fn municipality(library: &Library, key: &str) -> Option<MunicipalityId> {
    library.municipalities.iter().find(|(_, known)| known.is_at(key)).map(|(id, _)| id)
}

/// The Land or municipality of a place; an unknown Land is reported, a wrong key was.
pub(super) fn level(library: &Library, place: &ast::Place, out: &mut Diagnostics) -> Option<Level> {
    match place {
        ast::Place::Municipality(place) => municipality(library, &place.key.text).map(Level::Municipality),
        ast::Place::Named(name) => {
            let found = land_named(library, &name.text);
            if found.is_none() {
                let known = library.lands.values().map(|land| land.short.as_ref());
                out.push(unknown(name, known, &both!("unter den Ländern", "among the Länder")));
            }
            found.map(Level::Land)
        }
    }
}

/// A Land by its short name or its two letters.
fn land_named(library: &Library, name: &str) -> Option<LandId> {
    library.lands.iter().find(|(_, land)| land.short.as_ref() == name || land.key.as_ref() == name).map(|(id, _)| id)
}

/// The first two digits of the keys in a Land.
pub(super) fn number(land: &ast::Land) -> Text {
    let mut keys = land.items.iter().filter_map(|item| match item {
        ast::LandItem::Key(key) => Some(key.text.clone()),
        _ => None,
    });
    keys.next_back().unwrap_or_else(|| "".into())
}
