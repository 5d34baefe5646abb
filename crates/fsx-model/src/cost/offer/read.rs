//! Products and their on-demand prices, from JSON and CSV.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::fault;
use crate::finding::Error;

/// The service whose offer file it is.
const OFFER: &str = "AmazonFSx";

/// A product with its on-demand prices.
#[derive(Clone, Debug, Default)]
pub(super) struct Product {
    /// Stock keeping unit.
    pub(super) sku: String,
    /// Attributes; names in small letters without spaces.
    pub(super) attributes: BTreeMap<String, String>,
    /// Prices.
    pub(super) dimensions: Vec<Dimension>,
    /// Version of the offer file.
    pub(super) version: String,
    /// Time at which it was published.
    pub(super) published: String,
}

impl Product {
    /// An attribute; empty if it is not there.
    pub(super) fn attribute(&self, key: &str) -> &str {
        self.attributes.get(key).map_or("", String::as_str)
    }
}

/// The price of a range of quantities.
#[derive(Clone, Debug, Default)]
pub(super) struct Dimension {
    pub(super) rate_code: String,
    pub(super) begin: String,
    pub(super) end: String,
    pub(super) unit: String,
    pub(super) currency: String,
    pub(super) price: String,
}

/// Products of a bulk file or of documents of the query API.
pub(super) fn json(text: &str) -> Result<Vec<Product>, Error> {
    let tree: Value = serde_json::from_str(text).map_err(|error| not_an_offer(&format!("no JSON: {error}")))?;
    let documents = tree.as_array().or_else(|| tree.get("PriceList").and_then(Value::as_array));
    match documents {
        Some(documents) => documents.iter().map(document).collect(),
        None => bulk(&tree),
    }
}

fn bulk(tree: &Value) -> Result<Vec<Product>, Error> {
    let code = text_of(tree, "offerCode");
    if code != OFFER {
        return Err(not_an_offer(&format!("its offerCode is `{code}`")));
    }
    let products = tree.get("products").and_then(Value::as_object).ok_or_else(|| not_an_offer("it has no products"))?;
    let terms = tree.pointer("/terms/OnDemand").and_then(Value::as_object);
    let terms = terms.ok_or_else(|| not_an_offer("it has no terms.OnDemand"))?;
    let read = |(sku, product): (&String, &Value)| {
        let terms = terms.get(sku).and_then(Value::as_object);
        Product { sku: sku.clone(), ..of_json(product, terms, tree) }
    };
    Ok(products.iter().map(read).collect())
}

/// A document of the query API: JSON in a string, or as it is.
fn document(entry: &Value) -> Result<Product, Error> {
    let parsed: Value;
    let entry = match entry {
        Value::String(text) => {
            parsed = serde_json::from_str(text).map_err(|error| not_an_offer(&format!("no JSON: {error}")))?;
            &parsed
        }
        other => other,
    };
    let code = text_of(entry, "serviceCode");
    let Some(product) = entry.get("product").filter(|_| code == OFFER) else {
        return Err(not_an_offer(&format!("a document has no product, or its serviceCode is `{code}`")));
    };
    let terms = entry.pointer("/terms/OnDemand").and_then(Value::as_object);
    Ok(of_json(product, terms, entry))
}

/// A product with its terms; version and date of publication stand in `head`.
fn of_json(product: &Value, terms: Option<&Map<String, Value>>, head: &Value) -> Product {
    let mut attributes = BTreeMap::new();
    for (name, value) in product.get("attributes").and_then(Value::as_object).into_iter().flatten() {
        attributes.insert(key(name), value.as_str().unwrap_or("").to_owned());
    }
    let terms = terms.into_iter().flat_map(Map::values);
    let dimensions = terms.filter_map(|term| term.get("priceDimensions")?.as_object()).flat_map(Map::values);
    Product {
        sku: text_of(product, "sku"),
        attributes,
        dimensions: dimensions.flat_map(prices).collect(),
        version: text_of(head, "version"),
        published: text_of(head, "publicationDate"),
    }
}

