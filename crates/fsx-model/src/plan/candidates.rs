//! The candidates of a plan: file systems with what they are billed for.

use super::kinds::{Cache, Choice, Kind, STRIPES, layout};
use super::need::Need;
use super::search::Space;
use crate::catalog::Assumptions;
use crate::cost::{Quantities, filling};
use crate::design::{FileSystem, Layout};
use crate::scenario::{self, Scenario, Stored};
use crate::shape::Whole;

/// All sizes of one kind and choice; one scenario serves for all of them.
pub(crate) struct Row<'s, 'a> {
    space: &'s Space<'a>,
    pub(crate) kind: Kind,
    pub(crate) choice: Choice,
    scenario: Scenario,
}

/// A candidate: the file system and its bill.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Candidate {
    pub(crate) file_system: FileSystem,
    pub(crate) quantities: Quantities,
}

impl Candidate {
    /// The same with so many stripes, which nothing is billed by.
    pub(crate) fn laid_out(mut self, stripes: Option<i64>) -> Option<Self> {
        self.file_system.layout = Layout::new(layout(stripes).as_ref())?;
        Some(self)
    }
}

impl Row<'_, '_> {
    /// Turns to another kind.
    pub(crate) fn turn_to(&mut self, kind: Kind) {
        self.kind = kind;
        self.choose(kind.plainest(self.space.constraints));
    }

    /// Turns to another choice.
    pub(crate) fn choose(&mut self, choice: Choice) {
        self.choice = choice;
        self.scenario.file_system = self.space.raw(&self.kind, &choice, 0);
    }

    /// Candidate of size `i`.
    pub(crate) fn at(&mut self, i: usize) -> Option<Candidate> {
        self.space.resize(&mut self.scenario.file_system, &self.kind, &self.choice, i);
        self.space.candidate(&self.scenario)
    }

    /// The file system of size `i` under other assumptions, holding other data.
    pub(crate) fn under(&mut self, i: usize, assumptions: &Assumptions, need: &Need) -> Option<FileSystem> {
        self.space.resize(&mut self.scenario.file_system, &self.kind, &self.choice, i);
        self.scenario.file_system.fill = need.fill(&self.kind, i, self.choice.lz4, assumptions);
        FileSystem::new(&self.scenario, assumptions)
    }

    /// The first and the last of a range.
    pub(crate) fn ends(&mut self, (from, to): (usize, usize)) -> Option<(Candidate, Candidate)> {
        let first = self.at(from)?;
        Some((first, if from == to { first } else { self.at(to)? }))
    }
}

impl<'a> Space<'a> {
    /// The file system of a candidate, as a person writes it.
    pub(crate) fn raw(&self, kind: &Kind, choice: &Choice, i: usize) -> scenario::FileSystem {
        let version = self.constraints.file_system_type_version.as_ref();
        let mut raw = kind.file_system(i, choice, version);
        self.resize(&mut raw, kind, choice, i);
        if kind.is_elastic() {
            let capacity = self.requirement.capacity.as_ref();
            raw.stored = Some(Stored {
                data_gib: Some(self.need.data_gib(choice.lz4)),
                tier_shares: self.need.tier_shares().cloned(),
                read_requests_per_month: capacity.and_then(|capacity| capacity.read_requests_per_month),
                write_requests_per_month: capacity.and_then(|capacity| capacity.write_requests_per_month),
            });
        }
        raw
    }

    fn resize(&self, raw: &mut scenario::FileSystem, kind: &Kind, choice: &Choice, i: usize) {
        let size = Some(Whole(kind.size(i)));
        if kind.is_elastic() {
            raw.throughput_capacity_mb_per_s = size;
        } else {
            raw.storage_capacity_gib = size;
        }
        raw.fill = self.need.fill(kind, i, choice.lz4, &self.loads.assumptions);
    }

    /// Candidate of size `i`.
    pub(crate) fn candidate_at(&self, kind: &Kind, choice: &Choice, i: usize) -> Option<Candidate> {
        let mut row = self.row(kind);
        row.choose(*choice);
        row.at(i)
    }

    /// The file system of a scenario and its bill.
    pub(crate) fn candidate(&self, scenario: &Scenario) -> Option<Candidate> {
        let assumptions = &self.loads.assumptions;
        let file_system = FileSystem::new(scenario, assumptions)?;
        let filling = filling(scenario, &file_system, assumptions);
        let quantities = Quantities::new(scenario, &file_system, filling, assumptions);
        Some(Candidate { file_system, quantities })
    }

    /// What can be chosen within a kind besides metadata and size, in the order in which it wins ties.
    pub(crate) fn bases(&self, kind: &Kind, caches: &[Cache]) -> Vec<Choice> {
        let squeezes = self.need.is_compressible()
            || self.scenario.workloads.iter().any(|workload| workload.compression_ratio() > 1.0);
        let lz4: &[bool] = if squeezes { &[false, true] } else { &[false] };
        let metadata = kind.plainest(self.constraints).metadata;
        let with = |stripes, cache, lz4| Choice { metadata, cache, lz4, stripes };
        STRIPES
            .into_iter()
            .flat_map(|stripes| caches.iter().map(move |&cache| (stripes, cache)))
            .flat_map(|(stripes, cache)| lz4.iter().map(move |&lz4| with(stripes, cache, lz4)))
            .collect()
    }

    /// The SSD read caches that may make a difference: none is worth its price to loads that read nothing from it.
    pub(crate) fn caches(&self, kind: &Kind) -> Vec<Cache> {
        let mut caches = kind.caches();
        if !self.loads.read_from_caches() {
            caches.truncate(1);
        }
        caches
    }

    /// Everything worth choosing within a kind, each with the sizes at which it is legal.
    pub(crate) fn choices(&self, kind: &Kind) -> Vec<(Choice, (usize, usize))> {
        let metadata = kind.metadata(self.constraints);
        let all = self
            .bases(kind, &self.caches(kind))
            .into_iter()
            .flat_map(|base| metadata.iter().map(move |&metadata| Choice { metadata, ..base }));
        all.filter_map(|choice| Some((choice, kind.range(&choice)?))).collect()
    }

    /// Room for the candidates of a kind, with its plainest choice at first.
    pub(crate) fn row(&self, kind: &Kind) -> Row<'_, 'a> {
        let (choice, scenario) = (kind.plainest(self.constraints), self.scenario.clone());
        let mut row = Row { space: self, kind: *kind, choice, scenario };
        row.choose(choice);
        row
    }
}

/// Number of candidates of a kind.
pub(crate) fn grid_size(space: &Space<'_>, kind: &Kind) -> u64 {
    // layout and compression go with every size
    let plain = kind.plainest(space.constraints);
    let with =
        |cache| kind.metadata(space.constraints).into_iter().map(move |metadata| Choice { metadata, cache, ..plain });
    let sizes = kind.caches().into_iter().flat_map(with).filter_map(|choice| kind.range(&choice));
    let sizes: usize = sizes.map(|(from, to)| (to + 1).saturating_sub(from.max(kind.first()))).sum();
    u64::try_from(sizes * space.bases(kind, &[plain.cache]).len()).unwrap_or(u64::MAX)
}
