//! A question that JSON Schema can ask about a submission, as a typed value: built from conditions, encoded as a schema, and
//! answered for an example by the very same meaning.

use std::borrow::Cow;

use crate::formats::tree::{Map, Node};

/// Where a value stands in a submission: the keys from the root, [`EACH`] for all items of a list.
pub type Path<'a> = Vec<Cow<'a, str>>;

/// The step of a [`Path`] that stands for each item of a list. No key is written like this.
pub const EACH: &str = "*";

/// A yes-or-no question about a submission.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Test<'a> {
    /// Every submission passes.
    Always,
    /// No submission passes.
    Never,
    /// The value at a place is there and passes; for [`Check::Absent`], it is not there.
    At(Path<'a>, Check<'a>),
    /// All of these pass.
    All(Vec<Test<'a>>),
    /// At least one of these passes.
    Any(Vec<Test<'a>>),
    /// This does not pass.
    Not(Box<Test<'a>>),
}

/// What is asked of one value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Check<'a> {
    /// It is there.
    Present,
    /// It is not there.
    Absent,
    /// It is one of these.
    OneOf(Vec<Node<'a>>),
    /// It is a whole number within bounds, which belong to the range.
    Within(Option<i64>, Option<i64>),
}

impl<'a> Test<'a> {
    /// All of these pass.
    pub fn all(tests: Vec<Test<'a>>) -> Test<'a> {
        let mut flat = Vec::with_capacity(tests.len());
        for test in tests {
            match test {
                Test::Always => {}
                Test::Never => return Test::Never,
                Test::All(inner) => flat.extend(inner),
                test if flat.contains(&test) => {}
                test => flat.push(test),
            }
        }
        match flat.len() {
            0 => Test::Always,
            1 => flat.remove(0),
            _ => Test::All(flat),
        }
    }

    /// At least one of these passes. Two questions for one value become one.
    pub fn any(tests: Vec<Test<'a>>) -> Test<'a> {
        let mut flat: Vec<Test<'a>> = Vec::with_capacity(tests.len());
        for test in tests {
            match test {
                Test::Never => {}
                Test::Always => return Test::Always,
                Test::Any(inner) => flat.extend(inner),
                Test::At(path, Check::OneOf(values)) => {
                    let same = flat.iter_mut().find_map(|other| match other {
                        Test::At(at, Check::OneOf(known)) if *at == path => Some(known),
                        _ => None,
                    });
                    match same {
                        Some(known) => values.into_iter().for_each(|value| {
                            if !known.contains(&value) {
                                known.push(value);
                            }
                        }),
                        None => flat.push(Test::At(path, Check::OneOf(values))),
                    }
                }
                test if flat.contains(&test) => {}
                test => flat.push(test),
            }
        }
        match flat.len() {
            0 => Test::Never,
            1 => flat.remove(0),
            _ => Test::Any(flat),
        }
    }

    /// This does not pass.
    pub fn negate(test: Test<'a>) -> Test<'a> {
        match test {
            Test::Always => Test::Never,
            Test::Never => Test::Always,
            Test::Not(inner) => *inner,
            Test::At(path, Check::Present) => Test::At(path, Check::Absent),
            Test::At(path, Check::Absent) => Test::At(path, Check::Present),
            test => Test::Not(Box::new(test)),
        }
    }

    /// Whether a submission passes.
    pub fn passes(&self, submission: &Node<'_>) -> bool {
        match self {
            Test::Always => true,
            Test::Never => false,
            Test::At(path, check) => at(submission, path, check),
            Test::All(tests) => tests.iter().all(|test| test.passes(submission)),
            Test::Any(tests) => tests.iter().any(|test| test.passes(submission)),
            Test::Not(test) => !test.passes(submission),
        }
    }

    /// The schema that accepts exactly the submissions that pass. Types and properties are spelt out everywhere, as strict
    /// validators want it.
    pub fn encode(&self) -> Node<'a> {
        self.encoded(false)
    }

    /// The same schema, saying of each object that it may have other properties: some linters take what then follows from a
    /// condition for the whole object otherwise.
    pub fn encode_open(&self) -> Node<'a> {
        self.encoded(true)
    }

    fn encoded(&self, open: bool) -> Node<'a> {
        match self {
            Test::Always => true.into(),
            Test::Never => false.into(),
            Test::At(..) => encode_all(std::slice::from_ref(self), open),
            Test::All(tests) => encode_all(tests, open),
            Test::Any(tests) => {
                let tests: Vec<Node<'a>> = tests.iter().map(|test| test.encoded(open)).collect();
                Map::new().with("anyOf", tests).into()
            }
            Test::Not(test) => Map::new().with("not", test.encoded(open)).into(),
        }
    }
}

/// One schema for several questions: those about different places share one tree of properties.
fn encode_all<'a>(tests: &[Test<'a>], open: bool) -> Node<'a> {
    let mut shape = Shape::default();
    let mut rest = Vec::new();
    for test in tests {
        match test {
            Test::At(path, check) if shape.add(path, check) => {}
            Test::At(path, check) => {
                let mut alone = Shape::default();
                alone.add(path, check);
                rest.push(alone.encode(open).into());
            }
            test => rest.push(test.encoded(open)),
        }
    }
    let mut map = if shape.keys.is_empty() { Map::new() } else { shape.encode(open) };
    if !rest.is_empty() {
        map.put("allOf", rest);
    }
    map.into()
}

