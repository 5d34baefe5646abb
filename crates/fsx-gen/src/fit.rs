//! `data/fitted.csv` and `data/families.csv`: what the published measurements leave of ranges and scatter.

use std::fmt::Write as _;
use std::io;

use fsx_model::accuracy::calibration;
use fsx_model::calibrate::FittedAssumption;
use fsx_model::catalog::{CATALOG_DATE, FAMILIES};

use crate::Generated;

/// A range that is not narrower than this share of what is known beforehand says nothing new.
const NARROWER: f64 = 0.9;

/// One case says where an assumption lies, but nothing of how it differs from system to system.
const LEAST_CASES: usize = 2;

/// Both tables. They are data: after a change of rows, ranges or formulas they are written anew, and looked at.
pub(crate) fn files() -> io::Result<Vec<Generated>> {
    let calibration = calibration().map_err(io::Error::other)?;
    let mut families = "id,s,rows,cases,judged,meaning,source_id,as_of,status,note\n".to_owned();
    for (family, scatter) in FAMILIES.iter().zip(&calibration.scatters) {
        let status = if scatter.rows == 0 { "uncertain" } else { "derived" };
        let note = if scatter.rows == 0 { "No measurement of its own: judgement." } else { "" };
        let meaning = format!("\"{}\"", family.meaning.replace('"', "\"\""));
        let s = (scatter.s * 1000.0).round() / 1000.0;
        let _ = writeln!(
            families,
            "{},{s},{},{},{},{meaning},MODEL,{CATALOG_DATE},{status},{note}",
            family.id, scatter.rows, scatter.cases, family.judged
        );
    }
    let mut ranges = "assumption,low,high,cases,source_id,as_of,status,note\n".to_owned();
    for it in calibration.fitted.iter().filter(|it| is_narrower(it)) {
        let [low, high] = it.around.map(short);
        let _ = writeln!(ranges, "{},{low},{high},{},MODEL,{CATALOG_DATE},derived,", it.row.name, it.cases);
    }
    let file = |name: &str, text: String| Generated { path: format!("crates/fsx-model/data/{name}"), text };
    Ok(vec![file("families.csv", families), file("fitted.csv", ranges)])
}

fn is_narrower(it: &FittedAssumption) -> bool {
    let [low, high] = it.around;
    it.cases >= LEAST_CASES && high - low < NARROWER * (it.row.high - it.row.low)
}

/// A number in three significant digits.
fn short(value: f64) -> f64 {
    format!("{value:.2e}").parse().unwrap_or(value)
}
