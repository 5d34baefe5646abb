//! What Darshan and `lfs` tell, as loads and parts of a scenario.

use fsx_model::exchange::{Import, ImportFormat, Imported, import};
use fsx_model::scenario::{Access, LayoutKind, Operation};
use serde_json::{Value, json};

use crate::exchange_loads::{file_system, read, text};

/// A report with one record per entry: rank, bytes, operations, sequential ones, last byte.
pub(crate) fn report(module: &str, records: &[(i64, [f64; 4])], nprocs: i64) -> String {
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
    assert!(
        imported
            .findings
            .iter()
            .any(|it| it.message.contains("16.000 MB in 2 files, 8.000 MB/s from the first to the last in 2.000 s"))
    );
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

/// A log as `darshan-parser` prints it.
pub(crate) fn parsed(rows: &[(&str, i64, u64, &str, i64)]) -> String {
    let rows: String = rows
        .iter()
        .map(|(module, rank, file, counter, value)| {
            format!("{module}\t{rank}\t{file}\t{module}_{counter}\t{value}\t/fsx/{file}\t/fsx\tlustre\n")
        })
        .collect();
    format!(
        "# darshan log version: 3.41\n# jobid: 9\n# nprocs: 4\n# run time: 10.0000\n# mount entry:\t/fsx\tlustre\n\n{rows}"
    )
}

#[test]
fn darshan_parser() {
    let rows = [
        ("POSIX", -1, 1, "OPENS", 4),
        ("POSIX", -1, 1, "READS", 8),
        ("POSIX", -1, 1, "SEQ_READS", 4),
        ("POSIX", -1, 1, "BYTES_READ", 16_000_000),
        ("POSIX", -1, 1, "MAX_BYTE_READ", 7_999_999),
        ("LUSTRE", -1, 1, "STRIPE_SIZE", 1_048_576),
        ("LUSTRE", -1, 1, "STRIPE_WIDTH", 24),
    ];
    let imported = read(&parsed(&rows), ImportFormat::Darshan, None);
    let load = &imported.scenario.workloads[0];
    // a file of 8 MB read twice in requests of 2 MB, half of them in order
    assert_eq!((imported.name.as_str(), load.shared_file, load.passes().0), ("job-9", Some(true), 2));
    assert_eq!((load.file_size_mib, load.io_size_kib), (Some(8e6 / 1_048_576.0), Some(2e6 / 1024.0)));
    assert_eq!(load.access, None);
    let says = |words: &str| imported.findings.iter().any(|it| it.message.contains(words));
    assert!(says("1 file on Lustre had 24 stripes of 1 MiB") && says("1.600 MB/s over the run of 10 s"));
    assert!(
        import(&Import { from: ImportFormat::Darshan, text: "# nprocs: x".to_owned(), id: None, into: None }).is_err()
    );
}

#[test]
fn darshan_of_files_that_processes_have_in_common_and_of_calls_without_data() {
    // two processes write the two halves of a file, without a record for both
    let rows = |rank: i64| {
        [
            ("OPENS", 1),
            ("WRITES", 4),
            ("SEQ_WRITES", 3),
            ("BYTES_WRITTEN", 4_000_000),
            ("MAX_BYTE_WRITTEN", 4_000_000 * (rank + 1) - 1),
        ]
        .map(|(name, value)| ("POSIX", rank, 1, name, value))
    };
    let imported = read(&parsed(&[rows(0), rows(1)].concat()), ImportFormat::Darshan, None);
    let load = &imported.scenario.workloads[0];
    assert_eq!((load.shared_file, load.file_size_mib), (Some(true), Some(8e6 / 1_048_576.0)));
    assert_eq!(load.processes_per_client().0, 2);

    // 1000 files asked for and opened, one read
    let asked = (1..=1000).flat_map(|file| [("POSIX", 0, file, "STATS", 3), ("POSIX", 0, file, "OPENS", 1)]);
    let moved =
        [("READS", 1), ("BYTES_READ", 4096), ("MAX_BYTE_READ", 4095)].map(|(name, value)| ("POSIX", 0, 1, name, value));
    let imported = read(&parsed(&asked.chain(moved).collect::<Vec<_>>()), ImportFormat::Darshan, None);
    let [reads, metadata] = imported.scenario.workloads.as_slice() else { panic!("{}", imported.toml) };
    assert_eq!((reads.file_count.unwrap().0, metadata.file_count.unwrap().0), (1, 1000));
    let mix = metadata.operations.as_ref().unwrap();
    assert_eq!((mix.open, mix.stat), (Some(1.0), Some(3.0)));
}

fn layouts(text: &str) -> Result<Imported, fsx_model::finding::Error> {
    import(&Import { from: ImportFormat::LfsGetstripe, text: text.to_owned(), id: None, into: Some(file_system()) })
}

#[test]
fn layouts_as_lfs_prints_them() {
    let layout = |text: &str| {
        let imported = read(text, ImportFormat::LfsGetstripe, None);
        imported.scenario.file_system.unwrap().layout.unwrap()
    };
    // a file
    let file = "/fsx/a\nlmm_stripe_count:  4\nlmm_stripe_size:   4194304\nlmm_pattern:       raid0\nlmm_layout_gen:    0\n\
                lmm_stripe_offset: 1\n\tobdidx\t\t objid\t\t objid\t\t group\n\t     1\t  69\t 0x45\t 0\n";
    let stripe = layout(file);
    assert_eq!((stripe.kind, stripe.count.unwrap().0, stripe.size_mib.unwrap().0), (LayoutKind::Stripe, 4, 4));
    // the same twice needs no choice, another does
    assert_eq!(layout(&format!("{file}\n{}", file.replace("/fsx/a", "/fsx/b"))), stripe);
    let two = format!("{file}\n{}", file.replace("/fsx/a", "/fsx/b").replace("count:  4", "count:  2"));
    assert!(layouts(&two).unwrap_err().findings[0].message.contains("/fsx/a, /fsx/b"));
    // a directory, on one line
    let directory = "/fsx/d\nstripe_count:  -1 stripe_size:   1048576 pattern:       raid0 stripe_offset: -1\n\n";
    assert_eq!(layout(directory).count.unwrap().0, -1);
    // one in which nothing is said
    assert_eq!(layout("/fsx\nstripe_count: 0 stripe_size: 0 pattern: 0 stripe_offset: -1\n").kind, LayoutKind::Default);
    assert!(layouts("no layout here\n").is_err());
}

#[test]
fn layouts_that_a_scenario_cannot_say_whole() {
    let component = |id: u32, mirror: u32, end: &str, count: i32, size: u32, pattern: &str| {
        format!(
            "    lcme_id:             {id}\n    lcme_mirror_id:      {mirror}\n    lcme_flags:          init\n    \
             lcme_extent.e_start: 0\n    lcme_extent.e_end:   {end}\n      lmm_stripe_count:  {count}\n      \
             lmm_stripe_size:   {size}\n      lmm_pattern:       {pattern}\n      lmm_objects:\n      \
             - 0: {{ l_ost_idx: 1, l_fid: [0x100010000:0x56:0x0] }}\n"
        )
    };
    let text = format!(
        "/fsx/f\n  lcm_layout_gen:    2\n  lcm_mirror_count:  2\n  lcm_entry_count:   4\n{}{}{}{}",
        component(1, 1, "65536", 0, 65_536, "mdt"),
        component(2, 1, "10485760", 2, 1_048_576, "raid0"),
        component(3, 1, "1073741824", -1, 4_194_304, "raid0,overstriped"),
        component(4, 2, "EOF", 1, 1_048_576, "raid0"),
    );
    let imported = read(&text, ImportFormat::LfsGetstripe, None);
    let layout = imported.scenario.file_system.unwrap().layout.unwrap();
    let components: Vec<_> = layout.components.iter().map(|it| (it.end_mib.map(|end| end.0), it.count.0)).collect();
    assert_eq!((components, layout.size_mib.unwrap().0), (vec![(Some(1), 1), (Some(10), 2), (None, -1)], 4));
    for words in ["mirrors", "metadata target", "rounded up to 1 MiB", "several stripes", "outgrows", "several sizes"] {
        assert!(imported.findings.iter().any(|it| it.message.contains(words)), "{words}: {:?}", imported.findings);
    }
}

#[test]
fn targets_of_several_file_systems_in_any_unit() {
    let head = "UUID                       bytes        Used   Available Use% Mounted on\n";
    let inodes = "UUID                      Inodes       IUsed       IFree IUse% Mounted on\n";
    let text = format!(
        "{head}a-MDT0000_UUID 32.0G 1.0G 31.0G 4% /a[MDT:0]\na-OST0000_UUID 1.1T 0.1T 1.0T 10% /a[OST:0]\n\
         a-OST0001_UUID: inactive device\nfilesystem_summary: 1.1T 0.1T 1.0T 10% /a\n\n\
         {inodes}a-MDT0000_UUID 1000 950 50 95% /a[MDT:0]\na-OST0000_UUID 1000 10 990 1% /a[OST:0]\n\
         {head}b-OST0000_UUID 2.2T 1.1T 1.1T 50% /b[OST:0]\n"
    );
    let imported = read(&text, ImportFormat::LfsDf, Some("/a"));
    let fill = imported.scenario.file_system.unwrap().fill.unwrap();
    assert!((fill - 0.1 / 1.1).abs() < 1e-12);
    let says = |words: &str| imported.findings.iter().any(|it| it.message.contains(words));
    assert!(
        says("1 OSTs, 9 % in use") && says("95 % of its inodes") && says("1 targets did not answer"),
        "{:?}",
        imported.findings
    );
    // 1.1 TiB over 0.94 are 1198 GiB
    assert!(
        imported.findings.iter().any(|it| it.fix.starts_with("storage_capacity_gib = 1200,")),
        "{:?}",
        imported.findings
    );
    assert!(import(&Import { from: ImportFormat::LfsDf, text: inodes.to_owned(), id: None, into: None }).is_err());
}
