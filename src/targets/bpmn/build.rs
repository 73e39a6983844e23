//! The frame on which a process is built: nodes are put into cells, loose ends are tied to what comes next.

use std::collections::BTreeSet;

use crate::both;
use crate::diagnostic::Bilingual;
use crate::model::expression::{Duration, DurationUnit};
use crate::model::text::machine_name;
use crate::model::{Library, Procedure};
use crate::targets::expression::plain::Plain;

use super::document::{Cell, Flow, Lane, MessageFlow, Node, NodeKind, Partner, Process, iso_duration};

/// The name of the message that brings the application.
pub const APPLICATION: &str = "antrag";

/// The role that works where no other is named.
const CLERK: &str = "Sachbearbeitung";

/// The process of a procedure, and what it does not carry: what and why.
pub fn build(library: &Library, procedure: &Procedure) -> (Process, Vec<Imprecision>) {
    let mut builder = Builder {
        library,
        procedure,
        process: Process {
            id: machine_name(&procedure.name).to_lowercase(),
            name: procedure.title.de.to_string(),
            version: procedure.version.as_ref().map(|(version, _)| version.to_string()),
            ..Process::default()
        },
        taken: BTreeSet::new(),
        imprecise: Vec::new(),
        lane: 0,
        top: 0,
        last_person: None,
        last_notice: None,
    };
    let id = builder.process.id.clone();
    builder.taken.insert(id);
    builder.whole();
    (builder.process, builder.imprecise)
}

/// Something that the process says less precisely than the definition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imprecision {
    /// What of the definition.
    pub what: String,
    /// Why, and what to do about it.
    pub why: Bilingual,
    /// Whether it is not said at all.
    pub dropped: bool,
}

/// A way that is not tied to its next node yet.
#[derive(Debug, Clone)]
pub(super) struct Loose {
    pub source: usize,
    pub name: String,
    pub condition: Option<Plain>,
    pub default: bool,
    pub over: Option<i32>,
}

impl Loose {
    /// Simply what comes next.
    pub fn next(source: usize) -> Loose {
        Loose { source, name: String::new(), condition: None, default: false, over: None }
    }

    /// The answer that is taken under a condition.
    pub fn when(source: usize, name: &str, condition: Plain) -> Loose {
        Loose { name: name.to_owned(), condition: Some(condition), ..Loose::next(source) }
    }

    /// The answer that is taken otherwise.
    pub fn otherwise(source: usize, name: &str) -> Loose {
        Loose { name: name.to_owned(), default: true, ..Loose::next(source) }
    }

    /// Along a row of its own.
    pub fn over(self, row: i32) -> Loose {
        Loose { over: Some(row), ..self }
    }
}

/// Where the building stands on one way: the loose ends, the row, the next free column.
#[derive(Debug, Clone)]
pub(super) struct Way {
    pub loose: Vec<Loose>,
    pub row: i32,
    pub column: usize,
}

impl Way {
    /// Whether the way has ended.
    pub fn is_over(&self) -> bool {
        self.loose.is_empty()
    }
}

pub(super) struct Builder<'a> {
    pub library: &'a Library,
    pub procedure: &'a Procedure,
    pub process: Process,
    taken: BTreeSet<String>,
    pub imprecise: Vec<Imprecision>,
    /// The lane in which automatic steps stand.
    pub lane: usize,
    /// The highest row in use by the block at hand (smallest number).
    pub top: i32,
    /// The variable that names who acted last.
    pub last_person: Option<String>,
    /// The title of the notice issued last on this way.
    pub last_notice: Option<String>,
}

