//! The schema of a whole submission: the shapes of its parts, and under which condition each may or must be there.

use crate::both;
use crate::diagnostic::Bilingual;
use crate::formats::tree::{Map, Node};
use crate::model::Expression;
use crate::model::norm::cite;
use crate::targets::expression::json_schema::Bounds;
use crate::targets::expression::prose;
use crate::targets::expression::test::{Check, EACH, Path, Test};

use super::submission::{DECLARATIONS, EVIDENCE, Field, Part, Person, Submission};
use super::values::{Demand, Dialect, Unsaid, Values, file, titled};

/// A schema with the shared ones that it refers to, and what it doesn't say.
pub struct Document<'a> {
    /// The schema of the submission: an object.
    pub root: Map<'a>,
    /// The shared schemas by name.
    pub shared: Map<'a>,
    /// What isn't said exactly: of what, and why.
    pub losses: Vec<(String, Bilingual)>,
}

/// The schema of a submission.
pub fn document<'a>(submission: &Submission<'a>, demand: Demand, dialect: Dialect) -> Document<'a> {
    let values = Values::new(submission.library, demand, dialect);
    let mut writer =
        Writer { submission, values, properties: Map::new(), required: Vec::new(), clauses: Vec::new(), losses: Vec::new() };
    for part in &submission.parts {
        match part {
            Part::Person(person) => writer.person(person),
            Part::Field(field) => writer.field(field),
        }
    }
    writer.evidence();
    writer.declarations();
    writer.finish()
}

/// Something that may be there only under a condition.
struct Clause<'a> {
    condition: Bounds<'a>,
    /// How it looks where the condition is false.
    absent: Test<'a>,
    /// What is demanded where the condition is true, if anything.
    present: Option<Test<'a>>,
}

struct Writer<'s, 'a> {
    submission: &'s Submission<'a>,
    values: Values<'a>,
    properties: Map<'a>,
    required: Vec<Node<'a>>,
    clauses: Vec<Clause<'a>>,
    losses: Vec<(String, Bilingual)>,
}

