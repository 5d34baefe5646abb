//! The values of the assumptions in one calculation, and which of them it read.

use std::cell::Cell;

use super::{ASSUMPTIONS, Assumption, AssumptionId};

/// Values of all assumptions: the catalog's mid values, with overrides.
///
/// Reading a value marks it as used, so that an estimate can list exactly what it rests on.
#[derive(Clone, Debug)]
pub struct Assumptions {
    values: [f64; AssumptionId::COUNT],
    ends: [[f64; 2]; AssumptionId::COUNT],
    overridden: [bool; AssumptionId::COUNT],
    used: [Cell<bool>; AssumptionId::COUNT],
}

impl Assumptions {
    /// Every assumption at its mid value.
    #[must_use]
    pub fn mid() -> Self {
        Self {
            values: ASSUMPTIONS.map(|row| row.mid),
            ends: ASSUMPTIONS.map(|row| row.ends),
            overridden: [false; AssumptionId::COUNT],
            used: [const { Cell::new(false) }; AssumptionId::COUNT],
        }
    }

    /// The same with the ranges that users would find, before any measurement is taken into account.
    #[must_use]
    pub fn before_any_measurement() -> Self {
        Self { ends: ASSUMPTIONS.map(|row| [row.low, row.high]), ..Self::mid() }
    }

    /// The value, in the assumption's unit; 1 and 0 for switches.
    #[must_use]
    pub fn get(&self, id: AssumptionId) -> f64 {
        self.used[id as usize].set(true);
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
        self.overridden[id as usize] = true;
    }

    /// Replaces a value and the ends of its range: what measurements say, with how sure they are.
    pub fn set_range(&mut self, id: AssumptionId, [low, mid, high]: [f64; 3]) {
        self.values[id as usize] = mid;
        self.ends[id as usize] = [low, high];
    }

    /// Replaces a value by one of its range: a draw.
    pub const fn put(&mut self, id: AssumptionId, value: f64) {
        self.values[id as usize] = value;
    }

    /// The low and the high end of its range.
    #[must_use]
    pub const fn ends(&self, id: AssumptionId) -> [f64; 2] {
        self.ends[id as usize]
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
        let before = self.used.each_ref().map(|used| used.replace(false));
        let result = f(self);
        let read = Used(self.used.each_ref().map(Cell::get));
        for (used, before) in self.used.iter().zip(before) {
            used.set(used.get() || before);
        }
        (result, read)
    }

    /// The assumptions read so far, with the value each was read at, in catalog order.
    pub fn used(&self) -> impl Iterator<Item = (&'static Assumption, f64)> {
        let read = ASSUMPTIONS.iter().filter(|row| self.used[row.id as usize].get());
        read.map(|row| (row, self.values[row.id as usize]))
    }

    /// Whether an interval moves this assumption: it has a range, and the user did not fix it.
    #[must_use]
    pub fn is_open(&self, row: &Assumption) -> bool {
        let [low, high] = self.ends(row.id);
        row.in_interval && low < high && !self.overridden[row.id as usize]
    }
}

/// A set of assumptions that a calculation read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Used([bool; AssumptionId::COUNT]);

impl Used {
    /// Whether it was read.
    #[must_use]
    pub const fn contains(self, id: AssumptionId) -> bool {
        self.0[id as usize]
    }

    /// The set without some.
    #[must_use]
    pub fn without(mut self, ids: impl Iterator<Item = AssumptionId>) -> Self {
        for id in ids {
            self.0[id as usize] = false;
        }
        self
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
