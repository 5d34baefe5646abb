//! A closed network whose parts several classes of requests share. Plain numbers: seconds, and requests a second.
//!
//! A request streams through all its parts at once and moves at the pace of the tightest. Every shared part serves the
//! requests that wait there in equal shares of its time, so that each takes `demand × v` there, with one stretch `v ≥ 1`
//! for all of them; what requests held up elsewhere leave unused goes to the others:
//!
//! ```text
//! time of a request  R = Z + max over parts (demand × v),  at least what it takes with the file system to itself
//! rate of a workload x = 1 / Σ over its own parts (share × R / requests in flight)
//! ```
//!
//! `v` of a part is such that its use by all workloads is what a closed network of one queue would use with as many
//! requests: the exact network of one workload ([`super::solve`]), whose number of requests and delay are taken from all
//! of them so that the queue answers in first and second order as theirs together. With one workload that is the exact
//! network itself; one that asks for nothing changes nothing; two halves of one workload are one.
//!
//! A workload that offers less than it could get gets what it offers: its use is taken off first, again and again until
//! nothing changes.

use super::crowd::{Crowd, Held, LEAST_LEFT, Queue};
use super::together::{CLIENT_SIDE, SHARED};

/// Kinds of places.
const KINDS: usize = SHARED.len();

/// Requests that circulate.
#[derive(Clone, Debug, PartialEq)]
struct Class {
    /// Group of clients, and whether it writes: what the places of the clients' side serve.
    side: (usize, bool),
    offered: f64,
    rate: f64,
    /// Rate it could have when it was found to offer less.
    possible: Option<f64>,
}

/// A part of a class's work that sees the same demands throughout.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Stage {
    pub(super) class: usize,
    pub(super) share: f64,
    in_flight: f64,
    /// Share of the work over requests in flight.
    pub(super) share_each: f64,
    /// Time outside all places.
    pub(super) delay: f64,
    /// Least time from start to start.
    least: f64,
    /// How much longer a request takes for the way of access.
    drag: f64,
    demands: [f64; KINDS],
    longest_demand: f64,
    /// Time at the places with all of them to itself.
    pub(super) alone: f64,
    /// The kind of place of which it uses a share only, and that share.
    narrow: Option<(usize, f64)>,
}

impl Stage {
    /// A stage with `share` of the work: requests in flight, time of one when nothing is in its way, time from start to
    /// start with everything to itself, and what the way of access leaves; the longest time that a request takes up any
    /// place, and those of the shared ones.
    pub(super) fn new(
        share: f64,
        in_flight: f64,
        unloaded: f64,
        least: f64,
        delivered: f64,
        (longest_demand, demands): (f64, [f64; KINDS]),
    ) -> Self {
        let delay = (unloaded - longest_demand).max(0.0);
        let alone = least * delivered - delay;
        let (share_each, drag) = (share / in_flight, 1.0 / delivered);
        Self {
            class: 0,
            share,
            in_flight,
            share_each,
            delay,
            least,
            drag,
            demands,
            longest_demand,
            alone,
            narrow: None,
        }
    }

    /// The same on a share of a kind of place only.
    pub(super) fn on_some_targets(self, narrow: Option<(usize, f64)>) -> Self {
        Self { narrow, ..self }
    }

    /// Time of a request from start to start if it takes `longest` at its tightest place.
    pub(super) fn cycle(&self, longest: f64) -> f64 {
        ((self.delay + longest) * self.drag).max(self.least)
    }
}

/// A part that several classes share.
#[derive(Clone, Debug, PartialEq)]
struct Place {
    /// Index into [`SHARED`].
    kind: usize,
    /// On the clients' side, the group and the direction it serves.
    only: Option<(usize, bool)>,
    /// Stretch of what is waited for here.
    stretch: f64,
    /// What the classes that are held up elsewhere, or offer less than they could get, leave of it.
    left: f64,
    queue: Queue,
}

impl Place {
    fn serves(&self, class: &Class) -> bool {
        self.only.is_none_or(|only| only == class.side)
    }
}

/// Most rounds over the places; far more than any case needs.
const MOST_ROUNDS: usize = 200;

/// Uses of a place that differ by less are the same.
const FINEST: f64 = 1e-11;

/// Rounds at first in which nothing comes steadily, so that the rates are possible ones from then on.
const LOOSE_ROUNDS: usize = 1;

/// Rounds at first in which all is still rough.
const ROUGH_ROUNDS: usize = 4;

/// Rounds after which what has not come to rest goes back and forth.
const RESTLESS: usize = 24;

