//! The shape of a scenario as data: which fields there are, of which kind, with which default.
//!
//! A text becomes a tree, the tree is walked against the [`Shape`] of a struct declared with `record!`, so that every
//! fault is named at once, and [`Node::read`] then fills the struct (see [`crate::scenario::from_json`]). One declaration
//! serves all.

mod node;

use std::collections::BTreeMap;

use serde::{Serialize, Serializer};
use serde_json::{Number, Value};

#[cfg(feature = "schema")]
pub(crate) use node::is_absent;
pub use node::{Node, View};
pub(crate) use node::{Told, read_record};

/// What a field may hold.
#[derive(Clone, Copy, Debug)]
pub enum Shape {
    /// Text.
    Text,
    /// A finite number.
    Number,
    /// A whole number.
    Whole,
    /// `true` or `false`.
    Flag,
    /// A number, or `true` or `false`, or this.
    NumberFlagOr(&'static Shape),
    /// One of these words.
    Word(&'static [&'static str]),
    /// A list.
    List(&'static Shape),
    /// One table or a list of them.
    OneOrMany(&'static Shape),
    /// A table with free names.
    Map(&'static Shape),
    /// A table with these fields.
    Record(&'static [Field]),
}

/// A field of a record.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// Name in the text.
    pub name: &'static str,
    /// What it may hold.
    pub shape: &'static Shape,
    /// Whether it must be there.
    pub required: bool,
    /// The value that is taken if it is not.
    pub default: Option<fn() -> Value>,
}

/// A value as JSON. What displays one is a second writer of JSON, which the smaller WebAssembly module does without.
pub(crate) fn json_text(value: &Value) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

/// A default that was taken because the input left a field out.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DefaultTaken {
    /// Path of the field, such as `workloads[0].io_size_kib`.
    pub field: String,
    /// The value that was taken.
    pub value: Value,
}

/// A type that can stand in a scenario.
pub trait Shaped: Node + Sized {
    /// What it may hold.
    const SHAPE: Shape;
    /// Whether a field of this type must be given.
    const REQUIRED: bool = true;
    /// A value with nothing in it.
    const EMPTY: Self;

    /// The tree that such a value is read from, where a text may say it in other ways too.
    #[must_use]
    fn plain(tree: Value) -> Value {
        tree
    }

    /// Adds the defaults taken inside this value.
    fn defaults(&self, path: &str, out: &mut Vec<DefaultTaken>) {
        node::add_defaults(self, path, out);
    }

    /// Puts a number, or nothing, where a path ends: the places of fields in their records and of items in their lists.
    /// `false` if it cannot stand there or the table is missing; what was there may be lost then.
    fn set(&mut self, path: &[usize], number: Option<f64>) -> bool {
        node::put(self, path, number)
    }
}

/// An optional field and what it holds.
pub trait Optional {
    /// Type of the value when given.
    type Inner;
    /// The value, or `default`.
    fn given_or(&self, default: Self::Inner) -> Self::Inner;
}

impl<T: Clone> Optional for Option<T> {
    type Inner = T;
    fn given_or(&self, default: T) -> T {
        self.clone().unwrap_or(default)
    }
}

impl Shaped for String {
    const SHAPE: Shape = Shape::Text;
    const EMPTY: Self = Self::new();
}

impl Shaped for bool {
    const SHAPE: Shape = Shape::Flag;
    const EMPTY: Self = false;
}

impl Shaped for f64 {
    const SHAPE: Shape = Shape::Number;
    const EMPTY: Self = 0.0;
}

impl Shaped for Whole {
    const SHAPE: Shape = Shape::Whole;
    const EMPTY: Self = Self(0);
}

impl<T: Shaped> Shaped for Option<T> {
    const SHAPE: Shape = T::SHAPE;
    const REQUIRED: bool = false;
    const EMPTY: Self = None;
}

impl<T: Shaped> Shaped for Vec<T> {
    const SHAPE: Shape = Shape::List(&T::SHAPE);
    const REQUIRED: bool = false;
    const EMPTY: Self = Self::new();
}

impl<T: Shaped> Shaped for BTreeMap<String, T> {
    const SHAPE: Shape = Shape::Map(&T::SHAPE);
    const REQUIRED: bool = false;
    const EMPTY: Self = Self::new();
}

/// A whole number; `48000` and `48000.0` are the same.
///
/// Signed, so that a negative count is understood and then refused by a rule that names the limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Whole(pub i64);

impl Whole {
    /// Largest size that every language carries exactly: 2^53.
    pub const MAX: i64 = 1 << 53;

    /// The number as a float (exact up to [`Self::MAX`]).
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "parsing holds it within 2^53")]
    pub const fn get(self) -> f64 {
        self.0 as f64
    }

