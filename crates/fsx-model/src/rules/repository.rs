//! Data repository associations: who has them, how many, and the paths they join.

use super::{Breach, Report, Rule, file_system, tables};
use crate::catalog::figures;
use crate::catalog::terms::DeploymentType;
use crate::finding::Severity;
use crate::scenario::{DataRepositoryAssociation, FileSystem, Scenario};

/// Rules of this subject.
pub(super) static RULES: &[Rule] = &[
    Rule {
        code: "FSX-DRA-TYPE",
        title: "the deployment type and storage class have data repository associations",
        severity: Severity::Error,
        sources: &["DRA", "API-DRA", "REPO"],
        after: &["FSX-STORAGE-TYPE"],
        check: has_associations,
    },
    Rule {
        code: "FSX-DRA-VERSION",
        title: "a file system with data repository associations has a Lustre version that knows them",
        severity: Severity::Error,
        sources: &["DRA", "API-DRA"],
        after: &["FSX-VERSION", "FSX-DRA-TYPE"],
        check: version,
    },
    Rule {
        code: "FSX-DRA-COUNT",
        title: "a file system has no more data repository associations than the service allows",
        severity: Severity::Error,
        sources: &["DRA", "API-DRA"],
        after: &["FSX-DRA-TYPE"],
        check: count,
    },
    Rule {
        code: "FSX-DRA-PATH",
        title: "the directory of an association is a path from the root of the file system",
        severity: Severity::Error,
        sources: &["API-DRA", "MANUAL-LIMITS"],
        after: &["FSX-DRA-TYPE"],
        check: path,
    },
    Rule {
        code: "FSX-DRA-ROOT",
        title: "an association of the root is the only one",
        severity: Severity::Error,
        sources: &["DRA", "API-DRA"],
        after: &["FSX-DRA-TYPE", "FSX-DRA-COUNT", "FSX-DRA-PATH"],
        check: root,
    },
    Rule {
        code: "FSX-DRA-PATH-OVERLAP",
        title: "no association's directory lies within another's",
        severity: Severity::Error,
        sources: &["DRA", "API-DRA"],
        after: &["FSX-DRA-TYPE", "FSX-DRA-COUNT", "FSX-DRA-PATH", "FSX-DRA-ROOT"],
        check: path_overlap,
    },
    Rule {
        code: "FSX-DRA-S3-PATH",
        title: "the data repository path of an association is s3:// with a bucket and perhaps a prefix",
        severity: Severity::Error,
        sources: &["API-DRA"],
        after: &["FSX-DRA-TYPE"],
        check: s3_path,
    },
    Rule {
        code: "FSX-DRA-BUCKET",
        title: "the bucket of an association has a name that a bucket can have",
        severity: Severity::Error,
        sources: &["S3BUCKET"],
        after: &["FSX-DRA-TYPE", "FSX-DRA-S3-PATH"],
        check: bucket,
    },
    Rule {
        code: "FSX-DRA-S3-OVERLAP",
        title: "no association's bucket or prefix lies within another's",
        severity: Severity::Error,
        sources: &["DRA"],
        after: &["FSX-DRA-TYPE", "FSX-DRA-COUNT", "FSX-DRA-S3-PATH", "FSX-DRA-BUCKET"],
        check: s3_overlap,
    },
];

/// The list in the scenario.
pub(super) const LIST: &str = "file_system.data_repository_associations";

/// The associations, with their places.
pub(super) fn associations(scenario: &Scenario) -> impl Iterator<Item = (usize, &DataRepositoryAssociation)> {
    scenario.file_system.data_repository_associations.iter().enumerate()
}

/// The path of a field of an association.
pub(super) fn at(i: usize, field: &str) -> String {
    format!("{LIST}[{i}].{field}")
}

/// What the catalog says of associations on this type: `no`, `yes`, or from which Lustre version.
fn support(fs: &FileSystem) -> &'static str {
    tables::feature(fs, "data repository association")
}

fn has_associations(scenario: &Scenario, report: &mut Report<'_>) {
    let fs = &scenario.file_system;
    let count = fs.data_repository_associations.len();
    if count == 0 || support(fs) != "no" {
        return;
    }
    let has = |deployment: &&DeploymentType| support(&FileSystem::of(**deployment)) != "no";
    let (message, fix) = if tables::is_elastic(fs) {
        let message = format!("{} storage has no data repository associations", fs.storage_type());
        (message, "remove them, or take another storage class".to_owned())
    } else {
        let message = format!("{} has no data repository associations", fs.deployment_type);
        (message, format!("remove them, or take {}", tables::list(DeploymentType::ALL.iter().filter(has))))
    };
    report(Breach::new(LIST, count, message, fix));
}

