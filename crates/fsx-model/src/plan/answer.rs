//! The answer of a plan.

use serde::Serialize;

use crate::cost::Cost;
use crate::estimate::{AssumptionUse, Estimate, ModelVersion};
use crate::finding::Finding;
use crate::model::LimitId;
use crate::scenario::FileSystem;
use crate::shape::{DefaultTaken, Whole};
use crate::updates::{NewFileSystem, Update};

/// What to buy, why, what else there is, and why not that.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Plan {
    /// The file system to buy; `null` if none that is allowed meets the targets. Its cost is partial only where the price
    /// of none that does is known in full.
    pub best: Option<Proposal>,
    /// The best of other kinds, the next best first.
    pub alternatives: Vec<Proposal>,
    /// What more, or less, than the targets costs at least; the cheapest first.
    pub frontier: Vec<FrontierPoint>,
    /// Every other kind, and why it is neither the best nor an alternative.
    pub rejections: Vec<Rejection>,
    /// Single changes to the best, and what comes of them.
    pub what_ifs: Vec<PlanWhatIf>,
    /// What one more dollar a month buys, the most first.
    pub shadow_prices: Vec<ShadowPrice>,
    /// How sure it is, where `uncertainty` was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub uncertainty: Option<PlanUncertainty>,
    /// For `least_total`: what more and less storage comes to, and where that matters little.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub total: Option<PlanTotal>,
    /// What the file system one has can become, where `current_file_system` was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from_here: Option<FromHere>,
    /// The updates that make of `current_file_system` the best that can be made of it, in order; empty if it is that
    /// already, or if none does what is asked.
    pub updates: Vec<Update>,
    /// Candidates evaluated, and ranges of them that were ruled out at once.
    pub evaluations: u64,
    /// Candidates in the grid.
    pub space_size: u64,
    /// Data the file system has to hold, growth included, GiB.
    pub data_gib: f64,
    /// Warnings.
    pub findings: Vec<Finding>,
    /// The assumptions the search rests on.
    pub assumptions: Vec<AssumptionUse>,
    /// Defaults that were taken.
    pub defaults: Vec<DefaultTaken>,
    /// Versions of model and catalog.
    pub model: ModelVersion,
}

/// A file system that meets the targets.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Proposal {
    /// Its kind: deployment type, storage class, throughput tier, EFA.
    pub family: String,
    /// The file system, in the words of a scenario.
    pub file_system: FileSystem,
    /// How far it meets each target.
    pub targets: Vec<TargetReached>,
    /// What its workloads reach, each offering what is asked of it.
    pub estimate: Estimate,
    /// What it costs.
    pub cost: Cost,
    /// Share of the draws in which it meets all targets, where `uncertainty` was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub met_share: Option<f64>,
    /// Months until the data fill all that it holds; absent without growth.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub full_after_months: Option<f64>,
    /// For `least_total`: what the clients cost that wait for it or do lost work again, US dollars a month; with
    /// `compute_hours`, what a month of work costs more than one without waiting, file system and clients.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub idle_clients_usd_per_month: Option<f64>,
}

/// Storage against clients that wait.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PlanTotal {
    /// With the best, the share of the time that is work: accelerators that compute, and no work that a failure undoes.
    pub useful_share: f64,
    /// What the job comes to with the best, where `compute_hours` was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub job: Option<JobTotal>,
    /// The least that storage costs for more and more useful time, the cheapest first, the best among them.
    pub curve: Vec<TotalPoint>,
    /// Where on it the total is nearly the least.
    pub flat: Flat,
}

/// A job from its beginning to its end.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct JobTotal {
    /// Time it takes: `compute_hours` over the share that is work.
    pub hours: f64,
    /// The file system for so long, US dollars.
    pub file_system_usd: f64,
    /// All clients for so long, US dollars.
    pub clients_usd: f64,
    /// Both.
    pub usd: f64,
}

/// A point of the curve.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TotalPoint {
    /// The file system's cost.
    pub usd_per_month: f64,
    /// What is lost, as `idle_clients_usd_per_month`.
    pub lost_usd_per_month: f64,
    /// Both, US dollars a month; of a job, all that it comes to, US dollars.
    pub total_usd: f64,
    /// Share of the time that is work, of the clients that lose the most.
    pub useful_share: f64,
    /// Its kind.
    pub family: String,
    /// The file system.
    pub file_system: FileSystem,
}

/// Where the total is nearly the least.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Flat {
    /// How much above the least still counts, as a share of it.
    pub within: f64,
    /// The least that the file system costs on a point there, US dollars a month.
    pub least_usd_per_month: f64,
    /// The most.
    pub most_usd_per_month: f64,
    /// The share of the time that is work with the cheapest of them.
    pub least_useful_share: f64,
    /// With the dearest.
    pub most_useful_share: f64,
}

