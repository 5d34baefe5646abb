//! Checkpoints: ranks that save, and read again after a failure.

use super::answer::{CheckpointFigures, Prices, Reached};
use super::{GIB, MB, MIB, Place, SECONDS_PER_HOUR, Taken, count, moved};
use crate::estimate::{Range, WorkloadEstimate};
use crate::formula::{Workings, filled, times};
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
    origins: Origins,
}

/// Where the numbers of a checkpoint come from, as far as its formulas tell.
#[derive(Clone, Copy, Debug)]
struct Origins {
    /// Parameters and the bytes of each, where the size follows from them.
    parameters: Option<[f64; 2]>,
    /// Sources of the preset.
    preset: &'static str,
    /// Clients, where each of their accelerators is a rank.
    clients: Option<f64>,
    /// Whether each rank has so many files.
    files_by_rank: bool,
}

impl Checkpoint {
    pub(super) fn new(job: &Job, place: &Place<'_>) -> Option<Self> {
        let preset = job.preset.as_deref().and_then(presets::checkpoint);
        let parameters = job.parameters.or(preset.map(|it| it.parameters));
        let per_parameter = job.bytes_per_parameter.or(preset.map(|it| it.bytes_per_parameter));
        let derived = || Some(parameters? * per_parameter? / GIB);
        let size_gib = job.size_gib.or_else(derived)?;
        let accelerators = place.accelerators_per_client(job) * place.clients(job);
        let named = job.ranks.map(Whole::get).or(preset.map(|it| f64::from(it.ranks)));
        let ranks = named.unwrap_or(accelerators);
        let of_preset = preset.filter(|it| job.files_per_rank.is_none() && job.ranks.is_none() && it.files > 0);
        let files = of_preset.map_or_else(|| ranks * job.files_per_rank.map_or(1.0, Whole::get), |it| it.files.into());
        let uneven = of_preset.filter(|_| job.size_gib.is_none() && job.parameters.is_none());
        let largest = uneven.map_or(1.0, |it| (it.largest_rank_gib * ranks / size_gib).max(1.0));
        let clients = place.clients(job);
        let origins = Origins {
            parameters: job.size_gib.is_none().then_some(parameters.zip(per_parameter)).flatten().map(<[f64; 2]>::from),
            preset: preset.map_or("", |it| it.provenance.source_id),
            clients: named.is_none().then_some(clients),
            files_by_rank: of_preset.is_none(),
        };
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
            origins,
        };
        new.aim(job);
        Some(new)
    }

    /// Numbers that the job does not give itself.
    pub(super) fn taken(&self, job: &Job) -> Vec<Taken> {
        let mut all = vec![Taken::number("size_gib", job.size_gib, self.size_gib)];
        if let Some([parameters, bytes]) = self.origins.parameters {
            all.push(Taken::number("parameters", job.parameters, parameters));
            all.push(Taken::number("bytes_per_parameter", job.bytes_per_parameter, bytes));
        }
        all.push(Taken::whole("ranks", job.ranks, self.ranks));
        if self.origins.files_by_rank {
            all.push(Taken::whole("files_per_rank", job.files_per_rank, self.files / self.ranks));
        }
        all.push(Taken::of("asynchronous", job.asynchronous.is_none(), self.asynchronous));
        if self.failing_s.is_some() {
            all.push(Taken::number("restart_s", job.restart_s, self.restart_s));
        }
        all
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

    /// How its figures follow from each other and from the rates of the storage.
    pub(super) fn workings(&self, [save, restore]: [&Reached; 2], it: &CheckpointFigures, prices: &Prices) -> Workings {
        let Origins { parameters, preset, clients, files_by_rank } = self.origins;
        let mut all = Workings::default();
        if let Some([parameters, bytes]) = parameters {
            let formula = "# billion parameters × # bytes each / # billion bytes per GiB";
            all.add("size_gib", formula, &[parameters / BILLION, bytes, GIB / BILLION]);
            all.from(preset);
        }
        if let Some(clients) = clients {
            all.add("ranks", "# accelerators × # clients", &[self.ranks / clients, clients]);
        }
        if files_by_rank {
            all.add("files", "# ranks × # files", &[self.ranks, self.files / self.ranks]);
        }
        if let Some(seconds) = self.target_s {
            all.add("required_mb_per_s", "# GiB × # MB per GiB / # s", &[self.size_gib, GIB / MB, seconds]);
        }
        all.write("save_s", self.slowest_working(save));
        all.write("restore_s", self.slowest_working(restore));
        if let Some(job) = self.failing(it.save_s.mid, it.restore_s.mid) {
            add_interval(&mut all, &job);
            self.add_goodput(&mut all, &job, it.restore_s.mid);
        }
        if let Some((goodput, clients)) = it.goodput.zip(prices.clients) {
            let numbers = [clients, prices.hours, (1.0 - goodput.mid) * 100.0];
            all.add("idle_clients_usd_per_month", "# USD/h of clients × # h a month × # % lost", &numbers);
        }
        if let Some(usd) = prices.file_system {
            all.add("file_system_usd_per_month", "# USD/h of file system × # h a month", &[usd, prices.hours]);
        }
        all
    }

    fn slowest_working(&self, of: &Reached) -> String {
        match self.largest_alone(&of.estimate) {
            Some(alone) if alone > of.estimate.seconds.mid => {
                let rate = self.size_gib * GIB / MB * self.largest / alone;
                let formula = "# GiB × # MB per GiB / # MB/s of concurrency";
                let formula = filled(formula, &[self.size_gib, GIB / MB, rate]);
                times(formula, self.largest, "for the largest rank over the mean")
            }
            _ => of.seconds(),
        }
    }

    fn add_goodput(&self, all: &mut Workings, job: &Failing, restore_s: f64) {
        let [work, blocked, fails] = [job.interval(), job.blocked, job.between_failures].map(|it| it.get::<second>());
        let unsafe_s = (job.saved - job.blocked).get::<second>();
        let formula = "# s / (# s × exp((# s to restart + # s to restore + # s of work not yet safe) / # s) \
            × (exp((# s + # s to save) / # s) − 1))";
        let numbers = [work, fails, self.restart_s, restore_s, unsafe_s, fails, work, blocked, fails];
        all.add("goodput", formula, &numbers);
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

fn add_interval(all: &mut Workings, job: &Failing) {
    let [blocked, saved, between] = [job.blocked, job.saved, job.between_failures].map(|it| it.get::<second>());
    let mut add = |formula, numbers: &[f64]| all.add("interval_s", formula, numbers);
    if blocked >= 2.0 * between {
        add("# s", &[between]);
    } else if job.interval() <= job.saved - job.blocked {
        add("# s until it is safe − # s", &[saved, blocked]);
    } else {
        let formula = "√(2 × # s × # s) × (1 + √(# s / (2 × # s)) / 3 + # s / (18 × # s)) − # s";
        add(formula, &[blocked, between, blocked, between, blocked, between, blocked]);
    }
}

const BILLION: f64 = 1e9;
/// Halvings of an interval to the last bit of a number.
const HALVINGS: u32 = 60;
