//! The working of a limit: its formula with the numbers filled in, as data that can be multiplied out again.

use std::fmt;

use serde::{Serialize, Serializer};

use crate::catalog::{AssumptionId, Assumptions, CLIENT_LIMITS, figures};
use crate::design::{Design, Residence, Segment, Size, Stage, Topology, Workload};
use crate::model::cache::{self, Hits};
use crate::model::together::SHARED;
use crate::model::{Credits, LimitId, access, disk, latency, metadata, network, s3};
use crate::scenario::Operation;
use crate::units::{
    Information, Throughput, gibibyte, gigabit_per_second, mebibyte, megabyte_per_second, millisecond, one_operation,
    operation_per_second,
};

/// A formula: for each client group, parts of the work, each a product; a group's value is the work over the sum of its
/// parts' times, and the groups' values add up.
#[derive(Clone, Debug, PartialEq)]
pub struct Working {
    /// The parts of each group; one where all of the work sees the same.
    pub groups: Vec<Vec<Part>>,
    /// Ids of the sources of the published figures in it.
    pub sources: Vec<&'static str>,
    /// Ids of the assumptions in it.
    pub assumptions: Vec<&'static str>,
}

/// A share of the work and the product that says its rate.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// Share of the bytes.
    pub share: f64,
    /// The product.
    pub factors: Vec<Factor>,
}

/// One number of a product.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Factor {
    /// Whether it divides.
    pub divides: bool,
    /// The number as shown.
    pub value: f64,
    /// Its unit as shown.
    pub unit: &'static str,
    /// What turns it into MB, seconds and plain numbers.
    pub scale: f64,
}

impl Working {
    /// The value, MB/s or items a second, from the factors alone.
    #[must_use]
    pub fn value(&self) -> f64 {
        let of_group =
            |parts: &Vec<Part>| 1.0 / parts.iter().map(|part| part.share / product(&part.factors)).sum::<f64>();
        self.groups.iter().map(of_group).sum()
    }
}

fn product(factors: &[Factor]) -> f64 {
    factors.iter().fold(1.0, |product, factor| {
        let value = factor.value * factor.scale;
        if factor.divides { product / value } else { product * value }
    })
}

impl fmt::Display for Working {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, parts) in self.groups.iter().enumerate() {
            f.write_str(if i > 0 { " + " } else { "" })?;
            write_parts(parts, f)?;
        }
        Ok(())
    }
}

fn write_parts(parts: &[Part], f: &mut fmt::Formatter<'_>) -> fmt::Result {
    if let [only] = parts
        && (only.share - 1.0).abs() < 1e-9
    {
        return write!(f, "{only}");
    }
    f.write_str("1 / (")?;
    for (i, part) in parts.iter().enumerate() {
        let plus = if i > 0 { " + " } else { "" };
        write!(f, "{plus}{} % / ({part})", Number(part.share * 100.0))?;
    }
    f.write_str(")")
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, factor) in self.factors.iter().enumerate() {
            let sign = match (i, factor.divides) {
                (0, false) => "",
                (0, true) => "1 / ",
                (_, false) => " × ",
                (_, true) => " / ",
            };
            write!(f, "{sign}{}", Amount(factor.value, factor.unit))?;
        }
        Ok(())
    }
}

/// A number with its unit, which loses its s after 1.
pub(crate) struct Amount<'a>(pub(crate) f64, pub(crate) &'a str);

impl fmt::Display for Amount<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let &Self(value, unit) = self;
        Number(value).fmt(f)?;
        if !unit.is_empty() {
            let one = (value - 1.0).abs() < f64::EPSILON;
            let counts = |unit: &&str| unit.len() > 2 && !unit.ends_with('/');
            let single = if one { unit.strip_suffix('s').filter(counts) } else { None };
            write!(f, " {}", single.unwrap_or(unit))?;
        }
        Ok(())
    }
}

/// A number with four significant digits, or so many decimals as asked for; no trailing zeros.
pub(crate) struct Number(pub(crate) f64);

/// No number is written with more.
const MOST_DECIMALS: usize = 12;

