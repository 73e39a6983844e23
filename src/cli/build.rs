//! `blaupause build`: compiles and writes every output.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use crate::both;
use crate::compiler::{self, Compilation, Emitted, Request, Service};
use crate::diagnostic::{Bilingual, Diagnostics, Language};
use crate::model::{Label, LandId};
use crate::targets::{Degree, Loss, index};

use super::Outcome;
use super::arguments::BuildOptions;
use super::report::Reporter;
use super::surroundings::Surroundings;
use super::writer::ledger::{Carried, Ledger, Lost, Record, Words};
use super::writer::{Tally, Writer};
use super::{catalogue, check};

/// Runs the command.
pub fn run(options: &BuildOptions, surroundings: &Surroundings, language: Option<Language>) -> Outcome {
    let mut reporter = Reporter::new(&options.check, surroundings, language);
    let compiled = check::compile(&options.check, &options.targets, surroundings, language, &mut reporter);
    let (mut compilation, request, _) = match compiled {
        Ok(compiled) => compiled,
        Err(outcome) => return outcome,
    };
    let mut sentence = check::scope(&compilation);
    if reporter.outcome(&compilation.diagnostics) == Outcome::Clean {
        match write(&compilation, &request, options) {
            Ok((tally, remarks)) => {
                compilation.diagnostics.append(remarks);
                sentence = summary(&compilation, options, tally);
            }
            Err(refusals) => {
                compilation.diagnostics.append(refusals);
                sentence = both!("Geschrieben wurde nichts.", "Nothing was written.");
            }
        }
    } else {
        sentence.de.push_str(" Geschrieben wurde nichts.");
        sentence.en.push_str(" Nothing was written.");
    }
    reporter.tell(&compilation.diagnostics, &compilation.sources);
    reporter.conclude(&compilation.diagnostics, sentence.get(reporter.style.language));
    reporter.outcome(&compilation.diagnostics)
}

/// Hands every file to the writer as it is emitted, then lets the writer move them all into place.
fn write(compilation: &Compilation, request: &Request, options: &BuildOptions) -> Result<(Tally, Diagnostics), Diagnostics> {
    let writer = Writer::open(&options.out).map_err(|refusal| {
        let mut refusals = Diagnostics::default();
        refusals.push(refusal);
        refusals
    })?;
    let titles = Titles::of(compilation);
    let ledger = Mutex::new(carried_over(writer.previous(), request));
    compiler::emit(compilation, request, &|emitted: Emitted| {
        let hash = writer.put(&emitted.path, &emitted.bytes);
        let record = Record::new(&hash, emitted.bytes.len(), emitted.target);
        enter(&mut ledger.lock().unwrap_or_else(PoisonError::into_inner), &titles, emitted, record);
    });
    let mut ledger = ledger.into_inner().unwrap_or_else(PoisonError::into_inner);
    ledger.tool = format!("blaupause {}", env!("CARGO_PKG_VERSION"));
    ledger.day = compilation.day.map(|day| day.to_string()).unwrap_or_default();
    let mut pages = BTreeMap::new();
    for entry in ledger.lands.values_mut().flat_map(BTreeMap::values_mut) {
        entry.losses.sort();
        entry.losses.dedup();
    }
    for (path, text) in index::pages(&catalogue::of(&ledger, compilation)) {
        let bytes: Arc<[u8]> = text.into_bytes().into();
        let hash = writer.put(&path, &bytes);
        pages.insert(path, Record::new(&hash, bytes.len(), "index"));
    }
    ledger.files = pages;
    writer.commit(&ledger)
}

/// A build of some Länder or some targets leaves the others as they are: their records are kept.
fn carried_over(previous: &Ledger, request: &Request) -> Ledger {
    let mut kept = Ledger::default();
    if request.lands.is_empty() && request.targets.is_empty() {
        return kept;
    }
    for (land, procedures) in &previous.lands {
        let land_is_built = request.lands.is_empty() || request.lands.iter().any(|key| key.eq_ignore_ascii_case(land));
        for (folder, entry) in procedures {
            let mut entry = entry.clone();
            if land_is_built {
                let is_built = |target: &str| request.targets.is_empty() || request.targets.iter().any(|name| **name == *target);
                let built: Vec<String> =
                    entry.files.iter().filter(|(_, record)| is_built(&record.target)).map(|(path, _)| path.clone()).collect();
                entry.files.retain(|path, _| !built.contains(path));
                entry.losses.retain(|lost| !built.contains(&lost.path));
                entry.targets.retain(|target, _| !is_built(target));
            }
            if !entry.files.is_empty() {
                kept.lands.entry(land.clone()).or_default().insert(folder.clone(), entry);
            }
        }
    }
    kept
}

/// What the ledger says of a procedure beside its files.
struct Titles<'a>(BTreeMap<(LandId, &'a str), &'a Service>);

impl Titles<'_> {
    fn of(compilation: &Compilation) -> Titles<'_> {
        let mut titles = BTreeMap::new();
        for world in &compilation.lands {
            for service in &world.services {
                titles.insert((world.land, service.checked.procedure().name.as_ref()), service.as_ref());
            }
        }
        Titles(titles)
    }
}

fn enter(ledger: &mut Ledger, titles: &Titles<'_>, emitted: Emitted, record: Record) {
    let mut parts = emitted.path.splitn(3, '/');
    let (Some(land), Some(folder), Some(path)) = (parts.next(), parts.next(), parts.next()) else { return };
    let entry = ledger.lands.entry(land.to_owned()).or_default().entry(folder.to_owned()).or_default();
    if let Some(service) = titles
        .0
        .get(&(emitted.land, emitted.procedure.as_ref()))
        .filter(|_| entry.definition.is_empty() || !entry.targets.contains_key(emitted.target))
    {
        let procedure = service.checked.procedure();
        entry.name = procedure.name.to_string();
        entry.title = words(&procedure.title);
        entry.version = procedure.version.as_ref().map(|(version, _)| version.to_string());
        entry.definition = service.definition_hash.to_string();
        entry.origin = emitted.origin.iter().map(ToString::to_string).collect();
    }
    let carried = entry.targets.entry(emitted.target.to_owned()).or_insert(Carried::Whole);
    for loss in emitted.losses.iter() {
        let loss = lost(loss);
        *carried = (*carried).max(loss.degree);
        entry.losses.push(loss);
    }
    entry.files.insert(path.to_owned(), record);
}

fn lost(loss: &Loss) -> Lost {
    let degree = match loss.degree {
        Degree::Approximated => Carried::Approximated,
        Degree::Dropped => Carried::Dropped,
    };
    let why = Words { de: loss.why.de.clone(), en: loss.why.en.clone() };
    Lost { path: loss.path.clone(), degree, what: loss.what.clone(), why }
}

fn words(label: &Label) -> Words {
    Words { de: label.de.to_string(), en: label.english().to_owned() }
}

fn summary(compilation: &Compilation, options: &BuildOptions, tally: Tally) -> Bilingual {
    let scope = check::scope(compilation);
    let Tally { written, unchanged, removed } = tally;
    let out = options.out.display();
    let (removed_de, removed_en) = if removed == 0 {
        (String::new(), String::new())
    } else {
        (format!(", {removed} entfernt"), format!(", {removed} removed"))
    };
    Bilingual {
        de: format!("{}\nIn „{out}“: {written} geschrieben, {unchanged} unverändert{removed_de}.", scope.de),
        en: format!("{}\nIn “{out}”: {written} written, {unchanged} unchanged{removed_en}.", scope.en),
    }
}
