//! `plan` against the brute force, and what holds for every plan.

use fsx_model::cost;
use fsx_model::estimate::{Burst, FileSystemFigures, Regime, has_error, numbers};
use fsx_model::finding::ErrorKind;
use fsx_model::plan::{self, FrontierPoint, Objective, Plan, Proposal, Rejection, Requirement, plan};
use fsx_model::rules;
use fsx_model::scenario::{self, FileSystem};
use fsx_model::shape::Whole;
use proptest::prelude::*;
use proptest::test_runner::Config;
use serde_json::{Value, json};

use crate::case::config;
use crate::plan_draws::draws;
use crate::plan_oracle::{Solved, plain, solve};

fn read(requirement: &Value) -> Requirement {
    scenario::from_json(&requirement.to_string()).unwrap_or_else(|error| panic!("{error}: {requirement}"))
}

fn planned(requirement: &Value) -> Plan {
    plan(&read(requirement)).unwrap_or_else(|error| panic!("{error}: {requirement}"))
}

/// A requirement takes as long as a grid: one for every eight cases of other properties.
fn few() -> Config {
    let all = config();
    Config { cases: all.cases.div_ceil(8), max_shrink_iters: 300, ..all }
}

fn text(file_system: &FileSystem) -> String {
    serde_json::to_string(file_system).unwrap()
}

fn agrees(requirement: &Value, got: &Plan, want: &Solved) -> Result<(), TestCaseError> {
    prop_assert_eq!(got.space_size, want.space, "candidates: {}", requirement);
    let best = got.best.as_ref().map(|best| plain(best.file_system.clone()));
    let wanted = want.best.as_ref().map(|(file_system, ..)| plain(file_system.clone()));
    let costs = (
        got.best.as_ref().map(|best| (best.cost.usd_per_month, best.idle_clients_usd_per_month)),
        want.best.as_ref().map(|(_, usd, total)| (usd.to_f64(), total.to_f64())),
    );
    prop_assert!(
        best == wanted,
        "{}\n  got {:?}\n want {:?}\n {:?}",
        requirement,
        best.as_ref().map(text),
        wanted.as_ref().map(text),
        costs
    );
    if let (Some(best), Some((_, usd, total))) = (&got.best, &want.best) {
        prop_assert_eq!(best.cost.usd_per_month, usd.to_f64(), "{}", requirement);
        if let Some(idle) = best.idle_clients_usd_per_month {
            prop_assert!((idle - (total.to_f64() - usd.to_f64())).abs() < 1e-6, "{}", requirement);
        }
    }
    Ok(())
}

/// The plan of a requirement against the brute force; whether there is a best.
pub(crate) fn compare(text: &Value) -> Result<bool, TestCaseError> {
    let requirement = read(text);
    let got = plan(&requirement).unwrap_or_else(|error| panic!("{error}: {text}"));
    agrees(text, &got, &solve(&requirement))?;
    let alone = plan::best(&requirement).unwrap_or_else(|error| panic!("{error}: {text}"));
    let bought = |best: &Proposal| (best.file_system.clone(), best.cost.clone(), best.idle_clients_usd_per_month);
    prop_assert_eq!(alone.as_ref().map(bought), got.best.as_ref().map(bought), "{}", text);
    holds_together(text, &requirement, &got)?;
    never_cheaper(text, &got)?;
    Ok(got.best.is_some())
}

