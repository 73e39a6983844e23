//! Formats that others defined, as small typed documents. Uses nothing of ours.
