//! Mistakes of spelling: one report each, in its place, in the words of the language; everything else keeps its meaning.

use blaupause::diagnostic::{Diagnostic, Diagnostics, Language};
use blaupause::source::{FileId, SourceFile};
use blaupause::syntax::ast::{DeclarationKind, File, StatementKind, StepKind};
use blaupause::syntax::keywords;
use blaupause::syntax::parse;

fn read(text: &str) -> (File, Vec<Diagnostic>) {
    let mut found = Diagnostics::default();
    let file = parse(FileId(0), text, &mut found);
    (file, found.sorted().iter().cloned().collect())
}

/// Each report: its line, its rule, what it says and advises.
fn reports(text: &str) -> Vec<String> {
    let source = SourceFile { path: "probe.blau".into(), text: text.into(), built_in: false };
    let told = |finding: &Diagnostic| {
        let help = finding.help.as_ref().map(|help| help.get(Language::De)).unwrap_or_default();
        let line = source.position(finding.span.start).0;
        format!("{line} {} {} {help}", finding.code.slug, finding.message.get(Language::De)).trim_end().to_owned()
    };
    read(text).1.iter().map(told).collect()
}

#[track_caller]
fn one_report(text: &str, expected: &str) {
    assert_eq!(reports(text), [expected], "{text}");
}

const TEN: &str = r#"modul probe.zehn

nuzte std.recht.BGB

auswahl Farbe "Farbe" {
  rot "Rot"
  = "Grün"
  blau "Blau"
}

parameter Satz: Betrag nach § 1 BGB {
  ab 1.1.2026: 5 EUR
  geprüft bis 2026-12-31
}

gruppe Sache "Sache" {
  feld name Name": Text
  feld farbe "Farbe": Farbe
}

verfahren Probe "Probe" nach § 1 BGB {
  leistung 99000000000001
  verfahrensrect Bundesrecht
  rechtsbehelf Widerspruch binnen einem Monat nach § 70 VwGO
  beteiligt person "Sie" NatürlichePerson antragstellend

  seite fragen "Fragen" {
    feld arbeit "Arbeiten Sie?": JaNein
    feld lohn "Wie hoch ist Ihr Lohn?": Betrag wen arbeit
    feld sache "Welche Sache?": Sache
  }

  regel doppelt: Betrag = lohn * * 2
  regel dreifach: Betrag = lohn * 3

  entscheidung stufe: Ganzzahl {
    | lohn          || stufe |
    | unter 100 EUR || 1
    | ab 100 EUR    || 2     |
  }

  ablauf {
    eingang
    erlasse Ja
  }

  bescheid Ja "Ja" {
    text "Ja, {lohn}."
  }
}

fall "Eins" am 2026-06-01 {
  gegeben arbeit = ja
  erwarte erfüllt
}
"#;

#[test]
fn ten_mistakes_are_ten_reports() {
    let expected = [
        "3 unknown-keyword „nuzte“ ist hier kein Schlüsselwort. Gemeint ist vielleicht „nutze“.",
        "7 syntax Hier beginnt keine Angabe. Eine Angabe beginnt hier mit einem Namen.",
        "12 date-form „1.1.2026“ hat nicht die Form eines Tages. Schreiben Sie 2026-01-01.",
        "17 syntax Hier wird ein Text in Anführungszeichen oder „:“ erwartet, nicht „Name“.",
        "23 unknown-keyword „verfahrensrect“ ist hier kein Schlüsselwort. Gemeint ist vielleicht „verfahrensrecht“.",
        "24 syntax Hier wird eine Zahl erwartet, nicht „einem“.",
        "25 syntax Hier wird „:“ erwartet, nicht „NatürlichePerson“.",
        "29 syntax Hier wird „wenn“ erwartet, nicht „wen“. Gemeint ist vielleicht „wenn“.",
        "33 syntax Hier wird ein Wert oder eine Bedingung erwartet, nicht „*“.",
        "38 syntax Hier fehlt etwas: erwartet wird „|“.",
    ];
    assert_eq!(reports(TEN), expected);
}

