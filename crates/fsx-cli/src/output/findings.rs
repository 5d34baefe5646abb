//! Findings: errors, warnings, advice.

use anstyle::Style;
use fsx_model::catalog::source;
use fsx_model::finding::{Finding, Severity};

use super::page::{GLUE, Page, Text};
use super::style::{ADVICE, BOLD, DIM, ERROR, LINK, WARNING};

/// The findings that stood against an answer, for standard error.
pub(crate) fn refused(page: &mut Page, findings: &[Finding]) {
    refused_at(page, findings, &|_| None);
}

/// The same with the line on which each of them stands, where it is known.
pub(crate) fn refused_at(page: &mut Page, findings: &[Finding], line: &dyn Fn(&Finding) -> Option<usize>) {
    if findings.is_empty() {
        page.flow(
            0,
            2,
            &Text::new().push(ERROR, "error").plain(": no answer, and no reason given; please report this"),
        );
    }
    show_at(page, findings, line);
}

/// Findings with their sources, the gravest first.
pub(crate) fn show(page: &mut Page, findings: &[Finding]) {
    show_at(page, findings, &|_| None);
}

/// The same with the line on which each of them stands, where it is known.
pub(crate) fn show_at(page: &mut Page, findings: &[Finding], line: &dyn Fn(&Finding) -> Option<usize>) {
    for finding in by_severity(findings) {
        page.gap();
        lead(page, finding, line(finding));
        if !finding.fix.is_empty() {
            page.flow(2, 7, &Text::new().dim("fix: ").push(BOLD, &finding.fix));
        }
        for id in &finding.sources {
            cite(page, 2, "source: ", id);
        }
    }
}

/// The same in fewer lines, with the ids of the sources only.
pub(crate) fn brief(page: &mut Page, findings: &[Finding]) {
    page.gap();
    for finding in by_severity(findings) {
        lead(page, finding, None);
        let fix = Text::new().dim("fix: ").push(BOLD, &finding.fix);
        let sources = Text::new().dim("sources: ").dim(&finding.sources.join(", "));
        let parts = [(fix, finding.fix.is_empty()), (sources, finding.sources.is_empty())];
        page.items(2, 4, parts.into_iter().filter(|(_, empty)| !empty).map(|(part, _)| part).collect());
    }
}

fn by_severity(findings: &[Finding]) -> impl Iterator<Item = &Finding> {
    Severity::ALL.iter().flat_map(|severity| findings.iter().filter(move |finding| finding.severity == *severity))
}

fn lead(page: &mut Page, finding: &Finding, line: Option<usize>) {
    let head = format!("{}[{}]", finding.severity, finding.code);
    let mut title = Text::new().push(style(finding.severity), &head).bold(&format!(" {}", finding.field));
    if !finding.value.is_empty() {
        title = title.dim(" = ").plain(&finding.value);
    }
    if let Some(line) = line {
        title = title.dim(&format!(" ·{GLUE}line{GLUE}{line}"));
    }
    page.flow(0, 4, &title);
    page.flow(2, 2, &Text::new().plain(&finding.message));
}

/// A source: title and address, the address on its own line where both do not fit.
pub(crate) fn cite(page: &mut Page, indent: usize, lead: &str, id: &str) {
    let Some(source) = source(id) else {
        return page.flow(indent, indent, &Text::new().dim(lead).dim(id));
    };
    let title = Text::new().dim(lead).dim(source.title);
    let address = format!("<{}>", source.url);
    let together = title.clone().plain(" ").push(LINK, &address);
    if indent + together.width() <= page.width() {
        page.flow(indent, indent, &together);
    } else {
        page.flow(indent, indent + lead.len(), &title);
        page.flow(indent + 2, indent + 2, &Text::new().push(LINK, &address));
    }
}

/// What follows from findings, in a line.
pub(crate) fn verdict(findings: &[Finding]) -> Text {
    if findings.is_empty() {
        return Text::new().push(ADVICE, "legal").plain(": no findings");
    }
    let counted = Severity::ALL.iter().filter_map(|severity| {
        let number = findings.iter().filter(|finding| finding.severity == *severity).count();
        let plural = if number > 1 { "s" } else { "" };
        let name = if *severity == Severity::Advice { "suggestion" } else { severity.as_str() };
        (number > 0).then(|| format!("{number} {name}{plural}"))
    });
    let counted = counted.collect::<Vec<_>>().join(", ");
    if fsx_model::estimate::has_error(findings) {
        Text::new().push(ERROR, "refused").plain(&format!(": {counted}"))
    } else {
        Text::new().push(ADVICE, "legal").plain(&format!(": {counted}"))
    }
}

const fn style(severity: Severity) -> Style {
    match severity {
        Severity::Error => ERROR,
        Severity::Warning => WARNING,
        Severity::Advice => ADVICE,
    }
}

/// A line of a list of sources.
pub(crate) fn source_line(page: &mut Page, id: &str) {
    match source(id) {
        Some(source) => {
            let date = format!(", read {}", source.as_of);
            page.flow(2, 4, &Text::new().bold(id).plain(" ").push(DIM, source.title).push(DIM, &date));
            page.flow(4, 4, &Text::new().push(LINK, source.url));
        }
        None => page.flow(2, 4, &Text::new().bold(id)),
    }
}
