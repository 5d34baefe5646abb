//! The private system of quantities: four base dimensions and what is derived from them.
#![expect(
    clippy::disallowed_methods,
    unreachable_pub,
    reason = "the macro needs these modules public for each other, and offers a `powi` that nothing here calls"
)]

#[macro_use]
pub mod information {
    quantity! {
        /// An amount of data (base unit byte).
        quantity: Information; "information";
        /// Dimension of information.
        dimension: Q<P1, Z0, Z0, Z0>;
        units {
            @byte: 1.0; "B", "byte", "bytes";
            @kibibyte: 1_024.0; "KiB", "kibibyte", "kibibytes";
            @mebibyte: 1_048_576.0; "MiB", "mebibyte", "mebibytes";
            @gibibyte: 1_073_741_824.0; "GiB", "gibibyte", "gibibytes";
            @megabyte: 1_000_000.0; "MB", "megabyte", "megabytes";
            @gigabyte: 1_000_000_000.0; "GB", "gigabyte", "gigabytes";
        }
    }
}

#[macro_use]
pub mod operations {
    quantity! {
        /// A number of operations (base unit operation).
        quantity: Operations; "operations";
        /// Dimension of operations.
        dimension: Q<Z0, P1, Z0, Z0>;
        units {
            @operation: 1.0; "op", "operation", "operations";
        }
    }
}

#[macro_use]
pub mod time {
    quantity! {
        /// A time (base unit second).
        quantity: Time; "time";
        /// Dimension of time.
        dimension: Q<Z0, Z0, P1, Z0>;
        units {
            @second: 1.0; "s", "second", "seconds";
            @millisecond: 0.001; "ms", "millisecond", "milliseconds";
            @minute: 60.0; "min", "minute", "minutes";
        }
    }
}

#[macro_use]
pub mod currency {
    quantity! {
        /// An amount of money (base unit US dollar).
        quantity: Currency; "currency";
        /// Dimension of currency.
        dimension: Q<Z0, Z0, Z0, P1>;
        units {
            @us_dollar: 1.0; "USD", "US dollar", "US dollars";
        }
    }
}

#[macro_use]
pub mod throughput {
    quantity! {
        /// Data per time (base unit byte per second).
        quantity: Throughput; "throughput";
        /// Dimension of throughput.
        dimension: Q<P1, Z0, N1, Z0>;
        units {
            @byte_per_second: 1.0; "B/s", "byte per second", "bytes per second";
            @megabyte_per_second: 1_000_000.0; "MB/s", "megabyte per second", "megabytes per second";
            @gigabit_per_second: 125_000_000.0; "Gbit/s", "gigabit per second", "gigabits per second";
        }
    }
}

#[macro_use]
pub mod operation_rate {
    quantity! {
        /// Operations per time (base unit operation per second).
        quantity: OperationRate; "operation rate";
        /// Dimension of operation rate.
        dimension: Q<Z0, P1, N1, Z0>;
        units {
            @operation_per_second: 1.0; "op/s", "operation per second", "operations per second";
        }
    }
}

#[macro_use]
pub mod ratio {
    quantity! {
        /// A plain number: a share, an efficiency, a count of parts.
        quantity: Ratio; "ratio";
        /// Dimensionless.
        dimension: Q<Z0, Z0, Z0, Z0>;
        units {
            @ratio: 1.0; "", "", "";
        }
    }
}

system! {
    /// The system of quantities of the model.
    quantities: Q {
        information: byte, B;
        operations: operation, O;
        time: second, T;
        currency: us_dollar, C;
    }

    /// Units of the system.
    units: U {
        mod information::Information,
        mod operations::Operations,
        mod time::Time,
        mod currency::Currency,
        mod throughput::Throughput,
        mod operation_rate::OperationRate,
        mod ratio::Ratio,
    }
}
