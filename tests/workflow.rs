//! Processes and their diagrams, read back from the files: one model in four dialects, and lines that pass no shape.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::sync::Mutex;

use blaupause::compiler::{self, Compilation, Request};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::corpus;

const DIALECTS: [&str; 4] = ["c7", "c8", "flowable", "spiff"];

/// The BPMN files of a compilation by path.
fn processes(compilation: &Compilation, request: &Request) -> BTreeMap<String, String> {
    let found = Mutex::new(BTreeMap::new());
    compiler::emit(compilation, request, &|emitted| {
        if emitted.path.ends_with(".bpmn") {
            let text = String::from_utf8(emitted.bytes.to_vec()).expect("UTF-8");
            found.lock().expect("no panic").insert(emitted.path, text);
        }
    });
    found.into_inner().expect("no panic")
}

fn of_text(text: &str) -> BTreeMap<String, String> {
    let compilation = corpus::compile(text);
    let serious: Vec<String> = corpus::findings(&compilation);
    let request = Request { lands: vec!["TH".into()], targets: vec!["ablauf".into()], ..Request::default() };
    let files = processes(&compilation, &request);
    assert!(!files.is_empty(), "no process:\n{}\n{text}", serious.join("\n"));
    files.into_iter().filter(|(path, _)| path.starts_with("th/")).collect()
}

/// A diagram as a reader sees it.
#[derive(Debug, Default, PartialEq, Eq, Clone)]
struct Picture {
    shapes: BTreeMap<String, Place>,
    labels: BTreeMap<String, Place>,
    lines: BTreeMap<String, Vec<(i32, i32)>>,
}

#[derive(Debug, Default, PartialEq, Eq, Clone, Copy)]
struct Place {
    x: i32,
    y: i32,
    width: i32,
    height: i32,
}

impl Place {
    fn meets(&self, other: &Place) -> bool {
        self.x < other.x + other.width
            && other.x < self.x + self.width
            && self.y < other.y + other.height
            && other.y < self.y + self.height
    }

    fn holds(&self, other: &Place) -> bool {
        self.x <= other.x
            && self.y <= other.y
            && other.x + other.width <= self.x + self.width
            && other.y + other.height <= self.y + self.height
    }
}

/// What a file says.
#[derive(Debug, Default, PartialEq, Eq, Clone)]
struct Document {
    /// Id, element and name of everything that has an id in the semantic part.
    elements: BTreeMap<String, (String, String)>,
    /// Source and target of each flow.
    flows: BTreeMap<String, (String, String)>,
    attached: BTreeMap<String, String>,
    lanes: BTreeMap<String, String>,
    picture: Picture,
}

fn attribute(element: &BytesStart<'_>, name: &str) -> String {
    let found = element.try_get_attribute(name).expect("well-formed");
    found.map(|found| found.value.as_ref().to_owned()).unwrap_or_default()
}

fn read(xml: &str) -> Document {
    let mut reader = Reader::from_str(xml);
    let mut document = Document::default();
    let (mut drawn, mut in_label, mut lane, mut in_lane) = (String::new(), false, String::new(), false);
    loop {
        let event = reader.read_event().expect("well-formed");
        match &event {
            Event::Start(element) | Event::Empty(element) => {
                let name = element.name().as_ref().to_owned();
                let id = attribute(element, "id");
                let number = |name: &str| attribute(element, name).parse::<i32>().expect("a whole number");
                match name.as_str() {
                    "bpmndi:BPMNShape" | "bpmndi:BPMNEdge" => {
                        drawn = attribute(element, "bpmnElement");
                        in_label = false;
                    }
                    "bpmndi:BPMNLabel" => in_label = true,
                    "dc:Bounds" => {
                        let place = Place { x: number("x"), y: number("y"), width: number("width"), height: number("height") };
                        let places = if in_label { &mut document.picture.labels } else { &mut document.picture.shapes };
                        assert!(places.insert(drawn.clone(), place).is_none(), "{drawn} is drawn twice");
                    }
                    "di:waypoint" => {
                        document.picture.lines.entry(drawn.clone()).or_default().push((number("x"), number("y")));
                    }
                    _ if name.starts_with("bpmn:") && !id.is_empty() => {
                        if matches!(name.as_str(), "bpmn:sequenceFlow" | "bpmn:messageFlow") {
                            let ends = (attribute(element, "sourceRef"), attribute(element, "targetRef"));
                            document.flows.insert(id.clone(), ends);
                        }
                        if name == "bpmn:lane" {
                            lane.clone_from(&id);
                        }
                        let host = attribute(element, "attachedToRef");
                        if !host.is_empty() {
                            document.attached.insert(id.clone(), host);
                        }
                        let known = document.elements.insert(id.clone(), (name.clone(), attribute(element, "name")));
                        assert!(known.is_none(), "the id {id} stands twice");
                    }
                    "bpmn:flowNodeRef" => in_lane = true,
                    _ => {}
                }
            }
            Event::Text(text) if in_lane => {
                document.lanes.insert(text.as_ref().to_owned(), lane.clone());
            }
            Event::End(element) if element.name().as_ref() == "bpmn:flowNodeRef" => in_lane = false,
            Event::Eof => return document,
            _ => {}
        }
    }
}

