//! A scenario that passed the rules, as the model sees it: typed quantities, counts, no words left to interpret.
//!
//! Everything here is `Copy` and holds no heap memory, so that a batch can build one per row.

mod clients;
mod file_system;
mod layout;
mod placement;
mod workload;

pub use clients::Clients;
pub use file_system::{FileSystem, Published, Topology};
pub use layout::{Component, Layout, MAX_COMPONENTS};
pub use placement::{Placement, Segment};
pub use workload::{Residence, Workload};

use crate::catalog::{Assumptions, assumption};
use crate::scenario::{AssumptionValue, Scenario};

/// A file system and one load on it.
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
}

impl Design {
    /// The design of workload `index` of a scenario that [`crate::rules::check`] found legal.
    ///
    /// `None` where the rules would have found an error, or there is no such workload.
    #[must_use]
    pub fn new(scenario: &Scenario, assumptions: &Assumptions, index: usize) -> Option<Self> {
        let raw = scenario.workloads.get(index)?;
        let clients = Clients::new(scenario.clients_of(raw)?);
        let file_system = FileSystem::new(scenario, assumptions)?;
        let workload = Workload::new(raw, &clients);
        let placement = Placement::new(&file_system, &workload, file_system.topology(assumptions));
        Some(Self { file_system, clients, workload, placement })
    }

    /// The same with its files placed anew, after an assumption about the topology moved.
    #[must_use]
    pub fn placed(&self, assumptions: &Assumptions) -> Self {
        let topology = self.file_system.topology(assumptions);
        Self { placement: Placement::new(&self.file_system, &self.workload, topology), ..*self }
    }
}

/// The assumptions of a scenario: mid values, with its overrides.
#[must_use]
pub fn assumptions(scenario: &Scenario) -> Assumptions {
    let mut assumptions = Assumptions::mid();
    for (name, value) in &scenario.assumptions {
        if let Some(row) = assumption(name) {
            let value = match *value {
                AssumptionValue::Number(number) => number,
                AssumptionValue::Flag(flag) => f64::from(u8::from(flag)),
            };
            assumptions.set(row.id, value);
        }
    }
    assumptions
}
