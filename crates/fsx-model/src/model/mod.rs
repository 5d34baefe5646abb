//! The performance model: typed quantities in, rates out. No I/O, no clock, no heap memory.
//!
//! A request needs every part it passes: its client's network, the way to the server, the server's network, the disks,
//! the metadata servers. Each part is a ceiling; the smallest is the bottleneck, and only there do requests queue
//! ([`solve`]). How many requests are under way, and how long one takes alone, decides how near the ceiling a workload
//! comes. Several workloads meet at the parts they share ([`together`]).

pub mod access;
pub mod burst;
pub mod cache;
pub mod checkpoint;
mod crowd;
pub mod disk;
pub mod filling;
pub mod latency;
mod limits;
pub mod metadata;
pub mod network;
pub mod s3;
mod sharing;
pub mod solve;
pub mod together;
pub mod training;

pub use limits::{LimitId, Limits, Part};

use crate::catalog::Assumptions;
use crate::design::{Design, Residence, Segment, Stage, Topology, Workload};
use crate::units::{Information, OperationRate, Throughput, Time, one_operation};
use cache::Hits;
use latency::Requests;
use limits::{COUNT, Tally};

/// Which reservoirs of burst credits still hold something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Credits {
    /// Disks of the file system.
    pub disk: bool,
    /// Network of the file servers.
    pub network: bool,
    /// Network of the clients' instances.
    pub client: bool,
}

impl Credits {
    /// All of them.
    pub const FULL: Self = Self { disk: true, network: true, client: true };
    /// None.
    pub const SPENT: Self = Self { disk: false, network: false, client: false };
    /// Number of different ones.
    pub const COUNT: usize = 8;

    /// Place among all of them.
    #[must_use]
    pub const fn place(self) -> usize {
        self.disk as usize + 2 * self.network as usize + 4 * self.client as usize
    }
}

/// What a workload reaches in one regime. Rates count requests to the file system; of metadata, items.
#[derive(Clone, Copy, Debug)]
pub struct Evaluation {
    /// Requests a second.
    pub rate: OperationRate,
    /// The same without the workload's own rate limit.
    pub unlimited: OperationRate,
    /// Mean time of one request, queueing included.
    pub latency: Time,
    /// The same when nothing is in its way.
    pub unloaded: Time,
    /// What each part alone would allow.
    pub limits: Limits,
    /// Size of a request as the application sees it; none for metadata.
    pub request: Information,
    /// Requests under way, over all clients.
    pub in_flight: f64,
    /// Bytes over the network per byte read or written (hits in the clients' memory taken off).
    pub network_share: f64,
    /// Bytes over the disks per byte read or written (hits and compression taken off).
    pub disk_share: f64,
    /// Rate at which all of the work is done: below the rate where the fullest target finishes last.
    pub pace: OperationRate,
}

impl Evaluation {
    /// Rate of data as the application sees it; none for metadata.
    #[must_use]
    pub fn throughput(&self) -> Throughput {
        data(self.rate, self.request)
    }

    /// The smallest limit.
    #[must_use]
    pub fn bottleneck(&self) -> LimitId {
        self.limits.smallest().0
    }

    /// This, or `other` where that is faster: credits never slow a workload down, not even by a rounding.
    #[must_use]
    pub fn at_least(self, other: &Self) -> Self {
        if self.unlimited < other.unlimited {
            Self {
                rate: other.rate,
                unlimited: other.unlimited,
                latency: other.latency,
                pace: other.pace.max(self.pace),
                ..self
            }
        } else {
            self
        }
    }

    /// Whether it is as fast as `other`, held back by the same limits.
    #[must_use]
    pub fn is_like(&self, other: &Self) -> bool {
        self.limits == other.limits && (f64::from(self.rate / other.rate) - 1.0).abs() < SETTLED
    }

