//! What `lfs` tells of a mounted file system: layouts (`lfs getstripe -y`) and use (`lfs df`).

use serde_json::{Value, json};

use super::loads::{KIB, MIB, bytes};
use crate::catalog::figures;
use crate::exchange::draft::Found;
use crate::exchange::tree::{At, documents, not_understood};
use crate::finding::{Error, Finding, Severity, whole_number};
use crate::scenario::{MAX_INPUT_BYTES, check_size};
use crate::shape::Whole;

/// End of the last component.
const TO_THE_END: &str = "EOF";

/// A layout, of a file or of a directory.
pub(super) fn getstripe(text: &str) -> Result<Vec<Found>, Error> {
    // the path stands alone on its line, which is no YAML
    let yaml: String = text.lines().filter(|line| !line.starts_with('/')).map(|line| format!("{line}\n")).collect();
    let documents = documents(&yaml)?;
    let layout = documents.first().and_then(|document| layout(&At::root(document)));
    let Some(layout) = layout else {
        return Err(not_understood(
            "",
            "no layout: `lfs getstripe -y` of one file or directory tells its stripe count",
        ));
    };
    let mut found = Found::new("layout");
    found.set("file_system.layout", layout, "");
    Ok(vec![found])
}

fn layout(at: &At<'_>) -> Option<Value> {
    let components: Vec<At<'_>> = match at.get("components") {
        Some(list) => list.items(),
        None => at.fields().into_iter().filter(|(name, _)| name.starts_with("component")).map(|(_, it)| it).collect(),
    };
    if components.is_empty() {
        let (count, size_mib) = stripe(at)?;
        return Some(json!({ "kind": "stripe", "count": count, "size_mib": size_mib }));
    }
    let mut list = Vec::new();
    let mut size = None;
    for component in &components {
        let (count, size_mib) = component.get("sub_layout").as_ref().map_or_else(|| stripe(component), stripe)?;
        size = size.or(Some(size_mib));
        // the name of this field has a dot in it
        let end = component.value.get("lcme_extent.e_end")?;
        list.push(if end.as_str() == Some(TO_THE_END) {
            json!({ "count": count })
        } else {
            json!({ "end_mib": Whole::from_f64(end.as_f64()? / MIB)?.0, "count": count })
        });
    }
    Some(json!({ "kind": "components", "size_mib": size?, "components": list }))
}

/// Stripe count and size in MiB.
fn stripe(at: &At<'_>) -> Option<(i64, i64)> {
    let number = |name: &str| at.number(name).or_else(|| at.number(&format!("lmm_{name}")));
    let count = Whole::from_f64(number("stripe_count")?)?.0;
    let size = Whole::from_f64(number("stripe_size")? / MIB)?.0;
    Some((count, size.max(1)))
}

/// One target of `lfs df`.
struct Target<'a> {
    name: &'a str,
    used: f64,
    all: f64,
}

/// How full the targets are.
pub(super) fn df(text: &str) -> Result<Vec<Found>, Error> {
    check_size(text, MAX_INPUT_BYTES)?;
    if text.lines().any(|line| line.contains("IUsed")) {
        return Err(not_understood("", "these are inodes (`lfs df -i`): `lfs df` tells how full the targets are"));
    }
    let osts: Vec<Target<'_>> = text.lines().filter_map(target).filter(|target| target.name.contains("-OST")).collect();
    let fill = |target: &Target<'_>| target.used / target.all;
    let Some(fullest) = osts.iter().max_by(|a, b| fill(a).total_cmp(&fill(b))) else {
        return Err(not_understood("", "no targets: `lfs df` tells a line for each, such as `fsx-OST0000_UUID`"));
    };
    let (used, all) = osts.iter().fold((0.0, 0.0), |(used, all), it| (used + it.used, all + it.all));
    let mut found = Found::new(fullest.name.split("-OST").next().unwrap_or("fsx"));
    found.set("file_system.fill", json!(used / all), "");
    let gib = |bytes: f64| whole_number(bytes / (MIB * KIB));
    let percent = |share: f64| whole_number((share * 100.0).round());
    let message = format!(
        "{} OSTs with {} GiB in all, {} % of them in use; the fullest, {}, has {} %",
        osts.len(),
        gib(all),
        percent(used / all),
        fullest.name,
        percent(fill(fullest))
    );
    let above = figures::FULL_OST_ACTION_SHARE;
    let is_full = fill(fullest) >= above.value;
    let fix = if is_full { "`lfs migrate` of large files, or more capacity: writes to a full OST fail" } else { "" };
    let finding = Finding::error("FSX-IMPORT-TARGETS", "file_system.fill", fullest.name, message, fix);
    let severity = if is_full { Severity::Warning } else { Severity::Advice };
    found.findings.push(Finding { severity, sources: vec![above.provenance.source_id], ..finding });
    Ok(vec![found])
}

/// UUID, blocks, used, available, share, mount: in KiB, or with a unit.
fn target(line: &str) -> Option<Target<'_>> {
    let words: Vec<&str> = line.split_whitespace().collect();
    let [name, _, used, available, ..] = words.as_slice() else { return None };
    let size = |word: &str| match word.parse::<f64>() {
        Ok(kib) => Some(kib * KIB),
        Err(_) => bytes(word),
    };
    let (used, available) = (size(used)?, size(available)?);
    let all = used + available;
    (name.ends_with("_UUID") && all > 0.0 && all.is_finite()).then_some(Target {
        name: name.trim_end_matches("_UUID"),
        used,
        all,
    })
}