/// How far what is left of a place moves in a round, and the queue and the times there once they are restless: halfway
/// while all is still rough, then all the way, and less and less where that does not come to rest.
fn pace(round: usize) -> f64 {
    match round {
        0..ROUGH_ROUNDS => 0.5,
        ROUGH_ROUNDS..RESTLESS => 1.0,
        _ => 0.5 * RESTLESS as f64 / round as f64,
    }
}

/// Stretch below which a place is hardly used.
const HARDLY_USED: f64 = 1.2;

/// Share of the time elsewhere below which the time at such a place is surely not felt.
const UNFELT: f64 = 0.8;

/// Rates that change by less have settled.
const SETTLED: f64 = 1e-10;

/// Use from which a place counts as full.
const FULL: f64 = 0.9;

/// A demand within this share of the longest is the longest.
const NEARLY: f64 = 1.0 - 1e-9;

/// What a class reaches.
pub(super) struct Reached {
    /// Rate it could have.
    pub(super) possible: f64,
    /// Mean time of a request.
    pub(super) latency: f64,
    /// Use of each kind of place by all classes that are served where it is.
    pub(super) uses: [f64; KINDS],
    /// Kind of shared place where most of its work takes longest; `None` if it waits for its own clients alone.
    pub(super) tightest: Option<usize>,
}

/// Several classes and the places they share.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Network {
    classes: Vec<Class>,
    stages: Vec<Stage>,
    places: Vec<Place>,
    /// Time of each stage at each place, one row per place.
    times: Vec<f64>,
    held: Vec<Held>,
}

impl Network {
    /// Adds a class of one side (client group, whether it writes) that offers so many requests a second; its stages follow.
    pub(super) fn add(&mut self, side: (usize, bool), offered: f64) {
        self.classes.push(Class { side, offered, rate: 0.0, possible: None });
    }

    /// Adds a stage to the last class.
    pub(super) fn add_stage(&mut self, stage: Stage) {
        self.stages.push(Stage { class: self.classes.len().saturating_sub(1), ..stage });
    }

    /// With all rates found. A class found to offer less than it could get leaves the closed network for good.
    pub(super) fn settled(mut self) -> Self {
        self.find_places();
        loop {
            self.share_out();
            let mut changed = false;
            for class in &mut self.classes {
                if class.possible.is_none() && class.rate >= class.offered {
                    class.possible = Some(class.rate);
                    class.rate = class.offered;
                    changed = true;
                }
            }
            if !changed {
                break;
            }
        }
        for class in 0..self.classes.len() {
            self.squeeze(class);
        }
        self
    }

    /// Lowers the rate of a class whose files lie on some of the targets only, where others put their even share on the
    /// same targets.
    ///
    /// There it meets that share of the others' requests, each of which takes up as much more of the few targets; it is a
    /// place of its own, whose stretch tells how long the class takes. What the others lose by it is little and left out.
    fn squeeze(&mut self, class: usize) {
        let rate = self.classes[class].rate;
        let (mut time, mut narrow) = (0.0, false);
        for s in (0..self.stages.len()).filter(|s| self.stages[*s].class == class) {
            let stage = &self.stages[s];
            let mut longest = self.longest(s, None);
            if let Some((kind, share)) = stage.narrow
                && let Some(own) = self.narrow_time(s, kind, share)
            {
                narrow = true;
                longest = longest.max(own);
                if let Some(at) = self.places.iter().position(|place| place.kind == kind) {
                    self.times[at * self.stages.len() + s] = longest;
                }
            }
            let stage = &self.stages[s];
            time += stage.share_each * stage.cycle(longest);
        }
        if narrow && self.classes[class].possible.is_none() {
            self.classes[class].rate = rate.min(1.0 / time);
        }
    }

    /// Time of a stage at the `share` of a kind of place that it uses beside the others; `None` if there are none.
    fn narrow_time(&self, stage: usize, kind: usize, share: f64) -> Option<f64> {
        let own = &self.stages[stage];
        let (mut held, mut stages, mut taken) = (Vec::new(), Vec::new(), 0.0);
        for (s, other) in self.stages.iter().enumerate() {
            let class = &self.classes[other.class];
            let (of_all, demand) =
                if s == stage { (1.0, own.longest_demand) } else { (share, other.demands[kind] / share) };
            if demand <= 0.0 || (other.class == own.class && s != stage) {
                continue;
            }
            if class.possible.is_some() && s != stage {
                taken += class.rate * other.share * other.demands[kind];
                continue;
            }
            let elsewhere = if s == stage { own.longest_demand } else { self.longest(s, None) };
            held.push(Held { stage: stages.len(), demand, delay: other.delay / demand, loose: 1.0, elsewhere });
            let share = if s == stage { 1.0 } else { other.share };
            let in_flight = other.in_flight * of_all;
            let share_each = share / in_flight;
            stages.push(Stage { share, in_flight, share_each, least: 0.0, alone: 0.0, ..*other });
        }
        if held.len() < 2 && taken <= 0.0 {
            return None;
        }
        let left = (1.0 - taken).max(LEAST_LEFT);
        for one in &mut held {
            one.demand /= left;
            one.delay *= left;
        }
        let place = held.iter().position(|one| stages[one.stage].class == own.class)?;
        let crowd = Crowd { stages: &stages, held: &held, queue: Queue::default() };
        let usage = crowd.settled(1.0, FINEST);
        Some(held[place].time(&Queue::default(), usage.stretch))
    }

