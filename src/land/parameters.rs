//! A Land's own values of a dated parameter (`setze parameter …`).

use crate::both;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::ParameterId;
use crate::model::from_syntax::{TYPE_MISMATCH, World};
use crate::model::person::Parameter;
use crate::source::Text;
use crate::syntax::ast::{Operation, Payload};

/// The Land's own values, under the name of the base.
pub(super) fn own(world: &World<'_>, operation: &Operation) -> Option<(Text, ParameterId)> {
    let Payload::Parameter(written) = &operation.payload else { return None };
    let mut known = world.model.library.parameters.iter();
    known.find(|(_, known)| known.span == operation.span).map(|(id, _)| (written.name.text.clone(), id))
}

/// The Land's values are of the same kind as the base's: the same type, by the same choice.
pub(super) fn are_alike(world: &World<'_>, operation: &Operation, base: &Parameter, out: &mut Diagnostics) -> bool {
    let own = own(world, operation).and_then(|(_, id)| world.model.library.parameters.get(id));
    let Some(own) = own.filter(|own| own.typ != base.typ || own.by != base.by) else { return true };
    let name = &own.name;
    out.push(
        Diagnostic::new(
            &TYPE_MISMATCH,
            operation.span,
            both!(
                "„{name}“ ist hier von anderer Art als im Grundverfahren.",
                "“{name}” is of another kind here than in the base."
            ),
        )
        .label(base.span, both!("so steht der Parameter im Grundverfahren", "the parameter as it stands in the base"))
        .help(both!(
            "Ein Land setzt Werte, keinen Typ: Schreiben Sie Typ und „je“ wie im Grundverfahren.",
            "A Land sets values, no type: write type and “je” as in the base."
        )),
    );
    false
}
