//! The assumptions as Rust.

use super::Catalog;
use super::assumptions::{Assumption, Law};
use super::rust::{camel, lower, string};
use super::table::Value;

/// Columns of the printed table: name, unit, meaning.
pub(super) const COLUMNS: &[(&str, &str, &str)] = &[
    ("number", "", "Number shared by assumptions on one subject"),
    ("id", "", "Name by which a scenario overrides it"),
    ("meaning", "", "What it stands for"),
    ("unit", "", "Unit of low, mid and high"),
    ("low", "", "Low end of what users would find; 0 for no"),
    ("mid", "", "Value taken; 0 for no, 1 for yes"),
    ("high", "", "High end of what users would find; 1 for yes"),
    ("law", "", "How a value is drawn: log_triangular, triangular, count, flag or fixed"),
    ("share", "1", "Probability of yes, of a flag"),
    ("cases", "cases", "Independent observed cases behind it; 0 is judgement"),
    ("evidence", "", "Ids of observed cases"),
    ("in_interval", "", "Whether it widens prediction intervals"),
    ("note", "", "What to know about it"),
];

const TYPES: &str = "
/// How a value is drawn from low, mid and high.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Law {
    /// Triangular in the logarithm.
    LogTriangular,
    /// Triangular.
    Triangular,
    /// A whole number, each from low to high as likely.
    Count,
    /// Yes with probability `share`.
    Flag,
    /// Always mid.
    Fixed,
}

impl Law {
    /// Name in the data.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::LogTriangular => \"log_triangular\",
            Self::Triangular => \"triangular\",
            Self::Count => \"count\",
            Self::Flag => \"flag\",
            Self::Fixed => \"fixed\",
        }
    }
}

/// What nobody publishes and the model needs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Assumption {
    /// Which one it is.
    pub id: AssumptionId,
    /// Name by which a scenario overrides it.
    pub name: &'static str,
    /// Number shared by assumptions on one subject.
    pub number: &'static str,
    /// What it stands for.
    pub meaning: &'static str,
    /// Unit of low, mid and high.
    pub unit: &'static str,
    /// Low end of what users would find; 0 for no.
    pub low: f64,
    /// Value taken; 0 for no, 1 for yes.
    pub mid: f64,
    /// High end of what users would find; 1 for yes.
    pub high: f64,
    /// Ends of the range that widens intervals: what the published measurements leave of low to high.
    pub ends: [f64; 2],
    /// How a value is drawn.
    pub law: Law,
    /// Probability of yes, of a flag.
    pub share: Option<f64>,
    /// Independent observed cases behind it; 0 is judgement.
    pub cases: u32,
    /// Ids of observed cases.
    pub evidence: &'static [&'static str],
    /// Whether it widens prediction intervals.
    pub in_interval: bool,
    /// What to know about it; empty without the feature `tables`.
    pub note: &'static str,
}

#[expect(clippy::too_many_arguments, reason = \"one for each column\")]
const fn assumption(
    id: AssumptionId, name: &'static str, number: &'static str, meaning: &'static str, unit: &'static str,
    low: f64, mid: f64, high: f64, ends: [f64; 2], law: Law, share: Option<f64>, cases: u32,
    evidence: &'static [&'static str], in_interval: bool, note: &'static str,
) -> Assumption {
    let note = printed_only(note);
    Assumption { id, name, number, meaning, unit, low, mid, high, ends, law, share, cases, evidence, in_interval, note }
}

fn assumption_cells(place: usize) -> Vec<Cell> {
    let (Some(row), Some(evidence)) = (ASSUMPTIONS.get(place), ASSUMPTION_EVIDENCE.get(place)) else {
        return Vec::new();
    };
    printed(&[
        &row.number, &row.name, &row.meaning, &row.unit, &row.low, &row.mid, &row.high, &row.law.as_str(), &row.share,
        &row.cases, evidence, &row.in_interval, &row.note,
    ])
}
";

/// Where the published measurements leave an assumption: its row in `fitted.csv`, else its range.
fn ends(catalog: &Catalog, it: &Assumption) -> [f64; 2] {
    let table = catalog.tables.iter().find(|table| table.spec.file == "fitted.csv");
    let mut rows = table.into_iter().flat_map(|table| &table.rows);
    let fitted = rows.find_map(|row| match row.cells.as_slice() {
        [Value::Text(id), Value::Number(low), Value::Number(high), ..] if *id == it.id => Some([*low, *high]),
        _ => None,
    });
    fitted.unwrap_or([it.low.number(), it.high.number()])
}

/// Types, values and printing of the assumptions.
pub(super) fn items(catalog: &Catalog) -> String {
    let all = &catalog.assumptions;
    let mut out = "\n/// Names the assumptions.\n#[repr(u8)]\n".to_owned();
    out.push_str("#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]\npub enum AssumptionId {\n");
    for it in all {
        out.push_str(&format!(
            "    /// `{}`: {}. Unit: {}.\n    {},\n",
            it.id,
            lower(&it.meaning),
            it.unit,
            camel(&it.id)
        ));
    }
    out.push_str("}\n\nimpl AssumptionId {\n    /// Number of assumptions.\n");
    out.push_str(&format!("    pub const COUNT: usize = {};\n}}\n", all.len()));
    out.push_str(TYPES);
    out.push_str("\n/// The assumptions, in the order of [`AssumptionId`].\n#[rustfmt::skip]\n");
    out.push_str("pub static ASSUMPTIONS: [Assumption; AssumptionId::COUNT] = [\n");
    for it in all {
        let law = match it.law {
            Law::LogTriangular => "LogTriangular",
            Law::Triangular => "Triangular",
            Law::Count => "Count",
            Law::Flag => "Flag",
            Law::Fixed => "Fixed",
        };
        let evidence: Vec<_> = it.evidence.iter().map(|case| string(case)).collect();
        out.push_str(&format!(
            "    assumption(AssumptionId::{}, {}, {}, {}, {}, {:?}, {:?}, {:?}, {:?}, Law::{law}, {:?}, {}, &[{}], {}, {}),\n",
            camel(&it.id),
            string(&it.id),
            string(&it.number),
            string(&it.meaning),
            string(&it.unit),
            it.low.number(),
            it.mid.number(),
            it.high.number(),
            ends(catalog, it),
            it.share,
            it.cases,
            evidence.join(", "),
            it.in_interval,
            string(&it.note)
        ));
    }
    out.push_str("];\n\n#[rustfmt::skip]\nstatic ASSUMPTION_EVIDENCE: [&str; AssumptionId::COUNT] = [\n");
    for it in all {
        out.push_str(&format!("    {},\n", string(&it.evidence.join(" "))));
    }
    out.push_str("];\n");
    out
}
