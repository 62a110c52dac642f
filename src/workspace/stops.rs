//! What Helm stops at, as the page tells it: in plain words, with the edits that mend it, and the line of the output
//! where it shows.

use std::ops::Range;

use super::origins::Atlas;
use super::{Experiment, Mend, Problem};
use crate::engine::{self, ErrorKind, Inputs, Printed, Rendering};
use crate::lint::{self, Advice};
use crate::source::{OriginKind, Position, Run, Runs, Span};

/// What is told of a stop beyond what the error itself says.
pub(super) struct Told {
    /// What happened; `None` where Helm says it as well.
    pub(super) message: Option<String>,
    /// The likeliest edit that mends it.
    pub(super) mend: Option<Mend>,
    /// The others.
    pub(super) others: Vec<Mend>,
}

/// What is told of a stop.
pub(super) fn told(experiment: &Experiment, rendering: &Rendering, inputs: &Inputs, stop: &engine::Stop) -> Told {
    let Rendering { files, trace, .. } = rendering;
    let atlas = Atlas::new(experiment, files);
    let Advice { message, ways } = lint::advise(stop, files, trace, inputs);
    let mut mends = ways.into_iter().filter_map(|way| Mend::of_way(&way, &atlas, experiment));
    let mend = mends.next();
    Told { message, mend, others: mends.collect() }
}

/// The template that an error names, as Helm names it.
pub(super) fn source(error: &engine::Error) -> &str {
    match &error.kind {
        ErrorKind::Parse(name, _) => name,
        ErrorKind::Manifest { source, .. } => source,
        ErrorKind::Exec(error) => error.place.as_ref().map_or(&error.template, |place| &place.text),
        ErrorKind::Chart(_) | ErrorKind::Jinja(_) | ErrorKind::NoSuchTemplate(_) => "",
    }
}

/// The first line of the output, from 1, that was printed by what a problem is about: the hole, or the text that isn't
/// YAML.
pub(super) fn output_line(
    problem: &Problem,
    experiment: &Experiment,
    printed: &Printed,
    rendering: &Rendering,
) -> Option<u32> {
    let place = problem.place.as_ref().filter(|_| problem.is_helms())?;
    let atlas = Atlas::new(experiment, &rendering.files);
    let (file, text) = atlas.file(&place.path)?;
    // What is missing at the end of a file is behind the last that is there.
    let last = text.trim_ascii_end().len();
    let is_end = place.bytes.is_empty() && place.bytes.start >= last && last > 0;
    let at = Span::new(file, if is_end { last - 1..last } else { place.bytes.clone() });
    let touches = |span: Span| {
        let is_within = span.start < at.end || (at.is_empty() && span.start == at.start);
        span.file == at.file && is_within && at.start < span.end
    };
    let is_hole = |range: &Range<usize>| {
        let mark = super::HOLE_MARKS.0.as_bytes();
        printed.text.as_bytes().get(range.clone()).is_some_and(|text| text.starts_with(mark))
    };
    let runs = || printed.text.runs().into_iter().flat_map(Runs::ranges);
    let by = |range: &Range<usize>, run: &Run| {
        let origin = rendering.trace.origin(run.origin).filter(|origin| touches(origin.span))?;
        let literal = origin.kind == OriginKind::Literal && run.at != Run::WHOLE;
        let start = origin.span.range().start + if literal { run.at as usize } else { 0 };
        let into = if literal { place.bytes.start.saturating_sub(start) } else { 0 };
        let rest = printed.text.as_bytes().get(range.start + into..)?;
        let blank = rest.len() - rest.trim_ascii_start().len();
        (into <= range.len()).then_some(range.start + into + blank)
    };
    let all: Vec<usize> =
        runs().filter(|(range, _)| is_hole(range)).filter_map(|(range, run)| by(&range, &run)).collect();
    let first = || runs().find_map(|(range, run)| by(&range, &run));
    let byte = all.first().copied().or_else(first)?;
    let bytes = printed.text.as_bytes();
    Some(Position::of(bytes, byte).line)
}