/// What holds for every plan.
fn holds_together(text: &Value, requirement: &Requirement, got: &Plan) -> Result<(), TestCaseError> {
    let proposed = || got.best.iter().chain(&got.alternatives);
    let file_systems = proposed().map(|it| &it.file_system).chain(got.frontier.iter().map(|it| &it.file_system));
    for file_system in file_systems {
        let findings = rules::check(&requirement.on(file_system.clone()));
        prop_assert!(!has_error(&findings), "{findings:?}: {text}");
    }
    for proposal in proposed() {
        let scenario = requirement.on(proposal.file_system.clone());
        let again = numbers(&scenario).unwrap();
        let figures = FileSystemFigures { workings: Vec::new(), ..proposal.estimate.file_system.clone() };
        prop_assert_eq!(figures, again.file_system, "{}", text);
        for (said, again) in proposal.estimate.workloads.iter().zip(&again.workloads) {
            let bare = |regime: &Regime| Regime { workings: Vec::new(), ..regime.clone() };
            prop_assert_eq!(bare(&said.sustained), bare(&again.sustained), "{}", text);
            let bare = |burst: &Option<Burst>| burst.as_ref().map(|burst| (bare(&burst.regime), burst.lasts_s));
            prop_assert_eq!(bare(&said.burst), bare(&again.burst), "{}", text);
            prop_assert_eq!(said.seconds, again.seconds, "{}", text);
        }
        let cost = cost::cost(&scenario);
        prop_assert_eq!(Some(&proposal.cost), cost.as_ref(), "{}", text);
        for target in &proposal.targets {
            let must = requirement.objective() != Objective::LeastTotal || target.figure == "latency_ms";
            prop_assert!(!must || target.margin >= 1.0 - 1e-9, "{target:?}: {text}");
        }
    }
    // a time is the better the shorter it is
    let worth = |point: &FrontierPoint| if ["s", "ms"].contains(&point.unit) { -point.value } else { point.value };
    let rises = |a: &FrontierPoint, b: &FrontierPoint| a.usd_per_month < b.usd_per_month && worth(a) < worth(b);
    let frontier = got.frontier.windows(2).all(|pair| rises(&pair[0], &pair[1]));
    prop_assert!(frontier, "{:?}: {text}", got.frontier);
    let money = |it: &Proposal| it.cost.usd_per_month + it.idle_clients_usd_per_month.unwrap_or(0.0);
    if let Some(best) = got.best.as_ref().filter(|_| requirement.objective() != Objective::Fastest) {
        for other in &got.alternatives {
            prop_assert!(money(other) >= money(best) * (1.0 - 1e-12), "{}: {text}", other.family);
        }
    }
    for rejection in &got.rejections {
        let said = [&rejection.family, &rejection.reason, &rejection.limit, &rejection.change];
        prop_assert!(said.iter().all(|words| !words.is_empty()), "{rejection:?}: {text}");
    }
    prop_assert_eq!(got.best.is_none(), got.findings.iter().any(|it| it.code == "FSX-PLAN-NONE"), "{}", text);
    Ok(())
}

/// More asked for is never cheaper.
fn never_cheaper(text: &Value, got: &Plan) -> Result<(), TestCaseError> {
    let timed = text["workloads"].as_array().unwrap().iter().any(|load| load["target"]["seconds"].is_number());
    if text["objective"] != "cheapest" {
        return Ok(());
    }
    let mut harder = text.clone();
    for load in harder["workloads"].as_array_mut().unwrap() {
        // a rate is what is offered too, so that a time would become easier
        for (figure, factor) in [
            ("throughput_mb_per_s", if timed { 1.0 } else { 1.2 }),
            ("operations_per_s", if timed { 1.0 } else { 1.2 }),
            ("latency_ms", 1.0 / 1.2),
            ("seconds", 1.0 / 1.2),
        ] {
            if let Some(wanted) = load["target"][figure].as_f64() {
                load["target"][figure] = json!(wanted * factor);
            }
        }
    }
    let more = planned(&harder);
    if let Some(more) = &more.best {
        let Some(best) = &got.best else { return Err(TestCaseError::fail(format!("only more is found: {harder}"))) };
        let dearer = more.cost.usd_per_month >= best.cost.usd_per_month;
        prop_assert!(dearer, "{} for more than {}: {harder}", more.cost.usd_per_month, best.cost.usd_per_month);
    }
    Ok(())
}

proptest! {
    #![proptest_config(few())]

    #[test]
    fn the_best_is_that_of_the_brute_force(draw in draws()) {
        compare(&draw.requirement())?;
    }
}

