//! The pages: place first, then what the designer arranged, each evidence that can be fetched before the first page that may do
//! without its questions, then what nobody arranged, the evidence to hand in, and what must be declared.

use std::collections::{BTreeMap, BTreeSet};

use crate::both;
use crate::check::Checked;
use crate::diagnostic::Bilingual;
use crate::model::Label;
use crate::model::ids::{DatumId, Id};
use crate::model::norm::cite;
use crate::model::procedure::PageEntry;
use crate::model::text::machine_name;

use super::{PlannedDatum, PlannedEntry, PlannedEvidence, PlannedPage, Road};

/// The pages of the form, with the evidence knowing where it is fetched. Each question stands on exactly one page.
pub(super) fn arrange(
    checked: &Checked,
    data: Vec<PlannedDatum>,
    evidence: Vec<PlannedEvidence>,
) -> (Vec<PlannedDatum>, Vec<PlannedEvidence>, Vec<PlannedPage>) {
    let mut arranger = Arranger { checked, data, evidence, pages: Vec::new() };
    arranger.place_retrievals();
    let spots = arranger.spots();
    arranger.write(&spots);
    (arranger.data, arranger.evidence, arranger.pages)
}

/// Where a question stands, in the order of the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Spot {
    /// On the first page: it decides where the procedure belongs.
    Place,
    /// Before a page of the designer's, for the search of a stage.
    Search(usize, usize),
    /// Before a page of the designer's, after everything was fetched there: what was not delivered after all.
    SecondRoad(usize),
    /// On this page of the designer's; after the last one: what nobody arranged.
    Page(usize),
}

struct Arranger<'a> {
    checked: &'a Checked,
    data: Vec<PlannedDatum>,
    evidence: Vec<PlannedEvidence>,
    pages: Vec<PlannedPage>,
}

