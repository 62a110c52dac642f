//! Pipelines, commands and arguments: how values come about.

use std::rc::Rc;

use super::call::CallError;
use super::error::ExecErrorKind;
use super::exec::{Exec, Run, Variable};
use super::fault::Fault;
use super::origin::file_reads;
use super::parse::node::{At, Binding, Command, Number, Operand, Pipe};
use super::parse::print;
use super::reflect::{Form, Reflect, can_be_nil, is_assignable};
use super::set::{Entry, FunctionId, Special, ValuesMethod};
use crate::source::ReadsId;
use crate::value::{IntKind, Object, Signature, Traced, Type, UintKind, Value};

/// The arguments of a command: those written, and the value piped in.
pub(super) struct Args<'a> {
    written: &'a [Operand],
    piped: Option<Reflect>,
}

impl Args<'_> {
    pub(super) const NONE: Self = Self { written: &[], piped: None };

    pub(super) fn are_given(&self) -> bool {
        !self.written.is_empty() || self.piped.is_some()
    }
}

/// What is called.
pub(super) enum Callee<'c> {
    Function(&'c Entry),
    Method { object: &'c Rc<dyn Object>, reads: ReadsId, name: &'c Rc<str>, signature: &'c Signature },
    ValuesMethod { method: &'c ValuesMethod, receiver: &'c Reflect },
}

impl Callee<'_> {
    fn signature(&self) -> &Signature {
        match self {
            Self::Function(entry) => &entry.function.signature,
            Self::Method { signature, .. } => signature,
            Self::ValuesMethod { method, .. } => &method.signature,
        }
    }

    fn name(&self) -> &Rc<str> {
        match self {
            Self::Function(entry) => &entry.name,
            Self::Method { name, .. } => name,
            Self::ValuesMethod { method, .. } => &method.name,
        }
    }

    fn special(&self) -> Special {
        match self {
            Self::Function(entry) => entry.special,
            Self::Method { .. } | Self::ValuesMethod { .. } => Special::None,
        }
    }
}

impl Run<'_, '_> {
    /// The value of a pipeline, which is never held in an interface. Declares or assigns its variables.
    pub(super) fn eval_pipeline(&mut self, dot: &Reflect, pipe: &Pipe) -> Exec<Reflect> {
        self.enter()?;
        self.at = pipe.at;
        let mut value = None;
        for command in &pipe.commands {
            value = Some(self.eval_command(dot, command, value)?.elem());
        }
        let value = value.unwrap_or_default();
        let words = self.words();
        for name in words.row(pipe.variables) {
            let name = words.name(*name);
            match pipe.binding {
                Binding::Assign => self.assign(name, value.clone())?,
                Binding::Declare => {
                    self.variables.push(Variable { name: Rc::clone(name), value: value.clone() });
                }
            }
        }
        self.leave();
        Ok(value)
    }

    /// Overwrites the variable of this name that was declared last.
    pub(super) fn assign(&mut self, name: &Rc<str>, value: Reflect) -> Exec<()> {
        match self.variables.iter_mut().rev().find(|variable| variable.name == *name) {
            Some(variable) => {
                variable.value = value;
                Ok(())
            }
            None => Err(self.fault(Fault::UndefinedVariable(Rc::clone(name)))),
        }
    }

    fn eval_command(&mut self, dot: &Reflect, command: &Command, piped: Option<Reflect>) -> Exec<Reflect> {
        let args = Args { written: &command.args, piped };
        match &command.first {
            Operand::Field(at, names) => {
                self.at = *at;
                self.eval_field_chain(dot, dot, *at, *names, args)
            }
            Operand::Chain(_) | Operand::Variable(..) => self.eval_chain(dot, &command.first, args),
            Operand::Identifier(at, function) => {
                self.at = *at;
                self.eval_function(dot, *function, command.at, args)
            }
            Operand::Pipe(pipe) => {
                self.not_a_function(&command.first, &args)?;
                self.eval_pipeline(dot, pipe)
            }
            constant => {
                self.at = constant.at();
                self.not_a_function(constant, &args)?;
                self.constant(dot, constant)
            }
        }
    }

    fn not_a_function(&self, operand: &Operand, args: &Args<'_>) -> Exec<()> {
        if args.are_given() {
            return Err(self.fault(Fault::NotAFunction(self.spelling(operand))));
        }
        Ok(())
    }

    #[cold]
    fn spelling(&self, operand: &Operand) -> String {
        print::operand(operand, self.template.text.text.as_bytes(), self.words())
    }

