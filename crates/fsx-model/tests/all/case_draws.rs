//! Strategies that draw legal scenarios: data workloads on every storage class, and metadata workloads.

use std::collections::BTreeMap;

use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::{Config, RngSeed};

use crate::case::{CacheCase, Case, LayoutCase, MetadataCase, OperationsCase, StorageCase, automatic_iops};

/// 256 cases (or `CASES`, of which slow properties take a part; `PROPTEST_CASES` would be taken whole by each) of one fixed
/// seed (or `PROPTEST_RNG_SEED`), so that every run is the same.
pub(crate) fn config() -> Config {
    let mut config = Config { failure_persistence: None, ..Config::default() };
    if let Some(cases) = std::env::var("CASES").ok().and_then(|cases| cases.parse().ok()) {
        config.cases = cases;
    }
    if config.rng_seed == RngSeed::Random {
        config.rng_seed = RngSeed::Fixed(2026);
    }
    config
}

/// A file system: its type, class, tier and size as a case has them, all else plain.
pub(crate) fn kinds() -> impl Strategy<Value = Case> {
    prop_oneof![4 => ssd_kinds(), 2 => hdd_kinds(), 2 => tiering_kinds()]
}

/// Capacities: one of the small ones, or up to `most` steps.
fn capacity(small: Vec<u32>, step: u32, most: u32) -> impl Strategy<Value = u32> {
    prop_oneof![1 => select(small), 2 => (1..=most).prop_map(move |n| n * step)]
}

fn ssd_kinds() -> impl Strategy<Value = Case> {
    let kind = |deployment, tier, efa, capacity_gib| Case { deployment, tier, efa, capacity_gib, ..Case::plain() };
    prop_oneof![
        capacity(vec![1200, 2400], 3600, 12).prop_map(move |gib| kind("SCRATCH_1", None, false, gib)),
        capacity(vec![1200], 2400, 24).prop_map(move |gib| kind("SCRATCH_2", None, false, gib)),
        (select(vec![50, 100, 200]), capacity(vec![1200], 2400, 24)).prop_map(move |(tier, gib)| kind(
            "PERSISTENT_1",
            Some(tier),
            false,
            gib
        )),
        (select(vec![125, 250, 500, 1000]), capacity(vec![1200], 2400, 40), provisions())
            .prop_map(move |(tier, gib, provision)| provision.on(kind("PERSISTENT_2", Some(tier), false, gib))),
        (select(vec![(125, 38_400), (250, 19_200), (500, 9600), (1000, 4800)]), 1..12_u32, provisions()).prop_map(
            move |((tier, step), n, provision)| { provision.on(kind("PERSISTENT_2", Some(tier), true, n * step)) }
        ),
    ]
}

fn hdd_kinds() -> impl Strategy<Value = Case> {
    (select(vec![(12, 6000), (40, 1800)]), 1..20_u32, any::<bool>()).prop_map(|((tier, step), n, read_cache)| Case {
        deployment: "PERSISTENT_1",
        storage: StorageCase::Hdd { read_cache },
        tier: Some(tier),
        capacity_gib: n * step,
        ..Case::plain()
    })
}

/// Metadata IOPS can be provisioned only, 6000 or 12,000; a configuration is needed with EFA only.
fn tiering_kinds() -> impl Strategy<Value = Case> {
    let cache = prop_oneof![
        Just((None, CacheCase::None)),
        Just((None, CacheCase::Proportional)),
        (32..2000_u32).prop_map(|gib| (Some(gib), CacheCase::None)),
        (2000..131_072_u32).prop_map(|gib| (Some(gib), CacheCase::None)),
    ];
    let metadata = select(vec![MetadataCase::None, MetadataCase::Provisioned(6000), MetadataCase::Provisioned(12_000)]);
    (1..=4_u32, cache, metadata, any::<bool>()).prop_map(|(steps, (gib_per_step, cache), metadata, efa)| {
        let cache = gib_per_step.map_or(cache, |gib| CacheCase::Size(gib * steps));
        Case {
            storage: StorageCase::Tiering { steps, cache },
            tier: None,
            efa,
            metadata,
            capacity_gib: 0,
            ..Case::plain()
        }
    })
}

/// How the Metadata IOPS of a PERSISTENT_2 SSD file system are set.
#[derive(Clone, Copy, Debug)]
enum Provision {
    None,
    Automatic,
    /// The automatic figure, or the value so many places above it.
    Above(usize),
}