/// All sizes of one kind, 1200 GiB to 1.2 million.
#[test]
fn a_whole_kind_is_searched() {
    let mut best = Vec::new();
    for wanted in [1000.0, 50_000.0, 123_456.0, 313_000.0, 340_000.0] {
        let requirement = json!({
            "constraints": { "deployment_types": ["PERSISTENT_2"], "storage_types": ["SSD"], "efa": "no",
                "per_unit_storage_throughput": [250], "max_metadata_iops": 0 },
            "clients": { "count": 600 },
            "workloads": [{ "processes_per_client": 16, "target": { "throughput_mb_per_s": wanted } }],
        });
        let (got, want) = (planned(&requirement), solve(&read(&requirement)));
        agrees(&requirement, &got, &want).unwrap();
        assert_eq!(got.space_size, 5 * 501);
        best.push(got.best.map(|best| best.file_system.storage_capacity_gib.unwrap().0));
    }
    assert!(
        best[..3].iter().all(Option::is_some) && best.is_sorted_by_key(|size| size.unwrap_or(i64::MAX)),
        "{best:?}"
    );
}

/// Deployment type, tier, capacity and cost of the best.
fn best(requirement: &Value) -> (String, Option<i64>, Option<i64>, f64) {
    let best = planned(requirement).best.unwrap_or_else(|| panic!("none for {requirement}"));
    let FileSystem { deployment_type, per_unit_storage_throughput, storage_capacity_gib, .. } = best.file_system;
    let number = |value: Option<Whole>| value.map(|value| value.0);
    let [tier, capacity] = [per_unit_storage_throughput, storage_capacity_gib].map(number);
    (deployment_type.to_string(), tier, capacity, best.cost.usd_per_month)
}

fn persistent_2(tiers: &Value, wanted: f64) -> Value {
    json!({
        "constraints": { "deployment_types": ["PERSISTENT_2"], "storage_types": ["SSD"], "efa": "no",
            "per_unit_storage_throughput": tiers },
        "clients": { "count": 64 },
        "workloads": [{ "processes_per_client": 8, "target": { "throughput_mb_per_s": wanted } }],
    })
}

/// 1.05 × tier × capacity / 1000 of reads: 6000 MB/s take 45,715, 22,858, 11,429 and 5715 GiB; then the next step of 2400.
#[test]
fn a_rate_takes_the_capacity_that_delivers_it() {
    for (tier, capacity, usd) in
        [(125, 48_000, 6960.0), (250, 24_000, 5040.0), (500, 12_000, 4080.0), (1000, 7200, 4320.0)]
    {
        let want = ("PERSISTENT_2".to_owned(), Some(tier), Some(capacity), usd);
        assert_eq!(best(&persistent_2(&json!([tier]), 6000.0)), want);
    }
    // and of all tiers the cheapest is neither the slowest nor the fastest
    let want = ("PERSISTENT_2".to_owned(), Some(500), Some(12_000), 4080.0);
    assert_eq!(best(&persistent_2(&json!([]), 6000.0)), want);
}

/// 10,000 GiB take 10,000 / 0.94 = 10,639 GiB: HDD in steps of 6000, SSD of 2400. The least price decides.
#[test]
fn data_take_the_usable_capacity_that_holds_them() {
    let requirement = |capacity: Value, constraints: Value| json!({ "capacity": capacity, "constraints": constraints });
    let want = |deployment: &str, tier, capacity, usd| (deployment.to_owned(), tier, Some(capacity), usd);
    let data = json!({ "data_gib": 10_000 });
    let hdd = best(&requirement(data.clone(), json!({})));
    assert_eq!(hdd, want("PERSISTENT_1", Some(12), 12_000, 300.0));
    let ssd = json!({ "storage_types": ["SSD"] });
    assert_eq!(best(&requirement(data.clone(), ssd)), want("PERSISTENT_1", Some(50), 12_000, 1680.0));
    let persistent_2 = json!({ "storage_types": ["SSD"], "deployment_types": ["PERSISTENT_2"] });
    assert_eq!(best(&requirement(data, persistent_2.clone())), want("PERSISTENT_2", Some(125), 12_000, 1740.0));
    // a fifth kept free: 13,298; and 200 GiB more in each of 12 months: 16,490
    let free = json!({ "data_gib": 10_000, "headroom": 0.2 });
    assert_eq!(best(&requirement(free, persistent_2.clone())), want("PERSISTENT_2", Some(125), 14_400, 2088.0));
    let growing = json!({ "data_gib": 10_000, "headroom": 0.2, "growth_gib_per_month": 200, "horizon_months": 12 });
    assert_eq!(best(&requirement(growing, persistent_2.clone())), want("PERSISTENT_2", Some(125), 16_800, 2436.0));
    // half as much with LZ4: 5320
    let squeezed = json!({ "data_gib": 10_000, "compression_ratio": 2.0 });
    assert_eq!(best(&requirement(squeezed, persistent_2)), want("PERSISTENT_2", Some(125), 7200, 1044.0));
}

