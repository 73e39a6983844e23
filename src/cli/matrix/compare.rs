//! What a new version of the project does to each Land and municipality, before it is published.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};

use sha2::{Digest, Sha256};

use crate::compiler::{self, Compilation, LandWorld, Request, Service};
use crate::diagnostic::{Diagnostic, Language};
use crate::land;
use crate::model::overlay::Change;
use crate::model::{LandId, MunicipalityId, Procedure};
use crate::rules::Failure;
use crate::rules::cases::run;
use crate::source::{Loader, Span, Text};
use crate::syntax::ast::{DeclarationKind, Place, Verb};

use super::super::record::place;
use super::super::writer::ledger::Words;
use super::base::{self, Difference};
use super::comparison::{Compared, Comparison, Effect, Offer, Outputs, Overridden, Problem};
use super::gather::{key, whole};

/// Compares another version of the project with this one.
pub fn compare(earlier: &dyn Loader, against: &str, now: &Compilation, request: &Request) -> Comparison {
    let request = Request { day: now.day.or(request.day), ..request.clone() };
    let before = compiler::compile(earlier, &request);
    let (old_outputs, new_outputs) = (outputs(&before, &request), outputs(now, &request));
    let versions = Versions { before: &before, now, old_outputs, new_outputs, shared: base::of_shared(&before, now) };
    let mut names: Vec<&str> = Vec::new();
    for procedure in now.model.procedures.iter().chain(&before.model.procedures) {
        if !names.contains(&procedure.name.as_ref()) {
            names.push(&procedure.name);
        }
    }
    let compared = names.into_iter().filter_map(|name| versions.procedure(name));
    let procedures =
        compared.filter(|compared| !compared.base.is_empty() || compared.effects.iter().any(|effect| !effect.is_nothing()));
    Comparison {
        format: "blaupause-vergleich/1",
        against: against.to_owned(),
        day: now.day.map(|day| day.to_string()).unwrap_or_default(),
        procedures: procedures.collect(),
        shared: versions.shared.clone(),
    }
}

/// A Land or a municipality, and a procedure.
type Slot = (LandId, Option<MunicipalityId>);

/// Hashes of outputs by Land and municipality (their keys), procedure and path.
type Hashes = BTreeMap<(String, String), BTreeMap<String, [u8; 32]>>;

struct Versions<'c> {
    before: &'c Compilation,
    now: &'c Compilation,
    old_outputs: Hashes,
    new_outputs: Hashes,
    shared: Vec<Difference>,
}

impl<'c> Versions<'c> {
    fn procedure(&self, name: &str) -> Option<Compared> {
        let old = self.before.model.procedures.iter().find(|procedure| *procedure.name == *name);
        let new = self.now.model.procedures.iter().find(|procedure| *procedure.name == *name);
        let base = base::of_procedure(
            (self.before, old.map(|procedure| procedure.span)),
            (self.now, new.map(|procedure| procedure.span)),
        );
        let title = &new.or(old)?.title;
        let mut slots: Vec<Slot> = Vec::new();
        for world in &self.now.lands {
            slots.push((world.land, None));
            slots.extend(world.municipalities.iter().map(|own| (world.land, Some(own.municipality))));
        }
        Some(Compared {
            name: name.to_owned(),
            title: Words { de: title.de.to_string(), en: title.english().to_owned() },
            effects: slots.into_iter().filter_map(|slot| self.effect(name, slot, &base)).collect(),
            base,
        })
    }

