//! Every rule by a case of its own; legal designs without findings; fixes that are themselves legal.

mod cases;
mod repository;

use serde_json::{Value, json};

use super::{RULES, check, rules, tables};
use crate::catalog::terms::{DeploymentType, StorageType};
use crate::catalog::{METADATA_VALUES, SIZES, SOURCES, THROUGHPUT, automatic_metadata_iops};
use crate::finding::{Finding, Severity};
use crate::scenario::{Scenario, from_json};
use cases::{CASES, Case};

/// Lays `patch` over `base`: tables are merged, `null` removes.
fn merge(base: &mut Value, patch: &Value) {
    match (base, patch) {
        (Value::Object(base), Value::Object(patch)) => {
            for (name, value) in patch {
                if value.is_null() {
                    base.remove(name);
                } else {
                    merge(base.entry(name.clone()).or_insert(Value::Null), value);
                }
            }
        }
        (base, patch) => *base = patch.clone(),
    }
}

/// Legal scenarios to spoil.
fn base(name: &str) -> Value {
    let efa = json!({ "deployment_type": "PERSISTENT_2", "storage_capacity_gib": 38400, "efa_enabled": true,
        "per_unit_storage_throughput": 250, "metadata_configuration": { "mode": "AUTOMATIC" } });
    let file_system = match name {
        "P2" => {
            json!({ "deployment_type": "PERSISTENT_2", "storage_capacity_gib": 1200, "per_unit_storage_throughput": 250 })
        }
        "META" => {
            json!({ "deployment_type": "PERSISTENT_2", "storage_capacity_gib": 1200, "per_unit_storage_throughput": 250,
            "metadata_configuration": { "mode": "USER_PROVISIONED", "iops": 12000 } })
        }
        "P1" => {
            json!({ "deployment_type": "PERSISTENT_1", "storage_capacity_gib": 4800, "per_unit_storage_throughput": 100 })
        }
        "HDD" => json!({ "deployment_type": "PERSISTENT_1", "storage_type": "HDD", "storage_capacity_gib": 6000,
            "per_unit_storage_throughput": 12, "drive_cache_type": "NONE" }),
        "S1" => json!({ "deployment_type": "SCRATCH_1", "storage_capacity_gib": 3600 }),
        "S2" => json!({ "deployment_type": "SCRATCH_2", "storage_capacity_gib": 4800 }),
        "IT" => json!({ "deployment_type": "PERSISTENT_2", "storage_type": "INTELLIGENT_TIERING",
            "throughput_capacity_mb_per_s": 8000, "read_cache": { "sizing_mode": "USER_PROVISIONED", "size_gib": 20000 },
            "metadata_configuration": { "mode": "USER_PROVISIONED", "iops": 6000 } }),
        "EFA" | "P5" => efa,
        other => panic!("no base {other}"),
    };
    let mut scenario = json!({ "file_system": file_system });
    if name == "P5" {
        scenario["clients"] = json!({ "instance_type": "p5.48xlarge", "count": 4, "interface": "EFA" });
    }
    scenario
}

const BASES: &[&str] = &["P2", "META", "P1", "HDD", "S1", "S2", "IT", "EFA", "P5"];

fn scenario(value: &Value) -> Scenario {
    from_json(&value.to_string()).unwrap_or_else(|error| panic!("{error}: {value}"))
}

fn spoilt(case: &Case) -> Value {
    let mut value = base(case.base);
    let patch = serde_json::from_str(case.patch).unwrap_or_else(|error| panic!("{error}: {}", case.patch));
    merge(&mut value, &patch);
    value
}

fn codes(findings: &[Finding]) -> Vec<(&str, &str)> {
    findings.iter().map(|it| (it.code, it.field.as_str())).collect()
}

#[test]
fn bases_are_legal() {
    for name in BASES {
        assert_eq!(check(&scenario(&base(name))), [], "{name}");
    }
}

#[test]
fn one_fault_gives_one_finding() {
    for case in CASES {
        let findings = check(&scenario(&spoilt(case)));
        let [found] = findings.as_slice() else { panic!("{}: {findings:#?}", case.patch) };
        let got = (found.code, found.field.as_str(), found.value.as_str(), found.fix.as_str());
        assert_eq!(got, (case.code, case.field, case.value, case.fix), "{}", case.patch);
        assert!(!found.sources.is_empty(), "{}", case.code);
    }
}