/// Both scratch types cost the same for 7200 GiB, which both sell: the later one is taken.
#[test]
fn ties_go_to_the_newer_type() {
    let requirement = json!({
        "capacity": { "data_gib": 5200 },
        "constraints": { "deployment_types": ["SCRATCH_1", "SCRATCH_2"] },
    });
    assert_eq!(best(&requirement), ("SCRATCH_2".to_owned(), None, Some(7200), 1008.0));
}

/// Without a file system there is a reason for every kind, what decides, and what would change it.
#[test]
fn what_no_file_system_does_is_explained() {
    let load = json!([{ "processes_per_client": 8, "target": { "throughput_mb_per_s": 100 } }]);
    let with = |field: &str, value: Value| {
        let mut requirement = json!({ "clients": { "count": 16 }, "workloads": load });
        requirement[field] = value;
        requirement
    };
    let only = |constraints: Value| with("constraints", constraints);
    let cases = [
        ("rate", with("workloads", json!([{ "target": { "throughput_mb_per_s": 1e8 } }]))),
        ("latency", with("workloads", json!([{ "target": { "latency_ms": 1e-3 } }]))),
        ("time", with("workloads", json!([{ "target": { "seconds": 1e-3 } }]))),
        ("items", with("workloads", json!([{ "operation": "create", "target": { "operations_per_s": 1e9 } }]))),
        ("budget", only(json!({ "max_usd_per_month": 0 }))),
        ("contradiction", only(json!({ "backups": true, "s3_link": true }))),
        ("class", only(json!({ "deployment_types": ["SCRATCH_2"], "storage_types": ["HDD"] }))),
        ("tier", only(json!({ "storage_types": ["SSD"], "per_unit_storage_throughput": [333] }))),
        ("size", only(json!({ "storage_types": ["SSD"], "max_storage_capacity_gib": 1000 }))),
        ("backups", only(json!({ "deployment_types": ["SCRATCH_2"], "backups": true }))),
        ("EFA", only(json!({ "deployment_types": ["PERSISTENT_1"], "efa": "yes" }))),
        ("version", only(json!({ "file_system_type_version": "1.0" }))),
        ("capacity", with("capacity", json!({ "data_gib": 1e9 }))),
    ];
    for (what, requirement) in cases {
        let got = planned(&requirement);
        assert!(got.best.is_none(), "{what}: {:?}", got.best.map(|best| best.file_system));
        assert!(got.alternatives.is_empty() && !got.rejections.is_empty(), "{what}");
        assert!(got.findings.iter().any(|finding| finding.code == "FSX-PLAN-NONE"), "{what}: {:?}", got.findings);
        for Rejection { family, reason, limit, change, .. } in &got.rejections {
            let said = [family, reason, limit, change];
            assert!(said.iter().all(|words| !words.is_empty()), "{what}: {family}: {reason}; {limit}: {change}");
        }
    }
}

/// Every constraint that leaves a kind out is named: doing what is said lets it in.
#[test]
fn what_lacks_a_price_does_not_slip_under_a_budget() {
    for objective in ["cheapest", "fastest"] {
        let bought = |budget: f64, classes: &[&str]| {
            planned(&json!({
                "capacity": { "data_gib": 50_000 }, "objective": objective,
                "constraints": { "max_usd_per_month": budget, "storage_types": classes, "efa": "no" },
                "clients": { "instance_type": "c5n.18xlarge", "count": 2 },
                "workloads": [{ "processes_per_client": 16, "target": { "throughput_mb_per_s": 500 } }],
            }))
            .best
            .map(|best| (best.file_system.storage_type().to_string(), best.cost.partial))
        };
        // storage and requests of Intelligent-Tiering have no price
        let tiering = || Some(("INTELLIGENT_TIERING".to_owned(), true));
        assert_eq!(bought(2500.0, &["INTELLIGENT_TIERING"]), tiering(), "{objective}");
        assert_eq!(bought(2500.0, &["INTELLIGENT_TIERING", "SSD"]), None, "{objective}");
        assert_eq!(bought(9000.0, &["INTELLIGENT_TIERING", "SSD"]), Some(("SSD".to_owned(), false)), "{objective}");
    }
}

