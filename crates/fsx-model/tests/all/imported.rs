//! Files imported from S3: on how many targets they lie, and when that is worth a word.

use fsx_model::estimate::estimate;
use fsx_model::finding::{Finding, Severity};
use fsx_model::imported::stripes;
use fsx_model::scenario::from_json;
use serde_json::{Value, json};

fn linked(mean_object_size_mib: f64) -> Value {
    json!({ "file_system": { "deployment_type": "PERSISTENT_2", "storage_capacity_gib": 48_000,
        "per_unit_storage_throughput": 250, "data_repository_associations": [{
        "file_system_path": "/data", "data_repository_path": "s3://bucket", "auto_import": ["NEW"],
        "mean_object_size_mib": mean_object_size_mib }] },
        "workloads": [{}] })
}

fn advice(value: &Value) -> Option<Finding> {
    let scenario = from_json(&value.to_string()).unwrap();
    estimate(&scenario).unwrap().findings.into_iter().find(|it| it.code == "FSX-DRA-STRIPES")
}

fn set(value: &mut Value, field: &str, what: Value) {
    value["file_system"]["data_repository_associations"][0][field] = what;
}

#[test]
fn stripes_by_hand() {
    let of = |file_mib: f64| stripes(file_mib, 1024.0, 40.0);
    assert_eq!([0.0, 1.0, 1024.0].map(of), [1.0, 1.0, 1.0]);
    assert_eq!([1025.0, 2047.0, 2048.0, 2560.0, 4096.0].map(of), [2.0, 2.0, 3.0, 3.0, 5.0]);
    assert_eq!([39_936.0, 1e9].map(of), [40.0, 40.0]);
    assert_eq!(stripes(1e9, 1.0, 1.0), 1.0);
}

#[test]
fn the_example_of_the_page() {
    let mut value = linked(4096.0);
    let found = advice(&value).unwrap();
    assert_eq!(
        found.message,
        "in chunks of 1024 MiB, an imported file of 4,096 MiB lies on 5 of 40 OSTs, whose disks read 1,500 MB/s \
         without credits; written to the file system it would lie on 8"
    );
    assert_eq!((found.severity, found.value.as_str(), found.fix.as_str()), (Severity::Advice, "", "585"));
    assert_eq!(found.sources, ["PERF", "API-DRA"]);
    assert!(found.sources.iter().all(|id| fsx_model::catalog::source(id).is_some()));
    set(&mut value, "imported_file_chunk_size_mib", json!(585));
    assert_eq!(advice(&value), None);
    set(&mut value, "imported_file_chunk_size_mib", json!(586));
    assert_eq!(advice(&value).unwrap().value, "586");
}

#[test]
fn said_only_where_there_is_something_to_gain() {
    // small files, files in as many chunks as the layout has stripes, no size given, one target
    assert_eq!(advice(&linked(1023.0)), None);
    assert!(advice(&linked(1024.0)).is_some());
    assert_eq!(advice(&linked(7168.0)), None);
    let mut value = linked(4096.0);
    value["file_system"]["layout"] = json!({ "kind": "stripe", "count": 5 });
    assert_eq!(advice(&value), None);
    value["file_system"]["layout"] = json!({ "kind": "stripe", "count": -1 });
    assert_eq!(advice(&value).unwrap().fix, "105");
    set(&mut value, "mean_object_size_mib", Value::Null);
    assert_eq!(advice(&value), None);
    let mut value = linked(4096.0);
    value["file_system"]["storage_capacity_gib"] = json!(1200);
    assert_eq!(advice(&value), None);
}

#[test]
fn the_chunk_advised_does_what_it_says() {
    for size in [1024.0, 1024.5, 1500.0, 3000.0, 4095.9, 10_239.0, 50_000.0, 500_000.0] {
        for count in [2, 3, 8, 17, 40, -1] {
            for chunk in [1, 100, 1024, 512_000] {
                let mut value = linked(size);
                value["file_system"]["layout"] = json!({ "kind": "stripe", "count": count });
                set(&mut value, "imported_file_chunk_size_mib", json!(chunk));
                let Some(found) = advice(&value) else { continue };
                let fix: u32 = found.fix.parse().unwrap();
                set(&mut value, "imported_file_chunk_size_mib", json!(fix));
                assert_eq!(advice(&value), None, "{size} MiB on {count}");
                set(&mut value, "imported_file_chunk_size_mib", json!(fix + 1));
                assert!(advice(&value).is_some(), "{size} MiB on {count}: {fix} is not the largest");
            }
        }
    }
}

#[test]
fn targets_of_other_types_are_counted_as_the_model_does() {
    let mut value = linked(4096.0);
    value["file_system"]["layout"] = json!({ "kind": "stripe", "count": -1 });
    let fs = value["file_system"].as_object_mut().unwrap();
    fs.insert("efa_enabled".to_owned(), json!(true));
    fs.insert("storage_capacity_gib".to_owned(), json!(192_000));
    fs.insert("metadata_configuration".to_owned(), json!({ "mode": "AUTOMATIC" }));
    // ten servers with one target each; the disks of half of them
    let found = advice(&value).unwrap();
    assert!(found.message.contains("lies on 5 of 10 OSTs, whose disks read 24,000 MB/s"), "{}", found.message);
}
