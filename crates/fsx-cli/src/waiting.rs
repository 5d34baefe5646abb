//! A sign of life while an answer takes long.

use std::io::{IsTerminal as _, stderr};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

/// How long an answer may take without a sign.
const PATIENCE: Duration = Duration::from_secs(1);
const TICK: Duration = Duration::from_millis(100);

/// Works something out; after a second without an answer, a terminal shows the time it takes.
pub(crate) fn waiting<T: Send>(what: &'static str, work: impl FnOnce() -> T + Send) -> T {
    watching(|| what.to_owned(), work)
}

/// The same with words that change while it goes on.
pub(crate) fn watching<T: Send>(what: impl Fn() -> String + Send, work: impl FnOnce() -> T + Send) -> T {
    if !stderr().is_terminal() {
        return work();
    }
    let (done, ended) = channel::<()>();
    thread::scope(|scope| {
        scope.spawn(move || {
            if ended.recv_timeout(PATIENCE) != Err(RecvTimeoutError::Timeout) {
                return;
            }
            let style = ProgressStyle::with_template("{spinner} {msg}, {elapsed}");
            let spinner = ProgressBar::new_spinner().with_message(what()).with_elapsed(PATIENCE);
            let spinner = style.map_or(spinner.clone(), |style| spinner.with_style(style));
            spinner.enable_steady_tick(TICK);
            // ends when the sender is gone
            while ended.recv_timeout(TICK) == Err(RecvTimeoutError::Timeout) {
                spinner.set_message(what());
            }
            spinner.finish_and_clear();
        });
        let answer = work();
        drop(done);
        answer
    })
}
