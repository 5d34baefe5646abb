//! One function per command, from arguments to a reply.

use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::CommandFactory;
use fsx_model::api::{self, Answer, CatalogQuery};
use fsx_model::compare::{Comparison, compare};
use fsx_model::estimate::{estimate, has_error};
use fsx_model::finding::{Error, ErrorKind};
use fsx_model::what_if::what_if;

use crate::args::{Args, Command, Form, Question};
use crate::input;
use crate::output::{self, Page};

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

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
        Command::Estimate(question) => of_estimate(question, width),
        Command::Check(question) => of_check(question, width),
        Command::WhatIf { file, json } => of_what_if(file, Form { json: *json, explain: false }, width),
        Command::Compare { files, json } => of_compare(files, Form { json: *json, explain: false }, width),
        Command::Catalog { table, form } => of_catalog(table.clone(), *form, width),
        Command::Completions { shell } => completions(*shell),
        Command::Man { command } => man(command.as_deref(), width),
    }
}

fn of_estimate(Question { file, form }: &Question, width: usize) -> Reply {
    let result = input::scenario(file).and_then(|scenario| Ok((estimate(&scenario)?, scenario)));
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

fn of_check(Question { file, form }: &Question, width: usize) -> Reply {
    let result = input::scenario(file).map(|scenario| api::check(&scenario));
    let status = |checked: &api::Checked| if has_error(&checked.findings) { Status::No } else { Status::Done };
    let mut reply = answer(
        result.as_ref().map_err(Clone::clone),
        *form,
        width,
        |checked| Answer::Ok(checked).to_json(),
        |checked, page| {
            output::findings::checked(page, &checked.findings);
            status(checked)
        },
    );
    if let Ok(checked) = &result {
        reply.status = status(checked);
    }
    reply
}

fn of_what_if(file: &Path, form: Form, width: usize) -> Reply {
    let result = input::scenario(file).and_then(|scenario| Ok((what_if(&scenario)?, scenario)));
    answer(
        result,
        form,
        width,
        |(answer, _)| Answer::Ok(answer).to_json(),
        |(answer, scenario), page| {
            output::what_if::show(page, scenario, answer);
            Status::Done
        },
    )
}

fn of_compare(files: &[PathBuf], form: Form, width: usize) -> Reply {
    let result = input::scenarios(files).and_then(|scenarios| {
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

/// An answer or its errors, as JSON on standard output, or for people: answers there, errors on standard error.
fn answer<T>(
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

fn line(mut json: String) -> Vec<u8> {
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