impl<'a> Writer<'_, 'a> {
    fn field(&mut self, field: &Field<'a>) {
        let schema = self.values.datum(field.datum, &cite(&field.datum.norms));
        self.properties.put(field.key.clone(), schema);
        let condition = self.submission.exists(field.datum);
        if condition.surely == Test::Always {
            if !field.datum.optional {
                self.required.push(field.key.clone().into());
            }
        } else {
            self.note_condition(&condition, &field.datum.name, field.datum.condition.as_ref());
            self.clauses.push(clause(condition, vec![field.key.clone()], !field.datum.optional));
        }
    }

    fn person(&mut self, person: &Person<'a>) {
        let participant = person.participant;
        let mut properties = Map::new();
        let mut required: Vec<Node<'a>> = Vec::new();
        let mut within = Vec::new();
        for field in &person.fields {
            let schema = self.values.datum(field.datum, &cite(&field.datum.norms));
            properties.put(field.key.clone(), schema);
            if field.datum.condition.is_none() {
                if !field.datum.optional {
                    required.push(field.key.clone().into());
                }
                continue;
            }
            let mut path: Path<'a> = vec![person.key.clone()];
            let mut exact = false;
            if participant.repeat.is_some() {
                path.push(EACH.into());
                let own = self.submission.exists_within(person, field.datum);
                exact = own.is_exact();
                within.push(clause(own, vec![field.key.clone()], !field.datum.optional));
            }
            path.push(field.key.clone());
            let condition = self.submission.exists(field.datum);
            if !exact {
                self.note_condition(&condition, &field.datum.name, field.datum.condition.as_ref());
            }
            self.clauses.push(clause(condition, path, !field.datum.optional));
        }
        let decidable = self.values.demand == Demand::Decidable;
        let mut schema = Map::new().with("type", "object").with("properties", properties);
        let expected = !required.is_empty();
        if decidable && expected {
            schema.put("required", required);
        }
        schema.put("additionalProperties", false);
        let conditional = self.conditional(within);
        if !conditional.is_empty() {
            schema.put("allOf", conditional);
        }
        let mut titled = titled(&participant.label, None, "");
        let schema = match participant.repeat {
            Some(repeat) => self.values.list(schema, repeat),
            None => schema,
        };
        super::values::extend(&mut titled, schema);
        self.properties.put(person.key.clone(), titled);

        let expected = expected && participant.repeat.is_none_or(|repeat| repeat.minimum > 0);
        match &participant.condition {
            Some(condition) => {
                let bounds = self.submission.holds(condition);
                self.note_condition(&bounds, &participant.name, Some(condition));
                let condition = bounds;
                self.clauses.push(clause(condition, vec![person.key.clone()], expected));
            }
            None if expected => self.required.push(person.key.clone().into()),
            None => {}
        }
    }

    fn evidence(&mut self) {
        let planned = &self.submission.plan.evidence;
        if planned.is_empty() {
            return;
        }
        let mut properties = Map::new();
        for one in planned {
            let schema = self.evidence_schema(one);
            properties.put(one.key.clone(), schema);
        }
        let schema = Map::new()
            .with("title", "Nachweise")
            .with("description", "English: Evidence")
            .with("type", "object")
            .with("properties", properties)
            .with("additionalProperties", false);
        self.properties.put(EVIDENCE, schema);

        let at = |key: &str, check: Check<'a>| Test::At(vec![EVIDENCE.into(), key.to_owned().into()], check);
        for (index, first) in planned.iter().enumerate() {
            let same = |other: &crate::plan::PlannedEvidence| other.needed == first.needed && other.of == first.of;
            if planned.iter().take(index).any(same) {
                continue;
            }
            let group: Vec<_> = planned.iter().filter(|other| same(other)).collect();
            let mut ways: Vec<usize> = group.iter().map(|one| one.way).collect();
            ways.dedup();
            let way = |way: usize| {
                Test::all(group.iter().filter(|one| one.way == way).map(|one| at(&one.key, Check::Present)).collect())
            };
            let present = Test::any(ways.into_iter().map(way).collect());
            let absent = Test::all(group.iter().map(|one| at(&one.key, Check::Absent)).collect());
            let condition = self.submission.needed(first);
            let spoken = self.submission.need(first).and_then(|need| need.condition.as_ref());
            self.note_condition(&condition, &first.key, spoken);
            self.clauses.push(Clause { condition, absent, present: Some(present) });
        }
    }

    fn evidence_schema(&self, planned: &crate::plan::PlannedEvidence) -> Map<'a> {
        let procedure = self.submission.procedure;
        let mut schema = Map::new();
        if let Some(kind) = self.submission.evidence(planned) {
            let norm = self.submission.need(planned).map(|need| cite(&need.norms)).unwrap_or_default();
            schema = titled(&kind.label, None, &norm);
            if let Some(person) = planned.of.and_then(|of| procedure.participants.get(of)) {
                schema = with_person(schema, &kind.label.de, &person.label.de);
            }
        }
        let way: Node<'a> = match self.values.demand {
            Demand::Fileable => {
                let upload = Map::new().with("const", "hochladen").with("title", "Hochladen").with("description", "Upload");
                let later =
                    Map::new().with("const", "nachreichen").with("title", "Nachreichen").with("description", "Hand in later");
                Map::new().with("type", "string").with("oneOf", vec![upload.into(), later.into()]).into()
            }
            Demand::Decidable => Map::new().with("const", "hochladen").into(),
        };
        let mut files = Map::new().with("type", "array").with("items", file());
        let mut required: Vec<Node<'a>> = vec!["weg".into()];
        if self.values.demand == Demand::Decidable {
            files.put("minItems", 1_u32);
            required.push("dateien".into());
        }
        schema
            .with("type", "object")
            .with("properties", Map::new().with("weg", way).with("dateien", files))
            .with("required", required)
            .with("additionalProperties", false)
    }

    fn declarations(&mut self) {
        let procedure = self.submission.procedure;
        if procedure.declarations.is_empty() {
            return;
        }
        let mut properties = Map::new();
        for declaration in &procedure.declarations {
            let key = crate::model::machine_key(&declaration.name);
            let schema = titled(&declaration.wording, None, &cite(&declaration.norms)).with("const", true);
            properties.put(key.clone(), schema);
            let condition = self.submission.declared(declaration);
            self.note_condition(&condition, &declaration.name, declaration.condition.as_ref());
            self.clauses.push(clause(condition, vec![DECLARATIONS.into(), key], true));
        }
        let schema = Map::new()
            .with("title", "Erklärungen")
            .with("description", "English: Declarations")
            .with("type", "object")
            .with("properties", properties)
            .with("additionalProperties", false);
        self.properties.put(DECLARATIONS, schema);
    }

    /// Notes a condition that the schema says only in part.
    fn note_condition(&mut self, condition: &Bounds<'a>, what: &str, spoken: Option<&Expression>) {
        if !condition.is_exact() {
            let mut why = both!(
                "JSON Schema kennt weder den Tag noch Rechnungen: wo diese Bedingung das braucht, ist die Angabe zugelassen und nicht verlangt. Das Formular und die Behörde prüfen genau.",
                "JSON Schema knows neither the day nor arithmetic: where the condition needs them, the datum is admitted and not demanded. The form and the authority check exactly."
            );
            if let Some(spoken) = spoken {
                let when = prose::condition(self.submission.library, self.submission.procedure, spoken);
                why.de.push_str(&format!(" Gefragt wird nur, wenn {}.", when.de));
                why.en.push_str(&format!(" It is asked only if {}.", when.en));
            }
            self.losses.push((what.to_owned(), why));
        }
    }

    /// The conditional parts, one block a condition.
    fn conditional(&self, clauses: Vec<Clause<'a>>) -> Vec<Node<'a>> {
        let decidable = self.values.demand == Demand::Decidable;
        let mut blocks: Vec<Block<'a>> = Vec::new();
        let mut always: Vec<Test<'a>> = Vec::new();
        for Clause { condition, absent, present } in clauses {
            match condition.possibly {
                Test::Always => {}
                Test::Never => always.push(absent),
                test => block(&mut blocks, test).1.push(absent),
            }
            if let Some(present) = present.filter(|_| decidable) {
                match condition.surely {
                    Test::Never => {}
                    Test::Always => always.push(present),
                    test => block(&mut blocks, test).2.push(present),
                }
            }
        }
        let mut nodes: Vec<Node<'a>> = Vec::with_capacity(blocks.len() + 1);
        match Test::all(always) {
            Test::Always => {}
            always => nodes.push(always.encode()),
        }
        for (test, absent, present) in blocks {
            let mut node = Map::new();
            let (test, on_true, on_false) = match test {
                Test::Not(test) => (*test, absent, present),
                test => (test, present, absent),
            };
            node.put("if", test.encode());
            if !on_true.is_empty() {
                node.put("then", self.conclusion(on_true));
            }
            if !on_false.is_empty() {
                node.put("else", self.conclusion(on_false));
            }
            nodes.push(node.into());
        }
        nodes
    }

    /// What holds because a condition does.
    fn conclusion(&self, tests: Vec<Test<'a>>) -> Node<'a> {
        let test = Test::all(tests);
        if self.values.is_for_api() { test.encode_open() } else { test.encode() }
    }

    fn finish(mut self) -> Document<'a> {
        let clauses = std::mem::take(&mut self.clauses);
        let conditional = self.conditional(clauses);
        let mut root = Map::new().with("type", "object").with("properties", self.properties);
        if self.values.demand == Demand::Decidable && !self.required.is_empty() {
            root.put("required", self.required);
        }
        root.put("additionalProperties", false);
        if !conditional.is_empty() {
            root.put("allOf", conditional);
        }
        let mut shared = Map::new();
        self.values.shared(&mut shared);
        let mut losses = self.losses;
        losses.extend(self.values.unsaid.into_iter().map(|(what, unsaid)| (what, why_unsaid(unsaid))));
        Document { root, shared, losses }
    }
}

