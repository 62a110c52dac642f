//! The page, and its worker: both run this one Wasm.

fn main() {
    chartroom::app::start();
}
