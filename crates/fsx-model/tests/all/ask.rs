//! Ready questions against plans and estimates asked one by one.

use fsx_model::ask::{BurstOrBaseline, EfaBreakEven, Verdict, burst_or_baseline, efa_break_even};
use fsx_model::estimate::estimate;
use fsx_model::plan::{Requirement, best};
use fsx_model::scenario;
use serde_json::{Value, json};

fn read(input: &Value) -> Requirement {
    scenario::from_json(&input.to_string()).unwrap_or_else(|error| panic!("{error}: {input}"))
}

fn with(mut input: Value, path: &str, value: Value) -> Value {
    *input.pointer_mut(path).unwrap() = value;
    input
}

/// Readers on p5.48xlarge: over EFA or not, sixteen streams each.
fn readers() -> Value {
    json!({
        "capacity": { "data_gib": 3000 },
        "constraints": { "storage_types": ["SSD"] },
        "clients": { "instance_type": "p5.48xlarge" },
        "workloads": [{ "processes_per_client": 16, "file_count": 2048 }],
    })
}

fn efa(input: &Value) -> EfaBreakEven {
    efa_break_even(&read(input)).unwrap_or_else(|error| panic!("{error}: {input}"))
}

/// The cheapest at a rate, asked for as a person would.
fn usd(input: &Value, clients: i64, rate: f64, over_efa: bool) -> Option<f64> {
    let mut asked = input.clone();
    let [efa, interface] = if over_efa { ["yes", "EFA"] } else { ["no", "ENA"] };
    asked["clients"]["count"] = json!(clients);
    asked["clients"]["interface"] = json!(interface);
    asked["constraints"]["efa"] = json!(efa);
    asked["workloads"][0]["target"]["throughput_mb_per_s"] = json!(rate);
    best(&read(&asked)).unwrap().map(|best| best.cost.usd_per_month)
}

/// The grid leaves plans out where one before says the same; here each is asked for.
#[test]
fn every_cell_is_two_plans() {
    let late = with(readers(), "/workloads/0", json!({ "processes_per_client": 8, "target": { "latency_ms": 4.0 } }));
    for (input, clients) in [(readers(), [1, 8, 64]), (late, [1, 2, 16])] {
        let answer = efa(&input);
        assert_eq!(answer.cells.len(), answer.rows.len() * answer.rates_mb_per_s.len());
        for cell in answer.cells.iter().filter(|cell| clients.contains(&cell.clients)) {
            assert_eq!(cell.ena_usd_per_month, usd(&input, cell.clients, cell.rate_mb_per_s, false), "{cell:?}");
            assert_eq!(cell.efa_usd_per_month, usd(&input, cell.clients, cell.rate_mb_per_s, true), "{cell:?}");
        }
    }
}

/// What is claimed of the rate: EFA is cheaper at it and at all above, and 0.1 % below ENA costs no more than EFA there.
#[test]
fn efa_is_cheaper_from_there_on_and_not_below() {
    let answer = efa(&readers());
    assert_eq!(answer.rows.iter().map(|row| row.clients).collect::<Vec<_>>(), [1, 2, 4, 8, 16, 32, 64]);
    for row in &answer.rows {
        let clients = row.clients;
        let at = row.break_even.as_ref().unwrap_or_else(|| panic!("{row:?}"));
        let top = row.ena_up_to_mb_per_s.unwrap().max(row.efa_up_to_mb_per_s.unwrap());
        let steps = 60;
        for i in 0..=steps {
            let rate = at.from_mb_per_s * libm::pow(top / at.from_mb_per_s, f64::from(i) / f64::from(steps));
            let [ena, efa] = [false, true].map(|over_efa| usd(&readers(), clients, rate.min(top), over_efa));
            assert!(efa.is_some_and(|efa| ena.is_none_or(|ena| efa < ena)), "{clients} {rate}: {ena:?} {efa:?}");
        }
        let below = usd(&readers(), clients, at.from_mb_per_s / 1.001, false).unwrap();
        assert!(below <= usd(&readers(), clients, at.from_mb_per_s, true).unwrap(), "{clients}");
        let sides = [&at.ena_below, &at.efa_below, &at.ena, &at.efa].map(|it| it.as_ref().map(|it| it.usd_per_month));
        let rates = [at.below_mb_per_s.unwrap(), at.from_mb_per_s]
            .map(|rate| [false, true].map(|over_efa| usd(&readers(), clients, rate, over_efa)));
        assert_eq!(sides.as_slice(), rates.as_flattened(), "{clients}");
        for (over_efa, up_to) in [(false, row.ena_up_to_mb_per_s), (true, row.efa_up_to_mb_per_s)] {
            let [at, above] = [1.0, 1.001].map(|more| usd(&readers(), clients, up_to.unwrap() * more, over_efa));
            assert!(at.is_some() && above.is_none(), "{clients} {over_efa} {up_to:?}");
        }
    }
}

