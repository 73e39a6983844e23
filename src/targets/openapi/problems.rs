//! What can go wrong, as RFC 9457 says it: one type a kind of problem, each with a body of its own and an example.

use std::sync::LazyLock;

use crate::formats::tree::{Map, Node};

/// One kind of problem.
pub struct Problem {
    /// The HTTP status.
    pub status: u32,
    /// Its name: the end of its type's URN, and of its components.
    pub name: &'static str,
    /// The component of its body and response.
    pub component: &'static str,
    /// What it is, in German.
    pub title: &'static str,
    /// When it comes, in German.
    pub when: &'static str,
    /// The same in English.
    pub english: &'static str,
    /// Whether the answer says when to try again.
    pub retry: bool,
}

/// All problems, by status.
pub static PROBLEMS: &[Problem] = &[
    Problem {
        status: 400,
        name: "anfrage-unlesbar",
        component: "ProblemUnlesbar",
        title: "Anfrage nicht lesbar",
        when: "Die Anfrage ist kein gültiges JSON, oder ein Kopf fehlt.",
        english: "The request is no valid JSON, or a header is missing.",
        retry: false,
    },
    Problem {
        status: 401,
        name: "nicht-angemeldet",
        component: "ProblemNichtAngemeldet",
        title: "Nicht angemeldet",
        when: "Es fehlt ein gültiges Zugriffstoken.",
        english: "A valid access token is missing.",
        retry: false,
    },
    Problem {
        status: 403,
        name: "nicht-berechtigt",
        component: "ProblemNichtBerechtigt",
        title: "Nicht berechtigt",
        when: "Das Vertrauensniveau der Anmeldung reicht nicht, oder der Vorgang gehört jemand anderem.",
        english: "The trust level of the login does not suffice, or the matter is somebody else's.",
        retry: false,
    },
    Problem {
        status: 404,
        name: "nicht-gefunden",
        component: "ProblemNichtGefunden",
        title: "Nicht gefunden",
        when: "Unter dieser Nummer gibt es nichts, oder noch nicht.",
        english: "There is nothing under this number, or not yet.",
        retry: false,
    },
    Problem {
        status: 409,
        name: "definition-ueberholt",
        component: "ProblemUeberholt",
        title: "Widerspruch zum Stand der Stelle",
        when: "Die Anfrage beruht auf einer Fassung, die hier nicht gilt, oder ihr Idempotency-Key gehört zu einer anderen Anfrage.",
        english: "The request rests on a version that is not in force here, or its Idempotency-Key belongs to another request.",
        retry: false,
    },
    Problem {
        status: 413,
        name: "zu-gross",
        component: "ProblemZuGross",
        title: "Zu groß",
        when: "Die Anfrage oder eine Datei ist größer, als die Stelle annimmt.",
        english: "The request or a file is larger than the authority accepts.",
        retry: false,
    },
    Problem {
        status: 415,
        name: "format-nicht-angenommen",
        component: "ProblemFormat",
        title: "Format nicht angenommen",
        when: "Die Stelle nimmt dieses Format nicht an.",
        english: "The authority does not accept this format.",
        retry: false,
    },
    Problem {
        status: 422,
        name: "angaben-falsch",
        component: "ProblemAngaben",
        title: "Angaben haben nicht die verlangte Form",
        when: "Einzelne Angaben haben nicht die verlangte Form. Fehlende Angaben oder Nachweise sind kein Fehler.",
        english: "Some data do not have the shape asked for. Missing data or evidence are no error.",
        retry: false,
    },
    Problem {
        status: 429,
        name: "zu-viele-anfragen",
        component: "ProblemZuViele",
        title: "Zu viele Anfragen",
        when: "Es kamen in kurzer Zeit zu viele Anfragen.",
        english: "Too many requests came in a short time.",
        retry: true,
    },
    Problem {
        status: 503,
        name: "nicht-verfuegbar",
        component: "ProblemNichtVerfuegbar",
        title: "Vorübergehend nicht verfügbar",
        when: "Die Stelle ist vorübergehend nicht erreichbar.",
        english: "The authority is temporarily out of reach.",
        retry: true,
    },
];

/// The formats of evidence that are accepted.
pub const FORMATS: [&str; 3] = ["application/pdf", "image/jpeg", "image/png"];

/// Adds the body of each problem to the schemas.
pub fn schemas(into: &mut Map<'_>) {
    static SCHEMAS: LazyLock<Vec<Node<'static>>> =
        LazyLock::new(|| PROBLEMS.iter().map(|problem| schema(problem).into()).collect());
    for (problem, schema) in PROBLEMS.iter().zip(SCHEMAS.iter()) {
        into.put(problem.component, schema);
    }
}

