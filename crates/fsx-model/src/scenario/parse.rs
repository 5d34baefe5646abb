//! Text to scenario, with every fault named at once.

use serde::de::{self, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::Value;

use crate::finding::{Error, Finding, did_you_mean};
use crate::shape::{Field, Node, Shape, Shaped, Whole, json_text};

/// Longest input that is read, in bytes.
pub const MAX_INPUT_BYTES: usize = 1 << 20;

/// Longest part of a value that a message repeats, in characters.
const SHOWN_CHARS: usize = 60;

/// Most faults that are named; a longer list helps nobody.
const MOST_FAULTS: usize = 100;

/// Reads a scenario (or another record) from JSON; `null` is the same as leaving a field out.
///
/// # Errors
/// [`crate::finding::ErrorKind::NotUnderstood`] with every syntax error, unknown field, missing field and wrong type.
pub fn from_json<T: Shaped>(text: &str) -> Result<T, Error> {
    from_json_within(text, MAX_INPUT_BYTES)
}

/// As [`from_json`] for a text of at most so many bytes.
pub(crate) fn from_json_within<T: Shaped>(text: &str, most: usize) -> Result<T, Error> {
    from_value(json_tree(text, most)?, Vec::new())
}

/// The tree of a JSON text of at most so many bytes, without fields given twice and without `null` fields.
pub(crate) fn json_tree(text: &str, most: usize) -> Result<Value, Error> {
    check_size(text, most)?;
    let Strict(value) = serde_json::from_str(text).map_err(|error| json_syntax(&error))?;
    Ok(value)
}

/// A JSON tree without `null` fields.
pub(crate) fn without_nulls(tree: &Value) -> Value {
    Strict::deserialize(tree).map_or_else(|_| tree.clone(), |Strict(tree)| tree)
}

/// Reads a scenario (or another record) from a JSON tree.
///
/// # Errors
/// As [`from_json`].
pub fn from_tree<T: Shaped>(value: Value) -> Result<T, Error> {
    from_value(value, Vec::new())
}

/// Reads a scenario (or another record) from TOML.
///
/// # Errors
/// As [`from_json`]; also `nan` and `inf`, which TOML can write.
#[cfg(feature = "toml")]
pub fn from_toml<T: Shaped>(text: &str) -> Result<T, Error> {
    check_size(text, MAX_INPUT_BYTES)?;
    let table: toml::Table = text.parse().map_err(|error: toml::de::Error| {
        let place = error.span().map_or_else(String::new, |span| place(text, span.start));
        let message = error.message().lines().collect::<Vec<_>>().join(", ");
        one_fault("INPUT-SYNTAX", &place, &lower_first(&message))
    })?;
    let mut faults = Vec::new();
    let value = toml_to_value(toml::Value::Table(table), "", &mut faults);
    from_value(value, faults)
}

/// The record of a tree that [`walk`] finds no fault with.
fn from_value<T: Shaped>(value: Value, faults: Vec<Finding>) -> Result<T, Error> {
    let mut record = T::EMPTY;
    fill(&mut record, &T::SHAPE, &T::plain(value), faults)?;
    Ok(record)
}

fn fill(record: &mut dyn Node, shape: &Shape, tree: &Value, mut faults: Vec<Finding>) -> Result<(), Error> {
    walk(tree, shape, "", &mut faults);
    if faults.is_empty() {
        // what has no fault fits
        return if record.read(Some(tree)) {
            Ok(())
        } else {
            Err(one_fault("INPUT-TYPE", "", "the input does not fit"))
        };
    }
    if faults.len() > MOST_FAULTS {
        faults.truncate(MOST_FAULTS);
        let message = format!("there are more faults; the first {MOST_FAULTS} are named");
        faults.push(Finding::error("INPUT-MORE", "", "", message, ""));
    }
    Err(Error::not_understood(faults))
}

/// A JSON tree without fields given twice and without `null` fields.
struct Strict(Value);

impl<'de> Deserialize<'de> for Strict {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(StrictVisitor).map(Self)
    }
}

struct StrictVisitor;

