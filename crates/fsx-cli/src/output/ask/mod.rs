//! The answers of ready questions.

pub(crate) mod burst;
pub(crate) mod efa;
