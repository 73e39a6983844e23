//! `blaupause fmt`: brings definitions into the usual form.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use crate::both;
use crate::diagnostic::render::{self, Style};
use crate::diagnostic::{Diagnostics, Language, load};
use crate::source::project::{Problem, usual_letters};
use crate::source::{DiskLoader, LoadError, Loader, SourceFile, Sources, Span, Text};
use crate::syntax;
use crate::syntax::ast::Spelling;

use super::arguments::{FormatOptions, Tongue};
use super::surroundings::Surroundings;
use super::{Outcome, complain, help, say};

/// Runs the command.
pub fn run(options: &FormatOptions, surroundings: &Surroundings, language: Language) -> Outcome {
    if options.paths.is_empty() {
        complain(help::page(Some("fmt"), language));
        return Outcome::Unusable;
    }
    let mut run = Run { options, surroundings, language, outcome: Outcome::Clean, changed: 0, same: 0 };
    for path in &options.paths {
        if path.as_os_str() == "-" {
            run.standard_input();
        } else {
            run.path(path);
        }
    }
    run.conclude();
    run.outcome
}

struct Run<'a> {
    options: &'a FormatOptions,
    surroundings: &'a Surroundings,
    language: Language,
    outcome: Outcome,
    changed: usize,
    same: usize,
}

impl Run<'_> {
    fn path(&mut self, path: &Path) {
        let loader = match DiskLoader::open(path) {
            Ok(loader) => loader,
            Err(error) => return self.refuse(error, ""),
        };
        let prefix = self.surroundings.way_to(loader.root());
        let files = match loader.files() {
            Ok(files) => files,
            Err(error) => return self.refuse(error, &prefix),
        };
        for file in files.iter().filter(|file| file.ends_with(".blau")) {
            match loader.read(file) {
                Ok(bytes) => match String::from_utf8(bytes) {
                    Ok(text) => self.file(&loader.root().join(file.as_ref()), file, &text, &prefix),
                    Err(_) => {
                        self.refuse(LoadError::Unreadable { path: file.to_string(), reason: "kein UTF-8".to_owned() }, &prefix)
                    }
                },
                Err(error) => self.refuse(error, &prefix),
            }
        }
    }

    fn file(&mut self, full: &Path, path: &Text, text: &str, prefix: &str) {
        let Some(formatted) = self.formatted(path, text, prefix) else { return };
        if formatted == text {
            self.same += 1;
            return;
        }
        self.changed += 1;
        if self.options.check {
            self.outcome = worse(self.outcome, Outcome::Findings);
            complain(&format!("{prefix}{path}\n"));
        } else if let Err(error) = replace(full, &formatted) {
            self.refuse(LoadError::Unreadable { path: path.to_string(), reason: error.to_string() }, prefix);
        }
    }

    fn standard_input(&mut self) {
        let mut text = String::new();
        if let Err(error) = std::io::stdin().lock().read_to_string(&mut text) {
            return self.refuse(LoadError::Unreadable { path: "-".to_owned(), reason: error.to_string() }, "");
        }
        let Some(formatted) = self.formatted(&Text::from("-"), &text, "") else { return };
        if self.options.check {
            if formatted != text {
                self.outcome = worse(self.outcome, Outcome::Findings);
            }
        } else {
            say(&formatted);
        }
    }

    /// The usual form, unless the text has mistakes: those are told instead, and the text stays.
    fn formatted(&mut self, path: &Text, text: &str, prefix: &str) -> Option<String> {
        let text = usual_letters(text.to_owned());
        match syntax::format(&text, self.options.spelling.map(spelling)) {
            Ok(formatted) => Some(formatted),
            Err(found) => {
                let mut sources = Sources::default();
                sources.add(SourceFile { path: path.clone(), text: Text::from(text), built_in: false });
                complain(&render::text(&found, &sources, &self.style(prefix)));
                self.outcome = worse(self.outcome, Outcome::Findings);
                None
            }
        }
    }

    fn refuse(&mut self, error: LoadError, prefix: &str) {
        let mut found = Diagnostics::default();
        load::report(vec![Problem::Load(error, Span::DETACHED)], &mut found);
        complain(&render::text(&found, &Sources::default(), &self.style(prefix)));
        self.outcome = Outcome::Unusable;
    }

    fn style(&self, prefix: &str) -> Style {
        let Surroundings { colour, width, .. } = *self.surroundings;
        Style { language: self.language, colour, width, prefix: prefix.to_owned() }
    }

    fn conclude(&self) {
        let (changed, same) = (self.changed, self.same);
        let sentence = match (changed + same, self.options.check) {
            (0, _) => return,
            (_, true) => both!("{changed} weichen ab, {same} in Ordnung.", "{changed} differ, {same} in order."),
            (_, false) => both!("{changed} geändert, {same} in Ordnung.", "{changed} changed, {same} in order."),
        };
        complain(&format!("{}\n", sentence.get(self.language)));
    }
}

fn worse(one: Outcome, other: Outcome) -> Outcome {
    if one.code() >= other.code() { one } else { other }
}

/// Writes the whole text beside the file, then puts it in its place: an interruption never leaves half a file.
fn replace(path: &Path, text: &str) -> std::io::Result<()> {
    let mut beside: PathBuf = path.to_owned();
    beside.set_extension("blau.neu");
    fs::write(&beside, text)?;
    fs::set_permissions(&beside, fs::metadata(path)?.permissions())?;
    fs::rename(&beside, path)
}

fn spelling(tongue: Tongue) -> Spelling {
    match tongue {
        Tongue::De => Spelling::De,
        Tongue::En => Spelling::En,
    }
}
