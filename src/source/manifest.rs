//! `blaupause.yaml`: the few settings of a project.

use jiff::civil::Date;

/// The settings of a project.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Manifest {
    /// The day for which the project is compiled (`stichtag: 2026-06-01`); the compiler never asks a clock.
    pub stichtag: Option<Date>,
    /// The language of messages (`sprache`), `de` or `en`.
    pub sprache: Option<String>,
}
