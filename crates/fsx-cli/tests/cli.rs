//! The command as people and programs meet it.

#![expect(clippy::expect_used, reason = "a test helper that fails is a failed test")]

mod support;

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use support::{TRAINING, assert_fits, err, fsx, json, out, run, run_with, scenario, snapshot, status};

/// The scenarios with an answer, in tests/scenarios.
const SCENARIOS: [&str; 9] =
    ["training", "reader", "tiering", "hdd", "creates", "mix", "small_files", "shared_file", "together"];

#[test]
fn estimates_at_three_widths() {
    for name in SCENARIOS {
        let file = scenario(&format!("{name}.toml"));
        for width in ["60", "80", "140"] {
            let answer = run(&["estimate", &file, "--width", width]);
            assert_eq!((status(&answer), err(&answer)), (0, ""));
            assert_fits(out(&answer), width.parse().expect("a number"));
            snapshot!(format!("estimate_{name}_{width}"), out(&answer));
        }
    }
}

#[test]
fn every_width_holds() {
    for width in (60..=200).step_by(7) {
        for command in ["estimate", "check"] {
            for name in SCENARIOS.iter().chain(&["faults", "typos"]) {
                let file = scenario(&format!("{name}.toml"));
                let answer = run(&[command, &file, "--width", &width.to_string()]);
                assert_fits(out(&answer), width);
                assert_fits(err(&answer), width);
            }
        }
    }
}

#[test]
fn an_explained_estimate_shows_its_working() {
    let answer = run(&["estimate", &scenario("training.toml"), "--explain", "--width", "80"]);
    assert_fits(out(&answer), 80);
    for part in [
        "oss_count = ceil(",
        "48 TiB × 640 MB/s per TiB",
        "Sources",
        "Defaults taken",
        "https://",
        "disk_baseline_delivered",
    ] {
        assert!(out(&answer).contains(part), "{part} is missing");
    }
    let verbose = run(&["estimate", &scenario("training.toml"), "-v", "--width", "80"]);
    assert_eq!(out(&verbose), out(&answer));
}

#[test]
fn every_table_prints() {
    let list = json(&run(&["catalog", "--json"]));
    let tables = list["ok"]["rows"].as_array().expect("rows");
    assert!(tables.len() > 10);
    for table in tables {
        let name = table[0].as_str().expect("a name");
        for width in [60, 80, 140, 200] {
            let answer = run(&["catalog", name, "-v", "--width", &width.to_string()]);
            assert_eq!((status(&answer), err(&answer)), (0, ""), "{name}");
            assert_fits(out(&answer), width);
        }
        assert_eq!(json(&run(&["catalog", name, "--json"]))["ok"]["table"], name);
    }
}

#[test]
fn a_table_shows_sources_dates_and_notes() {
    snapshot!("catalog_layouts_80", out(&run(&["catalog", "layouts", "--width", "80"])));
    snapshot!("catalog_servers_60", out(&run(&["catalog", "servers", "--width", "60"])));
    let wide = run(&["catalog", "instances", "--width", "80"]);
    let block: Vec<_> = out(&wide).lines().skip_while(|line| *line != "p5.48xlarge").take(6).collect();
    snapshot!("catalog_instance_80", &block.join("\n"));
}

#[test]
fn presets_at_three_widths() {
    for width in ["60", "80", "140"] {
        let answer = run(&["presets", "--width", width]);
        assert_eq!((status(&answer), err(&answer)), (0, ""));
        assert_fits(out(&answer), width.parse().expect("a number"));
        snapshot!(format!("presets_{width}"), out(&answer));
    }
    for kind in ["training", "checkpoint", "benchmark"] {
        for width in (60..=200).step_by(7) {
            let answer = run(&["presets", kind, "-v", "--width", &width.to_string()]);
            assert_eq!((status(&answer), err(&answer)), (0, ""));
            assert_fits(out(&answer), width);
        }
    }
    snapshot!("presets_checkpoint_explained_80", out(&run(&["presets", "checkpoint", "-v", "--width", "80"])));
}

