//! Conditions at gateways: what the engines decide themselves.

use crate::both;
use crate::diagnostic::Bilingual;
use crate::model::Expression;
use crate::model::expression::{Context, ExpressionKind};

use super::build::Builder;
use super::document::Gate;
use super::steps::FULFILLED;

impl Builder<'_> {
    /// The condition as the engines can compute it, or why they cannot.
    pub(super) fn gate(&self, condition: &Expression) -> Result<Gate, Bilingual> {
        match &condition.kind {
            ExpressionKind::Context(Context::AllFulfilled) => Ok(Gate::Is(FULFILLED.to_owned(), "ja".to_owned())),
            _ => Err(both!("…", "…")),
        }
    }
}
