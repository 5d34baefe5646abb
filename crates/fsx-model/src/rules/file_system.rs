//! Deployment type and storage class, place, version, drive cache, stored data.

use super::{Breach, Report, Rule, tables};
use crate::catalog::terms::{DeploymentType, StorageType};
use crate::catalog::{self, REGIONS, Region, VERSIONS, VersionRule, figures, newest_version};
use crate::finding::{Severity, did_you_mean};
use crate::scenario::{FileSystem, Scenario};

/// Rules of this subject.
pub(super) static RULES: &[Rule] = &[
    Rule {
        code: "FSX-STORAGE-TYPE",
        title: "the storage class is one that the deployment type takes",
        severity: Severity::Error,
        sources: &["API-CREATE", "DEPLOY"],
        after: &[],
        check: storage_type,
    },
    Rule {
        code: "FSX-REGION",
        title: "the Region or Local Zone is known",
        severity: Severity::Warning,
        sources: &["PRICELIST", "ZONES"],
        after: &[],
        check: region,
    },
    Rule {
        code: "FSX-REGION-TYPE",
        title: "the place offers the deployment type and storage class",
        severity: Severity::Warning,
        sources: &["DEPLOY"],
        after: &["FSX-STORAGE-TYPE"],
        check: region_type,
    },
    Rule {
        code: "FSX-VERSION",
        title: "the Lustre version is one that the deployment type takes",
        severity: Severity::Error,
        sources: &["API-CREATE"],
        after: &[],
        check: version,
    },
    Rule {
        code: "FSX-DRIVE-CACHE-REQUIRED",
        title: "HDD storage says whether it has a drive cache",
        severity: Severity::Error,
        sources: &["API-CREATE", "API-LUSTRE"],
        after: &["FSX-STORAGE-TYPE"],
        check: drive_cache_required,
    },
    Rule {
        code: "FSX-DRIVE-CACHE-NOT-TAKEN",
        title: "a drive cache stands with HDD storage only",
        severity: Severity::Error,
        sources: &["API-CREATE", "API-LUSTRE"],
        after: &["FSX-STORAGE-TYPE"],
        check: drive_cache_not_taken,
    },
    Rule {
        code: "FSX-STORED-NOT-TAKEN",
        title: "stored data stand with Intelligent-Tiering only",
        severity: Severity::Error,
        sources: &["DEPLOY"],
        after: &["FSX-STORAGE-TYPE"],
        check: stored_not_taken,
    },
    Rule {
        code: "FSX-STORED-SHARES",
        title: "the shares of the access tiers add up to 1",
        severity: Severity::Error,
        sources: &["DEPLOY"],
        after: &["FSX-STORED-NOT-TAKEN"],
        check: stored_shares,
    },
    Rule {
        code: "FSX-STORED-MAXIMUM",
        title: "the stored data are no more than the file servers can hold",
        severity: Severity::Warning,
        sources: &["DEPLOY"],
        after: &["FSX-STORED-NOT-TAKEN"],
        check: stored_maximum,
    },
];

fn storage_type(scenario: &Scenario, report: &mut Report<'_>) {
    let fs = &scenario.file_system;
    if tables::sizes_of(fs).next().is_some() {
        return;
    }
    let mut takes: Vec<StorageType> = tables::sizes_of_type(fs.deployment_type).map(|row| row.storage_type).collect();
    takes.dedup();
    let storage = fs.storage_type();
    let others = DeploymentType::ALL
        .iter()
        .filter(|other| tables::sizes_of_type(**other).any(|row| row.storage_type == storage));
    let message = format!(
        "{} takes {} storage; {storage} goes with {}",
        fs.deployment_type,
        tables::list(&takes),
        tables::list(others)
    );
    let fix = takes.first().map_or("", |storage| storage.as_str());
    report(Breach::new("file_system.storage_type", storage, message, fix));
}

/// The row of the place given, if it is one of those `limited`; few are, so most need no comparison of names.
pub(super) fn place(scenario: &Scenario, limited: fn(&Region) -> bool) -> Option<&'static Region> {
    let code = scenario.region.as_deref()?;
    REGIONS.iter().find(|row| limited(row) && row.region == code)
}

fn region(scenario: &Scenario, report: &mut Report<'_>) {
    let Some(code) = scenario.region.as_deref() else { return };
    if catalog::region(code).is_none() {
        let message = "this Region or Local Zone is not in the catalog: what it offers is not checked";
        let near = did_you_mean(code, REGIONS.iter().map(|row| row.region)).unwrap_or("");
        report(Breach::new("region", code, message, near));
    }
}

