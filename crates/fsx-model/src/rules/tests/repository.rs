//! Links to S3: what stands next to each fault and is legal, and the words.

use serde_json::{Value, json};

use super::{base, check, codes, scenario};

/// A file system of a kind with associations, each laid over a legal one.
fn linked(name: &str, associations: &[Value]) -> Value {
    let mut value = base(name);
    let legal = |(i, patch): (usize, &Value)| {
        let mut association = json!({ "file_system_path": format!("/ns{i}"), "auto_import": ["NEW"],
            "data_repository_path": format!("s3://bucket/ns{i}") });
        super::merge(&mut association, patch);
        association
    };
    value["file_system"]["data_repository_associations"] = associations.iter().enumerate().map(legal).collect();
    value
}

fn found(value: &Value) -> Vec<String> {
    check(&scenario(value)).iter().map(|it| it.code.to_owned()).collect()
}

#[test]
fn neighbours_of_faults_are_legal() {
    for name in ["S2", "P1", "HDD", "P2", "META", "EFA"] {
        assert_eq!(found(&linked(name, &[json!({})])), [""; 0], "{name}");
    }
    for version in ["2.12", "2.15"] {
        let mut value = linked("S2", &[json!({})]);
        value["file_system"]["file_system_type_version"] = json!(version);
        assert_eq!(found(&value), [""; 0], "{version}");
    }
    let name = "a".repeat(255);
    let long = format!("/{}", "a/".repeat(2047));
    for path in ["/", "/ns1", "/ns1/", "/ns1/sub dir/", "/.hidden/..a", &format!("/{name}"), &long] {
        assert_eq!(found(&linked("P2", &[json!({ "file_system_path": path })])), [""; 0], "{path}");
    }
    let bucket = format!("s3://{}", "b".repeat(63));
    for path in ["s3://abc", "s3://abc/", "s3://my.bucket-1/A prefix/", "s3://1.2.3.4a", "s3://1.2.3", &bucket] {
        assert_eq!(found(&linked("P2", &[json!({ "data_repository_path": path })])), [""; 0], "{path}");
    }
    for legal in [
        json!({ "imported_file_chunk_size_mib": 1 }),
        json!({ "imported_file_chunk_size_mib": 512_000 }),
        json!({ "object_count": 10_000_000, "mean_object_size_mib": 5_242_880 }),
        json!({ "object_count": 10_000_001, "auto_import": null, "auto_export": ["NEW"] }),
        json!({ "bucket_region": "us-east-1", "batch_import_metadata_on_create": true }),
        json!({ "bucket_region": "eu-west-1", "auto_import": null, "auto_export": ["NEW"] }),
        json!({ "bucket_account": "same", "encryption": "SSE-S3" }),
        json!({ "encryption": "NONE" }),
        json!({ "auto_import": ["NEW"], "auto_export": ["CHANGED", "DELETED"] }),
    ] {
        assert_eq!(found(&linked("P2", std::slice::from_ref(&legal))), [""; 0], "{legal}");
    }
    let mut value = linked("P2", &[json!({})]);
    value["jobs"] = json!([
        { "kind": "export", "object_count": 9, "mean_object_size_mib": 1 },
        { "kind": "import", "object_count": 9 },
    ]);
    assert_eq!(found(&value), [""; 0]);
    value["backup"] = json!({ "automatic_retention_days": 0 });
    assert_eq!(found(&value), [""; 0]);
}

#[test]
fn names_that_only_begin_alike_do_not_overlap() {
    let second = json!({ "file_system_path": "/ns0b", "data_repository_path": "s3://bucket/ns0b/" });
    assert_eq!(found(&linked("P2", &[json!({}), second])), ["FSX-DRA-QUEUE"]);
    let eight: Vec<Value> = (0..8).map(|_| json!({})).collect();
    assert_eq!(found(&linked("P2", &eight)), ["FSX-DRA-QUEUE"]);
}

#[test]
fn limits_of_length() {
    let bound = |path: &str| found(&linked("P2", &[json!({ "file_system_path": path })]));
    assert_eq!(bound(&format!("/{}", "a".repeat(256))), ["FSX-DRA-PATH"]);
    assert_eq!(bound(&format!("/{}a", "a/".repeat(2048))), ["FSX-DRA-PATH"]);
    let bound = |prefix: usize| {
        let path = format!("s3://bucket/{}", "a".repeat(prefix));
        found(&linked("P2", &[json!({ "data_repository_path": path })]))
    };
    assert_eq!(bound(4345), [""; 0]);
    assert_eq!(bound(4346), ["FSX-DRA-S3-PATH"]);
    let bucket = format!("s3://{}/a", "b".repeat(64));
    assert_eq!(found(&linked("P2", &[json!({ "data_repository_path": bucket })])), ["FSX-DRA-BUCKET"]);
}

#[test]
fn a_local_zone_is_of_its_region() {
    let mut value = linked("P2", &[json!({ "bucket_region": "us-west-2" })]);
    value["region"] = json!("us-west-2-lax-1");
    assert_eq!(found(&value), [""; 0]);
    value["region"] = json!("us-west-1");
    assert_eq!(found(&value), ["FSX-DRA-REGION"]);
    value["region"] = Value::Null;
    value["file_system"]["data_repository_associations"][0]["bucket_region"] = json!("us-east-1");
    super::merge(&mut value, &json!({ "region": null }));
    assert_eq!(found(&value), [""; 0]);
}

