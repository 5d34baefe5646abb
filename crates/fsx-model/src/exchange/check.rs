//! Whether the designs in a text of another tool are legal and sensible.

use super::draft::{Found, UNKNOWN_VALUE};
use super::import::{ImportFormat, read};
use super::tree::MAX_EXCHANGE_BYTES;
use crate::api::{self, Checked, CheckedFileSystem};
use crate::finding::{Error, Finding, Severity};
use crate::scenario::{MAX_INPUT_BYTES, Scenario, check_size, from_json, from_toml, from_tree, json_tree};
use crate::shape::record;

record! {
    /// A text of another tool, to be checked.
    CheckText {
        /// What wrote it.
        from: ImportFormat,
        /// The text.
        text: String,
    }
}

/// The input of `check`: a scenario, or a text of another tool.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(untagged))]
#[expect(clippy::large_enum_variant, reason = "one is read and used at once")]
pub enum CheckQuery {
    /// A scenario.
    Scenario(Scenario),
    /// A text of another tool.
    Text(CheckText),
}

impl CheckQuery {
    /// Reads JSON; a text stands in it as a string.
    ///
    /// # Errors
    /// As [`from_json`].
    pub fn from_json(json: &str) -> Result<Self, Error> {
        // the escapes of a string take room
        let tree = json_tree(json, 2 * MAX_EXCHANGE_BYTES)?;
        if ["from", "text"].iter().any(|name| tree.get(name).is_some()) {
            return from_tree(tree).map(Self::Text);
        }
        check_size(json, MAX_INPUT_BYTES)?;
        from_tree(tree).map(Self::Scenario)
    }

    /// The answer.
    ///
    /// # Errors
    /// As [`check`].
    pub fn answer(&self) -> Result<Checked, Error> {
        match self {
            Self::Scenario(scenario) => Ok(api::check(scenario)),
            Self::Text(CheckText { from, text }) => check(*from, text),
        }
    }
}

/// Checks every file system that a text tells of. Each finding names the place in the text.
///
/// ```
/// use fsx_model::exchange::{ImportFormat, check};
/// let text = "Resources:\n  Fast:\n    Type: AWS::FSx::FileSystem\n    Properties:\n      FileSystemType: LUSTRE\n      \
///             StorageCapacity: 3600\n      LustreConfiguration: { DeploymentType: SCRATCH_2 }\n";
/// let checked = check(ImportFormat::Cloudformation, text)?;
/// let error = checked.findings.iter().find(|it| it.code == "FSX-CAPACITY-STEP").expect("3600 is no step");
/// assert_eq!(error.field, "Resources.Fast.Properties.StorageCapacity");
/// # Ok::<(), fsx_model::finding::Error>(())
/// ```
///
/// # Errors
/// If the text is not of its format or longer than [`MAX_EXCHANGE_BYTES`], or a value in it has the wrong type: every
/// such fault of every file system.
pub fn check(from: ImportFormat, text: &str) -> Result<Checked, Error> {
    match from {
        ImportFormat::Toml => return from_toml(text).map(|scenario: Scenario| api::check(&scenario)),
        ImportFormat::Json => return from_json(text).map(|scenario: Scenario| api::check(&scenario)),
        _ => {}
    }
    let all = read(from, text)?;
    let faults: Vec<Finding> = all.iter().filter_map(|it| it.draft().err()).flat_map(|it| it.findings).collect();
    if !faults.is_empty() {
        return Err(Error::not_understood(faults));
    }
    let mut checked = Checked { findings: Vec::new(), file_systems: Vec::new() };
    for found in &all {
        let findings = of(found);
        checked.file_systems.push(CheckedFileSystem { name: found.name.clone(), findings: findings.len() });
        checked.findings.extend(findings);
    }
    if all.is_empty() {
        let message = format!("the text ({from}) tells of no FSx for Lustre file system, so nothing was checked");
        let finding = Finding::error("FSX-IMPORT-NONE", "", "", message, "");
        checked.findings.push(Finding { severity: Severity::Warning, ..finding });
    }
    Ok(checked)
}

/// What reading one file system had to say, and what the check of it says.
fn of(found: &Found) -> Vec<Finding> {
    let checked = found.scenario().map(|scenario| api::check(&scenario).findings).unwrap_or_default();
    let placed = found.findings.iter().cloned().chain(checked).map(|finding| found.placed(finding));
    let is_of_deploy = |finding: &Finding| found.names_for_deployment().any(|place| place == finding.field);
    // a subnet that is known only when the stack is made bears on no rule and no answer
    placed.filter(|finding| finding.code != UNKNOWN_VALUE || !is_of_deploy(finding)).collect()
}
