//! What one side of a break-even costs, by rate.

use super::efa::{FIRST_MB_PER_S, NEAR};
use super::{Bought, asking, best, of_clients_and_loads};
use crate::catalog::terms::{DeploymentType, Interface};
use crate::estimate::AssumptionUse;
use crate::finding::{Error, Finding, Severity};
use crate::plan::{Constraints, EfaChoice, Requirement};
use crate::scenario::{ClientGroups, Clients, FileSystem};
use crate::shape::Whole;

/// The cheapest file systems of one side, by rate: a step function of which some steps are known.
pub(super) struct Side {
    requirement: Requirement,
    /// What the rules say of its clients and its workload.
    pub(super) of_clients_and_loads: Vec<Finding>,
    pub(super) steps: Vec<Step>,
}

/// From one rate to another, the same file system is the cheapest, or none does it.
pub(super) struct Step {
    from: f64,
    to: f64,
    pub(super) found: Option<Bought>,
}

impl Side {
    pub(super) fn new(requirement: &Requirement, clients: i64, efa: EfaChoice) -> Self {
        let mut requirement = requirement.clone();
        let group = requirement.clients.as_slice().first().unwrap_or(const { &Clients::DEFAULT });
        let (own, over_efa) = (group.interface(), efa == EfaChoice::Yes);
        // GPUDirect Storage is a way of EFA, and stays
        let interface = match over_efa {
            true if own.is_efa() => own,
            true => Interface::Efa,
            false => Interface::Ena,
        };
        let group = Clients { count: Some(Whole(clients)), interface: Some(interface), ..group.clone() };
        requirement.clients = ClientGroups::One(group);
        let constraints = requirement.constraints.take().unwrap_or(Constraints::DEFAULT);
        requirement.constraints = Some(Constraints { efa: Some(efa), ..constraints });
        let any = FileSystem { efa_enabled: over_efa.then_some(true), ..FileSystem::of(DeploymentType::Persistent2) };
        let of_clients_and_loads = of_clients_and_loads(&asking(&requirement, FIRST_MB_PER_S, None), any);
        Self { requirement, of_clients_and_loads, steps: Vec::new() }
    }

    /// Why no file system takes the clients.
    pub(super) fn refused(&self) -> Option<&Finding> {
        self.of_clients_and_loads.iter().find(|finding| finding.severity == Severity::Error)
    }

    /// The cheapest at a rate.
    pub(super) fn at(&mut self, rate: f64, assumptions: &mut Vec<AssumptionUse>) -> Result<&Step, Error> {
        let known = self.steps.iter().position(|step| (step.from..=step.to).contains(&rate));
        let place = known.unwrap_or(self.steps.len());
        if known.is_none() {
            let found = match self.refused() {
                Some(_) => None,
                None => best(&asking(&self.requirement, rate, None), assumptions)?,
            };
            // what is the cheapest at a rate is so up to what it reaches; a latency may fail before
            let to = match &found {
                Some(found) if found.targets.len() > 1 => rate,
                Some(found) => Bought::of(found).map_or(rate, |it| it.reaches_mb_per_s.max(rate)),
                None => f64::INFINITY,
            };
            self.steps.push(Step { from: rate, to, found: found.as_ref().and_then(Bought::of) });
        }
        self.steps.get(place).ok_or_else(|| Error::refused(Vec::new()))
    }

    /// The most that any file system carries, to 0.1 %: 0 if not the first rate, `None` if more than the last.
    pub(super) fn up_to(&mut self, rates: &[f64], assumptions: &mut Vec<AssumptionUse>) -> Result<Option<f64>, Error> {
        let mut low = 0.0;
        let mut high = None;
        for &rate in rates {
            let step = self.at(rate, assumptions)?;
            if step.found.is_none() {
                high = Some(rate);
                break;
            }
            low = step.to;
        }
        let Some(mut high) = high else { return Ok(None) };
        while low > 0.0 && high > low * NEAR {
            let mid = (low * high).sqrt();
            let step = self.at(mid, assumptions)?;
            if step.found.is_some() {
                low = step.to;
            } else {
                high = mid;
            }
        }
        Ok(Some(low))
    }
}