#[test]
fn each_fault_of_a_list_is_named() {
    let spoilt = [json!({ "file_system_path": "a" }), json!({ "encryption": "SSE-KMS", "bucket_account": "other" })];
    let findings = check(&scenario(&linked("P2", &spoilt)));
    let at = |i: usize, field: &str| format!("file_system.data_repository_associations[{i}].{field}");
    let wanted = [at(0, "file_system_path"), at(1, "bucket_account"), at(1, "encryption")];
    assert_eq!(
        codes(&findings),
        [
            ("FSX-DRA-PATH", wanted[0].as_str()),
            ("FSX-DRA-ACCOUNT", &wanted[1]),
            ("FSX-DRA-KMS", &wanted[2]),
            ("FSX-DRA-QUEUE", "file_system.data_repository_associations"),
        ]
    );
}

#[test]
fn a_long_list_is_one_finding_and_quick() {
    let same: Vec<Value> =
        (0..5000).map(|_| json!({ "file_system_path": "/", "data_repository_path": "s3://same" })).collect();
    let findings = check(&scenario(&linked("P2", &same)));
    assert_eq!(codes(&findings), [("FSX-DRA-COUNT", "file_system.data_repository_associations")]);
}

#[test]
fn figures_typed_from_the_sources() {
    use crate::catalog::figures;
    assert_eq!(figures::DRA_MAX.value.to_string(), "8");
    assert_eq!(figures::DRA_PATH_MAX_CHARS.value.to_string(), "4096");
    assert_eq!(figures::DRA_REPOSITORY_PATH_MAX_CHARS.value.to_string(), "4357");
    assert_eq!(figures::S3_BUCKET_NAME_MAX_CHARS.value.to_string(), "63");
    assert_eq!(figures::S3_UPDATES_PER_MONTH.value.to_string(), "10000000");
}

#[test]
fn words_of_the_messages() {
    let spoilt = [
        linked("S1", &[json!({})]),
        linked("P2", &[json!({ "file_system_path": "ns1" })]),
        linked("P2", &[json!({}), json!({ "file_system_path": "/ns0/subdir" })]),
        linked("P2", &[json!({ "data_repository_path": "s3://My_Bucket" })]),
        linked("P2", &[json!({ "bucket_region": "eu-west-1" })]),
        linked("P2", &[json!({ "encryption": "SSE-KMS" })]),
        linked("P2", &[json!({ "auto_export": ["NEW", "CHANGED"] })]),
        linked("P2", &[json!({ "auto_import": null })]),
        linked("P2", &[json!({}), json!({})]),
        linked("P2", &[json!({ "object_count": 25_000_000 })]),
    ];
    let shown = |value: &Value| {
        let findings = check(&scenario(value));
        let [it] = findings.as_slice() else { panic!("{findings:#?}") };
        format!("{} {}: {} → {} [{}]", it.severity, it.code, it.message, it.fix, it.sources.join(" "))
    };
    insta::assert_snapshot!(spoilt.iter().map(shown).collect::<Vec<_>>().join("\n"), @r#"
    error FSX-DRA-TYPE: SCRATCH_1 has no data repository associations → remove them, or take SCRATCH_2, PERSISTENT_1 or PERSISTENT_2 [DRA API-DRA REPO]
    error FSX-DRA-PATH: a directory of the file system is given from its root, with a leading / → /ns1 [API-DRA MANUAL-LIMITS]
    error FSX-DRA-PATH-OVERLAP: this overlaps with `/ns0` of another association: a directory belongs to one only → a directory outside /ns0 [DRA API-DRA]
    error FSX-DRA-BUCKET: no bucket is named `My_Bucket`: a name has 3 to 63 lowercase letters, digits, hyphens and single dots, a letter or digit at both ends, and is no IP address → the name of a bucket there is [S3BUCKET]
    error FSX-DRA-REGION: the file system is in us-east-1; automatic import works within one Region, automatic export across Regions too → a bucket in the Region of the file system, or auto_import = [] [OVERVIEW AIMPORT]
    warning FSX-DRA-KMS: objects under a KMS key are read and written only if the policy of the key allows the service-linked role of the file system → a key policy that allows that role to encrypt and decrypt [SSE]
    warning FSX-DRA-CONFLICT: these events go both ways; a file that is changed in the file system and in the bucket at once is not kept from conflicts → one side that writes each file, or one direction [DRA]
    advice FSX-DRA-POLICY: nothing goes either way by itself: the default of API and command line; the console turns on NEW, CHANGED and DELETED both ways → auto_import or auto_export, or import and export tasks [DRA AIMPORT AEXPORT]
    advice FSX-DRA-QUEUE: one request for an association is worked on at a time, up to 8 wait: the 2 directories are linked one after the other → the one needed first at the head of the list [DRA]
    advice FSX-DRA-UPDATES: a file system takes at most 10,000,000 updates a month from its buckets, fewer than one for each of the 25,000,000 objects that are followed → fewer changes, or fewer objects that are followed [LIMITS]
    "#);
}
