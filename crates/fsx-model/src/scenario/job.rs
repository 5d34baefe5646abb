//! Things people run; each becomes workloads.

use super::workload::{DataIn, OperationCounts, Order, TargetRegime};
use crate::catalog::terms::words;
use crate::shape::{Whole, record};

words! {
    /// Kind of a job.
    JobKind {
        /// Training input.
        Training = "training",
        /// Saving and restoring a checkpoint.
        Checkpoint = "checkpoint",
        /// Import of metadata from S3.
        Import = "import",
        /// Bulk load of data from S3.
        Preload = "preload",
        /// Export to S3.
        Export = "export",
        /// Release of exported data.
        Release = "release",
        /// A storm of metadata operations.
        Metadata = "metadata",
        /// A benchmark preset.
        Benchmark = "benchmark",
    }
}

record! {
    /// A job: a preset, own numbers, or both.
    #[derive(Default)]
    Job {
        /// Kind; may come from the preset.
        kind: Option<JobKind>,
        /// Id of a preset that gives kind and numbers.
        preset: Option<String>,
        /// Name.
        name: Option<String>,
        /// Client group.
        clients: Option<String>,
        /// Accelerators on each client.
        accelerators_per_client: Option<Whole>,
        /// Samples in the data set.
        samples: Option<Whole>,
        /// Mean size of a sample, bytes.
        sample_bytes: Option<f64>,
        /// Standard deviation of it, bytes.
        sample_bytes_deviation: Option<f64>,
        /// Samples in a file.
        samples_per_file: Option<Whole>,
        /// Files.
        file_count: Option<Whole>,
        /// Samples per batch.
        batch: Option<Whole>,
        /// Compute time per batch, seconds.
        compute_s: Option<f64>,
        /// Reader threads per accelerator.
        readers: Option<Whole>,
        /// Batches fetched ahead.
        prefetch_batches: Option<Whole>,
        /// Epochs.
        epochs: Option<Whole>,
        /// Order of the samples over epochs.
        order: Option<Order>,
        /// Where the samples lie when the first epoch begins.
        data_in: Option<DataIn>,
        /// Whether the clients' memory counts as a cache.
        client_cache: Option<bool>,
        /// Size of a checkpoint, GiB.
        size_gib: Option<f64>,
        /// Parameters of the model.
        parameters: Option<f64>,
        /// Bytes per parameter in a checkpoint.
        bytes_per_parameter: Option<f64>,
        /// Ranks that write.
        ranks: Option<Whole>,
        /// Files each rank writes.
        files_per_rank: Option<Whole>,
        /// Checkpoints that are kept: so many hold data at once, for a plan.
        keep: Option<Whole> = Whole(1),
        /// Whether training goes on while a checkpoint is written.
        asynchronous: Option<bool>,
        /// How long training stops for an asynchronous checkpoint, while it is copied to the host, seconds.
        blocking_s: Option<f64>,
        /// Time a checkpoint should take, seconds.
        target_s: Option<f64>,
        /// Mean time to failure, hours.
        mean_time_to_failure_h: Option<f64>,
        /// Restart time, seconds.
        restart_s: Option<f64>,
        /// Objects or files handled.
        object_count: Option<Whole>,
        /// Their mean size, MiB.
        mean_object_size_mib: Option<f64>,
        /// Processes on each client.
        processes_per_client: Option<Whole>,
        /// Clients that take part.
        client_count: Option<Whole>,
        /// Items of a metadata job.
        items: Option<Whole>,
        /// Directories they are spread over.
        directories: Option<Whole>,
        /// Operations per item.
        operations: Option<OperationCounts>,
        /// Whether all items are in one directory.
        shared_directory: Option<bool>,
        /// Operations a second that a metadata job issues; absent: as many as it can.
        operations_per_s: Option<f64>,
        /// What it has to reach.
        target: Option<JobTarget>,
    }
}

record! {
    /// What a job has to reach; all figures given hold at once.
    #[derive(Default)]
    JobTarget {
        /// Training: least share of their time that the accelerators compute.
        accelerator_utilization: Option<f64>,
        /// Checkpoint: longest time of saving one, seconds.
        save_s: Option<f64>,
        /// Checkpoint: longest time of restoring one, seconds.
        restore_s: Option<f64>,
        /// Checkpoint: least share of the time that is not lost to checkpoints and failures.
        goodput: Option<f64>,
        /// Other jobs: longest time of all of it, seconds.
        seconds: Option<f64>,
        /// With or without burst credits.
        regime: Option<TargetRegime> = TargetRegime::Sustained,
    }
}
