//! When deadlines and periods end: the one place that computes it, for cases and for whoever builds a process.

use jiff::civil::Date;

use crate::model::expression::Duration;
use crate::model::procedure::{Deadline, DeadlineKind};

use super::calendar::Holidays;

/// How long something runs and how it ends, with the holidays of one Land.
#[derive(Debug, Clone, Copy)]
pub struct TimeLimit<'a> {
    /// Whether it is a deadline or a period.
    pub kind: DeadlineKind,
    /// How long.
    pub duration: Duration,
    /// How far the authority can extend it.
    pub extension: Option<Duration>,
    /// The days on which no deadline ends.
    pub holidays: Holidays<'a>,
}

impl<'a> TimeLimit<'a> {
    /// That of a declared deadline or period.
    pub fn of(deadline: &Deadline, holidays: Holidays<'a>) -> TimeLimit<'a> {
        TimeLimit { kind: deadline.kind, duration: deadline.duration, extension: deadline.extension, holidays }
    }

    /// That of a deadline which the law or the authority sets within the procedure.
    pub fn within(duration: Duration, holidays: Holidays<'a>) -> TimeLimit<'a> {
        TimeLimit { kind: DeadlineKind::Limit, duration, extension: None, holidays }
    }

    /// The first day that counts. The day of the event that sets a deadline off does not (§ 187 Abs. 1 BGB); that of a period does
    /// (§ 187 Abs. 2 BGB).
    pub fn first_day(&self, from: Date) -> Option<Date> {
        match self.kind {
            DeadlineKind::Limit => from.tomorrow().ok(),
            DeadlineKind::Period => Some(from),
        }
    }

    /// The last day. A deadline ends on a working day; extended, it runs on from there (§ 190 BGB). A period ends on whatever day it
    /// is (§ 31 Abs. 4 VwVfG, § 26 Abs. 4 SGB X).
    pub fn last_day(&self, from: Date, extended: bool) -> Option<Date> {
        match (self.kind, self.extension) {
            (DeadlineKind::Period, _) => self.holidays.period(from, self.duration),
            (DeadlineKind::Limit, Some(extension)) if extended => {
                self.holidays.deadline(self.holidays.deadline(from, self.duration)?, extension)
            }
            (DeadlineKind::Limit, _) => self.holidays.deadline(from, self.duration),
        }
    }
}
