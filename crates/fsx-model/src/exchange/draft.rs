//! What was read of a foreign text: the parts of a scenario that it tells, and where it told them.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::settings::{self, Tool};
use super::tree::At;
use crate::catalog::{VERSIONS, VersionRule};
use crate::finding::{Error, Finding, Severity};
use crate::plan::Capacity;
use crate::scenario::{
    AssumptionValue, Backup, ClientGroups, Deploy, FileSystem, Job, PartUtilization, Pricing, Scenario, Workload,
    from_tree, path,
};
use crate::shape::{Shape, Shaped, record};

record! {
    /// As much of a scenario as a text tells: without a file system it is a requirement in the making.
    #[derive(Default)]
    Draft {
        /// AWS Region or Local Zone.
        region: Option<String>,
        /// The file system, if the text describes one.
        file_system: Option<FileSystem>,
        /// How much has to be held, for a plan.
        capacity: Option<Capacity>,
        /// Backups.
        backup: Option<Backup>,
        /// What an export needs and no answer depends on.
        deploy: Option<Deploy>,
        /// Client groups.
        #[cfg_attr(feature = "schema", schemars(default))]
        clients: ClientGroups,
        /// Loads.
        #[cfg_attr(feature = "schema", schemars(default))]
        workloads: Vec<Workload>,
        /// Jobs.
        #[cfg_attr(feature = "schema", schemars(default))]
        jobs: Vec<Job>,
        /// How to price it.
        pricing: Option<Pricing>,
        /// What CloudWatch says of a file system that exists.
        #[cfg_attr(feature = "schema", schemars(default))]
        cloudwatch: Vec<PartUtilization>,
        /// Assumptions to override, by id.
        #[cfg_attr(feature = "schema", schemars(default))]
        assumptions: BTreeMap<String, AssumptionValue>,
    }
}

/// Code of findings about a value that is only known when the tool runs.
pub(super) const UNKNOWN_VALUE: &str = "FSX-IMPORT-UNKNOWN-VALUE";

/// What to do where a scenario would run at once what followed each other.
pub(super) const CHOOSE_ONE: &str = "--id and the name of one of them, for a scenario each";

/// The lists of loads in a scenario.
const LOADS: [&str; 2] = ["workloads", "jobs"];

/// One file system, or one load, of a text.
#[derive(Clone, Debug)]
pub(super) struct Found {
    /// What the text calls it.
    pub name: String,
    /// The scenario as a tree.
    pub tree: Value,
    /// Where in the text the fields stood.
    pub places: BTreeMap<String, String>,
    /// Where in the text its tables stand: by the table's path in the scenario (of the file system, empty), the tool and
    /// the place.
    pub homes: BTreeMap<String, (Tool, String)>,
    /// What was read and cannot be carried over, and what was assumed.
    pub findings: Vec<Finding>,
}

impl Found {
    pub(super) fn new(name: impl Into<String>) -> Self {
        let tree = Value::Object(Map::new());
        Self { name: name.into(), tree, places: BTreeMap::new(), homes: BTreeMap::new(), findings: Vec::new() }
    }

    /// One with the parts of a scenario given.
    pub(super) fn of(name: impl Into<String>, draft: &Draft) -> Self {
        // a record of plain fields: serialising it cannot fail
        let tree = serde_json::to_value(draft).unwrap_or_default();
        Self { tree, ..Self::new(name) }
    }

    /// Sets a field that stood at a place of the text.
    pub(super) fn set(&mut self, field: &str, value: Value, place: &str) {
        path::set(&mut self.tree, field, value);
        self.places.insert(field.to_owned(), place.to_owned());
    }

    /// Sets a field that the text leaves out to what the tool then takes.
    pub(super) fn set_default(&mut self, field: &str, value: &str, why: &str, source: &'static str) {
        if path::get(&self.tree, field).is_some() {
            return;
        }
        path::set(&mut self.tree, field, Value::from(value));
        self.findings.push(Finding {
            code: "FSX-IMPORT-DEFAULT",
            severity: Severity::Warning,
            field: field.to_owned(),
            value: String::new(),
            message: format!("the text leaves it out; {why} {value}"),
            fix: String::new(),
            sources: vec![source],
        });
    }

    /// A warning about something that was not carried over.
    pub(super) fn warn(&mut self, code: &'static str, at: &str, value: &str, message: impl Into<String>, fix: &str) {
        let finding = Finding::error(code, at, value, message, fix);
        self.findings.push(Finding { severity: Severity::Warning, ..finding });
    }

