//! What the page's HTML carries, so that it stands there before the engine does: the page as the components draw it,
//! with the texts of both editors. The build puts `static/first_paint.html` into `index.html`.

use chartroom::app::Start;
use chartroom::workspace::{Content, FilePath, default_experiment};

use super::{check_file, draw};

#[test]
fn the_first_paint_is_the_page_with_its_default_chart() {
    let mut drawn = draw::raw(Start::first);
    let experiment = default_experiment();
    for path in [FilePath::values(), experiment.open.clone().expect("an open file")] {
        let text = experiment.file(&path).and_then(Content::text).expect("a text");
        let editor = format!("<div data-file=\"{path}\" class=\"code-editor\">");
        let with_text = format!("{editor}<pre class=\"code-editor-first\">{}</pre>", escaped(text));
        assert!(drawn.contains(&editor), "{path} has an editor");
        drawn = drawn.replace(&editor, &with_text);
    }
    // By this one tells it from the page that the engine draws.
    let marked = drawn.replacen("<div class=\"page\"", "<div class=\"page\" data-first=\"\"", 1);
    assert_ne!(marked, drawn);
    check_file("static/first_paint.html", &(marked + "\n"));
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
