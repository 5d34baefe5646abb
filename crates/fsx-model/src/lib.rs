//! Performance model of Amazon FSx for Lustre.

#[macro_use]
extern crate uom;

pub mod catalog;
pub mod finding;
pub mod rules;
pub mod scenario;
pub mod units;
