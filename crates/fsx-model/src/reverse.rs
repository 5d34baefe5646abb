//! `reverse`: given a file system, how much of each workload it carries, and how many clients.

use serde::Serialize;

use crate::catalog::{CATALOG_DATE, figures};
use crate::estimate::{
    self, AssumptionUse, FileSystemFigures, MODEL_VERSION, ModelVersion, Range, estimate, has_error, sustained_rates,
};
use crate::finding::{Error, Finding};
use crate::job;
use crate::model::LimitId;
use crate::rules;
use crate::rules::tables::whole;
use crate::scenario::{ClientGroups, Clients, Scenario, defaults_taken};
use crate::shape::{DefaultTaken, Whole};

/// The answer of [`reverse`].
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Reversed {
    /// Published figures × capacity, and counts.
    pub file_system: FileSystemFigures,
    /// One entry per workload, in the order of the scenario.
    pub workloads: Vec<Carried>,
    /// Warnings.
    pub findings: Vec<Finding>,
    /// The assumptions it rests on.
    pub assumptions: Vec<AssumptionUse>,
    /// Defaults that were taken.
    pub defaults: Vec<DefaultTaken>,
    /// Versions of model and catalog.
    pub model: ModelVersion,
}

/// How much of a workload a file system carries.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Carried {
    /// Name of the workload.
    pub name: String,
    /// Unit of the rates: MB/s of data, items a second of metadata.
    pub unit: &'static str,
    /// What it reaches with its clients as they are, if it offers all it can and the others what they offer; credits
    /// spent.
    pub sustained: Range,
    /// The same while burst credits last; `null` where nothing bursts.
    pub burst: Option<Range>,
    /// What stops it there, sustained.
    pub bottleneck: LimitId,
    /// What it offers, or has as its target; `null` if it goes as fast as it goes.
    pub offered: Option<f64>,
    /// How many times that is carried, sustained, mid.
    pub times: Option<f64>,
    /// Its clients.
    pub clients: ClientsCarried,
}

/// How many clients of a workload a file system feeds.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ClientsCarried {
    /// Clients there are.
    pub now: i64,
    /// What each offers, in the unit of the workload.
    pub each: Option<f64>,
    /// Most clients that get all they offer, sustained, mid; 0 if not even one does. `null` without an offered load, and
    /// for a workload on several client groups.
    pub most: Option<i64>,
    /// Fewest clients, each as fast as it goes, that bring the workload within 5 % of the most that any number does.
    /// `null` for a workload on several client groups.
    pub saturating: Option<i64>,
}

/// Turns the question round: what a file system carries of each workload beside the others, and with how many clients.
///
/// `most` is found by doubling the clients until one more makes all of them slower than they ask for; the first such
/// number counts. Files that a scenario does not number grow with the clients.
///
/// # Errors
/// As [`estimate()`].
///
/// ```
/// // 4.8 TiB at 125 MB/s per TiB: 600 MB/s of disks feed four readers of 140 MB/s, not five.
/// let scenario = fsx_model::scenario::from_json(
///     r#"{ "file_system": { "deployment_type": "PERSISTENT_2", "storage_capacity_gib": 4800, "per_unit_storage_throughput": 125 },
///          "clients": { "count": 2 },
///          "workloads": [ { "processes_per_client": 16, "rate_limit_mb_per_s": 280 } ] }"#,
/// )?;
/// let carried = &fsx_model::reverse::reverse(&scenario)?.workloads[0];
/// assert_eq!((carried.clients.each, carried.clients.most), (Some(140.0), Some(4)));
/// # Ok::<(), fsx_model::finding::Error>(())
/// ```
pub fn reverse(scenario: &Scenario) -> Result<Reversed, Error> {
    let now = estimate(scenario)?;
    let written = scenario;
    let scenario = &*job::expanded(scenario);
    let workloads = (0..scenario.workloads.len()).filter_map(|i| carried(scenario, i)).collect();
    let mut findings = rules::check(scenario);
    job::at_home(written, &mut findings);
    Ok(Reversed {
        file_system: now.file_system,
        workloads,
        findings,
        assumptions: now.assumptions,
        defaults: defaults_taken(written),
        model: ModelVersion { version: MODEL_VERSION, catalog: CATALOG_DATE },
    })
}

fn carried(scenario: &Scenario, i: usize) -> Option<Carried> {
    let freed = freed(scenario, i)?;
    let answer = estimate::numbers(&freed)?;
    let reached = answer.workloads.get(i)?;
    let (sustained, unit) = reached.sustained.rate();
    let offered = offered(scenario, i);
    Some(Carried {
        name: reached.name.clone(),
        unit,
        sustained,
        burst: reached.burst.as_ref().map(|burst| burst.regime.rate().0),
        bottleneck: reached.sustained.bottleneck,
        offered,
        times: offered.map(|offered| sustained.mid / offered),
        clients: clients(&freed, i, offered),
    })
}

