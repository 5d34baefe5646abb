//! Reservations about an estimate that only its numbers can tell: warnings.

use crate::catalog::terms::Interface;
use crate::catalog::{Assumptions, figures, symptoms};
use crate::design::{self, Design, Residence};
use crate::estimate::{Estimate, WorkloadEstimate, numbers};
use crate::finding::{Finding, Severity, whole_number};
use crate::imported;
use crate::model::{LimitId, filling};
use crate::scenario::{DataIn, Scenario, Target, TargetRegime, Workload};
use crate::units::{Information, Throughput, gibibyte, gigabit_per_second, mebibyte, megabyte_per_second};

/// Every reservation about the estimate of a scenario.
#[must_use]
pub fn reservations(scenario: &Scenario, estimate: &Estimate) -> Vec<Finding> {
    let assumptions = design::assumptions(scenario);
    let designs = Design::all(scenario, &assumptions).unwrap_or_default();
    let mut findings = imported::narrow_files(scenario, &assumptions);
    for (groups, workload) in designs.chunk_by(|a, b| a.index == b.index).zip(&estimate.workloads) {
        let Some(design) = groups.first() else { continue };
        let i = design.index;
        if let Some(now) = workload.sustained.throughput_mb_per_s {
            let burst = workload.burst.as_ref().and_then(|burst| burst.regime.throughput_mb_per_s);
            findings.extend(beyond_documented_path(scenario, groups, burst.unwrap_or(now).mid));
            findings.extend(more_than_caches(design));
            findings.extend(more_than_usable(scenario, groups, &assumptions));
            findings.extend(full_targets(scenario, groups, &assumptions));
            findings.extend(idle_targets(design, workload.sustained.bottleneck));
            findings.extend(shared_without_a_word(groups));
        }
        findings.extend(contention(estimate, workload, &designs, i));
    }
    findings.extend(missed_targets(scenario, estimate));
    findings
}

/// A figure of a target, and what is reached of it.
struct Aimed {
    name: &'static str,
    unit: &'static str,
    wanted: f64,
    reached: f64,
    is_met: bool,
}

/// Every figure of a target.
fn aimed(target: &Target, workload: &WorkloadEstimate) -> Vec<Aimed> {
    let regime = match &workload.burst {
        Some(burst) if target.regime() == TargetRegime::Burst => &burst.regime,
        _ => &workload.sustained,
    };
    let throughput = regime.throughput_mb_per_s.map(|range| range.mid);
    let figures = [
        ("throughput_mb_per_s", "MB/s", target.throughput_mb_per_s, throughput, true),
        ("operations_per_s", "operations a second", target.operations_per_s, Some(regime.operations_per_s.mid), true),
        ("latency_ms", "ms", target.latency_ms, Some(regime.latency_ms.mid), false),
        ("seconds", "s", target.seconds, Some(workload.seconds.mid), false),
    ];
    let known = figures.into_iter().filter_map(|(name, unit, wanted, reached, more)| {
        let (wanted, reached) = wanted.zip(reached)?;
        let is_met = if more { reached >= wanted * (1.0 - ROUNDING) } else { reached <= wanted * (1.0 + ROUNDING) };
        Some(Aimed { name, unit, wanted, reached, is_met })
    });
    known.collect()
}

/// Targets that the estimate does not reach. Some are reached in a plan, where no workload takes more than its target.
fn missed_targets(scenario: &Scenario, estimate: &Estimate) -> Vec<Finding> {
    let mut in_plan = None;
    let mut findings = Vec::new();
    for (index, (load, workload)) in scenario.workloads.iter().zip(&estimate.workloads).enumerate() {
        let Some(target) = &load.target else { continue };
        for missed in aimed(target, workload).into_iter().filter(|it| !it.is_met) {
            let in_plan = in_plan.get_or_insert_with(|| each_at_its_target(scenario));
            let there = in_plan.as_ref().and_then(|it| it.workloads.get(index));
            let there =
                there.and_then(|it| aimed(target, it).into_iter().find(|it| it.name == missed.name && it.is_met));
            findings.push(missed_target(scenario, index, &workload.name, &missed, there.is_some()));
        }
    }
    findings
}

