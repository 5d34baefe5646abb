//! Share of reads that caches answer: the clients' memory, the servers' memory, the SSD read cache.

use crate::catalog::{AssumptionId, Assumptions};
use crate::design::{Clients, FileSystem, Residence, SsdCache, Workload};
use crate::scenario::Order;
use crate::units::{Information, Throughput, Time, second};

/// Where the reads of a pass are answered; what is left comes from the storage.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Hits {
    /// Share in the memory of the clients, which never reaches the file system.
    pub client: f64,
    /// Of the rest, the share in the memory of the file servers.
    pub memory: f64,
    /// Of the rest, the share in the SSD read cache.
    pub ssd: f64,
}

impl Hits {
    /// Share of what reaches the file system that no cache answers.
    #[must_use]
    pub fn miss(&self) -> f64 {
        (1.0 - self.memory - self.ssd).max(0.0)
    }
}

/// Hits of the first pass and of every later one.
///
/// Memory and SSD read cache are two levels: the cache counts together with the memory, less what the memory answers.
/// The workload finds in both what its files' servers (`servers`, a share) and targets (`osts`) hold; workloads that
/// find data there share them by what they read in a pass.
#[must_use]
pub fn hits(
    file_system: &FileSystem,
    clients: &Clients,
    workload: &Workload,
    (osts, servers): (f64, f64),
    assumptions: &Assumptions,
) -> [Hits; 2] {
    let memory = file_system.published.server_memory.unwrap_or_default() * servers;
    let cache = file_system.ssd_cache.map(|cache| cache.size).unwrap_or_default() * osts;
    let held = |size: Information| f64::from(size / workload.cached_bytes).min(1.0);
    let order = workload.order;
    let [first, mut later] = match workload.residence {
        Residence::Disk => [Hits::default(); 2],
        Residence::ServerCache => {
            let in_memory =
                if cache > Information::default() { later_hit_ratio(held(memory), order, assumptions) } else { 1.0 };
            [Hits { client: 0.0, memory: in_memory, ssd: 1.0 - in_memory }; 2]
        }
        Residence::CachedAfterFirstPass | Residence::S3 if workload.passes <= 1.0 => [Hits::default(); 2],
        Residence::CachedAfterFirstPass | Residence::S3 => {
            let in_memory = later_hit_ratio(held(memory), order, assumptions);
            let ssd = if cache > Information::default() {
                (later_hit_ratio(held(memory + cache), order, assumptions) - in_memory).max(0.0)
            } else {
                0.0
            };
            [Hits::default(), Hits { client: 0.0, memory: in_memory, ssd }]
        }
    };
    later.client = client_hits(clients, workload, assumptions);
    [first, later]
}

/// Share of a later pass that the clients' memory holds; 0 if it is not counted or not known.
fn client_hits(clients: &Clients, workload: &Workload, assumptions: &Assumptions) -> f64 {
    let Some(memory) = clients.memory.filter(|_| workload.client_cache) else { return 0.0 };
    let held = memory * (clients.count * assumptions.get(AssumptionId::ClientCacheShare));
    later_hit_ratio(f64::from(held / workload.bytes_per_pass()).min(1.0), workload.order, assumptions)
}

/// What the SSD read cache of all targets reads, in requests of `request`: its throughput, or its operations if they
/// are less.
#[must_use]
pub fn ssd_cache(cache: &SsdCache, request: Information, assumptions: &Assumptions) -> Throughput {
    let operations = request * cache.operations_per_s(assumptions) / Time::new::<second>(1.0);
    cache.throughput.min(operations)
}

/// Hit ratio of a pass after the first, when the cache holds the share `f` of what a pass reads.
///
/// All of it fits: 1. Else, for a cache that drops what was used longest ago: `f + (1 − f) ln(1 − f)` when every pass
/// is a new permutation (a shuffled epoch), 0 when every pass has the same order, `f` for independent draws. How the
/// servers replace what they hold is not known: for permutations, `shuffled_cache_hits` moves the ratio between 0 and
/// `f`.
///
/// ```
/// use fsx_model::{catalog::Assumptions, model::cache::later_hit_ratio, scenario::Order};
/// let mid = Assumptions::mid();
/// assert!((later_hit_ratio(0.5, Order::Shuffled, &mid) - 0.153).abs() < 0.0005);
/// assert_eq!(later_hit_ratio(0.5, Order::Cyclic, &mid), 0.0);
/// assert_eq!(later_hit_ratio(1.0, Order::Cyclic, &mid), 1.0);
/// ```
#[must_use]
pub fn later_hit_ratio(f: f64, order: Order, assumptions: &Assumptions) -> f64 {
    if f >= 1.0 {
        return 1.0;
    }
    match order {
        Order::Shuffled => {
            let permutation = (f + (1.0 - f) * libm::log1p(-f)).max(0.0);
            let hits = assumptions.get(AssumptionId::ShuffledCacheHits);
            let beyond = (hits - 1.0).max(0.0) * (f - permutation);
            (hits.min(1.0) * permutation + beyond).clamp(0.0, f)
        }
        Order::Cyclic => 0.0,
        Order::Independent => f,
    }
}
