//! Whole-process figures; filled below.
fn main() {}
