//! One function per command, from arguments to a reply.

use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::CommandFactory;
use fsx_model::accuracy::{AccuracyQuery, accuracy};
use fsx_model::api::{self, Answer, CatalogQuery};
use fsx_model::ask::{burst_or_baseline, efa_break_even};
use fsx_model::calibrate::calibrate;
use fsx_model::compare::{Comparison, compare};
use fsx_model::cost::price;
use fsx_model::estimate::estimate;
use fsx_model::exchange::{export, import};
use fsx_model::finding::{Error, ErrorKind, Finding};
use fsx_model::job::expanded;
use fsx_model::plan::{Plan, Requirement, plan};
use fsx_model::presets::{PresetsQuery, presets};
use fsx_model::reverse::reverse;
use fsx_model::scenario::{self, Scenario};
use fsx_model::what_if::what_if;

use serde::Serialize;

use crate::args::{Args, Command, Form, Prices, Question};
use crate::checking;
use crate::input;
use crate::output::{self, Page};
use crate::price_book::Books;
use crate::scan;
use crate::waiting::waiting;

/// Exit status if the answer cannot be written.
pub(crate) const CANNOT_WRITE: u8 = 74;

/// What a command has to say.
#[derive(Debug)]
pub(crate) struct Reply {
    /// For standard output.
    pub out: Out,
    /// For standard error.
    pub err: String,
    /// Exit status.
    pub status: Status,
}

/// Text for standard output.
#[derive(Debug)]
pub(crate) enum Out {
    /// For people: styles go where the terminal does not want them.
    Shown(String),
    /// For programs: byte by byte.
    Exact(Vec<u8>),
}

/// How a command ended, the best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Status {
    /// Done.
    Done,
    /// The answer is no.
    No,
    /// The input was not understood.
    NotUnderstood,
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> Self {
        match status {
            Status::Done => Self::SUCCESS,
            Status::No => Self::from(1),
            Status::NotUnderstood => Self::from(2),
        }
    }
}

/// Answers what was typed.
pub(crate) fn run(args: &Args) -> Reply {
    let width = output::width(args.width);
    match &args.command {
        Command::Plan { file, form, prices } => with(prices, width, |books| of_plan(file, *form, width, books)),
        Command::Price { file, json, prices } => {
            with(prices, width, |books| of_price(file, brief(*json), width, books))
        }
        Command::Estimate { question, prices } => with(prices, width, |books| of_estimate(question, width, books)),
        Command::Check(asked) => {
            with(&Prices { price_book: None }, width, |books| checking::of_check(asked, width, books))
        }
        Command::Reverse { file, json } => {
            with(&Prices { price_book: None }, width, |books| of_reverse(file, brief(*json), width, books))
        }
        Command::EfaBreakEven { file, json, prices } => {
            with(prices, width, |books| of_efa_break_even(file, brief(*json), width, books))
        }
        Command::BurstOrBaseline { file, json, prices } => {
            with(prices, width, |books| of_burst_or_baseline(file, brief(*json), width, books))
        }
        Command::WhatIf { file, json, prices } => {
            with(prices, width, |books| of_what_if(file, brief(*json), width, books))
        }
        Command::Compare { files, json, prices } => {
            with(prices, width, |books| of_compare(files, brief(*json), width, books))
        }
        Command::Export { file, to, current, json } => with(&Prices { price_book: None }, width, |books| {
            of_export(file, to, current.as_deref(), brief(*json), width, books)
        }),
        Command::Import { file, from, id, into, json } => {
            of_import(file, from, id.clone(), into.as_deref(), brief(*json), width)
        }
        Command::Scan(asked) => scan::of_scan(asked, width),
        Command::Catalog { table, form } => of_catalog(table.clone(), *form, width),
        Command::Presets { kind, form } => of_presets(kind.as_deref(), *form, width),
        Command::Accuracy { family, form } => of_accuracy(family.clone(), *form, width),
        Command::Calibrate { file, assumptions, form } => of_calibrate(file, assumptions, *form, width),
        Command::Completions { shell } => completions(*shell),
        Command::Man { command } => man(command.as_deref(), width),
    }
}

const fn brief(json: bool) -> Form {
    Form { json, explain: false }
}

