//! The answer of `burst_or_baseline`: two file systems, and how long the credits of one carry the rate.

use fsx_model::ask::{Bought, BurstCredits, BurstOrBaseline, CreditPoint, Verdict};
use fsx_model::estimate::Range;
use fsx_model::plan::Requirement;

use super::super::format::{Rate, duration, durations, figure, percent, range};
use super::super::grid::{self, Side};
use super::super::money::usd;
use super::super::page::{GLUE, Page, Text};
use super::super::style::{BOLD, PLAIN, USED};
use super::super::{estimate, file_system, findings};

/// Seconds of a day.
const DAY: f64 = 86_400.0;

/// Writes which of the two to buy, and why.
pub(crate) fn show(page: &mut Page, requirement: &Requirement, answer: &BurstOrBaseline) {
    let rate = answer.throughput_mb_per_s;
    let asked = Rate::fitting(rate).full(rate);
    let load = requirement.workloads.first().map(|load| load.name_or_number(0)).unwrap_or_default();
    let lead = Text::new().bold(&format!("{asked}: {}", verdict(answer)));
    page.items(0, 2, vec![lead, Text::new().plain(&load), Text::new().plain(&requirement.region())]);
    page.flow(2, 4, &Text::new().plain(&answer.reason));
    page.gap();
    one(page, "burst", "on credits", answer.burst.as_ref());
    one(page, "baseline", "without", answer.baseline.as_ref());
    if let Some(saved) = answer.saved_usd_per_month.filter(|saved| *saved > 0.0) {
        let text = format!("burst costs {} a month less", usd(saved));
        page.flow(2, 4, &Text::new().plain(&text));
    }
    if let Some(credits) = &answer.credits {
        page.gap();
        carried(page, answer, credits, &asked);
        page.gap();
        chart(page, rate, credits);
    }
    findings::brief(page, &answer.findings);
    let more = "mid values, and 5 to 95 % of what one would measure";
    estimate::footer(page, &answer.model, &[more]);
}

fn verdict(answer: &BurstOrBaseline) -> &'static str {
    match (answer.verdict, answer.sure) {
        (Some(Verdict::Burst), true) => "a burst will do",
        (Some(Verdict::Burst), false) => "a burst will do, if credits last as long as they most likely do",
        (Some(Verdict::Baseline), true) => "buy the baseline",
        (Some(Verdict::Baseline), false) => "buy the baseline, unless credits last longer than they most likely do",
        (None, _) if answer.burst.is_none() => "no file system does it",
        (None, _) => "burst or baseline",
    }
}

fn one(page: &mut Page, name: &str, how: &str, bought: Option<&Bought>) {
    let lead = Text::new().bold(name).plain(": ");
    let Some(bought) = bought else {
        return page.flow(2, 4, &lead.plain("none that is allowed"));
    };
    let least = if bought.partial { "at least " } else { "" };
    let reaches = Rate::fitting(bought.reaches_mb_per_s).full(bought.reaches_mb_per_s);
    let text = format!(" a month for {}; reaches {reaches} {how}", named(bought));
    page.flow(2, 4, &lead.bold(&format!("{least}{}", usd(bought.usd_per_month))).plain(&text));
}

/// `PERSISTENT_2 SSD, 12,000 GiB, 125 MB/s per TiB`.
fn named(bought: &Bought) -> String {
    let raw = &bought.file_system;
    let kind = format!("{}{GLUE}{}", raw.deployment_type, raw.storage_type());
    let ordered = file_system::bought(raw);
    let efa = raw.efa_enabled().then(|| "EFA".to_owned());
    std::iter::once(kind).chain(ordered).chain(efa).collect::<Vec<_>>().join(", ")
}

