//! Cases on their way through the workflow: what is missing, which deadlines pass, what follows; evidence and questions that a case
//! expects or excludes; cases of one Land that name what only this Land has.

use blaupause::diagnostic::{Diagnostic, Language};

use super::corpus::{compile, findings};

const PERMIT: &str = "modul probe

nutze std.person.NatürlichePerson
nutze std.nachweis.{Geburtsurkunde, Meldedatensatz}

gesetz ProbeG \"Probegesetz\" ebene Bund
gesetz HE.ProbeAG \"Ausführungsgesetz\" ebene HE

verfahren Erlaubnis \"Erlaubnis beantragen\" nach § 1 ProbeG {
  leistung 99000000000000
  verfahrensrecht Bundesrecht
  rechtsbehelf Widerspruch binnen 1 Monat nach § 1 ProbeG
  beteiligt bauherr \"Sie\": NatürlichePerson antragstellend
  beteiligt kind \"Ihr Kind\": NatürlichePerson vertreten durch bauherr
  beteiligt nachbar \"Nachbar\": NatürlichePerson
  benötigt Geburtsurkunde von kind nach § 2 ProbeG
  benötigt Meldedatensatz von bauherr, kind wenn groß nach § 2 ProbeG
  ermittle anschrift von nachbar nach § 3 ProbeG
  seite s \"Seite\" {
    bauherr: familienname, anschrift nach § 1 ProbeG
    kind: geburtsdatum, familienname, vornamen, geburtsort, anschrift nach § 1 ProbeG
    feld groß \"Groß?\": JaNein nach § 1 ProbeG
    feld höhe \"Wie hoch?\": Ganzzahl von 0 bis 100 wenn groß nach § 1 ProbeG
  }
  voraussetzung niedrig: nicht groß oder höhe < 50 sonst \"Zu hoch.\" nach § 4 ProbeG
  frist entscheidung 3 Monate ab eingang danach gilt genehmigt wenn groß nach § 5 ProbeG
  ablauf {
    eingang
    prüfe vollständig {
      fehlt: nachfordern binnen 4 Wochen danach gilt zurückgenommen nach § 6 ProbeG
    }
    gleichzeitig {
      wenn groß {
        beteilige Gemeinde \"Einvernehmen\" binnen 2 Monaten danach gilt erteilt nach § 7 ProbeG
      }
      höre nachbar binnen 2 Wochen danach weiter nach § 8 ProbeG
    }
    aufgabe ortstermin \"Ort besichtigen\" durch Sachbearbeitung nach § 9 ProbeG
    entscheide voraussetzungen
    wenn erfüllt {
      erlasse Genehmigung
    } sonst {
      erlasse Ablehnung
    }
  }
  bescheid Genehmigung \"Genehmigung\" nach § 1 ProbeG {
    text \"Wir genehmigen.\"
  }
  bescheid Ablehnung \"Ablehnung\" nach § 1 ProbeG {
    text \"Wir lehnen ab.\"
  }
}

variante Erlaubnis für Hessen {
  ergänze aufgabe akte \"Akte anlegen\" durch Sachbearbeitung nach § 1 HE.ProbeAG hinter ortstermin
}

fall \"niedrig\" am 2026-03-02 {
  gegeben groß = nein
  erwarte bescheid Genehmigung
}
fall \"hoch\" am 2026-03-02 {
  gegeben groß = ja, höhe = 60
  erwarte bescheid Ablehnung
}
";

/// The procedure with one more case.
fn with(case: &str) -> String {
    format!("{PERMIT}fall \"Probe\" für Bayern am 2026-03-02 {{\n{case}\n}}\n")
}

#[track_caller]
fn comes_true(case: &str) {
    let compilation = compile(&with(case));
    assert!(compilation.diagnostics.is_empty(), "{case}\n{}", findings(&compilation).join("\n"));
}

#[track_caller]
fn says(case: &str, message: &str) {
    let compilation = compile(&with(case));
    let messages: Vec<&str> = compilation.diagnostics.iter().map(|found: &Diagnostic| found.message.get(Language::De)).collect();
    assert_eq!(messages, [message], "{case}");
}

#[test]
fn the_usual_way_passes_every_step_in_order() {
    comes_true(
        "gegeben groß = ja, höhe = 10\n  erwarte weg eingang und vollständig und Gemeinde und nachbar und ortstermin und \
         voraussetzungen und Genehmigung\n  erwarte nicht weg nachfordern und Ablehnung und erteilt",
    );
    comes_true("gegeben groß = nein\n  erwarte weg vollständig und ortstermin, nicht weg Gemeinde, nicht bescheid Ablehnung");
    says(
        "gegeben groß = nein\n  erwarte weg ortstermin und nachbar",
        "erwartet: Weg ortstermin, nachbar; tatsächlich: eingang, vollständig, nachbar, ortstermin, voraussetzungen, Genehmigung; \
         „nachbar“ kommt nicht an dieser Stelle",
    );
    says(
        "gegeben groß = nein\n  erwarte nicht weg Gemeinde und ortstermin",
        "erwartet: nicht Weg ortstermin; tatsächlich: eingang, vollständig, nachbar, ortstermin, voraussetzungen, Genehmigung",
    );
    says(
        "gegeben groß = ja\n  erwarte bescheid Genehmigung",
        "erwartet: Bescheid Genehmigung; tatsächlich ist noch kein Bescheid möglich, ein Mensch entscheidet (niedrig offen)",
    );
}

