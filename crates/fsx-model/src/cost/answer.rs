//! The cost as an answer: lines with their prices' origins, and what is missing.

use serde::Serialize;

use super::bill::{Amount, Bill};
use super::item::{INSTANCE_HOUR, Item, ON_DEMAND};
use super::prices::{ClientPrice, PriceRow, Prices};
use super::quantities::Quantities;
use super::{filling, findings};
use crate::catalog::CATALOG_DATE;
use crate::catalog::terms::Status;
use crate::design::{self, FileSystem};
use crate::estimate::{AssumptionUse, MODEL_VERSION, ModelVersion, has_error};
use crate::finding::{Error, Finding};
use crate::job;
use crate::money::{Quantity, Usd};
use crate::rules;
use crate::scenario::{Clients, Pricing, Scenario, defaults_taken};
use crate::shape::{DefaultTaken, Shaped as _};

/// What a design costs at list prices, before tax and discounts.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Cost {
    /// Sum of the lines, US dollars a month.
    pub usd_per_month: f64,
    /// The same for an hour in which the file system exists.
    pub usd_per_hour: f64,
    /// Whether something is billed that no line counts.
    pub partial: bool,
    /// What is billed.
    pub lines: Vec<CostLine>,
    /// What is billed but not counted, or not in full.
    pub missing: Vec<Missing>,
}

/// One line of a cost.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CostLine {
    /// What is billed, by the word of the table `prices`, or `ec2.on_demand.` and an instance type.
    pub item: String,
    /// How much of it in a month, in `unit`; of what is metered by the month, the share in which it exists.
    pub quantity: f64,
    /// What the price is for.
    pub unit: &'static str,
    /// Price of one unit, US dollars.
    pub rate_usd: f64,
    /// Quantity × price, US dollars.
    pub usd_per_month: f64,
    /// Ids of the sources of the price, or what the scenario says.
    pub source: String,
    /// When the price was read; `null` if the scenario does not say.
    pub as_of: Option<String>,
    /// How far the price can be trusted.
    pub status: Status,
}

/// Something that a cost does not count.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Missing {
    /// What is billed.
    pub item: String,
    /// Why it is not counted.
    pub reason: String,
}

/// The answer of [`price`].
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Priced {
    /// The cost.
    #[serde(flatten)]
    pub cost: Cost,
    /// Warnings.
    pub findings: Vec<Finding>,
    /// The assumptions the cost rests on.
    pub assumptions: Vec<AssumptionUse>,
    /// Defaults that were taken.
    pub defaults: Vec<DefaultTaken>,
    /// Versions of model and catalog.
    pub model: ModelVersion,
}

/// A cost with what an answer says about it.
pub(crate) struct Worked {
    /// The cost.
    pub(crate) cost: Cost,
    /// Warnings about it.
    pub(crate) findings: Vec<Finding>,
    /// The assumptions it rests on.
    pub(crate) assumptions: Vec<AssumptionUse>,
}

/// Prices a scenario.
///
/// # Errors
/// [`crate::finding::ErrorKind::Refused`] with every finding if the design is illegal.
pub fn price(scenario: &Scenario) -> Result<Priced, Error> {
    let mut findings = rules::check(scenario);
    if !has_error(&findings) {
        findings.extend(job::check(scenario));
    }
    if has_error(&findings) {
        return Err(Error::refused(findings));
    }
    let worked = work_out(&job::expanded(scenario)).ok_or_else(|| Error::refused(Vec::new()))?;
    findings.extend(worked.findings);
    let mut defaults = defaults_taken(scenario);
    if scenario.pricing.is_none() {
        Pricing::DEFAULT.defaults("pricing", &mut defaults);
    }
    Ok(Priced {
        cost: worked.cost,
        findings,
        assumptions: worked.assumptions,
        defaults,
        model: ModelVersion { version: MODEL_VERSION, catalog: CATALOG_DATE },
    })
}

/// Prices a legal scenario; `None` for one that is not legal.
pub(crate) fn work_out(scenario: &Scenario) -> Option<Worked> {
    let file_system = FileSystem::new(scenario, &design::assumptions(scenario))?;
    // of their own: what building the file system read has no part in its price
    let assumptions = design::assumptions(scenario);
    let filling = filling::filling(scenario, &file_system, &assumptions);
    let quantities = Quantities::new(scenario, &file_system, filling, &assumptions);
    let prices = Prices::of(scenario);
    let cost = Cost::new(&quantities, &prices);
    let findings = findings::findings(scenario, &cost, &prices);
    let assumptions = AssumptionUse::all(&assumptions);
    Some(Worked { cost, findings, assumptions })
}

