//! What is aligned: the columns of decision tables, and statements of one kind that follow each other like the lines of a list.

use std::collections::BTreeMap;

use crate::syntax::grammar::Rule;

use super::breaks::Break;
use super::spacing::length;
use super::tokens::{Kind, Shape};

/// Statements that are aligned with each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum List {
    /// `erste "0 bis 5 Jahre" code "1"`
    Options,
    /// `kind "Your child"`
    Texts,
    /// `gesetz BGB "Bürgerliches Gesetzbuch" ebene Bund fundstelle "…" stand 2026-04-29`
    Laws,
    /// `stelle Jugendamt "Jugendamt" ebene kommune nach § 69 Abs. 3 SGB VIII`
    Authorities,
    /// The key data of a procedure, a register, an evidence: what the keyword says stands in a column.
    Keys,
    /// `beteiligt kind "Ihr Kind": NatürlichePerson`
    Participants,
    /// `benötigt Geburtsurkunde von kind nach § 1 BGB`
    Needs,
    /// `Melderegister per NOOTS sofort ab 2026-07-01`
    Connections,
    /// `feiertag ostern + 1 "Ostermontag"`
    Holidays,
    /// `feld ort "Ort": Text`: the labels, where the author began to.
    Fields,
}

/// A cell that is wider than this stands out: its line is not aligned from there on.
fn widest(list: List, column: usize) -> usize {
    match (list, column) {
        (List::Options | List::Texts | List::Fields, 0) => 30,
        (List::Needs, _) => 100,
        _ => 60,
    }
}

/// How many spaces more stand before each token.
pub(super) fn align(shape: &Shape<'_>, breaks: &[Break]) -> Vec<usize> {
    let mut padding = vec![0; shape.tokens.len()];
    let mut blocks: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (index, node) in shape.nodes.iter().enumerate().filter(|(_, node)| node.statement) {
        blocks.entry(node.parent).or_default().push(index);
    }
    for (block, statements) in blocks {
        if shape.nodes[block].rule == Rule::table {
            table(shape, breaks, &statements, &mut padding);
            continue;
        }
        let mut run: Vec<usize> = Vec::new();
        for statement in statements {
            let list = list(shape, statement);
            if let Some(last) = run.last().copied()
                && (list.is_none() || list != self::list(shape, last) || parted(shape, breaks, last, statement))
            {
                lines(shape, breaks, &run, &mut padding);
                run.clear();
            }
            if list.is_some() && (shape.nodes[statement].first == 0 || breaks[shape.nodes[statement].first] > Break::Same) {
                run.push(statement);
            }
        }
        lines(shape, breaks, &run, &mut padding);
    }
    padding
}

/// To which list a statement belongs.
fn list(shape: &Shape<'_>, statement: usize) -> Option<List> {
    let node = &shape.nodes[statement];
    Some(match node.rule {
        Rule::option => List::Options,
        Rule::text_entry => List::Texts,
        Rule::law_declaration => List::Laws,
        Rule::authority => List::Authorities,
        Rule::service_key | Rule::regime | Rule::version | Rule::channel | Rule::competence | Rule::remedy => List::Keys,
        Rule::holds | Rule::keeper | Rule::idnr | Rule::search | Rule::standard => List::Keys,
        Rule::proves | Rule::out_of | Rule::oots | Rule::help => List::Keys,
        Rule::participant => List::Participants,
        Rule::need => List::Needs,
        Rule::connection_line => List::Connections,
        Rule::holiday => List::Holidays,
        Rule::field => List::Fields,
        _ => return None,
    })
}

/// Whether an empty line between two statements begins a new list.
fn parted(shape: &Shape<'_>, breaks: &[Break], one: usize, other: usize) -> bool {
    let across = matches!(list(shape, other), Some(List::Laws | List::Authorities | List::Keys | List::Options));
    let range = shape.nodes[one].first + 1..=shape.nodes[other].first;
    !across && breaks.get(range).unwrap_or_default().contains(&Break::Blank)
}

