//! Who is called what: the names of every module, and what a file sees of them.

use std::collections::BTreeMap;
use std::sync::Arc;

use indexmap::IndexMap;

use crate::both;
use crate::diagnostic::{Bilingual, Code, Diagnostic, Diagnostics, Severity, suggest};
use crate::model::ids::{
    AccountId, AuthorityId, ChoiceId, EvidenceId, GroupId, LandId, LawId, ParameterId, RegisterId, ScalarId,
};
use crate::model::procedure::Regime;
use crate::source::{FileId, Span, Text};
use crate::syntax::ast;

/// Something that a name stands for outside of procedures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Entity {
    Law(LawId),
    Land(LandId),
    Authority(AuthorityId),
    Choice(ChoiceId),
    Scalar(ScalarId),
    Group(GroupId),
    Account(AccountId),
    Register(RegisterId),
    Evidence(EvidenceId),
    Parameter(ParameterId),
    /// The index of the procedure in the order of its declaration.
    Procedure(usize),
}

/// The names of all modules and the view of each file.
#[derive(Debug, Default)]
pub(super) struct Names {
    modules: IndexMap<Text, IndexMap<Text, (Entity, Span)>>,
    /// The view of each file, by the number of the file.
    scopes: BTreeMap<FileId, BTreeMap<Text, Entity>>,
    /// The modules that a file names, its own included.
    seen: BTreeMap<FileId, Vec<Text>>,
}

impl Names {
    /// Adds a name to its module; a second one of the same name is reported.
    pub(super) fn declare(&mut self, module: &Text, name: &ast::Name, text: &Text, entity: Entity, out: &mut Diagnostics) {
        let names = self.modules.entry(module.clone()).or_default();
        match names.get(text) {
            Some((_, first)) => out.push(duplicate(text, name.span, *first)),
            None => {
                names.insert(text.clone(), (entity, name.span));
            }
        }
    }

    /// Works out what each file sees: its own module and what it takes from others.
    pub(super) fn open_scopes(&mut self, files: &[Arc<ast::File>], out: &mut Diagnostics) {
        for file in files {
            let own = module_of(file);
            let mut scope: BTreeMap<Text, Entity> = BTreeMap::new();
            let mut seen = vec![own.clone()];
            for (name, (entity, _)) in self.modules.get(&own).into_iter().flatten() {
                scope.insert(name.clone(), *entity);
            }
            for import in &file.uses {
                let path: Text = import.module.joined().into();
                let Some(names) = self.modules.get(&path) else {
                    let mut diagnostic = Diagnostic::new(
                        &UNKNOWN_NAME,
                        import.module.span,
                        both!("Das Modul „{path}“ gibt es nicht.", "There is no module “{path}”."),
                    );
                    if let Some(near) = suggest::nearest(&path, self.modules.keys().map(AsRef::as_ref)) {
                        diagnostic = diagnostic
                            .help(both!("Gemeint ist vielleicht „{near}“.", "Perhaps “{near}” is meant."))
                            .fix(import.module.span, near);
                    }
                    out.push(diagnostic);
                    continue;
                };
                seen.push(path.clone());
                for member in &import.members {
                    match names.get(&member.text) {
                        Some((entity, _)) => {
                            scope.insert(member.text.clone(), *entity);
                        }
                        None => out.push(unknown(
                            member,
                            names.keys().map(AsRef::as_ref),
                            &both!("im Modul „{path}“", "in module “{path}”"),
                        )),
                    }
                }
            }
            self.scopes.insert(file.id, scope);
            self.seen.insert(file.id, seen);
        }
    }

    /// What a name means in a file, without any report.
    pub(super) fn find(&self, file: FileId, name: &str) -> Option<Entity> {
        self.scopes.get(&file)?.get(name).copied()
    }

    /// What a name of a kind means in a file; reported where it means nothing or something else.
    pub(super) fn resolve<T>(
        &self,
        name: &ast::Name,
        kind: &Kind,
        pick: impl Fn(Entity) -> Option<T>,
        out: &mut Diagnostics,
    ) -> Option<T> {
        let scope = self.scopes.get(&name.span.file)?;
        if let Some(found) = scope.get(&name.text).copied().and_then(&pick) {
            return Some(found);
        }
        let elsewhere: Vec<(&Text, Entity)> = self
            .modules
            .iter()
            .filter_map(|(module, names)| names.get(&name.text).map(|(entity, _)| (module, *entity)))
            .filter(|(_, entity)| pick(*entity).is_some())
            .collect();
        if let [(module, _)] = elsewhere.as_slice() {
            let (text, de, en) = (&name.text, kind.de, kind.en);
            out.push(
                Diagnostic::new(
                    &UNKNOWN_NAME,
                    name.span,
                    both!("{de} „{text}“ ist hier nicht bekannt.", "{en} “{text}” is not known here."),
                )
                .help(both!(
                    "Schreiben Sie an den Anfang der Datei: nutze {module}.{text}",
                    "Write at the top of the file: nutze {module}.{text}"
                )),
            );
            return None;
        }
        let candidates = scope.iter().filter(|(_, entity)| pick(**entity).is_some()).map(|(name, _)| name.as_ref());
        out.push(unknown(name, candidates, &both!("({})", "({})", kind.de)));
        None
    }

    /// An entity anywhere, by name: for what everybody sees, such as Länder, scoped laws, procedures.
    pub(super) fn everywhere(&self, name: &str) -> impl Iterator<Item = Entity> {
        self.modules.values().filter_map(move |names| names.get(name).map(|(entity, _)| *entity))
    }

    /// The names of everything of a kind, for suggestions.
    pub(super) fn all(&self, pick: impl Fn(Entity) -> bool) -> impl Iterator<Item = &str> {
        self.modules
            .values()
            .flat_map(|names| names.iter())
            .filter(move |(_, (entity, _))| pick(*entity))
            .map(|(name, _)| name.as_ref())
    }

