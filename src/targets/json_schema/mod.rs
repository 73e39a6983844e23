//! `formular/schema.json`, `vollstaendig.schema.json` and `uischema.json`: what can be filed, what can be decided, how it is asked.

pub mod document;
pub mod layout;
pub mod submission;
pub mod values;

use std::sync::Arc;

use crate::formats::json;
use crate::formats::tree::{Map, Node};
use crate::model::norm::cite;
use crate::model::{Library, Procedure, machine_key};
use crate::plan::Plan;

use super::{Artifact, Degree, Input, Loss, Output, Target};
use document::{Document, document};
use submission::Submission;
use values::{Demand, Dialect};

/// The schemas of a submission.
pub struct JsonSchema;

const FILEABLE: &str = "formular/schema.json";
const DECIDABLE: &str = "formular/vollstaendig.schema.json";
const LAYOUT: &str = "formular/uischema.json";

impl Target for JsonSchema {
    fn name(&self) -> &'static str {
        "schema"
    }

    fn names_land(&self) -> bool {
        false
    }

    fn emit(&self, input: Input<'_>) -> Output {
        schemas(input.checked.library(), input.checked.procedure(), input.plan, input.definition_hash)
    }
}

/// The schemas and the layout of one procedure.
pub fn schemas(library: &Library, procedure: &Procedure, plan: &Plan, hash: &str) -> Output {
    let submission = Submission::new(library, procedure, plan);
    let mut output = Output::default();
    for (path, demand) in [(FILEABLE, Demand::Fileable), (DECIDABLE, Demand::Decidable)] {
        let document = document(&submission, demand, Dialect::Alone);
        output.losses.extend(losses(path, &document));
        let node = framed(document, demand, procedure, hash);
        output.artifacts.push(artifact(path, json::write(&node)));
    }
    let (layout, lost) = layout::layout(&submission);
    output.losses.extend(lost.into_iter().map(|(what, why)| Loss {
        path: LAYOUT.to_owned(),
        degree: Degree::Approximated,
        what,
        why,
    }));
    output.artifacts.push(artifact(LAYOUT, json::write(&layout)));
    output
}

/// What a schema doesn't say exactly, as losses of a file.
pub fn losses(path: &str, document: &Document<'_>) -> Vec<Loss> {
    let losses = document.losses.iter().map(|(what, why)| Loss {
        path: path.to_owned(),
        degree: Degree::Approximated,
        what: what.clone(),
        why: why.clone(),
    });
    losses.collect()
}

fn artifact(path: &str, bytes: Vec<u8>) -> Artifact {
    Artifact { path: path.to_owned(), bytes: Arc::from(bytes) }
}

/// The schema as a document of its own.
fn framed<'a>(document: Document<'a>, demand: Demand, procedure: &'a Procedure, hash: &str) -> Node<'a> {
    let kind = match demand {
        Demand::Fileable => "einreichung",
        Demand::Decidable => "vollstaendig",
    };
    let version = procedure.version.as_ref().map_or("0", |(version, _)| version);
    let short = hash.get(..16).unwrap_or(hash);
    let name = machine_key(&procedure.name).to_lowercase();
    let mut description = match demand {
        Demand::Fileable => String::from(
            "Was eingereicht werden kann: nur die Form der Angaben. Fehlende Angaben sind erlaubt, verborgene nicht.",
        ),
        Demand::Decidable => String::from("Was entschieden werden kann: alle nötigen Angaben und Nachweise sind da."),
    };
    let norms = cite(&procedure.norms);
    if !norms.is_empty() {
        description.push_str(&format!(" Rechtsgrundlage: {norms}."));
    }
    description.push_str(match demand {
        Demand::Fileable => {
            "\nEnglish: What can be filed: only the shape of the data. Missing data are allowed, hidden data are not."
        }
        Demand::Decidable => "\nEnglish: What can be decided: all necessary data and evidence are there.",
    });
    if let Some(english) = &procedure.title.en {
        description.push_str(&format!(" ({english})"));
    }
    let mut root = Map::new()
        .with("$schema", "https://json-schema.org/draft/2020-12/schema")
        .with("$id", format!("urn:blaupause:{name}:{version}:{short}:{kind}"))
        .with("title", &procedure.title.de)
        .with("description", description);
    values::extend(&mut root, document.root);
    if !document.shared.is_empty() {
        root.put("$defs", document.shared);
    }
    root.into()
}
