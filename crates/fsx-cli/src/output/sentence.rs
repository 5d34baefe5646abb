//! What stops a workload, told in sentences.

use fsx_model::catalog::terms::StorageType;
use fsx_model::estimate::{Contention, Estimate, Load, Range, WorkloadEstimate};
use fsx_model::model::LimitId;
use fsx_model::scenario::{Clients, Scenario, Workload};

use super::format::{Rate, durations, list, percent};
use super::page::Text;
use super::words::{self, NEARLY_ALL, load, part};
use super::{together, why};

/// What the sentences speak about.
pub(crate) struct Story<'a> {
    pub scenario: &'a Scenario,
    pub estimate: &'a Estimate,
    pub workload: &'a Workload,
    pub answer: &'a WorkloadEstimate,
    pub rate: Rate,
}

impl<'a> Story<'a> {
    /// What stops the workload, what would stop it next, and what changes while it bursts.
    pub(crate) fn tell(&self) -> Text {
        let sustained = &self.answer.sustained;
        let text = self.regime(sustained.bottleneck, &sustained.rate().0, false);
        let Some(burst) = &self.answer.burst else { return text };
        let text = match &burst.lasts_s {
            Some(lasts) if lasts.high <= 0.0 => {
                text.plain(" With burst credits, of which there are none at the start: ")
            }
            Some(lasts) => text.plain(&format!(" While burst credits last ({}): ", durations(lasts))),
            None => text.plain(" At this load the burst credits never run out, so what holds is: "),
        };
        let (range, id) = (burst.regime.rate().0, burst.regime.bottleneck);
        let stops = words::told(self.answer, id, true);
        if stops == words::told(self.answer, sustained.bottleneck, false) {
            let again = if burst.lasts_s.is_some() { " again" } else { "" };
            let value = self.rate.full(range.mid);
            return text.plain(&format!("{value}, limited by {}{again}.", self.part(stops)));
        }
        text.and(self.regime(id, &range, true))
    }

    fn regime(&self, narrowest: LimitId, rate: &Range, bursting: bool) -> Text {
        let id = words::told(self.answer, narrowest, bursting);
        let Some(Load { value, .. }) = load(self.answer, id, bursting) else { return Text::new() };
        let (lead, rest) = why::statement(self, id, value, bursting);
        let mut text = Text::new().bold(lead).plain(&rest);
        if let Some(lost) = words::lost(self.answer).filter(|_| !bursting) {
            text = text.plain(&self.held_up(lost));
        } else if rate.mid < value * NEARLY_ALL {
            let others = if bursting && self.estimate.workloads.len() > 1 { " and workloads" } else { "" };
            let left = self.rate.full(rate.mid);
            text = text.plain(&format!(" Waiting for the other parts{others} leaves {left} of it."));
        }
        if let Some((next, load)) = words::next(self.answer, &[narrowest, id], bursting) {
            let value = self.rate.full(load.value);
            text = text.plain(&format!(" Next in line: {}, at {value}.", self.part(next)));
        }
        text
    }

    /// Who holds the workload up, where, and what that leaves.
    fn held_up(&self, lost: &Contention) -> String {
        let takers = together::takers(self.scenario, self.estimate, self.answer, lost.at);
        let names: Vec<_> = takers.iter().map(|taker| format!("`{}`", taker.name)).collect();
        let shares: Vec<_> = takers.iter().map(|taker| percent(taker.share)).collect();
        let place = self.part(lost.at);
        let who = match takers.len() {
            0 => format!("Other workloads hold it up at {place} and leave"),
            1 => format!("{}, which takes {} of {place}, holds it up and leaves", list(&names), list(&shares)),
            _ => format!("{}, which take {} of {place}, hold it up and leave", list(&names), list(&shares)),
        };
        let (now, alone) = (self.rate.full(self.answer.sustained.rate().0.mid), self.rate.full(lost.alone));
        format!(" {who} it {now}, {} of the {alone} it would reach alone.", percent(lost.share))
    }

    fn part(&self, id: LimitId) -> &'static str {
        part(id, self.storage())
    }

    pub(super) fn storage(&self) -> StorageType {
        self.scenario.file_system.storage_type()
    }

    pub(super) fn groups(&self) -> impl Iterator<Item = &'a Clients> {
        self.scenario.groups_of(self.workload).map(|(_, group)| group)
    }

    pub(super) fn client_count(&self) -> f64 {
        self.groups().map(|group| group.count().get()).sum()
    }

    /// Whether a limit rests on an assumption.
    pub(super) fn rests_on(&self, id: LimitId, assumption: &str) -> bool {
        words::rests_on(self.answer, id, assumption)
    }
}
