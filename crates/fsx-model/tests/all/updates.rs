//! Ways from one file system to another, beside a slow search through single requests by the rules of the service.

use std::collections::{BTreeSet, VecDeque};

use fsx_model::finding::Severity;
use fsx_model::rules;
use fsx_model::scenario::{self, FileSystem, Scenario};
use fsx_model::updates::{Change, Step, route};
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};

use crate::case::{automatic_iops, config};

fn read(tree: &Value) -> FileSystem {
    scenario::from_json(&tree.to_string()).unwrap_or_else(|error| panic!("{error}: {tree}"))
}

fn is_legal(tree: &Value) -> bool {
    let scenario: Scenario = scenario::from_json(&json!({ "file_system": tree }).to_string()).unwrap();
    rules::check(&scenario).iter().all(|finding| finding.severity != Severity::Error)
}

fn automatic(gib: i64) -> i64 {
    automatic_iops(u32::try_from(gib).unwrap()).into()
}

fn metadata() -> impl Strategy<Value = Value> {
    let provisioned = select(vec![1500, 3000, 6000, 12_000, 24_000, 36_000, 48_000])
        .prop_map(|iops| json!({ "mode": "USER_PROVISIONED", "iops": iops }));
    prop_oneof![1 => Just(json!({ "mode": "AUTOMATIC" })), 2 => provisioned]
}

fn cache() -> impl Strategy<Value = Value> {
    let sizes = select(vec![2000, 20_000, 21_000, 40_000, 41_000, 80_000, 5001]);
    prop_oneof![
        Just(json!({ "sizing_mode": "NO_CACHE" })),
        Just(json!({ "sizing_mode": "PROPORTIONAL_TO_THROUGHPUT_CAPACITY" })),
        sizes.prop_map(|gib| json!({ "sizing_mode": "USER_PROVISIONED", "size_gib": gib })),
    ]
}

/// What every type may have.
fn extras() -> impl Strategy<Value = Value> {
    (any::<bool>(), select(vec![0, 0, 1, 8]), select(vec!["", "2.12", "2.15"])).prop_map(|(lz4, stripes, version)| {
        let mut all = json!({});
        if lz4 {
            all["data_compression_type"] = json!("LZ4");
        }
        if stripes > 0 {
            all["layout"] = json!({ "kind": "stripe", "count": stripes });
        }
        if !version.is_empty() {
            all["file_system_type_version"] = json!(version);
        }
        all
    })
}

fn join(mut a: Value, b: &Value) -> Value {
    let b = b.as_object().unwrap().clone();
    a.as_object_mut().unwrap().extend(b);
    a
}

/// A legal file system of one of nine types.
fn of_type(kind: usize) -> BoxedStrategy<Value> {
    let sized = |sizes: Vec<i64>, tiers: Vec<i64>, fixed: Value| {
        (select(sizes), select(tiers)).prop_map(move |(gib, tier)| {
            let tier = if tier == 0 { json!({}) } else { json!({ "per_unit_storage_throughput": tier }) };
            join(join(fixed.clone(), &tier), &json!({ "storage_capacity_gib": gib }))
        })
    };
    let ssd = || vec![1200, 2400, 4800, 9600, 12_000, 24_000, 48_000, 72_000, 96_000];
    let plain = match kind {
        0 => sized(vec![1200, 2400, 3600, 7200], vec![0], json!({ "deployment_type": "SCRATCH_1" })).boxed(),
        1 => sized(ssd(), vec![0], json!({ "deployment_type": "SCRATCH_2" })).boxed(),
        2 => sized(ssd(), vec![50, 100, 200], json!({ "deployment_type": "PERSISTENT_1" })).boxed(),
        3 | 4 => {
            let (tier, cache) = if kind == 3 { (12, "NONE") } else { (40, "READ") };
            let fixed = json!({ "deployment_type": "PERSISTENT_1", "storage_type": "HDD", "drive_cache_type": cache });
            sized(vec![18_000, 36_000, 54_000], vec![tier], fixed).boxed()
        }
        5 => sized(ssd(), vec![125, 250, 500, 1000], json!({ "deployment_type": "PERSISTENT_2" })).boxed(),
        6 => {
            let fixed = json!({ "deployment_type": "PERSISTENT_2" });
            (sized(ssd(), vec![125, 250, 500, 1000], fixed), metadata())
                .prop_map(|(fs, metadata)| join(fs, &json!({ "metadata_configuration": metadata })))
                .boxed()
        }
        7 => {
            let fixed = json!({ "deployment_type": "PERSISTENT_2", "efa_enabled": true });
            (sized(vec![38_400, 76_800], vec![125, 250, 1000], fixed), metadata())
                .prop_map(|(fs, metadata)| join(fs, &json!({ "metadata_configuration": metadata })))
                .boxed()
        }
        _ => (1..5_i64, cache(), select(vec![6000, 12_000]))
            .prop_map(|(steps, cache, iops)| {
                json!({ "deployment_type": "PERSISTENT_2", "storage_type": "INTELLIGENT_TIERING",
                    "throughput_capacity_mb_per_s": 4000 * steps, "read_cache": cache,
                    "metadata_configuration": { "mode": "USER_PROVISIONED", "iops": iops } })
            })
            .boxed(),
    };
    (plain, extras()).prop_map(|(fs, extras)| join(fs, &extras)).prop_filter("legal", is_legal).boxed()
}

