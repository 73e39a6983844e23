//! `ast::File`s to a [`Model`]: names resolved, types inferred, norms resolved. Partial where the text is broken.
//!
//! In order: `names` and `library` for what procedures share, then each procedure by itself (`bodies` and the files named
//! after what they lower). A [`World`] keeps the trees, so that the [`land`](crate::land) stage can lower a procedure anew with a
//! Land's changes.

mod addresses;
mod bodies;
mod cases;
mod deadlines;
mod declare;
mod directory;
mod expressions;
mod functions;
mod library;
mod literals;
mod marks;
mod names;
mod narrowing;
mod norms;
mod openings;
mod pages;
mod places;
mod references;
mod remedies;
mod several;
mod statements;
mod tables;
mod texts;
mod types;
mod workflow;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

use crate::both;
use crate::diagnostic::{Bilingual, Code, Diagnostic, Diagnostics, Severity};
use crate::model::norm::Level;
use crate::model::{Library, Model, Norm, ParameterId, Procedure};
use crate::source::{FileId, Span, Text};
use crate::syntax::ast::{self, DeclarationKind};

pub use literals::TYPE_MISMATCH;
pub use tables::Exceptions;

use bodies::Source;
use directory::Directory;
use names::{Entity, Names};
use texts::Texts;

/// The rules that this stage speaks for.
pub static CODES: &[&Code] = &[
    &names::UNKNOWN_NAME,
    &names::DUPLICATE_NAME,
    &norms::UNKNOWN_NORM,
    &literals::TYPE_MISMATCH,
    &literals::UNIT_MISMATCH,
    &expressions::MAYBE_MISSING,
    &NOT_YET_SUPPORTED,
];

/// The base model with what the Länder need to change it.
#[derive(Debug)]
pub struct World<'a> {
    /// The federal base.
    pub model: Model,
    /// Where each procedure of the model was written, in the same order.
    pub procedures: Vec<Written<'a>>,
    /// The variants, with the Länder and municipalities they speak of.
    pub variants: Vec<WrittenVariant<'a>>,
    names: Names,
    texts: Texts,
    /// By module, the files that declare what procedures share.
    shared: BTreeMap<Text, Vec<FileId>>,
}

/// A procedure as written.
#[derive(Debug, Clone)]
pub struct Written<'a> {
    /// Its tree.
    pub tree: &'a ast::Procedure,
    /// Its file.
    pub file: FileId,
    /// Its place.
    pub span: Span,
    module: Text,
    cases: Vec<WrittenCase<'a>>,
}

/// A case as written.
#[derive(Debug, Clone, Copy)]
pub(super) struct WrittenCase<'a> {
    /// Its tree.
    tree: &'a ast::Case,
    /// Its place.
    span: Span,
    /// The Land or municipality it names, if there is one.
    place: Option<Level>,
    /// Whether it speaks of a place that has its own variant of the procedure at hand: what it names may not exist here.
    elsewhere: bool,
}

/// A variant as written.
#[derive(Debug, Clone)]
pub struct WrittenVariant<'a> {
    /// Its tree.
    pub tree: &'a ast::Variant,
    /// The index of the procedure it changes, in [`World::procedures`].
    pub procedure: usize,
    /// The Länder and municipalities it speaks of.
    pub places: Vec<Level>,
    /// Its place.
    pub span: Span,
}

/// A procedure as a Land or municipality has it.
#[derive(Debug, Clone)]
pub struct Overlaid {
    /// The tree with its changes.
    pub tree: ast::Procedure,
    /// The tables of which it decides some cases itself; those of the widest level first.
    pub tables: Vec<ast::Statement>,
    /// The parameters of which it has values of its own.
    pub parameters: BTreeMap<Text, ParameterId>,
}

/// Resolves all files.
pub fn resolve<'a>(files: &'a [Arc<ast::File>], out: &mut Diagnostics) -> World<'a> {
    let mut names = Names::default();
    let mut library = declare::declare(files, &mut names, out);
    places::gather(files, &mut library, out);
    names.open_scopes(files, out);
    let texts = Texts::gather(files, out);
    library::define(files, &names, &texts, &mut library, out);
    library.unverified = marks::of_files(files, out);

    let mut procedures = written(files);
    let directory = Directory::of(&procedures);
    attach_cases(files, &names, (&library, &directory), &mut procedures, out);
    let variants = variants(files, &library, &directory, out);
    let library = Arc::new(library);
    let lowered: Vec<(Procedure, Diagnostics)> = procedures
        .par_iter()
        .enumerate()
        .map(|(index, written)| {
            let mut found = Diagnostics::default();
            let changed =
                |place: Level| variants.iter().any(|variant| variant.procedure == index && variant.places.contains(&place));
            let cases = cases_for(written, |place| place.is_some_and(changed));
            let source = source_of(written, written.tree, &cases);
            (bodies::lower(source, &[], (&names, &texts, &library), &mut found).0, found)
        })
        .collect();
    let mut model = Model { library, procedures: Vec::with_capacity(lowered.len()), land: None };
    for (procedure, found) in lowered {
        out.append(found);
        model.procedures.push(Arc::new(procedure));
    }
    variants.iter().for_each(|variant| texts.expect_additions(variant.tree));
    texts.report_unused(&owners(files), out);
    World { model, procedures, variants, names, texts, shared: shared(files) }
}

