//! What the report says, as data: `bericht.schema.json` beside this file says what stands where.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::civil::Date;
use serde::Serialize;

use crate::both;
use crate::check::needs::Reason;
use crate::check::offers::Obstacle;
use crate::compiler::{Compilation, Service};
use crate::diagnostic::Bilingual;
use crate::diagnostic::suggest::nearest;
use crate::model::norm::cite;
use crate::model::procedure::Procedure;
use crate::model::text::in_words;
use crate::model::{DatumId, Label, Library, Register, RegisterId};
use crate::plan::outlook::{Burden, Outlook, outlook};
use crate::plan::{AskedWhen, PlannedDatum, PlannedEvidence, Road};

use super::super::writer::ledger::Words;

/// The version of the report's form; it changes when a reader would have to.
const FORM: &str = "blaupause-bericht/1";

/// The whole report.
#[derive(Debug, Serialize)]
pub struct Report {
    #[serde(rename = "form")]
    form: &'static str,
    /// For which day.
    #[serde(rename = "stichtag")]
    pub day: String,
    /// The procedures, each once for the Länder in which it is planned alike.
    #[serde(rename = "verfahren")]
    pub procedures: Vec<OfProcedure>,
    /// The registers that are not connected everywhere, the one that saves most first.
    #[serde(rename = "register")]
    pub registers: Vec<OfRegister>,
}

/// A procedure in Länder that plan it alike.
#[derive(Debug, Serialize)]
pub struct OfProcedure {
    /// Its name.
    #[serde(rename = "name")]
    pub name: String,
    /// Its title.
    #[serde(rename = "titel")]
    pub title: Words,
    /// The Länder by their two letters.
    #[serde(rename = "laender")]
    pub lands: Vec<String>,
    /// From when the plan holds.
    #[serde(rename = "gilt_von")]
    pub from: Option<String>,
    /// Until when it is known to hold.
    #[serde(rename = "gilt_bis")]
    pub until: Option<String>,
    /// Asked and handed in with what is connected.
    #[serde(rename = "heute")]
    pub today: Load,
    /// Asked and handed in with every register connected.
    #[serde(rename = "alles_angeschlossen")]
    pub everything: Load,
    /// Whether it is proved that nothing less can be asked.
    #[serde(rename = "kleinste_zahl_bewiesen")]
    pub proved: bool,
    /// Its data.
    #[serde(rename = "angaben")]
    pub data: Vec<OfDatum>,
    /// Its evidence.
    #[serde(rename = "nachweise")]
    pub evidence: Vec<OfEvidence>,
}

/// What is left to people.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Load {
    /// Questions.
    #[serde(rename = "fragen")]
    pub questions: usize,
    /// Evidence to hand in.
    #[serde(rename = "nachweise")]
    pub documents: usize,
}

impl From<Burden> for Load {
    fn from(burden: Burden) -> Load {
        Load { questions: burden.questions, documents: burden.documents }
    }
}

/// A datum.
#[derive(Debug, Serialize)]
pub struct OfDatum {
    /// Its address in the definition.
    #[serde(rename = "name")]
    pub name: String,
    /// Its text for people.
    #[serde(rename = "text")]
    pub text: Words,
    /// Its roads, the preferred one first.
    #[serde(rename = "wege")]
    pub roads: Vec<OfRoad>,
    /// Whether it is asked if everything on offer is fetched.
    #[serde(rename = "gefragt")]
    pub asked: bool,
    /// Why it is needed.
    #[serde(rename = "gruende")]
    pub reasons: Vec<Words>,
    /// The provisions that demand it.
    #[serde(rename = "normen")]
    pub norms: String,
}

/// A road.
#[derive(Debug, Serialize)]
pub struct OfRoad {
    /// `konto`, `register`, `ermittelt`, `gefragt`.
    #[serde(rename = "art")]
    pub kind: &'static str,
    /// In words.
    #[serde(rename = "text")]
    pub text: Words,
}

