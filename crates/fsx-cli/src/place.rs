//! On which line of a text a field stands: the steps of its path are walked through the text, as far as they are found.
//!
//! Best effort, for whoever has to find the line. The parsers of the core keep no lines, and a text that they refuse has
//! lines too.

mod json;
mod toml;
mod yaml;

/// How a text is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Syntax {
    /// JSON.
    Json,
    /// TOML.
    Toml,
    /// YAML, of one or several documents.
    Yaml,
}

/// A place in a text, counted from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Spot {
    pub line: usize,
    /// The column, where a parser named it.
    pub column: Option<usize>,
}

/// A step of a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step<'a> {
    Name(&'a str),
    Item(usize),
}

/// Where the field of a finding stands, or the nearest table around it that does; `None` if there is neither.
pub(crate) fn spot(text: &str, syntax: Syntax, field: &str) -> Option<Spot> {
    if let Some(named) = named(field) {
        return Some(named);
    }
    let steps = steps(field);
    let line = match syntax {
        Syntax::Json => json::line(text, &steps),
        Syntax::Toml => toml::line(text, &steps),
        Syntax::Yaml => yaml::line(text, &steps),
    };
    line.map(|line| Spot { line, column: None })
}

/// The place that a syntax fault names itself: `line 3, column 5`.
fn named(field: &str) -> Option<Spot> {
    let (line, column) = field.strip_prefix("line ")?.split_once(", column ")?;
    Some(Spot { line: line.parse().ok().filter(|line| *line > 0)?, column: column.parse().ok() })
}

/// `a.b[2]` as its steps.
fn steps(path: &str) -> Vec<Step<'_>> {
    let step = |part| match str::strip_suffix(part, ']').and_then(|item| item.parse().ok()) {
        Some(item) => Step::Item(item),
        None => Step::Name(part),
    };
    path.split(['.', '[']).filter(|part| !part.is_empty()).map(step).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The line on which a mark stands.
    fn marked(text: &str, mark: &str) -> Option<usize> {
        text.lines().position(|line| line.contains(mark)).map(|line| line + 1)
    }

    fn line(text: &str, syntax: Syntax, field: &str) -> Option<usize> {
        spot(text, syntax, field).map(|spot| spot.line)
    }

    #[test]
    fn a_syntax_fault_names_its_place() {
        assert_eq!(spot("", Syntax::Yaml, "line 3, column 5"), Some(Spot { line: 3, column: Some(5) }));
        assert_eq!(spot("", Syntax::Yaml, "line 0, column 5"), None);
    }

    #[test]
    fn json_by_names_and_items() {
        let text = r#"{
  "b": "a: {\"a\": [", "a": 1,
  "Systems": [
    { "Id": "one", "a": {} },
    {
      "Id": "two", "Deep": { "Er":
        [ { "x": "mark" } ] }
    }
  ]
}"#;
        let line = |field| line(text, Syntax::Json, field);
        assert_eq!([line("a"), line("Systems"), line("Systems[0].a")], [Some(2), Some(3), Some(4)]);
        assert_eq!(line("Systems[1].Id"), Some(6));
        assert_eq!(line("Systems[1].Deep.Er[0].x"), marked(text, "mark"));
        // a list of one is entered, as the core does
        assert_eq!(line("Systems[1].Deep.Er.x"), marked(text, "mark"));
        // the nearest table around a field that is absent
        assert_eq!([line("Systems[1].Deep.No"), line("Systems[7].Id"), line("no")], [Some(6), Some(3), None]);
    }

    #[test]
    fn yaml_by_indentation() {
        let text = "# Resources: not here\nResources:\n  One:\n    Type: \"Size: 3\"\n  \"Two\":\n    # comment\n\n    List:\n    \
                    - Size: 1\n      Other: 2\n    -\n      Size: mark\n    Size: 4\n  Flow: { Size: 5 }\n";
        let line = |field| line(text, Syntax::Yaml, field);
        assert_eq!([line("Resources.One.Type"), line("Resources.Two")], [Some(4), Some(5)]);
        assert_eq!([line("Resources.Two.List[0].Size"), line("Resources.Two.List[0].Other")], [Some(9), Some(10)]);
        assert_eq!(line("Resources.Two.List[1].Size"), marked(text, "mark"));
        assert_eq!(line("Resources.Two.Size"), Some(13));
        assert_eq!([line("Resources.Flow.Size"), line("Resources.One.Size")], [Some(14), Some(3)]);
        assert_eq!([line("Resource"), line("Resources.Two.List[2].Size")], [None, Some(8)]);
    }

    #[test]
    fn yaml_of_several_documents() {
        let text = "---\nkind: A\nspec:\n  size: 1\n---\nkind: B\nspec:\n  size: 2\n";
        let line = |field| line(text, Syntax::Yaml, field);
        assert_eq!([line("[0].spec.size"), line("[1].spec.size"), line("[1].no")], [Some(4), Some(8), Some(6)]);
        assert_eq!(spot("kind: A\nspec: {}\n", Syntax::Yaml, "spec").map(|spot| spot.line), Some(2));
    }

    #[test]
    fn toml_by_headers() {
        let text = "region = \"r\"\n[file_system] # a comment\nfill = 0.5\nmetadata_configuration = { mode = \"X\" }\n\
                    [[workloads]]\nname = \"a\"\n[[workloads]]\n\"name\" = \"b\"\n[workloads.target]\nseconds = 1\n\
                    [file_system.stored]\ntier_shares.frequent = 1\n";
        let line = |field| line(text, Syntax::Toml, field);
        assert_eq!([line("region"), line("file_system"), line("file_system.fill")], [Some(1), Some(2), Some(3)]);
        assert_eq!(line("file_system.metadata_configuration.mode"), Some(4));
        assert_eq!([line("workloads[0].name"), line("workloads[1].name")], [Some(6), Some(8)]);
        assert_eq!(line("workloads[1].target.seconds"), Some(10));
        assert_eq!(line("file_system.stored.tier_shares.frequent"), Some(12));
        assert_eq!([line("workloads[1].clients"), line("workloads[7]"), line("jobs")], [Some(7), None, None]);
        assert_eq!(line("file_system.storage_type"), Some(2));
    }

    #[test]
    fn nothing_panics_and_nothing_is_found_in_noise() {
        for syntax in [Syntax::Json, Syntax::Toml, Syntax::Yaml] {
            for text in
                ["", "{", "[", "{\"a", "{\"a\":", "[[", "[a", "- ", "-\n-", "---\n---", "\"", ":", "=", "é: \u{0}"]
            {
                for field in ["a", "a.b", "[3].a", "", ".", "[", "]", "a[99999999999999999999]"] {
                    let _ = spot(text, syntax, field);
                }
            }
        }
        let deep = "[".repeat(200_000);
        assert_eq!(spot(&deep, Syntax::Json, "a.b"), None);
    }
}
