//! `formular/index.html`: one self-contained page that asks, checks, reviews and files an application.
//!
//! The page is a small shell, the procedure's form as data, its rules as a program, and a fixed program that draws and evaluates
//! them. A Content-Security-Policy admits exactly these texts by their hashes and nothing from anywhere else.

mod fields;
mod pages;

use std::sync::{Arc, LazyLock};

use serde_json::json;

use crate::both;
use crate::formats::html::{Element, Node, content_hash, element, script_is_closed};
use crate::model::{Land, Library, Procedure};
use crate::plan::Plan;

use super::expression::javascript::{RUNTIME, Rulebook, rulebook};
use super::{Artifact, Degree, Input, Loss, Output, Target};

/// The form.
pub struct Form;

/// Where the page stands below the procedure's folder.
const PATH: &str = "formular/index.html";

impl Target for Form {
    fn name(&self) -> &'static str {
        "formular"
    }

    fn names_land(&self) -> bool {
        true
    }

    fn emit(&self, input: Input<'_>) -> Output {
        let library = input.checked.library();
        page(library, input.checked.procedure(), input.plan, library.lands.get(input.land), input.definition_hash)
    }
}

/// The page of one procedure in one Land.
pub fn page(library: &Library, procedure: &Procedure, plan: &Plan, land: Option<&Land>, hash: &str) -> Output {
    let pages = pages::pages(library, procedure, plan, hash);
    let rules = rulebook(library, procedure, &pages.conditions);
    let mut losses: Vec<Loss> = rules
        .refused
        .iter()
        .map(|(what, why)| Loss { path: PATH.to_owned(), degree: Degree::Approximated, what: what.clone(), why: why.clone() })
        .collect();
    losses.extend(pages.from_account.iter().filter_map(|datum| procedure.data.get(*datum)).map(|datum| Loss {
        path: PATH.to_owned(),
        degree: Degree::Approximated,
        what: datum.name.to_string(),
        why: both!(
            "Die Seite allein kann niemanden anmelden. Sie fragt, was das Konto wüsste, außer ein Portal trägt es in das Element „konto“ ein.",
            "The page alone cannot sign anybody in. It asks what the account would know, unless a portal writes it into the element \"konto\"."
        ),
    }));
    let place = json!({
        "key": land.map_or_else(String::new, |land| land.key.to_lowercase()),
        "name": land.map_or("", |land| &land.name),
    });
    let html = shell(procedure, &place, &pages.data, rules).document();
    Output { artifacts: vec![Artifact { path: PATH.to_owned(), bytes: Arc::from(html.into_bytes()) }], losses }
}

/// A text that goes into every page, with its hash.
struct Fixed {
    text: String,
    hash: String,
}

impl Fixed {
    fn new(text: String) -> Fixed {
        Fixed { hash: content_hash(&text), text }
    }
}

/// Exact values. They stand before the rules, which use them as they are read, and also run without a page.
static VALUES: LazyLock<Fixed> = LazyLock::new(|| Fixed::new(compact(RUNTIME)));

/// The program that draws.
static PROGRAM: LazyLock<Fixed> = LazyLock::new(|| {
    let drawing = [
        include_str!("script/texts.js"),
        include_str!("script/elements.js"),
        include_str!("script/reading.js"),
        include_str!("script/answers.js"),
        include_str!("script/questions.js"),
        include_str!("script/pages.js"),
        include_str!("script/summary.js"),
        include_str!("script/filing.js"),
        include_str!("script/start.js"),
    ];
    Fixed::new(compact(&format!("\"use strict\";\nif (typeof document !== \"undefined\") {{\n{}\n}}\n", drawing.join("\n"))))
});

static STYLE: LazyLock<Fixed> = LazyLock::new(|| Fixed::new(compact(include_str!("style.css"))));

/// The same text without indentation, empty lines and comments that fill a line.
fn compact(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let lines = text.lines().map(str::trim);
    for line in lines.filter(|line| !is_comment(line) && !line.is_empty()) {
        out.push_str(line);
        out.push('\n');
    }
    out
}

fn is_comment(line: &str) -> bool {
    line.starts_with("//") || (line.starts_with("/*") && line.ends_with("*/"))
}

