//! The clients of a design: how many, over which interface, at which line rate.

use crate::catalog::terms::Interface;
use crate::catalog::{Instance, client_maximum_gbps, instance};
use crate::scenario;
use crate::units::{Information, Throughput, gibibyte, gigabit_per_second};

/// A group of equal clients.
#[derive(Clone, Copy, Debug)]
pub struct Clients {
    /// Number of clients.
    pub count: f64,
    /// Network interface.
    pub interface: Interface,
    /// Instance type, if one is named and known.
    pub instance: Option<&'static Instance>,
    /// Line rate of one client for good.
    pub line_rate: Throughput,
    /// Line rate of one client while the instance's network credits last.
    pub burst_line_rate: Throughput,
    /// Whether clients and file system share a zone.
    pub same_zone: bool,
    /// Memory of one client, if its instance type is known.
    pub memory: Option<Information>,
}

impl Clients {
    /// The clients of a legal group.
    ///
    /// Line rate: the instance's figure (or `network_gbps`, or the interface's maximum where neither is given), for
    /// EFA the share of the instance's interfaces that FSx binds by default, and at most the interface's maximum.
    #[must_use]
    pub fn new(raw: &scenario::Clients) -> Self {
        let interface = raw.interface();
        let instance = raw.instance_type.as_deref().and_then(instance);
        let maximum = client_maximum_gbps(interface);
        let bound = instance.filter(|_| interface.is_efa()).map_or(1.0, share_bound);
        let line = |gbps: Option<f64>| {
            let gbps = raw.network_gbps.or_else(|| gbps.map(|gbps| gbps * bound)).unwrap_or(maximum);
            Throughput::new::<gigabit_per_second>(gbps.min(maximum))
        };
        let line_rate = line(instance.and_then(|row| row.network_baseline_gbps));
        Self {
            count: raw.count().get(),
            interface,
            instance,
            line_rate,
            burst_line_rate: line(instance.and_then(|row| row.network_burst_gbps)).max(line_rate),
            same_zone: raw.same_availability_zone(),
            memory: instance.map(|row| Information::new::<gibibyte>(row.memory_gib)),
        }
    }
}

/// Share of an instance's EFA interfaces that FSx binds by default.
fn share_bound(instance: &Instance) -> f64 {
    match (instance.fsx_default_efa_interfaces, instance.efa_interfaces) {
        (Some(bound @ 1..), Some(all @ 1..)) => f64::from(bound) / f64::from(all),
        _ => 1.0,
    }
}
