//! The settings of a design under the names of each tool: one table, read in both directions.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::draft::{Draft, Found};
use super::tree::{At, Tree};
use crate::catalog::{SETTINGS, Setting};
use crate::scenario::{DataRepositoryAssociation, path};
use crate::shape::{Shape, Shaped};

/// A tool that names settings in its own way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tool {
    AwsApi,
    Cloudformation,
    Terraform,
    Parallelcluster,
    Csi,
}

impl Tool {
    /// Its name for a setting, if it has one.
    const fn name_of(self, setting: &Setting) -> Option<&'static str> {
        match self {
            Self::AwsApi => setting.aws_api,
            Self::Cloudformation => setting.cloudformation,
            Self::Terraform => setting.terraform,
            Self::Parallelcluster => setting.parallelcluster,
            Self::Csi => setting.csi,
        }
    }
}

/// The prefix of the fields of an association in the table.
const ASSOCIATION: &str = "association.";

/// The settings of a file system.
pub(super) fn of_file_system() -> impl Iterator<Item = &'static Setting> {
    SETTINGS.iter().filter(|setting| !setting.field.starts_with(ASSOCIATION))
}

/// The settings of an association, with their fields in it.
fn of_association() -> impl Iterator<Item = (&'static Setting, &'static str)> {
    SETTINGS.iter().filter_map(|setting| Some((setting, setting.field.strip_prefix(ASSOCIATION)?)))
}

/// What a tool calls a field of a file system, or of an association in the words of one, or the table that a field is.
pub(super) fn name_of(tool: Tool, is_association: bool, field: &str) -> Option<&'static str> {
    let named = |(setting, known): (&Setting, &str)| {
        let name = tool.name_of(setting)?;
        let is_in_it = known.strip_prefix(field).is_some_and(|rest| rest.starts_with('.'));
        match known == field {
            true => Some(name),
            false if is_in_it && field.contains('.') => Some(name.rsplit_once('.').map_or(name, |(table, _)| table)),
            false => None,
        }
    };
    match is_association {
        true => of_association().find_map(named),
        false => of_file_system().map(|setting| (setting, setting.field)).find_map(named),
    }
}

/// Writes every setting of a file system that the tool has a name for; returns the fields that it has none for.
pub(super) fn write_file_system(tool: Tool, design: &Value, to: &mut Tree) -> Vec<&'static str> {
    write(tool, of_file_system(), design, to)
}

/// Writes some of the settings of a file system; returns the fields that the tool has no name for.
pub(super) fn write(
    tool: Tool,
    settings: impl Iterator<Item = &'static Setting>,
    design: &Value,
    to: &mut Tree,
) -> Vec<&'static str> {
    let mut left_out = Vec::new();
    for setting in settings {
        let Some(value) = path::get(design, setting.field).filter(|value| says_something(tool, setting.field, value))
        else {
            continue;
        };
        match tool.name_of(setting) {
            Some(name) => to.put(name, encode(tool, setting.field, value)),
            None => left_out.push(setting.field),
        }
    }
    left_out
}

/// Writes every setting of an association.
pub(super) fn write_association(tool: Tool, association: &Value, to: &mut Tree) {
    for (setting, field) in of_association() {
        let value = association.get(field).filter(|value| says_something(tool, field, value));
        if let Some((name, value)) = tool.name_of(setting).zip(value) {
            to.put(name, encode(tool, field, value));
        }
    }
}

/// Whether a value differs from what every tool takes when the field is left out.
fn says_something(tool: Tool, field: &str, value: &Value) -> bool {
    let is_none = value.as_str() == Some("NONE");
    let only_other_words = matches!(field, "file_system.data_compression_type" | "file_system.drive_cache_type");
    let is_empty = match value {
        Value::Bool(flag) => !flag,
        Value::String(text) => text.is_empty(),
        Value::Array(list) => list.is_empty(),
        Value::Object(table) => table.is_empty(),
        _ => false,
    };
    let left_out = tool == Tool::Parallelcluster && is_none && only_other_words;
    !is_empty && !left_out
}

/// A value as the tool writes it.
fn encode(tool: Tool, field: &str, value: &Value) -> Tree {
    match (tool, field, value) {
        (Tool::Csi, "deploy.tags", Value::Object(tags)) => {
            let pairs = tags.iter().map(|(key, value)| format!("{key}={}", value.as_str().unwrap_or_default()));
            Tree::text(pairs.collect::<Vec<_>>().join(","))
        }
        (Tool::Csi, _, Value::Array(list)) => {
            Tree::text(list.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(","))
        }
        (Tool::Csi, _, Value::String(text)) => Tree::text(text),
        (Tool::Csi, _, other) => Tree::text(other.to_string()),
        (_, "deploy.subnet_id", value) => Tree::List(vec![value.into()]),
        (Tool::AwsApi | Tool::Cloudformation, "deploy.tags", Value::Object(tags)) => {
            let pair =
                |(key, value): (&String, &Value)| Tree::table([("Key", Tree::text(key)), ("Value", Tree::from(value))]);
            Tree::List(tags.iter().map(pair).collect())
        }
        _ => value.into(),
    }
}

