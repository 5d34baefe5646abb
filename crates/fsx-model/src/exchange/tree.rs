//! Texts of other tools as trees: read with bounds on size, depth and repetition, written in a given order.

use serde::de::{self, MapAccess, SeqAccess, Visitor};
use serde::ser::{SerializeMap, SerializeSeq};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Map, Value};
use serde_saphyr::Tagged;

use crate::finding::{Error, Finding};
use crate::scenario::{check_size, json_tree};

/// Longest text of another tool that is read, in bytes.
pub const MAX_EXCHANGE_BYTES: usize = 16 << 20;

/// Deepest nesting that is read.
const MAX_DEPTH: usize = 64;

/// Most nodes of a YAML text, aliases counted as what they stand for.
const MAX_NODES: usize = 200_000;

/// Most values of a JSON text, counted by its commas and brackets.
const MAX_VALUES: usize = 1_000_000;

/// A text that is not of its format.
pub(super) fn not_understood(place: &str, message: impl Into<String>) -> Error {
    Error::not_understood(vec![Finding::error("INPUT-SYNTAX", place, "", message, "")])
}

/// The tree of a JSON text.
pub(super) fn json(text: &str) -> Result<Value, Error> {
    check_size(text, MAX_EXCHANGE_BYTES)?;
    // a tree takes many times the room of its text where that is nothing but brackets
    let values = text.bytes().filter(|byte| matches!(byte, b',' | b'[' | b'{')).count();
    if values > MAX_VALUES {
        return Err(not_understood("", format!("the text has {values} values; the most is {MAX_VALUES}")));
    }
    json_tree(without_mark(text), MAX_EXCHANGE_BYTES)
}

/// The documents of a YAML text, or the one of a JSON text. A tag of CloudFormation is the function it stands for.
pub(super) fn documents(text: &str) -> Result<Vec<Value>, Error> {
    let text = without_mark(text);
    check_size(text, MAX_EXCHANGE_BYTES)?;
    if text.trim_start().starts_with(['{', '[']) {
        return Ok(vec![json(text)?]);
    }
    let options = serde_saphyr::options! {
        budget: serde_saphyr::budget! { max_depth: MAX_DEPTH, max_nodes: MAX_NODES, max_events: 4 * MAX_NODES },
        with_snippet: false,
    };
    let documents: Vec<Yaml> =
        serde_saphyr::from_multiple_with_options(text, options).map_err(|error| yaml_syntax(&error))?;
    Ok(documents.into_iter().map(|Yaml(value)| value).collect())
}

/// The documents of a text as places; of several, each begins with its number, such as `[1]`.
pub(super) fn roots(documents: &[Value]) -> impl Iterator<Item = At<'_>> {
    let path = |i: usize| if documents.len() > 1 { format!("[{i}]") } else { String::new() };
    documents.iter().enumerate().map(move |(i, value)| At { value, path: path(i) })
}

/// A text without the byte order mark that some editors put in front.
fn without_mark(text: &str) -> &str {
    text.strip_prefix('\u{feff}').unwrap_or(text)
}

fn yaml_syntax(error: &serde_saphyr::Error) -> Error {
    let place = error
        .location()
        .map(|location| format!("line {}, column {}", location.line(), location.column()))
        .unwrap_or_default();
    let message = match error.without_snippet() {
        serde_saphyr::Error::Budget { .. } => {
            format!("too large: at most {MAX_NODES} nodes in {MAX_DEPTH} levels are read, aliases counted in full")
        }
        serde_saphyr::Error::RecursiveReferencesRequireWeakTypes { .. } => {
            "an alias stands for a node that it is part of".to_owned()
        }
        other => other.to_string(),
    };
    let message = message.lines().next().unwrap_or_default();
    let message = message.split(" at line ").next().unwrap_or(message);
    let message = message.split_once(": ").filter(|(lead, _)| lead.contains("line ")).map_or(message, |(_, rest)| rest);
    not_understood(&place, message.trim_end_matches('.').to_owned())
}

/// A node of a YAML text.
struct Yaml(Value);

impl<'de> Deserialize<'de> for Yaml {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let Tagged(Plain(value), tag) = Tagged::deserialize(deserializer)?;
        let function = tag.as_deref().and_then(|tag| tag.strip_prefix('!')).filter(|tag| !tag.starts_with('!'));
        Ok(Self(match function {
            Some("") | None => value,
            Some(name @ ("Ref" | "Condition")) => Value::Object(Map::from_iter([(name.to_owned(), value)])),
            Some(name) => Value::Object(Map::from_iter([(format!("Fn::{name}"), value)])),
        }))
    }
}

/// A node without its tag.
struct Plain(Value);

impl<'de> Deserialize<'de> for Plain {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(PlainVisitor).map(Self)
    }
}

struct PlainVisitor;

