//! The working of a limit: its formula with the numbers filled in, as data that can be multiplied out again.

use std::fmt;

use serde::{Serialize, Serializer};

use crate::catalog::{AssumptionId, Assumptions, CLIENT_LIMITS, figures};
use crate::design::{Design, Segment, Topology};
use crate::model::{Credits, LimitId, cache, disk, latency, network};
use crate::units::{Information, Throughput, gibibyte, gigabit_per_second, mebibyte, megabyte_per_second, millisecond};

/// A formula: parts of the work, each a product; the value is the work over the sum of the parts' times.
#[derive(Clone, Debug, PartialEq)]
pub struct Working {
    /// The parts; one where all of the work sees the same.
    pub parts: Vec<Part>,
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
    /// The value, MB/s, from the factors alone.
    #[must_use]
    pub fn mb_per_s(&self) -> f64 {
        1.0 / self.parts.iter().map(|part| part.share / product(&part.factors)).sum::<f64>()
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
        if let [only] = self.parts.as_slice()
            && only.share >= 1.0
        {
            return write!(f, "{only}");
        }
        f.write_str("1 / (")?;
        for (i, part) in self.parts.iter().enumerate() {
            let plus = if i > 0 { " + " } else { "" };
            write!(f, "{plus}{} % / ({part})", Number(part.share * 100.0))?;
        }
        f.write_str(")")
    }
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
            write!(f, "{sign}{}", Number(factor.value))?;
            if !factor.unit.is_empty() {
                let one = (factor.value - 1.0).abs() < f64::EPSILON;
                let unit = if one { factor.unit.strip_suffix('s').filter(|unit| unit.len() > 2) } else { None };
                write!(f, " {}", unit.unwrap_or(factor.unit))?;
            }
        }
        Ok(())
    }
}

/// A number with four significant digits, no trailing zeros.
struct Number(f64);

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let size = self.0.abs();
        let decimals = if size >= 1000.0 {
            0
        } else if size >= 100.0 {
            1
        } else if size >= 10.0 {
            2
        } else if size >= 0.1 {
            4
        } else {
            5
        };
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

/// Writes the working of one limit of a design; `bursting` with credits there.
#[must_use]
pub fn working(id: LimitId, design: &Design, assumptions: &Assumptions, bursting: bool) -> Working {
    let credits = if bursting { Credits::FULL } else { Credits::SPENT };
    let topology = design.placement.topology;
    let mut writer =
        Writer { design, assumptions, topology, credits, factors: Vec::new(), sources: Vec::new(), ids: Vec::new() };
    let mut parts: Vec<Part> = Vec::new();
    for segment in design.placement.segments() {
        let holding = segment.holding_servers / topology.servers;
        let hits = cache::hit_ratios(&design.file_system, &design.workload, holding, assumptions);
        let later = design.workload.cached_share_of_passes();
        for (share, hits) in [(1.0 - later, hits.first), (later, hits.later)] {
            if share <= 0.0 || !writer.limit(id, segment, 1.0 - hits) {
                continue;
            }
            let factors = std::mem::take(&mut writer.factors);
            let share = share * segment.share;
            match parts.iter_mut().find(|part| part.factors == factors) {
                Some(part) => part.share += share,
                None => parts.push(Part { share, factors }),
            }
        }
    }
    if let [only] = parts.as_mut_slice()
        && (only.share - 1.0).abs() < 1e-9
    {
        only.share = 1.0;
    }
    Working { parts, sources: writer.sources, assumptions: writer.ids }
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
    factors: Vec<Factor>,
    sources: Vec<&'static str>,
    ids: Vec<&'static str>,
}

