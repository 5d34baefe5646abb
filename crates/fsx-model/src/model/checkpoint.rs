//! How often to save a checkpoint, and what part of the time is left for the work.

use crate::units::{Time, second};

/// A job that fails now and then and goes on from its last checkpoint.
///
/// Failures are exponential and may also strike during a restart.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Failing {
    /// Time for which the job stops to save.
    pub blocked: Time,
    /// Time until a checkpoint is safe, if the job goes on meanwhile; as `blocked` if it does not.
    pub saved: Time,
    /// Time from a failure until the job is where its last checkpoint was.
    pub restart: Time,
    /// Mean time between failures of the whole job.
    pub between_failures: Time,
}

impl Failing {
    /// Work between two checkpoints by Daly's formula, δ = `blocked`, m = `between_failures`:
    /// `√(2 δ m) (1 + √(δ / 2m) / 3 + δ / 18m) − δ`, and m where `δ ≥ 2m`. A checkpoint that is written while the job
    /// goes on is not begun before the last one is safe.
    ///
    /// ```
    /// use fsx_model::{model::checkpoint::Failing, units::*};
    /// // One minute to save, a failure every four hours, five minutes to restart: 1,275 s, where 0.893 of the time is work.
    /// let s = Time::new::<second>;
    /// let job = Failing { blocked: s(60.0), saved: s(60.0), restart: s(300.0), between_failures: s(14_400.0) };
    /// assert_eq!(job.interval().get::<second>().round(), 1275.0);
    /// assert!((job.goodput(job.interval()) - 0.893).abs() < 0.0005);
    /// ```
    #[must_use]
    pub fn interval(&self) -> Time {
        let (blocked, between) = (self.blocked.get::<second>(), self.between_failures.get::<second>());
        let daly = if blocked < 2.0 * between {
            let ratio = blocked / (2.0 * between);
            (2.0 * blocked * between).sqrt() * (1.0 + ratio.sqrt() / 3.0 + ratio / 9.0) - blocked
        } else {
            between
        };
        Time::new::<second>(daly).max(self.saved - self.blocked)
    }

    /// Share of the time that is work: `τ / (m exp(r / m) (exp((τ + δ) / m) − 1))`, τ = `interval`, r = `restart`; what is
    /// under way while the job goes on is not safe yet and counts with the restart.
    #[must_use]
    pub fn goodput(&self, interval: Time) -> f64 {
        let in_failures = |time: Time| f64::from(time / self.between_failures);
        let (work, blocked) = (in_failures(interval), in_failures(self.blocked));
        let restart = in_failures(self.restart + self.saved - self.blocked);
        if work <= 0.0 {
            // nothing stops the job: only failures do, and then the restart
            return libm::exp(-restart);
        }
        work / (libm::exp(restart) * libm::expm1(work + blocked))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use proptest::test_runner::RngSeed;

    fn failing(blocked: f64, restart: f64, between: f64) -> Failing {
        let s = Time::new::<second>;
        Failing { blocked: s(blocked), saved: s(blocked), restart: s(restart), between_failures: s(between) }
    }

    /// The best goodput of any interval, by trying them all, ever finer.
    fn best(job: &Failing) -> f64 {
        let (mut low, mut high) = (1e-3, 100.0 * job.between_failures.get::<second>());
        let mut best = 0.0;
        for _ in 0..8 {
            let step = libm::pow(high / low, 1.0 / 200.0);
            let (mut at, mut place) = (low, low);
            while at <= high {
                let reached = job.goodput(Time::new::<second>(at));
                if reached > best {
                    (best, place) = (reached, at);
                }
                at *= step;
            }
            (low, high) = (place / step, place * step);
        }
        best
    }

    #[test]
    fn known_intervals() {
        for (blocked, between, restart, daly, goodput) in [
            (60.0, 14_400.0, 300.0, 1275.0, 0.893),
            (300.0, 14_400.0, 600.0, 2743.0, 0.777),
            (5.0, 43_200.0, 120.0, 654.0, 0.982),
        ] {
            let job = failing(blocked, restart, between);
            assert!((job.interval().get::<second>() - daly).abs() < 1.0);
            assert!((job.goodput(job.interval()) - goodput).abs() < 0.0006);
        }
    }

    #[test]
    fn going_on_meanwhile() {
        let s = Time::new::<second>;
        let job = Failing { blocked: s(0.0), saved: s(60.0), restart: s(300.0), between_failures: s(14_400.0) };
        assert!((job.interval().get::<second>() - 60.0).abs() < 1e-9);
        let stopped = failing(60.0, 300.0, 14_400.0);
        assert!(job.goodput(job.interval()) > stopped.goodput(stopped.interval()));
    }

    proptest! {
        #![proptest_config(ProptestConfig { rng_seed: RngSeed::Fixed(2026), ..ProptestConfig::default() })]

        /// Where a job spends less than a tenth of the time between failures on a checkpoint, Daly's interval is as good
        /// as the best to 0.1 %.
        #[test]
        fn daly_is_as_good_as_a_search(between in 600.0..1e6, share in 1e-5..0.1, restart in 0.0..0.5) {
            let job = failing(between * share, between * restart, between);
            let reached = job.goodput(job.interval());
            let best = best(&job);
            prop_assert!(reached <= best * (1.0 + 1e-6) && reached >= best * 0.999, "{reached} {best}");
        }
    }
}
