//! Automatic backups.

use super::{Breach, Report, Rule, tables};
use crate::finding::Severity;
use crate::scenario::Scenario;

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