/// With 16 times the size at least, EFA begins to pay near the end of what the clients do over ENA: 75 Gbit/s of each.
#[test]
fn the_least_size_with_efa_is_named() {
    let answer = efa(&with(readers(), "/constraints", json!({ "per_unit_storage_throughput": [250] })));
    let least = answer.rows[0].efa_least.as_ref().unwrap();
    assert_eq!(least.file_system.storage_capacity_gib.unwrap().0, 19200);
    assert_eq!(least.usd_per_month, 19200.0 * 0.21);
    assert!(answer.rows[0].reason.contains("19,200 GiB, its smallest size, for $4,032"), "{}", answer.rows[0].reason);
    assert_eq!(answer.advised_above_mb_per_s, 10_000.0);
}

#[test]
fn where_efa_never_pays_it_says_why() {
    let reasons = |input: &Value| {
        let last = efa(input).rows.pop().unwrap();
        assert_eq!(last.break_even, None, "{input}");
        last.reason
    };
    let within =
        |usd: f64| with(readers(), "/constraints", json!({ "max_usd_per_month": usd, "storage_types": ["SSD"] }));
    let dear = reasons(&within(2000.0));
    assert!(dear.contains("no file system with EFA that is allowed"), "{dear}");
    // 4800 GiB at 1000 is the most that this buys, with EFA or without
    let same = reasons(&within(2880.0));
    assert!(same.contains("at 5,040 MB/s, the most that is compared, ENA costs $2,880"), "{same}");
    // 200 clients of 8 EFA interfaces each are more connections than a file system takes
    let many = efa(&with(readers(), "/clients", json!({ "instance_type": "p5.48xlarge", "count": 200 })));
    let last = many.rows.last().unwrap();
    assert_eq!((last.clients, &last.break_even), (200, &None));
    assert!(last.reason.contains("1600 EFA connections") && many.rows[6].break_even.is_some(), "{}", last.reason);
}

#[test]
fn what_cannot_be_asked_is_refused_with_field_and_fix() {
    let two = json!([{ "name": "a" }, { "name": "b" }]);
    let target = |target: Value| json!([{ "target": target }]);
    let cases = [
        ("/workloads", json!([]), "FSX-ASK-WORKLOAD", "workloads"),
        ("/workloads", two, "FSX-ASK-WORKLOAD", "workloads"),
        ("/workloads", json!([{ "operation": "stat" }]), "FSX-ASK-WORKLOAD", "workloads[0].operation"),
        ("/workloads", json!([{ "operations": { "stat": 1 } }]), "FSX-ASK-WORKLOAD", "workloads[0].operations"),
        ("/workloads", json!([{ "operation": "s3_export" }]), "FSX-ASK-WORKLOAD", "workloads[0].operation"),
        ("/workloads", target(json!({ "seconds": 5 })), "FSX-ASK-TARGET", "workloads[0].target.seconds"),
        (
            "/workloads",
            target(json!({ "operations_per_s": 5 })),
            "FSX-ASK-TARGET",
            "workloads[0].target.operations_per_s",
        ),
        ("/workloads", json!([{ "client_count": 1 }]), "FSX-ASK-CLIENTS", "workloads[0].client_count"),
        ("/clients", json!([{ "name": "a" }, { "name": "b" }]), "FSX-ASK-CLIENTS", "clients"),
        ("/clients", json!({ "instance_type": "c5.large" }), "FSX-CLIENT-EFA", "clients.instance_type"),
        ("/clients", json!({}), "FSX-CLIENT-INSTANCE-REQUIRED", "clients.instance_type"),
        ("/clients", json!({ "instance_type": "p5.48xlarge", "count": 0 }), "FSX-VALUE-RANGE", "clients.count"),
        ("/constraints", json!({ "max_usd_per_month": -1.0 }), "FSX-VALUE-RANGE", "constraints.max_usd_per_month"),
    ];
    for (path, value, code, field) in cases {
        let error = efa_break_even(&read(&with(readers(), path, value.clone()))).unwrap_err();
        let named = error.findings.iter().find(|it| it.code == code && it.field == field);
        assert!(named.is_some_and(|it| !it.fix.is_empty()), "{value}: {:?}", error.findings);
    }
    for (name, value, code) in [
        ("uncertainty", json!({}), "FSX-NOT-MODELLED"),
        ("objective", json!("fastest"), "FSX-ASK-OBJECTIVE"),
        ("jobs", json!([{ "kind": "training" }]), "FSX-ASK-WORKLOAD"),
    ] {
        let mut input = readers();
        input[name] = value;
        let error = efa_break_even(&read(&input)).unwrap_err();
        assert!(error.findings.iter().any(|it| it.code == code && it.field == name), "{:?}", error.findings);
    }
}

