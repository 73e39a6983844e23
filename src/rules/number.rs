//! Exact numbers: fractions of whole numbers, in lowest terms. A third of an amount is a third until a definition says how it is
//! rounded; nothing is rounded on the way.

use std::cmp::Ordering;

use rust_decimal::Decimal;

/// An exact number. Arithmetic gives `None` where it would leave 127 bits, never a number that is nearly right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Number {
    // INVARIANT: the denominator is greater than 0 and shares no divisor with the numerator.
    numerator: i128,
    denominator: i128,
}

impl Number {
    /// 0
    pub const ZERO: Number = Number { numerator: 0, denominator: 1 };
    /// 1
    pub const ONE: Number = Number { numerator: 1, denominator: 1 };
    /// 1 of 100: a cent, a per cent.
    pub const HUNDREDTH: Number = Number { numerator: 1, denominator: 100 };

    /// A quotient; `None` if the divisor is 0.
    pub fn ratio(numerator: i128, denominator: i128) -> Option<Number> {
        let divisor = i128::try_from(common_divisor(numerator.unsigned_abs(), denominator.unsigned_abs())).ok()?;
        let (numerator, denominator) = (numerator.checked_div(divisor)?, denominator.checked_div(divisor)?);
        match denominator.cmp(&0) {
            Ordering::Greater => Some(Number { numerator, denominator }),
            Ordering::Less => Some(Number { numerator: numerator.checked_neg()?, denominator: denominator.checked_neg()? }),
            Ordering::Equal => None,
        }
    }

    /// What stands above the fraction stroke.
    pub fn numerator(self) -> i128 {
        self.numerator
    }

    /// What stands below it, greater than 0.
    pub fn denominator(self) -> i128 {
        self.denominator
    }

    /// Whether it is 0.
    pub fn is_zero(self) -> bool {
        self.numerator == 0
    }

    /// Whether it is less than 0.
    pub fn is_negative(self) -> bool {
        self.numerator < 0
    }

    /// Whether it has no fraction.
    pub fn is_whole(self) -> bool {
        self.denominator == 1
    }

    /// Whether it is a multiple of another number; of 0 only 0 is.
    pub fn is_multiple_of(self, step: Number) -> bool {
        if step.is_zero() { self.is_zero() } else { self.over(step).is_some_and(Number::is_whole) }
    }

    /// As a whole number of 64 bits, if it is one.
    pub fn to_i64(self) -> Option<i64> {
        self.is_whole().then(|| i64::try_from(self.numerator).ok()).flatten()
    }

    /// As a decimal, if it has one that ends.
    pub fn decimal(self) -> Option<Decimal> {
        let mut power: i128 = 1;
        for places in 0..=28 {
            if power % self.denominator == 0 {
                let mantissa = self.numerator.checked_mul(power / self.denominator)?;
                return Decimal::try_from_i128_with_scale(mantissa, places).ok();
            }
            power = power.checked_mul(10)?;
        }
        None
    }

    /// The number without its sign.
    pub fn abs(self) -> Option<Number> {
        if self.is_negative() { self.negated() } else { Some(self) }
    }

    /// The opposite number.
    pub fn negated(self) -> Option<Number> {
        Some(Number { numerator: self.numerator.checked_neg()?, denominator: self.denominator })
    }

    /// The sum.
    pub fn plus(self, other: Number) -> Option<Number> {
        let divisor = i128::try_from(common_divisor(self.denominator.unsigned_abs(), other.denominator.unsigned_abs())).ok()?;
        let (left, right) = (other.denominator.checked_div(divisor)?, self.denominator.checked_div(divisor)?);
        let numerator = self.numerator.checked_mul(left)?.checked_add(other.numerator.checked_mul(right)?)?;
        Number::ratio(numerator, self.denominator.checked_mul(left)?)
    }

    /// The difference.
    pub fn minus(self, other: Number) -> Option<Number> {
        self.plus(other.negated()?)
    }

    /// The product.
    pub fn times(self, other: Number) -> Option<Number> {
        // Reduced crosswise first, so that no product is larger than it must be.
        let first = Number::ratio(self.numerator, other.denominator)?;
        let second = Number::ratio(other.numerator, self.denominator)?;
        Some(Number {
            numerator: first.numerator.checked_mul(second.numerator)?,
            denominator: first.denominator.checked_mul(second.denominator)?,
        })
    }

    /// The quotient; `None` where the divisor is 0.
    pub fn over(self, divisor: Number) -> Option<Number> {
        self.times(Number::ratio(divisor.denominator, divisor.numerator)?)
    }

    /// The greatest multiple of a step that is not greater; `None` unless the step is greater than 0.
    pub fn down_to(self, step: Number) -> Option<Number> {
        if step <= Number::ZERO {
            return None;
        }
        let steps = self.over(step)?;
        Number::from(steps.numerator.div_euclid(steps.denominator)).times(step)
    }

    /// The least multiple of a step that is not less; `None` unless the step is greater than 0.
    pub fn up_to(self, step: Number) -> Option<Number> {
        let down = self.down_to(step)?;
        if down == self { Some(self) } else { down.plus(step) }
    }

    /// The nearest multiple of a step, halves away from zero; `None` unless the step is greater than 0.
    pub fn nearest(self, step: Number) -> Option<Number> {
        let half = step.times(Number { numerator: 1, denominator: 2 })?;
        if self.is_negative() { self.minus(half)?.up_to(step) } else { self.plus(half)?.down_to(step) }
    }
}

impl From<i128> for Number {
    fn from(whole: i128) -> Number {
        Number { numerator: whole, denominator: 1 }
    }
}

impl From<i64> for Number {
    fn from(whole: i64) -> Number {
        Number::from(i128::from(whole))
    }
}

impl From<Decimal> for Number {
    fn from(decimal: Decimal) -> Number {
        // INVARIANT: a decimal has at most 28 places, and 10^28 fits; its divisor is never 0.
        let power = 10_i128.checked_pow(decimal.scale()).unwrap_or(1);
        Number::ratio(decimal.mantissa(), power).unwrap_or(Number::ZERO)
    }
}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Number) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Number {
    /// By continued fractions, so that no product can become too large.
    fn cmp(&self, other: &Number) -> Ordering {
        let (mut left, mut right) = ((self.numerator, self.denominator), (other.numerator, other.denominator));
        loop {
            let whole = left.0.div_euclid(left.1).cmp(&right.0.div_euclid(right.1));
            let rests = (left.0.rem_euclid(left.1), right.0.rem_euclid(right.1));
            match (whole, rests) {
                (Ordering::Equal, (0, 0)) => return Ordering::Equal,
                (Ordering::Equal, (0, _)) => return Ordering::Less,
                (Ordering::Equal, (_, 0)) => return Ordering::Greater,
                // What is left lies between 0 and 1: the greater has the smaller inverse.
                (Ordering::Equal, (first, second)) => (left, right) = ((right.1, second), (left.1, first)),
                (order, _) => return order,
            }
        }
    }
}

fn common_divisor(left: u128, right: u128) -> u128 {
    let (mut left, mut right) = (left, right);
    while right != 0 {
        (left, right) = (right, left % right);
    }
    // Of two zeros every number is a divisor.
    left.max(1)
}
