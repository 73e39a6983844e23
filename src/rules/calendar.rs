//! The calendar of the law: ages, deadlines, holidays.
//!
//! Ages and deadlines follow §§ 187 to 193 BGB, which § 31 VwVfG and § 26 SGB X refer to.

use std::collections::BTreeSet;

use jiff::civil::{Date, Weekday};
use jiff::{Span, ToSpan};

use crate::model::expression::{Duration, DurationUnit};
use crate::model::person::{Holiday, HolidayRule};
use crate::model::{LandId, Library};

/// Completed years of life on a day. The day of birth counts (§ 187 Abs. 2 Satz 2 BGB), so a year is completed when the day before
/// the birthday ends; who was born on 29 February completes it with 28 February (§ 188 Abs. 2 and 3 BGB), which is seen on 1 March.
///
/// `None` before the birth.
pub fn completed_years(birth: Date, day: Date) -> Option<i64> {
    if day < birth {
        return None;
    }
    let years = i64::from(day.year()) - i64::from(birth.year());
    let before_birthday = (day.month(), day.day()) < (birth.month(), birth.day());
    Some(years - i64::from(before_birthday))
}

/// Completed months of a period whose first day counts; `None` where it begins after `day`.
pub fn completed_months(first: Date, day: Date) -> Option<i64> {
    if day < first {
        return None;
    }
    let months = (i64::from(day.year()) - i64::from(first.year())) * 12 + i64::from(day.month()) - i64::from(first.month());
    Some(months - i64::from(day.day() < first.day()))
}

/// The days from one day to another, negative if it lies before.
pub fn days_between(from: Date, to: Date) -> i64 {
    from.until(to).map(|span| i64::from(span.get_days())).unwrap_or_default()
}

/// The day so much later (or earlier), by the calendar: a month that is too short ends on its last day (§ 188 Abs. 3 BGB). `None`
/// of Arbeitstage and Werktage, which need a calendar of holidays: [`Holidays::shift`].
pub fn shift(day: Date, duration: Duration, back: bool) -> Option<Date> {
    let count = i64::from(duration.count);
    let count = if back { -count } else { count };
    let span: Span = match duration.unit {
        DurationUnit::Day => Span::new().try_days(count),
        DurationUnit::Week => Span::new().try_weeks(count),
        DurationUnit::Month => Span::new().try_months(count),
        DurationUnit::Year => Span::new().try_years(count),
        DurationUnit::Workday | DurationUnit::Weekday => return None,
    }
    .ok()?;
    day.checked_add(span).ok()
}

/// The day on which an administrative act sent by post or electronically counts as made known: the fourth day after it was sent
/// (§ 41 Abs. 2 VwVfG, § 37 Abs. 2 SGB X), the third of what was sent before 2025. It is no deadline, so a Sunday does not move it.
pub fn deemed_known(sent: Date) -> Option<Date> {
    let days = if sent.year() < 2025 { 3 } else { 4 };
    sent.checked_add(days.days()).ok()
}

/// Easter Sunday of a year (Gregorian, by the anonymous algorithm of 1876).
pub fn easter(year: i16) -> Option<Date> {
    let year_number = i32::from(year);
    let golden = year_number.rem_euclid(19);
    let (century, rest) = (year_number.div_euclid(100), year_number.rem_euclid(100));
    let correction = (century - (century + 8).div_euclid(25) + 1).div_euclid(3);
    let epact = (19 * golden + century - century.div_euclid(4) - correction + 15).rem_euclid(30);
    let weekday = (32 + 2 * century.rem_euclid(4) + 2 * rest.div_euclid(4) - epact - rest.rem_euclid(4)).rem_euclid(7);
    let late = (golden + 11 * epact + 22 * weekday).div_euclid(451);
    let total = epact + weekday - 7 * late + 114;
    let month = i8::try_from(total.div_euclid(31)).ok()?;
    let day = i8::try_from(total.rem_euclid(31) + 1).ok()?;
    Date::new(year, month, day).ok()
}

/// The day of a holiday in a year.
pub fn holiday_in(rule: HolidayRule, year: i16) -> Option<Date> {
    match rule {
        HolidayRule::Fixed { month, day } => Date::new(year, month, day).ok(),
        HolidayRule::AfterEaster(days) => easter(year)?.checked_add(i64::from(days).days()).ok(),
        HolidayRule::RepentanceDay => {
            // The Wednesday before 23 November: 16 to 22 November.
            let mut day = Date::new(year, 11, 22).ok()?;
            while day.weekday() != Weekday::Wednesday {
                day = day.yesterday().ok()?;
            }
            Some(day)
        }
    }
}

