//! The page of questions: what the commands it names print, cut to the part that answers.

use std::process::Command;

use crate::error::{During as _, Error, Result};
use crate::process::{program, root};

pub(crate) const PAGE: &str = "examples/questions/README.md";
const FOLDER: &str = "examples/questions";

/// Where a part of an output begins, as its first line does without the spaces before it, and its most lines. It ends
/// with the line before an empty one at the latest.
type Part = (&'static str, usize);

/// To the next empty line.
const ALL: usize = usize::MAX;

/// A command of the page, between marks of its name.
struct Answer {
    name: &'static str,
    command: &'static str,
    files: &'static [&'static str],
    /// 1 where the answer is no.
    status: i32,
    parts: &'static [Part],
}

const fn answer(
    name: &'static str,
    command: &'static str,
    files: &'static [&'static str],
    parts: &'static [Part],
) -> Answer {
    Answer { name, command, files, status: 0, parts }
}

const fn refused(name: &'static str, file: &'static [&'static str], parts: &'static [Part]) -> Answer {
    Answer { status: 1, ..answer(name, "check", file, parts) }
}

const ANSWERS: &[Answer] = &[
    answer("01", "what-if", &["01_stripe_large_files"], &[("large inputs:", ALL), ("One change", ALL)]),
    answer("02 reads", "compare", &["02_first_read", "02_second_read"], &[("02_first_read", ALL)]),
    answer(
        "02 preload",
        "estimate",
        &["02_preload"],
        &[("preload: loads", ALL), ("90% range", ALL), ("It waits", ALL)],
    ),
    answer("05", "check", &["05_metadata_iops_later"], &[("advice[FSX-ADVICE-METADATA-IOPS]", 4), ("legal", 1)]),
    answer("06", "price", &["06_idle_scratch"], &[("SCRATCH_2", ALL), ("billed", ALL)]),
    answer(
        "07 ready",
        "estimate",
        &["07_daily_cluster"],
        &[("import: imports", ALL), ("90% range", ALL), ("preload: loads", ALL), ("2 workloads at once", ALL)],
    ),
    answer("07 cost", "price", &["07_daily_cluster"], &[("billed", ALL)]),
    answer("08", "reverse", &["08_more_than_five_nodes"], &[("SCRATCH_2", 1), ("results", ALL)]),
    answer("09", "what-if", &["09_metadata_server"], &[("environments:", ALL), ("One change", ALL), ("As it is", 2)]),
    answer("10 gain", "compare", &["10_over_ena", "10_over_efa"], &[("10_over_ena", ALL)]),
    refused("10 floor", &["10_least_size"], &[("error", 3)]),
    answer(
        "11 time",
        "estimate",
        &["11_checkpoint_nearly_full"],
        &[("checkpoint:", 1), ("90% range", ALL), ("Saving", ALL)],
    ),
    answer(
        "11 chance",
        "estimate",
        &["11_eight_more_checkpoints"],
        &[("eight checkpoints:", ALL), ("warning[FSX-OST-FULL]", 4)],
    ),
    refused("15", &["15_claim_sizes"], &[("error", 3)]),
    refused("24", &["24_metadata_before_capacity"], &[("error", 6)]),
    answer("32", "catalog figures", &[], &[("storage_change_wait_hours", 4), ("creation_minutes", 4)]),
    answer("35", "compare", &["35_scratch_6h", "35_scratch_kept", "35_hdd_kept"], &[("35_scratch_6h", ALL)]),
    answer(
        "36",
        "estimate",
        &["36_first_epoch"],
        &[("train: 8 accelerators", ALL), ("90% range", ALL), ("Metadata bound", ALL)],
    ),
    answer(
        "37",
        "estimate",
        &["37_training_bottleneck"],
        &[("resnet50-a100: 64", ALL), ("90% range", ALL), ("Starved", ALL), ("advice", 4)],
    ),
    answer(
        "38",
        "plan",
        &["38_experiments_at_once"],
        &[("Buy", ALL), ("asked", ALL), ("The best of other kinds", ALL)],
    ),
    answer(
        "40 now",
        "estimate",
        &["40_python_start"],
        &[("python start: a storm", ALL), ("90% range", ALL), ("It waits", ALL)],
    ),
    answer("40 plan", "plan", &["40_python_start_plan"], &[("Buy", ALL), ("asked", ALL)]),
    answer("41", "compare", &["41_small_files", "41_small_files_packed"], &[("41_small_files", ALL)]),
];

/// The page with what its commands print.
pub(crate) fn page(mut page: String) -> Result<String> {
    for answer in ANSWERS {
        let (open, close) = (format!("<!-- {} -->\n", answer.name), format!("<!-- /{} -->", answer.name));
        let parts = page.split_once(&open).and_then(|(before, rest)| Some((before, rest.split_once(&close)?.1)));
        let (before, after) = parts.ok_or_else(|| Error::new(format!("{PAGE} has no {open}{close}")))?;
        page = format!("{before}{open}{}{close}{after}", answer.block()?);
    }
    Ok(page)
}

impl Answer {
    /// The command and the parts of what it prints.
    fn block(&self) -> Result<String> {
        let mut words: Vec<String> = self.command.split(' ').map(str::to_owned).collect();
        words.extend(self.files.iter().map(|file| format!("{FOLDER}/{file}.toml")));
        let shown = format!("fsx {}", words.join(" "));
        let output = self.output(words, &shown)?;
        let parts = self.parts.iter().map(|part| {
            cut(&output, *part).ok_or_else(|| Error::new(format!("no line of `{shown}` begins with `{}`", part.0)))
        });
        let parts = parts.collect::<Result<Vec<_>>>()?;
        Ok(format!("```console\n$ {shown}\n```\n\n```text\n{}\n```\n", parts.join("\n\n")))
    }

    fn output(&self, words: Vec<String>, shown: &str) -> Result<String> {
        let mut command = Command::new(program("fsx")?);
        let output = command
            .current_dir(root())
            .args(words)
            .args(["--width", "80"])
            .output()
            .during(|| format!("cannot run `{shown}`"))?;
        if output.status.code() != Some(self.status) {
            let said = String::from_utf8_lossy(&output.stderr);
            return Err(Error::new(format!("`{shown}` ended with {}, not {}\n{said}", output.status, self.status)));
        }
        String::from_utf8(output.stdout).map_err(|_| Error::new(format!("`{shown}` printed no UTF-8")))
    }
}

/// The lines of a part.
fn cut(output: &str, (start, most): Part) -> Option<String> {
    let from = output.lines().skip_while(|line| !line.trim_start().starts_with(start));
    let lines: Vec<_> = from.take(most).take_while(|line| !line.is_empty()).collect();
    (!lines.is_empty()).then(|| lines.join("\n"))
}

#[cfg(test)]
mod tests {
    use super::cut;

    #[test]
    fn a_part_ends_at_its_most_lines_or_before_an_empty_one() {
        let output = "first\n\n  second\n    third\n\nfourth\n";
        assert_eq!(cut(output, ("second", 9)).as_deref(), Some("  second\n    third"));
        assert_eq!(cut(output, ("second", 1)).as_deref(), Some("  second"));
        assert_eq!(cut(output, ("fifth", 1)), None);
    }
}
