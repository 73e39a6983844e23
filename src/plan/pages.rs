//! The pages: as the designer arranged them, then what nobody arranged, then the evidence, then what must be declared.

use std::collections::BTreeSet;

use crate::check::Checked;
use crate::model::Label;
use crate::model::ids::DatumId;
use crate::model::procedure::PageEntry;
use crate::model::text::machine_name;

use super::{PlannedDatum, PlannedEntry, PlannedEvidence, PlannedPage, Road};

/// The pages of the form. Each question stands on exactly one.
pub(super) fn arrange(checked: &Checked, data: &[PlannedDatum], evidence: &[PlannedEvidence]) -> Vec<PlannedPage> {
    let procedure = checked.procedure();
    let mut placed: BTreeSet<DatumId> = BTreeSet::new();
    let mut declared: BTreeSet<usize> = BTreeSet::new();
    let question = |datum: DatumId| {
        let planned = data.iter().find(|planned| planned.datum == datum)?;
        planned
            .roads
            .contains(&Road::Asked)
            .then(|| PlannedEntry::Question { datum, from_account: planned.roads.first() == Some(&Road::Account) })
    };

    let mut pages: Vec<PlannedPage> = Vec::new();
    for page in procedure.pages.values() {
        let mut entries = Vec::new();
        for entry in &page.entries {
            match entry {
                PageEntry::Datum(datum) if placed.insert(*datum) => entries.extend(question(*datum)),
                PageEntry::Datum(_) => {}
                PageEntry::Hint(text, condition) => entries.push(PlannedEntry::Hint(text.clone(), condition.clone())),
                PageEntry::Declaration(index) => {
                    if declared.insert(*index) {
                        entries.push(PlannedEntry::Declaration(*index));
                    }
                }
            }
        }
        if !entries.is_empty() {
            pages.push(PlannedPage {
                name: machine_name(&page.name),
                title: page.title.clone(),
                condition: page.condition.clone(),
                entries,
            });
        }
    }

    let rest = procedure.data.iter().map(|(id, _)| id).filter(|id| !placed.contains(id)).filter_map(question).collect();
    push_page(&mut pages, "weitere_angaben", "Weitere Angaben", "Further details", rest);
    let evidence = (0..evidence.len()).map(PlannedEntry::Evidence).collect();
    push_page(&mut pages, "nachweise", "Nachweise", "Evidence", evidence);
    let open = (0..procedure.declarations.len()).filter(|index| !declared.contains(index));
    push_page(&mut pages, "erklaerungen", "Erklärungen", "Declarations", open.map(PlannedEntry::Declaration).collect());
    pages
}

/// Adds a page of the compiler's own, under a name no other page has, unless it would be empty.
fn push_page(pages: &mut Vec<PlannedPage>, name: &str, de: &str, en: &str, entries: Vec<PlannedEntry>) {
    if entries.is_empty() {
        return;
    }
    let mut unique = name.to_owned();
    while pages.iter().any(|page| page.name == unique) {
        unique.push('_');
    }
    let title = Label { de: de.into(), en: Some(en.into()) };
    pages.push(PlannedPage { name: unique, title, condition: None, entries });
}
