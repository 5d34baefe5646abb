//! The way from the file system one has: the updates in order, and what a new one would take.

use fsx_model::plan::{CurrentFileSystem, FromHere, Plan, Requirement};
use fsx_model::updates::{FieldChange, NewFileSystem, Update};

use super::super::findings;
use super::super::format::{Rate, count, duration, durations, list, range};
use super::super::money::{a_month, more_usd, usd};
use super::super::page::{GLUE, Page, Text};
use super::super::words::label;
use super::others::{glued, size};
use super::{margin, value, winner};

/// Writes what becomes of the file system one has.
pub(super) fn show(page: &mut Page, requirement: &Requirement, plan: &Plan) {
    let Some(here) = &plan.from_here else { return };
    page.gap();
    page.line(&Text::new().bold("From what you have"));
    current(page, requirement, &here.current);
    reached(page, here);
    for (i, update) in plan.updates.iter().enumerate() {
        step(page, i + 1, update);
    }
    if let Some(new) = &here.new_file_system {
        instead(page, here, new);
    }
}

fn current(page: &mut Page, requirement: &Requirement, now: &CurrentFileSystem) {
    let what = format!("{}, {}", glued(&now.family), size(&now.file_system));
    let text = Text::new().plain("you have ").bold(&what).plain(&format!(" for {}", a_month(&now.cost)));
    let text = match &now.why_not {
        None => text.plain(": it does what is asked"),
        Some(why) => text.plain(&format!(": {why}")),
    };
    page.flow(2, 4, &text);
    for target in now.targets.iter().filter(|it| it.margin < 1.0 && winner::is_asked(requirement, it)) {
        let [has, wants] = [target.reached, target.target].map(|it| value(it, target.unit));
        let limit = label(target.limit, now.file_system.storage_type());
        let missed =
            format!("`{}` reaches {has} of {wants} ({}), held back by {limit}", target.workload, margin(target.margin));
        page.flow(4, 6, &Text::new().plain(&missed));
    }
}

fn reached(page: &mut Page, here: &FromHere) {
    let text = match (&here.reachable, &here.current.why_not) {
        (Some(it), _) => {
            let more = more_usd(it.cost.usd_per_month - here.current.cost.usd_per_month);
            let what = format!("{}, {}", glued(&it.family), size(&it.file_system));
            let text = Text::new().plain("the best that updates make of it is ").bold(&what);
            text.plain(&format!(" for {}, {more} a month:", a_month(&it.cost)))
        }
        (None, None) => Text::new().plain("nothing better can be made of it by updates"),
        (None, Some(_)) => Text::new().plain("no updates make of it what does what is asked"),
    };
    page.flow(2, 4, &text);
}

/// `per_unit_storage_throughput 125 → 250`.
fn changes(fields: &[FieldChange]) -> String {
    let name = |field: &str| field.trim_start_matches("file_system.").to_owned();
    let shown = |text: &str| {
        if text.is_empty() { "none".to_owned() } else { super::grouped(text).replace(' ', &GLUE.to_string()) }
    };
    let each = |it: &FieldChange| format!("{} {} → {}", name(it.field), shown(&it.from), shown(&it.to));
    fields.iter().map(each).collect::<Vec<_>>().join(", ")
}

fn step(page: &mut Page, number: usize, update: &Update) {
    let Update { wait_s, unavailable_s, unavailable_at_most_s, ready_s, spreading_s, .. } = update;
    page.flow(4, 7, &Text::new().plain(&format!("{number}. ")).bold(&changes(&update.fields)));
    let mut items = Vec::new();
    if wait_s.high > 0.0 {
        items.push(format!("once {} have gone by", durations(wait_s)));
    }
    let most = unavailable_at_most_s.map(|most| format!("AWS says up to {}", duration(most)));
    match (unavailable_s, most) {
        (Some(wait), Some(most)) => items.push(format!("clients wait {}; {most}", durations(wait))),
        (Some(wait), None) => items.push(format!("clients wait {}", durations(wait))),
        (None, Some(most)) => items.push(most),
        (None, None) => {}
    }
    if unavailable_s.as_ref() != Some(ready_s) && ready_s.high > 0.0 && unavailable_at_most_s.is_none() {
        items.push(format!("to be used after {}", durations(ready_s)));
    }
    if let Some(spreading) = spreading_s {
        items.push(format!("then slower for {} while data are spread", durations(spreading)));
    }
    items.extend(update.again_after_s.map(|it| format!("{} to the next such change", duration(it))));
    items.extend(update.usd_per_month.map(|it| format!("{} a month from then on", usd(it))));
    page.items(7, 7, items.iter().map(|item| Text::new().plain(item)).collect());
    page.flow(7, 7, &Text::new().dim(update.note));
}

fn instead(page: &mut Page, here: &FromHere, new: &NewFileSystem) {
    let saves = new.saves_usd_per_month;
    let than = if here.reachable.is_some() { "that" } else { "what you have" };
    let less = if saves > 0.0 { "less" } else { "more" };
    let text =
        format!("a new file system, the best of all above, costs {} a month {less} than {than}", usd(saves.abs()));
    page.flow(2, 4, &Text::new().plain(&text));
    let fields: Vec<String> =
        new.blocked.iter().map(|it| it.field.trim_start_matches("file_system.").to_owned()).collect();
    let why = new.blocked.first().map_or_else(String::new, |it| it.message.clone());
    let why = if fields.len() == 1 {
        format!("{}: {why}", fields[0])
    } else {
        format!("{} differ, and updates do not change that", list(&fields))
    };
    page.flow(4, 6, &Text::new().plain(&format!("new, as {why}")));
    let rate = Rate::fitting(new.copy_mb_per_s.mid);
    let mut items = vec![
        format!("created in {}", durations(&new.creation_s)),
        format!("{} GiB copied in {}", count(new.data_gib.round()), durations(&new.copy_s)),
        format!("at {} {}", range(&new.copy_mb_per_s, |it| rate.number(it)), rate.name()),
    ];
    let from = &here.current.file_system;
    let side = if new.copy_bottleneck.operation.as_str() == "read" { from } else { &new.file_system };
    let bottleneck = label(new.copy_bottleneck.limit, side.storage_type());
    items.push(format!("held back by the {} ({bottleneck})", new.copy_bottleneck.operation));
    items.extend(new.double_running_usd.map(|it| format!("both run until then, for {}", range(&it, usd))));
    if let Some(months) = new.pays_back_months.filter(|it| it.mid.is_finite()) {
        items.push(format!("paid back after {}", durations(&months.map(|it| it * SECONDS_PER_MONTH))));
    }
    page.items(4, 6, items.iter().map(|item| Text::new().plain(item)).collect());
    findings::brief(page, &new.findings);
}

const SECONDS_PER_MONTH: f64 = 730.0 * 3600.0;
