//! Exact fractions: a whole number and a denominator that is known beforehand.

use rust_decimal::Decimal;

use crate::both;

use super::lowering::Refused;
use super::{Order, Plain, Sort};

/// A number: `whole` divided by `scale`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Number {
    /// The numerator.
    pub whole: Plain,
    /// The denominator, greater than 0.
    pub scale: i64,
    /// What the numerator is certainly a multiple of; 0 where it is 0.
    pub multiple: i64,
}

/// How a number is rounded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rounding {
    /// Up.
    Up,
    /// Down.
    Down,
    /// Halves away from zero.
    Commercial,
}

impl Number {
    /// A whole number that may be anything.
    pub fn of(whole: Plain, scale: i64) -> Number {
        Number { whole, scale, multiple: 1 }
    }

    /// A constant as a fraction in lowest terms.
    pub fn constant(whole: i64, scale: i64) -> Number {
        let divisor = greatest_divisor(whole, scale);
        let (whole, scale) = (whole / divisor, scale / divisor);
        Number { whole: Plain::Integer(whole), scale, multiple: whole.saturating_abs() }
    }

    /// A decimal as written down.
    pub fn decimal(decimal: Decimal) -> Result<Number, Refused> {
        let decimal = decimal.normalize();
        let whole = i64::try_from(decimal.mantissa()).map_err(|_| too_large())?;
        let scale = 10_i64.checked_pow(decimal.scale()).ok_or_else(too_large)?;
        Ok(Number::constant(whole, scale))
    }

    /// The numerator, where the number is a constant.
    pub fn as_constant(&self) -> Option<i64> {
        if let Plain::Integer(whole) = self.whole { Some(whole) } else { None }
    }

    /// The same number with a denominator that is a multiple of its own.
    pub fn with_scale(self, scale: i64) -> Result<Number, Refused> {
        if scale == self.scale {
            return Ok(self);
        }
        let factor = scale / self.scale;
        let multiple = self.multiple.checked_mul(factor).unwrap_or(1);
        Ok(Number { whole: multiplied(self.whole, factor)?, scale, multiple })
    }

    /// The same number as a whole count of its type's own unit (cents, ones), where it certainly is one.
    pub fn in_units(self, unit: i64) -> Option<Plain> {
        if unit % self.scale == 0 {
            return self.with_scale(unit).ok().map(|number| number.whole);
        }
        let divisor = self.scale.checked_div(unit).filter(|divisor| divisor * unit == self.scale)?;
        if self.multiple % divisor != 0 {
            return None;
        }
        Some(divided(self.whole, divisor))
    }

    /// The opposite number.
    pub fn negated(self) -> Result<Number, Refused> {
        Ok(Number { whole: multiplied(self.whole, -1)?, ..self })
    }

    /// `+` or `-`.
    pub fn plus(self, other: Number, minus: bool) -> Result<Number, Refused> {
        let (left, right) = alike(self, other)?;
        let multiple = greatest_divisor(left.multiple, right.multiple);
        let whole = match (left.whole, right.whole, minus) {
            (Plain::Integer(left), Plain::Integer(right), false) => {
                Plain::Integer(left.checked_add(right).ok_or_else(too_large)?)
            }
            (Plain::Integer(left), Plain::Integer(right), true) => Plain::Integer(left.checked_sub(right).ok_or_else(too_large)?),
            (left, Plain::Integer(0), _) | (Plain::Integer(0), left, false) => left,
            (left, right, false) => Plain::Add(Box::new(left), Box::new(right)),
            (left, right, true) => Plain::Subtract(Box::new(left), Box::new(right)),
        };
        Ok(Number { whole, scale: left.scale, multiple }.reduced())
    }

    /// `*`.
    pub fn times(self, other: Number) -> Result<Number, Refused> {
        let scale = self.scale.checked_mul(other.scale).filter(|scale| *scale <= MOST).ok_or_else(too_large)?;
        let multiple = self.multiple.checked_mul(other.multiple).unwrap_or(1);
        let whole = match (self.whole, other.whole) {
            (whole, Plain::Integer(factor)) | (Plain::Integer(factor), whole) => multiplied(whole, factor)?,
            (left, right) => Plain::Multiply(Box::new(left), Box::new(right)),
        };
        Ok(Number { whole, scale, multiple }.reduced())
    }

    /// `/` by a constant; `None` where that is 0.
    pub fn over(self, divisor: &Number) -> Result<Option<Number>, Refused> {
        let Some(whole) = divisor.as_constant() else {
            return Err(both!(
                "Geteilt wird hier durch einen Wert, der sich erst im Verfahren ergibt. Das rechnen die Werkzeuge nicht auf den Cent genau.",
                "It is divided by a value that only the procedure gives. The engines do not compute that exactly."
            ));
        };
        if whole == 0 {
            return Ok(None);
        }
        let upper = divisor.scale.checked_mul(whole.signum()).ok_or_else(too_large)?;
        let inverse = Number::constant(upper, whole.checked_abs().ok_or_else(too_large)?);
        self.times(inverse).map(Some)
    }

