//! A typed hand on pest's pairs: names, texts, dates and numbers out of the tree, without a way to panic.

use jiff::civil::Date;
use pest::iterators::{Pair, Pairs};
use rust_decimal::Decimal;

use crate::both;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::source::{FileId, Span, Text};

use super::ast::{Comment, DurationLiteral, DurationUnit, Name, Path, Template, TemplatePart};
use super::findings::{DATE_FORM, NUMBER_FORM, TOO_DEEP};
use super::grammar::Rule;
use super::words::Words;

/// A node of the parse tree.
pub(super) type Node<'i> = Pair<'i, Rule>;

/// How deep brackets and blocks may nest. Small enough that every stage can follow a tree on the small stack of a thread.
pub(super) const DEPTH_LIMIT: usize = 64;

/// How high the tree may grow: each bracket or block counts as [`LEVEL`], each further operand of a chain (`a + b + c`) as one.
const HEIGHT_LIMIT: usize = DEPTH_LIMIT * LEVEL;
const LEVEL: usize = 4;

/// What the builders share while they make the tree of one file.
pub(super) struct Builder<'b> {
    pub(super) file: FileId,
    pub(super) text: &'b str,
    pub(super) comments: &'b [Comment],
    pub(super) words: Words,
    pub(super) depth: usize,
    pub(super) out: &'b mut Diagnostics,
}

impl Builder<'_> {
    /// The place of a node, without the white space and comments that pest counts to it.
    pub(super) fn span(&self, node: &Node<'_>) -> Span {
        let span = node.as_span();
        let (start, mut end) = (span.start(), span.end());
        loop {
            let inside = self.text.get(start..end).unwrap_or("");
            end = start + inside.trim_end().len();
            let narrow = u32::try_from(end).unwrap_or(u32::MAX);
            match self.comments.binary_search_by_key(&narrow, |comment| comment.span.end) {
                Ok(at) => match self.comments.get(at).map(|comment| comment.span.start as usize) {
                    Some(before) if before > start && before < end => end = before,
                    _ => break,
                },
                Err(_) => break,
            }
        }
        Span::new(self.file, start, end)
    }

    /// A name as written; white space within becomes one space.
    pub(super) fn name(&self, node: &Node<'_>) -> Name {
        Name { text: self.words.line(node.as_str()), span: self.span(node) }
    }

    /// All names directly below a node.
    pub(super) fn names(&self, node: Node<'_>) -> Vec<Name> {
        let children = node.into_inner();
        let mut names = Vec::with_capacity(children.len());
        names.extend(children.filter(|child| child.as_rule() == Rule::name).map(|name| self.name(&name)));
        names
    }

    /// A dotted path.
    pub(super) fn path(&self, node: Node<'_>) -> Path {
        let span = self.span(&node);
        let parts = node.into_inner().map(|part| self.name(&part)).collect();
        Path { parts, span }
    }

    /// A string with its holes.
    pub(super) fn string(&mut self, node: Node<'_>) -> Template {
        let span = self.span(&node);
        let children = node.into_inner();
        let mut parts = Vec::with_capacity(children.len());
        for part in children {
            match part.as_rule() {
                Rule::words => parts.push(TemplatePart::Words(unescape(part.as_str()))),
                Rule::hole => {
                    if let Some(expression) = part.into_inner().next() {
                        parts.push(TemplatePart::Hole(Box::new(self.expression(expression))));
                    }
                }
                _ => {}
            }
        }
        Template { parts, span }
    }

    /// A date; one in another form is read where it is plain what is meant, and reported with the right form.
    pub(super) fn date(&mut self, node: &Node<'_>) -> Option<Date> {
        let written = node.as_str();
        if node.as_rule() == Rule::date {
            if let Ok(date) = written.parse() {
                return Some(date);
            }
            self.out.push(
                Diagnostic::new(
                    &DATE_FORM,
                    self.span(node),
                    both!("Den Tag „{written}“ gibt es nicht.", "There is no day “{written}”."),
                )
                .help(both!("Ein Tag heißt Jahr-Monat-Tag: 2026-01-31", "A day is year-month-day: 2026-01-31")),
            );
            return None;
        }
        let meant = meant_date(written);
        let mut diagnostic = Diagnostic::new(
            &DATE_FORM,
            self.span(node),
            both!("„{written}“ hat nicht die Form eines Tages.", "“{written}” is not in the form of a day."),
        );
        diagnostic = match meant {
            Some(date) => diagnostic.help(both!("Schreiben Sie {date}.", "Write {date}.")).fix(self.span(node), date.to_string()),
            None => diagnostic.help(both!("Ein Tag heißt Jahr-Monat-Tag: 2026-01-31", "A day is year-month-day: 2026-01-31")),
        };
        self.out.push(diagnostic);
        meant
    }

    /// A number of digits; too great a one is reported.
    pub(super) fn count(&mut self, node: &Node<'_>) -> u32 {
        match node.as_str().trim().parse() {
            Ok(count) => count,
            Err(_) => {
                self.too_great(node);
                0
            }
        }
    }

    pub(super) fn too_great(&mut self, node: &Node<'_>) {
        let span = self.span(node);
        self.out.push(Diagnostic::new(&NUMBER_FORM, span, both!("Diese Zahl ist zu groß.", "This number is too great.")));
    }

    /// A number with a decimal comma, exact; dots between thousands are reported and read over.
    pub(super) fn decimal(&mut self, node: &Node<'_>) -> Decimal {
        let written = node.as_str().trim();
        let plain: String =
            written.chars().filter(|letter| *letter != '.').map(|letter| if letter == ',' { '.' } else { letter }).collect();
        if node.as_rule() == Rule::bad_number {
            let span = self.span(node);
            let right = plain.replace('.', ",");
            self.out.push(
                Diagnostic::new(
                    &NUMBER_FORM,
                    span,
                    both!("Tausender werden nicht mit einem Punkt getrennt.", "Thousands are not parted by a dot."),
                )
                .help(both!("Schreiben Sie {right}.", "Write {right}."))
                .fix(span, right),
            );
        }
        match plain.parse() {
            Ok(value) => value,
            Err(_) => {
                self.too_great(node);
                Decimal::ZERO
            }
        }
    }

    /// A duration such as `4 Wochen`.
    pub(super) fn duration(&mut self, node: Node<'_>) -> DurationLiteral {
        let span = self.span(&node);
        let (mut count, mut unit) = (0, DurationUnit::Day);
        for part in node.into_inner() {
            match part.as_rule() {
                Rule::integer => count = self.count(&part),
                Rule::duration_unit => unit = duration_unit(part.as_str()),
                _ => {}
            }
        }
        DurationLiteral { count, unit, span }
    }

    /// Goes one level deeper; `false` where the tree would nest too deep (reported once a place).
    pub(super) fn deeper(&mut self, node: &Node<'_>) -> bool {
        let span = self.span(node);
        self.higher(LEVEL, span)
    }

    /// Comes back from one level deeper.
    pub(super) fn back(&mut self) {
        self.lower(LEVEL);
    }

    /// Lets the tree grow by some nodes above what is read next; `false` where it would be too high (reported once a place).
    pub(super) fn higher(&mut self, nodes: usize, span: Span) -> bool {
        if self.depth.saturating_add(nodes) > HEIGHT_LIMIT {
            self.out.push(too_deep(span));
            return false;
        }
        self.depth += nodes;
        true
    }

    /// Takes back what [`higher`](Self::higher) added.
    pub(super) fn lower(&mut self, nodes: usize) {
        self.depth = self.depth.saturating_sub(nodes);
    }
}