/// A condition with what is absent where it is false and what is present where it is true.
type Block<'a> = (Test<'a>, Vec<Test<'a>>, Vec<Test<'a>>);

fn block<'b, 'a>(blocks: &'b mut Vec<Block<'a>>, test: Test<'a>) -> &'b mut Block<'a> {
    let at = blocks.iter().position(|(other, _, _)| *other == test).unwrap_or_else(|| {
        blocks.push((test, Vec::new(), Vec::new()));
        blocks.len() - 1
    });
    // INVARIANT: `at` was found or pushed just now.
    &mut blocks[at]
}

fn clause<'a>(condition: Bounds<'a>, path: Path<'a>, demanded: bool) -> Clause<'a> {
    let present = demanded.then(|| Test::At(path.clone(), Check::Present));
    Clause { condition, absent: Test::At(path, Check::Absent), present }
}

/// The same schema with a title that names the person.
fn with_person<'a>(schema: Map<'a>, what: &str, person: &str) -> Map<'a> {
    let mut named = Map::new().with("title", format!("{what} ({person})"));
    for (key, node) in schema {
        if key != "title" {
            named.put(key, node);
        }
    }
    named
}

fn why_unsaid(unsaid: Unsaid) -> Bilingual {
    match unsaid {
        Unsaid::CheckDigit => both!(
            "JSON Schema kann Prüfziffern nicht rechnen: das Schema prüft nur Form und Länge.",
            "JSON Schema cannot compute check digits: the schema checks form and length only."
        ),
        Unsaid::Order => both!(
            "JSON Schema ordnet nur Zahlen: die Grenzen von Tagen, Dauern und genauen Dezimalzahlen prüfen Formular und Behörde.",
            "JSON Schema orders numbers only: form and authority check the bounds of dates, durations and exact decimals."
        ),
    }
}
