//! `check`: one file or many, scenarios or what other tools wrote.

use std::path::{Path, PathBuf};

use fsx_model::api::{self, Answer, Checked};
use fsx_model::estimate::has_error;
use fsx_model::exchange::{self, CheckText, ImportFormat, MAX_EXCHANGE_BYTES, recognise};
use fsx_model::finding::{Error, ErrorKind, Finding};
use fsx_model::scenario::{MAX_INPUT_BYTES, Scenario, from_tree};
use serde::Serialize;

use crate::args::{Checking, Form};
use crate::input;
use crate::output::{self, Page};
use crate::place::{Spot, Syntax, spot};
use crate::price_book::Books;
use crate::run::{Out, Reply, Status, line};

/// How the answer of `check` is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum CheckFormat {
    /// For people
    Text,
    /// One line of JSON for each file
    Json,
    /// SARIF 2.1.0, which code hosts show beside the lines
    Sarif,
}

/// A file and what became of it.
pub(crate) struct Looked {
    pub path: PathBuf,
    text: String,
    syntax: Syntax,
    pub result: Result<Checked, Error>,
}

impl Looked {
    fn at(path: &Path, from: Option<ImportFormat>, books: &mut Books<'_>) -> Self {
        let text = input::text(path, MAX_EXCHANGE_BYTES);
        let from = from.or_else(|| recognised(path, text.as_ref().ok()?));
        let is_json = text.as_ref().is_ok_and(|text| input::is_json(path, text));
        let syntax = match from {
            None | Some(ImportFormat::Toml | ImportFormat::Json) if !is_json => Syntax::Toml,
            Some(_) if !is_json => Syntax::Yaml,
            _ => Syntax::Json,
        };
        let result = text.as_ref().map_err(Clone::clone).and_then(|text| match from {
            Some(from) => exchange::check(from, text),
            None => {
                input::at_most(text, MAX_INPUT_BYTES)?;
                input::read_text::<Scenario>(path, text, books).map(|scenario| api::check(&scenario))
            }
        });
        Self { path: path.to_owned(), text: text.unwrap_or_default(), syntax, result }
    }

    /// Where a finding stands in the file.
    pub(crate) fn spot(&self, finding: &Finding) -> Option<Spot> {
        spot(&self.text, self.syntax, &finding.field)
    }

    /// Its findings, or why there are none.
    pub(crate) fn findings(&self) -> &[Finding] {
        match &self.result {
            Ok(checked) => &checked.findings,
            Err(error) => &error.findings,
        }
    }

    /// What became of it.
    pub(crate) fn status(&self) -> Status {
        match &self.result {
            Ok(checked) if has_error(&checked.findings) => Status::No,
            Ok(_) => Status::Done,
            Err(error) if error.kind == ErrorKind::Refused => Status::No,
            Err(_) => Status::NotUnderstood,
        }
    }
}

/// What wrote a file; one whose name says that it is a scenario is one.
fn recognised(path: &Path, text: &str) -> Option<ImportFormat> {
    let is_toml = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("toml"));
    if is_toml { None } else { recognise(text) }
}

/// Checks every file; the status is the worst of them.
pub(crate) fn of_check(asked: &Checking, width: usize, books: &mut Books<'_>) -> Reply {
    let looked: Result<Vec<Looked>, Error> = asked_format(asked).and_then(|from| {
        input::once(&asked.files)?;
        Ok(asked.files.iter().map(|path| Looked::at(path, from, books)).collect())
    });
    let format = if asked.form.json { CheckFormat::Json } else { asked.format };
    match looked {
        Ok(looked) => {
            let status = looked.iter().map(Looked::status).max().unwrap_or(Status::Done);
            Reply { status, ..written(&looked, format, width) }
        }
        // a fault of the question, not of a file
        Err(error) => {
            let form = Form { json: format != CheckFormat::Text, explain: false };
            crate::run::answer(Err::<(), _>(error), form, width, |()| String::new(), |(), _| Status::Done)
        }
    }
}

/// The format asked for.
fn asked_format(asked: &Checking) -> Result<Option<ImportFormat>, Error> {
    let Some(from) = &asked.from else { return Ok(None) };
    let query: CheckText = from_tree(serde_json::json!({ "from": from, "text": "" }))?;
    Ok(Some(query.from))
}

fn written(looked: &[Looked], format: CheckFormat, width: usize) -> Reply {
    let mut out = Page::new(width);
    let mut err = Page::new(width);
    match (format, looked) {
        (CheckFormat::Sarif, _) => return exact(output::sarif::log(looked).into_bytes()),
        (CheckFormat::Json, _) => {
            return exact(looked.iter().flat_map(|it| line(json(it, looked.len() > 1))).collect());
        }
        (CheckFormat::Text, [only]) => match &only.result {
            Ok(checked) => output::check::one(&mut out, only, checked),
            Err(error) => output::check::refused(&mut err, only, error),
        },
        (CheckFormat::Text, all) => output::check::all(&mut out, all),
    }
    Reply { out: Out::Shown(out.into_text()), err: err.into_text(), status: Status::Done }
}

const fn exact(bytes: Vec<u8>) -> Reply {
    Reply { out: Out::Exact(bytes), err: String::new(), status: Status::Done }
}

/// The envelope of one file, with its name if there are others.
fn json(looked: &Looked, is_named: bool) -> String {
    #[derive(Serialize)]
    struct Named<'a> {
        #[serde(skip_serializing_if = "Option::is_none")]
        file: Option<String>,
        #[serde(flatten)]
        answer: Answer<&'a Checked>,
    }
    let answer = Answer::from(looked.result.as_ref().map_err(Clone::clone));
    let file = is_named.then(|| looked.path.display().to_string());
    // text, whole numbers and lists: serialising it cannot fail
    serde_json::to_string(&Named { file, answer }).unwrap_or_default()
}