/// `2.12` as two numbers that compare as versions do.
fn release(version: &str) -> Option<(u32, u32)> {
    let (major, minor) = version.split_once('.')?;
    major.parse().ok().zip(minor.parse().ok())
}

fn version(scenario: &Scenario, report: &mut Report<'_>) {
    let fs = &scenario.file_system;
    let (Some(version), false) = (fs.file_system_type_version.as_deref(), fs.data_repository_associations.is_empty())
    else {
        return;
    };
    let Some(least) = support(fs).strip_prefix("from Lustre ") else { return };
    if release(version) < release(least) {
        let message = format!("data repository associations need Lustre {least} or newer");
        let fix = file_system::default_version(fs);
        report(Breach::new("file_system.file_system_type_version", version, message, fix));
    }
}

fn count(scenario: &Scenario, report: &mut Report<'_>) {
    let count = scenario.file_system.data_repository_associations.len();
    let most = tables::whole(figures::DRA_MAX.value);
    if i64::try_from(count).is_ok_and(|count| count > most) {
        let message = format!("a file system has at most {most} data repository associations");
        report(Breach::new(LIST, count, message, format_args!("{most} associations or fewer")));
    }
}

/// Characters that the API takes in no path.
const REFUSED: [char; 6] = ['\0', '\r', '\n', '\u{85}', '\u{2028}', '\u{2029}'];

/// Whether the text has characters that the API refuses, or more than `most`.
fn is_refused(text: &str, most: f64) -> bool {
    text.contains(REFUSED) || text.chars().count() > usize::try_from(tables::whole(most)).unwrap_or(usize::MAX)
}

/// What is wrong with the path of a directory.
fn fault_of_path(path: &str) -> Option<String> {
    let most = figures::DRA_PATH_MAX_CHARS.value;
    let most_of_name = figures::LUSTRE_NAME_MAX_BYTES.value;
    let Some(names) = path.strip_prefix('/') else {
        return Some("a directory of the file system is given from its root, with a leading /".to_owned());
    };
    // one slash at the end is as good as none
    let names = || names.strip_suffix('/').unwrap_or(names).split('/');
    if is_refused(path, most) {
        Some(format!("a path has at most {most} characters and no line breaks"))
    } else if names().any(|name| name == "." || name == "..") || (names().count() > 1 && names().any(str::is_empty)) {
        Some("a path names one directory after the other: no empty names, no `.`, no `..`".to_owned())
    } else if path.starts_with("//") {
        Some("a path begins with one /".to_owned())
    } else {
        let too_long = |name: &str| name.len() > usize::try_from(tables::whole(most_of_name)).unwrap_or(usize::MAX);
        names().any(too_long).then(|| format!("a name in a path has at most {most_of_name} bytes"))
    }
}

/// The same path without what has no place in one.
fn tidied(path: &str) -> String {
    let mut names: Vec<&str> = Vec::new();
    for name in path.split('/') {
        match name {
            "" | "." => {}
            ".." => {
                names.pop();
            }
            name => names.push(name),
        }
    }
    format!("/{}", names.join("/"))
}

fn path(scenario: &Scenario, report: &mut Report<'_>) {
    for (i, association) in associations(scenario) {
        let path = association.file_system_path.as_str();
        let Some(message) = fault_of_path(path) else { continue };
        let fix = Some(tidied(path)).filter(|fix| fault_of_path(fix).is_none());
        let fix = fix.unwrap_or_else(|| "a directory such as /ns1".to_owned());
        report(Breach::new(at(i, "file_system_path"), path, message, fix));
    }
}

fn root(scenario: &Scenario, report: &mut Report<'_>) {
    if scenario.file_system.data_repository_associations.len() < 2 {
        return;
    }
    for (i, association) in associations(scenario).filter(|(_, it)| it.file_system_path == "/") {
        let message = "an association of / must be the first of a file system, and stays the only one";
        let fix = "a directory such as /ns1, or no other association";
        report(Breach::new(at(i, "file_system_path"), &association.file_system_path, message, fix));
    }
}