#[test]
fn an_unknown_kind_of_preset_names_the_nearest() {
    let answer = run(&["presets", "trainin", "--width", "80"]);
    assert_eq!((status(&answer), out(&answer)), (2, ""));
    assert!(err(&answer).contains("fix: training"), "{}", err(&answer));
}

#[test]
fn an_unknown_table_names_the_nearest() {
    let answer = run(&["catalog", "instance", "--width", "80"]);
    assert_ne!(status(&answer), 0);
    assert_eq!(out(&answer), "");
    assert!(err(&answer).contains("fix: instances"), "{}", err(&answer));
}

#[test]
fn an_illegal_design_gets_every_error_at_once() {
    let answer = run(&["estimate", &scenario("faults.toml"), "--width", "80"]);
    assert_eq!((status(&answer), out(&answer)), (1, ""));
    snapshot!("refused_80", err(&answer));
    let checked = run(&["check", &scenario("faults.toml"), "--width", "80"]);
    assert_eq!((status(&checked), err(&checked)), (1, ""));
    snapshot!("check_80", out(&checked));
}

#[test]
fn input_that_is_not_understood_gets_every_fault_at_once() {
    for command in ["estimate", "check"] {
        let answer = run(&[command, &scenario("typos.toml"), "--width", "80"]);
        assert_eq!((status(&answer), out(&answer)), (2, ""));
        snapshot!(if command == "check" { "check_not_understood_80" } else { "not_understood_80" }, err(&answer));
    }
}

#[test]
fn a_legal_design_without_findings_takes_one_line() {
    let text = "[file_system]\ndeployment_type = \"SCRATCH_2\"\nstorage_capacity_gib = 2400\n";
    let answer = run_with(&["check", "-"], text.as_bytes());
    assert_eq!((status(&answer), out(&answer), err(&answer)), (0, "legal: no findings\n", ""));
}

/// The designs that the service refuses: one error each, with field, value, fix and source.
#[test]
fn illegal_designs() {
    let persistent = "deployment_type = \"PERSISTENT_2\"\nmetadata_configuration = { mode = \"AUTOMATIC\" }\n";
    let design = |text: &str| format!("[file_system]\n{persistent}{text}\n");
    let iops = |iops: u32, gib: u32| {
        format!(
            "[file_system]\ndeployment_type = \"PERSISTENT_2\"\nstorage_capacity_gib = {gib}\n\
             per_unit_storage_throughput = 250\nmetadata_configuration = {{ mode = \"USER_PROVISIONED\", iops = {iops} }}\n"
        )
    };
    let cases = [
        (design("storage_capacity_gib = 3600\nper_unit_storage_throughput = 250"), "storage_capacity_gib", "3600", "4800"),
        (
            design("storage_capacity_gib = 4800\nper_unit_storage_throughput = 250\nefa_enabled = true"),
            "storage_capacity_gib",
            "4800",
            "19200",
        ),
        (
            "[file_system]\ndeployment_type = \"PERSISTENT_1\"\nstorage_capacity_gib = 4800\nper_unit_storage_throughput = 125".to_owned(),
            "per_unit_storage_throughput",
            "125",
            "100",
        ),
        (
            "[file_system]\ndeployment_type = \"SCRATCH_2\"\nstorage_capacity_gib = 4800\nmetadata_configuration = { mode = \"AUTOMATIC\" }"
                .to_owned(),
            "metadata_configuration",
            "AUTOMATIC",
            "",
        ),
        (
            design("storage_type = \"HDD\"\nstorage_capacity_gib = 6000\nper_unit_storage_throughput = 12"),
            "storage_type",
            "HDD",
            "SSD",
        ),
        (
            design(
                "storage_capacity_gib = 19200\nper_unit_storage_throughput = 250\nefa_enabled = true\n\
                 [clients]\ninstance_type = \"p4d.24xlarge\"\ninterface = \"EFA\"",
            ),
            "instance_type",
            "p4d.24xlarge",
            "",
        ),
        (iops(9000, 4800), "iops", "9000", "12000"),
        (iops(12_000, 48_000), "iops", "12000", "24000"),
        (
            "[file_system]\ndeployment_type = \"PERSISTENT_2\"\nstorage_type = \"INTELLIGENT_TIERING\"\n\
             throughput_capacity_mb_per_s = 6000\nread_cache = { sizing_mode = \"NO_CACHE\" }\n\
             metadata_configuration = { mode = \"USER_PROVISIONED\", iops = 6000 }"
                .to_owned(),
            "throughput_capacity_mb_per_s",
            "6000",
            "8000",
        ),
    ];
    for (text, field, value, fix) in cases {
        let answer = run_with(&["estimate", "-", "--json"], text.as_bytes());
        assert_eq!(status(&answer), 1, "{text}");
        let envelope = json(&answer);
        let errors = envelope["errors"].as_array().expect("errors");
        let [error] = errors.as_slice() else { panic!("one error for {text}: {errors:?}") };
        assert!(error["field"].as_str().expect("a field").ends_with(field), "{error}");
        assert_eq!(error["value"], value);
        let found = error["fix"].as_str().expect("a fix");
        assert!(if fix.is_empty() { !found.is_empty() } else { found == fix }, "{error}");
        assert!(!error["sources"].as_array().expect("sources").is_empty(), "{error}");
    }
}