/// The same scenario with a workload that goes as fast as it goes.
fn freed(scenario: &Scenario, i: usize) -> Option<Scenario> {
    let mut freed = scenario.clone();
    let load = freed.workloads.get_mut(i)?;
    load.rate_limit_mb_per_s = None;
    load.rate_limit_operations_per_s = None;
    load.target = None;
    Some(freed)
}

/// What a workload offers or has to reach, in the unit of its rate.
fn offered(scenario: &Scenario, i: usize) -> Option<f64> {
    let load = scenario.workloads.get(i)?;
    let target = load.target.as_ref();
    let rate = target.and_then(|it| it.throughput_mb_per_s).or(load.rate_limit_mb_per_s);
    let operations = target.and_then(|it| it.operations_per_s).or(load.rate_limit_operations_per_s);
    let moves_data = load.operations.is_none() && load.operation().is_data();
    if moves_data {
        let per_operation = load.io_size_kib() * KIB / MB;
        rate.or_else(|| operations.map(|operations| operations * per_operation))
    } else {
        operations
    }
}

/// Bytes in a KiB.
const KIB: f64 = 1024.0;
/// Bytes in an MB.
const MB: f64 = 1e6;

/// Near enough to the most that any number of clients reaches.
const SATURATED: f64 = 0.95;

/// A share of what is asked for that rounding may cost.
const ROUNDING: f64 = 1e-9;

fn clients(freed: &Scenario, i: usize, offered: Option<f64>) -> ClientsCarried {
    let count = freed.workloads.get(i).map_or(0, |load| freed.groups_of(load).map(|(_, group)| group.count().0).sum());
    let each = offered.map(|offered| offered / Whole(count).get());
    let most = whole(figures::LUSTRE_CLIENTS_MAX.value);
    let rate = |clients: i64| {
        let changed = with_own_clients(freed, i, clients)?;
        let legal = !has_error(&rules::check(&changed));
        legal.then(|| sustained_rates(&changed))??.get(i).copied()
    };
    let fed = |each: f64| {
        let enough =
            |clients: i64| rate(clients).is_some_and(|rate| rate >= Whole(clients).get() * each * (1.0 - ROUNDING));
        last(most, enough)
    };
    let saturating = rate(most).map(|highest| {
        let short = |clients: i64| rate(clients).is_some_and(|rate| rate < highest * SATURATED);
        last(most, short) + 1
    });
    ClientsCarried { now: count, each, most: each.filter(|_| saturating.is_some()).map(fed), saturating }
}

/// The scenario with a workload on a client group of its own, of so many clients; `None` if it runs on several groups.
fn with_own_clients(scenario: &Scenario, i: usize, count: i64) -> Option<Scenario> {
    let mut changed = scenario.clone();
    let load = changed.workloads.get_mut(i)?;
    let group = scenario.clients_of(load)?;
    let named = |i: usize, group: &Clients| Clients {
        name: group.name.clone().or_else(|| Some(format!("clients-{}", i + 1))),
        ..group.clone()
    };
    let mut groups: Vec<Clients> =
        scenario.clients.as_slice().iter().enumerate().map(|(i, group)| named(i, group)).collect();
    if groups.is_empty() {
        groups.push(named(0, &Clients::DEFAULT));
    }
    let own = format!("clients of {}", load.name_or_number(i));
    groups.push(Clients { name: Some(own.clone()), count: Some(Whole(count)), ..group.clone() });
    load.clients = Some(own);
    // the others stay on theirs
    let only = groups.first().and_then(|group| group.name.clone());
    for (_, other) in changed.workloads.iter_mut().enumerate().filter(|(other, _)| *other != i) {
        if other.clients.is_none() {
            if groups.len() > 2 {
                return None;
            }
            other.clients.clone_from(&only);
        }
    }
    changed.clients = ClientGroups::Many(groups);
    Some(changed)
}

/// The last number from 1 to `most` for which something holds that does up to some number; 0 if for none.
fn last(most: i64, holds: impl Fn(i64) -> bool) -> i64 {
    let (mut below, mut above) = (0, 1);
    while above <= most && holds(above) {
        below = above;
        above = above.saturating_mul(2);
    }
    above = above.min(most + 1);
    while above - below > 1 {
        let mid = below.midpoint(above);
        if holds(mid) {
            below = mid;
        } else {
            above = mid;
        }
    }
    below
}
