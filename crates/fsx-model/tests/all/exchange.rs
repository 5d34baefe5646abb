//! Designs out to other tools and back, and what other tools wrote.

use fsx_model::api::call;
use fsx_model::exchange::{Export, ExportFormat, Import, ImportFormat, export, import};
use fsx_model::finding::Error;
use fsx_model::rules;
use fsx_model::scenario::{FileSystem, Scenario, from_json, from_toml, from_tree};
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use serde_json::{Value, json};

use crate::case_draws::{config, kinds};

fn example(name: &str) -> String {
    let path = format!("{}/../../examples/deployments/{name}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn training() -> Scenario {
    from_toml(&example("training_cluster.toml")).unwrap()
}

fn written(scenario: &Scenario, to: ExportFormat) -> Result<String, Error> {
    let query = Export { to, scenario: Some(scenario.clone()), requirement: None, current_file_system: None };
    export(&query).map(|exported| exported.text)
}

fn read(text: &str, from: ImportFormat, id: Option<&str>) -> fsx_model::exchange::Imported {
    let query = Import { from, text: text.to_owned(), id: id.map(str::to_owned), into: None };
    import(&query).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

fn scenario(draft: &fsx_model::exchange::Draft) -> Scenario {
    from_json(&serde_json::to_string(draft).unwrap()).unwrap()
}

/// Formats that are read as they are written.
const BOTH_WAYS: [(ExportFormat, ImportFormat); 6] = [
    (ExportFormat::AwsCli, ImportFormat::AwsCli),
    (ExportFormat::Cloudformation, ImportFormat::Cloudformation),
    (ExportFormat::Parallelcluster, ImportFormat::Parallelcluster),
    (ExportFormat::Csi, ImportFormat::Csi),
    (ExportFormat::Toml, ImportFormat::Toml),
    (ExportFormat::Json, ImportFormat::Json),
];

fn associations() -> impl Strategy<Value = Value> {
    let events = || subsequence(vec!["NEW", "CHANGED", "DELETED"], 0..=3);
    let one = (events(), events(), any::<bool>(), select(vec![None, Some(1), Some(512_000)]));
    prop::collection::vec(one, 0..=8).prop_map(|all| {
        let link = |(i, (import, export, batch, chunk)): (usize, _)| {
            let chunk: Option<i64> = chunk;
            let (import, export): (Vec<&str>, Vec<&str>) = (import, export);
            let batch: bool = batch;
            json!({ "file_system_path": format!("/ns{i}"), "data_repository_path": format!("s3://bucket-{i}/a: \"b\""),
                "auto_import": import, "auto_export": export, "batch_import_metadata_on_create": batch,
                "imported_file_chunk_size_mib": chunk })
        };
        Value::Array(all.into_iter().enumerate().map(link).collect())
    })
}

fn deployments() -> impl Strategy<Value = Value> {
    let tags = prop::collection::btree_map("[A-Za-z:_ ]{1,8}", "[a-z0-9=@. ]{0,6}|on|1|null", 0..4);
    let text = |value: &'static str| prop::option::of(Just(value));
    let groups = subsequence(vec!["sg-0123456789abcdef0", "sg-0fedcba9876543210"], 0..=2);
    (tags, text("subnet-0fedcba9876543210"), text("alias/own"), text("7:05:00"), text("1000:1000"), groups).prop_map(
        |(tags, subnet, kms, weekly, squash, groups)| {
            json!({ "tags": tags, "subnet_id": subnet, "kms_key_id": kms, "weekly_maintenance_start_time": weekly,
                "root_squash": squash, "security_group_ids": groups })
        },
    )
}

/// Legal designs with links or backups, and what an export needs.
fn designs() -> impl Strategy<Value = Scenario> {
    let backup = prop_oneof![
        Just(Value::Null),
        (0..=90_i64, any::<bool>())
            .prop_map(|(days, tags)| json!({ "automatic_retention_days": days, "daily_automatic_start_time": "05:00", "copy_tags": tags }))
    ];
    (kinds(), any::<bool>(), associations(), deployments(), backup).prop_map(
        |(case, lz4, links, mut deploy, backup)| {
            let mut design = case.json();
            design["file_system"]["data_compression_type"] = json!(if lz4 { "LZ4" } else { "NONE" });
            let kind = case.deployment;
            let scratch = kind.starts_with("SCRATCH");
            if scratch {
                deploy["kms_key_id"] = Value::Null;
            }
            let tiering = design["file_system"]["storage_type"] == "INTELLIGENT_TIERING";
            let linked = kind != "SCRATCH_1" && !tiering && links.as_array().is_some_and(|all| !all.is_empty());
            if linked {
                design["file_system"]["data_repository_associations"] = links;
            } else if !scratch {
                design["backup"] = backup;
            }
            design["deploy"] = deploy;
            let text = design.to_string();
            from_json(&text).unwrap_or_else(|error| panic!("{error}\n{text}"))
        },
    )
}

fn has_error(scenario: &Scenario) -> bool {
    fsx_model::estimate::has_error(&rules::check(scenario))
}

proptest! {
    #![proptest_config(config())]

    /// What is written, read and written again is the same to the last byte.
    #[test]
    fn round_trips(design in designs()) {
        prop_assert!(!has_error(&design), "{:?}", rules::check(&design));
        for (to, from) in BOTH_WAYS {
            // some tools cannot make some kinds at all
            let Ok(text) = written(&design, to) else {
                prop_assert!(matches!(to, ExportFormat::Csi | ExportFormat::Parallelcluster));
                continue;
            };
            let back = scenario(&read(&text, from, None).scenario);
            prop_assert_eq!(written(&back, to).unwrap(), text, "{}", to);
        }
    }

    /// The requests tell the whole file system: what is read of them is the same design.
    #[test]
    fn the_api_tells_the_design(design in designs()) {
        let text = written(&design, ExportFormat::AwsCli).unwrap();
        let back = scenario(&read(&text, ImportFormat::AwsCli, None).scenario);
        prop_assert_eq!(filled_in(&back.file_system), filled_in(&design.file_system));
    }
}

/// A file system with every default said.
fn filled_in(raw: &FileSystem) -> FileSystem {
    let mut tree = serde_json::to_value(raw).unwrap();
    let version = fsx_model::catalog::newest_version(raw.deployment_type, raw.metadata_configuration.is_some());
    let defaults = [
        ("storage_type", json!("SSD")),
        ("data_compression_type", json!("NONE")),
        ("efa_enabled", json!(false)),
        ("file_system_type_version", json!(version)),
    ];
    for (field, value) in defaults {
        if tree.get(field).is_none() {
            tree[field] = value;
        }
    }
    for name in ["credits_at_start", "fill", "layout", "stored"] {
        tree.as_object_mut().unwrap().remove(name);
    }
    for link in tree.get_mut("data_repository_associations").and_then(Value::as_array_mut).into_iter().flatten() {
        let link = link.as_object_mut().unwrap();
        link.entry("imported_file_chunk_size_mib").or_insert(json!(1024));
        link.remove("object_count");
        link.remove("mean_object_size_mib");
        if link.get("batch_import_metadata_on_create") == Some(&json!(false)) {
            link.remove("batch_import_metadata_on_create");
        }
    }
    from_tree(tree).unwrap()
}

#[test]
fn a_description_is_a_scenario() {
    let imported = read(&example("described.json"), ImportFormat::DescribeFileSystems, None);
    let fs = imported.scenario.file_system.as_ref().unwrap();
    assert_eq!(imported.name, "fs-0123456789abcdef0");
    assert_eq!(imported.scenario.region.as_deref(), Some("us-east-1"));
    assert_eq!((fs.storage_capacity_gib.unwrap().0, fs.per_unit_storage_throughput.unwrap().0), (9600, 125));
    // made before 25 August 2023, so its files have the layout of that time
    assert_eq!(fs.layout.as_ref().unwrap().before.as_deref(), Some("2023-08-25"));
    // the number that goes with AUTOMATIC is the service's
    assert_eq!(fs.metadata_configuration.as_ref().unwrap().iops, None);
    let codes: Vec<&str> = imported.findings.iter().map(|finding| finding.code).collect();
    assert_eq!(codes, ["FSX-IMPORT-UNKNOWN-VALUE", "FSX-IMPORT-LIFECYCLE"]);
    assert!(!has_error(&scenario(&imported.scenario)));
}

#[test]
fn a_time_in_seconds_is_a_day() {
    for (seconds, before) in [
        // 2020-12-17, 2020-12-18, 2023-08-24 and 2023-08-25, each at noon
        (1_608_206_400.0, Some("2020-12-18")),
        (1_608_292_800.0, Some("2023-08-25")),
        (1_692_878_400.0, Some("2023-08-25")),
        (1_692_964_800.0, None),
    ] {
        let mut document: Value = serde_json::from_str(&example("described.json")).unwrap();
        document["FileSystems"][0]["CreationTime"] = json!(seconds);
        let imported = read(&document.to_string(), ImportFormat::DescribeFileSystems, None);
        let layout = imported.scenario.file_system.unwrap().layout;
        assert_eq!(layout.and_then(|layout| layout.before).as_deref(), before, "{seconds}");
    }
}

#[test]
fn a_template_is_read_with_its_parameters_and_mappings() {
    let imported = read(&example("template.yaml"), ImportFormat::Cloudformation, Some("Training"));
    let fs = imported.scenario.file_system.unwrap();
    assert_eq!((fs.storage_capacity_gib.unwrap().0, fs.per_unit_storage_throughput.unwrap().0), (2400, 1000));
    assert_eq!(fs.data_repository_associations.len(), 1);
    // the subnet is a parameter without default
    assert_eq!(imported.findings.len(), 1, "{:?}", imported.findings);
    assert_eq!(imported.findings[0].field, "Resources.Training.Properties.SubnetIds");

    let query = Import { from: ImportFormat::Cloudformation, text: example("template.yaml"), id: None, into: None };
    let error = import(&query).unwrap_err();
    assert_eq!(error.findings[0].message, "the text tells of several: Scratch, Training");
}

#[test]
fn a_claim_is_what_the_driver_makes_of_it() {
    let imported = read(&example("claims.yaml"), ImportFormat::Csi, None);
    assert_eq!(imported.scenario.file_system.unwrap().storage_capacity_gib.unwrap().0, 4800);
    // 1200 GiB at 0.14 $/GiB-month
    assert_eq!(imported.findings[0].message, "3,600 GiB are claimed and the driver makes 4,800 GiB, +$168.00 a month");
}

/// Sizes of the driver's own tests.
#[test]
fn sizes_are_rounded_as_the_driver_does() {
    for (kind, asked, made) in [
        ("SCRATCH_2", "2400Gi", 2400),
        ("SCRATCH_2", "2577000000001", 4800),
        ("SCRATCH_2", "3600Gi", 4800),
        ("SCRATCH_1", "3000Gi", 3600),
        ("SCRATCH_1", "3865470566401", 7200),
        ("SCRATCH_2", "1.2Ti", 2400),
        ("SCRATCH_2", "1Gi", 1200),
    ] {
        let text = example("claims.yaml").replace("SCRATCH_2", kind).replace("3600Gi", asked);
        let fs = read(&text, ImportFormat::Csi, None).scenario.file_system.unwrap();
        assert_eq!(fs.storage_capacity_gib.unwrap().0, made, "{kind} {asked}");
    }
}

#[test]
fn a_state_and_a_cluster_are_scenarios() {
    let state = read(&example("terraform_show.json"), ImportFormat::TerraformJson, None);
    assert_eq!(state.name, "module.storage.aws_fsx_lustre_file_system.this");
    assert_eq!(state.findings, []);
    assert!(!has_error(&scenario(&state.scenario)));
    assert_eq!(state.scenario.region.as_deref(), Some("us-west-2"));

    let cluster = read(&example("cluster.yaml"), ImportFormat::Parallelcluster, None);
    let fs = cluster.scenario.file_system.as_ref().unwrap();
    assert_eq!((fs.deployment_type.as_str(), fs.file_system_type_version.as_deref()), ("SCRATCH_2", Some("2.15")));
    assert!(!has_error(&scenario(&cluster.scenario)));
}

/// A plan with several file systems whose ids are not known yet: the configuration says which association is whose.
#[test]
fn a_plan_tells_whose_an_association_is() {
    let system = |name: &str| {
        json!({ "address": format!("module.m[0].aws_fsx_lustre_file_system.{name}"), "type": "aws_fsx_lustre_file_system",
            "values": { "deployment_type": "SCRATCH_2", "storage_capacity": 1200 } })
    };
    let link = |name: &str| {
        json!({ "address": format!("module.m[0].aws_fsx_data_repository_association.{name}"),
            "type": "aws_fsx_data_repository_association",
            "values": { "file_system_path": format!("/{name}"), "data_repository_path": format!("s3://bucket/{name}") } })
    };
    let refers = |name: &str, reference: &str| {
        json!({ "address": format!("aws_fsx_data_repository_association.{name}"),
            "expressions": { "file_system_id": { "references": [reference] } } })
    };
    let resources = [system("one"), system("two"), link("a"), link("b"), link("c")];
    let configured = [
        refers("a", "aws_fsx_lustre_file_system.two.id"),
        refers("b", "aws_fsx_lustre_file_system.one.id"),
        refers("c", "var.id"),
    ];
    let plan = json!({
        "planned_values": { "root_module": { "child_modules": [{ "resources": resources }] } },
        "configuration": { "root_module": { "module_calls": { "m": { "module": { "resources": configured } } } } },
    });
    for (name, path) in [("one", "/b"), ("two", "/a")] {
        let id = format!("module.m[0].aws_fsx_lustre_file_system.{name}");
        let found = read(&plan.to_string(), ImportFormat::TerraformJson, Some(&id));
        let links = found.scenario.file_system.unwrap().data_repository_associations;
        assert_eq!(links.iter().map(|it| it.file_system_path.as_str()).collect::<Vec<_>>(), [path]);
        let told =
            found.findings.iter().any(|it| it.code == "FSX-IMPORT-NOT-CARRIED" && it.message.contains("association.c"));
        assert!(told, "{:?}", found.findings);
    }
}

#[test]
fn what_a_tool_cannot_express_is_a_finding() {
    let left_out = |to| {
        let query = Export { to, scenario: Some(training()), requirement: None, current_file_system: None };
        let findings = export(&query).unwrap().findings;
        findings.into_iter().filter(|it| it.code == "FSX-EXPORT-LEFT-OUT").map(|it| it.field).collect::<Vec<_>>()
    };
    assert_eq!(left_out(ExportFormat::AwsCli), [""; 0]);
    assert_eq!(left_out(ExportFormat::Terraform), [""; 0]);
    assert_eq!(left_out(ExportFormat::Csi), ["file_system.data_repository_associations"]);
    assert_eq!(
        left_out(ExportFormat::Parallelcluster),
        ["file_system.metadata_configuration.mode", "file_system.metadata_configuration.iops"]
    );
}

#[test]
fn updates_lead_from_what_there_is_to_the_design() {
    let there = training();
    let mut design = there.clone();
    let change = |scenario: &mut Scenario, field: &str, value: Value| {
        let mut tree = serde_json::to_value(&scenario.file_system).unwrap();
        tree[field] = value;
        scenario.file_system = from_tree(tree).unwrap();
    };
    change(&mut design, "storage_capacity_gib", json!(57_600));
    change(&mut design, "metadata_configuration", json!({ "mode": "USER_PROVISIONED", "iops": 48_000 }));
    let query = |scenario: &Scenario, current: &Scenario| Export {
        to: ExportFormat::AwsCli,
        scenario: Some(scenario.clone()),
        requirement: None,
        current_file_system: Some(current.file_system.clone()),
    };
    let text = export(&query(&design, &there)).unwrap().text;
    let document: Value = serde_json::from_str(&text).unwrap();
    let id = "fs-0123456789abcdef0";
    let metadata = json!({ "Mode": "USER_PROVISIONED", "Iops": 48_000 });
    assert_eq!(
        document,
        json!({ "update-file-system": [
            { "FileSystemId": id, "LustreConfiguration": { "MetadataConfiguration": metadata } },
            { "FileSystemId": id, "StorageCapacity": 57_600 },
        ] })
    );
    let blocked = export(&query(&there, &design)).unwrap_err();
    let fields: Vec<&str> = blocked.findings.iter().map(|it| it.field.as_str()).collect();
    assert_eq!(fields, ["file_system.storage_capacity_gib", "file_system.metadata_configuration.iops"]);
}

#[test]
fn what_is_read_is_added_to_a_scenario() {
    let load = json!({ "clients": { "instance_type": "c6in.16xlarge" }, "workloads": [{ "operation": "read" }] });
    let into = Some(from_tree(load).unwrap());
    let query = Import { from: ImportFormat::Csi, text: example("claims.yaml"), id: None, into };
    let merged = import(&query).unwrap().scenario;
    assert_eq!(merged.workloads.len(), 1);
    assert!(merged.file_system.is_some());

    let text = r#"{"clients": {"instance_type": "m5.large"}, "workloads": [{"operation": "write"}]}"#.to_owned();
    let query = Import { from: ImportFormat::Json, text, id: None, into: Some(merged) };
    let twice = import(&query).unwrap().scenario;
    let of: Vec<_> = twice.workloads.iter().map(|load| load.clients.clone().unwrap()).collect();
    assert_eq!(of, ["clients", "scenario"]);
    assert_eq!(twice.clients.as_slice().len(), 2);
}

#[test]
fn a_requirement_is_planned_first() {
    let requirement = r#"{"to":"terraform","requirement":{"capacity":{"data_gib":1000},
        "workloads":[{"target":{"throughput_mb_per_s":500}}]}}"#;
    let answer: Value = serde_json::from_str(&call("export", requirement)).unwrap();
    assert!(answer["ok"]["text"].as_str().unwrap().contains("aws_fsx_lustre_file_system"), "{answer}");

    let range = r#"{"low":1000,"mid":2000,"high":4000}"#;
    let asked = |capacity: &str, inputs: &str| {
        format!(
            r#"{{"to":"toml","requirement":{{"capacity":{{"data_gib":{capacity}}},
            "uncertainty":{{"confidence":0.9,"inputs":{inputs}}},"workloads":[{{"target":{{"throughput_mb_per_s":500}}}}]}}}}"#
        )
    };
    let in_place = call("export", &asked(range, "{}"));
    assert!(in_place.starts_with(r#"{"ok""#), "{in_place}");
    assert_eq!(in_place, call("export", &asked("2000", &format!(r#"{{"capacity.data_gib":{range}}}"#))));
}

/// Texts cut short, of another kind, too deep or too long: an error, and nothing stops the program.
#[test]
fn hostile_texts_are_refused() {
    let bomb = {
        let mut text = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n".to_owned();
        for i in 1..12 {
            text += &format!("a{i}: &a{i} [{}]\n", vec![format!("*a{}", i - 1); 9].join(", "));
        }
        text + "SharedStorage: *a11\nResources: *a11\n"
    };
    let deep = |open: &str| open.repeat(100_000);
    let texts = [
        String::new(),
        "\u{feff}".to_owned(),
        "null".to_owned(),
        "[]".to_owned(),
        deep("["),
        deep("{\"a\":"),
        deep("- "),
        deep("a: {"),
        bomb,
        " ".repeat(fsx_model::exchange::MAX_EXCHANGE_BYTES + 1),
        "a: 1\na: 2\n".to_owned(),
        "\u{0}\u{1}\u{7f}".to_owned(),
    ];
    for from in ImportFormat::ALL {
        for text in &texts {
            let query = Import { from: *from, text: text.clone(), id: None, into: None };
            // an empty scenario is one that tells nothing
            if let Ok(imported) = import(&query) {
                assert_eq!(imported.toml.trim(), "", "{from}: {text:.60}");
            }
        }
    }
}

#[test]
fn texts_cut_anywhere_do_no_harm() {
    for (name, from) in [
        ("described.json", ImportFormat::DescribeFileSystems),
        ("template.yaml", ImportFormat::Cloudformation),
        ("claims.yaml", ImportFormat::Csi),
        ("cluster.yaml", ImportFormat::Parallelcluster),
        ("terraform_show.json", ImportFormat::TerraformJson),
    ] {
        let text = example(name);
        for end in 0..text.len() {
            let query = Import { from, text: text[..end].to_owned(), id: None, into: None };
            if let Err(error) = import(&query) {
                assert!(!error.findings.is_empty());
            }
        }
    }
}
