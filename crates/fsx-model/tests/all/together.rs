//! Several workloads at once: against the event simulation, and at the ends where the answer is known.

use std::collections::BTreeMap;

use fsx_model::design::{self, Design};
use fsx_model::estimate::{self, Estimate, WorkloadEstimate};
use fsx_model::model::together::{SHARED, together};
use fsx_model::model::{Credits, Part, for_each_part};
use fsx_model::scenario::{self, Scenario};
use fsx_model::units::{OperationRate, operation_per_second, second};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::case::config;
use crate::simulation;

fn scenario(workloads: &[Value]) -> Scenario {
    on(2400, workloads)
}

/// Workloads on striped files, so that each sees all targets.
fn on(gib: u32, workloads: &[Value]) -> Scenario {
    let input = json!({
        "file_system": {
            "deployment_type": "PERSISTENT_2", "storage_capacity_gib": gib, "per_unit_storage_throughput": 250,
            "layout": {"kind": "stripe", "count": -1}, "metadata_configuration": {"mode": "AUTOMATIC"},
        },
        "workloads": workloads,
    });
    scenario::from_json(&input.to_string()).unwrap()
}

fn estimated(scenario: &Scenario) -> Estimate {
    estimate::estimate(scenario).unwrap_or_else(|error| panic!("refused: {error}"))
}

fn direct(operation: &str, queue_depth: u32, io_size_kib: u32) -> Value {
    json!({
        "operation": operation, "direct_io": true, "queue_depth": queue_depth, "io_size_kib": io_size_kib,
        "file_size_mib": 65536,
    })
}

fn with(mut workload: Value, field: &str, value: Value) -> Value {
    workload[field] = value;
    workload
}

fn rate(answer: &WorkloadEstimate) -> f64 {
    answer.sustained.rate().0.mid
}

/// The classes as the simulation wants them: parts that are shared, and one for what each class has to itself.
fn classes(designs: &[Design]) -> Vec<simulation::Class> {
    let assumptions = fsx_model::catalog::Assumptions::mid();
    let seconds = |rate: OperationRate| 1.0 / rate.get::<operation_per_second>();
    let class = |(i, design): (usize, &Design)| {
        let mut parts: Vec<Part> = Vec::new();
        for_each_part(design, &assumptions, Credits::SPENT, |part| parts.push(*part));
        let [part] = parts.as_slice() else { panic!("striped files are one part") };
        let mut demands: Vec<f64> =
            SHARED[..5].iter().map(|id| part.ceilings[*id as usize].map_or(0.0, seconds)).collect();
        // clients send and receive at once
        for writes in [false, true] {
            let served = design.workload.moves_data && design.workload.writes == writes;
            let ceiling = |id: &fsx_model::model::LimitId| part.ceilings[*id as usize].filter(|_| served);
            demands.extend(SHARED[5..].iter().map(|id| ceiling(id).map_or(0.0, seconds)));
        }
        demands.extend((0..designs.len()).map(|j| if i == j { seconds(part.smallest) } else { 0.0 }));
        let delay = part.requests.unloaded.get::<second>() - seconds(part.smallest);
        let in_flight = (1..=100_000).find(|count| f64::from(*count) >= part.requests.in_flight - 0.5).unwrap();
        simulation::Class { in_flight, delay: delay.max(0.0), demands }
    };
    designs.iter().enumerate().map(class).collect()
}

/// Largest relative difference between the answer and the simulation.
fn difference(scenario: &Scenario, events: u32) -> f64 {
    let assumptions = design::assumptions(scenario);
    let designs = Design::all(scenario, &assumptions).unwrap();
    let simulated = simulation::rates(&classes(&designs), events, 7);
    let answers = together(&designs, &assumptions, Credits::SPENT);
    let each = answers.iter().zip(&simulated).map(|(answer, simulated)| {
        let rate = answer.evaluation.rate.get::<operation_per_second>();
        (rate / simulated - 1.0).abs()
    });
    each.fold(0.0, f64::max)
}

