//! `blaupause check`: compiles and tells, writes nothing.

use jiff::civil::Date;

use crate::both;
use crate::compiler::{self, Compilation, Request};
use crate::diagnostic::suggest::nearest;
use crate::diagnostic::{Bilingual, Language, load};
use crate::land::connections::{self, Profile};
use crate::source::{DiskLoader, Text, manifest};
use crate::targets;

use super::arguments::CheckOptions;
use super::report::Reporter;
use super::surroundings::Surroundings;
use super::{Outcome, complain};

/// Runs the command.
pub fn run(options: &CheckOptions, surroundings: &Surroundings, language: Option<Language>) -> Outcome {
    let mut reporter = Reporter::new(options, surroundings, language);
    match compile(options, &[], surroundings, language, &mut reporter) {
        Ok((compilation, _, _)) => {
            reporter.tell(&compilation.diagnostics, &compilation.sources);
            reporter.conclude(&compilation.diagnostics, scope(&compilation).get(reporter.style.language));
            let outcome = reporter.outcome(&compilation.diagnostics);
            // The process ends now and gives everything back at once, faster than part by part.
            std::mem::forget(compilation);
            outcome
        }
        Err(outcome) => outcome,
    }
}

/// Compiles what the options name, or ends the run. `build` and `check` share this.
pub fn compile(
    options: &CheckOptions,
    targets: &[String],
    surroundings: &Surroundings,
    language: Option<Language>,
    reporter: &mut Reporter,
) -> Result<(Compilation, Request, DiskLoader), Outcome> {
    let request = request(options, targets).map_err(|message| {
        complain(&format!("{}\n", message.get(reporter.style.language)));
        Outcome::Unusable
    })?;
    let loader = reporter.open(options, surroundings)?;
    let compilation = compiler::compile(&loader, &request);
    reporter.settle_language(language, load::language(&compilation.manifest));
    if let Some(message) = unknown_land(options, &compilation).or_else(|| unknown_connections(options, &compilation)) {
        complain(&format!("{}\n", message.get(reporter.style.language)));
        return Err(Outcome::Unusable);
    }
    Ok((compilation, request, loader))
}

fn request(options: &CheckOptions, targets: &[String]) -> Result<Request, Bilingual> {
    let day = options.day.as_deref().map(day).transpose()?;
    let known: Vec<&str> = targets::all().iter().map(|target| target.name()).collect();
    if let Some(wrong) = targets.iter().find(|target| !known.contains(&target.as_str())) {
        let meant = nearest(wrong, known.iter().copied());
        let all = known.join(", ");
        return Err(match meant {
            Some(meant) => both!(
                "Ein Ziel „{wrong}“ gibt es nicht. Meinten Sie „{meant}“?",
                "There is no target “{wrong}”. Did you mean “{meant}”?"
            ),
            None => both!("Ein Ziel „{wrong}“ gibt es nicht. Es gibt: {all}.", "There is no target “{wrong}”. There are: {all}."),
        });
    }
    let texts = |words: &[String]| words.iter().map(|word| Text::from(word.trim())).collect();
    Ok(Request {
        day,
        allow_outdated: options.allow_outdated,
        lands: texts(&options.lands),
        targets: texts(targets),
        connections: profile(&options.connections)?,
    })
}

fn profile(names: &[String]) -> Result<Profile, Bilingual> {
    let is = |words: [&str; 2]| names.iter().any(|name| words.contains(&name.trim()));
    match (is(connections::EVERYTHING), is(connections::NOTHING), names.len()) {
        (true, _, 1) => Ok(Profile::Everything),
        (_, true, 1) => Ok(Profile::Nothing),
        (false, false, _) => Ok(Profile::Stated(names.iter().map(|name| Text::from(name.trim())).collect())),
        _ => Err(both!("„alle“ und „keine“ stehen bei --anschluss allein.", "“all” and “none” stand alone with --anschluss.")),
    }
}

fn unknown_connections(options: &CheckOptions, compilation: &Compilation) -> Option<Bilingual> {
    let places = connections::places(&compilation.model.library);
    let words = connections::EVERYTHING.into_iter().chain(connections::NOTHING);
    let known: Vec<&str> = places.iter().map(AsRef::as_ref).chain(words).collect();
    let wrong = options.connections.iter().find(|name| !known.contains(&name.trim()))?;
    Some(match nearest(wrong, known.iter().copied()) {
        Some(meant) => both!(
            "Einen Anschluss „{wrong}“ gibt es nicht. Meinten Sie „{meant}“?",
            "There is no connection “{wrong}”. Did you mean “{meant}”?"
        ),
        None => {
            let all = known.join(", ");
            both!(
                "Einen Anschluss „{wrong}“ gibt es nicht. Es gibt: {all}.",
                "There is no connection “{wrong}”. There are: {all}."
            )
        }
    })
}

fn day(text: &str) -> Result<Date, Bilingual> {
    manifest::day_of(text).ok_or_else(|| {
        both!(
            "„{text}“ ist kein Kalendertag. Schreiben Sie Jahr, Monat, Tag: --stichtag 2026-06-01",
            "“{text}” is no calendar day. Write year, month, day: --stichtag 2026-06-01"
        )
    })
}

fn unknown_land(options: &CheckOptions, compilation: &Compilation) -> Option<Bilingual> {
    let library = &compilation.model.library;
    let wrong = options.lands.iter().find(|key| library.land(key.trim()).is_none())?;
    let all: Vec<String> = library.lands.values().map(|land| land.key.to_lowercase()).collect();
    let meant = library.lands.values().find(|land| land.name.to_lowercase().contains(&wrong.to_lowercase()) && wrong.len() > 3);
    Some(match meant.map(|land| land.key.to_lowercase()) {
        Some(key) => {
            both!("Ein Land heißt hier mit zwei Buchstaben: --land {key}", "A Land is named by two letters here: --land {key}")
        }
        None => {
            let all = all.join(", ");
            both!("Ein Land „{wrong}“ gibt es nicht. Es gibt: {all}.", "There is no Land “{wrong}”. There are: {all}.")
        }
    })
}

/// What was looked at, in a sentence.
pub fn scope(compilation: &Compilation) -> Bilingual {
    let lands = compilation.lands.len();
    let mut names: Vec<&str> = compilation
        .lands
        .iter()
        .flat_map(|world| world.services.iter().map(|service| service.checked.procedure().name.as_ref()))
        .collect();
    names.sort_unstable();
    names.dedup();
    let services = names.len();
    let files = compilation.sources.iter().filter(|(_, file)| !file.built_in).count();
    let (file_de, file_en) = if files == 1 { ("Datei", "file") } else { ("Dateien", "files") };
    let (land_de, land_en) = if lands == 1 { ("Land", "Land") } else { ("Länder", "Länder") };
    let (service_de, service_en) = if services == 1 { ("Verfahren", "procedure") } else { ("Verfahren", "procedures") };
    both!(
        "Geprüft: {files} {file_de}, {services} {service_de}, {lands} {land_de}.",
        "Checked: {files} {file_en}, {services} {service_en}, {lands} {land_en}."
    )
}