/// An evidence.
#[derive(Debug, Serialize)]
pub struct OfEvidence {
    /// Its key in the submission.
    #[serde(rename = "schluessel")]
    pub key: String,
    /// Its text for people, with the person.
    #[serde(rename = "text")]
    pub text: Words,
    /// The register it is fetched from.
    #[serde(rename = "register")]
    pub register: Option<String>,
    /// In which stage; those of one stage run side by side.
    #[serde(rename = "stufe")]
    pub stage: Option<usize>,
    /// Whether the register answers at once.
    #[serde(rename = "sofort")]
    pub immediate: Option<bool>,
    /// What is sent.
    #[serde(rename = "suchdaten")]
    pub sent: Vec<String>,
    /// Whether the identification number is used.
    #[serde(rename = "idnr")]
    pub by_number: bool,
    /// What comes back of what is needed.
    #[serde(rename = "liefert")]
    pub delivers: Vec<String>,
    /// Why it is not fetched.
    #[serde(rename = "hindernis")]
    pub obstacle: Option<Words>,
    /// Why it is needed.
    #[serde(rename = "normen")]
    pub norms: String,
}

/// A register that could be connected.
#[derive(Debug, Serialize)]
pub struct OfRegister {
    /// Its name.
    #[serde(rename = "name")]
    pub name: String,
    /// Its text for people.
    #[serde(rename = "text")]
    pub text: Words,
    /// What it saves over all procedures and Länder of the report, connected alone.
    #[serde(rename = "spart")]
    pub saves: Load,
    /// In how many procedures.
    #[serde(rename = "in_verfahren")]
    pub procedures: usize,
    /// In how many Länder.
    #[serde(rename = "in_laendern")]
    pub lands: usize,
}

/// Gathers what is to be told of these procedures; of all, if none is named.
pub fn gather(compilation: &Compilation, wanted: &[String]) -> Result<Report, Bilingual> {
    let known: Vec<&str> = compilation.model.procedures.iter().map(|procedure| procedure.name.as_ref()).collect();
    if let Some(wrong) = wanted.iter().find(|name| !known.contains(&name.as_str())) {
        let all = known.join(", ");
        return Err(match nearest(wrong, known.iter().copied()) {
            Some(near) => both!(
                "Ein Verfahren „{wrong}“ gibt es nicht. Meinten Sie „{near}“?",
                "There is no procedure “{wrong}”. Did you mean “{near}”?"
            ),
            None => both!(
                "Ein Verfahren „{wrong}“ gibt es nicht. Es gibt: {all}.",
                "There is no procedure “{wrong}”. There are: {all}."
            ),
        });
    }
    let day = compilation.day.unwrap_or_default();
    let mut procedures: Vec<OfProcedure> = Vec::new();
    let mut saved: BTreeMap<RegisterId, Saved> = BTreeMap::new();
    for (service, lands) in alike(compilation, wanted) {
        let outlook = outlook(&service.checked, &service.connections, day);
        for (register, more) in &outlook.with {
            saved.entry(*register).or_default().add(outlook.today.saved_by(*more), &service.checked.procedure().name, &lands);
        }
        procedures.push(of_procedure(service, lands, &outlook));
    }
    let library = &compilation.model.library;
    let mut registers: Vec<OfRegister> =
        saved.into_iter().filter_map(|(id, saved)| Some(saved.of(library.registers.get(id)?))).collect();
    registers.sort_by_key(|register| std::cmp::Reverse((register.saves.questions, register.saves.documents)));
    Ok(Report { form: FORM, day: day.to_string(), procedures, registers })
}

/// The services asked for, each with the Länder that share it.
fn alike<'c>(compilation: &'c Compilation, wanted: &[String]) -> Vec<(&'c Service, Vec<String>)> {
    let mut found: Vec<(&Arc<Service>, Vec<String>)> = Vec::new();
    for world in &compilation.lands {
        let Some(land) = compilation.model.library.lands.get(world.land) else { continue };
        for service in &world.services {
            if !wanted.is_empty() && !wanted.iter().any(|name| **name == *service.checked.procedure().name) {
                continue;
            }
            let key = land.key.to_lowercase();
            match found.iter_mut().find(|(known, _)| Arc::ptr_eq(known, service)) {
                Some((_, lands)) => lands.push(key),
                None => found.push((service, vec![key])),
            }
        }
    }
    found.into_iter().map(|(service, lands)| (service.as_ref(), lands)).collect()
}