fn missed_target(scenario: &Scenario, index: usize, name: &str, missed: &Aimed, there: bool) -> Finding {
    let Aimed { unit, wanted, reached, .. } = missed;
    let reaches = format!("`{name}` reaches {reached:.3} {unit} of {wanted}");
    let (message, fix) = if there {
        (
            format!(
                "{reaches}, as workloads take all they can get; it reaches that where none takes more than its target"
            ),
            limits_at_targets(scenario),
        )
    } else {
        (reaches, "`plan` finds the cheapest file system that reaches it".to_owned())
    };
    Finding {
        code: "FSX-TARGET-MISSED",
        severity: Severity::Warning,
        field: format!("workloads[{index}].target.{}", missed.name),
        value: wanted.to_string(),
        message,
        fix,
        sources: Vec::new(),
    }
}

/// The estimate of a scenario whose workloads offer their target rates, as in a plan.
fn each_at_its_target(scenario: &Scenario) -> Option<Estimate> {
    let mut offering = scenario.clone();
    offering.workloads.iter_mut().for_each(Workload::offer_target);
    if offering == *scenario { None } else { numbers(&offering) }
}

/// The rate limits that hold every workload to its target, where it is not held to it yet.
fn limits_at_targets(scenario: &Scenario) -> String {
    let limits = scenario.workloads.iter().enumerate().flat_map(|(index, load)| {
        let mut held = load.clone();
        held.offer_target();
        let limits = [
            ("rate_limit_mb_per_s", load.rate_limit_mb_per_s, held.rate_limit_mb_per_s),
            ("rate_limit_operations_per_s", load.rate_limit_operations_per_s, held.rate_limit_operations_per_s),
        ];
        let name = load.name_or_number(index);
        limits
            .into_iter()
            .filter(|(_, now, held)| now != held)
            .filter_map(move |(field, _, held)| held.map(|rate| format!("{field} = {rate} for `{name}`")))
    });
    limits.collect::<Vec<_>>().join(", ")
}

/// A share of a target that rounding may cost.
const ROUNDING: f64 = 1e-9;

/// A share of a rate worth a word.
const WORTH_NAMING: f64 = 0.05;

/// A workload that others hold up.
fn contention(estimate: &Estimate, workload: &WorkloadEstimate, designs: &[Design], index: usize) -> Option<Finding> {
    let lost = workload.contention.as_ref().filter(|lost| lost.share < 1.0 - WORTH_NAMING)?;
    let used = |other: &WorkloadEstimate| {
        let limit = other.limits.iter().find(|limit| limit.id == lost.at)?;
        Some(other.sustained.rate().0.mid / limit.sustained.value)
    };
    // what is the clients' own, only workloads of the same clients and direction meet
    let side = |index: usize| {
        let designs = designs.iter().filter(move |design| design.index == index);
        designs.map(|design| (design.group, design.workload.writes))
    };
    let clients_own = matches!(lost.at, LimitId::ClientNetwork | LimitId::ClientToServerPath);
    let meets = |other: usize| !clients_own || side(other).any(|other| side(index).any(|own| own == other));
    let others = estimate.workloads.iter().enumerate().filter(|(other, _)| *other != index && meets(*other));
    let mut users: Vec<_> = others.filter_map(|(_, other)| Some((&other.name, used(other)?))).collect();
    users.sort_by(|a, b| b.1.total_cmp(&a.1));
    let percent = |share: f64| whole_number((share * 100.0).round());
    let takers = users.iter().filter(|(_, share)| *share > WORTH_NAMING);
    let takers: Vec<_> = takers.map(|(name, share)| format!("`{name}` takes {} %, ", percent(*share))).collect();
    let (now, unit) = workload.sustained.rate();
    Some(Finding {
        code: "FSX-CONTENTION",
        severity: Severity::Warning,
        field: format!("workloads[{index}]"),
        value: workload.name.clone(),
        message: format!(
            "`{}` reaches {} {unit} instead of the {} it would have alone ({} %): it waits at `{}`, of which {}it has {} %",
            workload.name,
            whole_number(now.mid),
            whole_number(lost.alone),
            percent(lost.share),
            lost.at,
            takers.concat(),
            percent(used(workload).unwrap_or(0.0)),
        ),
        fix: "a rate limit on the others, more of that part, or another time".to_owned(),
        sources: Vec::new(),
    })
}

