//! What is pasted on the page outside of any editor: a manifest, or a command line of Helm's.

use std::fmt;

use super::{Experiment, FilePath, Given, LayerDeed, SetKind, Setting, Settings};

/// What a pasted text is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Pasted {
    /// A manifest, or several.
    Manifest,
    /// `helm template`, `helm install` or `helm upgrade`.
    Command(HelmCommand),
    /// Something that is none of the page's business.
    Other,
}

/// A command line of Helm's, as far as the page has a place for what it says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HelmCommand {
    /// The release's name.
    pub release: Option<String>,
    /// `--namespace`
    pub namespace: Option<String>,
    /// `--kube-version`
    pub kube_version: Option<String>,
    /// `-f`, `--set` and their kin, in order.
    pub layers: Vec<GivenLayer>,
    /// Flags that the page has no place for.
    pub others: Vec<String>,
}

/// A layer of values as the command line gives it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GivenLayer {
    /// `--set`, `--set-string`, …; `-f` for a file.
    pub flag: &'static str,
    /// What stands behind it.
    pub text: String,
}

/// Reads what was pasted.
pub fn pasted(text: &str) -> Pasted {
    let trimmed = text.trim_start();
    let command = trimmed.strip_prefix("$ ").unwrap_or(trimmed);
    if command.starts_with("helm ") {
        return words(command).and_then(|words| read(&words)).map_or(Pasted::Other, Pasted::Command);
    }
    let has = |key: &str| text.lines().any(|line| line.strip_prefix(key).is_some_and(|rest| rest.starts_with(':')));
    if has("apiVersion") && has("kind") { Pasted::Manifest } else { Pasted::Other }
}

/// The words of a command line as a shell reads them: quotes, backslashes, lines that go on. `None` where a quote is open.
fn words(text: &str) -> Option<Vec<String>> {
    let mut words: Vec<String> = Vec::new();
    let mut word: Option<String> = None;
    let mut letters = text.chars().peekable();
    let mut quote = None;
    while let Some(letter) = letters.next() {
        match (letter, quote) {
            ('\\', None) if letters.next_if_eq(&'\n').is_some() => {}
            ('\\', None | Some('"')) => word.get_or_insert_default().extend(letters.next()),
            ('\'' | '"', None) => {
                word.get_or_insert_default();
                quote = Some(letter);
            }
            (letter, Some(open)) if letter == open => quote = None,
            ('\n' | ';' | '|' | '&' | '>' | '#', None) if word.is_none() || letter != '#' => break,
            (letter, None) if letter.is_whitespace() => words.extend(word.take()),
            (letter, _) => word.get_or_insert_default().push(letter),
        }
    }
    words.extend(word);
    quote.is_none().then_some(words)
}

/// Flags that give values.
const LAYERS: [(&str, &str); 7] = [
    ("-f", "-f"),
    ("--values", "-f"),
    ("--set", "--set"),
    ("--set-string", "--set-string"),
    ("--set-json", "--set-json"),
    ("--set-literal", "--set-literal"),
    ("--set-file", "--set-file"),
];

/// Flags that have no value behind them.
const SWITCHES: [&str; 16] = [
    "--atomic",
    "--create-namespace",
    "--debug",
    "--dependency-update",
    "--dry-run",
    "--force",
    "--generate-name",
    "-g",
    "--include-crds",
    "--install",
    "-i",
    "--no-hooks",
    "--skip-crds",
    "--skip-tests",
    "--validate",
    "--wait",
];

fn read(words: &[String]) -> Option<HelmCommand> {
    let mut words = words.iter().map(String::as_str).skip(1);
    if !matches!(words.next()?, "template" | "install" | "upgrade") {
        return None;
    }
    let (mut command, mut operands) = (HelmCommand::default(), Vec::new());
    while let Some(word) = words.next() {
        if !word.starts_with('-') {
            operands.push(word.to_owned());
            continue;
        }
        let (flag, own) = word.split_once('=').map_or((word, None), |(flag, value)| (flag, Some(value)));
        if SWITCHES.contains(&flag) {
            command.others.push(word.to_owned());
            continue;
        }
        let value = own.or_else(|| words.next())?.to_owned();
        match (flag, LAYERS.iter().find(|(name, _)| *name == flag)) {
            (_, Some((_, flag))) => command.layers.push(GivenLayer { flag, text: value }),
            ("-n" | "--namespace", _) => command.namespace = Some(value),
            ("--kube-version", _) => command.kube_version = Some(value),
            _ => command.others.push(format!("{flag} {value}")),
        }
    }
    // A release's name stands before the chart; alone there is only the chart.
    command.release = (operands.len() > 1).then(|| operands.swap_remove(0));
    Some(command)
}