fn provisions() -> impl Strategy<Value = Provision> {
    prop_oneof![Just(Provision::None), Just(Provision::Automatic), (0..4_usize).prop_map(Provision::Above)]
}

impl Provision {
    fn on(self, case: Case) -> Case {
        let metadata = match self {
            Self::None => MetadataCase::None,
            Self::Automatic => MetadataCase::Automatic,
            Self::Above(places) => {
                let least = automatic_iops(case.capacity_gib);
                let values = [1500, 3000, 6000].into_iter().chain((1..=16).map(|n| n * 12_000));
                let legal: Vec<u32> = values.filter(|value| *value >= least).collect();
                MetadataCase::Provisioned(legal[places.min(legal.len() - 1)])
            }
        };
        Case { metadata, ..case }
    }
}

fn layouts() -> impl Strategy<Value = LayoutCase> {
    let count = || select(vec![-1_i64, 1, 2, 3, 4, 5, 8, 16, 100]);
    prop_oneof![
        3 => Just(LayoutCase::Default),
        1 => select(vec!["2020-12-18", "2023-08-25"]).prop_map(LayoutCase::Before),
        2 => (count(), select(vec![1, 4, 64])).prop_map(|(count, size)| LayoutCase::Stripe(count, size)),
        1 => (1..200_u32, 1..3000_u32, [count(), count(), count()]).prop_map(|(end, more, counts)| {
            LayoutCase::Components(vec![
                (Some(end), counts[0]),
                (Some(end + more), counts[1]),
                (None, counts[2]),
            ])
        }),
    ]
}

type Group = (&'static str, Option<&'static str>, Option<f64>, u32, bool);

/// Interface, instance type, line rate, count, same zone.
fn clients(efa: bool) -> BoxedStrategy<Group> {
    let ena = || {
        let who = select(vec![
            (None, None),
            (None, Some(25.0)),
            (Some("m5.large"), None),
            (Some("i7i.4xlarge"), None),
            (Some("c6in.16xlarge"), None),
            (Some("c6in.16xlarge"), Some(12.5)),
        ]);
        (who, 1..60_u32, any::<bool>()).prop_map(|((name, gbps), n, zone)| ("ENA", name, gbps, n, zone))
    };
    if !efa {
        return ena().boxed();
    }
    let express = (select(vec![None, Some("c6in.16xlarge")]), 1..60_u32)
        .prop_map(|(name, n)| ("ENA_EXPRESS", name, None, n, true));
    let with_efa = (
        select(vec![
            ("EFA", Some("p5.48xlarge"), None),
            ("EFA", Some("g6e.48xlarge"), None),
            ("EFA", None, Some(300.0)),
            ("EFA_GDS", Some("p5.48xlarge"), None),
            ("EFA_GDS", Some("p6-b300.48xlarge"), None),
        ]),
        1..40_u32,
    )
        .prop_map(|((interface, name, gbps), n)| (interface, name, gbps, n, true));
    prop_oneof![1 => ena(), 1 => express, 3 => with_efa].boxed()
}

