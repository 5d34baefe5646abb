//! What EFA, GPUDirect Storage and ENA Express ask of clients.

use super::clients::{groups, instance, path};
use super::{Breach, Report, Rule, tables, values};
use crate::catalog::terms::Interface;
use crate::catalog::{Instance, client_maximum_gbps, figures};
use crate::finding::Severity;
use crate::scenario::{Clients, Scenario};
use crate::shape::Whole;

/// Rules of this subject.
pub(super) static RULES: &[Rule] = &[
    Rule {
        code: "FSX-CLIENT-INTERFACE",
        title: "clients use EFA or ENA Express with a file system that has EFA",
        severity: Severity::Error,
        sources: &["PERF", "EFA"],
        after: &["FSX-LIST-LENGTH"],
        check: file_system,
    },
    Rule {
        code: "FSX-CLIENT-INSTANCE-REQUIRED",
        title: "clients with EFA have an instance type or a line rate",
        severity: Severity::Error,
        sources: &["EFA"],
        after: &["FSX-LIST-LENGTH"],
        check: instance_required,
    },
    Rule {
        code: "FSX-CLIENT-EFA",
        title: "FSx for Lustre accepts the EFA of the instance type",
        severity: Severity::Error,
        sources: &["EFA"],
        after: &["FSX-LIST-LENGTH"],
        check: efa,
    },
    Rule {
        code: "FSX-CLIENT-EFA-UNKNOWN",
        title: "it is known whether FSx for Lustre accepts the EFA of the instance type",
        severity: Severity::Warning,
        sources: &["EFA"],
        after: &["FSX-LIST-LENGTH"],
        check: efa_unknown,
    },
    Rule {
        code: "FSX-CLIENT-GDS",
        title: "the instance type has GPUDirect Storage to FSx for Lustre",
        severity: Severity::Error,
        sources: &["EFA", "EFACLIENT"],
        after: &["FSX-LIST-LENGTH"],
        check: gds,
    },
    Rule {
        code: "FSX-CLIENT-NETWORK",
        title: "a line rate is one that a client can use with FSx for Lustre over its interface",
        severity: Severity::Warning,
        sources: &["PERF"],
        after: &["FSX-LIST-LENGTH", "FSX-VALUE-RANGE"],
        check: network,
    },
    Rule {
        code: "FSX-CLIENT-ENA-EXPRESS",
        title: "the instance type has ENA Express",
        severity: Severity::Error,
        sources: &["ENAX"],
        after: &["FSX-LIST-LENGTH"],
        check: ena_express,
    },
    Rule {
        code: "FSX-CLIENT-ZONE",
        title: "clients with EFA or ENA Express are in the file system's Availability Zone",
        severity: Severity::Error,
        sources: &["EFA", "ENAX"],
        after: &["FSX-LIST-LENGTH"],
        check: zone,
    },
    Rule {
        code: "FSX-EFA-CONNECTIONS",
        title: "all clients together have no more EFA connections than the file system takes",
        severity: Severity::Error,
        sources: &["EFACLIENT"],
        after: &["FSX-LIST-LENGTH"],
        check: connections,
    },
];

fn file_system(scenario: &Scenario, report: &mut Report<'_>) {
    if scenario.file_system.efa_enabled() {
        return;
    }
    for (i, group) in groups(scenario).filter(|(_, group)| group.interface() != Interface::Ena) {
        let message = format!(
            "{} needs a file system made with efa_enabled = true; to any other, clients have the limits of ENA",
            group.interface()
        );
        report(Breach::new(path(scenario, i, "interface"), group.interface(), message, Interface::Ena));
    }
}

/// Groups with one of these interfaces; none if the file system has no EFA, which is a fault of its own.
fn using(scenario: &Scenario, wanted: fn(Interface) -> bool) -> impl Iterator<Item = (usize, &Clients)> {
    let enabled = scenario.file_system.efa_enabled();
    groups(scenario).filter(move |(_, group)| enabled && wanted(group.interface()))
}

fn accepted(row: &Instance) -> bool {
    row.fsx_efa_eligible == Some(true)
}

fn instance_required(scenario: &Scenario, report: &mut Report<'_>) {
    for (i, group) in using(scenario, Interface::is_efa) {
        if group.instance_type.is_none() && group.network_gbps.is_none() {
            let message = "clients with EFA need an instance type, or the line rate network_gbps";
            let fix = "instance_type, such as \"p5.48xlarge\"";
            report(Breach::absent(path(scenario, i, "instance_type"), message, fix));
        }
    }
}

