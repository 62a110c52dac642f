//! Go's structs and pointers with methods: `.Capabilities`, `.Files`, a parsed version, a moment in time.

use std::any::Any;
use std::fmt;

use super::time::Moment;
use super::{Traced, Type, Value};

/// What a method or function takes, for the checks that Go makes before it calls.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Signature {
    /// The parameters, without the variadic one.
    pub params: Vec<Type>,
    /// The type of each further argument, where the function is variadic.
    pub variadic: Option<Type>,
}

/// What a library makes of an object that knows Go's types only.
#[derive(Clone, Debug)]
pub enum Native {
    /// A moment, which is written without quotes.
    Moment(Moment),
    /// The exported fields of a struct, in order, by Go's names.
    Struct(Vec<(&'static str, Value)>),
    /// A value without names.
    Value(Value),
    /// What can't be marshalled.
    Nothing,
}

/// A Go value with fields and methods of its own.
pub trait Object: fmt::Debug {
    /// The type as `%T` prints it, such as `*common.Capabilities`. `typeOf` and error messages use it.
    fn type_name(&self) -> &'static str;

    /// The kind as Sprig's `kindOf` prints it.
    fn kind(&self) -> &'static str {
        Type::Named(self.type_name()).kind()
    }

    /// An exported field, by name.
    fn field(&self, name: &str) -> Option<Value> {
        let _ = name;
        None
    }

    /// Whether a field was drawn by lot: nothing of what the object was made of is in it.
    fn is_drawn(&self, field: &str) -> bool {
        let _ = field;
        false
    }

    /// The signature of a method, by name.
    fn method(&self, name: &str) -> Option<Signature> {
        let _ = name;
        None
    }

    /// Calls a method; the arguments fit its signature. The error is the one the method returned.
    fn call(&self, name: &str, args: &[Traced]) -> Result<Value, String> {
        let _ = args;
        Err(format!("no method {name}"))
    }

    /// Why templates can't call a method that Go has: it gives several results.
    fn uncallable(&self, name: &str) -> Option<String> {
        let _ = name;
        None
    }

    /// The value it is a wrapper of, for those that are maps or lists in Go (`.Files` is a map of bytes).
    /// `range`, `index`, `len` and `toYaml` look at it.
    fn underlying(&self) -> Option<Value> {
        None
    }

    /// What `%v` prints: `String()` or `Error()` where Go has it, else Go's rendering of the struct.
    fn display(&self) -> String;

    /// What the action `{{ . }}` prints, where that differs from `%v`: Go's templates find a `String()` on the pointer
    /// to a field, `fmt` doesn't.
    fn printed(&self) -> String {
        self.display()
    }

    /// Whether Go finds a `String()` or `Error()` on the value itself.
    fn is_stringer(&self) -> bool {
        self.struct_fields().is_none() && !matches!(self.underlying(), Some(Value::List(_) | Value::Map(_)))
    }

    /// All fields of a struct, in order, those that templates don't see included: what `fmt` walks.
    fn struct_fields(&self) -> Option<Vec<(&'static str, Value)>> {
        None
    }

    /// What `%#v` prints where Go has a `GoString()`.
    fn go_string(&self) -> Option<String> {
        None
    }

    /// What libraries make of it that don't look at JSON's names: `toYamlPretty`, `toToml`.
    fn native(&self) -> Native {
        let is_exported = |(name, _): &(&str, Value)| name.starts_with(|c: char| c.is_ascii_uppercase());
        match self.struct_fields() {
            Some(fields) => Native::Struct(fields.into_iter().filter(is_exported).collect()),
            None => self.to_plain().map_or(Native::Nothing, Native::Value),
        }
    }

    /// What JSON makes of a struct: its fields, in order. Maps are sorted, structs aren't.
    fn json_fields(&self) -> Option<Vec<(&'static str, Value)>> {
        None
    }

    /// What YAML makes of it, and JSON where there are no [fields](Self::json_fields); `None` where it can't be
    /// marshalled.
    fn to_plain(&self) -> Option<Value> {
        match self.json_fields() {
            Some(fields) => Some(Value::Map(fields.into_iter().collect())),
            None => self.underlying(),
        }
    }

    /// For those who know the concrete type.
    fn as_any(&self) -> &dyn Any;
}