/// What is wrong with a diagram.
fn flaws(document: &Document) -> Vec<String> {
    let picture = &document.picture;
    let mut flaws = Vec::new();
    let kind = |id: &String| document.elements.get(id).map_or("", |(kind, _)| kind.as_str());
    let is_node = |id: &String| !matches!(kind(id), "bpmn:participant" | "bpmn:lane");
    let nodes: Vec<(&String, &Place)> = picture.shapes.iter().filter(|(id, _)| is_node(id)).collect();

    for (index, (one, place)) in nodes.iter().enumerate() {
        for (other, theirs) in nodes.iter().skip(index + 1) {
            let hosted = document.attached.get(*one) == Some(*other) || document.attached.get(*other) == Some(*one);
            if place.meets(theirs) && !hosted {
                flaws.push(format!("{one} lies over {other}"));
            }
        }
        match document.lanes.get(*one).and_then(|lane| picture.shapes.get(lane)) {
            Some(lane) if lane.holds(place) => {}
            _ => flaws.push(format!("{one} leaves its lane")),
        }
    }
    let labels: Vec<(&String, &Place)> = picture.labels.iter().collect();
    for (index, (one, place)) in labels.iter().enumerate() {
        for (other, theirs) in labels.iter().skip(index + 1) {
            if place.meets(theirs) {
                flaws.push(format!("the name of {one} lies over that of {other}"));
            }
        }
        for (other, theirs) in &nodes {
            if one != other && place.meets(theirs) {
                flaws.push(format!("the name of {one} lies over {other}"));
            }
        }
    }
    for (id, points) in &picture.lines {
        let (source, target) = document.flows.get(id).cloned().unwrap_or_default();
        for pair in points.windows(2) {
            let (a, b) = (pair[0], pair[1]);
            if a.0 != b.0 && a.1 != b.1 {
                flaws.push(format!("{id} runs aslant"));
            }
            let line = stretch(a, b);
            for (other, theirs) in &nodes {
                let own = **other == source || **other == target;
                let hosted = document.attached.get(&source) == Some(other);
                let inner = Place { x: theirs.x + 1, y: theirs.y + 1, width: theirs.width - 2, height: theirs.height - 2 };
                // A line may end within the box around a circle or diamond.
                if !own && !hosted && line.meets(&inner) {
                    flaws.push(format!("{id} runs through {other}"));
                }
            }
            for (other, theirs) in &labels {
                if line.meets(theirs) && kind(id) == "bpmn:sequenceFlow" {
                    flaws.push(format!("{id} runs through the name of {other}"));
                }
            }
        }
        for (other, theirs) in picture.lines.range::<String, _>((std::ops::Bound::Excluded(id), std::ops::Bound::Unbounded)) {
            for one in points.windows(2) {
                for two in theirs.windows(2) {
                    if shares((one[0], one[1]), (two[0], two[1])) {
                        flaws.push(format!("{id} and {other} run along each other"));
                    }
                }
            }
        }
    }
    flaws
}

/// A line as a rectangle without breadth, made one pixel broad.
fn stretch(a: (i32, i32), b: (i32, i32)) -> Place {
    let (x, y) = (a.0.min(b.0), a.1.min(b.1));
    Place { x, y, width: (a.0 - b.0).abs().max(1), height: (a.1 - b.1).abs().max(1) }
}

