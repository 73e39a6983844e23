//! All integration tests, one binary.

mod bad_input;
mod cli;
mod form;
mod house;
mod interfaces;
mod output;
mod rules;
