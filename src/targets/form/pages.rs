//! The plan's pages as the data that the form's program draws.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use crate::model::ids::{DatumId, Id};
use crate::model::norm::cite;
use crate::model::procedure::{Datum, Regime};
use crate::model::{Expression, ExpressionKind, Library, Procedure, machine_name};
use crate::plan::{Plan, PlannedEntry, PlannedPage};
use crate::rules::foundations::Foundations;
use crate::targets::expression::javascript::address;

use super::fields::{autofill, field, insert, label, repeated};

/// The form as data, and the conditions it refers to by position.
pub(super) struct Pages<'a> {
    /// What the program reads.
    pub data: Value,
    /// The conditions of pages, notes, evidence and declarations.
    pub conditions: Vec<&'a Expression>,
    /// The questions that an account would answer for whoever is logged in.
    pub from_account: Vec<DatumId>,
}

/// Lays out a procedure's form.
pub(super) fn pages<'a>(library: &'a Library, procedure: &'a Procedure, plan: &'a Plan, hash: &str) -> Pages<'a> {
    let mut layout = Layout { library, procedure, plan, conditions: Vec::new(), from_account: Vec::new() };
    let pages: Vec<Value> = plan.pages.iter().map(|page| layout.page(page)).collect();
    let mut form = Map::new();
    form.insert("procedure".into(), machine_name(&procedure.name).to_lowercase().into());
    form.insert("version".into(), procedure.version.as_ref().map_or("", |(version, _)| version).into());
    form.insert("hash".into(), hash.into());
    form.insert("title".into(), label(&procedure.title));
    let authority = procedure.authority.as_ref().and_then(|competence| library.authorities.get(competence.authority?));
    insert(&mut form, "authority", authority.map(|authority| label(&authority.label)));
    insert(&mut form, "norms", citation(&procedure.norms));
    insert(&mut form, "collected", procedure.regime.and_then(collected_under).map(Value::from));
    form.insert("persons".into(), persons(procedure));
    form.insert("preconditions".into(), preconditions(procedure));
    form.insert("pages".into(), pages.into());
    Pages { data: Value::Object(form), conditions: layout.conditions, from_account: layout.from_account }
}

/// The norm by which the authority may ask, where no statement names another.
fn collected_under(regime: Regime) -> Option<&'static str> {
    match regime {
        Regime::Social => Some("§ 60 SGB I, § 67a SGB X"),
        Regime::Federal => Some("§ 26 Abs. 2 VwVfG"),
        Regime::Land => None,
    }
}

fn citation(norms: &[crate::model::Norm]) -> Option<Value> {
    (!norms.is_empty()).then(|| cite(norms).into())
}

fn persons(procedure: &Procedure) -> Value {
    let persons = procedure.participants.values().map(|participant| {
        let several = participant.repeat.map(|repeat| json!([repeat.minimum, repeat.maximum]));
        json!({ "name": machine_name(&participant.name), "label": label(&participant.label), "several": several })
    });
    persons.collect()
}

fn preconditions(procedure: &Procedure) -> Value {
    let preconditions = procedure.preconditions.iter().map(|(id, precondition)| {
        let uses = Foundations::of(procedure, &precondition.condition).data;
        let mut entry = Map::new();
        entry.insert("i".into(), id.index().into());
        entry.insert("text".into(), label(&precondition.otherwise));
        insert(&mut entry, "norms", citation(&precondition.norms));
        insert(&mut entry, "abort", citation(&precondition.abort));
        entry.insert("uses".into(), uses.into_iter().map(Id::index).collect());
        Value::Object(entry)
    });
    preconditions.collect()
}

struct Layout<'a> {
    library: &'a Library,
    procedure: &'a Procedure,
    plan: &'a Plan,
    conditions: Vec<&'a Expression>,
    from_account: Vec<DatumId>,
}

impl<'a> Layout<'a> {
    /// The position of a condition, `null` where there is none.
    fn when(&mut self, condition: Option<&'a Expression>) -> Value {
        let Some(condition) = condition else { return Value::Null };
        self.conditions.push(condition);
        (self.conditions.len() - 1).into()
    }

    fn page(&mut self, page: &'a PlannedPage) -> Value {
        let when = self.when(page.condition.as_ref());
        let here: BTreeSet<DatumId> = page
            .entries
            .iter()
            .filter_map(|entry| match entry {
                PlannedEntry::Question { datum, .. } => Some(*datum),
                _ => None,
            })
            .collect();
        let entries: Vec<Value> = page.entries.iter().filter_map(|entry| self.entry(entry, &when, &here)).collect();
        json!({ "name": page.name, "title": label(&page.title), "when": when, "entries": entries })
    }