impl<'de> Visitor<'de> for PlainVisitor {
    type Value = Value;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a YAML node")
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

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(Yaml(item)) = items.next_element()? {
            list.push(item);
        }
        Ok(Value::Array(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<Value, A::Error> {
        let mut map = Map::new();
        while let Some(name) = fields.next_key::<String>()? {
            let Yaml(value) = fields.next_value()?;
            if map.contains_key(&name) {
                return Err(de::Error::custom(format_args!("`{name}` is given twice")));
            }
            map.insert(name, value);
        }
        map.retain(|_, value| !value.is_null());
        Ok(Value::Object(map))
    }
}

/// A place in a text that was read.
#[derive(Clone, Debug)]
pub(super) struct At<'a> {
    /// What stands there.
    pub value: &'a Value,
    /// Its path, such as `Resources.FileSystem.Properties`.
    pub path: String,
}

impl<'a> At<'a> {
    pub(super) const fn root(value: &'a Value) -> Self {
        Self { value, path: String::new() }
    }

    /// The field of a dotted path from here.
    pub(super) fn get(&self, path: &str) -> Option<Self> {
        path.split('.').try_fold(self.clone(), |at, name| {
            // some tools write a block that there can be one of as a list
            let table = match at.value {
                Value::Array(list) if list.len() == 1 => list.first()?,
                other => other,
            };
            Some(at.step(name, table.get(name)?))
        })
    }

    fn step(&self, name: &str, value: &'a Value) -> Self {
        let path = if self.path.is_empty() { name.to_owned() } else { format!("{}.{name}", self.path) };
        Self { value, path }
    }

    /// The items of a list; a value that is none is the only one.
    pub(super) fn items(&self) -> Vec<Self> {
        match self.value {
            Value::Array(list) => {
                let place = |(i, value)| Self { value, path: format!("{}[{i}]", self.path) };
                list.iter().enumerate().map(place).collect()
            }
            _ => vec![self.clone()],
        }
    }

    /// The fields of a table, by name.
    pub(super) fn fields(&self) -> Vec<(&'a str, Self)> {
        let Value::Object(table) = self.value else { return Vec::new() };
        table.iter().map(|(name, value)| (name.as_str(), self.step(name, value))).collect()
    }

    /// The text of a field, if it is one.
    pub(super) fn text(&self, path: &str) -> Option<&'a str> {
        self.get(path)?.value.as_str()
    }

    /// The number of a field, if it is one.
    pub(super) fn number(&self, path: &str) -> Option<f64> {
        self.get(path)?.value.as_f64()
    }
}

/// A tree to be written, its fields in the order in which they were put.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Tree {
    Text(String),
    Whole(i64),
    Flag(bool),
    /// A name in the language of the file, written as it is where the language has such.
    Reference(String),
    List(Vec<Tree>),
    Table(Vec<(String, Tree)>),
}

impl Tree {
    pub(super) fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    pub(super) fn table<const N: usize>(fields: [(&str, Self); N]) -> Self {
        Self::Table(fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
    }

    /// Puts a field at the end of the table that a dotted path leads to; tables on the way are made.
    pub(super) fn put(&mut self, path: &str, value: Self) {
        let Self::Table(fields) = self else { return };
        let Some((first, rest)) = path.split_once('.') else {
            fields.push((path.to_owned(), value));
            return;
        };
        if !fields.iter().any(|(name, _)| name == first) {
            fields.push((first.to_owned(), Self::Table(Vec::new())));
        }
        if let Some((_, table)) = fields.iter_mut().find(|(name, _)| name == first) {
            table.put(rest, value);
        }
    }

    /// As JSON with two spaces per level.
    pub(super) fn to_json(&self) -> String {
        // a tree of text, whole numbers and lists: serialising it cannot fail
        serde_json::to_string_pretty(self).unwrap_or_default() + "\n"
    }

    /// As a YAML document.
    pub(super) fn to_yaml(&self) -> String {
        let options = serde_saphyr::ser_options! { compact_list_indent: true };
        let mut text = String::new();
        // as above
        let _ = serde_saphyr::to_fmt_writer_with_options(&mut text, self, options);
        text
    }
}

impl From<&Value> for Tree {
    fn from(value: &Value) -> Self {
        match value {
            Value::Null => Self::text(""),
            Value::Bool(flag) => Self::Flag(*flag),
            Value::Number(number) => number.as_i64().map_or_else(|| Self::text(number.to_string()), Self::Whole),
            Value::String(text) => Self::text(text),
            Value::Array(list) => Self::List(list.iter().map(Self::from).collect()),
            Value::Object(table) => {
                Self::Table(table.iter().map(|(name, value)| (name.clone(), Self::from(value))).collect())
            }
        }
    }
}

impl Serialize for Tree {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Text(text) | Self::Reference(text) => serializer.serialize_str(text),
            Self::Whole(whole) => serializer.serialize_i64(*whole),
            Self::Flag(flag) => serializer.serialize_bool(*flag),
            Self::List(items) => {
                let mut list = serializer.serialize_seq(Some(items.len()))?;
                for item in items {
                    list.serialize_element(item)?;
                }
                list.end()
            }
            Self::Table(fields) => {
                let mut table = serializer.serialize_map(Some(fields.len()))?;
                for (name, value) in fields {
                    table.serialize_entry(name, value)?;
                }
                table.end()
            }
        }
    }
}