/// Decimals of a number so that four of its digits are significant.
pub(crate) fn decimals(value: f64) -> usize {
    let size = value.abs();
    if size >= 1000.0 {
        0
    } else if size >= 100.0 {
        1
    } else if size >= 10.0 {
        2
    } else if size >= 0.1 {
        4
    } else {
        let (mut decimals, mut least) = (5, 0.01);
        while size < least && decimals < MOST_DECIMALS {
            decimals += 1;
            least /= 10.0;
        }
        decimals
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let decimals = f.precision().unwrap_or_else(|| decimals(self.0));
        let text = format!("{:.decimals$}", self.0);
        let text = if decimals > 0 { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
        f.write_str(text)
    }
}

impl Serialize for Working {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Working {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Formula".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "description": "A formula with its numbers filled in" })
    }
}

/// Writes the working of one limit of a workload, from the designs of its client groups; `bursting` with credits there.
///
/// Parts of the file system that all groups meet are written for the first of them.
#[must_use]
pub fn working(id: LimitId, groups: &[Design], assumptions: &Assumptions, bursting: bool) -> Working {
    let credits = if bursting { Credits::FULL } else { Credits::SPENT };
    let common = SHARED[..5].contains(&id);
    let mut working = Working { groups: Vec::new(), sources: Vec::new(), assumptions: Vec::new() };
    for design in groups.iter().take(if common { 1 } else { groups.len() }) {
        let topology = design.placement.topology;
        let (factors, sources, ids) = (Vec::new(), Vec::new(), Vec::new());
        let from_s3 = false;
        let mut writer = Writer { design, assumptions, topology, credits, from_s3, factors, sources, ids };
        working.groups.push(writer.parts(id));
        working.sources.append(&mut writer.sources);
        working.assumptions.append(&mut writer.ids);
    }
    working
}

/// What LZ4 does to the rate of the disks.
enum Lift {
    No,
    ByRatio,
    ToNetwork,
}

struct Writer<'a> {
    design: &'a Design,
    assumptions: &'a Assumptions,
    topology: Topology,
    credits: Credits,
    /// Whether the part at hand loads its files from S3 as it reads them.
    from_s3: bool,
    factors: Vec<Factor>,
    sources: Vec<&'static str>,
    ids: Vec<&'static str>,
}

