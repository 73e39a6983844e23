//! The fewest questions: which data must be asked so that every register on offer can be searched and everything needed is known.
//!
//! Registers need search data before they answer, and what one delivers may be what another is searched by. Everything on offer is
//! fetched as far as it can be; among the plans for that, the order of preference is that of the language: fewest questions, fewest
//! attributes (asked and sent in searches), order of declaration. The search is exact: it tries each retrieval that could come
//! next, asking what it still misses, and leaves out only what cannot become better than the best found so far.

use std::collections::BTreeSet;

use super::set::Set;

/// What has to be planned. Data are numbers in the order of their declaration.
#[derive(Debug, Clone, Default)]
pub struct Problem {
    /// What is known without asking: from the account, and the datum of place.
    pub known: Set,
    /// What must be known when the application is filed.
    pub needed: Set,
    /// What of it must be known while the form is filled in, because something that is shown rests on it.
    pub early: Set,
    /// What is asked in any case.
    pub forced: Set,
    /// What can be asked at all.
    pub askable: Set,
    /// How many attributes each datum has.
    pub weights: Vec<u32>,
    /// The retrievals on offer, in the order of their declaration.
    pub retrievals: Vec<Retrieval>,
}

/// An evidence that can be fetched, in one way or another.
#[derive(Debug, Clone, Default)]
pub struct Retrieval {
    /// The ways, in the order of their declaration.
    pub options: Vec<Way>,
}

/// One way to fetch an evidence: from one register by one search.
#[derive(Debug, Clone, Default)]
pub struct Way {
    /// What must be known before.
    pub requires: Set,
    /// What is known afterwards.
    pub delivers: Set,
    /// Whether it answers at once; otherwise only after the application is filed.
    pub immediate: bool,
    /// How many attributes the search sends.
    pub sent: u32,
}

/// The best plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Solution {
    /// What is asked if everything on offer is fetched.
    pub asked: Set,
    /// By retrieval, the way chosen; `None` where no way can ever be gone.
    pub ways: Vec<Option<usize>>,
    /// Whether the search was carried through; otherwise a better plan may exist.
    pub proved: bool,
}

/// More states than this are not looked at. Far beyond what procedures need.
const MOST_STATES: usize = 200_000;

/// The best plan for a problem.
pub fn solve(problem: &Problem) -> Solution {
    let possible = possible(problem);
    let mut search = Search { problem, possible: &possible, best: None, seen: BTreeSet::new(), proved: true };
    let start = problem.needed.minus(&problem.known).minus(&search.deliverable()).union(&problem.forced.minus(&problem.known));
    search.from(State { asked: start, ways: vec![None; problem.retrievals.len()] });
    let proved = search.proved;
    match search.best {
        Some((_, state)) => Solution { asked: state.asked, ways: state.ways, proved },
        // Without any state within bounds, asking everything is a plan.
        None => {
            Solution { asked: problem.needed.minus(&problem.known), ways: vec![None; problem.retrievals.len()], proved: false }
        }
    }
}

/// By retrieval, whether some way to it can be gone if everything that can be asked is asked.
fn possible(problem: &Problem) -> Vec<bool> {
    let mut known = problem.known.union(&problem.askable);
    let open = |way: &Way, known: &Set| way.requires.is_subset(known);
    loop {
        let ways = problem.retrievals.iter().flat_map(|retrieval| &retrieval.options);
        let delivered =
            ways.filter(|way| way.immediate && open(way, &known)).fold(known.clone(), |all, way| all.union(&way.delivers));
        if delivered == known {
            break;
        }
        known = delivered;
    }
    problem.retrievals.iter().map(|retrieval| retrieval.options.iter().any(|way| open(way, &known))).collect()
}

/// How good a plan is; less is better: what is not fetched, questions, attributes, the questions themselves, the ways.
type Cost = (usize, usize, u32, Vec<usize>, Vec<usize>);

