//! Inputs that are not known: numbers of a requirement given as `{ low, mid, high }`.
//!
//! Reading a requirement leaves `mid` in the place of such a number and the range in `uncertainty.inputs`, by the path of
//! the field. A draw puts numbers of the ranges in those places and reads the requirement again.

use serde_json::{Map, Value};

use super::requirement::{Requirement, Uncertainty};
use crate::catalog::terms::DeploymentType;
use crate::draws;
use crate::finding::{Finding, Severity};
use crate::rules;
use crate::scenario::{AssumptionRange, FileSystem, from_tree, path};
use crate::shape::{Shape, Shaped as _, Whole};

const TABLE: &str = "uncertainty";
const INPUTS: &str = "inputs";

/// What may be drawn: what is asked of a file system. Constraints and prices are not.
const DRAWN: [&str; 4] = ["capacity", "clients", "workloads", "jobs"];

/// The tree of a requirement with its ranges among `uncertainty.inputs`.
pub(crate) fn taken_out(mut tree: Value) -> Value {
    let mut ranges = Map::new();
    take_out(&mut tree, &Requirement::SHAPE, "", &mut ranges);
    if let (Value::Object(fields), false) = (&mut tree, ranges.is_empty()) {
        let table = fields.entry(TABLE).or_insert_with(|| Value::Object(Map::new()));
        let inputs = table.as_object_mut().map(|it| it.entry(INPUTS).or_insert_with(|| Value::Object(Map::new())));
        if let Some(Value::Object(inputs)) = inputs {
            inputs.extend(ranges);
        }
    }
    tree
}

fn take_out(value: &mut Value, shape: &Shape, at: &str, ranges: &mut Map<String, Value>) {
    let join = |name: &str| if at.is_empty() { name.to_owned() } else { format!("{at}.{name}") };
    match (shape, &mut *value) {
        (Shape::Number | Shape::Whole, Value::Object(range)) => {
            let numbers = range.values().all(Value::is_number);
            if let (Some(mid), true) = (range.get("mid").cloned(), numbers) {
                ranges.insert(at.to_owned(), std::mem::replace(value, mid));
            }
        }
        (Shape::Record(fields), Value::Object(map)) => {
            for (name, inner) in map {
                if let Some(field) = fields.iter().find(|field| field.name == name) {
                    take_out(inner, field.shape, &join(name), ranges);
                }
            }
        }
        (Shape::OneOrMany(item), Value::Object(_)) => take_out(value, item, at, ranges),
        (Shape::List(item) | Shape::OneOrMany(item), Value::Array(items)) => {
            for (i, inner) in items.iter_mut().enumerate() {
                take_out(inner, item, &format!("{at}[{i}]"), ranges);
            }
        }
        (Shape::Map(item), Value::Object(map)) => {
            for (name, inner) in map {
                take_out(inner, item, &join(name), ranges);
            }
        }
        _ => {}
    }
}

impl Requirement {
    /// The inputs with a range, by path.
    fn inputs(&self) -> impl Iterator<Item = (&String, &AssumptionRange)> {
        self.uncertainty.iter().flat_map(|it: &Uncertainty| &it.inputs)
    }

    fn tree(&self) -> Value {
        // a record of plain fields: serialising it cannot fail
        serde_json::to_value(self).unwrap_or_default()
    }

    /// With the numbers of a draw in their places; `None` if it cannot be read so.
    fn with(tree: &Value, numbers: impl IntoIterator<Item = (String, f64)>) -> Option<Self> {
        let mut tree = tree.clone();
        for (field, number) in numbers {
            let whole = path::get(&tree, &field).is_some_and(Value::is_i64);
            let number = if whole { Value::from(Whole::from_f64(libm::round(number))?.0) } else { Value::from(number) };
            path::set(&mut tree, &field, number);
        }
        from_tree(tree).ok()
    }
}

/// The inputs that are drawn, by path.
pub(crate) fn names(requirement: &Requirement) -> impl Iterator<Item = &String> {
    requirement.inputs().map(|(field, _)| field)
}

/// The requirement of every draw; `known` is not drawn. `None` if one cannot be read.
pub(crate) fn drawn(
    requirement: &Requirement,
    seed: u64,
    samples: u32,
    known: Option<&str>,
) -> Option<Vec<Requirement>> {
    let tree = requirement.tree();
    let drawn = requirement.inputs().filter(|(field, _)| Some(field.as_str()) != known);
    let columns: Vec<(&String, Vec<f64>)> = drawn
        .map(|(field, range)| {
            let at = |u: f64| draws::within([range.low, range.mid, range.high], u);
            (field, draws::spread_out(seed, field, samples).into_iter().map(at).collect())
        })
        .collect();
    let row = |i: usize| columns.iter().filter_map(move |(field, all)| Some(((*field).clone(), *all.get(i)?)));
    (0..usize::try_from(samples).ok()?).map(|i| Requirement::with(&tree, row(i))).collect()
}

/// What is wrong with the ranges.
pub(crate) fn check(requirement: &Requirement) -> Vec<Finding> {
    let tree = requirement.tree();
    let known = faults(requirement);
    let mut findings = Vec::new();
    for (field, range) in requirement.inputs() {
        let mut wrong = |value: f64, message: String, fix: &str| {
            findings.push(Finding::error("FSX-PLAN-RANGE", field, &value.to_string(), message, fix));
        };
        let AssumptionRange { low, mid, high } = *range;
        let table = field.split(['.', '[']).next().unwrap_or_default();
        let there = path::get(&tree, field).and_then(Value::as_f64);
        if !DRAWN.contains(&table) {
            wrong(mid, format!("only numbers of {} are drawn", DRAWN.join(", ")), "a number");
        } else if there != Some(mid) {
            wrong(
                mid,
                "a range has the number that stands there as its mid".to_owned(),
                "the number that stands there",
            );
        } else if !(low <= mid && mid <= high) {
            wrong(mid, format!("mid is between low, {low}, and high, {high}"), "low, mid and high in order");
        } else {
            let ends = [low, high].into_iter().map(|end| (end, Requirement::with(&tree, [(field.clone(), end)])));
            for (end, changed) in ends {
                let fault = changed.map_or_else(Vec::new, |it| faults(&it)).into_iter().find(|it| !known.contains(it));
                if let Some(fault) = fault {
                    findings.push(Finding { field: field.clone(), value: end.to_string(), ..fault });
                }
            }
        }
    }
    findings
}

/// Some draw of ranges, each of which is legal by itself, is none together.
pub(crate) fn not_drawn() -> Finding {
    let message = "numbers drawn from these ranges do not go together";
    Finding::error("FSX-PLAN-RANGE", "uncertainty.inputs", "", message, "narrower ranges")
}

/// The errors of what a requirement asks, whatever file system it is on.
fn faults(requirement: &Requirement) -> Vec<Finding> {
    let any = FileSystem::of(DeploymentType::Persistent2);
    let asked = |finding: &Finding| {
        finding.severity == Severity::Error && DRAWN.iter().any(|table| finding.field.starts_with(table))
    };
    let mut faults = rules::check(&requirement.written_on(any.clone()));
    faults.extend(super::checks::ranges_of(requirement));
    faults.retain(asked);
    // whether it is the same fault does not depend on the number
    faults.into_iter().map(|finding| Finding { value: String::new(), ..finding }).collect()
}
