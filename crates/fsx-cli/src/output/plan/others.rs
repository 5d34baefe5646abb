//! What else there is: the best of other kinds, what more money buys, single changes, and why not the rest.

use fsx_model::cost::Cost;
use fsx_model::plan::{Plan, PlanWhatIf, Proposal, Rejection, Requirement, ShadowPrice};
use fsx_model::scenario::{FileSystem, MetadataMode};

use super::super::format::{count, figure, percent};
use super::super::grid::{self, Cell, Side};
use super::super::money::{column, more_usd, usd};
use super::super::page::{GLUE, Page, Text};
use super::super::style::{BOLD, PLAIN};
use super::super::words::label;
use super::{grouped, margin, tightest};

/// `48,000 GiB`, `4,000 MB/s`, with Metadata IOPS that are bought.
pub(super) fn size(raw: &FileSystem) -> String {
    let capacity = raw.storage_capacity_gib.map(|gib| format!("{}{GLUE}GiB", count(gib.get())));
    let rate = raw.throughput_capacity_mb_per_s.map(|rate| format!("{}{GLUE}MB/s", count(rate.get())));
    let bought = raw.metadata_configuration.as_ref().filter(|it| it.mode == MetadataMode::UserProvisioned);
    let iops = bought.and_then(|it| it.iops).map(|iops| format!("{}{GLUE}IOPS", count(iops.get())));
    capacity.into_iter().chain(rate).chain(iops).collect::<Vec<_>>().join(", ")
}

/// Writes in how many of the draws the best does what is asked, and what that costs.
pub(super) fn sureness(page: &mut Page, plan: &Plan, best: &Proposal) {
    const MOST_MEASURED: usize = 3;
    let Some((sure, met)) = plan.uncertainty.as_ref().zip(best.met_share) else { return };
    page.gap();
    page.line(&Text::new().bold("How sure it is"));
    let asked = format!(" of {} draws, {} asked for", count(sure.samples.get()), percent(sure.confidence));
    page.flow(2, 4, &Text::new().plain("all targets are met in ").bold(&share(met)).plain(&asked));
    if let Some(at_mid) = &sure.at_mid {
        let less = best.cost.usd_per_month - at_mid.usd_per_month;
        let cost = if less > 0.0 { format!("for {} a month less", usd(less)) } else { "for as much".to_owned() };
        let text =
            format!("at mid values, {} of {} would do {cost}, ", glued(&at_mid.family), size(&at_mid.file_system));
        page.flow(
            2,
            4,
            &Text::new().plain(&text).plain("and in ").bold(&share(at_mid.met_share)).plain(" of the draws"),
        );
    }
    if sure.worth_measuring.is_empty() {
        page.flow(2, 4, &Text::new().plain("no assumption by itself, if it were known, would make it cheaper"));
    }
    for worth in sure.worth_measuring.iter().take(MOST_MEASURED) {
        let text = format!("{} a month less if `{}` were known: {}", usd(worth.usd_per_month), worth.id, worth.meaning);
        page.flow(2, 4, &Text::new().plain(&text));
    }
}

/// A share of draws in percent, rounded down: a little less than all is not all.
fn share(share: f64) -> String {
    format!("{}%", (share * 1000.0 + 1e-9).floor() / 10.0)
}

