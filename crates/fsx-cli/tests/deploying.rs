//! `export` and `import` as people and programs meet them.

#![expect(clippy::expect_used, reason = "a test helper that fails is a failed test")]

mod support;

use support::{assert_fits, err, json, out, run, run_with, snapshot, status};

fn deployment(name: &str) -> String {
    format!("{}/../../examples/deployments/{name}", env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn an_artefact_stands_alone_on_standard_output() {
    let design = deployment("training_cluster.toml");
    for format in ["aws-cli", "cloudformation", "terraform", "csi", "parallelcluster", "lfs", "alarms", "toml", "json"]
    {
        let answer = run(&["export", &design, "--to", format, "--width", "80"]);
        assert_eq!(status(&answer), 0, "{format}: {}", err(&answer));
        assert!(out(&answer).ends_with('\n') && !out(&answer).ends_with("\n\n"), "{format}");
        assert_fits(err(&answer), 80);
        snapshot!(format!("export_{format}"), out(&answer));
        snapshot!(format!("export_{format}_findings"), err(&answer));
        let answer = json(&run(&["export", &design, "--to", format, "--json"]));
        assert!(answer["ok"]["file_name"].is_string());
    }
}

#[test]
fn a_requirement_is_planned_and_written() {
    let requirement = format!("{}/../../examples/scenarios/plan_archive.toml", env!("CARGO_MANIFEST_DIR"));
    let answer = run(&["export", &requirement, "--to", "terraform"]);
    assert_eq!(status(&answer), 0);
    assert!(out(&answer).contains("aws_fsx_lustre_file_system"), "{}", out(&answer));
}

#[test]
fn nothing_is_written_where_the_answer_is_no() {
    let illegal = br#"{"file_system": {"deployment_type": "SCRATCH_2", "storage_capacity_gib": 3600}}"#;
    let answer = run_with(&["export", "-", "--to", "cloudformation"], illegal);
    assert_eq!((status(&answer), out(&answer)), (1, ""));
    assert!(err(&answer).contains("FSX-CAPACITY-STEP"));
    let answer = run(&["export", &deployment("training_cluster.toml"), "--to", "terrafrom"]);
    assert_eq!((status(&answer), out(&answer)), (2, ""));
    assert!(err(&answer).contains("fix: terraform"), "{}", err(&answer));
    let infeasible = br#"{"workloads": [{"target": {"throughput_mb_per_s": 1e9}}]}"#;
    let answer = run_with(&["export", "-", "--to", "csi"], infeasible);
    assert_eq!((status(&answer), out(&answer)), (1, ""), "{}", err(&answer));
}

#[test]
fn what_tools_tell_is_a_scenario() {
    for (name, format, id) in [
        ("described.json", "describe-file-systems", None),
        ("template.yaml", "cloudformation", Some("Scratch")),
        ("claims.yaml", "csi", None),
        ("cluster.yaml", "parallelcluster", None),
        ("terraform_show.json", "terraform-json", None),
    ] {
        let file = deployment(name);
        let mut arguments = vec!["import", &file, "--from", format, "--width", "80"];
        arguments.extend(id.iter().flat_map(|id| ["--id", id]));
        let answer = run(&arguments);
        assert_eq!(status(&answer), 0, "{format}: {}", err(&answer));
        snapshot!(format!("import_{format}"), out(&answer));
        snapshot!(format!("import_{format}_findings"), err(&answer));
    }
}

#[test]
fn what_is_imported_is_estimated() {
    let load = br#"{"clients": {"count": 4}, "workloads": [{"operation": "read"}]}"#;
    let folder = std::env::temp_dir().join(format!("fsx-deploying-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder for the test");
    let path = folder.join("load.json").display().to_string();
    std::fs::write(&path, load).expect("a folder for the test");
    let imported = run(&["import", &deployment("cluster.yaml"), "--from", "parallelcluster", "--into", &path]);
    assert_eq!(status(&imported), 0, "{}", err(&imported));
    let answer = run_with(&["estimate", "-", "--json"], out(&imported).as_bytes());
    assert_eq!(status(&answer), 0, "{}", out(&answer));
    std::fs::remove_dir_all(&folder).expect("a folder for the test");
}
