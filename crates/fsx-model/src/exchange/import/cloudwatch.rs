//! `aws cloudwatch get-metric-data`: what was asked of a file system, and how near its parts came to their limits.
//!
//! The label of a series tells its metric and, for a server or target, its name: `DataReadBytes`,
//! `NetworkThroughputUtilization OSS0002`. Sums of bytes and operations become workloads that offer the rate that 95 % of
//! the periods stayed below; percentages become `cloudwatch` entries.

use serde_json::{Value, json};

use super::loads::{KIB, assumed, found, measured};
use crate::exchange::draft::Found;
use crate::exchange::time;
use crate::exchange::tree::{At, json as parsed, not_understood};
use crate::finding::Error;
use crate::scenario::{Operation, UtilizationMetric, Workload};
use crate::shape::Whole;

/// Sums of operations at the metadata servers.
const OPERATIONS: &[(&str, Operation)] = &[
    ("FileCreateOperations", Operation::Create),
    ("FileOpenOperations", Operation::Open),
    ("FileDeleteOperations", Operation::Delete),
    ("StatOperations", Operation::Stat),
    ("DirectoryCreateOperations", Operation::Mkdir),
    ("DirectoryDeleteOperations", Operation::Rmdir),
    ("RenameOperations", Operation::Rename),
];

/// Share of the periods that stay below the rate a workload offers.
const BUSY: f64 = 0.95;

/// The period where a series has one value only, seconds.
const MINUTE: f64 = 60.0;

/// One series of an answer.
struct Series<'a> {
    label: &'a str,
    values: Vec<f64>,
    period: f64,
}

pub(super) fn read(text: &str) -> Result<Vec<Found>, Error> {
    let document = parsed(text)?;
    let root = At::root(&document);
    let Some(results) = root.get("MetricDataResults") else {
        return Err(not_understood("", "no answer of get-metric-data: a list of `MetricDataResults`"));
    };
    let all: Vec<Series<'_>> = results.items().iter().filter_map(Series::of).collect();
    let (loads, notes) = workloads(&all);
    let mut read = found("cloudwatch", None, loads, Vec::new());
    for (name, figures) in &notes {
        measured(&mut read, name, figures);
    }
    let mut parts = Vec::new();
    let mut lost = Vec::new();
    for series in &all {
        match series.utilization() {
            Some(part) => parts.push(part),
            None if !series.is_load() && series.metric("ClientConnections").is_none() => lost.push(series.label),
            None => {}
        }
    }
    if !parts.is_empty() {
        read.set("cloudwatch", Value::Array(parts), "MetricDataResults");
    } else if notes.is_empty() {
        return Err(not_understood("MetricDataResults", "no series of AWS/FSx with values: a label names its metric"));
    }
    let clients = all.iter().find_map(|series| series.metric("ClientConnections"));
    if let Some(count) = clients.and_then(|series| Whole::from_f64(series.max().round())).filter(|count| count.0 > 0) {
        read.set("clients.count", json!(count.0), "MetricDataResults");
    }
    if !notes.is_empty() {
        let message =
            "CloudWatch tells rates, not how they come about: files, processes and order of offsets are defaults";
        assumed(&mut read, "workloads", message, "what is known of them, in the scenario");
    }
    if !lost.is_empty() {
        let message = format!("these series say nothing a scenario holds: {}", lost.join(", "));
        read.warn("FSX-IMPORT-NOT-CARRIED", "MetricDataResults", "", message, "");
    }
    Ok(vec![read])
}

