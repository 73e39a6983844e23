//! `blaupause test` as a person and as a build server meet it.

use std::path::Path;

use serde_json::Value;

use super::cli::{Ended, blaupause, folder};

pub(super) const SERVICE: &str = "modul probe

gesetz ProbeG \"Probegesetz\" ebene Bund

verfahren Anzeige \"Hund anmelden\" nach § 1 ProbeG {
  leistung 99000000000000
  verfahrensrecht Bundesrecht
  rechtsbehelf Widerspruch binnen 1 Monat nach § 1 ProbeG
  seite s \"Ihr Hund\" {
    feld schwer \"Wie schwer ist der Hund?\": Ganzzahl von 0 bis 100 nach § 1 ProbeG
    feld gefährlich \"Ist der Hund gefährlich?\": JaNein nach § 1 ProbeG
  }
  entscheidung klasse: Text nach § 2 ProbeG {
    | schwer   || klasse  |
    | unter 20 || \"klein\" |
    | ab 20    || \"groß\"  |
  }
  voraussetzung harmlos: nicht gefährlich oder schwer < 5 sonst \"Zu gefährlich.\" nach § 3 ProbeG
  ablauf {
    eingang
    wenn erfüllt {
      erlasse Erlaubnis
    } sonst {
      erlasse Ablehnung
    }
  }
  bescheid Erlaubnis \"Erlaubnis\" nach § 1 ProbeG {
    text \"Wir erlauben es.\"
  }
  bescheid Ablehnung \"Ablehnung\" nach § 1 ProbeG {
    text \"Wir erlauben es nicht.\"
  }
}
";

pub(super) const CASES: &str = "modul probe

fall \"Dackel\" am 2026-03-02 {
  gegeben schwer = 9, gefährlich = nein
  erwarte klasse = \"klein\", bescheid Erlaubnis
}
fall \"Dogge <&> \\\"Bello\\\"\" für Bayern am 2026-03-02 {
  gegeben schwer = 60, gefährlich = ja
  erwarte klasse = \"groß\", bescheid Ablehnung
}
";

fn dogs(cases: &str) -> tempfile::TempDir {
    folder(&[("p/blaupause.yaml", "stichtag: 2026-06-01\n"), ("p/hund.blau", SERVICE), ("p/faelle.blau", cases)])
}

fn test(here: &Path, arguments: &[&str]) -> Ended {
    blaupause(here, &[&["test", "p"], arguments].concat())
}

#[test]
fn a_person_reads_how_many_come_true_and_what_does_not() {
    let here = dogs(CASES);
    let ended = test(here.path(), &[]);
    assert_eq!((ended.code, ended.err.as_str()), (0, ""));
    assert_eq!(ended.out, "Hund anmelden\n  ✓ 2 Fälle in 16 Ländern, 17 Läufe: alle treffen zu.\n\n");

    let wrong =
        dogs(&CASES.replace("\"klein\", bescheid", "\"mittel\", bescheid").replace("bescheid Ablehnung", "bescheid Erlaubnis"));
    let ended = test(wrong.path(), &[]);
    assert_eq!(ended.code, 1);
    insta::assert_snapshot!("gescheiterte_faelle", ended.out);
    let english = blaupause(wrong.path(), &["teste", "p", "--sprache", "en"]);
    assert!(english.out.contains("✗ 2 of 2 cases do not come true (17 of 17 runs in 16 Länder)."), "{}", english.out);
}

#[test]
fn one_asks_for_some_cases_and_some_laender() {
    let here = dogs(CASES);
    let ended = test(here.path(), &["--fall", "DACKEL", "--land", "th,by"]);
    assert_eq!((ended.code, ended.out.as_str()), (0, "Hund anmelden\n  ✓ 1 Fall in 2 Ländern, 2 Läufe: alle treffen zu.\n\n"));
    let nothing = test(here.path(), &["--fall", "Dakel"]);
    assert_eq!((nothing.code, nothing.out.as_str()), (2, ""));
    assert!(nothing.err.contains("Kein Fall trägt „Dakel“ im Titel. Meinten Sie „Dackel“?"), "{}", nothing.err);
    let land = test(here.path(), &["--land", "xx"]);
    assert_eq!(land.code, 2);
    let day = test(here.path(), &["--stichtag", "1.6.2026"]);
    assert_eq!(day.code, 2);
    let without = dogs("modul probe\n");
    let ended = test(without.path(), &[]);
    assert_eq!((ended.code, ended.out.as_str()), (0, "Ohne Fälle: Hund anmelden.\n"));
}

