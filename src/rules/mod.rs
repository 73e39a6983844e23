//! Typed expressions to values; table algebra; deadlines. Exact and total.
