//! What AWS recommends to set on a client, by the size of its instance.
//!
//! ```
//! use fsx_model::catalog::instance;
//! use fsx_model::tuning::{Stage, steps};
//!
//! // 128 vCPUs and 256 GiB: more than 64 of either
//! let steps = steps(instance("c6in.32xlarge").unwrap());
//! assert_eq!(steps[0].command, "options ptlrpc ptlrpcd_per_cpt_max=32");
//! assert!(steps.iter().any(|step| step.command == "lctl set_param ldlm.namespaces.*.lru_size=12800"));
//! assert!(steps.windows(2).all(|two| two[0].stage <= two[1].stage));
//! ```

use crate::catalog::{Instance, TUNING, TuningRule, instance};
use crate::finding::{Finding, Severity};
use crate::scenario::Scenario;

/// When a step is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// An option of a kernel module, in a file under `/etc/modprobe.d`, before a reboot.
    Module,
    /// After mounting, and again after every reboot.
    Parameter,
}

/// Something to set on a client.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// When.
    pub stage: Stage,
    /// The line of the module's file, or the command.
    pub command: String,
    /// The row of the catalog.
    pub rule: &'static TuningRule,
}

/// What to set on every client of an instance type, in the order in which it is done.
#[must_use]
pub fn steps(instance: &Instance) -> Vec<Step> {
    let applies = |rule: &&TuningRule| {
        rule.occasion.is_none()
            && rule.memory_above_gib.is_none_or(|least| instance.memory_gib > f64::from(least))
            && rule.vcpus_above.is_none_or(|least| instance.vcpus > least)
    };
    let mut steps: Vec<Step> = TUNING.iter().filter(applies).filter_map(|rule| step(rule, instance)).collect();
    steps.sort_by_key(|step| step.stage);
    steps
}

/// What to set on an occasion, such as `directory listing`.
pub fn on(occasion: &str) -> impl Iterator<Item = String> {
    let rules = TUNING.iter().filter(move |rule| rule.occasion == Some(occasion));
    rules.filter_map(|rule| Some(format!("lctl set_param {}={}", rule.setting, rule.value?)))
}

/// Options of the mount.
#[must_use]
pub fn mount_options() -> String {
    TUNING.iter().filter(|rule| rule.stage == "mount").map(|rule| rule.setting).collect::<Vec<_>>().join(",")
}

fn step(rule: &'static TuningRule, instance: &Instance) -> Option<Step> {
    let value = rule.value? * if rule.times_vcpus { instance.vcpus } else { 1 };
    let (stage, command) = match rule.stage {
        "module" => (Stage::Module, format!("options {}={value}", rule.setting)),
        "parameter" => (Stage::Parameter, format!("lctl set_param {}={value}", rule.setting)),
        _ => return None,
    };
    Some(Step { stage, command, rule })
}

/// Advice for each client group whose instances ask for tuning.
#[must_use]
pub fn advise(scenario: &Scenario) -> Vec<Finding> {
    let groups = scenario.clients.as_slice().iter().enumerate();
    let finding = |(i, group): (usize, &crate::scenario::Clients)| {
        let named = instance(group.instance_type.as_deref()?)?;
        let steps = steps(named);
        let first = steps.first()?;
        let sources = [first.rule.provenance.source_id];
        Some(Finding {
            code: "FSX-ADVICE-CLIENT-TUNING",
            severity: Severity::Advice,
            field: format!("{}.instance_type", scenario.clients.path(i)),
            value: named.instance_type.to_owned(),
            message: format!(
                "AWS recommends {} settings on clients of this size ({} vCPUs, {} GiB)",
                steps.len(),
                named.vcpus,
                named.memory_gib
            ),
            fix: "`fsx export --to lfs` writes them".to_owned(),
            sources: sources.to_vec(),
        })
    };
    groups.filter_map(finding).collect()
}
