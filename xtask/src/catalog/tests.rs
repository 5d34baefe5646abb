//! Faults in the data are found, all at once, and named by file and line.

use std::collections::BTreeMap;

use super::{is_date, parse, readme, rust};

const TABLES: &str = r#"
catalog_date = "2026-11-22"

[choices]
StorageType = ["SSD", "HDD"]

[[table]]
file = "sizes.csv"
row = "SizeRule"
static = "SIZES"
title = "Legal sizes"
key = ["name"]
columns = [
    { name = "name", type = "text", meaning = "Name" },
    { name = "storage_type", type = "choice:StorageType", meaning = "Storage class" },
    { name = "step_gib", type = "integer?", unit = "GiB", meaning = "Step" },
    { name = "rate", type = "number", unit = "MB/s", meaning = "Rate" },
    { name = "sizes_gib", type = "integers", unit = "GiB", meaning = "Sizes" },
    { name = "efa", type = "flag?", meaning = "EFA" },
]
"#;

const SIZES: &str = "\
name,storage_type,step_gib,rate,sizes_gib,efa,source_id,as_of,status,note
large,SSD,2400,0.5,1200 2400,yes,PERF SSD,2026-06-18,stated,\"a \"\"word\"\"\"
flat,HDD,,2,,,SSD,2026,uncertain,
";

const SOURCES: &str = r#"
[PERF]
title = "Performance"
url = "https://example.com/perf"
as_of = "2026-06-18"
[SSD]
title = "SSD"
url = "https://example.com/ssd"
as_of = "2026"
"#;

const EVIDENCE: &str = r#"
[CASE-1]
title = "A case"
url = "https://example.com/case"
"#;

const ASSUMPTIONS: &str = r#"
[[assumption]]
number = "A1"
id = "latency"
meaning = "Latency"
unit = "ms"
low = 0.5
mid = 1
high = 2
law = "log_triangular"
cases = 1
evidence = ["CASE-1"]

[[assumption]]
number = "A2"
id = "bursts"
meaning = "Whether it bursts"
unit = "yes or no"
low = false
mid = true
high = true
law = "flag"
share = 0.8
cases = 0
evidence = []
"#;

fn files(changes: &[(&str, &str, &str)]) -> BTreeMap<String, String> {
    let good = [
        ("TABLES.toml", TABLES),
        ("sizes.csv", SIZES),
        ("SOURCES.toml", SOURCES),
        ("EVIDENCE.toml", EVIDENCE),
        ("assumptions.toml", ASSUMPTIONS),
    ];
    let mut files: BTreeMap<_, _> = good.map(|(name, text)| (name.to_owned(), text.to_owned())).into();
    for (name, from, to) in changes {
        let text = files.get_mut(*name).unwrap();
        assert!(text.contains(from), "{name} has no `{from}`");
        *text = text.replace(from, to);
    }
    files
}

/// The faults that follow from replacing text in good files.
fn faults(changes: &[(&str, &str, &str)]) -> Vec<String> {
    let faults = parse(&files(changes)).unwrap_err().to_string();
    let mut lines: Vec<_> = faults.lines().map(str::to_owned).collect();
    lines.pop();
    lines
}

#[test]
fn good_data_become_rust_and_a_page() {
    let catalog = parse(&files(&[])).unwrap();
    let rust = rust::file(&catalog);
    let expected = [
        "pub step_gib: Option<u32>,",
        "pub sizes_gib: &'static [u32],",
        r#"size_rule("large", StorageType::Ssd, Some(2400), 0.5, &[1200, 2400], Some(true), "#,
        r#"provenance("PERF SSD", "2026-06-18", Status::Stated, "a \"word\"")"#,
        r#"size_rule("flat", StorageType::Hdd, None, 2.0, &[], None, "#,
        "pub const COUNT: usize = 2;",
        r#"0.5, 1.0, 2.0, [0.5, 2.0], Law::LogTriangular, None, 1, &["CASE-1"], true, "")"#,
        "0.0, 1.0, 1.0, [0.0, 1.0], Law::Flag, Some(0.8), 0, &[], true",
    ];
    for part in expected {
        assert!(rust.contains(part), "`{part}` is not in\n{rust}");
    }
    let page = readme::page(&catalog);
    assert!(page.contains("2 rows, told apart by `name`."), "{page}");
    assert!(page.contains("| A2 | `bursts` | yes or no | no | yes | yes | flag | 0 |"), "{page}");
}

