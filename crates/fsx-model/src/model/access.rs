//! What the way of access costs: mapped memory, several processes in one file.

use crate::catalog::{AssumptionId, Assumptions};
use crate::design::{Design, Segment};
use crate::units::{Information, OperationRate, Time, kibibyte, mebibyte, millisecond, one_operation};

/// What the way of access leaves of a rate.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Access {
    /// Factor on the rate that the same requests would reach.
    pub delivered: f64,
    /// The assumptions behind it: for large and for small I/O through mapped memory, for sharing.
    pub delivered_by: [Option<AssumptionId>; 3],
    /// Most requests a second, whatever the parts would carry.
    pub at_most: Option<OperationRate>,
    /// Factor on the throughput of the touched disks.
    pub disk: f64,
}

impl Access {
    const PLAIN: Self = Self { delivered: 1.0, delivered_by: [None; 3], at_most: None, disk: 1.0 };

    /// What the way of access leaves of so many requests a second.
    pub(super) fn limit(&self, in_flight: OperationRate) -> OperationRate {
        let delivered = in_flight * self.delivered;
        self.at_most.map_or(delivered, |most| most.min(delivered))
    }
}

/// What the way of access leaves of the rate in one part of a workload's files.
///
/// Random access through mapped memory: `mapped_delivered` for I/O of 1 MiB and more, `mapped_small_delivered` up to
/// `small_io`, evenly in the logarithms between. A shared file: small records wait for locks,
/// `shared_record_write_latency` for each process in turn, and reach at most a share of what a file per process does;
/// large ones lose a share; writers of just one stripe slow its target down by `n ^ −one_stripe_writer_exponent`.
#[must_use]
pub fn access(design: &Design, segment: &Segment, assumptions: &Assumptions) -> Access {
    let workload = &design.workload;
    let mut access = Access::PLAIN;
    let mapped = workload.mapped && workload.random;
    if !(workload.shared || mapped) {
        return access;
    }
    let small = Information::new::<kibibyte>(assumptions.get(AssumptionId::SmallIo));
    if mapped {
        let share = above_small(workload.io_size, small);
        let both = [(AssumptionId::MappedDelivered, share), (AssumptionId::MappedSmallDelivered, 1.0 - share)];
        for (by, (id, share)) in access.delivered_by.iter_mut().zip(both) {
            if share > 0.0 {
                access.delivered *= libm::pow(assumptions.get(id), share);
                *by = Some(id);
            }
        }
    }
    if !workload.shared {
        return access;
    }
    let share = match (workload.io_size <= small, workload.writes) {
        (true, false) => AssumptionId::SharedRecordReadShare,
        (true, true) => {
            let each = Time::new::<millisecond>(assumptions.get(AssumptionId::SharedRecordWriteLatency));
            let records_per_request: f64 = (workload.request_size() / workload.io_size).into();
            access.at_most = Some(one_operation() * (workload.streams / records_per_request) / each);
            AssumptionId::SharedRecordWriteShare
        }
        (false, true) if segment.one_stripe => {
            let exponent = assumptions.get(AssumptionId::OneStripeWriterExponent);
            access.disk = libm::pow(workload.streams, -exponent);
            return access;
        }
        (false, true) => AssumptionId::SharedAlignedWriteShare,
        (false, false) => AssumptionId::SharedAlignedReadShare,
    };
    access.delivered *= assumptions.get(share);
    access.delivered_by[2] = Some(share);
    access
}

/// How far a size lies between `small` (0) and 1 MiB (1), evenly in the logarithm.
fn above_small(size: Information, small: Information) -> f64 {
    let mib = Information::new::<mebibyte>(1.0);
    if size <= small {
        0.0
    } else if size >= mib {
        1.0
    } else {
        libm::log2((size / small).into()) / libm::log2((mib / small).into())
    }
}
