//! `burst_or_baseline`: whether a cheaper file system carries a rate on its burst credits, and how long.

use serde::Serialize;

use super::{Bought, asking, best, check, defaults, of_clients_and_loads, warn_of_partial};
use crate::catalog::CATALOG_DATE;
use crate::catalog::terms::words;
use crate::design::{self, Design};
use crate::estimate::{self, AssumptionUse, MODEL_VERSION, ModelVersion, Range, has_error};
use crate::finding::{Error, Finding, whole_number};
use crate::model::{Credits, burst, evaluate};
use crate::plan::{Proposal, Requirement};
use crate::scenario::{Scenario, TargetRegime};
use crate::shape::DefaultTaken;

/// The answer of [`burst_or_baseline`].
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct BurstOrBaseline {
    /// The rate in question, MB/s.
    pub throughput_mb_per_s: f64,
    /// The cheapest file system that holds the rate with its credits spent; `null` if none does.
    pub baseline: Option<Bought>,
    /// The cheapest that reaches it while credits last; `null` if none does.
    pub burst: Option<Bought>,
    /// What the second costs less than the first, US dollars a month; `null` if the cost of either is known in part only.
    pub saved_usd_per_month: Option<f64>,
    /// What its credits do; `null` where none are drawn.
    pub credits: Option<BurstCredits>,
    /// The work to be done at the rate; `null` where the requirement gives no size of files.
    pub work: Option<Work>,
    /// Which of the two to buy, at mid values; `null` where that depends on what is not given, or none does it.
    pub verdict: Option<Verdict>,
    /// Whether the verdict holds from the low to the high end of `lasts_s`.
    pub sure: bool,
    /// Why.
    pub reason: String,
    /// Warnings.
    pub findings: Vec<Finding>,
    /// The assumptions it rests on.
    pub assumptions: Vec<AssumptionUse>,
    /// Defaults that were taken.
    pub defaults: Vec<DefaultTaken>,
    /// Versions of model and catalog.
    pub model: ModelVersion,
}

/// What the credits of a file system do at a rate.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct BurstCredits {
    /// How long they carry the rate from full reservoirs, seconds.
    pub lasts_s: Range,
    /// What the workload reaches when they are spent, MB/s.
    pub sustained_mb_per_s: Range,
    /// How long it must then rest until the reservoirs are as full as before, seconds.
    pub rest_s: Range,
    /// Largest share of a day, or of any longer time, that can be at the rate, with rest between; mid value.
    pub share_of_time: f64,
    /// How long credits carry other rates, from what it holds sustained to the most it reaches.
    pub curve: Vec<CreditPoint>,
}

/// How long credits carry a rate.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CreditPoint {
    /// The rate, MB/s.
    pub throughput_mb_per_s: f64,
    /// How long, seconds; `null` if for ever.
    pub lasts_s: Option<Range>,
}

/// Work to be done at a rate.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Work {
    /// All bytes of all passes, MB.
    pub data_mb: f64,
    /// How long they take at the rate, seconds.
    pub seconds: f64,
}

words! {
    /// Which file system to buy for a rate.
    Verdict {
        /// The one that reaches the rate on its credits.
        Burst = "burst",
        /// The one that holds it without.
        Baseline = "baseline",
    }
}

/// Points of the curve.
const POINTS: u32 = 16;

/// Compares the cheapest file system that holds a rate with the cheapest that reaches it on its burst credits.
///
/// Both are those of [`plan::best`](crate::plan::best), in the regimes `sustained` and `burst`; what credits do is what
/// [`estimate()`](crate::estimate::estimate()) says of a workload that offers just the rate.
///
/// # Errors
/// [`crate::finding::ErrorKind::Refused`] with every finding if the requirement is not about one workload that reads or
/// writes on one group of clients, with a target rate in MB/s, or as for [`plan`](crate::plan::plan()).
///
/// ```
/// let requirement = fsx_model::scenario::from_json(
///     r#"{ "capacity": { "data_gib": 2000 }, "constraints": { "storage_types": ["SSD"], "efa": "no" },
///          "workloads": [ { "operation": "write", "processes_per_client": 32, "target": { "throughput_mb_per_s": 1200 } } ] }"#,
/// )?;
/// let answer = fsx_model::ask::burst_or_baseline(&requirement)?;
/// assert!(answer.saved_usd_per_month > Some(0.0));
/// # Ok::<(), fsx_model::finding::Error>(())
/// ```
pub fn burst_or_baseline(requirement: &Requirement) -> Result<BurstOrBaseline, Error> {
    let rate = checked(requirement)?;
    let mut assumptions = Vec::new();
    let mut bought = |regime| {
        let asked = asking(requirement, rate, Some(regime));
        Ok(best(&asked, &mut assumptions)?.map(|found| (asked, found)))
    };
    let (steady, bursting) = (bought(TargetRegime::Sustained)?, bought(TargetRegime::Burst)?);
    let of = |found: &Option<(Requirement, Proposal)>| found.as_ref().and_then(|(_, found)| Bought::of(found));
    let (baseline, burst) = (of(&steady), of(&bursting));
    let both = baseline.as_ref().zip(burst.as_ref());
    let priced = both.filter(|(baseline, burst)| !baseline.partial && !burst.partial);
    let saved = priced.map(|(baseline, burst)| baseline.usd_per_month - burst.usd_per_month);
    let credits = bursting.as_ref().and_then(|(asked, found)| credits(asked, found, rate));
    let work = bursting.as_ref().and_then(|(asked, found)| work(&asked.on(found.file_system.clone()), rate));
    let mut findings = bursting
        .as_ref()
        .map_or_else(Vec::new, |(asked, found)| of_clients_and_loads(asked, found.file_system.clone()));
    warn_of_partial(baseline.iter().chain(&burst), &mut findings);
    let Judged { verdict, sure, reason } = judge(baseline.is_some(), burst.is_some(), saved, credits.as_ref(), work);
    Ok(BurstOrBaseline {
        throughput_mb_per_s: rate,
        baseline,
        burst,
        saved_usd_per_month: saved,
        credits,
        work,
        verdict,
        sure,
        reason,
        findings,
        assumptions,
        defaults: defaults(requirement, &["workloads[0].target.regime"]),
        model: ModelVersion { version: MODEL_VERSION, catalog: CATALOG_DATE },
    })
}

