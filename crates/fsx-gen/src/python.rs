//! `crates/fsx-py/python/fsx_model/types.py`: the classes of the Python package, from the JSON Schemas.
//!
//! Written here and not by a general generator, as these classes differ from what one writes: a table of a scenario and
//! of a requirement is one class, figures that depend on a kind are optional fields of one class, lists are tuples, and
//! a default is told but not taken, since only the core takes defaults.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::io;

use serde_json::{Map, Value};

use crate::Generated;

const PATH: &str = "crates/fsx-py/python/fsx_model/types.py";

/// The schemas of which classes are made, in the order in which a class is taken from them: tables of a requirement may hold
/// ranges, which those of a scenario may not.
const SCHEMAS: [&str; 22] = [
    "requirement",
    "scenario",
    "estimate",
    "check",
    "scan",
    "price",
    "plan",
    "reverse",
    "efa_break_even",
    "burst_or_baseline",
    "what_if",
    "compare",
    "catalog",
    "export",
    "import",
    "accuracy",
    "presets",
    "calibrate",
    "calibrate_query",
    "export_query",
    "import_query",
    "presets_query",
];

/// Classes that do more than hold fields, and their base in `_base.py`.
const BASES: [(&str, &str); 14] = [
    ("Requirement", "Question"),
    ("Scenario", "Question"),
    ("Draft", "Drafted"),
    ("Estimate", "Shown"),
    ("Plan", "Shown"),
    ("WhatIfs", "Shown"),
    ("Compared", "Tabular"),
    ("Priced", "Tabular"),
    ("Cost", "Tabular"),
    ("CatalogAnswer", "Tabular"),
    ("Presets", "Tabular"),
    ("Accuracy", "Tabular"),
    ("Reversed", "Tabular"),
    ("EfaBreakEven", "Tabular"),
];

/// Field names that Python keeps for itself; an attribute has an underscore behind them.
const KEYWORDS: [&str; 2] = ["from", "import"];

/// Fields that one looks for first; schemas know no order but that of the alphabet.
const FIRST: [&str; 8] = ["id", "name", "code", "severity", "kind", "low", "mid", "high"];

const HEAD: &str = r#""""Inputs and answers of fsx_model as frozen, typed classes.

Written by `cargo xtask gen` from `schemas/`; a change by hand is lost.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

import msgspec

from ._base import Answer, Drafted, Input, Question, Shown, Tabular
"#;

/// The module, from the schemas of all inputs and answers.
pub(crate) fn file(schemas: &[Generated]) -> io::Result<Generated> {
    let mut definitions = BTreeMap::new();
    for name in SCHEMAS {
        let path = format!("schemas/{name}.schema.json");
        let schema = schemas.iter().find(|file| file.path == path).ok_or_else(|| io::Error::other(path.clone()))?;
        for (name, definition) in definitions_of(&serde_json::from_str(&schema.text)?)? {
            definitions.entry(name).or_insert(definition);
        }
    }
    let used = referenced(&definitions);
    let module = Module { definitions };
    let mut text = HEAD.to_owned();
    let mut classes = String::new();
    let mut names = Vec::new();
    for (name, definition) in module.definitions.iter().filter(|(name, _)| used.contains(*name)) {
        if let Some(words) = words(definition) {
            let literal = format!("{name} = Literal[{}]", words.join(", "));
            let literal = indented(&literal, "").trim_end().replace('\n', "\n    ");
            let _ = write!(text, "\n{literal}\n{}", docstring("", &description(definition)));
        } else if definition.get("properties").is_some() {
            classes += &module.class(name, definition);
        } else {
            continue;
        }
        names.push(format!("    \"{name}\",\n"));
    }
    Ok(Generated { path: PATH.to_owned(), text: format!("{text}{classes}\n\n__all__ = [\n{}]\n", names.concat()) })
}

/// The definitions of a schema, itself included; variants that depend on a kind are merged into the table they stand in.
fn definitions_of(schema: &Value) -> io::Result<BTreeMap<String, Value>> {
    let mut own = schema.as_object().cloned().unwrap_or_default();
    let inner = own.remove("$defs");
    let mut definitions: BTreeMap<String, Value> =
        inner.as_ref().and_then(Value::as_object).map(|defs| defs.clone().into_iter().collect()).unwrap_or_default();
    let title = own.remove("title").and_then(|title| title.as_str().map(str::to_owned));
    let title = title.ok_or_else(|| io::Error::other("a schema without a title"))?;
    definitions.insert(title, Value::Object(own));
    let variants = definitions.clone();
    for definition in definitions.values_mut() {
        merge_variants(definition, &variants);
    }
    Ok(definitions)
}

