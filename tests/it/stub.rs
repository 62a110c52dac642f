//! A cluster that Helm 3 can ask while the corpus is written: it knows a few kinds, and holds no object.
//!
//! `helm install --dry-run=client` of Helm 3 asks the cluster for its version, its kinds, and whether the objects are
//! there already.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::thread;

/// The kinds, by the path that lists them.
const KINDS: [(&str, &str, &[&str]); 2] =
    [("/api/v1", "v1", &["A", "B", "ConfigMap", "Pod", "Service"]), ("/apis/batch/v1", "batch/v1", &["Job"])];

/// Serves until the tests end; gives the file that tells Helm where.
pub fn serve(folder: &Path) -> PathBuf {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address");
    thread::spawn(move || listener.incoming().flatten().for_each(|stream| drop(thread::spawn(|| answer(stream)))));
    let config = folder.join("kubeconfig");
    let text = format!(
        "apiVersion: v1\nkind: Config\ncurrent-context: stub\nclusters: [{{name: stub, cluster: {{server: \"http://{address}\"}}}}]\n\
         contexts: [{{name: stub, context: {{cluster: stub, user: stub}}}}]\nusers: [{{name: stub, user: {{}}}}]\n"
    );
    fs::write(&config, text).expect("to write the configuration");
    config
}

fn answer(mut stream: TcpStream) {
    let mut reader = BufReader::new(stream.try_clone().expect("the same stream"));
    loop {
        let mut request = String::new();
        if reader.read_line(&mut request).unwrap_or(0) == 0 {
            return;
        }
        let mut header = String::from("x");
        while !header.trim().is_empty() {
            header.clear();
            if reader.read_line(&mut header).unwrap_or(0) == 0 {
                return;
            }
        }
        let path = request.split([' ', '?']).nth(1).unwrap_or_default();
        let (status, body) = body(path).map_or((404, MISSING.to_owned()), |body| (200, body));
        let length = body.len();
        let head = format!("HTTP/1.1 {status} Status\r\nContent-Type: application/json\r\nContent-Length: {length}");
        if write!(stream, "{head}\r\n\r\n{body}").is_err() {
            return;
        }
    }
}

const MISSING: &str = r#"{"kind":"Status","apiVersion":"v1","status":"Failure","reason":"NotFound","code":404}"#;

fn body(path: &str) -> Option<String> {
    let group = r#"{"name":"batch","versions":[{"groupVersion":"batch/v1","version":"v1"}],
        "preferredVersion":{"groupVersion":"batch/v1","version":"v1"}}"#;
    Some(match path {
        "/version" => r#"{"major":"1","minor":"32","gitVersion":"v1.32.0"}"#.to_owned(),
        "/api" => r#"{"kind":"APIVersions","versions":["v1"]}"#.to_owned(),
        "/apis" => format!(r#"{{"kind":"APIGroupList","apiVersion":"v1","groups":[{group}]}}"#),
        _ => {
            let (_, version, kinds) = KINDS.iter().find(|(known, ..)| *known == path)?;
            let resource = |kind: &&str| {
                let name = kind.to_lowercase();
                format!(
                    r#"{{"name":"{name}s","singularName":"{name}","namespaced":true,"kind":"{kind}","verbs":["get"]}}"#
                )
            };
            let resources = kinds.iter().map(resource).collect::<Vec<_>>().join(",");
            format!(
                r#"{{"kind":"APIResourceList","apiVersion":"v1","groupVersion":"{version}","resources":[{resources}]}}"#
            )
        }
    })
}
