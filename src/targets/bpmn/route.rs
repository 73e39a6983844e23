//! The lines of a diagram. Lines run along rows and down channels between columns, so they pass no shape; every line that leaves or
//! meets at a gateway has a port of its own.

use std::collections::BTreeSet;

use super::document::{Flow, Node, NodeKind, Process};
use super::layout::{Bounds, Diagram, Edge, Grid, LINE, Point, Shape};
use super::text::{self, block, width};

/// What the lines need of the grid.
#[derive(Debug, Clone, Default)]
pub(super) struct Demand {
    /// For the channel behind each column: how many lines run down it, and the room that names of flows take.
    pub channels: Vec<(i32, i32)>,
    /// Rows in which lines run, by lane.
    pub rows: BTreeSet<(usize, i32)>,
    /// The line of the channel that each flow takes.
    flows: Vec<Option<i32>>,
    /// The line of the channel that each message takes.
    messages: Vec<Option<i32>>,
}

/// Counts what the lines need before anything has a place.
pub(super) fn demand(process: &Process) -> Demand {
    let columns = process.nodes.iter().map(|node| node.cell.column + 1).max().unwrap_or(0);
    let mut demand = Demand { channels: vec![(0, 0); columns], ..Demand::default() };
    for flow in &process.flows {
        let slot = ends(process, flow).and_then(|(source, target)| {
            if let Some(row) = flow.over {
                demand.rows.insert((source.cell.lane, row));
            }
            let named = demand.channels.get_mut(source.cell.column)?;
            if !flow.name.is_empty() {
                named.1 = named.1.max(width(&flow.name, text::LABEL) - 8);
            }
            if source.cell.lane == target.cell.lane {
                return None;
            }
            demand.rows.insert((source.cell.lane, target.cell.row));
            demand.rows.insert((target.cell.lane, source.cell.row));
            named.0 += 1;
            Some(named.0 - 1)
        });
        demand.flows.push(slot);
    }
    for message in &process.messages {
        let above = process.partners.get(message.partner).is_some_and(|partner| partner.above);
        let slot = process.nodes.get(message.node).filter(|node| is_hidden(process, node, above)).and_then(|node| {
            let channel = demand.channels.get_mut(node.cell.column)?;
            channel.0 += 1;
            Some(channel.0 - 1)
        });
        demand.messages.push(slot);
    }
    demand
}

/// Whether another node of the same column stands between a node and the pools above (or below).
fn is_hidden(process: &Process, node: &Node, above: bool) -> bool {
    let place = (node.cell.lane, node.cell.row);
    process.nodes.iter().any(|other| {
        let theirs = (other.cell.lane, other.cell.row);
        other.cell.column == node.cell.column && (if above { theirs < place } else { theirs > place })
    })
}

/// Draws all lines.
pub(super) fn route(process: &Process, grid: &Grid, demand: &Demand, diagram: &mut Diagram) {
    let courses: Vec<Course> = process.flows.iter().map(|flow| Course::of(process, flow, diagram)).collect();
    let ports = Ports::of(process, &courses);
    for (index, flow) in process.flows.iter().enumerate() {
        let slot = demand.flows.get(index).copied().flatten();
        let course = courses.get(index).copied().unwrap_or(Course::Straight);
        let edge = flow_edge(process, grid, &ports, diagram, flow, (index, course, slot));
        diagram.edges.push(edge);
    }
    for (index, message) in process.messages.iter().enumerate() {
        let slot = demand.messages.get(index).copied().flatten();
        let (Some(node), Some(shape), Some(partner)) =
            (process.nodes.get(message.node), diagram.shapes.get(message.node), diagram.partners.get(message.partner))
        else {
            diagram.messages.push(Edge::default());
            continue;
        };
        let above = partner.y < shape.bounds.y;
        let (from, to) = if above { (shape.bounds.y, partner.bottom()) } else { (shape.bounds.bottom(), partner.y) };
        let x = shape.bounds.middle_x();
        let mut points = vec![Point { x, y: from }];
        let mut at = x;
        if let Some(slot) = slot {
            at = channel(process, grid, node.cell.column, slot);
            let turn = if above { from - 10 } else { from + 10 };
            points.extend([Point { x, y: turn }, Point { x: at, y: turn }]);
        }
        points.push(Point { x: at, y: to });
        let name = block(&message.name, text::LABEL, 120);
        let y = if above { to + 6 } else { to - 6 - name.height };
        let label = beside_others(Bounds { x: at + 6, y, width: name.width, height: name.height }, above, diagram);
        if message.incoming {
            points.reverse();
        }
        diagram.messages.push(Edge { points, label: Some(label) });
    }
}

/// The name of a message, moved away from its pool past the names that stand there already.
fn beside_others(mut name: Bounds, above: bool, diagram: &Diagram) -> Bounds {
    for other in diagram.messages.iter().filter_map(|message| message.label) {
        let beside = name.x >= other.right() || other.x >= name.right();
        let apart = name.y >= other.bottom() || other.y >= name.bottom();
        if !beside && !apart {
            name.y = if above { other.bottom() + 2 } else { other.y - 2 - name.height };
        }
    }
    name
}

