//! The best file system in a few lines: what to buy, what it costs, what it reaches, and the proof.

use fsx_model::catalog::terms::StorageType;
use fsx_model::estimate::WorkloadEstimate;
use fsx_model::plan::{Objective, Plan, Proposal, Requirement, TargetReached};
use fsx_model::scenario::{
    DriveCacheType, FileSystem, LayoutKind, MetadataMode, ReadCacheSizingMode, TargetRegime, Workload,
};

use super::super::format::{count, percent, plural};
use super::super::grid::{self, Side};
use super::super::money::{line, usd};
use super::super::page::{GLUE, Page, Text};
use super::super::style::WARNING;
use super::super::words::{label, waits_at};
use super::super::{file_system, price};
use super::others::{is_unpriced, others};
use super::{margin, value};

/// From this margin on, a target is met.
const MET: f64 = 1.0 - 1e-9;

/// Writes the winner.
pub(super) fn show(page: &mut Page, requirement: &Requirement, plan: &Plan, best: &Proposal, explained: bool) {
    file_system::title(page, "Buy ", &best.file_system, &requirement.region());
    let mut items = vec![holds(plan, best)];
    items.extend(details(best));
    page.items(2, 2, items.iter().map(|item| Text::new().plain(item)).collect());
    if let Some(exists) = price::exists(requirement.pricing.as_ref()) {
        page.flow(2, 4, &Text::new().plain(&exists));
    }
    page.flow(2, 4, &line(&best.cost, &requirement.region()));
    if let Some(idle) = best.idle_clients_usd_per_month {
        let text = format!("and {} a month for clients that wait for it: ", usd(idle));
        let sum = format!("{} together", usd(best.cost.usd_per_month + idle));
        page.flow(2, 4, &Text::new().plain(&text).bold(&sum));
    }
    if !best.cost.missing.is_empty() && !explained {
        let number = u32::try_from(best.cost.missing.len()).unwrap_or(u32::MAX);
        let are = if number == 1 { "is" } else { "are" };
        let text = format!("{} that {are} billed {are} not counted, or not in full; -v names", plural(number, "item"));
        page.flow(2, 4, &Text::new().plain(&text).plain(if number == 1 { " it" } else { " them" }));
    }
    targets(page, requirement, best);
    if best.targets.iter().any(|target| is_asked(requirement, target) && target.margin < MET) {
        let text = "It misses what is asked: the clients that wait for it cost less than a file system that does not.";
        page.flow(2, 2, &Text::new().push(WARNING, text));
    }
    page.gap();
    page.flow(2, 2, &Text::new().plain(&proof(requirement, plan, best)));
}

/// The data and what they fill, and when that is all.
fn holds(plan: &Plan, best: &Proposal) -> String {
    let holds = filled(plan, best);
    match best.full_after_months {
        Some(months) => format!("{holds}, full after {}", plural(months.floor(), "month")),
        None => holds,
    }
}

fn filled(plan: &Plan, best: &Proposal) -> String {
    match best.estimate.file_system.usable_capacity_gib {
        Some(usable) => {
            let full = percent(best.file_system.fill());
            format!("{}{GLUE}GiB usable, {full} full with the data", count(usable.floor()))
        }
        None => format!("{}{GLUE}GiB stored", count(plan.data_gib.ceil())),
    }
}

/// What is chosen besides type, storage class, size, tier and EFA.
fn details(best: &Proposal) -> Vec<String> {
    let raw = &best.file_system;
    let iops = best.estimate.file_system.metadata_iops.map(count);
    let metadata = raw.metadata_configuration.as_ref().zip(iops).map(|(configuration, iops)| {
        let how = match configuration.mode {
            MetadataMode::Automatic => "automatic",
            MetadataMode::UserProvisioned => "provisioned",
        };
        format!("{iops}{GLUE}Metadata{GLUE}IOPS, {how}")
    });
    let mut details: Vec<String> = metadata.into_iter().collect();
    details.extend(extras(raw));
    details
}

/// What is not as by default, and does not stand in the title: layout, caches.
fn extras(raw: &FileSystem) -> Vec<String> {
    let mut extras = Vec::new();
    let stripe = raw.layout.as_ref().filter(|layout| layout.kind == LayoutKind::Stripe);
    if let Some(count) = stripe.and_then(|layout| layout.count) {
        extras.push(match count.0 {
            -1 => "every file striped over all OSTs".to_owned(),
            number => format!("every file striped over {}", plural(count_of(number), "OST")),
        });
    }
    if raw.drive_cache_type == Some(DriveCacheType::Read) {
        extras.push("SSD read cache".to_owned());
    }
    if let Some(cache) = &raw.read_cache {
        let size = cache.size_gib.map(|gib| format!("{}{GLUE}GiB SSD read cache", count(gib.get())));
        extras.extend(match cache.sizing_mode {
            ReadCacheSizingMode::NoCache => Some("no SSD read cache".to_owned()),
            ReadCacheSizingMode::ProportionalToThroughputCapacity => Some("proportional SSD read cache".to_owned()),
            ReadCacheSizingMode::UserProvisioned => size,
        });
    }
    extras
}

fn count_of(number: i64) -> f64 {
    i32::try_from(number).map_or(0.0, f64::from)
}

const SIDES: [Side; 5] = [Side::Left, Side::Right, Side::Right, Side::Right, Side::Left];

