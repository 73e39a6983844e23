//! The picture of what rests on what: columns from the known to the decided, and lines that run between the boxes, never through.

use std::collections::BTreeMap;

/// The width of a box.
pub const WIDTH: i32 = 200;
/// The height of a box.
pub const HEIGHT: i32 = 50;
/// The room between two columns, in which lines cross.
const CHANNEL: i32 = 160;
/// The room between two boxes of a column.
const GAP: i32 = 20;
/// The room that a line takes which passes a column.
const LANE: i32 = 10;
/// How often the columns are put in order.
const SWEEPS: usize = 6;

/// Something to be drawn.
#[derive(Debug, Clone)]
pub struct Box<'a> {
    /// Its id.
    pub id: &'a str,
    /// What it rests on, by id. These stand before it.
    pub rests_on: Vec<&'a str>,
}

/// A picture.
#[derive(Debug, Clone, Default)]
pub struct Drawing<'a> {
    /// The boxes.
    pub shapes: Vec<Shape<'a>>,
    /// The lines.
    pub edges: Vec<Edge<'a>>,
}

/// A box in its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shape<'a> {
    /// Its id.
    pub id: &'a str,
    /// Its left side.
    pub x: i32,
    /// Its upper side.
    pub y: i32,
}

/// A line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edge<'a> {
    /// Where it begins.
    pub from: &'a str,
    /// Where it ends.
    pub to: &'a str,
    /// Its corners.
    pub points: Vec<(i32, i32)>,
}

/// A place in a column: a box, or the lane of a line that passes.
#[derive(Debug, Clone, Default)]
struct Slot {
    column: usize,
    is_box: bool,
    /// Slots of the column before, and of the one after.
    before: Vec<usize>,
    after: Vec<usize>,
}

/// Puts boxes in columns, each right of everything it rests on.
pub fn lay_out<'a>(boxes: &[Box<'a>]) -> Drawing<'a> {
    let place: BTreeMap<&str, usize> = boxes.iter().enumerate().map(|(index, item)| (item.id, index)).collect();
    let mut slots: Vec<Slot> = Vec::with_capacity(boxes.len());
    for item in boxes {
        let below = item.rests_on.iter().filter_map(|id| place.get(id)).filter_map(|index| slots.get(*index));
        let column = below.map(|slot| slot.column + 1).max().unwrap_or(0);
        slots.push(Slot { column, is_box: true, ..Slot::default() });
    }
    // Each line as the slots it passes, from box to box.
    let mut lines: Vec<Vec<usize>> = Vec::new();
    for (to, item) in boxes.iter().enumerate() {
        for from in item.rests_on.iter().filter_map(|id| place.get(id)).filter(|from| **from < to) {
            let mut line = vec![*from];
            let (first, last) = (column_of(&slots, *from) + 1, column_of(&slots, to));
            for column in first..last {
                slots.push(Slot { column, ..Slot::default() });
                line.push(slots.len() - 1);
            }
            line.push(to);
            lines.push(line);
        }
    }
    for line in &lines {
        for (left, right) in line.iter().zip(line.iter().skip(1)) {
            if let Some(slot) = slots.get_mut(*left) {
                slot.after.push(*right);
            }
            if let Some(slot) = slots.get_mut(*right) {
                slot.before.push(*left);
            }
        }
    }
    let columns = ordered(&slots);
    let tops = tops(&slots, &columns);
    let middle = |index: usize| tops.get(index).copied().unwrap_or(0) + height(slots.get(index)) / 2;
    let left = |index: usize| i32::try_from(column_of(&slots, index)).unwrap_or(0) * (WIDTH + CHANNEL);
    let id = |index: usize| boxes.get(index).map_or("", |item| item.id);
    let shapes = (0..boxes.len()).map(|index| Shape { id: id(index), x: left(index), y: tops.get(index).copied().unwrap_or(0) });
    let edges = lines.iter().map(|line| {
        let (from, to) = (line.first().copied().unwrap_or(0), line.last().copied().unwrap_or(0));
        let mut points = vec![(left(from) + WIDTH, middle(from))];
        for lane in line.iter().skip(1).take(line.len().saturating_sub(2)) {
            points.extend([(left(*lane), middle(*lane)), (left(*lane) + WIDTH, middle(*lane))]);
        }
        points.push((left(to), middle(to)));
        Edge { from: id(from), to: id(to), points }
    });
    Drawing { shapes: shapes.collect(), edges: edges.collect() }
}

