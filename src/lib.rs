//! **Blaupause** compiles definitions of administrative procedures into forms, API descriptions and
//! workflow configuration for the sixteen Länder.
//!
//! ```text
//! source < diagnostic < syntax < model < rules < land < check < plan < targets < compiler < cli
//! ```
//!
//! Read [`source`] and [`diagnostic`] first: every stage takes texts from the one and speaks through the other.

#![warn(missing_docs)]

pub mod check;
pub mod cli;
pub mod compiler;
pub mod diagnostic;
pub mod formats;
pub mod land;
pub mod model;
pub mod plan;
pub mod rules;
pub mod source;
pub mod syntax;
pub mod targets;
