//! The answer of `reverse`: what a file system carries of each workload, and how many clients.

use fsx_model::catalog::figures;
use fsx_model::catalog::terms::StorageType;
use fsx_model::reverse::{Carried, Reversed};
use fsx_model::scenario::Scenario;

use super::estimate::is_felt;
use super::format::{figure, plural, range, times};
use super::page::{Page, Text};
use super::words::part;
use super::{estimate, file_system, findings};

/// Writes what a file system carries.
pub(crate) fn show(page: &mut Page, scenario: &Scenario, reversed: &Reversed) {
    file_system::title(page, "", &scenario.file_system, &scenario.region());
    for carried in &reversed.workloads {
        page.gap();
        workload(page, carried, scenario.file_system.storage_type());
    }
    findings::brief(page, &reversed.findings);
    estimate::footer(
        page,
        &reversed.model,
        &["sustained, beside the others; mid value, and 5 to 95 % of what one would measure"],
    );
}

fn workload(page: &mut Page, carried: &Carried, storage: StorageType) {
    let unit = carried.unit;
    page.line(&Text::new().bold(&carried.name));
    let mut rate = format!(
        "carries {} {unit} ({}), then stopped by {}",
        figure(carried.sustained.mid),
        range(&carried.sustained, figure),
        part(carried.bottleneck, storage)
    );
    if let Some(burst) = carried.burst.as_ref().filter(|burst| is_felt(burst.mid, carried.sustained.mid)) {
        rate += &format!("; {} {unit} while burst credits last", figure(burst.mid));
    }
    page.flow(2, 4, &Text::new().plain(&rate));
    if let Some((offered, share)) = carried.offered.zip(carried.times) {
        let text = format!("{} what it offers, {} {unit}", times(share), figure(offered));
        page.flow(2, 4, &Text::new().plain(&text));
    }
    let clients = &carried.clients;
    if let Some((most, each)) = clients.most.zip(clients.each) {
        let text = match most {
            0 => format!("not even one client gets {} {unit}", figure(each)),
            most => format!(
                "feeds {} at {} {unit} each; there are {}",
                plural(count(most), "client"),
                figure(each),
                clients.now
            ),
        };
        page.flow(2, 4, &Text::new().plain(&text));
    }
    if let Some(saturating) = clients.saturating.filter(|count| f64_of(*count) < figures::LUSTRE_CLIENTS_MAX.value) {
        let text = match saturating {
            1 => "1 client at full speed reaches 95 % of the most that any number reaches".to_owned(),
            more => format!(
                "{} at full speed reach 95 % of the most that any number reaches",
                plural(count(more), "client")
            ),
        };
        page.flow(2, 4, &Text::new().plain(&text));
    }
}

/// A number of clients, which Lustre holds far below where floats are exact.
fn count(clients: i64) -> u32 {
    u32::try_from(clients).unwrap_or(u32::MAX)
}

fn f64_of(clients: i64) -> f64 {
    f64::from(count(clients))
}