/// Whether one of two paths lies within the other; a slash at the end says nothing.
fn overlap(a: &str, b: &str) -> bool {
    let within = |inner: &str, outer: &str| {
        inner.strip_prefix(outer).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    let (a, b) = (a.trim_end_matches('/'), b.trim_end_matches('/'));
    within(a, b) || within(b, a)
}

/// Reports each association whose path overlaps with that of one before it.
fn overlaps(
    scenario: &Scenario,
    field: &str,
    what: &str,
    of: fn(&DataRepositoryAssociation) -> &str,
    report: &mut Report<'_>,
) {
    for (i, association) in associations(scenario) {
        let path = of(association);
        if let Some((_, other)) = associations(scenario).take(i).find(|(_, other)| overlap(of(other), path)) {
            let other = of(other);
            let message = format!("this overlaps with `{other}` of another association: {what} belongs to one only");
            report(Breach::new(at(i, field), path, message, format_args!("{what} outside {other}")));
        }
    }
}

fn path_overlap(scenario: &Scenario, report: &mut Report<'_>) {
    overlaps(scenario, "file_system_path", "a directory", |it| &it.file_system_path, report);
}

fn s3_overlap(scenario: &Scenario, report: &mut Report<'_>) {
    overlaps(scenario, "data_repository_path", "a bucket or prefix", |it| &it.data_repository_path, report);
}

/// The bucket and the prefix of an S3 path of legal form.
fn s3_parts(path: &str) -> Option<(&str, &str)> {
    if is_refused(path, figures::DRA_REPOSITORY_PATH_MAX_CHARS.value) {
        return None;
    }
    let rest = path.strip_prefix("s3://")?;
    let (bucket, prefix) = rest.split_once('/').unwrap_or((rest, ""));
    (!bucket.is_empty()).then_some((bucket, prefix))
}

fn s3_path(scenario: &Scenario, report: &mut Report<'_>) {
    for (i, association) in associations(scenario) {
        let path = association.data_repository_path.as_str();
        if s3_parts(path).is_some() {
            continue;
        }
        let message = format!(
            "the data repository path is s3:// with a bucket and perhaps a prefix, at most {} characters in one line",
            figures::DRA_REPOSITORY_PATH_MAX_CHARS.value
        );
        // a scheme in capitals, an ARN, or no scheme at all
        let rest = path.rsplit(":::").next().unwrap_or(path);
        let rest = rest.split_once("://").map_or(
            rest,
            |(scheme, rest)| {
                if scheme.eq_ignore_ascii_case("s3") { rest } else { "" }
            },
        );
        let fix = format!("s3://{}", rest.trim_start_matches('/'));
        let legal = s3_parts(&fix).is_some_and(|(bucket, _)| is_bucket_name(bucket));
        let fix = if legal { fix } else { "a path such as s3://bucket/prefix".to_owned() };
        report(Breach::new(at(i, "data_repository_path"), path, message, fix));
    }
}

/// Whether a bucket may have this name. Beginnings and ends that S3 keeps for itself are not looked at.
fn is_bucket_name(name: &str) -> bool {
    let count = f64::from(u32::try_from(name.len()).unwrap_or(u32::MAX));
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    let number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let is_address = name.split('.').count() == 4 && name.split('.').all(number);
    (figures::S3_BUCKET_NAME_MIN_CHARS.value..=figures::S3_BUCKET_NAME_MAX_CHARS.value).contains(&count)
        && name.bytes().all(|byte| plain(byte) || byte == b'.' || byte == b'-')
        && name.bytes().next().is_some_and(plain)
        && name.bytes().last().is_some_and(plain)
        && !name.contains("..")
        && !is_address
}

fn bucket(scenario: &Scenario, report: &mut Report<'_>) {
    for (i, association) in associations(scenario) {
        let path = association.data_repository_path.as_str();
        let Some((bucket, prefix)) = s3_parts(path).filter(|(bucket, _)| !is_bucket_name(bucket)) else { continue };
        let message = format!(
            "no bucket is named `{bucket}`: a name has {} to {} lowercase letters, digits, hyphens and single dots, a \
             letter or digit at both ends, and is no IP address",
            figures::S3_BUCKET_NAME_MIN_CHARS.value,
            figures::S3_BUCKET_NAME_MAX_CHARS.value
        );
        let small = bucket.to_ascii_lowercase();
        let slash = if prefix.is_empty() { "" } else { "/" };
        let fix = if is_bucket_name(&small) {
            format!("s3://{small}{slash}{prefix}")
        } else {
            "the name of a bucket there is".to_owned()
        };
        report(Breach::new(at(i, "data_repository_path"), path, message, fix));
    }
}
