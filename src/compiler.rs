//! The pipeline on one screen: load, parse, resolve, apply each Land, check, plan, emit.
//!
//! Base work is shared: a procedure that a Land leaves alone is the same [`Service`] in all Länder, and a target that doesn't
//! name the Land gives the same bytes to all of them.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use jiff::civil::Date;
use rayon::prelude::*;
use sha2::{Digest, Sha256};

use crate::check::{self, Checked};
use crate::diagnostic::{Code, Diagnostics, load};
use crate::land;
use crate::land::connections::{self, Connections, Place, Profile};
use crate::model::from_syntax::{self, World};
use crate::model::{LandId, Model, MunicipalityId, Procedure, machine_name};
use crate::plan::{self, Plan, Planned};
use crate::rules::cases::{Roads, Setting, Unplanned};
use crate::source::{FileId, Loader, Manifest, SourceFile, Sources, Text, project, standard};
use crate::syntax::{self, ast};
use crate::targets::{self, Input, Loss, Target};

/// The rules of all stages, for `explain` and for the tests that try each one.
pub fn codes() -> Vec<&'static Code> {
    let stages = [load::CODES, syntax::CODES, from_syntax::CODES, land::CODES, check::CODES];
    stages.iter().flat_map(|codes| codes.iter().copied()).collect()
}

/// What is to be compiled, and for when.
#[derive(Debug, Clone, Default)]
pub struct Request {
    /// The day; otherwise that of the manifest.
    pub day: Option<Date>,
    /// Whether a parameter past its horizon is only a warning.
    pub allow_outdated: bool,
    /// The Länder by their two letters; empty: all.
    pub lands: Vec<Text>,
    /// The targets by name; empty: all.
    pub targets: Vec<Text>,
    /// Which connections to registers count.
    pub connections: Profile,
}

/// Everything a compilation knows.
#[derive(Debug, Clone, Default)]
pub struct Compilation {
    /// All texts.
    pub sources: Sources,
    /// The settings of the project.
    pub manifest: Manifest,
    /// All findings, by place.
    pub diagnostics: Diagnostics,
    /// All files as parsed, in the order of the sources.
    pub files: Vec<Arc<ast::File>>,
    /// The federal base.
    pub model: Model,
    /// Each Land asked for.
    pub lands: Vec<LandWorld>,
    /// The day for which everything was compiled.
    pub day: Option<Date>,
}

/// All services of one Land.
#[derive(Debug, Clone)]
pub struct LandWorld {
    /// The Land.
    pub land: LandId,
    /// Its law, whether or not it stood the checks.
    pub model: Model,
    /// Its services; one that no variant touches is the same `Arc` in all Länder.
    pub services: Vec<Arc<Service>>,
    /// Its counties and municipalities with law of their own.
    pub municipalities: Vec<MunicipalWorld>,
}

/// What one county or municipality does differently from its Land.
#[derive(Debug, Clone)]
pub struct MunicipalWorld {
    /// Which.
    pub municipality: MunicipalityId,
    /// The procedures that it changes, whether or not they stood the checks.
    pub procedures: Vec<Arc<Procedure>>,
    /// The services of these.
    pub services: Vec<Arc<Service>>,
}

/// One procedure, checked and planned.
#[derive(Debug, Clone)]
pub struct Service {
    /// The procedure.
    pub checked: Checked,
    /// The source of each datum.
    pub plan: Arc<Plan>,
    /// The plans of all places that share the procedure: which roads a case takes.
    pub roads: Arc<Planned>,
    /// What is connected where it is planned so.
    pub connections: Connections,
    /// Whether all its cases come true. Where one does not, nothing is emitted, but the cases can still be looked at.
    pub examples_hold: bool,
    /// The SHA-256 of the texts that define it, in hex.
    pub definition_hash: Text,
    /// The paths of these texts.
    pub origin: Arc<[Text]>,
}

impl Service {
    /// The surroundings in which its cases run in a Land.
    pub fn setting(&self, land: LandId, day: Date) -> Setting<'_> {
        let (library, procedure) = (self.checked.library(), self.checked.procedure());
        Setting { library, procedure, land: Some(land), day, roads: self.roads.as_ref() }
    }
}