    /// What a class reaches, once all has settled.
    pub(super) fn reached(&self, class: usize) -> Reached {
        let Self { classes, stages, places, .. } = self;
        let own = || stages.iter().enumerate().filter(|(_, stage)| stage.class == class);
        let latency = own().map(|(s, stage)| {
            let longest = self.longest(s, None);
            stage.share
                * match classes[class].possible {
                    Some(possible) => (stage.delay + longest).min(stage.in_flight / possible),
                    None => stage.cycle(longest),
                }
        });
        let side = classes[class].side;
        let mut uses = [0.0; KINDS];
        let mut tightest: Option<(usize, f64)> = None;
        for (kind, used) in uses.iter_mut().enumerate() {
            let served = |stage: &&Stage| kind < CLIENT_SIDE || classes[stage.class].side == side;
            let users = stages.iter().filter(served);
            *used = users.map(|stage| classes[stage.class].rate * stage.share * stage.demands[kind]).sum();
            let at = places.iter().position(|place| place.kind == kind && place.serves(&classes[class]));
            let time = |(s, stage): (usize, &Stage)| {
                stage.share * at.map_or(stage.demands[kind], |at| self.times[at * stages.len() + s])
            };
            let time: f64 = own().map(time).sum();
            // what is used by one class alone makes nobody wait unless it is full
            let waits = at.is_some() || *used > FULL;
            if waits && time > 0.0 && tightest.is_none_or(|(_, longest)| time > longest) {
                tightest = Some((kind, time));
            }
        }
        Reached {
            possible: classes[class].possible.unwrap_or(classes[class].rate),
            latency: latency.sum(),
            uses,
            tightest: tightest.map(|(kind, _)| kind),
        }
    }

    /// The places that more than one class uses.
    fn find_places(&mut self) {
        let Self { classes, stages, places, .. } = self;
        for kind in 0..KINDS {
            for class in classes.iter() {
                let only = (kind >= CLIENT_SIDE).then_some(class.side);
                if !places.iter().any(|place| place.kind == kind && place.only == only) {
                    places.push(Place { kind, only, stretch: 1.0, left: 1.0, queue: Queue::default() });
                }
            }
        }
        places.retain(|place| {
            let mut users = stages
                .iter()
                .filter(|stage| stage.demands[place.kind] > 0.0 && place.serves(&classes[stage.class]))
                .map(|stage| stage.class);
            let first = users.next();
            users.any(|class| Some(class) != first)
        });
        self.times = vec![0.0; self.places.len() * self.stages.len()];
    }

    /// Finds the rates of the classes in the closed network.
    fn share_out(&mut self) {
        for place in &mut self.places {
            (place.stretch, place.left, place.queue) = (1.0, 1.0, Queue::default());
        }
        self.times.fill(0.0);
        self.refresh();
        let mut change: f64 = 1.0;
        for round in 0..MOST_ROUNDS {
            let precise = (0.01 * change).clamp(FINEST, 1e-3);
            for place in 0..self.places.len() {
                self.serve(place, round, precise);
            }
            change = self.refresh();
            if change < SETTLED && precise <= FINEST && round > LOOSE_ROUNDS {
                break;
            }
        }
        self.hold_within();
    }

    /// Keeps every place within what it has, should the rounds not have sufficed: by the classes that offer more than they
    /// get.
    fn hold_within(&mut self) {
        let Self { classes, stages, places, .. } = self;
        for place in places.iter() {
            let (mut used, mut taken) = (0.0, 0.0);
            for stage in stages.iter().filter(|stage| place.serves(&classes[stage.class])) {
                let class = &classes[stage.class];
                let here = class.rate * stage.share * stage.demands[place.kind];
                used += here;
                taken += if class.possible.is_some() { here } else { 0.0 };
            }
            if used <= 1.0 {
                continue;
            }
            let slower = (1.0 - taken).max(LEAST_LEFT) / (used - taken);
            for of_class in stages.chunk_by(|a, b| a.class == b.class) {
                let class = &mut classes[of_class[0].class];
                let uses = of_class.iter().any(|stage| stage.demands[place.kind] > 0.0) && place.serves(class);
                if uses && class.possible.is_none() {
                    class.rate *= slower;
                }
            }
        }
    }

