//! Storage capacity, throughput tier and throughput capacity.

use super::{Breach, Report, Rule, tables};
use crate::catalog::{SizeRule, figures};
use crate::finding::Severity;
use crate::scenario::{FileSystem, Scenario};

/// Rules of this subject.
pub(super) static RULES: &[Rule] = &[
    Rule {
        code: "FSX-TIER-REQUIRED",
        title: "a persistent SSD or HDD file system has a throughput tier",
        severity: Severity::Error,
        sources: &["API-LUSTRE"],
        after: &["FSX-STORAGE-TYPE"],
        check: tier_required,
    },
    Rule {
        code: "FSX-TIER-NOT-TAKEN",
        title: "a throughput tier stands with persistent SSD or HDD storage only",
        severity: Severity::Error,
        sources: &["API-LUSTRE"],
        after: &["FSX-STORAGE-TYPE"],
        check: tier_not_taken,
    },
    Rule {
        code: "FSX-TIER",
        title: "the throughput tier is one of the type's",
        severity: Severity::Error,
        sources: &["API-LUSTRE"],
        after: &["FSX-STORAGE-TYPE"],
        check: tier,
    },
    Rule {
        code: "FSX-CAPACITY-REQUIRED",
        title: "SSD or HDD storage has a capacity",
        severity: Severity::Error,
        sources: &["API-CREATE"],
        after: &["FSX-STORAGE-TYPE"],
        check: capacity_required,
    },
    Rule {
        code: "FSX-CAPACITY-NOT-TAKEN",
        title: "Intelligent-Tiering storage has no capacity",
        severity: Severity::Error,
        sources: &["DEPLOY", "API-CREATE"],
        after: &["FSX-STORAGE-TYPE"],
        check: capacity_not_taken,
    },
    Rule {
        code: "FSX-CAPACITY-STEP",
        title: "the storage capacity is a step of the type, the tier and EFA",
        severity: Severity::Error,
        sources: &["API-CREATE", "START"],
        after: &["FSX-STORAGE-TYPE"],
        check: capacity_step,
    },
    Rule {
        code: "FSX-CAPACITY-MAXIMUM",
        title: "the storage capacity is at most the service's maximum",
        severity: Severity::Error,
        sources: &["LIMITS", "MANUAL-LIMITS"],
        after: &["FSX-STORAGE-TYPE"],
        check: capacity_maximum,
    },
    Rule {
        code: "FSX-THROUGHPUT-REQUIRED",
        title: "Intelligent-Tiering storage has a throughput capacity",
        severity: Severity::Error,
        sources: &["THRU", "API-LUSTRE"],
        after: &["FSX-STORAGE-TYPE"],
        check: throughput_required,
    },
    Rule {
        code: "FSX-THROUGHPUT-NOT-TAKEN",
        title: "a throughput capacity stands with Intelligent-Tiering only",
        severity: Severity::Error,
        sources: &["THRU", "API-LUSTRE"],
        after: &["FSX-STORAGE-TYPE"],
        check: throughput_not_taken,
    },
    Rule {
        code: "FSX-THROUGHPUT-STEP",
        title: "the throughput capacity is a step within its bounds",
        severity: Severity::Error,
        sources: &["THRU", "API-LUSTRE"],
        after: &["FSX-STORAGE-TYPE", "FSX-THROUGHPUT-NOT-TAKEN"],
        check: throughput_step,
    },
];

const CAPACITY: &str = "file_system.storage_capacity_gib";
const TIER: &str = "file_system.per_unit_storage_throughput";
const THROUGHPUT: &str = "file_system.throughput_capacity_mb_per_s";

fn tier_required(scenario: &Scenario, report: &mut Report<'_>) {
    let fs = &scenario.file_system;
    if fs.per_unit_storage_throughput.is_some() {
        return;
    }
    if let Some(least) = tables::tiers(fs).min() {
        let tiers = tables::list(tables::tiers(fs));
        let message = format!("{} needs a throughput tier: {tiers} MB/s per TiB", kind(fs));
        report(Breach::absent(TIER, message, format_args!("per_unit_storage_throughput = {least}")));
    }
}

fn tier_not_taken(scenario: &Scenario, report: &mut Report<'_>) {
    let fs = &scenario.file_system;
    if let Some(tier) = fs.per_unit_storage_throughput
        && tables::tiers(fs).next().is_none()
    {
        report(Breach::surplus(TIER, tier.0, format!("{} has no throughput tier to set", kind(fs))));
    }
}

fn tier(scenario: &Scenario, report: &mut Report<'_>) {
    let fs = &scenario.file_system;
    let Some(tier) = fs.per_unit_storage_throughput else { return };
    if let Some(nearest) = tables::nearest(tier.0, tables::tiers(fs)).filter(|nearest| *nearest != tier.0) {
        let message = format!("{} comes at {} MB/s per TiB", kind(fs), tables::list(tables::tiers(fs)));
        report(Breach::new(TIER, tier.0, message, nearest));
    }
}

fn capacity_required(scenario: &Scenario, report: &mut Report<'_>) {
    let fs = &scenario.file_system;
    if fs.storage_capacity_gib.is_some() || tables::is_elastic(fs) {
        return;
    }
    let rule = tables::size_rule(fs).or_else(|| tables::sizes_of(fs).next());
    let least = rule.and_then(tables::least_size).unwrap_or_default();
    let message = format!("{} needs a storage capacity, at least {least} GiB", kind(fs));
    report(Breach::absent(CAPACITY, message, format_args!("storage_capacity_gib = {least}")));
}

