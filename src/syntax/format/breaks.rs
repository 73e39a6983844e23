//! Where lines end: each statement begins a line, and within a statement the author's breaks stay where there is a joint.

use crate::syntax::grammar::Rule;

use super::WIDTH;
use super::spacing::length;
use super::tokens::{Kind, Shape};

/// What stands before a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Break {
    /// It goes on.
    Same,
    /// A new line.
    Line,
    /// An empty line, then a new one.
    Blank,
}

/// What stands before each token.
pub(super) fn find(shape: &Shape<'_>) -> Vec<Break> {
    let inline = inline(shape);
    let mut breaks: Vec<Break> = (0..shape.tokens.len()).map(|token| before(shape, token, &inline)).collect();
    for (index, node) in shape.nodes.iter().enumerate() {
        if node.rule == Rule::import {
            fill(shape, index, &mut breaks);
        }
    }
    part_declarations(shape, &mut breaks);
    if let Some(first) = breaks.first_mut() {
        *first = Break::Same;
    }
    breaks
}

fn before(shape: &Shape<'_>, token: usize, inline: &[bool]) -> Break {
    let this = &shape.tokens[token];
    let Some(before) = token.checked_sub(1).map(|before| &shape.tokens[before]) else { return Break::Same };
    let next = shape.past_comments(token);
    let ends = shape.tokens.get(next).is_none_or(|next| next.kind == Kind::BlockEnd);
    let fresh = ends || shape.begins_statement(next);
    let blank_allowed = fresh && before.kind != Kind::BlockStart && this.kind != Kind::BlockEnd;
    let must = match this.kind {
        Kind::Comment => this.lines_before > 0,
        Kind::BlockEnd => !inline[token] && before.kind != Kind::BlockStart,
        _ => shape.begins_statement(token) && !inline[token],
    };
    if must || before.kind == Kind::Comment {
        return if this.lines_before > 1 && blank_allowed { Break::Blank } else { Break::Line };
    }
    if this.lines_before > 0 && !inline[token] && is_joint(shape, token) { Break::Line } else { Break::Same }
}

/// Whether the author may break the line before this token, within a statement.
fn is_joint(shape: &Shape<'_>, token: usize) -> bool {
    let (this, before) = (&shape.tokens[token], &shape.tokens[token - 1]);
    if this.kind == Kind::BlockStart || before.kind == Kind::BlockEnd || in_line(shape, token) {
        return false;
    }
    if before.kind == Kind::Opening || this.kind == Kind::Closing || before.text == "," {
        return true;
    }
    if matches!(this.rule, Rule::k_und | Rule::k_oder | Rule::k_dann | Rule::k_sonst | Rule::k_ersatzweise | Rule::k_in)
        || matches!(this.rule, Rule::string | Rule::comparator | Rule::sum_operator | Rule::product_operator)
    {
        return true;
    }
    let begins = |node: &usize| shape.nodes[*node].first == token && !shape.nodes[*node].statement;
    shape.around(token).take_while(begins).any(|node| {
        let expression = shape.nodes[node].rule == Rule::expression && matches!(before.text.as_ref(), "=" | ":");
        expression || is_clause(shape.nodes[node].rule)
    })
}

/// The parts of a statement that begin with a keyword of their own.
fn is_clause(rule: Rule) -> bool {
    matches!(
        rule,
        Rule::when
            | Rule::norms
            | Rule::collected
            | Rule::openness
            | Rule::because
            | Rule::valid_from
            | Rule::unverified
            | Rule::within
            | Rule::from_event
            | Rule::extension
            | Rule::consequence
            | Rule::pattern
            | Rule::length
            | Rule::check_digit
            | Rule::fim
            | Rule::between
            | Rule::repeat
            | Rule::law_level
            | Rule::law_source
            | Rule::law_as_of
            | Rule::only_in
            | Rule::level
            | Rule::choice_list
            | Rule::option_code
            | Rule::from_trust
            | Rule::located
            | Rule::about
            | Rule::each
            | Rule::trust
            | Rule::remedy_within
            | Rule::applicant
            | Rule::co_applicant
            | Rule::represented_by
            | Rule::proxy
            | Rule::consenting
            | Rule::of_names
            | Rule::of_name
            | Rule::formats
            | Rule::author
            | Rule::optional
            | Rule::secret
            | Rule::help
            | Rule::example
            | Rule::otherwise
            | Rule::abort
            | Rule::fee_bound
            | Rule::due_before
            | Rule::request_within
            | Rule::attempts
            | Rule::external_body
            | Rule::by_role
            | Rule::four_eyes
            | Rule::establishes
            | Rule::automatic
            | Rule::discretion
            | Rule::behind
            | Rule::for_place
            | Rule::on_day
    )
}

