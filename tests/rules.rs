//! The law's calendar, exact table algebra against brute force, and what expressions come to.

use blaupause::model::data_type::Type;
use blaupause::model::expression::{
    BinaryOperator, Duration, DurationUnit, Expression, ExpressionKind, Function, Literal, SetMember,
};
use blaupause::model::person::{Holiday, HolidayRule};
use blaupause::model::procedure::Cell;
use blaupause::model::{Library, Procedure};
use blaupause::rules::boxes::{CellSet, Region, dead, first_uncovered, overlaps, uncovered};
use blaupause::rules::calendar::{Holidays, completed_months, completed_years, deemed_known, easter, holiday_in, shift};
use blaupause::rules::domain::{Grain, Landmarks, samples};
use blaupause::rules::matching::holds;
use blaupause::rules::{Answers, Number, Situation, Value};
use blaupause::source::Span;
use jiff::civil::{Date, date};
use proptest::prelude::*;
use rust_decimal::Decimal;

fn duration(count: u32, unit: DurationUnit) -> Duration {
    Duration { count, unit }
}

// --- the calendar -------------------------------------------------------------------------------------------------------------

#[test]
fn a_year_of_life_ends_the_day_before_the_birthday() {
    let born = date(2014, 3, 15);
    assert_eq!(completed_years(born, date(2026, 3, 14)), Some(11));
    assert_eq!(completed_years(born, date(2026, 3, 15)), Some(12));
    assert_eq!(completed_years(born, born), Some(0));
    assert_eq!(completed_years(born, date(2014, 3, 14)), None, "before the birth there is no age");
}

#[test]
fn who_is_born_on_a_leap_day_completes_the_year_with_28_february() {
    let born = date(2008, 2, 29);
    assert_eq!(completed_years(born, date(2026, 2, 28)), Some(17));
    assert_eq!(completed_years(born, date(2026, 3, 1)), Some(18));
    assert_eq!(completed_years(born, date(2028, 2, 28)), Some(19));
    assert_eq!(completed_years(born, date(2028, 2, 29)), Some(20));
}

#[test]
fn months_are_counted_as_years_are() {
    assert_eq!(completed_months(date(2026, 1, 31), date(2026, 2, 28)), Some(0));
    assert_eq!(completed_months(date(2026, 1, 31), date(2026, 3, 1)), Some(1));
    assert_eq!(completed_months(date(2025, 12, 1), date(2026, 3, 1)), Some(3));
}

#[test]
fn a_month_that_is_too_short_ends_on_its_last_day() {
    assert_eq!(shift(date(2026, 1, 31), duration(1, DurationUnit::Month), false), Some(date(2026, 2, 28)));
    assert_eq!(shift(date(2028, 2, 29), duration(1, DurationUnit::Year), false), Some(date(2029, 2, 28)));
    assert_eq!(shift(Date::MAX, duration(u32::MAX, DurationUnit::Year), false), None, "no overflow");
    assert_eq!(shift(Date::MIN, duration(1, DurationUnit::Day), true), None);
}

#[test]
fn easter_and_what_hangs_on_it() {
    for (year, month, day) in
        [(1961, 4, 2), (2000, 4, 23), (2008, 3, 23), (2025, 4, 20), (2026, 4, 5), (2038, 4, 25), (2285, 3, 22)]
    {
        assert_eq!(easter(year), Some(date(year, month, day)));
    }
    assert_eq!(holiday_in(HolidayRule::AfterEaster(60), 2026), Some(date(2026, 6, 4)), "Fronleichnam");
    assert_eq!(holiday_in(HolidayRule::RepentanceDay, 2026), Some(date(2026, 11, 18)));
    assert_eq!(holiday_in(HolidayRule::RepentanceDay, 2022), Some(date(2022, 11, 16)));
    assert_eq!(holiday_in(HolidayRule::Fixed { month: 2, day: 29 }, 2026), None);
}

fn calendar() -> Library {
    let holiday = |day, only_partly| Holiday { day, name: "".into(), only_partly };
    Library {
        national_holidays: vec![
            holiday(HolidayRule::Fixed { month: 1, day: 1 }, false),
            holiday(HolidayRule::AfterEaster(-2), false),
            holiday(HolidayRule::AfterEaster(1), false),
            holiday(HolidayRule::Fixed { month: 8, day: 15 }, true),
        ],
        ..Library::default()
    }
}