#[test]
fn the_range_that_measurements_leave_stands_beside_that_of_practice() {
    let mut files = files(&[]);
    let table = r#"
[[table]]
file = "fitted.csv"
row = "FittedRange"
static = "FITTED"
title = "Ranges"
key = ["assumption"]
columns = [
    { name = "assumption", type = "text", meaning = "Assumption" },
    { name = "low", type = "number", meaning = "Low end" },
    { name = "high", type = "number", meaning = "High end" },
]
"#;
    files.insert("TABLES.toml".to_owned(), format!("{TABLES}{table}"));
    let rows = "assumption,low,high,source_id,as_of,status,note\nlatency,0.75,1.5,PERF,2026,derived,\n";
    files.insert("fitted.csv".to_owned(), rows.to_owned());
    let rust = rust::file(&parse(&files).unwrap());
    assert!(rust.contains("0.5, 1.0, 2.0, [0.75, 1.5], Law::LogTriangular"), "{rust}");
}

#[test]
fn a_long_table_is_kept_as_text() {
    let table = r#"
[[table]]
file = "types.csv"
row = "Kind"
static = "KINDS"
title = "Types"
key = ["name"]
text = true
columns = [
    { name = "name", type = "text", meaning = "Name" },
    { name = "gbps", type = "number?", meaning = "Rate" },
    { name = "cards", type = "integer", meaning = "Cards" },
    { name = "efa", type = "flag?", meaning = "EFA" },
]
"#;
    let head = "name,gbps,cards,efa,source_id,as_of,status,note\n";
    let rows = "a,0.75,1,yes,PERF,2026,stated,\nb,,2,no,SSD,2026,stated,\nc,100,3,,PERF,2026,stated,\n";
    let read = |table: &str, rows: &str| {
        let mut files = files(&[("TABLES.toml", "\n[[table]]", &format!("{table}\n[[table]]"))]);
        files.insert("types.csv".to_owned(), format!("{head}{rows}"));
        parse(&files)
    };
    let rust = rust::file(&read(table, rows).unwrap());
    let expected = [
        "static KINDS_TEXT: &str = \"\\\na|0.75|1|y|0\nb||2|n|1\nc|100|3||0\n\";",
        "kind(cells.text(), cells.optional(Cells::number), cells.integer(), cells.optional(Cells::flag), cells.origin())",
        "        len: 3,",
    ];
    for part in expected {
        assert!(rust.contains(part), "`{part}` is not in\n{rust}");
    }
    let faults = |table: &str, rows: &str| read(table, rows).unwrap_err().to_string();
    let marked = faults(table, "a|b,1,1,yes,PERF,2026,stated,\n");
    assert!(marked.contains("types.csv:2: name: `a|b` cannot be kept as text"), "{marked}");
    let long = faults(table, "a,0.1234567890123456,1,yes,PERF,2026,stated,\n");
    assert!(long.contains("types.csv:2: gbps: `0.1234567890123456` cannot be kept as text"), "{long}");
    let lists = faults(&table.replace("\"integer\"", "\"integers\""), rows);
    assert!(lists.contains("types.csv: `cards` cannot be kept as text"), "{lists}");
}

#[test]
fn all_faults_are_named_at_once() {
    let faults = faults(&[
        ("sizes.csv", "stated", "certain"),
        ("sizes.csv", "PERF SSD", "PERF NOWHERE"),
        ("sizes.csv", "flat,HDD,,2", "large,TAPE,x,"),
        ("assumptions.toml", "low = 0.5", "low = 1.5"),
        ("assumptions.toml", "[\"CASE-1\"]", "[\"CASE-1\", \"CASE-2\"]"),
    ]);
    let expected = [
        "assumptions.toml:2: latency: low ≤ mid ≤ high does not hold: 1.5, 1, 2",
        "assumptions.toml:2: latency: evidence `CASE-2` is not in EVIDENCE.toml",
        "sizes.csv:2: source_id: `NOWHERE` is not in SOURCES.toml",
        "sizes.csv:2: status: `certain` is none of stated, derived, observed, secondary, uncertain",
        "sizes.csv:3: storage_type: `TAPE` is none of SSD, HDD",
        "sizes.csv:3: step_gib: `x` is no whole number",
        "sizes.csv:3: rate: empty",
        "sizes.csv:3: same key as line 2: large",
    ];
    assert_eq!(faults, expected);
}