/// Writers that are fast for a while, on SSD without EFA.
fn writers(rate: f64) -> Value {
    json!({
        "capacity": { "data_gib": 9000 },
        "constraints": { "storage_types": ["SSD"], "efa": "no" },
        "clients": { "instance_type": "c5n.18xlarge", "count": 8 },
        "workloads": [{
            "operation": "write", "processes_per_client": 16, "file_size_mib": 1024, "file_count": 128,
            "target": { "throughput_mb_per_s": rate },
        }],
    })
}

fn burst(input: &Value) -> BurstOrBaseline {
    burst_or_baseline(&read(input)).unwrap_or_else(|error| panic!("{error}: {input}"))
}

/// 12,000 GiB at 125: 1575 MB/s are held, so credits of (6000 − 1575) MB/s × 1200 s give 3000 MB/s for 3726 s.
#[test]
fn credits_are_those_of_the_hand() {
    let answer = burst(&writers(3000.0));
    let chosen = answer.burst.as_ref().unwrap();
    assert_eq!((chosen.family.as_str(), chosen.usd_per_month), ("PERSISTENT_2 SSD 125", 1740.0));
    assert_eq!(answer.baseline.as_ref().unwrap().usd_per_month, 2520.0);
    assert_eq!(answer.saved_usd_per_month, Some(780.0));
    let credits = answer.credits.as_ref().unwrap();
    let near = |a: f64, b: f64| assert!((a / b - 1.0).abs() < 1e-9, "{a} {b}");
    let full = (6000.0 - 1575.0) * 1200.0;
    near(credits.sustained_mb_per_s.mid, 1575.0);
    near(credits.lasts_s.mid, full / (3000.0 - 1575.0));
    near(credits.rest_s.mid, full / 1575.0);
    near(credits.share_of_time, 1575.0 / 3000.0);
    near(credits.lasts_s.mid / (credits.lasts_s.mid + credits.rest_s.mid), credits.share_of_time);
    let work = answer.work.unwrap();
    near(work.seconds, 128.0 * 1024.0 * 1.048_576 / 3000.0);
    assert_eq!((answer.verdict, answer.sure), (Some(Verdict::Burst), true));
}

/// Every figure is that of an estimate of the file system that offers just the rate.
#[test]
fn credits_are_those_of_estimates() {
    for rate in [700.0, 1500.0, 3000.0, 9000.0] {
        let answer = burst(&writers(rate));
        let file_system = serde_json::to_value(&answer.burst.as_ref().unwrap().file_system).unwrap();
        let at = |rate: f64| {
            let mut input = writers(rate);
            let load = input["workloads"][0].as_object_mut().unwrap();
            load.remove("target");
            load.insert("rate_limit_mb_per_s".to_owned(), json!(rate));
            let scenario =
                json!({ "file_system": file_system, "clients": input["clients"], "workloads": input["workloads"] });
            let scenario = scenario::from_json(&scenario.to_string()).unwrap();
            estimate(&scenario).unwrap().workloads.remove(0)
        };
        let Some(credits) = &answer.credits else { continue };
        let own = at(rate);
        assert_eq!(Some(credits.lasts_s), own.burst.and_then(|burst| burst.lasts_s), "{rate}");
        assert_eq!(Some(credits.sustained_mb_per_s), own.sustained.throughput_mb_per_s, "{rate}");
        assert!(credits.curve.len() == 16 && credits.curve[0].lasts_s.is_none(), "{rate}");
        for point in &credits.curve {
            let lasts = at(point.throughput_mb_per_s).burst.and_then(|burst| burst.lasts_s);
            assert_eq!(point.lasts_s, lasts, "{point:?}");
        }
        let mids = credits.curve.iter().skip(1).map(|point| point.lasts_s.unwrap().mid);
        assert!(mids.clone().zip(mids.skip(1)).all(|(a, b)| b < a), "{rate}");
    }
}