impl Writer<'_> {
    /// The parts of a limit, like ones together.
    fn parts(&mut self, id: LimitId) -> Vec<Part> {
        let Design { file_system, clients, workload, placement, .. } = self.design;
        let mut parts: Vec<Part> = Vec::new();
        if id == LimitId::RateLimit {
            if let Some(limit) = workload.item_limit {
                self.times(limit.get::<operation_per_second>(), "op/s offered");
            }
            if let Some(limit) = workload.rate_limit {
                self.times(limit.get::<megabyte_per_second>(), "MB/s offered");
            }
            return vec![Part { share: 1.0, factors: std::mem::take(&mut self.factors) }];
        }
        if !workload.moves_data {
            self.items(id);
            return vec![Part { share: 1.0, factors: std::mem::take(&mut self.factors) }];
        }
        for segment in placement.segments() {
            let holding = (segment.holding_osts / self.topology.osts, segment.holding_servers / self.topology.servers);
            let [first, then] = cache::hits(file_system, clients, workload, holding, self.assumptions);
            let later = workload.cached_share_of_passes();
            let lazily = workload.residence == Residence::S3;
            for (share, hits, from_s3) in [(1.0 - later, first, lazily), (later * (1.0 - then.client), then, false)] {
                self.from_s3 = from_s3;
                if share <= 0.0 || !self.limit(id, segment, &hits) {
                    continue;
                }
                let factors = std::mem::take(&mut self.factors);
                let share = share * segment.share;
                match parts.iter_mut().find(|part| part.factors == factors) {
                    Some(part) => part.share += share,
                    None => parts.push(Part { share, factors }),
                }
            }
        }
        parts
    }

    /// The factors of a limit for a part of the work that finds data where `hits` says; false if it does not apply.
    fn limit(&mut self, id: LimitId, segment: &Segment, hits: &Hits) -> bool {
        match id {
            LimitId::ClientNetwork => self.clients(),
            LimitId::ClientToServerPath => self.paths(segment),
            LimitId::ServerNetwork => self.server_network(),
            LimitId::SsdCache => return self.ssd_cache(self.topology.osts, hits),
            LimitId::DiskThroughput => return self.disk(self.topology.osts, self.topology.servers, hits.miss()),
            LimitId::DiskIops => return self.operations(self.topology.osts, hits.miss()),
            LimitId::StripeWidth => self.narrowest(segment, hits),
            LimitId::Metadata => self.openings(),
            LimitId::S3Restore if self.from_s3 => {
                self.assumed(AssumptionId::RestoreRateTotal, "files/s", 1.0);
                self.size(self.design.workload.file_size);
            }
            LimitId::Concurrency | LimitId::S3Restore | LimitId::S3Export
                if self.from_s3 || self.design.workload.stage.is_some() =>
            {
                self.s3();
            }
            LimitId::Concurrency => self.concurrency(segment, hits),
            LimitId::RateLimit | LimitId::S3Restore | LimitId::S3Export | LimitId::S3Import => return false,
        }
        true
    }

    /// The factors of a limit of a metadata workload.
    fn items(&mut self, id: LimitId) {
        if id == LimitId::Metadata {
            return self.metadata_servers();
        }
        if self.design.workload.stage == Some(Stage::Import) {
            return self.assumed(AssumptionId::AutoImportRate, "objects/s", 1.0);
        }
        let requests = latency::items(self.design, self.assumptions);
        let in_flight = one_operation() * requests.in_flight / requests.unloaded;
        if self.design.need.names.is_some_and(|names| names < in_flight) {
            self.times(self.design.clients.count, "clients");
            self.assumed(AssumptionId::NamesPerClient, "names/s", 1.0);
            let workload = &self.design.workload;
            self.over(workload.operations.count(Operation::Readdir) * workload.entries_per_directory(), "names", 1.0);
            return;
        }
        self.times(requests.in_flight, "requests");
        let ids = latency::decided_by(self.design, &requests, 1.0, 1.0, self.assumptions);
        ids.into_iter().for_each(|id| self.cite(id));
        self.over(requests.unloaded.get::<millisecond>(), "ms", 0.001);
    }

    /// Data a second that S3 and the file servers move.
    fn s3(&mut self) {
        let Design { file_system, clients, workload, .. } = self.design;
        if workload.stage == Some(Stage::Export) {
            let [objects, bytes] = s3::export_rates(file_system, workload.file_size, self.assumptions);
            if objects < bytes {
                self.assumed(AssumptionId::AutoExportRate, "objects/s", 1.0);
                self.size(workload.file_size);
            } else {
                self.published(file_system.published.disk_read_baseline);
                self.assumed(AssumptionId::AutoExportBandwidth, "", 1.0);
            }
            return;
        }
        let mut files = workload.active_files;
        if workload.stage == Some(Stage::Restore) {
            let at_once = s3::loading_at_once(clients.count, self.assumptions);
            if at_once < files {
                files = at_once;
                self.cite(AssumptionId::RestoreRatePerClient);
                self.cite(AssumptionId::RestoreRateTotal);
            }
        }
        self.times(files, "files at once");
        self.size(workload.file_size);
        self.cite(AssumptionId::LazyLoadLatency);
        self.cite(AssumptionId::LazyLoadStream);
        self.over(s3::load_time(workload.file_size, self.assumptions).get::<millisecond>(), "ms", 0.001);
    }

    /// Items a second of the metadata servers.
    fn metadata_servers(&mut self) {
        let Design { file_system, clients, workload, .. } = self.design;
        let Some((operation, count)) = workload.operations.only() else {
            workload.operations.iter().for_each(|(operation, _)| self.cite_metadata(operation));
            return self.times(self.design.need.servers.get::<operation_per_second>(), "items/s of the mix");
        };
        self.cite_metadata(operation);
        let rate = metadata::server_rate(operation, file_system, clients, workload, self.assumptions);
        let rate = rate.get::<operation_per_second>();
        if let Some(iops) = file_system.metadata_iops {
            let reach = metadata::reach(file_system, workload);
            let shares = metadata::shares_directories(operation, clients, workload);
            let sharing = if shares { self.assumptions.get(AssumptionId::SharedDirectoryShare) } else { 1.0 };
            self.times(iops, "Metadata IOPS");
            let left = rate / iops / reach / sharing;
            match metadata::published_per_iops(operation) {
                Some(published) => {
                    self.times(published, "op/s each");
                    self.times(left / published, "delivered");
                }
                None => self.times(left, "op/s each"),
            }
            if reach < 1.0 {
                self.times(workload.directories, "");
                self.over(file_system.metadata_servers(), "MDTs", 1.0);
            }
            if sharing < 1.0 {
                self.times(sharing, "in a shared directory");
            }
        } else {
            self.times(rate, "op/s");
        }
        let width = f64::from(one_operation() * (count / rate) / one_operation() * self.design.need.servers.value);
        if (width - 1.0).abs() > 1e-12 || (count - 1.0).abs() > 0.0 {
            self.times(width / 1.0, "per item, for its objects");
        }
    }

    fn cite_metadata(&mut self, operation: Operation) {
        let Design { file_system, clients, workload, .. } = self.design;
        self.from("PERF");
        if file_system.metadata_iops.is_some() {
            match metadata::published_per_iops(operation) {
                Some(_) => self.cite(AssumptionId::MetadataDelivered),
                None => self.cite(metadata::per_iops_assumption(operation)),
            }
        } else {
            self.cite(metadata::unconfigured_basis(operation).0);
            if metadata::is_beyond_measured(file_system.size) {
                self.cite(AssumptionId::UnconfiguredMetadataScale);
            }
        }
        if metadata::shares_directories(operation, clients, workload) {
            self.cite(AssumptionId::SharedDirectoryShare);
        }
    }

    /// Data a second of files that the metadata servers can open or create.
    fn openings(&mut self) {
        let workload = &self.design.workload;
        self.metadata_servers();
        self.times(1.0, "file each");
        self.size(workload.file_size);
        let openings = workload.streams / workload.files;
        if openings > 1.0 {
            self.over(openings, "processes for each file", 1.0);
        }
    }

    fn times(&mut self, value: f64, unit: &'static str) {
        self.scaled(value, unit, 1.0);
    }

    fn scaled(&mut self, value: f64, unit: &'static str, scale: f64) {
        self.factors.push(Factor { divides: false, value, unit, scale });
    }

    fn over(&mut self, value: f64, unit: &'static str, scale: f64) {
        self.factors.push(Factor { divides: true, value, unit, scale });
    }

    /// A factor that is an assumption.
    fn assumed(&mut self, id: AssumptionId, unit: &'static str, scale: f64) {
        let value = self.assumptions.get(id);
        self.cite(id);
        self.scaled(value, unit, scale);
    }

    fn cite(&mut self, id: AssumptionId) {
        self.ids.push(crate::catalog::ASSUMPTIONS[id as usize].name);
    }

    fn from(&mut self, source_id: &'static str) {
        self.sources.extend(source_id.split_whitespace());
    }

    fn clients(&mut self) {
        let clients = &self.design.clients;
        let line = if self.credits.client { clients.burst_line_rate } else { clients.line_rate };
        self.times(clients.count, "clients");
        self.scaled(line.get::<gigabit_per_second>(), "Gbit/s", 125.0);
        self.assumed(network::client_efficiency(clients.interface), "", 1.0);
        if let Some(row) = CLIENT_LIMITS.iter().find(|row| row.interface == clients.interface) {
            self.from(row.provenance.source_id);
        }
        if let Some(instance) = clients.instance {
            self.from(instance.provenance.source_id);
        }
    }

    fn paths(&mut self, segment: &Segment) {
        self.times(self.design.clients.count, "clients");
        self.times(segment.touched_servers, "servers");
        self.assumed(AssumptionId::PathLimitGbps, "Gbit/s", 125.0);
        self.assumed(AssumptionId::PathEfficiency, "", 1.0);
        self.from(figures::ENA_PER_OSS_GBPS.provenance.source_id);
    }

    /// What published figures are multiplied by: TiB as AWS counts them, or steps of throughput capacity.
    fn units(&self) -> (f64, &'static str, &'static str) {
        match self.design.file_system.size {
            Size::Capacity(capacity) => {
                let tib = capacity.get::<gibibyte>() / self.assumptions.get(AssumptionId::GibPerAwsTib);
                (tib, "TiB", "MB/s per TiB")
            }
            Size::Steps(steps) => (steps, "steps", "MB/s per step"),
        }
    }

    /// A rate that is published per TiB or per step.
    fn published(&mut self, rate: Throughput) {
        let (units, unit, per_unit) = self.units();
        self.times(units, unit);
        self.times(rate.get::<megabyte_per_second>() / units, per_unit);
        self.from(self.design.file_system.provenance().source_id);
    }

    fn server_network(&mut self) {
        let file_system = &self.design.file_system;
        let value = network::servers(file_system, self.topology, self.assumptions, self.credits.network);
        let baseline = network::servers(file_system, self.topology, self.assumptions, false);
        if value <= baseline {
            if file_system.published.network_baseline.is_none() {
                self.cite(AssumptionId::Scratch1Network);
            }
            return self.published(baseline);
        }
        let burst = file_system.published.network_burst.unwrap_or_default();
        let delivered = burst * self.assumptions.get(AssumptionId::NetworkBurstDelivered);
        if file_system.efa_enabled {
            self.cite(AssumptionId::EfaNetworkBurst);
        }
        if value < delivered {
            self.times(self.topology.servers, "servers");
            return self.assumed(AssumptionId::EfaServerNetworkBurst, "Gbit/s", 125.0);
        }
        self.published(burst);
        self.assumed(AssumptionId::NetworkBurstDelivered, "", 1.0);
    }

    /// `part` of the topology's `all` targets or servers, unless it is all of them.
    fn part_of(&mut self, part: f64, all: f64, unit: &'static str) {
        if part < all {
            self.times(part, "");
            self.over(all, unit, 1.0);
        }
    }

    fn disk(&mut self, osts: f64, servers: f64, miss: f64) -> bool {
        if miss <= 0.0 {
            return false;
        }
        let Design { file_system, workload, .. } = self.design;
        let workload = &Workload { writes: workload.writes || self.from_s3, ..*workload };
        let bursting = self.credits.disk;
        let (published, delivered) = disk::basis(file_system, workload, self.assumptions, bursting);
        let value = disk::throughput(file_system, workload, self.assumptions, bursting);
        let lift = self.compression(value * disk::share_of(osts, self.topology), servers);
        if matches!(lift, Lift::ToNetwork) {
            self.server_network();
            self.part_of(servers, self.topology.servers, "servers");
        } else {
            self.published(published);
            self.assumed(delivered, "", 1.0);
            if let Some(full) = disk::full_targets(file_system, workload) {
                self.assumed(full, "on nearly full OSTs", 1.0);
            }
            self.part_of(osts, self.topology.osts, "OSTs");
            if matches!(lift, Lift::ByRatio) {
                self.times(workload.compression_ratio, "by LZ4");
            }
        }
        self.missed(miss);
        true
    }

    /// How LZ4 lifts disks that deliver `disk` behind `servers` servers.
    fn compression(&self, disk: Throughput, servers: f64) -> Lift {
        let Design { file_system, workload, .. } = self.design;
        let network = network::servers(file_system, self.topology, self.assumptions, self.credits.network)
            * (servers / self.topology.servers);
        if !file_system.lz4 || workload.compression_ratio <= 1.0 || network <= disk {
            Lift::No
        } else if disk * workload.compression_ratio > network {
            Lift::ToNetwork
        } else {
            Lift::ByRatio
        }
    }

    fn missed(&mut self, miss: f64) {
        if miss < 1.0 {
            self.over(miss, "not in cache", 1.0);
        }
    }

    fn operations(&mut self, osts: f64, miss: f64) -> bool {
        let Design { file_system, workload, .. } = self.design;
        let Some(all) = disk::operations(file_system, workload).filter(|_| miss > 0.0) else { return false };
        if all.per_gib > 0.0 {
            self.times(all.gib, "GiB");
            self.over(all.per_gib, "GiB", 1.0);
        } else {
            self.times(all.units(self.assumptions), "TiB");
        }
        self.assumed(all.each, "op/s", 1.0);
        self.part_of(osts, self.topology.osts, "OSTs");
        self.size(workload.request_size());
        self.missed(miss);
        self.from("METRICS");
        true
    }

    fn ssd_cache(&mut self, osts: f64, hits: &Hits) -> bool {
        let Design { file_system, workload, .. } = self.design;
        let Some(cache) = file_system.ssd_cache.filter(|_| hits.ssd > 0.0) else { return false };
        let request = workload.request_size();
        if cache::ssd_cache(&cache, request, self.assumptions) < cache.throughput {
            self.times(cache.operations_per_s(self.assumptions), "op/s");
            if cache.operations_per_s.is_none() {
                self.cite(AssumptionId::SsdOstIops);
            }
            self.size(request);
        } else {
            self.times(cache.throughput.get::<megabyte_per_second>(), "MB/s");
        }
        self.part_of(osts, self.topology.osts, "OSTs");
        if hits.ssd < 1.0 {
            self.over(hits.ssd, "in the cache", 1.0);
        }
        self.from(cache.provenance.source_id);
        true
    }

    fn size(&mut self, size: Information) {
        const MIB_IN_MB: f64 = 1.048576;
        let mib = size.get::<mebibyte>();
        if mib < 1.0 {
            self.scaled(mib * 1024.0, "KiB", MIB_IN_MB / 1024.0);
        } else {
            self.scaled(mib, "MiB", MIB_IN_MB);
        }
    }

    /// The narrowest of the touched servers' ceilings, with its sources and assumptions alone.
    fn narrowest(&mut self, segment: &Segment, hits: &Hits) {
        let mut candidates: Vec<Writer<'_>> = Vec::new();
        let mut candidate = |write: &dyn Fn(&mut Self) -> bool| {
            let mut writer = Writer { factors: Vec::new(), sources: Vec::new(), ids: Vec::new(), ..*self };
            if write(&mut writer) {
                candidates.push(writer);
            }
        };
        candidate(&|writer| {
            writer.server_network();
            writer.part_of(segment.touched_servers, writer.topology.servers, "servers");
            true
        });
        candidate(&|writer| writer.ssd_cache(segment.touched_osts, hits));
        candidate(&|writer| {
            let applies = writer.disk(segment.touched_osts, segment.touched_servers, hits.miss());
            let access = access::access(writer.design, segment, writer.assumptions);
            if access.disk < 1.0 {
                writer.cite(AssumptionId::OneStripeWriterExponent);
                writer.times(access.disk, "for its many writers");
            }
            applies
        });
        candidate(&|writer| writer.operations(segment.touched_osts, hits.miss()));
        let narrowest =
            candidates.into_iter().reduce(|a, b| if product(&b.factors) < product(&a.factors) { b } else { a });
        if let Some(narrowest) = narrowest {
            self.factors = narrowest.factors;
            self.sources.extend(narrowest.sources);
            self.ids.extend(narrowest.ids);
        }
        self.from("PERF");
    }

    fn concurrency(&mut self, segment: &Segment, hits: &Hits) {
        let Design { workload, .. } = self.design;
        let requests = latency::requests(self.design, segment.parallel, hits.miss(), self.assumptions);
        let access = access::access(self.design, segment, self.assumptions);
        let in_flight = one_operation() * requests.in_flight / requests.unloaded * access.delivered;
        if access.at_most.is_some_and(|most| most < in_flight) {
            self.times(workload.streams, "streams");
            self.size(workload.io_size);
            let each = self.assumptions.get(AssumptionId::SharedRecordWriteLatency);
            self.cite(AssumptionId::SharedRecordWriteLatency);
            return self.over(each, "ms", 0.001);
        }
        if workload.is_gathered() {
            self.times(workload.streams, "streams");
            self.times(requests.in_flight / workload.streams, "requests");
        } else {
            self.times(requests.in_flight, "requests");
        }
        let ids = latency::decided_by(self.design, &requests, segment.parallel, hits.miss(), self.assumptions);
        ids.into_iter().for_each(|id| self.cite(id));
        self.size(requests.size);
        self.over(requests.unloaded.get::<millisecond>(), "ms", 0.001);
        if access.delivered < 1.0 {
            access.delivered_by.into_iter().flatten().for_each(|id| self.cite(id));
            self.times(access.delivered, "of that");
        }
    }
}