#[test]
fn deadlines_end_on_a_working_day() {
    let library = calendar();
    let holidays = Holidays::of(&library, None);
    // Bekanntgabe on Tuesday 3 March: the day itself does not count, the month ends on Friday 3 April, which is Good Friday in 2026;
    // Saturday, Easter Sunday and Easter Monday follow.
    assert_eq!(holidays.deadline(date(2026, 3, 3), duration(1, DurationUnit::Month)), Some(date(2026, 4, 7)));
    assert_eq!(holidays.deadline(date(2026, 6, 1), duration(4, DurationUnit::Week)), Some(date(2026, 6, 29)));
    assert!(!holidays.is_free(date(2025, 8, 15)), "a holiday in some municipalities only moves nothing");
    assert_eq!(deemed_known(date(2026, 6, 3)), Some(date(2026, 6, 7)), "the fourth day, even a Sunday");
    assert_eq!(deemed_known(date(2024, 12, 31)), Some(date(2025, 1, 3)), "the third, of what was sent before 2025");
    assert_eq!(deemed_known(date(2025, 1, 1)), Some(date(2025, 1, 5)));
}

#[test]
fn saturday_is_a_weekday_in_law_and_no_day_of_work() {
    let library = calendar();
    let holidays = Holidays::of(&library, None);
    let after = |unit, back| holidays.shift(date(2026, 4, 2), duration(2, unit), back);
    // Good Friday, Saturday, Easter, Easter Monday, Tuesday, Wednesday.
    assert_eq!(after(DurationUnit::Weekday, false), Some(date(2026, 4, 7)));
    assert_eq!(after(DurationUnit::Workday, false), Some(date(2026, 4, 8)));
    assert_eq!(after(DurationUnit::Weekday, true), Some(date(2026, 3, 31)));
    assert_eq!(holidays.shift(date(2026, 6, 15), duration(1, DurationUnit::Weekday), true), Some(date(2026, 6, 13)));
    assert_eq!(holidays.shift(date(2026, 6, 15), duration(1, DurationUnit::Workday), true), Some(date(2026, 6, 12)));
    assert_eq!(holidays.shift(date(2026, 6, 15), duration(0, DurationUnit::Workday), false), Some(date(2026, 6, 15)));
    assert_eq!(holidays.shift(date(2026, 6, 15), duration(u32::MAX, DurationUnit::Weekday), false), None, "no law counts so far");
}

#[test]
fn periods_count_their_first_day_and_end_on_any_day() {
    let library = calendar();
    let holidays = Holidays::of(&library, None);
    for (first, count, unit, last) in [
        (date(2026, 3, 1), 12, DurationUnit::Month, date(2027, 2, 28)),
        (date(2026, 1, 15), 1, DurationUnit::Month, date(2026, 2, 14)),
        (date(2026, 1, 30), 1, DurationUnit::Month, date(2026, 2, 28)),
        (date(2026, 1, 31), 1, DurationUnit::Month, date(2026, 2, 28)),
        (date(2028, 1, 30), 1, DurationUnit::Month, date(2028, 2, 29)),
        (date(2026, 1, 31), 2, DurationUnit::Month, date(2026, 3, 30)),
        (date(2026, 3, 31), 1, DurationUnit::Month, date(2026, 4, 30)),
        (date(2028, 2, 29), 1, DurationUnit::Year, date(2029, 2, 28)),
        (date(2028, 3, 1), 1, DurationUnit::Year, date(2029, 2, 28)),
        (date(2026, 6, 1), 1, DurationUnit::Week, date(2026, 6, 7)),
        (date(2026, 6, 1), 1, DurationUnit::Day, date(2026, 6, 1)),
        (date(2026, 6, 13), 1, DurationUnit::Weekday, date(2026, 6, 13)),
        (date(2026, 6, 13), 1, DurationUnit::Workday, date(2026, 6, 15)),
    ] {
        assert_eq!(holidays.period(first, duration(count, unit)), Some(last), "{count} {unit:?} from {first} on");
    }
    assert_eq!(holidays.period(date(2026, 6, 1), duration(0, DurationUnit::Day)), None);
}