/// What a register saves.
#[derive(Debug, Default)]
struct Saved {
    load: Load,
    procedures: BTreeSet<String>,
    lands: BTreeSet<String>,
}

impl Saved {
    fn add(&mut self, burden: Burden, procedure: &str, lands: &[String]) {
        self.load.questions += burden.questions * lands.len();
        self.load.documents += burden.documents * lands.len();
        self.procedures.insert(procedure.to_owned());
        self.lands.extend(lands.iter().cloned());
    }

    fn of(self, register: &Register) -> OfRegister {
        OfRegister {
            name: register.name.to_string(),
            text: words(&register.label),
            saves: self.load,
            procedures: self.procedures.len(),
            lands: self.lands.len(),
        }
    }
}

fn words(label: &Label) -> Words {
    Words { de: label.de.to_string(), en: label.english().to_owned() }
}

fn both_words(text: Bilingual) -> Words {
    Words { de: text.de, en: text.en }
}

fn of_procedure(service: &Service, lands: Vec<String>, outlook: &Outlook) -> OfProcedure {
    let (plan, procedure) = (&service.plan, service.checked.procedure());
    let writer = Writer { service, library: service.checked.library(), procedure };
    OfProcedure {
        name: procedure.name.to_string(),
        title: words(&procedure.title),
        lands,
        from: (plan.from > Date::MIN).then(|| plan.from.to_string()),
        until: plan.until.map(|day| day.to_string()),
        today: outlook.today.into(),
        everything: outlook.everything.into(),
        proved: plan.proved,
        data: plan.data.iter().filter_map(|planned| writer.datum(planned)).collect(),
        evidence: plan.evidence.iter().map(|planned| writer.evidence(planned)).collect(),
    }
}

struct Writer<'a> {
    service: &'a Service,
    library: &'a Library,
    procedure: &'a Procedure,
}

