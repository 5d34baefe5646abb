//! The limits of a workload, and how the parts of its work are joined into one answer.

use super::Evaluation;
use super::latency::Requests;
use crate::catalog::terms::words;
use crate::units::{Information, Throughput, Time, byte};

words! {
    /// A part that can hold a workload back.
    LimitId {
        /// The clients' network interfaces.
        ClientNetwork = "client_network",
        /// The way between one client and one server (ENA).
        ClientToServerPath = "client_to_server_path",
        /// The network of all servers.
        ServerNetwork = "server_network",
        /// The throughput of all disks.
        DiskThroughput = "disk_throughput",
        /// The operations of all disks.
        DiskIops = "disk_iops",
        /// The targets and servers the files lie on, where that is not all.
        StripeWidth = "stripe_width",
        /// Requests in flight over the time of one.
        Concurrency = "concurrency",
        /// The workload's own limit.
        RateLimit = "rate_limit",
    }
}

/// Number of limits.
const COUNT: usize = LimitId::ALL.len();

/// The limits that apply.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Limits([Option<Throughput>; COUNT]);

impl Limits {
    /// What the workload could reach if only this part existed; `None` where it does not apply.
    #[must_use]
    pub fn get(&self, id: LimitId) -> Option<Throughput> {
        self.0[id as usize]
    }

    /// The limits that apply, in the order of [`LimitId::ALL`].
    pub fn iter(&self) -> impl Iterator<Item = (LimitId, Throughput)> {
        LimitId::ALL.iter().filter_map(|&id| self.get(id).map(|value| (id, value)))
    }

    /// The smallest limit; of equal ones the first of [`LimitId::ALL`].
    #[must_use]
    pub fn smallest(&self) -> (LimitId, Throughput) {
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
    rate: Throughput,
    share: f64,
    /// Time of the parts whose rate is another, for one byte in all.
    others: Time,
}

impl Joined {
    fn none() -> Self {
        Self { rate: Throughput::default(), share: 0.0, others: Time::default() }
    }

    fn add(&mut self, share: f64, rate: Throughput) {
        if self.share <= 0.0 {
            self.rate = rate;
        }
        if rate == self.rate {
            self.share += share;
        } else {
            self.others += one_byte() * share / rate;
        }
    }

    /// `None` if no part was added. Parts of one rate give just that rate, with no rounding.
    fn finish(&self) -> Option<Throughput> {
        let uniform = self.others <= Time::default();
        if self.share <= 0.0 {
            None
        } else if uniform && self.share > ALL_BUT_ROUNDING {
            Some(self.rate)
        } else {
            Some(one_byte() / (one_byte() * self.share / self.rate + self.others))
        }
    }
}

fn one_byte() -> Information {
    Information::new::<byte>(1.0)
}

/// A sum of shares above this is the whole.
const ALL_BUT_ROUNDING: f64 = 1.0 - 1e-12;

/// The parts of a workload's work, joined as they come.
pub(super) struct Tally {
    limits: [Joined; COUNT],
    solved: Joined,
    elapsed: Joined,
    narrow: bool,
    latency: Time,
    unloaded: Time,
    request: Information,
    disk_share: f64,
}

/// One part, with its share of the bytes.
pub(super) struct Part<'a> {
    tally: &'a mut Tally,
    share: f64,
}

impl Part<'_> {
    /// What one kind of thing alone would allow for this part; `None` if the part does not need it.
    pub(super) fn limit(&mut self, id: LimitId, value: Option<Throughput>) {
        if let Some(value) = value {
            self.tally.limits[id as usize].add(self.share, value);
        }
    }

    /// The part's files lie on some of the targets only.
    pub(super) fn narrows(&mut self) {
        self.tally.narrow = true;
    }

    /// The rate it was solved to; `slowest` is the rate at which the fullest target alone would finish.
    pub(super) fn solved(self, rate: Throughput, slowest: Option<Throughput>, requests: &Requests, disk_bytes: f64) {
        let Self { tally, share } = self;
        tally.solved.add(share, rate);
        tally.elapsed.add(share, slowest.map_or(rate, |slowest| slowest.min(rate)));
        tally.latency += requests.size * requests.in_flight / rate * share;
        tally.unloaded += requests.unloaded * share;
        tally.request = requests.size;
        tally.disk_share += share * disk_bytes;
    }
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
            disk_share: 0.0,
        }
    }

    pub(super) fn part(&mut self, share: f64) -> Part<'_> {
        Part { tally: self, share }
    }

    /// The answer for the whole.
    pub(super) fn finish(self, rate_limit: Option<Throughput>) -> Evaluation {
        let unlimited = self.solved.finish().unwrap_or_default();
        // Joining rounds: a limit that binds in every part must not come out a bit below the rate.
        let mut limits = Limits(self.limits.map(|limit| limit.finish().map(|value| value.max(unlimited))));
        if !self.narrow {
            limits.0[LimitId::StripeWidth as usize] = None;
        }
        let mut latency = self.latency;
        let throughput = rate_limit.map_or(unlimited, |limit| limit.min(unlimited));
        if throughput < unlimited {
            let parts = limits.iter().filter(|(id, _)| *id != LimitId::Concurrency);
            let capacity = parts.map(|(_, value)| value).reduce(Throughput::min).unwrap_or(unlimited);
            let load = f64::from(throughput / capacity);
            let queue = self.request / capacity * (load / (1.0 - load));
            latency = latency.min(self.unloaded + queue);
        }
        limits.0[LimitId::RateLimit as usize] = rate_limit;
        Evaluation {
            throughput,
            unlimited,
            latency,
            limits,
            disk_share: self.disk_share,
            pace: self.elapsed.finish().unwrap_or(throughput).min(throughput),
        }
    }
}
