//! A scenario that passed the rules, as the model sees it: typed quantities, counts, no words left to interpret.
//!
//! Everything here is `Copy` and holds no heap memory, so that a batch can build one per row.

mod clients;
mod file_system;
mod layout;
mod operations;
mod placement;
mod ssd_cache;
mod workload;

pub use clients::Clients;
pub use file_system::{FileSystem, Published, Size, Topology};
pub use layout::{Component, Layout, MAX_COMPONENTS};
pub use operations::OperationMix;
pub use placement::{Placement, Segment};
pub use ssd_cache::SsdCache;
pub use workload::{Residence, Stage, Workload};

use std::collections::BTreeMap;

use crate::catalog::{Assumptions, assumption};
use crate::model::metadata::Need;
use crate::scenario::{self, AssumptionValue, Scenario};
use crate::shape::Whole;
use crate::units::Information;

/// A file system and one load on it, from one client group.
#[derive(Clone, Copy, Debug)]
pub struct Design {
    /// The file system.
    pub file_system: FileSystem,
    /// The clients that issue the load.
    pub clients: Clients,
    /// The load.
    pub workload: Workload,
    /// Its files on the targets.
    pub placement: Placement,
    /// What one of its items, or opening one of its files, asks of the metadata servers.
    pub need: Need,
    /// Place of the workload in the scenario.
    pub index: usize,
    /// Place of the client group in the scenario.
    pub group: usize,
}

impl Design {
    /// The design of workload `index` of a scenario that [`crate::rules::check`] found legal, as if it were alone; of a
    /// workload on several client groups, what the first of them does.
    ///
    /// `None` where the rules would have found an error, or there is no such workload.
    #[must_use]
    pub fn new(scenario: &Scenario, assumptions: &Assumptions, index: usize) -> Option<Self> {
        let raw = scenario.workloads.get(index)?;
        let file_system = FileSystem::new(scenario, assumptions)?;
        let (group, clients) = scenario.groups_of(raw).next()?;
        Some(Self::of(raw, file_system, clients, assumptions, (index, group)))
    }

    /// Every design of a legal scenario: one per workload and client group, in their order.
    #[must_use]
    pub fn all(scenario: &Scenario, assumptions: &Assumptions) -> Option<Vec<Self>> {
        Some(Self::all_on(scenario, FileSystem::new(scenario, assumptions)?, assumptions))
    }

    /// The same on a file system that is already known.
    #[must_use]
    pub fn all_on(scenario: &Scenario, file_system: FileSystem, assumptions: &Assumptions) -> Vec<Self> {
        let mut designs = Vec::with_capacity(scenario.workloads.len());
        for (index, raw) in scenario.workloads.iter().enumerate() {
            let from = designs.len();
            for (group, clients) in scenario.groups_of(raw) {
                designs.push(Self::of(raw, file_system, clients, assumptions, (index, group)));
            }
            share_out(&mut designs[from..], raw, assumptions);
        }
        let cached: Information =
            designs.iter().fold(Information::default(), |sum, design| sum + design.workload.bytes_in_caches());
        for design in &mut designs {
            design.workload.cached_bytes = cached;
        }
        designs
    }

    fn of(
        raw: &scenario::Workload,
        file_system: FileSystem,
        clients: &scenario::Clients,
        assumptions: &Assumptions,
        (index, group): (usize, usize),
    ) -> Self {
        let taking_part = Whole(raw.clients_in(clients)).get();
        let clients = Clients { count: taking_part, ..Clients::new(clients) };
        let workload = Workload::new(raw, &clients);
        let placement = Placement::new(&file_system, &workload, file_system.topology(assumptions));
        let need = Need::new(&file_system, &clients, &workload, &placement, assumptions);
        Self { file_system, clients, workload, placement, need, index, group }
    }

    /// The same with its files placed anew, after an assumption about topology or metadata moved.
    #[must_use]
    pub fn placed(&self, assumptions: &Assumptions) -> Self {
        self.with_load(self.workload, assumptions)
    }

    /// The same with another load.
    #[must_use]
    pub fn with_load(&self, workload: Workload, assumptions: &Assumptions) -> Self {
        Self::placing(self, &self.file_system, workload, assumptions)
    }

    /// The same load on another file system.
    #[must_use]
    pub fn on(&self, file_system: &FileSystem, assumptions: &Assumptions) -> Self {
        Self::placing(self, file_system, self.workload, assumptions)
    }

    fn placing(&self, file_system: &FileSystem, workload: Workload, assumptions: &Assumptions) -> Self {
        let placement = Placement::new(file_system, &workload, file_system.topology(assumptions));
        let need = Need::new(file_system, &self.clients, &workload, &placement, assumptions);
        let Self { clients, index, group, .. } = *self;
        Self { file_system: *file_system, clients, workload, placement, need, index, group }
    }
}

/// Shares what is given for a whole workload, its files and its offered load, out to the groups it runs on.
fn share_out(designs: &mut [Design], raw: &scenario::Workload, assumptions: &Assumptions) {
    if designs.len() < 2 {
        return;
    }
    let streams: f64 = designs.iter().map(|design| design.workload.streams).sum();
    for design in designs {
        let part = design.workload.streams / streams;
        let load = &mut design.workload;
        if raw.file_count.is_some() || raw.shared_file() {
            load.files *= part;
            load.active_files = load.files.min(load.streams);
        }
        load.part = part;
        load.directories *= part;
        load.rate_limit = load.rate_limit.map(|limit| limit * part);
        load.item_limit = load.item_limit.map(|limit| limit * part);
        *design = design.placed(assumptions);
    }
}

/// The assumptions of a scenario: mid values, with its overrides.
#[must_use]
pub fn assumptions(scenario: &Scenario) -> Assumptions {
    let mut assumptions = Assumptions::mid();
    overridden(&mut assumptions, &scenario.assumptions);
    assumptions
}

/// Puts the values that a scenario gives in the place of others.
pub fn overridden(assumptions: &mut Assumptions, by: &BTreeMap<String, AssumptionValue>) {
    for (name, value) in by {
        if let Some(row) = assumption(name) {
            match *value {
                AssumptionValue::Number(number) => assumptions.set(row.id, number),
                AssumptionValue::Flag(flag) => assumptions.set(row.id, f64::from(u8::from(flag))),
                AssumptionValue::Range(range) => assumptions.set_range(row.id, [range.low, range.mid, range.high]),
            }
        }
    }
}
