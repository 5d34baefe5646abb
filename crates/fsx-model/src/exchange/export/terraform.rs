//! Terraform resources of the AWS provider.

use super::{Artefact, Design, hcl};
use crate::exchange::settings::{Tool, write_association};
use crate::exchange::tree::Tree;
use crate::finding::Error;

/// Arguments that are maps, not blocks.
const MAPS: &[&str] = &["tags"];

pub(super) fn write(design: &Design<'_>) -> Result<Artefact, Error> {
    let (arguments, left_out) = design.settings(Tool::Terraform, Tree::Table(Vec::new()));
    let mut text = format!("# {}, {}\n", design.title(), design.scenario.region());
    text += &resource("aws_fsx_lustre_file_system", "this", &arguments);
    for (i, association) in design.associations().iter().enumerate() {
        let id = Tree::Reference("aws_fsx_lustre_file_system.this.id".to_owned());
        let mut arguments = Tree::table([("file_system_id", id)]);
        write_association(Tool::Terraform, association, &mut arguments);
        text += "\n";
        text += &resource("aws_fsx_data_repository_association", &format!("link_{}", i + 1), &arguments);
    }
    let mut findings = design.left_out(&left_out, "Terraform", "");
    findings.extend(design.remarks("Terraform"));
    Ok(Artefact { text, findings })
}

fn resource(kind: &str, name: &str, arguments: &Tree) -> String {
    let Tree::Table(arguments) = arguments else { return String::new() };
    hcl::block(&format!("resource \"{kind}\" \"{name}\""), arguments, MAPS, 0)
}