/// Data and metadata workloads, with what was measured of each.
fn workloads(all: &[Series<'_>]) -> (Vec<Workload>, Vec<(String, String)>) {
    let mut loads = Vec::new();
    let mut notes = Vec::new();
    for (name, operation) in [("Read", Operation::Read), ("Write", Operation::Write)] {
        let find = |metric: String| all.iter().find_map(|series| series.metric(&metric));
        let Some(bytes) = find(format!("Data{name}Bytes")).filter(|series| series.max() > 0.0) else { continue };
        let operations = find(format!("Data{name}Operations")).map_or(0.0, Series::sum);
        let (busy, most) = (bytes.busy() / bytes.period / 1e6, bytes.max() / bytes.period / 1e6);
        let label = format!("observed-{}", name.to_lowercase());
        notes.push((label.clone(), format!("{busy:.1} MB/s in 95 % of the periods, {most:.1} MB/s at most")));
        loads.push(Workload {
            name: Some(label),
            operation: Some(operation),
            io_size_kib: (operations > 0.0).then(|| bytes.sum() / operations / KIB),
            rate_limit_mb_per_s: Some(busy),
            ..Workload::BLANK
        });
    }
    for (metric, operation) in OPERATIONS {
        let series: Vec<&Series<'_>> = all.iter().filter_map(|series| series.metric(metric)).collect();
        // one series for each metadata target
        let busy: f64 = series.iter().map(|series| series.busy() / series.period).sum();
        if busy > 0.0 {
            let label = format!("observed-{operation}");
            notes.push((label.clone(), format!("{busy:.1} operations a second in 95 % of the periods")));
            loads.push(Workload {
                name: Some(label),
                operation: Some(*operation),
                rate_limit_operations_per_s: Some(busy),
                ..Workload::BLANK
            });
        }
    }
    (loads, notes)
}

impl<'a> Series<'a> {
    fn of(at: &At<'a>) -> Option<Self> {
        let number = |value: &Value| value.as_f64().filter(|number| number.is_finite() && *number >= 0.0);
        let values: Vec<f64> = at.get("Values")?.items().iter().filter_map(|it| number(it.value)).collect();
        let mut times: Vec<f64> =
            at.get("Timestamps")?.items().iter().filter_map(|it| time::seconds(it.value)).collect();
        times.sort_by(f64::total_cmp);
        let apart = times.windows(2).filter_map(|two| Some(two.get(1)? - two.first()?)).filter(|apart| *apart > 0.0);
        let period = apart.reduce(f64::min).unwrap_or(MINUTE);
        (!values.is_empty()).then_some(Self { label: at.text("Label")?, values, period })
    }

    /// The series itself, if it is of this metric.
    fn metric(&self, metric: &str) -> Option<&Self> {
        self.words().any(|word| word == metric).then_some(self)
    }

    fn words(&self) -> impl Iterator<Item = &'a str> {
        self.label.split(|it: char| !it.is_ascii_alphanumeric())
    }

    fn is_load(&self) -> bool {
        let data = ["DataReadBytes", "DataWriteBytes", "DataReadOperations", "DataWriteOperations"];
        self.words().any(|word| data.contains(&word) || OPERATIONS.iter().any(|(metric, _)| word == *metric))
    }

    /// The entry of a percentage of a server or target.
    fn utilization(&self) -> Option<Value> {
        let metric = UtilizationMetric::ALL.iter().find(|metric| self.metric(metric.as_str()).is_some())?;
        let is_part = |word: &&str| {
            let digits = ["OSS", "MDS", "OST", "MDT"].iter().find_map(|kind| word.strip_prefix(kind));
            digits.is_some_and(|digits| digits.len() == 4 && digits.bytes().all(|it| it.is_ascii_hexdigit()))
        };
        let part = self.words().find(is_part).unwrap_or("all");
        let mean = self.sum() / self.count();
        Some(json!({ "metric": metric.as_str(), "part": part, "mean_percent": mean, "max_percent": self.max() }))
    }

    fn count(&self) -> f64 {
        u32::try_from(self.values.len()).map_or(f64::INFINITY, f64::from)
    }

    fn sum(&self) -> f64 {
        self.values.iter().sum()
    }

    fn max(&self) -> f64 {
        self.values.iter().copied().fold(0.0, f64::max)
    }

    /// The value that 95 % of the periods do not exceed.
    fn busy(&self) -> f64 {
        let mut sorted = self.values.clone();
        sorted.sort_by(f64::total_cmp);
        let place =
            Whole::from_f64(libm::ceil(self.count() * BUSY) - 1.0).and_then(|place| usize::try_from(place.0).ok());
        place.and_then(|place| sorted.get(place)).copied().unwrap_or(0.0)
    }
}
