//! Training: accelerators that read samples.

use super::answer::{Prices, Reached, TrainingFigures};
use super::{GIB, MIB, Place, SECONDS_PER_HOUR, Taken, count, moved};
use crate::catalog::{ASSUMPTIONS, AssumptionId, figures};
use crate::estimate::Range;
use crate::formula::{FigureWorking, Workings, filled, rest_of, times};
use crate::model::training;
use crate::presets;
use crate::scenario::{DataIn, Job, Operation, Order, Target, Workload};
use crate::shape::Whole;
use crate::units::{Information, Throughput, Time, byte, megabyte, megabyte_per_second, second};

/// Share of their time that accelerators should compute, where neither target nor preset says it: the mark of MLPerf
/// Storage for most of its models.
const MARK: f64 = figures::MLPERF_ACCELERATOR_UTILIZATION.value;
/// Readers of an accelerator, where neither job nor preset says it.
const READERS: f64 = figures::MLPERF_READERS.value;

/// A training job, ready to run.
#[derive(Clone, Debug)]
pub(super) struct Training {
    pub(super) workload: Workload,
    model: training::Training,
    /// Least and most batches under way, where that is assumed.
    prefetch: (f64, f64),
    samples: f64,
    numbers: Numbers,
    wanted: f64,
    origins: Origins,
}

/// Numbers of a training job, its own or its preset's.
#[derive(Clone, Copy, Debug)]
struct Numbers {
    per_client: f64,
    sample: f64,
    per_file: f64,
    per_batch: f64,
    compute: f64,
    readers: f64,
}

/// Where the numbers of a training job come from, as far as its formulas tell.
#[derive(Clone, Copy, Debug)]
struct Origins {
    /// Clients it runs on.
    clients: f64,
    /// Samples of a file, where the samples follow from the files.
    per_file: Option<f64>,
    /// Sources of what an accelerator takes in.
    demand: &'static str,
    /// Sources of the wanted utilization.
    wanted: &'static str,
    /// Whether the batches under way are assumed.
    prefetch_assumed: bool,
}

impl Training {
    pub(super) fn new(job: &Job, place: &Place<'_>) -> Option<Self> {
        let preset = job.preset.as_deref().and_then(presets::training);
        let number = |own: Option<Whole>, preset: Option<f64>| own.map(Whole::get).or(preset);
        let sample = job.sample_bytes.or(preset.map(|it| it.sample_bytes))?;
        let per_file = number(job.samples_per_file, preset.map(|it| f64::from(it.samples_per_file))).unwrap_or(1.0);
        let per_batch = number(job.batch, preset.map(|it| f64::from(it.batch)))?;
        let compute = job.compute_s.or(preset.map(|it| it.compute_s))?;
        let readers = number(job.readers, preset.map(|it| f64::from(it.readers))).unwrap_or(READERS);
        let per_client = place.accelerators_per_client(job);
        let accelerators = per_client * place.clients(job);
        let (prefetch, ends) = prefetch(job, place);
        let model = training::Training {
            accelerators,
            prefetch,
            compute: Time::new::<second>(compute),
            batch: Information::new::<byte>(per_batch * sample),
        };
        let own_files = job.file_count.map(Whole::get).or_else(|| Some(job.samples?.get() / per_file));
        let by_rules = || {
            let fixed = f64::from(preset?.file_count);
            let grown = || Some(data_set(job, place, &model, per_batch)? / (sample * per_file));
            Some(if preset?.file_count_grows { grown().unwrap_or(fixed) } else { fixed })
        };
        let files = own_files.or_else(by_rules)?.ceil().max(1.0);
        let samples = job.samples.map_or(files * per_file, Whole::get);
        let target = job.target.as_ref().filter(|it| it.accelerator_utilization.is_some());
        let wanted = target.and_then(|it| it.accelerator_utilization);
        let mark = preset.and_then(|it| it.accelerator_utilization_mark);
        let least = wanted.map(|wanted| in_mb(model.storage_for(wanted)));
        let workload = Workload {
            operation: Some(Operation::Read),
            processes_per_client: Some(count(per_client * readers)),
            file_size_mib: Some(sample * per_file / MIB),
            file_count: Some(count(files)),
            passes: job.epochs.or(preset.and_then(|it| it.epochs).map(|epochs| Whole(i64::from(epochs)))),
            order: job.order.or(Some(Order::Shuffled)),
            data_in: job.data_in,
            client_cache: job.client_cache,
            rate_limit_mb_per_s: Some(least.unwrap_or(0.0).max(in_mb(model.demand()) * accelerators)),
            target: target.map(|target| Target { throughput_mb_per_s: least, regime: target.regime, ..Target::BLANK }),
            ..place.workload(job)
        };
        let own = job.sample_bytes.is_some() && job.batch.is_some() && job.compute_s.is_some();
        let of_preset = preset.map_or("", |it| it.provenance.source_id);
        let origins = Origins {
            clients: place.clients(job),
            per_file: job.samples.is_none().then_some(per_file),
            demand: if own { "" } else { of_preset },
            wanted: match (wanted, mark) {
                (Some(_), _) => "",
                (None, Some(_)) => of_preset,
                (None, None) => figures::MLPERF_ACCELERATOR_UTILIZATION.provenance.source_id,
            },
            prefetch_assumed: job.prefetch_batches.is_none(),
        };
        let wanted = wanted.or(mark).unwrap_or(MARK);
        let numbers = Numbers { per_client, sample, per_file, per_batch, compute, readers };
        Some(Self { workload, model, prefetch: ends, samples, numbers, wanted, origins })
    }

