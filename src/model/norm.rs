//! Norms: parsed and resolved to declared laws, never strings.

use jiff::civil::Date;

use crate::source::{Span, Text};

use super::ids::{LandId, LawId, MunicipalityId};
use super::procedure::Regime;

/// Whose law or office it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// The European Union.
    Union,
    /// The Bund.
    Bund,
    /// One Land.
    Land(LandId),
    /// Each Land has its own.
    EachLand,
    /// Counties and municipalities.
    Kommune,
    /// Bodies that govern themselves under the eye of the state: chambers, funds of social insurance.
    SelfGovernment,
    /// One county or municipality.
    Municipality(MunicipalityId),
}

/// A law as declared by `gesetz`.
#[derive(Debug, Clone, PartialEq)]
pub struct Law {
    /// The short name as cited: `UhVorschG`, `SGB I`, `AGVwGO`.
    pub name: Text,
    /// The full title.
    pub title: Text,
    /// Who made it.
    pub level: Level,
    /// The procedural law that goes with it, and by which norm.
    pub regime: Option<(Regime, Vec<Norm>)>,
    /// Where to read it.
    pub url: Option<Text>,
    /// The day of the text that was read; `None`: nobody has read it for this library.
    pub as_of: Option<Date>,
    /// Where it is declared.
    pub span: Span,
}

/// One citation: `§ 1 Abs. 1 Nr. 2 UhVorschG`.
#[derive(Debug, Clone, PartialEq)]
pub struct Norm {
    /// The citation as written, white space normalised.
    pub citation: Text,
    /// The law it points to; `None` if unknown (reported).
    pub law: Option<LawId>,
    /// The first section number, for links: `1a`.
    pub section: Option<Text>,
    /// Where it is cited.
    pub span: Span,
}

/// The citations of a statement as one line, joined as lawyers do.
pub fn cite(norms: &[Norm]) -> String {
    norms.iter().map(|norm| norm.citation.as_ref()).collect::<Vec<_>>().join(", ")
}