type Part = ((i32, i32), (i32, i32));

/// Whether two parts lie on the same line for more than a point.
fn shares(one: Part, two: Part) -> bool {
    let overlap = |a: (i32, i32), b: (i32, i32)| a.0.max(a.1).min(b.0.max(b.1)) - a.0.min(a.1).max(b.0.min(b.1)) > 1;
    let ((a, b), (c, d)) = (one, two);
    let down = a.0 == b.0 && c.0 == d.0 && a.0 == c.0 && overlap((a.1, b.1), (c.1, d.1));
    let across = a.1 == b.1 && c.1 == d.1 && a.1 == c.1 && overlap((a.0, b.0), (c.0, d.0));
    down || across
}

/// How often sequence flows cross.
fn crossings(document: &Document) -> usize {
    let flows: Vec<&Vec<(i32, i32)>> = document
        .picture
        .lines
        .iter()
        .filter(|(id, _)| document.elements.get(*id).is_some_and(|(kind, _)| kind == "bpmn:sequenceFlow"))
        .map(|(_, points)| points)
        .collect();
    let crosses = |a: &[(i32, i32)], b: &[(i32, i32)]| {
        let within = |value: i32, one: i32, other: i32| one.min(other) < value && value < one.max(other);
        let test = |down: &[(i32, i32)], across: &[(i32, i32)]| {
            down[0].0 == down[1].0
                && across[0].1 == across[1].1
                && within(down[0].0, across[0].0, across[1].0)
                && within(across[0].1, down[0].1, down[1].1)
        };
        test(a, b) || test(b, a)
    };
    let mut count = 0;
    for (index, one) in flows.iter().enumerate() {
        for two in flows.iter().skip(index + 1) {
            count += one.windows(2).flat_map(|a| two.windows(2).map(move |b| (a, b))).filter(|(a, b)| crosses(a, b)).count();
        }
    }
    count
}

fn example() -> BTreeMap<String, String> {
    let loader = blaupause::source::DiskLoader::open(&corpus::root().join("examples")).expect("the examples");
    let request = Request { targets: vec!["ablauf".into()], ..Request::default() };
    let compilation = compiler::compile(&loader, &request);
    processes(&compilation, &request)
}

#[test]
fn the_dialects_are_one_process_with_one_diagram() {
    let files = example();
    assert_eq!(files.len(), 16 * DIALECTS.len());
    for land in files.keys().filter_map(|path| path.split('/').next()).collect::<BTreeSet<_>>() {
        let documents: Vec<Document> = DIALECTS
            .iter()
            .map(|dialect| {
                let mut document = read(&files[&format!("{land}/unterhaltsvorschuss/ablauf/prozess.{dialect}.bpmn")]);
                // Flowable calls decisions by a service task.
                for (kind, _) in document.elements.values_mut() {
                    if kind == "bpmn:businessRuleTask" {
                        *kind = "bpmn:serviceTask".to_owned();
                    }
                }
                document
            })
            .collect();
        for (document, dialect) in documents.iter().zip(DIALECTS) {
            assert_eq!(document, &documents[0], "{land} {dialect}");
        }
    }
}

#[test]
fn the_diagram_of_the_example_can_be_printed() {
    for (path, xml) in example() {
        let document = read(&xml);
        let found = flaws(&document);
        assert!(found.is_empty(), "{path}\n{}", found.join("\n"));
        assert_eq!(crossings(&document), 0, "{path}");
    }
}

#[test]
fn every_kind_of_step_is_drawn() {
    let path = corpus::root().join("tests/corpus/valid/ablauf/ablauf.blau");
    let files = of_text(&fs::read_to_string(path).expect("the corpus"));
    for (path, xml) in files {
        let found = flaws(&read(&xml));
        assert!(found.is_empty(), "{path}\n{}", found.join("\n"));
    }
}

