//! Values of a scenario whose types are not known: read from trees, written, searched for defaults, changed by place.

use std::collections::BTreeMap;

use serde::{Serialize, Serializer};
use serde_json::Value;

use super::{DefaultTaken, Field, Shaped, Whole};

/// What a value holds.
pub enum View<'a> {
    /// Nothing: it was left out. What stands in for it has defaults of its own.
    Absent(Option<&'a dyn Node>),
    /// Text.
    Text(&'a str),
    /// A number.
    Number(f64),
    /// A whole number.
    Whole(Whole),
    /// `true` or `false`.
    Flag(bool),
    /// A list, whose items [`Node::get`] gives.
    List,
    /// A table with free names.
    Map(Vec<(&'a str, &'a dyn Node)>),
    /// A table with these fields, whose values [`Node::get`] gives.
    Record(&'static [Field]),
}

/// A value of a scenario, whatever its type: what reads, writes and looks through values is compiled once.
pub trait Node {
    /// What it holds.
    fn view(&self) -> View<'_>;

    /// Takes the value of a tree that fits the shape; nothing is a field that was left out. `false` if it does not fit.
    fn read(&mut self, tree: Option<&Value>) -> bool;

    /// The field or item at a place.
    fn get(&self, _place: usize) -> Option<&dyn Node> {
        None
    }

    /// The field or item at a place, to be changed.
    fn get_mut(&mut self, _place: usize) -> Option<&mut dyn Node> {
        None
    }
}

/// Whether a value was left out.
pub(crate) fn is_absent(value: &dyn Node) -> bool {
    matches!(value.view(), View::Absent(_))
}

fn items(list: &dyn Node) -> impl Iterator<Item = &dyn Node> {
    (0..).map_while(|place| list.get(place))
}

/// The fields of a record with their values.
fn fields<'a>(record: &'a dyn Node, all: &'static [Field]) -> impl Iterator<Item = (&'static Field, &'a dyn Node)> {
    all.iter().zip(items(record))
}

pub(super) fn add_defaults(value: &dyn Node, path: &str, out: &mut Vec<DefaultTaken>) {
    match value.view() {
        View::Record(all) => {
            for (field, inner) in fields(value, all) {
                let path = if path.is_empty() { field.name.to_owned() } else { format!("{path}.{}", field.name) };
                if let (Some(default), true) = (field.default, is_absent(inner)) {
                    out.push(DefaultTaken { field: path.clone(), value: default() });
                }
                add_defaults(inner, &path, out);
            }
        }
        View::List => {
            for (i, item) in items(value).enumerate() {
                add_defaults(item, &format!("{path}[{i}]"), out);
            }
        }
        View::Absent(Some(other)) => add_defaults(other, path, out),
        _ => {}
    }
}

pub(super) fn put(value: &mut dyn Node, path: &[usize], number: Option<f64>) -> bool {
    match path.split_first() {
        Some((&place, rest)) => value.get_mut(place).is_some_and(|inner| put(inner, rest, number)),
        None => number.is_none_or(f64::is_finite) && value.read(number.map(Value::from).as_ref()),
    }
}

/// Fills a record from a tree.
pub(crate) fn read_record(record: &mut dyn Node, all: &[Field], tree: Option<&Value>) -> bool {
    let Some(Value::Object(map)) = tree else { return false };
    let mut field = |(place, field): (usize, &Field)| record.get_mut(place)?.read(map.get(field.name)).then_some(());
    all.iter().enumerate().all(|it| field(it).is_some())
}

/// A value as serde writes it.
pub(crate) struct Told<'a>(pub(crate) &'a dyn Node);

impl Serialize for Told<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0.view() {
            View::Absent(_) => serializer.serialize_none(),
            View::Text(text) => serializer.serialize_str(text),
            View::Number(number) => serializer.serialize_f64(number),
            View::Whole(whole) => whole.serialize(serializer),
            View::Flag(flag) => serializer.serialize_bool(flag),
            View::List => serializer.collect_seq(items(self.0).map(Told)),
            View::Map(entries) => serializer.collect_map(entries.into_iter().map(|(name, value)| (name, Told(value)))),
            View::Record(all) => {
                let given = fields(self.0, all).filter(|(_, value)| !is_absent(*value));
                serializer.collect_map(given.map(|(field, value)| (field.name, Told(value))))
            }
        }
    }
}

impl Node for String {
    fn view(&self) -> View<'_> {
        View::Text(self)
    }
    fn read(&mut self, tree: Option<&Value>) -> bool {
        let Some(Value::String(text)) = tree else { return false };
        self.clone_from(text);
        true
    }
}

impl Node for bool {
    fn view(&self) -> View<'_> {
        View::Flag(*self)
    }
    fn read(&mut self, tree: Option<&Value>) -> bool {
        tree.and_then(Value::as_bool).map(|flag| *self = flag).is_some()
    }
}

impl Node for f64 {
    fn view(&self) -> View<'_> {
        View::Number(*self)
    }
    fn read(&mut self, tree: Option<&Value>) -> bool {
        tree.and_then(Value::as_f64).map(|number| *self = number).is_some()
    }
}

impl Node for Whole {
    fn view(&self) -> View<'_> {
        View::Whole(*self)
    }
    fn read(&mut self, tree: Option<&Value>) -> bool {
        tree.and_then(Value::as_number).and_then(Self::of).map(|whole| *self = whole).is_some()
    }
}

impl<T: Shaped> Node for Option<T> {
    fn view(&self) -> View<'_> {
        self.as_ref().map_or(View::Absent(None), T::view)
    }
    fn read(&mut self, tree: Option<&Value>) -> bool {
        if tree.is_none() {
            *self = None;
            return true;
        }
        self.get_or_insert_with(|| T::EMPTY).read(tree)
    }
    fn get(&self, place: usize) -> Option<&dyn Node> {
        self.as_ref()?.get(place)
    }
    fn get_mut(&mut self, place: usize) -> Option<&mut dyn Node> {
        self.as_mut()?.get_mut(place)
    }
}

impl<T: Shaped> Node for Vec<T> {
    fn view(&self) -> View<'_> {
        if self.is_empty() { View::Absent(None) } else { View::List }
    }
    fn read(&mut self, tree: Option<&Value>) -> bool {
        self.clear();
        let add = |tree: &Value| {
            let mut item = T::EMPTY;
            let fits = item.read(Some(tree));
            self.push(item);
            fits
        };
        match tree {
            None => true,
            Some(Value::Array(trees)) => trees.iter().all(add),
            Some(_) => false,
        }
    }
    fn get(&self, place: usize) -> Option<&dyn Node> {
        self.as_slice().get(place).map(|item| item as &dyn Node)
    }
    fn get_mut(&mut self, place: usize) -> Option<&mut dyn Node> {
        self.as_mut_slice().get_mut(place).map(|item| item as &mut dyn Node)
    }
}

impl<T: Shaped> Node for BTreeMap<String, T> {
    fn view(&self) -> View<'_> {
        if self.is_empty() {
            return View::Absent(None);
        }
        View::Map(self.iter().map(|(name, value)| (name.as_str(), value as &dyn Node)).collect())
    }
    fn read(&mut self, tree: Option<&Value>) -> bool {
        self.clear();
        let add = |(name, tree): (&String, &Value)| {
            let mut value = T::EMPTY;
            let fits = value.read(Some(tree));
            self.insert(name.clone(), value);
            fits
        };
        match tree {
            None => true,
            Some(Value::Object(trees)) => trees.iter().all(add),
            Some(_) => false,
        }
    }
}
