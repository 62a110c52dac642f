//! Writing and reading links.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use miniz_oxide::deflate::compress_to_vec;
use miniz_oxide::inflate::{TINFLStatus, decompress_to_vec_with_limit};

use super::checksum::crc32;
use super::wire::Wire;
use super::{LinkError, MOST_BYTES, MOST_FILES};
use crate::workspace::Experiment;

/// Version and kind of the links written today.
const PREFIX: &str = "1.f.";

/// Length and checksum of what follows, four bytes each, the large end first.
const HEADER: usize = 8;

/// The fragment that holds an experiment, without the `#`.
pub fn write(experiment: &Experiment) -> Result<String, LinkError> {
    if experiment.files.len() > MOST_FILES {
        return Err(LinkError::TooManyFiles(experiment.files.len()));
    }
    if experiment.size() > MOST_BYTES {
        return Err(LinkError::TooLarge);
    }
    let json = serde_json::to_vec(&Wire::from(experiment)).map_err(|_| LinkError::TooLarge)?;
    if json.len() > MOST_BYTES {
        return Err(LinkError::TooLarge);
    }
    Ok(pack(&json))
}

/// The experiment in a fragment (without the `#`). `None` where the fragment is no link at all.
pub fn read(fragment: &str) -> Result<Option<Experiment>, LinkError> {
    let Some((version, rest)) = fragment.split_once('.') else { return Ok(None) };
    if version.is_empty() || !version.bytes().all(|byte| byte.is_ascii_digit()) {
        return Ok(None);
    }
    if version != "1" {
        return Err(LinkError::UnknownVersion(version.chars().take(12).collect()));
    }
    match rest.split_once('.') {
        Some(("f", payload)) => experiment(&unpack(payload)?).map(Some),
        Some((kind, _)) => Err(LinkError::UnknownKind(kind.chars().take(12).collect())),
        None => Err(LinkError::CutOff { expected: None, got: fragment.len() }),
    }
}

fn experiment(json: &[u8]) -> Result<Experiment, LinkError> {
    let wire: Wire = serde_json::from_slice(json).map_err(|_| LinkError::Altered)?;
    wire.try_into()
}

fn pack(json: &[u8]) -> String {
    const BEST: u8 = 9;
    let deflated = compress_to_vec(json, BEST);
    let length = u32::try_from(deflated.len()).unwrap_or(u32::MAX);
    let header = [length.to_be_bytes(), crc32(&deflated).to_be_bytes()].concat();
    format!("{PREFIX}{}", BASE64.encode([header, deflated].concat()))
}

fn unpack(payload: &str) -> Result<Vec<u8>, LinkError> {
    // A full stop or a bracket of the sentence around it.
    let payload = payload.trim_end_matches(|c: char| !c.is_ascii_alphanumeric() && c != '-' && c != '_');
    let got = PREFIX.len() + payload.len();
    let (length, checksum) = header(payload).ok_or(LinkError::CutOff { expected: None, got })??;
    let expected = PREFIX.len() + (HEADER + length).saturating_mul(4).div_ceil(3);
    if got < expected {
        // A length that no link of ours can have was not written by us.
        let likely = length <= MOST_BYTES * 2;
        return Err(if likely { LinkError::CutOff { expected: Some(expected), got } } else { LinkError::Altered });
    }
    let bytes = BASE64.decode(payload).map_err(|_| LinkError::Altered)?;
    let deflated = bytes.get(HEADER..).filter(|deflated| deflated.len() == length).ok_or(LinkError::Altered)?;
    if crc32(deflated) != checksum {
        return Err(LinkError::Altered);
    }
    decompress_to_vec_with_limit(deflated, MOST_BYTES).map_err(|error| match error.status {
        TINFLStatus::HasMoreOutput => LinkError::TooLarge,
        _ => LinkError::Altered,
    })
}