#[test]
fn what_does_not_compile_is_told_and_the_rest_is_run() {
    let here = dogs(CASES);
    let broken = SERVICE.replace("Anzeige", "Zweite").replace("schwer < 5", "schwehr < 5");
    std::fs::write(here.path().join("p/zweite.blau"), broken.replace("modul probe", "modul zwei")).unwrap();
    let ended = test(here.path(), &[]);
    assert_eq!(ended.code, 1);
    assert!(ended.err.contains("Fehler unknown-name") && ended.err.contains("1 Fehler."), "{}", ended.err);
    assert!(ended.out.contains("✓ 2 Fälle in 16 Ländern"), "{}", ended.out);
}

#[test]
fn coverage_names_what_no_case_shows() {
    let here = dogs(CASES);
    let ended = test(here.path(), &["--abdeckung"]);
    assert_eq!(ended.code, 0);
    insta::assert_snapshot!("abdeckung", ended.out);
    assert_eq!(test(here.path(), &["--abdeckung", "--streng"]).code, 1);
    let whole = dogs(&format!(
        "{CASES}fall \"Leer\" {{\n  erwarte offen harmlos\n}}\nfall \"Welpe\" {{\n  gegeben schwer = 2, gefährlich = ja\n  erwarte erfüllt\n}}\n\
         fall \"Dogge\" {{\n  gegeben schwer = 60, gefährlich = ja\n  erwarte nicht erfüllt\n}}\n"
    ));
    let ended = test(whole.path(), &["--abdeckung", "--streng"]);
    assert_eq!(ended.code, 0, "{}", ended.out);
    assert!(ended.out.contains("Die Fälle zeigen alles, was eintreten kann."), "{}", ended.out);
}

#[test]
fn machines_read_the_documented_json() {
    let schema: Value = serde_json::from_str(include_str!("../src/cli/test/report.schema.json")).unwrap();
    let judge = jsonschema::draft202012::options().should_validate_formats(true).build(&schema).unwrap();
    for cases in [CASES.to_owned(), CASES.replace("bescheid Ablehnung", "bescheid Erlaubnis"), "modul probe\n".to_owned()] {
        for arguments in [&["--format", "json"][..], &["--format", "json", "--abdeckung"]] {
            let here = dogs(&cases);
            let ended = test(here.path(), arguments);
            let report: Value = serde_json::from_str(&ended.out).unwrap();
            let objections: Vec<String> = judge.iter_errors(&report).map(|error| format!("{error}")).collect();
            assert!(objections.is_empty(), "{objections:?}\n{}", ended.out);
        }
    }
    let here = dogs(&CASES.replace("bescheid Ablehnung", "bescheid Erlaubnis"));
    let report: Value = serde_json::from_str(&test(here.path(), &["--format", "json", "--abdeckung"]).out).unwrap();
    assert_eq!(report["zusammenfassung"]["laeufe"], 17);
    assert_eq!(report["zusammenfassung"]["faelle_gescheitert"], 1);
    let dogge = &report["verfahren"][0]["faelle"][1];
    assert_eq!(dogge["titel"], "Dogge <&> \"Bello\"");
    assert_eq!(dogge["gescheitert_in"][0], "by");
    assert_eq!(dogge["befunde"][0]["meldung"]["de"], "erwartet: Bescheid Erlaubnis; tatsächlich: Ablehnung");
    assert_eq!(dogge["wege"][0]["schritte"], serde_json::json!(["eingang", "Ablehnung"]));
    assert_eq!(report["verfahren"][0]["abdeckung"]["gruppen"][0]["zeilen"]["moeglich"], 2);
}

/// An element as the schema sees it.
#[derive(Debug)]
struct Node {
    name: String,
    attributes: Vec<(String, String)>,
    children: Vec<Node>,
    text: String,
}

fn parse(text: &str) -> Node {
    use quick_xml::events::Event;
    let mut reader = quick_xml::Reader::from_str(text);
    let root = Node { name: String::new(), attributes: Vec::new(), children: Vec::new(), text: String::new() };
    let mut open = vec![root];
    loop {
        let event = reader.read_event().unwrap();
        match event {
            Event::Start(ref start) | Event::Empty(ref start) => {
                let attributes = start.attributes().map(|attribute| {
                    let attribute = attribute.unwrap();
                    let value = quick_xml::escape::unescape(&attribute.value).unwrap().into_owned();
                    (attribute.key.as_ref().to_owned(), value)
                });
                let name = start.name().as_ref().to_owned();
                open.push(Node { name, attributes: attributes.collect(), children: Vec::new(), text: String::new() });
                if matches!(event, Event::Empty(_)) {
                    let node = open.pop().unwrap();
                    open.last_mut().unwrap().children.push(node);
                }
            }
            Event::End(_) => {
                let node = open.pop().unwrap();
                open.last_mut().unwrap().children.push(node);
            }
            Event::Text(text) => open.last_mut().unwrap().text.push_str(&text),
            Event::Eof => return open.pop().unwrap().children.pop().unwrap(),
            _ => {}
        }
    }
}

