//! Layout of the files.

use std::fmt::Display;

use super::{Breach, Report, Rule, tables};
use crate::catalog::{LAYOUTS, figures};
use crate::finding::{Severity, did_you_mean};
use crate::scenario::{Layout, LayoutKind, Scenario};
use crate::shape::Whole;

/// Rules of this subject.
pub(super) static RULES: &[Rule] = &[
    Rule {
        code: "FSX-LAYOUT-FIELD",
        title: "a layout has the fields of its kind only",
        severity: Severity::Error,
        sources: &["MODEL"],
        after: &[],
        check: fields,
    },
    Rule {
        code: "FSX-LAYOUT-BEFORE",
        title: "a layout by date names a day on which the default layout changed",
        severity: Severity::Error,
        sources: &["PERF"],
        after: &[],
        check: before,
    },
    Rule {
        code: "FSX-LAYOUT-COUNT-REQUIRED",
        title: "a plain layout has a stripe count",
        severity: Severity::Error,
        sources: &["PERF"],
        after: &[],
        check: count_required,
    },
    Rule {
        code: "FSX-LAYOUT-COUNT",
        title: "a stripe count is -1 for all OSTs, or 1 to Lustre's maximum",
        severity: Severity::Error,
        sources: &["PERF", "MANUAL-LIMITS"],
        after: &[],
        check: counts,
    },
    Rule {
        code: "FSX-LAYOUT-SIZE",
        title: "the stripe size is whole MiB, no more than an object can hold",
        severity: Severity::Error,
        sources: &["MANUAL-LIMITS"],
        after: &[],
        check: size,
    },
    Rule {
        code: "FSX-LAYOUT-COMPONENTS",
        title: "a progressive layout has at least one component, and no more than are modelled",
        severity: Severity::Error,
        sources: &["MODEL"],
        after: &[],
        check: components,
    },
    Rule {
        code: "FSX-LAYOUT-END-REQUIRED",
        title: "every component but the last has an end",
        severity: Severity::Error,
        sources: &["PERF"],
        after: &["FSX-LAYOUT-COMPONENTS"],
        check: end_required,
    },
    Rule {
        code: "FSX-LAYOUT-END-OPEN",
        title: "the last component has no end, so that no file outgrows the layout",
        severity: Severity::Error,
        sources: &["PERF"],
        after: &["FSX-LAYOUT-COMPONENTS"],
        check: end_open,
    },
    Rule {
        code: "FSX-LAYOUT-END",
        title: "every component ends after the one before it",
        severity: Severity::Error,
        sources: &["PERF", "MANUAL-LIMITS"],
        after: &["FSX-LAYOUT-COMPONENTS"],
        check: ends,
    },
];

/// Most components of a layout that the model takes.
const MODELLED_COMPONENTS: usize = 16;

/// MiB in a TiB.
const MIB_PER_TIB: f64 = 1024.0 * 1024.0;

/// TiB in a PiB.
const TIB_PER_PIB: f64 = 1024.0;

fn of(scenario: &Scenario, kind: LayoutKind) -> Option<&Layout> {
    scenario.file_system.layout.as_ref().filter(|layout| layout.kind == kind)
}

fn fields(scenario: &Scenario, report: &mut Report<'_>) {
    let Some(layout) = &scenario.file_system.layout else { return };
    let kind = layout.kind;
    let mut refuse = |field: &str, value: &dyn Display, kinds: &[LayoutKind]| {
        if !kinds.contains(&kind) {
            let message = format!("a layout of kind `{kind}` takes no {field}; {} does", tables::list(kinds));
            report(Breach::surplus(format!("file_system.layout.{field}"), value, message));
        }
    };
    if let Some(before) = &layout.before {
        refuse("before", before, &[LayoutKind::Created]);
    }
    if let Some(count) = layout.count {
        refuse("count", &count.0, &[LayoutKind::Stripe]);
    }
    if let Some(size) = layout.size_mib {
        refuse("size_mib", &size.0, &[LayoutKind::Stripe, LayoutKind::Components]);
    }
    if !layout.components.is_empty() {
        refuse("components", &"", &[LayoutKind::Components]);
    }
}

/// The days on which the default layout changed, oldest first.
fn days() -> impl Iterator<Item = &'static str> {
    let mut last = "";
    LAYOUTS.iter().filter_map(|row| row.created_before).filter(move |day| std::mem::replace(&mut last, day) != *day)
}

fn before(scenario: &Scenario, report: &mut Report<'_>) {
    let Some(layout) = of(scenario, LayoutKind::Created) else { return };
    let field = "file_system.layout.before";
    let newest = days().last().unwrap_or("");
    let Some(before) = layout.before.as_deref() else {
        let message =
            format!("the kind `created` needs the day before which the file system was made: {}", tables::list(days()));
        report(Breach::absent(field, message, format_args!("before = \"{newest}\"")));
        return;
    };
    if days().any(|day| day == before) {
        return;
    }
    let message = format!(
        "the default layout changed on {}; for a newer file system use kind = \"default\"",
        tables::list(days())
    );
    // days as text sort like days: the next change is the end of the layout of that time
    let fix = days().find(|day| before < *day).or_else(|| did_you_mean(before, days()));
    report(Breach::new(field, before, message, fix.unwrap_or(newest)));
}

