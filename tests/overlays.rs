//! Länder and municipalities: whose law comes out of base and variants, whatever order they are written in.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};

use blaupause::compiler::{self, Compilation, LandWorld, Request};
use blaupause::model::Procedure;
use blaupause::source::MemoryLoader;
use blaupause::syntax::ast::Who;
use proptest::prelude::*;

use super::corpus::{compile, findings, root};

fn corpus(name: &str) -> Compilation {
    let text = std::fs::read_to_string(root().join("tests/corpus/valid/laender").join(name)).unwrap();
    let compilation = compile(&text);
    assert!(compilation.diagnostics.is_empty(), "{}", findings(&compilation).join("\n"));
    compilation
}

fn world<'a>(compilation: &'a Compilation, key: &str) -> &'a LandWorld {
    let land = compilation.model.library.land(key).unwrap();
    compilation.lands.iter().find(|world| world.land == land).unwrap()
}

fn procedure<'a>(compilation: &'a Compilation, key: &str) -> &'a Arc<Procedure> {
    world(compilation, key).model.procedures.last().unwrap()
}

/// The text at a place, its first line.
fn at(compilation: &Compilation, span: blaupause::source::Span) -> String {
    let text = &compilation.sources.get(span.file).unwrap().text;
    text[span.range()].lines().next().unwrap().to_owned()
}

#[test]
fn the_remedy_is_that_of_the_land_where_the_procedure_leaves_it_to_the_land() {
    let compilation = compile(
        "modul probe\nverfahren Probe \"Probe\" nach § 1 VwVfG {\n  leistung 99000000000000\n  verfahrensrecht Bundesrecht\n  \
         rechtsbehelf Landesrecht offen nach § 68 Abs. 1 Satz 2 VwGO\n}\n",
    );
    assert!(compilation.diagnostics.is_empty(), "{}", findings(&compilation).join("\n"));
    let remedy = |key: &str| {
        let remedy = procedure(&compilation, key).remedy.clone().unwrap();
        let norms: Vec<String> = remedy.norms.iter().map(|norm| norm.citation.to_string()).collect();
        (remedy.kinds.join(" oder "), norms.join("; "))
    };
    assert_eq!(
        remedy("TH"),
        ("Widerspruch".to_owned(), "§ 68 Abs. 1 Satz 2 VwGO; § 68 Abs. 1 Satz 1, § 70 Abs. 1 Satz 1 VwGO".to_owned())
    );
    assert_eq!(
        remedy("BY"),
        ("Klage".to_owned(), "§ 68 Abs. 1 Satz 2 VwGO; Art. 12 Abs. 2 BY.AGVwGO; § 74 Abs. 1 Satz 2 VwGO".to_owned())
    );
    let distinct: BTreeSet<usize> =
        compilation.lands.iter().map(|world| Arc::as_ptr(&world.model.procedures[0]) as usize).collect();
    assert_eq!(
        distinct.len(),
        4,
        "thirteen Länder share one procedure, Bayern, Niedersachsen and Nordrhein-Westfalen have their own"
    );
    let change = &procedure(&compilation, "NW").changes[0];
    assert_eq!(change.title(), "setze rechtsbehelf");
    assert!(at(&compilation, change.written).starts_with("rechtsbehelf Klage binnen 1 Monat nach § 110 Abs. 1"));
    assert!(at(&compilation, change.applied).starts_with("rechtsbehelf Landesrecht"));
    assert!(change.clause.is_some_and(|clause| at(&compilation, clause).starts_with("offen nach § 68")));
    assert!(procedure(&compilation, "TH").changes.is_empty());
}

#[test]
fn a_frame_is_offered_only_where_a_land_takes_it_up() {
    let compilation = corpus("rahmen.blau");
    let offered: Vec<&str> = compilation
        .lands
        .iter()
        .filter(|world| !world.model.procedures.is_empty())
        .map(|world| compilation.model.library.lands[world.land].key.as_ref())
        .collect();
    assert_eq!(offered, ["HE", "BY"]);
}

