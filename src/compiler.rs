//! The pipeline on one screen: read it first.
