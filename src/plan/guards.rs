//! When a question is asked: which evidence is fetched decides it.

/// One way in which a datum comes to be asked.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct AskedWhen {
    /// Only where it is chosen to fetch this evidence, whose register is searched by the datum; `None`: in any case.
    pub fetching: Option<usize>,
    /// But not where one of these evidences was fetched and is used, because it delivers the datum.
    pub unless: Vec<usize>,
}

impl AskedWhen {
    /// Whether it holds, where it is known which evidence is chosen to be fetched and which was fetched and is used.
    pub fn holds(&self, chosen: impl Fn(usize) -> bool, used: impl Fn(usize) -> bool) -> bool {
        self.fetching.is_none_or(chosen) && !self.unless.iter().any(|evidence| used(*evidence))
    }
}

/// The same guards said shortly. What is used was chosen, so "asked to search with it, or because it was not delivered by it" is
/// always; and what is asked in any case need not be asked for a search as well.
pub(super) fn simplified(mut guards: Vec<AskedWhen>) -> Vec<AskedWhen> {
    let searches: Vec<usize> = guards.iter().filter(|guard| guard.unless.is_empty()).filter_map(|guard| guard.fetching).collect();
    for guard in guards.iter_mut().filter(|guard| guard.fetching.is_none()) {
        guard.unless.retain(|evidence| !searches.contains(evidence));
    }
    guards.sort();
    guards.dedup();
    let all = guards.clone();
    guards.retain(|guard| {
        let wider = |other: &AskedWhen| {
            other != guard
                && (other.fetching.is_none() || other.fetching == guard.fetching)
                && other.unless.iter().all(|evidence| guard.unless.contains(evidence))
        };
        !all.iter().any(wider)
    });
    guards
}
