//! Metadata operations: how many the servers carry, how long one takes, how many a client keeps in flight.

use crate::catalog::{AssumptionId, Assumptions, METADATA_OPERATIONS, figures};
use crate::design::{Clients, FileSystem, Placement, Size, Workload};
use crate::scenario::Operation;
use crate::units::{OperationRate, Time, gibibyte, millisecond, one_operation, operation_per_second, second};

/// What one item, all operations of a mix together, asks of clients and metadata servers.
#[derive(Clone, Copy, Debug)]
pub struct Need {
    /// Time of its operations, one after the other, when nothing is in their way.
    pub unloaded: Time,
    /// The part of that time in operations that change the name space.
    pub modifying: Time,
    /// Items a second that the metadata servers carry.
    pub servers: OperationRate,
    /// Items a second whose names the clients can list; `None` where no directory is read.
    pub names: Option<OperationRate>,
}

impl Need {
    /// What one item of a workload asks.
    ///
    /// Time: the operations' latencies, added, each with the way to another zone. Servers: `1 / Σ (count / rate of the operation)`; an operation that takes
    /// longer for its objects takes as much more of a server.
    #[must_use]
    pub fn new(
        file_system: &FileSystem,
        clients: &Clients,
        workload: &Workload,
        placement: &Placement,
        assumptions: &Assumptions,
    ) -> Self {
        let (mut unloaded, mut modifying, mut busy) = (Time::default(), Time::default(), Time::default());
        for (operation, count) in workload.operations.iter() {
            let base = Time::new::<millisecond>(assumptions.get(latency_assumption(operation)));
            let mut one = base;
            let further = further_objects(operation, placement);
            if further > 0.0 {
                one += Time::new::<millisecond>(assumptions.get(AssumptionId::LayoutLatencyPerOst)) * further;
            }
            let rate = server_rate(operation, file_system, clients, workload, assumptions);
            busy += one_operation() * count / rate * f64::from(one / base);
            if operation == Operation::Readdir {
                // the names cost the client, not the server
                one += Time::new::<second>(workload.entries_per_directory() / names_per_client(assumptions));
            }
            if !clients.same_zone {
                one += Time::new::<millisecond>(assumptions.get(AssumptionId::CrossZoneLatency));
            }
            unloaded += one * count;
            if modifies(operation) {
                modifying += one * count;
            }
        }
        Self { unloaded, modifying, servers: one_operation() / busy, names: names(clients, workload, assumptions) }
    }
}

/// Items that one client keeps in flight at most: stock clients hold back modifying operations earlier than others; a
/// mix is weighted by time.
#[must_use]
pub fn in_flight_per_client(need: &Need, assumptions: &Assumptions) -> f64 {
    let modifying: f64 = (need.modifying / need.unloaded).into();
    let slots = |share: f64, id| if share > 0.0 { share / assumptions.get(id) } else { 0.0 };
    let modifying_slots = slots(modifying, AssumptionId::MetadataModifyingInFlight);
    1.0 / (modifying_slots + slots(1.0 - modifying, AssumptionId::MetadataOtherInFlight))
}

/// Whether an operation changes the name space.
#[must_use]
pub const fn modifies(operation: Operation) -> bool {
    !matches!(operation, Operation::Open | Operation::Stat | Operation::Readdir | Operation::Read)
}

/// The assumption for the requests of this kind that one client keeps in flight.
#[must_use]
pub const fn in_flight(operation: Operation) -> AssumptionId {
    if modifies(operation) { AssumptionId::MetadataModifyingInFlight } else { AssumptionId::MetadataOtherInFlight }
}

/// The assumption for the time of an operation; `layout_latency_per_ost` comes on top for every object beyond the first,
/// and for a directory the names in it over `names_per_client`.
#[must_use]
pub const fn latency_assumption(operation: Operation) -> AssumptionId {
    match operation {
        Operation::Stat | Operation::Readdir => AssumptionId::StatLatency,
        _ => AssumptionId::CreateLatency,
    }
}

/// Objects on other servers that an operation has to do with, beyond the first.
///
/// Creating a file allocates those of its first component; deleting it or asking for its size meets all it has.
fn further_objects(operation: Operation, placement: &Placement) -> f64 {
    let objects = match operation {
        Operation::Create => placement.objects_at_creation,
        Operation::Delete | Operation::Stat => placement.objects,
        _ => 1.0,
    };
    (objects - 1.0).max(0.0)
}

