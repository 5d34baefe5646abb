//! How files imported from S3 lie on the targets: by the size of their chunks, not by the layout of the file system.

use crate::catalog::{Assumptions, figures};
use crate::design::{FileSystem, Topology};
use crate::finding::{Finding, Severity, whole_number};
use crate::scenario::{DataRepositoryAssociation, Scenario};
use crate::shape::Whole;
use crate::units::{Information, mebibyte, megabyte_per_second};

/// Targets that an imported file of this size lies on.
///
/// A file up to the size of a chunk has one stripe, a larger one `⌊file / chunk⌋ + 1`, and none more than there are
/// targets. AWS prints file / chunk + 1 without saying how it rounds: down, since 2.5 chunks need three targets.
///
/// ```
/// // 2560 MiB in chunks of 1024 MiB, on 40 targets: ⌊2.5⌋ + 1
/// assert_eq!(fsx_model::imported::stripes(2560.0, 1024.0, 40.0), 3.0);
/// assert_eq!(fsx_model::imported::stripes(1024.0, 1024.0, 40.0), 1.0);
/// assert_eq!(fsx_model::imported::stripes(102_400.0, 1024.0, 40.0), 40.0);
/// ```
#[must_use]
pub fn stripes(file_mib: f64, chunk_mib: f64, osts: f64) -> f64 {
    let stripes = if file_mib > chunk_mib { (file_mib / chunk_mib).floor() + 1.0 } else { 1.0 };
    stripes.min(osts)
}

/// Advice on associations whose large files lie on fewer targets than those written to the file system itself.
#[must_use]
pub fn narrow_files(scenario: &Scenario, assumptions: &Assumptions) -> Vec<Finding> {
    let associations = &scenario.file_system.data_repository_associations;
    if associations.iter().all(|it| it.mean_object_size_mib.is_none()) {
        return Vec::new();
    }
    let Some(file_system) = FileSystem::new(scenario, assumptions) else { return Vec::new() };
    let topology = file_system.topology(assumptions);
    let advice = |(i, association)| narrow(i, association, &file_system, topology);
    associations.iter().enumerate().filter_map(advice).collect()
}

/// Advice on one association: its mean file is one that AWS advises to stripe, and lies narrower than it could.
fn narrow(
    index: usize,
    association: &DataRepositoryAssociation,
    file_system: &FileSystem,
    topology: Topology,
) -> Option<Finding> {
    let size = association.mean_object_size_mib.filter(|size| *size >= figures::STRIPE_ADVISED_ABOVE_MIB.value)?;
    let chunk = association.imported_file_chunk_size_mib();
    let now = stripes(size, chunk.get(), topology.osts);
    let wanted = widest(size, file_system, topology);
    if now >= wanted {
        return None;
    }
    let disk = file_system.published.disk_read_baseline.get::<megabyte_per_second>() * now / topology.osts;
    Some(Finding {
        code: "FSX-DRA-STRIPES",
        severity: Severity::Advice,
        field: format!("file_system.data_repository_associations[{index}].imported_file_chunk_size_mib"),
        value: association.imported_file_chunk_size_mib.map_or_else(String::new, |chunk| chunk.0.to_string()),
        message: format!(
            "in chunks of {} MiB, an imported file of {} MiB lies on {} of {} OSTs, whose disks read {} MB/s without \
             credits; written to the file system it would lie on {}",
            chunk.0,
            whole_number(size),
            whole_number(now),
            whole_number(topology.osts),
            whole_number(disk),
            whole_number(wanted),
        ),
        fix: chunk_for(size, wanted)?.0.to_string(),
        sources: vec!["PERF", "API-DRA"],
    })
}

/// Targets that the widest component of a file of this size lies on if it is written to the file system.
fn widest(file_mib: f64, file_system: &FileSystem, topology: Topology) -> f64 {
    let file = Information::new::<mebibyte>(file_mib);
    let mut start = Information::default();
    let mut widest: f64 = 1.0;
    for component in file_system.layout.components() {
        let end = component.end.min(file);
        if end > start {
            let units = f64::from((end - start) / file_system.layout.stripe_size).ceil();
            widest = widest.max(component.stripes.unwrap_or(topology.osts).min(topology.osts).min(units));
            start = end;
        }
    }
    widest
}

/// The largest chunk, MiB, in which a file of this size has at least so many stripes, two or more.
fn chunk_for(file_mib: f64, stripes: f64) -> Option<Whole> {
    // smaller than the file, or it is one chunk
    let chunk = (file_mib / (stripes - 1.0)).floor().min(file_mib.ceil() - 1.0);
    let (least, most) =
        (figures::IMPORTED_FILE_CHUNK_SIZE_MIN_MIB.value, figures::IMPORTED_FILE_CHUNK_SIZE_MAX_MIB.value);
    Whole::from_f64(chunk.clamp(least, most))
}
