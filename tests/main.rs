//! All integration tests, one binary.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that can't go on has failed")]

mod bad_input;
mod cases;
mod catalogue;
mod cli;
mod corpus;
mod decisions;
mod engines;
mod exceptions;
mod form;
mod format;
mod house;
mod interfaces;
mod library;
mod matrix;
mod minimal;
mod mutation;
mod origins;
mod output;
mod overlays;
mod parity;
mod plan;
mod project;
mod robust;
mod rules;
mod satisfy;
mod syntax;
mod trial;
mod ways;
mod workflow;

/// Says that a test cannot run here and why, past the harness, which shows nothing of tests that pass.
pub(crate) fn skipped(why: &str) {
    use std::io::Write;
    let test = std::thread::current().name().unwrap_or("test").to_owned();
    std::io::stderr().write_all(format!("{test} skipped: {why}\n").as_bytes()).unwrap();
}
