//! `blaupause.yaml`: the few settings of a project. Stub of the room; the language never depends on it.

use serde::Deserialize;

/// The settings of one project folder.
#[derive(Debug, Clone, Default, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// The day for which the project is compiled (`2026-06-01`); the compiler never asks a clock.
    pub stichtag: Option<String>,
    /// The language of messages, `de` or `en`.
    pub sprache: Option<String>,
}