/// Mixes of one to four classes at the knee, beyond it and below it; same and different bottlenecks.
#[test]
fn the_answer_is_that_of_an_event_simulation() {
    let cached = |depth, kib| with(direct("read", depth, kib), "data_in", json!("server_cache"));
    let create = json!({"operation": "create", "processes_per_client": 7, "file_count": 100_000});
    let stat = json!({"operation": "stat", "processes_per_client": 8, "file_count": 100_000});
    let mixes: [(u32, Vec<Value>); 10] = [
        (4800, vec![direct("read", 2, 1024), direct("write", 3, 1024)]),
        (4800, vec![direct("read", 4, 1024), direct("write", 4, 256)]),
        (4800, vec![direct("read", 1, 1024), direct("write", 64, 1024)]),
        (4800, vec![direct("read", 16, 1024), cached(16, 1024)]),
        (4800, vec![direct("read", 8, 1024), cached(4, 1024), direct("write", 2, 64)]),
        (4800, vec![direct("read", 64, 4), direct("read", 4, 1024)]),
        (4800, vec![direct("read", 3, 1024), direct("write", 2, 512), direct("read", 2, 256)]),
        (2400, vec![cached(1, 1024), direct("read", 64, 1024), direct("read", 1, 1024), direct("read", 16, 2048)]),
        (2400, vec![direct("write", 16, 2048), direct("write", 64, 16), cached(16, 1024), cached(2, 128)]),
        (4800, vec![create, stat]),
    ];
    for (i, (gib, mix)) in mixes.iter().enumerate() {
        let difference = difference(&on(*gib, mix), 300_000);
        assert!(difference < 0.03, "mix {i}: {difference}");
    }
}

#[test]
fn a_workload_with_almost_no_load_changes_nothing() {
    let reader = direct("read", 8, 1024);
    let scenario = |workloads: &[Value]| on(24_000, workloads);
    let alone = rate(&estimated(&scenario(std::slice::from_ref(&reader))).workloads[0]);
    for other in
        [direct("write", 64, 1024), direct("read", 4, 4), with(direct("read", 4, 64), "data_in", json!("server_cache"))]
    {
        let small = with(other, "rate_limit_mb_per_s", json!(1e-6));
        let both = estimated(&scenario(&[reader.clone(), small]));
        let share = rate(&both.workloads[0]) / alone;
        assert!((share - 1.0).abs() < 1e-9, "{share}");
        assert!((rate(&both.workloads[1]) / 1e-6 - 1.0).abs() < 1e-12);
    }
}

#[test]
fn readers_and_writers_limited_below_what_there_is_get_their_rate() {
    // 2400 GiB: 2.4 × 250 × 1.05 = 630 MB/s
    for (read, write) in [(300.0, 200.0), (500.0, 100.0), (600.0, 25.0), (10.0, 610.0)] {
        let reader = with(direct("read", 1024, 1024), "rate_limit_mb_per_s", json!(read));
        let writer = with(direct("write", 16, 1024), "rate_limit_mb_per_s", json!(write));
        let both = estimated(&scenario(&[reader, writer]));
        assert_eq!([rate(&both.workloads[0]), rate(&both.workloads[1])], [read, write]);
        assert!(both.workloads.iter().all(|workload| workload.contention.is_none()));
    }
}