#[test]
fn each_change_keeps_where_it_is_written_and_where_applied() {
    let compilation = corpus("operationen.blau");
    let changes: BTreeMap<String, (String, String)> = procedure(&compilation, "TH")
        .changes
        .iter()
        .map(|change| (change.title(), (at(&compilation, change.written), at(&compilation, change.applied))))
        .collect();
    assert_eq!(changes.len(), 18);
    for (title, written, applied) in [
        ("setze hinweis oben", "setze hinweis oben \"In Thüringen", "hinweis oben \"Bitte alles"),
        ("ergänze hinweis unten", "ergänze in angaben hinweis unten", "feld gut"),
        ("ergänze feld ort", "ergänze feld ort", "feld gut"),
        ("streiche kind.anschrift", "streiche kind.anschrift", "anschrift"),
        ("streiche benötigt Meldedatensatz", "streiche benötigt Meldedatensatz von kind", "benötigt Meldedatensatz von kind"),
        ("ergänze aufgabe vorprüfung", "ergänze aufgabe vorprüfung", "aufgabe sichtung"),
        ("ergänze aufgabe ablage", "ergänze aufgabe ablage", "aufgabe zahlung"),
        ("setze prüfe vollständig", "setze prüfe vollständig", "prüfe vollständig"),
        ("setze text anrede", "setze in Zusage text anrede", "text anrede \"Guten Tag"),
        ("setze rechtsbehelf", "setze in Absage rechtsbehelf", "bescheid Absage"),
    ] {
        let change = changes.get(title).unwrap_or_else(|| panic!("{title} in {:?}", changes.keys()));
        assert!(change.0.starts_with(written) && change.1.starts_with(applied), "{title}: {change:?}");
    }
}

#[test]
fn a_table_decided_in_part_names_the_rows_it_overrules() {
    let compilation = corpus("tabellen.blau");
    let hessen = procedure(&compilation, "HE");
    let rows: Vec<(String, String)> = hessen
        .changes
        .iter()
        .filter(|change| at(&compilation, change.written).starts_with('|'))
        .map(|change| (at(&compilation, change.written), at(&compilation, change.applied)))
        .collect();
    let overruled: Vec<&str> = rows.iter().map(|(_, applied)| applied.split("||").next().unwrap().trim()).collect();
    assert_eq!(
        overruled,
        ["| bis 2000-12-31", "| ab 2001-01-01", "| neu, ändern | unter 100", "| neu, ändern | 100 bis 500"],
        "{rows:?}"
    );
    let bavaria = procedure(&compilation, "BY");
    assert_eq!(bavaria.decisions.iter().next().unwrap().1.rows.len(), 1, "nothing of the base is left");
    assert!(bavaria.changes[0].clause.is_some_and(|clause| at(&compilation, clause).starts_with("offen nach")));
}

#[test]
fn a_municipality_has_the_law_of_its_land_and_its_county_but_for_its_own() {
    let compilation = corpus("gemeinden.blau");
    let thuringia = world(&compilation, "TH");
    let places: Vec<(&str, usize)> = thuringia
        .municipalities
        .iter()
        .map(|own| (compilation.model.library.municipalities[own.municipality].name.as_ref(), own.services.len()))
        .collect();
    assert_eq!(places, [("Erfurt", 1), ("Landkreis Eichsfeld", 1), ("Heilbad Heiligenstadt", 1)]);
    let who: Vec<Who> = thuringia.municipalities[2].procedures[0].changes.iter().map(|change| change.by).collect();
    assert!(who.contains(&Who::Lands) && who.contains(&Who::Municipalities));
    assert!(world(&compilation, "BY").municipalities.is_empty());

    let paths = Mutex::new(BTreeSet::new());
    compiler::emit(&compilation, &Request::default(), &|file| {
        paths.lock().unwrap().insert(file.path);
    });
    let paths = paths.into_inner().unwrap();
    let of = |folder: &str| paths.iter().filter_map(|path| path.strip_prefix(folder)).map(str::to_owned).collect::<Vec<_>>();
    let erfurt = of("th/gemeinden/gemeinde/16051000/");
    assert!(erfurt.len() > 5 && erfurt == of("by/gemeinden/"), "a municipality gets the same files as a Land: {erfurt:?}");
    assert_eq!(paths.iter().filter(|path| path.contains("/gemeinde/")).count(), 3 * erfurt.len());
}

/// The operations of two variants of one Land, which may stand in any order, in one file or in several.
const OPERATIONS: &[&str] = &[
    "setze zuständig Jugendamt örtlich person.anschrift nach § 1 TH.ProbeAG",
    "streiche hinweis oben nach § 1 TH.ProbeAG",
    "ergänze benötigt Meldedatensatz von person nach § 2 TH.ProbeAG",
    "ergänze benötigt Geburtsurkunde von person nach § 2 TH.ProbeAG",
    "ergänze feld ort \"Wo?\": Text hinter gut nach § 3 TH.ProbeAG",
    "ergänze feld land \"In welchem Land?\": Text hinter ort nach § 3 TH.ProbeAG",
    "ergänze regel doppelt: Ganzzahl = zahl + zahl nach § 4 TH.ProbeAG",
    "ergänze regel halb: Ganzzahl = zahl nach § 4 TH.ProbeAG",
    "ergänze aufgabe erste \"Erste\" durch Leitung hinter prüfung nach § 5 TH.ProbeAG",
    "ergänze aufgabe zweite \"Zweite\" durch Leitung hinter erste nach § 5 TH.ProbeAG",
    "streiche aufgabe prüfung nach § 5 TH.ProbeAG",
    "setze in Zusage text anrede \"Hallo aus {ort} in {land}.\" nach § 6 TH.ProbeAG",
    "ergänze in Zusage text \"Und Tschüss: {doppelt}, {halb}.\" nach § 6 TH.ProbeAG",
    "setze entscheidung stufe nach § 7 TH.ProbeAG {\n | zahl || stufe |\n | 7 bis 8 || 3 |\n }",
];

