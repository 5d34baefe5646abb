//! The model against its oracle, on drawn scenarios.

use std::collections::BTreeMap;

use fsx_model::catalog::{ASSUMPTIONS, Assumption, FAMILIES};
use fsx_model::estimate::{self, LimitEstimate, Range, WorkloadEstimate};
use proptest::prelude::*;

use crate::case::{Case, cases, config, metadata_cases};
use crate::course::simulate;
use crate::oracle::{Outcome, Values, evaluate, io_mib, is_efa, requests};
use crate::oracle_metadata::{MetadataOutcome, evaluate_metadata, is_scaled};

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
    want: &BTreeMap<&'static str, f64>,
) -> Result<(), TestCaseError> {
    let got: BTreeMap<_, _> = limits.iter().filter_map(|limit| Some((limit.id.as_str(), value(limit)?))).collect();
    let (ids, wanted): (Vec<_>, Vec<_>) = (got.keys().collect(), want.keys().collect());
    prop_assert_eq!(ids, wanted);
    for (id, value) in &got {
        close(id, *value, want[id], 1e-9)?;
    }
    Ok(())
}

fn units_are(unit: &str, limits: &[LimitEstimate]) -> Result<(), TestCaseError> {
    for limit in limits {
        prop_assert_eq!(limit.unit, unit, "{}", limit.id);
    }
    Ok(())
}

/// The bottleneck is the smallest limit, or one as small.
fn bottleneck_agrees(got: &estimate::Regime, want: &BTreeMap<&'static str, f64>) -> Result<(), TestCaseError> {
    let smallest = want.values().copied().fold(f64::INFINITY, f64::min);
    close("bottleneck", want[got.bottleneck.as_str()], smallest, 1e-9)
}

/// The rate of a workload that moves data.
fn throughput(regime: &estimate::Regime) -> Range {
    regime.throughput_mb_per_s.expect("a data workload has a throughput")
}

