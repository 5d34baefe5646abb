//! Money, exactly: prices, quantities and amounts as whole numbers, so that a sum of lines is the sum, to the last digit.
//!
//! `Quantity × Rate = Usd` without rounding: millionths of a unit × 1e-12 dollars = 1e-18 dollars.
//!
//! ```
//! use fsx_model::money::{Quantity, Rate};
//! let rate = Rate::parse("0.145").ok_or("no price")?;
//! assert_eq!((Quantity::new(1200.0) * rate).shown(2), "$174.00");
//! # Ok::<(), &str>(())
//! ```

use std::iter::Sum;
use std::ops::{Add, Mul, Sub};

use crate::finding::whole_number;

/// Decimals of a [`Rate`].
const RATE_DECIMALS: usize = 12;
/// Decimals of a [`Quantity`].
const QUANTITY_DECIMALS: u32 = 6;
/// Decimals of [`Usd`]: those of both.
const USD_DECIMALS: u32 = 18;
/// Counts of [`Usd`] in a dollar.
const DOLLAR: i128 = 10_i128.pow(USD_DECIMALS);
/// Counts of [`Quantity`] in a unit.
const UNIT: f64 = 10_i32.pow(QUANTITY_DECIMALS) as f64;
/// Seconds in an hour.
const SECONDS_PER_HOUR: f64 = 3600.0;

/// An amount of money, in 1e-18 US dollars. Sums that no sensible input reaches stop at the largest amount.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Usd(i128);

/// A price, in 1e-12 US dollars for one unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Rate(i64);

/// A quantity that is billed, in millionths of its unit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Quantity(i64);

impl Usd {
    /// Nothing.
    pub const ZERO: Self = Self(0);

    /// The amount in dollars: whole dollars and the rest are turned into floats apart, so that cents stay right in
    /// large sums.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "the result is a float")]
    pub fn to_f64(self) -> f64 {
        (self.0 / DOLLAR) as f64 + (self.0 % DOLLAR) as f64 / DOLLAR as f64
    }

    /// So many times the amount, the factor to 12 decimals.
    #[must_use]
    #[expect(clippy::cast_possible_truncation, reason = "the nearest whole number, at most the largest")]
    pub fn scaled(self, times: f64) -> Self {
        let times = (times * UNIT * UNIT).round() as i128;
        // half of the decimals before and half behind, so that large sums stay within range
        let half = i128::from(Quantity::ONE.0);
        Self((self.0 / half).saturating_mul(times) / half)
    }

    /// The amount as people write it, rounded half up to at most 18 decimals: `$1,392.00`.
    #[must_use]
    #[expect(clippy::cast_possible_truncation, reason = "at most 18")]
    pub fn shown(self, decimals: usize) -> String {
        let kept = decimals.min(USD_DECIMALS as usize);
        let step = 10_u128.pow(USD_DECIMALS - kept as u32);
        let counts = (self.0.unsigned_abs() + step / 2) / step;
        let (per_dollar, sign) = (10_u128.pow(kept as u32), if self.0 < 0 && counts > 0 { "-" } else { "" });
        let mut text = format!("{sign}${}", grouped(counts / per_dollar));
        if kept > 0 {
            text.push_str(&format!(".{:0kept$}", counts % per_dollar));
        }
        text
    }

    /// So many times the amount.
    #[must_use]
    pub const fn times(self, count: i64) -> Self {
        Self(self.0.saturating_mul(count as i128))
    }
}

/// Digits with commas between thousands.
#[expect(clippy::cast_precision_loss, reason = "exact below 2^53; above, the digits are grouped by hand")]
fn grouped(whole: u128) -> String {
    const THOUSAND: u128 = 1000;
    if whole < 1 << 53 {
        whole_number(whole as f64)
    } else {
        format!("{},{:03}", grouped(whole / THOUSAND), whole % THOUSAND)
    }
}

impl Add for Usd {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl Sub for Usd {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

impl Sum for Usd {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        amounts.fold(Self::ZERO, Add::add)
    }
}

impl Rate {
    /// The price that a decimal text names exactly: digits with at most one point and 12 decimals, no sign, at most
    /// about nine million dollars. `None` for any other text.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (whole, decimals) = text.split_once('.').unwrap_or((text, "0"));
        let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        if !digits(whole) || !digits(decimals) || decimals.len() > RATE_DECIMALS {
            return None;
        }
        format!("{whole}{decimals:0<RATE_DECIMALS$}").parse().ok().map(Self)
    }

    /// The price that a float stands for: its shortest decimal text; more than 12 decimals are rounded. `None` if it is
    /// negative, not finite, or more than about nine million.
    #[must_use]
    pub fn from_f64(usd: f64) -> Option<Self> {
        let usd = if usd.abs() < f64::MIN_POSITIVE { 0.0 } else { usd };
        Self::parse(&format!("{usd}")).or_else(|| Self::parse(&format!("{usd:.RATE_DECIMALS$}")))
    }

    /// The price in dollars.
    #[must_use]
    pub fn to_f64(self) -> f64 {
        (Quantity::ONE * self).to_f64()
    }
}

impl Quantity {
    /// One unit.
    pub const ONE: Self = Self(10_i64.pow(QUANTITY_DECIMALS));

    /// So many units, to the nearest millionth; at most about nine million million.
    #[must_use]
    #[expect(clippy::cast_possible_truncation, reason = "the nearest whole number, at most the largest")]
    pub fn new(units: f64) -> Self {
        Self((units * UNIT).round() as i64)
    }

    /// The number of units.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "the result is a float")]
    pub fn to_f64(self) -> f64 {
        self.0 as f64 / UNIT
    }

    /// So many times the quantity.
    #[must_use]
    pub const fn times(self, count: i64) -> Self {
        Self(self.0.saturating_mul(count))
    }
}

impl Mul<Rate> for Quantity {
    type Output = Usd;
    fn mul(self, rate: Rate) -> Usd {
        Usd(i128::from(self.0) * i128::from(rate.0))
    }
}

/// What a quantity costs at prices by tier: each tier's price holds from the bound of the one before up to its own, the
/// last without bound for all the rest.
#[must_use]
pub fn tiered(quantity: Quantity, tiers: &[(Option<Quantity>, Rate)]) -> Usd {
    let (mut from, mut total) = (Quantity(0), Usd::ZERO);
    for &(upper, rate) in tiers {
        let to = upper.map_or(quantity, |upper| upper.min(quantity)).max(from);
        total = total + Quantity(to.0 - from.0) * rate;
        from = to;
    }
    total
}

/// GB-months of an amount that exists for so many seconds: `amount × seconds / (hours per month × 3600)`.
#[must_use]
pub fn prorated(amount_gib: f64, seconds: f64, hours_per_month: f64) -> f64 {
    amount_gib * (seconds / (hours_per_month * SECONDS_PER_HOUR))
}

/// Share of a month that so many seconds are.
#[must_use]
pub fn share_of_month(seconds: f64, hours_per_month: f64) -> f64 {
    prorated(1.0, seconds, hours_per_month)
}
