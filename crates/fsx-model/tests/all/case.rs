//! A legal scenario as plain data. What draws such cases is in `case_draws.rs`.

use std::collections::BTreeMap;

use fsx_model::scenario::{self, Scenario};
use serde_json::{Map, Value, json};

pub(crate) use crate::case_draws::{cases, config, metadata_cases};

/// Layout of the files.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum LayoutCase {
    Default,
    Before(&'static str),
    /// Stripe count and stripe size in MiB.
    Stripe(i64, u32),
    /// End in MiB (none in the last) and stripe count.
    Components(Vec<(Option<u32>, i64)>),
}

/// Storage class with what only it has.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum StorageCase {
    Ssd,
    Hdd {
        /// Whether `drive_cache_type` is READ.
        read_cache: bool,
    },
    /// `capacity_gib` and `tier` do not count here.
    Tiering {
        /// Throughput capacity in steps of 4000 MB/s.
        steps: u32,
        cache: CacheCase,
    },
}

/// SSD read cache of Intelligent-Tiering.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum CacheCase {
    None,
    Proportional,
    /// GiB.
    Size(u32),
}

/// Metadata configuration.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum MetadataCase {
    None,
    Automatic,
    /// Metadata IOPS.
    Provisioned(u32),
}

/// Metadata operations instead of reads and writes.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct OperationsCase {
    /// Operations of one item with their counts; a single one with count 1 unless it is a mix.
    pub(crate) counts: Vec<(&'static str, f64)>,
    pub(crate) mix: bool,
    /// `file_size_mib`, if it is given.
    pub(crate) file_mib: Option<f64>,
}

/// What a scenario says.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Case {
    pub(crate) region: &'static str,
    pub(crate) deployment: &'static str,
    pub(crate) storage: StorageCase,
    pub(crate) tier: Option<u32>,
    pub(crate) efa: bool,
    pub(crate) metadata: MetadataCase,
    pub(crate) capacity_gib: u32,
    pub(crate) layout: LayoutCase,
    pub(crate) lz4: bool,
    pub(crate) credits: f64,
    pub(crate) fill: f64,
    pub(crate) interface: &'static str,
    pub(crate) instance: Option<&'static str>,
    pub(crate) gbps: Option<f64>,
    pub(crate) clients: u32,
    pub(crate) same_zone: bool,
    /// Metadata operations; none: reads or writes.
    pub(crate) operations: Option<OperationsCase>,
    pub(crate) write: bool,
    pub(crate) random: bool,
    pub(crate) direct: bool,
    pub(crate) mapped: bool,
    pub(crate) queue_depth: u32,
    pub(crate) processes: u32,
    pub(crate) io_kib: f64,
    pub(crate) file_mib: f64,
    pub(crate) files: Option<u32>,
    pub(crate) shared_file: bool,
    pub(crate) directories: u32,
    pub(crate) passes: u32,
    pub(crate) order: &'static str,
    pub(crate) data_in: &'static str,
    pub(crate) client_cache: bool,
    pub(crate) ratio: f64,
    pub(crate) rate_limit: Option<f64>,
    pub(crate) assumed: BTreeMap<&'static str, f64>,
}

impl Case {
    /// A plain read of one client on PERSISTENT_2 at 250; the ground from which tests start.
    pub(crate) fn plain() -> Self {
        Self {
            region: "us-east-1",
            deployment: "PERSISTENT_2",
            storage: StorageCase::Ssd,
            tier: Some(250),
            efa: false,
            metadata: MetadataCase::None,
            capacity_gib: 4800,
            layout: LayoutCase::Default,
            lz4: false,
            credits: 1.0,
            fill: 0.5,
            interface: "ENA",
            instance: None,
            gbps: None,
            clients: 1,
            same_zone: true,
            operations: None,
            write: false,
            random: false,
            direct: true,
            mapped: false,
            queue_depth: 1,
            processes: 1,
            io_kib: 1024.0,
            file_mib: 1024.0,
            files: None,
            shared_file: false,
            directories: 1,
            passes: 1,
            order: "shuffled",
            data_in: "disk",
            client_cache: false,
            ratio: 1.0,
            rate_limit: None,
            assumed: BTreeMap::new(),
        }
    }