#[test]
fn what_is_right_keeps_its_meaning() {
    let (file, _) = read(TEN);
    assert_eq!(file.module.as_ref().map(|module| module.joined()).as_deref(), Some("probe.zehn"));
    let kinds: Vec<&DeclarationKind> =
        file.declarations.iter().map(|declaration| &declaration.kind).filter(|kind| **kind != DeclarationKind::Error).collect();
    let [
        DeclarationKind::Choice(choice),
        DeclarationKind::Parameter(parameter),
        DeclarationKind::Group(group),
        DeclarationKind::Procedure(procedure),
        DeclarationKind::Case(case),
    ] = kinds.as_slice()
    else {
        panic!("{kinds:?}")
    };
    assert_eq!(choice.options.iter().map(|option| option.name.text.as_ref()).collect::<Vec<_>>(), ["rot", "blau"]);
    assert_eq!(parameter.items.len(), 2);
    assert!(
        group
            .attributes
            .iter()
            .any(|attribute| matches!(&attribute.kind, StatementKind::Field(field) if field.name.text.as_ref() == "farbe"))
    );
    assert_eq!(case.statements.len(), 2);

    let has = |what: &dyn Fn(&StatementKind) -> bool| procedure.statements.iter().any(|statement| what(&statement.kind));
    assert!(has(&|kind| matches!(kind, StatementKind::Page { statements, .. } if statements.len() >= 3)));
    assert!(has(&|kind| matches!(kind, StatementKind::Rule { name, .. } if name.text.as_ref() == "dreifach")));
    assert!(has(&|kind| matches!(kind, StatementKind::Decision { table, .. } if table.rows.len() == 1)));
    assert!(has(&|kind| matches!(kind, StatementKind::Notice { .. })));
    let issues = |block: &blaupause::syntax::ast::Block| block.steps.iter().any(|step| matches!(step.kind, StepKind::Issue(_)));
    assert!(has(&|kind| matches!(kind, StatementKind::Workflow(block) if issues(block))));
}

#[test]
fn a_surplus_brace_is_one_report() {
    let surplus = |line: usize| format!("{line} surplus-brace Diese Klammer schließt nichts. Nehmen Sie sie weg.");
    one_report("auswahl Art {\n  a \"A\"\n}\n}\n", &surplus(4));
    one_report("auswahl Art {\n  a \"A\"\n  }\n  b \"B\"\n  c \"C\"\n}\n", &surplus(3));
    one_report(
        "verfahren P \"P\" {\n  seite s \"S\" {\n    feld a \"A\": Text\n    }\n  }\n  regel x = 1\n  regel y = 2\n  bescheid B \"B\" {\n    \
         text \"B\"\n  }\n}\n",
        &surplus(5),
    );
    one_report(
        "verfahren P \"P\" {\n  ablauf {\n    eingang\n    }\n    wenn a {\n      erlasse B\n    }\n    wiedervorlage in 1 Jahr\n  }\n  \
         regel x = 1\n}\n",
        &surplus(4),
    );
    one_report("fall \"F\" am 2026-01-01 {\n  gegeben a = 1\n  }\n  erwarte b = 2\n  erwarte erfüllt\n}\n", &surplus(3));
    one_report("register R \"R\" {\n  führt P: a, b\n  }\n  suche a\n  standard X\n}\n", &surplus(3));
    one_report("parameter P: Betrag {\n  ab 2025-01-01: 1 EUR\n  }\n  ab 2026-01-01: 2 EUR\n}\n", &surplus(3));
    one_report("variante P für Hessen {\n  setze regel x = 1\n  }\n  setze regel y = 2\n}\n", &surplus(3));
}

#[test]
fn a_missing_brace_is_one_report() {
    let missing =
        |line: usize| format!("{line} missing-brace Davor fehlt eine schließende Klammer. Schließen Sie den Block mit „}}“.");
    one_report("auswahl Art {\n  a \"A\"\n\nauswahl Form {\n  b \"B\"\n}\n", &missing(4));
    one_report("texte en für P {\n  a \"A\"\n\nfall \"F\" am 2026-01-01 {\n  erwarte erfüllt\n}\n", &missing(4));
    one_report("verfahren P \"P\" {\n  seite s \"S\" {\n    feld a \"A\": Text\n  regel x = 1\n}\n", &missing(4));
    one_report("verfahren P \"P\" {\n  ablauf {\n    eingang\n\n  bescheid B \"B\" {\n    text \"B\"\n  }\n}\n", &missing(5));
    one_report("gruppe G \"G\" {\n  feld a \"A\": Text", &missing(2));
}

#[test]
fn words_that_also_begin_a_declaration_may_be_entries() {
    let text = "auswahl Art {\n  typ \"Typ\"\n  register \"Register\"\n  land\n  verfahren\n  fall \"Fall\" code \"1\"\n}\n";
    let (file, found) = read(text);
    assert!(found.is_empty(), "{:?}", reports(text));
    let DeclarationKind::Choice(choice) = &file.declarations[0].kind else { panic!() };
    assert_eq!(choice.options.len(), 5);
}

