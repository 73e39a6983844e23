//! What the standard library must know: the sixteen Länder, the persons, and that every text has its translation.

use std::fs;

use blaupause::compiler::Compilation;
use blaupause::model::Unverified;
use blaupause::model::person::HolidayRule;
use blaupause::model::unverified::marks_within;

use super::corpus::{compile, findings, root};

fn library() -> Compilation {
    compile("modul leer\n")
}

#[test]
fn the_library_itself_has_no_findings() {
    let compilation = library();
    assert!(compilation.diagnostics.is_empty(), "{}", findings(&compilation).join("\n"));
}

#[test]
fn there_are_sixteen_lands_with_their_keys_and_capitals() {
    let compilation = library();
    let lands = &compilation.model.library.lands;
    let mut keys: Vec<(&str, &str, &str)> =
        lands.values().map(|land| (land.ars.as_ref(), land.key.as_ref(), land.capital.as_deref().unwrap_or_default())).collect();
    keys.sort_unstable();
    let expected = [
        ("01", "SH", "Kiel"),
        ("02", "HH", "Hamburg"),
        ("03", "NI", "Hannover"),
        ("04", "HB", "Bremen"),
        ("05", "NW", "Düsseldorf"),
        ("06", "HE", "Wiesbaden"),
        ("07", "RP", "Mainz"),
        ("08", "BW", "Stuttgart"),
        ("09", "BY", "München"),
        ("10", "SL", "Saarbrücken"),
        ("11", "BE", "Berlin"),
        ("12", "BB", "Potsdam"),
        ("13", "MV", "Schwerin"),
        ("14", "SN", "Dresden"),
        ("15", "ST", "Magdeburg"),
        ("16", "TH", "Erfurt"),
    ];
    assert_eq!(keys, expected);
}

#[test]
fn holidays_are_those_of_the_bund_and_the_lands() {
    let compilation = library();
    let library = &compilation.model.library;
    assert_eq!(library.national_holidays.len(), 9);
    let thuringia = library.land("TH").and_then(|id| library.lands.get(id)).unwrap();
    let childrens_day = thuringia.holidays.iter().find(|holiday| holiday.name.as_ref() == "Weltkindertag").unwrap();
    assert_eq!(childrens_day.day, HolidayRule::Fixed { month: 9, day: 20 });
    let corpus_christi = thuringia.holidays.iter().find(|holiday| holiday.name.as_ref() == "Fronleichnam").unwrap();
    assert!(corpus_christi.only_partly, "in Thuringia only some municipalities keep it");
    let saxony = library.land("SN").and_then(|id| library.lands.get(id)).unwrap();
    assert!(saxony.holidays.iter().any(|holiday| holiday.day == HolidayRule::RepentanceDay));
}

#[test]
fn every_text_of_the_library_is_translated() {
    let compilation = library();
    let library = &compilation.model.library;
    let mut missing = Vec::new();
    for group in library.groups.values() {
        for attribute in &group.attributes {
            if attribute.label.en.is_none() {
                missing.push(format!("{}.{}", group.name, attribute.name));
            }
            if attribute.hint.as_ref().is_some_and(|hint| hint.en.is_none()) {
                missing.push(format!("{}.{}.hilfe", group.name, attribute.name));
            }
        }
    }
    for choice in library.choices.values() {
        let untranslated = choice.options.iter().filter(|option| option.label.en.is_none());
        missing.extend(untranslated.map(|option| format!("{}.{}", choice.name, option.name)));
    }
    for evidence in library.evidence.values() {
        if evidence.label.en.is_none() || evidence.hint.as_ref().is_some_and(|hint| hint.en.is_none()) {
            missing.push(evidence.name.to_string());
        }
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}

/// What is marked in a definition, as `of part reason`.
fn marks<'a>(marks: impl Iterator<Item = &'a Unverified>) -> Vec<String> {
    marks.map(|mark| format!("{} {:?} {}", mark.of, mark.part, mark.reason)).collect()
}

#[test]
fn what_nobody_has_verified_is_data() {
    let text = fs::read_to_string(root().join("tests/corpus/valid/bibliothek/ungeprueft.blau")).unwrap();
    let compilation = compile(&text);
    let library = &compilation.model.library;
    let register = library.registers.values().find(|register| register.name.as_ref() == "Markenregister").unwrap();
    let expected = [
        "Markenregister Whole die Norm ist nicht nachgelesen",
        "Markenregister Holds der Inhalt ist nicht belegt",
        "Markenregister Keeper die Ebene ist angenommen",
        "Markenregister Idnr die Nummer ist ein Beispiel",
        "Markenregister Search die Suchdaten sind nicht belegt",
        "Markenregister Standard der Standard ist nicht belegt",
    ];
    assert_eq!(marks(marks_within(&library.unverified, register.span)), expected);
    let connection = library.connections.iter().find(|connection| connection.place.as_ref() == "Erfurt").unwrap();
    let of_line = marks(marks_within(&library.unverified, connection.span));
    assert_eq!(of_line, ["Markenregister Connection der Tag ist erfunden"]);
    let own = text.matches("ungeprüft \"").count();
    let procedure = &compilation.model.procedures[0];
    let in_library = library.unverified.iter().filter(|mark| mark.span.file == procedure.span.file).count();
    assert_eq!(in_library + procedure.unverified.len(), own, "each mark arrives once");
    let expected = [
        "Anmeldung Whole das Verfahren ist erfunden",
        "kanal online Whole das Niveau ist angenommen",
        "feld zeichen Whole ob es nötig ist, ist offen",
        "regel höhe Whole die Rechnung ist nicht belegt",
        "aufgabe prüfung Whole der Schritt ist angenommen",
        "text Whole der Wortlaut ist ein Entwurf",
    ];
    assert_eq!(marks(procedure.unverified.iter()), expected);
}
