//! Styled text that knows how wide it is, and a page that wraps it.

use std::fmt::Write;

use anstyle::Style;
use unicode_width::UnicodeWidthStr;

use super::style::{BOLD, DIM, PLAIN};

/// A space that does not wrap, for a number and its unit.
pub(crate) const GLUE: char = '\u{a0}';

/// A place where a word may break.
const SOFT: char = '\u{200b}';

/// Pieces of text, each with a style.
#[derive(Clone, Debug, Default)]
pub(crate) struct Text(Vec<(Style, String)>);

impl Text {
    pub(crate) const fn new() -> Self {
        Self(Vec::new())
    }

    /// Adds a piece. Characters that would move the cursor or recolour the terminal are replaced.
    #[must_use]
    pub(crate) fn push(mut self, style: Style, text: &str) -> Self {
        self.0.push((style, clean(text)));
        self
    }

    #[must_use]
    pub(crate) fn plain(self, text: &str) -> Self {
        self.push(PLAIN, text)
    }

    #[must_use]
    pub(crate) fn bold(self, text: &str) -> Self {
        self.push(BOLD, text)
    }

    #[must_use]
    pub(crate) fn dim(self, text: &str) -> Self {
        self.push(DIM, text)
    }

    #[must_use]
    pub(crate) fn and(mut self, other: Self) -> Self {
        self.0.extend(other.0);
        self
    }

    /// Columns it takes on one line.
    pub(crate) fn width(&self) -> usize {
        self.0.iter().map(|(_, text)| text.width()).sum()
    }

    /// Adds the name of a field or a value, which may break after underscores and points before a part of some length.
    #[must_use]
    pub(crate) fn breakable(mut self, style: Style, text: &str) -> Self {
        const WORTH_A_LINE: usize = 4;
        let text = clean(text);
        let mut out = String::new();
        for part in text.split_inclusive(['_', '.', ' ']) {
            let letters = part.chars().take_while(|letter| letter.is_alphabetic()).count();
            if letters >= WORTH_A_LINE && out.ends_with(['_', '.']) {
                out.push(SOFT);
            }
            out.push_str(part);
        }
        self.0.push((style, out));
        self
    }

    /// Lines of at most `width` columns, broken between words; at least one.
    pub(crate) fn lines(&self, width: usize) -> Vec<Self> {
        let mut lines = vec![Self::new()];
        for word in self.words() {
            for (i, chunk) in word.chunks().into_iter().flat_map(|chunk| chunk.cut(width.max(1))).enumerate() {
                let gap = usize::from(i == 0);
                match lines.last_mut() {
                    Some(line) if line.0.is_empty() => *line = chunk,
                    Some(line) if line.width() + gap + chunk.width() <= width => {
                        *line = std::mem::take(line).plain(&" ".repeat(gap)).and(chunk);
                    }
                    _ => lines.push(chunk),
                }
            }
        }
        lines
    }

    /// Columns of its widest part that does not break.
    pub(crate) fn widest_part(&self) -> usize {
        self.words().iter().flat_map(Self::chunks).map(|chunk| chunk.width()).max().unwrap_or(0)
    }

    /// The parts of a word between places where it may break.
    fn chunks(&self) -> Vec<Self> {
        let mut chunks = vec![Self::new()];
        for (style, text) in &self.0 {
            for (i, piece) in text.split(SOFT).enumerate() {
                if i > 0 {
                    chunks.push(Self::new());
                }
                if let (Some(chunk), false) = (chunks.last_mut(), piece.is_empty()) {
                    chunk.0.push((*style, piece.to_owned()));
                }
            }
        }
        chunks
    }

    /// Pieces between spaces.
    fn words(&self) -> Vec<Self> {
        let mut words = vec![Self::new()];
        for (style, text) in &self.0 {
            for (i, piece) in text.split(' ').enumerate() {
                if i > 0 {
                    words.push(Self::new());
                }
                if let (Some(word), false) = (words.last_mut(), piece.is_empty()) {
                    word.0.push((*style, piece.to_owned()));
                }
            }
        }
        words.retain(|word| !word.0.is_empty());
        words
    }

    /// Cuts a word that is wider than a line, unless it is an address, which must stay whole.
    fn cut(self, most: usize) -> Vec<Self> {
        let whole: String = self.0.iter().map(|(_, text)| text.as_str()).collect();
        if self.width() <= most || whole.contains("://") {
            return vec![self];
        }
        let mut parts = vec![Self::new()];
        let mut used = 0;
        for (style, text) in self.0 {
            for letter in text.chars() {
                let wide = unicode_width::UnicodeWidthChar::width(letter).unwrap_or(0);
                if used + wide > most {
                    parts.push(Self::new());
                    used = 0;
                }
                used += wide;
                if let Some(part) = parts.last_mut() {
                    part.0.push((style, letter.to_string()));
                }
            }
        }
        parts
    }
}

