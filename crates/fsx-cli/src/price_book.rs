//! Prices from a file: an offer file of the AWS Price List in place of the built-in prices of FSx.

use std::path::{Path, PathBuf};

use fsx_model::cost::offer::{MAX_OFFER_BYTES, OfferBook, from_offer};
use fsx_model::cost::{BUILT_IN, OWN};
use fsx_model::finding::{Error, Finding};
use fsx_model::plan::Requirement;
use fsx_model::scenario::{Pricing, Scenario};

use crate::input;

/// What has prices.
pub(crate) trait Priced {
    /// Where it is.
    fn place(&self) -> String;
    /// How it is priced.
    fn pricing(&mut self) -> &mut Option<Pricing>;
}

impl Priced for Scenario {
    fn place(&self) -> String {
        self.region()
    }

    fn pricing(&mut self) -> &mut Option<Pricing> {
        &mut self.pricing
    }
}

impl Priced for Requirement {
    fn place(&self) -> String {
        self.region()
    }

    fn pricing(&mut self) -> &mut Option<Pricing> {
        &mut self.pricing
    }
}

/// Files of prices, each read once.
#[derive(Debug, Default)]
pub(crate) struct Books<'a> {
    /// The one given on the command line, which goes before those named in scenarios.
    given: Option<&'a Path>,
    read: Vec<(PathBuf, OfferBook)>,
    /// What there is to say about them.
    pub notes: Vec<String>,
}

impl<'a> Books<'a> {
    pub(crate) fn new(given: Option<&'a Path>) -> Self {
        Self { given, ..Self::default() }
    }

    /// Puts the prices of the file that is given, or that `priced` names, into it; `path` is the file it was read from.
    pub(crate) fn fill_in(&mut self, priced: &mut impl Priced, path: &Path) -> Result<(), Error> {
        let book = self.given.map(Path::to_path_buf).or_else(|| named(priced, path));
        let Some(book) = book else { return Ok(()) };
        let place = self.place_of(&book).map_err(|error| if self.given.is_some() { error } else { of_name(error) })?;
        let Some((_, offer)) = self.read.get(place) else { return Ok(()) };
        let region = priced.place();
        let pricing = priced.pricing().get_or_insert(Pricing::DEFAULT);
        pricing.price_book = Some(OWN.to_owned());
        let own = |item: &str, prices: &Pricing| {
            let here = |of: Option<&str>| of.is_none_or(|of| of == region);
            prices.prices.iter().any(|price| price.item == item && here(price.region.as_deref()))
        };
        let rows: Vec<_> = offer.rows.iter().filter(|row| row.region == region).collect();
        if rows.is_empty() {
            let note = format!("{} has no price of FSx for Lustre in {region}", book.display());
            if !self.notes.contains(&note) {
                self.notes.push(note);
            }
        }
        let new: Vec<_> = rows.iter().map(|row| row.own_price()).filter(|price| !own(&price.item, pricing)).collect();
        pricing.prices.extend(new);
        Ok(())
    }

    /// The place of a book among those that are read.
    fn place_of(&mut self, path: &Path) -> Result<usize, Error> {
        if let Some(place) = self.read.iter().position(|(known, _)| known == path) {
            return Ok(place);
        }
        let text = input::text(path, MAX_OFFER_BYTES)?;
        let book = from_offer(&text).map_err(|error| of_file(error, path))?;
        self.notes.extend(unclassified(&book, path));
        self.read.push((path.to_path_buf(), book));
        Ok(self.read.len() - 1)
    }
}

/// The file that a scenario names: a relative path starts at the folder of the scenario.
fn named(priced: &mut impl Priced, path: &Path) -> Option<PathBuf> {
    let name = priced.pricing().as_ref()?.price_book.as_deref()?;
    if name.is_empty() || [BUILT_IN, OWN].contains(&name) {
        return None;
    }
    let folder = path.parent().filter(|_| !input::is_standard_input(path));
    Some(folder.map_or_else(|| PathBuf::from(name), |folder| folder.join(name)))
}

/// The same faults with the name of the file as field.
fn of_file(error: Error, path: &Path) -> Error {
    let name = |finding: Finding| Finding { field: path.display().to_string(), ..finding };
    Error { findings: error.findings.into_iter().map(name).collect(), ..error }
}

/// The same faults of a file that a scenario names, which may be a word written wrongly.
fn of_name(error: Error) -> Error {
    let hint = |mut finding: Finding| {
        if finding.code == "INPUT-FILE" {
            finding.fix = format!("pricing.price_book is {BUILT_IN}, {OWN}, or an offer file of the AWS Price List");
        }
        finding
    };
    Error { findings: error.findings.into_iter().map(hint).collect(), ..error }
}

/// Most rows that a note names.
const MOST_NAMED: usize = 3;

/// Says which rows of a book are prices of something unknown.
fn unclassified(book: &OfferBook, path: &Path) -> Option<String> {
    let number = book.unclassified.len();
    let named = book.unclassified.iter().take(MOST_NAMED).map(String::as_str).collect::<Vec<_>>().join("; ");
    let more = if number > MOST_NAMED { format!("; and {} more", number - MOST_NAMED) } else { String::new() };
    let rows = if number == 1 { "row" } else { "rows" };
    (number > 0)
        .then(|| format!("{}: {number} {rows} of no kind that is known here left out: {named}{more}", path.display()))
}
