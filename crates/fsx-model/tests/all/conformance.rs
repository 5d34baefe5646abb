//! The vectors of `conformance/`: every call gives the answer that stands there, bit for bit.

use std::fs;
use std::path::Path;

use serde_json::Value;

#[test]
fn every_vector_is_repeated() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../conformance/vectors");
    let mut cases = 0;
    for entry in fs::read_dir(&folder).unwrap() {
        let path = entry.unwrap().path();
        let vectors: Vec<Value> = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
        for vector in &vectors {
            let (name, input) = (vector["call"].as_str().unwrap(), vector["input"].as_str().unwrap());
            let output: Value = serde_json::from_str(&fsx_model::api::call(name, input)).unwrap();
            assert_eq!(output, vector["output"], "{}: {name} {input}", path.display());
            cases += 1;
        }
    }
    assert!(cases >= 40, "only {cases} vectors in {}", folder.display());
}
