//! Decisions outside the form: what engines compute from conditions, rules and tables is what the law's own evaluator computes.

mod judged;
mod plain;
pub(crate) mod vectors;