/// Where a line of the channel behind a column runs down.
fn channel(process: &Process, grid: &Grid, column: usize, slot: i32) -> i32 {
    let right = grid.columns.get(column).map_or(0, |column| column.1);
    let named = process.flows.iter().filter_map(|flow| {
        let source = process.nodes.get(flow.source)?;
        (source.cell.column == column && !flow.name.is_empty()).then(|| width(&flow.name, text::LABEL) - 8)
    });
    right + 22 + named.max().unwrap_or(0) + LINE * slot
}

fn ends<'p>(process: &'p Process, flow: &Flow) -> Option<(&'p Node, &'p Node)> {
    process.nodes.get(flow.source).zip(process.nodes.get(flow.target))
}

/// At the corners of gateways: the flows that leave or arrive there.
#[derive(Debug, Default)]
struct Ports {
    corners: Vec<(Corner, Vec<Passing>)>,
}

/// A gateway, whether it is its upper corner, and whether flows arrive there.
type Corner = (usize, bool, bool);

/// The distance in rows and the index of a flow; the nearest comes first.
type Passing = (i32, usize);

impl Ports {
    fn of(process: &Process, courses: &[Course]) -> Ports {
        let mut ports = Ports::default();
        for (index, (flow, course)) in process.flows.iter().zip(courses).enumerate() {
            let Some((source, target)) = ends(process, flow) else { continue };
            let (from, to) = (source.cell, target.cell);
            let distance = (to.row - from.row).abs();
            match *course {
                Course::Over(row) => {
                    ports.add((flow.source, row < from.row, false), (row - from.row).abs(), index);
                    ports.add((flow.target, row < to.row, true), (row - to.row).abs(), index);
                }
                Course::Opens => {
                    let up = to.lane <= from.lane;
                    ports.add((flow.source, up, false), distance + 100 * i32::from(to.lane != from.lane), index);
                }
                Course::OpensAround => ports.add((flow.source, true, false), distance, index),
                Course::Closes => {
                    let up = from.lane <= to.lane;
                    ports.add((flow.target, up, true), distance + 100 * i32::from(to.lane != from.lane), index);
                }
                Course::ClosesAround => ports.add((flow.target, true, true), distance, index),
                Course::Straight | Course::Across => {}
            }
        }
        for (_, flows) in &mut ports.corners {
            flows.sort_unstable();
        }
        ports
    }

    fn add(&mut self, corner: Corner, distance: i32, flow: usize) {
        match self.corners.iter_mut().find(|(known, _)| *known == corner) {
            Some((_, flows)) => flows.push((distance, flow)),
            None => self.corners.push((corner, vec![(distance, flow)])),
        }
    }

    /// How far beside the corner a flow leaves or arrives: those to near rows stand outermost on the side they run to.
    fn offset(&self, gateway: usize, up: bool, arriving: bool, flow: usize) -> i32 {
        let corner = self.corners.iter().find(|(known, _)| *known == (gateway, up, arriving));
        let flows = corner.map(|(_, flows)| flows.as_slice()).unwrap_or_default();
        let both = self.corners.iter().any(|(known, _)| *known == (gateway, up, !arriving));
        let Some(place) = flows.iter().position(|(_, other)| *other == flow) else { return 0 };
        let (place, count) = (i32::try_from(place).unwrap_or(0), i32::try_from(flows.len()).unwrap_or(1));
        let spread = 18 / count.max(1);
        let shift = if both { 8 } else { spread * (count - 1) / 2 };
        let offset = shift - spread * place;
        if arriving { -offset } else { offset }
    }
}

/// How a flow runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Course {
    /// In its row.
    Straight,
    /// Down a channel into another lane.
    Across,
    /// From a corner of a gateway to another row.
    Opens,
    /// The same, first along the row in its own lane, because something stands in the way.
    OpensAround,
    /// From another row to a corner of a gateway.
    Closes,
    /// The same, last along the row in the gateway's lane, because something stands in the way.
    ClosesAround,
    /// Along a row of its own.
    Over(i32),
}

