//! What was expected where something can't be read. A broken piece is read again by its entry rule, only for the message.

use std::collections::BTreeSet;

use pest::Parser;
use pest::error::{Error, ErrorVariant, InputLocation};

use crate::both;
use crate::diagnostic::{Diagnostic, suggest};
use crate::source::Span;

use super::findings::{MISSING_BRACE, SURPLUS_BRACE, SYNTAX, UNKNOWN_KEYWORD};
use super::grammar::{Grammar, Rule};
use super::keywords;
use super::pairs::{Builder, Node};

impl Builder<'_> {
    /// Reports a node of the recovery rules; passes over any other.
    pub(super) fn recover(&mut self, rule: Rule, node: Node<'_>) {
        match rule {
            Rule::bad_declaration => self.bad(node, Rule::entry_declaration),
            Rule::bad_item => self.bad(node, Rule::entry_item),
            Rule::bad_page_item => self.bad(node, Rule::entry_page_item),
            Rule::bad_step => self.bad(node, Rule::entry_step),
            Rule::bad_operation => self.bad(node, Rule::entry_operation),
            Rule::bad_row => self.bad(node, Rule::entry_row),
            Rule::bad_line => self.bad(node, Rule::entry_line),
            Rule::missing_close | Rule::missing_close_inner => self.missing_close(&node),
            Rule::stray => self.stray(&node),
            _ => {}
        }
    }

    /// Reports a piece that could not be read.
    pub(super) fn bad(&mut self, node: Node<'_>, entry: Rule) {
        let span = self.span(&node);
        let piece = node.as_str().trim_end();
        let error = match Grammar::parse(entry, piece) {
            Err(error) => error,
            // Read alone it is sound: it stands in the wrong place.
            Ok(_) => {
                let word = first_word(piece);
                self.out.push(Diagnostic::new(
                    &SYNTAX,
                    span,
                    both!("„{word}“ gehört nicht an diese Stelle.", "“{word}” does not belong here."),
                ));
                return;
            }
        };
        let at = match error.location {
            InputLocation::Pos(at) | InputLocation::Span((at, _)) => at,
        };
        let word = first_word(piece);
        if at == 0 {
            let finding = unknown_keyword(word, span, &error);
            self.out.push(finding);
            return;
        }
        let start = span.start as usize + at;
        let found = found_at(piece.get(at..).unwrap_or(""));
        let place = Span::new(self.file, start, start + found.len());
        self.out.push(unexpected(&found, place, &error));
    }

    /// Reports a block that ends where the next begins.
    pub(super) fn missing_close(&mut self, node: &Node<'_>) {
        let span = self.span(node);
        self.out.push(
            Diagnostic::new(
                &MISSING_BRACE,
                span,
                both!("Davor fehlt eine schließende Klammer.", "A closing brace is missing before."),
            )
            .help(both!("Schließen Sie den Block mit „}}“.", "Close the block with “}}”."))
            .fix(Span { end: span.start, ..span }, "}\n"),
        );
    }

    /// Reports a `}` that closes nothing.
    pub(super) fn stray(&mut self, node: &Node<'_>) {
        let span = self.span(node);
        self.out.push(
            Diagnostic::new(&SURPLUS_BRACE, span, both!("Diese Klammer schließt nichts.", "This brace closes nothing."))
                .help(both!("Nehmen Sie sie weg.", "Take it away."))
                .fix(span, ""),
        );
    }
}

/// "This word begins no statement here."
fn unknown_keyword(word: &str, span: Span, error: &Error<Rule>) -> Diagnostic {
    let expected = keywords_of(error);
    let place = Span { end: span.start + u32::try_from(word.len()).unwrap_or(0), ..span };
    let diagnostic = if word.is_empty() {
        Diagnostic::new(&SYNTAX, span, both!("Hier beginnt keine Angabe.", "No statement begins here."))
    } else {
        Diagnostic::new(&UNKNOWN_KEYWORD, place, both!("„{word}“ ist hier kein Schlüsselwort.", "“{word}” is no keyword here."))
    };
    let words = expected.iter().flat_map(|keyword| [keyword.de, keyword.en]);
    if let Some(near) = suggest::nearest(word, words) {
        return diagnostic.help(both!("Gemeint ist vielleicht „{near}“.", "Perhaps “{near}” is meant.")).fix(place, near);
    }
    let list: Vec<&str> = expected.iter().map(|keyword| keyword.de).take(12).collect();
    let english: Vec<&str> = expected.iter().map(|keyword| keyword.en).take(12).collect();
    if list.is_empty() {
        return diagnostic;
    }
    let (list, english) = (list.join(", "), english.join(", "));
    diagnostic.help(both!("Hier kann stehen: {list} …", "Possible here: {english} …"))
}