/// The response of each problem, by component.
pub fn responses() -> &'static Node<'static> {
    static RESPONSES: LazyLock<Node<'static>> = LazyLock::new(|| all_responses().into());
    &RESPONSES
}

fn all_responses() -> Map<'static> {
    let mut map = Map::new();
    for problem in PROBLEMS {
        let media = Map::new().with("schema", reference(problem.component)).with("example", example(problem));
        let mut response = Map::new().with("description", format!("{}\nEnglish: {}", problem.when, problem.english));
        if problem.retry {
            let wait = Map::new()
                .with("description", "Nach so vielen Sekunden lohnt ein neuer Versuch. English: Seconds to wait.")
                .with("schema", Map::new().with("type", "integer").with("minimum", 1_u32));
            response.put("headers", Map::new().with("Retry-After", wait));
        }
        if problem.status == 401 {
            let header = Map::new()
                .with("description", "Wie man sich anmeldet (RFC 9110). English: How to authenticate.")
                .with("schema", Map::new().with("type", "string"));
            response.put("headers", Map::new().with("WWW-Authenticate", header));
        }
        response.put("content", Map::new().with("application/problem+json", media));
        map.put(problem.component, response);
    }
    map
}

/// A reference to a schema.
pub fn reference<'a>(component: &str) -> Map<'a> {
    Map::new().with("$ref", format!("#/components/schemas/{component}"))
}

fn urn(name: &str) -> String {
    format!("urn:blaupause:problem:{name}")
}

fn text<'a>(description: &'static str) -> Map<'a> {
    Map::new().with("type", "string").with("description", description)
}

fn schema<'a>(problem: &'a Problem) -> Map<'a> {
    let mut properties = Map::new()
        .with("type", Map::new().with("const", urn(problem.name)).with("description", "Art des Problems (RFC 9457)"))
        .with("title", text("Kurze Bezeichnung"))
        .with("status", Map::new().with("const", problem.status))
        .with("detail", text("Was in diesem Fall war"))
        .with("instance", text("Kennung dieses Vorkommens").with("format", "uri-reference"));
    let mut required: Vec<Node<'a>> = vec!["type".into(), "title".into(), "status".into()];
    let mut add = |key: &'static str, schema: Map<'a>| {
        properties.put(key, schema);
        required.push(key.into());
    };
    match problem.status {
        403 => add("verlangt", text("Das Vertrauensniveau, das verlangt ist")),
        409 => add("aktuell", reference("Definitionsverweis")),
        413 => add("hoechstens", Map::new().with("type", "integer").with("minimum", 1_u32).with("description", "Bytes")),
        415 => add("angenommen", Map::new().with("type", "array").with("items", Map::new().with("type", "string"))),
        422 => {
            let one = Map::new()
                .with("zeiger", text("Wo: JSON Pointer ab daten").with("format", "json-pointer"))
                .with("grund", text("Was nicht stimmt, für Menschen"))
                .with("regel", text("Das Schlüsselwort des Schemas"));
            let one = Map::new().with("type", "object").with("properties", one).with("required", ["zeiger", "grund"]);
            add("fehler", Map::new().with("type", "array").with("minItems", 1_u32).with("items", one));
        }
        429 | 503 => add("warten", Map::new().with("type", "integer").with("minimum", 1_u32).with("description", "Sekunden")),
        _ => {}
    }
    Map::new().with("title", problem.title).with("type", "object").with("properties", properties).with("required", required)
}

fn example<'a>(problem: &'a Problem) -> Map<'a> {
    let mut map = Map::new().with("type", urn(problem.name)).with("title", problem.title).with("status", problem.status);
    map.put("detail", problem.when);
    match problem.status {
        403 => map.put("verlangt", "substanziell"),
        409 => map.put(
            "aktuell",
            Map::new().with("verfahren", "beispiel").with("version", "1.1.0").with("land", "th").with("hash", "0".repeat(64)),
        ),
        413 => map.put("hoechstens", 10_485_760_u32),
        415 => map.put("angenommen", FORMATS),
        422 => {
            let one = Map::new()
                .with("zeiger", "/kind/geburtsdatum")
                .with("grund", "Ein Datum hat die Form 2022-01-15.")
                .with("regel", "pattern");
            let fehler: Vec<Node<'a>> = vec![one.into()];
            map.put("fehler", fehler);
        }
        429 | 503 => map.put("warten", 30_u32),
        _ => {}
    }
    map
}