#[test]
fn columns_must_be_those_of_the_specification() {
    let faults = faults(&[("sizes.csv", "rate", "speed"), ("sizes.csv", "note\n", "note\n,\n")]);
    let expected = [
        "sizes.csv:1: unknown column `speed`",
        "sizes.csv:1: column `rate` is missing",
        "sizes.csv:2: 2 cells, but 10 columns",
    ];
    assert_eq!(faults, expected);
}

#[test]
fn cells_are_of_their_type() {
    let faults = faults(&[
        ("sizes.csv", "0.5,1200 2400,yes", "NaN,1200;2400,maybe"),
        ("sizes.csv", "2026-06-18", "18 June"),
        ("sizes.csv", ",HDD,", ", HDD,"),
    ]);
    let expected = [
        "sizes.csv:2: rate: `NaN` is no finite number",
        "sizes.csv:2: sizes_gib: `1200;2400` is no whole number",
        "sizes.csv:2: efa: `maybe` is neither yes nor no",
        "sizes.csv:2: as_of: `18 June` is no date",
        "sizes.csv:3: storage_type: space around ` HDD`",
    ];
    assert_eq!(faults, expected);
}

#[test]
fn the_specification_is_checked() {
    let faults = faults(&[
        ("TABLES.toml", "key = [\"name\"]", "key = [\"title\"]"),
        ("TABLES.toml", "\"flag?\"", "\"boolean\""),
        ("TABLES.toml", "choice:StorageType", "choice:Colour"),
        ("TABLES.toml", "file = \"sizes.csv\"", "file = \"shapes.csv\""),
    ]);
    let expected = [
        "TABLES.toml:7: shapes.csv: `Colour` is not under [choices]",
        "TABLES.toml:7: shapes.csv: `boolean` is no column type",
        "TABLES.toml:7: shapes.csv: key column `title` does not exist",
        "shapes.csv:1: the file is missing",
        "sizes.csv:1: no table in TABLES.toml reads this file",
    ];
    assert_eq!(faults, expected);
}

#[test]
fn assumptions_are_checked() {
    let faults = faults(&[
        ("assumptions.toml", "low = 0.5", "low = 0"),
        ("assumptions.toml", "share = 0.8", ""),
        ("assumptions.toml", "id = \"bursts\"", "id = \"latency\""),
        ("assumptions.toml", "low = false", "low = 0"),
        ("assumptions.toml", "[\"CASE-1\"]", "[]"),
    ]);
    let expected = [
        "assumptions.toml:2: latency: log_triangular needs low above 0: use triangular",
        "assumptions.toml:14: latency: law `flag` and true or false go together",
        "assumptions.toml:14: latency: a flag, and only a flag, has a share from 0 to 1",
        "assumptions.toml:14: latency: same id as line 2",
        "EVIDENCE.toml:2: CASE-1: no assumption cites it",
    ];
    assert_eq!(faults, expected);
}

#[test]
fn unreadable_toml_is_named_by_its_line() {
    let faults = faults(&[
        ("SOURCES.toml", "as_of = \"2026\"", "asof = \"2026\""),
        ("assumptions.toml", "law = \"flag\"", "law = \"dice\""),
    ]);
    let expected = [
        "SOURCES.toml:9: unknown field `asof`, expected one of `title`, `url`, `as_of`",
        "assumptions.toml:22: unknown variant `dice`, expected one of `log_triangular`, `triangular`, `count`, `flag`, `fixed`",
    ];
    assert_eq!(faults, expected);
}

#[test]
fn dates_are_years_months_or_days() {
    for date in ["2026", "2026-06", "2026-06-18"] {
        assert!(is_date(date), "{date}");
    }
    for date in ["", "26", "2026-13", "2026-6", "2026-06-32", "2026-06-18-1", "June 2026"] {
        assert!(!is_date(date), "{date}");
    }
}
