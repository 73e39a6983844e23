//! The ledger of a build as the catalogue that its index pages show.

use std::collections::BTreeMap;

use crate::compiler::{Compilation, municipal_folder};
use crate::targets::Degree;
use crate::targets::index::{Catalogue, Cell, Service};

use super::writer::ledger::{Carried, Entry, Ledger};

/// What the ledger holds, with the names of the Länder.
pub fn of<'a>(ledger: &'a Ledger, compilation: &'a Compilation) -> Catalogue<'a> {
    let mut lands: Vec<(&str, &str)> = Vec::new();
    let mut named: Vec<(&str, &str)> =
        compilation.model.library.lands.values().map(|land| (land.key.as_ref(), land.name.as_ref())).collect();
    named.sort_by_key(|(_, name)| *name);
    for (key, name) in named {
        if let Some((folder, _)) = ledger.lands.iter().find(|(folder, _)| folder.eq_ignore_ascii_case(key)) {
            lands.push((folder, name));
        }
    }
    let mut catalogue = Catalogue { day: &ledger.day, lands, services: BTreeMap::new() };
    for (land, procedures) in &ledger.lands {
        for (folder, entry) in procedures {
            let service = catalogue.services.entry(folder).or_insert_with(|| Service {
                title: (&entry.title.de, &entry.title.en),
                version: entry.version.as_deref(),
                lands: BTreeMap::new(),
            });
            service.lands.insert(land, cell(ledger, land, folder, entry));
        }
    }
    catalogue
}

fn cell<'a>(ledger: &'a Ledger, land: &str, folder: &str, entry: &'a Entry) -> Cell<'a> {
    let losses = ledger.losses.get(folder).into_iter().flatten().filter(|lost| lost.lands.iter().any(|other| other == land));
    let losses = losses.map(|lost| {
        let degree = if lost.degree == Carried::Dropped { Degree::Dropped } else { Degree::Approximated };
        (lost.path.as_str(), degree, lost.what.as_str(), (lost.why.de.as_str(), lost.why.en.as_str()))
    });
    Cell {
        changes: changes(entry),
        municipalities: entry
            .municipalities
            .iter()
            .map(|(key, own)| {
                let folder = municipal_folder(key).trim_end_matches('/').to_owned();
                (folder, own.place.as_deref().unwrap_or(key), own.files.keys().map(String::as_str).collect())
            })
            .collect(),
        origin: entry.origin.iter().map(String::as_str).collect(),
        files: entry.files.keys().map(String::as_str).collect(),
        losses: losses.collect(),
    }
}

/// What was done by which norm, each once: the rows of a table belong to one change.
fn changes(entry: &Entry) -> Vec<(&str, &str)> {
    let mut changes: Vec<(&str, &str)> = Vec::new();
    for change in &entry.changes {
        let change = (change.what.as_str(), change.norms.as_str());
        if !changes.contains(&change) {
            changes.push(change);
        }
    }
    changes
}
