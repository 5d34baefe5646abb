//! Burst credits by small steps of time, as in `docs/burst.md`.

use crate::case::Case;
use crate::oracle::{self, Credits, Outcome, Values, evaluate};

/// Elapsed time of all bytes and time until the rate falls, seconds.
pub(crate) struct Course {
    pub(crate) elapsed: f64,
    pub(crate) lasts: Option<f64>,
    /// Whether some phase runs at nearly the burst rate, so that "the rate falls" is a matter of rounding.
    pub(crate) doubtful: bool,
}

/// A reservoir this empty is empty.
const EMPTY: f64 = 1e-4;

pub(crate) fn simulate(case: &Case, values: &Values) -> Course {
    let system = oracle::system(case, values);
    let minutes = values.get("burst_reservoir") * 60.0 * case.credits;
    let disk_base = oracle::disk_rate(case, values, &system, false);
    let disk = system.published_disk();
    let network = system.published_network();
    let client = (oracle::client_rate(case, values, false), oracle::client_rate(case, values, true));
    let full = evaluate(case, values, [true; 3]);
    let (osts, servers) = full.touched;
    // held at the start, refilled per second: of the targets and servers touched; "base here is base × A11"
    let held = [
        (disk.1 > disk.0).then(|| (disk.1 - disk_base).max(0.0) * minutes * osts),
        (network.1 > network.0).then_some((network.1 - network.0) * minutes * servers),
        (client.1 > client.0).then(|| (client.1 - client.0) * values.get("client_burst_duration") * 60.0),
    ];
    let base = [disk_base * osts, network.0 * servers, client.0];
    let mut left = held.map(|held| held.unwrap_or(0.0));
    let mut credits: Credits = [true; 3];
    let spent = evaluate(case, values, [false; 3]);
    let mut work = case.file_mib * 1.048576 * case.file_count() * f64::from(case.passes);
    let (mut time, mut elapsed, mut lasts, mut doubtful) = (0.0, None, None, false);
    let mut now = full.clone();
    loop {
        if lasts.is_none() && now.rate < full.rate * 0.999 {
            lasts = Some(time);
        }
        doubtful |= now.rate < full.rate * 0.99999 && now.rate > full.rate * 0.998;
        let draw = draws(&now, &base);
        let empties: Vec<f64> =
            (0..3).filter(|i| held[*i].is_some() && credits[*i] && draw[*i] > 0.0).map(|i| left[i] / draw[i]).collect();
        let speed = now.pace;
        if empties.is_empty() || now.rate <= spent.rate {
            let elapsed = elapsed.unwrap_or(time + work / speed);
            return Course { elapsed, lasts, doubtful };
        }
        let step = empties.iter().copied().fold(f64::INFINITY, f64::min) / 200.0;
        if elapsed.is_none() && work <= speed * step {
            elapsed = Some(time + work / speed);
        }
        work -= speed * step;
        time += step;
        for i in 0..3 {
            left[i] -= draw[i] * step;
        }
        // one at a time: once one is empty the rate falls, and another may be filling up again
        let empty = |i: &usize| held[*i].is_some_and(|held| credits[*i] && draw[*i] > 0.0 && left[*i] <= held * EMPTY);
        if let Some(i) = (0..3).find(empty) {
            credits[i] = false;
            now = evaluate(case, values, credits);
        }
    }
}

fn draws(now: &Outcome, base: &[f64; 3]) -> [f64; 3] {
    [now.rate * now.disk_share - base[0], now.rate - base[1], now.rate - base[2]]
}
