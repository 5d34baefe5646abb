//! Formulas of jobs and of file systems give their figures again, from the numbers they show.

use std::fs;
use std::path::Path;

use fsx_model::api;
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::case::{cases, config};

/// The tokens of a formula: numbers, signs, names of functions with the parenthesis behind them. Words are left out.
fn tokens(formula: &str) -> Vec<String> {
    let spaced = formula.replace('(', "( ").replace(')', " ) ").replace(',', " , ");
    let counts = |token: &&str| {
        let number = token.starts_with(|first: char| first.is_ascii_digit());
        number || token.ends_with('(') || [")", ",", "+", "−", "×", "/", "%"].contains(token)
    };
    spaced.split_whitespace().filter(counts).map(str::to_owned).collect()
}

struct Reader {
    tokens: Vec<String>,
    at: usize,
}

impl Reader {
    fn takes(&mut self, token: &str) -> bool {
        let is = self.tokens.get(self.at).is_some_and(|next| next == token);
        self.at += usize::from(is);
        is
    }

    fn sum(&mut self) -> f64 {
        let mut sum = self.product();
        loop {
            if self.takes("+") {
                sum += self.product();
            } else if self.takes("−") {
                sum -= self.product();
            } else {
                return sum;
            }
        }
    }

    fn product(&mut self) -> f64 {
        let mut product = self.number();
        loop {
            if self.takes("×") {
                product *= self.number();
            } else if self.takes("/") {
                product /= self.number();
            } else {
                return product;
            }
        }
    }

    fn number(&mut self) -> f64 {
        let token = self.tokens[self.at].clone();
        self.at += 1;
        let Some(function) = token.strip_suffix('(') else {
            let number: f64 = token.parse().unwrap_or_else(|_| panic!("no number: {token}"));
            return if self.takes("%") { number / 100.0 } else { number };
        };
        let mut of = vec![self.sum()];
        while self.takes(",") {
            of.push(self.sum());
        }
        assert!(self.takes(")"), "no end");
        match (function, of.as_slice()) {
            ("", &[of]) => of,
            ("√", &[of]) => of.sqrt(),
            ("exp", &[of]) => libm::exp(of),
            ("ceil", &[of]) => of.ceil(),
            ("min", &[a, b]) => a.min(b),
            ("erlang_b", &[requests, load]) => erlang_b(requests, load),
            other => panic!("{other:?}"),
        }
    }
}

/// Erlang's loss formula by its own recursion.
fn erlang_b(requests: f64, load: f64) -> f64 {
    let (mut lost, mut n) = (1.0, 1.0);
    while n <= requests {
        lost = load * lost / (n + load * lost);
        n += 1.0;
    }
    lost
}

fn evaluated(formula: &str) -> f64 {
    let mut reader = Reader { tokens: tokens(formula), at: 0 };
    let value = reader.sum();
    assert_eq!(reader.at, reader.tokens.len(), "{formula}");
    value
}

/// Holds every formula in an answer to the figure beside it, and to assumptions that the answer lists; counts them.
fn hold(of: &Value) -> usize {
    hold_among(of, &[])
}

fn hold_among(of: &Value, listed: &[Value]) -> usize {
    let ids = |all: &Vec<Value>| all.iter().map(|it| it["id"].clone()).collect::<Vec<_>>();
    let own = of["assumptions"].as_array().filter(|_| of["figure"].is_null()).map(ids);
    let listed = own.as_deref().unwrap_or(listed);
    let inner = match of {
        Value::Array(items) => items.iter().map(|it| hold_among(it, listed)).sum(),
        Value::Object(fields) => fields.values().map(|it| hold_among(it, listed)).sum(),
        _ => 0,
    };
    let Some(workings) = of["workings"].as_array() else { return inner };
    for working in workings {
        let (figure, formula) = (working["figure"].as_str().unwrap(), working["formula"].as_str().unwrap());
        let value = &of[figure];
        let is = value.as_f64().or_else(|| value["mid"].as_f64()).unwrap_or_else(|| panic!("no {figure} in {of}"));
        let says = evaluated(formula);
        assert!((says - is).abs() <= 0.01 * is.abs() + 1e-6, "{figure} = {is}, not {says}: {formula}");
        for id in working["assumptions"].as_array().unwrap() {
            assert!(listed.contains(id), "{figure}: {id}");
        }
    }
    let once = |figure: &Value| workings.iter().filter(|it| it["figure"] == *figure).count() == 1;
    assert!(workings.iter().all(|it| once(&it["figure"])), "{workings:?}");
    inner + workings.len()
}

