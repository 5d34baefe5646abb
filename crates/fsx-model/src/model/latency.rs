//! How many requests a workload keeps in flight, how large they are, and how long one takes when nothing is in its way.

use super::metadata;
use crate::catalog::terms::{Interface, StorageType};
use crate::catalog::{AssumptionId, Assumptions};
use crate::design::{Clients, Design};
use crate::units::{Information, Throughput, Time, mebibyte, megabyte_per_second, millisecond};

/// The requests a workload keeps in flight.
#[derive(Clone, Copy, Debug)]
pub struct Requests {
    /// How many, over all clients.
    pub in_flight: f64,
    /// Size of one; none for metadata.
    pub size: Information,
    /// Time of one when nothing is in its way.
    pub unloaded: Time,
}

/// The requests of a data workload of which one can use `parallel` targets at once and a share `miss` finds nothing in
/// the servers' caches.
///
/// Direct I/O: `streams × queue depth` requests of the application's size. Buffered sequential: readahead or
/// write-back keeps `buffered_requests_in_flight` requests of 1 MiB behind each stream. Buffered random: one request per
/// stream. In each case no more than a stream has in the file it works on.
///
/// On top: another zone, storage slower than SSD for what misses, and the file's opening, shared out over its requests.
/// Opening holds few streams of a client at a time at the metadata servers; where files are so short that this is most
/// of their time, no more are in flight.
#[must_use]
pub fn requests(design: &Design, parallel: f64, miss: f64, assumptions: &Assumptions) -> Requests {
    let Design { clients, workload, need, .. } = design;
    let size = workload.request_size();
    let Moving { window, time, .. } = moving(design, size, parallel, assumptions);
    let mut unloaded = time;
    for (id, share) in delays(design, miss).into_iter().flatten() {
        unloaded += milliseconds(assumptions, id) * share;
    }
    let rounds = workload.requests_per_opening() / window;
    unloaded += need.unloaded / rounds;
    let mut slot = need.unloaded;
    if workload.writes {
        slot += milliseconds(assumptions, AssumptionId::SmallFileDataLatency);
    }
    // a client keeps at least one in flight: where that is enough, it does not matter how many more
    let slots = f64::from(unloaded * rounds / slot) * clients.count;
    let mut streams = workload.streams;
    if slots < streams {
        streams = streams.min(slots * metadata::in_flight_per_client(need, assumptions));
    }
    Requests { in_flight: window * streams, size, unloaded }
}

/// The assumptions that decide the time of a request, and how many are in flight.
#[must_use]
pub fn decided_by(
    design: &Design,
    requests: &Requests,
    parallel: f64,
    miss: f64,
    assumptions: &Assumptions,
) -> Vec<AssumptionId> {
    let Design { clients, workload, .. } = design;
    let mut ids = Vec::new();
    let mut wanted = workload.streams;
    if workload.moves_data {
        let moving = moving(design, requests.size, parallel, assumptions);
        ids.extend(moving.decided_by);
        ids.extend(delays(design, miss).into_iter().flatten().map(|(id, _)| id));
        wanted *= moving.window;
    } else if !clients.same_zone {
        ids.push(AssumptionId::CrossZoneLatency);
    }
    for (operation, _) in workload.operations.iter() {
        ids.push(metadata::latency_assumption(operation));
        if requests.in_flight < wanted {
            ids.push(metadata::in_flight(operation));
        }
    }
    if design.need.names.is_some() {
        ids.push(AssumptionId::NamesPerClient);
    }
    let mut seen = Vec::new();
    ids.retain(|id| {
        let new = !seen.contains(id);
        seen.push(*id);
        new
    });
    ids
}

/// How the requests behind one stream move their data on SSD in the same zone.
struct Moving {
    /// Requests in flight.
    window: f64,
    /// Time of one.
    time: Time,
    decided_by: [AssumptionId; 2],
}

/// Direct and random: `latency + latency per MiB × min(size, 1 MiB)`; what exceeds 1 MiB follows at
/// `min(8 MiB × parallel / latency of 1 MiB, line rate × efficiency)`. Buffered sequential: as long as the measured rate
/// of one stream makes the requests of a window take, and at least what a direct request of its size takes.
fn moving(design: &Design, size: Information, parallel: f64, assumptions: &Assumptions) -> Moving {
    let Design { clients, workload, .. } = design;
    let [fixed, per_mib] = latency_assumptions(clients.interface);
    let per_opening = workload.requests_per_opening();
    let whole_file_at_close =
        workload.writes && !workload.direct && workload.file_size <= size.min(Information::new::<mebibyte>(1.0));
    let fixed = if whole_file_at_close { AssumptionId::SmallFileDataLatency } else { fixed };
    let alone = unloaded(clients, size, parallel, fixed, assumptions);
    if !workload.is_gathered() {
        let window = workload.queue_depth.min(per_opening);
        return Moving { window, time: alone, decided_by: [fixed, per_mib] };
    }
    let window = assumptions.get(AssumptionId::BufferedRequestsInFlight).min(per_opening);
    let stream = if workload.writes { AssumptionId::BufferedWriteStream } else { AssumptionId::BufferedReadStream };
    let stream_rate = Throughput::new::<megabyte_per_second>(assumptions.get(stream));
    let behind_each_other = size * window / stream_rate;
    if behind_each_other < alone {
        Moving { window, time: alone, decided_by: [fixed, per_mib] }
    } else {
        Moving { window, time: behind_each_other, decided_by: [AssumptionId::BufferedRequestsInFlight, stream] }
    }
}

/// What makes requests take longer, and the share of them it does: another zone, storage slower than SSD.
fn delays(design: &Design, miss: f64) -> [Option<(AssumptionId, f64)>; 2] {
    [slow_storage(design, miss), (!design.clients.same_zone).then_some((AssumptionId::CrossZoneLatency, 1.0))]
}

/// Whether requests take longer that find nothing in a cache.
#[must_use]
pub fn is_slow_to_miss(design: &Design) -> bool {
    slow_storage(design, 1.0).is_some()
}

/// The requests of a metadata workload: `clients × min(streams, in flight per client)`, each an item.
#[must_use]
pub fn items(design: &Design, assumptions: &Assumptions) -> Requests {
    let Design { clients, workload, need, .. } = design;
    let streams = workload.streams / clients.count;
    let per_client =
        if streams > 1.0 { streams.min(metadata::in_flight_per_client(need, assumptions)) } else { streams };
    Requests { in_flight: clients.count * per_client, size: Information::default(), unloaded: need.unloaded }
}

/// What a request to storage slower than SSD takes longer, and the share of requests that do.
fn slow_storage(design: &Design, miss: f64) -> Option<(AssumptionId, f64)> {
    let share = if design.workload.writes { 1.0 } else { miss };
    let id = match design.file_system.storage_type {
        StorageType::Hdd => AssumptionId::HddMissLatency,
        // writes are gathered before they go to the storage
        StorageType::IntelligentTiering if !design.workload.writes => AssumptionId::IntelligentTieringMissLatency,
        _ => return None,
    };
    (share > 0.0).then_some((id, share))
}

fn unloaded(
    clients: &Clients,
    size: Information,
    parallel: f64,
    fixed: AssumptionId,
    assumptions: &Assumptions,
) -> Time {
    let mib = Information::new::<mebibyte>(1.0);
    let [_, per_mib] = latency_assumptions(clients.interface);
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