/// Makes one table of a table and its variants, if it has any: what only some have is optional.
fn merge_variants(definition: &mut Value, definitions: &BTreeMap<String, Value>) {
    let table =
        |variant: &Value| definitions.get(target(variant)?).filter(|it| it.get("properties").is_some()).cloned();
    let variants = list(definition, "anyOf").map(table).collect::<Option<Vec<_>>>().unwrap_or_default();
    let Some(fields) = definition.as_object_mut().filter(|_| variants.len() > 1) else { return };
    let properties = fields.entry("properties").or_insert_with(|| Value::Object(Map::new()));
    for mut variant in variants {
        merge_variants(&mut variant, definitions);
        for (name, property) in variant["properties"].as_object().into_iter().flatten() {
            properties.as_object_mut().map(|all| all.entry(name.clone()).or_insert_with(|| property.clone()));
        }
    }
    fields.remove("anyOf");
}

/// Names of the definitions that the schemas' own tables lead to.
fn referenced(definitions: &BTreeMap<String, Value>) -> BTreeSet<String> {
    fn collect(value: &Value, definitions: &BTreeMap<String, Value>, used: &mut BTreeSet<String>) {
        match value {
            Value::Array(items) => items.iter().for_each(|item| collect(item, definitions, used)),
            Value::Object(fields) => {
                if let Some(name) = target(value)
                    && used.insert(name.to_owned())
                    && let Some(definition) = definitions.get(name)
                {
                    collect(definition, definitions, used);
                }
                fields.values().for_each(|field| collect(field, definitions, used));
            }
            _ => {}
        }
    }
    let roots = [
        "Requirement",
        "Scenario",
        "Estimate",
        "Checked",
        "Scanned",
        "Priced",
        "Plan",
        "Reversed",
        "EfaBreakEven",
        "BurstOrBaseline",
        "WhatIfs",
        "Compared",
        "CatalogAnswer",
        "Exported",
        "Imported",
        "Accuracy",
        "Presets",
        "Calibrated",
        "MeasuredRow",
        "ExportFormat",
        "ImportFormat",
        "PresetKind",
    ];
    let mut used = roots.iter().map(|&root| root.to_owned()).collect();
    for root in roots {
        if let Some(definition) = definitions.get(root) {
            collect(definition, definitions, &mut used);
        }
    }
    used
}

struct Module {
    definitions: BTreeMap<String, Value>,
}

impl Module {
    fn class(&self, name: &str, definition: &Value) -> String {
        let input = definition.get("additionalProperties") == Some(&Value::Bool(false));
        let list_type = if input { "Sequence" } else { "tuple" };
        let base =
            BASES.iter().find(|(class, _)| *class == name).map_or(if input { "Input" } else { "Answer" }, |it| it.1);
        let required: BTreeSet<&str> = list(definition, "required").filter_map(Value::as_str).collect();
        let mut properties: Vec<_> = definition["properties"].as_object().into_iter().flatten().collect();
        properties.sort_by_key(|(field, _)| FIRST.iter().position(|first| first == field).unwrap_or(FIRST.len()));
        let mut attributes = String::new();
        let mut fields = String::new();
        for (field, property) in properties {
            let mut of = self.type_of(property, list_type);
            let default = if required.contains(field.as_str()) {
                String::new()
            } else if of.starts_with(list_type) {
                " = ()".to_owned()
            } else {
                if !of.ends_with("None") && of != "Any" {
                    of += " | None";
                }
                " = None".to_owned()
            };
            let keyword = KEYWORDS.contains(&field.as_str());
            let (field, default) = match (keyword, default.strip_prefix(" = ")) {
                (false, _) => (field.clone(), default),
                (true, None) => (format!("{field}_"), format!(" = msgspec.field(name=\"{field}\")")),
                (true, Some(value)) => {
                    (format!("{field}_"), format!(" = msgspec.field(name=\"{field}\", default={value})"))
                }
            };
            let _ = writeln!(fields, "    {field}: {of}{default}");
            let _ = writeln!(attributes, "{field} : {of}\n    {}", about(property));
        }
        let text = format!("{}\n\nAttributes\n----------\n{attributes}", description(definition));
        format!("\n\nclass {name}({base}, frozen=True, kw_only=True):\n{}\n{fields}", docstring("    ", &text))
    }

