//! Plans from a file system that is there, beside the brute force over all that updates lead to.

use fsx_model::plan::{Objective, Plan, Requirement, plan};
use fsx_model::scenario;
use fsx_model::updates::{Change, route};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::case::config;
use crate::plan_draws::draws;
use crate::plan_grid::candidates;
use crate::plan_oracle::solve_among;

fn read(requirement: &Value) -> Requirement {
    scenario::from_json(&requirement.to_string()).unwrap_or_else(|error| panic!("{error}: {requirement}"))
}

fn few() -> ProptestConfig {
    let all = config();
    ProptestConfig { cases: all.cases.div_ceil(4), max_shrink_iters: 100, ..all }
}

/// What the best that can be made of the current file system costs, idle clients included; itself if it does.
fn usd_from_here(answer: &Plan) -> Option<f64> {
    let here = answer.from_here.as_ref().unwrap();
    match (&here.reachable, &here.current.why_not) {
        (Some(it), _) => Some(it.cost.usd_per_month + it.idle_clients_usd_per_month.unwrap_or(0.0)),
        (None, None) => Some(here.current.cost.usd_per_month),
        (None, Some(_)) => None,
    }
}

proptest! {
    #![proptest_config(few())]
    #[test]
    fn the_best_from_here_is_that_of_the_brute_force(draw in draws(), place in 0.0..1.0_f64) {
        let mut requirement = draw.requirement();
        if requirement["objective"] == "fastest" {
            requirement["objective"] = json!("cheapest");
        }
        // what is there need not hold the data
        let mut anything = requirement.clone();
        anything.as_object_mut().unwrap().remove("capacity");
        let all = candidates(&read(&anything)).0;
        prop_assume!(!all.is_empty());
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a place in a list")]
        let mut current = all[(place * all.len() as f64) as usize].file_system.clone();
        (current.fill, current.stored) = (None, None);
        requirement["current_file_system"] = serde_json::to_value(&current).unwrap();
        let Ok(answer) = plan(&read(&requirement)) else { return Ok(()) };
        let mut widened = requirement.clone();
        if widened["constraints"]["metadata_configuration"].is_null() {
            widened["constraints"]["metadata_configuration"] = json!("either");
        }
        let widened = read(&widened);
        let want = solve_among(&widened, |it| route(&current, it).is_ok()).best;
        // idle clients of what is there already are no part of the answer
        let stays = answer.from_here.as_ref().unwrap().reachable.is_none();
        let least_total = widened.objective() == Objective::LeastTotal;
        let want = want.map(|(_, usd, total)| if least_total && stays { usd } else { total }.to_f64());
        let got = usd_from_here(&answer);
        let same = got.zip(want).map_or(got.is_none() && want.is_none(), |(a, b)| (a - b).abs() < 1e-6);
        prop_assert!(same, "{got:?}, {want:?}: {}", requirement);
        let here = answer.from_here.unwrap();
        if let (Some(reachable), Some(last)) = (&here.reachable, answer.updates.last()) {
            prop_assert_eq!(route(&last.file_system, &reachable.file_system).unwrap(), vec![]);
            prop_assert_eq!(last.usd_per_month.map(|usd| (usd * 1e6).round()), Some((reachable.cost.usd_per_month * 1e6).round()));
        }
        if let Some(new) = &here.new_file_system {
            prop_assert!(!new.blocked.is_empty() && new.saves_usd_per_month.is_finite());
            prop_assert!(new.copy_s.low <= new.copy_s.mid && new.copy_s.mid <= new.copy_s.high);
        }
    }
}

/// 16 clients read 40 TB; what they have is too slow.
fn requirement(current: Value, target: f64) -> Value {
    json!({
        "capacity": { "data_gib": 8000 }, "clients": { "instance_type": "p5.48xlarge", "count": 16 },
        "workloads": [{ "processes_per_client": 16, "file_count": 4096, "file_size_mib": 10,
            "target": { "throughput_mb_per_s": target } }],
        "current_file_system": current,
    })
}

fn persistent_2(gib: i64, tier: i64, iops: i64) -> Value {
    json!({ "deployment_type": "PERSISTENT_2", "per_unit_storage_throughput": tier, "storage_capacity_gib": gib,
        "metadata_configuration": { "mode": "USER_PROVISIONED", "iops": iops } })
}

