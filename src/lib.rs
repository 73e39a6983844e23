//! **Blaupause** compiles definitions of administrative procedures into forms, API descriptions and
//! workflow configuration for the sixteen Länder.
//!
//! ```text
//! source < diagnostic < syntax < model < rules < land < check < plan < targets < compiler < cli
//! ```
//!
//! Read [`compiler`] first, the pipeline on one screen; then the stages from the left, each of which takes what the one before gave:
//!
//! | stage | takes | gives |
//! |---|---|---|
//! | [`source`] | paths, the manifest | texts with ids and spans; sole owner of text |
//! | [`diagnostic`] | what is wrong | findings with a slug, a place, a reason, a way out, in two languages |
//! | [`syntax`] | a text | a tree that is never refused: broken parts are reported and left out |
//! | [`model`] | all trees | names, types and norms resolved |
//! | [`rules`] | typed expressions | exact values, calendar, table algebra, counter-examples |
//! | [`land`] | the federal model, a Land | the model of that Land; nothing after it knows that there are several |
//! | [`check`] | a model | [`check::Checked`], which only it can make, and findings |
//! | [`plan`] | what is checked | the source of each datum, the pages, the evidence |
//! | [`targets`] | what is checked, the plan | typed documents, encoded; [`formats`] write HTML, JSON, XML, YAML |
//! | [`compiler`] | a loader | all of it, shared between Länder where they do not differ |
//! | [`cli`] | arguments | an exit code; the only one that writes to disk |
//!
//! The words of the field, as the code uses them:
//!
//! | German | here |
//! |---|---|
//! | Verfahren, Leistung | procedure, service |
//! | Nachweis, Register, Anschluss | evidence, register, connection |
//! | Voraussetzung (erfüllt, nicht erfüllt, offen) | precondition (fulfilled, failed, open) |
//! | Entscheidung, Regel, Wert im Zeitverlauf | decision table, rule, dated parameter |
//! | Bescheid, Nebenbestimmung, Rechtsbehelf | notice, ancillary clause, remedy |
//! | Frist, Nachforderung, Anhörung, Beteiligung | deadline, request for what is missing, hearing, consultation |
//! | Öffnungsklausel, Variante | opening, variant |
//! | Vorschrift | norm |

#![warn(missing_docs)]

pub mod check;
pub mod cli;
pub mod compiler;
pub mod diagnostic;
pub mod formats;
pub mod land;
pub mod model;
pub mod plan;
pub mod rules;
pub mod source;
pub mod syntax;
pub mod targets;