    /// I/O operations of the application a second; of metadata, items.
    #[must_use]
    pub fn operations(&self, design: &Design) -> OperationRate {
        let per_request =
            if design.workload.moves_data { f64::from(self.request / design.workload.io_size) } else { 1.0 };
        self.rate * per_request
    }
}

/// Share of a rate below which a difference is one of rounding, or of rounds that have settled.
pub(crate) const SETTLED: f64 = 1e-6;

/// Data a second of requests of one size.
#[must_use]
pub fn data(rate: OperationRate, request: Information) -> Throughput {
    rate * request / one_operation()
}

/// Rate, latency and limits of a design's workload in one regime, with the file system to itself.
///
/// The workload is cut into parts that see the same ceilings ([`for_each_part`]). Each is solved for itself; parts
/// follow each other, so rates and limits are joined by their times.
#[must_use]
pub fn evaluate(design: &Design, assumptions: &Assumptions, credits: Credits) -> Evaluation {
    let mut tally = Tally::new();
    for_each_part(design, assumptions, credits, |part| tally.add(part, part.alone()));
    tally.finish(offered(design))
}

/// Requests a second that a workload offers, if that is limited.
#[must_use]
pub fn offered(design: &Design) -> Option<OperationRate> {
    let workload = &design.workload;
    if workload.moves_data {
        workload.rate_limit.map(|limit| limit / workload.request_size() * one_operation())
    } else {
        workload.item_limit
    }
}

/// Hands every part of a workload's work to `take`: components of the layout, and the first pass against later ones;
/// a metadata workload is one part.
pub fn for_each_part(design: &Design, assumptions: &Assumptions, credits: Credits, mut take: impl FnMut(&Part)) {
    let Design { file_system, clients, workload, placement, .. } = design;
    if !workload.moves_data {
        return take(&items(design, assumptions));
    }
    let topology = placement.topology;
    let whole = Whole {
        design,
        assumptions,
        topology,
        client: network::clients(clients, assumptions, credits),
        network: network::servers(file_system, topology, assumptions, credits.network),
        disk: disk::throughput(file_system, workload, assumptions, credits.disk),
        bursting: credits.disk,
        from_s3: false,
    };
    let from_s3 = workload.residence == Residence::S3;
    // what comes from S3 is written before it is read
    let first = if from_s3 { whole.loading() } else { whole };
    let later = workload.cached_share_of_passes();
    for segment in placement.segments() {
        if let Some(stage) = workload.stage {
            take(&whole.of_stage(stage, segment));
            continue;
        }
        let holding = (segment.holding_osts / topology.osts, segment.holding_servers / topology.servers);
        let [first_hits, later_hits] = cache::hits(file_system, clients, workload, holding, assumptions);
        let mut requests = if from_s3 {
            s3::lazy(workload, assumptions)
        } else {
            latency::requests(design, segment.parallel, first_hits.miss(), assumptions)
        };
        take(&first.part(segment, &requests, first_hits, 1.0 - later));
        let left = later * (1.0 - later_hits.client);
        if left > 0.0 {
            if from_s3 || latency::is_slow_to_miss(design) {
                requests = latency::requests(design, segment.parallel, later_hits.miss(), assumptions);
            }
            take(&whole.part(segment, &requests, later_hits, left));
        }
    }
}

/// The one part of a metadata workload.
fn items(design: &Design, assumptions: &Assumptions) -> Part {
    let need = &design.need;
    let mut requests = latency::items(design, assumptions);
    let mut ceilings = [None; COUNT];
    ceilings[LimitId::Metadata as usize] = Some(need.servers);
    let in_flight = one_operation() * requests.in_flight / requests.unloaded;
    let mut names = need.names.map_or(in_flight, |names| names.min(in_flight));
    let imported = (design.workload.stage == Some(Stage::Import)).then(|| s3::import_rate(assumptions));
    if let Some(rate) = imported {
        // no client waits for it
        requests.in_flight = f64::from(rate * requests.unloaded / one_operation());
        ceilings[LimitId::S3Import as usize] = Some(rate);
        names = rate;
    }
    ceilings[LimitId::Concurrency as usize] = Some(names);
    Part {
        share: 1.0,
        requests,
        ceilings,
        smallest: need.names.map_or(need.servers, |names| names.min(need.servers)),
        delivered: 1.0,
        at_most: imported,
        narrow: None,
        slowest: None,
        disk_bytes: 0.0,
    }
}

