//! `api/openapi.yaml`: OpenAPI 3.1 of one procedure, for authorities and for everybody who files for others.

pub mod components;
pub mod example;
pub mod paths;
pub mod pattern;
pub mod problems;
pub mod security;

use std::sync::Arc;

use jiff::civil::Date;

use crate::formats::tree::{Map, Node};
use crate::formats::yaml;
use crate::model::norm::cite;
use crate::model::procedure::Regime;
use crate::model::{Label, Library, Procedure, machine_key};
use crate::plan::Plan;

use super::json_schema::document::document;
use super::json_schema::losses;
use super::json_schema::submission::Submission;
use super::json_schema::values::{Demand, Dialect, extend};
use super::{Artifact, Input, Output, Target};
use security::Scopes;

/// The API description.
pub struct OpenApi;

const PATH: &str = "api/openapi.yaml";

impl Target for OpenApi {
    fn name(&self) -> &'static str {
        "api"
    }

    fn names_land(&self) -> bool {
        false
    }

    fn emit(&self, input: Input<'_>) -> Output {
        describe(input.checked.library(), input.checked.procedure(), input.plan, input.day, input.definition_hash)
    }
}

/// The API description of one procedure.
pub fn describe(library: &Library, procedure: &Procedure, plan: &Plan, day: Date, hash: &str) -> Output {
    let submission = Submission::new(library, procedure, plan);
    let document = document(&submission, Demand::Fileable, Dialect::Api);
    let losses = losses(PATH, &document);
    let scopes = Scopes::of(procedure);
    let example = example::example(&submission, day);

    let mut schemas = Map::new();
    components::schemas(&mut schemas, &submission);
    let mut root = Map::new().with("title", &procedure.title.de);
    extend(&mut root, document.root);
    schemas.put("Einreichung", root);
    extend(&mut schemas, document.shared);
    problems::schemas(&mut schemas);

    let shared = Map::new()
        .with("schemas", schemas)
        .with("responses", problems::responses())
        .with("parameters", paths::parameters())
        .with("securitySchemes", scopes.schemes());
    let description: Node<'_> = Map::new()
        .with("openapi", "3.1.0")
        .with("info", info(library, procedure, &scopes, hash))
        .with("servers", servers(procedure))
        .with("tags", paths::tags(&submission))
        .with("paths", paths::paths(&submission, &scopes, hash, example))
        .with("components", shared)
        .into();
    let artifact = Artifact { path: PATH.to_owned(), bytes: Arc::from(yaml::write(&description)) };
    Output { artifacts: vec![artifact], losses }
}

fn info<'a>(library: &Library, procedure: &'a Procedure, scopes: &Scopes, hash: &'a str) -> Map<'a> {
    let version = procedure.version.as_ref().map_or("0", |(version, _)| version);
    let mut info = Map::new().with("title", &procedure.title.de);
    if let Some(english) = &procedure.title.en {
        info.put("summary", english);
    }
    info.put("version", version);
    info.put("description", description(procedure, scopes));
    let authority = procedure.authority.as_ref().and_then(|competence| library.authorities.get(competence.authority?));
    let contact: Label = authority.map_or_else(|| Label::german("Die zuständige Stelle"), |authority| authority.label.clone());
    info.put("contact", Map::new().with("name", contact.de.to_string()));
    info.put("license", Map::new().with("name", "EUPL-1.2").with("identifier", "EUPL-1.2"));
    if let Some(key) = &procedure.service_key {
        info.put("x-leistung", key);
    }
    if let Some((_, from)) = &procedure.version {
        info.put("x-gilt-ab", from.to_string());
    }
    info.put("x-definition", hash);
    info
}

/// What the API is for, by which law, in a few sentences.
fn description(procedure: &Procedure, scopes: &Scopes) -> String {
    let mut text = String::new();
    let mut line = |words: String| {
        text.push_str(&words);
        text.push('\n');
    };
    let norms = cite(&procedure.norms);
    if !norms.is_empty() {
        line(format!("Rechtsgrundlage: {norms}."));
    }
    match procedure.regime {
        Some(Regime::Social) => {
            line("Verfahren nach SGB I und SGB X. Ein Antrag wird auch unvollständig angenommen (§ 20 Abs. 3 SGB X).".to_owned())
        }
        Some(Regime::Federal) => line(
            "Verfahren nach dem Verwaltungsverfahrensgesetz. Ein Antrag wird auch unvollständig angenommen (§ 24 Abs. 3 VwVfG)."
                .to_owned(),
        ),
        Some(Regime::Land) => line("Verfahren nach dem Recht des Landes.".to_owned()),
        None => {}
    }
    if let Some(authority) = &procedure.authority {
        let norms = cite(&authority.norms);
        if !norms.is_empty() {
            line(format!("Zuständigkeit: {norms}."));
        }
    }
    if let Some(level) = scopes.level() {
        line(format!("Vertrauensniveau der Anmeldung: {level}."));
    }
    if let Some(remedy) = &procedure.remedy {
        let norms = cite(&remedy.norms);
        let by = if norms.is_empty() { String::new() } else { format!(" ({norms})") };
        line(format!("Rechtsbehelf: {}{by}.", remedy.kinds.join(" oder ")));
    }
    line(
        "Beträge stehen in Cent, Tage als JJJJ-MM-TT. Was unter einer Bedingung nicht gefragt ist, darf nicht gesendet werden."
            .to_owned(),
    );
    line("English: Amounts are in cents, days are YYYY-MM-DD. What is not asked under a condition must not be sent.".to_owned());
    text.pop();
    text
}

/// One server, relative to whoever serves this file: each authority has its own.
fn servers<'a>(procedure: &Procedure) -> Vec<Node<'a>> {
    let name = machine_key(&procedure.name).to_lowercase();
    let server = Map::new()
        .with("url", format!("/api/{name}"))
        .with("description", "Relativ zur Adresse der zuständigen Stelle. English: Relative to the authority's address.");
    vec![server.into()]
}
