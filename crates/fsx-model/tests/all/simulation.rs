//! Requests of several classes that stream through shared parts, simulated event by event: the slow, obvious answer
//! that the solver's closed forms are compared with.
//!
//! Each of a class's requests first spends a delay outside all parts, then is transferred through all of its parts at
//! once, then starts again. Delays and sizes are exponential, so the numbers in transfer are a Markov chain. A request
//! moves as fast as the tightest of its parts lets it. A part whose time is all taken gives the same share of it to
//! every request it holds back, once those held back elsewhere have taken the less that they need.

use std::collections::BTreeMap;

/// Requests that are all alike.
#[derive(Clone, Debug)]
pub(crate) struct Class {
    /// How many there are, in their delays or in transfer.
    pub(crate) in_flight: u32,
    /// Mean seconds that each spends outside all parts before its transfer; 0 for none.
    pub(crate) delay: f64,
    /// Seconds of each part's time that one takes on average; 0 for a part it does not use. At least one is above 0.
    pub(crate) demands: Vec<f64>,
}

/// Rounds in which the shares are given as found; after them, only half the way is gone, so that swings die out.
const BOLD_ROUNDS: u32 = 30;
/// Rounds within which shares are found; far more than ever needed.
const MOST_ROUNDS: u32 = 100_000;
/// Relative change of all paces in a round below which they are found.
const SETTLED: f64 = 1e-9;

/// Requests per second of each class in the long run, from `events` events, after a quarter as many to warm up.
pub(crate) fn rates(classes: &[Class], events: u32, seed: u64) -> Vec<f64> {
    let mut chain = Chain::new(classes, seed);
    if classes.iter().all(|class| class.delay == 0.0 || class.in_flight == 0) {
        return chain.completions();
    }
    for _ in 0..events / 4 {
        chain.step();
    }
    let (mut seconds, mut completed, mut delayed) = (0.0, vec![0.0; classes.len()], vec![0.0; classes.len()]);
    for _ in 0..events {
        let (before, completions, stay) = chain.step();
        seconds += stay;
        for (class, numbers) in classes.iter().enumerate() {
            completed[class] += stay * completions[class];
            delayed[class] += stay * f64::from(numbers.in_flight - before[class]);
        }
    }
    let long_run = |class: usize| rate(&classes[class], completed[class] / seconds, delayed[class] / seconds);
    (0..classes.len()).map(long_run).collect()
}

/// In the long run, as many requests complete as leave their delays. Either count gives the rate; the one taken is of
/// whichever of the two most requests are in, as it varies less.
fn rate(class: &Class, completed: f64, delayed: f64) -> f64 {
    if 2.0 * delayed > f64::from(class.in_flight) { delayed / class.delay } else { completed }
}

/// The Markov chain: how many requests of each class are in transfer.
struct Chain<'a> {
    classes: &'a [Class],
    transferring: Vec<u32>,
    /// Completions per second of each class, by how many of each are in transfer.
    known: BTreeMap<Vec<u32>, Vec<f64>>,
    random: Random,
}

impl<'a> Chain<'a> {
    /// With all requests at the start of their delays.
    fn new(classes: &'a [Class], seed: u64) -> Self {
        let at_first = |class: &Class| if class.delay == 0.0 { class.in_flight } else { 0 };
        let transferring = classes.iter().map(at_first).collect();
        Self { classes, transferring, known: BTreeMap::new(), random: Random(seed) }
    }

    /// Completions per second of each class with those now in transfer.
    fn completions(&mut self) -> Vec<f64> {
        if let Some(known) = self.known.get(&self.transferring) {
            return known.clone();
        }
        let paces = paces(self.classes, &self.transferring);
        let found: Vec<f64> = paces.iter().zip(&self.transferring).map(|(pace, &n)| pace * f64::from(n)).collect();
        self.known.insert(self.transferring.clone(), found.clone());
        found
    }

    /// Goes to the next state. Returns the one left: how many were in transfer, completions per second of each class
    /// and the mean seconds that it lasts (drawing them would only add noise).
    fn step(&mut self) -> (Vec<u32>, Vec<f64>, f64) {
        let before = self.transferring.clone();
        let completions = self.completions();
        let mut changes = Vec::new();
        for (index, class) in self.classes.iter().enumerate().filter(|(_, class)| class.delay > 0.0) {
            changes.push((index, true, f64::from(class.in_flight - before[index]) / class.delay));
            changes.push((index, false, completions[index]));
        }
        let total: f64 = changes.iter().map(|change| change.2).sum();
        let mut left = self.random.below_one() * total;
        let mut next = None;
        for &(index, starts, per_second) in changes.iter().filter(|change| change.2 > 0.0) {
            next = Some((index, starts));
            left -= per_second;
            if left < 0.0 {
                break;
            }
        }
        match next {
            Some((index, true)) => self.transferring[index] += 1,
            Some((index, false)) => self.transferring[index] -= 1,
            None => {}
        }
        (before, completions, 1.0 / total)
    }
}

/// Requests per second that one request of each class moves at, with so many of each in transfer.
///
/// The shares of the parts are found in turn, each from the others', beginning with all parts free, until none of the
/// paces changes. With three parts or more, several answers may be possible; which of them this is depends on the
/// parts' order.
///
/// # Panics
///
/// If they never settle.
fn paces(classes: &[Class], transferring: &[u32]) -> Vec<f64> {
    let parts = classes.iter().map(|class| class.demands.len()).max().unwrap_or(0);
    let mut shares = vec![1.0; parts];
    let mut paces = all_paces(classes, &shares);
    for round in 0..MOST_ROUNDS {
        for part in 0..parts {
            let found = fair_share(classes, transferring, &shares, part);
            shares[part] = if round < BOLD_ROUNDS { found } else { (shares[part] * found).sqrt() };
        }
        let next = all_paces(classes, &shares);
        let settled = paces.iter().zip(&next).all(|(old, new)| (old - new).abs() <= SETTLED * new);
        paces = next;
        if settled {
            return paces;
        }
    }
    panic!("no shares found for {transferring:?} of {classes:?}");
}