/// A reply that may take prices from files, with what there is to say about these.
fn with(prices: &Prices, width: usize, reply: impl FnOnce(&mut Books<'_>) -> Reply) -> Reply {
    let mut books = Books::new(prices.price_book.as_deref());
    let reply = reply(&mut books);
    let mut notes = Page::new(width);
    for note in &books.notes {
        notes.flow(0, 2, &output::Text::new().push(output::WARNING, "note").plain(": ").plain(note));
    }
    Reply { err: notes.into_text() + &reply.err, ..reply }
}

fn of_plan(file: &Path, form: Form, width: usize, books: &mut Books<'_>) -> Reply {
    let answered = |requirement: Requirement| {
        let plan = waiting("looking for the best file system", || plan(&requirement))?;
        Ok((plan, requirement))
    };
    let result = input::read::<Requirement>(file, books).and_then(answered);
    let status = |plan: &Plan| if plan.best.is_some() { Status::Done } else { Status::No };
    let found = result.as_ref().ok().map(|(plan, _)| status(plan));
    let mut reply = answer(
        result,
        form,
        width,
        |(plan, _)| Answer::Ok(plan).to_json(),
        |(plan, requirement), page| {
            output::plan::show(page, requirement, plan, form.explain);
            status(plan)
        },
    );
    reply.status = found.unwrap_or(reply.status);
    reply
}

fn of_price(file: &Path, form: Form, width: usize, books: &mut Books<'_>) -> Reply {
    let result = input::read::<Scenario>(file, books).and_then(|scenario| Ok((price(&scenario)?, scenario)));
    answer(
        result,
        form,
        width,
        |(priced, _)| Answer::Ok(priced).to_json(),
        |(priced, scenario), page| {
            output::price::show(page, scenario, priced);
            Status::Done
        },
    )
}

fn of_reverse(file: &Path, form: Form, width: usize, books: &mut Books<'_>) -> Reply {
    let result = input::read::<Scenario>(file, books).and_then(|scenario| Ok((reverse(&scenario)?, scenario)));
    answer(
        result,
        form,
        width,
        |(reversed, _)| Answer::Ok(reversed).to_json(),
        |(reversed, scenario), page| {
            output::reverse::show(page, &expanded(scenario), reversed);
            Status::Done
        },
    )
}

fn of_efa_break_even(file: &Path, form: Form, width: usize, books: &mut Books<'_>) -> Reply {
    let asked = |requirement: Requirement| {
        let found = waiting("comparing file systems with EFA and without", || efa_break_even(&requirement))?;
        Ok((found, requirement))
    };
    answer(
        input::read::<Requirement>(file, books).and_then(asked),
        form,
        width,
        |(found, _)| Answer::Ok(found).to_json(),
        |(found, requirement), page| {
            output::ask::efa::show(page, requirement, found);
            Status::Done
        },
    )
}

fn of_burst_or_baseline(file: &Path, form: Form, width: usize, books: &mut Books<'_>) -> Reply {
    let asked = |requirement: Requirement| {
        let found = waiting("looking for both file systems", || burst_or_baseline(&requirement))?;
        Ok((found, requirement))
    };
    answer(
        input::read::<Requirement>(file, books).and_then(asked),
        form,
        width,
        |(found, _)| Answer::Ok(found).to_json(),
        |(found, requirement), page| {
            output::ask::burst::show(page, requirement, found);
            Status::Done
        },
    )
}

fn of_estimate(Question { file, form }: &Question, width: usize, books: &mut Books<'_>) -> Reply {
    let result = input::read::<Scenario>(file, books).and_then(|scenario| Ok((estimate(&scenario)?, scenario)));
    answer(
        result,
        *form,
        width,
        |(estimate, _)| Answer::Ok(estimate).to_json(),
        |(estimate, scenario), page| {
            output::estimate::show(page, scenario, estimate, form.explain);
            Status::Done
        },
    )
}

fn of_what_if(file: &Path, form: Form, width: usize, books: &mut Books<'_>) -> Reply {
    let result = input::read::<Scenario>(file, books).and_then(|scenario| Ok((what_if(&scenario)?, scenario)));
    answer(
        result,
        form,
        width,
        |(answer, _)| Answer::Ok(answer).to_json(),
        |(answer, scenario), page| {
            output::what_if::show(page, &expanded(scenario), answer);
            Status::Done
        },
    )
}

fn of_compare(files: &[PathBuf], form: Form, width: usize, books: &mut Books<'_>) -> Reply {
    let result = input::scenarios(files, books).and_then(|scenarios| {
        let comparison = Comparison { scenarios, names: input::names(files) };
        Ok((compare(&comparison)?, comparison))
    });
    let result = result.map_err(|error| if form.json { error } else { input::by_file(error, files) });
    answer(
        result,
        form,
        width,
        |(answer, _)| Answer::Ok(answer).to_json(),
        |(answer, comparison), page| {
            output::compare::show(page, &comparison.scenarios, answer);
            Status::Done
        },
    )
}

fn of_export(file: &Path, to: &str, current: Option<&Path>, form: Form, width: usize, books: &mut Books<'_>) -> Reply {
    let result = input::design(file, to, current, books)
        .and_then(|query| waiting("looking for the best file system", || export(&query)));
    written(result, form, width, |exported| (&exported.text, &exported.findings))
}

fn of_import(file: &Path, from: &str, id: Option<String>, into: Option<&Path>, form: Form, width: usize) -> Reply {
    let result = input::foreign(file, from, id, into).and_then(|query| import(&query));
    written(result, form, width, |imported| (&imported.toml, &imported.findings))
}

/// A text for standard output alone, byte by byte, with its findings on standard error.
pub(crate) fn written<T: Serialize>(
    result: Result<T, Error>,
    form: Form,
    width: usize,
    parts: impl FnOnce(&T) -> (&String, &Vec<Finding>),
) -> Reply {
    match result {
        Ok(answer) if !form.json => {
            let (text, findings) = parts(&answer);
            let mut page = Page::new(width);
            output::findings::show(&mut page, findings);
            Reply { out: Out::Exact(text.clone().into_bytes()), err: page.into_text(), status: Status::Done }
        }
        result => answer(result, form, width, |it| Answer::Ok(it).to_json(), |_, _| Status::Done),
    }
}

fn of_catalog(table: Option<String>, form: Form, width: usize) -> Reply {
    let result = api::catalog(&CatalogQuery { table });
    answer(
        result,
        form,
        width,
        |table| Answer::Ok(table).to_json(),
        |table, page| {
            output::catalog::show(page, table, form.explain);
            Status::Done
        },
    )
}

fn of_presets(kind: Option<&str>, form: Form, width: usize) -> Reply {
    // as text, so that a kind that is none gets the core's answer
    let query = scenario::from_json(&serde_json::json!({ "kind": kind }).to_string());
    answer(
        query.map(|query: PresetsQuery| presets(&query)),
        form,
        width,
        |presets| Answer::Ok(presets).to_json(),
        |presets, page| {
            output::presets::show(page, presets, form.explain);
            Status::Done
        },
    )
}

fn of_accuracy(family: Option<String>, form: Form, width: usize) -> Reply {
    let one_family = family.is_some();
    let result = waiting("predicting every published measurement", || accuracy(&AccuracyQuery { family }));
    answer(
        result,
        form,
        width,
        |answer| Answer::Ok(answer).to_json(),
        |answer, page| {
            output::accuracy::show(page, answer, one_family, form.explain);
            Status::Done
        },
    )
}

fn of_calibrate(file: &Path, assumptions: &[String], form: Form, width: usize) -> Reply {
    let result = input::measurements(file, assumptions)
        .and_then(|query| waiting("fitting the assumptions", || calibrate(&query)));
    answer(
        result,
        form,
        width,
        |answer| Answer::Ok(answer).to_json(),
        |answer, page| {
            output::calibrate::show(page, answer, form.explain);
            Status::Done
        },
    )
}

/// An answer or its errors, as JSON on standard output, or for people: answers there, errors on standard error.
pub(crate) fn answer<T>(
    result: Result<T, Error>,
    form: Form,
    width: usize,
    json: impl FnOnce(&T) -> String,
    show: impl FnOnce(&T, &mut Page) -> Status,
) -> Reply {
    let (out, err, status) = match result {
        Ok(answer) if form.json => (Out::Exact(line(json(&answer))), String::new(), Status::Done),
        Ok(answer) => {
            let mut page = Page::new(width);
            let status = show(&answer, &mut page);
            (Out::Shown(page.into_text()), String::new(), status)
        }
        Err(error) => {
            let status = match error.kind {
                ErrorKind::Refused => Status::No,
                _ => Status::NotUnderstood,
            };
            if form.json {
                let envelope = Answer::<()>::Errors(error.findings).to_json();
                (Out::Exact(line(envelope)), String::new(), status)
            } else {
                let mut page = Page::new(width);
                output::findings::refused(&mut page, &error.findings);
                (Out::Shown(String::new()), page.into_text(), status)
            }
        }
    };
    Reply { out, err, status }
}

/// JSON as a line of its own.
pub(crate) fn line(mut json: String) -> Vec<u8> {
    json.push('\n');
    json.into_bytes()
}

fn completions(shell: clap_complete::Shell) -> Reply {
    let mut text = Vec::new();
    clap_complete::generate(shell, &mut Args::command(), "fsx", &mut text);
    Reply { out: Out::Exact(text), err: String::new(), status: Status::Done }
}

fn man(name: Option<&str>, width: usize) -> Reply {
    let mut command = Args::command();
    command.build();
    let page = match name {
        None => Some(command),
        Some(name) => command.find_subcommand(name).cloned(),
    };
    let Some(page) = page else {
        let mut errors = Page::new(width);
        errors.flow(
            0,
            2,
            &output::Text::new().push(output::ERROR, "error").plain(": no such command; see `fsx --help`"),
        );
        return Reply { out: Out::Shown(String::new()), err: errors.into_text(), status: Status::NotUnderstood };
    };
    let mut text = Vec::new();
    let rendered: io::Result<()> = clap_mangen::Man::new(page).render(&mut text);
    let err = rendered.map_or_else(|error| format!("fsx: {error}\n"), |()| String::new());
    Reply { out: Out::Exact(text), err, status: Status::Done }
}
