//! Ceilings of the network: the clients' interfaces, the way between a client and a server, the servers.

use super::Credits;
use crate::catalog::terms::Interface;
use crate::catalog::{AssumptionId, Assumptions};
use crate::design::{Clients, FileSystem, Topology};
use crate::units::{Throughput, gigabit_per_second};

/// What all clients together can move: `count × line rate × efficiency`.
///
/// The efficiency is `tcp_efficiency` over ENA and ENA Express, `network_burst_delivered` over EFA.
#[must_use]
pub fn clients(clients: &Clients, assumptions: &Assumptions, credits: Credits) -> Throughput {
    wire(clients, credits.client) * assumptions.get(client_efficiency(clients.interface))
}

/// The assumption that says how much of a client's line rate is delivered.
#[must_use]
pub fn client_efficiency(interface: Interface) -> AssumptionId {
    if interface.is_efa() { AssumptionId::NetworkBurstDelivered } else { AssumptionId::TcpEfficiency }
}

/// What the ways between every client and every touched server carry: `clients × servers × path limit × efficiency`.
///
/// ENA only: AWS sets no such limit for EFA and ENA Express.
#[must_use]
pub fn paths(clients: &Clients, servers: f64, assumptions: &Assumptions) -> Option<Throughput> {
    (clients.interface == Interface::Ena).then(|| {
        let limit = Throughput::new::<gigabit_per_second>(assumptions.get(AssumptionId::PathLimitGbps));
        limit * (clients.count * servers * assumptions.get(AssumptionId::PathEfficiency))
    })
}

/// What the network of all servers carries.
///
/// Drained, the published baseline. With credits, the published burst × `network_burst_delivered`; with EFA only if
/// `efa_network_burst` holds, and at most `efa_server_network_burst` on each server. Never less than the baseline.
#[must_use]
pub fn servers(file_system: &FileSystem, topology: Topology, assumptions: &Assumptions, bursting: bool) -> Throughput {
    let baseline = server_baseline(file_system, assumptions);
    let Some(burst) = file_system.published.network_burst.filter(|_| bursting) else { return baseline };
    if file_system.efa_enabled && !assumptions.is_on(AssumptionId::EfaNetworkBurst) {
        return baseline;
    }
    let mut delivered = burst * assumptions.get(AssumptionId::NetworkBurstDelivered);
    if file_system.efa_enabled {
        let per_server = assumptions.get(AssumptionId::EfaServerNetworkBurst);
        delivered = delivered.min(Throughput::new::<gigabit_per_second>(per_server) * topology.servers);
    }
    delivered.max(baseline)
}

/// The published baseline; for SCRATCH_1, where AWS prints none, the assumption `scratch_1_network`.
fn server_baseline(file_system: &FileSystem, assumptions: &Assumptions) -> Throughput {
    file_system.published.network_baseline.unwrap_or_else(|| {
        let per_design_rate = file_system.tier.map_or(1.0, |tier| {
            assumptions.get(AssumptionId::Scratch1Network) / tier.disk_read_baseline_mb_per_s_per_tib
        });
        file_system.published.disk_read_baseline * per_design_rate
    })
}

/// Line rate of all clients together, which no efficiency can exceed.
#[must_use]
pub fn wire(clients: &Clients, bursting: bool) -> Throughput {
    let line = if bursting { clients.burst_line_rate } else { clients.line_rate };
    line * clients.count
}
