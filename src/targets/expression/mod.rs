//! One typed expression, many dialects. Each printer carries the meaning stated in `model::expression`, or refuses.

pub mod javascript;
pub mod json_schema;
pub mod prose;
pub mod test;