/// The row of a table and the entry of a list stay on their lines.
fn in_line(shape: &Shape<'_>, token: usize) -> bool {
    let line = |rule: Rule| matches!(rule, Rule::row | Rule::header | Rule::option | Rule::text_entry | Rule::connection_line);
    shape.statement(token).is_some_and(|statement| line(shape.nodes[statement].rule))
}

/// Which tokens stand in a statement whose blocks are written on one line: `bescheid Ja "Ja" { text "Ja." }`.
fn inline(shape: &Shape<'_>) -> Vec<bool> {
    let mut inline = vec![false; shape.tokens.len()];
    for node in shape.nodes.iter().filter(|node| node.statement) {
        let range = node.first..node.end;
        let mut blocks = range.clone().filter(|token| {
            let this = &shape.tokens[*token];
            matches!(this.kind, Kind::BlockStart | Kind::BlockEnd)
        });
        let (Some(start), Some(end)) = (blocks.next(), blocks.next_back()) else { continue };
        let on_one_line = (start + 1..=end).all(|token| {
            let this = &shape.tokens[token];
            this.lines_before == 0 && this.kind != Kind::Comment
        });
        let indent = 2 * shape.tokens[node.first].depth;
        if on_one_line && indent + length(shape, node.first, last_end(shape, node.end), true) <= WIDTH {
            inline[start + 1..=end].fill(true);
        }
    }
    inline
}

/// Fills the lines of an import that is longer than one.
fn fill(shape: &Shape<'_>, import: usize, breaks: &mut [Break]) {
    let node = &shape.nodes[import];
    let (Some(start), Some(end)) = (
        (node.first..node.end).find(|token| shape.tokens[*token].kind == Kind::Opening),
        (node.first..node.end).rfind(|token| shape.tokens[*token].kind == Kind::Closing),
    ) else {
        return;
    };
    if (start..=end).any(|token| shape.tokens[token].kind == Kind::Comment) {
        return;
    }
    let long = length(shape, node.first, end + 1, true) > WIDTH;
    breaks[start + 1..=end].fill(Break::Same);
    if !long {
        return;
    }
    breaks[end] = Break::Line;
    let (mut column, mut token) = (WIDTH, start + 1);
    while token < end {
        // A member and the comma behind it.
        let next = (token..end).find(|next| shape.tokens[*next].text == ",").map_or(end, |comma| comma + 1);
        let width = length(shape, token, next, true);
        if token == start + 1 || column + 1 + width > WIDTH {
            breaks[token] = Break::Line;
            column = 2 + width;
        } else {
            column += 1 + width;
        }
        token = next;
    }
}

/// An empty line between declarations of more than one line, and between the module, the imports and what follows.
fn part_declarations(shape: &Shape<'_>, breaks: &mut [Break]) {
    let long = |first: usize, end: usize, breaks: &[Break]| (first + 1..end).any(|token| breaks[token] > Break::Same);
    let family = |rule: Rule| match rule {
        Rule::module => 0,
        Rule::import => 1,
        _ => 2,
    };
    let mut before: Option<(usize, usize, Rule)> = None;
    for node in shape.nodes.iter().filter(|node| node.statement && node.parent == 0) {
        if let Some((first, end, rule)) = before {
            let this_end = last_end(shape, node.end);
            let imports = rule == Rule::import && node.rule == Rule::import;
            let long = long(first, end, breaks) || long(node.first, this_end, breaks);
            let apart = family(rule) != family(node.rule) || (long && !imports);
            // Comments at the end of the line belong to what stands before.
            let from = (end..=node.first).find(|token| breaks[*token] > Break::Same).unwrap_or(node.first);
            if apart && (from..=node.first).all(|token| breaks[token] < Break::Blank) {
                breaks[from] = Break::Blank;
            }
        }
        before = Some((node.first, last_end(shape, node.end), node.rule));
    }
}

/// The end of a statement without comments that follow it.
fn last_end(shape: &Shape<'_>, end: usize) -> usize {
    (0..end).rev().find(|token| shape.tokens[*token].kind != Kind::Comment).map_or(0, |last| last + 1)
}
