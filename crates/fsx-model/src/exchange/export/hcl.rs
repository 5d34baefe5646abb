//! Blocks of HCL, laid out as `terraform fmt` does.

use crate::exchange::tree::Tree;

/// A block: its head, and a body whose tables are blocks in it, but for those named as maps.
pub(super) fn block(head: &str, body: &[(String, Tree)], maps: &[&str], indent: usize) -> String {
    let margin = " ".repeat(indent);
    let mut text = format!("{margin}{head} {{\n");
    let is_block = |name: &str, value: &Tree| matches!(value, Tree::Table(_)) && !maps.contains(&name);
    // attributes that follow each other line by line are aligned, and one that spans lines stands alone
    let mut run: Vec<(&str, String)> = Vec::new();
    for (name, value) in body.iter().filter(|(name, value)| !is_block(name, value)) {
        let written = expression(value, indent + 2);
        if written.contains('\n') {
            text += &aligned(&run, indent + 2);
            run.clear();
            text += &format!("{margin}  {name} = {written}\n");
        } else {
            run.push((name, written));
        }
    }
    text += &aligned(&run, indent + 2);
    for (name, value) in body {
        if let Tree::Table(fields) = value
            && is_block(name, value)
        {
            if !text.ends_with("{\n") {
                text += "\n";
            }
            text += &block(name, fields, maps, indent + 2);
        }
    }
    text + &margin + "}\n"
}

/// Lines of attributes with their signs below each other.
fn aligned(attributes: &[(&str, String)], indent: usize) -> String {
    let width = attributes.iter().map(|(name, _)| name.len()).max().unwrap_or(0);
    let margin = " ".repeat(indent);
    attributes.iter().map(|(name, value)| format!("{margin}{name:width$} = {value}\n")).collect()
}

fn expression(value: &Tree, indent: usize) -> String {
    match value {
        Tree::Text(text) => quoted(text),
        Tree::Whole(whole) => whole.to_string(),
        Tree::Flag(flag) => flag.to_string(),
        Tree::Reference(reference) => reference.clone(),
        Tree::List(items) => {
            format!("[{}]", items.iter().map(|item| expression(item, indent)).collect::<Vec<_>>().join(", "))
        }
        Tree::Table(fields) => {
            let entries: Vec<(String, String)> =
                fields.iter().map(|(name, value)| (quoted(name), expression(value, indent + 2))).collect();
            let entries: Vec<(&str, String)> =
                entries.iter().map(|(name, value)| (name.as_str(), value.clone())).collect();
            format!("{{\n{}{}}}", aligned(&entries, indent + 2), " ".repeat(indent))
        }
    }
}

/// A text in quotes, in which nothing is a template.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for character in text.chars() {
        match character {
            '"' => out += "\\\"",
            '\\' => out += "\\\\",
            '\n' => out += "\\n",
            '\r' => out += "\\r",
            '\t' => out += "\\t",
            other => out.push(other),
        }
    }
    out.replace("${", "$${").replace("%{", "%%{") + "\""
}
