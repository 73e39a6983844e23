//! What the process knows of where it runs: language, colours, folder. The only reader of the environment.

use std::env;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};

use crate::diagnostic::Language;

/// Where the command runs.
#[derive(Debug, Clone)]
pub struct Surroundings {
    /// The language of the locale, if it names one of ours.
    pub language: Option<Language>,
    /// Whether findings, on standard error, are shown in colour.
    pub colour: bool,
    /// Whether results, on standard output, are shown in colour.
    pub colour_of_results: bool,
    /// How many characters fit on a line.
    pub width: usize,
    /// The current folder.
    pub folder: PathBuf,
}

impl Surroundings {
    /// Those of this process.
    pub fn of_process() -> Surroundings {
        let locale =
            ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().find_map(|name| env::var(name).ok().filter(|value| !value.is_empty()));
        let plain = env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty())
            || env::var_os("TERM").is_some_and(|term| term == "dumb");
        let columns = env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
        Surroundings {
            language: locale.as_deref().and_then(language_of),
            colour: !plain && std::io::stderr().is_terminal(),
            colour_of_results: !plain && std::io::stdout().is_terminal(),
            width: columns.unwrap_or(100_usize).clamp(60, 120),
            folder: env::current_dir().and_then(|folder| folder.canonicalize()).unwrap_or_default(),
        }
    }

    /// What leads from the current folder to the root of a project: empty, or ending in `/`.
    pub fn way_to(&self, root: &Path) -> String {
        let way = root.strip_prefix(&self.folder).unwrap_or(root).to_string_lossy().replace('\\', "/");
        if way.is_empty() || way.ends_with('/') { way } else { format!("{way}/") }
    }
}

/// `C` and `POSIX` say nothing about a language.
fn language_of(locale: &str) -> Option<Language> {
    match locale.get(..2)? {
        "de" => Some(Language::De),
        "en" => Some(Language::En),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::language_of;
    use crate::diagnostic::Language;

    #[test]
    fn locales_without_a_language_of_ours_say_nothing() {
        assert_eq!(language_of("de_DE.UTF-8"), Some(Language::De));
        assert_eq!(language_of("en_GB"), Some(Language::En));
        assert_eq!(language_of("C.UTF-8"), None);
        assert_eq!(language_of("fr_FR"), None);
    }
}
