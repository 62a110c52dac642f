//! Drawing a component, and laying its HTML out for readers.

use std::future::Future;
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Wake};
use std::thread::{self, Thread};

use chartroom::app::{Page, Start};
use yew::ServerRenderer;

/// The page with this start, as HTML, an element a line.
pub fn page(start: impl FnOnce() -> Start + Send + 'static) -> String {
    laid_out(&raw(start))
}

/// The same as it is.
pub fn raw(start: impl FnOnce() -> Start + Send + 'static) -> String {
    wait(ServerRenderer::<Page>::with_props(start).hydratable(false).render())
}

/// One line for each tag, indented by depth; texts stay with the tag before them.
fn laid_out(html: &str) -> String {
    const VOID: [&str; 1] = ["<input"];
    let mut lines = String::new();
    let mut depth = 0_usize;
    for piece in html.split_inclusive('>') {
        let (text, tag) = piece.split_at(piece.find('<').unwrap_or(piece.len()));
        let closes = tag.starts_with("</");
        depth = depth.saturating_sub(usize::from(closes));
        if !text.is_empty() {
            lines.extend(["  ".repeat(depth + usize::from(closes)), text.replace('\n', "⏎"), "\n".to_owned()]);
        }
        if !tag.is_empty() {
            lines.extend(["  ".repeat(depth).as_str(), tag, "\n"]);
        }
        let opens =
            !closes && !tag.is_empty() && !VOID.iter().any(|void| tag.starts_with(void)) && !tag.ends_with("/>");
        depth += usize::from(opens);
    }
    lines
}

/// Waits for a future on this thread.
fn wait<F: Future>(future: F) -> F::Output {
    struct Unpark(Thread);
    impl Wake for Unpark {
        fn wake(self: Arc<Self>) {
            self.0.unpark();
        }
    }
    let mut future = pin!(future);
    let waker = Arc::new(Unpark(thread::current())).into();
    let mut context = Context::from_waker(&waker);
    loop {
        match future.as_mut().poll(&mut context) {
            Poll::Ready(output) => return output,
            Poll::Pending => thread::park(),
        }
    }
}
