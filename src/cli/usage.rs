//! What is wrong with a call, in the language of the caller.

use std::ffi::OsString;

use clap::Parser;
use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::both;
use crate::diagnostic::{Bilingual, Language};

use super::arguments::Arguments;

/// Why a call is not carried out.
#[derive(Debug)]
pub enum Refusal {
    /// Only the version was asked for.
    Version,
    /// The call is wrong.
    Wrong(Bilingual),
}

/// Reads the arguments, the program's name first.
pub fn parse(arguments: &[OsString]) -> Result<Arguments, Refusal> {
    Arguments::try_parse_from(arguments).map_err(|error| match error.kind() {
        ErrorKind::DisplayVersion => Refusal::Version,
        _ => Refusal::Wrong(explain(&error)),
    })
}

/// The language flag, found before anything else is understood: even a wrong call is answered in it.
pub fn language_asked_for(arguments: &[OsString]) -> Option<Language> {
    let mut words = arguments.iter().filter_map(|word| word.to_str());
    while let Some(word) = words.next() {
        let value = match word.split_once('=') {
            Some(("--sprache" | "--language", value)) => Some(value),
            None if matches!(word, "--sprache" | "--language") => words.next(),
            _ => None,
        };
        match value {
            Some("de") => return Some(Language::De),
            Some("en") => return Some(Language::En),
            _ => {}
        }
    }
    None
}

/// The sentence for a call that can't be understood.
fn explain(error: &clap::Error) -> Bilingual {
    let argument = context(error, ContextKind::InvalidArg);
    let value = context(error, ContextKind::InvalidValue);
    let what = match error.kind() {
        ErrorKind::UnknownArgument => {
            both!("Die Angabe „{argument}“ gibt es hier nicht.", "There is no argument “{argument}” here.")
        }
        ErrorKind::InvalidSubcommand => {
            let command = context(error, ContextKind::InvalidSubcommand);
            both!("Den Befehl „{command}“ gibt es nicht.", "There is no command “{command}”.")
        }
        ErrorKind::InvalidValue if value.is_empty() => {
            both!("Zu „{argument}“ fehlt der Wert.", "“{argument}” lacks its value.")
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            both!("„{value}“ ist kein Wert für „{argument}“.", "“{value}” is no value for “{argument}”.")
        }
        ErrorKind::ArgumentConflict => {
            both!(
                "„{argument}“ steht zweimal oder verträgt sich nicht mit einer anderen Angabe.",
                "“{argument}” stands twice or contradicts another argument."
            )
        }
        ErrorKind::MissingRequiredArgument => both!("Es fehlt: {argument}.", "Missing: {argument}."),
        _ => both!("Der Aufruf ist nicht zu verstehen.", "The call can't be understood."),
    };
    let suggested = [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand, ContextKind::SuggestedValue]
        .into_iter()
        .map(|kind| context(error, kind))
        .find(|text| !text.is_empty());
    let valid = context(error, ContextKind::ValidValue);
    let way_out = match suggested {
        Some(meant) => both!(" Meinten Sie „{meant}“?", " Did you mean “{meant}”?"),
        None if !valid.is_empty() => both!(" Möglich ist: {valid}.", " Possible: {valid}."),
        None => both!("", ""),
    };
    Bilingual {
        de: format!("{}{}\nMehr dazu: blaupause --help", what.de, way_out.de),
        en: format!("{}{}\nMore: blaupause --help --sprache en", what.en, way_out.en),
    }
}

fn context(error: &clap::Error, kind: ContextKind) -> String {
    match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join(", "),
        _ => String::new(),
    }
}