    /// To a multiple of a step that is a constant greater than 0.
    pub fn rounded(self, step: &Number, rounding: Rounding) -> Result<Number, Refused> {
        let (number, step) = alike(self, step.clone())?;
        let Some(step) = step.as_constant().filter(|step| *step > 0) else {
            return Err(both!(
                "Auf welche Stufe gerundet wird, muss hier feststehen.",
                "The step that is rounded to must be fixed here."
            ));
        };
        if number.multiple % step == 0 {
            return Ok(number);
        }
        let whole = match rounding {
            Rounding::Up => to_multiple(number.whole, step, true),
            Rounding::Down => to_multiple(number.whole, step, false),
            Rounding::Commercial => {
                // Twice the number plus one step, down to a multiple of two steps, is twice the rounded number.
                let scale = number.scale.checked_mul(2).ok_or_else(too_large)?;
                let wide = step.checked_mul(2).ok_or_else(too_large)?;
                let twice = multiplied(number.whole, 2)?;
                let above = to_multiple(raised(twice.clone(), step)?, wide, false);
                let below = to_multiple(raised(multiplied(twice.clone(), -1)?, step)?, wide, false);
                let negative = Plain::order(Order::Less, Sort::Numbers, twice, Plain::Integer(0));
                let whole = Plain::choose(negative, multiplied(below, -1)?, above);
                return Ok(Number { whole, scale, multiple: wide }.reduced());
            }
        };
        Ok(Number { whole, scale: number.scale, multiple: step }.reduced())
    }

    /// A constant in lowest terms.
    fn reduced(self) -> Number {
        match self.as_constant() {
            Some(whole) => Number::constant(whole, self.scale),
            None => self,
        }
    }
}

/// The greatest denominator that is carried.
const MOST: i64 = 1_000_000_000_000;

/// The same numbers with one denominator.
pub fn alike(left: Number, right: Number) -> Result<(Number, Number), Refused> {
    let scale = common_scale(left.scale, right.scale)?;
    Ok((left.with_scale(scale)?, right.with_scale(scale)?))
}

/// The least denominator that is a multiple of both.
pub fn common_scale(left: i64, right: i64) -> Result<i64, Refused> {
    let scale = left.checked_div(greatest_divisor(left, right)).and_then(|left| left.checked_mul(right));
    scale.filter(|scale| *scale <= MOST).ok_or_else(too_large)
}

/// The greatest common divisor; 0 of two zeros.
pub fn greatest_divisor(left: i64, right: i64) -> i64 {
    let (mut left, mut right) = (left.unsigned_abs(), right.unsigned_abs());
    while right != 0 {
        (left, right) = (right, left % right);
    }
    i64::try_from(left).unwrap_or(1)
}

fn raised(whole: Plain, by: i64) -> Result<Plain, Refused> {
    Ok(match whole {
        Plain::Integer(whole) => Plain::Integer(whole.checked_add(by).ok_or_else(too_large)?),
        whole => Plain::Add(Box::new(whole), Box::new(Plain::Integer(by))),
    })
}

fn multiplied(whole: Plain, factor: i64) -> Result<Plain, Refused> {
    Ok(match whole {
        whole if factor == 1 => whole,
        Plain::Integer(whole) => Plain::Integer(whole.checked_mul(factor).ok_or_else(too_large)?),
        // A choice among constants stays one.
        Plain::Choose(condition, then, otherwise) if is_choice_of_constants(&then) && is_choice_of_constants(&otherwise) => {
            Plain::choose(*condition, multiplied(*then, factor)?, multiplied(*otherwise, factor)?)
        }
        Plain::Null => Plain::Null,
        Plain::Multiply(inner, by) if matches!(*by, Plain::Integer(_)) => {
            Plain::Multiply(inner, Box::new(multiplied(*by, factor)?))
        }
        whole => Plain::Multiply(Box::new(whole), Box::new(Plain::Integer(factor))),
    })
}

fn is_choice_of_constants(value: &Plain) -> bool {
    match value {
        Plain::Choose(_, then, otherwise) => is_choice_of_constants(then) && is_choice_of_constants(otherwise),
        value => value.is_constant(),
    }
}

fn divided(whole: Plain, divisor: i64) -> Plain {
    match whole {
        whole if divisor == 1 => whole,
        Plain::Integer(whole) => Plain::Integer(whole / divisor),
        whole => Plain::Divide(Box::new(whole), divisor),
    }
}

fn to_multiple(whole: Plain, step: i64, up: bool) -> Plain {
    match whole {
        Plain::Integer(whole) => {
            let rest = whole.rem_euclid(step);
            let down = whole.saturating_sub(rest);
            Plain::Integer(if up && rest > 0 { down.saturating_add(step) } else { down })
        }
        whole if up => Plain::Ceiling(Box::new(whole), step),
        whole => Plain::Floor(Box::new(whole), step),
    }
}

/// Why a number is refused.
pub fn too_large() -> Refused {
    both!("Die Zahlen sind dafür zu groß oder zu fein.", "The numbers are too large or too fine for this.")
}