impl Cost {
    /// The cost of these quantities at these prices.
    #[must_use]
    pub fn new(quantities: &Quantities, prices: &Prices) -> Self {
        let bill = Bill::new(quantities, prices);
        let mut lines: Vec<CostLine> =
            bill.lines().filter_map(|line| of_item(line.item, line.quantity, prices)).collect();
        let mut missing: Vec<Missing> =
            quantities.amounts().into_iter().filter_map(|(item, amount)| lacks(item, amount, prices)).collect();
        let hours = Quantity::new(quantities.client_hours);
        for (i, group) in prices.clients().iter().enumerate() {
            match (of_clients(group, hours), &group.instance_type) {
                (Some(line), _) => lines.push(line),
                (None, Some(instance_type)) => {
                    missing.push(Missing::new(format!("{ON_DEMAND}{instance_type}"), no_price(prices)));
                }
                (None, None) => {
                    let reason = format!("the instance type of client group {} is not given", i + 1);
                    missing.push(Missing::new(ON_DEMAND.trim_end_matches('.'), reason));
                }
            }
        }
        let usd_per_month = bill.known().to_f64();
        let usd_per_hour = usd_per_month / quantities.hours;
        Self { usd_per_month, usd_per_hour, partial: bill.is_partial(), lines, missing }
    }

    /// What the file system costs an hour without its clients, US dollars; `None` where nothing of it is known.
    #[must_use]
    pub fn file_system_usd_per_hour(&self) -> Option<f64> {
        let clients = self.lines.iter().filter(|line| line.item.starts_with(ON_DEMAND));
        let clients: f64 = clients.map(|line| line.usd_per_month).sum();
        let known = self.usd_per_month - clients;
        (known > 0.0).then(|| known * self.usd_per_hour / self.usd_per_month)
    }
}

/// What all clients of a scenario cost an hour, US dollars, whether they are counted or not; `None` where the price of
/// one is not known.
pub(crate) fn clients_usd_per_hour(scenario: &Scenario) -> Option<f64> {
    let prices = Prices::of(scenario);
    let groups = scenario.clients.as_slice();
    if groups.is_empty() {
        return None;
    }
    let each = |group: &Clients| {
        let hour = prices.instance(group.instance_type.as_deref()?)?;
        Some(group.count().get() * hour.rate.to_f64())
    };
    groups.iter().map(each).sum()
}

impl CostLine {
    fn new(item: String, unit: &'static str, quantity: Quantity, usd: Usd, row: &PriceRow) -> Self {
        Self {
            item,
            quantity: quantity.to_f64(),
            unit,
            rate_usd: row.rate.to_f64(),
            usd_per_month: usd.to_f64(),
            source: row.source.clone().into_owned(),
            as_of: row.as_of.clone().map(std::borrow::Cow::into_owned),
            status: row.status,
        }
    }
}

fn of_item(item: Item, quantity: Quantity, prices: &Prices) -> Option<CostLine> {
    let row = prices.get(item)?;
    Some(CostLine::new(item.to_string(), item.unit(), quantity, quantity * row.rate, row))
}

fn of_clients(group: &ClientPrice, hours: Quantity) -> Option<CostLine> {
    let (instance_type, row, usd) = (group.instance_type.as_ref()?, group.row.as_ref()?, group.usd(hours)?);
    let item = format!("{ON_DEMAND}{instance_type}");
    Some(CostLine::new(item, INSTANCE_HOUR, hours.times(group.count), usd, row))
}

impl Missing {
    fn new(item: impl Into<String>, reason: impl Into<String>) -> Self {
        Self { item: item.into(), reason: reason.into() }
    }
}

fn no_price(prices: &Prices) -> String {
    format!("no price for {} is known", prices.region())
}

/// What is not known of an item that is billed.
fn lacks(item: Item, amount: Amount, prices: &Prices) -> Option<Missing> {
    let quantity = match amount {
        Amount::Nothing => return None,
        Amount::Known(_) => None,
        Amount::AtLeast(_, reason) | Amount::Unknown(reason) => Some(reason.to_owned()),
    };
    let price = prices.get(item).is_none().then(|| match item {
        Item::TieringMetadataIops => "whether Metadata IOPS of Intelligent-Tiering are billed is not known".to_owned(),
        _ => no_price(prices),
    });
    let reasons: Vec<String> = quantity.into_iter().chain(price).collect();
    (!reasons.is_empty()).then(|| Missing::new(item.as_str(), reasons.join(", and ")))
}