/// What follows when the time to hand in has passed is what the definition says, and nothing else.
#[test]
fn a_deadline_ends_as_the_definition_says() {
    let text = fs::read_to_string(corpus::root().join("tests/corpus/valid/ablauf/ablauf.blau")).expect("the corpus");
    let deemed = "danach gilt zurückgenommen";
    assert!(text.contains(deemed));
    for (late, refuses, ends) in [(deemed, false, true), ("danach versagen", true, false), ("danach weiter", false, false)] {
        let document = read(&of_text(&text.replace(deemed, late))["th/ablauf/ablauf/prozess.c7.bpmn"]);
        assert_eq!(document.elements.contains_key("versagen"), refuses, "{late}");
        assert_eq!(document.elements.contains_key("antrag_gilt_als"), ends, "{late}");
        let after =
            document.flows.values().find(|(source, _)| source == "nachforderung_frist").map(|(_, target)| target.as_str());
        assert!(after.is_some_and(|after| late != "danach weiter" || after.starts_with("zusammen")), "{late}: {after:?}");
        assert!(flaws(&document).is_empty(), "{late}");
    }
}

/// Small numbers that look random and are the same each time.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }
}

fn steps(dice: &mut Dice, out: &mut String, depth: u32, names: &mut u32) {
    for _ in 0..=dice.roll(3) {
        *names += 1;
        let name = *names;
        let role = ["Sachbearbeitung", "Leitung", "Kasse"][usize::try_from(dice.roll(3)).expect("small")];
        let _ = match dice.roll(if depth == 0 { 5 } else { 9 }) {
            0 | 1 => writeln!(out, "aufgabe a{name} \"Aufgabe {name} erledigen\" durch {role}"),
            2 => writeln!(out, "aufgabe a{name} \"Aufgabe {name} freigeben\" durch {role} vier_augen"),
            3 => writeln!(out, "beteilige Gemeinde \"Einvernehmen {name}\" binnen 2 Monaten danach gilt erteilt"),
            4 => writeln!(out, "höre person binnen 2 Wochen danach weiter"),
            5 | 6 => {
                let _ = writeln!(out, "wenn f{name} {{");
                steps(dice, out, depth - 1, names);
                if dice.roll(2) == 0 {
                    let _ = writeln!(out, "}} sonst {{");
                    steps(dice, out, depth - 1, names);
                }
                writeln!(out, "}}")
            }
            7 => {
                let late = ["versagen", "weiter", "gilt zurückgenommen"][usize::try_from(dice.roll(3)).expect("small")];
                writeln!(
                    out,
                    "prüfe vollständig binnen 3 Wochen danach gilt vollständig {{\nfehlt: nachfordern binnen 4 Wochen danach {late}\n}}"
                )
            }
            _ => {
                let _ = writeln!(out, "gleichzeitig {{");
                steps(dice, out, depth - 1, names);
                let _ = writeln!(out, "aufgabe b{name} \"Nebenher {name} prüfen\" durch {role}");
                writeln!(out, "}}")
            }
        };
    }
}

#[test]
fn workflows_of_any_shape_are_drawn_without_flaws() {
    for seed in 0..120 {
        let mut dice = Dice(seed);
        let mut body = String::new();
        let mut names = 0;
        steps(&mut dice, &mut body, 3, &mut names);
        let asked = (1..=names).filter(|name| body.contains(&format!("wenn f{name} ")));
        let fields: String = asked.map(|name| format!("    feld f{name} \"Trifft {name} zu?\": JaNein\n")).collect();
        let text = format!(
            "modul probe.zufall\n\nnutze std.person.NatürlichePerson\n\nverfahren Zufall \"Zufall\" {{\n  leistung 99000000000007\n  verfahrensrecht Landesrecht\n  \
             rechtsbehelf Widerspruch binnen 1 Monat nach § 68 VwGO\n  beteiligt person \"Person\": NatürlichePerson antragstellend\n  \
             seite angaben \"Angaben\" {{\n{fields}  }}\n  ablauf {{\n    eingang\n{body}    erlasse Ja\n  }}\n  \
             bescheid Ja \"Bescheid\" nach § 35 VwVfG {{\n    text \"Ja.\"\n  }}\n}}\n"
        );
        let files = of_text(&text);
        let found = flaws(&read(&files["th/zufall/ablauf/prozess.c7.bpmn"]));
        assert!(found.is_empty(), "seed {seed}\n{}\n{body}", found.join("\n"));
    }
}
