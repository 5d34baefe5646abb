//! The shape of a scenario as data: which fields there are, of which kind, with which default.
//!
//! A text becomes a tree, the tree is walked against the [`Shape`] of a struct declared with `record!`, so that every
//! fault is named at once, and serde then fills the struct (see [`crate::scenario::from_json`]). One declaration serves all.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use serde_json::Value;

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
pub trait Shaped: Sized {
    /// What it may hold.
    const SHAPE: Shape;
    /// Whether a field of this type must be given.
    const REQUIRED: bool = true;

    /// The tree that such a value is read from, where a text may say it in other ways too.
    #[must_use]
    fn plain(tree: Value) -> Value {
        tree
    }

    /// Whether the field was left out.
    fn is_absent(&self) -> bool {
        false
    }

    /// Adds the defaults taken inside this value.
    fn defaults(&self, _path: &str, _out: &mut Vec<DefaultTaken>) {}

    /// The value that a number stands for; `None` if there is none.
    #[must_use]
    fn of_number(_number: f64) -> Option<Self> {
        None
    }

    /// Puts a number, or nothing, where a path ends: the places of fields in their records and of items in their lists.
    /// `false` if it cannot stand there or the table is missing; what was there may be lost then.
    fn set(&mut self, path: &[usize], number: Option<f64>) -> bool {
        match (path, number.and_then(Self::of_number)) {
            ([], Some(value)) => {
                *self = value;
                true
            }
            _ => false,
        }
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
}

impl Shaped for bool {
    const SHAPE: Shape = Shape::Flag;
}

impl Shaped for f64 {
    const SHAPE: Shape = Shape::Number;
    fn of_number(number: f64) -> Option<Self> {
        number.is_finite().then_some(number)
    }
}

impl Shaped for Whole {
    const SHAPE: Shape = Shape::Whole;
    fn of_number(number: f64) -> Option<Self> {
        Self::from_f64(number)
    }
}

impl<T: Shaped> Shaped for Option<T> {
    const SHAPE: Shape = T::SHAPE;
    const REQUIRED: bool = false;
    fn is_absent(&self) -> bool {
        self.is_none()
    }
    fn defaults(&self, path: &str, out: &mut Vec<DefaultTaken>) {
        if let Some(inner) = self {
            inner.defaults(path, out);
        }
    }
    fn set(&mut self, path: &[usize], number: Option<f64>) -> bool {
        if !path.is_empty() {
            return self.as_mut().is_some_and(|inner| inner.set(path, number));
        }
        *self = number.and_then(T::of_number);
        self.is_some() == number.is_some()
    }
}

impl<T: Shaped> Shaped for Vec<T> {
    const SHAPE: Shape = Shape::List(&T::SHAPE);
    const REQUIRED: bool = false;
    fn is_absent(&self) -> bool {
        self.is_empty()
    }
    fn defaults(&self, path: &str, out: &mut Vec<DefaultTaken>) {
        for (i, item) in self.iter().enumerate() {
            item.defaults(&format!("{path}[{i}]"), out);
        }
    }
    fn set(&mut self, path: &[usize], number: Option<f64>) -> bool {
        let Some((&place, rest)) = path.split_first() else { return false };
        self.get_mut(place).is_some_and(|item| item.set(rest, number))
    }
}

impl<T: Shaped> Shaped for std::collections::BTreeMap<String, T> {
    const SHAPE: Shape = Shape::Map(&T::SHAPE);
    const REQUIRED: bool = false;
    fn is_absent(&self) -> bool {
        self.is_empty()
    }
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
}

impl Serialize for Whole {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_i64(self.0)
    }
}

impl<'de> Deserialize<'de> for Whole {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl de::Visitor<'_> for Visitor {
            type Value = Whole;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a whole number")
            }
            fn visit_i64<E: de::Error>(self, v: i64) -> Result<Whole, E> {
                Whole::new(v).ok_or_else(|| E::custom("the whole number is larger than 2^53"))
            }
            fn visit_u64<E: de::Error>(self, v: u64) -> Result<Whole, E> {
                self.visit_i64(i64::try_from(v).unwrap_or(i64::MAX))
            }
            fn visit_f64<E: de::Error>(self, v: f64) -> Result<Whole, E> {
                Whole::from_f64(v).ok_or_else(|| E::custom("expected a whole number"))
            }
        }
        deserializer.deserialize_any(Visitor)
    }
}

/// Declares a table of the scenario: the struct, its serde and schema derives, its shape, and an accessor for every
/// field that has a default (`field: Option<T> = default` gives `self.field() -> T`). Behind it, `plain` may name what a
/// tree goes through before it is read.
macro_rules! record {
    ($(#[$meta:meta])* $name:ident {
        $($(#[$fmeta:meta])* $field:ident : $ty:ty $(= $default:expr)?),* $(,)?
    } $(plain = $plain:path)?) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        #[serde(deny_unknown_fields)]
        pub struct $name {
            $(
                $(#[$fmeta])*
                #[serde(skip_serializing_if = "crate::shape::Shaped::is_absent")]
                $(#[cfg_attr(feature = "schema", schemars(extend("default" = $default)))])?
                pub $field: $ty,
            )*
        }

        impl $crate::shape::Shaped for $name {
            const SHAPE: $crate::shape::Shape = $crate::shape::Shape::Record(&[
                $($crate::shape::Field {
                    name: stringify!($field),
                    shape: &<$ty as $crate::shape::Shaped>::SHAPE,
                    required: <$ty as $crate::shape::Shaped>::REQUIRED,
                }),*
            ]);

            $(fn plain(tree: serde_json::Value) -> serde_json::Value {
                $plain(tree)
            })?

            fn defaults(&self, path: &str, out: &mut Vec<$crate::shape::DefaultTaken>) {
                let join = |field: &str| if path.is_empty() { field.to_owned() } else { format!("{path}.{field}") };
                $(
                    $(if self.$field.is_none() {
                        out.push($crate::shape::DefaultTaken {
                            field: join(stringify!($field)),
                            value: serde_json::json!($default),
                        });
                    })?
                    self.$field.defaults(&join(stringify!($field)), out);
                )*
            }

            fn set(&mut self, path: &[usize], number: Option<f64>) -> bool {
                let Some((&place, rest)) = path.split_first() else { return false };
                let fields: &[fn(&mut Self, &[usize], Option<f64>) -> bool] =
                    &[$(|it, rest, number| $crate::shape::Shaped::set(&mut it.$field, rest, number)),*];
                fields.get(place).is_some_and(|set| set(self, rest, number))
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
