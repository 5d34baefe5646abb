//! How long a file system that does not exist all month takes to fill.

use crate::catalog::Assumptions;
use crate::design::FileSystem;
use crate::model::s3;
use crate::scenario::{Operation, Pricing, Scenario, Workload};
use crate::shape::Whole;
use crate::units::{Information, Time, gibibyte, mebibyte};

/// Time of filling the file system of a legal scenario once from S3; none if it exists all month.
///
/// The data are the larger of what is said to be in use (`fill` of the usable capacity, if given, or the data of
/// elastic storage) and what the files of all workloads hold that read, or that load from S3, at most the usable
/// capacity. Their size is that of the files of the largest set.
#[must_use]
pub fn filling(scenario: &Scenario, file_system: &FileSystem, assumptions: &Assumptions) -> Time {
    let duty = scenario.pricing.as_ref().map_or(1.0, Pricing::duty_cycle);
    if duty >= 1.0 {
        return Time::default();
    }
    let usable = file_system.usable_capacity(assumptions);
    let sets = [Operation::Read, Operation::S3Restore].map(|operation| data_of(scenario, operation));
    let (read, file_size) = if sets[1].0 > sets[0].0 { sets[1] } else { sets[0] };
    let raw = &scenario.file_system;
    let stored = raw.stored.as_ref().and_then(|stored| stored.data_gib).map(Information::new::<gibibyte>);
    let in_use = match usable {
        Some(usable) => raw.fill.map(|fill| usable * fill),
        None => stored,
    };
    let data = in_use.map_or(read, |in_use| in_use.max(read));
    let data = usable.map_or(data, |usable| data.min(usable));
    let groups = scenario.clients.as_slice();
    let clients: f64 = groups.iter().map(|group| group.count().get()).sum();
    s3::filling_time(file_system, data, file_size, clients.max(1.0), assumptions)
}

/// What the files of all workloads of an operation hold, and the size of a file of the largest set.
fn data_of(scenario: &Scenario, operation: Operation) -> (Information, Information) {
    let default = Information::new::<mebibyte>(DEFAULT_FILE_SIZE_MIB);
    let (mut total, mut largest) = (Information::default(), (Information::default(), default));
    let does = |raw: &&Workload| raw.operations.is_none() && raw.operation() == operation;
    for raw in scenario.workloads.iter().filter(does) {
        let each = || Whole::new(scenario.streams_of(raw)).map_or(1.0, Whole::get);
        let files = if raw.shared_file() { 1.0 } else { raw.file_count.map_or_else(each, Whole::get) };
        let size = Information::new::<mebibyte>(raw.file_size_mib());
        let set = size * files;
        total += set;
        if set > largest.0 {
            largest = (set, size);
        }
    }
    (total, largest.1)
}

/// Size of a file where no workload says it: that of a workload's files by default.
const DEFAULT_FILE_SIZE_MIB: f64 = 1024.0;
