//! What clients lose where storage is slow: the time that accelerators wait, and the work between checkpoints.

use super::checkpoint::Checkpoint;
use super::training::Training;
use super::{Apart, Run, Work, runs};
use crate::design;
use crate::scenario::{Scenario, Workload};

/// The workloads of a scenario whose slowness costs something, and what each costs.
#[derive(Clone, Debug)]
pub(crate) struct Losses {
    /// The scenario with the workloads of its jobs, but for checkpoints that run apart.
    pub(crate) scenario: Scenario,
    /// Saves and restores of checkpoints, each beside what goes on meanwhile.
    pub(crate) apart: Vec<Apart>,
    /// What each workload is for, those that run apart behind the others.
    of: Vec<Loses>,
}

/// What is lost where a workload is slow.
#[derive(Clone, Debug)]
enum Loses {
    /// The share by which it reaches less than is asked of it.
    Asked,
    /// The time that accelerators wait.
    Training(Box<Training>),
    /// Work that is not safe yet, and the time of a save.
    Saving(Box<Checkpoint>),
    /// The restore of the save before it.
    Restoring,
}

/// What a workload is asked for so that its loss is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Measured {
    /// What its target says.
    Asked,
    /// Its rate.
    Rate,
    /// The time of all its work.
    Seconds,
}

impl Losses {
    /// `written` has the jobs, `on` their workloads behind its own, offering what is asked of them.
    pub(crate) fn new(written: &Scenario, on: &Scenario) -> Self {
        let assumptions = design::assumptions(written);
        let all: Vec<Run> = runs(written, &assumptions).map(|(_, run)| run).collect();
        let own = written.workloads.len();
        let mut workloads: Vec<Workload> = on.workloads.iter().take(own).cloned().collect();
        let mut of: Vec<Loses> = workloads.iter().map(|_| Loses::Asked).collect();
        // place of each job among the workloads that do not run apart
        let mut places = vec![None; all.len()];
        for (i, (run, load)) in all.iter().zip(on.workloads.iter().skip(own)).enumerate() {
            let (workload, loses) = match &run.work {
                Work::Checkpoint(it) if it.fails() => continue,
                Work::Training(it) => (it.later(), Loses::Training(it.clone())),
                Work::Checkpoint(_) | Work::Steps(_) => (load.clone(), Loses::Asked),
            };
            places[i] = Some(workloads.len());
            workloads.push(workload);
            of.push(loses);
        }
        let mut apart = Vec::new();
        for (i, run) in all.iter().enumerate() {
            let Work::Checkpoint(it) = &run.work else { continue };
            let beside = |stops: bool| {
                let goes_on = |j: &usize| *j != i && !(stops && all.get(*j).is_some_and(|other| run.halts(other)));
                (0..own).chain((0..all.len()).filter(goes_on).filter_map(|j| places[j])).collect()
            };
            if !it.fails() {
                if it.restore.target.is_some() {
                    apart.push(Apart { workload: it.restore.clone(), beside: beside(true) });
                    of.push(Loses::Asked);
                }
                continue;
            }
            let alone = |workload: &Workload| Workload { target: None, ..workload.clone() };
            apart.push(Apart { workload: alone(&it.save), beside: beside(it.stops_training()) });
            apart.push(Apart { workload: alone(&it.restore), beside: beside(true) });
            of.extend([Loses::Saving(it.clone()), Loses::Restoring]);
        }
        Self { scenario: Scenario { workloads, jobs: Vec::new(), ..on.clone() }, apart, of }
    }

    /// What workload `i` has to be asked for.
    pub(crate) fn measured(&self, i: usize) -> Measured {
        match self.of.get(i) {
            Some(Loses::Training(_)) => Measured::Rate,
            Some(Loses::Saving(_) | Loses::Restoring) => Measured::Seconds,
            Some(Loses::Asked) | None => Measured::Asked,
        }
    }

    /// Whether jobs lose something by slowness, whatever is asked of them.
    pub(crate) fn has_jobs(&self) -> bool {
        self.of.iter().any(|it| !matches!(it, Loses::Asked))
    }

    /// Share of its time that a workload's clients wait, which reaches `margin` of what is asked or, of training, of what
    /// its accelerators read when they never wait; `None` where it is the work between checkpoints that is lost.
    pub(crate) fn waits(&self, i: usize, margin: f64) -> Option<f64> {
        match self.of.get(i)? {
            Loses::Asked => Some(1.0 - margin.min(1.0)),
            Loses::Training(it) => Some(1.0 - it.busy(margin)),
            Loses::Saving(_) | Loses::Restoring => None,
        }
    }

    /// Share of the time that is work where workload `i` is a save that takes so long, and its restore so long; `None` of any
    /// other workload.
    pub(crate) fn goodput(&self, i: usize, save_s: f64, restore_s: f64) -> Option<f64> {
        match self.of.get(i)? {
            Loses::Saving(it) => it.goodput(save_s, restore_s),
            _ => None,
        }
    }
}