impl World<'_> {
    /// Lowers a procedure anew as some Länder, or some municipalities, have it; with it the cases of tables that they decide themselves.
    pub fn lower(
        &self,
        procedure: usize,
        places: &[Level],
        own: &Overlaid,
        out: &mut Diagnostics,
    ) -> Option<(Procedure, Vec<Exceptions>)> {
        let written = self.procedures.get(procedure)?;
        let shared = (&self.names, &self.texts, self.model.library.as_ref());
        let of_lands = places.iter().all(|place| matches!(place, Level::Land(_)));
        let cases = cases_for(written, |place| match place {
            Some(place) => !places.contains(&place),
            None => !of_lands,
        });
        let source = Source { parameters: Some(&own.parameters), ..source_of(written, &own.tree, &cases) };
        Some(bodies::lower(source, &own.tables, shared, out))
    }

    /// Where the name of a procedure stands.
    pub fn name_of(&self, procedure: usize) -> Span {
        self.procedures.get(procedure).map_or(Span::DETACHED, |written| written.tree.name.span)
    }

    /// The parameter of a name as a procedure sees it.
    pub fn parameter(&self, procedure: usize, name: &ast::Name) -> Option<ParameterId> {
        let file = self.procedures.get(procedure)?.file;
        match self.names.find(file, &name.text).or_else(|| self.names.find(name.span.file, &name.text)) {
            Some(Entity::Parameter(id)) => Some(id),
            _ => None,
        }
    }

    /// The names of the parameters that a procedure sees.
    pub fn parameters_seen(&self, procedure: usize) -> Vec<Text> {
        let file = self.procedures.get(procedure).map(|written| written.file);
        file.map_or_else(Vec::new, |file| self.names.seen(file, |entity| matches!(entity, Entity::Parameter(_))))
    }

    /// The norms of a citation, resolved in the file where it stands.
    pub fn norms(&self, citation: Option<&ast::Citation>, out: &mut Diagnostics) -> Vec<Norm> {
        norms::norms(citation, &self.names, out)
    }

    /// The files that define a procedure: its own, the modules it names, its variants, its translations.
    pub fn origin(&self, procedure: &Procedure) -> Vec<FileId> {
        let mut origin = vec![procedure.span.file];
        let mut add = |file: FileId| {
            if !origin.contains(&file) {
                origin.push(file);
            }
        };
        let shared = self.names.modules_of(procedure.span.file).iter().filter_map(|module| self.shared.get(module));
        shared.flatten().for_each(|file| add(*file));
        procedure.changes.iter().for_each(|change| add(change.written.file));
        self.texts.files(&procedure.name).iter().for_each(|file| add(*file));
        origin
    }
}

/// By module, the files that declare more than procedures, variants, cases and texts.
fn shared(files: &[Arc<ast::File>]) -> BTreeMap<Text, Vec<FileId>> {
    let mut shared: BTreeMap<Text, Vec<FileId>> = BTreeMap::new();
    for file in files {
        let module = names::module_of(file);
        let declares = |kind: &DeclarationKind| {
            !matches!(
                kind,
                DeclarationKind::Procedure(_)
                    | DeclarationKind::Variant(_)
                    | DeclarationKind::Case(_)
                    | DeclarationKind::Texts(_)
            )
        };
        if !module.is_empty() && file.declarations.iter().any(|declaration| declares(&declaration.kind)) {
            shared.entry(module).or_default().push(file.id);
        }
    }
    shared
}

fn source_of<'a>(written: &'a Written<'_>, tree: &'a ast::Procedure, cases: &'a [WrittenCase<'a>]) -> Source<'a> {
    Source { tree, file: written.file, module: &written.module, span: written.span, cases, parameters: None }
}

/// The cases of a procedure, told which of them speak of a place whose procedure is another one.
fn cases_for<'a>(written: &Written<'a>, other: impl Fn(Option<Level>) -> bool) -> Vec<WrittenCase<'a>> {
    written.cases.iter().map(|case| WrittenCase { elsewhere: other(case.place), ..*case }).collect()
}

fn written(files: &[Arc<ast::File>]) -> Vec<Written<'_>> {
    let mut procedures = Vec::new();
    for file in files {
        for declaration in &file.declarations {
            if let DeclarationKind::Procedure(tree) = &declaration.kind {
                let module = names::module_of(file);
                procedures.push(Written { tree, file: file.id, span: declaration.span, module, cases: Vec::new() });
            }
        }
    }
    procedures
}

