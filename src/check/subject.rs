//! What is checked: a procedure with its surroundings, and where it uses what.

use crate::model::expression::{Expression, ExpressionKind};
use crate::model::workflow::Step;
use crate::model::{DatumId, Library, Procedure};

use super::Context;
use super::needs::{self, Reason};

/// A procedure under check.
#[derive(Debug)]
pub(super) struct Subject<'a> {
    pub library: &'a Library,
    pub procedure: &'a Procedure,
    pub context: Context<'a>,
    /// Why each datum is needed, in the order of the data.
    pub needs: Vec<Vec<Reason>>,
}

impl<'a> Subject<'a> {
    pub(super) fn new(library: &'a Library, procedure: &'a Procedure, context: Context<'a>) -> Subject<'a> {
        Subject { library, procedure, context, needs: needs::needs(library, procedure) }
    }

    /// Whether anything needs a datum.
    pub(super) fn is_needed(&self, id: DatumId) -> bool {
        self.needs.get(id.0 as usize).is_some_and(|reasons| !reasons.is_empty())
    }

    /// Every expression of the procedure but those of cases.
    pub(super) fn expressions(&self) -> Vec<&'a Expression> {
        self.procedure.expressions().into_iter().map(|(_, expression)| expression).collect()
    }

    /// Whether a part of the procedure could not be understood (and was reported).
    pub(super) fn has_broken_expressions(&self) -> bool {
        let mut broken = false;
        for expression in self.expressions() {
            expression.walk(&mut |part| broken |= part.kind == ExpressionKind::Error);
        }
        broken
    }

    /// Calls `visit` on each step of the workflow, outer ones first.
    pub(super) fn steps(&self, visit: &mut impl FnMut(&'a Step)) {
        Step::walk(&self.procedure.workflow, visit);
    }
}
