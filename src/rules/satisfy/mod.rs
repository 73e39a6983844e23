//! Whether conditions can be met at all: a search over the values that matter.
//!
//! A [`Space`] knows every value that some expressions compare with; each unknown ([`Term`]) takes one sample a piece of its domain.
//! Answers err on one side only: "never" is proved; "possible" may overlook how unknowns hang together (a sum and its parts).

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::model::Library;
use crate::model::expression::Expression;
use crate::model::procedure::Procedure;

use super::answers::Answers;
use super::domain::{self, Landmarks};
use super::evaluate::Situation;
use super::value::Value;

mod outcome;
mod terms;

use outcome::Outcome::{self, Exactly, Truths};
pub use terms::Term;

/// What a search is asked to bring about.
#[derive(Debug, Clone)]
pub enum Demand<'e> {
    /// The expression is true.
    True(&'e Expression),
    /// The expression is false.
    False(&'e Expression),
    /// The expression has no value.
    Missing(&'e Expression),
    /// The expression has a value.
    Present(&'e Expression),
    /// The expression has one of these values; [`Value::Missing`] may be among them.
    OneOf(&'e Expression, Vec<Value>),
}

/// The choices of a search that met all demands.
pub type Witness = BTreeMap<Term, Value>;

/// Enough for any condition a person can read; beyond it the answer is "possible".
const MOST_STEPS: u32 = 20_000;
const DEEPEST: u32 = 120;

/// The values that matter to some expressions.
#[derive(Debug)]
pub struct Space<'a> {
    library: &'a Library,
    procedure: &'a Procedure,
    landmarks: Landmarks,
    constants: Situation<'a>,
    chosen: RefCell<Witness>,
    wanted: RefCell<Option<Term>>,
    steps: Cell<u32>,
    depth: Cell<u32>,
}

impl<'a> Space<'a> {
    /// The space of these expressions and all that they rest on. Parameters have their values of `day`.
    pub fn new<'e>(
        library: &'a Library,
        procedure: &'a Procedure,
        day: Date,
        about: impl IntoIterator<Item = &'e Expression>,
    ) -> Space<'a> {
        let mut space = Space {
            library,
            procedure,
            landmarks: Landmarks::default(),
            constants: Situation::new(library, procedure, Answers::default(), day, None),
            chosen: RefCell::default(),
            wanted: RefCell::default(),
            steps: Cell::new(0),
            depth: Cell::new(0),
        };
        for expression in about {
            space.learn(expression);
        }
        space
    }

    /// Adds a value that something is compared with (the cells of a table).
    pub fn mark(&mut self, value: &Value) {
        self.landmarks.add(value);
    }

    /// One sample for each piece of an expression's domain, [`Value::Missing`] last where it may be missing.
    pub fn samples(&self, expression: &Expression) -> Option<Vec<Value>> {
        let grain = match self.term(expression) {
            Some(term) => self.grain(&term, &expression.typ),
            None => self.grain_of_type(&expression.typ, false),
        };
        let mut samples = domain::samples(&expression.typ, grain, &self.landmarks, self.library)?;
        if self.can_miss(&self.outcome(expression)) {
            samples.push(Value::Missing);
        }
        Some(samples)
    }

    /// Choices under which all demands are met; `None` if there are none.
    pub fn possible(&self, demands: &[Demand<'_>]) -> Option<Witness> {
        self.chosen.borrow_mut().clear();
        self.steps.set(0);
        self.search(demands).then(|| self.chosen.take())
    }

    /// What an expression comes to under the choices of a witness, if they settle it.
    pub fn settled(&self, expression: &Expression, witness: &Witness) -> Option<Value> {
        self.chosen.replace(witness.clone());
        let outcome = self.outcome(expression);
        self.chosen.borrow_mut().clear();
        if let Exactly(value) = outcome { Some(value) } else { None }
    }

    fn search(&self, demands: &[Demand<'_>]) -> bool {
        self.steps.set(self.steps.get() + 1);
        // The next choice is one that an unsettled demand looks at.
        let mut wanted: Option<Term> = None;
        let mut certain = true;
        for demand in demands {
            self.wanted.replace(None);
            let (may, must) = self.judge(demand);
            if !may {
                return false;
            }
            if !must {
                certain = false;
                wanted = wanted.or_else(|| self.wanted.take());
            }
        }
        if certain || self.steps.get() > MOST_STEPS {
            return true;
        }
        let Some(term) = wanted else { return true };
        let domain = self.domain(&term);
        if domain.is_empty() {
            return true; // nothing is known of its values
        }
        for sample in domain {
            self.chosen.borrow_mut().insert(term.clone(), sample);
            if self.search(demands) {
                return true;
            }
        }
        self.chosen.borrow_mut().remove(&term);
        false
    }

    /// Whether a demand may be met, and whether it is met for certain.
    fn judge(&self, demand: &Demand<'_>) -> (bool, bool) {
        match demand {
            Demand::True(expression) => match self.outcome(expression) {
                Exactly(value) => (value == Value::Truth(true), true),
                Truths { yes, no, missing } => (yes, !no && !missing),
                Outcome::Some { .. } => (true, false),
            },
            Demand::False(expression) => match self.outcome(expression) {
                Exactly(value) => (value == Value::Truth(false), true),
                Truths { yes, no, missing } => (no, !yes && !missing),
                Outcome::Some { .. } => (true, false),
            },
            Demand::Missing(expression) => match self.outcome(expression) {
                Exactly(value) => (value.is_missing(), true),
                Truths { yes, no, missing } => (missing, !yes && !no),
                Outcome::Some { missing } => (missing, false),
            },
            Demand::Present(expression) => match self.outcome(expression) {
                Exactly(value) => (!value.is_missing(), true),
                Truths { yes, no, missing } => (yes || no, !missing),
                Outcome::Some { missing } => (true, !missing),
            },
            Demand::OneOf(expression, values) => match self.outcome(expression) {
                Exactly(value) => (values.contains(&value), true),
                Truths { yes, no, missing } => {
                    let fits = |possible: bool, value: Value| possible && values.contains(&value);
                    let misses = |possible: bool, value: Value| possible && !values.contains(&value);
                    let all = [(yes, Value::Truth(true)), (no, Value::Truth(false)), (missing, Value::Missing)];
                    let may = all.iter().any(|(possible, value)| fits(*possible, value.clone()));
                    (may, may && !all.into_iter().any(|(possible, value)| misses(possible, value)))
                }
                Outcome::Some { missing } => {
                    let only_missing = values.iter().all(Value::is_missing);
                    (missing || !only_missing, false)
                }
            },
        }
    }
}
