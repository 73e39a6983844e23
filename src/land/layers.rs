//! What each level makes of a procedure: its operations at their places, lawful and free of conflicts, then all at once.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::diagnostic::Diagnostics;
use crate::model::from_syntax::{Overlaid, World, WrittenVariant};
use crate::model::norm::Level;
use crate::model::overlay::Change;
use crate::model::{LandId, Procedure};
use crate::source::Span;
use crate::syntax::ast::address::{self, items};
use crate::syntax::ast::{self, Operation, Who};

use super::edit::Edit;
use super::openings::{Openings, Permission};
use super::targets::{Search, Target};
use super::{conflicts, edit, frames, norms, openings, parameters, tables};

/// Who changes something, by which variants.
pub(super) struct Layer<'w, 't> {
    pub(super) level: Level,
    pub(super) variants: Vec<&'w WrittenVariant<'t>>,
}

/// A procedure as some places have it, not yet lowered.
pub(super) struct Layered {
    /// The Länder or municipalities that have it so.
    pub(super) places: Vec<Level>,
    overlaid: Overlaid,
    changes: Vec<Change>,
}

/// What the layers, the widest first, make of a procedure; `None` where there is none.
pub(super) fn apply(
    world: &World<'_>,
    index: usize,
    land: LandId,
    layers: &[Layer<'_, '_>],
    out: &mut Diagnostics,
) -> Option<Layered> {
    let (written, base) = (world.procedures.get(index)?, world.model.procedures.get(index)?);
    let mut overlaid = Overlaid { tree: written.tree.clone(), tables: Vec::new(), parameters: BTreeMap::new() };
    let mut changes: Vec<Change> = Vec::new();
    for layer in layers {
        let edits = edits(world, index, &overlaid.tree, layer, &changes, out);
        if layer.level == Level::Land(land) {
            frames::is_filled(world, index, base, land, &layer.variants, &edits, out);
        }
        overlaid.tree = edit::apply(&overlaid.tree, &edits);
        for edit in &edits {
            match edit.place.target {
                Target::Rows(_) => overlaid.tables.extend(edit::written(edit)),
                Target::Parameter(_) => overlaid.parameters.extend(parameters::own(world, edit.operation)),
                _ => {}
            }
            changes.push(change(world, who(layer.level), edit));
        }
    }
    let changes_anything = layers.iter().any(|layer| !layer.variants.is_empty());
    changes_anything.then_some(Layered { places: Vec::new(), overlaid, changes })
}

impl Layered {
    /// The whole procedure.
    pub(super) fn lower(self, world: &World<'_>, index: usize, day: Date, out: &mut Diagnostics) -> Option<Procedure> {
        let (mut procedure, exceptions) = world.lower(index, &self.places, &self.overlaid, out)?;
        let overruled = tables::combine(&world.model.library, &mut procedure, exceptions, day, out);
        procedure.changes = self.changes;
        for row in overruled {
            let of_table = procedure.changes.iter().find(|change| encloses(change.written, row.written)).cloned();
            procedure.changes.extend(of_table.map(|change| Change { written: row.written, applied: row.applied, ..change }));
        }
        Some(procedure)
    }
}

fn encloses(outer: Span, inner: Span) -> bool {
    outer.file == inner.file && outer.start <= inner.start && inner.end <= outer.end
}

fn who(level: Level) -> Who {
    if matches!(level, Level::Municipality(_)) { Who::Municipalities } else { Who::Lands }
}

/// The operations of one level at their places: lawful, and free of conflicts.
fn edits<'t>(
    world: &World<'t>,
    index: usize,
    tree: &ast::Procedure,
    layer: &Layer<'_, 't>,
    before: &[Change],
    out: &mut Diagnostics,
) -> Vec<Edit<'t>> {
    let of_variant = |variant: &&WrittenVariant<'t>| {
        let norms = variant.tree.norms.as_ref();
        variant.tree.operations.iter().map(move |operation| (operation, norms))
    };
    let operations: Vec<(&'t Operation, Option<&'t ast::Citation>)> = layer.variants.iter().flat_map(of_variant).collect();
    let fellows: Vec<&'t Operation> = operations.iter().map(|(operation, _)| *operation).collect();
    let search = Search { world, procedure: index, tree, items: items(tree), fellows: &fellows, before };
    let by_land: Vec<Span> = before.iter().filter(|change| change.by == Who::Lands).map(|change| change.written).collect();
    let who = who(layer.level);
    let openings = Openings { tree, items: &search.items, who, written_by_land: &by_land };
    let mut edits = Vec::with_capacity(operations.len());
    for (operation, of_variant) in operations {
        let place = match search.place(operation) {
            Ok(place) => place,
            Err(diagnostic) => {
                out.push(*diagnostic);
                continue;
            }
        };
        let citation = norms::citation(operation).or(of_variant);
        let cited = world.norms(citation, out);
        norms::check(&world.model.library, layer.level, operation, &cited, place.applied, out);
        let parameter = match place.target {
            Target::Parameter(base) => world.model.library.parameters.get(base),
            _ => None,
        };
        if parameter.is_some_and(|base| !parameters::are_alike(world, operation, base, out)) {
            continue;
        }
        match openings.permission(operation, &place, parameter) {
            Permission::Theirs => edits.push(Edit { operation, citation, place, clause: None }),
            Permission::By(clause) => edits.push(Edit { operation, citation, place, clause: Some(clause) }),
            Permission::Closed(clause) => out.push(openings::closed(who, operation, place.applied, clause)),
        }
    }
    conflicts::settle(edits, out)
}

fn change(world: &World<'_>, by: Who, edit: &Edit<'_>) -> Change {
    let title = address::title(edit.operation);
    Change {
        verb: edit.operation.verb,
        target: title.split_once(' ').map_or_else(|| "".into(), |(_, target)| target.into()),
        by,
        written: edit.operation.span,
        applied: edit.place.applied,
        // A norm that is not known was reported when the operation was checked.
        norms: world.norms(edit.citation, &mut Diagnostics::default()),
        clause: edit.clause,
    }
}
