//! What no Helm shows: that texts keep their origins, that slots keep their reads, that work is charged.

use std::ops::Range;
use std::rc::Rc;

use super::functions;
use crate::source::{
    FileId, FrameId, Origin, OriginId, OriginKind, PathId, ReadsId, Role, Run, Runs, Span, Step, Trace,
};
use crate::template::{
    CallError, CallFrame, Context, Exhausted, FunctionTable, Limits, SeededWorld, TemplateSet, World,
};
use crate::value::{List, Map, Text, Traced, Value};

/// An execution that stands still: it records, counts, and has no templates.
struct Bench {
    trace: Trace,
    world: SeededWorld,
    limits: Limits,
    steps: u64,
    bytes: u64,
}

impl Bench {
    fn origin(&mut self, kind: OriginKind, reads: ReadsId) -> OriginId {
        let span = Span::point(FileId(0), 0);
        self.trace.push_origin(Origin { kind, span, frame: FrameId::NONE, reads })
    }
}

impl Context for Bench {
    fn trace(&mut self) -> &mut Trace {
        &mut self.trace
    }

    fn world(&mut self) -> &mut dyn World {
        &mut self.world
    }

    fn here(&mut self, reads: ReadsId) -> OriginId {
        self.origin(OriginKind::Action, reads)
    }

    fn inserted(&mut self) -> OriginId {
        self.origin(OriginKind::Inserted, ReadsId::NONE)
    }

    fn charge_steps(&mut self, steps: u64) -> Result<(), CallError> {
        self.steps = self.steps.saturating_add(steps);
        if self.steps > self.limits.steps { Err(Exhausted::Steps(self.steps).into()) } else { Ok(()) }
    }

    fn charge_bytes(&mut self, bytes: u64) -> Result<(), CallError> {
        self.bytes = self.bytes.saturating_add(bytes);
        if self.bytes > self.limits.bytes { Err(Exhausted::Bytes(self.bytes).into()) } else { Ok(()) }
    }

    fn templates(&self) -> Rc<TemplateSet> {
        Rc::new(TemplateSet::new("", Rc::new(FunctionTable::new(Vec::new()))))
    }

    fn execute(&mut self, _: &Rc<TemplateSet>, name: &str, _: CallFrame, _: Traced) -> Result<Text, CallError> {
        Err(format!("no template {name}").into())
    }
}

fn on_bench<T>(limits: Limits, test: impl FnOnce(&mut Bench) -> T) -> T {
    let world = SeededWorld::new(1_600_000_000_000_000_000, 1);
    test(&mut Bench { trace: Trace::on(), world, limits, steps: 0, bytes: 0 })
}

fn call(cx: &mut Bench, name: &str, args: Vec<Traced>) -> Result<Traced, CallError> {
    let function = functions().into_iter().find(|function| function.name == name);
    function.unwrap_or_else(|| panic!("no function {name}")).call(cx, args)
}

/// A text that is literal in a file, from its first byte on.
fn literal(cx: &mut Bench, text: &str) -> Text {
    let span = Span::new(FileId(7), 0..text.len());
    let kind = OriginKind::Literal;
    let origin = cx.trace().push_origin(Origin { kind, span, frame: FrameId::NONE, reads: ReadsId::NONE });
    let mut runs = Runs::new();
    runs.push(text.len(), origin, 0);
    Text::with_runs(text.as_bytes(), runs)
}

/// The pieces of a text that are literal: where they are, and where they were. A piece that stands for others as a
/// whole is where its origin is.
fn literal_pieces(cx: &mut Bench, value: &Traced) -> Vec<(Range<usize>, usize)> {
    let text = value.value.as_text().expect("a text");
    let runs = text.runs().expect("a text with runs");
    let ranges: Vec<_> = runs.ranges().collect();
    let mut is_literal = |run: &Run| cx.trace().origin(run.origin).is_some_and(|it| it.kind == OriginKind::Literal);
    let known = ranges.into_iter().filter(|(_, run)| is_literal(run)).collect::<Vec<_>>();
    known.into_iter().map(|(range, run)| (range, if run.at == Run::WHOLE { 0 } else { run.at as usize })).collect()
}