/// One file to be written.
#[derive(Debug, Clone)]
pub struct Emitted {
    /// Its path below the output folder, with `/`.
    pub path: String,
    /// Its content; the same `Arc` where Länder share it.
    pub bytes: Arc<[u8]>,
    /// For which Land.
    pub land: LandId,
    /// For which of its municipalities, if for one alone.
    pub municipality: Option<MunicipalityId>,
    /// Of which procedure.
    pub procedure: Text,
    /// Which target made it.
    pub target: &'static str,
    /// What the target did not carry; with its first file only.
    pub losses: Arc<[Loss]>,
    /// The texts it comes from.
    pub origin: Arc<[Text]>,
}

/// Compiles everything that the loader holds, up to the plan of each service.
pub fn compile(loader: &dyn Loader, request: &Request) -> Compilation {
    let mut compilation = Compilation::default();
    let out = &mut compilation.diagnostics;

    add_standard(&mut compilation.sources);
    let mut problems = Vec::new();
    compilation.manifest = project::load(loader, &mut compilation.sources, &mut problems);
    load::report(problems, out);
    compilation.files = parse(&compilation.sources, out);

    let world = from_syntax::resolve(&compilation.files, out);
    compilation.model = world.model.clone();
    compilation.day = load::day(request.day, &compilation.manifest, out);
    if let Some(day) = compilation.day {
        compilation.lands = services(&world, &compilation.sources, day, request, out);
    }
    compilation.diagnostics = std::mem::take(&mut compilation.diagnostics).sorted();
    compilation
}

/// Emits every file of a compilation. The sink is called from several threads; the order is free, the content is not.
pub fn emit(compilation: &Compilation, request: &Request, sink: &(dyn Fn(Emitted) + Sync)) {
    let Some(day) = compilation.day else { return };
    let chosen: Vec<&dyn Target> = targets::all()
        .iter()
        .copied()
        .filter(|target| request.targets.is_empty() || request.targets.iter().any(|name| name.as_ref() == target.name()))
        .collect();
    let mut shared = by_identity(&compilation.lands);
    shared.retain(|(service, _)| service.examples_hold);
    shared.par_iter().for_each(|(service, places)| {
        for target in &chosen {
            let groups: Vec<&[Place]> = if target.names_land() { places.chunks(1).collect() } else { vec![places.as_slice()] };
            for group in groups {
                emit_one(compilation, service, *target, group, day, sink);
            }
        }
    });
}

fn emit_one(
    compilation: &Compilation,
    service: &Service,
    target: &dyn Target,
    places: &[Place],
    day: Date,
    sink: &(dyn Fn(Emitted) + Sync),
) {
    let Some(&(land, municipality)) = places.first() else { return };
    let (checked, library) = (&service.checked, &compilation.model.library);
    let input = Input { checked, plan: &service.plan, land, municipality, day, definition_hash: &service.definition_hash };
    let output = target.emit(input);
    let procedure = checked.procedure().name.clone();
    let folder = machine_name(&procedure).to_lowercase();
    let losses: Arc<[Loss]> = output.losses.into();
    for &(land, municipality) in places {
        let Some(key) = library.lands.get(land).map(|land| land.key.to_lowercase()) else { continue };
        let within = municipality.and_then(|id| library.municipalities.get(id)).map(|place| municipal_folder(&place.key));
        let within = within.unwrap_or_default();
        for (index, artifact) in output.artifacts.iter().enumerate() {
            sink(Emitted {
                path: format!("{key}/{folder}/{within}{}", artifact.path),
                bytes: artifact.bytes.clone(),
                land,
                municipality,
                procedure: procedure.clone(),
                target: target.name(),
                losses: if index == 0 { losses.clone() } else { Arc::default() },
                origin: service.origin.clone(),
            });
        }
    }
}

/// Where the outputs of a municipality stand, below those of its Land for the same procedure.
pub fn municipal_folder(key: &str) -> String {
    format!("gemeinde/{key}/")
}

