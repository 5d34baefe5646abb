//! One binary for all integration tests of the core.
#![allow(
    missing_docs,
    clippy::expect_used,
    clippy::float_cmp,
    clippy::panic,
    clippy::unwrap_used,
    reason = "tests: a fault is to stop them, and figures are to be exact"
)]

#[cfg(feature = "observed")]
mod accuracy;
mod advice;
mod agreement;
mod allocations;
mod ask;
mod batch;
#[cfg(feature = "calibrate")]
mod calibrate;
mod case;
mod case_draws;
mod catalog;
mod check_texts;
mod conformance;
mod course;
mod exchange;
mod exchange_hostile;
mod exchange_loads;
mod exchange_logs;
mod extremes;
mod faults;
mod formulas;
mod imported;
mod jobs;
mod known_answers;
mod offer;
mod oracle;
mod oracle_files;
mod oracle_metadata;
mod oracle_system;
mod parse;
mod plan;
mod plan_confidence;
mod plan_current;
mod plan_draws;
mod plan_grid;
mod plan_oracle;
mod plan_total;
mod presets;
mod prices;
mod properties;
mod published;
mod reverse;
mod s3;
mod scan;
mod simulation;
mod symptoms;
mod targets;
mod together;
mod updates;