/// Writes and opening of small files meet at the metadata servers, where what one is offered is granted first: the other
/// gets all that is left, and no more.
#[test]
fn what_is_offered_leaves_the_rest() {
    let small = |operation: &str, processes: u32, mib: f64| json!({"operation": operation, "processes_per_client": processes, "file_size_mib": mib, "file_count": 1000});
    let input = json!({
        "file_system": {
            "deployment_type": "PERSISTENT_2", "storage_capacity_gib": 4800, "per_unit_storage_throughput": 1000,
            "efa_enabled": true, "metadata_configuration": {"mode": "AUTOMATIC"},
        },
        "clients": {"count": 16, "instance_type": "c5n.18xlarge"},
        "workloads": [
            with(small("write", 4, 1.0), "rate_limit_mb_per_s", json!(3621)),
            with(small("read", 8, 0.03), "rate_limit_mb_per_s", json!(251.5)),
        ],
    });
    let both = estimated(&scenario::from_json(&input.to_string()).unwrap());
    let [write, read] = [0, 1].map(|i| rate(&both.workloads[i]));
    assert_eq!(read, 251.5);
    // 12,000 openings and 9600 creates a second on two targets
    let want = 9600.0 * 1.048576 * (1.0 - 251.5 / (12_000.0 * 0.03 * 1.048576));
    assert!((write / want - 1.0).abs() < 1e-6, "{write} and {want}");
    assert!((uses(&both)[&("metadata", false)] - 1.0).abs() < 1e-6);
}

#[test]
fn a_few_requests_get_little_beside_many() {
    let both = estimated(&scenario(&[direct("read", 1024, 1024), direct("write", 16, 1024)]));
    let [reader, writer] = [0, 1].map(|i| rate(&both.workloads[i]));
    assert!((reader / writer - 64.0).abs() < 1.0, "{reader} and {writer}");
    assert!((reader + writer - 630.0).abs() < 0.01);
    let used = |i: usize| {
        let limits = &both.workloads[i].limits;
        limits.iter().find(|limit| limit.id.as_str() == "disk_throughput").unwrap().sustained.utilization
    };
    assert!((used(0) - 1.0).abs() < 1e-6 && (used(1) - 1.0).abs() < 1e-6, "both see the disks full");
    let told = both.findings.iter().find(|finding| finding.code == "FSX-CONTENTION" && finding.field == "workloads[1]");
    assert!(told.unwrap().message.contains("`workload-1` takes 98 %"), "{told:?}");
}

/// Files on one of two targets meet half of what others put on both.
#[test]
fn narrow_files_meet_others_on_their_targets() {
    for (depth, others) in [(8, 32), (2, 64), (64, 8), (16, 16)] {
        let input = json!({
            "file_system": {
                "deployment_type": "PERSISTENT_2", "storage_capacity_gib": 2400, "per_unit_storage_throughput": 250,
                "layout": {"kind": "stripe", "count": 1},
            },
            "workloads": [
                direct("read", depth, 1024),
                with(direct("read", others / 8, 1024), "processes_per_client", json!(8)),
            ],
        });
        let both = estimated(&scenario::from_json(&input.to_string()).unwrap());
        // a request of 1 MiB takes up one target of 315 MB/s for 3.33 ms; the writers' halves one each
        let class =
            |in_flight, demands: [f64; 2]| simulation::Class { in_flight, delay: 0.0, demands: demands.to_vec() };
        let target = 1.048576 / 315.0;
        let [narrow, left, right] =
            [class(depth, [target, 0.0]), class(others / 2, [target, 0.0]), class(others / 2, [0.0, target])];
        let simulated = simulation::rates(&[narrow, left, right], 300_000, 7);
        let want = simulated[0] * 1.048576;
        let got = rate(&both.workloads[0]);
        assert!((got / want - 1.0).abs() < 0.05, "{depth} beside {others}: {got} and {want}");
    }
}

