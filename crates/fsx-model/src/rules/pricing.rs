//! Prices that a scenario gives itself.

use std::collections::BTreeSet;

use super::{Breach, Report, Rule};
use crate::catalog::{INSTANCES, REGIONS, instance, region};
use crate::cost::{BUILT_IN, Item, ON_DEMAND, OWN};
use crate::finding::{Severity, did_you_mean};
use crate::scenario::{OwnPrice, Pricing, Scenario};

/// Rules of this subject.
pub(super) static RULES: &[Rule] = &[
    Rule {
        code: "FSX-PRICE-BOOK",
        title: "the price book is built in or the scenario's own",
        severity: Severity::Error,
        sources: &["MODEL"],
        after: &[],
        check: book,
    },
    Rule {
        code: "FSX-PRICE-DATE",
        title: "dates of prices are days in ISO form",
        severity: Severity::Error,
        sources: &["MODEL"],
        after: &[],
        check: dates,
    },
    Rule {
        code: "FSX-PRICE-ITEM",
        title: "an own price is for something that is billed",
        severity: Severity::Error,
        sources: &["PRICE", "PRICELIST"],
        after: &[],
        check: items,
    },
    Rule {
        code: "FSX-PRICE-REGION",
        title: "an own price holds in a Region that exists",
        severity: Severity::Error,
        sources: &["PRICELIST"],
        after: &[],
        check: regions,
    },
    Rule {
        code: "FSX-PRICE-TWICE",
        title: "an item has one own price in a Region",
        severity: Severity::Error,
        sources: &["MODEL"],
        after: &["FSX-PRICE-ITEM", "FSX-PRICE-REGION"],
        check: twice,
    },
];

/// The prices given, with the path of each.
fn given(scenario: &Scenario) -> impl Iterator<Item = (String, &OwnPrice)> {
    let prices = scenario.pricing.as_ref().map_or(&[][..], |pricing: &Pricing| pricing.prices.as_slice());
    prices.iter().enumerate().map(|(i, price)| (format!("pricing.prices[{i}]"), price))
}

fn book(scenario: &Scenario, report: &mut Report<'_>) {
    let Some(word) = scenario.pricing.as_ref().and_then(|pricing| pricing.price_book.as_deref()) else { return };
    if ![BUILT_IN, OWN].contains(&word) {
        let near = did_you_mean(word, [BUILT_IN, OWN].into_iter()).unwrap_or(BUILT_IN);
        let message = format!("expected {BUILT_IN} or {OWN}; a file of prices is read by the command line");
        report(Breach::new("pricing.price_book", word, message, near));
    }
}

fn dates(scenario: &Scenario, report: &mut Report<'_>) {
    let mut judge = |date: Option<&str>, field: &dyn Fn() -> String| {
        if let Some(date) = date.filter(|date| !is_day(date)) {
            report(Breach::new(field(), date, "expected a day as year-month-day", "a day such as 2026-11-22"));
        }
    };
    let day = scenario.pricing.as_ref().and_then(|pricing| pricing.date.as_deref());
    judge(day, &|| "pricing.date".to_owned());
    for (path, price) in given(scenario) {
        judge(price.as_of.as_deref(), &|| format!("{path}.as_of"));
    }
}

/// Whether the text is a day in ISO form.
pub(crate) fn is_day(text: &str) -> bool {
    let number = |part: &str, digits: usize| {
        let plain = part.len() == digits && part.bytes().all(|byte| byte.is_ascii_digit());
        plain.then(|| part.parse().ok()).flatten().unwrap_or(0_u32)
    };
    let parts: Vec<&str> = text.split('-').collect();
    let &[year, month, day] = parts.as_slice() else { return false };
    let (year, month, day) = (number(year, 4), number(month, 2), number(day, 2));
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let days = match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return false,
    };
    year > 0 && (1..=days).contains(&day)
}

fn items(scenario: &Scenario, report: &mut Report<'_>) {
    for (path, OwnPrice { item, .. }) in given(scenario) {
        let field = format!("{path}.item");
        if let Some(name) = item.strip_prefix(ON_DEMAND) {
            if instance(name).is_none() {
                let near = did_you_mean(name, INSTANCES.iter().map(|row| row.instance_type));
                let fix = near.map_or_else(|| "remove it".to_owned(), |near| format!("{ON_DEMAND}{near}"));
                report(Breach::new(field, item, "no such instance type is known", fix));
            }
        } else if Item::of(item).is_none() {
            let near = did_you_mean(item, Item::ALL.iter().map(|item| item.as_str()));
            let message = format!("no such item is billed; the table prices names them, and {ON_DEMAND}… an instance");
            report(Breach::new(field, item, message, near.unwrap_or("remove it")));
        }
    }
}

fn regions(scenario: &Scenario, report: &mut Report<'_>) {
    for (path, price) in given(scenario) {
        let Some(code) = price.region.as_deref().filter(|code| region(code).is_none()) else { continue };
        let near = did_you_mean(code, REGIONS.iter().map(|row| row.region)).unwrap_or("remove it");
        report(Breach::new(format!("{path}.region"), code, "no such Region or Local Zone is known", near));
    }
}

fn twice(scenario: &Scenario, report: &mut Report<'_>) {
    let mut seen = BTreeSet::new();
    for (path, price) in given(scenario) {
        if !seen.insert((&price.item, &price.region)) {
            let message = "this item has a price for the same Region already";
            report(Breach::surplus(format!("{path}.item"), &price.item, message));
        }
    }
}
