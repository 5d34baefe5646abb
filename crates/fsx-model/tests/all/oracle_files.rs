//! Where the files of a workload lie, and what the caches hold of them.

use crate::case::{Case, LayoutCase};
use crate::oracle::Values;
use crate::oracle_system::{System, client_memory_mib};

/// A component of the layout as the files at hand use it.
pub(crate) struct Piece {
    pub(crate) share: f64,
    /// Targets that one file uses here; over all components, the most.
    pub(crate) stripes: f64,
    pub(crate) osts: f64,
    pub(crate) servers: f64,
    /// Targets and servers of all files, open or not.
    pub(crate) holding: f64,
    pub(crate) holding_osts: f64,
    pub(crate) imbalance: f64,
}

/// Components by their end in MiB and stripe count (-1: all targets), and the stripe size in MiB.
pub(crate) fn components(layout: &LayoutCase) -> (Vec<(f64, i64)>, f64) {
    match layout {
        LayoutCase::Default => (vec![(100.0, 1), (10_240.0, 8), (102_400.0, 16), (f64::INFINITY, 32)], 1.0),
        LayoutCase::Before("2020-12-18") => (vec![(f64::INFINITY, 1)], 1.0),
        LayoutCase::Before(_) => (vec![(1024.0, 1), (f64::INFINITY, 5)], 1.0),
        LayoutCase::Stripe(count, size) => (vec![(f64::INFINITY, *count)], f64::from(*size)),
        LayoutCase::Components(list) => {
            (list.iter().map(|(end, count)| (end.map_or(f64::INFINITY, f64::from), *count)).collect(), 1.0)
        }
    }
}

/// Targets that a stripe count stands for.
pub(crate) fn stripes(count: i64, osts: f64) -> f64 {
    if count < 0 { osts } else { (count as f64).min(osts) }
}

/// Sequential work meets the components one by one, random work all at once.
pub(crate) fn pieces(case: &Case, system: &System) -> Vec<Piece> {
    let (components, stripe_mib) = components(&case.layout);
    let files = case.file_count();
    let active = files.min(case.streams());
    let mut start = 0.0;
    let mut list = Vec::new();
    for (end, count) in components {
        let bytes = (case.file_mib.min(end) - start).max(0.0);
        start = end;
        if bytes == 0.0 {
            continue;
        }
        let stripes = stripes(count, system.osts).min((bytes / stripe_mib).ceil());
        let osts = (active * stripes).min(system.osts);
        let objects = files * stripes;
        let fullest = (objects / system.osts).ceil();
        list.push(Piece {
            share: bytes / case.file_mib,
            stripes,
            osts,
            servers: osts.min(system.servers),
            holding: objects.min(system.servers),
            holding_osts: objects.min(system.osts),
            imbalance: fullest * system.osts / objects,
        });
    }
    if case.random {
        let together = |part: fn(&Piece) -> f64, all: f64| {
            let sum: f64 = list.iter().map(part).sum();
            list.iter().map(|piece| part(piece) / piece.share).fold(sum.min(all), f64::min)
        };
        return vec![Piece {
            share: 1.0,
            stripes: list.iter().map(|piece| piece.stripes).fold(1.0, f64::max),
            osts: together(|piece| piece.osts, system.osts),
            servers: together(|piece| piece.servers, system.servers),
            holding: together(|piece| piece.holding, system.servers),
            holding_osts: together(|piece| piece.holding_osts, system.osts),
            // the fullest target of each component might be one and the same
            imbalance: list.iter().map(|piece| piece.share * piece.imbalance).sum(),
        }];
    }
    list
}

/// Shares of what is read that the memory of the servers and their SSD cache give.
#[derive(Clone, Copy)]
pub(crate) struct Hits {
    pub(crate) ram: f64,
    pub(crate) ssd: f64,
}

impl Hits {
    const NONE: Self = Self { ram: 0.0, ssd: 0.0 };

    pub(crate) fn miss(self) -> f64 {
        1.0 - self.ram - self.ssd
    }
}

/// Bytes of a pass, MiB.
fn working_set(case: &Case) -> f64 {
    case.file_mib * case.file_count()
}

/// Hits of a cache that can hold the share `f` of what a pass reads, in any pass but the first.
fn later_hits(case: &Case, values: &Values, f: f64) -> f64 {
    let f = f.min(1.0);
    match case.order {
        _ if f >= 1.0 => 1.0,
        "cyclic" => 0.0,
        "independent" => f,
        _ => {
            let permutation = (f + (1.0 - f) * libm::log(1.0 - f)).max(0.0);
            match values.get("shuffled_cache_hits") {
                share @ ..=1.0 => share * permutation,
                share => permutation + (share - 1.0).min(1.0) * (f - permutation),
            }
        }
    }
}

/// Hits of the first and of later passes.
pub(crate) fn hits(case: &Case, values: &Values, system: &System, piece: &Piece) -> (Hits, Hits) {
    if case.write || case.data_in == "disk" {
        return (Hits::NONE, Hits::NONE);
    }
    let memory = system.memory_mib * piece.holding / system.servers;
    let ssd = system.ssd_cache.map(|cache| cache.mib * piece.holding_osts / system.osts);
    let hit = |mib: f64| later_hits(case, values, mib / working_set(case));
    if case.data_in == "server_cache" {
        let ram = if ssd.is_some() { hit(memory) } else { 1.0 };
        let hits = Hits { ram, ssd: 1.0 - ram };
        return (hits, hits);
    }
    let ram = hit(memory);
    let later = Hits { ram, ssd: ssd.map_or(0.0, |ssd| (hit(memory + ssd) - ram).max(0.0)) };
    (Hits::NONE, later)
}

/// Share of later passes that the clients read from their own memory.
pub(crate) fn client_hits(case: &Case, values: &Values) -> f64 {
    if !case.client_cache || case.write || case.passes == 1 {
        return 0.0;
    }
    later_hits(case, values, values.get("client_cache_share") * client_memory_mib(case) / working_set(case))
}
