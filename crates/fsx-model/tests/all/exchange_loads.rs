//! What benchmarks, traces and `lfs` print, as loads and parts of a scenario.

use fsx_model::estimate::estimate;
use fsx_model::exchange::{Draft, Import, ImportFormat, Imported, import};
use fsx_model::scenario::{Access, JobKind, LayoutKind, Operation, Scenario, from_json, from_tree};
use serde_json::{Value, json};

fn text(name: &str) -> String {
    let path = format!("{}/tests/loads/{name}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn file_system() -> Draft {
    from_tree(json!({ "file_system": {
        "deployment_type": "PERSISTENT_2", "storage_capacity_gib": 4800, "per_unit_storage_throughput": 250 } }))
    .unwrap()
}

fn read(text: &str, from: ImportFormat, id: Option<&str>) -> Imported {
    let query = Import { from, text: text.to_owned(), id: id.map(str::to_owned), into: Some(file_system()) };
    let imported = import(&query).unwrap_or_else(|error| panic!("{error}\n{text}"));
    let scenario: Scenario = from_json(&serde_json::to_string(&imported.scenario).unwrap()).unwrap();
    // whatever is read can be estimated
    estimate(&scenario).unwrap_or_else(|error| panic!("{error}\n{}", imported.toml));
    imported
}

fn loads(imported: &Imported) -> Vec<(&str, Operation)> {
    imported.scenario.workloads.iter().map(|load| (load.name.as_deref().unwrap(), load.operation())).collect()
}

#[test]
fn ior_as_text() {
    let imported = read(&text("ior.txt"), ImportFormat::Ior, None);
    assert_eq!(loads(&imported), [("ior-write", Operation::Write), ("ior-read", Operation::Read)]);
    let load = &imported.scenario.workloads[0];
    // 4 tasks, each 2 segments of 4 MiB in transfers of 1 MiB into a file of its own, with -e
    assert_eq!((load.io_size_kib, load.file_size_mib), (Some(1024.0), Some(8.0)));
    assert_eq!((load.processes_per_client().0, load.file_count.unwrap().0, load.fsync), (4, 4, Some(true)));
    assert_eq!((load.access, load.direct_io, load.shared_file), (None, None, None));
    // 1853.35 and 1819.01 MiB/s
    assert!(imported.findings.iter().any(|it| it.message.contains("1907.4 to 1943.4 MB/s")), "{:?}", imported.findings);
}

#[test]
fn ior_as_json() {
    let imported = read(&text("ior.json"), ImportFormat::Ior, Some("ior-read"));
    assert_eq!(loads(&imported), [("ior-read", Operation::Read)]);
    let load = &imported.scenario.workloads[0];
    // one file of 4 × 64 KiB, random 4 KiB, O_DIRECT
    assert_eq!((load.io_size_kib, load.file_size_mib, load.shared_file), (Some(4.0), Some(0.25), Some(true)));
    assert_eq!((load.access, load.direct_io), (Some(Access::Random), Some(true)));
}

#[test]
fn mdtest_as_text() {
    let imported = read(&text("mdtest.txt"), ImportFormat::Mdtest, None);
    let all = loads(&imported);
    assert_eq!(all.len(), 8);
    assert_eq!((all[2], all[6]), (("directory-rename", Operation::Rename), ("file-read", Operation::Open)));
    let load = &imported.scenario.workloads[4];
    // -u: each task in a directory of its own
    assert_eq!((load.file_count.unwrap().0, load.directories().0), (80, 4));
    // files only, and no reads of empty files
    let files = read(&text("mdtest_files.txt"), ImportFormat::Mdtest, None);
    assert_eq!(
        loads(&files),
        [("file-creation", Operation::Create), ("file-stat", Operation::Stat), ("file-removal", Operation::Delete)]
    );
    assert_eq!(files.scenario.workloads[0].directories().0, 1);
}

#[test]
fn fio_as_json() {
    let imported = read(&text("fio.json"), ImportFormat::Fio, None);
    let load = &imported.scenario.workloads[0];
    assert_eq!((load.operation(), load.io_size_kib, load.direct_io), (Operation::Read, Some(1024.0), Some(true)));
    assert_eq!((load.queue_depth().0, load.processes_per_client().0, load.file_count.unwrap().0), (8, 2, 2));

    let mix = read(&text("fio_mix.json"), ImportFormat::Fio, None);
    assert_eq!(loads(&mix), [("mix-read", Operation::Read), ("mix-write", Operation::Write)]);
    let load = &mix.scenario.workloads[1];
    // psync has one request in flight; 2 processes at 10 MiB/s each, on one file
    assert_eq!((load.queue_depth, load.shared_file, load.fsync), (None, Some(true), Some(true)));
    assert_eq!(load.rate_limit_mb_per_s, Some(20.971_52));
    assert!(mix.findings.iter().any(|it| it.code == "FSX-IMPORT-NOT-CARRIED" && it.message.contains("rwmixread")));
}

#[test]
fn dlio_as_yaml() {
    let imported = read(&text("unet3d.yaml"), ImportFormat::Dlio, None);
    let [training, checkpoint] = imported.scenario.jobs.as_slice() else { panic!("{}", imported.toml) };
    assert_eq!((training.kind, checkpoint.kind), (Some(JobKind::Training), Some(JobKind::Checkpoint)));
    assert_eq!((training.sample_bytes, training.compute_s), (Some(146_600_628.0), Some(0.323)));
    assert_eq!((training.batch.unwrap().0, training.file_count.unwrap().0, training.epochs.unwrap().0), (7, 168, 5));
    assert_eq!(training.target.as_ref().unwrap().accelerator_utilization, Some(0.9));
    assert_eq!(checkpoint.size_gib, Some(499_153_191.0 / 1_073_741_824.0));
}

/// A report with one record per entry: rank, bytes, operations, sequential ones, last byte.
fn report(module: &str, records: &[(i64, [f64; 4])], nprocs: i64) -> String {
    let names =
        ["OPENS", "WRITES", "SEQ_WRITES", "BYTES_WRITTEN", "MAX_BYTE_WRITTEN"].map(|name| format!("{module}_{name}"));
    let times = ["F_WRITE_START_TIMESTAMP", "F_WRITE_END_TIMESTAMP"].map(|name| format!("{module}_{name}"));
    let record = |(i, (rank, [bytes, operations, sequential, last])): (usize, &(i64, [f64; 4]))| json!({ "id": i, "rank": rank, "counters": [1, operations, sequential, bytes, last], "fcounters": [0.5, 2.5] });
    let records: Vec<Value> = records.iter().enumerate().map(record).collect();
    json!({ "metadata": { "job": { "jobid": 7, "nprocs": nprocs } },
        "records": { module: records, "LUSTRE": "Not implemented." },
        "counters": { module: { "counters": names, "fcounters": times } },
        "name_records": { "0": "/fsx/a", "1": "/fsx/b", "2": "<STDOUT>" } })
    .to_string()
}

#[test]
fn darshan_of_files_of_their_own() {
    let one = [8e6, 8.0, 7.0, 7_999_999.0];
    let imported =
        read(&report("POSIX", &[(0, one), (1, one), (0, [99.0, 9.0, 8.0, 98.0])], 2), ImportFormat::Darshan, None);
    let load = &imported.scenario.workloads[0];
    assert_eq!((imported.name.as_str(), load.operation()), ("job-7", Operation::Write));
    // two files of 8 MB in calls of 1 MB; what went to standard output is none
    assert_eq!((load.file_count.unwrap().0, load.io_size_kib), (2, Some(1e6 / 1024.0)));
    assert_eq!((load.file_size_mib, load.access, load.shared_file), (Some(8e6 / 1_048_576.0), None, None));
    assert!(imported.findings.iter().any(|it| it.message.contains("16.000 MB in 2 files in 2.000 s, 8.000 MB/s")));
}

#[test]
fn darshan_of_a_shared_file() {
    let imported = read(&report("POSIX", &[(-1, [1e9, 1000.0, 10.0, 1e9 - 1.0])], 128), ImportFormat::Darshan, None);
    let load = &imported.scenario.workloads[0];
    assert_eq!((load.shared_file, load.file_count, load.access), (Some(true), None, Some(Access::Random)));
    // 64 processes on each client
    assert_eq!((load.processes_per_client().0, imported.scenario.clients.as_slice()[0].count().0), (64, 2));
}

#[test]
fn darshan_without_posix_and_without_load() {
    let imported = read(&report("STDIO", &[(0, [1e6, 10.0, 0.0, 1e6 - 1.0])], 1), ImportFormat::Darshan, None);
    assert_eq!(imported.scenario.workloads[0].access, None);
    for text in [report("POSIX", &[], 1), report("MPI-IO", &[(0, [1.0; 4])], 1)] {
        let query = Import { from: ImportFormat::Darshan, text, id: None, into: None };
        let error = import(&query).unwrap_err();
        assert!(error.findings[0].message.contains("tells of no load on files"), "{error}");
    }
}

#[test]
fn a_layout_and_how_full_targets_are() {
    let imported = read(&text("getstripe.yaml"), ImportFormat::LfsGetstripe, None);
    let layout = imported.scenario.file_system.unwrap().layout.unwrap();
    assert_eq!(layout.kind, LayoutKind::Components);
    let components: Vec<_> = layout.components.iter().map(|it| (it.end_mib.map(|end| end.0), it.count.0)).collect();
    assert_eq!(components, [(Some(100), 1), (Some(10_240), 8), (None, -1)]);

    let imported = read(&text("df.txt"), ImportFormat::LfsDf, None);
    let fill = imported.scenario.file_system.unwrap().fill.unwrap();
    assert_eq!(fill, 1_655_592_243.0 / (1_655_592_243.0 + 709_535_437.0));
    let finding = &imported.findings[0];
    assert_eq!((finding.value.as_str(), finding.severity.as_str()), ("4zbbhbmv-OST0001", "warning"));

    // a part of a file system is none without the rest
    let query = Import { from: ImportFormat::LfsDf, text: text("df.txt"), id: None, into: None };
    assert_eq!(import(&query).unwrap_err().findings[0].fix, "--into a scenario with the file system");
}

#[test]
fn outputs_cut_anywhere_do_no_harm() {
    for (name, from) in [
        ("ior.txt", ImportFormat::Ior),
        ("ior.json", ImportFormat::Ior),
        ("mdtest.txt", ImportFormat::Mdtest),
        ("unet3d.yaml", ImportFormat::Dlio),
        ("getstripe.yaml", ImportFormat::LfsGetstripe),
        ("df.txt", ImportFormat::LfsDf),
    ] {
        let text = text(name);
        for end in 0..text.len() {
            let query = Import { from, text: text[..end].to_owned(), id: None, into: None };
            if let Err(error) = import(&query) {
                assert!(!error.findings.is_empty());
            }
        }
    }
}

#[test]
fn cloudwatch_as_load_and_head_room() {
    let path = format!("{}/../../examples/deployments/metrics.json", env!("CARGO_MANIFEST_DIR"));
    let imported = read(&std::fs::read_to_string(path).unwrap(), ImportFormat::Cloudwatch, None);
    assert_eq!(loads(&imported), [("observed-read", Operation::Read), ("observed-create", Operation::Create)]);
    // 72 GB in the busiest of four minutes, 1 MB a request; 6000 files in a minute
    let [read, create] = imported.scenario.workloads.as_slice() else { panic!("{}", imported.toml) };
    assert_eq!((read.rate_limit_mb_per_s, read.io_size_kib), (Some(1200.0), Some(1e6 / 1024.0)));
    assert_eq!(create.rate_limit_operations_per_s, Some(100.0));
    assert_eq!(imported.scenario.clients.as_slice()[0].count().0, 8);

    let scenario: Scenario = from_json(&serde_json::to_string(&imported.scenario).unwrap()).unwrap();
    let answer = estimate(&scenario).unwrap();
    let parts: Vec<_> = answer.head_room.iter().map(|it| (it.part.as_str(), it.head_room_percent)).collect();
    assert_eq!(parts, [("OSS0000", 9.0), ("OST0001", 37.5), ("OSS0001", 60.0)]);
    let near: Vec<_> =
        answer.findings.iter().filter(|it| it.code == "FSX-HEAD-ROOM").map(|it| it.value.as_str()).collect();
    assert_eq!(near, ["OSS0000"]);
}
