//! The bodies that travel: the envelope of an application, its receipt, its state, its notice.

use crate::formats::tree::{Map, Node};
use crate::model::norm::cite;
use crate::model::{Library, Procedure, machine_key};
use crate::targets::json_schema::submission::Submission;

use super::example::iso;
use super::problems::reference;

/// A number of a matter, as it stands in the examples.
pub const NUMBER: &str = "7c0e1f0a-5b1d-4c3e-9a77-2f6b8d9e4c11";
/// A moment, as it stands in the examples.
pub const MOMENT: &str = "2026-03-02T09:15:00Z";

fn text<'a>(description: &'static str) -> Map<'a> {
    Map::new().with("type", "string").with("description", description)
}

fn object<'a>(title: &'static str, properties: Map<'a>, required: &[&'static str]) -> Map<'a> {
    let required: Vec<Node<'a>> = required.iter().map(|key| Node::from(*key)).collect();
    Map::new()
        .with("title", title)
        .with("type", "object")
        .with("properties", properties)
        .with("required", required)
        .with("additionalProperties", false)
}

/// Adds the schemas of all bodies but the submission itself.
pub fn schemas<'a>(into: &mut Map<'a>, submission: &Submission<'a>) {
    let procedure = submission.procedure;
    let library = submission.library;
    into.put("Antrag", envelope());
    into.put("Definitionsverweis", definition(procedure, library));
    into.put("Eingangsbestaetigung", receipt());
    into.put("Verfahrensstand", state(procedure));
    if !submission.plan.evidence.is_empty() {
        into.put("Hochladebestaetigung", uploaded(submission));
    }
    if !procedure.notices.is_empty() {
        into.put("Bescheid", notice(procedure));
    }
}

fn envelope<'a>() -> Map<'a> {
    let properties = Map::new().with("definition", reference("Definitionsverweis")).with("daten", reference("Einreichung"));
    object("Antrag mit der Fassung, nach der er ausgefüllt wurde", properties, &["definition", "daten"])
}

/// Which version of which procedure an application rests on.
fn definition<'a>(procedure: &'a Procedure, library: &'a Library) -> Map<'a> {
    let lands: Vec<Node<'a>> = library.lands.values().map(|land| land.key.to_lowercase().into()).collect();
    let mut land = Map::new().with("type", "string").with("description", "Das Land, zwei Buchstaben nach ISO 3166-2:DE");
    if lands.is_empty() {
        land.put("pattern", "^[a-z]{2}$");
    } else {
        land.put("enum", lands);
    }
    let name = machine_key(&procedure.name).to_lowercase();
    let properties = Map::new()
        .with("verfahren", text("Maschinenlesbarer Name").with("examples", vec![Node::from(name)]))
        .with("version", text("Fassung der Definition"))
        .with("land", land)
        .with("hash", text("SHA-256 der Definition, hexadezimal").with("pattern", "^[0-9a-f]{64}$"));
    object("Fassung der Definition", properties, &["verfahren", "version", "land", "hash"])
}

/// The envelope's reference to this definition, as an example.
pub fn definition_example<'a>(procedure: &'a Procedure, library: &'a Library, hash: &'a str) -> Map<'a> {
    let land = library.land("TH").or_else(|| library.lands.iter().next().map(|(id, _)| id));
    let land = land.and_then(|land| library.lands.get(land)).map_or_else(|| "th".to_owned(), |land| land.key.to_lowercase());
    let version = procedure.version.as_ref().map_or("", |(version, _)| version);
    Map::new()
        .with("verfahren", machine_key(&procedure.name).to_lowercase())
        .with("version", version)
        .with("land", land)
        .with("hash", hash)
}

fn missing<'a>() -> Map<'a> {
    let one = Map::new()
        .with("zeiger", text("Wo: JSON Pointer ab daten").with("format", "json-pointer"))
        .with("grund", text("Was fehlt, für Menschen"))
        .with("norm", text("Warum es nötig ist"));
    let one = Map::new().with("type", "object").with("properties", one).with("required", ["zeiger", "grund"]);
    Map::new().with("type", "array").with("description", "Was zur Entscheidung noch fehlt").with("items", one)
}