#[test]
fn a_workload_on_two_client_groups_is_the_sum_of_both() {
    let input = |groups: Value| {
        json!({
            "file_system": {"deployment_type": "PERSISTENT_2", "storage_capacity_gib": 48_000, "per_unit_storage_throughput": 250},
            "clients": groups,
            "workloads": [{"processes_per_client": 4, "file_size_mib": 100, "file_count": 12_000}],
        })
    };
    let answer = |groups: Value| {
        let scenario: Scenario = scenario::from_json(&input(groups).to_string()).unwrap();
        estimated(&scenario).workloads.remove(0)
    };
    let group = |name: &str, count: u32| json!({"name": name, "count": count, "network_gbps": 10.0});
    let one = answer(json!([group("all", 12)]));
    let two = answer(json!([group("a", 8), group("b", 4)]));
    assert!((rate(&two) / rate(&one) - 1.0).abs() < 1e-9, "{} and {}", rate(&two), rate(&one));
    assert!((two.seconds.mid / one.seconds.mid - 1.0).abs() < 1e-9);
    for (a, b) in one.limits.iter().zip(&two.limits) {
        assert_eq!(a.id, b.id);
        assert!(
            (a.sustained.value / b.sustained.value - 1.0).abs() < 1e-9,
            "{}: {} and {}",
            a.id,
            a.sustained.value,
            b.sustained.value
        );
        assert!((a.sustained.utilization / b.sustained.utilization - 1.0).abs() < 1e-9, "{}", a.id);
    }
}

/// A workload's own groups are no others: it contends with nothing.
#[test]
fn groups_of_one_workload_are_not_others_to_each_other() {
    let input = |workloads: Value| {
        let text = json!({
            "file_system": {"deployment_type": "PERSISTENT_2", "storage_capacity_gib": 4800, "per_unit_storage_throughput": 250},
            "clients": [{"name": "a", "count": 8}, {"name": "b", "count": 8}],
            "workloads": workloads,
        });
        estimated(&scenario::from_json(&text.to_string()).unwrap())
    };
    let reads = input(json!([{"processes_per_client": 8}]));
    assert_eq!(reads.workloads[0].contention, None);
    assert!(reads.findings.iter().all(|finding| finding.code != "FSX-CONTENTION"));
    let walk =
        json!({"operation": "readdir", "file_count": 1_000_000, "directories": 10_000, "processes_per_client": 8});
    let [both, one] =
        [walk.clone(), with(walk, "clients", json!("a"))].map(|walk| rate(&input(json!([walk])).workloads[0]));
    assert!((both / one - 2.0).abs() < 0.01, "twice the clients list twice as much: {both} and {one}");
}

/// Two workloads of one kind share what there is, and are told so.
#[test]
fn equal_workloads_hold_each_other_up() {
    let both = estimated(&scenario(&[direct("read", 64, 1024), direct("read", 64, 1024)]));
    for workload in &both.workloads {
        let lost = workload.contention.as_ref().unwrap();
        assert_eq!(lost.at.as_str(), "disk_throughput");
        assert!((lost.share - 0.5).abs() < 1e-3);
        let disks = workload.limits.iter().find(|limit| limit.id == lost.at).unwrap();
        assert!((disks.sustained.utilization - 1.0).abs() < 1e-3);
    }
}

fn loads() -> impl Strategy<Value = Value> {
    let depth = prop::sample::select(vec![1_u32, 2, 4, 16, 64]);
    let size = prop::sample::select(vec![4_u32, 64, 1024, 4096]);
    let kind = prop::sample::select(vec!["read", "write", "cached", "create", "buffered", "small_read", "small_write"]);
    (kind, depth, size, 1..9_u32).prop_map(|(kind, depth, size, processes)| match kind {
        "create" => json!({"operation": "create", "processes_per_client": processes, "file_count": 10_000}),
        "buffered" => json!({"processes_per_client": processes, "file_size_mib": size}),
        "small_read" => json!({"processes_per_client": 8 * processes, "file_size_mib": f64::from(size) / 1024.0}),
        "small_write" => json!({
            "operation": "write", "processes_per_client": 8 * processes, "file_size_mib": f64::from(size) / 1024.0,
        }),
        "cached" => with(direct("read", depth, size), "data_in", json!("server_cache")),
        kind => direct(kind, depth, size),
    })
}