    pub(crate) fn streams(&self) -> f64 {
        f64::from(self.clients) * f64::from(self.processes)
    }

    pub(crate) fn file_count(&self) -> f64 {
        if self.shared_file {
            return 1.0;
        }
        self.files.map_or_else(|| self.streams(), f64::from)
    }

    /// The metadata configuration, with the one that EFA cannot do without.
    pub(crate) fn metadata(&self) -> MetadataCase {
        match (self.metadata, self.efa, self.storage) {
            (MetadataCase::None, true, StorageCase::Tiering { .. }) => MetadataCase::Provisioned(6000),
            (MetadataCase::None, true, _) => MetadataCase::Automatic,
            (given, ..) => given,
        }
    }

    /// The next larger legal file system of the same kind.
    pub(crate) fn larger(&self) -> Self {
        let steps = |step: u32| (self.capacity_gib / step + 1) * step;
        let mut larger = self.clone();
        if let StorageCase::Tiering { steps, cache } = &mut larger.storage {
            *steps += 1;
            if let CacheCase::Size(gib) = cache {
                *gib = (*gib).max(32 * *steps);
            }
            return larger;
        }
        larger.capacity_gib = match (self.deployment, self.tier, self.capacity_gib) {
            (_, Some(12), _) => steps(6000),
            (_, Some(40), _) => steps(1800),
            (_, Some(125), _) if self.efa => steps(38_400),
            (_, Some(250), _) if self.efa => steps(19_200),
            (_, Some(500), _) if self.efa => steps(9600),
            (_, Some(1000), _) if self.efa => steps(4800),
            (_, _, 1200) => 2400,
            ("SCRATCH_1", ..) => steps(3600),
            _ => steps(2400),
        };
        if let MetadataCase::Provisioned(iops) = &mut larger.metadata {
            *iops = (*iops).max(automatic_iops(larger.capacity_gib));
        }
        larger
    }

    pub(crate) fn json(&self) -> Value {
        let assumptions: Map<String, Value> = self
            .assumed
            .iter()
            .map(|(name, value)| {
                let flag = matches!(*name, "efa_network_burst" | "efa_write_disk_burst");
                ((*name).to_owned(), if flag { json!(*value > 0.5) } else { json!(value) })
            })
            .collect();
        json!({
            "region": self.region, "file_system": self.file_system(), "clients": self.client_group(),
            "workloads": [self.workload()], "assumptions": assumptions,
        })
    }

    fn file_system(&self) -> Value {
        let mut file_system = json!({
            "deployment_type": self.deployment,
            "efa_enabled": self.efa,
            "data_compression_type": if self.lz4 { "LZ4" } else { "NONE" },
            "layout": self.layout.json(),
            "credits_at_start": self.credits,
            "fill": self.fill,
        });
        match self.storage {
            StorageCase::Ssd => {}
            StorageCase::Hdd { read_cache } => {
                file_system["storage_type"] = json!("HDD");
                file_system["drive_cache_type"] = json!(if read_cache { "READ" } else { "NONE" });
            }
            StorageCase::Tiering { steps, cache } => {
                file_system["storage_type"] = json!("INTELLIGENT_TIERING");
                file_system["throughput_capacity_mb_per_s"] = json!(steps * 4000);
                file_system["read_cache"] = match cache {
                    CacheCase::None => json!({"sizing_mode": "NO_CACHE"}),
                    CacheCase::Proportional => json!({"sizing_mode": "PROPORTIONAL_TO_THROUGHPUT_CAPACITY"}),
                    CacheCase::Size(gib) => json!({"sizing_mode": "USER_PROVISIONED", "size_gib": gib}),
                };
            }
        }
        if !matches!(self.storage, StorageCase::Tiering { .. }) {
            file_system["storage_capacity_gib"] = json!(self.capacity_gib);
            if let Some(tier) = self.tier {
                file_system["per_unit_storage_throughput"] = json!(tier);
            }
        }
        match self.metadata() {
            MetadataCase::None => {}
            MetadataCase::Automatic => file_system["metadata_configuration"] = json!({"mode": "AUTOMATIC"}),
            MetadataCase::Provisioned(iops) => {
                file_system["metadata_configuration"] = json!({"mode": "USER_PROVISIONED", "iops": iops});
            }
        }
        file_system
    }

