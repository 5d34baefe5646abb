//! A design in the words of a tool that deploys it.

mod alarms;
mod aws_cli;
mod cloudformation;
mod csi;
mod hcl;
mod lfs;
mod parallelcluster;
mod shell;
mod terraform;
mod updates;

pub(super) use aws_cli::{ASSOCIATE, CREATE};
pub(super) use csi::DRIVER;
pub(super) use parallelcluster::VERSION as PARALLELCLUSTER_VERSION;

use serde::Serialize;
use serde_json::Value;

use super::settings::Tool;
use super::tree::Tree;
use crate::catalog::newest_version;
use crate::catalog::terms::words;
use crate::estimate::has_error;
use crate::finding::{Error, Finding, Severity};
use crate::plan::{Requirement, plan};
use crate::rules;
use crate::scenario::{Backup, FileSystem, Scenario, path};
use crate::shape::{Shaped as _, record};

words! {
    /// What a design is written as.
    ExportFormat {
        /// Requests of the API as JSON, one list per command of `aws fsx`.
        AwsCli = "aws-cli",
        /// A CloudFormation template in YAML.
        Cloudformation = "cloudformation",
        /// Terraform in HCL.
        Terraform = "terraform",
        /// Kubernetes manifests for the driver fsx.csi.aws.com.
        Csi = "csi",
        /// The `SharedStorage` section of AWS ParallelCluster.
        Parallelcluster = "parallelcluster",
        /// A shell script for the clients: mounting, layout, loading from S3, tuning.
        Lfs = "lfs",
        /// CloudWatch alarms, as a CloudFormation template in YAML.
        Alarms = "alarms",
        /// The scenario in TOML.
        Toml = "toml",
        /// The scenario in JSON.
        Json = "json",
    }
}

record! {
    /// The input of `export`: a scenario, or a requirement whose best file system is exported.
    Export {
        /// What to write.
        to: ExportFormat,
        /// The design.
        scenario: Option<Scenario>,
        /// What a design is to be found for.
        requirement: Option<Requirement>,
        /// What there is already: `aws-cli` then writes the updates that lead from it to the design.
        current_file_system: Option<FileSystem>,
    } plain = with_plain_requirement
}

/// The tree of a query whose requirement has its ranges in their own list, as one that is read by itself.
fn with_plain_requirement(mut tree: Value) -> Value {
    if let Some(requirement) = tree.get_mut("requirement") {
        *requirement = Requirement::plain(requirement.take());
    }
    tree
}

/// The answer of `export`.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Exported {
    /// A name for the file.
    pub file_name: &'static str,
    /// What stands in it.
    pub text: String,
    /// Warnings about the design, what the tool cannot express, and what was filled in.
    pub findings: Vec<Finding>,
}

/// A design and its tree with every default that an export writes.
#[derive(Clone)]
struct Design<'a> {
    scenario: &'a Scenario,
    tree: Value,
}

/// What an exporter made.
struct Artefact {
    text: String,
    findings: Vec<Finding>,
}

/// Subnet of an export whose scenario names none.
pub(super) const PLACEHOLDER_SUBNET: &str = "subnet-0123456789abcdef0";

/// Security group where a tool cannot do without one and the scenario names none.
const PLACEHOLDER_SECURITY_GROUP: &str = "sg-0123456789abcdef0";

/// Id of a file system that is yet to be made.
pub(super) const PLACEHOLDER_FILE_SYSTEM: &str = "fs-0123456789abcdef0";

