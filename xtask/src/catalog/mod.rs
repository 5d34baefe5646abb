//! The data of the core: reading, checking, and writing it as Rust and as a page.

pub(crate) mod assumptions;
pub(crate) mod faults;
pub(crate) mod readme;
pub(crate) mod rust;
mod rust_assumptions;
mod rust_text;
pub(crate) mod spec;
pub(crate) mod table;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use serde::de::DeserializeOwned;
use toml::Spanned;

use assumptions::Assumption;
use faults::{Faults, line_of};
use spec::Spec;
use table::{Context, Table};

const SOURCES: &str = "SOURCES.toml";
const EVIDENCE: &str = "EVIDENCE.toml";

/// Everything in the data folder, checked.
#[derive(Debug)]
pub(crate) struct Catalog {
    /// Date of the catalog as a whole.
    pub(crate) date: String,
    /// Tables in the order of `TABLES.toml`.
    pub(crate) tables: Vec<Table>,
    /// Sources by id.
    pub(crate) sources: BTreeMap<String, Source>,
    /// Observed cases by id.
    pub(crate) evidence: BTreeMap<String, Case>,
    /// Assumptions in the order of the file.
    pub(crate) assumptions: Vec<Assumption>,
}

/// A page or file that figures come from.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Source {
    /// Title in our words.
    pub(crate) title: String,
    /// Address.
    pub(crate) url: String,
    /// Date of the copy that was read.
    pub(crate) as_of: String,
}

/// A published measurement.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Case {
    /// Title in our words.
    pub(crate) title: String,
    /// Address.
    pub(crate) url: String,
}

/// Reads and checks the files of the data folder, given by name.
pub(crate) fn parse(files: &BTreeMap<String, String>) -> Result<Catalog, Faults> {
    let mut faults = Faults::default();
    let text = |name: &str| files.get(name).map_or("", String::as_str);
    let sources = by_id(SOURCES, text(SOURCES), &mut faults, |source: &Source, fault| {
        if !is_date(&source.as_of) {
            fault(format!("as_of `{}` is no date", source.as_of));
        }
        require(&[("title", &source.title), ("url", &source.url)], fault);
    });
    let evidence = by_id(EVIDENCE, text(EVIDENCE), &mut faults, |case: &Case, fault| {
        require(&[("title", &case.title), ("url", &case.url)], fault);
    });
    let assumptions = assumptions::parse(text(assumptions::FILE), ids(&evidence).as_ref(), &mut faults);
    if let (Some(evidence), Some(assumptions)) = (&evidence, &assumptions) {
        check_cited(evidence, assumptions, text(EVIDENCE), &mut faults);
    }
    let (date, tables) = match spec::parse(text(spec::FILE), &mut faults) {
        Some(spec) => (spec.catalog_date.clone(), tables(&spec, files, ids(&sources).as_ref(), &mut faults)),
        None => (String::new(), Vec::new()),
    };
    match (sources, evidence, assumptions) {
        (Some(sources), Some(evidence), Some(assumptions)) if faults.is_empty() => {
            Ok(Catalog { date, tables, sources, evidence, assumptions })
        }
        _ => Err(faults),
    }
}

/// The ids, if the file could be read.
fn ids<T>(entries: &Option<BTreeMap<String, T>>) -> Option<BTreeSet<String>> {
    entries.as_ref().map(|entries| entries.keys().cloned().collect())
}

fn tables(
    spec: &Spec,
    files: &BTreeMap<String, String>,
    sources: Option<&BTreeSet<String>>,
    faults: &mut Faults,
) -> Vec<Table> {
    let context = Context { choices: &spec.choices, sources };
    let mut tables = Vec::new();
    for table in spec.tables.iter().map(Spanned::get_ref) {
        match files.get(&table.file) {
            Some(text) => tables.push(table::parse(table, text, &context, faults)),
            None => faults.add(&table.file, 1, "the file is missing"),
        }
    }
    for name in files.keys().filter(|name| name.ends_with(".csv")) {
        if !spec.tables.iter().any(|table| table.get_ref().file == *name) {
            faults.add(name, 1, format_args!("no table in {} reads this file", spec::FILE));
        }
    }
    tables
}

/// Reads a TOML file of one table per id and checks each entry; `None` if it cannot be read.
fn by_id<T: DeserializeOwned>(
    file: &str,
    text: &str,
    faults: &mut Faults,
    check: impl Fn(&T, &mut dyn FnMut(String)),
) -> Option<BTreeMap<String, T>> {
    let entries: BTreeMap<String, Spanned<T>> = match toml::from_str(text) {
        Ok(entries) => entries,
        Err(error) => {
            let offset = error.span().map_or(0, |span| span.start);
            faults.add(file, line_of(text, offset), error.message());
            return None;
        }
    };
    let mut all = BTreeMap::new();
    for (id, entry) in entries {
        let line = line_of(text, entry.span().start);
        let entry = entry.into_inner();
        check(&entry, &mut |message| faults.add(file, line, format_args!("{id}: {message}")));
        all.insert(id, entry);
    }
    Some(all)
}

fn require(fields: &[(&str, &String)], fault: &mut dyn FnMut(String)) {
    for (name, value) in fields {
        if value.is_empty() {
            fault(format!("{name} is empty"));
        }
    }
}

fn check_cited(evidence: &BTreeMap<String, Case>, assumptions: &[Assumption], text: &str, faults: &mut Faults) {
    for id in evidence.keys() {
        if !assumptions.iter().any(|assumption| assumption.evidence.contains(id)) {
            let line = line_of(text, text.find(&format!("[{id}]")).unwrap_or(0));
            faults.add(EVIDENCE, line, format_args!("{id}: no assumption cites it"));
        }
    }
}

/// Whether `text` is a year, a month or a day in ISO form.
pub(crate) fn is_date(text: &str) -> bool {
    let parts: Vec<_> = text.split('-').collect();
    let within = |part: &str, digits: usize, low: u32, high: u32| {
        part.len() == digits && part.parse().is_ok_and(|number: u32| (low..=high).contains(&number))
    };
    match parts.as_slice() {
        [year] => within(year, 4, 2000, 2999),
        [year, month] => within(year, 4, 2000, 2999) && within(month, 2, 1, 12),
        [year, month, day] => within(year, 4, 2000, 2999) && within(month, 2, 1, 12) && within(day, 2, 1, 31),
        _ => false,
    }
}
