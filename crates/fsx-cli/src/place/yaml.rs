//! YAML, by its indentation. What is written in brackets on one line is found on that line.

use std::ops::Range;

use super::Step;

/// The line of the last step that is found.
pub(super) fn line(text: &str, steps: &[Step<'_>]) -> Option<usize> {
    let lines = Lines(text.trim_start_matches('\u{feff}').lines().collect());
    let documents = lines.documents();
    let (mut block, mut found, mut steps) = (documents.first()?.clone(), None, steps);
    if let (Some((Step::Item(item), rest)), true) = (steps.split_first(), documents.len() > 1) {
        block = documents.get(*item)?.clone();
        (found, steps) = (lines.first(&block), rest);
    }
    for step in steps {
        let entered = match step {
            Step::Name(name) => {
                lines.member(block.clone(), name).or_else(|| lines.member(lines.item(&block, 0)?, name))
            }
            Step::Item(item) => lines.item(&block, *item).map(|item| (item.start, item)),
        };
        let Some((place, inner)) = entered else { break };
        (found, block) = (Some(place), inner);
    }
    found.map(|line| line + 1)
}

/// The lines of a text; a block is a range of them.
struct Lines<'a>(Vec<&'a str>);

impl<'a> Lines<'a> {
    /// Indentation and content of a line; `None` if it says nothing.
    fn content(&self, line: usize) -> Option<(usize, &'a str)> {
        let line = self.0.get(line)?;
        let content = line.trim_start_matches(' ');
        let is_empty = content.trim().is_empty() || content.starts_with('#');
        (!is_empty).then_some((line.len() - content.len(), content))
    }

    /// The first line of a block that says something.
    fn first(&self, block: &Range<usize>) -> Option<usize> {
        block.clone().find(|line| self.content(*line).is_some())
    }

    /// The blocks between the lines of three dashes that hold something.
    fn documents(&self) -> Vec<Range<usize>> {
        let is_mark = |line: &&str| line.starts_with("---");
        let marks = self.0.iter().enumerate().filter(|(_, line)| is_mark(line)).map(|(i, _)| i);
        let ends: Vec<usize> = marks.chain([self.0.len()]).collect();
        let starts = std::iter::once(0).chain(ends.iter().map(|end| end + 1));
        let blocks = starts.zip(ends.iter().copied()).map(|(start, end)| start..end);
        blocks.filter(|block| self.first(block).is_some()).collect()
    }

    /// The line of a field and the block of its value.
    fn member(&self, block: Range<usize>, name: &str) -> Option<(usize, Range<usize>)> {
        let first = self.first(&block)?;
        let (column, content) = self.content(first)?;
        let inner = content.trim_start_matches(['-', ' ']);
        if inner.is_empty() {
            // a dash alone, and the table below it
            return self.member(first + 1..block.end, name);
        }
        let column = if content.starts_with("- ") { column + content.len() - inner.len() } else { column };
        let rest = (first + 1..block.end).filter_map(|line| Some((line, self.content(line)?)));
        let of_table = rest.filter(|(_, (indent, _))| *indent == column).map(|(line, (_, content))| (line, content));
        let is_it = |(_, content): &(usize, &str)| is_key(content, name);
        let (line, _) = std::iter::once((first, inner)).chain(of_table).find(is_it)?;
        let is_beyond = |line: &usize| {
            self.content(*line)
                .is_some_and(|(indent, content)| indent < column || (indent == column && !content.starts_with('-')))
        };
        let end = (line + 1..block.end).find(is_beyond).unwrap_or(block.end);
        Some((line, line + 1..end))
    }

    /// The block of an item of a list.
    fn item(&self, block: &Range<usize>, item: usize) -> Option<Range<usize>> {
        let (column, _) = self.content(self.first(block)?).filter(|(_, content)| content.starts_with('-'))?;
        let is_item =
            |line: &usize| self.content(*line).is_some_and(|(indent, it)| indent == column && it.starts_with('-'));
        let mut items = block.clone().filter(is_item).skip(item);
        let start = items.next()?;
        Some(start..items.next().unwrap_or(block.end))
    }
}

/// Whether a line begins with a key of this name.
fn is_key(content: &str, name: &str) -> bool {
    let quote = content.chars().next().filter(|letter| matches!(letter, '"' | '\''));
    let rest = match quote {
        None => content.strip_prefix(name),
        Some(quote) => content.get(1..).and_then(|it| it.strip_prefix(name)?.strip_prefix(quote)),
    };
    rest.is_some_and(|rest| {
        rest.trim_start().strip_prefix(':').is_some_and(|it| it.is_empty() || it.starts_with([' ', '\t']))
    })
}
