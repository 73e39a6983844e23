//! What Länder and municipalities may change in a procedure, and what they did change.

use crate::source::{Span, Text};
use crate::syntax::ast::address::verb;
use crate::syntax::ast::{Verb, Who};

use super::norm::Norm;

/// A clause of a procedure about what Länder or municipalities may change.
#[derive(Debug, Clone, PartialEq)]
pub struct Opening {
    /// Whom it speaks of.
    pub who: Who,
    /// Whether they may (`offen`, `dürfen`), must (`müssen`) or must not (`geschlossen`).
    pub leave: Leave,
    /// Kinds of statement (`nachweise`), names, or the statement that carries it: `entscheidung art`.
    pub what: Vec<Text>,
    /// What may be done; empty: anything.
    pub verbs: Vec<Verb>,
    /// By which norm.
    pub norms: Vec<Norm>,
    /// Where it stands.
    pub span: Span,
}

/// How far a clause leaves something to others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Leave {
    /// They may change it.
    May,
    /// They must say it, for the frame does not.
    Must,
    /// They must not change it.
    Closed,
}

/// What a variant changed.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// What is done.
    pub verb: Verb,
    /// With what, in the words of the language: `rechtsbehelf`, `aufgabe rückgriff`.
    pub target: Text,
    /// By whom: the Land or a municipality of it.
    pub by: Who,
    /// In the variant.
    pub written: Span,
    /// In the base; of an addition, what it stands behind or in.
    pub applied: Span,
    /// The norm of the Land or municipality.
    pub norms: Vec<Norm>,
    /// The clause that leaves it to them; `None` where it is theirs anyway (authority and procedure, frames).
    pub clause: Option<Span>,
}

impl Change {
    /// What was done, for people: `setze rechtsbehelf`.
    pub fn title(&self) -> String {
        format!("{} {}", verb(self.verb), self.target)
    }
}

/// The words by which clauses speak of kinds of statement, with the keywords of those kinds: German, English, keywords.
pub const KINDS: &[(&str, &str, &[&str])] = &[
    ("nachweise", "evidence", &["benötigt", "anlage"]),
    ("daten", "data", &["feld", "angaben", "beteiligt", "erfrage", "ermittle"]),
    ("erklärungen", "declarations", &["erklärung"]),
    ("gebühren", "fees", &["gebühr"]),
    ("beträge", "amounts", &["parameter"]),
    ("fristen", "deadlines", &["frist"]),
    ("voraussetzungen", "conditions", &["voraussetzung"]),
    ("regeln", "rules", &["regel", "entscheidung"]),
    ("zuständigkeit", "competence", &["zuständig"]),
    ("rechtsbehelfe", "remedies", &["rechtsbehelf"]),
    ("hinweise", "hints", &["hinweis"]),
    ("bescheide", "notices", &["bescheid", "text", "angerechnet", "gründe", "nebenbestimmung"]),
    ("ablauf", "workflow", STEPS),
];

/// The workflow and all that can be done in it.
const STEPS: &[&str] = &[
    "ablauf",
    "eingang",
    "prüfe",
    "aufgabe",
    "entscheide",
    "wenn",
    "gleichzeitig",
    "beteilige",
    "höre",
    "erlasse",
    "wiedervorlage",
    "termin",
    "erhebe",
    "abgabe",
    "ende",
];

/// Whether a word of a clause speaks of all statements of a kind.
pub fn speaks_of_kind(word: &str, kind: &str) -> bool {
    KINDS.iter().any(|(german, english, kinds)| (word == *german || word == *english) && kinds.contains(&kind))
}