    fn client_group(&self) -> Value {
        let mut clients = json!({
            "count": self.clients, "interface": self.interface, "same_availability_zone": self.same_zone,
        });
        if let Some(name) = self.instance {
            clients["instance_type"] = json!(name);
        }
        if let Some(gbps) = self.gbps {
            clients["network_gbps"] = json!(gbps);
        }
        clients
    }

    fn workload(&self) -> Value {
        let mut workload = match &self.operations {
            Some(operations) => operations.json(),
            None => self.data(),
        };
        workload["processes_per_client"] = json!(self.processes);
        workload["passes"] = json!(self.passes);
        if self.directories != 1 {
            workload["directories"] = json!(self.directories);
        }
        if let Some(files) = self.files {
            workload["file_count"] = json!(files);
        }
        workload
    }

    /// The fields of a workload that only reads and writes have.
    fn data(&self) -> Value {
        let mut workload = json!({
            "operation": if self.write { "write" } else { "read" },
            "access": if self.random { "random" } else { "sequential" },
            "io_size_kib": self.io_kib,
            "direct_io": self.direct,
            "queue_depth": self.queue_depth,
            "file_size_mib": self.file_mib,
            "order": self.order,
            "data_in": self.data_in,
            "compression_ratio": self.ratio,
        });
        for (name, on) in
            [("mapped", self.mapped), ("shared_file", self.shared_file), ("client_cache", self.client_cache)]
        {
            if on {
                workload[name] = json!(true);
            }
        }
        if let Some(limit) = self.rate_limit {
            workload["rate_limit_mb_per_s"] = json!(limit);
        }
        workload
    }

    pub(crate) fn scenario(&self) -> Scenario {
        scenario::from_json(&self.json().to_string()).expect("a case is understood")
    }
}

impl LayoutCase {
    fn json(&self) -> Value {
        match self {
            Self::Default => json!({"kind": "default"}),
            Self::Before(day) => json!({"kind": "created", "before": day}),
            Self::Stripe(count, size) => json!({"kind": "stripe", "count": count, "size_mib": size}),
            Self::Components(parts) => {
                let part = |(end, count): &(Option<u32>, i64)| match end {
                    Some(end) => json!({"end_mib": end, "count": count}),
                    None => json!({ "count": count }),
                };
                json!({"kind": "components", "components": parts.iter().map(part).collect::<Vec<_>>()})
            }
        }
    }
}

impl OperationsCase {
    /// One operation, files of no size.
    pub(crate) fn one(name: &'static str) -> Self {
        Self { counts: vec![(name, 1.0)], mix: false, file_mib: None }
    }

    fn json(&self) -> Value {
        let mut workload = if self.mix {
            let counts: Map<String, Value> =
                self.counts.iter().map(|(name, count)| ((*name).to_owned(), json!(count))).collect();
            json!({ "operations": counts })
        } else {
            json!({ "operation": self.counts[0].0 })
        };
        if let Some(size) = self.file_mib {
            workload["file_size_mib"] = json!(size);
        }
        workload
    }
}

/// Metadata IOPS of AUTOMATIC mode: from 48,000 GiB on, 12,000 for each whole 24,000 GiB.
pub(crate) fn automatic_iops(capacity_gib: u32) -> u32 {
    match capacity_gib {
        ..2400 => 1500,
        2400..4800 => 3000,
        4800..12_000 => 6000,
        12_000..48_000 => 12_000,
        _ => (capacity_gib / 24_000 * 12_000).min(192_000),
    }
}