#[test]
fn json_is_the_envelope_of_the_core() {
    let answer = run(&["estimate", &scenario("training.toml"), "--json"]);
    assert_eq!((status(&answer), err(&answer)), (0, ""));
    let parsed: fsx_model::scenario::Scenario = fsx_model::scenario::from_toml(TRAINING).expect("a scenario");
    let text = serde_json::to_string(&parsed).expect("JSON");
    for command in ["estimate", "check"] {
        let direct = fsx_model::api::call(command, &text);
        assert_eq!(out(&run(&[command, &scenario("training.toml"), "--json"])).trim_end(), direct);
        assert_eq!(out(&run_with(&[command, "-", "--json"], text.as_bytes())).trim_end(), direct);
    }
    let direct = fsx_model::api::call("catalog", r#"{"table":"layouts"}"#);
    assert_eq!(out(&run(&["catalog", "layouts", "--json"])).trim_end(), direct);
    let direct = fsx_model::api::call("presets", r#"{"kind":"checkpoint"}"#);
    assert_eq!(out(&run(&["presets", "checkpoint", "--json"])).trim_end(), direct);
    assert_eq!(out(&run(&["presets", "--json"])).trim_end(), fsx_model::api::call("presets", "{}"));
}

/// Text that looks random and is the same in every run.
fn noise(bytes: usize) -> Vec<u8> {
    let mut state: u32 = 0x9e37_79b9;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        state.to_le_bytes()[1]
    };
    (0..bytes).map(|_| next()).collect()
}

#[test]
fn malformed_input_is_refused_in_bounded_time() {
    const TEN_MB: usize = 10_000_000;
    const BELOW_LIMIT: usize = 1_000_000;
    let printable = |bytes: usize| noise(bytes).into_iter().map(|byte| 32 + byte % 95).collect::<Vec<_>>();
    let legal = "[file_system]\ndeployment_type = \"SCRATCH_2\"\nstorage_capacity_gib = ";
    let mut tables = String::new();
    for depth in 0..10_000 {
        let _ = write!(tables, "{}a", if depth > 0 { "." } else { "[" });
    }
    let cases: Vec<(&str, Vec<u8>)> = vec![
        ("NaN", format!("{legal}nan").into_bytes()),
        ("infinity", format!("{legal}2400\nfill = -inf").into_bytes()),
        ("NaN in JSON", br#"{"file_system": {"deployment_type": "SCRATCH_2", "storage_capacity_gib": NaN}}"#.to_vec()),
        ("wrong type", format!("{legal}\"2400\"").into_bytes()),
        ("a fraction", format!("{legal}2400.5").into_bytes()),
        ("unknown field", format!("{legal}2400\nstorage = 1").into_bytes()),
        ("empty", Vec::new()),
        ("blank", b" \n\t\n".to_vec()),
        ("empty JSON", b"{}".to_vec()),
        ("10 MB of text", printable(TEN_MB)),
        ("10 MB of bytes", noise(TEN_MB)),
        ("1 MB of text", printable(BELOW_LIMIT)),
        ("1 MB of text after a brace", [b"{".to_vec(), printable(BELOW_LIMIT)].concat()),
        ("1 MB of bytes", noise(BELOW_LIMIT)),
        ("deep JSON", ["[".repeat(10_000), "]".repeat(10_000)].concat().into_bytes()),
        ("deep JSON objects", ["{\"a\":".repeat(10_000), "1".to_owned(), "}".repeat(10_000)].concat().into_bytes()),
        ("deep TOML lists", ["a = ".to_owned(), "[".repeat(10_000), "]".repeat(10_000)].concat().into_bytes()),
        ("deep TOML tables", ["a = ".to_owned(), "{a = ".repeat(10_000), "1".to_owned()].concat().into_bytes()),
        ("deep TOML name", format!("{tables}]\n").into_bytes()),
        ("many names in one TOML key", format!("{}a = 1", "a.".repeat(200_000)).into_bytes()),
        ("NUL bytes", vec![0; 4096]),
        ("a NUL in a string", b"region = \"\0\"".to_vec()),
        ("half a character", b"region = \"\xe2\x82\"".to_vec()),
        ("not a table", b"3".to_vec()),
    ];
    for (name, input) in cases {
        let started = Instant::now();
        let shown = run_with(&["estimate", "-", "--width", "80"], &input);
        assert!(started.elapsed() < Duration::from_secs(10), "{name} took {:?}", started.elapsed());
        assert_eq!((status(&shown), out(&shown)), (2, ""), "{name}: {}", err(&shown));
        assert!(err(&shown).starts_with("error[INPUT-"), "{name}: {}", err(&shown));
        assert!(err(&shown).len() < 20_000, "{name}: a short message");
        assert!(!err(&shown).chars().any(|letter| letter.is_control() && letter != '\n'), "{name}");
        let answer = run_with(&["check", "-", "--json"], &input);
        assert_eq!(status(&answer), 2, "{name}");
        let errors = json(&answer)["errors"].as_array().expect("errors").clone();
        assert!(
            errors.iter().all(|error| error["message"].as_str().is_some_and(|message| !message.is_empty())),
            "{name}"
        );
    }
}

/// Whether there is an answer, it is no, or the question was not understood: for people and for programs.
#[test]
fn plans_and_prices_have_the_status_of_their_answer() {
    let refused = "[capacity]\ndata_gib = -1\n";
    let misspelt = "objektive = \"cheapest\"\n";
    let illegal = "[file_system]\ndeployment_type = \"SCRATCH_2\"\nstorage_capacity_gib = 3600\n";
    let text = |name: &str| std::fs::read_to_string(scenario(name)).expect("a file");
    let cases = [
        ("plan", text("plan_archive.toml"), 0),
        ("plan", text("plan_infeasible.toml"), 1),
        ("plan", refused.to_owned(), 1),
        ("plan", misspelt.to_owned(), 2),
        ("plan", TRAINING.to_owned(), 2),
        ("price", text("hdd.toml"), 0),
        ("price", text("tiering.toml"), 0),
        ("price", illegal.to_owned(), 1),
        ("price", text("plan_archive.toml"), 2),
        ("price", text("typos.toml"), 2),
    ];
    for (command, input, wanted) in cases {
        let shown = run_with(&[command, "-", "--width", "80"], input.as_bytes());
        assert_eq!(status(&shown), wanted, "{command} {input}: {}", err(&shown));
        let is_answer = !out(&shown).is_empty();
        assert_eq!(is_answer, err(&shown).is_empty(), "{command}: an answer or errors");
        let envelope = run_with(&[command, "-", "--json"], input.as_bytes());
        assert_eq!(status(&envelope), wanted, "{command} {input}");
        assert_eq!(json(&envelope).get("ok").is_some(), is_answer, "{command} {input}");
    }
}

#[test]
fn files_that_cannot_be_read_are_named() {
    for (path, reason) in [("no/such/file.toml", "no such file"), (env!("CARGO_MANIFEST_DIR"), "directory")] {
        let answer = run(&["estimate", path, "--width", "200"]);
        assert_eq!(status(&answer), 2);
        assert!(err(&answer).contains(path) && err(&answer).contains(reason), "{}", err(&answer));
    }
}

#[test]
fn usage_errors_have_status_two() {
    for arguments in
        [&[][..], &["estimate"], &["estimate", "a", "b"], &["guess"], &["man", "guess"], &["catalog", "--width", "7"]]
    {
        let answer = run(arguments);
        assert_eq!((status(&answer), out(&answer)), (2, ""), "{arguments:?}");
        assert!(!err(&answer).is_empty());
    }
    assert_eq!(status(&run(&["--help"])), 0);
    assert_eq!(status(&run(&["--version"])), 0);
}

#[test]
fn colour_follows_the_environment() {
    let file = scenario("training.toml");
    let escape = '\u{1b}';
    let arguments = ["estimate", &file, "--width", "80"];
    let piped = run(&arguments);
    assert!(!out(&piped).contains(escape));
    let forced = fsx(&arguments).env("CLICOLOR_FORCE", "1").output().expect("fsx runs");
    assert!(out(&forced).contains(escape));
    let plain = fsx(&arguments).env("CLICOLOR_FORCE", "1").env("NO_COLOR", "1").output().expect("fsx runs");
    assert_eq!(out(&plain), out(&piped));
    let refused = run(&["estimate", &scenario("faults.toml")]);
    assert!(!err(&refused).contains(escape));
}

#[test]
fn text_from_the_input_cannot_steer_the_terminal() {
    let text = TRAINING.replace("\"train\"", r#""\u001b[31mred\u0007 \u202Eback""#);
    let answer = run_with(&["estimate", "-", "--width", "80"], text.as_bytes());
    assert_eq!(status(&answer), 0, "{}", err(&answer));
    assert!(!out(&answer).contains(['\u{1b}', '\u{7}', '\u{202e}']));
}

#[test]
fn columns_gives_the_width_of_a_pipe() {
    let answer = fsx(&["estimate", &scenario("training.toml")]).env("COLUMNS", "60").output().expect("fsx runs");
    let told = run(&["estimate", &scenario("training.toml"), "--width", "60"]);
    let usual = run(&["estimate", &scenario("training.toml")]);
    let eighty = run(&["estimate", &scenario("training.toml"), "--width", "80"]);
    // In a terminal the test's own standard input would tell; here all three streams are pipes.
    assert_eq!(out(&answer), out(&told));
    assert_eq!(out(&usual), out(&eighty));
}

#[test]
fn a_closed_pipe_is_no_fault() {
    let mut child = fsx(&["catalog", "instances"]).spawn().expect("fsx runs");
    drop(child.stdout.take());
    let answer = child.wait_with_output().expect("fsx ends");
    assert_eq!((status(&answer), err(&answer)), (0, ""));
}

#[test]
fn shells_and_manuals() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let answer = run(&["completions", shell]);
        assert_eq!(status(&answer), 0);
        assert!(out(&answer).contains("estimate"), "{shell}");
    }
    assert!(out(&run(&["man"])).contains(".TH"));
    assert!(out(&run(&["man", "estimate"])).contains("explain"));
    for command in ["plan", "price", "what-if", "compare"] {
        assert!(out(&run(&["man", command])).contains(".TH"), "{command}");
    }
}
