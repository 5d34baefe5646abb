//! Metadata configuration.

use super::{Breach, Report, Rule, file_system, tables};
use crate::catalog::terms::{DeploymentType, StorageType};
use crate::catalog::{self, VERSIONS, figures};
use crate::finding::Severity;
use crate::scenario::{FileSystem, MetadataConfiguration, MetadataMode, Scenario};

/// Rules of this subject.
pub(super) static RULES: &[Rule] = &[
    Rule {
        code: "FSX-METADATA-TYPE",
        title: "a metadata configuration stands with PERSISTENT_2 only",
        severity: Severity::Error,
        sources: &["METAMGMT"],
        after: &[],
        check: metadata_type,
    },
    Rule {
        code: "FSX-METADATA-VERSION",
        title: "a metadata configuration has a Lustre version that knows it",
        severity: Severity::Error,
        sources: &["API-CREATE", "METAMGMT"],
        after: &["FSX-METADATA-TYPE", "FSX-VERSION"],
        check: version,
    },
    Rule {
        code: "FSX-METADATA-MODE",
        title: "Intelligent-Tiering takes provisioned Metadata IOPS only",
        severity: Severity::Error,
        sources: &["METAMGMT", "PERF"],
        after: &["FSX-STORAGE-TYPE", "FSX-METADATA-TYPE"],
        check: mode,
    },
    Rule {
        code: "FSX-METADATA-IOPS-REQUIRED",
        title: "provisioned Metadata IOPS have a value",
        severity: Severity::Error,
        sources: &["API-META"],
        after: &["FSX-STORAGE-TYPE", "FSX-METADATA-TYPE"],
        check: iops_required,
    },
    Rule {
        code: "FSX-METADATA-IOPS-NOT-TAKEN",
        title: "automatic Metadata IOPS have no value of their own",
        severity: Severity::Error,
        sources: &["API-META"],
        after: &["FSX-METADATA-TYPE", "FSX-METADATA-MODE"],
        check: iops_not_taken,
    },
    Rule {
        code: "FSX-METADATA-IOPS",
        title: "provisioned Metadata IOPS are a value of the storage class",
        severity: Severity::Error,
        sources: &["PERF", "API-META"],
        after: &["FSX-STORAGE-TYPE", "FSX-METADATA-TYPE"],
        check: iops,
    },
    Rule {
        code: "FSX-METADATA-FLOOR",
        title: "provisioned Metadata IOPS are no less than the automatic ones of the capacity",
        severity: Severity::Error,
        sources: &["TF44456", "PERF"],
        after: &["FSX-METADATA-TYPE", "FSX-METADATA-IOPS"],
        check: floor,
    },
];

const CONFIGURATION: &str = "file_system.metadata_configuration";
const IOPS: &str = "file_system.metadata_configuration.iops";

fn metadata_type(scenario: &Scenario, report: &mut Report<'_>) {
    let fs = &scenario.file_system;
    let Some(configuration) = &fs.metadata_configuration else { return };
    if file_system::versions(fs, true).next().is_some() {
        return;
    }
    let has = |deployment: DeploymentType| {
        VERSIONS.iter().any(|row| row.deployment_type == deployment && row.metadata_configuration)
    };
    let takes = DeploymentType::ALL.iter().filter(|other| has(**other));
    let message = format!("{} takes no metadata configuration; {} does", fs.deployment_type, tables::list(takes));
    report(Breach::surplus(CONFIGURATION, configuration.mode, message));
}

fn version(scenario: &Scenario, report: &mut Report<'_>) {
    let fs = &scenario.file_system;
    let (Some(version), true) = (fs.file_system_type_version.as_deref(), fs.metadata_configuration.is_some()) else {
        return;
    };
    if !file_system::versions(fs, true).any(|row| row.allowed && row.version == version) {
        let known = file_system::versions(fs, true).filter(|row| row.allowed).map(|row| row.version);
        let message = format!("a metadata configuration needs Lustre {}", tables::list(known));
        let fix = file_system::default_version(fs);
        report(Breach::new("file_system.file_system_type_version", version, message, fix));
    }
}

