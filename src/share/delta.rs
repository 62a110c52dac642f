//! What was changed in a sample, as a link of kind `d` carries it: the sample's name and the hash of its content, and
//! what in the JSON of a whole link would differ. Of a text that was edited only the piece between the first and the last
//! change is sent.
//!
//! The body: length of the name, the name, six bytes of hash, deflated JSON. In the JSON `null` takes something away; of
//! an object, such as the files, only the entries that differ are there; and in such an object `[at, bytes, "text"]`
//! puts a text in place of so many bytes. The rules of a version never change again.

use std::rc::Rc;

use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use super::deflate::{self, Unpacked};
use super::dictionary::{NEWEST, with_sample};
use super::frame::Frame;
use super::wire::Wire;
use super::{LinkError, MOST_BYTES, Shared, View};
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
pub(super) fn write(experiment: &Experiment, view: &View, sample: &Experiment) -> Option<String> {
    let name = sample.origin.sample()?;
    let changes = difference(fields(experiment, view)?, &fields(sample, &View::default())?);
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
        let mut fields = fields(sample, &View::default()).ok_or(LinkError::Altered)?;
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

/// The JSON of a whole link.
fn fields(experiment: &Experiment, view: &View) -> Option<Map<String, Value>> {
    match serde_json::to_value(Wire::new(experiment, view)) {
        Ok(Value::Object(fields)) => Some(fields),
        _ => None,
    }
}

fn difference(ours: Map<String, Value>, theirs: &Map<String, Value>) -> Map<String, Value> {
    changed(ours, theirs, |ours, theirs| match (ours, theirs) {
        (Value::Object(ours), Some(Value::Object(theirs))) => changed(ours, theirs, edited).into(),
        (ours, _) => ours,
    })
}

/// The entries that differ, told by `tell`; those that are gone as `null`.
fn changed(
    ours: Map<String, Value>,
    theirs: &Map<String, Value>,
    tell: impl Fn(Value, Option<&Value>) -> Value,
) -> Map<String, Value> {
    let gone: Vec<String> = theirs.keys().filter(|key| !ours.contains_key(*key)).cloned().collect();
    let gone = gone.into_iter().map(|key| (key, Value::Null));
    let differing = ours.into_iter().filter(|(key, value)| theirs.get(key) != Some(value));
    let differing = differing.map(|(key, value)| {
        let told = tell(value, theirs.get(&key));
        (key, told)
    });
    gone.chain(differing).collect()
}

/// An edited text as the edit.
fn edited(after: Value, before: Option<&Value>) -> Value {
    match (&after, before) {
        (Value::String(after), Some(Value::String(before))) => edit(before, after),
        _ => after,
    }
}

/// What stands between the texts' common beginning and their common end.
fn edit(before: &str, after: &str) -> Value {
    let alike = |pairs: &mut dyn Iterator<Item = (char, char)>| -> usize {
        pairs.take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum()
    };
    let start = alike(&mut before.chars().zip(after.chars()));
    let (before, after) = (before.get(start..).unwrap_or_default(), after.get(start..).unwrap_or_default());
    let end = alike(&mut before.chars().rev().zip(after.chars().rev()));
    json!([start, before.len() - end, after.get(..after.len() - end).unwrap_or_default()])
}

/// Puts changes in; `None` where they don't fit.
fn apply(fields: &mut Map<String, Value>, changes: Map<String, Value>) -> Option<()> {
    for (key, change) in changes {
        match (change, fields.get_mut(&key)) {
            (Value::Null, _) => drop(fields.remove(&key)),
            (Value::Object(entries), Some(Value::Object(inside))) => apply_entries(inside, entries)?,
            (whole, _) => drop(fields.insert(key, whole)),
        }
    }
    Some(())
}

fn apply_entries(inside: &mut Map<String, Value>, entries: Map<String, Value>) -> Option<()> {
    for (key, change) in entries {
        match change {
            Value::Null => drop(inside.remove(&key)),
            Value::Array(edit) => {
                let after = after_edit(inside.get(&key)?.as_str()?, &edit)?;
                inside.insert(key, after.into());
            }
            whole => drop(inside.insert(key, whole)),
        }
    }
    Some(())
}

fn after_edit(before: &str, edit: &[Value]) -> Option<String> {
    let [start, removed, text] = edit else { return None };
    let number = |value: &Value| usize::try_from(value.as_u64()?).ok();
    let start = number(start)?;
    let end = before.get(start.checked_add(number(removed)?)?..)?;
    Some([before.get(..start)?, text.as_str()?, end].concat())
}
