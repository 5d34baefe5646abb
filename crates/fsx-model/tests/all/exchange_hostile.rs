//! Texts of benchmarks, Darshan and `lfs` that are cut, changed or of another tool.

use fsx_model::exchange::{Import, ImportFormat, import};
use fsx_model::scenario::{Scenario, from_json};

use crate::exchange_loads::{file_system, text};
use crate::exchange_logs::{parsed, report};

/// A sample of every format.
fn samples() -> Vec<(ImportFormat, String)> {
    let small = [
        ("ior.txt", ImportFormat::Ior),
        ("ior_shared.txt", ImportFormat::Ior),
        ("ior.json", ImportFormat::Ior),
        ("mdtest.txt", ImportFormat::Mdtest),
        ("fio_clients.json", ImportFormat::Fio),
        ("unet3d.yaml", ImportFormat::Dlio),
        ("llama3_8b.yaml", ImportFormat::Dlio),
        ("getstripe.yaml", ImportFormat::LfsGetstripe),
        ("df.txt", ImportFormat::LfsDf),
    ];
    let mut all: Vec<_> = small.into_iter().map(|(name, from)| (from, text(name))).collect();
    all.push((ImportFormat::Darshan, report("POSIX", &[(-1, [1e9, 1000.0, 10.0, 1e9 - 1.0])], 128)));
    all.push((ImportFormat::Darshan, parsed(&[("POSIX", 0, 1, "BYTES_READ", 9), ("POSIX", 0, 1, "READS", 1)])));
    all
}

#[test]
fn outputs_cut_anywhere_do_no_harm() {
    for (from, text) in samples() {
        for end in (0..text.len()).filter(|end| text.is_char_boundary(*end)) {
            let query = Import { from, text: text[..end].to_owned(), id: None, into: None };
            if let Err(error) = import(&query) {
                assert!(!error.findings.is_empty() && error.findings.iter().all(|it| !it.message.is_empty()));
            }
        }
    }
}

#[test]
fn numbers_beyond_all_bounds_do_no_harm() {
    for (from, text) in samples() {
        for number in ["1e400", "-1", "99999999999999999999999999", "0", "x"] {
            // every run of digits in turn
            let mut from_here = 0;
            while let Some(start) = text[from_here..].find(|it: char| it.is_ascii_digit()).map(|at| at + from_here) {
                let end = text[start..].find(|it: char| !it.is_ascii_digit()).map_or(text.len(), |at| at + start);
                let changed = format!("{}{number}{}", &text[..start], &text[end..]);
                let query = Import { from, text: changed, id: None, into: Some(file_system()) };
                if let Ok(imported) = import(&query) {
                    let scenario: Scenario = from_json(&serde_json::to_string(&imported.scenario).unwrap()).unwrap();
                    drop(fsx_model::rules::check(&scenario));
                }
                from_here = end;
            }
        }
    }
}

#[test]
fn a_text_of_another_tool_is_refused() {
    for (of, text) in samples() {
        for from in [
            ImportFormat::Ior,
            ImportFormat::Mdtest,
            ImportFormat::Fio,
            ImportFormat::Dlio,
            ImportFormat::Darshan,
            ImportFormat::LfsGetstripe,
            ImportFormat::LfsDf,
        ] {
            if from != of {
                let query = Import { from, text: text.clone(), id: None, into: None };
                assert!(import(&query).is_err(), "{from} reads {of}");
            }
        }
    }
}

#[test]
fn a_text_of_very_many_runs_is_refused_at_once() {
    let mdtest = "mdtest-4.0 was launched with 1 total task(s) on 1 node(s)\n1 tasks, 1 files\n";
    let ior = "Options: \n";
    let jobs: Vec<String> = (0..2000).map(|i| format!("{{\"jobname\":\"{i}\"}}")).collect();
    let fio = format!("{{\"jobs\":[{}]}}", jobs.join(","));
    let layout = "/fsx/a\nlmm_stripe_count:  4\nlmm_stripe_size:   4194304\n";
    for (from, text) in [
        (ImportFormat::Mdtest, mdtest.repeat(200_000)),
        (ImportFormat::Ior, ior.repeat(1_000_000)),
        (ImportFormat::Fio, fio),
        (ImportFormat::LfsGetstripe, layout.repeat(200_000)),
    ] {
        let error = import(&Import { from, text, id: None, into: None }).unwrap_err();
        assert!(error.findings[0].message.contains("more than 1000"), "{from}: {error}");
    }
}
