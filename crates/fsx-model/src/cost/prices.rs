//! The prices of one region.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::item::{Item, ON_DEMAND};
use crate::catalog::terms::Status;
use crate::catalog::{INSTANCE_PRICES, PRICES, Provenance};
use crate::money::{Quantity, Rate, Usd};
use crate::scenario::{Clients, OwnPrice, Pricing, Scenario};

/// Word for the catalog's prices.
pub const BUILT_IN: &str = "built-in";
/// Word for FSx prices that the scenario alone gives.
pub const OWN: &str = "own";

/// A price with its origin.
#[derive(Clone, Debug, PartialEq)]
pub struct PriceRow {
    /// Price of one unit.
    pub rate: Rate,
    /// Ids of the catalog's sources, or what the scenario says.
    pub source: Cow<'static, str>,
    /// When it was read; `None` if the scenario does not say.
    pub as_of: Option<Cow<'static, str>>,
    /// How far it can be trusted.
    pub status: Status,
}

/// Prices of one region: for each item its price, the catalog's replaced by the scenario's own.
#[derive(Clone, Debug)]
pub struct Prices {
    region: String,
    items: [Option<PriceRow>; Item::COUNT],
    own_instances: BTreeMap<String, PriceRow>,
    clients: Vec<ClientPrice>,
}

/// The instances of a client group and their price.
#[derive(Clone, Debug, PartialEq)]
pub struct ClientPrice {
    /// Type of the instances; `None` if it is not given.
    pub instance_type: Option<String>,
    /// Number of instances.
    pub count: i64,
    /// Price of an hour of one of them; `None` if it is not known.
    pub row: Option<PriceRow>,
}

impl ClientPrice {
    /// What all instances cost for so many hours.
    #[must_use]
    pub fn usd(&self, hours: Quantity) -> Option<Usd> {
        self.row.as_ref().map(|row| hours.times(self.count) * row.rate)
    }
}

impl Prices {
    /// The prices a scenario is billed at: those of its region, and of its clients' instances if they are counted.
    #[must_use]
    pub fn of(scenario: &Scenario) -> Self {
        let pricing = scenario.pricing.as_ref();
        let mut prices = Self::new(&scenario.region(), pricing);
        if pricing.is_some_and(Pricing::include_clients) {
            let groups = scenario.clients.as_slice();
            let groups = if groups.is_empty() { std::slice::from_ref(const { &Clients::DEFAULT }) } else { groups };
            prices.clients = groups.iter().map(|group| prices.of_group(group)).collect();
        }
        prices
    }

    /// Counts the clients of a scenario that is priced alike in all else.
    pub(crate) fn recount(&mut self, scenario: &Scenario) {
        for (price, group) in self.clients.iter_mut().zip(scenario.clients.as_slice()) {
            price.count = group.count().0;
        }
    }

    fn of_group(&self, group: &Clients) -> ClientPrice {
        ClientPrice {
            instance_type: group.instance_type.clone(),
            count: group.count().0,
            row: group.instance_type.as_deref().and_then(|instance_type| self.instance(instance_type)),
        }
    }

    /// The prices of `region`, without clients. With the price book `own`, those of FSx are the scenario's alone; data transfer, S3 and
    /// EC2 stay the catalog's. An own price for the region goes before one for any region.
    #[must_use]
    pub fn new(region: &str, pricing: Option<&Pricing>) -> Self {
        let own_book = pricing.is_some_and(|pricing| pricing.price_book() == OWN);
        let mut items = [const { None }; Item::COUNT];
        for &item in Item::ALL {
            if !(own_book && item.is_fsx()) {
                items[item as usize] = built_in(region, item);
            }
        }
        let mut prices = Self { region: region.to_owned(), items, own_instances: BTreeMap::new(), clients: Vec::new() };
        let given = pricing.map_or(&[][..], |pricing| pricing.prices.as_slice());
        for own in given.iter().filter(|own| own.region.is_none()) {
            prices.replace(own);
        }
        for own in given.iter().filter(|own| own.region.as_deref() == Some(region)) {
            prices.replace(own);
        }
        prices
    }

    fn replace(&mut self, own: &OwnPrice) {
        let Some(rate) = Rate::from_f64(own.usd) else { return };
        let row = PriceRow {
            rate,
            source: own.source.clone().map_or(Cow::Borrowed("scenario"), Cow::Owned),
            as_of: own.as_of.clone().map(Cow::Owned),
            status: Status::Stated,
        };
        if let Some(item) = Item::of(&own.item) {
            self.items[item as usize] = Some(row);
        } else if let Some(instance_type) = own.item.strip_prefix(ON_DEMAND) {
            self.own_instances.insert(instance_type.to_owned(), row);
        }
    }

    /// The client groups that are counted, with the prices of their instances.
    #[must_use]
    pub fn clients(&self) -> &[ClientPrice] {
        &self.clients
    }

    /// The region.
    #[must_use]
    pub fn region(&self) -> &str {
        &self.region
    }

    /// The price of an item; `None` if it is not known.
    #[must_use]
    pub const fn get(&self, item: Item) -> Option<&PriceRow> {
        self.items[item as usize].as_ref()
    }

    /// The price of an hour of one instance, on demand; `None` if it is not known.
    #[must_use]
    pub fn instance(&self, instance_type: &str) -> Option<PriceRow> {
        let own = self.own_instances.get(instance_type).cloned();
        own.or_else(|| built_in_instance(&self.region, instance_type))
    }
}

fn built_in(region: &str, item: Item) -> Option<PriceRow> {
    let key = (region, item.as_str());
    let place = PRICES.binary_search_by(|row| (row.region, row.item).cmp(&key)).ok()?;
    let row = PRICES.get(place)?;
    from_catalog(row.usd, &row.provenance)
}

fn built_in_instance(region: &str, instance_type: &str) -> Option<PriceRow> {
    let key = (region, instance_type);
    let place = INSTANCE_PRICES.binary_search_by(|row| (row.region, row.instance_type).cmp(&key)).ok()?;
    let row = INSTANCE_PRICES.get(place)?;
    from_catalog(row.usd_per_hour, &row.provenance)
}

fn from_catalog(usd: &'static str, provenance: &Provenance) -> Option<PriceRow> {
    Some(PriceRow {
        rate: Rate::parse(usd)?,
        source: Cow::Borrowed(provenance.source_id),
        as_of: Some(Cow::Borrowed(provenance.as_of)),
        status: provenance.status,
    })
}
