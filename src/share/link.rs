//! Writing and reading links.

use std::rc::Rc;

use super::deflate::{self, Unpacked};
use super::delta::{self, Changes};
use super::dictionary::{NEWEST, dictionary};
use super::frame::Frame;
use super::wire::Wire;
use super::{LinkError, MOST_BYTES, MOST_FILES, Shared};
use crate::workspace::Experiment;

/// Version and kind of a link to every file.
const WHOLE: &str = "1.f.";

/// Version and kind of a link to what differs from a sample.
const DELTA: &str = "1.d.";

/// A link that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Link {
    /// All of it.
    Whole(Box<Shared>),
    /// What differs from a sample.
    Changes(Changes),
}

impl Link {
    /// The sample that is needed to open it.
    pub fn sample(&self) -> Option<&Rc<str>> {
        match self {
            Self::Whole(_) => None,
            Self::Changes(changes) => Some(changes.sample()),
        }
    }

    /// What it holds; the sample is handed in where one is needed.
    pub fn open(self, sample: Option<&Experiment>) -> Result<Shared, LinkError> {
        match (self, sample) {
            (Self::Whole(shared), _) => Ok(*shared),
            (Self::Changes(changes), Some(sample)) => changes.over(sample),
            (Self::Changes(changes), None) => Err(LinkError::OtherSample(changes.sample().to_string())),
        }
    }
}

/// The fragment that holds an experiment, without the `#`: what differs from the sample where one is given and that is
/// shorter, else every file.
pub fn write(shared: &Shared, sample: Option<&Experiment>) -> Result<String, LinkError> {
    for experiment in [Some(&shared.experiment), shared.baseline.as_ref()].into_iter().flatten() {
        if experiment.files.len() > MOST_FILES {
            return Err(LinkError::TooManyFiles(experiment.files.len()));
        }
        if experiment.size() > MOST_BYTES {
            return Err(LinkError::TooLarge);
        }
    }
    let json = serde_json::to_vec(&Wire::new(shared)).map_err(|_| LinkError::TooLarge)?;
    if json.len() > MOST_BYTES {
        return Err(LinkError::TooLarge);
    }
    let body = deflate::pack(&dictionary(NEWEST).unwrap_or_default(), &json);
    let whole = format!("{WHOLE}{}", Frame { kind: b'f', dictionary: NEWEST, body }.seal());
    let changes = sample.and_then(|sample| delta::write(shared, sample));
    let changes = changes.map(|payload| format!("{DELTA}{payload}"));
    Ok(changes.filter(|changes| changes.len() < whole.len()).unwrap_or(whole))
}

/// The link in a fragment (without the `#`). `None` where the fragment is no link at all.
pub fn read(fragment: &str) -> Result<Option<Link>, LinkError> {
    if let Some(payload) = fragment.strip_prefix(WHOLE) {
        return whole(payload).map(|shared| Some(Link::Whole(Box::new(shared))));
    }
    if let Some(payload) = fragment.strip_prefix(DELTA) {
        return delta::read(payload).map(|changes| Some(Link::Changes(changes)));
    }
    if WHOLE.starts_with(fragment) || DELTA.starts_with(fragment) {
        let got = fragment.len();
        return if got == 0 { Ok(None) } else { Err(LinkError::CutOff { expected: None, got }) };
    }
    if was_a_link(fragment) {
        return Err(LinkError::Altered);
    }
    other(fragment)
}

/// Whether the first letters are those of a link but for one.
fn was_a_link(fragment: &str) -> bool {
    // Shorter ones can't hold anything, and may be somebody's anchor.
    const SHORTEST: usize = 24;
    let like = |prefix: &str| prefix.bytes().zip(fragment.bytes()).filter(|(a, b)| a == b).count() == prefix.len() - 1;
    let names_another = fragment.bytes().next().is_some_and(|first| first.is_ascii_digit() && first != b'1');
    let other_kind = fragment.starts_with("1.") && fragment.as_bytes().get(3) == Some(&b'.');
    fragment.len() >= SHORTEST && !names_another && !other_kind && (like(WHOLE) || like(DELTA))
}

