//! The clients as a person writes them.

use crate::catalog::terms::Interface;
use crate::shape::{Shaped as _, Whole, record};

record! {
    /// A group of equal clients.
    Clients {
        /// Name, by which workloads refer to the group.
        name: Option<String>,
        /// EC2 instance type; without one, a client of 100 Gbit/s.
        instance_type: Option<String>,
        /// Number of clients.
        count: Option<Whole> = Whole(1),
        /// Network interface.
        interface: Option<Interface> = Interface::Ena,
        /// Whether clients and file system share an Availability Zone.
        same_availability_zone: Option<bool> = true,
        /// Line rate of one client, Gbit/s; overrides the instance's figure.
        network_gbps: Option<f64>,
        /// Whether all traffic must be encrypted in transit.
        in_transit_encryption: Option<bool> = false,
    }
}

impl Clients {
    /// The group taken when a scenario names none: one client of 100 Gbit/s over ENA.
    pub const DEFAULT: Self = Self::EMPTY;
}

impl Clients {
    /// Clients of the group that take part where so many are asked for; all if no number is given.
    #[must_use]
    pub fn taking_part(&self, wanted: Option<Whole>) -> i64 {
        let all = self.count().0;
        wanted.map_or(all, |some| some.0.min(all))
    }
}
