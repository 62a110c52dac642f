//! Where text comes from: the arena of origins.
//!
//! Four things are numbered here and nowhere else, so that values and text carry four bytes instead of trees:
//!
//! - *paths*: places in the input objects, such as `Values.image.tag` or `Release.Name`;
//! - *reads*: sets of paths, each with the role it played;
//! - *frames*: what the execution stood in when it printed (template, include, tpl, range, with, if);
//! - *origins*: who printed a piece of text: a span of a template, in a frame, fed by reads.
//!
//! Number 0 is always "nothing known". A trace that is off hands out zeros and stores nothing: the command line
//! renders so.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::{FileId, Span};

/// A place in the input objects. [`PathId::ROOT`] is the top-level dot.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct PathId(u32);

impl PathId {
    /// The top-level dot, parent of `Values`, `Chart`, `Release`, …
    pub const ROOT: Self = Self(0);
}

/// A set of reads. [`ReadsId::NONE`] is the empty set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct ReadsId(u32);

impl ReadsId {
    /// Nothing was read.
    pub const NONE: Self = Self(0);
}

/// A frame. [`FrameId::NONE`] stands outside of every template.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct FrameId(u32);

impl FrameId {
    /// Outside of every template.
    pub const NONE: Self = Self(0);
}

/// An origin. [`OriginId::UNKNOWN`] where nothing was recorded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct OriginId(u32);

impl OriginId {
    /// Nothing was recorded.
    pub const UNKNOWN: Self = Self(0);
}

/// One step from an object into a part of it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// Into a map, by key.
    Key(Rc<str>),
    /// Into a list, by index.
    Index(u32),
}

/// What part a value played in a result.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// Its content is in the result.
    Feeds,
    /// Its key, or its place in a list, is in the result, whatever its content is.
    Names,
    /// It was only looked at, to choose between others (`default`, `ternary`, `eq`).
    Decides,
}

/// One value that was read, and the part it played.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Read {
    /// Which value.
    pub path: PathId,
    /// Which part.
    pub role: Role,
}

/// How a piece of text was printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum OriginKind {
    /// Literal template text: the bytes at the span are the bytes printed.
    Literal,
    /// The result of an action.
    Action,
    /// Added to a text by a function on its way, such as the spaces of `indent`.
    Inserted,
}

/// Who printed a piece of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Origin {
    /// How.
    pub kind: OriginKind,
    /// The template text or the node that printed it.
    pub span: Span,
    /// What the execution stood in.
    pub frame: FrameId,
    /// The values that fed it.
    pub reads: ReadsId,
}

/// What kind of thing the execution stood in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FrameKind {
    /// A file of the chart, rendered by Helm itself.
    File(Rc<str>),
    /// A named template, called by `include` or `template`.
    Include(Rc<str>),
    /// A text that `tpl` rendered.
    Tpl,
    /// The body of an `if`: `true` where the condition held, `false` in its `else`.
    If(bool),
    /// The body of a `with`, or its `else`.
    With(bool),
    /// One turn of a `range`, counted from 0.
    Range(u32),
    /// The `else` of a `range` over nothing.
    RangeElse,
}

/// One thing the execution stood in, and what that stood in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frame {
    /// The frame around this one.
    pub parent: FrameId,
    /// What it is.
    pub kind: FrameKind,
    /// The call, or the pipeline of the condition. `None` for a file.
    pub span: Option<Span>,
    /// What the condition or the ranged value read.
    pub reads: ReadsId,
    /// What the condition or the ranged value came to, in short. `None` for anything else.
    pub value: Option<Rc<str>>,
}

/// A branch that was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Skipped {
    /// The text of the branch.
    pub span: Span,
    /// The pipeline that decided.
    pub condition: Span,
    /// What the condition read.
    pub reads: ReadsId,
    /// What the execution stood in.
    pub frame: FrameId,
}

/// The arena. See the module's documentation.
#[derive(Clone, Debug)]
pub struct Trace {
    on: bool,
    paths: Vec<(PathId, Step)>,
    path_ids: BTreeMap<(PathId, Step), PathId>,
    reads: Vec<Rc<[Read]>>,
    reads_ids: BTreeMap<Rc<[Read]>, ReadsId>,
    /// The sets that hold one path which feeds, by the path: most do.
    alone: Vec<ReadsId>,
    unions: BTreeMap<(ReadsId, ReadsId), ReadsId>,
    frames: Vec<Frame>,
    origins: Vec<Origin>,
    skipped: Vec<Skipped>,
    /// For each set of reads, the files whose templates asked for it.
    readers: Vec<Vec<FileId>>,
}

/// A set of reads holds no more than this many; a result fed by more is fed by "many", and says the first ones.
const MAX_READS: usize = 64;

impl Trace {
    /// A trace that records.
    pub fn on() -> Self {
        Self { on: true, ..Self::off() }
    }

    /// A trace that records nothing and hands out zeros.
    pub fn off() -> Self {
        Self {
            on: false,
            paths: Vec::new(),
            path_ids: BTreeMap::new(),
            reads: Vec::new(),
            reads_ids: BTreeMap::new(),
            alone: Vec::new(),
            unions: BTreeMap::new(),
            frames: Vec::new(),
            origins: Vec::new(),
            skipped: Vec::new(),
            readers: Vec::new(),
        }
    }

