//! What was changed in a sample, as a link of kind `d` carries it: the sample's name and the hash of its content, and
//! the files that differ. Of a text that was edited only the piece between the first and the last change is sent.
//!
//! The body: length of the name, the name, six bytes of hash, deflated JSON. The JSON of a version never changes again.

use std::collections::BTreeMap;
use std::rc::Rc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::deflate::{self, Unpacked};
use super::dictionary::{NEWEST, with_sample};
use super::frame::Frame;
use super::{LinkError, MOST_BYTES, MOST_FILES, Shared, View};
use crate::workspace::{Content, Experiment, FilePath, Files, Origin, Settings};

/// The kind of these links.
const KIND: u8 = b'd';

/// Bytes of a sample's hash.
const HASH: usize = 6;

/// The changes to a sample, still packed: the sample is needed to read them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changes {
    sample: Rc<str>,
    hash: [u8; HASH],
    packed: Vec<u8>,
}

/// What differs. A setting or a file that is not named is the sample's own.
#[derive(Serialize, Deserialize, Default)]
struct Wire {
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    files: BTreeMap<String, Option<Change>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    release: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    namespace: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    kube: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    open: Option<String>,
    #[serde(flatten)]
    view: View,
}

/// A file that differs; one that is gone is `null`.
#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum Change {
    /// From this byte on so many bytes give way to this text.
    Edit(usize, usize, String),
    Text(String),
    Binary {
        base64: String,
    },
}

/// The payload of a link to what was changed in a sample.
pub(super) fn write(experiment: &Experiment, view: &View, sample: &Experiment) -> Option<String> {
    let name = sample.origin.sample()?;
    let json = serde_json::to_vec(&difference(experiment, view, sample)).ok()?;
    let packed = deflate::pack(&dictionary(sample), &json);
    let body = [&[u8::try_from(name.len()).ok()?], name.as_bytes(), &hash(sample), &packed].concat();
    Some(Frame { kind: KIND, dictionary: NEWEST, body }.seal())
}

/// Reads the payload up to where the sample is needed.
pub(super) fn read(payload: &str) -> Result<Changes, LinkError> {
    let Frame { dictionary, body, .. } = Frame::open(KIND, payload)?;
    if dictionary != NEWEST {
        return Err(LinkError::UnknownDictionary);
    }
    let parts = body.split_first().and_then(|(&length, rest)| {
        let (name, rest) = rest.split_at_checked(length.into())?;
        let (hash, packed) = rest.split_first_chunk::<HASH>()?;
        let name = std::str::from_utf8(name).ok()?;
        Some(Changes { sample: name.into(), hash: *hash, packed: packed.to_vec() })
    });
    parts.filter(|changes| FilePath::parse(&changes.sample).is_ok()).ok_or(LinkError::Altered)
}

impl Changes {
    /// The sample that they change.
    pub fn sample(&self) -> &Rc<str> {
        &self.sample
    }

    /// The sample with the changes in it.
    pub fn over(&self, sample: &Experiment) -> Result<Shared, LinkError> {
        if sample.origin.sample() != Some(&self.sample) || hash(sample) != self.hash {
            return Err(LinkError::OtherSample(self.sample.to_string()));
        }
        let json = deflate::unpack(&dictionary(sample), &self.packed, MOST_BYTES).map_err(|why| match why {
            Unpacked::TooLarge => LinkError::TooLarge,
            Unpacked::Damaged => LinkError::Altered,
        })?;
        let wire: Wire = serde_json::from_slice(&json).map_err(|_| LinkError::Altered)?;
        wire.over(sample)
    }
}

/// What is known at both ends.
fn dictionary(sample: &Experiment) -> Vec<u8> {
    with_sample(sample.files.values().filter_map(Content::text).map(|text| &**text))
}

/// A sample's content: paths, bytes, the release's name.
fn hash(sample: &Experiment) -> [u8; HASH] {
    let mut sum = Sha256::new();
    let mut add = |bytes: &[u8]| {
        sum.update(u64::try_from(bytes.len()).unwrap_or(u64::MAX).to_be_bytes());
        sum.update(bytes);
    };
    add(sample.settings.release.as_bytes());
    for (path, content) in &*sample.files {
        add(path.as_str().as_bytes());
        add(content.bytes());
    }
    let sum = sum.finalize();
    sum.first_chunk().copied().unwrap_or_default()
}

