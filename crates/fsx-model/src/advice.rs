//! What to do about it: changes to the scenario that are tried out by estimating again.

use crate::catalog::terms::Interface;
use crate::catalog::{THROUGHPUT, figures, instance, size_rule};
use crate::estimate::{self, Estimate, has_error};
use crate::finding::{Finding, Severity, whole_number};
use crate::model::LimitId;
use crate::scenario::{ClientGroups, Clients, DataCompressionType, DataIn, Layout, LayoutKind, Operation, Scenario};
use crate::shape::Whole;
use crate::{reservations, rules};

/// A gain below this share is not worth a line.
const WORTHWHILE: f64 = 0.05;

/// A change that may help, as a copy of the scenario with it.
struct Change {
    code: &'static str,
    field: String,
    value: String,
    what: String,
    fix: String,
    sources: &'static str,
    changed: Scenario,
}

/// Changes worth making, with what each gains.
#[must_use]
pub fn advise(scenario: &Scenario, estimate: &Estimate) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (i, workload) in estimate.workloads.iter().enumerate() {
        let bottleneck = workload.sustained.bottleneck;
        let now = workload.sustained.throughput_mb_per_s.mid;
        for change in changes(scenario, estimate, i, bottleneck) {
            findings.extend(try_out(change, i, now));
        }
    }
    findings.extend(efa_advised(scenario, estimate));
    findings
}

/// Estimates the changed scenario; a finding if it is legal and gains enough.
fn try_out(change: Change, index: usize, now: f64) -> Option<Finding> {
    if has_error(&rules::check(&change.changed)) {
        return None;
    }
    let after = estimate::numbers(&change.changed)?;
    let then = after.workloads.get(index)?.sustained.throughput_mb_per_s.mid;
    (then > now * (1.0 + WORTHWHILE)).then(|| Finding {
        code: change.code,
        severity: Severity::Advice,
        field: change.field,
        value: change.value,
        message: format!(
            "{}: {} MB/s instead of {} sustained (×{:.2})",
            change.what,
            whole_number(then),
            whole_number(now),
            then / now
        ),
        fix: change.fix,
        sources: change.sources.split_whitespace().collect(),
    })
}

fn changes(scenario: &Scenario, estimate: &Estimate, index: usize, bottleneck: LimitId) -> Vec<Change> {
    let mut changes: Vec<Change> = cached_passes(scenario, index).into_iter().collect();
    match bottleneck {
        LimitId::StripeWidth => changes.extend(wider_stripes(scenario, estimate, index)),
        LimitId::Concurrency => {
            changes.extend(same_zone(scenario, index));
            changes.extend(more_streams(scenario, estimate, index));
        }
        LimitId::ClientNetwork | LimitId::ClientToServerPath => {
            changes.extend(efa_clients(scenario, index));
            changes.extend(more_clients(scenario, index));
        }
        LimitId::DiskThroughput => {
            changes.extend(compression(scenario, index));
            changes.extend(next_tier(scenario).or_else(|| more_capacity(scenario)));
        }
        LimitId::ServerNetwork => changes.extend(next_tier(scenario).or_else(|| more_capacity(scenario))),
        LimitId::DiskIops => changes.extend(more_capacity(scenario)),
        LimitId::RateLimit => {}
    }
    changes
}

/// Later passes from the servers' memory, where nothing is said about where the data lie.
fn cached_passes(scenario: &Scenario, index: usize) -> Option<Change> {
    let workload = scenario.workloads.get(index)?;
    if workload.operation() != Operation::Read || workload.data_in.is_some() || workload.passes().0 < 2 {
        return None;
    }
    let mut changed = scenario.clone();
    changed.workloads.get_mut(index)?.data_in = Some(DataIn::Auto);
    Some(Change {
        code: "FSX-ADVICE-DATA-IN",
        field: format!("workloads[{index}].data_in"),
        value: String::new(),
        what: "every pass counts as read from disk; with later ones from the servers' memory as far as it goes"
            .to_owned(),
        fix: DataIn::Auto.to_string(),
        sources: "PERF",
        changed,
    })
}