    /// `$x.a.b` and `(…).a.b`.
    fn eval_chain(&mut self, dot: &Reflect, operand: &Operand, args: Args<'_>) -> Exec<Reflect> {
        self.at = operand.at();
        match operand {
            Operand::Chain(chain) => {
                let receiver = self.eval_receiver(dot, &chain.base)?;
                self.eval_field_chain(dot, &receiver, chain.at, chain.fields, args)
            }
            Operand::Variable(at, name, fields) => {
                let name = self.words().name(*name);
                let value = self.variables.iter().rev().find(|variable| variable.name == *name);
                let Some(value) = value.map(|variable| variable.value.clone()) else {
                    return Err(self.fault(Fault::UndefinedVariable(Rc::clone(name))));
                };
                if fields.is_empty() {
                    self.not_a_function(operand, &args)?;
                    self.note_value(&value);
                    return Ok(value);
                }
                self.eval_field_chain(dot, &value, *at, *fields, args)
            }
            other => self.constant(dot, other),
        }
    }

    /// An operand whose type doesn't matter.
    fn eval_receiver(&mut self, dot: &Reflect, operand: &Operand) -> Exec<Reflect> {
        self.at = operand.at();
        match operand {
            Operand::Field(at, names) => self.eval_field_chain(dot, dot, *at, *names, Args::NONE),
            Operand::Chain(_) | Operand::Variable(..) => self.eval_chain(dot, operand, Args::NONE),
            Operand::Pipe(pipe) => self.eval_pipeline(dot, pipe),
            Operand::Identifier(at, function) => self.eval_function(dot, *function, *at, Args::NONE),
            constant => self.constant(dot, constant),
        }
    }

    /// A constant, or dot, in a place that doesn't say what type it should be.
    fn constant(&mut self, dot: &Reflect, operand: &Operand) -> Exec<Reflect> {
        let value = match operand {
            Operand::Bool(_, b) => Value::Bool(*b),
            Operand::Dot(_) => {
                self.note_value(dot);
                return Ok(dot.clone());
            }
            Operand::Number(number) => self.ideal(number)?,
            Operand::String(_, constant) => Value::String(self.words().constant(*constant)),
            _ => return Err(self.fault(Fault::NilCommand)),
        };
        Ok(Reflect { value, ..Reflect::default() })
    }

    /// The type of a number follows from how it is written.
    fn ideal(&self, number: &Number) -> Exec<Value> {
        if let Some((real, imaginary)) = number.complex {
            return Ok(Value::Complex(real, imaginary));
        }
        match (number.float, number.int) {
            (Some(float), _) if number.written_as_float => Ok(Value::Float(float)),
            (_, Some(int)) => Ok(Value::int(int)),
            _ => {
                let text = number.at.slice(self.template.text.text.as_bytes());
                Err(self.fault(Fault::Overflow(String::from_utf8_lossy(text).into_owned())))
            }
        }
    }

    fn eval_function(&mut self, dot: &Reflect, function: FunctionId, at: At, args: Args<'_>) -> Exec<Reflect> {
        let set = self.set;
        match set.functions().entry(function) {
            Some(entry) => self.eval_call(dot, &Callee::Function(entry), at, args),
            // The parser knows only functions that are there.
            None => Err(self.fault(Fault::NilCommand)),
        }
    }

    /// Calls a function or method. `at` is what errors of the call itself name.
    pub(super) fn eval_call(&mut self, dot: &Reflect, callee: &Callee<'_>, at: At, args: Args<'_>) -> Exec<Reflect> {
        self.check_count(callee, &args)?;
        match callee.special() {
            Special::And => return self.eval_and_or(dot, args, false),
            Special::Or => return self.eval_and_or(dot, args, true),
            Special::Len | Special::Call => return self.eval_special(dot, callee, at, args),
            Special::None => {}
        }
        let mut values = self.eval_args(dot, callee.signature(), args)?;
        let result = match callee {
            Callee::Function(entry) => self.call_function(entry, values),
            Callee::ValuesMethod { method, receiver } => {
                values.insert(0, Reflect::clone(receiver).traced());
                method.function.call(self, values)
            }
            Callee::Method { object, reads, name, .. } => {
                let own = file_reads(&mut self.shared.trace, *reads, name, &values);
                let reads = values.iter().fold(own, |all, arg| self.shared.trace.union(all, arg.reads));
                object.call(name, &values).map(|value| Traced { value, reads }).map_err(CallError::Message)
            }
        };
        result.map(Reflect::returned).map_err(|error| self.calling(callee, at, error))
    }

