//! Targets that an estimate does not reach, and what a plan says of the same file system.

use fsx_model::estimate::estimate;
use fsx_model::finding::Finding;
use fsx_model::plan::{Objective, Requirement, plan};
use fsx_model::scenario::{self, Scenario};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::case::config;
use crate::plan_draws::draws;

fn missed(scenario: &Scenario) -> Vec<Finding> {
    let findings = estimate(scenario).unwrap_or_else(|error| panic!("refused: {error}")).findings;
    findings.into_iter().filter(|it| it.code == "FSX-TARGET-MISSED").collect()
}

/// 12,600 MB/s from disks, for a training that is to have 8,000 of it beside checkpoints.
fn training_beside_checkpoints(checkpoint: &Value) -> Scenario {
    let input = json!({
        "file_system": {
            "deployment_type": "PERSISTENT_2", "storage_capacity_gib": 48000, "per_unit_storage_throughput": 250,
            "metadata_configuration": { "mode": "AUTOMATIC" },
        },
        "clients": { "count": 16, "instance_type": "p5.48xlarge" },
        "workloads": [
            {
                "name": "train", "processes_per_client": 8, "file_size_mib": 140, "file_count": 100_000,
                "target": { "throughput_mb_per_s": 8000 },
            },
            checkpoint,
        ],
    });
    scenario::from_json(&input.to_string()).unwrap()
}

fn checkpoint(target: f64) -> Value {
    json!({
        "name": "checkpoint", "operation": "write", "processes_per_client": 8, "file_size_mib": 8192,
        "target": { "throughput_mb_per_s": target },
    })
}

#[test]
fn a_target_that_others_take_is_told_from_one_that_is_out_of_reach() {
    let fits = missed(&training_beside_checkpoints(&checkpoint(4000.0)));
    let [fits] = fits.as_slice() else { panic!("{fits:?}") };
    assert_eq!(fits.field, "workloads[0].target.throughput_mb_per_s");
    assert!(fits.message.ends_with("it reaches that where none takes more than its target"), "{}", fits.message);
    assert_eq!(fits.fix, "rate_limit_mb_per_s = 8000 for `train`, rate_limit_mb_per_s = 4000 for `checkpoint`");

    let mut held = training_beside_checkpoints(&checkpoint(4000.0));
    held.workloads.iter_mut().for_each(scenario::Workload::offer_target);
    assert_eq!(missed(&held), []);

    for too_much in missed(&training_beside_checkpoints(&checkpoint(6000.0))) {
        assert!(too_much.fix.starts_with("`plan`"), "{too_much:?}");
    }
}

proptest! {
    #![proptest_config(config())]
    #[test]
    fn what_a_plan_reaches_an_estimate_says_to_be_reached_at_the_targets(draw in draws()) {
        let requirement: Requirement = scenario::from_json(&draw.requirement().to_string()).unwrap();
        // what is asked for is weighed by `least_total`, not held
        let held = requirement.objective() != Objective::LeastTotal;
        let Some(best) = plan(&requirement).ok().filter(|_| held).and_then(|plan| plan.best) else { return Ok(()) };
        for finding in missed(&requirement.written_on(best.file_system)) {
            prop_assert!(!finding.fix.starts_with("`plan`"), "{finding:?}");
        }
    }
}
