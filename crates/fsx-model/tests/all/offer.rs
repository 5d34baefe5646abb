//! Offer files of the AWS Price List. The files under `tests/offers` are synthetic: they have the documented form, but
//! no SKU, rate code or price of AWS, as none of a Lustre row is at hand.

use fsx_model::cost::Item;
use fsx_model::cost::offer::{OfferBook, from_offer};
use fsx_model::finding::ErrorKind;
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::case::config;

const BULK: &str = include_str!("../offers/synthetic_bulk.json");
const QUERY: &str = include_str!("../offers/synthetic_query.json");
const CSV: &str = include_str!("../offers/synthetic_bulk.csv");

fn book(text: &str) -> OfferBook {
    from_offer(text).unwrap_or_else(|error| panic!("{error}"))
}

/// The bulk file, spoilt.
fn spoilt(spoil: impl FnOnce(&mut Value)) -> String {
    let mut file = serde_json::from_str(BULK).unwrap();
    spoil(&mut file);
    file.to_string()
}

/// The price dimension of a SKU in the bulk file.
fn dimension<'a>(file: &'a mut Value, sku: &str) -> &'a mut Value {
    let path = format!("/terms/OnDemand/{sku}/{sku}.SYNTHTERM/priceDimensions/{sku}.SYNTHTERM.SYNTHRATE");
    file.pointer_mut(&path).unwrap()
}

fn attributes<'a>(file: &'a mut Value, sku: &str) -> &'a mut Value {
    file.pointer_mut(&format!("/products/{sku}/attributes")).unwrap()
}

/// Whether a text is no offer file that can be used, for this reason.
fn is_refused(text: &str, reason: &str) {
    let Err(error) = from_offer(text) else { panic!("not refused: {reason}") };
    assert_eq!((error.kind, error.findings[0].code), (ErrorKind::NotUnderstood, "INPUT-OFFER"));
    assert!(error.findings[0].message.contains(reason), "{error}");
}

#[test]
fn every_class_of_row_is_told() {
    let book = book(BULK);
    let rows: Vec<(Item, &str)> = book.rows.iter().map(|row| (row.item, row.usd.as_str())).collect();
    let mut expected = [
        (Item::Scratch1Ssd, "0.111"),
        (Item::Scratch2Ssd, "0.111"),
        (Item::Persistent1Ssd50, "0.121"),
        (Item::Persistent1Ssd100, "0.131"),
        (Item::Persistent1Ssd200, "0.141"),
        (Item::Persistent1Hdd12, "0.011"),
        (Item::Persistent1Hdd12Cached, "0.021"),
        (Item::Persistent1Hdd40, "0.031"),
        (Item::Persistent1Hdd40Cached, "0.041"),
        (Item::Persistent2Ssd125, "0.211"),
        (Item::Persistent2Ssd250, "0.221"),
        (Item::Persistent2Ssd500, "0.231"),
        (Item::Persistent2Ssd1000, "0.241"),
        (Item::MetadataIops, "0.051"),
        (Item::TieringThroughput, "0.611"),
        (Item::TieringFrequent, "0.022"),
        (Item::TieringInfrequent, "0.012"),
        (Item::TieringArchive, "0.003"),
        (Item::Backup, "0.061"),
    ];
    expected.sort_by_key(|(item, _)| item.as_str());
    assert_eq!(rows, expected);
}

#[test]
fn a_row_says_where_it_comes_from() {
    let book = book(BULK);
    let row = book.rows.iter().find(|row| row.item == Item::Persistent2Ssd125).unwrap();
    assert_eq!((row.region.as_str(), row.as_of.as_str()), ("us-east-1", "2026-01-01"));
    let source = "offer AmazonFSx 20260101000000 sku SYNTH0009 rate SYNTH0009.SYNTHTERM.SYNTHRATE";
    assert_eq!(row.source, source);
    let own = row.own_price();
    assert_eq!((own.item.as_str(), own.usd, own.region.as_deref()), ("persistent_2.ssd_125", 0.211, Some("us-east-1")));
    assert_eq!((own.as_of.as_deref(), own.source.as_deref()), (Some("2026-01-01"), Some(source)));
}

#[test]
fn what_stands_for_no_item_is_listed() {
    assert_eq!(
        book(BULK).unclassified,
        [
            "SKU SYNTH0018 (USE1-Storage.INT.SSDCache in us-east-1)",
            "SKU SYNTH0019 (USE1-Requests.INT.Read in us-east-1)"
        ]
    );
}

