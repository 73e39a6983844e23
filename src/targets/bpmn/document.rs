//! A process as a typed document: what stands in it, in which lane, and where in the grid of the diagram.

use crate::model::expression::Duration;
use crate::targets::expression::plain::Plain;

/// One executable process with its partners.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Process {
    /// Its id, an NCName.
    pub id: String,
    /// Its name for people.
    pub name: String,
    /// The version of the definition.
    pub version: Option<String>,
    /// Who does the work, top down. Never empty.
    pub lanes: Vec<Lane>,
    /// What happens, in the order of the definition.
    pub nodes: Vec<Node>,
    /// What follows what.
    pub flows: Vec<Flow>,
    /// The other pools.
    pub partners: Vec<Partner>,
    /// What goes to partners and comes from them.
    pub messages: Vec<MessageFlow>,
}

/// A lane: a role within the authority.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lane {
    /// Its id.
    pub id: String,
    /// The role.
    pub name: String,
}

/// A pool whose process is not ours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Partner {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Whether it stands above the authority: the applicant does.
    pub above: bool,
}

/// Where a node stands: its column from the left; its row within the lane, negative above the main way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cell {
    /// Index in [`Process::lanes`].
    pub lane: usize,
    /// 0 is the main way.
    pub row: i32,
    /// From 0.
    pub column: usize,
}

/// Something that happens, or a fork in the way.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// Its id, an NCName.
    pub id: String,
    /// Its name for people; may be empty for joins.
    pub name: String,
    /// Its norm and what else a reader should know.
    pub documentation: String,
    /// What it is.
    pub kind: NodeKind,
    /// Where it stands.
    pub cell: Cell,
}

/// The kinds of [`Node`]: the portable core, nothing else.
#[derive(Debug, Clone, PartialEq)]
pub enum NodeKind {
    /// Begins with a message.
    Start {
        /// The name of the message.
        message: String,
    },
    /// Ends this way.
    End,
    /// A person does it.
    UserTask,
    /// A program outside does it, known by its topic.
    ServiceTask {
        /// The topic.
        topic: String,
    },
    /// A decision of the DMN file; its one output becomes a variable of the same name.
    Decision {
        /// Its id in the DMN file.
        decision: String,
        /// The variable of the result.
        result: String,
    },
    /// One way of several, or their join.
    Exclusive,
    /// All ways at once, or their join.
    Parallel,
    /// The first event decides.
    EventBased,
    /// A message arrives.
    Message {
        /// Its name.
        message: String,
    },
    /// Time passes.
    Timer {
        /// How long, as ISO 8601.
        duration: String,
    },
    /// Time passes while the host waits, and ends it.
    BoundaryTimer {
        /// How long, as ISO 8601.
        duration: String,
        /// Index of the host in [`Process::nodes`].
        host: usize,
    },
}

impl NodeKind {
    /// Whether ways part or meet here.
    pub fn is_gateway(&self) -> bool {
        matches!(self, NodeKind::Exclusive | NodeKind::Parallel | NodeKind::EventBased)
    }

    /// Whether it is drawn as a circle.
    pub fn is_event(&self) -> bool {
        matches!(
            self,
            NodeKind::Start { .. }
                | NodeKind::End
                | NodeKind::Message { .. }
                | NodeKind::Timer { .. }
                | NodeKind::BoundaryTimer { .. }
        )
    }
}

/// What follows what.
#[derive(Debug, Clone, PartialEq)]
pub struct Flow {
    /// Its id.
    pub id: String,
    /// The answer, at a gateway.
    pub name: String,
    /// Index in [`Process::nodes`].
    pub source: usize,
    /// Index in [`Process::nodes`].
    pub target: usize,
    /// When it is taken; the default way of a gateway has none.
    pub condition: Option<Plain>,
    /// Whether it is the default way of its gateway.
    pub default: bool,
    /// The row along which it runs from gateway to gateway, over what lies between; negative above.
    pub over: Option<i32>,
}

/// What goes to a partner or comes from it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MessageFlow {
    /// Its id.
    pub id: String,
    /// What it is: a document.
    pub name: String,
    /// Index in [`Process::nodes`].
    pub node: usize,
    /// Index in [`Process::partners`].
    pub partner: usize,
    /// Whether it comes from the partner.
    pub incoming: bool,
}

/// A calendar duration as ISO 8601; working days have no form there.
pub fn iso_duration(duration: Duration) -> Option<String> {
    use crate::model::expression::DurationUnit;
    let unit = match duration.unit {
        DurationUnit::Day => 'D',
        DurationUnit::Week => return Some(format!("P{}D", u64::from(duration.count) * 7)),
        DurationUnit::Month => 'M',
        DurationUnit::Year => 'Y',
        DurationUnit::Workday | DurationUnit::Weekday => return None,
    };
    Some(format!("P{}{unit}", duration.count))
}
