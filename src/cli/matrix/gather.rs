//! What a compilation tells about Länder: who changes what by which norm, which clauses allow it, who has the same law.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;

use crate::compiler::{Compilation, LandWorld};
use crate::model::expression::ExpressionKind;
use crate::model::norm::cite;
use crate::model::overlay::{Change, Leave, Opening};
use crate::model::{LandId, Library, MunicipalityId, Procedure};
use crate::source::{Sources, Span};
use crate::syntax::ast::{Verb, Who};

use super::super::record::place;
use super::super::writer::ledger::Words;

/// All procedures.
#[derive(Debug, Serialize)]
pub struct Matrix {
    /// Which form of the document this is.
    pub format: &'static str,
    /// For which day.
    #[serde(rename = "stichtag")]
    pub day: String,
    /// In the order of their files.
    #[serde(rename = "verfahren")]
    pub procedures: Vec<OfProcedure>,
}

/// One procedure in all Länder.
#[derive(Debug, Serialize)]
pub struct OfProcedure {
    /// Its name.
    pub name: String,
    /// Its title.
    #[serde(rename = "titel")]
    pub title: Words,
    /// Whether it is a frame of pure Land law.
    #[serde(rename = "rahmen")]
    pub frame: bool,
    /// The Länder in groups that have the very same law.
    #[serde(rename = "gruppen")]
    pub groups: Vec<Group>,
    /// The Länder that do not have it at all.
    #[serde(rename = "nicht_angeboten")]
    pub not_offered: Vec<String>,
    /// Who does what differently.
    #[serde(rename = "abweichungen")]
    pub changes: Vec<Row>,
    /// What may, must or must not be changed, and who makes use of it.
    #[serde(rename = "klauseln")]
    pub clauses: Vec<Clause>,
}

/// Länder with the very same law.
#[derive(Debug, Serialize)]
pub struct Group {
    /// Their letters.
    #[serde(rename = "laender")]
    pub lands: Vec<String>,
    /// How many places of the base they change.
    #[serde(rename = "abweichungen")]
    pub changes: usize,
}

/// One change, by everybody who makes it.
#[derive(Debug, Serialize)]
pub struct Row {
    /// What: `setze rechtsbehelf`.
    #[serde(rename = "was")]
    pub what: String,
    /// The place of the base.
    #[serde(rename = "grundverfahren")]
    pub applied: String,
    /// Who makes it.
    #[serde(rename = "wer")]
    pub by: Vec<By>,
}

/// Somebody who makes a change.
#[derive(Debug, Serialize)]
pub struct By {
    /// The Land.
    pub land: String,
    /// Its municipality, if it is one.
    #[serde(rename = "gemeinde", skip_serializing_if = "Option::is_none")]
    pub municipality: Option<String>,
    /// By which norm.
    #[serde(rename = "nach")]
    pub norms: String,
    /// Where it is written.
    #[serde(rename = "geschrieben")]
    pub written: String,
    /// The clause that leaves it to them; none for authority, procedure and frames.
    #[serde(rename = "erlaubt", skip_serializing_if = "Option::is_none")]
    pub clause: Option<String>,
    /// How many rows of a table are overruled, if only some cases of it are.
    #[serde(rename = "zeilen", skip_serializing_if = "Option::is_none")]
    pub rows: Option<usize>,
}

/// A clause of a procedure.
#[derive(Debug, Serialize)]
pub struct Clause {
    /// In the words of the language: `länder dürfen nachweise ergänzen`.
    #[serde(rename = "was")]
    pub what: String,
    /// Whether they may, must or must not.
    #[serde(rename = "art")]
    pub leave: &'static str,
    /// By which norm.
    #[serde(rename = "nach")]
    pub norms: String,
    /// Where it stands.
    #[serde(rename = "ort")]
    pub place: String,
    /// Who makes use of it: `TH`, `TH/16051000`.
    #[serde(rename = "genutzt")]
    pub used: Vec<String>,
}

impl Clause {
    /// Whether it allows something and nobody does it.
    pub fn is_unused(&self) -> bool {
        self.leave == "dürfen" && self.used.is_empty()
    }
}

/// The matrix of a compilation.
pub fn gather(compilation: &Compilation) -> Matrix {
    let procedures = compilation.model.procedures.iter().map(|base| of_procedure(compilation, base)).collect();
    let day = compilation.day.map(|day| day.to_string()).unwrap_or_default();
    Matrix { format: "blaupause-matrix/1", day, procedures }
}

/// A procedure as one place has it.
struct Version<'c> {
    world: &'c LandWorld,
    municipality: Option<MunicipalityId>,
    procedure: &'c Arc<Procedure>,
}

fn of_procedure(compilation: &Compilation, base: &Procedure) -> OfProcedure {
    let library = &compilation.model.library;
    let mut versions: Vec<Version<'_>> = Vec::new();
    let mut not_offered = Vec::new();
    for world in &compilation.lands {
        let named = |procedure: &&Arc<Procedure>| procedure.name == base.name && procedure.span == base.span;
        match world.model.procedures.iter().find(named) {
            Some(procedure) => versions.push(Version { world, municipality: None, procedure }),
            None => not_offered.push(key(library, world.land)),
        }
        for own in &world.municipalities {
            let municipality = Some(own.municipality);
            versions.extend(own.procedures.iter().find(named).map(|procedure| Version { world, municipality, procedure }));
        }
    }
    OfProcedure {
        name: base.name.to_string(),
        title: Words { de: base.title.de.to_string(), en: base.title.english().to_owned() },
        frame: base.frame,
        groups: groups(library, &versions),
        not_offered,
        changes: rows(compilation, &versions),
        clauses: clauses(compilation, base, &versions),
    }
}