fn column_of(slots: &[Slot], index: usize) -> usize {
    slots.get(index).map_or(0, |slot| slot.column)
}

fn height(slot: Option<&Slot>) -> i32 {
    if slot.is_some_and(|slot| slot.is_box) { HEIGHT } else { LANE }
}

/// The slots of each column from top to bottom: near to what they are joined with.
fn ordered(slots: &[Slot]) -> Vec<Vec<usize>> {
    let count = slots.iter().map(|slot| slot.column + 1).max().unwrap_or(0);
    let mut columns: Vec<Vec<usize>> = vec![Vec::new(); count];
    for (index, slot) in slots.iter().enumerate() {
        if let Some(column) = columns.get_mut(slot.column) {
            column.push(index);
        }
    }
    let mut rank: Vec<usize> = vec![0; slots.len()];
    for column in &columns {
        number(column, &mut rank);
    }
    for sweep in 0..SWEEPS {
        let forward = sweep % 2 == 0;
        let order: Vec<usize> = if forward { (0..count).collect() } else { (0..count).rev().collect() };
        for at in order {
            let Some(column) = columns.get_mut(at) else { continue };
            column.sort_by_key(|index| {
                let neighbours = slots.get(*index).map(|slot| if forward { &slot.before } else { &slot.after });
                let own = rank.get(*index).copied().unwrap_or(0);
                (centre(neighbours, &rank).unwrap_or(own * 1000), own)
            });
            number(column, &mut rank);
        }
    }
    columns
}

/// A thousand times the mean rank of some slots.
fn centre(slots: Option<&Vec<usize>>, rank: &[usize]) -> Option<usize> {
    let slots = slots.filter(|slots| !slots.is_empty())?;
    let sum: usize = slots.iter().filter_map(|slot| rank.get(*slot)).sum();
    (sum * 1000).checked_div(slots.len())
}

fn number(column: &[usize], rank: &mut [usize]) {
    for (place, index) in column.iter().enumerate() {
        if let Some(rank) = rank.get_mut(*index) {
            *rank = place;
        }
    }
}

/// The upper side of each slot; columns stand in the middle.
fn tops(slots: &[Slot], columns: &[Vec<usize>]) -> Vec<i32> {
    let extent = |column: &Vec<usize>| column.iter().map(|index| height(slots.get(*index)) + GAP).sum::<i32>();
    let tallest = columns.iter().map(extent).max().unwrap_or(0);
    let mut tops = vec![0; slots.len()];
    for column in columns {
        let mut y = (tallest - extent(column)) / 2;
        for index in column {
            if let Some(top) = tops.get_mut(*index) {
                *top = y;
            }
            y += height(slots.get(*index)) + GAP;
        }
    }
    tops
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_line_runs_through_a_box() {
        let item = |id, rests_on: &[&'static str]| Box { id, rests_on: rests_on.to_vec() };
        let boxes = [
            item("a", &[]),
            item("b", &[]),
            item("c", &["a"]),
            item("d", &["a", "b", "c"]),
            item("e", &["a", "d", "b"]),
            item("f", &["e", "c", "a"]),
        ];
        let drawing = lay_out(&boxes);
        assert_eq!(drawing.edges.len(), 10);
        for edge in &drawing.edges {
            for pair in edge.points.windows(2) {
                let ((x, y), (to, end)) = (pair[0], pair[1]);
                assert!(x < to, "lines run to the right");
                if to - x != CHANNEL {
                    assert_eq!(y, end, "a line passes a column on one height");
                    let crossed = drawing.shapes.iter().any(|shape| shape.x == x && shape.y <= y && y <= shape.y + HEIGHT);
                    assert!(!crossed, "{} to {}", edge.from, edge.to);
                }
            }
        }
        let apart = |one: &Shape<'_>, other: &Shape<'_>| one.x != other.x || (one.y - other.y).abs() >= HEIGHT + GAP;
        for (index, one) in drawing.shapes.iter().enumerate() {
            assert!(drawing.shapes[index + 1..].iter().all(|other| apart(one, other)), "{} is covered", one.id);
        }
    }
}