    /// Numbers that the job does not give itself.
    pub(super) fn taken(&self, job: &Job) -> Vec<Taken> {
        let Numbers { per_client, sample, per_file, per_batch, compute, readers } = self.numbers;
        let files = self.workload.file_count.unwrap_or(Whole(1)).get();
        let order = self.workload.order.unwrap_or(Order::Shuffled);
        vec![
            Taken::whole("accelerators_per_client", job.accelerators_per_client, per_client),
            Taken::number("sample_bytes", job.sample_bytes, sample),
            Taken::whole("samples_per_file", job.samples_per_file, per_file),
            Taken::whole("file_count", job.file_count, files),
            Taken::whole("batch", job.batch, per_batch),
            Taken::number("compute_s", job.compute_s, compute),
            Taken::whole("readers", job.readers, readers),
            Taken::whole("epochs", job.epochs, self.workload.passes().get()),
            Taken::of("order", job.order.is_none(), order.as_str()),
        ]
    }

    /// The workload as it is in the first epoch, and in all later ones, as fast as the storage lets it.
    pub(super) fn epochs(&self) -> [Workload; 2] {
        let free = Workload { rate_limit_mb_per_s: None, target: None, ..self.workload.clone() };
        let loaded = free.data_in.map(|place| if place == DataIn::S3 { DataIn::Auto } else { place });
        let later = Workload { passes: Some(Whole(MANY_EPOCHS)), data_in: loaded, ..free.clone() };
        [Workload { passes: Some(Whole(1)), ..free }, later]
    }

    /// The workload in all epochs but the first, reading no more than its accelerators take.
    pub(super) fn later(&self) -> Workload {
        let [_, later] = self.epochs();
        Workload { rate_limit_mb_per_s: Some(in_mb(self.model.demand()) * self.model.accelerators), ..later }
    }

    /// Share of their time that the accelerators compute if the storage gives so much of what they read without waiting.
    pub(super) fn busy(&self, share: f64) -> f64 {
        self.model.utilization(self.model.demand() * (self.model.accelerators * share))
    }

    pub(super) fn figures(&self, of: &Epochs, prices: &Prices) -> TrainingFigures {
        let Epochs { first, later, saving, preload } = of;
        let all = in_mb(self.model.demand()) * self.model.accelerators;
        let busy = |storage: &Range| self.utilization(storage);
        let rate = |of: &Reached| of.estimate.sustained.rate().0;
        let utilization = busy(&rate(later));
        let full_speed = self.model.accelerators * self.numbers.per_batch / self.model.compute.get::<second>();
        let epoch = |busy: &Range| busy.map_falling(|busy| self.samples / (full_speed * busy));
        let later_epoch = epoch(&utilization);
        let stopped = |of: &Reached| (rate(of).mid < all).then_some(of.estimate.sustained.bottleneck);
        let bursting = later.estimate.burst.as_ref().map(|burst| busy(&burst.regime.rate().0));
        TrainingFigures {
            accelerators: self.model.accelerators,
            samples: self.samples,
            demand_mb_per_s_per_accelerator: Range::exactly(in_mb(self.model.demand())),
            accelerator_utilization_while_saving: saving.as_ref().map(|saving| busy(&rate(saving))),
            accelerator_utilization_in_burst: bursting.filter(|burst| burst.mid > utilization.mid * FELT),
            samples_per_s: utilization.map(|busy| busy * full_speed),
            stall_share: utilization.map_falling(|busy| 1.0 - busy),
            first_epoch_s: epoch(&busy(&rate(first))),
            preload_s: preload.as_ref().map(|load| load.estimate.seconds),
            first_epoch_bottleneck: stopped(first),
            later_epoch_s: later_epoch,
            bottleneck: stopped(later),
            wanted_accelerator_utilization: self.wanted,
            accelerators_fed: rate(later).map(|rate| self.model.fed(throughput(rate), self.wanted)),
            usd_per_epoch: prices.per_hour().map(|usd| usd * later_epoch.mid / SECONDS_PER_HOUR),
            idle_clients_usd_per_epoch: prices
                .clients
                .map(|usd| usd * later_epoch.mid / SECONDS_PER_HOUR * (1.0 - utilization.mid)),
            accelerator_utilization: utilization,
        }
    }

