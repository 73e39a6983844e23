//! How preconditions stand.

use crate::model::PreconditionId;
use crate::rules::foundations::Foundations;
use crate::rules::matching::{Match, and};
use crate::rules::value::Value;

use super::{Key, Situation, Standing};

impl Situation<'_> {
    /// Whether what a precondition demands is true.
    pub fn precondition(&self, id: PreconditionId) -> Value {
        let Some(precondition) = self.procedure.preconditions.get(id) else { return Value::Missing };
        self.once(Key::Precondition(id), || self.value(&precondition.condition))
    }

    /// How a precondition stands: what rests on a failed one is not applicable, be it named or be it that a table which holds only
    /// under it has no row.
    pub fn standing(&self, id: PreconditionId) -> Standing {
        let Some(precondition) = self.procedure.preconditions.get(id) else { return Standing::Open };
        let rests = Foundations::of(self.procedure, &precondition.condition);
        if rests.preconditions.iter().any(|other| *other != id && self.precondition(*other) == Value::Truth(false)) {
            return Standing::NotApplicable;
        }
        match self.precondition(id).truth() {
            Some(true) => Standing::Fulfilled,
            Some(false) => Standing::Failed,
            None if rests.tables.iter().any(|table| self.row(*table) == Match::NoRow) && self.any_failed() => {
                Standing::NotApplicable
            }
            None => Standing::Open,
        }
    }

    fn any_failed(&self) -> bool {
        self.procedure.preconditions.iter().any(|(id, _)| self.precondition(id) == Value::Truth(false))
    }

    /// Whether all preconditions hold: `nein` as soon as one failed, missing while one is open.
    pub fn fulfilled(&self) -> Option<bool> {
        let standings = self.procedure.preconditions.iter().map(|(id, _)| self.standing(id));
        standings
            .map(|standing| match standing {
                Standing::Fulfilled => Some(true),
                Standing::Failed | Standing::NotApplicable => Some(false),
                Standing::Open => None,
            })
            .fold(Some(true), and)
    }
}
