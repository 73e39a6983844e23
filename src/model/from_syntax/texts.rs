//! Texts for people with their translations: `texte en für X { address "…" }`.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::both;
use crate::diagnostic::{Diagnostic, Diagnostics, suggest};
use crate::model::text::Label;
use crate::source::{FileId, Span, Text};
use crate::syntax::ast::address;
use crate::syntax::ast::{self, DeclarationKind};

use super::names::{UNKNOWN_NAME, duplicate};

/// All translations of a world, by owner and address.
#[derive(Debug, Default)]
pub(super) struct Texts {
    owners: BTreeMap<Text, BTreeMap<Text, Entry>>,
    files: BTreeMap<Text, Vec<FileId>>,
    declared: Vec<(ast::Name, Text)>,
}

#[derive(Debug)]
struct Entry {
    text: Text,
    span: Span,
    /// Whether somebody asked for it; what nobody asks for has a wrong address.
    used: AtomicBool,
}

impl Texts {
    /// Gathers the translations of all files.
    pub(super) fn gather(files: &[Arc<ast::File>], out: &mut Diagnostics) -> Texts {
        let mut texts = Texts::default();
        for file in files {
            for declaration in &file.declarations {
                if let DeclarationKind::Texts(block) = &declaration.kind {
                    texts.add(file.id, block, out);
                }
            }
        }
        texts
    }

    fn add(&mut self, file: FileId, block: &ast::Texts, out: &mut Diagnostics) {
        let owner = &block.of.text;
        if block.language.text.as_ref() != "en" {
            let language = &block.language.text;
            out.push(
                Diagnostic::new(
                    &UNKNOWN_NAME,
                    block.language.span,
                    both!("Die Sprache „{language}“ ist nicht bekannt.", "The language “{language}” is not known."),
                )
                .help(both!(
                    "Übersetzt wird bisher ins Englische: texte en für …",
                    "So far one translates to English: texte en für …"
                )),
            );
            return;
        }
        self.declared.push((block.of.clone(), owner.clone()));
        let files = self.files.entry(owner.clone()).or_default();
        if !files.contains(&file) {
            files.push(file);
        }
        let entries = self.owners.entry(owner.clone()).or_default();
        for entry in &block.entries {
            let address: Text = entry.address.joined().into();
            if let Some(first) = entries.get(&address) {
                out.push(duplicate(&address, entry.address.span, first.span));
                continue;
            }
            without_holes(&entry.text, out);
            let text = entry.text.plain();
            entries.insert(address, Entry { text, span: entry.address.span, used: AtomicBool::new(false) });
        }
    }

    /// The label at an address; empty where nothing is written.
    pub(super) fn label(&self, owner: &str, address: &str, template: Option<&ast::Template>) -> Label {
        let de = template.map_or_else(|| Text::from(""), ast::Template::plain);
        Label { de, en: self.english(owner, address) }
    }

    /// The English text at an address.
    pub(super) fn english(&self, owner: &str, address: &str) -> Option<Text> {
        let entry = self.owners.get(owner)?.get(address)?;
        entry.used.store(true, Ordering::Relaxed);
        Some(entry.text.clone())
    }

    /// What only a Land adds has its address too, though the base does not ask for its text.
    pub(super) fn expect_additions(&self, variant: &ast::Variant) {
        for operation in &variant.operations {
            let added: Vec<Text> = address::items_of(&operation.payload).iter().filter_map(|item| item.address().name).collect();
            let entries = self.owners.get(&variant.procedure.text).into_iter().flatten();
            let of_it = |address: &str| address.split('.').next().is_some_and(|first| added.iter().any(|name| **name == *first));
            entries.filter(|(address, _)| of_it(address)).for_each(|(_, entry)| entry.used.store(true, Ordering::Relaxed));
        }
    }

    /// The files that translate something.
    pub(super) fn files(&self, owner: &str) -> &[FileId] {
        self.files.get(owner).map_or(&[], Vec::as_slice)
    }

    /// Reports translations of what does not exist. `addresses` gives the known addresses of an owner, for suggestions.
    pub(super) fn report_unused(&self, owners: &BTreeSet<Text>, out: &mut Diagnostics) {
        for (name, owner) in &self.declared {
            if !owners.contains(owner) {
                out.push(super::names::unknown(name, owners.iter().map(AsRef::as_ref), &both!("", "")));
            }
        }
        for (owner, entries) in &self.owners {
            if !owners.contains(owner) {
                continue;
            }
            for (address, entry) in entries {
                if entry.used.load(Ordering::Relaxed) {
                    continue;
                }
                let mut diagnostic = Diagnostic::new(
                    &UNKNOWN_NAME,
                    entry.span,
                    both!(
                        "„{owner}“ hat keinen Text mit der Adresse „{address}“.",
                        "“{owner}” has no text with the address “{address}”."
                    ),
                );
                let others =
                    entries.iter().filter(|(_, entry)| entry.used.load(Ordering::Relaxed)).map(|(name, _)| name.as_ref());
                if let Some(near) = suggest::nearest(address, others) {
                    diagnostic = diagnostic.help(both!("Ähnlich: „{near}“.", "Similar: “{near}”."));
                }
                out.push(diagnostic);
            }
        }
    }
}

/// Only notices are filled in; a hole anywhere else would vanish without a word.
pub(super) fn without_holes(template: &ast::Template, out: &mut Diagnostics) {
    let holes = template.parts.iter().filter_map(|part| match part {
        ast::TemplatePart::Hole(hole) => Some(hole.span),
        ast::TemplatePart::Words(_) => None,
    });
    let what = both!("Ein Wert in diesem Text", "A value in this text");
    holes.for_each(|span| out.push(super::not_yet(span, &what)));
}
