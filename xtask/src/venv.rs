//! Virtual environments of Python under the target folder, made anew when the list of their packages changes.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::error::{During as _, Result};
use crate::process::{apt_install, run, target};

/// An environment and what it is made of.
pub(crate) struct Environment {
    folder: PathBuf,
    installed: Vec<PathBuf>,
    downloaded: Option<(PathBuf, &'static str)>,
}

impl Environment {
    /// One of this name under the target folder.
    pub(crate) fn new(name: &str) -> Self {
        Self { folder: target().join(name), installed: Vec::new(), downloaded: None }
    }

    /// With the packages of this list, which names what they import in turn as well.
    pub(crate) fn with(mut self, list: &Path) -> Self {
        self.installed.push(list.to_owned());
        self
    }

    /// With the archives of the packages of this list in this folder of it.
    pub(crate) fn downloading(mut self, list: &Path, into: &'static str) -> Self {
        self.downloaded = Some((list.to_owned(), into));
        self
    }

    /// Its Python; the environment is made first if it is not there or of other lists.
    pub(crate) fn python(&self) -> Result<PathBuf> {
        let python = program(&self.folder, "python");
        let wanted = self.wanted()?;
        let stamp = self.folder.join("packages.txt");
        if fs::read_to_string(&stamp).is_ok_and(|made_of| made_of == wanted) {
            return Ok(python);
        }
        make(Path::new("python3"), &self.folder)?;
        let pip = |words: &[&str]| {
            let mut command = Command::new(&python);
            command.args(["-m", "pip", "--quiet", "--disable-pip-version-check"]).args(words);
            command
        };
        for list in &self.installed {
            run(pip(&["install", "--no-deps", "--no-compile", "--requirement"]).arg(list))?;
        }
        if let Some((list, into)) = &self.downloaded {
            let download = ["download", "--no-deps", "--only-binary=:all:", "--requirement"];
            run(pip(&download).arg(list).arg("--dest").arg(self.folder.join(into)))?;
        }
        fs::write(&stamp, wanted).during(|| format!("cannot write {}", stamp.display()))?;
        Ok(python)
    }

    /// All lists, one behind the other.
    fn wanted(&self) -> Result<String> {
        let lists = self.installed.iter().chain(self.downloaded.iter().map(|(list, _)| list));
        lists.map(|list| fs::read_to_string(list).during(|| format!("cannot read {}", list.display()))).collect()
    }
}

/// A program of an environment.
pub(crate) fn program(environment: &Path, name: &str) -> PathBuf {
    if cfg!(windows) {
        environment.join("Scripts").join(format!("{name}.exe"))
    } else {
        environment.join("bin").join(name)
    }
}

/// Makes an empty environment of this Python.
pub(crate) fn make(python: &Path, folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder).during(|| format!("cannot remove {}", folder.display()))?;
    }
    if !can_make_environments(python) {
        apt_install(&["python3-venv"], "Or install what `python3 -m venv` needs.")?;
    }
    run(Command::new(python).args(["-m", "venv"]).arg(folder))
}

/// Whether Python brings what a virtual environment is made of; Debian packs it apart.
fn can_make_environments(python: &Path) -> bool {
    let mut python = Command::new(python);
    python.args(["-c", "import ensurepip, venv"]).stdout(Stdio::null()).stderr(Stdio::null());
    python.status().is_ok_and(|status| status.success())
}
