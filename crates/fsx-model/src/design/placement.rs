//! Which targets and servers a set of files touches, component by component of the layout.

use super::{FileSystem, MAX_COMPONENTS, Topology, Workload};
use crate::units::{Information, mebibyte};

/// A part of the work that sees the same targets: one component of the layout, or all of a random file.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Segment {
    /// Share of the bytes.
    pub share: f64,
    /// Whether a file has just one stripe here; said only of files that several streams share.
    pub one_stripe: bool,
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

/// A workload cut into parts by the components of its layout, from the start of the file.
#[derive(Clone, Copy, Debug)]
pub struct Placement {
    /// Targets and servers there are.
    pub topology: Topology,
    /// Objects that creating a file allocates: the stripes of its first component.
    pub objects_at_creation: f64,
    /// Objects a file of full size has: the stripes of all components in use.
    pub objects: f64,
    segments: [Segment; MAX_COMPONENTS],
    len: usize,
}

impl Placement {
    /// Places the files of a workload.
    ///
    /// Component `i` holds `b = max(0, min(F, e_i) − e_(i−1))` bytes of a file of `F`; a file uses
    /// `u = min(stripe count, targets, ⌈b / stripe size⌉)` targets there. Lustre spreads new objects round robin, so
    /// `f` active files touch `t = min(M, f u)` of `M` targets and `min(G, t)` of `G` servers, and a set of `n` files
    /// loads the fullest target `⌈n u / M⌉ M / (n u)` times the mean.
    ///
    /// Sequential work passes through the components one after the other; neighbours that see the same targets are one
    /// part. Random work hits all of them at once: one part, with as many targets in effect as the most loaded
    /// component allows.
    #[must_use]
    pub fn new(file_system: &FileSystem, workload: &Workload, topology: Topology) -> Self {
        let mut placement = Self {
            topology,
            objects_at_creation: 0.0,
            objects: 0.0,
            segments: [Segment::WHOLE; MAX_COMPONENTS],
            len: 0,
        };
        let mut start = Information::default();
        for component in file_system.layout.components() {
            let wanted = component.stripes.unwrap_or(topology.osts).min(topology.osts);
            let end = component.end.min(workload.file_size);
            if placement.objects <= 0.0 {
                placement.objects_at_creation = wanted;
                placement.objects = wanted;
            } else if end > start {
                placement.objects += wanted;
            }
            if end <= start {
                break;
            }
            let bytes = end - start;
            start = end;
            let stripe_units = f64::from(bytes / file_system.layout.stripe_size).ceil();
            let stripes = wanted.min(stripe_units);
            let share = (bytes / workload.file_size).into();
            placement.add(Segment::new(share, stripes, workload, topology), workload.random);
        }
        if workload.random && placement.len > 1 {
            placement.segments[0] = Segment::at_once(placement.segments(), topology);
            placement.len = 1;
        }
        // of files on some of the targets only, a part of the workload has as much
        for segment in placement.segments[..placement.len].iter_mut().filter(|it| it.touched_osts < topology.osts) {
            segment.touched_osts *= workload.part;
            segment.touched_servers *= workload.part;
        }
        placement
    }

    /// The parts, in the order of the file.
    #[must_use]
    pub fn segments(&self) -> &[Segment] {
        &self.segments[..self.len]
    }

    /// Gives a part of a workload all the targets its files lie on to itself.
    pub fn undivide(&mut self, part: f64) {
        for segment in self.segments[..self.len].iter_mut().filter(|it| it.touched_osts < self.topology.osts) {
            segment.touched_osts /= part;
            segment.touched_servers /= part;
        }
    }

    /// Shares of all targets and of all servers that the file set lies on: the mean over the bytes.
    #[must_use]
    pub fn holding_shares(&self) -> (f64, f64) {
        let mean = |part: fn(&Segment) -> f64| -> f64 {
            self.segments().iter().map(|segment| segment.share * part(segment)).sum()
        };
        (
            mean(|segment| segment.holding_osts) / self.topology.osts,
            mean(|segment| segment.holding_servers) / self.topology.servers,
        )
    }

    /// Adds a part, or widens the last one if it sees the same targets.
    fn add(&mut self, segment: Segment, apart: bool) {
        if let Some(last) = self.len.checked_sub(1).map(|last| &mut self.segments[last])
            && !apart
            && *last == (Segment { share: last.share, ..segment })
        {
            last.share += segment.share;
        } else {
            self.segments[self.len] = segment;
            self.len += 1;
        }
    }
}

impl Segment {
    const WHOLE: Self = Self {
        share: 1.0,
        one_stripe: false,
        parallel: 1.0,
        touched_osts: 1.0,
        touched_servers: 1.0,
        holding_osts: 1.0,
        holding_servers: 1.0,
        imbalance: 1.0,
    };

    fn new(share: f64, stripes: f64, workload: &Workload, topology: Topology) -> Self {
        let (files, active_files) = workload.all_files();
        let touched_osts = (active_files * stripes).min(topology.osts);
        let objects = files * stripes;
        let mib_per_request = f64::from(workload.io_size / Information::new::<mebibyte>(1.0)).max(1.0);
        Self {
            share,
            one_stripe: workload.shared && stripes <= 1.0,
            parallel: stripes.min(mib_per_request),
            touched_osts,
            touched_servers: touched_osts.min(topology.servers),
            holding_osts: objects.min(topology.osts),
            holding_servers: objects.min(topology.servers),
            imbalance: (objects / topology.osts).ceil() * topology.osts / objects,
        }
    }

    /// All components hit at once, in proportion to their bytes.
    fn at_once(parts: &[Self], topology: Topology) -> Self {
        let effective = |touched: fn(&Self) -> f64, all: f64| {
            let together: f64 = parts.iter().map(touched).sum();
            parts.iter().map(|part| touched(part) / part.share).fold(together.min(all), f64::min)
        };
        Self {
            share: 1.0,
            one_stripe: parts.iter().all(|part| part.one_stripe),
            parallel: parts.iter().map(|part| part.parallel).fold(1.0, f64::max),
            touched_osts: effective(|part| part.touched_osts, topology.osts),
            touched_servers: effective(|part| part.touched_servers, topology.servers),
            holding_osts: effective(|part| part.holding_osts, topology.osts),
            holding_servers: effective(|part| part.holding_servers, topology.servers),
            imbalance: parts.iter().map(|part| part.imbalance * part.share).sum(),
        }
    }
}