/// The fewest stripes that come within 5 % of what more would give, for files that AWS advises to stripe.
fn wider_stripes(scenario: &Scenario, estimate: &Estimate, index: usize) -> Option<Change> {
    const ALL: i64 = -1;
    let workload = scenario.workloads.get(index)?;
    if workload.file_size_mib() < figures::STRIPE_ADVISED_ABOVE_MIB.value {
        return None;
    }
    let striped = |count: i64| {
        let mut changed = scenario.clone();
        changed.file_system.layout = Some(Layout {
            kind: LayoutKind::Stripe,
            before: None,
            count: Some(Whole(count)),
            size_mib: None,
            components: Vec::new(),
        });
        changed
    };
    let rate = |count| {
        let answer = estimate::numbers(&striped(count))?;
        Some(answer.workloads.get(index)?.sustained.throughput_mb_per_s.mid)
    };
    let most = rate(ALL)?;
    let osts = i64::from(estimate.file_system.ost_count);
    let enough = |count: &i64| rate(*count).is_some_and(|rate| rate > most * (1.0 - WORTHWHILE));
    let count = [4, 8, 16, 32].into_iter().filter(|count| *count < osts).find(enough).unwrap_or(ALL);
    let over = if count == ALL { format!("all {osts}") } else { count.to_string() };
    Some(Change {
        code: "FSX-ADVICE-STRIPE",
        field: "file_system.layout".to_owned(),
        value: String::new(),
        what: format!("with every file striped over {over} OSTs"),
        fix: format!(
            "lfs setstripe -c {count} DIRECTORY (new files only; lfs migrate -c {count} FILE for those there)"
        ),
        sources: figures::STRIPE_ADVISED_ABOVE_MIB.provenance.source_id,
        changed: striped(count),
    })
}

/// As many streams (or outstanding I/Os) as reach 90 % of the next limit.
fn more_streams(scenario: &Scenario, estimate: &Estimate, index: usize) -> Option<Change> {
    let limits = &estimate.workloads.get(index)?.limits;
    let value = |limit: &estimate::LimitEstimate| limit.sustained.value;
    let now = limits.iter().find(|limit| limit.id == LimitId::Concurrency).map(value)?;
    let next = limits.iter().filter(|limit| limit.id != LimitId::Concurrency).map(value).reduce(f64::min)?;
    let workload = scenario.workloads.get(index)?;
    if reservations::is_bound_by_opening(scenario, estimate, index) {
        return None;
    }
    let mut changed = scenario.clone();
    let load = changed.workloads.get_mut(index)?;
    let times = Whole::from_f64((2.0 * next / now).ceil().clamp(2.0, 1024.0))?;
    let (field, count) = if workload.direct_io() {
        let count = workload.queue_depth().0.saturating_mul(times.0);
        load.queue_depth = Some(Whole(count));
        ("queue_depth", count)
    } else {
        let count = workload.processes_per_client().0.saturating_mul(times.0);
        load.processes_per_client = Some(Whole(count));
        if let (Some(files), Some(clients)) = (workload.file_count, scenario.clients_of(workload))
            && files.0 < clients.count().0.saturating_mul(count)
        {
            return None;
        }
        ("processes_per_client", count)
    };
    Some(Change {
        code: "FSX-ADVICE-CONCURRENCY",
        field: format!("workloads[{index}].{field}"),
        value: (count / times.0).to_string(),
        what: format!("more I/O at once, {field} = {count}"),
        fix: count.to_string(),
        sources: "TIPS",
        changed,
    })
}

/// Changes the client group of a workload, which may be the default one.
fn with_clients(scenario: &Scenario, index: usize, change: impl FnOnce(&mut Clients)) -> Option<(Scenario, String)> {
    let workload = scenario.workloads.get(index)?;
    let wanted = scenario.clients_of(workload)?;
    let mut changed = scenario.clone();
    let at = scenario.clients.as_slice().iter().position(|group| std::ptr::eq(group, wanted));
    let group = match (&mut changed.clients, at) {
        (ClientGroups::One(one), _) => one,
        (ClientGroups::Many(many), Some(at)) => many.get_mut(at)?,
        (absent, _) => {
            *absent = ClientGroups::One(Clients::DEFAULT);
            let ClientGroups::One(one) = absent else { return None };
            one
        }
    };
    change(group);
    Some((changed, scenario.clients.path(at.unwrap_or(0))))
}

fn same_zone(scenario: &Scenario, index: usize) -> Option<Change> {
    let group = scenario.clients_of(scenario.workloads.get(index)?)?;
    if group.same_availability_zone() {
        return None;
    }
    let (changed, path) = with_clients(scenario, index, |group| group.same_availability_zone = Some(true))?;
    Some(Change {
        code: "FSX-ADVICE-ZONE",
        field: format!("{path}.same_availability_zone"),
        value: "false".to_owned(),
        what: "with clients in the file system's Availability Zone".to_owned(),
        fix: "true".to_owned(),
        sources: "EFA",
        changed,
    })
}

fn efa_clients(scenario: &Scenario, index: usize) -> Option<Change> {
    let group = scenario.clients_of(scenario.workloads.get(index)?)?;
    let eligible = group.instance_type.as_deref().and_then(instance)?.fsx_efa_eligible == Some(true);
    if !scenario.file_system.efa_enabled() || group.interface().is_efa() || !eligible {
        return None;
    }
    let (changed, path) = with_clients(scenario, index, |group| group.interface = Some(Interface::Efa))?;
    Some(Change {
        code: "FSX-ADVICE-EFA-CLIENTS",
        field: format!("{path}.interface"),
        value: group.interface().to_string(),
        what: "with the clients on EFA".to_owned(),
        fix: "EFA".to_owned(),
        sources: "PERF",
        changed,
    })
}

