//! The arguments, declared. Their explanation for people is in [`help`](super::help), in both languages.

use std::path::PathBuf;

use clap::{ArgAction, Args, Parser, Subcommand, ValueEnum};

use crate::diagnostic::Language;

/// What was said on the command line.
#[derive(Debug, Parser)]
#[command(name = "blaupause", version, disable_help_flag = true, disable_help_subcommand = true)]
pub struct Arguments {
    /// The command.
    #[command(subcommand)]
    pub action: Option<Action>,
    /// The language of messages.
    #[arg(long = "sprache", alias = "language", global = true, value_name = "de|en")]
    pub language: Option<Tongue>,
    /// Show how to use it.
    #[arg(short = 'h', long = "help", alias = "hilfe", global = true, action = ArgAction::SetTrue)]
    pub help: bool,
}

/// A command.
#[derive(Debug, Subcommand)]
pub enum Action {
    /// Compile and write.
    #[command(alias = "baue")]
    Build(BuildOptions),
    /// Compile and tell.
    #[command(alias = "prüfe")]
    Check(CheckOptions),
    /// Run the cases.
    #[command(alias = "teste")]
    Test(TestOptions),
    /// Tell what Länder do differently.
    Matrix(MatrixOptions),
    /// Where each datum comes from, and what another connection would save.
    #[command(name = "bericht", alias = "report")]
    Report(ReportOptions),
    /// Format definitions.
    #[command(alias = "formatiere")]
    Fmt(FormatOptions),
    /// Explain a rule.
    #[command(alias = "erkläre")]
    Explain {
        /// Which one; without it, all are listed.
        slug: Option<String>,
    },
}

impl Action {
    /// Its name, as help knows it.
    pub fn name(&self) -> &'static str {
        match self {
            Action::Build(_) => "build",
            Action::Check(_) => "check",
            Action::Test(_) => "test",
            Action::Matrix(_) => "matrix",
            Action::Report(_) => "bericht",
            Action::Fmt(_) => "fmt",
            Action::Explain { .. } => "explain",
        }
    }
}

/// What is compiled, for when, and how findings are told.
#[derive(Debug, Args)]
pub struct CheckOptions {
    /// A folder or a file.
    #[arg(default_value = ".")]
    pub path: PathBuf,
    /// The Länder, by their two letters.
    #[arg(long = "land", value_delimiter = ',', value_name = "th,by")]
    pub lands: Vec<String>,
    /// The day.
    #[arg(long = "stichtag", alias = "day", value_name = "2026-06-01")]
    pub day: Option<String>,
    /// Which connections to registers count besides those of Bund and Land.
    #[arg(long = "anschluss", alias = "connections", value_delimiter = ',', value_name = "alle|keine|Name")]
    pub connections: Vec<String>,
    /// A parameter past its horizon is a warning.
    #[arg(long = "veraltet-erlauben", alias = "allow-outdated")]
    pub allow_outdated: bool,
    /// Warnings count.
    #[arg(long = "streng", alias = "strict")]
    pub strict: bool,
    /// How findings look.
    #[arg(long = "format", value_name = "text|zeile|json", default_value = "text")]
    pub format: Format,
}

/// What is built.
#[derive(Debug, Args)]
pub struct BuildOptions {
    /// What is compiled.
    #[command(flatten)]
    pub check: CheckOptions,
    /// Where to.
    #[arg(short = 'o', long = "out", alias = "ausgabe", default_value = "out", value_name = "ORDNER")]
    pub out: PathBuf,
    /// The targets, by name.
    #[arg(long = "ziel", alias = "target", value_delimiter = ',', value_name = "formular,api")]
    pub targets: Vec<String>,
}

