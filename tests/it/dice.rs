//! Experiments that nobody would think of, the same in each run.

use std::rc::Rc;

use chartroom::chart::Operation;
use chartroom::helm::Helm;
use chartroom::share::View;
use chartroom::template::{SeededWorld, World};
use chartroom::workspace::{Content, Experiment, FilePath, Files, Given, Layer, Origin, SetKind, Settings, Switch};

/// Randomness that is the same in each run.
pub struct Dice(SeededWorld);

impl Dice {
    /// Dice of this seed.
    pub fn new(seed: u64) -> Self {
        Self(SeededWorld::new(0, seed))
    }

    /// A number below another one.
    pub fn below(&mut self, n: usize) -> usize {
        let mut bytes = [0; 4];
        self.0.random(&mut bytes);
        u32::from_le_bytes(bytes) as usize % n
    }

    fn bytes(&mut self, most: usize) -> Vec<u8> {
        let mut bytes = vec![0; self.below(most + 1)];
        self.0.random(&mut bytes);
        bytes
    }

    /// A text with what is hard to carry.
    pub fn text(&mut self, most: usize) -> Rc<str> {
        const LETTERS: [char; 12] = ['a', ':', ' ', '\n', '\r', '"', '\\', '{', 'é', '😀', '\u{2028}', '-'];
        (0..self.below(most + 1)).map(|_| LETTERS[self.below(LETTERS.len())]).collect::<String>().into()
    }

    fn content(&mut self) -> Content {
        if self.below(4) == 0 {
            Content::from_bytes(&[vec![0], self.bytes(300)].concat())
        } else {
            Content::Text(self.text(400))
        }
    }

    fn settings(&mut self) -> Settings {
        let count = self.below(3);
        let mut layers: Vec<Layer> = (0..count).map(|_| self.layer()).collect();
        layers.sort_by_key(Layer::rank);
        Settings {
            release: self.text(9),
            namespace: self.text(9),
            kube_version: self.text(9),
            helm: Helm::ALL[self.below(2)],
            api_versions: self.text(9),
            revision: u32::try_from(self.below(3) + 1).expect("a small number"),
            operation: [Operation::Install, Operation::Upgrade][self.below(2)],
            layers: layers.into(),
        }
    }

    fn layer(&mut self) -> Layer {
        let given = match self.below(6) {
            0 => Given::File(FilePath::read("../prod.yaml").expect("a path")),
            n => Given::Set(SetKind::ALL[n - 1], self.text(20)),
        };
        Layer { given, switch: [Switch::On, Switch::Off][self.below(2)] }
    }

    fn path(&mut self) -> FilePath {
        FilePath::parse(&format!("templates/{}é", self.below(40))).expect("a path")
    }

    /// A chart out of nothing.
    pub fn experiment(&mut self) -> Experiment {
        let mut files: Files = (0..self.below(12)).map(|_| (self.path(), self.content())).collect();
        if self.below(2) == 0 {
            files.insert(FilePath::read("../prod.yaml").expect("a path"), Content::Text(self.text(90)));
        }
        let experiment = Experiment::new(Origin::Link(None), files, self.settings());
        self.opened(experiment)
    }

    /// Some file open.
    fn opened(&mut self, mut experiment: Experiment) -> Experiment {
        let at = self.below(experiment.files.len().max(1));
        let other = experiment.chart_files().nth(at).map(|(path, _)| path.clone());
        experiment.open = other.or(experiment.open);
        experiment
    }

    /// A sample after some wild deeds.
    pub fn edited(&mut self, sample: &Experiment) -> Experiment {
        let mut files = (*sample.files).clone();
        for _ in 0..self.below(5) {
            let at = self.below(files.len().max(1));
            let Some(path) = files.keys().nth(at).cloned() else { break };
            match self.below(5) {
                0 => drop(files.remove(&path)),
                1 => drop(files.insert(self.path(), self.content())),
                2 => drop(files.insert(path, self.content())),
                _ => {
                    let text = files.get(&path).and_then(Content::text).map(ToString::to_string).unwrap_or_default();
                    files.insert(path, Content::Text(self.spliced(&text).into()));
                }
            }
        }
        let settings = if self.below(2) == 0 { sample.settings.clone() } else { self.settings() };
        let experiment = Experiment { files: Rc::new(files), settings, ..sample.clone() };
        self.opened(experiment)
    }

    /// A sample with files besides, which Helm doesn't read, and with other numbers in its values.
    pub fn respelled(&mut self, sample: &Experiment) -> Experiment {
        let mut files = (*sample.files).clone();
        for _ in 0..self.below(4) {
            let path = FilePath::parse(&format!("files/{}é {}.bin", "deep/".repeat(self.below(12)), self.below(40)));
            files.insert(path.expect("a path"), self.content());
        }
        let values =
            files.get(&FilePath::values()).and_then(Content::text).map(ToString::to_string).unwrap_or_default();
        let digit = char::from_digit(u32::try_from(self.below(8) + 1).expect("a digit"), 10).expect("a digit");
        let values = values.replacen("replicaCount: ", &format!("replicaCount: {digit}"), 1);
        files.insert(FilePath::values(), Content::Text(values.into()));
        Experiment { files: Rc::new(files), ..sample.clone() }
    }

    /// A text with a piece of it exchanged.
    fn spliced(&mut self, text: &str) -> String {
        let letters: Vec<char> = text.chars().collect();
        let from = self.below(letters.len() + 1);
        let to = from + self.below((letters.len() - from).min(40) + 1);
        let middle = self.text(20);
        letters[..from].iter().copied().chain(middle.chars()).chain(letters[to..].iter().copied()).collect()
    }

    /// A view.
    pub fn view(&mut self) -> View {
        let tab = (self.below(2) == 0).then(|| self.text(9).to_string());
        View { tab, pin: (self.below(2) == 0).then(|| (self.path(), self.below(1000))) }
    }
}