fn mode(scenario: &Scenario, report: &mut Report<'_>) {
    let fs = &scenario.file_system;
    let automatic = fs.metadata_configuration.as_ref().is_some_and(|it| it.mode == MetadataMode::Automatic);
    if automatic && tables::is_elastic(fs) {
        let values = tables::list(tables::metadata_values(fs.storage_type()));
        let message = format!("{} storage takes USER_PROVISIONED only, with iops {values}", fs.storage_type());
        let field = "file_system.metadata_configuration.mode";
        report(Breach::new(field, MetadataMode::Automatic, message, MetadataMode::UserProvisioned));
    }
}

/// The configuration, if its Metadata IOPS are provisioned.
fn provisioned(fs: &FileSystem) -> Option<&MetadataConfiguration> {
    fs.metadata_configuration.as_ref().filter(|it| it.mode == MetadataMode::UserProvisioned)
}

/// Least Metadata IOPS the storage capacity allows; none for elastic storage or a capacity that is not legal.
fn least_iops(fs: &FileSystem) -> Option<i64> {
    if fs.storage_type() != StorageType::Ssd {
        return None;
    }
    let capacity = crate::shape::Whole(tables::legal_capacity(fs)?);
    Some(tables::whole(catalog::automatic_metadata_iops(capacity.get())))
}

/// The values that can be provisioned here.
fn values(fs: &FileSystem) -> impl Iterator<Item = i64> {
    let least = least_iops(fs).unwrap_or(0);
    tables::metadata_values(fs.storage_type()).filter(move |value| *value >= least)
}

fn iops_required(scenario: &Scenario, report: &mut Report<'_>) {
    let fs = &scenario.file_system;
    if provisioned(fs).is_some_and(|it| it.iops.is_none())
        && let Some(least) = values(fs).min()
    {
        let message = "USER_PROVISIONED needs the Metadata IOPS to provision";
        report(Breach::absent(IOPS, message, format_args!("iops = {least}")));
    }
}

fn iops_not_taken(scenario: &Scenario, report: &mut Report<'_>) {
    let Some(configuration) = &scenario.file_system.metadata_configuration else { return };
    if configuration.mode == MetadataMode::Automatic
        && let Some(iops) = configuration.iops
    {
        let message = "AUTOMATIC sets the Metadata IOPS by the storage capacity; USER_PROVISIONED takes a value";
        report(Breach::surplus(IOPS, iops.0, message));
    }
}

/// `1500, 3000, 6000 or a multiple of 12000 up to 192000`.
fn offered(storage: StorageType) -> String {
    let server = tables::whole(figures::METADATA_IOPS_PER_MDS.value);
    let most = tables::metadata_values(storage).max().unwrap_or_default();
    let rest = if most > server { format!("a multiple of {server} up to {most}") } else { most.to_string() };
    let small = tables::metadata_values(storage).filter(|value| *value < server).map(|value| value.to_string());
    tables::list(small.chain([rest]))
}

fn iops(scenario: &Scenario, report: &mut Report<'_>) {
    let fs = &scenario.file_system;
    let Some(iops) = provisioned(fs).and_then(|it| it.iops) else { return };
    let mut all = tables::metadata_values(fs.storage_type());
    if all.any(|value| value == iops.0) {
        return;
    }
    if let Some(nearest) = tables::nearest(iops.0, values(fs)) {
        let storage = fs.storage_type();
        let message = format!("{storage} storage takes Metadata IOPS of {}", offered(storage));
        report(Breach::new(IOPS, iops.0, message, nearest));
    }
}

fn floor(scenario: &Scenario, report: &mut Report<'_>) {
    let fs = &scenario.file_system;
    let Some(iops) = provisioned(fs).and_then(|it| it.iops) else { return };
    let (Some(least), Some(capacity)) = (least_iops(fs).filter(|least| iops.0 < *least), fs.storage_capacity_gib)
    else {
        return;
    };
    let message = format!(
        "a capacity of {} GiB includes {least} Metadata IOPS, and no fewer can be provisioned; \
         a file system that grows to it needs {least} first",
        capacity.0
    );
    report(Breach::new(IOPS, iops.0, message, values(fs).min().unwrap_or(least)));
}
