//! Layers of values as a link of version 1 holds them. Frozen with it.

use std::rc::Rc;

use serde::{Deserialize, Serialize};

use super::LinkError;
use crate::workspace::{FilePath, Given, Layer, SetKind, Switch};

/// A layer: the flag, what stands behind it, and whether it is switched off.
#[derive(Serialize, Deserialize)]
pub(super) struct WireLayer {
    flag: String,
    given: String,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    off: bool,
}

const FILE: &str = "-f";

/// Layers that a link may have.
const MOST: usize = 200;

impl From<&Layer> for WireLayer {
    fn from(layer: &Layer) -> Self {
        let (flag, given) = match &layer.given {
            Given::File(path) => (FILE, path.to_string()),
            Given::Set(kind, text) => (kind.flag(), text.to_string()),
        };
        Self { flag: flag.to_owned(), given, off: layer.switch == Switch::Off }
    }
}

/// The layers of a link, in Helm's order whatever theirs is.
pub(super) fn layers_from(wire: Vec<WireLayer>) -> Result<Rc<[Layer]>, LinkError> {
    if wire.len() > MOST {
        return Err(LinkError::TooLarge);
    }
    let mut layers = wire.into_iter().map(Layer::try_from).collect::<Result<Vec<_>, _>>()?;
    layers.sort_by_key(Layer::rank);
    Ok(layers.into())
}

impl TryFrom<WireLayer> for Layer {
    type Error = LinkError;

    fn try_from(wire: WireLayer) -> Result<Self, LinkError> {
        let given = if wire.flag == FILE {
            Given::File(FilePath::read(&wire.given).map_err(|_| LinkError::UnfitPath(wire.given))?)
        } else {
            Given::Set(SetKind::of_flag(&wire.flag).ok_or(LinkError::Altered)?, wire.given.into())
        };
        Ok(Self { given, switch: if wire.off { Switch::Off } else { Switch::On } })
    }
}
