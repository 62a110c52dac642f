//! Functions that templates call: how one is declared, checked and run.
//!
//! A function is a plain Rust function over Go's types. [`Function::new`] reads its signature off its parameters, so
//! that the executor can make Go's checks (number and types of the arguments) with Go's words before it calls:
//!
//! | Rust | Go |
//! |---|---|
//! | `Text`, `TracedText` | `string` |
//! | `Int`, `i64`, `f64`, `bool` | `int`, `int64`, `float64`, `bool` |
//! | `List`, `Map` | `[]interface {}`, `map[string]interface {}` |
//! | `Value`, `Traced` | `interface {}` |
//! | `Reflected` | `reflect.Value` |
//! | `Rest<T>`, last | `...T` |
//!
//! A function that needs the execution (templates, clock, limits, origins) takes `&mut dyn Context` first. One that
//! returns a [`Traced`] says itself what its result was read from; for any other it is the union of the arguments'.
//!
//! What every function needs is kept out of line: the page carries some two hundred of them.

use std::fmt;
use std::rc::Rc;

use super::limits::Exhausted;
use super::world::World;
use super::{ExecError, TemplateSet};
use crate::helm::Helm;
use crate::source::{OriginId, ReadsId, Trace};
use crate::value::{IntKind, List, ListKind, Map, MapKind, Signature, Text, Traced, Type, UintKind, Value};

/// What a function may ask of the execution that calls it.
pub trait Context {
    /// The arena of origins.
    fn trace(&mut self) -> &mut Trace;

    /// The outside.
    fn world(&mut self) -> &mut dyn World;

    /// The origin of text that this call adds and that is fed by `reads`.
    fn here(&mut self, reads: ReadsId) -> OriginId;

    /// The origin of what a text function puts between or before pieces (the spaces of `indent`).
    fn inserted(&mut self) -> OriginId;

    /// Counts work; an error once the limit is reached. Loops over user data charge before they begin.
    fn charge_steps(&mut self, steps: u64) -> Result<(), CallError>;

    /// Counts text that is about to be built.
    fn charge_bytes(&mut self, bytes: u64) -> Result<(), CallError>;

    /// The templates that can be called from here.
    fn templates(&self) -> Rc<TemplateSet>;

    /// The Helm that is followed.
    fn helm(&self) -> Helm {
        self.templates().functions().helm()
    }

    /// Executes a template of `set` as `frame` and returns what it printed.
    fn execute(&mut self, set: &Rc<TemplateSet>, name: &str, frame: CallFrame, dot: Traced) -> Result<Text, CallError>;
}

/// What kind of call executes a template, for the record of frames.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CallFrame {
    /// `include`
    Include,
    /// `tpl`
    Tpl,
}

/// Why a call failed.
#[derive(Clone, Debug)]
pub enum CallError {
    /// The function returned an error with this text.
    Message(String),
    /// A template that the function executed failed; Go wraps the error.
    Exec(Box<ExecError>),
    /// The same behind words of the function's own, as `tpl` has it.
    Wrapped(String, Box<ExecError>),
    /// The function panicked in Go; the template package turns that into an error with this text.
    Panic(String),
    /// A limit was reached.
    Exhausted(Exhausted),
}

/// The error as Go's function would return it.
impl fmt::Display for CallError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Message(message) | Self::Panic(message) => f.write_str(message),
            Self::Exec(error) => error.fmt(f),
            Self::Wrapped(words, error) => write!(f, "{words}{error}"),
            Self::Exhausted(limit) => limit.fmt(f),
        }
    }
}

impl From<String> for CallError {
    fn from(message: String) -> Self {
        Self::Message(message)
    }
}

impl From<&str> for CallError {
    fn from(message: &str) -> Self {
        Self::Message(message.to_owned())
    }
}

impl From<Exhausted> for CallError {
    fn from(limit: Exhausted) -> Self {
        Self::Exhausted(limit)
    }
}

/// An example of a function: an action, and what the real Helm prints for it. Documentation and test in one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Example {
    /// The template.
    pub template: &'static str,
    /// What it prints.
    pub prints: &'static str,
}