fn shell(procedure: &Procedure, place: &serde_json::Value, form: &serde_json::Value, rules: Rulebook) -> Element {
    debug_assert!([&rules.source, &VALUES.text, &PROGRAM.text].iter().all(|script| script_is_closed(script)));
    let policy = format!(
        "default-src 'none'; script-src {} {} {}; style-src {}; img-src data:; connect-src 'self'; form-action 'none'; base-uri 'none'; \
         require-trusted-types-for 'script'",
        VALUES.hash,
        content_hash(&rules.source),
        PROGRAM.hash,
        STYLE.hash
    );
    let meta = |name: &'static str, content: &str| element("meta").attribute("name", name).attribute("content", content);
    let head = element("head")
        .child(element("meta").attribute("charset", "utf-8"))
        .child(element("meta").attribute("http-equiv", "Content-Security-Policy").attribute("content", policy))
        .child(meta("viewport", "width=device-width, initial-scale=1"))
        .child(meta("referrer", "no-referrer"))
        .child(meta("format-detection", "telephone=no"))
        .child(meta("blaupause-api", ""))
        .child(element("title").text(&*procedure.title.de))
        .child(Node::Style(STYLE.text.clone()));
    let body = element("body")
        .child(
            element("a")
                .attribute("class", "kern-link bp-skip")
                .attribute("href", "#inhalt")
                .attribute("id", "sprung")
                .attribute("data-text", "skip")
                .text("Zum Inhalt springen"),
        )
        .child(header(procedure, place))
        .child(
            element("main")
                .attribute("id", "inhalt")
                .attribute("class", "kern-container")
                .attribute("tabindex", "-1")
                .child(without_program(procedure)),
        )
        .child(footer())
        .child(Node::Data { id: "formular".to_owned(), json: form.to_string() })
        .child(Node::Data { id: "land".to_owned(), json: place.to_string() })
        .child(Node::Data { id: "konto".to_owned(), json: "{}".to_owned() })
        .child(Node::Script(VALUES.text.clone()))
        .child(Node::Script(rules.source))
        .child(Node::Script(PROGRAM.text.clone()));
    element("html").attribute("lang", "de").child(head).child(body)
}

fn header(procedure: &Procedure, place: &serde_json::Value) -> Element {
    let place = place.get("name").and_then(|name| name.as_str()).unwrap_or_default();
    let language = button("tertiary", "sprache", "language", "English").attribute("id", "sprache").attribute("lang", "en");
    let top = element("div").attribute("class", "kern-kopfzeile").child(
        element("div").attribute("class", "kern-container").child(
            element("div")
                .attribute("class", "kern-kopfzeile__content")
                .child(element("span").attribute("class", "kern-kopfzeile__label").attribute("lang", "de").text(place))
                .child(language),
        ),
    );
    let service = element("div").attribute("class", "bp-service").attribute("id", "kopf").child(
        element("div").attribute("class", "kern-container").child(
            element("div")
                .attribute("class", "bp-service__content")
                .child(
                    element("div").attribute("class", "bp-service__title").attribute("id", "leistung").text(&*procedure.title.de),
                )
                .child(element("div").attribute("class", "bp-service__authority").attribute("id", "stelle")),
        ),
    );
    element("header").child(top).child(service)
}

fn without_program(procedure: &Procedure) -> Element {
    element("noscript").child(
        element("div").attribute("class", "kern-alert kern-alert--warning").child(
            element("p").attribute("class", "kern-body").text(format!(
                "{}: Dieses Formular rechnet in Ihrem Browser und braucht dafür JavaScript. Bitte schalten Sie es ein oder stellen Sie \
                 Ihren Antrag bei der Behörde auf Papier.",
                procedure.title.de
            )),
        ),
    )
}

fn footer() -> Element {
    let tools = element("nav")
        .attribute("class", "bp-tools")
        .attribute("aria-label", "Entwurf und Druck")
        .child(button("tertiary", "speichern", "save", "Entwurf speichern"))
        .child(button("tertiary", "laden", "load", "Entwurf laden"))
        .child(button("tertiary", "drucken", "print", "Drucken"));
    let draft = element("input")
        .attribute("type", "file")
        .attribute("id", "entwurf")
        .attribute("accept", ".json,application/json")
        .attribute("aria-label", "Entwurf laden")
        .flag("hidden");
    element("footer")
        .attribute("class", "bp-foot")
        .child(element("div").attribute("class", "kern-container").child(tools).child(draft))
}

/// A button whose words the program translates.
fn button(kind: &str, action: &str, text: &str, german: &str) -> Element {
    element("button")
        .attribute("type", "button")
        .attribute("class", format!("kern-btn kern-btn--{kind}"))
        .attribute("data-action", action)
        .child(element("span").attribute("class", "kern-label").attribute("data-text", text).text(german))
}
