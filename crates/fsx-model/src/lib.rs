#![doc = include_str!("../README.md")]
//!
//! # Modules
//!
//! | module | holds |
//! | --- | --- |
//! | [`scenario`] | what a person writes; TOML and JSON with every fault named at once |
//! | [`rules`] | what makes a design legal, with the nearest legal value |
//! | [`design`] | a legal scenario as the model sees it: typed quantities and counts |
//! | [`model`] | layout, network, disks, cache, latency, the closed network, credits over time |
//! | [`spread`] | how far the ranges of the assumptions spread a result |
//! | [`mod@estimate`] | the answer: rates with intervals, limits, time |
//! | [`working`] | formulas of the limits with their numbers, as data |
//! | [`formula`] | formulas of other figures, written out with their numbers |
//! | [`advice`], [`reservations`] | changes that were tried out; warnings that only the numbers can tell |
//! | [`head_room`] | how near a file system that exists is to its limits |
//! | [`symptoms`], [`tuning`] | what a scenario runs into; what to set on its clients |
//! | [`imported`] | how files imported from S3 lie on the targets |
//! | [`what_if`](mod@what_if), [`compare`](mod@compare) | one change at a time; two to eight designs side by side |
//! | [`mod@cost`], [`money`] | what it costs in a month, line by line; exact money |
//! | [`mod@plan`] | which file system to buy, and the proof that nothing cheaper does it |
//! | [`mod@reverse`] | given a file system: how much of each workload, and how many clients |
//! | [`ask`] | ready questions: where EFA begins to pay, whether a burst will do |
//! | [`mod@presets`] | known training runs, checkpoints and benchmarks, to take as jobs |
//! | [`family`] | which family a workload belongs to, and how far predictions of its kind are off |
//! | `measured`, `observed` | measurements and what the model says of them; the published ones |
//! | `accuracy`, `calibrate` | how far off it is; assumptions fitted to measurements |
//! | [`batch`] | many rows at once, columns in and out |
//! | [`api`] | JSON text in, JSON text out: the one door of every binding |
//! | [`catalog`] | published figures and assumptions, each with its source |
//! | [`finding`] | errors as data |
//! | [`shape`], [`units`] | what a field may hold; quantities |

#[macro_use]
extern crate uom;

#[cfg(feature = "observed")]
pub mod accuracy;
pub mod advice;
pub mod api;
pub mod ask;
pub mod batch;
#[cfg(feature = "calibrate")]
pub mod calibrate;
pub mod catalog;
mod change;
pub mod compare;
pub mod cost;
pub mod design;
pub mod draws;
pub mod estimate;
#[cfg(feature = "exchange")]
pub mod exchange;
pub mod family;
pub mod finding;
pub mod formula;
pub mod head_room;
pub mod imported;
pub mod job;
#[cfg(feature = "calibrate")]
pub mod measured;
pub mod model;
pub mod money;
#[cfg(feature = "observed")]
pub mod observed;
pub mod plan;
pub mod presets;
pub mod reservations;
pub mod reverse;
pub mod rules;
pub mod scenario;
pub mod shape;
pub mod spread;
pub mod symptoms;
pub mod tuning;
pub mod units;
pub mod updates;
pub mod what_if;
pub mod working;