type Call = dyn Fn(&mut dyn Context, Vec<Traced>) -> Result<Traced, CallError>;

/// A function that templates can call.
#[derive(Clone)]
pub struct Function {
    /// The name in templates.
    pub name: &'static str,
    /// What it takes.
    pub signature: Signature,
    /// One line for people.
    pub doc: &'static str,
    /// Examples, executed by the tests.
    pub examples: Vec<Example>,
    call: Rc<Call>,
}

impl Function {
    /// A function by its name and body.
    pub fn new<A, F: Callable<A> + 'static>(name: &'static str, body: F) -> Self {
        let call = move |context: &mut dyn Context, args: Vec<Traced>| body.call(context, args);
        Self { name, signature: F::signature(), doc: "", examples: Vec::new(), call: Rc::new(call) }
    }

    /// Adds the line for people.
    #[must_use]
    #[inline(never)]
    pub fn doc(self, doc: &'static str) -> Self {
        Self { doc, ..self }
    }

    /// Adds an example.
    #[must_use]
    #[inline(never)]
    pub fn example(mut self, template: &'static str, prints: &'static str) -> Self {
        self.examples.push(Example { template, prints });
        self
    }

    /// Calls it. The arguments fit the signature: the executor has seen to that.
    pub fn call(&self, context: &mut dyn Context, args: Vec<Traced>) -> Result<Traced, CallError> {
        (self.call)(context, args)
    }
}

/// A Go `int`, apart from `int64`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Int(pub i64);

/// A Go `uint32`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Uint32(pub u32);

/// An argument of a function that takes `reflect.Value`.
#[derive(Clone, Debug)]
pub struct Reflected(pub Traced);

/// A `string` together with what it was read from.
#[derive(Clone, Debug)]
pub struct TracedText {
    /// The text.
    pub text: Text,
    /// What it was read from.
    pub reads: ReadsId,
}

/// The variadic arguments.
#[derive(Clone, Debug)]
pub struct Rest<T>(pub Vec<T>);

/// A type that a function can take.
pub trait Argument: Sized {
    /// Go's type.
    const TYPE: Type;
    /// The argument as this type; `None` where it isn't of it, which the executor has ruled out.
    fn from_traced(arg: Traced) -> Option<Self>;
}

impl Argument for Traced {
    const TYPE: Type = Type::Any;
    fn from_traced(arg: Traced) -> Option<Self> {
        Some(arg)
    }
}

impl Argument for Value {
    const TYPE: Type = Type::Any;
    fn from_traced(arg: Traced) -> Option<Self> {
        Some(arg.value)
    }
}

impl Argument for Reflected {
    const TYPE: Type = Type::Reflect;
    fn from_traced(arg: Traced) -> Option<Self> {
        Some(Self(arg))
    }
}

impl Argument for Text {
    const TYPE: Type = Type::String;
    fn from_traced(arg: Traced) -> Option<Self> {
        match arg.value {
            Value::String(text) => Some(text),
            _ => None,
        }
    }
}

impl Argument for TracedText {
    const TYPE: Type = Type::String;
    fn from_traced(arg: Traced) -> Option<Self> {
        let reads = arg.reads;
        Text::from_traced(arg).map(|text| Self { text, reads })
    }
}

impl Argument for Int {
    const TYPE: Type = Type::Int(IntKind::Int);
    fn from_traced(arg: Traced) -> Option<Self> {
        match arg.value {
            Value::Int(n, _) => Some(Self(n)),
            _ => None,
        }
    }
}

impl Argument for Uint32 {
    const TYPE: Type = Type::Uint(UintKind::Uint32);
    fn from_traced(arg: Traced) -> Option<Self> {
        match arg.value {
            Value::Uint(n, _) => u32::try_from(n).ok().map(Self),
            _ => None,
        }
    }
}

impl Argument for i64 {
    const TYPE: Type = Type::Int(IntKind::Int64);
    fn from_traced(arg: Traced) -> Option<Self> {
        match arg.value {
            Value::Int(n, _) => Some(n),
            _ => None,
        }
    }
}

