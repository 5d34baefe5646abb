//! Which tool wrote a text, by what stands in it.

use serde_json::Value;

use super::ImportFormat;
use crate::exchange::export::{ASSOCIATE, CREATE, DRIVER};
use crate::exchange::tree::{At, documents, roots};

/// A format, the names one of which stands at the top of each of its texts, and what else tells it from others.
struct Sign {
    format: ImportFormat,
    names: &'static [&'static str],
    holds: fn(&At<'_>) -> bool,
}

const SIGNS: &[Sign] = &[
    Sign {
        format: ImportFormat::Cloudformation,
        names: &["AWSTemplateFormatVersion", "Resources"],
        holds: |at| at.get("Resources").is_some(),
    },
    Sign { format: ImportFormat::DescribeFileSystems, names: &["FileSystems", "FileSystem"], holds: |_| true },
    Sign {
        format: ImportFormat::DescribeDataRepositoryAssociations,
        names: &["Associations", "Association"],
        holds: |_| true,
    },
    Sign { format: ImportFormat::AwsCli, names: &[CREATE, ASSOCIATE], holds: |_| true },
    Sign {
        format: ImportFormat::AwsCli,
        names: &["FileSystemType"],
        holds: |at| at.text("FileSystemType") == Some("LUSTRE"),
    },
    Sign {
        format: ImportFormat::TerraformJson,
        names: &["planned_values", "values"],
        holds: |at| ["planned_values", "values"].iter().any(|name| at.get(name).is_some_and(|it| it.value.is_object())),
    },
    Sign { format: ImportFormat::Parallelcluster, names: &["SharedStorage"], holds: |_| true },
    Sign { format: ImportFormat::Csi, names: &["kind"], holds: |at| at.get("apiVersion").is_some() },
];

/// The format of a text that another tool wrote; `None` if it is none of those that tell of file systems, such as a
/// scenario. A text that is not well formed has the format whose name begins one of its lines.
///
/// ```
/// use fsx_model::exchange::{ImportFormat, recognise};
/// assert_eq!(recognise("Resources:\n  Scratch:\n    Type: AWS::FSx::FileSystem\n"), Some(ImportFormat::Cloudformation));
/// assert_eq!(recognise("[file_system]\ndeployment_type = \"SCRATCH_2\"\n"), None);
/// ```
#[must_use]
pub fn recognise(text: &str) -> Option<ImportFormat> {
    let mut likely = SIGNS.iter().filter(|sign| sign.is_likely(text)).peekable();
    // reading a text that has none of the names would cost and tell nothing
    likely.peek()?;
    let Ok(documents) = documents(text) else {
        return likely.find(|sign| sign.begins_a_line(text)).map(|sign| sign.format);
    };
    likely.find(|sign| roots(&documents).any(|at| sign.fits(&at))).map(|sign| sign.format)
}

impl Sign {
    /// Whether the words are there at all, wherever they stand.
    fn is_likely(&self, text: &str) -> bool {
        let is_of_driver = self.format != ImportFormat::Csi || text.contains(DRIVER);
        is_of_driver && self.names.iter().any(|name| text.contains(name))
    }

    fn fits(&self, at: &At<'_>) -> bool {
        let Value::Object(table) = at.value else { return false };
        self.names.iter().any(|name| table.contains_key(*name)) && (self.holds)(at)
    }

    fn begins_a_line(&self, text: &str) -> bool {
        let is_key = |line: &str, name: &str| {
            let line = line.trim_start_matches([' ', '\t', '{', '"', '\'']);
            line.strip_prefix(name)
                .is_some_and(|rest| rest.trim_start_matches(['"', '\'']).trim_start().starts_with(':'))
        };
        text.lines().any(|line| self.names.iter().any(|name| is_key(line, name)))
    }
}
