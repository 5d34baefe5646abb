//! What a new file system beside the old one does: the time to copy everything, and what both cost until then.

use serde::Serialize;

use super::time::{S_PER_HOUR, both, range};
use crate::catalog::{AssumptionId, Assumptions};
use crate::estimate::{Range, numbers};
use crate::finding::{Finding, Severity};
use crate::model::LimitId;
use crate::rules::quotas;
use crate::scenario::{ClientGroups, FileSystem, Operation, Scenario, Workload};
use crate::shape::Whole;
use crate::units::{Information, gibibyte, mebibyte, megabyte};

/// A new file system, and everything copied to it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct NewFileSystem {
    /// The file system.
    pub file_system: FileSystem,
    /// The rules that keep the old one from becoming it.
    pub blocked: Vec<Finding>,
    /// Time to create it.
    pub creation_s: Range,
    /// What is copied, GiB.
    pub data_gib: f64,
    /// How fast the clients copy: the slower of reading from the old and writing to the new file system, credits spent.
    pub copy_mb_per_s: Range,
    /// Which of the two is slower, and what holds it back.
    pub copy_bottleneck: CopyBottleneck,
    /// Time to copy.
    pub copy_s: Range,
    /// What the old file system costs until the copy is done, US dollars.
    pub double_running_usd: Option<Range>,
    /// What is cheaper a month than staying with the old one or what can be made of it, US dollars; below 0, dearer.
    pub saves_usd_per_month: f64,
    /// Months until the double running is paid back; `null` where nothing is saved.
    pub pays_back_months: Option<Range>,
    /// Warnings: quotas that both together exceed.
    pub findings: Vec<Finding>,
}

/// What holds a copy back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CopyBottleneck {
    /// `read` from the old file system or `write` to the new one.
    pub operation: Operation,
    /// The part that holds it back.
    pub limit: LimitId,
}

/// A rate and what holds it back.
struct Rate {
    mb_per_s: Range,
    bottleneck: CopyBottleneck,
}

/// What copying comes to. `scenario` is about the old file system, whose clients copy files of `file_size`;
/// `usd_per_hour` is what the old one costs, and `saved` what the new one is cheaper a month.
pub(crate) fn new_file_system(
    scenario: &Scenario,
    file_system: FileSystem,
    blocked: Vec<Finding>,
    (data, file_size): (Information, Information),
    assumptions: &Assumptions,
    (usd_per_hour, saves_usd_per_month): (Option<f64>, f64),
) -> Option<NewFileSystem> {
    let old = &scenario.file_system;
    let rate = |fs: &FileSystem, operation| rate(scenario, fs, operation, (data, file_size), assumptions);
    let [reads, writes] = [rate(old, Operation::Read)?, rate(&file_system, Operation::Write)?];
    let copy_mb_per_s = both(reads.mb_per_s, writes.mb_per_s, f64::min);
    let slower = if writes.mb_per_s.mid < reads.mb_per_s.mid { writes } else { reads };
    let copy_s = copy_mb_per_s.map_falling(|rate| data.get::<megabyte>() / rate);
    let creation_s = range(assumptions, AssumptionId::CreationTime);
    let both_run = both(creation_s, copy_s, |creation, copy| (creation + copy) / S_PER_HOUR);
    let double_running_usd = usd_per_hour.map(|usd| both_run.map(|hours| hours * usd));
    let saved = Some(saves_usd_per_month).filter(|usd| *usd > 0.0);
    Some(NewFileSystem {
        findings: quotas_together(old, &file_system),
        pays_back_months: double_running_usd.zip(saved).map(|(once, saved)| once.map(|usd| usd / saved)),
        copy_bottleneck: slower.bottleneck,
        data_gib: data.get::<gibibyte>(),
        file_system,
        blocked,
        creation_s,
        copy_mb_per_s,
        copy_s,
        double_running_usd,
        saves_usd_per_month,
    })
}

/// How fast the clients read from, or write to, a file system when they do nothing else, credits spent.
fn rate(
    scenario: &Scenario,
    fs: &FileSystem,
    operation: Operation,
    (data, file_size): (Information, Information),
    assumptions: &Assumptions,
) -> Option<Rate> {
    let files = libm::ceil((data / file_size).into());
    let copying = |processes: f64| {
        let workload = Workload {
            operation: Some(operation),
            processes_per_client: Whole::from_f64(libm::round(processes)),
            file_size_mib: Some(file_size.get::<mebibyte>()),
            file_count: Whole::from_f64(files.max(1.0)),
            ..Workload::BLANK
        };
        let copying = Scenario {
            file_system: fs.clone(),
            clients: over(fs, &scenario.clients),
            workloads: vec![workload],
            jobs: Vec::new(),
            ..scenario.clone()
        };
        let regime = numbers(&copying)?.workloads.into_iter().next()?.sustained;
        Some((regime.throughput_mb_per_s?, regime.bottleneck))
    };
    let processes = range(assumptions, AssumptionId::CopyProcesses);
    let [(low, _), (mid, limit), (high, _)] =
        [copying(processes.low)?, copying(processes.mid)?, copying(processes.high)?];
    let mb_per_s = Range { low: low.low.min(mid.low), mid: mid.mid, high: high.high.max(mid.high) };
    Some(Rate { mb_per_s, bottleneck: CopyBottleneck { operation, limit } })
}

/// Clients on the interfaces that a file system takes.
fn over(fs: &FileSystem, clients: &ClientGroups) -> ClientGroups {
    if fs.efa_enabled() { clients.clone() } else { clients.over_ena() }
}

/// Warnings about quotas that neither file system exceeds by itself, but both together.
fn quotas_together(old: &FileSystem, new: &FileSystem) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (quota, taken) in quotas::taken(new) {
        let Some((_, before)) = quotas::taken(old).find(|(it, _)| it.name == quota.name) else { continue };
        let (together, most) = (Whole(before.saturating_add(taken)).get(), quota.most.value);
        if quota.counts_all && together > most && Whole(taken).get() <= most {
            let message = format!(
                "with the old file system it comes to {together} {}, and the account quota `{}` is {most} by default",
                quota.most.unit, quota.name
            );
            let finding = Finding::error("FSX-QUOTA", quota.field, &taken.to_string(), message, quotas::FIX);
            findings.push(Finding { severity: Severity::Warning, sources: vec!["LIMITS"], ..finding });
        }
    }
    findings
}