/// The rules of the schema that Ant's JUnit reports follow, as far as such a report uses it: order and number of children, required
/// and known attributes, their types.
fn against_the_schema(node: &Node) {
    let (required, children): (&[&str], &[&str]) = match node.name.as_str() {
        "testsuites" => (&[], &["testsuite*"]),
        "testsuite" => (
            &["name", "timestamp", "hostname", "tests", "failures", "errors", "time", "package", "id"],
            &["properties", "testcase*", "system-out", "system-err"],
        ),
        "properties" => (&[], &["property*"]),
        "property" => (&["name", "value"], &[]),
        "testcase" => (&["name", "classname", "time"], &["failure?"]),
        "failure" => (&["type"], &[]),
        "system-out" | "system-err" => (&[], &[]),
        other => panic!("the schema knows no {other}"),
    };
    let optional: &[&str] = match node.name.as_str() {
        "testsuite" => &["skipped"],
        "failure" => &["message"],
        _ => &[],
    };
    for name in required {
        assert!(node.attributes.iter().any(|(known, _)| known == name), "{} lacks {name}", node.name);
    }
    for (name, value) in &node.attributes {
        assert!(required.contains(&name.as_str()) || optional.contains(&name.as_str()), "{} has {name}", node.name);
        match name.as_str() {
            "id" | "tests" | "failures" | "errors" | "skipped" => assert!(value.parse::<i32>().is_ok(), "{name}={value}"),
            "time" => assert!(value.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.') && !value.is_empty(), "{value}"),
            "timestamp" => {
                let (day, time) = value.split_once('T').unwrap();
                assert!(
                    day.parse::<jiff::civil::Date>().is_ok() && time.parse::<jiff::civil::Time>().is_ok() && value.len() == 19
                );
            }
            "hostname" | "name" => assert!(!value.trim().is_empty(), "{} {name}", node.name),
            _ => {}
        }
    }
    let mut rest = node.children.iter().peekable();
    for child in children {
        let name = child.trim_end_matches(['*', '?']);
        let most = if child.ends_with('*') { usize::MAX } else { 1 };
        let mut count = 0;
        while count < most && rest.next_if(|node| node.name == name).is_some() {
            count += 1;
        }
        assert!(count > 0 || child.ends_with(['*', '?']), "{} lacks {name}", node.name);
    }
    assert!(rest.peek().is_none(), "{} may not hold {:?} there", node.name, rest.peek().map(|node| &node.name));
    node.children.iter().for_each(against_the_schema);
}

#[test]
fn build_servers_read_junit() {
    let here = dogs(&CASES.replace("bescheid Ablehnung", "bescheid Erlaubnis"));
    let ended = test(here.path(), &["--format", "junit"]);
    assert_eq!((ended.code, ended.err.as_str()), (1, ""));
    let report = parse(&ended.out);
    against_the_schema(&report);
    let attribute = |node: &Node, name: &str| node.attributes.iter().find(|(known, _)| known == name).unwrap().1.clone();
    assert_eq!(report.children.len(), 16);
    for suite in &report.children {
        let cases: Vec<&Node> = suite.children.iter().filter(|node| node.name == "testcase").collect();
        assert_eq!(attribute(suite, "tests"), cases.len().to_string());
        let failing = cases.iter().filter(|case| !case.children.is_empty()).count();
        assert_eq!(attribute(suite, "failures"), failing.to_string());
        assert_eq!(failing == 1, attribute(suite, "name") == "Anzeige: Bayern");
    }
    let bavaria = report.children.iter().find(|suite| attribute(suite, "name") == "Anzeige: Bayern").unwrap();
    let dogge = bavaria.children.iter().filter(|node| node.name == "testcase").nth(1).unwrap();
    assert_eq!(attribute(dogge, "name"), "Dogge <&> \"Bello\"");
    assert_eq!(attribute(&dogge.children[0], "message"), "erwartet: Bescheid Erlaubnis; tatsächlich: Ablehnung");
    assert!(dogge.children[0].text.starts_with("p/faelle.blau:9:"), "{}", dogge.children[0].text);
    let again = test(here.path(), &["--format", "junit"]);
    assert_eq!(again.out, ended.out);
}