/// What is asked and which retrievals have been carried out.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct State {
    asked: Set,
    ways: Vec<Option<usize>>,
}

struct Search<'p> {
    problem: &'p Problem,
    possible: &'p [bool],
    best: Option<(Cost, State)>,
    seen: BTreeSet<State>,
    proved: bool,
}

impl<'p> Search<'p> {
    fn from(&mut self, state: State) {
        let mut open = vec![state];
        while let Some(state) = open.pop() {
            if self.seen.len() >= MOST_STATES {
                self.proved = false;
                return;
            }
            let state = self.with_unavoidable(state);
            let (questions, attributes) = self.bound(&state);
            let worse = self.best.as_ref().is_some_and(|(best, _)| (0, questions, attributes) > (best.0, best.1, best.2));
            if worse || !self.seen.insert(state.clone()) {
                continue;
            }
            let known = self.known(&state);
            let mut moves = self.moves(&state, &known);
            if moves.is_empty() {
                self.finish(state, &known);
                continue;
            }
            // The cheapest is tried first, so that a good plan is soon at hand; the last pushed is the first tried.
            moves.sort_by_key(|(cost, number, way)| std::cmp::Reverse((*cost, *number, *way)));
            for (_, number, way) in moves {
                open.extend(self.after(&state, &known, number, way));
            }
        }
    }

    /// The same state, and asked what every way to some retrieval needs and nothing else can deliver. A retrieval that also needs
    /// what nobody can be asked for may never come about, so nothing is asked for its sake yet.
    fn with_unavoidable(&self, mut state: State) -> State {
        loop {
            let known = self.known(&state);
            let unavoidable = self.open(&state).find_map(|(number, retrieval)| {
                let reachable = known.union(&self.delivered_at_once(&state, number));
                if !retrieval.options.iter().all(|way| way.requires.minus(&known).is_subset(&self.problem.askable)) {
                    return None;
                }
                let mut missing = retrieval.options.iter().map(|way| way.requires.minus(&reachable));
                let first = missing.next()?;
                let common = missing.fold(first, |common, next| common.both(&next));
                (!common.is_empty()).then_some(common)
            });
            match unavoidable {
                Some(data) => state.asked = state.asked.union(&data),
                None => return state,
            }
        }
    }

    /// What the retrievals still open, but for one of them, can deliver at once.
    fn delivered_at_once(&self, state: &State, but: usize) -> Set {
        let others = self.open(state).filter(|(number, _)| *number != but);
        let ways = others.flat_map(|(_, retrieval)| &retrieval.options).filter(|way| way.immediate);
        ways.fold(Set::default(), |delivered, way| delivered.union(&way.delivers))
    }

    /// The next retrievals that could be carried out, with the number of questions that each still needs.
    fn moves(&self, state: &State, known: &Set) -> Vec<(usize, usize, usize)> {
        let mut moves = Vec::new();
        for (number, retrieval) in self.open(state) {
            let before = moves.len();
            for (index, way) in retrieval.options.iter().enumerate() {
                let missing = way.requires.minus(known);
                if missing.is_subset(&self.problem.askable) {
                    moves.push((missing.len(), number, index));
                }
            }
            // What costs nothing and is as good as any other way can be done at once: nothing is lost by it.
            let free = moves.iter().skip(before).find(|(cost, _, index)| {
                *cost == 0 && retrieval.options.get(*index).is_some_and(|way| is_best(way, &retrieval.options, *index))
            });
            if let Some(free) = free {
                return vec![*free];
            }
        }
        moves
    }

    fn open(&self, state: &State) -> impl Iterator<Item = (usize, &'p Retrieval)> {
        let done: Vec<bool> = state.ways.iter().map(Option::is_some).collect();
        let possible = self.possible;
        self.problem.retrievals.iter().enumerate().filter(move |(number, _)| {
            possible.get(*number).copied().unwrap_or(false) && !done.get(*number).copied().unwrap_or(true)
        })
    }