/// Sets the field at `path` to what `fix` says, as a person would type it.
fn apply(scenario: &mut Value, path: &str, fix: &str) {
    let pointer = format!("/{}", path.replace(['.', '['], "/").replace(']', ""));
    let typed = serde_json::from_str(fix).unwrap_or_else(|_| json!(fix));
    let Some(place) = scenario.pointer_mut(&pointer) else { panic!("no {path}") };
    let keep_text = place.is_string();
    *place = if keep_text { json!(fix) } else { typed };
}

#[test]
fn a_fix_that_is_a_value_heals() {
    let mut healed = 0;
    for case in CASES {
        let instruction = case.fix.contains(' ');
        // these turn one field and then need another
        let needs_more = ["FSX-STORAGE-TYPE", "FSX-CAPACITY-REQUIRED"].contains(&case.code);
        if instruction || needs_more || case.code == "FSX-ASSUMPTION" {
            continue;
        }
        let mut value = spoilt(case);
        apply(&mut value, case.field, case.fix);
        let left: Vec<Finding> = check(&scenario(&value)).into_iter().filter(|it| it.code == case.code).collect();
        assert_eq!(left, [], "{} {}", case.code, case.patch);
        healed += 1;
    }
    assert!(healed > 50, "{healed}");
}

#[test]
fn every_rule_has_a_case() {
    // too long to write down: has a test of its own
    for rule in rules().filter(|rule| rule.code != "FSX-LIST-LENGTH") {
        assert!(CASES.iter().any(|case| case.code == rule.code), "no case for {}", rule.code);
    }
}

#[test]
fn lists_have_a_most() {
    let mut value = base("P2");
    value["workloads"] = json!(vec![json!({ "name": "same" }); 1001]);
    let findings = check(&scenario(&value));
    assert_eq!(codes(&findings), [("FSX-LIST-LENGTH", "workloads")]);
    assert_eq!((findings[0].value.as_str(), findings[0].fix.as_str()), ("1001", "1000 entries or fewer"));
}

#[test]
fn table_of_rules_is_sound() {
    let mut seen: Vec<&str> = Vec::new();
    for rule in rules() {
        assert!(rule.code.starts_with("FSX-"), "{}", rule.code);
        assert!(!seen.contains(&rule.code), "{} twice", rule.code);
        assert!(rule.after.iter().all(|premise| seen.contains(premise)), "{} before a premise", rule.code);
        assert!(!rule.sources.is_empty(), "{}", rule.code);
        for id in rule.sources {
            assert!(SOURCES.iter().any(|source| source.id == *id), "{}: source {id}", rule.code);
        }
        seen.push(rule.code);
    }
    assert_eq!(RULES.iter().map(|group| group.len()).sum::<usize>(), seen.len());
}

#[test]
fn messages_follow_the_style() {
    for case in CASES {
        for found in check(&scenario(&spoilt(case))) {
            let text = &found.message;
            assert!(!text.is_empty() && !text.ends_with(['.', '!']), "{text}");
            let first: Vec<char> = text.chars().take(2).collect();
            let starts_small = !first[0].is_uppercase()
                || first[1].is_uppercase()
                || text.starts_with("Metadata IOPS")
                || text.starts_with("FSx");
            assert!(starts_small, "{text}");
            assert!(!text.contains("Whole") && !text.contains("Some(") && !text.contains("None"), "{text}");
        }
    }
}

#[test]
fn findings_of_independent_faults_come_together() {
    let found = check(&scenario(&json!({
        "region": "us-esat-1",
        "file_system": { "deployment_type": "PERSISTENT_2", "storage_capacity_gib": 3600, "per_unit_storage_throughput": 200,
            "drive_cache_type": "READ", "fill": 2 },
        "clients": { "instance_type": "c6in.16xlarg", "count": 0 },
        "workloads": [{ "direct_io": true, "mapped": true }],
    })));
    let found: Vec<&str> = found.iter().map(|it| it.code).collect();
    assert_eq!(
        found,
        [
            "FSX-REGION",
            "FSX-DRIVE-CACHE-NOT-TAKEN",
            "FSX-TIER",
            "FSX-CAPACITY-STEP",
            "FSX-VALUE-RANGE",
            "FSX-VALUE-RANGE",
            "FSX-INSTANCE-TYPE",
            "FSX-WORKLOAD-MAPPED",
        ]
    );
}