fn regime_agrees(got: &estimate::Regime, want: &Outcome, case: &Case) -> Result<(), TestCaseError> {
    close("throughput", throughput(got).mid, want.throughput, 1e-9)?;
    let io_mb = io_mib(case) * 1.048576;
    close("operations", got.operations_per_s.mid, want.throughput / io_mb, 1e-9)?;
    bottleneck_agrees(got, &want.limits)?;
    if want.throughput < want.unlimited {
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

/// Variance of the logarithm of a figure between the values at both ends of an assumption.
fn variance(low: f64, high: f64) -> f64 {
    squared(libm::log(high / low) / 3.29)
}

/// Standard deviation of the logarithm that an interval shows.
fn spread(range: Range) -> f64 {
    libm::log(range.mid / range.low) / 1.645
}

fn centred(range: Range) -> Result<(), TestCaseError> {
    close("low and high", range.high * range.low, squared(range.mid), 1e-9)
}

/// Assumptions whose ranges widen the interval of a case.
fn open(case: &Case) -> impl Iterator<Item = &'static Assumption> {
    let scaled = is_scaled(case);
    ASSUMPTIONS
        .iter()
        .filter(|row| row.in_interval && !case.assumed.contains_key(row.name))
        // beyond the size they were measured at, the range of the scale is the whole range
        .filter(move |row| !(scaled && row.name.starts_with("unconfigured_") && row.name.ends_with("_rate")))
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn rates_latencies_and_limits_are_those_of_the_oracle(case in cases()) {
        let values = Values::of(&case);
        let got = estimated(&case);
        let spent = evaluate(&case, &values, [false; 3]);
        let mut full = evaluate(&case, &values, [true; 3]);
        // what is not worth a line when sustained has none in burst
        full.limits.retain(|id, _| spent.limits.contains_key(id));
        regime_agrees(&got.sustained, &spent, &case)?;
        units_are("MB/s", &got.limits)?;
        limits_agree(&got.limits, |limit| Some(limit.sustained.value), &spent.limits)?;
        match &got.burst {
            Some(burst) => {
                regime_agrees(&burst.regime, &full, &case)?;
                limits_agree(&got.limits, |limit| limit.burst.map(|load| load.value), &full.limits)?;
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
            for row in open(&case) {
                let at = |value| evaluate(&case, &values.with(row.name, value), credits);
                let (low, high) = (at(row.ends[0]), at(row.ends[1]));
                rate += variance(low.unlimited, high.unlimited);
                latency += variance(low.latency_s, high.latency_s);
            }
            close("spread of the rate", spread(throughput(regime)), rate.sqrt(), 1e-6)?;
            close("spread of the latency", spread(regime.latency_ms), latency.sqrt(), 1e-6)?;
            centred(regime.latency_ms)?;
        }
    }

    #[test]
    fn metadata_workloads_are_those_of_the_oracle(case in metadata_cases()) {
        let got = estimated(&case);
        let want = evaluate_metadata(&case, &Values::of(&case));
        prop_assert_eq!(got.sustained.throughput_mb_per_s, None);
        prop_assert_eq!(&got.burst, &None, "nothing of metadata bursts");
        close("operations", got.sustained.operations_per_s.mid, want.rate, 1e-9)?;
        close("latency", got.sustained.latency_ms.mid, want.latency_s * 1e3, 1e-9)?;
        close("seconds", got.seconds.mid, want.seconds, 1e-9)?;
        units_are("op/s", &got.limits)?;
        limits_agree(&got.limits, |limit| Some(limit.sustained.value), &want.limits)?;
        bottleneck_agrees(&got.sustained, &want.limits)?;
    }

    #[test]
    fn intervals_of_metadata_are_the_scatter_of_the_family_and_of_every_open_assumption(case in metadata_cases()) {
        let values = Values::of(&case);
        let got = estimated(&case);
        let family = scatter(if case.streams() <= 1.0 { "metadata_cold" } else { "metadata_warm" });
        let (mut rate, mut latency) = (family * family, family * family);
        for row in open(&case) {
            let at = |value| evaluate_metadata(&case, &values.with(row.name, value));
            let (low, high): (MetadataOutcome, MetadataOutcome) = (at(row.ends[0]), at(row.ends[1]));
            rate += variance(low.rate, high.rate);
            latency += variance(low.latency_s, high.latency_s);
        }
        for (what, range, want) in [
            ("spread of the rate", got.sustained.operations_per_s, rate),
            ("spread of the latency", got.sustained.latency_ms, latency),
            ("spread of the time", got.seconds, rate),
        ] {
            close(what, spread(range), want.sqrt(), 1e-6)?;
            centred(range)?;
        }
    }
}

/// Scatter of a family, as the data have it.
fn scatter(family: &str) -> f64 {
    FAMILIES.iter().find(|row| row.id == family).unwrap().s
}

/// Residual scatter by family; few requests in flight give way to more between half their bound and the bound.
fn family(case: &Case, values: &Values, bursting: bool) -> f64 {
    let one = requests(case, values, 1.0);
    let in_flight = evaluate(case, values, [bursting; 3]).in_flight;
    let mib_per_client = in_flight * one.size / f64::from(case.clients);
    let blend = |bound: f64, few: f64, many: f64| {
        let weight = libm::log2(bound / mib_per_client).clamp(0.0, 1.0);
        weight * few + (1.0 - weight) * many
    };
    let of_one_request = case.file_mib <= one.size.min(1.0) && !(case.shared_file && case.streams() > 1.0);
    let small_records = case.shared_file && case.streams() > 1.0 && io_mib(case) <= values.get("small_io") / 1024.0;
    match () {
        () if of_one_request => scatter(if case.streams() <= 1.0 { "metadata_cold" } else { "metadata_warm" }),
        () if case.mapped && case.random => scatter("mapped"),
        () if small_records => scatter("small_record_shared_file"),
        () if is_efa(case) => {
            let many = scatter(if case.write { "efa_write" } else { "efa_cached_read" });
            blend(16.0, scatter("low_concurrency_efa"), many)
        }
        () if !case.direct && case.streams() <= 1.0 => scatter("buffered_stream_tool"),
        () => {
            let many = scatter(if bursting { "burst_streaming_ena" } else { "sustained_streaming" });
            blend(4.0, scatter("low_concurrency_ena"), many)
        }
    }
}
