//! `Model` to [`Checked`] plus findings: derives facts, edits nothing. One page of calls that reads like the law.

use std::sync::Arc;

use crate::model::{Library, Procedure};

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
