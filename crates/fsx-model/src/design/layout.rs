//! Layout of the files: components, each with an end and a stripe count.

use crate::catalog::{DefaultLayoutComponent, LAYOUTS, figures};
use crate::scenario::{self, LayoutKind};
use crate::shape::Whole;
use crate::units::{Information, mebibyte};

/// Most components of a layout that is modelled.
pub const MAX_COMPONENTS: usize = 16;

/// A part of every file, from the end of the part before to `end`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Component {
    /// Where it ends; infinite in the last.
    pub end: Information,
    /// Stripe count; `None` for all OSTs.
    pub stripes: Option<f64>,
}

/// A progressive layout; a plain stripe count is a layout of one component.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Layout {
    components: [Component; MAX_COMPONENTS],
    len: usize,
    /// Stripe size.
    pub stripe_size: Information,
}

impl Layout {
    /// The layout a scenario describes; `None` where the rules would have found an error.
    #[must_use]
    pub fn new(raw: Option<&scenario::Layout>) -> Option<Self> {
        let Some(raw) = raw else {
            return Self::created(|row| row.created_before.is_none());
        };
        let stripe_size = raw.size_mib().get();
        match raw.kind {
            LayoutKind::Default => Self::created(|row| row.created_before.is_none()),
            LayoutKind::Created => Self::created(|row| row.created_before == raw.before.as_deref()),
            LayoutKind::Stripe => Self::of(stripe_size, [(None, raw.count?.get())]),
            LayoutKind::Components => {
                let parts = raw.components.iter().map(|part| (part.end_mib.map(Whole::get), part.count.get()));
                Self::of(stripe_size, parts)
            }
        }
    }

    fn created(wanted: impl Fn(&DefaultLayoutComponent) -> bool) -> Option<Self> {
        let rows = LAYOUTS.iter().filter(|row| wanted(row));
        let parts = rows.map(|row| (row.end_mib.map(f64::from), f64::from(row.stripe_count)));
        Self::of(figures::DEFAULT_STRIPE_SIZE_MIB.value, parts)
    }

    fn of(stripe_size_mib: f64, parts: impl IntoIterator<Item = (Option<f64>, f64)>) -> Option<Self> {
        let last = Component { end: Information::new::<mebibyte>(f64::INFINITY), stripes: None };
        let mut layout = Self {
            components: [last; MAX_COMPONENTS],
            len: 0,
            stripe_size: Information::new::<mebibyte>(stripe_size_mib),
        };
        for (end_mib, count) in parts {
            *layout.components.get_mut(layout.len)? = Component {
                end: Information::new::<mebibyte>(end_mib.unwrap_or(f64::INFINITY)),
                stripes: (count > 0.0).then_some(count),
            };
            layout.len += 1;
        }
        (layout.len > 0).then_some(layout)
    }

    /// Its components, from the start of the file.
    #[must_use]
    pub fn components(&self) -> &[Component] {
        &self.components[..self.len]
    }
}
