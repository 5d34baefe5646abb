//! What a scenario runs into, and what is set on its clients.

use fsx_model::api::check;
use fsx_model::catalog::instance;
use fsx_model::scenario::from_json;
use fsx_model::tuning::{Stage, mount_options, on, steps};
use serde_json::{Value, json};

/// Codes of advice that a scenario gets, of those of symptoms, limitations and tuning.
fn codes(scenario: Value) -> Vec<&'static str> {
    let found = check(&from_json(&scenario.to_string()).unwrap()).findings;
    let of_here = |code: &&str| {
        ["FSX-SYMPTOM", "FSX-LIMIT", "FSX-ADVICE-DIRECTORY", "FSX-ADVICE-CLIENT-TUNING"]
            .iter()
            .any(|it| code.starts_with(it))
    };
    found.into_iter().map(|finding| finding.code).filter(of_here).collect()
}

fn on_persistent(more: Value) -> Value {
    let mut scenario = json!({ "file_system": { "deployment_type": "PERSISTENT_2", "storage_capacity_gib": 38_400,
        "per_unit_storage_throughput": 250, "metadata_configuration": { "mode": "AUTOMATIC" }, "efa_enabled": true } });
    for (name, value) in more.as_object().unwrap() {
        scenario[name] = value.clone();
    }
    scenario
}

#[test]
fn advice_comes_where_it_bears() {
    let load = |load: Value| on_persistent(json!({ "workloads": [load] }));
    assert_eq!(codes(load(json!({}))), [""; 0]);
    let files = |count: u32, directories: u32| {
        load(json!({ "operation": "create", "file_count": count, "directories": directories }))
    };
    // AWS: fewer than 100,000 files in a directory
    assert_eq!(codes(files(100_000, 1)), [""; 0]);
    assert_eq!(codes(files(100_001, 1)), ["FSX-ADVICE-DIRECTORY-SIZE"]);
    assert_eq!(codes(files(1_000_000, 10)), [""; 0]);
    assert_eq!(codes(load(json!({ "operation": "stat", "file_count": 50_000 }))), ["FSX-SYMPTOM-SLOW-LISTING"]);
    let efa = json!({ "clients": { "interface": "EFA", "instance_type": "p5.48xlarge" }, "workloads": [{}] });
    assert_eq!(codes(on_persistent(efa)), ["FSX-SYMPTOM-EFA-ON-TCP", "FSX-ADVICE-CLIENT-TUNING"]);

    let plain =
        json!({ "deployment_type": "PERSISTENT_2", "storage_capacity_gib": 2400, "per_unit_storage_throughput": 250 });
    assert_eq!(codes(json!({ "file_system": plain, "workloads": [{}] })), ["FSX-LIMIT-METADATA"]);
    // a file system that exists is not told what it should have been
    let there = json!({ "file_system": plain, "deploy": { "file_system_id": "fs-0123456789abcdef0" } });
    assert_eq!(codes(there), [""; 0]);
    let mut linked = on_persistent(json!({ "workloads": [{}] }));
    linked["file_system"]["data_repository_associations"] =
        json!([{ "file_system_path": "/a", "data_repository_path": "s3://bucket-a" }]);
    assert_eq!(codes(linked.clone()), ["FSX-SYMPTOM-FIRST-READ"]);
    linked["workloads"][0]["data_in"] = json!("disk");
    assert_eq!(codes(linked), [""; 0]);
    let scratch = json!({ "file_system": { "deployment_type": "SCRATCH_2", "storage_capacity_gib": 2400 },
        "jobs": [{ "kind": "checkpoint", "size_gib": 10 }] });
    assert_eq!(codes(scratch), ["FSX-LIMIT-SCRATCH"]);
}

#[test]
fn tuning_goes_by_the_size_of_the_client() {
    let commands = |name: &str| steps(instance(name).unwrap()).into_iter().map(|it| it.command).collect::<Vec<_>>();
    // 16 vCPUs and 32 GiB: nothing
    assert_eq!(commands("c6i.4xlarge"), [""; 0]);
    // 64 vCPUs, not more, and 128 GiB
    assert_eq!(
        commands("c6in.16xlarge"),
        ["lctl set_param ldlm.namespaces.*.lru_max_age=600000", "lctl set_param ldlm.namespaces.*.lru_size=6400"]
    );
    let large = steps(instance("p5.48xlarge").unwrap());
    assert_eq!(large.len(), 7);
    assert_eq!(large.iter().filter(|step| step.stage == Stage::Module).count(), 2);
    assert_eq!(mount_options(), "relatime,flock");
    assert_eq!(on("directory listing").next().unwrap(), "lctl set_param llite.*.statahead_max=512");
}
