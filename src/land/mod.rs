//! The base and the variants of Länder and municipalities to whole [`Model`]s again: nothing downstream knows that Länder exist.
//!
//! Level by level, the widest first: `targets` finds what each operation speaks of, `norms` and `openings` ask whether it may,
//! `conflicts` keeps two operations from the same place, `edit` makes all changes in one walk over the tree. Then the model stage
//! lowers the tree as if it had been written so, `tables` joins the rows of tables that are decided in part, and `remedies` fills in
//! what the procedure leaves to the law of the Land. `frames` knows which Land has a procedure at all.
//!
//! A procedure that nobody changes stays the same `Arc`; Länder that change it by the same variants share one. Each change keeps two
//! places: where written, where applied.

mod conflicts;
pub mod connections;
mod edit;
mod frames;
mod layers;
mod norms;
mod openings;
mod parameters;
mod remedies;
mod tables;
mod targets;

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;
use rayon::prelude::*;

use crate::diagnostic::{Code, Diagnostics};
use crate::model::from_syntax::{World, WrittenVariant};
use crate::model::norm::Level;
use crate::model::{LandId, Model, MunicipalityId, Procedure};
use crate::source::{Span, Text};

use layers::{Layer, Layered};

/// The rules that this stage speaks for.
pub static CODES: &[&Code] = &[
    &targets::VARIANT_MATCHES_NOTHING,
    &targets::VARIANT_MATCHES_SEVERAL,
    &conflicts::CONFLICTING_VARIANTS,
    &openings::CLOSED_TO_LAND,
    &norms::LAND_NORM_MISSING,
    &norms::NORM_OF_WRONG_LEVEL,
    &frames::FRAME_UNFILLED,
];

/// The law of one Land.
#[derive(Debug, Clone)]
pub struct LandLaw {
    /// The Land.
    pub land: LandId,
    /// Its procedures; frames that it does not take up are not among them.
    pub model: Model,
    /// Its counties and municipalities with law of their own, in the order of their keys.
    pub municipalities: Vec<MunicipalLaw>,
}

/// The law of one county or municipality, as far as it is its own.
#[derive(Debug, Clone)]
pub struct MunicipalLaw {
    /// Which.
    pub municipality: MunicipalityId,
    /// The procedures that it changes.
    pub procedures: Vec<Arc<Procedure>>,
}

/// The law of these Länder.
pub fn apply(world: &World<'_>, lands: &[LandId], day: Date, out: &mut Diagnostics) -> Vec<LandLaw> {
    for (index, procedure) in world.model.procedures.iter().enumerate() {
        frames::is_taken_up(world, index, procedure, out);
    }
    let mut overlays = Overlays { world, layered: BTreeMap::new() };
    let slots: Vec<Slot> = lands.iter().flat_map(|land| overlays.slots(*land, out)).collect();
    let lowered = lower(world, overlays.layered, day, out);
    let mut by_remedy: BTreeMap<(usize, Option<LandId>), Arc<Procedure>> = BTreeMap::new();
    let mut laws: Vec<LandLaw> = lands
        .iter()
        .map(|land| LandLaw {
            land: *land,
            model: Model { procedures: Vec::new(), land: Some(*land), library: world.model.library.clone() },
            municipalities: Vec::new(),
        })
        .collect();
    for Slot { procedure, land, municipality, variants } in slots {
        let base = world.model.procedures.get(procedure);
        let Some(changed) = lowered.get(&(procedure, variants)).or(base) else { continue };
        let own = own_remedy(world, changed, land, &mut by_remedy);
        let Some(law) = laws.iter_mut().find(|law| law.land == land) else { continue };
        match municipality {
            None => law.model.procedures.push(own),
            Some(place) => match law.municipalities.last_mut().filter(|last| last.municipality == place) {
                Some(last) => last.procedures.push(own),
                None => law.municipalities.push(MunicipalLaw { municipality: place, procedures: vec![own] }),
            },
        }
    }
    laws
}

/// The procedure with the remedy of the Land where it leaves that to the Land; shared by all Länder that have the same.
fn own_remedy(
    world: &World<'_>,
    procedure: &Arc<Procedure>,
    land: LandId,
    known: &mut BTreeMap<(usize, Option<LandId>), Arc<Procedure>>,
) -> Arc<Procedure> {
    if !remedies::is_left_to_land(procedure) {
        return procedure.clone();
    }
    let library = &world.model.library;
    let key = (Arc::as_ptr(procedure) as usize, remedies::source(library, land));
    let filled = || Arc::new(remedies::fill(library, Procedure::clone(procedure), land));
    known.entry(key).or_insert_with(filled).clone()
}