    /// Whether anything is recorded.
    pub fn is_on(&self) -> bool {
        self.on
    }

    /// Whether a path leads on from another one.
    pub fn is_below(&self, path: PathId, above: PathId) -> bool {
        let parent = |path: &PathId| index(path.0).and_then(|i| self.paths.get(i)).map(|(parent, _)| *parent);
        std::iter::successors(Some(path), parent).skip(1).any(|path| path == above)
    }

    /// The number of a path, given where it goes on from.
    pub fn path(&mut self, parent: PathId, step: Step) -> PathId {
        if !self.on {
            return PathId::ROOT;
        }
        let key = (parent, step);
        if let Some(&id) = self.path_ids.get(&key) {
            return id;
        }
        self.paths.push(key.clone());
        let id = PathId(count(self.paths.len()));
        self.path_ids.insert(key, id);
        id
    }

    /// The number of a path, if anybody went it.
    pub fn find(&self, steps: &[Step]) -> Option<PathId> {
        let next = |parent, step: &Step| self.path_ids.get(&(parent, step.clone())).copied();
        steps.iter().try_fold(PathId::ROOT, next)
    }

    /// The steps of a path, from the top-level dot.
    pub fn steps(&self, path: PathId) -> Vec<&Step> {
        let mut steps = Vec::new();
        let mut at = path;
        while let Some((parent, step)) = index(at.0).and_then(|i| self.paths.get(i)) {
            steps.push(step);
            at = *parent;
        }
        steps.reverse();
        steps
    }

    /// The first step of a path.
    pub fn first_step(&self, path: PathId) -> Option<&Step> {
        let entry = |path: PathId| index(path.0).and_then(|i| self.paths.get(i));
        std::iter::successors(entry(path), |(parent, _)| entry(*parent)).last().map(|(_, step)| step)
    }

    /// The set that holds one path, which feeds.
    pub fn read(&mut self, path: PathId) -> ReadsId {
        if !self.on {
            return ReadsId::NONE;
        }
        let place = path.0 as usize;
        if let Some(known) = self.alone.get(place).filter(|known| **known != ReadsId::NONE) {
            return *known;
        }
        let id = self.push_set(Rc::new([Read { path, role: Role::Feeds }]));
        self.alone.resize(self.alone.len().max(place + 1), ReadsId::NONE);
        if let Some(known) = self.alone.get_mut(place) {
            *known = id;
        }
        id
    }

    /// The one path of a set that holds just one which feeds; what a field of such a value continues.
    pub fn sole_path(&self, reads: ReadsId) -> Option<PathId> {
        match self.reads(reads) {
            [Read { path, role: Role::Feeds }] => Some(*path),
            _ => None,
        }
    }

    /// The reads of a set, sorted.
    pub fn reads(&self, id: ReadsId) -> &[Read] {
        index(id.0).and_then(|i| self.reads.get(i)).map(|set| &**set).unwrap_or_default()
    }

    /// What both sets hold together.
    pub fn union(&mut self, a: ReadsId, b: ReadsId) -> ReadsId {
        if a == b || b == ReadsId::NONE {
            return a;
        }
        if a == ReadsId::NONE {
            return b;
        }
        let key = (a.min(b), a.max(b));
        if let Some(&id) = self.unions.get(&key) {
            return id;
        }
        let mut both: Vec<Read> = self.reads(a).iter().chain(self.reads(b)).copied().collect();
        both.sort_unstable();
        // Feeding is the stronger part, and sorts first.
        both.dedup_by_key(|read| read.path);
        let id = self.set(&both);
        self.unions.insert(key, id);
        id
    }

    /// The same values, which only decide.
    pub fn decides(&mut self, id: ReadsId) -> ReadsId {
        self.at_most(id, Role::Decides)
    }

    /// The same values, of which only keys are in the result.
    pub fn names(&mut self, id: ReadsId) -> ReadsId {
        self.at_most(id, Role::Names)
    }

    fn at_most(&mut self, id: ReadsId, role: Role) -> ReadsId {
        let set: Vec<Read> = self.reads(id).iter().map(|read| Read { role: read.role.max(role), ..*read }).collect();
        self.set(&set)
    }

    fn set(&mut self, reads: &[Read]) -> ReadsId {
        if !self.on || reads.is_empty() {
            return ReadsId::NONE;
        }
        if let [Read { path, role: Role::Feeds }] = reads {
            return self.read(*path);
        }
        let reads = reads.get(..MAX_READS).unwrap_or(reads);
        if let Some(&id) = self.reads_ids.get(reads) {
            return id;
        }
        let set: Rc<[Read]> = reads.into();
        let id = self.push_set(Rc::clone(&set));
        self.reads_ids.insert(set, id);
        id
    }

    fn push_set(&mut self, set: Rc<[Read]>) -> ReadsId {
        self.reads.push(set);
        ReadsId(count(self.reads.len()))
    }

