//! The queue of one place that several classes share: what comes there, and how far it stretches the time of each.

use super::sharing::Stage;
use super::solve;
use crate::units::{Time, operation_per_second, second};

/// What is left of a place at least.
pub(super) const LEAST_LEFT: f64 = 1e-9;

/// A stage that a place serves.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Held {
    pub(super) stage: usize,
    /// Its demand on what is left of the place.
    pub(super) demand: f64,
    /// Its delay over that.
    pub(super) delay: f64,
    /// Share of its requests that come as they like; the others come steadily, as another place lets them go.
    pub(super) loose: f64,
    /// The longest it takes at another place.
    pub(super) elsewhere: f64,
}

impl Held {
    /// Time here, for a stretch of the place.
    ///
    /// A class whose delay is longer than the queue's, in demands, meets the queue more evenly, and the other way round:
    /// the mean of `1 / (delay + stretch)` is in second order that of the mean stretch less
    /// `variance / (delay + stretch)`.
    pub(super) fn time(&self, queue: &Queue, stretch: f64) -> f64 {
        let unevenness = 1.0 / (queue.delay + stretch) - 1.0 / (self.delay + stretch);
        let shift = queue.scatter * stretch * stretch * unevenness;
        self.demand * (stretch + shift.max(0.5 * (1.0 - stretch))).max(1.0)
    }
}

/// The queue of the equivalent single class: its delay over its demand, and the variance of the stretch that its requests
/// meet over the square of its mean.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Queue {
    delay: f64,
    scatter: f64,
}

impl Queue {
    /// A part of the way to another.
    pub(super) fn toward(self, other: &Self, part: f64) -> Self {
        let between = |from: f64, to: f64| (1.0 - part) * from + part * to;
        Self { delay: between(self.delay, other.delay), scatter: between(self.scatter, other.scatter) }
    }
}

/// What comes to a place.
pub(super) struct Crowd<'a> {
    pub(super) stages: &'a [Stage],
    pub(super) held: &'a [Held],
    pub(super) queue: Queue,
}

impl Crowd<'_> {
    /// The use at the stretch at which the place is used as much as its queue can be.
    pub(super) fn settled(&self, guess: f64, precise: f64) -> Usage {
        let now = self.usage(guess);
        // no queue stretches more than this
        let most = 1.0 / (1.0 - now.used).max(LEAST_LEFT);
        let felt = |one: &Held| one.time(&self.queue, most) > one.elsewhere.max(self.stages[one.stage].alone);
        if now.used <= 0.0 || !self.held.iter().any(felt) {
            return Usage { stretch: most, ..now };
        }
        let now = now.with_queue();
        if guess <= 1.0 && now.excess() <= 0.0 {
            return now;
        }
        self.root(now, precise)
    }

    /// The use at the root of the excess, which falls with the stretch and is positive at 1: from a first guess, as exact
    /// as `precise` asks, for a rough one is enough while all else still moves.
    fn root(&self, guess: Usage, precise: f64) -> Usage {
        let (mut low, mut high) = (1.0, f64::INFINITY);
        let (mut now, mut before): (_, Option<(f64, f64)>) = (guess, None);
        for _ in 0..MOST_STEPS {
            let (x, excess) = (now.stretch, now.excess());
            if excess.abs() < precise {
                return now;
            }
            if excess > 0.0 {
                low = x;
            } else {
                high = x;
            }
            // the use of a saturated place falls as one over the stretch
            let chord = match before {
                Some((other, value)) if (value - excess).abs() > 0.0 => x + excess * (x - other) / (value - excess),
                _ => x * (1.0 + excess),
            };
            let next = if chord > low && chord < high {
                chord
            } else if high.is_finite() {
                (low * high).sqrt()
            } else {
                2.0 * low
            };
            if (next - x).abs() <= f64::EPSILON * x {
                return now;
            }
            before = Some((x, excess));
            now = self.usage(next).with_queue();
        }
        now
    }

    /// The use of the place at a stretch.
    ///
    /// With `x` requests a second of a stage, each `r` seconds under way, the place sees `u = Σ x d` and `q = Σ x d² / r`,
    /// and one class of `u² / q` requests whose delay is `u / q − v` times its demand answers alike.
    fn usage(&self, stretch: f64) -> Usage {
        let (mut used, mut squares) = (0.0, 0.0);
        for of_class in self.held.chunk_by(|a, b| self.stages[a.stage].class == self.stages[b.stage].class) {
            let (mut time, mut used_by_one, mut squares_of_one) = (0.0, 0.0, 0.0);
            for one in of_class {
                let stage = &self.stages[one.stage];
                let longest = one.elsewhere.max(one.time(&self.queue, stretch));
                time += stage.share_each * stage.cycle(longest);
                let demand = one.loose * stage.share * one.demand;
                used_by_one += demand;
                squares_of_one += demand * one.demand / (stage.delay + longest.max(stage.alone));
            }
            let rate = 1.0 / time;
            used += used_by_one * rate;
            squares += squares_of_one * rate;
        }
        Usage { used, squares, stretch, possible: 1.0 }
    }
}

/// The use of a place by what comes loosely, and what its equivalent single class is.
pub(super) struct Usage {
    used: f64,
    squares: f64,
    pub(super) stretch: f64,
    /// What a queue of the equivalent class is used.
    possible: f64,
}

impl Usage {
    fn requests(&self) -> f64 {
        self.used * self.used / self.squares
    }

    fn delay(&self) -> f64 {
        (self.used / self.squares - self.stretch).max(0.0)
    }

    fn with_queue(self) -> Self {
        let times = (Time::new::<second>(self.delay() + 1.0), Time::new::<second>(1.0));
        let possible = solve::rate(self.requests(), times.0, times.1).get::<operation_per_second>();
        Self { possible, ..self }
    }

    /// Use beyond what is possible.
    const fn excess(&self) -> f64 {
        self.used - self.possible
    }

    /// The queue, whose stretch `u` has the law `e^−u (delay + u)^requests`.
    pub(super) fn queue(&self) -> Queue {
        if self.used <= 0.0 {
            return Queue::default();
        }
        let (n, delay, lost) = (self.requests(), self.delay(), 1.0 - self.possible);
        let with_delay = delay * lost + n + 1.0;
        let square = delay * delay * lost + (n + 2.0) * with_delay;
        let (mean, variance) = (with_delay - delay, square - with_delay * with_delay);
        Queue { delay, scatter: (variance / (mean * mean)).clamp(0.0, 1.0) }
    }
}

/// Steps after which a bracket has shrunk to nothing.
const MOST_STEPS: usize = 100;