#[track_caller]
fn answered(call: &str, input: &str) -> Value {
    let answer: Value = serde_json::from_str(&api::call(call, input)).unwrap();
    assert!(answer["errors"].is_null(), "{answer}");
    answer
}

#[test]
fn of_the_examples() {
    let [mut all, mut jobs] = [0, 0];
    for folder in ["scenarios", "questions"] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples").join(folder);
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_none_or(|it| it != "toml") {
                continue;
            }
            let text = fs::read_to_string(&path).unwrap();
            let read = |what: &str| serde_json::from_str::<Value>(&api::read(what, "toml", &text)).unwrap();
            let (call, read) = match (read("scenario"), read("requirement")) {
                (scenario, _) if scenario["errors"].is_null() => ("estimate", scenario),
                (_, requirement) => ("plan", requirement),
            };
            let answer: Value = serde_json::from_str(&api::call(call, &read["ok"].to_string())).unwrap();
            // an example of what is refused
            if answer["ok"].is_null() {
                continue;
            }
            assert!(hold(&answer) > 5, "{}", path.display());
            [all, jobs] = [all + 1, jobs + usize::from(text.contains("[[jobs]]"))];
        }
    }
    assert!(all >= 40 && jobs >= 10, "{all} {jobs}");
}

fn systems() -> [Value; 4] {
    [
        json!({ "deployment_type": "SCRATCH_2", "storage_capacity_gib": 2400 }),
        json!({
            "deployment_type": "PERSISTENT_2", "storage_capacity_gib": 48_000, "per_unit_storage_throughput": 250,
            "metadata_configuration": { "mode": "AUTOMATIC" },
        }),
        json!({
            "deployment_type": "PERSISTENT_1", "storage_type": "HDD", "storage_capacity_gib": 6000,
            "per_unit_storage_throughput": 12, "drive_cache_type": "READ",
        }),
        json!({
            "deployment_type": "PERSISTENT_2", "storage_type": "INTELLIGENT_TIERING",
            "throughput_capacity_mb_per_s": 8000,
            "read_cache": { "sizing_mode": "PROPORTIONAL_TO_THROUGHPUT_CAPACITY" },
            "metadata_configuration": { "mode": "USER_PROVISIONED", "iops": 12_000 },
        }),
    ]
}

fn held(file_system: &Value, jobs: &Value) -> usize {
    held_by(&json!({ "instance_type": "p5.48xlarge", "count": 4 }), file_system, jobs)
}

fn held_by(clients: &Value, file_system: &Value, jobs: &Value) -> usize {
    hold(&answered("estimate", &json!({ "file_system": file_system, "clients": clients, "jobs": jobs }).to_string()))
}

#[test]
fn of_all_presets() {
    let presets: Value = answered("presets", "{}");
    for preset in presets["ok"]["presets"].as_array().unwrap() {
        for file_system in &systems() {
            let mut job = json!({ "preset": preset["id"] });
            if preset["kind"] == "checkpoint" {
                job["mean_time_to_failure_h"] = json!(12);
                job["target_s"] = json!(600);
            }
            assert!(held(file_system, &json!([job])) > 10, "{} {file_system}", preset["id"]);
        }
    }
}

