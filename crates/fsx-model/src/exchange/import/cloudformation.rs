//! CloudFormation templates, YAML or JSON.

use serde_json::{Map, Value};

use crate::exchange::draft::Found;
use crate::exchange::settings::{Tool, read_association, read_file_system};
use crate::exchange::tree::{At, documents, not_understood};
use crate::finding::Error;

pub(super) fn read(text: &str) -> Result<Vec<Found>, Error> {
    let documents = documents(text)?;
    let Some(template) = documents.first().filter(|it| it.get("Resources").is_some_and(Value::is_object)) else {
        return Err(not_understood("", "a template has a table of `Resources`"));
    };
    let template = resolved(template, template);
    let root = At::root(&template);
    let resources = root.get("Resources").map(|at| at.fields()).unwrap_or_default();
    let of_type = |kind: &'static str| {
        let resources = resources.iter().filter(move |(_, at)| at.text("Type") == Some(kind));
        resources.filter_map(|(name, at)| Some((*name, at.get("Properties")?)))
    };
    let associations: Vec<_> = of_type("AWS::FSx::DataRepositoryAssociation").collect();
    let mut found = Vec::new();
    for (name, at) in of_type("AWS::FSx::FileSystem").filter(|(_, at)| at.text("FileSystemType") == Some("LUSTRE")) {
        let mut system = Found::new(name);
        let read = read_file_system(Tool::Cloudformation, &at, &mut system);
        system.not_carried(&at, &read, &["FileSystemType", "LustreConfiguration"]);
        if let Some(configuration) = at.get("LustreConfiguration") {
            let inner: Vec<&str> = read.iter().filter_map(|name| name.strip_prefix("LustreConfiguration.")).collect();
            system.not_carried(&configuration, &inner, &[]);
        }
        system.set_default("file_system.deployment_type", "SCRATCH_1", "CloudFormation then makes", "CFN-FSX");
        system.set_api_version();
        let of_it = |at: &At<'_>| at.text("FileSystemId.Ref").is_none_or(|of| of == name);
        for (i, (_, at)) in associations.iter().filter(|(_, at)| of_it(at)).enumerate() {
            let read = read_association(Tool::Cloudformation, at, i, &mut system);
            system.not_carried(at, &read, &["FileSystemId", "Tags", "S3"]);
        }
        found.push(system.settled());
    }
    Ok(found)
}

/// The same with parameters that have a default and entries of mappings in place of the functions that name them.
fn resolved(value: &Value, template: &Value) -> Value {
    match value {
        Value::Object(table) => known(table, template).unwrap_or_else(|| {
            Value::Object(table.iter().map(|(name, it)| (name.clone(), resolved(it, template))).collect())
        }),
        Value::Array(list) => Value::Array(list.iter().map(|it| resolved(it, template)).collect()),
        other => other.clone(),
    }
}

fn known(table: &Map<String, Value>, template: &Value) -> Option<Value> {
    let (function, argument) = table.iter().next().filter(|_| table.len() == 1)?;
    match (function.as_str(), argument) {
        ("Ref", Value::String(name)) => template.get("Parameters")?.get(name)?.get("Default").cloned(),
        ("Fn::Sub", Value::String(text)) if !text.contains("${") => Some(argument.clone()),
        ("Fn::FindInMap", Value::Array(path)) => {
            let steps: Option<Vec<&str>> = path.iter().map(Value::as_str).collect();
            steps?.into_iter().try_fold(template.get("Mappings")?, |at, step| at.get(step)).cloned()
        }
        _ => None,
    }
}