/// File systems of every type, storage class and tier, with and without EFA, without a capacity.
fn every_kind() -> Vec<Value> {
    let mut kinds = Vec::new();
    for row in SIZES {
        let same = |tier: &&crate::catalog::ThroughputTier| {
            tier.deployment_type == row.deployment_type
                && tier.storage_type == row.storage_type
                && tier.basis == "storage"
        };
        let tiers = THROUGHPUT.iter().filter(same).map(|tier| tier.per_unit_storage_throughput);
        let tiers: Vec<Option<u32>> = match row.per_unit_storage_throughput {
            Some(tier) => vec![Some(tier)],
            None if row.storage_type == StorageType::IntelligentTiering => vec![None],
            None => tiers.collect(),
        };
        for tier in tiers {
            let mut fs = json!({ "deployment_type": row.deployment_type, "storage_type": row.storage_type, "efa_enabled": row.efa_enabled });
            if let Some(tier) = tier {
                fs["per_unit_storage_throughput"] = json!(tier);
            }
            if row.storage_type == StorageType::Hdd {
                fs["drive_cache_type"] = json!("READ");
            }
            if row.storage_type == StorageType::IntelligentTiering {
                merge(&mut fs, &base("IT")["file_system"]);
            } else if row.efa_enabled {
                fs["metadata_configuration"] = json!({ "mode": "AUTOMATIC" });
            }
            kinds.push(json!({ "file_system": fs }));
        }
    }
    kinds
}

/// What makes a scenario illegal.
fn errors(scenario: &Scenario) -> Vec<Finding> {
    check(scenario).into_iter().filter(|finding| finding.severity == Severity::Error).collect()
}

#[test]
fn every_kind_of_file_system_is_legal_at_its_sizes() {
    let kinds = every_kind();
    assert_eq!(kinds.len(), 17);
    for kind in &kinds {
        let mut parsed = scenario(kind);
        let Some(rule) = tables::size_rule(&parsed.file_system) else { panic!("no sizes for {kind}") };
        let Some(step) = rule.step_gib else {
            assert_eq!(errors(&parsed), [], "{kind}");
            continue;
        };
        for size in rule.small_sizes_gib.iter().copied().chain([step, 2 * step, 5 * step]) {
            parsed.file_system.storage_capacity_gib = Some(crate::shape::Whole(i64::from(size)));
            assert_eq!(errors(&parsed), [], "{kind} at {size} GiB");
        }
    }
}

#[test]
fn the_fix_of_a_capacity_is_the_nearest_legal_one() {
    use crate::shape::Whole;
    for kind in every_kind() {
        let mut parsed = scenario(&kind);
        let Some(rule) = tables::size_rule(&parsed.file_system) else { panic!("no sizes for {kind}") };
        let Some(step) = rule.step_gib.map(i64::from) else { continue };
        // slow and obvious: every legal size up to well beyond the tested ones
        let mut legal: Vec<i64> = rule.small_sizes_gib.iter().copied().map(i64::from).collect();
        legal.extend((1..400_000 / step).map(|n| n * step));
        legal.retain(|size| rule.maximum_gib.is_none_or(|most| *size <= i64::from(most)));
        for capacity in (0..=200_000).step_by(600) {
            parsed.file_system.storage_capacity_gib = Some(Whole(capacity));
            let findings = errors(&parsed);
            let nearest = legal.iter().copied().min_by_key(|size| ((size - capacity).abs(), -size));
            if nearest == Some(capacity) {
                assert_eq!(findings, [], "{kind} at {capacity}");
                continue;
            }
            assert_eq!(codes(&findings), [("FSX-CAPACITY-STEP", "file_system.storage_capacity_gib")], "{capacity}");
            assert_eq!(findings[0].fix.parse().ok(), nearest, "{kind} at {capacity}");
        }
    }
}

