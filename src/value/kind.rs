//! Go's types, as far as templates can see them: in `typeOf`, `kindOf`, `%T` and error messages.

use std::fmt;

use crate::helm::Helm;

/// Go's signed integer types.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IntKind {
    /// `int`: literals, `len`, range indexes.
    Int,
    /// `int8`
    Int8,
    /// `int16`
    Int16,
    /// `int32`, which runes are.
    Int32,
    /// `int64`: what `--set` and Sprig's arithmetic give.
    Int64,
}

/// Go's unsigned integer types.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UintKind {
    /// `uint`
    Uint,
    /// `uint8`, a byte.
    Uint8,
    /// `uint16`
    Uint16,
    /// `uint32`
    Uint32,
    /// `uint64`: the parts of a semantic version.
    Uint64,
}

/// What a list holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListKind {
    /// `[]interface {}`
    Any,
    /// `[]string`
    String,
    /// `[]int`
    Int,
    /// `[]uint8`: bytes.
    Byte,
    /// A named or rarer list type; the text is what `%T` prints.
    Named(&'static str),
}

/// What a map holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MapKind {
    /// `map[string]interface {}`
    Any,
    /// `common.Values`, the type of `.Values` and of the top-level dot; `chartutil.Values` in Helm 3.
    Values(Helm),
    /// `map[string]string`
    String,
    /// A named or rarer map type; the text is what `%T` prints.
    Named(&'static str),
}

/// A type, as a function's parameter or a value has it. `Display` gives Go's spelling, as in `%T`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Type {
    /// `interface {}`
    Any,
    /// `reflect.Value`, what Go's own template functions take: anything, nil included.
    Reflect,
    /// `string`
    String,
    /// `bool`
    Bool,
    /// A signed integer.
    Int(IntKind),
    /// An unsigned integer.
    Uint(UintKind),
    /// `float64`
    Float64,
    /// `float32`
    Float32,
    /// `complex128`
    Complex128,
    /// A slice.
    List(ListKind),
    /// A map.
    Map(MapKind),
    /// A struct, or another type by name (`*semver.Version`, `time.Time`).
    Named(&'static str),
}

impl fmt::Display for IntKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Int => "int",
            Self::Int8 => "int8",
            Self::Int16 => "int16",
            Self::Int32 => "int32",
            Self::Int64 => "int64",
        })
    }
}

impl fmt::Display for UintKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Uint => "uint",
            Self::Uint8 => "uint8",
            Self::Uint16 => "uint16",
            Self::Uint32 => "uint32",
            Self::Uint64 => "uint64",
        })
    }
}

impl fmt::Display for ListKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Any => "[]interface {}",
            Self::String => "[]string",
            Self::Int => "[]int",
            Self::Byte => "[]uint8",
            Self::Named(name) => name,
        })
    }
}

impl fmt::Display for MapKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Any => "map[string]interface {}",
            Self::Values(Helm::Four) => "common.Values",
            Self::Values(Helm::Three) => "chartutil.Values",
            Self::String => "map[string]string",
            Self::Named(name) => name,
        })
    }
}

impl fmt::Display for Type {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Any => f.write_str("interface {}"),
            Self::Reflect => f.write_str("reflect.Value"),
            Self::String => f.write_str("string"),
            Self::Bool => f.write_str("bool"),
            Self::Int(kind) => kind.fmt(f),
            Self::Uint(kind) => kind.fmt(f),
            Self::Float64 => f.write_str("float64"),
            Self::Float32 => f.write_str("float32"),
            Self::Complex128 => f.write_str("complex128"),
            Self::List(kind) => kind.fmt(f),
            Self::Map(kind) => kind.fmt(f),
            Self::Named(name) => f.write_str(name),
        }
    }
}

impl Type {
    /// The kind, as Sprig's `kindOf` prints it.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Any => "interface",
            Self::String => "string",
            Self::Bool => "bool",
            Self::Int(kind) => match kind {
                IntKind::Int => "int",
                IntKind::Int8 => "int8",
                IntKind::Int16 => "int16",
                IntKind::Int32 => "int32",
                IntKind::Int64 => "int64",
            },
            Self::Uint(kind) => match kind {
                UintKind::Uint => "uint",
                UintKind::Uint8 => "uint8",
                UintKind::Uint16 => "uint16",
                UintKind::Uint32 => "uint32",
                UintKind::Uint64 => "uint64",
            },
            Self::Float64 => "float64",
            Self::Float32 => "float32",
            Self::Complex128 => "complex128",
            Self::List(_) => "slice",
            Self::Map(_) => "map",
            Self::Reflect => "struct",
            Self::Named(name) => {
                if name.starts_with('*') {
                    "ptr"
                } else {
                    "struct"
                }
            }
        }
    }
}
