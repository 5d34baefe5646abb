//! The limits of a workload, and how the parts of its work are joined into one answer.

use super::Evaluation;
use super::latency::Requests;
use crate::catalog::terms::words;
use crate::units::{Information, OperationRate, Time, one_operation};

words! {
    /// A part that can hold a workload back.
    LimitId {
        /// The clients' network interfaces.
        ClientNetwork = "client_network",
        /// The way between one client and one server (ENA).
        ClientToServerPath = "client_to_server_path",
        /// The network of all servers.
        ServerNetwork = "server_network",
        /// The SSD read cache before slower storage.
        SsdCache = "ssd_cache",
        /// The throughput of all disks.
        DiskThroughput = "disk_throughput",
        /// The operations of all disks.
        DiskIops = "disk_iops",
        /// The targets and servers the files lie on, where that is not all.
        StripeWidth = "stripe_width",
        /// The metadata servers.
        Metadata = "metadata",
        /// What S3 and the file servers restore.
        S3Restore = "s3_restore",
        /// What the file servers export to S3.
        S3Export = "s3_export",
        /// What the file system imports from S3.
        S3Import = "s3_import",
        /// Requests in flight over the time of one.
        Concurrency = "concurrency",
        /// The workload's own limit.
        RateLimit = "rate_limit",
    }
}

/// Number of limits.
pub(super) const COUNT: usize = LimitId::ALL.len();

/// The limits that apply, in requests (of metadata, items) a second.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Limits([Option<OperationRate>; COUNT]);

impl Limits {
    /// What the workload could reach if only this part existed; `None` where it does not apply.
    #[must_use]
    pub fn get(&self, id: LimitId) -> Option<OperationRate> {
        self.0[id as usize]
    }

    pub(super) fn set(&mut self, id: LimitId, value: Option<OperationRate>) {
        self.0[id as usize] = value;
    }

    /// The limits that apply, in the order of [`LimitId::ALL`].
    pub fn iter(&self) -> impl Iterator<Item = (LimitId, OperationRate)> {
        LimitId::ALL.iter().filter_map(|&id| self.get(id).map(|value| (id, value)))
    }

    /// The smallest limit; of equal ones the first of [`LimitId::ALL`].
    #[must_use]
    pub fn smallest(&self) -> (LimitId, OperationRate) {
        let first = (LimitId::Concurrency, self.0[LimitId::Concurrency as usize].unwrap_or_default());
        self.iter().fold(
            first,
            |best, next| {
                if next.1 < best.1 || (next.1 <= best.1 && next.0 < best.0) { next } else { best }
            },
        )
    }
}

/// Rates of parts that follow each other, joined: the whole over the sum of the parts' times.
#[derive(Clone, Copy)]
struct Joined {
    rate: OperationRate,
    share: f64,
    /// Time of the parts whose rate is another, for one request in all.
    others: Time,
}

impl Joined {
    fn none() -> Self {
        Self { rate: OperationRate::default(), share: 0.0, others: Time::default() }
    }

    fn add(&mut self, share: f64, rate: OperationRate) {
        if self.share <= 0.0 {
            self.rate = rate;
        }
        if rate == self.rate {
            self.share += share;
        } else {
            self.others += one_operation() * share / rate;
        }
    }

    /// `None` if no part was added. Parts of one rate give just that rate, with no rounding.
    fn finish(&self) -> Option<OperationRate> {
        let uniform = self.others <= Time::default();
        if self.share <= 0.0 {
            None
        } else if uniform && (self.share - 1.0).abs() < ROUNDING {
            Some(self.rate)
        } else {
            Some(one_operation() / (one_operation() * self.share / self.rate + self.others))
        }
    }
}

/// A limit this many times above the rate says nothing.
const HARDLY_NOTICED: f64 = 1000.0;

/// A sum of shares this near to one is the whole.
const ROUNDING: f64 = 1e-12;

