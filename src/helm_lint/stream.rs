//! The objects of a stream, as Kubernetes' reader finds them: what begins with a brace is read as JSON first, and as
//! YAML where that fails. The reader that Helm 3 is built with doesn't change its mind.

use super::object::{Object, Reading, decode};
use crate::chart;
use crate::helm::Helm;
use crate::source::ReadsId;
use crate::value::json::{self, DecodeError, DecodeErrorKind};
use crate::yaml;

type Read = Result<Option<Object>, String>;

/// The objects; none for a document that says nothing. After an error nothing follows.
pub(super) fn objects(text: &[u8], helm: Helm) -> Vec<Read> {
    if text.trim_ascii_start().starts_with(b"{") {
        Stream { helm, read: Vec::new() }.json(text)
    } else {
        yaml(text, helm)
    }
}

fn yaml(text: &[u8], helm: Helm) -> Vec<Read> {
    let mut objects = Vec::new();
    for document in chart::yaml_documents(text) {
        let read = document.and_then(|document| {
            let value = yaml::decode(&document).map_err(|error| error.to_string())?;
            let decoded = decode(&value, Reading::Yaml, helm);
            decoded.map_err(|error| format!("error unmarshaling JSON: while decoding JSON: {error}"))
        });
        let is_over = read.is_err();
        objects.push(read);
        if is_over {
            break;
        }
    }
    objects
}

struct Stream {
    helm: Helm,
    read: Vec<Read>,
}

/// Streams of more objects than any file of a chart holds.
const MOST: usize = 100_000;

impl Stream {
    fn json(mut self, text: &[u8]) -> Vec<Read> {
        let mut at = 0;
        while let Some(rest) = text.get(at..).filter(|rest| !rest.trim_ascii().is_empty() && self.read.len() < MOST) {
            let (value, length) = match first(rest) {
                Ok(first) => first,
                Err(error) => return self.otherwise(rest, syntax(&error, at)),
            };
            match decode(&value, Reading::Json, self.helm) {
                Ok(object) => self.read.push(Ok(object)),
                Err(error) => return self.otherwise(rest, error),
            }
            at += length;
        }
        self.read
    }

    /// Goes on as YAML where it may still be that.
    fn otherwise(mut self, rest: &[u8], error: String) -> Vec<Read> {
        let mut others =
            if self.helm.is_three() || self.read.len() > 1 { Vec::new() } else { yaml(behind(rest), self.helm) };
        match others.first_mut() {
            None | Some(Err(_)) => self.read.push(Err(error)),
            Some(Ok(_)) => self.read.append(&mut others),
        }
        self.read
    }
}

/// The first value, and how long it is.
fn first(text: &[u8]) -> Result<(crate::value::Value, usize), DecodeError> {
    match json::decode(text, ReadsId::NONE) {
        Ok(value) => Ok((value, text.len())),
        Err(error) => {
            let end = error.offset.saturating_sub(1);
            let is_behind =
                matches!(&error.kind, DecodeErrorKind::InvalidCharacter(_, what) if what == "after top-level value");
            let whole = text.get(..end).filter(|_| is_behind).map(|whole| json::decode(whole, ReadsId::NONE));
            match whole {
                Some(Ok(value)) => Ok((value, end)),
                _ => Err(error),
            }
        }
    }
}

fn syntax(error: &DecodeError, before: usize) -> String {
    match error.kind {
        DecodeErrorKind::InvalidCharacter(..) => format!("json: offset {}: {error}", before + error.offset),
        DecodeErrorKind::UnexpectedEnd => "unexpected EOF".to_owned(),
        DecodeErrorKind::NumberRange(_) => error.to_string(),
    }
}

/// What follows the white space up to and with the first end of a line.
fn behind(text: &[u8]) -> &[u8] {
    let space = text.iter().take_while(|byte| byte.is_ascii_whitespace() && **byte != b'\n').count();
    let space = space + usize::from(text.get(space) == Some(&b'\n'));
    text.get(space..).unwrap_or_default()
}