impl Course {
    fn of(process: &Process, flow: &Flow, diagram: &Diagram) -> Course {
        let Some((source, target)) = ends(process, flow) else { return Course::Straight };
        if let Some(row) = flow.over {
            return Course::Over(row);
        }
        let (from, to) = (source.cell, target.cell);
        if from.row == to.row {
            return if from.lane == to.lane { Course::Straight } else { Course::Across };
        }
        let opens = to.row < from.row && source.kind.is_gateway();
        if !opens && !target.kind.is_gateway() {
            return Course::Across;
        }
        let (course, around) = if opens { (Course::Opens, Course::OpensAround) } else { (Course::Closes, Course::ClosesAround) };
        if from.lane == to.lane {
            return course;
        }
        // The upright part at the gateway, and the level one from there on.
        let (gateway, other) = if opens { (flow.source, flow.target) } else { (flow.target, flow.source) };
        let place = |node: usize| diagram.shapes.get(node).map(|shape| shape.bounds).unwrap_or_default();
        let (gateway, other) = (place(gateway), place(other));
        let (top, bottom) = (gateway.middle_y().min(other.middle_y()), gateway.middle_y().max(other.middle_y()));
        let (left, right) = (gateway.middle_x().min(other.middle_x()), gateway.middle_x().max(other.middle_x()));
        let upright = Bounds { x: gateway.middle_x() - 20, y: top, width: 40, height: bottom - top };
        let level = Bounds { x: left, y: other.middle_y() - 2, width: right - left, height: 4 };
        let in_the_way = |(index, shape): (usize, &Shape)| {
            let own = index == flow.source || index == flow.target;
            let label = shape.label.filter(|_| !own);
            let meets = |bounds: &Bounds| bounds.meets(&upright) || bounds.meets(&level);
            !own && meets(&shape.bounds) || label.as_ref().is_some_and(meets)
        };
        if diagram.shapes.iter().enumerate().any(in_the_way) { around } else { course }
    }
}

fn flow_edge(
    process: &Process,
    grid: &Grid,
    ports: &Ports,
    diagram: &Diagram,
    flow: &Flow,
    (index, course, slot): (usize, Course, Option<i32>),
) -> Edge {
    let Some((source, target)) = ends(process, flow) else { return Edge::default() };
    let shape = |node: usize| diagram.shapes.get(node).map(|shape| shape.bounds).unwrap_or_default();
    let (from, to) = (shape(flow.source), shape(flow.target));
    let row = |lane: usize, row: i32| grid.rows.get(&(lane, row)).copied().unwrap_or_default();
    let leave = |up: bool| corner(from, up, ports.offset(flow.source, up, false, index));
    let arrive = |up: bool| corner(to, up, ports.offset(flow.target, up, true, index));
    let start = Point { x: from.right(), y: from.middle_y() };
    let end = Point { x: to.x, y: to.middle_y() };

    let behind = channel(process, grid, source.cell.column, slot.unwrap_or(0));
    let points = match course {
        Course::Straight => vec![start, end],
        Course::Across => {
            vec![start, Point { x: behind, y: start.y }, Point { x: behind, y: end.y }, end]
        }
        Course::Opens => {
            let first = leave(target.cell.lane <= source.cell.lane);
            vec![first, Point { x: first.x, y: end.y }, end]
        }
        Course::Closes => {
            let last = arrive(source.cell.lane <= target.cell.lane);
            vec![start, Point { x: last.x, y: start.y }, last]
        }
        Course::OpensAround => {
            let first = leave(true);
            let y = row(source.cell.lane, target.cell.row);
            vec![first, Point { x: first.x, y }, Point { x: behind, y }, Point { x: behind, y: end.y }, end]
        }
        Course::ClosesAround => {
            let last = arrive(true);
            let y = row(target.cell.lane, source.cell.row);
            vec![start, Point { x: behind, y: start.y }, Point { x: behind, y }, Point { x: last.x, y }, last]
        }
        Course::Over(over) => {
            let y = row(source.cell.lane, over);
            let last = arrive(y < to.y);
            let mut points = match &source.kind {
                kind if kind.is_gateway() => vec![leave(y < from.y)],
                NodeKind::BoundaryTimer { .. } => vec![Point { x: from.middle_x(), y: from.y }],
                _ => vec![start, Point { x: start.x + 16, y: start.y }],
            };
            let x = points.last().map_or(start.x, |point| point.x);
            points.extend([Point { x, y }, Point { x: last.x, y }, last]);
            points
        }
    };
    let label = (!flow.name.is_empty()).then(|| label(&points, &flow.name));
    Edge { points, label }
}

/// The point on the edge of a gateway, beside its upper or lower corner.
fn corner(gateway: Bounds, up: bool, offset: i32) -> Point {
    let x = gateway.middle_x() + offset;
    let y = if up { gateway.y + offset.abs() } else { gateway.bottom() - offset.abs() };
    Point { x, y }
}

/// The name of a flow stands where it begins: above the line, or to the right of it where it runs up or down.
fn label(points: &[Point], name: &str) -> Bounds {
    let name = block(name, text::LABEL, 160);
    let (first, second) = match points {
        [first, second, ..] => (*first, *second),
        _ => return Bounds::default(),
    };
    let (x, y) = if first.y == second.y {
        (first.x + 6, first.y - name.height - 3)
    } else if second.y < first.y {
        (first.x + 5, first.y - name.height - 6)
    } else {
        (first.x + 5, first.y + 8)
    };
    Bounds { x, y, width: name.width, height: name.height }
}
