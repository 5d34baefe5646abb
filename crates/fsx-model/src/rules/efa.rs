//! EFA of the file system, and what places offer of it and of the tiers.

use super::{Breach, Report, Rule, file_system, tables};
use crate::catalog::terms::{DeploymentType, StorageType};
use crate::finding::Severity;
use crate::scenario::Scenario;

/// Rules of this subject.
pub(super) static RULES: &[Rule] = &[
    Rule {
        code: "FSX-EFA-TYPE",
        title: "EFA is enabled on PERSISTENT_2 only",
        severity: Severity::Error,
        sources: &["EFA"],
        after: &[],
        check: efa_type,
    },
    Rule {
        code: "FSX-EFA-METADATA",
        title: "a file system with EFA has a metadata configuration",
        severity: Severity::Error,
        sources: &["EFA"],
        after: &["FSX-STORAGE-TYPE", "FSX-EFA-TYPE"],
        check: efa_metadata,
    },
    Rule {
        code: "FSX-EFA-REGION",
        title: "the place offers EFA",
        severity: Severity::Error,
        sources: &["DEPLOY", "CNGUIDE"],
        after: &["FSX-EFA-TYPE"],
        check: efa_region,
    },
    Rule {
        code: "FSX-REGION-TIER",
        title: "the place offers the throughput tier",
        severity: Severity::Error,
        sources: &["DEPLOY"],
        after: &["FSX-STORAGE-TYPE"],
        check: region_tier,
    },
];

fn efa_type(scenario: &Scenario, report: &mut Report<'_>) {
    let fs = &scenario.file_system;
    if fs.efa_enabled() && !tables::can_have_efa(fs.deployment_type) {
        let takes = DeploymentType::ALL.iter().filter(|other| tables::can_have_efa(**other));
        let message = format!("{} has no EFA; {} has", fs.deployment_type, tables::list(takes));
        report(Breach::new("file_system.efa_enabled", true, message, false));
    }
}

fn efa_metadata(scenario: &Scenario, report: &mut Report<'_>) {
    let fs = &scenario.file_system;
    if fs.efa_enabled() && fs.metadata_configuration.is_none() {
        let message = "a file system with EFA needs a metadata configuration";
        let least = tables::metadata_values(fs.storage_type()).next().unwrap_or_default();
        let line = if tables::is_elastic(fs) {
            format!("metadata_configuration = {{ mode = \"USER_PROVISIONED\", iops = {least} }}")
        } else {
            "metadata_configuration = { mode = \"AUTOMATIC\" }".to_owned()
        };
        report(Breach::absent("file_system.metadata_configuration", message, line));
    }
}

fn efa_region(scenario: &Scenario, report: &mut Report<'_>) {
    if !scenario.file_system.efa_enabled() {
        return;
    }
    if let Some(place) = file_system::place(scenario, |place| !place.efa) {
        let message = format!("EFA is not offered in {}", place.name);
        report(Breach::new("file_system.efa_enabled", true, message, false));
    }
}

fn region_tier(scenario: &Scenario, report: &mut Report<'_>) {
    let fs = &scenario.file_system;
    if fs.deployment_type != DeploymentType::Persistent2 || fs.storage_type() != StorageType::Ssd {
        return;
    }
    let place = file_system::place(scenario, |place| !place.persistent_2_tiers.is_empty());
    let (Some(tier), Some(place)) = (fs.per_unit_storage_throughput, place) else { return };
    let offered = || place.persistent_2_tiers.iter().copied().map(i64::from);
    let is_tier = tables::tiers(fs).any(|known| known == tier.0);
    if is_tier && !offered().any(|known| known == tier.0) {
        let message = format!("the tiers offered in {} are {} MB/s per TiB", place.name, tables::list(offered()));
        let fix = tables::nearest(tier.0, offered()).unwrap_or_default();
        report(Breach::new("file_system.per_unit_storage_throughput", tier.0, message, fix));
    }
}
