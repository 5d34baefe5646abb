//! Checkpoints: ranks that save, and read again after a failure.

use super::answer::{CheckpointFigures, Prices};
use super::{GIB, MB, MIB, Place, SECONDS_PER_HOUR, count, moved};
use crate::estimate::{Range, WorkloadEstimate};
use crate::model::LimitId;
use crate::model::checkpoint::Failing;
use crate::presets;
use crate::scenario::{DataIn, Job, Operation, Target, Workload};
use crate::shape::Whole;
use crate::units::{Time, second};

/// A checkpoint job, ready to run.
#[derive(Clone, Debug)]
pub(super) struct Checkpoint {
    pub(super) save: Workload,
    pub(super) restore: Workload,
    /// Size of a checkpoint, GiB.
    size_gib: f64,
    /// Checkpoints that are kept.
    pub(super) keep: f64,
    files: f64,
    ranks: f64,
    /// The most that one rank saves, as a share of the mean.
    largest: f64,
    target_s: Option<f64>,
    asynchronous: bool,
    /// How long the job stops where it goes on while a checkpoint is written, seconds.
    blocking_s: f64,
    restart_s: f64,
    failing_s: Option<f64>,
}

impl Checkpoint {
    pub(super) fn new(job: &Job, place: &Place<'_>) -> Option<Self> {
        let preset = job.preset.as_deref().and_then(presets::checkpoint);
        let parameters = job.parameters.or(preset.map(|it| it.parameters));
        let per_parameter = job.bytes_per_parameter.or(preset.map(|it| it.bytes_per_parameter));
        let derived = || Some(parameters? * per_parameter? / GIB);
        let size_gib = job.size_gib.or_else(derived)?;
        let accelerators = place.accelerators_per_client(job) * place.clients(job);
        let ranks = job.ranks.map(Whole::get).or(preset.map(|it| f64::from(it.ranks))).unwrap_or(accelerators);
        let of_preset = preset.filter(|it| job.files_per_rank.is_none() && job.ranks.is_none() && it.files > 0);
        let files = of_preset.map_or_else(|| ranks * job.files_per_rank.map_or(1.0, Whole::get), |it| it.files.into());
        let uneven = of_preset.filter(|_| job.size_gib.is_none() && job.parameters.is_none());
        let largest = uneven.map_or(1.0, |it| (it.largest_rank_gib * ranks / size_gib).max(1.0));
        let clients = place.clients(job);
        let io = Workload {
            operation: Some(Operation::Write),
            client_count: Some(count(ranks.min(clients))),
            processes_per_client: Some(count((ranks / clients).ceil())),
            file_size_mib: Some(size_gib * GIB / MIB / files),
            file_count: Some(count(files)),
            ..place.workload(job)
        };
        let read = Workload { operation: Some(Operation::Read), data_in: Some(DataIn::Disk), ..io.clone() };
        let mut new = Self {
            save: io,
            restore: read,
            size_gib,
            keep: job.keep().get(),
            files,
            ranks,
            largest,
            target_s: job.target_s.or_else(|| job.target.as_ref()?.save_s),
            asynchronous: job.asynchronous.unwrap_or(false),
            blocking_s: job.blocking_s.unwrap_or(0.0),
            restart_s: job.restart_s.unwrap_or(0.0),
            failing_s: job.mean_time_to_failure_h.map(|hours| hours * SECONDS_PER_HOUR),
        };
        new.aim(job);
        Some(new)
    }

    /// The export of its files to S3.
    pub(super) fn export(&self) -> Workload {
        moved(&self.save, Operation::S3Export)
    }

    /// What saving and restoring have to reach.
    fn aim(&mut self, job: &Job) {
        let target = job.target.as_ref();
        let regime = target.and_then(|it| it.regime);
        let by_goodput = target.and_then(|it| it.goodput).and_then(|wanted| self.longest_save(wanted));
        let named = [job.target_s, target.and_then(|it| it.save_s), by_goodput];
        let aim = |seconds: f64| Target {
            // in a burst that need not last, the time for all of it is what counts
            throughput_mb_per_s: (regime != Some(crate::scenario::TargetRegime::Burst))
                .then_some(self.size_gib * GIB / MB / seconds),
            seconds: Some(seconds),
            regime,
            ..Target::BLANK
        };
        let save = named.into_iter().flatten().reduce(f64::min).map(aim);
        let restore = target.and_then(|it| it.restore_s).map(aim);
        (self.save.target, self.restore.target) = (save, restore);
    }