/// Two file systems, mostly of one type.
fn pairs() -> impl Strategy<Value = (Value, Value)> {
    (0..9_usize, 0..9_usize, 0..5_u32)
        .prop_flat_map(|(a, b, other)| (of_type(a), of_type(if other == 0 { b } else { a })))
}

/// What counts of a file system, with every default; a version that is not given is the newest.
fn settled(fs: &Value) -> Value {
    let or = |field: &str, default: Value| fs.get(field).filter(|it| !it.is_null()).cloned().unwrap_or(default);
    json!([
        or("deployment_type", json!(null)),
        or("storage_type", json!("SSD")),
        or("storage_capacity_gib", json!(0)),
        or("per_unit_storage_throughput", json!(0)),
        or("throughput_capacity_mb_per_s", json!(0)),
        or("efa_enabled", json!(false)),
        or("drive_cache_type", json!("NONE")),
        or("metadata_configuration", json!(null)),
        or("read_cache", json!(null)),
        or("data_compression_type", json!("NONE")),
        or("layout", json!(null)),
        or("file_system_type_version", json!("2.15")),
    ])
}

fn cache_gib(fs: &Value) -> i64 {
    match fs["read_cache"]["sizing_mode"].as_str() {
        Some("USER_PROVISIONED") => fs["read_cache"]["size_gib"].as_i64().unwrap(),
        Some("PROPORTIONAL_TO_THROUGHPUT_CAPACITY") => fs["throughput_capacity_mb_per_s"].as_i64().unwrap() * 5,
        _ => 0,
    }
}

fn iops(fs: &Value) -> i64 {
    let configuration = &fs["metadata_configuration"];
    configuration["iops"].as_i64().unwrap_or_else(|| automatic(fs["storage_capacity_gib"].as_i64().unwrap()))
}

/// Every file system that one request makes of this one, as far as it may lead to the other.
fn requests(fs: &Value, goal: &Value) -> Vec<Value> {
    let mut all = Vec::new();
    let mut offer = |changes: Value| all.push(join(fs.clone(), &changes));
    let number = |fs: &Value, field: &str| fs[field].as_i64().unwrap_or(0);
    let scratch_1 = fs["deployment_type"] == "SCRATCH_1";
    let (now, then) = (number(fs, "storage_capacity_gib"), number(goal, "storage_capacity_gib"));
    if then > now && !scratch_1 {
        offer(json!({ "storage_capacity_gib": then }));
    }
    let changes_tier = fs["storage_type"] != "HDD" && fs["efa_enabled"] != true;
    if fs.get("per_unit_storage_throughput").is_some() && changes_tier {
        offer(json!({ "per_unit_storage_throughput": goal["per_unit_storage_throughput"] }));
    }
    if fs["metadata_configuration"].is_object() {
        let raised = [Some(iops(goal)), (then > 0).then(|| automatic(then)), (now > 0).then(|| automatic(now))];
        for value in raised.into_iter().flatten().filter(|value| *value >= iops(fs)) {
            offer(json!({ "metadata_configuration": { "mode": "USER_PROVISIONED", "iops": value } }));
        }
        if now > 0 && iops(fs) == automatic(now) {
            offer(json!({ "metadata_configuration": { "mode": "AUTOMATIC" } }));
        }
    }
    let (now, then) = (number(fs, "throughput_capacity_mb_per_s"), number(goal, "throughput_capacity_mb_per_s"));
    if then > now {
        let mut changes = json!({ "throughput_capacity_mb_per_s": then });
        let mut taken = true;
        if fs["read_cache"]["sizing_mode"] == "USER_PROVISIONED" {
            taken = cache_gib(fs) * then % now == 0;
            changes["read_cache"] =
                json!({ "sizing_mode": "USER_PROVISIONED", "size_gib": cache_gib(fs) * then / now });
        }
        if taken {
            offer(changes);
        }
    }
    if now > 0 {
        let (has, wants) = (cache_gib(fs), cache_gib(&join(fs.clone(), &json!({ "read_cache": goal["read_cache"] }))));
        if has == 0 || wants == 0 || (wants - has).abs() * 10 >= has {
            offer(json!({ "read_cache": goal["read_cache"] }));
        }
        offer(json!({ "read_cache": { "sizing_mode": "NO_CACHE" } }));
    }
    let version = |fs: &Value| fs["file_system_type_version"].as_str().unwrap_or("2.15").to_owned();
    if version(goal) > version(fs) {
        offer(json!({ "file_system_type_version": version(goal) }));
    }
    for field in ["data_compression_type", "layout"] {
        offer(json!({ field: goal.get(field) }));
    }
    all.retain(is_legal);
    all
}

