//! What a person writes: plain structs, a unit in every name, AWS API terms in snake case.
//!
//! Only [`crate::rules`] and [`crate::design`] read these.

mod clients;
mod cloudwatch;
mod file_system;
mod job;
mod parse;
pub(crate) mod path;
mod workload;

use std::collections::BTreeMap;

use crate::catalog::terms::words;
use crate::catalog::{CATALOG_DATE, newest_version};

use crate::shape::{DefaultTaken, Node, Shape, Shaped, Told, View, Whole, record};
pub use clients::Clients;
pub use cloudwatch::{PartUtilization, UtilizationMetric};
pub use file_system::*;
pub use job::{Job, JobKind, JobTarget};
#[cfg(feature = "toml")]
pub use parse::from_toml;
pub(crate) use parse::without_nulls;
pub use parse::{MAX_INPUT_BYTES, from_json, from_tree};
#[cfg(feature = "exchange")]
pub(crate) use parse::{check_size, from_json_within, json_tree};
use serde::{Serialize, Serializer};
use serde_json::Value;
pub use workload::*;

record! {
    /// A design and what runs on it.
    Scenario {
        /// AWS Region or Local Zone.
        region: Option<String> = "us-east-1".to_owned(),
        /// The file system; the only required table.
        file_system: FileSystem,
        /// Backups; absent means none.
        backup: Option<Backup>,
        /// Names an export needs.
        deploy: Option<Deploy>,
        /// One client group, or several with names.
        #[cfg_attr(feature = "schema", schemars(default))]
        clients: ClientGroups,
        /// Loads on the file system.
        #[cfg_attr(feature = "schema", schemars(default))]
        workloads: Vec<Workload>,
        /// Jobs, each of which becomes workloads.
        #[cfg_attr(feature = "schema", schemars(default))]
        jobs: Vec<Job>,
        /// How to price the design.
        pricing: Option<Pricing>,
        /// What CloudWatch says of a file system that exists, for its head room.
        #[cfg_attr(feature = "schema", schemars(default))]
        cloudwatch: Vec<PartUtilization>,
        /// Assumptions to override, by id.
        #[cfg_attr(feature = "schema", schemars(default))]
        assumptions: BTreeMap<String, AssumptionValue>,
    }
}

impl Scenario {
    /// The client groups a workload runs on, with their places: the one it names, else all, else the default.
    pub fn groups_of<'a>(&'a self, workload: &'a Workload) -> impl Iterator<Item = (usize, &'a Clients)> {
        let groups = self.clients.as_slice();
        let default = groups.is_empty() && workload.clients.is_none();
        let named = |group: &Clients| workload.clients.is_none() || group.name == workload.clients;
        let given = groups.iter().enumerate().filter(move |(_, group)| named(group));
        given.chain(default.then_some((0, const { &Clients::DEFAULT })))
    }

    /// The client group of a workload that runs on just one.
    #[must_use]
    pub fn clients_of(&self, workload: &Workload) -> Option<&Clients> {
        let groups = self.clients.as_slice();
        match (&workload.clients, groups) {
            (Some(name), _) => groups.iter().find(|group| group.name.as_ref() == Some(name)),
            (None, []) => Some(const { &Clients::DEFAULT }),
            (None, [only]) => Some(only),
            (None, _) => None,
        }
    }

    /// Streams of a workload over all its client groups.
    #[must_use]
    pub fn streams_of(&self, workload: &Workload) -> i64 {
        let clients = self.groups_of(workload).map(|(_, group)| workload.clients_in(group));
        clients.fold(0, i64::saturating_add).saturating_mul(workload.processes_per_client().0)
    }
}

/// Every default that an answer to this scenario takes, those that depend on other fields last.
#[must_use]
pub fn defaults_taken(scenario: &Scenario) -> Vec<DefaultTaken> {
    let mut taken = Vec::new();
    scenario.defaults("", &mut taken);
    let mut add = |field: String, value: Value| taken.push(DefaultTaken { field, value });
    let raw = &scenario.file_system;
    if raw.file_system_type_version.is_none()
        && let Some(version) = newest_version(raw.deployment_type, raw.metadata_configuration.is_some())
    {
        add("file_system.file_system_type_version".to_owned(), Value::from(version));
    }
    if raw.layout.is_none() {
        add("file_system.layout.kind".to_owned(), Value::from(LayoutKind::Default.as_str()));
    }
    if let Some(pricing) = &scenario.pricing {
        if pricing.creations_per_month.is_none() && pricing.duty_cycle() < 1.0 {
            add("pricing.creations_per_month".to_owned(), Value::from(pricing.creations()));
        }
        if pricing.date.is_none() {
            add("pricing.date".to_owned(), Value::from(CATALOG_DATE));
        }
    }
    for (i, workload) in scenario.workloads.iter().enumerate() {
        let mut add = |name: &str, value: Value| add(format!("workloads[{i}].{name}"), value);
        if workload.name.is_none() {
            add("name", Value::from(workload.name_or_number(i)));
        }
        if workload.operation.is_none() && workload.operations.is_none() {
            add("operation", Value::from(workload.operation().as_str()));
        }
        if workload.file_count.is_none() && !workload.shared_file() {
            add("file_count", Value::from(scenario.streams_of(workload)));
        }
    }
    taken
}

