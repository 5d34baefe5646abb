//! Published training runs: what accelerators take in.

use serde::Deserialize;

use super::{Fault, Row, fault};
use crate::measured::variance_between;
use crate::model::training::Training;
use crate::presets;
use crate::units::{Information, Time, byte, gibibyte, mebibyte, megabyte, megabyte_per_second, second};

const RUNS: &str = include_str!("../../data/observed/training.toml");

/// A run, or the middle of several.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TrainingRun {
    /// Its id.
    pub id: String,
    /// Case that it belongs to.
    pub case: String,
    /// What it ran on.
    pub system: String,
    /// Preset that it trained.
    pub preset: String,
    accelerators: f64,
    accelerator_utilization: Option<f64>,
    accelerator_utilization_most: Option<f64>,
    storage_gib_per_s: Option<f64>,
    measured_mib_per_s: Option<f64>,
}

/// What the model says of a run.
#[derive(Clone, Copy, Debug)]
pub struct Trained {
    /// Data that the accelerators take in, MB/s.
    pub mb_per_s: f64,
    /// Variance of its logarithm that comes from what is not known of the run.
    pub variance: f64,
    /// Whether the utilization was the run's own, so that only the demand is tried.
    pub is_identity: bool,
}

impl TrainingRun {
    /// Throughput that was measured, MB/s: its own, or that of its row in the table.
    ///
    /// # Errors
    /// If there is neither.
    pub fn measured_mb_per_s(&self, row: Option<&Row>) -> Result<f64, Fault> {
        let printed = self.measured_mib_per_s.or(row.map(|row| row.value));
        let printed = printed.ok_or_else(|| fault(&self.id, "nothing was measured"))?;
        Ok(Information::new::<mebibyte>(printed).get::<megabyte>())
    }

    /// What the model says; `prefetch` batches are under way for each accelerator.
    ///
    /// # Errors
    /// If there is no such preset, or neither a utilization nor a storage rate is given.
    pub fn predict(&self, prefetch: f64) -> Result<Trained, Fault> {
        let preset = presets::training(&self.preset).ok_or_else(|| fault(&self.id, "no such preset"))?;
        let training = Training {
            accelerators: self.accelerators,
            prefetch,
            compute: Time::new::<second>(preset.compute_s),
            batch: Information::new::<byte>(preset.sample_bytes * f64::from(preset.batch)),
        };
        let all = training.demand().get::<megabyte_per_second>() * self.accelerators;
        let trained = |utilization: f64, variance: f64, is_identity: bool| Trained {
            mb_per_s: all * utilization,
            variance,
            is_identity,
        };
        match (self.accelerator_utilization, self.storage_gib_per_s) {
            (Some(own), None) => {
                let most = self.accelerator_utilization_most.unwrap_or(own);
                Ok(trained(own, variance_between(most, own), true))
            }
            (None, Some(gib_per_s)) => {
                let storage = Information::new::<gibibyte>(gib_per_s) / Time::new::<second>(1.0);
                Ok(trained(training.utilization(storage), 0.0, false))
            }
            _ => Err(fault(&self.id, "either a utilization or a storage rate")),
        }
    }
}

/// Every published run, in the order of the data.
///
/// # Errors
/// If the data are faulty.
pub fn training_runs() -> Result<Vec<TrainingRun>, Fault> {
    #[derive(Deserialize)]
    struct File {
        run: Vec<TrainingRun>,
    }
    let file: File = toml::from_str(RUNS).map_err(|error| fault("training.toml", error))?;
    Ok(file.run)
}
