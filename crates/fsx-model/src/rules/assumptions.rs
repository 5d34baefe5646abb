//! Overrides of assumptions.

use super::{Breach, Report, Rule};
use crate::catalog::{self, ASSUMPTIONS, Assumption, Law};
use crate::finding::{Severity, did_you_mean};
use crate::scenario::{AssumptionRange, AssumptionValue, Scenario};

/// Rules of this subject.
pub(super) static RULES: &[Rule] = &[
    Rule {
        code: "FSX-ASSUMPTION",
        title: "an assumption that is overridden is one of the catalog's",
        severity: Severity::Error,
        sources: &["MODEL"],
        after: &[],
        check: known,
    },
    Rule {
        code: "FSX-ASSUMPTION-KIND",
        title: "a switch is given true or false, any other assumption a number or a range",
        severity: Severity::Error,
        sources: &["MODEL"],
        after: &[],
        check: kind,
    },
    Rule {
        code: "FSX-ASSUMPTION-VALUE",
        title: "an assumption is given a value of a size that can be meant",
        severity: Severity::Error,
        sources: &["MODEL"],
        after: &[],
        check: value,
    },
    Rule {
        code: "FSX-ASSUMPTION-RANGE",
        title: "an assumption is given a value that users would find in practice",
        severity: Severity::Warning,
        sources: &["MODEL"],
        after: &[],
        check: range,
    },
];

/// How far beyond its range an assumption can be set.
const LEEWAY: f64 = 1000.0;
/// The same upwards for shares and exponents, which mean little far above their range.
const SHARE_LEEWAY: f64 = 2.0;

/// Assumptions set to a number or to a range, with each value and what follows the field's name.
fn numbers(scenario: &Scenario) -> impl Iterator<Item = (&'static Assumption, f64, &'static str)> {
    scenario.assumptions.iter().flat_map(|(name, value)| {
        let row = catalog::assumption(name).filter(|row| row.law != Law::Flag);
        let values = match value {
            AssumptionValue::Number(value) => vec![(*value, "")],
            AssumptionValue::Range(AssumptionRange { low, mid, high }) => {
                vec![(*low, ".low"), (*mid, ".mid"), (*high, ".high")]
            }
            AssumptionValue::Flag(_) => Vec::new(),
        };
        row.into_iter().flat_map(move |row| values.clone().into_iter().map(move |(value, end)| (row, value, end)))
    })
}

fn known(scenario: &Scenario, report: &mut Report<'_>) {
    for (name, value) in &scenario.assumptions {
        if catalog::assumption(name).is_none() {
            let near = did_you_mean(name, ASSUMPTIONS.iter().map(|row| row.name));
            let message = "no such assumption; `fsx catalog assumptions` lists them";
            report(Breach::new(format!("assumptions.{name}"), shown(*value), message, near.unwrap_or("remove it")));
        }
    }
}

fn shown(value: AssumptionValue) -> String {
    match value {
        AssumptionValue::Number(number) => number.to_string(),
        AssumptionValue::Flag(flag) => flag.to_string(),
        AssumptionValue::Range(AssumptionRange { low, mid, high }) => format!("{low}, {mid}, {high}"),
    }
}

fn kind(scenario: &Scenario, report: &mut Report<'_>) {
    for (name, value) in &scenario.assumptions {
        let Some(row) = catalog::assumption(name) else { continue };
        let field = || format!("assumptions.{name}");
        match (value, row.law) {
            (AssumptionValue::Number(_) | AssumptionValue::Range(_), Law::Flag) => {
                let mid = if let AssumptionValue::Number(number) = value { *number } else { row.mid };
                report(Breach::new(
                    field(),
                    shown(*value),
                    "this assumption is a switch: true or false",
                    mid.abs() > 0.0,
                ));
            }
            (AssumptionValue::Flag(flag), law) if law != Law::Flag => {
                report(Breach::new(
                    field(),
                    flag,
                    format!("this assumption is a number, such as {}{}", row.mid, unit(row)),
                    row.mid,
                ));
            }
            _ => {}
        }
    }
}

/// A number without the tail that arithmetic leaves. The parser of JSON reads it back, as it is there in every build.
fn short(value: f64) -> f64 {
    serde_json::from_str(&format!("{value:.5e}")).unwrap_or(value)
}

/// ` ms`; nothing for shares and counts.
fn unit(row: &Assumption) -> String {
    if row.unit == "1" { String::new() } else { format!(" {}", row.unit) }
}

/// Least and greatest value that can be set.
fn bounds(row: &Assumption) -> (f64, f64) {
    if row.law == Law::Count {
        (1.0, row.high * LEEWAY)
    } else {
        (row.low / LEEWAY, row.high * if row.unit == "1" { SHARE_LEEWAY } else { LEEWAY })
    }
}

fn value(scenario: &Scenario, report: &mut Report<'_>) {
    for (row, value, end) in numbers(scenario) {
        let (least, most) = bounds(row);
        let field = || format!("assumptions.{}{end}", row.name);
        if row.law == Law::Count && value.fract().abs() > 0.0 {
            let message = format!("{}: expected a whole number", lower_first(row.meaning));
            report(Breach::new(field(), value, message, value.round().max(row.low)));
        } else if !(least..=most).contains(&value) {
            let (least, most) = (short(least), short(most));
            let message = format!("{}: expected {least} to {most}{}", lower_first(row.meaning), unit(row));
            report(Breach::new(field(), value, message, value.clamp(row.low, row.high)));
        }
    }
    for (name, value) in &scenario.assumptions {
        if let AssumptionValue::Range(AssumptionRange { low, mid, high }) = value
            && !(low <= mid && mid <= high)
        {
            let message = "low is at most mid, and mid at most high";
            report(Breach::new(
                format!("assumptions.{name}"),
                shown(*value),
                message,
                format_args!("{}", ordered([*low, *mid, *high])),
            ));
        }
    }
}

/// Three values in their order.
fn ordered(mut values: [f64; 3]) -> String {
    values.sort_by(f64::total_cmp);
    let [low, mid, high] = values;
    format!("{{ low = {low}, mid = {mid}, high = {high} }}")
}

fn range(scenario: &Scenario, report: &mut Report<'_>) {
    for (row, value, end) in numbers(scenario) {
        let (least, most) = bounds(row);
        if (least..=most).contains(&value) && !(row.low..=row.high).contains(&value) {
            let meaning = lower_first(row.meaning);
            let message = format!("{meaning}: in practice {} to {}{}", row.low, row.high, unit(row));
            let field = format!("assumptions.{}{end}", row.name);
            report(Breach::new(field, value, message, value.clamp(row.low, row.high)));
        }
    }
}

/// A meaning inside a sentence: its first letter small, unless the first word is a name.
fn lower_first(text: &str) -> String {
    let mut letters = text.chars();
    match (letters.next(), letters.next()) {
        (Some(first), Some(second)) if !second.is_ascii_uppercase() => {
            std::iter::once(first.to_ascii_lowercase()).chain(text.chars().skip(1)).collect()
        }
        _ => text.to_owned(),
    }
}
