//! Requests of the FSx API as JSON: under the name of each command of `aws fsx`, what its `--cli-input-json` takes.

use serde_json::Value;

use super::{Artefact, Design, PLACEHOLDER_FILE_SYSTEM};
use crate::exchange::settings::{Tool, write_association};
use crate::exchange::tree::Tree;
use crate::finding::Error;

/// The command that makes a file system.
pub(in crate::exchange) const CREATE: &str = "create-file-system";
/// The command that makes an association.
pub(in crate::exchange) const ASSOCIATE: &str = "create-data-repository-association";

pub(super) fn write(design: &Design<'_>) -> Result<Artefact, Error> {
    let begin = Tree::table([("FileSystemType", Tree::text("LUSTRE"))]);
    let (request, left_out) = design.settings(Tool::AwsApi, begin);
    let mut document = Tree::table([(CREATE, request)]);
    let id = design.file_system_id().unwrap_or(PLACEHOLDER_FILE_SYSTEM);
    let associations: Vec<Tree> = design.associations().iter().map(|link| association(id, link)).collect();
    if !associations.is_empty() {
        document.put(ASSOCIATE, Tree::List(associations));
    }
    let mut findings = design.left_out(&left_out, "the API", "");
    findings.extend(design.remarks("create-file-system"));
    Ok(Artefact { text: document.to_json(), findings })
}

/// The request for an association of the file system.
pub(super) fn association(id: &str, link: &Value) -> Tree {
    let mut request = Tree::table([("FileSystemId", Tree::text(id))]);
    write_association(Tool::AwsApi, link, &mut request);
    request
}