fn receipt<'a>() -> Map<'a> {
    let properties = Map::new()
        .with("antragsnummer", text("Nummer des Vorgangs").with("format", "uuid"))
        .with("eingegangen", text("Zeitpunkt des Eingangs").with("format", "date-time"))
        .with("vollstaendig", Map::new().with("type", "boolean").with("description", "Ob entschieden werden kann"))
        .with("fehlt", missing());
    object("Eingangsbestätigung", properties, &["antragsnummer", "eingegangen", "vollstaendig"])
}

/// A receipt, as an example.
pub fn receipt_example<'a>() -> Map<'a> {
    Map::new().with("antragsnummer", NUMBER).with("eingegangen", MOMENT).with("vollstaendig", true)
}

fn state<'a>(procedure: &'a Procedure) -> Map<'a> {
    let mut properties = Map::new()
        .with("antragsnummer", text("Nummer des Vorgangs").with("format", "uuid"))
        .with(
            "stand",
            Map::new()
                .with("type", "string")
                .with("enum", ["eingegangen", "in_bearbeitung", "angaben_fehlen", "entschieden", "beendet"])
                .with(
                    "description",
                    "eingegangen: received\nin_bearbeitung: being processed\nangaben_fehlen: data are missing\nentschieden: decided\nbeendet: closed",
                ),
        )
        .with("geaendert", text("Zeitpunkt der letzten Änderung").with("format", "date-time"))
        .with("fehlt", missing())
        .with("frist", text("Bis wann Fehlendes nachzureichen ist").with("format", "date"));
    if !procedure.notices.is_empty() {
        properties.put("bescheid", notice_kind(procedure));
    }
    object("Stand des Verfahrens", properties, &["antragsnummer", "stand", "geaendert"])
}

/// A state, as an example.
pub fn state_example<'a>() -> Map<'a> {
    Map::new().with("antragsnummer", NUMBER).with("stand", "in_bearbeitung").with("geaendert", MOMENT)
}

fn uploaded<'a>(submission: &Submission<'a>) -> Map<'a> {
    let properties = Map::new()
        .with("nachweis", evidence_keys(submission))
        .with("name", text("Name der Datei"))
        .with("typ", text("Art der Datei (Media Type)"))
        .with("groesse", Map::new().with("type", "integer").with("minimum", 0_u32).with("description", "Bytes"))
        .with("sha256", text("Prüfsumme, hexadezimal").with("pattern", "^[0-9a-f]{64}$"))
        .with("empfangen", text("Zeitpunkt des Empfangs").with("format", "date-time"));
    object("Bestätigung einer Datei", properties, &["nachweis", "name", "groesse", "sha256", "empfangen"])
}

/// An accepted file, as an example.
pub fn uploaded_example<'a>(submission: &Submission<'a>) -> Map<'a> {
    let key = submission.plan.evidence.first().map_or("", |planned| &planned.key);
    Map::new()
        .with("nachweis", key)
        .with("name", "scan.pdf")
        .with("typ", "application/pdf")
        .with("groesse", 184_320_u32)
        .with("sha256", "0".repeat(64))
        .with("empfangen", MOMENT)
}

/// The evidence that can be uploaded.
pub fn evidence_keys<'a>(submission: &Submission<'a>) -> Map<'a> {
    let planned = &submission.plan.evidence;
    let keys: Vec<Node<'a>> = planned.iter().map(|planned| (&planned.key).into()).collect();
    let words = planned.iter().filter_map(|planned| {
        let kind = submission.evidence(planned)?;
        Some(format!("{}: {}", planned.key, kind.label.de))
    });
    let words = words.collect::<Vec<_>>().join("\n");
    Map::new().with("type", "string").with("enum", keys).with("description", words)
}