    fn after(&self, state: &State, known: &Set, number: usize, way: usize) -> Option<State> {
        let chosen = self.problem.retrievals.get(number)?.options.get(way)?;
        let mut next = State { asked: state.asked.union(&chosen.requires.minus(known)), ways: state.ways.clone() };
        *next.ways.get_mut(number)? = Some(way);
        Some(next)
    }

    /// What is known at once after the retrievals of a state.
    fn known(&self, state: &State) -> Set {
        let mut known = self.problem.known.union(&state.asked);
        for way in self.chosen(state).filter(|way| way.immediate) {
            known = known.union(&way.delivers);
        }
        known
    }

    fn chosen<'s>(&'s self, state: &'s State) -> impl Iterator<Item = &'p Way> + 's {
        let pairs = self.problem.retrievals.iter().zip(&state.ways);
        pairs.filter_map(|(retrieval, way)| way.and_then(|way| retrieval.options.get(way)))
    }

    /// What the retrievals can deliver at all.
    fn deliverable(&self) -> Set {
        let possible = self.problem.retrievals.iter().zip(self.possible).filter(|(_, possible)| **possible);
        let ways = possible.flat_map(|(retrieval, _)| &retrieval.options);
        ways.fold(Set::default(), |delivered, way| delivered.union(&self.delivered(way)))
    }

    /// What a way delivers in time.
    fn delivered(&self, way: &Way) -> Set {
        if way.immediate { way.delivers.clone() } else { way.delivers.minus(&self.problem.early) }
    }

    /// All retrievals are carried out: what is still missing is asked.
    fn finish(&mut self, mut state: State, known: &Set) {
        let mut known = known.clone();
        for way in self.chosen(&state) {
            known = known.union(&self.delivered(way));
        }
        state.asked = state.asked.union(&self.problem.needed.minus(&known));
        let cost = self.cost(&state);
        if self.best.as_ref().is_none_or(|(best, _)| cost < *best) {
            self.best = Some((cost, state));
        }
    }

    fn cost(&self, state: &State) -> Cost {
        let ways = state.ways.iter().map(|way| way.unwrap_or(usize::MAX)).collect();
        let left = self.open(state).count();
        (left, state.asked.len(), self.attributes(state), state.asked.iter().collect(), ways)
    }

    fn attributes(&self, state: &State) -> u32 {
        let asked = state.asked.iter().map(|datum| self.problem.weights.get(datum).copied().unwrap_or(1));
        asked.chain(self.chosen(state).map(|way| way.sent)).fold(0, u32::saturating_add)
    }

    /// No plan from here has fewer questions, or at as many fewer attributes, than this.
    fn bound(&self, state: &State) -> (usize, u32) {
        let known = self.known(state);
        let mut missing = 0;
        let mut sent: u32 = 0;
        for (number, retrieval) in self.open(state) {
            let reachable = known.union(&self.delivered_at_once(state, number));
            let least = retrieval.options.iter().map(|way| way.requires.count_minus(&reachable)).min().unwrap_or(0);
            missing = missing.max(least);
            sent = sent.saturating_add(retrieval.options.iter().map(|way| way.sent).min().unwrap_or(0));
        }
        // Each further question has at least one attribute.
        let further = u32::try_from(missing).unwrap_or(u32::MAX);
        (state.asked.len() + missing, self.attributes(state).saturating_add(sent).saturating_add(further))
    }
}

/// Whether no other way delivers more, sends less, or stands before at the same.
fn is_best(way: &Way, options: &[Way], index: usize) -> bool {
    options.iter().enumerate().all(|(other_index, other)| {
        let delivers = other.delivers.is_subset(&way.delivers) && (way.immediate || !other.immediate);
        delivers && (way.sent < other.sent || (way.sent == other.sent && index <= other_index))
    })
}
