//! What the grammar expected at a place, in the words of the language.

use pest::error::{Error, ErrorVariant};

use super::grammar::Rule;
use super::keywords;

/// How many things a message names at most.
const MOST: usize = 5;

/// What was expected: German, English.
pub(super) fn expected(error: &Error<Rule>) -> (String, String) {
    let ErrorVariant::ParsingError { positives, .. } = &error.variant else { return (String::new(), String::new()) };
    // A value can always go on; that only counts where nothing else was expected.
    let (operators, others): (Vec<Rule>, Vec<Rule>) = positives.iter().partition(|rule| is_operator(**rule));
    let rules = if others.iter().any(|rule| thing(*rule).is_some()) { others } else { operators };
    let mut things: Vec<(String, String)> = Vec::new();
    for thing in rules.into_iter().filter_map(thing) {
        if !things.contains(&thing) {
            things.push(thing);
        }
    }
    if things.len() > MOST {
        things.truncate(MOST);
        things.push(("eine andere Angabe".to_owned(), "something else of this kind".to_owned()));
    }
    let (german, english): (Vec<String>, Vec<String>) = things.into_iter().unzip();
    (alternatives(&german, "oder"), alternatives(&english, "or"))
}

fn is_operator(rule: Rule) -> bool {
    matches!(
        rule,
        Rule::k_und
            | Rule::k_oder
            | Rule::k_in
            | Rule::k_ersatzweise
            | Rule::k_je
            | Rule::comparator
            | Rule::sum_operator
            | Rule::product_operator
            | Rule::per_step
            | Rule::index
            | Rule::duration_unit
            | Rule::euro
            | Rule::measure
    )
}

/// A rule as people know it: by its keyword, by the keyword it begins with, or by another word.
fn thing(rule: Rule) -> Option<(String, String)> {
    let name = format!("{rule:?}");
    if let Some((de, en)) = describe(rule) {
        return Some((de.to_owned(), en.to_owned()));
    }
    let start = STARTS.iter().find(|(of, _)| *of == name).map_or(name.as_str(), |(_, start)| start);
    let keyword = keywords::of_rule(start)?;
    Some((format!("„{}“", keyword.de), format!("“{}”", keyword.en)))
}

fn alternatives(words: &[String], or: &str) -> String {
    match words {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} {or} {last}", first.join(", ")),
    }
}

/// The rules that people know by another word than their own.
fn describe(rule: Rule) -> Option<(&'static str, &'static str)> {
    Some(match rule {
        Rule::name | Rule::any_word | Rule::path | Rule::names => ("ein Name", "a name"),
        Rule::place_name | Rule::municipality => ("ein Ort", "a place"),
        Rule::string => ("ein Text in Anführungszeichen", "a text in quotes"),
        Rule::words | Rule::hole | Rule::sign_quote => ("das schließende Anführungszeichen", "the closing quote"),
        Rule::sign_colon => ("„:“", "“:”"),
        Rule::sign_equals => ("„=“", "“=”"),
        Rule::sign_open => ("„{“", "“{”"),
        Rule::sign_close => ("„)“", "“)”"),
        Rule::sign_bar => ("„|“", "“|”"),
        Rule::sign_bars => ("„||“", "“||”"),
        Rule::digits | Rule::integer | Rule::number => ("eine Zahl", "a number"),
        Rule::date | Rule::bad_date => ("ein Tag (2026-01-31)", "a day (2026-01-31)"),
        Rule::duration | Rule::duration_unit => ("eine Dauer (3 Monate)", "a duration (3 months)"),
        Rule::amount => ("ein Betrag (5 EUR)", "an amount (5 EUR)"),
        Rule::citation | Rule::norm | Rule::provision | Rule::provision_sign => {
            ("eine Norm (§ 1 Abs. 2 SGB I)", "a norm (§ 1 Abs. 2 SGB I)")
        }
        Rule::law | Rule::law_name | Rule::law_word => ("der Name eines Gesetzes", "the name of a law"),
        Rule::numbers | Rule::one_number => ("die Nummer der Vorschrift", "the number of the provision"),
        Rule::expression
        | Rule::conjunction
        | Rule::negation
        | Rule::comparison
        | Rule::sum
        | Rule::product
        | Rule::factor
        | Rule::literal
        | Rule::reference => ("ein Wert oder eine Bedingung", "a value or a condition"),
        Rule::comparator => ("ein Vergleich (=, <, >=)", "a comparison (=, <, >=)"),
        Rule::type_use => ("ein Typ", "a type"),
        Rule::regex => ("ein Muster /…/", "a pattern /…/"),
        Rule::table | Rule::header | Rule::row => ("eine Tabelle | … || … |", "a table | … || … |"),
        Rule::cell | Rule::cell_values => ("eine Zelle", "a cell"),
        Rule::block | Rule::whole_block => ("ein Block { … }", "a block { … }"),
        Rule::version_number => ("eine Versionsnummer (1.0.0)", "a version number (1.0.0)"),
        Rule::slug => ("der Name einer Prüfung", "the name of a check"),
        Rule::end | Rule::end_inner | Rule::missing_close | Rule::missing_close_inner => ("„}“", "“}”"),
        _ => return None,
    })
}