fn read(cx: &mut Bench, key: &str) -> ReadsId {
    let path = cx.trace().path(PathId::ROOT, Step::Key(key.into()));
    cx.trace().read(path)
}

/// The keys of a set of reads, each with whether it feeds.
fn keys(cx: &mut Bench, reads: ReadsId) -> Vec<(String, Role)> {
    let trace = cx.trace();
    let key = |path| match trace.steps(path).as_slice() {
        [Step::Key(key)] => key.to_string(),
        other => panic!("unexpected {other:?}"),
    };
    trace.reads(reads).iter().map(|read| (key(read.path), read.role)).collect()
}

#[test]
fn text_functions_keep_origins() {
    type Args = fn(Text) -> Vec<Traced>;
    type Case = (&'static str, Args, &'static str, Vec<(Range<usize>, usize)>);
    let cases: Vec<Case> = vec![
        ("indent", |text| vec![Value::int(2).into(), text.into()], "  ab\n  cd", vec![(2..5, 0), (7..9, 3)]),
        ("nindent", |text| vec![Value::int(1).into(), text.into()], "\n ab\n cd", vec![(2..5, 0), (6..8, 3)]),
        ("trunc", |text| vec![Value::int(-2).into(), text.into()], "cd", vec![(0..2, 3)]),
        ("trimPrefix", |text| vec!["ab\n".into(), text.into()], "cd", vec![(0..2, 3)]),
        ("trimAll", |text| vec!["ad".into(), text.into()], "b\nc", vec![(0..3, 1)]),
        ("substr", |text| vec![Value::int(1).into(), Value::int(4).into(), text.into()], "b\nc", vec![(0..3, 1)]),
        ("replace", |text| vec!["b".into(), "xy".into(), text.into()], "axy\ncd", vec![(0..1, 0), (3..6, 2)]),
        ("squote", |text| vec![text.into()], "'ab\ncd'", vec![(1..6, 0)]),
        ("cat", |text| vec!["x".into(), text.into()], "x ab\ncd", vec![(2..7, 0)]),
        ("join", |text| vec!["-".into(), List::new(vec!["x".into(), text.into()]).into()], "x-ab\ncd", vec![(2..7, 0)]),
        ("default", |text| vec!["x".into(), text.into()], "ab\ncd", vec![(0..5, 0)]),
        ("repeat", |text| vec![Value::int(2).into(), text.into()], "ab\ncdab\ncd", vec![(0..5, 0), (5..10, 0)]),
        ("toString", |text| vec![text.into()], "ab\ncd", vec![(0..5, 0)]),
        (
            "regexReplaceAll",
            |text| vec!["(b)\n".into(), text.into(), "$1+".into()],
            "ab+cd",
            vec![(0..2, 0), (3..5, 3)],
        ),
    ];
    for (name, args, want, pieces) in cases {
        on_bench(Limits::default(), |cx| {
            let text = literal(cx, "ab\ncd");
            let result = call(cx, name, args(text)).expect(name);
            assert_eq!(result.value.as_text().expect(name).to_str(), want, "{name}");
            assert_eq!(literal_pieces(cx, &result), pieces, "{name}");
        });
    }
}

#[test]
fn changed_letters_stand_for_those_they_were() {
    on_bench(Limits::default(), |cx| {
        for (name, want) in [("upper", "ÉB"), ("title", "Éb"), ("quote", "\"éb\""), ("nospace", "éb")] {
            let text = literal(cx, "éb");
            let result = call(cx, name, vec![text.into()]).expect(name);
            let text = result.value.as_text().expect(name).clone();
            let covered: usize = literal_pieces(cx, &result).into_iter().map(|(range, _)| range.len()).sum();
            assert_eq!((text.to_str().as_ref(), covered), (want, 3), "{name}");
        }
    });
}