/// Gives each case to its procedure: the one it names, or the only one that its file sees.
fn attach_cases<'a>(
    files: &'a [Arc<ast::File>],
    names: &Names,
    (library, directory): (&Library, &Directory<'_>),
    procedures: &mut [Written<'a>],
    out: &mut Diagnostics,
) {
    for file in files {
        for declaration in &file.declarations {
            let DeclarationKind::Case(case) = &declaration.kind else { continue };
            let in_file = directory.in_file(file.id);
            let fitting = match &case.procedure {
                Some(name) => directory.named(name).to_vec(),
                None if in_file.len() == 1 => in_file.to_vec(),
                None => directory.seen(file.id, names.modules_of(file.id)),
            };
            match (fitting.as_slice(), &case.procedure) {
                ([only], _) => {
                    if let Some(written) = procedures.get_mut(*only) {
                        let place = case.place.as_ref().and_then(|place| places::level(library, place, out));
                        written.cases.push(WrittenCase { tree: case, span: declaration.span, place, elsewhere: false });
                    }
                }
                (_, Some(name)) => out.push(directory.unknown(name)),
                (_, None) => out.push(
                    Diagnostic::new(
                        &names::UNKNOWN_NAME,
                        case.title.span,
                        both!(
                            "Zu welchem Verfahren dieser Fall gehört, ist offen.",
                            "Which procedure this case belongs to is open."
                        ),
                    )
                    .help(both!(
                        "Nennen Sie das Verfahren: fall \"…\" von <Verfahren>",
                        "Name the procedure: fall \"…\" von <procedure>"
                    )),
                ),
            }
        }
    }
}

fn variants<'a>(
    files: &'a [Arc<ast::File>],
    library: &Library,
    directory: &Directory<'_>,
    out: &mut Diagnostics,
) -> Vec<WrittenVariant<'a>> {
    let mut variants = Vec::new();
    for file in files {
        for declaration in &file.declarations {
            let DeclarationKind::Variant(tree) = &declaration.kind else { continue };
            let Some(&procedure) = directory.named(&tree.procedure).first() else {
                out.push(directory.unknown(&tree.procedure));
                continue;
            };
            let places = tree.places.iter().filter_map(|place| places::level(library, place, out)).collect();
            variants.push(WrittenVariant { tree, procedure, places, span: declaration.span });
        }
    }
    variants
}

/// Everything that translations can speak of.
fn owners(files: &[Arc<ast::File>]) -> BTreeSet<Text> {
    let declarations = files.iter().flat_map(|file| &file.declarations);
    let names = declarations.filter_map(|declaration| match &declaration.kind {
        DeclarationKind::Choice(item) => Some(&item.name),
        DeclarationKind::Group(item) => Some(&item.name),
        DeclarationKind::Account(item) => Some(&item.name),
        DeclarationKind::Register(item) => Some(&item.name),
        DeclarationKind::Evidence(item) => Some(&item.name),
        DeclarationKind::Authority(item) => Some(&item.name),
        DeclarationKind::Procedure(item) => Some(&item.name),
        _ => None,
    });
    names.map(|name| name.text.clone()).collect()
}

/// "The language knows this, the compiler not yet."
pub fn not_yet(span: Span, what: &Bilingual) -> Diagnostic {
    let (de, en) = (&what.de, &what.en);
    Diagnostic::new(&NOT_YET_SUPPORTED, span, both!("{de} wird noch nicht übersetzt.", "{en} is not compiled yet.")).help(both!(
        "Nehmen Sie die Angabe vorerst heraus und beschreiben Sie sie in einem Kommentar.",
        "Leave the statement out for now and describe it in a comment."
    ))
}

/// A statement of the language whose meaning the compiler does not carry yet.
pub static NOT_YET_SUPPORTED: Code = Code {
    slug: "not-yet-supported",
    severity: Severity::Error,
    title_de: "Noch nicht unterstützt",
    title_en: "Not supported yet",
    norm: None,
    explain_de: "Die Sprache kennt diese Angabe, der Übersetzer setzt sie aber noch nicht um. Er baut lieber nichts, als die Angabe zu \
        übergehen: Ein Formular oder Ablauf, dem sie fehlt, wäre falsch.",
    explain_en: "The language knows this statement, but the compiler does not carry it out yet. It rather builds nothing than pass the \
        statement over: a form or workflow without it would be wrong.",
    example: "modul beispiel\n\nverfahren Antrag \"Antrag stellen\" nach § 1 PflSchG {\n  leistung 99000000000000\n  \
        übergang nach § 1 PflSchG\n}\n\ngesetz PflSchG \"Pflanzenschutzgesetz\" ebene Bund\n",
};
