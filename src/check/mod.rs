//! `Model` to [`Checked`] plus findings: derives facts, edits nothing. One page of calls that reads like the law.

use std::sync::Arc;

use jiff::civil::Date;

use crate::diagnostic::{Code, Diagnostics};
use crate::model::{LandId, Library, Procedure};

/// The rules that this stage speaks for.
pub static CODES: &[&Code] = &[];

/// For which day and Länder a procedure is checked.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// The day of the compilation.
    pub day: Date,
    /// Whether a parameter past its horizon is only a warning.
    pub allow_outdated: bool,
    /// The Länder that share this very procedure; cases for other Länder are passed over.
    pub lands: &'a [LandId],
}

/// A procedure in one Land that has passed every check. Constructible only here: emitters check nothing again.
#[derive(Debug, Clone)]
pub struct Checked {
    library: Arc<Library>,
    procedure: Arc<Procedure>,
}

impl Checked {
    /// What procedures share.
    pub fn library(&self) -> &Library {
        &self.library
    }

    /// The procedure.
    pub fn procedure(&self) -> &Procedure {
        &self.procedure
    }
}

/// Checks what procedures share.
pub fn library(_library: &Library, _context: &Context<'_>, _out: &mut Diagnostics) {}

/// Checks one procedure; `None` where an error forbids to build from it.
pub fn check(
    library: &Arc<Library>,
    procedure: &Arc<Procedure>,
    _context: &Context<'_>,
    out: &mut Diagnostics,
) -> Option<Checked> {
    let found = Diagnostics::default();
    let sound = !found.has_errors();
    out.append(found);
    sound.then(|| Checked { library: library.clone(), procedure: procedure.clone() })
}