    fn entry(&mut self, entry: &'a PlannedEntry, page: &Value, here: &BTreeSet<DatumId>) -> Option<Value> {
        match entry {
            PlannedEntry::Question { datum, from_account } => {
                if *from_account {
                    self.from_account.push(*datum);
                }
                self.question(*datum, *from_account, page, here).map(|question| json!({ "q": question }))
            }
            PlannedEntry::Hint(text, condition) => {
                let when = self.when(condition.as_ref());
                Some(json!({ "hint": label(text), "when": when }))
            }
            PlannedEntry::Declaration(index) => {
                let declaration = self.procedure.declarations.get(*index)?;
                let mut entry = Map::new();
                entry.insert("name".into(), machine_name(&declaration.name).into());
                entry.insert("wording".into(), label(&declaration.wording));
                insert(&mut entry, "norms", citation(&declaration.norms));
                entry.insert("when".into(), self.when(declaration.condition.as_ref()));
                Some(json!({ "declaration": entry }))
            }
            PlannedEntry::Choice(_) | PlannedEntry::Preview(_) => None,
            PlannedEntry::Evidence(index) => self.evidence(*index).map(|evidence| json!({ "evidence": evidence })),
        }
    }

    fn question(&self, id: DatumId, from_account: bool, page: &Value, here: &BTreeSet<DatumId>) -> Option<Value> {
        let datum = self.procedure.data.get(id)?;
        let person = datum.of.and_then(|(person, _)| Some((person, self.procedure.participants.get(person)?)));
        let own = if person.is_some() { datum.name.split_once('.').map_or(&*datum.name, |(_, own)| own) } else { &*datum.name };
        let of_applicant = person.is_some_and(|(_, person)| person.role.is_logged_in() && person.repeat.is_none());
        let is_group = matches!(datum.typ.base(self.library), crate::model::Type::Group(_));
        let purpose = if of_applicant { autofill(own).or(is_group.then_some("on")) } else { None };
        let mut fields = field(self.library, &datum.typ, &datum.constraints, datum.example.as_deref(), purpose);
        if let Some(repeat) = datum.repeat {
            fields = match fields {
                Value::Object(mut list) if list.get("t") == Some(&Value::from("list")) => {
                    repeated(list.remove("of").unwrap_or_default(), repeat)
                }
                single => repeated(single, repeat),
            };
        }
        let mut question = Map::new();
        question.insert("i".into(), id.index().into());
        question.insert("address".into(), address(&datum.name).into());
        question.insert("name".into(), machine_name(own).into());
        question.insert("person".into(), person.map_or(Value::Null, |(person, _)| person.index().into()));
        question.insert("label".into(), label(&datum.label));
        insert(&mut question, "hint", datum.hint.as_ref().map(label));
        insert(&mut question, "example", datum.example.as_deref().map(Value::from));
        insert(&mut question, "norms", citation(&datum.norms));
        for (key, set) in
            [("optional", datum.optional), ("secret", datum.secret), ("account", from_account), ("follows", follows(datum, here))]
        {
            insert(&mut question, key, set.then_some(Value::Bool(true)));
        }
        question.insert("when".into(), page.clone());
        question.insert("f".into(), fields);
        Some(Value::Object(question))
    }

    fn evidence(&mut self, index: usize) -> Option<Value> {
        let planned = self.plan.evidence.get(index)?;
        let kind = self.library.evidence.get(planned.evidence)?;
        let need = self.procedure.evidence.get(planned.needed)?;
        let of = planned.of.and_then(|of| self.procedure.participants.get(of));
        let mut entry = Map::new();
        entry.insert("key".into(), planned.key.as_str().into());
        entry.insert("title".into(), label(&kind.label));
        insert(&mut entry, "of", of.map(|of| label(&of.label)));
        insert(&mut entry, "norms", citation(&need.norms));
        entry.insert("need".into(), planned.needed.into());
        entry.insert("way".into(), planned.way.into());
        entry.insert("when".into(), self.when(need.condition.as_ref()));
        if let Some(condition) = of.and_then(|of| of.condition.as_ref()) {
            entry.insert("whenOf".into(), self.when(Some(condition)));
        }
        insert(&mut entry, "hint", kind.hint.as_ref().map(label));
        Some(Value::Object(entry))
    }
}

/// Whether a question appears because of an answer on the same page.
fn follows(datum: &Datum, here: &BTreeSet<DatumId>) -> bool {
    let mut depends = false;
    if let Some(condition) = &datum.condition {
        condition.walk(&mut |part| depends |= matches!(&part.kind, ExpressionKind::Datum(other) if here.contains(other)));
    }
    depends
}