#[test]
fn csv_says_the_same() {
    assert_eq!(book(CSV), book(BULK));
    // columns go by name, however it is written, and in any order
    let renamed =
        CSV.replace("\"File system type\"", "\"FILE SYSTEM TYPE\"").replace("\"usageType\"", "\"Usage Type\"");
    assert_eq!(book(&renamed), book(BULK));
}

#[test]
fn documents_of_the_query_api_say_the_same() {
    let wanted = [Item::Scratch1Ssd, Item::Scratch2Ssd, Item::Persistent2Ssd125, Item::MetadataIops];
    let mut rows = book(BULK).rows;
    rows.retain(|row| wanted.contains(&row.item));
    assert_eq!(book(QUERY).rows, rows);
    // as the AWS command line prints them
    let texts: Vec<String> = serde_json::from_str(QUERY).unwrap();
    assert_eq!(book(&json!({ "FormatVersion": "aws_v1", "PriceList": texts }).to_string()).rows, rows);
    let documents: Vec<Value> = texts.iter().map(|text| serde_json::from_str(text).unwrap()).collect();
    assert_eq!(book(&json!(documents).to_string()).rows, rows);
}

#[test]
fn two_prices_of_one_item_are_refused_with_both_skus() {
    let twice = |region: &str| {
        spoilt(|file| {
            let other = file.pointer("/products/SYNTH0009/attributes").unwrap().clone();
            *attributes(file, "SYNTH0010") = other;
            attributes(file, "SYNTH0010")["regionCode"] = json!(region);
        })
    };
    is_refused(
        &twice("us-east-1"),
        "SKU SYNTH0009 and SKU SYNTH0010 are both prices of persistent_2.ssd_125 in us-east-1",
    );
    // the same in another Region is another price
    assert_eq!(book(&twice("us-west-2")).rows.len(), 19);
}

#[test]
fn a_price_that_is_not_plain_is_refused_by_name() {
    type Spoil = fn(&mut Value);
    let cases: [(&str, Spoil); 6] = [
        ("is priced by tier", |file| dimension(file, "SYNTH0009")["endRange"] = json!("51200")),
        ("is priced by tier", |file| dimension(file, "SYNTH0009")["beginRange"] = json!("51200")),
        ("is priced in CNY", |file| dimension(file, "SYNTH0009")["pricePerUnit"] = json!({ "CNY": "1.0" })),
        ("has the price `-0.1`", |file| dimension(file, "SYNTH0009")["pricePerUnit"]["USD"] = json!("-0.1")),
        ("has the price `1e-3`", |file| dimension(file, "SYNTH0009")["pricePerUnit"]["USD"] = json!("1e-3")),
        ("has the price ``", |file| dimension(file, "SYNTH0009")["pricePerUnit"]["USD"] = json!("")),
    ];
    for (reason, spoil) in cases {
        is_refused(&spoilt(spoil), &format!("SKU SYNTH0009 (USE1-Storage.SSD.125 in us-east-1) {reason}"));
    }
    let yuan = CSV.replace("\"0.2110000000\",\"USD\"", "\"0.2110000000\",\"CNY\"");
    is_refused(&yuan, "is priced in CNY");
}

#[test]
fn rows_that_contradict_themselves_stand_for_nothing() {
    let listed = |spoil: fn(&mut Value)| book(&spoilt(spoil)).unclassified.len();
    assert_eq!(listed(|_| {}), 2);
    assert_eq!(listed(|file| attributes(file, "SYNTH0009")["throughputCapacity"] = json!("333")), 3);
    assert_eq!(listed(|file| attributes(file, "SYNTH0001")["usagetype"] = json!("USE1-Storage.SSD.Cache")), 3);
    assert_eq!(listed(|file| attributes(file, "SYNTH0001")["storageType"] = json!("NVMe")), 3);
    assert_eq!(listed(|file| attributes(file, "SYNTH0015")["usagetype"] = json!("USE1-Storage.INT")), 3);
    assert_eq!(listed(|file| attributes(file, "SYNTH0020")["usagetype"] = json!("USE1-BackupUsage.MultiAZ")), 3);
    assert_eq!(listed(|file| dimension(file, "SYNTH0009")["unit"] = json!("GB-Hour")), 3);
}