/// Writes a design for a tool.
///
/// # Errors
/// If the design is not legal, the requirement has no answer, or the tool cannot make such a file system at all.
pub fn export(query: &Export) -> Result<Exported, Error> {
    let planned;
    let scenario = match (&query.scenario, &query.requirement) {
        (Some(scenario), None) => scenario,
        (None, Some(requirement)) => {
            planned = best(requirement)?;
            &planned
        }
        _ => {
            let message = "export takes either a scenario or a requirement";
            return Err(Error::not_understood(vec![Finding::error(
                "INPUT-MISSING-FIELD",
                "scenario",
                "",
                message,
                "",
            )]));
        }
    };
    let mut findings = rules::check(scenario);
    if has_error(&findings) {
        return Err(Error::refused(findings));
    }
    let design = Design::of(scenario);
    let (file_name, artefact) = match query.to {
        ExportFormat::AwsCli => match &query.current_file_system {
            None => ("fsx.json", aws_cli::write(&design)?),
            Some(current) => ("fsx-updates.json", updates::write_updates(&design, current)?),
        },
        ExportFormat::Cloudformation => ("fsx.template.yaml", cloudformation::write(&design)?),
        ExportFormat::Terraform => ("fsx.tf", terraform::write(&design)?),
        ExportFormat::Csi => ("fsx-csi.yaml", csi::write(&design)?),
        ExportFormat::Parallelcluster => ("shared-storage.yaml", parallelcluster::write(&design)?),
        ExportFormat::Lfs => ("fsx-client.sh", lfs::write(&design)?),
        ExportFormat::Alarms => ("fsx-alarms.template.yaml", alarms::write(&design)?),
        ExportFormat::Toml => ("scenario.toml", Artefact::plain(to_toml(scenario)?)),
        ExportFormat::Json => ("scenario.json", Artefact::plain(to_json(scenario))),
    };
    findings.extend(artefact.findings);
    Ok(Exported { file_name, text: artefact.text, findings })
}

/// The scenario of the best file system for a requirement.
fn best(requirement: &Requirement) -> Result<Scenario, Error> {
    let answer = plan(requirement)?;
    let Some(best) = answer.best else {
        let reasons = answer.rejections.iter().map(|rejection| {
            Finding::error("FSX-EXPORT-NO-PLAN", "requirement", &rejection.family, rejection.reason.clone(), "")
        });
        return Err(Error::refused(reasons.collect()));
    };
    Ok(requirement.written_on(best.file_system))
}

/// A record of the scenario as TOML.
pub(super) fn to_toml<T: Serialize>(record: &T) -> Result<String, Error> {
    let text = toml::to_string(record)
        .map_err(|error| Error::not_understood(vec![Finding::error("INPUT-SYNTAX", "", "", error.to_string(), "")]))?;
    Ok(text.trim_end().to_owned() + "\n")
}

fn to_json(scenario: &Scenario) -> String {
    // a record of plain fields: serialising it cannot fail
    serde_json::to_string_pretty(scenario).unwrap_or_default() + "\n"
}

impl<'a> Design<'a> {
    fn of(scenario: &'a Scenario) -> Self {
        // as above
        let mut tree = serde_json::to_value(scenario).unwrap_or_default();
        let raw = &scenario.file_system;
        let mut fill = |field: &str, value: Option<Value>| {
            if path::get(&tree, field).is_none()
                && let Some(value) = value
            {
                path::set(&mut tree, field, value);
            }
        };
        let version = newest_version(raw.deployment_type, raw.metadata_configuration.is_some());
        fill("file_system.storage_type", Some(Value::from(raw.storage_type().as_str())));
        fill("file_system.data_compression_type", Some(Value::from(raw.data_compression_type().as_str())));
        fill("file_system.file_system_type_version", version.map(Value::from));
        fill("deploy.subnet_id", Some(Value::from(PLACEHOLDER_SUBNET)));
        for (i, association) in raw.data_repository_associations.iter().enumerate() {
            let field = format!("file_system.data_repository_associations[{i}].imported_file_chunk_size_mib");
            fill(&field, Some(Value::from(association.imported_file_chunk_size_mib().0)));
        }
        // scratch types take no such field at all
        if !has_backups(raw) {
            path::remove(&mut tree, "backup");
        }
        Self { scenario, tree }
    }

    /// The associations of the tree.
    fn associations(&self) -> &[Value] {
        let list = path::get(&self.tree, "file_system.data_repository_associations");
        list.and_then(Value::as_array).map_or(&[], Vec::as_slice)
    }

