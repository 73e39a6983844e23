//! `Model` to `Checked` plus findings: derives facts, edits nothing.
