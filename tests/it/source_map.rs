//! `chartroom template … --source-map FILE`: where each byte comes from, as JSON.

use std::fs;
use std::path::PathBuf;

use chartroom::cli::{self, Status, Terminal};
use serde_json::Value;

/// A folder with files in it, which goes when the test ends.
pub struct Folder(pub PathBuf);

impl Folder {
    pub fn of(name: &str, files: &[(&str, &str)]) -> Self {
        let root = std::env::temp_dir().join(format!("chartroom-{name}-{}", std::process::id()));
        for (path, text) in files {
            let path = root.join(path);
            fs::create_dir_all(path.parent().expect("a folder")).expect("to make a folder");
            fs::write(path, text).expect("to write a file");
        }
        Self(root)
    }

    /// What the command line prints, on both outputs.
    pub fn run(&self, args: &str) -> (Status, String, String) {
        let mut terminal = Terminal::new(&self.0);
        let status = cli::run(args.split_whitespace().map(Into::into).collect(), &mut terminal);
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        (status, text(&terminal.stdout), text(&terminal.stderr))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// A chart with a subchart, a helper, and values from everywhere.
pub const FILES: &[(&str, &str)] = &[
    ("c/Chart.yaml", "apiVersion: v2\nname: c\nversion: 0.1.0\nappVersion: \"1.16\"\n"),
    ("c/values.yaml", "replicas: 1\nimage:\n  tag: \"\"\nlabels: {team: blue}\nold: {a: 1}\nunused: x\n"),
    ("c/crds/crd.yaml", "kind: CustomResourceDefinition\n"),
    (
        "c/templates/_helpers.tpl",
        "{{- define \"c.labels\" -}}\napp: {{ .Chart.Name }}\n{{ toYaml .Values.labels }}\n{{- end }}\n",
    ),
    (
        "c/templates/a.yaml",
        "kind: A\nlabels:\n  {{- include \"c.labels\" . | nindent 2 }}\n{{- if gt (int .Values.replicas) 1 }}\n\
         replicas: {{ .Values.replicas }}\n{{- end }}\ntag: {{ .Values.image.tag | default .Chart.AppVersion | quote }}\n\
         old: {{ .Values.old | default \"none\" }}\n",
    ),
    ("c/charts/s/Chart.yaml", "apiVersion: v2\nname: s\nversion: 0.1.0\n"),
    ("c/charts/s/values.yaml", "port: 80\n"),
    (
        "c/charts/s/templates/b.yaml",
        "kind: B\nport: {{ .Values.port }}\nset: {{ .Values.set }}\nfile: {{ .Files.Get \"f.txt\" }}\n",
    ),
    ("c/charts/s/f.txt", "text of a file"),
    ("prod.yaml", "replicas: 3\nold: null\n"),
];

/// The segment that prints `word` first.
fn segment<'m>(map: &'m Value, output: &str, word: &str) -> &'m Value {
    let at = output.find(word).expect("the word") as u64;
    let segments = map["segments"].as_array().expect("segments");
    let covers = |segment: &&Value| segment["start"].as_u64() <= Some(at) && Some(at) < segment["end"].as_u64();
    segments.iter().find(covers).expect("a segment")
}

#[test]
fn a_source_map_says_of_every_byte_where_it_comes_from() {
    let folder = Folder::of("map", FILES);
    let args = "template rel c -f prod.yaml --set s.set=yes --include-crds";
    let (_, plain, _) = folder.run(args);
    let (status, output, _) = folder.run(&format!("{args} --source-map map.json"));
    assert_eq!((status, &output), (Status::Success, &plain));
    let map: Value = serde_json::from_slice(&fs::read(folder.0.join("map.json")).expect("a map")).expect("JSON");

    let mut end = 0;
    for segment in map["segments"].as_array().expect("segments") {
        assert_eq!(segment["start"].as_u64(), Some(end), "{segment}");
        end = segment["end"].as_u64().expect("an end");
        assert_ne!(segment["kind"], "unknown", "{segment}");
    }
    assert_eq!((end, map["bytes"].as_u64()), (output.len() as u64, Some(output.len() as u64)));

    let of = |word| segment(&map, &output, word);
    assert_eq!(of("# Source")["kind"], "helm");
    assert_eq!(
        (&of("CustomRes")["kind"], &of("CustomRes")["template"]["file"]),
        (&"literal".into(), &"c/crds/crd.yaml".into())
    );
    let replicas = of("3\ntag");
    let read = &replicas["values"][0];
    assert_eq!(
        (&read["path"], &read["value"], &read["layer"]),
        (&"Values.replicas".into(), &"3".into(), &"file".into())
    );
    assert_eq!((&read["place"]["file"], &read["place"]["line"]), (&"prod.yaml".into(), &1.into()));
    let condition = &replicas["conditions"][0];
    assert_eq!((&condition["text"], &condition["value"]), (&"gt (int .Values.replicas) 1".into(), &"true".into()));
    assert_eq!(condition["reads"][0]["path"], "Values.replicas");
    let team = of("blue");
    assert_eq!((&team["includes"][1]["name"], &team["includes"][1]["line"]), (&"c.labels".into(), &3.into()));
    assert_eq!(
        (&team["values"][0]["path"], &team["values"][0]["place"]["line"]),
        (&"Values.labels.team".into(), &4.into())
    );
    let tag = of("1.16");
    let reads: Vec<_> =
        tag["values"].as_array().expect("reads").iter().map(|read| (&read["path"], &read["role"])).collect();
    assert_eq!(reads, [(&"Values.image.tag".into(), &"decides".into()), (&"Chart.AppVersion".into(), &"feeds".into())]);
    assert_eq!(tag["values"][1]["place"]["line"], 4);
    let none = of("none");
    assert_eq!(
        (&none["values"][0]["layer"], &none["values"][0]["place"]["file"]),
        (&"unset".into(), &"prod.yaml".into())
    );
    assert_eq!(of("80")["values"][0]["place"]["file"], "c/charts/s/values.yaml");
    let file = &of("text of a file")["values"][0];
    assert_eq!((&file["layer"], &file["place"]["file"]), (&"chart-file".into(), &"c/charts/s/f.txt".into()));
    assert_eq!(of("yes")["values"][0]["argument"], "s.set=yes");
}
