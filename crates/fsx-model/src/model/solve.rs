//! The closed network of one workload: a delay and one queue, the bottleneck.
//!
//! `N` requests circulate; each spends `Z` outside the bottleneck and is served there in `D`. Exact mean value analysis
//! gives the rate by a recursion over 1..N; with one queue this is the machine-repairman model, whose closed form is
//! `x = (1 − B(N, Z/D)) / D` with Erlang's loss formula `B`. The closed form is used here; the recursion is the oracle
//! in the tests.
//!
//! `B` is computed from `e = 1/B − 1`, which keeps its precision where `B` is near 1 (few requests, much delay):
//! - up to 64 requests by Erlang's own recursion `e ← (n/a)(1 + e)`;
//! - beyond, with the delay well above the queue, by the falling series `e = N/a + N(N−1)/a² + …`;
//! - else by the uniform expansion of the incomplete gamma function about its saddle point (Temme 1979,
//!   <https://doi.org/10.1137/0510071>), whose coefficients follow from `v v' = y (1 + v)`.

use crate::units::{OperationRate, Time, one_operation, second};

/// Requests up to which the recursion is cheaper than the expansion.
const RECURSION_MAX: f64 = 64.0;

/// Terms of the expansion; enough for 1e-12 at `|y| ≤ 1`.
const TERMS: usize = 28;

/// Largest `y²/2` the expansion serves with the delay above the queue; beyond, the falling series is short.
const EXPANSION_ABOVE: f64 = 0.3;

/// Least `v = a/n − 1` of the expansion; below, `B` is under 1e-14 for more than [`RECURSION_MAX`] requests.
const SURELY_SATURATED: f64 = -0.7;

/// Coefficients of `v(y) = y + y²/3 + y³/36 − …`, the inverse of `y²/2 = v − ln(1 + v)`.
const SADDLE: [f64; TERMS + 1] = saddle_series();

#[expect(clippy::cast_precision_loss, reason = "small whole numbers")]
const fn saddle_series() -> [f64; TERMS + 1] {
    let mut a = [0.0; TERMS + 1];
    a[1] = 1.0;
    let mut n = 2;
    while n <= TERMS {
        let mut sum = a[n - 1];
        let mut i = 2;
        while i < n {
            sum -= (n + 1 - i) as f64 * a[i] * a[n + 1 - i];
            i += 1;
        }
        a[n] = sum / (n as f64 + 1.0);
        n += 1;
    }
    a
}

/// Rate of the closed network with `in_flight` requests, each of `unloaded` time in all, of which `demand` is spent
/// at the bottleneck.
///
/// `in_flight` need not be whole: between whole numbers the rate is interpolated, below one it is proportional. The
/// result never exceeds `in_flight / max(unloaded, demand)` nor `1 / demand`, and never falls as `in_flight` grows.
///
/// ```
/// use fsx_model::{model::solve::rate, units::*};
/// // One request of 2 ms, 1 ms of it at the bottleneck: 500 a second. Two: 1 / (1 ms + 1 ms × 1.5) × 2 = 800.
/// let (z, d) = (Time::new::<millisecond>(2.0), Time::new::<millisecond>(1.0));
/// assert!((rate(1.0, z, d).get::<operation_per_second>() - 500.0).abs() < 1e-9);
/// assert!((rate(2.0, z, d).get::<operation_per_second>() - 800.0).abs() < 1e-9);
/// ```
#[must_use]
pub fn rate(in_flight: f64, unloaded: Time, demand: Time) -> OperationRate {
    if in_flight <= 1.0 {
        return one_operation() * in_flight / unloaded.max(demand);
    }
    let service = demand.get::<second>();
    let delay = (unloaded.get::<second>() - service).max(0.0);
    let (whole, a) = (in_flight.floor(), delay / service);
    let e = odds_served(whole, a);
    let (below, part) = (share_served(e) / service, in_flight - whole);
    let per_second = if part > 0.0 {
        // Erlang's recursion leads from one whole number to the next
        let above = share_served((whole + 1.0) / a * (1.0 + e)) / service;
        below + part * (above - below)
    } else {
        below
    };
    one_operation() * per_second / Time::new::<second>(1.0)
}

/// `1 − B` where `e = 1/B − 1`.
fn share_served(e: f64) -> f64 {
    if e > 1e17 { 1.0 } else { e / (1.0 + e) }
}

/// `e = 1 / B(n, a) − 1` of Erlang's loss formula, for whole `n ≥ 1`; infinite where next to nothing is lost.
fn odds_served(n: f64, a: f64) -> f64 {
    if a <= 0.0 {
        f64::INFINITY
    } else if n <= RECURSION_MAX {
        recursion(n, a)
    } else {
        let v = a / n - 1.0;
        if v < SURELY_SATURATED {
            return f64::INFINITY;
        }
        let half_y2 = v_minus_log1p(v);
        if v > 0.0 && half_y2 > EXPANSION_ABOVE {
            falling_series(n, a)
        } else {
            uniform_expansion(n, libm::copysign((2.0 * half_y2).sqrt(), v)) - 1.0
        }
    }
}