proptest! {
    #[test]
    fn ages_agree_with_counting_days(birth in 0i64..40_000, later in 0i64..40_000) {
        // The slow way: the number of birthdays up to the day, with 1 March for the missing 29 February.
        let start = date(1940, 1, 1);
        let birth = start.checked_add(jiff::Span::new().days(birth)).unwrap();
        let day = birth.checked_add(jiff::Span::new().days(later)).unwrap();
        let birthdays = (birth.year() + 1..=day.year())
            .map(|year| Date::new(year, birth.month(), birth.day()).unwrap_or_else(|_| date(year, 3, 1)))
            .filter(|birthday| *birthday <= day)
            .count();
        prop_assert_eq!(completed_years(birth, day), Some(birthdays as i64));
    }

    /// A period of so many months is over on the day on which so many months are complete, and not before.
    #[test]
    fn periods_and_completed_months_say_the_same(first in 0i64..40_000, count in 1u32..200) {
        let library = calendar();
        let first = date(1980, 1, 1).checked_add(jiff::Span::new().days(first)).unwrap();
        let last = Holidays::of(&library, None).period(first, duration(count, DurationUnit::Month)).unwrap();
        prop_assert_eq!(completed_months(first, last), Some(i64::from(count) - 1));
        prop_assert_eq!(completed_months(first, last.tomorrow().unwrap()), Some(i64::from(count)));
    }

    #[test]
    fn deadlines_are_total_and_never_end_on_a_free_day(day in -4_000_000i64..2_900_000, count in 0u32..u32::MAX, unit in 0usize..6) {
        let library = calendar();
        let holidays = Holidays::of(&library, None);
        use DurationUnit::{Day, Month, Week, Weekday, Workday, Year};
        let units = [Day, Workday, Weekday, Week, Month, Year];
        let count = if matches!(units[unit], Workday | Weekday) { count % 100 } else { count };
        let Ok(day) = date(2000, 1, 1).checked_add(jiff::Span::new().days(day)) else { return Ok(()) };
        if let Some(end) = holidays.deadline(day, duration(count, units[unit])) {
            prop_assert!(!holidays.is_free(end));
            prop_assert!(end >= day);
        }
        if let Some(last) = holidays.period(day, duration(count, units[unit])) {
            prop_assert!(last >= day);
        }
    }
}

// --- numbers ------------------------------------------------------------------------------------------------------------------

proptest! {
    /// Against whole numbers: a fraction of small parts is a multiple of the 5040th part.
    #[test]
    fn fractions_compute_and_compare_as_their_multiples_do(a in -900i64..900, b in 1i64..8, c in -900i64..900, d in 1i64..8, step in 1i64..90) {
        const PARTS: i64 = 5040;
        let of = |count: i64, parts: i64| Number::ratio(i128::from(count), i128::from(parts)).unwrap();
        let ((left, right), (first, second)) = ((of(a, b), of(c, d)), (a * PARTS / b, c * PARTS / d));
        let is = |number: Option<Number>, count: i64, parts: i64| prop_assert_eq_number(number, of(count, parts));
        is(left.plus(right), first + second, PARTS)?;
        is(left.minus(right), first - second, PARTS)?;
        is(left.times(right), first * second, PARTS * PARTS)?;
        prop_assert_eq!(left.over(right), Number::ratio(i128::from(first), i128::from(second)));
        prop_assert_eq!(left.cmp(&right), first.cmp(&second));
        let (unit, floor) = (of(step, 7), first.div_euclid(step * PARTS / 7) * (step * PARTS / 7));
        let ceiling = -(-first).div_euclid(step * PARTS / 7) * (step * PARTS / 7);
        is(left.down_to(unit), floor, PARTS)?;
        is(left.up_to(unit), ceiling, PARTS)?;
        let up = ceiling - first < first - floor || (ceiling - first == first - floor && a > 0);
        is(left.nearest(unit), if up { ceiling } else { floor }, PARTS)?;
    }

    #[test]
    fn numbers_are_total_and_in_order(a in any::<i128>(), b in any::<i128>(), c in any::<i128>(), d in any::<i128>()) {
        let (Some(left), Some(right)) = (Number::ratio(a, b), Number::ratio(c, d)) else { return Ok(()) };
        for result in [left.plus(right), left.minus(right), left.times(right), left.over(right), left.nearest(right), left.up_to(right)] {
            prop_assert!(result.is_none_or(|number| number.denominator() > 0));
        }
        prop_assert_eq!(left.cmp(&right), right.cmp(&left).reverse());
        prop_assert_eq!(left.cmp(&right).is_eq(), left == right);
        if let Some(difference) = left.minus(right) {
            prop_assert_eq!(left.cmp(&right), difference.cmp(&Number::ZERO));
        }
    }

    #[test]
    fn decimals_survive(mantissa in any::<i64>(), places in 0u32..29) {
        let decimal = Decimal::from_i128_with_scale(i128::from(mantissa), places);
        prop_assert_eq!(Number::from(decimal).decimal(), Some(decimal));
    }
}

