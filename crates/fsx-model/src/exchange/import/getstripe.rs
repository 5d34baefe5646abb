//! Layouts as `lfs getstripe` prints them, plain, with `-v` or with `-y`, of files and of directories.

use super::loads::{MIB, MOST, assumed, few_enough, number, whole};
use crate::exchange::draft::Found;
use crate::exchange::tree::{MAX_EXCHANGE_BYTES, not_understood};
use crate::finding::Error;
use crate::scenario::{Layout, LayoutComponent, LayoutKind, check_size};
use crate::shape::Whole;

/// Where it is in a scenario.
const LAYOUT: &str = "file_system.layout";

/// A layout as read: one component, or several from the start of the file to its end.
#[derive(Debug, Default)]
struct Stripes {
    path: String,
    components: Vec<Component>,
    composite: bool,
}

/// What the text says of one component.
#[derive(Debug, Default)]
struct Component {
    mirror: f64,
    /// Bytes from the start of the file; none to its end.
    end: Option<f64>,
    count: Option<f64>,
    size: Option<f64>,
    pattern: String,
    is_extension: bool,
}

pub(super) fn read(text: &str) -> Result<Vec<Found>, Error> {
    check_size(text, MAX_EXCHANGE_BYTES)?;
    let mut read: Vec<Found> = Vec::new();
    let all = layouts(text);
    few_enough(all.len())?;
    for stripes in all {
        let name = if stripes.path.is_empty() { "layout" } else { &stripes.path };
        let mut found = Found::new(name);
        if let Some(layout) = stripes.layout(&mut found) {
            // a record of plain fields: serialising it cannot fail
            found.set(LAYOUT, serde_json::to_value(&layout).unwrap_or_default(), "");
            read.push(found);
        }
    }
    if read.is_empty() {
        let message = "no layout: `lfs getstripe` of a file or directory tells `stripe_count` and `stripe_size`";
        return Err(not_understood("", message));
    }
    Ok(alike(read))
}

/// One of those that are all the same, so that a directory of like files needs no choice.
fn alike(mut all: Vec<Found>) -> Vec<Found> {
    let same = all.iter().all(|found| all.first().is_some_and(|first| first.tree == found.tree));
    if same {
        all.truncate(1);
    }
    all
}

/// The text by its words: names end in a colon, and a layout begins with its path, or where one cannot go on.
fn layouts(text: &str) -> Vec<Stripes> {
    let mut all: Vec<Stripes> = Vec::new();
    let mut begin = true;
    for line in text.lines() {
        if all.len() > MOST {
            break;
        }
        if let Some(path) = path(line) {
            all.push(Stripes { path: path.to_owned(), ..Stripes::default() });
            begin = false;
            continue;
        }
        let mut words = line.split_whitespace().filter(|word| *word != "-").peekable();
        while let Some(word) = words.next() {
            let Some(name) = word.strip_suffix(':') else { continue };
            let name = name.strip_prefix("lmm_").unwrap_or(name);
            let value = words.peek().copied().filter(|value| !value.ends_with(':')).unwrap_or_default();
            let is_known = matches!(name, "lcm_layout_gen" | "stripe_count") || name.starts_with("lcme_");
            // without paths a composite layout follows another by its header
            let again = name == "lcm_layout_gen" && all.last().is_some_and(|last| !last.components.is_empty());
            let plain_again = name == "stripe_count" && all.last().is_some_and(Stripes::is_plain_and_full);
            if is_known && (begin || again || plain_again) {
                all.push(Stripes::default());
                begin = false;
            }
            if let Some(last) = all.last_mut() {
                last.take(name, value);
            }
        }
    }
    all
}

/// The path of a line that holds nothing else.
fn path(line: &str) -> Option<&str> {
    let starts =
        line.chars().next().is_some_and(|first| !first.is_whitespace() && !first.is_ascii_digit() && first != '-');
    let table = line.starts_with("obdidx");
    (starts && !table && !line.contains(": ") && !line.trim_end().ends_with(':')).then(|| line.trim_end())
}

impl Stripes {
    fn is_plain_and_full(&self) -> bool {
        !self.composite && self.components.last().is_some_and(|component| component.count.is_some())
    }

