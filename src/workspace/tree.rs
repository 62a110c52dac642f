//! The files of a chart as a tree, for a rail beside the editor.

use std::collections::BTreeSet;

use super::{FilePath, Files};

/// A row of the tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TreeRow {
    /// How deep it is, from 0.
    pub depth: usize,
    /// Its name, without the folders above it.
    pub name: String,
    /// What it is.
    pub kind: TreeKind,
}

/// What a row of the tree is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TreeKind {
    /// A file.
    File(FilePath),
    /// A folder, by its path with a slash at the end, and whether its content shows.
    Folder(String, Shows),
}

/// Whether the content of a folder shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shows {
    /// It does.
    Content,
    /// It does not.
    Nothing,
}

/// The rows that are to be seen while these folders are folded. Folders stand before files; templates before all.
pub fn tree(files: &Files, folded: &BTreeSet<String>) -> Vec<TreeRow> {
    let paths: Vec<&FilePath> = files.keys().filter(|path| !path.is_values()).collect();
    let mut rows = Vec::new();
    level(&paths, "", 0, folded, &mut rows);
    rows
}

fn level(paths: &[&FilePath], above: &str, depth: usize, folded: &BTreeSet<String>, rows: &mut Vec<TreeRow>) {
    let inside = || paths.iter().filter_map(|path| Some((*path, path.as_str().strip_prefix(above)?)));
    let folders: BTreeSet<&str> = inside().filter_map(|(_, rest)| Some(rest.split_once('/')?.0)).collect();
    let mut folders: Vec<&str> = folders.into_iter().collect();
    folders.sort_by_key(|name| *name != "templates");
    for name in folders {
        let path = format!("{above}{name}/");
        let shows = if folded.contains(&path) { Shows::Nothing } else { Shows::Content };
        let kind = TreeKind::Folder(path.clone(), shows);
        rows.push(TreeRow { depth, name: name.to_owned(), kind });
        if shows == Shows::Content {
            level(paths, &path, depth + 1, folded, rows);
        }
    }
    let files = inside().filter(|(_, rest)| !rest.contains('/'));
    rows.extend(files.map(|(path, rest)| TreeRow { depth, name: rest.to_owned(), kind: TreeKind::File(path.clone()) }));
}

/// Whether a chart is so large that a tree shows it better than tabs: more than seven files, or charts in it.
pub fn wants_tree(files: &Files) -> bool {
    const FEW: usize = 7;
    let own = files.keys().filter(|path| !path.is_beside());
    own.clone().count() > FEW || own.clone().any(|path| path.as_str().starts_with("charts/"))
}

#[cfg(test)]
mod tests {
    use super::super::Content;
    use super::*;

    #[test]
    fn folders_hold_their_files_and_can_be_folded() {
        let names = [
            "Chart.yaml",
            "charts/db/Chart.yaml",
            "charts/db/templates/a.yaml",
            "templates/a.yaml",
            "values.yaml",
            "../p.yaml",
        ];
        let files: Files = names.map(|name| (FilePath::read(name).unwrap(), Content::Text("".into()))).into();
        let told = |folded: &[&str]| {
            let folded = folded.iter().map(|path| (*path).to_owned()).collect();
            let tell = |row: &TreeRow| {
                let sign = match row.kind {
                    TreeKind::File(_) => "",
                    TreeKind::Folder(_, Shows::Content) => "-",
                    TreeKind::Folder(_, Shows::Nothing) => "+",
                };
                format!("{}{sign}{}", " ".repeat(row.depth), row.name)
            };
            tree(&files, &folded).iter().map(tell).collect::<Vec<_>>()
        };
        let all =
            ["-templates", " a.yaml", "-charts", " -db", "  -templates", "   a.yaml", "  Chart.yaml", "Chart.yaml"];
        assert_eq!(told(&[]), all);
        assert_eq!(told(&["charts/db/"]), ["-templates", " a.yaml", "-charts", " +db", "Chart.yaml"]);
        assert!(wants_tree(&files));
    }
}
