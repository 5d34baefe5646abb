//! The performance model: typed quantities in, rates out. No I/O, no clock, no heap memory.
//!
//! A request needs every part it passes: its client's network, the way to the server, the server's network, the disks.
//! Each part is a ceiling; the smallest is the bottleneck, and only there do requests queue ([`solve`]). How many
//! requests are under way, and how long one takes alone, decides how near the ceiling a workload comes.

pub mod burst;
pub mod cache;
pub mod disk;
pub mod latency;
mod limits;
pub mod network;
pub mod solve;

pub use limits::{LimitId, Limits};

use crate::catalog::Assumptions;
use crate::design::{Design, Segment, Topology, Workload};
use crate::units::{Information, OperationRate, Throughput, Time};
use latency::Requests;
use limits::Tally;

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
}

/// What a workload reaches in one regime.
#[derive(Clone, Copy, Debug)]
pub struct Evaluation {
    /// Rate of data as the application sees it.
    pub throughput: Throughput,
    /// The same without the workload's own rate limit.
    pub unlimited: Throughput,
    /// Mean time of one request, queueing included.
    pub latency: Time,
    /// What each part alone would allow.
    pub limits: Limits,
    /// Bytes over the disks per byte read or written (hits and compression taken off).
    pub disk_share: f64,
    /// Rate at which all of the work is done: below the throughput where the fullest target finishes last.
    pub pace: Throughput,
}

impl Evaluation {
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
                throughput: other.throughput,
                unlimited: other.unlimited,
                latency: other.latency,
                pace: other.pace.max(self.pace),
                ..self
            }
        } else {
            self
        }
    }

    /// I/O operations of the application a second.
    #[must_use]
    pub fn operations(&self, workload: &Workload) -> OperationRate {
        self.throughput / workload.io_size * crate::units::one_operation()
    }
}

/// Rate, latency and limits of a design's workload in one regime.
///
/// The workload is cut into parts that see the same ceilings: components of the layout, and the first pass against
/// later ones. Each part is solved for itself; parts follow each other, so rates and limits are joined by their times.
#[must_use]
pub fn evaluate(design: &Design, assumptions: &Assumptions, credits: Credits) -> Evaluation {
    let Design { file_system, clients, workload, placement } = design;
    let topology = placement.topology;
    let whole = Whole {
        design,
        assumptions,
        topology,
        client: network::clients(clients, assumptions, credits),
        network: network::servers(file_system, topology, assumptions, credits.network),
        disk: disk::throughput(file_system, workload, assumptions, credits.disk),
    };
    let mut tally = Tally::new();
    let later = workload.cached_share_of_passes();
    for segment in placement.segments() {
        let requests = latency::requests(clients, workload, segment.parallel, assumptions);
        let hits = cache::hit_ratios(file_system, workload, segment.holding_servers / topology.servers, assumptions);
        whole.add(&mut tally, segment, &requests, hits.first, 1.0 - later);
        if later > 0.0 {
            whole.add(&mut tally, segment, &requests, hits.later, later);
        }
    }
    tally.finish(workload.rate_limit)
}

/// What is the same for all parts of a workload.
struct Whole<'a> {
    design: &'a Design,
    assumptions: &'a Assumptions,
    topology: Topology,
    client: Throughput,
    network: Throughput,
    disk: Throughput,
}

/// Ceilings of the servers for a number of targets and servers.
#[derive(Clone, Copy)]
struct Ceilings {
    network: Throughput,
    disk: Option<Throughput>,
    operations: Option<Throughput>,
}

impl Ceilings {
    fn smallest(&self) -> Throughput {
        let disk = self.disk.map_or(self.network, |disk| disk.min(self.network));
        self.operations.map_or(disk, |operations| operations.min(disk))
    }
}

impl Whole<'_> {
    /// Ceilings of `osts` targets on `servers` servers, when `miss` of the bytes come from the disks.
    fn ceilings(&self, osts: f64, servers: f64, miss: f64, request: Information) -> Ceilings {
        let network = self.network * (servers / self.topology.servers);
        let on_disk = |rate: Throughput| (miss > 0.0).then(|| rate / miss);
        let disk = self.disk * disk::share_of(osts, self.topology);
        let disk = if self.design.file_system.lz4 {
            disk::compressed(disk, self.design.workload.compression_ratio, network)
        } else {
            disk
        };
        Ceilings {
            network,
            disk: on_disk(disk),
            operations: on_disk(disk::operations(
                &self.design.file_system,
                disk::share_of(osts, self.topology),
                request,
                self.assumptions,
            )),
        }
    }

    /// Solves one part of the work: `share_of_passes` of all passes over `segment`, with `hits` of the reads cached.
    fn add(&self, tally: &mut Tally, segment: &Segment, requests: &Requests, hits: f64, share_of_passes: f64) {
        let Design { clients, workload, file_system, .. } = self.design;
        let miss = 1.0 - hits;
        let all = self.ceilings(self.topology.osts, self.topology.servers, miss, requests.size);
        let narrow = segment.touched_osts < self.topology.osts;
        let touched = if narrow {
            self.ceilings(segment.touched_osts, segment.touched_servers, miss, requests.size)
        } else {
            all
        };
        let path = network::paths(clients, segment.touched_servers, self.assumptions);
        let smallest = touched.smallest().min(self.client);
        let smallest = path.map_or(smallest, |path| path.min(smallest));
        let rate = solve::rate(requests.in_flight, requests.unloaded, requests.size / smallest);
        let solved: Throughput = rate * requests.size / crate::units::one_operation();

        let mut part = tally.part(segment.share * share_of_passes);
        part.limit(LimitId::ClientNetwork, Some(self.client));
        part.limit(LimitId::ClientToServerPath, path);
        part.limit(LimitId::ServerNetwork, Some(all.network));
        part.limit(LimitId::DiskThroughput, all.disk);
        part.limit(LimitId::DiskIops, all.operations);
        part.limit(LimitId::Concurrency, Some(requests.size * requests.in_flight / requests.unloaded));
        part.limit(LimitId::StripeWidth, Some(touched.smallest()));
        if narrow {
            part.narrows();
        }
        let disk_bytes = if file_system.lz4 { miss / workload.compression_ratio } else { miss };
        let slowest = all.disk.map(|disk| disk / segment.imbalance);
        part.solved(solved.min(smallest), slowest, requests, disk_bytes);
    }
}
