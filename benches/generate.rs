//! Makes realistic services by number: forty data on six pages, four lists, two dated parameters, rules, a decision table,
//! preconditions, a workflow, two notices, two cases. Three hundred lines each, all different, all free of findings.

use std::fmt::Write;

const THINGS: [&str; 12] = [
    "Betrieb",
    "Grundstück",
    "Fahrzeug",
    "Veranstaltung",
    "Anlage",
    "Ausbildung",
    "Wohnung",
    "Gewerbe",
    "Baustelle",
    "Pflegestelle",
    "Sammlung",
    "Gaststätte",
];
const DEEDS: [&str; 9] = [
    "anmelden",
    "genehmigen lassen",
    "verlängern",
    "ändern",
    "fördern lassen",
    "anzeigen",
    "prüfen lassen",
    "ummelden",
    "abmelden",
];
const QUALITIES: [&str; 11] = [
    "Bezeichnung",
    "Aktenzeichen",
    "Ort der Nutzung",
    "Zweck",
    "Hersteller",
    "Verantwortliche Person",
    "Beschreibung",
    "Lage",
    "Merkmal",
    "Bauart",
    "Register",
];
const OPTIONS: [&str; 5] = ["erste", "zweite", "dritte", "vierte", "fünfte"];
const LANDS: [(&str, &str); 3] = [("Bayern", "BY"), ("Hessen", "HE"), ("Thüringen", "TH")];

/// The text of one service.
pub fn service(number: usize) -> String {
    let mut text = String::with_capacity(16 * 1024);
    write_service(&mut text, number).map_or_else(|_| String::new(), |()| text)
}

/// The folder and file of a service within a project.
pub fn path(number: usize) -> String {
    format!("d{number:04}/dienst.blau")
}