#[test]
fn metadata_floor_follows_the_capacity() {
    use crate::shape::Whole;
    let mut parsed = scenario(&base("META"));
    for capacity in (2400..=1_200_000).step_by(2400) {
        parsed.file_system.storage_capacity_gib = Some(Whole(capacity));
        let least = automatic_metadata_iops(Whole(capacity).get());
        for value in METADATA_VALUES.iter().filter(|row| row.storage_type == StorageType::Ssd) {
            if let Some(it) = parsed.file_system.metadata_configuration.as_mut() {
                it.iops = Some(Whole(i64::from(value.iops)));
            }
            let findings = errors(&parsed);
            assert_eq!(
                findings.is_empty(),
                f64::from(value.iops) >= least,
                "{capacity} GiB, {}: {findings:?}",
                value.iops
            );
        }
    }
}

#[test]
fn nothing_overflows_at_the_ends_of_the_numbers() {
    for number in [i64::MIN, -(1 << 53), -1, 0, 1, 1 << 53, i64::MAX] {
        for name in BASES {
            use crate::shape::Whole;
            let mut it = scenario(&base(name));
            let fs = &mut it.file_system;
            for field in [
                &mut fs.storage_capacity_gib,
                &mut fs.per_unit_storage_throughput,
                &mut fs.throughput_capacity_mb_per_s,
            ] {
                *field = field.map(|_| Whole(number));
            }
            if let Some(cache) = fs.read_cache.as_mut() {
                cache.size_gib = Some(Whole(number));
            }
            let _ = check(&it);
        }
    }
    assert_eq!(tables::nearest_multiple(i64::MIN, 4000, 8000), Some(4000));
    assert_eq!(tables::nearest_multiple(i64::MAX, 4000, 8000), Some(8000));
    assert_eq!(tables::nearest_multiple(6000, 4000, 8000), Some(8000));
}

#[test]
fn figures_typed_from_the_sources() {
    let of = |name| scenario(&base(name)).file_system;
    let largest = |name| {
        tables::size_rule(&of(name)).map(|rule| (tables::nearest_size(rule, i64::MAX), tables::maximum_size(rule)))
    };
    assert_eq!(largest("P2"), Some((Some(1_200_000), 1_200_000)));
    assert_eq!(largest("EFA"), Some((Some(1_190_400), 1_200_000)));
    assert_eq!(largest("P1"), Some((Some(604_800), 604_800)));
    assert_eq!(largest("HDD"), Some((Some(1_002_000), 1_002_000)));
    assert_eq!(tables::tiers(&of("P1")).collect::<Vec<_>>(), [50, 100, 200]);
    assert_eq!(tables::tiers(&of("HDD")).collect::<Vec<_>>(), [12, 40]);
    assert_eq!(tables::tiers(&of("P2")).collect::<Vec<_>>(), [125, 250, 500, 1000]);
    assert!(DeploymentType::ALL.iter().all(|it| tables::can_have_efa(*it) == (*it == DeploymentType::Persistent2)));
}

fn shown(case: &Case) -> String {
    check(&scenario(&spoilt(case)))
        .iter()
        .map(|it| {
            format!("{} {}={}: {} → {} [{}]", it.code, it.field, it.value, it.message, it.fix, it.sources.join(" "))
        })
        .collect()
}