    /// Calls a function. Those that look into a map read what they find there.
    fn call_function(&mut self, entry: &Entry, args: Vec<Traced>) -> Result<Traced, CallError> {
        let result = entry.function.call(self, args)?;
        if matches!(&*entry.name, "index" | "get" | "hasKey" | "dig") {
            self.note_read(result.reads);
        }
        Ok(result)
    }

    #[cold]
    fn calling(&mut self, callee: &Callee<'_>, at: At, error: CallError) -> Box<super::ExecError> {
        self.at = at;
        self.error(match error {
            CallError::Exhausted(limit) => ExecErrorKind::Exhausted(limit),
            error => ExecErrorKind::Calling { function: Rc::clone(callee.name()), error },
        })
    }

    fn check_count(&self, callee: &Callee<'_>, args: &Args<'_>) -> Exec<()> {
        let signature = callee.signature();
        let (want, got) = (signature.params.len(), args.written.len() + usize::from(args.piped.is_some()));
        if signature.variadic.is_some() && got < want {
            let (function, got) = (Rc::clone(callee.name()), args.written.len());
            return Err(self.fault(Fault::TooFew { function, want, got }));
        }
        if signature.variadic.is_none() && got != want {
            return Err(self.fault(Fault::WrongCount { function: Rc::clone(callee.name()), want, got }));
        }
        Ok(())
    }

    fn eval_args(&mut self, dot: &Reflect, signature: &Signature, args: Args<'_>) -> Exec<Vec<Traced>> {
        let ty = |index| signature.params.get(index).copied().or(signature.variadic).unwrap_or(Type::Any);
        let mut values = Vec::with_capacity(args.written.len() + usize::from(args.piped.is_some()));
        for (index, operand) in args.written.iter().enumerate() {
            values.push(self.eval_arg(dot, ty(index), operand)?);
        }
        if let Some(piped) = args.piped {
            values.push(self.validate(piped, ty(values.len()))?.traced());
        }
        Ok(values)
    }

    /// `and` and `or`, which stop at the first value that decides.
    fn eval_and_or(&mut self, dot: &Reflect, args: Args<'_>, stop: bool) -> Exec<Reflect> {
        let mut looked_at = ReadsId::NONE;
        let mut value = Reflect::default();
        let count = args.written.len() + usize::from(args.piped.is_some());
        let mut piped = args.piped;
        for index in 0..count {
            let passed = self.shared.trace.decides(value.reads);
            looked_at = self.shared.trace.union(looked_at, passed);
            value = match args.written.get(index) {
                Some(Operand::Nil(at)) => {
                    self.at = *at;
                    Reflect::default()
                }
                Some(operand) => self.eval_receiver(dot, operand)?,
                None => piped.take().unwrap_or_default(),
            };
            if value.value.is_true() == stop {
                break;
            }
        }
        value.reads = self.shared.trace.union(value.reads, looked_at);
        Ok(value)
    }

    /// `len` and `call`, which see more of their first argument than its value.
    fn eval_special(&mut self, dot: &Reflect, callee: &Callee<'_>, at: At, args: Args<'_>) -> Exec<Reflect> {
        let first = match (args.written.first(), args.piped) {
            (Some(Operand::Nil(at)), _) => {
                self.at = *at;
                Reflect::default()
            }
            (Some(operand), _) => self.eval_receiver(dot, operand)?,
            (None, piped) => piped.unwrap_or_default(),
        };
        for operand in args.written.iter().skip(1) {
            self.eval_arg(dot, Type::Reflect, operand)?;
        }
        let error = match (callee.special(), callee) {
            (Special::Call, _) => self.call_error(&first, args.written.first()),
            (_, Callee::Function(entry)) if first.is_valid() => {
                let result = entry.function.call(self, vec![first.traced()]);
                return result.map(Reflect::returned).map_err(|error| self.calling(callee, at, error));
            }
            _ => CallError::Panic("reflect: call of reflect.Value.Type on zero Value".to_owned()),
        };
        Err(self.calling(callee, at, error))
    }

    /// No value of ours is a function.
    fn call_error(&self, first: &Reflect, operand: Option<&Operand>) -> CallError {
        if first.value.is_nil() {
            return CallError::from("call of nil");
        }
        let ty = first.dynamic_type_name();
        let name = match (operand, &first.value) {
            (Some(operand), _) => self.spelling(operand),
            (None, Value::String(text)) => text.to_string(),
            (None, _) => format!("<{ty} Value>"),
        };
        CallError::Message(format!("non-function {name} of type {ty}"))
    }

