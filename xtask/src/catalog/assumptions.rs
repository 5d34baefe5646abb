//! `assumptions.toml`: reading and checking.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use toml::Spanned;

use super::faults::{Faults, line_of};

/// Name of the file.
pub(crate) const FILE: &str = "assumptions.toml";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(rename = "assumption", default)]
    assumptions: Vec<Spanned<Assumption>>,
}

/// One assumption as written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Assumption {
    /// Number shared by assumptions on one subject.
    pub(crate) number: String,
    /// Name by which a scenario overrides it.
    pub(crate) id: String,
    /// What it stands for.
    pub(crate) meaning: String,
    /// Unit of the values.
    pub(crate) unit: String,
    /// Low end.
    pub(crate) low: Amount,
    /// Value taken.
    pub(crate) mid: Amount,
    /// High end.
    pub(crate) high: Amount,
    /// How a value is drawn.
    pub(crate) law: Law,
    /// Flags: probability of true.
    pub(crate) share: Option<f64>,
    /// Independent cases behind it.
    pub(crate) cases: u32,
    /// Ids of those cases.
    pub(crate) evidence: Vec<String>,
    /// Whether it widens prediction intervals.
    #[serde(default = "yes")]
    pub(crate) in_interval: bool,
    /// What to know about it.
    #[serde(default)]
    pub(crate) note: String,
}

/// A number or a flag.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(untagged)]
pub(crate) enum Amount {
    /// Of a flag.
    Flag(bool),
    /// Of everything else.
    Number(f64),
}

/// How a value is drawn from low, mid and high.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Law {
    /// Triangular in the logarithm.
    LogTriangular,
    /// Triangular.
    Triangular,
    /// A whole number, each from low to high as likely.
    Count,
    /// True with probability `share`.
    Flag,
    /// Always mid.
    Fixed,
}

impl Law {
    /// Name in the file.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::LogTriangular => "log_triangular",
            Self::Triangular => "triangular",
            Self::Count => "count",
            Self::Flag => "flag",
            Self::Fixed => "fixed",
        }
    }
}

impl Amount {
    /// The number; 1 for true and 0 for false.
    pub(crate) fn number(self) -> f64 {
        match self {
            Self::Flag(flag) => f64::from(u8::from(flag)),
            Self::Number(number) => number,
        }
    }

    fn is_flag(self) -> bool {
        matches!(self, Self::Flag(_))
    }
}

fn yes() -> bool {
    true
}

/// Reads the assumptions; faults are noted. `evidence` holds the ids of the cases, if they could be read.
pub(crate) fn parse(text: &str, evidence: Option<&BTreeSet<String>>, faults: &mut Faults) -> Option<Vec<Assumption>> {
    let file: File = match toml::from_str(text) {
        Ok(file) => file,
        Err(error) => {
            let offset = error.span().map_or(0, |span| span.start);
            faults.add(FILE, line_of(text, offset), error.message());
            return None;
        }
    };
    let mut ids = BTreeMap::new();
    let mut assumptions = Vec::new();
    for spanned in file.assumptions {
        let line = line_of(text, spanned.span().start);
        let assumption = spanned.into_inner();
        let id = assumption.id.clone();
        for problem in problems(&assumption, evidence) {
            faults.add(FILE, line, format_args!("{id}: {problem}"));
        }
        if let Some(first) = ids.insert(id.clone(), line) {
            faults.add(FILE, line, format_args!("{id}: same id as line {first}"));
        }
        assumptions.push(assumption);
    }
    Some(assumptions)
}

fn problems(it: &Assumption, evidence: Option<&BTreeSet<String>>) -> Vec<String> {
    let mut problems = Vec::new();
    let [low, mid, high] = [it.low, it.mid, it.high].map(Amount::number);
    if !(low.is_finite() && mid.is_finite() && high.is_finite()) {
        problems.push("low, mid and high must be finite".to_owned());
    }
    if low > mid || mid > high {
        problems.push(format!("low ≤ mid ≤ high does not hold: {low}, {mid}, {high}"));
    }
    if it.law == Law::LogTriangular && low <= 0.0 {
        problems.push("log_triangular needs low above 0: use triangular".to_owned());
    }
    if it.law == Law::Count && [low, mid, high].iter().any(|end| end.fract() > 0.0 || *end < 1.0) {
        problems.push("a count has whole ends of at least 1".to_owned());
    }
    let flag = it.law == Law::Flag;
    if [it.low, it.mid, it.high].iter().any(|amount| amount.is_flag() != flag) {
        problems.push("law `flag` and true or false go together".to_owned());
    }
    if flag != it.share.is_some_and(|share| (0.0..=1.0).contains(&share)) {
        problems.push("a flag, and only a flag, has a share from 0 to 1".to_owned());
    }
    for (name, value) in [("number", &it.number), ("meaning", &it.meaning), ("unit", &it.unit)] {
        if value.is_empty() {
            problems.push(format!("{name} is empty"));
        }
    }
    let snake = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
    if !it.id.starts_with(|first: char| first.is_ascii_lowercase()) || !it.id.bytes().all(snake) {
        problems.push("the id is not in snake case".to_owned());
    }
    for case in &it.evidence {
        if evidence.is_some_and(|evidence| !evidence.contains(case)) {
            problems.push(format!("evidence `{case}` is not in EVIDENCE.toml"));
        }
    }
    problems
}
