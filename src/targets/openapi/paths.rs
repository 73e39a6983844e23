//! The operations: file, upload, follow, read the notice, read the version in force.

use std::sync::LazyLock;

use crate::formats::tree::{Map, Node};
use crate::targets::json_schema::submission::Submission;

use super::components::{
    MOMENT, NUMBER, definition_example, evidence_keys, notice_example, receipt_example, state_example, uploaded_example,
};
use super::problems::{FORMATS, PROBLEMS, reference};
use super::security::Scopes;

/// The tags of the operations.
pub fn tags<'a>(submission: &Submission<'a>) -> Vec<Node<'a>> {
    let tag = |name: &'static str, description: &'static str| -> Node<'a> {
        Map::new().with("name", name).with("description", description).into()
    };
    let mut tags = vec![tag("Antrag", "Anträge einreichen und verfolgen. English: File and follow applications.")];
    if !submission.plan.evidence.is_empty() {
        tags.push(tag("Nachweise", "Nachweise hochladen. English: Upload evidence."));
    }
    if !submission.procedure.notices.is_empty() {
        tags.push(tag("Bescheid", "Bescheide abrufen. English: Read notices."));
    }
    tags.push(tag("Definition", "Die geltende Fassung der Definition. English: The version in force."));
    tags
}

/// The paths, with the example of a submission.
pub fn paths<'a>(submission: &Submission<'a>, scopes: &Scopes, hash: &'a str, example: Node<'a>) -> Map<'a> {
    let procedure = submission.procedure;
    let mut paths = Map::new();
    paths.put("/antraege", Map::new().with("post", file(submission, scopes, hash, example)));
    let follow =
        operation("antragsstandAbrufen", "Antrag", "Stand abrufen", "Read the state of an application", scopes.security("lesen"))
            .with("responses", answers("200", "Der Stand", "Verfahrensstand", state_example(), &[400, 401, 403, 404, 429, 503]));
    paths.put("/antraege/{antragsnummer}", numbered().with("get", follow));
    if !submission.plan.evidence.is_empty() {
        paths.put("/antraege/{antragsnummer}/nachweise", numbered().with("post", upload(submission, scopes)));
    }
    if let Some(example) = notice_example(procedure) {
        let mut responses = answers("200", "Der Bescheid", "Bescheid", example, &[400, 401, 403, 404, 429, 503]);
        if let Node::Map(response) = responses.entry("200")
            && let Node::Map(content) = response.entry("content")
        {
            let pdf = Map::new().with("type", "string").with("contentMediaType", "application/pdf");
            content.put("application/pdf", Map::new().with("schema", pdf));
        }
        let read = operation("bescheidAbrufen", "Bescheid", "Bescheid abrufen", "Read the notice", scopes.security("lesen"))
            .with("responses", responses);
        paths.put("/antraege/{antragsnummer}/bescheid", numbered().with("get", read));
    }
    let current = definition_example(procedure, submission.library, hash);
    let open: Vec<Node<'a>> = Vec::new();
    let read = operation("definitionAbrufen", "Definition", "Geltende Fassung abrufen", "Read the version in force", open.into())
        .with("responses", answers("200", "Die Fassung", "Definitionsverweis", current, &[404, 429, 503]));
    paths.put("/definition", Map::new().with("get", read));
    paths
}

fn operation<'a>(
    id: &'static str,
    tag: &'static str,
    summary: &'static str,
    english: &'static str,
    security: Node<'a>,
) -> Map<'a> {
    Map::new()
        .with("operationId", id)
        .with("tags", [tag])
        .with("summary", summary)
        .with("description", format!("English: {english}."))
        .with("security", security)
}

/// A path below one application.
fn numbered<'a>() -> Map<'a> {
    let parameters: Vec<Node<'a>> = vec![Map::new().with("$ref", "#/components/parameters/Antragsnummer").into()];
    Map::new().with("parameters", parameters)
}

