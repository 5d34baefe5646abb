//! `scan`: counts of a tree, and the requirement that begins with them.

#![expect(clippy::expect_used, reason = "a test that fails is a failed test")]

mod support;

use std::fs::{self, File};
use std::path::PathBuf;
use std::process::Output;

use serde_json::{Value, json};
use support::{assert_fits, err, fsx, json, out, run_with, snapshot, status};

/// A directory of its own, gone in the end.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("fsx-scan-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).expect("a directory");
        Self(path)
    }

    /// A file of so many bytes, without blocks.
    fn file(&self, path: &str, bytes: u64) {
        let path = self.0.join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a directory");
        File::create(path).and_then(|file| file.set_len(bytes)).expect("a file");
    }

    fn scan(&self, arguments: &[&str]) -> Output {
        fsx(&[&["scan"], arguments].concat()).current_dir(&self.0).output().expect("fsx runs")
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

const MIB: u64 = 1 << 20;

/// Five files, with everything else that a directory can hold.
fn small(name: &str) -> Folder {
    let folder = Folder::new(name);
    for (path, bytes) in [("a/empty", 0), ("a/one", 1), ("a/b/kib", 1024), ("a/b/more", 1025), ("large", 200 * MIB)] {
        folder.file(&format!("tree/{path}"), bytes);
    }
    fs::create_dir(folder.0.join("tree/none")).expect("a directory");
    folder.file("beside", 7);
    #[cfg(unix)]
    {
        use std::os::unix::fs::symlink;
        symlink("../beside", folder.0.join("tree/link")).expect("a link");
        symlink("..", folder.0.join("tree/a/up")).expect("a link");
        fs::hard_link(folder.0.join("tree/a/b/kib"), folder.0.join("tree/a/b/again")).expect("a link");
        std::os::unix::net::UnixListener::bind(folder.0.join("tree/socket")).expect("a socket");
    }
    folder
}

#[cfg(unix)]
#[test]
fn everything_is_counted_once() {
    let folder = small("once");
    let scan = json(&folder.scan(&["tree", "--json"]))["ok"]["scan"].clone();
    let class = |up_to: u64, bytes: u64| json!({ "up_to_bytes": up_to, "files": 1, "bytes": bytes });
    let wanted = json!({
        "path": "tree", "files": 5, "bytes": 209_717_250, "mean_bytes": 41_943_450.0, "median_up_to_bytes": 1024,
        "largest_bytes": 200 * MIB, "small_files": 4, "small_bytes": 2050,
        "sizes": [class(0, 0), class(1, 1), class(1024, 1024), class(2048, 1025), class(256 * MIB, 200 * MIB)],
        "directories": 4, "directories_with_files": 3, "depth": 2,
        "largest_directories": [
            { "path": "tree/a/b", "files": 3 }, { "path": "tree/a", "files": 2 }, { "path": "tree", "files": 1 },
        ],
        "symbolic_links": 2, "others": 1, "further_names": 1, "mount_points": 0, "unreadable": 0,
    });
    for (name, value) in wanted.as_object().expect("a table") {
        assert_eq!(&scan[name], value, "{name}");
    }
    // the default layout: one stripe for the first 100 MiB, eight behind
    let stripes: Vec<_> = scan["stripes"].as_array().expect("a list").iter().map(|it| it["files"].clone()).collect();
    assert_eq!(stripes, [4, 1, 0, 0]);
    assert_eq!(scan["stripes"][1]["bytes"], 200 * MIB);
}

#[cfg(unix)]
#[test]
fn a_tree_at_three_widths() {
    let folder = small("widths");
    for i in 0..40 {
        folder.file(&format!("tree/images/{i}"), 100_000 + 9_000 * i);
    }
    for width in ["60", "80", "140"] {
        let answer = folder.scan(&["tree", "--width", width]);
        assert_eq!((status(&answer), err(&answer)), (0, ""));
        assert_fits(out(&answer), width.parse().expect("a number"));
        snapshot!(format!("scan_tree_{width}"), out(&answer));
    }
}

/// A list as a large tree would give it.
fn list() -> String {
    let repeated = |bytes: u64, times: usize| format!("{bytes}\n").repeat(times);
    [repeated(0, 20), repeated(3000, 4000), repeated(150_000, 9000), repeated(30 << 20, 300), repeated(64 << 30, 2)]
        .concat()
}

#[test]
fn a_list_of_sizes_at_three_widths() {
    for width in ["60", "80", "140"] {
        let answer = run_with(&["scan", "--sizes", "-", "--width", width], list().as_bytes());
        assert_eq!((status(&answer), err(&answer)), (0, ""));
        assert_fits(out(&answer), width.parse().expect("a number"));
        snapshot!(format!("scan_sizes_{width}"), out(&answer));
    }
}

#[test]
fn every_width_holds() {
    for width in (60..=200).step_by(7) {
        let answer = run_with(&["scan", "--sizes", "-", "--width", &width.to_string()], list().as_bytes());
        assert_fits(out(&answer), width);
    }
}

#[test]
fn a_line_that_is_no_size_is_named() {
    let answer = run_with(&["scan", "--sizes", "-", "--json"], b"12\ntwelve\n13 14\n");
    assert_eq!(status(&answer), 2);
    let errors = json(&answer)["errors"].as_array().expect("errors").clone();
    let places: Vec<_> = errors.iter().map(|error| error["field"].as_str().expect("a place")).collect();
    assert_eq!(places, ["line 2, column 1", "line 3, column 1"]);
}

#[test]
fn the_draft_is_the_same_by_either_way() {
    let folder = small("draft");
    let direct = folder.scan(&["tree", "--toml"]);
    assert_eq!(status(&direct), 0, "{}", err(&direct));
    let answer = folder.scan(&["tree", "--json"]);
    let piped = run_with(&["import", "--from", "scan", "-"], out(&answer).as_bytes());
    assert_eq!((status(&piped), out(&piped), err(&piped)), (0, out(&direct), err(&direct)));
    for part in ["data_gib = 0.195", "file_count = 5", "file_size_mib = 40.0", "directories = 3"] {
        assert!(out(&direct).contains(part), "{part} is missing: {}", out(&direct));
    }
}

#[test]
fn a_target_makes_the_draft_a_plan() {
    let answer = run_with(&["scan", "--sizes", "-", "--toml"], list().as_bytes());
    let need = format!("{}[workloads.target]\nthroughput_mb_per_s = 100\n", out(&answer));
    let plan = run_with(&["plan", "-", "--json"], need.as_bytes());
    assert_eq!(status(&plan), 0, "{need}{}", err(&plan));
    assert!(json(&plan)["ok"]["best"].is_object());
}

#[test]
fn a_crowded_directory_gets_advice() {
    let folder = Folder::new("crowded");
    fs::create_dir(folder.0.join("tree")).expect("a directory");
    for i in 0..100_000 {
        File::create(folder.0.join(format!("tree/{i}"))).expect("a file");
    }
    let answer = json(&folder.scan(&["tree", "--json"]));
    assert_eq!(answer["ok"]["scan"]["files"], 100_000);
    let findings = answer["ok"]["findings"].as_array().expect("findings").clone();
    let crowded = |it: &&Value| it["code"] == "FSX-SCAN-DIRECTORY";
    let finding = findings.iter().find(crowded).expect("100,000 files are not fewer than 100,000");
    assert_eq!(
        (&finding["value"], &finding["fix"], &finding["sources"][0]),
        (&json!("100000"), &json!("2 directories or more"), &json!("TIPS"))
    );
}

#[cfg(unix)]
#[test]
fn what_cannot_be_read_is_counted_and_named() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = small("locked");
    folder.file("tree/locked/file", 10);
    let locked = folder.0.join("tree/locked");
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o000)).expect("permissions");
    // a superuser reads it all the same
    let hidden = u8::from(fs::read_dir(&locked).is_err());
    let answer = json(&folder.scan(&["tree", "--json"]));
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o700)).expect("permissions");
    let scan = &answer["ok"]["scan"];
    assert_eq!((&scan["unreadable"], &scan["files"]), (&json!(hidden), &json!(6 - hidden)));
    if hidden == 1 {
        assert_eq!(scan["unreadable_first"], json!([{ "path": "tree/locked", "reason": "this file may not be read" }]));
        assert_eq!(answer["ok"]["findings"][0]["code"], "FSX-SCAN-UNREADABLE");
    }
}

#[test]
fn what_is_no_directory_is_refused() {
    let folder = small("refused");
    for (path, reason) in [("beside", "no directory"), ("missing", "no such file")] {
        let answer = folder.scan(&[path, "--width", "80"]);
        assert_eq!((status(&answer), out(&answer)), (2, ""));
        assert!(err(&answer).contains(path) && err(&answer).contains(reason), "{}", err(&answer));
    }
    for arguments in [&[][..], &["tree", "--sizes", "-"], &["tree", "--json", "--toml"]] {
        assert_eq!(status(&folder.scan(arguments)), 2, "{arguments:?}");
    }
}
