//! Bytes to scenario or requirement.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use fsx_model::calibrate::{CalibrateQuery, from_csv};
use fsx_model::exchange::{Export, Import, MAX_EXCHANGE_BYTES};
use fsx_model::finding::{Error, Finding, Severity};
use fsx_model::plan::Requirement;
use fsx_model::scenario::{MAX_INPUT_BYTES, Scenario, from_json, from_toml, from_tree};
use fsx_model::shape::Shaped;
use serde_json::Value;

use crate::price_book::{Books, Priced};

/// Reads the scenario or requirement in `path`, or in standard input if that is `-`, and the file of prices it names.
pub(crate) fn read<T: Shaped + Priced>(path: &Path, books: &mut Books<'_>) -> Result<T, Error> {
    read_text(path, &text(path, MAX_INPUT_BYTES)?, books)
}

/// The same of the text that stands in `path`.
pub(crate) fn read_text<T>(path: &Path, text: &str, books: &mut Books<'_>) -> Result<T, Error>
where
    T: Shaped + Priced,
{
    let mut read: T = parsed(path, text)?;
    books.fill_in(&mut read, path)?;
    Ok(read)
}

fn parsed<T: Shaped>(path: &Path, text: &str) -> Result<T, Error> {
    if is_json(path, text) { from_json(text) } else { from_toml(text) }
}

/// Reads the input of `export`: a scenario, or a requirement if there is no file system in it.
pub(crate) fn design(path: &Path, to: &str, current: Option<&Path>, books: &mut Books<'_>) -> Result<Export, Error> {
    let mut query: Export = from_tree(serde_json::json!({ "to": to }))?;
    let text = text(path, MAX_INPUT_BYTES)?;
    match parsed::<Scenario>(path, &text) {
        Ok(mut scenario) => {
            books.fill_in(&mut scenario, path)?;
            query.scenario = Some(scenario);
        }
        Err(error) if lacks_a_file_system(&error) => {
            let mut requirement: Requirement = parsed(path, &text)?;
            books.fill_in(&mut requirement, path)?;
            query.requirement = Some(requirement);
        }
        Err(error) => return Err(error),
    }
    if let Some(current) = current {
        query.current_file_system = Some(read::<Scenario>(current, books)?.file_system);
    }
    Ok(query)
}

fn lacks_a_file_system(error: &Error) -> bool {
    error.findings.iter().any(|finding| finding.code == "INPUT-MISSING-FIELD" && finding.field == "file_system")
}

/// Reads the input of `import`.
pub(crate) fn foreign(path: &Path, from: &str, id: Option<String>, into: Option<&Path>) -> Result<Import, Error> {
    let query: Import = from_tree(serde_json::json!({ "from": from, "text": "" }))?;
    let into = into.map(|into| parsed(into, &text(into, MAX_INPUT_BYTES)?)).transpose()?;
    Ok(Import { text: text(path, MAX_EXCHANGE_BYTES)?, id, into, ..query })
}

/// Reads measurements: CSV, whose scenarios are files beside it, or JSON.
pub(crate) fn measurements(path: &Path, assumptions: &[String]) -> Result<CalibrateQuery, Error> {
    let text = text(path, MAX_INPUT_BYTES)?;
    if path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("json")) || text.trim_start().starts_with('{')
    {
        let mut query: CalibrateQuery = from_json(&text)?;
        query.assumptions.extend_from_slice(assumptions);
        return Ok(query);
    }
    let folder = if is_standard_input(path) { Path::new("") } else { path.parent().unwrap_or(Path::new("")) };
    from_csv(&text, assumptions, |name| tree(&folder.join(name)))
}

/// The tree of a scenario, whatever it holds.
fn tree(path: &Path) -> Result<Value, Error> {
    let text = text(path, MAX_INPUT_BYTES)?;
    let scenario: Scenario = parsed(path, &text)?;
    let not_a_tree =
        |error: serde_json::Error| not_understood("INPUT-FILE", &path.to_string_lossy(), error.to_string());
    serde_json::to_value(scenario).map_err(not_a_tree)
}

/// Reads several scenarios to compare; every fault of every one of them, each path behind `scenarios[i].`.
pub(crate) fn scenarios(paths: &[PathBuf], books: &mut Books<'_>) -> Result<Vec<Scenario>, Error> {
    once(paths)?;
    let mut all = Vec::new();
    let mut faults = Vec::new();
    for (i, path) in paths.iter().enumerate() {
        match read(path, books) {
            Ok(scenario) => all.push(scenario),
            Err(error) => faults.extend(error.findings.into_iter().map(|fault| within(i, fault))),
        }
    }
    if faults.is_empty() { Ok(all) } else { Err(Error::not_understood(faults)) }
}