    /// How its figures follow from each other and from the rates of the storage.
    pub(super) fn workings(&self, of: &Epochs, it: &TrainingFigures, prices: &Prices) -> Vec<FigureWorking> {
        let Epochs { first, later, saving, preload } = of;
        let Origins { clients, per_file, demand, wanted, .. } = self.origins;
        let (accelerators, batch) = (self.model.accelerators, self.numbers.per_batch);
        let compute = self.model.compute.get::<second>();
        let each = in_mb(self.model.demand());
        let rate = |of: &Reached| of.estimate.sustained.rate().0.mid;
        let busy = it.accelerator_utilization.mid;

        let mut all = Workings::default();
        all.add("accelerators", "# accelerators × # clients", &[accelerators / clients, clients]);
        if let Some(per_file) = per_file {
            all.add("samples", "# files × # samples", &[self.samples / per_file, per_file]);
        }
        let sample = self.model.batch.get::<megabyte>() / batch;
        all.add("demand_mb_per_s_per_accelerator", "# samples × # MB / # s", &[batch, sample, compute]);
        all.from(demand);
        self.add_queued(&mut all, "accelerator_utilization", self.busy_with(rate(later)));
        if let Some(saving) = saving {
            self.add_queued(&mut all, "accelerator_utilization_while_saving", self.busy_with(rate(saving)));
        }
        if let (Some(_), Some(burst)) = (it.accelerator_utilization_in_burst, &later.estimate.burst) {
            let formula = self.busy_with(burst.regime.rate().0.mid);
            self.add_queued(&mut all, "accelerator_utilization_in_burst", formula);
        }
        let formula = "# accelerators × # samples / # s × # % busy";
        all.add("samples_per_s", formula, &[accelerators, batch, compute, busy * 100.0]);
        all.write("stall_share", rest_of(busy));
        let formula = "# samples / (# accelerators × # samples / # s × ";
        let epoch = filled(formula, &[self.samples, accelerators, batch, compute]);
        self.add_queued(&mut all, "first_epoch_s", epoch + &self.busy_with(rate(first)) + ")");
        if let Some(load) = preload {
            all.write("preload_s", load.seconds());
        }
        all.add("later_epoch_s", "# samples / # samples/s", &[self.samples, it.samples_per_s.mid]);
        let (storage, fed) = (rate(later), it.accelerators_fed.mid);
        let formula = "# MB/s from storage / (# MB/s each × # % busy)";
        let formula = filled(formula, &[storage, each, self.wanted * 100.0]);
        let formula = times(formula, fed * each * self.wanted / storage, "left by queueing and rounding down");
        self.add_queued(&mut all, "accelerators_fed", formula);
        all.from(wanted);
        add_costs(&mut all, it, prices);
        all.0
    }

    /// Adds the working of a figure that the number of batches under way has a part in.
    fn add_queued(&self, all: &mut Workings, figure: &'static str, formula: String) {
        all.write(figure, formula);
        if self.origins.prefetch_assumed {
            all.on(AssumptionId::PrefetchBatches);
        }
    }

    /// Utilization with so much storage: the share of what the accelerators take in, and what queueing leaves of it.
    fn busy_with(&self, storage: f64) -> String {
        let (accelerators, each) = (self.model.accelerators, in_mb(self.model.demand()));
        let share = storage / (accelerators * each);
        let formula = if share > 1.0 {
            "min(# MB/s from storage / (# accelerators × # MB/s each), 1)"
        } else {
            "# MB/s from storage / (# accelerators × # MB/s each)"
        };
        let queueing = self.model.utilization(throughput(storage)) / share.min(1.0);
        times(filled(formula, &[storage, accelerators, each]), queueing, "left by queueing")
    }

