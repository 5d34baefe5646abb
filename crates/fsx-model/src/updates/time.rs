//! How long the updates of a way take, and what clients notice of them.

use serde::Serialize;
use serde_json::Value;

use super::{Change, Step, keeps_its_iops};
use crate::catalog::{ASSUMPTIONS, AssumptionId, Assumptions, figures};
use crate::design;
use crate::estimate::Range;
use crate::scenario::{FileSystem, Scenario};
use crate::shape::json_text;
use crate::units::{Information, Time, gibibyte, second};

/// One request to the service, or for a layout one command on a client.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Update {
    /// What it changes.
    pub change: Change,
    /// Its fields that change, and from what to what.
    pub fields: Vec<FieldChange>,
    /// The file system afterwards.
    pub file_system: FileSystem,
    /// How long one has to wait when the update before is done: six hours from a request of the same kind, or until data
    /// are spread.
    pub wait_s: Range,
    /// How long clients wait for the file system, as measured, or what "a few minutes" may mean; `null` where they do not,
    /// or where nobody measured it.
    pub unavailable_s: Option<Range>,
    /// The longest that AWS speaks of.
    pub unavailable_at_most_s: Option<f64>,
    /// Until what is new can be used, unavailability included.
    pub ready_s: Range,
    /// From then on, how long data are spread over old and new servers, during which the file system is slower.
    pub spreading_s: Option<Range>,
    /// The least time from this request to the next of its kind.
    pub again_after_s: Option<f64>,
    /// What to know of it.
    pub note: &'static str,
    /// What the file system costs afterwards, US dollars a month.
    pub usd_per_month: Option<f64>,
    /// Where that is from.
    pub sources: Vec<&'static str>,
}

/// A field that an update changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FieldChange {
    /// Its path.
    pub field: &'static str,
    /// What stands there before; empty if nothing does.
    pub from: String,
    /// What stands there afterwards.
    pub to: String,
}

/// What to know of a change.
const fn note(change: Change, counts: bool) -> &'static str {
    match change {
        Change::Version => "all clients have to be unmounted; it is undone if one is not",
        Change::Metadata if !counts => "the Metadata IOPS stay as many",
        Change::Metadata => "new files and directories spread over new metadata servers; old ones stay where they are",
        Change::Throughput => "the servers are exchanged; clients wait, without errors",
        Change::ReadCache => "the cache is empty afterwards",
        Change::StorageCapacity => "servers are added, then data are spread over all of them",
        Change::Compression => "files written from then on; old ones by lfs migrate",
        Change::Layout => "by lfs setstripe on a client, for files made from then on; old ones by lfs migrate",
    }
}

/// The end of a step and of what it leaves running, and when it was asked for, seconds from the first request.
#[derive(Clone, Copy, Debug)]
struct Times {
    change: Change,
    resizes_cache: bool,
    asked: Range,
    settled: Range,
}

/// The updates that steps are, with their times. `scenario` is about the file system that they begin with, which holds
/// `data`; `usd` prices what it becomes.
pub(crate) fn updates(
    scenario: &Scenario,
    steps: Vec<Step>,
    data: Information,
    assumptions: &Assumptions,
    usd: impl Fn(&FileSystem) -> Option<f64>,
) -> Vec<Update> {
    let mut before = scenario.clone();
    let mut done = Range::exactly(0.0);
    let mut past: Vec<Times> = Vec::new();
    let mut all = Vec::with_capacity(steps.len());
    for Step { change, file_system } in steps {
        let fields = changed(&before.file_system, &file_system, change);
        // adding a cache, or removing it, is free of the wait
        let resizes_cache = fields.iter().any(|it| it.field == super::SIZE && !it.from.is_empty() && !it.to.is_empty());
        let counts = match change {
            Change::Metadata => !keeps_its_iops(&before.file_system, &file_system),
            Change::ReadCache => resizes_cache,
            _ => true,
        };
        let earliest = earliest(&past, change, resizes_cache);
        let asked = both(done, earliest, f64::max);
        let wait_s = both(asked, done, |asked, done| asked - done);
        let noticed = noticed(change, counts, assumptions);
        let spreading_s =
            (change == Change::StorageCapacity).then(|| spreading(&before, &file_system, data, assumptions)).flatten();
        done = both(asked, noticed.ready_s, |asked, ready| asked + ready);
        let settled = spreading_s.map_or(done, |spreading| both(done, spreading, |done, more| done + more));
        past.push(Times { change, resizes_cache, asked, settled });
        before.file_system = file_system.clone();
        all.push(Update {
            change,
            fields,
            wait_s,
            unavailable_s: noticed.unavailable_s,
            unavailable_at_most_s: noticed.at_most_s,
            ready_s: noticed.ready_s,
            spreading_s,
            again_after_s: again_after_h(change, counts).map(|hours| hours * S_PER_HOUR),
            note: note(change, counts),
            usd_per_month: usd(&file_system),
            file_system,
            sources: vec![change.source()],
        });
    }
    all
}

/// What clients notice of a request.
struct Noticed {
    unavailable_s: Option<Range>,
    at_most_s: Option<f64>,
    ready_s: Range,
}

