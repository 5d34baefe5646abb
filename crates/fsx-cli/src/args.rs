//! What can be typed.

use std::path::PathBuf;

use clap::{Args as Arguments, Parser, Subcommand};
use clap_complete::Shell;
use fsx_model::compare::MOST_DESIGNS;

use crate::checking::CheckFormat;

/// Planner and performance model of Amazon FSx for Lustre: what to buy, how fast it runs, what stops it, what it costs
#[derive(Debug, Parser)]
#[command(name = "fsx", version, max_term_width = 100, after_help = STATUS)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub command: Command,

    /// Columns to write in, 60 to 400; by default those of the terminal, else COLUMNS, else 80
    #[arg(long, global = true, value_name = "N", value_parser = clap::value_parser!(u16).range(60..=400))]
    pub width: Option<u16>,
}

const STATUS: &str = "Exit status: 0 done; 1 the answer is no; 2 the input was not understood.\n\
    NO_COLOR=1 turns colour off, CLICOLOR_FORCE=1 keeps it in pipes.";

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Which file system to buy for a requirement, what it costs, and why nothing cheaper does it
    Plan {
        /// Requirement in TOML or JSON: a scenario with targets in place of a file system; `-` reads standard input
        file: PathBuf,
        #[command(flatten)]
        form: Form,
        #[command(flatten)]
        prices: Prices,
    },
    /// What a design costs a month, line by line, and what is not known of it
    Price {
        /// Scenario in TOML or JSON; `-` reads standard input
        file: PathBuf,
        /// Write the answer as one line of JSON
        #[arg(long)]
        json: bool,
        #[command(flatten)]
        prices: Prices,
    },
    /// How much of each workload a file system carries, and how many clients
    Reverse {
        /// Scenario in TOML or JSON; `-` reads standard input
        file: PathBuf,
        /// Write the answer as one line of JSON
        #[arg(long)]
        json: bool,
    },
    /// From which rate on EFA pays, by number of clients
    #[command(alias = "efa_break_even")]
    EfaBreakEven {
        /// Requirement in TOML or JSON, of one workload on clients that can use EFA; `-` reads standard input
        file: PathBuf,
        /// Write the answer as one line of JSON
        #[arg(long)]
        json: bool,
        #[command(flatten)]
        prices: Prices,
    },
    /// Whether a cheaper file system carries a rate on its burst credits, and how long
    #[command(alias = "burst_or_baseline")]
    BurstOrBaseline {
        /// Requirement in TOML or JSON, of one workload with a target rate; `-` reads standard input
        file: PathBuf,
        /// Write the answer as one line of JSON
        #[arg(long)]
        json: bool,
        #[command(flatten)]
        prices: Prices,
    },
    /// How fast each workload runs on a file system, what stops it, how sure that is, and why
    Estimate {
        #[command(flatten)]
        question: Question,
        #[command(flatten)]
        prices: Prices,
    },
    /// Whether designs are legal and sensible, also those in files of other tools
    Check(Checking),
    /// What each single change to a design would do to each workload
    #[command(alias = "what_if")]
    WhatIf {
        /// Scenario in TOML or JSON; `-` reads standard input
        file: PathBuf,
        /// Write the answer as one line of JSON
        #[arg(long)]
        json: bool,
        #[command(flatten)]
        prices: Prices,
    },
    /// Designs side by side: in what they differ, and what that does to each workload
    Compare {
        /// Scenarios in TOML or JSON; one of them may be `-` for standard input
        #[arg(required = true, num_args = 2..=MOST_DESIGNS, value_name = "FILE")]
        files: Vec<PathBuf>,
        /// Write the answer as one line of JSON
        #[arg(long)]
        json: bool,
        #[command(flatten)]
        prices: Prices,
    },
    /// Write a design for a tool that deploys it; of a requirement, the best file system
    Export {
        /// Scenario or requirement in TOML or JSON; `-` reads standard input
        file: PathBuf,
        /// What to write: aws-cli, cloudformation, terraform, csi, parallelcluster, lfs, alarms, toml or json
        #[arg(long, value_name = "FORMAT")]
        to: String,
        /// A scenario with the file system there is: with `--to aws-cli`, the updates that lead from it to the design
        #[arg(long, value_name = "FILE")]
        current: Option<PathBuf>,
        /// Write the answer as one line of JSON, with its findings
        #[arg(long)]
        json: bool,
    },
    /// Read what another tool wrote, as a scenario in TOML
    Import {
        /// What the tool wrote; `-` reads standard input
        file: PathBuf,
        /// What wrote it, such as describe-file-systems, cloudformation, terraform-json, csi, ior, fio or darshan
        #[arg(long, value_name = "FORMAT")]
        from: String,
        /// Which of several file systems, or one of several loads, by the name that the text gives it
        #[arg(long, value_name = "NAME")]
        id: Option<String>,
        /// A scenario that what is read is added to
        #[arg(long, value_name = "FILE")]
        into: Option<PathBuf>,
        /// Write the answer as one line of JSON, with its findings
        #[arg(long)]
        json: bool,
    },
    /// How many files of which sizes a directory tree holds, what that means, and a requirement that begins with it
    Scan(Scanning),
    /// The published figures and the assumptions behind the answers, with sources and dates
    Catalog {
        /// Name of a table; without one, the list of tables
        table: Option<String>,
        #[command(flatten)]
        form: Form,
    },
    /// Known training runs, checkpoints and benchmarks to take as jobs, with their sources
    Presets {
        /// Only those of this kind: `training`, `checkpoint` or `benchmark`
        kind: Option<String>,
        #[command(flatten)]
        form: Form,
    },
    /// How far predictions are off, by every published measurement, with the worst of them
    Accuracy {
        /// Only this family of workloads, with each of its measurements
        #[arg(long, value_name = "FAMILY")]
        family: Option<String>,
        #[command(flatten)]
        form: Form,
    },
    /// Fit assumptions to measurements of one's own, with a table to put in a scenario
    Calibrate {
        /// Measurements: CSV with a row each, or JSON; `-` reads CSV from standard input
        file: PathBuf,
        /// Assumptions that may move, by id; by default all that the measurements depend on
        #[arg(long, value_name = "ID", value_delimiter = ',')]
        assumptions: Vec<String>,
        #[command(flatten)]
        form: Form,
    },
    /// Completions for a shell
    Completions {
        /// The shell
        shell: Shell,
    },
    /// The manual page, in roff
    Man {
        /// Of this command; without one, of `fsx` itself
        command: Option<String>,
    },
}