    /// The settings of the file system as a tool names them, behind the fields given, and what it has no name for.
    fn settings(&self, tool: Tool, mut to: Tree) -> (Tree, Vec<&'static str>) {
        let left_out = super::settings::write_file_system(tool, &self.tree, &mut to);
        (to, left_out)
    }

    /// The id of the file system, if it is there already.
    fn file_system_id(&self) -> Option<&str> {
        self.scenario.deploy.as_ref()?.file_system_id.as_deref()
    }

    /// Its DNS name, if it is there already.
    fn dns_name(&self) -> Option<String> {
        let given = self.scenario.deploy.as_ref()?.dns_name.clone();
        given.or_else(|| Some(format!("{}.fsx.{}.amazonaws.com", self.file_system_id()?, self.scenario.region())))
    }

    /// In a few words.
    fn title(&self) -> String {
        let raw = &self.scenario.file_system;
        let mut title = format!("FSx for Lustre, {} {}", raw.deployment_type, raw.storage_type());
        if let Some(capacity) = raw.storage_capacity_gib {
            title += &format!(", {} GiB", capacity.0);
        }
        if let Some(tier) = raw.per_unit_storage_throughput {
            title += &format!(", {} MB/s per TiB", tier.0);
        }
        if let Some(throughput) = raw.throughput_capacity_mb_per_s {
            title += &format!(", {} MB/s", throughput.0);
        }
        title
    }

    /// What was filled in, what no such file system has, and what only `lfs` can set.
    fn remarks(&self, tool: &str) -> Vec<Finding> {
        let mut findings = Vec::new();
        let subnet = self.scenario.deploy.as_ref().and_then(|deploy| deploy.subnet_id.as_deref());
        if subnet.is_none_or(|subnet| subnet == PLACEHOLDER_SUBNET) {
            let message = format!("no subnet is named, so {tool} gets a placeholder of valid form");
            findings.push(placeholder("deploy.subnet_id", message, "the subnet's id"));
        }
        let set = |backup: &Backup| backup.copy_tags() || backup.daily_automatic_start_time.is_some();
        let raw = &self.scenario.file_system;
        if !has_backups(raw) && self.scenario.backup.as_ref().is_some_and(set) {
            let message = format!("{} has no backups, so how they are to be made is left out", raw.deployment_type);
            let finding = Finding::error("FSX-EXPORT-LEFT-OUT", "backup", "", message, "remove it");
            findings.push(Finding { severity: Severity::Advice, ..finding });
        }
        if raw.layout.is_some() {
            let message = format!("{tool} does not set layouts; `lfs setstripe` does, after mounting");
            let finding =
                Finding::error("FSX-EXPORT-LAYOUT", "file_system.layout", "", message, "`fsx export --to lfs`");
            findings.push(Finding { severity: Severity::Advice, ..finding });
        }
        findings
    }

    /// Findings about fields that a tool has no name for.
    fn left_out(&self, fields: &[&str], tool: &str, fix: &str) -> Vec<Finding> {
        let finding = |field: &&str| {
            let value = path::get(&self.tree, field).map(shown).unwrap_or_default();
            let message = format!("{tool} cannot express it, so the file system made would lack it");
            let finding = Finding::error("FSX-EXPORT-LEFT-OUT", field, &value, message, fix);
            Finding { severity: Severity::Warning, ..finding }
        };
        fields.iter().map(finding).collect()
    }
}

fn has_backups(raw: &FileSystem) -> bool {
    rules::tables::feature(raw, "backups") != "no"
}

/// A warning about a value that was made up.
fn placeholder(field: &str, message: String, fix: &str) -> Finding {
    let finding = Finding::error("FSX-EXPORT-PLACEHOLDER", field, "", message, fix);
    Finding { severity: Severity::Warning, ..finding }
}

fn shown(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

impl Artefact {
    fn plain(text: String) -> Self {
        Self { text, findings: Vec::new() }
    }
}

/// A tool that cannot make such a file system at all.
fn cannot(field: &str, value: &str, message: impl Into<String>, fix: &str) -> Error {
    Error::refused(vec![Finding::error("FSX-EXPORT-CANNOT", field, value, message, fix)])
}