fn prop_assert_eq_number(number: Option<Number>, expected: Number) -> Result<(), TestCaseError> {
    prop_assert_eq!(number, Some(expected));
    Ok(())
}

// --- tables -------------------------------------------------------------------------------------------------------------------

/// Every point of a domain, by brute force.
fn points(sizes: &[usize]) -> Vec<Vec<usize>> {
    sizes.iter().fold(vec![Vec::new()], |points, size| {
        points.into_iter().flat_map(|point| (0..*size).map(move |cell| [point.clone(), vec![cell]].concat())).collect()
    })
}

fn inside(region: &Region, point: &[usize]) -> bool {
    region.columns.iter().zip(point).all(|(column, cell)| column.contains(*cell))
}

fn tables() -> impl Strategy<Value = (Vec<usize>, Vec<Vec<u8>>)> {
    prop::collection::vec(1usize..5, 1..4).prop_flat_map(|sizes| {
        (Just(sizes.clone()), prop::collection::vec(prop::collection::vec(any::<u8>(), sizes.len()), 0..6))
    })
}

proptest! {
    #[test]
    fn boxes_agree_with_brute_force((sizes, masks) in tables()) {
        let rows: Vec<Region> = masks
            .iter()
            .map(|masks| Region {
                columns: masks.iter().zip(&sizes).map(|(mask, size)| CellSet::filled(*size, |cell| mask >> cell & 1 == 1)).collect(),
            })
            .collect();
        let gaps = uncovered(Region::whole(&sizes), &rows).unwrap();
        for point in points(&sizes) {
            let covered = rows.iter().any(|row| inside(row, &point));
            let in_gaps = gaps.iter().filter(|gap| inside(gap, &point)).count();
            prop_assert_eq!(in_gaps, usize::from(!covered), "each uncovered point lies in exactly one gap");
        }
        for (earlier, later, shared) in overlaps(&rows) {
            for point in points(&sizes) {
                prop_assert_eq!(inside(&shared, &point), inside(&rows[earlier], &point) && inside(&rows[later], &point));
            }
        }
        let dead = dead(&rows);
        let first = first_uncovered(Region::whole(&sizes), &rows, |_| true).unwrap();
        prop_assert_eq!(first.is_none(), gaps.is_empty());
        for (index, row) in rows.iter().enumerate() {
            let first_somewhere = points(&sizes).iter().any(|point| inside(row, point) && !rows[..index].iter().any(|row| inside(row, point)));
            prop_assert_eq!(dead.contains(&index), !first_somewhere);
        }
    }

    /// No value, on the grid or off it, is told from every sample by the cells that gave the landmarks.
    #[test]
    fn each_value_has_a_sample_that_no_cell_tells_apart(
        bounds in prop::collection::vec((-50i64..50, -50i64..50, any::<bool>(), any::<bool>()), 1..4),
        probe in -6000i64..6000,
        whole in any::<bool>(),
    ) {
        let number = |value: i64| Literal::Decimal(Decimal::from(value));
        let cells: Vec<Cell> = bounds
            .iter()
            .map(|(from, to, closed, other)| Cell::Interval { from: Some((number(*from), *closed)), to: Some((number(*to), *other)) })
            .collect();
        let mut landmarks = Landmarks::default();
        for (from, to, ..) in &bounds {
            landmarks.add(&Value::of(&number(*from)));
            landmarks.add(&Value::of(&number(*to)));
        }
        let (grain, probe) = if whole {
            (Grain::whole(), Value::Number(Number::from(probe / 100)))
        } else {
            (Grain::default(), Value::Number(Decimal::new(probe, 2).into()))
        };
        let samples = samples(&Type::Decimal, grain, &landmarks, &Library::default()).unwrap();
        let picture = |value: &Value| cells.iter().map(|cell| holds(cell, value)).collect::<Vec<_>>();
        prop_assert!(samples.iter().any(|sample| picture(sample) == picture(&probe)), "{:?} has no sample among {:?}", probe, samples);
        for sample in &samples {
            prop_assert!(!whole || sample.number().unwrap().is_whole());
        }
    }
}