/// What each target, and each workload without one, reaches: a table, or sentences where that does not fit.
fn targets(page: &mut Page, requirement: &Requirement, best: &Proposal) {
    let storage = best.file_system.storage_type();
    let mut rows: Vec<_> = best.targets.iter().map(|target| row(requirement, target, storage)).collect();
    let pairs = requirement.workloads.iter().zip(&best.estimate.workloads);
    let free = pairs.filter(|(_, answer)| best.targets.iter().all(|target| target.workload != answer.name));
    rows.extend(free.map(|(raw, answer)| without_target(raw, answer, storage)));
    if rows.is_empty() {
        return;
    }
    page.gap();
    let any = rows.iter().any(|row| row[3].width() > 0);
    let head = ["", "asked", "reaches", if any { "to spare" } else { "" }, "next limit"];
    let table = [vec![head.map(|name| Text::new().dim(name)).to_vec()], rows.clone()].concat();
    if grid::fits(page, 2, &table) {
        return grid::show(page, 2, &SIDES, &table);
    }
    for row in rows {
        let [name, asked, reaches, spare, limit] = row.as_slice() else { continue };
        let text = name.clone().plain(" reaches ").and(reaches.clone()).plain(", asked: ").and(asked.clone());
        let spare = if spare.width() > 0 { Text::new().plain(" (").and(spare.clone()).plain(")") } else { Text::new() };
        page.flow(2, 4, &text.and(spare).plain("; next limit: ").and(limit.clone()));
    }
}

fn row(requirement: &Requirement, target: &TargetReached, storage: StorageType) -> Vec<Text> {
    let asked = is_asked(requirement, target);
    let figure = match target.figure {
        "latency_ms" => ", mean time of a request",
        "seconds" => ", all of it in",
        _ => "",
    };
    let burst = if is_burst(requirement, target) { ", in burst" } else { "" };
    vec![
        Text::new().bold(&target.workload).plain(figure).plain(burst),
        Text::new().plain(&if asked { value(target.target, target.unit) } else { FREE.to_owned() }),
        Text::new().bold(&value(target.reached, target.unit)),
        Text::new().plain(&if asked { margin(target.margin) } else { String::new() }),
        Text::new().plain(label(target.limit, storage)),
    ]
}

/// What is asked of a workload that is to go as fast as it goes.
const FREE: &str = "no target";

/// What a workload without a target reaches beside the others.
fn without_target(raw: &Workload, answer: &WorkloadEstimate, storage: StorageType) -> Vec<Text> {
    let (rate, unit) = answer.sustained.rate();
    let offered = raw.rate_limit_mb_per_s.is_some() || raw.rate_limit_operations_per_s.is_some();
    vec![
        Text::new().bold(&answer.name),
        Text::new().plain(if offered { "its own load" } else { FREE }),
        Text::new().bold(&value(rate.mid, unit)),
        Text::new(),
        Text::new().plain(label(waits_at(answer), storage)),
    ]
}

/// Whether the requirement asks for it; without a rate to reach, it is the fastest that is wanted.
pub(super) fn is_asked(requirement: &Requirement, target: &TargetReached) -> bool {
    let named = requirement.workloads.iter().enumerate().find(|(i, it)| it.name_or_number(*i) == target.workload);
    let Some(asked) = named.and_then(|(_, workload)| workload.target.as_ref()) else { return false };
    match target.figure {
        "latency_ms" => asked.latency_ms.is_some(),
        "seconds" => asked.seconds.is_some(),
        _ => asked.throughput_mb_per_s.is_some() || asked.operations_per_s.is_some(),
    }
}

fn is_burst(requirement: &Requirement, target: &TargetReached) -> bool {
    let mut named = requirement.workloads.iter().enumerate();
    let named = named.find(|(i, workload)| workload.name_or_number(*i) == target.workload);
    let asked = named.and_then(|(_, workload)| workload.target.as_ref());
    target.figure != "seconds" && asked.is_some_and(|asked| asked.regime() == TargetRegime::Burst)
}

/// How many candidates were ruled on, and what that proves.
fn proof(requirement: &Requirement, plan: &Plan, best: &Proposal) -> String {
    let [evaluations, candidates] = [plan.evaluations, plan.space_size].map(whole);
    let unpriced = others(plan).filter(|it| is_unpriced(it)).count();
    let which = match (best.cost.partial, unpriced) {
        (true, _) => "that is allowed, by what is known of its price,",
        (false, 0) => "that is allowed",
        (false, _) => "that is allowed and has a known price",
    };
    let asked = best.targets.iter().any(|target| is_asked(requirement, target));
    let meets = match (&plan.uncertainty, asked) {
        (Some(sure), true) => &*format!("meets the targets in {} of the draws", percent(sure.confidence)),
        (Some(sure), false) => &*format!("holds the data in {} of the draws", percent(sure.confidence)),
        (None, true) => "meets the targets, at mid values",
        (None, false) => "holds the data",
    };
    let proven = match requirement.objective() {
        Objective::Cheapest => format!("nothing cheaper {which} {meets}"),
        Objective::Fastest => {
            let most = requirement.constraints.as_ref().and_then(|constraints| constraints.max_usd_per_month);
            let within = most.map_or_else(String::new, |most| format!(" up to {} a month", usd(most)));
            format!("nothing {which}{within} is more than 1% faster, and nothing as fast is cheaper, at mid values")
        }
        Objective::LeastTotal => {
            format!("nothing {which} costs less together with the clients that wait for it, at mid values")
        }
    };
    let left_out = match unpriced {
        0 => String::new(),
        1 => " Not compared, as its price is not known in full: 1 kind.".to_owned(),
        many => format!(" Not compared, as their prices are not known in full: {many} kinds."),
    };
    format!("{evaluations} evaluations ruled on all {candidates} candidates; {proven}.{left_out}")
}

fn whole(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}
