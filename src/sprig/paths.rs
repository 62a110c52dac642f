//! Sprig's [path functions](https://masterminds.github.io/sprig/paths.html): Go's `path`, and `path/filepath` as on
//! Linux, which is the same.

use crate::template::Function;
use crate::value::Text;

pub(super) fn functions() -> Vec<Function> {
    vec![
        Function::new("base", base).doc("The last element of a path.").example("{{ base \"a/b/c.txt\" }}", "c.txt"),
        Function::new("dir", dir).doc("A path without its last element.").example("{{ dir \"a/b/c.txt\" }}", "a/b"),
        Function::new("clean", clean)
            .doc("The shortest path that means the same.")
            .example("{{ clean \"a/../b//c\" }}", "b/c"),
        Function::new("ext", ext)
            .doc("The extension of a file, with its point.")
            .example("{{ ext \"a.b/c.txt\" }}", ".txt"),
        Function::new("isAbs", is_abs).doc("Whether a path begins at the root.").example("{{ isAbs \"/a\" }}", "true"),
        Function::new("osBase", base).doc("The same as `base`.").example("{{ osBase \"/a/b\" }}", "b"),
        Function::new("osDir", dir).doc("The same as `dir`.").example("{{ osDir \"/a/b\" }}", "/a"),
        Function::new("osClean", clean).doc("The same as `clean`.").example("{{ osClean \"/a/./b\" }}", "/a/b"),
        Function::new("osExt", ext).doc("The same as `ext`.").example("{{ osExt \"/a.b\" }}", ".b"),
        Function::new("osIsAbs", is_abs).doc("The same as `isAbs`.").example("{{ osIsAbs \"a\" }}", "false"),
    ]
}

fn last_slash(path: &[u8]) -> Option<usize> {
    path.iter().rposition(|&byte| byte == b'/')
}

fn base(path: Text) -> Text {
    if path.is_empty() {
        return ".".into();
    }
    let Some(last) = path.as_bytes().iter().rposition(|&byte| byte != b'/') else { return "/".into() };
    let start = path.as_bytes().get(..=last).and_then(last_slash).map_or(0, |slash| slash + 1);
    path.slice(start..last + 1)
}

fn dir(path: Text) -> Text {
    let end = last_slash(path.as_bytes()).map_or(0, |slash| slash + 1);
    clean(path.slice(0..end))
}

fn clean(path: Text) -> Text {
    let bytes = path.as_bytes();
    let is_rooted = bytes.starts_with(b"/");
    let mut kept: Vec<&[u8]> = Vec::new();
    for element in bytes.split(|&byte| byte == b'/') {
        match element {
            b"" | b"." => {}
            b".." if kept.last().is_some_and(|last| *last != b"..") => {
                kept.pop();
            }
            b".." if is_rooted => {}
            _ => kept.push(element),
        }
    }
    let joined = kept.join(&b'/');
    match (is_rooted, joined.is_empty()) {
        (true, _) => Text::new([b"/", joined.as_slice()].concat()),
        (false, true) => ".".into(),
        (false, false) => joined.into(),
    }
}

fn ext(path: Text) -> Text {
    let name = last_slash(path.as_bytes()).map_or(0, |slash| slash + 1);
    let dot = path.as_bytes().iter().rposition(|&byte| byte == b'.').filter(|&dot| dot >= name);
    path.slice(dot.unwrap_or(path.len())..path.len())
}

fn is_abs(path: Text) -> bool {
    path.as_bytes().starts_with(b"/")
}
