//! How many requests a workload keeps in flight, how large they are, and how long one takes when nothing is in its way.

use crate::catalog::terms::Interface;
use crate::catalog::{AssumptionId, Assumptions};
use crate::design::{Clients, Workload};
use crate::units::{Information, Throughput, Time, kibibyte, mebibyte, megabyte_per_second, millisecond};

/// The requests a workload keeps in flight.
#[derive(Clone, Copy, Debug)]
pub struct Requests {
    /// How many, over all clients.
    pub in_flight: f64,
    /// Size of one.
    pub size: Information,
    /// Time of one when nothing is in its way.
    pub unloaded: Time,
    /// The two assumptions that decide that time.
    pub decided_by: [AssumptionId; 2],
}

/// The requests of a workload of which one can use `parallel` targets at once.
///
/// Direct I/O: `streams × queue depth` requests of the application's size, each
/// `latency + latency per MiB × min(size, 1 MiB)`; what exceeds 1 MiB follows at
/// `min(8 MiB × parallel / latency of 1 MiB, line rate × efficiency)`.
///
/// Buffered sequential: readahead or write-back keeps `buffered_requests_in_flight` requests of 1 MiB behind each
/// stream, or those of the whole file if it is smaller; each takes as long as the measured rate of one stream makes all
/// of them, and at least what a direct request of its size takes.
///
/// Buffered random: one request per stream, of at least a page.
///
/// Another zone adds `cross_zone_latency` to each.
#[must_use]
pub fn requests(clients: &Clients, workload: &Workload, parallel: f64, assumptions: &Assumptions) -> Requests {
    let mib = Information::new::<mebibyte>(1.0);
    let zone =
        if clients.same_zone { Time::default() } else { milliseconds(assumptions, AssumptionId::CrossZoneLatency) };
    if !workload.direct && !workload.random {
        let per_file = f64::from(workload.file_size / mib).ceil();
        let window = assumptions.get(AssumptionId::BufferedRequestsInFlight).min(per_file);
        let size = mib.min(workload.file_size);
        let stream = if workload.writes { AssumptionId::BufferedWriteStream } else { AssumptionId::BufferedReadStream };
        let stream_rate = Throughput::new::<megabyte_per_second>(assumptions.get(stream));
        let (behind_each_other, alone) = (size * window / stream_rate, unloaded(clients, size, parallel, assumptions));
        let decided_by = if behind_each_other < alone {
            latency_assumptions(clients.interface)
        } else {
            [AssumptionId::BufferedRequestsInFlight, stream]
        };
        let unloaded = behind_each_other.max(alone) + zone;
        return Requests { in_flight: window * workload.streams, size, unloaded, decided_by };
    }
    let page = Information::new::<kibibyte>(4.0);
    let size = if workload.direct { workload.io_size } else { workload.io_size.max(page) };
    Requests {
        in_flight: workload.streams * workload.queue_depth,
        size,
        unloaded: unloaded(clients, size, parallel, assumptions) + zone,
        decided_by: latency_assumptions(clients.interface),
    }
}

fn unloaded(clients: &Clients, size: Information, parallel: f64, assumptions: &Assumptions) -> Time {
    let mib = Information::new::<mebibyte>(1.0);
    let [fixed, per_mib] = latency_assumptions(clients.interface);
    let fixed = milliseconds(assumptions, fixed);
    let per_mib = milliseconds(assumptions, per_mib);
    if size <= mib {
        return fixed + per_mib * (size / mib);
    }
    let of_one_mib = fixed + per_mib;
    let window = mib * STOCK_RPCS_IN_FLIGHT * parallel / of_one_mib;
    let line = clients.line_rate * assumptions.get(super::network::client_efficiency(clients.interface));
    of_one_mib + (size - mib) / window.min(line)
}

/// Requests a stock Lustre client keeps in flight to one target (`max_rpcs_in_flight`).
const STOCK_RPCS_IN_FLIGHT: f64 = crate::catalog::figures::CLIENT_OSC_RPCS_IN_FLIGHT.value;

/// The assumptions for the fixed part and the part per MiB of a request's unloaded time.
#[must_use]
pub const fn latency_assumptions(interface: Interface) -> [AssumptionId; 2] {
    match interface {
        Interface::Ena => [AssumptionId::EnaLatency, AssumptionId::EnaLatencyPerMib],
        Interface::EnaExpress => [AssumptionId::EnaExpressLatency, AssumptionId::EnaExpressLatencyPerMib],
        Interface::Efa | Interface::EfaGds => [AssumptionId::EfaLatency, AssumptionId::EfaLatencyPerMib],
    }
}

fn milliseconds(assumptions: &Assumptions, id: AssumptionId) -> Time {
    Time::new::<millisecond>(assumptions.get(id))
}
