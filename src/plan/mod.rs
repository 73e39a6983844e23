//! `Checked`, connections and a day to a [`Plan`]: the source of each datum, the evidence, the stages of retrieval, the pages.
//!
//! Each datum has roads: the account delivers it, a register delivers it with an evidence that is needed anyway, the authority finds
//! it out, it is asked. A case takes the first that is open and chosen. [`minimal`] finds the fewest questions; every question
//! carries its guard, so that choosing to hand in an evidence brings back exactly the questions whose road it was.

mod cases;
mod guards;
pub mod minimal;
pub mod outlook;
mod pages;
pub mod set;
mod sources;
mod validity;

use jiff::civil::Date;

use crate::check::Checked;
use crate::check::offers::{Access, Obstacle, Offer, Search, offers};
use crate::land::connections::Connections;
use crate::model::ids::{DatumId, EvidenceId, ParticipantId};
use crate::model::text::machine_name;
use crate::model::{Expression, Label};

pub use cases::Planned;
pub use guards::AskedWhen;

/// Plans a checked procedure for a day.
pub fn plan(checked: &Checked, connections: &Connections, day: Date) -> Plan {
    let offers = offers(checked.library(), checked.procedure(), &connections.answering);
    let keys = keys(checked, &offers);
    let open = offers.into_iter().zip(keys).map(|(offer, key)| PlannedEvidence::open(checked, offer, key));
    let (evidence, ways): (Vec<_>, Vec<_>) = open.unzip();
    let (data, evidence, proved) = sources::fewest_questions(checked, evidence, &ways, day);
    let (data, evidence, pages) = pages::arrange(checked, data, evidence);
    let (from, until) = validity::of(checked, connections, day);
    Plan { from, until, data, evidence, pages, proved }
}

/// How a procedure gets what it needs.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Plan {
    /// The first day on which it holds.
    pub from: Date,
    /// The last day on which it is known to hold: then a connection or a parameter changes.
    pub until: Option<Date>,
    /// Every datum that is needed, or by which a register is searched, in the order of the definition.
    pub data: Vec<PlannedDatum>,
    /// The evidence, in order.
    pub evidence: Vec<PlannedEvidence>,
    /// The pages of the form, in order. Each question stands on exactly one.
    pub pages: Vec<PlannedPage>,
    /// Whether it is proved that no plan asks less. Only procedures of an unheard-of size leave that open.
    pub proved: bool,
}

impl Plan {
    /// A datum of the plan.
    pub fn datum(&self, id: DatumId) -> Option<&PlannedDatum> {
        self.data.iter().find(|planned| planned.datum == id)
    }

    /// The data that are asked if everything on offer is fetched and the account delivers what it can.
    pub fn asked(&self) -> impl Iterator<Item = &PlannedDatum> {
        let fetched = |_: usize| true;
        self.data.iter().filter(move |planned| {
            planned.roads.first() != Some(&Road::Account) && planned.asked.iter().any(|when| when.holds(fetched, fetched))
        })
    }

    /// The retrievals, with the number of their evidence.
    pub fn retrievals(&self) -> impl Iterator<Item = (usize, &PlannedEvidence, &Retrieval)> {
        let evidence = self.evidence.iter().enumerate();
        evidence.filter_map(|(number, planned)| planned.retrieval.as_ref().map(|retrieval| (number, planned, retrieval)))
    }
}

/// A datum and its roads.
#[derive(Debug, Clone, PartialEq)]
pub struct PlannedDatum {
    /// Which.
    pub datum: DatumId,
    /// The roads in the order of preference; never empty.
    pub roads: Vec<Road>,
    /// When it is asked, unless the account delivers it: where one of these holds. Empty: never.
    pub asked: Vec<AskedWhen>,
    /// Whether the procedure itself needs it; otherwise only registers are searched by it.
    pub needed: bool,
}

/// Where a datum comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Road {
    /// The account delivers it for the person logged in.
    Account,
    /// A register delivers it with the evidence of this number in [`Plan::evidence`].
    Register(usize),
    /// The authority finds it out: the number of the investigation in the procedure.
    Investigated(usize),
    /// It is asked.
    Asked,
}

