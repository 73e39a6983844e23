//! Keeps the record of a build while its files are emitted, and turns it into the ledger.

use std::collections::{BTreeMap, BTreeSet};

use crate::compiler::{Compilation, Emitted, Request, Service, municipal_folder};
use crate::model::norm::cite;
use crate::model::overlay::Change;
use crate::model::{Label, LandId, MunicipalityId};
use crate::source::{Sources, Span};
use crate::syntax::ast::Who;
use crate::targets::{Degree, Loss};

use super::writer::ledger::{Carried, Deviation, Entry, Ledger, Lost, Record, Words};

/// The record of a build that is under way.
pub struct Recorder<'a> {
    compilation: &'a Compilation,
    services: BTreeMap<(LandId, Option<MunicipalityId>, &'a str), &'a Service>,
    ledger: Ledger,
    /// By the procedure's folder: each loss, as yet without Länder, and the Länder where it is so.
    losses: BTreeMap<String, BTreeMap<Lost, BTreeSet<String>>>,
}

impl<'a> Recorder<'a> {
    /// A record that begins with what this build leaves as it is.
    pub fn new(compilation: &'a Compilation, previous: &Ledger, request: &Request) -> Recorder<'a> {
        let mut services = BTreeMap::new();
        for world in &compilation.lands {
            let of_land = world.services.iter().map(|service| (None, service));
            let of_municipalities =
                world.municipalities.iter().flat_map(|own| own.services.iter().map(|service| (Some(own.municipality), service)));
            for (municipality, service) in of_land.chain(of_municipalities) {
                services.insert((world.land, municipality, service.checked.procedure().name.as_ref()), service.as_ref());
            }
        }
        let tool = format!("blaupause {}", env!("CARGO_PKG_VERSION"));
        let day = compilation.day.map(|day| day.to_string()).unwrap_or_default();
        let ledger = Ledger { tool, day, ..Ledger::default() };
        let mut recorder = Recorder { compilation, services, ledger, losses: BTreeMap::new() };
        if !request.lands.is_empty() || !request.targets.is_empty() {
            recorder.carry_over(previous, request);
        }
        recorder
    }

    /// A build of some Länder or some targets leaves the others as they are: their records are kept.
    fn carry_over(&mut self, previous: &Ledger, request: &Request) {
        let is_built = |land: &str, target: &str| {
            let land = request.lands.is_empty() || request.lands.iter().any(|key| key.eq_ignore_ascii_case(land));
            land && (request.targets.is_empty() || request.targets.iter().any(|name| **name == *target))
        };
        let keep = |land: &str, entry: &mut Entry| {
            entry.files.retain(|_, record| !is_built(land, &record.target));
            entry.targets.retain(|target, _| !is_built(land, target));
        };
        for (land, procedures) in &previous.lands {
            for (folder, entry) in procedures {
                let mut entry = entry.clone();
                keep(land, &mut entry);
                entry.municipalities.values_mut().for_each(|own| keep(land, own));
                entry.municipalities.retain(|_, own| !own.files.is_empty());
                if !entry.all_files().is_empty() {
                    self.ledger.lands.entry(land.clone()).or_default().insert(folder.clone(), entry);
                }
            }
        }
        for (folder, losses) in &previous.losses {
            for loss in losses {
                for place in &loss.lands {
                    let (land, municipality) = match place.split_once('/') {
                        Some((land, key)) => (land, Some(key)),
                        None => (place.as_str(), None),
                    };
                    let of_land = self.ledger.lands.get(land).and_then(|procedures| procedures.get(folder));
                    let kept = match municipality {
                        Some(key) => of_land.and_then(|entry| entry.municipalities.get(key)),
                        None => of_land,
                    };
                    if kept.is_some_and(|entry| entry.files.contains_key(&loss.path)) {
                        let loss = Lost { lands: Vec::new(), ..loss.clone() };
                        self.losses.entry(folder.clone()).or_default().entry(loss).or_default().insert(place.clone());
                    }
                }
            }
        }
    }

    /// Records one file.
    pub fn enter(&mut self, emitted: &Emitted, file: Record) {
        let mut parts = emitted.path.splitn(3, '/');
        let (Some(land), Some(folder), Some(path)) = (parts.next(), parts.next(), parts.next()) else { return };
        let municipality = emitted.municipality.and_then(|id| self.compilation.model.library.municipalities.get(id));
        let service = self.services.get(&(emitted.land, emitted.municipality, emitted.procedure.as_ref())).copied();
        let mut entry = self.ledger.lands.entry(land.to_owned()).or_default().entry(folder.to_owned()).or_default();
        let (mut path, mut place) = (path, land.to_owned());
        if let Some(municipality) = municipality {
            let key = municipality.key.to_string();
            path = path.strip_prefix(&municipal_folder(&key)).unwrap_or(path);
            place = format!("{land}/{key}");
            entry = entry.municipalities.entry(key).or_default();
            entry.place = Some(municipality.name.to_string());
        }
        if !entry.targets.contains_key(emitted.target)
            && let Some(service) = service
        {
            let procedure = service.checked.procedure();
            entry.name = procedure.name.to_string();
            entry.title = words(&procedure.title);
            entry.version = procedure.version.as_ref().map(|(version, _)| version.to_string());
            entry.changes = procedure.changes.iter().map(|change| deviation(change, &self.compilation.sources)).collect();
            entry.definition = service.definition_hash.to_string();
            entry.origin = emitted.origin.iter().map(ToString::to_string).collect();
        }
        let carried = entry.targets.entry(emitted.target.to_owned()).or_insert(Carried::Whole);
        for loss in emitted.losses.iter().map(lost) {
            *carried = (*carried).max(loss.degree);
            self.losses.entry(folder.to_owned()).or_default().entry(loss).or_default().insert(place.clone());
        }
        entry.files.insert(path.to_owned(), file);
    }

    /// The ledger, but for the files that belong to no procedure.
    pub fn finish(self) -> Ledger {
        let mut ledger = self.ledger;
        for (folder, losses) in self.losses {
            let losses = losses.into_iter().map(|(loss, lands)| Lost { lands: lands.into_iter().collect(), ..loss });
            ledger.losses.insert(folder, losses.collect());
        }
        ledger
    }
}

fn lost(loss: &Loss) -> Lost {
    let degree = match loss.degree {
        Degree::Approximated => Carried::Approximated,
        Degree::Dropped => Carried::Dropped,
    };
    let why = Words { de: loss.why.de.clone(), en: loss.why.en.clone() };
    Lost { path: loss.path.clone(), degree, what: loss.what.clone(), why, lands: Vec::new() }
}

/// A change with its places as people read them.
pub fn deviation(change: &Change, sources: &Sources) -> Deviation {
    Deviation {
        what: change.title(),
        by_municipality: change.by == Who::Municipalities,
        norms: cite(&change.norms),
        written: place(change.written, sources),
        applied: place(change.applied, sources),
        clause: change.clause.map(|clause| place(clause, sources)),
    }
}

/// A place as file and line.
pub fn place(span: Span, sources: &Sources) -> String {
    let file = sources.get(span.file);
    file.map(|file| format!("{}:{}", file.path, file.position(span.start).0)).unwrap_or_default()
}

fn words(label: &Label) -> Words {
    Words { de: label.de.to_string(), en: label.english().to_owned() }
}