/// What is the same for all parts of a data workload.
#[derive(Clone, Copy)]
struct Whole<'a> {
    design: &'a Design,
    assumptions: &'a Assumptions,
    topology: Topology,
    client: Throughput,
    network: Throughput,
    disk: Throughput,
    /// Whether the disks have credits.
    bursting: bool,
    /// Whether files are loaded from S3 as they are read.
    from_s3: bool,
}

/// Ceilings of the servers for a number of targets and servers.
#[derive(Clone, Copy)]
struct Ceilings {
    network: Throughput,
    cache: Option<Throughput>,
    disk: Option<Throughput>,
    operations: Option<Throughput>,
}

impl Ceilings {
    /// The smallest, and its share of what `all` targets and servers have of it.
    fn narrowest(&self, all: &Self) -> (LimitId, f64) {
        let kinds = [
            (LimitId::ServerNetwork, Some(self.network), Some(all.network)),
            (LimitId::SsdCache, self.cache, all.cache),
            (LimitId::DiskThroughput, self.disk, all.disk),
            (LimitId::DiskIops, self.operations, all.operations),
        ];
        let smallest = self.smallest();
        let narrowest = kinds.into_iter().find(|(_, touched, _)| *touched == Some(smallest));
        narrowest.map_or((LimitId::ServerNetwork, 1.0), |(id, _, all)| {
            (id, all.map_or(1.0, |all| f64::from(smallest / all).min(1.0)))
        })
    }

    fn smallest(&self) -> Throughput {
        [self.cache, self.disk, self.operations].into_iter().flatten().fold(self.network, Throughput::min)
    }
}

