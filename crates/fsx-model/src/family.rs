//! Which family of workloads a prediction belongs to: the scatter of predictions over measurements of its kind.

use crate::catalog::{AssumptionId, Assumptions, FAMILIES, FAMILY_RULES, Family, FamilyRule};
use crate::design::{Design, Residence, Workload};
use crate::model::Evaluation;
use crate::units::{Information, kibibyte, mebibyte};

/// Number of families.
pub const COUNT: usize = FAMILIES.len();

/// How far a prediction belongs to each family; the shares sum to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Membership([f64; COUNT]);

impl Membership {
    /// By what is known of a workload beforehand, nothing of the outcome but its requests in flight.
    ///
    /// A row for few requests in flight holds in full up to half its bound, and gives way to the next row that fits up
    /// to the bound, evenly in the logarithm.
    #[must_use]
    pub fn of(groups: &[Design], now: &Evaluation, assumptions: &Assumptions, bursting: bool) -> Self {
        let count = |of: fn(&Design) -> f64| groups.iter().map(of).sum::<f64>();
        let per_client = (now.request * now.in_flight).get::<mebibyte>() / count(|group| group.clients.count);
        let cached = groups[0].workload.residence == Residence::ServerCache;
        let fits = |rule: &&FamilyRule| {
            let is = |wanted: Option<bool>, is: bool| wanted.is_none_or(|wanted| wanted == is);
            is(rule.cached, cached) && is(rule.bursting, bursting)
        };
        let mut shares = [0.0; COUNT];
        let mut open = 1.0;
        for rule in rules(groups, assumptions).filter(fits) {
            let held = rule.in_flight_below_mib.map_or(1.0, |bound| libm::log2(bound / per_client).clamp(0.0, 1.0));
            if let Some(place) = FAMILIES.iter().position(|family| family.id == rule.family) {
                shares[place] += open * held;
                open *= 1.0 - held;
            }
        }
        Self(shares)
    }

    /// The least and the greatest scatter that a workload can have, whatever it is predicted to reach.
    #[must_use]
    pub fn scatter_bounds(groups: &[Design], assumptions: &Assumptions) -> [f64; 2] {
        let all = rules(groups, assumptions).filter_map(|rule| FAMILIES.iter().find(|family| family.id == rule.family));
        all.fold([f64::INFINITY, 0.0], |[least, most], family| [least.min(family.s), most.max(family.s)])
    }

    /// Residual scatter: standard deviation of the logarithm of predicted over measured.
    #[must_use]
    pub fn scatter(&self) -> f64 {
        self.mean(|family| family.s)
    }

    /// Mean of a figure of each family.
    #[must_use]
    pub fn mean(&self, of: impl Fn(&Family) -> f64) -> f64 {
        self.0.iter().zip(FAMILIES).map(|(share, family)| share * of(family)).sum()
    }

    /// The family it belongs to most.
    #[must_use]
    pub fn main(&self) -> &'static Family {
        let all = FAMILIES.iter().zip(self.0);
        all.reduce(|most, next| if next.1 > most.1 { next } else { most }).map_or(&FAMILIES[0], |(family, _)| family)
    }
}

/// The rules that fit what is known of a workload without the file system.
fn rules<'a>(groups: &'a [Design], assumptions: &Assumptions) -> impl Iterator<Item = &'static FamilyRule> + use<'a> {
    let Design { clients, workload, .. } = &groups[0];
    let streams = groups.iter().map(|group| group.workload.streams).sum::<f64>();
    let kind = kind(&groups[0], assumptions);
    let fits = move |rule: &&FamilyRule| {
        let is = |wanted: Option<bool>, is: bool| wanted.is_none_or(|wanted| wanted == is);
        rule.kind == kind
            && is(rule.application, workload.application)
            && is(rule.writes, workload.writes)
            && is(rule.efa, clients.interface.is_efa())
            && is(rule.buffered, !workload.direct)
            && rule.streams_max.is_none_or(|most| streams <= f64::from(most))
    };
    FAMILY_RULES.iter().filter(fits)
}

fn kind(design: &Design, assumptions: &Assumptions) -> &'static str {
    let workload = &design.workload;
    let small = || Information::new::<kibibyte>(assumptions.get(AssumptionId::SmallIo));
    if workload.stage.is_some() {
        "s3"
    } else if workload.residence == Residence::S3 {
        "first_read"
    } else if !workload.moves_data || is_small_files(workload) {
        "metadata"
    } else if workload.mapped && workload.random {
        "mapped"
    } else if workload.shared && workload.io_size <= small() {
        "small_records"
    } else {
        "data"
    }
}

/// Whether opening and creating files is much of the work: each is a single request of up to 1 MiB.
fn is_small_files(workload: &Workload) -> bool {
    !workload.shared && workload.file_size <= workload.request_size().min(Information::new::<mebibyte>(1.0))
}