    /// Works out the rates from the times at the places; the largest relative change of one.
    fn refresh(&mut self) -> f64 {
        let mut change: f64 = 0.0;
        let mut s = 0;
        for c in 0..self.classes.len() {
            let mut time = 0.0;
            while let Some(stage) = self.stages.get(s).filter(|stage| stage.class == c) {
                time += stage.share_each * stage.cycle(self.longest(s, None));
                s += 1;
            }
            let class = &mut self.classes[c];
            if class.possible.is_none() {
                change = change.max((1.0 / (time * class.rate) - 1.0).abs());
                class.rate = 1.0 / time;
            }
        }
        change
    }

    /// The longest that a stage takes at any place, but one.
    fn longest(&self, stage: usize, but: Option<usize>) -> f64 {
        let rows = self.times.chunks_exact(self.stages.len()).enumerate();
        let others = rows.filter(|(place, _)| Some(*place) != but);
        others.map(|(_, row)| row[stage]).fold(self.stages[stage].longest_demand, f64::max)
    }

    /// Finds the stretch at which a place is used as much as its queue can be, all else as it is.
    fn serve(&mut self, at: usize, round: usize, precise: f64) {
        let mut held = std::mem::take(&mut self.held);
        held.clear();
        let place = &self.places[at];
        let (mut taken, mut steadily, mut loose) = (0.0, 0.0, 0.0);
        for (s, stage) in self.stages.iter().enumerate() {
            let (class, demand) = (&self.classes[stage.class], stage.demands[place.kind]);
            if demand <= 0.0 || !place.serves(class) {
                continue;
            }
            let used = class.rate * stage.share * demand;
            if class.possible.is_some() {
                taken += used;
                continue;
            }
            let elsewhere = self.longest(s, Some(at));
            let steady = if round < LOOSE_ROUNDS { 0.0 } else { self.steadiness(at, s, elsewhere) };
            held.push(Held { stage: s, demand, delay: stage.delay / demand, loose: 1.0 - steady, elsewhere });
            steadily += steady * used;
            loose += (1.0 - steady) * used;
        }
        // more than there is left cannot come steadily: it queues here
        if round >= ROUGH_ROUNDS && taken + steadily >= 1.0 {
            loose += std::mem::take(&mut steadily);
            for one in &mut held {
                one.loose = 1.0;
            }
        }
        let left = (1.0 - taken - steadily).max(LEAST_LEFT);
        let left = place.left + pace(round) * (left - place.left);
        for one in &mut held {
            one.demand /= left;
            one.delay *= left;
        }
        // no queue stretches more than this
        let most = 1.0 / (1.0 - loose / left).max(LEAST_LEFT);
        let felt = |one: &Held| one.demand * most > UNFELT * one.elsewhere.max(self.stages[one.stage].alone);
        let (stretch, queue) = if most > HARDLY_USED || held.iter().any(felt) {
            let crowd = Crowd { stages: &self.stages, held: &held, queue: place.queue };
            let usage = crowd.settled(place.stretch, precise);
            (usage.stretch, usage.queue())
        } else {
            (most, Queue::default())
        };
        let damped = if round < RESTLESS { 1.0 } else { pace(round) };
        let queue = place.queue.toward(&queue, damped);
        let row = at * self.stages.len();
        for one in &held {
            let time = &mut self.times[row + one.stage];
            *time += damped * (one.time(&queue, stretch) - *time);
        }
        let place = &mut self.places[at];
        (place.stretch, place.left, place.queue) = (stretch, left, queue);
        self.held = held;
    }

    /// Share of a stage's requests that come to a place as steadily as another lets them go: what they wait there beyond
    /// what they would take here.
    fn steadiness(&self, at: usize, stage: usize, elsewhere: f64) -> f64 {
        let of = &self.stages[stage];
        let queues_elsewhere_alone = of.demands[self.places[at].kind] < of.longest_demand * NEARLY;
        let there = if queues_elsewhere_alone { elsewhere.max(of.alone) } else { elsewhere };
        let here = self.times[at * self.stages.len() + stage].max(of.longest_demand);
        (1.0 - here / there).max(0.0)
    }
}
