//! The chance that some target fills although the file system has room.

use crate::catalog::Assumptions;
use crate::design::Design;
use crate::units::Information;

/// Chance that the files a design writes fill at least one target; 0 if they do not write or storage is elastic.
///
/// Every target has `usable × (1 − fill) / targets` left. Spread at random, as Lustre does once targets are unequally
/// full, the objects on a target follow a Poisson law, `λ = files × stripes / targets`, and at least one of `M` targets
/// gets more than its `k` that fit with the chance `1 − P(at most k)^M`. Components of a layout but the largest count as
/// spread evenly.
///
/// ```
/// // A hundred objects on ten targets, each of which takes fifteen: P(at most 15) = 0.951, 1 − 0.951^10 = 0.39.
/// let chance = fsx_model::model::filling::chance(100.0, 10.0, 15.0);
/// assert!((chance - 0.39).abs() < 0.01);
/// ```
#[must_use]
pub fn chance_of_full_target(design: &Design, fill: f64, assumptions: &Assumptions) -> f64 {
    let Design { file_system, workload, placement, .. } = design;
    let (Some(usable), true) = (file_system.usable_capacity(assumptions), workload.writes) else { return 0.0 };
    let squeezed = if file_system.lz4 { workload.compression_ratio } else { 1.0 };
    let free = usable * ((1.0 - fill) / placement.topology.osts);
    let file = workload.file_size / squeezed;
    let mut start = Information::default();
    let mut largest = (Information::default(), 1.0);
    for component in file_system.layout.components() {
        let bytes = component.end.min(workload.file_size) - start;
        if bytes <= Information::default() {
            break;
        }
        start += bytes;
        if bytes / squeezed > largest.0 {
            let units = f64::from(bytes / file_system.layout.stripe_size).ceil();
            let osts = placement.topology.osts;
            largest = (bytes / squeezed, component.stripes.unwrap_or(osts).min(osts).min(units));
        }
    }
    let (bytes, stripes) = largest;
    let others = (file - bytes) * (workload.files / placement.topology.osts);
    let fit = ((free - others) / (bytes / stripes)).value.floor();
    chance(workload.files * stripes, placement.topology.osts, fit)
}

/// Chance that of `objects` laid at random on `targets`, more than `fit` come to lie on one.
#[must_use]
pub fn chance(objects: f64, targets: f64, fit: f64) -> f64 {
    if fit < 0.0 {
        return 1.0;
    }
    if objects <= fit {
        return 0.0;
    }
    let beyond = poisson_tail(objects / targets, fit);
    if beyond >= 1.0 { 1.0 } else { -libm::expm1(targets * libm::log1p(-beyond)) }
}

/// Chance that a Poisson number of this mean is above `k`.
fn poisson_tail(mean: f64, k: f64) -> f64 {
    if mean > LARGE_MEAN {
        let deviations = (k + 0.5 - mean) / mean.sqrt();
        return 0.5 * libm::erfc(deviations / std::f64::consts::SQRT_2);
    }
    // the terms from k + 1 on, scaled by the first of them
    let first = (k + 1.0) * libm::log(mean) - mean - libm::lgamma(k + 2.0);
    let (mut sum, mut term, mut n) = (0.0, 1.0, k + 1.0);
    while term > 1e-17 * sum && n < k + MOST_TERMS {
        sum += term;
        n += 1.0;
        term *= mean / n;
    }
    (libm::exp(first) * sum).min(1.0)
}

/// Mean above which the normal law is near enough.
const LARGE_MEAN: f64 = 2000.0;

/// More terms than the series needs up to that mean.
const MOST_TERMS: f64 = 10_000.0;