/// Files that leave targets without work while the rest is what stops the workload.
fn idle_targets(design: &Design, bottleneck: LimitId) -> Option<Finding> {
    let (held, _) = design.placement.holding_shares();
    let osts = design.placement.topology.osts;
    let used = (held * osts).round();
    (bottleneck == LimitId::StripeWidth && used < osts).then(|| Finding {
        code: "FSX-IDLE-OSTS",
        severity: Severity::Warning,
        field: "file_system.layout".to_owned(),
        value: String::new(),
        message: format!(
            "the files of this workload lie on about {} of {} OSTs; the others do nothing for it",
            whole_number(used),
            whole_number(osts)
        ),
        fix: "more stripes, or more files at once".to_owned(),
        sources: vec!["PERF"],
    })
}

/// More processes than files, where the scenario does not say that they share one.
fn shared_without_a_word(groups: &[Design]) -> Option<Finding> {
    let design = groups.first()?;
    let (files, _) = design.workload.all_files();
    let streams: f64 = groups.iter().map(|group| group.workload.streams).sum();
    (streams > files && !design.workload.shared).then(|| Finding {
        code: "FSX-FILES-SHARED",
        severity: Severity::Warning,
        field: format!("workloads[{}].file_count", design.index),
        value: files.to_string(),
        message: format!(
            "{} processes work on {} files; nothing is taken off for what they wait for each other's locks",
            whole_number(streams),
            whole_number(files)
        ),
        fix: "shared_file = true, if all work on one file".to_owned(),
        sources: Vec::new(),
    })
}

/// Writes that may fill one target while others have room.
fn full_targets(scenario: &Scenario, groups: &[Design], assumptions: &Assumptions) -> Option<Finding> {
    let fill = scenario.file_system.fill?;
    let design = groups.first()?;
    let chance =
        groups.iter().map(|group| filling::chance_of_full_target(group, fill, assumptions)).fold(0.0, f64::max);
    (chance >= CHANCE_WORTH_NAMING).then(|| Finding {
        code: "FSX-OST-FULL",
        severity: Severity::Warning,
        field: "file_system.fill".to_owned(),
        value: fill.to_string(),
        message: format!(
            "with targets {} % full and files laid at random, the chance that one of {} OSTs fills is {} %; writes to              it fail then although others have room",
            whole_number((fill * 100.0).round()),
            whole_number(design.placement.topology.osts),
            whole_number((chance * 100.0).round()),
        ),
        fix: format!("more stripes, more capacity, or fewer data; `{}` shows each target", symptoms::FULL_TARGET.look),
        sources: figures::FULL_OST_ACTION_SHARE.provenance.source_id.split_whitespace().collect(),
    })
}

/// A chance worth a word.
const CHANCE_WORTH_NAMING: f64 = 0.01;

