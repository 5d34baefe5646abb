//! What bounds the targets on a whole range of file systems: the proof that none of them meets them.

use super::load::{Aim, Figure, Loads, Reached, Take};
use crate::catalog::terms::StorageType;
use crate::design::{Design, FileSystem, Residence};
use crate::model::metadata::Need;
use crate::model::together::SHARED;
use crate::model::{Credits, Evaluation, LimitId, evaluate, offered};
use crate::scenario::TargetRegime;
use crate::units::{Information, OperationRate, Throughput, Time, mebibyte, megabyte_per_second};

/// A difference of requests in flight that is rounding.
const ROUNDING: f64 = 1e-9;

/// A share of a part's capacity that rounding may cost where the use of several workloads is added up.
const ROUNDING_OF_SUMS: f64 = 1e-6;

impl Loads {
    /// Most that any file system from `small` to `large` of one kind and choice can reach; a bound that none exceeds.
    ///
    /// A larger file system has no less of anything: network, disks, memory, Metadata IOPS, targets. What can be worse is
    /// that files with more objects take longer to create, and that a larger share of reads meets an SSD read cache: the
    /// first is counted as on `small`, the second left out. Where the time of a request differs between the two, the
    /// exact closed network gives way to its limits, which hold for any number of requests, and to the time of a request
    /// with nothing in its way, of which the largest has the least. Each workload counts as
    /// alone, and each client group of one as if no other used its targets; what all of them must reach may not use more
    /// of any part than there is.
    pub(crate) fn at_most(&self, small: &FileSystem, large: &FileSystem) -> Reached {
        let mut reached = Reached::NOTHING_ASKED;
        let uses = self.at_most_each(small, large, &mut |margin, (workload, _), figure| {
            reached.add(margin, workload, figure);
        });
        Reached { margin: reached.margin.min(uses.margin()), ..reached }
    }

    /// The same for every figure by itself, and the use of shared parts.
    pub(crate) fn at_most_each(&self, small: &FileSystem, large: &FileSystem, take: &mut Take<'_>) -> Uses {
        let generous = generous(large);
        let mut uses = Uses::default();
        for groups in self.designs.chunk_by(|a, b| a.index == b.index) {
            let aim = &self.aims[groups[0].index];
            let sustained = aim.regime == TargetRegime::Sustained;
            let most: Vec<_> = groups.iter().map(|load| self.most(load, (small, &generous), aim)).collect();
            if aim.rate {
                self.rates(groups.iter().zip(most.iter().map(|most| most.now.unlimited)), take);
                for (load, most) in groups.iter().zip(&most).filter(|(load, _)| !self.runs_apart(load.index)) {
                    uses.add(load, &most.now, sustained);
                }
            }
            // that of a workload on several groups is the mean of all its requests: no less than the quickest
            let alone = groups.len() == 1;
            let least = most.iter().map(|most| if alone { most.latency } else { most.now.unloaded });
            let quickest = least.reduce(|a, b| if b < a { b } else { a });
            if let Some((longest, least)) = aim.latency.zip(quickest) {
                take((longest / least).into(), (groups[0].index, None), Figure::Latency);
            }
            for (longest, least) in most.iter().filter_map(|most| aim.seconds.zip(most.seconds)) {
                take((longest / least).into(), (groups[0].index, None), Figure::Seconds);
            }
        }
        uses
    }

    /// What bounds a workload on one client group.
    fn most(&self, load: &Design, (small, large): (&FileSystem, &FileSystem), aim: &Aim) -> Most {
        let sustained = aim.regime == TargetRegime::Sustained;
        let (design, bound) = self.easiest(load, small, large);
        let now = self.bounded(&design, bound, if sustained { Credits::SPENT } else { Credits::FULL });
        let seconds = aim.seconds.map(|_| {
            let full = if sustained { self.bounded(&design, bound, Credits::FULL) } else { now };
            let rate = offered(load).map_or(full.unlimited, |offered| offered.min(full.unlimited));
            load.workload.requests() / rate
        });
        Most { now, latency: if bound == Bound::Exact { now.latency } else { now.unloaded }, seconds }
    }