/// Reads every setting that stands under `at` into `found`; tells the names that were read.
pub(super) fn read_file_system(tool: Tool, at: &At<'_>, found: &mut Found) -> Vec<&'static str> {
    let mut read = Vec::new();
    found.homes.insert(String::new(), (tool, at.path.clone()));
    for setting in of_file_system() {
        let Some((name, place)) = tool.name_of(setting).and_then(|name| Some((name, at.get(name)?))) else { continue };
        read.push(name);
        read_setting(setting.field, shape_of(&Draft::SHAPE, setting.field), &place, found);
    }
    read
}

/// Reads an association that stands at `at` into place `i` of the list; tells the names that were read.
pub(super) fn read_association(tool: Tool, at: &At<'_>, i: usize, found: &mut Found) -> Vec<&'static str> {
    let mut read = Vec::new();
    let table = format!("file_system.data_repository_associations[{i}]");
    found.homes.insert(table.clone(), (tool, at.path.clone()));
    for (setting, field) in of_association() {
        let Some((name, place)) = tool.name_of(setting).and_then(|name| Some((name, at.get(name)?))) else { continue };
        read.push(name);
        let full = format!("{table}.{field}");
        read_setting(&full, shape_of(&DataRepositoryAssociation::SHAPE, field), &place, found);
    }
    read
}

fn read_setting(field: &str, shape: Option<&Shape>, place: &At<'_>, found: &mut Found) {
    match decode(shape, place.value) {
        None => found.unknown(place),
        // what a tool writes for a number or text that is not used
        Some(value) if matches!(value.as_i64(), Some(0)) && field != RETENTION => {}
        Some(value) if value.as_str() == Some("") => {}
        Some(value) => found.set(field, value, &place.path),
    }
}

/// The one number that 0 says something of.
const RETENTION: &str = "backup.automatic_retention_days";

/// What the field of a dotted path may hold.
fn shape_of(shape: &'static Shape, field: &str) -> Option<&'static Shape> {
    field.split('.').try_fold(shape, |shape, name| match shape {
        Shape::Record(fields) => Some(fields.iter().find(|field| field.name == name)?.shape),
        _ => None,
    })
}

/// A value of a tool as one of the scenario; `None` if it is only known when the tool runs. What does not fit the field
/// is left as it is, and named where the scenario is read.
fn decode(shape: Option<&Shape>, value: &Value) -> Option<Value> {
    if is_function(value) {
        return None;
    }
    Some(match (shape, value) {
        (Some(Shape::Whole | Shape::Number), Value::String(text)) => {
            text.trim().parse::<i64>().map_or_else(|_| value.clone(), Value::from)
        }
        (Some(Shape::Flag), Value::String(text)) => match text.trim() {
            "true" | "True" => Value::Bool(true),
            "false" | "False" => Value::Bool(false),
            _ => value.clone(),
        },
        (Some(Shape::Text | Shape::Word(_)), Value::Number(number)) => Value::from(number.to_string()),
        // tools that take a list where there can be one
        (Some(Shape::Text), Value::Array(list)) if list.len() == 1 => decode(shape, list.first()?)?,
        (Some(Shape::List(_)), Value::String(text)) => {
            text.split(',').map(str::trim).filter(|item| !item.is_empty()).map(Value::from).collect()
        }
        (Some(Shape::List(item)), Value::Array(list)) => {
            Value::Array(list.iter().map(|value| decode(Some(item), value)).collect::<Option<_>>()?)
        }
        (Some(Shape::Map(_)), Value::Array(pairs)) => Value::Object(tags_of_pairs(pairs)?),
        (Some(Shape::Map(_)), Value::String(text)) => {
            // spaces around a tag are part of it
            let pairs = text.split(',').filter_map(|pair| pair.split_once('='));
            Value::Object(pairs.map(|(key, value)| (key.to_owned(), Value::from(value))).collect())
        }
        _ => value.clone(),
    })
}

fn tags_of_pairs(pairs: &[Value]) -> Option<Map<String, Value>> {
    let tag = |pair: &Value| Some((pair.get("Key")?.as_str()?.to_owned(), pair.get("Value")?.clone()));
    let tags: BTreeMap<String, Value> = pairs.iter().map(tag).collect::<Option<_>>()?;
    tags.values().all(Value::is_string).then(|| tags.into_iter().collect())
}

/// Whether a value is a function of CloudFormation that was not worked out.
fn is_function(value: &Value) -> bool {
    let Value::Object(table) = value else { return false };
    table.len() == 1 && table.keys().all(|name| name == "Ref" || name.starts_with("Fn::"))
}