/// A part of a workload's work that sees the same ceilings throughout.
#[derive(Clone, Copy, Debug)]
pub struct Part {
    /// Share of the work; what the clients' own memory answers belongs to no part.
    pub share: f64,
    /// Its requests.
    pub requests: Requests,
    /// What each kind of thing alone would allow, requests a second; `None` if the part does not need it.
    pub ceilings: [Option<OperationRate>; COUNT],
    /// Smallest ceiling of a thing where requests queue.
    pub smallest: OperationRate,
    /// What the way of access leaves of the rate.
    pub delivered: f64,
    /// Most requests a second for another reason than a queue.
    pub at_most: Option<OperationRate>,
    /// Where its files lie on some of the targets only: what of them is narrowest, and the share of all that they are.
    pub narrow: Option<(LimitId, f64)>,
    /// Rate at which the fullest target alone would finish.
    pub slowest: Option<OperationRate>,
    /// Bytes over the disks per byte of the part.
    pub disk_bytes: f64,
}

impl Part {
    /// Rate of the part with the whole file system to itself.
    #[must_use]
    pub fn alone(&self) -> OperationRate {
        let Requests { in_flight, unloaded, .. } = self.requests;
        let solved = super::solve::rate(in_flight, unloaded, one_operation() / self.smallest) * self.delivered;
        let solved = solved.min(self.smallest);
        self.at_most.map_or(solved, |most| solved.min(most))
    }
}

/// The parts of a workload's work, joined as they come.
pub(super) struct Tally {
    limits: [Joined; COUNT],
    solved: Joined,
    elapsed: Joined,
    narrow: bool,
    latency: Time,
    unloaded: Time,
    request: Information,
    share: f64,
    in_flight: f64,
    disk_share: f64,
}

impl Tally {
    pub(super) fn new() -> Self {
        Self {
            limits: [Joined::none(); COUNT],
            solved: Joined::none(),
            elapsed: Joined::none(),
            narrow: false,
            latency: Time::default(),
            unloaded: Time::default(),
            request: Information::default(),
            share: 0.0,
            in_flight: 0.0,
            disk_share: 0.0,
        }
    }

    /// Adds a part that runs at `rate`.
    pub(super) fn add(&mut self, part: &Part, rate: OperationRate) {
        for (joined, ceiling) in self.limits.iter_mut().zip(part.ceilings) {
            if let Some(ceiling) = ceiling {
                joined.add(part.share, ceiling);
            }
        }
        self.narrow |= part.narrow.is_some();
        self.solved.add(part.share, rate);
        self.elapsed.add(part.share, part.slowest.map_or(rate, |slowest| slowest.min(rate)));
        self.latency += one_operation() * part.requests.in_flight / rate * part.share;
        self.unloaded += part.requests.unloaded * part.share;
        self.request = part.requests.size;
        self.share += part.share;
        self.in_flight += part.share * part.requests.in_flight;
        self.disk_share += part.share * part.disk_bytes;
    }

    /// The answer for the whole, whose requests are offered at most at `rate_limit`.
    pub(super) fn finish(self, rate_limit: Option<OperationRate>) -> Evaluation {
        let unlimited = self.solved.finish().unwrap_or_default();
        // Joining rounds: a limit that binds in every part must not come out a bit below the rate.
        let mut limits = Limits(self.limits.map(|limit| limit.finish().map(|value| value.max(unlimited))));
        if !self.narrow {
            limits.0[LimitId::StripeWidth as usize] = None;
        }
        // opening files is no limit worth a line where it is hardly noticed
        let hardly = unlimited * HARDLY_NOTICED;
        let metadata = &mut limits.0[LimitId::Metadata as usize];
        *metadata = metadata.filter(|value| self.request <= Information::default() || *value < hardly);
        let mut latency = self.latency;
        let rate = rate_limit.map_or(unlimited, |limit| limit.min(unlimited));
        if rate < unlimited {
            let parts = limits.iter().filter(|(id, _)| *id != LimitId::Concurrency);
            let capacity = parts.map(|(_, value)| value).reduce(OperationRate::min).unwrap_or(unlimited);
            let load = f64::from(rate / capacity);
            let queue = one_operation() / capacity * (load / (1.0 - load));
            latency = latency.min(self.unloaded + queue);
        }
        limits.0[LimitId::RateLimit as usize] = rate_limit;
        Evaluation {
            rate,
            unlimited,
            latency,
            unloaded: self.unloaded,
            limits,
            request: self.request,
            in_flight: self.in_flight / self.share,
            network_share: self.share,
            disk_share: self.disk_share,
            pace: self.elapsed.finish().unwrap_or(rate).min(rate),
        }
    }
}
