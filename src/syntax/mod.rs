//! Texts to trees that keep every word: `text -> ast::File + comments`. Never fails.