fn recursion(n: f64, a: f64) -> f64 {
    let per_request = 1.0 / a;
    let (mut e, mut k) = (0.0, 1.0);
    while k <= n && e < 1e17 {
        e = k * per_request * (1.0 + e);
        k += 1.0;
    }
    e
}

fn falling_series(n: f64, a: f64) -> f64 {
    let per_request = 1.0 / a;
    let (mut sum, mut term, mut k) = (0.0, 1.0, 0.0);
    while k < n {
        term *= (n - k) * per_request;
        sum += term;
        if term < 1e-17 * sum {
            break;
        }
        k += 1.0;
    }
    sum
}

/// `1 / B` by the expansion about the saddle point, `|y| ≤ 1`.
fn uniform_expansion(n: f64, y: f64) -> f64 {
    let s = y * (n / 2.0).sqrt();
    if s * s > 700.0 && s < 0.0 {
        return f64::INFINITY;
    }
    // `even` and `odd` walk the integrals of y^k exp(−n y²/2) from the limit up, scaled by exp(n y0²/2).
    let per_n = 1.0 / n;
    let mut even = (std::f64::consts::FRAC_PI_2 * per_n).sqrt() * scaled_erfc(s);
    let mut odd = per_n;
    let mut sum = SADDLE[1] * even + 2.0 * SADDLE[2] * odd;
    let (mut power, mut order) = (y, 1.0);
    for pair in SADDLE[3..].chunks_exact(2) {
        even = (power + order * even) * per_n;
        power *= y;
        odd = (power + (order + 1.0) * odd) * per_n;
        power *= y;
        order += 2.0;
        let term = order * pair[0] * even + (order + 1.0) * pair[1] * odd;
        sum += term;
        if term.abs() < 1e-17 * sum {
            break;
        }
    }
    n * sum
}

/// `exp(s²) erfc(s)`.
fn scaled_erfc(s: f64) -> f64 {
    if s < 6.0 {
        return libm::exp(s * s) * libm::erfc(s);
    }
    let inverse = 1.0 / (2.0 * s * s);
    let (mut sum, mut term) = (1.0, 1.0);
    for odd in [1.0, 3.0, 5.0, 7.0, 9.0, 11.0, 13.0, 15.0, 17.0] {
        term *= -odd * inverse;
        sum += term;
    }
    sum / (s * std::f64::consts::PI.sqrt())
}

/// `v − ln(1 + v)` without cancellation near zero.
fn v_minus_log1p(v: f64) -> f64 {
    if v.abs() > 0.02 {
        return v - libm::log1p(v);
    }
    let mut sum = 0.0;
    for k in [10.0, 9.0, 8.0, 7.0, 6.0, 5.0, 4.0, 3.0, 2.0] {
        sum = 1.0 / k - v * sum;
    }
    v * v * sum
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::operation_per_second;

    fn oracle(n: u64, delay: f64, service: f64) -> f64 {
        let (mut queue, mut x) = (0.0, 0.0);
        for k in 1..=n {
            let response = service * (1.0 + queue);
            x = k as f64 / (delay + response);
            queue = x * response;
        }
        x
    }

    fn whole_rate(n: f64, delay: f64) -> f64 {
        share_served(odds_served(n, delay))
    }

    #[test]
    fn closed_form_is_the_recursion() {
        let mut worst: f64 = 0.0;
        for n in [1, 2, 3, 8, 63, 64, 65, 66, 80, 100, 256, 1000, 4096, 20_000] {
            for a in [1e-6, 0.01, 0.3, 1.0, 3.0, 17.0] {
                worst = worst.max((whole_rate(n as f64, a) / oracle(n, a, 1.0) - 1.0).abs());
            }
            for share in [
                0.05, 0.29, 0.31, 0.5, 0.8, 0.95, 0.99, 0.999, 1.0, 1.001, 1.01, 1.05, 1.2, 1.5, 2.0, 2.35, 2.37, 3.0,
                10.0, 1e4,
            ] {
                let a = n as f64 * share;
                let error = (whole_rate(n as f64, a) / oracle(n, a, 1.0) - 1.0).abs();
                assert!(error < 1e-11, "n {n}, a {a}: {error:e}");
                worst = worst.max(error);
            }
        }
        println!("largest relative difference {worst:e}");
        let seconds = Time::new::<second>;
        let between = |n: f64, a: f64| rate(n, seconds(a + 1.0), seconds(1.0)).get::<operation_per_second>();
        for (n, a) in [(1, 2.0), (8, 3.0), (64, 70.0), (100, 20.0), (5000, 5100.0), (3, 0.0)] {
            let wanted = 0.25 * oracle(n, a, 1.0) + 0.75 * oracle(n + 1, a, 1.0);
            let n = n as f64 + 0.75;
            assert!((between(n, a) / wanted - 1.0).abs() < 1e-11, "{n} requests, delay {a}");
        }
        assert!(worst < 1e-11);
    }
}
