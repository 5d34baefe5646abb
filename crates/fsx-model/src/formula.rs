//! Formulas of figures: what follows from the answer's own numbers, written out with them.

use serde::Serialize;

use crate::catalog::{ASSUMPTIONS, AssumptionId};
use crate::estimate::LimitEstimate;
use crate::working::{Amount, Number, decimals};

/// How a figure follows from others, with their mid values filled in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FigureWorking {
    /// The figure: the name of its field beside this list.
    pub figure: &'static str,
    /// Its formula with the numbers filled in.
    pub formula: String,
    /// Ids of the sources of the published figures in it.
    pub sources: Vec<&'static str>,
    /// Ids of the assumptions in it.
    pub assumptions: Vec<&'static str>,
}

/// The workings of an answer under way.
#[derive(Clone, Debug, Default)]
pub(crate) struct Workings(pub(crate) Vec<FigureWorking>);

impl Workings {
    /// Adds that of a figure, with `numbers` in the places of `formula`, see [`filled`].
    pub(crate) fn add(&mut self, figure: &'static str, formula: &str, numbers: &[f64]) {
        self.write(figure, filled(formula, numbers));
    }

    /// Adds that of a figure.
    pub(crate) fn write(&mut self, figure: &'static str, formula: String) {
        self.0.push(FigureWorking { figure, formula, sources: Vec::new(), assumptions: Vec::new() });
    }

    /// The last one has these sources, their ids with blanks between.
    pub(crate) fn from(&mut self, source_id: &'static str) {
        if let Some(last) = self.0.last_mut() {
            last.sources.extend(source_id.split_whitespace());
        }
    }

    /// The last one rests on what a limit does.
    pub(crate) fn like(&mut self, limit: &LimitEstimate) {
        if let Some(last) = self.0.last_mut() {
            for (own, its) in [(&mut last.sources, &limit.sources), (&mut last.assumptions, &limit.assumptions)] {
                let new: Vec<_> = its.iter().copied().filter(|id| !own.contains(id)).collect();
                own.extend(new);
            }
        }
    }

    /// The last one rests on an assumption.
    pub(crate) fn on(&mut self, id: AssumptionId) {
        if let Some(last) = self.0.last_mut() {
            last.assumptions.push(ASSUMPTIONS[id as usize].name);
        }
    }
}

/// A formula with a number for each `#`; the word behind it loses its s after 1.
///
/// It is made of numbers, words, `+ − × / ( ) %`, and of `√( )`, `exp( )`, `ceil( )`, `min( , )` and `erlang_b( , )`: of so
/// many requests, with so much time elsewhere for each time at the queue, Erlang's share of the lost.
pub(crate) fn filled(formula: &str, numbers: &[f64]) -> String {
    let mut parts = formula.split('#');
    let mut text = parts.next().unwrap_or_default().to_owned();
    for (part, number) in parts.zip(numbers) {
        let unit = part.strip_prefix(' ').unwrap_or_default();
        let unit = unit.split([' ', ')', ',']).next().unwrap_or_default();
        text.push_str(&Amount(*number, unit).to_string());
        let written = if unit.is_empty() { 0 } else { unit.len() + 1 };
        text.push_str(part.get(written..).unwrap_or_default());
    }
    text
}

/// A formula times what else is in the figure, with the reason; nothing where that is next to one.
pub(crate) fn times(formula: String, factor: f64, reason: &str) -> String {
    if (factor - 1.0).abs() > SEEN { formula + &filled(" × # ", &[factor]) + reason } else { formula }
}

/// What a share leaves of all, with so many decimals that the difference has its digits.
pub(crate) fn rest_of(share: f64) -> String {
    let decimals = decimals((1.0 - share) * 100.0);
    format!("100 % − {:.decimals$} %", Number(share * 100.0))
}

/// A factor so near to one is not written.
pub(crate) const SEEN: f64 = 0.0005;