impl Argument for f64 {
    const TYPE: Type = Type::Float64;
    fn from_traced(arg: Traced) -> Option<Self> {
        match arg.value {
            Value::Float(n) => Some(n),
            _ => None,
        }
    }
}

impl Argument for bool {
    const TYPE: Type = Type::Bool;
    fn from_traced(arg: Traced) -> Option<Self> {
        match arg.value {
            Value::Bool(b) => Some(b),
            _ => None,
        }
    }
}

/// A nil list is an empty one, as in Go.
impl Argument for List {
    const TYPE: Type = Type::List(ListKind::Any);
    fn from_traced(arg: Traced) -> Option<Self> {
        match arg.value {
            Value::List(list) => Some(list),
            Value::Nil => Some(Self::new(Vec::new())),
            _ => None,
        }
    }
}

/// A nil map reads as an empty one, as in Go. (Writing to it panics in Go; here the write is lost.)
impl Argument for Map {
    const TYPE: Type = Type::Map(MapKind::Any);
    fn from_traced(arg: Traced) -> Option<Self> {
        match arg.value {
            Value::Map(map) => Some(map),
            Value::Nil => Some(Self::nil(MapKind::Any)),
            _ => None,
        }
    }
}

/// A type that a function can return.
pub trait Outcome {
    /// The result, given what the arguments were read from.
    fn into_result(self, context: &mut dyn Context, reads: ReadsId) -> Result<Traced, CallError>;
}

impl Outcome for Traced {
    fn into_result(self, _: &mut dyn Context, _: ReadsId) -> Result<Traced, CallError> {
        Ok(self)
    }
}

/// An answer of yes or no has nothing of what was looked at in it. A container whose items know what they were read from
/// leaves it to them: those that were read from nothing are the template's own.
impl<V: Into<Value>> Outcome for V {
    #[inline(never)]
    fn into_result(self, context: &mut dyn Context, reads: ReadsId) -> Result<Traced, CallError> {
        let value = self.into();
        let trace = context.trace();
        let reads = match &value {
            Value::Bool(_) => trace.decides(reads),
            Value::Map(_) | Value::List(_) if contents(trace, &value) != ReadsId::NONE => ReadsId::NONE,
            _ => reads,
        };
        Ok(Traced { value, reads })
    }
}

impl<T: Outcome, E: Into<CallError>> Outcome for Result<T, E> {
    #[inline(never)]
    fn into_result(self, context: &mut dyn Context, reads: ReadsId) -> Result<Traced, CallError> {
        self.map_err(Into::into)?.into_result(context, reads)
    }
}

impl From<Int> for Value {
    fn from(n: Int) -> Self {
        Self::int(n.0)
    }
}

impl From<i64> for Value {
    fn from(n: i64) -> Self {
        Self::int64(n)
    }
}

/// A Rust function that can be a template function. `A` lists its parameters; it is never named by hand.
pub trait Callable<A> {
    /// What it takes.
    fn signature() -> Signature;
    /// Runs it.
    fn call(&self, context: &mut dyn Context, args: Vec<Traced>) -> Result<Traced, CallError>;
}

/// One parameter of a Rust function: an [`Argument`], or [`Rest`].
pub trait Parameter: Sized {
    /// Adds it to the signature.
    fn declare(signature: &mut Signature);
    /// Takes its share of the arguments.
    fn take(args: &mut std::vec::IntoIter<Traced>) -> Option<Self>;
}

impl<T: Argument> Parameter for T {
    #[inline(never)]
    fn declare(signature: &mut Signature) {
        signature.params.push(T::TYPE);
    }
    #[inline(never)]
    fn take(args: &mut std::vec::IntoIter<Traced>) -> Option<Self> {
        T::from_traced(args.next()?)
    }
}

impl<T: Argument> Parameter for Rest<T> {
    #[inline(never)]
    fn declare(signature: &mut Signature) {
        signature.variadic = Some(T::TYPE);
    }
    #[inline(never)]
    fn take(args: &mut std::vec::IntoIter<Traced>) -> Option<Self> {
        args.map(T::from_traced).collect::<Option<_>>().map(Self)
    }
}

/// Marks functions that take the context first.
pub struct WithContext;

/// Values in a container that are looked at for what they were read from.
const MANY: usize = 2000;

