//! From a chart to everything that rules may want to know about it.

use super::background::may_change_by_itself;
use super::{Background, Sources};
use crate::chart::Overrides;
use crate::engine::{self, Document, Inputs, Record, Rendering, Request};
use crate::source::{FileId, Trace};
use crate::template::{SeededWorld, World};

/// A rendering with its background.
#[derive(Clone, Debug)]
pub struct Examined {
    /// The rendering.
    pub rendering: Rendering,
    /// What it was made of.
    pub background: Background,
    /// The user's files of values.
    pub values: Vec<FileId>,
}

impl Examined {
    /// What the linter is shown.
    pub fn sources(&self) -> Sources<'_> {
        let Rendering { files, trace, result, .. } = &self.rendering;
        let documents = result.as_ref().map(|rendered| &*rendered.documents).unwrap_or_default();
        Sources { documents, files, trace, values: &self.values }
    }
}

/// Renders a chart. `overrides` are what the request's values were made of. A chart that asks for the time or for
/// random things is rendered a second time.
pub fn examine(mut request: Request, overrides: &Overrides, world: &mut dyn World) -> Examined {
    let charts_own = request.files.iter().count();
    let inputs = Inputs::new(&mut request, overrides);
    let values = request.files.iter().map(|(file, _)| file).skip(charts_own).collect();
    let again = again(&request, &inputs, world);
    let mut rendering = engine::render(Request { record: Record::Origins, ..request }, world);
    let mut trace = std::mem::replace(&mut rendering.trace, Trace::off());
    let mut background = Background::of(inputs, &mut trace, &rendering.files);
    rendering.trace = trace;
    background.failure = rendering.result.as_ref().err().cloned();
    background.again = again;
    Examined { rendering, background, values }
}

/// The documents of the same chart more than a year later, with other dice. `None` where nothing can change by itself.
fn again(request: &Request, inputs: &Inputs, world: &mut dyn World) -> Option<Vec<Document>> {
    const LATER: i128 = ((400 * 24 + 1) * 60 + 1) * 60 * 1_000_000_000 + 1_000_000_000;
    if !may_change_by_itself(inputs, &request.files) {
        return None;
    }
    let mut seed = [0; 8];
    world.random(&mut seed);
    let mut other = SeededWorld::new(world.now().saturating_add(LATER), !u64::from_le_bytes(seed));
    let request = Request { record: Record::Nothing, ..request.clone() };
    engine::render(request, &mut other).result.ok().map(|rendered| rendered.documents)
}