    /// A workload on the largest file system, alone, asking no more of the metadata servers than on the smallest one.
    fn easiest(&self, load: &Design, small: &FileSystem, large: &FileSystem) -> (Design, Bound) {
        let mut design = load.on(large, &self.assumptions);
        design.placement.undivide(design.workload.part);
        let workload = &design.workload;
        let slow = large.storage_type != StorageType::Ssd;
        let cached = slow && workload.residence != Residence::Disk;
        let one_target = workload.request_size() <= Information::new::<mebibyte>(1.0);
        if workload.moves_data && !workload.writes && one_target {
            // what opening a file asks does not depend on its objects
            return (design, if cached { Bound::Limits { modifying: 0.0 } } else { Bound::Exact });
        }
        let least = load.on(small, &self.assumptions);
        let same = !cached && same_requests(&least, &design);
        let modifying = (design.need.modifying / design.need.unloaded).into();
        design.placement.objects = least.placement.objects;
        design.placement.objects_at_creation = least.placement.objects_at_creation;
        let Design { file_system, clients, workload, placement, .. } = &design;
        design.need = Need::new(file_system, clients, workload, placement, &self.assumptions);
        (design, if same { Bound::Exact } else { Bound::Limits { modifying } })
    }

    /// A bound of the rate without the workload's own limit, with the evaluation behind it.
    fn bounded(&self, most: &Design, bound: Bound, credits: Credits) -> Evaluation {
        let evaluated = |design: &Design| {
            let now = evaluate(design, &self.assumptions, credits);
            if credits == Credits::SPENT {
                now
            } else {
                now.at_least(&evaluate(design, &self.assumptions, Credits::SPENT))
            }
        };
        let now = evaluated(most);
        let Bound::Limits { modifying } = bound else { return now };
        let mut other = *most;
        other.need.modifying = other.need.unloaded * modifying;
        let lowest = |now: &Evaluation| {
            let limits = now.limits.iter().filter(|(id, _)| *id != LimitId::RateLimit);
            limits.map(|(_, value)| value).reduce(OperationRate::min).unwrap_or(now.unlimited)
        };
        Evaluation { unlimited: lowest(&now).max(lowest(&evaluated(&other))), ..now }
    }
}

/// What bounds a workload on a range of file systems.
struct Most {
    now: Evaluation,
    /// The least time of a request, of a workload on one client group.
    latency: Time,
    /// The least time for the whole work, where that is asked for.
    seconds: Option<Time>,
}

/// A file system whose SSD read cache answers as fast as one likes.
fn generous(file_system: &FileSystem) -> FileSystem {
    let mut generous = *file_system;
    if let Some(cache) = &mut generous.ssd_cache {
        cache.throughput = Throughput::new::<megabyte_per_second>(f64::MAX);
        cache.operations_per_s = Some(f64::MAX);
    }
    generous
}

/// What bounds a rate on every file system of a range.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Bound {
    /// That on the largest one.
    Exact,
    /// Its limits alone, as the time of a request differs: with the operations as they are, and with this share of them
    /// modifying.
    Limits { modifying: f64 },
}

/// Whether requests take as long, and as many are in flight, on both.
fn same_requests(least: &Design, most: &Design) -> bool {
    let (a, b) = (&least.need, &most.need);
    let parallel = |design: &Design| design.placement.segments().iter().map(|part| part.parallel).sum::<f64>();
    a.unloaded == b.unloaded
        && a.modifying == b.modifying
        && least.placement.segments().len() == most.placement.segments().len()
        && (parallel(least) - parallel(most)).abs() < ROUNDING
}

/// Use of shared parts by what workloads have to reach: in each regime, of the file system and of each client group in
/// each direction.
#[derive(Debug, Default)]
pub(crate) struct Uses(Vec<(Place, f64)>);

/// Whether credits are spent; the group and the direction it serves on the clients' side; the limit.
type Place = (bool, Option<(usize, bool)>, LimitId);

impl Uses {
    fn add(&mut self, design: &Design, now: &Evaluation, sustained: bool) {
        let Some(wanted) = offered(design) else { return };
        for id in SHARED {
            let Some(limit) = now.limits.get(id) else { continue };
            let client_side = matches!(id, LimitId::ClientNetwork | LimitId::ClientToServerPath);
            let place = (sustained, client_side.then_some((design.group, design.workload.writes)), id);
            let used = f64::from(wanted / limit);
            match self.0.iter_mut().find(|(known, _)| *known == place) {
                Some((_, sum)) => *sum += used,
                None => self.0.push((place, used)),
            }
        }
    }

    /// How far all of them fit; infinite if they do.
    pub(crate) fn margin(&self) -> f64 {
        let fullest = self.0.iter().map(|(_, used)| *used).fold(0.0, f64::max);
        if fullest > 1.0 + ROUNDING_OF_SUMS { 1.0 / fullest } else { f64::INFINITY }
    }
}
