//! From the grid to the page: columns get widths, rows get heights, lanes become bands, pools surround them.

use std::collections::BTreeMap;

use super::document::{Node, NodeKind, Process};
use super::route;
use super::text::{self, block};

/// A rectangle, in pixels from the upper left.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Bounds {
    /// Left.
    pub x: i32,
    /// Top.
    pub y: i32,
    /// To the right.
    pub width: i32,
    /// Down.
    pub height: i32,
}

impl Bounds {
    /// The right edge.
    pub fn right(&self) -> i32 {
        self.x + self.width
    }

    /// The lower edge.
    pub fn bottom(&self) -> i32 {
        self.y + self.height
    }

    /// The middle, from the left.
    pub fn middle_x(&self) -> i32 {
        self.x + self.width / 2
    }

    /// The middle, from above.
    pub fn middle_y(&self) -> i32 {
        self.y + self.height / 2
    }

    /// Whether two rectangles share more than an edge.
    pub fn meets(&self, other: &Bounds) -> bool {
        self.x < other.right() && other.x < self.right() && self.y < other.bottom() && other.y < self.bottom()
    }
}

/// A point of an edge.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Point {
    /// From the left.
    pub x: i32,
    /// From above.
    pub y: i32,
}

/// The place of a node and of its name beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Shape {
    /// The node.
    pub bounds: Bounds,
    /// Its name, where it does not stand within.
    pub label: Option<Bounds>,
}

/// The line of a flow.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Edge {
    /// At least two points; all parts run straight across or straight down.
    pub points: Vec<Point>,
    /// Its name.
    pub label: Option<Bounds>,
}

/// A whole diagram; each list is parallel to that of the [`Process`].
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Diagram {
    /// The authority's pool.
    pub pool: Bounds,
    /// The lanes.
    pub lanes: Vec<Bounds>,
    /// The other pools.
    pub partners: Vec<Bounds>,
    /// The nodes.
    pub shapes: Vec<Shape>,
    /// The flows.
    pub edges: Vec<Edge>,
    /// The message flows.
    pub messages: Vec<Edge>,
}

const LEFT: i32 = 160;
const TOP: i32 = 80;
/// The strip with the name of a pool or lane.
const HEADER: i32 = 30;
/// Between shapes and the edges of rows.
const AIR: i32 = 14;
/// Between columns, before lines need more.
const CHANNEL: i32 = 44;
/// Between lines beside each other.
pub(super) const LINE: i32 = 12;
/// The height of a pool without content.
const PARTNER: i32 = 60;
/// Between pools: room for the names of messages.
const BETWEEN_POOLS: i32 = 64;
const EVENT: i32 = 36;
const GATEWAY: i32 = 50;
/// How wide the name of a gateway or event may become.
const LABEL_ROOM: i32 = 124;

/// The grid in pixels, for routing.
#[derive(Debug, Clone, Default)]
pub(super) struct Grid {
    /// The middle of each row, by lane and row.
    pub rows: BTreeMap<(usize, i32), i32>,
    /// Left and right edge of each column.
    pub columns: Vec<(i32, i32)>,
}

/// Lays a process out.
pub fn lay_out(process: &Process) -> Diagram {
    let demand = route::demand(process);
    let mut grid = Grid::default();
    let count = process.nodes.iter().map(|node| node.cell.column + 1).max().unwrap_or(0);

    let mut x = LEFT + 2 * HEADER + 24;
    for column in 0..count {
        let within = process.nodes.iter().filter(|node| node.cell.column == column);
        let widest = within.map(|node| breadth(process, node)).max().unwrap_or(0);
        grid.columns.push((x, x + widest));
        let (lines, names) = demand.channels.get(column).copied().unwrap_or_default();
        x += widest + CHANNEL + names + LINE * (lines - 1).max(0);
    }
    let right = x - CHANNEL + 24;

    let mut diagram = Diagram::default();
    let mut y = TOP + if process.partners.iter().any(|partner| partner.above) { PARTNER + BETWEEN_POOLS } else { 0 };
    let pool_top = y;
    for lane in 0..process.lanes.len() {
        let lane_top = y;
        for (row, (up, down)) in heights(process, &demand, lane) {
            grid.rows.insert((lane, row), y + up);
            y += up + down;
        }
        y = y.max(lane_top + 110);
        let x = LEFT + HEADER;
        diagram.lanes.push(Bounds { x, y: lane_top, width: right - x, height: y - lane_top });
    }
    diagram.pool = Bounds { x: LEFT, y: pool_top, width: right - LEFT, height: y - pool_top };
    let mut below = y + BETWEEN_POOLS;
    for partner in &process.partners {
        let top = if partner.above { TOP } else { below };
        if !partner.above {
            below += PARTNER + 20;
        }
        diagram.partners.push(Bounds { x: LEFT, y: top, width: right - LEFT, height: PARTNER });
    }

    for (index, node) in process.nodes.iter().enumerate() {
        let shape = place(process, &grid, node, &diagram);
        debug_assert_eq!(index, diagram.shapes.len());
        diagram.shapes.push(shape);
    }
    route::route(process, &grid, &demand, &mut diagram);
    diagram
}