#[test]
fn slips_of_keywords_are_recognised_in_each_place() {
    for (text, word, meant) in [
        ("verfaren P \"P\" {\n}\n", "verfaren", "verfahren"),
        ("proceduer P \"P\" {\n}\n", "proceduer", "procedure"),
        ("register R \"R\" {\n  fürt P: a\n}\n", "fürt", "führt"),
        ("nachweis N \"N\" {\n  belgt a\n}\n", "belgt", "belegt"),
        ("konto K \"K\" {\n  lifert P: a\n}\n", "lifert", "liefert"),
        ("land XX \"X\" {\n  schlüsel 01\n}\n", "schlüsel", "schlüssel"),
        ("gruppe G \"G\" {\n  fled a \"A\": Text\n}\n", "fled", "feld"),
        ("fall \"F\" am 2026-01-01 {\n  erwrate erfüllt\n}\n", "erwrate", "erwarte"),
        ("variante P für Hessen {\n  stze regel x = 1\n}\n", "stze", "setze"),
        ("verfahren P \"P\" {\n  ablauf {\n    eingng\n  }\n}\n", "eingng", "eingang"),
        ("verfahren P \"P\" {\n  bescheid B \"B\" {\n    txet \"B\"\n  }\n}\n", "txet", "text"),
        ("verfahren P \"P\" {\n  seite s \"S\" {\n    hinwies \"H\"\n  }\n}\n", "hinwies", "hinweis"),
    ] {
        let (_, found) = read(text);
        let [finding] = found.as_slice() else { panic!("{text}: {:?}", reports(text)) };
        assert_eq!(finding.message.de, format!("„{word}“ ist hier kein Schlüsselwort."), "{text}");
        assert_eq!(finding.fix.as_ref().map(|fix| fix.replacement.as_str()), Some(meant), "{text}");
    }
}

#[test]
fn what_is_expected_is_said_in_words() {
    for (text, words) in [
        ("parameter P: Betrag {\n  ab 2026-01-01 5 EUR\n}\n", "Hier wird „:“ erwartet, nicht „5“."),
        ("gruppe G \"G\" {\n  feld a \"A: Text\n}\n", "Hier fehlt etwas: erwartet wird das schließende Anführungszeichen."),
        ("verfahren P \"P\" {\n  regel x Betrag = 1\n}\n", "Hier wird „:“ oder „=“ erwartet, nicht „Betrag“."),
        ("verfahren P \"P\" {\n  regel x: Betrag = (1 + 2\n}\n", "Hier fehlt etwas: erwartet wird „)“."),
        (
            "verfahren P \"P\" {\n  regel x = 1 nach § 1 Abs. BGB\n}\n",
            "Hier wird die Nummer der Vorschrift erwartet, nicht „BGB“.",
        ),
        ("verfahren P \"P\" nach {\n}\n", "Hier wird eine Norm (§ 1 Abs. 2 SGB I) erwartet, nicht „{“."),
        ("verfahren P \"P\" {\n  kanal\n}\n", "Hier fehlt etwas: erwartet wird ein Name."),
        ("fall \"F\" am 1. März {\n}\n", "Hier wird ein Tag (2026-01-31) erwartet, nicht „1“."),
    ] {
        let (_, found) = read(text);
        let told: Vec<&str> = found.iter().map(|finding| finding.message.de.as_str()).collect();
        assert_eq!(told, [words], "{text}");
    }
}

#[test]
fn each_keyword_has_one_twin_and_serves_once() {
    let mut words: Vec<&str> = keywords::all()
        .iter()
        .flat_map(|keyword| if keyword.de == keyword.en { vec![keyword.de] } else { vec![keyword.de, keyword.en] })
        .collect();
    let count = words.len();
    words.sort_unstable();
    words.dedup();
    assert_eq!(words.len(), count, "a word serves two keywords");
}

#[test]
fn editors_know_the_same_keywords() {
    let text = include_str!("../grammar/blaupause.tmLanguage.json");
    let grammar: serde_json::Value = serde_json::from_str(text).unwrap();
    let pattern = grammar["repository"]["keyword"]["match"].as_str().unwrap();
    let listed = pattern.split_once("(?:").and_then(|(_, rest)| rest.split_once(')')).unwrap().0;
    let mut known: Vec<&str> = Vec::new();
    for word in keywords::all().iter().flat_map(|keyword| [keyword.de, keyword.en]) {
        if !known.contains(&word) {
            known.push(word);
        }
    }
    assert_eq!(
        listed.split('|').collect::<Vec<_>>(),
        known,
        "grammar/blaupause.tmLanguage.json and grammar/keywords.pest differ"
    );
}
