//! A worker that runs, and who listens to it.

use js_sys::Array;
use wasm_bindgen::prelude::*;
use web_sys::{Blob, BlobPropertyBag, ErrorEvent, MessageEvent, Url, Worker, WorkerOptions, WorkerType};

use super::program::Program;

/// A worker. It ends with this.
pub(super) struct Running {
    worker: Worker,
    /// What it runs.
    pub(super) program: Program,
    address: String,
    /// Whether it has said that it is ready.
    pub(super) is_ready: bool,
    _on_message: Closure<dyn FnMut(MessageEvent)>,
    _on_error: Closure<dyn FnMut(ErrorEvent)>,
}

/// The worker's own lines: it loads the glue, and starts it with the module that the page has compiled, or fetches one. What
/// fails in there is thrown where the page hears of it: nobody hears of a promise.
const SCRIPT: &str = "onmessage = async ({ data }) => { onmessage = null; \
    try { const { default: init } = await import(data.glue); await init({ module_or_path: data.module }); } \
    catch (error) { setTimeout(() => { throw error; }); } };";

impl Running {
    /// Starts a worker. `None` where the browser refuses.
    pub(super) fn start(
        program: Program,
        hear: impl Fn(String) + 'static,
        fail: impl Fn(String) + 'static,
    ) -> Option<Self> {
        let options = BlobPropertyBag::new();
        options.set_type("text/javascript");
        let blob = Blob::new_with_str_sequence_and_options(&Array::of1(&SCRIPT.into()), &options).ok()?;
        let address = Url::create_object_url_with_blob(&blob).ok()?;
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        let worker = Worker::new_with_options(&address, &options).ok()?;
        let words = move |event: MessageEvent| hear(event.data().as_string().unwrap_or_default());
        let on_message = Closure::<dyn FnMut(MessageEvent)>::new(words);
        let on_error = Closure::<dyn FnMut(ErrorEvent)>::new(move |error: ErrorEvent| fail(error.message()));
        worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        worker.post_message(program.orders()?.as_ref()).ok()?;
        Some(Self { worker, program, address, is_ready: false, _on_message: on_message, _on_error: on_error })
    }

    /// Tells it something.
    pub(super) fn post(&self, message: &str) {
        // A string can always be posted.
        let _ = self.worker.post_message(&message.into());
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.worker.terminate();
        // An address that is gone needs no revoking.
        let _ = Url::revoke_object_url(&self.address);
    }
}
