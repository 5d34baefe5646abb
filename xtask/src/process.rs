//! Running other programs.

use std::ffi::OsStr;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::error::{During as _, Error, Result};

/// Root of the workspace.
pub(crate) fn root() -> PathBuf {
    let own = Path::new(env!("CARGO_MANIFEST_DIR"));
    own.parent().unwrap_or(own).to_owned()
}

/// Where builds and what they need go.
pub(crate) fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from)
}

/// The cargo that runs this program, at the root of the workspace.
pub(crate) fn cargo<S: AsRef<OsStr>>(arguments: impl IntoIterator<Item = S>) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(arguments).current_dir(root());
    command
}

/// The command as one would type it.
pub(crate) fn line(command: &Command) -> String {
    let program = Path::new(command.get_program());
    let name = program.file_name().unwrap_or(program.as_os_str());
    let program =
        if name == "cargo" && program.parent() != Some(Path::new("/usr/bin")) { name } else { program.as_os_str() };
    let set = command.get_envs().filter_map(|(name, value)| Some((name, value?)));
    let mut words: Vec<_> = set.map(|(name, value)| format!("{}={}", name.display(), quoted(value))).collect();
    words.push(quoted(program));
    words.extend(command.get_args().map(quoted));
    words.join(" ")
}

fn quoted(word: &OsStr) -> String {
    let word = word.to_string_lossy();
    if word.contains([' ', '"', '$', '*']) { format!("'{word}'") } else { word.into_owned() }
}

/// Runs the command; failing is an error that says how to repeat it.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    let status = command.status().during(|| format!("cannot run `{}`", line(command)))?;
    if status.success() {
        Ok(())
    } else {
        Err(Error::new(format!("failed ({status}); to repeat:\n  {}", line(command))))
    }
}

/// Builds a program of the workspace and says where it is. A test is built along, so that all below has the features that
/// tests ask for, and is not built again for them.
pub(crate) fn program(name: &str) -> Result<PathBuf> {
    run(&mut cargo(["build", "--quiet", "--workspace", "--bin", name, "--test", "cli"]))?;
    Ok(target().join("debug").join(format!("{name}{}", std::env::consts::EXE_SUFFIX)))
}

/// Installs packages of Debian; failing says how to repeat it, or what to do instead.
pub(crate) fn apt_install(packages: &[&str], otherwise: &str) -> Result<()> {
    let mut update = Command::new("apt-get");
    update.args(["--quiet", "update"]);
    let mut install = Command::new("apt-get");
    install.args(["--quiet", "install", "--yes", "--no-install-recommends"]).args(packages);
    install.env("DEBIAN_FRONTEND", "noninteractive");
    for command in [&mut update, &mut install] {
        println!("{}", line(command));
        let status = command.stdout(Stdio::null()).status().during(|| format!("cannot run `{}`", line(command)))?;
        if !status.success() {
            return Err(Error::new(format!(
                "`{}` failed ({status}). On Debian as root,\n  apt-get update && apt-get install \
                 --no-install-recommends {}\n{otherwise}",
                line(command),
                packages.join(" ")
            )));
        }
    }
    Ok(())
}

/// Runs the command with `input` and gives what it prints.
pub(crate) fn filter(command: &mut Command, input: &str) -> Result<String> {
    let doing = line(command);
    let mut child =
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().during(|| format!("cannot run `{doing}`"))?;
    let pipe = child.stdin.take();
    let output = std::thread::scope(|scope| {
        let writer = scope.spawn(move || pipe.map_or(Ok(()), |mut pipe| pipe.write_all(input.as_bytes())));
        let output = child.wait_with_output();
        // A program that stops reading early also fails, and its status tells.
        drop(writer.join());
        output
    });
    let output = output.during(|| format!("cannot run `{doing}`"))?;
    if !output.status.success() {
        return Err(Error::new(format!("`{doing}` failed ({})", output.status)));
    }
    String::from_utf8(output.stdout).map_err(|_| Error::new(format!("`{doing}` printed no UTF-8")))
}
