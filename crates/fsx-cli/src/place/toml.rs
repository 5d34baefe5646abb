//! TOML, by its headers and keys.

use std::collections::BTreeMap;

use super::Step;

/// The line of the longest path that leads to the field.
pub(super) fn line(text: &str, steps: &[Step<'_>]) -> Option<usize> {
    let mut lists: BTreeMap<Vec<String>, usize> = BTreeMap::new();
    let mut table: Vec<String> = Vec::new();
    let mut best: Option<(usize, usize)> = None;
    let wanted: Vec<String> = steps.iter().map(ToString::to_string).collect();
    for (i, line) in text.trim_start_matches('\u{feff}').lines().enumerate() {
        let line = line.trim();
        let path = if let Some(header) = line.strip_prefix("[[").and_then(|rest| rest.split(']').next()) {
            let mut names = names(header);
            let place = lists.entry(names.clone()).and_modify(|place| *place += 1).or_insert(0);
            names.push(place.to_string());
            table = within(&lists, &names);
            table.clone()
        } else if let Some(header) = line.strip_prefix('[').and_then(|rest| rest.split(']').next()) {
            table = within(&lists, &names(header));
            table.clone()
        } else if let Some((key, _)) = line.split_once('=').filter(|_| !line.starts_with('#')) {
            table.iter().cloned().chain(names(key)).collect()
        } else {
            continue;
        };
        let leads_there = !path.is_empty() && wanted.starts_with(&path);
        if leads_there && best.is_none_or(|(length, _)| path.len() > length) {
            best = Some((path.len(), i + 1));
        }
    }
    best.map(|(_, line)| line)
}

/// The parts of a dotted key.
fn names(key: &str) -> Vec<String> {
    key.split('.').map(|name| name.trim().trim_matches(['"', '\'']).to_owned()).collect()
}

/// A path whose lists of tables are entered at their last item.
fn within(lists: &BTreeMap<Vec<String>, usize>, names: &[String]) -> Vec<String> {
    let mut path = Vec::new();
    for (i, name) in names.iter().enumerate() {
        path.push(name.clone());
        let is_named = names.get(i + 1).is_none_or(|next| next.parse::<usize>().is_err());
        if let Some(place) = names.get(..=i).and_then(|list| lists.get(list)).filter(|_| is_named) {
            path.push(place.to_string());
        }
    }
    path
}

impl std::fmt::Display for Step<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Name(name) => f.write_str(name),
            Self::Item(item) => item.fmt(f),
        }
    }
}
