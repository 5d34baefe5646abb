//! Differences between two texts, line by line.

/// Lines shown around a difference.
const CONTEXT: usize = 2;
/// Differences are cut off after this many lines.
const MOST: usize = 200;
/// Above this many pairs of lines the changed stretch is shown as a whole.
const MOST_PAIRS: usize = 4_000_000;

/// What became of a line.
#[derive(Clone, Copy, PartialEq)]
enum Change {
    Same,
    Gone,
    New,
}

/// The lines that differ, in the manner of `diff -u`; empty if none do.
pub(crate) fn unified(name: &str, old: &str, new: &str) -> String {
    if old == new {
        return String::new();
    }
    let (old, new): (Vec<_>, Vec<_>) = (old.lines().collect(), new.lines().collect());
    let changes = changes(&old, &new);
    let mut out = format!("--- {name}\n+++ {name} (generated)\n");
    let (mut shown, mut last) = (0, None);
    for (place, (change, line)) in changes.iter().enumerate() {
        let from = place.saturating_sub(CONTEXT);
        let near = changes.get(from..changes.len().min(place + CONTEXT + 1)).unwrap_or(&[]);
        if near.iter().all(|(change, _)| *change == Change::Same) {
            continue;
        }
        if shown == MOST {
            out.push_str("… more\n");
            break;
        }
        if last != place.checked_sub(1) {
            out.push_str("@@\n");
        }
        let sign = match change {
            Change::Same => ' ',
            Change::Gone => '-',
            Change::New => '+',
        };
        let line: String = line.chars().take(200).collect();
        out.push_str(&format!("{sign}{line}\n"));
        last = Some(place);
        shown += 1;
    }
    if shown == 0 {
        out.push_str("only the end of the last line differs\n");
    }
    out
}

fn changes<'a>(old: &[&'a str], new: &[&'a str]) -> Vec<(Change, &'a str)> {
    let head = old.iter().zip(new).take_while(|(left, right)| left == right).count();
    let (old_rest, new_rest) = (old.get(head..).unwrap_or(&[]), new.get(head..).unwrap_or(&[]));
    let ends = old_rest.iter().rev().zip(new_rest.iter().rev());
    let tail = ends.take_while(|(left, right)| left == right).count();
    let gone = old_rest.get(..old_rest.len() - tail).unwrap_or(&[]);
    let added = new_rest.get(..new_rest.len() - tail).unwrap_or(&[]);
    let same = |line: &&'a str| (Change::Same, *line);
    let mut out: Vec<_> = old.iter().take(head).map(same).collect();
    if gone.len().saturating_mul(added.len()) <= MOST_PAIRS {
        out.extend(middle(gone, added));
    } else {
        out.extend(gone.iter().map(|line| (Change::Gone, *line)));
        out.extend(added.iter().map(|line| (Change::New, *line)));
    }
    out.extend(old.iter().skip(old.len() - tail).map(same));
    out
}

/// Changes along a longest common subsequence.
fn middle<'a>(old: &[&'a str], new: &[&'a str]) -> Vec<(Change, &'a str)> {
    let width = new.len() + 1;
    let mut lengths = vec![0_u32; (old.len() + 1) * width];
    let at = |lengths: &[u32], i: usize, j: usize| lengths.get(i * width + j).copied().unwrap_or(0);
    for (i, left) in old.iter().enumerate().rev() {
        for (j, right) in new.iter().enumerate().rev() {
            let best = if left == right {
                at(&lengths, i + 1, j + 1) + 1
            } else {
                at(&lengths, i + 1, j).max(at(&lengths, i, j + 1))
            };
            if let Some(length) = lengths.get_mut(i * width + j) {
                *length = best;
            }
        }
    }
    let (mut i, mut j) = (0, 0);
    let mut out = Vec::new();
    loop {
        match (old.get(i), new.get(j)) {
            (Some(left), Some(right)) if left == right => {
                out.push((Change::Same, *left));
                (i, j) = (i + 1, j + 1);
            }
            (Some(left), right) if right.is_none() || at(&lengths, i + 1, j) >= at(&lengths, i, j + 1) => {
                out.push((Change::Gone, *left));
                i += 1;
            }
            (_, Some(right)) => {
                out.push((Change::New, *right));
                j += 1;
            }
            _ => return out,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::unified;

    #[test]
    fn equal_texts_have_no_difference() {
        assert_eq!(unified("file", "a\nb\n", "a\nb\n"), "");
    }

    #[test]
    fn a_changed_line_is_shown_with_its_neighbours() {
        let old = "1\n2\n3\n4\n5\n6\n7\n8\n";
        let new = "1\n2\n3\nfour\n5\n6\n7\n8\n9\n";
        let expected = "--- file\n+++ file (generated)\n@@\n 2\n 3\n-4\n+four\n 5\n 6\n 7\n 8\n+9\n";
        assert_eq!(unified("file", old, new), expected);
    }
}