    /// Utilization with so much storage; the ends of the range with the ends of the batches under way.
    fn utilization(&self, storage: &Range) -> Range {
        let busy =
            |prefetch: f64, rate: f64| training::Training { prefetch, ..self.model }.utilization(throughput(rate));
        let mid = busy(self.model.prefetch, storage.mid);
        let (least, most) = self.prefetch;
        Range { low: busy(least, storage.low).min(mid), mid, high: busy(most, storage.high).max(mid) }
    }

    /// The load of all files; `None` where they do not lie in S3.
    pub(super) fn preload(&self) -> Option<Workload> {
        (self.workload.data_in == Some(DataIn::S3)).then(|| moved(&self.workload, Operation::S3Restore))
    }
}

fn add_costs(all: &mut Workings, it: &TrainingFigures, prices: &Prices) {
    let (epoch, hour) = (it.later_epoch_s.mid, SECONDS_PER_HOUR);
    match (prices.file_system, prices.clients) {
        (Some(file_system), Some(clients)) => {
            let formula = "(# USD/h of file system + # USD/h of clients) × # s / # s per hour";
            all.add("usd_per_epoch", formula, &[file_system, clients, epoch, hour]);
        }
        (Some(file_system), None) => {
            all.add("usd_per_epoch", "# USD/h of file system × # s / # s per hour", &[file_system, epoch, hour]);
        }
        (None, _) => {}
    }
    if let Some(clients) = prices.clients {
        let formula = "# USD/h of clients × # s / # s per hour × # % waiting";
        all.add("idle_clients_usd_per_epoch", formula, &[clients, epoch, hour, it.stall_share.mid * 100.0]);
    }
}

/// What the storage does in the epochs.
#[derive(Debug)]
pub(super) struct Epochs {
    /// In the first.
    pub(super) first: Reached,
    /// In all others.
    pub(super) later: Reached,
    /// In all others, while a checkpoint is written; absent where none is, or training stands meanwhile.
    pub(super) saving: Option<Reached>,
    /// While all files are loaded before they are read; absent where they do not lie in S3.
    pub(super) preload: Option<Reached>,
}

/// So many epochs that the first does not count.
const MANY_EPOCHS: i64 = 1_000_000_000;
/// A burst worth a word.
const FELT: f64 = 1.001;

fn in_mb(rate: Throughput) -> f64 {
    rate.get::<megabyte_per_second>()
}

fn throughput(rate: f64) -> Throughput {
    Throughput::new::<megabyte_per_second>(rate)
}

/// Batches that an accelerator has under way, and their range where nobody said so.
fn prefetch(job: &Job, place: &Place<'_>) -> (f64, (f64, f64)) {
    if let Some(given) = job.prefetch_batches.map(Whole::get) {
        return (given, (given, given));
    }
    let value = place.assumptions.get(AssumptionId::PrefetchBatches);
    let row = ASSUMPTIONS.iter().find(|row| row.id == AssumptionId::PrefetchBatches);
    let open = row.filter(|row| place.assumptions.is_open(row));
    (value, open.map_or((value, value), |row| (row.low.min(value), row.high.max(value))))
}

/// Bytes of the data set by the rules of MLPerf Storage: so many times the memory of all clients, and enough for so many
/// steps; `None` where the clients' memory is not known.
fn data_set(job: &Job, place: &Place<'_>, model: &training::Training, per_batch: f64) -> Option<f64> {
    use figures::{MLPERF_DATA_SET_MEMORY_MULTIPLE, MLPERF_STEPS_PER_EPOCH_MIN};
    let memory = |group: &crate::scenario::Clients| {
        let gib = crate::catalog::instance(group.instance_type.as_deref()?)?.memory_gib;
        Some(gib * GIB * Whole(group.taking_part(job.client_count)).get())
    };
    let memory: f64 = place.groups(job).map(memory).sum::<Option<f64>>()?;
    let sample = model.batch.get::<byte>() / per_batch;
    let steps = MLPERF_STEPS_PER_EPOCH_MIN.value * per_batch * model.accelerators * sample;
    Some((memory * MLPERF_DATA_SET_MEMORY_MULTIPLE.value).max(steps))
}
