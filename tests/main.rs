//! Tests

mod form;