/// The prices of a dimension, one for each currency.
fn prices(dimension: &Value) -> Vec<Dimension> {
    let by_currency = dimension.get("pricePerUnit").and_then(Value::as_object).into_iter().flatten();
    let read = |(currency, price): (&String, &Value)| Dimension {
        rate_code: text_of(dimension, "rateCode"),
        begin: text_of(dimension, "beginRange"),
        end: text_of(dimension, "endRange"),
        unit: text_of(dimension, "unit"),
        currency: currency.clone(),
        price: price.as_str().unwrap_or("").to_owned(),
    };
    by_currency.map(read).collect()
}

fn text_of(value: &Value, name: &str) -> String {
    value.get(name).and_then(Value::as_str).unwrap_or("").to_owned()
}

/// Lines before the header of a CSV file.
const LINES_BEFORE_HEADER: usize = 5;

/// Products of a CSV file: five lines about the file, a header, one line for each price.
pub(super) fn csv(text: &str) -> Result<Vec<Product>, Error> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    let mut head = BTreeMap::new();
    let mut header: Vec<String> = Vec::new();
    let mut products: BTreeMap<String, Product> = BTreeMap::new();
    for (i, record) in reader.records().enumerate() {
        let record = record.map_err(|error| not_an_offer(&format!("no CSV: {error}")))?;
        if i < LINES_BEFORE_HEADER {
            head.insert(key(record.get(0).unwrap_or("")), record.get(1).unwrap_or("").to_owned());
        } else if header.is_empty() {
            header = record.iter().map(key).collect();
            check_head(&head, &header)?;
        } else {
            add(&record, &header, &head, &mut products);
        }
    }
    if header.is_empty() {
        return Err(not_an_offer("it has no header in line 6"));
    }
    Ok(products.into_values().collect())
}

/// Columns without which no price can be read.
const COLUMNS: [&str; 7] = ["sku", "termtype", "unit", "priceperunit", "currency", "filesystemtype", "regioncode"];

fn check_head(head: &BTreeMap<String, String>, header: &[String]) -> Result<(), Error> {
    let code = head.get("offercode").map_or("", String::as_str);
    if code != OFFER {
        return Err(not_an_offer(&format!("its OfferCode is `{code}`")));
    }
    match COLUMNS.iter().find(|column| !header.iter().any(|name| name == *column)) {
        Some(column) => Err(not_an_offer(&format!("it has no column {column}"))),
        None => Ok(()),
    }
}

fn add(
    record: &csv::StringRecord,
    header: &[String],
    head: &BTreeMap<String, String>,
    products: &mut BTreeMap<String, Product>,
) {
    let cells: BTreeMap<String, String> =
        header.iter().cloned().zip(record.iter().map(|cell| cell.trim().to_owned())).collect();
    let cell = |name: &str| cells.get(name).cloned().unwrap_or_default();
    if !cell("termtype").eq_ignore_ascii_case("OnDemand") {
        return;
    }
    let dimension = Dimension {
        rate_code: cell("ratecode"),
        begin: cell("startingrange"),
        end: cell("endingrange"),
        unit: cell("unit"),
        currency: cell("currency"),
        price: cell("priceperunit"),
    };
    let of_file = |name: &str| head.get(name).cloned().unwrap_or_default();
    let product = products.entry(cell("sku")).or_insert_with(|| Product {
        sku: cell("sku"),
        version: of_file("version"),
        published: of_file("publicationdate"),
        attributes: cells
            .iter()
            .filter(|(name, _)| *name != "pricedescription")
            .map(|(name, text)| (name.clone(), text.clone()))
            .collect(),
        dimensions: Vec::new(),
    });
    product.dimensions.push(dimension);
}

/// A name in small letters without spaces: JSON and CSV write it differently.
fn key(name: &str) -> String {
    name.chars().filter(|letter| !letter.is_whitespace()).map(|letter| letter.to_ascii_lowercase()).collect()
}

fn not_an_offer(why: &str) -> Error {
    fault(String::new(), format!("this is no offer file of {OFFER}: {why}"))
}
