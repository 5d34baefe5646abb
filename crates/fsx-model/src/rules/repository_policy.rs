//! Data repository associations: what is imported and exported automatically, where the bucket is, what else to know.

use super::repository::{LIST, associations, at};
use super::{Breach, Report, Rule, tables};
use crate::catalog::{REGIONS, figures, region};
use crate::finding::{Severity, did_you_mean, whole_number};
use crate::scenario::{BucketAccount, BucketEncryption, DataRepositoryAssociation, JobKind, RepositoryEvent, Scenario};
use crate::shape::Whole;

/// Rules of this subject.
pub(super) static RULES: &[Rule] = &[
    Rule {
        code: "FSX-DRA-BUCKET-REGION",
        title: "the Region of a bucket is known",
        severity: Severity::Warning,
        sources: &["PRICELIST"],
        after: &["FSX-DRA-TYPE"],
        check: bucket_region,
    },
    Rule {
        code: "FSX-DRA-REGION",
        title: "automatic import is from a bucket in the file system's Region",
        severity: Severity::Error,
        sources: &["OVERVIEW", "AIMPORT"],
        after: &["FSX-REGION", "FSX-DRA-TYPE", "FSX-DRA-BUCKET-REGION"],
        check: import_region,
    },
    Rule {
        code: "FSX-DRA-REGION-CREATE",
        title: "metadata imported when the link is made are those of a bucket in the file system's Region",
        severity: Severity::Warning,
        sources: &["OVERVIEW"],
        after: &["FSX-REGION", "FSX-DRA-TYPE", "FSX-DRA-BUCKET-REGION", "FSX-DRA-REGION"],
        check: create_region,
    },
    Rule {
        code: "FSX-DRA-ACCOUNT",
        title: "a bucket of another account lets the file system's account in",
        severity: Severity::Warning,
        sources: &["OVERVIEW", "S3ACCESS"],
        after: &["FSX-DRA-TYPE"],
        check: account,
    },
    Rule {
        code: "FSX-DRA-KMS",
        title: "the KMS key of a bucket lets the file system's role in",
        severity: Severity::Warning,
        sources: &["SSE"],
        after: &["FSX-DRA-TYPE"],
        check: kms,
    },
    Rule {
        code: "FSX-DRA-EXPORT-TASK",
        title: "no export task runs on a file system with automatic export",
        severity: Severity::Error,
        sources: &["OVERVIEW"],
        after: &["FSX-DRA-TYPE"],
        check: export_task,
    },
    Rule {
        code: "FSX-DRA-CONFLICT",
        title: "the same events are not followed in both directions without a word who writes where",
        severity: Severity::Warning,
        sources: &["DRA"],
        after: &["FSX-DRA-TYPE"],
        check: conflict,
    },
    Rule {
        code: "FSX-DRA-POLICY",
        title: "an association imports or exports something automatically",
        severity: Severity::Advice,
        sources: &["DRA", "AIMPORT", "AEXPORT"],
        after: &["FSX-DRA-TYPE"],
        check: policy,
    },
    Rule {
        code: "FSX-DRA-QUEUE",
        title: "several associations are made one after the other",
        severity: Severity::Advice,
        sources: &["DRA"],
        after: &["FSX-DRA-TYPE", "FSX-DRA-COUNT", "FSX-DRA-ROOT", "FSX-DRA-PATH-OVERLAP", "FSX-DRA-S3-OVERLAP"],
        check: queue,
    },
    Rule {
        code: "FSX-DRA-UPDATES",
        title: "the objects that are followed are no more than the updates a month that are imported",
        severity: Severity::Advice,
        sources: &["LIMITS"],
        after: &["FSX-DRA-TYPE", "FSX-VALUE-RANGE"],
        check: updates,
    },
];

/// The Region of the bucket, if it is given and is not that of the file system; a Local Zone is of the Region whose
/// code its own begins with.
fn elsewhere<'a>(scenario: &Scenario, association: &'a DataRepositoryAssociation) -> Option<&'a str> {
    let bucket = association.bucket_region.as_deref()?;
    let own = scenario.region();
    let same = own.strip_prefix(bucket).is_some_and(|zone| zone.is_empty() || zone.starts_with('-'));
    (!same).then_some(bucket)
}

fn bucket_region(scenario: &Scenario, report: &mut Report<'_>) {
    for (i, association) in associations(scenario) {
        let Some(code) = association.bucket_region.as_deref().filter(|code| region(code).is_none()) else { continue };
        let message = "this Region is not in the catalog: whether it is the file system's is not checked";
        let near = did_you_mean(code, REGIONS.iter().map(|row| row.region)).unwrap_or("");
        report(Breach::new(at(i, "bucket_region"), code, message, near));
    }
}