fn count_required(scenario: &Scenario, report: &mut Report<'_>) {
    if of(scenario, LayoutKind::Stripe).is_some_and(|layout| layout.count.is_none()) {
        let message = "the kind `stripe` needs a stripe count, -1 for all OSTs";
        report(Breach::absent("file_system.layout.count", message, "count = -1"));
    }
}

fn counts(scenario: &Scenario, report: &mut Report<'_>) {
    if let Some(count) = of(scenario, LayoutKind::Stripe).and_then(|layout| layout.count) {
        stripe_count(count, || "file_system.layout.count".to_owned(), report);
    }
    if let Some(layout) = of(scenario, LayoutKind::Components) {
        for (i, component) in layout.components.iter().enumerate() {
            stripe_count(component.count, || format!("file_system.layout.components[{i}].count"), report);
        }
    }
}

fn stripe_count(count: Whole, field: impl FnOnce() -> String, report: &mut Report<'_>) {
    let most = tables::whole(figures::LUSTRE_STRIPES_MAX.value);
    let nearest = if count.0 < 0 { -1 } else { count.0.clamp(1, most) };
    if nearest != count.0 {
        let message = format!("a stripe count is 1 to {most}, or -1 for all OSTs");
        report(Breach::new(field(), count.0, message, nearest));
    }
}

fn size(scenario: &Scenario, report: &mut Report<'_>) {
    let Some(layout) = &scenario.file_system.layout else { return };
    let (LayoutKind::Stripe | LayoutKind::Components, Some(size)) = (layout.kind, layout.size_mib) else { return };
    let most = tables::whole(figures::LUSTRE_OBJECT_MAX_TIB.value * MIB_PER_TIB);
    if !(1..=most).contains(&size.0) {
        let message = format!("the stripe size is 1 to {most} MiB, the largest object on an OST");
        report(Breach::new("file_system.layout.size_mib", size.0, message, size.0.clamp(1, most)));
    }
}

fn components(scenario: &Scenario, report: &mut Report<'_>) {
    let Some(layout) = of(scenario, LayoutKind::Components) else { return };
    let (field, count) = ("file_system.layout.components", layout.components.len());
    if count == 0 {
        let message = "the kind `components` needs at least one component";
        report(Breach::absent(field, message, "components = [ { count = -1 } ]"));
    } else if count > MODELLED_COMPONENTS {
        let message = format!("there are {count} components; at most {MODELLED_COMPONENTS} are modelled");
        report(Breach::new(field, count, message, format_args!("{MODELLED_COMPONENTS} components or fewer")));
    }
}

fn end_required(scenario: &Scenario, report: &mut Report<'_>) {
    let Some(layout) = of(scenario, LayoutKind::Components) else { return };
    let mut least = 1;
    for (i, component) in layout.components.iter().enumerate().take(layout.components.len().saturating_sub(1)) {
        match component.end_mib {
            Some(end) => least = end.0.saturating_add(1),
            None => {
                let message = "only the last component may be without an end";
                let field = format!("file_system.layout.components[{i}].end_mib");
                report(Breach::absent(field, message, format_args!("end_mib of {least} or more")));
            }
        }
    }
}

fn end_open(scenario: &Scenario, report: &mut Report<'_>) {
    let Some(layout) = of(scenario, LayoutKind::Components) else { return };
    if let (Some(end), Some(last)) =
        (layout.components.last().and_then(|last| last.end_mib), layout.components.len().checked_sub(1))
    {
        let message =
            format!("the last component must be open-ended: a file larger than {} MiB would have no place", end.0);
        report(Breach::surplus(format!("file_system.layout.components[{last}].end_mib"), end.0, message));
    }
}

fn ends(scenario: &Scenario, report: &mut Report<'_>) {
    let Some(layout) = of(scenario, LayoutKind::Components) else { return };
    let most = tables::whole(figures::LUSTRE_FILE_MAX_PIB.value * TIB_PER_PIB * MIB_PER_TIB);
    let mut before = 0;
    for (i, component) in layout.components.iter().enumerate().take(layout.components.len().saturating_sub(1)) {
        let Some(end) = component.end_mib else { continue };
        let least = before + 1;
        if end.0 < least || end.0 > most {
            let message = if end.0 > most {
                format!("a component ends within the largest file, {most} MiB")
            } else if before == 0 {
                "a component ends at 1 MiB or later".to_owned()
            } else {
                format!("a component ends after the one before it, at more than {before} MiB")
            };
            let field = format!("file_system.layout.components[{i}].end_mib");
            report(Breach::new(field, end.0, message, end.0.min(most).max(least)));
        }
        before = end.0.clamp(before, most - 1);
    }
}
