//! Keeps the record of a build while its files are emitted, and turns it into the ledger.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::compiler::{Compilation, Emitted, Request, Service};
use crate::model::{Label, LandId, Procedure};
use crate::targets::{Degree, Loss};

use super::writer::ledger::{Carried, Ledger, Lost, Record, Words};

/// The record of a build that is under way.
pub struct Recorder<'a> {
    services: BTreeMap<(LandId, &'a str), &'a Service>,
    /// The procedures as the base has them, by identity: a Land with a variant has its own.
    base: BTreeSet<usize>,
    ledger: Ledger,
    /// By the procedure's folder: each loss, as yet without Länder, and the Länder where it is so.
    losses: BTreeMap<String, BTreeMap<Lost, BTreeSet<String>>>,
}

impl<'a> Recorder<'a> {
    /// A record that begins with what this build leaves as it is.
    pub fn new(compilation: &'a Compilation, previous: &Ledger, request: &Request) -> Recorder<'a> {
        let mut services = BTreeMap::new();
        for world in &compilation.lands {
            for service in &world.services {
                services.insert((world.land, service.checked.procedure().name.as_ref()), service.as_ref());
            }
        }
        let base = compilation.model.procedures.iter().map(|procedure| Arc::as_ptr(procedure) as usize).collect();
        let tool = format!("blaupause {}", env!("CARGO_PKG_VERSION"));
        let day = compilation.day.map(|day| day.to_string()).unwrap_or_default();
        let ledger = Ledger { tool, day, ..Ledger::default() };
        let mut recorder = Recorder { services, base, ledger, losses: BTreeMap::new() };
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
        for (land, procedures) in &previous.lands {
            for (folder, entry) in procedures {
                let mut entry = entry.clone();
                entry.files.retain(|_, record| !is_built(land, &record.target));
                entry.targets.retain(|target, _| !is_built(land, target));
                if !entry.files.is_empty() {
                    self.ledger.lands.entry(land.clone()).or_default().insert(folder.clone(), entry);
                }
            }
        }
        for (folder, losses) in &previous.losses {
            for loss in losses {
                for land in &loss.lands {
                    let kept = self.ledger.lands.get(land).and_then(|procedures| procedures.get(folder));
                    if kept.is_some_and(|entry| entry.files.contains_key(&loss.path)) {
                        let loss = Lost { lands: Vec::new(), ..loss.clone() };
                        self.losses.entry(folder.clone()).or_default().entry(loss).or_default().insert(land.clone());
                    }
                }
            }
        }
    }

    /// Records one file.
    pub fn enter(&mut self, emitted: &Emitted, file: Record) {
        let mut parts = emitted.path.splitn(3, '/');
        let (Some(land), Some(folder), Some(path)) = (parts.next(), parts.next(), parts.next()) else { return };
        let entry = self.ledger.lands.entry(land.to_owned()).or_default().entry(folder.to_owned()).or_default();
        if !entry.targets.contains_key(emitted.target)
            && let Some(service) = self.services.get(&(emitted.land, emitted.procedure.as_ref()))
        {
            let procedure = service.checked.procedure();
            entry.name = procedure.name.to_string();
            entry.title = words(&procedure.title);
            entry.version = procedure.version.as_ref().map(|(version, _)| version.to_string());
            entry.own = !self.base.contains(&(std::ptr::from_ref::<Procedure>(procedure) as usize));
            entry.definition = service.definition_hash.to_string();
            entry.origin = emitted.origin.iter().map(ToString::to_string).collect();
        }
        let carried = entry.targets.entry(emitted.target.to_owned()).or_insert(Carried::Whole);
        for loss in emitted.losses.iter().map(lost) {
            *carried = (*carried).max(loss.degree);
            self.losses.entry(folder.to_owned()).or_default().entry(loss).or_default().insert(land.to_owned());
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

fn words(label: &Label) -> Words {
    Words { de: label.de.to_string(), en: label.english().to_owned() }
}