/// The target rate of a requirement that the question can be asked of.
fn checked(requirement: &Requirement) -> Result<f64, Error> {
    let mut findings = check(requirement);
    let target = requirement.workloads.first().and_then(|load| load.target.as_ref());
    let rate = target.and_then(|target| target.throughput_mb_per_s);
    if rate.is_none() && !requirement.workloads.is_empty() {
        let message = "the question is about a rate";
        let field = "workloads[0].target.throughput_mb_per_s";
        findings.push(Finding::error("FSX-ASK-TARGET", field, "", message, "add throughput_mb_per_s"));
    }
    match rate {
        Some(rate) if !has_error(&findings) => Ok(rate),
        _ => Err(Error::refused(findings)),
    }
}

fn credits(asked: &Requirement, found: &Proposal, rate: f64) -> Option<BurstCredits> {
    let load = found.estimate.workloads.first()?;
    let lasts_s = load.burst.as_ref()?.lasts_s?;
    let sustained_mb_per_s = load.sustained.throughput_mb_per_s?;
    let scenario = asked.on(found.file_system.clone());
    let assumptions = design::assumptions(&scenario);
    let designs = Design::all(&scenario, &assumptions)?;
    let design = designs.first()?;
    let now = evaluate(design, &assumptions, Credits::FULL);
    let share_of_time = burst::share_of_time(design, &assumptions, &now);
    let rest = (1.0 - share_of_time) / share_of_time;
    let most = Bought::of(found)?.reaches_mb_per_s.max(rate);
    let step = |i: u32| libm::pow(most / sustained_mb_per_s.mid, f64::from(i) / f64::from(POINTS - 1));
    let point = |i| {
        let throughput_mb_per_s = sustained_mb_per_s.mid * step(i);
        let at = asking(asked, throughput_mb_per_s, None).on(found.file_system.clone());
        let lasts_s = estimate::numbers(&at)?.workloads.first()?.burst.as_ref().and_then(|burst| burst.lasts_s);
        Some(CreditPoint { throughput_mb_per_s, lasts_s })
    };
    Some(BurstCredits {
        lasts_s,
        sustained_mb_per_s,
        rest_s: lasts_s.map(|lasts| lasts * rest),
        share_of_time,
        curve: (0..POINTS).filter_map(point).collect(),
    })
}

/// The work of a scenario's only workload, if the size of its files is given.
fn work(scenario: &Scenario, rate: f64) -> Option<Work> {
    scenario.workloads.first()?.file_size_mib?;
    let designs = Design::all(scenario, &design::assumptions(scenario))?;
    let data_mb: f64 = designs.iter().map(estimate::work).sum();
    Some(Work { data_mb, seconds: data_mb / rate })
}

struct Judged {
    verdict: Option<Verdict>,
    sure: bool,
    reason: String,
}

fn judge(
    steady: bool,
    bursting: bool,
    saved: Option<f64>,
    credits: Option<&BurstCredits>,
    work: Option<Work>,
) -> Judged {
    let judged = |verdict, sure, reason: &str| Judged { verdict, sure, reason: reason.to_owned() };
    if !bursting {
        return judged(None, false, "no file system that is allowed reaches the rate, not even on credits");
    }
    if steady && saved.is_none() {
        return judged(
            None,
            false,
            "the price of one of the two is not known in full, so that neither is the cheaper one",
        );
    }
    if saved.is_some_and(|saved| saved <= 0.0) {
        let reason = "nothing that reaches the rate on credits is cheaper than what holds it without";
        return judged(Some(Verdict::Baseline), true, reason);
    }
    let Some(Range { low, mid, high }) = credits.map(|credits| credits.lasts_s) else {
        return judged(Some(Verdict::Burst), true, "the cheaper one holds the rate for as long as it is asked for");
    };
    let s = |seconds: f64| format!("{} s", whole_number(seconds));
    let carry = format!("credits carry the rate for {} ({} to {})", s(mid), s(low), s(high));
    let steady_too = |reason: String| {
        if steady { reason } else { format!("{reason}, and no file system that is allowed holds it without") }
    };
    let Some(Work { seconds, .. }) = work else {
        let reason = format!("{carry}; how long it is needed follows from file_size_mib, which is not given");
        return Judged { verdict: None, sure: false, reason: steady_too(reason) };
    };
    let verdict = match seconds <= mid {
        true => Some(Verdict::Burst),
        false => steady.then_some(Verdict::Baseline),
    };
    let reason = steady_too(format!("the work takes {} at the rate, {carry}", s(seconds)));
    Judged { verdict, sure: verdict.is_some() && (seconds <= low || seconds > high), reason }
}