fn difference(experiment: &Experiment, view: &View, sample: &Experiment) -> Wire {
    let (ours, theirs) = (&experiment.settings, &sample.settings);
    let other = |ours: &Rc<str>, theirs: &Rc<str>| (ours != theirs).then(|| ours.to_string());
    let gone = sample.files.keys().filter(|path| !experiment.files.contains_key(path));
    let gone = gone.map(|path| (path.to_string(), None));
    let changed = experiment.files.iter().filter(|(path, content)| sample.file(path) != Some(content));
    let changed = changed.map(|(path, content)| (path.to_string(), Some(change(sample.file(path), content))));
    let usual = Experiment::new(Origin::Empty, (*experiment.files).clone(), Settings::default()).open;
    Wire {
        files: gone.chain(changed).collect(),
        release: other(&ours.release, &theirs.release),
        namespace: other(&ours.namespace, &theirs.namespace),
        kube: other(&ours.kube_version, &theirs.kube_version),
        open: experiment.open.as_ref().filter(|open| Some(*open) != usual.as_ref()).map(ToString::to_string),
        view: view.clone(),
    }
}

fn change(before: Option<&Content>, after: &Content) -> Change {
    let Content::Text(after) = after else { return Change::Binary { base64: STANDARD.encode(after.bytes()) } };
    match before.and_then(Content::text) {
        Some(before) => edit(before, after),
        None => Change::Text(after.to_string()),
    }
}

/// What stands between the texts' common beginning and their common end.
fn edit(before: &str, after: &str) -> Change {
    let alike = |pairs: &mut dyn Iterator<Item = (char, char)>| -> usize {
        pairs.take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum()
    };
    let start = alike(&mut before.chars().zip(after.chars()));
    let rest = |text: &str| text.get(start..).unwrap_or_default().to_owned();
    let (before, after) = (rest(before), rest(after));
    let end = alike(&mut before.chars().rev().zip(after.chars().rev()));
    let text = after.get(..after.len() - end).unwrap_or_default();
    Change::Edit(start, before.len() - end, text.to_owned())
}

impl Wire {
    fn over(self, sample: &Experiment) -> Result<Shared, LinkError> {
        let mut files = (*sample.files).clone();
        for (name, change) in self.files {
            let path = FilePath::parse(&name).map_err(|_| LinkError::UnfitPath(name))?;
            match change {
                Some(change) => drop(files.insert(path.clone(), change.over(sample.file(&path))?)),
                None => drop(files.remove(&path)),
            }
        }
        check(&files)?;
        let own = |ours: Option<String>, theirs: &Rc<str>| ours.map_or_else(|| Rc::clone(theirs), Rc::from);
        let settings = Settings {
            release: own(self.release, &sample.settings.release),
            namespace: own(self.namespace, &sample.settings.namespace),
            kube_version: own(self.kube, &sample.settings.kube_version),
        };
        let mut experiment = Experiment::new(Origin::Link(sample.origin.sample().cloned()), files, settings);
        let opened = self.open.and_then(|open| FilePath::parse(&open).ok());
        experiment.open = opened.filter(|open| experiment.files.contains_key(open)).or(experiment.open);
        Ok(Shared { experiment, view: self.view })
    }
}

impl Change {
    fn over(self, before: Option<&Content>) -> Result<Content, LinkError> {
        match self {
            Self::Text(text) => Ok(Content::Text(text.into())),
            Self::Binary { base64 } => {
                STANDARD.decode(base64).map(|bytes| Content::Binary(bytes.into())).map_err(|_| LinkError::Altered)
            }
            Self::Edit(start, removed, text) => {
                let before = before.and_then(Content::text).ok_or(LinkError::Altered)?;
                let end = start.checked_add(removed).and_then(|end| before.get(end..)).ok_or(LinkError::Altered)?;
                let start = before.get(..start).ok_or(LinkError::Altered)?;
                Ok(Content::Text([start, &text, end].concat().into()))
            }
        }
    }
}

/// A sample may be the smaller part of it.
fn check(files: &Files) -> Result<(), LinkError> {
    if files.len() > MOST_FILES {
        return Err(LinkError::TooManyFiles(files.len()));
    }
    let bytes: usize = files.values().map(Content::len).sum();
    if bytes > MOST_BYTES { Err(LinkError::TooLarge) } else { Ok(()) }
}
