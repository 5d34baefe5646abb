//! How well storage keeps accelerators busy.
//!
//! Each accelerator computes a batch in `t` and has `P` batches under way: `N = accelerators × P` batches circulate
//! between the accelerators, where one spends `P × t`, and the storage, which serves one after the other at its rate.
//! That is the closed network of [`super::solve`].

use super::solve;
use crate::units::{Information, Throughput, Time, one_operation};

/// What accelerators ask of the storage.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Training {
    /// Accelerators that train at once.
    pub accelerators: f64,
    /// Batches that each of them has under way, in its readers and queues.
    pub prefetch: f64,
    /// Time in which one accelerator computes a batch.
    pub compute: Time,
    /// Data of a batch.
    pub batch: Information,
}

impl Training {
    /// Rate at which one accelerator takes in data when it never waits: `batch / compute`.
    ///
    /// ```
    /// use fsx_model::{model::training::Training, units::*};
    /// // UNet3D on an H100: 7 samples of 146,600,628 bytes in 0.323 s are 3,177.1 MB/s.
    /// let batch = Information::new::<byte>(7.0 * 146_600_628.0);
    /// let unet3d = Training { accelerators: 1.0, prefetch: 4.0, compute: Time::new::<second>(0.323), batch };
    /// assert!((unet3d.demand().get::<megabyte_per_second>() - 3177.1).abs() < 0.05);
    /// ```
    #[must_use]
    pub fn demand(&self) -> Throughput {
        self.batch / self.compute
    }

    /// Share of their time that the accelerators compute, with so much storage rate: `x × t / accelerators`, where `x` is
    /// the rate of batches of the closed network. At most 1, and at most `storage / (accelerators × demand)`.
    #[must_use]
    pub fn utilization(&self, storage: Throughput) -> f64 {
        let service = self.batch / storage;
        let in_flight = self.accelerators * self.prefetch;
        let rate = solve::rate(in_flight, self.compute * self.prefetch + service, service);
        let batches = rate / one_operation();
        f64::from(batches * self.compute / self.accelerators).min(1.0)
    }

    /// Least storage rate with which the utilization is `wanted`; infinite for what no rate reaches.
    #[must_use]
    pub fn storage_for(&self, wanted: f64) -> Throughput {
        let all = self.demand() * self.accelerators;
        let mut low = all * wanted;
        let mut high = low;
        while self.utilization(high) < wanted && f64::from(high / all).is_finite() {
            low = high;
            high *= 2.0;
        }
        for _ in 0..HALVINGS {
            let middle = (low + high) * 0.5;
            if self.utilization(middle) < wanted {
                low = middle;
            } else {
                high = middle;
            }
        }
        high
    }

    /// Most accelerators that this storage rate keeps busy for the share `wanted` of their time; a whole number.
    #[must_use]
    pub fn fed(&self, storage: Throughput, wanted: f64) -> f64 {
        let enough = |accelerators: f64| Self { accelerators, ..*self }.utilization(storage) >= wanted;
        let mut least = 0.0;
        let mut most = f64::from(storage / self.demand() / wanted).floor() + 1.0;
        while most - least > 1.0 {
            let middle = f64::midpoint(least, most).floor();
            if enough(middle) {
                least = middle;
            } else {
                most = middle;
            }
        }
        least
    }
}

/// Halvings of an interval to the last bit of a number.
const HALVINGS: u32 = 60;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::{byte, megabyte_per_second, second};
    use proptest::prelude::*;
    use proptest::test_runner::RngSeed;

    #[test]
    fn what_no_rate_reaches_asks_for_an_infinite_one() {
        for wanted in [1.5, 5e239, f64::MAX] {
            assert!(!f64::from(unet3d(8.0).storage_for(wanted) / unet3d(8.0).demand()).is_finite());
        }
        assert!(f64::from(unet3d(8.0).storage_for(0.999) / unet3d(8.0).demand()).is_finite());
    }

    fn unet3d(accelerators: f64) -> Training {
        let batch = Information::new::<byte>(7.0 * 146_600_628.0);
        Training { accelerators, prefetch: 4.0, compute: Time::new::<second>(0.323), batch }
    }

    /// Mean value analysis, one batch after the other.
    fn recursion(it: &Training, storage: Throughput) -> f64 {
        let (compute, service) = (it.compute.get::<second>(), (it.batch / storage).get::<second>());
        let (mut queue, mut rate, mut n) = (0.0, 0.0, 1.0);
        while n <= it.accelerators * it.prefetch {
            let time = service * (1.0 + queue);
            rate = n / (it.prefetch * compute + time);
            queue = rate * time;
            n += 1.0;
        }
        rate * compute / it.accelerators
    }

    /// A run of MLPerf Storage v1.0: 36 accelerators, 101.2 GiB/s of storage; measured 0.908.
    #[test]
    fn published_run() {
        let storage = Throughput::new::<megabyte_per_second>(101.2 * 1_073.741_824);
        let modelled = unet3d(36.0).utilization(storage);
        assert!((modelled / 0.908 - 1.0).abs() < 0.03, "{modelled}");
    }

    proptest! {
        #![proptest_config(ProptestConfig { rng_seed: RngSeed::Fixed(2026), ..ProptestConfig::default() })]

        #[test]
        fn closed_form_is_the_recursion(n in 1u8..40, prefetch in 1u8..9, storage in 100.0..500_000.0) {
            let it = Training { prefetch: f64::from(prefetch), ..unet3d(f64::from(n)) };
            let storage = Throughput::new::<megabyte_per_second>(storage);
            let (closed, slow) = (it.utilization(storage), recursion(&it, storage));
            prop_assert!((closed / slow - 1.0).abs() < 1e-9, "{closed} {slow}");
            prop_assert!(closed <= 1.0 && closed <= f64::from(storage / it.demand()) / it.accelerators * (1.0 + 1e-9));
        }

        #[test]
        fn inverses(n in 1u8..200, wanted in 0.05..0.99) {
            let it = unet3d(f64::from(n));
            let storage = it.storage_for(wanted);
            prop_assert!((it.utilization(storage) / wanted - 1.0).abs() < 1e-9);
            let fed = it.fed(storage, wanted * (1.0 - 1e-9));
            prop_assert!((fed - it.accelerators).abs() < 0.5, "{fed}");
        }
    }
}
