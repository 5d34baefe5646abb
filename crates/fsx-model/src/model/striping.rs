//! Which targets and servers a set of files touches, component by component of the layout.

use crate::design::{FileSystem, Topology, Workload};
use crate::units::{Information, mebibyte};

/// A part of the work that sees the same targets: one component of the layout, or all of a random file.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Segment {
    /// Share of the bytes.
    pub share: f64,
    /// Targets one request can use at once: stripes of the file here, at most the MiB of a request.
    pub parallel: f64,
    /// Targets all active files use together.
    pub touched_osts: f64,
    /// Servers of those targets.
    pub touched_servers: f64,
    /// Targets that hold the whole file set.
    pub holding_osts: f64,
    /// Servers of those targets.
    pub holding_servers: f64,
    /// Load of the fullest target over the mean of all, for the whole file set.
    pub imbalance: f64,
}

/// Splits a workload by the components of its layout, and hands each part to `each`, from the start of the file.
///
/// Component `i` holds `b = max(0, min(F, e_i) − e_(i−1))` bytes of a file of `F`; a file uses
/// `u = min(stripe count, targets, ⌈b / stripe size⌉)` targets there. Lustre spreads new objects round robin, so `f`
/// active files touch `t = min(M, f u)` of `M` targets and `min(G, t)` of `G` servers, and a set of `n` files loads the
/// fullest target `⌈n u / M⌉ M / (n u)` times the mean.
///
/// Sequential work passes through the components one after the other; neighbours that see the same targets are one
/// part. Random work hits all of them at once: one part, with as many targets in effect as the most loaded component
/// allows.
pub fn segments(file_system: &FileSystem, workload: &Workload, topology: Topology, mut each: impl FnMut(&Segment)) {
    let mut start = Information::default();
    let mut open: Option<Segment> = None;
    let mut at_once = AtOnce::default();
    for component in file_system.layout.components() {
        let end = component.end.min(workload.file_size);
        if end <= start {
            break;
        }
        let bytes = end - start;
        start = end;
        let stripe_units = f64::from(bytes / file_system.layout.stripe_size).ceil();
        let stripes = component.stripes.unwrap_or(topology.osts).min(topology.osts).min(stripe_units);
        let segment = Segment::new((bytes / workload.file_size).into(), stripes, workload, topology);
        if workload.random {
            at_once.add(&segment);
            continue;
        }
        open = match open {
            Some(last) if (Segment { share: last.share, ..segment }) == last => {
                Some(Segment { share: last.share + segment.share, ..segment })
            }
            Some(last) => {
                each(&last);
                Some(segment)
            }
            None => Some(segment),
        };
    }
    if workload.random {
        open = Some(at_once.finish(topology));
    }
    if let Some(last) = open {
        each(&last);
    }
}

impl Segment {
    fn new(share: f64, stripes: f64, workload: &Workload, topology: Topology) -> Self {
        let touched_osts = (workload.active_files * stripes).min(topology.osts);
        let objects = workload.files * stripes;
        let mib_per_request = f64::from(workload.io_size / Information::new::<mebibyte>(1.0)).max(1.0);
        Self {
            share,
            parallel: stripes.min(mib_per_request),
            touched_osts,
            touched_servers: touched_osts.min(topology.servers),
            holding_osts: objects.min(topology.osts),
            holding_servers: objects.min(topology.servers),
            imbalance: (objects / topology.osts).ceil() * topology.osts / objects,
        }
    }
}

/// All components hit at once, in proportion to their bytes.
struct AtOnce {
    parallel: f64,
    imbalance: f64,
    osts: Spread,
    servers: Spread,
    holding_osts: Spread,
    holding_servers: Spread,
}

/// Parts touched together, and how many the most loaded component leaves in effect.
struct Spread {
    together: f64,
    effective: f64,
}

impl Default for AtOnce {
    fn default() -> Self {
        let spread = || Spread { together: 0.0, effective: f64::INFINITY };
        Self {
            parallel: 1.0,
            imbalance: 0.0,
            osts: spread(),
            servers: spread(),
            holding_osts: spread(),
            holding_servers: spread(),
        }
    }
}

impl AtOnce {
    fn add(&mut self, part: &Segment) {
        self.parallel = self.parallel.max(part.parallel);
        self.imbalance += part.imbalance * part.share;
        self.osts.add(part.touched_osts, part.share);
        self.servers.add(part.touched_servers, part.share);
        self.holding_osts.add(part.holding_osts, part.share);
        self.holding_servers.add(part.holding_servers, part.share);
    }

    fn finish(&self, topology: Topology) -> Segment {
        Segment {
            share: 1.0,
            parallel: self.parallel,
            touched_osts: self.osts.finish(topology.osts),
            touched_servers: self.servers.finish(topology.servers),
            holding_osts: self.holding_osts.finish(topology.osts),
            holding_servers: self.holding_servers.finish(topology.servers),
            imbalance: self.imbalance,
        }
    }
}

impl Spread {
    fn add(&mut self, touched: f64, share: f64) {
        self.together += touched;
        self.effective = self.effective.min(touched / share);
    }

    fn finish(&self, all: f64) -> f64 {
        self.together.min(self.effective).min(all)
    }
}
