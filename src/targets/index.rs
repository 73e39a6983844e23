//! `index.html`: all services × all Länder, and a page for each Land that leads to every file and says what it could not carry.

use std::collections::BTreeMap;

use crate::formats::html::{Element, Node, element};

use super::Degree;

/// What was built.
#[derive(Debug, Clone, Default)]
pub struct Catalogue<'a> {
    /// For which day.
    pub day: &'a str,
    /// The Länder in the order of their names: folder and name.
    pub lands: Vec<(&'a str, &'a str)>,
    /// The services by folder.
    pub services: BTreeMap<&'a str, Service<'a>>,
}

/// One service in all its Länder.
#[derive(Debug, Clone, Default)]
pub struct Service<'a> {
    /// Its title, German and English.
    pub title: (&'a str, &'a str),
    /// Its version.
    pub version: Option<&'a str>,
    /// By the Land's folder.
    pub lands: BTreeMap<&'a str, Cell<'a>>,
}

/// One service in one Land.
#[derive(Debug, Clone, Default)]
pub struct Cell<'a> {
    /// What the Land regulates itself: what, by which norm.
    pub changes: Vec<(&'a str, &'a str)>,
    /// The municipalities with versions of their own: folder, name, files below the folder.
    pub municipalities: Vec<(String, &'a str, Vec<&'a str>)>,
    /// The texts it comes from.
    pub origin: Vec<&'a str>,
    /// The files below the procedure's folder.
    pub files: Vec<&'a str>,
    /// What was not carried exactly: file, how, what, why (German, English).
    pub losses: Vec<(&'a str, Degree, &'a str, (&'a str, &'a str))>,
}

/// The pages: path below the output folder, and text.
pub fn pages(catalogue: &Catalogue<'_>) -> Vec<(String, String)> {
    let mut pages = vec![("index.html".to_owned(), overview(catalogue).document())];
    for (folder, name) in &catalogue.lands {
        if catalogue.services.values().any(|service| service.lands.contains_key(folder)) {
            pages.push((format!("{folder}/index.html"), land(catalogue, folder, name).document()));
        }
    }
    pages
}

fn overview(catalogue: &Catalogue<'_>) -> Element {
    let mut head = element("tr").child(element("th").attribute("scope", "col").text("Leistung"));
    for (folder, name) in &catalogue.lands {
        let key = element("abbr").attribute("title", *name).text(folder.to_uppercase());
        head = head.child(element("th").attribute("scope", "col").child(key));
    }
    let mut body = element("tbody");
    for (folder, service) in &catalogue.services {
        body = body.child(row(catalogue, folder, service));
    }
    let caption =
        element("caption").text("Jedes Kürzel führt zu den Ausgaben des Landes. „eigen“ heißt: Das Land regelt etwas selbst.");
    let table = element("table").child(caption).child(element("thead").child(head)).child(body);
    let main = element("main")
        .child(element("h1").text("Leistungen und Länder"))
        .child(element("p").text(format!("Stand {}. Alle Dateien sind aus den Definitionen erzeugt.", catalogue.day)))
        .child(english(format!("Services and Länder, as of {}. All files are generated from the definitions.", catalogue.day)))
        .child(
            element("section")
                .attribute("class", "weit")
                .attribute("tabindex", "0")
                .attribute("aria-label", "Tabelle der Leistungen")
                .child(table),
        )
        .child(element("p").child(link("manifest.json", "manifest.json")).text(": Prüfsumme und Herkunft jeder Datei."));
    document("Leistungen und Länder", "de", main)
}

fn row(catalogue: &Catalogue<'_>, folder: &str, service: &Service<'_>) -> Element {
    let mut title = element("th").attribute("scope", "row").text(service.title.0);
    if let Some(version) = service.version {
        title = title.text(" ").child(element("small").text(version));
    }
    if service.title.1 != service.title.0 {
        title = title.child(element("small").attribute("class", "en").attribute("lang", "en").text(service.title.1));
    }
    let mut row = element("tr").child(title);
    for (land, name) in &catalogue.lands {
        row = row.child(match service.lands.get(land) {
            Some(cell) => {
                let label = format!("{} in {name}", service.title.0);
                let target = link(&format!("{land}/index.html#{folder}"), &land.to_uppercase())
                    .attribute("aria-label", format!("{}: {label}", land.to_uppercase()));
                let cell_shown = element("td").child(target);
                if cell.changes.is_empty() { cell_shown } else { cell_shown.child(element("small").text("eigen")) }
            }
            None => element("td").text("–"),
        });
    }
    row
}

