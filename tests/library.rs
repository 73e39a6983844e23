//! What the standard library must know: the sixteen Länder, the persons, and that every text has its translation.

use blaupause::compiler::Compilation;
use blaupause::model::person::HolidayRule;

use super::corpus::{compile, findings};

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
