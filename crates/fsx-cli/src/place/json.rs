//! JSON, by its brackets and strings.

use super::Step;

/// The line of the last step that is found.
pub(super) fn line(text: &str, steps: &[Step<'_>]) -> Option<usize> {
    let mut at = Cursor { bytes: text.trim_start_matches('\u{feff}').as_bytes(), at: 0 };
    let mut found = None;
    for step in steps {
        at.space();
        let entered = match step {
            Step::Name(name) => at.enter_first_item().and_then(|()| at.member(name)),
            Step::Item(_) if at.peek() != Some(b'[') => continue,
            Step::Item(item) => at.item(*item),
        };
        let Some(place) = entered else { break };
        found = Some(place);
    }
    let before = at.bytes.get(..found?)?;
    Some(1 + before.iter().filter(|byte| **byte == b'\n').count())
}

/// A place before a value.
struct Cursor<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Cursor<'_> {
    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn space(&mut self) {
        while self.peek().is_some_and(|byte| byte.is_ascii_whitespace() || byte == b',' || byte == b':') {
            self.at += 1;
        }
    }

    /// Goes into a list, which some tools write where there can be one thing.
    fn enter_first_item(&mut self) -> Option<()> {
        if self.peek() == Some(b'[') {
            self.item(0)?;
        }
        Some(())
    }

    /// Goes to the value of a field; returns where its name stands.
    fn member(&mut self, name: &str) -> Option<usize> {
        self.open(b'{')?;
        while self.peek()? == b'"' {
            let start = self.at;
            self.skip()?;
            let is_it = self.bytes.get(start + 1..self.at - 1)? == name.as_bytes();
            self.space();
            if is_it {
                return Some(start);
            }
            self.skip()?;
            self.space();
        }
        None
    }

    /// Goes to an item of a list; returns where it stands.
    fn item(&mut self, item: usize) -> Option<usize> {
        self.open(b'[')?;
        for _ in 0..item {
            self.skip()?;
            self.space();
        }
        (self.peek()? != b']').then_some(self.at)
    }

    fn open(&mut self, bracket: u8) -> Option<()> {
        self.space();
        (self.peek()? == bracket).then_some(())?;
        self.at += 1;
        self.space();
        Some(())
    }

    /// Goes behind a value.
    fn skip(&mut self) -> Option<()> {
        let mut depth = 0_usize;
        loop {
            match self.peek()? {
                b'"' => self.skip_string()?,
                b'{' | b'[' => {
                    depth += 1;
                    self.at += 1;
                }
                b'}' | b']' => {
                    depth = depth.checked_sub(1)?;
                    self.at += 1;
                }
                _ => self.at += 1,
            }
            let ends = || {
                self.peek().is_none_or(|byte| matches!(byte, b',' | b':' | b'}' | b']') || byte.is_ascii_whitespace())
            };
            if depth == 0 && ends() {
                return Some(());
            }
        }
    }

    fn skip_string(&mut self) -> Option<()> {
        self.at += 1;
        loop {
            let byte = self.peek()?;
            self.at += if byte == b'\\' { 2 } else { 1 };
            if byte == b'"' {
                return Some(());
            }
        }
    }
}