    /// A value that is only known when the tool runs.
    pub(super) fn unknown(&mut self, at: &At<'_>) {
        let message = "its value is only known when the tool runs, so the field is left out";
        self.warn(UNKNOWN_VALUE, &at.path, &at.value.to_string(), message, "give it in the scenario");
    }

    /// Names of a table that say nothing a scenario holds.
    pub(super) fn not_carried(&mut self, at: &At<'_>, read: &[&str], silent: &[&str]) {
        let known = |name: &str| {
            let begins = |path: &&str| path.split('.').next() == Some(name);
            read.iter().any(begins) || silent.contains(&name)
        };
        let fields = at.fields().into_iter().filter(|(name, at)| !known(name) && says_something(at.value));
        let names: Vec<&str> = fields.map(|(name, _)| name).collect();
        if !names.is_empty() {
            let message = format!("a scenario has no field for {}, so it is not carried over", names.join(", "));
            self.warn("FSX-IMPORT-NOT-CARRIED", &at.path, "", message, "");
        }
    }

    /// Whether there is a load of this name.
    pub(super) fn has_load(&self, name: &str) -> bool {
        LOADS.iter().any(|list| self.names(list).any(|it| it == name))
    }

    fn names<'a>(&'a self, list: &str) -> impl Iterator<Item = &'a str> + use<'a> {
        let loads = self.tree.get(list).and_then(Value::as_array).into_iter().flatten();
        loads.filter_map(|load| load.get("name")?.as_str())
    }

    /// The same with no other load than that of this name, and without what is said of the others or of all at once.
    pub(super) fn keep_only(&mut self, name: &str) {
        let names = LOADS.iter().flat_map(|list| self.names(list));
        let others: Vec<String> = names.filter(|it| *it != name).map(|it| format!("`{it}`")).collect();
        for list in LOADS {
            if let Some(Value::Array(loads)) = self.tree.get_mut(list) {
                loads.retain(|load| load.get("name").and_then(Value::as_str) == Some(name));
            }
        }
        let of_others = |message: &str| others.iter().any(|other| message.contains(other.as_str()));
        self.findings.retain(|finding| {
            finding.field != "workloads" || !(of_others(&finding.message) || finding.fix == CHOOSE_ONE)
        });
    }

    /// The text of a field of the scenario.
    pub(super) fn text(&self, field: &str) -> Option<&str> {
        path::get(&self.tree, field)?.as_str()
    }

    /// The version that the API takes when none is asked for.
    pub(super) fn set_api_version(&mut self) {
        let metadata = self.text("file_system.metadata_configuration.mode").is_some();
        let kind = self.text("file_system.deployment_type");
        let of_kind = |row: &&VersionRule| {
            row.api_default && row.metadata_configuration == metadata && Some(row.deployment_type.as_str()) == kind
        };
        if let Some(row) = VERSIONS.iter().find(of_kind) {
            self.set_default("file_system.file_system_type_version", row.version, "the API then takes", "API-CREATE");
        }
    }

    /// The same without the numbers that a description gives for what the service chooses by itself.
    pub(super) fn settled(mut self) -> Self {
        const USER_PROVISIONED: &str = "USER_PROVISIONED";
        for (mode, number) in [
            ("file_system.metadata_configuration.mode", "file_system.metadata_configuration.iops"),
            ("file_system.read_cache.sizing_mode", "file_system.read_cache.size_gib"),
        ] {
            if self.text(mode).is_some_and(|mode| mode != USER_PROVISIONED) {
                path::remove(&mut self.tree, number);
            }
        }
        self
    }

    /// Adds what was found to a scenario: tables are merged, the text's values before those there, and lists follow each
    /// other. Loads stay with the clients they came with.
    pub(super) fn add_to(&mut self, into: &Draft) {
        let mut base = Self::of(self.name.clone(), into).tree;
        if base.get("clients").is_some() && self.tree.get("clients").is_some() {
            name_clients(&mut base, "clients");
            name_clients(&mut self.tree, &self.name.clone());
        }
        merge(&mut base, std::mem::take(&mut self.tree));
        self.tree = base;
    }

    /// The scenario; faults name the places of the text.
    pub(super) fn draft(&self) -> Result<Draft, Error> {
        from_tree(self.tree.clone()).map_err(|error| Error {
            findings: error.findings.into_iter().map(|finding| self.placed(explained(finding))).collect(),
            ..error
        })
    }

    /// The draft as a scenario with nothing on it, if it has a file system.
    pub(super) fn scenario(&self) -> Option<Scenario> {
        let draft = self.draft().ok()?;
        Some(Scenario {
            region: draft.region,
            file_system: draft.file_system?,
            backup: draft.backup,
            deploy: draft.deploy,
            clients: draft.clients,
            workloads: draft.workloads,
            jobs: draft.jobs,
            pricing: draft.pricing,
            cloudwatch: draft.cloudwatch,
            assumptions: draft.assumptions,
        })
    }

    /// A finding with the place in the text for the field of the scenario: where it stands, or would stand. What the
    /// tool has no field for is put to the file system as a whole.
    pub(super) fn placed(&self, finding: Finding) -> Finding {
        if let Some(field) = self.place(&finding.field) {
            return Finding { field, ..finding };
        }
        match self.homes.get("") {
            Some((_, home)) if !home.is_empty() && is_of_draft(&finding.field) => {
                let message = format!("`{}`: {}", finding.field, finding.message);
                Finding { field: home.clone(), message, ..finding }
            }
            _ => finding,
        }
    }

    /// The places of what only an export needs.
    pub(super) fn names_for_deployment(&self) -> impl Iterator<Item = String> {
        let fields = settings::of_file_system().map(|setting| setting.field);
        fields.filter(|field| field.starts_with("deploy.")).filter_map(|field| self.place(field))
    }

    /// The place in the text of a field of the scenario.
    fn place(&self, field: &str) -> Option<String> {
        if let Some(place) = self.places.get(field).filter(|place| !place.is_empty()) {
            return Some(place.clone());
        }
        // an item of a list that stands there as a whole
        if let Some((list, item)) = field.strip_suffix(']').and_then(|it| it.rsplit_once('['))
            && let Some(place) = self.places.get(list)
        {
            return Some(format!("{place}[{item}]"));
        }
        let within = |(table, _): &(&String, &(Tool, String))| {
            table.is_empty()
                || field.strip_prefix(table.as_str()).is_some_and(|rest| rest.starts_with('.') || rest.is_empty())
        };
        // the longest comes last
        let (table, (tool, home)) = self.homes.iter().rfind(within)?;
        let rest = field.get(table.len()..)?.trim_start_matches('.');
        if rest.is_empty() && !table.is_empty() {
            return Some(home.clone());
        }
        let name = settings::name_of(*tool, !table.is_empty(), rest)?;
        Some(if home.is_empty() { name.to_owned() } else { format!("{home}.{name}") })
    }
}

