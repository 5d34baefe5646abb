//! Findings: what is wrong with an input, what to watch, what to do about it. Errors are data.

use serde::Serialize;

use crate::catalog::terms::words;

words! {
    /// How serious a finding is.
    Severity {
        /// The input cannot be answered as it is.
        Error = "error",
        /// The answer holds, with a reservation.
        Warning = "warning",
        /// Something to gain.
        Advice = "advice",
    }
}

/// Code of what the input can say and the model does not answer yet.
pub const NOT_MODELLED: &str = "FSX-NOT-MODELLED";

/// One thing to know about an input: which field, which value, why, and what to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Finding {
    /// Stable code, such as `FSX-CAPACITY-STEP`; `INPUT-…` where the input was not understood.
    pub code: &'static str,
    /// How serious it is.
    pub severity: Severity,
    /// Path of the field, such as `file_system.storage_capacity_gib`.
    pub field: String,
    /// The value found there, as written; empty if the field is absent.
    pub value: String,
    /// What is wrong, with the limit; starts in lower case, no final stop.
    pub message: String,
    /// The nearest value that is right, or what to do; empty if there is none.
    pub fix: String,
    /// Ids of the sources of the rule.
    pub sources: Vec<&'static str>,
}

impl Finding {
    /// An error that rests on no source.
    #[must_use]
    pub fn error(code: &'static str, field: &str, value: &str, message: impl Into<String>, fix: &str) -> Self {
        Self {
            code,
            severity: Severity::Error,
            field: field.to_owned(),
            value: value.to_owned(),
            message: message.into(),
            fix: fix.to_owned(),
            sources: Vec::new(),
        }
    }

    /// A name that is none of those known.
    #[must_use]
    pub fn no_such(what: &str, name: &str, known: impl Iterator<Item = &'static str> + Clone) -> Self {
        let near = did_you_mean(name, known.clone()).unwrap_or_default();
        let message = format!("no such {what}; one of {}", known.collect::<Vec<_>>().join(", "));
        Self::error("INPUT-WORD", what, name, message, near)
    }
}

/// Why an input got no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// Syntax, unknown field, wrong type, NaN: exit status 2.
    NotUnderstood,
    /// Understood, but no such file system can exist, or this part is not modelled yet: exit status 1.
    Refused,
}

/// An input that got no answer, with every reason at once.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", .findings.iter().map(|f| format!("{}: {}", f.field, f.message)).collect::<Vec<_>>().join("; "))]
pub struct Error {
    /// Why.
    pub kind: ErrorKind,
    /// Every reason; at least one has severity `error`.
    pub findings: Vec<Finding>,
}

impl Error {
    /// The input was not understood.
    #[must_use]
    pub fn not_understood(findings: Vec<Finding>) -> Self {
        Self { kind: ErrorKind::NotUnderstood, findings }
    }

    /// The input was understood and refused.
    #[must_use]
    pub fn refused(findings: Vec<Finding>) -> Self {
        Self { kind: ErrorKind::Refused, findings }
    }
}

/// Of `candidates`, the one a mistyped `word` most likely meant; none of a text far longer than any name.
#[must_use]
pub fn did_you_mean<'a>(word: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    const WORTH_ASKING: f64 = 0.8;
    const LONGEST_BYTES: usize = 256;
    candidates
        .filter(|_| word.len() <= LONGEST_BYTES)
        .map(|candidate| (strsim::jaro_winkler(word, candidate), candidate))
        .filter(|(similarity, _)| *similarity >= WORTH_ASKING)
        .reduce(|best, next| if next.0 > best.0 { next } else { best })
        .map(|(_, candidate)| candidate)
}

/// A number as messages write it: rounded to whole, thousands set apart by commas.
#[must_use]
pub fn whole_number(value: f64) -> String {
    let digits = format!("{value:.0}");
    let (sign, digits) = digits.strip_prefix('-').map_or(("", digits.as_str()), |digits| ("-", digits));
    let mut text = sign.to_owned();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
