//! All integration tests, one binary.

mod bad_input;
mod cli;
mod corpus;
mod form;
mod house;
mod interfaces;
mod library;
mod output;
mod rules;