/// Text without control characters, line breaks and marks that reorder what follows.
pub(crate) fn clean(text: &str) -> String {
    let safe = |letter: char| match letter {
        '\n' | '\t' => ' ',
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200b}' | '\u{feff}' => '\u{fffd}',
        _ if letter.is_control() => '\u{fffd}',
        _ => letter,
    };
    text.chars().map(safe).collect()
}

/// Widest that running text gets, for the eye's sake.
const WIDEST_PROSE: usize = 100;

/// Lines of a given width.
#[derive(Debug)]
pub(crate) struct Page {
    width: usize,
    text: String,
}

impl Page {
    pub(crate) const fn new(width: usize) -> Self {
        Self { width, text: String::new() }
    }

    pub(crate) const fn width(&self) -> usize {
        self.width
    }

    pub(crate) fn into_text(self) -> String {
        self.text
    }

    /// An empty line, unless there is one or nothing above.
    pub(crate) fn gap(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with("\n\n") {
            self.text.push('\n');
        }
    }

    /// One line as it is.
    pub(crate) fn line(&mut self, text: &Text) {
        let start = self.text.len();
        for (style, piece) in text.0.iter().filter(|(_, piece)| !piece.is_empty()) {
            let piece = piece.replace(GLUE, " ").replace(SOFT, "");
            // Writing to a String cannot fail.
            let _ = write!(self.text, "{style}{piece}{style:#}");
        }
        let end = self.text.get(start..).map_or(start, |line| start + line.trim_end_matches(' ').len());
        self.text.truncate(end);
        self.text.push('\n');
    }

    /// Text wrapped between words: the first line indented by `first`, the others by `rest`.
    pub(crate) fn flow(&mut self, first: usize, rest: usize, text: &Text) {
        let width = self.width.min(WIDEST_PROSE);
        let narrowest = width.saturating_sub(first.max(rest)).max(1);
        let words = text.words().into_iter().flat_map(|word| word.cut(narrowest));
        self.wrapped(width, [first, rest], &Text::new().plain(" "), words);
    }

    /// Items with a dot between them, wrapped between items.
    pub(crate) fn items(&mut self, first: usize, rest: usize, items: Vec<Text>) {
        let most = self.width.saturating_sub(rest);
        if items.iter().any(|item| item.width() > most) {
            let joined = items.into_iter().reduce(|all, item| all.dim(" · ").and(item));
            return self.flow(first, rest, &joined.unwrap_or_default());
        }
        self.wrapped(self.width, [first, rest], &Text::new().dim(" · "), items.into_iter());
    }

    fn wrapped(&mut self, width: usize, [first, rest]: [usize; 2], between: &Text, parts: impl Iterator<Item = Text>) {
        let indent = |columns: usize| Text::new().plain(&" ".repeat(columns));
        let mut line = indent(first);
        let mut empty = true;
        for part in parts {
            if !empty && line.width() + between.width() + part.width() > width {
                self.line(&std::mem::replace(&mut line, indent(rest)));
                empty = true;
            }
            line = if empty { line.and(part) } else { line.and(between.clone()).and(part) };
            empty = false;
        }
        if !empty {
            self.line(&line);
        }
    }

    /// Text that is already in lines, such as a table.
    pub(crate) fn raw(&mut self, style: Style, text: &str) {
        for line in text.lines() {
            let _ = writeln!(self.text, "{style}{}{style:#}", line.trim_end());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &Text, width: usize) -> Vec<String> {
        let mut page = Page::new(width);
        text.lines(width).iter().for_each(|line| page.line(line));
        page.into_text().lines().map(str::to_owned).collect()
    }

    #[test]
    fn lines_break_between_words() {
        let text = Text::new().plain("one two").plain("s three");
        assert_eq!(lines(&text, 8), ["one twos", "three"]);
        assert_eq!(lines(&text, 3), ["one", "two", "s", "thr", "ee"]);
        assert_eq!(text.widest_part(), 5);
        assert_eq!(Text::new().lines(8).len(), 1);
    }

    #[test]
    fn names_break_after_underscores_and_points() {
        assert_eq!(lines(&Text::new().breakable(PLAIN, "capacity_mb_per_s"), 8), ["capacity", "_mb_per_", "s"]);
        let text = Text::new().breakable(PLAIN, "file_system.fill c6in.16xlarge");
        assert_eq!(lines(&text, 12), ["file_system.", "fill", "c6in.16xlarg", "e"]);
        assert_eq!(lines(&text, 40), ["file_system.fill c6in.16xlarge"]);
        assert_eq!(text.widest_part(), 13);
    }
}
