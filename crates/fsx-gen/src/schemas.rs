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
use fsx_model::reverse::Reversed;
use fsx_model::scenario::Scenario;
use fsx_model::what_if::WhatIfs;
use schemars::{JsonSchema, Schema, schema_for};
use serde_json::{Value, json};

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
        ranged("requirement", schema_for!(Requirement).to_value())?,
        file::<Plan>("plan")?,
        file::<Reversed>("reverse")?,
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

/// Tables of a requirement whose numbers may be given as low, mid and high.
const RANGED: [&str; 8] =
    ["Capacity", "TierShares", "Clients", "Workload", "OperationCounts", "Target", "Job", "JobTarget"];

/// The schema of a requirement with those ranges.
fn ranged(name: &str, mut schema: Value) -> io::Result<Generated> {
    for table in RANGED {
        let properties = schema.pointer_mut(&format!("/$defs/{table}/properties")).and_then(Value::as_object_mut);
        for property in properties.into_iter().flat_map(serde_json::Map::values_mut) {
            or_a_range(property);
        }
    }
    let schema = Schema::try_from(schema)?;
    write(name, &schema)
}

fn or_a_range(property: &mut Value) {
    let Some(fields) = property.as_object_mut() else { return };
    let whole = json!({ "$ref": "#/$defs/Whole" });
    let range = json!({ "$ref": "#/$defs/AssumptionRange" });
    if let Some(Value::Array(either)) = fields.get_mut("anyOf") {
        if either.contains(&whole) {
            either.push(range);
        }
    } else if fields.get("type").is_some_and(|of| *of == "number" || *of == json!(["number", "null"])) {
        let number = ["type", "format"].into_iter().filter_map(|key| Some((key.to_owned(), fields.remove(key)?)));
        let number: serde_json::Map<String, Value> = number.collect();
        fields.insert("anyOf".to_owned(), json!([number, range]));
    }
}

fn file<T: JsonSchema>(name: &str) -> io::Result<Generated> {
    write(name, &schema_for!(T))
}

fn write(name: &str, schema: &Schema) -> io::Result<Generated> {
    let text = serde_json::to_string_pretty(schema)?;
    Ok(Generated { path: format!("schemas/{name}.schema.json"), text: text + "\n" })
}