    /// What happens to a procedure in one place; `None` where it exists in neither version.
    fn effect(&self, name: &str, slot: Slot, base: &[Difference]) -> Option<Effect> {
        let (land, municipality) = (key(&self.now.model.library, slot.0), slot.1);
        let municipal = municipality.and_then(|id| self.now.model.library.municipalities.get(id));
        let old = self.old_slot(slot).and_then(|slot| at(self.before, slot, name));
        let new = at(self.now, slot, name);
        let offer = match (&old, &new) {
            (None, None) => return None,
            (Some(_), Some(_)) => Offer::AsBefore,
            (None, Some(_)) => Offer::New,
            (Some(_), None) => Offer::Gone,
        };
        let (mut inherits, mut overrides) = (Vec::new(), Vec::new());
        if let Some(new) = &new {
            for difference in self.shared.iter().chain(base) {
                match overriding(difference, &new.procedure.changes) {
                    Some((change, in_part)) => {
                        let written = place(change.written, &self.now.sources);
                        overrides.push(Overridden { what: difference.what.clone(), in_part, written });
                        if in_part {
                            inherits.push(difference.what.clone());
                        }
                    }
                    None => inherits.push(difference.what.clone()),
                }
            }
        }
        let in_place = municipal.map_or_else(|| land.clone(), |place| format!("{land}/{}", place.key));
        let folder = (in_place, name.to_owned());
        let none = BTreeMap::new();
        let (before, now) = (self.old_outputs.get(&folder).unwrap_or(&none), self.new_outputs.get(&folder).unwrap_or(&none));
        let builds = new.as_ref().is_none_or(|new| new.service.is_some_and(|service| service.examples_hold));
        Some(Effect {
            municipality: municipal.map(|place| place.name.to_string()),
            offer,
            inherits,
            overrides,
            broken: self.broken(name, slot),
            failing: self.failing(slot, old.as_ref(), new.as_ref()),
            builds,
            outputs: if builds { differing(before, now) } else { Outputs::default() },
            land,
        })
    }

    /// The same place in the other version.
    fn old_slot(&self, (land, municipality): Slot) -> Option<Slot> {
        let (before, now) = (&self.before.model.library, &self.now.model.library);
        let land = before.land(&now.lands.get(land)?.key)?;
        let Some(municipality) = municipality else { return Some((land, None)) };
        let place = now.municipalities.get(municipality)?;
        let same = before.municipalities.iter().find(|(_, other)| other.is_at(&place.key));
        same.map(|(id, _)| (land, Some(id)))
    }

    /// What the variant of a place could do before and can do no longer.
    fn broken(&self, name: &str, slot: Slot) -> Vec<Problem> {
        let of_variants = |finding: &&Diagnostic| land::CODES.contains(&finding.code);
        let known: BTreeSet<(&str, &str)> = self
            .before
            .diagnostics
            .iter()
            .filter(of_variants)
            .map(|finding| (finding.code.slug, finding.message.de.as_str()))
            .collect();
        let new = self.now.diagnostics.iter().filter(of_variants);
        let new = new.filter(|finding| !known.contains(&(finding.code.slug, finding.message.de.as_str())));
        new.filter(|finding| self.is_in_variant(finding.span, name, slot)).map(|finding| self.problem(finding)).collect()
    }

    fn problem(&self, finding: &Diagnostic) -> Problem {
        let what = Words { de: finding.message.get(Language::De).to_owned(), en: finding.message.get(Language::En).to_owned() };
        Problem { what, place: place(finding.span, &self.now.sources) }
    }

    /// Whether a place of the text stands in a variant of a procedure for a Land or municipality.
    fn is_in_variant(&self, span: Span, name: &str, (land, municipality): Slot) -> bool {
        let library = &self.now.model.library;
        let is_here = |place: &Place| match place {
            Place::Named(named) => {
                let land = library.lands.get(land);
                municipality.is_none() && land.is_some_and(|land| land.short == named.text || land.key == named.text)
            }
            Place::Municipality(named) => {
                let own = municipality.and_then(|id| library.municipalities.get(id));
                own.is_some_and(|own| own.is_at(&named.key.text))
            }
        };
        self.now.files.iter().filter(|file| file.id == span.file).flat_map(|file| &file.declarations).any(|declaration| {
            let inside = declaration.span.start <= span.start && span.end <= declaration.span.end;
            matches!(&declaration.kind, DeclarationKind::Variant(variant)
                if inside && *variant.procedure.text == *name && variant.places.iter().any(is_here))
        })
    }

    /// The cases that come true no longer.
    fn failing(&self, slot: Slot, old: Option<&At<'_>>, new: Option<&At<'_>>) -> Vec<Problem> {
        let known = failures(self.before, self.old_slot(slot), old);
        let found = failures(self.now, Some(slot), new);
        let is_new = |(title, failure): &&(Text, Failure)| {
            !known.iter().any(|(other, before)| other == title && before.message == failure.message)
        };
        let problem = |(title, failure): &(Text, Failure)| Problem {
            what: Words {
                de: format!("„{title}“: {}", failure.message.de), en: format!("“{title}”: {}", failure.message.en)
            },
            place: place(failure.span, &self.now.sources),
        };
        found.iter().filter(is_new).map(problem).collect()
    }
}

