//! What other tools wrote, as a scenario.

mod api_json;
mod cloudformation;
mod cloudwatch;
mod csi;
mod darshan;
mod df;
mod dlio;
mod fio;
mod getstripe;
mod ior;
mod loads;
mod mdtest;
mod parallelcluster;
mod recognise;
mod scan;
mod terraform;

pub use recognise::recognise;

use serde::Serialize;

use super::draft::{Draft, Found};
use super::export::to_toml;
use super::tree;
use crate::catalog::terms::words;
use crate::finding::{Error, Finding};
use crate::scenario::{MAX_INPUT_BYTES, check_size, from_toml};
use crate::shape::record;

words! {
    /// What a text was written by.
    ImportFormat {
        /// `aws fsx describe-file-systems`.
        DescribeFileSystems = "describe-file-systems",
        /// `aws fsx describe-data-repository-associations`.
        DescribeDataRepositoryAssociations = "describe-data-repository-associations",
        /// Requests of the API, as `export` writes them.
        AwsCli = "aws-cli",
        /// A CloudFormation template, YAML or JSON.
        Cloudformation = "cloudformation",
        /// `terraform show -json` of a state or a plan.
        TerraformJson = "terraform-json",
        /// Kubernetes manifests for the driver fsx.csi.aws.com.
        Csi = "csi",
        /// A cluster configuration of AWS ParallelCluster.
        Parallelcluster = "parallelcluster",
        /// `lfs getstripe` of a file or directory, plain, with `-v` or with `-y`.
        LfsGetstripe = "lfs-getstripe",
        /// `lfs df`, also with `-h`, and inodes behind it.
        LfsDf = "lfs-df",
        /// Output of IOR, as text or JSON.
        Ior = "ior",
        /// Output of mdtest.
        Mdtest = "mdtest",
        /// Output of fio, as JSON.
        Fio = "fio",
        /// A workload of DLIO or MLPerf Storage, in YAML.
        Dlio = "dlio",
        /// A log of Darshan: JSON of pydarshan, or text of `darshan-parser`.
        Darshan = "darshan",
        /// `aws cloudwatch get-metric-data`.
        Cloudwatch = "cloudwatch",
        /// `fsx scan --json`: what a directory tree holds.
        Scan = "scan",
        /// A scenario in TOML.
        Toml = "toml",
        /// A scenario in JSON.
        Json = "json",
    }
}

record! {
    /// The input of `import`.
    Import {
        /// What wrote the text.
        from: ImportFormat,
        /// The text.
        text: String,
        /// Which of several file systems, or one of several loads, by the name that the text gives it.
        id: Option<String>,
        /// A scenario that what is read is added to: its file system becomes that of the text, loads come on top.
        into: Option<Draft>,
    }
}

/// The answer of `import`.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Imported {
    /// What the text calls it.
    pub name: String,
    /// As much of a scenario as the text tells.
    pub scenario: Draft,
    /// The same in TOML.
    pub toml: String,
    /// What was not carried over, and what was assumed.
    pub findings: Vec<Finding>,
}

/// Reads what another tool wrote into as much of a scenario as it tells.
///
/// # Errors
/// If the text is not of its format, is longer than [`super::MAX_EXCHANGE_BYTES`], tells nothing of a file system for
/// Lustre, or tells of several and none is chosen.
pub fn import(query: &Import) -> Result<Imported, Error> {
    let mut found = chosen(read(query.from, &query.text)?, query)?;
    if let Some(into) = &query.into {
        found.add_to(into);
    }
    let scenario = found.draft()?;
    Ok(Imported { toml: to_toml(&scenario)?, name: found.name, scenario, findings: found.findings })
}

/// Everything that a text tells of.
pub(super) fn read(from: ImportFormat, text: &str) -> Result<Vec<Found>, Error> {
    if text.trim().is_empty() {
        // an empty scenario in TOML as well: a tool that failed wrote nothing
        return Err(tree::not_understood("", "the text is empty"));
    }
    match from {
        ImportFormat::DescribeFileSystems | ImportFormat::DescribeDataRepositoryAssociations | ImportFormat::AwsCli => {
            api_json::read(text)
        }
        ImportFormat::Cloudformation => cloudformation::read(text),
        ImportFormat::TerraformJson => terraform::read(text),
        ImportFormat::Csi => csi::read(text),
        ImportFormat::Parallelcluster => parallelcluster::read(text),
        ImportFormat::LfsGetstripe => getstripe::read(text),
        ImportFormat::LfsDf => df::read(text),
        ImportFormat::Ior => ior::read(text),
        ImportFormat::Mdtest => mdtest::read(text),
        ImportFormat::Fio => fio::read(text),
        ImportFormat::Dlio => dlio::read(text),
        ImportFormat::Darshan => darshan::read(text),
        ImportFormat::Cloudwatch => cloudwatch::read(text),
        ImportFormat::Scan => scan::read(text),
        ImportFormat::Toml => {
            check_size(text, MAX_INPUT_BYTES)?;
            Ok(vec![Found::of("scenario", &from_toml(text)?)])
        }
        ImportFormat::Json => Ok(vec![Found { tree: tree::json(text)?, ..Found::new("scenario") }]),
    }
}

/// The one that is asked for.
fn chosen(mut all: Vec<Found>, query: &Import) -> Result<Found, Error> {
    let refuse = |value: &str, message: String, fix: &str| {
        Err(Error::refused(vec![Finding::error("FSX-IMPORT-WHICH", "id", value, message, fix)]))
    };
    let names = all.iter().map(|found| found.name.as_str()).collect::<Vec<_>>().join(", ");
    match (&query.id, all.len()) {
        (_, 0) => {
            refuse("", format!("the text ({}) tells of no file system for Lustre and of no load", query.from), "")
        }
        (Some(id), _) => match all.iter().position(|found| found.name == *id || found.has_load(id)) {
            Some(place) => {
                let mut found = all.swap_remove(place);
                if found.name != *id {
                    found.keep_only(id);
                }
                Ok(found)
            }
            None => refuse(id, format!("the text tells of no such thing, but of {names}"), &names),
        },
        (None, 1) => Ok(all.swap_remove(0)),
        (None, _) => refuse("", format!("the text tells of several: {names}"), "the id of one of them"),
    }
}