fn more_clients(scenario: &Scenario, index: usize) -> Option<Change> {
    let group = scenario.clients_of(scenario.workloads.get(index)?)?;
    let count = group.count().0.saturating_mul(2);
    let (changed, path) = with_clients(scenario, index, |group| group.count = Some(Whole(count)))?;
    Some(Change {
        code: "FSX-ADVICE-CLIENTS",
        field: format!("{path}.count"),
        value: group.count().0.to_string(),
        what: format!("with {count} clients"),
        fix: count.to_string(),
        sources: "PERF",
        changed,
    })
}

fn compression(scenario: &Scenario, index: usize) -> Option<Change> {
    let ratio = scenario.workloads.get(index)?.compression_ratio();
    if scenario.file_system.data_compression_type() == DataCompressionType::Lz4 || ratio <= 1.0 {
        return None;
    }
    let mut changed = scenario.clone();
    changed.file_system.data_compression_type = Some(DataCompressionType::Lz4);
    Some(Change {
        code: "FSX-ADVICE-LZ4",
        field: "file_system.data_compression_type".to_owned(),
        value: "NONE".to_owned(),
        what: format!("with LZ4 at a ratio of {ratio}"),
        fix: "LZ4".to_owned(),
        sources: "LZ4",
        changed,
    })
}

fn next_tier(scenario: &Scenario) -> Option<Change> {
    let raw = &scenario.file_system;
    let now = raw.per_unit_storage_throughput?.0;
    let tiers = THROUGHPUT.iter().filter(|row| {
        row.deployment_type == raw.deployment_type && row.storage_type == raw.storage_type() && row.basis == "storage"
    });
    let next =
        tiers.filter_map(|row| row.per_unit_storage_throughput).map(i64::from).filter(|tier| *tier > now).min()?;
    let mut changed = scenario.clone();
    changed.file_system.per_unit_storage_throughput = Some(Whole(next));
    Some(Change {
        code: "FSX-ADVICE-TIER",
        field: "file_system.per_unit_storage_throughput".to_owned(),
        value: now.to_string(),
        what: format!("at the next tier, {next} MB/s per TiB"),
        fix: next.to_string(),
        sources: "SSD",
        changed,
    })
}

/// Twice the capacity, where there is no higher tier: throughput grows with it.
fn more_capacity(scenario: &Scenario) -> Option<Change> {
    let now = scenario.file_system.storage_capacity_gib?.0;
    let then = now.saturating_mul(2);
    let mut changed = scenario.clone();
    changed.file_system.storage_capacity_gib = Some(Whole(then));
    Some(Change {
        code: "FSX-ADVICE-CAPACITY",
        field: "file_system.storage_capacity_gib".to_owned(),
        value: now.to_string(),
        what: format!("at twice the capacity, {} GiB", whole_number(Whole(then).get())),
        fix: then.to_string(),
        sources: "SSD",
        changed,
    })
}

/// AWS advises EFA for large file systems; it can only be chosen at creation, and only in larger steps of capacity.
fn efa_advised(scenario: &Scenario, estimate: &Estimate) -> Option<Finding> {
    let raw = &scenario.file_system;
    let above = figures::EFA_ADVISED_ABOVE_MB_PER_S;
    let disk = estimate.file_system.disk_read_baseline_mb_per_s;
    if raw.efa_enabled() || disk <= above.value {
        return None;
    }
    let named = |group: &Clients| group.instance_type.as_deref().and_then(instance);
    if scenario.clients.as_slice().iter().filter_map(named).any(|row| row.fsx_efa_eligible == Some(false)) {
        return None;
    }
    let tier = raw.per_unit_storage_throughput.map(|tier| tier.0);
    let rule = size_rule(raw.deployment_type, raw.storage_type(), tier, true)?;
    let step = i64::from(rule.step_gib?);
    let capacity = raw.storage_capacity_gib?.0;
    let legal = (capacity.saturating_add(step - 1) / step).saturating_mul(step);
    let mut fix = "true".to_owned();
    if capacity != legal {
        fix += &format!(" with storage_capacity_gib = {legal}");
    }
    if raw.metadata_configuration.is_none() {
        fix += " and a metadata configuration";
    }
    Some(Finding {
        code: "FSX-ADVICE-EFA",
        severity: Severity::Advice,
        field: "file_system.efa_enabled".to_owned(),
        value: "false".to_owned(),
        message: format!(
            "the file system has {} MB/s; above {} AWS advises EFA, which can be chosen only at creation",
            whole_number(disk),
            whole_number(above.value)
        ),
        fix,
        sources: [above.provenance.source_id, rule.provenance.source_id]
            .iter()
            .flat_map(|ids| ids.split_whitespace())
            .collect(),
    })
}
