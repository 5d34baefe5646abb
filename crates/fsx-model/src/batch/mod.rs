//! Many rows at once: columns in, rows out, each the same as an estimate of its own.
//!
//! A row is a scenario: the base with the row's cell of each column in place of the field. Its mid figures have the bits
//! that [`estimate`](crate::estimate::estimate) gives them.

mod columns;
mod rows;

use serde_json::Value;

use crate::finding::{Error, Finding};
use crate::model::LimitId;
use columns::Table;

/// A field and its value in each row.
#[derive(Clone, Copy, Debug)]
pub struct Column<'a> {
    /// Path of the field as findings name it, such as `workloads[0].io_size_kib`.
    pub path: &'a str,
    /// One value per row.
    pub values: Values<'a>,
}

/// The values of a column; an absent one leaves the field out, as `null` does in JSON.
#[derive(Clone, Copy, Debug)]
pub enum Values<'a> {
    /// Numbers.
    Numbers(&'a [f64]),
    /// Numbers, some of them absent.
    NumbersOrAbsent(&'a [Option<f64>]),
    /// Texts and words.
    Texts(&'a [Option<&'a str>]),
    /// `true` or `false`.
    Flags(&'a [Option<bool>]),
}

/// The mid figures of one row.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Row {
    /// With burst credits spent.
    pub sustained: Rates,
    /// With burst credits there; `None` where nothing bursts.
    pub burst: Option<Rates>,
    /// Time for all bytes of all passes from `credits_at_start`, seconds.
    pub seconds: f64,
    /// Cost as far as it is known, US dollars a month.
    pub usd_per_month: f64,
    /// Whether something is billed that is not in the cost.
    pub partial: bool,
}

/// The workload of a row in one regime.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rates {
    /// Data rate, MB/s; `None` for metadata.
    pub throughput_mb_per_s: Option<f64>,
    /// I/O operations of the application a second; of metadata, items.
    pub operations_per_s: f64,
    /// Mean time of one request, queueing included, ms.
    pub latency_ms: f64,
    /// The smallest limit.
    pub bottleneck: LimitId,
}

/// Rows that are worked out one after the other; with the feature `rayon`, each such run of rows is a task of its own.
const CHUNK: usize = 16_384;

/// Estimates each row, mid figures only; `Err` for a row that [`estimate`](crate::estimate::estimate) would refuse or
/// that is not understood, with the first error. Without columns there is one row, the base.
///
/// The base is the tree of a scenario with one workload (by default a plain one), no jobs and at most one client group.
/// It may be incomplete if the columns supply the rest. Fastest are columns of numbers in tables that the base has, or
/// of which the column itself has no absent cell; of all other columns each distinct combination of cells is read as a
/// scenario.
///
/// # Errors
/// [`crate::finding::ErrorKind::NotUnderstood`] with every column that has another length than the first, is of no field
/// or of one that another column has too, or holds no values of its kind; and with a base of several loads or client
/// groups.
///
/// ```
/// use fsx_model::batch::{self, Column, Values};
/// // Many readers on SCRATCH_2: the servers' network is the limit, 2.4 TiB × 200 MB/s per TiB.
/// let base = serde_json::json!({ "workloads": [{ "processes_per_client": 64 }] });
/// let kinds = Column { path: "file_system.deployment_type", values: Values::Texts(&[Some("SCRATCH_2"); 2]) };
/// let sizes = Column { path: "file_system.storage_capacity_gib", values: Values::Numbers(&[2400.0, 3600.0]) };
/// let rows = batch::estimate(&base, &[kinds, sizes])?;
/// assert!(rows[0].as_ref().is_ok_and(|row| (row.sustained.throughput_mb_per_s.unwrap() - 480.0).abs() < 0.01));
/// assert!(rows[1].as_ref().is_err_and(|fault| (fault.code, fault.fix.as_str()) == ("FSX-CAPACITY-STEP", "4800")));
/// # Ok::<(), fsx_model::finding::Error>(())
/// ```
pub fn estimate(base: &Value, columns: &[Column<'_>]) -> Result<Vec<Result<Row, Finding>>, Error> {
    let table = Table::new(base, columns)?;
    let chunks = 0..table.rows.div_ceil(CHUNK);
    #[cfg(feature = "rayon")]
    let chunks = rayon::iter::IntoParallelIterator::into_par_iter(chunks);
    #[cfg(feature = "rayon")]
    use rayon::iter::ParallelIterator as _;
    let chunks: Vec<_> = chunks.map(|i| rows::answers(&table, i * CHUNK..table.rows.min((i + 1) * CHUNK))).collect();
    let mut rows = Vec::with_capacity(table.rows);
    rows.extend(chunks.into_iter().flatten());
    Ok(rows)
}