/// What a value and all in it were read from: what is put into a map later, the map's own reads don't know. What stands
/// below the container's own place goes without saying.
pub fn reads_within(trace: &mut Trace, value: &Traced) -> ReadsId {
    let mut all = value.reads;
    if !trace.is_on() {
        return all;
    }
    let own = trace.sole_path(value.reads);
    let (mut open, mut left) = (vec![value.value.clone()], MANY);
    while let Some(container) = open.pop() {
        for item in items(container) {
            left = left.saturating_sub(1);
            if left == 0 {
                return all;
            }
            let path = trace.sole_path(item.reads);
            if !own.zip(path).is_some_and(|(own, path)| trace.is_below(path, own)) {
                all = trace.union(all, item.reads);
            }
            open.push(item.value);
        }
    }
    all
}

/// What a value was read from; of a container that leaves it to its items, what those were.
pub(super) fn reads_of(trace: &mut Trace, value: &Value, own: ReadsId) -> ReadsId {
    if own == ReadsId::NONE && trace.is_on() { contents(trace, value) } else { own }
}

/// What the items of a container were read from, as far as they say so themselves.
fn contents(trace: &mut Trace, value: &Value) -> ReadsId {
    let mut all = ReadsId::NONE;
    if !trace.is_on() {
        return all;
    }
    let (mut open, mut left) = (vec![value.clone()], MANY);
    while let Some(container) = open.pop() {
        for item in items(container) {
            left = left.saturating_sub(1);
            if left == 0 {
                return all;
            }
            all = trace.union(all, item.reads);
            if item.reads == ReadsId::NONE {
                open.push(item.value);
            }
        }
    }
    all
}

fn items(container: Value) -> Vec<Traced> {
    match container {
        Value::Map(map) => map.entries().into_iter().map(|(_, entry)| entry).collect(),
        Value::List(list) => list.items().to_vec(),
        _ => Vec::new(),
    }
}

#[inline(never)]
fn union(context: &mut dyn Context, args: &[Traced]) -> ReadsId {
    let trace = context.trace();
    args.iter().fold(ReadsId::NONE, |all, arg| {
        let reads = reads_of(trace, &arg.value, arg.reads);
        trace.union(all, reads)
    })
}

fn mismatch() -> CallError {
    CallError::Message("the arguments don't fit the function's signature".to_owned())
}

macro_rules! callable {
    ($($param:ident),*) => {
        impl<F, R: Outcome, $($param: Parameter),*> Callable<fn($($param),*) -> R> for F
        where
            F: Fn($($param),*) -> R,
        {
            fn signature() -> Signature {
                #[allow(unused_mut)]
                let mut signature = Signature::default();
                $($param::declare(&mut signature);)*
                signature
            }
            #[allow(non_snake_case, unused_variables, unused_mut)]
            fn call(&self, context: &mut dyn Context, args: Vec<Traced>) -> Result<Traced, CallError> {
                let reads = union(context, &args);
                let mut args = args.into_iter();
                $(let $param = $param::take(&mut args).ok_or_else(mismatch)?;)*
                self($($param),*).into_result(context, reads)
            }
        }

        impl<F, R: Outcome, $($param: Parameter),*> Callable<(WithContext, fn($($param),*) -> R)> for F
        where
            F: Fn(&mut dyn Context, $($param),*) -> R,
        {
            fn signature() -> Signature {
                #[allow(unused_mut)]
                let mut signature = Signature::default();
                $($param::declare(&mut signature);)*
                signature
            }
            #[allow(non_snake_case, unused_variables, unused_mut)]
            fn call(&self, context: &mut dyn Context, args: Vec<Traced>) -> Result<Traced, CallError> {
                let reads = union(context, &args);
                let mut args = args.into_iter();
                $(let $param = $param::take(&mut args).ok_or_else(mismatch)?;)*
                self(context, $($param),*).into_result(context, reads)
            }
        }
    };
}

callable!();
callable!(A);
callable!(A, B);
callable!(A, B, C);
callable!(A, B, C, D);
callable!(A, B, C, D, E);
callable!(A, B, C, D, E, G);