fn groups(library: &Library, versions: &[Version<'_>]) -> Vec<Group> {
    let mut groups: Vec<(usize, Group)> = Vec::new();
    for version in versions.iter().filter(|version| version.municipality.is_none()) {
        let (identity, key) = (Arc::as_ptr(version.procedure) as usize, key(library, version.world.land));
        match groups.iter_mut().find(|(known, _)| *known == identity) {
            Some((_, group)) => group.lands.push(key),
            None => {
                let changes = version.procedure.changes.iter().filter(|change| whole(change, &version.procedure.changes)).count();
                groups.push((identity, Group { lands: vec![key], changes }));
            }
        }
    }
    groups.into_iter().map(|(_, group)| group).collect()
}

/// Whether a change is one of its own, not a row of a table that another one changes.
pub fn whole(change: &Change, all: &[Change]) -> bool {
    !all.iter().any(|other| other.written != change.written && encloses(other.written, change.written))
}

fn encloses(outer: Span, inner: Span) -> bool {
    outer.file == inner.file && outer.start <= inner.start && inner.end <= outer.end
}

fn rows(compilation: &Compilation, versions: &[Version<'_>]) -> Vec<Row> {
    let (library, sources) = (&compilation.model.library, &compilation.sources);
    let mut rows: BTreeMap<(Span, String), Row> = BTreeMap::new();
    for version in versions {
        let changes = &version.procedure.changes;
        // What a municipality has from its Land is listed with the Land.
        let who = if version.municipality.is_some() { Who::Municipalities } else { Who::Lands };
        for change in changes.iter().filter(|change| change.by == who && whole(change, changes)) {
            let of_table = changes.iter().filter(|row| row.written != change.written && encloses(change.written, row.written));
            let overruled = of_table.count();
            let row = rows.entry((change.applied, change.title())).or_insert_with(|| Row {
                what: change.title(),
                applied: place(change.applied, sources),
                by: Vec::new(),
            });
            let written = place(change.written, sources);
            if version.municipality.is_some() && row.by.iter().any(|by| by.written == written) {
                continue; // a county's, listed there
            }
            row.by.push(By {
                land: key(library, version.world.land),
                municipality: version
                    .municipality
                    .and_then(|id| library.municipalities.get(id))
                    .map(|place| place.name.to_string()),
                norms: cite(&change.norms),
                written,
                clause: change.clause.map(|clause| place(clause, sources)),
                rows: (overruled > 0).then_some(overruled),
            });
        }
    }
    rows.into_values().collect()
}

fn clauses(compilation: &Compilation, base: &Procedure, versions: &[Version<'_>]) -> Vec<Clause> {
    let library = &compilation.model.library;
    let mut openings: Vec<&Opening> = base.openings.iter().collect();
    openings.extend(parameter_openings(library, base));
    // A Land may leave something to its municipalities.
    for opening in versions.iter().flat_map(|version| &version.procedure.openings) {
        if !openings.iter().any(|known| known.span == opening.span) {
            openings.push(opening);
        }
    }
    openings.into_iter().map(|opening| clause(library, &compilation.sources, opening, versions)).collect()
}

/// The clauses on the parameters with which a procedure computes.
fn parameter_openings<'c>(library: &'c Library, procedure: &Procedure) -> Vec<&'c Opening> {
    let mut used = Vec::new();
    for (_, expression) in procedure.expressions() {
        expression.walk(&mut |part| {
            if let ExpressionKind::Parameter(id, _) = part.kind
                && !used.contains(&id)
            {
                used.push(id);
            }
        });
    }
    used.into_iter().filter_map(|id| library.parameters.get(id)?.opening.as_ref()).collect()
}

fn clause(library: &Library, sources: &Sources, opening: &Opening, versions: &[Version<'_>]) -> Clause {
    let uses = |version: &&Version<'_>| {
        let who = if version.municipality.is_some() { Who::Municipalities } else { Who::Lands };
        version.procedure.changes.iter().any(|change| change.by == who && change.clause == Some(opening.span))
    };
    let used = versions.iter().filter(uses).map(|version| {
        let land = key(library, version.world.land);
        match version.municipality.and_then(|id| library.municipalities.get(id)) {
            Some(place) => format!("{land}/{}", place.key),
            None => land,
        }
    });
    Clause {
        what: in_words(opening),
        leave: match opening.leave {
            Leave::May => "dürfen",
            Leave::Must => "müssen",
            Leave::Closed => "geschlossen",
        },
        norms: cite(&opening.norms),
        place: place(opening.span, sources),
        used: used.collect(),
    }
}

fn in_words(opening: &Opening) -> String {
    let what = opening.what.iter().map(AsRef::as_ref).collect::<Vec<_>>().join(", ");
    if opening.verbs.is_empty() {
        let word = if opening.leave == Leave::Closed { "geschlossen" } else { "offen" };
        return format!("{what} {word}");
    }
    let who = if opening.who == Who::Lands { "länder" } else { "gemeinden" };
    let leave = if opening.leave == Leave::Must { "müssen" } else { "dürfen" };
    let verbs = opening.verbs.iter().map(|verb| match verb {
        Verb::Set => "setzen",
        Verb::Add => "ergänzen",
        Verb::Remove => "streichen",
    });
    format!("{who} {leave} {what} {}", verbs.collect::<Vec<_>>().join(", "))
}

/// The letters of a Land.
pub fn key(library: &Library, land: LandId) -> String {
    library.lands.get(land).map(|land| land.key.to_string()).unwrap_or_default()
}