/// A question about a scenario.
#[derive(Debug, Arguments)]
pub(crate) struct Question {
    /// Scenario in TOML or JSON; `-` reads standard input
    pub file: PathBuf,
    #[command(flatten)]
    pub form: Form,
}

/// What is checked.
#[derive(Debug, Arguments)]
pub(crate) struct Checking {
    /// Scenarios in TOML or JSON, or files of other tools; `-` reads standard input
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// What wrote the files, such as cloudformation, terraform-json, csi or parallelcluster; by default, each file tells
    #[arg(long, value_name = "FORMAT")]
    pub from: Option<String>,
    /// How to write the answer
    #[arg(long, value_name = "FORMAT", value_enum, default_value = "text", conflicts_with = "json")]
    pub format: CheckFormat,
    #[command(flatten)]
    pub form: Form,
}

/// What is scanned.
#[derive(Debug, Arguments)]
pub(crate) struct Scanning {
    /// The directory; no symbolic link in it is followed
    #[arg(required_unless_present = "sizes", conflicts_with = "sizes")]
    pub path: Option<PathBuf>,
    /// Read sizes in bytes instead, one in a line, as `find DIR -type f -printf '%s\n'` writes them; `-` reads standard
    /// input
    #[arg(long, value_name = "FILE")]
    pub sizes: Option<PathBuf>,
    /// Enter other file systems that are mounted in the tree
    #[arg(long)]
    pub cross_mounts: bool,
    /// Write a requirement in TOML: so much to hold, and a load that reads all of it
    #[arg(long, conflicts_with = "json")]
    pub toml: bool,
    /// Write the answer as one line of JSON
    #[arg(long)]
    pub json: bool,
}

/// Where prices come from.
#[derive(Clone, Debug, Arguments)]
pub(crate) struct Prices {
    /// Take the prices of FSx from an offer file of the AWS Price List, JSON or CSV
    #[arg(long, value_name = "FILE")]
    pub price_book: Option<PathBuf>,
}

/// How an answer is written.
#[derive(Clone, Copy, Debug, Arguments)]
pub(crate) struct Form {
    /// Write the answer as one line of JSON
    #[arg(long)]
    pub json: bool,
    /// Show the working too: formulas, sources, assumptions, defaults, meaning of columns
    #[arg(short = 'v', long, visible_alias = "verbose")]
    pub explain: bool,
}