/// What is not as expected in the cases of a place, by their titles.
fn failures(compilation: &Compilation, slot: Option<Slot>, at: Option<&At<'_>>) -> Vec<(Text, Failure)> {
    let (Some(day), Some((land, municipality)), Some(service)) = (compilation.day, slot, at.and_then(|at| at.service)) else {
        return Vec::new();
    };
    let setting = service.setting(land, day);
    let cases = setting.procedure.cases.iter().filter(|case| match case.municipality {
        Some(of) => municipality == Some(of),
        None => municipality.is_none() && case.land.is_none_or(|of| of == land),
    });
    cases.flat_map(|case| run(&setting, case).failures.into_iter().map(|failure| (case.title.clone(), failure))).collect()
}

/// A procedure as one place has it, and its service where it stood the checks.
#[derive(Clone, Copy)]
struct At<'c> {
    procedure: &'c Arc<Procedure>,
    service: Option<&'c Service>,
}

fn at<'c>(compilation: &'c Compilation, (land, municipality): Slot, name: &str) -> Option<At<'c>> {
    let world: &LandWorld = compilation.lands.iter().find(|world| world.land == land)?;
    let (procedures, services) = match municipality {
        None => (&world.model.procedures, &world.services),
        Some(place) => {
            let own = world.municipalities.iter().find(|own| own.municipality == place)?;
            (&own.procedures, &own.services)
        }
    };
    let procedure = procedures.iter().find(|procedure| *procedure.name == *name)?;
    let service = services.iter().find(|service| *service.checked.procedure().name == *name).map(AsRef::as_ref);
    Some(At { procedure, service })
}

/// The change of a Land by which a difference of the base does not reach it, and whether only some cases of it are the Land's own.
fn overriding<'p>(difference: &Difference, changes: &'p [Change]) -> Option<(&'p Change, bool)> {
    let own = changes.iter().filter(|change| change.verb != Verb::Add && whole(change, changes));
    let touches = |change: &&Change| match difference.span {
        Some(span) => {
            let inside = change.applied.file == span.file && change.applied.start <= span.start && span.end <= change.applied.end;
            inside || *change.target == *difference.what
        }
        None => false,
    };
    let change = own.into_iter().find(touches)?;
    let in_part = changes.iter().any(|row| row.written != change.written && !whole(row, std::slice::from_ref(change)));
    Some((change, in_part))
}

/// The outputs of a compilation, as if all definitions had one hash: theirs is another one whenever a letter of the text is.
fn outputs(compilation: &Compilation, request: &Request) -> Hashes {
    let library = &compilation.model.library;
    let found: Mutex<Hashes> = Mutex::new(Hashes::new());
    compiler::emit(&without_hashes(compilation), request, &|file| {
        let land = key(library, file.land);
        let place = match file.municipality.and_then(|id| library.municipalities.get(id)) {
            Some(place) => format!("{land}/{}", place.key),
            None => land,
        };
        let hash = Sha256::digest(&file.bytes).into();
        let mut found = found.lock().unwrap_or_else(PoisonError::into_inner);
        found.entry((place, file.procedure.to_string())).or_default().insert(file.path, hash);
    });
    found.into_inner().unwrap_or_else(PoisonError::into_inner)
}

/// What is emitted from a compilation; services that Länder share stay shared.
fn without_hashes(compilation: &Compilation) -> Compilation {
    let hash = Text::from("0".repeat(64));
    let mut known: BTreeMap<usize, Arc<Service>> = BTreeMap::new();
    let mut plain = |services: &mut Vec<Arc<Service>>| {
        for service in services {
            let made = known.entry(Arc::as_ptr(service) as usize);
            let made = made.or_insert_with(|| Arc::new(Service { definition_hash: hash.clone(), ..Service::clone(service) }));
            *service = made.clone();
        }
    };
    let mut lands = compilation.lands.clone();
    for world in &mut lands {
        plain(&mut world.services);
        world.municipalities.iter_mut().for_each(|own| plain(&mut own.services));
    }
    Compilation { model: compilation.model.clone(), lands, day: compilation.day, ..Compilation::default() }
}

fn differing(before: &BTreeMap<String, [u8; 32]>, now: &BTreeMap<String, [u8; 32]>) -> Outputs {
    let mut outputs = Outputs::default();
    for (path, hash) in now {
        match before.get(path) {
            Some(old) if old == hash => {}
            Some(_) => outputs.changed.push(path.clone()),
            None => outputs.added.push(path.clone()),
        }
    }
    outputs.removed = before.keys().filter(|path| !now.contains_key(*path)).cloned().collect();
    outputs
}
