//! `blaupause build`: compiles and writes every output.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use crate::both;
use crate::compiler::{self, Compilation, Emitted, Request};
use crate::diagnostic::{Bilingual, Diagnostics, Language};
use crate::targets::index;

use super::Outcome;
use super::arguments::BuildOptions;
use super::record::Recorder;
use super::report::Reporter;
use super::surroundings::Surroundings;
use super::writer::ledger::Record;
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
    let outcome = reporter.outcome(&compilation.diagnostics);
    // The process ends now and gives everything back at once, faster than part by part.
    std::mem::forget(compilation);
    outcome
}

/// Hands every file to the writer as it is emitted, then lets the writer move them all into place.
fn write(compilation: &Compilation, request: &Request, options: &BuildOptions) -> Result<(Tally, Diagnostics), Diagnostics> {
    let writer = Writer::open(&options.out).map_err(|refusal| {
        let mut refusals = Diagnostics::default();
        refusals.push(*refusal);
        refusals
    })?;
    let recorder = Mutex::new(Recorder::new(compilation, writer.previous(), request));
    compiler::emit(compilation, request, &|emitted: Emitted| {
        let hash = writer.put(&emitted.path, &emitted.bytes);
        let file = Record::new(&hash, emitted.bytes.len(), emitted.target);
        recorder.lock().unwrap_or_else(PoisonError::into_inner).enter(&emitted, file);
    });
    let mut ledger = recorder.into_inner().unwrap_or_else(PoisonError::into_inner).finish();
    let mut pages = BTreeMap::new();
    for (path, text) in index::pages(&catalogue::of(&ledger, compilation)) {
        let bytes: Arc<[u8]> = text.into_bytes().into();
        let hash = writer.put(&path, &bytes);
        pages.insert(path, Record::new(&hash, bytes.len(), "index"));
    }
    ledger.files = pages;
    writer.commit(&ledger)
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