/// Writes the best of other kinds beside the best of all.
pub(super) fn alternatives(page: &mut Page, requirement: &Requirement, plan: &Plan, best: &Proposal) {
    const MOST_LINES: usize = 2;
    const SURE: usize = 5;
    if plan.alternatives.is_empty() {
        return;
    }
    page.gap();
    let waits = best.idle_clients_usd_per_month.is_some();
    let title = Text::new().bold("The best of other kinds");
    page.line(&if waits { title.dim(" · $/month with the clients that wait") } else { title });
    let all: Vec<_> = std::iter::once(best).chain(&plan.alternatives).collect();
    let usd = column(&all.iter().map(|it| total(it)).collect::<Vec<_>>());
    let each = all.iter().zip(&usd);
    let cells: Vec<[Text; 7]> = each.map(|(it, usd)| alternative(requirement, it, usd, best)).collect();
    let there = |i: usize, name: &'static str| if cells.iter().any(|row| row[i].width() > 0) { name } else { "" };
    let head = ["kind", "size", "$/month", "× best", there(4, "to spare"), "sure", there(6, "next limit")];
    let sides = [Side::Left, Side::Left, Side::Right, Side::Right, Side::Right, Side::Right, Side::Left];
    let shown = |column: &usize| *column != SURE || plan.uncertainty.is_some();
    let columns: Vec<usize> = (0..head.len()).filter(shown).collect();
    let sides: Vec<Side> = columns.iter().map(|column| sides[*column]).collect();
    let row = |cell: &dyn Fn(usize) -> Text| columns.iter().map(|column| cell(*column).into()).collect::<Vec<Cell>>();
    let mut rows = vec![row(&|column| Text::new().dim(head[column]))];
    rows.extend(cells.iter().map(|cells| row(&|column| cells[column].clone())));
    if grid::wrapped(page, 2, &sides, &rows, MOST_LINES) {
        return;
    }
    for ((it, usd), [kind, size, _, ratio, spare, sure, limit]) in all.iter().zip(&usd).zip(cells) {
        page.flow(2, 4, &kind.plain(", ").and(size));
        let item = |there: bool, text: Text| there.then_some(text);
        let items = [
            Some(Text::new().plain(&format!("{}${usd}", at_least(&it.cost)))),
            Some(ratio.plain("\u{a0}×\u{a0}the\u{a0}best")),
            item(spare.width() > 0, spare.plain(" to spare")),
            item(sure.width() > 0, sure.plain(" of the draws")),
            item(limit.width() > 0, Text::new().plain("next ").and(limit)),
        ];
        page.items(4, 4, items.into_iter().flatten().collect());
    }
}

/// What is made small: the cost, for some with the clients that wait.
fn total(it: &Proposal) -> f64 {
    it.cost.usd_per_month + it.idle_clients_usd_per_month.unwrap_or(0.0)
}

fn alternative(requirement: &Requirement, it: &Proposal, usd: &str, best: &Proposal) -> [Text; 7] {
    let style = if std::ptr::eq(it, best) { BOLD } else { PLAIN };
    let of = |text: &str| Text::new().push(style, text);
    let least = tightest(requirement, it);
    let limit = least.or(it.targets.first()).map(|target| target.limit);
    let ratio = if total(best) > 0.0 { figure(total(it) / total(best)) } else { String::new() };
    [
        of(&glued(&it.family)),
        of(&size(&it.file_system)),
        of(&format!("{}{usd}", at_least(&it.cost))),
        of(&ratio),
        of(&least.map_or_else(String::new, |least| margin(least.margin))),
        of(&it.met_share.map_or_else(String::new, share)),
        of(limit.map_or("", |limit| label(limit, it.file_system.storage_type()))),
    ]
}

/// What stands before a cost that leaves something out.
const fn at_least(cost: &Cost) -> &'static str {
    if cost.partial { "≥" } else { "" }
}

/// The name of a kind, which breaks only before its cache.
pub(super) fn glued(family: &str) -> String {
    family.replace(' ', &GLUE.to_string()).replace(&format!("{GLUE}+{GLUE}"), &format!(" +{GLUE}"))
}

/// Most shadow prices that are told.
const MOST_SHADOW_PRICES: usize = 3;

/// Writes what one more dollar buys.
pub(super) fn shadow_prices(page: &mut Page, plan: &Plan) {
    if plan.shadow_prices.is_empty() {
        return;
    }
    page.gap();
    page.line(&Text::new().bold("What more money buys"));
    for price in plan.shadow_prices.iter().take(MOST_SHADOW_PRICES) {
        page.flow(2, 4, &shadow_price(price));
    }
}

