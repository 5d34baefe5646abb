//! Client groups: names, instance types, encryption in transit.

use super::{Breach, Report, Rule, tables};
use crate::catalog::terms::Interface;
use crate::catalog::{self, INSTANCES, Instance};
use crate::finding::{Severity, did_you_mean};
use crate::scenario::{ClientGroups, Clients, Scenario};

/// Rules of this subject.
pub(super) static RULES: &[Rule] = &[
    Rule {
        code: "FSX-CLIENT-NAME-REQUIRED",
        title: "each of several client groups has a name",
        severity: Severity::Error,
        sources: &["MODEL"],
        after: &["FSX-LIST-LENGTH"],
        check: name_required,
    },
    Rule {
        code: "FSX-CLIENT-NAME",
        title: "no two client groups have the same name",
        severity: Severity::Error,
        sources: &["MODEL"],
        after: &["FSX-LIST-LENGTH"],
        check: name_unique,
    },
    Rule {
        code: "FSX-INSTANCE-TYPE",
        title: "the instance type is known",
        severity: Severity::Error,
        sources: &["MOTO"],
        after: &["FSX-LIST-LENGTH"],
        check: instance_type,
    },
    Rule {
        code: "FSX-INSTANCE-UNKNOWN",
        title: "an instance type with a line rate of its own is known all the same",
        severity: Severity::Warning,
        sources: &["MOTO"],
        after: &["FSX-LIST-LENGTH"],
        check: instance_unknown,
    },
    Rule {
        code: "FSX-TRANSIT-TYPE",
        title: "the deployment type can encrypt data in transit",
        severity: Severity::Error,
        sources: &["TRANSIT"],
        after: &["FSX-LIST-LENGTH"],
        check: transit_type,
    },
    Rule {
        code: "FSX-TRANSIT-INSTANCE",
        title: "the instance type can encrypt data in transit",
        severity: Severity::Error,
        sources: &["TRANSIT"],
        after: &["FSX-LIST-LENGTH", "FSX-TRANSIT-TYPE"],
        check: transit_instance,
    },
];

/// The groups given, with their places.
pub(super) fn groups(scenario: &Scenario) -> impl Iterator<Item = (usize, &Clients)> {
    scenario.clients.as_slice().iter().enumerate()
}

/// Path of a field of group `i`.
pub(super) fn path(scenario: &Scenario, i: usize, field: &str) -> String {
    format!("{}.{field}", scenario.clients.path(i))
}

/// The row of a group's instance type; none if it is not given or not known.
pub(super) fn instance(group: &Clients) -> Option<&'static Instance> {
    catalog::instance(group.instance_type.as_deref()?)
}

fn name_required(scenario: &Scenario, report: &mut Report<'_>) {
    let ClientGroups::Many(groups) = &scenario.clients else { return };
    if groups.len() < 2 {
        return;
    }
    for (i, _) in groups.iter().enumerate().filter(|(_, group)| group.name.is_none()) {
        let message = "each of several client groups needs a name, by which workloads refer to it";
        report(Breach::absent(path(scenario, i, "name"), message, format_args!("name = \"group-{}\"", i + 1)));
    }
}

fn name_unique(scenario: &Scenario, report: &mut Report<'_>) {
    let all = scenario.clients.as_slice();
    for (i, group) in groups(scenario) {
        let Some(name) = group.name.as_deref() else { continue };
        if all.iter().take(i).any(|before| before.name.as_deref() == Some(name)) {
            let free = (2..).map(|n| format!("{name}-{n}"));
            let fix = free.into_iter().find(|free| all.iter().all(|it| it.name.as_ref() != Some(free)));
            let message = "another client group has this name";
            report(Breach::new(path(scenario, i, "name"), name, message, fix.unwrap_or_default()));
        }
    }
}

/// Reports the groups whose instance type is not in the catalog, of those that do (`true`) or do not bring a line rate
/// that makes up for it.
fn unknown(scenario: &Scenario, made_up: bool, message: &str, otherwise: &str, report: &mut Report<'_>) {
    for (i, group) in groups(scenario) {
        let Some(name) = group.instance_type.as_deref() else { continue };
        let rate_given = group.network_gbps.is_some() && group.interface() == Interface::Ena;
        if rate_given == made_up && catalog::instance(name).is_none() {
            let near = did_you_mean(name, INSTANCES.iter().map(|row| row.instance_type));
            report(Breach::new(path(scenario, i, "instance_type"), name, message, near.unwrap_or(otherwise)));
        }
    }
}

fn instance_type(scenario: &Scenario, report: &mut Report<'_>) {
    let message = "this EC2 instance type is not in the catalog";
    unknown(scenario, false, message, "remove it and give network_gbps", report);
}

fn instance_unknown(scenario: &Scenario, report: &mut Report<'_>) {
    let message = "this EC2 instance type is not in the catalog: its line rate is taken from network_gbps, its memory and \
                   processors are not known";
    unknown(scenario, true, message, "remove it", report);
}

fn encrypting(scenario: &Scenario) -> impl Iterator<Item = (usize, &Clients)> {
    groups(scenario).filter(|(_, group)| group.in_transit_encryption())
}

fn transit_type(scenario: &Scenario, report: &mut Report<'_>) {
    let fs = &scenario.file_system;
    for (i, _) in encrypting(scenario) {
        if tables::feature(fs, "encryption in transit") == "no" {
            let message = format!("{} does not encrypt data in transit", fs.deployment_type);
            report(Breach::new(path(scenario, i, "in_transit_encryption"), true, message, false));
        }
    }
}

fn transit_instance(scenario: &Scenario, report: &mut Report<'_>) {
    let encrypts = |row: &Instance| row.encryption_in_transit == Some(true);
    for (i, group) in encrypting(scenario) {
        let Some(row) = instance(group).filter(|row| row.encryption_in_transit == Some(false)) else { continue };
        let message = "EC2 does not encrypt traffic in transit on this instance type";
        let fix = tables::most_like(row, encrypts).map_or("", |row| row.instance_type);
        report(Breach::new(path(scenario, i, "instance_type"), row.instance_type, message, fix));
    }
}