#[test]
fn illegal_designs_people_ask_for() {
    let asked_for: Vec<&Case> = CASES.iter().filter(|case| case.asked_for).collect();
    for case in &asked_for {
        assert!(check(&scenario(&spoilt(case))).iter().all(|it| it.severity == Severity::Error), "{}", case.code);
    }
    insta::assert_snapshot!(asked_for.into_iter().map(shown).collect::<Vec<_>>().join("\n"), @r#"
    FSX-CAPACITY-STEP file_system.storage_capacity_gib=3600: PERSISTENT_2 SSD takes 1200 GiB or a multiple of 2400 GiB → 4800 [API-CREATE START]
    FSX-CAPACITY-STEP file_system.storage_capacity_gib=4800: PERSISTENT_2 SSD with EFA at 250 MB/s per TiB takes a multiple of 19200 GiB → 19200 [API-CREATE START]
    FSX-TIER file_system.per_unit_storage_throughput=125: PERSISTENT_1 SSD comes at 50, 100 or 200 MB/s per TiB → 100 [API-LUSTRE]
    FSX-METADATA-TYPE file_system.metadata_configuration=AUTOMATIC: SCRATCH_2 takes no metadata configuration; PERSISTENT_2 does → remove it [METAMGMT]
    FSX-STORAGE-TYPE file_system.storage_type=HDD: PERSISTENT_2 takes SSD or INTELLIGENT_TIERING storage; HDD goes with PERSISTENT_1 → SSD [API-CREATE DEPLOY]
    FSX-CLIENT-EFA clients.instance_type=p4d.24xlarge: this instance type is on Nitro v3; FSx for Lustre accepts EFA on Nitro v4 or newer → p5.48xlarge [EFA]
    FSX-METADATA-IOPS file_system.metadata_configuration.iops=9000: SSD storage takes Metadata IOPS of 1500, 3000, 6000 or a multiple of 12000 up to 192000 → 12000 [PERF API-META]
    FSX-METADATA-FLOOR file_system.metadata_configuration.iops=12000: a capacity of 48000 GiB includes 24000 Metadata IOPS, and no fewer can be provisioned; a file system that grows to it needs 24000 first → 24000 [TF44456 PERF]
    FSX-THROUGHPUT-STEP file_system.throughput_capacity_mb_per_s=6000: the throughput capacity comes in steps of 4000 MB/s, from 4000 to 2000000 → 8000 [THRU API-LUSTRE]
    "#);
}

#[test]
fn representative_messages() {
    let wanted = [
        "FSX-VALUE-RANGE",
        "FSX-WORKLOAD-CAPACITY",
        "FSX-EFA-CONNECTIONS",
        "FSX-INSTANCE-TYPE",
        "FSX-LAYOUT-BEFORE",
        "FSX-VERSION",
        "FSX-READ-CACHE-SIZE",
        "FSX-ASSUMPTION-RANGE",
        "FSX-REGION-TIER",
        "FSX-DRIVE-CACHE-REQUIRED",
    ];
    let all: Vec<String> =
        wanted.iter().filter_map(|code| CASES.iter().find(|case| case.code == *code)).map(shown).collect();
    insta::assert_snapshot!(all.join("\n"), @r#"
    FSX-VALUE-RANGE file_system.fill=1.5: the share of the usable capacity in use must be 0 to 1 → 1 [MODEL]
    FSX-WORKLOAD-CAPACITY workloads[0].file_count=2000: the files take 2000 GiB, more than the capacity of 1200 GiB → 1200 [MODEL]
    FSX-EFA-CONNECTIONS clients.count=129: the clients make 1032 EFA connections, 8 for each client of this group; the file system takes 1024 → 128 [EFACLIENT]
    FSX-INSTANCE-TYPE clients.instance_type=c6in.16xlarg: this EC2 instance type is not in the catalog → c6in.16xlarge [MOTO]
    FSX-LAYOUT-BEFORE file_system.layout.before=: the kind `created` needs the day before which the file system was made: 2020-12-18 or 2023-08-25 → add before = "2023-08-25" [PERF]
    FSX-VERSION file_system.file_system_type_version=2.10: PERSISTENT_2 takes Lustre 2.12 or 2.15 → 2.15 [API-CREATE]
    FSX-READ-CACHE-SIZE file_system.read_cache.size_gib=63: the read cache takes 32 to 131072 GiB for every 4000 MB/s of throughput capacity, here 64 to 262144 GiB for 2 of them → 64 [CACHE API-CACHE]
    FSX-ASSUMPTION-RANGE assumptions.tcp_efficiency=0.95: share of the client's line rate that TCP delivers: in practice 0.52 to 0.88 → 0.88 [MODEL]
    FSX-REGION-TIER file_system.per_unit_storage_throughput=1000: the tiers offered in Israel (Tel Aviv) are 125 or 250 MB/s per TiB → 250 [DEPLOY]
    FSX-DRIVE-CACHE-REQUIRED file_system.drive_cache_type=: HDD storage needs a drive cache type: READ adds an SSD read cache of 20 % of the capacity, NONE adds none → add drive_cache_type = "NONE" [API-CREATE API-LUSTRE]
    "#);
}