fn shadow_price(price: &ShadowPrice) -> Text {
    let ShadowPrice { change, usd_per_month, gain_per_usd, unit, workload, .. } = price;
    let (verb, whose) = if ["s", "ms"].contains(unit) { ("takes", "off") } else { ("buys", "for") };
    let text = Text::new().plain(&format!("one more dollar a month {verb} "));
    let text = text.bold(&format!("{}{GLUE}{unit}", figure(*gain_per_usd))).plain(&format!(" {whose} {workload}: "));
    text.plain(&grouped(change)).plain(&format!(" ({})", more_usd(*usd_per_month)))
}

/// Writes the single changes that change margin or cost.
pub(super) fn what_ifs(page: &mut Page, requirement: &Requirement, plan: &Plan, best: &Proposal) {
    const MOST_LINES: usize = 2;
    let now = tightest(requirement, best).map(|target| target.margin);
    let changes: Vec<_> = plan.what_ifs.iter().filter(|change| matters(change, best, now)).collect();
    if changes.is_empty() {
        return;
    }
    page.gap();
    page.line(&Text::new().bold("What single changes do"));
    let head = ["change", if now.is_some() { "to spare" } else { "" }, "$/month", ""];
    let mut rows: Vec<Vec<Cell>> = vec![head.iter().map(|name| Text::new().dim(name).into()).collect()];
    let all = std::iter::once(&best.cost).chain(changes.iter().map(|change| &change.cost));
    let usd = column(&all.map(|cost| cost.usd_per_month).collect::<Vec<_>>());
    let each = changes.iter().zip(usd.iter().skip(1));
    let cells: Vec<[Text; 4]> = each.map(|(change, usd)| what_if(requirement, change, usd, best)).collect();
    let before = [
        Text::new().dim("as it is"),
        Text::new().dim(&now.map_or_else(String::new, margin)),
        Text::new().dim(at_least(&best.cost)).dim(usd.first().map_or("", String::as_str)),
        Text::new(),
    ];
    rows.push(before.map(Cell::from).to_vec());
    rows.extend(cells.iter().map(|row| row.iter().cloned().map(Cell::from).collect()));
    let sides = [Side::Left, Side::Right, Side::Right, Side::Right];
    if grid::wrapped(page, 2, &sides, &rows, MOST_LINES) {
        return;
    }
    for ((it, usd), [change, spare, _, more]) in changes.iter().zip(usd.iter().skip(1)).zip(cells) {
        let spare = if spare.width() > 0 { spare.plain(" to spare, ") } else { spare };
        let text = change.plain(": ").and(spare).plain(&format!("{}${usd}", at_least(&it.cost)));
        let more = if more.width() > 0 { Text::new().plain(" (").and(more).plain(")") } else { more };
        page.flow(2, 4, &text.and(more));
    }
}

/// Half of it: what is less is no difference.
const CENT: f64 = 0.005;

/// Whether a change moves the tightest margin or the cost so that it shows.
fn matters(change: &PlanWhatIf, best: &Proposal, now: Option<f64>) -> bool {
    const MARGIN: f64 = 0.005;
    let moved = change.margin.zip(now).is_some_and(|(then, now)| (then / now - 1.0).abs() >= MARGIN);
    moved || (change.cost.usd_per_month - best.cost.usd_per_month).abs() >= CENT
}

fn what_if(requirement: &Requirement, change: &PlanWhatIf, usd: &str, best: &Proposal) -> [Text; 4] {
    let place = change.field.strip_prefix("workloads[").and_then(|rest| rest.split_once(']'));
    let of = place.and_then(|(i, _)| i.parse::<usize>().ok()).filter(|_| requirement.workloads.len() > 1);
    let name = of.and_then(|i| Some(requirement.workloads.get(i)?.name_or_number(i)));
    let name = name.map_or_else(String::new, |name| format!("{name}: "));
    let more = change.cost.usd_per_month - best.cost.usd_per_month;
    [
        Text::new().plain(&name).plain(&grouped(&change.change)),
        Text::new().plain(&change.margin.map_or_else(String::new, margin)),
        Text::new().plain(at_least(&change.cost)).plain(usd),
        Text::new().plain(&if more.abs() < CENT { String::new() } else { more_usd(more) }),
    ]
}

