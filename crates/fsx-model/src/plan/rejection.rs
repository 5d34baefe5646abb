//! Why a kind of file system fell out, and the smallest change that would let it in.

use super::answer::Rejection;
use super::kinds::{Choice, Kind};
use super::load::{Loads, Reached};
use super::need::kind_holds;
use super::outcome::{Outcome, Verdict};
use super::requirement::Objective;
use super::search::{Found, Space};
use crate::finding::{Finding, Severity, whole_number};
use crate::model::LimitId;
use crate::shape::Whole;

/// Why a kind that is neither the best nor an alternative is not.
pub(crate) fn rejection(space: &Space<'_>, outcome: &Outcome, best: Option<&Found>) -> Rejection {
    let kind = &outcome.kind;
    let usd = |found: &Found| space.bill(found).to_f64();
    let (reason, limit, change, usd_per_month) = match &outcome.verdict {
        Verdict::Found(found) => dearer(space, found, best),
        Verdict::TooDear(found) => {
            let most = space.budget().unwrap_or_default().shown(2);
            let reason = format!("costs at least {} a month, above {most}", space.bill(found).shown(2));
            let change = format!("max_usd_per_month = {}", cents_up(usd(found)));
            (reason, "constraints.max_usd_per_month".to_owned(), change, Some(usd(found)))
        }
        Verdict::NoPrice(found) => no_price(space, found, best),
        Verdict::LeftOut(by, found) => left_out(by, found.as_ref(), best),
        Verdict::Illegal(finding) => {
            let fix = if finding.fix.is_empty() { String::new() } else { format!(": {}", finding.fix) };
            (finding.message.clone(), finding.code.to_owned(), format!("{}{fix}", finding.field), None)
        }
        Verdict::TooSmall => too_small(space, kind),
        Verdict::TooSlow(choice, reached) => too_slow(space, kind, choice, reached, best),
        Verdict::TooUnsure(share) => too_unsure(kind, *share),
    };
    Rejection { family: kind.name(), reason, limit, change, usd_per_month }
}

fn too_unsure(kind: &Kind, share: f64) -> Reason {
    let size = kind.sizes().checked_sub(1).map(|last| size(kind, last)).unwrap_or_default();
    // rounded down, so that the change does what it says
    let thousandths = (share * 1000.0 + 1e-9).floor();
    let reason = format!("at its largest, {size}, it meets the targets in {:.1} % of the draws", thousandths / 10.0);
    let change = format!("confidence = {}", thousandths / 1000.0);
    (reason, "uncertainty.confidence".to_owned(), change, None)
}

type Reason = (String, String, String, Option<f64>);

