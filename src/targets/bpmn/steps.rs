//! Steps of the workflow to nodes, each kind in its own function. Every split is closed by its own join or by ends.

use crate::both;
use crate::model::expression::{Context, Duration, ExpressionKind};
use crate::model::norm::cite;
use crate::model::procedure::Consequence;
use crate::model::text::{in_words, machine_name};
use crate::model::workflow::{DecisionTarget, Request, Step, StepKind};
use crate::model::{Expression, Label};
use crate::rules::value::show_duration;
use crate::targets::expression::plain::{Lowering, Plain};

use super::build::{Builder, Loose, Way};
use super::document::{Cell, NodeKind};
use super::question::question;

/// The variable that says whether all preconditions hold: `ja`, `nein`, `offen`.
pub const FULFILLED: &str = "erfuellt";

const YES: &str = "ja";
const NO: &str = "nein";
const OPEN: &str = "offen";

/// The applicant's pool.
const APPLICANT: usize = 0;

/// A statement asked of somebody.
struct Inquiry<'n> {
    /// The id of the task that asks.
    id: &'n str,
    /// Its name.
    name: &'n str,
    /// What comes back.
    answer: &'n str,
    /// Who is asked: index of the pool.
    partner: usize,
}

/// A limit and what follows when it passes.
type Limit<'s> = Option<(Duration, Option<&'s Consequence>)>;

