//! Performance model of Amazon FSx for Lustre.
#[macro_use]
extern crate uom;

pub mod advice;
pub mod api;
pub mod batch;
pub mod catalog;
pub mod design;
pub mod estimate;
pub mod finding;
pub mod model;
pub mod rules;
pub mod scenario;
pub mod spread;
pub mod units;
pub mod unmodelled;
pub mod working;