/// The library as parsed, with what was found: the same in every compilation, so it is read once a process.
static STANDARD: LazyLock<Vec<(Arc<ast::File>, Diagnostics)>> = LazyLock::new(|| {
    let mut sources = Sources::default();
    add_standard(&mut sources);
    parse_texts(sources.iter().collect())
});

/// Adds the library to the sources, which must be empty: its files have the same ids in every compilation.
fn add_standard(sources: &mut Sources) {
    for (path, text) in standard::files() {
        sources.add(SourceFile { path: path.into(), text: text.into(), built_in: true });
    }
}

/// Parses all texts side by side.
fn parse(sources: &Sources, out: &mut Diagnostics) -> Vec<Arc<ast::File>> {
    let own = sources.iter().filter(|(_, source)| !source.built_in).collect();
    let mut files = Vec::with_capacity(sources.len());
    for (file, found) in STANDARD.iter().cloned().chain(parse_texts(own)) {
        files.push(file);
        out.append(found);
    }
    files
}

fn parse_texts(texts: Vec<(FileId, &SourceFile)>) -> Vec<(Arc<ast::File>, Diagnostics)> {
    let parse = |(id, source): &(FileId, &SourceFile)| {
        let mut found = Diagnostics::default();
        (Arc::new(syntax::parse(*id, &source.text, &mut found)), found)
    };
    texts.par_iter().map(parse).collect()
}

/// The services of each Land: what no Land changes is checked and planned once.
fn services(world: &World<'_>, sources: &Sources, day: Date, request: &Request, out: &mut Diagnostics) -> Vec<LandWorld> {
    let library = &world.model.library;
    let wanted: Vec<LandId> = library
        .lands
        .iter()
        .filter(|(_, land)| request.lands.is_empty() || request.lands.iter().any(|key| key.eq_ignore_ascii_case(&land.key)))
        .map(|(id, _)| id)
        .collect();
    let laws = land::apply(world, &wanted, day, out);
    check::shared(&world.model, out);

    // Each distinct procedure with the Länder or municipalities that share it.
    let mut distinct: Vec<(Arc<Procedure>, Vec<Place>)> = Vec::new();
    let mut index: BTreeMap<usize, usize> = BTreeMap::new();
    let mut connected: BTreeMap<Place, Connections> = BTreeMap::new();
    let mut enter = |procedure: &Arc<Procedure>, place: Place| {
        let at = *index.entry(Arc::as_ptr(procedure) as usize).or_insert_with(|| {
            distinct.push((procedure.clone(), Vec::new()));
            distinct.len() - 1
        });
        if let Some((_, places)) = distinct.get_mut(at) {
            places.push(place);
        }
        connected.entry(place).or_insert_with(|| connections::in_force(library, place, day, &request.connections));
    };
    for law in &laws {
        law.model.procedures.iter().for_each(|procedure| enter(procedure, (law.land, None)));
        for own in &law.municipalities {
            own.procedures.iter().for_each(|procedure| enter(procedure, (law.land, Some(own.municipality))));
        }
    }
    let built: Vec<(BTreeMap<Place, Arc<Service>>, Diagnostics)> = distinct
        .par_iter()
        .map(|(procedure, places)| {
            let mut found = Diagnostics::default();
            let lands: Vec<LandId> = places.iter().map(|(land, _)| *land).collect();
            let municipalities: Vec<MunicipalityId> = places.iter().filter_map(|(_, own)| *own).collect();
            let profiles = profiles(places, &connected);
            let context = check::Context {
                day,
                allow_outdated: request.allow_outdated,
                lands: &lands,
                municipalities: &municipalities,
                profiles: &profiles,
            };
            let services = service(world, sources, procedure, &context, &mut found);
            (services, found)
        })
        .collect();
    let mut services = Vec::with_capacity(built.len());
    for (of_procedure, found) in built {
        out.append(found);
        services.push(of_procedure);
    }
    let services_of = |procedures: &[Arc<Procedure>], place: Place| -> Vec<Arc<Service>> {
        let of = |procedure: &Arc<Procedure>| {
            let at = index.get(&(Arc::as_ptr(procedure) as usize))?;
            services.get(*at)?.get(&place).cloned()
        };
        procedures.iter().filter_map(of).collect()
    };
    laws.into_iter()
        .map(|law| LandWorld {
            land: law.land,
            services: services_of(&law.model.procedures, (law.land, None)),
            model: law.model,
            municipalities: law
                .municipalities
                .into_iter()
                .map(|own| MunicipalWorld {
                    municipality: own.municipality,
                    services: services_of(&own.procedures, (law.land, Some(own.municipality))),
                    procedures: own.procedures,
                })
                .collect(),
        })
        .collect()
}

