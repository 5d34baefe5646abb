//! A CloudFormation template.

use super::{Artefact, Design};
use crate::catalog::terms::DeploymentType;
use crate::exchange::settings::{Tool, write_association};
use crate::exchange::tree::Tree;
use crate::finding::Error;

/// Logical id of the file system.
const FILE_SYSTEM: &str = "FileSystem";

pub(super) fn write(design: &Design<'_>) -> Result<Artefact, Error> {
    let begin = Tree::table([("FileSystemType", Tree::text("LUSTRE"))]);
    let (properties, left_out) = design.settings(Tool::Cloudformation, begin);
    let mut file_system = Tree::table([("Type", Tree::text("AWS::FSx::FileSystem"))]);
    // what outlives a server should outlive its stack
    let policy = if is_persistent(design) { "Retain" } else { "Delete" };
    file_system.put("DeletionPolicy", Tree::text(policy));
    file_system.put("UpdateReplacePolicy", Tree::text(policy));
    file_system.put("Properties", properties);
    let mut resources = Tree::table([(FILE_SYSTEM, file_system)]);
    for (i, association) in design.associations().iter().enumerate() {
        let mut properties = Tree::table([("FileSystemId", reference())]);
        write_association(Tool::Cloudformation, association, &mut properties);
        let resource =
            Tree::table([("Type", Tree::text("AWS::FSx::DataRepositoryAssociation")), ("Properties", properties)]);
        resources.put(&format!("Association{}", i + 1), resource);
    }
    let output = |value| Tree::table([("Value", value)]);
    let template = Tree::table([
        ("AWSTemplateFormatVersion", Tree::text("2010-09-09")),
        ("Description", Tree::text(design.title())),
        ("Resources", resources),
        (
            "Outputs",
            Tree::table([
                ("FileSystemId", output(reference())),
                ("DnsName", output(attribute("DNSName"))),
                ("MountName", output(attribute("LustreMountName"))),
            ]),
        ),
    ]);
    let mut findings = design.left_out(&left_out, "CloudFormation", "`aws fsx update-file-system` after it is made");
    findings.extend(design.remarks("the template"));
    Ok(Artefact { text: template.to_yaml(), findings })
}

fn is_persistent(design: &Design<'_>) -> bool {
    let kind = design.scenario.file_system.deployment_type;
    !matches!(kind, DeploymentType::Scratch1 | DeploymentType::Scratch2)
}

fn reference() -> Tree {
    Tree::table([("Ref", Tree::text(FILE_SYSTEM))])
}

fn attribute(name: &str) -> Tree {
    Tree::table([("Fn::GetAtt", Tree::List(vec![Tree::text(FILE_SYSTEM), Tree::text(name)]))])
}