impl HelmCommand {
    /// The settings that it changes.
    pub fn settings(&self, settings: &Settings) -> Vec<Setting> {
        let changed = |new: &Option<String>, old: &str| new.clone().filter(|new| new != old);
        let release = changed(&self.release, &settings.release).map(|name| Setting::Release(name.into()));
        let namespace = changed(&self.namespace, &settings.namespace).map(|name| Setting::Namespace(name.into()));
        let kube = changed(&self.kube_version, &settings.kube_version);
        let kube = kube.map(|version| Setting::KubeVersion(version.into()));
        release.into_iter().chain(namespace).chain(kube).collect()
    }

    /// The layers that it adds: arguments as they are; files that aren't there come into being, empty.
    pub fn deeds(&self, experiment: &Experiment) -> Vec<LayerDeed> {
        self.layers.iter().filter_map(|layer| layer.given(experiment)).map(LayerDeed::Add).collect()
    }

    /// The files that it names and nobody has here: somebody has to write them.
    pub fn empty_files(&self, experiment: &Experiment) -> Vec<FilePath> {
        let given = self.layers.iter().filter_map(|layer| layer.given(experiment));
        let files = given.filter_map(|given| if let Given::File(path) = given { Some(path) } else { None });
        files.filter(|path| !experiment.files.contains_key(path)).collect()
    }

    /// What of it the page could not take over.
    pub fn left_over(&self, experiment: &Experiment) -> Vec<String> {
        let missing = self.layers.iter().filter(|layer| layer.given(experiment).is_none());
        missing.map(ToString::to_string).chain(self.others.iter().cloned()).collect()
    }
}

impl GivenLayer {
    /// The layer, where the page can have what it names.
    fn given(&self, experiment: &Experiment) -> Option<Given> {
        if let Some(kind) = SetKind::of_flag(self.flag) {
            return Some(Given::Set(kind, self.text.as_str().into()));
        }
        // The command line names the file from another folder than the chart's.
        let names = |path: &&FilePath| self.text.ends_with(path.as_str().trim_start_matches("../"));
        let whole = |path: &&FilePath| path.name() == self.text.rsplit('/').next().unwrap_or_default();
        let there = experiment.files.keys().filter(names).find(whole).cloned();
        let is_local = !self.text.contains("://") && self.text != "-";
        let beside = || FilePath::beside(self.text.rsplit('/').next()?).ok().filter(|_| is_local);
        there.or_else(beside).map(Given::File)
    }
}

impl fmt::Display for GivenLayer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.flag, self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn command(text: &str) -> HelmCommand {
        match pasted(text) {
            Pasted::Command(command) => command,
            other => panic!("{text}: {other:?}"),
        }
    }

    #[test]
    fn a_command_line_is_read_as_a_shell_would() {
        let read = command(
            "$ helm upgrade --install my-app ./chart \\\n  -f prod.yaml --values=eu.yaml \\\n  --set 'a.b=1,c={x,y}' \
             --set-string note=\"two words\" -n prod --kube-version 1.30 --wait --timeout 5m # comment\nnext line\n",
        );
        let layers: Vec<String> = read.layers.iter().map(ToString::to_string).collect();
        assert_eq!(layers, ["-f prod.yaml", "-f eu.yaml", "--set a.b=1,c={x,y}", "--set-string note=two words"]);
        assert_eq!((read.release.as_deref(), read.namespace.as_deref()), (Some("my-app"), Some("prod")));
        assert_eq!(read.others, ["--install", "--wait", "--timeout 5m"]);
        assert_eq!(read.settings(&Settings::default()).len(), 3);
        assert_eq!(command("helm template ./chart | kubectl apply -f -").release, None);
        let web = super::super::default_experiment();
        let far = command("helm template web . -f ../conf/prod.yaml -f values.yaml -f https://example.org/a.yaml -f -");
        let deeds = far.deeds(&web).into_iter().map(|deed| match deed {
            LayerDeed::Add(Given::File(path)) => path.to_string(),
            other => panic!("{other:?}"),
        });
        assert_eq!(deeds.collect::<Vec<_>>(), ["../prod.yaml", "values.yaml"]);
        assert_eq!(far.empty_files(&web), [FilePath::beside("prod.yaml").unwrap()]);
        assert_eq!(far.left_over(&web), ["-f https://example.org/a.yaml", "-f -"]);
    }

    #[test]
    fn a_manifest_is_known_by_its_two_keys_and_the_rest_is_left_alone() {
        assert_eq!(pasted("apiVersion: v1\nkind: Service\n"), Pasted::Manifest);
        for other in ["", "kind: of blue", "helm list", "helm template 'open", "a: 1\n", "helm template x -f"] {
            assert_eq!(pasted(other), Pasted::Other, "{other}");
        }
    }
}