const BASE: &str = r#"modul probe

nutze std.stelle.{Jugendamt, Unterhaltsvorschussstelle}
nutze std.person.NatürlichePerson
nutze std.nachweis.{Meldedatensatz, Geburtsurkunde}

gesetz TH.ProbeAG "Thüringer Ausführungsgesetz zur Probe" ebene TH

verfahren Probe "Probe" nach § 1 UhVorschG {
  leistung        99000000000000
  verfahrensrecht Sozialrecht
  zuständig       Unterhaltsvorschussstelle örtlich person.anschrift nach § 9 UhVorschG
  rechtsbehelf    Widerspruch binnen 1 Monat nach § 70 VwGO
  länder dürfen nachweise, daten, regeln, stufe ergänzen, setzen nach § 21 Abs. 1 SGB X
  beteiligt person "Sie": NatürlichePerson antragstellend
  seite angaben "Angaben" {
    hinweis oben "Bitte."
    person: familienname, vornamen, anschrift, geburtsdatum
    feld gut "Geht es Ihnen gut?": JaNein nach § 1 UhVorschG
    feld zahl "Wie viele?": Ganzzahl von 0 bis 10 nach § 1 UhVorschG
  }
  entscheidung stufe: Ganzzahl nach § 1 UhVorschG {
    | zahl    || stufe |
    | unter 5 || 1     |
    | ab 5    || 2     |
  }
  voraussetzung wohl: gut und stufe > 0 sonst "Gute Besserung." nach § 1 UhVorschG
  ablauf {
    eingang
    aufgabe prüfung "Prüfen" durch Sachbearbeitung
    entscheide voraussetzungen
    wenn erfüllt {
      erlasse Zusage
    } sonst {
      erlasse Absage
    }
  }
  bescheid Zusage "Zusage" nach § 9 Abs. 2 UhVorschG {
    text anrede "Guten Tag {person.familienname}."
  }
  bescheid Absage "Absage" nach § 9 Abs. 2 UhVorschG {
    gründe voraussetzungen
  }
}
"#;

/// What Thüringen makes of the base, without the places.
fn thuringian(files: &[String]) -> String {
    let named: Vec<(String, &str)> =
        files.iter().enumerate().map(|(index, text)| (format!("v{index}.blau"), text.as_str())).collect();
    let texts = named.iter().map(|(path, text)| (path.as_str(), *text));
    let loader = MemoryLoader::new([("blaupause.yaml", "stichtag: 2026-06-01\n"), ("a.blau", BASE)].into_iter().chain(texts));
    let compilation = compiler::compile(&loader, &Request { lands: vec!["TH".into()], ..Request::default() });
    assert!(compilation.diagnostics.is_empty(), "{}", findings(&compilation).join("\n"));
    let text = format!("{:#?}", world(&compilation, "TH").services[0].checked.procedure());
    let mut result = String::new();
    let mut rest = text.as_str();
    while let Some((before, after)) = rest.split_once("Span {") {
        result.push_str(before);
        rest = after.split_once('}').map_or("", |(_, after)| after);
        // The place of a file is a structure of its own: `file: FileId(…)` has no brace, so one closing brace ends it.
    }
    result + rest
}

fn variants(order: &[usize], cuts: &BTreeSet<usize>) -> Vec<String> {
    let mut files =
        vec![String::from("modul probe\n\nnutze std.stelle.Jugendamt\nnutze std.nachweis.{Meldedatensatz, Geburtsurkunde}\n")];
    let head = files[0].clone();
    let mut open = false;
    for (at, operation) in order.iter().enumerate() {
        if cuts.contains(&at) && open {
            files.last_mut().unwrap().push_str("}\n");
            files.push(head.clone());
            open = false;
        }
        if !open {
            files.last_mut().unwrap().push_str("variante Probe für Thüringen {\n");
            open = true;
        }
        files.last_mut().unwrap().push_str(&format!("  {}\n", OPERATIONS[*operation]));
    }
    files.last_mut().unwrap().push_str("}\n");
    files
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_order_of_variants_and_of_their_operations_does_not_matter(
        order in Just((0..OPERATIONS.len()).collect::<Vec<_>>()).prop_shuffle(),
        cuts in proptest::collection::btree_set(1..OPERATIONS.len(), 0..4),
    ) {
        let straight: Vec<usize> = (0..OPERATIONS.len()).collect();
        prop_assert_eq!(thuringian(&variants(&order, &cuts)), thuringian(&variants(&straight, &BTreeSet::new())));
    }
}
