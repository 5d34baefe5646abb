//! `efa_break_even`: from which rate on EFA pays, by number of clients.

use serde::Serialize;

use super::side::Side;
use super::{Bought, check, defaults, warn_of_partial};
use crate::catalog::{CATALOG_DATE, figures};
use crate::estimate::{AssumptionUse, MODEL_VERSION, ModelVersion, has_error};
use crate::finding::{Error, Finding, NOT_MODELLED, whole_number};
use crate::plan::{EfaChoice, Requirement};
use crate::rules::tables;
use crate::shape::DefaultTaken;

/// The answer of [`efa_break_even`].
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct EfaBreakEven {
    /// One entry per number of clients, the fewest first.
    pub rows: Vec<EfaRow>,
    /// The rates of the grid, of all clients together, MB/s.
    pub rates_mb_per_s: Vec<f64>,
    /// The grid: for each number of clients, each rate.
    pub cells: Vec<EfaCell>,
    /// Throughput capacity above which AWS advises EFA, MB/s.
    pub advised_above_mb_per_s: f64,
    /// Warnings.
    pub findings: Vec<Finding>,
    /// The assumptions it rests on.
    pub assumptions: Vec<AssumptionUse>,
    /// Defaults that were taken.
    pub defaults: Vec<DefaultTaken>,
    /// Versions of model and catalog.
    pub model: ModelVersion,
}

/// Where EFA pays for a number of clients.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct EfaRow {
    /// Clients.
    pub clients: i64,
    /// Where EFA begins to pay; `null` if it never does.
    pub break_even: Option<BreakEven>,
    /// Why there, or why never.
    pub reason: String,
    /// Most that any file system carries over ENA, to 0.1 %, MB/s; 0 if not even the first rate of the grid, `null` if more
    /// than its last.
    pub ena_up_to_mb_per_s: Option<f64>,
    /// The same over EFA.
    pub efa_up_to_mb_per_s: Option<f64>,
    /// The cheapest with EFA at the first rate of the grid: the least that EFA takes.
    pub efa_least: Option<Bought>,
}

/// A rate at which EFA begins to pay.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct BreakEven {
    /// At this rate and every higher one that either reaches, EFA is cheaper or the only one; ENA at a rate 0.1 % lower costs
    /// no more than EFA here, unless this is the first rate of the grid.
    pub from_mb_per_s: f64,
    /// A rate 0.1 % below; `null` where EFA pays from the first rate of the grid.
    pub below_mb_per_s: Option<f64>,
    /// The cheapest over ENA at the rate below.
    pub ena_below: Option<Bought>,
    /// The cheapest over EFA at the rate below.
    pub efa_below: Option<Bought>,
    /// The cheapest over ENA from there; `null` if none does it.
    pub ena: Option<Bought>,
    /// The cheapest over EFA from there.
    pub efa: Option<Bought>,
}

/// The costs of a number of clients and a rate.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct EfaCell {
    /// Clients.
    pub clients: i64,
    /// Rate of all of them together, MB/s.
    pub rate_mb_per_s: f64,
    /// The cheapest without EFA, clients over ENA, US dollars a month; `null` if none does it.
    pub ena_usd_per_month: Option<f64>,
    /// The cheapest with EFA, clients over EFA, US dollars a month; `null` if none does it.
    pub efa_usd_per_month: Option<f64>,
    /// Whether something of either is billed that these do not count: then neither is called the cheaper one.
    pub partial: bool,
}

/// The first rate of the grid, MB/s.
pub(super) const FIRST_MB_PER_S: f64 = 100.0;
/// Powers of ten that the grid spans.
const DECADES: i32 = 4;
/// The grid within a power of ten: the preferred numbers R5 of ISO 3, equal steps of a logarithmic scale.
const R5: [f64; 5] = [1.0, 1.6, 2.5, 4.0, 6.3];
/// Clients up to which the grid goes at least.
const CLIENTS: i64 = 64;
/// Two rates this near are as good as one.
pub(super) const NEAR: f64 = 1.001;