/// A name of an assumption with the ends between which its value is drawn.
type Ends = (&'static str, f64, f64);

const DATA: [Ends; 30] = [
    ("ena_latency", 0.45, 2.8),
    ("ena_latency_per_mib", 0.5, 1.7),
    ("efa_latency", 0.65, 3.2),
    ("buffered_read_stream", 400.0, 2000.0),
    ("buffered_requests_in_flight", 4.0, 16.0),
    ("tcp_efficiency", 0.52, 0.88),
    ("path_limit_gbps", 5.0, 100.0),
    ("disk_burst_delivered", 0.68, 1.0),
    ("disk_baseline_delivered", 0.92, 1.17),
    ("network_burst_delivered", 0.75, 1.0),
    ("efa_write_delivered", 1.0, 1.3),
    ("burst_reservoir", 2.0, 240.0),
    ("ssd_ost_iops", 2000.0, 20_000.0),
    ("scratch_1_network", 200.0, 1300.0),
    ("gib_per_aws_tib", 1000.0, 1024.0),
    ("hdd_iops_per_tib", 80.0, 250.0),
    ("hdd_miss_latency", 4.0, 15.0),
    ("intelligent_tiering_miss_latency", 10.0, 80.0),
    ("intelligent_tiering_storage_delivered", 0.5, 1.0),
    ("mapped_delivered", 0.21, 0.37),
    ("mapped_small_delivered", 0.4, 1.0),
    ("shared_record_write_latency", 2.5, 15.0),
    ("shared_record_write_share", 0.01, 0.14),
    ("shared_record_read_share", 0.15, 0.9),
    ("shared_aligned_write_share", 0.3, 0.95),
    ("shared_aligned_read_share", 0.3, 0.95),
    ("one_stripe_writer_exponent", 0.0, 0.15),
    ("full_ost_write_share", 0.5, 1.0),
    ("full_ost_read_share", 0.5, 1.0),
    ("client_cache_share", 0.5, 0.9),
];

const METADATA: [Ends; 17] = [
    ("cross_zone_latency", 1.0, 12.0),
    ("metadata_modifying_in_flight", 1.0, 60.0),
    ("metadata_other_in_flight", 1.0, 60.0),
    ("create_latency", 0.5, 2.0),
    ("small_file_data_latency", 0.0, 1.5),
    ("stat_latency", 0.8, 3.0),
    ("names_per_client", 20_000.0, 80_000.0),
    ("unconfigured_create_rate", 4980.0, 16_600.0),
    ("unconfigured_delete_rate", 6240.0, 20_800.0),
    ("unconfigured_stat_rate", 12_000.0, 40_000.0),
    ("unconfigured_metadata_scale", 0.6, 4.0),
    ("metadata_delivered", 0.8, 1.3),
    ("open_per_metadata_iops", 0.8, 5.0),
    ("stat_per_metadata_iops", 2.0, 12.5),
    ("readdir_per_metadata_iops", 2.0, 12.5),
    ("layout_latency_per_ost", 0.0, 0.2),
    ("shared_directory_share", 0.7, 1.0),
];

/// Values for some assumptions, anywhere in their ranges.
fn assumed(from: Vec<Ends>) -> impl Strategy<Value = BTreeMap<&'static str, f64>> {
    let one = select(from).prop_flat_map(|(name, low, high)| (low..=high).prop_map(move |value| (name, value)));
    let switch = (select(vec!["efa_network_burst", "efa_write_disk_burst"]), any::<bool>())
        .prop_map(|(name, on)| (name, f64::from(u8::from(on))));
    let targets = (1..=2_u32).prop_map(|count| ("osts_per_server", f64::from(count)));
    prop_oneof![
        1 => Just(BTreeMap::new()),
        2 => prop::collection::vec(prop_oneof![8 => one, 1 => switch, 1 => targets], 1..6)
            .prop_map(|list| list.into_iter().collect()),
    ]
}

/// What one process does.
#[derive(Clone, Debug)]
struct Load {
    write: bool,
    random: bool,
    direct: bool,
    mapped: bool,
    queue_depth: u32,
    processes: u32,
    io_kib: f64,
    file_mib: f64,
}

/// Sizes of files in MiB, from a few KiB up.
fn file_sizes() -> impl Strategy<Value = f64> {
    prop_oneof![
        1 => select(vec![4.0, 10.0, 47.0, 64.0, 300.0]).prop_map(|kib| kib / 1024.0),
        2 => select(vec![0.5, 1.0, 2.5, 5.0, 100.0, 1024.0, 8192.0]),
        1 => (1..20_000_u32).prop_map(f64::from),
        1 => (20_000..400_000_u32).prop_map(f64::from),
    ]
}

fn loads() -> impl Strategy<Value = Load> {
    let io = prop_oneof![
        select(vec![1.0, 4.0, 47.0, 64.0, 256.0, 1024.0, 4096.0, 16_384.0]),
        (1..20_000_u32).prop_map(f64::from),
    ];
    let streams = prop_oneof![1..5_u32, 5..65_u32];
    let kind = (any::<bool>(), any::<bool>(), select(vec!["direct", "direct", "buffered", "buffered", "mapped"]));
    (kind, select(vec![1, 2, 5, 16, 32]), streams, io, file_sizes()).prop_map(
        |((write, random, through), queue_depth, processes, io_kib, file_mib)| Load {
            write,
            random,
            direct: through == "direct",
            mapped: through == "mapped",
            queue_depth,
            processes,
            io_kib,
            file_mib,
        },
    )
}

/// What the files are over the whole run.
#[derive(Clone, Debug)]
struct Set {
    files: Option<u32>,
    shared_file: bool,
    directories: u32,
    passes: u32,
    order: &'static str,
    data_in: &'static str,
    client_cache: bool,
}

fn directories() -> impl Strategy<Value = u32> {
    prop_oneof![2 => Just(1), 1 => 2..8_u32, 1 => 8..2000_u32]
}