    fn take(&mut self, name: &str, value: &str) {
        if name == "lcme_id" {
            self.composite = true;
            self.components.push(Component::default());
        }
        if name == "stripe_count" && self.components.is_empty() {
            self.components.push(Component::default());
        }
        let Some(component) = self.components.last_mut() else { return };
        let signed = || value.parse::<f64>().ok().filter(|number| number.is_finite());
        match name {
            "lcme_mirror_id" => component.mirror = number(value).unwrap_or(0.0),
            "lcme_flags" => component.is_extension = value.split(',').any(|flag| flag == "extension"),
            "lcme_extent.e_end" => component.end = number(value),
            "stripe_count" => component.count = signed(),
            "stripe_size" | "extension_size" => component.size = number(value),
            "pattern" => value.clone_into(&mut component.pattern),
            _ => {}
        }
    }

    /// As a scenario has it; none if a part is missing.
    fn layout(&self, found: &mut Found) -> Option<Layout> {
        let first = self.components.first()?.mirror;
        let all: Vec<&Component> =
            self.components.iter().filter(|it| it.mirror.total_cmp(&first).is_eq() && !it.is_extension).collect();
        let mirrored = self.components.iter().any(|it| it.mirror.total_cmp(&first).is_ne());
        if mirrored {
            assumed(found, LAYOUT, "the file has mirrors; the first is taken", "");
        }
        if self.components.iter().any(|it| it.is_extension) {
            assumed(found, LAYOUT, "components that extend others as the file grows are left out", "");
        }
        let size_mib = size(&all, found)?;
        if all.len() == 1 && all.iter().all(|it| it.count.is_some_and(|count| count.abs() < 0.5 && !it.is_dom())) {
            let message = "a stripe count of 0 stands for the default of the file system";
            assumed(found, LAYOUT, message, "");
            return Some(blank(LayoutKind::Default));
        }
        let counts: Vec<Whole> = all.iter().map(|it| it.stripes(found)).collect::<Option<_>>()?;
        if let ([count], true) = (counts.as_slice(), all.iter().all(|it| it.end.is_none())) {
            return Some(Layout { count: Some(*count), size_mib: Some(size_mib), ..blank(LayoutKind::Stripe) });
        }
        let last = all.len().checked_sub(1)?;
        let mut components = Vec::new();
        for (i, (component, count)) in all.iter().zip(counts).enumerate() {
            let end_mib = component.end_mib(found)?;
            if i == last && end_mib.is_some() {
                let message = "a file that outgrows the last component has no place; it is taken to go on";
                assumed(found, LAYOUT, message, "");
            }
            components.push(LayoutComponent { end_mib: end_mib.filter(|_| i != last), count });
        }
        Some(Layout { size_mib: Some(size_mib), components, ..blank(LayoutKind::Components) })
    }
}

impl Component {
    fn is_dom(&self) -> bool {
        self.pattern.split(',').any(|part| part == "mdt" || part == "100")
    }

    fn stripes(&self, found: &mut Found) -> Option<Whole> {
        if self.is_dom() {
            let message = "the start of the file lies on a metadata target, which is taken for one OST";
            assumed(found, LAYOUT, message, "");
            return Some(Whole(1));
        }
        if self.pattern.contains("overstriped") {
            assumed(found, LAYOUT, "the file has several stripes on an OST; they are taken to be apart", "");
        }
        let count = whole(self.count?)?;
        Some(Whole(if count == 0 { 1 } else { count }))
    }

    /// MiB of the end, which a scenario has whole; the outer option tells whether it can be said at all.
    fn end_mib(&self, found: &mut Found) -> Option<Option<Whole>> {
        let Some(end) = self.end else { return Some(None) };
        let mib = Whole::from_f64((end / MIB).ceil())?;
        if end % MIB > 0.0 {
            assumed(found, LAYOUT, format!("an end at {end} bytes is rounded up to {} MiB", mib.0), "");
        }
        Some(Some(mib))
    }
}

/// The stripe size of the widest component, in whole MiB.
fn size(all: &[&Component], found: &mut Found) -> Option<Whole> {
    let sizes: Vec<f64> = all.iter().filter(|it| !it.is_dom()).filter_map(|it| it.size).collect();
    let last = sizes.last().copied().or_else(|| all.last()?.size)?;
    let mib = Whole::from_f64((last / MIB).ceil().max(1.0))?;
    if sizes.iter().any(|size| size.total_cmp(&last).is_ne()) {
        let message = format!("components have stripes of several sizes; {} MiB, of the last, is taken for all", mib.0);
        assumed(found, LAYOUT, message, "");
    }
    if last % MIB > 0.0 || last <= 0.0 {
        assumed(found, LAYOUT, format!("a stripe size of {last} bytes is rounded up to {} MiB", mib.0), "");
    }
    Some(mib)
}

const fn blank(kind: LayoutKind) -> Layout {
    Layout { kind, before: None, count: None, size_mib: None, components: Vec::new() }
}