#[test]
fn all_constraints_that_leave_a_kind_out_are_named() {
    let requirement = json!({
        "constraints": { "backups": true, "s3_link": true, "storage_types": ["HDD"] },
        "workloads": [{ "target": { "throughput_mb_per_s": 100 } }],
    });
    let got = planned(&requirement);
    let of = |family: &str| got.rejections.iter().find(|it| it.family == family).unwrap();
    let scratch = of("SCRATCH_1 SSD");
    assert_eq!(
        scratch.limit,
        "constraints.deployment_types, constraints.storage_types, constraints.s3_link, constraints.backups"
    );
    assert_eq!(scratch.usd_per_month, Some(168.0));
    let hdd = of("PERSISTENT_1 HDD 12");
    assert_eq!((hdd.limit.as_str(), hdd.usd_per_month), ("constraints.backups", Some(300.0)));
    let nearest = got.findings.iter().find(|finding| finding.code == "FSX-PLAN-NONE").unwrap();
    assert!(nearest.message.contains("PERSISTENT_1 HDD 40"), "the cheapest of those with one reason: {nearest:?}");
    // without links, backups can be had
    let mut allowed = requirement;
    allowed["constraints"]["s3_link"] = json!(false);
    assert_eq!(best(&allowed).0, "PERSISTENT_1");
}