fn sets() -> impl Strategy<Value = Set> {
    let files = prop_oneof![
        2 => Just((None, false)),
        1 => (1..5000_u32).prop_map(|count| (Some(count), false)),
        1 => Just((None, true)),
    ];
    let passes = prop_oneof![Just(1), 2..20_u32];
    let place = select(vec!["disk", "disk", "server_cache", "auto", "auto"]);
    let client_cache = prop_oneof![3 => Just(false), 1 => Just(true)];
    (files, directories(), passes, select(vec!["shuffled", "cyclic", "independent"]), place, client_cache).prop_map(
        |((files, shared_file), directories, passes, order, data_in, client_cache)| Set {
            files,
            shared_file,
            directories,
            passes,
            order,
            data_in,
            client_cache,
        },
    )
}

fn regions() -> impl Strategy<Value = &'static str> {
    select(vec!["us-east-1", "us-east-1", "eu-central-1"])
}

/// One data workload on a file system of any storage class.
pub(crate) fn cases() -> impl Strategy<Value = Case> {
    kinds().prop_flat_map(|kind| {
        let store = (
            layouts(),
            any::<bool>(),
            select(vec![1.0, 1.0, 0.3, 0.0]),
            select(vec![0.5, 0.5, 0.5, 0.85, 0.86, 1.0]),
            regions(),
        );
        let extra = (select(vec![1.0, 1.5, 3.0]), prop_oneof![3 => Just(None), 1 => (1.0..5e4).prop_map(Some)]);
        let assumed = assumed([DATA.as_slice(), &METADATA].concat());
        (store, clients(kind.efa), loads(), sets(), extra, assumed).prop_map(
            move |(store, group, load, set, extra, assumed)| {
                let (layout, lz4, credits, fill, region) = store;
                let (interface, instance, gbps, clients, same_zone) = group;
                Case {
                    region,
                    layout,
                    lz4,
                    credits,
                    fill,
                    interface,
                    instance,
                    gbps,
                    clients,
                    same_zone,
                    write: load.write,
                    random: load.random,
                    direct: load.direct,
                    mapped: load.mapped,
                    queue_depth: load.queue_depth,
                    processes: load.processes,
                    io_kib: load.io_kib,
                    file_mib: load.file_mib,
                    files: set.files,
                    shared_file: set.shared_file,
                    directories: set.directories,
                    passes: set.passes,
                    order: set.order,
                    data_in: set.data_in,
                    client_cache: set.client_cache,
                    ratio: extra.0,
                    rate_limit: extra.1,
                    assumed,
                    ..kind.clone()
                }
            },
        )
    })
}

/// One operation, or a mix of two to four.
fn operations() -> impl Strategy<Value = OperationsCase> {
    let all = || vec!["create", "open", "delete", "stat", "mkdir", "rmdir", "rename", "readdir"];
    let one = select(all()).prop_map(OperationsCase::one);
    let counts = prop::collection::vec(prop_oneof![Just(1.0), 0.1..20.0_f64], 4);
    let mix = (prop::sample::subsequence(all(), 2..=4), counts).prop_map(|(names, counts)| OperationsCase {
        counts: names.into_iter().zip(counts).collect(),
        mix: true,
        file_mib: None,
    });
    let file_mib = prop_oneof![1 => Just(None), 1 => file_sizes().prop_map(Some)];
    (prop_oneof![one, mix], file_mib).prop_map(|(operations, file_mib)| OperationsCase { file_mib, ..operations })
}

/// One metadata workload on a file system of any storage class.
pub(crate) fn metadata_cases() -> impl Strategy<Value = Case> {
    kinds().prop_flat_map(|kind| {
        let processes = prop_oneof![Just(1), 2..10_u32, 10..65_u32];
        let files = prop_oneof![Just(None), (1..5000_u32).prop_map(Some), (5000..5_000_000_u32).prop_map(Some)];
        let work = (operations(), processes, files, directories(), prop_oneof![2 => Just(1), 1 => 2..5_u32]);
        let few = prop_oneof![1 => Just(true), 2 => Just(false)];
        (layouts(), regions(), clients(kind.efa), few, work, assumed(METADATA.to_vec())).prop_map(
            move |(layout, region, group, single, work, assumed)| {
                let (interface, instance, gbps, clients, same_zone) = group;
                let (operations, processes, files, directories, passes) = work;
                Case {
                    region,
                    layout,
                    interface,
                    instance,
                    gbps,
                    clients: if single { 1 } else { clients },
                    same_zone,
                    operations: Some(operations),
                    processes,
                    files,
                    directories,
                    passes,
                    assumed,
                    ..kind.clone()
                }
            },
        )
    })
}