impl Writer<'_> {
    /// The factors of a limit for a part of the work of which `miss` comes from the disks; false if it does not apply.
    fn limit(&mut self, id: LimitId, segment: &Segment, miss: f64) -> bool {
        match id {
            LimitId::ClientNetwork => self.clients(),
            LimitId::ClientToServerPath => self.paths(segment),
            LimitId::ServerNetwork => self.server_network(),
            LimitId::DiskThroughput => return self.disk(self.topology.osts, self.topology.servers, miss),
            LimitId::DiskIops => return self.operations(self.topology.osts, segment, miss),
            LimitId::StripeWidth => self.narrowest(segment, miss),
            LimitId::Concurrency => self.concurrency(segment),
            LimitId::RateLimit => {
                let limit = self.design.workload.rate_limit.unwrap_or_default();
                self.times(limit.get::<megabyte_per_second>(), "MB/s offered");
            }
        }
        true
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

    fn capacity(&mut self, per_tib: f64) {
        let tib = self.design.file_system.capacity.get::<gibibyte>() / self.assumptions.get(AssumptionId::GibPerAwsTib);
        self.times(tib, "TiB");
        self.times(per_tib, "MB/s per TiB");
        self.from(self.design.file_system.tier.provenance.source_id);
    }

    fn server_network(&mut self) {
        let file_system = &self.design.file_system;
        let value = network::servers(file_system, self.topology, self.assumptions, self.credits.network);
        let baseline = network::servers(file_system, self.topology, self.assumptions, false);
        let tib = file_system.capacity.get::<gibibyte>() / self.assumptions.get(AssumptionId::GibPerAwsTib);
        let per_tib = |rate: Throughput| rate.get::<megabyte_per_second>() / tib;
        if value <= baseline {
            if file_system.published.network_baseline.is_none() {
                self.cite(AssumptionId::Scratch1Network);
            }
            return self.capacity(per_tib(baseline));
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
        self.capacity(per_tib(burst));
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
        let bursting = self.credits.disk;
        let (published, delivered) = disk::basis(file_system, workload, self.assumptions, bursting);
        let value = disk::throughput(file_system, workload, self.assumptions, bursting);
        let tib = file_system.capacity.get::<gibibyte>() / self.assumptions.get(AssumptionId::GibPerAwsTib);
        let lift = self.compression(value * disk::share_of(osts, self.topology), servers);
        if matches!(lift, Lift::ToNetwork) {
            self.server_network();
            self.part_of(servers, self.topology.servers, "servers");
        } else {
            self.capacity(published.get::<megabyte_per_second>() / tib);
            self.assumed(delivered, "", 1.0);
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

    fn operations(&mut self, osts: f64, segment: &Segment, miss: f64) -> bool {
        if miss <= 0.0 {
            return false;
        }
        let request = self.requests(segment).size;
        self.times(self.design.file_system.capacity.get::<gibibyte>(), "GiB");
        self.over(figures::SSD_OST_GIB.value, "GiB", 1.0);
        self.assumed(AssumptionId::SsdOstIops, "op/s", 1.0);
        self.part_of(osts, self.topology.osts, "OSTs");
        self.size(request);
        self.missed(miss);
        self.from("METRICS");
        true
    }

    fn requests(&self, segment: &Segment) -> latency::Requests {
        let Design { clients, workload, .. } = self.design;
        latency::requests(clients, workload, segment.parallel, self.assumptions)
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
    fn narrowest(&mut self, segment: &Segment, miss: f64) {
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
        candidate(&|writer| writer.disk(segment.touched_osts, segment.touched_servers, miss));
        candidate(&|writer| writer.operations(segment.touched_osts, segment, miss));
        let narrowest =
            candidates.into_iter().reduce(|a, b| if product(&b.factors) < product(&a.factors) { b } else { a });
        if let Some(narrowest) = narrowest {
            self.factors = narrowest.factors;
            self.sources.extend(narrowest.sources);
            self.ids.extend(narrowest.ids);
        }
        self.from("PERF");
    }

    fn concurrency(&mut self, segment: &Segment) {
        let Design { clients, workload, .. } = self.design;
        let requests = self.requests(segment);
        if !workload.direct && !workload.random {
            self.times(workload.streams, "streams");
            self.times(requests.in_flight / workload.streams, "requests");
        } else {
            self.times(requests.in_flight, "requests");
        }
        for id in requests.decided_by {
            self.cite(id);
        }
        if !clients.same_zone {
            self.cite(AssumptionId::CrossZoneLatency);
        }
        self.size(requests.size);
        self.over(requests.unloaded.get::<millisecond>(), "ms", 0.001);
    }
}
