//! Ceilings of a system that is no FSx, in place of the published ones: to try the equations on other Lustre systems.

use serde::Deserialize;

use crate::design::FileSystem;
use crate::units::{Throughput, megabyte_per_second};

/// What was measured of a system itself, MB/s; it does not burst.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ceilings {
    /// Network of all servers.
    pub network_mb_per_s: f64,
    /// Reads of all disks.
    pub disk_read_mb_per_s: f64,
    /// Writes of all disks.
    pub disk_write_mb_per_s: f64,
}

impl Ceilings {
    /// Puts them in the place of the published figures.
    pub fn replace(&self, file_system: &mut FileSystem) {
        let rate = Throughput::new::<megabyte_per_second>;
        let published = &mut file_system.published;
        published.network_baseline = Some(rate(self.network_mb_per_s));
        published.disk_read_baseline = rate(self.disk_read_mb_per_s);
        published.disk_write_baseline = rate(self.disk_write_mb_per_s);
        (published.network_burst, published.disk_read_burst, published.disk_write_burst) = (None, None, None);
    }
}
