//! `reverse` against estimates, client by client.

use fsx_model::estimate::{estimate, numbers};
use fsx_model::finding::ErrorKind;
use fsx_model::reverse::{Carried, reverse};
use fsx_model::scenario::{self, Scenario};
use serde_json::{Value, json};

fn read(input: &Value) -> Scenario {
    scenario::from_json(&input.to_string()).unwrap_or_else(|error| panic!("{error}: {input}"))
}

fn carried(input: &Value) -> Vec<Carried> {
    reverse(&read(input)).unwrap_or_else(|error| panic!("{error}: {input}")).workloads
}

/// Sustained rate of the only workload.
fn rate(input: &Value) -> f64 {
    numbers(&read(input)).unwrap().workloads[0].sustained.rate().0.mid
}

fn system(load: Value, clients: u32) -> Value {
    json!({
        "file_system": {
            "deployment_type": "PERSISTENT_2", "storage_capacity_gib": 4800, "per_unit_storage_throughput": 250,
            "metadata_configuration": { "mode": "AUTOMATIC" },
        },
        "clients": { "count": clients, "network_gbps": 10.0 },
        "workloads": [load],
    })
}

fn loads() -> Vec<(Value, &'static str, f64)> {
    vec![
        (json!({ "processes_per_client": 4 }), "rate_limit_mb_per_s", 37.0),
        (json!({ "processes_per_client": 2, "operation": "write" }), "rate_limit_mb_per_s", 250.0),
        (
            json!({ "access": "random", "io_size_kib": 4, "direct_io": true, "queue_depth": 4 }),
            "rate_limit_operations_per_s",
            900.0,
        ),
        (
            json!({ "operation": "create", "processes_per_client": 4, "directories": 1000 }),
            "rate_limit_operations_per_s",
            1300.0,
        ),
    ]
}

/// `most` is the last number of clients, counted up one by one, that all get what they offer.
#[test]
fn most_clients_are_those_of_counting_up() {
    for (load, field, each) in loads() {
        let with = |clients: u32, offered: f64| {
            let mut load = load.clone();
            load[field] = json!(offered);
            system(load, clients)
        };
        let gets_it = |clients: &u32| {
            let total = each * f64::from(*clients);
            // the load in the unit of the rate
            let free = rate(&system(load.clone(), *clients));
            let wanted =
                if field.ends_with("mb_per_s") || load["operation"] == "create" { total } else { total * 4096e-6 };
            free >= wanted * (1.0 - 1e-9)
        };
        let counted = (1..=200).take_while(gets_it).last().unwrap_or(0);
        let got = &carried(&with(2, 2.0 * each))[0];
        assert!((1..200).contains(&counted), "{load}: {counted}");
        assert_eq!(got.clients.most, Some(i64::from(counted)), "{load}");
        assert_eq!((got.clients.now, got.offered.is_some()), (2, true));
    }
}

#[test]
fn saturating_clients_are_those_of_counting_up() {
    for (load, ..) in loads() {
        let highest = rate(&system(load.clone(), 131_072));
        let counted = (1..=1000).find(|clients| rate(&system(load.clone(), *clients)) >= 0.95 * highest);
        let got = &carried(&system(load.clone(), 3))[0];
        assert_eq!(got.clients.saturating, counted.map(i64::from), "{load}");
        assert_eq!((got.clients.most, got.offered, got.times), (None, None, None));
    }
}

/// What is carried is what the workload reaches without its own limit, beside the others with theirs.
#[test]
fn each_is_freed_beside_the_others() {
    let limited = |load: Value, offered: f64| {
        let mut load = load;
        load["rate_limit_mb_per_s"] = json!(offered);
        load
    };
    let input = |first: Value, second: Value| {
        let mut input = system(first, 8);
        input["workloads"].as_array_mut().unwrap().push(second);
        input
    };
    let [one, other] =
        [json!({ "processes_per_client": 8 }), json!({ "processes_per_client": 2, "operation": "write" })];
    let both = carried(&input(limited(one.clone(), 500.0), limited(other.clone(), 200.0)));
    let free_first = estimate(&read(&input(one.clone(), limited(other.clone(), 200.0)))).unwrap();
    let free_second = estimate(&read(&input(limited(one, 500.0), other))).unwrap();
    assert_eq!(both[0].sustained, free_first.workloads[0].sustained.rate().0);
    assert_eq!(both[1].sustained, free_second.workloads[1].sustained.rate().0);
    assert_eq!(both[0].burst, free_first.workloads[0].burst.as_ref().map(|burst| burst.regime.rate().0));
    assert_eq!(both[0].times, Some(both[0].sustained.mid / 500.0));
    // 4.8 TiB at 250: 1260 MB/s of disks, of which the writer takes 200
    assert!((both[0].sustained.mid - 1060.0).abs() < 1.0, "{:?}", both[0].sustained);
}

#[test]
fn an_illegal_design_is_refused() {
    let mut input = system(json!({}), 1);
    input["file_system"]["storage_capacity_gib"] = json!(3600);
    assert_eq!(reverse(&read(&input)).unwrap_err().kind, ErrorKind::Refused);
}