words! {
    /// Which events of S3 links are logged.
    LogLevel {
        /// None.
        Disabled = "DISABLED",
        /// Warnings.
        WarnOnly = "WARN_ONLY",
        /// Errors.
        ErrorOnly = "ERROR_ONLY",
        /// Both.
        WarnError = "WARN_ERROR",
    }
}

record! {
    /// Automatic backups.
    Backup {
        /// Days they are kept, 0 to 90.
        automatic_retention_days: Option<Whole> = Whole(0),
        /// Data that change in a day, GiB.
        daily_change_gib: Option<f64>,
        /// When they begin, HH:MM in UTC; by default AWS chooses. For exports.
        daily_automatic_start_time: Option<String>,
        /// Whether the tags are copied to them. For exports.
        copy_tags: Option<bool> = false,
    }
}

record! {
    /// What an export needs and no answer depends on.
    Deploy {
        /// Subnet id; without one, an export writes a placeholder of valid form.
        subnet_id: Option<String>,
        /// Security group ids; none: the default group of the VPC.
        #[cfg_attr(feature = "schema", schemars(default))]
        security_group_ids: Vec<String>,
        /// KMS key; absent or empty: the service's own.
        kms_key_id: Option<String>,
        /// Tags.
        #[cfg_attr(feature = "schema", schemars(default))]
        tags: BTreeMap<String, String>,
        /// When the weekly maintenance window opens, d:HH:MM in UTC, Monday is 1; by default AWS chooses.
        weekly_maintenance_start_time: Option<String>,
        /// User and group that root is taken for, UID:GID; absent: root is root.
        root_squash: Option<String>,
        /// Clients whose root stays root, as Lustre network ids.
        #[cfg_attr(feature = "schema", schemars(default))]
        no_squash_nids: Vec<String>,
        /// Which events of S3 links are logged.
        log_level: Option<LogLevel>,
        /// ARN of the log group or delivery stream.
        log_destination: Option<String>,
        /// Id of the file system, if it is there already: an export that mounts it then names it.
        file_system_id: Option<String>,
        /// Its DNS name; by default that of the id.
        dns_name: Option<String>,
        /// Its mount name.
        mount_name: Option<String>,
    }
}

record! {
    /// How to price the design.
    Pricing {
        /// Hours in a month.
        hours_per_month: Option<f64> = 730.0,
        /// Whether the clients' instances are counted.
        include_clients: Option<bool> = false,
        /// Share of the month the file system exists.
        duty_cycle: Option<f64> = 1.0,
        /// Where prices come from: `built-in`, or `own` where FSx has no prices but those below.
        price_book: Option<String> = "built-in".to_owned(),
        /// How often in a month the file system is made and filled, if it exists for a share of the month; by default
        /// once a day.
        creations_per_month: Option<f64>,
        /// Data moved between zones in a month, GB, each direction counted; wanted if clients are in another zone.
        cross_az_gb_per_month: Option<f64>,
        /// Day by which the age of prices is judged, ISO 8601; by default that of the catalog.
        date: Option<String>,
        /// Prices that replace those built in.
        #[cfg_attr(feature = "schema", schemars(default))]
        prices: Vec<OwnPrice>,
    }
}

impl Pricing {
    /// How a scenario without the table is priced.
    pub const DEFAULT: Self = Self::EMPTY;
    /// Hours in a day.
    pub(crate) const HOURS_PER_DAY: f64 = 24.0;

    /// How often in a month the file system is made and filled, by default once a day.
    #[must_use]
    pub fn creations(&self) -> f64 {
        self.creations_per_month.unwrap_or_else(|| self.hours_per_month() / Self::HOURS_PER_DAY)
    }
}

record! {
    /// A price that replaces one built in.
    OwnPrice {
        /// What it is for: an item of the table `prices`, or `ec2.on_demand.` and an instance type.
        item: String,
        /// Where it holds; by default in the scenario's region.
        region: Option<String>,
        /// US dollars for one unit; 0 is a price.
        usd: f64,
        /// Day on which it was read, ISO 8601.
        as_of: Option<String>,
        /// Where it was read.
        source: Option<String>,
    }
}