    /// Longest time of a save with which so much of the time is work, if a restore takes as long; `None` if even none
    /// would leave less.
    pub(super) fn longest_save(&self, wanted: f64) -> Option<f64> {
        let reached = |seconds: f64| self.goodput(seconds, seconds);
        let mut most = self.failing_s?;
        let mut least = most * 1e-9;
        if reached(least)? < wanted {
            return None;
        }
        for _ in 0..HALVINGS {
            let middle = f64::midpoint(least, most);
            if reached(middle)? < wanted {
                most = middle;
            } else {
                least = middle;
            }
        }
        Some(least)
    }

    /// Whether it is known how often the job fails.
    pub(super) const fn fails(&self) -> bool {
        self.failing_s.is_some()
    }

    /// Share of the time that is work with such times of a save and a restore.
    pub(super) fn goodput(&self, save_s: f64, restore_s: f64) -> Option<f64> {
        let job = self.failing(save_s, restore_s)?;
        Some(job.goodput(job.interval()))
    }

    fn failing(&self, save_s: f64, restore_s: f64) -> Option<Failing> {
        let s = Time::new::<second>;
        let blocked = if self.asynchronous { self.blocking_s.min(save_s) } else { save_s };
        let restart = s(self.restart_s + restore_s);
        Some(Failing { blocked: s(blocked), saved: s(save_s), restart, between_failures: s(self.failing_s?) })
    }

    /// Whether training on the same clients stands while it saves.
    pub(super) const fn stops_training(&self) -> bool {
        !self.asynchronous
    }

    pub(super) fn figures(&self, [save, restore]: [&WorkloadEstimate; 2], prices: &Prices) -> CheckpointFigures {
        let (save_s, restore_s) = (self.slowest(save), self.slowest(restore));
        let failing = |save: f64, restore: f64| self.failing(save, restore);
        let interval = |save: f64, restore: f64| Some(failing(save, restore)?.interval().get::<second>());
        let goodput = |save: f64, restore: f64| self.goodput(save, restore);
        let both = |of: &dyn Fn(f64, f64) -> Option<f64>| {
            let mut ends = [of(save_s.low, restore_s.low)?, of(save_s.high, restore_s.high)?];
            ends.sort_by(f64::total_cmp);
            let mid = of(save_s.mid, restore_s.mid)?;
            Some(Range { low: ends[0].min(mid), mid, high: ends[1].max(mid) })
        };
        let goodput = both(&goodput);
        let lost = goodput.map(|goodput| 1.0 - goodput.mid);
        CheckpointFigures {
            size_gib: Range::exactly(self.size_gib),
            ranks: self.ranks,
            files: self.files,
            required_mb_per_s: self.target_s.map(|seconds| Range::exactly(self.size_gib * GIB / MB / seconds)),
            export_s: None,
            save_bottleneck: self.stopped_by(save),
            restore_bottleneck: self.stopped_by(restore),
            save_s,
            restore_s,
            interval_s: both(&interval),
            goodput,
            idle_clients_usd_per_month: lost.zip(prices.clients).map(|(lost, usd)| lost * usd * prices.hours),
            file_system_usd_per_month: prices.file_system.map(|usd| usd * prices.hours),
        }
    }

    /// Time until the last rank is done: that of all bytes, or that of the largest rank at the rate of one rank with
    /// nothing in its way, whichever is longer.
    fn slowest(&self, of: &WorkloadEstimate) -> Range {
        match self.largest_alone(of) {
            Some(alone) => of.seconds.map(|seconds| seconds * (alone / of.seconds.mid).max(1.0)),
            None => of.seconds,
        }
    }

    /// Time of the largest rank with nothing in its way, seconds.
    fn largest_alone(&self, of: &WorkloadEstimate) -> Option<f64> {
        let limit = of.limits.iter().find(|limit| limit.id == LimitId::Concurrency)?;
        let alone = limit.burst.map_or(limit.sustained.value, |burst| burst.value.max(limit.sustained.value));
        Some(self.size_gib * GIB / MB * self.largest / alone)
    }

    fn stopped_by(&self, of: &WorkloadEstimate) -> LimitId {
        match self.largest_alone(of) {
            Some(alone) if alone > of.seconds.mid => LimitId::Concurrency,
            _ => of.sustained.bottleneck,
        }
    }
}

/// Halvings of an interval to the last bit of a number.
const HALVINGS: u32 = 60;