#[test]
fn what_is_missing_is_requested_and_comes_or_does_not() {
    comes_true(
        "gegeben groß = nein\n  bei nachgereicht Geburtsurkunde\n  \
         erwarte weg vollständig und nachfordern und nachgereicht und vollständig und Genehmigung",
    );
    comes_true(
        "gegeben groß = nein\n  fehlt Geburtsurkunde von kind\n  erwarte weg nachfordern und zurückgenommen\n  \
         erwarte nicht weg voraussetzungen, nicht bescheid Genehmigung, frist nachfordern endet 2026-04-07",
    );
    comes_true(
        "gegeben groß = nein\n  bei nachgereicht Geburtsurkunde\n  versäumt nachfordern\n  erwarte weg nachfordern und zurückgenommen",
    );
    says(
        "gegeben groß = nein\n  fehlt Meldedatensatz\n  erwarte erfüllt",
        "angegeben: Meldedatensatz; tatsächlich ist das in diesem Fall kein nötiger Nachweis",
    );
    says(
        "gegeben groß = nein\n  fehlt Heiratsurkunde\n  erwarte erfüllt",
        "Der Name „Heiratsurkunde“ ist nicht bekannt unter den Nachweisen des Verfahrens.",
    );
    says(
        "gegeben groß = nein\n  fehlt Geburtsurkunde von bauherr\n  erwarte erfüllt",
        "Der Name „Geburtsurkunde“ ist nicht bekannt unter den Nachweisen über „bauherr“.",
    );
}

#[test]
fn deadlines_that_pass_have_their_consequence() {
    comes_true(
        "gegeben groß = ja, höhe = 10\n  versäumt Gemeinde, nachbar\n  erwarte weg Gemeinde und erteilt und nachbar und Genehmigung\n  \
         erwarte frist Gemeinde endet 2026-05-04, frist Widerspruch endet 2026-04-07",
    );
    comes_true(
        "gegeben groß = ja, höhe = 60\n  versäumt entscheidung\n  erwarte weg ortstermin und genehmigt\n  \
         erwarte nicht bescheid Ablehnung, frist entscheidung endet 2026-06-02",
    );
    says(
        "gegeben groß = nein\n  versäumt Gemeinde\n  erwarte erfüllt",
        "angegeben: Gemeinde versäumt; tatsächlich läuft auf diesem Weg keine Frist dieses Namens",
    );
    says(
        "gegeben groß = nein\n  versäumt ortstermin\n  erwarte erfüllt",
        "Der Name „ortstermin“ ist nicht bekannt unter den Fristen.",
    );
    says(
        "gegeben groß = nein\n  erwarte frist Klage endet 2026-04-07",
        "erwartet: Frist Klage endet am 2026-04-07; tatsächlich läuft hier keine Frist dieses Namens",
    );
}

#[test]
fn evidence_and_questions_are_expected_or_excluded() {
    comes_true(
        "gegeben groß = ja, höhe = 10\n  erwarte benötigt Geburtsurkunde und Meldedatensatz von bauherr, gefragt höhe und kind.geburtsdatum\n  \
         erwarte ermittelt nachbar.anschrift, nicht gefragt nachbar.anschrift, nicht abgerufen Geburtsurkunde\n  bei eingereicht Geburtsurkunde",
    );
    comes_true(
        "gegeben groß = nein\n  erwarte nicht benötigt Meldedatensatz, nicht gefragt höhe, nicht ermittelt kind.anschrift",
    );
    for (expected, message) in [
        ("benötigt Meldedatensatz von kind", "erwartet: benötigt Meldedatensatz von kind; tatsächlich wird das nicht benötigt"),
        ("nicht benötigt Geburtsurkunde", "erwartet: nicht benötigt Geburtsurkunde; tatsächlich wird das benötigt"),
        ("gefragt groß und höhe", "erwartet: gefragt höhe; tatsächlich wird danach nicht gefragt"),
        ("nicht gefragt groß", "erwartet: nicht gefragt groß; tatsächlich wird danach gefragt"),
        ("abgerufen Geburtsurkunde", "erwartet: abgerufen Geburtsurkunde; tatsächlich wird das nicht abgerufen"),
        ("ermittelt groß", "erwartet: ermittelt groß; tatsächlich ermittelt die Behörde das nicht selbst"),
        (
            "nicht ermittelt nachbar.anschrift",
            "erwartet: nicht ermittelt nachbar.anschrift; tatsächlich ermittelt die Behörde das",
        ),
        ("nicht bescheid Genehmigung", "erwartet: nicht Bescheid Genehmigung; tatsächlich ergeht er"),
        ("kind.anschrift aus Melderegister", "erwartet: kind.anschrift aus Melderegister; tatsächlich: gefragt"),
        ("bauherr.familienname aus konto", "erwartet: bauherr.familienname aus konto; tatsächlich: gefragt"),
        ("höhe aus konto", "erwartet: höhe aus konto; tatsächlich: nicht nötig"),
    ] {
        says(&format!("gegeben groß = nein\n  erwarte {expected}"), message);
    }
    says(
        "gegeben groß = nein\n  bei abgerufen Geburtsurkunde\n  erwarte erfüllt",
        "angegeben: Geburtsurkunde abgerufen; tatsächlich wird das hier nicht abgerufen",
    );
}

#[test]
fn a_case_of_a_land_may_name_what_only_this_land_has() {
    let text = |land: &str| {
        format!(
            "{PERMIT}fall \"Akte\" für {land} am 2026-03-02 {{\n  gegeben groß = nein\n  erwarte weg ortstermin und akte\n}}\n"
        )
    };
    let compilation = compile(&text("Hessen"));
    assert!(compilation.diagnostics.is_empty(), "{}", findings(&compilation).join("\n"));
    let elsewhere = compile(&text("Bayern"));
    assert_eq!(elsewhere.diagnostics.iter().map(|found| found.code.slug).collect::<Vec<_>>(), ["unknown-name"]);
}
