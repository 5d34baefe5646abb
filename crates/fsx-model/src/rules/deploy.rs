//! What only an export needs: ids, times and tags in the form that the API takes.

use super::{Breach, Report, Rule, tables};
use crate::catalog::figures;
use crate::catalog::terms::DeploymentType;
use crate::finding::Severity;
use crate::scenario::{Deploy, Scenario};

/// Rules of this subject.
pub(super) static RULES: &[Rule] = &[
    Rule {
        code: "FSX-DEPLOY-FORM",
        title: "ids, times and names of a deployment have the form that the API takes",
        severity: Severity::Error,
        sources: &["API-CREATE", "API-LUSTRE", "API-FS", "API-ROOT"],
        after: &[],
        check: form,
    },
    Rule {
        code: "FSX-DEPLOY-LIST",
        title: "tags and clients exempt from root squash are no more and no longer than the API takes",
        severity: Severity::Error,
        sources: &["API-CREATE", "API-ROOT", "LIMITS"],
        after: &[],
        check: lists,
    },
    Rule {
        code: "FSX-DEPLOY-KMS",
        title: "a KMS key of one's own stands with a type that takes one",
        severity: Severity::Error,
        sources: &["REST"],
        after: &[],
        check: kms,
    },
];

/// A form of text: whether a text has it, and an example.
type Form = (fn(&str) -> bool, &'static str);

const SUBNET: Form = (|it| is_id(it, "subnet-", 0), "subnet-0123456789abcdef0");
const SECURITY_GROUP: Form = (|it| is_id(it, "sg-", 0), "sg-0123456789abcdef0");
const FILE_SYSTEM: Form = (|it| is_id(it, "fs-", 1), "fs-0123456789abcdef0");
const TIME: Form = (is_time, "05:00");
const WEEKLY: Form = (is_weekly, "7:05:00");
const SQUASH: Form = (is_squash, "65534:65534");
const NID: Form = (is_nid, "10.0.1.6@tcp");
const ARN: Form = (is_arn, "arn:aws:logs:us-east-1:123456789012:log-group:/aws/fsx/lustre");
const KEY: Form = (is_key, "arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab");
const DNS: Form = (is_dns_name, "fs-0123456789abcdef0.fsx.us-east-1.amazonaws.com");
const MOUNT: Form = (is_mount_name, "fsx");

/// The texts of a deployment with their fields and forms.
fn texts(scenario: &Scenario) -> Vec<(String, &str, Form)> {
    let backup = scenario.backup.as_ref().and_then(|backup| backup.daily_automatic_start_time.as_deref());
    let mut all: Vec<_> =
        backup.map(|time| ("backup.daily_automatic_start_time".to_owned(), time, TIME)).into_iter().collect();
    let Some(deploy) = &scenario.deploy else { return all };
    let single = [
        ("subnet_id", &deploy.subnet_id, SUBNET),
        ("weekly_maintenance_start_time", &deploy.weekly_maintenance_start_time, WEEKLY),
        ("root_squash", &deploy.root_squash, SQUASH),
        ("log_destination", &deploy.log_destination, ARN),
        ("file_system_id", &deploy.file_system_id, FILE_SYSTEM),
        ("dns_name", &deploy.dns_name, DNS),
        ("mount_name", &deploy.mount_name, MOUNT),
    ];
    let single = single.into_iter().filter_map(|(name, text, form)| Some((name, text.as_deref()?, form)));
    all.extend(single.map(|(name, text, form)| (format!("deploy.{name}"), text, form)));
    all.extend(own_key(deploy).map(|key| ("deploy.kms_key_id".to_owned(), key, KEY)));
    for (name, list, form) in [
        ("security_group_ids", &deploy.security_group_ids, SECURITY_GROUP),
        ("no_squash_nids", &deploy.no_squash_nids, NID),
    ] {
        let items = list.iter().enumerate();
        all.extend(items.map(|(i, text)| (format!("deploy.{name}[{i}]"), text.as_str(), form)));
    }
    all
}

/// The KMS key that is named, if one is.
fn own_key(deploy: &Deploy) -> Option<&str> {
    deploy.kms_key_id.as_deref().filter(|key| !key.is_empty())
}

fn form(scenario: &Scenario, report: &mut Report<'_>) {
    for (field, text, (has_form, example)) in texts(scenario) {
        if !has_form(text) {
            let shown: String = text.chars().take(SHOWN_CHARS).collect();
            let message = format!("this has not the form that the API takes, such as {example}");
            report(Breach::new(field, shown, message, format_args!("a value such as {example}")));
        }
    }
}

/// Longest part of a value that a finding repeats, in characters.
const SHOWN_CHARS: usize = 60;

fn lists(scenario: &Scenario, report: &mut Report<'_>) {
    let Some(deploy) = &scenario.deploy else { return };
    for (field, count, most) in [
        ("deploy.tags", deploy.tags.len(), figures::TAGS_MAX.value),
        ("deploy.no_squash_nids", deploy.no_squash_nids.len(), figures::ROOT_SQUASH_NIDS_MAX.value),
    ] {
        if of_count(count) > most {
            report(Breach::new(field, count, format!("at most {most} are taken"), format_args!("{most} or fewer")));
        }
    }
    let plain = |text: &str| {
        text.chars()
            .all(|it| it.is_alphanumeric() || (it.is_whitespace() && !it.is_control()) || "_.:/=+-@".contains(it))
    };
    for (key, value) in &deploy.tags {
        let (most_key, most_value) = (figures::TAG_KEY_MAX_CHARS.value, figures::TAG_VALUE_MAX_CHARS.value);
        let chars = |text: &str| of_count(text.chars().count());
        if key.is_empty() || chars(key) > most_key || chars(value) > most_value || !plain(key) || !plain(value) {
            let message = format!(
                "a tag has a key of 1 to {most_key} and a value of at most {most_value} characters: letters, digits, \
                 spaces and _ . : / = + - @"
            );
            let key: String = key.chars().take(SHOWN_CHARS).collect();
            report(Breach::new("deploy.tags", key, message, "another key or value"));
        }
    }
}

fn kms(scenario: &Scenario, report: &mut Report<'_>) {
    let fs = &scenario.file_system;
    if let Some(key) = scenario.deploy.as_ref().and_then(own_key)
        && tables::feature(fs, "own KMS key at rest").starts_with("no")
    {
        let has = |it: &&DeploymentType| matches!(it, DeploymentType::Persistent1 | DeploymentType::Persistent2);
        let types = tables::list(DeploymentType::ALL.iter().filter(has));
        let message =
            format!("{} is encrypted with the service's key; {types} take one of your own", fs.deployment_type);
        report(Breach::surplus("deploy.kms_key_id", key, message));
    }
}

fn of_count(count: usize) -> f64 {
    u32::try_from(count).map_or(f64::INFINITY, f64::from)
}

fn is_id(text: &str, prefix: &str, more: u8) -> bool {
    let least = figures::RESOURCE_ID_MIN_HEX_DIGITS.value;
    let most = figures::RESOURCE_ID_MAX_HEX_DIGITS.value + f64::from(more);
    let hex = |it: u8| it.is_ascii_digit() || (b'a'..=b'f').contains(&it);
    text.strip_prefix(prefix)
        .is_some_and(|digits| (least..=most).contains(&of_count(digits.len())) && digits.bytes().all(hex))
}

/// Two digits below a bound.
fn is_two_digits(text: &str, below: u8) -> bool {
    text.len() == 2 && text.bytes().all(|it| it.is_ascii_digit()) && text.parse::<u8>().is_ok_and(|it| it < below)
}

fn is_time(text: &str) -> bool {
    text.split_once(':').is_some_and(|(hour, minute)| is_two_digits(hour, 24) && is_two_digits(minute, 60))
}

fn is_weekly(text: &str) -> bool {
    text.split_once(':').is_some_and(|(day, time)| matches!(day.as_bytes(), [b'1'..=b'7']) && is_time(time))
}

fn is_squash(text: &str) -> bool {
    let id = |text: &str| {
        let number = text.parse::<u32>().map(f64::from);
        text.bytes().all(|it| it.is_ascii_digit()) && number.is_ok_and(|it| it <= figures::ROOT_SQUASH_ID_MAX.value)
    };
    text.split_once(':').is_some_and(|(user, group)| id(user) && id(group))
}

/// Four numbers, or ranges of them in brackets.
fn is_nid(text: &str) -> bool {
    let part = |it: &str| !it.is_empty() && it.bytes().all(|it| it.is_ascii_digit() || b"[]-".contains(&it));
    text.strip_suffix("@tcp").is_some_and(|address| address.split('.').count() == 4 && address.split('.').all(part))
}

fn is_arn(text: &str) -> bool {
    let mut parts = text.splitn(6, ':');
    parts.next() == Some("arn") && parts.filter(|part| !part.is_empty()).count() >= 3 && is_line(text)
}

fn is_key(text: &str) -> bool {
    is_line(text) && of_count(text.chars().count()) <= figures::KMS_KEY_ID_MAX_CHARS.value
}

fn is_line(text: &str) -> bool {
    !text.chars().any(|it| it.is_control() || it.is_whitespace())
}

fn is_dns_name(text: &str) -> bool {
    let name = |it: &str| !it.is_empty() && it.bytes().all(|it| it.is_ascii_alphanumeric() || it == b'-');
    text.contains('.') && text.split('.').all(name)
}

fn is_mount_name(text: &str) -> bool {
    let count = of_count(text.len());
    (1.0..=figures::MOUNT_NAME_MAX_CHARS.value).contains(&count)
        && text.bytes().all(|it| it.is_ascii_alphanumeric() || b"_-".contains(&it))
}