fn land(catalogue: &Catalogue<'_>, folder: &str, name: &str) -> Element {
    let mut main = element("main")
        .child(element("p").child(link("../index.html", "Alle Länder")))
        .child(element("h1").text(name))
        .child(element("p").text(format!("Stand {}.", catalogue.day)));
    for (procedure, service) in &catalogue.services {
        if let Some(cell) = service.lands.get(folder) {
            main = main.child(section(procedure, service, cell));
        }
    }
    document(name, "de", main)
}

fn section(folder: &str, service: &Service<'_>, cell: &Cell<'_>) -> Element {
    let mut section = element("section").attribute("id", folder).child(element("h2").text(service.title.0));
    if service.title.1 != service.title.0 {
        section = section.child(english(service.title.1.to_owned()));
    }
    if !cell.changes.is_empty() {
        let mut list = element("ul");
        for (what, norms) in &cell.changes {
            let item = element("li").child(element("code").text(*what));
            list = list.child(if norms.is_empty() { item } else { item.text(format!(", {norms}")) });
        }
        section = section.child(element("p").text("Dieses Land regelt hier selbst:")).child(list);
    }
    section = section.child(files(folder, &cell.files));
    for (own, name, paths) in &cell.municipalities {
        section = section.child(element("h3").text(*name)).child(files(&format!("{folder}/{own}"), paths));
    }
    if !cell.origin.is_empty() {
        section = section.child(element("p").child(element("small").text(format!("Aus: {}", cell.origin.join(", ")))));
    }
    if !cell.losses.is_empty() {
        section = section.child(losses(cell));
    }
    section
}

/// Links to files, what people look for first.
fn files(folder: &str, paths: &[&str]) -> Element {
    let mut paths = paths.to_vec();
    paths.sort_by_key(|path| (place(path), *path));
    let mut files = element("ul");
    for path in paths {
        let (german, english) = purpose(path);
        let mut item = element("li").child(link(&format!("{folder}/{path}"), german.unwrap_or(path)));
        if let Some(english) = english {
            item = item.text(" ").child(element("small").attribute("lang", "en").text(english));
            item = item.text(" ").child(element("small").child(element("code").text(path)));
        }
        files = files.child(item);
    }
    files
}

fn losses(cell: &Cell<'_>) -> Element {
    let count = cell.losses.len();
    let summary = if count == 1 {
        "Eine Angabe ist nicht genau getragen".to_owned()
    } else {
        format!("{count} Angaben sind nicht genau getragen")
    };
    let mut list = element("ul");
    for (path, degree, what, (german, english)) in &cell.losses {
        let degree = match degree {
            Degree::Approximated => "angenähert",
            Degree::Dropped => "entfallen",
        };
        list = list.child(
            element("li")
                .child(element("code").text(*what))
                .text(format!(" in {path}, {degree}: {german} "))
                .child(element("small").attribute("lang", "en").text(*english)),
        );
    }
    element("details").child(element("summary").text(summary)).child(list)
}

/// What people look for first comes first.
fn place(path: &str) -> usize {
    let folder = path.split('/').next().unwrap_or_default();
    ["formular", "api", "ablauf"].iter().position(|known| *known == folder).unwrap_or(usize::MAX)
}

/// What a file is for, German and English; a file nobody has described is shown by its path.
fn purpose(path: &str) -> (Option<&'static str>, Option<&'static str>) {
    let known = match path {
        "formular/index.html" => ("Formular zum Ausfüllen", "The form"),
        "formular/schema.json" => ("Was eingereicht werden kann", "What can be filed"),
        "formular/vollstaendig.schema.json" => ("Was entschieden werden kann", "What can be decided"),
        "formular/uischema.json" => ("Anordnung für JSON Forms", "Layout for JSON Forms"),
        "api/openapi.yaml" => ("Schnittstelle", "The interface"),
        "ablauf/prozess.c7.bpmn" => ("Ablauf für Camunda 7, Operaton, CIB seven", "Workflow for Camunda 7, Operaton, CIB seven"),
        "ablauf/prozess.c8.bpmn" => ("Ablauf für Camunda 8 (Zeebe)", "Workflow for Camunda 8 (Zeebe)"),
        "ablauf/prozess.flowable.bpmn" => ("Ablauf für Flowable", "Workflow for Flowable"),
        "ablauf/prozess.spiff.bpmn" => ("Ablauf für SpiffWorkflow", "Workflow for SpiffWorkflow"),
        "ablauf/entscheidungen.dmn" => ("Entscheidungen (DMN, FEEL)", "Decisions (DMN, FEEL)"),
        "ablauf/entscheidungen.flowable.dmn" => ("Entscheidungen für Flowable", "Decisions for Flowable"),
        "ablauf/entscheidungen.spiff.dmn" => ("Entscheidungen für SpiffWorkflow", "Decisions for SpiffWorkflow"),
        _ => return (None, None),
    };
    (Some(known.0), Some(known.1))
}