fn at(node: &Node<'_>, path: &[Cow<'_, str>], check: &Check<'_>) -> bool {
    let Some((key, rest)) = path.split_first() else {
        return match check {
            Check::Present => true,
            Check::Absent => false,
            Check::OneOf(values) => values.contains(node),
            Check::Within(from, to) => match node {
                Node::Integer(number) => from.is_none_or(|from| *number >= from) && to.is_none_or(|to| *number <= to),
                _ => false,
            },
        };
    };
    match node {
        Node::List(items) if key == EACH => items.iter().all(|item| at(item, rest, check)),
        node => match node.get(key) {
            Some(inner) => at(inner, rest, check),
            None => *check == Check::Absent,
        },
    }
}

/// A tree of places with what is asked there.
#[derive(Debug, Default)]
struct Shape<'a> {
    keys: Vec<(Cow<'a, str>, Shape<'a>)>,
    check: Option<Check<'a>>,
    required: bool,
}

impl<'a> Shape<'a> {
    /// Adds a question; `false` where another is asked at the same place already.
    fn add(&mut self, path: &[Cow<'a, str>], check: &Check<'a>) -> bool {
        let Some((key, rest)) = path.split_first() else {
            if *check == Check::Present {
                return self.check.is_none();
            }
            if *check == Check::Absent && !self.required && self.is_all_absent() {
                // What is not there has no parts either.
                self.keys.clear();
            }
            if self.check.is_some() || !self.keys.is_empty() || self.required && *check == Check::Absent {
                return false;
            }
            self.check = Some(check.clone());
            return true;
        };
        if let Some(own) = &self.check {
            return *own == Check::Absent && *check == Check::Absent;
        }
        let at = match self.keys.iter().position(|(name, _)| name == key) {
            Some(at) => at,
            None => {
                self.keys.push((key.clone(), Shape::default()));
                self.keys.len() - 1
            }
        };
        // INVARIANT: `at` was found or pushed just now.
        let shape = &mut self.keys[at].1;
        let added = shape.add(rest, check);
        if added && *check != Check::Absent {
            shape.required = true;
        }
        added
    }

    /// Whether nothing but absence is asked here and below.
    fn is_all_absent(&self) -> bool {
        let own = self.check.as_ref().is_none_or(|check| *check == Check::Absent);
        own && self.keys.iter().all(|(_, shape)| !shape.required && shape.is_all_absent())
    }

    fn encode(&self, open: bool) -> Map<'a> {
        if let [(key, each)] = self.keys.as_slice()
            && key == EACH
        {
            return Map::new().with("type", "array").with("items", each.schema(open));
        }
        let mut properties = Map::new();
        let mut required: Vec<Node<'a>> = Vec::new();
        for (key, shape) in &self.keys {
            properties.put(key.clone(), shape.schema(open));
            if shape.required {
                required.push(key.clone().into());
            }
        }
        let mut map = Map::new().with("type", "object").with("properties", properties);
        if !required.is_empty() {
            map.put("required", required);
        }
        if open {
            map.put("additionalProperties", true);
        }
        map
    }

    fn schema(&self, open: bool) -> Node<'a> {
        match &self.check {
            _ if !self.keys.is_empty() => self.encode(open).into(),
            None | Some(Check::Present) => true.into(),
            Some(Check::Absent) => false.into(),
            Some(Check::OneOf(values)) => match values.as_slice() {
                [one] => Map::new().with("const", one.clone()).into(),
                _ => Map::new().with("enum", values.clone()).into(),
            },
            Some(Check::Within(from, to)) => {
                let mut map = Map::new().with("type", "integer");
                if let Some(from) = from {
                    map.put("minimum", *from);
                }
                if let Some(to) = to {
                    map.put("maximum", *to);
                }
                map.into()
            }
        }
    }
}
