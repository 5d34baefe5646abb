//! Units: bytes, operations, seconds and dollars as separate dimensions.
//!
//! A private system of quantities. In SI a byte is a number, so bytes per second and operations per second
//! would be one type; here they are not:
//!
//! ```compile_fail
//! use fsx_model::units::{OperationRate, Throughput, megabyte_per_second};
//! let rate: OperationRate = Throughput::new::<megabyte_per_second>(240.0);
//! ```
//!
//! ```
//! use fsx_model::units::{Information, OperationRate, Throughput, mebibyte, megabyte_per_second};
//! let rate: OperationRate =
//!     Throughput::new::<megabyte_per_second>(1.048576) / Information::new::<mebibyte>(1.0)
//!         * fsx_model::units::one_operation();
//! assert_eq!(rate.get::<fsx_model::units::operation_per_second>(), 1.0);
//! ```
//!
//! MB and GB are decimal, MiB and GiB binary, Gbit decimal. The "TiB" in AWS's "MB/s per TiB" is 1000 GiB and is
//! not a unit here: see [`per_aws_tib`].

#[macro_use]
mod system;

mod quantities {
    Q!(crate::units::system, f64);
}

pub use quantities::{Currency, Information, OperationRate, Operations, Ratio, Throughput, Time};
pub use system::currency::us_dollar;
pub use system::information::{byte, gibibyte, gigabyte, kibibyte, mebibyte, megabyte};
pub use system::operation_rate::operation_per_second;
pub use system::operations::operation;
pub use system::ratio::ratio;
pub use system::throughput::{byte_per_second, gigabit_per_second, megabyte_per_second};
pub use system::time::{millisecond, minute, second};

/// One operation, to turn a count into [`Operations`].
#[must_use]
pub fn one_operation() -> Operations {
    Operations::new::<operation>(1.0)
}

/// Throughput of a capacity at a published rate per "TiB", in the sense AWS multiplies.
///
/// `rate × capacity in GiB ÷ gib_per_tib`, rate in MB/s per TiB. AWS's "TiB" is 1000 GiB: 4800 GiB at 50 MB/s per
/// TiB are 240 MB/s (user guide, "SSD storage"). The GiB are multiplied first, so that round figures stay exact.
///
/// ```
/// use fsx_model::units::{Information, gibibyte, megabyte_per_second, per_aws_tib};
/// let disk = per_aws_tib(50.0, Information::new::<gibibyte>(4800.0), 1000.0);
/// assert_eq!(disk.get::<megabyte_per_second>(), 240.0);
/// ```
#[must_use]
pub fn per_aws_tib(rate_mb_per_s_per_tib: f64, capacity: Information, gib_per_tib: f64) -> Throughput {
    Throughput::new::<megabyte_per_second>(rate_mb_per_s_per_tib * capacity.get::<gibibyte>() / gib_per_tib)
}

impl From<Ratio> for f64 {
    fn from(value: Ratio) -> Self {
        value.get::<ratio>()
    }
}