/// The file system one has, what can be made of it, and what would take its place.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FromHere {
    /// The file system as it is.
    pub current: CurrentFileSystem,
    /// The best that updates make of it, if that is better, or if it does not do as it is what is asked; `null` otherwise.
    pub reachable: Option<Proposal>,
    /// The plan's best as a new file system, where the rules keep the old one from becoming it and it is cheaper than what
    /// can be made of that.
    pub new_file_system: Option<NewFileSystem>,
    /// The assumptions that this rests on.
    pub assumptions: Vec<AssumptionUse>,
}

/// The file system one has.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CurrentFileSystem {
    /// Its kind.
    pub family: String,
    /// The file system.
    pub file_system: FileSystem,
    /// How far it meets each target.
    pub targets: Vec<TargetReached>,
    /// Share of the draws in which it meets all, where `uncertainty` was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub met_share: Option<f64>,
    /// What it costs.
    pub cost: Cost,
    /// Why it does not do what is asked; `null` if it does.
    pub why_not: Option<String>,
}

/// How sure a plan is, by draws of the assumptions and of how far predictions are off.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PlanUncertainty {
    /// Share of the draws in which all targets have to be met.
    pub confidence: f64,
    /// Draws.
    pub samples: Whole,
    /// Seed of the draws.
    pub seed: Whole,
    /// What would be bought if every assumption had its mid value and every prediction were exact; `null` if nothing.
    pub at_mid: Option<PlanAtMid>,
    /// What the doubt about each assumption costs, the most first: how much less the best would cost a month if the
    /// assumption were known to have its mid value; `predictions`: if every prediction were exact.
    pub worth_measuring: Vec<WorthMeasuring>,
}

/// What would be bought without a doubt.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PlanAtMid {
    /// Its kind.
    pub family: String,
    /// The file system.
    pub file_system: FileSystem,
    /// What it costs.
    pub usd_per_month: f64,
    /// Share of the draws in which it meets all targets.
    pub met_share: f64,
}

/// What the doubt about an assumption costs.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct WorthMeasuring {
    /// The assumption, `predictions`, or the path of an input.
    pub id: String,
    /// What it stands for.
    pub meaning: &'static str,
    /// US dollars a month.
    pub usd_per_month: f64,
}

/// A target and what is reached of it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TargetReached {
    /// Name of the workload.
    pub workload: String,
    /// Field of the target.
    pub figure: &'static str,
    /// What is asked for.
    pub target: f64,
    /// What it could reach beside the others, mid value.
    pub reached: f64,
    /// Unit of both.
    pub unit: &'static str,
    /// How many times better than asked for it is: reached over asked for of rates, the inverse of times.
    pub margin: f64,
    /// The part that would hold it back next.
    pub limit: LimitId,
}

/// The least that a value costs.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FrontierPoint {
    /// Cost.
    pub usd_per_month: f64,
    /// What the target's figure becomes; with several targets, how many times all of them.
    pub value: f64,
    /// Unit of the value.
    pub unit: &'static str,
    /// Its kind.
    pub family: String,
    /// The file system.
    pub file_system: FileSystem,
}

/// A kind of file system that is neither the best nor an alternative.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Rejection {
    /// The kind.
    pub family: String,
    /// Why.
    pub reason: String,
    /// The rule, limit or fields that decide: a code, a limit's id, or paths of the requirement.
    pub limit: String,
    /// The smallest change that would let it in.
    pub change: String,
    /// What its best file system comes to, where there is one, with idle clients for `least_total`; of a kind that
    /// constraints leave out only if that is less than the best.
    pub usd_per_month: Option<f64>,
}

/// A change to the best and what comes of it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PlanWhatIf {
    /// The change in words.
    pub change: String,
    /// Field that changes.
    pub field: String,
    /// What would stand there.
    pub fix: String,
    /// How many times all targets it would reach; `null` without targets.
    pub margin: Option<f64>,
    /// The estimate with the change, without findings, formulas and defaults.
    pub estimate: Estimate,
    /// What it costs then.
    pub cost: Cost,
}

/// What more money buys.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ShadowPrice {
    /// What is bought, in words.
    pub change: String,
    /// What it costs more a month, US dollars.
    pub usd_per_month: f64,
    /// What the target's figure gains; with several targets, the tightest one.
    pub gain: f64,
    /// Gain for a dollar a month.
    pub gain_per_usd: f64,
    /// Unit of the gain.
    pub unit: &'static str,
    /// Name of the workload that gains.
    pub workload: String,
}
