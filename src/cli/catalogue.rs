//! The ledger of a build as the catalogue that its index pages show.

use std::collections::BTreeMap;

use crate::compiler::Compilation;
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
    let usual = usual_definitions(ledger);
    for (land, procedures) in &ledger.lands {
        for (folder, entry) in procedures {
            let service = catalogue.services.entry(folder).or_insert_with(|| Service {
                title: (&entry.title.de, &entry.title.en),
                version: entry.version.as_deref(),
                lands: BTreeMap::new(),
            });
            let differs = usual.get(folder.as_str()).is_some_and(|usual| *usual != entry.definition);
            service.lands.insert(land, cell(ledger, land, folder, entry, differs));
        }
    }
    catalogue
}

fn cell<'a>(ledger: &'a Ledger, land: &str, folder: &str, entry: &'a Entry, differs: bool) -> Cell<'a> {
    let losses = ledger.losses.get(folder).into_iter().flatten().filter(|lost| lost.lands.iter().any(|other| other == land));
    let losses = losses.map(|lost| {
        let degree = if lost.degree == Carried::Dropped { Degree::Dropped } else { Degree::Approximated };
        (lost.path.as_str(), degree, lost.what.as_str(), (lost.why.de.as_str(), lost.why.en.as_str()))
    });
    Cell {
        differs,
        origin: entry.origin.iter().map(String::as_str).collect(),
        files: entry.files.keys().map(String::as_str).collect(),
        losses: losses.collect(),
    }
}

/// The definition that most Länder share, by procedure.
fn usual_definitions(ledger: &Ledger) -> BTreeMap<&str, &str> {
    let mut counts: BTreeMap<&str, BTreeMap<&str, usize>> = BTreeMap::new();
    for procedures in ledger.lands.values() {
        for (folder, entry) in procedures {
            *counts.entry(folder).or_default().entry(&entry.definition).or_default() += 1;
        }
    }
    counts
        .into_iter()
        .filter_map(|(folder, counts)| {
            let (usual, _) = counts.into_iter().max_by_key(|(_, count)| *count)?;
            Some((folder, usual))
        })
        .collect()
}
