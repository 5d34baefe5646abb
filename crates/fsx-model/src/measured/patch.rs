//! Fields of a scenario set by their paths.

use serde_json::{Map, Value};

/// A scenario, as a tree, with a field set; an empty text takes it away.
///
/// A path such as `file_system.fill` or `clients[1].count`; one that begins with no table of the scenario is that of a
/// field of the first workload.
#[must_use]
pub fn patched(mut scenario: Value, path: &str, value: &Value) -> Value {
    const TABLES: [&str; 9] =
        ["file_system", "clients", "workloads", "jobs", "assumptions", "region", "pricing", "backup", "deploy"];
    let first = path.split(['.', '[']).next().unwrap_or_default();
    let path = if TABLES.contains(&first) { path.to_owned() } else { format!("workloads[0].{path}") };
    let steps: Vec<&str> = path.split(['.', '[']).map(|step| step.trim_end_matches(']')).collect();
    set(&mut scenario, &steps, value);
    scenario
}

fn set(at: &mut Value, steps: &[&str], value: &Value) {
    let Some((step, rest)) = steps.split_first() else {
        *at = value.clone();
        return;
    };
    if let Ok(place) = step.parse::<usize>() {
        // beyond the end of a list there is nothing to set: the field is named where the scenario is read
        if !at.is_array() {
            *at = Value::Array(Vec::new());
        }
        if let Value::Array(list) = at {
            if list.len() == place {
                list.push(Value::Object(Map::new()));
            }
            if let Some(item) = list.get_mut(place) {
                set(item, rest, value);
            }
        }
        return;
    }
    if !at.is_object() {
        *at = Value::Object(Map::new());
    }
    if let Value::Object(table) = at {
        if rest.is_empty() && value.as_str() == Some("") {
            table.remove(*step);
        } else {
            set(table.entry(*step).or_insert(Value::Null), rest, value);
        }
    }
}