/// Whether single requests lead from one file system to another, by looking through all of them.
fn is_reached(current: &Value, goal: &Value) -> bool {
    let mut seen = BTreeSet::from([settled(current).to_string()]);
    let mut ahead = VecDeque::from([current.clone()]);
    while let Some(fs) = ahead.pop_front() {
        if settled(&fs) == settled(goal) {
            return true;
        }
        ahead.extend(requests(&fs, goal).into_iter().filter(|next| seen.insert(settled(next).to_string())));
    }
    false
}

fn tree(fs: &FileSystem) -> Value {
    let mut tree = serde_json::to_value(fs).unwrap();
    // what is absent and what is empty are one
    tree.as_object_mut().unwrap().retain(|_, value| !value.is_null() && *value != json!([]));
    if let Some(cache) = tree.get_mut("read_cache").and_then(Value::as_object_mut) {
        cache.retain(|_, value| !value.is_null());
    }
    for nested in ["metadata_configuration", "layout"] {
        if let Some(it) = tree.get_mut(nested).and_then(Value::as_object_mut) {
            it.retain(|_, value| !value.is_null() && *value != json!([]));
        }
    }
    tree
}

const RULES: [&str; 9] = [
    "FSX-UPDATE-CHOSEN",
    "FSX-UPDATE-METADATA",
    "FSX-UPDATE-IOPS-SHRINK",
    "FSX-UPDATE-CAPACITY-SHRINK",
    "FSX-UPDATE-CAPACITY-FIXED",
    "FSX-UPDATE-TIER-FIXED",
    "FSX-UPDATE-TIER-EFA",
    "FSX-UPDATE-THROUGHPUT-SHRINK",
    "FSX-UPDATE-VERSION-DOWN",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: config().cases.max(1000), ..config() })]
    #[test]
    fn what_can_be_reached_is_and_the_rest_says_why((current, design) in pairs()) {
        // an open version stays
        let mut goal = design.clone();
        if goal.get("file_system_type_version").is_none() && let Some(version) = current.get("file_system_type_version") {
            goal["file_system_type_version"] = version.clone();
        }
        let reached = is_legal(&goal) && is_reached(&current, &goal);
        match route(&read(&current), &read(&design)) {
            Ok(steps) => {
                prop_assert!(reached, "{current} to {design}");
                let mut now = current.clone();
                for Step { change, file_system } in &steps {
                    let next = tree(file_system);
                    prop_assert!(is_legal(&next), "{change}: {next}");
                    let all: BTreeSet<String> = requests(&now, &goal).iter().map(|it| settled(it).to_string()).collect();
                    prop_assert!(all.contains(&settled(&next).to_string()), "{change}: {now} to {next}");
                    now = next;
                }
                prop_assert_eq!(settled(&now), settled(&goal), "{} to {}", current, design);
            }
            Err(blocked) => {
                prop_assert!(!reached, "{current} to {design}: {blocked:?}");
                for finding in &blocked {
                    prop_assert!(RULES.contains(&finding.code) && !finding.sources.is_empty(), "{finding:?}");
                }
            }
        }
    }
}

