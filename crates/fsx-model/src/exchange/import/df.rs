//! How full the targets are, as `lfs df` prints it: in KiB or with `-h`, followed or not by inodes (`-i`).

use std::collections::BTreeMap;

use serde_json::json;

use super::loads::{GIB, KIB, bytes, number};
use crate::catalog::terms::{DeploymentType, StorageType};
use crate::catalog::{ASSUMPTIONS, AssumptionId, figures, size_rule};
use crate::exchange::draft::Found;
use crate::exchange::tree::{MAX_EXCHANGE_BYTES, not_understood};
use crate::finding::{Error, Finding, Severity, whole_number};
use crate::scenario::check_size;

const FILL: &str = "file_system.fill";
/// Share of the inodes, or of a metadata target, in use that is worth a word: a guess, as nobody publishes one.
const NEARLY_USED_UP: f64 = 0.9;

/// One target, of one table.
struct Target<'a> {
    name: &'a str,
    used: f64,
    all: f64,
    total: f64,
}

impl Target<'_> {
    fn share(&self) -> f64 {
        self.used / self.all
    }
}

/// The targets of a mounted file system.
#[derive(Default)]
struct Tables<'a> {
    osts: Vec<Target<'a>>,
    mdts: Vec<Target<'a>>,
    inodes: Vec<Target<'a>>,
}

/// What the figures of a table are.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Unit {
    Kib,
    WithSuffix,
    Inodes,
}

pub(super) fn read(text: &str) -> Result<Vec<Found>, Error> {
    check_size(text, MAX_EXCHANGE_BYTES)?;
    let mut systems: BTreeMap<&str, Tables<'_>> = BTreeMap::new();
    let mut down: Vec<&str> = Vec::new();
    let mut unit = Unit::Kib;
    for line in text.lines() {
        let words: Vec<&str> = line.split_whitespace().collect();
        match words.as_slice() {
            ["UUID", "Inodes", ..] => unit = Unit::Inodes,
            ["UUID", "bytes", ..] => unit = Unit::WithSuffix,
            ["UUID", ..] => unit = Unit::Kib,
            [name, total, used, available, _, mount, ..] => {
                let (Some((point, kind)), Some(target)) = (place(mount), target(name, [total, used, available], unit))
                else {
                    continue;
                };
                let tables = systems.entry(point).or_default();
                match (unit, kind.starts_with("OST")) {
                    (Unit::Inodes, _) => tables.inodes.push(target),
                    (_, true) => tables.osts.push(target),
                    (_, false) => tables.mdts.push(target),
                }
            }
            // an inactive or unreachable target
            [name, ..] if name.contains("_UUID") && line.contains(": ") => down.push(line.trim()),
            _ => {}
        }
    }
    let mut read: Vec<Found> = systems.into_iter().filter_map(|(point, tables)| tables.found(point)).collect();
    if read.is_empty() {
        let message =
            "no OSTs: `lfs df` has a line for each with its KiB or bytes and `[OST:0]` behind the mount point";
        return Err(not_understood("", message));
    }
    for found in &mut read {
        if let Some(first) = down.first() {
            let message =
                format!("{} targets did not answer and are not counted, the first with `{first}`", down.len());
            found.warn("FSX-IMPORT-TARGETS", FILL, "", message, "");
        }
    }
    Ok(read)
}

/// Mount point and kind of a target, such as `/fsx[OST:0]`.
fn place(mount: &str) -> Option<(&str, &str)> {
    let (point, kind) = mount.strip_suffix(']')?.split_once('[')?;
    (kind.starts_with("OST:") || kind.starts_with("MDT:")).then_some((point, kind))
}

/// UUID, and what there is, is used and is left.
fn target<'a>(name: &'a str, figures: [&str; 3], unit: Unit) -> Option<Target<'a>> {
    let factor = if unit == Unit::Kib { KIB } else { 1.0 };
    let [total, used, available] = figures.map(|word| number(word).map(|it| it * factor).or_else(|| bytes(word)));
    let (total, used, available) = (total?, used?, available?);
    let all = used + available;
    (all > 0.0 && all.is_finite()).then(|| Target { name: name.trim_end_matches("_UUID"), used, all, total })
}

