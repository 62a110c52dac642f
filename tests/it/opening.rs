//! What the page opens with is what the engine makes of the default chart. `UPDATE=1 cargo core opening` writes it anew.

use std::path::Path;
use std::{env, fs};

use chartroom::workspace::Opening;

#[test]
fn the_page_opens_with_what_the_engine_makes_of_the_default_chart() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("static/opening.json");
    let opening = Opening::of_default();
    if env::var_os("UPDATE").is_some() {
        let text = serde_json::to_string(&opening).expect("an opening can be written");
        fs::write(&path, text + "\n").expect("the file can be written");
        return;
    }
    let text = fs::read_to_string(&path).expect("the file is there");
    let kept: Opening = serde_json::from_str(&text).expect("the file can be read");
    assert!(kept == opening, "{} is of another engine: UPDATE=1 cargo core opening", path.display());
}