impl Arranger<'_> {
    fn last(&self) -> usize {
        self.checked.procedure().pages.len()
    }

    fn place(&self) -> Option<DatumId> {
        self.checked.procedure().authority.as_ref().and_then(|competence| competence.place)
    }

    /// The number of the designer's page that shows a datum; behind the last for what no page shows.
    fn page_of(&self, datum: DatumId) -> usize {
        let page = self.checked.procedure().data.get(datum).and_then(|datum| datum.page);
        page.map_or_else(|| self.last(), Id::index)
    }

    /// Decides before which page each evidence is fetched: as soon as it is known to be needed, if it saves questions; otherwise
    /// at the end, with all that is handed in.
    fn place_retrievals(&mut self) {
        let stages = self.evidence.iter().filter_map(|planned| planned.retrieval.as_ref()).map(|retrieval| retrieval.stage);
        for stage in 1..=stages.max().unwrap_or(0) {
            let ready: Vec<(usize, usize)> = self
                .evidence
                .iter()
                .enumerate()
                .filter_map(|(number, planned)| {
                    let retrieval = planned.retrieval.as_ref().filter(|retrieval| retrieval.stage == stage)?;
                    if retrieval.search.delivers.is_empty() || !retrieval.is_immediate() {
                        return Some((number, self.last()));
                    }
                    let awaited = planned.awaits.iter().map(|datum| self.known_before(*datum, stage));
                    let searched = retrieval.search.requires().map(|datum| self.delivered_before(datum, stage).unwrap_or(0));
                    Some((number, awaited.chain(searched).max().unwrap_or(0)))
                })
                .collect();
            for (number, before) in ready {
                if let Some(retrieval) = self.evidence.get_mut(number).and_then(|planned| planned.retrieval.as_mut()) {
                    retrieval.before_page = before;
                }
            }
        }
    }

    /// Before which page a datum is known: from the account and by place at once, from a register of an earlier stage where that is
    /// fetched, otherwise after its own page.
    fn known_before(&self, datum: DatumId, stage: usize) -> usize {
        let planned = self.data.iter().find(|planned| planned.datum == datum);
        let from_account = planned.is_some_and(|planned| planned.roads.first() == Some(&Road::Account));
        if from_account || self.place() == Some(datum) {
            return 0;
        }
        self.delivered_before(datum, stage).unwrap_or_else(|| (self.page_of(datum) + 1).min(self.last()))
    }

    fn delivered_before(&self, datum: DatumId, stage: usize) -> Option<usize> {
        let earlier = self.evidence.iter().filter_map(|planned| planned.retrieval.as_ref()).filter(|retrieval| {
            retrieval.stage < stage && retrieval.is_immediate() && retrieval.search.delivers.contains(&datum)
        });
        earlier.map(|retrieval| retrieval.before_page).max()
    }

    /// Where each question stands: for a search where that comes first, on its page where all that decides about it is known by then,
    /// otherwise after what may deliver it.
    fn spots(&self) -> BTreeMap<DatumId, Spot> {
        let asked = self.data.iter().filter(|planned| planned.roads.contains(&Road::Asked));
        asked.map(|planned| (planned.datum, self.spot(planned))).collect()
    }

    fn spot(&self, planned: &PlannedDatum) -> Spot {
        let page = self.page_of(planned.datum);
        if self.place() == Some(planned.datum) {
            return Spot::Place;
        }
        let retrievals = || self.evidence.iter().filter_map(|planned| planned.retrieval.as_ref());
        let searched = retrievals().filter(|retrieval| retrieval.search.requires().any(|datum| datum == planned.datum));
        let in_need = searched
            .filter(|retrieval| retrieval.before_page <= page && self.delivered_before(planned.datum, retrieval.stage).is_none());
        if let Some(first) = in_need.map(|retrieval| (retrieval.before_page, retrieval.stage)).min() {
            return Spot::Search(first.0, first.1);
        }
        let unless = planned.asked.iter().flat_map(|when| &when.unless).filter_map(|number| self.evidence.get(*number));
        let decided = unless.filter_map(|other| other.retrieval.as_ref()).map(|retrieval| retrieval.before_page).max();
        match decided {
            Some(decided) if decided > page => Spot::SecondRoad(decided),
            _ => Spot::Page(page),
        }
    }

    fn write(&mut self, spots: &BTreeMap<DatumId, Spot>) {
        let procedure = self.checked.procedure();
        let at = |spot: Spot| -> Vec<DatumId> { spots.iter().filter(|(_, of)| **of == spot).map(|(datum, _)| *datum).collect() };
        self.place_page(&at(Spot::Place));
        let mut declared: BTreeSet<usize> = BTreeSet::new();
        let pages: Vec<_> = procedure.pages.values().collect();
        for before in 0..=pages.len() {
            self.retrieval_pages(before, spots);
            let Some(page) = pages.get(before) else { break };
            let here = at(Spot::Page(before));
            let mut placed: BTreeSet<DatumId> = BTreeSet::new();
            let mut entries = Vec::new();
            for entry in &page.entries {
                match entry {
                    PageEntry::Datum(datum) if here.contains(datum) && placed.insert(*datum) => {
                        entries.push(self.question(*datum))
                    }
                    PageEntry::Datum(_) => {}
                    PageEntry::Hint(text, condition) => entries.push(PlannedEntry::Hint(text.clone(), condition.clone())),
                    PageEntry::Declaration(index) => {
                        if declared.insert(*index) {
                            entries.push(PlannedEntry::Declaration(*index));
                        }
                    }
                }
            }
            if entries.iter().any(|entry| !matches!(entry, PlannedEntry::Hint(..))) {
                let name = machine_name(&page.name);
                let condition = page.condition.clone();
                self.pages.push(PlannedPage { name, title: page.title.clone(), condition, entries });
            }
        }
        let rest = at(Spot::Page(self.last())).into_iter().map(|datum| self.question(datum)).collect();
        self.push("weitere_angaben", &both!("Weitere Angaben", "Further details"), rest);
        let evidence = (0..self.evidence.len()).map(PlannedEntry::Evidence).collect();
        self.push("nachweise", &both!("Nachweise", "Evidence"), evidence);
        let open = (0..procedure.declarations.len()).filter(|index| !declared.contains(index));
        self.push("erklaerungen", &both!("Erklärungen", "Declarations"), open.map(PlannedEntry::Declaration).collect());
    }

    fn place_page(&mut self, data: &[DatumId]) {
        let norms = self.checked.procedure().authority.as_ref().map_or(&[][..], |competence| &competence.norms);
        let cited = if norms.is_empty() { String::new() } else { format!(" ({})", cite(norms)) };
        let why = label(&both!(
            "Nach dieser Angabe richtet sich, welche Stelle für Sie zuständig ist{cited}.",
            "This decides which authority is competent for you{cited}."
        ));
        let mut entries: Vec<PlannedEntry> = data.iter().map(|datum| self.question(*datum)).collect();
        if !entries.is_empty() {
            entries.insert(0, PlannedEntry::Hint(why, None));
        }
        self.push("zustaendigkeit", &both!("Wer ist zuständig?", "Which authority is competent?"), entries);
    }

    /// What is fetched before a page: the choice, what the searches need, a look at what came, and what did not come after all.
    fn retrieval_pages(&mut self, before: usize, spots: &BTreeMap<DatumId, Spot>) {
        let here: Vec<(usize, usize, bool)> = self
            .evidence
            .iter()
            .enumerate()
            .filter_map(|(number, planned)| {
                let retrieval = planned.retrieval.as_ref().filter(|retrieval| retrieval.before_page == before)?;
                Some((number, retrieval.stage, retrieval.is_immediate()))
            })
            .collect();
        let choices = here.iter().map(|(number, ..)| PlannedEntry::Choice(*number)).collect();
        self.push("abruf", &both!("Nachweise abrufen", "Let us fetch evidence"), choices);
        let stages: BTreeSet<usize> = here.iter().map(|(_, stage, _)| *stage).collect();
        for stage in stages {
            self.person_pages(spots, Spot::Search(before, stage), &both!("Angaben für den Abruf", "Details for the retrieval"));
            let fetched = here.iter().filter(|(_, of, immediate)| *of == stage && *immediate);
            let previews = fetched.map(|(number, ..)| PlannedEntry::Preview(*number)).collect();
            self.push("vorschau", &both!("Abgerufene Nachweise prüfen", "Check what was fetched"), previews);
        }
        self.person_pages(spots, Spot::SecondRoad(before), &both!("Ihre Angaben", "Your details"));
    }

    /// The questions at a spot, one page a person.
    fn person_pages(&mut self, spots: &BTreeMap<DatumId, Spot>, spot: Spot, otherwise: &Bilingual) {
        let procedure = self.checked.procedure();
        let mut by_person: BTreeMap<_, Vec<DatumId>> = BTreeMap::new();
        for datum in spots.iter().filter(|(_, of)| **of == spot).map(|(datum, _)| *datum) {
            let person = procedure.data.get(datum).and_then(|datum| datum.of).map(|(person, _)| person);
            by_person.entry(person).or_default().push(datum);
        }
        for (person, data) in by_person {
            let person = person.and_then(|person| procedure.participants.get(person));
            let title = person.map_or_else(|| label(otherwise), |person| person.label.clone());
            let name = person.map_or_else(|| "angaben".to_owned(), |person| format!("angaben_{}", machine_name(&person.name)));
            let entries = data.into_iter().map(|datum| self.question(datum)).collect();
            self.push_titled(&name, title, entries);
        }
    }

    fn question(&self, datum: DatumId) -> PlannedEntry {
        let planned = self.data.iter().find(|planned| planned.datum == datum);
        let from_account = planned.is_some_and(|planned| planned.roads.first() == Some(&Road::Account));
        PlannedEntry::Question { datum, from_account }
    }

    fn push(&mut self, name: &str, title: &Bilingual, entries: Vec<PlannedEntry>) {
        self.push_titled(name, label(title), entries);
    }

    /// Adds a page of the compiler's own, under a name no other page has, unless it would be empty.
    fn push_titled(&mut self, name: &str, title: Label, entries: Vec<PlannedEntry>) {
        if entries.is_empty() {
            return;
        }
        let taken = |name: &str| {
            let designed = self.checked.procedure().pages.values().any(|page| machine_name(&page.name) == name);
            designed || self.pages.iter().any(|page| page.name == name)
        };
        let mut unique = name.to_owned();
        let mut number = 1;
        while taken(&unique) {
            number += 1;
            unique = format!("{name}_{number}");
        }
        self.pages.push(PlannedPage { name: unique, title, condition: None, entries });
    }
}

fn label(text: &Bilingual) -> Label {
    Label { de: text.de.as_str().into(), en: Some(text.en.as_str().into()) }
}
