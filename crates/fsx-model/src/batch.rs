//! Many rows at once: columns in, columns out, each row the same as a call of its own.

use crate::catalog::terms::words;
use crate::design::{self, Design};
use crate::estimate::{has_error, offered};
use crate::finding::{NOT_MODELLED, Severity};
use crate::model::{Credits, Evaluation, LimitId, evaluate};
use crate::rules;
use crate::scenario::{ClientGroups, Clients, Scenario};
use crate::shape::Whole;
use crate::units::{megabyte_per_second, millisecond, operation_per_second};

words! {
    /// A field that can differ from row to row; the unit is in the name.
    Field {
        /// `file_system.storage_capacity_gib`
        StorageCapacityGib = "storage_capacity_gib",
        /// `file_system.per_unit_storage_throughput`, MB/s per TiB
        PerUnitStorageThroughput = "per_unit_storage_throughput",
        /// `clients.count`
        ClientCount = "client_count",
        /// `clients.network_gbps`
        NetworkGbps = "network_gbps",
        /// `workloads[0].processes_per_client`
        ProcessesPerClient = "processes_per_client",
        /// `workloads[0].queue_depth`
        QueueDepth = "queue_depth",
        /// `workloads[0].io_size_kib`
        IoSizeKib = "io_size_kib",
        /// `workloads[0].file_size_mib`
        FileSizeMib = "file_size_mib",
        /// `workloads[0].file_count`
        FileCount = "file_count",
        /// `workloads[0].passes`
        Passes = "passes",
        /// `workloads[0].compression_ratio`
        CompressionRatio = "compression_ratio",
    }
}

/// A field and its value in each row.
#[derive(Clone, Copy, Debug)]
pub struct Column<'a> {
    /// Which field.
    pub field: Field,
    /// One value per row.
    pub values: &'a [f64],
}

/// The mid figures of one row.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Row {
    /// Sustained data rate, MB/s; 0 for metadata.
    pub sustained_mb_per_s: f64,
    /// Data rate while burst credits last, MB/s; the sustained one where nothing bursts.
    pub burst_mb_per_s: f64,
    /// Sustained I/O operations of the application a second; of metadata, items.
    pub operations_per_s: f64,
    /// Mean time of a request at the sustained rate, ms.
    pub latency_ms: f64,
    /// The smallest sustained limit.
    pub bottleneck: LimitId,
}

/// Why a batch has no answer at all.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Unequal {
    /// Columns differ in length.
    #[error("column `{field}` has {len} values where the first column has {expected}")]
    Length {
        /// The column.
        field: Field,
        /// Its length.
        len: usize,
        /// Length of the first column.
        expected: usize,
    },
    /// The scenario has no workload, or more than one, or a job.
    #[error("a batch needs a scenario with one workload and no jobs; this one has {0} in all")]
    Workloads(usize),
    /// The scenario has several client groups.
    #[error("a batch needs a scenario with one client group; this one has {0}")]
    ClientGroups(usize),
}