/// Whether a path is one of the scenario, not one of the text.
fn is_of_draft(field: &str) -> bool {
    let first = field.split(['.', '[']).next();
    let Shape::Record(fields) = Draft::SHAPE else { return false };
    fields.iter().any(|known| Some(known.name) == first)
}

/// Whether a value is more than what a tool writes for a field that is not used.
fn says_something(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => false,
        Value::Number(number) => number.as_f64() != Some(0.0),
        Value::String(text) => !matches!(text.as_str(), "" | "NONE"),
        Value::Array(list) => !list.is_empty(),
        Value::Object(table) => !table.is_empty(),
        Value::Bool(true) => true,
    }
}

/// The same, where what is missing is the file system to which a part of one belongs.
fn explained(finding: Finding) -> Finding {
    if finding.code != "INPUT-MISSING-FIELD" || finding.field != "file_system.deployment_type" {
        return finding;
    }
    let message = "the text tells a part of a file system, and not its type";
    Finding { message: message.to_owned(), fix: "--into a scenario with the file system".to_owned(), ..finding }
}

/// Gives the clients of a scenario that are one table a name, and makes them the clients of its loads.
fn name_clients(tree: &mut Value, name: &str) {
    let Some(Value::Object(only)) = tree.get_mut("clients") else { return };
    let name = only.entry("name").or_insert_with(|| Value::from(name)).clone();
    let only = Value::Object(std::mem::take(only));
    path::set(tree, "clients", Value::Array(vec![only]));
    for list in LOADS {
        for load in tree.get_mut(list).and_then(Value::as_array_mut).into_iter().flatten() {
            if let Value::Object(load) = load {
                load.entry("clients").or_insert_with(|| name.clone());
            }
        }
    }
}

/// Lays a tree over another.
fn merge(base: &mut Value, over: Value) {
    match (base, over) {
        (Value::Object(base), Value::Object(over)) => {
            for (name, value) in over {
                match base.get_mut(&name) {
                    Some(there) => merge(there, value),
                    None => _ = base.insert(name, value),
                }
            }
        }
        (Value::Array(base), Value::Array(over)) => base.extend(over),
        (base, over) => *base = over,
    }
}
