//! Which procedures there are, by what a case or a variant knows of them: a name, a file, a module.

use std::collections::BTreeMap;

use crate::both;
use crate::diagnostic::Diagnostic;
use crate::source::{FileId, Text};
use crate::syntax::ast;

use super::{Written, names};

/// Where procedures stand in the order of their declaration.
#[derive(Default)]
pub(super) struct Directory<'a> {
    by_name: BTreeMap<&'a str, Vec<usize>>,
    by_module: BTreeMap<Text, Vec<usize>>,
    by_file: BTreeMap<FileId, Vec<usize>>,
}

impl<'a> Directory<'a> {
    /// All procedures.
    pub(super) fn of(procedures: &[Written<'a>]) -> Directory<'a> {
        let mut directory = Directory::default();
        for (index, written) in procedures.iter().enumerate() {
            directory.by_name.entry(&written.tree.name.text).or_default().push(index);
            directory.by_module.entry(written.module.clone()).or_default().push(index);
            directory.by_file.entry(written.file).or_default().push(index);
        }
        directory
    }

    /// Those of a name.
    pub(super) fn named(&self, name: &ast::Name) -> &[usize] {
        self.by_name.get(name.text.as_ref()).map_or(&[], Vec::as_slice)
    }

    /// Those that a file declares.
    pub(super) fn in_file(&self, file: FileId) -> &[usize] {
        self.by_file.get(&file).map_or(&[], Vec::as_slice)
    }

    /// Those that a file sees: its own, and those of the modules it names.
    pub(super) fn seen(&self, file: FileId, modules: &[Text]) -> Vec<usize> {
        let of_modules = modules.iter().filter_map(|module| self.by_module.get(module)).flatten();
        let mut seen: Vec<usize> = self.in_file(file).iter().chain(of_modules).copied().collect();
        seen.sort_unstable();
        seen.dedup();
        seen
    }

    /// "There is no procedure of this name."
    pub(super) fn unknown(&self, name: &ast::Name) -> Diagnostic {
        names::unknown(name, self.by_name.keys().copied(), &both!("unter den Verfahren", "among the procedures"))
    }
}
