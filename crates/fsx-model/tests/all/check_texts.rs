//! Texts of other tools: recognised by what stands in them, checked, every finding at its place.

use fsx_model::api::call;
use fsx_model::exchange::{ImportFormat, check, recognise};
use fsx_model::finding::{ErrorKind, Severity};
use serde_json::{Value, json};

const STACK: &str = include_str!("../../../../conformance/texts/stack.yaml");
const TERRAFORM: &str = include_str!("../../../../conformance/texts/terraform_plan.json");
const DESCRIBE: &str = include_str!("../../../../conformance/texts/describe.json");
const CLAIMS: &str = include_str!("../../../../conformance/texts/claims.yaml");
const CLUSTER: &str = include_str!("../../../../conformance/texts/cluster.yaml");

const TEXTS: [(&str, ImportFormat); 5] = [
    (STACK, ImportFormat::Cloudformation),
    (TERRAFORM, ImportFormat::TerraformJson),
    (DESCRIBE, ImportFormat::DescribeFileSystems),
    (CLAIMS, ImportFormat::Csi),
    (CLUSTER, ImportFormat::Parallelcluster),
];

/// Code and place of every error.
fn errors(from: ImportFormat, text: &str) -> Vec<(&'static str, String)> {
    let checked = check(from, text).unwrap();
    let errors = checked.findings.into_iter().filter(|finding| finding.severity == Severity::Error);
    errors.map(|finding| (finding.code, finding.field)).collect()
}