/// A rate over ENA above what AWS documents for the ways between the clients and the servers of their files.
fn beyond_documented_path(scenario: &Scenario, groups: &[Design], fastest: f64) -> Option<Finding> {
    if groups.iter().any(|group| group.clients.interface != Interface::Ena) {
        return None;
    }
    let design = groups.first()?;
    let segments = design.placement.segments();
    let servers = segments.iter().map(|segment| segment.touched_servers).fold(0.0, f64::max);
    let path = Throughput::new::<gigabit_per_second>(figures::ENA_PER_OSS_GBPS.value);
    let clients: f64 = groups.iter().map(|group| group.clients.count).sum();
    let documented = path.get::<megabyte_per_second>() * clients * servers;
    (fastest > documented).then(|| Finding {
        code: "FSX-ENA-PER-SERVER",
        severity: Severity::Warning,
        field: scenario.clients.path(design.group),
        value: String::new(),
        message: format!(
            "the estimate of {} MB/s is above the {} MB/s that AWS documents: {} Gbit/s between each client and each \
             file server ({servers} in use) over ENA; published measurements exceed that figure, so the model uses the \
             assumption path_limit_gbps instead",
            whole_number(fastest),
            whole_number(documented),
            figures::ENA_PER_OSS_GBPS.value,
        ),
        fix: format!("[assumptions] path_limit_gbps = {} for the cautious answer", figures::ENA_PER_OSS_GBPS.value),
        sources: figures::ENA_PER_OSS_GBPS.provenance.source_id.split_whitespace().collect(),
    })
}

/// Files that fit the nominal capacity, but not what of it is usable and, for writes, free.
fn more_than_usable(scenario: &Scenario, groups: &[Design], assumptions: &Assumptions) -> Option<Finding> {
    let design = groups.first()?;
    let index = design.index;
    let data = groups.iter().fold(Information::default(), |sum, group| sum + group.workload.bytes_per_pass());
    let (usable, capacity) = (design.file_system.usable_capacity(assumptions)?, design.file_system.capacity()?);
    // A fill that was not given says nothing about the room there is.
    let taken = scenario.file_system.fill.filter(|_| design.workload.writes).unwrap_or(0.0);
    let room = usable * (1.0 - taken);
    (data > room && data <= capacity).then(|| Finding {
        code: "FSX-WORKLOAD-USABLE",
        severity: Severity::Warning,
        field: format!("workloads[{index}].file_size_mib"),
        value: design.workload.file_size.get::<mebibyte>().to_string(),
        message: format!(
            "the files hold {} GiB and there is room for {} GiB, of {} GiB usable",
            whole_number(data.get::<gibibyte>()),
            whole_number(room.get::<gibibyte>()),
            whole_number(usable.get::<gibibyte>()),
        ),
        fix: "less data or more capacity".to_owned(),
        sources: figures::USABLE_CAPACITY_SAMPLE_KIB.provenance.source_id.split_whitespace().collect(),
    })
}

/// Reads declared to be in the servers' caches that do not fit there.
fn more_than_caches(design: &Design) -> Option<Finding> {
    if design.workload.residence != Residence::ServerCache {
        return None;
    }
    let Design { file_system, workload, placement, .. } = design;
    let data = workload.cached_bytes.get::<gibibyte>();
    let (osts, servers) = placement.holding_shares();
    let memory = file_system.published.server_memory.unwrap_or_default().get::<gibibyte>() * servers;
    let cache = file_system.ssd_cache.map(|cache| cache.size).unwrap_or_default().get::<gibibyte>() * osts;
    let and_cache =
        if cache > 0.0 { format!(" and their SSD read cache {} GiB", whole_number(cache)) } else { String::new() };
    (data > memory + cache).then(|| Finding {
        code: "FSX-CACHE-SIZE",
        severity: Severity::Warning,
        field: format!("workloads[{}].data_in", design.index),
        value: DataIn::ServerCache.to_string(),
        message: format!(
            "the files hold {} GiB and the memory of their file servers {} GiB{and_cache}, so not all reads can be \
             served from there",
            whole_number(data),
            whole_number(memory)
        ),
        fix: DataIn::Auto.to_string(),
        sources: file_system.provenance().source_id.split_whitespace().collect(),
    })
}