fn file<'a>(submission: &Submission<'a>, scopes: &Scopes, hash: &'a str, example: Node<'a>) -> Map<'a> {
    let definition = || definition_example(submission.procedure, submission.library, hash);
    let whole = Map::new()
        .with("summary", "Vollständig. English: Complete.")
        .with("value", Map::new().with("definition", definition()).with("daten", example));
    let partial = Map::new()
        .with("summary", "Auch ein unvollständiger Antrag geht ein. English: An incomplete application is received, too.")
        .with("value", Map::new().with("definition", definition()).with("daten", Map::new()));
    let media = Map::new()
        .with("schema", reference("Antrag"))
        .with("examples", Map::new().with("vollstaendig", whole).with("unvollstaendig", partial));
    let body = Map::new().with("required", true).with("content", Map::new().with("application/json", media));
    let mut responses = answers(
        "201",
        "Der Antrag ist eingegangen, auch wenn noch etwas fehlt. English: The application is received, even if something is missing.",
        "Eingangsbestaetigung",
        receipt_example(),
        &[400, 401, 403, 409, 413, 415, 422, 429, 503],
    );
    if let Node::Map(response) = responses.entry("201") {
        let location = Map::new()
            .with("description", "Wo der Stand zu finden ist. English: Where to find the state.")
            .with("schema", Map::new().with("type", "string").with("format", "uri-reference"));
        response.put("headers", Map::new().with("Location", location));
    }
    operation("antragEinreichen", "Antrag", "Antrag einreichen", "File an application", scopes.security("einreichen"))
        .with("parameters", idempotency())
        .with("requestBody", body)
        .with("responses", responses)
}

fn idempotency<'a>() -> Vec<Node<'a>> {
    vec![Map::new().with("$ref", "#/components/parameters/IdempotencyKey").into()]
}

fn upload<'a>(submission: &Submission<'a>, scopes: &Scopes) -> Map<'a> {
    let properties = Map::new().with("nachweis", evidence_keys(submission)).with(
        "datei",
        Map::new().with("type", "string").with("contentMediaType", "application/octet-stream").with("description", "Die Datei"),
    );
    let schema = Map::new().with("type", "object").with("properties", properties).with("required", ["nachweis", "datei"]);
    let encoding = Map::new().with("datei", Map::new().with("contentType", FORMATS.join(", ")));
    let media = Map::new().with("schema", schema).with("encoding", encoding);
    let body = Map::new().with("required", true).with("content", Map::new().with("multipart/form-data", media));
    operation("nachweisHochladen", "Nachweise", "Nachweis hochladen", "Upload evidence", scopes.security("einreichen"))
        .with("parameters", idempotency())
        .with("requestBody", body)
        .with(
            "responses",
            answers(
                "201",
                "Die Datei ist angekommen. English: The file has arrived.",
                "Hochladebestaetigung",
                uploaded_example(submission),
                &[400, 401, 403, 404, 409, 413, 415, 422, 429, 503],
            ),
        )
}

/// The good answer and the problems of an operation.
fn answers<'a>(status: &'static str, description: &'static str, body: &str, example: Map<'a>, problems: &[u32]) -> Map<'a> {
    let media = Map::new().with("schema", reference(body)).with("example", example);
    let good = Map::new().with("description", description).with("content", Map::new().with("application/json", media));
    let mut map = Map::new().with(status, good);
    for problem in PROBLEMS.iter().filter(|problem| problems.contains(&problem.status)) {
        let reference = Map::new().with("$ref", format!("#/components/responses/{}", problem.component));
        map.put(problem.status.to_string(), reference);
    }
    map
}

/// The parameters that several operations share.
pub fn parameters() -> &'static Node<'static> {
    static PARAMETERS: LazyLock<Node<'static>> = LazyLock::new(|| all_parameters().into());
    &PARAMETERS
}

fn all_parameters() -> Map<'static> {
    let number = Map::new()
        .with("name", "antragsnummer")
        .with("in", "path")
        .with("required", true)
        .with("description", "Die Nummer aus der Eingangsbestätigung. English: The number of the receipt.")
        .with("schema", Map::new().with("type", "string").with("format", "uuid"))
        .with("example", NUMBER);
    let key = Map::new()
        .with("name", "Idempotency-Key")
        .with("in", "header")
        .with("required", true)
        .with(
            "description",
            "Vom Absender gewählt: dieselbe Anfrage mit demselben Schlüssel wirkt nur einmal. English: Chosen by the sender; the same request with the same key counts once.",
        )
        .with("schema", Map::new().with("type", "string").with("minLength", 16_u32).with("maxLength", 64_u32))
        .with("example", format!("einreichung-{}", MOMENT.get(..10).unwrap_or_default()));
    Map::new().with("Antragsnummer", number).with("IdempotencyKey", key)
}
