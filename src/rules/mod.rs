//! Typed expressions to values; table algebra; deadlines. Exact and total.
//!
//! Nothing here reports findings: [`check`](crate::check) does, from the facts that this stage computes. Numbers are exact, dates
//! are calendar dates, and every function is total: what has no value is [`Value::Missing`].

pub mod answers;
pub mod boxes;
pub mod calendar;
pub mod cases;
pub mod conditions;
pub mod coverage;
pub mod deadline;
pub mod domain;
pub mod evaluate;
pub mod foundations;
mod functions;
pub mod matching;
pub mod mutation;
pub mod naming;
pub mod number;
pub mod satisfy;
pub mod value;

pub use answers::{Answers, Origin};
pub use cases::{CaseResult, Failure};
pub use evaluate::{Situation, Standing};
pub use matching::Match;
pub use number::Number;
pub use value::Value;