// --- expressions --------------------------------------------------------------------------------------------------------------

fn literal(literal: Literal) -> Expression {
    Expression::literal(literal, Type::Unknown, Span::DETACHED)
}

fn truth(value: Option<bool>) -> Expression {
    match value {
        Some(value) => literal(Literal::Truth(value)),
        None => Expression::error(Span::DETACHED),
    }
}

fn number(text: &str) -> Expression {
    literal(Literal::Decimal(text.parse().unwrap()))
}

fn of(kind: ExpressionKind) -> Expression {
    Expression { kind, typ: Type::Unknown, maybe_missing: false, span: Span::DETACHED }
}

fn binary(operator: BinaryOperator, left: Expression, right: Expression) -> Expression {
    of(ExpressionKind::Binary(operator, Box::new(left), Box::new(right)))
}

fn call(function: Function, arguments: Vec<Expression>) -> Expression {
    of(ExpressionKind::Call(function, arguments))
}

fn value(expression: &Expression) -> Value {
    let (library, procedure) = (Library::default(), Procedure::default());
    Situation::new(&library, &procedure, Answers::default(), date(2026, 3, 1), None).value(expression)
}

#[test]
fn und_and_oder_are_three_valued() {
    let all = [Some(true), Some(false), None];
    for left in all {
        for right in all {
            let and = match (left, right) {
                (Some(false), _) | (_, Some(false)) => Some(false),
                (Some(true), Some(true)) => Some(true),
                _ => None,
            };
            let or = match (left, right) {
                (Some(true), _) | (_, Some(true)) => Some(true),
                (Some(false), Some(false)) => Some(false),
                _ => None,
            };
            assert_eq!(value(&binary(BinaryOperator::And, truth(left), truth(right))).truth(), and, "{left:?} und {right:?}");
            assert_eq!(value(&binary(BinaryOperator::Or, truth(left), truth(right))).truth(), or, "{left:?} oder {right:?}");
        }
    }
}

#[test]
fn missing_values_are_defaulted_asked_for_and_passed_on() {
    let missing = || truth(None);
    assert_eq!(value(&of(ExpressionKind::Default(Box::new(missing()), Box::new(number("3"))))), Value::Number(3_i64.into()));
    assert_eq!(value(&of(ExpressionKind::Known(Box::new(missing())))), Value::Truth(false));
    assert_eq!(value(&binary(BinaryOperator::Add, number("1"), missing())), Value::Missing);
    assert_eq!(value(&binary(BinaryOperator::Equal, missing(), missing())), Value::Missing);
    let choose = ExpressionKind::If(Box::new(missing()), Box::new(number("1")), Box::new(number("2")));
    assert_eq!(value(&of(choose)), Value::Missing);
    let among = ExpressionKind::In(
        Box::new(number("5")),
        vec![SetMember::Value(missing()), SetMember::Range { from: number("4"), to: number("5"), below: false }],
    );
    assert_eq!(value(&of(among)), Value::Truth(true));
    let among = ExpressionKind::In(Box::new(number("5")), vec![SetMember::Value(missing()), SetMember::Value(number("4"))]);
    assert_eq!(value(&of(among)), Value::Missing);
}