/// Credits that end on the way, checkpoints that are written meanwhile, files that are many or few, and one large rank.
#[test]
fn of_jobs_of_their_own() {
    for (i, mut file_system) in systems().into_iter().enumerate() {
        for credits in [0.0, 0.1, 1.0] {
            if i != 3 {
                file_system["credits_at_start"] = json!(credits);
            }
            let both = json!([
                { "preset": "resnet50-h100", "prefetch_batches": 1, "accelerators_per_client": 2 },
                { "preset": "llama3-70b", "asynchronous": true, "blocking_s": 5, "mean_time_to_failure_h": 8, "restart_s": 90 },
            ]);
            assert!(held(&file_system, &both) > 20);
            let few = json!([{ "kind": "checkpoint", "size_gib": 200, "ranks": 3, "mean_time_to_failure_h": 100 }]);
            assert!(held(&file_system, &few) > 10);
            let large = json!([{ "kind": "checkpoint", "size_gib": 20_000, "files_per_rank": 8 }]);
            assert!(held(&file_system, &large) > 10);
            let groups = json!([
                { "name": "few", "instance_type": "c6in.large", "count": 2 },
                { "name": "many", "instance_type": "m5.xlarge", "count": 9 },
            ]);
            let mixed = json!([
                { "preset": "cosmoflow-h100" },
                { "kind": "checkpoint", "clients": "few", "size_gib": 900, "ranks": 2 },
                { "preset": "llama3-405b", "clients": "many", "target_s": 300, "mean_time_to_failure_h": 4 },
            ]);
            assert!(held_by(&groups, &file_system, &mixed) > 20);
            let operations = json!({ "stat": 3, "open": 1 });
            let storm = json!([{ "kind": "metadata", "items": 10_000_000, "operations": operations }]);
            assert!(held(&file_system, &storm) > 10);
        }
    }
}

#[test]
fn of_a_rank_that_is_last() {
    let file_system = json!({
        "deployment_type": "PERSISTENT_2", "storage_capacity_gib": 480_000, "per_unit_storage_throughput": 1000,
        "efa_enabled": true, "metadata_configuration": { "mode": "AUTOMATIC" },
    });
    let clients = json!({ "instance_type": "p5.48xlarge", "count": 64 });
    assert!(held_by(&clients, &file_system, &json!([{ "preset": "llama3-405b" }])) > 10);
}

#[test]
fn of_ways_to_and_from_s3() {
    let mut file_system = systems()[1].clone();
    file_system["data_repository_associations"] = json!([{
        "file_system_path": "/data", "data_repository_path": "s3://bucket/data", "object_count": 1_000_000,
        "mean_object_size_mib": 0.5, "auto_import": ["NEW", "CHANGED"],
    }]);
    for kind in ["import", "preload", "export", "release"] {
        assert!(held(&file_system, &json!([{ "kind": kind }])) > 10, "{kind}");
    }
    let reading = json!([{ "kind": "training", "samples": 1_000_000, "sample_bytes": 1e5, "batch": 256, "compute_s": 0.4,
        "data_in": "s3" }]);
    assert!(held(&file_system, &reading) > 10);
    file_system["data_repository_associations"][0]["auto_export"] = json!(["NEW", "CHANGED"]);
    assert!(held(&file_system, &json!([{ "preset": "llama3-405b" }])) > 10);
}

#[test]
fn of_numbers_as_they_are_shown() {
    assert_eq!(evaluated("√(2 × 8 s) × (1 + 50 % / 2 MB/s) − ceil(0.5 GiB / 1 GiB each)"), 4.0);
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn of_drawn_workloads(case in cases(), others in prop::bool::ANY, groups in prop::bool::ANY) {
        let mut scenario = case.json();
        if others {
            let mut other = scenario["workloads"][0].clone();
            other["name"] = json!("other");
            other["processes_per_client"] = json!(3);
            scenario["workloads"].as_array_mut().unwrap().push(other);
        }
        if groups && !others {
            let group = |name: &str, count: u32| {
                let mut group = scenario["clients"].clone();
                group["name"] = json!(name);
                group["count"] = json!(count.max(1));
                group
            };
            scenario["clients"] = json!([group("few", case.clients / 3), group("many", case.clients - case.clients / 3)]);
        }
        prop_assert!(hold(&answered("estimate", &scenario.to_string())) >= 3);
    }
}
