//! `cargo xtask wasm`: the core for WebAssembly, as the npm package.
//!
//! With the target installed this is an ordinary build. Where rustup cannot download the target, Debian's own Rust,
//! which carries the library source, builds the standard library along with the core.

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
/// What only a library built along takes part in: a panic, which no input leads to, is one instruction without words, and
/// what trades speed for size does so.
const LIBRARY: [&str; 4] = ["-Z", "build-std=std,panic_abort", "-Z", "build-std-features=optimize_for_size"];
const SMALL: &str = "-Zunstable-options -Cpanic=immediate-abort -Zlocation-detail=none";
/// How long rustup may try.
const PATIENCE: Duration = Duration::from_secs(120);

/// Builds the npm package and, if asked to, tests it; `debian` goes Debian's way even if the target is installed.
pub(crate) fn run_task(debian: bool, test: bool) -> Result<()> {
    let ordinary = !debian && (installed()? || added()?);
    if !ordinary {
        if !debian {
            println!("the target is not installed and rustup cannot add it: building with Debian's Rust");
        }
        install()?;
    }
    npm::build(|features| module(ordinary, features))?;
    if test { npm::test() } else { Ok(()) }
}

/// Builds the module with these features, by an ordinary build or Debian's Rust, and says where it is.
fn module(ordinary: bool, features: &[&str]) -> Result<PathBuf> {
    let build = ["build", "--profile", "wasm", "--package", "fsx-wasm", "--target", TARGET];
    let folder = if ordinary { target() } else { target().join("wasm-debian") };
    let mut command = if ordinary { cargo(build) } else { Command::new(CARGO) };
    if !ordinary {
        command.args(build).args(LIBRARY).current_dir(root());
        remove_toolchain(&mut command);
        command
            .env("RUSTC", RUSTC)
            .env("RUSTC_BOOTSTRAP", "1")
            .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", "wasm-ld-22")
            .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", SMALL)
            .env("CARGO_TARGET_DIR", &folder);
    }
    run(command.args(features))?;
    Ok(folder.join(TARGET).join("wasm/fsx_wasm.wasm"))
}

/// Whether the active toolchain has the target.
fn installed() -> Result<bool> {
    let mut rustc = Command::new("rustc");
    rustc.args(["--print", "sysroot"]).current_dir(root());
    let sysroot = filter(&mut rustc, "")?;
    Ok(Path::new(sysroot.trim()).join("lib/rustlib").join(TARGET).exists())
}

/// Lets rustup add the target; tells whether it could.
fn added() -> Result<bool> {
    let mut rustup = Command::new("rustup");
    rustup.args(["target", "add", TARGET]).env("RUSTUP_MAX_RETRIES", "0").current_dir(root());
    let child = rustup.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
    // No rustup, no target.
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
    let source = || -> Result<PathBuf> {
        let mut rustc = Command::new(RUSTC);
        remove_toolchain(&mut rustc);
        let sysroot = filter(rustc.args(["--print", "sysroot"]), "")?;
        Ok(Path::new(sysroot.trim()).join("lib/rustlib/src/rust/library/std"))
    };
    let there = [LINKER, CARGO, RUSTC].iter().all(|path| Path::new(path).exists());
    if there && source()?.exists() {
        return Ok(());
    }
    apt_install(&PACKAGES, &format!("Or `rustup target add {TARGET}`."))
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