#[test]
fn rounding_is_exact_on_both_sides_of_zero() {
    let rounded = |function, text: &str, step: &str| value(&call(function, vec![number(text), number(step)]));
    let is = |text: &str| Value::Number(text.parse::<Decimal>().unwrap().into());
    for (text, step, up, down, near) in [
        ("226.01", "1", "227", "226", "226"),
        ("226.5", "1", "227", "226", "227"),
        ("-226.5", "1", "-226", "-227", "-227"),
        ("227", "1", "227", "227", "227"),
        ("0.014", "0.01", "0.02", "0.01", "0.01"),
        ("7", "5", "10", "5", "5"),
    ] {
        assert_eq!(rounded(Function::RoundUp, text, step), is(up));
        assert_eq!(rounded(Function::RoundDown, text, step), is(down));
        assert_eq!(rounded(Function::Round, text, step), is(near));
    }
    assert_eq!(rounded(Function::RoundUp, "1", "0"), Value::Missing);
    assert_eq!(rounded(Function::Round, "1", "-1"), Value::Missing);
}

#[test]
fn a_third_stays_a_third_until_it_is_rounded() {
    let third = || binary(BinaryOperator::Divide, number("100"), number("3"));
    let again = binary(BinaryOperator::Multiply, third(), number("3"));
    assert_eq!(value(&again), Value::Number(100_i64.into()), "nothing was lost on the way");
    assert_eq!(value(&call(Function::RoundDown, vec![again, number("1")])), Value::Number(100_i64.into()));
    assert_eq!(value(&call(Function::Round, vec![third(), number("0.01")])), value(&number("33.33")));
    assert_eq!(value(&third()).show(&Type::Amount, &Library::default()), "100 EUR / 3", "it can be pasted as it is shown");
}

#[test]
fn arithmetic_is_total() {
    let huge = || literal(Literal::Decimal(Decimal::MAX));
    let twice = binary(BinaryOperator::Add, huge(), huge());
    assert_eq!(value(&binary(BinaryOperator::Subtract, twice, huge())), Value::Number(Decimal::MAX.into()));
    assert_eq!(value(&binary(BinaryOperator::Multiply, huge(), huge())), Value::Missing);
    assert_eq!(value(&binary(BinaryOperator::Divide, number("1"), number("0"))), Value::Missing);
    assert_eq!(
        value(&binary(BinaryOperator::Add, number("0.1"), number("0.2"))),
        Value::Number("0.3".parse::<Decimal>().unwrap().into())
    );
    let day = literal(Literal::Date(Date::MAX));
    let years = literal(Literal::Duration(duration(u32::MAX, DurationUnit::Year)));
    assert_eq!(value(&binary(BinaryOperator::Add, day, years)), Value::Missing);
}

#[test]
fn deep_nesting_is_missing_not_a_crash() {
    let mut deep = truth(Some(true));
    for _ in 0..5_000 {
        deep = of(ExpressionKind::Not(Box::new(deep)));
    }
    assert_eq!(value(&deep), Value::Missing);
    // Taking it apart must not need the stack either.
    while let ExpressionKind::Not(inner) = std::mem::replace(&mut deep.kind, ExpressionKind::Error) {
        deep = *inner;
    }
}

#[test]
fn quantifiers_over_lists() {
    let list = |items: Vec<Option<bool>>| of(ExpressionKind::List(items.into_iter().map(truth).collect()));
    assert_eq!(value(&call(Function::All, vec![list(vec![Some(true), None])])), Value::Missing);
    assert_eq!(value(&call(Function::All, vec![list(vec![Some(false), None])])), Value::Truth(false));
    assert_eq!(value(&call(Function::All, vec![list(vec![])])), Value::Truth(true));
    assert_eq!(value(&call(Function::Any, vec![list(vec![None, Some(true)])])), Value::Truth(true));
    assert_eq!(value(&call(Function::Count, vec![list(vec![None, Some(true)])])), Value::Number(2_i64.into()));
    let numbers = of(ExpressionKind::List(vec![number("1.5"), number("2")]));
    assert_eq!(value(&call(Function::Sum, vec![numbers.clone()])), Value::Number("3.5".parse::<Decimal>().unwrap().into()));
    assert_eq!(value(&call(Function::AtLeast, vec![numbers])), Value::Number(2_i64.into()));
}
