//! The model against its oracle, on drawn scenarios.

use std::collections::BTreeMap;

use fsx_model::catalog::ASSUMPTIONS;
use fsx_model::estimate::{self, LimitEstimate, WorkloadEstimate};
use proptest::prelude::*;

use crate::case::{Case, cases, config};
use crate::course::simulate;
use crate::oracle::{Outcome, Values, evaluate, is_efa, requests};

fn estimated(case: &Case) -> WorkloadEstimate {
    let scenario = case.scenario();
    let mut estimate = estimate::estimate(&scenario).unwrap_or_else(|error| panic!("{case:?} is refused: {error}"));
    estimate.workloads.remove(0)
}

fn close(what: &str, got: f64, want: f64, tolerance: f64) -> Result<(), TestCaseError> {
    prop_assert!((got / want - 1.0).abs() <= tolerance, "{what}: {got} from the model, {want} from the oracle");
    Ok(())
}

fn limits_agree(
    limits: &[LimitEstimate],
    value: impl Fn(&LimitEstimate) -> Option<f64>,
    want: &Outcome,
) -> Result<(), TestCaseError> {
    let got: BTreeMap<_, _> = limits.iter().filter_map(|limit| Some((limit.id.as_str(), value(limit)?))).collect();
    let (ids, wanted): (Vec<_>, Vec<_>) = (got.keys().collect(), want.limits.keys().collect());
    prop_assert_eq!(ids, wanted);
    for (id, value) in &got {
        close(id, *value, want.limits[id], 1e-9)?;
    }
    Ok(())
}

fn regime_agrees(got: &estimate::Regime, want: &Outcome, case: &Case) -> Result<(), TestCaseError> {
    close("throughput", got.throughput_mb_per_s.mid, want.rate, 1e-9)?;
    let io_mb = (case.io_kib / 1024.0).min(case.file_mib) * 1.048576;
    close("operations", got.operations_per_s.mid, want.rate / io_mb, 1e-9)?;
    let smallest = want.limits.values().copied().fold(f64::INFINITY, f64::min);
    close("bottleneck", want.limits[got.bottleneck.as_str()], smallest, 1e-9)?;
    if want.rate < want.unlimited {
        // under a rate limit the model may only be faster than unlimited, never than an empty system
        prop_assert!(got.latency_ms.mid <= want.latency_s * 1e3 * (1.0 + 1e-9));
    } else {
        close("latency", got.latency_ms.mid, want.latency_s * 1e3, 1e-9)?;
    }
    Ok(())
}

fn squared(value: f64) -> f64 {
    value * value
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn rates_latencies_and_limits_are_those_of_the_oracle(case in cases()) {
        let values = Values::of(&case);
        let got = estimated(&case);
        let spent = evaluate(&case, &values, [false; 3]);
        let full = evaluate(&case, &values, [true; 3]);
        regime_agrees(&got.sustained, &spent, &case)?;
        limits_agree(&got.limits, |limit| Some(limit.sustained.value), &spent)?;
        match &got.burst {
            Some(burst) => {
                regime_agrees(&burst.regime, &full, &case)?;
                limits_agree(&got.limits, |limit| limit.burst.map(|load| load.value), &full)?;
            }
            None => for (id, value) in &full.limits {
                close(id, *value, spent.limits[id], 1e-9)?;
            },
        }
    }

    #[test]
    fn elapsed_time_and_length_of_the_burst_are_those_of_small_steps(case in cases()) {
        let values = Values::of(&case);
        let got = estimated(&case);
        let want = simulate(&case, &values);
        close("seconds", got.seconds.mid, want.elapsed, 0.01)?;
        let lasts = got.burst.and_then(|burst| burst.lasts_s).map(|range| range.mid);
        if !want.doubtful {
            prop_assert_eq!(lasts.is_some(), want.lasts.is_some(), "{:?} {:?}", lasts, want.lasts);
            if let (Some(got), Some(want)) = (lasts, want.lasts) && got + want > 0.0 {
                close("burst lasts", got, want, 0.01)?;
            }
        }
    }

    #[test]
    fn intervals_are_the_scatter_of_the_family_and_of_every_open_assumption(case in cases()) {
        let case = Case { rate_limit: None, ..case };
        let values = Values::of(&case);
        let got = estimated(&case);
        let burst = got.burst.as_ref().map(|burst| (&burst.regime, [true; 3]));
        for (regime, credits) in [(&got.sustained, [false; 3])].into_iter().chain(burst) {
            let family = family(&case, &values, credits[0]);
            let (mut rate, mut latency) = (family * family, family * family);
            for row in ASSUMPTIONS.iter().filter(|row| row.in_interval && !case.assumed.contains_key(row.name)) {
                let at = |value| evaluate(&case, &values.with(row.name, value), credits);
                let (low, high) = (at(row.low), at(row.high));
                rate += squared(libm::log(high.unlimited / low.unlimited) / 3.29);
                latency += squared(libm::log(high.latency_s / low.latency_s) / 3.29);
            }
            let spread = |range: estimate::Range| libm::log(range.mid / range.low) / 1.645;
            close("spread of the rate", spread(regime.throughput_mb_per_s), rate.sqrt(), 1e-6)?;
            close("spread of the latency", spread(regime.latency_ms), latency.sqrt(), 1e-6)?;
            close("low and high", regime.latency_ms.high * regime.latency_ms.low, squared(regime.latency_ms.mid), 1e-9)?;
        }
    }
}

/// Residual scatter by family; few requests in flight give way to more between half their bound and the bound.
fn family(case: &Case, values: &Values, bursting: bool) -> f64 {
    let (in_flight, size, _) = requests(case, values, 1.0);
    let mib_per_client = in_flight * size / f64::from(case.clients);
    let blend = |bound: f64, few: f64, many: f64| {
        let weight = libm::log2(bound / mib_per_client).clamp(0.0, 1.0);
        weight * few + (1.0 - weight) * many
    };
    match () {
        () if is_efa(case) => blend(16.0, 0.45, 0.20),
        () if !case.direct && case.streams() <= 1.0 => 0.25,
        () => blend(4.0, 0.45, if bursting { 0.18 } else { 0.10 }),
    }
}
