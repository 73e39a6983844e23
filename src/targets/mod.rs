//! `Checked` and `Plan` to artifacts: build a typed document, then encode it. Pure; the command line writes.

pub mod bpmn;
pub mod dmn;
pub mod expression;
pub mod form;
pub mod index;
pub mod json_schema;
pub mod openapi;

use std::sync::Arc;

use jiff::civil::Date;

use crate::check::Checked;
use crate::diagnostic::Bilingual;
use crate::model::{LandId, MunicipalityId};
use crate::plan::Plan;

/// What a target gets for one procedure in one Land.
#[derive(Debug, Clone, Copy)]
pub struct Input<'a> {
    /// The procedure and its library, checked.
    pub checked: &'a Checked,
    /// The source of each datum.
    pub plan: &'a Plan,
    /// The Land. Only targets that name it ([`Target::names_land`]) may look.
    pub land: LandId,
    /// The municipality of the Land, if the procedure is that of one alone.
    pub municipality: Option<MunicipalityId>,
    /// The day of the compilation.
    pub day: Date,
    /// The hash of the definition (hex), for envelopes and manifests.
    pub definition_hash: &'a str,
}

/// All targets, in the order of the output's folders. Each room adds itself here.
pub fn all() -> &'static [&'static dyn Target] {
    &[&form::Form, &json_schema::JsonSchema, &openapi::OpenApi, &bpmn::Bpmn]
}

/// A kind of output.
pub trait Target: Sync {
    /// Its name: the folder under `out/<land>/<verfahren>/` (`formular`, `api`, `ablauf`).
    fn name(&self) -> &'static str;

    /// Whether the bytes differ between Länder that have the same law (because the Land's name stands in them).
    /// Where not, Länder with the same procedure share the artifacts.
    fn names_land(&self) -> bool;

    /// The files, and what could not be carried.
    fn emit(&self, input: Input<'_>) -> Output;
}

/// What a target gives.
#[derive(Debug, Clone, Default)]
pub struct Output {
    /// The files.
    pub artifacts: Vec<Artifact>,
    /// What was not carried exactly.
    pub losses: Vec<Loss>,
}

/// One file.
#[derive(Debug, Clone)]
pub struct Artifact {
    /// Its path below the procedure's folder, with `/`: `formular/index.html`.
    pub path: String,
    /// Its content; shared between Länder where it is the same.
    pub bytes: Arc<[u8]>,
}

/// Something that a file does not say as the definition does.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Loss {
    /// The file, as in [`Artifact::path`].
    pub path: String,
    /// How far it is carried.
    pub degree: Degree,
    /// What of the definition: a name such as `sgb2` or `stufe`.
    pub what: String,
    /// Why, and what to do about it.
    pub why: Bilingual,
}

/// How far something is carried.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Degree {
    /// `angenähert`: said less precisely.
    Approximated,
    /// `entfallen`: not said.
    Dropped,
}
