//! What CloudWatch says of parts of a file system that exists.

use crate::catalog::terms::words;
use crate::shape::record;

words! {
    /// A metric of AWS/FSx in percent of a capacity.
    UtilizationMetric {
        /// Network of an object storage server.
        NetworkThroughputUtilization = "NetworkThroughputUtilization",
        /// Disks of an object storage server.
        FileServerDiskThroughputUtilization = "FileServerDiskThroughputUtilization",
        /// Disk operations of a target.
        DiskIopsUtilization = "DiskIopsUtilization",
        /// Processors of a metadata server.
        CpuUtilization = "CPUUtilization",
        /// Space of a target.
        StorageCapacityUtilization = "StorageCapacityUtilization",
    }
}

record! {
    /// What a metric says of one server or target.
    PartUtilization {
        /// Which metric.
        metric: UtilizationMetric,
        /// The server or target, such as `OSS0002`, `MDS0000` or `OST0001`.
        part: String,
        /// Mean over the time that was looked at, percent.
        mean_percent: f64,
        /// Largest value of a period, percent.
        max_percent: f64,
    }
}
