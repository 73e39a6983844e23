//! What can stand in a submission, and when: participants as objects, fields at the root, evidence, declarations.

use std::borrow::Cow;

use crate::model::ids::{DatumId, Id, ParticipantId};
use crate::model::procedure::{Datum, Declaration, NeededEvidence, Participant};
use crate::model::{EvidenceType, Expression, Library, Procedure, machine_key};
use crate::plan::{Plan, PlannedEvidence, Road};
use crate::rules::evaluate::conditions;
use crate::targets::expression::json_schema::{Bounds, Scope, holds};
use crate::targets::expression::test::{EACH, Path};

/// The key of the evidence in a submission.
pub const EVIDENCE: &str = "nachweise";
/// The key of the confirmed declarations in a submission.
pub const DECLARATIONS: &str = "erklaerungen";

/// A procedure's submission, with the place of each part.
pub struct Submission<'a> {
    /// What procedures share.
    pub library: &'a Library,
    /// The procedure.
    pub procedure: &'a Procedure,
    /// The plan that says what is submitted.
    pub plan: &'a Plan,
    /// What stands at the root, in the order of the form.
    pub parts: Vec<Part<'a>>,
    places: Vec<Option<Path<'a>>>,
}

/// What stands at the root of a submission.
#[derive(Debug)]
pub enum Part<'a> {
    /// A participant: an object, or a list of them.
    Person(Person<'a>),
    /// A field of the procedure.
    Field(Field<'a>),
}

/// A participant in a submission.
#[derive(Debug)]
pub struct Person<'a> {
    /// Its key.
    pub key: Cow<'a, str>,
    /// Which.
    pub id: ParticipantId,
    /// The participant.
    pub participant: &'a Participant,
    /// What is said of it.
    pub fields: Vec<Field<'a>>,
}

/// A datum in a submission.
#[derive(Debug)]
pub struct Field<'a> {
    /// Its key in its object.
    pub key: Cow<'a, str>,
    /// Which.
    pub id: DatumId,
    /// The datum.
    pub datum: &'a Datum,
}

impl<'a> Submission<'a> {
    /// The submission of a procedure: what is asked, and what the account delivers.
    pub fn new(library: &'a Library, procedure: &'a Procedure, plan: &'a Plan) -> Submission<'a> {
        let mut parts: Vec<Part<'a>> = Vec::new();
        let mut places = vec![None; procedure.data.len()];
        for planned in &plan.data {
            let sent = planned.roads.iter().any(|road| matches!(road, Road::Account | Road::Register(_) | Road::Asked));
            let Some(datum) = procedure.data.get(planned.datum).filter(|_| sent) else { continue };
            let own = datum.name.rsplit_once('.').map_or(&*datum.name, |(_, own)| own);
            let field = Field { key: machine_key(own), id: planned.datum, datum };
            let person = datum.of.and_then(|(of, _)| procedure.participants.get(of).map(|participant| (of, participant)));
            let mut path: Path<'a> = Vec::with_capacity(3);
            match person {
                Some((id, participant)) => {
                    let key = machine_key(&participant.name);
                    path.push(key.clone());
                    if participant.repeat.is_some() {
                        path.push(EACH.into());
                    }
                    path.push(field.key.clone());
                    let known = parts.iter_mut().find_map(|part| match part {
                        Part::Person(person) if person.id == id => Some(person),
                        _ => None,
                    });
                    match known {
                        Some(person) => person.fields.push(field),
                        None => parts.push(Part::Person(Person { key, id, participant, fields: vec![field] })),
                    }
                }
                None => {
                    path.push(field.key.clone());
                    parts.push(Part::Field(field));
                }
            }
            if let Some(place) = places.get_mut(planned.datum.index()) {
                *place = Some(path);
            }
        }
        Submission { library, procedure, plan, parts, places }
    }

    /// Where a datum stands, if it is submitted.
    pub fn place(&self, datum: DatumId) -> Option<&Path<'a>> {
        self.places.get(datum.index())?.as_ref()
    }

    /// What can be said about a condition over the submission as a whole: it sees no single one of several persons.
    pub fn holds(&self, condition: &'a Expression) -> Bounds<'a> {
        let place = |datum: DatumId| self.place(datum).filter(|path| !path.iter().any(|step| step == EACH)).cloned();
        holds(&Scope { library: self.library, procedure: self.procedure, place: &place }, condition)
    }

    /// What can be said about a condition over one of several persons: it sees only this person.
    fn holds_within(&self, person: &Person<'a>, condition: &'a Expression) -> Bounds<'a> {
        let place = |datum: DatumId| match self.place(datum)?.as_slice() {
            [key, step, own] if *key == person.key && step == EACH => Some(vec![own.clone()]),
            _ => None,
        };
        holds(&Scope { library: self.library, procedure: self.procedure, place: &place }, condition)
    }

    /// What can be said about a datum existing.
    pub fn exists(&self, datum: &'a Datum) -> Bounds<'a> {
        Bounds::all(conditions(self.procedure, datum).map(|condition| self.holds(condition)).collect())
    }

    /// What can be said about a datum of one of several persons existing, as far as only this person decides it.
    pub fn exists_within(&self, person: &Person<'a>, datum: &'a Datum) -> Bounds<'a> {
        let own = datum.condition.iter().map(|condition| self.holds_within(person, condition));
        Bounds::all(own.collect())
    }

    /// What can be said about an evidence being needed.
    pub fn needed(&self, planned: &PlannedEvidence) -> Bounds<'a> {
        let procedure = self.procedure;
        let own = self.need(planned).and_then(|need| need.condition.as_ref());
        let of = planned.of.and_then(|of| procedure.participants.get(of)?.condition.as_ref());
        Bounds::all(own.into_iter().chain(of).map(|condition| self.holds(condition)).collect())
    }

    /// What can be said about a declaration being asked for.
    pub fn declared(&self, declaration: &'a Declaration) -> Bounds<'a> {
        Bounds::all(declaration.condition.iter().map(|condition| self.holds(condition)).collect())
    }

    /// The statement that needs an evidence.
    pub fn need(&self, planned: &PlannedEvidence) -> Option<&'a NeededEvidence> {
        self.procedure.evidence.get(planned.needed)
    }

    /// The kind of an evidence.
    pub fn evidence(&self, planned: &PlannedEvidence) -> Option<&'a EvidenceType> {
        self.library.evidence.get(planned.evidence)
    }
}
