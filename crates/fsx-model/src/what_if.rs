//! `what_if`: the same workloads after one change, for each change that can be made.

use serde::Serialize;

use crate::change::{self, Change};
use crate::cost::{Cost, cost};
use crate::estimate::{self, Estimate, estimate, has_error};
use crate::finding::Error;
use crate::job;
use crate::rules;
use crate::scenario::Scenario;

/// The answer of [`what_if`].
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct WhatIfs {
    /// The scenario as it is.
    pub estimate: Estimate,
    /// One entry per legal change.
    pub what_ifs: Vec<WhatIf>,
}

/// A change and what comes of it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct WhatIf {
    /// The change in words.
    pub change: String,
    /// Field that changes.
    pub field: String,
    /// What stands there now; empty if nothing does.
    pub value: String,
    /// What would stand there.
    pub fix: String,
    /// For each workload, its sustained rate over that of today.
    pub ratios: Vec<f64>,
    /// The estimate with the change, without findings, formulas and defaults.
    pub estimate: Estimate,
    /// What the design costs with the change.
    pub cost: Option<Cost>,
}

/// Estimates a scenario and every single change to it: next throughput tier or step, twice the capacity, wider stripes,
/// twice the clients, another interface, more streams, the same zone, compression, a read cache, the next Metadata IOPS,
/// more directories, later passes from cache, files loaded from S3 before they are read,
/// small files packed into larger ones.
///
/// # Errors
/// As [`estimate()`].
pub fn what_if(scenario: &Scenario) -> Result<WhatIfs, Error> {
    let now = estimate(scenario)?;
    let asked = job::expanded(scenario);
    let tried = legal_changes(&asked, &now).filter_map(|change| try_out(change, &now));
    let at_home =
        |it: WhatIf| WhatIf { field: job::home(scenario, &it.field).map_or(it.field, |(field, _)| field), ..it };
    let what_ifs = tried.map(at_home).collect();
    Ok(WhatIfs { what_ifs, estimate: now })
}

/// Every change that leaves a legal design.
pub(crate) fn legal_changes(scenario: &Scenario, now: &Estimate) -> impl Iterator<Item = Change> {
    changes(scenario, now).into_iter().filter(|change| !has_error(&rules::check(&change.changed)))
}

fn try_out(change: Change, now: &Estimate) -> Option<WhatIf> {
    let estimate = estimate::numbers(&change.changed)?;
    let pairs = estimate.workloads.iter().zip(&now.workloads);
    let ratios = pairs.map(|(then, now)| then.sustained.rate().0.mid / now.sustained.rate().0.mid).collect();
    let cost = cost(&change.changed);
    let Change { what, field, value, fix, .. } = change;
    Some(WhatIf { change: what, field, value, fix, ratios, estimate, cost })
}

/// Every change, those to the file system first, each once.
fn changes(scenario: &Scenario, now: &Estimate) -> Vec<Change> {
    let mut all: Vec<Change> = [
        change::next_tier(scenario),
        change::next_step(scenario),
        change::more_capacity(scenario),
        change::read_cache(scenario),
        change::more_metadata(scenario, now),
    ]
    .into_iter()
    .flatten()
    .collect();
    for i in 0..scenario.workloads.len() {
        all.extend(change::wider_stripes(scenario, now, i));
        all.extend(change::compression(scenario, i));
        all.extend(change::more_clients(scenario, i));
        all.extend(change::efa_clients(scenario, i));
        all.extend(change::same_zone(scenario, i));
        all.extend(change::more_streams(scenario, now, i));
        all.extend(change::more_directories(scenario, now, i));
        all.extend(change::cached_passes(scenario, i));
        all.extend(change::preloaded(scenario, i));
        all.extend(change::packed(scenario, i));
    }
    let mut seen = vec![scenario.clone()];
    all.retain(|change| {
        let new = !seen.contains(&change.changed);
        if new {
            seen.push(change.changed.clone());
        }
        new
    });
    all
}
