//! The fewest questions: the plan's search against trying everything, on small worlds of any shape.

use blaupause::plan::minimal::{Problem, Retrieval, Solution, Way, solve};
use blaupause::plan::set::Set;
use proptest::prelude::*;

const DATA: usize = 6;

/// What is not fetched, questions, attributes, the questions themselves, the ways.
type Cost = (usize, usize, u32, Vec<usize>, Vec<usize>);

fn set() -> impl Strategy<Value = Set> {
    proptest::collection::vec(0..DATA, 0..4).prop_map(|numbers| numbers.into_iter().collect())
}

fn way() -> impl Strategy<Value = Way> {
    (set(), set(), any::<bool>(), 0..4_u32).prop_map(|(requires, delivers, immediate, sent)| Way {
        requires,
        delivers,
        immediate,
        sent,
    })
}

fn problem() -> impl Strategy<Value = Problem> {
    let retrieval = proptest::collection::vec(way(), 1..3).prop_map(|options| Retrieval { options });
    let weights = proptest::collection::vec(1..4_u32, DATA);
    (set(), set(), set(), set(), set(), weights, proptest::collection::vec(retrieval, 0..4)).prop_map(
        |(known, needed, early, forced, hidden, weights, retrievals)| {
            let all: Set = (0..DATA).collect();
            // What is needed or asked in any case can be asked: the compiler reports what cannot be had at all.
            let askable = all.minus(&hidden).union(&needed).union(&forced);
            Problem { known, early: early.both(&needed), needed, forced, askable, weights, retrievals }
        },
    )
}

/// Everything that could be asked, with every way of every retrieval: the best of those that work.
fn by_trying_everything(problem: &Problem) -> Cost {
    let mut best = None;
    let askable: Vec<usize> = problem.askable.iter().collect();
    for mask in 0..1_u32 << askable.len() {
        let chosen = askable.iter().enumerate().filter(|(index, _)| mask >> index & 1 == 1);
        let asked: Set = chosen.map(|(_, datum)| *datum).filter(|datum| !problem.known.contains(*datum)).collect();
        if !problem.forced.minus(&problem.known).is_subset(&asked) {
            continue;
        }
        for ways in assignments(&problem.retrievals) {
            let Some(cost) = cost(problem, &asked, &ways) else { continue };
            if best.as_ref().is_none_or(|best| cost < *best) {
                best = Some(cost);
            }
        }
    }
    best.expect("asking everything is always a plan")
}

fn assignments(retrievals: &[Retrieval]) -> Vec<Vec<Option<usize>>> {
    let mut all = vec![Vec::new()];
    for retrieval in retrievals {
        let mut longer = Vec::new();
        for ways in &all {
            for way in (0..retrieval.options.len()).map(Some).chain([None]) {
                longer.push(ways.iter().copied().chain([way]).collect());
            }
        }
        all = longer;
    }
    all
}

/// The cost of a plan, if it works: each retrieval chosen finds its search data in time, and all that is needed is known.
fn cost(problem: &Problem, asked: &Set, ways: &[Option<usize>]) -> Option<Cost> {
    let mut known = problem.known.union(asked);
    let chosen: Vec<Option<&Way>> =
        problem.retrievals.iter().zip(ways).map(|(retrieval, way)| way.map(|way| &retrieval.options[way])).collect();
    let mut done = vec![false; chosen.len()];
    while let Some(next) = (0..chosen.len()).find(|n| !done[*n] && chosen[*n].is_some_and(|way| way.requires.is_subset(&known))) {
        done[next] = true;
        if let Some(way) = chosen[next].filter(|way| way.immediate) {
            known = known.union(&way.delivers);
        }
    }
    if chosen.iter().zip(&done).any(|(way, done)| way.is_some() && !done) {
        return None;
    }
    for way in chosen.iter().flatten().filter(|way| !way.immediate) {
        known = known.union(&way.delivers.minus(&problem.early));
    }
    if !problem.needed.is_subset(&known) {
        return None;
    }
    let left = ways.iter().filter(|way| way.is_none()).count();
    let attributes = asked.iter().map(|datum| problem.weights[datum]).chain(chosen.iter().flatten().map(|way| way.sent)).sum();
    let order = ways.iter().map(|way| way.unwrap_or(usize::MAX)).collect();
    Some((left, asked.len(), attributes, asked.iter().collect(), order))
}

fn cost_of(problem: &Problem, solution: &Solution) -> Cost {
    cost(problem, &solution.asked, &solution.ways).expect("the plan works")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_search_finds_what_trying_everything_finds(problem in problem()) {
        let solution = solve(&problem);
        prop_assert!(solution.proved);
        prop_assert_eq!(cost_of(&problem, &solution), by_trying_everything(&problem));
    }
}