/// Refuses standard input that is named twice.
pub(crate) fn once(paths: &[PathBuf]) -> Result<(), Error> {
    if paths.iter().filter(|path| is_standard_input(path)).count() > 1 {
        let message = "standard input can be read only once".to_owned();
        return Err(not_understood("INPUT-FILE", "-", message));
    }
    Ok(())
}

/// A fault of scenario `i` among several; one about a file names that file already.
fn within(i: usize, fault: Finding) -> Finding {
    let field = match fault.code {
        "INPUT-FILE" | "INPUT-OFFER" => fault.field,
        _ if fault.field.is_empty() => format!("scenarios[{i}]"),
        _ => format!("scenarios[{i}].{}", fault.field),
    };
    Finding { field, ..fault }
}

/// The same faults with the name of the file for `scenarios[i].`.
pub(crate) fn by_file(error: Error, paths: &[PathBuf]) -> Error {
    let rename = |finding: Finding| {
        let place = finding.field.strip_prefix("scenarios[").and_then(|rest| rest.split_once(']'));
        let path = place.and_then(|(i, rest)| Some((paths.get(i.parse::<usize>().ok()?)?, rest)));
        let field = match path {
            Some((path, "")) => path.display().to_string(),
            Some((path, rest)) => format!("{}: {}", path.display(), rest.trim_start_matches('.')),
            None => finding.field.clone(),
        };
        Finding { field, ..finding }
    };
    Error { findings: error.findings.into_iter().map(rename).collect(), ..error }
}

/// A name for each file, by which a table can speak of it: without folder and ending, and no two the same.
pub(crate) fn names(paths: &[PathBuf]) -> Vec<String> {
    let stem = |path: &PathBuf| match path.file_stem() {
        Some(stem) if !is_standard_input(path) => stem.to_string_lossy().into_owned(),
        _ => "stdin".to_owned(),
    };
    let mut names: Vec<String> = Vec::new();
    for path in paths {
        let stem = stem(path);
        let numbered = (2..).map(|n| format!("{stem}-{n}"));
        let free = std::iter::once(stem.clone()).chain(numbered).find(|name| !names.contains(name));
        names.push(free.unwrap_or(stem));
    }
    names
}

pub(crate) fn is_standard_input(path: &Path) -> bool {
    path == Path::new("-")
}

/// JSON by the name's ending; without `.json` or `.toml`, if the first character is a brace.
pub(crate) fn is_json(path: &Path, text: &str) -> bool {
    match path.extension().and_then(|ending| ending.to_str()) {
        Some(ending) if ending.eq_ignore_ascii_case("json") => true,
        Some(ending) if ending.eq_ignore_ascii_case("toml") => false,
        _ => text.trim_start_matches('\u{feff}').trim_start().starts_with('{'),
    }
}

/// The text of a file of at most so many bytes.
pub(crate) fn text(path: &Path, most: usize) -> Result<String, Error> {
    let bytes =
        bytes(path, most).map_err(|error| not_understood("INPUT-FILE", &path.to_string_lossy(), reason(&error)))?;
    at_most(&bytes, most)?;
    String::from_utf8(bytes).map_err(|error| {
        let place = format!("byte {}", error.utf8_error().valid_up_to() + 1);
        not_understood("INPUT-SYNTAX", &place, "the input is not text in UTF-8".to_owned())
    })
}

/// Refuses a text of more bytes.
pub(crate) fn at_most(bytes: impl AsRef<[u8]>, most: usize) -> Result<(), Error> {
    if bytes.as_ref().len() > most {
        let message = format!("the input is longer than {most} bytes, which none of its kind is");
        return Err(not_understood("INPUT-SIZE", "", message));
    }
    Ok(())
}

/// At most one byte more than may be parsed, whatever the size of the file.
fn bytes(path: &Path, most: usize) -> io::Result<Vec<u8>> {
    let most = u64::try_from(most).unwrap_or(u64::MAX).saturating_add(1);
    let mut bytes = Vec::new();
    if is_standard_input(path) {
        io::stdin().lock().take(most).read_to_end(&mut bytes)?;
    } else {
        File::open(path)?.take(most).read_to_end(&mut bytes)?;
    }
    Ok(bytes)
}

/// Why something cannot be read.
pub(crate) fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file".to_owned(),
        io::ErrorKind::PermissionDenied => "this file may not be read".to_owned(),
        io::ErrorKind::IsADirectory => "this is a directory, not a file".to_owned(),
        _ => format!("this file cannot be read: {error}"),
    }
}

/// One fault.
pub(crate) fn not_understood(code: &'static str, field: &str, message: String) -> Error {
    Error::not_understood(vec![Finding {
        code,
        severity: Severity::Error,
        field: field.to_owned(),
        value: String::new(),
        message,
        fix: String::new(),
        sources: Vec::new(),
    }])
}