/// One evidence: to be fetched, or to be handed in.
#[derive(Debug, Clone, PartialEq)]
pub struct PlannedEvidence {
    /// Its key in the submission's `nachweise`: `Geburtsurkunde_kind`.
    pub key: String,
    /// Its kind.
    pub evidence: EvidenceId,
    /// About whom.
    pub of: Option<ParticipantId>,
    /// Index in the procedure's needed evidence.
    pub needed: usize,
    /// Which alternative way of that need it belongs to.
    pub way: usize,
    /// How it is fetched, if that is on offer. Whoever it is about chooses.
    pub retrieval: Option<Retrieval>,
    /// Why it is not on offer.
    pub obstacle: Option<Obstacle>,
    /// Whether it can be handed in; always, unless a norm says that only a retrieval counts.
    pub hand_in: bool,
    /// The data on which it rests whether it is needed.
    pub awaits: Vec<DatumId>,
}

impl PlannedEvidence {
    /// An evidence before it is decided how it is fetched, and the ways of which one can be chosen.
    fn open(checked: &Checked, offer: Offer, key: String) -> (PlannedEvidence, Vec<Search>) {
        let kind = checked.library().evidence.get(offer.evidence);
        let (searches, obstacle) = match offer.access {
            Access::Open(searches) => (searches, None),
            Access::Closed(obstacle) => (Vec::new(), Some(obstacle)),
        };
        let planned = PlannedEvidence {
            key,
            evidence: offer.evidence,
            of: offer.of,
            needed: offer.needed,
            way: offer.way,
            retrieval: None,
            obstacle,
            hand_in: kind.is_none_or(|kind| kind.only_retrieval.is_none()),
            awaits: offer.awaits,
        };
        (planned, searches)
    }
}

/// How an evidence is fetched.
#[derive(Debug, Clone, PartialEq)]
pub struct Retrieval {
    /// The register, what it is searched by, what it delivers.
    pub search: Search,
    /// Retrievals of one stage run side by side; each stage needs what those before it deliver. From 1.
    pub stage: usize,
    /// Where in the form it is chosen and looked at: before this page of the designer's.
    pub before_page: usize,
}

impl Retrieval {
    /// Whether the applicant sees it before filing; otherwise the workflow fetches it afterwards.
    pub fn is_immediate(&self) -> bool {
        self.search.immediate
    }
}

/// A page of the form.
#[derive(Debug, Clone, PartialEq)]
pub struct PlannedPage {
    /// Its machine-readable name, unique among the pages.
    pub name: String,
    /// Its title.
    pub title: Label,
    /// When it is shown at all.
    pub condition: Option<Expression>,
    /// What stands on it.
    pub entries: Vec<PlannedEntry>,
}

/// What stands on a page.
#[derive(Debug, Clone, PartialEq)]
pub enum PlannedEntry {
    /// A question; shown where the datum exists and [`PlannedDatum::asked`] holds.
    Question {
        /// Which datum.
        datum: DatumId,
        /// The account delivers it: shown, not asked, where the account is used; asked otherwise.
        from_account: bool,
    },
    /// A note with its condition.
    Hint(Label, Option<Expression>),
    /// A wording to confirm: index in the procedure's declarations.
    Declaration(usize),
    /// The choice between fetching and handing in: index in [`Plan::evidence`].
    Choice(usize),
    /// What a register delivered, to be looked at before it is used: index in [`Plan::evidence`].
    Preview(usize),
    /// An evidence to hand in where it is not fetched: index in [`Plan::evidence`].
    Evidence(usize),
}

/// The key of each evidence in a submission: its kind and the person it is about.
fn keys(checked: &Checked, offers: &[Offer]) -> Vec<String> {
    let mut keys: Vec<String> = Vec::with_capacity(offers.len());
    for offer in offers {
        let kind = checked.library().evidence.get(offer.evidence).map_or("", |kind| &kind.name);
        let person = offer.of.and_then(|of| checked.procedure().participants.get(of));
        let mut key = machine_name(kind);
        if let Some(person) = person {
            key.push('_');
            key.push_str(&machine_name(&person.name));
        }
        while keys.contains(&key) {
            key.push('_');
        }
        keys.push(key);
    }
    keys
}