    /// Records a frame.
    pub fn push_frame(&mut self, frame: Frame) -> FrameId {
        if !self.on {
            return FrameId::NONE;
        }
        self.frames.push(frame);
        FrameId(count(self.frames.len()))
    }

    /// A frame by its number.
    pub fn frame(&self, id: FrameId) -> Option<&Frame> {
        self.frames.get(index(id.0)?)
    }

    /// A frame and those around it, innermost first.
    pub fn frames(&self, id: FrameId) -> impl Iterator<Item = &Frame> {
        std::iter::successors(self.frame(id), |frame| self.frame(frame.parent))
    }

    /// Records an origin; the same one as the last gets the same number.
    pub fn push_origin(&mut self, origin: Origin) -> OriginId {
        if !self.on {
            return OriginId::UNKNOWN;
        }
        if self.origins.last() != Some(&origin) {
            self.origins.push(origin);
        }
        OriginId(count(self.origins.len()))
    }

    /// An origin by its number.
    pub fn origin(&self, id: OriginId) -> Option<&Origin> {
        self.origins.get(index(id.0)?)
    }

    /// Records a branch that was not taken.
    pub fn push_skipped(&mut self, skipped: Skipped) {
        if self.on {
            self.skipped.push(skipped);
        }
    }

    /// The branches that were not taken, in order.
    pub fn skipped(&self) -> &[Skipped] {
        &self.skipped
    }

    /// Records that a template in `reader` asked for values, whatever became of them.
    pub fn note_reader(&mut self, reads: ReadsId, reader: FileId) {
        let Some(at) = index(reads.0) else { return };
        if self.readers.len() <= at {
            self.readers.resize_with(at + 1, Vec::new);
        }
        if let Some(readers) = self.readers.get_mut(at).filter(|readers| !readers.contains(&reader)) {
            readers.push(reader);
        }
    }

    /// The sets of reads that templates asked for, each with the files of those templates.
    pub fn readers(&self) -> impl Iterator<Item = (ReadsId, &[FileId])> {
        (1..).map(ReadsId).zip(&self.readers).map(|(reads, readers)| (reads, readers.as_slice()))
    }

    /// Whether a template asked for a path or for something below it.
    pub fn is_read(&self, path: PathId) -> bool {
        let is_it = |read: &Read| read.path == path || self.is_below(read.path, path);
        self.readers().any(|(reads, files)| !files.is_empty() && self.reads(reads).iter().any(is_it))
    }

    /// The conditions under which something was executed, and what they read, in order.
    pub fn conditions(&self) -> impl Iterator<Item = (Span, ReadsId)> {
        let is_condition =
            |frame: &&Frame| !matches!(frame.kind, FrameKind::File(_) | FrameKind::Include(_) | FrameKind::Tpl);
        self.frames.iter().filter(is_condition).filter_map(|frame| Some((frame.span?, frame.reads)))
    }

    /// The conditions of the branches that were taken, and of the turns of loops.
    pub fn taken(&self) -> impl Iterator<Item = Span> {
        let is_taken =
            |frame: &&Frame| matches!(frame.kind, FrameKind::If(true) | FrameKind::With(true) | FrameKind::Range(_));
        self.frames.iter().filter(is_taken).filter_map(|frame| frame.span)
    }

    /// The names of the templates that were called, each as often as it was.
    pub fn called(&self) -> impl Iterator<Item = &str> {
        self.frames
            .iter()
            .filter_map(|frame| if let FrameKind::Include(name) = &frame.kind { Some(&**name) } else { None })
    }

    /// All origins, in the order they were recorded.
    pub fn origins(&self) -> &[Origin] {
        &self.origins
    }
}

/// The number of what was just pushed: numbers start at 1.
fn count(len: usize) -> u32 {
    u32::try_from(len).unwrap_or(u32::MAX)
}

fn index(id: u32) -> Option<usize> {
    (id as usize).checked_sub(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(name: &str) -> Step {
        Step::Key(name.into())
    }

    #[test]
    fn a_union_keeps_the_stronger_part_and_is_the_same_either_way() {
        let mut trace = Trace::on();
        let values = trace.path(PathId::ROOT, key("Values"));
        let a = trace.path(values, key("a"));
        let b = trace.path(values, key("b"));
        let (read_a, read_b) = (trace.read(a), trace.read(b));
        let decided = trace.decides(read_a);
        let both = trace.union(decided, read_b);
        let all = trace.union(both, read_a);
        assert_eq!(all, trace.union(read_a, read_b));
        assert_eq!(trace.reads(all), [Read { path: a, role: Role::Feeds }, Read { path: b, role: Role::Feeds }]);
        assert_eq!(trace.sole_path(read_a), Some(a));
        assert_eq!(trace.sole_path(all), None);
        assert_eq!(trace.steps(b), [&key("Values"), &key("b")]);
    }

    #[test]
    fn a_trace_that_is_off_hands_out_zeros() {
        let mut trace = Trace::off();
        let path = trace.path(PathId::ROOT, key("Values"));
        assert_eq!(trace.read(path), ReadsId::NONE);
        assert!(trace.steps(path).is_empty());
    }
}
