//! What a new version of the project does to each Land, as a document.

use serde::Serialize;

use super::super::writer::ledger::Words;
use super::base::Difference;

/// Two versions, compared.
#[derive(Debug, Serialize)]
pub struct Comparison {
    /// Which form of the document this is.
    pub format: &'static str,
    /// With what the project is compared.
    #[serde(rename = "gegen")]
    pub against: String,
    /// For which day.
    #[serde(rename = "stichtag")]
    pub day: String,
    /// What differs in what procedures share.
    #[serde(rename = "gemeinsam")]
    pub shared: Vec<Difference>,
    /// The procedures that differ anywhere.
    #[serde(rename = "verfahren")]
    pub procedures: Vec<Compared>,
}

/// One procedure, compared.
#[derive(Debug, Serialize)]
pub struct Compared {
    /// Its name.
    pub name: String,
    /// Its title.
    #[serde(rename = "titel")]
    pub title: Words,
    /// What differs in the base.
    #[serde(rename = "grundverfahren")]
    pub base: Vec<Difference>,
    /// What that does to each Land and municipality.
    #[serde(rename = "wirkungen")]
    pub effects: Vec<Effect>,
}

/// What a new version does to one Land or municipality.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Effect {
    /// The Land.
    pub land: String,
    /// Its municipality, if it is one.
    #[serde(rename = "gemeinde", skip_serializing_if = "Option::is_none")]
    pub municipality: Option<String>,
    /// Whether it did not have the procedure before, or has it no longer.
    #[serde(rename = "angebot")]
    pub offer: Offer,
    /// The differences of the base that reach it.
    #[serde(rename = "uebernimmt")]
    pub inherits: Vec<String>,
    /// The differences of the base that its own law keeps from it, wholly or in part.
    #[serde(rename = "ueberschreibt")]
    pub overrides: Vec<Overridden>,
    /// What its variant can no longer do.
    #[serde(rename = "variante_scheitert")]
    pub broken: Vec<Problem>,
    /// The cases that come true no longer.
    #[serde(rename = "faelle_scheitern")]
    pub failing: Vec<Problem>,
    /// Whether outputs can be made at all.
    #[serde(rename = "baubar")]
    pub builds: bool,
    /// The outputs that differ.
    #[serde(rename = "ausgaben")]
    pub outputs: Outputs,
}

/// Whether a Land has a procedure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Offer {
    /// Before and now.
    #[serde(rename = "wie bisher")]
    AsBefore,
    /// Only now.
    #[serde(rename = "neu")]
    New,
    /// No longer.
    #[serde(rename = "entfallen")]
    Gone,
}

/// A difference of the base that does not reach a Land as it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Overridden {
    /// What differs.
    #[serde(rename = "was")]
    pub what: String,
    /// Whether only some cases of a table are its own.
    #[serde(rename = "teilweise")]
    pub in_part: bool,
    /// Where its own law is written.
    #[serde(rename = "geschrieben")]
    pub written: String,
}

/// Something that no longer works.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// What.
    #[serde(rename = "was")]
    pub what: Words,
    /// Where.
    #[serde(rename = "ort")]
    pub place: String,
}

/// The outputs that differ, by their paths.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Outputs {
    /// With other content.
    #[serde(rename = "geaendert")]
    pub changed: Vec<String>,
    /// New.
    #[serde(rename = "neu")]
    pub added: Vec<String>,
    /// No longer made.
    #[serde(rename = "entfallen")]
    pub removed: Vec<String>,
}

impl Outputs {
    /// How many differ.
    pub fn count(&self) -> usize {
        self.changed.len() + self.added.len() + self.removed.len()
    }
}

impl Effect {
    /// Whether nothing is different.
    pub fn is_nothing(&self) -> bool {
        let quiet = self.inherits.is_empty() && self.overrides.is_empty() && self.broken.is_empty() && self.failing.is_empty();
        quiet && self.outputs.count() == 0 && self.offer == Offer::AsBefore
    }
}

impl Comparison {
    /// Whether a variant or a case no longer works somewhere.
    pub fn breaks_something(&self) -> bool {
        let effects = self.procedures.iter().flat_map(|procedure| &procedure.effects);
        effects.into_iter().any(|effect| !effect.broken.is_empty() || !effect.failing.is_empty() || !effect.builds)
    }
}
