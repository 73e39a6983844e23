//! What to say where something can't be read. A broken piece is read again by its entry rule, only for the message.

use pest::Parser;
use pest::error::{Error, InputLocation};

use crate::both;
use crate::diagnostic::{Diagnostic, suggest};
use crate::source::Span;

use super::expected::expected;
use super::findings::{MISSING_BRACE, SURPLUS_BRACE, SYNTAX, UNKNOWN_KEYWORD};
use super::grammar::{Grammar, Rule};
use super::keywords::{self, Keyword};
use super::pairs::{Builder, Node};

/// How many lines before a broken piece may be the beginning of the same statement.
const LINES_BEFORE: usize = 12;

/// How many keywords a help names.
const NAMED: usize = 12;

/// A reading that failed.
struct Failure {
    /// Where in the file the reading began.
    start: usize,
    /// Where in the file it failed.
    at: usize,
    error: Error<Rule>,
}

impl Builder<'_> {
    /// Reports a node of the recovery rules; passes over any other.
    pub(super) fn recover(&mut self, rule: Rule, node: Node<'_>) {
        match rule {
            Rule::missing_close | Rule::missing_close_inner => self.missing_close(&node),
            Rule::stray => self.stray(&node),
            _ => {
                if let Some(entry) = entry(rule) {
                    self.bad(node, entry);
                }
            }
        }
    }

    /// Reports a piece that could not be read.
    pub(super) fn bad(&mut self, node: Node<'_>, entry: Rule) {
        let span = self.span(&node);
        let (start, end) = (span.start as usize, span.end as usize);
        let Some(alone) = self.read(entry, start, end) else {
            // Read alone it is sound: it stands in the wrong place.
            let word = first_word(node.as_str());
            self.out.push(Diagnostic::new(
                &SYNTAX,
                span,
                both!("„{word}“ gehört nicht an diese Stelle.", "“{word}” does not belong here."),
            ));
            return;
        };
        let failure = self.joined(entry, start, end, &alone).unwrap_or(alone);
        let finding = match self.slip(entry, &failure, end) {
            Some(finding) => finding,
            None if failure.at == failure.start => self.no_statement(entry, &failure, end),
            None => self.unexpected(entry, &failure, end),
        };
        self.out.push(finding);
    }

    fn read(&self, entry: Rule, start: usize, end: usize) -> Option<Failure> {
        let error = Grammar::parse(entry, self.text.get(start..end)?).err()?;
        Some(Failure { start, at: start + position(&error), error })
    }

    /// A piece may be the end of a statement whose beginning could be read: together they are understood further.
    fn joined(&self, entry: Rule, start: usize, end: usize, alone: &Failure) -> Option<Failure> {
        let before = self.text.get(..start)?;
        let on_its_line = before.rsplit('\n').next().is_some_and(|line| !line.trim().is_empty());
        let mut at = start;
        for _ in 0..LINES_BEFORE {
            at = self.text.get(..at)?.trim_end_matches('\n').rfind('\n').map_or(0, |end| end + 1);
            let line = self.text.get(at..start)?;
            let from = at + (line.len() - line.trim_start().len());
            let together = if from < start { self.read(entry, from, end) } else { None };
            match together {
                Some(together) if together.at > alone.at || (on_its_line && together.at == start) => return Some(together),
                Some(together) if together.at > start => return None,
                _ if at == 0 => return None,
                _ => {}
            }
        }
        None
    }

    /// "This word begins no statement here."
    fn no_statement(&self, entry: Rule, failure: &Failure, end: usize) -> Diagnostic {
        let rest = self.text.get(failure.at..end).unwrap_or_default();
        let word = first_word(rest);
        if word.is_empty() {
            let line = rest.lines().next().unwrap_or_default().trim_end();
            let place = Span::new(self.file, failure.at, failure.at + line.len());
            return Diagnostic::new(&SYNTAX, place, both!("Hier beginnt keine Angabe.", "No statement begins here."))
                .help(possible(entry));
        }
        match self.meant(entry, failure, word) {
            Some(near) => self.unknown_keyword(failure.at, word, Some(near)),
            None => self.unknown_keyword(failure.at, word, None).help(possible(entry)),
        }
    }

    /// A statement may also begin with a name; then a slip of its keyword is only noticed later.
    fn slip(&self, entry: Rule, failure: &Failure, end: usize) -> Option<Diagnostic> {
        let piece = self.text.get(failure.start..end).filter(|_| failure.at > failure.start)?;
        let word = first_word(piece);
        let rest = piece.get(word.len()..)?;
        let words = || keywords::all().iter().flat_map(|keyword| [keyword.de, keyword.en]);
        let near = suggest::nearest(word, words()).filter(|_| words().all(|keyword| keyword != word))?;
        let further = match Grammar::parse(entry, &format!("{near}{rest}")) {
            Ok(_) => true,
            Err(error) => position(&error) + word.len() > failure.at - failure.start + near.len(),
        };
        further.then(|| self.unknown_keyword(failure.start, word, Some(near)))
    }

    fn unknown_keyword(&self, at: usize, word: &str, meant: Option<&str>) -> Diagnostic {
        let place = Span::new(self.file, at, at + word.len());
        let message = both!("„{word}“ ist hier kein Schlüsselwort.", "“{word}” is no keyword here.");
        let diagnostic = Diagnostic::new(&UNKNOWN_KEYWORD, place, message);
        match meant {
            Some(near) => {
                diagnostic.help(both!("Gemeint ist vielleicht „{near}“.", "Perhaps “{near}” is meant.")).fix(place, near)
            }
            None => diagnostic,
        }
    }

    /// "Something else was expected here."
    fn unexpected(&self, entry: Rule, failure: &Failure, end: usize) -> Diagnostic {
        let rest = self.text.get(failure.at..end).unwrap_or_default();
        let found = found_at(rest);
        let near = self.meant(entry, failure, first_word(rest));
        let (de, en) = match near {
            Some(near) => (format!("„{near}“"), format!("“{near}”")),
            None => expected(&failure.error),
        };
        let message = match (found.is_empty(), de.is_empty()) {
            (true, false) => both!("Hier fehlt etwas: erwartet wird {de}.", "Something is missing here: expected {en}."),
            (true, true) => both!("Hier fehlt etwas.", "Something is missing here."),
            (false, false) => both!("Hier wird {de} erwartet, nicht „{found}“.", "Expected {en} here, not “{found}”."),
            (false, true) => both!("„{found}“ gehört nicht hierher.", "“{found}” does not belong here."),
        };
        // What is missing, is missing behind the last word, not on the next line.
        let before = self.text.get(..failure.at).unwrap_or_default();
        let at = if found.is_empty() || rest.starts_with('\n') { before.trim_end().len() } else { failure.at };
        let place = Span::new(self.file, at, at + found.len());
        let diagnostic = Diagnostic::new(&SYNTAX, place, message);
        match self.meant(entry, failure, first_word(rest)) {
            Some(near) => {
                diagnostic.help(both!("Gemeint ist vielleicht „{near}“.", "Perhaps “{near}” is meant.")).fix(place, near)
            }
            None => diagnostic,
        }
    }

    /// The keyword that a word at the place of a failure is a slip of: near to it, and with it the reading gets further.
    fn meant(&self, entry: Rule, failure: &Failure, word: &str) -> Option<&'static str> {
        let prefix = self.text.get(failure.start..failure.at).filter(|_| !word.is_empty())?;
        let mut words: Vec<&'static str> = keywords::all().iter().flat_map(|keyword| [keyword.de, keyword.en]).collect();
        while let Some(near) = suggest::nearest(word, words.iter().copied()) {
            if fits(entry, prefix, near) {
                return Some(near);
            }
            words.retain(|word| *word != near);
        }
        None
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