fn capacity_not_taken(scenario: &Scenario, report: &mut Report<'_>) {
    let fs = &scenario.file_system;
    if let Some(capacity) = fs.storage_capacity_gib.filter(|_| tables::is_elastic(fs)) {
        let message = format!("{} is elastic: order throughput_capacity_mb_per_s, not storage", kind(fs));
        report(Breach::surplus(CAPACITY, capacity.0, message));
    }
}

/// Capacity and its rule, where both are there.
fn capacity_and_rule(scenario: &Scenario) -> Option<(i64, &'static SizeRule)> {
    let fs = &scenario.file_system;
    Some((fs.storage_capacity_gib?.0, tables::size_rule(fs)?))
}

fn capacity_step(scenario: &Scenario, report: &mut Report<'_>) {
    let Some((capacity, rule)) = capacity_and_rule(scenario) else { return };
    let (Some(nearest), Some(step)) = (tables::nearest_size(rule, capacity), rule.step_gib) else { return };
    if nearest == capacity || capacity > tables::maximum_size(rule) {
        return;
    }
    let fs = &scenario.file_system;
    let small = rule.small_sizes_gib.iter().map(|size| format!("{size} GiB"));
    let sizes = tables::list(small.chain([format!("a multiple of {step} GiB")]));
    let efa = if rule.efa_enabled { " with EFA" } else { "" };
    let tier = rule.per_unit_storage_throughput.map_or_else(String::new, |tier| format!(" at {tier} MB/s per TiB"));
    let message = format!("{}{efa}{tier} takes {sizes}", kind(fs));
    report(Breach::new(CAPACITY, capacity, message, nearest));
}

fn capacity_maximum(scenario: &Scenario, report: &mut Report<'_>) {
    let Some((capacity, rule)) = capacity_and_rule(scenario) else { return };
    let maximum = tables::maximum_size(rule);
    if capacity <= maximum {
        return;
    }
    let by = if rule.maximum_gib.is_some() {
        String::new()
    } else {
        format!(", the {} OSTs that Lustre can address", figures::LUSTRE_OSTS_MAX.value)
    };
    let message = format!("{} takes at most {maximum} GiB{by}", kind(&scenario.file_system));
    let fix = tables::nearest_size(rule, capacity).unwrap_or_default();
    let sources: &[_] = if rule.maximum_gib.is_some() { &["LIMITS"] } else { &["MANUAL-LIMITS"] };
    report(Breach { sources, ..Breach::new(CAPACITY, capacity, message, fix) });
}

fn throughput_required(scenario: &Scenario, report: &mut Report<'_>) {
    let fs = &scenario.file_system;
    if fs.throughput_capacity_mb_per_s.is_none() && tables::is_elastic(fs) {
        let least = figures::IT_THROUGHPUT_MIN_MB_PER_S.value;
        let message = format!("{} needs a throughput capacity, at least {least} MB/s", kind(fs));
        report(Breach::absent(THROUGHPUT, message, format_args!("throughput_capacity_mb_per_s = {least}")));
    }
}

fn throughput_not_taken(scenario: &Scenario, report: &mut Report<'_>) {
    let fs = &scenario.file_system;
    if let Some(throughput) = fs.throughput_capacity_mb_per_s.filter(|_| !tables::is_elastic(fs)) {
        let message =
            format!("{} has no throughput capacity to set; its throughput follows from its capacity", kind(fs));
        report(Breach::surplus(THROUGHPUT, throughput.0, message));
    }
}

fn throughput_step(scenario: &Scenario, report: &mut Report<'_>) {
    let Some(throughput) = scenario.file_system.throughput_capacity_mb_per_s else { return };
    if let Some(nearest) = nearest_throughput(throughput.0).filter(|nearest| *nearest != throughput.0) {
        let message = format!(
            "the throughput capacity comes in steps of {} MB/s, from {} to {}",
            figures::IT_THROUGHPUT_STEP_MB_PER_S.value,
            figures::IT_THROUGHPUT_MIN_MB_PER_S.value,
            figures::IT_THROUGHPUT_MAX_MB_PER_S.value
        );
        report(Breach::new(THROUGHPUT, throughput.0, message, nearest));
    }
}

/// The legal throughput capacity nearest to `value`, MB/s.
fn nearest_throughput(value: i64) -> Option<i64> {
    let step = tables::whole(figures::IT_THROUGHPUT_STEP_MB_PER_S.value);
    let most = tables::whole(figures::IT_THROUGHPUT_MAX_MB_PER_S.value);
    let least = tables::whole(figures::IT_THROUGHPUT_MIN_MB_PER_S.value);
    tables::nearest_multiple(value.max(least), step, most)
}

/// Steps of throughput capacity, if it is given and legal.
pub(super) fn throughput_steps(fs: &FileSystem) -> Option<i64> {
    let value = fs.throughput_capacity_mb_per_s?.0;
    let step = tables::whole(figures::IT_THROUGHPUT_STEP_MB_PER_S.value);
    (nearest_throughput(value) == Some(value)).then(|| value.checked_div(step)).flatten()
}

/// `PERSISTENT_2 SSD`.
fn kind(fs: &FileSystem) -> String {
    format!("{} {}", fs.deployment_type, fs.storage_type())
}