#[test]
fn texts_are_recognised() {
    for (text, from) in TEXTS {
        assert_eq!(recognise(text), Some(from));
        assert_eq!(recognise(&format!("\u{feff}{text}")), Some(from), "{from} with a byte order mark");
    }
    let of = |text: &str| recognise(text);
    assert_eq!(of(r#"{"Associations": []}"#), Some(ImportFormat::DescribeDataRepositoryAssociations));
    assert_eq!(of(r#"{"create-file-system": []}"#), Some(ImportFormat::AwsCli));
    assert_eq!(of(r#"{"FileSystemType": "LUSTRE", "StorageCapacity": 1200}"#), Some(ImportFormat::AwsCli));
    assert_eq!(of(r#"{"values": {"root_module": {}}}"#), Some(ImportFormat::TerraformJson));
}

#[test]
fn scenarios_and_other_texts_are_not() {
    let scenarios = [
        "[file_system]\ndeployment_type = \"SCRATCH_2\" # see Resources: and SharedStorage:\n",
        "# Resources: of the stack\n[[jobs]]\nkind = \"training\"\n",
        r#"{"file_system": {"deployment_type": "SCRATCH_2"}, "jobs": [{"kind": "training"}]}"#,
    ];
    let others = ["", "{", "kind: Pod\napiVersion: v1\n", "apiVersion: v2\nvalues: 3\n", r#"["Resources"]"#, "3"];
    for text in scenarios.iter().chain(&others) {
        assert_eq!(recognise(text), None, "{text}");
    }
}

#[test]
fn a_text_that_is_not_well_formed_is_recognised_by_its_lines() {
    for (text, from) in TEXTS {
        assert_eq!(recognise(&format!("{text}\n\t}}{{: [")), Some(from), "{from}");
    }
}

#[test]
fn every_finding_names_its_place() {
    let properties = "Resources.Scratch.Properties";
    assert_eq!(
        errors(ImportFormat::Cloudformation, STACK),
        [
            ("FSX-CAPACITY-STEP", format!("{properties}.StorageCapacity")),
            ("FSX-METADATA-TYPE", format!("{properties}.LustreConfiguration.MetadataConfiguration")),
        ]
    );
    let module = "planned_values.root_module";
    assert_eq!(
        errors(ImportFormat::TerraformJson, TERRAFORM),
        [
            ("FSX-TIER", format!("{module}.resources[1].values.per_unit_storage_throughput")),
            ("FSX-CAPACITY-STEP", format!("{module}.child_modules[0].resources[0].values.storage_capacity")),
        ]
    );
    // a field that is absent, where it would stand
    assert_eq!(
        errors(ImportFormat::DescribeFileSystems, DESCRIBE),
        [("FSX-DRIVE-CACHE-REQUIRED", "FileSystems[1].LustreConfiguration.DriveCacheType".to_owned())]
    );
    assert_eq!(errors(ImportFormat::Csi, CLAIMS), [("FSX-TIER", "[0].parameters.perUnitStorageThroughput".to_owned())]);
    assert_eq!(
        errors(ImportFormat::Parallelcluster, CLUSTER),
        [("FSX-CAPACITY-STEP", "SharedStorage[1].FsxLustreSettings.StorageCapacity".to_owned())]
    );
}

#[test]
fn findings_of_reading_are_part_of_the_answer() {
    let checked = check(ImportFormat::Csi, CLAIMS).unwrap();
    let found: Vec<_> = checked.findings.iter().map(|it| (it.code, it.field.as_str())).collect();
    assert!(found.contains(&("FSX-CSI-ROUNDING", "[1].spec.resources.requests.storage")), "{found:?}");
    assert!(found.contains(&("FSX-IMPORT-DEFAULT", "[0].parameters.fileSystemTypeVersion")), "{found:?}");
    // but not that a subnet is a reference, as in every template
    assert!(check(ImportFormat::Cloudformation, STACK).unwrap().findings.iter().all(|it| !it.field.contains("Subnet")));
}

#[test]
fn the_findings_of_each_file_system_can_be_told_apart() {
    let checked = check(ImportFormat::Cloudformation, STACK).unwrap();
    let systems: Vec<_> = checked.file_systems.iter().map(|it| (it.name.as_str(), it.findings)).collect();
    assert_eq!(systems.iter().map(|(_, findings)| findings).sum::<usize>(), checked.findings.len());
    assert_eq!((systems[0].0, systems[1].0), ("Data", "Scratch"));
    let of_scratch = &checked.findings[systems[0].1..];
    assert!(of_scratch.iter().all(|finding| finding.field.starts_with("Resources.Scratch.")));
}

#[test]
fn associations_keep_their_places() {
    let text = r#"{ "FileSystems": [{ "FileSystemId": "fs-1", "FileSystemType": "LUSTRE", "StorageCapacity": 4800,
        "LustreConfiguration": { "DeploymentType": "PERSISTENT_2", "PerUnitStorageThroughput": 250 } }],
        "Associations": [{ "FileSystemPath": "ns1", "DataRepositoryPath": "s3://bucket-of-mine/" },
                         { "FileSystemPath": "/ns2" }] }"#;
    let faults = check(ImportFormat::DescribeFileSystems, text).unwrap_err();
    assert_eq!(faults.kind, ErrorKind::NotUnderstood);
    let places: Vec<_> = faults.findings.iter().map(|it| it.field.as_str()).collect();
    assert_eq!(places, ["Associations[1].DataRepositoryPath"]);
    let whole = text.replace(r#", {"#, "").replace(
        r#"{ "FileSystemPath": "/ns2" }"#,
        r#"{ "FileSystemPath": "/ns2", "DataRepositoryPath": "s3://bucket-of-mine/b" }"#,
    );
    let places: Vec<_> =
        errors(ImportFormat::DescribeFileSystems, &whole).into_iter().map(|(_, place)| place).collect();
    assert!(places.contains(&"Associations[0].FileSystemPath".to_owned()), "{places:?}");
}

#[test]
fn what_the_tool_has_no_field_for_is_put_to_the_file_system() {
    // its layout is that of its day, which no field of the description says
    let text = DESCRIBE.replace("2026-03-01", "2020-01-01").replace("\"PERSISTENT_2\"", "\"SCRATCH_2\"");
    for finding in check(ImportFormat::DescribeFileSystems, &text).unwrap().findings {
        assert!(finding.field.starts_with("FileSystems["), "{finding:?}");
    }
}

#[test]
fn the_call_takes_either() {
    let answer = |input: &Value| -> Value { serde_json::from_str(&call("check", &input.to_string())).unwrap() };
    let of_text = answer(&json!({ "from": "cloudformation", "text": STACK }));
    assert_eq!(of_text["ok"]["file_systems"].as_array().unwrap().len(), 2);
    let of_scenario =
        answer(&json!({ "file_system": { "deployment_type": "SCRATCH_2", "storage_capacity_gib": 2400 } }));
    assert_eq!(of_scenario, json!({ "ok": { "findings": [] } }));
    let codes =
        |answer: &Value| answer["errors"].as_array().unwrap().iter().map(|it| it["code"].clone()).collect::<Vec<_>>();
    assert_eq!(codes(&answer(&json!({ "from": "cloudfromation", "text": "" }))), ["INPUT-WORD"]);
    assert_eq!(codes(&answer(&json!({ "text": "" }))), ["INPUT-MISSING-FIELD"]);
    assert_eq!(codes(&answer(&json!({ "from": "csi", "text": "", "region": "x" }))), ["INPUT-UNKNOWN-FIELD"]);
    assert_eq!(codes(&answer(&json!({}))), ["INPUT-MISSING-FIELD"]);
}