impl Builder<'_> {
    fn whole(&mut self) {
        let applicant = self.id("antragstellende_person");
        self.process.partners.push(Partner { id: applicant, name: "Antragstellende Person".to_owned(), above: true });
        self.lane(CLERK);
        let kind = NodeKind::Start { message: APPLICATION.to_owned() };
        let start = self.node("eingang", "Antrag eingegangen", String::new(), kind, Cell { lane: self.lane, row: 0, column: 0 });
        self.message("Antrag", start, 0, true);
        let way = Way { loose: vec![Loose::next(start)], row: 0, column: 1 };
        let procedure = self.procedure;
        let way = self.steps(&procedure.workflow, way, true);
        self.end(way);
    }

    /// An id nobody else has.
    pub fn id(&mut self, wanted: &str) -> String {
        let wanted = machine_name(wanted).to_lowercase();
        let mut id = wanted.clone();
        let mut number = 2;
        while !self.taken.insert(id.clone()) {
            id = format!("{wanted}_{number}");
            number += 1;
        }
        id
    }

    /// The lane of a role.
    pub fn lane(&mut self, role: &str) -> usize {
        if let Some(lane) = self.process.lanes.iter().position(|lane| lane.name == role) {
            return lane;
        }
        let id = self.id(&format!("rolle_{role}"));
        self.process.lanes.push(Lane { id, name: role.to_owned() });
        self.process.lanes.len() - 1
    }

    /// The pool of another body.
    pub fn partner(&mut self, name: &str) -> usize {
        if let Some(partner) = self.process.partners.iter().position(|partner| partner.name == name) {
            return partner;
        }
        let id = self.id(&format!("stelle_{name}"));
        self.process.partners.push(Partner { id, name: name.to_owned(), above: false });
        self.process.partners.len() - 1
    }

    /// Puts a node into a cell, tied to nothing.
    pub fn node(&mut self, id: &str, name: &str, documentation: String, kind: NodeKind, cell: Cell) -> usize {
        let id = self.id(id);
        self.top = self.top.min(cell.row);
        self.process.nodes.push(Node { id, name: name.to_owned(), documentation, kind, cell });
        self.process.nodes.len() - 1
    }

    /// Appends a node to a way; several loose ends meet in a join first.
    pub fn append(&mut self, way: Way, id: &str, name: &str, documentation: String, kind: NodeKind, lane: usize) -> (usize, Way) {
        let way = self.join(way, &NodeKind::Exclusive);
        let node = self.node(id, name, documentation, kind, Cell { lane, row: way.row, column: way.column });
        self.tie(way.loose, node);
        (node, Way { loose: vec![Loose::next(node)], row: way.row, column: way.column + 1 })
    }

    /// Lets several loose ends meet.
    pub fn join(&mut self, way: Way, kind: &NodeKind) -> Way {
        if way.loose.len() < 2 {
            return way;
        }
        let lane = self.lane;
        let node = self.node("zusammen", "", String::new(), kind.clone(), Cell { lane, row: way.row, column: way.column });
        self.tie(way.loose, node);
        Way { loose: vec![Loose::next(node)], row: way.row, column: way.column + 1 }
    }

    /// Ties loose ends to a node.
    pub fn tie(&mut self, loose: Vec<Loose>, target: usize) {
        for Loose { source, name, condition, default, over } in loose {
            let part = |node: Option<&Node>| node.map(|node| node.id.clone()).unwrap_or_default();
            let wanted = format!("{}_zu_{}", part(self.process.nodes.get(source)), part(self.process.nodes.get(target)));
            let id = self.id(&wanted);
            if let Some(row) = over {
                self.top = self.top.min(row);
            }
            self.process.flows.push(Flow { id, name, source, target, condition, default, over });
        }
    }

    /// What goes to a partner or comes from it.
    pub fn message(&mut self, name: &str, node: usize, partner: usize, incoming: bool) {
        let wanted = format!("nachricht_{}", self.process.nodes.get(node).map(|node| node.id.as_str()).unwrap_or_default());
        let id = self.id(&wanted);
        self.process.messages.push(MessageFlow { id, name: name.to_owned(), node, partner, incoming });
    }

    /// Ends a way, if it goes on.
    pub fn end(&mut self, way: Way) {
        if way.is_over() {
            return;
        }
        let name = match &self.last_notice {
            Some(notice) => format!("{notice} bekannt gegeben"),
            None => "Verfahren abgeschlossen".to_owned(),
        };
        let lane =
            way.loose.last().and_then(|loose| self.process.nodes.get(loose.source)).map_or(self.lane, |last| last.cell.lane);
        self.append(way, "ende", &name, String::new(), NodeKind::End, lane);
    }

    /// Ends a way in a named state.
    pub fn end_as(&mut self, way: Way, id: &str, name: &str) {
        if !way.is_over() {
            let lane = self.lane;
            self.append(way, id, name, String::new(), NodeKind::End, lane);
        }
    }

    /// Notes what is said less precisely.
    pub fn imprecise(&mut self, what: &str, why: Bilingual, dropped: bool) {
        self.imprecise.push(Imprecision { what: what.to_owned(), why, dropped });
    }

    /// A duration as the engines read it. They count from now on; the law counts by §§ 187 to 193 BGB.
    pub fn duration(&mut self, what: &str, duration: Duration) -> String {
        match iso_duration(duration) {
            Some(iso) => {
                self.imprecise(
                    what,
                    both!(
                        "Die Frist läuft im Ablauf als Kalenderdauer ab jetzt. Fällt ihr Ende auf einen Samstag, Sonntag oder Feiertag, endet sie im Recht erst am nächsten Werktag (§ 193 BGB).",
                        "The deadline runs as a calendar duration from now on. Where it ends on a Saturday, Sunday or holiday, the law ends it on the next working day (§ 193 BGB)."
                    ),
                    false,
                );
                iso
            }
            None => {
                let (a_week, word) =
                    if duration.unit == DurationUnit::Weekday { (6_u32, "Werktagen") } else { (5, "Arbeitstagen") };
                self.imprecise(
                    what,
                    both!(
                        "Workflow-Systeme rechnen nicht in {word}: aus je {a_week} von ihnen wird eine Woche, Feiertage zählen nicht.",
                        "Workflow systems do not count such days: {a_week} of them become a week, holidays are not counted."
                    ),
                    false,
                );
                let (count, a_week) = (u64::from(duration.count), u64::from(a_week));
                format!("P{}D", count / a_week * 7 + count % a_week)
            }
        }
    }
}