    /// A whole number of at most 2^53 in size.
    #[must_use]
    pub const fn new(value: i64) -> Option<Self> {
        if value.unsigned_abs() <= Self::MAX.unsigned_abs() { Some(Self(value)) } else { None }
    }

    /// The whole number a float stands for, if it is one of at most 2^53 in size.
    #[must_use]
    #[expect(clippy::cast_possible_truncation, reason = "checked to be whole and within 2^53")]
    pub fn from_f64(value: f64) -> Option<Self> {
        let limit = Self(Self::MAX).get();
        (value.abs() <= limit && value.fract().abs() < f64::MIN_POSITIVE).then_some(Self(value as i64))
    }

    /// The whole number that a number of a tree stands for.
    pub(crate) fn of(number: &Number) -> Option<Self> {
        match number.as_i64() {
            Some(whole) => Self::new(whole),
            None => Self::from_f64(number.as_f64()?),
        }
    }
}

impl Serialize for Whole {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_i64(self.0)
    }
}

/// Declares a table of the scenario: the struct, its schema derive, its shape, the way to its fields, and an accessor for
/// every field that has a default (`field: Option<T> = default` gives `self.field() -> T`). Behind it, `plain` may name what
/// a tree goes through before it is read.
macro_rules! record {
    ($(#[$meta:meta])* $name:ident {
        $($(#[$fmeta:meta])* $field:ident : $ty:ty $(= $default:expr)?),* $(,)?
    } $(plain = $plain:path)?) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
        pub struct $name {
            $(
                $(#[$fmeta])*
                #[cfg_attr(feature = "schema", schemars(skip_serializing_if = "crate::shape::is_absent"))]
                $(#[cfg_attr(feature = "schema", schemars(extend("default" = $default)))])?
                pub $field: $ty,
            )*
        }

        impl $name {
            const FIELDS: &[$crate::shape::Field] = &[
                $($crate::shape::Field {
                    name: stringify!($field),
                    shape: &<$ty as $crate::shape::Shaped>::SHAPE,
                    required: <$ty as $crate::shape::Shaped>::REQUIRED,
                    default: [$(Some((|| serde_json::json!($default)) as fn() -> serde_json::Value),)? None][0],
                }),*
            ];
        }

        impl $crate::shape::Node for $name {
            fn view(&self) -> $crate::shape::View<'_> {
                $crate::shape::View::Record(Self::FIELDS)
            }

            fn read(&mut self, tree: Option<&serde_json::Value>) -> bool {
                $crate::shape::read_record(self, Self::FIELDS, tree)
            }

            fn get(&self, place: usize) -> Option<&dyn $crate::shape::Node> {
                let mut places = 0..;
                $(if places.next() == Some(place) {
                    return Some(&self.$field);
                })*
                None
            }

            fn get_mut(&mut self, place: usize) -> Option<&mut dyn $crate::shape::Node> {
                let mut places = 0..;
                $(if places.next() == Some(place) {
                    return Some(&mut self.$field);
                })*
                None
            }
        }

        impl $crate::shape::Shaped for $name {
            const SHAPE: $crate::shape::Shape = $crate::shape::Shape::Record(Self::FIELDS);
            const EMPTY: Self = Self { $($field: <$ty as $crate::shape::Shaped>::EMPTY),* };

            $(fn plain(tree: serde_json::Value) -> serde_json::Value {
                $plain(tree)
            })?
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                $crate::shape::Told(self).serialize(serializer)
            }
        }

        impl $name {
            $($(
                #[doc = concat!("`", stringify!($field), "`, by default `", stringify!($default), "`.")]
                #[must_use]
                pub fn $field(&self) -> <$ty as $crate::shape::Optional>::Inner {
                    $crate::shape::Optional::given_or(&self.$field, $default)
                }
            )?)*
        }
    };
}
pub(crate) use record;
