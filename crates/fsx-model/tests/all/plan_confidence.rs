//! Plans that have to hold in a share of draws, beside the brute force over all file systems and all draws.

use fsx_model::plan::{Requirement, best, plan};
use fsx_model::scenario;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};

use crate::case::config;
use crate::plan_draws::draws;
use crate::plan_oracle::{plain, share_met, solve};

fn read(requirement: &Value) -> Requirement {
    scenario::from_json(&requirement.to_string()).unwrap_or_else(|error| panic!("{error}: {requirement}"))
}

fn few() -> ProptestConfig {
    let all = config();
    ProptestConfig { cases: all.cases.div_ceil(8), max_shrink_iters: 100, ..all }
}

/// 16 clients read at 12 GB/s.
fn requirement(confidence: f64) -> Value {
    json!({
        "capacity": { "data_gib": 40_000 }, "clients": { "instance_type": "p5.48xlarge", "count": 16 },
        "workloads": [{ "processes_per_client": 16, "file_count": 4096, "target": { "throughput_mb_per_s": 12_000 } }],
        "uncertainty": { "confidence": confidence },
    })
}

proptest! {
    #![proptest_config(few())]
    #[test]
    fn the_best_is_that_of_the_brute_force(
        draw in draws(),
        confidence in select(vec![0.5, 0.7, 0.9, 0.95]),
        samples in 1..24_u32,
        seed in 0..1000_u32,
        ranges in any::<[bool; 3]>(),
    ) {
        let mut requirement = draw.requirement();
        requirement["objective"] = json!("cheapest");
        let fields = ["/capacity/data_gib", "/workloads/0/target/throughput_mb_per_s", "/workloads/0/processes_per_client"];
        for (field, _) in fields.iter().zip(ranges).filter(|(_, there)| *there) {
            if let Some(number) = requirement.pointer_mut(field).filter(|number| number.is_number()) {
                let mid = number.as_f64().unwrap();
                *number = if number.is_i64() && mid.fract() == 0.0 && field.ends_with("client") {
                    json!({ "low": mid, "mid": mid, "high": mid * 2.0 })
                } else {
                    json!({ "low": 0.8 * mid, "mid": mid, "high": 1.3 * mid })
                };
            }
        }
        requirement["uncertainty"] = json!({ "confidence": confidence, "samples": samples, "seed": seed });
        let requirement_read = read(&requirement);
        let want = solve(&requirement_read).best.map(|(file_system, usd, _)| (plain(file_system), usd.to_f64()));
        match best(&requirement_read) {
            Ok(got) => {
                let share = got.as_ref().and_then(|best| best.met_share);
                let got = got.map(|best| (plain(best.file_system), best.cost.usd_per_month));
                prop_assert_eq!(&got, &want, "{}", requirement);
                if let Some((file_system, _)) = got {
                    let again = share_met(&requirement_read, &file_system, seed.into(), samples);
                    prop_assert!((share.unwrap() - again).abs() < 1e-12, "{share:?}, {again}: {}", requirement);
                }
            }
            Err(error) => prop_assert!(want.is_none(), "{error}: {}", requirement),
        }
    }
}

#[test]
fn more_confidence_never_costs_less_and_never_less_than_none() {
    let usd = |requirement: &Value| best(&read(requirement)).unwrap().unwrap().cost.usd_per_month;
    let mut at_mid = requirement(0.9);
    at_mid.as_object_mut().unwrap().remove("uncertainty");
    let mut before = usd(&at_mid);
    for confidence in [0.5, 0.7, 0.8, 0.9, 0.95, 0.99] {
        let now = usd(&requirement(confidence));
        assert!(now >= before, "{confidence}: {now} after {before}");
        before = now;
    }
}

/// Another seed, and many more draws: no less than the confidence but for what a share of 128 draws may be off.
#[test]
fn the_share_holds_in_fresh_draws() {
    for confidence in [0.8, 0.9, 0.95] {
        let asked = read(&requirement(confidence));
        let best = best(&asked).unwrap().unwrap();
        assert!(best.met_share.unwrap() >= confidence);
        let fresh = share_met(&asked, &best.file_system, 4711, 10_000);
        let error = (confidence * (1.0 - confidence) / 128.0).sqrt();
        assert!(fresh >= confidence - error, "{confidence}: {fresh}");
    }
}

