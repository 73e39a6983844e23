//! All cases of all services, run in each Land they speak of.

use std::sync::Arc;

use rayon::prelude::*;

use crate::compiler::{Compilation, LandWorld, Service};
use crate::model::case::Case;
use crate::model::{LandId, MunicipalityId, NoticeId};
use crate::rules::Failure;
use crate::rules::cases::{CaseResult, run};
use crate::rules::coverage::Coverage;
use crate::rules::mutation::Examination;
use crate::source::{Span, Text};

/// Which cases are run, and what is asked of them.
#[derive(Debug, Clone, Copy)]
pub struct Selection<'o> {
    /// Parts of titles; a case with one of them is run. Empty: all.
    pub titles: &'o [String],
    /// Whether to find out what the cases show.
    pub coverage: bool,
}

impl Selection<'_> {
    fn takes(&self, case: &Case) -> bool {
        let title = case.title.to_lowercase();
        self.titles.is_empty() || self.titles.iter().any(|part| title.contains(&part.to_lowercase()))
    }
}

/// One procedure with all its Länder, by the order of the files.
#[derive(Debug)]
pub struct Tried<'c> {
    /// Its name.
    pub name: Text,
    /// What came of its cases, by Land.
    pub lands: Vec<InLand<'c>>,
    /// Its cases, by their place.
    pub cases: Vec<Arc<Case>>,
    /// What came of changes to it, if asked for; nothing where its cases fail.
    pub mutants: Option<Option<Examination>>,
}

/// One procedure in one Land.
#[derive(Debug)]
pub struct InLand<'c> {
    /// The Land.
    pub land: LandId,
    /// The procedure there.
    pub service: &'c Service,
    /// The versions that municipalities of the Land have of it.
    pub municipal: Vec<(MunicipalityId, &'c Service)>,
    /// What came of each case that speaks of this Land or one of its municipalities.
    pub runs: Vec<Run>,
    /// What these cases show, if asked for.
    pub coverage: Option<Coverage>,
}

/// What came of one case in one Land.
#[derive(Debug, Clone)]
pub struct Run {
    /// Its place.
    pub case: Span,
    /// What is not as expected.
    pub failures: Vec<Failure>,
    /// Its way through the workflow.
    pub way: Vec<Text>,
    /// The notices issued.
    pub notices: Vec<NoticeId>,
}

impl Run {
    /// Whether everything is as expected.
    pub fn comes_true(&self) -> bool {
        self.failures.is_empty()
    }
}

impl Tried<'_> {
    /// All runs.
    pub fn runs(&self) -> impl Iterator<Item = (LandId, &Run)> {
        self.lands.iter().flat_map(|land| land.runs.iter().map(move |run| (land.land, run)))
    }

    /// The runs of one case.
    pub fn runs_of(&self, case: &Case) -> impl Iterator<Item = (LandId, &Run)> {
        let place = case.span;
        self.runs().filter(move |(_, run)| run.case == place)
    }

    /// How many cases fail in some Land.
    pub fn failing_cases(&self) -> usize {
        self.cases.iter().filter(|case| self.runs_of(case).any(|(_, run)| !run.comes_true())).count()
    }

    /// How many runs fail.
    pub fn failing_runs(&self) -> usize {
        self.runs().filter(|(_, run)| !run.comes_true()).count()
    }

    /// What is not as expected in a case, each once with the Länder in which it is so.
    pub fn failures_of<'s>(&'s self, case: &Case) -> Vec<(&'s Failure, Vec<LandId>)> {
        let mut found: Vec<(&Failure, Vec<LandId>)> = Vec::new();
        for (land, run) in self.runs_of(case) {
            for failure in &run.failures {
                match found.iter_mut().find(|(known, _)| *known == failure) {
                    Some((_, lands)) => lands.push(land),
                    None => found.push((failure, vec![land])),
                }
            }
        }
        found
    }
}

/// Runs the chosen cases of all services.
pub fn run_all<'c>(compilation: &'c Compilation, selection: Selection<'_>) -> Vec<Tried<'c>> {
    let pairs: Vec<(&LandWorld, &Service)> =
        compilation.lands.iter().flat_map(|world| world.services.iter().map(move |service| (world, service.as_ref()))).collect();
    let in_lands: Vec<InLand<'c>> =
        pairs.par_iter().filter_map(|(world, service)| in_land(compilation, service, world, selection)).collect();
    let mut tried: Vec<Tried<'c>> = Vec::new();
    for in_land in in_lands {
        let procedure = in_land.service.checked.procedure();
        let at = match tried.iter().position(|other| other.name == procedure.name) {
            Some(at) => at,
            None => {
                tried.push(Tried { name: procedure.name.clone(), lands: Vec::new(), cases: Vec::new(), mutants: None });
                tried.len() - 1
            }
        };
        let Some(of_procedure) = tried.get_mut(at) else { continue };
        let of_municipalities = in_land.municipal.iter().flat_map(|(_, service)| &service.checked.procedure().cases);
        let cases = procedure.cases.iter().chain(of_municipalities);
        for case in cases.filter(|case| in_land.runs.iter().any(|run| run.case == case.span)) {
            if !of_procedure.cases.iter().any(|known| known.span == case.span) {
                of_procedure.cases.push(case.clone());
            }
        }
        of_procedure.lands.push(in_land);
    }
    for of_procedure in &mut tried {
        of_procedure.cases.sort_by_key(|case| case.span);
    }
    tried
}

fn in_land<'c>(
    compilation: &Compilation,
    service: &'c Service,
    world: &'c LandWorld,
    selection: Selection<'_>,
) -> Option<InLand<'c>> {
    let (land, day) = (world.land, compilation.day?);
    let setting = service.setting(land, day);
    let cases = setting.procedure.cases.iter().enumerate();
    let of_land = |case: &Case| case.municipality.is_none() && case.land.is_none_or(|of| of == land);
    let here = cases.filter(|(_, case)| of_land(case) && selection.takes(case));
    let results: Vec<(usize, CaseResult<'_>)> = here.map(|(index, case)| (index, run(&setting, case))).collect();
    let coverage = selection.coverage.then(|| Coverage::of(&setting, &results));
    let mut runs: Vec<Run> = results
        .into_iter()
        .filter_map(|(index, result)| {
            let case = setting.procedure.cases.get(index)?.span;
            Some(Run { case, failures: result.failures, way: result.way.stops, notices: result.way.notices })
        })
        .collect();
    let mut municipal = Vec::new();
    for own in &world.municipalities {
        let name = &setting.procedure.name;
        let Some(version) = own.services.iter().find(|version| version.checked.procedure().name == *name) else { continue };
        municipal.push((own.municipality, version.as_ref()));
        let there = version.setting(land, day);
        let cases = there.procedure.cases.iter().filter(|case| case.municipality == Some(own.municipality));
        for case in cases.filter(|case| selection.takes(case)) {
            let result = run(&there, case);
            let names = result.way.notices.iter().filter_map(|id| there.procedure.notices.get(*id)).map(|notice| &notice.name);
            let known = |name: &Text| setting.procedure.notices.iter().find(|(_, notice)| notice.name == *name).map(|(id, _)| id);
            let notices = names.filter_map(known).collect();
            runs.push(Run { case: case.span, failures: result.failures, way: result.way.stops, notices });
        }
    }
    Some(InLand { land, service, municipal, runs, coverage })
}