fn efa(scenario: &Scenario, report: &mut Report<'_>) {
    for (i, group) in using(scenario, Interface::is_efa) {
        let Some(row) = instance(group).filter(|row| row.fsx_efa_eligible == Some(false)) else { continue };
        let least = figures::EFA_NITRO_VERSION_MIN.value;
        let rule = format!("FSx for Lustre accepts EFA on Nitro v{least} or newer");
        let message = match row.nitro_version {
            _ if !row.efa => format!("this instance type has no EFA; {rule}"),
            Some(version) if f64::from(version) < least => format!("this instance type is on Nitro v{version}; {rule}"),
            _ => "FSx for Lustre does not accept the EFA of this instance type".to_owned(),
        };
        let gds = |row: &Instance| accepted(row) && row.gds == Some(true);
        let wanted = if group.interface() == Interface::EfaGds { gds } else { accepted };
        let fix = tables::most_like(row, wanted).map_or("", |row| row.instance_type);
        report(Breach::new(path(scenario, i, "instance_type"), row.instance_type, message, fix));
    }
}

fn efa_unknown(scenario: &Scenario, report: &mut Report<'_>) {
    for (i, group) in using(scenario, Interface::is_efa) {
        let Some(row) = instance(group).filter(|row| row.fsx_efa_eligible.is_none()) else { continue };
        let message = format!(
            "whether FSx for Lustre accepts the EFA of this instance type is not known: it takes Nitro v{} or newer",
            figures::EFA_NITRO_VERSION_MIN.value
        );
        let fix = tables::most_like(row, accepted).map_or("", |row| row.instance_type);
        report(Breach::new(path(scenario, i, "instance_type"), row.instance_type, message, fix));
    }
}

fn gds(scenario: &Scenario, report: &mut Report<'_>) {
    for (i, group) in using(scenario, |interface| interface == Interface::EfaGds) {
        let without = |row: &&Instance| row.fsx_efa_eligible != Some(false) && row.gds == Some(false);
        if let Some(row) = instance(group).filter(without) {
            let message = format!("{} has no GPUDirect Storage to FSx for Lustre", row.instance_type);
            report(Breach::new(path(scenario, i, "interface"), group.interface(), message, Interface::Efa));
        }
    }
}

fn ena_express(scenario: &Scenario, report: &mut Report<'_>) {
    for (i, group) in using(scenario, |interface| interface == Interface::EnaExpress) {
        if let Some(row) = instance(group).filter(|row| !row.ena_express) {
            let message = format!("{} has no ENA Express", row.instance_type);
            report(Breach::new(path(scenario, i, "interface"), group.interface(), message, Interface::Ena));
        }
    }
}

fn network(scenario: &Scenario, report: &mut Report<'_>) {
    for (i, group) in groups(scenario) {
        let most = client_maximum_gbps(group.interface());
        if let Some(gbps) = group.network_gbps.filter(|gbps| *gbps > most) {
            let message =
                format!("one client moves at most {most} Gbit/s over {}; the model uses that", group.interface());
            report(Breach::new(path(scenario, i, "network_gbps"), gbps, message, most));
        }
    }
}

fn zone(scenario: &Scenario, report: &mut Report<'_>) {
    for (i, group) in using(scenario, |interface| interface != Interface::Ena) {
        if !group.same_availability_zone() {
            let message = format!("{} needs clients in the file system's Availability Zone", group.interface());
            let sources: &[_] = if group.interface().is_efa() { &["EFA"] } else { &["ENAX"] };
            let field = path(scenario, i, "same_availability_zone");
            report(Breach { sources, ..Breach::new(field, false, message, true) });
        }
    }
}

/// EFA interfaces of one client of the group; none where the group has a fault of its own.
fn interfaces(group: &Clients) -> Option<i64> {
    if !values::clients_in_bounds(group) {
        return None;
    }
    let Some(row) = instance(group) else { return Some(1) };
    let bound = row.fsx_default_efa_interfaces.or(row.efa_interfaces).unwrap_or(1);
    (row.fsx_efa_eligible != Some(false)).then(|| i64::from(bound.max(1)))
}

fn connections(scenario: &Scenario, report: &mut Report<'_>) {
    let most = tables::whole(figures::EFA_CONNECTIONS_MAX.value);
    let efa = || using(scenario, Interface::is_efa).filter_map(|(i, group)| Some((i, group, interfaces(group)?)));
    let used = |group: &Clients, each: i64| group.count().0.saturating_mul(each);
    let mut left = most;
    for (i, group, each) in efa() {
        if used(group, each) > left {
            let all = efa().fold(0_i64, |sum, (_, group, each)| sum.saturating_add(used(group, each)));
            let message = format!(
                "the clients make {all} EFA connections, {each} for each client of this group; the file system takes {most}"
            );
            let fits = left.checked_div(each).unwrap_or(0);
            let field = path(scenario, i, "count");
            let value = group.count.map_or_else(String::new, |count: Whole| count.0.to_string());
            let breach = if fits > 0 {
                Breach::new(field, value, message, fits)
            } else {
                Breach::new(field, value, message, "fewer clients in the groups before, or ENA for this one")
            };
            report(breach);
            return;
        }
        left -= used(group, each);
    }
}
