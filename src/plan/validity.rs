//! From when until when a plan holds: as long as neither what is connected nor a parameter changes.

use jiff::civil::Date;

use crate::check::{Checked, needs};
use crate::land::connections::Connections;

/// The first day, and the last one that is known.
pub(super) fn of(checked: &Checked, connections: &Connections, day: Date) -> (Date, Option<Date>) {
    let procedure = checked.procedure();
    let mut from = connections.from;
    let mut until = connections.until;
    let mut end = |last: Option<Date>| {
        if let Some(last) = last.filter(|last| until.is_none_or(|until| *last < until)) {
            until = Some(last);
        }
    };
    for opened in checked.library().accounts.values().filter_map(|account| account.from) {
        if opened <= day {
            from = from.max(opened);
        } else {
            end(opened.yesterday().ok());
        }
    }
    if let Some((_, first)) = &procedure.version {
        from = from.max(*first);
    }
    for parameter in needs::parameters(procedure).into_iter().filter_map(|id| checked.library().parameters.get(id)) {
        for period in &parameter.periods {
            if period.from <= day {
                from = from.max(period.from);
            } else {
                end(period.from.yesterday().ok());
            }
        }
        end(parameter.checked_until.map(|(last, _)| last).filter(|last| *last >= day));
    }
    (from, until)
}
