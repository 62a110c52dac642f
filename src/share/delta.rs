//! What was changed in a sample, as a link of kind `d` carries it: the sample's name and the hash of its content, and
//! what in the JSON of a whole link would differ. Of a text that was edited only the piece between the first and the last
//! change is sent.
//!
//! The body: length of the name, the name, six bytes of hash, deflated JSON, which says the
//! [difference](super::difference). The rules of a version never change again.

use std::rc::Rc;

use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

use super::deflate::{self, Unpacked};
use super::dictionary::{NEWEST, with_sample};
use super::difference::{apply, difference};
use super::frame::Frame;
use super::wire::Wire;
use super::{LinkError, MOST_BYTES, Shared};
use crate::workspace::{Content, Experiment, FilePath};

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

/// The payload of a link to what was changed in a sample.
pub(super) fn write(shared: &Shared, sample: &Experiment) -> Option<String> {
    let name = sample.origin.sample()?;
    let changes = difference(Wire::new(shared).fields()?, &Wire::from(sample).fields()?);
    let packed = deflate::pack(&dictionary(sample), &serde_json::to_vec(&changes).ok()?);
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
        let changes: Map<String, Value> = serde_json::from_slice(&json).map_err(|_| LinkError::Altered)?;
        let mut fields = Wire::from(sample).fields().ok_or(LinkError::Altered)?;
        apply(&mut fields, changes).ok_or(LinkError::Altered)?;
        let wire: Wire = serde_json::from_value(fields.into()).map_err(|_| LinkError::Altered)?;
        let shared = Shared::try_from(wire)?;
        // A sample may be the larger part of it.
        if shared.experiment.size() > MOST_BYTES { Err(LinkError::TooLarge) } else { Ok(shared) }
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