/// A procedure and the variants applied to it, by their places.
type Key = (usize, Vec<Span>);

/// Where a procedure belongs.
struct Slot {
    procedure: usize,
    land: LandId,
    municipality: Option<MunicipalityId>,
    variants: Vec<Span>,
}

/// What variants make of procedures, each only once.
struct Overlays<'w, 't> {
    world: &'w World<'t>,
    layered: BTreeMap<Key, Layered>,
}

impl<'w, 't> Overlays<'w, 't> {
    /// All procedures of a Land, then those of its counties and municipalities in the order of their keys.
    fn slots(&mut self, land: LandId, out: &mut Diagnostics) -> Vec<Slot> {
        let world = self.world;
        let mut slots = Vec::with_capacity(world.model.procedures.len());
        for (procedure, base) in world.model.procedures.iter().enumerate() {
            let variants = self.variants(procedure, Level::Land(land));
            if frames::is_offered(world, procedure, base, land, &variants, out) {
                slots.push(self.slot(procedure, land, None, &[Layer { level: Level::Land(land), variants }], out));
            }
        }
        let places = world.model.library.municipalities.iter().filter(|(_, place)| place.land == land);
        let mut places: Vec<(&Text, MunicipalityId)> = places.map(|(id, place)| (&place.key, id)).collect();
        places.sort_unstable();
        for (_, place) in places {
            for (procedure, base) in world.model.procedures.iter().enumerate() {
                let own =
                    Layer { level: Level::Municipality(place), variants: self.variants(procedure, Level::Municipality(place)) };
                let of_land = Layer { level: Level::Land(land), variants: self.variants(procedure, Level::Land(land)) };
                if own.variants.is_empty() || !frames::is_offered(world, procedure, base, land, &of_land.variants, out) {
                    continue;
                }
                let wider = self.wider(place).into_iter().map(|wider| {
                    let level = Level::Municipality(wider);
                    Layer { level, variants: self.variants(procedure, level) }
                });
                let layers: Vec<Layer<'_, '_>> = [of_land].into_iter().chain(wider).chain([own]).collect();
                slots.push(self.slot(procedure, land, Some(place), &layers, out));
            }
        }
        slots
    }

    fn slot(
        &mut self,
        procedure: usize,
        land: LandId,
        municipality: Option<MunicipalityId>,
        layers: &[Layer<'w, 't>],
        out: &mut Diagnostics,
    ) -> Slot {
        let variants: Vec<Span> = layers.iter().flat_map(|layer| layer.variants.iter().map(|variant| variant.span)).collect();
        if let Some(layered) = layers::apply(self.world, procedure, land, layers, out) {
            let place = municipality.map_or(Level::Land(land), Level::Municipality);
            let layered = self.layered.entry((procedure, variants.clone())).or_insert(layered);
            layered.places.push(place);
        }
        Slot { procedure, land, municipality, variants }
    }

    fn variants(&self, procedure: usize, level: Level) -> Vec<&'w WrittenVariant<'t>> {
        let world = self.world;
        world.variants.iter().filter(|variant| variant.procedure == procedure && variant.places.contains(&level)).collect()
    }

    /// The county and the association in which a municipality lies, the wider first.
    fn wider(&self, place: MunicipalityId) -> Vec<MunicipalityId> {
        let known = &self.world.model.library.municipalities;
        let Some(narrow) = known.get(place) else { return Vec::new() };
        let around = known.iter().filter(|(_, other)| narrow.lies_in(other));
        let mut wider: Vec<(usize, MunicipalityId)> = around.map(|(id, other)| (other.key.len(), id)).collect();
        wider.sort_unstable();
        wider.into_iter().map(|(_, id)| id).collect()
    }
}

/// Lowers all that has changes, side by side.
fn lower(world: &World<'_>, layered: BTreeMap<Key, Layered>, day: Date, out: &mut Diagnostics) -> BTreeMap<Key, Arc<Procedure>> {
    let layered: Vec<(Key, Layered)> = layered.into_iter().collect();
    let lowered: Vec<(Key, Option<Procedure>, Diagnostics)> = layered
        .into_par_iter()
        .map(|((procedure, variants), layered)| {
            let mut found = Diagnostics::default();
            let lowered = layered.lower(world, procedure, day, &mut found);
            ((procedure, variants), lowered, found)
        })
        .collect();
    let mut procedures = BTreeMap::new();
    for (key, procedure, found) in lowered {
        out.append(found);
        procedures.extend(procedure.map(|procedure| (key, Arc::new(procedure))));
    }
    procedures
}