/// The keyword with which the statement of a rule begins.
const STARTS: &[(&str, &str)] = &[
    ("import", "k_nutze"),
    ("law_declaration", "k_gesetz"),
    ("land", "k_land"),
    ("authority", "k_stelle"),
    ("choice", "k_auswahl"),
    ("scalar", "k_typ"),
    ("group", "k_gruppe"),
    ("account", "k_konto"),
    ("register", "k_register"),
    ("evidence", "k_nachweis"),
    ("connection", "k_anschluss"),
    ("parameter", "k_parameter"),
    ("procedure", "k_verfahren"),
    ("procedure", "k_rahmen"),
    ("variant", "k_variante"),
    ("texts", "k_texte"),
    ("case", "k_fall"),
    ("fee", "k_gebuehr"),
    ("service_key", "k_leistung"),
    ("regime", "k_verfahrensrecht"),
    ("version", "k_version"),
    ("channel", "k_kanal"),
    ("competence", "k_zustaendig"),
    ("remedy", "k_rechtsbehelf"),
    ("participant", "k_beteiligt"),
    ("need", "k_benoetigt"),
    ("attachment", "k_anlage"),
    ("investigate", "k_ermittle"),
    ("ask", "k_erfrage"),
    ("page", "k_seite"),
    ("field", "k_feld"),
    ("hint", "k_hinweis"),
    ("declaration_of", "k_erklaerung"),
    ("rule_of", "k_regel"),
    ("decision", "k_entscheidung"),
    ("precondition", "k_voraussetzung"),
    ("deadline", "k_frist"),
    ("period", "k_zeitraum"),
    ("workflow", "k_ablauf"),
    ("notice", "k_bescheid"),
    ("opening", "k_laender"),
    ("transition", "k_uebergang"),
    ("tolerate", "k_dulde"),
    ("notice_text", "k_text"),
    ("set_off", "k_angerechnet"),
    ("reasons", "k_gruende"),
    ("clause_of", "k_nebenbestimmung"),
    ("receipt", "k_eingang"),
    ("check_complete", "k_pruefe"),
    ("check_external", "k_pruefe"),
    ("task", "k_aufgabe"),
    ("decide", "k_entscheide"),
    ("branch", "k_wenn"),
    ("parallel", "k_gleichzeitig"),
    ("consult", "k_beteilige"),
    ("hear", "k_hoere"),
    ("issue", "k_erlasse"),
    ("follow_up", "k_wiedervorlage"),
    ("appointment", "k_termin"),
    ("collect", "k_erhebe"),
    ("hand_over", "k_abgabe"),
    ("end_step", "k_ende"),
    ("set_operation", "k_setze"),
    ("add_operation", "k_ergaenze"),
    ("remove_operation", "k_streiche"),
    ("operation", "k_setze"),
    ("operation", "k_ergaenze"),
    ("operation", "k_streiche"),
    ("given", "k_gegeben"),
    ("given", "k_festgestellt"),
    ("handed_in", "k_bei"),
    ("lacking", "k_fehlt"),
    ("missed", "k_versaeumt"),
    ("extended", "k_verlaengert"),
    ("day_of", "k_bekanntgabe"),
    ("expect", "k_erwarte"),
    ("holds", "k_fuehrt"),
    ("keeper", "k_stelle"),
    ("search", "k_suche"),
    ("delivers", "k_liefert"),
    ("proves", "k_belegt"),
    ("out_of", "k_aus"),
    ("only_retrieval", "k_nur"),
    ("identifies", "k_identifiziert"),
    ("holiday", "k_feiertag"),
    ("otherwise", "k_sonst"),
    ("norms", "k_nach"),
    ("unverified", "k_ungeprueft"),
    ("when", "k_wenn"),
    ("within", "k_binnen"),
    ("by_role", "k_durch"),
];