/// Checks one procedure, plans it for each set of connections, tries its examples on those plans.
fn service(
    world: &World<'_>,
    sources: &Sources,
    procedure: &Arc<Procedure>,
    context: &check::Context<'_>,
    out: &mut Diagnostics,
) -> BTreeMap<Place, Arc<Service>> {
    let checked = check::check(&world.model.library, procedure, context, out);
    let planned = checked.map(|checked| {
        let plans = context.profiles.iter().map(|profile| {
            let plan = plan::plan(&checked, &profile.connections, context.day);
            (profile.places.clone(), Arc::new(plan))
        });
        Arc::new(Planned { plans: plans.collect(), checked })
    });
    let roads: &dyn Roads = planned.as_deref().map_or(&Unplanned, |planned| planned);
    check::examples(&world.model.library, procedure, context, roads, out);
    check::tolerate(procedure, context, out);
    let Some(planned) = planned.filter(|_| check::only_cases_fail(out)) else { return BTreeMap::new() };
    let (definition_hash, origin) = definition(world, sources, procedure);
    let mut services = BTreeMap::new();
    for (profile, (places, plan)) in context.profiles.iter().zip(&planned.plans) {
        let service = Arc::new(Service {
            checked: planned.checked.clone(),
            plan: plan.clone(),
            roads: planned.clone(),
            connections: profile.connections.clone(),
            examples_hold: !out.has_errors(),
            definition_hash: definition_hash.clone(),
            origin: origin.clone(),
        });
        services.extend(places.iter().map(|place| (*place, service.clone())));
    }
    services
}

/// The places by what is connected in them.
fn profiles(places: &[Place], connected: &BTreeMap<Place, Connections>) -> Vec<check::Connected> {
    let mut profiles: Vec<check::Connected> = Vec::new();
    for place in places {
        let Some(connections) = connected.get(place) else { continue };
        match profiles.iter_mut().find(|profile| profile.connections == *connections) {
            Some(profile) => profile.places.push(*place),
            None => profiles.push(check::Connected { places: vec![*place], connections: connections.clone() }),
        }
    }
    profiles
}

/// The hash and the paths of the texts that define a procedure: its own, those it names, its variants, its translations.
fn definition(world: &World<'_>, sources: &Sources, procedure: &Procedure) -> (Text, Arc<[Text]>) {
    let mut hash = Sha256::new();
    let mut origin = Vec::new();
    for file in world.origin(procedure) {
        if let Some(source) = sources.get(file) {
            hash.update(source.text.as_bytes());
            hash.update([0]);
            origin.push(source.path.clone());
        }
    }
    let hex: String = hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    (hex.into(), origin.into())
}

/// The distinct services with the places that share each.
fn by_identity(worlds: &[LandWorld]) -> Vec<(Arc<Service>, Vec<Place>)> {
    let mut shared: Vec<(Arc<Service>, Vec<Place>)> = Vec::new();
    let mut index: BTreeMap<usize, usize> = BTreeMap::new();
    let mut enter = |service: &Arc<Service>, place: Place| {
        let at = *index.entry(Arc::as_ptr(service) as usize).or_insert_with(|| {
            shared.push((service.clone(), Vec::new()));
            shared.len() - 1
        });
        if let Some((_, places)) = shared.get_mut(at) {
            places.push(place);
        }
    };
    for world in worlds {
        world.services.iter().for_each(|service| enter(service, (world.land, None)));
        for own in &world.municipalities {
            own.services.iter().for_each(|service| enter(service, (world.land, Some(own.municipality))));
        }
    }
    shared
}