fn all_paces(classes: &[Class], shares: &[f64]) -> Vec<f64> {
    classes.iter().map(|class| pace(class, shares, None)).collect()
}

/// Requests per second that one request moves at with these shares of the parts, all but one of them if so asked.
fn pace(class: &Class, shares: &[f64], without: Option<usize>) -> f64 {
    let used = class
        .demands
        .iter()
        .zip(shares)
        .enumerate()
        .filter(|(part, (demand, _))| **demand > 0.0 && Some(*part) != without);
    used.map(|(_, (demand, share))| share / demand).fold(f64::INFINITY, f64::min)
}

/// The share of a part's time that is the most any request can take of it, such that all together take no more than
/// there is; 1 if there is enough for what all other parts let through.
fn fair_share(classes: &[Class], transferring: &[u32], shares: &[f64], part: usize) -> f64 {
    // What each would take if this part did not hold it back, the least first, and how many requests would.
    let mut wanted: Vec<(f64, f64)> = Vec::new();
    for (class, &requests) in classes.iter().zip(transferring) {
        let demand = class.demands.get(part).copied().unwrap_or(0.0);
        if demand > 0.0 && requests > 0 {
            wanted.push(((demand * pace(class, shares, Some(part))).min(1.0), f64::from(requests)));
        }
    }
    wanted.sort_by(|one, other| one.0.total_cmp(&other.0));
    let (mut time, mut requests) = (1.0, wanted.iter().map(|one| one.1).sum::<f64>());
    for (most, count) in wanted {
        if most * requests > time {
            return time / requests;
        }
        time -= most * count;
        requests -= count;
    }
    1.0
}

/// The generator called `SplitMix64`.
struct Random(u64);

impl Random {
    /// Evenly from 0 to below 1.
    fn below_one(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        bits ^= bits >> 31;
        (bits >> 11) as f64 / (1_u64 << 53) as f64
    }
}

/// Events of each check below.
const EVENTS: u32 = 60_000;

fn near(got: f64, expected: f64) {
    assert!((got / expected - 1.0).abs() < 0.01, "{got} instead of {expected}");
}

/// The exact rates at one part, and how many requests are there: one that arrives finds as many as there would be on
/// average if it did not exist.
fn exact(classes: &[Class]) -> (Vec<f64>, f64) {
    let (mut rates, mut there) = (vec![0.0; classes.len()], 0.0);
    for (index, class) in classes.iter().enumerate().filter(|(_, class)| class.in_flight > 0) {
        let mut others = classes.to_vec();
        others[index].in_flight -= 1;
        let response = class.demands[0] * (1.0 + exact(&others).1);
        rates[index] = f64::from(class.in_flight) / (class.delay + response);
        there += rates[index] * response;
    }
    (rates, there)
}

fn at_one_part(in_flight: u32, delay: f64, demand: f64) -> Class {
    Class { in_flight, delay, demands: vec![demand] }
}

#[test]
fn one_class_at_one_part_is_exact() {
    for (in_flight, delay) in [(1, 0.0), (1, 3.0), (4, 1.0), (4, 5.0), (16, 0.0), (16, 14.0), (64, 50.0)] {
        let class = [at_one_part(in_flight, delay, 0.5)];
        near(rates(&class, EVENTS, 1)[0], exact(&class).0[0]);
    }
}

#[test]
fn several_classes_at_one_part_are_exact() {
    let small = [at_one_part(1, 1.0, 1.0), at_one_part(1, 2.0, 1.0), at_one_part(1, 0.0, 2.0)];
    let mixed = [at_one_part(6, 2.0, 1.0), at_one_part(4, 30.0, 5.0)];
    for classes in [&small[..], &mixed[..]] {
        for (got, expected) in rates(classes, 2 * EVENTS, 1).into_iter().zip(exact(classes).0) {
            near(got, expected);
        }
    }
}

/// Requests stream through all parts at once, so only the tightest counts.
#[test]
fn a_wider_part_costs_nothing() {
    let class = |demands: &[f64]| Class { in_flight: 8, delay: 6.0, demands: demands.to_vec() };
    let one = rates(&[class(&[1.0])], EVENTS, 2)[0];
    near(rates(&[class(&[1.0, 0.7])], EVENTS, 3)[0], one);
    near(rates(&[class(&[0.7, 0.0, 1.0])], EVENTS, 4)[0], one);
}

#[test]
fn a_class_may_be_split() {
    let class = |in_flight| Class { in_flight, delay: 12.0, demands: vec![1.0, 0.4] };
    let whole = rates(&[class(16)], EVENTS, 5)[0];
    let split = rates(&[class(10), class(6)], EVENTS, 6);
    near(split.iter().sum(), whole);
    near(split[0], whole * 10.0 / 16.0);
}

/// What requests held back elsewhere leave of a part goes to the others.
#[test]
fn what_others_leave_is_shared() {
    let class = |in_flight, demands: &[f64]| Class { in_flight, delay: 0.0, demands: demands.to_vec() };
    let got = rates(&[class(3, &[1.0, 0.1]), class(2, &[0.0, 1.0])], 0, 7);
    near(got[0], 1.0);
    near(got[1], 0.9);
    let crossing = rates(&[class(4, &[1.0, 0.5]), class(4, &[0.5, 1.0])], 0, 8);
    near(crossing[0], 2.0 / 3.0);
    near(crossing[1], 2.0 / 3.0);
}
