//! The base and a Land's variants to a whole [`Model`] again: nothing downstream knows that Länder exist.
//!
//! A variant edits the tree of the procedure, and the model stage lowers the result as if it had been written so. A procedure that
//! no variant touches stays the same `Arc`. Each change keeps two places: where written, where applied.

mod address;
mod edit;
mod openings;

use std::sync::Arc;

use crate::diagnostic::{Code, Diagnostics};
use crate::model::from_syntax::{World, WrittenVariant};
use crate::model::procedure::Change;
use crate::model::{LandId, Model};
use crate::syntax::ast;

/// The rules that this stage speaks for.
pub static CODES: &[&Code] = &[
    &edit::VARIANT_MATCHES_NOTHING,
    &edit::CONFLICTING_VARIANTS,
    &openings::CLOSED_TO_LAND,
    &openings::LAND_NORM_MISSING,
    &openings::NORM_OF_WRONG_LEVEL,
];

/// The model of one Land.
pub fn apply(world: &World<'_>, land: LandId, out: &mut Diagnostics) -> Model {
    let mut model = Model { land: Some(land), ..world.model.clone() };
    for (index, procedure) in model.procedures.iter_mut().enumerate() {
        let variants: Vec<&WrittenVariant<'_>> =
            world.variants.iter().filter(|variant| variant.procedure == index && variant.lands.contains(&land)).collect();
        let Some(written) = world.procedures.get(index).filter(|_| !variants.is_empty()) else { continue };
        let mut tree: ast::Procedure = written.tree.clone();
        let mut changes: Vec<Change> = Vec::new();
        for variant in variants {
            for operation in &variant.tree.operations {
                let citation = openings::citation(operation).or(variant.tree.norms.as_ref());
                let norms = world.norms(citation, out);
                openings::own_norm(world, land, operation, &norms, out);
                let Some(applied) = edit::apply(&mut tree, written.tree, operation, &changes, out) else { continue };
                changes.push(Change { what: address::title(operation), written: operation.span, applied, norms });
            }
        }
        if let Some(changed) = world.lower(index, land, &tree, changes, out) {
            *procedure = Arc::new(changed);
        }
    }
    model
}