/// Operations a second that the metadata servers carry of one kind.
///
/// With a metadata configuration: Metadata IOPS × published operations per IOPS × `metadata_delivered`, or × the
/// assumption for those without a published figure. Without: the measured rate of the kind, or the rate of creates in
/// the published proportion; × `unconfigured_metadata_scale` on more than one target's capacity. Times the share of
/// metadata targets that the directories reach, and `shared_directory_share` where several clients modify one.
#[must_use]
pub fn server_rate(
    operation: Operation,
    file_system: &FileSystem,
    clients: &Clients,
    workload: &Workload,
    assumptions: &Assumptions,
) -> OperationRate {
    let mut per_s = match file_system.metadata_iops {
        Some(iops) => iops * per_iops(operation, assumptions),
        None => {
            let (rate, share) = unconfigured_basis(operation);
            let rate = assumptions.get(rate) * share;
            if is_beyond_measured(file_system.size) {
                rate * assumptions.get(AssumptionId::UnconfiguredMetadataScale)
            } else {
                rate
            }
        }
    };
    per_s *= reach(file_system, workload);
    if shares_directories(operation, clients, workload) {
        per_s *= assumptions.get(AssumptionId::SharedDirectoryShare);
    }
    OperationRate::new::<operation_per_second>(per_s)
}

/// Share of the metadata targets that hold one of the directories.
#[must_use]
pub fn reach(file_system: &FileSystem, workload: &Workload) -> f64 {
    let targets = file_system.metadata_servers();
    (workload.directories / workload.part).min(targets) / targets
}

/// Whether several clients modify one directory.
#[must_use]
pub fn shares_directories(operation: Operation, clients: &Clients, workload: &Workload) -> bool {
    // of a workload on several groups, both are in proportion to its part
    workload.directories < clients.count && modifies(operation)
}

/// Operations per Metadata IOPS as published; `None` where AWS prints none.
#[must_use]
pub fn published_per_iops(operation: Operation) -> Option<f64> {
    let row = METADATA_OPERATIONS.iter().find(|row| row.operation == operation.as_str());
    row.map(|row| row.operations_per_iops)
}

fn per_iops(operation: Operation, assumptions: &Assumptions) -> f64 {
    match published_per_iops(operation) {
        Some(published) => published * assumptions.get(AssumptionId::MetadataDelivered),
        None => assumptions.get(per_iops_assumption(operation)),
    }
}

/// The assumption for the operations per Metadata IOPS where AWS prints none.
#[must_use]
pub const fn per_iops_assumption(operation: Operation) -> AssumptionId {
    match operation {
        Operation::Stat => AssumptionId::StatPerMetadataIops,
        Operation::Readdir => AssumptionId::ReaddirPerMetadataIops,
        _ => AssumptionId::OpenPerMetadataIops,
    }
}

/// The assumption for the rate without a metadata configuration, and the factor on it.
#[must_use]
pub fn unconfigured_basis(operation: Operation) -> (AssumptionId, f64) {
    match operation {
        Operation::Delete => (AssumptionId::UnconfiguredDeleteRate, 1.0),
        Operation::Stat | Operation::Readdir => (AssumptionId::UnconfiguredStatRate, 1.0),
        Operation::Create | Operation::Open => (AssumptionId::UnconfiguredCreateRate, 1.0),
        _ => {
            let create = published_per_iops(Operation::Create);
            let share = published_per_iops(operation).zip(create).map_or(1.0, |(own, create)| own / create);
            (AssumptionId::UnconfiguredCreateRate, share)
        }
    }
}

/// Whether the rates without a metadata configuration were measured on a smaller file system than this.
#[must_use]
pub fn is_beyond_measured(size: Size) -> bool {
    match size {
        Size::Capacity(capacity) => capacity.get::<gibibyte>() > figures::SSD_OST_GIB.value,
        Size::Steps(_) => true,
    }
}

fn names_per_client(assumptions: &Assumptions) -> f64 {
    assumptions.get(AssumptionId::NamesPerClient)
}

/// Items a second whose names all clients can list: `clients × names_per_client / names of an item`.
fn names(clients: &Clients, workload: &Workload, assumptions: &Assumptions) -> Option<OperationRate> {
    let listed = workload.operations.count(Operation::Readdir) * workload.entries_per_directory();
    (listed > 0.0)
        .then(|| OperationRate::new::<operation_per_second>(clients.count * names_per_client(assumptions) / listed))
}
