//! The usual form of a definition: text in, text out, and again the same text from that.
//!
//! Nothing can get lost, because nothing is printed anew: [`tokens`] cuts the text into its words and signs, and all that is decided
//! afterwards is what stands between two of them. [`breaks`] says where lines end, [`spacing`] where signs touch, [`columns`] what is
//! aligned, [`write`] indents. The author's own line breaks within a statement stay where the language has a joint. [`spelling`]
//! exchanges keywords for their twins.
//!
//! No decision depends on which twin a keyword is written in, or on how long it is: German to English and back gives the same bytes.

mod breaks;
mod columns;
mod spacing;
mod spelling;
mod tokens;
mod write;

use pest::Parser;

use crate::diagnostic::Diagnostics;
use crate::source::FileId;

use super::ast::Spelling;
use super::grammar::{Grammar, Rule};

/// How many letters a line has at most where the formatter chooses.
const WIDTH: usize = 130;

/// Brings a text into the usual form, with all keywords in one spelling where one is asked for. A text with mistakes stays as it is:
/// what is found speaks of a file with the id 0.
pub fn format(text: &str, spelling: Option<Spelling>) -> Result<String, Diagnostics> {
    let mut found = Diagnostics::default();
    super::parse(FileId(0), text, &mut found);
    if found.has_errors() {
        return Err(found.sorted());
    }
    let pairs = Grammar::parse(Rule::file, text).map_err(|_| found)?;
    let shape = tokens::cut(text, pairs, spelling);
    let breaks = breaks::find(&shape);
    let padding = columns::align(&shape, &breaks);
    Ok(write::write(&shape, &breaks, &padding))
}