    /// The annotation of a property.
    fn type_of(&self, property: &Value, list_type: &str) -> String {
        if let Some(name) = target(property) {
            let Some(definition) = self.definitions.get(name) else { return "Any".to_owned() };
            let stands_alone = words(definition).is_some() || definition.get("properties").is_some();
            return if stands_alone { name.to_owned() } else { self.type_of(definition, list_type) };
        }
        if property.get("anyOf").is_some() {
            return union(list(property, "anyOf").map(|of| self.type_of(of, list_type)));
        }
        match property.get("type") {
            Some(Value::Array(types)) => union(types.iter().map(|of| {
                let mut one = property.clone();
                one["type"] = of.clone();
                self.type_of(&one, list_type)
            })),
            Some(Value::String(of)) => match of.as_str() {
                "string" => "str".to_owned(),
                "number" => "float".to_owned(),
                "integer" => "int".to_owned(),
                "boolean" => "bool".to_owned(),
                "null" => "None".to_owned(),
                "array" => {
                    let item = property.get("items").map_or_else(|| "Any".to_owned(), |of| self.type_of(of, list_type));
                    if list_type == "tuple" { format!("tuple[{item}, ...]") } else { format!("{list_type}[{item}]") }
                }
                "object" => match property.get("additionalProperties") {
                    Some(of @ Value::Object(_)) => format!("Mapping[str, {}]", self.type_of(of, list_type)),
                    _ => "Any".to_owned(),
                },
                _ => "Any".to_owned(),
            },
            _ => "Any".to_owned(),
        }
    }
}

/// A union, each type once, `None` last.
fn union(types: impl Iterator<Item = String>) -> String {
    let mut all: Vec<String> = Vec::new();
    for of in types.flat_map(|of| of.split(" | ").map(str::to_owned).collect::<Vec<_>>()) {
        if !all.contains(&of) {
            all.push(of);
        }
    }
    all.sort_by_key(|of| of == "None");
    all.join(" | ")
}

/// The words of a definition that is one of a few, quoted.
fn words(definition: &Value) -> Option<Vec<String>> {
    let quoted = |of: &Value| Some(format!("\"{}\"", of.get("const")?.as_str()?));
    let all = list(definition, "oneOf").map(quoted).collect::<Option<Vec<_>>>()?;
    (!all.is_empty()).then_some(all)
}

fn list<'a>(value: &'a Value, key: &str) -> impl Iterator<Item = &'a Value> {
    value.get(key).and_then(Value::as_array).into_iter().flatten()
}

/// The definition that a value refers to.
fn target(value: &Value) -> Option<&str> {
    value.get("$ref")?.as_str()?.strip_prefix("#/$defs/")
}

fn description(definition: &Value) -> String {
    definition.get("description").and_then(Value::as_str).unwrap_or_default().to_owned()
}

/// What an attribute holds, with the default that the core takes.
fn about(property: &Value) -> String {
    let text = description(property).replace('\n', " ").replace("`null`", "None");
    match property.get("default") {
        Some(default @ (Value::String(_) | Value::Number(_) | Value::Bool(_))) => {
            let default = match default {
                Value::Bool(flag) => if *flag { "True" } else { "False" }.to_owned(),
                other => other.to_string(),
            };
            format!("{text} Absent: ``{default}``.").trim_start().to_owned()
        }
        _ => text,
    }
}

fn docstring(indent: &str, text: &str) -> String {
    let text = text.trim_end().replace('\\', "\\\\");
    let body = indented(&text, indent);
    if text.contains('\n') {
        format!("{indent}\"\"\"{}\n{indent}\"\"\"\n", body.trim())
    } else {
        format!("{indent}\"\"\"{}\"\"\"\n", body.trim())
    }
}

/// Every line of a text behind `indent`, broken at 110 characters.
fn indented(text: &str, indent: &str) -> String {
    const WIDTH: usize = 110;
    let mut out = String::new();
    for line in text.lines() {
        let own: String = line.chars().take_while(|char| *char == ' ').collect();
        let mut row = String::new();
        for word in line.split_whitespace() {
            let length = indent.len() + own.len() + row.chars().count() + word.chars().count();
            if !row.is_empty() && length >= WIDTH {
                out += format!("{indent}{own}{row}").trim_end();
                out.push('\n');
                row.clear();
            }
            if !row.is_empty() {
                row.push(' ');
            }
            row += word;
        }
        out += format!("{indent}{own}{row}").trim_end();
        out.push('\n');
    }
    out
}
