//! Formats that others defined, as small typed documents. Uses nothing of ours.

pub mod html;
pub mod json;
pub mod tree;
pub mod xml;
pub mod yaml;
