//! The questions in `examples/questions`: each is answered as its page says.

#![expect(clippy::expect_used, reason = "a test that fails is a failed test")]

mod support;

use std::fs;
use std::path::PathBuf;

use support::{assert_fits, err, out, run, status};

/// Those whose answer is no.
const REFUSED: [&str; 3] = ["10_least_size", "15_claim_sizes", "24_metadata_before_capacity"];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn page() -> String {
    fs::read_to_string(root().join("examples/questions/README.md")).expect("the page")
}

/// What the page runs and shows: the words after `fsx`, and the lines below.
fn answers(page: &str) -> Vec<(Vec<&str>, Vec<&str>)> {
    let commands = page.split("```console\n$ fsx ").skip(1);
    commands
        .map(|part| {
            let (command, rest) = part.split_once("\n```\n\n```text\n").expect("an output");
            let (shown, _) = rest.split_once("\n```\n").expect("its end");
            (command.split(' ').collect(), shown.lines().filter(|line| !line.is_empty()).collect())
        })
        .collect()
}

#[test]
fn every_question_is_answered_as_its_page_says() {
    let page = page();
    let answers = answers(&page);
    assert!(answers.len() >= 17, "{}", answers.len());
    for (words, shown) in answers {
        let (command, files) = words.split_first().expect("a command");
        let in_root = |word: &&str| match word.contains('/') {
            true => root().join(word).display().to_string(),
            false => (*word).to_owned(),
        };
        let files: Vec<_> = files.iter().map(in_root).collect();
        let mut arguments = vec![*command, "--width", "80"];
        arguments.extend(files.iter().map(String::as_str));
        let answer = run(&arguments);
        let refused = REFUSED.iter().any(|name| files.iter().any(|file| file.contains(name)));
        assert_eq!((status(&answer), err(&answer)), (i32::from(refused), ""), "{words:?}");
        assert_fits(out(&answer), 80);
        for line in shown {
            assert!(out(&answer).lines().any(|it| it == line), "{words:?} prints no\n{line}\n  cargo xtask gen");
        }
    }
}

#[test]
fn every_file_is_on_the_page_and_names_its_thread() {
    let page = page();
    let mut count = 0;
    for file in fs::read_dir(root().join("examples/questions")).expect("the folder") {
        let path = file.expect("a file").path();
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        if !name.ends_with(".toml") {
            continue;
        }
        count += 1;
        assert!(page.contains(&format!("examples/questions/{name}")), "{name}");
        let text = fs::read_to_string(&path).expect("a text");
        let thread = text.lines().find_map(|line| line.strip_prefix("# https://")).expect("a link");
        assert!(page.contains(&format!("(https://{thread})")), "{name}: {thread}");
        let head = text.lines().next().expect("a line");
        assert!(head.starts_with("# "), "{name} begins with no question");
    }
    assert!(count >= 17, "{count}");
}
