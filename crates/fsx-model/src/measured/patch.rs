//! Fields of a scenario set by their paths.

use serde_json::Value;

use crate::scenario::path;

/// A scenario, as a tree, with a field set; an empty text takes it away.
///
/// A path such as `file_system.fill` or `clients[1].count`; one that begins with no table of the scenario is that of a
/// field of the first workload.
#[must_use]
pub fn patched(mut scenario: Value, field: &str, value: &Value) -> Value {
    const TABLES: [&str; 9] =
        ["file_system", "clients", "workloads", "jobs", "assumptions", "region", "pricing", "backup", "deploy"];
    let first = field.split(['.', '[']).next().unwrap_or_default();
    let field = if TABLES.contains(&first) { field.to_owned() } else { format!("workloads[0].{field}") };
    if value.as_str() == Some("") {
        path::remove(&mut scenario, &field);
    } else {
        path::set(&mut scenario, &field, value.clone());
    }
    scenario
}
