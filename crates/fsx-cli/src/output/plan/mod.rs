//! The answer of `plan`: what to buy and why, what more would cost, what else there is, and why not that.

mod chart;
mod here;
mod others;
mod total;
mod winner;

use fsx_model::finding::Finding;
use fsx_model::plan::{Plan, Proposal, Requirement, TargetReached};

use super::format::{Rate, duration, figure};
use super::page::{GLUE, Page, Text};
use super::{estimate, explain, findings, jobs, price};

/// Writes a plan; with `explained`, its cost line by line and its working too.
pub(crate) fn show(page: &mut Page, requirement: &Requirement, plan: &Plan, explained: bool) {
    let requirement = &requirement.expanded();
    match &plan.best {
        Some(best) => winner::show(page, requirement, plan, best, explained),
        None => page.line(&Text::new().bold("No file system does it.")),
    }
    if let Some(best) = &plan.best {
        jobs::show(page, &best.file_system, &best.estimate.jobs);
    }
    findings::brief(page, &plan.findings.iter().map(without_verdict).collect::<Vec<_>>());
    if let Some(best) = &plan.best {
        if explained {
            explain::heading(page, "What it costs");
            price::lines(page, &best.cost);
            price::missing(page, &best.cost);
        }
        others::sureness(page, plan, best);
        here::show(page, requirement, plan);
        total::show(page, requirement, plan, best);
        chart::show(page, requirement, plan, best);
        others::alternatives(page, requirement, plan, best);
        others::shadow_prices(page, plan);
        others::what_ifs(page, requirement, plan, best);
    }
    if plan.best.is_none() {
        here::show(page, requirement, plan);
    }
    others::rejections(page, plan, explained);
    if explained {
        let scenario = plan.best.as_ref().map(|best| (best, requirement.on(best.file_system.clone())));
        if let Some((best, scenario)) = &scenario {
            explain::working(page, scenario, &best.estimate);
        }
        let sources = plan.best.as_ref().map_or_else(Vec::new, |best| explain::sources(&best.estimate));
        explain::rests_on(page, &plan.assumptions, sources, &plan.defaults);
    }
    let more = match (explained, &plan.best) {
        (true, _) => [].as_slice(),
        (false, Some(_)) => &["-v shows cost lines and working"],
        (false, None) => &["-v shows what it rests on"],
    };
    estimate::footer(page, &plan.model, more);
}

/// A finding without the words that stand above it already.
fn without_verdict(finding: &Finding) -> Finding {
    let message = finding.message.trim_start_matches("no file system does it; ").to_owned();
    Finding { message, ..finding.clone() }
}

/// How far a target is exceeded, rounded down: `+7.4%`, `+54%`, `×2.4`, `−12%`.
fn margin(margin: f64) -> String {
    const TWICE: f64 = 2.0;
    const TENTH: f64 = 0.1;
    const ROUNDING: f64 = 1e-6;
    if margin >= TWICE - ROUNDING {
        let digits = if margin < 9.95 { 10.0 } else { 1.0 };
        return format!("×{}", figure_down(margin + ROUNDING, digits));
    }
    let over = margin - 1.0;
    if over.abs() < ROUNDING {
        return "+0%".to_owned();
    }
    let digits = if over.abs() < TENTH || margin < TENTH { 10.0 } else { 1.0 };
    let sign = if over < 0.0 { "−" } else { "+" };
    let percent = (over * 100.0 * digits + ROUNDING).floor().abs() / digits;
    format!("{sign}{percent}%")
}

fn figure_down(value: f64, digits: f64) -> String {
    super::format::count((value * digits).floor() / digits)
}

/// The target that is met by least, of those that are asked for.
fn tightest<'a>(requirement: &Requirement, it: &'a Proposal) -> Option<&'a TargetReached> {
    let asked = it.targets.iter().filter(|target| winner::is_asked(requirement, target));
    asked.reduce(|least, target| if target.margin < least.margin { target } else { least })
}

/// A figure with its unit: `8.60 GB/s`, `9,600 op/s`, `1.20 ms`, `31 min`.
fn value(value: f64, unit: &str) -> String {
    match unit {
        "MB/s" => Rate::fitting(value).full(value),
        "s" => duration(value),
        "×" => format!("×{}", figure(value)),
        _ => format!("{}{GLUE}{unit}", figure(value)),
    }
}

/// Digits of four and more set off in thousands: `50,400 GiB`, for `50400 GiB`.
fn grouped(text: &str) -> String {
    const FOUR: usize = 4;
    let word = |word: &str| match word.parse::<f64>() {
        Ok(number) if word.len() >= FOUR && word.bytes().all(|byte| byte.is_ascii_digit()) => {
            super::format::count(number)
        }
        _ => word.to_owned(),
    };
    text.split(' ').map(word).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn margins_are_rounded_down() {
        let shown = [1.0, 1.000_4, 1.074_999, 1.1, 1.545_8, 1.999, 2.449, 15.94, 0.9996, 0.88, 0.008_15].map(margin);
        assert_eq!(shown, ["+0%", "+0%", "+7.4%", "+10%", "+54%", "+99%", "×2.4", "×15", "−0.1%", "−12%", "−99.2%"]);
    }

    #[test]
    fn numbers_in_words_are_set_off() {
        assert_eq!(grouped("40 MB/s per TiB and 97200 GiB"), "40 MB/s per TiB and 97,200 GiB");
        assert_eq!(grouped("p5.48xlarge 1000"), "p5.48xlarge 1,000");
    }
}
