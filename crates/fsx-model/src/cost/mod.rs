//! `price`: what a design costs in a month, line by line, and what is not known of it.
//!
//! Quantities ([`Quantities`]) × prices ([`Prices`]) = lines ([`Bill`]), exactly (see [`crate::money`]). An item without a
//! known price never counts as free: the cost is then partial and names it.

mod answer;
mod bill;
mod filling;
mod findings;
mod item;
#[cfg(feature = "exchange")]
pub mod offer;
mod prices;
mod quantities;

pub use answer::{Cost, CostLine, Missing, Priced, price};
pub use bill::{Amount, Bill, LINES, Line};
pub use filling::filling;
pub use item::{INSTANCE_HOUR, Item, ON_DEMAND};
pub use prices::{BUILT_IN, ClientPrice, OWN, PriceRow, Prices};
pub use quantities::Quantities;

pub(crate) use answer::{clients_usd_per_hour, work_out};

use crate::scenario::Scenario;

/// What the design of a legal scenario costs; `None` for one that is not legal.
#[must_use]
pub fn cost(scenario: &Scenario) -> Option<Cost> {
    work_out(scenario).map(|worked| worked.cost)
}