#[test]
fn the_answer_says_what_doubt_costs() {
    let answer = plan(&read(&requirement(0.95))).unwrap();
    let sure = answer.best.unwrap();
    let uncertainty = answer.uncertainty.unwrap();
    let at_mid = uncertainty.at_mid.unwrap();
    assert!(at_mid.met_share < 0.95 && at_mid.usd_per_month < sure.cost.usd_per_month, "{at_mid:?}");
    assert!(uncertainty.worth_measuring.is_sorted_by(|a, b| a.usd_per_month >= b.usd_per_month));
    let most = sure.cost.usd_per_month - at_mid.usd_per_month;
    assert!(uncertainty.worth_measuring.iter().all(|it| it.usd_per_month > 0.0 && it.usd_per_month <= most));
    assert!(answer.alternatives.iter().all(|it| it.met_share.is_some_and(|share| share >= 0.95)));
}

#[test]
fn ranges_of_inputs_are_drawn_and_worth_knowing() {
    let mut asked = requirement(0.9);
    let plain = best(&read(&asked)).unwrap().unwrap();
    asked["capacity"]["data_gib"] = json!({ "low": 20_000, "mid": 40_000, "high": 200_000 });
    let target = json!({ "low": 9000, "mid": 12_000, "high": 24_000 });
    asked["workloads"][0]["target"]["throughput_mb_per_s"] = target;
    let asked = read(&asked);
    let answer = plan(&asked).unwrap();
    let sure = answer.best.unwrap();
    assert!(sure.cost.usd_per_month > plain.cost.usd_per_month);
    let fresh = share_met(&asked, &sure.file_system, 4711, 10_000);
    assert!(fresh >= 0.9 - (0.9 * 0.1 / 128.0_f64).sqrt(), "{fresh}");
    let worth: Vec<String> = answer.uncertainty.unwrap().worth_measuring.into_iter().map(|it| it.id).collect();
    assert!(worth.iter().any(|id| id == "workloads[0].target.throughput_mb_per_s"), "{worth:?}");
    // what was read is what is written
    assert_eq!(read(&serde_json::to_value(&asked).unwrap()), asked);
}

#[test]
fn ranges_that_make_no_sense_are_named() {
    let mut asked = requirement(0.9);
    asked["capacity"]["headroom"] = json!({ "low": 0.1, "mid": 0.2, "high": 1.5 });
    asked["clients"]["count"] = json!({ "low": 20, "mid": 16, "high": 32 });
    asked["constraints"] = json!({ "max_usd_per_month": { "low": 1, "mid": 1e6, "high": 1e7 } });
    asked["uncertainty"]["inputs"] = json!({ "capacity.data_gib": { "low": 1, "mid": 2, "high": 3 } });
    let error = plan(&read(&asked)).unwrap_err();
    let named: Vec<(&str, &str, &str)> =
        error.findings.iter().map(|it| (it.code, it.field.as_str(), it.value.as_str())).collect();
    let want = [
        ("FSX-PLAN-RANGE", "capacity.data_gib", "2"),
        ("FSX-VALUE-RANGE", "capacity.headroom", "1.5"),
        ("FSX-PLAN-RANGE", "clients.count", "16"),
        ("FSX-PLAN-RANGE", "constraints.max_usd_per_month", "1000000"),
    ];
    assert_eq!(named, want);
}

#[test]
fn what_no_file_system_does_surely_is_said() {
    let mut asked = requirement(0.99);
    // 93,600 GiB do it at mid values
    asked["constraints"] = json!({ "storage_types": ["SSD"], "per_unit_storage_throughput": [125], "efa": "no",
        "max_storage_capacity_gib": 93_600 });
    let answer = plan(&read(&asked)).unwrap();
    assert!(answer.best.is_none());
    let rejection = answer.rejections.iter().find(|it| it.limit == "uncertainty.confidence");
    assert!(rejection.is_some_and(|it| it.change.starts_with("confidence = 0.")), "{:?}", answer.rejections);
}
