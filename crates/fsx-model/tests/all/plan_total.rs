//! Plans of the least total with jobs, beside every candidate estimated by itself.

use fsx_model::cost::Cost;
use fsx_model::estimate::estimate;
use fsx_model::job::JobFigures;
use fsx_model::plan::{Requirement, plan};
use fsx_model::scenario;
use serde_json::{Value, json};

use crate::plan_grid::candidates;

fn read(requirement: &Value) -> Requirement {
    scenario::from_json(&requirement.to_string()).unwrap_or_else(|error| panic!("{error}: {requirement}"))
}

/// 16 nodes that train on 6 TB and save checkpoints.
fn requirement(changes: Value) -> Value {
    let mut all = json!({
        "objective": "least_total",
        "capacity": { "data_gib": 12_000 },
        "constraints": { "deployment_types": ["PERSISTENT_2"], "storage_types": ["SSD"], "efa": "no",
            "per_unit_storage_throughput": [250, 500, 1000], "max_storage_capacity_gib": 60_000, "max_metadata_iops": 12_000 },
        "clients": { "instance_type": "p5.48xlarge", "count": 16 },
        "jobs": [
            { "preset": "resnet50-h100", "samples": 50_000_000 },
            { "preset": "llama3-8b", "mean_time_to_failure_h": 24, "restart_s": 300 },
        ],
    });
    let Value::Object(changes) = changes else { panic!() };
    all.as_object_mut().unwrap().extend(changes);
    all
}

const HOURS: f64 = 730.0;

/// Share of the time that is work on a file system, as an estimate says it, and the hourly price of all clients.
fn useful(requirement: &Requirement, file_system: &scenario::FileSystem) -> f64 {
    let jobs = estimate(&requirement.written_on(file_system.clone())).unwrap().jobs;
    let share = |figures: &JobFigures| match figures {
        JobFigures::Training(it) => it.accelerator_utilization.mid,
        JobFigures::Checkpoint(it) => it.goodput.map_or(1.0, |goodput| goodput.mid),
        JobFigures::Steps(_) => 1.0,
    };
    jobs.iter().map(|job| share(&job.figures)).product()
}

fn clients_usd_per_hour(requirement: &Requirement) -> f64 {
    let mut with =
        serde_json::to_value(requirement.written_on(candidates(requirement).0[0].file_system.clone())).unwrap();
    let usd = |with: &Value| fsx_model::cost::cost(&scenario::from_tree(with.clone()).unwrap()).unwrap().usd_per_month;
    let alone = usd(&with);
    with["pricing"] = json!({ "include_clients": true });
    (usd(&with) - alone) / HOURS
}

/// The least total of all candidates, and the share of the time that is work with it.
fn least(requirement: &Requirement, total: impl Fn(f64, f64) -> f64) -> (f64, f64) {
    let all = candidates(requirement).0;
    let each = all.iter().filter(|it| it.file_system.layout.is_none()).map(|it| {
        let share = useful(requirement, &it.file_system);
        (total(it.usd.to_f64(), share), share)
    });
    each.min_by(|a, b| a.0.total_cmp(&b.0)).unwrap()
}

#[test]
fn a_month_with_jobs_comes_to_the_least_of_all_candidates() {
    let asked = read(&requirement(json!({})));
    let hour = clients_usd_per_hour(&asked);
    let (want, share) = least(&asked, |usd, useful| usd + hour * HOURS * (1.0 - useful));
    let answer = plan(&asked).unwrap();
    let total = answer.total.unwrap();
    let Cost { usd_per_month, .. } = answer.best.as_ref().unwrap().cost;
    let got = usd_per_month + answer.best.unwrap().idle_clients_usd_per_month.unwrap();
    // layouts that stripe may be better still
    assert!(got <= want * (1.0 + 1e-6), "{got}, {want}");
    assert!((got / want - 1.0).abs() < 0.02 && (total.useful_share - share).abs() < 0.02, "{got}, {want}");
    assert!(total.job.is_none());
}

#[test]
fn a_job_pays_for_all_of_its_time() {
    let asked = read(&requirement(json!({ "compute_hours": 500.0 })));
    let hour = clients_usd_per_hour(&asked);
    let (want, _) = least(&asked, |usd, useful| (usd / HOURS + hour) * 500.0 / useful);
    let answer = plan(&asked).unwrap();
    let total = answer.total.unwrap();
    let job = total.job.unwrap();
    assert!(job.usd <= want * (1.0 + 1e-6) && job.usd > 0.99 * want, "{}, {want}", job.usd);
    assert!((job.hours - 500.0 / total.useful_share).abs() < 1e-9);
    let usd_per_month = answer.best.unwrap().cost.usd_per_month;
    assert!((job.file_system_usd - usd_per_month / HOURS * job.hours).abs() < 1e-6);
    assert!((job.clients_usd / (hour * job.hours) - 1.0).abs() < 1e-5, "{}, {}", job.clients_usd, hour * job.hours);
    // the best is on the curve, and is its least
    let least = total.curve.iter().map(|point| point.total_usd).fold(f64::INFINITY, f64::min);
    assert!((job.usd - least).abs() < 1e-3, "{}, {least}", job.usd);
}

#[test]
fn the_curve_rises_and_is_flat_around_its_least() {
    let total = plan(&read(&requirement(json!({})))).unwrap().total.unwrap();
    assert!(total.curve.is_sorted_by(|a, b| a.usd_per_month < b.usd_per_month && a.useful_share < b.useful_share));
    let least = total.curve.iter().map(|point| point.total_usd).fold(f64::INFINITY, f64::min);
    for point in &total.curve {
        assert!((point.total_usd - point.usd_per_month - point.lost_usd_per_month).abs() < 1e-6);
        let inside = (total.flat.least_usd_per_month..=total.flat.most_usd_per_month).contains(&point.usd_per_month);
        assert_eq!(inside, point.total_usd <= least * 1.02 + 1e-6, "{point:?}, {:?}", total.flat);
    }
}

/// Far from flat: the cheapest storage is best although clients wait most of their time.
#[test]
fn the_best_stands_once_on_a_steep_curve() {
    let asked = json!({
        "objective": "least_total", "capacity": { "data_gib": 100_000 }, "constraints": { "storage_types": ["SSD"] },
        "clients": { "instance_type": "c6in.16xlarge", "count": 2 },
        "workloads": [{ "processes_per_client": 32, "target": { "throughput_mb_per_s": 20_000 } }],
    });
    let answer = plan(&read(&asked)).unwrap();
    let (total, best) = (answer.total.unwrap(), answer.best.unwrap().file_system);
    assert_eq!(total.curve.iter().filter(|point| point.file_system == best).count(), 1);
    assert!(total.curve.is_sorted_by(|a, b| a.usd_per_month < b.usd_per_month && a.useful_share < b.useful_share));
}

#[test]
fn what_is_not_known_to_cost_anything_is_refused() {
    let asked = requirement(json!({ "jobs": [{ "preset": "llama3-8b" }] }));
    let error = plan(&read(&asked)).unwrap_err();
    assert!(error.findings.iter().any(|it| it.code == "FSX-PLAN-TARGET"), "{error:?}");
    let asked = requirement(json!({ "objective": "cheapest", "compute_hours": 5.0 }));
    let error = plan(&read(&asked)).unwrap_err();
    assert!(error.findings.iter().any(|it| it.code == "FSX-PLAN-HOURS"), "{error:?}");
}