impl Writer<'_> {
    fn datum(&self, planned: &PlannedDatum) -> Option<OfDatum> {
        let datum = self.procedure.data.get(planned.datum)?;
        let person = datum.of.and_then(|(of, _)| self.procedure.participants.get(of));
        let text = match person {
            Some(person) => Words {
                de: format!("{} ({})", datum.label.de, person.label.de),
                en: format!("{} ({})", datum.label.english(), person.label.english()),
            },
            None => words(&datum.label),
        };
        let asked = self.service.plan.asked().any(|asked| asked.datum == planned.datum);
        Some(OfDatum {
            name: datum.name.to_string(),
            text,
            roads: planned.roads.iter().map(|road| self.road(planned, *road)).collect(),
            asked,
            reasons: self.reasons(planned),
            norms: cite(&datum.norms),
        })
    }

    fn road(&self, planned: &PlannedDatum, road: Road) -> OfRoad {
        match road {
            Road::Account => {
                OfRoad { kind: "konto", text: both_words(both!("das Nutzerkonto liefert es", "the account delivers it")) }
            }
            Road::Register(number) => {
                let (evidence, register) = self.evidence_and_register(number);
                let text = both!("aus „{}“ mit „{}“", "from “{}” with “{}”", register, evidence);
                OfRoad { kind: "register", text: both_words(text) }
            }
            Road::Investigated(number) => {
                let norms = self.procedure.investigations.get(number).map(|of| cite(&of.norms)).unwrap_or_default();
                let text = both!("die Behörde ermittelt es ({norms})", "the authority finds it out ({norms})");
                OfRoad { kind: "ermittelt", text: both_words(text) }
            }
            Road::Asked => OfRoad { kind: "gefragt", text: both_words(self.guards(&planned.asked)) },
        }
    }

    /// When it is asked, in words.
    fn guards(&self, guards: &[AskedWhen]) -> Bilingual {
        let parts: Vec<Bilingual> = guards.iter().map(|guard| self.guard(guard)).collect();
        if parts.iter().any(|part| part.de.is_empty()) {
            return both!("wird gefragt", "is asked");
        }
        let join = |words: Vec<&str>, or: &str| words.join(or);
        let de = join(parts.iter().map(|part| part.de.as_str()).collect(), ", oder ");
        let en = join(parts.iter().map(|part| part.en.as_str()).collect(), ", or ");
        both!("wird gefragt, {de}", "is asked {en}")
    }

    fn guard(&self, guard: &AskedWhen) -> Bilingual {
        let name = |number: usize| self.evidence_and_register(number).0;
        let mut de = Vec::new();
        let mut en = Vec::new();
        if let Some(number) = guard.fetching {
            let evidence = name(number);
            de.push(format!("wenn „{evidence}“ abgerufen wird"));
            en.push(format!("if “{evidence}” is fetched"));
        }
        if !guard.unless.is_empty() {
            let names: Vec<String> = guard.unless.iter().map(|number| format!("„{}“", name(*number))).collect();
            match names.as_slice() {
                [only] => {
                    de.push(format!("wenn {only} nicht abgerufen wird"));
                    en.push(format!("if {only} is not fetched"));
                }
                several => {
                    de.push(format!("wenn weder {} abgerufen wird", several.join(" noch ")));
                    en.push(format!("if neither {} is fetched", several.join(" nor ")));
                }
            }
        }
        Bilingual { de: de.join(" und "), en: en.join(" and ") }
    }

    /// The title of an evidence with its person, and that of the register it is fetched from.
    fn evidence_and_register(&self, number: usize) -> (String, String) {
        let Some(planned) = self.service.plan.evidence.get(number) else { return Default::default() };
        let register = planned.retrieval.as_ref().and_then(|retrieval| self.library.registers.get(retrieval.search.register));
        (self.title(planned).de, register.map(|register| register.label.de.to_string()).unwrap_or_default())
    }

    fn title(&self, planned: &PlannedEvidence) -> Words {
        let kind = self.library.evidence.get(planned.evidence).map(|kind| words(&kind.label));
        let mut title = kind.unwrap_or(Words { de: String::new(), en: String::new() });
        if let Some(person) = planned.of.and_then(|of| self.procedure.participants.get(of)) {
            title.de.push_str(&format!(" ({})", person.label.de));
            title.en.push_str(&format!(" ({})", person.label.english()));
        }
        title
    }

    fn evidence(&self, planned: &PlannedEvidence) -> OfEvidence {
        let retrieval = planned.retrieval.as_ref();
        let search = retrieval.map(|retrieval| &retrieval.search);
        let register = |id: RegisterId| self.library.registers.get(id).map(|register| register.label.de.to_string());
        let name = |datum: &DatumId| self.procedure.data.get(*datum).map(|datum| datum.name.to_string());
        let identification = search.and_then(|search| search.identification.as_ref());
        let sent = search.into_iter().flat_map(|search| &search.sent);
        let sent = sent.chain(identification.into_iter().flat_map(|identification| &identification.sent));
        let mut sent: Vec<String> = sent.map(|(_, path)| path.to_string()).collect();
        sent.dedup();
        OfEvidence {
            key: planned.key.clone(),
            text: self.title(planned),
            register: search.and_then(|search| register(search.register)),
            stage: retrieval.map(|retrieval| retrieval.stage),
            immediate: retrieval.map(|retrieval| retrieval.is_immediate()),
            sent,
            by_number: identification.is_some(),
            delivers: search.into_iter().flat_map(|search| search.delivers.iter().filter_map(name)).collect(),
            obstacle: planned.obstacle.as_ref().map(|obstacle| both_words(self.obstacle(obstacle))),
            norms: self.procedure.evidence.get(planned.needed).map(|need| cite(&need.norms)).unwrap_or_default(),
        }
    }

    fn obstacle(&self, obstacle: &Obstacle) -> Bilingual {
        let names = |registers: &[RegisterId]| {
            let registers = registers.iter().filter_map(|id| self.library.registers.get(*id));
            registers.map(|register| register.label.de.as_ref()).collect::<Vec<_>>().join(", ")
        };
        match obstacle {
            Obstacle::NoRegister => both!("kein Register führt ihn", "no register holds it"),
            Obstacle::NotConnected(registers) => {
                let names = names(registers);
                both!("{names}: hier nicht angeschlossen", "{names}: not connected here")
            }
            Obstacle::OtherPerson(_) => {
                both!("über jemand anderen: gefragt und eingereicht", "about somebody else: asked and handed in")
            }
            Obstacle::SeveralPersons(_) => both!("über mehrere Personen", "about several persons"),
            Obstacle::NoticeOnly(_) => {
                both!("eine Anzeige ist kein Antrag (§ 5 Abs. 1 EGovG)", "a notice is no application (§ 5 Abs. 1 EGovG)")
            }
            Obstacle::NoPreview(_) => both!("ohne Online-Antrag keine Vorschau", "no preview without an online application"),
            Obstacle::TrustTooLow(_) => both!("das Vertrauensniveau ist zu niedrig", "the trust level is too low"),
            Obstacle::OnlyDelayed(_) => {
                both!("antwortet nur verzögert (§ 67f Abs. 1 SGB X)", "answers only with delay (§ 67f Abs. 1 SGB X)")
            }
            Obstacle::NoGround(_) => both!("keine Rechtsgrundlage für den Abruf", "no legal ground for the retrieval"),
            Obstacle::NoSearch(_) => both!("mit den vorhandenen Angaben nicht zu finden", "can't be found by what is known"),
            Obstacle::OtherAlternative => both!("ein anderer Nachweis genügt", "another evidence is enough"),
        }
    }

    fn reasons(&self, planned: &PlannedDatum) -> Vec<Words> {
        if !planned.needed {
            return vec![both_words(both!("Suche in einem Register", "search in a register"))];
        }
        let reasons = self.service.checked.reasons(planned.datum).iter().filter_map(|reason| self.reason(*reason));
        let mut told: Vec<Words> = Vec::new();
        for reason in reasons.map(both_words) {
            if !told.contains(&reason) {
                told.push(reason);
            }
        }
        told
    }

    fn reason(&self, reason: Reason) -> Option<Bilingual> {
        let procedure = self.procedure;
        let named = |de: &str, en: &str, name: &str| {
            let name = in_words(name);
            both!("{de} „{name}“", "{en} “{name}”")
        };
        Some(match reason {
            Reason::Place => both!("Zuständigkeit", "competence"),
            Reason::Norm => return None, // the norms stand beside it
            Reason::Identity => both!("wer beteiligt ist", "who takes part"),
            Reason::Rule(id) => named("Berechnung", "computation of", &procedure.rules.get(id)?.name),
            Reason::Table(id) => named("Tabelle", "table", &procedure.decisions.get(id)?.name),
            Reason::Precondition(id) => named("Voraussetzung", "precondition", &procedure.preconditions.get(id)?.name),
            Reason::Condition => both!("weitere Fragen hängen davon ab", "further questions rest on it"),
            Reason::Evidence(_) => both!("ob ein Nachweis nötig ist", "whether evidence is needed"),
            Reason::Proof(_) => both!("wird nachgewiesen", "is proved"),
            Reason::Fee(number) => named("Gebühr", "fee", &procedure.fees.get(number)?.name),
            Reason::Deadline(id) => named("Frist", "deadline", &procedure.deadlines.get(id)?.name),
            Reason::Notice(id) => {
                let title = &procedure.notices.get(id)?.title;
                let (de, en) = (&title.de, title.english());
                both!("steht im Bescheid „{de}“", "stands in the notice “{en}”")
            }
            Reason::Step => both!("Bearbeitung", "handling of the case"),
            Reason::Forced => {
                let why = procedure.asked.iter().map(|(_, why)| why.as_ref()).next().unwrap_or_default();
                both!("ausdrücklich gefragt: {why}", "asked on purpose: {why}")
            }
        })
    }
}
