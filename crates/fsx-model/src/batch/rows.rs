//! Rows worked out one after the other; a row like those before it, but for its numbers, allocates nothing.

use std::collections::BTreeMap;
use std::ops::Range;

use super::columns::{Cell, Table};
use super::{Rates, Row};
use crate::catalog::Assumptions;
use crate::cost::{Bill, Prices, Quantities, filling};
use crate::design::{self, Design};
use crate::estimate::{legal, offered, shown};
use crate::finding::{Error, Finding, NOT_MODELLED, Severity};
use crate::model::burst::course;
use crate::model::{Credits, Evaluation, evaluate};
use crate::rules;
use crate::scenario::Scenario;
use crate::shape::Shaped as _;
use crate::units::{millisecond, operation_per_second, second};

/// Most scenarios that are kept, each of some kilobytes.
const MOST_KEPT: usize = 1024;

/// The answers of some rows.
#[expect(clippy::result_large_err, reason = "it goes into the list of rows as it is")]
pub(super) fn answers(table: &Table<'_>, rows: Range<usize>) -> Vec<Result<Row, Finding>> {
    let mut work = Work { table, kept: BTreeMap::new(), key: Vec::with_capacity(table.keyed.len()) };
    rows.map(|row| work.answer(row).map_err(first)).collect()
}

fn first(error: Error) -> Finding {
    let fault = error.findings.into_iter().find(|finding| finding.severity == Severity::Error);
    fault.unwrap_or_else(|| Finding::error(NOT_MODELLED, "", "", "this scenario is not modelled", ""))
}

/// The scenarios that were read, by their cells in the columns that a scenario does not take as they are.
struct Work<'a> {
    table: &'a Table<'a>,
    kept: BTreeMap<Vec<Cell<'a>>, Ready>,
    key: Vec<Cell<'a>>,
}

impl Work<'_> {
    fn answer(&mut self, row: usize) -> Result<Row, Error> {
        let Table { keyed, direct, .. } = self.table;
        self.key.clear();
        self.key.extend(keyed.iter().map(|values| values.cell(row)));
        if let Some(ready) = self.kept.get_mut(self.key.as_slice()) {
            let mut cells = direct.iter().map(|(values, places)| (values.number(row), places));
            if cells.all(|(number, places)| ready.scenario.set(places, number)) {
                return ready.answer();
            }
        }
        let mut ready = Ready::new(self.table.scenario(row)?);
        let answer = ready.answer();
        if self.kept.len() == MOST_KEPT {
            self.kept.clear();
        }
        self.kept.insert(self.key.clone(), ready);
        answer
    }
}

/// A scenario, and what depends on no number that a column puts into it.
struct Ready {
    scenario: Scenario,
    assumptions: Assumptions,
    prices: Prices,
}

impl Ready {
    fn new(scenario: Scenario) -> Self {
        Self { assumptions: design::assumptions(&scenario), prices: Prices::of(&scenario), scenario }
    }

    fn answer(&mut self) -> Result<Row, Error> {
        let Self { scenario, assumptions, prices } = self;
        if !rules::breaks_none(scenario) {
            legal(scenario)?;
        }
        let design = Design::new(scenario, assumptions, 0).ok_or_else(|| Error::refused(Vec::new()))?;
        let spent = evaluate(&design, assumptions, Credits::SPENT);
        let full = evaluate(&design, assumptions, Credits::FULL).at_least(&spent);
        let rates = |now: &Evaluation| Rates {
            throughput_mb_per_s: design.workload.moves_data.then(|| {
                let offered = offered(std::slice::from_ref(&design));
                shown(now.rate, &design).min(offered)
            }),
            operations_per_s: now.operations(&design).get::<operation_per_second>(),
            latency_ms: now.latency.get::<millisecond>(),
            bottleneck: now.bottleneck(),
        };
        let filling = filling(scenario, &design.file_system, assumptions);
        let quantities = Quantities::new(scenario, &design.file_system, filling, assumptions);
        prices.recount(scenario);
        let bill = Bill::new(&quantities, prices);
        Ok(Row {
            sustained: rates(&spent),
            burst: (!full.is_like(&spent)).then(|| rates(&full)),
            seconds: course(&design, assumptions, &full, &spent).elapsed.get::<second>(),
            usd_per_month: bill.known().to_f64(),
            partial: bill.is_partial(),
        })
    }
}