/// Estimates `scenario` once per row, with the columns' values in place of its own; mid values only.
///
/// `Err(code)` for a row with an illegal value: the code of the first rule it breaks.
///
/// # Errors
/// If columns differ in length, or the scenario has not just one workload and one client group.
///
/// ```
/// use fsx_model::{batch, scenario};
/// // Many readers on SCRATCH_2: the servers' network is the limit, 2.4 TiB × 200 MB/s per TiB.
/// let base = scenario::from_json(
///     r#"{ "file_system": { "deployment_type": "SCRATCH_2", "storage_capacity_gib": 1200 },
///          "workloads": [ { "processes_per_client": 64 } ] }"#,
/// )?;
/// let sizes = batch::Column { field: batch::Field::StorageCapacityGib, values: &[2400.0, 3600.0] };
/// let rows = batch::estimate(&base, &[sizes])?;
/// assert!(rows[0].is_ok_and(|row| (row.sustained_mb_per_s - 480.0).abs() < 0.01));
/// assert_eq!(rows[1], Err("FSX-CAPACITY-STEP"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn estimate(scenario: &Scenario, columns: &[Column<'_>]) -> Result<Vec<Result<Row, &'static str>>, Unequal> {
    let mut scenario = scenario.clone();
    let loads = scenario.workloads.len() + scenario.jobs.len();
    if loads != 1 || scenario.workloads.is_empty() {
        return Err(Unequal::Workloads(loads));
    }
    match scenario.clients {
        ClientGroups::Absent => scenario.clients = ClientGroups::One(Clients::DEFAULT),
        ClientGroups::One(_) => {}
        ClientGroups::Many(groups) => return Err(Unequal::ClientGroups(groups.len())),
    }
    let expected = columns.first().map_or(1, |column| column.values.len());
    if let Some(column) = columns.iter().find(|column| column.values.len() != expected) {
        return Err(Unequal::Length { field: column.field, len: column.values.len(), expected });
    }
    Ok((0..expected)
        .map(|row| {
            for column in columns {
                set(&mut scenario, column.field, column.values[row])?;
            }
            one(&scenario)
        })
        .collect())
}

/// One row. The passing path allocates nothing.
fn one(scenario: &Scenario) -> Result<Row, &'static str> {
    let findings = rules::check(scenario);
    if has_error(&findings) {
        let error = findings.iter().find(|finding| finding.severity == Severity::Error);
        return Err(error.map_or(NOT_MODELLED, |finding| finding.code));
    }
    let assumptions = design::assumptions(scenario);
    let design = Design::new(scenario, &assumptions, 0).ok_or(NOT_MODELLED)?;
    let spent = evaluate(&design, &assumptions, Credits::SPENT);
    let full = evaluate(&design, &assumptions, Credits::FULL).at_least(&spent);
    let full = if full.is_like(&spent) { spent } else { full };
    let offered = offered(std::slice::from_ref(&design));
    let mb_per_s = |now: &Evaluation| now.throughput().get::<megabyte_per_second>().min(offered);
    Ok(Row {
        sustained_mb_per_s: mb_per_s(&spent),
        burst_mb_per_s: mb_per_s(&full),
        operations_per_s: spent.operations(&design).get::<operation_per_second>(),
        latency_ms: spent.latency.get::<millisecond>(),
        bottleneck: spent.bottleneck(),
    })
}

/// Code of a row whose value is no finite number, or no whole one where one is needed.
const NOT_WHOLE: &str = "INPUT-TYPE";

fn set(scenario: &mut Scenario, field: Field, value: f64) -> Result<(), &'static str> {
    if !value.is_finite() {
        return Err("INPUT-NOT-FINITE");
    }
    let whole = || Whole::from_f64(value).ok_or(NOT_WHOLE);
    let ClientGroups::One(clients) = &mut scenario.clients else { return Err(NOT_MODELLED) };
    let Some(workload) = scenario.workloads.first_mut() else { return Err(NOT_MODELLED) };
    match field {
        Field::StorageCapacityGib => scenario.file_system.storage_capacity_gib = Some(whole()?),
        Field::PerUnitStorageThroughput => scenario.file_system.per_unit_storage_throughput = Some(whole()?),
        Field::ClientCount => clients.count = Some(whole()?),
        Field::NetworkGbps => clients.network_gbps = Some(value),
        Field::ProcessesPerClient => workload.processes_per_client = Some(whole()?),
        Field::QueueDepth => workload.queue_depth = Some(whole()?),
        Field::IoSizeKib => workload.io_size_kib = Some(value),
        Field::FileSizeMib => workload.file_size_mib = Some(value),
        Field::FileCount => workload.file_count = Some(whole()?),
        Field::Passes => workload.passes = Some(whole()?),
        Field::CompressionRatio => workload.compression_ratio = Some(value),
    }
    Ok(())
}