fn import_region(scenario: &Scenario, report: &mut Report<'_>) {
    for (i, association) in associations(scenario).filter(|(_, it)| !it.auto_import.is_empty()) {
        let Some(bucket) = elsewhere(scenario, association) else { continue };
        let message = format!(
            "the file system is in {}; automatic import works within one Region, automatic export across Regions too",
            scenario.region()
        );
        let fix = "a bucket in the Region of the file system, or auto_import = []";
        report(Breach::new(at(i, "bucket_region"), bucket, message, fix));
    }
}

fn create_region(scenario: &Scenario, report: &mut Report<'_>) {
    for (i, association) in associations(scenario).filter(|(_, it)| it.batch_import_metadata_on_create()) {
        let Some(bucket) = elsewhere(scenario, association) else { continue };
        let message = format!(
            "the bucket is in {bucket}; across Regions AWS names automatic export only as possible, so this import may \
             be refused"
        );
        report(Breach::new(at(i, "batch_import_metadata_on_create"), true, message, false));
    }
}

fn account(scenario: &Scenario, report: &mut Report<'_>) {
    for (i, association) in associations(scenario) {
        if association.bucket_account() == BucketAccount::Other {
            let message = "both directions work with a bucket of another account if the bucket's policy allows the \
                           account of the file system";
            let fix = "a bucket policy that allows that account";
            report(Breach::new(at(i, "bucket_account"), BucketAccount::Other, message, fix));
        }
    }
}

fn kms(scenario: &Scenario, report: &mut Report<'_>) {
    for (i, association) in associations(scenario) {
        if association.encryption() == BucketEncryption::SseKms {
            let message = "objects under a KMS key are read and written only if the policy of the key allows the \
                           service-linked role of the file system";
            let fix = "a key policy that allows that role to encrypt and decrypt";
            report(Breach::new(at(i, "encryption"), BucketEncryption::SseKms, message, fix));
        }
    }
}

fn export_task(scenario: &Scenario, report: &mut Report<'_>) {
    let Some((_, automatic)) = associations(scenario).find(|(_, it)| !it.auto_export.is_empty()) else { return };
    for (i, _) in scenario.jobs.iter().enumerate().filter(|(_, job)| job.kind == Some(JobKind::Export)) {
        let message = format!(
            "an export task and automatic export cannot be used at the same time; `{}` has automatic export",
            automatic.file_system_path
        );
        report(Breach::new(format!("jobs[{i}].kind"), JobKind::Export, message, "remove the job, or auto_export"));
    }
}

fn conflict(scenario: &Scenario, report: &mut Report<'_>) {
    for (i, association) in associations(scenario) {
        let both = |event: &&RepositoryEvent| {
            association.auto_import.contains(event) && association.auto_export.contains(event)
        };
        let mut events = RepositoryEvent::ALL.iter().filter(both).peekable();
        if events.peek().is_some() {
            let events: Vec<_> = events.map(|event| event.as_str()).collect();
            let message = "these events go both ways; a file that is changed in the file system and in the bucket at \
                           once is not kept from conflicts";
            let fix = "one side that writes each file, or one direction";
            report(Breach::new(at(i, "auto_export"), events.join(" "), message, fix));
        }
    }
}

fn policy(scenario: &Scenario, report: &mut Report<'_>) {
    for (i, association) in associations(scenario) {
        if association.auto_import.is_empty() && association.auto_export.is_empty() {
            let all = tables::list(RepositoryEvent::ALL).replace(" or ", " and ");
            let message = format!(
                "nothing goes either way by itself: the default of API and command line; the console turns on {all} \
                 both ways"
            );
            let fix = "auto_import or auto_export, or import and export tasks";
            report(Breach::new(at(i, "auto_import"), "", message, fix));
        }
    }
}

fn queue(scenario: &Scenario, report: &mut Report<'_>) {
    let count = scenario.file_system.data_repository_associations.len();
    if count > 1 {
        let message = format!(
            "one request for an association is worked on at a time, up to {} wait: the {count} directories are linked \
             one after the other",
            figures::DRA_REQUESTS_QUEUED_MAX.value
        );
        report(Breach::new(LIST, count, message, "the one needed first at the head of the list"));
    }
}

fn updates(scenario: &Scenario, report: &mut Report<'_>) {
    let followed = associations(scenario).filter(|(_, it)| !it.auto_import.is_empty());
    let objects: f64 = followed.filter_map(|(_, it)| it.object_count.map(Whole::get)).sum();
    let most = figures::S3_UPDATES_PER_MONTH.value;
    if objects > most {
        let message = format!(
            "a file system takes at most {} updates a month from its buckets, fewer than one for each of the {} \
             objects that are followed",
            whole_number(most),
            whole_number(objects)
        );
        report(Breach::new(LIST, objects, message, "fewer changes, or fewer objects that are followed"));
    }
}
