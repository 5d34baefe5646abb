//! Assumptions drawn from their ranges: the same numbers for the same seed on every machine, whatever else is drawn.
//!
//! A number depends on the seed, the name of what is drawn and its place among the draws, and on nothing else, so that a
//! further assumption changes none of the others. Each range is cut into as many parts of equal probability as there are
//! draws, and each part is drawn from once (a Latin hypercube): shares of draws then scatter less than those of
//! independent ones.

use crate::catalog::{ASSUMPTIONS, Assumption, Assumptions, Law};

/// SplitMix64: steps of its counter, and the mixing of one (Steele, Lea and Flood,
/// <https://doi.org/10.1145/2660193.2660195>).
const STEP: u64 = 0x9e37_79b9_7f4a_7c15;

const fn mixed(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// The numbers of one name.
#[derive(Clone, Copy, Debug)]
struct Stream(u64);

impl Stream {
    fn new(seed: u64, name: &str) -> Self {
        let name = name.bytes().fold(0, |hash, byte| mixed(hash ^ u64::from(byte)).wrapping_add(STEP));
        Self(mixed(seed.wrapping_add(STEP)) ^ name)
    }

    const fn bits(self, place: u64) -> u64 {
        mixed(self.0.wrapping_add(STEP.wrapping_mul(place.wrapping_add(1))))
    }

    /// Above 0 and below 1.
    #[expect(clippy::cast_precision_loss, reason = "53 bits, which a float holds")]
    fn number(self, place: u64) -> f64 {
        ((self.bits(place) >> 11) as f64 + 0.5) / (1_u64 << 53) as f64
    }
}

/// So many numbers above 0 and below 1, one from each of as many equal parts, in an order that the seed and the name
/// decide.
#[must_use]
pub fn spread_out(seed: u64, name: &str, samples: u32) -> Vec<f64> {
    let order = Stream::new(seed, &format!("{name}: order"));
    let within = Stream::new(seed, name);
    let mut places: Vec<u32> = (0..samples).collect();
    places.sort_by_key(|place| (order.bits(u64::from(*place)), *place));
    let all = f64::from(samples);
    let number = |(i, place): (u32, u32)| (f64::from(place) + within.number(u64::from(i))) / all;
    (0..samples).zip(places).map(number).collect()
}

/// Where a number from 0 to 1 lies on a law of two straight slopes whose 5th percentile is −1, whose median, and most
/// likely value, is 0, and whose 95th is 1.
///
/// `(√(2u) − 1) / (1 − √0.1)` below the median, the mirror image above.
#[must_use]
pub fn sloped(u: f64) -> f64 {
    let half = |u: f64| ((2.0 * u).sqrt() - 1.0) / (1.0 - 0.1_f64.sqrt());
    if u < 0.5 { half(u) } else { -half(1.0 - u) }
}

/// The value of an assumption at a number from 0 to 1, within the ends of its range or a little beyond: they are its
/// 5th and its 95th percentile.
#[must_use]
pub fn value(row: &Assumption, [low, mid, high]: [f64; 3], u: f64) -> f64 {
    let at = sloped(u);
    let end = if at < 0.0 { low } else { high };
    let drawn = match row.law {
        Law::Fixed => mid,
        Law::Flag => return f64::from(u8::from(row.share.map_or(mid > 0.5, |share| u < share))),
        Law::Count => return low + ((high - low + 1.0) * u).floor(),
        Law::Triangular => mid + (end - mid) * at.abs(),
        Law::LogTriangular => mid * libm::exp(libm::log(end / mid) * at.abs()),
    };
    // a share stays one, and nothing falls below nothing
    let most = if row.unit == "1" && high <= 1.0 { 1.0 } else { f64::INFINITY };
    drawn.clamp(0.0, most)
}

/// An input at a number from 0 to 1: its ends are its 5th and its 95th percentile, and nothing beyond them is drawn.
#[must_use]
pub fn within([low, mid, high]: [f64; 3], u: f64) -> f64 {
    let at = sloped(u).clamp(-1.0, 1.0);
    let end = if at < 0.0 { low } else { high };
    let drawn = if low > 0.0 { mid * libm::exp(libm::log(end / mid) * at.abs()) } else { mid + (end - mid) * at.abs() };
    drawn.clamp(low, high)
}

/// Draws of all assumptions that have a range and that the user has not fixed; the others stay as they are.
#[must_use]
pub fn assumptions(mid: &Assumptions, seed: u64, samples: u32) -> Vec<Assumptions> {
    let count = usize::try_from(samples).unwrap_or(usize::MAX);
    let mut draws = vec![mid.clone(); count];
    // drawing one is not reading it
    let mid = mid.clone();
    for row in ASSUMPTIONS.iter().filter(|row| mid.is_open(row)) {
        let [low, high] = mid.ends(row.id);
        let range = [low, mid.get(row.id), high];
        for (draw, u) in draws.iter_mut().zip(spread_out(seed, row.name, samples)) {
            draw.put(row.id, value(row, range, u));
        }
    }
    draws
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::AssumptionId;

    #[test]
    fn the_mixing_is_that_of_splitmix64() {
        // the first outputs of the published generator from the state 0
        let from_zero: Vec<u64> = (0..3).map(|place| Stream(0).bits(place)).collect();
        assert_eq!(from_zero, [0xe220_a839_7b1d_cdaf, 0x6e78_9e6a_a1b9_65f4, 0x06c4_5d18_8009_454f]);
    }

    #[test]
    fn each_part_is_drawn_from_once() {
        let mut all = spread_out(7, "tcp_efficiency", 100);
        assert_ne!(all, spread_out(8, "tcp_efficiency", 100));
        assert_ne!(all, spread_out(7, "disk_burst_delivered", 100));
        all.sort_by(f64::total_cmp);
        for (i, u) in (0..100).zip(all) {
            assert!((f64::from(i) / 100.0..f64::from(i + 1) / 100.0).contains(&u), "{i}: {u}");
        }
    }

    #[test]
    fn the_ends_of_a_range_are_percentiles() {
        for (u, at) in [(0.05, -1.0), (0.5, 0.0), (0.95, 1.0)] {
            assert!((sloped(u) - at).abs() < 1e-12, "{u}");
        }
        for row in ASSUMPTIONS.iter().filter(|row| matches!(row.law, Law::Triangular | Law::LogTriangular)) {
            let at = |u| value(row, [row.low, row.mid, row.high], u);
            for (u, end) in [(0.05, row.low), (0.5, row.mid), (0.95, row.high)] {
                assert!((at(u) - end).abs() <= 1e-9 * end.abs().max(1e-9), "{}: {} and not {end}", row.name, at(u));
            }
            for u in [1e-9, 0.3, 0.7, 1.0 - 1e-9] {
                assert!(at(u).is_finite() && at(u) >= 0.0, "{}: {}", row.name, at(u));
                assert!(row.unit != "1" || row.high > 1.0 || at(u) <= 1.0, "{}: {}", row.name, at(u));
            }
        }
    }

    #[test]
    fn what_the_user_fixed_is_not_drawn() {
        let mut mid = Assumptions::mid();
        mid.set(AssumptionId::TcpEfficiency, 0.7);
        let draws = assumptions(&mid, 1, 16);
        let all = |id: AssumptionId| draws.iter().map(|draw| draw.get(id).to_bits()).collect::<Vec<_>>();
        assert_eq!(all(AssumptionId::TcpEfficiency), [0.7_f64.to_bits(); 16]);
        let mut others = all(AssumptionId::DiskBurstDelivered);
        others.sort_unstable();
        others.dedup();
        assert_eq!(others.len(), 16);
    }
}
