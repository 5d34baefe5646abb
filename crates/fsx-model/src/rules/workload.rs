//! Workloads: names, operations, client groups, combinations of fields.

use super::{Breach, Report, Rule, values};
use crate::finding::{Severity, did_you_mean};
use crate::scenario::{DataCompressionType, Operation, Scenario, Workload};

/// Rules of this subject.
pub(super) static RULES: &[Rule] = &[
    Rule {
        code: "FSX-WORKLOAD-NAME",
        title: "no two workloads have the same name",
        severity: Severity::Error,
        sources: &["MODEL"],
        after: &["FSX-LIST-LENGTH"],
        check: name,
    },
    Rule {
        code: "FSX-WORKLOAD-OPERATION",
        title: "a workload has one operation or a mix of operations, not both",
        severity: Severity::Error,
        sources: &["MODEL"],
        after: &["FSX-LIST-LENGTH"],
        check: operation,
    },
    Rule {
        code: "FSX-WORKLOAD-MIX",
        title: "a mix of operations has at least one",
        severity: Severity::Error,
        sources: &["MODEL"],
        after: &["FSX-LIST-LENGTH"],
        check: mix,
    },
    Rule {
        code: "FSX-WORKLOAD-CLIENTS",
        title: "the client group of a workload or job is among the groups given",
        severity: Severity::Error,
        sources: &["MODEL"],
        after: &["FSX-LIST-LENGTH"],
        check: client_group,
    },
    Rule {
        code: "FSX-WORKLOAD-CLIENT-COUNT",
        title: "no more clients take part than a client group has",
        severity: Severity::Error,
        sources: &["MODEL"],
        after: &["FSX-LIST-LENGTH", "FSX-WORKLOAD-CLIENTS", "FSX-VALUE-RANGE"],
        check: client_count,
    },
    Rule {
        code: "FSX-WORKLOAD-MAPPED",
        title: "direct I/O and mapped memory exclude each other",
        severity: Severity::Error,
        sources: &["MODEL"],
        after: &["FSX-LIST-LENGTH"],
        check: mapped,
    },
    Rule {
        code: "FSX-WORKLOAD-QUEUE-DEPTH",
        title: "a queue depth comes with direct I/O, without which it does not count",
        severity: Severity::Warning,
        sources: &["MODEL"],
        after: &["FSX-LIST-LENGTH"],
        check: queue_depth,
    },
    Rule {
        code: "FSX-WORKLOAD-COMPRESSION",
        title: "a compression ratio comes with LZ4, without which it does not count",
        severity: Severity::Warning,
        sources: &["LZ4"],
        after: &["FSX-LIST-LENGTH"],
        check: compression,
    },
    Rule {
        code: "FSX-WORKLOAD-FSYNC",
        title: "a write without fsync is judged by the file system's rate, not the page cache's",
        severity: Severity::Advice,
        sources: &["MODEL"],
        after: &["FSX-LIST-LENGTH"],
        check: fsync,
    },
];

/// The workloads, with their places.
pub(super) fn workloads(scenario: &Scenario) -> impl Iterator<Item = (usize, &Workload)> {
    scenario.workloads.iter().enumerate()
}

/// Whether it moves file data.
pub(super) fn moves_data(workload: &Workload) -> bool {
    workload.operations.is_none() && workload.operation().is_data()
}

/// The place that `name`, if it is a default name such as `workload-2`, belongs to.
fn default_place(name: &str) -> Option<usize> {
    let digits = name.strip_prefix("workload-").filter(|digits| !digits.starts_with(['0', '+']))?;
    digits.parse::<usize>().ok()?.checked_sub(1)
}

fn name(scenario: &Scenario, report: &mut Report<'_>) {
    let all = &scenario.workloads;
    let taken = |name: &str, i: usize| {
        all.iter().take(i).any(|before| before.name.as_deref() == Some(name))
            || default_place(name).and_then(|at| all.get(at)).is_some_and(|other| other.name.is_none())
    };
    for (i, workload) in workloads(scenario) {
        let Some(name) = workload.name.as_deref().filter(|name| taken(name, i)) else { continue };
        let free = (2..).map(|n| format!("{name}-{n}")).find(|free| !taken(free, all.len()));
        let message = "another workload has this name";
        report(Breach::new(format!("workloads[{i}].name"), name, message, free.unwrap_or_default()));
    }
}