/// In which column a token begins, and how much space there is at least before it.
fn column(shape: &Shape<'_>, list: List, statement: usize, token: usize) -> Option<usize> {
    let (child, first) = shape.child_of(statement, token);
    if first != token {
        return None;
    }
    match (list, child) {
        (List::Options | List::Texts | List::Laws | List::Authorities, Rule::string) => Some(1),
        (List::Participants | List::Holidays | List::Fields, Rule::string) => Some(1),
        (List::Options, Rule::option_code) | (List::Laws, Rule::law_level) | (List::Authorities, Rule::level) => Some(2),
        (List::Laws, Rule::law_source) | (List::Authorities, Rule::norms) => Some(3),
        (List::Laws, Rule::law_as_of) => Some(4),
        (List::Keys, _) if token == shape.nodes[statement].first + 1 => Some(1),
        (List::Participants, _) if shape.tokens[token].text == ":" => Some(2),
        (List::Needs, Rule::norms) | (List::Connections, Rule::via) => Some(1),
        (List::Connections, Rule::immediate | Rule::delayed) => Some(2),
        (List::Connections, Rule::k_ab) => Some(3),
        (List::Connections, Rule::unverified) => Some(4),
        _ => None,
    }
}

/// The cells of the first line of a statement: their columns, and the tokens with which they begin; last, where the line ends.
fn cells(shape: &Shape<'_>, breaks: &[Break], list: List, statement: usize) -> (Vec<(usize, usize)>, usize) {
    let node = &shape.nodes[statement];
    let goes_on = |token: &usize| breaks[*token] == Break::Same && shape.tokens[*token].kind != Kind::Comment;
    let end = (node.first + 1..node.end).find(|token| !goes_on(token)).unwrap_or(node.end);
    let mut cells = vec![(0, node.first)];
    for token in node.first + 1..end {
        let before = cells.last().map_or(0, |(column, _)| *column);
        if let Some(column) = column(shape, list, statement, token).filter(|column| *column > before) {
            cells.push((column, token));
        }
    }
    (cells, end)
}

/// Aligns statements that follow each other.
fn lines(shape: &Shape<'_>, breaks: &[Break], run: &[usize], padding: &mut [usize]) {
    let Some(list) = run.first().and_then(|first| list(shape, *first)) else { return };
    let rows: Vec<Vec<(usize, usize)>> = run.iter().map(|statement| cells(shape, breaks, list, *statement).0).collect();
    let began = |row: &Vec<(usize, usize)>| row.iter().skip(1).any(|(_, token)| shape.tokens[*token].space_before > 1);
    if list == List::Fields && !rows.iter().any(began) {
        return;
    }
    // Where each column begins, and how wide it is: as the widest of its cells that does not stand out.
    let mut widths: BTreeMap<usize, usize> = BTreeMap::new();
    for row in &rows {
        for (column, _) in row {
            widths.entry(*column).or_default();
        }
    }
    let columns: Vec<usize> = widths.keys().copied().collect();
    let next_column = |column: usize| columns.iter().copied().find(|next| *next > column);
    for pair in rows.iter().flat_map(|row| row.windows(2)) {
        let [(column, from), (next, to)] = pair else { continue };
        let width = length(shape, *from, *to, false);
        if next_column(*column) == Some(*next) && width <= widest(list, *column) {
            let entry = widths.entry(*column).or_default();
            *entry = (*entry).max(width);
        }
    }
    for row in &rows {
        for pair in row.windows(2) {
            let [(column, from), (next, to)] = pair else { continue };
            let gaps = columns.iter().filter(|between| *between > column && *between < next).count();
            let room: usize = gaps + widths.range(*column..*next).map(|(_, width)| *width).sum::<usize>();
            let Some(more) = room.checked_sub(length(shape, *from, *to, false)) else { break };
            padding[*to] = more;
        }
    }
}

/// Aligns the columns of a decision table.
fn table(shape: &Shape<'_>, breaks: &[Break], rows: &[usize], padding: &mut [usize]) {
    let mut widths: BTreeMap<usize, usize> = BTreeMap::new();
    let mut closed: Vec<(usize, usize, usize)> = Vec::new();
    for row in rows {
        let node = &shape.nodes[*row];
        let bars: Vec<usize> = (node.first..node.end)
            .filter(|token| shape.tokens[*token].node == *row && shape.tokens[*token].text.starts_with('|'))
            .collect();
        let last = bars.last().copied().unwrap_or(node.first);
        if (node.first + 1..=last).any(|token| breaks[token] > Break::Same) {
            continue;
        }
        for (column, bar) in bars.windows(2).enumerate() {
            let [from, to] = bar else { continue };
            let width = length(shape, from + 1, *to, false);
            let entry = widths.entry(column).or_default();
            *entry = (*entry).max(width);
            closed.push((column, *to, width));
        }
    }
    for (column, bar, width) in closed {
        padding[bar] = widths.get(&column).copied().unwrap_or_default().saturating_sub(width);
    }
}