    /// The names of a kind that a file sees.
    pub(super) fn seen(&self, file: FileId, pick: impl Fn(Entity) -> bool) -> Vec<Text> {
        let scope = self.scopes.get(&file).into_iter().flatten();
        scope.filter(|(_, entity)| pick(**entity)).map(|(name, _)| name.clone()).collect()
    }

    /// The modules that a file names, its own first.
    pub(super) fn modules_of(&self, file: FileId) -> &[Text] {
        self.seen.get(&file).map_or(&[], Vec::as_slice)
    }
}

/// What kind of thing a name should stand for, for messages.
#[derive(Debug, Clone, Copy)]
pub(super) struct Kind {
    pub(super) de: &'static str,
    pub(super) en: &'static str,
}

/// The module of a file; a file without `modul` is its own nameless one together with all others such.
pub(super) fn module_of(file: &ast::File) -> Text {
    file.module.as_ref().map_or_else(|| Text::from(""), |path| path.joined().into())
}

/// "This name does not exist", with the nearest that does.
pub(super) fn unknown<'a>(name: &ast::Name, candidates: impl IntoIterator<Item = &'a str>, place: &Bilingual) -> Diagnostic {
    let text = &name.text;
    let (de, en) = (&place.de, &place.en);
    let diagnostic = Diagnostic::new(
        &UNKNOWN_NAME,
        name.span,
        both!("Der Name „{text}“ ist nicht bekannt {de}.", "The name “{text}” is not known {en}."),
    );
    match suggest::nearest(text, candidates) {
        Some(near) => {
            diagnostic.help(both!("Gemeint ist vielleicht „{near}“.", "Perhaps “{near}” is meant.")).fix(name.span, near)
        }
        None => diagnostic
            .help(both!("Prüfen Sie die Schreibweise, oder legen Sie den Namen an.", "Check the spelling, or declare the name.")),
    }
}

/// One of a few words, reported where it is none of them.
pub(super) fn word<T: Clone>(name: &ast::Name, known: &[(&str, T)], place: &Bilingual, out: &mut Diagnostics) -> Option<T> {
    if let Some((_, found)) = known.iter().find(|(word, _)| *word == name.text.as_ref()) {
        return Some(found.clone());
    }
    let words: Vec<&str> = known.iter().map(|(word, _)| *word).collect();
    let list = words.join(", ");
    let (text, de, en) = (&name.text, &place.de, &place.en);
    let mut diagnostic =
        Diagnostic::new(&UNKNOWN_NAME, name.span, both!("„{text}“ gibt es nicht {de}.", "There is no “{text}” {en}."))
            .help(both!("Es gibt: {list}.", "There are: {list}."));
    if let Some(near) = suggest::nearest(&name.text, words) {
        diagnostic = diagnostic.fix(name.span, near);
    }
    out.push(diagnostic);
    None
}

/// The words for procedural law.
pub(super) const REGIMES: &[(&str, Regime)] =
    &[("Sozialrecht", Regime::Social), ("Bundesrecht", Regime::Federal), ("Landesrecht", Regime::Land)];

/// "This name exists twice".
pub(super) fn duplicate(name: &str, second: Span, first: Span) -> Diagnostic {
    Diagnostic::new(
        &DUPLICATE_NAME,
        second,
        both!("Der Name „{name}“ ist schon vergeben.", "The name “{name}” is taken already."),
    )
    .label(first, both!("zuerst hier", "first here"))
    .help(both!("Geben Sie einem von beiden einen anderen Namen.", "Give one of the two another name."))
}

/// A name that nothing is called by.
pub static UNKNOWN_NAME: Code = Code {
    slug: "unknown-name",
    severity: Severity::Error,
    title_de: "Unbekannter Name",
    title_en: "Unknown name",
    norm: None,
    explain_de: "Der Text nennt etwas, das es hier nicht gibt: ein Feld, einen Beteiligten, einen Typ, einen Nachweis, ein Modul. \
        Meist ist es ein Schreibfehler, oder es fehlt „nutze …“ am Anfang der Datei. Der Übersetzer rät nie, was gemeint sein könnte; \
        er schlägt nur vor.",
    explain_en: "The text names something that does not exist here: a field, a participant, a type, an evidence, a module. Mostly it \
        is a slip of the pen, or “nutze …” is missing at the top of the file. The compiler never guesses; it only suggests.",
    example: "modul beispiel\n\nverfahren Antrag \"Antrag stellen\" {\n  leistung 99000000000000\n  verfahrensrecht Landesrecht\n  regel doppelt: Ganzzahl = anzal * 2\n  \
        seite angaben \"Angaben\" {\n    feld anzahl_personen \"Wie viele Personen?\": Ganzzahl\n  }\n}\n",
};

/// Two things of one name.
pub static DUPLICATE_NAME: Code = Code {
    slug: "duplicate-name",
    severity: Severity::Error,
    title_de: "Doppelter Name",
    title_en: "Duplicate name",
    norm: None,
    explain_de: "Zwei Dinge tragen denselben Namen. Namen sind Adressen: Übersetzungen, Varianten der Länder und Fälle sprechen mit \
        ihnen von genau einer Stelle. Deshalb gibt es jeden Namen in einem Modul und in einem Verfahren nur einmal.",
    explain_en: "Two things bear the same name. Names are addresses: translations, variants of the Länder and cases speak of exactly \
        one place by them. So each name exists only once in a module and in a procedure.",
    example: "modul beispiel\n\nauswahl Ampel {\n  rot \"Rot\"\n}\n\nauswahl Ampel {\n  grün \"Grün\"\n}\n",
};