#[test]
fn a_small_system_grows_in_an_order_the_service_takes() {
    let mut asked = requirement(persistent_2(9600, 125, 6000), 1200.0);
    asked["constraints"] = json!({ "max_storage_capacity_gib": 9600 });
    let answer = plan(&read(&asked)).unwrap();
    let here = answer.from_here.unwrap();
    assert_eq!(here.current.why_not.as_deref(), Some("it misses a target"));
    assert!(here.current.targets[0].margin < 1.0);
    let reachable = here.reachable.unwrap();
    assert!(reachable.targets[0].margin >= 1.0);
    let changes: Vec<Change> = answer.updates.iter().map(|it| it.change).collect();
    assert_eq!(changes, [Change::Throughput], "{:?}", reachable.file_system);
    let update = &answer.updates[0];
    assert_eq!((update.fields[0].from.as_str(), update.fields[0].to.as_str()), ("125", "250"));
    // A35, and the hour that AWS speaks of
    assert_eq!(update.unavailable_s.map(|it| it.mid), Some(90.0));
    assert_eq!(update.unavailable_at_most_s, Some(3600.0));
    assert!(update.usd_per_month > Some(here.current.cost.usd_per_month));
}

/// 8000 GiB on 9600, grown to 19,200 GiB: half of them move at 0.46 of 1200 MB/s.
#[test]
fn spreading_takes_what_the_formula_says() {
    let mut asked = requirement(persistent_2(9600, 125, 6000), 100.0);
    asked["capacity"] = json!({ "data_gib": 8000, "growth_gib_per_month": 1000, "horizon_months": 10 });
    asked["constraints"] = json!({ "per_unit_storage_throughput": [125] });
    let answer = plan(&read(&asked)).unwrap();
    let changes: Vec<Change> = answer.updates.iter().map(|it| it.change).collect();
    assert_eq!(changes, [Change::Metadata, Change::StorageCapacity]);
    let [from, to] = [9600.0, answer.updates[1].file_system.storage_capacity_gib.unwrap().get()];
    let moved_mb = 8000.0 * 1.073_741_824e3 * (1.0 - from / to);
    let spreading = answer.updates[1].spreading_s.unwrap();
    let disk = 125.0 * 9.6;
    for (got, share) in [(spreading.low, 0.5), (spreading.mid, 0.46), (spreading.high, 0.4)] {
        assert!((got / (moved_mb / (disk * share)) - 1.0).abs() < 1e-9, "{got}");
    }
}

#[test]
fn what_cannot_change_needs_a_new_one_and_says_what_that_takes() {
    let hdd = json!({ "deployment_type": "PERSISTENT_1", "storage_type": "HDD", "drive_cache_type": "NONE",
        "per_unit_storage_throughput": 12, "storage_capacity_gib": 12_000 });
    let answer = plan(&read(&requirement(hdd, 4000.0))).unwrap();
    let here = answer.from_here.unwrap();
    let new = here.new_file_system.unwrap();
    assert!(new.blocked.iter().any(|it| it.code == "FSX-UPDATE-CHOSEN" && it.field == "file_system.storage_type"));
    assert_eq!(new.data_gib, 8000.0);
    // 12 TiB of HDD at 12 MB/s per TiB, of which 1.05 times is delivered
    assert!(new.copy_mb_per_s.mid < 152.0, "{:?}", new.copy_mb_per_s);
    let hours = (new.creation_s.mid + new.copy_s.mid) / 3600.0;
    let usd_per_hour = here.current.cost.usd_per_month / 730.0;
    assert!((new.double_running_usd.unwrap().mid / (hours * usd_per_hour) - 1.0).abs() < 1e-9);
}

/// A provisioned cache grows with the throughput capacity, and its own change comes six hours after that.
#[test]
fn a_cache_waits_six_hours_for_its_second_change() {
    let cached = |mb_per_s: i64, gib: i64| {
        json!({ "deployment_type": "PERSISTENT_2", "storage_type": "INTELLIGENT_TIERING",
        "throughput_capacity_mb_per_s": mb_per_s, "read_cache": { "sizing_mode": "USER_PROVISIONED", "size_gib": gib },
        "metadata_configuration": { "mode": "USER_PROVISIONED", "iops": 6000 } })
    };
    let text = |from: Value, to: Value| {
        json!({ "to": "aws-cli", "scenario": { "file_system": to }, "current_file_system": from }).to_string()
    };
    let answer = fsx_model::api::call("export", &text(cached(4000, 1024), cached(8000, 4096)));
    assert!(
        answer.contains(
            "request 2: the cache is empty afterwards; to be sent when the one before is done, and no sooner than 6"
        ),
        "{answer}"
    );
}

#[test]
fn what_does_already_stays() {
    let mut asked = requirement(persistent_2(9600, 125, 6000), 100.0);
    asked["constraints"] = json!({ "deployment_types": ["PERSISTENT_2"], "storage_types": ["SSD"], "efa": "no" });
    let answer = plan(&read(&asked)).unwrap();
    let here = answer.from_here.unwrap();
    assert!(here.current.why_not.is_none() && here.reachable.is_none() && answer.updates.is_empty());
}

#[test]
fn an_impossible_current_file_system_is_refused_by_its_own_name() {
    let error = plan(&read(&requirement(persistent_2(3600, 125, 6000), 100.0))).unwrap_err();
    assert!(error.findings.iter().any(|it| it.field == "current_file_system.storage_capacity_gib"), "{error:?}");
}