/// Above this number of rejections, those with a price are folded.
const MANY: usize = 8;
/// From this number on, those that one constraint leaves out are folded.
const SEVERAL: usize = 3;

/// The kinds that are neither the best nor an alternative.
pub(super) fn others(plan: &Plan) -> impl Iterator<Item = &Rejection> {
    let proposed = |it: &Rejection| plan.best.iter().chain(&plan.alternatives).any(|other| other.family == it.family);
    plan.rejections.iter().filter(move |it| !proposed(it))
}

/// Writes why each of the other kinds is neither the best nor an alternative.
pub(super) fn rejections(page: &mut Page, plan: &Plan, explained: bool) {
    let all: Vec<_> = others(plan).collect();
    if all.is_empty() {
        return;
    }
    page.gap();
    page.line(&Text::new().bold(if plan.best.is_some() { "Why not the others" } else { "What stands in the way" }));
    let fold = all.len() > MANY && !explained;
    let of = |limit: &str| all.iter().filter(|it| it.limit == limit && it.usd_per_month.is_some()).count();
    let folds = |it: &&Rejection| fold && it.usd_per_month.is_some() && (is_dearer(it) || of(&it.limit) >= SEVERAL);
    let (folded, told): (Vec<&Rejection>, Vec<&Rejection>) = all.iter().partition(|it| folds(it));
    for (families, first) in alike(&told) {
        page.flow(2, 4, &one(&families, first, explained));
    }
    let mut limits: Vec<&str> = folded.iter().map(|it| it.limit.as_str()).collect();
    limits.sort_by_key(|limit| (*limit == "price", *limit));
    limits.dedup();
    for limit in limits {
        in_a_line(page, limit, folded.iter().filter(|it| it.limit == limit).copied().collect());
    }
}

/// What kinds with the same reason cost, the cheapest first.
fn in_a_line(page: &mut Page, limit: &str, mut kinds: Vec<&Rejection>) {
    kinds.sort_by(|a, b| a.usd_per_month.unwrap_or(0.0).total_cmp(&b.usd_per_month.unwrap_or(0.0)));
    let lead = match limit {
        "price" => "also dearer:".to_owned(),
        "constraints.max_usd_per_month" => format!("above {limit}, at least:"),
        _ => format!("left out by {limit}, would do it for:"),
    };
    let usd = column(&kinds.iter().filter_map(|it| it.usd_per_month).collect::<Vec<_>>());
    let each = kinds.iter().zip(usd).map(|(it, usd)| Text::new().plain(&format!("{}{GLUE}${usd}", glued(&it.family))));
    page.flow(2, 4, &Text::new().dim(&lead));
    page.items(4, 4, each.collect());
}

/// Whether a kind does what is asked at a known price, but for more than the best.
fn is_dearer(it: &Rejection) -> bool {
    it.limit == "price" && it.usd_per_month.is_some()
}

/// Whether a kind does what is asked, at a price that is not known in full.
pub(super) fn is_unpriced(it: &Rejection) -> bool {
    it.limit == "price" && it.usd_per_month.is_none()
}

/// Rejections with the same words together, in the order of the first of them.
fn alike<'a>(all: &[&'a Rejection]) -> Vec<(Vec<&'a str>, &'a Rejection)> {
    let mut groups: Vec<(Vec<&str>, &Rejection)> = Vec::new();
    for &it in all {
        let same = |(_, first): &&mut (Vec<&str>, &Rejection)| first.reason == it.reason && first.change == it.change;
        match groups.iter_mut().find(same) {
            Some((families, _)) => families.push(&it.family),
            None => groups.push((vec![&it.family], it)),
        }
    }
    groups
}

fn one(families: &[&str], it: &Rejection, explained: bool) -> Text {
    let brief = is_unpriced(it) && !explained;
    let reason = if brief { it.reason.split(" (not known:").next().unwrap_or_default() } else { &it.reason };
    let change = if brief { "give the prices and quantities that -v names" } else { &it.change };
    let text = Text::new().bold(&families.join(", ")).plain(": ").plain(reason);
    if change.is_empty() || is_dearer(it) { text } else { text.dim(" → ").plain(change) }
}
