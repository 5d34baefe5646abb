//! Warnings about a cost.

use super::answer::Cost;
use super::prices::Prices;
use crate::catalog::CATALOG_DATE;
use crate::finding::{Finding, Severity};
use crate::scenario::Scenario;

/// Code of the finding that something is billed but not counted.
const PARTIAL: &str = "FSX-COST-PARTIAL";
/// Code of the finding that a price is old.
const OLD: &str = "FSX-PRICE-OLD";

/// Warnings: one for all that is missing, one for each price that is more than a year older than the day it is judged by.
pub(super) fn findings(scenario: &Scenario, cost: &Cost, prices: &Prices) -> Vec<Finding> {
    let mut findings = Vec::new();
    if cost.partial {
        let items: Vec<&str> = cost.missing.iter().map(|missing| missing.item.as_str()).collect();
        let message =
            format!("the cost in {} leaves out, or does not count in full: {}", prices.region(), items.join(", "));
        findings.push(warning(
            PARTIAL,
            "pricing.prices",
            String::new(),
            message,
            "give the missing prices and quantities",
        ));
    }
    let date = scenario.pricing.as_ref().and_then(|pricing| pricing.date.as_deref()).unwrap_or(CATALOG_DATE);
    for line in &cost.lines {
        let Some(as_of) = line.as_of.as_deref().filter(|as_of| is_old(as_of, date)) else { continue };
        let message = format!("the price of {} is of {as_of}, more than a year before {date}", line.item);
        findings.push(warning(OLD, "pricing.prices", line.item.clone(), message, "give the price of today"));
    }
    findings
}

fn warning(code: &'static str, field: &str, value: String, message: String, fix: &str) -> Finding {
    Finding {
        code,
        severity: Severity::Warning,
        field: field.to_owned(),
        value,
        message,
        fix: fix.to_owned(),
        sources: vec!["PRICE"],
    }
}

/// Whether the same day of the next year is before `date`; a year or a month counts from its end.
fn is_old(as_of: &str, date: &str) -> bool {
    let mut parts = as_of.splitn(3, '-');
    let Some(year) = parts.next().and_then(|year| year.parse::<u32>().ok()) else { return false };
    let month = parts.next().unwrap_or("12");
    let day = parts.next().unwrap_or("31");
    format!("{:04}-{month}-{day}", year + 1).as_str() < date
}