/// Length and checksum; `None` where not even they arrived.
fn header(payload: &str) -> Option<Result<(usize, u32), LinkError>> {
    const CHARACTERS: usize = 12;
    let start = payload.as_bytes().get(..CHARACTERS)?;
    let Ok(bytes) = BASE64.decode(start) else { return Some(Err(LinkError::Altered)) };
    let (length, rest) = bytes.split_first_chunk::<4>()?;
    let (checksum, _) = rest.split_first_chunk::<4>()?;
    Some(Ok((u32::from_be_bytes(*length) as usize, u32::from_be_bytes(*checksum))))
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;

    use super::*;
    use crate::chart::Operation;
    use crate::helm::Helm;
    use crate::template::{SeededWorld, World};
    use crate::workspace::{
        Content, FilePath, Files, Given, Layer, Origin, SetKind, Settings, Switch, default_experiment,
    };

    /// Randomness that is the same in each run.
    struct Dice(SeededWorld);

    impl Dice {
        fn new(seed: u64) -> Self {
            Self(SeededWorld::new(0, seed))
        }

        fn below(&mut self, n: usize) -> usize {
            let mut bytes = [0; 4];
            self.0.random(&mut bytes);
            u32::from_le_bytes(bytes) as usize % n
        }

        fn bytes(&mut self, most: usize) -> Vec<u8> {
            let mut bytes = vec![0; self.below(most + 1)];
            self.0.random(&mut bytes);
            bytes
        }

        fn text(&mut self, most: usize) -> Rc<str> {
            const LETTERS: [char; 12] = ['a', ':', ' ', '\n', '\r', '"', '\\', '{', 'é', '😀', '\u{2028}', '-'];
            (0..self.below(most + 1)).map(|_| LETTERS[self.below(LETTERS.len())]).collect::<String>().into()
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
                revision: u32::try_from(self.below(3) + 1).unwrap(),
                operation: [Operation::Install, Operation::Upgrade][self.below(2)],
                layers: layers.into(),
            }
        }

        fn layer(&mut self) -> Layer {
            let given = match self.below(6) {
                0 => Given::File(FilePath::read("../prod.yaml").unwrap()),
                n => Given::Set(SetKind::ALL[n - 1], self.text(20)),
            };
            Layer { given, switch: [Switch::On, Switch::Off][self.below(2)] }
        }

        fn experiment(&mut self) -> Experiment {
            let mut files: Files = (0..self.below(12))
                .map(|n| {
                    let path = FilePath::parse(&format!("templates/{n}é")).unwrap();
                    let binary = self.below(4) == 0;
                    let content = if binary {
                        Content::from_bytes(&[vec![0], self.bytes(300)].concat())
                    } else {
                        Content::Text(self.text(400))
                    };
                    (path, content)
                })
                .collect();
            if self.below(2) == 0 {
                files.insert(FilePath::read("../prod.yaml").unwrap(), Content::Text(self.text(90)));
            }
            let settings = self.settings();
            let mut experiment = Experiment::new(Origin::Link(None), files, settings);
            let at = self.below(experiment.files.len().max(1));
            let other = experiment.chart_files().nth(at).map(|(path, _)| path.clone());
            experiment.open = other.or(experiment.open);
            experiment
        }
    }

    fn sealed(deflated: &[u8]) -> String {
        let length = u32::try_from(deflated.len()).unwrap().to_be_bytes();
        let header = [length, crc32(deflated).to_be_bytes()].concat();
        format!("{PREFIX}{}", BASE64.encode([header, deflated.to_vec()].concat()))
    }

    #[test]
    fn any_experiment_comes_back_from_its_link() {
        let mut dice = Dice::new(1);
        for _ in 0..200 {
            let experiment = dice.experiment();
            let link = write(&experiment).unwrap();
            assert!(link.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte)), "{link}");
            assert_eq!(read(&link), Ok(Some(experiment)));
        }
    }

    #[test]
    fn links_of_version_1_open_forever() {
        let frozen = include_str!("../../tests/corpus/share/version-1.txt").trim();
        let files: Files = [
            ("Chart.yaml", Content::Text("apiVersion: v2\nname: é\nversion: 0.1.0\n".into())),
            ("files/x.bin", Content::from_bytes(&[0, 255])),
            ("templates/a.yaml", Content::Text("a: {{ .Release.Name }}\r\n".into())),
            ("values.yaml", Content::Text("".into())),
        ]
        .map(|(path, content)| (FilePath::parse(path).unwrap(), content))
        .into();
        let settings = Settings {
            release: "rel".into(),
            namespace: "prod".into(),
            kube_version: "1.30".into(),
            ..Settings::default()
        };
        let want = Experiment::new(Origin::Link(Some("web".into())), files, settings);
        assert_eq!(read(frozen), Ok(Some(want.clone())));
        let frozen = include_str!("../../tests/corpus/share/version-1-helm-3.txt").trim();
        let settings = Settings { helm: Helm::Three, ..want.settings };
        assert_eq!(read(frozen), Ok(Some(Experiment { settings, ..want })));
    }

    #[test]
    fn links_of_version_1_with_layers_open_forever() {
        let frozen = include_str!("../../tests/corpus/share/version-1-layers.txt").trim();
        let files: Files = [("../prod.yaml", "a: 2\n"), ("Chart.yaml", "name: x\n"), ("ci/test.yaml", "a: 3\n")]
            .map(|(path, text)| (FilePath::read(path).unwrap(), Content::Text(text.into())))
            .into();
        let file = |path: &str| Given::File(FilePath::read(path).unwrap());
        let layers = [
            Layer::new(file("../prod.yaml")),
            Layer { given: file("ci/test.yaml"), switch: Switch::Off },
            Layer::new(Given::Set(SetKind::Json, "b={\"c\":1}".into())),
            Layer::new(Given::Set(SetKind::Typed, "d=1".into())),
        ];
        let settings = Settings {
            release: "rel".into(),
            namespace: "prod".into(),
            kube_version: "1.30".into(),
            helm: Helm::Four,
            api_versions: "x.io/v1,y.io/v2".into(),
            revision: 4,
            operation: Operation::Upgrade,
            layers: layers.into(),
        };
        let want = Experiment::new(Origin::Link(None), files, settings);
        assert_eq!(read(frozen), Ok(Some(want)));
    }

    #[test]
    fn a_link_that_is_cut_says_how_much_is_missing() {
        let link = write(&default_experiment()).unwrap();
        let expected = Some(link.len());
        for got in [link.len() - 1, link.len() - 2, link.len() / 2, 16] {
            assert_eq!(read(&link[..got]), Err(LinkError::CutOff { expected, got }));
        }
        for got in ["1.", "1.f.", "1.f.AAAB"] {
            assert_eq!(read(got), Err(LinkError::CutOff { expected: None, got: got.len() }));
        }
        let sentence = LinkError::CutOff { expected: Some(887), got: 640 }.to_string();
        assert_eq!(sentence, "This link is cut off (expected 887 characters, got 640)");
        assert!(read(&format!("{link}).")).is_ok(), "the sentence around a link does no harm");
    }

    #[test]
    fn a_link_that_was_altered_is_found_out() {
        let link = write(&default_experiment()).unwrap();
        let mut dice = Dice::new(2);
        for _ in 0..200 {
            let at = "1.f.".len() + dice.below(link.len() - 4);
            let other = [b'A', b'z', b'-', b'7', b'%', b'.'][dice.below(6)];
            let mut bytes = link.clone().into_bytes();
            bytes[at] = other;
            let altered = String::from_utf8(bytes).unwrap();
            if altered != link {
                let error = read(&altered).expect_err(&altered);
                assert!(matches!(error, LinkError::Altered | LinkError::CutOff { .. }), "{error}");
            }
        }
        assert_eq!(read(&format!("{link}AAAA")), Err(LinkError::Altered));
    }

    #[test]
    fn hostile_links_are_refused_without_being_unpacked() {
        let bomb = sealed(&compress_to_vec(&vec![b' '; 16 << 20], 1));
        assert_eq!(read(&bomb), Err(LinkError::TooLarge));
        let many = |n: usize| {
            let files: Vec<String> = (0..n).map(|n| format!("\"f{n}\":\"\"")).collect();
            format!("{{\"release\":\"r\",\"namespace\":\"n\",\"files\":{{{}}}}}", files.join(","))
        };
        assert_eq!(read(&pack(many(501).as_bytes())), Err(LinkError::TooManyFiles(501)));
        assert!(read(&pack(many(500).as_bytes())).is_ok());
        let outside = br#"{"release":"r","namespace":"n","files":{"../x":""}}"#;
        assert_eq!(read(&pack(outside)), Err(LinkError::UnfitPath("../x".into())));
        let deep = [b"{\"release\":".to_vec(), vec![b'['; 1 << 20]].concat();
        assert_eq!(read(&pack(&deep)), Err(LinkError::Altered));
        let mut dice = Dice::new(3);
        for _ in 0..300 {
            assert!(read(&sealed(&dice.bytes(200))).is_err());
            let _ = read(&format!("1.f.{}", dice.text(60)));
        }
    }

    #[test]
    fn what_a_link_cannot_hold_is_refused_when_writing() {
        let with = |files: Files| Experiment { files: Rc::new(files), ..Experiment::default() };
        let large = [(FilePath::values(), Content::Text("x".repeat(MOST_BYTES + 1).into()))].into();
        assert_eq!(write(&with(large)), Err(LinkError::TooLarge));
        let path = |n: usize| FilePath::parse(&n.to_string()).unwrap();
        let many = (0..=MOST_FILES).map(|n| (path(n), Content::Text("".into()))).collect();
        assert_eq!(write(&with(many)), Err(LinkError::TooManyFiles(501)));
    }

    #[test]
    fn other_fragments_are_no_links_and_other_versions_say_so() {
        for fragment in ["", "lesson/8", "output", ".f.", "v1.2"] {
            assert_eq!(read(fragment), Ok(None), "{fragment}");
        }
        assert_eq!(read("2.f.AAAA"), Err(LinkError::UnknownVersion("2".into())));
        assert_eq!(read("1.q.AAAA"), Err(LinkError::UnknownKind("q".into())));
    }
}