fn left_out(by: &[(&'static str, String)], found: Option<&Found>, best: Option<&Found>) -> Reason {
    let would = match found {
        Some(found) if found.partial => "; it would do it".to_owned(),
        Some(found) => format!("; it would do it for {}", found.usd.shown(2)),
        None if best.is_some_and(|best| !best.partial) => "; it would not do it for less".to_owned(),
        None => "; it would not do it either".to_owned(),
    };
    let fields: Vec<_> = by.iter().map(|(field, _)| *field).collect();
    let changes: Vec<_> = by.iter().map(|(field, change)| format!("{field}: {change}")).collect();
    let leave = if by.len() == 1 { "leaves" } else { "leave" };
    let known = found.filter(|found| !found.partial).map(|found| found.usd.to_f64());
    (format!("{} {leave} it out{would}", fields.join(" and ")), fields.join(", "), changes.join("; "), known)
}

fn dearer(space: &Space<'_>, found: &Found, best: Option<&Found>) -> Reason {
    let more = best.map_or(found.usd, |best| found.usd - best.usd);
    let what = match space.requirement.objective() {
        Objective::LeastTotal => "comes, idle clients included, to",
        Objective::Cheapest | Objective::Fastest => "does it for",
    };
    let reason = format!("{what} {} a month, {} more than the best", found.usd.shown(2), more.shown(2));
    let change = format!("constraints that leave only {} in", found.kind.name());
    (reason, "price".to_owned(), change, Some(found.usd.to_f64()))
}

fn no_price(space: &Space<'_>, found: &Found, best: Option<&Found>) -> Reason {
    let known = space.bill(found);
    let Some(candidate) = space.candidate_at(&found.kind, &found.choice, found.size) else {
        return (String::new(), "price".to_owned(), String::new(), None);
    };
    let missing = candidate.quantities.amounts().into_iter().filter(|(item, amount)| {
        *amount != crate::cost::Amount::Nothing
            && (space.prices.get(*item).is_none() || !matches!(amount, crate::cost::Amount::Known(_)))
    });
    let missing: Vec<_> = missing.map(|(item, _)| item.as_str()).collect();
    let dearer = best.is_some_and(|best| known >= best.usd && !best.partial);
    let so = if dearer { ", and is dearer than the best already" } else { ", and cannot be compared" };
    let reason =
        format!("meets the targets; {} a month are known{so} (not known: {})", known.shown(2), missing.join(", "));
    (reason, "price".to_owned(), format!("give {} in pricing.prices or capacity", missing.join(", ")), None)
}

fn too_small(space: &Space<'_>, kind: &Kind) -> Reason {
    let Some(last) = kind.sizes().checked_sub(1) else {
        let reason = format!("its smallest, {}, is more than allowed", size(kind, 0));
        return (reason, "constraints".to_owned(), format!("allow {}", size(kind, 0)), None);
    };
    let holds = kind_holds(kind, last, &space.loads.assumptions);
    let needed = space.need.usable_gib(false);
    let reason = format!(
        "its largest, {}, holds {} GiB of the {} GiB needed",
        size(kind, last),
        whole_number(holds.floor()),
        whole_number(needed.ceil())
    );
    let free = space.need.data_gib(false) / needed * holds;
    (reason, "capacity".to_owned(), format!("at most {} GiB of data", whole_number(free.floor())), None)
}

fn size(kind: &Kind, i: usize) -> String {
    let unit = if kind.is_elastic() { "MB/s" } else { "GiB" };
    format!("{} {unit}", whole_number(Whole(kind.size(i)).get()))
}

fn too_slow(space: &Space<'_>, kind: &Kind, choice: &Choice, reached: &Reached, best: Option<&Found>) -> Reason {
    let last = space.choices(kind).into_iter().find(|(other, _)| other == choice).map_or(0, |(_, (_, to))| to);
    let Some(((workload, figure), candidate)) = reached.tightest.zip(space.candidate_at(kind, choice, last)) else {
        return ("meets the targets at no size".to_owned(), "concurrency".to_owned(), String::new(), None);
    };
    let limit = space.loads.limit(&candidate.file_system, workload);
    let Some(asked) = space.target(workload, figure) else { return Default::default() };
    let (margin, name) = (reached.least(), space.name(workload));
    let at_its_largest = format!("at its largest, {}, `{name}` reaches", size(kind, last));
    let (unit, reaches) = (asked.unit, figure_text(asked.reached(margin)));
    if let Some(best) = best.filter(|_| space.requirement.objective() == Objective::Fastest) {
        let fastest = figure_text(asked.reached(best.reached.least()));
        let reason = format!("{at_its_largest} {reaches} {unit}, the best {fastest} {unit}");
        return (reason, limit.as_str().to_owned(), "constraints that leave the faster ones out".to_owned(), None);
    }
    let reason = format!("{at_its_largest} {reaches} {unit} of {} {unit}", figure_text(asked.value));
    let bound = asked.reached(margin);
    let bound = if asked.is_time() { three_digits(bound, f64::ceil) } else { three_digits(bound, f64::floor) };
    let mut change = format!("{} = {}", asked.figure, figure_text(bound));
    if let Some(more) = more_clients(space, kind, choice, last, workload) {
        change = format!("{more}, or {change}");
    }
    (reason, limit.as_str().to_owned(), change, None)
}

/// What more of which may help.
#[derive(Clone, Copy)]
enum More {
    Clients,
    Processes,
}

/// The fewest clients, or processes on each, with which the largest file system of a kind meets the targets.
fn more_clients(space: &Space<'_>, kind: &Kind, choice: &Choice, last: usize, workload: usize) -> Option<String> {
    let file_system = space.candidate_at(kind, choice, last)?.file_system;
    let limit = space.loads.limit(&file_system, workload);
    let kinds: &[More] = match limit {
        LimitId::ClientNetwork | LimitId::ClientToServerPath => &[More::Clients],
        LimitId::Concurrency => &[More::Processes, More::Clients],
        _ => return None,
    };
    kinds.iter().find_map(|&what| {
        let now = space.with_more(workload, what, 1)?.1;
        let enough = |times: i64| {
            let (loads, _) = space.with_more(workload, what, times)?;
            loads.judge(&file_system).is_enough(1.0).then_some(())
        };
        let first = (1..=10).map(|power| 1_i64 << power).find(|times| enough(*times).is_some())?;
        let (mut below, mut above) = (first / 2, first);
        while above - below > 1 {
            let mid = below.midpoint(above);
            if enough(mid).is_some() { above = mid } else { below = mid }
        }
        let what = if matches!(what, More::Clients) { "clients" } else { "processes per client" };
        Some(format!("{} {what} (now {now})", now * above))
    })
}

impl Space<'_> {
    /// The loads with so many times the clients of a workload, or processes on each; and how many there are now.
    fn with_more(&self, workload: usize, what: More, times: i64) -> Option<(Loads, i64)> {
        let mut scenario = self.scenario.clone();
        let now = match what {
            More::Processes => {
                let load = scenario.workloads.get_mut(workload)?;
                let now = load.processes_per_client().0;
                load.processes_per_client = Some(Whole(now.checked_mul(times)?));
                now
            }
            More::Clients => {
                let now = scenario.clients_of(scenario.workloads.get(workload)?)?.count().0;
                let more = |group: &mut crate::scenario::Clients| group.count = now.checked_mul(times).map(Whole);
                let (changed, _) = crate::change::with_clients(&scenario, workload, more)?;
                scenario = changed;
                now
            }
        };
        Some((Loads::new(&scenario, &self.apart)?, now))
    }
}

/// A figure with as many digits as matter.
fn figure_text(value: f64) -> String {
    if value >= 100.0 { whole_number(value) } else { format!("{}", three_digits(value, f64::round)) }
}

/// A figure cut to three digits in a direction.
fn three_digits(value: f64, cut: fn(f64) -> f64) -> f64 {
    if value <= 0.0 {
        return 0.0;
    }
    let unit = libm::pow(10.0, libm::floor(libm::log10(value)) - 2.0);
    let cut = cut(value / unit) * unit;
    // the nearest decimal, without the dust of the product
    libm::round(cut * 1e6) / 1e6
}

/// Dollars, rounded up to cents.
fn cents_up(usd: f64) -> String {
    format!("{:.2}", (usd * 100.0 - 1e-6).ceil() / 100.0)
}

/// The finding that no kind does it: which comes nearest, and what it takes.
pub(crate) fn none(rejections: &[Rejection], outcomes: &[Outcome]) -> Finding {
    let nearest = |outcome: &Outcome| match &outcome.verdict {
        Verdict::TooDear(found) => (0, found.usd.to_f64()),
        Verdict::LeftOut(by, Some(found)) => (by.len(), found.usd.to_f64()),
        Verdict::TooUnsure(share) => (9, -share),
        Verdict::TooSlow(_, reached) => (10, -reached.least()),
        Verdict::NoPrice(_) => (11, 0.0),
        Verdict::TooSmall => (12, 0.0),
        Verdict::LeftOut(_, None) => (13, 0.0),
        Verdict::Found(_) | Verdict::Illegal(_) => (14, 0.0),
    };
    let order = |(a, _): &(&Outcome, &Rejection), (b, _): &(&Outcome, &Rejection)| {
        let (a, b) = (nearest(a), nearest(b));
        a.0.cmp(&b.0).then(a.1.total_cmp(&b.1))
    };
    let first = outcomes.iter().zip(rejections).min_by(order).map(|(_, rejection)| rejection);
    let (message, fix, value) = first.map_or_else(Default::default, |it| {
        (
            format!("no file system does it; {} comes nearest: {}", it.family, it.reason),
            it.change.clone(),
            it.limit.clone(),
        )
    });
    Finding {
        code: "FSX-PLAN-NONE",
        severity: Severity::Warning,
        field: value,
        value: String::new(),
        message,
        fix,
        sources: Vec::new(),
    }
}
