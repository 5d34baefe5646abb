//! Lines of money without text, without heap memory: what a search adds up again and again.

use super::item::Item;
use super::prices::Prices;
use super::quantities::Quantities;
use crate::money::{Quantity, Usd};

/// Most lines of a bill: each item that a file system can be billed for at once.
pub const LINES: usize = 11;

/// How much of an item is billed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Amount {
    /// None of it.
    Nothing,
    /// So much, in the item's unit.
    Known(Quantity),
    /// So much and more, for this reason.
    AtLeast(Quantity, &'static str),
    /// Not known, for this reason.
    Unknown(&'static str),
}

impl Amount {
    fn of(units: f64) -> Self {
        match Quantity::new(units) {
            none if none <= Quantity::default() => Self::Nothing,
            some => Self::Known(some),
        }
    }

    fn given(units: Option<f64>, unless: &'static str) -> Self {
        units.map_or(Self::Unknown(unless), Self::of)
    }
}

/// Requests that one price is for.
const REQUESTS: f64 = 1000.0;

impl Quantities {
    /// Each item that may be billed, with its amount, in the order of an answer.
    #[must_use]
    pub fn amounts(&self) -> [(Item, Amount); LINES] {
        let month = |units: f64| Amount::of(units * self.existing);
        let storage = self.storage.map(|(item, gib)| (item, month(gib)));
        let [frequent, infrequent, archive] = self.tiers();
        [
            storage.unwrap_or((Item::TieringFrequent, frequent)),
            (Item::TieringInfrequent, infrequent),
            (Item::TieringArchive, archive),
            (Item::MetadataIops, month(self.metadata_iops_above)),
            (Item::TieringMetadataIops, month(self.elastic_metadata_iops)),
            (Item::TieringThroughput, month(self.throughput_mb_per_s)),
            (Item::TieringReadCache, month(self.read_cache_gib)),
            (Item::TieringReadRequests, self.requests(self.read_requests, READ_REQUESTS)),
            (Item::TieringWriteRequests, self.requests(self.write_requests, WRITE_REQUESTS)),
            (Item::Backup, self.backups()),
            (Item::CrossZone, self.crossing()),
        ]
    }

    fn tiers(&self) -> [Amount; 3] {
        if !self.elastic {
            return [Amount::Nothing; 3];
        }
        let Some(shares) = self.tier_shares else {
            let reason = if self.stored_gib.is_some() { TIER_SHARES } else { DATA_AND_SHARES };
            return [Amount::Unknown(reason); 3];
        };
        shares.map(|share| match self.stored_gib {
            Some(gib) => Amount::of(gib * share * self.existing),
            None if share > 0.0 => Amount::Unknown(DATA),
            None => Amount::Nothing,
        })
    }

    fn requests(&self, requests: Option<f64>, unless: &'static str) -> Amount {
        if self.elastic { Amount::given(requests.map(|requests| requests / REQUESTS), unless) } else { Amount::Nothing }
    }

    fn backups(&self) -> Amount {
        if !self.backs_up {
            return Amount::Nothing;
        }
        match Amount::given(self.backup_gib.map(|gib| gib * self.existing), DATA) {
            Amount::Known(kept) if !self.backup_change_known => Amount::AtLeast(kept, DAILY_CHANGE),
            Amount::Nothing if !self.backup_change_known => Amount::Unknown(DAILY_CHANGE),
            amount => amount,
        }
    }

    fn crossing(&self) -> Amount {
        match self.cross_zone_gb {
            None if !self.crosses_zones => Amount::Nothing,
            moved => Amount::given(moved, CROSS_ZONE),
        }
    }
}

// Why an amount is not known.
const DATA: &str = "file_system.stored.data_gib is not given";
const TIER_SHARES: &str = "file_system.stored.tier_shares is not given for every tier";
const DATA_AND_SHARES: &str = "file_system.stored gives neither data_gib nor tier_shares for every tier";
const READ_REQUESTS: &str = "file_system.stored.read_requests_per_month is not given";
const WRITE_REQUESTS: &str = "file_system.stored.write_requests_per_month is not given";
const DAILY_CHANGE: &str = "backup.daily_change_gib is not given, so that changes are left out";
const CROSS_ZONE: &str = "pricing.cross_az_gb_per_month is not given";

/// One line of a bill.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Line {
    /// What is billed.
    pub item: Item,
    /// How much of it, as far as it is known.
    pub quantity: Quantity,
    /// What that costs; `None` if it has no known price.
    pub usd: Option<Usd>,
}

/// What a file system costs in a month, as far as it is known.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bill {
    lines: [Option<Line>; LINES],
    clients: Usd,
    partial: bool,
}

impl Bill {
    /// The bill for these quantities at these prices, clients included if they are counted.
    #[must_use]
    pub fn new(quantities: &Quantities, prices: &Prices) -> Self {
        let mut bill = Self { lines: [None; LINES], clients: Usd::ZERO, partial: false };
        for (line, (item, amount)) in bill.lines.iter_mut().zip(quantities.amounts()) {
            let (quantity, whole) = match amount {
                Amount::Nothing => continue,
                Amount::Unknown(_) => {
                    bill.partial = true;
                    continue;
                }
                Amount::AtLeast(quantity, _) => (quantity, false),
                Amount::Known(quantity) => (quantity, true),
            };
            let usd = prices.get(item).map(|row| quantity * row.rate);
            bill.partial |= !whole || usd.is_none();
            *line = Some(Line { item, quantity, usd });
        }
        if quantities.client_hours > 0.0 {
            let hours = Quantity::new(quantities.client_hours);
            bill.partial |= prices.clients().iter().any(|group| group.row.is_none());
            bill.clients = prices.clients().iter().filter_map(|group| group.usd(hours)).sum();
        }
        bill
    }

    /// Sum of all lines with a known price.
    #[must_use]
    pub fn known(&self) -> Usd {
        self.lines().filter_map(|line| line.usd).sum::<Usd>() + self.clients
    }

    /// Whether something is billed that is not in the sum.
    #[must_use]
    pub const fn is_partial(&self) -> bool {
        self.partial
    }

    /// The lines of the file system and what belongs to it, those without a price too.
    pub fn lines(&self) -> impl Iterator<Item = &Line> {
        self.lines.iter().flatten()
    }

    /// What the clients' instances cost, as far as it is known.
    #[must_use]
    pub const fn clients(&self) -> Usd {
        self.clients
    }
}