fn pick<'a>(words: &'a [&'a str], seed: usize) -> &'a str {
    words[seed % words.len()]
}

fn write_service(out: &mut String, number: usize) -> std::fmt::Result {
    let thing = pick(&THINGS, number);
    let deed = pick(&DEEDS, number / 12);
    let title = format!("{thing} {deed} ({number})");
    writeln!(out, "// {title}: eine erzeugte Leistung in der Größe einer wirklichen.\n")?;
    writeln!(out, "modul dienst.d{number:04}\n")?;
    writeln!(
        out,
        "nutze std.person.NatürlichePerson\nnutze std.geld.Bankverbindung\nnutze std.konto.BundID\nnutze std.stelle.Jugendamt"
    )?;
    writeln!(out, "nutze std.nachweis.{{Meldedatensatz, Zahlungsnachweis}}\nnutze std.recht.{{VwVfG, VwGO, OZG, BGB}}\n")?;
    for list in 1..=4 {
        writeln!(out, "auswahl Art{list}D{number:04} \"Art {list} ({thing})\" {{")?;
        for (index, option) in OPTIONS.iter().enumerate() {
            writeln!(out, "  {option} \"{} {}\"", pick(&QUALITIES, number + list + index), index + 1)?;
        }
        writeln!(out, "}}\n")?;
    }
    let base = 10 + number % 90;
    writeln!(
        out,
        "/// Sätze je Art, seit zwei Jahren unverändert geprüft.\nparameter SatzD{number:04} je Art1D{number:04}: Betrag nach § 3 VwVfG {{"
    )?;
    for (year, add) in [(2025, 0), (2026, 2)] {
        let cells: Vec<String> =
            OPTIONS.iter().enumerate().map(|(index, option)| format!("{option} {} EUR", base + add + 5 * index)).collect();
        writeln!(out, "  ab {year}-01-01: {}", cells.join(", "))?;
    }
    writeln!(out, "  geprüft bis 2027-12-31\n}}\n")?;
    writeln!(
        out,
        "parameter GrenzeD{number:04}: Betrag nach § 4 VwVfG {{\n  ab 2025-01-01: {}00 EUR\n  geprüft bis 2027-12-31\n}}\n",
        base
    )?;

    writeln!(out, "verfahren Dienst{number:04} \"{title}\" nach § 9 VwVfG {{")?;
    writeln!(
        out,
        "  leistung         991{number:05}000000\n  verfahrensrecht  Bundesrecht\n  version          1.{}.0 ab 2025-01-01",
        number % 7
    )?;
    writeln!(out, "  kanal            online vertrauen substanziell nach § 9a Abs. 5 OZG\n  kanal            papier")?;
    writeln!(out, "  zuständig        Jugendamt örtlich antragsteller.anschrift nach § 3 Abs. 1 VwVfG")?;
    writeln!(out, "  rechtsbehelf     Widerspruch binnen 1 Monat offen nach § 68 Abs. 1 Satz 2, § 70 VwGO\n")?;
    writeln!(out, "  beteiligt antragsteller \"Sie\" : NatürlichePerson antragstellend\n")?;
    writeln!(out, "  benötigt Meldedatensatz von antragsteller nach § 26 Abs. 2 VwVfG")?;
    writeln!(out, "  benötigt Zahlungsnachweis wenn frage_1 nach § 26 Abs. 2 VwVfG\n")?;
    write_pages(out, number)?;
    write_rules(out, number)?;
    write_workflow(out, number, thing)?;
    writeln!(out, "}}")?;
    write_cases(out, number, base)?;
    if number % 10 == 3 {
        let (land, key) = LANDS[number / 10 % LANDS.len()];
        writeln!(out, "\ngesetz {key}.AG{number:04} \"Ausführungsgesetz {number}\" ebene {key}\n")?;
        writeln!(out, "variante Dienst{number:04} für {land} {{")?;
        writeln!(out, "  setze rechtsbehelf Widerspruch oder Klage binnen 1 Monat nach § 2 {key}.AG{number:04}\n}}")?;
    }
    Ok(())
}

fn write_pages(out: &mut String, number: usize) -> std::fmt::Result {
    writeln!(out, "  seite person \"Zu Ihrer Person\" {{")?;
    writeln!(out, "    antragsteller: familienname, vornamen, geburtsdatum, anschrift, familienstand nach § 26 Abs. 2 VwVfG")?;
    for question in 1..=4 {
        writeln!(out, "    feld frage_{question} \"Trifft Merkmal {question} zu?\": JaNein\n      nach § 26 Abs. 2 VwVfG")?;
    }
    writeln!(out, "  }}\n\n  seite arten \"Einordnung\" {{")?;
    for list in 1..=4 {
        writeln!(out, "    feld art_{list} \"Welche Art {list} ist es?\": Art{list}D{number:04}\n      nach § 26 Abs. 2 VwVfG")?;
    }
    writeln!(out, "  }}\n\n  seite angaben_1 \"Angaben\" {{")?;
    for index in 1..=20 {
        if index == 8 || index == 15 {
            writeln!(out, "  }}\n\n  seite angaben_{index} \"Weitere Angaben ab {index}\" {{")?;
        }
        let quality = pick(&QUALITIES, number + 3 * index);
        let format = if index % 3 == 0 { "format /[A-Z]{2}[0-9]{2,6}/ länge 4 bis 8" } else { "länge 1 bis 80" };
        writeln!(out, "    feld text_{index} \"{quality} {index}\": Text {format}")?;
        if index % 2 == 0 {
            writeln!(out, "      hilfe \"Sie finden die Angabe in Ihren Unterlagen unter {quality}.\"")?;
        }
        writeln!(out, "      nach § 26 Abs. 2 VwVfG")?;
    }
    writeln!(out, "  }}\n\n  seite zahlen \"Zahlen\" {{")?;
    for index in 1..=4 {
        writeln!(
            out,
            "    feld anzahl_{index} \"Wie viele sind es (Punkt {index})?\": Ganzzahl von 0 bis {}\n      nach § 26 Abs. 2 VwVfG",
            50 * index
        )?;
        writeln!(
            out,
            "    feld betrag_{index} \"Wie hoch ist Betrag {index}?\": Betrag\n      wenn frage_{index}\n      nach § 26 Abs. 2 VwVfG"
        )?;
        writeln!(out, "    feld tag_{index} \"An welchem Tag (Punkt {index})?\": Datum\n      nach § 26 Abs. 2 VwVfG")?;
    }
    writeln!(out, "    feld konto \"Wohin sollen wir überweisen?\": Bankverbindung\n      nach § 26 Abs. 2 VwVfG\n  }}\n")
}

fn write_rules(out: &mut String, number: usize) -> std::fmt::Result {
    writeln!(out, "  regel alter: Ganzzahl = vollendete_jahre(antragsteller.geburtsdatum, antragsdatum) nach § 187 Abs. 2 BGB")?;
    writeln!(out, "  regel menge: Ganzzahl = anzahl_1 + anzahl_2 + anzahl_3 + anzahl_4 nach § 26 Abs. 2 VwVfG")?;
    writeln!(
        out,
        "  regel belastung: Betrag =\n    (betrag_1 ersatzweise 0 EUR) + (betrag_2 ersatzweise 0 EUR) + (betrag_3 ersatzweise 0 EUR) + (betrag_4 ersatzweise 0 EUR)\n    nach § 26 Abs. 2 VwVfG"
    )?;
    writeln!(out, "  regel satz: Betrag = SatzD{number:04}[art_1] nach § 3 VwVfG")?;
    writeln!(
        out,
        "  regel leistung_im_monat: Betrag =\n    aufrunden(mindestens(0 EUR, satz * 10 - belastung / 12), 1 EUR)\n    nach § 3 VwVfG\n"
    )?;
    writeln!(out, "  entscheidung stufe: Art2D{number:04} nach § 4 VwVfG {{\n    | menge           || stufe  |")?;
    for (cell, option) in ["unter 10", "10 bis unter 50", "50 bis unter 100", "100 bis unter 300", "ab 300"].iter().zip(OPTIONS) {
        writeln!(out, "    | {cell:<17} || {option:<6} |")?;
    }
    writeln!(out, "  }}\n")?;
    for (name, condition, otherwise) in [
        ("volljährig", "alter >= 18".to_owned(), "Den Antrag kann nur stellen, wer volljährig ist."),
        ("unter_der_grenze", format!("belastung < GrenzeD{number:04}"), "Die Belastung liegt über der Grenze."),
        ("rechtzeitig", "tag_1 <= tag_2 und tag_3 <= tag_4".to_owned(), "Die Tage liegen nicht in der richtigen Reihenfolge."),
        (
            "geeignet",
            "frage_1 oder frage_2 oder art_3 != fünfte oder art_4 != fünfte".to_owned(),
            "Die Voraussetzungen der Eignung fehlen.",
        ),
        (
            "ansässig",
            "antragsteller.familienstand != verwitwet oder frage_3 oder frage_4".to_owned(),
            "Die Angaben zur Person genügen nicht.",
        ),
    ] {
        writeln!(out, "  voraussetzung {name}:\n    {condition}\n    sonst \"{otherwise}\"\n    nach § 9 VwVfG\n")?;
    }
    Ok(())
}

fn write_workflow(out: &mut String, number: usize, thing: &str) -> std::fmt::Result {
    writeln!(out, "  ablauf {{\n    eingang\n    prüfe vollständig {{")?;
    writeln!(out, "      fehlt: nachfordern binnen {} Wochen danach versagen nach § 26 Abs. 2 VwVfG\n    }}", 2 + number % 5)?;
    writeln!(out, "    aufgabe prüfung \"Angaben und Nachweise prüfen\" durch Sachbearbeitung nach § 24 VwVfG")?;
    writeln!(
        out,
        "    entscheide voraussetzungen\n    wenn erfüllt {{\n      aufgabe freigabe \"Bewilligung freigeben\" durch Leitung vier_augen"
    )?;
    writeln!(
        out,
        "      erlasse Bewilligung\n      aufgabe zahlung \"Zahlung anordnen\" durch Kasse\n      wiedervorlage in 1 Jahr\n    }} sonst {{\n      erlasse Ablehnung\n    }}\n  }}\n"
    )?;
    writeln!(out, "  bescheid Bewilligung \"Bewilligungsbescheid\" nach § 35 VwVfG {{")?;
    writeln!(out, "    text \"{thing}: Sie erhalten monatlich {{leistung_im_monat}}, Stufe {{stufe}}.\"")?;
    for first in (1..=20).step_by(4) {
        let parts: Vec<String> = (first..first + 4).map(|index| format!("{{text_{index}}}")).collect();
        writeln!(out, "    text \"Grundlage sind Ihre Angaben: {}.\"", parts.join(", "))?;
    }
    writeln!(out, "    text \"Wir überweisen auf das Konto {{konto.iban}} von {{konto.inhaber}}.\"\n  }}\n")?;
    writeln!(out, "  bescheid Ablehnung \"Ablehnungsbescheid\" nach § 35 VwVfG {{")?;
    writeln!(
        out,
        "    text \"Ihren Antrag, {{antragsteller.vornamen}} {{antragsteller.familienname}}, lehnen wir ab.\"\n    gründe voraussetzungen\n  }}"
    )
}

/// A case for each row of the table; the last applicant is too young.
fn write_cases(out: &mut String, number: usize, base: usize) -> std::fmt::Result {
    for (row, count) in [1, 20, 60, 200, 310].into_iter().enumerate() {
        let option = pick(&OPTIONS, row);
        let (birth, outcome, notice) = if row < 4 {
            ("1980-05-05", "erfüllt", "Bewilligung")
        } else {
            ("2015-05-05", "nicht erfüllt volljährig", "Ablehnung")
        };
        let counts = [1, 2, 3, 4].map(|part| format!("anzahl_{part} = {}", if part == 4 { count } else { 0 })).join(", ");
        writeln!(out, "\nfall \"Stufe {option} ({number})\" am 2026-03-01 {{")?;
        writeln!(out, "  gegeben antragsteller.geburtsdatum = {birth}, antragsteller.familienstand = ledig,")?;
        writeln!(out, "          frage_1 = nein, frage_2 = nein, frage_3 = nein, frage_4 = nein,")?;
        writeln!(out, "          art_1 = erste, art_2 = zweite, art_3 = dritte, art_4 = vierte, {counts},")?;
        writeln!(out, "          tag_1 = 2026-01-01, tag_2 = 2026-01-02, tag_3 = 2026-01-03, tag_4 = 2026-01-04")?;
        writeln!(out, "  erwarte stufe = {option}, leistung_im_monat = {} EUR", 10 * (base + 2))?;
        writeln!(out, "  erwarte {outcome}\n  erwarte bescheid {notice}\n}}")?;
    }
    Ok(())
}
