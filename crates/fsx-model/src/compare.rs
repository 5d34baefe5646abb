//! `compare`: two to eight designs side by side.

use serde::Serialize;
use serde_json::Value;

use crate::estimate::{Estimate, estimate};
use crate::finding::{Error, Finding, Severity};
use crate::scenario::Scenario;
use crate::shape::record;

record! {
    /// The input of [`compare`].
    Comparison {
        /// Two to eight scenarios.
        scenarios: Vec<Scenario>,
        /// A name for each; by default `design-1` and so on.
        #[cfg_attr(feature = "schema", schemars(default))]
        names: Vec<String>,
    }
}

/// Most designs of a comparison.
pub const MOST_DESIGNS: usize = 8;

/// The answer of [`compare`].
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Compared {
    /// The designs, in the order given.
    pub designs: Vec<ComparedDesign>,
    /// The fields in which they differ.
    pub differences: Vec<Difference>,
    /// Workloads by name, in the order in which they first appear.
    pub workloads: Vec<ComparedWorkload>,
}

/// A design and its estimate.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ComparedDesign {
    /// Its name.
    pub name: String,
    /// Its estimate.
    pub estimate: Estimate,
}

/// A field in which the designs differ.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Difference {
    /// Path of the field.
    pub field: String,
    /// Its value in each design; `null` where it is not given.
    pub values: Vec<Value>,
}

/// What becomes of a workload in each design; `null` where a design does not have it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ComparedWorkload {
    /// Its name.
    pub name: String,
    /// Unit of the rates.
    pub unit: &'static str,
    /// Sustained rate, mid.
    pub sustained: Vec<Option<f64>>,
    /// Rate while burst credits last, mid; the sustained one where nothing bursts.
    pub burst: Vec<Option<f64>>,
    /// Time for all of the work, mid, seconds.
    pub seconds: Vec<Option<f64>>,
    /// Sustained rate over that of the first design that has the workload.
    pub ratio: Vec<Option<f64>>,
}

/// Estimates each of two to eight scenarios and says in what they differ.
///
/// # Errors
/// All findings of all scenarios, each path behind `scenarios[i].`, if one is refused; or if they are too few or too
/// many.
pub fn compare(comparison: &Comparison) -> Result<Compared, Error> {
    let Comparison { scenarios, names } = comparison;
    check_counts(scenarios.len(), names.len())?;
    let mut designs = Vec::new();
    let mut refused = Vec::new();
    for (i, scenario) in scenarios.iter().enumerate() {
        let name = names.get(i).cloned().unwrap_or_else(|| format!("design-{}", i + 1));
        match estimate(scenario) {
            Ok(estimate) => designs.push(ComparedDesign { name, estimate }),
            Err(error) => refused.extend(
                error
                    .findings
                    .into_iter()
                    .map(|finding| Finding { field: format!("scenarios[{i}].{}", finding.field), ..finding }),
            ),
        }
    }
    if !refused.is_empty() {
        return Err(Error::refused(refused));
    }
    let workloads = workloads(&designs);
    Ok(Compared { differences: differences(scenarios), workloads, designs })
}

fn check_counts(scenarios: usize, names: usize) -> Result<(), Error> {
    let mut findings = Vec::new();
    let mut add = |field: &str, value: usize, message: String| {
        findings.push(Finding {
            code: "FSX-COMPARE-COUNT",
            severity: Severity::Error,
            field: field.to_owned(),
            value: value.to_string(),
            message,
            fix: String::new(),
            sources: Vec::new(),
        });
    };
    if !(2..=MOST_DESIGNS).contains(&scenarios) {
        add("scenarios", scenarios, format!("a comparison takes 2 to {MOST_DESIGNS} scenarios"));
    }
    if names != 0 && names != scenarios {
        add("names", names, format!("{scenarios} scenarios need as many names, or none"));
    }
    if findings.is_empty() { Ok(()) } else { Err(Error::refused(findings)) }
}

fn workloads(designs: &[ComparedDesign]) -> Vec<ComparedWorkload> {
    let mut names: Vec<&str> = Vec::new();
    for workload in designs.iter().flat_map(|design| &design.estimate.workloads) {
        if !names.contains(&workload.name.as_str()) {
            names.push(&workload.name);
        }
    }
    let each = |name: &str| {
        let of: Vec<_> =
            designs.iter().map(|design| design.estimate.workloads.iter().find(|it| it.name == name)).collect();
        let unit = of.iter().flatten().next().map_or("", |workload| workload.sustained.rate().1);
        let rates: Vec<_> = of.iter().map(|it| it.map(|it| it.sustained.rate().0.mid)).collect();
        let first = rates.iter().copied().flatten().next();
        ComparedWorkload {
            name: name.to_owned(),
            unit,
            burst: of
                .iter()
                .map(|it| it.map(|it| it.burst.as_ref().map_or(&it.sustained, |burst| &burst.regime).rate().0.mid))
                .collect(),
            seconds: of.iter().map(|it| it.map(|it| it.seconds.mid)).collect(),
            ratio: rates.iter().map(|rate| Some((*rate)? / first?)).collect(),
            sustained: rates,
        }
    };
    names.into_iter().map(each).collect()
}

/// Every field whose value is not the same in all scenarios, in the order in which they first appear.
fn differences(scenarios: &[Scenario]) -> Vec<Difference> {
    let leaves: Vec<Vec<(String, Value)>> = scenarios
        .iter()
        .map(|scenario| {
            let mut out = Vec::new();
            flatten("", &serde_json::to_value(scenario).unwrap_or_default(), &mut out);
            out
        })
        .collect();
    let mut fields: Vec<&String> = Vec::new();
    for (field, _) in leaves.iter().flatten() {
        if !fields.contains(&field) {
            fields.push(field);
        }
    }
    let value = |leaves: &Vec<(String, Value)>, field: &String| {
        leaves.iter().find(|(name, _)| name == field).map_or(Value::Null, |(_, value)| value.clone())
    };
    let all = fields.into_iter().map(|field| Difference {
        field: field.clone(),
        values: leaves.iter().map(|leaves| value(leaves, field)).collect(),
    });
    all.filter(|difference| difference.values.windows(2).any(|pair| pair[0] != pair[1])).collect()
}

fn flatten(path: &str, value: &Value, out: &mut Vec<(String, Value)>) {
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                flatten(&path, value, out);
            }
        }
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(i, item)| flatten(&format!("{path}[{i}]"), item, out));
        }
        Value::Null => {}
        leaf => out.push((path.to_owned(), leaf.clone())),
    }
}