fn notice_kind<'a>(procedure: &'a Procedure) -> Map<'a> {
    let keys: Vec<Node<'a>> = procedure.notices.values().map(|notice| machine_key(&notice.name).into()).collect();
    let words = procedure.notices.values().map(|notice| {
        let norms = cite(&notice.norms);
        let by = if norms.is_empty() { String::new() } else { format!(" ({norms})") };
        format!("{}: {}{by}", machine_key(&notice.name), notice.title.de)
    });
    let words = words.collect::<Vec<_>>().join("\n");
    Map::new().with("type", "string").with("enum", keys).with("description", words)
}

fn notice<'a>(procedure: &'a Procedure) -> Map<'a> {
    let paragraphs = Map::new().with("type", "array").with("items", Map::new().with("type", "string"));
    let mut properties = Map::new()
        .with("antragsnummer", text("Nummer des Vorgangs").with("format", "uuid"))
        .with("art", notice_kind(procedure))
        .with("titel", text("Überschrift"))
        .with("erlassen", text("Tag des Erlasses").with("format", "date"))
        .with("text", paragraphs.with("description", "Die Absätze"));
    if procedure.notices.values().any(|notice| notice.gives_reasons) && !procedure.preconditions.is_empty() {
        let keys = procedure.preconditions.values().map(|precondition| machine_key(&precondition.name).into());
        let words = procedure.preconditions.values().map(|precondition| {
            let norms = cite(&precondition.norms);
            let by = if norms.is_empty() { String::new() } else { format!(" ({norms})") };
            format!("{}: {}{by}", machine_key(&precondition.name), precondition.otherwise.de)
        });
        let words = words.collect::<Vec<_>>().join("\n");
        let reason = Map::new().with("type", "string").with("enum", keys.collect::<Vec<Node<'a>>>()).with("description", words);
        properties.put("gruende", Map::new().with("type", "array").with("items", reason));
    }
    properties.put("rechtsbehelf", remedy(procedure));
    object("Bescheid", properties, &["antragsnummer", "art", "titel", "erlassen", "text"])
}

fn remedy<'a>(procedure: &'a Procedure) -> Map<'a> {
    let kinds = Map::new().with("type", "array").with("items", Map::new().with("type", "string"));
    let mut term = text("Frist ab Bekanntgabe (ISO 8601)").with("format", "duration");
    let mut norm = text("Rechtsgrundlage");
    if let Some(remedy) = &procedure.remedy {
        if let Some(within) = remedy.within.and_then(iso) {
            term.put("examples", vec![Node::from(within)]);
        }
        let norms = cite(&remedy.norms);
        if !norms.is_empty() {
            norm.put("examples", vec![Node::from(norms)]);
        }
    }
    let properties = Map::new().with("arten", kinds).with("frist", term).with("norm", norm);
    Map::new()
        .with("title", "Rechtsbehelf")
        .with("type", "object")
        .with("properties", properties)
        .with("required", ["arten"])
        .with("additionalProperties", false)
}

/// A notice, as an example.
pub fn notice_example<'a>(procedure: &'a Procedure) -> Option<Map<'a>> {
    let notice = procedure.notices.values().next()?;
    let paragraphs: Vec<Node<'a>> = vec![(&notice.title.de).into()];
    let mut map = Map::new()
        .with("antragsnummer", NUMBER)
        .with("art", machine_key(&notice.name))
        .with("titel", &notice.title.de)
        .with("erlassen", "2026-03-20")
        .with("text", paragraphs);
    if let Some(remedy) = notice.remedy.as_ref().or(procedure.remedy.as_ref()) {
        let kinds: Vec<Node<'a>> = remedy.kinds.iter().map(Node::from).collect();
        let mut node = Map::new().with("arten", kinds);
        if let Some(within) = remedy.within.and_then(iso) {
            node.put("frist", within);
        }
        map.put("rechtsbehelf", node);
    }
    Some(map)
}