/// Says, for each number of clients, from which rate on a file system with EFA is the cheaper one.
///
/// Every cost is that of [`plan::best`](crate::plan::best). What meets a rate meets every lower one, so costs never fall as
/// the rate grows: EFA is cheaper at all rates from `a` to `b` if at `b` it costs less than ENA does at `a`. A cell of the
/// grid of which that does not hold is halved until its ends are 0.1 % apart.
///
/// # Errors
/// [`crate::finding::ErrorKind::Refused`] with every finding if the requirement is not about one workload that reads or
/// writes on one group of clients with EFA, or as for [`plan`](crate::plan::plan()).
pub fn efa_break_even(requirement: &Requirement) -> Result<EfaBreakEven, Error> {
    let mut findings = checked(requirement)?;
    let rates = rates();
    let mut rows = Vec::new();
    let mut cells = Vec::new();
    let mut assumptions = Vec::new();
    let mut partial = None;
    for clients in numbers_of_clients(requirement) {
        let mut pair = Pair {
            ena: Side::new(requirement, clients, EfaChoice::No),
            efa: Side::new(requirement, clients, EfaChoice::Yes),
            rates: &rates,
            assumptions: &mut assumptions,
        };
        for &rate_mb_per_s in &rates {
            let cost = |found: Option<&Bought>| found.map(|it| (it.usd_per_month, it.partial));
            let (ena, efa) = (cost(pair.ena(rate_mb_per_s)?), cost(pair.efa(rate_mb_per_s)?));
            cells.push(EfaCell {
                clients,
                rate_mb_per_s,
                ena_usd_per_month: ena.map(|(usd, _)| usd),
                efa_usd_per_month: efa.map(|(usd, _)| usd),
                partial: [ena, efa].into_iter().flatten().any(|(_, partial)| partial),
            });
        }
        rows.push(pair.row(clients)?);
        let mut looked_at = pair.ena.steps.iter().chain(&pair.efa.steps).filter_map(|step| step.found.as_ref());
        partial = partial.or(looked_at.find(|it| it.partial).cloned());
    }
    warn_of_partial(&partial, &mut findings);
    Ok(EfaBreakEven {
        rows,
        rates_mb_per_s: rates,
        cells,
        advised_above_mb_per_s: figures::EFA_ADVISED_ABOVE_MB_PER_S.value,
        findings,
        assumptions,
        defaults: defaults(requirement, &["clients.count", "clients.interface", "constraints.efa"]),
        model: ModelVersion { version: MODEL_VERSION, catalog: CATALOG_DATE },
    })
}

/// The warnings about a requirement that the question can be asked of.
fn checked(requirement: &Requirement) -> Result<Vec<Finding>, Error> {
    let mut findings = check(requirement);
    let load = requirement.workloads.first();
    if let Some(seconds) = load.and_then(|load| load.target.as_ref()?.seconds) {
        let message = "a time for all of the work is a rate of its own, beside the one that is varied";
        let field = "workloads[0].target.seconds";
        findings.push(Finding::error("FSX-ASK-TARGET", field, &seconds.to_string(), message, "leave it out"));
    }
    if let Some(count) = load.and_then(|load| load.client_count) {
        let message = "all clients take part, of a number that is varied";
        let field = "workloads[0].client_count";
        findings.push(Finding::error("FSX-ASK-CLIENTS", field, &count.0.to_string(), message, "leave it out"));
    }
    if requirement.uncertainty.is_some() {
        let message = "a break-even at a confidence is not modelled yet";
        findings.push(Finding::error(NOT_MODELLED, "uncertainty", "", message, "leave it out"));
    }
    // as many clients as there are, over ENA, where no number is too large; one of them, over EFA
    let own = requirement.clients.as_slice().first().map_or(1, |group| group.count().0);
    for (efa, count) in [(EfaChoice::No, own), (EfaChoice::Yes, 1)] {
        let more = Side::new(requirement, count, efa).of_clients_and_loads;
        findings.extend(more.into_iter().filter(|finding| !findings.contains(finding)).collect::<Vec<_>>());
    }
    if has_error(&findings) { Err(Error::refused(findings)) } else { Ok(findings) }
}

/// 1, 2, 4 and so on up to 64, or up to and with the clients there are.
fn numbers_of_clients(requirement: &Requirement) -> Vec<i64> {
    let own = requirement.clients.as_slice().first().map_or(1, |group| group.count().0);
    let doubled = |clients: &i64| clients.checked_mul(2);
    let mut numbers: Vec<i64> =
        std::iter::successors(Some(1), doubled).take_while(|clients| *clients <= own.max(CLIENTS)).collect();
    if !numbers.contains(&own) {
        numbers.push(own);
        numbers.sort_unstable();
    }
    numbers
}

fn rates() -> Vec<f64> {
    let decade = |i: i32| FIRST_MB_PER_S * libm::pow(10.0, f64::from(i));
    let mut rates: Vec<f64> = (0..DECADES).flat_map(|i| R5.map(|step| (step * decade(i)).round())).collect();
    rates.push(decade(DECADES));
    rates
}

/// Both sides at one number of clients.
struct Pair<'a> {
    ena: Side,
    efa: Side,
    rates: &'a [f64],
    assumptions: &'a mut Vec<AssumptionUse>,
}