/// A fragment of another version, of another kind, or of no link.
fn other(fragment: &str) -> Result<Option<Link>, LinkError> {
    let Some((version, rest)) = fragment.split_once('.') else { return Ok(None) };
    if version.is_empty() || !version.bytes().all(|byte| byte.is_ascii_digit()) {
        return Ok(None);
    }
    if version != "1" {
        return Err(LinkError::UnknownVersion(version.chars().take(12).collect()));
    }
    match rest.split_once('.') {
        Some((kind, _)) => Err(LinkError::UnknownKind(kind.chars().take(12).collect())),
        None => Err(LinkError::CutOff { expected: None, got: fragment.len() }),
    }
}

fn whole(payload: &str) -> Result<Shared, LinkError> {
    let frame = Frame::open(b'f', payload)?;
    let dictionary = dictionary(frame.dictionary).ok_or(LinkError::UnknownDictionary)?;
    let json = deflate::unpack(&dictionary, &frame.body, MOST_BYTES).map_err(|why| match why {
        Unpacked::TooLarge => LinkError::TooLarge,
        Unpacked::Damaged => LinkError::Altered,
    })?;
    let wire: Wire = serde_json::from_slice(&json).map_err(|_| LinkError::Altered)?;
    wire.try_into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workspace::{Content, FilePath, Files, default_experiment};

    fn link(experiment: &Experiment) -> String {
        write(&experiment.clone().into(), None).unwrap()
    }

    /// A link of the first days, without a dictionary.
    fn plain(json: &[u8]) -> String {
        format!("{WHOLE}{}", Frame { kind: b'f', dictionary: 0, body: deflate::pack(b"", json) }.seal())
    }

    #[test]
    fn a_link_that_is_cut_says_how_much_is_missing() {
        let link = link(&default_experiment());
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
    fn a_link_with_more_behind_it_was_altered() {
        assert_eq!(read(&format!("{}AAAA", link(&default_experiment()))), Err(LinkError::Altered));
    }

    #[test]
    fn hostile_links_are_refused_without_being_unpacked() {
        let bomb = plain(&vec![b' '; 16 << 20]);
        assert_eq!(read(&bomb), Err(LinkError::TooLarge));
        let many = |n: usize| {
            let files: Vec<String> = (0..n).map(|n| format!("\"f{n}\":\"\"")).collect();
            format!("{{\"release\":\"r\",\"namespace\":\"n\",\"files\":{{{}}}}}", files.join(","))
        };
        assert_eq!(read(&plain(many(501).as_bytes())), Err(LinkError::TooManyFiles(501)));
        assert!(read(&plain(many(500).as_bytes())).is_ok());
        let outside = br#"{"release":"r","namespace":"n","files":{"../x":""}}"#;
        assert_eq!(read(&plain(outside)), Err(LinkError::UnfitPath("../x".into())));
        let deep = [b"{\"release\":".to_vec(), vec![b'['; 1 << 20]].concat();
        assert_eq!(read(&plain(&deep)), Err(LinkError::Altered));
        let unknown = format!("{WHOLE}{}", Frame { kind: b'f', dictionary: 7, body: b"x".to_vec() }.seal());
        assert_eq!(read(&unknown), Err(LinkError::UnknownDictionary));
    }

    #[test]
    fn what_a_link_cannot_hold_is_refused_when_writing() {
        let with = |files: Files| Experiment { files: Rc::new(files), ..Experiment::default() };
        let large = [(FilePath::values(), Content::Text("x".repeat(MOST_BYTES + 1).into()))].into();
        let link = |files| write(&with(files).into(), None);
        assert_eq!(link(large), Err(LinkError::TooLarge));
        let path = |n: usize| FilePath::parse(&n.to_string()).unwrap();
        let many = (0..=MOST_FILES).map(|n| (path(n), Content::Text("".into()))).collect();
        assert_eq!(link(many), Err(LinkError::TooManyFiles(501)));
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
