//! SSD read cache of Intelligent-Tiering.

use super::{Breach, Report, Rule, capacity, tables};
use crate::catalog::figures;
use crate::finding::Severity;
use crate::scenario::{ReadCacheSizingMode, Scenario};

/// Rules of this subject.
pub(super) static RULES: &[Rule] = &[
    Rule {
        code: "FSX-READ-CACHE-REQUIRED",
        title: "Intelligent-Tiering says which SSD read cache it has",
        severity: Severity::Error,
        sources: &["API-LUSTRE"],
        after: &["FSX-STORAGE-TYPE"],
        check: required,
    },
    Rule {
        code: "FSX-READ-CACHE-NOT-TAKEN",
        title: "an SSD read cache stands with Intelligent-Tiering only",
        severity: Severity::Error,
        sources: &["API-LUSTRE"],
        after: &["FSX-STORAGE-TYPE"],
        check: not_taken,
    },
    Rule {
        code: "FSX-READ-CACHE-SIZE-REQUIRED",
        title: "a provisioned SSD read cache has a size",
        severity: Severity::Error,
        sources: &["API-CACHE"],
        after: &["FSX-STORAGE-TYPE", "FSX-READ-CACHE-NOT-TAKEN"],
        check: size_required,
    },
    Rule {
        code: "FSX-READ-CACHE-SIZE-NOT-TAKEN",
        title: "only a provisioned SSD read cache has a size",
        severity: Severity::Error,
        sources: &["API-CACHE"],
        after: &["FSX-STORAGE-TYPE", "FSX-READ-CACHE-NOT-TAKEN"],
        check: size_not_taken,
    },
    Rule {
        code: "FSX-READ-CACHE-SIZE",
        title: "the size of the SSD read cache suits the throughput capacity",
        severity: Severity::Error,
        sources: &["CACHE", "API-CACHE"],
        after: &["FSX-STORAGE-TYPE", "FSX-READ-CACHE-NOT-TAKEN"],
        check: size,
    },
];

const SIZE: &str = "file_system.read_cache.size_gib";

fn required(scenario: &Scenario, report: &mut Report<'_>) {
    let fs = &scenario.file_system;
    if tables::is_elastic(fs) && fs.read_cache.is_none() {
        let message = "INTELLIGENT_TIERING storage needs a read cache configuration, if only NO_CACHE";
        let line =
            format!("read_cache = {{ sizing_mode = \"{}\" }}", ReadCacheSizingMode::ProportionalToThroughputCapacity);
        report(Breach::absent("file_system.read_cache", message, line));
    }
}

fn not_taken(scenario: &Scenario, report: &mut Report<'_>) {
    let fs = &scenario.file_system;
    if let Some(cache) = fs.read_cache.as_ref().filter(|_| !tables::is_elastic(fs)) {
        let message = format!("{} storage takes no read cache configuration", fs.storage_type());
        report(Breach::surplus("file_system.read_cache", cache.sizing_mode, message));
    }
}

/// Least and most size, GiB, at the throughput capacity; at one step if that is not legal.
fn bounds(scenario: &Scenario) -> (i64, i64) {
    let steps = capacity::throughput_steps(&scenario.file_system).unwrap_or(1);
    let bound = |per_step: f64| tables::whole(per_step) * steps;
    (bound(figures::IT_CACHE_MIN_GIB_PER_STEP.value), bound(figures::IT_CACHE_MAX_GIB_PER_STEP.value))
}

fn size_required(scenario: &Scenario, report: &mut Report<'_>) {
    let Some(cache) = &scenario.file_system.read_cache else { return };
    if cache.sizing_mode == ReadCacheSizingMode::UserProvisioned && cache.size_gib.is_none() {
        let (least, most) = bounds(scenario);
        let message = format!("USER_PROVISIONED needs a size of {least} to {most} GiB");
        report(Breach::absent(SIZE, message, format_args!("size_gib = {least}")));
    }
}

fn size_not_taken(scenario: &Scenario, report: &mut Report<'_>) {
    let Some(cache) = &scenario.file_system.read_cache else { return };
    if cache.sizing_mode != ReadCacheSizingMode::UserProvisioned
        && let Some(size) = cache.size_gib
    {
        report(Breach::surplus(SIZE, size.0, format!("{} takes no size; USER_PROVISIONED does", cache.sizing_mode)));
    }
}

fn size(scenario: &Scenario, report: &mut Report<'_>) {
    let fs = &scenario.file_system;
    let Some(cache) = &fs.read_cache else { return };
    let (ReadCacheSizingMode::UserProvisioned, Some(size), Some(steps)) =
        (cache.sizing_mode, cache.size_gib, capacity::throughput_steps(fs))
    else {
        return;
    };
    let (least, most) = bounds(scenario);
    if !(least..=most).contains(&size.0) {
        let message = format!(
            "the read cache takes {} to {} GiB for every {} MB/s of throughput capacity, here {least} to {most} GiB \
             for {steps} of them",
            figures::IT_CACHE_MIN_GIB_PER_STEP.value,
            figures::IT_CACHE_MAX_GIB_PER_STEP.value,
            figures::IT_THROUGHPUT_STEP_MB_PER_S.value,
        );
        report(Breach::new(SIZE, size.0, message, size.0.clamp(least, most)));
    }
}
