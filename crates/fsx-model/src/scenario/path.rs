//! Fields of a tree by their paths, such as `file_system.fill` or `clients[1].count`.

use serde_json::{Map, Value};

/// The names and places that a path goes through.
pub(crate) fn steps(path: &str) -> impl Iterator<Item = &str> {
    path.split(['.', '[']).map(|step| step.trim_end_matches(']'))
}

/// The value of a field.
pub(crate) fn get<'a>(tree: &'a Value, path: &str) -> Option<&'a Value> {
    steps(path).try_fold(tree, |at, step| match at {
        Value::Array(list) => list.get(step.parse::<usize>().ok()?),
        other => other.get(step),
    })
}

/// Sets a field; tables and lists on the way are made where nothing stands. A place beyond the end of a list, or below
/// what is no table, is left alone: the field is named where the scenario is read.
pub(crate) fn set(tree: &mut Value, path: &str, value: Value) {
    let mut at = tree;
    for step in steps(path) {
        let next = match step.parse::<usize>() {
            Ok(place) => item(at, place),
            Err(_) => entry(at, step),
        };
        let Some(next) = next else { return };
        at = next;
    }
    *at = value;
}

/// Takes a field away.
pub(crate) fn remove(tree: &mut Value, path: &str) {
    let (parent, name) = path.rsplit_once('.').map_or((None, path), |(parent, name)| (Some(parent), name));
    let table = match parent {
        None => Some(tree),
        Some(parent) => steps(parent).try_fold(tree, |at, step| match at {
            Value::Array(list) => list.get_mut(step.parse::<usize>().ok()?),
            other => other.get_mut(step),
        }),
    };
    if let Some(Value::Object(table)) = table {
        table.remove(name);
    }
}

fn item(at: &mut Value, place: usize) -> Option<&mut Value> {
    if at.is_null() {
        *at = Value::Array(Vec::new());
    }
    let list = at.as_array_mut()?;
    if list.len() == place {
        list.push(Value::Null);
    }
    list.get_mut(place)
}

fn entry<'a>(at: &'a mut Value, name: &str) -> Option<&'a mut Value> {
    if at.is_null() {
        *at = Value::Object(Map::new());
    }
    Some(at.as_object_mut()?.entry(name).or_insert(Value::Null))
}