fn region_type(scenario: &Scenario, report: &mut Report<'_>) {
    let fs = &scenario.file_system;
    let offered = fs.deployment_type == DeploymentType::Persistent2 && fs.storage_type() == StorageType::Ssd;
    if offered {
        return;
    }
    if let Some(place) = place(scenario, |place| !place.persistent_2_tiers.is_empty()) {
        let message = format!(
            "AWS names only PERSISTENT_2 SSD at {} as offered in {}, not {} {}",
            tables::list(place.persistent_2_tiers),
            place.name,
            fs.deployment_type,
            fs.storage_type()
        );
        report(Breach::new("region", place.region, message, "another Region, or PERSISTENT_2 with SSD"));
    }
}

/// The rows on Lustre versions of this type.
pub(super) fn versions(fs: &FileSystem, metadata: bool) -> impl Iterator<Item = &'static VersionRule> {
    let deployment = fs.deployment_type;
    VERSIONS.iter().filter(move |row| row.deployment_type == deployment && row.metadata_configuration == metadata)
}

/// The version to take instead: the one taken when none is given.
pub(super) fn default_version(fs: &FileSystem) -> &'static str {
    let newest = |metadata| newest_version(fs.deployment_type, metadata);
    newest(fs.metadata_configuration.is_some()).or_else(|| newest(false)).unwrap_or("")
}

fn version(scenario: &Scenario, report: &mut Report<'_>) {
    let fs = &scenario.file_system;
    let Some(version) = fs.file_system_type_version.as_deref() else { return };
    if versions(fs, false).any(|row| row.allowed && row.version == version) {
        return;
    }
    let takes = tables::list(versions(fs, false).filter(|row| row.allowed).map(|row| row.version));
    let message = format!("{} takes Lustre {takes}", fs.deployment_type);
    report(Breach::new("file_system.file_system_type_version", version, message, default_version(fs)));
}

fn drive_cache_required(scenario: &Scenario, report: &mut Report<'_>) {
    let fs = &scenario.file_system;
    if fs.storage_type() == StorageType::Hdd && fs.drive_cache_type.is_none() {
        let message = format!(
            "HDD storage needs a drive cache type: READ adds an SSD read cache of {} % of the capacity, NONE adds none",
            figures::HDD_SSD_CACHE_SHARE.value * 100.0
        );
        report(Breach::absent("file_system.drive_cache_type", message, "drive_cache_type = \"NONE\""));
    }
}

fn drive_cache_not_taken(scenario: &Scenario, report: &mut Report<'_>) {
    let fs = &scenario.file_system;
    if let Some(cache) = fs.drive_cache_type.filter(|_| fs.storage_type() != StorageType::Hdd) {
        let message = format!("{} storage takes no drive cache type; HDD storage does", fs.storage_type());
        report(Breach::surplus("file_system.drive_cache_type", cache, message));
    }
}

fn stored_not_taken(scenario: &Scenario, report: &mut Report<'_>) {
    let fs = &scenario.file_system;
    if fs.stored.is_some() && !tables::is_elastic(fs) {
        let message = format!("{} storage is billed by its capacity, not by the data stored", fs.storage_type());
        report(Breach::surplus("file_system.stored", "", message));
    }
}

/// How far the sum of shares written in decimals may be from 1.
const SUM_TOLERANCE: f64 = 1e-6;

fn stored_shares(scenario: &Scenario, report: &mut Report<'_>) {
    let shares = scenario.file_system.stored.as_ref().and_then(|stored| stored.tier_shares.as_ref());
    let Some(shares) = shares else { return };
    let given = [shares.frequent, shares.infrequent, shares.archive];
    if given.iter().flatten().any(|share| !(0.0..=1.0).contains(share)) {
        return; // a fault of its own, in `values`
    }
    let sum: f64 = given.iter().flatten().sum();
    let complete = given.iter().all(Option::is_some);
    if sum > 1.0 + SUM_TOLERANCE || (complete && sum < 1.0 - SUM_TOLERANCE) {
        let message = "the shares of the access tiers must add up to 1";
        report(Breach::new("file_system.stored.tier_shares", sum, message, "shares that add up to 1"));
    }
}

/// GiB in a TiB.
const GIB_PER_TIB: f64 = 1024.0;

fn stored_maximum(scenario: &Scenario, report: &mut Report<'_>) {
    let fs = &scenario.file_system;
    let data_gib = fs.stored.as_ref().and_then(|stored| stored.data_gib);
    let (Some(data_gib), Some(throughput)) = (data_gib, fs.throughput_capacity_mb_per_s) else { return };
    let step = figures::IT_THROUGHPUT_STEP_MB_PER_S.value;
    let most = throughput.get() / step * figures::IT_DATA_PER_OSS_TIB.value * GIB_PER_TIB;
    if throughput.0 > 0 && data_gib > most {
        let message = format!(
            "at {throughput} MB/s the file servers hold at most {most} GiB, {} TiB for every {step} MB/s",
            figures::IT_DATA_PER_OSS_TIB.value,
            throughput = throughput.0,
        );
        report(Breach::new("file_system.stored.data_gib", data_gib, message, most));
    }
}
