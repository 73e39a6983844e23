//! What would be if: how many questions a plan asks with what is connected today, with one more register, with all of them.

use jiff::civil::Date;

use crate::check::Checked;
use crate::land::connections::{Answering, Connections, everything};
use crate::model::RegisterId;

use super::{Plan, plan};

/// What a procedure asks of people and lets them hand in, if everything on offer is fetched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Burden {
    /// Questions, as if every condition held.
    pub questions: usize,
    /// Evidence to hand in, as if all of it were needed.
    pub documents: usize,
}

impl Burden {
    /// What a plan leaves to people.
    pub fn of(plan: &Plan) -> Burden {
        Burden {
            questions: plan.asked().count(),
            documents: plan.evidence.iter().filter(|planned| planned.retrieval.is_none()).count(),
        }
    }

    /// What another plan saves compared with this one.
    pub fn saved_by(self, other: Burden) -> Burden {
        Burden {
            questions: self.questions.saturating_sub(other.questions),
            documents: self.documents.saturating_sub(other.documents),
        }
    }

    /// Whether nothing is left.
    pub fn is_nothing(self) -> bool {
        self == Burden::default()
    }
}

/// A procedure in one place, today and in other worlds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Outlook {
    /// With what is connected.
    pub today: Burden,
    /// With every register connected.
    pub everything: Burden,
    /// With one more register connected than today; only registers that save something.
    pub with: Vec<(RegisterId, Burden)>,
}

/// The outlook of a procedure where these connections are in force. Exact: each world is planned anew.
pub fn outlook(checked: &Checked, connections: &Connections, day: Date) -> Outlook {
    let burden = |connections: &Connections| Burden::of(&plan(checked, connections, day));
    let today = burden(connections);
    let all = Connections { answering: everything(checked.library()), ..connections.clone() };
    let open = all.answering.iter().filter(|line| is_of_use(checked, line) && !answers(connections, line));
    let with = open.filter_map(|line| {
        let more = burden(&with_one_more(connections, line));
        (!today.saved_by(more).is_nothing()).then_some((line.register, more))
    });
    Outlook { today, everything: burden(&all), with: with.collect() }
}

/// Whether some evidence of the procedure comes from a register, or it identifies people for those that are searched.
fn is_of_use(checked: &Checked, line: &Answering) -> bool {
    let (library, procedure) = (checked.library(), checked.procedure());
    let kinds = procedure.evidence.iter().flat_map(|need| need.alternatives.ways.iter().flatten());
    let mut kinds = kinds.filter_map(|kind| library.evidence.get(*kind));
    kinds.any(|kind| kind.registers.contains(&line.register))
        || library.registers.get(line.register).is_some_and(|register| register.identifies.is_some())
}

fn answers(connections: &Connections, line: &Answering) -> bool {
    connections.answering.iter().any(|known| known.register == line.register && known.immediate)
}

fn with_one_more(connections: &Connections, line: &Answering) -> Connections {
    let mut more = connections.clone();
    more.answering.retain(|known| known.register != line.register);
    more.answering.push(line.clone());
    more.answering.sort_by_key(|known| known.register);
    more
}