impl<'de> Visitor<'de> for StrictVisitor {
    type Value = Value;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, flag: bool) -> Result<Value, E> {
        Ok(Value::Bool(flag))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Value, E> {
        Ok(Value::from(number))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Value, E> {
        Ok(Value::from(number))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Value, E> {
        Ok(Value::from(number))
    }

    fn visit_str<E>(self, text: &str) -> Result<Value, E> {
        Ok(Value::from(text))
    }

    fn visit_string<E>(self, text: String) -> Result<Value, E> {
        Ok(Value::String(text))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(Strict(item)) = items.next_element()? {
            list.push(item);
        }
        Ok(Value::Array(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<Value, A::Error> {
        let mut map = serde_json::Map::new();
        while let Some(name) = fields.next_key::<String>()? {
            if map.contains_key(&name) {
                return Err(de::Error::custom(format_args!("`{name}` is given twice")));
            }
            let Strict(value) = fields.next_value()?;
            map.insert(name, value);
        }
        if map.values().any(Value::is_null) {
            map = map.into_iter().filter(|(_, value)| !value.is_null()).collect();
        }
        Ok(Value::Object(map))
    }
}

pub(crate) fn check_size(text: &str, most: usize) -> Result<(), Error> {
    if text.len() > most {
        let message = format!("the input has {} bytes; the most is {most}", text.len());
        return Err(one_fault("INPUT-SIZE", "", &message));
    }
    Ok(())
}

fn json_syntax(error: &serde_json::Error) -> Error {
    let place = format!("line {}, column {}", error.line(), error.column());
    let text = error.to_string();
    let message = text.split(" at line ").next().unwrap_or(&text);
    one_fault("INPUT-SYNTAX", &place, &lower_first(message))
}

#[cfg(feature = "toml")]
fn place(text: &str, offset: usize) -> String {
    let before = text.get(..offset).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().map_or(0, |l| l.chars().count()) + 1;
    format!("line {line}, column {column}")
}

/// TOML as a JSON tree: dates become text, and `nan` and `inf` are faults.
#[cfg(feature = "toml")]
fn toml_to_value(value: toml::Value, path: &str, faults: &mut Vec<Finding>) -> Value {
    match value {
        toml::Value::String(text) => Value::String(text),
        toml::Value::Integer(number) => Value::from(number),
        toml::Value::Float(number) => serde_json::Number::from_f64(number).map_or_else(
            || {
                faults.push(Finding::error(
                    "INPUT-NOT-FINITE",
                    path,
                    &number.to_string(),
                    "a number must be finite",
                    "",
                ));
                Value::from(0)
            },
            Value::Number,
        ),
        toml::Value::Boolean(flag) => Value::Bool(flag),
        toml::Value::Datetime(date) => Value::String(date.to_string()),
        toml::Value::Array(items) => Value::Array(
            items.into_iter().enumerate().map(|(i, v)| toml_to_value(v, &format!("{path}[{i}]"), faults)).collect(),
        ),
        toml::Value::Table(table) => Value::Object(
            table
                .into_iter()
                .map(|(name, v)| {
                    let inner = toml_to_value(v, &join(path, &name), faults);
                    (name, inner)
                })
                .collect(),
        ),
    }
}

/// Adds every fault of `value` against `shape`, and stops beyond [`MOST_FAULTS`].
fn walk(value: &Value, shape: &Shape, path: &str, faults: &mut Vec<Finding>) {
    if faults.len() > MOST_FAULTS {
        return;
    }
    let mut wrong = |expected: &str| {
        let message = format!("expected {expected}, found {}", kind(value));
        faults.push(Finding::error("INPUT-TYPE", path, &shown(value), message, ""));
    };
    match (shape, value) {
        (Shape::Text, Value::String(_))
        | (Shape::Number | Shape::NumberFlagOr(_), Value::Number(_))
        | (Shape::Flag | Shape::NumberFlagOr(_), Value::Bool(_)) => {}
        (Shape::NumberFlagOr(table), Value::Object(_)) => walk(value, table, path, faults),
        (Shape::Text, _) => wrong("text"),
        (Shape::Number, _) => wrong("a number"),
        (Shape::Flag, _) => wrong("true or false"),
        (Shape::NumberFlagOr(_), _) => wrong("a number, a table of low, mid and high, or true or false"),
        (Shape::Whole, Value::Number(number)) => match Whole::of(number) {
            Some(_) => {}
            None if number.as_f64().is_some_and(|number| number.fract().abs() > 0.0) => wrong("a whole number"),
            None => wrong("a whole number of at most 2^53"),
        },
        (Shape::Whole, _) => wrong("a whole number"),
        (Shape::Word(words), Value::String(word)) => {
            if !words.contains(&word.as_str()) {
                let near = did_you_mean(&word.to_ascii_uppercase(), words.iter().copied())
                    .or_else(|| did_you_mean(&word.to_ascii_lowercase(), words.iter().copied()));
                let message = format!("no such word; one of {}", words.join(", "));
                faults.push(Finding::error("INPUT-WORD", path, &shown(value), message, near.unwrap_or("")));
            }
        }
        (Shape::Word(words), _) => wrong(&format!("one of {}", words.join(", "))),
        (Shape::List(item), Value::Array(values)) | (Shape::OneOrMany(item), Value::Array(values)) => {
            for (i, inner) in values.iter().enumerate() {
                walk(inner, item, &format!("{path}[{i}]"), faults);
            }
        }
        (Shape::List(_), _) => wrong("a list"),
        (Shape::OneOrMany(item), Value::Object(_)) => walk(value, item, path, faults),
        (Shape::OneOrMany(_), _) => wrong("a table or a list of tables"),
        (Shape::Map(item), Value::Object(map)) => {
            for (name, inner) in map {
                walk(inner, item, &join(path, name), faults);
            }
        }
        (Shape::Record(fields), Value::Object(map)) => walk_record(map, fields, path, faults),
        (Shape::Map(_) | Shape::Record(_), _) => wrong("a table"),
    }
}

fn walk_record(map: &serde_json::Map<String, Value>, fields: &[Field], path: &str, faults: &mut Vec<Finding>) {
    for (name, inner) in map {
        if faults.len() > MOST_FAULTS {
            return;
        }
        match fields.iter().find(|field| field.name == name) {
            Some(field) => walk(inner, field.shape, &join(path, name), faults),
            None => {
                let near = did_you_mean(name, fields.iter().map(|f| f.name)).unwrap_or("");
                let message = if near.is_empty() {
                    format!("no such field; the fields here are {}", names(fields))
                } else {
                    format!("no such field; did you mean `{near}`?")
                };
                faults.push(Finding::error("INPUT-UNKNOWN-FIELD", &join(path, name), &shown(inner), message, near));
            }
        }
    }
    for field in fields.iter().filter(|f| f.required && !map.contains_key(f.name)) {
        faults.push(Finding::error("INPUT-MISSING-FIELD", &join(path, field.name), "", "this field is required", ""));
    }
}

fn names(fields: &[Field]) -> String {
    fields.iter().map(|f| f.name).collect::<Vec<_>>().join(", ")
}

fn join(path: &str, name: &str) -> String {
    let name: String = name.chars().take(SHOWN_CHARS).collect();
    if path.is_empty() { name } else { format!("{path}.{name}") }
}

const fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "nothing",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "text in quotes",
        Value::Array(_) => "a list",
        Value::Object(_) => "a table",
    }
}

fn shown(value: &Value) -> String {
    match value {
        Value::String(text) => text.chars().take(SHOWN_CHARS).collect(),
        Value::Array(_) | Value::Object(_) => String::new(),
        other => json_text(other),
    }
}

/// A message of a parser in the style of ours: no capital first unless it is an acronym, no final stop.
fn lower_first(text: &str) -> String {
    let text = text.trim_end_matches('.');
    let mut chars = text.chars();
    match (chars.next(), chars.next()) {
        (Some(first), Some(second)) if !second.is_ascii_uppercase() => {
            std::iter::once(first.to_ascii_lowercase()).chain(text.chars().skip(1)).collect()
        }
        _ => text.to_owned(),
    }
}

fn one_fault(code: &'static str, field: &str, message: &str) -> Error {
    Error::not_understood(vec![Finding::error(code, field, "", message, "")])
}