/// "Something else was expected here."
fn unexpected(found: &str, place: Span, error: &Error<Rule>) -> Diagnostic {
    let (de, en) = expected(error);
    let message = match (found.is_empty(), de.is_empty()) {
        (true, false) => both!("Hier fehlt etwas: erwartet wird {de}.", "Something is missing here: expected {en}."),
        (true, true) => both!("Hier fehlt etwas.", "Something is missing here."),
        (false, false) => both!("Hier wird {de} erwartet, nicht „{found}“.", "Expected {en} here, not “{found}”."),
        (false, true) => both!("„{found}“ gehört nicht hierher.", "“{found}” does not belong here."),
    };
    let diagnostic = Diagnostic::new(&SYNTAX, place, message);
    let keywords = keywords_of(error);
    let words = keywords.iter().flat_map(|keyword| [keyword.de, keyword.en]);
    let word = first_word(found);
    match suggest::nearest(word, words).filter(|_| !word.is_empty()) {
        Some(near) => diagnostic.help(both!("Gemeint ist vielleicht „{near}“.", "Perhaps “{near}” is meant.")).fix(place, near),
        None => diagnostic,
    }
}

/// The keywords among what was expected, in the order of the glossary.
fn keywords_of(error: &Error<Rule>) -> Vec<&'static keywords::Keyword> {
    let ErrorVariant::ParsingError { positives, .. } = &error.variant else { return Vec::new() };
    let names: BTreeSet<String> = positives.iter().map(|rule| format!("{rule:?}")).collect();
    keywords::all()
        .iter()
        .filter(|keyword| names.contains(keyword.rule) || names.iter().any(|name| leads(name, keyword.rule)))
        .collect()
}

/// Whether a statement's rule begins with a keyword.
fn leads(rule: &str, keyword: &str) -> bool {
    STARTS.iter().any(|(name, start)| *name == rule && *start == keyword)
}

/// What was expected, in the words of the language.
fn expected(error: &Error<Rule>) -> (String, String) {
    let ErrorVariant::ParsingError { positives, .. } = &error.variant else { return (String::new(), String::new()) };
    let mut german: Vec<String> = Vec::new();
    let mut english: Vec<String> = Vec::new();
    for rule in positives {
        let name = format!("{rule:?}");
        let words = match keywords::of_rule(&name) {
            Some(keyword) => Some((format!("„{}“", keyword.de), format!("“{}”", keyword.en))),
            None => describe(*rule).map(|(de, en)| (de.to_owned(), en.to_owned())).or_else(|| {
                let (_, start) = STARTS.iter().find(|(of, _)| *of == name)?;
                let keyword = keywords::of_rule(start)?;
                Some((format!("„{}“", keyword.de), format!("“{}”", keyword.en)))
            }),
        };
        if let Some((de, en)) = words
            && !german.contains(&de)
        {
            german.push(de);
            english.push(en);
        }
    }
    // Ends of lists and operators are always possible; they only count where nothing else does.
    german.truncate(6);
    english.truncate(6);
    (alternatives(&german, "oder"), alternatives(&english, "or"))
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
        Rule::words | Rule::hole => ("das schließende Anführungszeichen", "the closing quote"),
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
        Rule::block => ("ein Block { … }", "a block { … }"),
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
    ("expect", "k_erwarte"),
    ("holds", "k_fuehrt"),
    ("keeper", "k_stelle"),
    ("search", "k_suche"),
    ("delivers", "k_liefert"),
    ("proves", "k_belegt"),
    ("out_of", "k_aus"),
    ("holiday", "k_feiertag"),
    ("otherwise", "k_sonst"),
    ("norms", "k_nach"),
    ("when", "k_wenn"),
    ("within", "k_binnen"),
    ("by_role", "k_durch"),
];

/// The word with which a piece begins.
fn first_word(piece: &str) -> &str {
    let end = piece.find(|letter: char| !(letter.is_alphanumeric() || letter == '_' || letter == '-')).unwrap_or(piece.len());
    piece.get(..end).unwrap_or("")
}

/// What stands where something else was expected: a word, or a sign.
fn found_at(rest: &str) -> String {
    let word = first_word(rest);
    if word.is_empty() {
        rest.chars().next().filter(|sign| !sign.is_whitespace()).map(String::from).unwrap_or_default()
    } else {
        word.to_owned()
    }
}