/// The days on which a Land does not work.
#[derive(Debug, Clone, Copy)]
pub struct Holidays<'a> {
    national: &'a [Holiday],
    own: &'a [Holiday],
}

impl<'a> Holidays<'a> {
    /// Those of a Land; without one, only those of all Länder.
    pub fn of(library: &'a Library, land: Option<LandId>) -> Holidays<'a> {
        let own = land.and_then(|land| library.lands.get(land)).map(|land| land.holidays.as_slice()).unwrap_or_default();
        Holidays { national: &library.national_holidays, own }
    }

    /// Whether a day is a holiday. Days that are holidays only in some municipalities move no deadline and are left out.
    pub fn is_holiday(&self, day: Date) -> bool {
        let everywhere = self.national.iter().chain(self.own).filter(|holiday| !holiday.only_partly);
        everywhere.map(|holiday| holiday.day).any(|rule| match rule {
            HolidayRule::Fixed { month, day: number } => (day.month(), day.day()) == (month, number),
            rule => holiday_in(rule, day.year()) == Some(day),
        })
    }

    /// All holidays of a year, for calendars that others keep.
    pub fn in_year(&self, year: i16) -> BTreeSet<Date> {
        let everywhere = self.national.iter().chain(self.own).filter(|holiday| !holiday.only_partly);
        everywhere.filter_map(|holiday| holiday_in(holiday.day, year)).collect()
    }

    /// Whether it is Saturday, Sunday or a holiday: no Arbeitstag, and no day on which a deadline ends.
    pub fn is_free(&self, day: Date) -> bool {
        matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday) || self.is_holiday(day)
    }

    /// The day itself, or the next working day (§ 193 BGB, § 31 Abs. 3 VwVfG, § 26 Abs. 3 SGB X).
    pub fn next_working_day(&self, day: Date) -> Option<Date> {
        let mut day = day;
        while self.is_free(day) {
            day = day.tomorrow().ok()?;
        }
        Some(day)
    }

    /// The last of so many Arbeitstage (Monday to Friday) or Werktage (Monday to Saturday) after a day, or before it; of none, the day.
    /// `None` also beyond two centuries, in which no law counts by them.
    fn after(&self, day: Date, count: u32, saturdays: bool, back: bool) -> Option<Date> {
        const MOST: u32 = 50_000;
        let mut left = if count <= MOST { count } else { return None };
        let mut day = day;
        while left > 0 {
            day = if back { day.yesterday().ok()? } else { day.tomorrow().ok()? };
            let counts = match day.weekday() {
                Weekday::Sunday => false,
                Weekday::Saturday if !saturdays => false,
                _ => !self.is_holiday(day),
            };
            left -= u32::from(counts);
        }
        Some(day)
    }

    /// A day plus or minus a duration, Arbeitstage and Werktage included.
    pub fn shift(&self, day: Date, duration: Duration, back: bool) -> Option<Date> {
        match duration.unit {
            DurationUnit::Workday => self.after(day, duration.count, false, back),
            DurationUnit::Weekday => self.after(day, duration.count, true, back),
            _ => shift(day, duration, back),
        }
    }

    /// The last day of a period whose first day counts (§ 187 Abs. 2 BGB): of months and years the day before that of the same number
    /// (§ 188 Abs. 2 BGB), or the last of a month that is too short (§ 188 Abs. 3 BGB). It may be any day of the week (§ 31 Abs. 4
    /// VwVfG, § 26 Abs. 4 SGB X). A period of no length has no last day.
    pub fn period(&self, first: Date, duration: Duration) -> Option<Date> {
        if duration.count == 0 {
            return None;
        }
        if !matches!(duration.unit, DurationUnit::Month | DurationUnit::Year) || first.day() == 1 {
            return match duration.unit {
                DurationUnit::Workday | DurationUnit::Weekday => self.shift(first.yesterday().ok()?, duration, false),
                _ => shift(first, duration, false)?.yesterday().ok(),
            };
        }
        // From the 31st on, a month that lacks the 30th ends with its last day.
        let month = shift(first.first_of_month(), duration, false)?;
        Date::new(month.year(), month.month(), first.day() - 1).ok().or(Some(month.last_of_month()))
    }

    /// The last day of a deadline that an event of `event` sets off: that day does not count (§ 187 Abs. 1 BGB), months and years
    /// end on the day of the same number (§ 188 Abs. 2 BGB), and a free last day moves to the next working day (§ 193 BGB).
    pub fn deadline(&self, event: Date, duration: Duration) -> Option<Date> {
        self.next_working_day(self.shift(event, duration, false)?)
    }
}
