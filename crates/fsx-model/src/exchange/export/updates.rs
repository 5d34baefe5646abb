//! What leads from a file system that exists to a design: requests of `update-file-system`, in the order in which the
//! service takes them, or why there is no way.

use serde_json::Value;

use super::aws_cli::{ASSOCIATE, association};
use super::{Artefact, Design, PLACEHOLDER_FILE_SYSTEM};
use crate::catalog::Setting;
use crate::design;
use crate::exchange::settings::{Tool, of_file_system, write};
use crate::exchange::tree::Tree;
use crate::finding::{Error, Finding, Severity};
use crate::scenario::{FileSystem, Scenario};
use crate::updates::{Change, Update, data_of, route, updates};

/// The command that changes a file system.
const UPDATE: &str = "update-file-system";

pub(super) fn write_updates(design: &Design<'_>, current: &FileSystem) -> Result<Artefact, Error> {
    let there = Scenario { file_system: current.clone(), ..design.scenario.clone() };
    let steps = route(current, &design.scenario.file_system).map_err(Error::refused)?;
    let updates = updates(&there, steps, data_of(&there), &design::assumptions(&there), |_| None);
    let id = design.file_system_id().unwrap_or(PLACEHOLDER_FILE_SYSTEM);
    let (mut requests, mut findings) = (Vec::new(), Vec::new());
    // how files are laid out is for clients to set
    for update in updates.iter().filter(|update| update.change != Change::Layout) {
        let after = Scenario { file_system: update.file_system.clone(), ..design.scenario.clone() };
        let fields = |it: &&Setting| update.change.fields().contains(&it.field);
        let mut request = Tree::table([("FileSystemId", Tree::text(id))]);
        write(Tool::AwsApi, of_file_system().filter(fields), &Design::of(&after).tree, &mut request);
        requests.push(request);
        findings.push(step(requests.len(), update));
    }
    let mut document = Tree::table([(UPDATE, Tree::List(requests))]);
    let there = Design::of(&there);
    let new = |link: &&Value| !there.associations().iter().any(|other| same_directory(link, other));
    let links: Vec<Tree> = design.associations().iter().filter(new).map(|link| association(id, link)).collect();
    if !links.is_empty() {
        document.put(ASSOCIATE, Tree::List(links));
    }
    findings.extend(links_left_alone(design, &there));
    Ok(Artefact { text: document.to_json(), findings })
}

/// What to know of request `i`.
fn step(i: usize, update: &Update) -> Finding {
    let after = if i > 1 { "; to be sent when the one before is done" } else { "" };
    let first = update.fields.first();
    Finding {
        code: "FSX-UPDATE-STEP",
        severity: Severity::Advice,
        field: first.map(|it| it.field.to_owned()).unwrap_or_default(),
        value: first.map(|it| it.to.clone()).unwrap_or_default(),
        message: format!("request {i}: {}{after}{}", update.note, waits(update)),
        fix: String::new(),
        sources: update.sources.clone(),
    }
}

/// How long one has to wait before a request, where that is long.
fn waits(update: &Update) -> String {
    let hours = update.wait_s.mid / 3600.0;
    if hours >= 0.5 { format!(", and no sooner than {hours:.1} h after it") } else { String::new() }
}

fn same_directory(a: &Value, b: &Value) -> bool {
    a.get("file_system_path") == b.get("file_system_path")
}

/// Links that are to go or to change: what becomes of their files is not for an export to decide.
fn links_left_alone(design: &Design<'_>, there: &Design<'_>) -> Vec<Finding> {
    let kept = |link: &Value| design.associations().iter().find(|other| same_directory(link, other));
    let other = there.associations().iter().filter(|link| kept(link) != Some(*link));
    let finding = |link: &Value| Finding {
        code: "FSX-UPDATE-ASSOCIATION",
        severity: Severity::Warning,
        field: "file_system.data_repository_associations".to_owned(),
        value: link.get("file_system_path").map(super::shown).unwrap_or_default(),
        message: "this association is another one or none in the design; no request is written for that".to_owned(),
        fix: "`aws fsx update-data-repository-association` or `delete-data-repository-association`".to_owned(),
        sources: vec!["DRA"],
    };
    other.map(finding).collect()
}
