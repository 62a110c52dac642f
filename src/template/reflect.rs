//! Values as Go's `reflect.Value` holds them while a template executes.
//!
//! Besides its dynamic type a value has a static one, and messages name it: what comes out of a map or list of
//! `interface {}` is an `interface {}` until the end of the pipeline stage. And there is "no value" (the zero
//! `reflect.Value`), which is not the same as an `interface {}` that holds nil.

use std::borrow::Cow;

use crate::source::ReadsId;
use crate::value::{List, ListKind, MapKind, Traced, Type, Value};

/// How a value is held.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Form {
    /// As itself. A nil held so is no value at all.
    #[default]
    Concrete,
    /// In an `interface {}`.
    Interface,
}

/// A value as the executor passes it around. The default is "no value".
#[derive(Clone, Debug, Default)]
pub(super) struct Reflect {
    pub(super) value: Value,
    pub(super) reads: ReadsId,
    pub(super) form: Form,
}

impl Reflect {
    pub(super) fn concrete(traced: Traced) -> Self {
        Self { value: traced.value, reads: traced.reads, form: Form::Concrete }
    }

    /// What a function returned: a nil can only have come in an interface.
    pub(super) fn returned(traced: Traced) -> Self {
        let form = if traced.value.is_nil() { Form::Interface } else { Form::Concrete };
        Self { value: traced.value, reads: traced.reads, form }
    }

    pub(super) fn traced(self) -> Traced {
        Traced { value: self.value, reads: self.reads }
    }

    /// Whether there is any value, be it nil.
    pub(super) fn is_valid(&self) -> bool {
        self.form == Form::Interface || !self.value.is_nil()
    }

    /// What an interface holds; anything else is itself.
    pub(super) fn elem(self) -> Self {
        Self { form: Form::Concrete, ..self }
    }

    /// Its static type.
    pub(super) fn type_name(&self) -> Cow<'static, str> {
        match self.value.ty() {
            Some(ty) if self.form == Form::Concrete => dynamic_name(ty),
            _ => Cow::Borrowed("interface {}"),
        }
    }

    /// Its dynamic type.
    pub(super) fn dynamic_type_name(&self) -> Cow<'static, str> {
        self.value.ty().map_or(Cow::Borrowed("interface {}"), dynamic_name)
    }
}

pub(super) fn dynamic_name(ty: Type) -> Cow<'static, str> {
    match ty {
        Type::Named(name) => Cow::Borrowed(name),
        ty => Cow::Owned(ty.to_string()),
    }
}

/// How a map holds its elements.
pub(super) fn map_form(kind: MapKind) -> Form {
    match kind {
        MapKind::Any | MapKind::Values(_) => Form::Interface,
        MapKind::String => Form::Concrete,
        MapKind::Named(name) => named_form(name),
    }
}

/// How a list holds its elements.
pub(super) fn list_form(kind: ListKind) -> Form {
    match kind {
        ListKind::Any => Form::Interface,
        ListKind::String | ListKind::Int | ListKind::Byte => Form::Concrete,
        ListKind::Named(name) => named_form(name),
    }
}

/// Unnamed types say what they hold; of named ones we suppose that it is anything.
fn named_form(name: &str) -> Form {
    let is_unnamed = name.starts_with("map[") || name.starts_with('[');
    let is_known = is_unnamed || name == "engine.files";
    if is_known && !name.ends_with("interface {}") { Form::Concrete } else { Form::Interface }
}

/// What Go gives for a key that a map hasn't: the zero value of its element type.
pub(super) fn missing_element(kind: MapKind) -> Reflect {
    let value = match kind {
        MapKind::Any | MapKind::Values(_) => Value::Nil,
        MapKind::String => Value::from(""),
        MapKind::Named("engine.files") => List::nil(ListKind::Byte).into(),
        MapKind::Named(name) => zero_by_name(name.rsplit(']').next().unwrap_or_default(), name),
    };
    Reflect { form: if value.is_nil() { Form::Interface } else { Form::Concrete }, value, reads: ReadsId::NONE }
}

fn zero_by_name(element: &str, name: &str) -> Value {
    let is_list = name.ends_with(&format!("[]{element}"));
    match element {
        "string" if is_list => List::of(ListKind::String, Vec::new()).into(),
        "uint8" if is_list => List::of(ListKind::Byte, Vec::new()).into(),
        "string" => Value::from(""),
        "bool" => Value::Bool(false),
        "int" => Value::int(0),
        "int64" => Value::int64(0),
        "float64" => Value::Float(0.0),
        _ => Value::Nil,
    }
}

/// Whether Go allows nil as this type.
pub(super) fn can_be_nil(ty: Type) -> bool {
    match ty {
        Type::Any | Type::Reflect | Type::List(_) | Type::Map(_) => true,
        Type::Named(name) => name.starts_with('*'),
        _ => false,
    }
}

/// Whether a value of a type can be passed as another without conversion.
pub(super) fn is_assignable(from: Type, to: Type) -> bool {
    let is_plain_map = |ty| matches!(ty, Type::Map(MapKind::Any | MapKind::Values(_)));
    match to {
        Type::Any | Type::Reflect => true,
        // A named type and the unnamed one below it.
        Type::Map(MapKind::Any | MapKind::Values(_)) if is_plain_map(from) => true,
        _ => from == to,
    }
}