#[test]
fn choices_tell_what_fed_from_what_decided() {
    on_bench(Limits::default(), |cx| {
        let [a, b, c] = ["a", "b", "c"].map(|key| read(cx, key));
        let fed = |key: &str| (key.to_owned(), Role::Feeds);
        let decided = |key: &str| (key.to_owned(), Role::Decides);
        let cases = [
            ("default", vec![Traced::new("x", a), Traced::new("", b)], vec![fed("a"), decided("b")]),
            ("default", vec![Traced::new("x", a), Traced::new("y", b)], vec![fed("b")]),
            (
                "ternary",
                vec![Traced::new("x", a), Traced::new("y", b), Traced::new(true, c)],
                vec![fed("a"), decided("c")],
            ),
            (
                "coalesce",
                vec![Traced::new("", a), Traced::new("y", b), Traced::new("z", c)],
                vec![decided("a"), fed("b")],
            ),
            ("empty", vec![Traced::new("x", a)], vec![decided("a")]),
            ("add", vec![Traced::new(1.0, a), Traced::new(2.0, b)], vec![fed("a"), fed("b")]),
        ];
        for (name, args, want) in cases {
            let result = call(cx, name, args).expect(name);
            assert_eq!(keys(cx, result.reads), want, "{name}");
        }
    });
}

#[test]
fn slots_keep_what_they_were_read_from() {
    on_bench(Limits::default(), |cx| {
        let [a, b] = ["a", "b"].map(|key| read(cx, key));
        let made = call(cx, "list", vec![Traced::new("x", a), Traced::new("y", b)]).expect("list");
        let last = call(cx, "last", vec![made.clone()]).expect("last");
        assert_eq!(last.reads, b);
        let reversed = call(cx, "reverse", vec![made]).expect("reverse");
        assert_eq!(reversed.value.as_list().map(|list| list.items()[0].reads), Some(b));
        let map: Map = [("k", Traced::new("x", a))].into_iter().collect();
        let set = call(cx, "set", vec![map.clone().into(), "l".into(), Traced::new("y", b)]).expect("set");
        assert_eq!(map.get("l").map(|slot| slot.reads), Some(b));
        let got = call(cx, "get", vec![set, "k".into()]).expect("get");
        assert_eq!(got.reads, a);
        let decoded = call(cx, "mustFromJson", vec![Traced::new("{\"x\":[1]}", a)]).expect("mustFromJson");
        let inner = decoded.value.as_map().and_then(|map| map.get("x"));
        assert_eq!(inner.map(|slot| slot.reads), Some(a));
    });
}

#[test]
fn work_is_charged_before_it_is_done() {
    let limits = Limits { steps: 100_000, bytes: 1 << 20, ..Limits::default() };
    let large = || Value::int(1 << 40);
    let cases: Vec<(&str, Vec<Traced>)> = vec![
        ("repeat", vec![large().into(), "ab".into()]),
        ("until", vec![large().into()]),
        ("untilStep", vec![Value::int(0).into(), Value::int(i64::MAX).into(), Value::int(1).into()]),
        ("seq", vec![large().into()]),
        ("indent", vec![large().into(), "ab".into()]),
        ("randAlphaNum", vec![large().into()]),
        ("randBytes", vec![large().into()]),
        (
            "regexMatch",
            vec!["(a{100}){10}{1}x(b{1000})(c{1000})(d{1000})(e{1000})(f{1000})".replace("{1}", "").into(), "a".into()],
        ),
    ];
    for (name, args) in cases {
        let result = on_bench(limits, |cx| call(cx, name, args));
        assert!(matches!(result, Err(CallError::Exhausted(_))), "{name}: {result:?}");
    }
}

#[test]
fn maps_that_contain_themselves_end_in_time() {
    on_bench(Limits::default(), |cx| {
        let map = Map::new();
        map.set("self", map.clone());
        map.set("again", map.clone());
        let other = Map::new();
        other.set("self", other.clone());
        other.set("again", other.clone());
        for name in ["deepCopy", "toPrettyJson", "toString", "quote"] {
            let _ = call(cx, name, vec![map.clone().into()]);
        }
        for name in ["merge", "mergeOverwrite", "deepEqual"] {
            let _ = call(cx, name, vec![map.clone().into(), other.clone().into()]);
        }
        for map in [map, other] {
            map.remove("self");
            map.remove("again");
        }
    });
}