/// A throughput tier may stand in the usage type alone; where both name one, they agree.
#[test]
fn a_throughput_tier_is_told_by_attribute_or_usage_type() {
    let tier = |capacity: &str, usage: &str| {
        let book = book(&spoilt(|file| {
            attributes(file, "SYNTH0009")["throughputCapacity"] = json!(capacity);
            attributes(file, "SYNTH0009")["usagetype"] = json!(usage);
        }));
        book.rows.iter().find(|row| row.source.contains(" SYNTH0009 ")).map(|row| row.item)
    };
    let told = Some(Item::Persistent2Ssd125);
    assert_eq!(tier("N/A", "USE1-Storage.SSD.125"), told);
    assert_eq!(tier("", "USE1-Storage.SSD.125"), told);
    assert_eq!(tier("125", "USE1-Storage.SSD"), told);
    assert_eq!(tier("250", "USE1-Storage.SSD.125"), None);
    assert_eq!(tier("333", "USE1-Storage.SSD.333"), None);
    assert_eq!(tier("many", "USE1-Storage.SSD.125"), None);
    // storage of no tier that is not plainly that of scratch
    assert_eq!(tier("N/A", "USE1-Storage.SSD.Other"), None);
}

/// A word of the usage type goes before those of other attributes, and two words name no tier.
#[test]
fn an_access_tier_is_told_by_one_word() {
    let tier = |usage: &str, group: &str| {
        let book = book(&spoilt(|file| {
            attributes(file, "SYNTH0015")["usagetype"] = json!(usage);
            attributes(file, "SYNTH0015")["group"] = json!(group);
            // the one that the row may come to stand for
            attributes(file, "SYNTH0016")["usagetype"] = json!("USE1-Storage.INT");
        }));
        book.rows.iter().find(|row| row.source.contains(" SYNTH0015 ")).map(|row| row.item)
    };
    assert_eq!(tier("USE1-Storage.INT", "Frequent Access"), Some(Item::TieringFrequent));
    assert_eq!(tier("USE1-Storage.INT", "Infrequent Access"), Some(Item::TieringInfrequent));
    assert_eq!(tier("USE1-Storage.INT.Frequent", "moved from Infrequent"), Some(Item::TieringFrequent));
    assert_eq!(tier("USE1-Storage.INT.FrequentAndInfrequent", ""), None);
    assert_eq!(tier("USE1-Storage.INT", "Frequent and Infrequent Access"), None);
    // what a price is said to be for is no attribute
    let described = CSV.replace("SYNTHETIC $0.0220000000", "Infrequent data read again: $0.0220000000");
    assert_ne!(described, CSV);
    assert_eq!(book(&described), book(CSV));
}

#[test]
fn a_day_of_publication_is_needed() {
    for date in ["", "yesterday", "2026-13-01T00:00:00Z"] {
        is_refused(&spoilt(|file| file["publicationDate"] = json!(date)), "");
    }
}

#[test]
fn other_file_systems_local_zones_and_reserved_prices_are_left_out() {
    is_refused(&BULK.replace("\"Lustre\"", "\"OpenZFS\""), "no price of FSx for Lustre was found");
    assert_eq!(book(&BULK.replace("\"Lustre\"", "\"LUSTRE\"")).rows, book(BULK).rows);
    assert!(book(BULK).rows.iter().all(|row| row.region == "us-east-1"));
    is_refused(&CSV.replace("\"OnDemand\"", "\"Reserved\""), "no price of FSx for Lustre was found");
}

#[test]
fn what_is_no_offer_file_is_not_understood() {
    let header_gone: String = CSV.lines().take(4).collect::<Vec<_>>().join("\n");
    let no_column = CSV.replace("\"Region Code\"", "\"Place\"");
    let other_service = BULK.replace("AmazonFSx", "AmazonEC2");
    for text in ["", "{", "[1]", "[\"{\"]", "{\"PriceList\": 1}", "{}", "a,b", &header_gone, &no_column, &other_service]
    {
        is_refused(text, "this is no offer file of AmazonFSx: ");
    }
    is_refused(&" ".repeat(fsx_model::cost::offer::MAX_OFFER_BYTES + 1), "the offer file has 67108865 bytes");
}

proptest! {
    #![proptest_config(config())]

    /// Whatever stands in a file, it is read or refused, and a price that is read is one of the file's.
    #[test]
    fn nothing_stops_the_reader(cut in 0..BULK.len(), letter in "[ -~]") {
        for whole in [BULK, CSV, QUERY] {
            let mut text = whole.to_owned();
            let place = cut % whole.len();
            text.replace_range(place..=place, &letter);
            if let Ok(book) = from_offer(&text) {
                prop_assert!(book.rows.iter().all(|row| text.contains(&row.usd)));
            }
            let _ = from_offer(&whole[..place]);
        }
    }
}