/// The size of a node.
fn size(node: &Node) -> (i32, i32) {
    if node.kind.is_event() {
        (EVENT, EVENT)
    } else if node.kind.is_gateway() {
        (GATEWAY, GATEWAY)
    } else {
        let name = block(&node.name, text::TASK, 124);
        ((name.width + 20).clamp(120, 260), (name.height + 44).clamp(80, 160))
    }
}

/// How much room a node needs across, its name beside it included.
fn breadth(process: &Process, node: &Node) -> i32 {
    let (width, _) = size(node);
    if matches!(node.kind, NodeKind::BoundaryTimer { .. }) {
        return 0;
    }
    if width > GATEWAY || node.name.is_empty() {
        return width;
    }
    let name = block(&node.name, text::LABEL, LABEL_ROOM);
    if leaves_below(process, node) { width.max(2 * (name.width + 8)) } else { width.max(name.width) }
}

/// Whether a line leaves the lower corner of a gateway, where its name would stand.
fn leaves_below(process: &Process, node: &Node) -> bool {
    let lower = |flow: &super::document::Flow| {
        let ends = process.nodes.get(flow.source).zip(process.nodes.get(flow.target));
        ends.is_some_and(|(source, target)| {
            source.id == node.id && target.cell.lane > source.cell.lane && target.cell.row != source.cell.row
        })
    };
    node.kind.is_gateway() && process.flows.iter().any(lower)
}

/// Whether the name of an event stands above it, because a message leaves below.
fn is_named_above(process: &Process, node: &Node) -> bool {
    let partner_below = |message: &super::document::MessageFlow| {
        let ours = process.nodes.get(message.node).is_some_and(|ours| ours.id == node.id);
        ours && process.partners.get(message.partner).is_some_and(|partner| !partner.above)
    };
    node.kind.is_event() && process.messages.iter().any(partner_below)
}

/// How far each row of a lane reaches above and below its middle, top down.
fn heights(process: &Process, demand: &route::Demand, lane: usize) -> BTreeMap<i32, (i32, i32)> {
    let mut rows: BTreeMap<i32, (i32, i32)> = BTreeMap::new();
    rows.insert(0, (AIR, AIR));
    for &(of, row) in &demand.rows {
        if of == lane {
            rows.entry(row).or_insert((AIR, AIR));
        }
    }
    for node in process.nodes.iter().filter(|node| node.cell.lane == lane) {
        let (_, height) = size(node);
        let half = height / 2;
        let name =
            if height <= GATEWAY && !node.name.is_empty() { block(&node.name, text::LABEL, LABEL_ROOM).height + 6 } else { 0 };
        let (mut up, mut down) = (half + AIR, half + name + AIR);
        if is_named_above(process, node) {
            (up, down) = (half + name + AIR, half + AIR);
        }
        if let NodeKind::BoundaryTimer { host, .. } = node.kind {
            let host = process.nodes.get(host).map_or(0, |host| size(host).1 / 2);
            (up, down) = (host + name.max(EVENT / 2) + AIR, AIR);
        }
        let extent = rows.entry(node.cell.row).or_insert((AIR, AIR));
        *extent = (extent.0.max(up), extent.1.max(down));
    }
    rows
}

fn place(process: &Process, grid: &Grid, node: &Node, diagram: &Diagram) -> Shape {
    let (width, height) = size(node);
    if let NodeKind::BoundaryTimer { host, .. } = node.kind {
        let host = diagram.shapes.get(host).copied().unwrap_or_default().bounds;
        let bounds = Bounds { x: host.right() - EVENT - 12, y: host.y - EVENT / 2, width, height };
        let name = block(&node.name, text::LABEL, host.width - EVENT - 20);
        let label = Bounds { x: bounds.x - name.width - 4, y: host.y - 4 - name.height, width: name.width, height: name.height };
        return Shape { bounds, label: Some(label) };
    }
    let (left, right) = grid.columns.get(node.cell.column).copied().unwrap_or_default();
    let middle_x = (left + right) / 2;
    let middle_y = grid.rows.get(&(node.cell.lane, node.cell.row)).copied().unwrap_or_default();
    let bounds = Bounds { x: middle_x - width / 2, y: middle_y - height / 2, width, height };
    let label = (height <= GATEWAY && !node.name.is_empty()).then(|| {
        let name = block(&node.name, text::LABEL, LABEL_ROOM);
        let y = if is_named_above(process, node) { bounds.y - 6 - name.height } else { bounds.bottom() + 6 };
        let x = if leaves_below(process, node) { middle_x - 8 - name.width } else { middle_x - name.width / 2 };
        Bounds { x, y, width: name.width, height: name.height }
    });
    Shape { bounds, label }
}
