//! The AWS Price List offer file of FSx: which of its rows are prices of FSx for Lustre.
//!
//! It refuses rather than guesses: two rows for one price, prices by tier and other currencies are refused by name, and
//! rows of Lustre that it cannot place are listed. The names of some usage types are not published; what tells the
//! SSD read cache of HDD and the tiers of Intelligent-Tiering is a word in them (`cache`, `frequent`, `infrequent`,
//! `archive`).

mod classes;
mod read;

use std::collections::BTreeMap;

use super::item::Item;
use crate::finding::{Error, Finding, Severity};
use crate::money::Rate;
use crate::rules::is_day;
use crate::scenario::OwnPrice;
use read::{Dimension, Product};

/// Largest offer file that is read, bytes.
pub const MAX_OFFER_BYTES: usize = 64 * 1024 * 1024;

/// Code of what is wrong with an offer file.
const CODE: &str = "INPUT-OFFER";

/// The prices of FSx for Lustre in an offer file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfferBook {
    /// Prices by region and item.
    pub rows: Vec<OfferRow>,
    /// Rows of FSx for Lustre that are none of the known items, by name.
    pub unclassified: Vec<String>,
}

/// One price of an offer file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfferRow {
    /// Code of the Region.
    pub region: String,
    /// What it is for.
    pub item: Item,
    /// US dollars for one unit, as printed but for zeros at the end.
    pub usd: String,
    /// Day on which the offer file was published.
    pub as_of: String,
    /// Version, SKU and rate code.
    pub source: String,
}

impl OfferRow {
    /// The row as a price that a scenario gives.
    #[must_use]
    pub fn own_price(&self) -> OwnPrice {
        OwnPrice {
            item: self.item.to_string(),
            region: Some(self.region.clone()),
            usd: Rate::parse(&self.usd).map_or(0.0, Rate::to_f64),
            as_of: Some(self.as_of.clone()),
            source: Some(self.source.clone()),
        }
    }
}

/// Reads an offer file: JSON (the bulk file, or the documents of the query API as a list or under `PriceList`) or CSV.
///
/// # Errors
/// If the text is no offer file of FSx, is too large, holds no price of FSx for Lustre, or one that is not plain: priced
/// by tier, not in US dollars, or there twice.
pub fn from_offer(text: &str) -> Result<OfferBook, Error> {
    if text.len() > MAX_OFFER_BYTES {
        let message = format!("the offer file has {} bytes; at most {MAX_OFFER_BYTES} are read", text.len());
        return Err(fault(String::new(), message));
    }
    let text = text.trim_start_matches('\u{feff}').trim_start();
    let products = if text.starts_with(['{', '[']) { read::json(text)? } else { read::csv(text)? };
    let mut book = OfferBook { rows: Vec::new(), unclassified: Vec::new() };
    let mut skus: BTreeMap<(String, &str), String> = BTreeMap::new();
    for product in products.iter().filter(|product| classes::is_lustre_in_a_region(product)) {
        let region = product.attribute("regioncode");
        let items = match classes::class(product) {
            Some(class) if !region.is_empty() => class.items(),
            _ => {
                book.unclassified.push(name(product));
                continue;
            }
        };
        let dimension = plain(product)?;
        for item in items {
            if let Some(other) = skus.insert((region.to_owned(), item.as_str()), product.sku.clone()) {
                let message = format!("SKU {other} and SKU {} are both prices of {item} in {region}", product.sku);
                return Err(fault(product.sku.clone(), message));
            }
            book.rows.push(row(product, dimension, item)?);
        }
    }
    if book.rows.is_empty() {
        return Err(fault(String::new(), "no price of FSx for Lustre was found".to_owned()));
    }
    book.rows.sort_by(|a, b| (&a.region, a.item.as_str()).cmp(&(&b.region, b.item.as_str())));
    book.unclassified.sort();
    Ok(book)
}

/// The single price of a product, for any quantity.
fn plain(product: &Product) -> Result<&Dimension, Error> {
    let refuse = |why: &str| Err(fault(product.sku.clone(), format!("{} {why}", name(product))));
    let [dimension] = product.dimensions.as_slice() else {
        return refuse(if product.dimensions.is_empty() {
            "has no on-demand price"
        } else {
            "has more than one price"
        });
    };
    if dimension.begin.parse().ok() != Some(0_u32) || !dimension.end.eq_ignore_ascii_case("inf") {
        return refuse("is priced by tier");
    }
    Ok(dimension)
}

fn row(product: &Product, dimension: &Dimension, item: Item) -> Result<OfferRow, Error> {
    let refuse = |why: String| Err(fault(product.sku.clone(), format!("{} {why}", name(product))));
    if dimension.currency != "USD" {
        return refuse(format!("is priced in {}, not in USD", dimension.currency));
    }
    let printed = dimension.price.trim();
    let usd = if printed.contains('.') { printed.trim_end_matches('0').trim_end_matches('.') } else { printed };
    if Rate::parse(usd).is_none() {
        return refuse(format!("has the price `{printed}`"));
    }
    let as_of = product.published.get(..DAY).filter(|day| is_day(day));
    let Some(as_of) = as_of else {
        return refuse(format!("was published at `{}`, which is no day", product.published));
    };
    Ok(OfferRow {
        region: product.attribute("regioncode").to_owned(),
        item,
        usd: usd.to_owned(),
        as_of: as_of.to_owned(),
        source: format!("offer AmazonFSx {} sku {} rate {}", product.version, product.sku, dimension.rate_code),
    })
}

/// Letters of a day in ISO form.
const DAY: usize = "2026-11-22".len();

/// A product as messages name it.
fn name(product: &Product) -> String {
    format!("SKU {} ({} in {})", product.sku, product.attribute("usagetype"), product.attribute("regioncode"))
}

fn fault(value: String, message: String) -> Error {
    Error::not_understood(vec![Finding {
        code: CODE,
        severity: Severity::Error,
        field: "offer".to_owned(),
        value,
        message,
        fix: String::new(),
        sources: Vec::new(),
    }])
}
