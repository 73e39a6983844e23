//! Arguments to an exit code; the only writer to disk.
//!
//! 0: clean; 1: findings; 2: wrong usage or unreadable input. Warnings only count with `--streng`.

mod arguments;
mod build;
mod catalogue;
mod check;
mod explain;
mod format;
mod help;
mod matrix;
mod once_only;
mod record;
mod report;
mod surroundings;
mod test;
mod usage;
pub mod writer;

use std::ffi::OsString;
use std::io::Write;

use crate::compiler;
use crate::diagnostic::{Code, Language};

use arguments::{Action, Arguments};
use surroundings::Surroundings;

/// The stack of a worker thread; only what is used takes memory.
const STACK: usize = 16 * 1024 * 1024;

/// How a call ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Nothing was found, or nothing that counts.
    Clean,
    /// Something was found.
    Findings,
    /// The call was wrong, or its input could not be read.
    Unusable,
}

impl Outcome {
    /// The exit code.
    pub fn code(self) -> u8 {
        match self {
            Outcome::Clean => 0,
            Outcome::Findings => 1,
            Outcome::Unusable => 2,
        }
    }
}

/// Every rule that a message of the program can name.
pub fn codes() -> Vec<&'static Code> {
    let mut codes = compiler::codes();
    codes.extend(writer::CODES);
    codes
}

/// Runs the command.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> Outcome {
    // Definitions may nest deeply; the default stack of a worker is a quarter of the main thread's.
    let _ = rayon::ThreadPoolBuilder::new().stack_size(STACK).build_global();
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    let surroundings = Surroundings::of_process();
    let language = usage::language_asked_for(&arguments).or(surroundings.language).unwrap_or_default();
    let parsed = match usage::parse(&arguments) {
        Ok(parsed) => parsed,
        Err(usage::Refusal::Version) => {
            say(&format!("blaupause {}\n", env!("CARGO_PKG_VERSION")));
            return Outcome::Clean;
        }
        Err(usage::Refusal::Wrong(message)) => {
            complain(&format!("{}\n", message.get(language)));
            return Outcome::Unusable;
        }
    };
    dispatch(parsed, &surroundings, language)
}

fn dispatch(arguments: Arguments, surroundings: &Surroundings, language: Language) -> Outcome {
    let topic = arguments.action.as_ref().map(Action::name);
    if arguments.help {
        say(help::page(topic, language));
        return Outcome::Clean;
    }
    let explicit = arguments.language.map(Language::from);
    match arguments.action {
        Some(Action::Build(options)) => build::run(&options, surroundings, explicit),
        Some(Action::Check(options)) => check::run(&options, surroundings, explicit),
        Some(Action::Test(options)) => test::run(&options, surroundings, explicit),
        Some(Action::Matrix(options)) => matrix::run(&options, surroundings, explicit),
        Some(Action::Report(options)) => once_only::run(&options, surroundings, explicit),
        Some(Action::Fmt(options)) => format::run(&options, surroundings, language),
        Some(Action::Explain { slug }) => explain::run(slug.as_deref(), surroundings, language),
        None => {
            complain(help::page(None, language));
            Outcome::Unusable
        }
    }
}

/// Writes to standard output; a reader that has gone away is no failure.
fn say(text: &str) {
    let mut out = std::io::stdout().lock();
    let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
}

/// Writes to standard error.
fn complain(text: &str) {
    let _ = std::io::stderr().lock().write_all(text.as_bytes());
}

/// A document for machines.
pub fn json(document: &impl serde::Serialize) -> String {
    let mut text = serde_json::to_string_pretty(document).unwrap_or_default();
    text.push('\n');
    text
}
