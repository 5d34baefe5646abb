//! Workloads: their files against I/O size and capacity.

use super::workload::{moves_data, workloads};
use super::{Breach, Report, Rule, tables, values};
use crate::finding::Severity;
use crate::scenario::{DataCompressionType, Scenario, Workload};
use crate::shape::Whole;

/// Rules of this subject.
pub(super) static RULES: &[Rule] = &[
    Rule {
        code: "FSX-WORKLOAD-IO-SIZE",
        title: "an I/O is no larger than the file",
        severity: Severity::Warning,
        sources: &["MODEL"],
        after: &["FSX-LIST-LENGTH"],
        check: io_size,
    },
    Rule {
        code: "FSX-WORKLOAD-CAPACITY",
        title: "the files of a workload fit the storage capacity",
        severity: Severity::Warning,
        sources: &["MODEL"],
        after: &["FSX-LIST-LENGTH", "FSX-WORKLOAD-CLIENTS"],
        check: capacity,
    },
];

/// KiB in a MiB.
const KIB_PER_MIB: f64 = 1024.0;
/// MiB in a GiB.
const MIB_PER_GIB: f64 = 1024.0;

fn io_size(scenario: &Scenario, report: &mut Report<'_>) {
    for (i, workload) in workloads(scenario).filter(|(_, workload)| moves_data(workload)) {
        // the default size is cut to the file without a word
        let Some(size) = workload.io_size_kib else { continue };
        let file_kib = workload.file_size_mib() * KIB_PER_MIB;
        if size > file_kib && values::workload_in_bounds(workload) {
            let message = format!("the I/O is larger than the file of {file_kib} KiB: one I/O moves the whole file");
            report(Breach::new(format!("workloads[{i}].io_size_kib"), size, message, file_kib));
        }
    }
}

/// Number of files: as given, or one per process on the workload's clients.
fn file_count(scenario: &Scenario, workload: &Workload) -> f64 {
    if workload.shared_file() {
        return 1.0;
    }
    let one_per_process = || {
        let named = |name: Option<&str>| workload.clients.is_none() || workload.clients.as_deref() == name;
        let groups = scenario.clients.as_slice();
        let clients: f64 =
            groups.iter().filter(|group| named(group.name.as_deref())).map(|group| group.count().get()).sum();
        clients.max(1.0) * workload.processes_per_client().get()
    };
    workload.file_count.map_or_else(one_per_process, Whole::get)
}

fn capacity(scenario: &Scenario, report: &mut Report<'_>) {
    let fs = &scenario.file_system;
    if scenario.workloads.is_empty() {
        return;
    }
    let Some(capacity) = tables::legal_capacity(fs).map(|capacity| Whole(capacity).get()) else { return };
    for (i, workload) in workloads(scenario).filter(|(_, workload)| moves_data(workload)) {
        let squeezed = fs.data_compression_type() == DataCompressionType::Lz4;
        let ratio = if squeezed { workload.compression_ratio() } else { 1.0 };
        let file_gib = workload.file_size_mib() / MIB_PER_GIB / ratio;
        let files = file_count(scenario, workload);
        if files * file_gib <= capacity || !in_bounds(scenario, workload) {
            continue;
        }
        let total = (files * file_gib).ceil();
        let message = format!("the files take {total} GiB, more than the capacity of {capacity} GiB");
        let fits = (capacity / file_gib).floor();
        let breach = if fits < 1.0 {
            let value = workload.file_size_mib.map_or_else(String::new, |size| size.to_string());
            let fix = (capacity * ratio * MIB_PER_GIB).floor();
            Breach::new(format!("workloads[{i}].file_size_mib"), value, message, fix)
        } else {
            let field = format!("workloads[{i}].file_count");
            match workload.file_count {
                Some(count) => Breach::new(field, count.0, message, fits),
                None => Breach::absent(field, message, format_args!("file_count = {fits}")),
            }
        };
        report(breach);
    }
}

fn in_bounds(scenario: &Scenario, workload: &Workload) -> bool {
    values::workload_in_bounds(workload) && scenario.clients.as_slice().iter().all(values::clients_in_bounds)
}