    /// An argument for a parameter of this type.
    fn eval_arg(&mut self, dot: &Reflect, ty: Type, operand: &Operand) -> Exec<Traced> {
        self.at = operand.at();
        let value = match operand {
            Operand::Bool(..) | Operand::Number(_) | Operand::String(..) => return self.constant_arg(dot, ty, operand),
            Operand::Nil(_) if can_be_nil(ty) => return Ok(Traced::default()),
            Operand::Nil(_) => return Err(self.fault(Fault::NilArgument(ty))),
            operand => self.eval_receiver(dot, operand)?,
        };
        self.validate(value, ty).map(Reflect::traced)
    }

    fn constant_arg(&mut self, dot: &Reflect, ty: Type, operand: &Operand) -> Exec<Traced> {
        let value = match (ty, operand) {
            (Type::Any | Type::Reflect, _) => self.constant(dot, operand)?.value,
            (Type::Bool, Operand::Bool(_, b)) => Value::Bool(*b),
            (Type::String, Operand::String(_, constant)) => Value::String(self.words().constant(*constant)),
            (Type::Int(kind), Operand::Number(number)) if number.int.is_some() => {
                Value::Int(number.int.map_or(0, |n| truncated(n, kind)), kind)
            }
            (DURATION, Operand::Number(number)) if number.int.is_some() => Value::int64(number.int.unwrap_or(0)),
            (Type::Uint(kind), Operand::Number(number)) if number.uint.is_some() => {
                Value::Uint(number.uint.map_or(0, |n| truncated_unsigned(n, kind)), kind)
            }
            (Type::Float64 | Type::Float32, Operand::Number(number)) if number.float.is_some() => {
                Value::Float(number.float.unwrap_or_default())
            }
            (Type::Complex128, Operand::Number(number)) if number.complex.is_some() => {
                let (real, imaginary) = number.complex.unwrap_or_default();
                Value::Complex(real, imaginary)
            }
            _ => return Err(self.fault(wrong_constant(ty, self.spelling(operand)))),
        };
        Ok(value.into())
    }

    /// Go's `validateType`: the value, if it can be passed as this type.
    fn validate(&self, value: Reflect, ty: Type) -> Exec<Reflect> {
        if matches!(ty, Type::Any | Type::Reflect) {
            return Ok(value);
        }
        match value.value.ty() {
            Some(from) if is_assignable(from, ty) => Ok(as_type(value.elem(), ty)),
            Some(_) => Err(self.fault(Fault::WrongType { expected: ty, got: value.dynamic_type_name() })),
            None if value.form == Form::Interface => {
                Err(self.fault(Fault::WrongType { expected: ty, got: value.type_name() }))
            }
            None if can_be_nil(ty) => Ok(value),
            None => Err(self.fault(Fault::InvalidValue(ty))),
        }
    }
}

/// A number with methods: constants can be passed as one.
const DURATION: Type = Type::Named("time.Duration");

/// Passing a map of a named type as one of the type below it, or the other way, is a conversion.
fn as_type(value: Reflect, ty: Type) -> Reflect {
    Reflect { value: as_kind(value.value, ty), ..value }
}

pub(super) fn as_kind(value: Value, ty: Type) -> Value {
    match (value, ty) {
        (Value::Map(map), Type::Map(kind)) if map.kind() != kind => map.as_kind(kind).into(),
        (value, _) => value,
    }
}

fn wrong_constant(ty: Type, found: String) -> Fault {
    let expected = match ty {
        Type::Bool => "bool",
        Type::String => "string",
        Type::Int(_) | DURATION => "integer",
        Type::Uint(_) => "unsigned integer",
        Type::Float32 | Type::Float64 => "float",
        Type::Complex128 => "complex",
        _ => return Fault::Unhandled { operand: found, ty },
    };
    Fault::WrongConstant { expected, found }
}

/// Go cuts constants to the size of the parameter.
#[allow(clippy::cast_possible_truncation)]
pub(super) fn truncated(n: i64, kind: IntKind) -> i64 {
    match kind {
        IntKind::Int8 => i64::from(n as i8),
        IntKind::Int16 => i64::from(n as i16),
        IntKind::Int32 => i64::from(n as i32),
        IntKind::Int | IntKind::Int64 => n,
    }
}

#[allow(clippy::cast_possible_truncation)]
pub(super) fn truncated_unsigned(n: u64, kind: UintKind) -> u64 {
    match kind {
        UintKind::Uint8 => u64::from(n as u8),
        UintKind::Uint16 => u64::from(n as u16),
        UintKind::Uint32 => u64::from(n as u32),
        UintKind::Uint | UintKind::Uint64 => n,
    }
}