/// What holds a rate reaches it, so that credits never cost more; and the two are the plans of their regimes.
#[test]
fn both_are_plans_and_credits_never_cost_more() {
    for rate in [50.0, 400.0, 1000.0, 2500.0, 6000.0, 20_000.0] {
        let answer = burst(&writers(rate));
        let of = |regime: &str| {
            let mut input = writers(rate);
            input["workloads"][0]["target"]["regime"] = json!(regime);
            best(&read(&input)).unwrap().map(|best| (best.file_system, best.cost.usd_per_month))
        };
        let pair = |it: Option<fsx_model::ask::Bought>| it.map(|it| (it.file_system, it.usd_per_month));
        assert!(answer.saved_usd_per_month.is_none_or(|saved| saved >= 0.0), "{rate}");
        assert_eq!((pair(answer.baseline), pair(answer.burst)), (of("sustained"), of("burst")), "{rate}");
    }
}

#[test]
fn verdicts_follow_the_work() {
    // 45.8 s of work a pass, against 337 to 41,206 s of credits, 3726 s at mid
    let judged = |passes: u32| {
        let mut input = writers(3000.0);
        input["workloads"][0]["passes"] = json!(passes);
        let answer = burst(&input);
        (answer.verdict.unwrap(), answer.sure)
    };
    assert_eq!([7, 80].map(judged), [(Verdict::Burst, true), (Verdict::Burst, false)]);
    assert_eq!([90, 1000].map(judged), [(Verdict::Baseline, false), (Verdict::Baseline, true)]);
    let mut open = writers(3000.0);
    open["workloads"][0].as_object_mut().unwrap().remove("file_size_mib");
    let answer = burst(&open);
    assert_eq!((answer.verdict, answer.work, answer.sure), (None, None, false));
    assert!(answer.reason.contains("file_size_mib"), "{}", answer.reason);
}

#[test]
fn where_credits_save_nothing_it_says_so() {
    let mut steady = writers(3000.0);
    steady["constraints"]["per_unit_storage_throughput"] = json!([1000]);
    let answer = burst(&steady);
    assert_eq!((answer.saved_usd_per_month, answer.verdict), (Some(0.0), Some(Verdict::Baseline)));
    assert!(answer.sure && answer.reason.contains("nothing that reaches"), "{}", answer.reason);
    let mut poor = writers(3000.0);
    poor["constraints"]["max_usd_per_month"] = json!(1.0);
    let answer = burst(&poor);
    assert_eq!((answer.baseline, answer.burst, answer.verdict), (None, None, None));
    assert!(answer.reason.contains("not even on credits"), "{}", answer.reason);
    // a budget between the two: only the one on credits is left
    poor["constraints"]["max_usd_per_month"] = json!(2000.0);
    let answer = burst(&poor);
    assert_eq!((&answer.baseline, answer.verdict), (&None, Some(Verdict::Burst)));
    assert!(answer.reason.contains("holds it without"), "{}", answer.reason);
}

#[test]
fn a_rate_is_asked_for() {
    let error = burst_or_baseline(&read(&readers())).unwrap_err();
    assert_eq!(error.findings[0].field, "workloads[0].target.throughput_mb_per_s");
    for rate in [0.0, -1.0] {
        let error = burst_or_baseline(&read(&writers(rate))).unwrap_err();
        assert!(error.findings.iter().any(|it| it.code == "FSX-VALUE-RANGE"), "{:?}", error.findings);
    }
}

/// Where prices are missing, only what goes at all is told apart.
#[test]
fn what_has_no_price_is_not_compared() {
    let mut input = readers();
    input["region"] = json!("eu-west-3");
    let answer = efa(&input);
    assert!(answer.findings.iter().any(|it| it.code == "FSX-COST-PARTIAL"), "{:?}", answer.findings);
    for row in &answer.rows {
        let at = row.break_even.as_ref().unwrap();
        assert!(at.ena.is_none() && at.efa.as_ref().is_some_and(|efa| efa.partial), "{at:?}");
        assert!(row.reason.contains("at least $"), "{}", row.reason);
    }
    assert!(
        answer.cells.iter().all(|cell| cell.partial || cell.ena_usd_per_month.or(cell.efa_usd_per_month).is_none())
    );
    let mut input = writers(3000.0);
    input["region"] = json!("eu-west-3");
    input["constraints"]["deployment_types"] = json!(["PERSISTENT_2"]);
    let answer = burst(&input);
    assert_eq!((answer.saved_usd_per_month, answer.verdict, answer.sure), (None, None, false));
    assert!(answer.reason.contains("not known in full"), "{}", answer.reason);
}