fn changes(current: &Value, design: &Value) -> Vec<Change> {
    route(&read(current), &read(design)).unwrap().iter().map(|step| step.change).collect()
}

fn blocking(current: &Value, design: &Value) -> Vec<&'static str> {
    route(&read(current), &read(design)).unwrap_err().iter().map(|finding| finding.code).collect()
}

#[test]
fn nothing_to_do_is_no_step() {
    let fs =
        json!({ "deployment_type": "PERSISTENT_2", "per_unit_storage_throughput": 125, "storage_capacity_gib": 1200 });
    assert_eq!(changes(&fs, &fs), []);
}

/// The order that users of Terraform ran into: 1200 to 2400 GiB asks for 3000 Metadata IOPS first.
#[test]
fn metadata_come_before_the_capacity_that_asks_for_more() {
    let p2 = |gib: i64, tier: i64, metadata: Value| {
        json!({ "deployment_type": "PERSISTENT_2", "per_unit_storage_throughput": tier, "storage_capacity_gib": gib,
            "metadata_configuration": metadata })
    };
    let provisioned = |iops: i64| json!({ "mode": "USER_PROVISIONED", "iops": iops });
    let automatic = || json!({ "mode": "AUTOMATIC" });
    use Change::{Metadata, StorageCapacity, Throughput};
    assert_eq!(
        changes(&p2(1200, 125, provisioned(1500)), &p2(2400, 125, provisioned(3000))),
        [Metadata, StorageCapacity]
    );
    // AUTOMATIC grows with the capacity
    assert_eq!(changes(&p2(1200, 125, automatic()), &p2(2400, 125, automatic())), [StorageCapacity]);
    assert_eq!(changes(&p2(1200, 125, provisioned(1500)), &p2(2400, 125, automatic())), [Metadata, StorageCapacity]);
    let between = changes(&p2(1200, 125, provisioned(3000)), &p2(4800, 125, automatic()));
    assert_eq!(between, [Metadata, StorageCapacity, Metadata]);
    // more throughput first, less of it last
    let faster = changes(&p2(1200, 125, automatic()), &p2(2400, 500, automatic()));
    assert_eq!(faster, [Throughput, StorageCapacity]);
    let slower = changes(&p2(1200, 500, automatic()), &p2(2400, 125, automatic()));
    assert_eq!(slower, [StorageCapacity, Throughput]);
    assert_eq!(blocking(&p2(2400, 125, provisioned(12_000)), &p2(2400, 125, automatic())), ["FSX-UPDATE-IOPS-SHRINK"]);
    assert_eq!(blocking(&p2(2400, 125, automatic()), &p2(1200, 125, automatic())), ["FSX-UPDATE-CAPACITY-SHRINK"]);
}

#[test]
fn a_cache_of_intelligent_tiering_keeps_its_share_or_goes() {
    let tiering = |steps: i64, cache: Value| {
        json!({ "deployment_type": "PERSISTENT_2", "storage_type": "INTELLIGENT_TIERING",
            "throughput_capacity_mb_per_s": 4000 * steps, "read_cache": cache,
            "metadata_configuration": { "mode": "USER_PROVISIONED", "iops": 6000 } })
    };
    let gib = |gib: i64| json!({ "sizing_mode": "USER_PROVISIONED", "size_gib": gib });
    use Change::{ReadCache, Throughput};
    assert_eq!(changes(&tiering(1, gib(2000)), &tiering(2, gib(4000))), [Throughput]);
    assert_eq!(changes(&tiering(1, gib(2000)), &tiering(2, gib(8000))), [Throughput, ReadCache]);
    // 5001 GiB of two servers are no whole number on three
    assert_eq!(changes(&tiering(2, gib(5001)), &tiering(3, gib(8000))), [ReadCache, Throughput, ReadCache]);
    // less than 10 % is no resize
    assert_eq!(changes(&tiering(1, gib(20_000)), &tiering(1, gib(21_000))), [ReadCache, ReadCache]);
    assert_eq!(blocking(&tiering(2, gib(4000)), &tiering(1, gib(4000))), ["FSX-UPDATE-THROUGHPUT-SHRINK"]);
}
