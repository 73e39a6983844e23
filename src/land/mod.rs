//! The base and a Land's variants to a whole [`Model`] again: nothing downstream knows that Länder exist.

use crate::diagnostic::{Code, Diagnostics};
use crate::model::from_syntax::World;
use crate::model::{LandId, Model};

/// The rules that this stage speaks for.
pub static CODES: &[&Code] = &[];

/// The model of one Land.
pub fn apply(world: &World<'_>, land: LandId, _out: &mut Diagnostics) -> Model {
    Model { land: Some(land), ..world.model.clone() }
}
