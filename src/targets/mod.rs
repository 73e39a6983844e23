//! `Checked` and `Plan` to artifacts: build a typed document, then encode it.
