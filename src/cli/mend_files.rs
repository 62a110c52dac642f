//! The files that `chartroom lint --fix` mends, and what becomes of them with some edits.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use super::lint;
use super::lint_args::LintArgs;
use super::plain::{self, Plain};
use super::schemas::kubernetes_schemas;
use super::template::prepare_layers;
use super::terminal::Terminal;
use crate::chart::{Entry, Log, dir};
use crate::engine::{Document, Rendering};
use crate::lint::{
    Checked, Config, Edit, Failure, FieldValidation, Kubernetes, Sources, check_chart, check_sources, edited, examine,
};
use crate::source::{Files, Trace};
use crate::template::SeededWorld;

/// Edits by file.
pub type Edits = BTreeMap<String, Vec<Edit>>;

/// What is rendered, and what is wrong with it.
pub struct Seen {
    pub documents: Vec<Document>,
    pub files: Files,
    pub trace: Trace,
    pub checked: Checked,
    /// What Helm stops at; nothing is rendered then.
    pub failures: Vec<Failure>,
}

/// The files of a chart, or of manifests.
pub struct Mendable<'a> {
    args: &'a LintArgs,
    /// The chart's folder; none for manifests.
    folder: Option<PathBuf>,
}

impl<'a> Mendable<'a> {
    /// The files that are named. The error is the sentence to print.
    pub fn new(args: &'a LintArgs, terminal: &Terminal) -> Result<Self, String> {
        let operands = &args.template.operands;
        if operands.iter().any(|operand| operand == "-") {
            return Err("--fix mends files: standard input is none".to_owned());
        }
        if plain::are_manifests(operands, terminal) {
            return Ok(Self { args, folder: None });
        }
        let folder = operands.last().map(|operand| terminal.path(operand.trim())).unwrap_or_default();
        if folder.is_file() {
            return Err("--fix mends files: unpack the archive first".to_owned());
        }
        Ok(Self { args, folder: Some(folder) })
    }

    /// What becomes of the files with some edits.
    pub fn see(&self, edits: &Edits, terminal: &mut Terminal) -> Result<Seen, String> {
        match &self.folder {
            Some(folder) => self.chart(&folder.to_string_lossy(), edits, terminal),
            None => self.manifests(edits, terminal),
        }
    }

    fn chart(&self, folder: &str, edits: &Edits, terminal: &mut Terminal) -> Result<Seen, String> {
        let (mut request, overrides) = prepare_layers(&self.args.template, terminal)?;
        let name = request.chart.name().to_string();
        if !edits.is_empty() {
            let change = |entry: &mut Entry| {
                if let Some(edits) = edits.get(&format!("{name}/{}", entry.path)) {
                    entry.data = edited(&entry.data, edits).into();
                }
            };
            let mut files = Files::new();
            let loaded = dir::load_changed(folder, &change, &mut files, &mut Log::new());
            request.chart = loaded.map_err(|error| error.to_string())?;
            request.files = files;
        }
        let mut config = Config {
            namespace: request.release.namespace.clone(),
            kubernetes: Kubernetes::parse(&request.capabilities.kube_version.version).unwrap_or_default(),
            validation: FieldValidation::of(self.args.template.helm),
            schemas: kubernetes_schemas(),
            ..Config::default()
        };
        let root = lint::root(&name, &self.args.template, terminal);
        lint::configure(self.args, root.iter().map(|root| root.folder.clone()).collect(), &mut config, terminal)?;
        // What is random must be the same each time, or every edit would seem to change it.
        let examined = examine(request, &overrides, &mut SeededWorld::new(0, 0));
        let checked = check_chart(&examined.sources(), &examined.background, &config);
        let Rendering { files, trace, result, .. } = examined.rendering;
        let failures = examined.background.failures;
        let documents = match result {
            Ok(rendered) => rendered.documents,
            Err(_) if !failures.is_empty() => Vec::new(),
            Err(error) => return Err(error.to_string()),
        };
        Ok(Seen { documents, files, trace, checked, failures })
    }

    fn manifests(&self, edits: &Edits, terminal: &mut Terminal) -> Result<Seen, String> {
        let operands = &self.args.template.operands;
        let change = |name: &str, text: Vec<u8>| match edits.get(name) {
            Some(edits) => edited(&text, edits),
            None => text,
        };
        let Plain { files, trace, documents } = plain::read_changed(operands, &change, terminal)?;
        let mut config = lint::manifests_config(&self.args.template)?;
        lint::configure(self.args, Vec::new(), &mut config, terminal)?;
        let sources = Sources { documents: &documents, files: &files, trace: &trace, values: &[] };
        let checked = check_sources(&sources, &config);
        Ok(Seen { documents, files, trace, checked, failures: Vec::new() })
    }

    /// Where a file is on the disk.
    pub fn path(&self, file: &str, terminal: &Terminal) -> PathBuf {
        match &self.folder {
            Some(folder) => folder.join(file.split_once('/').map_or(file, |(_, inside)| inside)),
            None => terminal.path(file),
        }
    }

    /// Writes files with their edits.
    pub fn write(&self, edits: &Edits, terminal: &Terminal) -> Result<(), String> {
        for (file, edits) in edits {
            let path = self.path(file, terminal);
            let fault = |error: std::io::Error| format!("{}: {error}", path.display());
            let text = fs::read(&path).map_err(fault)?;
            fs::write(&path, edited(&text, edits)).map_err(fault)?;
        }
        Ok(())
    }
}
