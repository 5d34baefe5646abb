//! `schemas/`: JSON Schema of the inputs and answers.

use std::io;

use fsx_model::accuracy::{Accuracy, AccuracyQuery};
use fsx_model::api::{CatalogAnswer, Checked};
use fsx_model::ask::{BurstOrBaseline, EfaBreakEven};
use fsx_model::calibrate::{CalibrateQuery, Calibrated};
use fsx_model::compare::{Compared, Comparison};
use fsx_model::cost::Priced;
use fsx_model::estimate::Estimate;
use fsx_model::exchange::{CheckQuery, Export, Exported, Import, Imported, Scanned};
use fsx_model::plan::{Plan, Requirement};
use fsx_model::presets::{Presets, PresetsQuery};
use fsx_model::scenario::Scenario;
use fsx_model::what_if::WhatIfs;
use schemars::{JsonSchema, schema_for};

use crate::Generated;

/// One file per input and answer.
pub(crate) fn files() -> io::Result<Vec<Generated>> {
    Ok(vec![
        file::<Scenario>("scenario")?,
        file::<Estimate>("estimate")?,
        file::<CheckQuery>("check_query")?,
        file::<Checked>("check")?,
        file::<Scanned>("scan")?,
        file::<Priced>("price")?,
        file::<Requirement>("requirement")?,
        file::<Plan>("plan")?,
        file::<EfaBreakEven>("efa_break_even")?,
        file::<BurstOrBaseline>("burst_or_baseline")?,
        file::<WhatIfs>("what_if")?,
        file::<Comparison>("comparison")?,
        file::<Compared>("compare")?,
        file::<CatalogAnswer>("catalog")?,
        file::<Export>("export_query")?,
        file::<Exported>("export")?,
        file::<Import>("import_query")?,
        file::<Imported>("import")?,
        file::<AccuracyQuery>("accuracy_query")?,
        file::<Accuracy>("accuracy")?,
        file::<CalibrateQuery>("calibrate_query")?,
        file::<Calibrated>("calibrate")?,
        file::<PresetsQuery>("presets_query")?,
        file::<Presets>("presets")?,
    ])
}

fn file<T: JsonSchema>(name: &str) -> io::Result<Generated> {
    let text = serde_json::to_string_pretty(&schema_for!(T))?;
    Ok(Generated { path: format!("schemas/{name}.schema.json"), text: text + "\n" })
}
