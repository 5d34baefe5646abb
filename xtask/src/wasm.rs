//! `cargo xtask wasm`: the core for WebAssembly, as the npm package.
//!
//! The standard library is built along with the core, which makes the module a tenth smaller: from the source that rustup
//! gives the toolchain or, where it cannot, by Debian's own Rust, which carries it.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::error::{During as _, Result};
use crate::npm;
use crate::process::{apt_install, cargo, filter, root, run, target};

const TARGET: &str = "wasm32-unknown-unknown";
const PACKAGES: [&str; 4] = ["rustc-web", "cargo-web", "rust-web-src", "lld-22"];
const LINKER: &str = "/usr/bin/wasm-ld-22";
const RUSTC: &str = "/usr/bin/rustc";
const CARGO: &str = "/usr/bin/cargo";
/// What trades speed for size in the library does so.
const LIBRARY: [&str; 4] = ["-Z", "build-std=std,panic_abort", "-Z", "build-std-features=optimize_for_size"];
/// A panic, which no input leads to, is one instruction without words.
const SMALL: &str = "-Zunstable-options -Cpanic=immediate-abort -Zlocation-detail=none -Zfmt-debug=none";
/// How long rustup may try.
const PATIENCE: Duration = Duration::from_secs(120);

/// Builds the npm package and, if asked to, tests it; `debian` goes Debian's way even if the toolchain would do.
pub(crate) fn run_task(debian: bool, test: bool) -> Result<()> {
    let ours = !debian && knows_flags()? && (installed()? || added()?);
    if !ours {
        if !debian {
            println!("the toolchain is too old, or has no source of its library: building with Debian's Rust");
        }
        install()?;
    }
    npm::build(|features| module(ours, features))?;
    if test { npm::test() } else { Ok(()) }
}

/// Builds the module with these features, by the toolchain at hand or Debian's Rust, and says where it is.
fn module(ours: bool, features: &[&str]) -> Result<PathBuf> {
    let folder = target().join(if ours { "wasm" } else { "wasm-debian" });
    let build = ["build", "--profile", "wasm", "--package", "fsx-wasm", "--target", TARGET];
    let mut command = if ours { cargo(build) } else { debian(build) };
    // what the library is built with is not stable
    command.args(LIBRARY).args(features).env("RUSTC_BOOTSTRAP", "1");
    command.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", SMALL).env("CARGO_TARGET_DIR", &folder);
    run(&mut command)?;
    Ok(folder.join(TARGET).join("wasm/fsx_wasm.wasm"))
}

/// Debian's cargo.
fn debian<const N: usize>(build: [&str; N]) -> Command {
    let mut command = Command::new(CARGO);
    command.args(build).current_dir(root());
    remove_toolchain(&mut command);
    command.env("RUSTC", RUSTC).env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", "wasm-ld-22");
    command
}

/// The source of the library that `rustc` builds with, if it has any.
fn source(rustc: &mut Command) -> Result<PathBuf> {
    let sysroot = filter(rustc.args(["--print", "sysroot"]).current_dir(root()), "")?;
    Ok(Path::new(sysroot.trim()).join("lib/rustlib/src/rust/library/std"))
}

/// Whether the active toolchain is new enough for what makes the module small.
fn knows_flags() -> Result<bool> {
    let mut rustc = Command::new("rustc");
    rustc.args(SMALL.split(' ')).args(["--print", "cfg"]).env("RUSTC_BOOTSTRAP", "1").current_dir(root());
    let status = rustc.stdout(Stdio::null()).stderr(Stdio::null()).status();
    Ok(status.during(|| "cannot run rustc".to_owned())?.success())
}

/// Whether the active toolchain has the source.
fn installed() -> Result<bool> {
    Ok(source(&mut Command::new("rustc"))?.exists())
}

/// Lets rustup add the source; tells whether it could.
fn added() -> Result<bool> {
    let mut rustup = Command::new("rustup");
    rustup.args(["component", "add", "rust-src"]).env("RUSTUP_MAX_RETRIES", "0").current_dir(root());
    let child = rustup.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
    // no rustup, no source
    let Ok(mut child) = child else { return Ok(false) };
    let start = Instant::now();
    while start.elapsed() < PATIENCE {
        if let Some(status) = child.try_wait().during(|| "cannot wait for rustup".to_owned())? {
            return Ok(status.success() && installed()?);
        }
        sleep(Duration::from_millis(100));
    }
    child.kill().and_then(|()| child.wait()).during(|| "cannot stop rustup".to_owned())?;
    Ok(false)
}

/// Installs Debian's Rust unless it is there.
fn install() -> Result<()> {
    let there = [LINKER, CARGO, RUSTC].iter().all(|path| Path::new(path).exists());
    let mut rustc = Command::new(RUSTC);
    remove_toolchain(&mut rustc);
    if there && source(&mut rustc)?.exists() {
        return Ok(());
    }
    apt_install(&PACKAGES, "Or `rustup component add rust-src`.")
}

/// Removes what cargo and rustup set for the programs they start, so that another toolchain stays itself.
fn remove_toolchain(command: &mut Command) {
    const NAMES: [&str; 12] = [
        "CARGO",
        "CARGO_BUILD_TARGET",
        "CARGO_ENCODED_RUSTFLAGS",
        "LD_LIBRARY_PATH",
        "RUSTC",
        "RUSTC_WORKSPACE_WRAPPER",
        "RUSTC_WRAPPER",
        "RUSTDOC",
        "RUSTDOCFLAGS",
        "RUSTFLAGS",
        "RUSTUP_TOOLCHAIN",
        "RUST_RECURSION_COUNT",
    ];
    for name in NAMES {
        command.env_remove(name);
    }
    for (name, _) in std::env::vars_os() {
        let text = name.to_string_lossy();
        if text.starts_with("CARGO_PKG_") || text.starts_with("CARGO_MANIFEST_") {
            command.env_remove(&name);
        }
    }
}
