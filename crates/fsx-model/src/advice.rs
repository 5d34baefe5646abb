//! What to do about it: changes to the scenario that are tried out by estimating again.

use crate::catalog::{figures, instance, size_rule};
use crate::change::{self, Change, WORTHWHILE};
use crate::estimate::{self, Estimate, Range, Regime, has_error};
use crate::finding::{Finding, Severity, whole_number};
use crate::model::LimitId;
use crate::rules;
use crate::scenario::{Clients, Scenario};

/// Workloads that get advice, from the first: each change is an estimate of all of them.
const MOST_ADVISED: usize = 16;

/// Changes worth making, with what each gains.
#[must_use]
pub fn advise(scenario: &Scenario, estimate: &Estimate) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (i, workload) in estimate.workloads.iter().enumerate().take(MOST_ADVISED) {
        let of = if estimate.workloads.len() > 1 { format!("`{}` reaches ", workload.name) } else { String::new() };
        for change in changes(scenario, estimate, i, workload.sustained.bottleneck) {
            findings.extend(try_out(change, i, &of, &workload.sustained));
        }
    }
    findings.extend(efa_advised(scenario, estimate));
    findings
}

/// Estimates the changed scenario; a finding if it is legal and gains enough.
fn try_out(change: Change, index: usize, of: &str, now: &Regime) -> Option<Finding> {
    if has_error(&rules::check(&change.changed)) {
        return None;
    }
    let then = *estimate::sustained_rates(&change.changed)?.get(index)?;
    let (Range { mid: now, .. }, unit) = now.rate();
    (then > now * (1.0 + WORTHWHILE)).then(|| Finding {
        code: change.code,
        severity: Severity::Advice,
        field: change.field,
        value: change.value,
        message: format!(
            "{}: {of}{} {unit} instead of {} sustained (×{:.2})",
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
    let mut changes: Vec<Change> = change::cached_passes(scenario, index).into_iter().collect();
    changes.extend(change::preloaded(scenario, index));
    if matches!(bottleneck, LimitId::Metadata | LimitId::Concurrency | LimitId::S3Restore) {
        changes.extend(change::packed(scenario, index));
    }
    let larger = || {
        change::next_tier(scenario).or_else(|| change::next_step(scenario)).or_else(|| change::more_capacity(scenario))
    };
    match bottleneck {
        LimitId::StripeWidth => changes.extend(change::wider_stripes(scenario, estimate, index)),
        LimitId::Concurrency => {
            changes.extend(change::same_zone(scenario, index));
            changes.extend(change::more_streams(scenario, estimate, index));
        }
        LimitId::ClientNetwork | LimitId::ClientToServerPath => {
            changes.extend(change::efa_clients(scenario, index));
            changes.extend(change::more_clients(scenario, index));
        }
        LimitId::DiskThroughput => {
            changes.extend(change::compression(scenario, index));
            changes.extend(change::read_cache(scenario));
            changes.extend(larger());
        }
        LimitId::ServerNetwork | LimitId::SsdCache => changes.extend(larger()),
        LimitId::DiskIops => {
            changes.extend(change::read_cache(scenario));
            changes.extend(change::more_capacity(scenario));
        }
        LimitId::Metadata => {
            changes.extend(change::more_directories(scenario, estimate, index));
            changes.extend(change::more_metadata(scenario, estimate));
        }
        LimitId::S3Restore | LimitId::S3Export | LimitId::S3Import | LimitId::RateLimit => {}
    }
    changes
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
