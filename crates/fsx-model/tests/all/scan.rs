//! What a directory tree holds, counted and as a requirement.

use fsx_model::exchange::{Import, ImportFormat, Scan, ScanCounter, Scanned, import};
use fsx_model::finding::{ErrorKind, Severity};
use proptest::prelude::*;

use crate::case::config;

fn counted(sizes: &[u64]) -> Scan {
    let mut counter = ScanCounter::default();
    sizes.iter().for_each(|size| counter.file(*size));
    counter.scan(None)
}

fn imported(text: &str) -> Result<fsx_model::exchange::Imported, fsx_model::finding::Error> {
    import(&Import { from: ImportFormat::Scan, text: text.to_owned(), id: None, into: None })
}

#[test]
fn classes_end_at_powers_of_two() {
    let scan = counted(&[0, 1, 2, 3, 4, 5, 4096, 4097, u64::MAX]);
    let ends: Vec<_> = scan.sizes.iter().map(|class| (class.up_to_bytes.0, class.files.0)).collect();
    assert_eq!(ends, [(0, 1), (1, 1), (2, 1), (4, 2), (8, 1), (4096, 1), (8192, 1), (1 << 53, 1)]);
    assert_eq!((scan.median_up_to_bytes.unwrap().0, scan.bytes.0), (4, 1 << 53), "sums end at 2^53");
    assert_eq!((scan.directories, scan.unreadable), (None, None));
}

#[test]
fn nothing_has_neither_mean_nor_median() {
    let scan = counted(&[]);
    assert_eq!((scan.mean_bytes, scan.median_up_to_bytes, scan.largest_bytes), (None, None, None));
    assert!(scan.findings().is_empty());
}

#[test]
fn the_largest_directories_do_not_depend_on_the_walk() {
    let named = |order: &[u64]| {
        let mut counter = ScanCounter::default();
        order.iter().for_each(|n| counter.directory(*n, n / 2, || format!("d{n:02}")));
        let scan = counter.scan(None);
        assert_eq!(
            (scan.directories.unwrap().0, scan.directories_with_files.unwrap().0, scan.depth.unwrap().0),
            (30, 28, 29)
        );
        scan.largest_directories.iter().map(|it| (it.path.clone(), it.files.0)).collect::<Vec<_>>()
    };
    let (up, down): (Vec<u64>, Vec<u64>) = ((0..30).collect(), (0..30).rev().collect());
    assert_eq!(named(&up), named(&down));
    assert_eq!(named(&up)[..3], [("d28".to_owned(), 14), ("d29".to_owned(), 14), ("d26".to_owned(), 13)]);
}

#[test]
fn the_draft_keeps_bytes_and_openings() {
    let mut counter = ScanCounter::default();
    [1 << 30, 3 << 30, 0, 0].iter().for_each(|size| counter.file(*size));
    counter.directory(0, 4, String::new);
    let scanned = Scanned::from(counter.scan(Some("/data".to_owned())));
    let text = serde_json::to_string(&scanned).unwrap();
    let imported = imported(&text).unwrap();
    let load = &imported.scenario.workloads[0];
    assert_eq!(imported.scenario.capacity.unwrap().data_gib, Some(4.0));
    assert_eq!((load.file_count.unwrap().0, load.file_size_mib, load.directories.unwrap().0), (4, Some(1024.0), 1));
    // half of the files are empty, and the mean says nothing of that
    assert!(imported.findings.iter().any(|it| it.code == "FSX-SCAN-MEAN" && it.severity == Severity::Advice));
    // the same with and without the envelope, and of the counts alone
    let bare = serde_json::to_string(&scanned.scan).unwrap();
    for text in [format!(r#"{{"ok": {text}}}"#), bare] {
        assert_eq!(self::imported(&text).unwrap().toml, imported.toml);
    }
}

#[test]
fn what_is_no_scan_is_refused() {
    for text in ["", "{}", "[]", "3", r#"{"ok": 3}"#, r#"{"files": -1, "bytes": 0}"#, r#"{"files": 1.5, "bytes": 0}"#] {
        assert_eq!(imported(text).unwrap_err().kind, ErrorKind::NotUnderstood, "{text}");
    }
    let empty = imported(r#"{"files": 3, "bytes": 0}"#).unwrap();
    assert_eq!((empty.scenario.workloads.len(), empty.findings[0].code), (0, "FSX-SCAN-EMPTY"));
}

proptest! {
    #![proptest_config(config())]
    #[test]
    fn classes_hold_all_files_and_bytes(sizes in prop::collection::vec(0_u64..1 << 40, 0..60)) {
        let scan = counted(&sizes);
        prop_assert_eq!(scan.sizes.iter().map(|it| it.files.0).sum::<i64>(), scan.files.0);
        prop_assert_eq!(scan.sizes.iter().map(|it| it.bytes.0).sum::<i64>(), scan.bytes.0);
        prop_assert_eq!(scan.stripes.iter().map(|it| it.bytes.0).sum::<i64>(), scan.bytes.0);
        let mut sorted = sizes.clone();
        sorted.sort_unstable();
        if let Some(half) = scan.median_up_to_bytes {
            let median = i64::try_from(sorted[(sorted.len() - 1) / 2]).unwrap();
            prop_assert!(median <= half.0 && (half.0 < 2 || 2 * median > half.0), "{median} in the class up to {}", half.0);
        }
    }
}
