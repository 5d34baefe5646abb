//! The values of the assumptions in one calculation, and which of them it read.

use std::cell::Cell;

use super::{ASSUMPTIONS, Assumption, AssumptionId};

/// Values of all assumptions: the catalog's mid values, with overrides.
///
/// Reading a value marks it as used, so that an estimate can list exactly what it rests on.
#[derive(Clone, Debug)]
pub struct Assumptions {
    values: [f64; AssumptionId::COUNT],
    overridden: u128,
    used: Cell<u128>,
}

impl Assumptions {
    /// Every assumption at its mid value.
    #[must_use]
    pub fn mid() -> Self {
        Self { values: ASSUMPTIONS.map(|row| row.mid), overridden: 0, used: Cell::new(0) }
    }

    /// The value, in the assumption's unit; 1 and 0 for switches.
    #[must_use]
    pub fn get(&self, id: AssumptionId) -> f64 {
        self.used.set(self.used.get() | bit(id));
        self.values[id as usize]
    }

    /// Whether a switch is on.
    #[must_use]
    pub fn is_on(&self, id: AssumptionId) -> bool {
        self.get(id) > 0.5
    }

    /// Replaces a value for good: the user says so.
    pub fn set(&mut self, id: AssumptionId, value: f64) {
        self.values[id as usize] = value;
        self.overridden |= bit(id);
    }

    /// Runs `f` with one value moved, and puts it back.
    pub fn with_moved<T>(&mut self, id: AssumptionId, value: f64, f: impl FnOnce(&Self) -> T) -> T {
        let kept = std::mem::replace(&mut self.values[id as usize], value);
        let result = f(self);
        self.values[id as usize] = kept;
        result
    }

    /// Runs `f` and tells which assumptions it read.
    pub fn recording<T>(&self, f: impl FnOnce(&Self) -> T) -> (T, Used) {
        let before = self.used.replace(0);
        let result = f(self);
        let read = Used(self.used.get());
        self.used.set(before | read.0);
        (result, read)
    }

    /// The assumptions read so far, with the value each was read at, in catalog order.
    pub fn used(&self) -> impl Iterator<Item = (&'static Assumption, f64)> {
        let used = self.used.get();
        ASSUMPTIONS.iter().filter(move |row| used & bit(row.id) != 0).map(|row| (row, self.values[row.id as usize]))
    }

    /// Whether an interval moves this assumption: it has a range, and the user did not fix it.
    #[must_use]
    pub fn is_open(&self, row: &Assumption) -> bool {
        row.in_interval && row.low < row.high && self.overridden & bit(row.id) == 0
    }
}

/// A set of assumptions that a calculation read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Used(u128);

impl Used {
    /// Whether it was read.
    #[must_use]
    pub const fn contains(self, id: AssumptionId) -> bool {
        self.0 & bit(id) != 0
    }
}

impl Default for Assumptions {
    fn default() -> Self {
        Self::mid()
    }
}

/// The assumption of this name.
#[must_use]
pub fn assumption(name: &str) -> Option<&'static Assumption> {
    ASSUMPTIONS.iter().find(|row| row.name == name)
}

const fn bit(id: AssumptionId) -> u128 {
    1 << id as u8
}

const _: () = assert!(AssumptionId::COUNT <= 128, "the set of used assumptions is kept in 128 bits");