/// Which cases are run, and what is asked of them.
#[derive(Debug, Args)]
pub struct TestOptions {
    /// A folder or a file.
    #[arg(default_value = ".")]
    pub path: PathBuf,
    /// The Länder, by their two letters.
    #[arg(long = "land", value_delimiter = ',', value_name = "th,by")]
    pub lands: Vec<String>,
    /// Parts of the titles of cases.
    #[arg(long = "fall", alias = "case", value_name = "TEXT")]
    pub cases: Vec<String>,
    /// The day.
    #[arg(long = "stichtag", alias = "day", value_name = "2026-06-01")]
    pub day: Option<String>,
    /// Which connections to registers count besides those of Bund and Land.
    #[arg(long = "anschluss", alias = "connections", value_delimiter = ',', value_name = "alle|keine|Name")]
    pub connections: Vec<String>,
    /// A parameter past its horizon is a warning.
    #[arg(long = "veraltet-erlauben", alias = "allow-outdated")]
    pub allow_outdated: bool,
    /// What no case shows counts.
    #[arg(long = "streng", alias = "strict")]
    pub strict: bool,
    /// What the cases show.
    #[arg(long = "abdeckung", alias = "coverage")]
    pub coverage: bool,
    /// Which changes of the definition the cases notice.
    #[arg(long = "mutationen", alias = "mutations", conflicts_with = "cases")]
    pub mutations: bool,
    /// How the result looks.
    #[arg(long = "format", value_name = "text|json|junit", default_value = "text")]
    pub format: TestFormat,
}

/// What is reported.
#[derive(Debug, Args)]
pub struct ReportOptions {
    /// A folder or a file.
    #[arg(default_value = ".")]
    pub path: PathBuf,
    /// The procedures, by name.
    #[arg(long = "verfahren", alias = "procedure", value_delimiter = ',', value_name = "NAME")]
    pub procedures: Vec<String>,
    /// The Länder, by their two letters.
    #[arg(long = "land", value_delimiter = ',', value_name = "th,by")]
    pub lands: Vec<String>,
    /// The day.
    #[arg(long = "stichtag", alias = "day", value_name = "2026-06-01")]
    pub day: Option<String>,
    /// Which connections to registers count besides those of Bund and Land.
    #[arg(long = "anschluss", alias = "connections", value_delimiter = ',', value_name = "alle|keine|Name")]
    pub connections: Vec<String>,
    /// A parameter past its horizon is a warning.
    #[arg(long = "veraltet-erlauben", alias = "allow-outdated")]
    pub allow_outdated: bool,
    /// How it looks.
    #[arg(long = "format", value_name = "text|json|html", default_value = "text")]
    pub format: MatrixFormat,
}

/// What is told about Länder.
#[derive(Debug, Args)]
pub struct MatrixOptions {
    /// A folder or a file.
    #[arg(default_value = ".")]
    pub path: PathBuf,
    /// The Länder, by their two letters.
    #[arg(long = "land", value_delimiter = ',', value_name = "th,by")]
    pub lands: Vec<String>,
    /// Another version: a folder, or a revision of the Git repository.
    #[arg(long = "gegen", alias = "against", value_name = "STAND|ORDNER")]
    pub against: Option<String>,
    /// The day.
    #[arg(long = "stichtag", alias = "day", value_name = "2026-06-01")]
    pub day: Option<String>,
    /// A parameter past its horizon is a warning.
    #[arg(long = "veraltet-erlauben", alias = "allow-outdated")]
    pub allow_outdated: bool,
    /// How it looks.
    #[arg(long = "format", value_name = "text|json|html", default_value = "text")]
    pub format: MatrixFormat,
}

/// How the matrix looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum MatrixFormat {
    /// For people.
    Text,
    /// For machines.
    Json,
    /// A page.
    Html,
}

/// How the result of cases looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum TestFormat {
    /// For people.
    Text,
    /// For machines.
    Json,
    /// For build servers.
    Junit,
}

/// What is formatted.
#[derive(Debug, Args)]
pub struct FormatOptions {
    /// Folders and files; `-` is standard input.
    pub paths: Vec<PathBuf>,
    /// Only tell what would change.
    #[arg(long = "check", alias = "prüfe")]
    pub check: bool,
    /// Which twin of the keywords.
    #[arg(long = "schreibweise", alias = "spelling", value_name = "de|en")]
    pub spelling: Option<Tongue>,
}

/// One of the two languages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Tongue {
    /// German.
    De,
    /// English.
    En,
}

impl From<Tongue> for Language {
    fn from(tongue: Tongue) -> Language {
        match tongue {
            Tongue::De => Language::De,
            Tongue::En => Language::En,
        }
    }
}

/// How findings look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people.
    Text,
    /// One a line.
    #[value(alias = "line")]
    Zeile,
    /// For machines.
    Json,
}