fn operation(scenario: &Scenario, report: &mut Report<'_>) {
    for (i, workload) in workloads(scenario) {
        if let (Some(operation), Some(_)) = (workload.operation, &workload.operations) {
            let message = "operations gives a mix instead of operation: one of the two must go";
            report(Breach::surplus(format!("workloads[{i}].operation"), operation, message));
        }
    }
}

fn mix(scenario: &Scenario, report: &mut Report<'_>) {
    for (i, workload) in workloads(scenario) {
        let Some(mix) = &workload.operations else { continue };
        let counts = [mix.create, mix.open, mix.delete, mix.stat, mix.mkdir, mix.rmdir, mix.rename, mix.readdir];
        // a negative count is a fault of its own, in `values`
        if !counts.iter().flatten().any(|count| count.abs() > 0.0) {
            let message = "a mix needs a count above 0 for at least one operation";
            report(Breach::new(format!("workloads[{i}].operations"), "", message, "add create = 1"));
        }
    }
}

fn client_group(scenario: &Scenario, report: &mut Report<'_>) {
    let names = || scenario.clients.as_slice().iter().filter_map(|group| group.name.as_deref());
    let wanted = workloads(scenario).map(|(i, it)| ("workloads", i, it.clients.as_deref()));
    let wanted = wanted.chain(scenario.jobs.iter().enumerate().map(|(i, it)| ("jobs", i, it.clients.as_deref())));
    for (list, i, wanted) in wanted {
        let Some(wanted) = wanted.filter(|wanted| !names().any(|name| name == *wanted)) else { continue };
        let known = names().take(5).map(|name| format!("`{name}`"));
        let known = super::tables::list(known);
        let message = if known.is_empty() {
            "no client group has a name".to_owned()
        } else {
            format!("no client group has this name; there is {known}")
        };
        let fix = did_you_mean(wanted, names()).or_else(|| names().next()).unwrap_or("remove it");
        report(Breach::new(format!("{list}[{i}].clients"), wanted, message, fix));
    }
}

fn client_count(scenario: &Scenario, report: &mut Report<'_>) {
    for (i, workload) in workloads(scenario) {
        let Some(wanted) = workload.client_count else { continue };
        let most = scenario.groups_of(workload).map(|(_, group)| group.count().0).max().unwrap_or(1);
        if wanted.0 > most {
            let message = format!("the client group has {most}");
            report(Breach::new(format!("workloads[{i}].client_count"), wanted.0, message, most));
        }
    }
}

fn mapped(scenario: &Scenario, report: &mut Report<'_>) {
    for (i, workload) in workloads(scenario) {
        if workload.direct_io() && workload.mapped() {
            let message = "mapped memory goes through the page cache, which direct_io = true bypasses";
            report(Breach::new(format!("workloads[{i}].mapped"), true, message, false));
        }
    }
}

fn queue_depth(scenario: &Scenario, report: &mut Report<'_>) {
    for (i, workload) in workloads(scenario) {
        let depth = workload.queue_depth().0;
        if depth > 1 && !workload.direct_io() && values::workload_in_bounds(workload) {
            let message =
                "without direct_io = true the queue depth does not count: the page cache decides what is in flight";
            let fix = if moves_data(workload) && !workload.mapped() { "add direct_io = true" } else { "1" };
            report(Breach::new(format!("workloads[{i}].queue_depth"), depth, message, fix));
        }
    }
}

fn compression(scenario: &Scenario, report: &mut Report<'_>) {
    if scenario.file_system.data_compression_type() == DataCompressionType::Lz4 {
        return;
    }
    for (i, workload) in workloads(scenario) {
        let ratio = workload.compression_ratio();
        if ratio > 1.0 && values::workload_in_bounds(workload) {
            let message = "without data_compression_type = \"LZ4\" the compression ratio does not count";
            let field = format!("workloads[{i}].compression_ratio");
            report(Breach::new(field, ratio, message, "add data_compression_type = \"LZ4\" to file_system"));
        }
    }
}

fn fsync(scenario: &Scenario, report: &mut Report<'_>) {
    for (i, workload) in workloads(scenario) {
        let writes = workload.operations.is_none() && workload.operation() == Operation::Write;
        if writes && workload.fsync == Some(false) {
            let message = "the rate given is the file system's; what fits the clients' page cache returns sooner";
            report(Breach::new(format!("workloads[{i}].fsync"), false, message, true));
        }
    }
}
