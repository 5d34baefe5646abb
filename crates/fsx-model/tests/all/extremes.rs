//! The ends of what the rules let through: no panic, no infinity, no figure out of order.

use fsx_model::api;
use fsx_model::catalog::{ASSUMPTIONS, Law};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::case::{Case, cases, config};

/// Any legal size, from a byte up.
fn sizes() -> impl Strategy<Value = f64> {
    prop::sample::select(vec![1.0 / 1_048_576.0, 1.0 / 1024.0, 0.3, 1.0, 1e3, 1e6, 1e10])
}

fn extreme() -> impl Strategy<Value = Value> {
    let overrides =
        prop::collection::vec((0..ASSUMPTIONS.len(), prop_oneof![Just(0.0), Just(1.0), 0.0..1.0_f64]), 0..6);
    let counts = (
        prop::sample::select(vec![1_u64, 2, 65_536]),
        prop::sample::select(vec![1_u64, 3, 65_536]),
        prop::sample::select(vec![1_u64, 7, 1_000_000_000_000]),
    );
    let rest = (
        prop::sample::select(vec![1_u64, 2, 1_000_000]),
        prop::sample::select(vec![1.0, 1000.0]),
        prop::sample::select(vec![None, Some(1e-6), Some(100.0), Some(1e9)]),
        prop::sample::select(vec![None, Some(0.001), Some(10_000.0)]),
    );
    (cases(), sizes(), sizes(), counts, rest, overrides).prop_map(|(case, io, file, counts, rest, overrides)| {
        let case = Case { assumed: [].into(), gbps: rest.3.or(case.gbps), ..case };
        let mut input = case.json();
        let clients = if case.efa { 64 } else { 100_000 };
        if counts.0 > 2 {
            input["clients"]["count"] = json!(clients);
        }
        let workload = &mut input["workloads"][0];
        workload["io_size_kib"] = json!((io * 1024.0).min(1_048_576.0));
        workload["file_size_mib"] = json!(file);
        workload["processes_per_client"] = json!(counts.0);
        workload["queue_depth"] = json!(counts.1);
        workload["file_count"] = json!(counts.2);
        workload["passes"] = json!(rest.0);
        workload["compression_ratio"] = json!(rest.1);
        if let Some(limit) = rest.2 {
            workload["rate_limit_mb_per_s"] = json!(limit);
        }
        for (place, share) in overrides {
            let row = &ASSUMPTIONS[place];
            // less than one target per server: a test of its own, below
            let low = if row.name == "osts_per_server" { 1.0 } else { row.low / 1000.0 };
            let high = row.high * 1000.0;
            let value = if low > 0.0 { low * libm::pow(high / low, share) } else { share * high };
            let flag = row.law == Law::Flag;
            input["assumptions"][row.name] = if flag { json!(share > 0.5) } else { json!(value.clamp(low, high)) };
        }
        input
    })
}

/// Every number in an answer, with its path.
fn numbers(path: String, value: &Value, out: &mut Vec<(String, Option<f64>)>) {
    match value {
        Value::Number(number) => out.push((path, number.as_f64())),
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(i, item)| numbers(format!("{path}[{i}]"), item, out));
        }
        Value::Object(fields) => fields.iter().for_each(|(name, item)| numbers(format!("{path}.{name}"), item, out)),
        Value::Null
            if path.contains("_s.")
                || path.contains("_ms.")
                || path.ends_with(".value")
                || path.ends_with(".utilization") =>
        {
            out.push((path, None));
        }
        _ => {}
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn the_ends_of_every_range_give_numbers_or_findings(input in extreme()) {
        let answer: Value = serde_json::from_str(&api::call("estimate", &input.to_string())).unwrap();
        if let Some(errors) = answer.get("errors") {
            prop_assert!(!errors.as_array().unwrap().is_empty());
            return Ok(());
        }
        let workload = &answer["ok"]["workloads"][0];
        let mut found = Vec::new();
        numbers(String::new(), workload, &mut found);
        for (path, number) in found {
            // serde_json writes infinity and NaN as null
            prop_assert!(number.is_some_and(|number| number.is_finite() && number >= 0.0), "{path}: {number:?} in {input}");
        }
        for regime in ["sustained", "burst"] {
            let rate = &workload[regime]["throughput_mb_per_s"];
            let (Some(low), Some(mid), Some(high)) = (rate["low"].as_f64(), rate["mid"].as_f64(), rate["high"].as_f64()) else { continue };
            prop_assert!(0.0 < low && low <= mid && mid <= high, "{rate} in {input}");
            for limit in workload["limits"].as_array().unwrap() {
                if let Some(value) = limit[regime]["value"].as_f64() {
                    prop_assert!(mid <= value, "{mid} over {limit} in {input}");
                }
            }
        }
        let fast = workload["burst"]["throughput_mb_per_s"]["mid"].as_f64();
        let slow = workload["sustained"]["throughput_mb_per_s"]["mid"].as_f64().unwrap();
        prop_assert!(fast.is_none_or(|fast| fast >= slow * (1.0 - 1e-12)), "{fast:?} under {slow} in {input}");
    }
}

/// A number of targets per server that rounds to none must not divide by nothing.
#[test]
fn fewer_than_one_target_per_server() {
    let mut input = Case { efa: true, capacity_gib: 19_200, ..Case::plain() }.json();
    input["assumptions"] = json!({"osts_per_server": 0.4});
    let answer: Value = serde_json::from_str(&api::call("estimate", &input.to_string())).unwrap();
    let rate = &answer["ok"]["workloads"][0]["sustained"]["throughput_mb_per_s"]["mid"];
    assert!(answer.get("errors").is_some() || rate.as_f64().is_some_and(|rate| rate > 0.0), "{answer}");
}
