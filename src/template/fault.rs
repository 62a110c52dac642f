//! What a template can do wrong while it executes.

use std::borrow::Cow;
use std::fmt;
use std::rc::Rc;

use crate::value::Type;
use crate::value::format::quoted;

/// A fault of a template. `Display` is Go's sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// A field of nil.
    NilPointer(Rc<str>),
    /// A field of something that has none of this name: a map key of a string, say.
    NoField {
        /// The field.
        field: Rc<str>,
        /// The static type of what should have it.
        ty: Cow<'static, str>,
    },
    /// A field that only its own package sees.
    Unexported {
        /// The field.
        field: Rc<str>,
        /// The type of what has it.
        ty: Cow<'static, str>,
    },
    /// An entry of a map with arguments behind it.
    NotAMethod(Rc<str>),
    /// A field of a struct with arguments behind it.
    NotInvocable(Rc<str>),
    /// A constant or variable with arguments behind it.
    NotAFunction(String),
    /// `{{nil}}`
    NilCommand,
    /// An integer constant beyond `int`.
    Overflow(String),
    /// Too few or too many arguments.
    WrongCount {
        /// The function.
        function: Rc<str>,
        /// How many it takes.
        want: usize,
        /// How many it got.
        got: usize,
    },
    /// Too few arguments of a variadic function; those piped in don't count.
    TooFew {
        /// The function.
        function: Rc<str>,
        /// How many it takes at least.
        want: usize,
        /// How many it got.
        got: usize,
    },
    /// No value where one of this type must be.
    InvalidValue(Type),
    /// A value of another type.
    WrongType {
        /// The parameter's type.
        expected: Type,
        /// The value's type.
        got: Cow<'static, str>,
    },
    /// `nil` for a parameter that can't be nil.
    NilArgument(Type),
    /// A constant of another type.
    WrongConstant {
        /// What the parameter takes.
        expected: &'static str,
        /// The constant.
        found: String,
    },
    /// A constant for a parameter that takes none.
    Unhandled {
        /// The constant.
        operand: String,
        /// The parameter's type.
        ty: Type,
    },
    /// A method whose results templates can't take; why.
    WrongResults(String),
    /// `range` over something that has no elements; as it prints.
    CantRange(String),
    /// `range` over a number with two variables; the number.
    RangeVariables(String),
    /// `{{template "x"}}` of one that isn't there.
    TemplateNotDefined(Rc<str>),
    /// An assignment to a variable that isn't there.
    UndefinedVariable(Rc<str>),
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NilPointer(field) => write!(f, "nil pointer evaluating interface {{}}.{field}"),
            Self::NoField { field, ty } => write!(f, "can't evaluate field {field} in type {ty}"),
            Self::Unexported { field, ty } => write!(f, "{field} is an unexported field of struct type {ty}"),
            Self::NotAMethod(field) => write!(f, "{field} is not a method but has arguments"),
            Self::NotInvocable(field) => write!(f, "{field} has arguments but cannot be invoked as function"),
            Self::NotAFunction(operand) => write!(f, "can't give argument to non-function {operand}"),
            Self::NilCommand => f.write_str("nil is not a command"),
            Self::Overflow(number) => write!(f, "{number} overflows int"),
            Self::WrongCount { function, want, got } => {
                write!(f, "wrong number of args for {function}: want {want} got {got}")
            }
            Self::TooFew { function, want, got } => {
                write!(f, "wrong number of args for {function}: want at least {want} got {got}")
            }
            Self::InvalidValue(expected) => write!(f, "invalid value; expected {expected}"),
            Self::WrongType { expected, got } => write!(f, "wrong type for value; expected {expected}; got {got}"),
            Self::NilArgument(ty) => write!(f, "cannot assign nil to {ty}"),
            Self::WrongConstant { expected, found } => write!(f, "expected {expected}; found {found}"),
            Self::Unhandled { operand, ty } => write!(f, "can't handle {operand} for arg of type {ty}"),
            Self::WrongResults(why) => f.write_str(why),
            Self::CantRange(value) => write!(f, "range can't iterate over {value}"),
            Self::RangeVariables(n) => write!(f, "can't use {n} to iterate over more than one variable"),
            Self::TemplateNotDefined(name) => write!(f, "template {} not defined", quoted(name.as_bytes())),
            Self::UndefinedVariable(name) => write!(f, "undefined variable: {name}"),
        }
    }
}