/// What clients notice of a change; of Metadata IOPS that stay as many, nothing.
fn noticed(change: Change, counts: bool, assumptions: &Assumptions) -> Noticed {
    let read = |id| range(assumptions, id);
    let at_once = Noticed { unavailable_s: None, at_most_s: None, ready_s: Range::exactly(0.0) };
    match change {
        Change::Metadata if !counts => at_once,
        Change::Metadata => {
            let wait = read(AssumptionId::FewMinutes);
            Noticed { unavailable_s: Some(wait), ready_s: wait, ..at_once }
        }
        Change::StorageCapacity => Noticed {
            unavailable_s: Some(read(AssumptionId::FewMinutes)),
            ready_s: read(AssumptionId::GrowthReady),
            ..at_once
        },
        Change::Throughput => {
            let stall = read(AssumptionId::ThroughputChangeStall);
            let ready_s = Range { high: THROUGHPUT_OUTAGE_S.max(stall.high), ..stall };
            Noticed { unavailable_s: Some(stall), at_most_s: Some(THROUGHPUT_OUTAGE_S), ready_s }
        }
        Change::Version => {
            let most = figures::VERSION_UPGRADE_MINUTES.value * S_PER_MINUTE;
            Noticed { at_most_s: Some(most), ready_s: Range::exactly(most), ..at_once }
        }
        Change::ReadCache | Change::Compression | Change::Layout => at_once,
    }
}

/// Hours from a request to the next of its kind: more Metadata IOPS, another size of a cache.
const fn again_after_h(change: Change, counts: bool) -> Option<f64> {
    match change {
        Change::Metadata if counts => Some(figures::METADATA_CHANGE_WAIT_HOURS.value),
        Change::StorageCapacity => Some(figures::STORAGE_CHANGE_WAIT_HOURS.value),
        Change::Throughput => Some(figures::THROUGHPUT_CHANGE_WAIT_HOURS.value),
        Change::ReadCache if counts => Some(figures::IT_CACHE_CHANGE_WAIT_HOURS.value),
        Change::Metadata | Change::Version | Change::ReadCache | Change::Compression | Change::Layout => None,
    }
}

const S_PER_MINUTE: f64 = 60.0;
pub(super) const S_PER_HOUR: f64 = 3600.0;
const THROUGHPUT_OUTAGE_S: f64 = figures::THROUGHPUT_CHANGE_OUTAGE_MAX_MINUTES.value * S_PER_MINUTE;

/// When a request is taken at the earliest, after those before.
fn earliest(past: &[Times], change: Change, resizes_cache: bool) -> Range {
    let hours = |hours: f64| move |at: f64| at + hours * S_PER_HOUR;
    let mut earliest = Range::exactly(0.0);
    for it in past {
        let cache = resizes_cache && it.resizes_cache;
        let from = match (it.change, change) {
            (Change::Throughput, Change::Throughput) => {
                it.asked.map(hours(figures::THROUGHPUT_CHANGE_WAIT_HOURS.value))
            }
            _ if cache => it.asked.map(hours(figures::IT_CACHE_CHANGE_WAIT_HOURS.value)),
            // AWS speaks of the end of an optimization, and does not say of which
            (Change::StorageCapacity, Change::Throughput) => it.settled,
            _ => continue,
        };
        earliest = both(earliest, from, f64::max);
    }
    earliest
}

/// How long data are spread after growth: what belongs on the new part, `data × (1 − old / new)`, at the share of the old
/// disk baseline that was measured.
fn spreading(before: &Scenario, after: &FileSystem, data: Information, assumptions: &Assumptions) -> Option<Range> {
    let (old, new) = (before.file_system.storage_capacity_gib?.get(), after.storage_capacity_gib?.get());
    let moved = data * (1.0 - old / new);
    let file_system = design::FileSystem::new(before, assumptions)?;
    let published = &file_system.published;
    let disk = published.disk_read_baseline.min(published.disk_write_baseline);
    Some(range(assumptions, AssumptionId::RebalanceShare).map_falling(|share| {
        let time: Time = moved / (disk * share);
        time.get::<second>()
    }))
}

/// What the file system of a scenario holds: the share of its usable capacity that is in use, or the data of elastic
/// storage.
pub(crate) fn data_of(scenario: &Scenario) -> Information {
    let raw = &scenario.file_system;
    let assumptions = design::assumptions(scenario);
    let usable = design::FileSystem::new(scenario, &assumptions).and_then(|it| it.usable_capacity(&assumptions));
    let stored = raw.stored.as_ref().and_then(|stored| stored.data_gib).unwrap_or_default();
    usable.map_or_else(|| Information::new::<gibibyte>(stored), |usable| usable * raw.fill())
}

/// An assumption as a range: its ends, unless the user fixed it.
pub(super) fn range(assumptions: &Assumptions, id: AssumptionId) -> Range {
    let mid = assumptions.get(id);
    let row = ASSUMPTIONS.iter().find(|row| row.id == id && assumptions.is_open(row));
    let [low, high] = row.map_or([mid, mid], |row| assumptions.ends(row.id));
    Range { low, mid, high }
}

/// Of two ranges that move together, the same of each end.
pub(super) fn both(a: Range, b: Range, of: impl Fn(f64, f64) -> f64) -> Range {
    Range { low: of(a.low, b.low), mid: of(a.mid, b.mid), high: of(a.high, b.high) }
}

/// Fields of a change that are not what they were.
fn changed(before: &FileSystem, after: &FileSystem, change: Change) -> Vec<FieldChange> {
    // records of plain fields: serialising them cannot fail
    let tree = |fs: &FileSystem| serde_json::json!({ "file_system": fs });
    let (before, after) = (tree(before), tree(after));
    let shown = |tree: &Value, field: &str| match tree.pointer(&format!("/{}", field.replace('.', "/"))) {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => text.clone(),
        Some(value) => json_text(value),
    };
    let fields = change.fields().iter().map(|&field| {
        let (from, to) = (shown(&before, field), shown(&after, field));
        FieldChange { field, from, to }
    });
    fields.filter(|it| it.from != it.to).collect()
}