fn fullest<'a, 'b>(targets: &'b [Target<'a>]) -> Option<&'b Target<'a>> {
    targets.iter().max_by(|a, b| a.share().total_cmp(&b.share()))
}

fn percent(share: f64) -> String {
    whole_number((share * 100.0).round())
}

impl Tables<'_> {
    fn found(&self, point: &str) -> Option<Found> {
        let fullest_ost = fullest(&self.osts)?;
        let (used, all) = self.osts.iter().fold((0.0, 0.0), |(used, all), it| (used + it.used, all + it.all));
        let mut found = Found::new(point);
        found.set(FILL, json!(used / all), "");
        self.targets(fullest_ost, used / all, &mut found);
        for (targets, what) in [(&self.mdts, "space"), (&self.inodes, "inodes")] {
            if let Some(target) = fullest(targets).filter(|target| target.share() >= NEARLY_USED_UP) {
                let message = format!(
                    "{} % of its {what} are used: when none are left, no file can be made",
                    percent(target.share())
                );
                found.warn("FSX-IMPORT-TARGETS", FILL, target.name, message, "fewer files, or more capacity");
            }
        }
        self.capacity(&mut found);
        Some(found)
    }

    /// Number and use of the OSTs, the fullest, and those beyond the share at which AWS moves files.
    fn targets(&self, fullest: &Target<'_>, mean: f64, found: &mut Found) {
        let least = self.osts.iter().map(Target::share).fold(f64::INFINITY, f64::min);
        let above = figures::FULL_OST_ACTION_SHARE;
        let full: Vec<&str> = self.osts.iter().filter(|it| it.share() > above.value).map(|it| it.name).collect();
        let mut message = format!(
            "{} OSTs, {} % in use; the fullest, {}, {} %, the emptiest {} %",
            self.osts.len(),
            percent(mean),
            fullest.name,
            percent(fullest.share()),
            percent(least)
        );
        if let Some((first, rest)) = full.split_first() {
            message += &format!("; beyond {} % is {first}", percent(above.value));
            if !rest.is_empty() {
                message += &format!(" and {} more", rest.len());
            }
        }
        let (severity, fix) = if full.is_empty() {
            (Severity::Advice, "")
        } else {
            (Severity::Warning, "`lfs migrate` of large files, or more capacity: writes to a full OST fail")
        };
        let finding = Finding::error("FSX-IMPORT-TARGETS", FILL, fullest.name, message, fix);
        let sources = above.provenance.source_id.split_whitespace().collect();
        found.findings.push(Finding { severity, sources, ..finding });
    }

    /// The storage capacity that there may be: that of the targets over the share of it that can be used, in steps.
    fn capacity(&self, found: &mut Found) {
        let total: f64 = self.osts.iter().map(|it| it.total).sum();
        let share = ASSUMPTIONS.iter().find(|row| row.id == AssumptionId::UsableShare).map_or(1.0, |row| row.mid);
        let step = size_rule(DeploymentType::Persistent2, StorageType::Ssd, Some(250), false);
        let step = step.and_then(|rule| rule.step_gib).map_or(1.0, f64::from);
        let nominal = total / GIB / share;
        let guess = if nominal < step { step / 2.0 } else { (nominal / step).round() * step };
        let message = format!(
            "the targets hold {} GiB, {} % of a storage capacity of about {} GiB",
            whole_number(total / GIB),
            percent(share),
            whole_number(nominal)
        );
        let fix = format!("storage_capacity_gib = {guess:.0}, if it is on SSD; `aws fsx describe-file-systems` knows");
        let finding = Finding::error("FSX-IMPORT-CAPACITY", "file_system.storage_capacity_gib", "", message, &fix);
        found.findings.push(Finding { severity: Severity::Advice, ..finding });
    }
}
