//! What benchmarks print, as loads.

use fsx_model::estimate::estimate;
use fsx_model::exchange::{Draft, Import, ImportFormat, Imported, import};
use fsx_model::scenario::{Access, JobKind, Operation, Order, Scenario, from_json, from_tree};
use serde_json::{Value, json};

pub(crate) fn text(name: &str) -> String {
    let path = format!("{}/tests/loads/{name}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

pub(crate) fn file_system() -> Draft {
    from_tree(json!({ "file_system": {
        "deployment_type": "PERSISTENT_2", "storage_capacity_gib": 4800, "per_unit_storage_throughput": 250 } }))
    .unwrap()
}

pub(crate) fn read(text: &str, from: ImportFormat, id: Option<&str>) -> Imported {
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
    // -w 3901 -e 3901: an item is a small file with its data
    assert_eq!((all[2], all[6]), (("directory-rename", Operation::Rename), ("file-read", Operation::Read)));
    let load = &imported.scenario.workloads[4];
    assert_eq!((load.operation(), load.file_size_mib), (Operation::Write, Some(3901.0 / 1_048_576.0)));
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

#[test]
fn ior_in_other_ways() {
    // collective MPI-IO on one file of 3 × 5 records of 47,008 bytes: sizes to the byte are those of the summary
    let imported = read(&text("ior_shared.txt"), ImportFormat::Ior, Some("ior-write"));
    let load = &imported.scenario.workloads[0];
    assert_eq!((load.io_size_kib, load.shared_file, load.fsync), (Some(47_008.0 / 1024.0), Some(true), Some(false)));
    assert_eq!(load.file_size_mib, Some(15.0 * 47_008.0 / 1_048_576.0));
    let says = |words: &str| imported.findings.iter().any(|it| it.message.contains(words));
    assert!(says("IOR used MPIIO") && says("collective calls"), "{:?}", imported.findings);
    assert!(!says("ior-read"), "{:?}", imported.findings);

    // reads of files that are there, three times over, on two nodes; letters may stand together
    let command = "ior -rF -t 1m -b 1536m -i 3 -B -o /fsx/f";
    let imported = read(
        &ior(command, "2", "2", "1.50 GiB", &["read 1000.00", "read 2000.00", "read 2000.00"]),
        ImportFormat::Ior,
        None,
    );
    let load = &imported.scenario.workloads[0];
    assert_eq!((load.passes().0, load.order(), load.direct_io), (3, Order::Cyclic, Some(true)));
    assert_eq!((load.processes_per_client().0, imported.scenario.clients.as_slice()[0].count().0), (2, 2));
    assert_eq!((load.file_size_mib, load.file_count.unwrap().0), (Some(1536.0), 4));
    // 1000 MiB/s and 2000 MiB/s
    assert!(imported.findings[0].message.contains("1048.6 to 2097.2 MB/s (1000.0 to 2000.0 MiB/s) in 3 repetitions"));
}

/// Text of IOR 3.2, which tells no nodes, with fewer columns.
fn ior(command: &str, per_node: &str, nodes: &str, block: &str, results: &[&str]) -> String {
    let tasks = per_node.parse::<u32>().unwrap() * nodes.parse::<u32>().unwrap();
    let rows: String =
        results.iter().enumerate().map(|(i, row)| format!("{row} 1024 1024 0.1 1.0 0.1 1.2 {i}\n")).collect();
    format!(
        "IOR-3.2.1: MPI Coordinated Test of Parallel I/O\nCommand line        : {command}\n\nOptions: \n\
         api                 : POSIX\naccess              : file-per-process\ntype                : independent\n\
         segments            : 1\nordering in a file  : sequential\nordering inter file : no tasks offsets\n\
         tasks               : {tasks}\nclients per node    : {per_node}\nrepetitions         : 3\n\
         xfersize            : 1 MiB\nblocksize           : {block}\n\nResults: \n\n\
         access    bw(MiB/s)  block(KiB) xfer(KiB)  open(s)    wr/rd(s)   close(s)   total(s)   iter\n{rows}"
    )
}

#[test]
fn mdtest_with_data_trees_and_several_numbers_of_tasks() {
    // -uF in one word; -z 1 -b 2: each of 3 tasks has 1 + 2 directories; with -P a table of times follows
    let imported = read(&text("mdtest_data.txt"), ImportFormat::Mdtest, None);
    let load = &imported.scenario.workloads[0];
    assert_eq!(imported.scenario.workloads.len(), 4);
    assert_eq!((load.operation(), load.directories().0, load.file_count.unwrap().0), (Operation::Write, 9, 36));
    assert!(imported.findings.iter().any(|it| it.message.contains("Tree creation, Tree removal")));

    // 1 and 3 tasks
    let query = |id: Option<&str>| read(&text("mdtest_runs.txt"), ImportFormat::Mdtest, id);
    let error = import(&Import { from: ImportFormat::Mdtest, text: text("mdtest_runs.txt"), id: None, into: None });
    assert_eq!(error.unwrap_err().findings[0].message, "the text tells of several: run-1, run-2");
    let run = query(Some("run-2"));
    assert_eq!((run.scenario.workloads[0].processes_per_client().0, run.scenario.workloads.len()), (3, 8));
    assert!(run.findings.iter().any(|it| it.message.contains("`file-read` was measured at 997 items")));
}

#[test]
fn fio_of_several_clients() {
    let imported = read(&text("fio_clients.json"), ImportFormat::Fio, None);
    assert_eq!(loads(&imported), [("one", Operation::Write), ("two", Operation::Read)]);
    assert_eq!(imported.scenario.clients.as_slice()[0].count().0, 2);
    let [one, two] = imported.scenario.workloads.as_slice() else { panic!("{}", imported.toml) };
    // 2 processes with a file of 1 MiB each on each client; the other in two files of 0.5 MiB
    assert_eq!((one.processes_per_client().0, one.file_count.unwrap().0, one.fsync), (2, 4, Some(true)));
    assert_eq!((two.file_size_mib, two.file_count.unwrap().0, two.access), (Some(0.5), 4, Some(Access::Random)));
    // what all entries of a job moved: 2 × (116508444 + 95325090) bytes a second
    assert!(imported.findings[0].message.contains("423.7 MB/s"), "{:?}", imported.findings);
    assert!(imported.findings.iter().any(|it| it.message.contains("one after the other")));
}

/// One job of fio with these options.
fn fio(options: Value) -> String {
    let moved = json!({ "io_bytes": 8_388_608, "total_ios": 1024, "bw_bytes": 1_000_000, "iops": 10.0 });
    let job =
        json!({ "jobname": "j", "groupid": 0, "error": 0, "job options": options, "read": moved, "write": moved });
    format!("fio: a warning\n{{\n\"jobs\" : [ {job} ]\n}}\nmore words\n")
}

#[test]
fn options_of_fio() {
    let one = |options: Value| read(&fio(options), ImportFormat::Fio, None);
    let first = |options: Value| one(options).scenario.workloads[0].clone();
    // with the default kb_base, k is 1024 and ki 1000
    assert_eq!(first(json!({ "bs": "4k", "size": "1m" })).io_size_kib, Some(4.0));
    assert_eq!(first(json!({ "bs": "4ki", "size": "1m" })).io_size_kib, Some(4000.0 / 1024.0));
    assert_eq!(first(json!({ "bs": "4k", "size": "1m", "kb_base": "1000" })).io_size_kib, Some(4000.0 / 1024.0));
    // sizes of reads and writes apart; rates of writes only; a mix of depth 8 with 75 % reads
    let mix = one(json!({ "rw": "randrw", "bs": "4k,64k", "size": "1m", "rate": ",1m", "iodepth": "8", "direct": "1",
        "ioengine": "libaio", "rwmixread": "75" }));
    let [reads, writes] = mix.scenario.workloads.as_slice() else { panic!("{}", mix.toml) };
    assert_eq!((reads.io_size_kib, reads.rate_limit_mb_per_s, reads.queue_depth().0), (Some(4.0), None, 6));
    assert_eq!(
        (writes.io_size_kib, writes.rate_limit_mb_per_s, writes.queue_depth().0),
        (Some(64.0), Some(1.048_576), 2)
    );
    // a depth that the page cache decides, and a mix of sizes with its mean
    assert_eq!(first(json!({ "iodepth": "8", "ioengine": "libaio", "size": "1m" })).queue_depth, None);
    assert_eq!(first(json!({ "bssplit": "4k/50:16k/50", "size": "8m" })).io_size_kib, Some(8.0));
    // a share of what is there: as large as what was moved
    let share = one(json!({ "size": "50%", "numjobs": "2" }));
    assert!(share.findings.iter().any(|it| it.message.contains("no size in bytes")), "{:?}", share.findings);
    assert_eq!(first(json!({ "ioengine": "filestat", "nrfiles": "100", "numjobs": "2" })).file_count.unwrap().0, 200);
    assert_eq!(first(json!({ "ioengine": "filestat", "nrfiles": "100" })).operation(), Operation::Stat);
    // several named files that all processes have in common
    let named = first(json!({ "filename": "a:b", "numjobs": "4", "size": "2m" }));
    assert_eq!((named.shared_file, named.file_count.unwrap().0, named.file_size_mib), (None, 2, Some(1.0)));
    let error = import(&Import { from: ImportFormat::Fio, text: fio(json!({ "rw": "trim" })), id: None, into: None });
    assert!(error.unwrap_err().findings[0].message.contains("no job of fio reads, writes"));
}

#[test]
fn dlio_of_a_transformer() {
    let imported = read(&text("llama3_8b.yaml"), ImportFormat::Dlio, None);
    let [job] = imported.scenario.jobs.as_slice() else { panic!("{}", imported.toml) };
    // the preset llama3-8b
    assert_eq!((job.parameters, job.bytes_per_parameter), (Some(8_030_261_248.0), Some(14.0)));
    assert_eq!((job.ranks, job.files_per_rank.unwrap().0, job.keep.unwrap().0), (None, 2, 10));
}

#[test]
fn dlio_in_other_ways() {
    let with = |from: &str, to: &str| {
        let yaml = text("unet3d.yaml");
        assert!(yaml.contains(from), "{from}");
        yaml.replace(from, to)
    };
    let job = |yaml: &str| read(yaml, ImportFormat::Dlio, None).scenario.jobs[0].clone();
    assert_eq!(job(&text("unet3d.yaml")).order, None);
    assert_eq!(job(&with("file_shuffle: seed", "file_shuffle: off")).order, Some(Order::Cyclic));
    assert_eq!(job(&with("  epochs: 5", "  epochs: 5\n  seed_change_epoch: False")).order, Some(Order::Cyclic));
    assert_eq!(
        job(&with("computation_time: 0.323", "computation_time: { mean: 0.5, stdev: 0.1 }")).compute_s,
        Some(0.5)
    );
    assert_eq!(job(&with("read_threads: 4", "read_threads: 0")).readers.unwrap().0, 1);
    let dimensions = "record_dims: [1024, 512]\n  record_element_bytes: 4";
    assert_eq!(
        job(&with("record_length_bytes: 146600628\n  record_length_bytes_stdev: 68341808", dimensions)).sample_bytes,
        Some(2_097_152.0)
    );
    // what a run writes down
    let inner: String = text("unet3d.yaml").lines().map(|line| format!("  {line}\n")).collect();
    assert_eq!(job(&format!("workload:\n{inner}")), job(&text("unet3d.yaml")));
    // one of two jobs
    let chosen = read(&text("unet3d.yaml"), ImportFormat::Dlio, Some("checkpoint")).scenario.jobs;
    assert_eq!(chosen.iter().map(|job| job.kind).collect::<Vec<_>>(), [Some(JobKind::Checkpoint)]);
    // no training, and none without its numbers
    assert_eq!(job(&with("train: True", "train: False")).kind, Some(JobKind::Checkpoint));
    let query = Import { from: ImportFormat::Dlio, text: with("  batch_size: 7\n", ""), id: None, into: None };
    assert_eq!(import(&query).unwrap_err().findings[0].field, "reader.batch_size");
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