/// The entry rule by which a broken piece is read again.
fn entry(bad: Rule) -> Option<Rule> {
    Some(match bad {
        Rule::bad_declaration => Rule::entry_declaration,
        Rule::bad_item => Rule::entry_item,
        Rule::bad_page_item => Rule::entry_page_item,
        Rule::bad_notice_item => Rule::entry_notice_item,
        Rule::bad_step => Rule::entry_step,
        Rule::bad_operation => Rule::entry_operation,
        Rule::bad_row => Rule::entry_row,
        Rule::bad_field => Rule::entry_field,
        Rule::bad_register_item => Rule::entry_register_item,
        Rule::bad_case_item => Rule::entry_case_item,
        Rule::bad_option => Rule::entry_option,
        Rule::bad_text_entry => Rule::entry_text_entry,
        Rule::bad_connection_line => Rule::entry_connection_line,
        Rule::bad_parameter_item => Rule::entry_parameter_item,
        Rule::bad_land => Rule::entry_land,
        Rule::bad_delivers => Rule::entry_delivers,
        Rule::bad_evidence_item => Rule::entry_evidence_item,
        _ => return None,
    })
}

fn position(error: &Error<Rule>) -> usize {
    match error.location {
        InputLocation::Pos(at) | InputLocation::Span((at, _)) => at,
    }
}

/// Whether a keyword can stand behind a prefix: the reading gets past it.
fn fits(entry: Rule, prefix: &str, keyword: &str) -> bool {
    match Grammar::parse(entry, &format!("{prefix}{keyword} ")) {
        Ok(_) => true,
        Err(error) => position(&error) >= prefix.len() + keyword.len(),
    }
}

/// "Possible here: …"
fn possible(entry: Rule) -> crate::diagnostic::Bilingual {
    let starts: Vec<&Keyword> = keywords::all().iter().filter(|keyword| fits(entry, "", keyword.de)).collect();
    // Where most words fit, the entry begins with a name.
    if starts.is_empty() || starts.len() > keywords::all().len() / 2 {
        return both!("Eine Angabe beginnt hier mit einem Namen.", "A statement begins with a name here.");
    }
    let more = if starts.len() > NAMED { " …" } else { "" };
    let list = |word: fn(&&Keyword) -> &'static str| starts.iter().take(NAMED).map(word).collect::<Vec<_>>().join(", ");
    let (german, english) = (list(|keyword| keyword.de), list(|keyword| keyword.en));
    both!("Hier kann stehen: {german}{more}", "Possible here: {english}{more}")
}

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