/// The load, offering a share of what it reaches alone.
fn limited(load: Value, offered: Option<f64>, scenario: impl Fn(&[Value]) -> Scenario) -> Value {
    let Some(share) = offered else { return load };
    let alone = &estimated(&scenario(std::slice::from_ref(&load))).workloads[0];
    let moves_data = alone.sustained.throughput_mb_per_s.is_some();
    let field = if moves_data { "rate_limit_mb_per_s" } else { "rate_limit_operations_per_s" };
    let offered = share * rate(alone);
    with(load, field, json!(offered))
}

/// Use of the parts that all workloads share, added up from rates and limits, sustained and in burst.
fn uses(answer: &Estimate) -> BTreeMap<(&'static str, bool), f64> {
    let mut uses = BTreeMap::new();
    for workload in &answer.workloads {
        let burst = workload.burst.as_ref().map_or(rate(workload), |burst| burst.regime.rate().0.mid);
        for limit in workload.limits.iter().filter(|limit| SHARED[..5].contains(&limit.id)) {
            *uses.entry((limit.id.as_str(), false)).or_default() += rate(workload) / limit.sustained.value;
            let ceiling = limit.burst.unwrap_or(limit.sustained).value;
            *uses.entry((limit.id.as_str(), true)).or_default() += burst / ceiling;
        }
    }
    uses
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn two_halves_of_a_workload_are_the_whole(load in loads(), other in loads(), processes in 1..9_u32) {
        let part = |n: u32| with(load.clone(), "processes_per_client", json!(n));
        let mut whole = part(2 * processes);
        let mut half = part(processes);
        if whole["operation"] == "create" {
            whole["file_count"] = json!(20_000);
            half["file_count"] = json!(10_000);
        }
        let one = estimated(&scenario(&[other.clone(), whole]));
        let two = estimated(&scenario(&[other, half.clone(), half]));
        let both = rate(&two.workloads[1]) + rate(&two.workloads[2]);
        // the other may be of their kind: then there is one workload in all, shared out by streams
        prop_assert!((both / rate(&one.workloads[1]) - 1.0).abs() < 1e-9, "{both} and {}", rate(&one.workloads[1]));
        prop_assert!((rate(&two.workloads[0]) / rate(&one.workloads[0]) - 1.0).abs() < 1e-9);
    }

    #[test]
    fn parts_are_never_overrun_and_nobody_gains_from_others(
        mix in prop::collection::vec((loads(), prop::option::of(0.05..1.2_f64)), 2..5), steps in 1..4_u32,
    ) {
        let scenario = |workloads: &[Value]| on(2400 * steps, workloads);
        let mix: Vec<Value> = mix.into_iter().map(|(load, offered)| limited(load, offered, scenario)).collect();
        let answer = estimated(&scenario(&mix));
        for ((id, burst), used) in uses(&answer) {
            prop_assert!(used <= 1.0 + 1e-6, "{id}, burst {burst}: {used}: {}", json!(mix));
        }
        for (workload, load) in answer.workloads.iter().zip(&mix) {
            let alone = rate(&estimated(&scenario(std::slice::from_ref(load))).workloads[0]);
            prop_assert!(rate(workload) <= alone * (1.0 + 1e-12), "{} above {alone}", rate(workload));
            prop_assert!(rate(workload) > 0.0);
            for limit in &workload.limits {
                for used in [limit.sustained.utilization, limit.burst.map_or(0.0, |load| load.utilization)] {
                    prop_assert!(used <= 1.0 + 1e-6, "{} {used}: {}", limit.id, json!(mix));
                }
                prop_assert!(limit.sustained.value >= rate(workload));
            }
            if let Some(lost) = &workload.contention {
                prop_assert!(lost.share > 0.0 && lost.share < 1.0 && (lost.alone / alone - 1.0).abs() < 1e-9);
            }
        }
    }
}
