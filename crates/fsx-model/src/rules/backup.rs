//! Automatic backups.

use super::{Breach, Report, Rule, tables};
use crate::finding::Severity;
use crate::scenario::{Backup, Scenario};

/// Rules of this subject.
pub(super) static RULES: &[Rule] = &[
    Rule {
        code: "FSX-BACKUP-TYPE",
        title: "the deployment type has backups",
        severity: Severity::Error,
        sources: &["BACKUP"],
        after: &[],
        check: backup_type,
    },
    Rule {
        code: "FSX-BACKUP-REPOSITORY",
        title: "a file system linked to S3 has no backups",
        severity: Severity::Error,
        sources: &["BACKUP"],
        after: &["FSX-BACKUP-TYPE"],
        check: backup_repository,
    },
    Rule {
        code: "FSX-BACKUP-TAGS",
        title: "a file system linked to S3 copies no tags to backups",
        severity: Severity::Warning,
        sources: &["API-LUSTRE"],
        after: &["FSX-BACKUP-TYPE"],
        check: backup_tags,
    },
    Rule {
        code: "FSX-BACKUP-TIME",
        title: "the time of automatic backups counts where they are kept",
        severity: Severity::Advice,
        sources: &["TF-LUSTRE", "CSI-DYN"],
        after: &["FSX-BACKUP-TYPE"],
        check: backup_time,
    },
];

const RETENTION: &str = "backup.automatic_retention_days";

/// Days that automatic backups are kept, if they are.
fn retention(scenario: &Scenario) -> Option<i64> {
    let days = scenario.backup.as_ref()?.automatic_retention_days().0;
    (days > 0).then_some(days)
}

fn backup_type(scenario: &Scenario, report: &mut Report<'_>) {
    let Some(days) = retention(scenario) else { return };
    let fs = &scenario.file_system;
    if tables::feature(fs, "backups") == "no" {
        report(Breach::new(RETENTION, days, format!("{} has no backups", fs.deployment_type), 0));
    }
}

fn backup_repository(scenario: &Scenario, report: &mut Report<'_>) {
    let Some(days) = retention(scenario) else { return };
    if !scenario.file_system.data_repository_associations.is_empty() {
        let message = "a file system with data repository associations has no backups";
        report(Breach::new(RETENTION, days, message, 0));
    }
}

fn backup_tags(scenario: &Scenario, report: &mut Report<'_>) {
    let copied = scenario.backup.as_ref().is_some_and(Backup::copy_tags);
    if copied && !scenario.file_system.data_repository_associations.is_empty() {
        let message = "the API does not take it for a file system that is linked to a data repository";
        report(Breach::new("backup.copy_tags", true, message, false));
    }
}

fn backup_time(scenario: &Scenario, report: &mut Report<'_>) {
    let time = scenario.backup.as_ref().and_then(|backup| backup.daily_automatic_start_time.as_deref());
    if let (Some(time), None) = (time, retention(scenario)) {
        let message = "no automatic backups are kept, so no time is set for them: Terraform asks for a retention beside \
                       it, and the Kubernetes driver drops it";
        let fix = format!("{RETENTION}, or remove it");
        report(Breach::new("backup.daily_automatic_start_time", time, message, fix));
    }
}
