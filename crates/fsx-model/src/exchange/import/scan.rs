//! What `fsx scan --json` says of a directory tree, as something to be held and read.
//!
//! All files become one load: so many files of the mean size, each read once. Its bytes and its openings are then those
//! of the tree, and the time of a pass is made of these two. A load per class of sizes would say that small and large
//! files are read side by side, each as fast as it goes, which nothing in the tree tells.

use serde_json::Value;

use crate::exchange::draft::Found;
use crate::exchange::scan::Scan;
use crate::exchange::tree::{json, not_understood};
use crate::finding::{Error, Finding, Severity};
use crate::scenario::from_tree;

const BYTES_PER_MIB: f64 = 1_048_576.0;
const BYTES_PER_GIB: f64 = 1_073_741_824.0;

/// From this on, the mean is far from what half of the files have.
const FAR: f64 = 8.0;

pub(super) fn read(text: &str) -> Result<Vec<Found>, Error> {
    let tree = json(text)?;
    // with or without the envelope of an answer
    let tree = tree.get("ok").unwrap_or(&tree);
    let scan: Scan = from_tree(tree.get("scan").unwrap_or(tree).clone())?;
    if scan.files.0 < 0 || scan.bytes.0 < 0 {
        return Err(not_understood("files", "neither files nor bytes can be fewer than none"));
    }
    let mut found = Found::new(scan.path.as_deref().unwrap_or("scan"));
    found.findings = scan.findings();
    found.set("capacity.data_gib", Value::from(scan.bytes.get() / BYTES_PER_GIB), "bytes");
    if scan.files.0 == 0 || scan.bytes.0 == 0 {
        let message = "the tree holds no data, so there is nothing to read";
        found.warn("FSX-SCAN-EMPTY", "bytes", &scan.bytes.0.to_string(), message, "");
        return Ok(vec![found]);
    }
    let mean_bytes = scan.bytes.get() / scan.files.get();
    found.set("workloads[0].name", Value::from("read_all"), "");
    found.set("workloads[0].operation", Value::from("read"), "");
    found.set("workloads[0].file_size_mib", Value::from(mean_bytes / BYTES_PER_MIB), "mean_bytes");
    found.set("workloads[0].file_count", Value::from(scan.files.0), "files");
    if let Some(directories) = scan.directories_with_files.filter(|count| count.0 > 0) {
        found.set("workloads[0].directories", Value::from(directories.0), "directories_with_files");
    }
    found.findings.extend(spread(&scan, mean_bytes));
    Ok(vec![found])
}

/// How far the mean is from most of the files, if it is far.
fn spread(scan: &Scan, mean_bytes: f64) -> Option<Finding> {
    let half = scan.median_up_to_bytes.filter(|half| mean_bytes > FAR * half.get())?;
    let message = format!(
        "the load reads every file with the mean of all sizes; half of the files have at most {} bytes, and few large ones \
         hold most of the data",
        half.0
    );
    let fix = "a load of its own for what is read apart from the rest";
    let finding = Finding::error("FSX-SCAN-MEAN", "mean_bytes", &format!("{mean_bytes:.0}"), message, fix);
    Some(Finding { severity: Severity::Advice, ..finding })
}