#[test]
fn what_is_wrong_with_a_requirement_itself_is_refused() {
    let codes = |requirement: &Value| {
        let error = plan(&read(requirement)).expect_err(&requirement.to_string());
        assert_eq!(error.kind, ErrorKind::Refused);
        error.findings.iter().map(|finding| (finding.code, finding.field.clone())).collect::<Vec<_>>()
    };
    let load = || json!([{ "target": { "throughput_mb_per_s": 100 } }]);
    for (requirement, code, field) in [
        (json!({}), "FSX-PLAN-EMPTY", "workloads"),
        (json!({ "workloads": load(), "objective": "fastest" }), "FSX-PLAN-BUDGET", "constraints.max_usd_per_month"),
        (json!({ "workloads": [{}], "objective": "least_total" }), "FSX-PLAN-TARGET", "workloads"),
        (json!({ "workloads": load(), "objective": "least_total" }), "FSX-PLAN-CLIENT-PRICE", "clients"),
        (json!({ "workloads": [{ "target": {} }] }), "FSX-TARGET-EMPTY", "workloads[0].target"),
        (json!({ "workloads": load(), "capacity": { "headroom": 1.0 } }), "FSX-VALUE-RANGE", "capacity.headroom"),
        (json!({ "workloads": load(), "clients": { "count": 0 } }), "FSX-VALUE-RANGE", "clients.count"),
        (json!({ "workloads": load(), "uncertainty": { "samples": 0 } }), "FSX-VALUE-RANGE", "uncertainty.samples"),
        (json!({ "workloads": load(), "objective": "fastest", "uncertainty": {} }), "FSX-NOT-MODELLED", "uncertainty"),
        (json!({ "workloads": load(), "region": "nowhere-1" }), "FSX-PLAN-PRICES", "region"),
        (json!({ "workloads": load(), "pricing": { "price_book": "own" } }), "FSX-PLAN-PRICES", "region"),
        (json!({ "workloads": load(), "jobs": [{ "kind": "training" }] }), "FSX-JOB-NEEDS", "jobs[0].batch"),
    ] {
        let found = codes(&requirement);
        assert!(found.contains(&(code, field.to_owned())), "{requirement}: {found:?}");
    }
    let unknown = scenario::from_json::<Requirement>(r#"{"file_system": {"deployment_type": "SCRATCH_2"}}"#);
    assert_eq!(unknown.unwrap_err().kind, ErrorKind::NotUnderstood);
}

/// Checkpoints that are kept hold data, each once more.
#[test]
fn kept_checkpoints_are_held() {
    let held = |job: Value| {
        planned(&json!({ "clients": { "instance_type": "p5.48xlarge", "count": 8 }, "jobs": [job] })).data_gib
    };
    let size = 69_882_617_856.0 * 14.0 / 1_073_741_824.0;
    for (job, copies) in [
        (json!({ "preset": "llama3-70b" }), 1.0),
        (json!({ "preset": "llama3-70b", "keep": 5 }), 5.0),
        (json!({ "preset": "llama3-70b", "keep": 20, "target_s": 300 }), 20.0),
    ] {
        let held = held(job);
        assert!((held / (copies * size) - 1.0).abs() < 1e-9, "{held}");
    }
    let refused = plan(&read(&json!({ "jobs": [{ "preset": "unet3d-h100", "keep": 2 }] })));
    assert_eq!(refused.unwrap_err().kind, ErrorKind::Refused);
}

fn elastic(capacity: Value) -> Plan {
    planned(&json!({ "capacity": capacity, "constraints": { "storage_types": ["INTELLIGENT_TIERING"] } }))
}

/// The example of `docs/plan.md`: 100,000 GiB that grow by 5000 a month, 20,000 of which are read every month.
#[test]
fn data_that_is_not_read_ages() {
    let tiers = |months: f64, read: Option<f64>| {
        let mut capacity = json!({
            "data_gib": 100_000, "growth_gib_per_month": 5000, "horizon_months": months,
        });
        if let Some(read) = read {
            capacity["read_again_gib_per_month"] = json!(read);
        }
        let best = elastic(capacity).best.expect("there is one");
        let shares = best.file_system.stored.expect("elastic").tier_shares?;
        Some([shares.frequent, shares.infrequent, shares.archive].map(|share| share.expect("given")))
    };
    assert_eq!(tiers(12.0, None), None);
    assert_eq!(tiers(0.0, Some(0.0)), Some([1.0, 0.0, 0.0]));
    let [frequent, infrequent, archive] = tiers(2.0, Some(20_000.0)).expect("known");
    assert!(archive == 0.0 && infrequent > 0.0 && (frequent + infrequent - 1.0).abs() < 1e-12);
    let days = 730.0 / 24.0;
    let untouched = |age: f64| 100_000.0 + 5000.0 * (12.0 - age / days) - 20_000.0;
    let [frequent, infrequent, archive] = tiers(12.0, Some(20_000.0)).expect("known");
    assert!((archive - untouched(90.0) / 160_000.0).abs() < 1e-12 && (archive - 0.783).abs() < 5e-4, "{archive}");
    assert!((infrequent - (untouched(30.0) - untouched(90.0)) / 160_000.0).abs() < 1e-12);
    assert!((infrequent - 0.062).abs() < 5e-4 && (frequent - 0.156).abs() < 5e-4, "{infrequent} {frequent}");
    assert_eq!(tiers(12.0, Some(1e6)), Some([1.0, 0.0, 0.0]));
}

#[test]
fn tier_shares_that_are_given_count() {
    let shares = json!({ "frequent": 0.5, "infrequent": 0.25, "archive": 0.25 });
    let best = elastic(json!({
        "data_gib": 1000, "horizon_months": 12, "read_again_gib_per_month": 0, "tier_shares": shares.clone(),
    }));
    let stored = best.best.expect("there is one").file_system.stored.expect("elastic");
    assert_eq!(serde_json::to_value(stored.tier_shares).unwrap(), shares);
}

#[test]
fn growth_fills_a_file_system() {
    let months = |growth: f64| {
        let best = planned(&json!({
            "capacity": { "data_gib": 50_000, "growth_gib_per_month": growth, "horizon_months": 12 },
            "constraints": { "storage_types": ["SSD"] },
        }));
        let best = best.best.expect("there is one");
        let usable = best.estimate.file_system.usable_capacity_gib.expect("not elastic");
        (best.full_after_months, usable)
    };
    let (full, usable) = months(1000.0);
    let full = full.expect("it grows");
    assert!(full >= 12.0 && ((50_000.0 + 1000.0 * full) / usable - 1.0).abs() < 1e-9, "{full}");
    assert_eq!(months(0.0).0, None);
}