fn link(target: &str, text: &str) -> Element {
    element("a").attribute("href", target).text(text)
}

fn english(text: String) -> Element {
    element("p").attribute("class", "en").attribute("lang", "en").text(text)
}

/// The look of the forms, in small.
const STYLE: &str = "\
*{box-sizing:border-box}\
body{margin:0;font:1.0625rem/1.55 \"Fira Sans\",system-ui,-apple-system,\"Segoe UI\",Roboto,\"Noto Sans\",\"Liberation Sans\",Arial,sans-serif;\
color:#131525;background:#fff;overflow-wrap:break-word}\
header{background:#f3f5fa;border-bottom:1px solid #d5d9e6;font-size:.9375rem}\
header p,main{max-width:76rem;margin:0 auto;padding:.75rem 1.25rem}\
main{padding-top:1.5rem;padding-bottom:3rem}\
h1{font-size:2.25rem;line-height:1.2;margin:0 0 .5rem}\
h2{font-size:1.4rem;line-height:1.3;margin:0}\
h3{font-size:1.0625rem;line-height:1.4;margin:1rem 0 0}\
p{margin:.25rem 0}\
a{color:#2044aa;text-underline-offset:.15em}\
a:hover{color:#16307c;text-decoration-thickness:2px}\
:focus-visible{outline:3px solid #131525;outline-offset:2px;box-shadow:0 0 0 6px #ffd23f}\
small{font-size:.9375rem;color:#4a4f66;font-weight:400}\
.en{display:block;color:#4a4f66;font-size:1rem;font-weight:400}\
.weit{overflow-x:auto;margin:1.5rem 0}\
table{border-collapse:collapse;min-width:100%}\
caption{text-align:left;padding:0 0 .75rem}\
th,td{padding:.6rem .5rem;border-bottom:1px solid #d5d9e6;text-align:left;vertical-align:top}\
thead th{border-bottom:2px solid #2a3047}\
tbody th{min-width:16rem}\
td small{display:block}\
abbr{text-decoration:none}\
section:not(.weit){margin:1.5rem 0;padding:1.25rem;border:1px solid #d5d9e6;border-radius:4px}\
ul{margin:.75rem 0;padding-left:1.25rem}\
li{padding:.15rem 0}\
summary{cursor:pointer}\
@media print{a{color:inherit}section{break-inside:avoid}}";

/// A page in the look of the catalogue.
pub fn document(title: &str, language: &str, main: Element) -> Element {
    element("html")
        .attribute("lang", language)
        .child(
            element("head")
                .child(element("meta").attribute("charset", "utf-8"))
                .child(element("meta").attribute("name", "viewport").attribute("content", "width=device-width, initial-scale=1"))
                .child(element("title").text(title))
                .child(Node::Style(STYLE.to_owned())),
        )
        .child(
            element("body")
                .child(
                    element("header")
                        .child(element("p").text("Blaupause: aus einer Definition Formular, Schnittstelle und Ablauf")),
                )
                .child(main),
        )
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{Catalogue, Cell, Service, pages};

    #[test]
    fn leads_to_every_file_and_tames_every_title() {
        let cell = Cell { files: vec!["formular/index.html", "api/openapi.yaml"], ..Cell::default() };
        let service = Service { title: ("</h1><script>", "x"), version: Some("1.0.0"), lands: BTreeMap::from([("th", cell)]) };
        let catalogue = Catalogue {
            day: "2026-06-01",
            lands: vec![("by", "Bayern"), ("th", "Thüringen")],
            services: BTreeMap::from([("probe", service)]),
        };
        let pages = pages(&catalogue);
        let paths: Vec<&str> = pages.iter().map(|(path, _)| path.as_str()).collect();
        assert_eq!(paths, ["index.html", "th/index.html"]);
        assert!(pages[0].1.contains("href=\"th/index.html#probe\""));
        assert!(
            pages[1].1.contains("href=\"probe/formular/index.html\"") && pages[1].1.contains("href=\"probe/api/openapi.yaml\"")
        );
        assert!(pages.iter().all(|(_, text)| !text.contains("<script>")));
    }
}
