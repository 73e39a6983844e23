//! All integration tests, one binary.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that can't go on has failed")]

mod bad_input;
mod cases;
mod catalogue;
mod cli;
mod corpus;
mod decisions;
mod engines;
mod form;
mod format;
mod house;
mod interfaces;
mod library;
mod output;
mod parity;
mod project;
mod robust;
mod rules;
mod satisfy;
mod syntax;
mod workflow;
