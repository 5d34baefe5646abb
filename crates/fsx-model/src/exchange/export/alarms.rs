//! CloudWatch alarms on a file system, as a CloudFormation template.
//!
//! Each asks for the largest value over all servers or targets, so that one alarm does for all of them however many
//! there are.

use super::{Artefact, Design};
use crate::catalog::terms::StorageType;
use crate::catalog::{ALARMS, AlarmRule};
use crate::exchange::tree::Tree;
use crate::finding::{Error, Finding, Severity};
use crate::rules::tables;

/// Seconds of a period: the metrics have one value a minute.
const PERIOD_S: i64 = 60;

pub(super) fn write(design: &Design<'_>) -> Result<Artefact, Error> {
    let applying: Vec<&AlarmRule> = ALARMS.iter().filter(|rule| applies(rule, design)).collect();
    let mut resources = Tree::Table(Vec::new());
    for rule in &applying {
        resources.put(rule.id, alarm(rule));
    }
    let template = Tree::table([
        ("AWSTemplateFormatVersion", Tree::text("2010-09-09")),
        ("Description", Tree::text(format!("Alarms on {}", design.title()))),
        ("Parameters", parameters(design)),
        ("Conditions", Tree::table([("HasTopic", not_empty("TopicArn"))])),
        ("Resources", resources),
    ]);
    let findings = applying.iter().map(|rule| threshold(rule)).collect();
    Ok(Artefact { text: template.to_yaml(), findings })
}

fn applies(rule: &AlarmRule, design: &Design<'_>) -> bool {
    let raw = &design.scenario.file_system;
    match rule.applies_to {
        "capacity" => !tables::is_elastic(raw),
        "persistent ssd" => raw.storage_type() == StorageType::Ssd && tables::feature(raw, "backups") != "no",
        "linked" => raw
            .data_repository_associations
            .iter()
            .any(|link| !link.auto_import.is_empty() || !link.auto_export.is_empty()),
        _ => true,
    }
}

fn parameters(design: &Design<'_>) -> Tree {
    let mut id = Tree::table([("Type", Tree::text("String"))]);
    if let Some(known) = design.file_system_id() {
        id.put("Default", Tree::text(known));
    }
    let topic = Tree::table([
        ("Type", Tree::text("String")),
        ("Default", Tree::text("")),
        ("Description", Tree::text("SNS topic that is told; empty for none")),
    ]);
    Tree::table([("FileSystemId", id), ("TopicArn", topic)])
}

fn reference(name: &str) -> Tree {
    Tree::table([("Ref", Tree::text(name))])
}

fn not_empty(parameter: &str) -> Tree {
    let equals = Tree::table([("Fn::Equals", Tree::List(vec![reference(parameter), Tree::text("")]))]);
    Tree::table([("Fn::Not", Tree::List(vec![equals]))])
}

fn alarm(rule: &AlarmRule) -> Tree {
    let AlarmRule { metric, dimension, .. } = rule;
    let query = format!(
        "SELECT MAX({metric}) FROM SCHEMA(\"AWS/FSx\", FileSystemId, {dimension}) WHERE FileSystemId = '${{FileSystemId}}'"
    );
    let data = Tree::table([
        ("Id", Tree::text("largest")),
        ("Expression", Tree::table([("Fn::Sub", Tree::text(query))])),
        ("Period", Tree::Whole(PERIOD_S)),
        ("ReturnData", Tree::Flag(true)),
    ]);
    let described =
        format!("{metric} above {} {} for {} minutes on any {dimension}", rule.threshold, rule.unit, rule.minutes);
    let actions =
        Tree::List(vec![Tree::text("HasTopic"), Tree::List(vec![reference("TopicArn")]), reference("AWS::NoValue")]);
    let properties = Tree::table([
        ("AlarmDescription", Tree::text(described)),
        ("Metrics", Tree::List(vec![data])),
        ("ComparisonOperator", Tree::text("GreaterThanThreshold")),
        ("Threshold", Tree::Whole(rule.threshold.into())),
        ("EvaluationPeriods", Tree::Whole(rule.minutes.into())),
        ("TreatMissingData", Tree::text("notBreaching")),
        ("AlarmActions", Tree::table([("Fn::If", actions)])),
    ]);
    Tree::table([("Type", Tree::text("AWS::CloudWatch::Alarm")), ("Properties", properties)])
}

/// Where a threshold comes from.
fn threshold(rule: &AlarmRule) -> Finding {
    let why = rule.provenance.note.trim_end_matches('.');
    let message = format!("the alarm goes off above {} {} ({why})", rule.threshold, rule.unit);
    let finding = Finding::error("FSX-EXPORT-THRESHOLD", rule.metric, &rule.threshold.to_string(), message, "");
    let sources = rule.provenance.source_id.split_whitespace().collect();
    Finding { severity: Severity::Advice, sources, ..finding }
}