impl Pair<'_> {
    fn ena(&mut self, rate: f64) -> Result<Option<&Bought>, Error> {
        Ok(self.ena.at(rate, self.assumptions)?.found.as_ref())
    }

    fn efa(&mut self, rate: f64) -> Result<Option<&Bought>, Error> {
        Ok(self.efa.at(rate, self.assumptions)?.found.as_ref())
    }

    fn row(&mut self, clients: i64) -> Result<EfaRow, Error> {
        let first = self.rates.first().copied().unwrap_or(FIRST_MB_PER_S);
        let ena_up_to = self.ena.up_to(self.rates, self.assumptions)?;
        let efa_up_to = self.efa.up_to(self.rates, self.assumptions)?;
        let end = self.rates.last().copied().unwrap_or(FIRST_MB_PER_S);
        let top = ena_up_to.unwrap_or(end).max(efa_up_to.unwrap_or(end));
        let from = self.begins(first, top)?;
        let break_even = from.map(|from| self.around(from, first)).transpose()?;
        let efa_least = self.efa(first)?.cloned();
        let reason = self.reason(clients, break_even.as_ref(), efa_least.as_ref(), top)?;
        Ok(EfaRow {
            clients,
            break_even,
            reason,
            ena_up_to_mb_per_s: ena_up_to,
            efa_up_to_mb_per_s: efa_up_to,
            efa_least,
        })
    }

    /// Whether EFA is cheaper, or the only one, at every rate from one to another.
    fn pays(&mut self, low: f64, high: f64) -> Result<bool, Error> {
        let Some((efa, partial)) = self.efa(high)?.map(|it| (it.usd_per_month, it.partial)) else { return Ok(false) };
        Ok(self.ena(low)?.is_none_or(|ena| !ena.partial && !partial && efa < ena.usd_per_month))
    }

    /// The rate from which EFA pays, if it does at the highest that either reaches.
    fn begins(&mut self, first: f64, top: f64) -> Result<Option<f64>, Error> {
        if top < first || !self.pays(top, top)? {
            return Ok(None);
        }
        let mut high = top;
        for &low in self.rates.iter().rev().filter(|rate| **rate < top) {
            if let Some(from) = self.begins_within(low, high)? {
                return Ok(Some(from));
            }
            high = low;
        }
        Ok(Some(high))
    }

    /// The rate between two from which EFA pays, if it does at the higher one; `None` if it does at all of them.
    fn begins_within(&mut self, low: f64, high: f64) -> Result<Option<f64>, Error> {
        if self.pays(low, high)? {
            return Ok(None);
        }
        if high <= low * NEAR {
            return Ok(Some(high));
        }
        let mid = (low * high).sqrt();
        match self.begins_within(mid, high)? {
            None => self.begins_within(low, mid),
            found => Ok(found),
        }
    }

    /// Why EFA pays from there, or why never.
    fn reason(
        &mut self,
        clients: i64,
        break_even: Option<&BreakEven>,
        least: Option<&Bought>,
        top: f64,
    ) -> Result<String, Error> {
        let first = self.rates.first().copied().unwrap_or(FIRST_MB_PER_S);
        let rate = |rate: f64| format!("{} MB/s", whole_number(rate));
        if let Some(refused) = self.efa.refused() {
            return Ok(format!("no file system takes {clients} such clients over EFA: {}", refused.message));
        }
        let Some(least) = least else {
            return Ok(format!("no file system with EFA that is allowed carries even {}", rate(first)));
        };
        let floor = format!("the least that EFA takes is {}", described(least));
        let Some(at) = break_even else {
            let ena = self.ena(top)?.map(usd).unwrap_or_default();
            return Ok(match self.efa(top)? {
                Some(efa) => {
                    format!("at {}, the most that is compared, ENA costs {ena} a month and EFA {}", rate(top), usd(efa))
                }
                None => format!("ENA carries {} for {ena} a month, EFA not so much; {floor}", rate(top)),
            });
        };
        let over_ena = self.ena(first)?.map(usd);
        Ok(match (over_ena, &at.ena) {
            (None, _) => format!("nothing that is allowed carries {} over ENA", rate(first)),
            (Some(_), _) if at.below_mb_per_s.is_none() => format!("EFA is cheaper from the first rate on; {floor}"),
            (Some(ena), None) => format!("{floor}; ENA begins at {ena} a month and goes no further"),
            (Some(ena), Some(_)) => format!("{floor}; ENA begins at {ena} a month"),
        })
    }

    fn around(&mut self, from: f64, first: f64) -> Result<BreakEven, Error> {
        let below = (from > first).then_some((from / NEAR).max(first));
        let (ena_below, efa_below) = match below {
            Some(below) => (self.ena(below)?.cloned(), self.efa(below)?.cloned()),
            None => (None, None),
        };
        Ok(BreakEven {
            from_mb_per_s: from,
            below_mb_per_s: below,
            ena_below,
            efa_below,
            ena: self.ena(from)?.cloned(),
            efa: self.efa(from)?.cloned(),
        })
    }
}

/// A file system with its size, whether there is a smaller one of its kind, and its cost.
fn described(bought: &Bought) -> String {
    let raw = &bought.file_system;
    let size = match (raw.storage_capacity_gib, raw.throughput_capacity_mb_per_s) {
        (Some(capacity), _) => format!(" of {} GiB", whole_number(capacity.get())),
        (None, Some(throughput)) => format!(" of {} MB/s", whole_number(throughput.get())),
        (None, None) => String::new(),
    };
    let least = tables::size_rule(raw).and_then(tables::least_size);
    let smallest = least.is_some() && raw.storage_capacity_gib.map(|capacity| capacity.0) == least;
    let smallest = if smallest { ", its smallest size," } else { "" };
    format!("{}{size}{smallest} for {} a month", bought.family, usd(bought))
}

fn usd(bought: &Bought) -> String {
    let least = if bought.partial { "at least " } else { "" };
    format!("{least}${}", whole_number(bought.usd_per_month))
}