/// What stands for a name until it is read.
pub(super) fn nameless(span: Span) -> Name {
    Name { text: Text::default(), span }
}

/// "Nested too deep".
pub(super) fn too_deep(span: Span) -> Diagnostic {
    Diagnostic::new(
        &TOO_DEEP,
        span,
        both!(
            "Hier ist zu tief geschachtelt (mehr als {DEPTH_LIMIT} Ebenen).",
            "Nested too deep here (more than {DEPTH_LIMIT} levels)."
        ),
    )
    .help(both!("Zerlegen Sie den Ausdruck in mehrere Regeln.", "Part the expression into several rules."))
}

/// The nodes of a rule directly below another.
pub(super) fn inner(node: Node<'_>, rule: Rule) -> Vec<Node<'_>> {
    node.into_inner().filter(|child| child.as_rule() == rule).collect()
}

/// The first node of a rule among others.
pub(super) fn first(mut nodes: Pairs<'_, Rule>, rule: Rule) -> Option<Node<'_>> {
    nodes.find(|child| child.as_rule() == rule)
}

fn duration_unit(word: &str) -> DurationUnit {
    match word {
        word if word.starts_with("Arbeitstag") || word.starts_with("workday") => DurationUnit::Workday,
        word if word.starts_with("Werktag") || word.starts_with("weekday") => DurationUnit::Weekday,
        word if word.starts_with("Woche") || word.starts_with("week") => DurationUnit::Week,
        word if word.starts_with("Monat") || word.starts_with("month") => DurationUnit::Month,
        word if word.starts_with("Jahr") || word.starts_with("year") => DurationUnit::Year,
        _ => DurationUnit::Day,
    }
}

/// `{{` is `{`, `\"` is `"`.
fn unescape(written: &str) -> Text {
    if !written.contains(['{', '}', '\\']) {
        return written.into();
    }
    let mut text = String::with_capacity(written.len());
    let mut letters = written.chars().peekable();
    while let Some(letter) = letters.next() {
        let next = letters.peek().copied();
        match (letter, next) {
            ('{', Some('{')) | ('}', Some('}')) => {
                letters.next();
                text.push(letter);
            }
            ('\\', Some(escaped @ ('"' | '\\'))) => {
                letters.next();
                text.push(escaped);
            }
            _ => text.push(letter),
        }
    }
    text.into()
}

/// The day that `1.2.2026` or `2026-1-2` means.
fn meant_date(written: &str) -> Option<Date> {
    let german = written.contains('.');
    let mut parts = written.split(['.', '-']).map(|part| part.parse::<i16>().ok());
    let (first, second, third) = (parts.next()??, parts.next()??, parts.next()??);
    let (year, month, day) = if german { (third, second, first) } else { (first, second, third) };
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}
