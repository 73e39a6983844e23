//! One typed expression, many dialects. Each printer carries the meaning stated in `model::expression`, or refuses.

pub mod feel;
pub mod javascript;
pub mod json_schema;
pub mod juel;
pub mod plain;
pub mod prose;
pub mod python;
pub mod test;