impl Whole<'_> {
    /// The same for a pass that loads the files from S3.
    fn loading(&self) -> Self {
        let Design { file_system, workload, .. } = self.design;
        let written = Workload { writes: true, ..*workload };
        let disk = disk::throughput(file_system, &written, self.assumptions, self.bursting);
        Self { disk, from_s3: true, ..*self }
    }

    /// A part of what the file system does by itself with files and S3: no client takes part.
    fn of_stage(&self, stage: Stage, segment: &Segment) -> Part {
        let requests = s3::requests(stage, self.design, self.assumptions);
        let all = self.ceilings(self.topology.osts, self.topology.servers, &Hits::default(), requests.size);
        let narrow = segment.touched_osts < self.topology.osts;
        let touched = if narrow {
            self.ceilings(segment.touched_osts, segment.touched_servers, &Hits::default(), requests.size)
        } else {
            all
        };
        let of = |rate: Throughput| rate / requests.size * one_operation();
        let service = s3::of(&requests);
        let limit = if stage == Stage::Export { LimitId::S3Export } else { LimitId::S3Restore };
        let mut ceilings = [None; COUNT];
        for (id, value) in [
            (LimitId::ServerNetwork, Some(of(all.network))),
            (LimitId::DiskThroughput, all.disk.map(of)),
            (LimitId::DiskIops, all.operations.map(of)),
            (LimitId::StripeWidth, Some(of(touched.smallest()))),
            (limit, Some(service)),
            (LimitId::Concurrency, Some(service)),
        ] {
            ceilings[id as usize] = value;
        }
        let workload = &self.design.workload;
        Part {
            share: segment.share,
            requests,
            ceilings,
            smallest: of(touched.smallest()),
            delivered: 1.0,
            at_most: None,
            narrow: narrow.then(|| touched.narrowest(&all)),
            slowest: all.disk.map(|disk| of(disk / segment.imbalance)),
            disk_bytes: if self.design.file_system.lz4 { 1.0 / workload.compression_ratio } else { 1.0 },
        }
    }

    /// Ceilings of `osts` targets on `servers` servers for requests that find data where `hits` says.
    fn ceilings(&self, osts: f64, servers: f64, hits: &Hits, request: Information) -> Ceilings {
        let Design { file_system, workload, .. } = self.design;
        let network = self.network * (servers / self.topology.servers);
        let share = disk::share_of(osts, self.topology);
        let of = |rate: Throughput, bytes: f64| (bytes > 0.0).then(|| rate / bytes);
        let disk = self.disk * share;
        let disk = if file_system.lz4 { disk::compressed(disk, workload.compression_ratio, network) } else { disk };
        let miss = hits.miss();
        let cache = file_system.ssd_cache.as_ref().filter(|_| hits.ssd > 0.0);
        let operations = disk::operations(file_system, workload).filter(|_| miss > 0.0);
        Ceilings {
            network,
            cache: cache.and_then(|cache| of(cache::ssd_cache(cache, request, self.assumptions) * share, hits.ssd)),
            disk: of(disk, miss),
            operations: operations.and_then(|all| of(all.throughput(share, request, self.assumptions), miss)),
        }
    }

    /// One part of the work: `share` of it over `segment`, finding data where `hits` says.
    fn part(&self, segment: &Segment, requests: &Requests, hits: Hits, share: f64) -> Part {
        let Design { clients, workload, file_system, .. } = self.design;
        let miss = hits.miss();
        let access = access::access(self.design, segment, self.assumptions);
        let all = self.ceilings(self.topology.osts, self.topology.servers, &hits, requests.size);
        let narrow = segment.touched_osts < self.topology.osts || access.disk < 1.0;
        let mut touched = all;
        if narrow {
            touched = self.ceilings(segment.touched_osts, segment.touched_servers, &hits, requests.size);
            touched.disk = touched.disk.map(|disk| disk * access.disk);
        }
        let narrow = narrow.then(|| touched.narrowest(&all));
        let path = network::paths(clients, segment.touched_servers, self.assumptions);
        let of = |rate: Throughput| rate / requests.size * one_operation();
        let metadata = self.design.need.servers * workload.requests_per_opening();
        let in_flight = one_operation() * requests.in_flight / requests.unloaded;
        // a file that is being loaded keeps a process waiting, however it reads
        let in_flight = if self.from_s3 { in_flight } else { access.limit(in_flight) };
        let slowest = all.disk.map(|disk| of(disk / segment.imbalance));
        let at_once = self.from_s3.then(|| s3::lazy_limit(workload, self.assumptions));
        let at_most = access.at_most.into_iter().chain(at_once).reduce(OperationRate::min);
        let touched = of(touched.smallest());
        let client = of(self.client);
        let path = path.map(of);
        let mut ceilings = [None; COUNT];
        for (id, value) in [
            (LimitId::ClientNetwork, Some(client)),
            (LimitId::ClientToServerPath, path),
            (LimitId::ServerNetwork, Some(of(all.network))),
            (LimitId::SsdCache, all.cache.map(of)),
            (LimitId::DiskThroughput, all.disk.map(of)),
            (LimitId::DiskIops, all.operations.map(of)),
            (LimitId::StripeWidth, Some(touched)),
            (LimitId::Metadata, Some(metadata)),
            (LimitId::S3Restore, at_once),
            (LimitId::Concurrency, Some(in_flight)),
        ] {
            ceilings[id as usize] = value;
        }
        Part {
            share: segment.share * share,
            requests: *requests,
            ceilings,
            smallest: path.into_iter().fold(touched.min(client).min(metadata), OperationRate::min),
            delivered: access.delivered,
            at_most,
            narrow,
            slowest,
            disk_bytes: if file_system.lz4 { miss / workload.compression_ratio } else { miss },
        }
    }
}