/// No clients, one group (`[clients]`) or several (`[[clients]]`).
#[derive(Clone, Debug, PartialEq, Default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(untagged))]
pub enum ClientGroups {
    /// Not given.
    #[default]
    Absent,
    /// One table.
    One(Clients),
    /// A list.
    Many(Vec<Clients>),
}

impl ClientGroups {
    /// The groups given.
    #[must_use]
    pub fn as_slice(&self) -> &[Clients] {
        match self {
            Self::Absent => &[],
            Self::One(one) => std::slice::from_ref(one),
            Self::Many(many) => many,
        }
    }

    /// Every group, or the default one, changed.
    fn map(&self, change: impl Fn(Clients) -> Clients) -> Self {
        match self.clone() {
            Self::Absent => Self::One(change(Clients::DEFAULT)),
            Self::One(one) => Self::One(change(one)),
            Self::Many(many) => Self::Many(many.into_iter().map(change).collect()),
        }
    }

    /// The same with all traffic encrypted.
    #[must_use]
    pub fn encrypted(&self) -> Self {
        self.map(|group| Clients { in_transit_encryption: Some(true), ..group })
    }

    /// The same over plain ENA.
    #[must_use]
    pub(crate) fn over_ena(&self) -> Self {
        self.map(|group| Clients { interface: None, ..group })
    }

    /// Path of group `i` in the input.
    #[must_use]
    pub fn path(&self, i: usize) -> String {
        match self {
            Self::Many(_) => format!("clients[{i}]"),
            _ => "clients".to_owned(),
        }
    }
}

impl Node for ClientGroups {
    fn view(&self) -> View<'_> {
        static DEFAULT: Clients = Clients::DEFAULT;
        match self {
            Self::Absent => View::Absent(Some(&DEFAULT)),
            Self::One(one) => one.view(),
            Self::Many(_) => View::List,
        }
    }
    fn read(&mut self, tree: Option<&Value>) -> bool {
        *self = match tree {
            None => Self::Absent,
            Some(Value::Array(_)) => Self::Many(Vec::new()),
            Some(_) => Self::One(Clients::EMPTY),
        };
        match self {
            Self::Absent => true,
            Self::One(one) => one.read(tree),
            Self::Many(many) => many.read(tree),
        }
    }
    fn get(&self, place: usize) -> Option<&dyn Node> {
        match self {
            Self::Absent => None,
            Self::One(one) => one.get(place),
            Self::Many(many) => Node::get(many, place),
        }
    }
    fn get_mut(&mut self, place: usize) -> Option<&mut dyn Node> {
        match self {
            Self::Absent => None,
            Self::One(one) => one.get_mut(place),
            Self::Many(many) => Node::get_mut(many, place),
        }
    }
}

impl Shaped for ClientGroups {
    const SHAPE: Shape = Shape::OneOrMany(&Clients::SHAPE);
    const REQUIRED: bool = false;
    const EMPTY: Self = Self::Absent;
}

impl Serialize for ClientGroups {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Told(self).serialize(serializer)
    }
}

/// The value an assumption is overridden with: a number, a range, or `true` or `false` for a switch.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(untagged))]
pub enum AssumptionValue {
    /// A number in the assumption's unit.
    Number(f64),
    /// A switch.
    Flag(bool),
    /// What is known of it, which keeps its part in intervals.
    Range(AssumptionRange),
}

record! {
    /// A range of an assumption, in its unit.
    #[derive(Copy)]
    AssumptionRange {
        /// 5th percentile.
        low: f64,
        /// Median: the value taken.
        mid: f64,
        /// 95th percentile.
        high: f64,
    }
}

impl Node for AssumptionValue {
    fn view(&self) -> View<'_> {
        match self {
            Self::Number(number) => View::Number(*number),
            Self::Flag(flag) => View::Flag(*flag),
            Self::Range(range) => range.view(),
        }
    }
    fn read(&mut self, tree: Option<&Value>) -> bool {
        let mut range = AssumptionRange::EMPTY;
        let read = match tree {
            Some(Value::Bool(flag)) => Some(Self::Flag(*flag)),
            Some(Value::Number(number)) => number.as_f64().map(Self::Number),
            _ => range.read(tree).then_some(Self::Range(range)),
        };
        read.map(|it| *self = it).is_some()
    }
    fn get(&self, place: usize) -> Option<&dyn Node> {
        let Self::Range(range) = self else { return None };
        range.get(place)
    }
}

impl Shaped for AssumptionValue {
    const SHAPE: Shape = Shape::NumberFlagOr(&AssumptionRange::SHAPE);
    const EMPTY: Self = Self::Flag(false);
}

impl Serialize for AssumptionValue {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Told(self).serialize(serializer)
    }
}