/// Writes how long credits last, what comes then, and what they are good for.
fn carried(page: &mut Page, answer: &BurstOrBaseline, credits: &BurstCredits, asked: &str) {
    let BurstCredits { lasts_s, sustained_mb_per_s: after, rest_s, share_of_time, .. } = credits;
    let of = |it: &Range| format!("{} ({})", duration(it.mid), durations(it));
    let unit = Rate::fitting(after.mid);
    let left = format!("{} ({})", unit.full(after.mid), range(after, |rate| unit.number(rate)));
    page.flow(2, 4, &Text::new().plain(&format!("credits carry {asked} for {}, then {left} are left", of(lasts_s))));
    let day = duration(share_of_time * DAY);
    let text = format!("they are full again after a rest of {}", of(rest_s));
    page.flow(2, 4, &Text::new().plain(&format!("{text}: at most {} of a day, {day}", percent(*share_of_time))));
    if let Some(work) = answer.work {
        let text = format!("the work is {} GB, {} at the rate", figure(work.data_mb / 1000.0), duration(work.seconds));
        page.flow(2, 4, &Text::new().plain(&text));
    }
}

/// Narrowest and widest chart.
const CELLS: [usize; 2] = [12, 60];

/// Writes a line for each rate: how long credits carry it, on a scale of powers of ten.
fn chart(page: &mut Page, rate: f64, credits: &BurstCredits) {
    let own = CreditPoint { throughput_mb_per_s: rate, lasts_s: Some(credits.lasts_s) };
    let mut points: Vec<_> = credits.curve.iter().collect();
    let place = points.partition_point(|point| point.throughput_mb_per_s < rate);
    points.insert(place, &own);
    let ends = || points.iter().filter_map(|point| point.lasts_s.as_ref());
    let low = ends().map(|it| it.low).fold(f64::INFINITY, f64::min).max(f64::MIN_POSITIVE);
    let high = ends().map(|it| it.high).fold(low, f64::max);
    page.line(&Text::new().bold("How long credits carry a rate"));
    let unit = Rate::fitting(rate);
    let texts = |point: &&CreditPoint| {
        let lasts = point.lasts_s.as_ref();
        [
            unit.full(point.throughput_mb_per_s),
            lasts.map_or_else(|| "for ever".to_owned(), |it| duration(it.mid)),
            lasts.map_or_else(String::new, durations),
        ]
    };
    let texts: Vec<_> = points.iter().map(texts).collect();
    let widest = |i: usize| texts.iter().filter_map(|row| row.get(i)).map(|it| it.chars().count()).max().unwrap_or(0);
    let used = 4 + (0..3).map(|i| widest(i) + 2).sum::<usize>();
    let cells = page.width().saturating_sub(used).clamp(CELLS[0], CELLS[1]);
    let rows = points.iter().zip(&texts).map(|(point, [rate, mid, ends])| {
        let asked = std::ptr::eq(*point, &raw const own);
        let style = if asked { BOLD } else { PLAIN };
        let lead = format!("{} {rate}", if asked { "▶" } else { " " });
        let bar = point.lasts_s.as_ref().map_or_else(String::new, |lasts| bar(lasts, low, high, cells));
        vec![
            Text::new().push(style, &lead),
            Text::new().push(style, mid),
            Text::new().plain(ends),
            Text::new().push(USED, &bar),
        ]
    });
    grid::show(page, 2, &[Side::Right, Side::Right, Side::Right, Side::Left], &rows.collect::<Vec<_>>());
    let legend = format!("{MID} mid, {LINE} 5 to 95 %, {} to {} in equal factors", duration(low), duration(high));
    page.flow(2, 2, &Text::new().dim(&legend));
}

const MID: char = '●';
const LINE: char = '─';

/// A line from low to high with a mark at mid; ends and cells in equal factors.
#[expect(clippy::disallowed_methods, reason = "a place on the screen, to the nearest cell")]
fn bar(lasts: &Range, low: f64, high: f64, cells: usize) -> String {
    let last = cells.saturating_sub(1);
    let place = |seconds: f64| {
        let share = (seconds / low).ln() / (high / low).ln().max(f64::MIN_POSITIVE);
        (0..=last).rev().find(|cell| whole(*cell) <= share * whole(last) + 0.5).unwrap_or(0)
    };
    let [from, mid, to] = [lasts.low, lasts.mid, lasts.high].map(place);
    let cell = |i: usize| match i {
        _ if i == mid => MID,
        _ if (from..=to).contains(&i) => LINE,
        _ => ' ',
    };
    (0..=to).map(cell).collect()
}

fn whole(number: usize) -> f64 {
    u32::try_from(number).map_or(f64::MAX, f64::from)
}
