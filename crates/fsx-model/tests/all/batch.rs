//! Columns against rows: what a batch says of a row is what an estimate says of the row's scenario, to the last bit.

use fsx_model::batch::{self, Column, Rates, Row, Values};
use fsx_model::estimate::{Regime, estimate};
use fsx_model::finding::{Error, ErrorKind, Finding, Severity};
use fsx_model::scenario::{Scenario, from_tree};
use proptest::prelude::*;
use proptest::sample::{Index, subsequence};
use serde_json::{Value, json};

use crate::case::Case;
use crate::case_draws::{cases, config, metadata_cases};

#[derive(Clone, Copy, Debug)]
enum Cell {
    Absent,
    Number(f64),
    Text(&'static str),
    Flag(bool),
}
use Cell::{Absent, Flag, Number, Text};

/// Fields of every kind, and cells of which most are legal somewhere.
const POOL: &[(&str, &[Cell])] = &[
    ("file_system.storage_capacity_gib", &[Number(2400.0), Number(4800.0), Number(36_000.0), Number(1000.0)]),
    ("file_system.storage_capacity_gib", &[Number(1200.0), Number(-1.0), Number(4800.5), Number(1e17), Absent]),
    ("file_system.per_unit_storage_throughput", &[Number(125.0), Number(250.0), Number(1000.0), Absent]),
    (
        "file_system.deployment_type",
        &[Text("PERSISTENT_2"), Text("PERSISTENT_1"), Text("SCRATCH_2"), Text("x"), Absent],
    ),
    ("file_system.storage_type", &[Text("SSD"), Text("SSD"), Text("HDD"), Absent]),
    ("file_system.efa_enabled", &[Flag(true), Flag(false), Absent]),
    ("file_system.metadata_configuration.mode", &[Text("AUTOMATIC"), Text("USER_PROVISIONED"), Absent]),
    ("file_system.metadata_configuration.iops", &[Number(12_000.0), Number(13.0), Absent, Absent]),
    ("file_system.credits_at_start", &[Number(0.0), Number(0.3), Number(-0.0), Number(f64::NAN)]),
    ("file_system.fill", &[Number(0.9), Number(0.25), Absent]),
    ("file_system.layout.components[0].count", &[Number(1.0), Number(-1.0), Number(4.0), Absent]),
    ("file_system.stored.data_gib", &[Number(1e5), Number(3.5), Absent]),
    ("clients.count", &[Number(1.0), Number(7.0), Number(300.0), Number(0.5)]),
    ("clients.network_gbps", &[Number(5.0), Number(12.5), Absent, Number(f64::INFINITY)]),
    ("clients.instance_type", &[Text("c6in.16xlarge"), Text("c5n.18xlarge"), Text("no.such"), Absent]),
    ("clients.same_availability_zone", &[Flag(true), Flag(false)]),
    ("workloads[0].operation", &[Text("read"), Text("write"), Text("stat"), Text("create"), Absent]),
    ("workloads[0].io_size_kib", &[Number(4.0), Number(1000.5), Number(1024.0), Absent]),
    ("workloads[0].processes_per_client", &[Number(1.0), Number(9.0), Number(64.0)]),
    ("workloads[0].direct_io", &[Flag(true), Flag(false), Absent]),
    ("workloads[0].data_in", &[Text("disk"), Text("auto"), Text("server_cache"), Absent]),
    ("workloads[0].passes", &[Number(1.0), Number(3.0), Number(0.0)]),
    ("workloads[0].rate_limit_mb_per_s", &[Number(100.0), Number(1e9), Absent]),
    ("workloads[0].target.seconds", &[Number(100.0), Absent]),
    ("backup.automatic_retention_days", &[Number(7.0), Number(91.0), Absent]),
    ("pricing.duty_cycle", &[Number(0.2), Number(0.75), Number(1.0), Absent]),
    ("pricing.include_clients", &[Flag(true), Flag(true), Flag(false), Absent]),
    ("pricing.prices[0].usd", &[Number(0.05), Number(2.0), Absent]),
    ("region", &[Text("us-east-1"), Text("eu-central-1"), Text("xx-nowhere-1"), Absent]),
    ("assumptions.tcp_efficiency", &[Number(0.6), Number(0.8), Number(7.0), Absent]),
    ("assumptions.efa_network_burst", &[Flag(true), Flag(false)]),
];

/// A drawn column: its path and cells.
type Drawn = (&'static str, Vec<Cell>);

fn columns() -> impl Strategy<Value = Vec<Drawn>> {
    (subsequence(POOL.to_vec(), 0..7), 1..9_usize).prop_flat_map(|(mut chosen, rows)| {
        chosen.dedup_by_key(|(path, _)| *path);
        let of = |(path, cells): (&'static str, &'static [Cell])| {
            let pick = move |index: Index| *index.get(cells);
            prop::collection::vec(any::<Index>().prop_map(pick), rows).prop_map(move |cells| (path, cells))
        };
        chosen.into_iter().map(of).collect::<Vec<_>>()
    })
}

/// A base: a drawn scenario, with layout or prices of which columns have parts, or with less than a scenario needs.
fn bases() -> impl Strategy<Value = Value> {
    let case = prop_oneof![3 => cases(), 1 => metadata_cases()].prop_map(|case: Case| case.json());
    (case, any::<[bool; 4]>()).prop_map(|(mut base, [layout, prices, plain, bare])| {
        if layout {
            base["file_system"]["layout"] = json!({ "kind": "components", "components": [{ "count": 2 }] });
        }
        if prices {
            let own = json!([{ "item": "persistent_2.ssd_250", "usd": 0.1 }]);
            base["pricing"] = json!({ "duty_cycle": 0.5, "include_clients": true, "prices": own });
        }
        if plain {
            base.as_object_mut().unwrap().remove("clients");
        }
        if bare {
            base["file_system"].as_object_mut().unwrap().remove("deployment_type");
        }
        base
    })
}

/// Columns and what they borrow.
fn on_columns<T>(drawn: &[Drawn], f: impl FnOnce(&[Column<'_>]) -> T) -> T {
    let number = |cell: &Cell| if let Number(number) = cell { Some(*number) } else { None };
    let text = |cell: &Cell| if let Text(text) = cell { Some(*text) } else { None };
    let flag = |cell: &Cell| if let Flag(flag) = cell { Some(*flag) } else { None };
    let lists: Vec<_> = drawn
        .iter()
        .map(|(_, cells)| {
            let all: Option<Vec<f64>> = cells.iter().map(number).collect();
            let numbers: Vec<_> = cells.iter().map(number).collect();
            let texts: Vec<_> = cells.iter().map(text).collect();
            let flags: Vec<_> = cells.iter().map(flag).collect();
            (all, numbers, texts, flags)
        })
        .collect();
    let columns: Vec<_> = drawn
        .iter()
        .zip(&lists)
        .map(|((path, _), (all, numbers, texts, flags))| {
            let values = match all {
                Some(all) => Values::Numbers(all),
                None if texts.iter().any(Option::is_some) => Values::Texts(texts),
                None if flags.iter().any(Option::is_some) => Values::Flags(flags),
                None => Values::NumbersOrAbsent(numbers),
            };
            Column { path, values }
        })
        .collect();
    f(&columns)
}

/// A tree with a cell in the place of a field, step by step.
fn put(tree: &mut Value, path: &str, cell: Cell) {
    let (name, rest) = path.split_once('.').map_or((path, None), |(name, rest)| (name, Some(rest)));
    let (name, is_list) = name.strip_suffix("[0]").map_or((name, false), |name| (name, true));
    let table = tree.as_object_mut().unwrap();
    let value = match cell {
        Absent => None,
        Number(number) => Some(json!(number)),
        Text(text) => Some(json!(text)),
        Flag(flag) => Some(json!(flag)),
    };
    match (rest, value) {
        (None, None) => {
            table.remove(name);
        }
        (None, Some(value)) => {
            table.insert(name.to_owned(), value);
        }
        (Some(_), None) if !table.contains_key(name) => {}
        (Some(rest), _) => {
            let inner = table.entry(name).or_insert_with(|| json!({}));
            put(if is_list { &mut inner[0] } else { inner }, rest, cell);
        }
    }
}

/// What an estimate says of a row.
#[expect(clippy::result_large_err, reason = "to compare with a row of a batch")]
fn one(base: &Value, drawn: &[Drawn], row: usize) -> Result<Row, Finding> {
    let first = |error: Error| error.findings.into_iter().find(|finding| finding.severity == Severity::Error).unwrap();
    let mut tree = base.clone();
    for (path, cells) in drawn {
        if let Number(number) = cells[row]
            && !number.is_finite()
        {
            return Err(Finding::error("INPUT-NOT-FINITE", path, &number.to_string(), "a number must be finite", ""));
        }
        put(&mut tree, path, cells[row]);
    }
    let scenario: Scenario = from_tree(tree).map_err(first)?;
    let estimate = estimate(&scenario).map_err(first)?;
    let rates = |regime: &Regime| Rates {
        throughput_mb_per_s: regime.throughput_mb_per_s.map(|range| range.mid),
        operations_per_s: regime.operations_per_s.mid,
        latency_ms: regime.latency_ms.mid,
        bottleneck: regime.bottleneck,
    };
    let (workload, cost) = (&estimate.workloads[0], estimate.cost.unwrap());
    Ok(Row {
        sustained: rates(&workload.sustained),
        burst: workload.burst.as_ref().map(|burst| rates(&burst.regime)),
        seconds: workload.seconds.mid,
        usd_per_month: cost.usd_per_month,
        partial: cost.partial,
    })
}

/// A row with its numbers by their bits.
fn bits(row: &Row) -> impl PartialEq + std::fmt::Debug {
    let of = |rates: Rates| {
        let throughput = rates.throughput_mb_per_s.map(f64::to_bits);
        (throughput, rates.operations_per_s.to_bits(), rates.latency_ms.to_bits(), rates.bottleneck)
    };
    (of(row.sustained), row.burst.map(of), row.seconds.to_bits(), row.usd_per_month.to_bits(), row.partial)
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn a_row_is_an_estimate(base in bases(), mut drawn in columns()) {
        let has = |list: &str| !base.pointer(list).is_none_or(Value::is_null);
        drawn.retain(|(path, _)| match *path {
            "file_system.layout.components[0].count" => has("/file_system/layout/components/0"),
            "pricing.prices[0].usd" => has("/pricing/prices/0"),
            _ => true,
        });
        let rows = drawn.first().map_or(1, |(_, cells)| cells.len());
        let answers = on_columns(&drawn, |columns| batch::estimate(&base, columns)).unwrap();
        prop_assert_eq!(answers.len(), rows);
        for (row, answer) in answers.iter().enumerate() {
            match (answer, one(&base, &drawn, row)) {
                (Ok(answer), Ok(want)) => prop_assert_eq!(bits(answer), bits(&want)),
                (answer, want) => prop_assert_eq!(answer, &want),
            }
        }
    }
}

/// More rows than are worked out in one go, in their order, whatever runs beside.
#[test]
fn many_rows_are_their_parts() {
    let base = json!({ "file_system": { "deployment_type": "SCRATCH_2" }, "clients": {} });
    let sizes: Vec<f64> = (0..40_000_u32).map(|row| 1200.0 * f64::from(row % 301)).collect();
    let counts: Vec<f64> = (0..40_000_u32).map(|row| f64::from(1 + row % 17)).collect();
    let operations: Vec<_> = (0..40_000).map(|row| [Some("read"), None, Some("write")][row % 3]).collect();
    let estimate = |from: usize, to: usize| {
        let columns = [
            Column { path: "file_system.storage_capacity_gib", values: Values::Numbers(&sizes[from..to]) },
            Column { path: "clients.count", values: Values::Numbers(&counts[from..to]) },
            Column { path: "workloads[0].operation", values: Values::Texts(&operations[from..to]) },
        ];
        batch::estimate(&base, &columns).unwrap()
    };
    let parts: Vec<_> = (0..40).flat_map(|part| estimate(part * 1000, (part + 1) * 1000)).collect();
    assert_eq!(estimate(0, 40_000), parts);
}

/// More combinations of cells than are kept, each met twice.
#[test]
fn many_combinations_are_read_again() {
    let base = json!({
        "file_system": { "deployment_type": "SCRATCH_2", "storage_capacity_gib": 2400 },
        "workloads": [{ "direct_io": true, "io_size_kib": 4 }],
    });
    let values: Vec<f64> = (0..3000_u32).map(|row| 0.5 + f64::from(row % 1500) / 1e4).collect();
    let column = Column { path: "assumptions.ena_latency", values: Values::Numbers(&values) };
    let rows = batch::estimate(&base, &[column]).unwrap();
    assert!(rows.iter().all(Result::is_ok));
    assert_eq!(rows[..1500], rows[1500..]);
    assert_ne!(rows[0], rows[1499]);
}

#[test]
fn without_columns_there_is_one_row() {
    let base = json!({ "file_system": { "deployment_type": "SCRATCH_2", "storage_capacity_gib": 1200 } });
    let with =
        json!({ "file_system": { "deployment_type": "SCRATCH_2", "storage_capacity_gib": 1200 }, "workloads": [{}] });
    let rows = batch::estimate(&base, &[]).unwrap();
    assert_eq!(rows, [one(&with, &[], 0)]);
    assert_eq!(batch::estimate(&json!({}), &[]).unwrap()[0].as_ref().unwrap_err().field, "file_system");
    let none = Column { path: "clients.count", values: Values::Numbers(&[]) };
    assert_eq!(batch::estimate(&base, &[none]).unwrap(), []);
}

/// `null` in a base leaves a field out, and what is no table is named, not replaced.
#[test]
fn a_base_is_taken_as_it_is() {
    let base = json!({ "file_system": 5, "region": null });
    let column = Column { path: "file_system.fill", values: Values::Numbers(&[0.5]) };
    let rows = batch::estimate(&base, &[column]).unwrap();
    let fault = rows[0].as_ref().unwrap_err();
    assert_eq!((fault.code, fault.field.as_str(), fault.value.as_str()), ("INPUT-TYPE", "file_system", "5"));
    let rows = batch::estimate(&json!([1]), &[column]).unwrap();
    assert_eq!(rows[0].as_ref().unwrap_err().message, "expected a table, found a list");
}

/// Every fault of a batch as a whole, at once.
#[test]
fn a_batch_that_is_not_understood_names_every_fault() {
    let base = json!({
        "file_system": { "deployment_type": "SCRATCH_2" }, "workloads": [{}, {}], "jobs": [{}], "clients": [{}, {}],
        "assumptions": { "tcp_efficiency": { "low": 0.5, "mid": 0.6, "high": 0.7 } },
    });
    let numbers = Values::Numbers(&[1.0, 2.0]);
    let texts = Values::Texts(&[Some("a"), None]);
    let flags = Values::Flags(&[Some(true), None]);
    let columns = [
        ("file_system.fill", numbers),
        ("file_system.fill", Values::NumbersOrAbsent(&[None])),
        ("storage_capacity_gib", numbers),
        ("workloads[0].io_size", numbers),
        ("workloads[2].passes", numbers),
        ("workloads.0.passes", numbers),
        ("workloads[00].passes", numbers),
        ("clients.count", numbers),
        ("deploy.security_group_ids[0]", texts),
        ("deploy.tags.", texts),
        ("", numbers),
        ("file_system.deployment_type", flags),
        ("clients[1].count", texts),
        ("file_system.efa_enabled", numbers),
        ("assumptions.bandwidth", texts),
        ("assumptions.tcp_efficiency", numbers),
        ("assumptions.tcp_efficiency.mid", numbers),
        ("workloads", flags),
    ]
    .map(|(path, values)| Column { path, values });
    let error = batch::estimate(&base, &columns).unwrap_err();
    assert_eq!(error.kind, ErrorKind::NotUnderstood);
    let shown: Vec<_> =
        error.findings.iter().map(|it| format!("{} `{}`: {} [{}]", it.code, it.field, it.message, it.fix)).collect();
    insta::assert_snapshot!(shown.join("\n"), @r"
    INPUT-BATCH `workloads`: a batch has one workload; this scenario has 2 [one workload]
    INPUT-BATCH `jobs`: a batch has no jobs; this scenario has 1 [no jobs]
    INPUT-BATCH `clients`: a batch has one client group; this scenario has 2 [one client group]
    INPUT-BATCH `file_system.fill`: the field has another column already [one column]
    INPUT-BATCH `file_system.fill`: the column has 1 values where the first column has 2 [2 values]
    INPUT-UNKNOWN-FIELD `storage_capacity_gib`: no such field; did you mean `file_system.storage_capacity_gib`? [file_system.storage_capacity_gib]
    INPUT-UNKNOWN-FIELD `workloads[0].io_size`: no such field; did you mean `workloads[0].io_size_kib`? [workloads[0].io_size_kib]
    INPUT-UNKNOWN-FIELD `workloads[2].passes`: no such field; did you mean `workloads[0].passes`? [workloads[0].passes]
    INPUT-UNKNOWN-FIELD `workloads.0.passes`: no such field; did you mean `workloads[0].passes`? [workloads[0].passes]
    INPUT-UNKNOWN-FIELD `workloads[00].passes`: no such field; did you mean `workloads[0].passes`? [workloads[0].passes]
    INPUT-UNKNOWN-FIELD `clients.count`: no such field; did you mean `clients[0].count`? [clients[0].count]
    INPUT-UNKNOWN-FIELD `deploy.security_group_ids[0]`: no such field; did you mean `deploy.kms_key_id`? [deploy.kms_key_id]
    INPUT-UNKNOWN-FIELD `deploy.tags.`: no such field; did you mean `deploy.root_squash`? [deploy.root_squash]
    INPUT-UNKNOWN-FIELD ``: no such field []
    INPUT-TYPE `file_system.deployment_type`: expected texts, found a column of true or false []
    INPUT-TYPE `clients[1].count`: expected numbers, found a column of texts []
    INPUT-TYPE `file_system.efa_enabled`: expected true or false, found a column of numbers []
    INPUT-TYPE `assumptions.bandwidth`: expected numbers, or true or false, found a column of texts []
    INPUT-BATCH `assumptions.tcp_efficiency.mid`: the field has another column already [one column]
    INPUT-TYPE `workloads`: expected columns of the fields in it, found a column of true or false []
    ");
}

/// A warning before it is not what keeps a row from an answer.
#[test]
fn a_row_is_refused_by_its_first_error() {
    let base = json!({ "region": "xx-nowhere-1", "file_system": { "deployment_type": "SCRATCH_2" } });
    let sizes = Column { path: "file_system.storage_capacity_gib", values: Values::Numbers(&[2400.0, 3600.0]) };
    let rows = batch::estimate(&base, &[sizes]).unwrap();
    assert!(rows[0].is_ok());
    assert_eq!(rows[1].as_ref().unwrap_err().code, "FSX-CAPACITY-STEP");
}