impl Builder<'_> {
    /// Steps one after the other. At the tail of the workflow branches end by themselves instead of meeting again.
    pub(super) fn steps(&mut self, steps: &[Step], mut way: Way, tail: bool) -> Way {
        for (index, step) in steps.iter().enumerate() {
            if way.is_over() {
                break;
            }
            let tail = tail && index + 1 == steps.len();
            way = self.step(step, way, tail);
        }
        way
    }

    fn step(&mut self, step: &Step, way: Way, tail: bool) -> Way {
        let norm = cite(&step.norms);
        let clerk = self.lane;
        match &step.kind {
            StepKind::Receipt | StepKind::Unsupported => way,
            StepKind::CheckComplete { within, missing } => {
                self.check_complete(way, norm, limit(within.as_ref()), missing.as_ref())
            }
            StepKind::CheckExternal { name, label, body } => {
                let kind = NodeKind::ServiceTask { topic: machine_name(name) };
                let (node, way) = self.append(way, name, &label.de, norm, kind, clerk);
                if !body.is_empty() {
                    let partner = self.partner(body);
                    self.message("Anfrage", node, partner, false);
                }
                way
            }
            StepKind::Task { name, label, role, four_eyes, within, .. } => {
                if let Some(within) = within {
                    let shown = show_duration(*within);
                    self.imprecise(
                        name,
                        both!(
                            "Die Bearbeitungsfrist ({shown}) steht als Hinweis bei der Aufgabe; kein System überwacht sie.",
                            "The time for the task ({shown}) is a note beside it; no engine watches it."
                        ),
                        false,
                    );
                }
                self.task(way, name, label, role, *four_eyes, norm)
            }
            StepKind::Appointment { name, label } => self.task(way, name, label, "Sachbearbeitung", false, norm),
            StepKind::Decide { what, automatic, discretion } => {
                let norms = if automatic.is_empty() { norm } else { cite(automatic) };
                self.decide(way, *what, !automatic.is_empty() && !discretion, norms)
            }
            StepKind::Branch { condition, then, otherwise } => self.branch(way, condition, then, otherwise, tail),
            StepKind::Parallel(branches) => self.parallel(way, branches),
            StepKind::Consult { body, label, within } => {
                let partner = self.partner(body);
                let asked =
                    if label.de == *body { format!("{body} beteiligen") } else { format!("{}: {body} beteiligen", label.de) };
                let inquiry = Inquiry { id: body, name: &asked, answer: "Stellungnahme", partner };
                self.ask(way, inquiry, limit(within.as_ref()), norm)
            }
            StepKind::Hear { who, within } => {
                let label = self.procedure.participants.values().find(|participant| participant.name == *who);
                let (partner, name) = match label {
                    Some(label) if !label.role.is_logged_in() => {
                        let name = label.label.de.to_string();
                        (self.partner(&name), name)
                    }
                    _ => (APPLICANT, "Antragstellende Person".to_owned()),
                };
                let (id, name) = (format!("anhoerung_{who}"), format!("{name} anhören"));
                let inquiry = Inquiry { id: &id, name: &name, answer: "Äußerung", partner };
                self.ask(way, inquiry, limit(within.as_ref()), norm)
            }
            StepKind::Issue(notice) => {
                let Some(notice) = self.procedure.notices.get(*notice) else { return way };
                let kind = NodeKind::ServiceTask { topic: "bescheid_bekanntgeben".to_owned() };
                let name = format!("{} bekannt geben", notice.title.de);
                let norms = if step.norms.is_empty() { cite(&notice.norms) } else { norm };
                let (node, way) = self.append(way, &notice.name, &name, norms, kind, clerk);
                self.message(&notice.title.de, node, APPLICANT, false);
                self.last_notice = Some(notice.title.de.to_string());
                way
            }
            StepKind::FollowUp(after) => {
                let duration = self.duration("wiedervorlage", *after);
                let name = format!("{} später", show_duration(*after));
                let (_, way) = self.append(way, "wiedervorlage", &name, norm.clone(), NodeKind::Timer { duration }, clerk);
                self.last_notice = None;
                let label = Label::german("Wiedervorlage bearbeiten");
                self.task(way, "wiedervorlage_bearbeiten", &label, "Sachbearbeitung", false, norm)
            }
        }
    }

    /// A person does something; with four eyes it goes round again until it is another person than before.
    fn task(&mut self, way: Way, name: &str, label: &Label, role: &str, four_eyes: bool, norm: String) -> Way {
        let lane = self.lane(role);
        let before = self.last_person.clone();
        let who = format!("{}_von", machine_name(name).to_lowercase());
        self.last_person = Some(who.clone());
        let Some(before) = before.filter(|_| four_eyes) else {
            if four_eyes {
                self.imprecise(
                    name,
                    both!(
                        "Vor dieser Aufgabe hat noch niemand gehandelt; das Vier-Augen-Prinzip greift erst bei einer zweiten Person.",
                        "Nobody has acted before this task; four eyes need a second person."
                    ),
                    true,
                );
            }
            return self.append(way, name, &label.de, norm, NodeKind::UserTask, lane).1;
        };
        let (again, way) = self.open_loop(way, &format!("{name}_erneut"), lane);
        let (_, way) = self.append(way, name, &label.de, norm, NodeKind::UserTask, lane);
        let (gate, mut way) =
            self.append(way, &format!("{name}_vier_augen"), "Andere Person als zuvor?", String::new(), NodeKind::Exclusive, lane);
        let row = self.above();
        self.tie(vec![Loose::otherwise(gate, NO).over(row)], again);
        way.loose =
            vec![Loose::when(gate, YES, Plain::NotEqual(Box::new(Plain::variable(who)), Box::new(Plain::variable(before))))];
        way
    }

    /// A join to which a later step can come back.
    fn open_loop(&mut self, way: Way, id: &str, lane: usize) -> (usize, Way) {
        let node = self.node(id, "", String::new(), NodeKind::Exclusive, Cell { lane, row: way.row, column: way.column });
        self.tie(way.loose, node);
        (node, Way { loose: vec![Loose::next(node)], row: way.row, column: way.column + 1 })
    }

    /// The next free row above the block at hand.
    fn above(&mut self) -> i32 {
        self.top -= 1;
        self.top
    }

    fn check_complete(&mut self, way: Way, norm: String, within: Limit<'_>, missing: Option<&Request>) -> Way {
        let lane = self.lane;
        let outer = std::mem::replace(&mut self.top, way.row);
        let (again, way) = match missing {
            Some(_) => {
                let (again, way) = self.open_loop(way, "unterlagen_liegen_vor", lane);
                (Some(again), way)
            }
            None => (None, way),
        };
        let label = "Vollständigkeit prüfen";
        let (check, mut way) = self.append(way, "vollstaendigkeit_pruefen", label, norm, NodeKind::UserTask, lane);
        self.last_person = Some("vollstaendigkeit_pruefen_von".to_owned());
        let timer = within.map(|(duration, consequence)| {
            let name = late_name(duration, consequence);
            if matches!(consequence, Some(Consequence::Refuse)) {
                self.goes_on("prüfe vollständig", "versagen");
            }
            self.note_named("prüfe vollständig", consequence);
            let duration = self.duration("prüfe vollständig", duration);
            let kind = NodeKind::BoundaryTimer { duration, host: check };
            self.node("pruefung_frist", &name, String::new(), kind, Cell { lane, row: way.row, column: way.column - 1 })
        });
        if let (Some(again), Some(request)) = (again, missing) {
            let (gate, after) =
                self.append(way, "vollstaendig", "Unterlagen vollständig?", String::new(), NodeKind::Exclusive, lane);
            let row = self.above();
            let branch = Way { loose: vec![Loose::otherwise(gate, NO)], row, column: after.column };
            let late = self.request(branch, request, again);
            let mut loose = vec![Loose::when(gate, YES, is("vollstaendig", YES))];
            loose.extend(late.loose);
            way = Way { loose, row: after.row, column: late.column };
        }
        if let Some(timer) = timer {
            let row = self.above();
            way.loose.push(Loose::next(timer).over(row));
        }
        let way = self.join(way, &NodeKind::Exclusive);
        self.top = self.top.min(outer);
        way
    }

    /// Asks for what is missing, waits, and comes back; what is left of the way when time has passed.
    fn request(&mut self, way: Way, request: &Request, again: usize) -> Way {
        let lane = self.lane;
        let kind = NodeKind::ServiceTask { topic: "nachfordern".to_owned() };
        let (asked, way) = self.append(way, "nachfordern", "Fehlendes nachfordern", cite(&request.norms), kind, lane);
        self.message("Nachforderung", asked, APPLICANT, false);
        let (first, way) =
            self.append(way, "nachforderung_offen", "Was geschieht zuerst?", String::new(), NodeKind::EventBased, lane);
        let row = self.above();
        let kind = NodeKind::Message { message: "nachgereicht".to_owned() };
        let came =
            self.node("nachgereicht", "Unterlagen nachgereicht", String::new(), kind, Cell { lane, row, column: way.column });
        self.message("Nachgereichte Unterlagen", came, APPLICANT, true);
        self.tie(vec![Loose::next(first)], came);
        let back = self.above();
        self.tie(vec![Loose::next(came).over(back)], again);
        let shown = show_duration(request.within);
        let duration = self.duration("nachfordern", request.within);
        let name = format!("{shown} vorbei");
        let (_, way) = self.append(way, "nachforderung_frist", &name, String::new(), NodeKind::Timer { duration }, lane);
        self.consequence(way, request.consequence.as_ref(), cite(&request.norms))
    }

    /// What follows when time has passed: the way ends, or goes on where the law says so.
    fn consequence(&mut self, way: Way, consequence: Option<&Consequence>, norm: String) -> Way {
        let lane = self.lane;
        let over = |column: usize| Way { loose: Vec::new(), row: way.row, column };
        match consequence {
            Some(Consequence::Continue) => way,
            Some(Consequence::Deemed(state)) => {
                let after = over(way.column + 1);
                self.end_as(way, "antrag_gilt_als", &format!("Antrag gilt als {}", state.replace('_', " ")));
                after
            }
            Some(Consequence::Named(state)) => {
                let after = over(way.column + 1);
                self.end_as(way, "frist_verstrichen", &in_words(state));
                after
            }
            Some(Consequence::Refuse) | None => {
                let after = over(way.column + 2);
                let (refuse, way) = self.append(way, "versagen", "Leistung versagen", norm, NodeKind::UserTask, lane);
                self.message("Versagung", refuse, APPLICANT, false);
                self.end_as(way, "versagt", "Leistung versagt");
                after
            }
        }
    }

    /// Notes a consequence that the process cannot draw by itself.
    fn note_named(&mut self, what: &str, consequence: Option<&Consequence>) {
        if let Some(Consequence::Named(name)) = consequence {
            self.goes_on(what, name);
        }
    }

    fn goes_on(&mut self, what: &str, consequence: &str) {
        self.imprecise(
            what,
            both!(
                "Verstreicht die Frist, geht der Ablauf weiter; die Folge „{consequence}“ zieht die Behörde selbst.",
                "Where the deadline passes, the process goes on; the authority itself draws the consequence “{consequence}”."
            ),
            true,
        );
    }

    fn decide(&mut self, way: Way, what: DecisionTarget, automatic: bool, norm: String) -> Way {
        let lane = self.lane;
        let (decision, result, name) = match what {
            DecisionTarget::Preconditions if !self.procedure.preconditions.is_empty() => {
                ("voraussetzungen".to_owned(), FULFILLED.to_owned(), "Voraussetzungen auswerten".to_owned())
            }
            DecisionTarget::Table(table) if let Some(table) = self.procedure.decisions.get(table) => {
                let result = table.outputs.first().map_or_else(|| machine_name(&table.name), |output| machine_name(&output.name));
                (machine_name(&table.name), result, format!("{} bestimmen", in_words(&table.name)))
            }
            _ => return self.decide_by_hand(way, "entscheiden", "Über den Antrag entscheiden", norm, lane),
        };
        let kind = NodeKind::Decision { decision: decision.clone(), result: result.clone() };
        let (_, way) = self.append(way, &format!("entscheide_{decision}"), &name, norm.clone(), kind, lane);
        if !automatic {
            let by_hand = if result == FULFILLED {
                "Über den Antrag entscheiden".to_owned()
            } else {
                format!("{} bestätigen", in_words(&result))
            };
            return self.decide_by_hand(way, "entscheiden", &by_hand, norm, lane);
        }
        if result != FULFILLED {
            return way;
        }
        let outer = std::mem::replace(&mut self.top, way.row);
        let (gate, way) = self.append(way, "eindeutig", "Ergebnis eindeutig?", String::new(), NodeKind::Exclusive, lane);
        let row = self.above();
        let open = Way { loose: vec![Loose::when(gate, NO, is(FULFILLED, OPEN))], row, column: way.column };
        let by_hand = self.decide_by_hand(open, "entscheiden", "Von Hand entscheiden", norm, lane);
        let mut loose = vec![Loose::otherwise(gate, YES)];
        loose.extend(by_hand.loose);
        let way = self.join(Way { loose, row: way.row, column: by_hand.column }, &NodeKind::Exclusive);
        self.top = self.top.min(outer);
        way
    }

    fn decide_by_hand(&mut self, way: Way, id: &str, name: &str, norm: String, lane: usize) -> Way {
        self.last_person = Some(format!("{id}_von"));
        self.append(way, id, name, norm, NodeKind::UserTask, lane).1
    }

    fn branch(&mut self, way: Way, condition: &Expression, then: &[Step], otherwise: &[Step], tail: bool) -> Way {
        let lane = self.lane;
        let asked = question(self.library, self.procedure, condition);
        let lowering = Lowering::new(self.library, self.procedure);
        let may_be_open = lowering.open_when(condition).is_ok_and(|open| open != Plain::Truth(false));
        if may_be_open && !matches!(condition.kind, ExpressionKind::Context(Context::AllFulfilled)) {
            let no = &asked.no;
            self.imprecise(
                &asked.question,
                both!(
                    "Fehlt die Angabe hier noch, geht der Ablauf den Weg „{no}“. Ein Mensch stellt sie vorher fest.",
                    "Where the datum is still missing here, the process takes the way “{no}”. A person establishes it before."
                ),
                false,
            );
        }
        let (way, gate_of) = match lowering.true_when(condition) {
            Ok(gate) => (way, gate),
            Err(why) => {
                // A person answers what the engines cannot compute.
                let id = self.id("frage");
                self.imprecise(&asked.question, why, true);
                let (_, way) = self.append(way, &id, &asked.question, asked.documentation.clone(), NodeKind::UserTask, lane);
                (way, is(&format!("{id}_antwort"), YES))
            }
        };
        let outer = std::mem::replace(&mut self.top, way.row);
        let (gate, way) = self.append(way, "verzweigung", &asked.question, asked.documentation, NodeKind::Exclusive, lane);
        let notice = self.last_notice.clone();
        let person = self.last_person.clone();

        // What is empty on the straight way would leave a long line there: the longer branch goes straight on.
        let yes = Loose::when(gate, &asked.yes, gate_of);
        let no = Loose::otherwise(gate, &asked.no);
        let ((first, straight), (second, aside)) =
            if then.is_empty() { ((no, otherwise), (yes, then)) } else { ((yes, then), (no, otherwise)) };

        let first = self.steps(straight, Way { loose: vec![first], row: way.row, column: way.column }, tail);
        let first_notice = std::mem::replace(&mut self.last_notice, notice.clone());
        let first_person = std::mem::replace(&mut self.last_person, person);
        let mut column = first.column;
        let mut loose = first.loose;
        if tail {
            self.last_notice = first_notice.clone();
            self.end(Way { loose: std::mem::take(&mut loose), row: way.row, column });
            self.last_notice = notice;
        }
        let row = self.above();
        let second = if aside.is_empty() && !tail {
            Way { loose: vec![second.over(row)], row, column: way.column }
        } else {
            self.steps(aside, Way { loose: vec![second], row, column: way.column }, tail)
        };
        if tail {
            self.end(second);
        } else {
            column = column.max(second.column);
            loose.extend(second.loose);
        }
        self.last_notice = self.last_notice.take().or(first_notice);
        self.last_person = self.last_person.take().or(first_person);
        let way = self.join(Way { loose, row: way.row, column }, &NodeKind::Exclusive);
        self.top = self.top.min(outer);
        way
    }

    fn parallel(&mut self, way: Way, branches: &[Step]) -> Way {
        let lane = self.lane;
        if branches.len() < 2 {
            return self.steps(branches, way, false);
        }
        let outer = std::mem::replace(&mut self.top, way.row);
        let (split, way) = self.append(way, "gleichzeitig", "", String::new(), NodeKind::Parallel, lane);
        let (mut loose, mut column) = (Vec::new(), way.column);
        for (index, branch) in branches.iter().enumerate() {
            let row = if index == 0 { way.row } else { self.above() };
            let begin = Way { loose: vec![Loose::next(split)], row, column: way.column };
            let done = self.steps(std::slice::from_ref(branch), begin, false);
            column = column.max(done.column);
            loose.extend(done.loose);
        }
        let way = self.join(Way { loose, row: way.row, column }, &NodeKind::Parallel);
        self.top = self.top.min(outer);
        way
    }

    /// Asks somebody for a statement and waits for it, at most until the limit.
    fn ask(&mut self, way: Way, inquiry: Inquiry<'_>, within: Limit<'_>, norm: String) -> Way {
        let Inquiry { id, name, answer, partner } = inquiry;
        let lane = self.lane;
        let outer = std::mem::replace(&mut self.top, way.row);
        let kind = NodeKind::ServiceTask { topic: "beteiligen".to_owned() };
        let (asked, way) = self.append(way, id, name, norm.clone(), kind, lane);
        self.message("Anfrage", asked, partner, false);
        let arrived = format!("{answer} eingegangen");
        let message = NodeKind::Message { message: format!("{}_geantwortet", machine_name(id).to_lowercase()) };
        let Some((duration, consequence)) = within else {
            let (came, way) = self.append(way, &format!("{id}_antwort"), &arrived, String::new(), message, lane);
            self.message(answer, came, partner, true);
            self.top = self.top.min(outer);
            return way;
        };
        let (first, way) =
            self.append(way, &format!("{id}_offen"), "Was geschieht zuerst?", String::new(), NodeKind::EventBased, lane);
        let (came, answered) = self.append(way.clone(), &format!("{id}_antwort"), &arrived, String::new(), message, lane);
        self.message(answer, came, partner, true);
        let row = self.above();
        let iso = self.duration(name, duration);
        self.note_named(name, consequence);
        let passed = Way { loose: vec![Loose::next(first)], row, column: way.column };
        let late = late_name(duration, consequence);
        let kind = NodeKind::Timer { duration: iso };
        let (_, passed) = self.append(passed, &format!("{id}_frist"), &late, String::new(), kind, lane);
        let mut loose = answered.loose;
        let mut column = answered.column;
        if consequence == Some(&Consequence::Refuse) {
            column = column.max(self.consequence(passed, consequence, norm).column);
        } else {
            loose.extend(passed.loose);
        }
        let way = self.join(Way { loose, row: way.row, column }, &NodeKind::Exclusive);
        self.top = self.top.min(outer);
        way
    }
}

fn limit(within: Option<&(Duration, Option<Consequence>)>) -> Limit<'_> {
    within.map(|(duration, consequence)| (*duration, consequence.as_ref()))
}

/// The name of the event that time has passed, with what is deemed then.
fn late_name(duration: Duration, consequence: Option<&Consequence>) -> String {
    let shown = show_duration(duration);
    match consequence {
        Some(Consequence::Deemed(state)) => format!("{shown} vorbei: gilt als {}", state.replace('_', " ")),
        _ => format!("{shown} vorbei"),
    }
}

/// A variable has this text as its value.
fn is(variable: &str, value: &str) -> Plain {
    Plain::equal(Plain::variable(variable), Plain::text(value))
}
